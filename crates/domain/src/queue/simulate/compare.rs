//! Two ways of serving the same people.

use super::{Day, Summary};
use serde::Serialize;

/// What becomes different from one way of serving to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Comparison {
    /// The first way.
    pub before: Summary,
    /// The second.
    pub after: Summary,
    /// How the mean wait of a day changes.
    pub wait: Change,
    /// What changes for each person; nothing when not the same people came.
    pub people: Option<People>,
}

/// By how many minutes something changes: the second way less the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Change {
    /// On the average of the days.
    pub mean: f64,
    /// Between which bounds the change lies with 95 of 100 that could be simulated, as
    /// far as so few days can tell; nothing for a single day.
    pub between: Option<(f64, f64)>,
}

/// What changes for each person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct People {
    /// Served both times, and called at least a minute sooner.
    pub sooner: usize,
    /// Served both times, and called within a minute of the first time.
    pub same: usize,
    /// Served both times, and called at least a minute later.
    pub later: usize,
    /// Served the second time only.
    pub won: usize,
    /// Served the first time only.
    pub lost: usize,
}

/// Compares two ways, day by day: the n-th day of one with the n-th of the other.
#[must_use]
pub fn compare(before: &[Day], after: &[Day]) -> Comparison {
    let wait_of = |day: &Day| Summary::of(std::slice::from_ref(day)).all.mean;
    let changes: Vec<f64> = before.iter().zip(after).map(|(b, a)| wait_of(a) - wait_of(b)).collect();
    Comparison {
        before: Summary::of(before),
        after: Summary::of(after),
        wait: Change::of(&changes),
        people: people(before, after),
    }
}

/// The 97.5th percentiles of Student's distribution for 1 … 30 degrees of freedom.
const STUDENT: [f64; 30] = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
];

impl Change {
    fn of(changes: &[f64]) -> Self {
        let count = changes.len();
        if count == 0 {
            return Self::default();
        }
        let mean = changes.iter().sum::<f64>() / count as f64;
        if count == 1 {
            return Self { mean, between: None };
        }
        let variance = changes.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (count - 1) as f64;
        let factor = STUDENT.get(count - 2).copied().unwrap_or(1.96);
        let stray = factor * (variance / count as f64).sqrt();
        Self { mean, between: Some((mean - stray, mean + stray)) }
    }
}

fn people(before: &[Day], after: &[Day]) -> Option<People> {
    if before.len() != after.len() {
        return None;
    }
    let mut people = People::default();
    for (before, after) in before.iter().zip(after) {
        if before.tickets.len() != after.tickets.len() {
            return None;
        }
        for (one, other) in before.tickets.iter().zip(&after.tickets) {
            if (one.came, &one.line) != (other.came, &other.line) {
                return None;
            }
            match (one.waited(), other.waited()) {
                (Some(first), Some(second)) if second <= first - 1.0 => people.sooner += 1,
                (Some(first), Some(second)) if second >= first + 1.0 => people.later += 1,
                (Some(_), Some(_)) => people.same += 1,
                (None, Some(_)) => people.won += 1,
                (Some(_), None) => people.lost += 1,
                // Not served either time: nothing changes for them.
                (None, None) => {}
            }
        }
    }
    Some(people)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::simulate::arrivals::tests::{demand, line};
    use crate::queue::simulate::{Shift, Staffing, draw, run};
    use crate::queue::{MINUTE, Setup};

    /// So many counters, from nine until eleven.
    fn days(counters: usize) -> Vec<Day> {
        let setup = Setup::read(crate::queue::setup::SMALL).unwrap();
        let shift = |n: usize| Shift {
            counter: format!("C{n}"),
            lines: ["A".to_owned()].into(),
            from: 540 * MINUTE,
            until: 680 * MINUTE,
        };
        let staffing = Staffing { shifts: (1..=counters).map(shift).collect(), recall: MINUTE };
        let demand = demand(&[line("A", 20.0)]);
        (0..12).map(|day| run(&setup, &staffing, &draw(&demand, 5, day))).collect()
    }

    #[test]
    fn one_counter_more_serves_the_same_people_sooner() {
        let compared = compare(&days(3), &days(4));
        assert_eq!(compared.before.came, compared.after.came);
        let (low, high) = compared.wait.between.unwrap();
        assert!(low < compared.wait.mean && compared.wait.mean < high, "{:?}", compared.wait);
        assert!(high < 0.0, "it helps for certain: {:?}", compared.wait);
        let people = compared.people.unwrap();
        assert!(people.sooner > 10 * people.later.max(1), "{people:?}");
    }

    #[test]
    fn the_same_way_twice_changes_nothing() {
        let compared = compare(&days(3), &days(3));
        assert_eq!(compared.wait, Change { mean: 0.0, between: Some((0.0, 0.0)) });
        let people = compared.people.unwrap();
        assert_eq!((people.sooner, people.later, people.won, people.lost), (0, 0, 0, 0));
        assert_eq!(people.same, compared.before.served);
    }

    #[test]
    fn other_people_are_not_compared_one_by_one() {
        let mut fewer = days(3);
        fewer[0].tickets.pop();
        assert_eq!(compare(&days(3), &fewer).people, None);
    }

    #[test]
    fn few_days_tell_less_than_many() {
        let width = |changes: &[f64]| Change::of(changes).between.map(|(low, high)| high - low);
        assert_eq!(width(&[1.0]), None);
        assert!(width(&[1.0, 2.0]).unwrap() > width(&[1.0, 2.0, 1.0, 2.0]).unwrap());
    }
}
