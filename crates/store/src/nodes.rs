//! The nodes that serve from one database, and whether they see the same files.
//!
//! A node leaves a file with its own name in the files folder. Another that
//! finds it there looks into the same folder; a copy of the folder, made
//! before the node started, does not hold it.

use crate::db::Db;
use crate::fault::Fault;
use crate::files::Files;
use crate::vals;
use crate::value::Row;

/// How long a node counts as alive after its last sign of life, microseconds.
pub const SILENCE: i64 = 60_000_000;

/// A node as registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its name, new at every start.
    pub id: String,
    /// The machine.
    pub host: String,
    /// Where its files are: `folder`, or a bucket.
    pub files: String,
    /// Since when.
    pub started_at: i64,
    /// Its last sign of life.
    pub seen_at: i64,
}

fn node(row: &Row) -> Result<Node, Fault> {
    Ok(Node {
        id: row.get("id")?,
        host: row.get("host")?,
        files: row.get("files")?,
        started_at: row.get("started_at")?,
        seen_at: row.get("seen_at")?,
    })
}

/// The nodes that were alive a moment ago.
///
/// # Errors
/// When the database fails.
pub async fn alive(db: &Db, now: i64) -> Result<Vec<Node>, Fault> {
    const ALIVE: &str =
        "SELECT id, host, files, started_at, seen_at FROM nodes WHERE seen_at > $1 ORDER BY started_at, id";
    let mut reading = db.reading().await?;
    let rows = reading.tx().rows(ALIVE, &vals![now - SILENCE]).await?;
    rows.iter().map(node).collect()
}

/// Registers a node, and refuses it when another one is alive whose files it
/// does not see.
///
/// # Errors
/// [`Fault::Outside`] that names the other node; or database or disk fail.
pub async fn join(db: &Db, files: &Files, id: &str, host: &str, now: i64) -> Result<(), Fault> {
    const JOIN: &str = "INSERT INTO nodes (id, host, files, started_at, seen_at) VALUES ($1, $2, $3, $4, $4)";
    files.show_node(id)?;
    // Registered first, looked afterwards: of two that start at once at least one sees the other.
    db.side(JOIN, &vals![id, host, files.name(), now]).await?;
    match others_files(db, files, id, now).await {
        Ok(()) => Ok(()),
        Err(fault) => {
            leave(db, files, id).await?;
            Err(fault)
        }
    }
}

async fn others_files(db: &Db, files: &Files, id: &str, now: i64) -> Result<(), Fault> {
    for other in alive(db, now).await?.into_iter().filter(|other| other.id != id) {
        if other.files != files.name() || !files.shows_node(&other.id)? {
            return Err(Fault::Outside(format!(
                "node {} on {} serves from this database and keeps its files elsewhere ({}); each would miss the \
                 other's papers. Mount one folder on both, or keep files in a bucket (`files = \"s3://…\"`). A node \
                 that was killed counts as alive for a minute",
                other.id, other.host, other.files
            )));
        }
    }
    Ok(())
}

/// A sign of life.
///
/// # Errors
/// When the database fails.
pub async fn beat(db: &Db, files: &Files, id: &str, host: &str, now: i64) -> Result<(), Fault> {
    const BEAT: &str = "
        INSERT INTO nodes (id, host, files, started_at, seen_at) VALUES ($1, $2, $3, $4, $4)
        ON CONFLICT (id) DO UPDATE SET seen_at = $4";
    db.side(BEAT, &vals![id, host, files.name(), now]).await?;
    // Those long silent are forgotten.
    db.side("DELETE FROM nodes WHERE seen_at < $1", &vals![now - 60 * SILENCE]).await.map(drop)
}

/// A node stops.
///
/// # Errors
/// When the database or the disk fails.
pub async fn leave(db: &Db, files: &Files, id: &str) -> Result<(), Fault> {
    db.side("DELETE FROM nodes WHERE id = $1", &vals![id]).await?;
    files.hide_node(id)
}

/// Forgets every node: none of them serves from a database that was restored.
///
/// # Errors
/// When the database fails.
pub async fn forget_all(db: &Db) -> Result<(), Fault> {
    db.side("DELETE FROM nodes", &[]).await.map(drop)
}
