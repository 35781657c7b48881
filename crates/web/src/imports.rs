//! Register entries from a file, for the page and for programs.

use crate::app::App;
use diwan_domain::ids::OfficeId;
use diwan_office::civil::{self, CsvBirth};
use diwan_office::{Stop, Who};
use std::collections::BTreeMap;

/// How many rows one act brings in.
const AT_ONCE: usize = 100;

/// Brings rows in, a hundred an act, and says how many entries came. The same
/// key brings them in once, also when it broke off.
///
/// # Errors
/// A row that does not fit; not permitted; or the store fails.
pub async fn bring_in(
    app: &App,
    who: &Who,
    key: &str,
    source: &str,
    office: OfficeId,
    rows: &[CsvBirth],
) -> Result<usize, Stop> {
    let (mut known, mut count) = (BTreeMap::new(), 0);
    for (n, part) in rows.chunks(AT_ONCE).enumerate() {
        let act = {
            let mut reading = app.office.db.reading().await?;
            civil::import_of(&mut reading.tx(), source, office, part, &mut known).await?
        };
        count += app.office.perform(who, &format!("{key}/{n}"), act).await?;
    }
    Ok(count)
}
