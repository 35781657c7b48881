//! Visits to a centre: taking a ticket, calling, serving, and what is published of it.
//!
//! Every act raises the day's `turn` and leaves one entry about the day, which holds the
//! whole of the public [`Event`] and nothing about whose ticket it is.

mod booking;
mod call_backs;
mod calling;
mod calling_off;
mod closing;
mod days;
mod draws;
mod duties;
mod ending_waits;
mod help;
mod letting_in;
mod measures;
mod outlook;
mod party;
mod picture;
mod prepared;
mod releases;
mod room;
mod setups;
mod signing;
mod sitting;
mod start_up;
mod story;
mod taking;
mod telling;
mod times;
mod visits;
mod waiting;

pub(crate) use booking::as_printed;
pub use booking::{
    BookAppointment, CancelAppointment, FreeDay, TendAppointment, appointment, appointments_with, free_days,
    free_slots, tend_appointments,
};
pub use call_backs::{
    DrawCallBacks, ForgetTelephones, OpenCallBack, SettleCallBack, call_back_for, call_backs_for,
    tend_call_backs,
};
pub use calling::{CallNext, MoveTicket, TransferTicket};
pub use calling_off::{CallOffAppointment, CallsOff, GRACE, calls_off};
pub use closing::{CloseDay, OpenDay, close_past_days, leave_counters, open_days};
pub use days::{DayRecord, record_of};
pub use draws::{
    ReleaseRecord, release_at, release_entry, release_record, release_told, releases_of, tend_releases,
};
pub use duties::{EndDuty, PlanDuty, Planned, Presence, due_now, planned, serves_outside};
pub use ending_waits::{EndWaiting, tend_waiting};
pub use help::{AnswerHelp, Asked, CallForHelp, HelpNow, HelpStep, help_for, own_help, raise_help};
pub use letting_in::{AskToLetIn, LetIn};
pub use measures::{Measured, Span, measured, measured_lately};
pub use outlook::{About, HourAhead, LineAhead, Outlook, outlook};
pub use party::{AdmitCompanion, EndCompanion, FinishPerson, NotePerson, companions_in};
pub use picture::{
    AtCounter, CalledNow, LineNow, Picture, Standing, TicketNow, picture, ticket_now, waiting_if_open,
    waiting_now,
};
pub(crate) use prepared::prepared_for;
pub use prepared::{KeepAnswers, answers_of};
pub use releases::{CloseRelease, DrawRelease, EnterRelease, OpenRelease, PlaceDrawn, window_of};
pub use room::{Room, rooms};
pub use setups::{PublishSetup, setup_standing, setup_text};
pub use signing::{Confirmed, RecordSays, confirm, signed};
pub(crate) use sitting::leave_post;
pub use sitting::{AssignCounter, SitDown, StandUp, can_sit};
pub use start_up::{Around, Ready, SMS_MARK, START_UP, StartUpLine, start_up};
pub use story::{CaseOfVisit, Happened, Happening, Spent, Story, story};
pub use taking::{LeaveTicket, RateVisit, TakeTicket, Taken, door_of};
pub use telling::{NoticeNow, TellWaiting, UntellWaiting};
pub(crate) use visits::visited;
pub use visits::{Matter, matters_of};
pub use waiting::{AnswerOffer, HELD_FOR, JoinWaiting, OfferPlace, waiting_place};

use crate::administration::days_off;
use diwan_domain::acts::Desk;
use diwan_domain::calendar::{Holidays, OpeningHours};
use diwan_domain::ids::{CentreId, TicketId, VisitId};
use diwan_domain::journal::Entry;
use diwan_domain::queue::record::{Event, What};
use diwan_domain::queue::setup::Names;
use diwan_domain::queue::stops::{self, StopOn};
use diwan_domain::queue::{Need, Setup, Waiting};
use diwan_domain::refusals::Why;
use diwan_store::centres::{self, CentreRow};
use diwan_store::queue::{self, QueueDayRow, TicketRow};
use diwan_store::value::Json;
use diwan_store::{Fault, Stop, Tx};
use serde_json::{Value, json};
use std::sync::Arc;

/// Asks about a hall [loosely](Tx::loosely). Whatever changes where somebody stands in it
/// raises its day's turn, and an act writes that row with the version it read: when anything happened there
/// since the day was asked for, it does not go in, and the act is done again, strictly. So
/// the day is asked for first, and everything else about the hall may be asked so after it.
/// Who may, and how a centre is set up, is never asked so.
macro_rules! loosely {
    ($tx:ident, $question:expr) => {{
        let before = $tx.loosely(true);
        let answer = $question;
        $tx.loosely(before);
        answer
    }};
}
pub(crate) use loosely;

/// The topic under which changes of a centre's queue are announced in the feed.
pub const TOPIC: &str = "queue";

/// A centre's day with what stands for it.
pub(crate) struct Floor {
    pub centre: CentreRow,
    pub setup: Arc<Setup>,
    pub day: QueueDayRow,
    /// Whether nothing happened on this day yet: its row is written with the first event.
    is_new: bool,
}

