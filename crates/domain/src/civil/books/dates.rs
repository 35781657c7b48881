//! Dates as old books and spreadsheets write them.

use crate::dates::{DateFault, PartialDate};
use crate::digits;
use jiff::civil::Date;

/// One way of writing dates that a mapping names: `dd/mm/yyyy`, `yyyy-mm-dd`,
/// `yyyy`, `excel`, `hijri dd/mm/yyyy`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateForm {
    /// Parts in an order; whatever stands between them.
    Parts {
        /// The order, such as day, month, year.
        order: Vec<Part>,
        /// Whether the calendar is the Islamic one.
        is_hijri: bool,
    },
    /// Days since the last day of 1899, as Excel counts them.
    Excel,
}

/// A part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Day of the month.
    Day,
    /// Month, as a number or a name.
    Month,
    /// Year with four digits.
    Year,
}

/// A date that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// The date, as far as it is known.
    pub date: PartialDate,
    /// Whether the day or the year is an estimate.
    pub is_estimated: bool,
}

impl DateForm {
    /// Reads the name of a way of writing dates; `None` for an unknown one.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        if name == "excel" {
            return Some(Self::Excel);
        }
        let (is_hijri, order) = match name.strip_prefix("hijri") {
            Some(rest) => (true, rest.trim().to_owned()),
            None => (false, name),
        };
        let order: Option<Vec<Part>> = tokens(&order)
            .map(|token| match token {
                "d" | "dd" => Some(Part::Day),
                "m" | "mm" | "mmm" | "mmmm" => Some(Part::Month),
                "yyyy" => Some(Part::Year),
                _ => None,
            })
            .collect();
        let order = order?;
        let count = |part: Part| order.iter().filter(|one| **one == part).count();
        let is_whole = count(Part::Year) == 1
            && count(Part::Month) <= 1
            && count(Part::Day) == usize::from(order.len() == 3)
            && order.len() == 1 + count(Part::Month) + count(Part::Day);
        // A Hijri year alone lies in two years of ours.
        (is_whole && (!is_hijri || order.len() == 3)).then_some(Self::Parts { order, is_hijri })
    }

    /// Whether two ways read the same text differently: day and month change places.
    #[must_use]
    pub fn contradicts(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Parts { order: one, is_hijri: a }, Self::Parts { order: two, is_hijri: b }) => {
                let place = |order: &[Part], part| order.iter().position(|one| *one == part);
                a == b && one.len() == two.len() && one != two && {
                    place(one, Part::Year) == place(two, Part::Year)
                }
            }
            _ => false,
        }
    }

    /// `None` when the text is not written in this way.
    fn read(&self, text: &str) -> Option<Result<Read, DateFault>> {
        let Self::Parts { order, is_hijri } = self else { return serial(text) };
        let parts: Vec<&str> = tokens(text).collect();
        if parts.len() != order.len() {
            return None;
        }
        let [mut day, mut month, mut year] = [""; 3];
        for (part, token) in order.iter().zip(&parts) {
            let is_number = token.bytes().all(|b| b.is_ascii_digit());
            let fits = match part {
                Part::Year => is_number && token.len() == 4,
                Part::Day => is_number && token.len() <= 2,
                Part::Month => !is_number || token.len() <= 2,
            };
            if !fits {
                return None;
            }
            // A zero stands for what nobody knew.
            let known = if token.bytes().all(|b| b == b'0') { "" } else { token };
            match part {
                Part::Day => day = known,
                Part::Month => month = known,
                Part::Year => year = known,
            }
        }
        Some(if *is_hijri {
            of_hijri(day, month, year)
        } else {
            PartialDate::from_fields(day, month, year).map(|date| Read { date, is_estimated: false })
        })
    }
}

/// Digits and letters between whatever else stands there.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.' | '\\' | '،' | ',' | '٫');
    text.split(is_between).filter(|token| !token.is_empty())
}

/// A day by its number in Excel; the 29 February 1900 that Excel counts never was.
fn serial(text: &str) -> Option<Result<Read, DateFault>> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || !is_digits(whole) || !is_digits(rest) {
        return None;
    }
    Some(day_of_serial(whole.parse().ok()?).and_then(|day| {
        let date = PartialDate::new(day.year(), Some(day.month()), Some(day.day()))?;
        Ok(Read { date, is_estimated: false })
    }))
}

/// The day of a spreadsheet's number.
///
/// # Errors
/// [`DateFault::NotReal`] for a number that is no day.
pub fn day_of_serial(serial: i64) -> Result<Date, DateFault> {
    let epoch = match serial {
        1..=59 => Date::constant(1899, 12, 31),
        61..=200_000 => Date::constant(1899, 12, 30),
        _ => return Err(DateFault::NotReal),
    };
    epoch.checked_add(jiff::Span::new().days(serial)).map_err(|_| DateFault::NotReal)
}

