//! OAuth 2.0 for programs: client credentials (RFC 6749 section 4.4), with a
//! secret or a certificate (RFC 8705), and the metadata that says so (RFC 8414).

use crate::app::App;
use crate::refused;
use crate::{network, safety};
use axum::Json;
use axum::extract::{ConnectInfo, FromRequest, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use diwan_office::Stop;
use diwan_office::clients::{self, HOLDS_SECONDS, NotGranted};
use diwan_office::tokens;
use serde_json::json;
use std::net::SocketAddr;

/// How an error is mended, for whoever writes the program: in ASCII, as section 5.2 asks.
fn description(code: &str) -> &'static str {
    match code {
        "invalid_request" => {
            "Send a form (application/x-www-form-urlencoded) with grant_type=client_credentials, each parameter once, \
             and the client's secret in one way only."
        }
        "unsupported_grant_type" => "The only grant_type is client_credentials.",
        "invalid_client" => {
            "No such client, one that ended, another secret, or no certificate that is registered for it. A client of \
             X-Road calls through its security server and needs no token."
        }
        "invalid_scope" => {
            "The client is not registered for one of these scopes. Without scope it is given all that it has."
        }
        _ => "Send the same again after Retry-After seconds.",
    }
}

/// An error as RFC 6749 section 5.2 writes it.
fn error(status: StatusCode, code: &str) -> Response {
    let said = json!({"error": code, "error_description": description(code)});
    let mut response = (status, Json(said)).into_response();
    // Also to whoever showed nothing (RFC 9110 section 15.5.2).
    if status == StatusCode::UNAUTHORIZED {
        let basic = HeaderValue::from_static("Basic realm=\"diwan\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, basic);
    }
    let refused = code == "invalid_client";
    let response = unstored(response);
    if refused { safety::mark(response, "client/invalid", None) } else { response }
}

fn unstored(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What the form said.
#[derive(Default)]
struct Asked {
    grant_type: String,
    scope: String,
    client_id: Option<String>,
    client_secret: Option<String>,
}

/// Reads the form; a parameter that comes twice is an error (section 3.2).
fn read(pairs: Vec<(String, String)>) -> Option<Asked> {
    let mut asked = Asked::default();
    let mut seen = Vec::new();
    for (name, value) in pairs {
        if seen.contains(&name) {
            return None;
        }
        match name.as_str() {
            "grant_type" => asked.grant_type = value,
            "scope" => asked.scope = value,
            "client_id" => asked.client_id = Some(value),
            "client_secret" => asked.client_secret = Some(value),
            _ => {}
        }
        seen.push(name);
    }
    Some(asked)
}

/// The client's name and secret from `Authorization: Basic`.
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let shown = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = shown.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (name, secret) = text.split_once(':')?;
    Some((name.to_owned(), secret.to_owned()))
}

/// Gives a program an access token for a quarter of an hour.
pub async fn token(State(app): State<App>, request: Request) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let headers = request.headers().clone();
    let form = axum::Form::<Vec<(String, String)>>::from_request(request, &app).await;
    let Some(asked) = form.ok().and_then(|form| read(form.0)) else {
        return error(StatusCode::BAD_REQUEST, "invalid_request");
    };
    let by_header = headers.contains_key(header::AUTHORIZATION);
    let shown = match (basic(&headers), by_header, &asked.client_secret) {
        // Two ways at once are an error (section 2.3).
        (Some(_), _, Some(_)) => return error(StatusCode::BAD_REQUEST, "invalid_request"),
        (Some((name, secret)), ..) => Some((name, Some(secret))),
        (None, true, _) => None,
        (None, false, _) => asked.client_id.clone().map(|name| (name, asked.client_secret.clone())),
    };
    let Some((client_id, secret)) = shown else {
        return error(StatusCode::UNAUTHORIZED, "invalid_client");
    };
    if asked.grant_type != "client_credentials" {
        let code = if asked.grant_type.is_empty() { "invalid_request" } else { "unsupported_grant_type" };
        return error(StatusCode::BAD_REQUEST, code);
    }
    let scopes: Vec<String> = asked.scope.split_whitespace().map(str::to_owned).collect();
    let certificate = network::certificate(peer, &headers, &app);
    let granted =
        clients::sign_in(&app.office, &client_id, secret.as_deref(), certificate.as_deref(), &scopes).await;
    match granted {
        Ok(granted) => unstored(
            Json(json!({
                "access_token": granted.token, "token_type": "Bearer", "expires_in": HOLDS_SECONDS,
                "scope": granted.scopes.join(" "),
            }))
            .into_response(),
        ),
        Err(NotGranted::InvalidClient) => error(StatusCode::UNAUTHORIZED, "invalid_client"),
        Err(NotGranted::InvalidScope) => error(StatusCode::BAD_REQUEST, "invalid_scope"),
        Err(NotGranted::Stop(Stop::Refused(_) | Stop::Kept(..))) => {
            error(StatusCode::UNAUTHORIZED, "invalid_client")
        }
        Err(NotGranted::Stop(stop @ Stop::Fault(_))) => {
            let problem = refused::Problem::from(stop);
            let code = if problem.status == StatusCode::SERVICE_UNAVAILABLE {
                "temporarily_unavailable"
            } else {
                "server_error"
            };
            let mut response = error(problem.status, code);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            response
        }
    }
}

/// What a program is told that should come back later.
pub(crate) fn unavailable() -> Response {
    error(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable")
}

/// What an authorization server says of itself (RFC 8414).
pub async fn metadata(State(app): State<App>) -> Response {
    let issuer = &app.office.settings.base_url;
    let mut methods = vec!["client_secret_basic", "client_secret_post"];
    if app.client_certificates {
        methods.push("self_signed_tls_client_auth");
    }
    Json(json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}/oauth/token"),
        "grant_types_supported": ["client_credentials"],
        "response_types_supported": [],
        "scopes_supported": tokens::scopes(),
        "token_endpoint_auth_methods_supported": methods,
        "tls_client_certificate_bound_access_tokens": app.client_certificates,
        "service_documentation": format!("{issuer}/api/v1/openapi.json"),
    }))
    .into_response()
}
