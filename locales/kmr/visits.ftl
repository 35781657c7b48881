# Visits to a centre: tickets, counters, halls, and the day's record.

menu-queue = Gazî bo kawnterê
menu-hall = Hol
centres-title = Navendên xizmetguzariyê
centres-lead = Hûn dikarin biçin ku derê, vekirî ye an na, û niha çend kes li bendê ne.
centre-waiting = { $count ->
    [0] Kes ne li bendê ye
    [one] Yek kes li bendê ye
   *[other] { $count } kes li bendê ne
}
centre-closed-now = Niha girtî ye
centre-open-now = Niha vekirî ye
centre-waits = Demên bendemanê di { $at } de
centre-wait = Bendeman
centre-counters = Kawnterên vekirî
centre-at-door = Bilêtekê ji kîoskê, ji pêşwaziyê, an bi telefona xwe li ber tabloya li ber derî bistînin.
centre-no-setup = Hîn nehatiye weşandin ku li vir xizmet çawa tê kirin.
centre-hours = Demên vekirinê
centre-halls = Ya ku ekran nîşan didin
centre-days = Gelo rêgez hat parastin?
centre-days-lead = Tomara her rojê: kî kengî hatiye gazîkirin, bê nav. Her kes dikare wê kontrol bike.
wait-unknown = Nayê zanîn: ti kawnter ji bo wê vekirî nîne
wait-range = { $from } heta { $to } deqe
wait-range-long = { $from } heta { $to }
ticket-line = Ji bo çi
ticket-needs = Hewcedariyên we
ticket-needs-help = Ya ku alîkariya we dike hilbijêrin. Kes delîlan naxwaze.
ticket-people = Hûn çend kes in
ticket-people-help = Bilêtek ji bo malbatekê bes e.
ticket-phone = Hejmara telefona we
ticket-phone-help = Dema ku tenê çend kes li pêşiya we bimînin, em peyamekê dişînin.
ticket-take = Bilêtê bistînin
ticket-take-at = Bilêtek li { $centre }
ticket-wrong-line = Hilbijêrin hûn ji bo çi hatine
ticket-wrong-people = Hejmarekê ji 1 heta 20 binivîsin
ticket-wrong-phone = Hejmarê bi reqemên wê binivîsin, mînak 0750 123 4567, an vala bihêlin
ticket-number = Bilêta { $number }
ticket-before = { $count ->
    [0] Dora we ye
    [one] Yek kes li pêşiya we ye
   *[other] { $count } kes li pêşiya we ne
}
ticket-yours = Hejmara we
ticket-go = Niha biçin kawntera { $counter }
ticket-at = Hûn li kawntera { $counter } ne
ticket-state-waiting = Li bendê
ticket-state-called = Hat gazîkirin
ticket-state-serving = Li kawnterê
ticket-state-parked = Ji bo anîna tiştekî hat şandin; cih tê parastin
ticket-state-missed = Hat gazîkirin û kes nehat
ticket-state-done = Xizmet hat kirin
ticket-state-left = Hat berdan
ticket-state-unserved = Îro xizmet nehat kirin
ticket-missed-help = Biçin pêşwaziyê û vê hejmarê nîşan bidin. Cihê we demekê tê parastin.
ticket-unserved-help = Bibore. Cara din vê hejmarê nîşan bidin: hûn li pêşiya yên din in.
ticket-keep = Vê rûpelê vekirî bihêlin, an bi vê wêneyê vegerin ser wê.
ticket-leave-title = Êdî hewcedariya min bi vê bilêtê nîne
ticket-leave-lead = Cih tê berdan û nayê vegerandin.
ticket-leave = Bilêtê berdin
ticket-given = Bilêta { $number } hat dayîn
ticket-follow = Bi telefonê bişopînin.
ticket-step-begin = Li vir in
ticket-step-recall = Dîsa gazî bike
ticket-step-finish = Qediya
ticket-step-park = Bişîne tiştekî bîne
ticket-step-miss = Kes nehat
ticket-step-leave = Dev jê berdan
ticket-step-return = Vegeriya
ticket-step-revive = Dawî hat
ticket-step-transfer = Bişîne rêzeke din
visit-need-wheelchair = Kawnterek ji bo kursiya bi teker
visit-need-hearing-loop = Amûra alîkar a bihîstinê
visit-need-sign-language = Zimanê îşaretan
visit-need-women-only = Kawnterek ji bo jinan
visit-need-quiet = Kawntereke bêdeng
visit-need-fetched = Kesek bê min bibe: ez baş nabînim
visit-need-cannot-wait = Bendeman an rawestan ji min re dijwar e
visit-need-child = Zarokekî biçûk bi min re ye
visit-need-reading = Alîkarî di xwendin û nivîsînê de
visit-rate-title = Çawa bû?
visit-rate-why = Li ser çi bû?
visit-call-back = Ji kerema xwe li min vegerin
visit-rated-thanks = Spas. Hat tomarkirin.
visit-score-1 = Pir xirab
visit-score-2 = Xirab
visit-score-3 = Navîn
visit-score-4 = Baş
visit-score-5 = Pir baş
visit-reason-wait = Bendeman
visit-reason-courtesy = Awayê axaftina bi min re
visit-reason-clarity = Zelaliya rêbaran
visit-reason-result = Encam
visit-reason-asked-for-money = Ji min pere hat xwestin
visit-reason-access = Ketin û tevger
hall-title = Ekrana holê
hall-number = Hejmar
hall-counter = Kawnter
hall-waiting = Li bendê
hall-stale = Zanîna dawî di
hall-ticket = Bilêta we bi telefonê
hall-lines = Rêz
hall-counters = Kawnter
hall-longest = Bendemana herî dirêj
hall-in-hand = Li kawnterê
hall-close = Kawnterê bigire
hall-close-title = Girtina kawntera hevkarekî
hall-close-lead = { $name } li kawntera { $counter } rûniştî ye. Heta ku kesek dîsa rûnene, kes ji bo wir nayê gazîkirin.
hall-close-in-hand = Bilêta { $number } hîn li wir di dest de ye. Kî piştî vê li vê kawnterê rûne, pê re berdewam dike.
hall-unattended = Kes
hall-display = Ekrana { $hall }
hall-public = Ya ku her kes ji vê navendê dibîne
queue-sit = Li kawnterekê rûne
queue-stand = Kawnterê bihêle
queue-give = Bilêtê bide
queue-next = Gazî yê din bike
queue-at-counter = Kawntera { $counter }
queue-came = berî { $span } hat
queue-open-matter = Karê kesî veke
queue-away = Ne li vir
queue-state = Li ku ne
queue-waiting = Li benda vê kawnterê
queue-nobody = Kes ne li bendê ye.
queue-later = { $count ->
    [one] Kesekî din li bendê ye
   *[other] { $count } kesên din li bendê ne
}
queue-since = Li vir e ji
queue-let-in = Pêşî bixe
queue-ask-let-in = Pêşîxistinê bixwaze
queue-why = Çima
queue-ask = Ji hevkarekî bipirse
jump-illness = Nexweş e
jump-office-mistake = Şaşiya me dora wî winda kir
jump-deadline = Firokeyek, dadgehek, veşartinek
jump-machine = Makîneyek xera bû
jump-safety = Ji bo ewlehiya holê
day-title = Tomara { $day }
day-taken = Bilêt
day-calls = Gazî
day-passed = Gaziyên ku hewcedariyek li pêşiya kesekî ket
day-jumps = Berî dora xwe hatin pêşxistin
day-not-over = Roj neqediyaye. Dema hat girtin tomara wê ya tevahî tê weşandin.
day-kept = Her gazî li gor rêgeza weşandî hatiye kirin.
day-findings = Tomar li ku ji rêgezê cuda ye
day-check = Bi xwe kontrol bike
day-check-lead = Di pelê de her bûyera rojê heye û ya ku nîşan dide ku ew bêguherîn di tomara giştî de ye. Bernameya scripts/check-queue-day rojê dîsa biryar dide.
day-file = Roj wek pel
day-finding-gap = Gava { $turn }: bûyerek berî wê tune ye.
day-finding-out-of-order = Gava { $turn }: dora yekî din bû ({ $numbers }).
day-finding-place-wrong = Gava { $turn }: cih ji rêgezê nayê ({ $numbers }).
day-finding-step-impossible = Gava { $turn }: bilêtê nedikarî vê bike ({ $numbers }).
day-finding-number-twice = Gava { $turn }: hejmar du caran hat dayîn ({ $numbers }).
day-finding-line-unknown = Gava { $turn }: rêzeke wiha tune ye ({ $numbers }).
day-finding-setup-unknown = Gava { $turn }: sazkirina weşandî tune ye{ $numbers }.
setup-title = Li vir xizmet çawa tê kirin
setup-lead = Hol, rêz, kawnter û rêgeza ku mirov pê tên gazîkirin. Berî ku derbas bibe tê kontrolkirin, tavilê derbas dibe, û di tomara giştî ya her rojê de tê navandin.
setup-file = Pel
setup-file-help = TOML; docs/centres.md wê şîrove dike.
setup-publish = Kontrol bike û biweşîne
setup-fault-unreadable = Rêza { $place }: { $found }.
setup-fault-no-line = { $place }: ti rêz tune ye{ $found }. Herî kêm yekê lê zêde bike.
setup-fault-key = { $place }: kilîta holê tenê ji tîpên latînî yên biçûk û xêzan pêk tê ({ $found }).
setup-fault-twice = { $place }: { $found } du caran heye. Navekî din bide yekê.
setup-fault-out-of-range = { $place }: { $found }.
setup-fault-needs-shut-out-others = { $place }: { $found }. Divê herî kêm gaziyek ji yên ku berê hatine re bimîne.
setup-fault-no-basis = { $place }: biryara li pişt rêgezê bi nav bike (basis){ $found }.
setup-fault-letter = { $place }: tîpa rêzê tîpeke latînî ya mezin e ({ $found }).
setup-fault-hall-unknown = { $place }: hola { $found } tune ye.
setup-fault-name-missing = { $place }: navê bi { $found } kêm e.
setup-fault-unserved = { $place }: ti kawnter xizmeta { $found } nake.
setup-fault-service-twice = { $place }: { $found } jixwe di rêzeke din de tê dayîn.
setup-fault-women-only = { $place }: hemû kawnterên { $found } tenê ji bo jinan in.
setup-fault-label = { $place }: nav ji yek heta heşt tîpan e ({ $found }).
setup-fault-line-unknown = { $place }: rêza { $found } tune ye.
setup-fault-direction = { $place }: aliyê wê left, right, ahead an upstairs e ({ $found }).
message-near = Tenê çend kes li pêşiya bilêta { $number } ne. Ji kerema xwe werin holê.
message-name-near = Hat agahdarkirin: dor nêzîk e
scope-queue-serve = Gazîkirin û xizmetkirina yên bilêt bi wan re
scope-queue-manage = Çavdêrî û rêkxistina hola navendekê
refusal-queue-closed = Navend niha girtî ye
refusal-help-queue-closed = Bilêt dema navend vekirî ye tên dayîn. Demên wê li ser rûpela wê ne.
refusal-queue-no-setup = Ev navend hîn bilêtan nade
refusal-help-queue-no-setup = Pêşî rêveberê wê diweşîne ku xizmet çawa tê kirin: hol, rêz û kawnter.
refusal-queue-not-at-door = Bilêtê li ber derî bistînin
refusal-help-queue-not-at-door = Bi telefonê, bilêt li navendê tê standin: tabloya îro ya ber derî dîsa bixwînin, an biçin kîoskê an pêşwaziyê.
refusal-queue-has-ticket = Jixwe bilêta we heye
refusal-help-queue-has-ticket = Bilêta { $number } hîn derbas dibe. Berî ku yeke din bistînin wê berdin.
refusal-queue-not-sitting = Hûn li ti kawnterê rûneniştî ne
refusal-help-queue-not-sitting = Pêşî kawnterekê hilbijêrin.
refusal-queue-counter-taken = Kawnter girtî ye
refusal-help-queue-counter-taken = Kesekî din li wir rûniştî ye, an hûn li kawntereke din in. Pêşî wê bihêlin, an yeke din hilbijêrin.
refusal-queue-still-serving = Hîn kesek di dest de ye
refusal-help-queue-still-serving = Karê wî biqedînin, bişînin, an binivîsin ku kes nehat. Paşê berdewam bikin.
refusal-queue-nobody-waits = Kes li benda we nîne
refusal-help-queue-nobody-waits = Gava kesek bilêta yek ji rêzên we bistîne hûn dikarin gazî wî bikin.
refusal-queue-step-impossible = Bilêt niha di rewşeke din de ye
refusal-help-queue-step-impossible = Kesek zûtir bû, an xwediyê wê ew berda. Rûpelê dîsa vekin.
refusal-queue-call-again-first = Pêşî careke din gazî bikin
refusal-help-queue-call-again-first = Rêgeza vê navendê gaziyeke din dixwaze berî ku kesek were derbaskirin: dibe ku nebihîstibe.
refusal-queue-not-asked = Kesî ev nexwestiye
refusal-help-queue-not-asked = Karmendek bi sedemekê dixwaze; yê din destûrê dide.
entry-ticket-taken = Bilêt hat standin
entry-ticket-called = Bilêt hat gazîkirin
entry-ticket-moved = Bilêt çû pêş
entry-ticket-transferred = Bilêt ji bo rêzeke din hat şandin
entry-ticket-revived = Bilêt dîsa derbas dibe
entry-ticket-let-in = Berî dora xwe hat pêşxistin
entry-ticket-let-in-asked = Pêşîxistin hat xwestin
entry-queue-setup-changed = Di rojê de awayê xizmetê guherî
entry-queue-day-opened = Roja navendekê hat vekirin
entry-queue-day-closed = Roja navendekê hat girtin
entry-centre-setup-published = Awayê xizmeta navendekê hat weşandin
entry-counter-served = Li kawnterekê rûnişt
entry-counter-left = Kawnterek hişt
entry-visit-begun = Serdan dest pê kir
entry-visit-goes-on = Serdan berdewam e
entry-visit-ended = Serdan qediya
entry-visit-rated = Serdan hat nirxandin
ticket-door = Reqemên ber derî
ticket-door-help = Tabloya ber derî û ekran şeş reqeman nîşan didin, her roj nû.
ticket-wrong-door = Şeş reqemên ku tabloya ber derî îro nîşan dide binivîsin
queue-matters = Ev serdan li ser çi ye
queue-owed = { $amount } divê were dayîn
entry-visit-tied = Serdan bi dozekê ve hat girêdan
book-title = Demekê veqetînin
book-line = Hûn ji bo çi tên?
book-none = Li vir dem nayê veqetandin. Werin û bilêtekê bistînin.
book-day = Kîjan roj?
book-left = { $count ->
    [0] Tijî ye
    [one] Cihek maye
   *[other] { $count } cih mane
}
book-released = Ji { $at } ve tê veqetandin
book-time = Kîjan saet?
book-time-missing = Saetekê hilbijêrin
book-kept-places = Tenê ji bo yên ku bendeman ji wan re dijwar e
book-phone-help = Em rojek berê tînin bîra we.
book-button = Veqetîne
book-full = Di vê rojê de dem nemaye. Rojeke din hilbijêrin.
book-refused-no-slot = Demeke wiha tune ye. Yek ji van hilbijêrin.
book-refused-not-released = Ev roj hîn nayê veqetandin.
book-refused-closed = Ji bo vê demê dereng e. Demeke paşê hilbijêrin.
book-refused-full = Kesek zûtir bû: ev dem tijî ye. Yeke din hilbijêrin.
book-refused-twice = Jixwe di wê demê an wê rojê de demeke we heye.
book-refused-person-has-enough = Hejmara demên ku kesek dikare hebe we heye. Pêşî yekê vegerînin.
book-refused-phone-has-enough = Bi vê telefonê hejmara destûrdayî ya deman hatiye veqetandin.
book-refused-walk-in-only = We van demên dawî dem ji dest dan. Demekê bê dem werin û bilêt bistînin.
book-refused-nothing-to-change = Ev dem êdî nayê guhertin.
appointment-title = Dema we
appointment-standing-kept = Hûn hatin wê.
appointment-standing-missed = Kes nehat.
appointment-standing-cancelled = Hat vegerandin.
appointment-standing-called-off = Navend di wê demê de girtî ye. Tiştek li ser we nayê nivîsandin: demeke din veqetînin.
appointment-where = Li ku
appointment-code = Kod
appointment-come = Hinekî zûtir werin û vê rûpelê an koda wê li pêşwaziyê nîşan bidin; an gava li ber derî bilêt distînin kodê binivîsin.
appointment-calendar = Bixin salnameya xwe
appointment-change = Demê biguherînin
appointment-cancel-title = Hewcedariya min pê nîne
appointment-cancel-lead = Cihê wê tavilê ji yekî din re tê dayîn.
appointment-cancel = Vegerînin
ticket-appointment = Koda dema we
ticket-appointment-help = Heke îro we hebe. Wê demê tê zanîn hûn ji bo çi hatine.
ticket-wrong-appointment = Di vê navendê de demeke vekirî ya îro bi vê kodê tune ye. Dîsa lê binihêrin, an vala bihêlin û hilbijêrin hûn ji bo çi hatine.
message-appointment = Dema we { $code } di nav rojekê de ye.
message-name-appointment = Dem hat bîranîn
refusal-appointment-none-given = Ji bo vê dem nayê veqetandin
refusal-help-appointment-none-given = Dema navend vekirî ye werin û bilêt bistînin.
refusal-appointment-does-not-fit = Ev dem li hev nayê
refusal-help-appointment-does-not-fit = Kesek zûtir bû, hîn nehatiye vekirin, an hejmara destûrdayî we heye. Vegerin û demeke din hilbijêrin.
entry-appointment-booked = Dem hat veqetandin
entry-appointment-changed = Dem hat guhertin
entry-appointment-cancelled = Dem hat vegerandin
entry-appointment-called-off = Demek hat betalkirin: navend wê demê girtî ye
entry-appointment-missed = Kes nehat demekê
entry-appointment-reminded = Dem hat bîranîn
setup-fault-offer-line = { $place }: rêza { $found } tune ye ku were pêşkêşkirin.
setup-fault-offer = { $place }: { $found }.
setup-fault-offer-unwritten = { $place }: pêşî bibêje dem çawa tên veqetandin ({ $found }).
hall-officer = Karmend
ticket-look-again = Dîsa binihêre
help-quiet = Rêveber
help-heard = Hat nivîsandin
help-heard-coming = Hat nivîsandin û hat dîtin
help-kind-emergency = Rewşa lezgîn
help-kind-helper = Alîkarek tê xwestin
help-where-counter = kawntera { $label }
help-where-officer = karmendek ku ne li kawnterê ye
help-where-device = makîneya { $label }
help-where-ticket = bilêta { $label }
help-alarm = { $kind }: { $where }, ji { $at } ve
help-alarm-coming = { $kind }: { $where }, ji { $at } ve. { $name } tê.
help-take = Ez têm: { $where }
help-end = Qediya
help-outcome = Çi jê hat
help-outcome-missing = Hilbijêrin çi jê hat
help-outcome-calmed = Yê ku hêrs bû aram bû
help-outcome-security = Parêzvan an polîs hatin
help-outcome-medical = Alîkariya yekem an ambulans
help-outcome-helped = Alîkarî hat kirin
help-outcome-false-alarm = Tiştek tune bû
tell-title = Ji hemû kesên li bendê re bêje
tell-lead = Li ser ekranan, li rûpelên bilêtan û li rûpela navendê bi hemû zimanan tê nîşandan, û carekê ji yên ku hejmara telefonê dane re tê şandin.
tell-reason = Çi ji wan re bê gotin
tell-reason-missing = Hilbijêrin çi ji wan re bê gotin
tell-minutes = Nêzîkî çend deqeyan
tell-minutes-help = Heke kes nizanibe vala bihêle.
tell-minutes-wrong = Hejmarekê ji 1 heta 480 binivîse, an vala bihêle
tell-line = Ji kê re
tell-everyone = Hemû kesên li bendê
tell-button = Ji wan re bêje
tell-untell = Vegerîne: { $notice }
notice-name-system-late = Sîstem hêdî ye
notice-name-officer-absent = Karmendek ne li vir e
notice-name-closing-early = Navend îro zû tê girtin
notice-name-evacuation-drill = Perwerde: her kes ji avahiyê derdikeve
notice-name-power-cut = Elektrîk tune ye
notice-system-late = { $minutes ->
    [none] Sîstem hêdî ye. Hûn ê zêdetir li bendê bimînin û cihê we tê parastin.
   *[other] Sîstem hêdî ye. Hûn ê nêzîkî { $minutes } deqeyan zêdetir li bendê bimînin û cihê we tê parastin.
}
message-system-late = { $minutes ->
    [none] Sîstem hêdî ye. Hûn ê zêdetir li bendê bimînin û cihê we tê parastin.
   *[other] Sîstem hêdî ye. Hûn ê nêzîkî { $minutes } deqeyan zêdetir li bendê bimînin û cihê we tê parastin.
}
message-name-system-late = Ji yên li bendê re hat gotin: Sîstem hêdî ye
notice-officer-absent = { $minutes ->
    [none] Karmendek ne li vir e. Hûn ê zêdetir li bendê bimînin û cihê we tê parastin.
   *[other] Karmendek ne li vir e. Hûn ê nêzîkî { $minutes } deqeyan zêdetir li bendê bimînin û cihê we tê parastin.
}
message-officer-absent = { $minutes ->
    [none] Karmendek ne li vir e. Hûn ê zêdetir li bendê bimînin û cihê we tê parastin.
   *[other] Karmendek ne li vir e. Hûn ê nêzîkî { $minutes } deqeyan zêdetir li bendê bimînin û cihê we tê parastin.
}
message-name-officer-absent = Ji yên li bendê re hat gotin: Karmendek ne li vir e
notice-closing-early = { $minutes ->
    [none] Navend îro zû tê girtin. Yê ku xizmet neyê kirin cara din li pêşiya yên din e.
   *[other] Navend piştî nêzîkî { $minutes } deqeyan tê girtin. Yê ku xizmet neyê kirin cara din li pêşiya yên din e.
}
message-closing-early = { $minutes ->
    [none] Navend îro zû tê girtin. Yê ku xizmet neyê kirin cara din li pêşiya yên din e.
   *[other] Navend piştî nêzîkî { $minutes } deqeyan tê girtin. Yê ku xizmet neyê kirin cara din li pêşiya yên din e.
}
message-name-closing-early = Ji yên li bendê re hat gotin: Navend îro zû tê girtin
notice-evacuation-drill = { $minutes ->
    [none] Ev perwerde ye: ji kerema xwe bi aramî ji avahiyê derkevin. Cihê we tê parastin.
   *[other] Ev perwerde ye: ji kerema xwe bi aramî ji avahiyê derkevin. Em piştî nêzîkî { $minutes } deqeyan berdewam dikin. Cihê we tê parastin.
}
message-evacuation-drill = { $minutes ->
    [none] Ev perwerde ye: ji kerema xwe bi aramî ji avahiyê derkevin. Cihê we tê parastin.
   *[other] Ev perwerde ye: ji kerema xwe bi aramî ji avahiyê derkevin. Em piştî nêzîkî { $minutes } deqeyan berdewam dikin. Cihê we tê parastin.
}
message-name-evacuation-drill = Ji yên li bendê re hat gotin: Perwerde: her kes ji avahiyê derdikeve
notice-power-cut = { $minutes ->
    [none] Elektrîk tune ye. Hûn ê zêdetir li bendê bimînin û cihê we tê parastin.
   *[other] Elektrîk tune ye. Em piştî nêzîkî { $minutes } deqeyan berdewam dikin. Cihê we tê parastin.
}
message-power-cut = { $minutes ->
    [none] Elektrîk tune ye. Hûn ê zêdetir li bendê bimînin û cihê we tê parastin.
   *[other] Elektrîk tune ye. Em piştî nêzîkî { $minutes } deqeyan berdewam dikin. Cihê we tê parastin.
}
message-name-power-cut = Ji yên li bendê re hat gotin: Elektrîk tune ye
message-called = Bilêta { $number }: ji kerema xwe niha biçin kawntera { $counter }.
message-name-called = Hat agahdarkirin: bo kawnterê hat gazîkirin
queue-fetch = Biçe vî kesî bîne: ew ekranê nabîne.
refusal-queue-help-answered = Kesekî bersiva vê gaziyê daye
refusal-help-queue-help-answered = Kesek jixwe tê, an qediyaye. Rûpelê dîsa vekin.
refusal-queue-officer-cannot-sit = Ev karmend niha nikare li kawnterê rûne
refusal-help-queue-officer-cannot-sit = Ew di destûrê de ye, ne di xizmetê de ye, an gazî mirovan nake. Yekî din hilbijêre.
entry-help-called = Alîkarî hat xwestin
entry-help-taken = Kesek ji bo alîkariyê tê
entry-help-ended = Gaziya alîkariyê qediya
entry-counter-assigned = Karmendek li kawnterekê hat danîn
entry-waiting-told = Tiştek ji hemû kesên li bendê re hat gotin
entry-waiting-untold = Peyamek ji bo yên li bendê hat vegerandin
assign = Saz bike
assign-title = Sazkirina kawntera { $counter }
assign-lead = Kî li wir rûdine, û ji bo kîjan rêzan gazî dike. Yê ku li kawntereke din rûniştî ye tê vir. Heta ku kesek li wir tê xizmetkirin nayê guhertin.
assign-officer = Kî li wir rûdine
assign-officer-missing = Hilbijêre kî li wir rûdine
assign-lines = Ji bo kîjan rêzan
assign-lines-help = Ji bo hemûyan tu yekê hilnebijêre.
forecast-title = Mayîna rojê
forecast-lead = { $days ->
    [0] Hîn rojeke wek îro nayê zanîn: wisa tê hesibandin ku îro wek destpêka xwe berdewam dike.
    [one] Ji rojeke wek îro, ji yên ku heta niha hatine û ji demên veqetandî hat hesibandin.
   *[other] Ji { $days } rojên wek îro, ji yên ku heta niha hatine û ji demên veqetandî hat hesibandin.
}
forecast-hour = Ji
forecast-come = Dê werin
forecast-waiting = Di dawiyê de dê li bendê bin
forecast-counters = Kawnterên pêwîst
forecast-promise = Kawnterên pêwîst: ewqas ku kes ji { $minutes } deqeyan zêdetir li bendê nemîne. Niha vekirî: { $open }.
forecast-over = Navend îro êdî venabe.
forecast-quiet = Di mayîna rojê de li benda kesî nayê mayîn.
forecast-picture = Di dawiya her saetê de çend kes dê li bendê bin
hall-spoken = Bilêta { $number }, ji kerema xwe biçin kawntera { $counter }
sound-touch = Carekê dest bide vir da ku ekran biaxive
sound-title = Dengê { $hall }
sound-lead = Bi van tomaran ekran dibêje kî tê gazîkirin, peyv bi peyv. Zimanek diaxive dema ku hemû peyvên gaziyê hebin; an na dengekî gerokê wê dibêje, heke bi rastî zimên bizanibe; an na ekran bêdeng diteyise.
sound-none = Bi vî zimanî ti tomarên deng tune ne.
sound-all-there = Hemû peyv hene.
sound-missing-words = Kêm: { $words }
sound-missing = Kêm e
sound-word = Peyv
sound-recording = Tomara deng
signed-title = Gelo bilêtek rastîn e?
signed-lead = Wêneya bilêtê ya ku li ser e bi îmze hildigire. Bi telefonê bixwînin û ya piştî # li vir deynin.
signed-text = Ya piştî #
signed-check = Kontrol bike
signed-genuine = Bilêt rastîn e
signed-false = Ev ne bilêta vê fermangehê ye, an hatiye guhertin
signed-false-help = Binihêrin gelo hemû hat xwendin. Heke hat, li pêşwaziyê bipirsin.
signed-centre = Navend
signed-day = Roj
signed-number = Hejmar
signed-came = Hat standin di
signed-turn = Bûyera rojê
signed-record-agrees = Tomara giştî ya wê rojê heman tiştî dibêje.
signed-record-differs = Tomara giştî ya wê rojê tiştekî din dibêje.
signed-record-not-yet = Tomara wê rojê dema ku roj hat girtin tê weşandin.
signed-of-ticket = Kontrol bike ku ev bilêt rastîn e
message-fetched = Bilêta { $number }: dora we ye, li kawntera { $counter }. Li cihê xwe bimînin: kesek tê we bibe.
message-name-fetched = Hat agahdarkirin: kesek tê wî bibe
