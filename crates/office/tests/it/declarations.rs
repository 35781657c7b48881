//! From a first notice to an entry, corrections and their reversal, protected
//! records, and what two officers may not do alone.

use diwan_domain::civil::{Content, EventKind, State, Step};
use diwan_domain::ids::{DeclarationId, EntryId, OfficeId, PersonId};
use diwan_domain::people::Role;
use diwan_office::civil::{
    AmendDeclaration, CheckDeclaration, DecideCorrection, Declare, FindPeople, GrantAccess, Ground,
    MoveDeclaration, OpenDeclaration, PrepareCorrection, ProtectPerson, RegisterEvent, Registered, SeeEntry,
    SeePerson, TakeNotice, Taken, What, as_of, entry_content, fields_of,
};
use diwan_office::{Stop, Who};
use diwan_store::{civil, declarations, people, verify};
use diwan_testkit::TestOffice;

/// An office with everyone who works on its register.
pub struct Bureau {
    pub test: TestOffice,
    pub office: OfficeId,
    pub clerk: Who,
    pub registrar: Who,
    pub supervisor: Who,
}

impl Bureau {
    /// The office that keeps births and deaths.
    pub async fn of_births(test: TestOffice) -> Self {
        let office = test.health().await;
        let clerk = test.officer_of("clerk", Role::CounterOfficer, office).await;
        let registrar = test.officer_of("registrar", Role::Registrar, office).await;
        let supervisor = test.officer_of("supervisor", Role::Supervisor, office).await;
        Self { test, office, clerk, registrar, supervisor }
    }

    pub async fn declare(&self, kind: EventKind, said: &[(&str, &str)]) -> Result<Taken, Stop> {
        let act = Declare { of: None, kind, content: said.iter().copied().collect(), office: None };
        self.test.office.perform_once(&self.clerk, act).await
    }

    pub async fn register(&self, who: &Who, taken: &Taken) -> Result<Registered, Stop> {
        let act = RegisterEvent { declaration: taken.id, seen: taken.version, settles: None };
        self.test.office.perform_once(who, act).await
    }

    pub async fn state(&self, id: DeclarationId) -> State {
        let mut reading = self.test.office.db.reading().await.unwrap();
        let row = declarations::declaration(&mut reading.tx(), id).await.unwrap().unwrap();
        State::from_code(&row.state).unwrap()
    }

    pub async fn child_of(&self, registered: &Registered) -> PersonId {
        let mut reading = self.test.office.db.reading().await.unwrap();
        let roles = civil::roles_in(&mut reading.tx(), registered.event).await.unwrap();
        roles.iter().find(|role| role.role == "child").unwrap().person_id
    }

    pub async fn field(&self, entry: EntryId, name: &str) -> Option<String> {
        let mut reading = self.test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let row = civil::entry(&mut tx, entry).await.unwrap().unwrap();
        let today = self.test.office.today();
        let fields = fields_of(&mut tx, None, &row, None, today).await.unwrap();
        fields.get(name).and_then(|value| value.text()).map(str::to_owned)
    }

    pub async fn content(&self, entry: EntryId) -> Content {
        let mut reading = self.test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let row = civil::entry(&mut tx, entry).await.unwrap().unwrap();
        entry_content(&mut tx, &row).await.unwrap()
    }

    pub async fn nothing_is_amiss(&self) {
        let report = verify::journal(&self.test.office.db, None).await.unwrap();
        assert!(report.findings.is_empty(), "{:?}", report.findings);
    }
}

pub const A_BIRTH: &[(&str, &str)] = &[
    ("child.given", "لاڤین"),
    ("child.given-latin", "Lavin"),
    ("child.sex", "female"),
    ("happened-on", "2026-11-20"),
    ("happened-at", "04:15"),
    ("place-kind", "hospital"),
    ("place", "هەولێر"),
    ("weight-grams", "3250"),
    ("mother.given", "هێڤین"),
    ("mother.father", "عومەر"),
    ("mother.born-on", "1975"),
    ("mother.upn", "1000000000009"),
    ("father.given", "ئازاد"),
    ("father.father", "کەریم"),
    ("father.upn", "1000000000008"),
    ("parents-married", "yes"),
    ("declarant.as", "father"),
];

