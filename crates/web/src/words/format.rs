//! Numbers, money, dates and spans of time as readers of a language write them.

use super::Language;
use diwan_domain::dates::PartialDate;
use diwan_domain::money::Money;
use icu_calendar::{Date as CalendarDate, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{YM, YMD};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale::Locale;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use std::borrow::{Borrow, Cow};
use std::collections::BTreeMap;

/// The formatters of one language, made once.
pub(super) struct Formats {
    decimal: DecimalFormatter,
    day: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
}

/// The right-to-left mark, U+200F: an invisible letter of that direction.
const RIGHT_TO_LEFT: char = '\u{200f}';

impl Formats {
    pub(super) fn of(locale: &Locale) -> Result<Self, String> {
        let text = |error: &dyn std::fmt::Display| error.to_string();
        Ok(Self {
            decimal: DecimalFormatter::try_new(locale.into(), Default::default()).map_err(|e| text(&e))?,
            day: FixedCalendarDateTimeFormatter::try_new(locale.into(), YMD::long()).map_err(|e| text(&e))?,
            month: FixedCalendarDateTimeFormatter::try_new(locale.into(), YM::long())
                .map_err(|e| text(&e))?,
        })
    }
}

/// Writes ASCII digits as Arabic-Indic ones.
pub(super) fn to_arabic_digits(text: &str) -> String {
    text.chars()
        .map(|c| {
            c.to_digit(10).filter(|_| c.is_ascii()).and_then(|d| char::from_u32(0x0660 + d)).unwrap_or(c)
        })
        .collect()
}

impl Language {
    /// Digits of a text in the reader's own; nothing else changes.
    #[must_use]
    pub fn digits(&self, text: &str) -> String {
        if self.uses_arabic_digits() { to_arabic_digits(text) } else { text.to_owned() }
    }

    /// A whole number with the reader's digits and groups.
    #[must_use]
    pub fn number(&self, number: i64) -> String {
        self.formats.decimal.format(&Decimal::from(number)).to_string()
    }

    /// A number given in tenths, with one digit after the point.
    #[must_use]
    pub fn tenths(&self, tenths: i64) -> String {
        let mut number = Decimal::from(tenths);
        number.multiply_pow10(-1);
        number.pad_end(-1);
        self.formats.decimal.format(&number).to_string()
    }

    /// An amount of money with its currency's name.
    #[must_use]
    pub fn money(&self, money: Money) -> String {
        let mut amount = Decimal::from(money.minor_units);
        amount.multiply_pow10(-i16::try_from(money.currency.decimals()).unwrap_or(0));
        let amount = self.formats.decimal.format(&amount).to_string();
        match money.currency {
            diwan_domain::money::Currency::Iqd => self.with("money-iqd", &[("amount", amount.into())]),
            diwan_domain::money::Currency::Usd => self.with("money-usd", &[("amount", amount.into())]),
        }
    }

    /// A day in full.
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        let (month, day) = (u8::try_from(date.month()).unwrap_or(1), u8::try_from(date.day()).unwrap_or(1));
        match CalendarDate::try_new_gregorian(i32::from(date.year()), month, day) {
            Ok(date) => self.formats.day.format(&date).to_string(),
            Err(_) => self.digits(&date.to_string()),
        }
    }

    /// A day that may be known only by month or year.
    #[must_use]
    pub fn partial_date(&self, date: PartialDate) -> String {
        if let Some(whole) = date.whole() {
            return self.date(whole);
        }
        let month = date.month().and_then(|month| u8::try_from(month).ok());
        match month.map(|month| CalendarDate::try_new_gregorian(i32::from(date.year()), month, 1)) {
            Some(Ok(first)) => self.formats.month.format(&first).to_string(),
            _ => self.digits(&date.year().to_string()),
        }
    }

    /// A stored date (ISO 8601, perhaps partly known), or the text as it is.
    #[must_use]
    pub fn stored_date(&self, text: &str) -> String {
        text.parse().map_or_else(|_| text.to_owned(), |date| self.partial_date(date))
    }

    /// A stored date in words, as papers of civil status write it beside the figures; nothing
    /// for a text that is no date.
    #[must_use]
    pub fn stored_date_in_words(&self, text: &str) -> Option<String> {
        let date: PartialDate = text.parse().ok()?;
        let year = self.in_words(u16::try_from(date.year()).ok()?)?;
        let Some(month) = date.month() else {
            return Some(self.with("date-in-words-year", &[("year", year.into())]));
        };
        let month = self.t_of("month-in-words-", &month.to_string());
        let whole = [("month", month.into()), ("year", year.into())];
        let Some(day) = date.day() else { return Some(self.with("date-in-words-month", &whole)) };
        let day = self.t_of("day-in-words-", &day.to_string());
        let [month, year] = whole;
        Some(self.with("date-in-words", &[("day", day.into()), month, year]))
    }

    /// A year in words: thousands, hundreds and what is left, each joined to the next.
    fn in_words(&self, year: u16) -> Option<String> {
        let word = |number: u16| self.t_of("number-in-words-", &number.to_string());
        let (thousands, hundreds, rest) = (year / 1000 * 1000, year % 1000 / 100 * 100, year % 100);
        if !(1000..3000).contains(&year) {
            return None;
        }
        let mut parts = vec![word(thousands)];
        parts.extend((hundreds > 0).then(|| word(hundreds)));
        parts.extend(match (rest / 10 * 10, rest % 10) {
            (0, 0) => None,
            (_, _) if rest < 20 => Some(word(rest)),
            (tens, 0) => Some(word(tens)),
            (tens, ones) => {
                let words = [
                    ("tens", word(tens).into()),
                    ("ones", word(ones).into()),
                    ("one", i64::from(ones).into()),
                ];
                Some(self.with("number-in-words-tens", &words))
            }
        });
        parts.into_iter().reduce(|before, next| {
            self.with("number-in-words-and", &[("before", before.into()), ("next", next.into())])
        })
    }

    /// The same in figures, for a narrow column: day, month and year as far as
    /// they are known.
    #[must_use]
    pub fn stored_day(&self, text: &str) -> String {
        let Ok(date) = text.parse::<PartialDate>() else { return text.to_owned() };
        let figures = match (date.day(), date.month()) {
            (Some(day), Some(month)) => format!("{day:02}/{month:02}/{}", date.year()),
            (None, Some(month)) => format!("{month:02}/{}", date.year()),
            _ => date.year().to_string(),
        };
        self.digits(&figures)
    }

    /// The day of an instant, at a distance from UTC.
    #[must_use]
    pub fn day_of(&self, micros: i64, offset_minutes: i32) -> String {
        self.date(diwan_office::desk::day_of(micros, offset_minutes))
    }

    /// The last day on which something is still in time: a limit that ends with a day ends at
    /// the midnight after it.
    #[must_use]
    pub fn last_day(&self, until: i64, offset_minutes: i32) -> String {
        self.day_of(until.saturating_sub(1), offset_minutes)
    }

    /// Day and time of an instant, at a distance from UTC.
    #[must_use]
    pub fn moment(&self, micros: i64, offset_minutes: i32) -> String {
        let local = micros.saturating_add(i64::from(offset_minutes) * 60_000_000);
        let stamp = Timestamp::from_microsecond(local).unwrap_or(Timestamp::UNIX_EPOCH);
        let local = stamp.to_zoned(jiff::tz::TimeZone::UTC);
        let time = self.digits(&format!("{:02}:{:02}", local.hour(), local.minute()));
        let moment = self.with("moment", &[("day", self.date(local.date()).into()), ("time", time.into())]);
        // A sentence isolates what it mentions and gives it the direction of its first letter.
        // Day and time are isolated themselves, so there is none: they would change places.
        if self.rtl { format!("{RIGHT_TO_LEFT}{moment}") } else { moment }
    }

    /// How long something took or may take, in two steps at most.
    #[must_use]
    pub fn span(&self, micros: i64) -> String {
        let minutes = micros.max(0) / 60_000_000;
        let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        match (days, hours, minutes) {
            (0, 0, 0) => self.t("span-seconds"),
            (0, 0, m) => self.with("span-minutes", &[("minutes", m.into())]),
            (0, h, m) => self.with("span-hours", &[("hours", h.into()), ("minutes", m.into())]),
            (d, ..) => self.with("span-days", &[("days", d.into())]),
        }
    }

    /// A name of the stored kind `{"ckb": …, "en": …}` in this language, or in
    /// the first one there is.
    #[must_use]
    pub fn name_in(&self, names: &serde_json::Value) -> String {
        let own = names[self.code.as_str()].as_str();
        if let Some(name) = own {
            return name.to_owned();
        }
        if let Some(name) = self.derived.as_deref().and_then(|from| names[from].as_str()) {
            return self.own_script(name.to_owned());
        }
        let any = names.as_object().and_then(|names| names.values().find_map(|name| name.as_str()));
        any.unwrap_or_default().to_owned()
    }

    /// The same of names that still stand as JSON, of which only one is copied. `None`
    /// when that is no object of names.
    #[must_use]
    pub fn name_in_text(&self, names: &str) -> Option<String> {
        let names: BTreeMap<Name<'_>, Name<'_>> = serde_json::from_str(names).ok()?;
        let of = |code: &str| names.get(code).map(|Name(name)| name.as_ref());
        if let Some(name) = of(&self.code) {
            return Some(name.to_owned());
        }
        if let Some(name) = self.derived.as_deref().and_then(of) {
            return Some(self.own_script(name.to_owned()));
        }
        Some(names.values().next().map(|Name(name)| name.to_string()).unwrap_or_default())
    }
}

/// Text of JSON where it stands, unless something in it is escaped.
#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

impl Borrow<str> for Name<'_> {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Language {
    /// How many copies are printed.
    #[must_use]
    pub fn n_copies(&self, copies: i64) -> String {
        self.with("copies-count", &[("count", copies.into())])
    }
}
