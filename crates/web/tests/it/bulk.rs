//! Certificates of many entries or people at once by page: picked or listed, looked at,
//! set going, watched, printed as one file.

use crate::certifying::on_both_engines;
use crate::visit::{app, officer};
use axum::http::StatusCode;
use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_office::bulk::issue_waiting;
use diwan_office::catalogue::PublishService;
use diwan_office::documents::{Paper, Wording, seal_waiting};
use diwan_store::dialect::Engine;
use diwan_store::documents;
use diwan_testkit::TestOffice;
use diwan_testkit::office::built_in;
use diwan_web::papers::PaperWords;
use serde_json::Value;

const ASKED: [(&str, &str); 9] = [
    ("service", "birth-certificate"),
    ("institution", "Mission of the camps"),
    ("basis", "Order 12/2026"),
    ("fee", "as-owed"),
    ("from", "1990"),
    ("until", ""),
    ("purpose", "identity"),
    ("use", "home"),
    ("delivery", "collect"),
];

async fn by_page(test: TestOffice) {
    let test = test.with_papers();
    let mut head = officer(&test, "supervisor", Role::Supervisor).await;
    head.get("/en/desk/bulk").await.says("Bulk certificates").says("None was begun yet");
    let form = head.get("/en/desk/bulk?service=birth-certificate").await;
    form.says("For which institution?").says("On what law or order").is_silent_on("Whose certificate");

    // What is missing is said, and what was typed stays.
    let mut wrong: Vec<(&str, &str)> = ASKED.to_vec();
    wrong.retain(|(name, _)| *name != "purpose");
    wrong[2].1 = "";
    wrong.push(("document-languages", "en"));
    let back = head.post("/en/desk/bulk", &wrong).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    back.says("Name the law or order").says("Mission of the camps");

    let mut asked: Vec<(&str, &str)> = ASKED.to_vec();
    asked.extend([("document-languages", "ckb"), ("document-languages", "en")]);
    let seen = head.post("/en/desk/bulk", &asked).await;
    seen.says("Papers that will be issued").says("An officer decides first").says("Start issuing");
    let place = seen.path.clone();
    let going = head.post(&format!("{place}/do/start"), &[]).await;
    going.says("Waiting").says("This page refreshes itself.");
    assert_eq!(going.headers["refresh"].to_str().unwrap(), "3");
    assert_eq!(issue_waiting(&test.office).await.unwrap(), 1);
    head.get(&place).await.says("The papers are being made").says("Ordered: 2. Sealed: 0. Left out: 1");
    let app = app(&test);
    let words = PaperWords { words: app.words.clone(), brand: app.brand.clone() };
    assert_eq!(seal_waiting(&test.office, &words).await.unwrap(), 2);

    let done = head.get(&place).await;
    done.says("Issued").says("File 1: papers 1 to 2").says("EB-2");
    assert!(!done.headers.contains_key("refresh"), "nothing more comes");
    let printed = head.post(&format!("{place}/print/1"), &[]).await;
    assert_eq!(printed.headers["content-type"].to_str().unwrap(), "application/pdf");
    assert!(printed.bytes.starts_with(b"%PDF"));
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("bulk.pdf"), &printed.bytes).unwrap();
    let list = head.get(&format!("{place}/left-out.csv")).await;
    list.says("\"EB-2\",\"An officer decides first");

    // Nobody else's office, and nobody without the permission.
    let mut registrar = officer(&test, "registrar", Role::Registrar).await;
    assert_eq!(registrar.get(&place).await.status, StatusCode::FORBIDDEN);
}

on_both_engines!(many_are_issued_and_printed_by_page, by_page);

/// The words of papers, but for one whose layout is given nothing it expects.
struct OneFails {
    words: PaperWords,
    number: String,
}

impl Wording for OneFails {
    fn paper(&self, about: &Paper<'_>) -> Value {
        let mut paper = self.words.paper(about);
        if about.document.number == self.number
            && let Some(parts) = paper.as_object_mut()
        {
            parts.retain(|name, _| name == "issuer_short");
        }
        paper
    }
}

async fn people_by_page(test: TestOffice) {
    let test = test.with_papers();
    let publish = PublishService::of(&built_in("single-status-certificate"));
    test.office.perform_once(&Who::system("test"), publish).await.unwrap();
    let mut head = officer(&test, "supervisor", Role::Supervisor).await;
    let form = head.get("/en/desk/bulk?service=single-status-certificate").await;
    form.says("For whom? Personal numbers").says("Or a file with the list").is_silent_on("Hospital or place");
    let asked = [
        ("service", "single-status-certificate"),
        ("institution", "Ministry of Labour"),
        ("basis", "Order 12/2026"),
        ("fee", "as-owed"),
        ("purpose", "work"),
        ("use", "abroad"),
        ("document-languages", "en"),
        ("delivery", "collect"),
        ("unregistered", "no"),
    ];
    let back = head.post("/en/desk/bulk", &asked).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    back.says("List at least one number").says("Ministry of Labour");

    let mut listed = asked.to_vec();
    listed.push(("people", "Number;Name\r\n1000000000001;Shilan\r\n1000000000003;Dara\r\n77;Nobody\r\n"));
    let seen = head.post("/en/desk/bulk", &listed).await;
    seen.says("Papers that will be issued").says("Nobody in the register bears this number");
    let place = seen.path.clone();
    head.post(&format!("{place}/do/start"), &[]).await.says("Waiting");
    assert_eq!(issue_waiting(&test.office).await.unwrap(), 1);

    // Of two papers one cannot be made: it is named, and the other is printed.
    let number = {
        let mut reading = test.office.db.reading().await.unwrap();
        documents::intended(&mut reading.tx(), 10).await.unwrap()[0].number.clone()
    };
    let app = app(&test);
    let words = || PaperWords { words: app.words.clone(), brand: app.brand.clone() };
    let failing = OneFails { words: words(), number: number.clone() };
    assert_eq!(seal_waiting(&test.office, &failing).await.unwrap(), 1);
    let page = head.get(&place).await;
    page.says("Papers that could not be made").says(&number).says("File 1: papers 1 to 2");
    page.says("Ordered: 2. Sealed: 1. Left out: 1").says("Listed number");
    assert!(!page.headers.contains_key("refresh"), "nothing comes by waiting");
    let printed = head.post(&format!("{place}/print/1"), &[]).await;
    assert!(printed.bytes.starts_with(b"%PDF"));

    // It is tried again later; once it is made the page names it no more.
    assert_eq!(seal_waiting(&test.office, &words()).await.unwrap(), 0, "not at once");
    test.pass(1);
    assert_eq!(seal_waiting(&test.office, &words()).await.unwrap(), 1);
    head.get(&place).await.is_silent_on("could not be made").says("Sealed: 2");
    head.get(&format!("{place}/left-out.csv")).await.says("\"77\",\"Nobody in the register");
    let all = head.get("/en/desk/bulk").await;
    all.says("Ministry of Labour").says("People");
}

on_both_engines!(people_are_listed_and_one_paper_holds_up_no_other, people_by_page);
