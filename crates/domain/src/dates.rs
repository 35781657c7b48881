//! Dates that may be partly known.
//!
//! Many people of this Region know the year they were born and no more; old
//! registers then say 1 July or 1 January. The type admits what is not known
//! instead of inventing it.

use crate::digits;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The first year a form accepts: older than anyone alive, and than the
/// registers themselves.
pub const FIRST_YEAR: i16 = 1850;
/// The last year a form accepts.
pub const LAST_YEAR: i16 = 2199;

/// A real calendar date of which the day, or the day and the month, may be
/// unknown. Stored as ISO text: `1960`, `1960-07` or `1960-07-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// Why what was typed is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateFault {
    /// Nothing was typed.
    #[error("date is missing")]
    Missing,
    /// Day or month was typed, the year was not.
    #[error("year is missing")]
    YearMissing,
    /// A day was typed without its month.
    #[error("month is missing")]
    MonthMissing,
    /// The question needs the whole date and the day is missing.
    #[error("day is missing")]
    DayMissing,
    /// The year is no number.
    #[error("year is not a number")]
    YearNotNumber,
    /// Two digits could be two centuries.
    #[error("year needs four digits")]
    YearTooShort,
    /// The year is long past or far ahead.
    #[error("year is out of range")]
    YearOutOfRange,
    /// The year belongs to another calendar: Hijri, Persian or Kurdish.
    #[error("year is of another calendar")]
    YearOtherCalendar,
    /// The month is neither 1 to 12 nor a known name.
    #[error("month is not known")]
    MonthUnknown,
    /// The day is no number.
    #[error("day is not a number")]
    DayNotNumber,
    /// That month has no such day.
    #[error("no such day in that month")]
    NotReal,
}

impl DateFault {
    /// The stable code translators and programs rely on.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "date/missing",
            Self::YearMissing => "date/year-missing",
            Self::MonthMissing => "date/month-missing",
            Self::DayMissing => "date/day-missing",
            Self::YearNotNumber => "date/year-not-number",
            Self::YearTooShort => "date/year-too-short",
            Self::YearOutOfRange => "date/year-out-of-range",
            Self::YearOtherCalendar => "date/year-other-calendar",
            Self::MonthUnknown => "date/month-unknown",
            Self::DayNotNumber => "date/day-not-number",
            Self::NotReal => "date/not-real",
        }
    }

    /// Which of the three fields to mark: `day`, `month` or `year`.
    #[must_use]
    pub fn part(self) -> &'static str {
        match self {
            Self::Missing | Self::DayMissing | Self::DayNotNumber | Self::NotReal => "day",
            Self::MonthMissing | Self::MonthUnknown => "month",
            Self::YearMissing
            | Self::YearNotNumber
            | Self::YearTooShort
            | Self::YearOutOfRange
            | Self::YearOtherCalendar => "year",
        }
    }
}

