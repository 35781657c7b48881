//! The morning and the evening of a centre. Nobody is wiped away at night: whoever was
//! not served is told so, counted, and keeps their place for the next day. So does whoever
//! was forgotten at a counter.

use super::{Floor, is_open, today_at};
use crate::desk::{Office, Who};
use crate::queue::{MoveTicket, StandUp};
use crate::units::is_elsewhere;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{CentreId, QueueDayId};
use diwan_domain::journal::Entry;
use diwan_domain::queue::{State, Step};
use diwan_domain::refusals::Why;
use diwan_store::queue::{self, QueueDayRow};
use diwan_store::{Act, Recorded, Stop, Tx, centres};
use serde::{Deserialize, Serialize};

/// How many of a centre's days are looked through for one that could not be closed yet:
/// somebody may have been forgotten at a counter whose officer was away for weeks.
const LOOKED_BACK: i64 = 92;

/// Closes a day of a centre, when nobody of it waits or is served any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct CloseDay {
    /// Which day.
    pub day: QueueDayId,
}

impl Act for CloseDay {
    const NAME: &'static str = "close-queue-day";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let mut day = queue::day_by_id(tx, self.day).await?.ok_or(Why::NotFound)?;
        if day.closed_at.is_some() {
            return Err(Why::NothingChanges.into());
        }
        for state in [State::Waiting, State::Called, State::Serving, State::Parked, State::Missed] {
            if !queue::in_state(tx, day.id, state.code()).await?.is_empty() {
                return Err(Why::StillServing.into());
            }
        }
        day.closed_at = Some(at.now);
        tx.edit(&mut day).await?;
        let entry = Entry::new("queue-day-closed", "centre", day.centre_id)
            .with("day", day.day.clone())
            .with("turns", day.turn);
        Ok(Recorded::new((), entry))
    }
}

/// Closes every day that is past and not closed: who waits is noted as not served. Who
/// stands at a counter is left there, unless nothing happened to them for hours: their
/// officer forgot them, and the day's record waits for it. Returns how many days were closed.
///
/// # Errors
/// When an act fails.
pub async fn close_past_days(office: &Office) -> Result<usize, Stop> {
    let past = past_days(office).await?;
    let who = Who::system("evening");
    let mut closed = 0;
    for day in past {
        for state in [State::Waiting, State::Parked, State::Missed, State::Called, State::Serving] {
            let tickets = {
                let mut reading = office.db.reading().await?;
                queue::in_state(&mut reading.tx(), day.id, state.code()).await?
            };
            for ticket in tickets {
                let key = format!("evening/{}/{}", ticket.id, ticket.version);
                let close = MoveTicket { ticket: ticket.id, step: Step::Close };
                match office.perform(&who, &key, close).await {
                    // Someone is still at work.
                    Ok(_) | Err(Stop::Refused(_)) => {}
                    Err(stop) => return Err(stop),
                }
            }
        }
        match office.perform(&who, &format!("evening/{}", day.id), CloseDay { day: day.id }).await {
            Ok(()) => closed += 1,
            // Someone is still at a counter.
            Err(Stop::Refused(_)) => {}
            Err(stop) => return Err(stop),
        }
    }
    Ok(closed)
}

/// Ends the sittings of days before at centres that are closed: a counter that nobody left
/// would count as open in the morning. Returns how many.
///
/// # Errors
/// When an act fails.
pub async fn leave_counters(office: &Office) -> Result<usize, Stop> {
    let now = office.now();
    let mut left = Vec::new();
    {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        for centre in centres::centres(&mut tx).await? {
            if is_elsewhere(&mut tx, centre.id, &office.settings.installation).await? {
                continue;
            }
            let sittings = queue::sitting_in(&mut tx, centre.id).await?;
            let today = today_at(&centre, now);
            let old = sittings.into_iter().filter(|row| today_at(&centre, row.since) < today);
            let old: Vec<_> = old.collect();
            if !old.is_empty() && !is_open(&mut tx, &centre, now).await? {
                left.extend(old);
            }
        }
    }
    let who = Who::system("evening");
    let mut ended = 0;
    for sitting in left {
        let key = format!("evening/sitting/{}/{}", sitting.id, sitting.version);
        let act = StandUp { officer: Some(sitting.officer_id) };
        match office.perform(&who, &key, act).await {
            Ok(()) => ended += 1,
            // Someone is still being served there.
            Err(Stop::Refused(_)) => {}
            Err(stop) => return Err(stop),
        }
    }
    Ok(ended)
}

async fn past_days(office: &Office) -> Result<Vec<QueueDayRow>, Stop> {
    let now = office.now();
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let mut past = Vec::new();
    for centre in centres::centres(&mut tx).await? {
        if is_elsewhere(&mut tx, centre.id, &office.settings.installation).await? {
            continue;
        }
        let today = today_at(&centre, now);
        let days = queue::days(&mut tx, centre.id, LOOKED_BACK).await?;
        past.extend(days.into_iter().filter(|day| day.closed_at.is_none() && day.day < today));
    }
    Ok(past)
}

/// Opens the day of a centre, so that its door can be shown before anyone came.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenDay {
    /// Of which centre.
    pub centre: CentreId,
}

impl Act for OpenDay {
    const NAME: &'static str = "open-queue-day";
    type Out = QueueDayId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<QueueDayId>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let floor = Floor::today(tx, at, self.centre).await?;
        if floor.is_new {
            tx.add(&floor.day).await?;
        }
        let entry = Entry::new("queue-day-opened", "centre", self.centre).with("day", floor.day.day.clone());
        Ok(Recorded::new(floor.day.id, entry))
    }
}

/// Opens the day of every centre that is open now and has none. Returns how many.
///
/// # Errors
/// When an act fails.
pub async fn open_days(office: &Office) -> Result<usize, Stop> {
    let now = office.now();
    let mut due = Vec::new();
    {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        for centre in centres::centres(&mut tx).await? {
            if is_elsewhere(&mut tx, centre.id, &office.settings.installation).await? {
                continue;
            }
            let today = today_at(&centre, now);
            let begun = queue::day(&mut tx, centre.id, &today).await?.is_some();
            if !begun
                && queue::setup(&mut tx, centre.id).await?.is_some()
                && is_open(&mut tx, &centre, now).await?
            {
                due.push((centre.id, today));
            }
        }
    }
    let who = Who::system("morning");
    for (centre, day) in &due {
        office.perform(&who, &format!("morning/{centre}/{day}"), OpenDay { centre: *centre }).await?;
    }
    Ok(due.len())
}