pub fn with<'a>(said: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = said.iter().filter(|(field, _)| !more.iter().any(|(other, _)| other == field));
    kept.chain(more).copied().collect()
}

/// The code of a refusal, and what it says of which field.
pub fn refused(stop: Stop) -> (String, String) {
    match stop {
        Stop::Refused(refusal) => {
            let about: Vec<String> =
                refusal.about.iter().map(|(field, code)| format!("{field}: {code}")).collect();
            (refusal.code().to_owned(), about.join("; "))
        }
        other => panic!("{other}"),
    }
}

async fn notice_to_entry(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let hospital = bureau.test.officer("hospital", Role::Notifier, None).await;
    let notice = TakeNotice {
        kind: EventKind::Birth,
        content: [("mother.given", "هێڤین"), ("happened-on", "2026-11-20"), ("place-kind", "hospital")]
            .into_iter()
            .collect(),
        office: Some(bureau.office),
    };
    let office = &bureau.test.office;
    let noticed = office.perform_once(&hospital, notice).await.unwrap();
    assert_eq!(bureau.state(noticed.id).await, State::Notified);
    let declare = |content: &[(&str, &str)]| Declare {
        of: Some((noticed.id, noticed.version)),
        kind: EventKind::Birth,
        content: content.iter().copied().collect(),
        office: None,
    };
    let lacking = refused(office.perform_once(&bureau.clerk, declare(&A_BIRTH[..4])).await.unwrap_err());
    assert_eq!(lacking.0, "register/fields-wrong");
    assert!(lacking.1.contains("mother.given: answer/missing"), "{}", lacking.1);
    let declared = office.perform_once(&bureau.clerk, declare(A_BIRTH)).await.unwrap();
    assert_eq!((declared.number.as_str(), declared.doubts.len()), (noticed.number.as_str(), 0));
    let own = refused(bureau.register(&bureau.clerk, &declared).await.unwrap_err());
    assert_eq!(own.0, "officer/not-permitted");
    let check = CheckDeclaration { declaration: declared.id, seen: declared.version, settles: None };
    let checked = office.perform_once(&bureau.registrar, check).await.unwrap();
    let registered = bureau.register(&bureau.registrar, &checked).await.unwrap();
    assert!(registered.number.starts_with("HEB1-000-001-"), "{}", registered.number);
    assert_eq!(bureau.state(declared.id).await, State::Registered);
    // What follows from the father was not typed, and the parents are the ones of the register.
    let entry = registered.entry;
    assert_eq!(bureau.field(entry, "name").await.as_deref(), Some("لاڤین ئازاد کەریم"));
    assert_eq!(bureau.field(entry, "mother").await.as_deref(), Some("هێڤین عومەر حەسەن"));
    assert_eq!(bureau.field(entry, "born-at").await.as_deref(), Some("04:15"));
    let mut reading = office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let father = bureau.test.person("1000000000008").await;
    let children = civil::children_of(&mut tx, father).await.unwrap();
    assert!(children.contains(&bureau.child_of(&registered).await));
    drop(tx);
    drop(reading);
    let again = refused(bureau.register(&bureau.supervisor, &checked).await.unwrap_err());
    assert_eq!(again.0, "request/changed-meanwhile");
    let seen = bureau.test.journal_of("declaration", &declared.id.to_string()).await;
    assert_eq!(seen, ["event-notified", "event-declared", "declaration-checked"]);
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_notice_becomes_an_entry, super::notice_to_entry);

