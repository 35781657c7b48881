//! A fresh database on either engine.

use diwan_store::dialect::Engine;
use diwan_store::{Db, Keys};
use std::path::PathBuf;

/// A database that is thrown away after the test.
pub struct TestDatabase {
    /// The open database.
    pub db: Db,
    /// Its address, to edit it from outside.
    pub address: String,
    folder: PathBuf,
}

/// The secrets every test database uses.
#[must_use]
pub fn keys() -> Keys {
    Keys { journal: [7; 32], factors: [8; 32] }
}

/// Opens a fresh, migrated database.
///
/// # Panics
/// When the engine cannot be had: a test must not be skipped in silence.
pub async fn fresh(engine: Engine) -> TestDatabase {
    let (address, folder) = empty(engine).await;
    let db = Db::open(&address, keys()).await.expect("a fresh database opens");
    TestDatabase { db, address, folder }
}

/// The address of an empty database, and a folder for files beside it.
///
/// # Panics
/// When the engine cannot be had.
pub async fn empty(engine: Engine) -> (String, PathBuf) {
    sweep().await;
    let name = format!("{PREFIX}{}_{}", std::process::id(), uuid::Uuid::now_v7().simple());
    let folder = std::env::temp_dir().join(&name);
    std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
    let address = match engine {
        Engine::Sqlite => format!("sqlite:{}", folder.join("diwan.db").display()),
        Engine::Postgres => {
            let server = server().expect(
                "DIWAN_TEST_POSTGRES names a server: run `scripts/test` or `scripts/with-postgres COMMAND`",
            );
            run_sql(&server, &format!("CREATE DATABASE {name}")).await;
            let (base, _) = server.rsplit_once('/').expect("the address ends with a database name");
            format!("{base}/{name}")
        }
    };
    (address, folder)
}

/// How names of test databases and their folders begin; the process that made
/// them follows.
const PREFIX: &str = "diwan_test_";

fn server() -> Option<String> {
    std::env::var("DIWAN_TEST_POSTGRES").ok()
}

/// Throws away what tests left that have ended, however they ended: hundreds of
/// databases at once would fill a small disk. Another test may be sweeping too,
/// so nothing here has to succeed.
async fn sweep() {
    let running = std::path::Path::new("/proc");
    let Ok(entries) = std::fs::read_dir(std::env::temp_dir()) else { return };
    for name in entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()) {
        let maker = name.strip_prefix(PREFIX).and_then(|rest| rest.split_once('_'));
        let Some((maker, _)) = maker else { continue };
        let is_ours = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !is_ours || !running.is_dir() || running.join(maker).is_dir() {
            continue;
        }
        if let Some(server) = server()
            && let Ok((client, connection)) = tokio_postgres::connect(&server, tokio_postgres::NoTls).await
        {
            tokio::spawn(connection);
            let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            let _ = client.batch_execute(&drop).await;
        }
        let _ = std::fs::remove_dir_all(std::env::temp_dir().join(&name));
    }
}

impl TestDatabase {
    /// A database that was opened elsewhere.
    #[must_use]
    pub fn of(db: Db, address: String, folder: PathBuf) -> Self {
        Self { db, address, folder }
    }

    /// Edits the database behind Diwan's back, as an intruder would.
    ///
    /// # Panics
    /// When the statement fails.
    pub async fn tamper(&self, sql: &str) {
        if let Some(path) = self.address.strip_prefix("sqlite:") {
            let done = tokio::process::Command::new("python3")
                .args(["-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=20); c.executescript(sys.argv[2]); c.commit()", path, sql])
                .status()
                .await
                .expect("python3 runs");
            assert!(done.success(), "{sql}");
        } else {
            run_sql(&self.address, sql).await;
        }
    }

    /// From now on the database refuses the register entry with a number, as a
    /// failing disk would.
    pub async fn fail_at_entry(&self, number: &str) {
        let embedded = format!(
            "CREATE TRIGGER fails BEFORE INSERT ON register_entries WHEN NEW.number = '{number}'
             BEGIN SELECT RAISE(ABORT, 'the disk failed'); END"
        );
        let server = format!(
            "CREATE FUNCTION fails() RETURNS trigger AS $$ BEGIN RAISE 'the disk failed'; END $$ LANGUAGE plpgsql;
             CREATE TRIGGER fails BEFORE INSERT ON register_entries FOR EACH ROW
             WHEN (NEW.number = '{number}') EXECUTE FUNCTION fails()"
        );
        self.tamper(if self.address.starts_with("sqlite:") { &embedded } else { &server }).await;
    }

    /// Ends [`TestDatabase::fail_at_entry`].
    pub async fn heal(&self) {
        let table = if self.address.starts_with("sqlite:") { "" } else { " ON register_entries" };
        self.tamper(&format!("DROP TRIGGER fails{table}")).await;
    }

    /// A folder beside the database.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }
}

async fn run_sql(address: &str, sql: &str) {
    let (client, connection) =
        tokio_postgres::connect(address, tokio_postgres::NoTls).await.expect("the test server answers");
    tokio::spawn(connection);
    client.batch_execute(sql).await.expect("the statement runs");
}
