//! The two gates of equal service: whoever takes a ticket at the reception gets as far as
//! whoever takes one by phone or at a machine, and is not refused more often (the
//! four-fifths rule).

use super::counting::{count, was_once};
use super::{FEWEST, Share, Visit};
use crate::people::words;
use serde::{Deserialize, Serialize};

words! {
    /// What is compared.
    GateKind {
        /// Completed in one visit, with an officer's help against without.
        Completion = "completion",
        /// Refused, the same way.
        Refusal = "refusal",
    }
}

words! {
    /// What a gate came to.
    Verdict {
        /// Within its limits.
        Passed = "passed",
        /// Outside of them.
        NotPassed = "not-passed",
        /// Too few visits on one side.
        TooFew = "too-few",
    }
}

/// One gate with its figure. All ratios are in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// Which.
    pub kind: GateKind,
    /// The share with an officer's help divided by the share without; `None` where there is
    /// nothing to divide by, or too few to say.
    pub ratio: Option<i64>,
    /// Not less than this.
    pub at_least: i64,
    /// Not more than this.
    pub at_most: Option<i64>,
    /// What it came to.
    pub verdict: Verdict,
}

/// Whether a ticket was taken with an officer's help: at the reception, or in a bus. By
/// phone, at a machine and by a program is without.
#[must_use]
pub fn is_assisted(channel: &str) -> bool {
    matches!(channel, "counter" | "mobile" | "paper")
}

/// Both gates, from the visits that are over.
pub(super) fn gates(visits: &[Visit]) -> Vec<Gate> {
    let sides = |assisted: bool| visits.iter().filter(move |visit| is_assisted(&visit.channel) == assisted);
    let done = |assisted: bool| {
        let mut share = Share::default();
        let over = sides(assisted).filter(|visit| visit.tickets.iter().all(|ticket| ticket.state.is_over()));
        over.for_each(|visit| count(&mut share, was_once(visit)));
        share
    };
    let refused = |assisted: bool| {
        let mut share = Share::default();
        sides(assisted)
            .filter(|visit| visit.decided > 0)
            .for_each(|visit| count(&mut share, visit.refused > 0));
        share
    };
    vec![
        gate(GateKind::Completion, done(true), done(false)),
        gate(GateKind::Refusal, refused(true), refused(false)),
    ]
}

fn gate(kind: GateKind, assisted: Share, other: Share) -> Gate {
    let (at_least, at_most) = match kind {
        GateKind::Completion => (950, None),
        GateKind::Refusal => (800, Some(1250)),
    };
    let told = |ratio, verdict| Gate { kind, ratio, at_least, at_most, verdict };
    if assisted.of < FEWEST || other.of < FEWEST {
        return told(None, Verdict::TooFew);
    }
    // Multiplied out: a ratio of 0.9499 does not pass by being rounded.
    let (above, below) = (assisted.part * other.of, other.part * assisted.of);
    if below == 0 {
        let verdict = match above {
            0 => Verdict::Passed,
            _ if kind == GateKind::Completion => Verdict::Passed,
            _ if assisted.part >= FEWEST => Verdict::NotPassed,
            _ => Verdict::TooFew,
        };
        return told((above == 0).then_some(1000), verdict);
    }
    let is_within =
        above * 1000 >= at_least * below && at_most.is_none_or(|at_most| above * 1000 <= at_most * below);
    let verdict = if is_within { Verdict::Passed } else { Verdict::NotPassed };
    told(Some((above * 1000 + below / 2) / below), verdict)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: GateKind, assisted: (i64, i64), other: (i64, i64)) -> (Option<i64>, Verdict) {
        let share = |(part, of): (i64, i64)| Share { part, of };
        let gate = gate(kind, share(assisted), share(other));
        (gate.ratio, gate.verdict)
    }

    #[test]
    fn completion_with_help_is_at_least_nineteen_twentieths() {
        let said = |assisted, other| said(GateKind::Completion, assisted, other);
        // 0.76 / 0.80 is 0.95 exactly.
        assert_eq!(said((76, 100), (80, 100)), (Some(950), Verdict::Passed));
        assert_eq!(said((9_499, 10_000), (100, 100)), (Some(950), Verdict::NotPassed), "not by rounding");
        assert_eq!(said((100, 100), (50, 100)), (Some(2000), Verdict::Passed), "better is no fault");
        assert_eq!(said((9, 9), (50, 100)), (None, Verdict::TooFew));
    }

    #[test]
    fn refusals_keep_the_four_fifths_rule() {
        let said = |assisted, other| said(GateKind::Refusal, assisted, other);
        assert_eq!(said((25, 100), (20, 100)), (Some(1250), Verdict::Passed));
        assert_eq!(said((26, 100), (20, 100)), (Some(1300), Verdict::NotPassed));
        assert_eq!(said((16, 100), (20, 100)), (Some(800), Verdict::Passed));
        assert_eq!(said((15, 100), (20, 100)), (Some(750), Verdict::NotPassed));
        assert_eq!(said((0, 50), (0, 50)), (Some(1000), Verdict::Passed), "nobody was refused");
        assert_eq!(said((2, 50), (0, 50)), (None, Verdict::TooFew));
        assert_eq!(said((12, 50), (0, 50)), (None, Verdict::NotPassed));
    }
}
