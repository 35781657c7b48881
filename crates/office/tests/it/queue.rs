//! A centre's day: tickets, calls by the rule, and the record by which anyone checks it.

use diwan_domain::ids::{CentreId, CounterId, TicketId};
use diwan_domain::people::{Channel, Role};
use diwan_domain::queue::record::{Event, What};
use diwan_domain::queue::{JumpReason, Need, State, Step};
use diwan_office::administration::AddCounter;
use diwan_office::queue::{
    self, AskToLetIn, CallNext, LeaveTicket, LetIn, MoveTicket, OpenDay, PublishSetup, RateVisit, SitDown,
    StandUp, TakeTicket, Taken, TransferTicket,
};
use diwan_office::{Stop, Who};
use diwan_testkit::{SETUP, TestOffice};
use serde_json::json;
use std::collections::BTreeMap;

const A_MINUTE: i64 = 60_000_000;

/// A centre that gives tickets, with two clerks and their manager.
pub(crate) struct Hall {
    pub test: TestOffice,
    pub clerks: [Who; 2],
    pub manager: Who,
    pub second: CounterId,
}

impl Hall {
    pub async fn open(test: TestOffice) -> Self {
        let second = test.gives_tickets().await;
        let clerks = [
            test.officer("clerk-1", Role::CounterOfficer, None).await,
            test.officer("clerk-2", Role::CounterOfficer, None).await,
        ];
        let manager = test.officer("manager", Role::CentreManager, None).await;
        Self { test, clerks, manager, second }
    }

    pub fn ticket(&self, line: &str, needs: &[Need]) -> TakeTicket {
        TakeTicket { needs: needs.to_vec(), ..self.test.ticket(line) }
    }

    pub async fn take(&self, line: &str, needs: &[Need]) -> Taken {
        self.test.pass(1);
        self.test.office.perform_once(&self.clerks[0], self.ticket(line, needs)).await.unwrap()
    }

    pub async fn sit(&self) {
        for (clerk, counter) in self.clerks.iter().zip([self.test.counter, self.second]) {
            let sit = SitDown { counter, lines: Default::default() };
            self.test.office.perform_once(clerk, sit).await.unwrap();
        }
    }

    pub async fn call(&self, clerk: usize) -> Result<TicketId, Stop> {
        self.test.pass(1);
        self.test.office.perform_once(&self.clerks[clerk], CallNext {}).await
    }

    pub async fn step(&self, clerk: usize, ticket: TicketId, step: Step) -> Result<State, Stop> {
        self.test.pass(1);
        self.test.office.perform_once(&self.clerks[clerk], MoveTicket { ticket, step }).await
    }

    pub async fn number(&self, ticket: TicketId) -> String {
        let mut reading = self.test.office.db.reading().await.unwrap();
        queue::ticket(&mut reading.tx(), ticket).await.unwrap().unwrap().number
    }

    pub async fn record(&self) -> queue::DayRecord {
        self.record_of("2026-11-22").await
    }

    pub async fn record_of(&self, day: &str) -> queue::DayRecord {
        let mut reading = self.test.office.db.reading().await.unwrap();
        queue::record_of(&mut reading.tx(), self.test.centre, day).await.unwrap().unwrap()
    }
}

