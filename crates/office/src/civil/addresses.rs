//! Of whom which address was said, noted beside entries: with every entry that says one,
//! and once for all that were written before addresses were noted.

use super::looking::entry_content;
use crate::{Office, Who};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::civil::Content;
use diwan_domain::ids::{EntryId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::names::fold;
use diwan_domain::refusals::Why;
use diwan_store::addresses::{self, Folded};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, civil};
use serde::{Deserialize, Serialize};

/// How many entries are looked through in one act: others write in between.
const AT_ONCE: i64 = 250;
/// The mark of a register whose entries are all noted.
const DONE: &str = "done";

/// An address in its area, whatever its spelling. Without an area the same street may be
/// another town's.
pub(super) fn folded(address: &str, area: Option<&str>) -> Option<Folded> {
    let area = area.map(str::trim).filter(|area| !area.is_empty())?.to_lowercase();
    let address = fold(address);
    (!address.is_empty()).then_some(Folded { area, address })
}

/// Notes what an entry says of where the people in it live. Whoever writes an entry
/// calls it.
///
/// # Errors
/// When the database fails.
pub(super) async fn note(
    tx: &mut Tx<'_>,
    entry: EntryId,
    content: &Content,
    parts: &[(&str, PersonId)],
) -> Result<(), Fault> {
    for (role, person) in parts {
        let Some(address) = content.of(role, "residence") else { continue };
        if let Some(said) = folded(address, content.of(role, "residence-area")) {
            addresses::note(tx, &said, *person, entry).await?;
        }
    }
    Ok(())
}

/// Notes what the next entries say that were written before addresses were noted.
#[derive(Debug, Serialize, Deserialize)]
pub struct NoteAddresses {
    /// After which entry, by identifier; none at first.
    pub after: EntryId,
    /// How many entries at most.
    pub at_most: i64,
}

impl Act for NoteAddresses {
    const NAME: &'static str = "note-addresses";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let entries = addresses::entries_after(tx, self.after, self.at_most).await?;
        for entry in &entries {
            let content = entry_content(tx, entry).await?;
            let roles = civil::roles_in(tx, entry.event_id).await?;
            let parts: Vec<(&str, PersonId)> =
                roles.iter().map(|part| (part.role.as_str(), part.person_id)).collect();
            note(tx, entry.id, &content, &parts).await?;
        }
        let last = entries.last().ok_or(Why::NothingWaiting)?;
        addresses::set_mark(tx, &last.id.to_string()).await?;
        let entry = Entry::new("addresses-noted", "register", "addresses").with("entries", entries.len());
        Ok(Recorded::new((), entry))
    }
}

/// Notes what every entry says that was written before addresses were noted, in bounded
/// acts beside the work of others; after an interruption it goes on where the mark stands.
///
/// # Errors
/// When the database fails.
pub async fn note_all(office: &Office) -> Result<(), Stop> {
    let who = Who::system("note-addresses");
    loop {
        let (after, are_left) = {
            let mut reading = office.db.reading().await?;
            let mut tx = reading.tx();
            let mark = addresses::mark(&mut tx).await?;
            if mark.as_deref() == Some(DONE) {
                return Ok(());
            }
            let after = mark.and_then(|mark| mark.parse().ok()).unwrap_or(EntryId(uuid::Uuid::nil()));
            (after, !addresses::entries_after(&mut tx, after, 1).await?.is_empty())
        };
        if !are_left {
            // Whatever is written from now on is noted as it is written.
            return Ok(addresses::finish(&office.db).await?);
        }
        office.perform_once(&who, NoteAddresses { after, at_most: AT_ONCE }).await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_whatever_its_spelling_and_none_without_an_area() {
        let one = folded("گەڕەکی  ئازادی ١٢", Some("HL-1"));
        assert!(one.is_some());
        assert_eq!(one, folded("گەڕەکی ئازادی ١٢ ", Some("hl-1")));
        assert_ne!(one, folded("گەڕەکی ئازادی ١٢", Some("hl-2")));
        assert_ne!(one, folded("گەڕەکی ئازادی ١٣", Some("hl-1")));
        assert_eq!(folded("گەڕەکی ئازادی ١٢", None), None);
        assert_eq!(folded(" ", Some("hl-1")), None);
    }
}
