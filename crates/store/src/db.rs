//! The door to the database: acts go in through [`Db::perform`], what expires
//! by itself through [`Db::side`], questions through [`Db::reading`].

use crate::acts::{Act, Ended, Erased, known, perform, unbox};
use crate::dialect::Engine;
use crate::fault::{Fault, Stop};
use crate::meetings::{FORBEARANCE, Lock, Meetings, Turn};
use crate::rehearsal::{Rehearsed, Shared};
use crate::running::{Job, Submitted, rehearse, run_on_server};
use crate::sqlite::{Reader, Sqlite, Step};
use crate::tx::{Line, Tx, guard};
use crate::value::{Row, Val};
use crate::{migrate, pg, watch};
use deadpool_postgres::Pool;
use diwan_domain::acts::Desk;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use tokio::sync::{Semaphore, oneshot};
use tracing::{Instrument, debug_span, warn};

/// How the connections to a database stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Connections {
    /// Someone asks or writes; on SQLite only the writer is counted.
    pub in_use: usize,
    /// Nobody does.
    pub idle: usize,
    /// Who waits for one: for the writer on SQLite, for any on PostgreSQL.
    pub waiting: usize,
}

/// Secrets that are never in the database.
#[derive(Clone)]
pub struct Keys {
    /// Under which journal entries are sealed as genuine.
    pub journal: [u8; 32],
    /// Under which passwords' hashes and second factors are sealed, and from
    /// which the keys of cookies follow. The same on every installation that
    /// shares officers.
    pub factors: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(secret)")
    }
}

/// One database, on either engine. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
    keys: Arc<Keys>,
    turns: Arc<Semaphore>,
    meetings: Arc<Meetings>,
    /// What rehearsals and writers tell each other.
    shared: Arc<Shared>,
}

enum Inner {
    Sqlite(Sqlite),
    Pg(Pool),
}

/// How many connections a node holds to a server at most, unless told otherwise.
pub const CONNECTIONS: usize = 32;
/// How often an act is run again before a collision is given up on, and the
/// caller is told to come back in a moment.
const TRIES: u32 = 30;
/// How many acts this node runs at once on PostgreSQL: of more, most collide and run
/// again, and no more come through (measured: docs/performance.md).
const AT_ONCE: u32 = 4;
/// After how many collisions an act is given the node for itself.
const PATIENCE: u32 = 8;
/// The longest pause between two of them.
const LONGEST_PAUSE: Duration = Duration::from_millis(80);

impl Db {
    /// Opens the database at an address (`sqlite:PATH`, or a `postgres:` URL)
    /// and brings its tables up to date.
    ///
    /// # Errors
    /// When it cannot be opened, or is newer than this program.
    pub async fn open(address: &str, keys: Keys) -> Result<Self, Fault> {
        Self::open_with(address, keys, CONNECTIONS).await
    }

    /// The same with at most so many connections to a server at once. Whoever
    /// holds one never waits for a second: one is enough for everything.
    ///
    /// # Errors
    /// When it cannot be opened, or is newer than this program.
    pub async fn open_with(address: &str, keys: Keys, connections: usize) -> Result<Self, Fault> {
        let db = Self::connect(address, keys, connections)?;
        migrate::run(&db).await?;
        Ok(db)
    }

