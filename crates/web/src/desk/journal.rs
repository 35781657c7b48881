//! The inspector's search of the journal.

use super::{DeskList, at_desk};
use crate::fields::Field;
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, Table};
use crate::refused::{Answer, answer};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::people::Permission;
use diwan_office::inspection;
use serde::Deserialize;

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
        let wanted = diwan_office::rows::Search {
            kind: some(&query.kind),
            subject: some(&query.subject),
            actor: some(&query.actor),
            page: (50, number * 50),
            ..Default::default()
        };
        let (found, total) = inspection::search(&mut office.db.reading().await?.tx(), &wanted).await?;
        let rows = found.iter().map(|entry| {
            vec![
                Cell::text(lang.moment(entry.at, office.settings.utc_offset_minutes)),
                Cell::text(lang.t_of("entry-", &entry.kind)),
                Cell::code(format!("{} {}", entry.subject_kind, entry.subject)),
                Cell::code(format!("{} {}", entry.actor_kind, entry.actor)),
                Cell::text(entry.body["rule"].as_str().unwrap_or_default()),
            ]
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        let mut page = DeskList::new(&here, &desk, lang.t("menu-journal")).await?;
        page.filters = vec![
            Field::line("kind", lang.t("journal-kind")).filled(query.kind.clone()).ltr("text", "", "w-short"),
            Field::line("subject", lang.t("journal-subject"))
                .filled(query.subject.clone())
                .ltr("text", "", "w-full"),
            Field::line("actor", lang.t("journal-actor"))
                .filled(query.actor.clone())
                .ltr("text", "", "w-full"),
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
        let path =
            format!("/desk/journal?kind={}&subject={}&actor={}", query.kind, query.subject, query.actor);
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
