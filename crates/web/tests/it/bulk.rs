//! Certificates of many entries at once by page: picked, looked at, set going, watched,
//! printed as one file.

use crate::certifying::on_both_engines;
use crate::visit::{app, officer};
use axum::http::StatusCode;
use diwan_domain::people::Role;
use diwan_office::bulk::issue_waiting;
use diwan_office::documents::seal_waiting;
use diwan_store::dialect::Engine;
use diwan_testkit::TestOffice;
use diwan_web::papers::PaperWords;

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
