//! A hospital and its notices, by program and by page: it follows each to its number, also
//! at another office, answers what was given back, and finds them again.

use crate::program::{Program, token_of};
use crate::visit::officer;
use axum::http::StatusCode;
use diwan_domain::people::Role;
use diwan_testkit::TestOffice;
use serde_json::{Value, json};

const ALL: &str = "/api/v1/register/declarations";

/// The office of births, its clerk and its registrar.
async fn of_births(test: &TestOffice) -> [Program; 2] {
    let health = test.health().await;
    let clerk = test.officer_of("clerk", Role::CounterOfficer, health).await;
    let registrar = test.officer_of("registrar", Role::Registrar, health).await;
    [
        Program::with(test, &token_of(test, &clerk).await),
        Program::with(test, &token_of(test, &registrar).await),
    ]
}

fn known() -> Value {
    json!({"happened-on": "2026-11-20", "mother.given": "هێڤین", "mother.father": "عومەر", "place-kind": "hospital"})
}

fn whole() -> Value {
    let mut whole = known();
    let more = json!({
        "child.given": "لاڤین", "child.sex": "female", "father.given": "ئازاد", "father.father": "کەریم",
        "parents-married": "yes", "declarant.as": "father",
    });
    for (field, value) in more.as_object().unwrap() {
        whole[field] = value.clone();
    }
    whole
}

/// Sends something on the version that stands.
async fn on_what_stands(who: &Program, method: &str, (path, to): (&str, &str), body: Value) {
    let tag = who.get(path).await.is(200).header("etag");
    let key = uuid::Uuid::now_v7().to_string();
    let headers = [("idempotency-key", key.as_str()), ("if-match", tag.as_str())];
    let body = body.to_string().into_bytes();
    who.send(method, &format!("{path}{to}"), "application/json", body, &headers).await.is(200);
}

/// What the description promises whoever gives notice: to follow it to its number.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hospital_of_another_office_follows_its_notice_to_the_number() {
    let test = TestOffice::narrow().await;
    let [clerk, registrar] = of_births(&test).await;
    let hospital = crate::program::officers(&test, "hospital", Role::Notifier).await;
    let other = crate::program::officers(&test, "other", Role::Notifier).await;
    let notice = json!({"act": "notify", "kind": "birth", "content": known()});
    let taken = hospital.post(ALL, notice).await.is(200).json();
    let path = format!("{ALL}/{}", taken["id"].as_str().unwrap());

    // It is given back; mending it is the answer.
    let back = json!({"step": "return", "reason": "کێش؟"});
    on_what_stands(&registrar, "POST", (&path, "/steps"), back).await;
    let returned = hospital.get(&format!("{ALL}?whose=mine&state=returned")).await.is(200).json();
    assert_eq!(returned["items"][0]["number"], taken["number"]);
    let seen = hospital.get(&path).await.is(200).json();
    assert_eq!((&seen["reason"], &seen["steps"]), (&json!("کێش؟"), &json!(["amend", "withdraw"])));
    let mut mended = known();
    mended["weight-grams"] = json!("3250");
    on_what_stands(&hospital, "PUT", (&path, ""), json!({"act": "amend", "content": mended})).await;
    assert_eq!(clerk.get(&path).await.is(200).json()["state"], "notified");

    // From then on it sees how it stands, and nothing of what others added.
    on_what_stands(&clerk, "PUT", (&path, ""), json!({"act": "declare", "content": whole()})).await;
    let followed = hospital.get(&path).await.is(200).json();
    assert_eq!((&followed["state"], &followed["content"]), (&json!("declared"), &json!({})));
    assert_eq!(followed["steps"], json!([]));
    on_what_stands(&registrar, "POST", (&path, "/registration"), json!({})).await;
    let followed = hospital.get(&path).await.is(200).json();
    assert_eq!(followed["state"], "registered");
    assert!(followed["entry_number"].as_str().unwrap().starts_with("HEB"), "{followed}");
    other.get(&path).await.refuses(404, "request/not-found");
    let none = other.get(&format!("{ALL}?whose=mine")).await.is(200).json();
    assert_eq!(none["items"], json!([]));
}

/// Pages of one's own notices, and what is read in the address.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_notices_that_one_gave_come_in_pages() {
    let test = TestOffice::narrow().await;
    of_births(&test).await;
    let hospital = crate::program::officers(&test, "hospital", Role::Notifier).await;
    let mut numbers = Vec::new();
    for _ in 0..3 {
        let notice = json!({"act": "notify", "kind": "birth", "content": known()});
        numbers.insert(0, hospital.post(ALL, notice).await.is(200).json()["number"].clone());
        test.pass(1);
    }
    let mut next = format!("{ALL}?whose=mine&limit=2");
    let mut found = Vec::new();
    while !next.is_empty() {
        let page = hospital.get(&next).await.is(200).json();
        found.extend(page["items"].as_array().unwrap().iter().map(|one| one["number"].clone()));
        next = page["next"].as_str().unwrap_or_default().to_owned();
    }
    assert_eq!(found, numbers);
    hospital.get(&format!("{ALL}?whose=theirs")).await.refuses(403, "officer/not-permitted");
    let registrar = crate::program::officers(&test, "registrar-eb", Role::Registrar).await;
    let refused = registrar.get(&format!("{ALL}?whose=theirs")).await;
    assert_eq!(refused.refuses(422, "request/malformed").json()["about"]["known"], "office, mine");
}

/// The same on the pages: the list, the notice, its mending and its number.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hospital_mends_and_follows_its_notice_on_the_pages() {
    let test = TestOffice::narrow().await;
    let [clerk, registrar] = of_births(&test).await;
    let mut hospital = officer(&test, "hospital", Role::Notifier).await;
    let form = "/en/desk/register/new/birth";
    hospital.get(form).await;
    let fields = [("happened-on", "2026-11-20"), ("mother.given", "هێڤین"), ("mother.father", "عومەر")];
    let kept = hospital.post(form, &fields).await;
    kept.says("Notices that you gave").says("Notified");
    let place = kept.link("/en/desk/register/declarations/");
    let path = format!("{ALL}/{}", place.rsplit('/').next().unwrap());

    // A notifier has nothing to choose, and mends all the same.
    hospital.get(&place).await.says("Mend");
    let edit = hospital.get(&format!("{place}/edit")).await;
    edit.says("name=\"seen\" value=\"1\"");
    let with = |seen: &'static str, weight: &'static str| {
        let mut fields = fields.to_vec();
        fields.extend([("place-kind", "hospital"), ("weight-grams", weight), ("seen", seen)]);
        fields
    };
    hospital.post(&format!("{place}/edit"), &with("1", "3250")).await.says("3250");
    let back = json!({"step": "return", "reason": "کێش؟"});
    on_what_stands(&registrar, "POST", (&path, "/steps"), back).await;
    hospital.get(&place).await.says("کێش؟").says("Mend");
    hospital.get(&format!("{place}/edit")).await;
    hospital.post(&format!("{place}/edit"), &with("3", "3300")).await.says("Notified").says("3300");

    on_what_stands(&clerk, "PUT", (&path, ""), json!({"act": "declare", "content": whole()})).await;
    let followed = hospital.get(&place).await;
    followed.says("has taken it up").is_silent_on("لاڤین").is_silent_on("Take back");
    let refused = hospital.get(&format!("{place}/edit")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.html());
    on_what_stands(&registrar, "POST", (&path, "/registration"), json!({})).await;
    hospital.get(&place).await.says("Registered as HEB").is_silent_on("لاڤین");
    hospital.get("/en/desk/register").await.says("Registered");
}
