//! Whether one more appointment fits: places, the booking window, how many one person may
//! hold, and what happens to those who do not come.

use super::{Offer, Places, Slot};
use crate::calendar::{Holidays, OpeningHours};
use crate::people::words;
use crate::queue::MINUTE;
use crate::queue::duties::{Duty, staffed};
use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

words! {
    /// For whom a place is booked.
    For {
        /// Anyone.
        Anyone = "anyone",
        /// Somebody for whom waiting is hard.
        Vulnerable = "vulnerable",
    }
}

words! {
    /// Where an appointment stands.
    Standing {
        /// Still to come.
        Open = "open",
        /// Its holder came.
        Kept = "kept",
        /// Its holder did not come.
        Missed = "missed",
        /// Given back.
        Cancelled = "cancelled",
        /// The centre is closed then after all.
        CalledOff = "called-off",
    }
}

/// An appointment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// Names it.
    pub id: String,
    /// The letter of its line.
    pub line: String,
    /// When it is, in microseconds since 1970 UTC.
    pub at: i64,
    /// For whom the place is.
    pub who: For,
    /// Whose it is: a keyed hash of their identity number is enough.
    pub identity: String,
    /// The phone it was booked with, as a keyed hash; empty for none.
    pub phone: String,
    /// Where it stands.
    pub standing: Standing,
}

/// Which appointment somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The beginning of a slot, in microseconds since 1970 UTC.
    pub at: i64,
    /// For whom the place is.
    pub who: For,
    /// Who asks; written as in [`Booking::identity`].
    pub identity: String,
    /// Their phone; written as in [`Booking::phone`].
    pub phone: String,
    /// The appointment that this one takes the place of.
    pub instead_of: Option<String>,
}

/// When a slot can be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Window {
    /// How many days before its own a day is released.
    pub days_before: u16,
    /// At which minute of that day, counted from the local midnight.
    pub minute: u16,
    /// How many minutes before its beginning a slot is closed.
    pub closes_before: u16,
}

/// How many open appointments one person may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// By identity.
    pub per_identity: u16,
    /// By phone. Families share phones: more than for an identity.
    pub per_phone: u16,
}

/// After how many missed appointments somebody has to walk in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NoShows {
    /// After so many; 0 bars nobody.
    pub count: u16,
    /// Within so many days, the first and the last counted.
    pub within_days: u16,
    /// For so many days from the last missed one on.
    pub walk_in_days: u16,
}

/// Everything that decides about an appointment.
#[derive(Clone, Copy, Debug)]
pub struct Book<'a> {
    /// What the line offers.
    pub offer: &'a Offer,
    /// The centre's week.
    pub opening: &'a OpeningHours,
    /// Days on which the week does not hold.
    pub holidays: &'a Holidays,
    /// When a slot can be booked.
    pub window: Window,
    /// How many one person may hold.
    pub limits: Limits,
    /// What happens to those who do not come.
    pub no_shows: NoShows,
    /// The appointments: at least those of the line on the day asked about, and all of
    /// the person and of the phone that ask.
    pub bookings: &'a [Booking],
    /// Who is planned at the centre's counters; nobody where it does not plan.
    pub duties: &'a [Duty],
    /// The labels of the counters that serve the line.
    pub labels: &'a BTreeSet<String>,
}

/// A slot, and how many more it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Free {
    /// The slot.
    pub slot: Slot,
    /// How many more of anyone.
    pub anyone: u16,
    /// How many more people for whom waiting is hard. They have the kept places and, when
    /// those are gone, the ones of everybody.
    pub vulnerable: u16,
}

