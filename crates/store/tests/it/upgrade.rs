//! Nodes that are replaced one after the other, on one server.

use crate::{RecordPerson, desk};
use diwan_store::dialect::Engine;
use diwan_store::{Db, migrate};
use diwan_testkit::databases::{TestDatabase, empty, fresh, keys};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_that_start_at_once_bring_the_tables_up_to_date_once() {
    let (address, _folder) = empty(Engine::Postgres).await;
    let open = || Db::open(&address, keys());
    let (one, two, three) = tokio::join!(open(), open(), open());
    let dbs = [one.unwrap(), two.unwrap(), three.unwrap()];
    let applied = migrate::applied(&dbs[0]).await.unwrap();
    let mut once = applied.clone();
    once.dedup();
    assert!(!applied.is_empty());
    assert_eq!(applied, once);
    for (n, db) in dbs.iter().enumerate() {
        let record = RecordPerson { sex: "x".into(), refuse: false };
        db.perform(desk(&n.to_string()), record).await.unwrap();
    }
}

#[tokio::test]
async fn an_older_node_works_on_beside_a_newer_one_and_does_not_start_again() {
    let test: TestDatabase = fresh(Engine::Postgres).await;
    test.tamper(
        "ALTER TABLE persons ADD COLUMN later TEXT;
         INSERT INTO schema_migrations (number, name, at) VALUES (9999, 'later', 0)",
    )
    .await;
    let record = RecordPerson { sex: "x".into(), refuse: false };
    test.db.perform(desk("goes on"), record).await.unwrap();
    let refused =
        Db::open(&test.address, keys()).await.err().map(|fault| fault.to_string()).unwrap_or_default();
    assert!(refused.contains("9999"), "{refused}");
}
