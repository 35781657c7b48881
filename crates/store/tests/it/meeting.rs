//! Acts that meet in one row, on one node and on several.

use crate::{RecordPerson, desk};
use diwan_domain::acts::Desk;
use diwan_domain::journal::Entry;
use diwan_store::dialect::Engine;
use diwan_store::{Act, Db, Recorded, Stop, Tx};
use diwan_testkit::databases::{TestDatabase, fresh, keys};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// How many are inside at this moment, and how many met somebody there.
static INSIDE: AtomicUsize = AtomicUsize::new(0);
static MET: AtomicUsize = AtomicUsize::new(0);

/// Stays for a while where others want to be.
#[derive(Serialize, Deserialize)]
struct Stay {
    place: String,
    millis: u64,
    /// Whether it is watched who is inside.
    watched: bool,
}

impl Act for Stay {
    const NAME: &'static str = "stay";
    type Out = ();

    async fn meets(&self, _at: &Desk, _tx: &mut Tx<'_>) -> Result<Option<String>, Stop> {
        Ok(Some(self.place.clone()))
    }

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let one = usize::from(self.watched);
        let others = INSIDE.fetch_add(one, Ordering::SeqCst);
        MET.fetch_add(others * one, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(self.millis)).await;
        let somebody = RecordPerson { sex: "female".into(), refuse: false };
        let done = somebody.run(at, tx).await.map(drop);
        INSIDE.fetch_sub(one, Ordering::SeqCst);
        done?;
        Ok(Recorded::new((), Entry::new("stayed", "person", at.act)))
    }
}

fn stay(place: &str, millis: u64) -> Stay {
    Stay { place: place.into(), millis, watched: false }
}

/// How many turns the server keeps for this database.
async fn turns_kept(test: &TestDatabase) -> i64 {
    const KEPT: &str = "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory'
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    let (client, connection) = tokio_postgres::connect(&test.address, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.query_one(KEPT, &[]).await.unwrap().get(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acts_that_meet_take_turns_among_all_nodes() {
    let test = fresh(Engine::Postgres).await;
    let other = Db::open_as_it_is(&test.address, keys()).await.unwrap();
    let acts: Vec<_> = (0..24)
        .map(|n| {
            let node = if n % 2 == 0 { test.db.clone() } else { other.clone() };
            tokio::spawn(async move {
                node.perform(desk(&format!("k{n}")), Stay { watched: true, ..stay("one hall", 3) }).await
            })
        })
        .collect();
    for act in acts {
        act.await.unwrap().unwrap();
    }
    assert_eq!(MET.load(Ordering::SeqCst), 0, "two were inside at once");
    assert_eq!(turns_kept(&test).await, 0, "a turn was kept after its act");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_stands_still_in_its_turn_holds_up_nobody_for_good() {
    let test = fresh(Engine::Postgres).await;
    let (still, connection) = tokio_postgres::connect(&test.address, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let key: [u8; 8] = Sha256::digest(b"a hall")[..8].try_into().unwrap();
    let key = i64::from_be_bytes(key);
    still.query("SELECT pg_advisory_lock($1)", &[&key]).await.unwrap();
    // The turn is the one that acts take: one of another place does not wait for it.
    test.db.perform(desk("elsewhere"), stay("another hall", 0)).await.unwrap();
    assert_eq!(turns_kept(&test).await, 1);
    test.db.perform(desk("here"), stay("a hall", 0)).await.unwrap();
    assert_eq!(turns_kept(&test).await, 1, "it is still the other's");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_turn_ends_with_whoever_gave_up_waiting_for_the_act() {
    let test = fresh(Engine::Postgres).await;
    let gives_up = test.db.perform(desk("gone"), stay("a room", 60_000));
    assert!(tokio::time::timeout(Duration::from_millis(400), gives_up).await.is_err());
    let mut kept = turns_kept(&test).await;
    for _ in 0..100 {
        if kept == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        kept = turns_kept(&test).await;
    }
    assert_eq!(kept, 0, "its connection was given back with the turn");
    test.db.perform(desk("next"), stay("a room", 0)).await.unwrap();
}
