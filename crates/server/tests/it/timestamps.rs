//! Papers whose moment an authority confirms: while it is away they wait, or
//! are sealed without it, as the office chose.

use crate::installation::{Certificate, Installation, SHILAN};
use crate::nodes::another_node;
use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::routing::post;
use diwan_demo::simulators::{Answers, TimestampAuthority};
use diwan_documents::authority::{Subject, Term, create_root, issue_stamping};
use diwan_documents::keys::KeyFolder;
use diwan_documents::pades::{Seal, inspect};
use diwan_documents::signer::Signer;
use diwan_documents::timestamps::Authority;
use diwan_domain::ids::CaseId;
use diwan_office::documents;
use diwan_store::dialect::Engine;
use diwan_store::documents::DocumentRow;
use diwan_store::files::Files;
use diwan_testkit::openssl::{KINDS, OpensslAuthority};
use jiff::{SignedDuration, Timestamp};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/timestamps", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

fn section(url: &str, authority: &Path, more: &str) -> String {
    format!("[timestamps]\nurl = '{url}'\nauthority = '{}'\n{more}\n", authority.display())
}

/// A simulated authority, and an office that asks it.
async fn simulated(engine: Engine, more: &str) -> (Installation, TimestampAuthority, PathBuf) {
    let place = Installation::begun(engine, "").await;
    let (hour, now) = (SignedDuration::from_hours(1), Timestamp::now());
    let term = Term { from: now - hour, until: now + hour };
    let root = create_root(&Subject::named("Time root"), term).unwrap();
    let own = issue_stamping(&root, &Subject::named("Time authority"), term).unwrap();
    let file = place.path("authority.pem");
    std::fs::write(&file, root.chain_pem().unwrap()).unwrap();
    let authority = TimestampAuthority::new(own, Timestamp::now);
    let url = serve(authority.router()).await;
    place.configure(&section(&url, &file, more));
    (place, authority, file)
}

async fn paper(place: &Installation, case: CaseId) -> DocumentRow {
    let db = diwan_store::Db::open_to_read(&place.database, place.keys()).await.unwrap();
    let papers = documents::of_case(&mut db.reading().await.unwrap().tx(), case).await.unwrap();
    papers.into_iter().next().unwrap()
}

async fn seal_of(place: &Installation, certificate: &Certificate) -> Seal {
    let pdf = Files::at(&place.path("files")).get(&certificate.file_hash).await.unwrap().unwrap();
    let key = KeyFolder::at(place.path("keys/seal")).current().unwrap();
    inspect(&pdf, &key.certificate_chain()[1..]).unwrap()
}

/// What the journal says of the paper's seal.
async fn facts(place: &Installation) -> serde_json::Value {
    let db = diwan_store::Db::open_to_read(&place.database, place.keys()).await.unwrap();
    let mut reading = db.reading().await.unwrap();
    let rows =
        reading.tx().rows("SELECT body FROM journal WHERE kind = 'document-sealed'", &[]).await.unwrap();
    assert_eq!(rows.len(), 1);
    let body: serde_json::Value = serde_json::from_str(&rows[0].get::<String>("body").unwrap()).unwrap();
    body["facts"].clone()
}