impl Floor {
    /// The floor of a centre today.
    pub async fn today(tx: &mut Tx<'_>, at: &Desk, centre: CentreId) -> Result<Self, Stop> {
        Self::foresee(tx, centre).await?;
        let centre = centres::centre(tx, centre).await?.filter(|centre| centre.closed_at.is_none());
        let centre = centre.ok_or(Why::NotFound)?;
        crate::units::not_away(tx, at, centre.id).await?;
        let standing = queue::setup(tx, centre.id).await?.ok_or(Why::NoSetup)?;
        let day = today_at(&centre, at.now);
        let found = loosely!(tx, queue::day(tx, centre.id, &day).await)?;
        let is_new = found.is_none();
        let day = found.unwrap_or_else(|| QueueDayRow {
            id: at.fresh(&format!("queue-day/{}/{day}", centre.id)),
            centre_id: centre.id,
            day,
            setup_hash: standing.hash.clone(),
            turn: 0,
            numbers: Json(json!({})),
            door: format!("{:06}", at.draw("door", 1_000_000)),
            closed_at: None,
            version: 1,
        });
        Ok(Self { setup: setups::read(&standing.hash, &standing.body)?, centre, day, is_new })
    }

    /// The floor of the day on which a ticket was taken.
    pub async fn of(tx: &mut Tx<'_>, at: &Desk, ticket: &TicketRow) -> Result<Self, Stop> {
        Self::foresee(tx, ticket.centre_id).await?;
        let centre = centres::centre(tx, ticket.centre_id).await?.ok_or(Why::NotFound)?;
        crate::units::not_away(tx, at, centre.id).await?;
        let standing = queue::setup(tx, centre.id).await?.ok_or(Why::NoSetup)?;
        let day = loosely!(tx, queue::day_by_id(tx, ticket.day_id).await)?.ok_or(Why::NotFound)?;
        Ok(Self { setup: setups::read(&standing.hash, &standing.body)?, centre, day, is_new: false })
    }

    /// Asks together what a floor asks of its centre.
    async fn foresee(tx: &mut Tx<'_>, centre: CentreId) -> Result<(), Fault> {
        if tx.foresees() {
            centres::centre(tx, centre).await?;
            diwan_store::units::away_with(tx, centre).await?;
            queue::setup(tx, centre).await?;
            tx.ask_foreseen().await?;
        }
        Ok(())
    }

    /// Writes the day with its next turn, announces it, and gives the entry that tells of
    /// it. Once an act.
    pub async fn turn(
        &mut self,
        tx: &mut Tx<'_>,
        at: &Desk,
        number: &str,
        what: What,
    ) -> Result<Entry, Stop> {
        self.day.turn += 1;
        if self.is_new {
            tx.add(&self.day).await?;
        } else {
            tx.edit(&mut self.day).await?;
        }
        tx.announce(TOPIC, self.centre.id);
        let event = Event { turn: self.day.turn, at: at.now, number: number.to_owned(), what };
        let facts = serde_json::to_value(&event).map_err(|error| Fault::Outside(error.to_string()))?;
        let kind = match event.what {
            What::Take { .. } => "ticket-taken",
            What::Call { .. } => "ticket-called",
            What::Jump { .. } => "ticket-let-in",
            What::Transfer { .. } => "ticket-transferred",
            What::Revive { .. } => "ticket-revived",
            What::Setup { .. } => "queue-setup-changed",
            What::Other { .. } => "ticket-moved",
        };
        let mut entry = Entry::new(kind, "queue-day", self.day.id);
        if let Value::Object(facts) = facts {
            entry.facts = facts;
        }
        Ok(entry)
    }
}

/// What everything that happens in a centre's day meets in: the day's row, which counts turns.
pub(crate) fn hall(centre: CentreId) -> String {
    format!("hall {centre}")
}

