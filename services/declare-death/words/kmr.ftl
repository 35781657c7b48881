### Ragihandina mirinê: peyv bi kurmancî.

title = Ragihandina mirinê
summary = Mirina di malbatê de ji tomargehê re ragihîne. Bawernameya mirinê ji vê derdikeve.
issuer = Rêveberiya Giştî ya Tenduristiyê
before-you-start = Serê te sax be. Bila bawernameya bijîşk li ber destê te be. Li ser sedemên mirinê em tiştekî ji te napirsin: bijîşk dibêje. Di nav sî rojan de ragihîne. Tu dikarî her gav rawestî û paşê berdewam bikî.
done = Ragihandina te gihîşt fermangeha tenduristiyê. Karmendek wê ji bawernameya bijîşk temam dike, yekî din kontrol û tomar dike. Paşê bawername li vir amade dibe.
not-entitled = Mirinê hevjîn, zarok, dê an bav, an xizmekî ku amade bû radigihîne. Nexweşxane, polîs û yekîneyên leşkerî bi xwe agahdar dikin. Her navendek alîkariya malbatê dike.

## Beş

group-deceased = Kî miriye
group-death = Mirin
group-papers = Belge
group-delivery = Em çawa digihîjin te

## Pirs

question-who-option-someone-else = Kesekî din
question-who = Tu çi yî ji yê mirî re?
question-who-short = Ragihandêr
question-who-missing = Hilbijêre tu kî yî.
question-who-option-spouse = Hevjîn
question-who-option-child = Kur an keç
question-who-option-mother = Dê
question-who-option-father = Bav
question-who-option-relative = Xizmekî din

question-deceased-name = Navê wî/wê çi bû?
question-deceased-name-short = Nav
question-deceased-name-hint = Wek ku di belgeyên wî de ye, bi her alfabeyê.
question-deceased-name-missing = Navê wî û navê bavê wî binivîse.

question-deceased-number = Hejmara nasnameya wî/wê çi bû?
question-deceased-number-short = Hejmara nasnameyê
question-deceased-number-hint = Eger tu nizanî, vala bihêle: kes ji ber vê yekê nayê vegerandin.

question-deceased-sex = Jin an mêr?
question-deceased-sex-short = Zayend
question-deceased-sex-missing = Jin an mêr hilbijêre.
question-deceased-sex-option-female = Jin an keç
question-deceased-sex-option-male = Mêr an kur

question-deceased-born = Kengî ji dayik bûbû?
question-deceased-born-short = Jidayikbûn
question-deceased-born-hint = Sal bes e. Eger tu nizanî, vala bihêle.

question-path = Kî mirinê piştrast kir?
question-path-short = Ji aliyê
question-path-missing = Hilbijêre kê mirin piştrast kir.
question-path-option-ordinary = Bijîşk an nexweşxane
question-path-option-forensic = Pizîşkiya dadî
question-path-option-missing = Dadgehek, ji bo kesekî winda

question-died-on = Kîjan rojê mir?
question-died-on-short = Mirin
question-died-on-hint = Ji bo kesekî winda: roja ku biryar dibêje.
question-died-on-missing = Roj, meh û salê binivîse.

question-place-kind = Li ku mir?
question-place-kind-short = Cureyê cih
question-place-kind-missing = Hilbijêre li ku mir.
question-place-kind-option-hospital = Li nexweşxaneyê
question-place-kind-option-home = Li malê
question-place-kind-option-road = Li rê
question-place-kind-option-work = Li kar
question-place-kind-option-other = Li cihekî din

question-death-place = Li kîjan parêzgehê, û li kîjan bajar an gundî?
question-death-place-short = Cihê mirinê
question-death-place-hint = Parêzgeh bes e. Ew diyar dike kîjan fermangeha tenduristiyê tomar dike.
question-death-place-missing = Parêzgehê binivîse.

question-missing-since = Ji kengî ve winda ye?
question-missing-since-short = Winda ji
question-missing-since-hint = Sal bes e.
question-missing-since-missing = Herî kêm salê binivîse.

question-cause-certificate = Bawernameya bijîşk ji me re bişîne
question-cause-certificate-short = Bawernameya bijîşk
question-cause-certificate-hint = Wêneyekî zelal ê her rûpelê bes e. Eger tenê kaxez li cem te be, vala bihêle û li navendekê nîşan bide.

question-court = Kîjan dadgehê biryar da?
question-court-short = Dadgeh
question-court-missing = Navê dadgehê binivîse, wek ku di biryarê de ye.

question-judgment = Hejmara biryarê çi ye?
question-judgment-short = Hejmara biryarê
question-judgment-missing = Hejmara li ser biryarê binivîse.

question-judgment-date = Biryar ya kîjan rojê ye?
question-judgment-date-short = Roja biryarê
question-judgment-date-missing = Roja biryarê binivîse.

