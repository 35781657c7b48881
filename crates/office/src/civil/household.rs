//! Where people live, as far as the register knows: the register keeps no address of its
//! own. What is known is what was said when something was registered, so every address
//! names the entry and the day it rests on, and none is newer than that day.

use super::addresses::folded;
use super::guarding::{Sight, may_see_entry};
use super::kin::{Kin, children_for, kin, parents_for};
use super::looking::entry_content;
use crate::acting::Acting;
use diwan_domain::civil::Content;
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::{EntryId, PersonId};
use diwan_domain::names::fold;
use diwan_store::{Fault, Tx, addresses, civil, people};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Until this age a child lives where its mother said she lives, as far as is known.
const OF_AGE: i32 = 18;
/// How many relatives are looked through.
const LOOKED_THROUGH: usize = 60;
/// How many people who are not related are shown at most: an address of more is a camp
/// or a block of flats, and no household.
const MOST_NEIGHBOURS: usize = 30;
/// Among how many people of whom an address was ever said they are looked for.
const SAID_AMONG: i64 = 200;

/// Where someone lived when it was last said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Residence {
    /// The address as it was said.
    pub address: String,
    /// The area, by its code, where one was named.
    pub area: Option<String>,
    /// The entry that says it.
    pub entry: EntryId,
    /// That entry's number.
    pub number: String,
    /// The day of the event, as far as it is known.
    pub on: Option<String>,
    /// Whether it was said of a parent, of a child that is not of age.
    pub of_parent: bool,
}

impl Residence {
    /// Whether two addresses are one: the same words, whatever spelling and spaces, in
    /// areas that may be one.
    fn is_one_with(&self, other: &Self) -> bool {
        let is_one_area = match (&self.area, &other.area) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        is_one_area && fold(&self.address) == fold(&other.address)
    }
}

fn said_of(content: &Content, role: &str) -> Option<(String, Option<String>)> {
    let address = content.of(role, "residence")?.to_owned();
    Some((address, content.of(role, "residence-area").map(str::to_owned)))
}

/// Where someone lived when it was last said, in an entry that an officer may see.
///
/// # Errors
/// When the database fails.
pub async fn residence(
    tx: &mut Tx<'_>,
    acting: &Acting,
    person: PersonId,
    day: Date,
) -> Result<Option<Residence>, Fault> {
    let Some(row) = people::person(tx, person).await? else { return Ok(None) };
    let born = row.born_on.and_then(|text| text.parse::<PartialDate>().ok());
    let is_child = born.and_then(|born| born.age_on(day)).is_some_and(|age| age < OF_AGE);
    // The newest last: by the day of the event, then by when it was recorded.
    for (entry, role, on) in civil::entries_naming(tx, person).await?.into_iter().rev() {
        if entry.standing.as_deref() == Some("revoked") || !may_see_entry(tx, acting, &entry).await? {
            continue;
        }
        let content = entry_content(tx, &entry).await?;
        let own = said_of(&content, &role).map(|said| (said, false));
        let of_parent = || {
            let said = said_of(&content, "mother").or_else(|| said_of(&content, "father"))?;
            (is_child && role == "child").then_some((said, true))
        };
        if let Some(((address, area), of_parent)) = own.or_else(of_parent) {
            let (entry, number) = (entry.id, entry.number);
            return Ok(Some(Residence { address, area, entry, number, on, of_parent }));
        }
    }
    Ok(None)
}

/// Who of someone's family lives at one address with them, as far as the register knows:
/// their own address, and each relative of whom the same was said. The dead live nowhere.
///
/// # Errors
/// When the database fails.
pub async fn household(
    tx: &mut Tx<'_>,
    acting: &Acting,
    person: PersonId,
    day: Date,
) -> Result<Option<(Residence, Vec<(Kin, PersonId, Residence)>)>, Fault> {
    let Some(own) = residence(tx, acting, person, day).await? else { return Ok(None) };
    let mut with = Vec::new();
    for (tie, other) in kin(tx, acting, person, day).await?.into_iter().take(LOOKED_THROUGH) {
        if people::person(tx, other).await?.is_none_or(|row| row.died_on.is_some()) {
            continue;
        }
        if let Some(theirs) = residence(tx, acting, other, day).await?
            && theirs.is_one_with(&own)
        {
            with.push((tie, other, theirs));
        }
    }
    Ok(Some((own, with)))
}

/// Someone of whom the same address was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Who.
    pub person: PersonId,
    /// What their newest entry says.
    pub residence: Residence,
    /// Whether the register knows a child of both, though no marriage.
    pub shares_child: bool,
}

/// People of whom the same address was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// Those who are not known to be of the family.
    pub people: Vec<Neighbour>,
    /// Whether there are more than are shown.
    pub are_more: bool,
}

/// Who else lives at somebody's address by what their own newest entries say, in the same
/// area and the same words, and is not known to be of their family. Whoever is closed to
/// the officer is not there, and the dead live nowhere.
///
/// # Errors
/// When the database fails.
pub async fn neighbours(
    tx: &mut Tx<'_>,
    acting: &Acting,
    person: PersonId,
    own: &Residence,
    day: Date,
) -> Result<Neighbours, Fault> {
    let mut found = Neighbours::default();
    let Some(said) = folded(&own.address, own.area.as_deref()) else { return Ok(found) };
    let sight = Sight::of(tx, acting).await?;
    let mut family: BTreeSet<PersonId> =
        kin(tx, acting, person, day).await?.into_iter().map(|(_, other)| other).collect();
    family.insert(person);
    let mut other_parents = Vec::new();
    for child in children_for(tx, acting, person).await? {
        other_parents.extend(parents_for(tx, acting, child).await?);
    }
    let candidates = addresses::said_of(tx, &said, SAID_AMONG).await?;
    found.are_more = candidates.len() as i64 == SAID_AMONG;
    for other in candidates {
        if family.contains(&other) || civil::tie(tx, person, other).await?.is_some() {
            continue;
        }
        let Some(row) = people::person(tx, other).await? else { continue };
        if row.died_on.is_some() || !sight.sees(other, row.protected) {
            continue;
        }
        let Some(theirs) = residence(tx, acting, other, day).await? else { continue };
        // An address that was said long ago is not theirs now.
        if theirs.of_parent || folded(&theirs.address, theirs.area.as_deref()).as_ref() != Some(&said) {
            continue;
        }
        if found.people.len() == MOST_NEIGHBOURS {
            found.are_more = true;
            break;
        }
        let shares_child = other_parents.contains(&other);
        found.people.push(Neighbour { person: other, residence: theirs, shares_child });
    }
    Ok(found)
}