    /// Opens the database to look at it, without touching anything; another
    /// process may be using it.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn open_to_read(address: &str, keys: Keys) -> Result<Self, Fault> {
        match address.strip_prefix("sqlite:") {
            Some(path) if !Path::new(path).exists() => Err(Fault::Outside(format!("{path} does not exist"))),
            Some(path) => {
                let inner = Inner::Sqlite(Sqlite::open_to_read(Path::new(path)));
                Ok(Self::of(inner, keys, Arc::default()))
            }
            None => Self::open_as_it_is(address, keys).await,
        }
    }

    /// Opens the database to write, without bringing its tables up to date.
    ///
    /// # Errors
    /// When it cannot be opened; [`Fault::InUse`] when another process writes it.
    pub async fn open_as_it_is(address: &str, keys: Keys) -> Result<Self, Fault> {
        Self::connect(address, keys, CONNECTIONS)
    }

    fn connect(address: &str, keys: Keys, connections: usize) -> Result<Self, Fault> {
        let shared = Arc::<Shared>::default();
        let inner = if let Some(path) = address.strip_prefix("sqlite:") {
            Inner::Sqlite(Sqlite::open(Path::new(path), shared.clone())?)
        } else if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            Inner::Pg(pg::pool(address, connections)?)
        } else {
            return Err(Fault::Outside(format!(
                "the database address {address} begins with neither sqlite: nor postgres:"
            )));
        };
        Ok(Self::of(inner, keys, shared))
    }

    fn of(inner: Inner, keys: Keys, shared: Arc<Shared>) -> Self {
        let turns = Arc::new(Semaphore::new(AT_ONCE as usize));
        Self { inner: Arc::new(inner), keys: Arc::new(keys), turns, meetings: Arc::default(), shared }
    }

    /// Which engine is below.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match *self.inner {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Pg(_) => Engine::Postgres,
        }
    }

    /// Whether acts are done in the order in which they were begun, so that one
    /// may be begun that rests on another which is not done yet.
    #[must_use]
    pub fn keeps_order(&self) -> bool {
        matches!(*self.inner, Inner::Sqlite(_))
    }

    /// Name and version of the engine.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn engine_version(&self) -> Result<String, Fault> {
        let mut reading = self.reading().await?;
        let row = reading.tx().row(crate::dialect::version(self.engine()), &[]).await?;
        row.map_or_else(|| Err(Fault::shape("version")), |row| row.get("version"))
    }

    /// Whether the engine's version is one that keeps what it was given.
    ///
    /// # Errors
    /// When SQLite is one that can corrupt files.
    pub fn engine_is_safe(&self) -> Result<(), Fault> {
        match *self.inner {
            Inner::Sqlite(_) => crate::sqlite::is_safe(),
            Inner::Pg(_) => Ok(()),
        }
    }

    /// How its connections stand.
    #[must_use]
    pub fn connections(&self) -> Connections {
        match &*self.inner {
            Inner::Sqlite(sqlite) => sqlite.connections(),
            Inner::Pg(pool) => {
                let status = pool.status();
                let idle = status.available;
                Connections { in_use: status.size.saturating_sub(idle), idle, waiting: status.waiting }
            }
        }
    }

    /// The key for one purpose, from the key of factors: two purposes never share
    /// one (HKDF-Expand of RFC 5869 with one block).
    #[must_use]
    pub fn key_for(&self, purpose: &str) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.keys.factors)
            .expect("an HMAC key may have any length");
        mac.update(purpose.as_bytes());
        mac.update(&[1]);
        mac.finalize().into_bytes().into()
    }

    /// The secrets this database's journal is sealed with.
    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// A key for one purpose, made from the secret that is not in the database;
    /// whoever learns it learns neither that secret nor another key.
    #[must_use]
    pub fn derived_key(&self, purpose: &str) -> [u8; 32] {
        let key = crate::acts::mac(&self.keys.journal, b"diwan/derived", purpose.as_bytes());
        key.try_into().expect("HMAC-SHA256 gives thirty-two bytes")
    }

    /// Carries out an act: once, however often it is repeated with its key.
    ///
    /// # Errors
    /// The act's refusal, or a failure of the store.
    pub async fn perform<A: Act>(&self, desk: Desk, act: A) -> Result<A::Out, Stop> {
        let since = Instant::now();
        let span = debug_span!(target: "diwan::trace", "act", otel.name = A::NAME);
        let ended = self.run(Arc::new(desk), Arc::new(act)).instrument(span).await;
        watch::act_ended(A::NAME, since, &ended);
        Ok(unbox(ended?)?)
    }

    /// What an act came to that was done before under the same key: for whoever asks first
    /// whether it may be done, and would refuse a repeat for what has ended since.
    ///
    /// # Errors
    /// `KeyReused` when the same key came with something else; or the database fails.
    pub async fn done_before<A: Act>(&self, desk: &Desk, act: &A) -> Result<Option<A::Out>, Stop> {
        let mut reading = self.reading().await?;
        let outcome = known(act, desk, &mut reading.tx()).await?;
        Ok(outcome.map(unbox).transpose()?)
    }

    async fn run(&self, desk: Arc<Desk>, act: Arc<dyn Erased>) -> Result<Value, Stop> {
        let keys = self.keys.clone();
        let span = debug_span!(target: "diwan::trace", "database", otel.kind = "client");
        self.transact(Arc::new(ActJob { desk, act, keys })).instrument(span).await
    }

    /// What a job came to that was done before.
    async fn before(&self, job: &dyn Job) -> Result<Option<Value>, Stop> {
        let Some((act, desk)) = job.act() else { return Ok(None) };
        let mut reading = self.reading().await?;
        known(act, desk, &mut reading.tx()).await
    }

    /// Waits until nobody else on this node does what this job meets.
    async fn turn_of(&self, job: &dyn Job) -> Result<Option<Turn<'_>>, Stop> {
        let Some((act, desk)) = job.act() else { return Ok(None) };
        let name = {
            let mut reading = self.reading().await?;
            // Whatever stops the act here stops it again when it is run, which tells.
            act.meets_erased(desk, &mut reading.tx()).await.ok().flatten()
        };
        let Some(name) = name else { return Ok(None) };
        let turn = tokio::time::timeout(pg::SILENCE, self.meetings.enter(name));
        Ok(Some(turn.await.map_err(|_| Fault::Busy)?))
    }

    /// Runs a job on a server beside others of this node, when no other node does what it
    /// meets.
    async fn run_beside(
        &self,
        pool: &Pool,
        job: &dyn Job,
        share: u32,
        lock: &mut Option<Lock>,
    ) -> Result<Value, Stop> {
        let since = Instant::now();
        loop {
            // Behind a server that says nothing nobody queues for ever.
            let turn = tokio::time::timeout(pg::SILENCE, self.turns.acquire_many(share))
                .await
                .map_err(|_| Fault::Busy)?
                .map_err(|_| Fault::Closed)?;
            if let Some(ended) = run_on_server(pool, job, *lock).await {
                return ended;
            }
            drop(turn);
            if since.elapsed() > FORBEARANCE {
                *lock = None;
            }
            tokio::time::sleep(pause_after(1)).await;
        }
    }

    /// Runs a job in one transaction, again after a collision.
    pub(crate) async fn transact(&self, job: Arc<dyn Job>) -> Result<Value, Stop> {
        match &*self.inner {
            Inner::Sqlite(sqlite) => {
                let rehearsed = rehearse(sqlite, &self.shared, &*job);
                let rehearsed = match rehearsed.map(Rehearsed::refusal) {
                    Some(Ok(stop)) => return Err(stop),
                    Some(Err(rehearsed)) => Some(*rehearsed),
                    None => None,
                };
                let (answer, answered) = oneshot::channel();
                let shared = self.shared.clone();
                sqlite.submit(Submitted { shared, job, rehearsed, answer }.boxed())?;
                answered.await.unwrap_or(Err(Fault::Closed.into()))
            }
            Inner::Pg(pool) => {
                let mut tries = 0;
                let turn = self.turn_of(&*job).await?;
                let mut lock = turn.as_ref().map(Turn::lock);
                loop {
                    if let Some(outcome) = self.before(&*job).await? {
                        return Ok(outcome);
                    }
                    tries += 1;
                    let share = if tries > PATIENCE { AT_ONCE } else { 1 };
                    let ended = self.run_beside(pool, &*job, share, &mut lock).await;
                    match ended {
                        Err(Stop::Fault(fault)) if fault.is_collision() && tries < TRIES => {
                            watch::retried();
                            tokio::time::sleep(pause_after(tries)).await;
                        }
                        Err(Stop::Fault(fault)) if fault.is_collision() => {
                            watch::given_up();
                            warn!("an act was given up after {tries} collisions: {fault}");
                            return Err(Fault::Busy.into());
                        }
                        // Whoever is refused may have met their own repeat, done meanwhile.
                        Err(stop) if stop.refusal().is_some() => {
                            return self.before(&*job).await?.ok_or(stop);
                        }
                        other => return other,
                    }
                }
            }
        }
    }

    /// Writes what expires by itself or can be derived again, without a
    /// journal entry: only tables of [`crate::tx::SIDE_TABLES`].
    ///
    /// # Errors
    /// [`Fault::Guarded`] for any other table; or the engine fails.
    pub async fn side(&self, sql: &'static str, values: &[Val]) -> Result<Vec<Row>, Fault> {
        guard(sql)?;
        let job = SideJob { sql, values: values.to_vec(), rows: std::sync::Mutex::new(Vec::new()) };
        let job = Arc::new(job);
        match self.transact(job.clone()).await {
            Ok(_) => Ok(job.rows.lock().map(|mut rows| std::mem::take(&mut *rows)).unwrap_or_default()),
            Err(Stop::Fault(fault)) => Err(fault),
            Err(other) => Err(Fault::Engine(other.to_string())),
        }
    }

    /// A read-only view.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn reading(&self) -> Result<Reading, Fault> {
        match &*self.inner {
            Inner::Sqlite(sqlite) => Ok(Reading::of(Held::Sqlite(sqlite.reader()?))),
            Inner::Pg(pool) => Ok(Reading::of(Held::Pg(Some(pg::client(pool).await?)))),
        }
    }

    /// A read-only view that stands still: every question is answered as of
    /// one moment, whatever is committed meanwhile.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn snapshot(&self) -> Result<Reading, Fault> {
        let mut reading = self.reading().await?;
        let begin = crate::dialect::begin_snapshot(self.engine());
        match &mut reading.held {
            Held::Sqlite(reader) => reader.conn().execute_batch(begin)?,
            Held::Pg(client) => {
                let client = client.as_ref().expect("a view holds its connection until it is dropped");
                client.batch_execute(begin).await?;
            }
        }
        reading.snapshot = true;
        Ok(reading)
    }

    /// A read-only view for the questions of one page. On SQLite they are one transaction:
    /// the file is locked once, and not for each of them. On a server they may be asked
    /// together ([`Tx::foresees`]). Nothing may be written while it is held and then be
    /// expected in it.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn glance(&self) -> Result<Reading, Fault> {
        let mut reading = self.reading().await?;
        match &mut reading.held {
            Held::Sqlite(reader) => {
                let begin = crate::dialect::begin_snapshot(self.engine());
                reader.conn().prepare_cached(begin)?.raw_execute()?;
            }
            Held::Pg(_) => reading.together = true,
        }
        Ok(reading)
    }

    /// The file of an embedded database.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match &*self.inner {
            Inner::Sqlite(sqlite) => Some(sqlite.path()),
            Inner::Pg(_) => None,
        }
    }

    /// Runs the statements of one migration in one transaction.
    pub(crate) async fn migrate(
        &self,
        statements: String,
        number: i64,
        name: &str,
        at: i64,
    ) -> Result<(), Fault> {
        const DONE: &str = "INSERT INTO schema_migrations (number, name, at) VALUES ($1, $2, $3)";
        let values = crate::vals![number, name, at];
        match &*self.inner {
            Inner::Sqlite(sqlite) => {
                let (answer, answered) = oneshot::channel();
                sqlite.submit(Box::new(move |conn, batch, _| {
                    batch.wrote_otherwise();
                    let done = conn
                        .execute_batch(&statements)
                        .map_err(Fault::from)
                        .and_then(|()| crate::sqlite::execute(conn, DONE, &values).map(drop));
                    Step::Done(Box::new(move |committed| {
                        let done = if committed { done } else { Err(Fault::Engine("not committed".into())) };
                        let _gone = answer.send(done);
                    }))
                }))?;
                answered.await.unwrap_or(Err(Fault::Closed))
            }
            Inner::Pg(pool) => {
                let mut client = pg::client(pool).await?;
                let tx = client.transaction().await?;
                // Two nodes may start at once; the second waits and finds the work done.
                tx.batch_execute("SELECT pg_advisory_xact_lock(7240116)").await?;
                let known =
                    pg::query(&tx, "SELECT number FROM schema_migrations WHERE number = $1", &values[..1]);
                if known.await?.is_empty() {
                    tx.batch_execute(&statements).await?;
                    pg::execute(&tx, DONE, &values).await?;
                }
                Ok(tx.commit().await?)
            }
        }
    }

    pub(crate) async fn make_migration_table(&self, sql: String) -> Result<(), Fault> {
        match &*self.inner {
            Inner::Sqlite(sqlite) => {
                let (answer, answered) = oneshot::channel();
                sqlite.submit(Box::new(move |conn, batch, _| {
                    batch.wrote_otherwise();
                    let done = conn.execute_batch(&sql).map_err(Fault::from);
                    Step::Done(Box::new(move |_| {
                        let _gone = answer.send(done);
                    }))
                }))?;
                answered.await.unwrap_or(Err(Fault::Closed))
            }
            Inner::Pg(pool) => {
                let mut client = pg::client(pool).await?;
                let tx = client.transaction().await?;
                tx.batch_execute("SELECT pg_advisory_xact_lock(7240116)").await?;
                tx.batch_execute(&sql).await?;
                Ok(tx.commit().await?)
            }
        }
    }
}

