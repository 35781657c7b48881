//! The floor of a centre: calls for help, what everybody who waits is told, who is seated
//! where by the manager, and the rest of the day.

use crate::queue::Hall;
use diwan_domain::acts::Actor;
use diwan_domain::ids::RowId;
use diwan_domain::people::Role;
use diwan_domain::queue::{HelpKind, HelpOutcome, HelpSource, Need, Notice, State, Step};
use diwan_office::acting;
use diwan_office::administration::{MoveOfficer, SetLeave};
use diwan_office::queue::{
    self, AnswerHelp, AssignCounter, CallForHelp, HelpNow, HelpStep, SitDown, StandUp, TakeTicket,
    TellWaiting, UntellWaiting, picture,
};
use diwan_office::{Who, outbox};
use diwan_testkit::TestOffice;
use serde_json::Value;

const A_WEEK: i64 = 7 * 24 * 60;

/// The open calls for help as somebody at a desk sees them.
async fn open_help(hall: &Hall, who: &Who) -> Vec<HelpNow> {
    let at = hall.test.office.desk(who, "look");
    let mut reading = hall.test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let acting = acting::in_office(&mut tx, &at).await.unwrap();
    queue::help_for(&mut tx, &acting).await.unwrap()
}

async fn help(test: TestOffice) {
    let hall = Hall::open(test).await;
    hall.sit().await;
    hall.take("A", &[]).await;
    let office = &hall.test.office;
    let turn = hall.record().await.events.len();
    let call = office.perform_once(&hall.clerks[0], CallForHelp {}).await.unwrap();
    let again = office.perform_once(&hall.clerks[0], CallForHelp {}).await.unwrap_err();
    assert_eq!(again.code(), "register/nothing-changes", "from one counter one call is open");
    assert!(open_help(&hall, &hall.clerks[1]).await.is_empty(), "colleagues at counters are not told");
    let seen = open_help(&hall, &hall.manager).await;
    assert_eq!((seen.len(), seen[0].call.label.as_str(), seen[0].by.as_deref()), (1, "A1", Some("clerk-1")));
    assert_eq!((seen[0].call.kind.as_str(), seen[0].taken_by.as_ref()), ("emergency", None));

    let answer = |step: HelpStep| AnswerHelp { call, step };
    let end = || answer(HelpStep::End { outcome: HelpOutcome::Calmed });
    let clerk = office.perform_once(&hall.clerks[1], end()).await.unwrap_err();
    assert_eq!(clerk.code(), "officer/not-permitted");
    office.perform_once(&hall.manager, answer(HelpStep::Take)).await.unwrap();
    assert!(open_help(&hall, &hall.manager).await[0].taken_by.is_some());
    let other = hall.test.officer("manager-2", Role::CentreManager, None).await;
    let late = office.perform_once(&other, answer(HelpStep::Take)).await.unwrap_err();
    assert_eq!(late.code(), "queue/help-answered");
    // Whoever comes first can say what became of it.
    office.perform_once(&other, end()).await.unwrap();
    assert!(open_help(&hall, &hall.manager).await.is_empty());
    let over = office.perform_once(&hall.manager, end()).await.unwrap_err();
    assert_eq!(over.code(), "queue/help-answered");
    // The counter can call again, and an officer who sits nowhere can.
    office.perform_once(&hall.clerks[0], CallForHelp {}).await.unwrap();
    office.perform_once(&hall.clerks[1], StandUp { officer: None }).await.unwrap();
    office.perform_once(&hall.clerks[1], CallForHelp {}).await.unwrap();
    let seen = open_help(&hall, &hall.manager).await;
    assert_eq!(
        seen.iter().map(|one| one.call.source_kind.as_str()).collect::<Vec<_>>(),
        ["counter", "officer"]
    );

    // Nothing of it is public.
    let record = hall.record().await;
    assert_eq!(record.events.len(), turn);
    assert!(record.events.iter().all(|(_, entry)| !entry.body.contains("help")));
    let shown = {
        let mut reading = office.db.reading().await.unwrap();
        picture(&mut reading.tx(), hall.test.centre, office.now()).await.unwrap().unwrap()
    };
    assert!(!serde_json::to_string(&shown).unwrap().contains("help"));
    let report = diwan_store::verify::journal(&office.db, None).await.unwrap();
    assert_eq!(report.findings, [], "every row is explained by an entry");
}
crate::on_both_engines!(a_silent_call_for_help_reaches_managers_and_nobody_else, super::help);

