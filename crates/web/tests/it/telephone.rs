//! The ways in for gateways, and the pages of those who act for others.

use crate::program::{Program, token_of};
use crate::visit::{Visit, app};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use diwan_domain::ids::PersonId;
use diwan_domain::people::{Permission, Role};
use diwan_office::accounts::{ReplaceContact, RequestCode, contact_purpose};
use diwan_office::{Who, outbox};
use diwan_store::dialect::Engine;
use diwan_testkit::TestOffice;
use diwan_web::App;
use diwan_web::gateways::Gateways;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt;

const SECRET: &str = "a-secret-of-the-operator";
const PHONE: &str = "%2B9647501234567";

fn open(test: &TestOffice) -> App {
    let gateways = Gateways { sms: Some(SECRET.into()), menu: Some(SECRET.into()), ..Gateways::default() };
    app(test).with(|given| given.gateways = Arc::new(gateways))
}

/// A centre that gives tickets, and somebody's application: its number, and that in digits.
async fn with_application() -> (TestOffice, App, String, String) {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let app = open(&test);
    let shilan = test.citizen("1000000000001").await;
    let (case, _) = test.sent(&shilan, &[]).await;
    let number = test.case(case).await.number;
    let digits = number.chars().filter(char::is_ascii_digit).collect();
    (test, app, number, digits)
}

