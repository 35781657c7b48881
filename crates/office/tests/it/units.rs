//! Days in a bus: it serves without a line, comes home once, and what could not be carried
//! out waits for a person.

use diwan_domain::acts::Actor;
use diwan_domain::ids::{CaseId, OfficerId};
use diwan_domain::people::Role;
use diwan_domain::queue::Step;
use diwan_office::administration::{AddCounter, AddHoliday, SetCentre, SetLeave};
use diwan_office::cases::{BeginCase, Decide, Decision, TakeNext};
use diwan_office::cash::{CloseShift, OpenShift, TakeFee};
use diwan_office::catalogue::PublishService;
use diwan_office::civil::SeePerson;
use diwan_office::documents::{self, SealDocument};
use diwan_office::officers::{Origin, sign_in};
use diwan_office::queue::{self, CallNext, MoveTicket, OpenDay, SitDown};
use diwan_office::rows::{ConflictRow, DocumentRow};
use diwan_office::units::{self, Carried, How, PrepareUnit, RevokeUnit, SettleConflict, Standing};
use diwan_office::{Stop, Who};
use diwan_store::dialect::Engine;
use diwan_store::{Db, replay, verify};
use diwan_testkit::office::birth_certificate;
use diwan_testkit::{Bus, TestOffice};
use serde_json::json;

const SHILAN: &str = "1000000000001";
const NAWROZ: &str = "1000000000002";
const DARA: &str = "1000000000003";
const PASSWORD: &str = "brave mountain sky";

fn id_of(who: &Who) -> OfficerId {
    match who.actor {
        Actor::Officer(id) => id,
        _ => panic!("not an officer"),
    }
}

/// Whom a login signs in.
async fn whom(test: &TestOffice, login: &str) -> Who {
    let mut reading = test.office.db.reading().await.unwrap();
    let officer = diwan_store::officers::by_login(&mut reading.tx(), login).await.unwrap().unwrap();
    test.at_desk(officer.id)
}

async fn signs_in(test: &TestOffice, login: &str, secret: &str) -> Result<OfficerId, Stop> {
    let digits = test.digits(secret);
    sign_in(&test.office, &Who::system("page"), &Origin::default(), login, PASSWORD, &digits).await
}

async fn paper_of(test: &TestOffice, case: CaseId) -> DocumentRow {
    let mut reading = test.office.db.reading().await.unwrap();
    documents::of_case(&mut reading.tx(), case).await.unwrap().remove(0)
}

async fn seal(test: &TestOffice, paper: &DocumentRow, key: &str) {
    let file_hash = test.office.files.put(b"%PDF-1.7".to_vec()).await.unwrap();
    let seal = SealDocument { document: paper.id, file_hash, key_id: key.into(), moment: Default::default() };
    test.office.perform_once(&Who::system("sealer"), seal).await.unwrap();
}

