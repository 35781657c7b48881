//! A centre's week, what it needs before it opens, a visit as one story with several people
//! and companions, and what was answered before somebody came.

use crate::booking::wanted;
use crate::queue::Hall;
use diwan_domain::acts::Actor;
use diwan_domain::calendar::{Hours, OpeningHours};
use diwan_domain::devices::DeviceKind;
use diwan_domain::ids::{CaseId, CentreId, CounterId, OfficerId, TicketId, VisitId};
use diwan_domain::people::{Channel, Role};
use diwan_domain::queue::Step;
use diwan_domain::queue::party::{Given, KnownBy, May, Relation};
use diwan_office::accounts::RecordConsent;
use diwan_office::administration::SetCentre;
use diwan_office::cases::{BeginCase, OpenAtCounter};
use diwan_office::devices::{self, AddDevice, EnrolDevice};
use diwan_office::queue::{
    self, AdmitCompanion, Around, BookAppointment, CancelAppointment, EndCompanion, EndDuty, FinishPerson,
    Happened, KeepAnswers, NotePerson, PlanDuty, Presence, Ready, StandUp, Story, TakeTicket,
};
use diwan_office::{Stop, Who, rows};
use diwan_testkit::TestOffice;
use diwan_testkit::office::MORNING;
use serde_json::json;
use std::collections::BTreeSet;

const A_MINUTE: i64 = 60_000_000;
/// Monday 23 November 2026, 08:30 in Erbil.
const FIRST: i64 = MORNING + (23 * 60 + 30) * A_MINUTE;

fn officer_of(who: &Who) -> OfficerId {
    let Actor::Officer(id) = who.actor else { panic!("{:?} is no officer", who.actor) };
    id
}

fn plan(who: &Who, counter: CounterId, weekdays: &[u8], (opens, closes): (u16, u16)) -> PlanDuty {
    PlanDuty {
        officer: officer_of(who),
        counter,
        weekdays: weekdays.iter().copied().collect::<BTreeSet<u8>>(),
        hours: Hours { opens, closes },
        rest: None,
    }
}

async fn centre(test: &TestOffice) -> rows::CentreRow {
    let mut reading = test.office.db.reading().await.unwrap();
    queue::centre_by_id(&mut reading.tx(), test.centre).await.unwrap().unwrap()
}

/// When the slots of Monday begin, in minutes of the day.
async fn monday(test: &TestOffice) -> Vec<u16> {
    let mut reading = test.office.db.reading().await.unwrap();
    let day = (jiff::civil::date(2026, 11, 23), test.office.now());
    let free = queue::free_slots(&mut reading.tx(), test.centre, "A", day).await.unwrap();
    free.iter().map(|free| free.slot.minute).collect()
}

