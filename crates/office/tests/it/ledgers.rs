//! Scanned ledgers: keyed once or twice, compared, decided, brought in once.

use diwan_domain::civil::EventKind;
use diwan_domain::civil::books::ledger::{Choice, KeyedRow};
use diwan_domain::ids::{LedgerId, LedgerPageId};
use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_office::acting;
use diwan_office::civil::books::ledgers::{
    self, BringInPage, DecideDifferences, GiveBackPage, KeyRows, LedgerPageRow, LedgerProgress, LedgerRow,
    OpenDifferences, OpenLedger, OpenLedgerChecks, SetLedger, SettleLedgerCheck, TakePage,
};
use diwan_store::ledgers as stored;
use diwan_store::{Stop, verify};
use diwan_testkit::{TestOffice, page_image};
use std::collections::BTreeMap;

/// A ledger with its officers: one who oversees it, three who key.
struct Ledgers {
    test: TestOffice,
    head: Who,
    clerks: [Who; 3],
    ledger: LedgerId,
}

fn opening(test: &TestOffice, sample: i64, threshold: i64) -> OpenLedger {
    OpenLedger {
        office: test.place,
        kind: EventKind::Birth,
        name: "لەدایکبووانی کۆیە ١٩٥٧".into(),
        directorate: "کۆیە".into(),
        record_no: "١٢".into(),
        number_prefix: "1957/".into(),
        sample_percent: sample,
        threshold_permille: threshold,
    }
}

async fn open(test: TestOffice, pages: usize, sample: i64, threshold: i64) -> Ledgers {
    let head = test.officer("head", Role::Administrator, None).await;
    let clerks = [
        test.officer("clerk-1", Role::CounterOfficer, None).await,
        test.officer("clerk-2", Role::CounterOfficer, None).await,
        test.officer("clerk-3", Role::Registrar, None).await,
    ];
    let ledger = test.office.perform_once(&head, opening(&test, sample, threshold)).await.unwrap();
    let all = Ledgers { test, head, clerks, ledger };
    for n in 1..=pages {
        all.send(n, page_image(n as u32)).await.unwrap();
    }
    all
}

/// One row of a birth.
fn birth(number: &str, given: &str) -> KeyedRow {
    let said = [
        ("number", number),
        ("child.given", given),
        ("child.sex", "female"),
        ("happened-on", "١٤/٣/١٩٥٧"),
        ("father.given", "ئازاد"),
        ("mother.given", "هێرۆ"),
    ];
    let said = said.map(|(key, value)| (key.to_owned(), value.to_owned()));
    KeyedRow { said: said.into(), unreadable: None }
}

fn unreadable(why: &str) -> KeyedRow {
    KeyedRow { said: BTreeMap::new(), unreadable: Some(why.into()) }
}

impl Ledgers {
    async fn send(&self, page: usize, image: Vec<u8>) -> Result<LedgerPageId, Stop> {
        let key = uuid::Uuid::now_v7().to_string();
        let at = (self.ledger, page.to_string());
        ledgers::add_page(&self.test.office, &self.head, &key, at, ("page.png", image.into())).await
    }

    async fn take(&self, who: &Who) -> Result<LedgerPageId, Stop> {
        self.test.office.perform_once(who, TakePage { ledger: self.ledger }).await
    }

    async fn page(&self, id: LedgerPageId) -> LedgerPageRow {
        let mut reading = self.test.office.db.reading().await.unwrap();
        stored::page(&mut reading.tx(), id).await.unwrap().unwrap()
    }

    async fn version(&self, who: &Who, id: LedgerPageId) -> i64 {
        let mut reading = self.test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let diwan_domain::acts::Actor::Officer(officer) = who.actor else { panic!("no officer") };
        let acting = acting::load(&mut tx, officer).await.unwrap().unwrap();
        ledgers::in_hand(&mut tx, &acting, id).await.unwrap().version
    }

    /// Keys a whole page that is in hand.
    async fn key(&self, who: &Who, page: LedgerPageId, rows: Vec<KeyedRow>) -> Result<(), Stop> {
        let seen = self.version(who, page).await;
        let act = KeyRows { page, seen, first_row: 1, rows, is_done: true };
        self.test.office.perform_once(who, act).await.map(drop)
    }

