//! What people are told when more come than can be served.

use crate::visit::Visit;
use axum::http::{StatusCode, header};
use diwan_testkit::TestOffice;

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
