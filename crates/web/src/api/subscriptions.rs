//! Systems that are told what happens, and how their deliveries stand.

use super::caller::{Caller, Version};
use super::paging::{Page, Paging};
use super::problem::{Asked, Body, Once, Problem, field_id, path_id, seen_in};
use crate::app::App;
use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::RowId;
use diwan_domain::notices::KINDS;
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::rows::{Delivery, SubscriptionRow};
use diwan_office::subscriptions::{
    self, Again, ChangeSubscription, EndSubscription, Filter, PauseSubscription, Place, RenewSecret,
    ResumeSubscription, SendAgain, Standing, Subscribe, TrySubscription, words,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A kind of event. `docs/events.md` describes each.
#[derive(Serialize, ToSchema)]
pub(super) struct EventKind {
    /// As `type` in the payload: `case.submitted`.
    name: String,
    /// The kind of journal entry that it follows from.
    entry: String,
}

/// Every kind of event that a subscription may name.
#[utoipa::path(get, path = "/api/v1/events", responses((status = 200, body = [EventKind])),
    security(()), tag = "subscriptions")]
pub(super) async fn kinds() -> Json<Vec<EventKind>> {
    let all = KINDS.iter().map(|kind| EventKind { name: kind.name.into(), entry: kind.entry.into() });
    Json(all.collect())
}

/// A system that is told what happens.
#[derive(Serialize, ToSchema)]
pub(super) struct SubscriptionOut {
    #[schema(format = "uuid")]
    id: String,
    name: String,
    /// Where it listens.
    url: String,
    /// What it hears; nothing for everything.
    kinds: Vec<String>,
    /// Of which services; nothing for all.
    services: Vec<String>,
    /// In which offices; nothing for all.
    #[schema(value_type = Vec<uuid::Uuid>)]
    offices: Vec<String>,
    /// The program that subscribed to it by itself (DCI); it has no secret, and is
    /// only paused, resumed and ended here.
    client: Option<String>,
    /// Microseconds since 1970 UTC.
    since: i64,
    /// Until when the old secret still signs too, microseconds since 1970 UTC.
    old_secret_until: Option<i64>,
    /// Since when it is paused, microseconds since 1970 UTC.
    paused_at: Option<i64>,
    pause_reason: Option<String>,
    /// How many events wait.
    waiting: i64,
    /// How many were given up.
    failed: i64,
    /// When the oldest that waits happened, microseconds since 1970 UTC.
    oldest: Option<i64>,
    /// Since when it took nothing, microseconds since 1970 UTC.
    failing_since: Option<i64>,
    last_error: Option<String>,
}

fn out(row: &SubscriptionRow, standing: Standing) -> SubscriptionOut {
    SubscriptionOut {
        id: row.id.to_string(),
        name: row.name.clone(),
        url: row.url.clone(),
        kinds: words(&row.kinds),
        services: words(&row.services),
        offices: words(&row.offices),
        client: row.client_id.map(|id| id.to_string()),
        since: row.since,
        old_secret_until: row.old_secret_until,
        paused_at: row.paused_at,
        pause_reason: row.pause_reason.clone(),
        waiting: standing.waiting,
        failed: standing.failed,
        oldest: standing.oldest,
        failing_since: standing.failing_since,
        last_error: standing.last_error,
    }
}

/// The systems that are told what happens.
#[utoipa::path(get, path = "/api/v1/subscriptions", params(Paging),
    responses((status = 200, body = Page<SubscriptionOut>)),
    security(("token" = ["subscriptions.manage"])), tag = "subscriptions")]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(paging): Asked<Paging>,
) -> Result<Page<SubscriptionOut>, Problem> {
    let at = caller.desk(&app);
    subscriptions::all(&mut app.office.db.reading().await?.tx(), &at).await?;
    let all = subscriptions::standings(&app.office).await?;
    let lines = all.into_iter().map(|(row, standing)| out(&row, standing)).collect();
    Page::among(&app, &uri, &paging, lines, |line: &SubscriptionOut| line.id.clone())
}

/// A subscription as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SubscriptionIn {
    name: String,
    /// Where it listens: `https://…`.
    url: String,
    /// What it hears; left out, everything.
    #[serde(default)]
    kinds: Vec<String>,
    /// Of which services, by key; left out, of all.
    #[serde(default)]
    services: Vec<String>,
    /// In which offices; left out, in all.
    #[serde(default)]
    #[schema(value_type = Vec<uuid::Uuid>)]
    offices: Vec<String>,
}

