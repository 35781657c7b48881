//! Identity numbers by kind. Nobody is turned away for having none: a person
//! may hold several, an old one, or no number at all.

use crate::digits;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The kinds of identity number people in the Region hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdentityKind {
    /// The Region's unified personal number: 13 digits.
    Upn,
    /// The federal national card: 12 digits.
    NationalCard,
    /// The older civil status card: letters and digits, by place and book.
    OldCivilId,
    /// A passport of any country.
    Passport,
    /// A UNHCR certificate or case number.
    Unhcr,
}

/// Why what was typed is no number of that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityFault {
    /// Nothing was typed.
    #[error("number is missing")]
    Missing,
    /// There are letters or signs where only digits belong.
    #[error("only digits belong here")]
    NotDigits,
    /// There are signs where only letters and digits belong.
    #[error("only letters and digits belong here")]
    NotLettersOrDigits,
    /// Too few or too many characters.
    #[error("needs {wanted} characters, found {found}")]
    WrongLength {
        /// How many the kind has.
        wanted: usize,
        /// How many were typed.
        found: usize,
    },
    /// One digit repeated: a placeholder, not a number.
    #[error("one digit repeated is no number")]
    Placeholder,
}

impl IdentityFault {
    /// The stable code translators and programs rely on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "identity-number/missing",
            Self::NotDigits => "identity-number/not-digits",
            Self::NotLettersOrDigits => "identity-number/not-letters-or-digits",
            Self::WrongLength { .. } => "identity-number/wrong-length",
            Self::Placeholder => "identity-number/placeholder",
        }
    }
}

impl IdentityKind {
    /// Every kind, the commonest first.
    pub const ALL: [Self; 5] = [Self::NationalCard, Self::Upn, Self::OldCivilId, Self::Passport, Self::Unhcr];

    /// The word stored in tables and shown to programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Upn => "upn",
            Self::NationalCard => "national-card",
            Self::OldCivilId => "old-civil-id",
            Self::Passport => "passport",
            Self::Unhcr => "unhcr",
        }
    }

    /// Reads the stored word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Reads a number of this kind as typed: any digits, spaces and dashes
    /// between them, small letters.
    ///
    /// # Errors
    /// [`IdentityFault`] says what does not fit.
    pub fn read(self, typed: &str) -> Result<String, IdentityFault> {
        let bare = bare_number(typed);
        if bare.is_empty() {
            return Err(IdentityFault::Missing);
        }
        let length = bare.chars().count();
        let (exact, range, digits_only) = match self {
            Self::Upn => (Some(13), 13..=13, true),
            Self::NationalCard => (Some(12), 12..=12, true),
            Self::OldCivilId => (None, 4..=14, false),
            Self::Passport => (None, 6..=12, false),
            Self::Unhcr => (None, 6..=18, false),
        };
        if digits_only && !bare.chars().all(|c| c.is_ascii_digit()) {
            return Err(IdentityFault::NotDigits);
        }
        // Old cards carry an Arabic letter before the number; passports do not.
        let fits = |c: char| match self {
            Self::OldCivilId => c.is_alphanumeric(),
            _ => c.is_ascii_alphanumeric(),
        };
        if !bare.chars().all(fits) {
            return Err(IdentityFault::NotLettersOrDigits);
        }
        if !range.contains(&length) {
            let nearest =
                exact.unwrap_or(if length < *range.start() { *range.start() } else { *range.end() });
            return Err(IdentityFault::WrongLength { wanted: nearest, found: length });
        }
        let mut each = bare.chars();
        let first = each.next();
        if each.all(|c| Some(c) == first) {
            return Err(IdentityFault::Placeholder);
        }
        Ok(bare)
    }
}

/// A number as it is kept, whatever its kind: with the digits of Europe, capital
/// letters, and nothing between them.
#[must_use]
pub fn bare_number(typed: &str) -> String {
    digits::tidy(typed)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '/' | '.'))
        .flat_map(char::to_uppercase)
        .collect()
}

/// The numbers of a list, as it was typed or as a table was saved: one a line, in the
/// first column. Empty lines count for nothing, and neither does a heading.
#[must_use]
pub fn listed(text: &str) -> Vec<String> {
    let first = |line: &str| {
        let cell = line.split([',', ';', '\t']).next().unwrap_or_default();
        cell.trim_matches(|c: char| c == '"' || c == '\u{feff}' || c.is_whitespace()).to_owned()
    };
    let mut cells: Vec<String> = text.lines().map(first).filter(|cell| !cell.is_empty()).collect();
    let is_heading = |cell: &String| !digits::to_ascii(cell).chars().any(|c| c.is_ascii_digit());
    if cells.first().is_some_and(is_heading) {
        cells.remove(0);
    }
    cells
}

/// A checked number with its kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IdentityNumber {
    /// Which kind of number.
    pub kind: IdentityKind,
    /// The number, without spaces, in ASCII digits and capital letters.
    pub number: String,
}

impl IdentityNumber {
    /// The number with all but its last three characters hidden, for screens
    /// that others may see.
    #[must_use]
    pub fn masked(&self) -> String {
        let length = self.number.chars().count();
        let hidden = length.saturating_sub(3);
        self.number.chars().enumerate().map(|(i, c)| if i < hidden { '•' } else { c }).collect()
    }
}

impl fmt::Display for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_by_kind_in_any_digits() {
        use IdentityKind as K;
        for (kind, typed, expected) in [
            (K::NationalCard, "١٩٨٥ ٠١٢٣ ٤٥٦٧", Ok("198501234567")),
            (K::Upn, "۱۲۳۴۵-67890-123", Ok("1234567890123")),
            (K::Passport, "a1234567", Ok("A1234567")),
            (K::OldCivilId, "م 123456", Ok("م123456")),
            (K::Unhcr, "979-12C00123", Ok("97912C00123")),
            (K::NationalCard, "", Err("identity-number/missing")),
            (K::NationalCard, "12345678901", Err("identity-number/wrong-length")),
            (K::NationalCard, "12345678901A", Err("identity-number/not-digits")),
            (K::Upn, "0000000000000", Err("identity-number/placeholder")),
            (K::Passport, "A12#4567", Err("identity-number/not-letters-or-digits")),
            (K::Passport, "A1", Err("identity-number/wrong-length")),
        ] {
            let found = kind.read(typed).map_err(IdentityFault::code);
            assert_eq!(found.as_deref().map_err(|e| *e), expected, "{typed}");
        }
    }

    #[test]
    fn a_list_is_read_as_it_was_typed_or_saved() {
        assert_eq!(listed("1000000000002\r\n\n ١٠٠٠ \n"), ["1000000000002", "١٠٠٠"]);
        let table = "\u{feff}\"Number\",\"Name\"\n\"1000000000002\",\"Shilan\"\nA12;x\n";
        assert_eq!(listed(table), ["1000000000002", "A12"]);
        assert_eq!(listed("12\nabc"), ["12", "abc"], "only a heading is passed over");
        assert!(listed(" \n").is_empty());
    }

    #[test]
    fn a_masked_number_shows_its_end_only() {
        let number = IdentityNumber { kind: IdentityKind::Passport, number: "A1234567".to_owned() };
        assert_eq!(number.masked(), "•••••567");
    }
}
