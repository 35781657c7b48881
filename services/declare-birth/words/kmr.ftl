### Ragihandina jidayikbûnê: peyv bi kurmancî.

title = Ragihandina jidayikbûnê
summary = Jidayikbûna zarokekî ji tomargehê re ragihîne. Bawernameya wî ji vê derdikeve.
issuer = Rêveberiya Giştî ya Tenduristiyê
before-you-start = Bila bawernameya bijîşkî ya jidayikbûnê li ber destê te be. Di nav panzdeh rojan de ji jidayikbûna li nexweşxaneyê, sî rojan li cihekî din, ragihîne. Li ser xwe em tiştekî napirsin: tomara te wê dibêje. Tu dikarî her gav rawestî û paşê berdewam bikî.
done = Ragihandina te gihîşt fermangeha tenduristiyê. Karmendek wê ji bawernameya bijîşkî temam dike, yekî din kontrol û tomar dike. Paşê bawername li vir amade dibe.
not-entitled = Jidayikbûnê dê, bav, an xizmekî ku amade bû radigihîne. Nexweşxane, pîrik û muxtar bi xwe fermangeha tenduristiyê agahdar dikin. Her navendek alîkariya malbatê dike.

## Beş

group-child = Zarok
group-parents = Dê û bav
group-papers = Belge
group-delivery = Em çawa digihîjin te

## Pirs

question-who-option-someone-else = Kesekî din
question-who = Tu çi yî ji zarokî re?
question-who-short = Ragihandêr
question-who-missing = Hilbijêre tu çi yî ji zarokî re.
question-who-option-mother = Dê
question-who-option-father = Bav
question-who-option-relative = Xizm
question-who-option-relative-hint = Tu amade bûyî, an dê û bav nikarin bên.

question-child-name = Navê zarokî çi ye?
question-child-name-short = Nav
question-child-name-hint = Navê wî bes e: navê bav û bapîr ji bavî tên.
question-child-name-missing = Navê zarokî binivîse.

question-child-sex = Keç e an kur?
question-child-sex-short = Zayend
question-child-sex-missing = Keç an kur hilbijêre.
question-child-sex-option-female = Keç
question-child-sex-option-male = Kur

question-born-on = Zarok kîjan rojê ji dayik bû?
question-born-on-short = Jidayikbûn
question-born-on-missing = Roj, meh û salê binivîse.

question-place-kind = Zarok li ku ji dayik bû?
question-place-kind-short = Cureyê cih
question-place-kind-missing = Hilbijêre li ku ji dayik bû.
question-place-kind-option-hospital = Li nexweşxaneyê
question-place-kind-option-home = Li malê
question-place-kind-option-other = Li cihekî din

question-facility = Navê wî cihî çi ye?
question-facility-short = Nexweşxane an cih
question-facility-missing = Navê nexweşxaneyê an cihî binivîse.

question-birth-place = Li kîjan parêzgehê, û li kîjan bajar an gundî?
question-birth-place-short = Cihê jidayikbûnê
question-birth-place-hint = Parêzgeh bes e. Ew diyar dike kîjan fermangeha tenduristiyê tomar dike.
question-birth-place-missing = Parêzgehê binivîse.

question-plurality = Zarokek ji dayik bû, an çend?
question-plurality-short = Yek an zêde
question-plurality-missing = Hilbijêre çend zarok ji dayik bûn.
question-plurality-option-single = Zarokek
question-plurality-option-twin = Cêwî
question-plurality-option-twin-hint = Her yekî ji wan ragihîne.
question-plurality-option-triplet = Sêyane
question-plurality-option-more = Zêdetir

question-birth-order = Ev zarok yê çendan e ji wan?
question-birth-order-short = Rêza jidayikbûnê
question-birth-order-hint = { $min } ji bo yê pêşîn, heta { $max }.
question-birth-order-missing = Hejmarekê binivîse: 1 ji bo yê pêşîn.

question-parents-married = Dê û bav bi hev re zewicî ne?
question-parents-married-short = Dê û bav zewicî ne
question-parents-married-missing = Erê an na hilbijêre.

question-father-unnamed = Navê bav neyê nivîsandin?
question-father-unnamed-short = Bav bênav
question-father-unnamed-hint = Ne pêwîst e tu navê wî bibêjî. Ew dikare paşê zarokî bipejirîne.
question-father-unnamed-missing = Erê an na hilbijêre.

