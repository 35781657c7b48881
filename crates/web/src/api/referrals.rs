//! Requests between offices: what this office is asked, and its answers.

use super::caller::Caller;
use super::finding::{FindIn, Found, found};
use super::paging::{Page, Paging};
use super::problem::{Asked, Body, Once, Problem, maybe_id, path_id};
use super::shapes::ReferralOut;
use crate::app::App;
use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use diwan_domain::ids::{PersonId, RowId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_domain::services::Answers;
use diwan_office::cases::{self, AnswerReferral, OpenReferral};
use diwan_office::civil::FindPeople;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// How many requests an office is shown at most; more wait behind them.
const SHOWN: i64 = 1_000;

/// What this office is asked and has not answered, oldest first.
#[utoipa::path(get, path = "/api/v1/desk/referrals", params(Paging),
    responses((status = 200, body = Page<ReferralOut>)),
    security(("token" = ["cases.decide"])), tag = "desk")]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(paging): Asked<Paging>,
) -> Result<Page<ReferralOut>, Problem> {
    let acting = caller.at_desk(&app, Permission::DecideCases)?;
    let asked = cases::asked_of(&mut app.office.db.reading().await?.tx(), &acting, (SHOWN, 0)).await?;
    let lines = asked.iter().map(ReferralOut::of).collect();
    Page::among(&app, &uri, &paging, lines, |line| line.id.clone())
}

/// A request, with what the application says of the entry.
#[derive(Serialize, ToSchema)]
pub(super) struct ReferralCase {
    #[serde(flatten)]
    request: ReferralOut,
    service: String,
    /// The answers by question; what is sensitive stays with the office that
    /// decides.
    answers: BTreeMap<String, serde_json::Value>,
}

/// One request. The look is journalled, and the person can see it.
#[utoipa::path(get, path = "/api/v1/desk/referrals/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = ReferralCase)), security(("token" = ["cases.decide"])), tag = "desk")]
pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<ReferralCase>, Problem> {
    let acting = caller.at_desk(&app, Permission::DecideCases)?;
    let own = acting.officer.office_id.ok_or(Why::NotFound)?;
    let referral: RowId = path_id(&id)?;
    let case = app.office.perform_once(&caller.who, OpenReferral { referral }).await?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let (row, case) = cases::referred(&mut tx, referral, own, case).await?.ok_or(Why::NotFound)?;
    let published = cases::definition(&mut tx, &case).await?;
    let mut answers: Answers = cases::answers(&case);
    answers.retain(|key, _| published.service.question(key).is_some_and(|question| !question.sensitive));
    Ok(Json(ReferralCase { request: ReferralOut::of(&row), service: case.service, answers }))
}

/// Looks for the person whose entry it may be. The search is journalled.
#[utoipa::path(post, path = "/api/v1/desk/referrals/{id}/find", request_body = FindIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = Found)),
    security(("token" = ["cases.decide", "people.find"])), tag = "desk")]
pub(super) async fn find(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<FindIn>,
) -> Result<Json<Found>, Problem> {
    let acting = caller.at_desk(&app, Permission::DecideCases)?;
    let referral: RowId = path_id(&id)?;
    let at = caller.desk(&app);
    cases::is_asked(&mut app.office.db.reading().await?.tx(), &at, referral).await?;
    let by = body.known.read(&app).await?;
    let act = FindPeople { by, ..FindPeople::new(body.query, format!("referral {referral}")) };
    found(&app, &caller, &acting, &key, act).await
}

/// What is answered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerIn {
    /// Whose entry it is; left out when it was not found.
    holder: Option<String>,
    /// Where it stands, or where was looked.
    words: String,
}

/// Answers the office that asks.
#[utoipa::path(post, path = "/api/v1/desk/referrals/{id}/answer", request_body = AnswerIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 204)),
    security(("token" = ["cases.decide"])), tag = "desk")]
pub(super) async fn answer(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<AnswerIn>,
) -> Result<StatusCode, Problem> {
    let holder: Option<PersonId> = maybe_id("holder", body.holder.as_ref())?;
    let act = AnswerReferral { referral: path_id(&id)?, holder, words: body.words };
    app.office.perform(&caller.who, &key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}
