//! Civil registration: what can happen in a life that a register records, what
//! each record says, who may report it and until when, and the way from a first
//! notice to an entry.
//!
//! An *event* happened to people; a *declaration* is what someone said of it; an
//! *entry* is what the register says of it from then on. Declarations move
//! through [`states`]; their fields stand in [`forms`]; what the law asks is data
//! ([`rules`]), because it differs by date and governorate.

pub mod books;
pub mod causes;
pub mod changes;
pub mod checks;
pub mod content;
pub mod family;
pub mod forms;
pub mod kinds;
pub mod rules;
pub mod states;
pub mod unions;

pub use checks::{Fault, Stage, check, is_too_young};
pub use content::Content;
pub use forms::{Field, FieldKind, Section, form};
pub use kinds::{EventKind, Party, PartyRole};
pub use rules::{Rule, Rules};
pub use states::{State, Step};