async fn day(test: TestOffice) {
    let hall = Hall::open(test).await;
    let first = hall.take("A", &[]).await;
    let second = hall.take("A", &[]).await;
    let question = hall.take("B", &[]).await;
    let wheelchair = hall.take("A", &[Need::Wheelchair]).await;
    assert_eq!([&first.number, &second.number, &question.number], ["A001", "A002", "B001"]);
    assert_eq!(hall.call(0).await.unwrap_err().code(), "queue/not-sitting");
    hall.sit().await;

    // The wheelchair counts as earlier, and only the fit counter takes it.
    let called = hall.call(0).await.unwrap();
    assert_eq!(hall.number(called).await, "A001");
    assert_eq!(hall.call(0).await.unwrap_err().code(), "queue/still-serving");
    let at_fit = hall.call(1).await.unwrap();
    assert_eq!(at_fit, wheelchair.ticket);
    // Nobody moves whom a colleague has in hand.
    let meddle = hall.step(1, called, Step::Begin).await.unwrap_err();
    assert_eq!(meddle.code(), "officer/not-permitted");

    // Nobody comes: called again first, then noted; back within the hour the place is kept.
    assert_eq!(hall.step(0, called, Step::Miss).await.unwrap_err().code(), "queue/call-again-first");
    hall.step(0, called, Step::Recall).await.unwrap();
    assert_eq!(hall.step(0, called, Step::Miss).await.unwrap(), State::Missed);
    hall.step(0, called, Step::Revive).await.unwrap();
    assert_eq!(hall.call(0).await.unwrap(), called, "a missed call that is revived comes first again");
    assert_eq!(hall.step(0, called, Step::Begin).await.unwrap(), State::Serving);
    assert_eq!(hall.step(0, called, Step::Park).await.unwrap(), State::Parked);
    let next = hall.call(0).await.unwrap();
    assert_eq!(next, second.ticket);
    hall.step(0, called, Step::Return).await.unwrap();
    // On to the other line, with the place.
    let transfer = TransferTicket { ticket: next, line: "B".into() };
    hall.test.office.perform_once(&hall.clerks[0], transfer).await.unwrap();
    assert_eq!(hall.call(0).await.unwrap(), called, "who came first is first again after coming back");
    hall.step(0, called, Step::Begin).await.unwrap();
    assert_eq!(hall.step(0, called, Step::Finish).await.unwrap(), State::Done);
    assert_eq!(hall.step(0, called, Step::Begin).await.unwrap_err().code(), "queue/step-impossible");

    let rate = |score: i64| RateVisit {
        code: first.code.clone(),
        score,
        reasons: vec!["courtesy".into()],
        call_back: true,
    };
    assert!(hall.test.office.perform_once(&Who::system("door"), rate(9)).await.is_err());
    hall.test.office.perform_once(&Who::system("door"), rate(5)).await.unwrap();
    let twice = hall.test.office.perform_once(&Who::system("door"), rate(1)).await.unwrap_err();
    assert_eq!(twice.code(), "register/nothing-changes", "a visit is rated once");

    let record = hall.record().await;
    let checked = record.checked.clone().unwrap();
    assert_eq!(checked.findings, [], "the day is decided again as it was");
    assert_eq!((checked.taken, checked.calls), (4, 5));
    let bodies: String = record.events.iter().map(|(_, entry)| entry.body.as_str()).collect();
    for private in ["visits", "phone", &first.code] {
        assert!(!bodies.contains(private), "{private} is published");
    }
    let report = diwan_store::verify::journal(&hall.test.office.db, None).await.unwrap();
    assert_eq!(report.findings, [], "every row is explained by an entry");
}
crate::on_both_engines!(a_day_is_called_by_the_rule_and_can_be_decided_again, super::day);

async fn jumping(test: TestOffice) {
    let hall = Hall::open(test).await;
    hall.sit().await;
    hall.take("A", &[]).await;
    let ill = hall.take("A", &[]).await;
    let ask = || AskToLetIn { ticket: ill.ticket, reason: JumpReason::Illness };
    let let_in = || LetIn { ticket: ill.ticket };
    let office = &hall.test.office;
    assert_eq!(office.perform_once(&hall.manager, let_in()).await.unwrap_err().code(), "queue/not-asked");
    office.perform_once(&hall.clerks[0], ask()).await.unwrap();
    let alone = office.perform_once(&hall.clerks[0], let_in()).await.unwrap_err();
    assert_eq!(alone.code(), "officer/needs-second-person");
    office.perform_once(&hall.manager, let_in()).await.unwrap();
    // Pressed twice, or by two colleagues at once, it is one.
    assert_eq!(office.perform_once(&hall.clerks[1], let_in()).await.unwrap_err().code(), "queue/not-asked");
    let again = office.perform_once(&hall.clerks[1], ask()).await.unwrap_err();
    assert_eq!(again.code(), "register/nothing-changes");
    assert_eq!(hall.call(0).await.unwrap(), ill.ticket);
    let checked = hall.record().await.checked.unwrap();
    assert_eq!((checked.findings.len(), checked.jumps.clone()), (0, [(JumpReason::Illness, 1)].into()));
}
crate::on_both_engines!(who_is_let_in_first_needs_two_and_is_counted, super::jumping);

