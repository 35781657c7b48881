//! The HTTP API: the same acts as the pages, for programs. OpenAPI 3.1 is made
//! from the code; refusals are problem documents (RFC 9457) with the same codes.

use crate::app::App;
use crate::pages::check::proof_of;
use crate::refused::status_of;
use axum::Json;
use axum::extract::{FromRef, FromRequest, FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::acts::Actor;
use diwan_domain::ids::{AccountId, CaseId, DocumentId, OfficerId};
use diwan_domain::people::{Assurance, Channel};
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::cases::{self, Access, BeginCase, SaveAnswer, SendCase};
use diwan_office::documents::{self, ReleaseDocument, check_code_from, grouped};
use diwan_office::{Fault, Stop, Who, access, catalogue, tokens};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{OpenApi, ToSchema};
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

/// A service that is offered.
#[derive(Serialize, ToSchema)]
struct ServiceOut {
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
async fn services(State(app): State<App>) -> Result<Json<Vec<ServiceOut>>, Problem> {
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

/// What begins a case.
#[derive(Deserialize, ToSchema)]
struct CaseIn {
    /// The service's key.
    service: String,
    /// The language of messages: `ckb`, `ar`, `kmr`, `kmr-Arab`, `en`.
    language: String,
}

/// A case.
#[derive(Serialize, ToSchema)]
struct CaseOut {
    id: String,
    number: String,
    service: String,
    version: i64,
    phase: String,
    fee_minor_units: i64,
    paid_minor_units: i64,
    currency: String,
    answers: Value,
    documents: Vec<DocumentOut>,
    /// What opens the case to whoever begins it; only in the answer that began it.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

/// A document of a case.
#[derive(Serialize, ToSchema)]
struct DocumentOut {
    id: String,
    number: String,
    state: String,
    check_url: String,
}

async fn case_out(app: &App, who: &Who, id: CaseId, key: Option<String>) -> Result<CaseOut, Problem> {
    let desk = app.office.desk(who, "look");
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let case = cases::open(&mut tx, &desk, id, &Access { key: key.clone() }).await?;
    let papers = documents::of_case(&mut tx, id).await?;
    Ok(CaseOut {
        id: case.id.to_string(),
        number: case.number,
        service: case.service,
        version: case.version,
        phase: case.phase,
        fee_minor_units: case.fee_minor_units,
        paid_minor_units: case.paid_minor_units,
        currency: "IQD".into(),
        answers: case.answers.0,
        documents: papers
            .into_iter()
            .map(|paper| DocumentOut {
                id: paper.id.to_string(),
                number: paper.number,
                state: paper.state,
                check_url: format!("{}/v/{}", app.office.settings.base_url, grouped(&paper.check_code)),
            })
            .collect(),
        key,
    })
}

/// The case's key, from the header of those who are not its proven owner.
fn case_key(headers: &HeaderMap) -> Option<String> {
    headers.get("diwan-case-key").and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// Begins a case.
#[utoipa::path(post, path = "/api/v1/cases", request_body = CaseIn, params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = CaseOut), (status = 401), (status = 404)), tag = "cases")]
async fn begin(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Body(body): Body<CaseIn>,
) -> Result<Response, Problem> {
    caller.needs("cases:write")?;
    let act = BeginCase { service: body.service.clone(), language: body.language.clone() };
    let begun = app.office.perform(&caller.who, &idempotency(&headers)?, act).await?;
    let out = case_out(&app, &caller.who, begun.case, Some(begun.key)).await?;
    Ok((StatusCode::CREATED, Json(out)).into_response())
}

/// A case.
#[utoipa::path(get, path = "/api/v1/cases/{id}", params(("id" = String, Path)),
    responses((status = 200, body = CaseOut), (status = 404)), tag = "cases")]
async fn one(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Json<CaseOut>, Problem> {
    caller.needs("cases:write")?;
    let id = id.parse().map_err(|_| Why::NotFound)?;
    let mut out = case_out(&app, &caller.who, id, case_key(&headers)).await?;
    out.key = None;
    Ok(Json(out))
}

/// Answers questions: every given one is checked, and the first that does not
/// fit is named.
#[utoipa::path(put, path = "/api/v1/cases/{id}/answers", params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    request_body = Value, responses((status = 200, body = CaseOut), (status = 422)), tag = "cases")]
async fn answers(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path(id): Path<String>,
    Body(body): Body<serde_json::Map<String, Value>>,
) -> Result<Json<CaseOut>, Problem> {
    caller.needs("cases:write")?;
    let (case, key): (CaseId, String) = (id.parse().map_err(|_| Why::NotFound)?, idempotency(&headers)?);
    let opens = Access { key: case_key(&headers) };
    for (question, value) in body {
        let act = SaveAnswer { case, access: opens.clone(), question: question.clone(), value };
        app.office.perform(&caller.who, &format!("{key}/{question}"), act).await?;
    }
    let mut out = case_out(&app, &caller.who, case, opens.key).await?;
    out.key = None;
    Ok(Json(out))
}

/// Sends a finished case.
#[utoipa::path(post, path = "/api/v1/cases/{id}/send", params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = CaseOut), (status = 409), (status = 422)), tag = "cases")]
async fn send(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Json<CaseOut>, Problem> {
    caller.needs("cases:write")?;
    let case: CaseId = id.parse().map_err(|_| Why::NotFound)?;
    let opens = Access { key: case_key(&headers) };
    app.office
        .perform(&caller.who, &idempotency(&headers)?, SendCase { case, access: opens.clone() })
        .await?;
    let mut out = case_out(&app, &caller.who, case, opens.key).await?;
    out.key = None;
    Ok(Json(out))
}

/// A document as a PDF; the first time releases it.
#[utoipa::path(post, path = "/api/v1/documents/{id}/release", params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, content_type = "application/pdf"), (status = 403), (status = 404)), tag = "documents")]
async fn release(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.needs("documents:read")?;
    let document: DocumentId = id.parse().map_err(|_| Why::NotFound)?;
    let act = ReleaseDocument { document, access: Access { key: case_key(&headers) } };
    let hash = app.office.perform(&caller.who, &idempotency(&headers)?, act).await?;
    let bytes = app.office.files.get(&hash)?.ok_or(Why::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response())
}

/// What is known of a paper by its check code.
#[derive(Serialize, ToSchema)]
struct VerifyOut {
    /// `genuine`, `revoked`, `replaced`, `training` or `unknown`.
    status: String,
    number: Option<String>,
    kind: Option<String>,
    issued_at: Option<i64>,
    replaced_by: Option<String>,
    log_entry: Option<u64>,
}

/// The status of a paper, read now.
#[utoipa::path(get, path = "/api/v1/verify/{code}", params(("code" = String, Path)),
    responses((status = 200, body = VerifyOut)), tag = "verification")]
async fn verify(State(app): State<App>, Path(code): Path<String>) -> Result<Json<VerifyOut>, Problem> {
    let found = documents::check(&mut app.office.db.reading().await?.tx(), &check_code_from(&code)).await?;
    let Some(found) = found else {
        let out = VerifyOut {
            status: "unknown".into(),
            number: None,
            kind: None,
            issued_at: None,
            replaced_by: None,
            log_entry: None,
        };
        return Ok(Json(out));
    };
    let document = &found.document;
    let status = match document.state.as_str() {
        _ if document.training => "training",
        "revoked" => "revoked",
        "replaced" => "replaced",
        _ => "genuine",
    };
    Ok(Json(VerifyOut {
        status: status.into(),
        number: Some(document.number.clone()),
        kind: Some(document.kind.clone()),
        issued_at: Some(document.intended_at),
        replaced_by: found.replaced_by.clone(),
        log_entry: found.inclusion.as_ref().map(|inclusion| inclusion.leaf),
    }))
}

/// The inclusion proof of a paper's entry in the public log.
#[utoipa::path(get, path = "/api/v1/verify/{code}/proof", params(("code" = String, Path)),
    responses((status = 200, body = Value), (status = 404)), tag = "verification")]
async fn proof(State(app): State<App>, Path(code): Path<String>) -> Result<Response, Problem> {
    let proof = proof_of(&app, &code).await?.ok_or(Why::NotFound)?;
    Ok(Json(proof).into_response())
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
        .routes(routes!(services))
        .routes(routes!(begin))
        .routes(routes!(one))
        .routes(routes!(answers))
        .routes(routes!(send))
        .routes(routes!(release))
        .routes(routes!(verify))
        .routes(routes!(proof))
        .split_for_parts()
}
