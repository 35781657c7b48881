//! What a register entry says, by the names that services print.

use super::definition::RegisterKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The values of an entry by the names of [`entry_fields`].
pub type EntryValues = BTreeMap<String, EntryValue>;

/// One value: a text, or lines that each have the same columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum EntryValue {
    /// As the register writes it.
    Text(String),
    /// One line for each, such as the members of a family.
    Lines(Vec<BTreeMap<String, String>>),
}

impl EntryValue {
    /// The text; `None` when it is a list.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Lines(_) => None,
        }
    }
}

impl From<String> for EntryValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// The fields of a register entry that can be printed.
#[must_use]
pub fn entry_fields(register: Option<RegisterKind>) -> Vec<&'static str> {
    const COMMON: [&str; 6] = ["number", "book", "page", "registered-on", "office", "remarks"];
    const BIRTH: [&str; 18] = [
        "name",
        "name-latin",
        "sex",
        "born-on",
        "born-on-in-words",
        "born-at",
        "birth-place",
        "plurality",
        "father",
        "father-age",
        "father-nationality",
        "father-occupation",
        "mother",
        "mother-age",
        "mother-nationality",
        "mother-occupation",
        "residence",
        "attendant",
    ];
    const UNION: [&str; 12] = [
        "husband",
        "husband-latin",
        "husband-born-on",
        "wife",
        "wife-latin",
        "wife-born-on",
        "date",
        "place",
        "court",
        "judgment",
        "judgment-date",
        "divorce-kind",
    ];
    // What someone died of stands in the register for doctors and courts. It is
    // no field, so that no paper can show it.
    const DEATH: [&str; 8] =
        ["name", "name-latin", "sex", "born-on", "died-on", "death-place", "father", "mother"];
    const PERSON: [&str; 9] = [
        "name",
        "name-latin",
        "sex",
        "born-on",
        "birth-place",
        "father",
        "mother",
        "marital-status",
        "residence",
    ];
    let own: &[&'static str] = match register {
        None => return Vec::new(),
        Some(RegisterKind::Birth) => &BIRTH,
        Some(RegisterKind::Marriage | RegisterKind::Divorce) => &UNION,
        Some(RegisterKind::Death) => &DEATH,
        Some(RegisterKind::Person | RegisterKind::Family) => &PERSON,
    };
    let members = (register == Some(RegisterKind::Family)).then_some("members");
    own.iter().chain(&COMMON).copied().chain(members).collect()
}

/// The columns of a field that is a list; none when it is a text.
#[must_use]
pub fn columns_of(field: &str) -> &'static [&'static str] {
    match field {
        "members" => &["relation", "name", "sex", "born-on", "birth-place", "marital-status", "died-on"],
        _ => &[],
    }
}
