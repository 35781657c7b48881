//! The register: finding an entry, reading it for print, bringing entries in.
//!
//! A stranger learns nothing: looking for an entry that is not there and for
//! one that is not theirs runs the same statements and says the same.

mod csv;
mod fields;
mod find;
mod import;
mod status;

pub use csv::{CsvBirth, import_of, read_csv};
pub use fields::{entry_fields, fields_of};
pub use find::{FindPeople, SeePerson};
pub use import::{ImportRegister, NewEvent, NewPerson};
pub use status::{DISPLACED, SetStatus, is_displaced};

use diwan_domain::dates::PartialDate;
use diwan_domain::ids::PersonId;
use diwan_domain::names::{self, NameParts};
use diwan_domain::services::{RegisterKind, Relation};
use diwan_store::civil::{self, EntryRow};
use diwan_store::people::{self, PersonNameRow, PersonNumberRow, PersonRow};
use diwan_store::{Fault, Tx};
use serde::{Deserialize, Serialize};

/// How many candidates a lookup compares; the same number is always read.
const SLOTS: usize = 4;

/// What someone says of the person whose entry they want.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// The name, as far as told.
    pub name: Option<NameParts>,
    /// The date of birth, as far as told.
    pub born_on: Option<PartialDate>,
    /// An identity number.
    pub number: Option<String>,
}

/// What a lookup found that this applicant may know of.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The holder, when exactly one entry fits and a tie or right is shown.
    pub holder: Option<PersonRow>,
    /// The entry that stands.
    pub entry: Option<EntryRow>,
    /// How the applicant stands to the holder.
    pub relation: Relation,
}

/// The kind of entry a register holds: the register of persons is made of births.
#[must_use]
pub fn entry_kind(register: RegisterKind) -> &'static str {
    match register {
        RegisterKind::Person => RegisterKind::Birth.code(),
        other => other.code(),
    }
}

/// Looks for the entry of a register that fits a description and to which this
/// person has a tie. The same statements run whatever there is to find.
///
/// # Errors
/// When the database fails.
pub async fn look_up(
    tx: &mut Tx<'_>,
    register: RegisterKind,
    applicant: PersonId,
    wanted: &Description,
) -> Result<Found, Fault> {
    // The applicant may mean themselves, however they spell it.
    let mut candidates = candidates(tx, wanted).await?;
    candidates.retain(|person| *person != applicant);
    candidates.insert(0, applicant);
    let nobody = PersonId(uuid::Uuid::nil());
    let mut fits: Vec<Found> = Vec::new();
    for slot in 0..SLOTS {
        let person = candidates.get(slot).copied().unwrap_or(nobody);
        let row = people::person(tx, person).await?;
        let written = people::names(tx, person).await?;
        let entry = civil::entry_of(tx, person, entry_kind(register)).await?;
        let tie = civil::tie(tx, applicant, person).await?;
        let relation = relation_of(applicant, person, tie);
        let described = row.as_ref().is_some_and(|row| describes(wanted, row, &written));
        if described && relation != Relation::None && entry.is_some() {
            fits.push(Found { holder: row, entry, relation });
        }
    }
    Ok(if fits.len() == 1 { fits.remove(0) } else { Found::default() })
}

/// The applicant's own entry.
///
/// # Errors
/// When the database fails.
pub async fn own_entry(tx: &mut Tx<'_>, register: RegisterKind, applicant: PersonId) -> Result<Found, Fault> {
    let holder = people::person(tx, applicant).await?;
    let entry = civil::entry_of(tx, applicant, entry_kind(register)).await?;
    if entry.is_none() {
        return Ok(Found::default());
    }
    Ok(Found { holder, entry, relation: Relation::Oneself })
}

/// How one person stands to another, as the register shows it.
#[must_use]
pub fn relation_of(applicant: PersonId, holder: PersonId, tie: Option<&str>) -> Relation {
    if applicant == holder {
        return Relation::Oneself;
    }
    match tie {
        Some("parent") => Relation::Parent,
        Some("child") => Relation::Child,
        Some("spouse") => Relation::Spouse,
        Some("guardian") => Relation::Guardian,
        _ => Relation::None,
    }
}

