//! The wallet's back door, where the client exchanges a code for a signed
//! statement of who someone is.

use super::oidc::{Grant, Wallet};
use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use p256::ecdsa::Signature;
use p256::ecdsa::signature::Signer;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// How long the statement and the access token hold, in seconds.
const LASTS: i64 = 300;

/// A code or token that nobody can guess.
///
/// # Panics
/// When the machine has no source of randomness.
pub(super) fn random() -> String {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).expect("the machine has a source of randomness");
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The body of `POST /token`.
#[derive(Debug, Deserialize)]
pub(super) struct Exchange {
    grant_type: Option<String>,
    code: Option<String>,
    redirect_uri: Option<String>,
    code_verifier: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
}

/// A refusal in the shape of RFC 6749, 5.2.
pub(super) struct Wrong {
    status: StatusCode,
    error: &'static str,
    what: &'static str,
    by_header: bool,
}

impl Wrong {
    fn request(error: &'static str, what: &'static str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, error, what, by_header: false }
    }
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        let body = Json(json!({"error": self.error, "error_description": self.what}));
        let mut response = (self.status, [(header::CACHE_CONTROL, "no-store")], body).into_response();
        if self.by_header {
            let basic = header::HeaderValue::from_static("Basic realm=\"wallet\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, basic);
        }
        response
    }
}

pub(super) async fn exchange(
    State(wallet): State<Arc<Wallet>>,
    headers: HeaderMap,
    body: Result<Form<Exchange>, FormRejection>,
) -> Result<Response, Wrong> {
    let Form(body) = body.map_err(|_| Wrong::request("invalid_request", "the form cannot be read"))?;
    wallet.admit(&headers, &body)?;
    if body.grant_type.as_deref() != Some("authorization_code") {
        return Err(Wrong::request("unsupported_grant_type", "grant_type must be authorization_code"));
    }
    let code = body.code.ok_or_else(|| Wrong::request("invalid_request", "code is missing"))?;
    let verifier =
        body.code_verifier.ok_or_else(|| Wrong::request("invalid_request", "code_verifier is missing"))?;
    let token = random();
    let grant = {
        let mut held = wallet.held();
        let unknown = || Wrong::request("invalid_grant", "the code is unknown, spent or too old");
        let grant = held.codes.get_mut(&code).ok_or_else(unknown)?;
        if let Some(spent) = grant.spent_for.clone() {
            // Someone has the code who should not: what it gave ends, too.
            held.codes.remove(&code);
            held.tokens.remove(&spent);
            return Err(unknown());
        }
        if body.redirect_uri.as_ref() != Some(&grant.redirect_uri) {
            return Err(Wrong::request("invalid_grant", "redirect_uri is not the one of the request"));
        }
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        let fits = (43..=128).contains(&verifier.len())
            && bool::from(challenge.as_bytes().ct_eq(grant.challenge.as_bytes()));
        if !fits {
            return Err(Wrong::request("invalid_grant", "code_verifier does not fit the challenge"));
        }
        grant.spent_for = Some(token.clone());
        let grant = Grant { until: Timestamp::now().as_second() + LASTS, ..grant.clone() };
        held.tokens.insert(token.clone(), grant.clone());
        grant
    };
    let answer = json!({
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": LASTS,
        "scope": grant.scope,
        "id_token": wallet.statement(&grant, &token),
    });
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

impl Wallet {
    /// Whether the client is who it says: by header or by form, never both.
    fn admit(&self, headers: &HeaderMap, body: &Exchange) -> Result<(), Wrong> {
        let by_header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let unknown = |by_header| Wrong {
            status: StatusCode::UNAUTHORIZED,
            error: "invalid_client",
            what: "the client is not known by this name and secret",
            by_header,
        };
        let (id, secret) = match (by_header, &body.client_secret) {
            (Some(_), Some(_)) => {
                return Err(Wrong::request(
                    "invalid_request",
                    "the client must show its secret in one way only",
                ));
            }
            (Some(basic), None) => credentials(basic).ok_or_else(|| unknown(true))?,
            (None, Some(secret)) => (body.client_id.clone().unwrap_or_default(), secret.clone()),
            (None, None) => return Err(unknown(false)),
        };
        let settings = &self.settings;
        let fits = id == settings.client_id
            && bool::from(secret.as_bytes().ct_eq(settings.client_secret.as_bytes()));
        let same = body.client_id.as_ref().is_none_or(|named| *named == id);
        if fits && same { Ok(()) } else { Err(unknown(by_header.is_some())) }
    }

    /// The signed statement: a JWT under ES256.
    fn statement(&self, grant: &Grant, token: &str) -> String {
        let now = Timestamp::now().as_second();
        let header = json!({"alg": "ES256", "typ": "JWT", "kid": self.key_id});
        let mut claims = self.claims(grant);
        let half = &Sha256::digest(token.as_bytes())[..16];
        for (name, value) in [
            ("iss", json!(self.settings.issuer)),
            ("aud", json!(self.settings.client_id)),
            ("iat", json!(now)),
            ("exp", json!(now + LASTS)),
            ("auth_time", json!(grant.agreed_at)),
            ("nonce", json!(grant.nonce)),
            ("acr", json!(grant.level)),
            ("at_hash", json!(URL_SAFE_NO_PAD.encode(half))),
        ] {
            claims[name] = value;
        }
        let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
        let signed = format!("{}.{}", encode(&header), encode(&claims));
        let signature: Signature = self.key.sign(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }
}

/// Name and secret of `Authorization: Basic`, each percent-encoded (RFC 6749, 2.3.1).
fn credentials(basic: &str) -> Option<(String, String)> {
    let encoded = basic.strip_prefix("Basic ").or_else(|| basic.strip_prefix("basic "))?;
    let plain = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = plain.split_once(':')?;
    Some((decoded(id)?, decoded(secret)?))
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                let digits = std::str::from_utf8(&digits).ok()?;
                bytes.push(u8::from_str_radix(digits, 16).ok()?);
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).ok()
}

pub(super) async fn userinfo(State(wallet): State<Arc<Wallet>>, headers: HeaderMap) -> Response {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = shown.and_then(|text| text.strip_prefix("Bearer ")).unwrap_or_default();
    let grant = wallet.held().tokens.get(token).cloned();
    match grant {
        Some(grant) => ([(header::CACHE_CONTROL, "no-store")], Json(wallet.claims(&grant))).into_response(),
        None => {
            let how = [(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")];
            (StatusCode::UNAUTHORIZED, how).into_response()
        }
    }
}
