//! Uses counted in this node's memory, in windows of an hour: for doors whose
//! limit only spares work. Each node counts for itself, and a restart forgets;
//! what protects an account or a case is counted in the records instead.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

const AN_HOUR: i64 = 3_600_000_000;
/// How many callers are remembered; beyond, those whose hour is over go first, and
/// if there are none, everyone.
const CALLERS: usize = 100_000;

/// When a window began (microseconds), and how often something was used in it.
type Window = (i64, i64);

/// Who used which door how often.
#[derive(Clone, Debug, Default)]
pub struct Tally(Arc<Mutex<HashMap<(&'static str, String), Window>>>);

impl Tally {
    /// Counts one use at a moment in microseconds; returns how many there were
    /// within the hour, this one included.
    pub fn count(&self, door: &'static str, caller: &str, now: i64) -> i64 {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |since: i64| since < now - AN_HOUR;
        if windows.len() >= CALLERS {
            windows.retain(|_, (since, _)| !is_over(*since));
            if windows.len() >= CALLERS {
                windows.clear();
            }
        }
        let (since, uses) = windows.entry((door, caller.to_owned())).or_insert((now, 0));
        if is_over(*since) {
            (*since, *uses) = (now, 0);
        }
        *uses += 1;
        *uses
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert!(tally.0.lock().unwrap().len() <= CALLERS);
    }
}
