//! Where services are given: areas, offices, centres, counters, holidays.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::{Json, Row};
use diwan_domain::ids::{AreaId, CentreId, CounterId, OfficeId, RowId};

record! {
    /// A governorate, district or subdistrict, with the time it existed.
    pub struct AreaRow in "areas" {
        id: AreaId,
        code: String,
        kind: String,
        parent_id: Option<AreaId>,
        names: Json,
        valid_from: Option<String>,
        valid_until: Option<String>,
        version: i64,
    }
}

record! {
    /// A directorate or department that issues papers.
    pub struct OfficeRow in "offices" {
        id: OfficeId,
        code: String,
        ministry: String,
        names: Json,
        area_id: Option<AreaId>,
        key_id: Option<String>,
        ended_at: Option<i64>,
        version: i64,
    }
}

record! {
    /// A public service centre or mobile unit.
    pub struct CentreRow in "centres" {
        id: CentreId,
        code: String,
        names: Json,
        address: String,
        area_id: Option<AreaId>,
        hours: Json,
        utc_offset_minutes: i64,
        closed_at: Option<i64>,
        version: i64,
    }
}

record! {
    /// A day off: everywhere, in one area, or in one centre.
    pub struct HolidayRow in "holidays" {
        id: RowId,
        day: String,
        centre_id: Option<CentreId>,
        area_id: Option<AreaId>,
        names: Json,
        withdrawn_at: Option<i64>,
        version: i64,
    }
}

record! {
    /// A counter in a centre.
    pub struct CounterRow in "counters" {
        id: CounterId,
        centre_id: CentreId,
        label: String,
        abilities: Json,
        closed_at: Option<i64>,
        version: i64,
    }
}

/// Every area, largest first.
///
/// # Errors
/// When the database fails.
pub async fn areas(tx: &mut Tx<'_>) -> Result<Vec<AreaRow>, Fault> {
    tx.all("SELECT * FROM areas ORDER BY code", &[]).await
}

/// One area.
///
/// # Errors
/// When the database fails.
pub async fn area(tx: &mut Tx<'_>, id: AreaId) -> Result<Option<AreaRow>, Fault> {
    tx.one("SELECT * FROM areas WHERE id = $1", &vals![id]).await
}

/// The area that bears a code now.
///
/// # Errors
/// When the database fails.
pub async fn area_coded(tx: &mut Tx<'_>, code: &str) -> Result<Option<AreaRow>, Fault> {
    const CODED: &str = "
        SELECT * FROM areas WHERE code = $1 ORDER BY CASE WHEN valid_until IS NULL THEN 0 ELSE 1 END, id LIMIT 1";
    tx.one(CODED, &vals![code]).await
}

/// Every office that has not ended.
///
/// # Errors
/// When the database fails.
pub async fn offices(tx: &mut Tx<'_>) -> Result<Vec<OfficeRow>, Fault> {
    tx.all("SELECT * FROM offices WHERE ended_at IS NULL ORDER BY code", &[]).await
}

/// One office.
///
/// # Errors
/// When the database fails.
pub async fn office(tx: &mut Tx<'_>, id: OfficeId) -> Result<Option<OfficeRow>, Fault> {
    tx.one("SELECT * FROM offices WHERE id = $1", &vals![id]).await
}

/// The office that answers for an area: its own, or the first of the ministry.
///
/// # Errors
/// When the database fails.
pub async fn office_for(
    tx: &mut Tx<'_>,
    ministry: &str,
    area: Option<AreaId>,
) -> Result<Option<OfficeRow>, Fault> {
    const FOR_AREA: &str = "
        SELECT * FROM offices WHERE ministry = $1 AND area_id = $2 AND ended_at IS NULL ORDER BY code LIMIT 1";
    const ANY: &str = "SELECT * FROM offices WHERE ministry = $1 AND ended_at IS NULL ORDER BY code LIMIT 1";
    let mut within = area;
    // A subdistrict lies in a district, which lies in a governorate.
    for _ in 0..4 {
        let Some(id) = within else { break };
        if let Some(office) = tx.one(FOR_AREA, &vals![ministry, id]).await? {
            return Ok(Some(office));
        }
        within = self::area(tx, id).await?.and_then(|area| area.parent_id);
    }
    tx.one(ANY, &vals![ministry]).await
}

