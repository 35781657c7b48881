//! Acts are carried out beside the writer first: on a reader's view, with what
//! they would write only collected. The writer then has little left to do: it asks
//! again what may have changed since, and where every answer is still the same it
//! writes what was collected. An act is nothing but the answers it was given, so
//! it would have written the same. Where an answer differs, the act is carried out
//! anew by the writer, as if nobody had rehearsed it.

use crate::acts::Ended;
use crate::fault::{Fault, Stop};
use crate::pending::Pending;
use crate::sqlite;
use crate::tx::written_table;
use crate::value::{Row, Val};
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// A question, its values, and what answered it.
pub(crate) struct Asked {
    sql: &'static str,
    values: Vec<Val>,
    rows: Vec<Row>,
    /// Whether the answer was foretold, and not read.
    foretold: bool,
}

/// What is collected while an act is rehearsed.
pub(crate) struct Rehearsal<'s> {
    shared: &'s Shared,
    act: &'static str,
    since: u64,
    asked: Vec<Asked>,
    written: HashSet<&'static str>,
    /// Whether the act did what cannot be rehearsed.
    broken: bool,
}

impl<'s> Rehearsal<'s> {
    /// Begins one; the view must be opened afterwards.
    pub fn begin(shared: &'s Shared, act: &'static str) -> Self {
        let since = shared.committed.load(Ordering::Acquire);
        Self { shared, act, since, asked: Vec::new(), written: HashSet::new(), broken: false }
    }

    /// Says that the act needs the writer itself: an answer that its own write gives,
    /// or one that draws on what it only collected.
    pub fn give_up(&mut self) -> Fault {
        self.broken = true;
        Fault::Waited
    }

    /// Asks, and remembers the answer, unless it may be a moment old: then nobody asks
    /// again before it is relied on.
    pub fn ask(
        &mut self,
        conn: &Connection,
        (sql, values): (&'static str, &[Val]),
        loosely: bool,
    ) -> Result<Vec<Row>, Fault> {
        if !self.written.is_empty() && words(sql).any(|word| self.written.contains(word)) {
            return Err(self.give_up());
        }
        if loosely {
            return sqlite::query(conn, sql, values);
        }
        let foretold = self.shared.foretold(sql, values);
        let (rows, foretold) = match foretold {
            Some(rows) => (rows, true),
            None => (sqlite::query(conn, sql, values)?, false),
        };
        self.asked.push(Asked { sql, values: values.to_vec(), rows: rows.clone(), foretold });
        Ok(rows)
    }

    /// Foretells an answer to those who ask before this act is written.
    pub fn foretell(&self, sql: &'static str, values: &[Val], rows: Vec<Row>) {
        self.shared.foretell(sql, values, rows);
    }

    /// Notes that a statement is collected.
    pub fn wrote(&mut self, sql: &'static str) {
        match written_table(sql) {
            Some(table) => drop(self.written.insert(table)),
            None => self.broken = true,
        }
    }

    /// What came of it, when it can be used.
    pub fn end(self, writes: Vec<Pending>, ended: Ended) -> Option<Rehearsed> {
        let Self { shared, act, since, asked, broken, .. } = self;
        shared.rehearsed(act, !broken);
        let is_fault = matches!(&ended, Ended::Undo(stop) if stop.refusal().is_none());
        (!broken && !is_fault).then_some(Rehearsed { since, asked, writes, ended })
    }
}

/// An act that was rehearsed.
pub(crate) struct Rehearsed {
    since: u64,
    asked: Vec<Asked>,
    writes: Vec<Pending>,
    ended: Ended,
}

impl Rehearsed {
    /// One that asked nothing.
    #[cfg(test)]
    pub fn writing(writes: Vec<Pending>, ended: Ended) -> Self {
        Self { since: 0, asked: Vec::new(), writes, ended }
    }

    /// The refusal that it ended with, when that stands on what was really read;
    /// otherwise the rehearsal as it was.
    pub fn refusal(self) -> Result<Stop, Box<Self>> {
        match self.ended {
            Ended::Undo(stop) if !self.asked.iter().any(|asked| asked.foretold) => Ok(stop),
            _ => Err(Box::new(self)),
        }
    }

