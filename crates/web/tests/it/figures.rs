//! What a service tells of itself, and the one question after a case.

use crate::visit::{Visit, officer};
use axum::http::StatusCode;
use diwan_domain::people::Role;
use diwan_office::cases::{Access, Decide, Decision, TakeNext};
use diwan_office::figures::{self, KeepRating, RateCase};
use diwan_testkit::TestOffice;
use serde_json::json;

const SERVICE: &str = "/en/services/birth-certificate";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fewer_than_ten_cases_are_not_told_and_ten_are() {
    let test = TestOffice::narrow().await;
    let shilan = test.citizen("1000000000001").await;
    for _ in 0..9 {
        test.sent(&shilan, &[]).await;
        test.pass(1);
    }
    let mut visit = Visit::of(&test);
    visit.get(SERVICE).await.says("Fewer than 10 cases").is_silent_on("class=\"chart\"");
    test.sent(&shilan, &[]).await;
    let page = visit.get(SERVICE).await;
    page.says("Of 10 cases in the last 30 days").says("100 sent").says("0 of a hundred were refused");
    page.says("class=\"chart\"")
        .says("Less than a minute")
        .says("0.0 visits")
        .says("100 of a hundred needed none");
    page.is_silent_on("Fewer than 10").is_silent_on("What one case costs");
    test.pass(60 * 24 * 31);
    visit.get(SERVICE).await.says("Fewer than 10 cases");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counted_figures_are_shown_until_they_are_old() {
    let test = TestOffice::narrow().await;
    let shilan = test.citizen("1000000000001").await;
    for _ in 0..10 {
        test.sent(&shilan, &[]).await;
        test.pass(1);
    }
    let mut visit = Visit::of(&test);
    figures::count(&test.office).await.unwrap();
    test.sent(&shilan, &[]).await;
    visit.get(SERVICE).await.says("Of 10 cases in the last 30 days");
    figures::count(&test.office).await.unwrap();
    visit.get(SERVICE).await.says("Of 11 cases in the last 30 days");
    // Where nobody counts any more, the page counts for itself.
    test.sent(&shilan, &[]).await;
    test.pass(11);
    visit.get(SERVICE).await.says("Of 12 cases in the last 30 days");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn looking_writes_no_session_and_a_form_still_fits_its_page() {
    let test = TestOffice::narrow().await;
    let sessions = async || {
        let mut reading = test.office.db.reading().await.unwrap();
        reading.tx().count("SELECT COUNT(*) AS n FROM sessions", &[]).await.unwrap()
    };
    let (mut one, mut other) = (Visit::of(&test), Visit::of(&test));
    for path in [SERVICE, "/en/", "/en/check", "/en/sign-in", SERVICE] {
        one.get(path).await;
    }
    other.get(SERVICE).await;
    assert_eq!(sessions().await, 0);
    let begin = format!("{SERVICE}/begin");
    other.steal_token(&one);
    assert_eq!(other.post(&begin, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(sessions().await, 0);
    assert_eq!(one.post(&begin, &[]).await.status, StatusCode::OK);
    assert_eq!(sessions().await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_cost_is_said_when_an_administrator_said_so() {
    let test = TestOffice::narrow().await;
    let mut admin = officer(&test, "admin", Role::Administrator).await;
    let path = "/en/desk/services/birth-certificate";
    admin.get(path).await.says("Fewer than 10 cases");
    let unfounded = admin.post(path, &[("amount", "2500"), ("basis", "")]).await;
    assert_eq!(unfounded.status, StatusCode::UNPROCESSABLE_ENTITY);
    unfounded.says("value=\"2500\"");
    admin.post(path, &[("amount", "٢٥٠٠"), ("basis", "Annual report 2026, table 4")]).await;
    Visit::of(&test).get(SERVICE).await.says("2,500 dinars").says("for one case");
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    assert_eq!(clerk.get(path).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_finished_case_is_asked_once_how_it_was_and_the_answer_names_nobody() {
    let test = TestOffice::narrow().await;
    let navroz = [
        ("holder-name", json!({"given": "نەورۆز", "father": "ئازاد"})),
        ("birth-date", json!("2010")),
        ("for-whom", json!("myself")),
    ];
    let (case, access) = test.sent(&test.citizen("1000000000002").await, &navroz).await;
    let registrar = test.officer("azad", Role::Registrar, None).await;
    let early = RateCase { case, access: access.clone() };
    let citizen = test.citizen("1000000000002").await;
    assert_eq!(test.office.perform_once(&citizen, early).await.unwrap_err().code(), "case/wrong-phase");
    test.office.perform_once(&registrar, TakeNext {}).await.unwrap();
    let decision = Decision::Refuse { reason: "entry-closed".into(), words: "closed by a court".into() };
    let seen = test.case(case).await.version;
    test.office.perform_once(&registrar, Decide { case, seen, decision }).await.unwrap();

    let mut visit = Visit::of(&test);
    visit.by_wallet("1000000000002").await;
    let path = format!("/en/cases/{case}");
    visit.get(&path).await.says("name=\"stars\"");
    let none = visit.post(&format!("{path}/rate"), &[("word", "slow")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = visit.post(&format!("{path}/rate"), &[("stars", "4"), ("word", "Kind people")]).await;
    done.is_silent_on("name=\"stars\"");
    let again = visit.post(&format!("{path}/rate"), &[("stars", "1")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);

    let mut reading = test.office.db.reading().await.unwrap();
    let kept = diwan_office::figures::words(&mut reading.tx(), "birth-certificate").await.unwrap();
    assert_eq!((kept.len(), kept[0].stars, kept[0].word.as_deref()), (1, 4, Some("Kind people")));
    let told = diwan_store::journal::about(&mut reading.tx(), "service", "birth-certificate").await.unwrap();
    let entry = told.iter().find(|entry| entry.kind == "rating-kept").expect("the journal knows of it");
    assert_eq!((entry.actor_kind.as_str(), entry.body["person"].is_null()), ("system", true));
    assert!(!entry.body.to_string().contains(&case.to_string()), "the entry names no case");
    drop(reading);
    for _ in 0..9 {
        let act = KeepRating { service: "birth-certificate".into(), stars: 5, word: None };
        test.office.perform_once(&diwan_office::Who::system("test"), act).await.unwrap();
    }
    Visit::of(&test).get(SERVICE).await.says("4.9 of 5, from 10 answers");
    let forged = KeepRating { service: "birth-certificate".into(), stars: 5, word: None };
    assert!(test.office.perform_once(&citizen, forged).await.is_err(), "nobody votes without a case");
    let guessed = RateCase { case, access: Access::default() };
    let other = test.citizen("1000000000003").await;
    assert_eq!(test.office.perform_once(&other, guessed).await.unwrap_err().code(), "request/not-found");
}