async fn week(test: TestOffice) {
    let hall = Hall::open(test).await;
    let (test, office) = (&hall.test, &hall.test.office);
    let (one, two) = (&hall.clerks[0], &hall.clerks[1]);
    assert_eq!((monday(test).await.first(), monday(test).await.last()), (Some(&510), Some(&840)));

    let clerk = office.perform_once(one, plan(one, test.counter, &[0], (510, 690))).await.unwrap_err();
    assert_eq!(clerk.code(), "officer/not-permitted");
    for wrong in [plan(one, test.counter, &[], (510, 690)), plan(one, test.counter, &[0], (690, 510))] {
        let refused = office.perform_once(&hall.manager, wrong).await.unwrap_err();
        assert_eq!(refused.code(), diwan_domain::refusals::Why::FieldMissing.code());
    }
    // Sunday is today, Monday is tomorrow.
    let planned =
        office.perform_once(&hall.manager, plan(one, test.counter, &[0, 6], (510, 690))).await.unwrap();
    for meets in [plan(two, test.counter, &[0], (600, 700)), plan(one, hall.second, &[6], (600, 700))] {
        let refused = office.perform_once(&hall.manager, meets).await.unwrap_err();
        assert_eq!(refused.code(), "queue/duty-meets");
    }
    office.perform_once(&hall.manager, plan(two, hall.second, &[6], (510, 870))).await.unwrap();
    // Nobody is planned after half past eleven on Monday: no places are offered then.
    assert_eq!(monday(test).await.last(), Some(&660));
    let missed = wanted(test, FIRST + 4 * 60 * A_MINUTE);
    let shilan = test.citizen("1000000000001").await;
    let refused = office.perform_once(&shilan, missed).await.unwrap_err();
    assert_eq!(refused.refusal().unwrap().about["reason"], "full");

    // Who should be there and is not.
    let row = centre(test).await;
    let due = async || -> Vec<(String, Presence)> {
        let mut reading = office.db.reading().await.unwrap();
        let due = queue::due_now(&mut reading.tx(), &row, office.now()).await.unwrap();
        let mut due: Vec<_> = due.into_iter().map(|(one, presence)| (one.duty.counter, presence)).collect();
        due.sort_by(|one, other| one.0.cmp(&other.0));
        due
    };
    assert_eq!(due().await, [("A1".into(), Presence::Absent), ("A2".into(), Presence::Absent)]);
    hall.sit().await;
    assert_eq!(due().await, [("A1".into(), Presence::There), ("A2".into(), Presence::There)]);
    let outside = async |who: &Who, label: &str| {
        let mut reading = office.db.reading().await.unwrap();
        let whose = (officer_of(who), label);
        queue::serves_outside(&mut reading.tx(), &row, whose, office.now()).await.unwrap()
    };
    assert!(!outside(one, "A1").await);
    assert!(outside(one, "A2").await, "at a counter for which they are not planned");
    let outlook = {
        let mut reading = office.db.reading().await.unwrap();
        queue::outlook(&mut reading.tx(), test.centre, office.now()).await.unwrap().unwrap()
    };
    let planned_at: Vec<Option<i64>> = outlook.hours.iter().map(|hour| hour.planned).collect();
    assert_eq!(planned_at.first(), Some(&Some(2)));
    assert_eq!(planned_at.last(), Some(&Some(1)), "in the afternoon one counter has somebody");
    test.pass(3 * 60);
    assert!(outside(one, "A1").await, "after their hours");
    assert_eq!(due().await.len(), 1);

    // Taken out of the week, nothing of it counts any more.
    office.perform_once(&hall.manager, EndDuty { duty: planned[0] }).await.unwrap();
    let twice = office.perform_once(&hall.manager, EndDuty { duty: planned[0] }).await.unwrap_err();
    assert_eq!(twice.code(), "register/nothing-changes");
    assert!(monday(test).await.is_empty(), "on Monday nobody is planned now");
    let other = test.office.perform_once(one, StandUp { officer: None }).await;
    assert!(other.is_ok());
}
crate::on_both_engines!(a_week_is_planned_and_appointments_follow_it, super::week);

