//! What simulated days come to, in minutes.

use super::arrivals::QUARTER;
use super::{Day, Ticket, in_minutes};
use crate::queue::{Class, MINUTE, State};
use serde::Serialize;
use std::collections::BTreeMap;

/// How long people waited until they were called, in minutes. Only those who were served
/// count; who was not is told beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Waits {
    /// How many they are. With none, everything else is 0.
    pub count: usize,
    /// On average.
    pub mean: f64,
    /// Half of them waited no longer.
    pub p50: f64,
    /// Nine of ten waited no longer.
    pub p90: f64,
    /// Nobody waited longer.
    pub longest: f64,
}

impl Waits {
    /// Of these waits in minutes.
    #[must_use]
    pub fn of(mut minutes: Vec<f64>) -> Self {
        minutes.sort_by(f64::total_cmp);
        let Some(longest) = minutes.last().copied() else { return Self::default() };
        let count = minutes.len();
        // The nearest rank: a wait that somebody really had.
        let rank = |share: f64| minutes[((share * count as f64).ceil() as usize).clamp(1, count) - 1];
        let mean = minutes.iter().sum::<f64>() / count as f64;
        Self { count, mean, p50: rank(0.5), p90: rank(0.9), longest }
    }

    fn by<K: Ord>(days: &[Day], key: impl Fn(&Ticket) -> K) -> BTreeMap<K, Self> {
        let mut grouped: BTreeMap<K, Vec<f64>> = BTreeMap::new();
        for ticket in days.iter().flat_map(|day| &day.tickets) {
            let group = grouped.entry(key(ticket)).or_default();
            group.extend(ticket.waited());
        }
        grouped.into_iter().map(|(key, minutes)| (key, Self::of(minutes))).collect()
    }
}

/// A quarter of an hour, of all days together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Quarter {
    /// How many came, on an average day.
    pub came: f64,
    /// How many waited at a time, on average over the quarter and the days.
    pub length: f64,
    /// How many waited at once, at most on any day.
    pub most: i64,
    /// How many minutes those who came then and were served waited on average; nothing
    /// when there were none.
    pub wait: Option<f64>,
}

/// What a counter did on an average day, in minutes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Usage {
    /// How long it was open.
    pub open: f64,
    /// How long of that somebody was called to it or stood there.
    pub busy: f64,
    /// How long of that nobody was.
    pub idle: f64,
    /// How long it went on beyond its hours.
    pub overtime: f64,
    /// How many it served.
    pub served: f64,
    /// Busy time as a share of open time, from 0 to 1.
    pub utilisation: f64,
}

/// What days come to.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Summary {
    /// How many days.
    pub days: usize,
    /// How many people came, on all days.
    pub came: usize,
    /// How many of them were served.
    pub served: usize,
    /// How many were called and did not come.
    pub missed: usize,
    /// How many still waited when the last counter for them had closed.
    pub unserved: usize,
    /// How many calls passed somebody who came earlier, for a need.
    pub passed: usize,
    /// The waits of everybody.
    pub all: Waits,
    /// By the letter of the line.
    pub by_line: BTreeMap<String, Waits>,
    /// By that as which they waited.
    pub by_class: BTreeMap<Class, Waits>,
    /// By the full hour in which they came, counted from midnight.
    pub by_hour: BTreeMap<i64, Waits>,
    /// By the counter's label.
    pub counters: BTreeMap<String, Usage>,
    /// By the quarter of an hour, counted from midnight, from the first to the last in
    /// which anybody came or waited.
    pub quarters: BTreeMap<i64, Quarter>,
}