question-judgment-paper = Biryara dadgehê ji me re bişîne
question-judgment-paper-short = Biryara dadgehê
question-judgment-paper-hint = Wêneyekî zelal ê her rûpelê bes e. Eger tenê kaxez li cem te be, vala bihêle û li navendekê nîşan bide.

question-late-reason = Çima tenê niha tê ragihandin?
question-late-reason-short = Sedema derengmayînê
question-late-reason-hint = Dema qanûnî derbas bûye. Hevokeke kurt bes e; qanûn rismeke biçûk distîne, ku tu berî şandinê dibînî.
question-late-reason-missing = Bi çend peyvan binivîse çima dereng maye.

question-delivery = Tu dixwazî çawa bistînî?
question-delivery-short = Wergirtin
question-delivery-missing = Hilbijêre ka tu yê çawa bistînî.
question-delivery-option-download = Ez ê daxînim
question-delivery-option-download-hint = Bi îmzeya elektronîk, her kes dikare rastiya wê kontrol bike.
question-delivery-option-collect = Ez ê bi kaxez li navendekê bistînim
question-delivery-option-collect-hint = Li ser kaxeza hejmarkirî, bi îmze û mor.

question-phone = Em ji kîjan hejmarê re binivîsin?
question-phone-short = Telefon
question-phone-hint = Wek mînak 0750 123 4567. Peyamên me ne navê te dibêjin ne jî navê bawernameyê, lewma dikare telefoneke hevpar be.
question-phone-missing = Hejmareke mobîlê binivîse.
question-email = E-nameya te heye?
question-email-short = E-name
question-email-hint = Tu dikarî vala bihêlî.

## Kî dikare ragihîne

relation-spouse = hevjîn
relation-child = kur an keç
relation-parent = dê an bav
relation-relative = xizmekî ku amade bû

open-relation-spouse = Daxwazkar hevjînê yê mirî bû? Nasnameya wî hêj nehatiye selmandin.
open-relation-child = Daxwazkar zarokê yê mirî ye? Nasnameya wî hêj nehatiye selmandin.
open-relation-parent = Daxwazkar dê an bavê yê mirî ye? Nasnameya wî hêj nehatiye selmandin.
open-relation-relative = Daxwazkar xizmê yê mirî ye? Nasnameya wî hêj nehatiye selmandin.

## Belge

evidence-cause-certificate = Bawernameya bijîşk a mirinê û sedemên wê
evidence-cause-certificate-hint = Ji nexweşxaneyê, bijîşk an pizîşkiya dadî.
open-evidence-cause-certificate = Bawernameya bijîşk rast e, û navê vî kesî û sedem tê de hene?
evidence-judgment-paper = Biryara dadgehê
open-evidence-judgment-paper = Biryara dadgehê rast û dawî ye, û li ser vê bûyerê ye?

## Pirs ji bo karmend

open-late = Piştî dema qanûnî hatiye ragihandin. Sedem û belgeyên wê rast in?
open-decision = Ev dikare were tomarkirin?

## Rism

fee-late-declaration = Ragihandina dereng

## Gav

step-prove-identity = Nasnameya xwe bide selmandin
step-prove-identity-hint = Bi cizdana niştimanî, an bi her belgeyeke nasnameyê li navendekê. Heta wê gavê em her tiştî amade dikin; tenê radestkirin li bendê dimîne.
step-pay = Rismê bide
step-register = Tomargeh wê kontrol dike û tomar dike
step-register-hint = Karmendek ragihandinê temam dike û yekî din wê kontrol dike.
step-issue = Bawername tê îmzekirin
step-print = Tê çapkirin
step-hand-over = Tu distînî

## Sedemên redkirinê

reason-not-registrable = Tomargeh nikare viya wek ku hatiye ragihandin tomar bike.
reason-not-registrable-remedy = Gotinên karmend li jor bixwîne û tiştê kêm bîne her navendekê, an ji nû ve ragihîne. Tu dikarî di nav { $days } rojan de îtiraz bikî; karmendekî din biryarê dide.
reason-declared-already = Ev berê hatiye ragihandin.
reason-declared-already-remedy = Tiştek winda nebûye: bawernameya tomarê bixwaze. Eger bûyereke din be, ji me re bêje çi cuda ye. Tu dikarî di nav { $days } rojan de îtiraz bikî; karmendekî din biryarê dide.

## Kaxez

document-title = Bawernameya mirinê
document-authority =
    Herêma Kurdistanê ya Iraqê
    Wezareta Tenduristiyê
    Rêveberiya Giştî ya Tenduristiyê
document-statement = Ji tomara mirinan hatiye derxistin û bi îmzeya elektronîk parastî ye.

print-name = Nav
print-name-latin = Nav bi tîpên latînî
print-sex = Zayend
print-born-on = Roja jidayikbûnê
print-died-on = Roja mirinê
print-death-place = Cihê mirinê
print-father = Bav
print-mother = Dayik
print-register = Hejmara tomarê
print-office = Fermangeh
print-book = Defter
print-page = Rûpel
