//! A clerk says why they look with one touch, or not at all when somebody is called.

use crate::program::officers;
use crate::visit::officer;
use axum::http::StatusCode;
use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_testkit::TestOffice;
use diwan_testkit::births::{CsvBirth, import_of};
use diwan_testkit::office::births;
use serde_json::json;
use std::collections::BTreeMap;

const SHILAN: &str = "1000000000001";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clerk_chooses_why_unless_somebody_is_called() {
    let test = TestOffice::open().await;
    test.gives_tickets().await;
    let shilan = test.person(SHILAN).await;
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    let mut inspector = officer(&test, "inspector", Role::Inspector).await;
    clerk.get("/en/desk/counter").await.says("Why do you look?").says("Stands here");
    let unsaid = clerk.post("/en/desk/counter/find", &[("q", SHILAN)]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    unsaid.says("Choose why you look").says(SHILAN).is_silent_on("شیلان");
    // By the address alone nobody is shown either: one touch, and nothing is typed.
    let at = format!("/en/desk/counter/people/{shilan}");
    clerk.get(&at).await.says("Why do you look?").is_silent_on("شیلان").is_silent_on("type=\"text\"");

    clerk.get("/en/desk/counter").await;
    let found = clerk.post("/en/desk/counter/find", &[("q", SHILAN), ("why", "for-them")]).await;
    assert!(found.path.contains("/counter/people/"), "{}", found.path);
    found.says("شیلان");
    // While they are served, they are not asked again.
    clerk.get(&at).await.says("شیلان");
    let looks = inspector.get(&format!("/en/desk/journal?subject={shilan}")).await;
    looks.says("Someone stands here for them");

    let counter = test.counter.to_string();
    clerk.post("/en/desk/queue/do/sit", &[("counter", &counter)]).await;
    clerk.post("/en/desk/queue/do/give", &[("line", "A")]).await.says("A001");
    clerk.get("/en/desk/queue").await;
    clerk.post("/en/desk/queue/do/next", &[]).await.says("A001");
    clerk.get("/en/desk/counter").await.is_silent_on("Why do you look?");
    clerk.post("/en/desk/counter/find", &[("q", SHILAN)]).await.says("شیلان");
    let looks = inspector.get(&format!("/en/desk/journal?subject={shilan}&kind=record-listed")).await;
    looks.says("Ticket").says("A001");
    // Whom or what it is about is said by the number that people know.
    let by_number = inspector.get("/en/desk/journal?subject=١٠٠٠٠٠٠٠٠٠٠٠١&kind=record-listed").await;
    by_number.says("Ticket").says("A001");
    let nobodys = inspector.get("/en/desk/journal?subject=9999999999999&kind=record-listed").await;
    nobodys.is_silent_on("Ticket");
}

/// Of a name that many bear, a list shows ten, and says how to come to the others.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_list_says_how_to_find_whom_it_does_not_show() {
    let test = TestOffice::open().await;
    let namesakes: Vec<CsvBirth> = (0..12)
        .map(|n| CsvBirth {
            number: format!("EB-9{n:02}"),
            personal_number: format!("20000000000{n:02}"),
            father_number: format!("30000000000{n:02}"),
            mother_number: format!("40000000000{n:02}"),
            ..births()[0].clone()
        })
        .collect();
    let act = {
        let mut reading = test.office.db.reading().await.unwrap();
        let mut known = BTreeMap::new();
        import_of(&mut reading.tx(), "namesakes", test.place, &namesakes, &mut known).await.unwrap()
    };
    test.office.perform_once(&Who::system("test"), act).await.unwrap();
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    for (language, words) in [
        ("en", "The list is full"),
        ("ckb", "لیستەکە پڕە"),
        ("kmr", "Lîste tije ye"),
        ("ar", "القائمة ممتلئة"),
    ] {
        let form = format!("/{language}/desk/counter");
        clerk.get(&form).await.is_silent_on(words);
        let found = clerk.post(&format!("{form}/find"), &[("q", "شیلان ئازاد"), ("why", "here")]).await;
        found.says("شیلان").says(words);
    }
    // A program is told the same; whoever says enough gets a list that is whole.
    let program = officers(&test, "program", Role::CounterOfficer).await;
    for (query, wanted) in [("شیلان ئازاد", true), (SHILAN, false)] {
        let found = program.post("/api/v1/counter/people/find", json!({"query": query})).await;
        let answer = found.is(200).json();
        assert_eq!(answer["may_be_more"], wanted, "{query}: {answer}");
    }
}

/// A program says it in the same words, and in no others.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_at_a_counter_says_why() {
    let test = TestOffice::open().await;
    let shilan = test.person(SHILAN).await;
    let clerk = officers(&test, "clerk", Role::CounterOfficer).await;
    let path = "/api/v1/counter/people/find";
    let refused = clerk.post(path, json!({"query": SHILAN, "why": "curious"})).await;
    let about = refused.refuses(422, "admin/field-missing").json()["about"].clone();
    assert_eq!(about, json!({"field": "why", "known": "here, for-them, letter, authority, mend"}));
    let journal = test.journal_of("person", &shilan.to_string()).await;
    assert!(!journal.contains(&"record-listed".to_owned()), "nobody was looked at: {journal:?}");
    for (body, kept) in [
        (json!({"query": SHILAN, "why": "letter"}), "counter/letter"),
        (json!({"query": SHILAN}), "counter/not-said"),
    ] {
        clerk.post(path, body).await.is(200);
        let mut reading = test.office.db.reading().await.unwrap();
        let looks =
            diwan_store::journal::about(&mut reading.tx(), "person", &shilan.to_string()).await.unwrap();
        assert_eq!(looks.iter().filter(|look| look.body["rule"] == kept).count(), 1, "{kept}");
    }
}
