//! What operators' gateways bring: text messages, and the keys people press in a menu on a
//! basic phone or a telephone line. `docs/telephone.md` describes the wire.
//!
//! Each way is off until the installation gives it a secret. The secret is shown as a
//! bearer, as the password of HTTP Basic, or proven by an HMAC of the body.

pub(crate) mod menu;
mod sms;
mod ussd;

use crate::app::App;
use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use diwan_domain::people::Channel;
use diwan_domain::proxies::LONGEST_DAYS;
use diwan_domain::texting::Keywords;
use diwan_office::{Who, secrets};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The largest body that a gateway may send, bytes: a text message and its sender.
const LARGEST: usize = 16 * 1_024;

/// The ways in that an installation opened, and the words that count.
#[derive(Clone)]
pub struct Gateways {
    /// The secret of whoever brings text messages.
    pub sms: Option<String>,
    /// The secret of whoever brings keys of a menu.
    pub menu: Option<String>,
    /// The words that count in a text message.
    pub keywords: Keywords,
    /// For how many days somebody may act for another at most.
    pub longest_proxy_days: i64,
}

impl std::fmt::Debug for Gateways {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gateways(secret)")
    }
}

impl Default for Gateways {
    fn default() -> Self {
        Self { sms: None, menu: None, keywords: Keywords::default(), longest_proxy_days: LONGEST_DAYS }
    }
}

/// The routes of gateways.
pub fn router() -> Router<App> {
    Router::new()
        .route("/gateways/sms/in", post(sms::taken))
        .route("/gateways/ussd", post(ussd::screen))
        .route("/gateways/voice", post(ussd::prompt))
        .layer(DefaultBodyLimit::max(LARGEST))
}

/// A refusal for a gateway: a status and a stable code.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) StatusCode, &'static str);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self(status, code) = self;
        let response = (status, Json(json!({"code": code}))).into_response();
        if status == StatusCode::UNAUTHORIZED {
            return crate::safety::mark(response, code, None);
        }
        response
    }
}

/// Lets through whoever knows the secret of a way in.
pub(crate) fn admit(secret: Option<&String>, headers: &HeaderMap, body: &Bytes) -> Result<(), Refused> {
    let secret = secret.ok_or(Refused(StatusCode::NOT_FOUND, "request/not-found"))?;
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let shown = said(header::AUTHORIZATION.as_str());
    let bearer = shown.strip_prefix("Bearer ").map(str::to_owned);
    let password = shown.strip_prefix("Basic ").and_then(password);
    let signed = said("x-diwan-signature").strip_prefix("sha256=").map(str::to_ascii_lowercase);
    let fits = [bearer, password].into_iter().flatten().any(|shown| secrets::same(&shown, secret))
        || signed.is_some_and(|signed| {
            secrets::same(&signed, &hex::encode(secrets::hmac(secret.as_bytes(), body)))
        });
    if fits { Ok(()) } else { Err(Refused(StatusCode::UNAUTHORIZED, "client/invalid")) }
}

/// The password of HTTP Basic: of the two parts the one that counts.
fn password(encoded: &str) -> Option<String> {
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    Some(text.split_once(':')?.1.to_owned())
}

/// The fields of a body, as a form or as one JSON object.
fn fields(headers: &HeaderMap, body: &Bytes) -> Result<BTreeMap<String, String>, Refused> {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !media.starts_with("application/json") {
        return Ok(form_urlencoded::parse(body).into_owned().collect());
    }
    let read: Result<BTreeMap<String, Value>, _> = serde_json::from_slice(body);
    let read = read.map_err(|_| unreadable())?;
    let text = |value: Value| match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    };
    Ok(read.into_iter().map(|(name, value)| (name, text(value))).collect())
}

fn unreadable() -> Refused {
    Refused(StatusCode::UNPROCESSABLE_ENTITY, "request/unreadable")
}

/// The first of some fields that is there: gateways name the same thing differently.
fn first(fields: &BTreeMap<String, String>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| fields.get(*name)).map(|text| text.trim().to_owned())
}

/// Who asks: nobody who is known, by telephone.
fn by_telephone(part: &str) -> Who {
    Who { channel: Channel::Telephone, ..Who::system(part) }
}
