//! The registry API of the Digital Convergence Initiative (DCI CRVS): other systems
//! ask the register and hear of events, by messages of a published specification.
//! `docs/dci.md` says what is answered.
//!
//! A program asks as a client (OAuth 2.0) that acts for a program's office. An
//! administrator says what it may see and hear; without that it may nothing. Every
//! look is journalled with its reason before anything is told.

mod answers;
mod asked;
mod facts;
mod keys;
mod outgoing;
mod partners;
mod search;
mod taking;

pub use answers::{callback_header, envelope, search_answer, sender_id, status_answer};
pub use asked::{
    Criteria, EventCriteria, StatusAsked, Wanted, WantedEvents, codes_in, events_in, first_malformed,
    searches_in, status_in,
};
pub use diwan_store::dci::{PartnerRow, sweep};
pub use keys::{SignatureFault, check_signature, jwks, read_keys};
pub(crate) use outgoing::TellOfEvent;
pub use outgoing::{Outgoing, outgoing};
pub use partners::{SetPartner, callback_for, events_of, fields_of, partner, who_of_client};
pub use search::{Hit, SearchByDci, records};
pub use taking::{Asked, TakeDciMessage, key_of, outcome_of};
