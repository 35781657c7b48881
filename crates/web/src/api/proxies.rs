//! Who may act for a person, for counters' programs: an officer has the person before them, or
//! the paper.

use super::caller::Caller;
use super::closed::{ProxyBasis, ProxyDeed};
use super::problem::{Body, Once, Problem, path_id};
use super::shapes::Made;
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::PersonId;
use diwan_domain::people::Permission;
use diwan_domain::proxies::{Basis, Deed, Scope};
use diwan_domain::refusals::Why;
use diwan_office::acting::not_family;
use diwan_office::civil::may_see;
use diwan_office::rows::ProxyRow;
use diwan_office::telephone::proxies::{appointed_by, holds, scope_of};
use diwan_office::telephone::{AppointProxy, EndProxy};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Somebody who may act for a person.
#[derive(Serialize, ToSchema)]
pub(super) struct ProxyOut {
    #[schema(format = "uuid")]
    id: String,
    /// Who acts.
    #[schema(format = "uuid")]
    proxy: String,
    /// The keys of services; empty for every service.
    services: Vec<String>,
    #[schema(value_type = Vec<ProxyDeed>)]
    deeds: Vec<&'static str>,
    #[schema(value_type = ProxyBasis)]
    basis: String,
    /// The number of the power of attorney or the judgment; empty for plain consent.
    basis_number: String,
    /// The last day.
    #[schema(format = "date")]
    until: String,
    /// Whether it holds today.
    holds: bool,
}

impl ProxyOut {
    fn of(row: &ProxyRow, today: &str) -> Self {
        let scope = scope_of(row);
        Self {
            id: row.id.to_string(),
            proxy: row.proxy_id.to_string(),
            services: scope.services,
            deeds: scope.deeds.into_iter().map(Deed::code).collect(),
            basis: row.basis.clone(),
            basis_number: row.basis_number.clone(),
            until: row.until_day.clone(),
            holds: holds(row, today),
        }
    }
}

/// Those who may act for a person.
#[derive(Serialize, ToSchema)]
pub(super) struct ProxyList {
    proxies: Vec<ProxyOut>,
}

/// Who may act for a person, and was not ended.
#[utoipa::path(get, path = "/api/v1/counter/people/{id}/proxies", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = ProxyList), (status = 404)),
    security(("token" = ["people.verify"])), tag = "counter")]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<ProxyList>, Problem> {
    let acting = caller.at_desk(&app, Permission::VerifyIdentity)?;
    let person: PersonId = path_id(&id)?;
    let today = app.office.today().to_string();
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    if !may_see(&mut tx, &acting, person).await? {
        return Err(Why::NotFound.into());
    }
    not_family(&mut tx, &acting.officer, [Some(person)]).await?;
    let rows = appointed_by(&mut tx, person).await?;
    Ok(Json(ProxyList { proxies: rows.iter().map(|row| ProxyOut::of(row, &today)).collect() }))
}

/// Who is to act, for what and until when.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProxyIn {
    /// The personal number of whoever shall act.
    number: String,
    /// Their given name: a mistyped number must not appoint a stranger.
    name: String,
    /// The keys of services; empty for every service. Plain consent names one to five.
    #[serde(default)]
    services: Vec<String>,
    #[schema(value_type = Vec<ProxyDeed>)]
    deeds: Vec<String>,
    #[schema(value_type = ProxyBasis)]
    basis: String,
    /// The number of the power of attorney or the judgment.
    #[serde(default)]
    basis_number: String,
    /// The last day, ISO 8601.
    #[schema(format = "date")]
    until: String,
    /// Who saw that the person said so.
    witness: String,
    /// The language of what is sent to the person.
    language: String,
}

/// Lets somebody act for a person who stands there, or whose paper the officer saw.
#[utoipa::path(post, path = "/api/v1/counter/people/{id}/proxies", request_body = ProxyIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 201, body = Made), (status = 404)),
    security(("token" = ["people.verify"])), tag = "counter")]
pub(super) async fn appoint(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<ProxyIn>,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::VerifyIdentity)?;
    app.words.language(&body.language).ok_or_else(|| Problem::field("language"))?;
    let deed = |code: &String| {
        let known = || Problem::word("deeds", Deed::ALL.iter().map(|deed| deed.code()));
        Deed::from_code(code).ok_or_else(known)
    };
    let basis = Basis::from_code(&body.basis)
        .ok_or_else(|| Problem::word("basis", Basis::ALL.iter().map(|basis| basis.code())))?;
    let until: Date = body.until.parse().map_err(|_| Problem::field("until"))?;
    let act = AppointProxy {
        person: Some(path_id(&id)?),
        number: body.number,
        name: body.name,
        scope: Scope {
            services: body.services,
            deeds: body.deeds.iter().map(deed).collect::<Result<_, _>>()?,
        },
        basis,
        basis_number: body.basis_number,
        until,
        witness: body.witness,
        language: body.language,
        longest_days: app.gateways.longest_proxy_days,
    };
    let id = app.office.perform(&caller.who, &key, act).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })).into_response())
}

/// Ends what somebody may do for another, for either of the two.
#[utoipa::path(post, path = "/api/v1/counter/proxies/{id}/end", params(("id" = uuid::Uuid, Path)),
    responses((status = 204), (status = 404)), security(("token" = ["people.verify"])), tag = "counter")]
pub(super) async fn end(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    caller.at_desk(&app, Permission::VerifyIdentity)?;
    app.office.perform(&caller.who, &key, EndProxy { proxy: path_id(&id)? }).await?;
    Ok(StatusCode::NO_CONTENT)
}
