//! The embedded engine: one writer thread that commits a batch of acts at
//! once, and read-only connections beside it.
//!
//! The thread drains a bounded queue, keeps acts apart within a batch (see
//! [`crate::batch`]), commits the batch with `synchronous=FULL`, and answers callers
//! only after the COMMIT.

use crate::batch::Batch;
use crate::fault::Fault;
use crate::rehearsal::Shared;
use crate::value::{Row, Val};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql};
use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::path::Path;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc;
use tracing::{error, warn};

/// Older versions can corrupt the file when the write-ahead log is reset.
const OLDEST_SAFE: i32 = 3_051_003;
/// How many acts wait at most: about a second's work of a slow machine. Who would
/// wait longer is better told to come back.
const QUEUE: usize = 1_024;
const BATCH: usize = 256;

/// Work for the writer thread: told what was written before it in its batch, and whether it
/// may wait for another that is on its way.
pub(crate) type Job = Box<dyn FnOnce(&mut Connection, &mut Batch, bool) -> Step + Send>;

/// What came of a job.
pub(crate) enum Step {
    /// It is done, and answers after the batch was committed.
    Done(Reply),
    /// It needs what another job writes that did not come yet.
    NotYet(Job),
}
/// Told whether the batch was committed.
pub(crate) type Reply = Box<dyn FnOnce(bool) + Send>;

impl ToSql for Val {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Int(n) => ToSqlOutput::Owned(Value::Integer(*n)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Self::Id(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id)),
            Self::Null => ToSqlOutput::Owned(Value::Null),
        })
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{CannotOpen, DiskFull, ReadOnly, SystemIoFailure};
        match error.sqlite_error_code() {
            Some(CannotOpen | DiskFull | ReadOnly | SystemIoFailure) => Self::Away(error.to_string()),
            _ => Self::Engine(error.to_string()),
        }
    }
}

/// What is known of statements, by where their text stands in the program.
type ByStatement<T> = RefCell<HashMap<(usize, usize), T>>;

thread_local! {
    /// Which number each parameter names.
    static NUMBERS: ByStatement<Rc<[usize]>> = RefCell::default();
    /// The columns it answers with.
    static COLUMNS: ByStatement<Arc<[String]>> = RefCell::default();
}

/// `$1` is a named parameter here: bind by its name, not by order.
fn bind(statement: &mut rusqlite::Statement<'_>, sql: &'static str, values: &[Val]) -> Result<(), Fault> {
    let key = (sql.as_ptr().addr(), sql.len());
    let numbers = NUMBERS.with_borrow_mut(|known| {
        let number = |at| {
            let name = statement.parameter_name(at);
            name.and_then(|name| name[1..].parse::<usize>().ok()).unwrap_or(at)
        };
        known.entry(key).or_insert_with(|| (1..=statement.parameter_count()).map(number).collect()).clone()
    });
    for (at, number) in (1..).zip(numbers.iter()) {
        let value = values
            .get(number - 1)
            .ok_or_else(|| Fault::Engine(format!("parameter ${number} was not given")))?;
        statement.raw_bind_parameter(at, value)?;
    }
    Ok(())
}

pub(crate) fn execute(conn: &Connection, sql: &'static str, values: &[Val]) -> Result<u64, Fault> {
    let mut statement = conn.prepare_cached(sql)?;
    bind(&mut statement, sql, values)?;
    Ok(statement.raw_execute()? as u64)
}

pub(crate) fn query(conn: &Connection, sql: &'static str, values: &[Val]) -> Result<Vec<Row>, Fault> {
    let mut statement = conn.prepare_cached(sql)?;
    let names = COLUMNS.with_borrow_mut(|known| {
        let key = (sql.as_ptr().addr(), sql.len());
        // A migration may have given the table another column meanwhile.
        let fits = |names: &&Arc<[String]>| names.len() == statement.column_count();
        if let Some(names) = known.get(&key).filter(fits) {
            return names.clone();
        }
        let names: Arc<[String]> = statement.column_names().iter().map(ToString::to_string).collect();
        known.insert(key, names.clone());
        names
    });
    bind(&mut statement, sql, values)?;
    let mut cursor = statement.raw_query();
    let mut rows = Vec::new();
    while let Some(found) = cursor.next()? {
        let mut values = Vec::with_capacity(names.len());
        for at in 0..names.len() {
            values.push(match found.get_ref(at)? {
                ValueRef::Null => Val::Null,
                ValueRef::Integer(n) => Val::Int(n),
                ValueRef::Real(_) => return Err(Fault::shape(&names[at])),
                ValueRef::Text(text) => Val::Text(text_of(text)),
                ValueRef::Blob(bytes) => Val::Bytes(bytes.to_vec()),
            });
        }
        rows.push(Row { names: names.clone(), values });
    }
    Ok(rows)
}