async fn alone(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    // A registrar who takes a declaration does not register it.
    let act = Declare {
        of: None,
        kind: EventKind::Birth,
        content: A_BIRTH.iter().copied().collect(),
        office: None,
    };
    let taken = bureau.test.office.perform_once(&bureau.registrar, act).await.unwrap();
    let stop = refused(bureau.register(&bureau.registrar, &taken).await.unwrap_err());
    assert_eq!(stop.0, "officer/needs-second-person");
    // Nor does one whose words a colleague mended.
    let content: Content = with(A_BIRTH, &[("weight-grams", "3300")]).into_iter().collect();
    let amend = AmendDeclaration { declaration: taken.id, seen: taken.version, content };
    let taken = bureau.test.office.perform_once(&bureau.clerk, amend).await.unwrap();
    let stop = refused(bureau.register(&bureau.registrar, &taken).await.unwrap_err());
    assert_eq!(stop.0, "officer/needs-second-person");
    let registered = bureau.register(&bureau.supervisor, &taken).await.unwrap();
    // Whoever prepares a correction does not approve it.
    let act = PrepareCorrection {
        entry: registered.entry,
        what: What::Revoke,
        ground: Ground::Court {
            court: "هەولێر".into(),
            judgment: "7/2026".into(),
            date: "2026-11-21".into(),
        },
        content: None,
        reason: "دوو جار تۆمارکراوە".into(),
    };
    let correction = bureau.test.office.perform_once(&bureau.supervisor, act).await.unwrap();
    let decide = DecideCorrection { correction, seen: 1, approve: true, why: None };
    let stop = refused(bureau.test.office.perform_once(&bureau.supervisor, decide).await.unwrap_err());
    assert_eq!(stop.0, "officer/needs-second-person");
}
crate::on_both_engines!(nobody_is_both_pairs_of_eyes, super::alone);

async fn late(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let late = with(A_BIRTH, &[("happened-on", "2026-10-01")]);
    let stop = refused(bureau.declare(EventKind::Birth, &late).await.unwrap_err());
    assert_eq!(stop.0, "register/late-lacks");
    assert!(stop.1.contains("judgment: answer/missing"), "{}", stop.1);
    let order = [
        ("court", "هەولێر"),
        ("judgment", "12/2026"),
        ("judgment-date", "2026-11-15"),
        ("late-reason", "بەفر"),
    ];
    let taken = bureau.declare(EventKind::Birth, &with(&late, &order)).await.unwrap();
    assert_eq!(taken.doubts, ["late"]);
    let stop = refused(bureau.register(&bureau.registrar, &taken).await.unwrap_err());
    assert_eq!(stop, ("register/needs-supervisor".into(), "doubt: late".into()));
    bureau.register(&bureau.supervisor, &taken).await.unwrap();
    // An older law for an older event: another body keeps that book.
    let old = with(
        A_BIRTH,
        &[("happened-on", "1960-07-01"), ("mother.born-on", "1930"), ("mother.upn", ""), ("father.upn", "")],
    );
    let stop = refused(bureau.declare(EventKind::Birth, &old).await.unwrap_err());
    assert_eq!(stop, ("register/not-competent".into(), "competent: civil-status".into()));
    // A home birth has longer.
    let home = with(
        A_BIRTH,
        &[
            ("happened-on", "2026-10-28"),
            ("place-kind", "home"),
            ("child.given", "ژیار"),
            ("child.given-latin", "Zhyar"),
        ],
    );
    let taken = bureau.declare(EventKind::Birth, &home).await.unwrap();
    assert_eq!(
        taken.doubts,
        ["unlikely-parents"],
        "it is not late; its mother had a child four weeks before"
    );
}
crate::on_both_engines!(the_law_of_the_day_and_place_counts, super::late);

async fn nobody_named(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let office = &bureau.test.office;
    let nobody = "01a201d7-0b00-7aaa-8bbb-cccccccccccc";
    let notice = |person: &str| {
        let content = [("mother.given", "شیلان"), ("mother.person", person)].into_iter().collect();
        TakeNotice { kind: EventKind::Birth, content, office: None }
    };
    let stop = refused(office.perform_once(&bureau.clerk, notice(nobody)).await.unwrap_err());
    assert_eq!(stop, ("register/person-unknown".into(), "mother.person: person/unknown".into()));
    let taken = office.perform_once(&bureau.clerk, notice("")).await.unwrap();
    let act = AmendDeclaration {
        declaration: taken.id,
        seen: taken.version,
        content: [("mother.person", nobody)].into_iter().collect(),
    };
    let stop = refused(office.perform_once(&bureau.clerk, act).await.unwrap_err());
    assert_eq!(stop.1, "mother.person: person/unknown");
}
crate::on_both_engines!(a_notice_names_nobody_who_is_not_there, super::nobody_named);

