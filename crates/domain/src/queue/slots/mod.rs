//! Appointments: which times a line offers, and whether one more person fits.
//!
//! A day's slots follow from the opening hours, the counters that serve the line, and how
//! long a visit takes. What they can take is divided by published shares: places that
//! anyone may book, places kept for people for whom waiting is hard, and room for those
//! who walk in, so that appointments shut nobody out. Nothing is counted beside the
//! bookings themselves: what is left is always what the bookings leave.

pub mod booking;
#[cfg(test)]
mod overbooking;

pub use booking::{Book, Booking, For, Limits, NoFit, NoShows, Request, Standing, Window};

use crate::calendar::{Holidays, Hours, OpeningHours};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How a line gives appointments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Offer {
    /// The line's letter.
    pub line: String,
    /// How many minutes a slot lasts.
    pub slot: u16,
    /// How many minutes a visit takes at a counter.
    pub visit: u16,
    /// How many counters serve the line, from when to when. At other times none does.
    pub counters: Vec<Counters>,
    /// How the places are divided.
    pub shares: Shares,
    /// Where a day differs.
    #[serde(default)]
    pub exceptions: Vec<Exception>,
}

/// So many counters, during these hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    /// From when to when.
    #[serde(flatten)]
    pub hours: Hours,
    /// How many.
    pub count: u16,
}

/// How the places of a day are divided, in whole percent. What both leave is for those
/// who walk in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Shares {
    /// For anyone who books.
    pub booked: u16,
    /// Kept for people for whom waiting is hard.
    pub vulnerable: u16,
}

/// So many counters on one day, instead of those that usually serve: none for a course, more
/// before the school year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// On which day.
    pub on: Date,
    /// From when to when, and how many.
    #[serde(flatten)]
    pub counters: Counters,
}

/// Why an offer cannot be published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OfferFault {
    /// A length of none, or longer than four hours.
    #[error("{what} = {found} minutes; write 1 to 240")]
    Length {
        /// `slot` or `visit`.
        what: &'static str,
        /// What was found.
        found: u16,
    },
    /// The shares leave nothing for those who walk in.
    #[error("booked {booked} % and vulnerable {vulnerable} % are more than 100 %")]
    Shares {
        /// The share of those who book.
        booked: u16,
        /// The share that is kept.
        vulnerable: u16,
    },
    /// Hours that end before they begin, or after midnight.
    #[error("hours from minute {} until minute {} of the day; let them end after they begin, by 1440", .0.opens, .0.closes)]
    Hours(Hours),
    /// Nobody knows how many counters serve, because two entries speak of one minute.
    #[error("two entries say how many counters serve in minute {0} of the day")]
    Twice(u16),
}

/// Places of one kind beside another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Places {
    /// That anyone may book.
    pub booked: u16,
    /// That are kept for people for whom waiting is hard.
    pub vulnerable: u16,
    /// That are nobody's: for those who walk in.
    pub walk: u16,
}

/// A time that is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Slot {
    /// Its beginning, in microseconds since 1970 UTC.
    pub at: i64,
    /// Its beginning in minutes since the local midnight.
    pub minute: u16,
    /// What it can take.
    pub places: Places,
}

/// The minutes of a day.
const DAY: u16 = 24 * 60;

impl Offer {
    /// Whether it can be published.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn check(&self) -> Result<(), OfferFault> {
        for (what, found) in [("slot", self.slot), ("visit", self.visit)] {
            if !(1..=240).contains(&found) {
                return Err(OfferFault::Length { what, found });
            }
        }
        let Shares { booked, vulnerable } = self.shares;
        if u32::from(booked) + u32::from(vulnerable) > 100 {
            return Err(OfferFault::Shares { booked, vulnerable });
        }
        once(self.counters.iter().map(|counters| counters.hours))?;
        for exception in &self.exceptions {
            let of_the_day = self.exceptions.iter().filter(|other| other.on == exception.on);
            once(of_the_day.map(|other| other.counters.hours))?;
        }
        Ok(())
    }

    /// The slots of a day, in order. A slot lies wholly within the opening hours; one during
    /// which counters open or close counts as having the fewest of them. Without any open
    /// minute, or for an offer that [`check`](Self::check) refuses, there are none.
    #[must_use]
    pub fn slots(&self, day: Date, opening: &OpeningHours, holidays: &Holidays) -> Vec<Slot> {
        self.slots_staffed(day, opening, holidays, |_| None)
    }

    /// The same where it is known how many counters have somebody planned in a minute of
    /// the day: no more of them count.
    #[must_use]
    pub fn slots_staffed(
        &self,
        day: Date,
        opening: &OpeningHours,
        holidays: &Holidays,
        staffed: impl Fn(u16) -> Option<u16>,
    ) -> Vec<Slot> {
        if self.check().is_err() {
            return Vec::new();
        }
        let midnight = opening.midnight(day);
        let mut shared = Shared::default();
        let mut slots = Vec::new();
        for open in opening.on(day, holidays) {
            let mut minute = open.opens;
            while let Some(end) = minute.checked_add(self.slot).filter(|end| *end <= open.closes.min(DAY)) {
                let counters = (minute..end)
                    .map(|at| self.counters_at(day, at).min(staffed(at).unwrap_or(u16::MAX)))
                    .min()
                    .unwrap_or(0);
                let takes = u32::from(counters) * u32::from(self.slot);
                let places = shared.divide(takes, self.visit, self.shares);
                let at = midnight + i64::from(minute) * super::MINUTE;
                slots.push(Slot { at, minute, places });
                minute = end;
            }
        }
        slots
    }

    /// How many counters serve the line in a minute of a day.
    fn counters_at(&self, day: Date, minute: u16) -> u16 {
        let holds = |counters: &Counters| (counters.hours.opens..counters.hours.closes).contains(&minute);
        let of_the_day = self.exceptions.iter().filter(|exception| exception.on == day);
        let exception = of_the_day.map(|exception| &exception.counters).find(|counters| holds(counters));
        exception.or_else(|| self.counters.iter().find(|counters| holds(counters))).map_or(0, |c| c.count)
    }
}

