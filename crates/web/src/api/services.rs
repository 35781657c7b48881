//! Services that are offered.

use super::caller::Caller;
use super::problem::{Body, Once, Problem};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use diwan_domain::refusals::Why;
use diwan_office::catalogue;
use diwan_office::figures::SetServiceCost;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A service that is offered.
#[derive(Serialize, ToSchema)]
pub(super) struct ServiceOut {
    key: String,
    version: u32,
    basis: String,
    channels: Vec<String>,
    questions: Vec<QuestionOut>,
}

/// One question of a service.
#[derive(Serialize, ToSchema)]
struct QuestionOut {
    key: String,
    kind: String,
    required: bool,
    options: Vec<String>,
}

/// Every service that is offered today.
#[utoipa::path(get, path = "/api/v1/services", responses((status = 200, body = [ServiceOut])), security(()), tag = "services")]
pub(super) async fn services(State(app): State<App>) -> Result<Json<Vec<ServiceOut>>, Problem> {
    let today = app.office.today().to_string();
    let offered = catalogue::offered(&mut app.office.db.reading().await?.tx(), &today).await?;
    let out = offered.iter().map(|published| {
        let service = &published.service;
        ServiceOut {
            key: service.key.clone(),
            version: service.version,
            basis: service.basis.clone(),
            channels: service.channels.iter().map(|channel| channel.code().to_owned()).collect(),
            questions: service
                .questions
                .iter()
                .map(|question| QuestionOut {
                    key: question.key.clone(),
                    kind: question.kind.code().to_owned(),
                    required: question.required,
                    options: question.options.clone(),
                })
                .collect(),
        }
    });
    Ok(Json(out.collect()))
}

/// What a service really did in the last thirty days. A figure that would rest
/// on fewer than ten cases is left out.
#[derive(Serialize, ToSchema)]
pub(super) struct FiguresOut {
    /// How many cases were decided.
    decided: Option<i64>,
    /// The time that half of them took at most, microseconds.
    median_time: Option<i64>,
    /// The time that nine in ten took at most, microseconds.
    slow_time: Option<i64>,
    /// Of a hundred begun, how many were sent.
    completion: Option<i64>,
    /// Of a hundred decided, how many were refused.
    refusals: Option<i64>,
    /// The last cost that was set for one case, minor units of the dinar.
    cost_minor_units: Option<i64>,
}

/// What a service really did in the last thirty days.
#[utoipa::path(get, path = "/api/v1/services/{key}/figures", params(("key" = String, Path)),
    responses((status = 200, body = FiguresOut)), security(()), tag = "services")]
pub(super) async fn figures(
    State(app): State<App>,
    Path(key): Path<String>,
) -> Result<Json<FiguresOut>, Problem> {
    let today = app.office.today().to_string();
    let known = catalogue::newest(&mut app.office.db.reading().await?.tx(), &key, &today).await?;
    known.ok_or(Why::NotFound)?;
    let figures = diwan_office::figures::lately(&app.office, &key).await?;
    Ok(Json(FiguresOut {
        decided: figures.decided,
        median_time: figures.time.map(|(median, _)| median),
        slow_time: figures.time.map(|(_, slow)| slow),
        completion: figures.completion,
        refusals: figures.refusals,
        cost_minor_units: figures.cost.map(|cost| cost.minor_units),
    }))
}

/// What one case costs.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CostIn {
    /// Minor units of the dinar.
    minor_units: i64,
    /// From which reckoning the figure comes.
    basis: String,
}

/// Sets what one case of a service costs.
#[utoipa::path(put, path = "/api/v1/services/{key}/cost", request_body = CostIn,
    params(("key" = String, Path)), responses((status = 204)),
    security(("token" = ["officers.manage"])), tag = "administration")]
pub(super) async fn set_cost(
    State(app): State<App>,
    caller: Caller,
    Path(key): Path<String>,
    Once(once): Once,
    Body(body): Body<CostIn>,
) -> Result<StatusCode, Problem> {
    let act = SetServiceCost { service: key, minor_units: body.minor_units, basis: body.basis };
    app.office.perform(&caller.who, &once, act).await?;
    Ok(StatusCode::NO_CONTENT)
}
