//! Why somebody at a counter is looked at. The visit in hand says it, with its ticket; where
//! nobody is in hand, the officer chooses one of a few reasons.

use crate::acting::Acting;
use diwan_domain::ids::OfficerId;
use diwan_domain::journal::Entry;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::{Fault, Stop, Tx, queue};

/// The reasons that are chosen at a counter.
pub const REASONS: [&str; 5] = ["here", "for-them", "letter", "authority", "mend"];
/// The visit in hand is the reason; where there is none, one is asked for.
pub const BY_TICKET: &str = "counter/ticket";
/// Nobody is in hand, and nobody said why.
pub const NOT_SAID: &str = "counter/not-said";

/// A reason as the journal keeps it.
#[must_use]
pub fn kept(reason: &str) -> String {
    format!("counter/{reason}")
}

/// Whether this is no more than what every look at a counter has: whoever opens a closed
/// record says more.
#[must_use]
pub(super) fn is_of_counter(said: &str) -> bool {
    matches!(said.trim(), "" | "counter" | BY_TICKET | NOT_SAID) || chosen(said).is_some()
}

/// The reason that was chosen, if what was said is one.
#[must_use]
pub fn chosen(said: &str) -> Option<&'static str> {
    let code = said.trim().strip_prefix("counter/")?;
    REASONS.into_iter().find(|reason| *reason == code)
}

/// Why, and for which visit.
pub(super) struct Reason {
    /// What the journal keeps as the reason.
    pub(super) rule: String,
    /// The number of the ticket in hand, and what it is for.
    ticket: Option<(String, String)>,
}

impl Reason {
    /// An entry with the reason.
    pub(super) fn of(&self, entry: Entry) -> Entry {
        let entry = entry.under(self.rule.clone());
        match &self.ticket {
            Some((number, wanted)) => entry.with("ticket", number.clone()).with("for", wanted.clone()),
            None => entry,
        }
    }
}

/// The ticket in an officer's hands, and what it is for: its service, or else its line.
///
/// # Errors
/// When the database fails.
pub async fn in_hand(tx: &mut Tx<'_>, officer: OfficerId) -> Result<Option<(String, String)>, Fault> {
    let Some(sitting) = queue::sitting_of(tx, officer).await? else { return Ok(None) };
    let ticket = queue::at_counter(tx, sitting.counter_id).await?;
    Ok(ticket.map(|row| (row.number, row.service.unwrap_or(row.line))))
}

/// What a look is for: what was said of it, or the visit in hand.
///
/// # Errors
/// [`Why::ReasonMissing`] where the visit in hand was to say it and there is none; or the
/// database fails.
pub(super) async fn reason(tx: &mut Tx<'_>, acting: &Acting, said: &str) -> Result<Reason, Stop> {
    let said = said.trim();
    if !is_of_counter(said) {
        return Ok(Reason { rule: said.to_owned(), ticket: None });
    }
    let ticket = in_hand(tx, acting.officer.id).await?;
    let rule = match (chosen(said), &ticket) {
        (Some(_), _) => said,
        (None, Some(_)) => BY_TICKET,
        (None, None) if said == BY_TICKET => {
            return Err(Refusal::from(Why::ReasonMissing).about("choose", "counter").into());
        }
        (None, None) => NOT_SAID,
    };
    Ok(Reason { rule: rule.to_owned(), ticket })
}