    /// Takes the next page and keys it.
    async fn next(&self, who: &Who, rows: Vec<KeyedRow>) -> LedgerPageId {
        let page = self.take(who).await.unwrap();
        self.key(who, page, rows).await.unwrap();
        page
    }

    /// Takes pages and gives them back until this one is drawn.
    async fn take_exactly(&self, who: &Who, wanted: LedgerPageId) {
        for _ in 0..200 {
            let page = self.take(who).await.unwrap();
            if page == wanted {
                return;
            }
            self.test.office.perform_once(who, GiveBackPage { page }).await.unwrap();
        }
        panic!("the page was never drawn")
    }

    async fn progress(&self) -> LedgerProgress {
        let mut reading = self.test.office.db.reading().await.unwrap();
        stored::progress(&mut reading.tx(), self.ledger).await.unwrap()
    }

    async fn entries(&self) -> i64 {
        let mut reading = self.test.office.db.reading().await.unwrap();
        let count = "SELECT COUNT(*) AS n FROM register_entries WHERE number LIKE 'EBB-1957/%'";
        reading.tx().count(count, &[]).await.unwrap()
    }

    async fn is_sound(&self) {
        let report = verify::journal(&self.test.office.db, None).await.unwrap();
        assert_eq!(report.findings, []);
    }

    async fn set_sample(&self, sample_percent: i64) {
        let seen = self.ledger().await.version;
        let act = SetLedger { ledger: self.ledger, seen, sample_percent, threshold_permille: 10 };
        self.test.office.perform_once(&self.head, act).await.unwrap();
    }

    async fn ledger(&self) -> LedgerRow {
        let mut reading = self.test.office.db.reading().await.unwrap();
        stored::ledger(&mut reading.tx(), self.ledger).await.unwrap().unwrap()
    }
}

fn code(stop: Stop) -> &'static str {
    stop.code()
}

