### Naskirina zarokî: peyv bi kurmancî.

title = Naskirina zarokî
summary = Ji tomargehê re bêje ku zarokek yê te ye.
issuer = Rêveberiya Giştî ya Rewşa Şaristanî
before-you-start = Bila nivîsara dadgehê an tomarkarê ku te li ber wî zarok nas kir li ber destê te be. Li ser xwe em tiştekî napirsin: tomara te wê dibêje.
done = Ragihandina te gihîşt tomargehê. Karmendek tomara zarokî dibîne û ragihandinê temam dike, yekî din kontrol û tomar dike. Hingê zarok di tomarê de bi te re ye.
not-entitled = Tenê bav bi xwe zarokî nas dike. Dadgeha ku bav diyar dike bi xwe agahdar dike.

## Beş

group-child = Zarok
group-acknowledgement = Naskirin
group-papers = Belge
group-delivery = Em çawa digihîjin te

## Pirs

question-who-option-someone-else = Kesekî din
question-who = Tu kî yî ji zarokî re?
question-who-short = Ragihandêr
question-who-missing = Hilbijêre tu kî yî ji zarokî re.
question-who-option-father = Bav

question-child-name = Navê zarokî çi ye?
question-child-name-short = Zarok
question-child-name-missing = Navê zarokî binivîse.

question-child-number = Hejmara nasnameya zarokî çi ye?
question-child-number-short = Hejmara nasnameyê
question-child-number-hint = Eger tu nizanî, vala bihêle: kes ji ber vê yekê nayê vegerandin.

question-born-on = Zarok kîjan rojê ji dayik bû?
question-born-on-short = Jidayikbûn
question-born-on-missing = Roj, meh û salê binivîse.

question-before = Te li ber kê zarok nas kir?
question-before-short = Li ber
question-before-hint = Dadgehek, an tomarkarek.
question-before-missing = Navê dadgehê an fermangehê binivîse, wek ku di nivîsarê de ye.

question-acknowledged-on = Kîjan rojê?
question-acknowledged-on-short = Naskirin
question-acknowledged-on-missing = Roj, meh û salê binivîse.

question-acknowledgement-paper = Nivîsara wê ji me re bişîne
question-acknowledgement-paper-short = Nivîsara naskirinê
question-acknowledgement-paper-hint = Wêneyekî zelal ê her rûpelê bes e. Eger tenê kaxez li cem te be, vala bihêle û li navendekê nîşan bide.

question-phone = Em ji kîjan hejmarê re binivîsin?
question-phone-short = Telefon
question-phone-hint = Wek mînak 0750 123 4567. Peyamên me ne navê te dibêjin ne jî navê bawernameyê, lewma dikare telefoneke hevpar be.
question-phone-missing = Hejmareke mobîlê binivîse.
question-email = E-nameya te heye?
question-email-short = E-name
question-email-hint = Tu dikarî vala bihêlî.

## Kî dikare ragihîne

relation-father = bav

open-relation-father = Daxwazkar ew bav e ku zarokî nas dike? Nasnameya wî hêj nehatiye selmandin.

## Belge

evidence-acknowledgement-paper = Nivîsara naskirinê
open-evidence-acknowledgement-paper = Nivîsar rast e, û vî bavî û vî zarokî nav dike?

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
