//! A bus comes home: its acts are carried out again at headquarters, twice, and
//! give the same rows once.

use diwan_domain::ids::CaseId;
use diwan_domain::people::Role;
use diwan_office::accounts::RequestCode;
use diwan_office::cases::{AnswerRequest, Decide, Decision, OpenCase, TakeNext, Withdraw};
use diwan_office::documents::{self, EndDocument, ReleaseDocument, SealDocument};
use diwan_office::replay::{kinds, replay};
use diwan_office::{Who, outbox};
use diwan_store::dialect::Engine;
use diwan_store::value::Val;
use diwan_store::{Db, tables, verify};
use diwan_testkit::TestOffice;
use diwan_testkit::databases::{TestDatabase, fresh};
use serde_json::json;

const SHILAN: &str = "1000000000001";
const NAWROZ: &str = "1000000000002";
const AZAD: &str = "1000000000008";

/// A day on the bus: by rule, by an officer with a question in between, a
/// replaced paper, a withdrawal, a code that was asked for.
async fn a_day(test: &TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let (case, access) = test.sent(&shilan, &[]).await;
    let paper =
        documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap()[0].clone();
    let file_hash = test.office.files.put(b"%PDF-1.7".to_vec()).await.unwrap();
    let seal =
        SealDocument { document: paper.id, file_hash, key_id: "0f".into(), moment: Default::default() };
    test.office.perform(&Who::system("sealer"), "seal", seal).await.unwrap();
    test.office.perform_once(&shilan, ReleaseDocument { document: paper.id, access }).await.unwrap();
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    let end = EndDocument { document: paper.id, reason: "misprint".into(), replace: true };
    test.office.perform_once(&registrar, end).await.unwrap();

    let nawroz = test.citizen(NAWROZ).await;
    let own = [("holder-name", json!({"given": "نەورۆز", "father": "ئازاد"})), ("birth-date", json!("2010"))];
    let (case, access) = test.sent(&nawroz, &own).await;
    test.office.perform_once(&registrar, TakeNext {}).await.unwrap();
    test.office.perform_once(&registrar, OpenCase { case }).await.unwrap();
    let ask = Decision::Ask { question: "book".into(), words: "Which book?".into() };
    let seen = test.case(case).await.version;
    test.office.perform_once(&registrar, Decide { case, seen, decision: ask }).await.unwrap();
    let request = diwan_office::cases::belongings(&mut test.office.db.reading().await.unwrap().tx(), case)
        .await
        .unwrap()
        .requests[0]
        .id;
    let answer = AnswerRequest { case, access, request, answer: "2214".into() };
    test.office.perform_once(&nawroz, answer).await.unwrap();
    let seen = test.case(case).await.version;
    test.office.perform_once(&registrar, Decide { case, seen, decision: Decision::Approve }).await.unwrap();

    let azad = test.citizen(AZAD).await;
    let (case, access) = test.draft(&azad, &[]).await;
    test.office.perform_once(&azad, Withdraw { case, access }).await.unwrap();
    let stranger = Who { actor: diwan_domain::acts::Actor::Stranger("s".into()), ..Who::system("x") };
    let code =
        RequestCode { address: "0750 123 4567".into(), purpose: "sign-in".into(), language: "ckb".into() };
    test.office.perform_once(&stranger, code).await.unwrap();
}

/// Every row of every register, of the acts and of the journal, in order.
async fn everything(db: &Db) -> Vec<Vec<Val>> {
    let mut reading = db.reading().await.unwrap();
    let mut tx = reading.tx();
    let mut all = Vec::new();
    for table in tables::GUARDED {
        let sql: &'static str = Box::leak(format!("{} ORDER BY id", table.select_all()).into_boxed_str());
        for row in tx.rows(sql, &[]).await.unwrap() {
            all.push(table.columns.iter().map(|column| plain(row.raw(column).unwrap())).collect());
        }
    }
    for (sql, columns) in [
        ("SELECT id, header, body, outcome FROM acts ORDER BY id", &["id", "header", "body", "outcome"][..]),
        ("SELECT id, body, salt, mac FROM journal ORDER BY id", &["id", "body", "salt", "mac"][..]),
    ] {
        for row in tx.rows(sql, &[]).await.unwrap() {
            all.push(columns.iter().map(|column| plain(row.raw(column).unwrap())).collect());
        }
    }
    all
}

/// One engine gives identifiers as bytes, the other as identifiers.
fn plain(value: &Val) -> Val {
    match value {
        Val::Id(id) => Val::Bytes(id.to_vec()),
        other => other.clone(),
    }
}

