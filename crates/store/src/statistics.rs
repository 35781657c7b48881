//! Vital statistics: the entries that are counted, what was counted, and what was
//! expected.

use crate::civil::EntryRow;
use crate::db::Db;
use crate::fault::Fault;
use crate::record;
use crate::record::Record as _;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{EntryId, EventId, RowId};
use std::collections::BTreeMap;

record! {
    /// How many events of a kind a year is expected to have in a place.
    pub struct ExpectedRow in "expected_events" only added {
        id: RowId,
        kind: String,
        year: i64,
        /// A governorate's code; empty for the whole country.
        place: String,
        number: i64,
        source: String,
        set_at: i64,
    }
}

/// A part that someone has in an event, as statistics look at it.
#[derive(Clone, Debug)]
pub struct Part {
    /// As what.
    pub role: String,
    /// Their sex.
    pub sex: String,
    /// When they were born.
    pub born_on: Option<String>,
}

/// An entry that stands, with its event.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The entry.
    pub entry: EntryRow,
    /// When it happened.
    pub happened_on: Option<String>,
    /// What the event tells.
    pub details: Json,
    /// Who has a part in it.
    pub parts: Vec<Part>,
}

/// The next entries after one, by identifier, of those that stand and count, and the
/// last entry that was looked at; `None` at the end.
///
/// # Errors
/// When the database fails.
pub async fn entries_after(
    tx: &mut Tx<'_>,
    after: EntryId,
    at_most: i64,
) -> Result<Option<(EntryId, Vec<Counted>)>, Fault> {
    const PAGE: &str = "SELECT id FROM register_entries WHERE id > $1 ORDER BY id LIMIT $2";
    const ENTRIES: &str = "
        SELECT   e.*, v.happened_on, v.details
        FROM     register_entries e JOIN events v ON v.id = e.event_id
        WHERE    e.id > $1 AND e.id <= $2 AND (e.standing IS NULL OR e.standing <> 'revoked')
          AND    NOT EXISTS (SELECT 1 FROM register_entries later WHERE later.supersedes = e.id)
        ORDER BY e.id";
    const PARTS: &str = "
        SELECT   r.event_id, r.role, p.sex, p.born_on
        FROM     register_entries e JOIN event_roles r ON r.event_id = e.event_id
        JOIN     persons p ON p.id = r.person_id
        WHERE    e.id > $1 AND e.id <= $2";
    let Some(last) = tx.rows(PAGE, &vals![after, at_most]).await?.pop() else { return Ok(None) };
    let last: EntryId = last.get("id")?;
    let mut parts: BTreeMap<EventId, Vec<Part>> = BTreeMap::new();
    for row in tx.rows(PARTS, &vals![after, last]).await? {
        let part = Part { role: row.get("role")?, sex: row.get("sex")?, born_on: row.get("born_on")? };
        parts.entry(row.get("event_id")?).or_default().push(part);
    }
    let mut counted = Vec::new();
    for row in tx.rows(ENTRIES, &vals![after, last]).await? {
        let entry = EntryRow::from_row(&row)?;
        let parts = parts.get(&entry.event_id).cloned().unwrap_or_default();
        counted.push(Counted {
            happened_on: row.get("happened_on")?,
            details: row.get("details")?,
            entry,
            parts,
        });
    }
    Ok(Some((last, counted)))
}

/// Puts what was counted of a year in the place of what was counted before.
///
/// # Errors
/// When the database fails.
pub async fn keep(db: &Db, year: i64, cells: &str, counted_at: i64) -> Result<(), Fault> {
    const KEEP: &str = "
        INSERT INTO vital_figures (year, cells, counted_at) VALUES ($1, $2, $3)
        ON CONFLICT (year) DO UPDATE SET cells = $2, counted_at = $3";
    db.side(KEEP, &vals![year, cells, counted_at]).await.map(|_| ())
}

/// Forgets years of which a later count found nothing.
///
/// # Errors
/// When the database fails.
pub async fn forget_older(db: &Db, than: i64) -> Result<(), Fault> {
    db.side("DELETE FROM vital_figures WHERE counted_at < $1", &vals![than]).await.map(|_| ())
}

/// What was counted of a year, and when.
///
/// # Errors
/// When the database fails.
pub async fn figures(tx: &mut Tx<'_>, year: i64) -> Result<Option<(String, i64)>, Fault> {
    let row = tx.row("SELECT cells, counted_at FROM vital_figures WHERE year = $1", &vals![year]).await?;
    row.map(|row| Ok((row.get("cells")?, row.get("counted_at")?))).transpose()
}

/// The years of which something was counted, the newest first; 0 for events of
/// which nobody knows the year.
///
/// # Errors
/// When the database fails.
pub async fn years(tx: &mut Tx<'_>) -> Result<Vec<i64>, Fault> {
    let years = "SELECT year FROM vital_figures ORDER BY year DESC";
    tx.rows(years, &[]).await?.iter().map(|row| row.get("year")).collect()
}

/// When the last count began, in microseconds; `None` before the first.
///
/// # Errors
/// When the database fails.
pub async fn counted_at(tx: &mut Tx<'_>) -> Result<Option<i64>, Fault> {
    let newest = "SELECT MAX(counted_at) AS at FROM vital_figures";
    tx.row(newest, &[]).await?.map_or(Ok(None), |row| row.get("at"))
}

/// What is expected of a year, the newest estimate of each kind and place.
///
/// # Errors
/// When the database fails.
pub async fn expected(tx: &mut Tx<'_>, year: i64) -> Result<Vec<ExpectedRow>, Fault> {
    const EXPECTED: &str = "
        SELECT   * FROM expected_events x WHERE x.year = $1
          AND    NOT EXISTS (SELECT 1 FROM expected_events later
                             WHERE later.year = x.year AND later.kind = x.kind AND later.place = x.place
                               AND (later.set_at > x.set_at OR (later.set_at = x.set_at AND later.id > x.id)))
        ORDER BY x.kind, x.place";
    tx.all(EXPECTED, &vals![year]).await
}
