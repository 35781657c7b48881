//! The words of scanned ledgers: columns, what is wrong in them, and shares.

use crate::book_words;
use crate::civil_words;
use crate::words::{Arg, Language};
use diwan_domain::civil::EventKind;
use diwan_domain::civil::books::ledger::{Differing, WHOLE_ROW};

/// The states of a page.
pub const STATES: [&str; 7] = ["waiting", "keying", "again", "keying-again", "differing", "settled", "in"];
/// What is counted of a ledger.
pub const COUNTS: [&str; 7] = ["waiting", "keying", "keyed", "keyed-twice", "differing", "settled", "in"];
/// What an officer did with a page.
pub const PARTS: [&str; 3] = ["first", "second", "decision"];

/// What is wrong in the form that opens a ledger.
#[must_use]
pub fn opening_fault(lang: &Language, field: &str, code: &str) -> String {
    let most = match field {
        "sample-percent" | "threshold" => 100,
        "record-no" | "number-prefix" => 20,
        _ => 80,
    };
    lang.with_of("fault-", code, &[("max", Arg::Number(most))])
}

/// What is wrong in a column of a row.
#[must_use]
pub fn fault(lang: &Language, kind: EventKind, column: &str, code: &str) -> String {
    match column {
        WHOLE_ROW => lang.with_of("fault-", code, &[("max", Arg::Number(100))]),
        "unreadable" => lang.with_of("fault-", code, &[("max", Arg::Number(160))]),
        _ => civil_words::fault(lang, kind, column, code),
    }
}

/// What a column is called, with whose it is.
#[must_use]
pub fn column(lang: &Language, kind: EventKind, column: &str) -> String {
    book_words::label(lang, kind, column)
}

/// A value of a keying, as it is compared with another.
#[must_use]
pub fn value(lang: &Language, kind: EventKind, differing: &Differing, value: Option<&String>) -> String {
    match value {
        None if differing.field == WHOLE_ROW => lang.t("ledgers-no-row"),
        None => lang.t("ledgers-nothing"),
        Some(word) if differing.field == WHOLE_ROW && word == "unreadable" => lang.t("ledgers-unreadable"),
        Some(value) => civil_words::value(lang, kind, &differing.field, value),
    }
}

/// A share in percent with two digits after the point; a dash without a whole.
#[must_use]
pub fn share(lang: &Language, part: i64, whole: i64) -> String {
    if whole == 0 {
        return "—".to_owned();
    }
    let hundredths = part.saturating_mul(10_000) / whole;
    lang.digits(&format!("{}.{:02} %", hundredths / 100, hundredths % 100))
}

/// Thousandths in percent.
#[must_use]
pub fn per_mille(lang: &Language, thousandths: i64) -> String {
    lang.digits(&match thousandths % 10 {
        0 => (thousandths / 10).to_string(),
        tenth => format!("{}.{tenth}", thousandths / 10),
    })
}