async fn at_once(test: TestOffice) {
    let hall = Hall::open(test).await;
    hall.sit().await;
    let mut taken = Vec::new();
    for _ in 0..6 {
        taken.push(hall.take("A", &[]).await.ticket);
    }
    // Two clerks press the button at the same moment, again and again.
    let mut called = BTreeMap::new();
    for _ in 0..3 {
        let [one, two] = [0, 1].map(|n| hall.test.office.perform_once(&hall.clerks[n], CallNext {}));
        let (one, two) = tokio::join!(one, two);
        for (clerk, ticket) in [(0, one.unwrap()), (1, two.unwrap())] {
            assert!(called.insert(ticket, clerk).is_none(), "one person is called by two clerks");
            hall.step(clerk, ticket, Step::Begin).await.unwrap();
            hall.step(clerk, ticket, Step::Finish).await.unwrap();
        }
    }
    assert_eq!(called.len(), taken.len());
    assert_eq!(hall.call(0).await.unwrap_err().code(), "queue/nobody-waits");
    assert_eq!(hall.record().await.checked.unwrap().findings, []);
}
crate::on_both_engines!(two_clerks_never_call_the_same_person, super::at_once);

async fn at_the_door(test: TestOffice) {
    let hall = Hall::open(test).await;
    let office = &hall.test.office;
    let door = Who { channel: Channel::Online, ..Who::system("door") };
    let by_phone = |door: Option<&str>| TakeTicket {
        door: door.map(str::to_owned),
        session: Some("s".into()),
        phone: Some("07501234567".into()),
        ..hall.ticket("A", &[])
    };
    let refused = office.perform_once(&door, by_phone(Some("guess"))).await.unwrap_err();
    assert_eq!(refused.code(), "queue/not-at-door");
    office.perform_once(&Who::system("morning"), OpenDay { centre: hall.test.centre }).await.unwrap();
    let sign = {
        let mut reading = office.db.reading().await.unwrap();
        queue::door_of(&mut reading.tx(), hall.test.centre, office.now()).await.unwrap().unwrap()
    };
    let taken = office.perform_once(&door, by_phone(Some(&sign))).await.unwrap();
    let again = office.perform_once(&door, by_phone(Some(&sign))).await.unwrap_err();
    assert_eq!(again.code(), "queue/has-ticket");
    let strangers =
        TakeTicket { visit: Some(taken.visit), session: Some("t".into()), ..by_phone(Some(&sign)) };
    let strangers = office.perform_once(&door, strangers).await.unwrap_err();
    assert_eq!(strangers.code(), "request/not-found", "no second ticket by way of another's visit");
    let leave = LeaveTicket { code: taken.code.clone() };
    office.perform_once(&door, leave).await.unwrap();
    hall.take("A", &[]).await;
    office.perform_once(&door, by_phone(Some(&sign))).await.unwrap();
    // A stranger's own session opens no ticket: the door does, and names nobody.
    let stranger = Who { actor: diwan_domain::acts::Actor::Stranger("x".into()), ..door.clone() };
    let direct = office.perform_once(&stranger, by_phone(Some(&sign))).await.unwrap_err();
    assert_eq!(direct.code(), "officer/not-permitted");

    // With few before them they are told, once.
    hall.sit().await;
    hall.call(0).await.unwrap();
    let due = diwan_store::outbox::lease(&office.db, office.now(), A_MINUTE, 10).await.unwrap();
    assert_eq!(due.len(), 1);
    assert!(due[0].body.contains("A003") && due[0].address == "+9647501234567", "{:?}", due[0]);
    let called = hall.call(1).await.unwrap();
    hall.step(1, called, Step::Begin).await.unwrap();
    let due = diwan_store::outbox::lease(&office.db, office.now(), A_MINUTE, 10).await.unwrap();
    assert!(due.iter().all(|parcel| parcel.attempts > 1), "nobody is told twice");
}
crate::on_both_engines!(by_phone_a_ticket_is_taken_at_the_door_one_at_a_time, super::at_the_door);

