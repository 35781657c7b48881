//! What somebody must bring to a centre, and what it costs, for what they answered: with the
//! few questions that decide it. Nothing is kept.

use super::problem::{Body, Problem};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use diwan_domain::refusals::Why;
use diwan_domain::services::preparing::{kept, prepare};
use diwan_domain::services::{Answers, Facts};
use diwan_office::{catalogue, queue};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// For which service, and what was answered so far.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PrepareIn {
    /// The key of a service that a line of the centre gives.
    service: String,
    /// Answers by question; what decides nothing or does not fit is left out.
    #[serde(default)]
    #[schema(value_type = Object)]
    answers: Answers,
}

/// A question that decides.
#[derive(Serialize, ToSchema)]
struct DecidingOut {
    key: String,
    /// `choice`, `choices`, `yes-no`, `number` or `date`.
    kind: &'static str,
    required: bool,
    /// What can be chosen.
    options: Vec<String>,
}

/// What it costs.
#[derive(Serialize, ToSchema)]
struct PreparedFeeOut {
    /// In minor units.
    total: i64,
    /// ISO 4217.
    currency: &'static str,
}

/// What must be brought, and what it costs.
#[derive(Serialize, ToSchema)]
pub(super) struct PrepareOut {
    service: String,
    edition: i64,
    /// The letter of the line that gives it.
    line: String,
    /// The questions that decide and are asked after these answers.
    questions: Vec<DecidingOut>,
    /// The answers that count.
    #[schema(value_type = Object)]
    answers: Answers,
    /// Whether one of the questions waits for an answer: the list may be too long until then.
    open: bool,
    /// Whether nothing gives them a right to this service.
    turned_away: bool,
    /// The keys of what must be shown; its words stand in the service.
    evidence: Vec<String>,
    /// None while it cannot be worked out.
    fee: Option<PreparedFeeOut>,
}

/// What somebody must bring for a service of a centre, and what it costs, for these answers.
#[utoipa::path(post, path = "/api/v1/centres/{code}/prepare",
    params(("code" = String, Path, description = "The centre's code")), request_body = PrepareIn,
    responses((status = 200, body = PrepareOut), (status = 404)), security(()), tag = "visits")]
pub(super) async fn ask(
    State(app): State<App>,
    Path(code): Path<String>,
    Body(body): Body<PrepareIn>,
) -> Result<Json<PrepareOut>, Problem> {
    let today = app.office.today();
    let (line, published) = {
        let mut reading = app.office.db.reading().await?;
        let mut tx = reading.tx();
        let centre = queue::centre_coded(&mut tx, &code).await?.ok_or(Why::NotFound)?;
        let (_, setup) = queue::setup_standing(&mut tx, centre.id).await?.ok_or(Why::NoSetup)?;
        let line = setup.line_of(&body.service).map(|line| line.letter.clone());
        (line.ok_or(Why::NotFound)?, catalogue::newest(&mut tx, &body.service, &today.to_string()).await?)
    };
    let published = published.ok_or(Why::NotFound)?;
    let service = &published.service;
    let facts = Facts::unknown(today);
    let answers = kept(service, &body.answers, &facts);
    let ready = prepare(service, &answers, &facts);
    let question = |question: &&diwan_domain::services::Question| DecidingOut {
        key: question.key.clone(),
        kind: question.kind.code(),
        required: question.required,
        options: question.options.clone(),
    };
    let fee = ready
        .bill
        .as_ref()
        .map(|bill| PreparedFeeOut { total: bill.total.minor_units, currency: bill.total.currency.code() });
    Ok(Json(PrepareOut {
        service: service.key.clone(),
        edition: i64::from(service.version),
        line,
        questions: ready.asked.iter().map(question).collect(),
        open: ready.is_open,
        turned_away: ready.turned_away,
        evidence: ready.evidence.iter().map(|one| one.key.clone()).collect(),
        fee,
        answers,
    }))
}
