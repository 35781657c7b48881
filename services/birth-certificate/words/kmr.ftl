### Bawernameya jidayikbûnê: peyv bi kurmancî.

title = Bawernameya jidayikbûnê
summary = Derxistineke pejirandî ji tomara jidayikbûnê, bi îmzeya fermangeha ku tomarê diparêze.
issuer = Rêveberiya Giştî ya Rewşa Şaristanî
before-you-start = Tenê nav û sala jidayikbûnê pêwîst in. Her agahiyeke din alîkariya me dike ku tomarê zûtir bibînin. Tu dikarî her gav rawestî û paşê li vir an li her navendekê berdewam bikî.
done = Daxwaznameya te gihîşt. Eger tu pirseke vekirî nemabe, bawername di çend xulekan de amade dibe. Heke na, karmendek bersiva pirsa mayî dide û tu dikarî li vir bişopînî.
not-entitled = Bawernameya jidayikbûnê ji xwediyê wê re, ji dê û bavê wî re, ji serperiştê wî yê qanûnî re, û piştî mirinê ji hevjîn an zarokên wî re tê dayîn. Eger tu ji bo kesekî din dixwazî, ji wî bixwaze ku li cem notêr wekaletnameyekê bide te, an ji dadgeha rewşa kesayetî biryara serperiştiyê bixwaze. Her navendek di vê yekê de alîkariya te dike.

## Beş

group-person = Bawernameya kê
group-purpose = Ji bo çi pêwîst e
group-delivery = Tu yê çawa bistînî

## Pirs

question-for-whom = Bawername ji bo kê ye?
question-for-whom-short = Ji bo
question-for-whom-hint = Tenê ji bo xwe, ji bo zarokê xwe, an ji bo kesekî ku tu bi qanûnê nûnerê wî yî.
question-for-whom-missing = Hilbijêre ka bawername ji bo kê ye.
question-for-whom-option-myself = Ji bo min
question-for-whom-option-my-child = Ji bo zarokê min
question-for-whom-option-my-child-hint = Navê te wek dê an bav di tomarê de heye.
question-for-whom-option-my-ward = Ji bo kesekî ku ez serperiştê wî me
question-for-whom-option-my-ward-hint = Biryara dadgehê li cem te ye.
question-for-whom-option-my-late-parent = Ji bo dê an bavê min ê rehmetî
question-for-whom-option-my-late-spouse = Ji bo hevjînê min ê rehmetî
question-for-whom-option-someone-else = Ji bo kesekî din

question-holder-name = Navê xwediyê bawernameyê çi ye?
question-holder-name-short = Nav
question-holder-name-hint = Wek ku di tomarê de ye binivîse, bi her alfabeyê. Eger navê bapîr an paşnav tune be, qadê vala bihêle.
question-holder-name-missing = Navê wî û navê bavê wî binivîse.

question-birth-date = Kengî ji dayik bûye?
question-birth-date-short = Jidayikbûn
question-birth-date-hint = Wek mînak 14 3 1998. Eger tu tenê salê dizanî, tenê salê binivîse.
question-birth-date-missing = Herî kêm sala jidayikbûnê binivîse.

question-mother-name = Navê dayika wî çi ye?
question-mother-name-short = Dayik
question-mother-name-hint = Alîkariya me dike ku du kesên bi heman navî ji hev cuda bikin. Tu dikarî vala bihêlî.

question-birth-place = Li ku ji dayik bûye?
question-birth-place-short = Cihê jidayikbûnê
question-birth-place-hint = Parêzgeh bes e. Eger tu qeza, bajar an nexweşxaneyê dizanî, lê zêde bike.
question-birth-place-missing = Parêzgeh an welatê jidayikbûnê binivîse.

question-identity-number = Hejmareke nasnameyê heye?
question-identity-number-short = Hejmara nasnameyê
question-identity-number-hint = Ji her belgeyeke xwediyê bawernameyê. Eger tune be, vala bihêle: kes ji ber vê yekê nayê vegerandin.

question-court-order = Biryara dadgehê ji me re bişîne
question-court-order-short = Biryara dadgehê
question-court-order-hint = Wêneyekî zelal ê her rûpelê bes e. Eger tenê kaxez li cem te be, vala bihêle û li navendekê nîşan bide.

