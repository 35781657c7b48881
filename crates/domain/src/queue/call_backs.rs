//! Who is called back after a visit. Someone other than the centre asks a few of its
//! visitors how it was, and whether money was asked for: what is said at a counter is
//! seldom said to the counter.

use crate::people::words;
use serde::{Deserialize, Serialize};

/// How many are drawn, as the centre's file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct CallBackRules {
    /// Of a hundred visits that left a telephone.
    pub share: i64,
    /// No more than so many of a day.
    pub at_most: i64,
}

/// No centre's file may draw more of a day.
pub const MOST: i64 = 40;

impl Default for CallBackRules {
    fn default() -> Self {
        Self { share: 5, at_most: MOST }
    }
}

impl CallBackRules {
    /// Whether both numbers can be meant.
    #[must_use]
    pub fn is_sound(self) -> bool {
        (0..=100).contains(&self.share) && (0..=MOST).contains(&self.at_most)
    }

    /// How many are drawn of so many: one at least where anybody can be reached, so that
    /// a small centre is asked about too, unless the share is nought.
    #[must_use]
    pub fn of(self, among: i64) -> i64 {
        let share = among.saturating_mul(self.share);
        (share / 100 + i64::from(share % 100 > 0)).min(self.at_most).min(among)
    }
}

words! {
    /// Where a call back stands.
    CallBackState {
        /// Nobody was reached yet, and it is tried again.
        Open = "open",
        /// They answered.
        Reached = "reached",
        /// Nobody answered as often as it is tried.
        NotReached = "not-reached",
    }
}

/// How often a call is tried.
pub const TRIES: i64 = 3;

/// After how many days the telephones of visits are forgotten.
pub const KEPT_DAYS: i64 = 30;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::setup::{SMALL, Setup};

    #[test]
    fn five_in_a_hundred_are_drawn_and_forty_at_most() {
        let rules = CallBackRules::default();
        let drawn = [0, 1, 20, 21, 100, 5_000].map(|among| rules.of(among));
        assert_eq!(drawn, [0, 1, 1, 2, 5, 40]);
        assert_eq!(CallBackRules { share: 0, at_most: 40 }.of(100), 0);
        assert_eq!(CallBackRules { share: 100, at_most: 40 }.of(7), 7);
        assert!(!CallBackRules { share: 5, at_most: 41 }.is_sound());
    }

    #[test]
    fn a_centre_says_how_many_and_no_more_than_may_be() {
        let read = |rules: &str| Setup::read(&format!("{SMALL}\n{rules}"));
        assert_eq!(read("").unwrap().call_backs, CallBackRules::default());
        let few = read("[call-backs]\nshare = 2").unwrap().call_backs;
        assert_eq!(few, CallBackRules { share: 2, at_most: MOST });
        for wrong in ["share = 101", "share = -1", "at-most = 41"] {
            let faults = read(&format!("[call-backs]\n{wrong}")).unwrap_err();
            assert_eq!((faults[0].place.as_str(), faults[0].code), ("call-backs", "out-of-range"));
        }
    }
}
