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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_goes_back_after_the_shift_was_closed() {
    let test = TestOffice::narrow().await;
    let three = [("copies", json!(3)), ("displaced", json!(false))];
    let shilan = test.citizen("1000000000001").await;
    let (case, _) = test.sent(&shilan, &three).await;
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    clerk.get("/en/desk/cash").await;
    clerk.post("/en/desk/cash/open", &[("counter", &test.counter.to_string())]).await;
    let path = format!("/en/desk/counter/cases/{case}");
    clerk.get(&path).await;
    let paid = clerk.post(&format!("{path}/fee"), &[("amount", "4000")]).await;
    let receipt = paid.link("/en/desk/cash/receipts/");
    let page = clerk.get("/en/desk/cash").await;
    page.says("What lies in the drawer").is_silent_on("Dollars in the drawer");
    clerk.post("/en/desk/cash/close", &[("counted", "4,000")]).await.says("Closed. Difference");

    let mut manager = officer(&test, "manager", Role::CentreManager).await;
    let page = manager.get(&receipt).await;
    page.is_silent_on("Void this receipt").says("No shift is open here");

    // Another fee is taken in the shift that is open now, and out of it the first goes back.
    test.pass(1);
    let (second, _) = test.sent(&shilan, &three).await;
    let owed = test.case(second).await.fee_minor_units.to_string();
    clerk.get("/en/desk/cash").await;
    clerk.post("/en/desk/cash/open", &[("counter", &test.counter.to_string())]).await;
    let path = format!("/en/desk/counter/cases/{second}");
    clerk.get(&path).await;
    clerk.post(&format!("{path}/fee"), &[("amount", &owed)]).await;
    manager.get(&receipt).await.says("Give money back").says("At most").is_silent_on("Void this receipt");
    let shift = {
        let mut reading = test.office.db.reading().await.unwrap();
        diwan_store::cash::open_shift_at(&mut reading.tx(), test.counter).await.unwrap().unwrap().id
    };
    let shift = shift.to_string();
    let sent = [("amount", "4000"), ("shift", shift.as_str()), ("back-reason", "Wrong case.")];
    let back = manager.post(&format!("{receipt}/back"), &sent).await;
    back.says("GIVEN BACK").says("4,000");
    manager.get(&receipt).await.says("Given back of this receipt").is_silent_on("Give money back");
    assert_eq!(test.case(case).await.paid_minor_units, 0);
}
