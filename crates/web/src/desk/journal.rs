//! The inspector's search of the journal.

use super::{DeskList, at_desk, looking};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, Table};
use crate::refused::{Answer, Problem, answer};
use crate::words::Language;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::calendar::OpeningHours;
use diwan_domain::civil::checks;
use diwan_domain::digits;
use diwan_domain::notices::KINDS;
use diwan_domain::people::Permission;
use diwan_office::inspection;
use diwan_office::rows::JournalRow;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// What entries are about that has a name in every language. What is not here is shown by
/// its code.
pub const THINGS: &[&str] = &[
    "account",
    "appointment",
    "case",
    "centre",
    "counter",
    "declaration",
    "device",
    "document",
    "entry",
    "holiday",
    "ledger",
    "ledger-page",
    "login",
    "office",
    "officer",
    "person",
    "print",
    "receipt",
    "register",
    "service",
    "shift",
    "subscription",
    "ticket",
    "token",
    "visit",
];

/// What an inspector searches for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct JournalQuery {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    actor: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    page: i64,
}

/// How many entries stand on one page.
const ENTRIES: i64 = 50;

/// The days between which an inspector searches, as they were typed and as they are read.
struct Days {
    /// Not before, microseconds.
    from: Option<i64>,
    /// Before, microseconds.
    until: Option<i64>,
    /// The field that cannot be read, and what is wrong with it.
    faults: Vec<(&'static str, &'static str)>,
}

impl Days {
    fn of(here: &Here, query: &JournalQuery) -> Self {
        let offset_minutes = here.app.office.settings.utc_offset_minutes;
        let hours = OpeningHours { offset_minutes, ..OpeningHours::usual() };
        let mut faults = Vec::new();
        let mut read = |name, typed: &str| {
            let typed = digits::to_ascii(typed.trim());
            if typed.is_empty() {
                return None;
            }
            checks::date(&typed).map_err(|code| faults.push((name, code))).ok()
        };
        let from = read("from", &query.from).map(|date| hours.midnight(date.earliest()));
        let last = read("until", &query.until).and_then(|date| date.latest().tomorrow().ok());
        Self { from, until: last.map(|day| hours.midnight(day)), faults }
    }
}

/// The inspector's read-only search of the journal; the search is journalled.
pub async fn page(here: Here, Query(query): Query<JournalQuery>) -> Response {
    let result = search(&here, &query).await;
    answer(&here, result)
}

async fn search(here: &Here, query: &JournalQuery) -> Answer {
    let desk = at_desk(here, Some(Permission::ReadJournal)).await?;
    let days = Days::of(here, query);
    let mut page = DeskList::new(here, &desk, here.lang.t("menu-journal")).await?;
    page.filters = filters(here, query, &days.faults);
    page.filter_path = "/desk/journal".into();
    if !days.faults.is_empty() {
        // What cannot be read is mended first; nothing is searched by halves.
        return Ok(show(StatusCode::UNPROCESSABLE_ENTITY, false, &page));
    }
    page.tables = vec![(String::new(), found(here, query, &days).await?)];
    Ok(show(StatusCode::OK, false, &page))
}

/// Searches, and journals that it was searched.
async fn found(here: &Here, query: &JournalQuery, days: &Days) -> Result<Table, Problem> {
    let (office, lang) = (&here.app.office, &here.lang);
    let mut words = format!("kind={} subject={} actor={}", query.kind, query.subject, query.actor);
    for (name, typed) in [("from", &query.from), ("until", &query.until)] {
        if !typed.is_empty() {
            words = format!("{words} {name}={typed}");
        }
    }
    office.perform_once(&here.visitor.who(), inspection::SearchJournal { query: words }).await?;
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let number = query.page.clamp(0, 100_000);
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let mut identified = [some(&query.subject), some(&query.actor)];
    for words in identified.iter_mut().flatten() {
        *words = inspection::meant(&mut tx, words).await?;
    }
    let [subject, actor] = identified;
    let wanted = diwan_office::rows::Search {
        kind: some(&query.kind),
        subject,
        actor,
        from: days.from,
        until: days.until,
        page: (ENTRIES, number * ENTRIES),
        ..Default::default()
    };
    let (found, total) = inspection::search(&mut tx, &wanted).await?;
    let called = inspection::called(&mut tx, &found).await?;
    let mut table = Table {
        caption: lang.t("menu-journal"),
        heads: ["when", "what", "journal-subject", "by-whom", "why"].map(|key| lang.t(key)).to_vec(),
        rows: found.iter().map(|entry| row(here, entry, &called)).collect(),
        total,
        empty: lang.t("journal-none"),
        ..Table::default()
    };
    if number > 0 {
        table.previous = path_of(query, number - 1);
    }
    if (number + 1) * ENTRIES < total {
        table.next = path_of(query, number + 1);
    }
    Ok(table)
}