async fn correction(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let taken = bureau.declare(EventKind::Birth, A_BIRTH).await.unwrap();
    let first = bureau.register(&bureau.registrar, &taken).await.unwrap();
    let child = bureau.child_of(&first).await;
    let office = &bureau.test.office;
    let court =
        || Ground::Court {
            court: "هەولێر".into(), judgment: "88/2026".into(), date: "2026-11-21".into()
        };
    let order = || Ground::OfficeOrder { order: "5/2026".into(), date: "2026-11-21".into() };
    let mut content = bureau.content(first.entry).await;
    let prepare = |content: &Content, ground| PrepareCorrection {
        entry: first.entry,
        what: What::Correct,
        ground,
        content: Some(content.clone()),
        reason: "هەڵەی نووسین".into(),
    };
    let stop = refused(office.perform_once(&bureau.registrar, prepare(&content, court())).await.unwrap_err());
    assert_eq!(stop.0, "register/nothing-changes");
    content.set("happened-on", "2026-11-19");
    content.set("child.given", "لاڤیا");
    let stop = refused(office.perform_once(&bureau.registrar, prepare(&content, order())).await.unwrap_err());
    assert_eq!(stop.0, "register/needs-judgment", "a name and a day are no slips of the pen");
    let id = office.perform_once(&bureau.registrar, prepare(&content, court())).await.unwrap();
    assert_eq!(
        bureau.field(first.entry, "name").await.as_deref(),
        Some("لاڤین ئازاد کەریم"),
        "nothing changed yet"
    );
    bureau.test.pass(24 * 60);
    let decide = DecideCorrection { correction: id, seen: 1, approve: true, why: None };
    let changed = office.perform_once(&bureau.supervisor, decide).await.unwrap();
    let second = changed.entry.unwrap();
    assert_eq!(changed.number.as_deref(), Some(format!("{}/2", first.number).as_str()));
    let mut reading = office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let stands = civil::birth_entry_of(&mut tx, child).await.unwrap().unwrap();
    assert_eq!(stands.id, second, "the child is the same person");
    let row = people::person(&mut tx, child).await.unwrap().unwrap();
    assert_eq!(row.born_on.as_deref(), Some("2026-11-19"));
    // As it was yesterday, and as it is.
    let yesterday = as_of(&mut tx, second, "2026-11-22".parse().ok(), 180).await.unwrap();
    assert_eq!(yesterday.entry.map(|entry| entry.id), Some(first.entry));
    let now = as_of(&mut tx, first.entry, None, 180).await.unwrap();
    assert_eq!((now.entry.map(|entry| entry.id), now.history.len()), (Some(second), 2));
    let before = as_of(&mut tx, second, "2026-11-01".parse().ok(), 180).await.unwrap();
    assert!(before.entry.is_none());
    drop(tx);
    drop(reading);
    assert_eq!(bureau.field(second, "name").await.as_deref(), Some("لاڤیا ئازاد کەریم"));
    let stop = refused(office.perform_once(&bureau.registrar, prepare(&content, court())).await.unwrap_err());
    assert_eq!(stop.0, "register/entry-replaced");
    // Revoked, and reinstated.
    for (what, expected) in [(What::Revoke, false), (What::Reinstate, true)] {
        let entry = {
            let mut reading = office.db.reading().await.unwrap();
            as_of(&mut reading.tx(), second, None, 180).await.unwrap().entry.unwrap().id
        };
        let act =
            PrepareCorrection {
                entry, what, ground: court(), content: None, reason: "بڕیاری دادگا".into()
            };
        let id = office.perform_once(&bureau.registrar, act).await.unwrap();
        let decide = DecideCorrection { correction: id, seen: 1, approve: true, why: None };
        office.perform_once(&bureau.supervisor, decide).await.unwrap();
        let mut reading = office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let father = bureau.test.person("1000000000008").await;
        let counts = civil::children_of(&mut tx, father).await.unwrap().contains(&child);
        assert_eq!(counts, expected, "{what:?}");
        assert_eq!(civil::birth_entry_of(&mut tx, child).await.unwrap().is_some(), expected);
    }
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_correction_is_a_new_entry_and_the_old_one_stays, super::correction);