question-acknowledged = Bav zarokî wek yê xwe dipejirîne?
question-acknowledged-short = Bav pejirandiye
question-acknowledged-missing = Erê an na hilbijêre.

question-mother-name = Navê dayikê çi ye?
question-mother-name-short = Dê
question-mother-name-hint = Wek ku di belgeyên wê de ye, bi her alfabeyê.
question-mother-name-missing = Navê wê û navê bavê wê binivîse.

question-mother-number = Hejmara nasnameya wê çi ye?
question-mother-number-short = Hejmara nasnameyê
question-mother-number-hint = Eger tu nizanî, vala bihêle: kes ji ber vê yekê nayê vegerandin.

question-father-name = Navê bavî çi ye?
question-father-name-short = Bav
question-father-name-hint = Wek ku di belgeyên wî de ye, bi her alfabeyê.
question-father-name-missing = Navê wî û navê bavê wî binivîse.

question-father-number = Hejmara nasnameya wî çi ye?
question-father-number-short = Hejmara nasnameyê
question-father-number-hint = Eger tu nizanî, vala bihêle: kes ji ber vê yekê nayê vegerandin.

question-medical-certificate = Bawernameya bijîşkî ya jidayikbûnê ji me re bişîne
question-medical-certificate-short = Bawernameya bijîşkî
question-medical-certificate-hint = Wêneyekî zelal ê her rûpelê bes e. Eger tenê kaxez li cem te be, vala bihêle û li navendekê nîşan bide.

question-late-reason = Çima tenê niha tê ragihandin?
question-late-reason-short = Sedema derengmayînê
question-late-reason-hint = Dema qanûnî derbas bûye. Hevokeke kurt bes e; qanûn rismeke biçûk distîne, ku tu berî şandinê dibînî.
question-late-reason-missing = Bi çend peyvan binivîse çima dereng maye.

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

relation-mother = dê
relation-father = bav
relation-relative = xizmekî ku amade bû

open-relation-mother = Daxwazkar dê ye? Nasnameya wê hêj nehatiye selmandin.
open-relation-father = Daxwazkar bav e? Nasnameya wî hêj nehatiye selmandin.
open-relation-relative = Daxwazkar xizmê zarokî ye? Nasnameya wî hêj nehatiye selmandin.

## Belge

evidence-medical-certificate = Bawernameya bijîşkî ya jidayikbûnê
evidence-medical-certificate-hint = Ji nexweşxaneyê, bijîşk an pîrikê.
open-evidence-medical-certificate = Bawernameya bijîşkî rast e, û navê vê dê û vî zarokî tê de heye?
evidence-judgment-paper = Biryara dadgehê
open-evidence-judgment-paper = Biryara dadgehê rast û dawî ye, û li ser vê bûyerê ye?

## Pirs ji bo karmend

open-late = Piştî dema qanûnî hatiye ragihandin. Sedem û belgeyên wê rast in?
open-unmarried = Dê û bav ne zewicî ne. Kî wek bav di tomarê de ye, û zarok pejirandiye?
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

document-title = Bawernameya jidayikbûnê
document-authority =
    Herêma Kurdistanê ya Iraqê
    Wezareta Tenduristiyê
    Rêveberiya Giştî ya Tenduristiyê
document-statement = Ev bawername ji tomara rewşa şaristanî hatiye derxistin û bi îmzeya elektronîk parastî ye.

print-name = Nav
print-name-latin = Nav bi tîpên latînî
print-sex = Zayend
print-born-on = Roja jidayikbûnê
print-birth-place = Cihê jidayikbûnê
print-father = Bav
print-mother = Dayik
print-register = Hejmara tomarê
print-plurality = Bi tenê an cêwî
print-born-on-in-words = Bi nivîskî
print-attendant = Bijîşk an pîrik
print-father-age = Temen
print-father-nationality = Hemwelatî
print-father-occupation = Pîşe
print-mother-age = Temen
print-mother-nationality = Hemwelatî
print-mother-occupation = Pîşe
print-residence = Cihê rûniştinê
print-office = Fermangeh
print-book = Defter
print-page = Rûpel