/// A kiosk that asks for a hand, as an act of machines will.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct AskForHand {
    centre: diwan_domain::ids::CentreId,
}

impl diwan_store::Act for AskForHand {
    const NAME: &'static str = "ask-for-hand";
    type Out = RowId;

    async fn run(
        &self,
        at: &diwan_domain::acts::Desk,
        tx: &mut diwan_store::Tx<'_>,
    ) -> Result<diwan_store::Recorded<RowId>, diwan_store::Stop> {
        let asked = queue::Asked {
            centre: self.centre,
            source: (HelpSource::Device, RowId(uuid::Uuid::nil())),
            label: "K1".into(),
            kind: HelpKind::Helper,
        };
        let (id, entry) = queue::raise_help(tx, at, &asked).await?;
        Ok(diwan_store::Recorded::new(id, entry))
    }
}

async fn a_hand(test: TestOffice) {
    let hall = Hall::open(test).await;
    let ask = || AskForHand { centre: hall.test.centre };
    hall.test.office.perform_once(&Who::system("kiosk"), ask()).await.unwrap();
    assert!(hall.test.office.perform_once(&Who::system("kiosk"), ask()).await.is_err());
    let seen = open_help(&hall, &hall.manager).await;
    assert_eq!((seen[0].call.kind.as_str(), seen[0].by.as_ref()), ("helper", None));
}
crate::on_both_engines!(a_machine_asks_for_a_helper_the_same_way, super::a_hand);

/// The messages that wait to be sent: to whom, in which language, what, with what.
async fn messages(test: &TestOffice) -> Vec<(String, String, String, Value)> {
    test.pass(1);
    let mut sent = Vec::new();
    for parcel in outbox::lease(&test.office.db, test.office.now(), 60_000_000, 200).await.unwrap() {
        let body: Value = serde_json::from_str(&parcel.body).unwrap();
        let text = |name: &str| body[name].as_str().unwrap().to_owned();
        sent.push((parcel.address.clone(), text("language"), text("template"), body["args"].clone()));
        outbox::delivered(&test.office.db, parcel.id, test.office.now()).await.unwrap();
    }
    sent.sort_by(|a, b| a.0.cmp(&b.0));
    sent
}

async fn telling(test: TestOffice) {
    let hall = Hall::open(test).await;
    let office = &hall.test.office;
    let with = |line: &str, phone: &str, language: &str| TakeTicket {
        phone: Some(phone.into()),
        language: language.into(),
        ..hall.ticket(line, &[])
    };
    for (line, phone, language) in [
        ("A", "07501111111", "ckb"),
        ("A", "07502222222", "ar"),
        ("A", "07502222222", "ar"),
        ("B", "07503333333", "kmr"),
    ] {
        office.perform_once(&hall.clerks[0], with(line, phone, language)).await.unwrap();
    }
    hall.take("A", &[]).await;
    assert_eq!(messages(&hall.test).await, []);

    let tell = |minutes, line: Option<&str>| TellWaiting {
        reason: Notice::SystemLate,
        minutes,
        line: line.map(str::to_owned),
    };
    let clerk = office.perform_once(&hall.clerks[0], tell(None, None)).await.unwrap_err();
    assert_eq!(clerk.code(), "officer/not-permitted");
    for wrong in [tell(Some(0), None), tell(Some(481), None), tell(None, Some("Z"))] {
        let refused = office.perform_once(&hall.manager, wrong).await.unwrap_err();
        assert_eq!(refused.code(), "admin/field-missing");
    }
    let told = office.perform_once(&hall.manager, tell(Some(20), Some("A"))).await.unwrap();
    // Everybody of the line who left a telephone, once, each in their language.
    let sent = messages(&hall.test).await;
    let brief: Vec<(&str, &str)> = sent.iter().map(|one| (one.1.as_str(), one.2.as_str())).collect();
    assert_eq!(brief, [("ckb", "system-late"), ("ar", "system-late")]);
    assert_eq!(sent[0].3["minutes"], "20");
    let same = office.perform_once(&hall.manager, tell(Some(20), Some("A"))).await.unwrap_err();
    assert_eq!(same.code(), "register/nothing-changes");

    let notices = async || {
        let mut reading = office.db.reading().await.unwrap();
        picture(&mut reading.tx(), hall.test.centre, office.now()).await.unwrap().unwrap().notices
    };
    let seen = notices().await;
    assert_eq!((seen.len(), seen[0].reason.as_str(), seen[0].minutes), (1, "system-late", Some(20)));
    assert_eq!(seen[0].line.as_deref(), Some("A"));
    office.perform_once(&hall.manager, UntellWaiting { notice: told }).await.unwrap();
    assert_eq!(notices().await, []);
    let twice = office.perform_once(&hall.manager, UntellWaiting { notice: told }).await.unwrap_err();
    assert_eq!(twice.code(), "register/nothing-changes");

    // What nobody took back ends with its day.
    office.perform_once(&hall.manager, tell(None, None)).await.unwrap();
    assert_eq!(messages(&hall.test).await.len(), 3);
    assert_eq!(notices().await.len(), 1);
    hall.test.pass(24 * 60);
    assert_eq!(notices().await, []);
}
crate::on_both_engines!(everybody_who_waits_is_told_once_in_their_language, super::telling);

