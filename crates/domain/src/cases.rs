//! The fixed phases of a case, the same for every service, so that people,
//! statistics and other systems always understand them.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Where a case stands between the first answer and the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// The applicant is still answering.
    Draft,
    /// Sent; nobody has begun.
    Submitted,
    /// An office works on it; the service's steps run here.
    InProgress,
    /// One thing more was asked of the applicant.
    WaitingForApplicant,
    /// Decided in the applicant's favour; the document is not yet handed over.
    Approved,
    /// Decided against, with reason, law, remedy and deadline.
    Refused,
    /// What was asked for is in the applicant's hands.
    Fulfilled,
    /// Archived.
    Closed,
    /// The applicant took it back.
    Withdrawn,
    /// Left alone too long.
    Expired,
}

/// A move that the law does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a case that is {found} cannot become {wanted}")]
pub struct WrongPhase {
    /// The phase the case is in.
    pub found: Phase,
    /// The phase that was asked for.
    pub wanted: Phase,
}

impl Phase {
    /// Every phase, in the order people meet them.
    pub const ALL: [Self; 10] = [
        Self::Draft,
        Self::Submitted,
        Self::InProgress,
        Self::WaitingForApplicant,
        Self::Approved,
        Self::Refused,
        Self::Fulfilled,
        Self::Closed,
        Self::Withdrawn,
        Self::Expired,
    ];

    /// The word stored in tables and shown to programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::InProgress => "in-progress",
            Self::WaitingForApplicant => "waiting-for-applicant",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Fulfilled => "fulfilled",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }

    /// Reads the stored word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.code() == code)
    }

    /// Moves to another phase, or says why that is not lawful.
    ///
    /// # Errors
    /// [`WrongPhase`] when the move is not in the list of design: a closed
    /// case never moves again, and nothing is approved before it was begun.
    pub fn to(self, wanted: Self) -> Result<Self, WrongPhase> {
        use Phase::{
            Approved, Closed, Draft, Expired, Fulfilled, InProgress, Refused, Submitted, WaitingForApplicant,
            Withdrawn,
        };
        let lawful = matches!(
            (self, wanted),
            (Draft, Submitted | Withdrawn | Expired)
                | (Submitted, InProgress | Withdrawn)
                // A step that is the applicant's may expire: a fee never paid.
                | (InProgress, WaitingForApplicant | Approved | Refused | Withdrawn | Expired)
                | (WaitingForApplicant, InProgress | Withdrawn | Expired)
                | (Approved, Fulfilled | InProgress | Expired)
                // An appeal reopens a refusal for a different officer.
                | (Refused, InProgress | Closed)
                | (Fulfilled, Closed)
        );
        if lawful { Ok(wanted) } else { Err(WrongPhase { found: self, wanted }) }
    }

    /// Whether an office, not the applicant, has the next move.
    #[must_use]
    pub fn is_with_office(self) -> bool {
        matches!(self, Self::Submitted | Self::InProgress)
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_approved_before_an_office_began() {
        assert!(Phase::Draft.to(Phase::Approved).is_err());
        let refused = Phase::Submitted.to(Phase::Approved).unwrap_err();
        assert_eq!(refused.to_string(), "a case that is submitted cannot become approved");
    }

    #[test]
    fn codes_read_back() {
        for phase in Phase::ALL {
            assert_eq!(Phase::from_code(phase.code()), Some(phase));
        }
    }
}
