//! What happens on the floor of a centre beside the calls: somebody needs help, and
//! everybody who waits is told something.
//!
//! Every list here is closed. What is told goes out in all languages and must be right in
//! each; what became of a call for help is counted, and a free text could name someone.

use crate::people::words;
use serde::{Deserialize, Serialize};

words! {
    /// What is asked for.
    HelpKind {
        /// Somebody is in danger: managers come at once, and nothing shows where it was
        /// asked for.
        Emergency = "emergency",
        /// Somebody needs a hand: at a kiosk, or with a ticket.
        Helper = "helper",
    }
}

words! {
    /// From where help is asked for.
    HelpSource {
        /// A counter at which an officer sits.
        Counter = "counter",
        /// An officer who sits at no counter.
        Officer = "officer",
        /// An enrolled machine: a kiosk.
        Device = "device",
        /// Somebody who waits, by their ticket.
        Ticket = "ticket",
    }
}

words! {
    /// What became of a call for help.
    HelpOutcome {
        /// Whoever was upset is calm.
        Calmed = "calmed",
        /// Guards or the police came.
        Security = "security",
        /// Somebody was given first aid, or an ambulance came.
        Medical = "medical",
        /// A hand was lent.
        Helped = "helped",
        /// Nothing was the matter.
        FalseAlarm = "false-alarm",
    }
}

words! {
    /// What everybody who waits is told.
    Notice {
        /// The system is slow or away.
        SystemLate = "system-late",
        /// An officer is away.
        OfficerAbsent = "officer-absent",
        /// The centre closes earlier than usual.
        ClosingEarly = "closing-early",
        /// The building is left for practice.
        EvacuationDrill = "evacuation-drill",
        /// There is no electricity.
        PowerCut = "power-cut",
    }
}

/// The most minutes that a notice may name: a working day.
pub const MOST_MINUTES: i64 = 480;
