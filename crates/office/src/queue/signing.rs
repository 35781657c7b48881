//! Tickets are signed with the key of the public log, and checked against it and against
//! the day's public record.

use diwan_domain::queue::Class;
use diwan_domain::queue::record::{Event, What};
use diwan_domain::queue::signed::SignedTicket;
use diwan_store::log::LogKey;
use diwan_store::queue::{self, QueueDayRow, TicketRow};
use diwan_store::{Fault, Tx, centres};

/// How many events before and after its place a ticket's own is looked for: two nodes that
/// write at one moment may stand in either order.
const AROUND: i64 = 16;

/// A ticket as its picture carries it, signed; `None` for one that was taken before tickets
/// were signed.
///
/// # Errors
/// When the database fails, or the key cannot sign.
pub async fn signed(tx: &mut Tx<'_>, key: &LogKey, ticket: &TicketRow) -> Result<Option<String>, Fault> {
    let Some(turn) = ticket.turn else { return Ok(None) };
    let Some(class) = Class::from_code(&ticket.class) else { return Ok(None) };
    let Some(centre) = centres::centre(tx, ticket.centre_id).await? else { return Ok(None) };
    let Some(day) = queue::day_by_id(tx, ticket.day_id).await? else { return Ok(None) };
    let signed = SignedTicket {
        centre: centre.code,
        day: day.day,
        number: ticket.number.clone(),
        class,
        came_at: ticket.came_at,
        turn,
    };
    let signature = key.sign_text(&signed.message())?;
    Ok(Some(signed.written(&signature)))
}

/// What the public record says of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordSays {
    /// The same.
    Agrees,
    /// Something else, or nothing.
    Differs,
    /// The day is not closed: its record is not published yet.
    NotYet,
}

impl RecordSays {
    /// The word for it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Differs => "differs",
            Self::NotYet => "not-yet",
        }
    }
}

/// A ticket whose signature holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// What it says.
    pub ticket: SignedTicket,
    /// What the public record of its day says.
    pub record: RecordSays,
}

/// Checks a signed ticket; `None` when it is none of this office, or was altered.
///
/// # Errors
/// When the database fails.
pub async fn confirm(tx: &mut Tx<'_>, key: &LogKey, text: &str) -> Result<Option<Confirmed>, Fault> {
    let Some((ticket, signature)) = SignedTicket::read(text.trim()) else { return Ok(None) };
    if !key.has_signed(&ticket.message(), &signature) {
        return Ok(None);
    }
    let day = match queue::centre_coded(tx, &ticket.centre).await? {
        Some(centre) => queue::day(tx, centre.id, &ticket.day).await?,
        None => None,
    };
    let record = match day {
        Some(day) if day.closed_at.is_some() => {
            if is_in_record(tx, &day, &ticket).await? {
                RecordSays::Agrees
            } else {
                RecordSays::Differs
            }
        }
        Some(_) => RecordSays::NotYet,
        None => RecordSays::Differs,
    };
    Ok(Some(Confirmed { ticket, record }))
}

/// Whether a day's record holds that this ticket was taken, as it says.
async fn is_in_record(tx: &mut Tx<'_>, day: &QueueDayRow, ticket: &SignedTicket) -> Result<bool, Fault> {
    let from = (ticket.turn - 1 - AROUND).max(0);
    for entry in queue::entries_of(tx, day.id, from, 2 * AROUND + 1).await? {
        let event: Event = super::days::event_of(&entry.body)?;
        let is_same = event.turn == ticket.turn
            && event.number == ticket.number
            && event.at == ticket.came_at
            && matches!(event.what, What::Take { class, .. } if class == ticket.class);
        if is_same {
            return Ok(true);
        }
    }
    Ok(false)
}