/// Every centre, the closed ones too when asked.
///
/// # Errors
/// When the database fails.
pub async fn centres(tx: &mut Tx<'_>) -> Result<Vec<CentreRow>, Fault> {
    tx.all("SELECT * FROM centres WHERE closed_at IS NULL ORDER BY code", &[]).await
}

/// Where a centre is, without what opens and closes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its code, as addresses have it.
    pub code: String,
    /// Its name by language, a JSON object as it is stored: a page of many places shows
    /// one name of each.
    pub names: String,
    /// Its address, as people write it.
    pub address: String,
}

/// Where every open centre is, in the order of their codes.
///
/// # Errors
/// When the database fails.
pub async fn places(tx: &mut Tx<'_>) -> Result<Vec<Place>, Fault> {
    const PLACES: &str = "SELECT code, names, address FROM centres WHERE closed_at IS NULL ORDER BY code";
    let rows = tx.rows(PLACES, &[]).await?;
    rows.into_iter()
        .map(|mut row| {
            let (code, names) = (row.take_text("code")?, row.take_text("names")?);
            Ok(Place { code, names, address: row.take_text("address")? })
        })
        .collect()
}

/// One centre.
///
/// # Errors
/// When the database fails.
pub async fn centre(tx: &mut Tx<'_>, id: CentreId) -> Result<Option<CentreRow>, Fault> {
    tx.one("SELECT * FROM centres WHERE id = $1", &vals![id]).await
}

/// One counter.
///
/// # Errors
/// When the database fails.
pub async fn counter(tx: &mut Tx<'_>, id: CounterId) -> Result<Option<CounterRow>, Fault> {
    tx.one("SELECT * FROM counters WHERE id = $1", &vals![id]).await
}

/// The counters of a centre.
///
/// # Errors
/// When the database fails.
pub async fn counters(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<CounterRow>, Fault> {
    tx.all("SELECT * FROM counters WHERE centre_id = $1 AND closed_at IS NULL ORDER BY label", &vals![centre])
        .await
}

/// The holidays that hold for a centre: everywhere, in its area, or its own.
///
/// # Errors
/// When the database fails.
pub async fn holidays(tx: &mut Tx<'_>, centre: Option<&CentreRow>) -> Result<Vec<HolidayRow>, Fault> {
    const HOLD: &str = "
        SELECT   * FROM holidays
        WHERE    withdrawn_at IS NULL
          AND    (centre_id IS NULL OR centre_id = $1) AND (area_id IS NULL OR area_id = $2)
        ORDER BY day";
    tx.all(HOLD, &vals![centre.map(|c| c.id), centre.and_then(|c| c.area_id)]).await
}

/// Every holiday, for administrators.
///
/// # Errors
/// When the database fails.
pub async fn all_holidays(tx: &mut Tx<'_>) -> Result<Vec<HolidayRow>, Fault> {
    tx.all("SELECT * FROM holidays WHERE withdrawn_at IS NULL ORDER BY day", &[]).await
}

/// One holiday.
///
/// # Errors
/// When the database fails.
pub async fn holiday(tx: &mut Tx<'_>, id: RowId) -> Result<Option<HolidayRow>, Fault> {
    tx.one("SELECT * FROM holidays WHERE id = $1", &vals![id]).await
}

impl HolidayRow {
    /// When it was entered, microseconds since 1970 UTC, to the millisecond: an identifier
    /// says when its row was made.
    #[must_use]
    pub fn entered_at(&self) -> i64 {
        let mut millis = [0; 8];
        millis[2..].copy_from_slice(&self.id.bytes()[..6]);
        i64::from_be_bytes(millis) * 1_000
    }
}

/// What a day off leaves open in one centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOpen {
    /// In which.
    pub centre: CentreId,
    /// How many.
    pub count: i64,
    /// When the first appointment of them begins; `None` of places in waiting lists.
    pub first: Option<i64>,
}