/// Text as it was stored; what is no text after all keeps what can be read of it.
fn text_of(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes).into_owned(), str::to_owned)
}

pub(crate) fn is_safe() -> Result<(), Fault> {
    if rusqlite::version_number() >= OLDEST_SAFE {
        return Ok(());
    }
    Err(Fault::Engine(format!("SQLite {} can corrupt files; 3.51.3 is needed", rusqlite::version())))
}

/// The write-ahead log is brought into the file every 8,000 pages (32 MB), not every
/// thousand: pages of an index are written often, and brought in once. Up to 96 MB of pages
/// are kept in memory: with 32 a quarter of a large import was fetching them again.
fn open_writer(path: &Path) -> Result<Connection, Fault> {
    is_safe()?;
    let conn = Connection::open(path)?;
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -98304; PRAGMA busy_timeout = 5000; PRAGMA temp_store = MEMORY;
         PRAGMA wal_autocheckpoint = 8000;",
    )?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    keeps_plans(&conn)?;
    Ok(conn)
}

/// How many statements a connection keeps ready: more than there are in the sources.
const STATEMENTS: usize = 1_024;

/// A statement keeps its plan whatever is bound to it. Otherwise SQLite makes every
/// statement with `LIMIT $n` anew each time it is asked, which takes longer than most
/// answers.
fn keeps_plans(conn: &Connection) -> Result<(), Fault> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// One writer and a handful of readers on one file.
pub(crate) struct Sqlite {
    /// Only a file opened to write has a writer.
    writer: Option<Writer>,
    readers: Arc<Readers>,
    path: std::path::PathBuf,
}

struct Writer {
    queue: mpsc::Sender<Job>,
    thread: std::thread::JoinHandle<()>,
}

impl Drop for Sqlite {
    /// Whoever opens the file next must find it free: the lock ends with the
    /// writer's thread, so closing waits for it.
    fn drop(&mut self) {
        let Some(Writer { queue, thread }) = self.writer.take() else { return };
        drop(queue);
        if thread.thread().id() != std::thread::current().id() && thread.join().is_err() {
            error!("the writer's thread ended with a panic");
        }
    }
}

/// Read-only connections, taken and given back.
pub(crate) struct Readers {
    idle: Mutex<Vec<Connection>>,
    path: std::path::PathBuf,
    /// Whether nobody can be writing: then nothing is made beside the file.
    still: bool,
}

/// A reader on loan; dropping it gives it back.
pub(crate) struct Reader {
    conn: Option<Connection>,
    home: Arc<Readers>,
}

impl Reader {
    pub(crate) fn conn(&mut self) -> &mut Connection {
        self.conn.as_mut().expect("a reader holds its connection until it is dropped")
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        if let (Some(conn), Ok(mut idle)) = (self.conn.take(), self.home.idle.lock())
            && idle.len() < 8
            // A snapshot ends here; a connection that cannot end it is closed.
            && (conn.is_autocommit() || ended(&conn).is_ok())
        {
            idle.push(conn);
        }
    }
}

fn ended(conn: &Connection) -> rusqlite::Result<usize> {
    conn.prepare_cached("COMMIT")?.raw_execute()
}

