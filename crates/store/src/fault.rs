//! What can go wrong with the world below an act, and how an act stops.

use diwan_domain::cases::WrongPhase;
use diwan_domain::journal::Entry;
use diwan_domain::refusals::{Refusal, Why};

/// The store could not do its work. Nothing of the act was kept.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The engine refused the statement or lost the connection.
    #[error("the database failed: {0}")]
    Engine(String),
    /// Someone else's transaction stood in the way; running again may help.
    #[error("another transaction stood in the way: {0}")]
    Collision(String),
    /// The queue is full; come back shortly.
    #[error("the database is busy")]
    Busy,
    /// The server said nothing for longer than it is given. Whether the act was
    /// done is not known; a repeat with its key tells.
    #[error("the database did not answer in time")]
    Silent,
    /// No server can be reached, or the disk takes nothing: it was full, failed,
    /// or was cut off. Whether an act was done whose answer was lost on the way
    /// is not known; a repeat with its key tells.
    #[error("the records cannot be reached or written at the moment: {0}")]
    Away(String),
    /// The store is closing.
    #[error("the database is closed")]
    Closed,
    /// The database was opened to look at it.
    #[error("the database was opened only to read")]
    ReadOnly,
    /// Another process writes the same file.
    #[error("{0} is in use by another process; a second one may not write the same file")]
    InUse(String),
    /// An act that is carried out again does not leave what it left the first time.
    #[error("came out otherwise here: {0}")]
    Differs(String),
    /// A column does not hold what its Rust type says.
    #[error("column {0} does not hold what was expected")]
    Shape(String),
    /// A text holds the character U+0000, which no keyboard types: PostgreSQL
    /// keeps no such text, and one engine must not take what the other refuses.
    #[error("a text holds the character U+0000, which cannot be kept")]
    Unkept,
    /// An act waited for something other than its transaction.
    #[error("an act awaited something other than its transaction")]
    Waited,
    /// An act panicked; only this act was lost.
    #[error("an act failed unexpectedly: {0}")]
    Panicked(String),
    /// A statement named a table that the side door does not list.
    #[error("table {0} is written only by acts")]
    Guarded(String),
    /// Files, keys or published checkpoints outside the database.
    #[error("{0}")]
    Outside(String),
    /// The database is not the one this command expects.
    #[error("{0}")]
    WrongDatabase(String),
}

impl Fault {
    pub(crate) fn shape(column: &str) -> Self {
        Self::Shape(column.to_owned())
    }

    /// Whether running the act again may help.
    #[must_use]
    pub fn is_collision(&self) -> bool {
        matches!(self, Self::Collision(_))
    }

    /// What people are told when it will pass by itself, or by an operator's
    /// hand at the machine: come back shortly.
    #[must_use]
    pub fn passing(&self) -> Option<Why> {
        match self {
            Self::Busy => Some(Why::Busy),
            Self::Silent | Self::Away(_) | Self::Closed => Some(Why::Away),
            _ => None,
        }
    }

    /// What people and programs are told when more can be said than that it failed.
    #[must_use]
    pub fn told(&self) -> Option<Why> {
        if matches!(self, Self::Unkept) { Some(Why::Malformed) } else { self.passing() }
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        /// The disk itself failed (POSIX `EIO`), which has no kind of its own.
        const DISK_FAILED: i32 = 5;
        let text = error.to_string();
        match error.kind() {
            StorageFull | QuotaExceeded | ReadOnlyFilesystem => Self::Away(text),
            _ if error.raw_os_error() == Some(DISK_FAILED) => Self::Away(text),
            _ => Self::Outside(text),
        }
    }
}

/// How an act ends without success.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// Refused; nothing was kept.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// Refused, but these entries and side-door counters are kept (a failed
    /// sign-in, a lock-out). Nothing else may have been written.
    #[error("refused: {0}")]
    Kept(Refusal, Vec<Entry>),
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Stop {
    /// The refusal, if it is one.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) | Self::Kept(refusal, _) => Some(refusal),
            Self::Fault(_) => None,
        }
    }

    /// The stable code, for tests and programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) | Self::Kept(refusal, _) => refusal.code(),
            Self::Fault(fault) => fault.told().map_or("request/failed", Why::code),
        }
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Why> for Stop {
    fn from(why: Why) -> Self {
        Self::Refused(why.into())
    }
}

impl From<WrongPhase> for Stop {
    fn from(wrong: WrongPhase) -> Self {
        Self::Refused(
            Refusal::from(Why::WrongPhase).about("found", wrong.found).about("wanted", wrong.wanted),
        )
    }
}
