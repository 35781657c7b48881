//! Where people live, as far as the register knows: the register keeps no address of its
//! own. What is known is what was said when something was registered, so every address
//! names the entry and the day it rests on, and none is newer than that day.

use super::guarding::may_see_entry;
use super::kin::{Kin, kin};
use super::looking::entry_content;
use crate::acting::Acting;
use diwan_domain::civil::Content;
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::{EntryId, PersonId};
use diwan_domain::names::fold;
use diwan_store::{Fault, Tx, civil, people};
use jiff::civil::Date;

/// Until this age a child lives where its mother said she lives, as far as is known.
const OF_AGE: i32 = 18;
/// How many relatives are looked through.
const LOOKED_THROUGH: usize = 60;

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