    /// Writes what was collected, if every answer is still the same. One that was foretold
    /// may come true in a moment: whoever foretold it was rehearsed earlier, and may reach
    /// the writer later. So it is waited for, where that may be.
    pub fn write(self, conn: &Connection, shared: &Shared, may_wait: bool) -> Written {
        let (foretold, read): (Vec<&Asked>, Vec<&Asked>) =
            self.asked.iter().partition(|asked| asked.foretold);
        let not_yet: Vec<&Asked> =
            foretold.into_iter().filter(|asked| !self.still_holds(asked, conn, shared)).collect();
        if !not_yet.is_empty() && may_wait {
            return Written::NotYet(Box::new(self));
        }
        not_yet.iter().for_each(|asked| shared.forget(asked.sql, &asked.values));
        if !not_yet.is_empty() || !read.into_iter().all(|asked| self.still_holds(asked, conn, shared)) {
            return Written::Nothing;
        }
        if matches!(self.ended, Ended::Undo(_)) {
            return Written::All(self.ended, Vec::new());
        }
        for write in &self.writes {
            match sqlite::execute(conn, write.sql, &write.values) {
                Ok(changed) if changed == 1 || !write.edits => {}
                _ => return Written::Half,
            }
        }
        for write in &self.writes {
            shared.changes(write.sql, &write.values);
        }
        Written::All(self.ended, self.writes)
    }

