//! What is remembered of an act. An act cannot succeed without entries in its
//! hand, so nothing is written in silence.

use crate::ids::PersonId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// What an entry is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The kind of thing: `case`, `person`, `document`, `officer` …
    pub kind: String,
    /// Its identifier.
    pub id: String,
}

/// One thing that happened, as the act tells it. Where, when and by whom are
/// added from the desk; which rows were written is added from the transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What happened, in the counter's words: `case-submitted`.
    pub kind: String,
    /// On what.
    pub subject: Subject,
    /// Whose personal data were seen or changed, if anyone's.
    pub person: Option<PersonId>,
    /// Under which rule, law or reason.
    pub rule: Option<String>,
    /// What else an inspector needs. Never a password or code.
    pub facts: Map<String, Value>,
}

impl Entry {
    /// An entry of this kind about this thing.
    #[must_use]
    pub fn new(kind: &str, subject_kind: &str, subject: impl ToString) -> Self {
        Self {
            kind: kind.to_owned(),
            subject: Subject { kind: subject_kind.to_owned(), id: subject.to_string() },
            person: None,
            rule: None,
            facts: Map::new(),
        }
    }

    /// What tells an entry apart from the others of its act: from it follow its
    /// identifier and what opens its commitment, so that a paper can name its
    /// own entry before the act is over.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{}/{}/{}", self.kind, self.subject.kind, self.subject.id)
    }

    /// Says whose record this touched, so that they can see it.
    #[must_use]
    pub fn of(mut self, person: Option<PersonId>) -> Self {
        self.person = person;
        self
    }

    /// Names the rule or reason.
    #[must_use]
    pub fn under(mut self, rule: impl Into<String>) -> Self {
        self.rule = Some(rule.into());
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }
}

/// What the public log holds instead of an entry: nobody can guess the entry
/// from it, and whoever holds entry and salt can show that it was there.
#[must_use]
pub fn commitment(salt: &[u8], entry: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(entry);
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_equal_entries_have_different_commitments() {
        assert_ne!(commitment(b"salt one", b"entry"), commitment(b"salt two", b"entry"));
    }
}