impl Summary {
    /// Of these days.
    #[must_use]
    pub fn of(days: &[Day]) -> Self {
        let tickets = || days.iter().flat_map(|day| &day.tickets);
        let ended = |end: State| tickets().filter(|ticket| ticket.end == end).count();
        Self {
            days: days.len(),
            came: tickets().count(),
            served: ended(State::Done),
            missed: ended(State::Missed),
            unserved: ended(State::Unserved),
            passed: tickets().filter(|ticket| ticket.passed).count(),
            all: Waits::of(tickets().filter_map(Ticket::waited).collect()),
            by_line: Waits::by(days, |ticket| ticket.line.clone()),
            by_class: Waits::by(days, |ticket| ticket.class),
            by_hour: Waits::by(days, |ticket| ticket.came.div_euclid(60 * MINUTE)),
            counters: usage(days),
            quarters: quarters(days),
        }
    }

    /// The share of those who came that was served, from 0 to 1; 1 when nobody came.
    #[must_use]
    pub fn share_served(&self) -> f64 {
        if self.came == 0 { 1.0 } else { self.served as f64 / self.came as f64 }
    }
}

fn usage(days: &[Day]) -> BTreeMap<String, Usage> {
    let mut counters: BTreeMap<String, Usage> = BTreeMap::new();
    let share = 1.0 / days.len().max(1) as f64;
    for used in days.iter().flat_map(|day| &day.counters) {
        let usage = counters.entry(used.label.clone()).or_default();
        usage.open += in_minutes(used.open) * share;
        usage.busy += in_minutes(used.busy) * share;
        usage.overtime += in_minutes(used.overtime) * share;
        usage.served += used.served as f64 * share;
    }
    for usage in counters.values_mut() {
        usage.idle = (usage.open - usage.busy).max(0.0);
        usage.utilisation = if usage.open > 0.0 { usage.busy / usage.open } else { 0.0 };
    }
    counters
}

/// From when until when somebody waited; nothing for who was called at once.
fn waiting(day: &Day, ticket: &Ticket) -> Option<(i64, i64)> {
    let until = ticket.called.unwrap_or(day.closed);
    (until > ticket.came).then_some((ticket.came, until))
}

const LONG: i64 = QUARTER * MINUTE;

fn quarters(days: &[Day]) -> BTreeMap<i64, Quarter> {
    let mut quarters: BTreeMap<i64, Quarter> = BTreeMap::new();
    let share = 1.0 / days.len().max(1) as f64;
    let mut waits: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
    for day in days {
        for ticket in &day.tickets {
            let came = ticket.came.div_euclid(LONG);
            quarters.entry(came).or_default().came += share;
            waits.entry(came).or_default().extend(ticket.waited());
            let Some((from, until)) = waiting(day, ticket) else { continue };
            for quarter in came..=(until - 1).div_euclid(LONG) {
                let within = until.min((quarter + 1) * LONG) - from.max(quarter * LONG);
                quarters.entry(quarter).or_default().length += within as f64 / LONG as f64 * share;
            }
        }
        for (quarter, most) in most_at_once(day) {
            let quarter = quarters.entry(quarter).or_default();
            quarter.most = quarter.most.max(most);
        }
    }
    if let (Some(first), Some(last)) = (quarters.keys().next().copied(), quarters.keys().last().copied()) {
        for quarter in first..=last {
            quarters.entry(quarter).or_default();
        }
    }
    for (quarter, minutes) in waits {
        let told = Waits::of(minutes);
        quarters.entry(quarter).or_default().wait = (told.count > 0).then_some(told.mean);
    }
    quarters
}

