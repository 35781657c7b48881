//! Where a ticket can go from where it stands.

use crate::people::words;
use serde::{Deserialize, Serialize};

words! {
    /// Where a ticket stands.
    State {
        /// In the hall, in its line.
        Waiting = "waiting",
        /// Called to a counter, on the way.
        Called = "called",
        /// At the counter.
        Serving = "serving",
        /// Sent to fetch something; keeps its place and comes back.
        Parked = "parked",
        /// Called in vain.
        Missed = "missed",
        /// Served.
        Done = "done",
        /// Given up by its holder.
        Left = "left",
        /// The day ended before it was served.
        Unserved = "unserved",
    }
}

words! {
    /// What can happen to a ticket.
    Step {
        /// Called to a counter.
        Call = "call",
        /// Called once more.
        Recall = "recall",
        /// The person stands at the counter.
        Begin = "begin",
        /// Served.
        Finish = "finish",
        /// Nobody came.
        Miss = "miss",
        /// Whoever missed their call is back.
        Revive = "revive",
        /// Sent to fetch something.
        Park = "park",
        /// Back from fetching it.
        Return = "return",
        /// On to another line, with its place.
        Transfer = "transfer",
        /// Let in before their turn.
        Jump = "jump",
        /// Given up.
        Leave = "leave",
        /// The day is over.
        Close = "close",
    }
}

impl State {
    /// Whether nothing more happens to it today.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Left | Self::Unserved)
    }

    /// Whether a counter has it in hand.
    #[must_use]
    pub fn is_in_hand(self) -> bool {
        matches!(self, Self::Called | Self::Serving)
    }
}

/// Where a ticket stands after a step; `None` where the step cannot be made.
#[must_use]
pub fn after(state: State, step: Step) -> Option<State> {
    use State as S;
    Some(match (state, step) {
        (S::Waiting, Step::Call) | (S::Called, Step::Recall) => S::Called,
        (S::Called, Step::Begin) => S::Serving,
        (S::Serving, Step::Finish) => S::Done,
        (S::Called, Step::Miss) => S::Missed,
        (S::Missed, Step::Revive) | (S::Parked, Step::Return) => S::Waiting,
        (S::Called | S::Serving, Step::Park) => S::Parked,
        (S::Waiting | S::Called | S::Serving, Step::Transfer) | (S::Waiting, Step::Jump) => S::Waiting,
        (S::Waiting | S::Called | S::Parked | S::Missed, Step::Leave) => S::Left,
        // Whom a counter still has in hand was forgotten there: nobody said that they were
        // served, so they come before others the next time.
        (S::Waiting | S::Called | S::Serving | S::Parked | S::Missed, Step::Close) => S::Unserved,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_step_is_walked() {
        let mut ways = Vec::new();
        for state in State::ALL {
            for step in Step::ALL {
                if let Some(next) = after(*state, *step) {
                    ways.push(format!("{} {} {}", state.code(), step.code(), next.code()));
                }
            }
        }
        let expected = [
            "waiting call called",
            "waiting transfer waiting",
            "waiting jump waiting",
            "waiting leave left",
            "waiting close unserved",
            "called recall called",
            "called begin serving",
            "called miss missed",
            "called park parked",
            "called transfer waiting",
            "called leave left",
            "called close unserved",
            "serving finish done",
            "serving park parked",
            "serving transfer waiting",
            "serving close unserved",
            "parked return waiting",
            "parked leave left",
            "parked close unserved",
            "missed revive waiting",
            "missed leave left",
            "missed close unserved",
        ];
        assert_eq!(ways, expected);
    }

    #[test]
    fn from_every_state_of_the_day_there_is_a_way_to_its_end() {
        for state in State::ALL {
            let mut reached = vec![*state];
            let mut looked = 0;
            while looked < reached.len() {
                let from = reached[looked];
                looked += 1;
                for next in Step::ALL.iter().filter_map(|step| after(from, *step)) {
                    if !reached.contains(&next) {
                        reached.push(next);
                    }
                }
            }
            assert!(reached.iter().any(|state| state.is_over()), "{}", state.code());
        }
    }
}