impl Sqlite {
    pub(crate) fn open(path: &Path, shared: Arc<Shared>) -> Result<Self, Fault> {
        let lock = lock_against_second_process(path)?;
        let conn = open_writer(path)?;
        let (queue, jobs) = mpsc::channel(QUEUE);
        let file = path.to_owned();
        let thread = std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || {
                write_loop(conn, jobs, &file, &shared);
                drop(lock);
            })
            .map_err(|error| Fault::Outside(error.to_string()))?;
        let readers = Arc::new(Readers { idle: Mutex::default(), path: path.to_owned(), still: false });
        Ok(Self { writer: Some(Writer { queue, thread }), readers, path: path.to_owned() })
    }

    /// Only reading: another process may be writing. Without a write-ahead log
    /// beside the file nobody is, and reading leaves no trace either.
    pub(crate) fn open_to_read(path: &Path) -> Self {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        let readers =
            Readers { idle: Mutex::default(), path: path.to_owned(), still: !Path::new(&log).exists() };
        Self { writer: None, readers: Arc::new(readers), path: path.to_owned() }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// How its connections stand: the writer counts as in use while work waits.
    pub(crate) fn connections(&self) -> crate::db::Connections {
        let waiting =
            self.writer.as_ref().map_or(0, |writer| writer.queue.max_capacity() - writer.queue.capacity());
        let idle = self.readers.idle.lock().map_or(0, |idle| idle.len());
        crate::db::Connections { in_use: usize::from(waiting > 0), idle, waiting }
    }

    /// Queues work; a full queue is said at once, never waited for.
    pub(crate) fn submit(&self, job: Job) -> Result<(), Fault> {
        let writer = self.writer.as_ref().ok_or(Fault::ReadOnly)?;
        writer.queue.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Fault::Busy,
            mpsc::error::TrySendError::Closed(_) => Fault::Closed,
        })
    }

    pub(crate) fn reader(&self) -> Result<Reader, Fault> {
        let idle = self.readers.idle.lock().ok().and_then(|mut idle| idle.pop());
        let conn = match idle {
            Some(conn) => conn,
            None => {
                let conn = open_reader(&self.readers.path, self.readers.still)?;
                conn.execute_batch("PRAGMA busy_timeout = 5000; PRAGMA cache_size = -4096;")?;
                conn.set_prepared_statement_cache_capacity(STATEMENTS);
                keeps_plans(&conn)?;
                conn
            }
        };
        Ok(Reader { conn: Some(conn), home: self.readers.clone() })
    }
}

fn open_reader(path: &Path, still: bool) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if !still {
        return Ok(Connection::open_with_flags(path, flags)?);
    }
    let whole = std::path::absolute(path)?;
    let plain = whole.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    Ok(Connection::open_with_flags(format!("file:{plain}?immutable=1"), flags | OpenFlags::SQLITE_OPEN_URI)?)
}

/// A second process must never write or seal the same file: a lock that ends
/// with the process that holds it, whatever ends that.
fn lock_against_second_process(path: &Path) -> Result<std::fs::File, Fault> {
    let lock = path.with_extension("lock");
    let file = std::fs::File::options().create(true).truncate(false).write(true).open(&lock)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Fault::InUse(path.display().to_string())),
        Err(std::fs::TryLockError::Error(error)) => Err(error.into()),
    }
}

fn write_loop(mut conn: Connection, jobs: mpsc::Receiver<Job>, path: &Path, shared: &Shared) {
    let mut line = InLine { jobs, waiting: VecDeque::new() };
    while let Some(first) = line.next() {
        if let Err(error) = conn.execute_batch("BEGIN IMMEDIATE") {
            error!("the database does not accept writing: {error}");
            // The callers are told by their dropped answers.
            drop(first);
            std::thread::sleep(std::time::Duration::from_millis(50));
            if let Ok(fresh) = open_writer(path) {
                conn = fresh;
            }
            continue;
        }
        let (replies, stands) = line.carry_out(first, &mut conn);
        let committed = stands && conn.execute_batch("COMMIT").is_ok();
        shared.batch_ended();
        if !committed {
            warn!("a batch of {} acts was not committed", replies.len());
            if !conn.is_autocommit() {
                let _rolled_back_or_reopened = conn.execute_batch("ROLLBACK");
            }
            if let Ok(fresh) = open_writer(path) {
                conn = fresh;
            }
        }
        for reply in replies {
            reply(committed);
        }
    }
}

/// A job that waits for another.
struct Waiting {
    job: Job,
    /// How many others were done meanwhile.
    passed: u32,
}

/// A job, and whether it may wait for another.
type Next = (Job, Option<u32>);

/// The jobs before the writer.
struct InLine {
    jobs: mpsc::Receiver<Job>,
    /// Those that came before what they need, in the order in which they came.
    waiting: VecDeque<Waiting>,
}

/// For how many others a job waits at most. What it needs is written by an act that was
/// rehearsed just before it, if it comes at all.
const PASSED: u32 = 8;
/// How long an idle writer waits for what a job needs, in steps of [`MOMENT`].
const MOMENTS: u32 = 20;
const MOMENT: std::time::Duration = std::time::Duration::from_micros(100);

