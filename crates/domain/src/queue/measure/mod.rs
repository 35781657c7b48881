//! How a centre served people over some days: how long they waited, what became of their
//! visits, what they said of it, and whether it was equal for all. Everything is counted
//! from rows that say nothing of who somebody is; whoever reads it is told no number of
//! fewer than [`FEWEST`] people, nor one from which it could be worked out.

mod counting;
mod covering;
mod flat;
mod gates;

pub use counting::measure;
pub use flat::Figure;
pub use gates::{Gate, GateKind, Verdict, is_assisted};

use super::{Need, State};
use crate::people::words;
use crate::statistics::UNKNOWN;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The fewest people behind a figure that is told.
pub const FEWEST: i64 = 10;

/// One visit as far as it is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    /// How they came: `kiosk`, `online`, `counter`, `api`.
    pub channel: String,
    /// The language of the ticket.
    pub language: String,
    /// Its tickets; several where somebody came about several things.
    pub tickets: Vec<Ticket>,
    /// Whether one of its cases was also what another visit was about.
    pub came_twice: bool,
    /// How many of its cases were decided.
    pub decided: i64,
    /// How many of those were refused.
    pub refused: i64,
    /// From 1, bad, to 5, good.
    pub score: Option<i64>,
    /// What the score was about.
    pub reasons: Vec<String>,
    /// What the register says of whom its case is for; `None` where nobody is known.
    pub of: Option<Of>,
}

/// What the register says of somebody, as groups only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Of {
    /// `female`, `male` or `unknown`.
    pub sex: &'static str,
    /// One of [`AGES`].
    pub age: &'static str,
    /// Whether they are registered as displaced.
    pub displaced: bool,
}

/// One ticket of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// The letter of its line, as it stands last.
    pub line: String,
    /// The hour of the day in which it was taken, 0 to 23, by the centre's clock.
    pub hour: i64,
    /// Where it stands.
    pub state: State,
    /// What its holder needs.
    pub needs: BTreeSet<Need>,
    /// From coming to the first call, in seconds; `None` when it was never called.
    pub waited: Option<i64>,
    /// Its calls, the first one first.
    pub calls: Vec<Call>,
}

/// One call of a ticket to a counter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// The line in which it was called.
    pub line: String,
    /// The counter's label.
    pub counter: String,
    /// From the call to standing at the counter, in seconds.
    pub way: Option<i64>,
    /// From standing at the counter to the end, in seconds.
    pub service: Option<i64>,
    /// Whether nobody came.
    pub missed: bool,
}

/// What somebody said who was called back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CalledBack {
    /// Whether they were reached; `None` while nobody tried to the end.
    pub reached: Option<bool>,
    /// From 1, bad, to 5, good.
    pub score: Option<i64>,
    /// Whether money was asked for beyond the fee.
    pub money: Option<bool>,
}

/// Everything of some days that is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The visits.
    pub visits: Vec<Visit>,
    /// How many appointments were kept.
    pub kept: i64,
    /// To how many nobody came.
    pub missed: i64,
    /// Who was drawn to be called back.
    pub called_back: Vec<CalledBack>,
}

words! {
    /// What groups of visits are told apart by.
    Side {
        /// The hour of the day in which they came.
        Hour = "hour",
        /// The line.
        Line = "line",
        /// The counter.
        Counter = "counter",
        /// How they took their ticket.
        Channel = "channel",
        /// The ticket's language.
        Language = "language",
        /// What they said they need.
        Need = "need",
        /// Sex, by the register.
        Sex = "sex",
        /// Age, by the register.
        Age = "age",
        /// Whether they are registered as displaced.
        Displaced = "displaced",
    }
}

impl Side {
    /// The sides by which times are told.
    pub const TIMES: &'static [Self] = &[Self::Hour, Self::Line, Self::Counter, Self::Channel];
    /// The sides by which it is asked whether service was equal.
    pub const EQUAL: &'static [Self] =
        &[Self::Channel, Self::Language, Self::Need, Self::Sex, Self::Age, Self::Displaced];
}

