//! Why a number that someone bore ended.

use crate::people::words;
use serde::{Deserialize, Serialize};

words! {
    /// Why a number of a person is no longer theirs to use. It is never given to anybody
    /// else.
    NumberEnd {
        /// Another number took its place.
        Replaced = "replaced",
        /// Its paper ran out.
        Expired = "expired",
        /// Its paper was lost or stolen.
        Lost = "lost",
        /// It never was theirs: a slip, or another's number.
        Wrong = "wrong",
        /// Whoever bore it died.
        Died = "died",
    }
}

impl NumberEnd {
    /// Whether a new number may take the place of one that ended so.
    #[must_use]
    pub fn may_be_replaced(self) -> bool {
        self != Self::Died
    }

    /// Whether a new number must be named.
    #[must_use]
    pub fn must_be_replaced(self) -> bool {
        self == Self::Replaced
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_of_the_dead_nothing_takes_the_place() {
        let none: Vec<NumberEnd> =
            NumberEnd::ALL.iter().copied().filter(|why| !why.may_be_replaced()).collect();
        assert_eq!(none, [NumberEnd::Died]);
        assert!(NumberEnd::ALL.iter().all(|why| why.may_be_replaced() || !why.must_be_replaced()));
        assert_eq!(NumberEnd::from_code("lost"), Some(NumberEnd::Lost));
    }
}
