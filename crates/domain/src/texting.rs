//! What people write to the office's number from a basic phone: a keyword in any of the
//! languages, with a number in any digits. Which words count is data.

use crate::digits;
use crate::people::words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words! {
    /// What a keyword asks for.
    Keyword {
        /// How an application stands: with its number.
        Status = "status",
        /// How many are before today's ticket: with its number, or without.
        Ticket = "ticket",
        /// Gives an appointment back: with its code.
        Cancel = "cancel",
        /// Ends what others may do in one's name: with one's own number.
        Revoke = "revoke",
        /// Which words there are.
        Help = "help",
    }
}

/// The longest text that is looked at, in characters: more is no keyword.
pub const LONGEST: usize = 160;

/// What somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", content = "with", rename_all = "kebab-case")]
pub enum Wish {
    /// How an application stands, by its number as typed.
    Status(String),
    /// Where today's ticket stands; empty for whichever is theirs.
    Ticket(String),
    /// Gives back the appointment with this code.
    Cancel(String),
    /// Ends what others may do in one's name, by one's own number as typed.
    Revoke(String),
    /// Says how a visit was, from 1 to 5.
    Rate(i64),
    /// Which words there are; also for whatever is not understood.
    Help,
}

/// What somebody wrote, and in which language the word was that they used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What they want.
    pub wish: Wish,
    /// The language of the word; `None` when there was none.
    pub language: Option<String>,
}

/// Why a list of keywords cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeywordFault {
    /// A name that is none of the five.
    #[error("{0} is no keyword; there are status, ticket, cancel, revoke and help")]
    Unknown(String),
    /// The same word twice with different meanings.
    #[error("\"{0}\" has two meanings")]
    Twice(String),
    /// A word without a letter.
    #[error("a word of {0} is empty or only digits")]
    Empty(String),
}

/// The words that count, by what they ask for and by language; the first of a language is
/// the one that people are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keywords(BTreeMap<Keyword, BTreeMap<String, Vec<String>>>);

/// The words where an installation says nothing else.
const DEFAULTS: &[(Keyword, &str, &[&str])] = &[
    (Keyword::Status, "ckb", &["دۆخ", "بارودۆخ"]),
    (Keyword::Status, "ar", &["حالة", "وضع"]),
    (Keyword::Status, "kmr", &["rewş", "rews"]),
    (Keyword::Status, "kmr-Arab", &["ڕەوش", "رەوش"]),
    (Keyword::Status, "en", &["status"]),
    (Keyword::Ticket, "ckb", &["بلیت", "نۆرە"]),
    (Keyword::Ticket, "ar", &["تذكرة", "دور"]),
    (Keyword::Ticket, "kmr", &["bilêt", "bilet"]),
    (Keyword::Ticket, "kmr-Arab", &["بلێت"]),
    (Keyword::Ticket, "en", &["ticket"]),
    (Keyword::Cancel, "ckb", &["هەڵوەشاندنەوە", "هەڵوەشێنەوە"]),
    (Keyword::Cancel, "ar", &["إلغاء"]),
    (Keyword::Cancel, "kmr", &["betal"]),
    (Keyword::Cancel, "kmr-Arab", &["بەتال"]),
    (Keyword::Cancel, "en", &["cancel"]),
    (Keyword::Revoke, "ckb", &["کۆتایی"]),
    (Keyword::Revoke, "ar", &["إنهاء"]),
    (Keyword::Revoke, "kmr", &["dawî", "dawi"]),
    (Keyword::Revoke, "kmr-Arab", &["داوی"]),
    (Keyword::Revoke, "en", &["revoke"]),
    (Keyword::Help, "ckb", &["یارمەتی"]),
    (Keyword::Help, "ar", &["مساعدة"]),
    (Keyword::Help, "kmr", &["alîkarî", "alikari"]),
    (Keyword::Help, "kmr-Arab", &["ئالیکاری"]),
    (Keyword::Help, "en", &["help"]),
];

impl Default for Keywords {
    fn default() -> Self {
        let mut all: BTreeMap<Keyword, BTreeMap<String, Vec<String>>> = BTreeMap::new();
        for (keyword, language, words) in DEFAULTS {
            let words = words.iter().map(ToString::to_string).collect();
            all.entry(*keyword).or_default().insert((*language).to_owned(), words);
        }
        Self(all)
    }
}

impl Keywords {
    /// The usual words, with those of an installation in their place where it says some:
    /// by keyword and language.
    ///
    /// # Errors
    /// [`KeywordFault`] says which word cannot be used.
    pub fn with(own: &BTreeMap<String, BTreeMap<String, Vec<String>>>) -> Result<Self, KeywordFault> {
        let mut all = Self::default();
        for (name, by_language) in own {
            let keyword = Keyword::from_code(name).ok_or_else(|| KeywordFault::Unknown(name.clone()))?;
            for (language, words) in by_language {
                if words.is_empty() || words.iter().any(|word| !fold(word).chars().any(char::is_alphabetic)) {
                    return Err(KeywordFault::Empty(name.clone()));
                }
                all.0.entry(keyword).or_default().insert(language.clone(), words.clone());
            }
        }
        let mut seen: BTreeMap<String, Keyword> = BTreeMap::new();
        for (keyword, _, word) in all.each() {
            if seen.insert(fold(word), keyword).is_some_and(|other| other != keyword) {
                return Err(KeywordFault::Twice(word.to_owned()));
            }
        }
        Ok(all)
    }

    fn each(&self) -> impl Iterator<Item = (Keyword, &str, &str)> {
        self.0.iter().flat_map(|(keyword, by_language)| {
            by_language.iter().flat_map(move |(language, words)| {
                words.iter().map(move |word| (*keyword, language.as_str(), word.as_str()))
            })
        })
    }

