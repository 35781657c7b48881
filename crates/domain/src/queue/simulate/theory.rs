//! The simulation against the formula of A. K. Erlang (1917) for the one case that can be
//! worked out on paper: people come by chance, visits take exponentially long, and some
//! counters serve one line.

use super::chance::Chance;
use super::{Shift, Staffing, Summary, Ticket, Visit, in_minutes, micros, run};
use crate::queue::Setup;

/// The mean minutes of a visit.
const MEAN: f64 = 8.0;

/// The mean wait of people at `counters` counters that are busy for `load` of their time,
/// whose visits take `mean` minutes: Erlang's C formula.
fn erlang_c(counters: usize, load: f64, mean: f64) -> f64 {
    let offered = load * counters as f64;
    // The share that would be turned away if nobody could wait (Erlang B), counter by counter.
    let blocked = (1..=counters).fold(1.0, |b, n| offered * b / (n as f64 + offered * b));
    let waits = blocked / (1.0 - load * (1.0 - blocked));
    waits * mean / (counters as f64 * (1.0 - load))
}

/// People who come to counters that they keep busy for `load` of their time.
fn visits(counters: usize, load: f64, count: usize) -> Vec<Visit> {
    let mut chance = Chance::new(1917, &format!("{counters} {load}"));
    let gap = MEAN / (load * counters as f64);
    let mut minute = 0.0;
    let mut visit = || {
        minute += chance.exponential(gap);
        Visit {
            came: micros(minute),
            line: "A".into(),
            needs: vec![],
            booked_for: None,
            takes: micros(chance.exponential(MEAN)),
            way: 0,
            shows: true,
        }
    };
    (0..count).map(|_| visit()).collect()
}

/// Simulated and expected mean wait, and the simulated utilisation.
fn simulated(counters: usize, load: f64, count: usize) -> (f64, f64, f64) {
    let setup = Setup::read(crate::queue::setup::SMALL).unwrap();
    let visits = visits(counters, load, count);
    let last = visits.last().unwrap().came;
    let shift =
        |n| Shift { counter: format!("C{n}"), lines: ["A".to_owned()].into(), from: 0, until: 2 * last };
    let staffing = Staffing { shifts: (0..counters).map(shift).collect(), recall: 0 };
    let day = run(&setup, &staffing, &visits);
    let waits: Vec<f64> = day.tickets.iter().filter_map(Ticket::waited).collect();
    assert_eq!(waits.len(), count, "everybody is served");
    let busy: i64 = day.counters.iter().map(|used| used.busy).sum();
    let utilisation = in_minutes(busy) / (counters as f64 * in_minutes(last));
    // What was drawn differs a little from what was asked for; the formula is asked about
    // what was drawn, which takes most of the chance out.
    let mean = in_minutes(busy) / count as f64;
    (waits.iter().sum::<f64>() / count as f64, erlang_c(counters, utilisation, mean), utilisation)
}

fn check(counters: usize) {
    for (load, count, within) in [(0.5, 150_000, 0.03), (0.7, 200_000, 0.03), (0.9, 400_000, 0.05)] {
        let (found, expected, utilisation) = simulated(counters, load, count);
        let off = found / expected - 1.0;
        assert!(off.abs() < within, "{counters} counters, load {load}: {found} for {expected}");
        assert!((utilisation / load - 1.0).abs() < 0.02, "{counters} counters, load {load}: {utilisation}");
    }
}

#[test]
fn the_formula_gives_the_numbers_of_the_tables() {
    // M/M/1: load / (1 - load) visits. M/M/2: load² / (1 - load²) visits.
    assert!((erlang_c(1, 0.9, MEAN) - 72.0).abs() < 1e-9);
    assert!((erlang_c(2, 0.5, MEAN) - MEAN / 3.0).abs() < 1e-9);
    // Five counters, load 0.8: 0.5541 wait, as the tables have it.
    assert!((erlang_c(5, 0.8, 1.0) - 0.5541).abs() < 1e-3);
}

#[test]
fn one_counter_is_as_slow_as_erlang_says() {
    check(1);
}

#[test]
fn two_counters_are_as_slow_as_erlang_says() {
    check(2);
}

#[test]
fn five_counters_are_as_slow_as_erlang_says() {
    check(5);
}

#[test]
fn as_many_wait_as_come_in_the_time_that_they_wait() {
    // Little's law holds for any day, however people are called.
    let setup = Setup::read(crate::queue::setup::SMALL).unwrap();
    let visits = visits(2, 0.9, 300);
    let last = visits.last().unwrap().came;
    let shift =
        |n| Shift { counter: format!("C{n}"), lines: ["A".to_owned()].into(), from: 0, until: 2 * last };
    let staffing = Staffing { shifts: (0..2).map(shift).collect(), recall: 0 };
    let told = Summary::of(&[run(&setup, &staffing, &visits)]);
    let waited = told.all.mean * told.all.count as f64;
    let stood: f64 = told.quarters.values().map(|quarter| quarter.length * 15.0).sum();
    assert!(waited > 100.0 && (waited / stood - 1.0).abs() < 1e-6, "{waited} {stood}");
}
