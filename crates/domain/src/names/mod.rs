//! Names of people: ordered parts kept as they were written, and keys derived
//! from them for finding and sorting.
//!
//! A name here is given, father's, grandfather's and family or title, never
//! "first" and "last". Keys are for searching only; they never replace the
//! spelling that the law knows.

pub mod beside;
mod fold;
mod forms;
mod heard;
mod likeness;
mod rank;
pub mod search;
mod skeleton;
mod sounds;
mod transliterate;
mod words;

pub(crate) use fold::as_typed;
pub use fold::{fold, sort_key};
pub use forms::{is_called, mixed};
pub use rank::{Asked, PartRanking, Ranking, Score, WORTH_SHOWING, least_shown, rank};
pub use skeleton::skeleton;
pub use transliterate::transliterate;
pub use words::{otherwise_divided, without_title};

use crate::digits;
use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The longest part of a name that is accepted, in characters.
pub const LONGEST_PART: usize = 60;

/// A person's name in ordered parts, in one script, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NameParts {
    /// The person's own name. The only part everyone has.
    pub given: String,
    /// The father's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub father: Option<String>,
    /// The paternal grandfather's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grandfather: Option<String>,
    /// A family, tribe or place name, or a title, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
}

/// The names of the four parts, in order, as form fields use them.
pub const PARTS: [&str; 4] = ["given", "father", "grandfather", "family"];

/// One part of a name that cannot be accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{part} name: {code}")]
pub struct NameFault {
    /// `given`, `father`, `grandfather` or `family`.
    pub part: &'static str,
    /// `name/missing`, `name/too-long`, `name/digits` or `name/not-letters`.
    pub code: &'static str,
    /// The first character that does not belong, where there is one.
    pub found: Option<char>,
}

impl NameParts {
    /// Checks and tidies the four parts as typed; empty ones are absent.
    ///
    /// # Errors
    /// One [`NameFault`] for every part that cannot be accepted.
    pub fn new(given: &str, father: &str, grandfather: &str, family: &str) -> Result<Self, Vec<NameFault>> {
        let mut faults = Vec::new();
        let mut read = |part: &'static str, text: &str| match tidy_part(text) {
            Ok(part) => part,
            Err((code, found)) => {
                faults.push(NameFault { part, code, found });
                None
            }
        };
        let [given, father, grandfather, family] = [
            read("given", given),
            read("father", father),
            read("grandfather", grandfather),
            read("family", family),
        ];
        match given {
            Some(given) if faults.is_empty() => Ok(Self { given, father, grandfather, family }),
            None if !faults.iter().any(|fault| fault.part == "given") => {
                faults.insert(0, NameFault { part: "given", code: "name/missing", found: None });
                Err(faults)
            }
            _ => Err(faults),
        }
    }

    /// The parts that are known, in order.
    pub fn known(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            Some(self.given.as_str()),
            self.father.as_deref(),
            self.grandfather.as_deref(),
            self.family.as_deref(),
        ]
        .into_iter()
        .zip(PARTS)
        .filter_map(|(text, part)| Some((part, text?)))
    }

    /// One part by its name.
    #[must_use]
    pub fn part(&self, part: &str) -> Option<&str> {
        self.known().find(|(name, _)| *name == part).map(|(_, text)| text)
    }
}

impl fmt::Display for NameParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (_, text)) in self.known().enumerate() {
            let space = if index == 0 { "" } else { " " };
            write!(f, "{space}{text}")?;
        }
        Ok(())
    }
}

