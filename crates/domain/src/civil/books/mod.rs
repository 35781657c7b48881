//! Old books: entries that were written long ago and are brought in from tables.
//!
//! A *mapping* ([`mapping`]) says which column of a table fills which field of an
//! event's form; it is data, checked like a program ([`checking`]). With the
//! table's heading it becomes a *plan* ([`plan`]), which makes an old entry of
//! every row or names what is wrong with it. Old entries keep their older law:
//! what the form of their time did not have may be missing ([`checks`]).

pub mod cells;
pub mod checking;
pub mod checks;
pub mod comparing;
pub mod dates;
pub mod ledger;
pub mod mapping;
pub mod plan;
pub mod split;
pub mod values;

pub use cells::Cell;
pub use checking::Notice;
pub use checks::check_old;
pub use mapping::Mapping;
pub use plan::{OldEntry, Plan, RowFault};
