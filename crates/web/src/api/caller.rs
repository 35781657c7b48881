//! Who calls: the program behind a token, the officer for whom it acts, and how
//! often it may ask.

use super::problem::Problem;
use super::x_road;
use crate::app::App;
use crate::network;
use crate::safety::By;
use crate::tally::Used;
use axum::body::{self, Body, HttpBody as _};
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{AccountId, CentreId, OfficerId, RowId};
use diwan_domain::people::{Assurance, Channel, Permission};
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::acting::{self, Acting, on_duty};
use diwan_office::{Who, clients, tokens};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;

/// By which a program says that it serves somebody on the line.
const CHANNEL: &str = "diwan-channel";
/// How many calls one token or client makes in a minute.
pub const CALLS_A_MINUTE: i64 = 600;

/// A program that showed a token.
#[derive(Clone, Debug)]
pub struct Caller {
    /// For whom it acts, narrowed to its scopes.
    pub who: Who,
    /// What its token may do.
    pub scopes: Vec<String>,
    /// `token` or `client`.
    pub kind: &'static str,
    /// The token's or the client's name.
    pub name: String,
    /// Until when the token holds, microseconds since 1970 UTC.
    pub expires_at: Option<i64>,
    /// The certificate the token is bound to (`x5t#S256`).
    pub certificate: Option<String>,
    /// Which client it is, when it signed in as one.
    pub client: Option<RowId>,
    /// The officer for whom it acts, as they stood when the call came.
    pub(super) acting: Option<Acting>,
    pub(super) door: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Why::SignInFirst.into())
    }
}

impl Caller {
    /// Refuses a token without this scope.
    ///
    /// # Errors
    /// Not permitted.
    pub fn needs(&self, scope: &str) -> Result<(), Problem> {
        if self.scopes.iter().any(|held| held == scope) {
            return Ok(());
        }
        Err(Refusal::from(Why::NotPermitted).about("scope", scope).into())
    }

    /// Refuses a token that may not work on applications: neither an
    /// applicant's nor that of an officer who assists applicants.
    ///
    /// # Errors
    /// Not permitted.
    pub fn needs_case(&self) -> Result<(), Problem> {
        self.needs(Permission::AssistCases.code()).or_else(|_| self.needs("cases:write"))
    }

    /// The desk from which the caller looks.
    #[must_use]
    pub fn desk(&self, app: &App) -> Desk {
        app.office.desk(&self.who, "look")
    }

    /// The officer for whom the program acts, if both may.
    ///
    /// # Errors
    /// Not an officer's token, not in service, not permitted.
    pub fn at_desk(&self, app: &App, permission: Permission) -> Result<Acting, Problem> {
        // The token of somebody who is no officer holds; it is not one for this.
        if !matches!(self.who.actor, Actor::Officer(_)) {
            return Err(Refusal::from(Why::NotPermitted).about("permission", permission.code()).into());
        }
        Ok(self.officer(app)?.needs(permission)?)
    }

    /// The centre of the officer for whom the program acts, if both may.
    ///
    /// # Errors
    /// As [`Caller::at_desk`], and where the officer belongs to no centre.
    pub fn at_centre(&self, app: &App, permission: Permission) -> Result<CentreId, Problem> {
        Ok(self.at_desk(app, permission)?.officer.centre_id.ok_or(Why::NotFound)?)
    }

    /// The officer for whom the program acts, whatever they may do.
    ///
    /// # Errors
    /// Not an officer's token, not in service.
    pub fn officer(&self, app: &App) -> Result<Acting, Problem> {
        if !matches!(self.who.actor, Actor::Officer(_)) {
            return Err(Why::NotPermitted.into());
        }
        Ok(on_duty(self.acting.clone(), &self.desk(app))?)
    }
}

pub(super) fn bad_token() -> Problem {
    Problem { bad_token: true, ..Why::SignInFirst.into() }
}