question-purpose = Ji bo çi pêwîst e?
question-purpose-short = Armanc
question-purpose-hint = Da ku em ji te re bêjin ew fermangeh wê çi yê din bixwaze. Bersiva te ne rismê diguhere ne jî biryarê.
question-purpose-missing = Hilbijêre ka ji bo çi pêwîst e.
question-purpose-option-school = Dibistan an zanîngeh
question-purpose-option-identity = Karta nasnameyê
question-purpose-option-passport = Pasaport an vîze
question-purpose-option-marriage = Zewac
question-purpose-option-inheritance = Mîrat
question-purpose-option-work = Kar
question-purpose-option-court = Dadgeh
question-purpose-option-own-records = Ji bo parastina li cem xwe
question-purpose-option-other = Tiştekî din

question-use = Tu yê li ku nîşan bidî?
question-use-short = Cihê bikaranînê
question-use-missing = Hilbijêre ka tu yê li ku nîşan bidî.
question-use-option-home = Li Herêma Kurdistanê an li deverên din ên Iraqê
question-use-option-abroad = Li welatekî din
question-use-option-abroad-hint = Piraniya welatan pejirandina Wezareta Derve û paşê ya balyozxaneya xwe dixwazin. Em her pejirandinê bi bawernameyê re tomar dikin.

question-document-languages = Bi kîjan zimanan?
question-document-languages-short = Ziman
question-document-languages-hint = Hemû li ser kaxezekê ne.
question-document-languages-missing = Herî kêm zimanekî hilbijêre.
question-document-languages-option-ckb = Kurdî (soranî)
question-document-languages-option-ar = Erebî
question-document-languages-option-kmr = Kurdî (kurmancî)
question-document-languages-option-en = Îngilîzî

question-copies = Çend kopî?
question-copies-short = Kopî
question-copies-hint = Ji { $min } heta { $max }. Kopiya yekem bêpere ye; her kopiyeke din 2.000 dînar e.
question-copies-missing = Binivîse ka çend kopî pêwîst in.

question-delivery = Tu dixwazî çawa bistînî?
question-delivery-short = Wergirtin
question-delivery-missing = Hilbijêre ka tu yê çawa bistînî.
question-delivery-option-download = Ez ê daxînim
question-delivery-option-download-hint = Bi îmzeya elektronîk, her kes dikare rastiya wê kontrol bike.
question-delivery-option-collect = Ez ê bi kaxez li navendekê bistînim
question-delivery-option-collect-hint = Li ser kaxeza hejmarkirî, bi îmze û mor.

question-displaced = Tu ji mala xwe aware bûyî?
question-displaced-short = Aware
question-displaced-hint = Aware tiştekî nadin. Belge ne pêwîst e.
question-displaced-missing = Erê an na hilbijêre.

question-phone = Em ji kîjan hejmarê re binivîsin?
question-phone-short = Telefon
question-phone-hint = Wek mînak 0750 123 4567. Peyamên me ne navê te dibêjin ne jî navê bawernameyê, lewma dikare telefoneke hevpar be.
question-phone-missing = Hejmareke mobîlê binivîse.

question-email = E-nameya te heye?
question-email-short = E-name
question-email-hint = Tu dikarî vala bihêlî.

## Kî dikare bixwaze

relation-self = xwediyê bawernameyê bi xwe
relation-parent = dê an bav
relation-guardian = serperiştê ku dadgehê destnîşan kiriye
relation-late-parent = zarokê wî, piştî mirinê
relation-late-spouse = hevjînê wî, piştî mirinê

open-relation-self = Daxwazkar ew kes e ku navê wî di tomarê de ye?
open-relation-parent = Daxwazkar dê an bavê vî zarokî ye?
open-relation-guardian = Daxwazkar serperiştê vî kesî ye? Hêj biryara dadgehê negihîştiye.
open-relation-late-parent = Xwediyê tomarê miriye û daxwazkar zarokê wî ye?
open-relation-late-spouse = Xwediyê tomarê miriye û daxwazkar hevjînê wî bû?

## Belge

evidence-court-order = Biryara dadgehê ku te kiriye serperişt
evidence-court-order-hint = Bi wêne, bi PDF, an bi kaxez li her navendekê.
open-evidence-court-order = Ev biryara dadgehê rast e, di meriyetê de ye, û navê daxwazkar û xwediyê tomarê tê de heye?

