//! The classes in which statistics count.

use super::UNKNOWN;
use crate::dates::PartialDate;
use jiff::civil::Date;

pub(super) const AGES: &[&str] = &[
    "0", "1-4", "5-9", "10-14", "15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49", "50-54",
    "55-59", "60-64", "65-69", "70-74", "75-79", "80-84", "85+", UNKNOWN,
];
pub(super) const WEIGHTS: &[&str] = &["0-1499", "1500-2499", "2500-3999", "4000+", UNKNOWN];
pub(super) const INFANTS: &[&str] = &["0-6", "7-27", "28-364", UNKNOWN];
pub(super) const DURATIONS: &[&str] = &["0", "1-4", "5-9", "10-14", "15-19", "20+", UNKNOWN];
pub(super) const WAITING: &[&str] = &["0-7", "8-30", "31-90", "91-365", "366+", UNKNOWN];
pub(super) const CHAPTERS: &[&str] = &[
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19",
    "20", "22", UNKNOWN,
];

/// The group of a list such as `1-4`, `85+` that holds a number.
fn group(groups: &'static [&'static str], number: i64) -> &'static str {
    let holds = |group: &&&str| {
        let text = **group;
        if let Some(least) = text.strip_suffix('+') {
            return least.parse().is_ok_and(|least: i64| number >= least);
        }
        match text.split_once('-') {
            Some((from, to)) => {
                let (from, to): (Option<i64>, Option<i64>) = (from.parse().ok(), to.parse().ok());
                from.zip(to).is_some_and(|(from, to)| (from..=to).contains(&number))
            }
            None => text.parse() == Ok(number),
        }
    };
    groups.iter().find(holds).copied().unwrap_or(UNKNOWN)
}

/// Full years between two days that may be known in part.
fn years(from: Option<PartialDate>, to: Option<PartialDate>) -> Option<i64> {
    let (from, to) = (from?, to?);
    let years = match (from.whole(), to.whole()) {
        (Some(_), Some(day)) => from.age_on(day).map(i64::from),
        // Of two years it is the difference, as censuses count it.
        _ => Some(i64::from(to.year()) - i64::from(from.year())),
    };
    years.filter(|years| (0..=130).contains(years))
}

/// Days between two days that are known to the day.
fn days(from: Option<PartialDate>, to: Option<PartialDate>) -> Option<i64> {
    let (from, to) = (from?.whole()?, to?.whole()?);
    let days = to.since(from).ok()?.get_days();
    Some(i64::from(days)).filter(|days| *days >= 0)
}

/// The group of age of someone born on one day, on another.
#[must_use]
pub fn age_group(born: Option<PartialDate>, on: Option<PartialDate>) -> &'static str {
    years(born, on).map_or(UNKNOWN, |years| group(AGES, years))
}

/// The group of an age that was told in years.
pub(super) fn age_of(years: Option<i64>) -> &'static str {
    years.filter(|years| (0..=130).contains(years)).map_or(UNKNOWN, |years| group(AGES, years))
}

/// How long a marriage lasted, in years.
#[must_use]
pub fn duration_group(married: Option<PartialDate>, ended: Option<PartialDate>) -> &'static str {
    years(married, ended).map_or(UNKNOWN, |years| group(DURATIONS, years))
}

/// Early and late neonatal and postneonatal deaths, by days.
#[must_use]
pub fn infant_group(born: Option<PartialDate>, died: Option<PartialDate>) -> &'static str {
    days(born, died).map_or(UNKNOWN, |days| group(INFANTS, days))
}

/// Very low, low, usual and high weight at birth.
#[must_use]
pub fn weight_group(grams: Option<i64>) -> &'static str {
    grams.map_or(UNKNOWN, |grams| group(WEIGHTS, grams))
}

/// Days from an event to its registration.
#[must_use]
pub fn waiting_group(happened: Option<PartialDate>, registered: Date) -> &'static str {
    days(happened, Some(PartialDate::from(registered))).map_or(UNKNOWN, |days| group(WAITING, days))
}

/// The chapter of ICD-10 (2019 version) in which a code stands, as a number; causes
/// of the outside stand in chapter 20, codes for emergency use in 22.
#[must_use]
pub fn chapter(code: Option<&str>) -> &'static str {
    let Some(code) = code else { return UNKNOWN };
    let (Some(letter), Some(number)) =
        (code.chars().next(), code.get(1..3).and_then(|two| two.parse::<u8>().ok()))
    else {
        return UNKNOWN;
    };
    match (letter, number) {
        ('A' | 'B', _) => "1",
        ('C', _) | ('D', 0..=48) => "2",
        ('D', _) => "3",
        ('E', _) => "4",
        ('F', _) => "5",
        ('G', _) => "6",
        ('H', 0..=59) => "7",
        ('H', _) => "8",
        ('I', _) => "9",
        ('J', _) => "10",
        ('K', _) => "11",
        ('L', _) => "12",
        ('M', _) => "13",
        ('N', _) => "14",
        ('O', _) => "15",
        ('P', _) => "16",
        ('Q', _) => "17",
        ('R', _) => "18",
        ('S' | 'T', _) => "19",
        ('V' | 'W' | 'X' | 'Y', _) => "20",
        ('U', _) => "22",
        _ => UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<PartialDate> {
        text.parse().ok()
    }

    #[test]
    fn ages_are_full_years() {
        for (born, on, expected) in [
            ("2026-05-17", "2026-05-17", "0"),
            ("2025-05-18", "2026-05-17", "0"),
            ("2025-05-17", "2026-05-17", "1-4"),
            ("1941-05-18", "2026-05-17", "80-84"),
            ("1941-05-17", "2026-05-17", "85+"),
            ("1996", "2026-05-17", "30-34"),
            ("1850", "2026-05-17", UNKNOWN),
            ("2027-01-01", "2026-05-17", UNKNOWN),
        ] {
            assert_eq!(age_group(date(born), date(on)), expected, "{born} {on}");
        }
        assert_eq!(age_group(None, date("2026")), UNKNOWN);
    }

    #[test]
    fn edges_fall_into_one_group() {
        assert_eq!((weight_group(Some(1_499)), weight_group(Some(1_500))), ("0-1499", "1500-2499"));
        assert_eq!((weight_group(Some(4_000)), weight_group(None)), ("4000+", UNKNOWN));
        assert_eq!(infant_group(date("2026-05-01"), date("2026-05-08")), "7-27");
        assert_eq!(infant_group(date("2026-05"), date("2026-05-08")), UNKNOWN);
        assert_eq!(waiting_group(date("2026-05-01"), Date::constant(2026, 5, 31)), "8-30");
        assert_eq!(waiting_group(date("2026-05-02"), Date::constant(2026, 5, 1)), UNKNOWN);
        assert_eq!(duration_group(date("2020-06-01"), date("2021-05-31")), "0");
    }

    #[test]
    fn a_code_stands_in_its_chapter() {
        for (code, expected) in [
            ("A41.9", "1"),
            ("D48.9", "2"),
            ("D50", "3"),
            ("H59", "7"),
            ("H60", "8"),
            ("V89.2", "20"),
            ("U07.1", "22"),
        ] {
            assert_eq!(chapter(Some(code)), expected, "{code}");
        }
        assert_eq!((chapter(None), chapter(Some("?")), chapter(Some("é1"))), (UNKNOWN, UNKNOWN, UNKNOWN));
    }
}