async fn keyed_once(test: TestOffice) {
    let all = open(test, 1, 0, 10).await;
    let [clerk, other, _] = &all.clerks;
    let page = all.take(clerk).await.unwrap();
    assert_eq!(all.take(clerk).await.unwrap(), page, "a page that is in hand is given again");
    assert_eq!(code(all.take(other).await.unwrap_err()), "ledger/nothing-left");
    // Row by row, each kept with its faults named.
    let row = |seen: i64, n: usize, row: KeyedRow, is_done: bool| KeyRows {
        page,
        seen,
        first_row: n,
        rows: vec![row],
        is_done,
    };
    let seen = all.version(clerk, page).await;
    let mut wrong = birth("1", "شیلان");
    wrong.said.insert("happened-on".into(), "30/2/1957".into());
    let stop = all.test.office.perform_once(clerk, row(seen, 1, wrong, false)).await.unwrap_err();
    assert!(stop.refusal().unwrap().about.contains_key("1/happened-on"), "{stop}");
    let nothing = KeyRows { page, seen, first_row: 1, rows: vec![], is_done: true };
    assert_eq!(code(all.test.office.perform_once(clerk, nothing).await.unwrap_err()), "ledger/no-rows");
    let kept = all.test.office.perform_once(clerk, row(seen, 1, birth("1", "شیلان"), false)).await.unwrap();
    let late = all.test.office.perform_once(clerk, row(seen, 2, birth("2", "دارا"), false)).await;
    assert_eq!(code(late.unwrap_err()), "request/changed-meanwhile");
    let stranger = all.test.office.perform_once(other, row(kept.version, 2, birth("2", "دارا"), false)).await;
    assert_eq!(code(stranger.unwrap_err()), "request/not-found");
    let kept = all
        .test
        .office
        .perform_once(clerk, row(kept.version, 2, unreadable(" water "), false))
        .await
        .unwrap();
    let done = row(kept.version, 3, birth("3", "دارا"), true);
    let done = all.test.office.perform_once(clerk, done).await.unwrap();
    assert_eq!((done.rows, done.is_done), (3, true));
    let again = all.test.office.perform_once(clerk, row(done.version, 1, birth("9", "دارا"), false)).await;
    assert_eq!(code(again.unwrap_err()), "register/wrong-state");
    assert_eq!(all.page(page).await.state, "settled");
    // Only who may import brings in, and nothing goes in twice.
    let clerk_may = all.test.office.perform_once(clerk, BringInPage { page }).await;
    assert_eq!(code(clerk_may.unwrap_err()), "officer/not-permitted");
    let done = ledgers::bring_in(&all.test.office, &all.head, "bring-in-once", all.ledger).await.unwrap();
    assert_eq!((done.pages, done.added, done.unreadable, done.rejected, done.left), (1, 2, 1, 0, 0));
    let again = ledgers::bring_in(&all.test.office, &all.head, "bring-in-again", all.ledger).await.unwrap();
    assert_eq!(again.pages, 0);
    assert_eq!(
        code(all.test.office.perform_once(&all.head, BringInPage { page }).await.unwrap_err()),
        "register/wrong-state"
    );
    assert_eq!(all.entries().await, 2);
    // The entry says from which page and row it came, and who keyed it.
    let mut reading = all.test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let row = tx.row(
        "SELECT import_id, import_line, page_no, content FROM register_entries WHERE number = 'EBB-1957/3'",
        &[],
    );
    let row = row.await.unwrap().unwrap();
    assert_eq!(
        (row.get::<i64>("import_line").unwrap(), row.get::<String>("page_no").unwrap()),
        (3, "1".into())
    );
    let content: serde_json::Value = serde_json::from_str(&row.get::<String>("content").unwrap()).unwrap();
    assert_eq!((&content["happened-on"], &content["record-no"]), (&"1957-03-14".into(), &"12".into()));
    let diwan_domain::acts::Actor::Officer(id) = all.clerks[2].actor else { panic!() };
    let registrar = acting::load(&mut tx, id).await.unwrap().unwrap();
    let import = row.get("import_id").unwrap();
    let scanned =
        ledgers::scanned_entry(&mut tx, &registrar, import, all.test.office.today()).await.unwrap().unwrap();
    assert_eq!(scanned.hands, [("first".to_owned(), "clerk-1".to_owned())]);
    assert!(scanned.may_see_image);
    // A protected neighbour closes the image.
    let child = "SELECT r.person_id FROM event_roles r JOIN register_entries e ON e.event_id = r.event_id
                 WHERE e.number = 'EBB-1957/1' AND r.role = 'child'";
    let child = tx.row(child, &[]).await.unwrap().unwrap().get("person_id").unwrap();
    drop(tx);
    drop(reading);
    let keeper = all.test.officer("keeper", Role::Keeper, None).await;
    let protect =
        diwan_office::civil::ProtectPerson { person: child, protected: true, reason: "order 1".into() };
    all.test.office.perform_once(&keeper, protect).await.unwrap();
    let mut reading = all.test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let scanned = ledgers::scanned_entry(&mut tx, &registrar, import, all.test.office.today()).await;
    assert!(!scanned.unwrap().unwrap().may_see_image);
    drop(tx);
    drop(reading);
    let said = all.test.journal_of("ledger-page", &page.to_string()).await;
    assert_eq!(
        said,
        [
            "ledger-page-added",
            "ledger-page-taken",
            "ledger-page-taken",
            "ledger-rows-keyed",
            "ledger-rows-keyed",
            "ledger-page-keyed"
        ]
    );
    all.is_sound().await;
}
crate::on_both_engines!(a_page_is_keyed_row_by_row_and_goes_into_the_register_once, super::keyed_once);

async fn one_hand(test: TestOffice) {
    let all = open(test, 1, 100, 1_000).await;
    let omar = all.test.person("1000000000018").await;
    let one = all.test.officer("omar", Role::CounterOfficer, Some(omar)).await;
    let other = all.test.officer("omar-again", Role::CounterOfficer, Some(omar)).await;
    let page = all.next(&one, vec![birth("1", "شیلان")]).await;
    assert_eq!(all.page(page).await.state, "again");
    assert_eq!(code(all.take(&other).await.unwrap_err()), "ledger/nothing-left", "the same person keyed it");
    assert_eq!(all.take(&all.clerks[1]).await.unwrap(), page);
    all.is_sound().await;
}
crate::on_both_engines!(nobody_keys_a_page_twice_by_another_account, super::one_hand);