async fn called_by_message(test: TestOffice) {
    let hall = Hall::open(test).await;
    hall.sit().await;
    let office = &hall.test.office;
    let blind = TakeTicket { phone: Some("07501111111".into()), ..hall.ticket("A", &[Need::Fetched]) };
    office.perform_once(&hall.clerks[0], blind).await.unwrap();
    let reads_badly = TakeTicket { phone: Some("07502222222".into()), ..hall.ticket("B", &[Need::Reading]) };
    office.perform_once(&hall.clerks[0], reads_badly).await.unwrap();
    let sees = TakeTicket { phone: Some("07503333333".into()), ..hall.ticket("B", &[]) };
    office.perform_once(&hall.clerks[0], sees).await.unwrap();
    for _ in 0..3 {
        let ticket = hall.call(0).await.unwrap();
        hall.step(0, ticket, Step::Begin).await.unwrap();
        hall.step(0, ticket, Step::Finish).await.unwrap();
    }
    let sent = messages(&hall.test).await;
    let called = sent.iter().filter(|one| one.2 != "near");
    let brief: Vec<_> =
        called.map(|one| (one.2.as_str(), one.3["number"].as_str(), one.3["counter"].as_str())).collect();
    let due = [("fetched", Some("A001"), Some("A1")), ("called", Some("B001"), Some("A1"))];
    assert_eq!(brief, due, "{sent:?}");
}
crate::on_both_engines!(whoever_cannot_read_the_display_is_called_by_message, super::called_by_message);