/// How many waited at once at most, by quarter.
fn most_at_once(day: &Day) -> BTreeMap<i64, i64> {
    let spans = day.tickets.iter().filter_map(|ticket| waiting(day, ticket));
    // At the same instant who is called goes before who comes.
    let mut steps: Vec<(i64, i64)> = spans.flat_map(|(from, until)| [(from, 1), (until, -1)]).collect();
    steps.sort_unstable();
    let mut most: BTreeMap<i64, i64> = BTreeMap::new();
    let (mut level, mut last) = (0, steps.first().map_or(0, |(at, _)| at.div_euclid(LONG)));
    for (at, step) in steps {
        // Who is called as a quarter begins waited in the one before.
        let quarter = (at + step.min(0)).div_euclid(LONG);
        // Whoever still waits counts in every quarter that they wait through.
        for passed in (last + 1)..=quarter {
            most.entry(passed).and_modify(|most| *most = level.max(*most)).or_insert(level);
        }
        level += step;
        if level > 0 {
            most.entry(quarter).and_modify(|most| *most = level.max(*most)).or_insert(level);
        }
        last = quarter;
    }
    most.retain(|_, most| *most > 0);
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::simulate::Used;

    fn ticket(came: i64, called: Option<i64>, end: State) -> Ticket {
        Ticket {
            number: format!("A{came:03}"),
            line: "A".into(),
            class: Class::Walk,
            came: came * MINUTE,
            called: called.map(|minute| minute * MINUTE),
            finished: None,
            counter: None,
            passed: false,
            end,
        }
    }

    fn day() -> Day {
        let tickets = vec![
            ticket(540, Some(540), State::Done),
            ticket(541, Some(550), State::Done),
            ticket(544, Some(565), State::Done),
            ticket(561, Some(566), State::Missed),
            ticket(580, None, State::Unserved),
        ];
        let used = Used {
            label: "C1".into(),
            open: 60 * MINUTE,
            busy: 45 * MINUTE,
            overtime: 3 * MINUTE,
            served: 3,
        };
        Day { tickets, counters: vec![used], closed: 600 * MINUTE }
    }

    #[test]
    fn waits_are_told_by_nearest_rank() {
        let waits = Waits::of((1..=10).rev().map(f64::from).collect());
        assert_eq!((waits.count, waits.p50, waits.p90, waits.longest), (10, 5.0, 9.0, 10.0));
        assert!((waits.mean - 5.5).abs() < 1e-9);
        assert_eq!(Waits::of(vec![]), Waits::default());
    }

    #[test]
    fn a_day_is_told_by_what_became_of_its_people() {
        let told = Summary::of(&[day()]);
        assert_eq!((told.came, told.served, told.missed, told.unserved), (5, 3, 1, 1));
        // Only who was served counts: 0, 9 and 21 minutes.
        assert_eq!((told.all.count, told.all.p50, told.all.longest), (3, 9.0, 21.0));
        assert_eq!(told.by_hour[&9].count, 3);
        assert_eq!(told.by_line["A"], told.all);
        assert!((told.share_served() - 0.6).abs() < 1e-9);
        let counter = &told.counters["C1"];
        assert!((counter.utilisation - 0.75).abs() < 1e-9 && (counter.idle - 15.0).abs() < 1e-9);
        assert!((counter.overtime - 3.0).abs() < 1e-9);
    }

    #[test]
    fn the_queue_is_told_by_the_quarter() {
        let told = Summary::of(&[day()]);
        let quarters: Vec<i64> = told.quarters.keys().copied().collect();
        assert_eq!(quarters, [36, 37, 38, 39]);
        let first = told.quarters[&36];
        // Nine minutes of one and eleven of the other, in fifteen.
        assert!((first.length - 20.0 / 15.0).abs() < 1e-9, "{first:?}");
        assert_eq!((first.most, first.wait), (2, Some(10.0)));
        let second = told.quarters[&37];
        assert!((second.length - 1.0).abs() < 1e-9, "{second:?}");
        assert_eq!((second.most, second.wait), (2, None));
        // Who stays unserved waits until the last counter closes.
        let last = told.quarters[&39];
        assert!((last.length - 1.0).abs() < 1e-9 && last.most == 1, "{last:?}");
    }

    #[test]
    fn days_are_told_as_one_average_day() {
        let told = Summary::of(&[day(), Day { closed: 600 * MINUTE, ..Day::default() }]);
        assert!((told.quarters[&36].came - 1.5).abs() < 1e-9);
        assert!((told.quarters[&36].length - 10.0 / 15.0).abs() < 1e-9);
        assert!((told.counters["C1"].busy - 22.5).abs() < 1e-9);
        assert_eq!(Summary::of(&[]), Summary::default());
    }
}
