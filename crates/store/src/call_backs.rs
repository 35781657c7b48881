//! Who is called back after a visit, and telephones that are not needed any more.

use crate::fault::Fault;
use crate::queue::VisitRow;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{CentreId, OfficerId, QueueDayId, RowId, VisitId};

record! {
    /// Somebody who is called back.
    pub struct CallBackRow in "call_backs" {
        id: RowId,
        centre_id: CentreId,
        day: String,
        visit_id: VisitId,
        number: String,
        language: String,
        phone: Option<String>,
        wished: bool,
        state: String,
        tries: i64,
        opened_by: Option<OfficerId>,
        opened_at: Option<i64>,
        score: Option<i64>,
        reasons: Option<Json>,
        money: Option<bool>,
        drawn_at: i64,
        settled_by: Option<OfficerId>,
        settled_at: Option<i64>,
        version: i64,
    }
}

record! {
    /// That somebody was drawn from a day.
    pub struct CallBackDrawRow in "call_back_draws" only added {
        id: RowId,
        day_id: QueueDayId,
        centre_id: CentreId,
        among: i64,
        drawn: i64,
        at: i64,
    }
}

/// One call back.
///
/// # Errors
/// When the database fails.
pub async fn call_back(tx: &mut Tx<'_>, id: RowId) -> Result<Option<CallBackRow>, Fault> {
    tx.one("SELECT * FROM call_backs WHERE id = $1", &vals![id]).await
}

/// The call back of a visit.
///
/// # Errors
/// When the database fails.
pub async fn of_visit(tx: &mut Tx<'_>, visit: VisitId) -> Result<Option<CallBackRow>, Fault> {
    tx.one("SELECT * FROM call_backs WHERE visit_id = $1", &vals![visit]).await
}

/// Those that nobody settled and that still have a telephone, the earliest day first.
///
/// # Errors
/// When the database fails.
pub async fn open(tx: &mut Tx<'_>, at_most: i64) -> Result<Vec<CallBackRow>, Fault> {
    const OPEN: &str = "
        SELECT   * FROM call_backs
        WHERE    state = 'open' AND phone IS NOT NULL
        ORDER BY day, id LIMIT $1";
    tx.all(OPEN, &vals![at_most]).await
}

/// Those of a centre's days, from one to another.
///
/// # Errors
/// When the database fails.
pub async fn of_days(
    tx: &mut Tx<'_>,
    centre: CentreId,
    (from, until): (&str, &str),
) -> Result<Vec<CallBackRow>, Fault> {
    const OF_DAYS: &str = "
        SELECT   * FROM call_backs
        WHERE    centre_id = $1 AND day >= $2 AND day <= $3
        ORDER BY day, id";
    tx.all(OF_DAYS, &vals![centre, from, until]).await
}

/// Whether somebody was drawn from a day.
///
/// # Errors
/// When the database fails.
pub async fn is_drawn(tx: &mut Tx<'_>, day: QueueDayId) -> Result<bool, Fault> {
    let row: Option<CallBackDrawRow> =
        tx.one("SELECT * FROM call_back_draws WHERE day_id = $1", &vals![day]).await?;
    Ok(row.is_some())
}

/// The visits of a centre's day that are over, left a telephone, and are not called back.
///
/// # Errors
/// When the database fails.
pub async fn reachable(tx: &mut Tx<'_>, centre: CentreId, day: &str) -> Result<Vec<VisitRow>, Fault> {
    const REACHABLE: &str = "
        SELECT   v.* FROM visits v
        WHERE    v.centre_id = $1 AND v.day = $2 AND v.phone IS NOT NULL AND v.ended_at IS NOT NULL
          AND    NOT EXISTS (SELECT 1 FROM call_backs c WHERE c.visit_id = v.id)
        ORDER BY v.id";
    tx.all(REACHABLE, &vals![centre, day]).await
}

/// Visits of a centre from before a day that still have a telephone, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn old_visits(
    tx: &mut Tx<'_>,
    centre: CentreId,
    before: &str,
    at_most: i64,
) -> Result<Vec<VisitRow>, Fault> {
    const OLD: &str = "
        SELECT   * FROM visits
        WHERE    centre_id = $1 AND day < $2 AND phone IS NOT NULL AND ended_at IS NOT NULL
        ORDER BY day, id LIMIT $3";
    tx.all(OLD, &vals![centre, before, at_most]).await
}

/// The same of those that are to be called back.
///
/// # Errors
/// When the database fails.
pub async fn old_call_backs(
    tx: &mut Tx<'_>,
    centre: CentreId,
    before: &str,
    at_most: i64,
) -> Result<Vec<CallBackRow>, Fault> {
    // Whoever was reached or not has no telephone any more.
    const OLD: &str = "
        SELECT   * FROM call_backs
        WHERE    centre_id = $1 AND day < $2 AND state = 'open' AND phone IS NOT NULL
        ORDER BY day, id LIMIT $3";
    tx.all(OLD, &vals![centre, before, at_most]).await
}