/// Dara's answers: another person than Shilan, so that a first copy is free too.
fn daras() -> [(&'static str, serde_json::Value); 2] {
    [("holder-name", json!({"given": "دارا", "father": "عومەر"})), ("birth-date", json!("1990-05-05"))]
}

async fn conflicts(home: &TestOffice, bus: &Bus) -> Vec<ConflictRow> {
    let mut reading = home.office.db.reading().await.unwrap();
    units::journey(&mut reading.tx(), bus.unit.id).await.unwrap().unwrap().conflicts
}

async fn comes_home(home: &TestOffice, bus: &Bus) -> (replay::Report, usize) {
    units::replay_unit(&home.office, &bus.test.office.db, &bus.unit, false).await.unwrap()
}

async fn is_sound(db: &Db) {
    assert_eq!(verify::journal(db, None).await.unwrap().findings, []);
}

/// A whole day: people with tickets, a case with a fee, cash, a paper.
async fn a_day(bus: &Bus, secret: &str) -> (CaseId, String) {
    let (test, office) = (&bus.test, &bus.test.office);
    signs_in(test, "clerk", secret).await.unwrap();
    let clerk = whom(test, "clerk").await;
    office.perform_once(&Who::system("morning"), OpenDay { centre: test.centre }).await.unwrap();
    let ticket = office.perform_once(&clerk, test.ticket("A")).await.unwrap();
    let sit = SitDown { counter: test.counter, lines: Default::default() };
    office.perform_once(&clerk, sit).await.unwrap();
    bus.pass(5);
    assert_eq!(office.perform_once(&clerk, CallNext {}).await.unwrap(), ticket.ticket);
    for step in [Step::Begin, Step::Finish] {
        bus.pass(1);
        office.perform_once(&clerk, MoveTicket { ticket: ticket.ticket, step }).await.unwrap();
    }
    office.perform_once(&clerk, OpenShift { counter: test.counter }).await.unwrap();
    let shilan = test.citizen(SHILAN).await;
    let (case, _) = test.sent(&shilan, &[("copies", json!(3)), ("displaced", json!(false))]).await;
    let fee = test.case(case).await.fee_minor_units;
    office.perform_once(&clerk, TakeFee { case, minor_units: fee }).await.unwrap();
    let paper = paper_of(test, case).await;
    seal(test, &paper, &bus.unit.key_id).await;
    office.perform_once(&clerk, CloseShift::counted(fee)).await.unwrap();
    (case, paper.number)
}

async fn a_bus_comes_home(home: TestOffice) {
    home.gives_tickets().await;
    let secret = home.officer_with_secret("clerk", Role::CounterOfficer).await;
    let other = home.officer("stays", Role::CounterOfficer, None).await;
    let clerk = whom(&home, "clerk").await;
    let bus = home.sends_out("bus-1", &[&clerk]).await;
    assert_eq!((bus.unit.installation.as_str(), bus.unit.letters.as_str()), ("bus-1", "U01"));

    let (case, number) = a_day(&bus, &secret).await;
    assert!(number.contains("U01"), "{number} bears the unit's letters");
    is_sound(&bus.test.office.db).await;
    // Nobody but the unit's officers has a way in there.
    let stays = {
        let mut reading = bus.test.office.db.reading().await.unwrap();
        diwan_store::officers::officer(&mut reading.tx(), id_of(&other)).await.unwrap().unwrap()
    };
    assert_eq!((stays.password_hash, stays.totp_secret), (None, None));

    // Meanwhile at home: the same officer signs in, papers are issued, the centre is left alone.
    home.pass(60);
    signs_in(&home, "clerk", &secret).await.unwrap();
    let dara = home.citizen(DARA).await;
    let (case_at_home, _) = home.sent(&dara, &daras()).await;
    let at_home = paper_of(&home, case_at_home).await;
    assert_ne!(at_home.number, number);
    let refused = home.office.perform_once(&clerk, home.ticket("A")).await.unwrap_err();
    assert_eq!(refused.code(), "unit/away");
    assert_eq!(queue::open_days(&home.office).await.unwrap(), 0, "its day is opened in the bus");

    home.pass(3 * 24 * 60);
    let (first, new) = comes_home(&home, &bus).await;
    assert_eq!((first.open.clone(), new), (Vec::new(), 0));
    assert!(first.done > 20, "{first:?}");
    assert_eq!(paper_of(&home, case).await.number, number, "nothing is renumbered");
    let (second, _) = comes_home(&home, &bus).await;
    assert_eq!((second.done, second.known), (0, first.done), "twice is once");
    is_sound(&home.office.db).await;
    let mut reading = home.office.db.reading().await.unwrap();
    let journey = units::journey(&mut reading.tx(), bus.unit.id).await.unwrap().unwrap();
    assert_eq!(Standing::of(&journey.unit, home.office.now()), Standing::Home);
    assert_eq!(
        journey.merges.iter().filter(|merge| merge.done > 0).count(),
        1,
        "once with acts, once without"
    );
    drop(reading);
    home.office.perform_once(&clerk, home.ticket("A")).await.unwrap();
}
crate::on_both_engines!(a_day_in_a_bus_comes_home_once, super::a_bus_comes_home);

async fn waits_for_a_person(home: TestOffice) {
    home.gives_tickets().await;
    let clerk = home.officer("clerk", Role::CounterOfficer, None).await;
    let manager = home.officer("manager", Role::CentreManager, None).await;
    let bus = home.sends_out("bus-1", &[&clerk]).await;
    bus.test.office.perform_once(&clerk, OpenShift { counter: bus.test.counter }).await.unwrap();
    bus.pass(10);
    bus.test.office.perform_once(&clerk, CloseShift::counted(0)).await.unwrap();
    // At home they were written down as on leave.
    let leave = |from: Option<&str>| SetLeave {
        officer: id_of(&clerk),
        from: from.map(str::to_owned),
        until: None,
        seen: None,
    };
    home.office.perform_once(&Who::system("test"), leave(Some("2026-01-01"))).await.unwrap();
    let (report, new) = comes_home(&home, &bus).await;
    assert_eq!((report.done, new), (0, 2));
    let open = conflicts(&home, &bus).await;
    let why: Vec<&str> = open.iter().map(|conflict| conflict.why.as_str()).collect();
    assert_eq!(why[0], "officer/not-in-service");
    assert!(open[0].given.0[0].as_str().unwrap().contains("U01"), "{:?}", open[0].given);

    let carry = async |key: &str, conflict: &ConflictRow| {
        units::carry_out_now(&home.office, &manager, key, conflict.id).await
    };
    assert!(matches!(carry("early", &open[0]).await.unwrap(), Carried::Not { .. }));
    home.office.perform_once(&Who::system("test"), leave(None)).await.unwrap();
    assert!(matches!(carry("order", &open[1]).await.unwrap(), Carried::Not { .. }), "in its order");
    assert_eq!(carry("first", &open[0]).await.unwrap(), Carried::Out);
    assert_eq!(carry("second", &open[1]).await.unwrap(), Carried::Out);
    assert_eq!(carry("again", &open[1]).await.unwrap_err().code(), "register/nothing-changes");
    assert!(conflicts(&home, &bus).await.iter().all(|one| one.how.as_deref() == Some("carried-out")));
    is_sound(&home.office.db).await;
}
crate::on_both_engines!(what_cannot_be_carried_out_waits_for_a_person, super::waits_for_a_person);

async fn a_paper_waits(home: TestOffice) {
    let clerk = home.officer("clerk", Role::CounterOfficer, None).await;
    let manager = home.officer("manager", Role::CentreManager, None).await;
    let bus = home.sends_out("bus-1", &[&clerk]).await;
    let shilan = bus.test.citizen(SHILAN).await;
    let (case, _) = bus.test.sent(&shilan, &[]).await;
    let paper = paper_of(&bus.test, case).await;
    // The same person made an account at home meanwhile: two accounts of one wallet.
    home.citizen(SHILAN).await;
    comes_home(&home, &bus).await;
    let open = conflicts(&home, &bus).await;
    let sent = open.iter().find(|conflict| conflict.name == "send-case").unwrap();
    assert_eq!(sent.check_code.as_deref(), Some(paper.check_code.as_str()));
    assert!(sent.given.0.as_array().unwrap().contains(&json!(paper.number)), "{:?}", sent.given);
    let found = {
        let mut reading = home.office.db.reading().await.unwrap();
        units::waiting_paper(&mut reading.tx(), &paper.check_code).await.unwrap().unwrap()
    };
    assert_eq!((found.0.name.as_str(), found.1.settled_at), ("bus-1", None));

    let aside =
        |reason: &str| SettleConflict { conflict: sent.id, how: How::SetAside, reason: reason.into() };
    let missing = home.office.perform_once(&manager, aside(" ")).await.unwrap_err();
    assert_eq!(missing.code(), "case/reason-missing");
    let not_theirs = home.office.perform_once(&clerk, aside("no")).await.unwrap_err();
    assert_eq!(not_theirs.code(), "officer/not-permitted");
    home.office.perform_once(&manager, aside("begun anew at home")).await.unwrap();
    let kept = conflicts(&home, &bus).await;
    let kept = kept.iter().find(|conflict| conflict.id == sent.id).unwrap();
    assert_eq!(kept.how.as_deref(), Some("set-aside"));
    assert_eq!(kept.act, sent.act, "what was set aside is kept whole");
    // Coming home again changes nothing of it.
    comes_home(&home, &bus).await;
    assert_eq!(conflicts(&home, &bus).await.len(), open.len());
    is_sound(&home.office.db).await;
}
crate::on_both_engines!(a_paper_of_a_conflict_is_known_and_waits, super::a_paper_waits);

async fn is_stolen(home: TestOffice) {
    home.gives_tickets().await;
    let clerk = home.officer("clerk", Role::CounterOfficer, None).await;
    let bus = home.sends_out("bus-1", &[&clerk]).await;
    let before = bus.test.office.perform_once(&clerk, bus.test.ticket("A")).await.unwrap();
    bus.pass(60);
    let stolen = bus.test.office.now();
    bus.pass(60);
    let after = bus.test.office.perform_once(&clerk, bus.test.ticket("A")).await.unwrap();
    let revoke = |from| RevokeUnit { unit: bus.unit.id, from, reason: "stolen in Koya".into() };
    let manager = home.officer("manager", Role::CentreManager, None).await;
    home.office.perform_once(&manager, revoke(stolen)).await.unwrap();
    let again = home.office.perform_once(&manager, revoke(stolen + 1)).await.unwrap_err();
    assert_eq!(again.code(), "register/nothing-changes");
    let unit = {
        let mut reading = home.office.db.reading().await.unwrap();
        units::journey(&mut reading.tx(), bus.unit.id).await.unwrap().unwrap().unit
    };
    assert!(unit.is_doubted(stolen) && !unit.is_doubted(stolen - 1));

    let from = &bus.test.office.db;
    let refused = units::replay_unit(&home.office, from, &unit, false).await.unwrap_err();
    assert_eq!(refused.code(), "unit/revoked");
    let (report, _) = units::replay_unit(&home.office, from, &unit, true).await.unwrap();
    assert_eq!((report.done, report.passed_over, report.open.len()), (1, 1, 0));
    let mut reading = home.office.db.reading().await.unwrap();
    let here = diwan_store::queue::ticket(&mut reading.tx(), before.ticket).await.unwrap();
    assert!(here.is_some(), "{} was taken before", before.number);
    let gone = diwan_store::queue::ticket(&mut reading.tx(), after.ticket).await.unwrap();
    assert!(gone.is_none(), "what a thief did does not come in");
}
crate::on_both_engines!(a_stolen_laptop_brings_nothing_in, super::is_stolen);

async fn breaks_off(home: TestOffice) {
    home.gives_tickets().await;
    let secret = home.officer_with_secret("clerk", Role::CounterOfficer).await;
    let clerk = whom(&home, "clerk").await;
    let bus = home.sends_out("bus-1", &[&clerk]).await;
    let (case, number) = a_day(&bus, &secret).await;
    let from = &bus.test.office.db;
    // The power fails in the middle: what was carried out stands, and no more.
    let middle: i64 = {
        let mut reading = from.reading().await.unwrap();
        let all = reading.tx().rows("SELECT at FROM acts ORDER BY at", &[]).await.unwrap();
        all[all.len() / 2].get("at").unwrap()
    };
    let wanted = replay::Wanted { installation: Some("bus-1".into()), before: Some(middle) };
    let kinds = diwan_office::replay::kinds();
    let half =
        replay::replay_wanted(from, &home.office.db, &kinds, &wanted, home.office.now()).await.unwrap();
    assert!(half.done > 0 && half.passed_over > 0, "{half:?}");
    let (rest, _) = comes_home(&home, &bus).await;
    assert_eq!((rest.known, rest.done, rest.open.len()), (half.done, half.passed_over, 0));
    assert_eq!(paper_of(&home, case).await.number, number);
    is_sound(&home.office.db).await;
}
crate::on_both_engines!(a_merge_that_breaks_off_goes_on, super::breaks_off);

async fn two_buses(home: TestOffice) {
    let second = SetCentre {
        centre: None,
        code: "EB2".into(),
        names: json!({"ckb": "سەنتەری ٢", "en": "Second"}),
        address: String::new(),
        area: None,
        hours: diwan_domain::calendar::OpeningHours::usual(),
        seen: None,
    };
    let second = home.office.perform_once(&Who::system("test"), second).await.unwrap();
    let counter = AddCounter { centre: second, label: "A1".into(), abilities: Vec::new() };
    home.office.perform_once(&Who::system("test"), counter).await.unwrap();
    let clerk = home.officer("clerk", Role::CounterOfficer, None).await;
    let one = home.sends_out("bus-1", &[&clerk]).await;
    let other = home.sends_to("bus-2", &[&clerk], second).await;
    let shilan = one.test.citizen(SHILAN).await;
    let (first, _) = one.test.sent(&shilan, &[]).await;
    let dara = other.test.citizen(DARA).await;
    let (last, _) = other.test.sent(&dara, &daras()).await;
    for bus in [&other, &one] {
        let (report, _) = comes_home(&home, bus).await;
        assert_eq!(report.open, Vec::<String>::new());
    }
    let (first, last) = (paper_of(&home, first).await, paper_of(&home, last).await);
    assert!(first.number.contains("U01") && last.number.contains("U02"), "{} {}", first.number, last.number);
    is_sound(&home.office.db).await;
}
crate::on_both_engines!(two_units_never_share_a_number, super::two_buses);

async fn home_went_on(home: TestOffice) {
    let clerk = home.officer("clerk", Role::CounterOfficer, None).await;
    let registrar = home.officer("registrar", Role::Registrar, None).await;
    home.gives_tickets().await;
    let bus = home.sends_out("bus-1", &[&clerk, &registrar]).await;
    // At home snow closes every centre, which the bus does not hear, and a new edition with another fee is published.
    let mut folder = birth_certificate();
    let toml = folder.text("service.toml").unwrap().replacen("version    = 1", "version    = 2", 1);
    folder.files.insert("service.toml".into(), toml.into_bytes());
    home.office.perform_once(&Who::system("test"), PublishService::of(&folder)).await.unwrap();
    let snow = AddHoliday {
        day: "2026-11-22".into(),
        centre: None,
        area: None,
        names: json!({"ckb": "بەفر", "en": "Snow"}),
    };
    home.office.perform_once(&Who::system("test"), snow).await.unwrap();
    bus.pass(30);
    bus.test.office.perform_once(&clerk, bus.test.ticket("A")).await.unwrap();
    let shilan = bus.test.citizen(SHILAN).await;
    let (case, _) = bus.test.sent(&shilan, &[]).await;
    let begin = BeginCase { service: "birth-certificate".into(), language: "ckb".into() };
    let begun = home.office.perform_once(&home.citizen(DARA).await, begin).await.unwrap();
    assert_eq!(home.case(begun.case).await.edition, 2);
    let (report, _) = comes_home(&home, &bus).await;
    assert_eq!(report.open, Vec::<String>::new());
    assert_eq!(home.case(case).await.edition, 1, "a case keeps the edition it began under");
}
crate::on_both_engines!(what_home_published_meanwhile_changes_nothing, super::home_went_on);

async fn decides_its_own(home: TestOffice) {
    let registrar = home.officer("registrar", Role::Registrar, None).await;
    let nawrozs =
        [("holder-name", json!({"given": "نەورۆز", "father": "ئازاد"})), ("birth-date", json!("2010"))];
    let nawroz = home.citizen(NAWROZ).await;
    home.sent(&nawroz, &nawrozs).await;
    let bus = home.sends_out("bus-1", &[&registrar]).await;
    let refused = bus.test.office.perform_once(&registrar, TakeNext {}).await.unwrap_err();
    assert_eq!(refused.code(), "case/nothing-waiting", "what waits at home is decided at home");
    // Begun at the unit's own counter, it is the unit's.
    let at_counter = Who { centre: Some(bus.test.centre), ..nawroz.clone() };
    let (case, _) = bus.test.sent(&at_counter, &nawrozs).await;
    assert_eq!(bus.test.office.perform_once(&registrar, TakeNext {}).await.unwrap(), case);
    let seen = bus.test.case(case).await.version;
    let decide = Decide { case, seen, decision: Decision::Approve };
    bus.test.office.perform_once(&registrar, decide).await.unwrap();
    let (report, _) = comes_home(&home, &bus).await;
    assert_eq!(report.open, Vec::<String>::new());
}
crate::on_both_engines!(a_unit_decides_what_it_began, super::decides_its_own);

async fn clock_is_wrong(home: TestOffice) {
    home.gives_tickets().await;
    let clerk = home.officer("clerk", Role::CounterOfficer, None).await;
    let bus = home.sends_out("bus-1", &[&clerk]).await;
    let first = bus.test.office.perform_once(&clerk, bus.test.ticket("A")).await.unwrap();
    bus.pass(-120);
    let wrong = bus.test.office.now();
    let second = bus.test.office.perform_once(&clerk, bus.test.ticket("A")).await.unwrap();
    let (report, _) = comes_home(&home, &bus).await;
    assert_eq!((report.done, report.open.len()), (2, 0));
    let mut reading = home.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let first = diwan_store::queue::ticket(&mut tx, first.ticket).await.unwrap().unwrap();
    let second = diwan_store::queue::ticket(&mut tx, second.ticket).await.unwrap().unwrap();
    assert!(first.came_at < second.came_at, "who came first is first");
    let row = tx
        .row("SELECT header FROM acts WHERE name = 'take-ticket' ORDER BY at DESC LIMIT 1", &[])
        .await
        .unwrap()
        .unwrap();
    let header: serde_json::Value = serde_json::from_str(&row.get::<String>("header").unwrap()).unwrap();
    assert_eq!(header["device_time"], json!(wrong), "what the clock said stands beside");
}
crate::on_both_engines!(a_wrong_clock_keeps_the_order, super::clock_is_wrong);

async fn fourth_day(home: TestOffice) {
    home.gives_tickets().await;
    let clerk = home.officer("clerk", Role::CounterOfficer, None).await;
    let registrar = home.officer("registrar", Role::Registrar, None).await;
    let bus = home.sends_out("bus-1", &[&clerk, &registrar]).await;
    bus.pass(4 * 24 * 60);
    bus.test.office.perform_once(&clerk, bus.test.ticket("A")).await.unwrap();
    let shilan = bus.test.citizen(SHILAN).await;
    let at_counter = Who { centre: Some(bus.test.centre), ..shilan };
    let (case, _) = bus.test.sent(&at_counter, &[]).await;
    assert_eq!(bus.test.case(case).await.phase, "in-progress", "what would be issued waits for home");
    assert_eq!(bus.test.office.perform_once(&registrar, TakeNext {}).await.unwrap(), case);
    let seen = bus.test.case(case).await.version;
    let approve = Decide { case, seen, decision: Decision::Approve };
    assert_eq!(bus.test.office.perform_once(&registrar, approve).await.unwrap_err().code(), "unit/over");
    home.pass(5 * 24 * 60);
    let (report, _) = comes_home(&home, &bus).await;
    assert_eq!(report.open, Vec::<String>::new());
    // At home the same officer approves, and the paper is issued there.
    let seen = home.case(case).await.version;
    let approve = Decide { case, seen, decision: Decision::Approve };
    home.office.perform_once(&registrar, approve).await.unwrap();
    assert!(!paper_of(&home, case).await.number.contains("U01"));
}
crate::on_both_engines!(after_its_days_a_unit_issues_no_papers, super::fourth_day);

async fn a_look_is_told(home: TestOffice) {
    let clerk = home.officer("clerk", Role::CounterOfficer, None).await;
    let shilan = home.person(SHILAN).await;
    let bus = home.sends_out("bus-1", &[&clerk]).await;
    let look = SeePerson { person: shilan, purpose: "asked".into() };
    bus.test.office.perform_once(&clerk, look).await.unwrap();
    // At home the clerk's service is written down as interrupted: they looked all the same.
    let leave = SetLeave { officer: id_of(&clerk), from: Some("2026-01-01".into()), until: None, seen: None };
    home.office.perform_once(&Who::system("test"), leave).await.unwrap();
    let (report, new) = comes_home(&home, &bus).await;
    assert_eq!((report.done, report.open.len(), new), (1, 0, 0), "{report:?}");
    let told = home.journal_of("person", &shilan.to_string()).await;
    assert!(told.iter().any(|kind| kind == "record-seen"), "{told:?}");
    is_sound(&home.office.db).await;
}
crate::on_both_engines!(who_looked_in_the_bus_is_known_at_home, super::a_look_is_told);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_leaves_once_and_with_an_empty_drawer() {
    let home = TestOffice::on(Engine::Sqlite).await;
    let clerk = home.officer("clerk", Role::CounterOfficer, None).await;
    let prepare = |name: &str| PrepareUnit {
        name: name.into(),
        centre: home.centre,
        officers: vec![id_of(&clerk)],
        journal_key: "0f".into(),
        key_id: "0f".into(),
        until: home.office.now() + 86_400_000_000,
    };
    let who = Who::system("unit");
    let leave = async |name: &str| home.office.perform_once(&who, prepare(name)).await;
    assert_eq!(leave("!").await.unwrap_err().code(), "admin/field-missing");
    home.office.perform_once(&clerk, OpenShift { counter: home.counter }).await.unwrap();
    assert_eq!(leave("bus-1").await.unwrap_err().code(), "cash/shift-open");
    home.office.perform_once(&clerk, CloseShift::counted(0)).await.unwrap();
    leave("bus-1").await.unwrap();
    assert_eq!(leave("bus-2").await.unwrap_err().code(), "unit/away");
}
