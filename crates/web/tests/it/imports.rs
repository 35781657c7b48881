//! A register file of several hundred lines, by page and by program: what can be
//! refused is refused before anything is in, and what broke off is told truly.

use crate::program::{Answer, Program, officers};
use crate::visit::{Page, Visit, officer};
use diwan_domain::people::Role;
use diwan_store::dialect::Engine;
use diwan_testkit::TestOffice;

const HEAD: &str = "number,book,page,registered_on,given,family,latin,sex,born_on,place,father,mother,\
                    personal_number,father_number,mother_number,verified\n";

/// Lines of the register; one father in three has a number and several children,
/// the other parents have none.
fn file(lines: usize) -> Vec<String> {
    let line = |n: usize| {
        let number = if n.is_multiple_of(3) { format!("50000000000{:02}", n % 7) } else { String::new() };
        format!("BK-{n},31,{n},1961-10-02,مەحموود,,,male,1961,کۆیە,ڕەشید ئەحمەد,گوڵاڵە,,{number},,")
    };
    (0..lines).map(line).collect()
}

fn csv(lines: &[String]) -> String {
    format!("{HEAD}{}\n", lines.join("\n"))
}

async fn entries(test: &TestOffice) -> i64 {
    let mut reading = test.office.db.reading().await.unwrap();
    reading.tx().count("SELECT COUNT(*) AS n FROM register_entries", &[]).await.unwrap()
}

async fn persons(test: &TestOffice) -> i64 {
    let mut reading = test.office.db.reading().await.unwrap();
    reading.tx().count("SELECT COUNT(*) AS n FROM persons", &[]).await.unwrap()
}

async fn by_program(test: &TestOffice, program: &Program, key: &str, lines: &[String]) -> Answer {
    let path = format!("/api/v1/register/births?office={}&source=koya.csv", test.place);
    program.send("POST", &path, "text/csv", csv(lines).into_bytes(), &[("idempotency-key", key)]).await
}

async fn by_page(test: &TestOffice, visit: &mut Visit, lines: &[String]) -> Page {
    visit.get("/en/desk/import").await;
    let key = uuid::Uuid::now_v7().to_string();
    let place = test.place.to_string();
    let mut body = String::new();
    for (name, value) in [("csrf", visit.form_token()), ("key", &key), ("office", &place)] {
        body += &format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    body += "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"koya.csv\"\r\n";
    body += &format!("Content-Type: text/csv\r\n\r\n{}\r\n--x--\r\n", csv(lines));
    visit.send_as("POST", "/en/desk/import", "multipart/form-data; boundary=x", body.into_bytes()).await
}

async fn known_numbers_are_named(test: TestOffice) {
    let program = officers(&test, "program", Role::Administrator).await;
    let mut page = officer(&test, "administrator", Role::Administrator).await;
    let before = (entries(&test).await, persons(&test).await);
    let mut lines = file(260);
    lines[230] = lines[230].replace("BK-230", "EB-1");
    lines[255] = lines[255].replace("BK-255", "EB-3");
    let refused = by_program(&test, &program, "import-0001", &lines).await;
    refused.refuses(409, "register/import-known");
    assert_eq!(refused.json()["about"]["numbers"], "EB-1 (232), EB-3 (257)");
    let shown = by_page(&test, &mut page, &lines).await;
    shown.says("EB-1 (232), EB-3 (257)").says("Nothing was brought in").says("name=\"file\"");
    lines[240] = lines[240].replace("1961,کۆیە", "soon,کۆیە");
    by_page(&test, &mut page, &lines).await.says("Line 242").says("soon is not a date");
    assert_eq!((entries(&test).await, persons(&test).await), before, "nothing is in");
}

async fn broken_off(test: TestOffice) {
    let program = officers(&test, "program", Role::Administrator).await;
    let mut page = officer(&test, "administrator", Role::Administrator).await;
    let before = entries(&test).await;
    let lines = file(260);
    test.base.fail_at_entry("BK-150").await;
    let broken = by_program(&test, &program, "import-0001", &lines).await;
    broken.refuses(500, "register/import-unfinished");
    let about = &broken.json()["about"];
    assert_eq!((about["entries"].as_str(), about["of"].as_str()), (Some("100"), Some("260")));
    assert_eq!(entries(&test).await, before + 100);
    // Nothing more came, and what was in is counted.
    let shown = by_page(&test, &mut page, &lines).await;
    shown.says("At least 100 of 260 entries").says("Send the same file again");
    assert_eq!(entries(&test).await, before + 100);
    test.base.heal().await;
    // The same key, and another officer with another key.
    let rest = by_program(&test, &program, "import-0001", &lines).await;
    assert_eq!(rest.is(200).json()["entries"], 260);
    assert_eq!(entries(&test).await, before + 260);
    let all = persons(&test).await;
    let again = by_page(&test, &mut page, &lines).await;
    again.says("0 entries were brought in").says("260 entries of this file were in the register before");
    let again = by_program(&test, &program, "import-0001", &lines).await;
    assert_eq!(again.is(200).json()["entries"], 260, "a repeat is told the same");
    assert_eq!((entries(&test).await, persons(&test).await), (before + 260, all));
    // The same key with another file is refused before anything is in.
    let other: Vec<String> = lines.iter().map(|line| line.replace("BK-", "BL-")).collect();
    by_program(&test, &program, "import-0001", &other).await.refuses(409, "request/key-reused");
    assert_eq!(entries(&test).await, before + 260);
}

/// Two officers send the same file at the same moment.
async fn at_once(test: TestOffice) {
    let one = officers(&test, "one", Role::Administrator).await;
    let other = officers(&test, "other", Role::Administrator).await;
    let before = entries(&test).await;
    let lines = file(260);
    let (first, second) = tokio::join!(
        by_program(&test, &one, "import-0001", &lines),
        by_program(&test, &other, "import-0002", &lines)
    );
    for answer in [first, second] {
        assert_eq!(answer.is(200).json()["entries"], 260);
    }
    assert_eq!(entries(&test).await, before + 260);
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
on_both_engines!(a_file_with_known_numbers_names_them_and_brings_nothing_in, super::known_numbers_are_named);
on_both_engines!(a_file_that_broke_off_says_how_much_is_in_and_is_sent_again, super::broken_off);
on_both_engines!(a_file_that_two_send_at_once_is_in_once, super::at_once);
