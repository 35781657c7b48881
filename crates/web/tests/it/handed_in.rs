//! A paper checked by its file: by page and by program.

use crate::program::Program;
use crate::visit::{Page, Visit, app};
use diwan_domain::ids::DocumentId;
use diwan_domain::people::Role;
use diwan_office::documents::{self, EndDocument, seal_waiting};
use diwan_testkit::TestOffice;
use diwan_web::papers::PaperWords;
use serde_json::json;

/// A certificate as it was issued: its identifier and its file.
async fn issued(test: &TestOffice) -> (DocumentId, Vec<u8>) {
    let shilan = test.citizen("1000000000001").await;
    let (case, _) = test.sent(&shilan, &[]).await;
    let app = app(test);
    let wording = PaperWords { words: app.words.clone(), brand: app.brand.clone() };
    seal_waiting(&test.office, &wording).await.unwrap();
    let papers = documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap();
    let hash = papers[0].file_hash.clone().expect("it was sealed");
    (papers[0].id, test.office.files.get(&hash).await.unwrap().unwrap())
}

/// The same paper after somebody changed what is written in it.
fn altered(file: &[u8]) -> Vec<u8> {
    let mut other = file.to_vec();
    let at = other.windows(6).position(|part| part == b"/Title").expect("a paper has a title");
    let digit = other[at..].iter().position(u8::is_ascii_digit).expect("its title has its number");
    other[at + digit] ^= 1;
    other
}

/// The same paper with something behind its end.
fn longer(file: &[u8]) -> Vec<u8> {
    [file, &b"\n% something more"[..]].concat()
}

/// The number of the paper with this file.
async fn number_of(test: &TestOffice, file: &[u8]) -> String {
    match documents::look_at(&test.office, file.to_vec().into()).await.unwrap() {
        documents::HandedIn::Same(document) => document.number,
        other => panic!("it was issued: {other:?}"),
    }
}

async fn hands_in(visit: &mut Visit, file: &[u8]) -> Page {
    visit.get("/en/check").await;
    let token = visit.form_token().to_owned();
    let mut body =
        format!("--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n").into_bytes();
    let head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"paper.pdf\"\r\n\
                Content-Type: application/pdf\r\n\r\n";
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--x--\r\n");
    visit.send_as("POST", "/en/check", "multipart/form-data; boundary=x", body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_is_checked_by_its_file() {
    let test = TestOffice::narrow().await.with_papers();
    let (document, file) = issued(&test).await;
    let number = number_of(&test, &file).await;
    let mut visit = Visit::of(&test);
    hands_in(&mut visit, &file).await.says("This document is genuine").says("to the last byte");
    let page = hands_in(&mut visit, &altered(&file)).await;
    page.says("The seal of this file does not hold").is_silent_on("This document is genuine");
    // Something was added: it is told of what, and nothing of it is confirmed.
    let page = hands_in(&mut visit, &longer(&file)).await;
    page.says("The seal of this file does not hold").says("it is not valid").says(&number);
    page.is_silent_on("This document is genuine").is_silent_on("شیلان");
    hands_in(&mut visit, b"hello").await.says("This cannot be read as a PDF");
    let bare = visit.post("/en/check", &[("code", "")]).await;
    bare.says("The code has 26 letters and digits");

    // The file is as it was issued, and the paper is not what it was.
    let end = EndDocument { document, reason: "misprint".into(), replace: false };
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    test.office.perform_once(&registrar, end).await.unwrap();
    let page = hands_in(&mut visit, &file).await;
    page.says("This document was revoked").says("to the last byte");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_checks_a_paper_by_its_file() {
    let test = TestOffice::narrow().await.with_papers();
    let (_, file) = issued(&test).await;
    let stranger = Program::with(&test, "");
    let send = async |bytes: Vec<u8>| {
        let answer = stranger.send("POST", "/api/v1/verify", "application/pdf", bytes, &[]).await;
        answer.is(200).json()
    };
    let said = send(file.clone()).await;
    assert_eq!((&said["file"], &said["paper"]["status"]), (&json!("same"), &json!("genuine")));
    let said = send(altered(&file)).await;
    assert_eq!((&said["file"], &said["fault"]), (&json!("broken"), &json!("seal/altered")));
    assert_eq!(said.get("paper"), None, "of what was changed nothing is confirmed");
    // What was added may keep the file from being read, or hide the seal: it is found all the same.
    let number = number_of(&test, &file).await;
    for added in [longer(&file), [&file[..], &b"\x00\xff".repeat(3_000)[..]].concat()] {
        let said = send(added).await;
        let told = (&said["file"], &said["fault"], &said["made_of"]);
        assert_eq!(told, (&json!("broken"), &json!("seal/not-whole-file"), &json!(number)));
        assert_eq!(said.get("paper"), None, "of what was added to nothing is confirmed");
    }
    // Of what was changed before its seal it is not said.
    let both = send(longer(&altered(&file))).await;
    assert_eq!((both["file"].as_str(), both.get("made_of")), (Some("broken"), None));
    assert_eq!(send(b"hello".to_vec()).await, json!({"file": "not-pdf"}));
    let nothing = stranger.send("POST", "/api/v1/verify", "application/pdf", Vec::new(), &[]).await;
    nothing.refuses(422, "request/malformed");

    // Sealed by us, and the record of it is gone: the seal says whose it is.
    let tamper = "UPDATE documents SET file_hash = NULL, number = 'X' || number";
    test.base.tamper(tamper).await;
    let said = send(file).await;
    assert_eq!(said["file"], "unknown");
    assert!(said["signer"].as_str().is_some_and(|signer| !signer.is_empty()), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_with_an_older_key_leaves_papers_to_the_others() {
    let test = TestOffice::narrow().await.with_papers();
    let [older, newer] = test.rotated();
    let app = app(&test);
    let wording = PaperWords { words: app.words.clone(), brand: app.brand.clone() };
    let seals = async || seal_waiting(&test.office, &wording).await.unwrap();
    let key_of = async |case| {
        let mut reading = test.office.db.reading().await.unwrap();
        documents::of_case(&mut reading.tx(), case).await.unwrap()[0].key_id.clone()
    };
    let shilan = test.citizen("1000000000001").await;
    let (first, _) = test.sent(&shilan, &[]).await;
    assert_eq!(seals().await, 1);
    assert_eq!(key_of(first).await.as_ref(), Some(&newer));

    // A node whose folder is a copy from before.
    test.office.keys.put_in_use(&older).unwrap();
    let dara = test.citizen("1000000000003").await;
    let name = json!({"given": "دارا", "father": "عومەر"});
    let (second, _) = test.sent(&dara, &[("holder-name", name), ("birth-date", json!("1990-05-05"))]).await;
    assert_eq!(test.case(second).await.phase, "approved", "a paper waits");
    assert_eq!(seals().await, 0, "whoever has the newer key seals it");
    let own = test.office.keys.current().unwrap();
    let outdated = documents::outdated_key(&test.office.db, &own).await.unwrap().expect("it is known");
    assert_eq!((&outdated.own, &outdated.newer), (&older, &newer));
    test.office.keys.put_in_use(&newer).unwrap();
    assert_eq!(seals().await, 1, "as soon as it was copied");
    assert_eq!(key_of(second).await.as_ref(), Some(&newer));
}
