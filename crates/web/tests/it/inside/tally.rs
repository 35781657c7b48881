//! Uses counted in memory.

use diwan_web::inside::{A_MINUTE, AN_HOUR, CALLERS, Tally, Used};

#[test]
fn each_caller_is_counted_at_each_door_for_an_hour() {
    let tally = Tally::each(AN_HOUR);
    let uses = |door, caller, at| tally.count(door, caller, at).uses;
    assert_eq!((1..=3).map(|at| uses("checks", "one", at)).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(uses("checks", "other", 3), 1);
    assert_eq!(uses("papers", "one", 3), 1);
    assert_eq!(uses("checks", "one", AN_HOUR + 1), 4, "the hour is not over");
    assert_eq!(uses("checks", "one", AN_HOUR + 2), 1);
}

#[test]
fn it_is_said_when_counting_begins_anew() {
    let tally = Tally::each(A_MINUTE);
    assert_eq!(tally.count("calls", "one", 10), Used { uses: 1, until: A_MINUTE + 10 });
    assert_eq!(tally.count("calls", "one", A_MINUTE), Used { uses: 2, until: A_MINUTE + 10 });
    assert_eq!(tally.count("calls", "one", A_MINUTE + 11), Used { uses: 1, until: 2 * A_MINUTE + 11 });
}

#[test]
fn a_flood_of_callers_fills_no_memory() {
    let tally = Tally::each(AN_HOUR);
    for n in 0..CALLERS as i64 + 10 {
        tally.count("checks", &n.to_string(), 5);
    }
    assert!(tally.callers() <= CALLERS);
}
