//! How a centre served people, counted from its own days; and who is called back.

use crate::queue::Hall;
use diwan_domain::ids::{CentreId, RowId, VisitId};
use diwan_domain::people::Role;
use diwan_domain::queue::call_backs::CallBackState;
use diwan_domain::queue::measure::{Measures, Side, Spread, Verdict};
use diwan_domain::queue::{Need, State, Step};
use diwan_office::acting;
use diwan_office::cases::OpenAtCounter;
use diwan_office::queue::{
    self, DrawCallBacks, ForgetTelephones, LeaveTicket, OpenCallBack, RateVisit, SettleCallBack, Span,
    TakeTicket, Taken, close_past_days, measured, tend_call_backs,
};
use diwan_office::rows::CallBackRow;
use diwan_office::{Stop, Who};
use diwan_testkit::TestOffice;
use serde_json::json;

const A_DAY: i64 = 24 * 60;

async fn told(hall: &Hall, span: Span) -> Measures {
    let office = &hall.test.office;
    let mut reading = office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let centre = queue::centre_by_id(&mut tx, hall.test.centre).await.unwrap().unwrap();
    measured(&mut tx, &centre, span, office.now()).await.unwrap().measures
}

async fn day(test: TestOffice) {
    let hall = Hall::open(test).await;
    hall.sit().await;
    let office = &hall.test.office;
    let shilan = hall.test.citizen("1000000000001").await;
    let (case, _) = hall.test.sent(&shilan, &[("copies", json!(3)), ("displaced", json!(false))]).await;
    let mut first = None;
    for n in 0..12 {
        let needs: &[Need] = if n < 11 { &[] } else { &[Need::Reading] };
        let taken = hall.take("A", needs).await;
        // Every step takes a minute: the wait, the way, and what is done at the counter.
        let ticket = hall.call(0).await.unwrap();
        assert_eq!(ticket, taken.ticket);
        hall.step(0, ticket, Step::Begin).await.unwrap();
        if n == 0 {
            office.perform_once(&hall.clerks[0], OpenAtCounter { case }).await.unwrap();
            first = Some(taken.visit);
        }
        assert_eq!(hall.step(0, ticket, Step::Finish).await.unwrap(), State::Done);
        if n < 10 {
            let score = 4 + n % 2;
            let rate = RateVisit { code: taken.code, score, reasons: Vec::new(), call_back: false };
            office.perform_once(&Who::system("door"), rate).await.unwrap();
        }
    }
    let today = told(&hall, Span::Today).await;
    assert_eq!(today.visits, Some(12));
    let minute = Some(Spread { count: 12, median: 60, p90: 60, p95: 60 });
    assert_eq!((today.times.wait, today.times.way, today.times.service), (minute, minute, minute));
    assert_eq!(today.equal.once.unwrap().percent(), Some(100));
    let scores = today.equal.scores.unwrap();
    assert_eq!((scores.count, scores.tenths(), scores.good().percent()), (10, Some(45), Some(100)));
    let (_, lines) = today.times_by.iter().find(|(side, _)| *side == Side::Line).unwrap();
    assert_eq!((lines.len(), lines[0].group.as_str(), lines[0].wait), (1, "A", minute));
    let (_, counters) = today.times_by.iter().find(|(side, _)| *side == Side::Counter).unwrap();
    assert_eq!(counters[0].group, "A1");
    // One alone asked for help with reading: neither they nor the others are told of.
    let (_, needs) = today.equal_by.iter().find(|(side, _)| *side == Side::Need).unwrap();
    assert_eq!(needs.len(), 2);
    assert!(needs.iter().all(|row| row.once.is_none() && row.wait.is_none()));
    assert!(today.gates.iter().all(|gate| gate.verdict == Verdict::TooFew), "nobody came by phone");

    // The case is read with its visit, and of whom it is for only groups.
    let cases = {
        let mut reading = office.db.reading().await.unwrap();
        let days = ("2026-11-22", "2026-11-22");
        diwan_store::measures::cases(&mut reading.tx(), hall.test.centre, days).await.unwrap()
    };
    assert_eq!(cases.len(), 1);
    assert_eq!((Some(cases[0].visit), cases[0].others, cases[0].refused), (first, 0, false));
    assert_eq!((cases[0].sex.as_deref(), cases[0].displaced), (Some("female"), false));
    let (_, sexes) = today.equal_by.iter().find(|(side, _)| *side == Side::Sex).unwrap();
    assert_eq!(sexes.iter().map(|row| row.group.as_str()).collect::<Vec<_>>(), ["female", "unknown"]);
    assert!(sexes.iter().all(|row| row.once.is_none()), "one woman alone is not told of");

    assert_eq!(told(&hall, Span::Weeks).await.visits, Some(0), "whole weeks end with the last Saturday");
    hall.test.pass(A_DAY);
    assert_eq!(told(&hall, Span::Today).await.visits, Some(0));
    assert_eq!(told(&hall, Span::Week).await.visits, Some(12));
    hall.test.pass(7 * A_DAY);
    assert_eq!(told(&hall, Span::Weeks).await.visits, Some(12));
}
crate::on_both_engines!(a_day_is_measured_by_its_own_tickets, super::day);

