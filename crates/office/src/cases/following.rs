//! What becomes of cases whose entry does not stand any more: a paper is made of what the
//! register says when it is made.

use super::asking::{advance, phase_of};
use super::course::{open_again, proceed};
use super::definition;
use super::keeping::keep;
use super::work::DECIDED_ANEW;
use diwan_domain::acts::Desk;
use diwan_domain::cases::Phase;
use diwan_domain::ids::{EntryId, PersonId};
use diwan_domain::journal::Entry;
use diwan_store::cases::{self, CaseRow};
use diwan_store::{Stop, Tx, civil, duplicates};
use serde_json::json;
use std::collections::BTreeSet;

/// Lets the cases that were sent and have no paper yet follow their entry: to the one that
/// took its place, or, where it was revoked, to a new search. What was decided on it is
/// decided anew.
///
/// # Errors
/// When the database fails.
pub(crate) async fn follow_entry(
    tx: &mut Tx<'_>,
    at: &Desk,
    (before, now): (EntryId, Option<EntryId>),
    people: BTreeSet<PersonId>,
) -> Result<Vec<Entry>, Stop> {
    let mut named = BTreeSet::new();
    if let Some(entry) = now
        && let Some(row) = civil::entry(tx, entry).await?
    {
        for role in civil::roles_in(tx, row.event_id).await? {
            named.insert(duplicates::counts_as(tx, role.person_id).await?);
        }
    }
    let mut told = Vec::new();
    for person in people {
        // Whom the corrected entry does not name any more has another one, or none.
        let now = now.filter(|_| named.contains(&person));
        for mut case in cases::without_paper_of(tx, person, before).await? {
            // What goes on in one of several cases draws identifiers of its own.
            let nonce = hex::encode(at.chance(&format!("follow-entry/{}", case.id)));
            let own = Desk { nonce, ..at.clone() };
            told.extend(follow(tx, &own, &mut case, now).await?);
            keep(tx, &own, &mut case).await?;
            tx.announce("case", case.id);
        }
    }
    Ok(told)
}

async fn follow(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &mut CaseRow,
    now: Option<EntryId>,
) -> Result<Vec<Entry>, Stop> {
    let published = definition(tx, case).await?;
    let linked = |case: &CaseRow, entry: EntryId| {
        Entry::new("entry-linked", "case", case.id).of(case.holder_id).with("entry", entry.to_string())
    };
    if published.service.declares.is_some() {
        // What was declared is registered: nothing is searched or decided again.
        let Some(entry) = now else { return Ok(Vec::new()) };
        case.entry_id = now;
        return Ok(vec![linked(case, entry)]);
    }
    case.entry_id = now;
    let mut told = Vec::new();
    match now {
        Some(entry) => told.push(linked(case, entry)),
        None => {
            case.relation = None;
            case.holder_id = None;
            case.area_id = None;
            case.facts.0["several"] = json!([]);
            case.facts.0["tied-by-hand"] = json!(false);
        }
    }
    if phase_of(case)? == Phase::Approved {
        advance(case, Phase::InProgress)?;
        case.decided_by = None;
        case.decided_rule = None;
        case.decided_at = None;
    }
    // Whoever waits for their applicant, or is refused and may be appealed, goes on from there.
    if phase_of(case)?.is_with_office() {
        open_again(case, &DECIDED_ANEW, &published.service);
        told.extend(proceed(tx, at, case).await?);
    }
    Ok(told)
}
