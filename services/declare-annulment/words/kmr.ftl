### Ragihandina pûçkirina zewacê: peyv bi kurmancî.

title = Ragihandina pûçkirina zewacê
summary = Bila tomargeh biryara ku zewacek pûç bû tomar bike.
issuer = Rêveberiya Giştî ya Rewşa Şaristanî
before-you-start = Bila biryara dadgehê li ber destê te be: tomargeh tenê biryaran tomar dike. Li ser xwe em tiştekî napirsin: tomara te wê dibêje.
done = Ragihandina te gihîşt tomargehê. Karmendek wê ji biryarê temam dike, yekî din kontrol û tomar dike. Hingê zewac di tomarê de namîne; zarok yên herduyan dimînin.
not-entitled = Pûçkirina zewacê mêr an jin bi biryara dadgehê radigihîne. Dadgeh bi xwe agahdar dikin.

## Beş

group-couple = Hevjîn
group-judgment = Biryar
group-papers = Belge
group-delivery = Em çawa digihîjin te

## Pirs

question-who-option-someone-else = Kesekî din
question-who = Tu kî yî?
question-who-short = Ragihandêr
question-who-missing = Hilbijêre tu kî yî.
question-who-option-husband = Mêr
question-who-option-wife = Jin

question-wife-name = Navê jinê çi ye?
question-wife-name-short = Jin
question-wife-name-hint = Wek ku di belgeyên wê de ye, bi her alfabeyê.
question-wife-name-missing = Navê wê û navê bavê wê binivîse.

question-wife-number = Hejmara nasnameya wê çi ye?
question-wife-number-short = Hejmara nasnameyê
question-wife-number-hint = Eger tu nizanî, vala bihêle: kes ji ber vê yekê nayê vegerandin.

question-husband-name = Navê mêr çi ye?
question-husband-name-short = Mêr
question-husband-name-hint = Wek ku di belgeyên wî de ye, bi her alfabeyê.
question-husband-name-missing = Navê wî û navê bavê wî binivîse.

question-husband-number = Hejmara nasnameya wî çi ye?
question-husband-number-short = Hejmara nasnameyê
question-husband-number-hint = Eger tu nizanî, vala bihêle: kes ji ber vê yekê nayê vegerandin.

question-court = Kîjan dadgehê biryar da?
question-court-short = Dadgeh
question-court-missing = Navê dadgehê binivîse, wek ku di biryarê de ye.

question-judgment = Hejmara biryarê çi ye?
question-judgment-short = Hejmara biryarê
question-judgment-missing = Hejmara li ser biryarê binivîse.

question-judgment-date = Biryar ya kîjan rojê ye?
question-judgment-date-short = Roja biryarê
question-judgment-date-missing = Roja biryarê binivîse.

question-void-on = Li gor biryarê, zewac ji kîjan rojê ve pûç e?
question-void-on-short = Pûçkirin
question-void-on-hint = Biryar wê dibêje. Eger roj tê de tune be, roja biryarê binivîse.
question-void-on-missing = Roj, meh û salê binivîse.

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

relation-husband = mêr
relation-wife = jin

open-relation-husband = Daxwazkar mêr e? Nasnameya wî hêj nehatiye selmandin.
open-relation-wife = Daxwazkar jin e? Nasnameya wê hêj nehatiye selmandin.

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
