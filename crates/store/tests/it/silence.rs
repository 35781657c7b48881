//! Servers that say nothing: a stopped machine accepts connections and never
//! answers, one that was cut off leaves every question open.

use crate::{RecordPerson, desk};
use diwan_store::Db;
use diwan_store::dialect::Engine;
use diwan_testkit::databases::{empty, fresh, keys};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, tcp};

/// `user@`, `host:port` and `/database` of an address.
fn parts(address: &str) -> (String, String, String) {
    let rest = address.strip_prefix("postgres://").unwrap();
    let (server, database) = rest.split_once('/').unwrap();
    let (user, host) = server.rsplit_once('@').unwrap();
    (format!("{user}@"), host.to_owned(), format!("/{database}"))
}

#[tokio::test]
async fn a_stopped_server_at_the_head_of_the_list_hides_no_other() {
    let (address, _folder) = empty(Engine::Postgres).await;
    let (user, host, database) = parts(&address);
    // The kernel accepts for it, and it never answers.
    let stopped = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = stopped.local_addr().unwrap();
    let began = Instant::now();
    let several = format!("postgres://{user}{silent},{host}{database}?target_session_attrs=read-write");
    let db = Db::open(&several, keys()).await.unwrap();
    let record = RecordPerson { sex: "x".into(), refuse: false };
    db.perform(desk("first"), record).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
}

/// Passes bytes on, until it is told to leave the connections there are in silence.
struct Between {
    address: std::net::SocketAddr,
    age: Arc<AtomicU64>,
}

impl Between {
    async fn to(host: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, age) = (listener.local_addr().unwrap(), Arc::new(AtomicU64::new(0)));
        let shared = age.clone();
        tokio::spawn(async move {
            loop {
                let (near, _) = listener.accept().await.unwrap();
                let far = TcpStream::connect(&host).await.unwrap();
                let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
                tokio::spawn(pass(near_in, far_out, shared.clone()));
                tokio::spawn(pass(far_in, near_out, shared.clone()));
            }
        });
        Self { address, age }
    }

    fn silence(&self) {
        self.age.fetch_add(1, Ordering::SeqCst);
    }
}

async fn pass(mut from: tcp::OwnedReadHalf, mut to: tcp::OwnedWriteHalf, age: Arc<AtomicU64>) {
    let own = age.load(Ordering::SeqCst);
    let mut part = vec![0; 16 * 1024];
    while let Ok(n @ 1..) = from.read(&mut part).await {
        if age.load(Ordering::SeqCst) != own {
            // Open, and silent for as long as the test lasts.
            std::future::pending::<()>().await;
        }
        if to.write_all(&part[..n]).await.is_err() {
            return;
        }
    }
}

#[tokio::test]
async fn an_act_that_is_not_answered_ends_and_its_repeat_is_told() {
    let test = fresh(Engine::Postgres).await;
    let (user, host, database) = parts(&test.address);
    let between = Between::to(host).await;
    let db =
        Db::open(&format!("postgres://{user}{}{database}?sslmode=disable", between.address), keys()).await;
    let db = db.unwrap();
    let record = || RecordPerson { sex: "x".into(), refuse: false };
    let first = db.perform(desk("one"), record()).await.unwrap();
    between.silence();
    let began = Instant::now();
    let unanswered = db.perform(desk("two"), record()).await.unwrap_err().to_string();
    assert!(unanswered.contains("did not answer in time"), "{unanswered}");
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    // The connection was closed: the next one is new, and everything goes on.
    assert_eq!(db.perform(desk("one"), record()).await.unwrap(), first);
    db.perform(desk("two"), record()).await.unwrap();
    let mut reading = db.reading().await.unwrap();
    assert_eq!(reading.tx().count("SELECT COUNT(*) AS n FROM persons", &[]).await.unwrap(), 2);
}
