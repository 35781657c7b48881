# Defterên skenkirî: vekirin, nivîsandin rûpel bi rûpel, berhevkirin, anîn.

menu-ledgers = Defterên skenkirî
scope-register-key = Nivîsandina rûpelên defterên skenkirî
ledgers-lead = Wêneyên rûpelên defterekî kevn ji aliyê fermanberên fermangehê ve tên nivîsandin. Hin rûpel du caran, ji aliyê du fermanberan ve tên nivîsandin, bêyî ku bizanin kîjan in.
ledgers-name = Defter
ledgers-name-hint = Wek ku fermanber jê re dibêjin, mînak “Jidayikbûnên Koyê, 1957”
ledgers-none = Hîn tu defter nehatiye vekirin.
ledgers-waiting = Rûpelên ku bên nivîsandin
ledgers-prefix = Li pêş hejmarên wî
ledgers-prefix-hint = Tiştê ku hejmarên wî ji yên defterên din vediqetîne, mînak 1957/
ledgers-sample = Para rûpelên ku du caran tên nivîsandin, ji sedî
ledgers-sample-hint = Ji 0 heta 100. Kîjan rûpel in, di dawiya rûpelê de bi pişkê diyar dibe
ledgers-threshold = Herî zêde çend xane dikarin cuda bin, ji sedî
ledgers-threshold-hint = Ji 0 heta 100, bi reqemekê li pey xalê. Li jor wê hemû rûpel du caran tên nivîsandin
ledgers-set = Çiqas du caran tê nivîsandin
ledgers-open = Defterekî veke
ledgers-mend = Tiştek kêm e an nabe ku bimîne. Li jêr rast bike; ya te nivîsand ma.
ledgers-mend-shares = Her du par ji sedî ne, ji 0 heta 100 bi reqeman; ya duyem dikare reqemekê li pey xalê hebe.
ledgers-left = { $count ->
    [0] Tu rûpel li benda te nîne.
    [one] Rûpelek li benda te ye.
   *[other] { $count } rûpel li benda te ne.
}
ledgers-next = Rûpela din binivîse
ledgers-page-ended = Rûpel temam bû.
ledgers-differ = Cihê ku du nivîsandin cuda ne
ledgers-differing-fields = Xaneyên cuda
ledgers-all-twice = { $share } ji xaneyên berhevkirî cuda ne, ji { $limit } % zêdetir. Ji niha û pê ve her rûpel du caran tê nivîsandin.
ledgers-in-once = { $count ->
    [one] Rûpelek berî wê ket tomarê û carekê hatibû nivîsandin. Tomarên wê bi wêneyê re berhev bike.
   *[other] { $count } rûpel berî wê ketin tomarê û carekê hatibûn nivîsandin. Tomarên wan bi wêneyan re berhev bike.
}
ledgers-bring-in = Yên çareserkirî bîne
ledgers-progress = Gihîştiye ku derê
ledgers-count-waiting = Hîn tiştek nehatiye nivîsandin
ledgers-count-keying = Tê nivîsandin
ledgers-count-keyed = Carekê hatiye nivîsandin
ledgers-count-keyed-twice = Du caran hatiye nivîsandin
ledgers-count-differing = Li benda biryara li ser cudahiyan
ledgers-count-settled = Çareser bû, ne di tomarê de ye
ledgers-count-in = Di tomarê de
ledgers-rate = Xaneyên cuda
ledgers-how-many = Çend
ledgers-quality = Çiqas baş hatiye nivîsandin
ledgers-quality-none = Hîn tu rûpel du caran nehatiye nivîsandin.
ledgers-compared-pages = Rûpelên berhevkirî
ledgers-compared-fields = Xaneyên berhevkirî
ledgers-wrong = Bi awayekî din hat biryardan
ledgers-pages = Rûpel
ledgers-no-pages = Hîn tu rûpel nehatiye şandin.
ledgers-state-waiting = Li bendê ye
ledgers-state-keying = Tê nivîsandin
ledgers-state-again = Li benda nivîsandina duyem
ledgers-state-keying-again = Cara duyem tê nivîsandin
ledgers-state-differing = Cudahî hene
ledgers-state-settled = Çareser bû
ledgers-state-in = Di tomarê de
ledgers-images = Wêneyên rûpelan
ledgers-images-hint = JPEG an PNG, çend bi hev re, bi tevahî herî zêde 34 MB. Li gor rêza navên xwe tên hejmartin
ledgers-first-page = Hejmara rûpela yekem
ledgers-first-page-hint = Yên din ji wê pê ve tên hejmartin
ledgers-send = Rûpelan bişîne
ledgers-send-missing = Herî kêm wêneyekê hilbijêre û hejmara rûpela yekem bi reqeman binivîse.
ledgers-not-taken = { $file } nehat girtin. { $why }
ledgers-brought-in = Rûpelên anîn: { $pages }. Tomarên zêdekirî: { $added }. Berê hebûn: { $there }. Redkirî: { $rejected }. Nayên xwendin: { $unreadable }.
ledgers-rejected = Rêzên redkirî digel rûpela xwe ne: di lîsteyê de “Di tomarê de” veke, rêz û nexşeyê bistîne, rêzan rast bike û wek defterekî kevn bişîne.
ledgers-still-settled = { $count ->
    [one] Rûpeleke çareserkirî ma. Bi heman bişkokê bîne.
   *[other] { $count } rûpelên çareserkirî man. Bi heman bişkokê bîne.
}
ledgers-page-title = { $ledger }, rûpel { $page }
ledgers-image-of = Rûpela skenkirî: { $page }
ledgers-larger = Mezintir nîşan bide
ledgers-alone = Wêneyê bi tenê veke
ledgers-row = Rêza { $row }
ledgers-row-head = Rêz
ledgers-row-help = Ya li wir nivîsandî binivîse û ya tune vala bihêle. Dîrok: 14/3/1957, an 3/1957 an 1957 eger zêdetir neyê xwendin. Bişkoka Enter rêzê dihêle.
ledgers-needed = { $field } (pêwîst)
ledgers-unreadable-row = Ev rêz nayê xwendin
ledgers-unreadable-why = Çima
ledgers-unreadable-hint = Peyvek bes e: çirandî, av, zerbûyî. Hingê rêz tê hiştin
ledgers-unreadable-because = Nayê xwendin: { $why }
ledgers-keep-row = Rêzê bihêle
ledgers-done = Rûpel temam e
ledgers-give-back = Rûpelê paş de bide
ledgers-kept = Rêzên hiştî
ledgers-mend-row = Rêza { $row } rast bike
ledgers-no-row = Rêzeke wisa tune
ledgers-nothing = Tiştek
ledgers-unreadable = Rêz nayê xwendin
ledgers-whole-row = hemû rêz
ledgers-difference = Rêza { $row } – { $field }
ledgers-otherwise = Ne ev ne ew: tê de heye
ledgers-otherwise-value = Ya tê de nivîsandî
ledgers-rest = Her tiştê ku li jor nehatiye hilbijartin
ledgers-all-first = wek nirxê yekem
ledgers-all-second = wek nirxê duyem
ledgers-decide = Biryarê bide
ledgers-decide-help = Du fermanberan ev rûpel nivîsandine. Li wêneyê binêre û ya tê de heye hilbijêre.
ledgers-page-and-row = { $page }, rêza { $row }
ledgers-hand-first = Yê nivîsand
ledgers-hand-second = Yê dîsa nivîsand
ledgers-hand-decision = Yê li ser cudahiyan biryar da
ledgers-image-closed = Rûpela skenkirî nayê nîşandan: tomareke din a li ser wê parastî ye.
books-get-mapping = Nexşeyê daxîne

