# By telephone: text messages, menus, a person on the line, and acting for another.

channel-telephone = Bi telefonê
scope-telephone-serve = Xizmeta kesên ku telefon dikin
menu-telephone = Telefon

message-text-status = { $number }: { $standing ->
    [draft] hê nehatiye şandin.
    [prove-identity] were ber kawnterê da em bibînin tu kî yî.
    [pay] rism nehatiye dayîn.
    [waiting-for-applicant] em tiştekî din ji te dixwazin.
    [approved] hat pejirandin. Belgeyê bistîne.
    [refused] hat redkirin. Tu dikarî îtiraz bikî.
    [fulfilled] qediya. Belge hat dayîn.
    [settled] qediya. Di tomarê de ye.
    [closed] hat girtin.
    [withdrawn] te paş ve kişand.
    [expired] qediya ji ber ku kesî bersiv neda.
   *[other] fermangeh li ser dixebite.
}
message-text-ticket = { $number }: { $standing ->
    [waiting] { $before } kes li pêşiya te ne, nêzîkî { $wait } deqe.
    [called] niha here ber kawntera { $counter }.
    [serving] li ber kawntera { $counter }.
    [parked] cihê te parastî ye.
    [missed] tu hatî bangkirin. Were pêşwaziyê.
   *[other] ev bilêt qediya.
}
message-text-help = Binivîse: { $status } û hejmara daxwazê. { $ticket }: bilêta te. { $cancel } û kod: demê vedigerîne. { $revoke } û hejmara te: êdî kes li şûna te kar nake.
message-text-nothing = Li ser vê tiştek ji vê telefonê re nayê gotin. Hejmarê kontrol bike. { $help } peyvan nîşan dide.
message-text-cancelled = Dem hat vegerandin.
message-text-revoked = Hat qedandin: { $count }. Yê ku dadgehê diyar kiriye li ber kawnterê diqede.
message-text-rate = Serdana te çawa bû? Bi hejmarekê bersiv bide, ji 1 (xirab) heta 5 (baş). Bihayê wê peyamek e.
message-text-rated = Spas. Bê navê te hat nivîsandin.
message-done-for-you = { $number }: îro bi navê te tiştek hat kirin. Heke te nexwest, telefonî me bike an were ber her kawnterê.
message-proxy-named = Ji îro pê ve kesekî din dikare heta { $until } li şûna te kar bike. Heke te nexwest, li rûpela xwe, li ber kawnterê an bi telefonê biqedîne.
message-proxy-ended = Ew kes êdî nikare li şûna te kar bike.
message-name-text-status = Bi peyamê hat pirsîn: rewş
message-name-text-ticket = Bi peyamê hat pirsîn: bilêt
message-name-text-help = Bi peyamê hat pirsîn: peyv
message-name-text-nothing = Bi peyamê hat pirsîn: tiştek nayê gotin
message-name-text-cancelled = Bi peyamê: dem hat vegerandin
message-name-text-revoked = Bi peyamê: êdî kes li şûna wî kar nake
message-name-text-rate = Hat pirsîn: serdan çawa bû
message-name-text-rated = Ji bo nirxandinê spas hat kirin
message-name-done-for-you = Hat gotin: bi navê te hat kirin
message-name-proxy-named = Hat gotin: kesekî din dikare
message-name-proxy-ended = Hat gotin: kesê din êdî nikare

ussd-status = Daxwaznameya min
ussd-ticket = Bilêta min niha
ussd-appointment = Dem
ussd-person = Kesekî dixwazim
ussd-back = Paş ve
ussd-more = Zêdetir
ussd-again = Ev ne yek ji bişkokan e.
ussd-number = Hejmarên daxwaza xwe binivîse
ussd-nothing = Ji bo vê telefonê tiştek nehat dîtin. Hejmarê kontrol bike an were ber kawnterê.
ussd-no-ticket = Îro bilêta vê telefonê tune ye.
ussd-before = { $count } kes li pêşiya te ne
ussd-counter = Kawntera { $counter }
ussd-book = Demekê veqetîne
ussd-cancel = Demekê vegerîne
ussd-full = Cihê vala tune ye. Sibê dîsa biceribîne.
ussd-day = Rojê binivîse:
ussd-time = Saetê binivîse:
ussd-book-sure = { $when }? 1 erê
ussd-booked = Hat girtin: { $when }. Kod { $code }
ussd-not-booked = Nehat girtin: cih hatiye girtin, an vê telefonê qasî destûrê heye.
ussd-no-appointment = Dema vê telefonê tune ye.
ussd-cancel-sure = { $when } were vegerandin? 1 erê
ussd-cancelled = Hat vegerandin: { $when }
ussd-person-noted = Kesek dê li ser vê hejmarê telefonî te bike.
ussd-sent = Bersiv bi peyamê ji vê hejmarê re tê şandin.

