//! Appointments that are released by draw, and lists of those who wait for a place.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{AccountId, AppointmentId, CentreId, RowId};

record! {
    /// Slots of some days that are given by draw.
    pub struct ReleaseRow in "releases" {
        id: RowId,
        centre_id: CentreId,
        key: String,
        line: String,
        from_day: String,
        until_day: String,
        opens_at: i64,
        closes_at: i64,
        draws_at: i64,
        seed: String,
        commitment: String,
        opened_at: i64,
        drawn_at: Option<i64>,
        placed: i64,
        done_at: Option<i64>,
        version: i64,
    }
}

record! {
    /// Somebody who entered for a draw.
    pub struct ReleaseEntryRow in "release_entries" {
        id: RowId,
        release_id: RowId,
        entry: String,
        chance: String,
        code: String,
        identity: String,
        phone: String,
        account_id: Option<AccountId>,
        language: String,
        wish: Json,
        entered_at: i64,
        place: Option<i64>,
        appointment_id: Option<AppointmentId>,
        version: i64,
    }
}

record! {
    /// What is published of a draw.
    pub struct ReleaseDrawRow in "release_draws" only added {
        id: RowId,
        release_id: RowId,
        tree_size: i64,
        body: Json,
    }
}

record! {
    /// Somebody who waits for a place on a day that is full.
    pub struct WaitingPlaceRow in "waiting_places" {
        id: RowId,
        centre_id: CentreId,
        line: String,
        day: String,
        who: String,
        identity: String,
        phone: String,
        account_id: Option<AccountId>,
        language: String,
        code: String,
        standing: String,
        joined_at: i64,
        slot_at: Option<i64>,
        held_until: Option<i64>,
        appointment_id: Option<AppointmentId>,
        version: i64,
    }
}

/// One release.
///
/// # Errors
/// When the database fails.
pub async fn release(tx: &mut Tx<'_>, id: RowId) -> Result<Option<ReleaseRow>, Fault> {
    tx.one("SELECT * FROM releases WHERE id = $1", &vals![id]).await
}

/// The releases of a centre that were opened, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_centre(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<ReleaseRow>, Fault> {
    const OF_CENTRE: &str = "
        SELECT * FROM releases WHERE centre_id = $1 ORDER BY opens_at DESC, id LIMIT 100";
    tx.all(OF_CENTRE, &vals![centre]).await
}

/// The release of a centre with a name.
///
/// # Errors
/// When the database fails.
pub async fn named(tx: &mut Tx<'_>, centre: CentreId, key: &str) -> Result<Option<ReleaseRow>, Fault> {
    tx.one("SELECT * FROM releases WHERE centre_id = $1 AND key = $2", &vals![centre, key]).await
}

/// The releases that should be drawn by now, or whose order has not been given its times.
///
/// # Errors
/// When the database fails.
pub async fn due(tx: &mut Tx<'_>, now: i64) -> Result<Vec<ReleaseRow>, Fault> {
    const DUE: &str = "
        SELECT   * FROM releases
        WHERE    done_at IS NULL AND draws_at <= $1
        ORDER BY draws_at, id LIMIT 20";
    tx.all(DUE, &vals![now]).await
}

/// The entry that a code opens.
///
/// # Errors
/// When the database fails.
pub async fn entry_coded(tx: &mut Tx<'_>, code: &str) -> Result<Option<ReleaseEntryRow>, Fault> {
    tx.one("SELECT * FROM release_entries WHERE code = $1", &vals![code]).await
}

/// The entry with a hash.
///
/// # Errors
/// When the database fails.
pub async fn entry(tx: &mut Tx<'_>, entry: &str) -> Result<Option<ReleaseEntryRow>, Fault> {
    tx.one("SELECT * FROM release_entries WHERE entry = $1", &vals![entry]).await
}

/// The entry of somebody or, if they left one, of their telephone.
///
/// # Errors
/// When the database fails.
pub async fn entry_by(
    tx: &mut Tx<'_>,
    release: RowId,
    (identity, phone): (&str, &str),
) -> Result<Option<ReleaseEntryRow>, Fault> {
    const OF_IDENTITY: &str = "SELECT * FROM release_entries WHERE release_id = $1 AND identity = $2";
    const OF_PHONE: &str = "
        SELECT * FROM release_entries WHERE phone = $1 AND release_id = $2 ORDER BY entered_at LIMIT 1";
    if let Some(row) = tx.one(OF_IDENTITY, &vals![release, identity]).await? {
        return Ok(Some(row));
    }
    if phone.is_empty() {
        return Ok(None);
    }
    tx.one(OF_PHONE, &vals![phone, release]).await
}