async fn family(test: TestOffice) {
    let hall = Hall::open(test).await;
    hall.sit().await;
    let office = &hall.test.office;
    hall.take("A", &[]).await;
    let phone = Some("0750 123 4567".to_owned());
    for _ in 0..2 {
        let ticket = TakeTicket { phone: phone.clone(), ..hall.ticket("A", &[]) };
        office.perform_once(&hall.clerks[0], ticket).await.unwrap();
    }
    // With one call both are near.
    hall.call(0).await.unwrap();
    let told = diwan_store::outbox::lease(&office.db, office.now(), A_MINUTE, 10).await.unwrap();
    assert_eq!(told.len(), 2);
    for number in ["A002", "A003"] {
        assert_eq!(told.iter().filter(|parcel| parcel.body.contains(number)).count(), 1, "{number}");
    }
}
crate::on_both_engines!(a_family_with_one_telephone_is_told_of_each_ticket, super::family);

async fn evening(test: TestOffice) {
    let hall = Hall::open(test).await;
    hall.sit().await;
    let served = hall.take("A", &[]).await;
    let waiting = hall.take("A", &[]).await;
    let calling = hall.call(0).await.unwrap();
    assert_eq!(calling, served.ticket);
    hall.step(0, calling, Step::Begin).await.unwrap();
    let office = &hall.test.office;
    assert_eq!(
        office.perform_once(&hall.manager, StandUp { officer: None }).await.unwrap_err().code(),
        "queue/not-sitting"
    );
    // Past midnight the clerk is still at work: nobody at a counter is wiped away.
    hall.test.pass(16 * 60);
    let closed = office.perform_once(&hall.clerks[0], hall.ticket("A", &[])).await.unwrap_err();
    assert_eq!(closed.code(), "queue/closed");
    assert_eq!(queue::close_past_days(office).await.unwrap(), 0);
    assert_eq!(queue::leave_counters(office).await.unwrap(), 1, "the one with nobody at it");
    assert_eq!(hall.step(0, calling, Step::Finish).await.unwrap(), State::Done);
    assert_eq!(queue::leave_counters(office).await.unwrap(), 1, "and then the other");
    assert_eq!(queue::close_past_days(office).await.unwrap(), 1);
    assert_eq!(queue::close_past_days(office).await.unwrap(), 0);
    let code = waiting.code.clone();
    let now = {
        let mut reading = office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let ticket = queue::by_code(&mut tx, &code).await.unwrap().unwrap();
        queue::ticket_now(&mut tx, &ticket).await.unwrap()
    };
    assert_eq!(now.state, State::Unserved);

    // In the morning they come before whoever came earlier that day, once.
    hall.test.pass(8 * 60);
    let early = hall.take("A", &[]).await;
    let again = || TakeTicket { again: Some(code.clone()), ..hall.ticket("A", &[]) };
    let back = office.perform_once(&hall.clerks[0], again()).await.unwrap();
    hall.sit().await;
    assert!(office.perform_once(&hall.clerks[0], again()).await.is_err());
    assert_eq!(hall.call(0).await.unwrap(), back.ticket);
    assert_ne!(early.number, back.number);
    assert_eq!(hall.record_of("2026-11-23").await.checked.unwrap().findings, []);
    assert_eq!(hall.record().await.checked.unwrap().findings, []);
}
crate::on_both_engines!(nobody_is_wiped_away_at_night, super::evening);