/// The open appointments of a day off, by centre; the day begins and ends within a time, as
/// a clock in each of them shows it.
///
/// # Errors
/// When the database fails.
pub async fn appointments_on(
    tx: &mut Tx<'_>,
    holiday: RowId,
    (from, until): (i64, i64),
) -> Result<Vec<LeftOpen>, Fault> {
    // No clock is further from UTC than a day: the bounds of `starts_at` serve its index.
    const OPEN: &str = "
        SELECT   a.centre_id, COUNT(*) AS n, MIN(a.starts_at) AS first_at
        FROM     holidays h
        JOIN     centres c ON (h.centre_id IS NULL OR h.centre_id = c.id)
                          AND (h.area_id IS NULL OR h.area_id = c.area_id)
        JOIN     appointments a ON a.centre_id = c.id
        WHERE    h.id = $1 AND a.standing = 'open'
          AND    a.starts_at >= $2 - 86400000000 AND a.starts_at < $3 + 86400000000
          AND    a.starts_at + c.utc_offset_minutes * 60000000 >= $2
          AND    a.starts_at + c.utc_offset_minutes * 60000000 < $3
        GROUP BY a.centre_id ORDER BY a.centre_id";
    let rows = tx.rows(OPEN, &vals![holiday, from, until]).await?;
    let left = |row: &Row| {
        Ok(LeftOpen {
            centre: row.get("centre_id")?,
            count: row.get("n")?,
            first: Some(row.get("first_at")?),
        })
    };
    rows.iter().map(left).collect()
}

/// Who waits for a place on a day off, by centre.
///
/// # Errors
/// When the database fails.
pub async fn waiting_on(tx: &mut Tx<'_>, holiday: RowId) -> Result<Vec<LeftOpen>, Fault> {
    const WAITING: &str = "
        SELECT   w.centre_id, COUNT(*) AS n
        FROM     holidays h
        JOIN     centres c ON (h.centre_id IS NULL OR h.centre_id = c.id)
                          AND (h.area_id IS NULL OR h.area_id = c.area_id)
        JOIN     waiting_places w ON w.centre_id = c.id AND w.day = h.day
        WHERE    h.id = $1 AND w.standing IN ('waiting', 'offered')
        GROUP BY w.centre_id ORDER BY w.centre_id";
    let rows = tx.rows(WAITING, &vals![holiday]).await?;
    let left = |row: &Row| Ok(LeftOpen { centre: row.get("centre_id")?, count: row.get("n")?, first: None });
    rows.iter().map(left).collect()
}

/// The holidays that were known at an instant, microseconds since 1970 UTC: what was
/// announced or withdrawn later is left out.
///
/// # Errors
/// When the database fails.
pub async fn holidays_known(
    tx: &mut Tx<'_>,
    centre: Option<&CentreRow>,
    at: i64,
) -> Result<Vec<HolidayRow>, Fault> {
    const HOLD: &str = "
        SELECT   * FROM holidays
        WHERE    (withdrawn_at IS NULL OR withdrawn_at > $3)
          AND    (centre_id IS NULL OR centre_id = $1) AND (area_id IS NULL OR area_id = $2)
        ORDER BY day";
    let rows: Vec<HolidayRow> =
        tx.all(HOLD, &vals![centre.map(|c| c.id), centre.and_then(|c| c.area_id), at]).await?;
    Ok(rows.into_iter().filter(|row| row.entered_at() / 1_000 <= at / 1_000).collect())
}
