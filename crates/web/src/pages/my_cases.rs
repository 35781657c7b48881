//! Somebody's cases, and who looked at their record.

use super::home::words_of;
use super::kit::{Cell, ListPage, Table};
use crate::frame::{Here, show};
use crate::refused::{Answer, answer};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_office::inspection;
use diwan_office::rows::JournalRow;

/// My cases, and who looked at my record.
pub async fn mine(here: Here) -> Response {
    let result = async {
        let lang = &here.lang;
        let offset = here.app.office.settings.utc_offset_minutes;
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let proven = here.visitor.assurance().is_proven();
        let mut all = Vec::new();
        if let Some(account) = here.visitor.account().filter(|_| proven) {
            all = diwan_office::cases::of_account(&mut tx, account).await?;
        }
        for id in here.visitor.kept().cases.keys().filter_map(|id| id.parse().ok()) {
            let desk = here.app.office.desk(&here.visitor.who(), "look");
            if all.iter().all(|case| case.id != id)
                && let Ok(case) =
                    diwan_office::cases::open(&mut tx, &desk, id, &here.visitor.access(id)).await
            {
                all.push(case);
            }
        }
        let mut rows = Vec::new();
        for case in &all {
            let published = diwan_office::cases::definition(&mut tx, case).await?;
            rows.push(vec![
                Cell::code(&case.number).to(format!("/cases/{}", case.id)),
                Cell::text(words_of(&here, &published.service).t("title")),
                Cell::tag(lang.t_of("phase-", &case.phase), ""),
                Cell::text(lang.moment(case.touched_at, offset)),
            ]);
        }
        let cases = Table {
            caption: lang.t("nav-my-cases"),
            heads: ["case-number", "service", "status", "last-change"].map(|key| lang.t(key)).to_vec(),
            total: rows.len() as i64,
            rows,
            empty: lang.t("my-cases-none"),
            ..Table::default()
        };
        let mut tables = vec![(String::new(), cases)];
        if let Some(account) = here.visitor.account().filter(|_| proven) {
            let person = diwan_office::accounts::person_of(&mut tx, account).await?;
            if let Some(person) = person {
                let looked = inspection::who_looked(&mut tx, person).await?;
                tables.push((lang.t("who-looked"), looked_table(&here, &looked)));
            }
        }
        let page = ListPage {
            frame: here.frame(lang.t("nav-my-cases")),
            back: "/".into(),
            intro: vec![lang.t(if proven { "my-cases-lead" } else { "my-cases-unproven" })],
            tables,
            links: vec![("/track".into(), lang.t("nav-track")), ("/contact".into(), lang.t("contact-title"))],
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn looked_table(here: &Here, entries: &[JournalRow]) -> Table {
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let rows: Vec<Vec<Cell>> = entries
        .iter()
        .map(|entry| {
            vec![
                Cell::text(lang.moment(entry.at, offset)),
                Cell::text(lang.t_of("entry-", &entry.kind)),
                Cell::text(lang.t_of("by-", &entry.actor_kind)),
                Cell::text(entry.body["rule"].as_str().unwrap_or_default()),
            ]
        })
        .collect();
    Table {
        caption: lang.t("who-looked"),
        heads: ["when", "what", "by-whom", "why"].map(|key| lang.t(key)).to_vec(),
        total: rows.len() as i64,
        rows,
        empty: lang.t("who-looked-none"),
        ..Table::default()
    }
}
