//! The register: finding an entry, reading it for print, bringing entries in.
//!
//! A stranger learns nothing: an applicant's entry is looked for among their own
//! family, so that one that is not there and one that is not theirs look the same.

pub mod addresses;
mod alike;
pub mod books;
mod carrying;
mod competence;
mod correcting;
mod declaring;
mod drawn;
pub mod duplicates;
mod effects;
mod ending;
mod family;
mod fields;
mod find;
mod following;
mod guarding;
mod household;
mod import;
pub mod keys;
mod kin;
mod leaning;
mod links;
mod looking;
mod meant;
mod merging;
mod numbers;
pub(crate) mod of_cases;
pub mod reasons;
mod registering;
mod resting;
pub mod rules;
mod status;
pub mod sweeping;
mod unlikely;

pub use competence::{Competent, competent_office};
pub use correcting::{Changed, DecideCorrection, Ground, PrepareCorrection, What};
pub use declaring::{AmendDeclaration, Declare, MoveDeclaration, TakeNotice, Taken};
pub use diwan_store::civil::{entries_naming, entry, roles_in};
pub use diwan_store::declarations::{
    by_number as declaration_numbered, correction, declaration, list as declarations, noticed_by,
    of_case as declaration_of_case,
};
pub use diwan_store::duplicates::{counts_as, merge, merges_of, merges_waiting};
pub use drawn::{Drawn, drawn};
pub use duplicates::{Alike, KeepApart, OpenComparison, Other};
pub use ending::{Borne, EndNumber, Replacement, RestoreNumber, numbers_of};
pub use family::{is_family_protected, marital_status, members};
pub use fields::{entry_fields, fields_of};
pub use find::{FindPeople, MOST_FOUND, Narrowed, SeePerson, search, search_as};
pub use following::{has_hand_in, may_take, only_follows};
pub use guarding::{
    EndGrant, GrantAccess, ListProtected, ProtectPerson, Sight, counts_for, guards_of, hidden_family,
    known_beside, may_see, may_see_case, may_see_entry,
};
pub use household::{Neighbour, Neighbours, Residence, household, neighbours, residence};
pub use import::{ImportRegister, NewEvent, NewPerson};
pub use keys::{CountBearers, RebuildNames, add_keys};
pub use kin::{Kin, children_for, kin};
pub use links::{content_of, sees_everyone_in};
pub(crate) use looking::still_says;
pub use looking::{
    AsOf, OpenCorrection, OpenDeclaration, SeeEntry, as_of, corrections_for, entry_content, seen_of,
};
pub use merging::{DecideMerge, KeepPeopleApart, ProposeMerge, ProposeParting, compared, sees_merge};
pub use of_cases::case_behind;
pub use registering::{CheckDeclaration, Named, RegisterEvent, Registered, doubts_by_now};
pub(crate) use resting::has_changed_since;
pub use rules::{ChangeRules, PublishRules};
pub use status::{DISPLACED, SetStatus, is_displaced};

use crate::acting::Acting;
use diwan_domain::civil::unions::{Status, couples};
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::{EntryId, PersonId};
use diwan_domain::names::{Asked, NameParts};
use diwan_domain::services::{RegisterKind, Relation};
use diwan_store::civil::{self, EntryRow};
use diwan_store::people::{self, PersonNameRow, PersonNumberRow, PersonRow};
use diwan_store::{Fault, Tx, duplicates as merged, protection};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How like a name must be to be the same, of a thousand: spelling may differ,
/// the name may not.
const SAME_NAME: u16 = 700;

/// What someone says of the person whose entry they want.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// The name, as far as told.
    pub name: Option<NameParts>,
    /// The date of birth, as far as told.
    pub born_on: Option<PartialDate>,
    /// An identity number.
    pub number: Option<String>,
    /// The name of whom they married or parted from, in the registers of
    /// marriages and divorces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spouse: Option<NameParts>,
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
    /// Where several entries fit, each with its holder: an officer chooses among them.
    pub several: Vec<(PersonId, EntryId)>,
}

