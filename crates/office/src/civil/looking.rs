//! Looking at declarations and entries. Every look is journalled with its reason
//! before anything is shown; what an entry said on any day can be shown.

use super::declaring::said;
use super::following::{followed, has_hand_in};
use super::guarding::may_see_entry;
use super::links;
use crate::acting::{Acting, acting, in_office};
use crate::desk::day_of;
use diwan_domain::acts::Desk;
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::ids::{CorrectionId, DeclarationId, EntryId, OfficeId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_store::civil::{self, EntryRow};
use diwan_store::declarations::{CorrectionRow, DeclarationRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, centres, declarations, people};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Opens a declaration to look at it.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenDeclaration {
    /// Which.
    pub declaration: DeclarationId,
}

impl Act for OpenDeclaration {
    const NAME: &'static str = "open-declaration";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let acting = in_office(tx, at).await?;
        let may = [Permission::DeclareEvents, Permission::RegisterEvents, Permission::NotifyEvents];
        if !may.iter().any(|permission| acting.may(*permission)) {
            return Err(super::declaring::not_permitted(Permission::DeclareEvents).into());
        }
        let row = followed(tx, &acting, self.declaration).await?;
        // Whoever only gives notice sees what they gave, and not what other hospitals did.
        let works_here = may[..2].iter().any(|permission| acting.may(*permission));
        if !works_here && !has_hand_in(&row, acting.officer.id) {
            return Err(Why::NotFound.into());
        }
        let people = links::people_of(&row)?;
        super::of_cases::not_family_of(tx, &acting.officer, &row).await?;
        // The work on it is the reason, and its number names it to whomever it names.
        let why = row.number.clone();
        let first =
            said("declaration-seen", &row).of(people.iter().flatten().next().copied()).under(why.clone());
        let known: Vec<PersonId> = people.into_iter().flatten().collect();
        let others = others_in(&known, "declaration-seen", "declaration", row.id.to_string(), &why);
        Ok(Recorded::new(row.version, first).and_all(others))
    }
}

/// Whom an entry's event is about, each once.
async fn people_in(tx: &mut Tx<'_>, entry: &EntryRow) -> Result<Vec<PersonId>, Fault> {
    let mut people: Vec<PersonId> = Vec::new();
    for role in civil::roles_in(tx, entry.event_id).await? {
        if !people.contains(&role.person_id) {
            people.push(role.person_id);
        }
    }
    Ok(people)
}

/// What the journal says to everyone but the first whom a look touched.
fn others_in(people: &[PersonId], kind: &str, of: &str, id: String, purpose: &str) -> Vec<Entry> {
    let others = people.iter().enumerate().skip(1).filter(|(at, person)| !people[..*at].contains(person));
    let said = |person: PersonId| {
        Entry::new(kind, "person", person).of(Some(person)).with(of, id.clone()).under(purpose)
    };
    others.map(|(_, person)| said(*person)).collect()
}

/// Opens an entry for an officer; everyone in it can see that it was.
#[derive(Debug, Serialize, Deserialize)]
pub struct SeeEntry {
    /// Which.
    pub entry: EntryId,
    /// Why.
    pub purpose: String,
}

impl Act for SeeEntry {
    const NAME: &'static str = "see-entry";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let acting = acting(tx, at, Permission::FindPeople).await?;
        let entry = civil::entry(tx, self.entry).await?.ok_or(Why::NotFound)?;
        if !may_see_entry(tx, &acting, &entry).await? {
            return Err(Why::NotFound.into());
        }
        if self.purpose.trim().is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        let people = people_in(tx, &entry).await?;
        let purpose = self.purpose.trim();
        let first = Entry::new("entry-seen", "entry", entry.id)
            .of(people.first().copied())
            .under(purpose)
            .with("number", entry.number.clone());
        let others = others_in(&people, "entry-seen", "entry", entry.id.to_string(), purpose);
        Ok(Recorded::new((), first).and_all(others))
    }
}

/// Opens a correction that waits, with all that it would change.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenCorrection {
    /// Which.
    pub correction: CorrectionId,
}

impl Act for OpenCorrection {
    const NAME: &'static str = "open-correction";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let acting = in_office(tx, at).await?;
        if !acting.may(Permission::CorrectEntries) && !acting.may(Permission::ApproveCorrections) {
            return Err(super::declaring::not_permitted(Permission::CorrectEntries).into());
        }
        let row = declarations::correction(tx, self.correction).await?.ok_or(Why::NotFound)?;
        let entry = civil::entry(tx, row.entry_id).await?.ok_or(Why::NotFound)?;
        if acting.officer.office_id != Some(row.office_id) || !may_see_entry(tx, &acting, &entry).await? {
            return Err(Why::NotFound.into());
        }
        let people = people_in(tx, &entry).await?;
        let first = Entry::new("entry-seen", "entry", entry.id)
            .of(people.first().copied())
            .under(row.reason.clone())
            .with("correction", row.id.to_string());
        let others = others_in(&people, "entry-seen", "entry", entry.id.to_string(), &row.reason);
        Ok(Recorded::new(row.version, first).and_all(others))
    }
}