async fn protected(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let taken = bureau.declare(EventKind::Birth, A_BIRTH).await.unwrap();
    let registered = bureau.register(&bureau.registrar, &taken).await.unwrap();
    let child = bureau.child_of(&registered).await;
    let office = &bureau.test.office;
    let keeper = bureau.test.officer_of("keeper", Role::Keeper, bureau.office).await;
    let protect =
        ProtectPerson { person: child, protected: true, reason: "پاراستنی شایەت".into() };
    let stop = refused(
        office
            .perform_once(&bureau.supervisor, ProtectPerson { reason: "x".into(), ..protect })
            .await
            .unwrap_err(),
    );
    assert_eq!(stop.0, "officer/not-permitted");
    let protect =
        ProtectPerson { person: child, protected: true, reason: "پاراستنی شایەت".into() };
    office.perform_once(&keeper, protect).await.unwrap();
    let look = || SeeEntry { entry: registered.entry, purpose: "counter".into() };
    let person = || SeePerson { person: child, purpose: "دۆسیەی دادگا".into() };
    assert_eq!(
        refused(office.perform_once(&bureau.registrar, look()).await.unwrap_err()).0,
        "request/not-found"
    );
    assert_eq!(
        refused(office.perform_once(&bureau.registrar, person()).await.unwrap_err()).0,
        "request/not-found"
    );
    office.perform_once(&keeper, look()).await.unwrap();
    let search = || FindPeople::new("لاڤین ئازاد", "counter");
    let found = office.perform_once(&bureau.supervisor, search()).await.unwrap();
    assert!(!found.contains(&child), "nor is it found");
    assert!(office.perform_once(&keeper, search()).await.unwrap().contains(&child));
    let diwan_domain::acts::Actor::Officer(registrar) = bureau.registrar.actor.clone() else {
        panic!("an officer")
    };
    let grant = GrantAccess { person: child, officer: registrar, reason: "دۆسیەی دادگا".into() };
    office.perform_once(&keeper, grant).await.unwrap();
    office.perform_once(&bureau.registrar, look()).await.unwrap();
    office.perform_once(&bureau.registrar, person()).await.unwrap();
    assert_eq!(
        refused(office.perform_once(&bureau.supervisor, look()).await.unwrap_err()).0,
        "request/not-found"
    );
    let journal = bureau.test.journal_of("entry", &registered.entry.to_string()).await;
    assert_eq!(journal.iter().filter(|kind| *kind == "entry-seen").count(), 2, "two looks");
    let father = bureau.test.person("1000000000008").await;
    let journal = bureau.test.journal_of("person", &father.to_string()).await;
    assert_eq!(journal.iter().filter(|kind| *kind == "entry-seen").count(), 2, "and the father sees both");
}
crate::on_both_engines!(a_protected_record_is_not_there_for_others, super::protected);

