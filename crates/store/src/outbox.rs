//! Effects outside: rows written in the act's own transaction, delivered at
//! least once by a leased worker, safe to repeat.

use crate::db::Db;
use crate::dialect;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::vals;
use crate::value::Row;
use diwan_domain::ids::RowId;

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
        VALUES ($1, $2, $3, $4, $5, $5, 0)";
    tx.side_later(ADD, vals![id, kind, address, body, now].to_vec()).await
}

/// Leases what is due. Times in microseconds.
///
/// # Errors
/// When the database fails.
pub async fn lease(db: &Db, now: i64, length: i64, at_most: i64) -> Result<Vec<Parcel>, Fault> {
    let rows = db.side(dialect::lease_outbox(db.engine()), &vals![now, now + length, at_most]).await?;
    rows.iter().map(parcel).collect()
}

fn parcel(row: &Row) -> Result<Parcel, Fault> {
    Ok(Parcel {
        id: row.get("id")?,
        kind: row.get("kind")?,
        address: row.get("address")?,
        body: row.get("body")?,
        attempts: row.get("attempts")?,
    })
}

/// It arrived.
///
/// # Errors
/// When the database fails.
pub async fn delivered(db: &Db, id: RowId, now: i64) -> Result<(), Fault> {
    const DONE: &str = "UPDATE outbox SET done_at = $2, leased_until = NULL, last_error = NULL WHERE id = $1";
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

/// Puts what was given up back into the queue.
///
/// # Errors
/// When the database fails.
pub async fn retry_failed(db: &Db, now: i64) -> Result<(), Fault> {
    const RETRY: &str =
        "UPDATE outbox SET failed_at = NULL, attempts = 0, not_before = $1 WHERE failed_at IS NOT NULL";
    db.side(RETRY, &vals![now]).await.map(drop)
}
