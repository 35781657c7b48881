//! The words of old books: what is wrong with a file, a mapping or a row, and how it
//! is mended.

use crate::civil_words;
use crate::words::{Arg, Language};
use diwan_domain::civil::EventKind;
use diwan_domain::civil::books::{Notice, RowFault};
use diwan_domain::civil::forms;
use diwan_office::civil::books::{Counted, FileFault, Stopped};

/// Everything that can be told of a mapping and a heading.
pub const NOTICES: [&str; 20] = [
    "mapping/version",
    "mapping/unknown-event",
    "mapping/unknown-word",
    "mapping/no-number",
    "mapping/required-unfilled",
    "mapping/unknown-date",
    "mapping/dates-contradict",
    "mapping/unknown-day",
    "mapping/one-way",
    "mapping/unknown-table",
    "mapping/split-nobody",
    "mapping/unknown-field",
    "mapping/not-offered",
    "mapping/bad-constant",
    "heading/missing",
    "heading/twice",
    "heading/ignored-missing",
    "heading/unmapped",
    "heading/one-column",
    "heading/elsewhere",
];

/// Everything that can be wrong with a file.
pub const FILES: [&str; 18] = [
    "empty",
    "unreadable",
    "unknown-encoding",
    "bad-letters",
    "not-utf8",
    "old-workbook",
    "password",
    "other-kind",
    "no-heading",
    "bad-heading",
    "delimiter",
    "unknown-delimiter",
    "bomb",
    "bad-workbook",
    "no-sheet",
    "several-sheets",
    "too-wide",
    "changed",
];

/// What can be wrong with a row and with nothing else in the register.
pub const ROWS: [&str; 24] = [
    "cell/error",
    "cell/merged",
    "cell/scientific",
    "cell/huge",
    "cell/unknown-code",
    "cell/lost-zeros",
    "row/too-short",
    "row/too-long",
    "row/open-quote",
    "row/too-long-text",
    "date/other-form",
    "entry/no-number",
    "entry/number-part",
    "entry/number-too-long",
    "entry/differs",
    "entry/differs-in-file",
    "entry/number-taken",
    "entry/there-otherwise",
    "person/several",
    "person/other-sex",
    "person/other-birth",
    "person/born-already",
    "person/dead-already",
    "person/dead-before",
];

/// The states of an import.
pub const STATES: [&str; 6] = ["seen", "waiting", "running", "stopped", "done", "discarded"];

/// What a field of an old entry is called, with whose it is.
#[must_use]
pub fn label(lang: &Language, kind: EventKind, field: &str) -> String {
    match field {
        "number" => lang.t("books-field-number"),
        "registered-on" => lang.t("books-field-registered-on"),
        "verified" => lang.t("books-field-verified"),
        "place" if forms::find(kind, field).is_none() => lang.t("books-field-place"),
        _ => {
            let role = field.split_once('.').map(|(role, _)| role);
            let is_party =
                role.is_some_and(|role| kind.parties().iter().any(|party| party.role.code() == role));
            let section = role.filter(|_| is_party).map(|role| lang.t_of("section-", role));
            // A whole name that was to be parted has no field of its own.
            if forms::find(kind, field).is_none() && role.is_none() {
                let role = field.strip_suffix("-latin").unwrap_or(field);
                let is_section = forms::form(kind).iter().any(|section| section.key == role);
                return if is_section { lang.t_of("section-", role) } else { field.to_owned() };
            }
            let own = civil_words::label(lang, field);
            section.map_or(own.clone(), |section| format!("{section}: {own}"))
        }
    }
}

/// What is wrong with a row, and how it is mended.
#[must_use]
pub fn row_fault(lang: &Language, kind: EventKind, fault: &RowFault) -> String {
    let what = civil_words::fault(lang, kind, &fault.field, &fault.code);
    let text = match &fault.column {
        Some(column) => {
            lang.with("books-fault-in-column", &[("column", column.into()), ("what", what.into())])
        }
        None if fault.field.is_empty() => what,
        None => {
            let field = label(lang, kind, &fault.field);
            lang.with("books-fault-in-field", &[("field", field.into()), ("what", what.into())])
        }
    };
    let text = match &fault.found {
        Some(found) => lang.with("books-fault-found", &[("fault", text.into()), ("found", found.into())]),
        None => text,
    };
    plain(&text)
}

/// Everything that is wrong with a row.
#[must_use]
pub fn row_faults(lang: &Language, kind: EventKind, faults: &[RowFault]) -> String {
    faults.iter().map(|fault| row_fault(lang, kind, fault)).collect::<Vec<_>>().join("; ")
}

/// One fault of many rows.
#[must_use]
pub fn counted(lang: &Language, kind: EventKind, one: &Counted) -> String {
    let count = |n: u64| Arg::Number(i64::try_from(n).unwrap_or(i64::MAX));
    let fault = row_fault(lang, kind, &one.fault);
    plain(&lang.with(
        "books-tally-line",
        &[("rows", count(one.rows)), ("line", count(one.line)), ("fault", fault.into())],
    ))
}

/// What is to be told of a mapping or a heading.
#[must_use]
pub fn notice(lang: &Language, notice: &Notice) -> String {
    let mut text = lang.with_of("books-notice-", notice.code, &[("found", (&notice.found).into())]);
    if let Some(near) = &notice.near {
        text = lang.with("books-near", &[("text", text.into()), ("near", near.into())]);
    }
    if !notice.place.is_empty() {
        text = lang.with("books-at", &[("place", (&notice.place).into()), ("text", text.into())]);
    }
    plain(&text)
}

/// What is wrong with a file.
#[must_use]
pub fn file_fault(lang: &Language, fault: &FileFault) -> String {
    plain(&lang.with_of("books-", fault.code, &[("found", (&fault.found).into())]))
}

/// What a refusal tells of a file or its mapping: `file/several-sheets: S1, S2`, with its
/// stable code, and in words. What is no such code is why the mapping cannot be read.
#[must_use]
pub fn told<'a>(lang: &Language, told: &'a str) -> (Option<&'a str>, String) {
    let (code, found) = told.split_once(": ").unwrap_or((told, ""));
    let args: [(&str, Arg); 1] = [("found", found.into())];
    let is_of_file = code.strip_prefix("file/").is_some_and(|of| FILES.contains(&of));
    if is_of_file || NOTICES.contains(&code) {
        let prefix = if is_of_file { "books-" } else { "books-notice-" };
        return (Some(code), plain(&lang.with_of(prefix, code, &args)));
    }
    (None, plain(&lang.with("books-mapping-unreadable", &[("what", told.into())])))
}

/// Why a run stopped.
#[must_use]
pub fn stopped(lang: &Language, stopped: &Stopped) -> String {
    match stopped {
        Stopped::File(fault) => file_fault(lang, fault),
        Stopped::Changed => plain(&lang.t("books-file-changed")),
        Stopped::Busy => plain(&lang.t("books-busy")),
        Stopped::Stop(stop) => why(lang, stop.code()),
    }
}

/// A stable code in words: of a file, or of a refusal.
#[must_use]
pub fn why(lang: &Language, code: &str) -> String {
    match code.strip_prefix("file/") {
        Some(_) => plain(&lang.with_of("books-", code, &[("found", "".into())])),
        None => plain(&lang.t_of("refusal-", code)),
    }
}

/// Text without the marks that keep directions apart on a page.
#[must_use]
pub fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}
