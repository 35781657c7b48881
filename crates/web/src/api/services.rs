//! Services that are offered.

use super::Problem;
use crate::app::App;
use axum::Json;
use axum::extract::State;
use diwan_office::catalogue;
use serde::Serialize;
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
#[utoipa::path(get, path = "/api/v1/services", responses((status = 200, body = [ServiceOut])), tag = "services")]
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
