//! Who comes in a day, drawn from how many usually come.

use super::chance::Chance;
use super::{Visit, micros};
use crate::queue::{MINUTE, Need};
use std::collections::BTreeMap;

/// The minutes of a quarter of an hour.
pub const QUARTER: i64 = 15;

/// Who usually comes to a centre in a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Demand {
    /// Line by line.
    pub lines: Vec<LineDemand>,
    /// How many minutes people are on the way to the counter that called them.
    pub way: f64,
}

/// Who usually comes to a line.
#[derive(Clone, Debug, PartialEq)]
pub struct LineDemand {
    /// The line's letter.
    pub line: String,
    /// How many come in an hour, by the quarter of an hour counted from midnight. In a
    /// quarter that is not named nobody comes.
    pub per_hour: BTreeMap<i64, f64>,
    /// How long a visit takes.
    pub takes: Takes,
    /// How large a share of them has each need, from 0 to 1. One person may have several.
    pub needs: BTreeMap<Need, f64>,
    /// How large a share has an appointment, from 0 to 1.
    pub booked: f64,
    /// How many minutes before it they come, on average; fewer than none is late.
    pub early: f64,
    /// How far that strays: the standard deviation in minutes.
    pub early_spread: f64,
    /// How large a share does not come when called, from 0 to 1.
    pub no_show: f64,
}

/// How long visits take, in minutes.
#[derive(Clone, Debug, PartialEq)]
pub enum Takes {
    /// Short ones are the most frequent, and some are very long: what the textbook's
    /// formulas assume.
    Exponential {
        /// The mean.
        mean: f64,
    },
    /// As visits are: most near the mean, and a few much longer.
    LogNormal {
        /// The mean.
        mean: f64,
        /// The standard deviation as a share of the mean.
        spread: f64,
    },
    /// Each as long as one of these, which were measured. Empty: no time at all.
    Measured(Vec<f64>),
}

impl Takes {
    fn draw(&self, chance: &mut Chance) -> f64 {
        match self {
            Self::Exponential { mean } => chance.exponential(*mean),
            Self::LogNormal { mean, spread } => chance.log_normal(*mean, *spread),
            Self::Measured(minutes) => {
                let n = (chance.share() * minutes.len() as f64) as usize;
                minutes.get(n).copied().unwrap_or_default()
            }
        }
    }
}

/// Draws who comes on one day, in the order in which they come. `day` counts from 0;
/// each has its own chance. What is drawn for a line depends on the other lines in
/// nothing, and who comes when does not depend on how long visits take.
#[must_use]
pub fn draw(demand: &Demand, seed: u64, day: u64) -> Vec<Visit> {
    let mut visits: Vec<Visit> =
        demand.lines.iter().flat_map(|line| draw_line(line, demand.way, seed, day)).collect();
    visits.sort_by_key(|visit| visit.came);
    visits
}

fn draw_line(line: &LineDemand, way: f64, seed: u64, day: u64) -> Vec<Visit> {
    let stream = |part: &str| Chance::new(seed, &format!("{day}/{}/{part}", line.line));
    let (mut come, mut who, mut takes) = (stream("come"), stream("who"), stream("takes"));
    let mut visits = Vec::new();
    for (quarter, per_hour) in &line.per_hour {
        let starts = (quarter * QUARTER) as f64;
        let mut minute = starts;
        // The exponential distribution has no memory: each quarter may begin afresh.
        if *per_hour <= 0.0 {
            continue;
        }
        loop {
            minute += come.exponential(60.0 / per_hour);
            if minute >= starts + QUARTER as f64 {
                break;
            }
            visits.push(draw_one(line, minute, way, (&mut who, &mut takes)));
        }
    }
    visits
}

/// One visit. It always takes as many draws, so that whoever comes after stays the same
/// when a share is changed.
fn draw_one(line: &LineDemand, minute: f64, way: f64, (who, takes): (&mut Chance, &mut Chance)) -> Visit {
    /// Appointments are on the full five minutes.
    const FIVE: f64 = 5.0;
    let is_booked = who.happens(line.booked);
    let early = line.early + line.early_spread * who.normal();
    let booked = ((minute + early) / FIVE).round() * FIVE;
    let mut needs = Vec::new();
    for need in Need::ALL {
        if who.happens(line.needs.get(need).copied().unwrap_or_default()) {
            needs.push(*need);
        }
    }
    Visit {
        came: micros(minute),
        line: line.line.clone(),
        needs,
        booked_for: is_booked.then(|| micros(booked.max(0.0))),
        takes: micros(line.takes.draw(takes)).max(0),
        way: micros(way),
        shows: !who.happens(line.no_show),
    }
}