/// Why an appointment does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoFit {
    /// No slot begins then.
    #[error("no slot begins then")]
    NoSlot,
    /// The day is not released yet.
    #[error("the day is released later")]
    NotReleased {
        /// When it will be, in microseconds since 1970 UTC.
        at: i64,
    },
    /// It is too late for this slot.
    #[error("the slot is closed")]
    Closed,
    /// All its places are taken.
    #[error("the slot is full")]
    Full,
    /// They have an appointment at that time, or in this line on that day.
    #[error("they have an appointment then already")]
    Twice,
    /// They hold as many as one person may.
    #[error("they hold {most} appointments, as many as one person may")]
    PersonHasEnough {
        /// How many that is.
        most: u16,
    },
    /// As many are booked with this phone as may be.
    #[error("{most} appointments are booked with this phone, as many as may be")]
    PhoneHasEnough {
        /// How many that is.
        most: u16,
    },
    /// They missed too many: they have to walk in until a day.
    #[error("they missed appointments, and can book again from {from}")]
    WalkInOnly {
        /// The first day on which they can book again.
        from: Date,
    },
    /// The appointment that is to be changed is not theirs, or not open any more.
    #[error("there is no open appointment of theirs to change")]
    NothingToChange,
}

impl NoFit {
    /// A stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoSlot => "no-slot",
            Self::NotReleased { .. } => "not-released",
            Self::Closed => "closed",
            Self::Full => "full",
            Self::Twice => "twice",
            Self::PersonHasEnough { .. } => "person-has-enough",
            Self::PhoneHasEnough { .. } => "phone-has-enough",
            Self::WalkInOnly { .. } => "walk-in-only",
            Self::NothingToChange => "nothing-to-change",
        }
    }
}

impl Window {
    /// When a day is released, in microseconds since 1970 UTC.
    #[must_use]
    pub fn releases(&self, day: Date, opening: &OpeningHours) -> i64 {
        let released = day.checked_sub(Span::new().days(i64::from(self.days_before)));
        // Before the calendar begins: released since ever.
        released.map_or(i64::MIN, |on| opening.midnight(on) + i64::from(self.minute) * MINUTE)
    }
}

impl NoShows {
    /// The first day on which somebody can book again who missed appointments on these
    /// days; nothing when they never were barred.
    #[must_use]
    pub fn again_from(&self, missed: &[Date]) -> Option<Date> {
        let count = usize::from(self.count);
        if count == 0 {
            return None;
        }
        let mut missed = missed.to_vec();
        missed.sort_unstable();
        let within = |run: &&[Date]| match run {
            [first, .., last] => {
                last.since(*first).is_ok_and(|span| span.get_days() < i32::from(self.within_days))
            }
            _ => true,
        };
        let last = missed.windows(count).filter(within).filter_map(|run| run.last()).max()?;
        last.checked_add(Span::new().days(i64::from(self.walk_in_days))).ok()
    }
}

impl Places {
    /// What is left of these when only a part of their time is.
    fn part(self, left: i64, of: i64) -> Self {
        let all = i64::from(self.booked) + i64::from(self.vulnerable) + i64::from(self.walk);
        // To the nearest whole, a half up.
        let stays = (2 * all * left + of) / (2 * of).max(1);
        let mut over = u16::try_from(all - stays).unwrap_or(0);
        let mut less = |places: u16| {
            let taken = places.min(over);
            over -= taken;
            places - taken
        };
        let (walk, booked) = (less(self.walk), less(self.booked));
        Self { booked, vulnerable: less(self.vulnerable), walk }
    }
}

