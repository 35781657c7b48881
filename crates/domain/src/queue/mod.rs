//! Visits to a public service centre: tickets, who is called next and why, how long it
//! will take, and how anyone can check afterwards that nobody was passed over.
//!
//! Everything here is decided from what it is given: the centre's published setup, who
//! waits, and what was called before. The same decision can be made again from the
//! day's published record ([`record`]), by a stranger with a script.

pub mod call_backs;
pub mod duties;
pub mod estimate;
pub mod floor;
pub mod forecast;
pub mod measure;
pub mod order;
pub mod party;
pub mod record;
pub mod release;
pub mod releases;
pub mod setup;
pub mod signed;
pub mod simulate;
pub mod slots;
pub mod sound;
pub mod states;
pub mod stops;

pub use floor::{HelpKind, HelpOutcome, HelpSource, Notice};
pub use order::{Able, Called, Waiting, next, place_of};
pub use setup::{Counter, Hall, Line, OrderRules, Setup, SetupFault};
pub use states::{State, Step, after};

use crate::people::words;
use serde::{Deserialize, Serialize};

words! {
    /// As what somebody waits.
    Class {
        /// With an appointment, and in time for it.
        Booked = "booked",
        /// With a need that shortens the wait.
        Need = "need",
        /// Who came without either.
        Walk = "walk",
    }
}

words! {
    /// What somebody says they need. It is offered, never proven.
    Need {
        /// A counter at the height of a wheelchair.
        Wheelchair = "wheelchair",
        /// A hearing loop at the counter.
        HearingLoop = "hearing-loop",
        /// An officer who signs.
        SignLanguage = "sign-language",
        /// A counter for women only.
        WomenOnly = "women-only",
        /// A quiet counter.
        Quiet = "quiet",
        /// To be called by someone who comes to fetch them: the blind.
        Fetched = "fetched",
        /// Standing or waiting is hard: age, illness, pregnancy.
        CannotWait = "cannot-wait",
        /// A small child at hand.
        Child = "child",
        /// Help with reading and writing.
        Reading = "reading",
    }
}

impl Need {
    /// Whether only a counter that is fit for it can serve it.
    #[must_use]
    pub fn wants_a_fit_counter(self) -> bool {
        matches!(
            self,
            Self::Wheelchair | Self::HearingLoop | Self::SignLanguage | Self::WomenOnly | Self::Quiet
        )
    }

    /// Whether it shortens the wait under the published rule.
    #[must_use]
    pub fn shortens(self) -> bool {
        matches!(self, Self::Wheelchair | Self::Fetched | Self::CannotWait | Self::Child)
    }
}

words! {
    /// Why somebody is let in before their turn. A closed list: the day's record is
    /// public, and a free text could name someone.
    JumpReason {
        /// Someone feels ill.
        Illness = "illness",
        /// An officer's mistake cost them their turn.
        OfficeMistake = "office-mistake",
        /// They would miss a plane, a court, a burial.
        Deadline = "deadline",
        /// A kiosk, printer or display failed.
        Machine = "machine",
        /// To keep the hall safe.
        Safety = "safety",
    }
}

/// Microseconds in a minute.
pub const MINUTE: i64 = 60_000_000;

/// How a ticket reads: the line's letter and three digits at least.
#[must_use]
pub fn number(letter: &str, drawn: i64) -> String {
    format!("{letter}{drawn:03}")
}