impl Found {
    /// What was found when these fit: the only one, or several to choose among.
    fn among(mut fits: Vec<Self>) -> Self {
        if fits.len() == 1 {
            return fits.remove(0);
        }
        let told = |one: Self| Some((one.holder?.id, one.entry?.id));
        Self { several: fits.into_iter().filter_map(told).collect(), ..Self::default() }
    }
}

/// The entries of a register that may be meant by someone's: the register of
/// persons is made of births, that of families of births or, for those who were
/// not born here, of the marriage that founded the family: where several stand at
/// once, each of them. Of one couple's marriages or divorces only the newest counts; a name told says which couple.
///
/// # Errors
/// When the database fails.
pub async fn entries_meant(
    tx: &mut Tx<'_>,
    register: RegisterKind,
    holder: PersonId,
    spouse: Option<&NameParts>,
) -> Result<Vec<EntryRow>, Fault> {
    let one = |entry: Option<EntryRow>| entry.into_iter().collect();
    match register {
        RegisterKind::Birth | RegisterKind::Person => Ok(one(civil::birth_entry_of(tx, holder).await?)),
        RegisterKind::Death => Ok(one(civil::entry_of(tx, holder, register.code()).await?)),
        RegisterKind::Family => {
            let birth = civil::birth_entry_of(tx, holder).await?;
            match birth {
                Some(birth) => Ok(vec![birth]),
                None => founding_marriages(tx, holder).await,
            }
        }
        RegisterKind::Marriage | RegisterKind::Divorce => couples_entries(tx, register, holder, spouse).await,
    }
}

/// The marriages that may have founded a family: those that stand, or the newest where
/// none does. Whether a divorce that can still be taken back will be, nobody knows: it
/// counts as the end.
async fn founding_marriages(tx: &mut Tx<'_>, holder: PersonId) -> Result<Vec<EntryRow>, Fault> {
    let mut all = couples_entries(tx, RegisterKind::Marriage, holder, None).await?;
    let known = couples(&civil::unions_of(tx, holder).await?, Date::MAX);
    let standing: Vec<PersonId> =
        known.into_iter().filter(|couple| couple.status == Status::Married).map(|one| one.spouse).collect();
    let mut stand = Vec::new();
    for entry in &all {
        let roles = civil::roles_in(tx, entry.event_id).await?;
        for role in roles {
            if standing.contains(&merged::counts_as(tx, role.person_id).await?) {
                stand.push(entry.clone());
            }
        }
    }
    all.truncate(1);
    Ok(if stand.is_empty() { all } else { stand })
}

/// The newest entry of each couple that fits the other's name, if one is told.
async fn couples_entries(
    tx: &mut Tx<'_>,
    register: RegisterKind,
    holder: PersonId,
    spouse: Option<&NameParts>,
) -> Result<Vec<EntryRow>, Fault> {
    let asked = spouse.map(|name| Asked::new(&full(name)));
    let (mut couples, mut meant) = (Vec::new(), Vec::new());
    for entry in civil::entries_of(tx, holder, register.code()).await? {
        let roles = civil::roles_in(tx, entry.event_id).await?;
        let is_half = |role: &str| matches!(role, "husband" | "wife");
        let other = roles.iter().find(|role| role.person_id != holder && is_half(&role.role));
        let Some(other) = other.map(|role| role.person_id).filter(|other| !couples.contains(other)) else {
            continue;
        };
        couples.push(other);
        let written = people::names(tx, other).await?;
        if asked.as_ref().is_none_or(|name| nearness(name, &written) >= SAME_NAME) {
            meant.push(entry);
        }
    }
    Ok(meant)
}

