//! The registry API of the Digital Convergence Initiative for civil registers
//! (DCI CRVS 1.0.0): how its messages, signatures and queries are read. Strangers
//! write them from the published specification, so reading is generous, while what
//! is written follows the specification to the letter. `docs/dci.md` is the guide.

mod envelope;
mod events;
mod fields;
mod matching;
mod query;
mod signature;

pub use envelope::{Envelope, Header, Unreadable, members, moment, text_of};
pub use events::{Happening, Told, about_persons, is_civil, kind_of, told_of};
pub use fields::Field;
pub use matching::{Known, in_order};
pub use query::{Attribute, Condition, Operator, Query, Seek, Sorting, id_type, read_query};
pub use signature::{SignatureString, signing_text};

/// The version of the specification that is spoken.
pub const VERSION: &str = "1.0.0";
/// How many requests one message may hold.
pub const MOST_REQUESTS: usize = 100;
/// How many records one page may hold.
pub const LARGEST_PAGE: usize = 100;
/// The longest identifier of a transaction, a message or a subscription.
pub const LONGEST_ID: usize = 99;

/// Why a request in a message is not answered: a code of the specification and a
/// sentence for whoever integrates.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Reject {
    /// `rjct.…`
    pub code: String,
    /// What is wrong, and how to mend it. English, as the specification's messages.
    pub message: String,
}

impl Reject {
    /// A reject with a code and a sentence.
    #[must_use]
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        let mut message = message.into();
        // The specification allows 999 characters.
        if let Some((end, _)) = message.char_indices().nth(900) {
            message.truncate(end);
        }
        Self { code: code.to_owned(), message }
    }

    /// Criteria that cannot be read or are not answered.
    #[must_use]
    pub fn criteria(message: impl Into<String>) -> Self {
        Self::new("rjct.search_criteria.invalid", message)
    }
}
