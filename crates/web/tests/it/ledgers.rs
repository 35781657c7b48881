//! Scanned ledgers by page: opened, sent, keyed beside the image, decided, brought in.

use crate::visit::{Page, Visit, officer};
use axum::http::StatusCode;
use diwan_domain::civil::EventKind;
use diwan_domain::civil::books::ledger::{Choice, KeyedRow};
use diwan_domain::ids::{LedgerId, LedgerPageId};
use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_office::civil::books::ledgers::{
    self, BringInPage, DecideDifferences, KeyRows, OpenDifferences, OpenLedger, TakePage,
};
use diwan_store::dialect::Engine;
use diwan_testkit::{TestOffice, page_image};

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

fn key() -> String {
    uuid::Uuid::now_v7().to_string()
}

async fn press(visit: &mut Visit, path: &str, fields: &[(&str, &str)]) -> Page {
    let body = visit.form(&key(), fields);
    visit.send("POST", path, body).await
}

#[track_caller]
fn to(page: &Page) -> String {
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.html());
    page.headers["location"].to_str().unwrap().to_owned()
}

/// Sends images as a form does.
async fn send(visit: &mut Visit, ledger: &str, first: &str, images: &[(&str, Vec<u8>)]) -> Page {
    let mut body = Vec::new();
    for (name, value) in [("csrf", visit.form_token()), ("key", &key()), ("first-page", first)] {
        let part = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    for (name, bytes) in images {
        let head =
            format!("--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"{name}\"\r\n\r\n");
        body.extend(head.into_bytes());
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--x--\r\n");
    visit.send_as("POST", &format!("{ledger}/pages"), "multipart/form-data; boundary=x", body).await
}

async fn opened(test: &TestOffice, head: &mut Visit, sample: &str) -> String {
    head.get("/en/desk/ledgers").await.says("Open a ledger");
    let place = test.place.to_string();
    let fields = [
        ("office", place.as_str()),
        ("kind", "birth"),
        ("name", "Births of Koya"),
        ("directorate", "کۆیە"),
        ("record-no", "12"),
        ("number-prefix", "1957/"),
        ("sample-percent", sample),
        ("threshold", "1"),
    ];
    let mut wrong = fields;
    wrong[4].1 = "";
    let back = press(head, "/en/desk/ledgers", &wrong).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    back.says("Births of Koya").says("Answer this question");
    to(&press(head, "/en/desk/ledgers", &fields).await)
}

const ROW: [(&str, &str); 4] =
    [("number", "45"), ("child.given", "شیلان"), ("child.sex", "female"), ("happened-on", "١٤/٣/١٩٥٧")];

/// Keys one row of the page in hand and ends it.
async fn key_page(visit: &mut Visit, page: &str, given: &str) -> Page {
    let shown = visit.get(page).await;
    let seen =
        shown.html().split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let mut fields = vec![("seen", seen.as_str()), ("row", "1"), ("act", "done")];
    fields.extend(ROW);
    fields.iter_mut().filter(|(name, _)| *name == "child.given").for_each(|field| field.1 = given);
    press(visit, &format!("{page}/rows"), &fields).await
}

async fn by_page(test: TestOffice) {
    let mut head = officer(&test, "administrator", Role::Administrator).await;
    let mut one = officer(&test, "clerk-1", Role::CounterOfficer).await;
    let mut two = officer(&test, "clerk-2", Role::CounterOfficer).await;
    let mut third = officer(&test, "registrar", Role::Registrar).await;
    let ledger = opened(&test, &mut head, "100").await;
    head.get(&ledger).await.says("No page was sent yet");
    // Sent in the order of their numbers; what is no image is told, the rest is taken.
    let images = [("p10.png", page_image(2)), ("p9.png", page_image(1)), ("notes.png", b"no image".to_vec())];
    let sent = send(&mut head, &ledger, "7", &images).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    sent.says("notes.png was not taken").says("p9.png");
    let twice = send(&mut head, &ledger, "9", &[("p9.png", page_image(1))]).await;
    twice.says("The same number or the same image");

    // A clerk sees how much waits, and not how pages stand.
    one.get("/en/desk/ledgers").await.says("Births of Koya").is_silent_on("Open a ledger");
    one.get(&ledger).await.says("2 pages wait for you").is_silent_on("p9.png").is_silent_on("Keyed twice");
    let page = to(&press(&mut one, &format!("{ledger}/next"), &[]).await);
    let shown = one.get(&page).await;
    shown.says("Row 1").says("<img src=").says("Given name").says("autofocus");
    let image = one.get(&format!("{page}/image")).await;
    assert_eq!(
        (image.status, image.headers["content-type"].to_str().unwrap()),
        (StatusCode::OK, "image/png")
    );
    assert!(image.bytes.starts_with(b"\x89PNG"));
    assert_eq!(two.get(&format!("{page}/image")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(two.get(&page).await.status, StatusCode::NOT_FOUND);

    // A fault stands beside its field and what was typed is kept.
    one.get(&page).await;
    let wrong = [("seen", "1"), ("row", "1"), ("child.given", "شیلان"), ("happened-on", "30/2/1957")];
    let back = press(&mut one, &format!("{page}/rows"), &wrong).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    back.says("This day does not exist").says("30/2/1957").says("شیلان");
    let empty =
        press(&mut one, &format!("{page}/rows"), &[("seen", "1"), ("row", "1"), ("act", "done")]).await;
    empty.says("Keep at least one row");
    let done = key_page(&mut one, &page, "شیلان").await;
    assert!(to(&done).ends_with("?done=page"));

    // Another keys it again, and it looks as if nobody had.
    let mut again = String::new();
    for _ in 0..60 {
        again = to(&press(&mut two, &format!("{ledger}/next"), &[]).await);
        if again == page {
            break;
        }
        press(&mut two, &format!("{again}/give-back"), &[]).await;
    }
    assert_eq!(again, page);
    two.get(&page).await.says("Row 1").is_silent_on("شیلان");
    to(&key_page(&mut two, &page, "شیرین").await);
    head.get(&ledger).await.says("25.00 %").says("From now on every page is keyed twice").says("clerk-1");

    // A third decides, with both values and the image before them.
    let differences = third.get(&ledger).await.link("/en/desk/ledger-pages/");
    third.get(&differences).await.says("شیلان").says("شیرین").says("<img src=");
    assert_eq!(one.get(&differences).await.status, StatusCode::FORBIDDEN);
    third.get(&differences).await;
    let shown = third.get(&differences).await.html();
    let seen = shown.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let undecided = press(&mut third, &differences, &[("seen", &seen)]).await;
    assert_eq!(undecided.status, StatusCode::UNPROCESSABLE_ENTITY);
    undecided.says("Answer this question");
    to(&press(&mut third, &differences, &[("seen", &seen), ("1/child.given", "second")]).await);

    // Brought in: the entry shows the page.
    head.get(&ledger).await.says("Bring in what is settled");
    let brought = press(&mut head, &format!("{ledger}/bring-in"), &[]).await;
    brought.says("Pages brought in: 1. Entries added: 1.");
    let entry = {
        let mut reading = test.office.db.reading().await.unwrap();
        let sql = "SELECT id FROM register_entries WHERE number = 'EBB-1957/45'";
        let row = reading.tx().row(sql, &[]).await.unwrap().unwrap();
        row.get::<diwan_domain::ids::EntryId>("id").unwrap()
    };
    let path = format!("/en/desk/register/entries/{entry}");
    let shown = third.get(&format!("{path}?purpose=test")).await;
    shown.says("شیرین").says("Keyed again by").says("clerk-2").says("Differences decided by");
    let image = third.get(&shown.link(&format!("{path}/page"))).await;
    assert_eq!((image.status, &image.bytes[1..4]), (StatusCode::OK, &b"PNG"[..]));
    assert_eq!(third.get(&format!("{path}/page")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
on_both_engines!(a_ledger_is_sent_keyed_decided_and_brought_in_by_page, super::by_page);

/// A ledger of which one page went in, was keyed again and was decided otherwise.
pub(crate) async fn checked(test: &TestOffice) -> LedgerId {
    let office = &test.office;
    let head = test.officer("check-head", Role::Administrator, None).await;
    let mut hands = Vec::new();
    for login in ["check-one", "check-two", "check-three"] {
        hands.push(test.officer(login, Role::CounterOfficer, None).await);
    }
    let open = OpenLedger {
        office: test.place,
        kind: EventKind::Birth,
        name: "Births of Shaqlawa".into(),
        directorate: "شەقڵاوە".into(),
        record_no: "3".into(),
        number_prefix: "S1957/".into(),
        sample_percent: 0,
        threshold_permille: 1,
    };
    let ledger = office.perform_once(&head, open).await.unwrap();
    let row = |number: &str, given: &str| {
        let said = [
            ("number", number),
            ("child.given", given),
            ("child.sex", "female"),
            ("happened-on", "14/3/1957"),
        ];
        KeyedRow { said: said.map(|(key, text)| (key.to_owned(), text.to_owned())).into(), unreadable: None }
    };
    let add = async |page: &str, image: u32| {
        let at = (ledger, page.to_owned());
        ledgers::add_page(office, &head, &key(), at, ("page.png", page_image(image).into())).await.unwrap()
    };
    let keyed = async |who: &Who, row: KeyedRow| -> LedgerPageId {
        let page = office.perform_once(who, TakePage { ledger }).await.unwrap();
        let act = KeyRows { page, seen: 1, first_row: 1, rows: vec![row], is_done: true };
        office.perform_once(who, act).await.unwrap();
        page
    };
    let page = add("1", 91).await;
    assert_eq!(keyed(&hands[0], row("1", "شیلان")).await, page);
    office.perform_once(&head, BringInPage { page }).await.unwrap();
    // Another page shows that the ledger is keyed badly.
    let seen = {
        let mut reading = office.db.reading().await.unwrap();
        ledgers::ledger(&mut reading.tx(), ledger).await.unwrap().unwrap().version
    };
    let all = ledgers::SetLedger { ledger, seen, sample_percent: 100, threshold_permille: 1 };
    office.perform_once(&head, all).await.unwrap();
    add("2", 92).await;
    keyed(&hands[0], row("2", "دارا")).await;
    keyed(&hands[1], row("2", "داراب")).await;
    assert_eq!(keyed(&hands[1], row("1", "شیرین")).await, page);
    let seen = office.perform_once(&hands[2], OpenDifferences { page }).await.unwrap();
    let choices = [("1/child.given".to_owned(), Choice::Second)].into();
    office.perform_once(&hands[2], DecideDifferences { page, seen, choices }).await.unwrap();
    ledger
}

async fn checks_by_page(test: TestOffice) {
    let ledger = checked(&test).await;
    let mut registrar = officer(&test, "registrar", Role::Registrar).await;
    let path = format!("/en/desk/ledgers/{ledger}");
    registrar.get(&path).await.says("Entries to be checked: 1");
    let list = registrar.get(&format!("{path}/checks")).await;
    list.says("the entry says otherwise").says("شیلان").says("شیرین").says("EBB-S1957/1");
    let form =
        list.html().split("/desk/ledger-checks/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let settle = format!("/en/desk/ledger-checks/{form}");
    let id = ledger.to_string();
    let fields = |outcome: &'static str, reason: &'static str| {
        [("outcome", outcome), ("reason", reason), ("seen", "1")]
    };
    let mut early = fields("corrected", "").to_vec();
    early.push(("ledger", &id));
    let back = press(&mut registrar, &settle, &early).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    back.says("Prepare the correction first");
    let mut stands = fields("stands", "compared with the page").to_vec();
    stands.push(("ledger", &id));
    to(&press(&mut registrar, &settle, &stands).await);
    registrar.get(&format!("{path}/checks")).await.says("Nothing is to be checked");
    let mut clerk = officer(&test, "clerk", Role::CounterOfficer).await;
    assert_eq!(clerk.get(&format!("{path}/checks")).await.status, StatusCode::FORBIDDEN);
}
on_both_engines!(entries_of_a_page_that_was_keyed_again_are_checked_by_page, super::checks_by_page);
