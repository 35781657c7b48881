//! The route of a mobile unit as data: where it stands, on which days, from when until
//! when. Its opening hours follow from its stops.

use super::setup::Names;
use crate::calendar::{Holidays, Hours, OpeningHours};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The days of the week, from Monday, as the file names them.
pub const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Minutes of a day.
const A_DAY: u16 = 24 * 60;

/// One place at which the unit stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// Its names by language: the village.
    pub names: Names,
    /// Where in it: `beside the school`.
    #[serde(default)]
    pub place: String,
    /// On one day, ISO 8601. That day has the stops that name it and no others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// On every such day of the week: `monday`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekday: Option<String>,
    /// The first minute of the day at which it serves there.
    pub from: u16,
    /// The first minute after it.
    pub until: u16,
}

/// When a stop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    Weekday(usize),
    Day(Date),
}

impl Stop {
    /// When it is; `None` unless the file says exactly one of the two, and rightly.
    fn when(&self) -> Option<When> {
        match (&self.day, &self.weekday) {
            (Some(day), None) => day.parse().ok().map(When::Day),
            (None, Some(day)) => WEEKDAYS.iter().position(|known| known == day).map(When::Weekday),
            _ => None,
        }
    }

    fn hours(&self) -> Hours {
        Hours { opens: self.from, closes: self.until }
    }
}

/// A stop on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StopOn<'a> {
    /// Which day.
    pub day: Date,
    /// The stop.
    pub stop: &'a Stop,
}

/// What is wrong with stops: the place of each fault, its code and what was found.
#[must_use]
pub fn faults(stops: &[Stop]) -> Vec<(String, &'static str, String)> {
    let mut found = Vec::new();
    let place = |n: usize| format!("stop {}", n + 1);
    for (n, stop) in stops.iter().enumerate() {
        if stop.when().is_none() {
            let said = stop.day.as_ref().or(stop.weekday.as_ref()).cloned().unwrap_or_default();
            found.push((place(n), "stop-day", said));
        }
        if stop.from >= stop.until || stop.until > A_DAY {
            found.push((place(n), "stop-times", format!("{} – {}", stop.from, stop.until)));
        }
        let before = stops[..n].iter().position(|other| {
            other.when().is_some()
                && other.when() == stop.when()
                && other.from < stop.until
                && stop.from < other.until
        });
        if let Some(other) = before {
            found.push((place(n), "stop-overlap", place(other)));
        }
    }
    found
}

/// The stops of a day, the earliest first: those that name the day, or else those of its
/// day of the week.
#[must_use]
pub fn on(stops: &[Stop], day: Date) -> Vec<&Stop> {
    let of = |when: When| stops.iter().filter(move |stop| stop.when() == Some(when));
    let mut own: Vec<&Stop> = of(When::Day(day)).collect();
    if own.is_empty() {
        let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
        own = of(When::Weekday(weekday)).collect();
    }
    own.sort_by_key(|stop| stop.from);
    own
}

/// The stops that are not over, from a minute of a day on, within so many days; days off
/// have none.
#[must_use]
pub fn coming<'a>(
    stops: &'a [Stop],
    (today, minute): (Date, u16),
    days: i32,
    holidays: &Holidays,
) -> Vec<StopOn<'a>> {
    let mut found = Vec::new();
    let mut day = today;
    for _ in 0..days {
        if !holidays.closed.contains(&day) {
            let open = on(stops, day).into_iter().filter(|stop| day != today || stop.until > minute);
            found.extend(open.map(|stop| StopOn { day, stop }));
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    found
}

/// The opening hours that follow from stops, and the days that differ from their week.
#[must_use]
pub fn hours(stops: &[Stop], offset_minutes: i32) -> (OpeningHours, BTreeMap<Date, Vec<Hours>>) {
    let mut week: [Vec<Hours>; 7] = Default::default();
    let mut special: BTreeMap<Date, Vec<Hours>> = BTreeMap::new();
    for stop in stops {
        match stop.when() {
            Some(When::Weekday(day)) => week[day].push(stop.hours()),
            Some(When::Day(day)) => special.entry(day).or_default().push(stop.hours()),
            None => {}
        }
    }
    for hours in week.iter_mut().chain(special.values_mut()) {
        hours.sort_by_key(|hours| hours.opens);
    }
    (OpeningHours { offset_minutes, week }, special)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn stop(name: &str, when: (&str, &str), from: u16, until: u16) -> Stop {
        let of = |kind: &str| (when.0 == kind).then(|| when.1.to_owned());
        Stop {
            names: [("en".to_owned(), name.to_owned())].into(),
            place: String::new(),
            day: of("day"),
            weekday: of("weekday"),
            from,
            until,
        }
    }

    fn route() -> Vec<Stop> {
        vec![
            stop("Kifri", ("weekday", "sunday"), 780, 960),
            stop("Kalar", ("weekday", "sunday"), 540, 720),
            stop("Rizgari", ("day", "2026-11-29"), 600, 660),
        ]
    }

    #[test]
    fn what_overlaps_or_says_no_day_is_named() {
        let mut stops = route();
        stops.push(stop("Khanaqin", ("weekday", "sunday"), 700, 800));
        stops.push(stop("Nowhere", ("weekday", "someday"), 540, 540));
        stops.push(stop("Late", ("weekday", "monday"), 540, 1_500));
        let found = faults(&stops);
        let codes: Vec<_> = found.iter().map(|(place, code, _)| (place.as_str(), *code)).collect();
        assert_eq!(
            codes,
            [
                ("stop 4", "stop-overlap"),
                ("stop 5", "stop-day"),
                ("stop 5", "stop-times"),
                ("stop 6", "stop-times")
            ]
        );
        assert_eq!(faults(&route()), []);
    }

    #[test]
    fn a_day_of_its_own_has_no_other_stops() {
        let names =
            |day| -> Vec<String> { on(&route(), day).iter().map(|stop| stop.names["en"].clone()).collect() };
        assert_eq!(names(date(2026, 11, 22)), ["Kalar", "Kifri"]);
        assert_eq!(names(date(2026, 11, 29)), ["Rizgari"]);
        assert_eq!(names(date(2026, 11, 23)), Vec::<String>::new());
    }

    #[test]
    fn what_is_over_and_days_off_are_left_out() {
        let stops = route();
        let mut holidays = Holidays::default();
        holidays.closed.insert(date(2026, 11, 29));
        let found: Vec<_> = coming(&stops, (date(2026, 11, 22), 730), 15, &holidays)
            .iter()
            .map(|one| (one.day, one.stop.names["en"].clone()))
            .collect();
        assert_eq!(
            found,
            [
                (date(2026, 11, 22), "Kifri".to_owned()),
                (date(2026, 12, 6), "Kalar".to_owned()),
                (date(2026, 12, 6), "Kifri".to_owned())
            ]
        );
    }

    #[test]
    fn opening_hours_follow_the_stops() {
        let (hours, special) = hours(&route(), 180);
        assert_eq!(hours.week[6], [Hours { opens: 540, closes: 720 }, Hours { opens: 780, closes: 960 }]);
        assert!(hours.week[0].is_empty());
        assert_eq!(special[&date(2026, 11, 29)], [Hours { opens: 600, closes: 660 }]);
    }
}
