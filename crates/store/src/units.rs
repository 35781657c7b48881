//! Mobile units: their journeys, their coming home, and what could not be carried out.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{ActId, CentreId, OfficerId, RowId};

record! {
    /// One journey of a mobile unit. Times are microseconds since 1970 UTC.
    pub struct UnitRow in "units" {
        id: RowId,
        name: String,
        installation: String,
        letters: String,
        centre_id: CentreId,
        officers: Json,
        journal_key: String,
        key_id: String,
        prepared_at: i64,
        until: i64,
        merged_at: Option<i64>,
        returned_at: Option<i64>,
        revoked_at: Option<i64>,
        revoked_from: Option<i64>,
        revoked_reason: Option<String>,
        version: i64,
    }
}

record! {
    /// One coming home.
    pub struct UnitMergeRow in "unit_merges" only added {
        id: RowId,
        unit_id: RowId,
        at: i64,
        done: i64,
        known: i64,
        conflicts: i64,
    }
}

record! {
    /// An act of a unit that could not be carried out at home.
    pub struct ConflictRow in "merge_conflicts" {
        id: RowId,
        unit_id: RowId,
        act_id: ActId,
        name: String,
        act: Json,
        why: String,
        about: String,
        given: Json,
        check_code: Option<String>,
        done_at: i64,
        at: i64,
        settled_at: Option<i64>,
        settled_by: Option<OfficerId>,
        how: Option<String>,
        reason: Option<String>,
        version: i64,
    }
}

impl UnitRow {
    /// Whether it is on its way: neither home nor given up.
    #[must_use]
    pub fn is_away(&self) -> bool {
        self.returned_at.is_none() && self.revoked_at.is_none()
    }

    /// Whether what it did at an instant is not to be trusted.
    #[must_use]
    pub fn is_doubted(&self, at: i64) -> bool {
        self.revoked_from.is_some_and(|from| at >= from)
    }
}

/// The name under which a database knows that it is a unit's, among its marks.
pub const MARK: &str = "unit";

/// The unit whose acts bear the name of an installation; `None` for headquarters' own.
///
/// # Errors
/// When the database fails.
pub async fn of_installation(tx: &mut Tx<'_>, installation: &str) -> Result<Option<UnitRow>, Fault> {
    tx.one("SELECT * FROM units WHERE installation = $1", &vals![installation]).await
}

/// One unit.
///
/// # Errors
/// When the database fails.
pub async fn unit(tx: &mut Tx<'_>, id: RowId) -> Result<Option<UnitRow>, Fault> {
    tx.one("SELECT * FROM units WHERE id = $1", &vals![id]).await
}

/// The unit whose key sealed a paper.
///
/// # Errors
/// When the database fails.
pub async fn of_key(tx: &mut Tx<'_>, key_id: &str) -> Result<Option<UnitRow>, Fault> {
    tx.one("SELECT * FROM units WHERE key_id = $1 LIMIT 1", &vals![key_id]).await
}

/// Every journey, the newest first. There are few: a bus leaves some times a month.
///
/// # Errors
/// When the database fails.
pub async fn units(tx: &mut Tx<'_>) -> Result<Vec<UnitRow>, Fault> {
    tx.all("SELECT * FROM units ORDER BY prepared_at DESC, id", &[]).await
}

/// The journeys of a centre, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_centre(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<UnitRow>, Fault> {
    const OF: &str = "SELECT * FROM units WHERE centre_id = $1 ORDER BY prepared_at DESC, id LIMIT 100";
    tx.all(OF, &vals![centre]).await
}

/// The unit with which a centre is away.
///
/// # Errors
/// When the database fails.
pub async fn away_with(tx: &mut Tx<'_>, centre: CentreId) -> Result<Option<UnitRow>, Fault> {
    Ok(of_centre(tx, centre).await?.into_iter().find(UnitRow::is_away))
}

/// How often a unit came home, the last time first.
///
/// # Errors
/// When the database fails.
pub async fn merges(tx: &mut Tx<'_>, unit: RowId) -> Result<Vec<UnitMergeRow>, Fault> {
    const OF: &str = "SELECT * FROM unit_merges WHERE unit_id = $1 ORDER BY at DESC, id LIMIT 100";
    tx.all(OF, &vals![unit]).await
}

/// What of a unit could not be carried out, in the order in which it was done there.
///
/// # Errors
/// When the database fails.
pub async fn conflicts(tx: &mut Tx<'_>, unit: RowId) -> Result<Vec<ConflictRow>, Fault> {
    const OF: &str = "SELECT * FROM merge_conflicts WHERE unit_id = $1 ORDER BY done_at, id";
    tx.all(OF, &vals![unit]).await
}

/// One conflict.
///
/// # Errors
/// When the database fails.
pub async fn conflict(tx: &mut Tx<'_>, id: RowId) -> Result<Option<ConflictRow>, Fault> {
    tx.one("SELECT * FROM merge_conflicts WHERE id = $1", &vals![id]).await
}

/// The conflict about an act.
///
/// # Errors
/// When the database fails.
pub async fn conflict_of(tx: &mut Tx<'_>, act: ActId) -> Result<Option<ConflictRow>, Fault> {
    tx.one("SELECT * FROM merge_conflicts WHERE act_id = $1", &vals![act]).await
}

/// Whether an act stands here.
///
/// # Errors
/// When the database fails.
pub async fn is_done(tx: &mut Tx<'_>, act: ActId) -> Result<bool, Fault> {
    Ok(tx.count("SELECT COUNT(*) AS n FROM acts WHERE id = $1", &vals![act]).await? > 0)
}

/// The conflict in which a paper with a check code was issued.
///
/// # Errors
/// When the database fails.
pub async fn conflict_with_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<ConflictRow>, Fault> {
    tx.one("SELECT * FROM merge_conflicts WHERE check_code = $1 LIMIT 1", &vals![code]).await
}

/// The key under which a unit's database remembers which unit it is.
///
/// # Errors
/// When the database fails.
pub async fn here(tx: &mut Tx<'_>) -> Result<Option<UnitRow>, Fault> {
    let Some(row) = tx.row("SELECT value FROM marks WHERE name = $1", &vals![MARK]).await? else {
        return Ok(None);
    };
    of_installation(tx, &row.get::<String>("value")?).await
}