async fn assigning(test: TestOffice) {
    let hall = Hall::open(test).await;
    let office = &hall.test.office;
    let officers: Vec<_> = {
        let at = office.desk(&hall.manager, "look");
        let mut reading = office.db.reading().await.unwrap();
        queue::can_sit(&mut reading.tx(), hall.test.centre, &at).await.unwrap()
    };
    let named = |name: &str| officers.iter().find(|one| one.1 == name).unwrap().0;
    let (one, two) = (named("clerk-1"), named("clerk-2"));
    let assign = |counter, officer, lines: &[&str]| AssignCounter {
        counter,
        officer,
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
    };
    let first = hall.test.counter;
    let clerk = office.perform_once(&hall.clerks[0], assign(first, two, &[])).await.unwrap_err();
    assert_eq!(clerk.code(), "officer/not-permitted");
    office.perform_once(&hall.manager, assign(first, one, &["B"])).await.unwrap();
    let taken = office.perform_once(&hall.manager, assign(first, two, &[])).await.unwrap_err();
    assert_eq!(taken.code(), "queue/counter-taken");
    let unknown = office.perform_once(&hall.manager, assign(first, one, &["Z"])).await.unwrap_err();
    assert_eq!(unknown.code(), "request/malformed");

    // The counter now serves only questions.
    hall.take("A", &[]).await;
    assert_eq!(hall.call(0).await.unwrap_err().code(), "queue/nobody-waits");
    office.perform_once(&hall.manager, assign(first, one, &[])).await.unwrap();
    let ticket = hall.call(0).await.unwrap();
    let busy = office.perform_once(&hall.manager, assign(first, one, &["B"])).await.unwrap_err();
    assert_eq!(busy.code(), "queue/still-serving");
    let busy = office.perform_once(&hall.manager, assign(hall.second, one, &[])).await.unwrap_err();
    assert_eq!(busy.code(), "queue/still-serving", "nobody is taken away from whom they serve");
    hall.step(0, ticket, Step::Begin).await.unwrap();
    assert_eq!(hall.step(0, ticket, Step::Finish).await.unwrap(), State::Done);
    // Moved to the other counter: the first is free.
    office.perform_once(&hall.manager, assign(hall.second, one, &[])).await.unwrap();
    office
        .perform_once(&hall.clerks[1], SitDown { counter: first, lines: Default::default() })
        .await
        .unwrap();

    let registrar = hall.test.officer("notary", Role::Inspector, None).await;
    let diwan_domain::acts::Actor::Officer(registrar) = registrar.actor else { panic!("an officer") };
    let cannot = office.perform_once(&hall.manager, assign(first, registrar, &[])).await.unwrap_err();
    assert_eq!(cannot.code(), "queue/officer-cannot-sit");
}
crate::on_both_engines!(a_manager_seats_officers_and_never_while_they_serve, super::assigning);

async fn going_away(test: TestOffice) {
    let hall = Hall::open(test).await;
    hall.sit().await;
    let office = &hall.test.office;
    let Actor::Officer(one) = hall.clerks[0].actor else { panic!("an officer") };
    let Actor::Officer(two) = hall.clerks[1].actor else { panic!("an officer") };
    hall.take("A", &[]).await;
    hall.take("A", &[]).await;
    let served = hall.call(0).await.unwrap();
    hall.step(0, served, Step::Begin).await.unwrap();

    // They are taken ill while somebody stands at their counter.
    let ill = SetLeave { officer: one, from: Some("2026-11-22".into()), until: None, seen: None };
    office.perform_once(&Who::system("test"), ill).await.unwrap();
    let counters = {
        let mut reading = office.db.reading().await.unwrap();
        queue::AtCounter::all(&mut reading.tx(), hall.test.centre).await.unwrap()
    };
    let left = counters.iter().find(|one| one.counter.id == hall.test.counter).unwrap();
    assert!(left.sitting.is_none(), "a counter without an officer does not count as open");
    assert_eq!(left.ticket.as_ref().unwrap().id, served, "and nobody at it is forgotten");
    // A colleague who sits elsewhere moves nobody there; at the counter itself they go on.
    let elsewhere = hall.step(1, served, Step::Finish).await.unwrap_err();
    assert_eq!(elsewhere.code(), "officer/not-permitted");
    office.perform_once(&hall.clerks[1], StandUp { officer: None }).await.unwrap();
    let sit = SitDown { counter: hall.test.counter, lines: Default::default() };
    office.perform_once(&hall.clerks[1], sit).await.unwrap();
    assert_eq!(hall.call(1).await.unwrap_err().code(), "queue/still-serving");
    assert_eq!(hall.step(1, served, Step::Finish).await.unwrap(), State::Done);

    // One who went home without a word: the manager closes the counter, and it is not lost.
    let second = hall.call(1).await.unwrap();
    let colleague = office.perform_once(&hall.clerks[1], StandUp { officer: None }).await.unwrap_err();
    assert_eq!(colleague.code(), "queue/still-serving");
    office.perform_once(&hall.manager, StandUp { officer: Some(two) }).await.unwrap();
    let assign = AssignCounter { counter: hall.test.counter, officer: two, lines: Default::default() };
    office.perform_once(&hall.manager, assign).await.unwrap();
    hall.step(1, second, Step::Begin).await.unwrap();
    assert_eq!(hall.step(1, second, Step::Finish).await.unwrap(), State::Done);

    // Whoever is moved to another centre calls nobody here, and can sit down there.
    let away = MoveOfficer { officer: two, office: None, centre: None, seen: None };
    office.perform_once(&Who::system("test"), away).await.unwrap();
    assert_eq!(hall.call(1).await.unwrap_err().code(), "queue/not-sitting");
    let mut reading = office.db.reading().await.unwrap();
    let sittings = diwan_store::queue::sitting_in(&mut reading.tx(), hall.test.centre).await.unwrap();
    assert_eq!(sittings, []);
}
crate::on_both_engines!(whoever_goes_away_leaves_their_counter_to_others, super::going_away);

