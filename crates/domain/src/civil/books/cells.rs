//! One cell of a table as a file holds it, and what it says once what
//! spreadsheets do to values is looked through.

use crate::digits;
use crate::names::as_typed;
use jiff::civil::Date;

/// The longest text of one cell that is looked at, in characters.
pub const LONGEST_CELL: usize = 4_000;

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text, as it stands.
    Text(String),
    /// A number of a spreadsheet.
    Number(f64),
    /// A day of a spreadsheet.
    Day(Date),
    /// What a formula came to that could not be worked out: `#REF!`.
    Error(String),
    /// Covered by the merged cell that begins in another row.
    Merged,
}

/// The values with which spreadsheets say that a formula failed.
const ERRORS: [&str; 9] =
    ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"];

impl Cell {
    /// A cell of a text file.
    #[must_use]
    pub fn of_text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// Whether nothing that can be seen stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(|c| c.is_whitespace() || digits::is_invisible(c)),
            _ => false,
        }
    }

    /// The cell as text, for a person and for a file of rejected rows.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Empty | Self::Merged => String::new(),
            Self::Text(text) | Self::Error(text) => text.clone(),
            Self::Number(number) => number_text(*number),
            Self::Day(day) => day.to_string(),
        }
    }

    /// What it says: without marks nobody sees, line breaks as spaces; `None`
    /// when it says nothing.
    ///
    /// # Errors
    /// The code of what makes it unreadable.
    pub fn said(&self) -> Result<Option<String>, &'static str> {
        match self {
            Self::Error(_) => return Err("cell/error"),
            Self::Merged => return Err("cell/merged"),
            // Beyond this a spreadsheet has lost digits already.
            Self::Number(number) if number.abs() >= 9e15 || !number.is_finite() => {
                return Err("cell/scientific");
            }
            _ => {}
        }
        let shown = self.shown();
        if shown.len() > LONGEST_CELL && shown.chars().count() > LONGEST_CELL {
            return Err("cell/huge");
        }
        if shown.contains('\0') {
            return Err("text/control");
        }
        let text = visible(&shown);
        if text.is_empty() {
            return Ok(None);
        }
        if ERRORS.contains(&text.as_str()) {
            return Err("cell/error");
        }
        Ok(Some(text))
    }
}

/// A number as a person would write it: without a point when it is whole.
fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 9e15 { format!("{number:.0}") } else { number.to_string() }
}

/// The zero-width non-joiner is part of Kurdish spelling.
const NON_JOINER: char = '\u{200C}';

/// Text without bidi marks and other signs nobody sees, with single spaces.
fn visible(text: &str) -> String {
    let typed = as_typed(text);
    let kept = typed.chars().filter(|c| *c == NON_JOINER || !digits::is_invisible(*c));
    let kept: String =
        kept.map(|c| if matches!(c, '\n' | '\r' | '\t' | '\u{A0}') { ' ' } else { c }).collect();
    let words = kept.split_whitespace().map(|word| word.trim_matches(NON_JOINER));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A text by which headings and coded values are compared: however the same
/// letters were typed.
#[must_use]
pub fn compared(text: &str) -> String {
    let alike = |c: char| match c {
        'ي' | 'ى' | 'ئ' => Some('ی'),
        'ك' => Some('ک'),
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        'ة' => Some('ه'),
        '\u{640}' | '\u{64B}'..='\u{652}' => None,
        '_' | '-' | '.' => Some(' '),
        c => Some(digits::ascii(c)),
    };
    let plain = visible(text).replace(NON_JOINER, "");
    let plain: String = plain.chars().filter_map(alike).flat_map(char::to_lowercase).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text is a number in the notation of a spreadsheet that lost digits:
/// `1.99E+12`.
#[must_use]
pub fn is_scientific(text: &str) -> bool {
    let text = digits::to_ascii(text);
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return false };
    let exponent = exponent.trim_start_matches(['+', '-']);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    mantissa.contains(['.', ',', '٫'])
        && is_digits(exponent)
        && is_digits(&mantissa.replace(['.', ',', '٫', '-'], ""))
}

/// Of several texts the one that is most like another, when one is like it.
#[must_use]
pub fn nearest<'a>(wanted: &str, offered: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = compared(wanted);
    let longest = wanted.chars().count();
    let scored = offered.map(|text| {
        let other = compared(text);
        // One that stands within the other is near, however long the rest is.
        let (short, long) = if other.len() < wanted.len() { (&other, &wanted) } else { (&wanted, &other) };
        let is_within = short.chars().count() > 2 && long.contains(short.as_str());
        (if is_within { 1 } else { distance(&wanted, &other) }, text)
    });
    let (distance, text) = scored.min_by_key(|(distance, _)| *distance)?;
    (distance <= (longest / 3).max(2) && distance < longest.max(1)).then_some(text)
}

/// How many letters must be changed to make one text of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(100).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().take(100).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let change = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_what_can_be_seen_in_it() {
        for (cell, expected) in [
            (Cell::of_text("\u{200F}  شیلان\u{200E} "), Ok(Some("شیلان".to_owned()))),
            (Cell::of_text("هه\u{200C}ولێر\u{200C}"), Ok(Some("هه\u{200C}ولێر".to_owned()))),
            (Cell::of_text("one\r\ntwo"), Ok(Some("one two".to_owned()))),
            (Cell::of_text(" \u{200F}"), Ok(None)),
            (Cell::of_text("#REF!"), Err("cell/error")),
            (Cell::Error("#N/A".into()), Err("cell/error")),
            (Cell::of_text("a\0b"), Err("text/control")),
            (Cell::of_text("x".repeat(LONGEST_CELL + 1)), Err("cell/huge")),
            (Cell::Number(199_012_345_678.0), Ok(Some("199012345678".to_owned()))),
            (Cell::Number(1.5), Ok(Some("1.5".to_owned()))),
            (Cell::Number(1.99e18), Err("cell/scientific")),
            (Cell::Merged, Err("cell/merged")),
        ] {
            assert_eq!(cell.said(), expected, "{cell:?}");
        }
    }

    #[test]
    fn the_same_heading_is_the_same_however_it_was_typed() {
        for (one, other) in [
            ("تأريخ الولادة", " تاريخ  الولاده\u{200F}"),
            ("Date_of-birth", "date of BIRTH"),
            ("ناوی دایک", "ناوي دايك"),
            ("القيد ١", "القيد 1"),
        ] {
            assert_eq!(compared(one), compared(other));
        }
        assert_ne!(compared("الاب"), compared("الام"));
    }

    #[test]
    fn lost_digits_are_known_and_near_words_are_found() {
        for text in ["1.99E+12", "1,99E+12", "٣٫٢E+11", "1.2e5"] {
            assert!(is_scientific(text), "{text}");
        }
        for text in ["12E5", "E12", "1.99", "B12345", "1.2.E"] {
            assert!(!is_scientific(text), "{text}");
        }
        assert_eq!(
            nearest("mother.givn", ["mother.given", "father.given"].into_iter()),
            Some("mother.given")
        );
        assert_eq!(nearest("zzz", ["mother.given"].into_iter()), None);
    }
}
