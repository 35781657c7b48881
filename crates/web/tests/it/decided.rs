//! What whoever decides reads, and what is kept of what was typed when something is wrong
//! with it.

use crate::visit::{Page, Visit, officer};
use axum::http::StatusCode;
use diwan_domain::ids::CaseId;
use diwan_domain::people::Role;
use diwan_office::cases::{Access, SendCase};
use diwan_testkit::TestOffice;
use serde_json::json;

const NAWROZ: &str = "1000000000002";

/// A case of someone whose entry was never compared with the book.
async fn unverified(test: &TestOffice) -> (CaseId, Access) {
    let own = [("holder-name", json!({"given": "نەورۆز", "father": "ئازاد"})), ("birth-date", json!("2010"))];
    let nawroz = test.citizen(NAWROZ).await;
    let (case, access) = test.draft(&nawroz, &own).await;
    test.office.perform_once(&nawroz, SendCase { case, access: access.clone() }).await.unwrap();
    (case, access)
}

fn hidden(page: &Page, name: &str) -> String {
    let html = page.html();
    let start = format!("name=\"{name}\" value=\"");
    let at = html.find(&start).unwrap_or_else(|| panic!("no {name}:\n{html}")) + start.len();
    html[at..].split('"').next().unwrap().to_owned()
}

async fn taken(test: &TestOffice, login: &str) -> (Visit, Page) {
    let mut registrar = officer(test, login, Role::Registrar).await;
    registrar.get("/en/desk").await;
    let page = registrar.post("/en/desk/next", &[]).await;
    (registrar, page)
}

/// Sends a form with a file, as a browser does.
async fn with_file(visit: &mut Visit, path: &str, fields: &[(&str, &str)], file: &[u8]) -> Page {
    let mut body = Vec::new();
    let token = visit.form_token().to_owned();
    let key = format!("{path}/{}", file.len());
    for (name, value) in [("csrf", token.as_str()), ("key", key.as_str())].iter().chain(fields) {
        let part = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head = "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"page.pdf\"\r\n\
                Content-Type: application/pdf\r\n\r\n";
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--x--\r\n");
    visit.send_as("POST", path, "multipart/form-data; boundary=x", body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_decides_reads_what_was_answered_and_appealed() {
    let test = TestOffice::narrow().await;
    let (case, _) = unverified(&test).await;
    let (mut registrar, page) = taken(&test, "registrar").await;
    let seen = hidden(&page, "seen");
    let ask = [("seen", seen.as_str()), ("words", "Which page of the book?")];
    registrar.post(&format!("/en/desk/cases/{case}/decide/ask"), &ask).await;

    let mut nawroz = Visit::of(&test);
    nawroz.by_wallet(NAWROZ).await;
    let own = nawroz.get(&format!("/en/cases/{case}")).await;
    let request = own.link(&format!("/en/cases/{case}/requests/"));
    nawroz.post(&request, &[("answer", "Page four of book 31"), ("question", "other")]).await;
    let page = registrar.get(&format!("/en/desk/cases/{case}")).await;
    page.says("Which page of the book?").says("Page four of book 31");

    // What was typed beside a reason that was forgotten is still there.
    let seen = hidden(&page, "seen");
    let refuse = format!("/en/desk/cases/{case}/decide/refuse");
    let words = "The court closed this entry in 2019";
    let forgotten = registrar.post(&refuse, &[("seen", seen.as_str()), ("words", words)]).await;
    assert_eq!(forgotten.status, StatusCode::UNPROCESSABLE_ENTITY);
    forgotten.says(words);
    let whole = [("seen", seen.as_str()), ("reason", "entry-closed"), ("words", words)];
    registrar.post(&refuse, &whole).await;

    nawroz.get(&format!("/en/cases/{case}")).await.says(words);
    let silent = nawroz.post(&format!("/en/cases/{case}/appeal"), &[("words", " ")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "an appeal says why");
    let appeal = [("words", "The judgment was set aside")];
    nawroz.post(&format!("/en/cases/{case}/appeal"), &appeal).await;
    let (_, page) = taken(&test, "another").await;
    page.says("Why the applicant finds it wrong").says("The judgment was set aside");
    page.says("Refused before").says(words);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_not_taken_takes_no_words_with_it() {
    let test = TestOffice::narrow().await;
    let (case, _) = unverified(&test).await;
    let (mut registrar, page) = taken(&test, "registrar").await;
    let seen = hidden(&page, "seen");
    let ask = [("seen", seen.as_str()), ("words", "Show us the page")];
    registrar.post(&format!("/en/desk/cases/{case}/decide/ask"), &ask).await;

    let mut nawroz = Visit::of(&test);
    nawroz.by_wallet(NAWROZ).await;
    let own = nawroz.get(&format!("/en/cases/{case}")).await;
    let request = own.link(&format!("/en/cases/{case}/requests/"));
    let typed = [("answer", "It is the last page"), ("question", "other")];
    let refused = with_file(&mut nawroz, &request, &typed, b"no picture at all").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("It is the last page").says("Choose a PDF, JPEG or PNG");

    // The file that was asked for is an answer by itself.
    let bare = [("answer", ""), ("question", "other")];
    let sent = with_file(&mut nawroz, &request, &bare, b"%PDF-1.7\n%%EOF").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert_eq!(test.case(case).await.phase, "in-progress");
    registrar.get(&format!("/en/desk/cases/{case}")).await.says("page.pdf");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fee_that_stands_open_again_is_taken_at_the_counter() {
    let test = TestOffice::narrow().await;
    let shilan = test.citizen("1000000000001").await;
    let (case, _) = test.sent(&shilan, &[("copies", json!(3)), ("displaced", json!(false))]).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let open = diwan_office::cash::OpenShift { counter: test.counter };
    test.office.perform_once(&clerk, open).await.unwrap();
    let take = diwan_office::cash::TakeFee { case, minor_units: 4_000 };
    let receipt = test.office.perform_once(&clerk, take).await.unwrap();
    let diwan_domain::acts::Actor::Officer(cashier) = clerk.actor else { panic!("an officer") };
    let manager = test.officer("manager", Role::CentreManager, None).await;
    let void = diwan_office::cash::VoidReceipt { receipt, cashier, reason: "wrong note".into() };
    test.office.perform_once(&manager, void).await.unwrap();
    assert_eq!(test.case(case).await.phase, "approved");
    let mut other = officer(&test, "other", Role::CounterOfficer).await;
    let page = other.get(&format!("/en/desk/counter/cases/{case}")).await;
    page.link(&format!("/en/desk/counter/cases/{case}/fee"));
}