async fn bring(app: &App, path: &str, secret: &str, body: String) -> (StatusCode, String) {
    let request = Request::builder()
        .method("POST")
        .uri(path)
        .header("host", "here")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("authorization", format!("Bearer {secret}"))
        .body(Body::from(body))
        .unwrap();
    let response = diwan_web::router(app.clone()).oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

/// A screen, as the aggregator gets it.
async fn screen(app: &App, session: &str, keys: &str) -> String {
    let keys = keys.replace('*', "%2A");
    let body = format!("sessionId={session}&serviceCode=%2A123%23&phoneNumber={PHONE}&text={keys}");
    let (status, said) = bring(app, "/gateways/ussd", SECRET, body).await;
    assert_eq!(status, StatusCode::OK, "{said}");
    let text = said.strip_prefix("CON ").or_else(|| said.strip_prefix("END ")).expect("CON or END");
    assert!(text.chars().count() <= 160, "a screen holds no more: {text}");
    said
}

#[tokio::test]
async fn a_gateway_without_its_secret_is_refused() {
    let test = TestOffice::open().await;
    let text = |id: &str| format!("id={id}&from={PHONE}&text=help");
    for path in ["/gateways/sms/in", "/gateways/ussd", "/gateways/voice"] {
        let (shut, _) = bring(&app(&test), path, SECRET, text("1")).await;
        assert_eq!(shut, StatusCode::NOT_FOUND, "{path} is off until somebody opens it");
        let (refused, _) = bring(&open(&test), path, "another", text("1")).await;
        assert_eq!(refused, StatusCode::UNAUTHORIZED, "{path}");
        let (large, _) = bring(&open(&test), path, SECRET, "x".repeat(20_000)).await;
        assert_eq!(large, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
    }
    let app = open(&test);
    let (unreadable, _) = bring(&app, "/gateways/sms/in", SECRET, format!("from={PHONE}&text=help")).await;
    assert_eq!(unreadable, StatusCode::UNPROCESSABLE_ENTITY, "a message without a name cannot count once");
    for id in ["1", "1", "2"] {
        assert_eq!(bring(&app, "/gateways/sms/in", SECRET, text(id)).await.0, StatusCode::OK);
    }
    test.pass(1);
    let sent = outbox::lease(&test.office.db, test.office.now(), 60_000_000, 50).await.unwrap();
    assert_eq!(sent.len(), 2, "brought twice, answered once");
    let body: Value = serde_json::from_str(&sent[0].body).unwrap();
    assert_eq!(body["args"]["status"], "status", "the help names the words in the language of the word");
}

#[tokio::test]
async fn a_basic_phone_asks_books_and_gives_back_by_menu() {
    let (test, app, number, digits) = with_application().await;

    assert!(screen(&app, "s", "").await.contains("English"));
    let english = "5";
    assert!(screen(&app, "s", english).await.contains("1 My application"));
    assert!(screen(&app, "s", "5*9").await.contains("none of the keys"), "a wrong key shows it again");
    assert!(screen(&app, "s", "5*9*1").await.contains("digits"), "and is forgotten");
    assert!(screen(&app, "s", "5*1*0").await.contains("1 My application"), "0 goes back");
    let said = screen(&app, "s", &format!("5*1*{digits}")).await;
    assert!(said.starts_with("END ") && said.contains(&number), "{said}");
    assert!(screen(&app, "s", "5*1*1234").await.contains("Nothing found"));
    assert!(screen(&app, "s", "5*2").await.contains("no ticket"));

    let days = screen(&app, "b", "5*3*1*1*1").await;
    let day = days.lines().nth(1).expect("a day").split(' ').next().unwrap().to_owned();
    let times = screen(&app, "b", &format!("5*3*1*1*1*{day}")).await;
    let time = times.lines().nth(1).expect("a time").split(',').next().unwrap().trim().to_owned();
    let chosen = format!("5*3*1*1*1*{day}*{time}");
    assert!(screen(&app, "b", &chosen).await.contains("1 yes"));
    let booked = screen(&app, "b", &format!("{chosen}*1")).await;
    assert!(booked.starts_with("END ") && booked.contains("Booked"), "{booked}");
    assert_eq!(screen(&app, "b", &format!("{chosen}*1")).await, booked, "asked again, booked once");
    let own = screen(&app, "c", "5*3*2").await;
    let dated = format!("{day}{time}");
    assert!(own.starts_with(&format!("CON {dated} ")), "an appointment is named by its day and time: {own}");
    assert!(screen(&app, "c", "5*3*2*1").await.contains("none of the keys"), "and never by its place");
    assert!(screen(&app, "c", &format!("5*3*2*{dated}")).await.contains("1 yes"));
    let given = screen(&app, "c", &format!("5*3*2*{dated}*1")).await;
    assert!(given.contains("Given back"), "{given}");
    let again = screen(&app, "c", &format!("5*3*2*{dated}*1")).await;
    assert_eq!(again, given, "asked again, given back once");
    assert!(screen(&app, "d", "5*3*2").await.contains("no appointment"));

    for _ in 0..2 {
        assert!(screen(&app, "w", "5*4").await.contains("telephone you"));
    }
    let (_, voice) =
        bring(&app, "/gateways/voice", SECRET, format!("sessionId=v&phoneNumber={PHONE}&text=5")).await;
    let voice: Value = serde_json::from_str(&voice).unwrap();
    assert_eq!(voice["language"], "en");
    assert_eq!(voice["gather"]["digits"], 1);

    // Whoever serves the telephone sees the one wish, and its number once it is taken.
    let secret = test.officer_with_secret("operator", Role::CounterOfficer).await;
    // Six digits serve once.
    test.pass(1);
    assert!(Role::CounterOfficer.permissions().contains(&Permission::ServeTelephone));
    let mut desk = Visit::at(app.clone());
    desk.by_password(&test, "operator", &secret).await;
    let page = desk.get("/en/desk/telephone").await;
    page.is_silent_on("9647501234567");
    let action = page.link("/en/desk/telephone/wishes/");
    desk.post(&action, &[]).await.says("+9647501234567");
}

#[tokio::test]
async fn every_screen_fits_in_every_language() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let app = open(&test);
    for language in 1..=5 {
        for keys in ["", "*1", "*1*1234", "*2", "*3", "*3*1", "*3*1*1", "*3*1*1*1", "*3*2", "*4", "*9"] {
            screen(&app, &format!("l{language}"), &format!("{language}{keys}")).await;
        }
    }
}

/// The code that went out last.
async fn code(test: &TestOffice) -> String {
    test.pass(1);
    let parcels = outbox::lease(&test.office.db, test.office.now(), 60_000_000, 50).await.unwrap();
    let bodies = parcels.iter().map(|one| serde_json::from_str::<Value>(&one.body).unwrap());
    let codes: Vec<String> =
        bodies.filter_map(|body| body["args"]["code"].as_str().map(str::to_owned)).collect();
    codes.into_iter().next_back().expect("a code went out")
}

/// Confirms a telephone for somebody, as a counter does.
async fn confirmed(test: &TestOffice, clerk: &Who, number: &str, address: &str) -> PersonId {
    test.citizen(number).await;
    let person = test.person(number).await;
    let address = address.to_owned();
    let purpose = contact_purpose(person);
    let ask = RequestCode { address: address.clone(), purpose, language: "ckb".into() };
    test.office.perform_once(clerk, ask).await.unwrap();
    let (code_there, shown) = (code(test).await, "national-card".into());
    let act = ReplaceContact { person: Some(person), address: Some(address), code: code_there, shown };
    test.office.perform_once(clerk, act).await.unwrap();
    person
}

#[tokio::test]
async fn an_officer_serves_whoever_reads_a_code_back() {
    let test = TestOffice::open().await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let person = confirmed(&test, &clerk, "1000000000001", "+9647509999999").await;
    let dara = confirmed(&test, &clerk, "1000000000003", "+9647508888888").await;

    let secret = test.officer_with_secret("operator", Role::CounterOfficer).await;
    // Six digits serve once.
    test.pass(1);
    let mut desk = Visit::of(&test);
    desk.by_password(&test, "operator", &secret).await;
    desk.get("/en/desk/telephone").await;
    let found = desk.post("/en/desk/telephone/find", &[("q", "1000000000001")]).await;
    let caller = found.link("/en/desk/telephone/people/");
    let page = desk.get(&caller).await;
    page.says("not certain who calls").is_silent_on(&format!("{caller}/begin"));
    let begin = [("service", "birth-certificate")];
    desk.post(&format!("{caller}/begin"), &begin).await.says("not certain who calls");
    desk.post(&format!("{caller}/code"), &[]).await.says("The code is sent");
    let right = code(&test).await;
    desk.post(&format!("{caller}/verify"), &[("code", "12")]).await.is_silent_on("was made sure of");
    desk.post(&format!("{caller}/verify"), &[("code", &right)]).await.says("was made sure of");
    let form = desk.post(&format!("{caller}/begin"), &begin).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.html());
    let case = form.path.split('/').nth(5).unwrap().parse().unwrap();
    let row = test.case(case).await;
    assert_eq!((row.channel.as_str(), row.applicant_id), ("telephone", Some(person)));

    // Another caller ends the call of the one before.
    let next = format!("/en/desk/telephone/people/{dara}");
    desk.get(&next).await;
    desk.post(&format!("{next}/code"), &[]).await;
    let right = code(&test).await;
    desk.post(&format!("{next}/verify"), &[("code", &right)]).await.says("was made sure of");
    desk.get(&caller).await.says("not certain who calls");
    let caller = next;

    // When the call is over, the same pages are the counter's again.
    // It is ended on the first page too, where a call that ran out is found.
    let end = desk.get("/en/desk/telephone").await.link(&format!("{caller}/end"));
    desk.post(&end, &[]).await;
    desk.get("/en/desk/telephone").await.is_silent_on(&end);
    desk.get(&caller).await.says("not certain who calls");
}