impl InLine {
    /// The first job of a batch; `None` when nobody will bring another.
    fn next(&mut self) -> Option<Next> {
        if self.waiting.is_empty() {
            return self.jobs.blocking_recv().map(|job| (job, Some(0)));
        }
        for _ in 0..MOMENTS {
            if let Ok(job) = self.jobs.try_recv() {
                return Some((job, Some(0)));
            }
            std::thread::sleep(MOMENT);
        }
        // Nobody brought it: the job is carried out without.
        self.waiting.pop_front().map(|waiting| (waiting.job, None))
    }

    /// Carries jobs out as one batch, as long as there are any; says whether the batch stands.
    fn carry_out(&mut self, first: Next, conn: &mut Connection) -> (Vec<Reply>, bool) {
        let mut replies: Vec<Reply> = Vec::new();
        let mut batch = Batch::new();
        let mut next = Some(first);
        while let Some((job, passed)) = next.take() {
            match job(conn, &mut batch, passed.is_some_and(|passed| passed < PASSED)) {
                Step::Done(reply) => {
                    replies.push(reply);
                    // Each of them may be what another waits for.
                    self.waiting.iter_mut().for_each(|waiting| waiting.passed += 1);
                    next = self.waiting.pop_front().map(|waiting| (waiting.job, Some(waiting.passed)));
                }
                Step::NotYet(job) => {
                    self.waiting.push_back(Waiting { job, passed: passed.unwrap_or(PASSED) })
                }
            }
            // A full disk or I/O error may have rolled the whole batch back.
            if conn.is_autocommit() {
                return (replies, false);
            }
            if next.is_none() && replies.len() < BATCH {
                next = self.jobs.try_recv().ok().map(|job| (job, Some(0)));
            }
        }
        (replies, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// A job that needs so many others to be done before it, and notes its name when it is
    /// done, in capitals when it did not wait to the end.
    fn needing(
        others: u32,
        name: &'static str,
        done: &Arc<Mutex<Vec<String>>>,
        count: &Arc<AtomicU32>,
    ) -> Job {
        let (done, count) = (done.clone(), count.clone());
        Box::new(move |_, _, may_wait| {
            if count.load(Ordering::Relaxed) < others && may_wait {
                return Step::NotYet(needing(others, name, &done, &count));
            }
            let is_right = count.fetch_add(1, Ordering::Relaxed) >= others;
            done.lock().unwrap().push(if is_right { name.to_owned() } else { name.to_uppercase() });
            Step::Done(Box::new(|_| {}))
        })
    }

    fn carried_out(needs: &[(u32, &'static str)]) -> String {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let (done, count) = (Arc::default(), Arc::default());
        for (others, name) in needs {
            assert!(queue.try_send(needing(*others, name, &done, &count)).is_ok());
        }
        drop(queue);
        let mut conn = Connection::open_in_memory().unwrap();
        let mut line = InLine { jobs, waiting: VecDeque::new() };
        let mut all = 0;
        while let Some(first) = line.next() {
            conn.execute_batch("BEGIN").unwrap();
            let (replies, stands) = line.carry_out(first, &mut conn);
            conn.execute_batch("COMMIT").unwrap();
            assert!(stands);
            all += replies.len();
        }
        assert_eq!(all, needs.len(), "each is done once");
        done.lock().unwrap().join(" ")
    }

    #[test]
    fn a_job_waits_for_the_one_that_it_needs_and_not_for_ever() {
        assert_eq!(carried_out(&[(0, "a"), (0, "b"), (2, "c")]), "a b c");
        assert_eq!(carried_out(&[(1, "b"), (0, "a")]), "a b");
        assert_eq!(carried_out(&[(2, "c"), (1, "b"), (0, "a")]), "a b c");
        assert_eq!(carried_out(&[(5, "never")]), "NEVER", "an idle writer carries it out");
        let others =
            [(0, "1"), (0, "2"), (0, "3"), (0, "4"), (0, "5"), (0, "6"), (0, "7"), (0, "8"), (0, "9")];
        let all: Vec<_> = [(99, "never")].into_iter().chain(others).collect();
        assert_eq!(carried_out(&all), "1 2 3 4 5 6 7 8 NEVER 9");
    }
}
