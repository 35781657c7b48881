//! The ceiling for writing: four inserts with a body of 2 KB, with the same
//! durability and isolation as an act, and nothing else. On SQLite one writer
//! commits a batch at once; on PostgreSQL the four go in one round trip of a
//! SERIALIZABLE transaction.

use anyhow::Context;
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use std::path::Path;
use tokio::sync::{mpsc, oneshot};
use tokio_postgres::NoTls;
use uuid::Uuid;

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS seam_a (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS seam_b (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS seam_c (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS seam_d (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL);";
const INSERTS: [&str; 4] = [
    "INSERT INTO seam_a (id, body) VALUES ($1, $2)",
    "INSERT INTO seam_b (id, body) VALUES ($1, $2)",
    "INSERT INTO seam_c (id, body) VALUES ($1, $2)",
    "INSERT INTO seam_d (id, body) VALUES ($1, $2)",
];
const BODY: usize = 2_048;
const BATCH: usize = 256;

/// A bare seam on either engine.
#[derive(Clone)]
pub enum Seam {
    /// The writer's queue.
    Sqlite(mpsc::Sender<oneshot::Sender<bool>>),
    /// The pool.
    Postgres(Pool),
}

impl Seam {
    /// Opens one beside the database at an address.
    ///
    /// # Errors
    /// When the engine cannot be reached.
    pub async fn open(address: &str, folder: &Path) -> anyhow::Result<Self> {
        if address.starts_with("sqlite:") {
            return Self::embedded(&folder.join("seam.db"));
        }
        let manager = Manager::from_config(
            address.parse().context("the database address")?,
            NoTls,
            ManagerConfig { recycling_method: RecyclingMethod::Fast },
        );
        let pool = Pool::builder(manager).max_size(32).runtime(Runtime::Tokio1).build()?;
        pool.get().await?.batch_execute(TABLES).await?;
        Ok(Self::Postgres(pool))
    }

    fn embedded(path: &Path) -> anyhow::Result<Self> {
        let conn = rusqlite::Connection::open(path)?;
        conn.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;",
        )?;
        conn.execute_batch(TABLES)?;
        let (queue, mut jobs) = mpsc::channel::<oneshot::Sender<bool>>(4_096);
        std::thread::spawn(move || {
            while let Some(first) = jobs.blocking_recv() {
                let began = conn.execute_batch("BEGIN IMMEDIATE").is_ok();
                let (mut replies, mut next) = (Vec::new(), Some(first));
                while let Some(reply) = next.take() {
                    let done = conn.execute_batch("SAVEPOINT act").is_ok()
                        && insert(&conn).is_ok()
                        && conn.execute_batch("RELEASE act").is_ok();
                    replies.push((reply, done));
                    if replies.len() < BATCH {
                        next = jobs.try_recv().ok();
                    }
                }
                let committed = began && conn.execute_batch("COMMIT").is_ok();
                for (reply, done) in replies {
                    let _caller_is_gone = reply.send(done && committed);
                }
            }
        });
        Ok(Self::Sqlite(queue))
    }

    /// One transaction of four inserts.
    pub async fn submit(&self) -> bool {
        match self {
            Self::Sqlite(queue) => {
                let (reply, answered) = oneshot::channel();
                queue.send(reply).await.is_ok() && answered.await.unwrap_or(false)
            }
            Self::Postgres(pool) => on_server(pool).await.is_ok(),
        }
    }
}

fn body() -> String {
    "x".repeat(BODY)
}

fn insert(conn: &rusqlite::Connection) -> rusqlite::Result<()> {
    let body = body();
    for sql in INSERTS {
        conn.prepare_cached(sql)?.execute([&Uuid::now_v7().to_string(), &body])?;
    }
    Ok(())
}

async fn on_server(pool: &Pool) -> anyhow::Result<()> {
    let mut client = pool.get().await?;
    let isolation = tokio_postgres::IsolationLevel::Serializable;
    let tx = client.build_transaction().isolation_level(isolation).start().await?;
    let body = body();
    let ids: Vec<String> = INSERTS.iter().map(|_| Uuid::now_v7().to_string()).collect();
    let mut prepared = Vec::new();
    for sql in INSERTS {
        prepared.push(tx.prepare_cached(sql).await?);
    }
    let all = prepared.iter().zip(&ids).map(|(statement, id)| {
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 2] = [id, &body];
        let tx = &tx;
        async move { tx.execute(statement, &values).await }
    });
    futures_util::future::try_join_all(all).await?;
    Ok(tx.commit().await?)
}
