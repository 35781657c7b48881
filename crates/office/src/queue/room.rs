//! Whether whoever walks in now can probably still be served today: said before they wait,
//! with the next free appointment. It turns nobody away.

use super::times::{A_DAY, Times};
use super::{free_days, free_slots, today_at};
use diwan_domain::ids::CentreId;
use diwan_domain::queue::State;
use diwan_domain::queue::slots::{Booking, For, Standing};
use diwan_domain::refusals::Why;
use diwan_store::{Fault, Stop, Tx, queue};

/// What is left of today in a line that gives appointments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// The line's letter.
    pub line: String,
    /// How many more can be served today of those who walk in; none or fewer when more wait
    /// than that.
    pub walk: i64,
    /// How many more of those for whom waiting is hard: they have the kept places too.
    pub vulnerable: i64,
    /// The next appointment that anyone can book, microseconds since 1970 UTC; looked for
    /// only when nobody more can be served today.
    pub next: Option<i64>,
}

impl Room {
    /// Whether nobody more who walks in can probably be served today.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.walk <= 0
    }
}

/// What is left of today in each line of which the capacity is known: how many its counters
/// can serve until they close, less who waits and who is booked. A kept place that was not
/// booked stays for whom waiting is hard.
///
/// # Errors
/// When the database fails.
pub async fn rooms(tx: &mut Tx<'_>, centre: CentreId, now: i64) -> Result<Vec<Room>, Fault> {
    match all(tx, centre, now).await {
        Ok(rooms) => Ok(rooms),
        // Without a setup or a centre there is no line.
        Err(Stop::Refused(_) | Stop::Kept(..)) => Ok(Vec::new()),
        Err(Stop::Fault(fault)) => Err(fault),
    }
}

async fn all(tx: &mut Tx<'_>, centre: CentreId, now: i64) -> Result<Vec<Room>, Stop> {
    let times = Times::of(tx, centre).await?;
    let today = times.opening.day_of(now).ok_or(Why::NotFound)?;
    let waiting = match queue::day(tx, centre, &today_at(&times.centre, now)).await? {
        Some(day) => queue::in_state(tx, day.id, State::Waiting.code()).await?,
        None => Vec::new(),
    };
    let end = times.opening.midnight(today) + A_DAY;
    let mut rooms = Vec::new();
    let letters: Vec<String> = times.setup.lines.iter().map(|line| line.letter.clone()).collect();
    for line in letters {
        if times.setup.offer(&line).is_none() {
            continue;
        }
        let booked = times.bookings(tx, &line, (now, end)).await?;
        let count = |who: Option<For>| {
            let is_open =
                |one: &&Booking| one.standing == Standing::Open && who.is_none_or(|who| one.who == who);
            booked.iter().filter(is_open).count() as i64
        };
        let takes = times.book(&line, &booked)?.takes(today, now);
        let wait = waiting.iter().filter(|ticket| ticket.line == line).count() as i64;
        let all = i64::from(takes.booked) + i64::from(takes.vulnerable) + i64::from(takes.walk);
        let left = all - count(None) - wait;
        // Kept places that nobody booked are not for everybody.
        let kept = (i64::from(takes.vulnerable) - count(Some(For::Vulnerable))).max(0);
        let walk = left - kept;
        let next = if walk > 0 { None } else { next_free(tx, centre, &line, now).await? };
        rooms.push(Room { line, walk, vulnerable: left, next });
    }
    Ok(rooms)
}

/// The next appointment of a line that anyone can book now.
async fn next_free(tx: &mut Tx<'_>, centre: CentreId, line: &str, now: i64) -> Result<Option<i64>, Stop> {
    for day in free_days(tx, centre, line, now).await? {
        if day.left == 0 || day.releases > now {
            continue;
        }
        let slots = free_slots(tx, centre, line, (day.day, now)).await?;
        if let Some(free) = slots.iter().find(|free| free.anyone > 0) {
            return Ok(Some(free.slot.at));
        }
    }
    Ok(None)
}
