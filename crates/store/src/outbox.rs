//! Effects outside: rows written in the act's own transaction, delivered at
//! least once by a leased worker, safe to repeat.

use crate::db::Db;
use crate::dialect;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::vals;
use crate::value::Row;
use diwan_domain::ids::RowId;
use std::path::{Path, PathBuf};

/// Something to be delivered.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// Names it, for the receiver's own idempotency.
    pub id: RowId,
    /// `sms`, `email` …
    pub kind: String,
    /// To whom.
    pub address: String,
    /// What, as JSON.
    pub body: String,
    /// How often it was tried, this time included.
    pub attempts: i64,
    /// When it was posted, microseconds.
    pub posted_at: i64,
}

/// Queues something inside an act.
///
/// # Errors
/// When the database fails.
pub async fn enqueue(
    tx: &mut Tx<'_>,
    id: RowId,
    kind: &str,
    address: &str,
    body: &str,
    now: i64,
) -> Result<(), Fault> {
    const ADD: &str = "
        INSERT INTO outbox (id, kind, address, body, created_at, not_before, attempts)
        VALUES ($1, $2, $3, $4, $5, $6, 0)";
    // Of an act done elsewhere the message may have been sent there.
    let not_before = if tx.replaying { HELD } else { now };
    tx.side(ADD, &vals![id, kind, address, body, now, not_before]).await
}

/// Not to be sent before it is known what became of it elsewhere.
const HELD: i64 = i64::MAX;

/// Lets go what replayed acts queued: what was not sent where they were done is
/// sent from here, the rest counts as delivered.
///
/// # Errors
/// When a database fails.
pub(crate) async fn release_replayed(from: &mut Tx<'_>, into: &Db, now: i64) -> Result<(), Fault> {
    const RELEASE: &str = "UPDATE outbox SET not_before = $2 WHERE id = $1 AND not_before = $3";
    const SETTLE: &str = "UPDATE outbox SET done_at = $1, not_before = $1, body = '{}' WHERE not_before = $2";
    for parcel in undelivered(from, i64::MAX).await? {
        into.side(RELEASE, &vals![parcel.id, now, HELD]).await?;
    }
    into.side(SETTLE, &vals![now, HELD]).await.map(drop)
}

/// Lets go what one act queued that was carried out late.
///
/// # Errors
/// When the database fails.
pub(crate) async fn release_held(into: &Db, now: i64) -> Result<(), Fault> {
    const ALL: &str = "UPDATE outbox SET not_before = $1 WHERE not_before = $2";
    into.side(ALL, &vals![now, HELD]).await.map(drop)
}

/// Leases what is due. Times in microseconds.
///
/// # Errors
/// When the database fails.
pub async fn lease(db: &Db, now: i64, length: i64, at_most: i64) -> Result<Vec<Parcel>, Fault> {
    let rows = db.side(dialect::lease_outbox(db.engine()), &vals![now, now + length, at_most]).await?;
    // As they were posted, whatever order the engine gives them in.
    let mut parcels: Vec<Parcel> = rows.iter().map(parcel).collect::<Result<_, _>>()?;
    parcels.sort_by_key(|parcel| parcel.posted_at);
    Ok(parcels)
}

fn parcel(row: &Row) -> Result<Parcel, Fault> {
    Ok(Parcel {
        id: row.get("id")?,
        kind: row.get("kind")?,
        address: row.get("address")?,
        body: row.get("body")?,
        attempts: row.get("attempts")?,
        posted_at: row.get("created_at")?,
    })
}

/// It arrived. What it said is taken out: codes and links are of no use to
/// whoever reads the database afterwards.
///
/// # Errors
/// When the database fails.
pub async fn delivered(db: &Db, id: RowId, now: i64) -> Result<(), Fault> {
    const DONE: &str =
        "UPDATE outbox SET done_at = $2, leased_until = NULL, last_error = NULL, body = '{}' WHERE id = $1";
    db.side(DONE, &vals![id, now]).await.map(drop)
}

/// It did not arrive; try again later, or give up and say so.
///
/// # Errors
/// When the database fails.
pub async fn failed(db: &Db, id: RowId, why: &str, again_at: Option<i64>, now: i64) -> Result<(), Fault> {
    const AGAIN: &str =
        "UPDATE outbox SET not_before = $2, leased_until = NULL, last_error = $3 WHERE id = $1";
    const GIVE_UP: &str =
        "UPDATE outbox SET failed_at = $2, leased_until = NULL, last_error = $3 WHERE id = $1";
    match again_at {
        Some(at) => db.side(AGAIN, &vals![id, at, why]).await.map(drop),
        None => db.side(GIVE_UP, &vals![id, now, why]).await.map(drop),
    }
}

