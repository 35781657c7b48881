//! Who is planned at which counter in a week. A centre that plans nobody is served by
//! whoever sits down; once it plans, as many counters count as have somebody planned.

use crate::calendar::Hours;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Minutes of a day.
const A_DAY: u16 = 24 * 60;

/// So many days from Monday on: Monday is 0, Sunday is 6.
#[must_use]
pub fn weekday_of(day: Date) -> u8 {
    u8::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0)
}

/// The day of the week that so many days follow Monday.
#[must_use]
pub fn weekday(from_monday: u8) -> Option<Weekday> {
    Weekday::from_monday_zero_offset(i8::try_from(from_monday).ok()?).ok()
}

/// An officer's hours at a counter, the same every week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// The label of the counter.
    pub counter: String,
    /// Whose it is: written alike for one officer.
    pub officer: String,
    /// On which day, counted from Monday.
    pub weekday: u8,
    /// From when to when.
    pub hours: Hours,
    /// When they are away from it within these hours.
    pub rest: Option<Hours>,
}

/// Why hours cannot be planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DutyFault {
    /// They end before they begin, or after midnight.
    Hours,
    /// The break does not lie within them.
    Rest,
}

impl Duty {
    /// Whether it can be planned.
    ///
    /// # Errors
    /// What is wrong with its hours.
    pub fn check(&self) -> Result<(), DutyFault> {
        if self.hours.opens >= self.hours.closes || self.hours.closes > A_DAY || self.weekday > 6 {
            return Err(DutyFault::Hours);
        }
        let lies_within = |rest: &Hours| {
            rest.opens < rest.closes && rest.opens > self.hours.opens && rest.closes < self.hours.closes
        };
        if self.rest.as_ref().is_some_and(|rest| !lies_within(rest)) {
            return Err(DutyFault::Rest);
        }
        Ok(())
    }

    /// Whether it lasts in a minute of a day, the break counted in.
    #[must_use]
    pub fn lasts(&self, weekday: u8, minute: u16) -> bool {
        self.weekday == weekday && (self.hours.opens..self.hours.closes).contains(&minute)
    }

    /// Whether the officer is at the counter in a minute of a day.
    #[must_use]
    pub fn serves(&self, weekday: u8, minute: u16) -> bool {
        let rests = self.rest.is_some_and(|rest| (rest.opens..rest.closes).contains(&minute));
        self.lasts(weekday, minute) && !rests
    }

    /// Whether two want the same counter, or the same officer, at one time.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.weekday == other.weekday
            && self.hours.opens < other.hours.closes
            && other.hours.opens < self.hours.closes
            && (self.counter == other.counter || self.officer == other.officer)
    }
}

/// How many counters of those with these labels have somebody planned in a minute of a
/// day; `None` where a centre plans nobody.
#[must_use]
pub fn staffed(duties: &[Duty], labels: &BTreeSet<String>, day: Date, minute: u16) -> Option<u16> {
    if duties.is_empty() {
        return None;
    }
    let weekday = weekday_of(day);
    let at = duties.iter().filter(|duty| duty.serves(weekday, minute) && labels.contains(&duty.counter));
    let counters: BTreeSet<&str> = at.map(|duty| duty.counter.as_str()).collect();
    Some(u16::try_from(counters.len()).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// A Sunday.
    const SUNDAY: Date = date(2026, 11, 29);

    fn hours(opens: u16, closes: u16) -> Hours {
        Hours { opens, closes }
    }

    fn duty(counter: &str, officer: &str, opens: u16, closes: u16) -> Duty {
        Duty {
            counter: counter.into(),
            officer: officer.into(),
            weekday: 6,
            hours: hours(opens, closes),
            rest: None,
        }
    }

    #[test]
    fn hours_end_after_they_begin_and_a_break_lies_within() {
        let good = Duty { rest: Some(hours(720, 750)), ..duty("C1", "one", 510, 870) };
        assert_eq!(good.check(), Ok(()));
        assert_eq!(duty("C1", "one", 870, 510).check(), Err(DutyFault::Hours));
        assert_eq!(duty("C1", "one", 510, 1441).check(), Err(DutyFault::Hours));
        for rest in [hours(510, 520), hours(860, 870), hours(750, 720), hours(400, 420)] {
            let wrong = Duty { rest: Some(rest), ..good.clone() };
            assert_eq!(wrong.check(), Err(DutyFault::Rest), "{rest:?}");
        }
    }

    #[test]
    fn nobody_is_planned_at_two_places_and_no_counter_for_two() {
        let one = duty("C1", "one", 510, 690);
        assert!(one.meets(&duty("C2", "one", 600, 700)), "one officer at two counters");
        assert!(one.meets(&duty("C1", "two", 689, 700)), "two officers at one counter");
        assert!(!one.meets(&duty("C1", "two", 690, 870)), "one after the other");
        assert!(!one.meets(&duty("C2", "two", 510, 690)));
        assert!(!one.meets(&Duty { weekday: 0, ..one.clone() }), "on another day");
    }

    #[test]
    fn as_many_counters_count_as_have_somebody_planned() {
        let labels: BTreeSet<String> = ["C1".to_owned(), "C2".to_owned()].into();
        assert_eq!(staffed(&[], &labels, SUNDAY, 600), None, "without a plan nothing is known");
        let duties = [
            Duty { rest: Some(hours(600, 630)), ..duty("C1", "one", 510, 870) },
            duty("C2", "two", 510, 690),
            duty("C3", "three", 510, 870),
        ];
        let at = |minute| staffed(&duties, &labels, SUNDAY, minute);
        assert_eq!((at(509), at(510), at(599)), (Some(0), Some(2), Some(2)));
        assert_eq!((at(600), at(629), at(630)), (Some(1), Some(1), Some(2)), "the break");
        assert_eq!((at(690), at(869), at(870)), (Some(1), Some(1), Some(0)));
        assert_eq!(staffed(&duties, &labels, date(2026, 11, 30), 600), Some(0), "a Monday");
        assert_eq!(weekday(6), Some(Weekday::Sunday));
        assert_eq!(weekday(7), None);
    }
}
