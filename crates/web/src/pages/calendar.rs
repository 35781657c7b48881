//! Files for calendars (RFC 5545), as other programs read them.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// How long a line of such a file may be, in bytes.
const LONGEST: usize = 75;

/// An instant as calendars write it, UTC.
pub(super) fn stamp(micros: i64) -> String {
    let at = jiff::Timestamp::from_microsecond(micros).unwrap_or_default();
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Text as calendars write it.
pub(super) fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

/// A long line goes on in the next ones, each behind a space. No letter is cut in two: names
/// in Arabic script take two bytes a letter, and some programs put lines together after they
/// read them.
#[must_use]
pub fn folded(line: &str) -> String {
    let (mut all, mut length) = (String::with_capacity(line.len() + 2), 0);
    for letter in line.chars() {
        if length + letter.len_utf8() > LONGEST {
            all.push_str("\r\n ");
            length = 1;
        }
        all.push(letter);
        length += letter.len_utf8();
    }
    all
}

/// A file of events, each as its lines.
fn file(about: &str, events: &[Vec<String>]) -> String {
    let mut lines =
        vec!["BEGIN:VCALENDAR".to_owned(), "VERSION:2.0".to_owned(), format!("PRODID:-//Diwan//{about}//EN")];
    for event in events {
        lines.push("BEGIN:VEVENT".to_owned());
        lines.extend(event.iter().cloned());
        lines.push("END:VEVENT".to_owned());
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line) + "\r\n").collect()
}

/// The same as an answer, kept under a name.
pub(super) fn answered(about: &str, name: &str, events: &[Vec<String>]) -> Response {
    let kind = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (kind, file(about, events)).into_response()
}
