//! Numbers that stand for people and papers: identity numbers, telephone
//! numbers, e-mail addresses, and the numbers Diwan itself gives out.

mod contact;
mod ending;
mod identity;
mod series;

pub use contact::{ContactFault, email, phone};
pub use ending::NumberEnd;
pub use identity::{IdentityFault, IdentityKind, IdentityNumber, bare_number, listed};
pub use series::{SeriesFault, SeriesNumber, check_digit, format_number, parse_number};
