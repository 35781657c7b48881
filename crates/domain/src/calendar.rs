//! Working time of an office: opening hours, holidays, deadlines.
//!
//! Holidays are announced late and by district (snow closed Soran for days in
//! January 2026), so both hours and holidays are data given by the caller, and
//! a deadline is computed again when they change.

use jiff::civil::{Date, DateTime, Time, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

const MICROS_A_MINUTE: i64 = 60_000_000;
const MINUTES_A_DAY: i64 = 24 * 60;
/// A deadline further away than this means that the office never opens.
const LONGEST_SEARCH_DAYS: u32 = 3 * 366;

/// Open from a minute of the day until another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The first open minute, counted from midnight.
    pub opens: u16,
    /// The first closed minute after it.
    pub closes: u16,
}

/// The week of an office, with its distance from UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningHours {
    /// Local time minus UTC, in minutes (180 for the Region).
    pub offset_minutes: i32,
    /// From Monday to Sunday: the hours of that weekday, in order.
    pub week: [Vec<Hours>; 7],
}

/// Days on which the week does not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holidays {
    /// Closed days.
    pub closed: BTreeSet<Date>,
    /// Days with other hours: Ramadan, a Saturday made up for.
    pub special: BTreeMap<Date, Vec<Hours>>,
}

/// A length of time as services write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Span {
    /// Until an office that opened so many minutes has worked them.
    WorkingMinutes(u32),
    /// Until the close of the so-manieth working day after this one.
    WorkingDays(u32),
    /// Until the end of the so-manieth day after this one.
    Days(u32),
}

/// Why there is no deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoDeadline {
    /// The office has no open minute within three years.
    #[error("the office does not open within three years")]
    NeverOpen,
    /// The instant lies outside the calendar.
    #[error("the instant lies outside the calendar")]
    OutOfRange,
}

/// The text is no length of time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{found}` is not a length of time; write for example `2 working days`, `4 working hours` or `30 days`"
)]
pub struct NotASpan {
    /// What was found.
    pub found: String,
}

impl FromStr for Span {
    type Err = NotASpan;