/// Looks for the entry of a register that fits a description and to which this
/// person has a tie: among themselves and their family only, so that no number
/// of namesakes hides the right one. What runs depends on the applicant's own
/// family alone; nobody learns whether a stranger stands in the register.
///
/// # Errors
/// When the database fails.
pub async fn look_up(
    tx: &mut Tx<'_>,
    register: RegisterKind,
    applicant: PersonId,
    wanted: &Description,
    day: Date,
) -> Result<Found, Fault> {
    let bearers = match &wanted.number {
        Some(number) if !number.is_empty() => people::by_number(tx, number).await?,
        _ => Vec::new(),
    };
    // A number that someone bears goes before the name; but the applicant may
    // mean themselves by name, whatever number they wrote.
    let is_meant = |person: PersonId| {
        let by_name = wanted.name.is_some() && (bearers.is_empty() || person == applicant);
        by_name || bearers.contains(&person)
    };
    let oneself = people::person(tx, applicant).await?.map(|own| (own, None));
    let family = civil::tied(tx, applicant).await?.into_iter().map(|(person, tie)| (person, Some(tie)));
    let name = wanted.name.as_ref().map(|name| Asked::new(&full(name)));
    let mut fits: Vec<Found> = Vec::new();
    for (person, tie) in oneself.into_iter().chain(family) {
        // A closed record is there for its bearer only.
        let is_closed = person.protected && person.id != applicant;
        if is_closed || !is_meant(person.id) || !date_fits(wanted, &person) {
            continue;
        }
        if tie == Some(GUARDIAN) && !civil::guards(tx, applicant, person.id, day).await? {
            continue;
        }
        let written = people::names(tx, person.id).await?;
        if name.as_ref().is_some_and(|name| nearness(name, &written) < SAME_NAME) {
            continue;
        }
        let relation = relation_of(applicant, person.id, tie);
        for entry in entries_meant(tx, register, person.id, wanted.spouse.as_ref()).await? {
            if protection::names_closed(tx, &entry, applicant).await? {
                continue;
            }
            fits.push(Found {
                holder: Some(person.clone()),
                entry: Some(entry),
                relation,
                several: Vec::new(),
            });
        }
    }
    Ok(Found::among(fits))
}

/// The applicant's own entry.
///
/// # Errors
/// When the database fails.
pub async fn own_entry(tx: &mut Tx<'_>, register: RegisterKind, applicant: PersonId) -> Result<Found, Fault> {
    let holder = people::person(tx, applicant).await?;
    let meant = entries_meant(tx, register, applicant, None).await?;
    for entry in &meant {
        // Then an officer who was let in decides what may be told.
        if protection::names_closed(tx, entry, applicant).await? {
            return Ok(Found::default());
        }
    }
    let fits = meant.into_iter().map(|entry| Found {
        holder: holder.clone(),
        entry: Some(entry),
        relation: Relation::Oneself,
        several: Vec::new(),
    });
    Ok(Found::among(fits.collect()))
}

/// What the register calls somebody who answers for another.
const GUARDIAN: &str = "guardian";

/// What one person is to another on a day: a guardianship whose time is over is none.
///
/// # Errors
/// When the database fails.
pub(crate) async fn tie_on(
    tx: &mut Tx<'_>,
    one: PersonId,
    other: PersonId,
    day: Date,
) -> Result<Option<&'static str>, Fault> {
    let tie = civil::tie(tx, one, other).await?;
    let is_over = tie == Some(GUARDIAN) && !civil::guards(tx, one, other, day).await?;
    Ok(tie.filter(|_| !is_over))
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
        Some(GUARDIAN) => Relation::Guardian,
        _ => Relation::None,
    }
}

fn nearness(wanted: &Asked, written: &[PersonNameRow]) -> u16 {
    written.iter().map(|row| wanted.rank(&full_row(row)).0).max().unwrap_or(0)
}

