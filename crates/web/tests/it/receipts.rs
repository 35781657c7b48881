//! A receipt's page: the applicant's and the counter's, and its proof.

use crate::program::{Program, token_of};
use crate::visit::{Visit, officer};
use axum::http::StatusCode;
use diwan_domain::people::Role;
use diwan_testkit::TestOffice;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_has_its_page_and_its_proof_in_the_public_log() {
    let test = TestOffice::narrow().await;
    let three = [("copies", json!(3)), ("displaced", json!(false))];
    let (case, _) = test.sent(&test.citizen("1000000000001").await, &three).await;
    let number = test.case(case).await.number;
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    clerk.get("/en/desk/cash").await;
    clerk.post("/en/desk/cash/open", &[("counter", &test.counter.to_string())]).await;
    clerk.get("/en/desk/counter").await;
    let page = clerk.post("/en/desk/counter/case", &[("number", &number)]).await;
    page.says("4,000");
    let paid = clerk.post(&format!("{}/fee", page.path), &[("amount", "4000")]).await;
    let receipt = paid.link("/en/desk/cash/receipts/");
    clerk.get(&receipt).await.says("within a minute").is_silent_on("/proof");
    let slip = clerk.post(&format!("{receipt}/slip"), &[]).await;
    slip.says("class=\"slip\"").says("ORIGINAL").says("4,000").says(&number);
    clerk.get(&receipt).await;
    clerk.post(&format!("{receipt}/slip"), &[]).await.says("COPY").is_silent_on("ORIGINAL");

    let now = test.office.now();
    diwan_office::log::seal(&test.office.db, &test.office.log_key, "test", now).await.unwrap();
    clerk.get(&receipt).await.says("of the public log").says("/proof");
    let own = receipt.rsplit('/').next().unwrap();
    let mut shilan = Visit::of(&test);
    shilan.by_wallet("1000000000001").await;
    let page = shilan.get(&format!("/en/cases/{case}/receipts/{own}")).await;
    page.says("COPY").says("Entry in the public log");
    let file = shilan.get(&page.link(&format!("/en/cases/{case}/receipts/{own}/proof"))).await;
    let proof: Value = serde_json::from_slice(&file.bytes).unwrap();
    assert!(proof["entry"].as_str().unwrap().contains("fee-taken"), "{proof}");
    assert!(proof["checkpoint"].as_str().unwrap().starts_with("test.diwan/log"));

    let mut other = Visit::of(&test);
    other.by_wallet("1000000000003").await;
    for what in ["", "/proof", "/pdf"] {
        let closed = other.get(&format!("/en/cases/{case}/receipts/{own}{what}")).await;
        assert_eq!(closed.status, StatusCode::NOT_FOUND, "a stranger's {what}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_prints_a_receipt_once_as_the_original_and_then_as_a_copy() {
    let test = TestOffice::narrow().await.with_papers();
    let three = [("copies", json!(3)), ("displaced", json!(false))];
    let (case, _) = test.sent(&test.citizen("1000000000001").await, &three).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let program = Program::with(&test, &token_of(&test, &clerk).await);
    program.post("/api/v1/cash/shift", json!({"counter": test.counter.to_string()})).await.is(201);
    let number = test.case(case).await.number;
    program.get(&format!("/api/v1/counter/cases?number={number}")).await.is(200);
    let fee = json!({"minor_units": 4000});
    let taken = program.post(&format!("/api/v1/counter/cases/{case}/fee"), fee).await;
    let receipt = taken.is(201).json()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/cash/receipts/{receipt}/pdf");
    let once = [("idempotency-key", "print-0001")];
    let original = program.post_as(&path, json!({}), &once).await;
    assert_eq!(original.is(200).header("content-type"), "application/pdf");
    assert!(original.bytes.starts_with(b"%PDF-"));
    let again = program.post_as(&path, json!({}), &once).await;
    assert!(again.is(200).bytes == original.bytes, "a repeat gives the original again");
    let copy = program.post(&format!("{path}?language=en"), json!({})).await;
    assert!(copy.is(200).bytes.starts_with(b"%PDF-") && copy.bytes != original.bytes, "one original");
    program.post(&format!("{path}?language=la"), json!({})).await.refuses(422, "admin/field-missing");
    let told = {
        let mut reading = test.office.db.reading().await.unwrap();
        diwan_store::journal::about(&mut reading.tx(), "receipt", &receipt).await.unwrap()
    };
    assert_eq!(told.len(), 2, "each print is in the journal, a repeat is none");
    let other = test.officer("registrar", Role::Registrar, None).await;
    let other = Program::with(&test, &token_of(&test, &other).await);
    other.post(&path, json!({})).await.refuses(403, "officer/not-permitted");
}