async fn keyed_twice(test: TestOffice) {
    let all = open(test, 1, 100, 1_000).await;
    let [one, two, three] = &all.clerks;
    let rows = vec![birth("1", "شیلان"), birth("2", "دارا")];
    let page = all.next(one, rows).await;
    assert_eq!(all.page(page).await.state, "again");
    assert_eq!(code(all.take(one).await.unwrap_err()), "ledger/nothing-left", "nobody keys a page twice");
    // The second is given the page as if nobody had keyed it.
    assert_eq!(all.take(two).await.unwrap(), page);
    let mut reading = all.test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let diwan_domain::acts::Actor::Officer(id) = two.actor else { panic!() };
    let acting = acting::load(&mut tx, id).await.unwrap().unwrap();
    assert!(ledgers::in_hand(&mut tx, &acting, page).await.unwrap().rows.is_empty());
    drop(tx);
    drop(reading);
    let mut second = vec![birth("1", "شیرین"), birth("٢", "دارا"), birth("3", "نیان")];
    second[1].said.insert("happened-on".into(), "14-3-1957".into());
    all.key(two, page, second).await.unwrap();
    let row = all.page(page).await;
    assert_eq!((row.state.as_str(), row.compared, row.differing), ("differing", 18, 7));
    // Neither of the two decides.
    for hand in [one, two] {
        let stop = all.test.office.perform_once(hand, OpenDifferences { page }).await.unwrap_err();
        assert_eq!(code(stop), "officer/needs-second-person");
    }
    let seen = all.test.office.perform_once(three, OpenDifferences { page }).await.unwrap();
    let decide = |choices: &[(&str, Choice)]| DecideDifferences {
        page,
        seen,
        choices: choices.iter().map(|(key, choice)| ((*key).to_owned(), choice.clone())).collect(),
    };
    let half = decide(&[("1/child.given", Choice::First)]);
    let stop = all.test.office.perform_once(three, half).await.unwrap_err();
    assert_eq!(stop.refusal().unwrap().about["3/row"], "answer/missing");
    let odd = decide(&[("1/child.given", Choice::Other("Shilan".into())), ("3/row", Choice::Second)]);
    let stop = all.test.office.perform_once(three, odd).await.unwrap_err();
    assert!(stop.refusal().unwrap().about.contains_key("1/child.given"), "{stop}");
    let all_of_it = decide(&[("1/child.given", Choice::First), ("3/row", Choice::Second)]);
    all.test.office.perform_once(three, all_of_it).await.unwrap();
    let row = all.page(page).await;
    assert_eq!((row.state.as_str(), row.wrong_first, row.wrong_second), ("settled", 6, 1));
    let mut reading = all.test.office.db.reading().await.unwrap();
    let quality = stored::quality(&mut reading.tx(), all.ledger).await.unwrap();
    let quality: Vec<_> =
        quality.iter().map(|one| (one.name.as_str(), one.compared, one.differing, one.wrong)).collect();
    assert_eq!(quality, [("clerk-1", 18, 7, 6), ("clerk-2", 18, 7, 1)]);
    drop(reading);
    let progress = all.progress().await;
    assert_eq!((progress.keyed_twice, progress.settled, progress.keyed), (1, 1, 0));
    let done = ledgers::bring_in(&all.test.office, &all.head, "bring-in-twice", all.ledger).await.unwrap();
    assert_eq!((done.added, done.rejected), (3, 0));
    all.is_sound().await;
}
crate::on_both_engines!(two_officers_key_a_page_and_a_third_decides, super::keyed_twice);

