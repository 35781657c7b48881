### Bawernameya berdanê: peyv bi kurmancî.

title = Bawernameya berdanê
summary = Derxistineke piştrastkirî ya berdaneke ku dadgehê biryar daye û dawî ye.
issuer = Rêveberiya Giştî ya Rewşa Şaristanî
before-you-start = Tenê nav û sala jidayikbûnê pêwîst in. Her agahiyeke din alîkariya me dike ku tomarê zûtir bibînin. Tu dikarî her gav rawestî û paşê li vir an li her navendekê berdewam bikî.
done = Daxwaznameya te gihîşt. Eger tu pirseke vekirî nemabe, bawername di çend xulekan de amade dibe. Heke na, karmendek bersiva pirsa mayî dide û tu dikarî li vir bişopînî.
not-entitled = Bawernameya berdanê tenê ji herdu kesên ku zewicî bûn re tê dayîn, û bêyî wekaletnameya wan ji kesî din re nayê dayîn. Eger tu ji bo kesekî din daxwaz dikî, jê bixwaze ku li cem notêr wekaletnameyekê bide te. Her navend alîkariya te dike.

## Beş

group-person = Berdana kê
group-purpose = Ji bo çi pêwîst e
group-delivery = Tu yê çawa bistînî

## Pirs

question-for-whom = Berdana kê ye?
question-for-whom-short = Ji bo
question-for-whom-hint = Peyamên me tu carî nabêjin belge çi ye.
question-for-whom-missing = Hilbijêre ka berdana kê ye.
question-for-whom-option-myself = Ya min
question-for-whom-option-represented = Ya kesekî ku wekalet daye min
question-for-whom-option-someone-else = Ya kesekî din

question-holder-name = Navê yê ku dixwaze çi ye?
question-holder-name-short = Nav
question-holder-name-hint = Wek ku di tomarê de ye binivîse, bi her alfabeyê. Eger navê bapîr an malbatê tune be, wê xaneyê vala bihêle.
question-holder-name-missing = Navê wî û navê bavê wî binivîse.

question-birth-date = Ev kes kengî ji dayik bûye?
question-birth-date-short = Jidayikbûn
question-birth-date-hint = Wek mînak 14 3 1978. Eger tu tenê salê dizanî, tenê salê binivîse.
question-birth-date-missing = Herî kêm sala jidayikbûnê binivîse.

question-spouse-name = Ev kes ji kê veqetiya?
question-spouse-name-short = Navê yê din
question-spouse-name-hint = Berdanekê ji yeka din cuda dike. Tu dikarî vala bihêlî.

question-place = Dadgehê li kîjan parêzgehê biryar da?
question-place-short = Cihê dadgehê
question-place-hint = Parêzgeh bes e. Eger tu qeza an bajêr dizanî, wan jî zêde bike.
question-place-missing = Parêzgeh an welat binivîse.

question-identity-number = Hejmareke nasnameyê heye?
question-identity-number-short = Hejmara nasnameyê
question-identity-number-hint = Ji her belgeyeke vî kesî. Eger tune be, vala bihêle: kes ji ber vê yekê nayê vegerandin.

question-power-of-attorney = Wekaletnameyê ji me re bişîne
question-power-of-attorney-short = Wekaletname
question-power-of-attorney-hint = Wêneyeke zelal a her rûpelê bes e. Eger tenê kaxez li cem te ye, vala bihêle û li navendekê nîşan bide.

question-purpose = Ji bo çi pêwîst e?
question-purpose-short = Armanc
question-purpose-hint = Da ku em ji te re bêjin ew fermangeh wê çi yê din bixwaze. Bersiva te ne rismê diguhere ne jî biryarê.
question-purpose-missing = Hilbijêre ka ji bo çi pêwîst e.
question-purpose-option-marriage = Zewac
question-purpose-option-identity = Karta nasnameyê
question-purpose-option-custody = Zarok, nefeqe an mehr
question-purpose-option-pension = Malnişînî an alîkarî
question-purpose-option-court = Dadgeh
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

relation-self = yek ji herdu kesên ku zewicî bûn
relation-represented = wekîlê bi wekaletname
open-relation-represented = Daxwazkar li ser navê xwediyê tomarê daxwaz dike? Hêj wekaletname negihîştiye.
open-relation-self = Daxwazkar yek ji herdu kesên di tomarê de ye?

## Belge

evidence-trace = Her tiştê ku alîkariya me bike em tomarê bibînin
open-evidence-trace = Ev belge nîşan didin ka tomar li ku ye?
evidence-power-of-attorney = Wekaletnameya notêr
evidence-power-of-attorney-hint = Bi wêne, bi PDF, an bi kaxez li her navendekê.
open-evidence-power-of-attorney = Ev wekaletname rast e, di meriyetê de ye, û vê belgeyê digire?
evidence-trace-hint = Biryar bi nîşana ku dawî ye, an hejmar û sala wê.

## Pirs ji bo karmend

open-identity = Daxwazkar nasnameya xwe selmandiye?
open-unverified = Tomar bi defterê re li hev tê?
open-protected = Ev tomar ji kopiyên asayî re girtî ye. Ev daxwazkar dikare kopiyekê bistîne?
open-decision = Ev bawername dikare were derxistin?
open-not-final = Tomar ya berdaneke ne dawî ye. Îdde qediyaye û biryar bûye dawî?

## Li gor rêzikê

rule-own-divorce = Nasnameya te selmandî ye, tomar hatiye piştrastkirin, û berdana te dawî ye.

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
reason-not-final = Berdan hêj ne dawî ye.
reason-not-final-remedy = Dema îdde qediya û dadgehê nivîsî ku biryara wê dawî ye, ji nû ve daxwaz bike. Tu dikarî di nav { $days } rojan de îtiraz bikî; karmendekî din biryarê dide.
reason-no-entry-anywhere-remedy = Tomar tenê tiştê ku dadgehê biryar daye dinivîse. Ji dadgehê kopiyeke biryarê bixwaze û bîne her navendekê. Tu dikarî di nav { $days } rojan de îtiraz bikî; karmendekî din biryarê dide.

## Kaxez

document-authority =
    Herêma Kurdistana Iraqê
    Wezareta Navxweyî
    Rêveberiya Giştî ya Rewşa Şaristanî
print-register = Hejmara tomarê
document-title = Bawernameya berdanê
print-husband = Mêr
print-wife = Jin
print-court = Dadgeh
document-statement = Li ser biryareke dawî ji tomara berdanan hatiye derxistin û bi îmzeya elektronîk parastî ye.
print-date = Roja berdanê
print-judgment = Hejmara biryarê
print-divorce-kind = Cure
print-judgment-date = Roja biryarê
print-office = Fermangeh
print-book = Defter
print-page = Rûpel
