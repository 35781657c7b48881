//! Digits as people type them. Three sets are in daily use in the Region:
//! 0-9, ٠-٩ and ۰-۹, often mixed in one line. Only ASCII is stored.

/// Turns every Arabic-Indic and Persian digit into its ASCII digit and leaves
/// the rest of the text alone.
#[must_use]
pub fn to_ascii(text: &str) -> String {
    text.chars().map(ascii).collect()
}

/// The ASCII digit for one character, or the character itself.
#[must_use]
pub fn ascii(character: char) -> char {
    let base = match character {
        '\u{0660}'..='\u{0669}' => 0x0660,
        '\u{06F0}'..='\u{06F9}' => 0x06F0,
        _ => return character,
    };
    char::from_digit(character as u32 - base, 10).unwrap_or(character)
}

/// Whether a character is a digit of any of the three sets.
#[must_use]
pub fn is_digit(character: char) -> bool {
    ascii(character).is_ascii_digit()
}

/// Trims a typed line: bidi marks, zero-width marks and outer spaces go,
/// digits become ASCII.
#[must_use]
pub fn tidy(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !is_invisible(*c)).map(ascii).collect();
    plain.trim().to_owned()
}

/// Marks that phones and keyboards add and nobody sees.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}')
}

/// Reads a whole number written in any digit set, with or without thousands
/// separators between the digits. `None` when it is no number.
#[must_use]
pub fn whole_number(text: &str) -> Option<i64> {
    let line = tidy(text);
    let (sign, body) = match line.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest),
        None => ("", line.as_str()),
    };
    let starts_and_ends_with_digit =
        body.starts_with(|c: char| c.is_ascii_digit()) && body.ends_with(|c: char| c.is_ascii_digit());
    let separators = |c: char| matches!(c, ',' | ' ' | '\u{066C}' | '\u{060C}' | '\u{00A0}' | '\u{202F}');
    if !starts_and_ends_with_digit || !body.chars().all(|c| c.is_ascii_digit() || separators(c)) {
        return None;
    }
    let bare: String = body.chars().filter(char::is_ascii_digit).collect();
    format!("{sign}{bare}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digit_sets_mixed_in_one_line_become_ascii() {
        assert_eq!(to_ascii("١٩٨٥/۰۷/01"), "1985/07/01");
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (typed, expected) in [
            ("٣", Some(3)),
            ("\u{200F}۱۲\u{200E} ", Some(12)),
            ("2,000", Some(2000)),
            ("٢٬٠٠٠", Some(2000)),
            ("-4", Some(-4)),
            ("", None),
            ("three", None),
            ("1.5", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(whole_number(typed), expected, "{typed}");
        }
    }
}
