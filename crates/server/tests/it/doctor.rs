//! `doctor` says everything that is wrong, and only looks.

use crate::installation::{Installation, SHILAN, listing};
use diwan_store::dialect::Engine;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_faults_at_once_and_nothing_is_made() {
    let place = Installation::empty(Engine::Sqlite, "").await;
    std::fs::create_dir(place.path("keys")).unwrap();
    let before = listing(&place.folder);
    let said = place.run(&["doctor"], &[]).refused();
    for fault in [
        "set its mode to 0700",
        "journal.key",
        "log.key",
        "sealing key",
        "files is not there",
        "diwan.db does not exist",
    ] {
        assert!(said.contains(fault), "{fault} is missing from\n{said}");
    }
    assert_eq!(listing(&place.folder), before);
}

async fn beside_a_running_one(engine: Engine) {
    let place = Installation::begun(engine, "").await;
    let before = listing(&place.folder);
    let said = place.run(&["doctor"], &[]).ok();
    assert!(said.contains("everything is as it should be"), "{said}");
    place.run(&["verify", "journal"], &[]).ok();
    assert_eq!(listing(&place.folder), before, "looking leaves no trace");

    let case = place.apply(SHILAN, &[]).await;
    let serving = place.serve().await;
    place.certificate(case).await;
    place.run(&["doctor"], &[]).ok();
    assert!(place.run(&["verify", "journal"], &[]).ok().contains("nothing was altered"));
    serving.stop();
}
crate::on_both_engines!(it_works_beside_a_running_office, super::beside_a_running_one);

async fn waits_for_migrations(engine: Engine) {
    let place = Installation::begun(engine, "").await;
    let test = place.tampering(place.db().await);
    test.tamper("DROP TABLE nodes; DELETE FROM schema_migrations WHERE number = 3").await;
    drop(test);
    for _ in 0..2 {
        let said = place.run(&["doctor"], &[]).refused();
        assert!(said.contains("migrations wait: nodes"), "{said}");
    }
    place.run(&["migrate"], &[]).ok();
    place.run(&["doctor"], &[]).ok();
}
crate::on_both_engines!(it_names_waiting_migrations_and_runs_none, super::waits_for_migrations);

async fn given_up(engine: Engine) {
    let place = Installation::begun(engine, "").await;
    place.apply(SHILAN, &[("phone", json!("0750 123 4567"))]).await;
    let test = place.tampering(place.db().await);
    test.tamper("UPDATE outbox SET failed_at = 1, attempts = 12, last_error = 'no [sms] is configured'")
        .await;
    drop(test);
    let said = place.run(&["doctor"], &[]).refused();
    assert!(said.contains("given up; see `diwan outbox list`"), "{said}");
    let listed = place.run(&["outbox", "list"], &[]).ok();
    assert!(
        listed.contains("given up") && listed.contains("tried 12 times: no [sms] is configured"),
        "{listed}"
    );
    // A line begins with the message's identifier, in which any digits may stand.
    let beside_ids = listed.lines().filter_map(|line| line.split_once(' ')).map(|(_, rest)| rest);
    assert!(!beside_ids.collect::<String>().contains("750"), "no address is shown: {listed}");

    // While the office is open: on SQLite only the running process may write.
    let serving = place.serve().await;
    place.run(&["outbox", "retry"], &[]).ok();
    let listed = place.run(&["outbox", "list"], &[]).ok();
    assert!(!listed.contains("given up"), "{listed}");
    serving.stop();
    let test = place.tampering(place.db().await);
    test.tamper("UPDATE outbox SET failed_at = 1").await;
    drop(test);
    let said = place.run(&["outbox", "retry"], &[]).ok();
    assert!(!said.starts_with('0') && said.contains("in the queue again"), "{said}");
    place.run(&["doctor"], &[]).ok();
}
crate::on_both_engines!(what_was_given_up_is_named_and_tried_again, super::given_up);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_of_the_log_that_fell_behind_is_named() {
    let (place, _) = Installation::with_certificate(Engine::Sqlite, "").await;
    let test = place.tampering(place.db().await);
    test.tamper(
        "DELETE FROM log_leaves WHERE leaf = (SELECT MAX(leaf) FROM log_leaves); UPDATE log_state SET size = size - 1",
    )
    .await;
    drop(test);
    std::fs::remove_dir_all(place.path("files")).unwrap();
    let said = place.run(&["doctor"], &[]).refused();
    assert!(said.contains("would fork") && said.contains("files is not there"), "{said}");
}