/// The last choice of a field.
fn last(html: &str, name: &str) -> String {
    let begin = format!("name=\"{name}\" value=\"");
    let rest = html.rsplit(&begin).next().expect("a choice");
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn somebody_lets_another_act_and_ends_it_on_their_page() {
    let test = TestOffice::open().await;
    let mut shilan = Visit::of(&test);
    shilan.get("/en/proxies").await.says("Sign in");
    shilan.by_wallet("1000000000001").await;
    shilan.get("/en/proxies").await.says("Nobody may act for you");
    shilan.get("/en/proxies/new").await;
    let typed = |name: &'static str| {
        [
            ("number", "1000000000003"),
            ("name", name),
            ("services", "birth-certificate"),
            ("deeds", "apply"),
            ("until", "30"),
        ]
    };
    shilan.post("/en/proxies/new", &typed("شیلان")).await.says("do not belong together").says("1000000000003");
    let page = shilan.post("/en/proxies/new", &typed("دارا")).await;
    page.says("Apply and answer").says("دارا");

    let mut dara = Visit::of(&test);
    dara.by_wallet("1000000000003").await;
    let page = dara.get("/en/proxies/for").await;
    page.says("شیلان");
    let chosen = last(&page.html(), "who");
    dara.post("/en/proxies/for", &[("who", &chosen)]).await.says("You act for");
    dara.get("/en/services/birth-certificate").await;
    let begun = dara.post("/en/services/birth-certificate/begin", &[]).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.html());
    let case = begun.path.split('/').nth(3).unwrap().to_owned();
    dara.get("/en/my-cases").await.says(&case);
    shilan.get("/en/my-cases").await.says(&case);
    // Who applies does not see the receipts.
    let receipt = format!("/en/cases/{case}/receipts/00000000-0000-0000-0000-000000000000");
    dara.get(&receipt).await.says("You may not do this for this person");
    assert_eq!(shilan.get(&receipt).await.status, StatusCode::NOT_FOUND);

    let proxy = last(&shilan.get("/en/proxies").await.html(), "proxy");
    shilan.post("/en/proxies", &[("proxy", &proxy)]).await.says("Nobody may act for you");
    dara.get("/en/my-cases").await.is_silent_on(&case);
    assert_eq!(dara.get(&format!("/en/cases/{case}/tasks")).await.status, StatusCode::NOT_FOUND);
    dara.get("/en/services/birth-certificate").await;
    dara.post("/en/services/birth-certificate/begin", &[]).await.says("You may not do this for this person");
}

