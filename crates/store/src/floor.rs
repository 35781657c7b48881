//! The floor of a centre: calls for help, and what everybody who waits is told.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use diwan_domain::ids::{CentreId, OfficerId, QueueDayId, RowId};

record! {
    /// Somebody asks for help.
    pub struct HelpCallRow in "help_calls" {
        id: RowId,
        centre_id: CentreId,
        source_kind: String,
        source_id: RowId,
        label: String,
        kind: String,
        raised_at: i64,
        raised_by: Option<OfficerId>,
        taken_by: Option<OfficerId>,
        taken_at: Option<i64>,
        ended_at: Option<i64>,
        outcome: Option<String>,
        version: i64,
    }
}

record! {
    /// What everybody who waits is told on one day.
    pub struct WaitingNoticeRow in "waiting_notices" {
        id: RowId,
        centre_id: CentreId,
        day: String,
        line: Option<String>,
        reason: String,
        minutes: Option<i64>,
        told_by: OfficerId,
        told_at: i64,
        ended_by: Option<OfficerId>,
        ended_at: Option<i64>,
        version: i64,
    }
}

/// One call for help.
///
/// # Errors
/// When the database fails.
pub async fn help_call(tx: &mut Tx<'_>, id: RowId) -> Result<Option<HelpCallRow>, Fault> {
    tx.one("SELECT * FROM help_calls WHERE id = $1", &vals![id]).await
}

/// The calls for help of a centre that nobody ended, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn open_help(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<HelpCallRow>, Fault> {
    const OPEN: &str = "
        SELECT   * FROM help_calls
        WHERE    centre_id = $1 AND ended_at IS NULL
        ORDER BY raised_at, id LIMIT 100";
    tx.all(OPEN, &vals![centre]).await
}

/// The call for help from one source that nobody ended.
///
/// # Errors
/// When the database fails.
pub async fn open_help_from(tx: &mut Tx<'_>, source: RowId) -> Result<Option<HelpCallRow>, Fault> {
    const OPEN: &str = "
        SELECT   * FROM help_calls
        WHERE    source_id = $1 AND ended_at IS NULL
        ORDER BY raised_at LIMIT 1";
    tx.one(OPEN, &vals![source]).await
}

/// One notice.
///
/// # Errors
/// When the database fails.
pub async fn notice(tx: &mut Tx<'_>, id: RowId) -> Result<Option<WaitingNoticeRow>, Fault> {
    tx.one("SELECT * FROM waiting_notices WHERE id = $1", &vals![id]).await
}

/// What those who wait at a centre on a day are told and nobody took back, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn notices(tx: &mut Tx<'_>, centre: CentreId, day: &str) -> Result<Vec<WaitingNoticeRow>, Fault> {
    const STANDING: &str = "
        SELECT   * FROM waiting_notices
        WHERE    centre_id = $1 AND day = $2 AND ended_at IS NULL
        ORDER BY told_at DESC, id LIMIT 20";
    tx.all(STANDING, &vals![centre, day]).await
}

/// How many came into a line within one hour of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrivals {
    /// The line's letter.
    pub line: String,
    /// Whole hours since the instant that was asked from.
    pub hour: i64,
    /// How many of them without an appointment.
    pub walked: i64,
    /// How many with one.
    pub booked: i64,
}

/// How many came on a day, by line and by hours counted from an instant.
///
/// # Errors
/// When the database fails.
pub async fn arrivals(tx: &mut Tx<'_>, day: QueueDayId, from: i64) -> Result<Vec<Arrivals>, Fault> {
    const ARRIVALS: &str = "
        SELECT   line, (came_at - $2) / 3600000000 AS hour_of_day,
                 CAST(SUM(CASE WHEN class = 'booked' THEN 0 ELSE 1 END) AS BIGINT) AS walked,
                 CAST(SUM(CASE WHEN class = 'booked' THEN 1 ELSE 0 END) AS BIGINT) AS booked
        FROM     tickets
        WHERE    day_id = $1
        GROUP BY line, hour_of_day";
    let rows = tx.rows(ARRIVALS, &vals![day, from]).await?;
    rows.iter()
        .map(|row| {
            Ok(Arrivals {
                line: row.get("line")?,
                hour: row.get("hour_of_day")?,
                walked: row.get("walked")?,
                booked: row.get("booked")?,
            })
        })
        .collect()
}

/// How many visits of a day were served in each line, and how long they took together
/// from their call on, in microseconds.
///
/// # Errors
/// When the database fails.
pub async fn served(tx: &mut Tx<'_>, day: QueueDayId) -> Result<Vec<(String, i64, i64)>, Fault> {
    const SERVED: &str = "
        SELECT   line, COUNT(*) AS n, CAST(SUM(ended_at - called_at) AS BIGINT) AS took
        FROM     spells
        WHERE    day_id = $1 AND outcome = 'done'
        GROUP BY line";
    let rows = tx.rows(SERVED, &vals![day]).await?;
    rows.iter().map(|row| Ok((row.get("line")?, row.get("n")?, row.get("took")?))).collect()
}