telephone-lead = Yê ku telefon dike bi gotina wî bibîne. Heta kodekê nexwîne tenê agahiyên giştî hene.
telephone-find = Kî telefon dike
telephone-wishes = Dixwazin ku em telefonî wan bikin
telephone-no-wishes = Kes naxwaze ku em telefonî wî bikin.
telephone-wish-take = Yê din bistîne
telephone-in-hand = Di dest de: { $phone }
telephone-wish-reached = Bersiv da
telephone-wish-not-reached = Kesî bersiv neda
telephone-unproven = Em ne piştrast in kî telefon dike: tenê agahiyên giştî bide.
telephone-proven = Tu ji vî kesî piştrast bûyî. Tiştê ku tu niha dikî bi telefonê bi navê wî tê kirin; bi peyamê jê re tê gotin.
telephone-send-code = Kodekê ji telefona wî ya piştrastkirî re bişîne
telephone-code-sent = Kod hat şandin. Jê bixwaze ku ji te re bixwîne.
telephone-no-phone = Ji bo vî kesî telefoneke piştrastkirî tune ye. Divê were ber kawnterê; tenê agahiyên giştî bide.
telephone-code-hint = Şeş hejmar, wekî ku yê telefon dike dixwîne
telephone-verify = Kodê kontrol bike
telephone-end = Telefon qediya
telephone-call-open = Telefonek vekirî ye: her tiştê ku tu dikî bi telefonê tê kirin heta ku tu wê biqedînî.
telephone-cases = Daxwazên wî

proxies-title = Karkirin li şûna kesekî din
proxies-lead = Yê ku tu destûrê didî ku li şûna te kar bike tenê tiştê ku tu hildibijêrî dibîne, û tenê heta roja ku tu hildibijêrî. Tu dikarî her gav biqedînî.
proxies-none = Kes nikare li şûna te kar bike.
proxies-which = Tu dixwazî kê biqedînî?
proxy-end = Niha biqedîne
proxy-end-of = Biqedîne: { $name }
proxy-new = Destûrê bide kesekî
proxy-new-lead = Ji bo wekaletê an biryara dadgehê, bi belgeyê were ber kawnterê.
proxy-appoint = Destûrê bidê
proxy-number = Hejmara wî ya kesane
proxy-name = Navê wî yê yekem
proxy-name-hint = Wekî ku li ser karta wî ye. Divê hejmar û nav yên yek kesî bin.
proxy-services = Ji bo çi
proxy-services-hint = Ji yekê heta pêncan
proxy-services-hint-officer = Bi razîbûnê ji yekê heta pêncan; bi belgeyê ji bo her tiştî vala bihêle
proxy-deeds = Dikare çi bike
proxy-deed-apply = Daxwaz bike û bersiv bide
proxy-deed-follow = Rewşê bibîne
proxy-deed-fetch = Belgeyan bistîne
proxy-deed-pay = Pere bide
proxy-until = Ji bo çiqasî
proxy-days = { $days } roj
proxy-basis = Li ser kîjan bingehî
proxy-basis-consent = Razîbûn
proxy-basis-notary = Wekaleta noterê
proxy-basis-judgment = Biryara dadgehê
proxy-basis-number = Hejmara belgeyê
proxy-witness = Kî şahid bû
proxy-every-service = her tişt
proxy-said = { $services }: { $deeds }; heta { $until }
proxy-said-over = { $services }: { $deeds }; di { $until } de qediya
proxy-wrong-number = Hejmar û nav ne yên yek kesî ne, an ev kes nikare li şûna te kar bike. Her duyan kontrol bike.
proxy-wrong-services = Ji yekê heta pênc xizmetan hilbijêre
proxy-wrong-deeds = Hilbijêre ku dikare çi bike
proxy-wrong-until = Demekê hilbijêre ku ji bo vî bingehî destûr heye
proxy-wrong-basis = Bingehê hilbijêre
proxy-wrong-basis-number = Hejmara belgeyê binivîse
proxy-wrong-witness = Binivîse ku kî şahid bû
proxy-for-title = Ez li şûna kê kar dikim
proxy-for-lead = Tiştê ku tu ji niha û pê ve dikî ji bo yê ku tu hildibijêrî ye, û bi her du navan di rojnivîskê de dimîne.
proxy-for-which = Ji bo kê?
proxy-for-self = Ji bo xwe
proxy-for-none = Tu li şûna kesî kar nakî.
acting-for-banner = Tu li şûna { $name } kar dikî.
acting-for-change = Biguherîne

refusal-proxy-not-allowed = Tu nikarî vê ji bo vî kesî bikî
refusal-help-proxy-not-allowed = Razîbûna wî vê nagire, an qediya ye. Jê bipirse, an bi hev re werin ber kawnterê.
refusal-proxy-enough = Qasî ku dibe kes li şûna vî kesî kar dikin
refusal-help-proxy-enough = Pêşî yekî ji wan biqedîne.
refusal-proxy-by-court = Dadgehê ev biryar daye
refusal-help-proxy-by-court = Bi biryara nû ya dadgehê were ber kawnterê.
refusal-telephone-unproven = Ev bi telefonê nayê kirin
refusal-help-telephone-unproven = Pêşî bi kodekê ji yê ku telefon dike piştrast be, an telefonê biqedîne. Belge tenê li ber kawnterê tên dayîn.

entry-text-taken = Bersiva peyamê hat dayîn
entry-text-refused = Peyamên pir
entry-rating-asked = Hat pirsîn ku serdan çawa bû
entry-call-wished = Dixwaze ku em telefonî wî bikin
entry-call-wish-taken = Daxwaza telefonê hat standin
entry-call-wish-settled = Telefon hat kirin
entry-call-wishes-forgotten = Daxwazên kevn ên telefonê hatin jibîrkirin
entry-proxy-appointed = Kesekî din dikare li şûna wî kar bike
entry-proxy-refused = Destûr nehat dayîn kesekî din
entry-proxy-ended = Kesê din êdî nikare li şûna wî kar bike
entry-caller-code-sent = Kod hat şandin ji bo piştrastkirina yê telefon dike
entry-caller-verified = Yê telefon dike hat piştrastkirin
entry-call-ended = Telefon qediya
