//! Notes that people left at centres about how they were served, for the inspector.

use super::{DeskList, at_desk};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::{Path, Query};
use axum::response::Response;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::Stop;
use diwan_office::administration::all_centres;
use diwan_office::devices::{self, AnswerComplaint};
use diwan_office::rows::ComplaintRow;
use serde::Deserialize;

/// Of which centre.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Of {
    #[serde(default)]
    centre: String,
}

/// The notes of a centre.
pub async fn page(here: Here, Query(of): Query<Of>) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ReadJournal)).await?;
        let lang = &here.lang;
        let centres = {
            let mut reading = here.app.office.db.reading().await?;
            all_centres(&mut reading.tx()).await?
        };
        let chosen = centres.iter().find(|centre| centre.code == of.centre).or(centres.first());
        let notes = match chosen {
            Some(centre) => {
                let mut reading = here.app.office.db.reading().await?;
                devices::complaints_of(&mut reading.tx(), centre.id).await?
            }
            None => Vec::new(),
        };
        let mut page = DeskList::new(&here, &desk, lang.t("menu-notes")).await?;
        let options = centres.iter().map(|centre| Opt {
            value: centre.code.clone(),
            label: lang.name_in(&centre.names.0),
            chosen: chosen.is_some_and(|one| one.id == centre.id),
            ..Opt::default()
        });
        page.filters = vec![Field::select("centre", lang.t("notes-centre"), options.collect())];
        page.tables.push((String::new(), table(&here, &notes)));
        Ok(show(page.status(), false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn about(here: &Here, row: &ComplaintRow) -> String {
    let listed: Vec<String> = serde_json::from_value(row.about.0.clone()).unwrap_or_default();
    listed.iter().map(|one| here.lang.t_of("visit-reason-", one)).collect::<Vec<_>>().join(" · ")
}

fn table(here: &Here, notes: &[ComplaintRow]) -> Table {
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let rows: Vec<Vec<Cell>> = notes
        .iter()
        .map(|row| {
            let state = if row.answered_at.is_some() { "note-answered" } else { "note-open" };
            vec![
                Cell::text(lang.moment(row.left_at, offset)).to(format!("/desk/notes/{}", row.number)),
                Cell::text(about(here, row)),
                Cell::text(row.words.chars().take(120).collect::<String>()),
                Cell::text(lang.t(state)),
            ]
        })
        .collect();
    Table {
        caption: lang.t("menu-notes"),
        heads: ["device-when", "kiosk-note-about", "kiosk-note-words", "device-state"]
            .map(|key| lang.t(key))
            .to_vec(),
        total: rows.len() as i64,
        rows,
        empty: lang.t("notes-none"),
        ..Table::default()
    }
}

async fn show_one(here: &Here, number: &str, typed: Option<&str>) -> Answer {
    let desk = at_desk(here, Some(Permission::ReadJournal)).await?;
    let lang = &here.lang;
    let row = {
        let mut reading = here.app.office.db.reading().await?;
        devices::complaint(&mut reading.tx(), number).await?
    };
    let row = row.ok_or_else(Problem::not_found)?;
    let mut page = DeskList::new(here, &desk, lang.t("menu-notes")).await?;
    page.back = "/desk/notes".to_owned();
    let mut area = Field::area("answer", lang.t("note-answer")).hint(lang.t("note-answer-help"));
    area = match typed {
        Some(typed) => area.filled(typed).wrong(lang.t("note-answer-wrong")),
        None => area.filled(row.answer.clone().unwrap_or_default()),
    };
    let action = format!("/desk/notes/{number}");
    let mut form = FormBlock::new(about(here, &row), action, vec![area], lang.t("note-answer-send"));
    form.intro.push(row.words.clone());
    form.intro.extend(row.phone.clone());
    form.intro.retain(|text| !text.is_empty());
    page.forms = vec![form];
    Ok(show(page.status(), false, &page))
}

/// One note.
pub async fn one(here: Here, Path((_, number)): Path<(String, String)>) -> Response {
    let result = show_one(&here, &number, None).await;
    answer(&here, result)
}

/// Answers a note.
pub async fn answered(here: Here, Path((_, number)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let text = sent.text("answer");
        let act = AnswerComplaint { number: number.clone(), answer: text.clone() };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(()) => Ok(here.go("/desk/notes")),
            Err(Stop::Refused(refusal)) if refusal.why == Why::FieldMissing => {
                show_one(&here, &number, Some(&text)).await
            }
            Err(stop) => Err(stop.into()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
