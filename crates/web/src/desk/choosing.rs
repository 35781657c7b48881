//! Several entries may be meant: an officer sees who is who, and chooses.

use super::work::mendable;
use super::{AtDesk, DeskList, at_desk};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::extract::{Path, Query};
use axum::response::Response;
use diwan_domain::ids::{CaseId, EntryId, PersonId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_domain::services::EntryValue;
use diwan_office::cases::{self, Choice, LinkEntry, SeeChoices};
use diwan_office::civil;
use diwan_office::rows::CaseRow;
use serde::Deserialize;

/// Whose entries, when the officer found someone by hand.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Whose {
    #[serde(default)]
    holder: String,
}

/// The way to the choice from a case in an officer's hands.
pub(super) fn way(here: &Here, desk: &AtDesk, case: &CaseRow) -> Option<(String, String)> {
    let is_own = case.assigned_to == Some(desk.acting.officer.id) && case.phase == "in-progress";
    let may = is_own && desk.acting.may(Permission::DecideCases) && cases::is_to_choose(case);
    let path = format!("/{}/desk/cases/{}/choose", here.lang.code, case.id);
    may.then(|| (path, here.lang.t("choose-title")))
}

/// The entries that may be meant, with who is who.
pub async fn page(here: Here, Path((_, id)): Path<(String, String)>, Query(whose): Query<Whose>) -> Response {
    let result = show_choices(&here, &id, &whose.holder, None).await;
    answer(&here, result)
}

async fn show_choices(here: &Here, id: &str, holder: &str, wrong: Option<String>) -> Answer {
    let desk = at_desk(here, Some(Permission::DecideCases)).await?;
    let case: CaseId = id.parse().map_err(|_| Problem::not_found())?;
    let whose: Option<PersonId> = match holder {
        "" => None,
        holder => Some(holder.parse().map_err(|_| Problem::not_found())?),
    };
    let (office, who, lang) = (&here.app.office, here.visitor.who(), &here.lang);
    let version = office.perform_once(&who, SeeChoices { case, holder: whose }).await?;
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let choices = cases::choices(&mut tx, &office.desk(&who, "look"), case, whose).await?;
    let mut named = Vec::new();
    for choice in &choices {
        named.push(civil::named(&mut tx, choice.holder).await?);
    }
    drop(tx);
    drop(reading);
    let mut page = DeskList::new(here, &desk, lang.t("choose-title")).await?;
    page.back = format!("/desk/cases/{id}");
    page.notices.push(lang.with("choose-lead", &[("count", Arg::Number(choices.len() as i64))]));
    page.tables = choices.iter().map(|choice| one(here, choice)).collect();
    let options = choices.iter().zip(&named).map(|(choice, name)| Opt {
        value: format!("{}/{}", choice.holder, choice.entry.id),
        label: label(here, choice),
        hint: lang.with("choose-holder", &[("name", name.clone().into())]),
        ..Opt::default()
    });
    let mut field = Field::choice("entry", lang.t("choose-which"), options.collect());
    if let Some(wrong) = wrong {
        field = field.wrong(wrong);
    }
    if !choices.is_empty() {
        let action = format!("/desk/cases/{id}/choose");
        let mut form = FormBlock::new(lang.t("choose-which"), action, vec![field], lang.t("choose-button"));
        form.hidden = vec![("seen".into(), version.to_string()), ("whose".into(), holder.to_owned())];
        page.forms = vec![form];
    }
    Ok(show(page.status(), false, &page))
}

fn text(choice: &Choice, key: &str) -> String {
    choice.says.get(key).and_then(EntryValue::text).unwrap_or_default().to_owned()
}

/// One entry in a line: its number, and the two or the one whom it is about.
fn label(here: &Here, choice: &Choice) -> String {
    let apart = |part: String| format!("\u{2068}{part}\u{2069}");
    let people = ["husband", "wife", "name"].map(|key| text(choice, key));
    let people: Vec<String> = people.into_iter().filter(|name| !name.is_empty()).map(apart).collect();
    let day = ["date", "born-on", "died-on"].map(|key| text(choice, key));
    let day = day.into_iter().find(|day| !day.is_empty()).unwrap_or_default();
    let number = apart(choice.entry.number.clone());
    format!("{number}: {}, {}", people.join(" – "), apart(here.lang.stored_date(&day)))
}

/// What tells one entry from another.
const SHOWN: [&str; 13] = [
    "name",
    "sex",
    "born-on",
    "birth-place",
    "died-on",
    "father",
    "mother",
    "husband",
    "husband-born-on",
    "wife",
    "wife-born-on",
    "date",
    "court",
];

/// An entry with who is who, and how the two stand to each other today.
fn one(here: &Here, choice: &Choice) -> (String, Table) {
    let lang = &here.lang;
    let kind = lang.t_of("event-", &choice.entry.kind);
    let caption = format!("{kind} \u{2068}{}\u{2069}", choice.entry.number);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for key in SHOWN {
        let value = text(choice, key);
        if value.is_empty() {
            continue;
        }
        let shown = match key {
            "sex" => lang.t_of("sex-", &value),
            "date" => lang.stored_date(&value),
            key if key.ends_with("-on") => lang.stored_date(&value),
            _ => value,
        };
        rows.push(vec![Cell::text(lang.t_of("entry-field-", key)), Cell::text(shown)]);
    }
    if let Some(status) = choice.status {
        let says = lang.t_of("choose-status-", status.code());
        rows.push(vec![Cell::text(lang.t("choose-status")), Cell::text(says)]);
    }
    let table = Table {
        caption: caption.clone(),
        heads: vec![lang.t("register-field"), lang.t("register-says")],
        total: rows.len() as i64,
        rows,
        ..Table::default()
    };
    (caption, table)
}

/// Ties the case to the entry that was chosen.
pub async fn chosen(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::DecideCases)).await?;
        let case: CaseId = id.parse().map_err(|_| Problem::not_found())?;
        let seen = sent.id("seen").ok_or_else(|| Problem::from(Why::Malformed))?;
        let sent_for = sent.text("entry");
        let Some((holder, entry)) = sent_for.split_once('/') else {
            return show_choices(&here, &id, &sent.text("whose"), Some(here.lang.t("choose-none"))).await;
        };
        let holder: PersonId = holder.parse().map_err(|_| Problem::not_found())?;
        let entry: EntryId = entry.parse().map_err(|_| Problem::not_found())?;
        let act = LinkEntry { case, seen, holder, entry: Some(entry) };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(_) => Ok(here.go(&format!("/desk/cases/{id}"))),
            Err(problem) => mendable(&here, &id, problem, ("choose", &sent)).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
