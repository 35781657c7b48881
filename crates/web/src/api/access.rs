//! Who calls, and the tokens and clients of programs.

use super::caller::Caller;
use super::closed::TokenScope;
use super::paging::{Page, Paging};
use super::problem::{Asked, Body, Once, Problem, maybe_id, path_id};
use crate::app::App;
use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use diwan_office::acting::at_desk;
use diwan_office::clients::{self, EndClient, RegisterClient};
use diwan_office::rows::{ApiClientRow, ApiTokenRow};
use diwan_office::tokens::{self, EndToken, IssueToken};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who calls.
#[derive(Serialize, ToSchema)]
pub(super) struct Me {
    /// `token` or `client`.
    kind: String,
    /// The token's or the client's name.
    name: String,
    /// `officer`, `account` or `stranger`: for whom it acts.
    actor_kind: String,
    /// Which one.
    actor: String,
    scopes: Vec<String>,
    /// What it may do as an officer now: what both the roles and the scopes allow.
    permissions: Vec<String>,
    /// Microseconds since 1970 UTC.
    expires_at: Option<i64>,
    /// The certificate the token is bound to (RFC 8705).
    #[serde(skip_serializing_if = "Option::is_none")]
    cnf: Option<Confirmation>,
}

/// What a token is bound to.
#[derive(Serialize, ToSchema)]
pub struct Confirmation {
    /// SHA-256 of the certificate, base64url.
    #[serde(rename = "x5t#S256")]
    pub certificate: String,
}

/// Who calls, and what they may do.
#[utoipa::path(get, path = "/api/v1/me", responses((status = 200, body = Me)),
    security(("token" = [])), tag = "access")]
pub(super) async fn me(State(app): State<App>, caller: Caller) -> Result<Json<Me>, Problem> {
    let at = caller.desk(&app);
    let acting = at_desk(&mut app.office.db.reading().await?.tx(), &at).await?;
    let permissions = acting.map(|acting| acting.permissions()).unwrap_or_default();
    Ok(Json(Me {
        kind: caller.kind.to_owned(),
        name: caller.name.clone(),
        actor_kind: caller.who.actor.kind().to_owned(),
        actor: caller.who.actor.name(),
        scopes: caller.scopes.clone(),
        permissions: permissions.iter().map(|permission| permission.code().to_owned()).collect(),
        expires_at: caller.expires_at,
        cnf: caller.certificate.clone().map(|certificate| Confirmation { certificate }),
    }))
}

/// A token, without itself.
#[derive(Serialize, ToSchema)]
pub(super) struct TokenOut {
    #[schema(format = "uuid")]
    id: String,
    name: String,
    #[schema(format = "uuid")]
    officer: Option<String>,
    #[schema(format = "uuid")]
    account: Option<String>,
    scopes: Vec<String>,
    /// Microseconds since 1970 UTC.
    since: i64,
    /// Microseconds since 1970 UTC.
    expires_at: Option<i64>,
    /// Microseconds since 1970 UTC.
    ended_at: Option<i64>,
}

fn token_out(row: &ApiTokenRow) -> TokenOut {
    TokenOut {
        id: row.id.to_string(),
        name: row.name.clone(),
        officer: row.officer_id.map(|id| id.to_string()),
        account: row.account_id.map(|id| id.to_string()),
        scopes: serde_json::from_value(row.scopes.0.clone()).unwrap_or_default(),
        since: row.since,
        expires_at: row.expires_at,
        ended_at: row.ended_at,
    }
}

/// The tokens that act for the officer who calls.
#[utoipa::path(get, path = "/api/v1/me/tokens", params(Paging),
    responses((status = 200, body = Page<TokenOut>)), security(("token" = [])), tag = "access")]
pub(super) async fn my_tokens(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(paging): Asked<Paging>,
) -> Result<Page<TokenOut>, Problem> {
    let acting = caller.officer(&app)?;
    let own = tokens::of_officer(&app.office, acting.officer.id).await?;
    Page::among(&app, &uri, &paging, own.iter().map(token_out).collect(), |line| line.id.clone())
}

/// Every token, newest first.
#[utoipa::path(get, path = "/api/v1/tokens", params(Paging),
    responses((status = 200, body = Page<TokenOut>)),
    security(("token" = ["officers.manage"])), tag = "access")]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(paging): Asked<Paging>,
) -> Result<Page<TokenOut>, Problem> {
    let at = caller.desk(&app);
    let all = tokens::all(&mut app.office.db.reading().await?.tx(), &at).await?;
    Page::among(&app, &uri, &paging, all.iter().map(token_out).collect(), |line| line.id.clone())
}

/// A token that is made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TokenIn {
    /// What it is for.
    name: String,
    /// For which program's office it acts; left out, for nobody.
    #[schema(format = "uuid")]
    officer: Option<String>,
    /// What it may do.
    #[schema(value_type = Vec<TokenScope>)]
    scopes: Vec<String>,
    /// Until when, microseconds since 1970 UTC.
    expires_at: Option<i64>,
}

/// A token that was made.
#[derive(Serialize, ToSchema)]
pub(super) struct TokenMade {
    #[schema(format = "uuid")]
    id: String,
    /// Told once: a repeat with the same key is refused (`request/key-reused`).
    token: String,
}

