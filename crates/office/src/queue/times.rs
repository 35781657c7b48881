//! What is needed to say which appointment fits: the centre's setup, its hours, what is
//! booked, what is offered to those who wait, and which days are given by draw.

use super::booking::refused;
use super::duties::duties_of;
use super::{setup_standing, times_of};
use diwan_domain::calendar::{Holidays, OpeningHours};
use diwan_domain::ids::CentreId;
use diwan_domain::queue::duties::Duty;
use diwan_domain::queue::slots::booking::Free;
use diwan_domain::queue::slots::{Book, Booking, For, NoFit, Standing};
use diwan_domain::queue::{MINUTE, Setup};
use diwan_domain::refusals::Why;
use diwan_store::centres::{self, CentreRow};
use diwan_store::queue::{self, AppointmentRow};
use diwan_store::releases::{self, WaitingPlaceRow};
use diwan_store::{Fault, Stop, Tx};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) const A_DAY: i64 = 24 * 60 * MINUTE;
/// How far back missed appointments are looked for.
pub(super) const LOOKED_BACK: i64 = 366 * A_DAY;

/// A centre with everything that decides about its appointments.
pub(super) struct Times {
    pub centre: CentreRow,
    pub setup: Arc<Setup>,
    pub opening: OpeningHours,
    pub holidays: Holidays,
    /// Who is planned at its counters.
    duties: Vec<Duty>,
    /// The labels of the counters of each line.
    labels: BTreeMap<String, BTreeSet<String>>,
}

/// Days that nobody can book yet, because their slots are given by draw.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    from: Date,
    to: Date,
    /// Until when, microseconds since 1970 UTC; as far as is known.
    pub until: i64,
}

impl Held {
    pub fn holds(&self, day: Date) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

/// What of a day is only for those who wait for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WaitedFor {
    /// Nobody waits.
    Nothing,
    /// Everything but the places that are kept for those for whom waiting is hard, of whom
    /// nobody waits.
    NotKept,
    /// Everything.
    All,
}

impl WaitedFor {
    /// What is left of a slot for whoever does not wait; `None` for nothing.
    pub fn leaves(self, free: Free) -> Option<Free> {
        let left = match self {
            Self::Nothing => free,
            Self::NotKept => Free { anyone: 0, vulnerable: free.vulnerable - free.anyone, ..free },
            Self::All => return None,
        };
        Some(left).filter(|left| left.vulnerable > 0)
    }
}

impl Times {
    pub async fn of(tx: &mut Tx<'_>, centre: CentreId) -> Result<Self, Stop> {
        let centre = centres::centre(tx, centre).await?.filter(|centre| centre.closed_at.is_none());
        let centre = centre.ok_or(Why::NotFound)?;
        let (_, setup) = setup_standing(tx, centre.id).await?.ok_or(Why::NoSetup)?;
        let (opening, holidays) = times_of(tx, &centre).await?;
        let duties = duties_of(tx, centre.id).await?;
        let labels = setup.lines.iter().map(|line| (line.letter.clone(), setup.labels_of(&line.letter)));
        let labels = labels.collect();
        Ok(Self { centre, setup, opening, holidays, duties, labels })
    }

    pub fn book<'a>(&'a self, line: &str, bookings: &'a [Booking]) -> Result<Book<'a>, Stop> {
        let (offer, rules) = self.setup.offer(line).ok_or(Why::NoAppointments)?;
        let labels = self.labels.get(line).ok_or(Why::NoAppointments)?;
        Ok(Book {
            offer,
            opening: &self.opening,
            holidays: &self.holidays,
            window: rules.window,
            limits: rules.limits,
            no_shows: rules.no_shows,
            bookings,
            duties: &self.duties,
            labels,
        })
    }

    /// What is taken of the slots of a line within a time: booked, or held for somebody to
    /// whom it is offered.
    pub async fn bookings(
        &self,
        tx: &mut Tx<'_>,
        line: &str,
        within: (i64, i64),
    ) -> Result<Vec<Booking>, Fault> {
        let booked = queue::booked(tx, self.centre.id, line, within).await?;
        let offered = releases::held(tx, self.centre.id, line, within).await?;
        Ok(booked.iter().map(booking).chain(offered.iter().filter_map(offer)).collect())
    }

