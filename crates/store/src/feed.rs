//! A resumable feed of committed changes across nodes, independent of sealing:
//! it feeds inbox counts and hall displays.

use crate::db::Db;
use crate::dialect;
use crate::fault::Fault;
use crate::vals;

/// A place in the feed; `Cursor::default()` is its beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    horizon: i64,
    seq: i64,
}

/// One committed change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where to go on from.
    pub cursor: Cursor,
    /// What kind of thing changed.
    pub topic: String,
    /// Which one.
    pub subject: String,
    /// When, microseconds.
    pub at: i64,
}

/// Changes committed after a place, in commit order.
///
/// # Errors
/// When the database fails.
pub async fn after(db: &Db, cursor: Cursor, at_most: i64) -> Result<Vec<Change>, Fault> {
    let sql = dialect::feed_after(db.engine());
    let mut reading = db.reading().await?;
    let rows = reading.tx().rows(sql, &vals![cursor.horizon, cursor.seq, at_most]).await?;
    rows.iter()
        .map(|row| {
            Ok(Change {
                cursor: Cursor { horizon: row.get("horizon")?, seq: row.get("seq")? },
                topic: row.get("topic")?,
                subject: row.get("subject")?,
                at: row.get("at")?,
            })
        })
        .collect()
}

/// The feed's end, to start following from now.
///
/// # Errors
/// When the database fails.
pub async fn end(db: &Db) -> Result<Cursor, Fault> {
    let mut reading = db.reading().await?;
    let last = "SELECT seq, horizon FROM feed ORDER BY horizon DESC, seq DESC LIMIT 1";
    match reading.tx().row(last, &[]).await? {
        Some(row) => Ok(Cursor { horizon: row.get("horizon")?, seq: row.get("seq")? }),
        None => Ok(Cursor::default()),
    }
}