async fn start_up(test: TestOffice) {
    let list = async |test: &TestOffice, around: &Around| {
        let row = centre(test).await;
        let mut reading = test.office.db.reading().await.unwrap();
        queue::start_up(&mut reading.tx(), &row, around, test.office.now()).await.unwrap()
    };
    let stands = async |test: &TestOffice, around: &Around, key: &str| {
        let found = list(test, around).await.into_iter().find(|line| line.key == key).unwrap();
        (found.ready, found.found)
    };
    let nothing = Around::default();
    let empty = list(&test, &nothing).await;
    assert_eq!(empty.len(), queue::START_UP.len());
    for key in ["setup", "services", "staffed", "wheelchair", "holidays", "key", "trial"] {
        assert_eq!(stands(&test, &nothing, key).await.0, Ready::Open, "{key}");
    }
    assert_eq!(stands(&test, &nothing, "hours").await.0, Ready::Done);

    let hall = Hall::open(test).await;
    let test = &hall.test;
    assert_eq!(stands(test, &nothing, "setup").await, (Ready::Done, String::new()));
    assert_eq!(stands(test, &nothing, "services").await.0, Ready::Done);
    assert_eq!(stands(test, &nothing, "second").await.0, Ready::Done);
    assert_eq!(stands(test, &nothing, "wheelchair").await, (Ready::Open, "B".into()), "A2 serves A only");
    assert_eq!(stands(test, &nothing, "staffed").await.0, Ready::Advised, "nobody is planned");
    test.office
        .perform_once(&hall.manager, plan(&hall.clerks[0], hall.second, &[6], (510, 870)))
        .await
        .unwrap();
    assert_eq!(stands(test, &nothing, "staffed").await, (Ready::Open, "B".into()));
    test.office
        .perform_once(&hall.manager, plan(&hall.clerks[1], test.counter, &[6], (510, 870)))
        .await
        .unwrap();
    assert_eq!(stands(test, &nothing, "staffed").await.0, Ready::Done);
    let around = Around { seals: true, sms: true, ..Around::default() };
    assert_eq!(stands(test, &around, "key").await.0, Ready::Done);
    assert_eq!(stands(test, &around, "sms").await.0, Ready::Done);
    assert_eq!(stands(test, &around, "sound").await.0, Ready::Advised, "displays stay silent");
    // A trial: called and finished.
    hall.sit().await;
    hall.take("A", &[]).await;
    let ticket = hall.call(0).await.unwrap();
    assert_eq!(stands(test, &around, "trial").await.0, Ready::Open, "called is not finished");
    hall.step(0, ticket, Step::Begin).await.unwrap();
    hall.step(0, ticket, Step::Finish).await.unwrap();
    assert_eq!(stands(test, &around, "trial").await, (Ready::Done, "2026-11-22".into()));
    // A display has a key for its screen and for nothing else; it counts while it is there.
    let (code, code_hash) = AddDevice::code();
    let add = AddDevice { centre: test.centre, kind: DeviceKind::Display, label: "D1".into(), code_hash };
    let display = test.office.perform_once(&hall.manager, add).await.unwrap().device;
    assert_eq!(stands(test, &around, "display").await, (Ready::Advised, "D1".into()));
    let (printers, _) = EnrolDevice::with_code(&code, true, "test");
    let none = test.office.perform_once(&Who::system("test"), printers).await.unwrap_err();
    assert_eq!(none.code(), "sign-in/wrong-code");
    let (screen, _) = EnrolDevice::with_code(&code, false, "test");
    test.office.perform_once(&Who::system("test"), screen).await.unwrap();
    let (again, _) = EnrolDevice::with_code(&code, false, "test");
    assert!(test.office.perform_once(&Who::system("test"), again).await.is_err(), "the code is spent");
    devices::note_seen(&test.office, display).await.unwrap();
    assert_eq!(stands(test, &around, "display").await, (Ready::Done, "D1".into()));
    assert_eq!(stands(test, &around, "kiosk").await, (Ready::Advised, String::new()), "it is no kiosk");
    test.pass(4);
    assert_eq!(stands(test, &around, "display").await, (Ready::Advised, "D1".into()), "it went dark");
}
crate::on_both_engines!(what_a_centre_needs_is_looked_up_where_it_stands, super::start_up);

async fn story(hall: &Hall, visit: VisitId) -> Story {
    let mut reading = hall.test.office.db.reading().await.unwrap();
    let now = hall.test.office.now();
    queue::story(&mut reading.tx(), hall.test.centre, visit, now).await.unwrap().unwrap()
}

/// A family of three whose ticket is served at the first counter.
async fn family(hall: &Hall) -> (VisitId, TicketId) {
    hall.sit().await;
    let take = TakeTicket { people: 3, ..hall.ticket("A", &[]) };
    let taken = hall.test.office.perform_once(&hall.clerks[0], take).await.unwrap();
    hall.test.pass(10);
    let ticket = hall.call(0).await.unwrap();
    hall.step(0, ticket, Step::Begin).await.unwrap();
    (taken.visit, ticket)
}

