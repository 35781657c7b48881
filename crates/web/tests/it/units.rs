//! Mobile units on the pages: how they stand, what waits for a person, and what the check
//! page says of their papers.

use crate::visit::{Visit, officer};
use axum::http::StatusCode;
use diwan_domain::people::Role;
use diwan_office::administration::SetCentre;
use diwan_office::{Who, documents, units};
use diwan_testkit::TestOffice;
use serde_json::json;

const SHILAN: &str = "1000000000001";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_bus_left_open_is_settled_on_a_page() {
    let test = TestOffice::open().await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let bus = test.sends_out("bus-1", &[&clerk]).await;
    let shilan = bus.test.citizen(SHILAN).await;
    let (case, _) = bus.test.sent(&shilan, &[]).await;
    let paper = {
        let mut reading = bus.test.office.db.reading().await.unwrap();
        documents::of_case(&mut reading.tx(), case).await.unwrap().remove(0)
    };
    let check = format!("/en/check/{}", paper.check_code);
    let mut embassy = Visit::of(&test);
    let unknown = embassy.get(&check).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    unknown.says("A mobile unit is on its way (bus-1)");

    // Two accounts of one person: what the bus did for the one cannot be done here.
    test.citizen(SHILAN).await;
    units::replay_unit(&test.office, &bus.test.office.db, &bus.unit, false).await.unwrap();
    embassy.get(&check).await.says("Issued, and waits for a decision").says("bus-1").says(&paper.number);

    let mut manager = officer(&test, "manager", Role::CentreManager).await;
    manager.get("/en/desk/units").await.says("bus-1").says("Home");
    let place = format!("/en/desk/units/{}", bus.unit.id);
    let page = manager.get(&place).await;
    page.says("Carry it out now").says("Set it aside").says(&paper.number);
    let conflicts = {
        let mut reading = test.office.db.reading().await.unwrap();
        units::journey(&mut reading.tx(), bus.unit.id).await.unwrap().unwrap().conflicts
    };
    let sent = conflicts.iter().find(|conflict| conflict.name == "send-case").unwrap().id.to_string();
    let not_yet = manager.post(&format!("{place}/carry-out"), &[("conflict", &sent)]).await;
    not_yet.says("It still cannot be carried out");
    manager.get(&place).await;
    let missing = manager.post(&format!("{place}/set-aside"), &[("conflict", &sent), ("reason", "")]).await;
    missing.says("Set it aside");
    let reason = [("conflict", sent.as_str()), ("reason", "begun anew at the counter")];
    manager.post(&format!("{place}/set-aside"), &reason).await.says("begun anew at the counter");
    embassy.get(&check).await.says("This paper does not stand");

    // The laptop is stolen afterwards.
    manager.get(&place).await;
    let half = manager.post(&format!("{place}/revoke"), &[("since", ""), ("reason", "stolen")]).await;
    half.says("stolen");
    manager.get(&place).await;
    let whole = [("since", "2026-11-22T10:00"), ("reason", "stolen in Koya")];
    manager.post(&format!("{place}/revoke"), &whole).await.says("stolen in Koya");
    manager.get("/en/desk/units").await.says("Not trusted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_centres_units_are_not_there() {
    let test = TestOffice::open().await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let bus = test.sends_out("bus-1", &[&clerk]).await;
    let other = SetCentre {
        centre: None,
        code: "EB2".into(),
        names: json!({"ckb": "سەنتەری ٢", "en": "Second"}),
        address: String::new(),
        area: None,
        hours: diwan_domain::calendar::OpeningHours::usual(),
        seen: None,
    };
    let other = test.office.perform_once(&Who::system("test"), other).await.unwrap();
    let secret = test.officer_at("elsewhere", Role::CentreManager, test.place, other).await;
    let mut manager = Visit::of(&test);
    manager.by_password(&test, "elsewhere", &secret).await;
    manager.get("/en/desk/units").await.is_silent_on("bus-1");
    let place = format!("/en/desk/units/{}", bus.unit.id);
    assert_eq!(manager.get(&place).await.status, StatusCode::NOT_FOUND);
    manager.get("/en/desk/units").await;
    let revoke = [("since", "2026-11-22T10:00"), ("reason", "stolen")];
    assert_eq!(manager.post(&format!("{place}/revoke"), &revoke).await.status, StatusCode::NOT_FOUND);
}

/// Two stops of a Sunday: every test begins on one, at nine in the morning.
const STOPS: &str = r#"
[[stop]]
names = { ckb = "کەلار", ar = "كلار", kmr = "Kelar", en = "Kalar" }
place = "beside the school"
weekday = "sunday"
from = 540
until = 720

[[stop]]
names = { ckb = "کفری", ar = "كفري", kmr = "Kifrî", en = "Kifri" }
weekday = "sunday"
from = 780
until = 960
"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_is_open_where_it_stops() {
    let test = TestOffice::open().await;
    let text = format!("{}{STOPS}", diwan_testkit::SETUP);
    let publish = diwan_office::queue::PublishSetup { centre: test.centre, text, seen: None };
    test.office.perform_once(&Who::system("test"), publish).await.unwrap();
    let mut people = Visit::of(&test);
    let day = |minutes: i64| {
        // Local time is three hours ahead of UTC.
        let now = test.office.now() / 60_000_000 + 180;
        minutes - now.rem_euclid(1_440)
    };
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    test.pass(day(600));
    people.get("/en/centres").await.says("Now in Kalar, beside the school").says("Next in Kifri");
    people.get("/en/centres/EB1").await.says("Stops").says("Kalar, beside the school").says("Open now");
    test.office.perform_once(&clerk, test.ticket("A")).await.unwrap();
    let calendar = people.get("/en/centres/EB1/stops.ics").await;
    calendar.says("BEGIN:VEVENT").says("LOCATION:Kalar\\, beside the school");
    test.pass(day(750));
    people.get("/en/centres/EB1").await.says("Closed now").is_silent_on("Now in");
    let closed = test.office.perform_once(&clerk, test.ticket("A")).await.unwrap_err();
    assert_eq!(closed.code(), "queue/closed");
}
