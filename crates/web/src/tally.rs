//! Uses counted in this node's memory, in windows of an hour: for doors whose
//! limit only spares work. Each node counts for itself, and a restart forgets;
//! what protects an account or a case is counted in the records instead.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Microseconds.
pub const AN_HOUR: i64 = 3_600_000_000;
/// How many callers are remembered; beyond, those whose hour is over go first, and
/// if there are none, everyone.
pub const CALLERS: usize = 100_000;

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

    /// How many callers are remembered, at all doors together.
    #[must_use]
    pub fn callers(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}
