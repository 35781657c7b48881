//! Appointments by other ways than one's own account: at the desk, at a kiosk, by draw, and
//! from the waiting list.

use crate::visit::{Visit, officer};
use axum::http::StatusCode;
use diwan_domain::people::Role;
use diwan_domain::queue::slots::For;
use diwan_office::queue::{self, BookAppointment, CancelAppointment, PublishSetup};
use diwan_office::{Who, log};
use diwan_testkit::{TestOffice, kiosk};
use std::path::Path;
use std::process::Command;

const A_MINUTE: i64 = 60_000_000;
const MONDAY: &str = "2026-11-23";
/// The first slot of that day.
const FIRST: i64 = diwan_testkit::office::MORNING + (23 * 60 + 30) * A_MINUTE;

/// The first time that a form offers.
fn first_time(html: &str) -> String {
    html.split("name=\"at\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_books_finds_changes_and_cancels() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    let page = clerk.get("/en/desk/appointments").await;
    page.says("Find an appointment").says("Certificates").is_silent_on("Questions");
    let days = clerk.get("/en/desk/appointments?line=A").await;
    days.says("places left").says("Can be booked from");
    let day = format!("/en/desk/appointments?line=A&day={MONDAY}");
    let form = clerk.get(&day).await;
    form.says("Which time?").says("They have no telephone");
    let at = first_time(&form.html());
    let fields = |extra: &[(&'static str, &'static str)]| {
        let mut all = vec![("line", "A"), ("day", MONDAY)];
        all.extend_from_slice(extra);
        all
    };
    // Neither a telephone nor that there is none; and no time.
    let mut none = fields(&[]);
    none.push(("at", at.as_str()));
    let refused = clerk.post("/en/desk/appointments", &none).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("Type the number with its digits");
    let timeless = clerk.post("/en/desk/appointments", &fields(&[("phone", "0750 123 4567")])).await;
    assert_eq!(timeless.status, StatusCode::UNPROCESSABLE_ENTITY);
    timeless.says("There is no such time").says("0750 123 4567");
    let mut sound = fields(&[("phone", "٠٧٥٠ ١٢٣ ٤٥٦٧")]);
    sound.push(("at", at.as_str()));
    let booked = clerk.post("/en/desk/appointments", &sound).await;
    booked.says("08:30").says("Open").says("<svg").says("Change the time");
    let code = booked.path.rsplit('/').next().unwrap().to_owned();

    let found = clerk.get("/en/desk/appointments?q=0750+123+4567").await;
    found.says(&code).says("08:30");
    clerk.get(&format!("/en/desk/appointments?q={}", code.to_lowercase())).await.says(&code);
    clerk.get("/en/desk/appointments?q=0750+000+0000").await.says("has this code or telephone");
    let change = format!("/en/desk/appointments?line=A&day={MONDAY}&instead={code}");
    let later = first_time(&clerk.get(&change).await.html());
    let fields = [("line", "A"), ("day", MONDAY), ("instead", &code), ("at", &later)];
    let changed = clerk.post("/en/desk/appointments", &fields).await;
    assert_eq!(changed.path, booked.path, "it keeps its code");
    changed.says("09:00");
    let cancelled = clerk.post(&format!("{}/cancel", changed.path), &[]).await;
    cancelled.says("Given back").is_silent_on("Change the time");

    // Without a telephone the slip is all they have.
    let form = clerk.get(&day).await;
    let at = first_time(&form.html());
    let slip = [("line", "A"), ("day", MONDAY), ("at", &at), ("no-phone", "yes")];
    let slip = clerk.post("/en/desk/appointments", &slip).await;
    slip.says("08:30");
    let code = slip.path.rsplit('/').next().unwrap().to_owned();
    Visit::of(&test).get(&format!("/en/appointments/{code}")).await.says("Your appointment");
    let mut elsewhere = officer(&test, "inspector", Role::Inspector).await;
    assert_eq!(elsewhere.get("/en/desk/appointments").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kiosk_books_and_takes_an_appointment() {
    let test = TestOffice::open().await.with_papers();
    test.gives_tickets().await;
    let machine = kiosk(&test).await;
    let mut walker = Visit::of(&test);
    walker.bring("diwan-device", &machine.screen);
    walker.get("/kiosk/EB1").await;
    walker.get("/en/kiosk/EB1").await.says("Bring one or book one");
    walker.get("/en/kiosk/EB1/appointment").await.says("I have an appointment today");
    walker.get("/en/kiosk/EB1/appointment/book").await.says("Certificates").is_silent_on("Questions");
    let days = walker.get("/en/kiosk/EB1/appointment/book?line=A").await;
    days.says("places left");
    let path = format!("/en/kiosk/EB1/appointment/book?line=A&day={MONDAY}");
    let at = first_time(&walker.get(&path).await.html());
    let refused = walker.post(&path, &[("at", &at)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("Type the number with its digits");
    let booked = walker.post(&path, &[("at", &at), ("phone", "0750 123 4567")]).await;
    booked.says("Your appointment").says("08:30").says("<svg");
    let code = {
        let mut reading = test.office.db.reading().await.unwrap();
        let with = ("0750 123 4567", test.office.now());
        let rows = queue::appointments_with(&mut reading.tx(), test.centre, with).await.unwrap();
        rows[0].code.clone()
    };
    booked.says(&code);

    // The next morning a reader types the address of the picture.
    let wrong = walker.post("/en/kiosk/EB1/appointment/bring", &[("appointment", &code)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "not on another day");
    wrong.says("No open appointment of today").says(&code);
    test.pass(23 * 60 + 45);
    walker.get("/kiosk/EB1").await;
    walker.get("/en/kiosk/EB1/appointment/bring").await;
    let read = format!("https://diwan.example/en/appointments/{code}");
    let ticket = walker.post("/en/kiosk/EB1/appointment/bring", &[("appointment", &read)]).await;
    ticket.says("A001");
    // Gone back and read once more it is the same ticket.
    walker.get("/en/kiosk/EB1/appointment/bring").await;
    let again = walker.post("/en/kiosk/EB1/appointment/bring", &[("appointment", &code)]).await;
    assert_eq!(again.path, ticket.path);
    again.says("A001");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kiosk_asks_by_touch_what_decides_what_to_bring() {
    let test = TestOffice::open().await.with_papers();
    test.gives_tickets().await;
    let machine = kiosk(&test).await;
    let mut walker = Visit::of(&test);
    walker.bring("diwan-device", &machine.screen);
    walker.get("/kiosk/EB1").await;
    walker.get("/en/kiosk/EB1").await;
    let lines = walker.get("/en/kiosk/EB1/appointment/book").await;
    let which = walker.get(&lines.link("/en/kiosk/EB1/appointment/prepare?line=A")).await;
    which.says("For which service?").says("Birth certificate").says("Something else");
    which.says("/en/kiosk/EB1/appointment/book?line=A");
    let path = "/en/kiosk/EB1/appointment/prepare";
    let of_service = format!("{path}?line=A&service=birth-certificate");
    let question = walker.get(&of_service).await;
    question.says("name=\"question\" value=\"for-whom\"").says("value=\"my-ward\"");
    question.says("data-digit=\"6\"").is_silent_on("value=\"copies\"").is_silent_on("I have everything");
    let touch = |key: &'static str, value: &'static str| {
        [("line", "A"), ("service", "birth-certificate"), ("question", key), (key, value)]
    };
    let again = [("line", "A"), ("service", "birth-certificate"), ("again", "birth-certificate")];

    let other = walker.post(path, &touch("for-whom", "someone-else")).await;
    other.says("This service is not for you").says("power of attorney").says("Look at other services");
    other.is_silent_on("I have everything");
    walker.post(path, &again).await.says("value=\"my-ward\"");
    // An answer that is none leaves the question where it is.
    walker.post(path, &touch("for-whom", "the-cat")).await.says("value=\"my-ward\"");
    let own = walker.post(path, &touch("for-whom", "myself")).await;
    own.says("For what you answered").is_silent_on("The court order that makes you the guardian");
    walker.post(path, &again).await;
    let ward = walker.post(path, &touch("for-whom", "my-ward")).await;
    ward.says("For what you answered").says("The court order that makes you the guardian");
    // How many copies takes more than a touch.
    ward.says("Not everything could be asked here").says("I have everything");
    walker.post(path, &touch("copies", "3")).await.says("Not everything could be asked here");

    let day = format!("/en/kiosk/EB1/appointment/book?line=A&service=birth-certificate&day={MONDAY}");
    let at = first_time(&walker.get(&day).await.html());
    let booked = walker.post(&day, &[("at", &at), ("phone", "0750 123 4567")]).await;
    booked.says("Your appointment").says("What to bring").says("The court order that makes you the guardian");
    let (service, answers) = {
        let mut reading = test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let with = ("0750 123 4567", test.office.now());
        let rows = queue::appointments_with(&mut tx, test.centre, with).await.unwrap();
        (rows[0].service.clone(), queue::answers_of(&mut tx, &rows[0]).await.unwrap().unwrap())
    };
    assert_eq!(service.as_deref(), Some("birth-certificate"));
    assert_eq!((answers.len(), answers["for-whom"].as_str()), (1, Some("my-ward")));

    // Whoever comes next is asked anew.
    walker.get(&of_service).await;
    walker.post(path, &touch("for-whom", "my-ward")).await.says("For what you answered");
    walker.get("/kiosk/EB1").await;
    walker.get(&of_service).await.says("value=\"my-ward\"").is_silent_on("For what you answered");
    // Nothing is asked of a service that the line does not give.
    let none = walker.get(&format!("{path}?line=B&service=birth-certificate")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

/// Everything of the public log, as its pages give it, in a folder.
async fn log_in(visit: &mut Visit, folder: &Path, test: &TestOffice) {
    let head = log::head(&test.office.db).await.unwrap().unwrap();
    let checkpoint = visit.send("GET", "/log/checkpoint", String::new()).await;
    std::fs::create_dir_all(folder.join("tile/0")).unwrap();
    std::fs::write(folder.join("checkpoint"), &checkpoint.bytes).unwrap();
    for n in 0..head.size.div_ceil(256) {
        let width = (head.size - 256 * n).min(256);
        let part = if width == 256 { String::new() } else { format!(".p/{width}") };
        let name = format!("tile/0/{n:03}{part}");
        let tile = visit.send("GET", &format!("/log/{name}"), String::new()).await;
        assert_eq!(tile.status, StatusCode::OK, "{name}");
        let path = folder.join(&name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &tile.bytes).unwrap();
    }
}

/// Runs `scripts/check-draw` on a record.
fn checked(folder: &Path, record: &str, with_log: bool) -> (Option<i32>, String) {
    let file = folder.join("record.json");
    std::fs::write(&file, record).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/check-draw");
    let mut run = Command::new("python3");
    run.arg(script);
    if with_log {
        run.arg("--log").arg(folder);
    }
    let out = run.arg(&file).output().unwrap();
    let said = [out.stdout, out.stderr].concat();
    (out.status.code(), String::from_utf8_lossy(&said).into_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draw_from_its_announcement_to_the_appointment() {
    let test = TestOffice::open().await;
    let release = r#"
[[release]]
key = "winter"
line = "A"
from = "2026-11-25"
until = "2026-11-26"
opens = "2026-11-22T10:00"
closes = "2026-11-23T10:00"
drawn = "2026-11-24T08:00"
"#;
    let text = format!("{}{release}", diwan_testkit::SETUP);
    let publish = PublishSetup { centre: test.centre, text, seen: None };
    test.office.perform_once(&Who::system("test"), publish).await.unwrap();
    assert_eq!(queue::tend_releases(&test.office).await.unwrap(), 1);

    let mut shilan = Visit::of(&test);
    let days = shilan.get("/en/centres/EB1/book/A").await;
    days.says("Given by draw").says("Can be booked from");
    let page = shilan.get(&days.link("/en/centres/EB1/releases/")).await;
    page.says("Nobody can enter yet").says("Commitment to the seed").is_silent_on("Enter for the draw");
    let file = page.path.replacen("/en", "", 1) + "/record.json";
    let announced = shilan.send("GET", &file, String::new()).await.html();
    assert!(announced.contains("\"commitment\"") && !announced.contains("\"seed\""), "{announced}");

    test.pass(60);
    shilan.get(&page.path).await.says("You can enter now").says("Enter for the draw");
    let enter = format!("{}/enter", page.path);
    assert!(shilan.get(&enter).await.path.contains("/sign-in"));
    shilan.by_wallet("1000000000001").await;
    shilan.get(&enter).await.says("Which days suit you best?").says("No other day will do");
    let wrong = shilan.post(&enter, &[("only", "yes"), ("phone", "0750 123 4567")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("Choose days from the list").says("0750 123 4567");
    let entry = shilan.post(&enter, &[("days", "2026-11-26"), ("phone", "0750 123 4567")]).await;
    entry.says("You are entered").says("Number of your entry");
    let twice = shilan.post(&enter, &[("days", "2026-11-25")]).await;
    twice.says("You are entered already");
    for number in ["1000000000002", "1000000000003"] {
        let mut other = Visit::of(&test);
        other.by_wallet(number).await;
        other.get(&enter).await;
        other.post(&enter, &[]).await.says("You are entered");
    }

    // An officer enters somebody who telephones.
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    let desk = clerk.get("/en/desk/appointments?line=A").await;
    desk.says("Given by draw: ");
    let id = page.path.rsplit('/').next().unwrap();
    let by_phone = |phone| [("line", "A"), ("release", id), ("phone", phone)];
    let none = clerk.post("/en/desk/appointments/enter", &by_phone("")).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.says("Type the number with its digits");
    clerk.post("/en/desk/appointments/enter", &by_phone("0770 765 4321")).await.says("You are entered");

    test.pass(24 * 60);
    let mut stranger = Visit::of(&test);
    stranger.get(&page.path).await.says("Nobody can enter any more").is_silent_on("Seed");
    test.pass(22 * 60);
    let office = &test.office;
    log::seal(&office.db, &office.log_key, "test", office.now()).await.unwrap();
    assert_eq!(queue::tend_releases(office).await.unwrap(), 2);
    log::seal(&office.db, &office.log_key, "test", office.now()).await.unwrap();
    stranger.get(&page.path).await.says("It is drawn, and everybody was told").says("Seed");
    let given = stranger.get(&entry.path).await;
    given.says("You have an appointment").says("Your place in the order").says("08:30");
    stranger.get(&given.link("/en/appointments/")).await.says("Your appointment").says("Certificates");

    // The record names nobody, and a program of others draws again.
    let record = stranger.send("GET", &file, String::new()).await.html();
    for private in ["7501234567", "0750 123", "7707654321", "account"] {
        assert!(!record.contains(private), "{private}: {record}");
    }
    let folder = std::env::temp_dir().join(format!("draw-{}", uuid::Uuid::now_v7()));
    log_in(&mut stranger, &folder, &test).await;
    let (status, said) = checked(&folder, &record, true);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("as drawn: 4 entries"), "{said}");
    let parsed: serde_json::Value = serde_json::from_str(&record).unwrap();
    let swapped = {
        let mut parsed = parsed.clone();
        parsed["order"].as_array_mut().unwrap().swap(0, 1);
        parsed.to_string()
    };
    assert_eq!(checked(&folder, &swapped, false).0, Some(1), "another order is found out");
    let without = {
        let mut parsed = parsed.clone();
        parsed["entries"].as_array_mut().unwrap().pop();
        parsed.to_string()
    };
    assert_eq!(checked(&folder, &without, false).0, Some(1), "an entry left out is found out");
    let late = record.replacen("release-entered", "release-opened", 1);
    assert_eq!(checked(&folder, &late, true).0, Some(1), "what the log does not hold is found out");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_in_the_list_from_joining_to_the_appointment() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let office = &test.office;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let mut codes = Vec::new();
    for n in 0..12 {
        let act = BookAppointment {
            centre: test.centre,
            line: "A".into(),
            service: None,
            at: FIRST + n * 30 * A_MINUTE,
            who: For::Anyone,
            phone: format!("0770 123 45{n:02}"),
            language: "ckb".into(),
            instead_of: None,
            no_phone: false,
        };
        codes.push(office.perform_once(&clerk, act).await.unwrap());
    }
    let mut shilan = Visit::of(&test);
    let days = shilan.get("/en/centres/EB1/book/A").await;
    days.says("Wait for a place");
    let join = days.link("/en/centres/EB1/wait/A/");
    assert!(join.ends_with(MONDAY));
    assert!(shilan.get(&join).await.path.contains("/sign-in"));
    shilan.by_wallet("1000000000001").await;
    shilan.get(&join).await.says("held for 15 minutes");
    let place = shilan.post(&join, &[("phone", "0750 123 4567")]).await;
    place.says("You wait for a place").says("Before you");
    let twice = shilan.post(&join, &[]).await;
    twice.says("You wait for this day already");
    let mut desk = officer(&test, "second-clerk", Role::CounterOfficer).await;
    desk.get(&format!("/en/desk/appointments?line=A&day={MONDAY}")).await.says("Wait for a place");
    let fields = [("line", "A"), ("day", MONDAY), ("phone", "0750 765 4321")];
    desk.post("/en/desk/appointments/wait", &fields).await.says("You wait for a place");

    let cancel = CancelAppointment { code: codes[3].clone() };
    office.perform_once(&Who::system("appointments"), cancel).await.unwrap();
    assert_eq!(queue::tend_waiting(office).await.unwrap(), 1);
    let mut phone = Visit::of(&test);
    let offered = phone.get(&place.path).await;
    offered.says("A place is free for you").says("10:00").says("Take this time");
    let taken = phone.post(&format!("{}/do/take", place.path), &[]).await;
    taken.says("Your appointment").says("10:00");
    phone.get(&place.path).await.says("You took the place").is_silent_on("Take this time");

    // A manager enters a day off: they see what it calls off, and can take it back.
    let mut manager = officer(&test, "manager", Role::CentreManager).await;
    let centres = manager.get("/en/desk/centres").await;
    centres.says("is told half an hour later").is_silent_on("Empty: everywhere");
    let centre = test.centre.to_string();
    let day = [("day-day", "23"), ("day-month", "11"), ("day-year", "2026"), ("name-ckb", "بەفر")];
    let fields = [day.as_slice(), &[("centre", centre.as_str()), ("name-en", "Snow")]].concat();
    let entered = manager.post("/en/desk/holidays/add", &fields).await;
    entered.says("Appointments: 12. In waiting lists: 1. They are called off from");
    let refused = manager.post("/en/desk/holidays/add", &day).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    test.pass(31);
    assert_eq!(queue::tend_waiting(office).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_to_bring_is_said_before_the_time_is_chosen() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let mut shilan = Visit::of(&test);
    let lines = shilan.get("/en/centres/EB1/book").await;
    lines.says("Birth certificate").says("Certificates");
    let prepare = shilan.get(&lines.link("/en/centres/EB1/prepare/A/")).await;
    prepare.says("The court order that makes you the guardian").says("I have everything");
    let days = shilan.get(&prepare.link("/en/centres/EB1/book/A?service=")).await;
    let day = days.link(&format!("/en/centres/EB1/book/A/{MONDAY}"));
    assert!(day.ends_with("service=birth-certificate"), "{day}");
    shilan.by_wallet("1000000000001").await;
    let at = first_time(&shilan.get(&day).await.html());
    let booked = shilan.post(&day, &[("at", &at), ("phone", "0750 123 4567")]).await;
    booked.says("What to bring: Birth certificate");
    shilan.get(&booked.link("/en/centres/EB1/prepare/A/")).await.says("I have everything");
    // A day before, the message says where the list is.
    test.pass(60);
    assert_eq!(queue::tend_appointments(&test.office).await.unwrap(), 1);
    let soon = test.office.now();
    let told = diwan_store::outbox::lease(&test.office.db, soon, A_MINUTE, 10).await.unwrap();
    assert!(told[0].body.contains("/centres/EB1/prepare/A/birth-certificate"), "{}", told[0].body);
    // No service is booked in a line that does not give it.
    shilan.by_wallet("1000000000001").await;
    shilan.get(&day).await;
    let nowhere = day.replace("birth-certificate", "passport");
    let refused = shilan.post(&nowhere, &[("at", &at)]).await;
    assert!(refused.status.is_client_error(), "{}", refused.status);
}