async fn rest_of_day(test: TestOffice) {
    let hall = Hall::open(test).await;
    let office = &hall.test.office;
    let outlook = async || {
        let mut reading = office.db.reading().await.unwrap();
        queue::outlook(&mut reading.tx(), hall.test.centre, office.now()).await.unwrap().unwrap()
    };
    let first = outlook().await;
    assert_eq!((first.like_days, first.promise, first.open), (0, 15, 0));
    // The centre opens until 14:30, and it is a little after 09:00.
    assert_eq!(first.hours.len(), 6);
    assert_eq!(first.hours.iter().map(|hour| hour.come.likely).sum::<i64>(), 0);

    // A day on which eight come between 09:00 and 10:00, and each visit takes twenty minutes.
    hall.sit().await;
    let start = office.now();
    for _ in 0..8 {
        hall.take("A", &[]).await;
    }
    for _ in 0..8 {
        let ticket = hall.call(0).await.unwrap();
        hall.step(0, ticket, Step::Begin).await.unwrap();
        hall.test.pass(18);
        hall.step(0, ticket, Step::Finish).await.unwrap();
    }
    let passed = (office.now() - start) / 60_000_000;
    for clerk in 0..2 {
        office.perform_once(&hall.clerks[clerk], StandUp { officer: None }).await.unwrap();
    }
    hall.test.pass(A_WEEK - passed);

    // A week later at the same time: nobody came yet, and the day before last week's tells.
    let like = outlook().await;
    assert_eq!(like.like_days, 1);
    let line = like.lines.iter().find(|line| line.letter == "A").unwrap();
    assert_eq!(line.visit_seconds, 20 * 60, "a visit takes what it took");
    assert!(like.hours[0].come.likely >= 6, "{:?}", like.hours[0]);
    assert!(like.hours[0].come.low <= like.hours[0].come.likely);
    assert!(like.hours[0].come.high > like.hours[0].come.likely);
    assert_eq!(like.hours[1].come.likely, 0);
    assert_eq!(like.hours[0].waiting.likely, like.hours[0].come.likely, "nobody serves them");
    assert!(like.hours[0].counters >= 2, "{:?}", like.hours[0]);
    hall.sit().await;
    assert!(outlook().await.hours[0].waiting.likely < like.hours[0].waiting.likely);

    // Another weekday is no like day.
    hall.test.pass(24 * 60);
    assert_eq!(outlook().await.like_days, 0);
}
crate::on_both_engines!(the_rest_of_the_day_is_reckoned_from_like_days, super::rest_of_day);

async fn learning(test: TestOffice) {
    let hall = Hall::open(test).await;
    let office = &hall.test.office;
    hall.sit().await;
    let start = office.now();
    for _ in 0..10 {
        hall.take("A", &[]).await;
    }
    for _ in 0..10 {
        let ticket = hall.call(0).await.unwrap();
        hall.step(0, ticket, Step::Begin).await.unwrap();
        hall.test.pass(28);
        hall.step(0, ticket, Step::Finish).await.unwrap();
    }
    let passed = (office.now() - start) / 60_000_000;
    hall.test.pass(A_WEEK - passed);
    for _ in 0..4 {
        hall.take("A", &[]).await;
    }
    let shown = {
        let mut reading = office.db.reading().await.unwrap();
        picture(&mut reading.tx(), hall.test.centre, office.now()).await.unwrap().unwrap()
    };
    let line = shown.lines.iter().find(|line| line.letter == "A").unwrap();
    // Four before at two counters: two rounds of half an hour, not of the setup's eight minutes.
    let wait = line.wait.unwrap();
    assert!(wait.from <= 60 && 60 <= wait.to && wait.to > 40, "{wait:?}");
}
crate::on_both_engines!(in_the_morning_a_wait_is_learnt_from_the_last_like_day, super::learning);