/// Makes a token for a program's office, or for nobody. A person makes their
/// own, signed in on the page "programs".
#[utoipa::path(post, path = "/api/v1/tokens", request_body = TokenIn,
    responses((status = 201, body = TokenMade)),
    security(("token" = ["officers.manage"])), tag = "access")]
pub(super) async fn issue(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<TokenIn>,
) -> Result<Response, Problem> {
    let (token, token_hash) = IssueToken::token();
    let act = IssueToken {
        name: body.name,
        token_hash,
        officer: maybe_id("officer", body.officer.as_ref())?,
        account: None,
        scopes: body.scopes,
        expires_at: body.expires_at,
    };
    let id = app.office.perform(&caller.who, &key, act).await?;
    Ok((StatusCode::CREATED, Json(TokenMade { id: id.to_string(), token })).into_response())
}

/// Ends a token at once: one's own, or any with `officers.manage`.
#[utoipa::path(post, path = "/api/v1/tokens/{id}/end", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)), security(("token" = [])), tag = "access")]
pub(super) async fn end(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    app.office.perform(&caller.who, &key, EndToken { token: path_id(&id)? }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A client, without its secret.
#[derive(Serialize, ToSchema)]
pub(super) struct ClientOut {
    #[schema(format = "uuid")]
    id: String,
    client_id: String,
    name: String,
    #[schema(format = "uuid")]
    officer: Option<String>,
    scopes: Vec<String>,
    /// SHA-256 of its certificate, base64url.
    certificate: Option<String>,
    /// The member of X-Road that it is.
    x_road: Option<String>,
    /// Microseconds since 1970 UTC.
    since: i64,
    /// Microseconds since 1970 UTC.
    expires_at: Option<i64>,
    /// Microseconds since 1970 UTC.
    ended_at: Option<i64>,
}

fn client_out(row: &ApiClientRow) -> ClientOut {
    ClientOut {
        id: row.id.to_string(),
        client_id: row.client_id.clone(),
        name: row.name.clone(),
        officer: row.officer_id.map(|id| id.to_string()),
        scopes: serde_json::from_value(row.scopes.0.clone()).unwrap_or_default(),
        certificate: row.certificate.clone(),
        x_road: row.x_road.clone(),
        since: row.since,
        expires_at: row.expires_at,
        ended_at: row.ended_at,
    }
}

/// Every client, newest first.
#[utoipa::path(get, path = "/api/v1/clients", params(Paging),
    responses((status = 200, body = Page<ClientOut>)),
    security(("token" = ["officers.manage"])), tag = "access")]
pub(super) async fn clients_list(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(paging): Asked<Paging>,
) -> Result<Page<ClientOut>, Problem> {
    let at = caller.desk(&app);
    let all = clients::all(&mut app.office.db.reading().await?.tx(), &at).await?;
    Page::among(&app, &uri, &paging, all.iter().map(client_out).collect(), |line| line.id.clone())
}

/// A client that is registered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ClientIn {
    /// What it is for.
    name: String,
    /// For which program's office it acts; left out, for nobody.
    #[schema(format = "uuid")]
    officer: Option<String>,
    /// What it may do at most.
    #[schema(value_type = Vec<TokenScope>)]
    scopes: Vec<String>,
    /// SHA-256 of the DER of its certificate, base64url without padding. With
    /// it, the client signs in by mutual TLS and has no secret.
    certificate: Option<String>,
    /// The member of X-Road that it is: `INSTANCE/CLASS/MEMBER/SUBSYSTEM`. It calls
    /// through a security server, and has neither secret nor certificate.
    x_road: Option<String>,
    /// Until when, microseconds since 1970 UTC.
    expires_at: Option<i64>,
}

/// A client that was registered.
#[derive(Serialize, ToSchema)]
pub(super) struct ClientMade {
    #[schema(format = "uuid")]
    id: String,
    client_id: String,
    /// Told once: a repeat with the same key is refused (`request/key-reused`).
    /// None for a client with a certificate, and for a member of X-Road.
    client_secret: Option<String>,
}

/// Registers a client for OAuth 2.0 client credentials.
#[utoipa::path(post, path = "/api/v1/clients", request_body = ClientIn,
    responses((status = 201, body = ClientMade)),
    security(("token" = ["officers.manage"])), tag = "access")]
pub(super) async fn register(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<ClientIn>,
) -> Result<Response, Problem> {
    let (client_id, secret, hash) = RegisterClient::credentials();
    let by_secret = body.certificate.is_none() && body.x_road.is_none();
    let act = RegisterClient {
        client_id: client_id.clone(),
        name: body.name,
        secret_hash: Some(hash).filter(|_| by_secret),
        certificate: body.certificate,
        x_road: body.x_road,
        officer: maybe_id("officer", body.officer.as_ref())?,
        scopes: body.scopes,
        expires_at: body.expires_at,
    };
    let id = app.office.perform(&caller.who, &key, act).await?;
    let client_secret = Some(secret).filter(|_| by_secret);
    Ok((StatusCode::CREATED, Json(ClientMade { id: id.to_string(), client_id, client_secret }))
        .into_response())
}

/// Ends a client and every access token it holds.
#[utoipa::path(post, path = "/api/v1/clients/{id}/end", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)), security(("token" = ["officers.manage"])), tag = "access")]
pub(super) async fn end_client(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    app.office.perform(&caller.who, &key, EndClient { client: path_id(&id)? }).await?;
    Ok(StatusCode::NO_CONTENT)
}
