//! How a centre serves people, for everyone: the wait by hour today and in the last weeks,
//! what people say, and whether it is equal for all; the same as CSV and JSON.

use super::kit::csv_cell;
use super::visits::centre_of;
use crate::api::measures::{MeasuresOut, measures_of};
use crate::app::App;
use crate::frame::{Frame, Here, show};
use crate::measuring::{Part, Saying};
use crate::refused::{Answer, answer};
use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::queue::measure::Side;
use diwan_office::Fault;
use diwan_office::queue::{self, Span};

/// The public page.
#[derive(Template)]
#[template(path = "measures.html")]
struct MeasuresPage {
    frame: Frame,
    back: String,
    intro: Vec<String>,
    /// What it follows: where the centre's hall is told.
    live: String,
    parts: Vec<Part>,
    links: Vec<(String, String)>,
}

/// How a centre serves people.
pub async fn page(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        let lang = &here.lang;
        let centre = centre_of(&here, &code).await?;
        let office = &here.app.office;
        let saying = Saying { here: &here, setup: centre.setup.as_deref() };
        let today = queue::measured_lately(office, &centre.row, Span::Today).await?;
        let weeks = queue::measured_lately(office, &centre.row, Span::Weeks).await?;
        let by_hour = |measured: &queue::Measured| {
            let (_, rows) = measured.measures.times_by.iter().find(|(side, _)| *side == Side::Hour)?;
            Some(saying.times(Side::Hour, rows))
        };
        let mut parts = Vec::new();
        let said = lang.t("measure-span-today");
        parts.push(saying.summary(said, vec![saying.days(&today)], &today.measures));
        parts.extend(by_hour(&today));
        let said = lang.t("measure-span-weeks");
        parts.push(saying.summary(said, vec![saying.days(&weeks)], &weeks.measures));
        parts.extend(by_hour(&weeks));
        parts.push(saying.gates(&weeks.measures));
        let file = |kind: &str| format!("/centres/{}/measures.{kind}", centre.row.code);
        let links = vec![(file("csv"), lang.t("list-export")), (file("json"), lang.t("stat-json"))];
        let page = MeasuresPage {
            frame: here.frame(format!("{} · {}", lang.t("measure-title"), lang.name_in(&centre.row.names.0))),
            back: format!("/centres/{}", centre.row.code),
            intro: vec![saying.lead()],
            live: format!("/centres/{}/live?page=1", centre.row.code),
            parts,
            links,
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn found(app: &App, code: &str) -> Result<Option<MeasuresOut>, Fault> {
    let centre = {
        let mut reading = app.office.db.reading().await?;
        queue::centre_coded(&mut reading.tx(), code).await?
    };
    match centre {
        Some(centre) => Ok(Some(measures_of(&app.office, &centre, Span::PUBLIC).await?)),
        None => Ok(None),
    }
}

/// The public measures as JSON.
pub async fn json(State(app): State<App>, Path(code): Path<String>) -> Response {
    match found(&app, &code).await {
        Ok(Some(out)) => Json(out).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The public measures as comma-separated values, one figure in each line.
pub async fn csv(State(app): State<App>, Path(code): Path<String>) -> Response {
    match found(&app, &code).await {
        Ok(Some(out)) => {
            let name = format!("attachment; filename=\"{}-measures.csv\"", out.centre);
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                (header::CONTENT_DISPOSITION, name),
            ];
            (headers, csv_of(&out)).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn csv_of(out: &MeasuresOut) -> String {
    let mut lines = vec!["centre,span,from,until,by,group,what,how,value".to_owned()];
    for span in &out.spans {
        let mut line = |by: &str, group: &str, what: &str, how: &str, value: String| {
            let days = (span.from.as_str(), span.until.as_str());
            let cells =
                [out.centre.as_str(), span.span, days.0, days.1, by, group, what, how, value.as_str()];
            lines.push(cells.map(csv_cell).join(","));
        };
        for figure in &span.figures {
            let value = figure.value.map(|value| value.to_string()).unwrap_or_default();
            line(figure.by, &figure.group, figure.what, figure.how, value);
        }
        for gate in &span.gates {
            let ratio = gate.ratio.map(|ratio| ratio.to_string()).unwrap_or_default();
            line("gate", gate.gate, "ratio", "thousandths", ratio);
            line("gate", gate.gate, "verdict", "word", gate.verdict.to_owned());
        }
    }
    format!("\u{feff}{}\r\n", lines.join("\r\n"))
}
