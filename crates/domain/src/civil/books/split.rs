//! A whole name in one column becomes its ordered parts.

use crate::names::PARTS;

/// Words that begin a name and are no name alone: عبد, أبو, ام.
const BEGIN: [&str; 12] =
    ["عبد", "عەبد", "ابو", "أبو", "ئەبو", "ام", "أم", "ذو", "abd", "abdul", "abu", "umm"];
/// Words that end a name and are no name alone: الدين, الله.
const END: [&str; 12] = [
    "الدين",
    "الدین",
    "ئەددین",
    "الله",
    "اللە",
    "الرحمن",
    "الرحيم",
    "الاسلام",
    "الإسلام",
    "aldin",
    "al-din",
    "allah",
];
/// "Son of" and "daughter of": they tie names and are none.
const BETWEEN: [&str; 8] = ["بن", "ابن", "بنت", "كوڕی", "کوڕی", "کچی", "bin", "bint"];

/// The parts of a whole name: given, father's, grandfather's, and all that is left
/// as the family's. Names of two words (عبد الله, نجم الدين) stay together.
#[must_use]
pub fn parts(whole: &str) -> [String; 4] {
    let mut names: Vec<String> = Vec::new();
    let mut is_open = false;
    for word in whole.split_whitespace() {
        let plain = word.to_lowercase();
        if BETWEEN.contains(&plain.as_str()) {
            continue;
        }
        match names.last_mut() {
            Some(last) if is_open || END.contains(&plain.as_str()) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => names.push(word.to_owned()),
        }
        is_open = BEGIN.contains(&plain.as_str());
    }
    let mut parts: [String; 4] = Default::default();
    for (at, name) in names.into_iter().enumerate() {
        let part = &mut parts[at.min(PARTS.len() - 1)];
        if !part.is_empty() {
            part.push(' ');
        }
        part.push_str(&name);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_become_their_parts() {
        for (whole, expected) in [
            ("شیلان ئازاد کەریم", ["شیلان", "ئازاد", "کەریم", ""]),
            ("عبد الله نجم الدين صالح الجاف", ["عبد الله", "نجم الدين", "صالح", "الجاف"]),
            ("محمد بن عبد الرحمن", ["محمد", "عبد الرحمن", "", ""]),
            ("هێرۆ", ["هێرۆ", "", "", ""]),
            ("سارا أبو بكر حسن علي الدوسكي", ["سارا", "أبو بكر", "حسن", "علي الدوسكي"]),
            ("", ["", "", "", ""]),
        ] {
            assert_eq!(parts(whole), expected, "{whole}");
        }
    }
}