#[tokio::test]
async fn an_officer_records_a_guardian_whom_no_word_ends() {
    let test = TestOffice::open().await;
    let person = test.person("1000000000001").await;
    let secret = test.officer_with_secret("clerk", Role::CounterOfficer).await;
    // Six digits serve once.
    test.pass(1);
    let mut desk = Visit::of(&test);
    desk.by_password(&test, "clerk", &secret).await;
    let path = format!("/en/desk/counter/people/{person}/proxies");
    desk.get(&path).await.says("Nobody may act for you");
    let typed = |basis: &'static str, number: &'static str| {
        [
            ("number", "1000000000003"),
            ("name", "دارا"),
            ("deeds", "follow"),
            ("until", "365"),
            ("basis", basis),
            ("basis-number", number),
            ("witness", "هێمن عەلی"),
        ]
    };
    desk.post(&path, &typed("", "")).await.says("Choose the ground");
    desk.post(&path, &typed("judgment", "")).await.says("Write the number of the paper");
    desk.post(&path, &typed("consent", "")).await.says("Choose from one to five services");
    desk.post(&path, &typed("judgment", "12/B/2026")).await.says("12/B/2026").says("everything");

    let mut shilan = Visit::of(&test);
    shilan.by_wallet("1000000000001").await;
    let proxy = last(&shilan.get("/en/proxies").await.html(), "proxy");
    shilan.post("/en/proxies", &[("proxy", &proxy)]).await.says("A court ordered this");
    desk.get(&path).await;
    desk.post(&format!("{path}/end"), &[("proxy", &proxy)]).await.says("Nobody may act for you");
}

/// What is said on a telephone line.
async fn spoken(app: &App, session: &str, keys: &str) -> Value {
    let keys = keys.replace('*', "%2A");
    let body = format!("sessionId={session}&phoneNumber={PHONE}&text={keys}");
    let (status, said) = bring(app, "/gateways/voice", SECRET, body).await;
    assert_eq!(status, StatusCode::OK, "{said}");
    serde_json::from_str(&said).unwrap()
}

