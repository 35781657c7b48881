### Guhertina navî: peyv bi kurmancî.

title = Guhertina navî
summary = Bila tomargeh biryara ku navekî diguhere tomar bike.
issuer = Rêveberiya Giştî ya Rewşa Şaristanî
before-you-start = Bila biryara dadgehê li ber destê te be: nav tenê bi biryarê tên guhertin. Navê te yê kevn di tomarê de li kêleka yê nû dimîne. Li ser xwe em tiştekî din napirsin: tomara te wê dibêje.
done = Ragihandina te gihîşt tomargehê. Karmendek wê ji biryarê temam dike, yekî din kontrol û tomar dike.
not-entitled = Guhertina navî xwediyê navî, an serperiştê ku dadgehê destnîşan kiriye radigihîne. Dadgeh bi xwe agahdar dikin.

## Beş

group-person = Nav
group-judgment = Biryar
group-papers = Belge
group-delivery = Em çawa digihîjin te

## Pirs

question-who-option-someone-else = Kesekî din
question-who = Navê kê tê guhertin?
question-who-short = Navê kê
question-who-missing = Hilbijêre navê kê tê guhertin.
question-who-option-oneself = Yê min
question-who-option-guardian = Yê kesekî ku ez serperiştê wî me

question-old-name = Navê heta niha çi ye?
question-old-name-short = Navê kevn
question-old-name-hint = Wek ku di belgeyên wî de ye, bi her alfabeyê.
question-old-name-missing = Nav û navê bav binivîse.

question-old-number = Hejmara nasnameya wî çi ye?
question-old-number-short = Hejmara nasnameyê
question-old-number-missing = Hejmarekê ji her belgeyeke wî binivîse.

question-new-name = Li gor biryarê, navê nû çi ye?
question-new-name-short = Navê nû
question-new-name-hint = Her beşê binivîse, yên ku nayên guhertin jî.
question-new-name-missing = Navê nû binivîse.

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

relation-oneself = xwediyê navî
relation-guardian = serperiştê ku dadgehê destnîşan kiriye

open-relation-oneself = Daxwazkar xwediyê navî ye? Nasnameya wî hêj nehatiye selmandin.
open-relation-guardian = Biryar daxwazkar wek serperişt nav dike?

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