/// The groups of age in which service is compared.
pub const AGES: &[&str] = &["0-17", "18-29", "30-44", "45-59", "60+", UNKNOWN];

/// The group of an age in whole years.
#[must_use]
pub fn age_group(years: Option<i64>) -> &'static str {
    match years {
        Some(0..=17) => "0-17",
        Some(18..=29) => "18-29",
        Some(30..=44) => "30-44",
        Some(45..=59) => "45-59",
        Some(60..=130) => "60+",
        _ => UNKNOWN,
    }
}

/// The group of those who said that they need nothing.
pub const NO_NEED: &str = "none";

/// Times as they are told: how many, and at which no more than a half, nine and 9.5 in ten
/// took longer (nearest rank), in seconds. All are 0 where there are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// How many.
    pub count: i64,
    /// The median.
    pub median: i64,
    /// The 90th percentile.
    pub p90: i64,
    /// The 95th percentile.
    pub p95: i64,
}

/// A part of a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// How many of them.
    pub part: i64,
    /// Of how many.
    pub of: i64,
}

impl Share {
    /// Of a hundred, rounded; `None` of nothing.
    #[must_use]
    pub fn percent(self) -> Option<i64> {
        (self.of > 0).then(|| (self.part * 100 + self.of / 2) / self.of)
    }
}

/// What people gave from 1 to 5.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scores {
    /// How many.
    pub count: i64,
    /// What they gave together.
    pub sum: i64,
    /// How many gave 4 or 5.
    pub good: i64,
}

impl Scores {
    /// The mean in tenths, rounded; `None` of nobody.
    #[must_use]
    pub fn tenths(self) -> Option<i64> {
        (self.count > 0).then(|| (self.sum * 10 + self.count / 2) / self.count)
    }

    /// How many of them gave 4 or 5.
    #[must_use]
    pub fn good(self) -> Share {
        Share { part: self.good, of: self.count }
    }
}

/// How long things took in one group. What may not be told is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    /// Which group; empty for all.
    pub group: String,
    /// From coming to the first call.
    pub wait: Option<Spread>,
    /// From the call to standing at the counter.
    pub way: Option<Spread>,
    /// From standing at the counter to the end.
    pub service: Option<Spread>,
}

/// How one group was served. What may not be told is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equal {
    /// Which group; empty for all.
    pub group: String,
    /// How many visits that are over were completed without another one.
    pub once: Option<Share>,
    /// How many visits that are over were given up, or ended with the day.
    pub gave_up: Option<Share>,
    /// Of the visits with a decided case, how many had one refused.
    pub refused: Option<Share>,
    /// From coming to the first call.
    pub wait: Option<Spread>,
    /// What they said.
    pub scores: Option<Scores>,
}

/// What those said who were called back. What may not be told is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallBacks {
    /// Of those settled, how many were reached.
    pub reached: Option<Share>,
    /// What they gave.
    pub scores: Option<Scores>,
    /// Of those who answered, of how many money was asked beyond the fee.
    pub money: Option<Share>,
}

/// The measures of a centre over some days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measures {
    /// How many visits there were.
    pub visits: Option<i64>,
    /// The times of all.
    pub times: Times,
    /// How all were served.
    pub equal: Equal,
    /// Of the appointments that are past, to how many nobody came.
    pub no_shows: Option<Share>,
    /// Of the tickets, how many were called in vain at least once.
    pub missed: Option<Share>,
    /// What ratings were about, most often first.
    pub reasons: Vec<(String, Option<i64>)>,
    /// Who was called back.
    pub call_backs: CallBacks,
    /// Times by each of [`Side::TIMES`].
    pub times_by: Vec<(Side, Vec<Times>)>,
    /// Service by each of [`Side::EQUAL`].
    pub equal_by: Vec<(Side, Vec<Equal>)>,
    /// The gates.
    pub gates: Vec<Gate>,
}