/// Whether a name is one that is written of somebody, in another spelling.
fn is_same_name(name: &NameParts, written: &[PersonNameRow]) -> bool {
    nearness(&Asked::new(&full(name)), written) >= SAME_NAME
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

/// A name in the register's own writing.
fn own_writing(written: &[PersonNameRow]) -> Option<String> {
    written.iter().rev().find(|row| row.script == "arab").or(written.last()).map(full_row)
}

/// A person's name in the register's own writing; empty for whoever is not there.
///
/// # Errors
/// When the database fails.
pub async fn named(tx: &mut Tx<'_>, person: PersonId) -> Result<String, Fault> {
    Ok(own_writing(&people::names(tx, person).await?).unwrap_or_default())
}

/// The Latin spelling that is held of the name somebody bears. Where a judgment gave them
/// another name since and said no spelling of it, none is: the one before is of the name that
/// they bore then.
pub(crate) fn latin_row(written: &[PersonNameRow]) -> Option<&PersonNameRow> {
    let latin = written.iter().rev().find(|row| row.script == "latn")?;
    let own: Vec<&PersonNameRow> = written.iter().filter(|row| row.script == "arab").collect();
    let is_since = |row: &PersonNameRow| row.recorded_at > latin.recorded_at;
    let then = own.iter().rev().find(|row| !is_since(row)).map(|row| full_row(row));
    let is_renamed = own.iter().any(|row| is_since(row) && row.source == "judgment");
    let is_another = then.is_some() && then != own.last().map(|row| full_row(row));
    (!is_renamed || !is_another).then_some(latin)
}

/// A name in Latin letters, where a Latin spelling is held.
fn latin_of(written: &[PersonNameRow]) -> Option<String> {
    latin_row(written).map(full_row)
}

/// Whether someone may be born when a description says.
fn date_fits(wanted: &Description, person: &PersonRow) -> bool {
    let born: Option<PartialDate> = person.born_on.as_ref().and_then(|text| text.parse().ok());
    match (wanted.born_on, born) {
        (Some(wanted), Some(born)) => {
            wanted.may_be(born) || born.may_mean_year_only() && wanted.year() == born.year()
        }
        _ => true,
    }
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
        if script == "latn" {
            return latin_of(&self.names).unwrap_or_default();
        }
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
    for (role, parent) in kin::ties_to_parents(tx, person, entry.as_ref()).await? {
        let written = people::names(tx, parent).await?;
        parents.push((role, parent, own_writing(&written).unwrap_or_default()));
    }
    Ok(Some(Summary { person: row, names, numbers, parents, entry }))
}

/// A person's summary as far as an officer may see it: parents and entries that are
/// closed to them are left out; `None` for whoever is closed or is not there.
///
/// # Errors
/// When the database fails.
pub async fn summary_for(
    tx: &mut Tx<'_>,
    acting: &Acting,
    person: PersonId,
) -> Result<Option<Summary>, Fault> {
    if !may_see(tx, acting, person).await? {
        return Ok(None);
    }
    let Some(mut known) = summary(tx, person).await? else { return Ok(None) };
    let mut parents = Vec::new();
    for parent in known.parents {
        if may_see(tx, acting, parent.1).await? {
            parents.push(parent);
        }
    }
    known.parents = parents;
    if let Some(entry) = &known.entry
        && !may_see_entry(tx, acting, entry).await?
    {
        // Who its parents are stands in that entry.
        known.entry = None;
        known.parents.clear();
    }
    Ok(Some(known))
}

/// Who bears a number, as far as an officer may see.
///
/// # Errors
/// When the database fails.
pub async fn bearers_for(tx: &mut Tx<'_>, acting: &Acting, number: &str) -> Result<Vec<PersonId>, Fault> {
    let mut seen = Vec::new();
    for person in by_number(tx, number).await? {
        if may_see(tx, acting, person).await? {
            seen.push(person);
        }
    }
    Ok(seen)
}

/// Who bears a number now.
///
/// # Errors
/// When the database fails.
pub async fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Vec<PersonId>, Fault> {
    people::by_number(tx, &diwan_domain::digits::to_ascii(number.trim())).await
}
