//! How people stand to marriage, and the family that an extract prints.

use super::kin::ties_to_parents;
use super::latin_of;
use super::own_writing;
use diwan_domain::civil::family::{Child, Tie, household};
use diwan_domain::civil::unions::{self, Status, Union, couples};
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::PersonId;
use diwan_store::people::{self, PersonRow};
use diwan_store::{Fault, Tx, civil, duplicates};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How someone stands to marriage on a day; the dead, as on the day they died. A record
/// that was found to be another's stands as that one.
///
/// Many marriages are older than the register and never came to it. Whoever is a parent of a
/// child by whose entry the parents were married is not single by that: the two stand as a
/// couple, unless an entry of their own says what became of them.
///
/// # Errors
/// When the database fails.
pub async fn marital_status(tx: &mut Tx<'_>, person: &PersonRow, day: Date) -> Result<Status, Fault> {
    let died = person.died_on.as_ref().and_then(|text| text.parse::<PartialDate>().ok());
    let until = died.and_then(PartialDate::whole).map_or(day, |died| died.min(day));
    let person = duplicates::counts_as(tx, person.id).await?;
    let mut known = civil::unions_of(tx, person).await?;
    let status = unions::status(&known, until);
    if status == Status::Married {
        return Ok(status);
    }
    let told = told_otherwise(tx, person, &known).await?;
    known.extend(told);
    Ok(unions::status(&known, until))
}

/// The marriages that nothing but the birth of a child tells of, beside those of which an
/// entry of the couple's own is known.
pub(super) async fn told_otherwise(
    tx: &mut Tx<'_>,
    person: PersonId,
    known: &[Union<PersonId>],
) -> Result<Vec<Union<PersonId>>, Fault> {
    let told = civil::told_by_births(tx, person).await?;
    let is_new = |union: &Union<PersonId>| known.iter().all(|one| one.spouse != union.spouse);
    Ok(told.into_iter().filter(is_new).collect())
}

/// The members of someone's family on a day, in the order in which they are
/// printed.
///
/// # Errors
/// When the database fails.
pub async fn members(tx: &mut Tx<'_>, holder: PersonId, day: Date) -> Result<Vec<(Tie, PersonRow)>, Fault> {
    let holder = duplicates::counts_as(tx, holder).await?;
    let couples = couples(&civil::unions_of(tx, holder).await?, day);
    let mut rows: BTreeMap<PersonId, PersonRow> = BTreeMap::new();
    let mut children = Vec::new();
    for child in civil::children_of(tx, holder).await? {
        let Some(row) = people::person(tx, child).await? else { continue };
        let status = marital_status(tx, &row, day).await?;
        children.push(Child { person: child, status, died: row.died_on.is_some() });
        rows.insert(child, row);
    }
    // Dates of birth as the register writes them sort as they are written.
    children.sort_by_key(|child| rows.get(&child.person).and_then(|row| row.born_on.clone()));
    let mut parents = Vec::new();
    let birth = civil::birth_entry_of(tx, holder).await?;
    for (role, parent) in ties_to_parents(tx, holder, birth.as_ref()).await? {
        let tie = if role == "father" { Tie::Father } else { Tie::Mother };
        parents.push((tie, duplicates::counts_as(tx, parent).await?));
    }
    let mut members = Vec::new();
    for (tie, person) in household(holder, &couples, &children, &parents) {
        let row = match rows.remove(&person) {
            Some(row) => Some(row),
            None => people::person(tx, person).await?,
        };
        members.extend(row.map(|row| (tie, row)));
    }
    Ok(members)
}

/// The lines of a family's extract: see [`diwan_domain::services::columns_of`].
/// What a paper does not print, such as a faith, is not among them.
///
/// # Errors
/// When the database fails.
pub(super) async fn lines(
    tx: &mut Tx<'_>,
    holder: PersonId,
    day: Date,
) -> Result<Vec<BTreeMap<String, String>>, Fault> {
    let mut lines = Vec::new();
    // Relatives whose records are closed stand only on the page of someone who is
    // protected too: they were hidden together.
    let is_closed = people::person(tx, holder).await?.is_some_and(|row| row.protected);
    for (tie, person) in members(tx, holder, day).await? {
        if person.protected && !is_closed {
            continue;
        }
        let written = people::names(tx, person.id).await?;
        let status = marital_status(tx, &person, day).await?;
        let columns = [
            ("relation", Some(tie.word(&person.sex).to_owned())),
            ("name", own_writing(&written)),
            ("name-latin", latin_of(&written)),
            ("sex", Some(person.sex)),
            ("born-on", person.born_on),
            ("birth-place", person.born_place),
            ("marital-status", Some(status.code().to_owned())),
            ("died-on", person.died_on),
        ];
        let known = columns.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
        lines.push(known.filter(|(_, value)| !value.is_empty()).collect());
    }
    Ok(lines)
}

/// Whether the entry of birth of anyone of someone's family is closed to ordinary
/// looks. Relatives whose own records are closed are not on the page at all: that an
/// officer had to decide because of them would tell of them.
///
/// # Errors
/// When the database fails.
pub async fn is_family_protected(tx: &mut Tx<'_>, holder: PersonId, day: Date) -> Result<bool, Fault> {
    for (_, person) in members(tx, holder, day).await? {
        let birth = civil::birth_entry_of(tx, person.id).await?;
        if !person.protected && birth.is_some_and(|entry| entry.protected) {
            return Ok(true);
        }
    }
    Ok(false)
}
