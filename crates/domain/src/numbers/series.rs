//! Numbers that Diwan gives out and people read aloud, copy and mistype:
//! case, receipt, document, register and ticket numbers.
//!
//! Form: `PREFIX-NNN-NNN-C` or, with a year, `PREFIX-YY-NNN-NNN-C`. The last
//! character is a check character over everything before it. It is H. M. Damm's
//! method (2004) carried from ten digits to thirty-six characters, and catches
//! every single wrong character and every swap of neighbours. ISO 7064 MOD
//! 37,36 was tried first and lets one swap in some hundreds pass.

use crate::digits;
use std::fmt;

/// What prefixes, numbers and check characters are made of.
const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// A number of a series, in its parts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SeriesNumber {
    /// Which series: the counter or device that gave it out.
    pub prefix: String,
    /// The last two digits of the year, for series that begin anew each year.
    pub year: Option<u8>,
    /// The running number.
    pub number: u64,
}

/// Why a text is no number of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeriesFault {
    /// Nothing was typed.
    #[error("number is missing")]
    Missing,
    /// It does not have the form of a number of ours.
    #[error("not a number of ours")]
    NotOurs,
    /// The form is right and the check character is not: one character was
    /// mistyped or two were swapped.
    #[error("check character is {found}, expected another: one character is mistyped")]
    Mistyped {
        /// The check character that was typed.
        found: char,
    },
}

impl SeriesFault {
    /// The stable code translators and programs rely on.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "number/missing",
            Self::NotOurs => "number/not-ours",
            Self::Mistyped { .. } => "number/mistyped",
        }
    }
}

/// The check character over letters and digits (others are skipped).
#[must_use]
pub fn check_digit(text: &str) -> char {
    let interim = text.bytes().filter_map(value_of).fold((0, 0), combine);
    // The character that brings the interim value back to zero.
    let (four, nine) = times(interim);
    char::from(ALPHABET[four * 9 + minus(nine)])
}

/// One step of Damm's method: `a·c + x`, in GF(4) and GF(9) side by side.
fn combine(interim: (usize, usize), value: usize) -> (usize, usize) {
    let (four, nine) = times(interim);
    (four ^ (value / 9), plus(nine, value % 9))
}

/// Multiplies by an element that is neither 0 nor 1: ω in GF(4), 1+i in GF(9).
fn times((four, nine): (usize, usize)) -> (usize, usize) {
    let (real, imaginary) = (nine % 3, nine / 3);
    ([0, 2, 3, 1][four & 3], (real + 3 - imaginary) % 3 + 3 * ((real + imaginary) % 3))
}

fn plus(one: usize, other: usize) -> usize {
    (one % 3 + other % 3) % 3 + 3 * ((one / 3 + other / 3) % 3)
}

fn minus(nine: usize) -> usize {
    (3 - nine % 3) % 3 + 3 * ((3 - nine / 3) % 3)
}

fn value_of(byte: u8) -> Option<usize> {
    ALPHABET.iter().position(|letter| *letter == byte.to_ascii_uppercase())
}

/// Writes a number: `format_number("KQ7", 204, None)` is `KQ7-000-204-` and
/// its check character. With a year (only its last two digits are written)
/// the number reads `EB-26-004-771-…`.
#[must_use]
pub fn format_number(prefix: &str, number: u64, year: Option<i16>) -> String {
    let year = year.map(|year| u8::try_from(year.rem_euclid(100)).unwrap_or_default());
    SeriesNumber { prefix: prefix.to_ascii_uppercase(), year, number }.to_string()
}

impl fmt::Display for SeriesNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.prefix.clone();
        if let Some(year) = self.year {
            text.push_str(&format!("-{year:02}"));
        }
        // Whole groups of three, so that people can read them aloud and a year
        // of two digits can be told from the number.
        let width = self.number.to_string().len().div_ceil(3).max(2) * 3;
        let plain = format!("{:0width$}", self.number);
        for group in (0..plain.len()).step_by(3).filter_map(|i| plain.get(i..i + 3)) {
            text.push('-');
            text.push_str(group);
        }
        write!(f, "{text}-{}", check_digit(&text))
    }
}

