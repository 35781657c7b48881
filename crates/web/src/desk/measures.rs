//! The measures of a centre for its manager, and of every centre for inspectors.

use super::hall::own_centre;
use super::{Menu, at_desk};
use crate::fields::{Field, Opt};
use crate::frame::{Frame, Here, show};
use crate::measuring::{Part, Saying};
use crate::pages::visits::centre_at;
use crate::refused::{Answer, Problem, answer};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::people::Permission;
use diwan_office::administration::all_centres;
use diwan_office::queue::{self, Span};
use serde::Deserialize;

/// Of which centre, over which days.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    centre: String,
    #[serde(default)]
    span: String,
}

/// The manager's page.
#[derive(Template)]
#[template(path = "desk-measures.html")]
struct MeasuresPage {
    frame: Frame,
    menu: Menu,
    intro: Vec<String>,
    filters: Vec<Field>,
    /// What it follows: where the centre's hall is told; nothing but today follows it.
    live: String,
    parts: Vec<Part>,
    links: Vec<(String, String)>,
}

/// How a centre serves people.
pub async fn page(here: Here, Query(wanted): Query<Wanted>) -> Response {
    let result = show_measures(&here, &wanted).await;
    answer(&here, result)
}

async fn show_measures(here: &Here, wanted: &Wanted) -> Answer {
    let desk = at_desk(here, None).await?;
    let lang = &here.lang;
    let mut filters = Vec::new();
    let centre = if desk.acting.may(Permission::ReadJournal) {
        let centres = {
            let mut reading = here.app.office.db.reading().await?;
            all_centres(&mut reading.tx()).await?
        };
        let own = desk.acting.officer.centre_id;
        let chosen = centres
            .iter()
            .find(|centre| centre.code == wanted.centre)
            .or_else(|| centres.iter().find(|centre| Some(centre.id) == own))
            .or(centres.first())
            .ok_or_else(Problem::not_found)?;
        let options = centres.iter().map(|centre| Opt {
            value: centre.code.clone(),
            label: lang.name_in(&centre.names.0),
            chosen: centre.id == chosen.id,
            ..Opt::default()
        });
        filters.push(Field::select("centre", lang.t("notes-centre"), options.collect()));
        centre_at(here, chosen.id).await?
    } else {
        own_centre(here, &desk).await?
    };
    let span = Span::from_code(&wanted.span).unwrap_or(Span::Today);
    let options = Span::ALL.iter().map(|one| Opt {
        value: one.code().to_owned(),
        label: lang.t_of("measure-span-", one.code()),
        chosen: *one == span,
        ..Opt::default()
    });
    filters.push(Field::select("span", lang.t("measure-span"), options.collect()));
    let measured = queue::measured_lately(&here.app.office, &centre.row, span).await?;
    let measures = &measured.measures;
    let saying = Saying { here, setup: centre.setup.as_deref() };
    let mut parts =
        vec![saying.summary(lang.name_in(&centre.row.names.0), vec![saying.days(&measured)], measures)];
    parts.extend(measures.times_by.iter().map(|(side, rows)| saying.times(*side, rows)));
    parts.push(saying.gates(measures));
    parts.extend(measures.equal_by.iter().map(|(side, rows)| saying.equal(*side, rows)));
    parts.push(saying.reasons(measures));
    let public = format!("/{}/centres/{}/measures", lang.code, centre.row.code);
    let page = MeasuresPage {
        frame: here.frame(lang.t("measure-title")),
        menu: desk.menu(here).await?,
        intro: vec![saying.lead()],
        filters,
        live: if span == Span::Today {
            format!("/centres/{}/live?page=1", centre.row.code)
        } else {
            String::new()
        },
        parts,
        links: vec![(public, lang.t("measure-public"))],
    };
    Ok(show(StatusCode::OK, false, &page))
}
