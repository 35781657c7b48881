//! A lost, shared or recycled number, and consent by a code, through the pages.

use crate::visit::{Visit, code_to, officer};
use axum::http::StatusCode;
use diwan_domain::people::Role;
use diwan_testkit::TestOffice;
use serde_json::json;

const OLD: &str = "+9647501234567";
const NEW: &str = "+9647709876543";

/// Takes a case up by its number and a code; the page it leads to.
async fn taken_up(test: &TestOffice, visit: &mut Visit, number: &str, phone: &str) -> crate::visit::Page {
    visit.get("/en/track").await;
    visit.post("/en/track", &[("number", number), ("address", phone)]).await;
    let code = code_to(test, phone).await.expect("a code was sent");
    let fields = [("number", number), ("address", phone), ("code", code.as_str())];
    visit.post("/en/track/code", &fields).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_number_is_replaced_by_whoever_is_known_for_sure() {
    let test = TestOffice::narrow().await;
    let (case, _) = test.sent(&test.citizen("1000000000001").await, &[]).await;
    let number = test.case(case).await.number;
    // Someone found the phone and took the case up with it.
    let mut finder = Visit::of(&test);
    let seen = taken_up(&test, &mut finder, &number, OLD).await;
    seen.says(&number);

    let mut owner = Visit::of(&test);
    owner.get("/en/contact").await.says("national wallet").is_silent_on("name=\"address\"");
    owner.by_wallet("1000000000001").await;
    owner.get("/en/contact").await.says("name=\"address\"");
    let wrong = owner.post("/en/contact", &[("address", "12")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("value=\"12\"");
    let asked = owner.post("/en/contact", &[("address", "٠٧٧٠ ٩٨٧ ٦٥٤٣")]).await;
    asked.says("name=\"code\"");
    let missed = owner.post("/en/contact/code", &[("address", NEW), ("code", "1")]).await;
    assert_eq!(missed.status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = code_to(&test, NEW).await.expect("the code went to the new number");
    let done = owner.post("/en/contact/code", &[("address", NEW), ("code", &code)]).await;
    done.says("The old number is ended");
    owner.get(&format!("/en/cases/{case}")).await.says(&number);

    assert_eq!(test.case(case).await.phone.as_deref(), Some(NEW));
    let shut = finder.get(&format!("/en/cases/{case}")).await;
    assert_eq!(shut.status, StatusCode::NOT_FOUND, "whoever found the phone is out");
    let again = taken_up(&test, &mut finder, &number, OLD).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "the old number opens nothing");
    let mut other_device = Visit::of(&test);
    taken_up(&test, &mut other_device, &number, NEW).await.says(&number);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shared_phone_keeps_its_other_peoples_cases() {
    let test = TestOffice::narrow().await;
    let (own, _) = test.sent(&test.citizen("1000000000001").await, &[]).await;
    let dara =
        [("holder-name", json!({"given": "دارا", "father": "عومەر"})), ("birth-date", json!("1990-05-05"))];
    let (others, _) = test.sent(&test.citizen("1000000000003").await, &dara).await;
    let mut owner = Visit::of(&test);
    owner.by_wallet("1000000000001").await;
    owner.get("/en/contact").await;
    owner.post("/en/contact", &[("address", ""), ("end", "yes")]).await.says("The old number is ended");
    assert_eq!(test.case(own).await.phone, None, "ended without a new one");
    assert_eq!(test.case(others).await.phone.as_deref(), Some(OLD), "the other's case keeps the phone");
    let number = test.case(others).await.number;
    taken_up(&test, &mut Visit::of(&test), &number, OLD).await.says(&number);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recycled_number_shows_its_new_holder_no_old_case() {
    let test = TestOffice::narrow().await;
    let (case, _) = test.sent(&test.citizen("1000000000001").await, &[]).await;
    let number = test.case(case).await.number;
    test.pass(60 * 24 * 200);
    let mut stranger = Visit::of(&test);
    stranger.get("/en/sign-in").await;
    stranger.post("/en/sign-in", &[("address", OLD)]).await;
    let code = code_to(&test, OLD).await.unwrap();
    let own = stranger.post("/en/sign-in/code", &[("code", &code)]).await;
    own.is_silent_on(&number).says("phones are shared");
    stranger.get("/en/contact").await.is_silent_on("name=\"address\"");
    let closed = stranger.get(&format!("/en/cases/{case}")).await;
    assert_eq!(closed.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_the_counter_a_number_is_replaced_for_someone_seen() {
    let test = TestOffice::narrow().await;
    let (case, _) = test.sent(&test.citizen("1000000000001").await, &[]).await;
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    clerk.get("/en/desk/counter").await;
    let person = clerk.post("/en/desk/counter/find", &[("q", "1000000000001"), ("why", "here")]).await;
    assert!(person.path.contains("/counter/people/"), "one found is opened at once: {}", person.path);
    let path = format!("{}/contact", person.path);
    clerk.get(&path).await.says("name=\"shown\"");
    let unseen = clerk.post(&path, &[("address", "0770 987 6543")]).await;
    assert_eq!(unseen.status, StatusCode::UNPROCESSABLE_ENTITY, "an officer must have seen something");
    unseen.says("0770 987 6543");
    let fields = [("address", "0770 987 6543"), ("shown", "two-witnesses")];
    clerk.post(&path, &fields).await.says("name=\"code\"");
    let code = code_to(&test, NEW).await.unwrap();
    let fields = [("address", NEW), ("shown", "two-witnesses"), ("code", code.as_str())];
    clerk.post(&format!("{path}/code"), &fields).await.says("The old number is ended");
    assert_eq!(test.case(case).await.phone.as_deref(), Some(NEW));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn consent_is_given_by_a_code_or_before_a_witness() {
    let test = TestOffice::narrow().await;
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    clerk.get("/en/desk/counter").await;
    let person = clerk.post("/en/desk/counter/find", &[("q", "1000000000001"), ("why", "here")]).await;
    let begin = format!("{}/begin", person.path);
    let service = ("service", "birth-certificate");
    let silent = clerk.post(&begin, &[service, ("shown", "unhcr")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    silent.says("value=\"unhcr\" checked").says("Name a witness");

    let asked = clerk.post(&begin, &[service, ("shown", "unhcr"), ("address", "0750 123 4567")]).await;
    asked.says("name=\"code\"").says("A code went to");
    let action = format!("{}/consent/code", asked.link("/en/desk/counter/cases/"));
    let wrong = clerk.post(&action, &[("address", OLD), ("code", "1")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = code_to(&test, OLD).await.unwrap();
    let form = clerk.post(&action, &[("address", OLD), ("code", &code)]).await;
    assert!(form.path.ends_with("/form"), "{}", form.path);
    form.says("name=\"for-whom\"");

    let marked = clerk.post(&begin, &[service, ("shown", "unhcr"), ("witness", "Azad Karim")]).await;
    assert!(marked.path.ends_with("/form"), "{}", marked.path);
}