#[tokio::test]
async fn a_line_says_nothing_to_whoever_pretends_to_call() {
    let (test, app, number, digits) = with_application().await;
    test.pass(1);
    outbox::lease(&test.office.db, test.office.now(), i64::MAX / 4, 200).await.unwrap();

    // The same is said whether there is something or not; the number itself is told.
    for keys in [format!("5*1*{digits}"), "5*1*1234".into(), "5*2".into()] {
        let said = spoken(&app, "v", &keys).await;
        assert_eq!(said["say"], "The answer is sent to this number by text message.", "{keys}");
        assert_eq!(said["end"], true);
    }
    spoken(&app, "v", &format!("5*1*{digits}")).await;
    test.pass(1);
    let sent = outbox::lease(&test.office.db, test.office.now(), i64::MAX / 4, 200).await.unwrap();
    let told: Vec<Value> = sent.iter().map(|one| serde_json::from_str(&one.body).unwrap()).collect();
    assert_eq!(sent.len(), 3, "asked again, answered once: {told:?}");
    assert!(sent.iter().all(|one| one.address == "+9647501234567"));
    assert!(told.iter().any(|body| body["args"]["number"] == number.as_str()), "{told:?}");

    let menu = spoken(&app, "v", "5*3").await["say"].as_str().unwrap().to_owned();
    assert!(menu.contains("Book one") && !menu.contains("Give one back"), "{menu}");
    assert!(spoken(&app, "v", "5*3*2").await["say"].as_str().unwrap().contains("none of the keys"));
    assert!(spoken(&app, "v", "5*4").await["say"].as_str().unwrap().contains("telephone you"));
    let many = vec!["0"; 25].join("%2A");
    let body = format!("sessionId=v&phoneNumber={PHONE}&text={many}");
    let (status, _) = bring(&app, "/gateways/voice", SECRET, body).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "more keys than the menu is deep");
}

/// A program's connection breaks after a case was begun by telephone, and the call is over
/// before it asks again: the repeat is answered as the first time, and nothing else is let in.
async fn begun_and_asked_again(test: TestOffice) {
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let person = confirmed(&test, &clerk, "1000000000001", "+9647509999999").await;
    let program = Program::with(&test, &token_of(&test, &clerk).await);
    let at = format!("/api/v1/desk/telephone/people/{person}");
    let (cases, call) = (format!("{at}/cases"), format!("{at}/call"));
    let body = || json!({"service": "birth-certificate", "language": "ckb"});
    let key = [("idempotency-key", "by-telephone-1")];
    program.post_as(&cases, body(), &key).await.refuses(403, "telephone/unproven");
    program.post(&format!("{at}/code"), json!({"language": "ckb"})).await.is(200);
    let read_back = json!({"code": code(&test).await}).to_string().into_bytes();
    let verify = [("idempotency-key", "made-sure-of-1")];
    program.send("PUT", &call, "application/json", read_back, &verify).await.is(204);
    let first = program.post_as(&cases, body(), &key).await.is(201).json();
    program.send("DELETE", &call, "", Vec::new(), &[("idempotency-key", "call-is-over-1")]).await.is(204);

    let before = test.journal_size().await;
    assert_eq!(program.post_as(&cases, body(), &key).await.is(201).json(), first);
    assert_eq!(test.journal_size().await, before, "nothing was done again");
    let other = json!({"service": "death-certificate", "language": "ckb"});
    program.post_as(&cases, other, &key).await.refuses(409, "request/key-reused");
    let another = [("idempotency-key", "by-telephone-2")];
    program.post_as(&cases, body(), &another).await.refuses(403, "telephone/unproven");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repeat_after_the_call_is_answered_as_the_first_time_embedded() {
    begun_and_asked_again(TestOffice::on(Engine::Sqlite).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repeat_after_the_call_is_answered_as_the_first_time_server() {
    begun_and_asked_again(TestOffice::on(Engine::Postgres).await).await;
}
