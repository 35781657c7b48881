//! The measures of a centre on its pages and for programs, and calling visitors back.

use crate::visit::{Visit, officer};
use axum::http::StatusCode;
use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_office::queue::{
    CallNext, LeaveTicket, MoveTicket, RateVisit, SitDown, TakeTicket, close_past_days, tend_call_backs,
};
use diwan_testkit::TestOffice;
use serde_json::{Value, json};

/// A morning with twelve visits, each a minute of waiting.
async fn a_morning(test: &TestOffice) -> Who {
    test.gives_tickets().await;
    let clerk = test.officer("first-clerk", Role::CounterOfficer, None).await;
    let office = &test.office;
    let sit = SitDown { counter: test.counter, lines: Default::default() };
    office.perform_once(&clerk, sit).await.unwrap();
    for _ in 0..12 {
        office.perform_once(&clerk, test.ticket("A")).await.unwrap();
        test.pass(1);
        let ticket = office.perform_once(&clerk, CallNext {}).await.unwrap();
        for step in [diwan_domain::queue::Step::Begin, diwan_domain::queue::Step::Finish] {
            office.perform_once(&clerk, MoveTicket { ticket, step }).await.unwrap();
        }
    }
    clerk
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_sees_how_a_centre_serves() {
    let test = TestOffice::open().await;
    a_morning(&test).await;
    let mut walker = Visit::of(&test);
    walker.get("/en/centres/EB1").await.says("/en/centres/EB1/measures");
    let page = walker.get("/en/centres/EB1/measures").await;
    page.says("Waiting and equal service").says("nine in ten within").says("<svg").says("Too few to say");
    walker.get("/ckb/centres/EB1/measures").await.says("چاوەڕوانی و خزمەتی یەکسان");
    let nowhere = walker.get("/en/centres/EB7/measures").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);

    let file = walker.send("GET", "/centres/EB1/measures.json", String::new()).await;
    let read: Value = serde_json::from_slice(&file.bytes).unwrap();
    assert_eq!((&read["centre"], &read["fewest"]), (&json!("EB1"), &json!(10)));
    let today = &read["spans"][0];
    assert_eq!(today["span"], "today");
    let figure = |by: &str, group: &str, what: &str, how: &str| -> Value {
        let meant = json!([by, group, what, how]);
        let all = today["figures"].as_array().unwrap();
        let found = all.iter().find(|one| json!([one["by"], one["group"], one["what"], one["how"]]) == meant);
        found.unwrap_or_else(|| panic!("no {meant}"))["value"].clone()
    };
    assert_eq!(figure("all", "", "visits", "count"), 12);
    // Acts of one moment follow one another by a microsecond: an hour less a few of them.
    let median = figure("line", "A", "wait", "median");
    assert!([json!(59), json!(60)].contains(&median), "{median}");
    assert_eq!(figure("all", "", "rating", "tenths"), Value::Null);
    assert_eq!(today["gates"][0]["verdict"], "too-few");
    let same = walker.send("GET", "/api/v1/centres/EB1/measures", String::new()).await;
    assert_eq!(serde_json::from_slice::<Value>(&same.bytes).unwrap(), read);
    let weeks = walker.send("GET", "/api/v1/centres/EB1/measures?span=weeks", String::new()).await;
    let weeks: Value = serde_json::from_slice(&weeks.bytes).unwrap();
    assert_eq!(weeks["spans"].as_array().unwrap().len(), 1);
    // A span from which a single day could be worked out is not told in public.
    let week = walker.send("GET", "/api/v1/centres/EB1/measures?span=week", String::new()).await;
    assert_eq!(week.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        !String::from_utf8_lossy(&file.bytes).contains("\"by\":\"counter\""),
        "an officer is not measured in public"
    );
    let csv = walker.send("GET", "/centres/EB1/measures.csv", String::new()).await;
    csv.says("\"EB1\",\"today\"")
        .says(&format!("\"line\",\"A\",\"wait\",\"median\",\"{median}\""))
        .says("\"gate\",\"completion\"");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_sees_their_centre_and_an_inspector_every_one() {
    let test = TestOffice::open().await;
    a_morning(&test).await;
    let mut manager = officer(&test, "manager", Role::CentreManager).await;
    manager.get("/en/desk/hall").await.says("/en/desk/hall/measures");
    let page = manager.get("/en/desk/hall/measures").await;
    page.says("A Certificates")
        .says("Equal service by language")
        .says("<svg")
        .is_silent_on("name=\"centre\"");
    manager.get("/en/desk/hall/measures?span=month").await.says("value=\"month\" selected");
    let mut inspector = officer(&test, "inspector", Role::Inspector).await;
    inspector.get("/en/desk/hall/measures?centre=EB1&span=week").await.says("name=\"centre\"").says("12");
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    let refused = clerk.get("/en/desk/hall/measures").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_inspector_calls_a_visitor_back() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let office = &test.office;
    let clerk = test.officer("first-clerk", Role::CounterOfficer, None).await;
    let take = TakeTicket { phone: Some("07501234567".into()), ..test.ticket("A") };
    let taken = office.perform_once(&clerk, take).await.unwrap();
    let door = Who::system("door");
    office.perform_once(&door, LeaveTicket { code: taken.code.clone() }).await.unwrap();
    let rate = RateVisit { code: taken.code, score: 2, reasons: Vec::new(), call_back: true };
    office.perform_once(&door, rate).await.unwrap();
    test.pass(24 * 60);
    assert_eq!(close_past_days(office).await.unwrap(), 1);
    assert_eq!(tend_call_backs(office).await.unwrap(), 1);

    let elsewhere = diwan_office::administration::SetCentre {
        centre: None,
        code: "EB9".into(),
        names: json!({"en": "Elsewhere"}),
        address: String::new(),
        area: None,
        hours: diwan_domain::calendar::OpeningHours::usual(),
        seen: None,
    };
    let other = office.perform_once(&Who::system("test"), elsewhere).await.unwrap();
    let secret = test.officer_at("inspector", Role::Inspector, test.place, other).await;
    test.pass(1);
    let mut inspector = Visit::of(&test);
    inspector.by_password(&test, "inspector", &secret).await;
    let list = inspector.get("/en/desk/call-backs").await;
    list.says("A001").says("They wished it").is_silent_on("7501234567");
    let one = list.link("/en/desk/call-backs/");
    inspector.get(&one).await.says("+9647501234567").says("answering is up to them");
    let wrong = inspector.post(&one, &[("reached", "yes"), ("score", "2")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("Choose whether money was asked for").says("value=\"2\" checked");
    let empty = inspector.post(&one, &[]).await;
    empty.says("Choose whether they answered");
    let fields = [("reached", "yes"), ("score", "2"), ("reasons", "asked-for-money"), ("money", "yes")];
    inspector.post(&one, &fields).await.says("Nobody is to be called back.");
    let gone = inspector.get(&one).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);

    let mut own = officer(&test, "own-inspector", Role::Inspector).await;
    let hidden = own.get(&one).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND, "an inspector of the centre itself calls nobody there");
}
