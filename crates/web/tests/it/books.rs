//! Old books by page: sent, looked at, brought in in the background, and what was
//! rejected comes back as a file.

use crate::visit::{Page, Visit, officer};
use axum::http::StatusCode;
use diwan_domain::people::Role;
use diwan_office::civil::books;
use diwan_store::dialect::Engine;
use diwan_testkit::TestOffice;

const MAPPING: &str = r#"
version = 1
name = "by page"
event = "birth"
required = ["happened-on"]
[entry]
number = "no"
[fields]
"child.given" = "name"
"child.sex" = { column = "sex", values = "sex" }
"happened-on" = "born"
"#;

async fn send(test: &TestOffice, visit: &mut Visit, mapping: &str, file: &str) -> Page {
    visit.get("/en/desk/books").await.says("Old books");
    let key = uuid::Uuid::now_v7().to_string();
    let place = test.place.to_string();
    let mut body = String::new();
    let fields = [
        ("csrf", visit.form_token().to_owned()),
        ("key", key),
        ("office", place),
        ("mapping", "births".to_owned()),
        ("own", mapping.to_owned()),
    ];
    for (name, value) in fields {
        body += &format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    body += "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"koya.csv\"\r\n";
    body += &format!("Content-Type: text/csv\r\n\r\n{file}\r\n--x--\r\n");
    visit.send_as("POST", "/en/desk/books", "multipart/form-data; boundary=x", body.into_bytes()).await
}

macro_rules! on_both_engines {
    ($name:ident, $body:path) => {
        mod $name {
            use super::*;
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn embedded() {
                $body(TestOffice::on(Engine::Sqlite).await).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn server() {
                $body(TestOffice::on(Engine::Postgres).await).await;
            }
        }
    };
}

async fn by_page(test: TestOffice) {
    let mut page = officer(&test, "administrator", Role::Administrator).await;
    let file = "no,name,sex,born\n1,شیلان,أنثى,14/3/1957\n2,دارا,ذكر,30/2/1958\n";
    // What does not fit is told, and what was typed is kept.
    let wrong =
        send(&test, &mut page, &MAPPING.replace("\"name\"\n\"child.sex\"", "\"nam\"\n\"child.sex\""), file)
            .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("The mapping does not fit the file").says("by page");
    let sent = send(&test, &mut page, MAPPING, file).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.html());
    let place = sent.headers["location"].to_str().unwrap().to_owned();
    page.get(&place).await.says("Rows: ").says("This day does not exist").says("EBB-1").says("Bring it in");
    let twice = send(&test, &mut page, MAPPING, file).await;
    twice.says("in the list of files");
    // Nothing is in until somebody says so.
    assert_eq!(books::bring_in_waiting(&test.office).await.unwrap(), 0);
    let form = page.form(&uuid::Uuid::now_v7().to_string(), &[]);
    let going = page.send("POST", &format!("{place}/bring-in"), form).await;
    assert_eq!(going.status, StatusCode::SEE_OTHER, "{}", going.html());
    let waits = page.get(&place).await;
    assert_eq!(waits.headers["refresh"], "3");
    waits.says("This page refreshes itself");
    assert_eq!(books::bring_in_waiting(&test.office).await.unwrap(), 1);
    page.get(&place).await.says("Brought in: ").says("Download the rejected rows");
    let rejects = page.get(&format!("{place}/rejects.csv")).await;
    let text = String::from_utf8(rejects.bytes.to_vec()).unwrap();
    assert!(text.contains("3,2,دارا,ذكر,30/2/1958,"), "{text}");
    assert!(text.contains("This day does not exist"), "{text}");
    // The entry says where it came from.
    let entry = {
        let mut reading = test.office.db.reading().await.unwrap();
        let row =
            reading.tx().row("SELECT id FROM register_entries WHERE number = 'EBB-1'", &[]).await.unwrap();
        row.unwrap().get::<diwan_domain::ids::EntryId>("id").unwrap()
    };
    let mut registrar = officer(&test, "registrar", Role::Registrar).await;
    let shown = registrar.get(&format!("/en/desk/register/entries/{entry}?purpose=test")).await;
    shown.says("From an old book").says("koya.csv");
    let forbidden = registrar.get(&place).await;
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
}
on_both_engines!(a_book_is_sent_looked_at_and_brought_in_by_page, super::by_page);

async fn discarded(test: TestOffice) {
    let mut page = officer(&test, "administrator", Role::Administrator).await;
    let sent = send(&test, &mut page, MAPPING, "no,name,sex,born\n1,شیلان,أنثى,14/3/1957\n").await;
    let place = sent.headers["location"].to_str().unwrap().to_owned();
    let form = page.form(&uuid::Uuid::now_v7().to_string(), &[]);
    page.send("POST", &format!("{place}/discard"), form).await;
    page.get("/en/desk/books").await.says("Not brought in");
    assert_eq!(books::bring_in_waiting(&test.office).await.unwrap(), 0);
    let form = page.form(&uuid::Uuid::now_v7().to_string(), &[]);
    let late = page.send("POST", &format!("{place}/bring-in"), form).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
}
on_both_engines!(what_was_only_looked_at_can_be_put_away, super::discarded);