refusal-ledger-page-there = Ev rûpel berê heye
refusal-help-ledger-page-there = Heman hejmar an heman wêne di defterekî vê fermangehê de wek rûpela { $page } heye. Tiştek nehat zêdekirin.
refusal-ledger-nothing-left = Tu rûpel li benda te nîne
refusal-help-ledger-nothing-left = Hemû rûpelên vî defterî hatine nivîsandin, an di destê kesekî de ne, an berê di destê te de bûn. Paşê vegere.
refusal-ledger-no-rows = Ji vê rûpelê tiştek nehatiye nivîsandin
refusal-help-ledger-no-rows = Herî kêm rêzekê bihêle. Eger rûpel vala be, bibêje ku rêza wê ya yekem nayê xwendin, û çima: vala.

entry-ledger-opened = Defterekî skenkirî hat vekirin
entry-ledger-page-added = Rûpeleke skenkirî hat zêdekirin
entry-ledger-page-taken = Rûpeleke skenkirî hat girtin
entry-ledger-rows-keyed = Rêzên rûpeleke skenkirî hatin nivîsandin
entry-ledger-page-keyed = Rûpeleke skenkirî hat nivîsandin
entry-ledger-page-given-back = Rûpeleke skenkirî hat vegerandin
entry-ledger-page-opened = Li cudahiyên rûpeleke skenkirî hat nêrîn
entry-ledger-differences-decided = Li ser cudahiyên rûpeleke skenkirî biryar hat dayîn
entry-ledger-keyed-twice = Ji niha û pê ve hemû rûpelên defterekî du caran tên nivîsandin
entry-ledger-set = Hat diyarkirin ku çiqas ji defterekî du caran tê nivîsandin
ledgers-checks = Tomarên ku divê bên kontrolkirin
ledgers-checks-open = Tomarên ku divê bên kontrolkirin: { $count }
ledgers-checks-lead = Ev rûpel berî ku derkeve holê ku defter xirab hatiye nivîsandin ketin tomarê, û ji nû ve hatin nivîsandin. Her tomarê bi rûpela wê re bide ber hev. Tiştek bi xwe naguhere: tomarê rast bike, paşê li vir bêje.
ledgers-checks-none = Tiştek tune ku bê kontrolkirin.
ledgers-check-differs = Rûpel { $page }, rêz { $row }: tomar tiştekî din dibêje
ledgers-check-missing = Rûpel { $page }, rêz { $row }: ne di tomarê de ye
ledgers-check-not-there = Rûpel { $page }, rêz { $row }: ne li ser rûpelê ye, an nayê xwendin
ledgers-went-in = Di tomarê de
ledgers-decided-later = Wek ku paşê hat biryardan
ledgers-check-outcome = Çi jê hat?
ledgers-check-outcome-corrected = Rastkirina tomarê hat amadekirin
ledgers-check-outcome-registered = Rêz niha di tomarê de ye
ledgers-check-outcome-stands = Her tişt wek xwe dimîne
ledgers-check-reason = Çima, an bi kîjan hejmarê
ledgers-check-reason-hint = Gava rastkirin hatibe amadekirin ne pêwîst e
ledgers-check-settle = Vê kontrolê biqedîne
ledgers-check-not-so = Pêşî rastkirinê amade bike, an bêje çima her tişt dimîne
entry-ledger-checks-opened = Li tomarên defterekê yên ku divê bên kontrolkirin hat nêrîn
entry-ledger-check-settled = Tomareke defterekê hat kontrolkirin
entry-ledger-entry-seen = Li tomareke ku divê bê kontrolkirin hat nêrîn