async fn party(test: TestOffice) {
    let hall = Hall::open(test).await;
    let (office, clerk) = (&hall.test.office, &hall.clerks[0]);
    let (visit, ticket) = family(&hall).await;
    let note = |place| NotePerson { visit, place, service: Some("birth-certificate".into()), case: None };
    office.perform_once(clerk, note(1)).await.unwrap();
    office.perform_once(clerk, note(2)).await.unwrap();
    let fourth = office.perform_once(clerk, note(4)).await.unwrap_err();
    assert_eq!(fourth.code(), diwan_domain::refusals::Why::FieldMissing.code(), "three came");
    // Only what the centre's lines give can stand there.
    for wrong in ["Dara Azad", "marriage", "birth certificate"] {
        let note = NotePerson { visit, place: 3, service: Some(wrong.into()), case: None };
        let refused = office.perform_once(clerk, note).await.unwrap_err();
        assert_eq!(refused.refusal().unwrap().about["field"], "service", "{wrong}");
    }

    office.perform_once(clerk, FinishPerson { visit, place: 1, done: true }).await.unwrap();
    let seen = story(&hall, visit).await;
    let outcomes: Vec<Option<&str>> = seen.people.iter().map(|row| row.outcome.as_deref()).collect();
    assert_eq!(outcomes, [Some("done"), None], "finishing one does not finish the other");
    let early = hall.step(0, ticket, Step::Finish).await.unwrap_err();
    assert_eq!((early.code(), early.refusal().unwrap().about["places"].as_str()), ("queue/people-left", "2"));
    office.perform_once(clerk, FinishPerson { visit, place: 2, done: false }).await.unwrap();
    hall.test.pass(5);
    hall.step(0, ticket, Step::Finish).await.unwrap();

    let over = story(&hall, visit).await;
    let happened: Vec<Happened> = over.happened.iter().map(|one| one.what).collect();
    assert_eq!(happened, [Happened::Arrived, Happened::Called, Happened::Served, Happened::Left]);
    let all = over.visit.ended_at.unwrap() - over.visit.came_at;
    assert_eq!(over.spent.iter().sum::<i64>(), all, "every minute went somewhere");
    assert!(over.spent[0] >= 10 * A_MINUTE && over.spent[2] >= 5 * A_MINUTE);
    let late = office.perform_once(clerk, note(3)).await.unwrap_err();
    assert_eq!(late.code(), "queue/step-impossible", "the visit is over");
}
crate::on_both_engines!(finishing_one_of_several_finishes_nobody_else, super::party);

/// An officer who serves at another centre.
async fn stranger(test: &TestOffice) -> Who {
    let act = SetCentre {
        centre: None,
        code: "EB9".into(),
        names: json!({"en": "Elsewhere"}),
        address: String::new(),
        area: None,
        hours: OpeningHours::usual(),
        seen: None,
    };
    let other: CentreId = test.office.perform_once(&Who::system("test"), act).await.unwrap();
    test.officer_at("stranger", Role::CounterOfficer, test.place, other).await;
    let mut reading = test.office.db.reading().await.unwrap();
    let row = diwan_store::officers::by_login(&mut reading.tx(), "stranger").await.unwrap();
    test.at_desk(row.unwrap().id)
}