/// How many entered.
///
/// # Errors
/// When the database fails.
pub async fn entered(tx: &mut Tx<'_>, release: RowId) -> Result<i64, Fault> {
    tx.count("SELECT COUNT(*) AS n FROM release_entries WHERE release_id = $1", &vals![release]).await
}

/// What was drawn.
///
/// # Errors
/// When the database fails.
pub async fn draw_of(tx: &mut Tx<'_>, release: RowId) -> Result<Option<ReleaseDrawRow>, Fault> {
    tx.one("SELECT * FROM release_draws WHERE release_id = $1", &vals![release]).await
}

/// The place in a list that a code opens.
///
/// # Errors
/// When the database fails.
pub async fn waiting_coded(tx: &mut Tx<'_>, code: &str) -> Result<Option<WaitingPlaceRow>, Fault> {
    tx.one("SELECT * FROM waiting_places WHERE code = $1", &vals![code]).await
}

/// One place in a list.
///
/// # Errors
/// When the database fails.
pub async fn waiting_place(tx: &mut Tx<'_>, id: RowId) -> Result<Option<WaitingPlaceRow>, Fault> {
    tx.one("SELECT * FROM waiting_places WHERE id = $1", &vals![id]).await
}

/// The list of a line and day, whoever came first first: those who wait or to whom a
/// place is offered.
///
/// # Errors
/// When the database fails.
pub async fn waiting_for(
    tx: &mut Tx<'_>,
    centre: CentreId,
    line: &str,
    day: &str,
) -> Result<Vec<WaitingPlaceRow>, Fault> {
    const LIST: &str = "
        SELECT   * FROM waiting_places
        WHERE    centre_id = $1 AND line = $2 AND day = $3 AND standing IN ('waiting', 'offered')
        ORDER BY joined_at, id";
    tx.all(LIST, &vals![centre, line, day]).await
}

/// The places that are held for somebody, of the slots of a line within a time.
///
/// # Errors
/// When the database fails.
pub async fn held(
    tx: &mut Tx<'_>,
    centre: CentreId,
    line: &str,
    (from, until): (i64, i64),
) -> Result<Vec<WaitingPlaceRow>, Fault> {
    const HELD: &str = "
        SELECT   * FROM waiting_places
        WHERE    centre_id = $1 AND line = $2 AND slot_at >= $3 AND slot_at < $4 AND standing = 'offered'
        ORDER BY slot_at, id";
    tx.all(HELD, &vals![centre, line, from, until]).await
}

/// The places in lists of somebody or of their telephone, open ones only.
///
/// # Errors
/// When the database fails.
pub async fn waiting_by(
    tx: &mut Tx<'_>,
    (identity, phone): (&str, &str),
) -> Result<Vec<WaitingPlaceRow>, Fault> {
    const OF_IDENTITY: &str = "
        SELECT   * FROM waiting_places
        WHERE    identity = $1 AND standing IN ('waiting', 'offered') ORDER BY id LIMIT 50";
    const OF_PHONE: &str = "
        SELECT   * FROM waiting_places
        WHERE    phone = $1 AND standing IN ('waiting', 'offered') ORDER BY id LIMIT 50";
    let mut found: Vec<WaitingPlaceRow> = tx.all(OF_IDENTITY, &vals![identity]).await?;
    if !phone.is_empty() {
        let of_phone: Vec<WaitingPlaceRow> = tx.all(OF_PHONE, &vals![phone]).await?;
        found.extend(of_phone);
    }
    found.sort_by_key(|row| row.id);
    found.dedup_by_key(|row| row.id);
    Ok(found)
}

/// Everybody who waits or to whom a place is offered, by day: of those the office offers
/// places and ends offers.
///
/// # Errors
/// When the database fails.
pub async fn lists(tx: &mut Tx<'_>, at_most: i64) -> Result<Vec<WaitingPlaceRow>, Fault> {
    const LISTS: &str = "
        SELECT   * FROM waiting_places
        WHERE    standing IN ('waiting', 'offered')
        ORDER BY day, joined_at, id LIMIT $1";
    tx.all(LISTS, &vals![at_most]).await
}
