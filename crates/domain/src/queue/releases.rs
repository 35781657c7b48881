//! Which appointments are released by draw, as the centre's setup says it; and who gets
//! which time, in the order that was drawn ([`super::release`]).

use super::MINUTE;
use super::release::EntryWindow;
use super::slots::booking::Free;
use super::slots::{For, Slot};
use crate::calendar::OpeningHours;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// The longest time whose slots are given by one draw, in days.
const LONGEST: i32 = 62;

/// A line's slots of some days that are released by draw. Clock times are the centre's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Release {
    /// Names it among the releases of the centre, for ever: `winter-2026`.
    pub key: String,
    /// The letter of the line.
    pub line: String,
    /// The first day whose slots it gives.
    pub from: Date,
    /// The last one.
    pub until: Date,
    /// From when on people can enter.
    pub opens: DateTime,
    /// From when on they cannot.
    pub closes: DateTime,
    /// From when on it is drawn: as soon as the public log has a head of after the closing.
    pub drawn: DateTime,
}

impl Release {
    /// Whether it gives the slots of a line on a day.
    #[must_use]
    pub fn covers(&self, line: &str, day: Date) -> bool {
        self.line == line && (self.from..=self.until).contains(&day)
    }

    /// What is wrong with it: a code of [`super::setup::FAULTS`] and what was found.
    #[must_use]
    pub fn fault(&self) -> Option<(&'static str, String)> {
        let named = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if self.key.is_empty() || self.key.len() > 40 || !self.key.bytes().all(named) {
            return Some(("release-key", self.key.clone()));
        }
        let days = self.until.since(self.from).map_or(-1, |span| span.get_days());
        if !(0..=LONGEST).contains(&days) {
            return Some(("release-days", format!("{} … {}", self.from, self.until)));
        }
        let in_order = self.opens < self.closes && self.closes <= self.drawn && self.drawn.date() < self.from;
        if !in_order {
            let found = format!("{} → {} → {} → {}", self.opens, self.closes, self.drawn, self.from);
            return Some(("release-times", found));
        }
        None
    }

    /// When people can enter, in microseconds since 1970 UTC.
    #[must_use]
    pub fn window(&self, opening: &OpeningHours) -> EntryWindow {
        EntryWindow { opens: instant(self.opens, opening), closes: instant(self.closes, opening) }
    }

    /// From when on it is drawn, in microseconds since 1970 UTC.
    #[must_use]
    pub fn draws_at(&self, opening: &OpeningHours) -> i64 {
        instant(self.drawn, opening)
    }
}

/// A clock time of the centre as an instant.
fn instant(at: DateTime, opening: &OpeningHours) -> i64 {
    opening.midnight(at.date()) + (i64::from(at.hour()) * 60 + i64::from(at.minute())) * MINUTE
}

/// What an entry wishes for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// For whom the place is.
    pub who: For,
    /// The days that suit best; none for any.
    pub days: Vec<Date>,
    /// Whether no other day will do.
    pub only: bool,
}

/// The slots that a draw gives, with what is left of each, by time.
#[derive(Clone, Debug)]
pub struct Shelf(Vec<(Date, Free)>);

impl Shelf {
    /// The slots of some days.
    #[must_use]
    pub fn new(mut slots: Vec<(Date, Free)>) -> Self {
        slots.sort_by_key(|(_, free)| free.slot.at);
        Self(slots)
    }

    /// How many places there are for those for whom waiting is hard, who may have all.
    #[must_use]
    pub fn places(&self) -> usize {
        self.0.iter().map(|(_, free)| usize::from(free.vulnerable)).sum()
    }