async fn at_once(test: TestOffice) {
    let bureau = std::sync::Arc::new(Bureau::of_births(test).await);
    let taken = bureau.declare(EventKind::Birth, A_BIRTH).await.unwrap();
    let mut tries = Vec::new();
    for n in 0..8 {
        let (bureau, taken) = (bureau.clone(), taken.clone());
        tries.push(tokio::spawn(async move {
            let who = if n % 2 == 0 { &bureau.registrar } else { &bureau.supervisor };
            bureau.register(who, &taken).await
        }));
    }
    let mut numbers = Vec::new();
    for one in tries {
        match one.await.unwrap() {
            Ok(registered) => numbers.push(registered.number),
            Err(stop) => assert_eq!(refused(stop).0, "request/changed-meanwhile"),
        }
    }
    assert_eq!(numbers.len(), 1, "{numbers:?}");
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(two_registrars_give_one_number, super::at_once);

/// Two hospitals give notice to one office; neither reads the other's.
async fn two_hospitals(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let mut hospitals = Vec::new();
    for name in ["hospital", "other-hospital"] {
        hospitals.push(bureau.test.officer_of(name, Role::Notifier, bureau.office).await);
    }
    let office = &bureau.test.office;
    let known = [("mother.given", "هێڤین"), ("happened-on", "2026-11-20"), ("place-kind", "hospital")];
    let notice = TakeNotice { kind: EventKind::Birth, content: known.into_iter().collect(), office: None };
    let noticed = office.perform_once(&hospitals[0], notice).await.unwrap();
    let look = || OpenDeclaration { declaration: noticed.id };
    let refused_to = refused(office.perform_once(&hospitals[1], look()).await.unwrap_err());
    assert_eq!(refused_to.0, "request/not-found", "as one that is not there");
    let declare = Declare {
        of: Some((noticed.id, noticed.version)),
        kind: EventKind::Birth,
        content: A_BIRTH.iter().copied().collect(),
        office: None,
    };
    office.perform_once(&bureau.clerk, declare).await.unwrap();
    // Whoever gave it can follow it after an officer completed it.
    office.perform_once(&hospitals[0], look()).await.unwrap();
    office.perform_once(&bureau.registrar, look()).await.unwrap();
    office.perform_once(&hospitals[1], look()).await.unwrap_err();
}
crate::on_both_engines!(a_hospital_sees_its_own_notices_only, super::two_hospitals);

/// What every role may do with a declaration in every state: the whole walk.
async fn walk(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let elsewhere = bureau.test.officer("elsewhere", Role::Supervisor, None).await;
    let second = bureau.test.officer_of("second", Role::Registrar, bureau.office).await;
    let mut actors =
        vec![("elsewhere", elsewhere), ("registrar", second), ("supervisor", bureau.supervisor.clone())];
    for role in [
        Role::CounterOfficer,
        Role::Notifier,
        Role::Keeper,
        Role::Inspector,
        Role::Administrator,
        Role::CentreManager,
    ] {
        actors.push((role.code(), bureau.test.officer_of(role.code(), role, bureau.office).await));
    }
    for state in State::ALL {
        for (role, who) in &actors {
            for step in Step::ALL {
                let (id, version) = bring_to(&bureau, *state).await;
                let result = try_step(&bureau, who, id, version, *step).await;
                let declares = matches!(*role, "registrar" | "supervisor" | "counter-officer");
                let registers = matches!(*role, "registrar" | "supervisor");
                let may = match step {
                    Step::Amend | Step::Declare | Step::Withdraw => declares,
                    _ => registers,
                };
                // Registering a declared one checks it first, by the same officer.
                let leads =
                    state.after(*step).is_some() || (*state, *step) == (State::Declared, Step::Register);
                let named = format!("{} {} by {role}", state.code(), step.code());
                match result {
                    Ok(()) => assert!(may && leads, "{named} was done"),
                    Err(stop) => {
                        let code = refused(stop).0;
                        assert!(!(may && leads), "{named}: {code}");
                        let expected: &[&str] = match (*role, may) {
                            ("elsewhere", _) => &["request/not-found"],
                            (_, false) => &["officer/not-permitted"],
                            _ => &["register/wrong-state"],
                        };
                        assert!(expected.contains(&code.as_str()), "{named}: {code}");
                        assert_eq!(bureau.state(id).await, *state, "{named}");
                    }
                }
            }
        }
    }
}
crate::on_both_engines!(every_state_role_and_step_is_walked, super::walk);

async fn try_step(bureau: &Bureau, who: &Who, id: DeclarationId, seen: i64, step: Step) -> Result<(), Stop> {
    let office = &bureau.test.office;
    let content: Content = A_BIRTH.iter().copied().collect();
    match step {
        Step::Amend => {
            let act = AmendDeclaration { declaration: id, seen, content };
            office.perform_once(who, act).await.map(drop)
        }
        Step::Declare => {
            let act = Declare { of: Some((id, seen)), kind: EventKind::Birth, content, office: None };
            office.perform_once(who, act).await.map(drop)
        }
        Step::Check => office
            .perform_once(who, CheckDeclaration { declaration: id, seen, settles: None })
            .await
            .map(drop),
        Step::Register => {
            office.perform_once(who, RegisterEvent { declaration: id, seen, settles: None }).await.map(drop)
        }
        _ => {
            let duplicate_of = match step {
                Step::MarkDuplicate => Some(bring_to(bureau, State::Declared).await.0),
                _ => None,
            };
            let act =
                MoveDeclaration { declaration: id, seen, step, reason: "هۆکار".into(), duplicate_of };
            office.perform_once(who, act).await.map(drop)
        }
    }
}

/// A name unlike those before it, so that no family is taken for another: of the five
/// consonants of any two at least three differ (a Reed–Solomon code over thirteen letters).
fn a_name() -> String {
    static NAMES: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let n = NAMES.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let letters = ["ب", "ج", "د", "ر", "ز", "س", "ش", "ف", "ک", "ل", "م", "ن", "ه"];
    let [a, b, c] = [n, n / 13, n / 169];
    [a, b, c, a + b + c, a + 2 * b + 4 * c].map(|n| letters[n % 13]).join("ا")
}

/// A fresh declaration in a state, entered by the clerk.
async fn bring_to(bureau: &Bureau, state: State) -> (DeclarationId, i64) {
    let office = &bureau.test.office;
    if state == State::Notified {
        let act =
            TakeNotice { kind: EventKind::Birth, content: A_BIRTH.iter().copied().collect(), office: None };
        let taken = office.perform_once(&bureau.clerk, act).await.unwrap();
        return (taken.id, taken.version);
    }
    let [name, mother, father] = [a_name(), a_name(), a_name()];
    let others = [
        ("child.given", name.as_str()),
        ("child.given-latin", ""),
        ("mother.given", &mother),
        ("mother.upn", ""),
        ("father.given", &father),
        ("father.upn", ""),
    ];
    let said = with(A_BIRTH, &others);
    let said: Vec<_> = said.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let taken = bureau.declare(EventKind::Birth, &said).await.unwrap();
    let step = |step, duplicate_of| MoveDeclaration {
        declaration: taken.id,
        seen: taken.version,
        step,
        reason: "هۆکار".into(),
        duplicate_of,
    };
    let version = match state {
        State::Declared | State::Notified => taken.version,
        State::Checked => {
            let act = CheckDeclaration { declaration: taken.id, seen: taken.version, settles: None };
            office.perform_once(&bureau.registrar, act).await.unwrap().version
        }
        State::Registered => bureau.register(&bureau.registrar, &taken).await.unwrap().version,
        State::Returned => {
            office.perform_once(&bureau.registrar, step(Step::Return, None)).await.unwrap().version
        }
        State::Rejected => {
            office.perform_once(&bureau.registrar, step(Step::Reject, None)).await.unwrap().version
        }
        State::Withdrawn => {
            office.perform_once(&bureau.clerk, step(Step::Withdraw, None)).await.unwrap().version
        }
        State::Duplicate => {
            let first = bureau.declare(EventKind::Birth, A_BIRTH).await.unwrap().id;
            office
                .perform_once(&bureau.registrar, step(Step::MarkDuplicate, Some(first)))
                .await
                .unwrap()
                .version
        }
    };
    (taken.id, version)
}

async fn own_family(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let shilan = bureau.test.person("1000000000001").await;
    let invited = bureau.test.officer_with_person("shilan", Role::Registrar, bureau.office, shilan).await;
    let taken = bureau.declare(EventKind::Birth, A_BIRTH).await.unwrap();
    let stop = refused(bureau.register(&invited, &taken).await.unwrap_err());
    assert_eq!(stop.0, "officer/own-family", "the child's parents are hers");
    let look = OpenDeclaration { declaration: taken.id };
    assert_eq!(
        refused(bureau.test.office.perform_once(&invited, look).await.unwrap_err()).0,
        "officer/own-family"
    );
}
crate::on_both_engines!(nobody_registers_their_own_family, super::own_family);

async fn papers(test: TestOffice) {
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    let supervisor = test.officer("supervisor", Role::Supervisor, None).await;
    let shilan = test.citizen("1000000000001").await;
    let (case, _) = test.sent(&shilan, &[]).await;
    let entry = test.case(case).await.entry_id.unwrap();
    let content = {
        let mut reading = test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let row = civil::entry(&mut tx, entry).await.unwrap().unwrap();
        entry_content(&mut tx, &row).await.unwrap()
    };
    // An old book that was brought in says what its people and event tell.
    assert_eq!((content.get("child.given"), content.get("happened-on")), (Some("شیلان"), Some("1998-03-14")));
    let mut after = content.clone();
    after.set("child.given", "شیرین");
    let act = PrepareCorrection {
        entry,
        what: What::Correct,
        ground: Ground::Court {
            court: "هەولێر".into(),
            judgment: "3/2026".into(),
            date: "2026-11-20".into(),
        },
        content: Some(after),
        reason: "بڕیاری دادگا".into(),
    };
    let correction = test.office.perform_once(&registrar, act).await.unwrap();
    let decide = DecideCorrection { correction, seen: 1, approve: true, why: None };
    let changed = test.office.perform_once(&supervisor, decide).await.unwrap();
    assert_eq!((changed.number.as_deref(), changed.papers), (Some("EB-1/2"), 1));
    let mut reading = test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let papers = diwan_office::documents::of_case(&mut tx, case).await.unwrap();
    assert_eq!(
        (papers[0].state.as_str(), papers[0].end_reason.as_deref()),
        ("replaced", Some("corrected EB-1/2"))
    );
    let names = people::names(&mut tx, test.person("1000000000001").await).await.unwrap();
    assert!(names.iter().any(|name| name.given == "شیرین" && name.source == "correction"));
    assert!(names.iter().any(|name| name.given == "شیلان"), "the earlier name is still found");
}
crate::on_both_engines!(papers_of_a_corrected_entry_are_replaced, super::papers);

async fn mistaken_death(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let (shilan, dara) = ("1000000000001", "1000000000003");
    let (one, other) = (bureau.test.person(shilan).await, bureau.test.person(dara).await);
    let death = [
        ("path", "ordinary"),
        ("happened-on", "2026-11-10"),
        ("deceased.given", "شیلان"),
        ("deceased.upn", shilan),
        ("deceased.sex", "female"),
        ("cause.a", "Sepsis"),
        ("cause.a-code", "A41.9"),
        ("manner", "disease"),
        ("certifier", "د. ڕۆژین"),
        ("declarant.as", "relative"),
    ];
    let taken = bureau.declare(EventKind::Death, &death).await.unwrap();
    let first = bureau.register(&bureau.registrar, &taken).await.unwrap();
    let died = async |person| {
        let mut reading = bureau.test.office.db.reading().await.unwrap();
        people::person(&mut reading.tx(), person).await.unwrap().unwrap().died_on
    };
    assert_eq!((died(one).await.as_deref(), died(other).await), (Some("2026-11-10"), None));
    let mut content = bureau.content(first.entry).await;
    for (field, value) in [("person", ""), ("given", "دارا"), ("upn", dara)] {
        content.set(&format!("deceased.{field}"), value);
    }
    let act = PrepareCorrection {
        entry: first.entry,
        what: What::Correct,
        ground: Ground::Court {
            court: "هەولێر".into(),
            judgment: "9/2026".into(),
            date: "2026-11-20".into(),
        },
        content: Some(content),
        reason: "کەسێکی تر بوو".into(),
    };
    let correction = bureau.test.office.perform_once(&bureau.registrar, act).await.unwrap();
    let decide = DecideCorrection { correction, seen: 1, approve: true, why: None };
    bureau.test.office.perform_once(&bureau.supervisor, decide).await.unwrap();
    assert_eq!((died(one).await, died(other).await.as_deref()), (None, Some("2026-11-10")));
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(whoever_was_called_dead_by_mistake_lives, super::mistaken_death);
