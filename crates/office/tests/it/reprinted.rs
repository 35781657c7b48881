//! What a paper prints from answers is kept with it; a paper that an edition cannot make is
//! made by a later one.

use diwan_domain::ids::CaseId;
use diwan_domain::people::Role;
use diwan_domain::services::Folder;
use diwan_office::Who;
use diwan_office::cases::tend;
use diwan_office::catalogue::PublishService;
use diwan_office::documents::{
    self, EndDocument, NoteUnmade, ReleaseDocument, SealDocument, answers_of, edition_of,
};
use diwan_store::documents::DocumentRow;
use diwan_testkit::TestOffice;
use serde_json::json;

const A_DAY: i64 = 24 * 60;
const SHILAN: &str = "1000000000001";

/// The built-in service as another version, whose paper says for what it is.
fn with_purpose(version: u32) -> Folder {
    let mut folder = diwan_testkit::office::birth_certificate();
    let toml = folder.text("service.toml").unwrap();
    let toml = toml.replacen("version    = 1", &format!("version    = {version}"), 1);
    let first = "[[document.print]]\nkey  = \"name\"";
    let purpose = "[[document.print]]\nkey  = \"purpose\"\nfrom = \"answers.purpose\"\n\n";
    assert!(toml.contains(first));
    let toml = toml.replacen(first, &format!("{purpose}{first}"), 1);
    folder.files.insert("service.toml".into(), toml.into_bytes());
    for language in ["ckb", "ar", "kmr", "en"] {
        let name = format!("words/{language}.ftl");
        let words = format!("{}\nprint-purpose = For\n", folder.text(&name).unwrap());
        folder.files.insert(name, words.into_bytes());
    }
    // The examples tell of the first version's paper.
    folder.files.retain(|name, _| !name.starts_with("examples/") || name.contains("someone-else"));
    folder
}

async fn publish(test: &TestOffice, version: u32) {
    let folder = with_purpose(version);
    let findings = diwan_domain::services::check(&folder, None);
    assert!(findings.service.is_some(), "{:?}", findings.diagnostics);
    test.office.perform_once(&Who::system("test"), PublishService::of(&folder)).await.unwrap();
}

async fn papers(test: &TestOffice, case: CaseId) -> Vec<DocumentRow> {
    documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap()
}

async fn seal(test: &TestOffice, paper: &DocumentRow) {
    let seal = SealDocument {
        document: paper.id,
        file_hash: "0".repeat(64),
        key_id: "k".into(),
        moment: Default::default(),
    };
    test.office.perform_once(&Who::system("test"), seal).await.unwrap();
}

async fn erased(test: TestOffice) {
    publish(&test, 2).await;
    let shilan = test.citizen(SHILAN).await;
    let (case, access) = test.sent(&shilan, &[("purpose", json!("school"))]).await;
    let paper = papers(&test, case).await.remove(0);
    assert_eq!(answers_of(&paper).get("purpose"), Some(&json!("school")));
    assert_eq!(answers_of(&paper).get("phone"), None, "what it does not print is not kept with it");
    seal(&test, &paper).await;
    test.office.perform_once(&shilan, ReleaseDocument { document: paper.id, access }).await.unwrap();
    test.pass(32 * A_DAY);
    tend(&test.office).await.unwrap();
    for _ in 0..2 {
        test.pass(6 * 365 * A_DAY);
        tend(&test.office).await.unwrap();
    }
    assert_eq!(test.case(case).await.answers.0, json!({}), "the answers of the case are gone");

    let registrar = test.officer("registrar", Role::Registrar, None).await;
    let end = EndDocument { document: paper.id, reason: "lost".into(), replace: true };
    let new = test.office.perform_once(&registrar, end).await.unwrap().expect("another paper");
    let new = papers(&test, case).await.into_iter().find(|row| row.id == new).unwrap();
    assert_eq!(answers_of(&new).get("purpose"), Some(&json!("school")), "it says the same again");
    assert_eq!((new.copies, new.languages.0), (paper.copies, paper.languages.0));
}
crate::on_both_engines!(a_paper_is_replaced_after_its_answers_were_erased, super::erased);

async fn mended(test: TestOffice) {
    publish(&test, 2).await;
    let shilan = test.citizen(SHILAN).await;
    let (case, _) = test.sent(&shilan, &[("purpose", json!("school"))]).await;
    let paper = papers(&test, case).await.remove(0);
    let note = NoteUnmade { document: paper.id };
    test.office.perform_once(&Who::system("test"), note).await.unwrap();
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    let end = |reason: &str, replace| EndDocument { document: paper.id, reason: reason.into(), replace };
    let none = test.office.perform_once(&registrar, end("the layout", true)).await.unwrap_err();
    assert_eq!(none.code(), "register/nothing-changes", "no edition is newer");

    publish(&test, 3).await;
    let silent = test.office.perform_once(&registrar, end(" ", true)).await.unwrap_err();
    assert_eq!(silent.code(), diwan_domain::refusals::Why::ReasonMissing.code());
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let stop = test.office.perform_once(&clerk, end("the layout", true)).await.unwrap_err();
    assert_eq!(stop.code(), "officer/not-permitted");
    let same = test.office.perform_once(&registrar, end("the layout", true)).await.unwrap();
    assert_eq!(same, Some(paper.id), "it is the same paper");
    let now = papers(&test, case).await.remove(0);
    assert_eq!((&now.number, &now.check_code), (&paper.number, &paper.check_code));
    let row = test.case(case).await;
    assert_eq!((edition_of(&paper, &row), edition_of(&now, &row), row.edition), (2, 3, 2));
    // Acts of one moment follow one another by a microsecond.
    test.pass(1);
    {
        let mut reading = test.office.db.reading().await.unwrap();
        let turn = diwan_store::documents::to_make(&mut reading.tx(), test.office.now(), 20).await.unwrap();
        assert!(turn.iter().any(|waiting| waiting.id == paper.id), "its turn comes at once");
    }
    let journal = diwan_store::journal::about(
        &mut test.office.db.reading().await.unwrap().tx(),
        "document",
        &paper.id.to_string(),
    )
    .await
    .unwrap();
    let moved = journal.iter().find(|entry| entry.kind == "document-moved-to-edition").unwrap();
    assert_eq!((&moved.body["facts"]["from"], &moved.body["facts"]["to"]), (&json!(2), &json!(3)));
    seal(&test, &now).await;
    let (case, row) = (now.check_code.clone(), test.office.today());
    let mut reading = test.office.db.reading().await.unwrap();
    let found = documents::check(&mut reading.tx(), &case, row).await.unwrap().unwrap();
    assert_eq!(found.service.service.version, 3, "the check page reads it by the edition that made it");
}
crate::on_both_engines!(a_paper_no_edition_could_make_is_made_by_the_next, super::mended);