/// The program behind the token of a request; `None` without one.
async fn identify(app: &App, parts: &Parts) -> Result<Option<Caller>, Problem> {
    if let Some(caller) = x_road::member(app, parts).await? {
        return Ok(Some(placed(app, caller).await?));
    }
    let Some(shown) = parts.headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let shown = shown.to_str().map_err(|_| bad_token())?;
    // The scheme's name has no case (RFC 9110 section 11.1).
    let (scheme, token) = shown.split_once(' ').ok_or_else(bad_token)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(bad_token());
    }
    let now = app.office.now();
    let client = clients::holder(&app.office, token.trim()).await?;
    let caller = if let Some(held) = client {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        let shows = network::certificate(peer, &parts.headers, app);
        if held.certificate.is_some() && held.certificate != shows {
            return Err(bad_token());
        }
        Caller {
            who: who_of(held.client.officer_id, None, &held.client.client_id),
            scopes: held.scopes,
            kind: "client",
            name: held.client.name,
            expires_at: Some(held.expires_at),
            certificate: held.certificate,
            client: Some(held.client.id),
            acting: None,
            door: format!("api/client/{}", held.client.id),
        }
    } else {
        let found = tokens::holder(&mut app.office.db.reading().await?.tx(), token.trim(), now).await?;
        let row = found.ok_or_else(bad_token)?;
        Caller {
            who: who_of(row.officer_id, row.account_id, &row.id.to_string()),
            scopes: serde_json::from_value(row.scopes.0).unwrap_or_default(),
            kind: "token",
            name: row.name,
            expires_at: row.expires_at,
            certificate: None,
            client: None,
            acting: None,
            door: format!("api/{}", row.id),
        }
    };
    Ok(Some(placed(app, caller).await?))
}

/// The same, narrowed to its scopes and standing where its officer stands.
async fn placed(app: &App, mut caller: Caller) -> Result<Caller, Problem> {
    caller.who.narrowed = Some(tokens::permissions_in(&caller.scopes));
    if let Actor::Officer(id) = caller.who.actor {
        let mut reading = app.office.db.reading().await?;
        let mut tx = reading.tx();
        let narrowed = caller.who.narrowed.clone();
        let officer = acting::load(&mut tx, id).await?.map(|acting| Acting { narrowed, ..acting });
        caller.who.centre = officer.as_ref().and_then(|acting| acting.officer.centre_id);
        caller.acting = officer;
        // Whoever has a shift open stands at its counter.
        caller.who.counter = diwan_office::cash::counter_of(&mut tx, id).await?;
    }
    Ok(caller)
}

pub(super) fn who_of(officer: Option<OfficerId>, account: Option<AccountId>, name: &str) -> Who {
    let (actor, assurance) = match (officer, account) {
        (Some(id), _) => (Actor::Officer(id), Assurance::High),
        (None, Some(id)) => (Actor::Account(id), Assurance::Substantial),
        (None, None) => (Actor::Stranger(name.to_owned()), Assurance::None),
    };
    Who { actor, assurance, channel: Channel::Api, ..Who::system("api") }
}