/// The same for what happens to a ticket.
pub(crate) async fn hall_of(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Option<String>, Stop> {
    Ok(queue::ticket(tx, ticket).await?.map(|ticket| hall(ticket.centre_id)))
}

/// The day on which an instant falls in a centre.
#[must_use]
pub fn today_at(centre: &CentreRow, now: i64) -> String {
    let offset = i32::try_from(centre.utc_offset_minutes).unwrap_or(0);
    crate::desk::day_of(now, offset).to_string()
}

/// Whether a centre is open at an instant.
///
/// # Errors
/// When the database fails.
pub async fn is_open(tx: &mut Tx<'_>, centre: &CentreRow, now: i64) -> Result<bool, Fault> {
    let (hours, holidays) = times_of(tx, centre).await?;
    Ok(hours.is_open(now, &holidays))
}

/// When a centre is open: its own hours, or those of its stops where it is a mobile unit
/// with a route; and the days on which that does not hold.
pub(crate) async fn times_of(tx: &mut Tx<'_>, centre: &CentreRow) -> Result<(OpeningHours, Holidays), Fault> {
    let setup = setup_standing(tx, centre.id).await?;
    times_under(tx, centre, setup.as_ref().map(|(_, setup)| &**setup)).await
}

/// The same for whoever has read the setup that stands.
async fn times_under(
    tx: &mut Tx<'_>,
    centre: &CentreRow,
    setup: Option<&Setup>,
) -> Result<(OpeningHours, Holidays), Fault> {
    let mut holidays = days_off(tx, Some(centre)).await?;
    let Some(setup) = setup.filter(|setup| !setup.stops.is_empty()) else {
        return Ok((hours_of(centre)?, holidays));
    };
    let offset = i32::try_from(centre.utc_offset_minutes).unwrap_or(0);
    let (hours, special) = stops::hours(&setup.stops, offset);
    holidays.special.extend(special);
    Ok((hours, holidays))
}

/// A stop of a mobile unit at which it serves or will.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopAt {
    /// Its names by language.
    pub names: Names,
    /// Where in it.
    pub place: String,
    /// From when, microseconds since 1970 UTC.
    pub from: i64,
    /// Until when.
    pub until: i64,
}

impl StopAt {
    /// Whether the unit is there at an instant.
    #[must_use]
    pub fn is_now(&self, now: i64) -> bool {
        (self.from..self.until).contains(&now)
    }
}

/// For how many days stops are told.
const TOLD_DAYS: i32 = 14;

/// Where a mobile unit is and will be, in order; nothing for a centre without a route.
///
/// # Errors
/// When the database fails.
pub async fn stops_of(tx: &mut Tx<'_>, centre: &CentreRow, now: i64) -> Result<Vec<StopAt>, Fault> {
    const MINUTE: i64 = 60_000_000;
    let Some((_, setup)) = setup_standing(tx, centre.id).await? else { return Ok(Vec::new()) };
    if setup.stops.is_empty() {
        return Ok(Vec::new());
    }
    let (hours, holidays) = times_of(tx, centre).await?;
    let today = crate::desk::day_of(now, hours.offset_minutes);
    let minute = u16::try_from((now - hours.midnight(today)) / MINUTE).unwrap_or(0);
    let at = |one: &StopOn<'_>| {
        let midnight = hours.midnight(one.day);
        StopAt {
            names: one.stop.names.clone(),
            place: one.stop.place.clone(),
            from: midnight + i64::from(one.stop.from) * MINUTE,
            until: midnight + i64::from(one.stop.until) * MINUTE,
        }
    };
    Ok(stops::coming(&setup.stops, (today, minute), TOLD_DAYS, &holidays).iter().map(at).collect())
}

fn hours_of(centre: &CentreRow) -> Result<OpeningHours, Fault> {
    serde_json::from_value(centre.hours.0.clone()).map_err(|_| Fault::Shape("hours".into()))
}

/// The needs that a ticket names.
#[must_use]
pub fn needs_of(ticket: &TicketRow) -> Vec<Need> {
    serde_json::from_value(ticket.needs.0.clone()).unwrap_or_default()
}

/// A ticket as the rule sees it.
#[must_use]
pub fn as_waiting(ticket: &TicketRow) -> Waiting {
    Waiting {
        number: ticket.number.clone(),
        line: ticket.line.clone(),
        class: diwan_domain::queue::Class::from_code(&ticket.class)
            .unwrap_or(diwan_domain::queue::Class::Walk),
        came_at: ticket.came_at,
        place: ticket.place,
        needs: needs_of(ticket),
    }
}

/// The ticket that a code opens, with its day.
///
/// # Errors
/// When the database fails.
pub async fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<TicketRow>, Fault> {
    queue::by_code(tx, code).await
}

/// A centre by its code, if it is open to the public.
///
/// # Errors
/// When the database fails.
pub async fn centre_coded(tx: &mut Tx<'_>, code: &str) -> Result<Option<CentreRow>, Fault> {
    queue::centre_coded(tx, &code.to_ascii_uppercase()).await
}

/// A centre by its identifier.
///
/// # Errors
/// When the database fails.
pub async fn centre_by_id(tx: &mut Tx<'_>, id: CentreId) -> Result<Option<CentreRow>, Fault> {
    centres::centre(tx, id).await
}

/// The days of a centre, the latest first: those of the last two months.
///
/// # Errors
/// When the database fails.
pub async fn days_of(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<QueueDayRow>, Fault> {
    queue::days(tx, centre, 62).await
}

/// Whether a visit was rated.
///
/// # Errors
/// When the database fails.
pub async fn is_rated(tx: &mut Tx<'_>, visit: VisitId) -> Result<bool, Fault> {
    Ok(queue::visit(tx, visit).await?.is_some_and(|visit| visit.rated_at.is_some()))
}

/// One ticket.
///
/// # Errors
/// When the database fails.
pub async fn ticket(tx: &mut Tx<'_>, id: TicketId) -> Result<Option<TicketRow>, Fault> {
    queue::ticket(tx, id).await
}