impl PartialDate {
    /// Builds a date from what is known.
    ///
    /// # Errors
    /// [`DateFault`] when the year is out of range, a day stands without its
    /// month, or the calendar has no such day.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Result<Self, DateFault> {
        match year {
            1200..=1500 | 2600..=2800 => return Err(DateFault::YearOtherCalendar),
            FIRST_YEAR..=LAST_YEAR => {}
            _ => return Err(DateFault::YearOutOfRange),
        }
        match (month, day) {
            (None, Some(_)) => return Err(DateFault::MonthMissing),
            (Some(month), _) if !(1..=12).contains(&month) => return Err(DateFault::MonthUnknown),
            (Some(month), Some(day)) => {
                Date::new(year, month, day).map_err(|_| DateFault::NotReal)?;
            }
            _ => {}
        }
        Ok(Self { year, month, day })
    }

    /// Reads the three form fields, in any digit set; the month may be a name
    /// in Kurdish, Arabic or English.
    ///
    /// # Errors
    /// [`DateFault`] says which field to mend.
    pub fn from_fields(day: &str, month: &str, year: &str) -> Result<Self, DateFault> {
        let [day, month, year] = [day, month, year].map(digits::tidy);
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return Err(DateFault::Missing);
        }
        if year.is_empty() {
            return Err(DateFault::YearMissing);
        }
        if !year.chars().all(|c| c.is_ascii_digit()) {
            return Err(DateFault::YearNotNumber);
        }
        if year.len() != 4 {
            return Err(DateFault::YearTooShort);
        }
        let year: i16 = year.parse().map_err(|_| DateFault::YearNotNumber)?;
        let month = match month.as_str() {
            "" => None,
            text => Some(month_number(text).ok_or(DateFault::MonthUnknown)?),
        };
        let day = match day.as_str() {
            "" => None,
            text => match text.parse::<i8>() {
                Ok(day) if text.chars().all(|c| c.is_ascii_digit()) => Some(day),
                _ if text.chars().all(|c| c.is_ascii_digit()) => return Err(DateFault::NotReal),
                _ => return Err(DateFault::DayNotNumber),
            },
        };
        Self::new(year, month, day)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, when it is known.
    #[must_use]
    pub fn month(self) -> Option<i8> {
        self.month
    }

    /// The day of the month, when it is known.
    #[must_use]
    pub fn day(self) -> Option<i8> {
        self.day
    }

    /// The whole date, when all of it is known.
    #[must_use]
    pub fn whole(self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }

    /// Whether day, month and year are all known.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.day.is_some()
    }

    /// Whether this is 1 January or 1 July, which in old registers often
    /// means "only the year was known". A hint for an officer, never a fact.
    #[must_use]
    pub fn may_mean_year_only(self) -> bool {
        self.day == Some(1) && matches!(self.month, Some(1 | 7))
    }

    /// The first day this date can be.
    #[must_use]
    pub fn earliest(self) -> Date {
        Date::constant(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day this date can be.
    #[must_use]
    pub fn latest(self) -> Date {
        match (self.month, self.day) {
            (Some(month), Some(day)) => Date::constant(self.year, month, day),
            (Some(month), None) => Date::constant(self.year, month, 1).last_of_month(),
            (None, _) => Date::constant(self.year, 12, 31),
        }
    }

    /// Full years lived on a day, when they are certain. Someone born in
    /// "1960" is certainly 64 or 65 in the middle of 2025, so the answer is
    /// `None`; on 31 December it is 65.
    #[must_use]
    pub fn age_on(self, day: Date) -> Option<i32> {
        let (oldest, youngest) = (age_between(self.earliest(), day)?, age_between(self.latest(), day)?);
        (oldest == youngest).then_some(oldest)
    }

    /// Full years that have certainly been lived on a day: what a rule such as
    /// "at least 70" may rely on. `None` for a date that may be in the future.
    #[must_use]
    pub fn least_age_on(self, day: Date) -> Option<i32> {
        age_between(self.latest(), day)
    }

    /// Whether any day this date can be lies after `day`.
    #[must_use]
    pub fn is_surely_after(self, day: Date) -> bool {
        self.earliest() > day
    }

    /// Whether two partly known dates can be the same day.
    #[must_use]
    pub fn may_be(self, other: Self) -> bool {
        self.earliest() <= other.latest() && other.earliest() <= self.latest()
    }
}

/// Full years from birth to a day; a 29 February counts from 1 March.
fn age_between(born: Date, day: Date) -> Option<i32> {
    if born > day {
        return None;
    }
    let had_birthday = (day.month(), day.day()) >= (born.month(), born.day());
    Some(i32::from(day.year()) - i32::from(born.year()) - i32::from(!had_birthday))
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for PartialDate {
    type Error = DateFault;

    fn try_from(text: String) -> Result<Self, DateFault> {
        text.parse()
    }
}

impl FromStr for PartialDate {
    type Err = DateFault;

    /// Reads the stored ISO text back.
    fn from_str(text: &str) -> Result<Self, DateFault> {
        let mut parts = text.split('-');
        let year = parts.next().filter(|p| is_number(p, 4)).and_then(|p| p.parse().ok());
        let mut two_digits = || match parts.next() {
            None => Ok(None),
            Some(part) if is_number(part, 2) => part.parse().map(Some).map_err(|_| DateFault::NotReal),
            Some(_) => Err(DateFault::NotReal),
        };
        let (month, day) = (two_digits()?, two_digits()?);
        if parts.next().is_some() {
            return Err(DateFault::NotReal);
        }
        Self::new(year.ok_or(DateFault::YearNotNumber)?, month, day)
    }
}

fn is_number(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit())
}

/// Names of the twelve months in the spellings people of the Region type:
/// Sorani and Arabic (Levantine names, as in Iraq), Kurmanji, English.
const MONTHS: [&[&str]; 12] = [
    &["کانوونی دووەم", "کانونی دووەم", "كانون الثاني", "يناير", "rêbendan", "çile", "january", "jan"],
    &["شوبات", "شباط", "فبراير", "sibat", "reşemî", "february", "feb"],
    &["ئازار", "ادار", "آذار", "اذار", "مارس", "adar", "avdar", "march", "mar"],
    &["نیسان", "نيسان", "ابريل", "أبريل", "nîsan", "nisan", "april", "apr"],
    &["ئایار", "مایس", "ايار", "أيار", "مايس", "مايو", "gulan", "may"],
    &["حوزەیران", "حزيران", "يونيو", "hezîran", "pûşper", "june", "jun"],
    &["تەممووز", "تەمموز", "تموز", "يوليو", "tîrmeh", "july", "jul"],
    &["ئاب", "آب", "اب", "اغسطس", "أغسطس", "tebax", "gelawêj", "august", "aug"],
    &["ئەیلوول", "ئەیلول", "ايلول", "أيلول", "سبتمبر", "îlon", "ilon", "rezber", "september", "sep"],
    &["تشرینی یەکەم", "تشرين الاول", "تشرين الأول", "اكتوبر", "أكتوبر", "cotmeh", "october", "oct"],
    &["تشرینی دووەم", "تشرين الثاني", "نوفمبر", "mijdar", "sermawez", "november", "nov"],
    &["کانوونی یەکەم", "کانونی یەکەم", "كانون الاول", "كانون الأول", "ديسمبر", "berfanbar", "december", "dec"],
];

fn month_number(text: &str) -> Option<i8> {
    if text.chars().all(|c| c.is_ascii_digit()) {
        return text.parse().ok().filter(|month| (1..=12).contains(month));
    }
    let wanted = crate::names::fold(text);
    let index =
        MONTHS.iter().position(|names| names.iter().any(|name| crate::names::fold(name) == wanted))?;
    i8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn three_fields_are_read_in_any_digits_and_with_month_names() {
        for (typed, expected) in [
            (["1", "7", "1960"], Ok("1960-07-01")),
            (["٣١", "١٢", "١٩٨٥"], Ok("1985-12-31")),
            (["۲۹", "۲", "۲۰۲۴"], Ok("2024-02-29")),
            (["", "", "١٩٦٠"], Ok("1960")),
            (["", "07", "1960"], Ok("1960-07")),
            (["21", "ئازار", "1991"], Ok("1991-03-21")),
            (["5", "تشرين الأول", "2001"], Ok("2001-10-05")),
            (["5", "Îlon", "2001"], Ok("2001-09-05")),
            (["5", "May", "2001"], Ok("2001-05-05")),
            (["", "", ""], Err("date/missing")),
            (["1", "7", ""], Err("date/year-missing")),
            (["1", "", "1960"], Err("date/month-missing")),
            (["30", "2", "2020"], Err("date/not-real")),
            (["29", "2", "2023"], Err("date/not-real")),
            (["999", "2", "2023"], Err("date/not-real")),
            (["+1", "2", "2023"], Err("date/day-not-number")),
            (["1", "13", "2020"], Err("date/month-unknown")),
            (["1", "7", "60"], Err("date/year-too-short")),
            (["1", "7", "0960"], Err("date/year-out-of-range")),
            (["1", "7", "1405"], Err("date/year-other-calendar")),
            (["1", "7", "2726"], Err("date/year-other-calendar")),
            (["1", "7", "19x0"], Err("date/year-not-number")),
            (["first", "7", "1960"], Err("date/day-not-number")),
        ] {
            let [day, month, year] = typed;
            let read = PartialDate::from_fields(day, month, year);
            let found = read.map(|d| d.to_string()).map_err(DateFault::code);
            assert_eq!(found, expected.map(str::to_owned), "{typed:?}");
        }
    }

    #[test]
    fn stored_text_reads_back_and_rubbish_does_not() {
        for text in ["1960", "1960-07", "1960-07-01"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
        for text in ["", "60", "1960-", "1960-7", "1960-07-01-01", "1960-13", "1960-02-30", "١٩٦٠"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_age_is_given_only_when_it_is_certain() {
        let year_only = PartialDate::new(1960, None, None).unwrap();
        assert_eq!(year_only.age_on(date(2025, 6, 1)), None);
        assert_eq!(year_only.least_age_on(date(2025, 6, 1)), Some(64));
        assert_eq!(year_only.age_on(date(2025, 12, 31)), Some(65));
        let leap = PartialDate::new(2004, Some(2), Some(29)).unwrap();
        assert_eq!(leap.age_on(date(2025, 2, 28)), Some(20));
        assert_eq!(leap.age_on(date(2025, 3, 1)), Some(21));
        assert_eq!(leap.age_on(date(2003, 3, 1)), None);
    }

    #[test]
    fn the_first_of_july_may_mean_that_only_the_year_was_known() {
        assert!(PartialDate::new(1957, Some(7), Some(1)).unwrap().may_mean_year_only());
        assert!(!PartialDate::new(1957, Some(7), Some(2)).unwrap().may_mean_year_only());
        let year = PartialDate::new(1957, None, None).unwrap();
        assert!(year.may_be(PartialDate::new(1957, Some(7), Some(1)).unwrap()));
    }
}
