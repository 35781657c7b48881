//! What was typed comes back, what is wrong says where, and no page ends without a way on.

use crate::visit::{Visit, officer};
use axum::http::StatusCode;
use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_office::administration::AddHoliday;
use diwan_office::catalogue::PublishService;
use diwan_testkit::{TestOffice, every_kind};
use serde_json::json;

const MULTIPART: &str = "multipart/form-data; boundary=x";

/// A form with one file, as a browser sends it.
fn with_file(visit: &Visit, field: &str, name: &str, bytes: &[u8]) -> Vec<u8> {
    let token = visit.form_token();
    let mut body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n\
         --x\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
         content-type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--x--\r\n");
    body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_file_is_no_answer() {
    let test = TestOffice::narrow().await;
    let publish = PublishService::of(&every_kind());
    test.office.perform_once(&Who::system("test"), publish).await.expect("the folder is sound");
    let mut shilan = Visit::of(&test);
    shilan.get("/en/services/every-kind").await;
    let begun = shilan.post("/en/services/every-kind/begin", &[]).await;
    let case = begun.path.split('/').nth(3).unwrap().to_owned();
    let path = format!("/en/cases/{case}/questions/plan");
    shilan.get(&path).await;

    let body = with_file(&shilan, "plan", "order.pdf", b"");
    let refused = shilan.send_as("POST", &path, MULTIPART, body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says("The file order.pdf is empty");

    // Who chose none goes on: the browser sends a file without a name.
    let body = with_file(&shilan, "plan", "", b"");
    let on = shilan.send_as("POST", &path, MULTIPART, body).await;
    assert_eq!(on.status, StatusCode::SEE_OTHER);

    // A part of a name says which part is wrong.
    let owner = format!("/en/cases/{case}/questions/owner");
    shilan.get(&owner).await;
    let wrong = shilan.post(&owner, &[("owner-given", "Shilan"), ("owner-father", "Azad 7")]).await;
    wrong.says(": A name has no digits</a>").says("value=\"Azad 7\"");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_finds_the_centres_and_the_way_in() {
    let test = TestOffice::open().await;
    let mut shilan = Visit::of(&test);
    shilan.get("/en").await.says("href=\"/en/centres\"");
    let home = shilan.get("/en/").await;
    home.says("href=\"/en/centres\"").says("href=\"/en/sign-in\"");
    shilan.get("/en/services/birth-certificate").await.says("href=\"/en/centres/EB1\"");
    shilan.get("/en/my-cases").await.says("class=\"btn alt\" href=\"/en/sign-in\"");
    // A case that this browser does not open: its number and a code do.
    let lost = shilan.get("/en/cases/01a20607-abfe-7000-8000-000000000000").await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    lost.says("go on with its number").says("class=\"btn\" href=\"/en/track\"");
    shilan.get("/en/track").await;
    let both = shilan.post("/en/track", &[("number", "x"), ("address", "")]).await;
    both.says("href=\"#number\"").says("href=\"#address\"");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_mends_a_form_and_does_not_type_it_again() {
    let test = TestOffice::narrow().await;
    let mut administrator = officer(&test, "administrator", Role::Administrator).await;
    officer(&test, "zagros", Role::Registrar).await;
    let all = administrator.get("/en/desk/officers").await;
    all.says("zagros");
    administrator.get("/en/desk/officers?q=zagr").await.says("zagros").says("One line");
    administrator.get("/en/desk/officers?q=nobody-here").await.is_silent_on("zagros");

    administrator.get("/en/desk/officers").await;
    let fields = [("name", "Rojin Omar"), ("login", "zagros"), ("email", "rojin@example.org")];
    let taken = administrator.post("/en/desk/officers/invite", &fields).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", taken.html());
    taken.says("href=\"#login\"").says("value=\"Rojin Omar\"").says("value=\"rojin@example.org\"");

    let wrong = administrator.post("/en/desk/offices/add", &[("code", "SU9"), ("name-ckb", "")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("href=\"#name-ckb\"").says("value=\"SU9\"");

    administrator.get("/en/desk/centres").await;
    let names = [("centre", ""), ("name-ckb", "نەورۆز")];
    let day =
        [[("day-day", "21"), ("day-month", "March")].as_slice(), &[("day-year", "20")], &names].concat();
    let wrong = administrator.post("/en/desk/holidays/add", &day).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("href=\"#holiday-day-year\"").says("Write the year with four digits");
    wrong.says("value=\"March\"").says("value=\"نەورۆز\"");
    let none = administrator.post("/en/desk/holidays/add", &names).await;
    none.says("href=\"#holiday-day-day\"").says("Enter the date");
    let centre = [("code", "SU9"), ("name-ckb", "سەنتەر"), ("address", "x"), ("monday", "all day")];
    let wrong = administrator.post("/en/desk/centres/new", &centre).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("href=\"#monday\"").says("value=\"all day\"");

    let day = [[("day-day", "٢١"), ("day-month", "3")].as_slice(), &[("day-year", "2099")], &names].concat();
    administrator.post("/en/desk/holidays/add", &day).await.says("<select id=\"holiday\"");
    administrator.get("/en/desk/centres").await.is_silent_on("Days off that are over");
    let over =
        AddHoliday {
            day: "2020-03-21".into(), centre: None, area: None, names: json!({"ckb": "نەورۆز"})
        };
    test.office.perform_once(&Who::system("test"), over).await.unwrap();
    administrator.get("/en/desk/centres").await.says("Days off that are over");
    let none = administrator.post("/en/desk/holidays/withdraw", &[("holiday", "")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.says("href=\"#holiday\"");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_stands_is_changed_without_typing_it_again() {
    let test = TestOffice::narrow().await;
    let mut administrator = officer(&test, "administrator", Role::Administrator).await;
    officer(&test, "zagros", Role::Registrar).await;
    let centre = format!("/en/desk/centres/{}", test.centre);
    administrator.get(&centre).await;
    let fields = [("code", "EB1"), ("name-ckb", "سەنتەر"), ("address", "Street 60"), ("monday", "all day")];
    let wrong = administrator.post(&centre, &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("href=\"#monday\"").says("value=\"all day\"").says("value=\"Street 60\"");
    let taken = administrator.post(&format!("{centre}/counters"), &[("label", "A1")]).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    taken.says("href=\"#label\"").says("value=\"A1\"");

    let all = administrator.get("/en/desk/officers?q=zagros").await;
    let one = all.link("/en/desk/officers/");
    administrator.get(&one).await.says("id=\"from-day\"");
    let leave = [("from-day", "20 20"), ("from-month", "3"), ("from-year", "2027"), ("until-day", "")];
    let wrong = administrator.post(&format!("{one}/leave"), &leave).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("href=\"#from-day\"").says("value=\"20 20\"").says("value=\"2027\"");
    let leave = [("from-day", "٢٠"), ("from-month", "٣"), ("from-year", "٢٠٩٩")];
    let kept = administrator.post(&format!("{one}/leave"), &leave).await;
    assert_eq!(kept.status, StatusCode::OK);
    kept.says("name=\"from-year\" type=\"text\" value=\"2099\"");
    let id = one.rsplit('/').next().unwrap();
    let again = administrator.post("/en/desk/officers/invite", &[("officer", id), ("proof", "")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    again.says("href=\"#proof\"").says("zagros");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_journal_calls_people_and_cases_by_their_names() {
    let test = TestOffice::narrow().await;
    let mut inspector = officer(&test, "inspector", Role::Inspector).await;
    let all = inspector.get("/en/desk/journal").await;
    all.says("(inspector)").says("Officer signed in");
    let own = inspector.get("/en/desk/journal?actor=inspector").await;
    own.says("(inspector)").says("value=\"inspector\"").is_silent_on("before signing in");
    inspector.get("/en/desk/journal?kind=journal-searched").await.says("Journal searched");
    let today = test.office.today().to_string();
    let then = inspector.get(&format!("/en/desk/journal?from={today}&until={today}")).await;
    then.says("Officer signed in").says(&format!("value=\"{today}\""));
    let before = inspector.get("/en/desk/journal?actor=inspector&until=2019").await;
    assert_eq!(before.status, StatusCode::OK);
    before.is_silent_on("(inspector)");
    let unread = inspector.get("/en/desk/journal?from=20+20").await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);
    unread.says("value=\"20 20\"").says("Write the year with four digits").says("value=\"\">Not chosen<");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_answer_of_a_form_says_on_which_page_the_form_stood() {
    let test = TestOffice::narrow().await;
    let mut shilan = Visit::of(&test);
    shilan.get("/en/track").await.is_silent_on("data-behind");
    let fields = [("number", "x"), ("address", "")];
    // Whoever says from nowhere, or from another house, is answered all the same.
    shilan.post("/en/track", &fields).await.is_silent_on("data-behind");
    shilan.referer = "http://elsewhere/en/track";
    shilan.post("/en/track", &fields).await.is_silent_on("data-behind");
    shilan.referer = "http://here//elsewhere/en/track";
    shilan.post("/en/track", &fields).await.is_silent_on("data-behind");
    shilan.referer = "http://here/en/track?from=home";
    shilan.post("/en/track", &fields).await.says("<body data-behind=\"/en/track?from=home\"");
}