async fn passed_over(test: TestOffice) {
    let all = open(test, 1, 100, 1_000).await;
    let [one, two, three] = &all.clerks;
    let rows = vec![birth("1", "شیلان"), birth("2", "دارا"), birth("3", "نیان"), birth("4", "شنۆ")];
    let page = all.next(one, rows.clone()).await;
    assert_eq!(all.take(two).await.unwrap(), page);
    let mut second = rows;
    second.remove(1);
    all.key(two, page, second).await.unwrap();
    // The rows after the one that was passed over are no differences.
    assert_eq!((all.page(page).await.compared, all.page(page).await.differing), (24, 6));
    let seen = all.test.office.perform_once(three, OpenDifferences { page }).await.unwrap();
    let choices = [("2/row".to_owned(), Choice::First)].into();
    all.test.office.perform_once(three, DecideDifferences { page, seen, choices }).await.unwrap();
    assert_eq!((all.page(page).await.wrong_first, all.page(page).await.wrong_second), (0, 6));
    let done = ledgers::bring_in(&all.test.office, &all.head, "bring-in-all", all.ledger).await.unwrap();
    assert_eq!((done.added, done.rejected), (4, 0));
    all.is_sound().await;
}
crate::on_both_engines!(a_row_that_one_passed_over_is_one_difference, super::passed_over);

async fn all_twice(test: TestOffice) {
    let all = open(test, 4, 0, 10).await;
    let [one, two, _] = &all.clerks;
    // Keyed once, before anything is known of the ledger's quality.
    let early = all.next(one, vec![birth("1", "شیلان")]).await;
    let gone_in = all.next(one, vec![birth("2", "دارا")]).await;
    all.test.office.perform_once(&all.head, BringInPage { page: gone_in }).await.unwrap();
    assert_eq!(all.progress().await.settled, 1);
    // One page is keyed twice and differs by more than one in a hundred.
    all.set_sample(100).await;
    let drawn = all.next(one, vec![birth("3", "نیان")]).await;
    all.set_sample(0).await;
    all.take_exactly(two, drawn).await;
    all.key(two, drawn, vec![birth("3", "ژیان")]).await.unwrap();
    assert!(all.ledger().await.all_twice_at.is_some(), "every page is keyed twice from now on");
    assert_eq!(all.page(early).await.state, "again", "what was settled waits for its second keying");
    assert_eq!(all.page(gone_in).await.state, "again", "so does what is in the register");
    let progress = all.progress().await;
    assert_eq!((progress.in_once, progress.brought_in), (1, 1), "it stays there meanwhile");
    let said = all.test.journal_of("ledger", &all.ledger.to_string()).await;
    assert_eq!(said, ["ledger-opened", "ledger-set", "ledger-set", "ledger-keyed-twice"]);
    let last = all.next(one, vec![birth("4", "شنۆ")]).await;
    assert_eq!(all.page(last).await.state, "again");
}

crate::on_both_engines!(a_ledger_that_is_keyed_badly_is_keyed_twice, super::all_twice);

async fn given_back(test: TestOffice) {
    let all = open(test, 1, 100, 10).await;
    let [one, two, _] = &all.clerks;
    let page = all.take(one).await.unwrap();
    // Whoever is away does not hold a page up.
    all.test.office.perform_once(&all.head, GiveBackPage { page }).await.unwrap();
    assert_eq!(
        code(all.test.office.perform_once(one, GiveBackPage { page }).await.unwrap_err()),
        "request/not-found"
    );
    assert_eq!(all.page(page).await.state, "waiting");
    assert_eq!(all.next(two, vec![birth("1", "شیلان")]).await, page);
    // The first saw only the image: they may key it again.
    assert_eq!(all.next(one, vec![birth("1", "شیلان")]).await, page);
    assert_eq!(all.page(page).await.state, "settled");
    // An office elsewhere has no part in it, and a page is sent once.
    let there = diwan_office::administration::AddOffice {
        code: "SU".into(),
        ministry: "civil-status".into(),
        names: serde_json::json!({"ckb": "سلێمانی"}),
        area: None,
    };
    let there = all.test.office.perform_once(&Who::system("test"), there).await.unwrap();
    let stranger = all.test.officer_of("stranger", Role::Registrar, there).await;
    assert_eq!(code(all.take(&stranger).await.unwrap_err()), "request/not-found");
    let stop = all.send(2, page_image(1)).await.unwrap_err();
    assert_eq!((stop.code(), stop.refusal().unwrap().about["page"].as_str()), ("ledger/page-there", "1"));
    assert_eq!(code(all.send(1, page_image(7)).await.unwrap_err()), "ledger/page-there");
    assert_eq!(code(all.send(3, b"%PDF-1.7\n%%EOF".to_vec()).await.unwrap_err()), "file/wrong-type");
    all.send(3, page_image(7)).await.unwrap();
    // The bytes that a page names stay.
    let hash = all.page(page).await.file_hash;
    assert!(all.test.office.files.get(&hash).await.unwrap().is_some());
    let mut reading = all.test.office.db.reading().await.unwrap();
    assert!(diwan_store::cases::file_is_named(&mut reading.tx(), &hash).await.unwrap());
    drop(reading);
    let bad = OpenLedger { record_no: " ".into(), sample_percent: 101, ..opening(&all.test, 0, -1) };
    let stop = all.test.office.perform_once(&all.head, bad).await.unwrap_err();
    let named: Vec<_> = stop.refusal().unwrap().about.keys().map(String::as_str).collect();
    assert_eq!(named, ["record-no", "sample-percent", "threshold"]);
    all.is_sound().await;
}
crate::on_both_engines!(a_page_is_given_back_and_sent_once, super::given_back);