async fn forgotten(test: TestOffice) {
    let hall = Hall::open(test).await;
    hall.sit().await;
    let office = &hall.test.office;
    let served = hall.take("A", &[]).await;
    let called = hall.take("A", &[]).await;
    assert_eq!(hall.call(0).await.unwrap(), served.ticket);
    hall.step(0, served.ticket, Step::Begin).await.unwrap();
    assert_eq!(hall.call(1).await.unwrap(), called.ticket);
    // Nobody ends it while it may be going on, whoever asks.
    let close = |ticket| MoveTicket { ticket, step: Step::Close };
    let evening = Who::system("evening");
    let early = office.perform_once(&evening, close(served.ticket)).await.unwrap_err();
    assert_eq!(early.code(), "queue/still-serving");
    // A quarter past three at night: one clerk is at work, the other went home.
    hall.test.pass(18 * 60);
    assert_eq!(queue::close_past_days(office).await.unwrap(), 0);
    hall.step(0, served.ticket, Step::Park).await.unwrap();
    assert_eq!(queue::close_past_days(office).await.unwrap(), 0);
    assert_eq!(queue::leave_counters(office).await.unwrap(), 1);
    // An hour later the other was forgotten: the day is over, and its record is there.
    hall.test.pass(60);
    assert_eq!(queue::close_past_days(office).await.unwrap(), 1);
    assert_eq!(queue::leave_counters(office).await.unwrap(), 1, "nobody is at that counter any more");
    let record = hall.record().await;
    assert!(record.day.closed_at.is_some());
    assert_eq!(record.checked.as_ref().unwrap().findings, []);
    let ends =
        record.events.iter().filter(|(event, _)| matches!(event.what, What::Other { what: Step::Close }));
    assert_eq!(ends.count(), 2);
    {
        let mut reading = office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let ticket = queue::ticket(&mut tx, called.ticket).await.unwrap().unwrap();
        assert_eq!((ticket.state.as_str(), ticket.counter_id), (State::Unserved.code(), None));
        let spells = diwan_store::queue::spells_of(&mut tx, called.ticket).await.unwrap();
        assert_eq!(spells[0].outcome.as_deref(), Some("forgotten"));
        assert!(spells[0].ended_at.is_some());
    }
    let late = hall.step(1, called.ticket, Step::Begin).await.unwrap_err();
    assert_eq!(late.code(), "queue/step-impossible");
    // Nobody said that they were served: in the morning they come first.
    hall.test.pass(6 * 60);
    hall.take("A", &[]).await;
    let again = TakeTicket { again: Some(called.code.clone()), ..hall.ticket("A", &[]) };
    let back = office.perform_once(&hall.clerks[0], again).await.unwrap();
    hall.sit().await;
    assert_eq!(hall.call(0).await.unwrap(), back.ticket);
    let report = diwan_store::verify::journal(&office.db, None).await.unwrap();
    assert_eq!(report.findings, []);
}
crate::on_both_engines!(whoever_was_forgotten_at_a_counter_holds_up_no_record, super::forgotten);

async fn work_at_night(test: TestOffice) {
    let hall = Hall::open(test).await;
    hall.sit().await;
    let ticket = hall.take("A", &[]).await.ticket;
    // At the counter from a minute to midnight until nearly four.
    hall.call(0).await.unwrap();
    hall.test.pass(14 * 60 + 55);
    hall.step(0, ticket, Step::Recall).await.unwrap();
    hall.step(0, ticket, Step::Begin).await.unwrap();
    for _ in 0..9 {
        hall.test.pass(26);
        assert_eq!(queue::close_past_days(&hall.test.office).await.unwrap(), 0);
    }
    assert_eq!(hall.step(0, ticket, Step::Finish).await.unwrap(), State::Done);
    assert_eq!(queue::close_past_days(&hall.test.office).await.unwrap(), 1);
}
crate::on_both_engines!(whoever_is_at_work_past_midnight_is_not_cut_off, super::work_at_night);

async fn setup_changes(test: TestOffice) {
    let hall = Hall::open(test).await;
    hall.sit().await;
    hall.take("A", &[]).await;
    hall.take("A", &[]).await;
    let office = &hall.test.office;
    let publish = |text: String, seen: Option<&str>| PublishSetup {
        centre: hall.test.centre,
        text,
        seen: seen.map(str::to_owned),
    };
    let changed = SETUP.replace("need-of = 3", "need-of = 4");
    let seen = diwan_domain::queue::Setup::hash(SETUP);
    let blind = office.perform_once(&hall.manager, publish(changed.clone(), None)).await.unwrap_err();
    assert_eq!(blind.code(), "request/changed-meanwhile");
    let broken = publish(SETUP.replace("minutes = 4", "minutes = 0"), Some(&seen));
    assert_eq!(office.perform_once(&hall.manager, broken).await.unwrap_err().code(), "request/malformed");
    let clerk =
        office.perform_once(&hall.clerks[0], publish(changed.clone(), Some(&seen))).await.unwrap_err();
    assert_eq!(clerk.code(), "officer/not-permitted");
    office.perform_once(&hall.manager, publish(changed, Some(&seen))).await.unwrap();
    hall.call(0).await.unwrap();
    let record = hall.record().await;
    assert_eq!(record.setups.len(), 2);
    assert!(record.events.iter().any(|(event, _)| matches!(event.what, What::Setup { .. })));
    assert_eq!(record.checked.unwrap().findings, []);
    // What is published reads back as it was said.
    for (event, entry) in &record.events {
        let body: serde_json::Value = serde_json::from_str(&entry.body).unwrap();
        let read: Event = serde_json::from_value(body["facts"].clone()).unwrap();
        assert_eq!((read.turn, json!(read)), (event.turn, json!(event)));
    }
}
crate::on_both_engines!(a_setup_that_changes_during_the_day_is_part_of_its_record, super::setup_changes);

