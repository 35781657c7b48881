### Bawernameya mirinê: peyv bi kurmancî.

title = Bawernameya mirinê
summary = Derxistineke piştrastkirî ya tomara mirinê. Sedema mirinê tu carî tê de nayê nivîsîn.
issuer = Rêveberiya Giştî ya Rewşa Şaristanî
before-you-start = Tenê nav û sala jidayikbûnê pêwîst in. Her agahiyeke din alîkariya me dike ku tomarê zûtir bibînin. Tu dikarî her gav rawestî û paşê li vir an li her navendekê berdewam bikî.
done = Daxwaznameya te gihîşt. Eger tu pirseke vekirî nemabe, bawername di çend xulekan de amade dibe. Heke na, karmendek bersiva pirsa mayî dide û tu dikarî li vir bişopînî.
not-entitled = Bawernameya mirinê ji zarokan, dê û bavan, hevjîn, û ji mîratgirên din ên ku di qesama şer'î de ne re tê dayîn. Wê qesamê ji dadgeha rewşa kesayetî bixwaze; her navend alîkariya te dike.

## Beş

group-person = Kî miriye
group-purpose = Ji bo çi pêwîst e
group-delivery = Tu yê çawa bistînî

## Pirs

question-for-whom = Kî miriye?
question-for-whom-short = Mirî
question-for-whom-hint = Serê te sax be. Em dipirsin ka tu çi yê wî bûyî, da ku tu bawernameyê bê gerandin bistînî.
question-for-whom-missing = Hilbijêre ka kî miriye.
question-for-whom-option-my-parent = Diya min an bavê min
question-for-whom-option-my-spouse = Hevjînê min
question-for-whom-option-my-child = Zarokê min
question-for-whom-option-other-heir = Kesekî ku ez mîratgirê wî me
question-for-whom-option-other-heir-hint = Li cem te qesama şer'î ya dadgehê heye.
question-for-whom-option-someone-else = Kesekî din

question-holder-name = Navê wî çi bû?
question-holder-name-short = Nav
question-holder-name-hint = Wek ku di tomarê de ye binivîse, bi her alfabeyê. Eger navê bapîr an malbatê tune be, wê xaneyê vala bihêle.
question-holder-name-missing = Navê wî û navê bavê wî binivîse.

question-birth-date = Ev kes kengî ji dayik bûye?
question-birth-date-short = Jidayikbûn
question-birth-date-hint = Wek mînak 14 3 1978. Eger tu tenê salê dizanî, tenê salê binivîse.
question-birth-date-missing = Herî kêm sala jidayikbûnê binivîse.

question-death-date = Kengî mir?
question-death-date-short = Mirin
question-death-date-hint = Heta ku tu dizanî. Tu dikarî vala bihêlî.

question-place = Li ku mir?
question-place-short = Cihê mirinê
question-place-hint = Parêzgeh bes e. Eger tu qeza an bajêr dizanî, wan jî zêde bike.
question-place-missing = Parêzgeh an welat binivîse.

question-identity-number = Hejmareke nasnameyê heye?
question-identity-number-short = Hejmara nasnameyê
question-identity-number-hint = Ji her belgeyeke vî kesî. Eger tune be, vala bihêle: kes ji ber vê yekê nayê vegerandin.

question-heirs-deed = Qesama şer'î ji me re bişîne
question-heirs-deed-short = Qesama şer'î
question-heirs-deed-hint = Wêneyeke zelal a her rûpelê bes e. Eger tenê kaxez li cem te ye, vala bihêle û li navendekê nîşan bide.

question-purpose = Ji bo çi pêwîst e?
question-purpose-short = Armanc
question-purpose-hint = Da ku em ji te re bêjin ew fermangeh wê çi yê din bixwaze. Bersiva te ne rismê diguhere ne jî biryarê.
question-purpose-missing = Hilbijêre ka ji bo çi pêwîst e.
question-purpose-option-estate = Mîrat
question-purpose-option-pension = Malnişînî an alîkarî
question-purpose-option-court = Dadgeh
question-purpose-option-identity = Karta nasnameyê
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

relation-child = zarokê mirî
relation-spouse = hevjînê mirî
relation-parent = dê an bavê mirî
relation-heir = mîratgirekî din
open-relation-child = Daxwazkar zarokê mirî ye?
open-relation-spouse = Daxwazkar hevjînê mirî bû?
open-relation-parent = Daxwazkar dê an bavê mirî ye?
open-relation-heir = Daxwazkar mîratgirê mirî ye? Hêj qesam negihîştiye.

## Belge

evidence-trace = Her tiştê ku alîkariya me bike em tomarê bibînin
open-evidence-trace = Ev belge nîşan didin ka tomar li ku ye?
evidence-heirs-deed = Qesama şer'î ya ku navê te tê de ye
evidence-heirs-deed-hint = Bi wêne, bi PDF, an bi kaxez li her navendekê.
open-evidence-heirs-deed = Ev qesam rast e û daxwazkar wek mîratgirê mirî nav dike?
evidence-trace-hint = Nivîseke nexweşxaneyê, destûra veşartinê, bawernameyeke kevn, belgeya UNHCR, an navên şahidan.

## Pirs ji bo karmend

open-identity = Daxwazkar nasnameya xwe selmandiye?
open-unverified = Tomar bi defterê re li hev tê?
open-protected = Ev tomar ji kopiyên asayî re girtî ye. Ev daxwazkar dikare kopiyekê bistîne?
open-decision = Ev bawername dikare were derxistin?
open-widowed = Dema mirinê zewac hêj berdewam bû?

## Li gor rêzikê

rule-close-family = Nasnameya te selmandî ye, tomar hatiye piştrastkirin, û ya dê, bav an zarokê te ye.

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
reason-paper-not-genuine = Belgeyek ji yên ku te dane me ne rast e.
reason-paper-not-genuine-remedy = Eger te nizanibû, ji me re bêje ew çawa gihîştiye destê te. Tu dikarî di nav { $days } rojan de îtiraz bikî; karmendekî din biryarê dide.
reason-no-entry-anywhere = Ne me û ne jî cihê tomarkirinê tomareke wisa nedît.
reason-no-entry-anywhere-remedy = Mirin hêj dikare were tomarkirin: ji bo destpêkê nivîseke nexweşxaneyê an du şahid bes in, û her navend alîkariya te dike. Tu dikarî di nav { $days } rojan de îtiraz bikî; karmendekî din biryarê dide.

## Kaxez

document-authority =
    Herêma Kurdistana Iraqê
    Wezareta Navxweyî
    Rêveberiya Giştî ya Rewşa Şaristanî
print-name = Nav
print-name-latin = Nav bi tîpên latînî
print-sex = Zayend
print-born-on = Roja jidayikbûnê
print-father = Bav
print-mother = Dayik
print-register = Hejmara tomarê
document-title = Bawernameya mirinê
document-statement = Ji tomara mirinan hatiye derxistin û bi îmzeya elektronîk parastî ye.
print-died-on = Roja mirinê
print-death-place = Cihê mirinê
print-office = Fermangeh
print-book = Defter
print-page = Rûpel