/// Who may not subscribe learns nothing of what is wrong with the body.
async fn filter(app: &App, caller: &Caller, body: &SubscriptionIn) -> Result<Filter, Problem> {
    subscriptions::may(&mut app.office.db.reading().await?.tx(), &caller.desk(app)).await?;
    let offices = body.offices.iter().map(|id| field_id("offices", id)).collect::<Result<_, _>>()?;
    Ok(Filter { kinds: body.kinds.clone(), services: body.services.clone(), offices })
}

/// A secret.
#[derive(Serialize, ToSchema)]
pub(super) struct SecretOut {
    /// The subscription.
    #[schema(format = "uuid")]
    id: String,
    /// `whsec_` and base64: the key of the signatures (Standard Webhooks).
    secret: String,
}

async fn told(app: &App, caller: &Caller, id: RowId, status: StatusCode) -> Result<Response, Problem> {
    let at = caller.desk(app);
    let (row, _) = subscriptions::one(&mut app.office.db.reading().await?.tx(), &at, id).await?;
    let secret = subscriptions::secret(&app.office.db, &row);
    Ok((status, Json(SecretOut { id: id.to_string(), secret })).into_response())
}

/// Subscribes a system. The answer, also to a repeat, holds the secret with which
/// events are signed.
#[utoipa::path(post, path = "/api/v1/subscriptions", request_body = SubscriptionIn,
    responses((status = 201, body = SecretOut)),
    security(("token" = ["subscriptions.manage"])), tag = "subscriptions")]
pub(super) async fn subscribe(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<SubscriptionIn>,
) -> Result<Response, Problem> {
    let filter = filter(&app, &caller, &body).await?;
    let act = Subscribe { name: body.name, url: body.url, filter };
    let id = app.office.perform(&caller.who, &key, act).await?;
    told(&app, &caller, id, StatusCode::CREATED).await
}

/// One subscription.
#[utoipa::path(get, path = "/api/v1/subscriptions/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = SubscriptionOut)),
    security(("token" = ["subscriptions.manage"])), tag = "subscriptions")]
pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let at = caller.desk(&app);
    let (row, standing) =
        subscriptions::one(&mut app.office.db.reading().await?.tx(), &at, path_id(&id)?).await?;
    let mut response = Json(out(&row, standing)).into_response();
    response.extensions_mut().insert(Version::of(row.version));
    Ok(response)
}

/// Changes where a system listens and what it hears, on the version that was seen.
#[utoipa::path(put, path = "/api/v1/subscriptions/{id}", request_body = SubscriptionIn,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 204), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["subscriptions.manage"])), tag = "subscriptions")]
pub(super) async fn change(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    headers: HeaderMap,
    Body(body): Body<SubscriptionIn>,
) -> Result<StatusCode, Problem> {
    let missing = Refusal::from(Why::Malformed).about("header", "If-Match");
    let seen = seen_in(&headers)
        .ok_or_else(|| Problem::from(missing).with_status(StatusCode::PRECONDITION_REQUIRED))?;
    let filter = filter(&app, &caller, &body).await?;
    let act =
        ChangeSubscription { subscription: path_id(&id)?, seen, name: body.name, url: body.url, filter };
    app.office.perform(&caller.who, &key, act).await.map_err(|stop| Problem::from(stop).on_version())?;
    Ok(StatusCode::NO_CONTENT)
}

/// How a secret is renewed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RenewalIn {
    /// For how many hours the old secret still signs beside the new one: 24 when
    /// left out, 0 when it leaked, 720 at most.
    keep_hours: Option<i64>,
}

/// Gives a subscription another secret. For a while both sign, side by side.
#[utoipa::path(post, path = "/api/v1/subscriptions/{id}/secret", request_body = RenewalIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = SecretOut)),
    security(("token" = ["subscriptions.manage"])), tag = "subscriptions")]
pub(super) async fn renew(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<RenewalIn>,
) -> Result<Response, Problem> {
    let subscription = path_id(&id)?;
    let keep_hours = body.keep_hours.unwrap_or(subscriptions::BOTH_SECRETS_HOURS);
    app.office.perform(&caller.who, &key, RenewSecret { subscription, keep_hours }).await?;
    told(&app, &caller, subscription, StatusCode::OK).await
}

/// Why a subscription is paused.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PauseIn {
    reason: String,
}

/// Holds back what a system is told; it waits.
#[utoipa::path(post, path = "/api/v1/subscriptions/{id}/pause", request_body = PauseIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 204)),
    security(("token" = ["subscriptions.manage"])), tag = "subscriptions")]