/// Somebody who left a telephone, gave up and was rated.
async fn reachable(hall: &Hall, phone: &str, call_back: bool) -> Taken {
    hall.test.pass(1);
    let office = &hall.test.office;
    let take = TakeTicket { phone: Some(phone.into()), ..hall.ticket("A", &[]) };
    let taken = office.perform_once(&hall.clerks[0], take).await.unwrap();
    let door = Who::system("door");
    office.perform_once(&door, LeaveTicket { code: taken.code.clone() }).await.unwrap();
    let rate = RateVisit { code: taken.code.clone(), score: 3, reasons: Vec::new(), call_back };
    office.perform_once(&door, rate).await.unwrap();
    taken
}

/// An inspector who works at another centre.
async fn inspector(hall: &Hall) -> Who {
    let office = &hall.test.office;
    let act = diwan_office::administration::SetCentre {
        centre: None,
        code: "EB9".into(),
        names: json!({"en": "Elsewhere"}),
        address: String::new(),
        area: None,
        hours: diwan_domain::calendar::OpeningHours::usual(),
        seen: None,
    };
    let other: CentreId = office.perform_once(&Who::system("test"), act).await.unwrap();
    hall.test.officer_at("inspector", Role::Inspector, hall.test.place, other).await;
    let mut reading = office.db.reading().await.unwrap();
    let row = diwan_store::officers::by_login(&mut reading.tx(), "inspector").await;
    hall.test.at_desk(row.unwrap().unwrap().id)
}

async fn listed(hall: &Hall, who: &Who) -> Vec<CallBackRow> {
    let at = hall.test.office.desk(who, "look");
    let mut reading = hall.test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let acting = acting::in_office(&mut tx, &at).await.unwrap();
    queue::call_backs_for(&mut tx, &acting).await.unwrap()
}

async fn phone_of(hall: &Hall, visit: VisitId) -> Option<String> {
    let mut reading = hall.test.office.db.reading().await.unwrap();
    diwan_store::queue::visit(&mut reading.tx(), visit).await.unwrap().unwrap().phone
}

async fn called_back(test: TestOffice) {
    let hall = Hall::open(test).await;
    let office = &hall.test.office;
    let mut visits = Vec::new();
    for n in 0..5 {
        visits.push(reachable(&hall, &format!("0750123456{n}"), n == 3).await);
    }
    let without = hall.take("A", &[]).await;
    office.perform_once(&Who::system("door"), LeaveTicket { code: without.code }).await.unwrap();
    assert_eq!(tend_call_backs(office).await.unwrap(), 0, "the day is not over");
    hall.test.pass(A_DAY);
    assert_eq!(close_past_days(office).await.unwrap(), 1);
    assert_eq!(tend_call_backs(office).await.unwrap(), 1);
    assert_eq!(tend_call_backs(office).await.unwrap(), 0, "a day is drawn from once");

    // One wished it, and one of the other four is drawn.
    let inspector = inspector(&hall).await;
    let own = hall.test.officer("own-inspector", Role::Inspector, None).await;
    let due = listed(&hall, &inspector).await;
    assert_eq!(due.len(), 2);
    let wished = due.iter().find(|row| row.wished).unwrap();
    assert_eq!((wished.visit_id, wished.phone.as_deref()), (visits[3].visit, Some("+9647501234563")));
    assert!(listed(&hall, &own).await.is_empty(), "never the centre itself");
    let drawn = due.iter().find(|row| !row.wished).unwrap();
    let open = |call_back: RowId| OpenCallBack { call_back };
    let refused = office.perform_once(&own, open(wished.id)).await.unwrap_err();
    assert_eq!(refused.code(), "request/not-found");
    let clerk = office.perform_once(&hall.clerks[0], open(wished.id)).await.unwrap_err();
    assert_eq!(clerk.code(), "officer/not-permitted");

    let settle = |call_back: RowId, money: Option<bool>| SettleCallBack {
        call_back,
        reached: true,
        score: Some(2),
        reasons: vec!["asked-for-money".into()],
        money,
    };
    let blind = office.perform_once(&inspector, settle(wished.id, Some(true))).await.unwrap_err();
    assert_eq!(blind.code(), "request/changed-meanwhile", "whoever did not open it called nobody");
    office.perform_once(&inspector, open(wished.id)).await.unwrap();
    let Stop::Refused(refusal) = office.perform_once(&inspector, settle(wished.id, None)).await.unwrap_err()
    else {
        panic!("no refusal")
    };
    assert_eq!(refusal.about["field"], "money");
    let state = office.perform_once(&inspector, settle(wished.id, Some(true))).await.unwrap();
    assert_eq!(state, CallBackState::Reached);
    assert!(office.perform_once(&inspector, open(wished.id)).await.is_err(), "the telephone is gone");

    // Nobody answers, three times.
    for tries in 1..=3 {
        office.perform_once(&inspector, open(drawn.id)).await.unwrap();
        let nobody = SettleCallBack { reached: false, score: None, ..settle(drawn.id, None) };
        let state = office.perform_once(&inspector, nobody).await.unwrap();
        let expected = if tries < 3 { CallBackState::Open } else { CallBackState::NotReached };
        assert_eq!(state, expected);
    }
    assert!(listed(&hall, &inspector).await.is_empty());
    let kept = {
        let mut reading = office.db.reading().await.unwrap();
        let days = ("2026-11-22", "2026-11-22");
        diwan_store::call_backs::of_days(&mut reading.tx(), hall.test.centre, days).await.unwrap()
    };
    assert_eq!(kept.iter().filter(|row| row.money == Some(true) && row.score == Some(2)).count(), 1);
    assert!(kept.iter().all(|row| row.phone.is_none()));
    let entries = hall.test.journal_of("call-back", &wished.id.to_string()).await;
    assert_eq!(entries, ["call-back-opened", "call-back-settled"]);
    let report = diwan_store::verify::journal(&office.db, None).await.unwrap();
    assert_eq!(report.findings, [], "every row is explained by an entry");
}
crate::on_both_engines!(who_is_called_back_is_drawn_and_never_by_the_centre_itself, super::called_back);

