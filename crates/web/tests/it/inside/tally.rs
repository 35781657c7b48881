//! Uses counted in memory.

use diwan_web::inside::{AN_HOUR, CALLERS, Tally};

#[test]
fn each_caller_is_counted_at_each_door_for_an_hour() {
    let tally = Tally::default();
    assert_eq!((1..=3).map(|at| tally.count("checks", "one", at)).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(tally.count("checks", "other", 3), 1);
    assert_eq!(tally.count("papers", "one", 3), 1);
    assert_eq!(tally.count("checks", "one", AN_HOUR + 1), 4, "the hour is not over");
    assert_eq!(tally.count("checks", "one", AN_HOUR + 2), 1);
}

#[test]
fn a_flood_of_callers_fills_no_memory() {
    let tally = Tally::default();
    for n in 0..CALLERS as i64 + 10 {
        tally.count("checks", &n.to_string(), 5);
    }
    assert!(tally.callers() <= CALLERS);
}
