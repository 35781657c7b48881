### Ragihandina zewacê: peyv bi kurmancî.

title = Ragihandina zewacê
summary = Bila tomargeh zewaca ku bi peymana dadgehê çêbûye tomar bike. Bawernameya zewacê ji vê derdikeve.
issuer = Rêveberiya Giştî ya Rewşa Şaristanî
before-you-start = Bila peymana dadgeha rewşa kesayetî li ber destê te be. Li ser xwe em tiştekî napirsin: tomara te wê dibêje. Tu dikarî her gav rawestî û paşê berdewam bikî.
done = Ragihandina te gihîşt tomargehê. Karmendek wê ji peymanê temam dike, yekî din kontrol û tomar dike. Paşê bawername li vir amade dibe.
not-entitled = Zewacê mêr an jin radigihîne. Dadgeh û nûnertiyên li derve bi xwe agahdar dikin. Eger tu ji bo yekî ji wan dixwazî, ew dikare bi te re were her navendekê.

## Beş

group-couple = Hevjîn
group-contract = Peyman
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

question-wife-born = Jin kengî ji dayik bûye?
question-wife-born-short = Jidayikbûna jinê
question-wife-born-hint = Sal bes e. Eger tu nizanî, vala bihêle.

question-husband-name = Navê mêr çi ye?
question-husband-name-short = Mêr
question-husband-name-hint = Wek ku di belgeyên wî de ye, bi her alfabeyê.
question-husband-name-missing = Navê wî û navê bavê wî binivîse.

question-husband-number = Hejmara nasnameya wî çi ye?
question-husband-number-short = Hejmara nasnameyê
question-husband-number-hint = Eger tu nizanî, vala bihêle: kes ji ber vê yekê nayê vegerandin.

question-husband-born = Mêr kengî ji dayik bûye?
question-husband-born-short = Jidayikbûna mêr
question-husband-born-hint = Sal bes e. Eger tu nizanî, vala bihêle.

question-married-on = We kîjan rojê zewac kir?
question-married-on-short = Zewac
question-married-on-missing = Roj, meh û salê binivîse.

question-contract-court = Kîjan dadgehê peyman çêkir?
question-contract-court-short = Dadgeha peymanê
question-contract-court-missing = Navê dadgehê binivîse, wek ku li ser peymanê ye.

question-contract-number = Hejmara peymanê çi ye?
question-contract-number-short = Hejmara peymanê
question-contract-number-missing = Hejmara li ser peymanê binivîse.

question-place = Zewac li ku bû?
question-place-short = Cih
question-place-hint = Parêzgeh bes e.
question-place-missing = Parêzgehê an welatî binivîse.

question-outside-region = Zewac li derveyî Herêma Kurdistanê hatiye kirin?
question-outside-region-short = Li derveyî Herêmê
question-outside-region-missing = Erê an na hilbijêre.

question-outside-court = We li derveyî dadgehê zewac kir û paşê hat îsbatkirin?
question-outside-court-short = Paşê hatiye îsbatkirin
question-outside-court-missing = Erê an na hilbijêre.

question-court = Kîjan dadgehê biryar da?
question-court-short = Dadgeh
question-court-missing = Navê dadgehê binivîse, wek ku di biryarê de ye.

question-judgment = Hejmara biryarê çi ye?
question-judgment-short = Hejmara biryarê
question-judgment-missing = Hejmara li ser biryarê binivîse.

question-judgment-date = Biryar ya kîjan rojê ye?
question-judgment-date-short = Roja biryarê
question-judgment-date-missing = Roja biryarê binivîse.

question-contract-paper = Peymana dadgehê ji me re bişîne
question-contract-paper-short = Peyman
question-contract-paper-hint = Wêneyekî zelal ê her rûpelê bes e. Eger tenê kaxez li cem te be, vala bihêle û li navendekê nîşan bide.

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

relation-husband = mêr
relation-wife = jin

open-relation-husband = Daxwazkar mêr e? Nasnameya wî hêj nehatiye selmandin.
open-relation-wife = Daxwazkar jin e? Nasnameya wê hêj nehatiye selmandin.

## Belge

evidence-contract-paper = Peymana zewacê ya dadgehê
open-evidence-contract-paper = Peymana dadgehê rast e, û navê van hevjînan tê de heye?
evidence-judgment-paper = Biryara dadgehê
open-evidence-judgment-paper = Biryara dadgehê rast û dawî ye, û li ser vê bûyerê ye?

## Pirs ji bo karmend

open-outside-court = Zewac li derveyî dadgehê hatiye kirin. Biryar wê îsbat dike, û ji kîjan rojê ve?
open-outside-region = Zewac li derveyî Herêmê hatiye kirin. Zewaceke din a yekî ji wan berdewam e?
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

document-title = Bawernameya zewacê
document-authority =
    Herêma Kurdistana Iraqê
    Wezareta Navxweyî
    Rêveberiya Giştî ya Rewşa Şaristanî
document-statement = Ji tomara zewacan hatiye derxistin û bi îmzeya elektronîk parastî ye.

print-husband = Mêr
print-husband-born-on = Jidayikbûna mêr
print-wife = Jin
print-wife-born-on = Jidayikbûna jinê
print-date = Roja zewacê
print-place = Cihê zewacê
print-court = Dadgeh
print-register = Hejmara tomarê
print-office = Fermangeh
print-book = Defter
print-page = Rûpel
