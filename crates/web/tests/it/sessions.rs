//! Sessions: who made the cookie, when it ends, when it changes, and what a
//! recorded form is still worth.

use crate::visit::{Page, Visit, app, code_to, officer};
use axum::http::{StatusCode, header};
use diwan_domain::people::Role;
use diwan_office::{access, secrets};
use diwan_testkit::TestOffice;

const OLD: &str = "+9647501234567";
const SERVICE: &str = "/en/services/birth-certificate";

async fn sessions(test: &TestOffice) -> i64 {
    let mut reading = test.office.db.reading().await.unwrap();
    reading.tx().count("SELECT COUNT(*) AS n FROM sessions", &[]).await.unwrap()
}

/// Takes a case up by its number and a code; the form that did it, as recorded.
async fn taken_up(test: &TestOffice, visit: &mut Visit, number: &str) -> (String, Page) {
    visit.get("/en/track").await;
    visit.post("/en/track", &[("number", number), ("address", OLD)]).await;
    let code = code_to(test, OLD).await.expect("a code was sent");
    let form = visit.form("recorded-key", &[("number", number), ("address", OLD), ("code", &code)]);
    let page = visit.send("POST", "/en/track/code", form.clone()).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    (form, page)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_cookies_made_here_are_taken() {
    let test = TestOffice::narrow().await;
    for planted in ["A".repeat(32), "A".repeat(58), secrets::token(), String::new(), "ü".repeat(16)] {
        let mut visit = Visit::of(&test);
        visit.bring("diwan", &planted);
        visit.get("/en/sign-in").await;
        assert_ne!(visit.cookie("diwan"), planted, "a new one is given");
        assert_eq!(visit.cookie("diwan").len(), 58);
    }
    // A program's access token is no cookie, and is not prolonged by one.
    let now = test.office.now();
    let row = access::SessionRow {
        token_hash: secrets::hash("program"),
        actor_kind: "client".into(),
        actor_id: None,
        label: "p".into(),
        assurance: "none".into(),
        csrf: String::new(),
        data: "{}".into(),
        created_at: now,
        seen_at: now - 120_000_000,
        expires_at: now + 1_000_000,
    };
    access::open_session(&test.office.db, &row).await.unwrap();
    let mut visit = Visit::of(&test);
    visit.bring("diwan", "program");
    visit.get("/en/").await;
    let kept = access::session(&test.office.db, &row.token_hash, now).await.unwrap().unwrap();
    assert_eq!(kept.expires_at, row.expires_at);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_token_changes_with_every_right() {
    let test = TestOffice::narrow().await;
    let mut visit = Visit::of(&test);
    let mut seen = vec![String::new()];
    let mut changed = |visit: &Visit, why: &str| {
        assert!(!seen.contains(&visit.cookie("diwan")), "{why}");
        seen.push(visit.cookie("diwan"));
    };
    visit.get(SERVICE).await;
    changed(&visit, "looking");
    visit.post(&format!("{SERVICE}/begin"), &[]).await;
    changed(&visit, "a draft was begun");
    visit.get("/en/sign-in").await;
    visit.post("/en/sign-in", &[("address", OLD)]).await;
    let code = code_to(&test, OLD).await.unwrap();
    visit.post("/en/sign-in/code", &[("code", &code)]).await;
    changed(&visit, "signed in by a code");
    visit.by_wallet("1000000000001").await;
    changed(&visit, "signed in by the wallet");
    let (case, _) = test.sent(&test.citizen("1000000000001").await, &[]).await;
    let number = test.case(case).await.number;
    let mut other = Visit::of(&test);
    other.get("/en/track").await;
    let before = other.cookie("diwan");
    taken_up(&test, &mut other, &number).await;
    assert_ne!(other.cookie("diwan"), before, "a case was taken up");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_taken_up_by_a_code_ends_soon_and_can_be_left() {
    let test = TestOffice::narrow().await;
    let (case, _) = test.sent(&test.citizen("1000000000001").await, &[]).await;
    let number = test.case(case).await.number;
    let path = format!("/en/cases/{case}");
    let mut visit = Visit::of(&test);
    taken_up(&test, &mut visit, &number).await;
    visit.get(&path).await.says(&number).says("Remove my case from this device");
    let left = visit.send("POST", "/en/sign-out", visit.form("sign-out-key", &[])).await;
    assert_eq!(left.headers["clear-site-data"], "\"cache\", \"storage\"");
    assert_eq!(visit.get(&path).await.status, StatusCode::NOT_FOUND);

    taken_up(&test, &mut visit, &number).await;
    test.pass(31);
    assert_eq!(visit.get(&path).await.status, StatusCode::NOT_FOUND, "half an hour without use");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_end_at_the_latest_however_they_are_used() {
    let test = TestOffice::narrow().await;
    let mut desk = officer(&test, "registrar", Role::Registrar).await;
    for half_hour in 1..=24 {
        assert!(!desk.get("/en/desk").await.path.contains("sign-in"), "after {half_hour} half hours");
        test.pass(30);
    }
    assert!(desk.get("/en/desk").await.path.contains("sign-in"), "twelve hours are over");
    let short = diwan_web::SessionTimes { officer_idle: 5, ..diwan_web::SessionTimes::default() };
    let secret = test.officer_with_secret("short", Role::Registrar).await;
    test.pass(1);
    let mut desk = Visit::at(app(&test).with(|given| given.sessions = short));
    desk.by_password(&test, "short", &secret).await;
    test.pass(6);
    assert!(desk.get("/en/desk").await.path.contains("sign-in"), "as the operator set it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_next_account_finds_no_case_of_the_former() {
    let test = TestOffice::narrow().await;
    let mut shared = Visit::of(&test);
    shared.get(SERVICE).await;
    let begun = shared.post(&format!("{SERVICE}/begin"), &[]).await;
    let case = begun.path.split('/').nth(3).unwrap().to_owned();
    shared.by_wallet("1000000000001").await;
    let own = shared.get(&format!("/en/cases/{case}/tasks")).await;
    assert_eq!(own.status, StatusCode::OK, "a draft goes along with whoever signs in");
    shared.by_wallet("1000000000003").await;
    let foreign = shared.get(&format!("/en/cases/{case}/tasks")).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND, "and not with the next");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recorded_form_signs_nobody_in_again() {
    let test = TestOffice::narrow().await;
    let mut visit = Visit::of(&test);
    visit.get("/en/sign-in").await;
    visit.post("/en/sign-in", &[("address", OLD)]).await;
    let cookie = visit.cookie("diwan");
    let code = code_to(&test, OLD).await.unwrap();
    let form = visit.form("recorded-key", &[("code", &code)]);
    assert_eq!(visit.send("POST", "/en/sign-in/code", form.clone()).await.status, StatusCode::SEE_OTHER);
    // Whoever recorded all of it asks for another code first, so that the session is as it was.
    let mut thief = Visit::of(&test);
    thief.bring("diwan", &cookie);
    thief.get("/en/sign-in").await;
    thief.post("/en/sign-in", &[("address", OLD)]).await;
    let again = thief.send("POST", "/en/sign-in/code", form).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "its code was used");
    assert!(thief.get("/en/sessions").await.path.ends_with("/sign-in"));

    let (case, _) = test.sent(&test.citizen("1000000000001").await, &[]).await;
    let number = test.case(case).await.number;
    let mut owner = Visit::of(&test);
    owner.get("/en/track").await;
    let cookie = owner.cookie("diwan");
    let (form, _) = taken_up(&test, &mut owner, &number).await;
    let mut thief = Visit::of(&test);
    thief.bring("diwan", &cookie);
    let again = thief.send("POST", "/en/track/code", form).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(thief.get(&format!("/en/cases/{case}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_are_listed_and_ended() {
    let test = TestOffice::narrow().await;
    let (mut phone, mut library) = (Visit::of(&test), Visit::of(&test));
    phone.agent = "Mozilla/5.0 (Linux; Android 10) Chrome/120.0 Mobile Safari/537.36".into();
    library.agent = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/120.0".into();
    phone.by_wallet("1000000000001").await;
    library.by_wallet("1000000000001").await;
    let mut stranger = Visit::of(&test);
    stranger.by_wallet("1000000000003").await;
    let page = phone.get("/en/sessions").await;
    page.says("Chrome, Android – this one").says("Firefox, Windows");
    let html = page.html();
    let labels: Vec<&str> = html
        .split("name=\"session\"")
        .skip(1)
        .map(|part| part.split("value=\"").nth(1).unwrap().split('"').next().unwrap())
        .collect();
    assert_eq!(labels.len(), 2, "and not the stranger's: {html}");
    // Another's session is not ended by knowing its name.
    stranger.get("/en/sessions").await;
    stranger.post("/en/sessions", &[("session", labels[0]), ("session", labels[1])]).await;
    let own = labels
        .iter()
        .position(|label| {
            html.split(label).nth(1).unwrap().split("</label>").next().unwrap().contains("this one")
        })
        .unwrap();
    phone.get("/en/sessions").await;
    phone.post("/en/sessions", &[("session", labels[1 - own])]).await.is_silent_on("Firefox");
    assert!(library.get("/en/sessions").await.path.ends_with("/sign-in"), "ended from elsewhere");
    phone.post("/en/sessions", &[("session", labels[own])]).await.says("You are signed out");
    assert!(phone.get("/en/sessions").await.path.ends_with("/sign-in"));
    stranger.get("/en/sessions").await.says("this one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_outlasts_a_session_asks_again_who_it_is() {
    let test = TestOffice::narrow().await;
    let mut owner = Visit::of(&test);
    owner.by_wallet("1000000000001").await;
    owner.get("/en/contact").await.says("name=\"address\"");
    test.pass(6);
    owner.get("/en/contact").await.says("signed in a while ago").is_silent_on("name=\"address\"");
    let asked = owner.post("/en/contact", &[("address", ""), ("end", "yes")]).await;
    asked.says("signed in a while ago");
    owner.by_wallet("1000000000001").await;
    owner.get("/en/contact").await.says("name=\"address\"");

    let secret = test.officer_with_secret("registrar", Role::Registrar).await;
    test.pass(1);
    let mut desk = Visit::of(&test);
    desk.by_password(&test, "registrar", &secret).await;
    desk.get("/en/desk/tokens").await.is_silent_on("name=\"digits\"");
    test.pass(6);
    desk.get("/en/desk/tokens").await.says("name=\"digits\"");
    let form = [("name", "export"), ("days", "90"), ("scopes", "cases.see")];
    desk.post("/en/desk/tokens", &form).await.is_silent_on("diwan_");
    let digits = test.digits(&secret);
    let with = [form[0], form[1], form[2], ("digits", digits.as_str())];
    desk.post("/en/desk/tokens", &with).await.says("diwan_").is_silent_on("name=\"digits\"");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_changes_the_password_on_a_page_and_is_out_elsewhere() {
    let test = TestOffice::narrow().await;
    let secret = test.officer_with_secret("registrar", Role::Registrar).await;
    test.pass(1);
    let (mut desk, mut home) = (Visit::of(&test), Visit::of(&test));
    desk.by_password(&test, "registrar", &secret).await;
    test.pass(1);
    home.by_password(&test, "registrar", &secret).await;
    test.pass(1);
    desk.get("/en/desk/password").await.says("autocomplete=\"new-password\"");
    let digits = test.digits(&secret);
    let weak = [("old", "brave mountain sky"), ("digits", digits.as_str()), ("new", "kurdistan1991")];
    assert_eq!(desk.post("/en/desk/password", &weak).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let good = [("old", "brave mountain sky"), ("digits", digits.as_str()), ("new", " rain on the tin roof")];
    desk.post("/en/desk/password", &good).await.says("The password is changed");
    assert!(!desk.get("/en/desk").await.path.contains("sign-in"), "this session goes on");
    assert!(home.get("/en/desk").await.path.contains("sign-in"), "the other is ended");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_locks_themselves_out_and_not_the_officer() {
    let test = TestOffice::narrow().await;
    let secret = test.officer_with_secret("registrar", Role::Registrar).await;
    test.pass(1);
    let here = "198.51.100.7:1".parse().unwrap();
    let mut desk = Visit::of(&test);
    desk.from = Some(here);
    desk.by_password(&test, "registrar", &secret).await;
    assert!(!desk.cookie("diwan-known").is_empty(), "the browser is known from now on");
    // Even from the officer's own network.
    let mut stranger = Visit::of(&test);
    stranger.from = Some(here);
    stranger.get("/en/desk/sign-in").await;
    let guess = [("login", "registrar"), ("password", "guess"), ("digits", "1")];
    for _ in 0..8 {
        stranger.post("/en/desk/sign-in", &guess).await.says("did not fit");
    }
    stranger.post("/en/desk/sign-in", &guess).await.says("Too many failures");
    // A cookie that someone made up, or another officer's, is none.
    let known = desk.cookie("diwan-known");
    stranger.bring("diwan-known", &known.replace(&known[..3], "ZZZ"));
    stranger.post("/en/desk/sign-in", &guess).await.says("Too many failures");
    test.pass(1);
    desk.get("/en/desk").await;
    desk.post("/en/sign-out", &[]).await;
    desk.by_password(&test, "registrar", &secret).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cookies_and_headers_say_what_they_must() {
    let test = TestOffice::narrow().await.served_at("https://diwan.example");
    let mut visit = Visit::of(&test);
    let page = visit.get("/en/sign-in").await;
    let set = page.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(set.starts_with("__Host-diwan="), "{set}");
    for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(set.contains(part), "{part} in {set}");
    }
    assert!(!set.contains("Domain"), "{set}");
    for (name, value) in [
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        assert_eq!(page.headers[name], value, "{name}");
    }
    let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ] {
        assert!(policy.contains(part), "{part} in {policy}");
    }
    assert!(!page.headers.contains_key("access-control-allow-origin"));
    for path in ["/api/v1/services", "/api/v1/cases/x", "/v/00000/proof", "/healthz"] {
        assert_eq!(
            visit.send("GET", path, String::new()).await.headers["cache-control"],
            "no-store",
            "{path}"
        );
    }
    let plain = TestOffice::narrow().await;
    let page = Visit::of(&plain).get("/en/").await;
    assert!(!page.headers.contains_key("strict-transport-security"), "no promise over plain HTTP");
    let before = sessions(&plain).await;
    Visit::of(&plain).get("/en/sessions").await;
    assert_eq!(sessions(&plain).await, before + 1, "where to come back is remembered");
}

/// A notice may say little, but not nothing: nobody could find out what happened.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notice_that_says_nothing_is_refused_in_the_language_of_its_reader() {
    let test = TestOffice::narrow().await;
    let secret = test.officer_with_secret("hana", Role::Registrar).await;
    test.pass(1);
    let mut hana = Visit::of(&test);
    hana.by_password(&test, "hana", &secret).await;
    for (language, words) in [
        ("ckb", "ئەوەی تا ئێستا زانراوە بنووسە"),
        ("kmr", "Tiştê ku heta niha tê zanîn binivîse"),
        ("ar", "اذكر ما هو معروف حتى الآن"),
        ("en", "Say what is known so far, if only the day or a name."),
    ] {
        let form = format!("/{language}/desk/register/new/birth");
        hana.get(&form).await;
        let empty = hana.post(&form, &[("act", "notify"), ("child.given", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "{language}");
        empty.says(words);
    }
    let form = "/en/desk/register/new/birth";
    let little = hana.post(form, &[("act", "notify"), ("child.given", "شیلان")]).await;
    assert_eq!(little.status, StatusCode::OK, "a name alone is something: {}", little.html());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_whose_session_is_over_keeps_what_was_typed() {
    const FORM: &str = "/en/desk/register/new/birth";
    let test = TestOffice::narrow().await;
    let secret = test.officer_with_secret("hana", Role::Registrar).await;
    test.pass(1);
    let mut hana = Visit::of(&test);
    hana.by_password(&test, "hana", &secret).await;
    hana.get(FORM).await;
    let typed = hana.form("one-attempt", &[("child.given", "Shilan"), ("digits", "123456")]);
    hana.bring("diwan", "");

    let elsewhere = hana.send("POST", FORM, typed.clone()).await;
    assert_eq!(elsewhere.status, StatusCode::SEE_OTHER, "nothing says that a page of the house sent it");
    hana.site = "cross-site";
    let elsewhere = hana.send("POST", FORM, typed.clone()).await;
    assert_eq!(
        elsewhere.status,
        StatusCode::SEE_OTHER,
        "what another site sends is never put before a reader"
    );

    hana.site = "same-origin";
    let kept = hana.send("POST", FORM, typed.clone()).await;
    assert_eq!(kept.status, StatusCode::UNAUTHORIZED);
    kept.says("value=\"Shilan\"").says("\"/en/desk/sign-in\"").is_silent_on("123456");

    test.pass(60);
    hana.by_password(&test, "hana", &secret).await;
    let stale = hana.send("POST", FORM, typed.clone()).await;
    assert_eq!(stale.status, StatusCode::FORBIDDEN, "nothing is done for a form of another session");
    stale.says("value=\"Shilan\"");
    let again = hana.post(FORM, &[("child.given", "Shilan")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "the form itself, with what it lacks");
    again.says("value=\"Shilan\"").says("Child – Sex: Answer this question");

    hana.site = "cross-site";
    hana.send("POST", FORM, typed).await.is_silent_on("Shilan");
}
