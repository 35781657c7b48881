//! Who is planned at which counter of a centre, the same every week.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use diwan_domain::ids::{CentreId, CounterId, OfficerId, RowId};

record! {
    /// An officer's hours at a counter.
    pub struct DutyRow in "duties" {
        id: RowId,
        centre_id: CentreId,
        counter_id: CounterId,
        officer_id: OfficerId,
        weekday: i64,
        opens: i64,
        closes: i64,
        rest_from: Option<i64>,
        rest_until: Option<i64>,
        planned_by: OfficerId,
        planned_at: i64,
        ended_at: Option<i64>,
        version: i64,
    }
}

/// The hours that are planned at a centre.
///
/// # Errors
/// When the database fails.
pub async fn of_centre(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<DutyRow>, Fault> {
    const PLANNED: &str = "
        SELECT   * FROM duties
        WHERE    centre_id = $1 AND ended_at IS NULL
        ORDER BY weekday, opens, id LIMIT 2000";
    tx.all(PLANNED, &vals![centre]).await
}

/// One of them.
///
/// # Errors
/// When the database fails.
pub async fn duty(tx: &mut Tx<'_>, id: RowId) -> Result<Option<DutyRow>, Fault> {
    tx.one("SELECT * FROM duties WHERE id = $1", &vals![id]).await
}
