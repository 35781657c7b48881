//! A centre's manager plans the week and sees what is missing; a visit on one page and for
//! programs; the few questions before booking; listeners; and a note from one's own phone.

use crate::program::{Program, token_of};
use crate::visit::{Visit, app, officer};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use diwan_domain::people::Role;
use diwan_domain::queue::party::{Given, KnownBy, May, Relation};
use diwan_office::Who;
use diwan_office::administration::SetCentre;
use diwan_office::queue::{self, AdmitCompanion, NotePerson, OpenDay, TakeTicket};
use diwan_testkit::TestOffice;
use diwan_web::live::Live;
use http_body_util::BodyExt;
use serde_json::json;
use tower::ServiceExt;

/// The value of the option of a field with a label.
fn option(html: &str, label: &str) -> String {
    let at = html.find(&format!(">{label}</option>")).unwrap_or_else(|| panic!("no {label}:\n{html}"));
    let before = &html[..at];
    let value = before.rfind("value=\"").unwrap() + 7;
    before[value..].split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_plans_the_week_and_sees_what_is_missing() {
    let test = TestOffice::open().await;
    let mut manager = officer(&test, "manager", Role::CentreManager).await;
    manager.get("/en/desk/hall/start-up").await.says("Publish the centre’s file").says("Missing");
    test.gives_tickets().await;
    manager
        .get("/en/desk/hall/start-up")
        .await
        .says("How people are served is published")
        .says("Displays stay silent where no recording is complete: ")
        .is_silent_on("complete: ckb");
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    let week = manager.get("/en/desk/hall/duties").await;
    week.says("Nobody is planned yet");
    let (who, counter) = (option(&week.html(), "clerk"), option(&week.html(), "A1"));
    let fields = |from: &'static str, until: &'static str| {
        [
            ("officer", who.clone()),
            ("counter", counter.clone()),
            ("weekdays", "6".to_owned()),
            ("from", from.to_owned()),
            ("until", until.to_owned()),
        ]
    };
    let sent = async |manager: &mut Visit, fields: [(&'static str, String); 5]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        manager.post("/en/desk/hall/duties", &fields).await
    };
    let wrong = sent(&mut manager, fields("half past eight", "14:30")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("Write a time such as 8:30").says("half past eight");
    sent(&mut manager, fields("٨:٣٠", "9:30"))
        .await
        .says("clerk")
        .says("08:30")
        .is_silent_on("Nobody is planned");
    let twice = sent(&mut manager, fields("9", "10")).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    twice.says("is planned at that time already");

    let hall = manager.get("/en/desk/hall").await;
    hall.says("Who should be here now").says("Not at their counter now: A1").says("Planned counters");
    clerk.get("/en/desk/queue").await;
    let counter = test.counter.to_string();
    let sat = clerk.post("/en/desk/queue/do/sit", &[("counter", &counter)]).await;
    sat.is_silent_on("You are not planned at this counter now");
    manager.get("/en/desk/hall").await.says("At the counter").is_silent_on("Not at their counter now");
    test.pass(40);
    clerk.get("/en/desk/queue").await.says("You are not planned at this counter now");

    let week = manager.get("/en/desk/hall/duties").await;
    let one = manager.get(&week.link("/en/desk/hall/duties/")).await;
    one.says("take these hours out of the week?");
    manager.post(&one.path, &[]).await.says("Nobody is planned yet");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visit_stands_on_one_page_with_its_people_and_companions() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    clerk.get("/en/desk/queue").await;
    let counter = test.counter.to_string();
    clerk.post("/en/desk/queue/do/sit", &[("counter", &counter)]).await;
    clerk.post("/en/desk/queue/do/give", &[("line", "A"), ("people", "2")]).await.says("A001");
    clerk.get("/en/desk/queue").await;
    let called = clerk.post("/en/desk/queue/do/next", &[]).await;
    let id = called.html().split("name=\"ticket\" value=\"").nth(1).unwrap()[..36].to_owned();
    let begun = clerk.post("/en/desk/queue/do/begin", &[("ticket", &id)]).await;
    let path = begun.link("/en/desk/visits/");
    let visit = clerk.get(&path).await;
    visit.says("Visit A001").says("2 people came").says("Where the time went").says("<svg");
    visit.says("Who came together").says("Nobody is recorded");

    let noted = [("place", "2"), ("service", "birth-certificate")];
    clerk.post(&format!("{path}/person"), &noted).await.says("Finish one person").says("Birth certificate");
    clerk.get("/en/desk/queue").await;
    let early = clerk.post("/en/desk/queue/do/finish", &[("ticket", &id)]).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    early.says("Somebody of this visit is not finished");

    clerk.get(&path).await;
    let companion = |said: &'static str| {
        [
            ("place", "1"),
            ("known-by", "name"),
            ("said", said),
            ("relation", "interpreter"),
            ("may", "help"),
            ("given", "spoken"),
        ]
    };
    let nobody = clerk.post(&format!("{path}/companion"), &companion("")).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    nobody.says("Write the companion’s name or number");
    let with = clerk.post(&format!("{path}/companion"), &companion("Dara Azad")).await;
    with.says("Dara Azad").says("Interprets for them").says("Dara Azad may not be there any more");
    clerk.post(&format!("{path}/finish"), &[("place", "2"), ("outcome", "done")]).await.says("Done");
    clerk.get("/en/desk/queue").await;
    clerk.post("/en/desk/queue/do/finish", &[("ticket", &id)]).await.says("Call the next");
    clerk.get(&path).await.says("Visit over").says("Ended").is_silent_on("Record a companion");
    let mut stranger = Visit::of(&test);
    stranger.get(&path).await.is_silent_on("Dara Azad");
}

/// A token of an officer of another centre.
async fn of_another_centre(test: &TestOffice) -> Program {
    let centre = SetCentre {
        centre: None,
        code: "EB9".into(),
        names: json!({"en": "Elsewhere"}),
        address: String::new(),
        area: None,
        hours: diwan_domain::calendar::OpeningHours::usual(),
        seen: None,
    };
    let other = test.office.perform_once(&Who::system("test"), centre).await.unwrap();
    test.officer_at("stranger", Role::CounterOfficer, test.place, other).await;
    let found = {
        let mut reading = test.office.db.reading().await.unwrap();
        diwan_store::officers::by_login(&mut reading.tx(), "stranger").await.unwrap().unwrap()
    };
    Program::with(test, &token_of(test, &test.at_desk(found.id)).await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_of_the_centre_reads_a_visit_whole() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let office = &test.office;
    let take = TakeTicket { people: 2, ..test.ticket("A") };
    let taken = office.perform_once(&clerk, take).await.unwrap();
    let visit = taken.visit;
    let note = NotePerson { visit, place: 2, service: Some("birth-certificate".into()), case: None };
    office.perform_once(&clerk, note).await.unwrap();
    let admit = AdmitCompanion {
        visit,
        place: 1,
        case: None,
        known_by: KnownBy::Name,
        said: "Dara Azad".into(),
        relation: Relation::Interpreter,
        may: May::Help,
        given: Given::Spoken,
    };
    office.perform_once(&clerk, admit).await.unwrap();
    let path = format!("/api/v1/desk/visits/{visit}");
    let program = Program::with(&test, &token_of(&test, &clerk).await);
    let seen = program.get(&path).await;
    let said = seen.is(200).json();
    assert_eq!((said["id"].as_str(), said["ended_at"].is_null()), (Some(visit.to_string().as_str()), true));
    assert_eq!(said["tickets"][0]["number"], taken.number.as_str());
    assert_eq!(said["steps"][0]["what"], "arrived");
    assert_eq!(said["spent"].as_array().unwrap().len(), 4);
    let people = said["people"].as_array().unwrap();
    assert_eq!(people.len(), 2, "also of whom nothing was noted");
    assert!(people[0]["service"].is_null());
    assert_eq!((&people[1]["place"], &people[1]["service"]), (&json!(2), &json!("birth-certificate")));
    let with = &said["companions"][0];
    assert_eq!((&with["said"], &with["relation"]), (&json!("Dara Azad"), &json!("interpreter")));
    assert_eq!((&with["may"], &with["given"]), (&json!("help"), &json!("spoken")));
    // Neither another centre's officer, nor one who serves nobody, nor a stranger.
    let elsewhere = of_another_centre(&test).await;
    elsewhere.get(&path).await.refuses(404, "request/not-found");
    let supervisor = test.officer("supervisor", Role::Supervisor, None).await;
    Program::with(&test, &token_of(&test, &supervisor).await).get(&path).await.is(403);
    Program::with(&test, "").get(&path).await.is(401);
    program.get("/api/v1/desk/visits/nothing").await.refuses(404, "request/not-found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_this_person_needs_is_listed_before_booking() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let mut visitor = Visit::of(&test);
    let path = "/en/centres/EB1/prepare/A/birth-certificate";
    // Nobody said anything yet: everything that may be needed.
    let page = visitor.get(path).await;
    page.says("A few questions first").says("name=\"for-whom\"").says("name=\"copies\"");
    page.says("The court order that makes you the guardian").is_silent_on("name=\"holder-name");
    let own = visitor.post(path, &[("for-whom", "myself"), ("copies", "1")]).await;
    own.says("For what you answered").is_silent_on("The court order that makes you the guardian");
    let ward = visitor.post(path, &[("for-whom", "my-ward"), ("copies", "3")]).await;
    ward.says("The court order that makes you the guardian").says("I have everything");
    let wrong = visitor.post(path, &[("for-whom", "my-ward"), ("copies", "99")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Whoever has no right is told so, and where to go instead, before they choose a time.
    visitor.get(path).await;
    let other = visitor.post(path, &[("for-whom", "someone-else"), ("copies", "1")]).await;
    other.says("This service is not for you").says("power of attorney").is_silent_on("I have everything");
    // What was said last without a fault stays for this session.
    visitor.get(path).await.says("This service is not for you");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn listeners_find_room_or_are_told_when_to_ask_again() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let router = diwan_web::router(app(&test).with(|given| given.live = Live::of_at_most(4)));
    let listen = async |path: &str| {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        router.clone().oneshot(request).await.unwrap()
    };
    let page = "/centres/EB1/live?page=1";
    let mut open = Vec::new();
    for _ in 0..3 {
        let response = listen(page).await;
        assert_eq!(response.status(), StatusCode::OK);
        let mut body = response.into_body();
        body.frame().await.unwrap().unwrap();
        open.push(body);
    }
    let full = listen(page).await;
    assert_eq!(full.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(full.headers()[header::RETRY_AFTER], "30");
    // The last quarter is kept for displays.
    let display = listen("/centres/EB1/live").await;
    assert_eq!(display.status(), StatusCode::OK);
    assert_eq!(listen("/centres/EB1/live").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    drop(display);
    drop(open);
    assert_eq!(listen(page).await.status(), StatusCode::OK, "whoever leaves makes room");
    let mut walker = Visit::of(&test);
    walker.get("/en/centres/EB1").await.says("data-follows=\"/centres/EB1/live?page=1\"").says("live.js");
    // What follows the hall is not what counts the desk's work: each has its own mark.
    walker.get("/en/centres/EB1").await.is_silent_on("data-live");
    walker.get("/en/centres/EB1/measures").await.says("data-follows=\"/centres/EB1/live?page=1\"");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_note_is_left_by_phone_with_the_digits_at_the_door() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    test.office.perform_once(&Who::system("morning"), OpenDay { centre: test.centre }).await.unwrap();
    let door = {
        let mut reading = test.office.db.reading().await.unwrap();
        queue::door_of(&mut reading.tx(), test.centre, test.office.now()).await.unwrap().unwrap()
    };
    let mut walker = Visit::of(&test);
    assert_eq!(walker.get("/en/centres/EB1/note").await.status, StatusCode::FORBIDDEN);
    let ticket = walker.get(&format!("/en/centres/EB1/ticket?door={door}")).await;
    let asked = walker.get(&ticket.link("/en/centres/EB1/note?door=")).await;
    asked.says("Say how you were served").says("Your name is not asked");
    let nothing = walker.post("/en/centres/EB1/note", &[("door", door.as_str()), ("words", "")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("door", door.as_str()), ("about", "wait"), ("words", "Two hours")];
    let left = walker.post("/en/centres/EB1/note", &fields).await;
    left.says("The number of your note");
    walker.get(&left.link("/en/notes/")).await.says("Answer to your note");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_asks_what_decides_what_to_bring() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    let day = clerk.get("/en/desk/appointments?line=A&day=2026-11-23").await;
    day.says("Birth certificate").says("name=\"service\"");
    let at = day.html().split("name=\"at\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [
        ("line", "A"),
        ("day", "2026-11-23"),
        ("at", at.as_str()),
        ("phone", "0750 123 4567"),
        ("service", "birth-certificate"),
    ];
    let booked = clerk.post("/en/desk/appointments", &fields).await;
    booked.says("A few questions first").says("The court order that makes you the guardian");
    let answers = format!("{}/answers", booked.path);
    let wrong = clerk.post(&answers, &[("for-whom", "myself"), ("copies", "99")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let own = clerk.post(&answers, &[("for-whom", "myself"), ("copies", "1")]).await;
    own.says("checked").is_silent_on("The court order that makes you the guardian");
}