/// A day of the Islamic calendar as it is reckoned in tables: seen by eye it may
/// have been a day earlier or later, so it is an estimate.
fn of_hijri(day: &str, month: &str, year: &str) -> Result<Read, DateFault> {
    let number = |text: &str| text.parse::<i64>().ok();
    let year = number(year).ok_or(DateFault::YearNotNumber)?;
    let month = number(month).ok_or(DateFault::MonthUnknown)?;
    let day = number(day).ok_or(DateFault::DayMissing)?;
    if !(1_250..=1_500).contains(&year) {
        return Err(DateFault::YearOutOfRange);
    }
    if !(1..=12).contains(&month) {
        return Err(DateFault::MonthUnknown);
    }
    let is_leap = (11 * year + 14) % 30 < 11;
    let longest = if month % 2 == 1 || month == 12 && is_leap { 30 } else { 29 };
    if !(1..=longest).contains(&day) {
        return Err(DateFault::NotReal);
    }
    let julian = (11 * year + 3) / 30 + 354 * year + 30 * month - (month - 1) / 2 + day + 1_948_440 - 385;
    let since_1970 = julian - 2_440_588;
    let date = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().days(since_1970));
    let date = date.map_err(|_| DateFault::YearOutOfRange)?;
    let date = PartialDate::new(date.year(), Some(date.month()), Some(date.day()))?;
    Ok(Read { date, is_estimated: true })
}

/// Reads a date by the first way that fits; a date as programs write it is always
/// understood.
///
/// # Errors
/// The code of what is wrong: `date/other-form` when no way fits.
pub fn read(text: &str, forms: &[DateForm], year_only_on: &[(i8, i8)]) -> Result<Read, &'static str> {
    let text = without_time(&digits::tidy(text)).to_owned();
    if let Ok(date) = text.parse::<PartialDate>() {
        return Ok(rounded(Read { date, is_estimated: false }, year_only_on));
    }
    let mut fault = None;
    for form in forms {
        match form.read(&text) {
            Some(Ok(read)) => return Ok(rounded(read, year_only_on)),
            Some(Err(found)) => fault = fault.or(Some(found.code())),
            None => {}
        }
    }
    let is_short = |token: &&str| token.len() == 2 && token.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = tokens(&text).collect();
    if fault.is_none() && parts.len() == 3 && !parts.iter().any(|part| part.len() == 4) {
        fault = parts.last().filter(|last| is_short(last)).map(|_| DateFault::YearTooShort.code());
    }
    Err(fault.unwrap_or("date/other-form"))
}

/// Days on which only the year counts become that year.
#[must_use]
pub fn rounded(read: Read, year_only_on: &[(i8, i8)]) -> Read {
    let whole = read.date.month().zip(read.date.day());
    if whole.is_some_and(|day| year_only_on.contains(&day))
        && let Ok(date) = PartialDate::new(read.date.year(), None, None)
    {
        return Read { date, is_estimated: true };
    }
    read
}

/// Exports of databases put the time behind every day.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let Some(space) = text[..colon].rfind([' ', 'T']) else { return text };
    text[..space].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(names: &[&str]) -> Vec<DateForm> {
        names.iter().map(|name| DateForm::of(name).unwrap()).collect()
    }

    #[test]
    fn dates_are_read_as_the_mapping_says() {
        let usual = forms(&["dd/mm/yyyy", "yyyy", "excel"]);
        for (text, expected) in [
            ("14/3/1998", Ok("1998-03-14")),
            ("١٤/٠٣/١٩٩٨", Ok("1998-03-14")),
            ("۱۴-۳-۱۹۹۸", Ok("1998-03-14")),
            ("1998-03-14", Ok("1998-03-14")),
            ("1998-03-14 00:00:00", Ok("1998-03-14")),
            ("14/03/1998 12:00 AM", Ok("1998-03-14")),
            ("1957", Ok("1957")),
            ("00/00/1957", Ok("1957")),
            ("35868", Ok("1998-03-14")),
            ("60", Err("date/not-real")),
            ("30/2/1998", Err("date/not-real")),
            ("31/13/1998", Err("date/month-unknown")),
            ("14/3/98", Err("date/year-too-short")),
            ("spring", Err("date/other-form")),
            ("1/2", Err("date/other-form")),
        ] {
            let read = read(text, &usual, &[]).map(|read| read.date.to_string());
            assert_eq!(read.as_deref().map_err(|code| *code), expected, "{text}");
        }
    }

    #[test]
    fn a_day_that_stands_for_a_year_becomes_the_year() {
        let read = |text| read(text, &forms(&["dd/mm/yyyy"]), &[(1, 1), (7, 1)]).unwrap();
        assert_eq!(read("1/7/1957").date.to_string(), "1957");
        assert!(read("01/01/1957").is_estimated);
        assert_eq!(read("2/7/1957").date.to_string(), "1957-07-02");
        assert!(!read("2/7/1957").is_estimated);
    }

    #[test]
    fn hijri_days_are_reckoned_and_told_as_estimates() {
        let hijri = forms(&["hijri dd/mm/yyyy"]);
        for (text, expected) in
            [("1/1/1400", "1979-11-21"), ("29/12/1376", "1957-07-27"), ("15/9/1445", "2024-03-25")]
        {
            let read = read(text, &hijri, &[]).unwrap();
            assert_eq!(read.date.to_string(), expected, "{text}");
            assert!(read.is_estimated);
        }
        assert_eq!(read("30/2/1400", &hijri, &[]), Err("date/not-real"));
    }

    #[test]
    fn ways_are_known_and_those_that_contradict_are_too() {
        for name in ["dd/mm", "yy", "dd/yyyy", "mm/mm/yyyy", "hijri yyyy", "", "dd/mm/yyyy/yyyy"] {
            assert_eq!(DateForm::of(name), None, "{name}");
        }
        let [day, month, iso] =
            ["dd/mm/yyyy", "mm/dd/yyyy", "yyyy-mm-dd"].map(|name| DateForm::of(name).unwrap());
        assert!(day.contradicts(&month));
        assert!(!day.contradicts(&iso));
    }
}
