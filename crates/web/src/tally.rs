//! Uses counted in this node's memory, in windows of an hour or a minute: for doors whose
//! limit only spares work. Each node counts for itself, and a restart forgets;
//! what protects an account or a case is counted in the records instead.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Microseconds.
pub const AN_HOUR: i64 = 3_600_000_000;
/// How many callers are remembered; beyond, those whose window is over go first, and
/// if there are none, everyone.
pub const CALLERS: usize = 100_000;

/// How often something was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// How often since counting began, the last use included.
    pub uses: i64,
    /// When counting begins anew, microseconds.
    pub until: i64,
}

/// Who used which door how often, each in windows of one length.
#[derive(Clone, Debug)]
pub struct Tally {
    window: i64,
    used: Arc<Mutex<HashMap<(&'static str, String), Used>>>,
}

impl Tally {
    /// Counts in windows of so many microseconds.
    #[must_use]
    pub fn each(window: i64) -> Self {
        Self { window, used: Arc::default() }
    }

    /// Counts one use at a moment in microseconds.
    pub fn count(&self, door: &'static str, caller: &str, now: i64) -> Used {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |used: &Used| used.until < now;
        if used.len() >= CALLERS {
            used.retain(|_, used| !is_over(used));
            if used.len() >= CALLERS {
                used.clear();
            }
        }
        let fresh = Used { uses: 0, until: now + self.window };
        let found = used.entry((door, caller.to_owned())).or_insert(fresh);
        if is_over(found) {
            *found = fresh;
        }
        found.uses += 1;
        *found
    }

    /// How many callers are remembered, at all doors together.
    #[must_use]
    pub fn callers(&self) -> usize {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}
