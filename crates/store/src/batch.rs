//! What the writer wrote since it last committed, and how acts are kept apart in it.
//!
//! An act that was rehearsed writes what is known beforehand, and hardly ever fails. So it gets
//! no SAVEPOINT of its own, for which SQLite copies every page that the act touches: should it
//! fail half done, the whole batch is rolled back and what came before is written again.

use crate::fault::Fault;
use crate::pending::Pending;
use crate::rehearsal::{Rehearsed, Shared, Written};
use crate::sqlite::execute;
use rusqlite::Connection;

/// A batch of acts that is not committed yet.
pub(crate) struct Batch {
    /// All that was written in it; `None` once something was written of which nobody knows what.
    written: Option<Vec<Pending>>,
}

impl Batch {
    /// A batch in which nothing was written.
    pub fn new() -> Self {
        Self { written: Some(Vec::new()) }
    }

    /// Notes that something was written of which nobody knows what.
    pub fn wrote_otherwise(&mut self) {
        self.written = None;
    }

    /// Writes what an act was rehearsed to write: all of it or nothing.
    ///
    /// # Errors
    /// When there was no way back from half of it: then the batch is rolled back.
    pub fn write(
        &mut self,
        conn: &mut Connection,
        rehearsed: Rehearsed,
        shared: &Shared,
        may_wait: bool,
    ) -> Result<Written, Fault> {
        let Some(known) = &mut self.written else {
            return self.apart(conn, |conn| {
                let written = rehearsed.write(conn, shared, may_wait);
                let keep = matches!(written, Written::All(..));
                (written, keep)
            });
        };
        match rehearsed.write(conn, shared, may_wait) {
            Written::All(ended, writes) => {
                known.extend(writes);
                Ok(Written::All(ended, Vec::new()))
            }
            Written::Half => undo_half(conn, known).map(|()| Written::Half),
            other => Ok(other),
        }
    }

    /// Does something with a way back for it alone; it says whether what it wrote is kept.
    ///
    /// # Errors
    /// When there was no way back: then the batch is rolled back.
    pub fn apart<T>(
        &mut self,
        conn: &mut Connection,
        does: impl FnOnce(&mut Connection) -> (T, bool),
    ) -> Result<T, Fault> {
        execute(conn, "SAVEPOINT act", &[])?;
        let (came, keep) = does(conn);
        // A full disk or I/O error may have rolled the whole batch back.
        if conn.is_autocommit() {
            return Ok(came);
        }
        let way_back = if keep { Ok(0) } else { execute(conn, "ROLLBACK TO act", &[]) };
        if let Err(fault) = way_back.and_then(|_| execute(conn, "RELEASE act", &[])) {
            conn.execute_batch("ROLLBACK")?;
            return Err(fault);
        }
        if keep {
            self.wrote_otherwise();
        }
        Ok(came)
    }
}

/// Undoes what an act wrote half, and nothing else.
fn undo_half(conn: &Connection, before: &[Pending]) -> Result<(), Fault> {
    if conn.is_autocommit() {
        return Err(Fault::Away("the batch was rolled back".into()));
    }
    conn.execute_batch("ROLLBACK; BEGIN IMMEDIATE")?;
    for write in before {
        if let Err(fault) = execute(conn, write.sql, &write.values) {
            conn.execute_batch("ROLLBACK")?;
            return Err(fault);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::Ended;
    use crate::vals;
    use crate::value::Val;
    use diwan_domain::refusals::Why;
    use serde_json::Value;

    /// As the schema has it.
    const TABLE: &str = "CREATE TABLE marks (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)";

    fn adding(numbers: &[i64], ended: Ended) -> Rehearsed {
        let add = |n: &i64| Pending {
            sql: "INSERT INTO marks (name, value) VALUES ($1, '')",
            values: vec![Val::Text(n.to_string())],
            edits: false,
        };
        Rehearsed::writing(numbers.iter().map(add).collect(), ended)
    }

    fn done() -> Ended {
        Ended::Commit(Value::Null)
    }

    fn refused() -> Ended {
        Ended::Undo(Why::NotPermitted.into())
    }

    /// What stands there after a batch of acts, the second of which fails half done.
    fn stands_after(begins: impl FnOnce(&mut Batch, &mut Connection)) -> String {
        let (mut conn, shared) = (Connection::open_in_memory().unwrap(), Shared::default());
        conn.execute_batch(&format!("{TABLE}; BEGIN IMMEDIATE")).unwrap();
        let mut batch = Batch::new();
        begins(&mut batch, &mut conn);
        let mut write =
            |batch: &mut Batch, rehearsed| batch.write(&mut conn, rehearsed, &shared, false).unwrap();
        assert!(matches!(write(&mut batch, adding(&[1, 2], done())), Written::All(..)));
        assert!(matches!(write(&mut batch, adding(&[3, 1], done())), Written::Half));
        assert!(matches!(write(&mut batch, adding(&[4], refused())), Written::All(Ended::Undo(_), _)));
        assert!(matches!(write(&mut batch, adding(&[5], done())), Written::All(..)));
        conn.execute_batch("COMMIT").unwrap();
        let mut all = conn.prepare("SELECT name FROM marks ORDER BY name").unwrap();
        let all: Result<Vec<String>, _> = all.query_map([], |row| row.get(0)).unwrap().collect();
        all.unwrap().join(" ")
    }

    #[test]
    fn what_fails_half_done_is_undone_and_nothing_else() {
        assert_eq!(stands_after(|_, _| {}), "1 2 5");
        // The same after something of which nobody knows what it wrote.
        let otherwise = |batch: &mut Batch, conn: &mut Connection| {
            let add = |conn: &mut Connection, n: &str, keep| {
                crate::sqlite::execute(conn, "INSERT INTO marks (name, value) VALUES ($1, '')", &vals![n])
                    .unwrap();
                ((), keep)
            };
            batch.apart(conn, |conn| add(conn, "8", false)).unwrap();
            batch.apart(conn, |conn| add(conn, "9", true)).unwrap();
        };
        assert_eq!(stands_after(otherwise), "1 2 5 9");
    }

    #[test]
    fn a_batch_that_was_rolled_back_is_not_gone_on_with() {
        let (mut conn, shared) = (Connection::open_in_memory().unwrap(), Shared::default());
        conn.execute_batch(TABLE).unwrap();
        // As a full disk leaves it: no transaction is open any more.
        let mut batch = Batch::new();
        let broken = batch.write(&mut conn, adding(&[1, 1], done()), &shared, false);
        assert!(broken.is_err());
    }
}