/// The setup of every test without one of its lines.
fn without(letter: &str) -> String {
    let parts = SETUP.split("\n\n").filter(|part| {
        let names = |line: String| part.lines().any(|one| one == line);
        !names(format!("letter = \"{letter}\"")) && !names(format!("line = \"{letter}\""))
    });
    let text = parts.collect::<Vec<_>>().join("\n\n");
    let other = if letter == "A" { "B" } else { "A" };
    text.replace("lines = [\"A\", \"B\"]", &format!("lines = [\"{other}\"]"))
        .replace("lines = [\"A\"]", &format!("lines = [\"{other}\"]"))
}

async fn line_in_use(test: TestOffice) {
    let hall = Hall::open(test).await;
    hall.sit().await;
    let office = &hall.test.office;
    let question = hall.take("B", &[]).await;
    let seen = diwan_domain::queue::Setup::hash(SETUP);
    let publish = || PublishSetup { centre: hall.test.centre, text: without("B"), seen: Some(seen.clone()) };
    let refusal = office.perform_once(&hall.manager, publish()).await.unwrap_err();
    let about = refusal.refusal().unwrap().about.clone();
    assert_eq!(
        (refusal.code(), about["line"].as_str(), about["waiting"].as_str()),
        ("queue/line-in-use", "B", "1")
    );
    // Sent on to the other line, nobody is left behind.
    let transfer = TransferTicket { ticket: question.ticket, line: "A".into() };
    office.perform_once(&hall.clerks[0], transfer).await.unwrap();
    office.perform_once(&hall.manager, publish()).await.unwrap();
    assert_eq!(hall.call(0).await.unwrap(), question.ticket);
    assert_eq!(hall.record().await.checked.unwrap().findings, []);
}
crate::on_both_engines!(a_line_in_which_somebody_waits_does_not_go, super::line_in_use);

async fn line_promised(test: TestOffice) {
    let hall = Hall::open(test).await;
    let office = &hall.test.office;
    let shilan = hall.test.citizen("1000000000001").await;
    let book = queue::BookAppointment {
        centre: hall.test.centre,
        line: "A".into(),
        service: None,
        at: diwan_testkit::office::MORNING + (23 * 60 + 30) * A_MINUTE,
        who: diwan_domain::queue::slots::For::Anyone,
        phone: String::new(),
        language: "ckb".into(),
        instead_of: None,
        no_phone: false,
    };
    let code = office.perform_once(&shilan, book).await.unwrap();
    let seen = diwan_domain::queue::Setup::hash(SETUP);
    let publish = || PublishSetup { centre: hall.test.centre, text: without("A"), seen: Some(seen.clone()) };
    let refusal = office.perform_once(&hall.manager, publish()).await.unwrap_err();
    assert_eq!(
        (refusal.code(), refusal.refusal().unwrap().about["promised"].as_str()),
        ("queue/line-in-use", "1")
    );
    office.perform_once(&Who::system("x"), queue::CancelAppointment { code }).await.unwrap();
    office.perform_once(&hall.manager, publish()).await.unwrap();
}
crate::on_both_engines!(a_line_for_which_somebody_is_booked_does_not_go, super::line_promised);