async fn forgotten(test: TestOffice) {
    let hall = Hall::open(test).await;
    let office = &hall.test.office;
    let taken = reachable(&hall, "07501234567", false).await;
    hall.test.pass(A_DAY);
    close_past_days(office).await.unwrap();
    tend_call_backs(office).await.unwrap();
    let inspector = inspector(&hall).await;
    assert_eq!(listed(&hall, &inspector).await.len(), 1);
    hall.test.pass(29 * A_DAY);
    tend_call_backs(office).await.unwrap();
    assert!(phone_of(&hall, taken.visit).await.is_some(), "thirty days are not over");
    hall.test.pass(A_DAY);
    let stranger = ForgetTelephones { centre: hall.test.centre };
    let refused = office.perform_once(&hall.manager, stranger).await.unwrap_err();
    assert_eq!(refused.code(), "officer/not-permitted");
    tend_call_backs(office).await.unwrap();
    assert_eq!(phone_of(&hall, taken.visit).await, None);
    assert!(listed(&hall, &inspector).await.is_empty(), "nobody can be called any more");
    let report = diwan_store::verify::journal(&office.db, None).await.unwrap();
    assert_eq!(report.findings, []);
}
crate::on_both_engines!(telephones_are_forgotten_after_thirty_days, super::forgotten);

async fn wished_later(test: TestOffice) {
    let hall = Hall::open(test).await;
    let office = &hall.test.office;
    hall.test.pass(1);
    let take = TakeTicket { phone: Some("07501234567".into()), ..hall.ticket("A", &[]) };
    let other = TakeTicket { phone: Some("07501234568".into()), ..hall.ticket("A", &[]) };
    let door = Who::system("door");
    let mut tickets = Vec::new();
    for take in [take, other] {
        let taken = office.perform_once(&hall.clerks[0], take).await.unwrap();
        office.perform_once(&door, LeaveTicket { code: taken.code.clone() }).await.unwrap();
        tickets.push(taken);
    }
    hall.test.pass(A_DAY);
    close_past_days(office).await.unwrap();
    tend_call_backs(office).await.unwrap();
    let inspector = inspector(&hall).await;
    let drawn = listed(&hall, &inspector).await;
    assert_eq!(drawn.len(), 1, "one of two");
    let left = tickets.iter().find(|taken| taken.visit != drawn[0].visit_id).unwrap();
    let rate = RateVisit { code: left.code.clone(), score: 1, reasons: Vec::new(), call_back: true };
    office.perform_once(&door, rate).await.unwrap();
    assert_eq!(tend_call_backs(office).await.unwrap(), 1);
    let both = listed(&hall, &inspector).await;
    assert_eq!((both.len(), both.iter().filter(|row| row.wished).count()), (2, 1));
    let day = {
        let mut reading = office.db.reading().await.unwrap();
        diwan_store::queue::day(&mut reading.tx(), hall.test.centre, "2026-11-22").await.unwrap().unwrap()
    };
    let again = office.perform_once(&Who::system("test"), DrawCallBacks { day: day.id }).await.unwrap_err();
    assert_eq!(again.code(), "register/nothing-changes");
}
crate::on_both_engines!(a_wish_that_comes_late_is_still_called_back, super::wished_later);
