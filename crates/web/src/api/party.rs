//! Who came together on one visit to one's own centre, for programs: for what each came, that
//! one of them is finished, and who may be with them by recorded consent.

use super::caller::Caller;
use super::closed::{CompanionGiven, CompanionKnownBy, CompanionMay, CompanionRelation};
use super::problem::{Body, MaybeBody, Once, Problem, maybe_id, path_id};
use super::shapes::Made;
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use diwan_domain::people::Permission;
use diwan_domain::queue::party::{Given, KnownBy, May, Relation};
use diwan_office::queue::{AdmitCompanion, EndCompanion, FinishPerson, NotePerson};
use serde::Deserialize;
use utoipa::ToSchema;

/// For what one of a visit's people came.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PersonIn {
    /// The key of a service that the centre gives.
    service: Option<String>,
    /// The case of the visit that is theirs; then its service counts.
    #[schema(format = "uuid")]
    case: Option<String>,
}

/// Notes for what one of a visit's people came, and which case is theirs.
#[utoipa::path(put, path = "/api/v1/desk/visits/{id}/people/{place}", request_body = PersonIn,
    params(("id" = uuid::Uuid, Path), ("place" = i64, Path, description = "1 for the first.")),
    responses((status = 200, body = Made), (status = 404)),
    security(("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn note_person(
    State(app): State<App>,
    caller: Caller,
    Path((visit, place)): Path<(String, String)>,
    Once(key): Once,
    Body(body): Body<PersonIn>,
) -> Result<Json<Made>, Problem> {
    caller.at_desk(&app, Permission::ServeQueue)?;
    let act = NotePerson {
        visit: path_id(&visit)?,
        place: path_id(&place)?,
        service: body.service,
        case: maybe_id("case", body.case.as_ref())?,
    };
    let id = app.office.perform(&caller.who, &key, act).await?;
    Ok(Json(Made { id: id.to_string() }))
}

/// How it ended for one of a visit's people.
#[derive(Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PersonEndIn {
    /// Whether they got what they came for; they did, when it is left out.
    done: bool,
}

impl Default for PersonEndIn {
    fn default() -> Self {
        Self { done: true }
    }
}

/// Says that one of a visit's people, of whom it was noted for what they came, is finished.
/// The others go on.
#[utoipa::path(post, path = "/api/v1/desk/visits/{id}/people/{place}/end", request_body = PersonEndIn,
    params(("id" = uuid::Uuid, Path), ("place" = i64, Path, description = "1 for the first.")),
    responses((status = 204), (status = 404)),
    security(("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn finish_person(
    State(app): State<App>,
    caller: Caller,
    Path((visit, place)): Path<(String, String)>,
    Once(key): Once,
    MaybeBody(body): MaybeBody<PersonEndIn>,
) -> Result<StatusCode, Problem> {
    caller.at_desk(&app, Permission::ServeQueue)?;
    let act = FinishPerson { visit: path_id(&visit)?, place: path_id(&place)?, done: body.done };
    app.office.perform(&caller.who, &key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who may be with somebody.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CompanionIn {
    /// With which person of the visit: 1 for the first.
    place: i64,
    /// For which case of the visit only.
    #[serde(default)]
    #[schema(format = "uuid")]
    case: Option<String>,
    #[schema(value_type = CompanionKnownBy)]
    known_by: String,
    /// The name, the number, or what was shown, 120 characters at most.
    said: String,
    #[schema(value_type = CompanionRelation)]
    relation: String,
    #[schema(value_type = CompanionMay)]
    may: String,
    /// How the person consented.
    #[schema(value_type = CompanionGiven)]
    given: String,
}

/// Records that somebody may be with a person of a visit, because that person consented before
/// the officer. It ends with the visit.
#[utoipa::path(post, path = "/api/v1/desk/visits/{id}/companions", request_body = CompanionIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 201, body = Made), (status = 404)),
    security(("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn admit(
    State(app): State<App>,
    caller: Caller,
    Path(visit): Path<String>,
    Once(key): Once,
    Body(body): Body<CompanionIn>,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::ServeQueue)?;
    let word = |name: &'static str, all: Vec<&'static str>| move || Problem::word(name, all.clone());
    let act = AdmitCompanion {
        visit: path_id(&visit)?,
        place: body.place,
        case: maybe_id("case", body.case.as_ref())?,
        known_by: KnownBy::from_code(&body.known_by)
            .ok_or_else(word("known_by", KnownBy::ALL.iter().map(|one| one.code()).collect()))?,
        said: body.said,
        relation: Relation::from_code(&body.relation)
            .ok_or_else(word("relation", Relation::ALL.iter().map(|one| one.code()).collect()))?,
        may: May::from_code(&body.may)
            .ok_or_else(word("may", May::ALL.iter().map(|one| one.code()).collect()))?,
        given: Given::from_code(&body.given)
            .ok_or_else(word("given", Given::ALL.iter().map(|one| one.code()).collect()))?,
    };
    let id = app.office.perform(&caller.who, &key, act).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })).into_response())
}

/// The person takes the consent back that somebody may be with them.
#[utoipa::path(post, path = "/api/v1/desk/companions/{id}/end", params(("id" = uuid::Uuid, Path)),
    responses((status = 204), (status = 404)), security(("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn end_companion(
    State(app): State<App>,
    caller: Caller,
    Path(companion): Path<String>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    caller.at_desk(&app, Permission::ServeQueue)?;
    app.office.perform(&caller.who, &key, EndCompanion { companion: path_id(&companion)? }).await?;
    Ok(StatusCode::NO_CONTENT)
}