evidence-trace = Her tiştê ku alîkariya me bike em tomarê bibînin
evidence-trace-hint = Bawernameyeke kevn, nivîseke nexweşxaneyê, karta kutanê an ya xwarinê, belgeya UNHCR, an navên şahidan.
open-evidence-trace = Ev belge nîşan didin ka jidayikbûn li ku hatiye tomarkirin?

## Pirs ji bo karmend

open-identity = Daxwazkar nasnameya xwe selmandiye?
open-unverified = Tomar bi defterê re li hev tê?
open-protected = Ev tomar ji kopiyên asayî re girtî ye. Ev daxwazkar dikare kopiyekê bistîne?
open-guardianship = Serperiştî standina vê bawernameyê jî digire û hêj di meriyetê de ye?
open-widowed = Dema xwediyê tomarê mir, zewac hêj berdewam bû?
open-decision = Ev bawername dikare were derxistin?

rule-own-or-childs-entry = Nasnameya te selmandî ye, tomar hatiye piştrastkirin, û ya te an ya zarokê te ye.
rule-late-parents-entry = Nasnameya te selmandî ye, tomar hatiye piştrastkirin, û ya dê an bavê te yê rehmetî ye.

## Rism

fee-further-copies = { $count ->
    [one] Kopiyeke din
   *[other] { $count } kopiyên din
}
fee-further-copies-waived = Tu tiştekî nadî: aware ji rismê azad in.

## Gav

step-prove-identity = Nasnameya xwe bide selmandin
step-prove-identity-hint = Bi cizdana niştimanî, an bi her belgeyeke nasnameyê li navendekê. Heta wê gavê em her tiştî amade dikin; tenê radestkirin li bendê dimîne.
step-pay = Rismê bide
step-search = Karmendek di tomarê de digere
step-search-hint = Me tomar yekser nedît. Ev gelek caran çêdibe û ne sûcê te ye.
step-ask-place-of-registration = Em ji cihê tomarkirinê dipirsin
step-ask-place-of-registration-hint = Ne pêwîst e tu biçî wir.
step-decide = Karmendek biryarê dide
step-issue = Bawername tê îmzekirin
step-print = Tê çapkirin
step-hand-over = Tu distînî

## Sedemên redkirinê

reason-identity-not-shown = Me nekarî nas bikin ka kî daxwaz dike.
reason-identity-not-shown-remedy = Bi belgeyeke nasnameyê were her navendekê, an bi du şahidên ku nasnameya wan heye. Tu dikarî di nav { $days } rojan de îtiraz bikî; karmendekî din biryarê dide.
reason-no-authority = Belge nîşan nadin ku mafê te heye vê bawernameyê bistînî.
reason-no-authority-remedy = Wekaletnameya notêr an biryara dadgeha rewşa kesayetî bîne û ji nû ve daxwaz bike. Tu dikarî di nav { $days } rojan de îtiraz bikî; karmendekî din biryarê dide.
reason-entry-closed = Dadgehek an rêveberî ev tomar ji kopiyan re girtiye.
reason-entry-closed-remedy = Ji dadgeha ku ew girtiye destûrê bixwaze. Tu dikarî di nav { $days } rojan de îtiraz bikî; karmendekî din biryarê dide.
reason-no-entry-anywhere = Ne me û ne jî cihê tomarkirinê tomara vê jidayikbûnê nedît.
reason-no-entry-anywhere-remedy = Jidayikbûn hêj dikare were tomarkirin: dadgeha rewşa kesayetî biryarê dide, û her navendek di daxwazê de alîkariya te dike. Tu dikarî di nav { $days } rojan de îtiraz bikî; karmendekî din biryarê dide.
reason-paper-not-genuine = Belgeyek ji yên ku te dane me ne rast e.
reason-paper-not-genuine-remedy = Eger te nizanibû, ji me re bêje ew çawa gihîştiye destê te. Tu dikarî di nav { $days } rojan de îtiraz bikî; karmendekî din biryarê dide.

## Kaxez

document-title = Bawernameya jidayikbûnê
document-authority =
    Herêma Kurdistana Iraqê
    Wezareta Navxweyî
    Rêveberiya Giştî ya Rewşa Şaristanî
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