async fn foreign(test: TestOffice) {
    let hall = Hall::open(test).await;
    let (office, clerk) = (&hall.test.office, &hall.clerks[0]);
    let (visit, _) = family(&hall).await;
    let stranger = stranger(&hall.test).await;
    let note = || NotePerson { visit, place: 1, service: Some("birth-certificate".into()), case: None };
    let finish = || FinishPerson { visit, place: 1, done: true };
    let admit = || AdmitCompanion {
        visit,
        place: 1,
        case: None,
        known_by: KnownBy::Name,
        said: "Dara Azad".into(),
        relation: Relation::Child,
        may: May::Help,
        given: Given::Spoken,
    };
    let refused = |stop: Stop| assert_eq!(stop.code(), "request/not-found");
    refused(office.perform_once(&stranger, note()).await.unwrap_err());
    refused(office.perform_once(&stranger, admit()).await.unwrap_err());
    office.perform_once(clerk, note()).await.unwrap();
    refused(office.perform_once(&stranger, finish()).await.unwrap_err());
    let companion = office.perform_once(clerk, admit()).await.unwrap();
    refused(office.perform_once(&stranger, EndCompanion { companion }).await.unwrap_err());
    // Each of them is possible where the visit is.
    office.perform_once(clerk, EndCompanion { companion }).await.unwrap();
    office.perform_once(clerk, finish()).await.unwrap();
}
crate::on_both_engines!(officers_of_another_centre_find_no_visit_here, super::foreign);

async fn waits_again(test: TestOffice) {
    let hall = Hall::open(test).await;
    let (visit, ticket) = family(&hall).await;
    hall.step(0, ticket, Step::Park).await.unwrap();
    hall.test.pass(20);
    let away = story(&hall, visit).await;
    hall.step(0, ticket, Step::Return).await.unwrap();
    hall.test.pass(30);
    let back = story(&hall, visit).await;
    assert_eq!(back.spent[0] - away.spent[0], 30 * A_MINUTE, "since they came back they wait");
    assert_eq!(back.spent[3] - away.spent[3], A_MINUTE, "and are not elsewhere");
    assert_eq!(hall.call(0).await.unwrap(), ticket);
    let called = story(&hall, visit).await;
    assert_eq!(called.spent[0] - back.spent[0], A_MINUTE, "the call counts the same wait once");
}
crate::on_both_engines!(who_comes_back_waits_again, super::waits_again);

async fn companions(test: TestOffice) {
    let hall = Hall::open(test).await;
    let (office, clerk) = (&hall.test.office, &hall.clerks[0]);
    let (visit, ticket) = family(&hall).await;
    let admit = |said: &str| AdmitCompanion {
        visit,
        place: 1,
        case: None,
        known_by: KnownBy::Name,
        said: said.into(),
        relation: Relation::Child,
        may: May::Help,
        given: Given::Spoken,
    };
    let nobody = office.perform_once(clerk, admit("  ")).await.unwrap_err();
    assert_eq!(nobody.refusal().unwrap().about["field"], "said");
    let citizen = hall.test.citizen("1000000000001").await;
    assert!(office.perform_once(&citizen, admit("Dara")).await.is_err(), "an officer records it");
    let first = office.perform_once(clerk, admit("Dara Azad")).await.unwrap();
    office.perform_once(clerk, admit("Rojîn")).await.unwrap();
    office.perform_once(clerk, EndCompanion { companion: first }).await.unwrap();
    let seen = story(&hall, visit).await;
    assert_eq!(seen.companions.len(), 2);
    assert!(seen.companions[0].ended_at.is_some() && seen.companions[1].ended_at.is_none());
    hall.step(0, ticket, Step::Finish).await.unwrap();
    let over = story(&hall, visit).await;
    assert!(over.companions.iter().all(|one| one.ended_at.is_some()), "it ends with the visit");

    // After thirty days it is not known any more who it was: no case needs it.
    let said = async || -> Vec<String> {
        story(&hall, visit).await.companions.into_iter().map(|one| one.said).collect()
    };
    assert_eq!(said().await, ["Dara Azad", "Rojîn"]);
    hall.test.pass(31 * 24 * 60);
    queue::tend_call_backs(office).await.unwrap();
    assert_eq!(said().await, ["", ""]);

    // The journal says how, and never who.
    let mut reading = office.db.reading().await.unwrap();
    let rows = reading.tx().rows("SELECT body FROM journal", &[]).await.unwrap();
    let bodies: Vec<String> = rows.iter().map(|row| row.get("body").unwrap()).collect();
    let admitted: Vec<&String> = bodies.iter().filter(|body| body.contains("companion-admitted")).collect();
    assert_eq!(admitted.len(), 2);
    assert!(admitted.iter().all(|body| body.contains("spoken") && body.contains("child")));
    assert!(!bodies.iter().any(|body| body.contains("Dara") || body.contains("Rojîn")));
}
crate::on_both_engines!(a_companion_is_recorded_with_consent_and_ends_with_the_visit, super::companions);