    /// The word that people are told in a language.
    #[must_use]
    pub fn told(&self, keyword: Keyword, language: &str) -> &str {
        let by_language = self.0.get(&keyword);
        let words = by_language.and_then(|all| all.get(language).or_else(|| all.get("en")));
        words.and_then(|words| words.first()).map_or("", String::as_str)
    }

    /// What somebody wrote. A digit from 1 to 5 alone says how a visit was; what fits
    /// nothing asks for help.
    #[must_use]
    pub fn read(&self, typed: &str) -> Text {
        let help = |language: Option<&str>| Text { wish: Wish::Help, language: language.map(str::to_owned) };
        let line = digits::tidy(typed);
        if line.chars().count() > LONGEST {
            return help(None);
        }
        if let Ok(score @ 1..=5) = line.parse::<i64>() {
            return Text { wish: Wish::Rate(score), language: None };
        }
        let folded = fold(&line);
        // The longest word that fits: one may begin like another.
        let fits = |word: &str| {
            let rest = folded.strip_prefix(word)?;
            let ends = rest.chars().next().is_none_or(|next| !next.is_alphabetic());
            ends.then(|| rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '#')).to_owned())
        };
        let found = self.each().filter_map(|(keyword, language, word)| {
            let word = fold(word);
            Some((word.chars().count(), keyword, language, fits(&word)?))
        });
        let Some((_, keyword, language, rest)) = found.max_by_key(|(length, ..)| *length) else {
            return help(None);
        };
        let wish = match keyword {
            Keyword::Ticket => Wish::Ticket(rest.to_uppercase()),
            Keyword::Status if !rest.is_empty() => Wish::Status(rest.to_uppercase()),
            Keyword::Cancel if !rest.is_empty() => Wish::Cancel(rest.to_uppercase()),
            Keyword::Revoke if !rest.is_empty() => Wish::Revoke(rest.to_uppercase()),
            _ => Wish::Help,
        };
        Text { wish, language: Some(language.to_owned()) }
    }
}

/// A word as it is compared: small letters, one form of letters that keyboards write in
/// two, one blank between words.
fn fold(text: &str) -> String {
    let plain = digits::tidy(text).to_lowercase();
    let one = |c: char| match c {
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'أ' | 'إ' | 'آ' => 'ا',
        'ة' => 'ه',
        other => other,
    };
    let letters: String = plain.chars().map(one).filter(|c| *c != 'ـ').collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Wish, String) {
        let text = Keywords::default().read(text);
        (text.wish, text.language.unwrap_or_default())
    }

    #[test]
    fn keywords_are_read_in_every_language_with_any_digits() {
        let status = |number: &str| Wish::Status(number.into());
        for (typed, wish, language) in [
            ("STATUS KQ-000-123-4", status("KQ-000-123-4"), "en"),
            ("status: kq-000-123-4", status("KQ-000-123-4"), "en"),
            ("دۆخ KQ-٠٠٠-١٢٣-٤", status("KQ-000-123-4"), "ckb"),
            ("حاله KQ-۰۰۰-۱۲۳-۴", status("KQ-000-123-4"), "ar"),
            ("\u{200f}REWŞ  KQ-000-123-4 ", status("KQ-000-123-4"), "kmr"),
            ("Ticket a012", Wish::Ticket("A012".into()), "en"),
            ("بلیت", Wish::Ticket(String::new()), "ckb"),
            ("الغاء 7XY", Wish::Cancel("7XY".into()), "ar"),
            ("revoke 199012345678", Wish::Revoke("199012345678".into()), "en"),
            ("یارمەتی", Wish::Help, "ckb"),
            ("يارمەتى", Wish::Help, "ckb"),
        ] {
            assert_eq!(read(typed), (wish, language.to_owned()), "{typed}");
        }
    }

    #[test]
    fn a_digit_alone_is_a_rating_and_nonsense_asks_for_help() {
        for (typed, wish) in [
            ("5", Wish::Rate(5)),
            (" ٤ ", Wish::Rate(4)),
            ("۱", Wish::Rate(1)),
            ("6", Wish::Help),
            ("0", Wish::Help),
            ("status", Wish::Help),
            ("statusquo 5", Wish::Help),
            ("", Wish::Help),
            ("hello, when is it open?", Wish::Help),
        ] {
            assert_eq!(read(typed).0, wish, "{typed}");
        }
        assert_eq!(read(&format!("status {}", "1".repeat(LONGEST))).0, Wish::Help);
    }

    #[test]
    fn an_installation_says_its_own_words_and_never_one_for_two_things() {
        let own = |keyword: &str, word: &str| {
            [(keyword.to_owned(), [("en".to_owned(), vec![word.to_owned()])].into())].into()
        };
        let words = Keywords::with(&own("status", "Where")).unwrap();
        assert_eq!(words.read("where 12").wish, Wish::Status("12".into()));
        assert_eq!(words.read("status 12").wish, Wish::Help);
        assert_eq!(words.told(Keyword::Status, "en"), "Where");
        assert_eq!(words.told(Keyword::Status, "ckb"), "دۆخ");
        assert_eq!(Keywords::with(&own("status", "TICKET")), Err(KeywordFault::Twice("ticket".into())));
        assert_eq!(Keywords::with(&own("stop", "stop")), Err(KeywordFault::Unknown("stop".into())));
        assert_eq!(Keywords::with(&own("help", "5")), Err(KeywordFault::Empty("help".into())));
        assert!(Keywords::with(&BTreeMap::new()).is_ok(), "the usual words never clash");
    }
}