/// Finds out who calls, counts the call, and answers unchanged resources with
/// `304`.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let caller = match identify(&app, &parts).await {
        Ok(caller) => caller,
        Err(problem) => return problem.into_response(),
    };
    let known = parts.headers.get(header::IF_NONE_MATCH).cloned();
    // Whoever asks for the head alone is told the same tag (RFC 9110 section 9.3.2).
    let is_head = parts.method == Method::HEAD;
    if is_head {
        parts.method = Method::GET;
    }
    let read = parts.method == Method::GET;
    let Some(mut caller) = caller else {
        let response = next.run(Request::from_parts(parts, body)).await;
        let response = if read { tagged(response, known).await } else { response };
        return if is_head { without_body(response) } else { response };
    };
    let (now, door) = (app.office.now(), caller.door.clone());
    let Used { uses, until } = app.crowd.programs.count("api", &caller.door, now);
    let left = (CALLS_A_MINUTE - uses).max(0);
    let seconds = ((until - now + 999_999) / 1_000_000).max(1);
    let mut response = if uses > CALLS_A_MINUTE {
        Problem { retry_after: Some(seconds), ..Why::TooManyAttempts.into() }.into_response()
    } else if let Err(problem) = by_telephone(&mut caller, &parts.headers) {
        problem.into_response()
    } else {
        parts.extensions.insert(caller);
        let response = next.run(Request::from_parts(parts, body)).await;
        if read { tagged(response, known).await } else { response }
    };
    limits(response.headers_mut(), left, seconds);
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response.extensions_mut().insert(By(door));
    if is_head { without_body(response) } else { response }
}

/// The head of an answer, with the length that its body would have.
fn without_body(mut response: Response) -> Response {
    let whole = Some(response.body().size_hint()).filter(|_| response.status() == StatusCode::OK);
    if let Some(length) = whole.and_then(|hint| hint.exact()) {
        response.headers_mut().entry(header::CONTENT_LENGTH).or_insert(HeaderValue::from(length));
    }
    *response.body_mut() = Body::empty();
    response
}

/// What an officer does for somebody on the line is done by telephone, when the program says so
/// (`Diwan-Channel`): then only for whoever was made sure of, and they are told.
fn by_telephone(caller: &mut Caller, headers: &HeaderMap) -> Result<(), Problem> {
    let Some(said) = headers.get(CHANNEL) else { return Ok(()) };
    if said != Channel::Telephone.code() || !matches!(caller.who.actor, Actor::Officer(_)) {
        return Err(Refusal::from(Why::Malformed).about("header", "Diwan-Channel").into());
    }
    caller.who.channel = Channel::Telephone;
    Ok(())
}

/// The `RateLimit` fields of draft-ietf-httpapi-ratelimit-headers.
fn limits(headers: &mut HeaderMap, left: i64, seconds: i64) {
    let policy = format!("\"client\";q={CALLS_A_MINUTE};w=60");
    for (name, text) in
        [("ratelimit-policy", policy), ("ratelimit", format!("\"client\";r={left};t={seconds}"))]
    {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(name, value);
        }
    }
}

/// The version of what an answer shows; it stands first in the entity tag.
#[derive(Clone, Debug)]
pub struct Version {
    /// The number.
    pub number: i64,
    /// A hash of what is shown, where not everything counts as a change.
    pub hash: Option<String>,
}

impl Version {
    /// A version of which everything counts that is shown.
    #[must_use]
    pub fn of(number: i64) -> Self {
        Self { number, hash: None }
    }
}

/// A hash of what is shown, for an entity tag.
#[must_use]
pub fn hash_of(bytes: &[u8]) -> String {
    hex::encode(&Sha256::digest(bytes)[..12])
}

/// Gives an answer its entity tag: the version, if it has one, and a hash of
/// what is shown. Whoever knows it gets `304`.
async fn tagged(response: Response, known: Option<HeaderValue>) -> Response {
    let json = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t == "application/json");
    if response.status() != StatusCode::OK || !json {
        return response;
    }
    let (mut parts, whole) = response.into_parts();
    let Ok(bytes) = body::to_bytes(whole, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let tag = match parts.extensions.get::<Version>() {
        Some(Version { number, hash: Some(hash) }) => format!("\"{number}.{hash}\""),
        Some(Version { number, hash: None }) => format!("\"{number}.{}\"", hash_of(&bytes)),
        None => format!("\"{}\"", hash_of(&bytes)),
    };
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let same = |text: &str| {
        text.split(',').any(|one| one.trim() == "*" || one.trim().trim_start_matches("W/") == tag)
    };
    if known.is_some_and(|known| known.to_str().is_ok_and(same)) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}
