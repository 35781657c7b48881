//! The inspector's search of the journal.

use super::{DeskList, at_desk};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, Table};
use crate::refused::{Answer, answer};
use crate::words::Language;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
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
    page: i64,
}

/// The inspector's read-only search of the journal; the search is journalled.
pub async fn page(here: Here, Query(query): Query<JournalQuery>) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ReadJournal)).await?;
        let office = &here.app.office;
        let lang = &here.lang;
        let words = format!("kind={} subject={} actor={}", query.kind, query.subject, query.actor);
        office.perform_once(&here.visitor.who(), inspection::SearchJournal { query: words }).await?;
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let number =
            some(&query.page.clamp(0, 100_000).to_string()).and_then(|text| text.parse().ok()).unwrap_or(0);
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
            page: (50, number * 50),
            ..Default::default()
        };
        let (found, total) = inspection::search(&mut tx, &wanted).await?;
        let called = inspection::called(&mut tx, &found).await?;
        let rows: Vec<Vec<Cell>> = found.iter().map(|entry| row(&here, entry, &called)).collect();
        let mut page = DeskList::new(&here, &desk, lang.t("menu-journal")).await?;
        page.filters = vec![
            kinds(&here, &query.kind),
            Field::line("subject", lang.t("journal-subject"))
                .hint(lang.t("journal-subject-hint"))
                .filled(query.subject.clone())
                .ltr("text", "", "w-short"),
            Field::line("actor", lang.t("journal-actor"))
                .hint(lang.t("journal-actor-hint"))
                .filled(query.actor.clone())
                .ltr("text", "", "w-short"),
        ];
        page.filter_path = "/desk/journal".into();
        let mut table = Table {
            caption: lang.t("menu-journal"),
            heads: ["when", "what", "journal-subject", "by-whom", "why"].map(|key| lang.t(key)).to_vec(),
            rows,
            total,
            empty: lang.t("journal-none"),
            ..Table::default()
        };
        let path = format!(
            "/desk/journal?kind={}&subject={}&actor={}",
            encoded(&query.kind),
            encoded(&query.subject),
            encoded(&query.actor)
        );
        if number > 0 {
            table.previous = format!("{path}&page={}", number - 1);
        }
        if (number + 1) * 50 < total {
            table.next = format!("{path}&page={}", number + 1);
        }
        page.tables = vec![(String::new(), table)];
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
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
        Cell::text(entry.body["rule"].as_str().unwrap_or_default()),
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