/// An entry as it was on a day.
#[derive(Clone, Debug)]
pub struct AsOf {
    /// The entry that stood at the end of that day; `None` when there was none yet.
    pub entry: Option<EntryRow>,
    /// Every entry of the chain, the oldest first.
    pub history: Vec<EntryRow>,
}

/// What stood in the register at the end of a day, of an entry's whole chain; what
/// stands now, for `None`.
///
/// # Errors
/// When the database fails.
pub async fn as_of(
    tx: &mut Tx<'_>,
    entry: EntryId,
    day: Option<Date>,
    utc_offset_minutes: i32,
) -> Result<AsOf, Fault> {
    let history = civil::history(tx, entry).await?;
    let stood = |row: &&EntryRow| day.is_none_or(|day| day_of(row.recorded_at, utc_offset_minutes) <= day);
    let entry = history.iter().rfind(stood).cloned();
    Ok(AsOf { entry, history })
}

/// Refuses what would be made of an entry that does not stand any more.
///
/// # Errors
/// [`Why::EntryReplaced`] when another took its place, [`Why::EntryRevoked`]; or the database
/// fails.
pub(crate) async fn still_says(tx: &mut Tx<'_>, entry: EntryId) -> Result<(), Stop> {
    if civil::entry_after(tx, entry).await?.is_some() {
        return Err(Why::EntryReplaced.into());
    }
    match civil::entry(tx, entry).await? {
        Some(row) if civil::is_void(tx, row.event_id).await? => Err(Why::EntryRevoked.into()),
        _ => Ok(()),
    }
}

/// What an entry says, by field: as it was registered, or, of an old book that was
/// brought in, as far as its people and event tell.
///
/// # Errors
/// When the database fails or what is stored cannot be read.
pub async fn entry_content(tx: &mut Tx<'_>, entry: &EntryRow) -> Result<Content, Fault> {
    if let Some(text) = &entry.content {
        let unreadable = |_| Fault::WrongDatabase(format!("entry {} cannot be read", entry.id));
        return serde_json::from_str(text).map_err(unreadable);
    }
    let mut content = Content::default();
    let Some(event) = civil::event(tx, entry.event_id).await? else { return Ok(content) };
    let mut put = |field: &str, value: Option<String>| content.set(field, value.unwrap_or_default());
    put("happened-on", event.happened_on.clone());
    put("place", event.place.clone());
    put("directorate", Some(entry.directorate.clone()));
    put("record-no", entry.record_no.clone());
    put("page-no", entry.page_no.clone());
    if let Some(area) = event.area_id {
        put("place-area", centres::area(tx, area).await?.map(|area| area.code));
    }
    let kind = EventKind::from_code(&entry.kind);
    for role in civil::roles_in(tx, entry.event_id).await? {
        let party = kind.and_then(|kind| kind.parties().iter().find(|party| party.role.code() == role.role));
        let of = |field: &str| format!("{}.{field}", role.role);
        if party.is_some_and(|party| !party.is_born) {
            content.set(&of("person"), role.person_id.to_string());
        }
        let person = people::person(tx, role.person_id).await?;
        if party.is_some_and(|party| party.sex.is_none()) {
            content.set(&of("sex"), person.as_ref().map(|person| person.sex.clone()).unwrap_or_default());
        }
        if party.is_some_and(|party| !party.is_born) {
            content.set(&of("born-on"), person.and_then(|person| person.born_on).unwrap_or_default());
        }
        for name in people::names(tx, role.person_id).await? {
            let ending = if name.script == "latn" { "-latin" } else { "" };
            let parts = [
                ("given", Some(name.given)),
                ("father", name.father),
                ("grandfather", name.grandfather),
                ("family", name.family),
            ];
            for (part, value) in parts {
                content.set(&of(&format!("{part}{ending}")), value.unwrap_or_default());
            }
        }
    }
    Ok(content)
}

/// The declarations of a list that an officer may see.
///
/// # Errors
/// When the database fails.
pub async fn seen_of(
    tx: &mut Tx<'_>,
    acting: &Acting,
    rows: Vec<DeclarationRow>,
) -> Result<Vec<DeclarationRow>, Fault> {
    let mut seen = Vec::new();
    for row in rows {
        if links::sees_everyone_in(tx, acting, &row).await? {
            seen.push(row);
        }
    }
    Ok(seen)
}

/// The corrections that wait in an office, of entries that an officer may see.
///
/// # Errors
/// When the database fails.
pub async fn corrections_for(
    tx: &mut Tx<'_>,
    acting: &Acting,
    office: OfficeId,
) -> Result<Vec<CorrectionRow>, Fault> {
    let mut seen = Vec::new();
    for row in declarations::corrections_waiting(tx, office).await? {
        let entry = civil::entry(tx, row.entry_id).await?;
        if let Some(entry) = entry
            && may_see_entry(tx, acting, &entry).await?
        {
            seen.push(row);
        }
    }
    Ok(seen)
}