/// How long to wait after a collision: longer each time, and never as long as
/// whoever collided with us, who would only meet us again.
fn pause_after(tries: u32) -> Duration {
    let mut chance = [0_u8; 2];
    // Without chance the pause is the longest one: slower, and still right.
    let share =
        getrandom::fill(&mut chance).map_or(1.0, |()| f64::from(u16::from_le_bytes(chance)) / 65_535.0);
    let most = Duration::from_millis(u64::from(tries) * 6).min(LONGEST_PAUSE);
    Duration::from_millis(1) + most.mul_f64(share)
}

/// A read-only view on loan from the pool.
pub struct Reading {
    held: Held,
    snapshot: bool,
    /// Whether questions may be collected and asked together.
    together: bool,
    /// Whether the server left a question unanswered.
    silent: AtomicBool,
}

enum Held {
    Sqlite(Reader),
    Pg(Option<deadpool_postgres::Client>),
}

impl Drop for Reading {
    /// A snapshot's connection on PostgreSQL is closed, not given back: its
    /// transaction ends with it. So is one on which an answer is still owed.
    /// SQLite's reader ends its own.
    fn drop(&mut self) {
        if (self.snapshot || *self.silent.get_mut())
            && let Held::Pg(client) = &mut self.held
            && let Some(client) = client.take()
        {
            drop(deadpool_postgres::Client::take(client));
        }
    }
}