ledgers-command-empty = Li wir wêne tune ne. Peldankeke pelên JPEG an PNG nav bike, an pelan.
ledgers-command-passed-over = Pelên ku ne skan in û hatin hiştin: { $files }
ledgers-command-no-officer = Karmendek ku bi “{ $login }” dikeve hundir tune ye. Yê ku berpirsê van rûpelan e nav bike: --officer
ledgers-command-no-ledger = Defterek { $ledger } tune ye.
ledgers-command-what = Defterê nav bike: --ledger, an --office, --kind, --name, --directorate û --record.
ledgers-command-kind = Ji vî cureyî defter tune ne. Ev hene: { $kinds }
ledgers-command-opened = Defter hat vekirin: { $ledger }
ledgers-command-goes-on = Bi deftera ku vekirî ye didome: { $ledger }
ledgers-command-progress = { $done } ji { $of } pelan
ledgers-command-wrong-type = Tenê JPEG û PNG tên standin, her yek ji bo rûpelekê. Pêşî rûpelên PDF an TIFF bike wêne.
ledgers-command-no-number = Di navê wê de hejmar tune ye.
ledgers-command-stopped = Rawestiya. Tiştê ku hat zêdekirin dimîne. Ji bo domandinê heman fermanê dîsa bixebitîne.
ledgers-command-ended = Rûpelên zêdekirî: { $added }. Berê hebûn: { $there }. Hatin redkirin: { $rejected }