async fn rejected(test: TestOffice) {
    let all = open(test, 2, 0, 10).await;
    let [one, ..] = &all.clerks;
    let first = all.next(one, vec![birth("1", "شیلان")]).await;
    // The same row on another page, once equal but for its page and once otherwise.
    let second = all.next(one, vec![birth("1", "دارا"), birth("2", "نیان")]).await;
    for page in [first, second] {
        all.test.office.perform_once(&all.head, BringInPage { page }).await.unwrap();
    }
    let import = all.page(second).await.import_id.unwrap();
    let mut reading = all.test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let rejects = diwan_store::imports::rejects_after(&mut tx, import, 0, 10).await.unwrap();
    assert_eq!(rejects.len(), 1);
    assert!(rejects[0].faults.contains("entry/differs"), "{}", rejects[0].faults);
    // The import's own mapping reads the mended rows.
    let row = diwan_store::imports::import(&mut tx, import).await.unwrap().unwrap();
    let mapping = diwan_domain::civil::books::Mapping::read(&row.mapping).unwrap();
    let heading: Vec<String> = serde_json::from_value(row.heading.0).unwrap();
    assert!(diwan_domain::civil::books::Plan::new(&mapping, &heading, "EB").0.is_some());
    drop(tx);
    drop(reading);
    assert_eq!(all.entries().await, 2);
    all.is_sound().await;
}
crate::on_both_engines!(what_the_register_rejects_stays_with_its_page, super::rejected);

