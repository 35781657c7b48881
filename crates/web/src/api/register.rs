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
    /// How many entries of the file are in the register now: all of them.
    entries: usize,
}

/// Brings birth entries in from a CSV file; the columns stand in the operator's
/// guide. Nothing is brought in of a file that is refused: as
/// `register/import-unreadable` with the line, or as `register/import-known` with
/// the numbers that are in the register with other contents. Large files go in by
/// parts; `register/import-unfinished` says how many `entries` `of` all are in at
/// least when one failed. Send the same file again: what is in is known again.
#[utoipa::path(post, path = "/api/v1/register/births", params(ImportQuery),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = Imported), (status = 409, description = "Numbers that are in the register, or ended before the last entry.")),
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
    let done = imports::bring_in(&app, &caller.who, &key, &source, office, &rows).await?;
    Ok(Json(Imported { entries: done.entries }))
}