impl Book<'_> {
    /// The slots of a day, with as many counters as have somebody planned.
    fn slots(&self, day: Date) -> Vec<Slot> {
        let staffed = |minute| staffed(self.duties, self.labels, day, minute);
        self.offer.slots_staffed(day, self.opening, self.holidays, staffed)
    }

    /// How many the slots of a day that are not over at an instant can take, booked or not.
    /// The slot under way takes as many as its part that is left, to the nearest person: what
    /// is over of it is taken from those who walk in first, and from the kept places last.
    #[must_use]
    pub fn takes(&self, day: Date, now: i64) -> Places {
        let length = i64::from(self.offer.slot) * MINUTE;
        let to_come = self.slots(day).into_iter().filter(|slot| slot.at + length > now);
        let left = to_come.map(|slot| slot.places.part((slot.at + length - now).min(length), length));
        left.fold(Places::default(), |sum, places| Places {
            booked: sum.booked.saturating_add(places.booked),
            vulnerable: sum.vulnerable.saturating_add(places.vulnerable),
            walk: sum.walk.saturating_add(places.walk),
        })
    }

    /// The slots of a day with what is left of each, whether or not they can be booked now.
    #[must_use]
    pub fn free(&self, day: Date) -> Vec<Free> {
        let slots = self.slots(day);
        slots.into_iter().map(|slot| self.left(slot, None)).collect()
    }

    /// Whether one more appointment fits, or one in the place of another. Whoever writes it
    /// down asks in the same transaction.
    ///
    /// `now` is in microseconds since 1970 UTC.
    ///
    /// # Errors
    /// Why it does not.
    pub fn fits(&self, request: &Request, now: i64) -> Result<Slot, NoFit> {
        let day = self.opening.day_of(request.at).ok_or(NoFit::NoSlot)?;
        let slots = self.slots(day);
        let slot = slots.into_iter().find(|slot| slot.at == request.at).ok_or(NoFit::NoSlot)?;
        let released = self.window.releases(day, self.opening);
        if now < released {
            return Err(NoFit::NotReleased { at: released });
        }
        if now > slot.at - i64::from(self.window.closes_before) * MINUTE {
            return Err(NoFit::Closed);
        }
        match &request.instead_of {
            Some(id) => self.can_be_changed(id, request, now)?,
            None => self.is_let_book(request, now)?,
        }
        self.is_within_limits(request, slot, day)?;
        let left = self.left(slot, request.instead_of.as_deref());
        let room = match request.who {
            For::Anyone => left.anyone,
            For::Vulnerable => left.vulnerable,
        };
        if room == 0 { Err(NoFit::Full) } else { Ok(slot) }
    }

    /// Whether somebody may ask for appointments at all: whoever missed too many walks in
    /// for a while.
    ///
    /// # Errors
    /// [`NoFit::WalkInOnly`].
    pub fn lets_ask(&self, request: &Request, now: i64) -> Result<(), NoFit> {
        self.is_let_book(request, now)
    }

    /// Whether the bookings of somebody leave them this slot: nothing at that time, and not
    /// as many as one may hold. Whether the slot has room is not asked.
    ///
    /// # Errors
    /// Why they do not.
    pub fn is_free_for(&self, request: &Request, slot: Slot) -> Result<(), NoFit> {
        let day = self.opening.day_of(slot.at).ok_or(NoFit::NoSlot)?;
        self.is_within_limits(request, slot, day)
    }

    fn can_be_changed(&self, id: &str, request: &Request, now: i64) -> Result<(), NoFit> {
        let is_it = |one: &Booking| {
            one.id == id
                && one.identity == request.identity
                && one.line == self.offer.line
                && one.standing == Standing::Open
                && one.at > now
        };
        if self.bookings.iter().any(is_it) { Ok(()) } else { Err(NoFit::NothingToChange) }
    }

    /// Whoever missed too many walks in for a while; what they hold already stays theirs.
    fn is_let_book(&self, request: &Request, now: i64) -> Result<(), NoFit> {
        let missed = |one: &&Booking| one.identity == request.identity && one.standing == Standing::Missed;
        let days: Vec<Date> =
            self.bookings.iter().filter(missed).filter_map(|one| self.opening.day_of(one.at)).collect();
        match (self.no_shows.again_from(&days), self.opening.day_of(now)) {
            (Some(from), Some(today)) if today < from => Err(NoFit::WalkInOnly { from }),
            _ => Ok(()),
        }
    }

    fn is_within_limits(&self, request: &Request, slot: Slot, day: Date) -> Result<(), NoFit> {
        let is_replaced = |one: &Booking| request.instead_of.as_ref() == Some(&one.id);
        let open: Vec<&Booking> =
            self.bookings.iter().filter(|one| one.standing == Standing::Open && !is_replaced(one)).collect();
        let own = || open.iter().filter(|one| one.identity == request.identity);
        let length = i64::from(self.offer.slot) * MINUTE;
        let clashes = |one: &Booking| {
            let is_same_day = one.line == self.offer.line && self.opening.day_of(one.at) == Some(day);
            is_same_day || (one.at - slot.at).abs() < length
        };
        if own().any(|one| clashes(one)) {
            return Err(NoFit::Twice);
        }
        let Limits { per_identity, per_phone } = self.limits;
        if own().count() >= usize::from(per_identity) {
            return Err(NoFit::PersonHasEnough { most: per_identity });
        }
        let with_phone = open.iter().filter(|one| one.phone == request.phone).count();
        if !request.phone.is_empty() && with_phone >= usize::from(per_phone) {
            return Err(NoFit::PhoneHasEnough { most: per_phone });
        }
        Ok(())
    }

    /// What is left of a slot, one appointment left out.
    fn left(&self, slot: Slot, without: Option<&str>) -> Free {
        let end = slot.at + i64::from(self.offer.slot) * MINUTE;
        let taken = |who: For| {
            let counts = |one: &&Booking| {
                one.line == self.offer.line
                    && one.who == who
                    && !matches!(one.standing, Standing::Cancelled | Standing::CalledOff)
                    && (slot.at..end).contains(&one.at)
                    && without != Some(one.id.as_str())
            };
            u16::try_from(self.bookings.iter().filter(counts).count()).unwrap_or(u16::MAX)
        };
        let (anyone, vulnerable) = (taken(For::Anyone), taken(For::Vulnerable));
        // Those who found no kept place have one of everybody's.
        let over = vulnerable.saturating_sub(slot.places.vulnerable);
        let anyone = slot.places.booked.saturating_sub(anyone).saturating_sub(over);
        let kept = slot.places.vulnerable.saturating_sub(vulnerable);
        Free { slot, anyone, vulnerable: kept + anyone }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::tests::{SUNDAY, offer};
    use super::*;
    use jiff::civil::date;

    const WINDOW: Window = Window { days_before: 14, minute: 9 * 60, closes_before: 60 };
    const LIMITS: Limits = Limits { per_identity: 2, per_phone: 3 };
    const NO_SHOWS: NoShows = NoShows { count: 2, within_days: 30, walk_in_days: 60 };

    /// Local time as an instant.
    fn at(day: Date, minute: i64) -> i64 {
        OpeningHours::usual().midnight(day) + minute * MINUTE
    }

    pub fn booking(id: &str, minute: i64, who: For, identity: &str) -> Booking {
        Booking {
            id: id.into(),
            line: "A".into(),
            at: at(SUNDAY, minute),
            who,
            identity: identity.into(),
            phone: String::new(),
            standing: Standing::Open,
        }
    }

    pub fn request(minute: i64, who: For, identity: &str) -> Request {
        Request {
            at: at(SUNDAY, minute),
            who,
            identity: identity.into(),
            phone: String::new(),
            instead_of: None,
        }
    }

    /// Asks on the Thursday before.
    pub fn ask(bookings: &[Booking], request: &Request) -> Result<u16, NoFit> {
        ask_at(bookings, request, at(date(2026, 11, 26), 600))
    }

    fn ask_at(bookings: &[Booking], request: &Request, now: i64) -> Result<u16, NoFit> {
        with_book(bookings, |book| book.fits(request, now).map(|slot| slot.minute))
    }

    fn with_book<T>(bookings: &[Booking], then: impl FnOnce(&Book<'_>) -> T) -> T {
        then(&Book {
            offer: &offer(),
            opening: &OpeningHours::usual(),
            holidays: &Holidays::default(),
            window: WINDOW,
            limits: LIMITS,
            no_shows: NO_SHOWS,
            bookings,
            duties: &[],
            labels: &BTreeSet::new(),
        })
    }

    #[test]
    fn a_slot_takes_as_many_as_it_has_places_for_each() {
        // From 09:00 three places for anyone and one that is kept.
        let mut bookings: Vec<Booking> =
            (0..3).map(|n| booking(&n.to_string(), 540, For::Anyone, &format!("p{n}"))).collect();
        let places = with_book(&bookings, |book| book.free(SUNDAY)[1]);
        assert_eq!((places.slot.minute, places.anyone, places.vulnerable), (540, 0, 1));
        assert_eq!(ask(&bookings, &request(540, For::Anyone, "x")), Err(NoFit::Full));
        assert_eq!(ask(&bookings, &request(540, For::Vulnerable, "x")), Ok(540));
        bookings.push(booking("3", 540, For::Vulnerable, "p3"));
        assert_eq!(ask(&bookings, &request(540, For::Vulnerable, "x")), Err(NoFit::Full));
        // Given back, a place is there for the next.
        bookings[0].standing = Standing::Cancelled;
        assert_eq!(ask(&bookings, &request(540, For::Vulnerable, "x")), Ok(540));
        assert_eq!(ask(&bookings, &request(540, For::Anyone, "x")), Ok(540));
    }

    #[test]
    fn a_slot_under_way_takes_what_is_left_of_it() {
        let takes = |now| {
            let places = with_book(&[], |book| book.takes(SUNDAY, now));
            (places.vulnerable, places.booked + places.vulnerable + places.walk)
        };
        let length = i64::from(offer().slot);
        let (begins, ends) = (takes(at(SUNDAY, 540)), takes(at(SUNDAY, 540 + length)));
        let whole = begins.1 - ends.1;
        assert!(whole >= 4, "{whole}");
        let half = takes(at(SUNDAY, 540) + length * MINUTE / 2);
        assert_eq!(half.1, ends.1 + whole.div_ceil(2));
        assert_eq!(half.0, begins.0, "kept places are the last to go");
        let all: Vec<u16> = (0..=length).map(|minute| takes(at(SUNDAY, 540 + minute)).1).collect();
        assert!(all.is_sorted_by(|a, b| a >= b), "{all:?}");
        assert_eq!(all.last(), Some(&ends.1));
        assert_eq!(takes(at(SUNDAY, 540) + 1), begins, "a moment takes nobody's place");
    }

    #[test]
    fn only_slots_of_the_day_can_be_asked_for() {
        for minute in [500, 541, 870, 1000] {
            assert_eq!(ask(&[], &request(minute, For::Anyone, "x")), Err(NoFit::NoSlot), "{minute}");
        }
        assert_eq!(ask(&[], &request(840, For::Anyone, "x")), Ok(840));
    }

    #[test]
    fn a_day_is_released_at_its_published_hour_and_closes_before_its_slots() {
        let wanted = request(600, For::Anyone, "x");
        let released = at(date(2026, 11, 15), 9 * 60);
        assert_eq!(ask_at(&[], &wanted, released - 1), Err(NoFit::NotReleased { at: released }));
        assert_eq!(ask_at(&[], &wanted, released), Ok(600));
        assert_eq!(ask_at(&[], &wanted, at(SUNDAY, 540)), Ok(600));
        assert_eq!(ask_at(&[], &wanted, at(SUNDAY, 540) + 1), Err(NoFit::Closed));
    }

    #[test]
    fn nobody_holds_two_at_a_time_or_more_than_they_may() {
        let mut other_line = booking("1", 600, For::Anyone, "x");
        other_line.line = "B".into();
        let held = [other_line];
        assert_eq!(ask(&held, &request(600, For::Anyone, "x")), Err(NoFit::Twice));
        assert_eq!(ask(&held, &request(630, For::Anyone, "x")), Ok(630));
        let same_line = [booking("1", 600, For::Anyone, "x")];
        assert_eq!(ask(&same_line, &request(840, For::Anyone, "x")), Err(NoFit::Twice));
        assert_eq!(ask(&same_line, &request(840, For::Anyone, "y")), Ok(840));

        let later = |days: i64| {
            let mut one = booking(&days.to_string(), 600, For::Anyone, "x");
            (one.at, one.line, one.phone) = (one.at + days * 24 * 60 * MINUTE, "B".into(), "0750".into());
            one
        };
        let two = [later(1), later(2)];
        assert_eq!(ask(&two, &request(600, For::Anyone, "x")), Err(NoFit::PersonHasEnough { most: 2 }));
        let mut shared = request(600, For::Anyone, "y");
        shared.phone = "0750".into();
        assert_eq!(ask(&two, &shared), Ok(600));
        let three = [later(1), later(2), later(3)];
        assert_eq!(ask(&three, &shared), Err(NoFit::PhoneHasEnough { most: 3 }));
    }

    #[test]
    fn an_appointment_can_be_changed_where_a_second_would_not_fit() {
        let held = [booking("1", 600, For::Anyone, "x")];
        let mut change = request(630, For::Anyone, "x");
        change.instead_of = Some("1".into());
        assert_eq!(ask(&held, &change), Ok(630));
        change.identity = "y".into();
        assert_eq!(ask(&held, &change), Err(NoFit::NothingToChange));
        change.identity = "x".into();
        let mut kept = held.clone();
        kept[0].standing = Standing::Kept;
        assert_eq!(ask(&kept, &change), Err(NoFit::NothingToChange));
        // Into its own full slot: for somebody whose need turns out.
        let mut full: Vec<Booking> =
            (1..=3).map(|n| booking(&n.to_string(), 510, For::Anyone, &format!("p{n}"))).collect();
        full[0].identity = "x".into();
        let mut stay = request(510, For::Vulnerable, "x");
        stay.instead_of = Some("1".into());
        assert_eq!(ask(&full, &stay), Ok(510));
    }

    #[test]
    fn who_missed_too_many_walks_in_for_a_while() {
        let again = |days: &[Date]| NO_SHOWS.again_from(days);
        let (first, near, far) = (date(2026, 10, 1), date(2026, 10, 30), date(2026, 10, 31));
        assert_eq!(again(&[first]), None);
        assert_eq!(again(&[near, first]), Some(date(2026, 12, 29)));
        assert_eq!(again(&[first, far]), None, "31 days");
        assert_eq!(again(&[first, first]), Some(date(2026, 11, 30)));
        assert_eq!(NoShows { count: 0, ..NO_SHOWS }.again_from(&[first, first]), None);
        let once = NoShows { count: 1, ..NO_SHOWS };
        assert_eq!(once.again_from(&[first, far]), Some(date(2026, 12, 30)));

        let missed = |day: Date| {
            let mut one = booking(&day.to_string(), 600, For::Anyone, "x");
            (one.at, one.standing) = (at(day, 600), Standing::Missed);
            one
        };
        let bookings = [missed(first), missed(near), booking("1", 600, For::Anyone, "x")];
        let wanted = request(600, For::Anyone, "x");
        let from = date(2026, 12, 29);
        assert_eq!(ask(&bookings[..2], &wanted), Err(NoFit::WalkInOnly { from }));
        assert_eq!(ask(&bookings[..2], &request(600, For::Anyone, "y")), Ok(600));
        // What they hold already can still be put off.
        let mut change = request(630, For::Anyone, "x");
        change.instead_of = Some("1".into());
        assert_eq!(ask(&bookings, &change), Ok(630));
    }

    #[test]
    fn fewer_counters_take_away_no_appointment_and_give_no_more() {
        let bookings: Vec<Booking> =
            (0..9).map(|n| booking(&n.to_string(), 540, For::Anyone, &format!("p{n}"))).collect();
        let free = with_book(&bookings, |book| book.free(SUNDAY));
        assert_eq!((free[1].anyone, free[1].vulnerable), (0, 1));
    }
}