    fn from_str(text: &str) -> Result<Self, NotASpan> {
        let fault = || NotASpan { found: text.to_owned() };
        let words: Vec<&str> = text.split_whitespace().collect();
        let (number, unit) = words.split_first().ok_or_else(fault)?;
        let number: u32 = number.parse().map_err(|_| fault())?;
        if !(1..=3650).contains(&number) {
            return Err(fault());
        }
        match unit {
            ["working", "minute" | "minutes"] => Ok(Self::WorkingMinutes(number)),
            ["working", "hour" | "hours"] => Ok(Self::WorkingMinutes(number * 60)),
            ["working", "day" | "days"] => Ok(Self::WorkingDays(number)),
            ["day" | "days"] => Ok(Self::Days(number)),
            _ => Err(fault()),
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match self {
            Self::WorkingMinutes(n) if n % 60 == 0 => (n / 60, "working hour"),
            Self::WorkingMinutes(n) => (*n, "working minute"),
            Self::WorkingDays(n) => (*n, "working day"),
            Self::Days(n) => (*n, "day"),
        };
        let plural = if number == 1 { "" } else { "s" };
        write!(f, "{number} {unit}{plural}")
    }
}

impl Span {
    /// About as long, in days as they come: where no hours can be reckoned by.
    #[must_use]
    pub fn in_plain_days(self) -> Self {
        match self {
            // Six hours are a day's work, and of seven days five are worked.
            Self::WorkingMinutes(n) => Self::Days((n / 360 + 1).saturating_mul(7) / 5 + 1),
            Self::WorkingDays(n) => Self::Days(n.saturating_mul(7) / 5 + 2),
            days @ Self::Days(_) => days,
        }
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

impl TryFrom<String> for Span {
    type Error = NotASpan;

    fn try_from(text: String) -> Result<Self, NotASpan> {
        text.parse()
    }
}

impl OpeningHours {
    /// The hours the Region's offices commonly keep: Sunday to Thursday, from
    /// 08:30 to 14:30. A starting point for an operator, not a rule.
    #[must_use]
    pub fn usual() -> Self {
        let open = || vec![Hours { opens: 510, closes: 870 }];
        Self { offset_minutes: 180, week: [open(), open(), open(), open(), vec![], vec![], open()] }
    }

    /// The hours of one day, holidays taken out.
    #[must_use]
    pub fn on<'a>(&'a self, day: Date, holidays: &'a Holidays) -> &'a [Hours] {
        if holidays.closed.contains(&day) {
            return &[];
        }
        if let Some(hours) = holidays.special.get(&day) {
            return hours;
        }
        let index = match day.weekday() {
            Weekday::Monday => 0,
            Weekday::Tuesday => 1,
            Weekday::Wednesday => 2,
            Weekday::Thursday => 3,
            Weekday::Friday => 4,
            Weekday::Saturday => 5,
            Weekday::Sunday => 6,
        };
        self.week.get(index).map_or(&[], Vec::as_slice)
    }

    /// The local calendar day of an instant.
    #[must_use]
    pub fn day_of(&self, micros: i64) -> Option<Date> {
        Some(self.local(micros)?.0)
    }

    /// Whether the office is open at an instant.
    #[must_use]
    pub fn is_open(&self, micros: i64, holidays: &Holidays) -> bool {
        let Some((day, into_day)) = self.local(micros) else { return false };
        self.on(day, holidays).iter().any(|h| (minutes(h.opens)..minutes(h.closes)).contains(&into_day))
    }

    /// Local day and microseconds since its midnight.
    fn local(&self, micros: i64) -> Option<(Date, i64)> {
        let shifted = micros.checked_add(i64::from(self.offset_minutes) * MICROS_A_MINUTE)?;
        let day_length = MINUTES_A_DAY * MICROS_A_MINUTE;
        let days = i32::try_from(shifted.div_euclid(day_length)).ok()?;
        let day = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        Some((day, shifted.rem_euclid(day_length)))
    }

    /// The instant of local midnight at the start of a day, in microseconds since 1970 UTC.
    #[must_use]
    pub fn midnight(&self, day: Date) -> i64 {
        let start = DateTime::from_parts(day, Time::midnight());
        let epoch = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
        let days = start.duration_since(epoch).as_secs() / 86_400;
        (days * MINUTES_A_DAY - i64::from(self.offset_minutes)) * MICROS_A_MINUTE
    }
}

fn minutes(minute: u16) -> i64 {
    i64::from(minute) * MICROS_A_MINUTE
}

/// When something that began at `start` must be done.
///
/// # Errors
/// [`NoDeadline`] when the office never opens.
pub fn deadline(
    start: i64,
    span: Span,
    hours: &OpeningHours,
    holidays: &Holidays,
) -> Result<i64, NoDeadline> {
    let (first_day, into_day) = hours.local(start).ok_or(NoDeadline::OutOfRange)?;
    let mut day = first_day;
    let mut left = match span {
        Span::WorkingMinutes(n) => i64::from(n) * MICROS_A_MINUTE,
        Span::WorkingDays(n) | Span::Days(n) => i64::from(n),
    };
    for _ in 0..LONGEST_SEARCH_DAYS {
        let open = hours.on(day, holidays);
        match span {
            Span::WorkingMinutes(_) => {
                let from = if day == first_day { into_day } else { 0 };
                for h in open {
                    let opens = minutes(h.opens).max(from);
                    let length = (minutes(h.closes) - opens).max(0);
                    if length > 0 && left <= length {
                        return Ok(hours.midnight(day) + opens + left);
                    }
                    left -= length;
                }
            }
            Span::WorkingDays(_) if day > first_day && !open.is_empty() => {
                left -= 1;
                if left == 0 {
                    let close = open.iter().map(|h| minutes(h.closes)).max().unwrap_or_default();
                    return Ok(hours.midnight(day) + close);
                }
            }
            Span::Days(n) => {
                let days = i64::from(n) + 1;
                return hours
                    .midnight(first_day)
                    .checked_add(days * MINUTES_A_DAY * MICROS_A_MINUTE)
                    .ok_or(NoDeadline::OutOfRange);
            }
            Span::WorkingDays(_) => {}
        }
        day = day.tomorrow().map_err(|_| NoDeadline::OutOfRange)?;
    }
    Err(NoDeadline::NeverOpen)
}

/// Working microseconds between two instants; 0 when the second comes first.
/// Longer than three years is counted as three years.
#[must_use]
pub fn working_time(from: i64, until: i64, hours: &OpeningHours, holidays: &Holidays) -> i64 {
    let (Some((first_day, _)), Some((last_day, _))) = (hours.local(from), hours.local(until)) else {
        return 0;
    };
    let (mut day, mut used) = (first_day, 0);
    for _ in 0..LONGEST_SEARCH_DAYS {
        if day > last_day {
            break;
        }
        let midnight = hours.midnight(day);
        for h in hours.on(day, holidays) {
            let opens = (midnight + minutes(h.opens)).max(from);
            let closes = (midnight + minutes(h.closes)).min(until);
            used += (closes - opens).max(0);
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Local time of the Region as UTC microseconds.
    fn at(text: &str) -> i64 {
        let local: DateTime = text.parse().unwrap();
        let epoch = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
        i64::try_from(local.duration_since(epoch).as_micros()).unwrap() - 180 * MICROS_A_MINUTE
    }

    #[test]
    fn spans_are_written_as_people_write_them() {
        for (text, shown) in [
            ("2 working days", "2 working days"),
            ("1 working day", "1 working day"),
            ("4  working hours", "4 working hours"),
            ("90 working minutes", "90 working minutes"),
            ("30 days", "30 days"),
        ] {
            assert_eq!(text.parse::<Span>().unwrap().to_string(), shown);
        }
        for text in ["", "two days", "2", "0 days", "2 weeks", "2 working", "-1 days", "2 working days late"]
        {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
    }

    #[test]
    fn deadlines_step_over_nights_weekends_and_holidays() {
        let hours = OpeningHours::usual();
        let mut holidays = Holidays::default();
        holidays.closed.insert(date(2026, 11, 24));
        // 2026-11-22 is a Sunday; Friday and Saturday are closed.
        for (start, span, end) in [
            ("2026-11-22T09:00", "2 working hours", "2026-11-22T11:00"),
            ("2026-11-22T13:30", "2 working hours", "2026-11-23T09:30"),
            ("2026-11-22T22:00", "1 working hour", "2026-11-23T09:30"),
            ("2026-11-22T06:00", "6 working hours", "2026-11-22T14:30"),
            ("2026-11-22T09:00", "1 working day", "2026-11-23T14:30"),
            ("2026-11-22T09:00", "2 working days", "2026-11-25T14:30"),
            ("2026-11-26T14:00", "1 working hour", "2026-11-29T09:00"),
            ("2026-11-26T14:00", "1 working day", "2026-11-29T14:30"),
            ("2026-11-22T09:00", "30 days", "2026-12-23T00:00"),
        ] {
            let found = deadline(at(start), span.parse().unwrap(), &hours, &holidays).unwrap();
            assert_eq!(found, at(end), "{start} + {span}");
        }
    }

    #[test]
    fn an_office_that_never_opens_has_no_deadline() {
        let hours = OpeningHours { offset_minutes: 180, week: Default::default() };
        let found = deadline(at("2026-11-22T09:00"), Span::WorkingDays(1), &hours, &Holidays::default());
        assert_eq!(found, Err(NoDeadline::NeverOpen));
        assert_eq!(
            deadline(i64::MAX, Span::Days(1), &hours, &Holidays::default()),
            Err(NoDeadline::OutOfRange)
        );
    }

    #[test]
    fn a_span_without_hours_is_about_as_long_in_plain_days() {
        for (text, days) in [
            ("6 working hours", "3 days"),
            ("5 working days", "9 days"),
            ("3650 working days", "5112 days"),
            ("30 days", "30 days"),
        ] {
            assert_eq!(text.parse::<Span>().unwrap().in_plain_days().to_string(), days);
        }
        // No span that a service may write is without an end.
        let span = "3650 working days".parse::<Span>().unwrap();
        let (hours, none) = (OpeningHours::usual(), Holidays::default());
        let start = at("2026-11-22T09:00");
        assert_eq!(deadline(start, span, &hours, &none), Err(NoDeadline::NeverOpen));
        assert!(deadline(start, span.in_plain_days(), &hours, &none).is_ok());
    }

    #[test]
    fn working_time_counts_open_minutes_only() {
        let hours = OpeningHours::usual();
        let mut holidays = Holidays::default();
        holidays.special.insert(date(2026, 11, 23), vec![Hours { opens: 600, closes: 660 }]);
        let used =
            |from: &str, until: &str| working_time(at(from), at(until), &hours, &holidays) / MICROS_A_MINUTE;
        assert_eq!(used("2026-11-22T14:00", "2026-11-24T09:00"), 30 + 60 + 30);
        assert_eq!(used("2026-11-27T09:00", "2026-11-28T09:00"), 0);
        assert_eq!(used("2026-11-22T14:00", "2026-11-22T13:00"), 0);
        assert!(hours.is_open(at("2026-11-22T08:30"), &holidays));
        assert!(!hours.is_open(at("2026-11-22T14:30"), &holidays));
    }
}