    /// The days of a line that nobody can book yet.
    pub async fn held(&self, tx: &mut Tx<'_>, line: &str, now: i64) -> Result<Vec<Held>, Fault> {
        let opened = releases::of_centre(tx, self.centre.id).await?;
        let mut held = Vec::new();
        for row in opened.iter().filter(|row| row.line == line && row.done_at.is_none()) {
            let day = |text: &str| text.parse().map_err(|_| Fault::Shape("release".into()));
            let (from, to) = (day(&row.from_day)?, day(&row.until_day)?);
            // Drawn late, it is about to be drawn.
            held.push(Held { from, to, until: row.draws_at.max(now + MINUTE) });
        }
        // Those that are announced and not opened yet. One that was announced when its window
        // had begun is never opened: its days are booked as others are.
        let announced = self.setup.releases.iter().filter(|release| release.line == line);
        for release in announced.filter(|release| !opened.iter().any(|row| row.key == release.key)) {
            if now < release.window(&self.opening).opens {
                let until = release.draws_at(&self.opening);
                held.push(Held { from: release.from, to: release.until, until });
            }
        }
        Ok(held)
    }

    /// What of a day is only for those who wait for it.
    pub async fn waited_for(&self, tx: &mut Tx<'_>, line: &str, day: Date) -> Result<WaitedFor, Fault> {
        let list = releases::waiting_for(tx, self.centre.id, line, &day.to_string()).await?;
        let is_hard = |row: &WaitingPlaceRow| For::from_code(&row.who) == Some(For::Vulnerable);
        Ok(match list.as_slice() {
            [] => WaitedFor::Nothing,
            some if some.iter().any(is_hard) => WaitedFor::All,
            _ => WaitedFor::NotKept,
        })
    }

    /// Refuses a time that is given by draw, or for which others wait.
    pub async fn not_held(
        &self,
        tx: &mut Tx<'_>,
        line: &str,
        (at, who): (i64, For),
        now: i64,
    ) -> Result<(), Stop> {
        let Some(day) = self.opening.day_of(at) else { return Err(refused(NoFit::NoSlot)) };
        let held = self.held(tx, line, now).await?;
        if let Some(held) = held.iter().find(|held| held.holds(day)) {
            return Err(refused(NoFit::NotReleased { at: held.until }));
        }
        let waited = self.waited_for(tx, line, day).await?;
        if waited == WaitedFor::Nothing {
            return Ok(());
        }
        let midnight = self.opening.midnight(day);
        let bookings = self.bookings(tx, line, (midnight - A_DAY, midnight + 2 * A_DAY)).await?;
        let mut free = self.book(line, &bookings)?.free(day).into_iter();
        let kept = free.find(|free| free.slot.at == at).and_then(|free| waited.leaves(free));
        if who == For::Vulnerable && kept.is_some() { Ok(()) } else { Err(refused(NoFit::Full)) }
    }
}

pub(super) fn booking(row: &AppointmentRow) -> Booking {
    Booking {
        id: row.id.to_string(),
        line: row.line.clone(),
        at: row.starts_at,
        who: For::from_code(&row.who).unwrap_or(For::Anyone),
        identity: row.identity.clone(),
        phone: row.phone.clone(),
        standing: Standing::from_code(&row.standing).unwrap_or(Standing::Cancelled),
    }
}

/// A place that is held for somebody, as though it were booked.
fn offer(row: &WaitingPlaceRow) -> Option<Booking> {
    Some(Booking {
        id: row.id.to_string(),
        line: row.line.clone(),
        at: row.slot_at?,
        who: For::from_code(&row.who).unwrap_or(For::Anyone),
        identity: row.identity.clone(),
        phone: row.phone.clone(),
        standing: Standing::Open,
    })
}
