//! What becomes of cases whose entry does not stand any more: a paper is made of what the
//! register says when it is made.

use super::asking::{advance, phase_of};
use super::course::{open_again, proceed};
use super::definition;
use super::keeping::keep;
use super::work::DECIDED_ANEW;
use crate::civil::of_cases;
use crate::messages::{self, Template};
use diwan_domain::acts::Desk;
use diwan_domain::cases::Phase;
use diwan_domain::ids::{EntryId, OfficerId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::services::{Service, StepKind};
use diwan_store::cases::{self, CaseRow};
use diwan_store::{Fault, Stop, Tx, civil, declarations, documents, duplicates};
use serde_json::json;
use std::collections::BTreeSet;

/// Where a case keeps that the entry of what it declared was revoked.
const REVOKED: &str = "revoked";

/// What is gone through again when what a case declared does not stand any more.
const REGISTERED_ANEW: [StepKind; 4] =
    [StepKind::Register, StepKind::Issue, StepKind::Print, StepKind::HandOver];

/// What became of an entry, each with the one that says so.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Became {
    /// It says something else.
    Corrected(EntryId),
    /// It does not count any more.
    Revoked(EntryId),
    /// It counts again.
    Reinstated(EntryId),
}

impl Became {
    fn entry(self) -> EntryId {
        match self {
            Self::Corrected(entry) | Self::Revoked(entry) | Self::Reinstated(entry) => entry,
        }
    }
}

/// Whether the entry of what a case declared was revoked: nothing is paid for it and no paper
/// made, until an officer decides or the entry is reinstated.
#[must_use]
pub fn entry_is_revoked(case: &CaseRow) -> bool {
    case.facts.0[REVOKED] == true
}

/// Lets the cases that were sent and have no paper yet follow their entry: to the one that
/// took its place, or, where it was revoked, to a new search. What was decided on it is
/// decided anew. What declared it goes back to its office while the entry does not count.
///
/// # Errors
/// When the database fails.
pub(crate) async fn follow_entry(
    tx: &mut Tx<'_>,
    at: &Desk,
    officer: OfficerId,
    (before, became): (EntryId, Became),
    people: BTreeSet<PersonId>,
) -> Result<Vec<Entry>, Stop> {
    let mut named = BTreeSet::new();
    if let Became::Corrected(entry) = became
        && let Some(row) = civil::entry(tx, entry).await?
    {
        for role in civil::roles_in(tx, row.event_id).await? {
            named.insert(duplicates::counts_as(tx, role.person_id).await?);
        }
    }
    let mut told = Vec::new();
    if let Some(mut case) = that_declared(tx, before).await? {
        let own = desk_of(at, &case);
        told.extend(follow_declared(tx, &own, officer, &mut case, became).await?);
        keep(tx, &own, &mut case).await?;
        tx.announce("case", case.id);
    }
    for person in people {
        // Whom the corrected entry does not name any more has another one, or none.
        let now = match became {
            Became::Corrected(entry) if named.contains(&person) => Some(entry),
            Became::Corrected(_) | Became::Revoked(_) => None,
            // What was searched anew found another since, or waits for whoever searches.
            Became::Reinstated(_) => continue,
        };
        for mut case in cases::without_paper_of(tx, person, before).await? {
            if definition(tx, &case).await?.service.declares.is_some() {
                continue;
            }
            let own = desk_of(at, &case);
            told.extend(follow(tx, &own, &mut case, now).await?);
            keep(tx, &own, &mut case).await?;
            tx.announce("case", case.id);
        }
    }
    Ok(told)
}

/// What goes on in one of several cases draws identifiers of its own.
fn desk_of(at: &Desk, case: &CaseRow) -> Desk {
    let nonce = hex::encode(at.chance(&format!("follow-entry/{}", case.id)));
    Desk { nonce, ..at.clone() }
}

/// The case whose declaration made an entry, while it has that entry and no paper of it.
async fn that_declared(tx: &mut Tx<'_>, entry: EntryId) -> Result<Option<CaseRow>, Fault> {
    let Some(declaration) = civil::entry(tx, entry).await?.and_then(|row| row.declaration_id) else {
        return Ok(None);
    };
    let declared = declarations::declaration(tx, declaration).await?;
    let Some(case) = declared.and_then(|row| row.case_id) else { return Ok(None) };
    let Some(case) = cases::case(tx, case).await?.filter(|case| case.entry_id == Some(entry)) else {
        return Ok(None);
    };
    let waits = match Phase::from_code(&case.phase) {
        Some(Phase::Approved) => documents::of_case(tx, case.id).await?.is_empty(),
        Some(Phase::InProgress | Phase::WaitingForApplicant | Phase::Refused) => true,
        _ => false,
    };
    Ok(waits.then_some(case))
}

/// A case that declared what was corrected, revoked or reinstated: nothing is searched.
async fn follow_declared(
    tx: &mut Tx<'_>,
    at: &Desk,
    officer: OfficerId,
    case: &mut CaseRow,
    became: Became,
) -> Result<Vec<Entry>, Stop> {
    let published = definition(tx, case).await?;
    case.entry_id = Some(became.entry());
    let mut told = vec![linked(case, became.entry())];
    match became {
        Became::Revoked(_) => {
            if phase_of(case)? == Phase::Approved {
                case.facts.0[REVOKED] = json!(true);
                told.push(undecided(tx, at, case, (&REGISTERED_ANEW, &published.service)).await?);
                told.extend(proceed(tx, at, case).await?);
            }
        }
        Became::Reinstated(entry) if entry_is_revoked(case) => {
            case.facts.0[REVOKED] = json!(false);
            told.extend(of_cases::stands_again(tx, at, officer, case, entry).await?);
        }
        Became::Corrected(_) | Became::Reinstated(_) => {}
    }
    Ok(told)
}

fn linked(case: &CaseRow, entry: EntryId) -> Entry {
    Entry::new("entry-linked", "case", case.id).of(case.holder_id).with("entry", entry.to_string())
}

/// Undoes what was decided on an entry, and tells the applicant as they were told of it.
async fn undecided(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &mut CaseRow,
    (again, service): (&[StepKind], &Service),
) -> Result<Entry, Stop> {
    advance(case, Phase::InProgress)?;
    case.decided_by = None;
    case.decided_rule = None;
    case.decided_at = None;
    open_again(case, again, service);
    messages::tell(tx, at, case, Template::DecidedAnew).await?;
    Ok(Entry::new("decision-undone", "case", case.id).of(case.applicant_id).under(service.basis.clone()))
}

async fn follow(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &mut CaseRow,
    now: Option<EntryId>,
) -> Result<Vec<Entry>, Stop> {
    let published = definition(tx, case).await?;
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
        told.push(undecided(tx, at, case, (&DECIDED_ANEW, &published.service)).await?);
    }
    // Whoever waits for their applicant, or is refused and may be appealed, goes on from there.
    if phase_of(case)?.is_with_office() {
        open_again(case, &DECIDED_ANEW, &published.service);
        told.extend(proceed(tx, at, case).await?);
    }
    Ok(told)
}