/// Reads a number of ours however it was typed: small letters, spaces or no
/// dashes, any digits. Gives the canonical writing.
///
/// # Errors
/// [`SeriesFault::Mistyped`] when only the check character is wrong.
pub fn parse_number(typed: &str) -> Result<String, SeriesFault> {
    let line = digits::tidy(typed).to_uppercase();
    if line.is_empty() {
        return Err(SeriesFault::Missing);
    }
    let groups: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '/' | '.' | '_'))
        .filter(|g| !g.is_empty())
        .collect();
    let bare: String = groups.concat();
    if !bare.bytes().all(|b| value_of(b).is_some()) || !(8..=24).contains(&bare.len()) {
        return Err(SeriesFault::NotOurs);
    }
    let (body, check) = bare.split_at(bare.len() - 1);
    let found = check.chars().next().ok_or(SeriesFault::NotOurs)?;
    let canonical = match groups.len() {
        // Typed in one go: the prefix ends with its last letter, or is known
        // only from the dashes when it ends with a digit.
        1 => regroup(body),
        _ => grouped(&groups),
    };
    let canonical = canonical.ok_or(SeriesFault::NotOurs)?;
    if check_digit(body) != found {
        return Err(SeriesFault::Mistyped { found });
    }
    Ok(canonical)
}

/// `KQ7`, `000`, `204`, `X`: groups as they were written.
fn grouped(groups: &[&str]) -> Option<String> {
    let (prefix, rest) = groups.split_first()?;
    let (check, middle) = rest.split_last()?;
    // The check character may have been written onto the last group.
    let (numbers, check) = match (check.len(), middle) {
        (1, _) => (middle.concat(), (*check).to_owned()),
        _ => {
            let (last, check) = check.split_at(check.len() - 1);
            (middle.concat() + last, check.to_owned())
        }
    };
    write_out(prefix, &numbers, &check)
}

fn regroup(body: &str) -> Option<String> {
    let letters = body.rfind(|c: char| c.is_ascii_alphabetic()).map_or(0, |i| i + 1);
    let (prefix, numbers) = body.split_at(letters);
    let check = check_digit(body).to_string();
    write_out(prefix, numbers, &check)
}

fn write_out(prefix: &str, numbers: &str, check: &str) -> Option<String> {
    if prefix.is_empty()
        || prefix.len() > 8
        || numbers.len() < 6
        || !numbers.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let (year, number) = numbers.split_at(if numbers.len() % 3 == 2 { 2 } else { 0 });
    if number.len() % 3 != 0 {
        return None;
    }
    let mut text = prefix.to_owned();
    if !year.is_empty() {
        text.push('-');
        text.push_str(year);
    }
    for group in (0..number.len()).step_by(3).filter_map(|i| number.get(i..i + 3)) {
        text.push('-');
        text.push_str(group);
    }
    Some(format!("{text}-{check}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_was_typed() {
        let plain = format_number("KQ7", 204, None);
        assert!(plain.starts_with("KQ7-000-204-"), "{plain}");
        let dated = format_number("EB", 4_771, Some(2026));
        assert!(dated.starts_with("EB-26-004-771-"), "{dated}");
        for number in [&plain, &dated] {
            let persian: String = number
                .chars()
                .map(|c| c.to_digit(10).and_then(|d| char::from_u32(0x06F0 + d)).unwrap_or(c))
                .collect();
            for typed in [
                number.clone(),
                number.to_lowercase(),
                number.replace('-', " "),
                format!("  {number} "),
                persian,
                number.replace('-', "–"),
            ] {
                assert_eq!(parse_number(&typed).as_ref(), Ok(number), "{typed}");
            }
        }
        assert_eq!(parse_number(&dated.replace('-', "")), Ok(dated));
    }

    #[test]
    fn a_mistyped_character_and_a_swap_are_noticed() {
        let number = format_number("EB", 4_771, Some(2026));
        for (position, _) in number.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
            let mut typed: Vec<char> = number.chars().collect();
            typed[position] = if typed[position] == '9' { '0' } else { '9' };
            let typed: String = typed.into_iter().collect();
            if typed != number {
                assert!(parse_number(&typed).is_err(), "{typed}");
            }
        }
        assert_eq!(parse_number("EB-26-004-717-0").unwrap_err().code(), "number/mistyped");
        for rubbish in ["", "hello", "----", "12345", "سارا", "EB-26-00x-771-9"] {
            assert!(parse_number(rubbish).is_err(), "{rubbish}");
        }
    }

    #[test]
    fn large_numbers_keep_the_form() {
        for number in [0, 999_999, 1_000_000, 123_456_789] {
            let written = format_number("SUL", number, Some(2026));
            assert_eq!(parse_number(&written).as_deref(), Ok(written.as_str()));
        }
    }
}
