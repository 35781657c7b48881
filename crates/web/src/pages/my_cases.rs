//! Somebody's cases, and who looked at their record.

use super::home::words_of;
use super::kit::{Cell, ListPage, Table};
use crate::desk::looking;
use crate::frame::{Here, show};
use crate::refused::{Answer, answer};
use crate::words::Language;
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
        let for_whom = here.visitor.kept().acting_for;
        if let Some(person) = for_whom.filter(|_| proven) {
            let desk = here.app.office.desk(&here.visitor.who(), "look");
            all = diwan_office::cases::of_person(&mut tx, &desk, person).await?;
        } else if let Some(account) = here.visitor.account().filter(|_| proven) {
            all = diwan_office::cases::of_account(&mut tx, account).await?;
        }
        let own = if for_whom.is_some() { Default::default() } else { here.visitor.kept().cases };
        for id in own.keys().filter_map(|id| id.parse().ok()) {
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
        if let Some(account) = here.visitor.account().filter(|_| proven && for_whom.is_none()) {
            let person = diwan_office::accounts::person_of(&mut tx, account).await?;
            if let Some(person) = person {
                let looked = inspection::who_looked(&mut tx, person).await?;
                tables.push((lang.t("who-looked"), looked_table(&here, &looked)));
            }
        }
        let mut links =
            vec![("/track".into(), lang.t("nav-track")), ("/contact".into(), lang.t("contact-title"))];
        if here.visitor.account().is_none() && here.visitor.officer().is_none() {
            links.insert(0, ("/sign-in".into(), lang.t("sign-in")));
        }
        if here.visitor.account().is_some() && proven {
            links.push(("/proxies".into(), lang.t("proxies-title")));
            links.push(("/proxies/for".into(), lang.t("proxy-for-title")));
        }
        let page = ListPage {
            frame: here.frame(lang.t("nav-my-cases")),
            back: "/".into(),
            intro: vec![lang.t(if proven { "my-cases-lead" } else { "my-cases-unproven" })],
            tables,
            links,
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
                Cell::text(why(lang, entry)),
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

/// Why somebody looked, in words.
fn why(lang: &Language, entry: &JournalRow) -> String {
    let law = || law_of(entry.body["rule"].as_str().unwrap_or_default()).to_owned();
    looking::in_words(lang, entry).unwrap_or_else(law)
}

/// The law by which something was done: a rule is remembered as its key, its version and its
/// law, and only the law says something to the person it is about.
fn law_of(rule: &str) -> &str {
    match rule.split_once(": ") {
        Some((_, law)) => law,
        None if rule.contains('/') => "",
        None => rule,
    }
}