async fn witness(test: TestOffice) {
    let hall = Hall::open(test).await;
    let (office, clerk) = (&hall.test.office, &hall.clerks[0]);
    let (visit, _) = family(&hall).await;
    let begin = BeginCase { service: "birth-certificate".into(), language: "ckb".into() };
    let case = office.perform_once(clerk, begin).await.unwrap().case;
    let admit = |case| AdmitCompanion {
        visit,
        place: 1,
        case: Some(case),
        known_by: KnownBy::Name,
        said: "Dara Azad".into(),
        relation: Relation::Child,
        may: May::Present,
        given: Given::Mark,
    };
    let untied = office.perform_once(clerk, admit(case)).await.unwrap_err();
    assert_eq!(untied.refusal().unwrap().about["field"], "case", "it is no case of this visit yet");
    office.perform_once(clerk, OpenAtCounter { case }).await.unwrap();
    office.perform_once(clerk, admit(case)).await.unwrap();
    let shown = {
        let mut reading = office.db.reading().await.unwrap();
        queue::companions_in(&mut reading.tx(), case).await.unwrap()
    };
    assert_eq!((shown.len(), shown[0].said.as_str()), (1, "Dara Azad"), "it is shown with the case");
    let consent = |witness: &str| RecordConsent { case, code: None, witness: Some(witness.into()) };
    let refused = office.perform_once(clerk, consent(" dara azad")).await.unwrap_err();
    assert_eq!(refused.code(), "consent/companion-witnesses");
    office.perform_once(clerk, consent("Karwan Aziz")).await.unwrap();
}
crate::on_both_engines!(a_companion_witnesses_nothing_for_the_person, super::witness);

async fn early_companion(test: TestOffice) {
    let hall = Hall::open(test).await;
    let (office, clerk) = (&hall.test.office, &hall.clerks[0]);
    let (visit, _) = family(&hall).await;
    let admit = |place, case, said: &str| AdmitCompanion {
        visit,
        place,
        case,
        known_by: KnownBy::Name,
        said: said.into(),
        relation: Relation::Child,
        may: May::Help,
        given: Given::Spoken,
    };
    // Before the case is there, and taken back before it is.
    let first = office.perform_once(clerk, admit(1, None, "Dara Azad")).await.unwrap();
    office.perform_once(clerk, EndCompanion { companion: first }).await.unwrap();
    let begin = BeginCase { service: "birth-certificate".into(), language: "ckb".into() };
    let case = office.perform_once(clerk, begin).await.unwrap().case;
    office.perform_once(clerk, OpenAtCounter { case }).await.unwrap();
    let consent = RecordConsent { case, code: None, witness: Some(" dara azad".into()) };
    let refused = office.perform_once(clerk, consent).await.unwrap_err();
    assert_eq!(refused.code(), "consent/companion-witnesses");

    // A case of one person is not shown with the companion of another, whichever comes first.
    let about = |stop: Stop| stop.refusal().unwrap().about["field"].clone();
    let note = |place| NotePerson { visit, place, service: None, case: Some(case) };
    office.perform_once(clerk, admit(2, Some(case), "Rojîn")).await.unwrap();
    assert_eq!(about(office.perform_once(clerk, note(1)).await.unwrap_err()), "case");
    office.perform_once(clerk, note(2)).await.unwrap();
    assert_eq!(about(office.perform_once(clerk, admit(1, Some(case), "Lana")).await.unwrap_err()), "case");
    office.perform_once(clerk, admit(2, Some(case), "Lana")).await.unwrap();
}
crate::on_both_engines!(a_companion_from_before_the_case_witnesses_nothing_either, super::early_companion);

