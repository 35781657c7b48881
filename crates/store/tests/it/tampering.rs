//! The database edited from outside: `verify journal` says what was done.

use crate::{RecordPerson, desk};
use diwan_domain::ids::JournalId;
use diwan_store::log::{self, LogKey, Published};
use diwan_store::verify::{self, Finding};
use diwan_testkit::databases::TestDatabase;

async fn with_three_persons(test: &TestDatabase) -> Vec<String> {
    let mut ids = Vec::new();
    for n in 0..3 {
        let record = RecordPerson { sex: "female".into(), refuse: false };
        ids.push(test.db.perform(desk(&format!("k{n}")), record).await.unwrap());
    }
    ids
}

async fn seal(test: &TestDatabase, key: &LogKey) {
    let sealing = log::seal(&test.db, key, "test", 1_790_000_000_000_000).await.unwrap().unwrap();
    assert!(sealing.rejected.is_empty(), "{sealing:?}");
}

async fn findings(test: &TestDatabase) -> Vec<String> {
    let report = verify::journal(&test.db, None).await.unwrap();
    report.findings.iter().map(ToString::to_string).collect()
}

async fn untouched_is_clean(test: TestDatabase) {
    with_three_persons(&test).await;
    let key = LogKey::generate("log.test");
    seal(&test, &key).await;
    with_three_persons(&test).await;
    seal(&test, &key).await;
    let report = verify::journal(&test.db, None).await.unwrap();
    assert_eq!(report.findings, []);
    assert_eq!((report.entries, report.sealed), (3, 3));
    assert_eq!(report.rows, 6, "three persons and three acts");
}
crate::on_both_engines!(an_untouched_database_is_clean, super::untouched_is_clean);

async fn altered(test: TestDatabase) {
    let ids = with_three_persons(&test).await;
    seal(&test, &LogKey::generate("log.test")).await;
    test.tamper("UPDATE persons SET sex = 'male' WHERE id IN (SELECT id FROM persons ORDER BY id LIMIT 1)")
        .await;
    let found = findings(&test).await;
    assert_eq!(found, [format!("row altered: persons {}", ids.iter().min().unwrap())]);

    test.tamper("UPDATE journal SET body = replace(body, 'person-recorded', 'person-praised')").await;
    let found = findings(&test).await;
    assert_eq!(found.iter().filter(|text| text.starts_with("journal entry altered")).count(), 3, "{found:?}");
}
crate::on_both_engines!(altered_rows_and_entries_are_named, super::altered);

async fn removed(test: TestDatabase) {
    with_three_persons(&test).await;
    seal(&test, &LogKey::generate("log.test")).await;
    test.tamper("DELETE FROM persons WHERE id IN (SELECT id FROM persons ORDER BY id LIMIT 1)").await;
    let found = findings(&test).await;
    assert!(found.len() == 1 && found[0].starts_with("row removed: persons"), "{found:?}");

    test.tamper("DELETE FROM journal WHERE id IN (SELECT entry_id FROM log_leaves WHERE leaf = 1)").await;
    assert!(findings(&test).await.contains(&"journal entry removed: leaf 1".to_owned()));

    test.tamper("DELETE FROM log_leaves WHERE leaf = 1").await;
    assert!(findings(&test).await.iter().any(|text| text.starts_with("public log broken: leaf 1")));
}
crate::on_both_engines!(removed_rows_entries_and_leaves_are_named, super::removed);

async fn inserted(test: TestDatabase) {
    with_three_persons(&test).await;
    let key = LogKey::generate("log.test");
    seal(&test, &key).await;
    let copy = "INSERT INTO persons SELECT X, sex, born_on, born_area_id, born_place, died_on, nationality, protected,
                recorded_at, version FROM persons LIMIT 1";
    let id = if test.address.starts_with("sqlite:") { "randomblob(16)" } else { "gen_random_uuid()" };
    test.tamper(&copy.replace('X', id)).await;
    let found = findings(&test).await;
    assert!(found.len() == 1 && found[0].starts_with("row that no entry explains: persons"), "{found:?}");

    // An entry slipped into the queue is not sealed as genuine.
    let entry =
        "INSERT INTO journal SELECT X, act_id, 9, kind, subject_kind, subject_id, person_id, actor_kind,
                 actor_name, at, replace(body, 'test', 'evil'), salt, mac FROM journal LIMIT 1;
                 INSERT INTO journal_unsealed SELECT id, at FROM journal WHERE ordinal = 9;";
    test.tamper(&entry.replace('X', id)).await;
    let sealing = log::seal(&test.db, &key, "test", 1_790_000_000_000_000).await.unwrap().unwrap();
    assert_eq!((sealing.sealed, sealing.rejected.len()), (0, 1));
    assert!(findings(&test).await.iter().any(|text| text.starts_with("journal entry inserted")));
}
crate::on_both_engines!(inserted_rows_and_entries_are_named, super::inserted);