/// Whether a text is written in the Arabic script, judged by its first letter.
#[must_use]
pub fn is_arabic_script(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(
        |c| matches!(c, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{FB50}'..='\u{FEFF}'),
    )
}

const NON_JOINER: char = '\u{200C}';

/// Tidies one part: composed form, single spaces, no bidi marks. A zero-width
/// non-joiner between letters is part of Kurdish spelling and stays.
fn tidy_part(text: &str) -> Result<Option<String>, (&'static str, Option<char>)> {
    // What nobody sees goes first: a letter and its mark meet only without it.
    let typed = as_typed(text);
    let visible = typed.chars().filter(|c| *c == NON_JOINER || !digits::is_invisible(*c));
    let composed: String = visible.nfc().collect();
    let words = composed.split_whitespace().map(|word| word.trim_matches(NON_JOINER));
    let tidy = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if tidy.is_empty() {
        return Ok(None);
    }
    if let Some(found) = tidy.chars().find(|c| c.is_numeric()) {
        return Err(("name/digits", Some(found)));
    }
    if let Some(found) = tidy.chars().find(|c| !belongs_in_a_name(*c)) {
        return Err(("name/not-letters", Some(found)));
    }
    // Marks and the stretched line are on letters; without one they are no name.
    let is_letter = |c: char| c.is_alphabetic() && !is_combining_mark(c) && c != '\u{0640}';
    if !tidy.chars().any(is_letter) {
        return Err(("name/not-letters", tidy.chars().next()));
    }
    if tidy.chars().count() > LONGEST_PART {
        return Err(("name/too-long", None));
    }
    Ok(Some(tidy))
}

fn belongs_in_a_name(c: char) -> bool {
    c.is_alphabetic()
        || is_combining_mark(c)
        || matches!(
            c,
            ' ' | '-'
                | '\u{2010}'
                | '\u{2011}'
                | '\''
                | '’'
                | '‘'
                | 'ʼ'
                | '`'
                | '.'
                | '\u{0640}'
                | '\u{200C}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_names_and_names_of_many_scripts_are_accepted() {
        for (parts, expected) in [
            (["Shilan", "", "", ""], "Shilan"),
            (["شیلان", "ئازاد", "ڕەشید", "بارزانی"], "شیلان ئازاد ڕەشید بارزانی"),
            ([" عبد  الله ", "حسين", "", "الجبوري"], "عبد الله حسين الجبوري"),
            (["ܝܘܚܢܢ", "ܓܝܘܪܓܝܣ", "", ""], "ܝܘܚܢܢ ܓܝܘܪܓܝܣ"),
            (["Jean-Pierre", "", "", "O’Neill"], "Jean-Pierre O’Neill"),
            (["Նարեկ", "", "", ""], "Նարեկ"),
            (["مُحَمَّد", "", "", ""], "مُحَمَّد"),
            (["ﺷﻴﻼﻥ", "", "", ""], "شيلان"),
        ] {
            let [given, father, grandfather, family] = parts;
            assert_eq!(NameParts::new(given, father, grandfather, family).unwrap().to_string(), expected);
        }
    }

    #[test]
    fn what_was_accepted_is_accepted_again_unchanged() {
        for (typed, kept) in [
            ("e\u{200D}\u{301}mir", "\u{e9}mir"),
            (" \u{200C} ئازاد", "ئازاد"),
            ("ئازاد \u{200C}", "ئازاد"),
            ("شه\u{200C}هلا", "شه\u{200C}هلا"),
        ] {
            let name = NameParts::new(typed, "", "", "").unwrap();
            assert_eq!(name.given, kept);
            assert_eq!(NameParts::new(&name.given, "", "", ""), Ok(name));
        }
    }

    #[test]
    fn what_is_not_a_name_says_which_part_and_why() {
        let long = "ا".repeat(61);
        for (parts, expected) in [
            (["", "", "", ""], vec![("given", "name/missing")]),
            (["Ali2", "", "", ""], vec![("given", "name/digits")]),
            (["علي٣", "", "", ""], vec![("given", "name/digits")]),
            (["Ali", "<b>", "", "@"], vec![("father", "name/not-letters"), ("family", "name/not-letters")]),
            (["--", "", "", ""], vec![("given", "name/not-letters")]),
            (["ـــ", "", "", ""], vec![("given", "name/not-letters")]),
            (["ُّ", "", "", ""], vec![("given", "name/not-letters")]),
            ([long.as_str(), "", "", ""], vec![("given", "name/too-long")]),
            (["", "x1", "", ""], vec![("given", "name/missing"), ("father", "name/digits")]),
        ] {
            let [given, father, grandfather, family] = parts;
            let faults = NameParts::new(given, father, grandfather, family).unwrap_err();
            let found: Vec<_> = faults.iter().map(|fault| (fault.part, fault.code)).collect();
            assert_eq!(found, expected, "{parts:?}");
        }
    }
}
