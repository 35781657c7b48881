//! The medical certificate of cause of death, as the World Health Organization
//! words it: part 1 with lines a to d, each due to the one below it and with the
//! time from onset to death, part 2 with what contributed, and the manner.

/// The lines of part 1, from the direct cause down to the one that began it.
pub const LINES: [char; 4] = ['a', 'b', 'c', 'd'];

/// Units of the time from onset to death.
pub const UNITS: &[&str] = &["minutes", "hours", "days", "weeks", "months", "years", "unknown"];

/// The manner of death of the certificate's frame B.
pub const MANNERS: &[&str] = &[
    "disease",
    "accident",
    "intentional-self-harm",
    "assault",
    "legal-intervention",
    "war",
    "pending",
    "undetermined",
];

/// Reads a code of ICD-10 as typed: `i21.9`, `I219`, `I21`. Gives it as the
/// classification writes it, with a point after the third character.
///
/// Only the form is checked: a letter, two characters of which the first is a
/// digit, and up to two digits behind the point. `U` is kept for emergency use
/// (U07.1, U10.9); other `U` codes name no disease.
///
/// # Errors
/// `icd/form` when it has another form, `icd/reserved` for a `U` code that names
/// no disease.
pub fn icd10(typed: &str) -> Result<String, &'static str> {
    let bare: String = crate::digits::tidy(typed)
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '.')
        .flat_map(char::to_uppercase)
        .collect();
    let signs: Vec<char> = bare.chars().collect();
    let [letter, first, second, rest @ ..] = signs.as_slice() else { return Err("icd/form") };
    let is_second = second.is_ascii_digit() || matches!(second, 'A' | 'B');
    if !letter.is_ascii_uppercase() || !first.is_ascii_digit() || !is_second {
        return Err("icd/form");
    }
    if rest.len() > 2 || !rest.iter().all(char::is_ascii_digit) {
        return Err("icd/form");
    }
    // Emergency codes of the classification stand in U07 to U14 and U82 to U85.
    let number: u8 = bare[1..3].parse().unwrap_or_default();
    if *letter == 'U' && !matches!(number, 4 | 7..=14 | 82..=85) {
        return Err("icd/reserved");
    }
    let (category, detail) = bare.split_at(3);
    Ok(if detail.is_empty() { category.to_owned() } else { format!("{category}.{detail}") })
}

/// The group of the Global Health Estimates in which statistics count a code:
/// `communicable` (with maternal, perinatal and nutritional), `noncommunicable`,
/// `injury` or `ill-defined`.
#[must_use]
pub fn group(code: &str) -> &'static str {
    let Ok(code) = icd10(code) else { return "ill-defined" };
    let letter = code.chars().next().unwrap_or('R');
    let number: u8 = code[1..3].parse().unwrap_or_default();
    match (letter, number) {
        ('R', _) => "ill-defined",
        ('A' | 'B' | 'O' | 'P', _) | ('G', 0..=4) | ('N', 70..=73) => "communicable",
        ('J', 0..=6 | 9..=18 | 20..=22) | ('H', 65..=66) => "communicable",
        ('D', 50..=53) | ('E', 0..=2 | 40..=46 | 50..=64) | ('U', 4 | 7..=10) => "communicable",
        ('V' | 'W' | 'X' | 'Y' | 'S' | 'T', _) => "injury",
        _ => "noncommunicable",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_people_type_them() {
        for (typed, written) in [
            ("I21.9", Ok("I21.9")),
            ("i219", Ok("I21.9")),
            (" e11 ", Ok("E11")),
            ("I٢١.٩", Ok("I21.9")),
            ("C7A.1", Ok("C7A.1")),
            ("U07.1", Ok("U07.1")),
            ("U50", Err("icd/reserved")),
            ("21", Err("icd/form")),
            ("heart", Err("icd/form")),
            ("I2", Err("icd/form")),
            ("I21.999", Err("icd/form")),
            ("", Err("icd/form")),
            ("ب12", Err("icd/form")),
        ] {
            assert_eq!(icd10(typed).as_deref(), written.as_deref(), "{typed}");
        }
    }

    #[test]
    fn every_code_has_a_group() {
        for (code, expected) in [
            ("I21.9", "noncommunicable"),
            ("A41.9", "communicable"),
            ("P07.3", "communicable"),
            ("V89.2", "injury"),
            ("X95", "injury"),
            ("R99", "ill-defined"),
            ("U07.1", "communicable"),
            ("J18.9", "communicable"),
            ("J44.9", "noncommunicable"),
            ("E11.9", "noncommunicable"),
            ("D50.9", "communicable"),
            ("nothing", "ill-defined"),
        ] {
            assert_eq!(group(code), expected, "{code}");
        }
    }
}
