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

/// A part of a name in the order in which people number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ordered {
    /// Digits: the longer number is the larger one.
    Number(usize, String),
    /// Everything else.
    Text(String),
}

/// By what names are put in the order in which people number them: `page-9` before `page-10`,
/// whichever digits are written, and also behind a year that all have.
#[must_use]
pub fn in_order(name: &str) -> Vec<Ordered> {
    let name = to_ascii(name).to_lowercase();
    let mut parts = Vec::new();
    let mut rest = name.as_str();
    while let Some(first) = rest.chars().next() {
        let numbers = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != numbers).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        if numbers {
            let number = part.trim_start_matches('0');
            parts.push(Ordered::Number(number.len(), number.to_owned()));
        } else {
            parts.push(Ordered::Text(part.to_owned()));
        }
        rest = after;
    }
    parts
}

/// The last number in a name, without zeros before it: `12` of `EB-1957-page-012`.
#[must_use]
pub fn last_number(name: &str) -> Option<String> {
    let number = in_order(name).into_iter().rev().find_map(|part| match part {
        Ordered::Number(_, number) => Some(number),
        Ordered::Text(_) => None,
    });
    number.filter(|number| !number.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digit_sets_mixed_in_one_line_become_ascii() {
        assert_eq!(to_ascii("١٩٨٥/۰۷/01"), "1985/07/01");
    }

    #[test]
    fn names_stand_in_the_order_in_which_people_number() {
        let mut names = ["p 1957-10", "p 1957-9", "P 1957-٢", "p 1957-09b", "cover", "p 1957-100"];
        names.sort_by_key(|name| in_order(name));
        assert_eq!(names, ["cover", "P 1957-٢", "p 1957-9", "p 1957-09b", "p 1957-10", "p 1957-100"]);
        assert_eq!(last_number("EB-1957-page-٠١٢").as_deref(), Some("12"));
        assert_eq!(last_number("cover"), None);
        assert_eq!(last_number("page-000"), None);
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
