//! The HTTP API: the same acts as the pages, for programs. OpenAPI 3.1 is made
//! from the code; refusals are problem documents (RFC 9457) with the same codes.

mod cases;
mod documents;
mod services;

use crate::app::App;
use crate::refused::status_of;
use axum::Json;
use axum::extract::{FromRef, FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::acts::Actor;
use diwan_domain::ids::{AccountId, OfficerId};
use diwan_domain::people::{Assurance, Channel};
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::{Fault, Stop, Who, access, tokens};
use serde_json::{Value, json};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A refusal as a problem document.
#[derive(Debug)]
pub struct Problem(pub StatusCode, pub Value);

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let status = status_of(refusal.why.class());
        let code = refusal.code();
        Self(
            status,
            json!({"type": format!("urn:diwan:refusal:{code}"), "title": code, "status": status.as_u16(),
                   "code": code, "about": refusal.about}),
        )
    }
}

impl From<Why> for Problem {
    fn from(why: Why) -> Self {
        Refusal::from(why).into()
    }
}

impl From<Stop> for Problem {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refused(refusal) | Stop::Kept(refusal, _) => refusal.into(),
            Stop::Fault(fault) => fault.into(),
        }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        if matches!(fault, Fault::Busy) {
            return Why::Busy.into();
        }
        let reference = diwan_office::secrets::base32(&diwan_office::secrets::random::<5>());
        tracing::error!(reference, "an API request failed: {fault}");
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self(
            status,
            json!({"type": "about:blank", "title": "request/failed", "status": 500, "reference": reference}),
        )
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.0, [(header::CONTENT_TYPE, "application/problem+json")], self.1.to_string())
            .into_response();
        if matches!(self.0, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
        }
        response
    }
}

/// A JSON body; what cannot be read is a problem document too.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: serde::de::DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(fault) => Err(Refusal::from(Why::Malformed).about("body", fault.body_text()).into()),
        }
    }
}

const CALLS_A_MINUTE: i64 = 600;

/// A program that showed a token.
pub struct Caller {
    who: Who,
    scopes: Vec<String>,
}

impl<S> FromRequestParts<S> for Caller
where
    S: Send + Sync,
    App: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let app = App::from_ref(state);
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|text| text.strip_prefix("Bearer ")).ok_or(Why::SignInFirst)?;
        let now = app.office.now();
        let row = {
            let mut reading = app.office.db.reading().await?;
            tokens::holder(&mut reading.tx(), token, now).await?.ok_or(Why::SignInFirst)?
        };
        let door = format!("api/{}", row.id);
        if access::count_use(&app.office.db, &door, now, 60_000_000).await? > CALLS_A_MINUTE {
            return Err(Why::TooManyAttempts.into());
        }
        let scopes = serde_json::from_value(row.scopes.0).unwrap_or_default();
        let (actor, assurance) = match (row.officer_id, row.account_id) {
            (Some(OfficerId(id)), _) => (Actor::Officer(OfficerId(id)), Assurance::High),
            (None, Some(AccountId(id))) => (Actor::Account(AccountId(id)), Assurance::Substantial),
            (None, None) => (Actor::Stranger(row.id.to_string()), Assurance::None),
        };
        let centre = match row.officer_id {
            Some(id) => {
                let mut reading = app.office.db.reading().await?;
                diwan_office::acting::load(&mut reading.tx(), id)
                    .await?
                    .and_then(|acting| acting.officer.centre_id)
            }
            None => None,
        };
        let who = Who { actor, assurance, channel: Channel::Api, centre, counter: None, on_behalf: None };
        Ok(Self { who, scopes })
    }
}

impl Caller {
    fn needs(&self, scope: &str) -> Result<(), Problem> {
        if self.scopes.iter().any(|held| held == scope) {
            Ok(())
        } else {
            Err(Refusal::from(Why::NotPermitted).about("scope", scope).into())
        }
    }
}

/// The key of a repeatable request.
fn idempotency(headers: &HeaderMap) -> Result<String, Problem> {
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).map(str::to_owned);
    key.filter(|key| (8..=64).contains(&key.len()))
        .ok_or_else(|| Refusal::from(Why::Malformed).about("header", "Idempotency-Key").into())
}

/// The case's key, from the header of those who are not its proven owner.
fn case_key(headers: &HeaderMap) -> Option<String> {
    headers.get("diwan-case-key").and_then(|value| value.to_str().ok()).map(str::to_owned)
}

#[derive(OpenApi)]
#[openapi(info(
    title = "Diwan",
    version = "1",
    description = "Public services through one window. Refusals are problem documents (RFC 9457) with stable codes."
))]
struct Api;

/// The API's routes and its description.
pub fn router() -> (axum::Router<App>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(services::services))
        .routes(routes!(cases::begin))
        .routes(routes!(cases::one))
        .routes(routes!(cases::answers))
        .routes(routes!(cases::add_file))
        .routes(routes!(cases::send))
        .routes(routes!(cases::answer_request))
        .routes(routes!(cases::appeal))
        .routes(routes!(cases::withdraw))
        .routes(routes!(documents::release))
        .routes(routes!(documents::verify))
        .routes(routes!(documents::proof))
        .split_for_parts()
}