/// Hours that are hours, and speak of no minute twice.
fn once(all: impl Iterator<Item = Hours>) -> Result<(), OfferFault> {
    let mut sorted: Vec<Hours> = all.collect();
    sorted.sort_by_key(|hours| hours.opens);
    if let Some(hours) = sorted.iter().find(|hours| hours.opens >= hours.closes || hours.closes > DAY) {
        return Err(OfferFault::Hours(*hours));
    }
    let twice = sorted.windows(2).find(|two| two[1].opens < two[0].closes);
    twice.map_or(Ok(()), |two| Err(OfferFault::Twice(two[1].opens)))
}

/// What earlier slots of the day left over, because no slot can take a part of a person.
#[derive(Default)]
struct Shared {
    /// Minutes of counters that made no whole visit yet.
    minutes: u32,
    /// Hundredths of a place that each kind is still owed.
    vulnerable: u32,
    booked: u32,
}

impl Shared {
    /// Divides a slot's counter minutes, so that over the day each kind gets its share, to
    /// a place. Who is kept a place for goes first, who walks in takes what is left.
    fn divide(&mut self, takes: u32, visit: u16, shares: Shares) -> Places {
        if takes == 0 {
            // What was left over before the counters closed is not there afterwards.
            self.minutes = 0;
            return Places::default();
        }
        self.minutes += takes;
        let all = self.minutes / u32::from(visit);
        self.minutes %= u32::from(visit);
        let give = |owed: &mut u32, share: u16, room: u32| {
            *owed += all * u32::from(share);
            let given = (*owed / 100).min(room);
            *owed -= given * 100;
            given
        };
        let vulnerable = give(&mut self.vulnerable, shares.vulnerable, all);
        let booked = give(&mut self.booked, shares.booked, all - vulnerable);
        let walk = all - vulnerable - booked;
        let places = |count: u32| u16::try_from(count).unwrap_or(u16::MAX);
        Places { booked: places(booked), vulnerable: places(vulnerable), walk: places(walk) }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use jiff::civil::date;

    pub fn hours(opens: u16, closes: u16) -> Hours {
        Hours { opens, closes }
    }

    /// A Sunday, on which offices are open from 08:30 to 14:30.
    pub const SUNDAY: Date = date(2026, 11, 29);

    pub fn offer() -> Offer {
        Offer {
            line: "A".into(),
            slot: 30,
            visit: 10,
            counters: vec![Counters { hours: hours(510, 870), count: 2 }],
            shares: Shares { booked: 50, vulnerable: 10 },
            exceptions: vec![],
        }
    }

    fn slots(offer: &Offer) -> Vec<Slot> {
        offer.slots(SUNDAY, &OpeningHours::usual(), &Holidays::default())
    }

    #[test]
    fn a_day_has_slots_from_opening_to_closing() {
        let slots = slots(&offer());
        assert_eq!((slots.len(), slots[0].minute, slots[11].minute), (12, 510, 840));
        assert_eq!(slots[0].at, OpeningHours::usual().midnight(SUNDAY) + 510 * 60_000_000);
        // Six visits a slot. The kept ones come every other slot at least: 10 % of six.
        let sum = |of: fn(&Places) -> u16| slots.iter().map(|slot| of(&slot.places)).sum::<u16>();
        assert_eq!(sum(|p| p.booked + p.vulnerable + p.walk), 72);
        assert_eq!((sum(|p| p.booked), sum(|p| p.vulnerable), sum(|p| p.walk)), (36, 7, 29));
    }

    #[test]
    fn closed_days_offer_nothing_and_special_ones_their_own_hours() {
        let usual = OpeningHours::usual();
        let mut holidays = Holidays::default();
        holidays.closed.insert(SUNDAY);
        assert_eq!(offer().slots(SUNDAY, &usual, &holidays), []);
        assert_eq!(offer().slots(date(2026, 11, 27), &usual, &Holidays::default()), [], "a Friday");
        holidays.closed.clear();
        holidays.special.insert(SUNDAY, vec![hours(600, 655)]);
        // A slot that would end after closing is not offered.
        let minutes: Vec<u16> = offer().slots(SUNDAY, &usual, &holidays).iter().map(|s| s.minute).collect();
        assert_eq!(minutes, [600]);
    }

    #[test]
    fn exceptions_change_the_counters_of_their_day_only() {
        let mut offer = offer();
        let none = Counters { hours: hours(510, 600), count: 0 };
        let more = Counters { hours: hours(600, 870), count: 4 };
        offer.exceptions =
            vec![Exception { on: SUNDAY, counters: none }, Exception { on: SUNDAY, counters: more }];
        let all = |slot: &Slot| slot.places.booked + slot.places.vulnerable + slot.places.walk;
        let found: Vec<u16> = slots(&offer).iter().map(all).collect();
        assert_eq!(found, [0, 0, 0, 12, 12, 12, 12, 12, 12, 12, 12, 12]);
        let monday = offer.slots(date(2026, 11, 30), &OpeningHours::usual(), &Holidays::default());
        assert!(monday.iter().all(|slot| all(slot) == 6));
    }

    #[test]
    fn a_counter_without_anybody_planned_gives_no_places() {
        let (opening, off) = (OpeningHours::usual(), Holidays::default());
        let all = |slot: &Slot| slot.places.booked + slot.places.vulnerable + slot.places.walk;
        // One of the two counters is staffed until eleven, and none after one.
        let staffed = |minute: u16| Some(if minute < 660 { 1 } else { u16::from(minute < 780) * 5 });
        let found: Vec<u16> =
            offer().slots_staffed(SUNDAY, &opening, &off, staffed).iter().map(all).collect();
        assert_eq!(found, [3, 3, 3, 3, 3, 6, 6, 6, 6, 0, 0, 0]);
    }

    #[test]
    fn long_visits_and_few_counters_give_a_place_every_few_slots() {
        let mut offer = offer();
        (offer.visit, offer.counters[0].count) = (45, 1);
        let found: Vec<u16> =
            slots(&offer).iter().map(|s| s.places.booked + s.places.vulnerable + s.places.walk).collect();
        assert_eq!(found, [0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1]);
    }

    #[test]
    fn whatever_the_shares_no_slot_gives_more_than_it_has() {
        for booked in (0..=100).step_by(7) {
            for vulnerable in (0..=(100 - booked)).step_by(9) {
                for count in 1..4 {
                    let mut offer = offer();
                    offer.shares = Shares { booked, vulnerable };
                    offer.counters[0].count = count;
                    let slots = slots(&offer);
                    let all = |p: Places| p.booked + p.vulnerable + p.walk;
                    assert!(slots.iter().all(|slot| all(slot.places) == 3 * count));
                    let given: u16 = slots.iter().map(|slot| slot.places.booked).sum();
                    let owed = 36 * count * booked / 100;
                    assert!(given.abs_diff(owed) <= 1, "{booked} {vulnerable} {count}: {given} {owed}");
                }
            }
        }
    }

    #[test]
    fn an_offer_that_cannot_be_kept_says_why() {
        let broken = |change: fn(&mut Offer)| {
            let mut offer = offer();
            change(&mut offer);
            assert_eq!(slots(&offer), []);
            offer.check().unwrap_err().to_string()
        };
        assert_eq!(offer().check(), Ok(()));
        assert_eq!(broken(|o| o.slot = 0), "slot = 0 minutes; write 1 to 240");
        assert_eq!(broken(|o| o.visit = 300), "visit = 300 minutes; write 1 to 240");
        assert_eq!(broken(|o| o.shares.booked = 95), "booked 95 % and vulnerable 10 % are more than 100 %");
        assert!(broken(|o| o.counters[0].hours = hours(600, 600)).starts_with("hours from minute 600"));
        let two = broken(|o| o.counters.push(Counters { hours: hours(800, 900), count: 1 }));
        assert_eq!(two, "two entries say how many counters serve in minute 800 of the day");
    }
}
