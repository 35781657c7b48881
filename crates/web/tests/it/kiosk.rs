//! A kiosk as people meet it, and the program at its printers.

use crate::program::{Program, officers, token_of};
use crate::visit::{Page, Visit, app, code_to, officer};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use diwan_domain::acts::Actor;
use diwan_domain::calendar::OpeningHours;
use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_office::administration::{MoveOfficer, SetCentre};
use diwan_office::documents::SealDocument;
use diwan_testkit::{Kiosk, TestOffice, kiosk};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

/// The program at the kiosk's printers.
struct Agent {
    router: Router,
    key: String,
}

impl Agent {
    fn of(test: &TestOffice, key: &str) -> Self {
        Self { router: diwan_web::router(app(test)), key: key.to_owned() }
    }

    async fn call(&self, method: Method, path: &str, body: Value) -> (StatusCode, Vec<u8>) {
        let request = Request::builder()
            .method(method)
            .uri(format!("/device/{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.key))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        (status, response.into_body().collect().await.unwrap().to_bytes().to_vec())
    }

    async fn stands(&self, receipt: &str, paper: &str) {
        let told = json!({"printers": {"receipt": receipt, "paper": paper}});
        let (status, said) = self.call(Method::POST, "health", told).await;
        assert_eq!(status, StatusCode::NO_CONTENT, "{}", String::from_utf8_lossy(&said));
    }

    async fn due(&self) -> Vec<Value> {
        let (status, said) = self.call(Method::GET, "prints", Value::Null).await;
        assert_eq!(status, StatusCode::OK);
        serde_json::from_slice(&said).unwrap()
    }

    async fn begin(&self, due: &Value) -> (StatusCode, Vec<u8>) {
        let id = due["id"].as_str().unwrap();
        self.call(Method::POST, &format!("prints/{id}/begin"), json!({})).await
    }

    async fn end(&self, due: &Value, outcome: &str) -> StatusCode {
        let id = due["id"].as_str().unwrap();
        self.call(Method::POST, &format!("prints/{id}/end"), json!({"outcome": outcome})).await.0
    }
}

fn before(test: &TestOffice, kiosk: &Kiosk) -> Visit {
    let mut visit = Visit::of(test);
    visit.bring("diwan-device", &kiosk.screen);
    visit
}

/// The address to which a form of a page goes that begins so.
fn action(page: &Page, start: &str) -> String {
    page.link(start)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_in_two_touches_printed_once() {
    let test = TestOffice::open().await.with_papers();
    test.gives_tickets().await;
    let kiosk = kiosk(&test).await;
    let agent = Agent::of(&test, &kiosk.agent);
    // Another browser is no kiosk.
    Visit::of(&test).get("/kiosk/EB1").await.says("هەشت پیت و ڕەنووس");
    let refused = Visit::of(&test).get("/en/kiosk/EB1").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.says("This machine is not in use");

    let mut walker = before(&test, &kiosk);
    let start = walker.get("/kiosk/EB1").await;
    start.says("/ckb/kiosk/EB1").says("/en/kiosk/EB1");
    assert!(start.headers.contains_key("clear-site-data"));
    // Before the program at the printers said anything nothing can be printed, and the page says so.
    walker.get("/en/kiosk/EB1").await.says("Take a ticket").says("No tickets can be printed");
    agent.stands("ready", "ready").await;
    walker.get("/en/kiosk/EB1").await.is_silent_on("No tickets can be printed").says("Call a helper");
    walker.get("/en/kiosk/EB1/ticket").await.says("Certificates").says("data-digit=\"1\"");
    walker.get("/en/kiosk/EB1/ticket?line=A").await.says("No, the next counter").says("wheelchair");
    let shown = walker.post("/en/kiosk/EB1/ticket", &[("line", "A")]).await;
    shown.says("A001").says("comes out of the printer").says("<svg");

    let due = agent.due().await;
    assert_eq!(due.len(), 1);
    assert_eq!((due[0]["printer"].as_str(), due[0]["unsure"].as_bool()), (Some("receipt"), Some(false)));
    let (status, slip) = agent.begin(&due[0]).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(&slip[..6], [0x1b, b'@', 0x1d, b'v', b'0', 0], "ESC/POS, as a picture");
    // Fetched twice it is not given out twice.
    assert_eq!(agent.begin(&due[0]).await.0, StatusCode::CONFLICT);
    assert_eq!(agent.end(&due[0], "printed").await, StatusCode::NO_CONTENT);
    // Said again after a broken line it is the same; otherwise it is refused.
    assert_eq!(agent.end(&due[0], "printed").await, StatusCode::NO_CONTENT);
    assert_eq!(agent.end(&due[0], "failed").await, StatusCode::CONFLICT);
    walker.get(&shown.path).await.says("It lies in the tray");
    // Another kiosk's key opens nothing of it.
    let stranger = Agent::of(&test, "another");
    assert_eq!(stranger.call(Method::GET, "prints", Value::Null).await.0, StatusCode::UNAUTHORIZED);
}

/// The key of the form with the first tile of a page.
fn key_of_first(page: &Page) -> String {
    let html = page.html();
    let form = html.split("<li><form").nth(1).unwrap();
    form.split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn back_and_the_same_button_again_is_the_same_ticket() {
    let test = TestOffice::open().await.with_papers();
    test.gives_tickets().await;
    let kiosk = kiosk(&test).await;
    let agent = Agent::of(&test, &kiosk.agent);
    agent.stands("ready", "ready").await;
    let mut walker = before(&test, &kiosk);
    walker.get("/kiosk/EB1").await;
    let path = "/en/kiosk/EB1/ticket";
    // Each time the page is fetched anew, as a browser does that keeps nothing.
    let mut sheets = Vec::new();
    for _ in 0..2 {
        let needs = walker.get(&format!("{path}?line=A")).await;
        let sent = walker.form(&key_of_first(&needs), &[("line", "A")]);
        let taken = walker.send("POST", path, sent).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.html());
        let sheet = taken.headers[header::LOCATION].to_str().unwrap().to_owned();
        walker.get(&sheet).await.says("A001");
        sheets.push(sheet);
    }
    assert_eq!(sheets[0], sheets[1], "the same ticket and the same sheet");
    assert_eq!(agent.due().await.len(), 1);
    // Another line, and another need, are other tickets.
    let other = walker.get(&format!("{path}?line=B")).await;
    let sent = walker.form(&key_of_first(&other), &[("line", "B")]);
    let taken = walker.send("POST", path, sent).await;
    let sheet = taken.headers[header::LOCATION].to_str().unwrap().to_owned();
    walker.get(&sheet).await.says("B001");
    // So is that of whoever stands there next.
    walker.post("/en/kiosk/EB1/end", &[]).await;
    walker.get("/kiosk/EB1").await;
    let needs = walker.get(&format!("{path}?line=A")).await;
    let sent = walker.form(&key_of_first(&needs), &[("line", "A")]);
    let taken = walker.send("POST", path, sent).await;
    let sheet = taken.headers[header::LOCATION].to_str().unwrap().to_owned();
    walker.get(&sheet).await.says("A002");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_paper_the_number_counts_and_nothing_is_left_for_the_next() {
    let test = TestOffice::open().await.with_papers();
    test.gives_tickets().await;
    let kiosk = kiosk(&test).await;
    let agent = Agent::of(&test, &kiosk.agent);
    agent.stands("paper-out", "ready").await;
    let mut walker = before(&test, &kiosk);
    walker.get("/en/kiosk/EB1").await.says("No tickets can be printed");
    let shown = walker.post("/en/kiosk/EB1/ticket", &[("line", "B")]).await;
    shown.says("B001").says("The paper has run out").says("counts without paper");
    // Whoever stood here goes away: paper comes, and nothing of theirs comes out.
    walker.post("/en/kiosk/EB1/end", &[]).await;
    agent.stands("ready", "ready").await;
    assert!(agent.due().await.is_empty());
    // Nor when nobody pressed anything: after three minutes nobody stands there.
    walker.get("/en/kiosk/EB1").await;
    walker.post("/en/kiosk/EB1/ticket", &[("line", "B")]).await.says("B002");
    test.pass(4);
    assert!(agent.due().await.is_empty());
    // The page after that is the next person's: nothing of the one before is in it.
    walker.get("/en/kiosk/EB1").await.is_silent_on("B002");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_cut_while_printing_is_told_and_a_manager_decides() {
    let test = TestOffice::open().await.with_papers();
    test.gives_tickets().await;
    let kiosk = kiosk(&test).await;
    let agent = Agent::of(&test, &kiosk.agent);
    agent.stands("ready", "ready").await;
    let mut walker = before(&test, &kiosk);
    walker.get("/en/kiosk/EB1").await;
    let shown = walker.post("/en/kiosk/EB1/ticket", &[("line", "A")]).await;
    let due = agent.due().await;
    agent.begin(&due[0]).await;
    // The power fails; the program starts anew and finds what it had in hand.
    let open = agent.due().await;
    assert_eq!(open[0]["unsure"], json!(true));
    assert_eq!(agent.end(&open[0], "unsure").await, StatusCode::NO_CONTENT);
    let told = walker.get(&shown.path).await;
    told.says("it may lie in the tray or not").says("Try once more");
    let mut head = officer(&test, "head", Role::CentreManager).await;
    head.get("/en/desk/devices").await.says("K1").says("Nobody knows whether it came out");
    let sheet = head.get("/en/desk/devices").await.link("/en/desk/prints/");
    head.get(&sheet).await.says("It lies there").says("print it again");
    head.post(&format!("{sheet}/again"), &[]).await.says("Everything came out");
    let again = agent.due().await;
    assert_eq!(agent.begin(&again[0]).await.0, StatusCode::OK);
    assert_eq!(agent.end(&again[0], "printed").await, StatusCode::NO_CONTENT);

    // Locked, the kiosk is none.
    let device = head.get("/en/desk/devices").await.link("/en/desk/devices/");
    head.get(&device).await.says("Lock");
    head.post(&format!("{device}/lock"), &[]).await.says("Locked");
    assert_eq!(walker.get("/en/kiosk/EB1").await.status, StatusCode::FORBIDDEN);
    assert_eq!(agent.call(Method::GET, "prints", Value::Null).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_display_is_enrolled_shows_its_hall_and_is_no_kiosk() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let mut head = officer(&test, "head", Role::CentreManager).await;
    head.get("/en/desk/devices").await.says("Hall display");
    let told = head.post("/en/desk/devices", &[("kind", "display"), ("label", "D1")]).await;
    let html = told.html();
    let code = html.split("<code>").nth(1).and_then(|rest| rest.split('<').next());
    let code = code.unwrap_or_else(|| panic!("{html}")).to_owned();
    head.get("/en/desk/devices").await.says("Waits for its code");
    let mut screen = Visit::of(&test);
    screen.get("/en/kiosk/EB1/enrol").await;
    let hall = screen.post("/en/kiosk/EB1/enrol", &[("code", &code)]).await;
    assert_eq!((hall.status, hall.path.as_str()), (StatusCode::OK, "/en/halls/EB1/main"));
    head.get("/en/desk/devices").await.says("There").is_silent_on("Says nothing");
    head.get("/en/desk/hall/start-up").await.says("A display is enrolled and follows its hall").says("D1");
    assert_eq!(screen.get("/en/kiosk/EB1/ticket").await.status, StatusCode::FORBIDDEN);
    test.pass(4);
    head.get("/en/desk/devices").await.says("Says nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kiosk_is_enrolled_by_its_manager_with_a_code() {
    let test = TestOffice::open().await.with_papers();
    test.gives_tickets().await;
    let mut head = officer(&test, "head", Role::CentreManager).await;
    head.get("/en/desk/devices").await.says("has no kiosk yet");
    head.post("/en/desk/devices", &[("label", "")]).await.says("Type a name that no other machine");
    let told = head.post("/en/desk/devices", &[("label", "K7")]).await;
    told.says("/kiosk/EB1");
    let html = told.html();
    let code = html.split("<code>").nth(1).and_then(|rest| rest.split('<').next());
    let code = code.unwrap_or_else(|| panic!("{html}")).to_owned();
    let mut machine = Visit::of(&test);
    machine.get("/en/kiosk/EB1/enrol").await;
    machine.post("/en/kiosk/EB1/enrol", &[("code", "AAAA AAAA")]).await.says("is not known");
    machine.post("/en/kiosk/EB1/enrol", &[("code", &code.to_lowercase())]).await;
    assert!(!machine.cookie("diwan-device").is_empty());
    machine.get("/en/kiosk/EB1").await.says("Take a ticket");
    let agent = Agent::of(&test, "");
    let (status, said) = agent.call(Method::POST, "enrol", json!({"code": code})).await;
    assert_eq!(status, StatusCode::OK, "{}", String::from_utf8_lossy(&said));
    // Both halves have their keys: the code is spent.
    assert_eq!(agent.call(Method::POST, "enrol", json!({"code": code})).await.0, StatusCode::CONFLICT);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ones_own_certificate_is_printed_and_wiped() {
    let test = TestOffice::open().await.with_papers();
    test.gives_tickets().await;
    let kiosk = kiosk(&test).await;
    let agent = Agent::of(&test, &kiosk.agent);
    agent.stands("ready", "ready").await;
    // An officer confirms the telephone of someone whom no wallet knows.
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    let person = test.person("1000000000001").await;
    let contact = format!("/en/desk/counter/people/{person}/contact");
    clerk.get(&contact).await;
    clerk.post(&contact, &[("address", "0750 123 4567"), ("shown", "national-card")]).await;
    let code = code_to(&test, "+9647501234567").await.expect("a code went out");
    let fields = [("address", "0750 123 4567"), ("shown", "national-card"), ("code", &code)];
    let done = clerk.post(&format!("{contact}/code"), &fields).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.html());
    // The old telephone, had there been one, would be told; whatever waits is delivered.
    code_to(&test, "nobody").await;

    let mut walker = before(&test, &kiosk);
    walker.get("/en/kiosk/EB1").await;
    walker.get("/en/kiosk/EB1/papers").await.says("Who are you?");
    walker.post("/en/kiosk/EB1/sign-in", &[("number", "x")]).await.says("cannot be read as a number");
    walker.post("/en/kiosk/EB1/sign-in", &[("number", "1000000000001")]).await.says("a code of six digits");
    let code = code_to(&test, "+9647501234567").await.expect("a code went out");
    let wrong = if code == "000000" { "000001" } else { "000000" };
    walker.post("/en/kiosk/EB1/sign-in/code", &[("code", wrong)]).await.says("does not fit");
    let papers = walker.post("/en/kiosk/EB1/sign-in/code", &[("code", &code)]).await;
    papers.says("Birth certificate").says("Of your own entry");
    let begin = action(&papers, "/en/kiosk/EB1/papers/birth-certificate");
    let shown = walker.post(&begin, &[]).await;
    shown.says("Your paper").says("is being made");
    assert!(agent.due().await.is_empty(), "it is not sealed");

    let document = {
        let mut reading = test.office.db.reading().await.unwrap();
        diwan_store::documents::intended(&mut reading.tx(), 5).await.unwrap()[0].id
    };
    let file_hash = test.office.files.put(b"%PDF-1.7 a paper".to_vec()).await.unwrap();
    let seal = SealDocument { document, file_hash, key_id: "0f".into(), moment: Default::default() };
    test.office.perform_once(&Who::system("sealer"), seal).await.unwrap();
    let due = agent.due().await;
    assert_eq!(due[0]["printer"], json!("paper"));
    let (status, pdf) = agent.begin(&due[0]).await;
    assert_eq!((status, pdf.as_slice()), (StatusCode::OK, b"%PDF-1.7 a paper".as_slice()));
    assert_eq!(agent.end(&due[0], "printed").await, StatusCode::NO_CONTENT);
    walker.get(&shown.path).await.says("It lies in the tray");
    walker.get("/en/kiosk/EB1/cases").await.says("Birth certificate");
    // A touch on the start ends everything.
    walker.get("/kiosk/EB1").await;
    walker.get("/en/kiosk/EB1/cases").await.says("Who are you?");
    // And whoever walks away is forgotten without one.
    walker.get("/en/my-cases").await.is_silent_on("Birth certificate");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_note_has_a_number_and_an_answer() {
    let test = TestOffice::open().await.with_papers();
    test.gives_tickets().await;
    let kiosk = kiosk(&test).await;
    let mut walker = before(&test, &kiosk);
    walker.get("/en/kiosk/EB1/note").await.says("Your name is not asked");
    let fields = [("words", "They asked for tea money"), ("phone", "12")];
    let wrong = walker.post("/en/kiosk/EB1/note", &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("Type the number with its digits").says("They asked for tea money");
    let thanks = walker.post("/en/kiosk/EB1/note", &[("about", "asked-for-money"), ("words", "Tea")]).await;
    thanks.says("Your note was kept");
    let mut inspector = officer(&test, "inspector", Role::Inspector).await;
    let listed = inspector.get("/en/desk/notes").await;
    listed.says("Tea");
    let one = listed.link("/en/desk/notes/");
    inspector.get(&one).await.says("Tea");
    inspector.post(&one, &[("answer", " ")]).await.says("Write the answer");
    inspector.post(&one, &[("answer", "The officer was moved.")]).await.says("Answered");
    let number = one.rsplit('/').next().unwrap();
    Visit::of(&test).get(&format!("/en/notes/{number}")).await.says("The officer was moved.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_helper_is_called_from_every_page() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let kiosk = kiosk(&test).await;
    let mut walker = before(&test, &kiosk);
    walker.get("/en/kiosk/EB1/ticket").await;
    walker.post("/en/kiosk/EB1/help", &[]).await.says("somebody of the centre comes to you");
    walker.post("/en/kiosk/EB1/help", &[]).await.says("somebody of the centre comes to you");
    let mut head = officer(&test, "head", Role::CentreManager).await;
    let hall = head.get("/en/desk/hall").await;
    hall.says("K1");
    assert_eq!(hall.html().matches("/take\"").count(), 1, "called twice it is one call");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_made_easier_and_are_as_they_were_for_the_next() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let kiosk = kiosk(&test).await;
    let mut walker = before(&test, &kiosk);
    walker.get("/ckb/kiosk/EB1").await.says("data-idle=\"60\"");
    // Sent twice, nothing switches back; what nobody offers does nothing.
    let sent =
        [("on", "contrast"), ("on", "slow"), ("on", "slow"), ("on", "low"), ("off", "low"), ("off", "low")];
    for (wanted, what) in sent.into_iter().chain([("on", "loud")]) {
        walker.post("/ckb/kiosk/EB1/comfort", &[(wanted, what), ("back", "/kiosk/EB1/ticket")]).await;
    }
    walker.get("/ckb/kiosk/EB1").await.says("kiosk contrast slow\"").says("data-idle=\"240\"");
    walker.get("/kiosk/EB1").await;
    walker.get("/ckb/kiosk/EB1").await.says("data-idle=\"60\"").is_silent_on("kiosk contrast");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_for_a_cut_line_begins_no_session() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let kiosk = kiosk(&test).await;
    let mut walker = before(&test, &kiosk);
    walker.get("/en/kiosk/EB1/away").await.says("data-kept");
    assert!(walker.cookie("diwan").is_empty(), "it races with nobody's");
    walker.get("/en/kiosk/EB1").await;
    let own = walker.cookie("diwan");
    assert!(!own.is_empty());
    walker.get("/ckb/kiosk/EB1/away").await;
    assert_eq!(walker.cookie("diwan"), own);
    // Only a machine of the centre has it.
    let refused = Visit::of(&test).get("/en/kiosk/EB1/away").await.status;
    assert!(refused.is_client_error(), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kiosk_says_when_a_line_is_probably_full() {
    let test = TestOffice::open().await.with_papers();
    test.gives_tickets().await;
    let kiosk = kiosk(&test).await;
    // At two there is room for two more in line A.
    test.pass(5 * 60);
    let mut walker = before(&test, &kiosk);
    walker.get("/kiosk/EB1").await;
    walker.get("/en/kiosk/EB1/ticket").await.says("Certificates").is_silent_on("Probably nobody more");
    for number in ["A001", "A002"] {
        walker.get("/en/kiosk/EB1/ticket?line=A").await;
        walker.post("/en/kiosk/EB1/ticket", &[("line", "A")]).await.says(number);
    }
    let full = walker.get("/en/kiosk/EB1/ticket").await;
    full.says("Probably nobody more can be served in this line today. The next free appointment:");
    full.says("places are kept for you").says("/en/kiosk/EB1/appointment/book");
    // It turns nobody away.
    full.says("/en/kiosk/EB1/ticket?line=A");
    walker.post("/en/kiosk/EB1/ticket", &[("line", "A")]).await.says("A003");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_of_the_manager_adds_locks_replaces_and_takes_machines_away() {
    let test = TestOffice::open().await.with_papers();
    test.gives_tickets().await;
    let manager = officers(&test, "manager", Role::CentreManager).await;
    let all = "/api/v1/desk/devices";
    let wanted = json!({"kind": "kiosk", "label": "K7"});
    let once = [("idempotency-key", "add-a-kiosk-7")];
    let added = manager.post_as(all, wanted.clone(), &once).await.is(201).json();
    manager.post_as(all, wanted.clone(), &once).await.refuses(409, "request/key-reused");
    manager.post(all, wanted).await.refuses(422, "admin/field-missing");
    manager.post(all, json!({"kind": "toaster", "label": "K8"})).await.refuses(422, "admin/field-missing");
    assert!(added["address"].as_str().unwrap().ends_with("/kiosk/EB1"));
    let one = format!("{all}/{}", added["id"].as_str().unwrap());
    let seen = manager.get(&one).await;
    assert_eq!(
        (&seen.is(200).json()["state"], &seen.json()["kind"]),
        (&json!("not-enrolled"), &json!("kiosk"))
    );
    assert!(!seen.header("etag").is_empty());
    for secret in ["key_hash", "code_hash", added["code"].as_str().unwrap()] {
        assert!(!seen.text().contains(secret), "{secret}");
    }

    // The code enrols the printers' half and the screen.
    let enrol = async |code: &Value| {
        let (status, said) = Agent::of(&test, "").call(Method::POST, "enrol", json!({"code": code})).await;
        (status, serde_json::from_slice::<Value>(&said).unwrap_or_default()["key"].clone())
    };
    let (status, key) = enrol(&added["code"]).await;
    assert_eq!(status, StatusCode::OK);
    let mut screen = Visit::of(&test);
    screen.get("/en/kiosk/EB1/enrol").await;
    let code = added["code"].as_str().unwrap();
    screen.post("/en/kiosk/EB1/enrol", &[("code", code)]).await;
    screen.get("/en/kiosk/EB1").await.says("Take a ticket");
    let agent = Agent::of(&test, key.as_str().unwrap());
    agent.stands("ready", "ready").await;
    let stands = manager.get(&one).await.is(200).json();
    assert_eq!((&stands["state"], &stands["printers"]["paper"]), (&json!("there"), &json!("ready")));
    // What no printer does is refused with a code, and of a stranger nothing is read.
    let stranger = Agent::of(&test, "none");
    for (who, status, code) in [(&agent, 422, "request/malformed"), (&stranger, 401, "device/not-in-use")] {
        let burnt = json!({"printers": {"receipt": "burnt"}});
        let (answered, said) = who.call(Method::POST, "health", burnt).await;
        let said = serde_json::from_slice::<Value>(&said).unwrap_or_default();
        assert_eq!((answered.as_u16(), &said["code"]), (status, &json!(code)));
    }

    // Locked it serves nobody, and is locked once.
    let steps = format!("{one}/steps");
    manager.post(&steps, json!({"step": "replace"})).await.refuses(422, "admin/field-missing");
    manager.post(&steps, json!({"step": "lock"})).await.is(204);
    assert_eq!(manager.get(all).await.is(200).json()["devices"][0]["state"], "locked");
    assert_eq!(screen.get("/en/kiosk/EB1").await.status, StatusCode::FORBIDDEN);
    manager.post(&steps, json!({"step": "unlock"})).await.is(204);
    screen.get("/en/kiosk/EB1").await.says("Take a ticket");

    // Another machine in its place: both keys end at once.
    let other = manager.post(&format!("{one}/replacement"), json!({})).await.is(201).json();
    assert_eq!(agent.call(Method::GET, "prints", Value::Null).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(screen.get("/en/kiosk/EB1").await.status, StatusCode::FORBIDDEN);
    assert_eq!(enrol(&added["code"]).await.0, StatusCode::CONFLICT, "the old code enrols nothing");
    assert_eq!(enrol(&other["code"]).await.0, StatusCode::OK);

    // Only the centre's own manager finds it.
    let clerk = officers(&test, "clerk", Role::CounterOfficer).await;
    clerk.get(all).await.refuses(403, "officer/not-permitted");
    let elsewhere = test.officer("manager-elsewhere", Role::CentreManager, None).await;
    let Actor::Officer(officer) = elsewhere.actor else { panic!("an officer") };
    let there = SetCentre {
        centre: None,
        code: "SU1".into(),
        names: json!({"en": "Sulaymaniyah"}),
        address: "Sulaymaniyah".into(),
        area: None,
        hours: OpeningHours::usual(),
        seen: None,
    };
    let there = test.office.perform_once(&Who::system("test"), there).await.unwrap();
    let moved = MoveOfficer { officer, office: Some(test.place), centre: Some(there), seen: None };
    test.office.perform_once(&Who::system("test"), moved).await.unwrap();
    let stranger = Program::with(&test, &token_of(&test, &elsewhere).await);
    assert_eq!(stranger.get(all).await.is(200).json()["devices"], json!([]));
    stranger.get(&one).await.refuses(404, "request/not-found");
    stranger.post(&steps, json!({"step": "end"})).await.refuses(404, "request/not-found");
    stranger.post(&format!("{one}/replacement"), json!({})).await.refuses(404, "request/not-found");

    manager.post(&steps, json!({"step": "end"})).await.is(204);
    manager.get(&one).await.refuses(404, "request/not-found");
    assert_eq!(manager.get(all).await.is(200).json()["devices"], json!([]));
}
