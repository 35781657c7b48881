//! Of whom which address was said: derived from entries, so that those of whom one is
//! said are found without reading every entry.

use crate::civil::EntryRow;
use crate::db::Db;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::vals;
use diwan_domain::ids::{EntryId, PersonId};

/// An address without its spelling, in its area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    /// The area, by its code.
    pub area: String,
    /// The address, folded.
    pub address: String,
}

/// Notes that an entry says an address of somebody.
///
/// # Errors
/// When the database fails.
pub async fn note(tx: &mut Tx<'_>, said: &Folded, person: PersonId, entry: EntryId) -> Result<(), Fault> {
    const NOTE: &str = "
        INSERT INTO said_addresses (area, folded, person_id, entry_id) VALUES ($1, $2, $3, $4)
        ON CONFLICT (area, folded, person_id, entry_id) DO NOTHING";
    tx.side(NOTE, &vals![said.area, said.address, person, entry]).await
}

/// Of whom an address was ever said, each once, as they count now.
///
/// # Errors
/// When the database fails.
pub async fn said_of(tx: &mut Tx<'_>, said: &Folded, at_most: i64) -> Result<Vec<PersonId>, Fault> {
    const SAID: &str = "
        SELECT   DISTINCT COALESCE((SELECT kept_id FROM merged_people WHERE gone_id = person_id), person_id) AS person
        FROM     said_addresses
        WHERE    area = $1 AND folded = $2
        ORDER BY person LIMIT $3";
    let rows = tx.rows(SAID, &vals![said.area, said.address, at_most]).await?;
    rows.iter().map(|row| row.get("person")).collect()
}

/// The next entries, by identifier, of those that say something in fields.
///
/// # Errors
/// When the database fails.
pub async fn entries_after(tx: &mut Tx<'_>, after: EntryId, at_most: i64) -> Result<Vec<EntryRow>, Fault> {
    const NEXT: &str = "
        SELECT * FROM register_entries WHERE id > $1 AND content IS NOT NULL ORDER BY id LIMIT $2";
    tx.all(NEXT, &vals![after, at_most]).await
}

/// Marks that every entry is noted.
///
/// # Errors
/// When the database fails.
pub async fn finish(db: &Db) -> Result<(), Fault> {
    const DONE: &str = "
        INSERT INTO marks (name, value) VALUES ('addresses-noted', 'done')
        ON CONFLICT (name) DO UPDATE SET value = 'done'";
    db.side(DONE, &[]).await.map(drop)
}

/// How far noting what older entries say has come.
///
/// # Errors
/// When the database fails.
pub async fn mark(tx: &mut Tx<'_>) -> Result<Option<String>, Fault> {
    const MARK: &str = "SELECT value FROM marks WHERE name = 'addresses-noted'";
    tx.row(MARK, &[]).await?.map(|row| row.get("value")).transpose()
}

/// Sets that mark.
///
/// # Errors
/// When the database fails.
pub async fn set_mark(tx: &mut Tx<'_>, value: &str) -> Result<(), Fault> {
    const SET: &str = "
        INSERT INTO marks (name, value) VALUES ('addresses-noted', $1)
        ON CONFLICT (name) DO UPDATE SET value = $1";
    tx.side(SET, &vals![value]).await
}
