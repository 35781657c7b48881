//! A centre as people meet it: a ticket at the door, the counter that calls it, the
//! display, and the day's record that a program of others decides again.

use crate::visit::{Visit, app, officer};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use diwan_domain::people::Role;
use diwan_domain::queue::Step;
use diwan_office::Who;
use diwan_office::queue::{self, CallNext, MoveTicket, OpenDay, SitDown};
use diwan_testkit::TestOffice;
use http_body_util::BodyExt;
use std::process::Command;
use tower::ServiceExt;

/// The address of the sign at the door.
async fn sign(test: &TestOffice) -> String {
    test.office.perform_once(&Who::system("morning"), OpenDay { centre: test.centre }).await.unwrap();
    let mut reading = test.office.db.reading().await.unwrap();
    let door = queue::door_of(&mut reading.tx(), test.centre, test.office.now()).await.unwrap().unwrap();
    format!("/en/centres/EB1/ticket?door={door}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visit_from_the_door_to_the_rating() {
    let test = TestOffice::open().await;
    let mut walker = Visit::of(&test);
    walker.get("/en/centres/EB1").await.says("has not been published yet");
    test.gives_tickets().await;
    walker.get("/en/centres").await.says("Nobody is waiting");
    walker.get("/en/centres/EB1").await.says("Certificates").says("Open now").says("no counter is open");

    // Away from the door there is no ticket; what is missing is said at its field.
    walker.get("/en/centres/EB1/ticket").await.says("Nobody asks for proof");
    let refused = walker.post("/en/centres/EB1/ticket", &[("line", "A"), ("people", "1")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("Type the six digits that the sign by the door shows today");
    let door = sign(&test).await;
    let code = door.split('=').nth(1).unwrap().to_owned();
    walker.get(&door).await;
    let fields = [("door", code.as_str()), ("people", "99"), ("phone", "0750 123 4567"), ("needs", "quiet")];
    let wrong = walker.post("/en/centres/EB1/ticket", &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("Type a number from 1 to 20").says("0750 123 4567").says("checked");
    let fields = [("door", code.as_str()), ("line", "A"), ("people", "٢"), ("phone", "0750 123 4567")];
    let ticket = walker.post("/en/centres/EB1/ticket", &fields).await;
    ticket.says("A001").says("You are next").says("Give up the ticket");

    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    clerk.get("/en/desk/queue").await.says("Sit down at a counter").says("A001");
    let counter = test.counter.to_string();
    clerk
        .post("/en/desk/queue/do/sit", &[("counter", &counter)])
        .await
        .says("Counter A1")
        .says("Call the next");
    let called = clerk.post("/en/desk/queue/do/next", &[]).await;
    called.says("A001").says("They are here").says("Call again");
    walker.get(&ticket.path).await.says("Go to counter A1 now");
    walker.get("/en/halls/EB1/main").await.says("A001").says("class=\"new\"").says("←");
    let id = called.html().split("name=\"ticket\" value=\"").nth(1).unwrap()[..36].to_owned();
    let step = |what: &str| format!("/en/desk/queue/do/{what}");
    let early = clerk.post(&step("miss"), &[("ticket", &id)]).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    early.says("Call once more first");
    clerk.get("/en/desk/queue").await;
    clerk.post(&step("begin"), &[("ticket", &id)]).await.says("At the counter").says("Finished");
    walker.get(&ticket.path).await.says("You are at counter A1");
    clerk.post(&step("finish"), &[("ticket", &id)]).await.says("Call the next");
    clerk.post(&step("next"), &[]).await.says("Nobody is waiting");

    let done = walker.get(&ticket.path).await;
    done.says("How was it?").is_silent_on("Give up the ticket");
    let rated =
        walker.post(&format!("{}/rate", ticket.path), &[("score", "5"), ("reasons", "courtesy")]).await;
    rated.says("Thank you").is_silent_on("How was it?");

    // At the reception a ticket is given and printed.
    clerk.get("/en/desk/queue").await;
    let wrong = clerk.post(&step("give"), &[("people", "1")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("Choose what you come for");
    let slip = clerk.post(&step("give"), &[("line", "B"), ("people", "1"), ("needs", "child")]).await;
    slip.says("B001").says("Questions").says("<svg");
    // Whom this counter cannot serve does not seem to wait for it.
    clerk.get("/en/desk/queue").await;
    clerk.post(&step("give"), &[("line", "A"), ("people", "1"), ("needs", "wheelchair")]).await.says("A002");
    clerk.get("/en/desk/queue").await.says("B001").says("One person is waiting").is_silent_on("A002");

    // The record of the day, decided again by a program that shares no code with us.
    walker
        .get("/en/centres/EB1/days/2026-11-22")
        .await
        .says("The day is not over")
        .says("by the published rule");
    let unfinished = walker.send("GET", "/centres/EB1/days/2026-11-22/record.json", String::new()).await;
    assert_eq!(unfinished.status, StatusCode::NOT_FOUND);
    test.pass(24 * 60);
    assert_eq!(queue::close_past_days(&test.office).await.unwrap(), 1);
    let file = walker.send("GET", "/centres/EB1/days/2026-11-22/record.json", String::new()).await;
    assert_eq!(file.status, StatusCode::OK);
    for private in ["0750 123", "7501234567", r#"\"phone"#, "session"] {
        file.is_silent_on(private);
    }
    decided_again(&file.bytes, "EB1 2026-11-22: 3 tickets, 1 calls");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_with_somebody_forgotten_at_a_counter_is_published_and_decided_again() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let sit = SitDown { counter: test.counter, lines: Default::default() };
    test.office.perform_once(&clerk, sit).await.unwrap();
    for _ in 0..2 {
        test.office.perform_once(&clerk, test.ticket("A")).await.unwrap();
    }
    let ticket = test.office.perform_once(&clerk, CallNext {}).await.unwrap();
    test.office.perform_once(&clerk, MoveTicket { ticket, step: Step::Begin }).await.unwrap();
    test.pass(24 * 60);
    assert_eq!(queue::close_past_days(&test.office).await.unwrap(), 1);
    let mut walker = Visit::of(&test);
    let file = walker.send("GET", "/centres/EB1/days/2026-11-22/record.json", String::new()).await;
    assert_eq!(file.status, StatusCode::OK);
    decided_again(&file.bytes, "EB1 2026-11-22: 2 tickets, 1 calls");
}

/// Runs `scripts/check-queue-day` on a record, and on one that was tampered with.
fn decided_again(record: &[u8], told: &str) {
    let path = std::env::temp_dir().join(format!("queue-day-{}.json", uuid::Uuid::now_v7()));
    let run = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/check-queue-day");
        let out = Command::new("python3").arg(script).arg(&path).output().unwrap();
        (out.status.code(), String::from_utf8_lossy(&out.stdout).into_owned())
    };
    let (status, said) = run(record);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains(told), "{said}");
    let text = String::from_utf8(record.to_vec()).unwrap();
    let moved = text.replacen(r#"\"number\":\"A001\""#, r#"\"number\":\"A009\""#, 1);
    assert_ne!(moved, text, "the record names its tickets");
    let (status, said) = run(moved.as_bytes());
    assert_eq!(status, Some(1), "{said}");
    std::fs::remove_file(&path).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hall_is_told_of_every_change() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let router = diwan_web::router(app(&test));
    let request = Request::builder().uri("/centres/EB1/live").body(Body::empty()).unwrap();
    let mut body = router.clone().oneshot(request).await.unwrap().into_body();
    let mut next = async || {
        loop {
            let frame = tokio::time::timeout(std::time::Duration::from_secs(20), body.frame());
            let bytes = frame.await.expect("something is told").unwrap().unwrap().into_data().unwrap();
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            if let Some(data) = text.lines().find_map(|line| line.strip_prefix("data: ")) {
                return serde_json::from_str::<serde_json::Value>(data).unwrap();
            }
        }
    };
    assert_eq!(next().await["turn"], 0);
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    test.office.perform_once(&clerk, test.ticket("A")).await.unwrap();
    let told = loop {
        let told = next().await;
        if told["turn"] == 1 {
            break told;
        }
    };
    assert_eq!(told["before"]["A001"], 0);
    assert_eq!(told["standing"]["waiting"], 1);
    let nowhere = Request::builder().uri("/centres/XX9/live").body(Body::empty()).unwrap();
    assert_eq!(router.oneshot(nowhere).await.unwrap().status(), StatusCode::NOT_FOUND);
}

/// A stream that nothing ends would keep the program that is to stop.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_listens_is_sent_away_when_the_node_goes() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let app = app(&test);
    let live = app.live.clone();
    let router = diwan_web::router(app);
    let ask = || Request::builder().uri("/centres/EB1/live").body(Body::empty()).unwrap();
    let stream = router.clone().oneshot(ask()).await.unwrap();
    assert_eq!(stream.status(), StatusCode::OK);
    live.end();
    stream.into_body().collect().await.unwrap();
    assert_eq!(router.oneshot(ask()).await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_publishes_how_people_are_served() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let mut manager = officer(&test, "manager", Role::CentreManager).await;
    manager.get("/en/desk/hall").await.says("Certificates").says("Nobody").says("Display of Main hall");
    let form = manager.get("/en/desk/hall/setup").await;
    form.says("Order 7 of 2026");
    let seen = diwan_domain::queue::Setup::hash(diwan_testkit::SETUP);
    let broken =
        diwan_testkit::SETUP.replace("hall = \"main\"\nlines = [\"A\"]", "hall = \"attic\"\nlines = [\"Z\"]");
    let wrong = manager.post("/en/desk/hall/setup", &[("text", &broken), ("seen", &seen)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("there is no hall attic").says("there is no line Z").says("attic");
    let better = diwan_testkit::SETUP.replace("\n", "\r\n").replace("minutes = 4", "minutes = 5");
    manager.post("/en/desk/hall/setup", &[("text", &better), ("seen", &seen)]).await.says("Certificates");
    let late = manager.post("/en/desk/hall/setup", &[("text", diwan_testkit::SETUP), ("seen", &seen)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);

    // Whoever went away without leaving the counter: the manager closes it.
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    clerk.get("/en/desk/queue").await;
    let counter = test.counter.to_string();
    clerk.post("/en/desk/queue/do/sit", &[("counter", &counter)]).await;
    let hall = manager.get("/en/desk/hall").await;
    let link = hall.link("/en/desk/hall/counters/");
    manager.get(&link).await.says("clerk sits at counter A1");
    manager.post(&link, &[]).await.says("Nobody");
    clerk.get("/en/desk/queue").await.says("Sit down at a counter");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_appointment_from_the_line_to_the_calendar() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let mut shilan = Visit::of(&test);
    shilan.get("/en/centres/EB1").await.says("Book an appointment");
    shilan.get("/en/centres/EB1/book").await.says("Certificates").is_silent_on("Questions");
    let days = shilan.get("/en/centres/EB1/book/A").await;
    days.says("places left").says("Can be booked from");
    let day = "/en/centres/EB1/book/A/2026-11-23";
    // A place is held by somebody: sign in first, and come back to the same day.
    assert!(shilan.get(day).await.path.contains("/sign-in"));
    shilan.by_wallet("1000000000001").await;
    let form = shilan.get(day).await;
    form.says("Which time?").says("08:30");
    let none = shilan.post(day, &[("phone", "0750 123 4567")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.says("Choose a time").says("0750 123 4567");
    let at = form.html().split("name=\"at\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let rubbish = shilan.post(day, &[("at", &at), ("phone", "12")]).await;
    assert_eq!(rubbish.status, StatusCode::UNPROCESSABLE_ENTITY);
    rubbish.says("Type the number with its digits");
    let booked = shilan.post(day, &[("at", &at), ("phone", "0750 123 4567")]).await;
    booked.says("Your appointment").says("08:30").says("Change the time");
    let twice = shilan.post(day, &[("at", &at)]).await;
    twice.says("You have an appointment at that time");
    let calendar = shilan.get(&format!("{}/calendar.ics", booked.path)).await;
    calendar.says("DTSTART:20261123T053000Z").says("BEGIN:VEVENT").is_silent_on("Certificates");
    let change = shilan.get(&booked.link("/en/centres/EB1/book/A?instead=")).await;
    let other = change.link("/en/centres/EB1/book/A/2026-11-24?instead=");
    let form = shilan.get(&other).await;
    let at = form.html().split("name=\"at\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let changed = shilan.post(&other, &[("at", &at)]).await;
    assert_eq!(changed.path, booked.path, "it keeps its address");
    // A calendar that has the event already takes the later one of the same name.
    let again = shilan.get(&format!("{}/calendar.ics", booked.path)).await;
    again.says("DTSTART:20261124T053000Z").says("SEQUENCE:1");
    calendar.says("SEQUENCE:0");

    // It opens a ticket on its own day only, and is given back by whoever holds it.
    let code = changed.path.rsplit('/').next().unwrap().to_owned();
    let door = sign(&test).await;
    let digits = door.split('=').nth(1).unwrap().to_owned();
    shilan.get(&door).await;
    let fields = [("door", digits.as_str()), ("people", "1"), ("appointment", code.as_str())];
    let wrong = shilan.post("/en/centres/EB1/ticket", &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("No open appointment of today").says(&code);
    shilan.get(&changed.path).await;
    shilan.post(&format!("{}/do/cancel", changed.path), &[]).await.says("It was given back");
}
