//! Letting somebody in before their turn: one officer asks with a reason, another lets
//! them in, and the day's record counts it.

use super::{Floor, hall_of};
use crate::acting::{acting, second_pair_of_eyes};
use diwan_domain::acts::Desk;
use diwan_domain::ids::TicketId;
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::queue::order::FIRST;
use diwan_domain::queue::record::What;
use diwan_domain::queue::{JumpReason, State};
use diwan_domain::refusals::Why;
use diwan_store::queue::{self, TicketRow};
use diwan_store::{Act, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};

async fn waiting(
    tx: &mut Tx<'_>,
    at: &Desk,
    id: TicketId,
) -> Result<(TicketRow, crate::acting::Acting), Stop> {
    let acting = acting(tx, at, Permission::ServeQueue).await?;
    let ticket = queue::ticket(tx, id).await?.ok_or(Why::NotFound)?;
    if acting.officer.centre_id != Some(ticket.centre_id) {
        return Err(Why::NotFound.into());
    }
    if ticket.state != State::Waiting.code() {
        return Err(Why::StepImpossible.into());
    }
    Ok((ticket, acting))
}

/// Asks that somebody be let in before their turn.
#[derive(Debug, Serialize, Deserialize)]
pub struct AskToLetIn {
    /// Whose ticket.
    pub ticket: TicketId,
    /// Why.
    pub reason: JumpReason,
}

impl Act for AskToLetIn {
    const NAME: &'static str = "ask-to-let-in";
    type Out = ();

    async fn meets(&self, _at: &Desk, tx: &mut Tx<'_>) -> Result<Option<String>, Stop> {
        hall_of(tx, self.ticket).await
    }

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let (mut ticket, acting) = waiting(tx, at, self.ticket).await?;
        if ticket.place == FIRST {
            return Err(Why::NothingChanges.into());
        }
        // Whoever was let in and stayed away too long may be let in anew, by two again.
        ticket.let_in_by = None;
        ticket.asked_by = Some(acting.officer.id);
        ticket.asked_reason = Some(self.reason.code().to_owned());
        tx.edit(&mut ticket).await?;
        tx.announce(super::TOPIC, ticket.centre_id);
        let entry = Entry::new("ticket-let-in-asked", "ticket", ticket.id).under(self.reason.code());
        Ok(Recorded::new((), entry))
    }
}

/// Lets somebody in before their turn, as the second person.
#[derive(Debug, Serialize, Deserialize)]
pub struct LetIn {
    /// Whose ticket.
    pub ticket: TicketId,
}

impl Act for LetIn {
    const NAME: &'static str = "let-in";
    type Out = ();

    async fn meets(&self, _at: &Desk, tx: &mut Tx<'_>) -> Result<Option<String>, Stop> {
        hall_of(tx, self.ticket).await
    }

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let (mut ticket, acting) = waiting(tx, at, self.ticket).await?;
        // Once for each time that it is asked: every letting in is counted in public.
        let asked_by = ticket.asked_by.filter(|_| ticket.let_in_by.is_none()).ok_or(Why::NotAsked)?;
        second_pair_of_eyes(tx, &acting.officer, [asked_by]).await?;
        let reason = ticket.asked_reason.as_deref().and_then(JumpReason::from_code).ok_or(Why::NotAsked)?;
        ticket.place = FIRST;
        ticket.let_in_by = Some(acting.officer.id);
        tx.edit(&mut ticket).await?;
        let mut floor = Floor::of(tx, at, &ticket).await?;
        let entry = floor.turn(tx, at, &ticket.number, What::Jump { reason, place: FIRST }).await?;
        Ok(Recorded::new((), entry.under(reason.code())))
    }
}
