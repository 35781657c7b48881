//! When Diwan looks at a case again by itself: a deadline, an expiry, the end of
//! its retention. Derived from the case, so it goes through the side door.

use crate::db::Db;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::vals;
use diwan_domain::ids::CaseId;

/// A case whose time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub case: CaseId,
    /// How often its lateness was acted on since its course last changed.
    pub round: i64,
}

/// Says when to look at a case next, in microseconds since 1970 UTC.
///
/// # Errors
/// When the database fails.
pub async fn look_at(tx: &mut Tx<'_>, case: CaseId, at: i64, round: i64) -> Result<(), Fault> {
    const LOOK: &str = "
        INSERT INTO tending (case_id, at, round) VALUES ($1, $2, $3)
        ON CONFLICT (case_id) DO UPDATE SET at = $2, round = $3";
    tx.side(LOOK, &vals![case, at, round]).await
}

/// Nothing more is to be done with a case.
///
/// # Errors
/// When the database fails.
pub async fn leave_alone(tx: &mut Tx<'_>, case: CaseId) -> Result<(), Fault> {
    tx.side("DELETE FROM tending WHERE case_id = $1", &vals![case]).await
}

/// How often the lateness of a case was acted on.
///
/// # Errors
/// When the database fails.
pub async fn round(tx: &mut Tx<'_>, case: CaseId) -> Result<i64, Fault> {
    tx.count("SELECT round AS n FROM tending WHERE case_id = $1", &vals![case]).await
}

/// Cases whose time has come, the longest waiting first.
///
/// # Errors
/// When the database fails.
pub async fn due(tx: &mut Tx<'_>, now: i64, at_most: i64) -> Result<Vec<Due>, Fault> {
    const DUE: &str = "SELECT case_id, round FROM tending WHERE at <= $1 ORDER BY at, case_id LIMIT $2";
    let rows = tx.rows(DUE, &vals![now, at_most]).await?;
    rows.iter().map(|row| Ok(Due { case: row.get("case_id")?, round: row.get("round")? })).collect()
}

/// Looks at a case later, unless its course changed meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn put_off(db: &Db, due: Due, at: i64) -> Result<(), Fault> {
    const LATER: &str = "UPDATE tending SET at = $3 WHERE case_id = $1 AND round = $2 AND at < $3";
    db.side(LATER, &vals![due.case, due.round, at]).await.map(drop)
}