async fn hidden(test: TestDatabase) {
    with_three_persons(&test).await;
    test.tamper("DELETE FROM journal_unsealed").await;
    let report = verify::journal(&test.db, None).await.unwrap();
    assert!(matches!(report.findings[..], [Finding::EntryUnsealed(_), _, _]), "{:?}", report.findings);
}
crate::on_both_engines!(an_entry_kept_from_the_log_is_named, super::hidden);

async fn rollback(test: TestDatabase) {
    let key = LogKey::generate("log.test");
    with_three_persons(&test).await;
    seal(&test, &key).await;
    let published = Published::at(&test.folder().join("checkpoint"));
    published.keep(&log::head(&test.db).await.unwrap().unwrap()).unwrap();
    published.check(&test.db).await.unwrap();

    // An older backup knows fewer entries than were published.
    test.tamper("DELETE FROM log_leaves WHERE leaf = 2; UPDATE log_state SET size = 2").await;
    let refused = published.check(&test.db).await.unwrap_err().to_string();
    assert!(refused.contains("would fork"), "{refused}");
}
crate::on_both_engines!(a_log_that_would_fork_refuses_to_start, super::rollback);

async fn going_back(test: TestDatabase) {
    let key = LogKey::generate("log.test");
    let published = Published::at(&test.folder().join("checkpoint"));
    let mut heads = Vec::new();
    for _ in 0..2 {
        let record = RecordPerson { sex: "x".into(), refuse: false };
        test.db.perform(desk(&uuid::Uuid::now_v7().to_string()), record).await.unwrap();
        seal(&test, &key).await;
        heads.push(log::head(&test.db).await.unwrap().unwrap());
        published.keep(&heads[heads.len() - 1]).unwrap();
    }
    let refused = published.keep(&heads[0]).unwrap_err().to_string();
    assert!(refused.contains("2 entries were published"), "{refused}");
    let mut other = heads[1].clone();
    other.root[0] ^= 1;
    assert!(published.keep(&other).is_err(), "another tree of the same size");
    published.keep(&heads[1]).unwrap();
    assert_eq!(published.last().unwrap(), Some((2, heads[1].root)));
}
crate::on_both_engines!(a_published_head_never_goes_back, super::going_back);

async fn proofs(test: TestDatabase) {
    let key = LogKey::generate("log.test");
    for _ in 0..3 {
        let record = RecordPerson { sex: "x".into(), refuse: false };
        test.db.perform(desk(&uuid::Uuid::now_v7().to_string()), record).await.unwrap();
        seal(&test, &key).await;
    }
    let mut reading = test.db.reading().await.unwrap();
    let mut tx = reading.tx();
    for row in tx.rows("SELECT id FROM journal", &[]).await.unwrap() {
        let id: JournalId = row.get("id").unwrap();
        let proof = log::inclusion(&mut tx, id).await.unwrap().unwrap();
        let leaf = diwan_domain::journal::commitment(&proof.salt, proof.entry.as_bytes());
        let path = proof.path.iter().map(|hash| tlog_tiles::Hash(*hash)).collect();
        let root = tlog_tiles::Hash(proof.head.root);
        tlog_tiles::check_record(&path, proof.head.size, root, proof.leaf, tlog_tiles::record_hash(&leaf))
            .unwrap();
    }
    let tile = log::tile(&mut tx, "0/000.p/3").await.unwrap().unwrap();
    assert_eq!(tile.len(), 3 * 32);
    let bundle = log::tile(&mut tx, "entries/000.p/3").await.unwrap().unwrap();
    assert_eq!(bundle.len(), 3 * (2 + 32));
    assert_eq!(log::tile(&mut tx, "0/000.p/4").await.unwrap(), None);
    assert_eq!(log::tile(&mut tx, "../../etc/passwd").await.unwrap(), None);
}
crate::on_both_engines!(every_sealed_entry_can_be_proven, super::proofs);