/// A certificate at the counter, booked for a time by whoever is signed in.
fn booking(test: &TestOffice, at: i64) -> BookAppointment {
    BookAppointment { service: Some("birth-certificate".into()), ..wanted(test, at) }
}

async fn two_appointments(test: TestOffice) {
    let hall = Hall::open(test).await;
    let (test, office) = (&hall.test, &hall.test.office);
    let holder = Who::system("appointments");
    let mut codes = Vec::new();
    for (person, at) in [("1000000000001", FIRST), ("1000000000002", FIRST + 30 * A_MINUTE)] {
        let citizen = test.citizen(person).await;
        let book = booking(test, at);
        codes.push(office.perform_once(&citizen, book).await.unwrap());
    }
    // Only the second person answered anything.
    let told = [("copies".to_owned(), json!(2))].into();
    let second = codes[1].clone();
    office.perform_once(&holder, KeepAnswers { code: second.clone(), answers: told }).await.unwrap();
    test.pass(23 * 60 + 30);
    let come = |code: &String, visit| TakeTicket {
        appointment: Some(code.clone()),
        line: None,
        visit,
        ..test.ticket("A")
    };
    let taken = office.perform_once(&hall.clerks[0], come(&codes[0], None)).await.unwrap();
    office.perform_once(&hall.clerks[0], come(&codes[1], Some(taken.visit))).await.unwrap();
    hall.sit().await;
    let one = hall.call(0).await.unwrap();
    hall.step(0, one, Step::Begin).await.unwrap();
    let begin = || BeginCase { service: "birth-certificate".into(), language: "ckb".into() };
    let first = office.perform_once(&hall.clerks[0], begin()).await.unwrap().case;
    assert_eq!(test.case(first).await.answers.0, json!({"copies": 2}), "the visit's second appointment");
    office.perform_once(&hall.clerks[0], OpenAtCounter { case: first }).await.unwrap();
    let next = office.perform_once(&hall.clerks[0], begin()).await.unwrap().case;
    assert_eq!(test.case(next).await.answers.0, json!({}), "one's answers begin no other's case");
    hall.step(0, one, Step::Finish).await.unwrap();
    let two = hall.call(0).await.unwrap();
    hall.step(0, two, Step::Begin).await.unwrap();
    hall.step(0, two, Step::Finish).await.unwrap();
    let mut reading = office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let row = queue::appointment(&mut tx, &second).await.unwrap().unwrap();
    assert!(queue::answers_of(&mut tx, &row).await.unwrap().is_none(), "with the visit they are forgotten");
}
crate::on_both_engines!(answers_of_each_appointment_of_a_visit_are_forgotten, super::two_appointments);

