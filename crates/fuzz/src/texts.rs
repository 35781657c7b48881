//! What people type: names, dates, numbers, in all scripts and digits.

use crate::lines;
use diwan_domain::calendar::Span;
use diwan_domain::dates::{FIRST_YEAR, LAST_YEAR, PartialDate};
use diwan_domain::money::{Currency, Money};
use diwan_domain::names::{self, LONGEST_PART, NameParts, PARTS};
use diwan_domain::numbers::{self, IdentityKind, IdentityNumber};
use diwan_domain::{digits, names::Score};
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

const TODAY: Date = Date::constant(2026, 11, 22);

/// Four lines: the four parts of a name; the second is also a searcher's query.
pub fn names(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let parts: [&str; 4] = lines(&text);
    for line in parts {
        keys(line);
    }
    let (asked, candidate) = (parts[0], parts[1]);
    let score = names::rank(asked, candidate);
    assert!(score <= Score(1000), "{score:?}");
    assert!(names::rank(asked, asked) >= score, "{asked:?} is like itself above all, not like {candidate:?}");

    let [given, father, grandfather, family] = parts;
    match NameParts::new(given, father, grandfather, family) {
        Ok(name) => {
            let kept = PARTS.map(|part| name.part(part).unwrap_or_default());
            for part in name.known().map(|(_, text)| text) {
                assert!(!part.is_empty() && part.trim() == part, "{part:?}");
                assert!(part.chars().count() <= LONGEST_PART, "{part:?}");
                assert!(!part.contains(|c: char| c.is_control() || digits::is_digit(c)), "{part:?}");
            }
            let [given, father, grandfather, family] = kept;
            let again = NameParts::new(given, father, grandfather, family);
            assert_eq!(again.as_ref(), Ok(&name), "what was accepted is accepted again");
            let stored = serde_json::to_string(&name).expect("a name is written");
            assert_eq!(serde_json::from_str::<NameParts>(&stored).expect("and read"), name);
            let shown = name.to_string();
            assert_eq!(shown, name.known().map(|(_, text)| text).collect::<Vec<_>>().join(" "));
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in faults {
                assert!(PARTS.contains(&fault.part) && fault.code.starts_with("name/"), "{fault:?}");
            }
        }
    }
}

/// The keys under which a name is found and put in order.
fn keys(line: &str) {
    let folded = names::fold(line);
    assert_eq!(names::fold(&folded), folded, "a folded key folds to itself: {line:?}");
    let apart: String = line.nfd().collect();
    assert_eq!(names::fold(&apart), folded, "marks may be written apart: {line:?}");
    assert_eq!(names::skeleton(&apart), names::skeleton(line), "{line:?}");
    for language in ["ckb", "ar", "kmr", "kmr-Arab", "en", "tr"] {
        let key = names::sort_key(line, language);
        assert_eq!(names::sort_key(&apart, language), key, "{line:?} {language}");
        single_spaced(&key);
    }
    single_spaced(&folded);
    single_spaced(&names::skeleton(line));
    let latin = names::transliterate(line);
    single_spaced(&latin);
    // A key is stored once for each name: it must not outgrow what was typed.
    for key in [&folded, &latin] {
        assert!(key.chars().count() <= 20 * line.chars().count(), "{line:?} grows to {key:?}");
    }
}

fn single_spaced(key: &str) {
    assert_eq!(key.split_whitespace().collect::<Vec<_>>().join(" "), key);
}

/// A line in one of the digit sets of the Region.
fn in_digits(line: &str, zero: u32) -> String {
    line.chars().map(|c| c.to_digit(10).and_then(|d| char::from_u32(zero + d)).unwrap_or(c)).collect()
}

const ZEROS: [u32; 3] = ['0' as u32, 0x0660, 0x06F0];

/// Four lines: day, month and year of a form, and a stored date or a length of time.
pub fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let [day, month, year, stored]: [&str; 4] = lines(&text);
    match PartialDate::from_fields(day, month, year) {
        Ok(date) => a_date(date),
        Err(fault) => {
            assert!(fault.code().starts_with("date/"));
            assert!(["day", "month", "year"].contains(&fault.part()));
        }
    }
    if let Ok(date) = stored.parse::<PartialDate>() {
        assert_eq!(date.to_string(), stored, "a date is stored in one way");
        a_date(date);
    }
    if let Ok(span) = stored.parse::<Span>() {
        assert_eq!(span.to_string().parse(), Ok(span));
    }
}