/// How many are expected to come in a day.
#[must_use]
pub fn expected(demand: &Demand) -> f64 {
    let quarters = |line: &LineDemand| line.per_hour.values().sum::<f64>() * QUARTER as f64 / 60.0;
    demand.lines.iter().map(quarters).sum()
}

/// The minute of the day of an instant of it.
#[must_use]
pub fn minute_of(micros: i64) -> i64 {
    micros.div_euclid(MINUTE)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn line(letter: &str, per_hour: f64) -> LineDemand {
        LineDemand {
            line: letter.into(),
            per_hour: (36..44).map(|quarter| (quarter, per_hour)).collect(),
            takes: Takes::LogNormal { mean: 8.0, spread: 0.5 },
            needs: [(Need::CannotWait, 0.1)].into(),
            booked: 0.4,
            early: 10.0,
            early_spread: 5.0,
            no_show: 0.05,
        }
    }

    pub fn demand(lines: &[LineDemand]) -> Demand {
        Demand { lines: lines.to_vec(), way: 0.5 }
    }

    #[test]
    fn as_many_come_as_are_expected_and_within_the_hours() {
        let demand = demand(&[line("A", 30.0)]);
        let visits: Vec<Visit> = (0..200).flat_map(|day| draw(&demand, 1, day)).collect();
        let share = |of: usize| of as f64 / visits.len() as f64;
        assert!((expected(&demand) - 60.0).abs() < 1e-9);
        assert!((visits.len() as f64 / 200.0 - 60.0).abs() < 2.0, "{}", visits.len());
        assert!(visits.iter().all(|visit| (540..660).contains(&minute_of(visit.came))));
        assert!((share(visits.iter().filter(|visit| visit.booked_for.is_some()).count()) - 0.4).abs() < 0.02);
        assert!((share(visits.iter().filter(|visit| !visit.needs.is_empty()).count()) - 0.1).abs() < 0.02);
        assert!((share(visits.iter().filter(|visit| !visit.shows).count()) - 0.05).abs() < 0.01);
        let early: f64 = visits.iter().filter_map(|v| Some((v.booked_for? - v.came) as f64)).sum();
        let booked = visits.iter().filter(|visit| visit.booked_for.is_some()).count();
        assert!((early / booked as f64 / MINUTE as f64 - 10.0).abs() < 0.5);
    }

    #[test]
    fn a_line_stays_the_same_whatever_its_neighbour_does() {
        let of_a = |demand: &Demand| -> Vec<Visit> {
            draw(demand, 7, 3).into_iter().filter(|visit| visit.line == "A").collect()
        };
        let alone = of_a(&demand(&[line("A", 20.0)]));
        assert!(alone.len() > 20, "{}", alone.len());
        assert_eq!(alone, of_a(&demand(&[line("B", 50.0), line("A", 20.0)])));
        assert_ne!(alone, draw(&demand(&[line("A", 20.0)]), 7, 4));
    }

    #[test]
    fn who_comes_does_not_depend_on_how_long_visits_take() {
        let slower = LineDemand { takes: Takes::Exponential { mean: 20.0 }, ..line("A", 20.0) };
        let who = |line: LineDemand| -> Vec<_> {
            let visits = draw(&demand(&[line]), 7, 0);
            visits.into_iter().map(|v| (v.came, v.needs, v.booked_for, v.shows)).collect()
        };
        assert_eq!(who(line("A", 20.0)), who(slower));
    }

    #[test]
    fn measured_times_come_again_as_they_were() {
        let measured = LineDemand { takes: Takes::Measured(vec![3.0, 9.0]), ..line("A", 40.0) };
        let visits = draw(&demand(&[measured]), 1, 0);
        let three = visits.iter().filter(|visit| visit.takes == 3 * MINUTE).count();
        let nine = visits.iter().filter(|visit| visit.takes == 9 * MINUTE).count();
        assert!(three > 10 && nine > 10 && three + nine == visits.len(), "{three} {nine}");
    }
}