async fn home(engine: Engine) -> TestDatabase {
    fresh(engine).await
}

async fn comes_home(from: Engine, to: Engine) {
    let bus = TestOffice::on(from).await;
    a_day(&bus).await;
    let home = home(to).await;
    let first = replay(&bus.office.db, &home.db, &kinds(), bus.office.now()).await.unwrap();
    assert_eq!(first.open, Vec::<String>::new());
    assert!(first.done > 40, "{first:?}");
    let once = everything(&home.db).await;
    assert_eq!(once, everything(&bus.office.db).await);
    let second = replay(&bus.office.db, &home.db, &kinds(), bus.office.now()).await.unwrap();
    assert_eq!((second.done, second.known, second.open.len()), (0, first.done + first.known, 0));
    assert_eq!(everything(&home.db).await, once);
    assert_eq!(verify::journal(&home.db, None).await.unwrap().findings, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_acts_twice_give_the_same_rows_once() {
    for (from, to) in [(Engine::Sqlite, Engine::Postgres), (Engine::Postgres, Engine::Sqlite)] {
        comes_home(from, to).await;
    }
}

async fn messages_are_sent_once(test: TestOffice) {
    test.sent(&test.citizen(SHILAN).await, &[]).await;
    let db = &test.office.db;
    let waiting = outbox::undelivered(&mut db.reading().await.unwrap().tx(), 100).await.unwrap();
    assert!(waiting.len() >= 2, "{waiting:?}");
    // On the bus one of them was delivered.
    outbox::delivered(db, waiting[0].id, test.office.now()).await.unwrap();
    let home = home(db.engine()).await;
    replay(db, &home.db, &kinds(), test.office.now()).await.unwrap();
    let here = outbox::undelivered(&mut home.db.reading().await.unwrap().tx(), 100).await.unwrap();
    let ids = |all: &[outbox::Undelivered]| all.iter().map(|parcel| parcel.id.0).collect::<Vec<_>>();
    assert_eq!(ids(&here), ids(&waiting[1..]));
    let leased = outbox::lease(&home.db, test.office.now(), 1, 100).await.unwrap();
    assert_eq!(leased.len(), here.len(), "they are due");
}
crate::on_both_engines!(a_message_sent_on_the_bus_is_not_sent_again, super::messages_are_sent_once);

/// A paper that an officer decides on: officers of one office draw from one series.
async fn decided(test: &TestOffice, registrar: &Who) -> CaseId {
    let nawroz = test.citizen(NAWROZ).await;
    let own = [("holder-name", json!({"given": "نەورۆز", "father": "ئازاد"})), ("birth-date", json!("2010"))];
    let (case, _) = test.sent(&nawroz, &own).await;
    assert_eq!(test.office.perform_once(registrar, TakeNext {}).await.unwrap(), case);
    let seen = test.case(case).await.version;
    test.office.perform_once(registrar, Decide { case, seen, decision: Decision::Approve }).await.unwrap();
    case
}

async fn differing_is_named(test: TestOffice) {
    let home = home(test.office.db.engine()).await;
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    replay(&test.office.db, &home.db, &kinds(), test.office.now()).await.unwrap();
    // Headquarters issues from the same series meanwhile: numbers would collide.
    let here = test.with_database(home.db.clone(), &home.address);
    decided(&here, &registrar).await;
    let before = everything(&home.db).await;
    let case = decided(&test, &registrar).await;
    let report = replay(&test.office.db, &home.db, &kinds(), test.office.now()).await.unwrap();
    assert!(report.open.iter().any(|why| why.starts_with("decide-case")), "{report:?}");
    let after = everything(&home.db).await;
    assert!(before.iter().all(|row| after.contains(row)), "nothing that was here has changed");
    assert_eq!(verify::journal(&home.db, None).await.unwrap().findings, []);
    let mut reading = home.db.reading().await.unwrap();
    let papers = documents::of_case(&mut reading.tx(), case).await.unwrap();
    assert!(papers.is_empty(), "no second paper bears a number that was given: {papers:?}");
}
crate::on_both_engines!(what_comes_out_otherwise_is_undone_and_named, super::differing_is_named);

/// An act that is missing from the list could not come home.
#[test]
fn every_act_of_the_office_can_be_read_back() {
    fn acts_below(folder: &std::path::Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                acts_below(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for part in text.split("const NAME: &'static str = \"").skip(1) {
                found.push(part.split('"').next().unwrap().to_owned());
            }
        }
    }
    let mut acts = Vec::new();
    acts_below(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut acts);
    acts.sort();
    assert_eq!(kinds().names(), acts);
}
