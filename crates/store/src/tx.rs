//! The transaction an act is given: it reads, adds and edits records, queues
//! effects, and remembers the hash of every row it wrote.

use crate::acts::{ACT_COLUMNS, Ended};
use crate::dialect::Engine;
use crate::fault::{Fault, Stop};
use crate::pending::{Pending, in_one_statement};
use crate::record::{Editable, Record, row_hash};
use crate::rehearsal::{Rehearsal, Rehearsed, Shared};
use crate::value::{Row, Val};
use crate::{pg, sqlite};
use diwan_domain::ids::RowId;
use diwan_domain::refusals::Why;
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex};

/// Tables that are written outside journalled acts: what expires by itself,
/// counters, leases, queues and what can be derived again. The only list; a
/// test fails on any other table.
pub const SIDE_TABLES: &[&str] = &[
    "sessions",
    "device_signs",
    "one_time_codes",
    "rate_counters",
    "leases",
    "outbox",
    "feed",
    "name_keys",
    "name_pairs",
    "name_sounds",
    "tending",
    "acts",
    "journal",
    "journal_unsealed",
    "log_leaves",
    "log_hashes",
    "log_state",
    "schema_migrations",
    "marks",
    "nodes",
    "service_figures",
    "notices",
    "deliveries",
    "receivers",
    "declaration_work",
    "voided_events",
    "merged_people",
    "ended_numbers",
    "closed_work",
    "possible_duplicates",
    "vital_figures",
    "dci_messages",
    "import_rejects",
    "unmade_papers",
    "said_addresses",
];

/// Tables of [`SIDE_TABLES`] that only the store itself may write.
const STORE_ONLY: &[&str] = &[
    "acts",
    "journal",
    "journal_unsealed",
    "log_leaves",
    "log_hashes",
    "log_state",
    "schema_migrations",
    "feed",
];

/// The version that `verify journal` sees of an erased row: after every other.
const ERASED: i64 = i64::MAX;

/// One row that an act wrote.
#[derive(Clone, Debug)]
pub(crate) struct Write {
    pub table: &'static str,
    pub key: String,
    pub version: i64,
    pub hash: [u8; 32],
}

pub(crate) enum Line<'c> {
    /// The writer, with what it tells those who rehearse, or a reader.
    Sqlite(&'c mut rusqlite::Connection, Option<&'c Shared>),
    /// A reader on which an act is rehearsed: what it writes is only collected.
    Rehearsing(&'c mut rusqlite::Connection, Rehearsal<'c>),
    Pg(&'c deadpool_postgres::Transaction<'c>),
    /// With the place to note that the server left a question unanswered; without
    /// one, questions may take as long as they take.
    PgRead(&'c deadpool_postgres::Client, Option<&'c AtomicBool>),
}

/// A transaction, or a read-only view.
pub struct Tx<'c> {
    pub(crate) line: Line<'c>,
    pub(crate) writes: Vec<Write>,
    pub(crate) announced: Vec<(String, String)>,
    /// Whether an act is carried out again that was done elsewhere.
    pub(crate) replaying: bool,
    pending: Vec<Pending>,
    known: Known,
    /// What was looked up before the transaction began, or is being looked up.
    looked: Known,
    /// Whether answers may be as old as the beginning of the act.
    loosely: bool,
    /// Whether this is the view on which an act looks ahead.
    looks_ahead: bool,
    foreseen: Option<Vec<(&'static str, Vec<Val>)>>,
    may_write: bool,
}

/// What a writing transaction read already, by statement and values. It stands
/// still within its transaction, but for what it writes itself: the same
/// question is asked once.
#[derive(Default)]
pub(crate) struct Known {
    answers: Vec<(&'static str, Vec<Answered>)>,
    /// The last statement written: what it may change is forgotten already.
    written: Option<&'static str>,
}

/// The values of a question, and what answered it.
type Answered = (Vec<Val>, Vec<Row>);

impl Known {
    /// Whether nothing was read.
    pub(crate) fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// An act asks a few dozen questions: looking through them beats hashing.
    fn answer(&self, sql: &'static str, values: &[Val]) -> Option<&Vec<Row>> {
        let (_, answered) = self.answers.iter().find(|(asked, _)| std::ptr::eq(*asked, sql))?;
        answered.iter().find(|(with, _)| with == values).map(|(_, rows)| rows)
    }

    fn remember(&mut self, sql: &'static str, values: &[Val], rows: Vec<Row>) {
        let answered = (values.to_vec(), rows);
        self.written = None;
        match self.answers.iter_mut().find(|(asked, _)| std::ptr::eq(*asked, sql)) {
            Some((_, known)) => known.push(answered),
            None => self.answers.push((sql, vec![answered])),
        }
    }