/// Another page of the same search.
fn path_of(query: &JournalQuery, page: i64) -> String {
    format!(
        "/desk/journal?kind={}&subject={}&actor={}&from={}&until={}&page={page}",
        encoded(&query.kind),
        encoded(&query.subject),
        encoded(&query.actor),
        encoded(&query.from),
        encoded(&query.until)
    )
}

fn filters(here: &Here, query: &JournalQuery, faults: &[(&str, &str)]) -> Vec<Field> {
    let lang = &here.lang;
    let line = |name: &str, typed: &str| {
        let wrong = faults.iter().find(|(field, _)| *field == name);
        Field::line(name, lang.t_of("journal-", name))
            .hint(lang.t(&format!("journal-{name}-hint")))
            .filled(typed)
            .wrong(wrong.map(|(_, code)| lang.t_of("fault-", code)).unwrap_or_default())
            .ltr("text", "", "w-short")
    };
    vec![
        kinds(here, &query.kind),
        line("subject", &query.subject),
        line("actor", &query.actor),
        line("from", &query.from),
        line("until", &query.until),
    ]
}

/// What happened, in words. What is not offered here is found by following a line of the list.
fn kinds(here: &Here, chosen: &str) -> Field {
    let mut kinds: BTreeSet<&str> = KINDS.iter().map(|kind| kind.entry).collect();
    kinds.extend(Some(chosen).filter(|chosen| !chosen.is_empty()));
    let option =
        |kind: &str| Opt { value: kind.into(), label: here.lang.t_of("entry-", kind), ..Opt::default() };
    let mut options: Vec<Opt> = kinds.into_iter().map(option).collect();
    options.sort_by(|one, other| one.label.cmp(&other.label));
    Field::select("kind", here.lang.t("journal-kind"), options).filled(chosen)
}

/// One entry. Each of its parts leads to what else the journal says of the same.
fn row(here: &Here, entry: &JournalRow, called: &BTreeMap<String, String>) -> Vec<Cell> {
    let lang = &here.lang;
    let leads = |cell: Cell, key: &str, to: &str| cell.to(format!("/desk/journal?{key}={}", encoded(to)));
    vec![
        Cell::text(lang.moment(entry.at, here.app.office.settings.utc_offset_minutes)),
        leads(Cell::text(lang.t_of("entry-", &entry.kind)), "kind", &entry.kind),
        leads(
            thing(lang, "journal-of-", &entry.subject_kind, &entry.subject, called),
            "subject",
            &entry.subject,
        ),
        leads(thing(lang, "by-", &entry.actor_kind, &entry.actor, called), "actor", &entry.actor),
        looking::cell(lang, entry),
    ]
}

/// Somebody or something as people call it; with the end of its identifier where only that
/// tells it from others.
fn thing(lang: &Language, prefix: &str, kind: &str, id: &str, called: &BTreeMap<String, String>) -> Cell {
    if let Some(name) = called.get(id) {
        return Cell::text(name);
    }
    let key = format!("{prefix}{kind}");
    if !lang.has(&key) {
        return Cell::code(format!("{kind} {id}"));
    }
    match id.rsplit_once('-') {
        Some((_, end)) if end.len() == 12 => {
            Cell::text(format!("{} …\u{2066}{}\u{2069}", lang.t(&key), &end[6..]))
        }
        _ => Cell::text(lang.t(&key)),
    }
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