async fn elsewhere(test: TestOffice) {
    let hall = Hall::open(test).await;
    hall.sit().await;
    let taken = hall.take("A", &[]).await;
    let office = &hall.test.office;
    // An officer of another centre finds nothing here.
    let other: CentreId = {
        let act = diwan_office::administration::SetCentre {
            centre: None,
            code: "EB9".into(),
            names: json!({"en": "Elsewhere"}),
            address: String::new(),
            area: None,
            hours: diwan_domain::calendar::OpeningHours::usual(),
            seen: None,
        };
        office.perform_once(&Who::system("test"), act).await.unwrap()
    };
    let add = AddCounter { centre: other, label: "X1".into(), abilities: Vec::new() };
    let foreign_counter = office.perform_once(&Who::system("test"), add).await.unwrap();
    hall.test.officer_at("stranger", Role::CounterOfficer, hall.test.place, other).await;
    let login =
        diwan_store::officers::by_login(&mut office.db.reading().await.unwrap().tx(), "stranger").await;
    let stranger = hall.test.at_desk(login.unwrap().unwrap().id);
    let refused = |stop: Stop| assert_eq!(stop.code(), "request/not-found");
    let sit = |counter| SitDown { counter, lines: Default::default() };
    refused(office.perform_once(&stranger, sit(hall.test.counter)).await.unwrap_err());
    refused(office.perform_once(&stranger, hall.ticket("A", &[])).await.unwrap_err());
    let step = MoveTicket { ticket: taken.ticket, step: Step::Leave };
    refused(office.perform_once(&stranger, step).await.unwrap_err());
    let jump = AskToLetIn { ticket: taken.ticket, reason: JumpReason::Safety };
    refused(office.perform_once(&stranger, jump).await.unwrap_err());
    refused(office.perform_once(&hall.clerks[0], sit(foreign_counter)).await.unwrap_err());
    let none = office.perform_once(&stranger, sit(foreign_counter)).await.unwrap_err();
    assert_eq!(none.code(), "queue/no-setup");
}
crate::on_both_engines!(officers_of_another_centre_move_nothing_here, super::elsewhere);

async fn about(test: TestOffice) {
    let hall = Hall::open(test).await;
    hall.sit().await;
    let taken = hall.take("A", &[]).await;
    let shilan = hall.test.citizen("1000000000001").await;
    let (case, _) = hall.test.sent(&shilan, &[("copies", json!(3)), ("displaced", json!(false))]).await;
    let office = &hall.test.office;
    let look = || diwan_office::cases::OpenAtCounter { case };
    // Whoever looks at a case with nobody at the counter ties it to no visit.
    office.perform_once(&hall.clerks[0], look()).await.unwrap();
    let called = hall.call(0).await.unwrap();
    hall.step(0, called, Step::Begin).await.unwrap();
    office.perform_once(&hall.clerks[1], look()).await.unwrap();
    let matters = async || {
        let mut reading = office.db.reading().await.unwrap();
        queue::matters_of(&mut reading.tx(), taken.visit).await.unwrap()
    };
    assert_eq!(matters().await, []);
    office.perform_once(&hall.clerks[0], look()).await.unwrap();
    office.perform_once(&hall.clerks[0], look()).await.unwrap();
    let about = matters().await;
    assert_eq!((about.len(), about[0].case, about[0].owed.minor_units), (1, case, 4_000));
}
crate::on_both_engines!(what_is_opened_at_the_counter_belongs_to_the_visit, super::about);

async fn many_take(test: TestOffice) {
    let hall = Hall::open(test).await;
    let takes = (0..16).map(|n| {
        let who = &hall.clerks[n % 2];
        hall.test.office.perform_once(who, hall.ticket("A", &[]))
    });
    let taken = futures_util::future::join_all(takes).await;
    let mut numbers: Vec<String> = taken.into_iter().map(|one| one.unwrap().number).collect();
    numbers.sort();
    let expected: Vec<String> = (1..=16).map(|n| format!("A{n:03}")).collect();
    assert_eq!(numbers, expected, "each number is given once, and none is left out");
    assert_eq!(hall.record().await.checked.unwrap().findings, []);
}
crate::on_both_engines!(of_many_at_once_each_has_a_number_of_their_own, super::many_take);
