//! What a client may ask and hear by the registry API of the Digital Convergence
//! Initiative (`/dci/crvs/v1.0.0`).

use super::caller::{Caller, Version};
use super::problem::{Body, Once, Problem, path_id, seen_in};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::RowId;
use diwan_domain::refusals::Why;
use diwan_office::clients;
use diwan_office::dci::{self, PartnerRow, SetPartner, events_of, fields_of};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a client may ask and hear.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DciPartner {
    /// The name under which it sends (`header.sender_id`); left out, any.
    sender_id: Option<String>,
    /// Where it takes answers and events: `https://…`. A message may name another
    /// address of the same host. Left out, it can only ask and wait (`sync`).
    callback: Option<String>,
    /// What it asks for: kept in the journal of everyone it looks at.
    purpose: String,
    /// What it may see of a person, and ask by: `identifier`, `other_identifiers`,
    /// `registration_numbers`, `name`, `sex`, `birth_date`, `birth_place`,
    /// `death_date`, `death_place`, `marital_status`, `marriage_date`,
    /// `divorce_date`, `parents`. Left out, nothing.
    #[serde(default)]
    fields: Vec<String>,
    /// Of which events it may hear: `birth`, `death`, `marriage` … Left out, none.
    #[serde(default)]
    events: Vec<String>,
    /// Its public keys: a JWKS, a JWK, or PEM (Ed25519, P-256, RSA). With them only
    /// messages are taken that they signed.
    keys: Option<String>,
}

fn shown(row: &PartnerRow) -> DciPartner {
    DciPartner {
        sender_id: row.sender_id.clone(),
        callback: row.callback.clone(),
        purpose: row.purpose.clone(),
        fields: fields_of(row).into_iter().map(|field| field.code().to_owned()).collect(),
        events: events_of(row).into_iter().map(|kind| kind.code().to_owned()).collect(),
        keys: row.keys.clone(),
    }
}

/// What a client may ask and hear by DCI.
#[utoipa::path(get, path = "/api/v1/clients/{id}/dci", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = DciPartner)),
    security(("token" = ["officers.manage"])), tag = "access")]
pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    clients::all(&mut tx, &caller.desk(&app)).await?;
    let client: RowId = path_id(&id)?;
    let row = dci::partner(&mut tx, client).await?.ok_or(Why::NotFound)?;
    let mut response = Json(shown(&row)).into_response();
    response.extensions_mut().insert(Version::of(row.version));
    Ok(response)
}

/// Says what a client may ask and hear by DCI: the first time without `If-Match`,
/// later on the version that was seen.
#[utoipa::path(put, path = "/api/v1/clients/{id}/dci", request_body = DciPartner,
    params(("id" = uuid::Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 204), (status = 412, description = "Changed since it was seen, or not seen.")),
    security(("token" = ["officers.manage"])), tag = "access")]
pub(super) async fn set(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    headers: HeaderMap,
    Body(body): Body<DciPartner>,
) -> Result<StatusCode, Problem> {
    let act = SetPartner {
        client: path_id(&id)?,
        seen: seen_in(&headers),
        sender_id: body.sender_id,
        callback: body.callback,
        purpose: body.purpose,
        fields: body.fields,
        events: body.events,
        keys: body.keys,
    };
    app.office.perform(&caller.who, &key, act).await.map_err(|stop| Problem::from(stop).on_version())?;
    Ok(StatusCode::NO_CONTENT)
}
