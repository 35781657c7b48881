//! Papers that say more than their own entry does: the extract of a family, a paper of
//! single status, and every name and birth that a paper takes from another entry. When
//! the register knows otherwise, they are no longer what it says.

use crate::catalogue;
use crate::desk::day_of;
use crate::documents::register_fields;
use diwan_domain::acts::Desk;
use diwan_domain::ids::{EntryId, OfficerId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::services::{DocumentSpec, EntryValue, EntryValues, PrintFrom};
use diwan_store::documents::{self, DocumentRow};
use diwan_store::{Fault, Stop, Tx, cases, civil, duplicates, people};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeSet;

/// A paper that still counts, and what the register tells it to say.
pub(super) struct Resting {
    paper: DocumentRow,
    says: EntryValues,
}

/// The papers that may say something of these people, beside those of one entry: their
/// own, those of their parents, children and spouses, and, because a death makes a widow
/// or widower, those of the parents and children of their spouses; each with what the
/// register says now of the day on which it was issued.
pub(super) async fn resting_on(
    tx: &mut Tx<'_>,
    at: &Desk,
    people: &BTreeSet<PersonId>,
    but_of: Option<EntryId>,
) -> Result<Vec<Resting>, Fault> {
    let mut holders = BTreeSet::new();
    for person in people {
        let person = duplicates::counts_as(tx, *person).await?;
        holders.insert(person);
        holders.extend(civil::close_family(tx, person).await?);
        for spouse in spouses_of(tx, person).await? {
            holders.extend(civil::close_family(tx, spouse).await?);
        }
    }
    held_by(tx, at, &holders, but_of).await
}

/// The papers of these people themselves, each with what the register says now of the day
/// on which it was issued.
pub(super) async fn held_by(
    tx: &mut Tx<'_>,
    at: &Desk,
    holders: &BTreeSet<PersonId>,
    but_of: Option<EntryId>,
) -> Result<Vec<Resting>, Fault> {
    let mut resting = Vec::new();
    for holder in holders {
        for paper in documents::standing_of(tx, *holder).await? {
            if but_of.is_some() && paper.entry_id == but_of {
                continue;
            }
            let day = day_of(paper.intended_at, at.utc_offset_minutes);
            if let Some((_, says)) = says(tx, &paper, day).await? {
                resting.push(Resting { paper, says });
            }
        }
    }
    Ok(resting)
}

/// Ends those of the papers that would say something else by what became of an entry or of
/// a record. One that says what the register says again stays: what was taken back came after
/// it. Which one that was stands there and not with the paper: its holder may know nothing of
/// it.
pub(super) async fn end_changed(
    tx: &mut Tx<'_>,
    at: &Desk,
    officer: OfficerId,
    resting: Vec<Resting>,
    became: &str,
) -> Result<Vec<Entry>, Stop> {
    let mut told = Vec::new();
    for Resting { mut paper, says: said } in resting {
        let day = day_of(paper.intended_at, at.utc_offset_minutes);
        let Some((spec, says)) = says(tx, &paper, day).await? else { continue };
        if says == said || says == on(&paper, &spec)? {
            continue;
        }
        paper.state = "replaced".to_owned();
        paper.ended_at = Some(at.now);
        paper.ended_by = Some(officer);
        paper.end_reason = Some(became.to_owned());
        tx.edit(&mut paper).await?;
        tx.announce("document", paper.id);
        let entry = Entry::new("document-replaced", "document", paper.id).of(paper.holder_id).under(became);
        told.push(entry.with("number", paper.number.clone()));
    }
    Ok(told)
}

/// Whether something came to the register since a paper was issued by which it would say
/// something else today: a marriage, a divorce, a death, a birth, another name. Whoever is
/// closed to ordinary looks does not count: that they are would be told by it.
///
/// # Errors
/// When the database fails.
pub(crate) async fn has_changed_since(
    tx: &mut Tx<'_>,
    paper: &DocumentRow,
    today: Date,
) -> Result<bool, Fault> {
    let Some(holder) = paper.holder_id.filter(|_| paper.ended_at.is_none()) else { return Ok(false) };
    if !tells_of_waiting(&paper.fields.0) && !came_since(tx, holder, paper).await? {
        return Ok(false);
    }
    let Some((spec, says)) = says(tx, paper, today).await? else { return Ok(false) };
    Ok(on(paper, &spec)? != says)
}

/// What stands on a paper of its entry and people.
fn on(paper: &DocumentRow, spec: &DocumentSpec) -> Result<EntryValues, Fault> {
    let said: EntryValues = serde_json::from_value(paper.fields.0.clone())
        .map_err(|_| Fault::WrongDatabase(format!("document {} cannot be read", paper.id)))?;
    Ok(printed(spec, &said))
}

/// Whom somebody is or was married to.
async fn spouses_of(tx: &mut Tx<'_>, person: PersonId) -> Result<BTreeSet<PersonId>, Fault> {
    Ok(civil::unions_of(tx, person).await?.into_iter().map(|union| union.spouse).collect())
}

/// Whether anything was registered since a paper was issued of its holder, or of their
/// parents, children and spouses, as far as their records are open to ordinary looks; where
/// it prints how all of these stand to marriage, also of those whom they married.
async fn came_since(tx: &mut Tx<'_>, holder: PersonId, paper: &DocumentRow) -> Result<bool, Fault> {
    let since = paper.intended_at;
    let tells_of_all = paper.fields.0["members"].is_array();
    // Of nearly every paper that is checked nothing came since.
    if !tells_of_all && !civil::near_may_be_named_since(tx, holder, since).await? {
        return Ok(false);
    }
    let holder = duplicates::counts_as(tx, holder).await?;
    let mut family = vec![holder];
    family.extend(civil::close_family(tx, holder).await?);
    if tells_of_all {
        let mut married = BTreeSet::new();
        for member in &family {
            married.extend(spouses_of(tx, *member).await?);
        }
        married.retain(|spouse| !family.contains(spouse));
        family.extend(married);
    }
    let is_closed = people::person(tx, holder).await?.is_some_and(|row| row.protected);
    for person in family {
        if !civil::named_since(tx, person, since).await? {
            continue;
        }
        if is_closed || people::person(tx, person).await?.is_some_and(|row| !row.protected) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a paper calls somebody waiting: the waiting period of a divorce ends by itself.
fn tells_of_waiting(fields: &Value) -> bool {
    let waits = |of: &Value| of["marital-status"] == "waiting";
    waits(fields) || fields["members"].as_array().is_some_and(|lines| lines.iter().any(waits))
}

/// What a paper would say of its entry and people on a day, of what it prints.
async fn says(
    tx: &mut Tx<'_>,
    paper: &DocumentRow,
    day: Date,
) -> Result<Option<(DocumentSpec, EntryValues)>, Fault> {
    let Some(case) = cases::case(tx, paper.case_id).await? else { return Ok(None) };
    let published = catalogue::edition(tx, &case.service, crate::documents::edition_of(paper, &case)).await?;
    let Some(spec) = published.service.document.clone() else { return Ok(None) };
    let fields = register_fields(tx, &case, &published.service, day).await?;
    let printed = printed(&spec, &fields);
    Ok(Some((spec, printed)))
}

/// Of values those that a paper prints; and, of one that says how its holder stands to
/// marriage, whether they live: of the dead it is not so any more.
fn printed(spec: &DocumentSpec, values: &EntryValues) -> EntryValues {
    let mut found = EntryValues::new();
    for field in &spec.fields {
        let PrintFrom::Entry(name) = &field.from else { continue };
        let Some(value) = values.get(name) else { continue };
        let mut value = value.clone();
        if let (EntryValue::Lines(lines), false) = (&mut value, field.columns.is_empty()) {
            lines.iter_mut().for_each(|line| line.retain(|column, _| field.columns.contains(column)));
        }
        found.insert(name.clone(), value);
    }
    if found.contains_key("marital-status") && values.contains_key("died-on") {
        // That they died, and not when: a corrected day of death changes nothing of it.
        found.insert("died-on".to_owned(), String::new().into());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_a_waiting_period_changes_a_paper_without_an_event() {
        for (fields, wanted) in [
            (json!({"marital-status": "waiting"}), true),
            (json!({"members": [{"relation": "holder"}, {"marital-status": "waiting"}]}), true),
            (json!({"marital-status": "married", "members": [{"marital-status": "single"}]}), false),
            (json!({}), false),
        ] {
            assert_eq!(tells_of_waiting(&fields), wanted, "{fields}");
        }
    }
}