async fn answers(test: TestOffice) {
    let hall = Hall::open(test).await;
    let (test, office) = (&hall.test, &hall.test.office);
    let shilan = test.citizen("1000000000001").await;
    let holder = Who::system("appointments");
    let code = office.perform_once(&shilan, booking(test, FIRST)).await.unwrap();
    let told = [
        ("for-whom", json!("my-ward")),
        ("copies", json!(2)),
        // Neither decides anything here, nor fits.
        ("holder-name", json!({"given": "Dara", "father": "Azad"})),
        ("displaced", json!("perhaps")),
    ];
    let told = told.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let kept = office.perform_once(&holder, KeepAnswers { code: code.clone(), answers: told }).await.unwrap();
    assert_eq!(kept, 2, "only short answers that decide something are kept");

    // On the day their case begins with them, for this service and this ticket only.
    test.pass(23 * 60 + 30);
    let come = TakeTicket { appointment: Some(code.clone()), line: None, ..test.ticket("A") };
    office.perform_once(&hall.clerks[0], come).await.unwrap();
    hall.sit().await;
    let ticket = hall.call(0).await.unwrap();
    let begin = || BeginCase { service: "birth-certificate".into(), language: "ckb".into() };
    let before = office.perform_once(&hall.clerks[0], begin()).await.unwrap();
    assert_eq!(test.case(before.case).await.answers.0, json!({}), "nobody is at the counter yet");
    hall.step(0, ticket, Step::Begin).await.unwrap();
    let other = office.perform_once(&hall.clerks[1], begin()).await.unwrap();
    assert_eq!(test.case(other.case).await.answers.0, json!({}), "another counter serves somebody else");
    // Whoever calls this officer meanwhile is not whoever stands there.
    let on_the_line = Who { channel: Channel::Telephone, ..hall.clerks[0].clone() };
    let called = office.perform_once(&on_the_line, begin()).await.unwrap();
    assert_eq!(
        test.case(called.case).await.answers.0,
        json!({}),
        "what was answered in the hall stays there"
    );
    office.perform_once(&on_the_line, OpenAtCounter { case: called.case }).await.unwrap();
    let tied = async |case: CaseId| {
        let mut reading = office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let visit = diwan_store::queue::ticket(&mut tx, ticket).await.unwrap().unwrap().visit_id;
        let cases = diwan_store::queue::cases_of(&mut tx, visit).await.unwrap();
        cases.iter().any(|row| row.case_id == case)
    };
    assert!(!tied(called.case).await, "nor is it their visit");
    let begun = office.perform_once(&hall.clerks[0], begin()).await.unwrap();
    office.perform_once(&hall.clerks[0], OpenAtCounter { case: begun.case }).await.unwrap();
    assert!(tied(begun.case).await);
    assert_eq!(test.case(begun.case).await.answers.0, json!({"copies": 2, "for-whom": "my-ward"}));
    hall.step(0, ticket, Step::Finish).await.unwrap();
    let forgotten = async |code: &str| {
        let mut reading = office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let row = queue::appointment(&mut tx, code).await.unwrap().unwrap();
        queue::answers_of(&mut tx, &row).await.unwrap().is_none()
    };
    assert!(forgotten(&code).await, "with the visit what was answered for it is forgotten");

    let later = office.perform_once(&shilan, booking(test, FIRST + 24 * 60 * A_MINUTE)).await.unwrap();
    let told = [("copies".to_owned(), json!(1))].into();
    office.perform_once(&holder, KeepAnswers { code: later.clone(), answers: told }).await.unwrap();
    assert!(!forgotten(&later).await);
    office.perform_once(&holder, CancelAppointment { code: later.clone() }).await.unwrap();
    assert!(forgotten(&later).await, "given back, nothing of it is kept");
}
crate::on_both_engines!(what_was_answered_before_travels_with_the_appointment, super::answers);

async fn room(test: TestOffice) {
    let hall = Hall::open(test).await;
    let (test, office) = (&hall.test, &hall.test.office);
    let room = async || {
        let mut reading = office.db.reading().await.unwrap();
        queue::rooms(&mut reading.tx(), test.centre, office.now()).await.unwrap()
    };
    let morning = room().await;
    assert_eq!(morning.len(), 1, "only of line A it is known");
    assert!(!morning[0].is_full() && morning[0].next.is_none());
    // At two there is half an hour left for one counter: three visits, one of them kept.
    test.pass(5 * 60);
    assert_eq!((room().await[0].walk, room().await[0].vulnerable), (2, 3));
    hall.take("A", &[]).await;
    hall.take("A", &[]).await;
    let full = room().await;
    assert!(full[0].is_full());
    assert_eq!((full[0].vulnerable, full[0].next), (1, Some(FIRST)), "a kept place is left");
    // It turns nobody away.
    hall.take("A", &[]).await;
    // At twenty past there is time for one more, and three wait.
    test.pass(17);
    assert_eq!((room().await[0].walk, room().await[0].vulnerable), (-3, -2));
}
crate::on_both_engines!(a_full_day_is_said_and_turns_nobody_away, super::room);