impl Reading {
    fn of(held: Held) -> Self {
        Self { held, snapshot: false, together: false, silent: AtomicBool::new(false) }
    }

    /// The view as a transaction that cannot write.
    pub fn tx(&mut self) -> Tx<'_> {
        match &mut self.held {
            Held::Sqlite(reader) => Tx::new(Line::Sqlite(reader.conn(), None), false),
            Held::Pg(client) => {
                let client = client.as_ref().expect("a view holds its connection until it is dropped");
                // A snapshot reads whole tables and may take its time.
                let silent = (!self.snapshot).then_some(&self.silent);
                let line = Line::PgRead(client, silent);
                if self.together { Tx::looking_ahead(line) } else { Tx::new(line, false) }
            }
        }
    }
}

struct ActJob {
    desk: Arc<Desk>,
    act: Arc<dyn Erased>,
    keys: Arc<Keys>,
}

impl Job for ActJob {
    fn act(&self) -> Option<(&dyn Erased, &Desk)> {
        Some((&*self.act, &self.desk))
    }

    fn run<'a>(&'a self, tx: &'a mut Tx<'_>) -> crate::acts::Boxed<'a, Ended> {
        Box::pin(perform(&*self.act, &self.desk, tx, &self.keys))
    }
}

struct SideJob {
    sql: &'static str,
    values: Vec<Val>,
    rows: std::sync::Mutex<Vec<Row>>,
}

impl Job for SideJob {
    fn run<'a>(&'a self, tx: &'a mut Tx<'_>) -> crate::acts::Boxed<'a, Ended> {
        Box::pin(async move {
            match tx.rows(self.sql, &self.values).await {
                Ok(rows) => {
                    if let Ok(mut place) = self.rows.lock() {
                        *place = rows;
                    }
                    Ended::Commit(Value::Null)
                }
                Err(fault) => Ended::Undo(fault.into()),
            }
        })
    }
}
