//! Whether two records are of one person, and whether two declarations are of one
//! event: each thing known of both speaks for it or against it, by how much less
//! likely it would be of two different people.
//!
//! Points are tenths of a bit of evidence (Fellegi and Sunter, *A Theory for
//! Record Linkage*, 1969): the logarithm of how much more often two records of one
//! person agree than two of different people. What one record does not know says
//! nothing: it lets no rule fall silent, and the sum stays lower without it.

mod events;
mod people;

pub use events::{ComparingEvents, Told, blocks, compare_events, is_about, tells};
pub use people::{Common, Comparing, Described};

use crate::people::words;
use serde::{Deserialize, Serialize};

/// From here on two records are taken for one until an officer decides: among a
/// million people a chance of about 250 to 1.
pub const LIKELY: i32 = 280;
/// From here on they are worth an officer's look: about 1 to 8.
pub const POSSIBLE: i32 = 170;

words! {
    /// What of two records is compared.
    What {
        /// The own name.
        Given = "given",
        /// The father's name.
        Father = "father",
        /// The grandfather's name.
        Grandfather = "grandfather",
        /// The family's name.
        Family = "family",
        /// The day of birth.
        Birth = "birth",
        /// The sex.
        Sex = "sex",
        /// The mother.
        Mother = "mother",
        /// Where they were born.
        Place = "place",
        /// A number that one person bears alone.
        Number = "number",
        /// The day of death.
        Death = "death",
        /// The place among children born together.
        Order = "order",
        /// The day on which an event happened.
        Day = "day",
        /// The same person of the register, tied by an officer or a number.
        Tied = "tied",
    }
}

words! {
    /// How the two compare.
    How {
        /// They say the same.
        Same = "same",
        /// They say nearly the same: another spelling, a slip of the pen.
        Near = "near",
        /// Only the years can be compared, and these agree.
        YearOnly = "year-only",
        /// One of them, or both, say nothing.
        Missing = "missing",
        /// They say different things.
        Differs = "differs",
    }
}

/// One thing that speaks for or against two records being one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What is compared.
    pub what: What,
    /// How it compares.
    pub how: How,
    /// What that is worth, in tenths of a bit; less than nothing speaks against.
    pub points: i32,
}

/// How two records compare.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likeness {
    /// The sum of all reasons.
    pub points: i32,
    /// Each of them.
    pub reasons: Vec<Reason>,
}

impl Likeness {
    /// Notes a reason.
    pub fn add(&mut self, what: What, how: How, points: i32) {
        self.points += points;
        self.reasons.push(Reason { what, how, points });
    }

    /// Notes further reasons after those that are known.
    pub fn append(&mut self, more: Self) {
        self.points += more.points;
        self.reasons.extend(more.reasons);
    }

    /// Whether they are taken for one until an officer decides.
    #[must_use]
    pub fn is_likely(&self) -> bool {
        self.points >= LIKELY
    }

    /// Whether they are worth an officer's look.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        self.points >= POSSIBLE
    }
}