async fn candidates(tx: &mut Tx<'_>, wanted: &Description) -> Result<Vec<PersonId>, Fault> {
    let number = wanted.number.clone().unwrap_or_default();
    let by_number = people::by_number(tx, &number).await?;
    let none = String::new();
    let (given, father) = wanted.name.as_ref().map_or((none.clone(), None), |name| {
        (names::skeleton(&name.given), name.father.as_deref().map(names::skeleton))
    });
    let year = wanted.born_on.map(|date| i64::from(date.year()));
    let alike = people::sounding_like(tx, &given, father.as_deref(), year, 60).await?;
    if !by_number.is_empty() {
        return Ok(by_number);
    }
    let Some(name) = &wanted.name else { return Ok(Vec::new()) };
    // Which of those that sound alike are nearest; ties keep the order of ids,
    // the same on both engines.
    let mut ranked = Vec::new();
    for person in alike {
        let written = people::names(tx, person).await?;
        ranked.push((nearness(name, &written), person));
    }
    ranked.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    Ok(ranked.into_iter().map(|(_, person)| person).take(SLOTS).collect())
}

fn nearness(wanted: &NameParts, written: &[PersonNameRow]) -> u16 {
    let wanted = full(wanted);
    written.iter().map(|row| names::rank(&wanted, &full_row(row)).0).max().unwrap_or(0)
}

fn full(name: &NameParts) -> String {
    name.known().map(|(_, text)| text).collect::<Vec<_>>().join(" ")
}

/// A stored name as people write it.
#[must_use]
pub fn full_row(row: &PersonNameRow) -> String {
    [Some(&row.given), row.father.as_ref(), row.grandfather.as_ref(), row.family.as_ref()]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a description fits a person well enough to speak of the same one.
fn describes(wanted: &Description, person: &PersonRow, written: &[PersonNameRow]) -> bool {
    /// Of a thousand: spelling may differ, the name may not.
    const SAME_NAME: u16 = 700;
    let born: Option<PartialDate> = person.born_on.as_ref().and_then(|text| text.parse().ok());
    let date_fits = match (wanted.born_on, born) {
        (Some(wanted), Some(born)) => {
            wanted.may_be(born) || born.may_mean_year_only() && wanted.year() == born.year()
        }
        _ => true,
    };
    let name_fits = wanted.name.as_ref().is_none_or(|name| nearness(name, written) >= SAME_NAME);
    date_fits && name_fits && (wanted.name.is_some() || wanted.number.is_some())
}

/// A person in a few words for a page: names by script, birth, numbers.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The person.
    pub person: PersonRow,
    /// Their names.
    pub names: Vec<PersonNameRow>,
    /// Their numbers.
    pub numbers: Vec<PersonNumberRow>,
    /// Their parents.
    pub parents: Vec<(String, PersonId, String)>,
    /// Their birth entry that stands.
    pub entry: Option<EntryRow>,
}

impl Summary {
    /// The name in a script (`arab`, `latn`); empty when none is held. A person
    /// always has a name in the register's own script.
    #[must_use]
    pub fn name(&self, script: &str) -> String {
        let own = self.names.iter().rev().find(|row| row.script == script);
        let any = if script == "arab" { self.names.last() } else { None };
        own.or(any).map(full_row).unwrap_or_default()
    }
}

/// Reads a person's summary.
///
/// # Errors
/// When the database fails.
pub async fn summary(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Summary>, Fault> {
    let Some(row) = people::person(tx, person).await? else { return Ok(None) };
    let names = people::names(tx, person).await?;
    let numbers = people::numbers(tx, person).await?;
    let entry = civil::birth_entry_of(tx, person).await?;
    let mut parents = Vec::new();
    if let Some(entry) = &entry {
        for role in civil::roles_in(tx, entry.event_id).await?.into_iter().filter(|role| role.role != "child")
        {
            let written = people::names(tx, role.person_id).await?;
            parents.push((role.role, role.person_id, written.last().map(full_row).unwrap_or_default()));
        }
    }
    Ok(Some(Summary { person: row, names, numbers, parents, entry }))
}

/// Who bears a number now.
///
/// # Errors
/// When the database fails.
pub async fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Vec<PersonId>, Fault> {
    people::by_number(tx, &diwan_domain::digits::to_ascii(number.trim())).await
}