pub(super) async fn pause(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<PauseIn>,
) -> Result<StatusCode, Problem> {
    let act = PauseSubscription { subscription: path_id(&id)?, reason: body.reason };
    app.office.perform(&caller.who, &key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets a paused system hear again, beginning with what waits.
#[utoipa::path(post, path = "/api/v1/subscriptions/{id}/resume", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)), security(("token" = ["subscriptions.manage"])), tag = "subscriptions")]
pub(super) async fn resume(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    app.office.perform(&caller.who, &key, ResumeSubscription { subscription: path_id(&id)? }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a subscription for good.
#[utoipa::path(post, path = "/api/v1/subscriptions/{id}/end", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)), security(("token" = ["subscriptions.manage"])), tag = "subscriptions")]
pub(super) async fn end(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    app.office.perform(&caller.who, &key, EndSubscription { subscription: path_id(&id)? }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a system an event of type `subscription.tried`.
#[utoipa::path(post, path = "/api/v1/subscriptions/{id}/try", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)), security(("token" = ["subscriptions.manage"])), tag = "subscriptions")]
pub(super) async fn try_it(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    app.office.perform(&caller.who, &key, TrySubscription { subscription: path_id(&id)? }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What is sent again: one of the two.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SendAgainIn {
    /// One event, by its `webhook-id`.
    event: Option<String>,
    /// Everything since a moment that the system hears, at most 20,000 events;
    /// microseconds since 1970 UTC.
    since: Option<i64>,
}

/// Sends a system again what it missed, with the same `webhook-id`. Events are
/// kept for ninety days.
#[utoipa::path(post, path = "/api/v1/subscriptions/{id}/again", request_body = SendAgainIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 204)),
    security(("token" = ["subscriptions.manage"])), tag = "subscriptions")]
pub(super) async fn again(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<SendAgainIn>,
) -> Result<StatusCode, Problem> {
    subscriptions::may(&mut app.office.db.reading().await?.tx(), &caller.desk(&app)).await?;
    let what = match (&body.event, body.since) {
        (Some(event), None) => Again::One(field_id("event", event)?),
        (None, Some(moment)) => Again::Since(moment),
        _ => return Err(Problem::field("since")),
    };
    app.office.perform(&caller.who, &key, SendAgain { subscription: path_id(&id)?, what }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which deliveries.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// `waiting`, `delivered` or `failed`; left out, all.
    state: Option<String>,
}

/// How one delivery stands.
#[derive(Serialize, ToSchema)]
pub(super) struct DeliveryOut {
    /// The event: its `webhook-id`.
    event: String,
    /// `case.submitted`.
    kind: String,
    case: Option<String>,
    /// When it happened, microseconds since 1970 UTC.
    at: i64,
    /// `waiting`, `delivered` or `failed`.
    state: String,
    attempts: i64,
    /// What the receiver answered last: an HTTP status.
    status: Option<i64>,
    /// When it is tried next, microseconds since 1970 UTC.
    next: Option<i64>,
    /// When it was tried last, microseconds since 1970 UTC.
    tried_at: Option<i64>,
    last_error: Option<String>,
}

fn delivery_out(delivery: &Delivery) -> DeliveryOut {
    DeliveryOut {
        event: delivery.notice.to_string(),
        kind: delivery.kind.clone(),
        case: delivery.case.map(|id| id.to_string()),
        at: delivery.at,
        state: delivery.state().to_owned(),
        attempts: delivery.attempts,
        status: delivery.status,
        next: delivery.next,
        tried_at: delivery.tried_at,
        last_error: delivery.last_error.clone(),
    }
}

/// The deliveries of a subscription, newest first.
#[utoipa::path(get, path = "/api/v1/subscriptions/{id}/deliveries",
    params(("id" = uuid::Uuid, Path), Which, Paging),
    responses((status = 200, body = Page<DeliveryOut>)),
    security(("token" = ["subscriptions.manage"])), tag = "subscriptions")]
pub(super) async fn deliveries(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    OriginalUri(uri): OriginalUri,
    Asked(which): Asked<Which>,
    Asked(paging): Asked<Paging>,
) -> Result<Page<DeliveryOut>, Problem> {
    let state = which.state.as_deref();
    if state.is_some_and(|state| !["waiting", "delivered", "failed"].contains(&state)) {
        return Err(Refusal::from(Why::Malformed).about("query", "state").into());
    }
    let limit = paging.limit()?;
    let before: Option<Place> = paging.after()?;
    let at = caller.desk(&app);
    let mut reading = app.office.db.reading().await?;
    let found =
        subscriptions::deliveries(&mut reading.tx(), &at, path_id(&id)?, state, before, limit + 1).await?;
    let more = found.len() as i64 > limit;
    let shown = &found[..found.len().min(usize::try_from(limit).unwrap_or(1))];
    let after = shown.last().filter(|_| more).map(|last| (last.at, last.ordinal, last.notice));
    Ok(Page::of(&app, &uri, shown.iter().map(delivery_out).collect(), after))
}
