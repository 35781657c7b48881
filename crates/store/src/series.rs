//! Where the numbers that people read come from.

use crate::fault::{Fault, Stop};
use crate::record;
use crate::record::Record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Val;
use diwan_domain::ids::{RowId, SeriesId};

record! {
    /// A source of numbers with one owner.
    pub struct SeriesRow in "series" {
        id: SeriesId,
        owner: String,
        purpose: String,
        prefix: String,
        last: i64,
        version: i64,
    }
}

record! {
    /// That the database went back to an older state.
    pub struct GoingBackRow in "goings_back" only added {
        id: RowId,
        published: i64,
        stored: i64,
        left_out: i64,
        at: i64,
    }
}

record! {
    /// Numbers that a series does not give, though none of them was drawn from it here.
    pub struct LeftOutRow in "numbers_left_out" only added {
        id: RowId,
        series_id: SeriesId,
        first: i64,
        last: i64,
    }
}

const OF: &str = "SELECT * FROM series WHERE owner = $1 AND purpose = $2";

/// Whether an owner drew from a series before.
///
/// # Errors
/// When the database fails.
pub async fn is_begun(tx: &mut Tx<'_>, owner: &str, purpose: &str) -> Result<bool, Fault> {
    Ok(tx.row(OF, &vals![owner, purpose]).await?.is_some())
}

/// Every series that an office owns, by prefix.
///
/// # Errors
/// When the database fails.
pub async fn of_offices(tx: &mut Tx<'_>) -> Result<Vec<SeriesRow>, Fault> {
    tx.all("SELECT * FROM series WHERE owner LIKE 'office/%' ORDER BY prefix", &[]).await
}

/// Every series, by prefix.
///
/// # Errors
/// When the database fails.
pub async fn all(tx: &mut Tx<'_>) -> Result<Vec<SeriesRow>, Fault> {
    tx.all("SELECT * FROM series ORDER BY prefix", &[]).await
}

/// The numbers that series left out, by series and from the first on.
///
/// # Errors
/// When the database fails.
pub async fn left_out(tx: &mut Tx<'_>) -> Result<Vec<LeftOutRow>, Fault> {
    tx.all("SELECT * FROM numbers_left_out ORDER BY series_id, first", &[]).await
}

/// How many series for a purpose have owners whose names begin so and go on after a stroke. A
/// range of the index: were all series read, whoever draws from any would meet whoever begins one.
///
/// # Errors
/// When the database fails.
pub async fn begun(tx: &mut Tx<'_>, owners: &str, purpose: &str) -> Result<i64, Fault> {
    const BEGUN: &str = "SELECT COUNT(*) AS n FROM series WHERE owner >= $1 AND owner < $2 AND purpose = $3";
    let owners = owners.trim_end_matches('/');
    // What comes after a stroke is a zero.
    tx.count(BEGUN, &vals![format!("{owners}/"), format!("{owners}0"), purpose]).await
}

/// Draws the next number of an owner's series, which begins when it is first
/// drawn from. No two counters share a row, and no two series a prefix: where
/// one would read like another's (office `ERB` and its series `1`, office
/// `ERB1`), a letter is put behind.
///
/// # Errors
/// When the database fails or someone else drew at the same moment.
pub async fn next(
    tx: &mut Tx<'_>,
    owner: &str,
    purpose: &str,
    prefix: &str,
    fresh: SeriesId,
) -> Result<SeriesRow, Stop> {
    let of = vals![owner, purpose];
    if let Some(row) = tx.row(OF, &of).await? {
        let mut series = SeriesRow::from_row(&row)?;
        series.last += 1;
        tx.edit(&mut series).await?;
        // The next to draw need not wait until this one is written.
        let next = row.with("last", Val::Int(series.last)).with("version", Val::Int(series.version));
        tx.foretell(OF, &of, next);
        return Ok(series);
    }
    let left_out = if is_of_a_unit(owner) { 0 } else { left_out_at_first(tx).await? };
    let series = SeriesRow {
        id: fresh,
        owner: owner.to_owned(),
        purpose: purpose.to_owned(),
        prefix: free(tx, prefix).await?,
        last: left_out + 1,
        version: 1,
    };
    tx.add(&series).await?;
    if left_out > 0 {
        // It may have been begun before, and be forgotten since.
        tx.add(&LeftOutRow { id: RowId(fresh.0), series_id: fresh, first: 1, last: left_out }).await?;
    }
    Ok(series)
}

/// Whether a series is a mobile unit's: its database did not go back with this one, and what
/// it draws on the way is drawn here again when it comes home.
#[must_use]
pub fn is_of_a_unit(owner: &str) -> bool {
    owner.contains("/unit/")
}

/// How many numbers a series leaves out that is begun now.
async fn left_out_at_first(tx: &mut Tx<'_>) -> Result<i64, Fault> {
    tx.count("SELECT CAST(COALESCE(SUM(left_out), 0) AS BIGINT) AS n FROM goings_back", &[]).await
}

/// The prefix, or the first that begins with it and that no series has.
async fn free(tx: &mut Tx<'_>, prefix: &str) -> Result<String, Stop> {
    const TAKEN: &str = "SELECT COUNT(*) AS n FROM series WHERE prefix = $1";
    let mut free = prefix.to_owned();
    while tx.count(TAKEN, &vals![free]).await? > 0 {
        free.push('X');
    }
    Ok(free)
}
