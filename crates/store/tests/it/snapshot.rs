//! Looking while others write: one moment is seen, whole.

use crate::{RecordPerson, desk};
use diwan_store::Db;
use diwan_store::log::{self, LogKey};
use diwan_store::verify;
use diwan_testkit::databases::{TestDatabase, keys};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

async fn acts_that_end_meanwhile(test: TestDatabase) {
    let (stop, count) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let (writing, counted, db) = (stop.clone(), count.clone(), test.db.clone());
    let writer = tokio::spawn(async move {
        let key = LogKey::generate("log.test");
        while !writing.load(Ordering::Relaxed) {
            for _ in 0..4 {
                let record = RecordPerson { sex: "female".into(), refuse: false };
                db.perform(desk(&uuid::Uuid::now_v7().to_string()), record).await.unwrap();
            }
            log::seal(&db, &key, "test", 1_790_000_000_000_000).await.unwrap();
            counted.fetch_add(4, Ordering::Relaxed);
        }
    });
    // As another process does: reading only.
    let beside = Db::open_to_read(&test.address, keys()).await.unwrap();
    let (mut last, mut rounds) = (0, 0);
    while rounds < 12 || last < 200 {
        let report = verify::journal(&beside, None).await.unwrap();
        assert_eq!(report.findings, [], "after {} entries", report.entries);
        assert!(report.entries >= last);
        last = report.entries;
        rounds += 1;
    }
    stop.store(true, Ordering::Relaxed);
    writer.await.unwrap();
    let before = count.load(Ordering::Relaxed);
    let report = verify::journal(&beside, None).await.unwrap();
    assert_eq!((report.findings, report.entries), (vec![], before));
}
crate::on_both_engines!(acts_that_end_meanwhile_are_no_findings, super::acts_that_end_meanwhile);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_database_is_free_at_once() {
    let test = diwan_testkit::databases::fresh(diwan_store::dialect::Engine::Sqlite).await;
    let address = test.address.clone();
    let second = Db::open(&address, keys()).await.map(drop).unwrap_err().to_string();
    assert!(second.contains("in use by another process"), "{second}");
    drop(test);
    for _ in 0..20 {
        let again = Db::open(&address, keys()).await.unwrap();
        let record = RecordPerson { sex: "female".into(), refuse: false };
        again.perform(desk(&uuid::Uuid::now_v7().to_string()), record).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_only_reads_cannot_write() {
    let test = diwan_testkit::databases::fresh(diwan_store::dialect::Engine::Sqlite).await;
    let beside = Db::open_to_read(&test.address, keys()).await.unwrap();
    let record = RecordPerson { sex: "female".into(), refuse: false };
    let refused = beside.perform(desk("k"), record).await.unwrap_err().to_string();
    assert!(refused.contains("only to read"), "{refused}");
}
