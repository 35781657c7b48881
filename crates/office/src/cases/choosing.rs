//! Several entries may be meant, of one person's marriages or of several people of one
//! family: an officer sees who is who and chooses one.

use super::course::several;
use super::work::parties_of;
use super::{definition, for_officer};
use crate::acting::{Acting, not_family};
use crate::civil::{entries_meant, fields_of, may_see_entry};
use diwan_domain::acts::Desk;
use diwan_domain::civil::unions::{Status, couples};
use diwan_domain::ids::{CaseId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_domain::services::{EntryValues, RegisterKind};
use diwan_store::cases::CaseRow;
use diwan_store::civil::{self, EntryRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, duplicates};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One entry that may be meant.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Whose it is.
    pub holder: PersonId,
    /// The entry.
    pub entry: EntryRow,
    /// What it says, by the names that services print.
    pub says: EntryValues,
    /// Of a marriage or a divorce: how the two stand to each other today.
    pub status: Option<Status>,
}

/// Shows an officer the entries among which a case's is chosen. Everyone whom one of
/// them names can see that it was shown.
#[derive(Debug, Serialize, Deserialize)]
pub struct SeeChoices {
    /// For which case.
    pub case: CaseId,
    /// Whose entries, when the officer found someone; else those that the search found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<PersonId>,
}

impl Act for SeeChoices {
    const NAME: &'static str = "see-choices";
    /// The version of the case, which a choice names.
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let (acting, case) = for_officer(tx, at, self.case, Permission::DecideCases).await?;
        not_family(tx, &acting.officer, parties_of(&case).into_iter().chain([self.holder])).await?;
        let mut shown = BTreeSet::new();
        for (_, entry) in meant(tx, &acting, &case, self.holder).await? {
            for role in civil::roles_in(tx, entry.event_id).await? {
                shown.insert(duplicates::counts_as(tx, role.person_id).await?);
            }
        }
        let entry =
            Entry::new("choices-seen", "case", case.id).of(case.applicant_id).with("people", shown.len());
        let purpose = format!("case {}", case.number);
        let listed = shown.into_iter().map(|person| {
            Entry::new("record-listed", "person", person).of(Some(person)).under(purpose.clone())
        });
        Ok(Recorded::new(case.version, entry).and_all(listed))
    }
}

/// The entries among which a case's is chosen, each with its holder: as far as the
/// officer may see them.
async fn meant(
    tx: &mut Tx<'_>,
    acting: &Acting,
    case: &CaseRow,
    holder: Option<PersonId>,
) -> Result<Vec<(PersonId, EntryRow)>, Stop> {
    let published = definition(tx, case).await?;
    let register = published.service.register.ok_or(Why::NotFound)?;
    let mut all = Vec::new();
    match holder {
        Some(holder) => {
            let entries = entries_meant(tx, register, holder, None).await?;
            all.extend(entries.into_iter().map(|entry| (holder, entry)));
        }
        None => {
            for (holder, entry) in several(case) {
                all.extend(civil::entry(tx, entry).await?.map(|entry| (holder, entry)));
            }
        }
    }
    let mut seen = Vec::new();
    for (holder, entry) in all {
        if may_see_entry(tx, acting, &entry).await? {
            seen.push((holder, entry));
        }
    }
    Ok(seen)
}

/// What an officer sees of the entries among which a case's is chosen. The look itself
/// is the act [`SeeChoices`], which comes first.
///
/// # Errors
/// Not found, not permitted, or the database fails.
pub async fn choices(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: CaseId,
    holder: Option<PersonId>,
) -> Result<Vec<Choice>, Stop> {
    let (acting, case) = for_officer(tx, at, case, Permission::DecideCases).await?;
    let published = definition(tx, &case).await?;
    let day = crate::desk::day_of(at.now, at.utc_offset_minutes);
    let mut choices = Vec::new();
    for (holder, entry) in meant(tx, &acting, &case, holder).await? {
        // What a family's paper prints says less of a marriage than its entry does.
        let register = RegisterKind::from_code(&entry.kind).or(published.service.register);
        let says = fields_of(tx, register, &entry, None, day).await?;
        let status = status_of(tx, holder, &entry, day).await?;
        choices.push(Choice { holder, entry, says, status });
    }
    Ok(choices)
}

/// How the two of an entry stand to each other on a day.
async fn status_of(
    tx: &mut Tx<'_>,
    holder: PersonId,
    entry: &EntryRow,
    day: Date,
) -> Result<Option<Status>, Fault> {
    let known = couples(&civil::unions_of(tx, holder).await?, day);
    for role in civil::roles_in(tx, entry.event_id).await? {
        if matches!(role.role.as_str(), "husband" | "wife") {
            let person = duplicates::counts_as(tx, role.person_id).await?;
            if let Some(couple) = known.iter().find(|couple| couple.spouse == person) {
                return Ok(Some(couple.status));
            }
        }
    }
    Ok(None)
}

/// Whether an officer chooses a case's entry: several may be meant, and none was chosen.
#[must_use]
pub fn is_to_choose(case: &CaseRow) -> bool {
    case.entry_id.is_none() && !several(case).is_empty()
}
