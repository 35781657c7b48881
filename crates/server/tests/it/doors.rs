//! A demonstration is never an office, nor an office a demonstration.

use crate::installation::{Installation, diwan};
use diwan_store::access;
use diwan_store::dialect::Engine;
use std::process::{Command, Stdio};

async fn apart(engine: Engine) {
    let place = Installation::begun(engine, "").await;
    let serving = place.serve().await;
    for door in ["/demo/inbox", "/demo/inbox.json", "/demo", "/api/sms"] {
        assert_eq!(place.get(door).await.0, 404, "{door}");
    }
    assert!(!place.get("/en/").await.1.contains("/demo/"), "no page leads there");
    serving.stop();

    let data = place.path("demo");
    let args = ["demo", "--listen", "127.0.0.1:0", "--people", "60", "--data", data.to_str().unwrap()];
    let said = diwan(&[&args[..], &["--database", place.database.as_str()]].concat()).refused();
    assert!(said.contains("not a demonstration"), "{said}");

    let db = place.db().await;
    access::set_mark(&db, "demo", "yes").await.unwrap();
    drop(db);
    let refused = place.run(&["serve"], &[]).refused();
    assert!(refused.contains("is a demonstration"), "{refused}");
}
crate::on_both_engines!(an_office_and_a_demonstration_keep_apart, super::apart);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demonstration_has_its_own_doors() {
    let folder = Installation::empty(Engine::Sqlite, "").await;
    let data = folder.path("demo");
    let mut demo = Command::new(env!("CARGO_BIN_EXE_diwan"))
        .args(["demo", "--listen", "127.0.0.1:0", "--people", "60", "--data", data.to_str().unwrap()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let card = data.join("demo.json");
    for _ in 0..600 {
        if card.exists() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let card: serde_json::Value = serde_json::from_slice(&std::fs::read(&card).unwrap()).unwrap();
    let base = card["base_url"].as_str().unwrap();
    let inbox = reqwest::get(format!("{base}/demo/inbox.json")).await.unwrap();
    assert!(inbox.status().is_success());
    demo.kill().unwrap();
    demo.wait().unwrap();

    folder.configure("");
    let text = std::fs::read_to_string(folder.config()).unwrap();
    let text = text.replace(&folder.database, &format!("sqlite:{}", data.join("diwan.db").display()));
    std::fs::write(folder.config(), text.replace("/keys\"", "/demo/keys\"")).unwrap();
    let refused = folder.run(&["serve"], &[]).refused();
    assert!(refused.contains("is a demonstration"), "{refused}");
}