    /// Takes the earliest slot for a wish: of its days if there is one, and of any other
    /// unless no other will do. `fits` says what else keeps its holder from a slot.
    pub fn take(&mut self, wish: &Wish, fits: impl Fn(&Slot) -> bool) -> Option<Slot> {
        let suits = |day: &Date| wish.days.is_empty() || wish.days.contains(day);
        let has_room = |free: &Free| match wish.who {
            For::Anyone => free.anyone > 0,
            For::Vulnerable => free.vulnerable > 0,
        };
        let first = |own: bool| {
            self.0.iter().position(|(day, free)| suits(day) == own && has_room(free) && fits(&free.slot))
        };
        let found = first(true).or_else(|| if wish.only { None } else { first(false) })?;
        let free = &mut self.0[found].1;
        let kept = free.vulnerable - free.anyone;
        // Whoever waits badly has the kept places first; everybody else none of them.
        if wish.who == For::Anyone || kept == 0 {
            free.anyone -= 1;
        }
        free.vulnerable -= 1;
        Some(free.slot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::slots::Places;
    use jiff::civil::{date, datetime};

    fn release() -> Release {
        Release {
            key: "winter".into(),
            line: "A".into(),
            from: date(2026, 12, 6),
            until: date(2026, 12, 10),
            opens: datetime(2026, 11, 23, 8, 0, 0, 0),
            closes: datetime(2026, 11, 25, 20, 0, 0, 0),
            drawn: datetime(2026, 11, 26, 8, 0, 0, 0),
        }
    }

    #[test]
    fn its_times_stand_in_order() {
        let sound = release();
        assert_eq!(sound.fault(), None);
        let window = sound.window(&OpeningHours::usual());
        assert_eq!((window.closes - window.opens) / MINUTE, 60 * 60);
        assert!(sound.covers("A", date(2026, 12, 10)) && !sound.covers("A", date(2026, 12, 11)));
        let code = |change: &dyn Fn(&mut Release)| {
            let mut release = release();
            change(&mut release);
            release.fault().unwrap().0
        };
        assert_eq!(code(&|r| r.key = "Winter".into()), "release-key");
        assert_eq!(code(&|r| r.until = date(2026, 12, 5)), "release-days");
        assert_eq!(code(&|r| r.closes = r.opens), "release-times");
        assert_eq!(code(&|r| r.drawn = datetime(2026, 12, 6, 8, 0, 0, 0)), "release-times");
    }

    fn shelf(places: &[(i8, u16, u16)]) -> Shelf {
        let slot = |n: usize, (day, anyone, kept): (i8, u16, u16)| {
            let at = n as i64;
            let slot = Slot { at, minute: 0, places: Places::default() };
            (date(2026, 12, day), Free { slot, anyone, vulnerable: anyone + kept })
        };
        Shelf::new(places.iter().enumerate().map(|(n, one)| slot(n, *one)).collect())
    }

    fn wish(who: For, days: &[i8], only: bool) -> Wish {
        Wish { who, days: days.iter().map(|day| date(2026, 12, *day)).collect(), only }
    }

    #[test]
    fn each_takes_the_earliest_of_what_they_wish_and_no_place_goes_twice() {
        let mut shelf = shelf(&[(6, 1, 1), (7, 1, 0)]);
        let mut take = |wish: Wish| shelf.take(&wish, |_| true).map(|slot| slot.at);
        assert_eq!(take(wish(For::Anyone, &[7], false)), Some(1), "their day first");
        assert_eq!(take(wish(For::Anyone, &[7], true)), None, "no other will do");
        assert_eq!(take(wish(For::Vulnerable, &[7], false)), Some(0), "the kept place");
        assert_eq!(take(wish(For::Anyone, &[], false)), Some(0), "which is nobody else's");
        assert_eq!(take(wish(For::Vulnerable, &[], false)), None);
        assert_eq!(shelf.places(), 0);
    }

    #[test]
    fn what_else_keeps_them_from_a_slot_counts() {
        let mut shelf = shelf(&[(6, 1, 0), (6, 1, 0)]);
        assert_eq!(shelf.take(&wish(For::Anyone, &[], false), |slot| slot.at > 0).unwrap().at, 1);
        assert_eq!(shelf.places(), 1);
    }
}