    fn still_holds(&self, asked: &Asked, conn: &Connection, shared: &Shared) -> bool {
        if !asked.foretold && !shared.changed_since(asked.sql, &asked.values, self.since) {
            return true;
        }
        sqlite::query(conn, asked.sql, &asked.values).is_ok_and(|rows| same(&asked.rows, &rows))
    }
}

/// What became of a rehearsal before the writer.
pub(crate) enum Written {
    /// Everything was written: this.
    All(Ended, Vec<Pending>),
    /// An answer is another one now: nothing was written.
    Nothing,
    /// Something could not be written: the rest is to be undone.
    Half,
    /// What was foretold did not come true yet: nothing was written.
    NotYet(Box<Rehearsed>),
}

fn same(one: &[Row], other: &[Row]) -> bool {
    one.iter().map(|row| &row.values).eq(other.iter().map(|row| &row.values))
}

/// A question and its values.
type Question = (&'static str, Vec<Val>);

/// What rehearsals and the writer tell each other.
#[derive(Default)]
pub(crate) struct Shared {
    /// The last batch that was committed.
    committed: AtomicU64,
    /// What was last written when.
    changed: Mutex<Changed>,
    /// Answers that will be given once what was rehearsed is written.
    foretold: Mutex<HashMap<Question, Vec<Row>>>,
    /// Acts that could not be rehearsed, by name.
    unfit: Mutex<HashMap<&'static str, Unfit>>,
}

/// How often acts of a name could not be rehearsed.
#[derive(Default)]
struct Unfit {
    in_a_row: u32,
    /// How many were not tried since.
    spared: u32,
}

/// In which batch what was last written.
#[derive(Default)]
struct Changed {
    tables: HashMap<&'static str, ChangedTable>,
    /// Something of which nobody knows the table.
    anything: u64,
}

#[derive(Default)]
struct ChangedTable {
    /// Any row.
    any: u64,
    /// Rows of which nobody knows which.
    unnamed: u64,
    /// Rows by their `id`.
    rows: HashMap<Val, u64>,
}

/// How many rows of a table are remembered one by one.
const ROWS: usize = 4_096;

/// How many answers are foretold at most; then one begins anew.
const FORETOLD: usize = 4_096;
/// After how many failures in a row acts of a name are spared the rehearsal.
const UNFIT: u32 = 3;
/// How many are spared before one is tried again.
const SPARED: u32 = 100;

impl Shared {
    /// Notes that a statement was carried out in the batch that is being written.
    pub fn changes(&self, sql: &'static str, values: &[Val]) {
        let batch = self.committed.load(Ordering::Acquire) + 1;
        let mut changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(table) = written_table(sql) else {
            changed.anything = batch;
            return;
        };
        let table = changed.tables.entry(table).or_default();
        table.any = batch;
        match values.first() {
            Some(id) if table.rows.len() < ROWS && writes_one_row(sql) => {
                table.rows.insert(as_key(id), batch);
            }
            _ => {
                table.rows.clear();
                table.unnamed = batch;
            }
        }
    }

    /// Notes that a batch was committed, or given up.
    pub fn batch_ended(&self) {
        self.committed.fetch_add(1, Ordering::AcqRel);
    }

    /// Whether what a question asks for may have been written after a batch.
    fn changed_since(&self, sql: &'static str, values: &[Val], batch: u64) -> bool {
        let changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        if changed.anything > batch {
            return true;
        }
        if let (Some(table), [id]) = (asks_for_one_row(sql), values) {
            let Some(table) = changed.tables.get(table) else { return false };
            return table.unnamed > batch || table.rows.get(&as_key(id)).is_some_and(|last| *last > batch);
        }
        words(sql).any(|word| changed.tables.get(word).is_some_and(|table| table.any > batch))
    }

    fn foretold(&self, sql: &'static str, values: &[Val]) -> Option<Vec<Row>> {
        let foretold = self.foretold.lock().unwrap_or_else(PoisonError::into_inner);
        if foretold.is_empty() { None } else { foretold.get(&(sql, values.to_vec())).cloned() }
    }

    /// Foretells an answer.
    pub fn foretell(&self, sql: &'static str, values: &[Val], rows: Vec<Row>) {
        let mut foretold = self.foretold.lock().unwrap_or_else(PoisonError::into_inner);
        if foretold.len() >= FORETOLD {
            foretold.clear();
        }
        foretold.insert((sql, values.to_vec()), rows);
    }

    fn forget(&self, sql: &'static str, values: &[Val]) {
        let mut foretold = self.foretold.lock().unwrap_or_else(PoisonError::into_inner);
        foretold.remove(&(sql, values.to_vec()));
    }

    /// Whether an act is worth rehearsing.
    pub fn is_worth(&self, act: &'static str) -> bool {
        let mut unfit = self.unfit.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(known) = unfit.get_mut(act).filter(|known| known.in_a_row >= UNFIT) else { return true };
        known.spared = (known.spared + 1) % SPARED;
        known.spared == 0
    }

    fn rehearsed(&self, act: &'static str, well: bool) {
        let mut unfit = self.unfit.lock().unwrap_or_else(PoisonError::into_inner);
        let known = unfit.entry(act).or_default();
        known.in_a_row = if well { 0 } else { known.in_a_row.saturating_add(1) };
    }
}

/// The words of a statement, among which are the names of all its tables.
fn words(sql: &'static str) -> impl Iterator<Item = &'static str> {
    sql.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| word.len() > 2)
}

/// An identifier is sixteen bytes, whichever way it was given.
fn as_key(id: &Val) -> Val {
    match id {
        Val::Bytes(bytes) => <[u8; 16]>::try_from(bytes.as_slice()).map_or_else(|_| id.clone(), Val::Id),
        _ => id.clone(),
    }
}

/// The table, when a question asks for the row that has an `id` and nothing else.
fn asks_for_one_row(sql: &str) -> Option<&str> {
    let table = sql.strip_prefix("SELECT")?.strip_prefix(" * FROM ")?.strip_suffix(" WHERE id = $1")?;
    table.chars().all(|c| c.is_ascii_alphanumeric() || c == '_').then_some(table)
}

/// Whether a statement writes the one row whose `id` is its first value: the form
/// that records have.
fn writes_one_row(sql: &str) -> bool {
    let (head, tail) = sql.split_once('(').unwrap_or((sql, ""));
    let adds = head.starts_with("INSERT INTO ")
        && tail.starts_with("id, ")
        && sql.contains("VALUES ($1, ")
        && !sql.contains("ON CONFLICT");
    let edits = sql.starts_with("UPDATE ")
        && (sql.ends_with(" WHERE id = $1") || sql.contains(" WHERE id = $1 AND version = "));
    adds || edits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_told_from_its_neighbours() {
        let shared = Shared::default();
        let id = |n: u8| Val::Bytes(vec![n; 16]);
        const ONE: &str = "SELECT * FROM cases WHERE id = $1";
        const SEVERAL: &str = "SELECT * FROM cases WHERE account_id = $1";
        const EDIT: &str = "UPDATE cases SET phase = $2 WHERE id = $1 AND version = $3";
        shared.changes(EDIT, &[Val::Id([1; 16]), Val::Null, Val::Int(4)]);
        assert!(shared.changed_since(ONE, &[id(1)], 0));
        assert!(!shared.changed_since(ONE, &[id(2)], 0), "another row was written");
        assert!(shared.changed_since(SEVERAL, &[id(2)], 0), "nobody knows whose the row was");
        assert!(!shared.changed_since("SELECT * FROM persons WHERE id = $1", &[id(1)], 0));
        const PUT: &str =
            "INSERT INTO cases (id, number) VALUES ($1, $2) ON CONFLICT (number) DO UPDATE SET phase = ''";
        assert!(!writes_one_row(PUT), "it may write the row that has the number");
        shared.batch_ended();
        assert!(!shared.changed_since(ONE, &[id(1)], 1), "it was written before");
        shared.changes("DELETE FROM cases WHERE account_id = $1", &[id(9)]);
        assert!(shared.changed_since(ONE, &[id(2)], 1), "any row may be gone");
    }

    #[test]
    fn a_statement_of_unknown_form_changes_everything() {
        let shared = Shared::default();
        shared.changes("WITH old AS (SELECT 1) DELETE FROM cases", &[]);
        assert!(shared.changed_since("SELECT * FROM persons WHERE id = $1", &[Val::Int(1)], 0));
    }
}