/// How the outbox stands: waiting, failed for good, and the oldest waiting time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Not yet delivered.
    pub waiting: i64,
    /// Given up.
    pub failed: i64,
    /// When the oldest waiting one was queued.
    pub oldest: Option<i64>,
}

/// How the outbox stands.
///
/// # Errors
/// When the database fails.
pub async fn standing(tx: &mut Tx<'_>) -> Result<Standing, Fault> {
    const STANDING: &str = "
        SELECT COUNT(CASE WHEN done_at IS NULL AND failed_at IS NULL THEN 1 END) AS waiting,
               COUNT(CASE WHEN failed_at IS NOT NULL THEN 1 END) AS failed,
               MIN(CASE WHEN done_at IS NULL AND failed_at IS NULL THEN created_at END) AS oldest
        FROM   outbox";
    let Some(row) = tx.row(STANDING, &[]).await? else { return Ok(Standing::default()) };
    Ok(Standing { waiting: row.get("waiting")?, failed: row.get("failed")?, oldest: row.get("oldest")? })
}

/// A message that has not arrived, without its address.
#[derive(Clone, Debug)]
pub struct Undelivered {
    /// The parcel.
    pub id: RowId,
    /// `sms`, `email` …
    pub kind: String,
    /// Since when it waits.
    pub created_at: i64,
    /// How often it was tried.
    pub attempts: i64,
    /// Why it did not arrive the last time.
    pub last_error: Option<String>,
    /// Whether nobody tries any more.
    pub given_up: bool,
}

/// What has not arrived, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn undelivered(tx: &mut Tx<'_>, at_most: i64) -> Result<Vec<Undelivered>, Fault> {
    const UNDELIVERED: &str = "
        SELECT   id, kind, created_at, attempts, last_error, failed_at
        FROM     outbox WHERE done_at IS NULL
        ORDER BY created_at, id LIMIT $1";
    let rows = tx.rows(UNDELIVERED, &vals![at_most]).await?;
    rows.iter()
        .map(|row| {
            Ok(Undelivered {
                id: row.get("id")?,
                kind: row.get("kind")?,
                created_at: row.get("created_at")?,
                attempts: row.get("attempts")?,
                last_error: row.get("last_error")?,
                given_up: row.get::<Option<i64>>("failed_at")?.is_some(),
            })
        })
        .collect()
}

/// An operator's wish to try again what was given up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retry {
    /// Which parcels; all when none is named.
    pub parcels: Vec<uuid::Uuid>,
}

/// Puts what was given up back into the queue; returns how many were.
///
/// # Errors
/// When the database fails.
pub async fn retry(db: &Db, wanted: &Retry, now: i64) -> Result<usize, Fault> {
    const ALL: &str = "UPDATE outbox SET failed_at = NULL, attempts = 0, not_before = $1
                       WHERE failed_at IS NOT NULL RETURNING id";
    const ONE: &str = "UPDATE outbox SET failed_at = NULL, attempts = 0, not_before = $1
                       WHERE failed_at IS NOT NULL AND id = $2 RETURNING id";
    if wanted.parcels.is_empty() {
        return Ok(db.side(ALL, &vals![now]).await?.len());
    }
    let mut count = 0;
    for parcel in &wanted.parcels {
        count += db.side(ONE, &vals![now, RowId(*parcel)]).await?.len();
    }
    Ok(count)
}

/// Beside an embedded database that another process writes, a wish is left as a
/// file: that process takes it up.
impl Retry {
    fn place(database: &Path) -> PathBuf {
        database.with_extension("retry")
    }

    /// Leaves the wish.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn leave(&self, database: &Path) -> Result<(), Fault> {
        let lines: String = self.parcels.iter().map(|id| format!("{id}\n")).collect();
        let draft = database.with_extension("retry.new");
        std::fs::write(&draft, lines)?;
        Ok(std::fs::rename(draft, Self::place(database))?)
    }

    /// Whether a wish is still there.
    #[must_use]
    pub fn waits(database: &Path) -> bool {
        Self::place(database).exists()
    }

    /// The wish, if one was left. It stays until it is taken back.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn left(database: &Path) -> Result<Option<Self>, Fault> {
        match std::fs::read_to_string(Self::place(database)) {
            Ok(text) => {
                Ok(Some(Self { parcels: text.lines().filter_map(|line| line.parse().ok()).collect() }))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes the wish back: it was fulfilled, or nobody did.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn take_back(database: &Path) -> Result<(), Fault> {
        match std::fs::remove_file(Self::place(database)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}
