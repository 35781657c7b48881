//! A day on officers' forms, entered as on public ones: day, month and year, in any digits.

use crate::fields::{Field, Shape};
use crate::sent::Sent;
use crate::words::Language;
use diwan_domain::civil::checks;
use diwan_domain::dates::{DateFault, PartialDate};
use diwan_domain::digits;
use diwan_domain::refusals::{Refusal, Why};

/// The field, with a stored day in it or empty.
pub(super) fn field(lang: &Language, name: &str, label: &str, stored: &str) -> Field {
    let kept: Vec<&str> = stored.split('-').rev().collect();
    let parts = [("day", "w-2"), ("month", "w-2"), ("year", "w-4")];
    let fields = parts
        .into_iter()
        .enumerate()
        .map(|(at, (part, width))| {
            Field::line(&format!("{name}-{part}"), lang.t_of("date-part-", part))
                .filled(kept.get(at).copied().unwrap_or_default())
                .ltr("text", "off", width)
        })
        .collect();
    Field { shape: Shape::Date, fields, ..Field::line(name, lang.t(label)).hint(lang.t("desk-day-hint")) }
}

/// The day that was typed, as it is stored; nothing when all three fields are empty.
///
/// # Errors
/// Which of the three fields to mend, and why.
pub(super) fn read(sent: &Sent, name: &str) -> Result<Option<String>, Refusal> {
    let part = |part: &str| sent.text(&format!("{name}-{part}"));
    let read = PartialDate::from_fields(&part("day"), &part("month"), &part("year"));
    match read {
        Ok(date) if date.is_whole() => Ok(Some(date.to_string())),
        Ok(date) if date.month().is_none() => Err(wrong(name, DateFault::MonthMissing)),
        Ok(_) => Err(wrong(name, DateFault::DayMissing)),
        Err(DateFault::Missing) => Ok(None),
        Err(fault) => Err(wrong(name, fault)),
    }
}

/// The same where a day must be typed.
///
/// # Errors
/// As above; when nothing was typed too.
pub(super) fn wanted(sent: &Sent, name: &str) -> Result<String, Refusal> {
    read(sent, name)?.ok_or_else(|| wrong(name, DateFault::Missing))
}

/// A day typed in one line, in any digits and with the day or the year first, as it is
/// stored. What is no whole day stays as it was typed, for the act to refuse.
pub(super) fn in_one_line(typed: &str) -> String {
    let typed = digits::to_ascii(typed.trim());
    match checks::date(&typed) {
        Ok(date) if date.is_whole() => date.to_string(),
        _ => typed,
    }
}

fn wrong(name: &str, fault: DateFault) -> Refusal {
    let field = format!("{name}-{}", fault.part());
    Refusal::from(Why::FieldMissing).about("field", field).about("fault", fault.code())
}
