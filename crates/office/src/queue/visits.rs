//! What a visit was about: the cases that were opened while its ticket was served.

use crate::cases::money_of;
use diwan_domain::acts::Desk;
use diwan_domain::ids::{CaseId, OfficerId, VisitId};
use diwan_domain::journal::Entry;
use diwan_domain::money::Money;
use diwan_domain::queue::State;
use diwan_store::queue::{self, VisitCaseRow};
use diwan_store::{Fault, Stop, Tx, cases};

/// Ties a case to the visit whose ticket this officer serves, once. Nothing, when they
/// serve nobody.
pub(crate) async fn visited(
    tx: &mut Tx<'_>,
    at: &Desk,
    officer: OfficerId,
    case: CaseId,
) -> Result<Option<Entry>, Stop> {
    let Some(sitting) = queue::sitting_of(tx, officer).await? else { return Ok(None) };
    let Some(ticket) = queue::at_counter(tx, sitting.counter_id).await? else { return Ok(None) };
    // Whoever sits there serves it, even if a colleague who had to go called it.
    if ticket.state != State::Serving.code() {
        return Ok(None);
    }
    let known = queue::cases_of(tx, ticket.visit_id).await?;
    if known.iter().any(|row| row.case_id == case) {
        return Ok(None);
    }
    let row = VisitCaseRow {
        id: at.fresh("visit-case"),
        visit_id: ticket.visit_id,
        ticket_id: ticket.id,
        case_id: case,
        at: at.now,
    };
    tx.add(&row).await?;
    Ok(Some(Entry::new("visit-tied", "visit", ticket.visit_id).with("case", case.to_string())))
}

/// A case of a visit, as its counter shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its service.
    pub service: String,
    /// What is still owed.
    pub owed: Money,
}

/// The cases of a visit, in the order in which they were opened.
///
/// # Errors
/// When the database fails.
pub async fn matters_of(tx: &mut Tx<'_>, visit: VisitId) -> Result<Vec<Matter>, Fault> {
    let mut matters = Vec::new();
    for row in queue::cases_of(tx, visit).await? {
        let Some(case) = cases::case(tx, row.case_id).await? else { continue };
        let owed = money_of(&case, crate::cases::payable(&case));
        matters.push(Matter { case: case.id, number: case.number, service: case.service, owed });
    }
    Ok(matters)
}
