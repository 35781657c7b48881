//! What people are told when more come than can be served.

use crate::program::Program;
use crate::visit::{Visit, app};
use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode, header};
use diwan_testkit::TestOffice;
use diwan_web::crowd::Crowd;
use tower::ServiceExt;

const BEGIN: &str = "/services/birth-certificate/begin";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_asked_to_come_back_keeps_what_was_typed() {
    let test = TestOffice::narrow().await;
    let mut calm = Visit::of(&test);
    calm.get("/en/services/birth-certificate").await;
    let before = test.journal_size().await;
    for (language, again) in
        [("ckb", "دووبارە ناردن"), ("ar", "أرسل مرة أخرى"), ("kmr", "Dîsa bişîne"), ("en", "Send again")]
    {
        let mut full = calm.when_full(&test);
        let page = full
            .post(&format!("/{language}{BEGIN}"), &[("name", "a \"quote\" <b>"), ("word", "sesame")])
            .await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
        let seconds: u64 = page.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
        assert!((5..=20).contains(&seconds), "{seconds}");
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
        page.says(again).says("name=\"key\"").says("a &#34;quote&#34; &#60;b&#62;").is_silent_on("sesame");
        page.says(&format!("action=\"/{language}{BEGIN}\""));
    }
    assert_eq!(test.journal_size().await, before, "nothing was done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_programs_and_files_are_told_each_in_their_way() {
    let test = TestOffice::narrow().await;
    let mut full = Visit::of(&test).when_full(&test);
    let page = full.get("/ckb/services/birth-certificate?step=2").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    page.says("خەڵکێکی زۆر لێرەن")
        .says("href=\"/ckb/services/birth-certificate?step=2\"")
        .is_silent_on("<form");
    full.get("//elsewhere.example/").await.is_silent_on("elsewhere.example");
    let problem = full.get("/api/v1/services").await;
    assert_eq!(problem.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(problem.headers[header::CONTENT_TYPE], "application/problem+json");
    problem.says("request/busy");
    assert!(problem.headers.contains_key(header::RETRY_AFTER));
    let token = full.post("/oauth/token", &[("grant_type", "client_credentials")]).await;
    assert_eq!(token.status, StatusCode::SERVICE_UNAVAILABLE);
    token.says("temporarily_unavailable");
    // What pages need to look right, and whoever watches over the house, is let through.
    assert_eq!(full.get("/healthz").await.status, StatusCode::OK);
}

/// A body of which nothing comes.
fn silent(path: &str, media: &str) -> Request<Body> {
    let body = Body::from_stream(futures_util::stream::pending::<Result<Bytes, std::io::Error>>());
    Request::post(path).header(header::CONTENT_TYPE, media).body(body).unwrap()
}

const SILENT: [(&str, &str); 4] = [
    ("/oauth/token", "application/x-www-form-urlencoded"),
    ("/api/v1/centres/EB1/prepare", "application/json"),
    ("/en/track", "multipart/form-data; boundary=x"),
    ("/en/track", "application/x-www-form-urlencoded"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_sends_nothing_takes_nobodys_place() {
    let test = TestOffice::narrow().await;
    let router = diwan_web::router(app(&test));
    let mut waiting = Vec::new();
    // Those that ask nothing of the records: each is looked at once, and left where it waits.
    let bare = SILENT.iter().filter(|(_, media)| !media.starts_with("multipart"));
    for (path, media) in bare.cycle().take(2_400) {
        let mut one = Box::pin(router.clone().oneshot(silent(path, media)));
        if futures_util::poll!(&mut one).is_pending() {
            waiting.push(one);
        }
    }
    assert!(waiting.len() > 600, "only {} are still sending", waiting.len());
    let program = Program::at(router.clone(), "");
    program.get("/api/v1/services").await.is(200);
    program.get("/en/").await.is(200);
    let form = b"grant_type=client_credentials".to_vec();
    let token = program.send("POST", "/oauth/token", "application/x-www-form-urlencoded", form, &[]).await;
    token.is(401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let test = TestOffice::narrow().await;
    let router = diwan_web::router(app(&test).with(|given| given.crowd = Crowd::hurried()));
    for (path, media) in SILENT {
        let response = router.clone().oneshot(silent(path, media)).await.unwrap();
        assert_eq!(response.status(), StatusCode::REQUEST_TIMEOUT, "{path} {media}");
        assert_eq!(response.headers()[header::CONNECTION], "close");
    }
    let program = Program::at(router, "");
    let late =
        program.send("POST", "/oauth/token", "application/x-www-form-urlencoded", b"a=b".to_vec(), &[]).await;
    late.is(401);
}