    /// Forgets every answer that may have drawn on a table.
    fn forget(&mut self, table: &str) {
        self.answers.retain(|(sql, _)| !sql.contains(table));
    }

    /// Forgets what a statement may change.
    fn forget_after(&mut self, sql: &'static str) {
        // An act that writes thousands of rows writes them table by table.
        if self.answers.is_empty() || self.written.is_some_and(|before| std::ptr::eq(before, sql)) {
            return;
        }
        self.written = Some(sql);
        match written_table(sql) {
            Some(table) => self.forget(table),
            None => self.answers.clear(),
        }
    }
}

impl<'c> Tx<'c> {
    pub(crate) fn new(line: Line<'c>, may_write: bool) -> Self {
        Self {
            line,
            writes: Vec::new(),
            announced: Vec::new(),
            replaying: false,
            pending: Vec::new(),
            known: Known::default(),
            looked: Known::default(),
            loosely: false,
            looks_ahead: false,
            foreseen: None,
            may_write,
        }
    }

    /// A view on which an act looks ahead: see [`crate::Act::look_ahead`].
    pub(crate) fn looking_ahead(line: Line<'c>) -> Self {
        Self { looks_ahead: true, ..Self::new(line, false) }
    }

    /// With what was looked up before.
    pub(crate) fn knowing(self, looked: Known) -> Self {
        Self { looked, ..self }
    }

    /// What was looked up loosely.
    pub(crate) fn looked(self) -> Known {
        self.looked
    }

    /// From here on, until it is said otherwise, answers may be as old as the
    /// beginning of the act. What is asked so keeps no other act waiting, and makes
    /// none be done again: for questions whose answers advise and bind nobody, like
    /// what looks alike. Never for what a refusal by law or a number rests on.
    /// Returns what was so before.
    ///
    /// On a server an act asks such questions before its transaction, in
    /// [`crate::Act::look_ahead`]; what it did not ask there is asked within.
    pub fn loosely(&mut self, loosely: bool) -> bool {
        std::mem::replace(&mut self.loosely, loosely)
    }

    /// Begins to collect questions instead of asking them, where that saves
    /// round trips: inside an act on a server. Then every question is answered
    /// with nothing, and asked together with the others by
    /// [`Tx::ask_foreseen`]; whoever asks it again within the act has the answer.
    ///
    /// ```ignore
    /// if tx.foresees() {
    ///     people::person(tx, applicant).await?;
    ///     people::names(tx, applicant).await?;
    ///     tx.ask_foreseen().await?;
    /// }
    /// ```
    pub fn foresees(&mut self) -> bool {
        let saves = match self.line {
            // Whoever collects already goes on with it.
            _ if self.foreseen.is_some() => false,
            Line::Pg(_) => self.may_write,
            Line::PgRead(..) => self.looks_ahead,
            Line::Sqlite(..) | Line::Rehearsing(..) => false,
        };
        if saves {
            self.foreseen = Some(Vec::new());
        }
        saves
    }

    /// Asks what was collected since [`Tx::foresees`] in one round trip, and
    /// ends collecting.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn ask_foreseen(&mut self) -> Result<(), Fault> {
        let questions = self.foreseen.take().unwrap_or_default();
        let asked: Vec<_> = questions.iter().map(|(sql, values)| (*sql, values.as_slice())).collect();
        let answers = self.in_one_trip(&asked).await?;
        for ((sql, values), rows) in questions.iter().zip(answers) {
            self.remember_answer(sql, values, rows);
        }
        Ok(())
    }

