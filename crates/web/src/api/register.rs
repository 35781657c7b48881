//! Bringing register entries in from a file.

use super::caller::Caller;
use super::problem::{Asked, Once, Problem, field_id};
use crate::app::App;
use crate::imports;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use diwan_domain::ids::OfficeId;
use diwan_domain::people::Permission;
use diwan_office::civil;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Whose entries, and from where.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ImportQuery {
    /// The office whose register it is.
    office: String,
    /// The file's name, kept with the entries.
    source: Option<String>,
}

/// What was brought in.
#[derive(Serialize, ToSchema)]
pub(super) struct Imported {
    entries: usize,
}

/// Brings birth entries in from a CSV file; the columns stand in the operator's
/// guide. A file that broke off is sent again with the same key.
#[utoipa::path(post, path = "/api/v1/register/births", params(ImportQuery),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = Imported)),
    security(("token" = ["register.import"])), tag = "administration")]
pub(super) async fn import(
    State(app): State<App>,
    caller: Caller,
    Asked(query): Asked<ImportQuery>,
    Once(key): Once,
    bytes: Bytes,
) -> Result<Json<Imported>, Problem> {
    caller.at_desk(&app, Permission::ImportRegister).await?;
    let office: OfficeId = field_id("office", &query.office)?;
    let rows = civil::read_csv(&bytes)?;
    let source = query.source.unwrap_or_else(|| "api".into());
    let entries = imports::bring_in(&app, &caller.who, &key, &source, office, &rows).await?;
    Ok(Json(Imported { entries }))
}
