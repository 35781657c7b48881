### Ragihandina zarokê mirî: peyv bi kurmancî.

title = Ragihandina zarokê mirî ji dayik bûyî
summary = Zarokekî ku mirî ji dayik bûye ji tomargehê re ragihîne. Tê jimartin; tomara tu kesî jê çênabe.
issuer = Rêveberiya Giştî ya Tenduristiyê
before-you-start = Serê te sax be. Bila bawernameya bijîşkî li ber destê te be: bijîşk li wir dibêje kengî û ji çi miriye. Li ser xwe em tiştekî napirsin: tomara te wê dibêje.
done = Ragihandina te gihîşt fermangeha tenduristiyê. Karmendek wê ji bawernameya bijîşkî temam dike, yekî din kontrol û tomar dike.
not-entitled = Zarokê mirî ji dayik bûyî dê, bav, an xizmekî ku amade bû radigihîne. Nexweşxane û pîrik bi xwe agahdar dikin.

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

question-parents-married = Dê û bav bi hev re zewicî ne?
question-parents-married-short = Dê û bav zewicî ne
question-parents-married-missing = Erê an na hilbijêre.

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

question-medical-certificate = Bawernameya bijîşkî ji me re bişîne
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

evidence-medical-certificate = Bawernameya bijîşkî
evidence-medical-certificate-hint = Ji nexweşxaneyê, bijîşk an pîrikê.
open-evidence-medical-certificate = Bawernameya bijîşkî rast e, û navê vê dê tê de heye?
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

## Sedemên redkirinê

reason-not-registrable = Tomargeh nikare viya wek ku hatiye ragihandin tomar bike.
reason-not-registrable-remedy = Gotinên karmend li jor bixwîne û tiştê kêm bîne her navendekê, an ji nû ve ragihîne. Tu dikarî di nav { $days } rojan de îtiraz bikî; karmendekî din biryarê dide.
reason-declared-already = Ev berê hatiye ragihandin.
reason-declared-already-remedy = Tiştek winda nebûye: bawernameya tomarê bixwaze. Eger bûyereke din be, ji me re bêje çi cuda ye. Tu dikarî di nav { $days } rojan de îtiraz bikî; karmendekî din biryarê dide.
