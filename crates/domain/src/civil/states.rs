//! The way of a declaration from a first notice to an entry.
//!
//! A notice may be incomplete; a declaration is whole; a check is another pair of
//! eyes than whoever entered it; registering gives the number. Nothing leads back
//! from the register: what was registered is corrected by a new entry.

use crate::people::words;
use serde::{Deserialize, Serialize};

words! {
    /// Where a declaration stands.
    State {
        /// Someone gave notice; what they knew is kept.
        Notified = "notified",
        /// Declared in full by someone entitled to.
        Declared = "declared",
        /// Given back to whoever declared it, with what is wrong.
        Returned = "returned",
        /// Checked by an officer who did not enter it.
        Checked = "checked",
        /// In the register.
        Registered = "registered",
        /// Refused, with reason and law.
        Rejected = "rejected",
        /// Taken back by whoever gave it.
        Withdrawn = "withdrawn",
        /// Found to be the same event as another.
        Duplicate = "duplicate",
    }
}

words! {
    /// What is done with a declaration.
    Step {
        /// Something is mended or added.
        Amend = "amend",
        /// It is declared in full.
        Declare = "declare",
        /// An officer finds it in order.
        Check = "check",
        /// It goes back with what is wrong.
        Return = "return",
        /// It is refused.
        Reject = "reject",
        /// It is taken back.
        Withdraw = "withdraw",
        /// It is the same event as another.
        MarkDuplicate = "mark-duplicate",
        /// A refusal or a mark of the same event is undone.
        Reopen = "reopen",
        /// It becomes an entry.
        Register = "register",
    }
}

impl State {
    /// Where a step leads from here; `None` when it cannot be done here.
    #[must_use]
    pub fn after(self, step: Step) -> Option<Self> {
        use State as S;
        match (self, step) {
            (S::Notified | S::Returned | S::Declared, Step::Amend) => Some(self),
            (S::Notified | S::Returned, Step::Declare) => Some(S::Declared),
            (S::Declared, Step::Check) => Some(S::Checked),
            (S::Notified | S::Declared | S::Checked, Step::Return) => Some(S::Returned),
            (S::Notified | S::Declared | S::Returned | S::Checked, Step::Reject) => Some(S::Rejected),
            (S::Notified | S::Declared | S::Returned, Step::Withdraw) => Some(S::Withdrawn),
            (S::Notified | S::Declared | S::Returned | S::Checked, Step::MarkDuplicate) => Some(S::Duplicate),
            (S::Rejected | S::Duplicate, Step::Reopen) => Some(S::Returned),
            (S::Checked, Step::Register) => Some(S::Registered),
            _ => None,
        }
    }

    /// Where what was given back stands once whoever declared it has answered: it
    /// waits for an officer again.
    #[must_use]
    pub fn answered(self) -> Option<Self> {
        (self == Self::Returned).then_some(Self::Notified)
    }

    /// What can be done here, in the order of [`Step::ALL`].
    #[must_use]
    pub fn steps(self) -> Vec<Step> {
        Step::ALL.iter().copied().filter(|step| self.after(*step).is_some()).collect()
    }

    /// Whether an officer has something left to do.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Notified | Self::Declared | Self::Returned | Self::Checked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_back_from_the_register_and_only_a_check_leads_there() {
        assert!(State::Registered.steps().is_empty());
        assert!(State::Withdrawn.steps().is_empty());
        for state in State::ALL {
            for step in Step::ALL {
                if state.after(*step) == Some(State::Registered) {
                    assert_eq!((*state, *step), (State::Checked, Step::Register));
                }
            }
        }
    }

    #[test]
    fn every_state_can_be_reached_from_a_notice() {
        let mut reached = vec![State::Notified];
        let mut at = 0;
        while at < reached.len() {
            for step in Step::ALL {
                if let Some(next) = reached[at].after(*step)
                    && !reached.contains(&next)
                {
                    reached.push(next);
                }
            }
            at += 1;
        }
        assert_eq!(reached.len(), State::ALL.len());
    }
}