fn a_date(date: PartialDate) {
    assert_eq!(date.to_string().parse(), Ok(date));
    assert!((FIRST_YEAR..=LAST_YEAR).contains(&date.year()));
    assert!(date.earliest() <= date.latest() && date.may_be(date));
    assert_eq!(date.whole().is_some(), date.is_whole());
    assert_eq!(date.whole().is_some(), date.earliest() == date.latest());
    let typed = |part: Option<i8>| part.map(|part| part.to_string()).unwrap_or_default();
    for zero in ZEROS {
        let [day, month, year] = [typed(date.day()), typed(date.month()), date.year().to_string()]
            .map(|part| in_digits(&part, zero));
        assert_eq!(PartialDate::from_fields(&day, &month, &year), Ok(date), "in every digit set");
    }
    if let Some(age) = date.age_on(TODAY) {
        assert_eq!(date.least_age_on(TODAY), Some(age));
        assert!((0..=400).contains(&age));
    }
    if date.is_surely_after(TODAY) {
        assert_eq!(date.least_age_on(TODAY), None);
    }
    let stored = serde_json::to_string(&date).expect("a date is written");
    assert_eq!(serde_json::from_str::<PartialDate>(&stored).expect("and read"), date);
}

/// One line that may be any number or contact, and eight bytes that are money.
pub fn numbers(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let line = text.as_ref();
    let tidy = digits::tidy(line);
    assert_eq!(digits::tidy(&tidy), tidy);
    assert_eq!(digits::to_ascii(&digits::to_ascii(line)), digits::to_ascii(line));
    for kind in IdentityKind::ALL {
        let Ok(number) = kind.read(line) else { continue };
        assert_eq!(kind.read(&number).as_ref(), Ok(&number), "{kind:?} from {line:?}");
        assert!((4..=18).contains(&number.chars().count()), "{number}");
        everyone_reads(&number, |typed| kind.read(typed).ok());
        let masked = IdentityNumber { kind, number: number.clone() }.masked();
        assert_eq!(masked.chars().count(), number.chars().count());
        assert!(masked.chars().filter(|c| *c != '•').count() <= 3);
    }
    if let Ok(phone) = numbers::phone(line) {
        assert_eq!(numbers::phone(&phone).as_ref(), Ok(&phone), "{line:?}");
        let digits = phone.strip_prefix('+').expect("an international number");
        assert!((8..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()), "{phone}");
        everyone_reads(&phone, |typed| numbers::phone(typed).ok());
    }
    if let Ok(email) = numbers::email(line) {
        assert_eq!(numbers::email(&email).as_ref(), Ok(&email), "{line:?}");
        // What stands in a mail's head can begin no other line of it.
        assert!(email.len() <= 254 && !email.contains(|c: char| c.is_control() || c.is_whitespace()));
        assert_eq!(email.matches('@').count(), 1, "{email}");
    }
    if let Ok(number) = numbers::parse_number(line) {
        assert_eq!(numbers::parse_number(&number).as_ref(), Ok(&number), "{line:?}");
        everyone_reads(&number, |typed| numbers::parse_number(typed).ok());
        one_wrong_digit(&number);
    }
    if let Some(number) = digits::whole_number(line) {
        assert_eq!(digits::whole_number(&number.to_string()), Some(number));
    }
    if let Some((eight, _)) = bytes.split_first_chunk::<8>() {
        for currency in [Currency::Iqd, Currency::Usd] {
            money(Money { minor_units: i64::from_le_bytes(*eight), currency });
        }
        let [prefix, year, ..] = *eight;
        let prefix = ["EB", "KQ7", "SUL", "A"][usize::from(prefix % 4)];
        let year = (year % 3 != 0).then_some(2000 + i16::from(year));
        let given = numbers::format_number(prefix, u64::from_le_bytes(*eight) >> 16 >> (eight[2] % 40), year);
        assert_eq!(numbers::parse_number(&given).as_ref(), Ok(&given), "a number of ours is read back");
        one_wrong_digit(&given);
    }
}

/// A canonical number is the same number in every digit set and with marks of
/// direction around it.
fn everyone_reads(number: &str, read: impl Fn(&str) -> Option<String>) {
    for zero in ZEROS {
        let typed = format!("\u{200F}{} ", in_digits(number, zero));
        assert_eq!(read(&typed).as_deref(), Some(number), "{typed:?}");
    }
}

fn one_wrong_digit(number: &str) {
    for (place, found) in number.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        let other = if found == '9' { "0" } else { "9" };
        let mut typed = number.to_owned();
        typed.replace_range(place..=place, other);
        assert!(numbers::parse_number(&typed).is_err(), "{typed} is not {number}");
    }
}

fn money(amount: Money) {
    let shown = amount.to_string();
    let (number, code) = shown.split_once(' ').expect("an amount and its currency");
    assert_eq!(code, amount.currency.code());
    let units: i64 = number.replace('.', "").parse().expect("an amount is digits");
    assert_eq!(units, amount.minor_units, "{shown}");
    if let Some(sum) = amount.plus(amount) {
        assert_eq!(Some(sum.minor_units), amount.minor_units.checked_mul(2));
    }
}