async fn said(place: &Installation, words: &str) {
    for _ in 0..300 {
        if place.log().contains(words) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("`{words}` was never said:\n{}", place.log());
}

async fn they_wait(engine: Engine) {
    let (place, authority, file) = simulated(engine, "").await;
    authority.answers(Answers::Away);
    let case = place.apply(SHILAN, &[]).await;
    let serving = place.serve().await;
    said(&place, "papers wait, because no time was confirmed: timestamp authority: answers 503").await;
    // Each answer that does not hold is said and seals nothing.
    for (how, words) in [
        (Answers::WithRefusal, "the vault is closed"),
        (Answers::WithAnotherNonce, "does not repeat the number of our question"),
        (Answers::WithABadSignature, "signature does not hold"),
    ] {
        authority.answers(how);
        said(&place, words).await;
        assert_eq!(paper(&place, case).await.state, "intended", "{how:?}");
    }
    assert!(authority.asked() < 20, "it is not asked without a pause");
    let doctor = place.run(&["doctor"], &[]).refused();
    assert!(doctor.contains("FAULT  timestamps: timestamp's signature does not hold"), "{doctor}");

    authority.answers(Answers::Honestly);
    let certificate = place.certificate(case).await;
    let stamp = seal_of(&place, &certificate).await.stamp.expect("B-T");
    Authority::new(&std::fs::read_to_string(file).unwrap(), None).unwrap().vouches_for(&stamp).unwrap();
    let row = paper(&place, case).await;
    assert_eq!(row.confirmed_at, Some(stamp.at.as_microsecond()));
    assert_eq!(row.confirmed_by.as_deref(), Some("Time authority"));
    assert_eq!(row.confirmed_serial.as_deref(), Some(stamp.serial.as_str()));
    let facts = facts(&place).await;
    assert_eq!(
        (facts["level"].as_str(), facts["confirmed-by"].as_str()),
        (Some("B-T"), Some("Time authority"))
    );
    assert_eq!(facts["confirmed-serial"].as_str(), Some(stamp.serial.as_str()));
    let (_, page) = place.get(&format!("/en/check/{}", certificate.code)).await;
    assert!(page.contains("Confirmed by") && page.contains("Time authority"), "{page}");
    let doctor = place.run(&["doctor"], &[]).ok();
    assert!(doctor.contains("ok     timestamps: Time authority confirmed"), "{doctor}");
    serving.stop();
    place.run(&["verify", "journal"], &[]).ok();
}

async fn they_are_sealed_without(engine: Engine) {
    let (place, authority, _) = simulated(engine, "when-away = 'seal-without'").await;
    authority.answers(Answers::WithAnotherImprint);
    let case = place.apply(SHILAN, &[]).await;
    let serving = place.serve().await;
    let certificate = place.certificate(case).await;
    assert_eq!(seal_of(&place, &certificate).await.stamp, None, "B-B");
    said(&place, "papers are sealed without a confirmed time").await;
    let facts = facts(&place).await;
    assert_eq!(facts["level"].as_str(), Some("B-B"));
    assert_eq!(facts["unconfirmed"].as_str(), Some("stamp/wrong-imprint"));
    assert_eq!(paper(&place, case).await.confirmed_at, None);
    let (_, page) = place.get(&format!("/en/check/{}", certificate.code)).await;
    assert!(!page.contains("Confirmed by"));
    serving.stop();
    place.run(&["verify", "journal"], &[]).ok();
}

crate::on_both_engines!(papers_wait_for_the_authority_and_are_sealed_when_it_is_back, super::they_wait);
crate::on_both_engines!(
    papers_are_sealed_without_it_where_the_office_chose_so,
    super::they_are_sealed_without
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_have_a_paper_confirmed_once() {
    let (one, authority, file) = simulated(Engine::Postgres, "").await;
    let cases = [one.apply(SHILAN, &[]).await, one.apply_for_another().await];
    let url = std::fs::read_to_string(one.config()).unwrap();
    let url = url.split("url = '").nth(1).unwrap().split('\'').next().unwrap();
    let files = format!("files = \"{}\"\n{}", one.path("files").display(), section(url, &file, ""));
    let two = another_node(&one, &files).await;
    let (first, second) = (one.serve().await, two.serve().await);
    for case in cases {
        one.certificate(case).await;
    }
    assert_eq!(authority.asked(), 2, "{}\n{}", one.log(), two.log());
    for node in [&one, &two] {
        assert!(!node.log().contains("could not be made"), "{}", node.log());
    }
    second.stop();
    first.stop();
    one.run(&["verify", "journal"], &[]).ok();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn openssl_confirms_the_papers_of_an_office() {
    let place = Installation::begun(Engine::Sqlite, "").await;
    let openssl = Arc::new(OpensslAuthority::new(&place.path("openssl"), KINDS[4]));
    let answering = openssl.clone();
    let reply = move |question: Bytes| async move {
        let answer = tokio::task::spawn_blocking(move || answering.reply(&question)).await.unwrap();
        ([(header::CONTENT_TYPE, "application/timestamp-reply")], answer)
    };
    let url = serve(Router::new().route("/timestamps", post(reply))).await;
    place.configure(&section(&url, &openssl.root(), ""));
    let case = place.apply(SHILAN, &[]).await;
    let serving = place.serve().await;
    let certificate = place.certificate(case).await;
    let stamp = seal_of(&place, &certificate).await.stamp.expect("B-T");
    assert_eq!(stamp.authority, "Openssl-timestamp-authority");
    assert_eq!(place.verdict(&certificate.code).await, "200 This document is genuine");
    serving.stop();
}
