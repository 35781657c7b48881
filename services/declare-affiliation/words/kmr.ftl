### Ragihandina pêvekirina zarokî: peyv bi kurmancî.

title = Ragihandina pêvekirina zarokî
summary = Bila tomargeh tomar bike ku dadgeha zarokan zarokek daye we.
issuer = Rêveberiya Giştî ya Rewşa Şaristanî
before-you-start = Bila biryara dadgeha zarokan li ber destê te be. Li ser xwe em tiştekî napirsin: tomara te wê dibêje. Tiştê tu ji me re dibêjî tenê çend karmend dibînin.
done = Ragihandina te gihîşt tomargehê. Karmendek wê ji biryarê temam dike, yekî din kontrol û tomar dike. Tomar girtî ye: belgeyên we nabêjin zarok ji ku hatiye.
not-entitled = Pêvekirinê hevjînên ku dadgehê zarok daye wan bi biryarê radigihînin. Dadgeh bi xwe agahdar dikin.

## Beş

group-couple = Hevjîn
group-child = Zarok
group-judgment = Biryar
group-papers = Belge
group-delivery = Em çawa digihîjin te

## Pirs

question-who-option-someone-else = Kesekî din
question-who = Tu kî yî?
question-who-short = Ragihandêr
question-who-missing = Hilbijêre tu kî yî.
question-who-option-father = Mêr
question-who-option-mother = Jin

question-mother-name = Navê jinê çi ye?
question-mother-name-short = Jin
question-mother-name-hint = Wek ku di belgeyên wê de ye, bi her alfabeyê.
question-mother-name-missing = Navê wê û navê bavê wê binivîse.

question-mother-number = Hejmara nasnameya wê çi ye?
question-mother-number-short = Hejmara nasnameyê
question-mother-number-hint = Eger tu nizanî, vala bihêle: kes ji ber vê yekê nayê vegerandin.

question-father-name = Navê mêr çi ye?
question-father-name-short = Mêr
question-father-name-hint = Wek ku di belgeyên wî de ye, bi her alfabeyê.
question-father-name-missing = Navê wî û navê bavê wî binivîse.

question-father-number = Hejmara nasnameya wî çi ye?
question-father-number-short = Hejmara nasnameyê
question-father-number-hint = Eger tu nizanî, vala bihêle: kes ji ber vê yekê nayê vegerandin.

question-child-name = Li gor biryarê, navê zarokî çi ye?
question-child-name-short = Zarok
question-child-name-missing = Navê zarokî binivîse.

question-child-number = Hejmara nasnameya zarokî çi ye?
question-child-number-short = Hejmara nasnameyê
question-child-number-hint = Eger tu nizanî, vala bihêle: kes ji ber vê yekê nayê vegerandin.

question-child-sex = Keç e an kur?
question-child-sex-short = Zayend
question-child-sex-missing = Keç an kur hilbijêre.
question-child-sex-option-female = Keç
question-child-sex-option-male = Kur

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

relation-father = mêrê hevjînan
relation-mother = jina hevjînan

open-relation-father = Daxwazkar ew mêr e ku dadgehê zarok daye wî? Nasnameya wî hêj nehatiye selmandin.
open-relation-mother = Daxwazkar ew jin e ku dadgehê zarok daye wê? Nasnameya wê hêj nehatiye selmandin.

## Belge

evidence-judgment-paper = Biryara dadgehê
open-evidence-judgment-paper = Biryara dadgehê rast û dawî ye, û li ser vê bûyerê ye?

## Pirs ji bo karmend

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