    /// Which engine is below.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.line {
            Line::Sqlite(..) | Line::Rehearsing(..) => Engine::Sqlite,
            Line::Pg(_) | Line::PgRead(..) => Engine::Postgres,
        }
    }

    /// All rows that answer a question.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn rows(&mut self, sql: &'static str, values: &[Val]) -> Result<Vec<Row>, Fault> {
        let remembers = self.may_write || self.looks_ahead;
        if !remembers || !sql.trim_start().starts_with("SELECT") {
            return self.ask(sql, values).await;
        }
        let looked = self.loosely.then(|| self.looked.answer(sql, values)).flatten();
        if let Some(rows) = looked.or_else(|| self.known.answer(sql, values)) {
            return Ok(rows.clone());
        }
        if let Some(foreseen) = &mut self.foreseen {
            can_be_kept(values)?;
            foreseen.push((sql, values.to_vec()));
            return Ok(Vec::new());
        }
        let rows = self.ask(sql, values).await?;
        self.remember_answer(sql, values, rows.clone());
        Ok(rows)
    }

    fn remember_answer(&mut self, sql: &'static str, values: &[Val], rows: Vec<Row>) {
        let known = if self.loosely && self.looks_ahead { &mut self.looked } else { &mut self.known };
        known.remember(sql, values, rows);
    }

    async fn ask(&mut self, sql: &'static str, values: &[Val]) -> Result<Vec<Row>, Fault> {
        can_be_kept(values)?;
        match &mut self.line {
            Line::Sqlite(conn, shared) => {
                let rows = sqlite::query(conn, sql, values)?;
                if let Some(shared) = shared.filter(|_| !sql.trim_start().starts_with("SELECT")) {
                    shared.changes(sql, values);
                }
                Ok(rows)
            }
            Line::Rehearsing(conn, rehearsal) => rehearsal.ask(conn, (sql, values), self.loosely),
            Line::Pg(_) => {
                Ok(self.in_one_trip(&[(sql, values)]).await?.into_iter().next().unwrap_or_default())
            }
            Line::PgRead(client, silent) => heard(*silent, pg::query(*client, sql, values)).await,
        }
    }

    /// The first row, if any, where a constraint of the table keeps two acts that
    /// both found none from both going on: nobody need ask again.
    pub(crate) async fn row_guarded(
        &mut self,
        sql: &'static str,
        values: &[Val],
    ) -> Result<Option<Row>, Fault> {
        if let Line::Rehearsing(conn, _) = &mut self.line {
            return Ok(sqlite::query(conn, sql, values)?.into_iter().next());
        }
        self.row(sql, values).await
    }

    /// The first row, if any. Absence is not an error.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn row(&mut self, sql: &'static str, values: &[Val]) -> Result<Option<Row>, Fault> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// All records that answer a question.
    ///
    /// # Errors
    /// When the engine fails or a row does not fit its type.
    pub async fn all<R: Record>(&mut self, sql: &'static str, values: &[Val]) -> Result<Vec<R>, Fault> {
        self.rows(sql, values).await?.iter().map(R::from_row).collect()
    }

    /// The first record, if any.
    ///
    /// # Errors
    /// When the engine fails or a row does not fit its type.
    pub async fn one<R: Record>(&mut self, sql: &'static str, values: &[Val]) -> Result<Option<R>, Fault> {
        self.row(sql, values).await?.as_ref().map(R::from_row).transpose()
    }

    /// One whole number, zero when there is no row.
    ///
    /// # Errors
    /// When the engine fails or the column `n` is no number.
    pub async fn count(&mut self, sql: &'static str, values: &[Val]) -> Result<i64, Fault> {
        Ok(self.row(sql, values).await?.map(|row| row.get("n")).transpose()?.unwrap_or(0))
    }

    /// Adds a row; its hash goes into the act's journal entry.
    ///
    /// # Errors
    /// When the engine fails (on PostgreSQL perhaps only at the next read).
    pub async fn add<R: Record>(&mut self, record: &R) -> Result<(), Fault> {
        let values = record.values();
        self.remember::<R>(&values);
        self.write(R::insert_sql(), values, false).await
    }

    /// Edits a row that was read before; refused when someone else was quicker.
    /// On a server the act learns of that at the latest when it ends.
    ///
    /// # Errors
    /// [`Why::ChangedMeanwhile`] when the version differs; or the engine fails.
    pub async fn edit<R: Editable>(&mut self, record: &mut R) -> Result<(), Stop> {
        let seen = record.version();
        record.set_version(seen + 1);
        let mut values = record.values();
        self.remember::<R>(&values);
        values.push(Val::Int(seen));
        self.write(R::update_sql(), values, true).await.map_err(changed_meanwhile)
    }

    /// Writes a row again with personal data taken out, also one that is
    /// otherwise only added: the end of its retention, as the law asks. The
    /// journal says so with the new hash; the tree stays whole.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn erase<R: Record>(&mut self, record: &R) -> Result<(), Fault> {
        let values = record.values();
        self.remember::<R>(&values);
        if let Some(write) = self.writes.last_mut() {
            write.version = ERASED;
        }
        self.write(R::erase_sql(), values, true).await
    }

    /// Takes the bodies of the acts on a case out: what was typed stands in
    /// them too. Returns how many there were.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn erase_acts_on_case(&mut self, case: &str) -> Result<usize, Fault> {
        const ACTS: &str = "
            SELECT DISTINCT a.id, a.name, a.version, a.actor_kind, a.actor_name, a.idem_key, a.body_hash, a.header,
                            a.body, a.outcome, a.at
            FROM   acts a JOIN journal j ON j.act_id = a.id
            WHERE  j.subject_kind = 'case' AND j.subject_id = $1 AND a.body <> ''";
        const EMPTY: &str = "UPDATE acts SET body = '' WHERE id = $1";
        let rows = self.rows(ACTS, &[Val::Text(case.to_owned())]).await?;
        let body = ACT_COLUMNS.iter().position(|column| *column == "body").unwrap_or_default();
        for row in &rows {
            let mut values = row.values.clone();
            values[body] = Val::Text(String::new());
            let id: RowId = row.get("id")?;
            let hash = row_hash(ACT_COLUMNS, &values);
            self.writes.push(Write { table: "acts", key: id.0.to_string(), version: ERASED, hash });
            self.write(EMPTY, vec![Val::Id(*id.0.as_bytes())], true).await?;
        }
        Ok(rows.len())
    }

    fn remember<R: Record>(&mut self, values: &[Val]) {
        let table = R::TABLE;
        let version = table.columns.iter().position(|c| *c == "version").and_then(|at| match values[at] {
            Val::Int(n) => Some(n),
            _ => None,
        });
        let key = match &values[0] {
            Val::Id(id) => uuid::Uuid::from_bytes(*id).to_string(),
            other => format!("{other:?}"),
        };
        let hash = row_hash(table.columns, values);
        self.writes.push(Write { table: table.name, key, version: version.unwrap_or(1), hash });
    }

    /// Writes to a table of [`SIDE_TABLES`]: sessions, codes, counters, derived
    /// keys, the outbox.
    ///
    /// # Errors
    /// [`Fault::Guarded`] for any other table; or the engine fails (on PostgreSQL
    /// perhaps only at the next read).
    pub async fn side(&mut self, sql: &'static str, values: &[Val]) -> Result<(), Fault> {
        guard(sql)?;
        self.write(sql, values.to_vec(), false).await
    }

    /// Like [`Tx::side`], for statements with `RETURNING`.
    ///
    /// # Errors
    /// [`Fault::Guarded`] for any other table; or the engine fails.
    pub async fn side_rows(&mut self, sql: &'static str, values: &[Val]) -> Result<Vec<Row>, Fault> {
        guard(sql)?;
        self.known.forget_after(sql);
        self.looked.forget_after(sql);
        if let Line::Rehearsing(_, rehearsal) = &mut self.line {
            return Err(rehearsal.give_up());
        }
        self.ask(sql, values).await
    }

    /// Foretells the one row that will answer a question once this act is
    /// committed. Whoever asks before that is spared doing their act twice; what
    /// does not come true costs time only.
    pub fn foretell(&mut self, sql: &'static str, values: &[Val], row: Row) {
        match &self.line {
            Line::Sqlite(_, Some(shared)) => shared.foretell(sql, values, vec![row]),
            Line::Rehearsing(_, rehearsal) => rehearsal.foretell(sql, values, vec![row]),
            _ => {}
        }
    }

    /// Whether an act is carried out again that was done in another installation.
    #[must_use]
    pub fn is_replayed(&self) -> bool {
        self.replaying
    }

    /// Tells live pages, on every node, that something changed.
    pub fn announce(&mut self, topic: &str, subject: impl ToString) {
        self.announced.push((topic.to_owned(), subject.to_string()));
    }

    /// For the store's own bookkeeping: no guard.
    pub(crate) async fn write(
        &mut self,
        sql: &'static str,
        values: Vec<Val>,
        edits: bool,
    ) -> Result<(), Fault> {
        if !self.may_write {
            return Err(Fault::Engine("this view is read-only".into()));
        }
        can_be_kept(&values)?;
        self.known.forget_after(sql);
        self.looked.forget_after(sql);
        match &mut self.line {
            Line::Sqlite(conn, shared) => {
                let changed = sqlite::execute(conn, sql, &values)?;
                if let Some(shared) = shared {
                    shared.changes(sql, &values);
                }
                return if edits && changed != 1 { Err(stale()) } else { Ok(()) };
            }
            Line::Rehearsing(_, rehearsal) => rehearsal.wrote(sql),
            Line::Pg(_) | Line::PgRead(..) => {}
        }
        self.pending.push(Pending { sql, values, edits });
        Ok(())
    }

    /// What came of a rehearsal, when it can be used.
    pub(crate) fn rehearsed(self, ended: Ended) -> Option<Rehearsed> {
        match self.line {
            Line::Rehearsing(_, rehearsal) => rehearsal.end(self.pending, ended),
            _ => None,
        }
    }

    /// Sends what waits, in one round trip on PostgreSQL.
    pub(crate) async fn flush(&mut self) -> Result<(), Fault> {
        let waits = matches!(self.line, Line::Pg(_)) && !self.pending.is_empty();
        if waits { self.in_one_trip(&[]).await.map(drop) } else { Ok(()) }
    }

    /// On PostgreSQL: sends what waits and asks, in one round trip.
    async fn in_one_trip(&mut self, questions: &[(&'static str, &[Val])]) -> Result<Vec<Vec<Row>>, Fault> {
        let tx = match &self.line {
            Line::Pg(tx) => *tx,
            Line::PgRead(client, silent) => {
                return Ok(heard(*silent, pg::together(*client, &[], questions)).await?.1);
            }
            Line::Sqlite(..) | Line::Rehearsing(..) => return Ok(Vec::new()),
        };
        let pending = std::mem::take(&mut self.pending);
        let sent = in_one_statement(&pending);
        let statements: Vec<_> =
            sent.iter().map(|(_, sql, values)| (sql.as_ref(), values.as_ref())).collect();
        let (counts, answers) = pg::together(tx, &statements, questions).await?;
        let stale_edit = sent.iter().zip(counts).any(|((first, ..), changed)| first.edits && changed != 1);
        if stale_edit { Err(stale()) } else { Ok(answers) }
    }
}

/// Refuses what only one engine would take.
/// The answer of a server, unless it stays silent for too long, which is noted.
async fn heard<T>(
    silent: Option<&AtomicBool>,
    asked: impl Future<Output = Result<T, Fault>>,
) -> Result<T, Fault> {
    let Some(silent) = silent else { return asked.await };
    tokio::time::timeout(pg::SILENCE, asked).await.unwrap_or_else(|_| {
        silent.store(true, Ordering::Relaxed);
        Err(Fault::Silent)
    })
}

fn can_be_kept(values: &[Val]) -> Result<(), Fault> {
    let is_whole = |val: &Val| !matches!(val, Val::Text(text) if text.as_bytes().contains(&0));
    if values.iter().all(is_whole) { Ok(()) } else { Err(Fault::Unkept) }
}

const STALE: &str = "version differs";

fn stale() -> Fault {
    Fault::Engine(STALE.into())
}

/// What a caller is told of an edit whose row was edited by someone quicker.
pub(crate) fn changed_meanwhile(fault: Fault) -> Stop {
    match fault {
        Fault::Engine(text) if text == STALE => Why::ChangedMeanwhile.into(),
        other => Stop::Fault(other),
    }
}

/// Fails unless the statement writes to a table that the side door lists.
pub(crate) fn guard(sql: &'static str) -> Result<(), Fault> {
    static PASSED: LazyLock<Mutex<HashSet<&'static str>>> = LazyLock::new(Mutex::default);
    if PASSED.lock().is_ok_and(|passed| passed.contains(sql)) {
        return Ok(());
    }
    let table = written_table(sql).ok_or_else(|| Fault::Guarded("(none)".into()))?;
    if !SIDE_TABLES.contains(&table) || STORE_ONLY.contains(&table) {
        return Err(Fault::Guarded(table.to_owned()));
    }
    if let Ok(mut passed) = PASSED.lock() {
        passed.insert(sql);
    }
    Ok(())
}

/// The table that an `INSERT`, `UPDATE` or `DELETE` writes.
pub(crate) fn written_table(sql: &str) -> Option<&str> {
    let mut words = sql.split_whitespace();
    let first = words.next()?;
    let is = |word: &str| first.eq_ignore_ascii_case(word);
    let name = match () {
        () if is("insert") || is("delete") => words.nth(1)?,
        () if is("update") => words.next()?,
        () => return None,
    };
    name.split('(').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_side_door_lets_nobody_write_a_register() {
        assert!(guard("UPDATE sessions SET seen_at = $2 WHERE id = $1").is_ok());
        assert!(guard("INSERT INTO rate_counters(key) VALUES ($1)").is_ok());
        for sql in [
            "UPDATE persons SET sex = 'x'",
            "DELETE FROM journal WHERE id = $1",
            "INSERT INTO acts (id) VALUES ($1)",
            "DROP TABLE sessions",
            "",
        ] {
            assert!(guard(sql).is_err(), "{sql}");
        }
    }
}