async fn keyed_again(test: TestOffice) {
    let all = open(test, 2, 0, 10).await;
    let [one, two, three] = &all.clerks;
    let office = &all.test.office;
    let gone_in = all.next(one, vec![birth("1", "شیلان"), birth("2", "دارا"), birth("3", "نیان")]).await;
    office.perform_once(&all.head, BringInPage { page: gone_in }).await.unwrap();
    all.set_sample(100).await;
    let drawn = all.next(one, vec![birth("9", "شنۆ")]).await;
    all.take_exactly(two, drawn).await;
    all.key(two, drawn, vec![birth("9", "ژیان")]).await.unwrap();
    assert!(all.ledger().await.all_twice_at.is_some());

    // The page that went in is keyed again; a row was mistaken, one passed over.
    let again = vec![birth("1", "شیلان"), birth("2", "داراب"), birth("3", "نیان"), birth("4", "هێمن")];
    assert_eq!(all.next(two, again).await, gone_in);
    assert_eq!(all.page(gone_in).await.state, "differing");
    let seen = office.perform_once(three, OpenDifferences { page: gone_in }).await.unwrap();
    let choices = [("2/child.given".to_owned(), Choice::Second), ("4/row".into(), Choice::Second)].into();
    office.perform_once(three, DecideDifferences { page: gone_in, seen, choices }).await.unwrap();
    assert_eq!(all.page(gone_in).await.state, "in", "it is not brought in twice");
    assert_eq!(all.entries().await, 3, "nothing in the register changed by itself");

    // What was decided otherwise is to be checked, by who may correct entries.
    let stop = office.perform_once(one, OpenLedgerChecks { ledger: all.ledger }).await.unwrap_err();
    assert_eq!(code(stop), "officer/not-permitted");
    office.perform_once(three, OpenLedgerChecks { ledger: all.ledger }).await.unwrap();
    let checks = async || {
        let diwan_domain::acts::Actor::Officer(officer) = three.actor else { panic!("no officer") };
        let mut reading = office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let acting = acting::load(&mut tx, officer).await.unwrap().unwrap();
        ledgers::open_checks(&mut tx, &acting, all.ledger).await.unwrap()
    };
    let open = checks().await;
    let kinds: Vec<_> = open.iter().map(|one| (one.row.row_no, one.row.kind.as_str())).collect();
    assert_eq!(kinds, [(2, "differs"), (4, "missing")]);
    assert_eq!(open[0].entry.as_ref().unwrap().number, "EBB-1957/2");
    assert_eq!(open[0].fields[0].second.as_deref(), Some("داراب"));

    // It is settled by a correction that was prepared, or by a reason.
    let settle = |at: usize, outcome: &str, reason: &str| SettleLedgerCheck {
        check: open[at].row.id,
        seen: open[at].row.version,
        outcome: outcome.into(),
        reason: reason.into(),
    };
    let field = async |act: SettleLedgerCheck| {
        let stop = office.perform_once(three, act).await.unwrap_err();
        stop.refusal().unwrap().about.get("field").cloned()
    };
    assert_eq!(field(settle(0, "corrected", "")).await.as_deref(), Some("correction"));
    assert_eq!(field(settle(0, "registered", "number 7")).await.as_deref(), Some("outcome"));
    assert_eq!(
        code(office.perform_once(three, settle(0, "stands", " ")).await.unwrap_err()),
        "case/reason-missing"
    );
    office.perform_once(three, settle(0, "stands", "the page says so")).await.unwrap();
    let stop = office.perform_once(three, settle(0, "stands", "once more")).await.unwrap_err();
    assert_eq!(code(stop), "register/wrong-state");
    office.perform_once(three, settle(1, "registered", "EBB-7 of 2026")).await.unwrap();
    assert!(checks().await.is_empty());
    all.is_sound().await;
}
crate::on_both_engines!(a_page_that_went_in_is_keyed_again_and_its_entries_are_checked, super::keyed_again);

async fn closed_pages(test: TestOffice) {
    let all = open(test, 2, 0, 10).await;
    let [one, two, _] = &all.clerks;
    let office = &all.test.office;
    let gone_in = all.next(one, vec![birth("1", "شیلان")]).await;
    office.perform_once(&all.head, BringInPage { page: gone_in }).await.unwrap();
    let child = {
        let mut reading = office.db.reading().await.unwrap();
        let child = "SELECT r.person_id FROM event_roles r JOIN register_entries e ON e.event_id = r.event_id
                     WHERE e.number = 'EBB-1957/1' AND r.role = 'child'";
        reading.tx().row(child, &[]).await.unwrap().unwrap().get("person_id").unwrap()
    };
    let keeper = all.test.officer("keeper", Role::Keeper, None).await;
    let protect =
        diwan_office::civil::ProtectPerson { person: child, protected: true, reason: "order 1".into() };
    office.perform_once(&keeper, protect).await.unwrap();
    all.set_sample(100).await;
    let drawn = all.next(one, vec![birth("9", "شنۆ")]).await;
    all.take_exactly(two, drawn).await;
    all.key(two, drawn, vec![birth("9", "ژیان")]).await.unwrap();
    assert_eq!(all.page(gone_in).await.state, "again");
    // Its image shows who is closed: whoever was not let in is not given it.
    assert_eq!(code(all.take(two).await.unwrap_err()), "ledger/nothing-left");
}
crate::on_both_engines!(
    a_page_with_somebody_closed_is_given_to_nobody_who_was_not_let_in,
    super::closed_pages
);
