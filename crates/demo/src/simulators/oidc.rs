//! A national wallet in small: OpenID Connect with the authorization code flow
//! and PKCE, as eSignet and the Region's wallet offer it. Strict where a
//! provider is strict, so that a careless client is noticed here first.

use super::oidc_page::{self, Page};
use super::oidc_token;
use crate::card::WalletUser;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diwan_domain::numbers::IdentityKind;
use jiff::Timestamp;
use p256::ecdsa::SigningKey;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How surely the wallet can know someone, the surest first. The names are
/// those of MOSIP's eSignet.
pub(super) const LEVELS: [&str; 3] =
    ["mosip:idp:acr:biometrics", "mosip:idp:acr:generated-code", "mosip:idp:acr:static-code"];
/// How long a code can be exchanged, in seconds.
const CODE_LASTS: i64 = 60;
/// The most codes or tokens that are held at once.
const AT_MOST: usize = 10_000;

/// How the wallet is set up.
#[derive(Clone, Debug)]
pub struct OidcSettings {
    /// Its own address, without a final slash: `http://127.0.0.1:4003`.
    pub issuer: String,
    /// The one client it serves.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: String,
    /// Exactly where people may be sent back to.
    pub redirect_uris: Vec<String>,
    /// Whom its page lists.
    pub users: Vec<WalletUser>,
}

/// The wallet's own name for a person: the same for one client, and telling
/// nothing of the number.
#[must_use]
pub fn subject_of(issuer: &str, personal_number: &str) -> String {
    let hash = Sha256::digest(format!("diwan demo wallet\n{issuer}\n{personal_number}").as_bytes());
    hex::encode(&hash[..16])
}

/// The wallet while it runs.
pub(super) struct Wallet {
    pub settings: OidcSettings,
    pub key: SigningKey,
    pub key_id: String,
    held: Mutex<Held>,
}

/// What is held for a short while.
#[derive(Default)]
pub(super) struct Held {
    pub codes: HashMap<String, Grant>,
    pub tokens: HashMap<String, Grant>,
}

/// What someone agreed to.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    pub personal_number: String,
    pub level: String,
    pub redirect_uri: String,
    pub nonce: String,
    pub challenge: String,
    pub scope: String,
    pub agreed_at: i64,
    pub until: i64,
    /// The token that the code was exchanged for: a second exchange ends it.
    pub spent_for: Option<String>,
}

impl Wallet {
    pub(super) fn held(&self) -> MutexGuard<'_, Held> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Timestamp::now().as_second();
        held.codes.retain(|_, grant| grant.until > now);
        held.tokens.retain(|_, grant| grant.until > now);
        held
    }

    /// What the wallet tells of someone.
    pub(super) fn claims(&self, grant: &Grant) -> Value {
        let known = self.settings.users.iter().find(|user| user.personal_number == grant.personal_number);
        let mut claims = json!({
            "sub": subject_of(&self.settings.issuer, &grant.personal_number),
            "individual_id": grant.personal_number,
            "personal_number": grant.personal_number,
        });
        if let Some(user) = known.filter(|_| grant.scope.split(' ').any(|scope| scope == "profile")) {
            claims["name"] = json!(user.name_latin.as_ref().unwrap_or(&user.name));
            claims["name#ckb"] = json!(user.name);
        }
        claims
    }
}

/// A wallet on its own port. The key is derived from the settings, so that a
/// restart of the demo does not invalidate what others remember of it.
///
/// # Panics
/// Never in practice: one hash in 2^128 is no private key of P-256.
pub fn oidc_router(settings: OidcSettings) -> Router {
    let seed =
        Sha256::digest(format!("diwan demo wallet key\n{}\n{}", settings.issuer, settings.client_secret));
    let key = SigningKey::from_slice(&seed).expect("a hash is a private key but once in 2^128");
    let key_id = hex::encode(&Sha256::digest(key.verifying_key().to_sec1_point(false).as_bytes())[..8]);
    let wallet = Arc::new(Wallet { settings, key, key_id, held: Mutex::default() });
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/.well-known/jwks.json", get(keys))
        .route("/authorize", get(ask).post(agree))
        .route("/token", post(oidc_token::exchange))
        .route("/userinfo", get(oidc_token::userinfo).post(oidc_token::userinfo))
        .with_state(wallet)
}

async fn discovery(State(wallet): State<Arc<Wallet>>) -> Json<Value> {
    let issuer = &wallet.settings.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "scopes_supported": ["openid", "profile"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "acr_values_supported": LEVELS,
        "claims_supported": ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "individual_id",
            "personal_number", "name"],
        "ui_locales_supported": ["ckb", "en"],
        "claims_parameter_supported": false,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn keys(State(wallet): State<Arc<Wallet>>) -> Json<Value> {
    let point = wallet.key.verifying_key().to_sec1_point(false);
    let coordinate = |at: usize| URL_SAFE_NO_PAD.encode(&point.as_bytes()[at..at + 32]);
    Json(json!({"keys": [{
        "kty": "EC", "use": "sig", "alg": "ES256", "crv": "P-256",
        "kid": wallet.key_id, "x": coordinate(1), "y": coordinate(33),
    }]}))
}

/// What a client asks for, as it came; and what the person then chose.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    pub response_type: Option<String>,
    pub client_id: Option<String>,
    pub redirect_uri: Option<String>,
    pub scope: Option<String>,
    pub state: Option<String>,
    pub nonce: Option<String>,
    pub code_challenge: Option<String>,
    pub code_challenge_method: Option<String>,
    pub acr_values: Option<String>,
    pub prompt: Option<String>,
    pub request: Option<String>,
    pub request_uri: Option<String>,
    pub response_mode: Option<String>,
    /// Whom the person chose, or typed.
    pub personal_number: Option<String>,
    /// How they showed who they are.
    pub level: Option<String>,
    /// Whether they went back.
    pub refuse: Option<String>,
}

/// A request that holds, with what it must have.
pub(super) struct Request {
    pub redirect_uri: String,
    pub state: String,
    scope: String,
    nonce: String,
    challenge: String,
    /// The levels the client accepts, surest first.
    pub levels: Vec<&'static str>,
}

/// Why a request does not hold.
enum Unfit {
    /// Nobody may be sent anywhere.
    Here(&'static str),
    /// The client is told.
    ToClient { redirect_uri: String, state: Option<String>, error: &'static str, what: &'static str },
}

impl Wallet {
    fn check(&self, asked: &Asked) -> Result<Request, Unfit> {
        if asked.client_id.as_ref() != Some(&self.settings.client_id) {
            return Err(Unfit::Here("client_id is not known"));
        }
        let redirect_uri = asked.redirect_uri.clone().filter(|uri| self.settings.redirect_uris.contains(uri));
        let Some(redirect_uri) = redirect_uri else {
            return Err(Unfit::Here("redirect_uri is not exactly one that was registered"));
        };
        let state = asked.state.clone().filter(|state| !state.is_empty());
        let unfit = |error, what| Unfit::ToClient {
            redirect_uri: redirect_uri.clone(),
            state: state.clone(),
            error,
            what,
        };
        let scope = asked.scope.clone().unwrap_or_default();
        let nonce = asked.nonce.clone().unwrap_or_default();
        let challenge = asked.code_challenge.clone().unwrap_or_default();
        let faults = [
            (asked.request.is_some(), "request_not_supported", "request objects are not supported"),
            (asked.request_uri.is_some(), "request_uri_not_supported", "request objects are not supported"),
            (
                asked.response_type.as_deref() != Some("code"),
                "unsupported_response_type",
                "response_type must be code",
            ),
            (
                asked.response_mode.as_deref().is_some_and(|mode| mode != "query"),
                "invalid_request",
                "response_mode must be query",
            ),
            (!scope.split(' ').any(|one| one == "openid"), "invalid_scope", "scope must hold openid"),
            (state.is_none(), "invalid_request", "state is missing"),
            (nonce.is_empty(), "invalid_request", "nonce is missing"),
            (
                asked.code_challenge_method.as_deref() != Some("S256"),
                "invalid_request",
                "code_challenge_method must be S256",
            ),
            (challenge.len() != 43, "invalid_request", "code_challenge is not a SHA-256 in base64url"),
            (asked.prompt.as_deref() == Some("none"), "login_required", "someone must choose"),
        ];
        if let Some((_, error, what)) = faults.iter().find(|(broken, ..)| *broken) {
            return Err(unfit(error, what));
        }
        let wanted: Vec<&str> = asked.acr_values.as_deref().unwrap_or_default().split_whitespace().collect();
        let levels: Vec<&'static str> =
            LEVELS.into_iter().filter(|level| wanted.is_empty() || wanted.contains(level)).collect();
        if levels.is_empty() {
            return Err(unfit("invalid_request", "none of acr_values is supported"));
        }
        let state = state.clone().unwrap_or_default();
        Ok(Request { redirect_uri, state, scope, nonce, challenge, levels })
    }
}

/// Where an answer leads: the redirect address with the answer in its query.
fn back(issuer: &str, redirect_uri: &str, state: Option<&str>, answer: &[(&str, &str)]) -> Response {
    let mut url = redirect_uri.to_owned();
    let mut separator = if redirect_uri.contains('?') { '&' } else { '?' };
    let state = state.map(|state| ("state", state));
    for (name, value) in answer.iter().copied().chain(state).chain([("iss", issuer)]) {
        url.push(separator);
        separator = '&';
        url.push_str(name);
        url.push('=');
        url.push_str(&percent(value));
    }
    match HeaderValue::from_str(&url) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => (StatusCode::BAD_REQUEST, "the redirect address cannot be written").into_response(),
    }
}

fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

impl Wallet {
    fn refuse(&self, unfit: Unfit) -> Response {
        match unfit {
            Unfit::Here(what) => self.show(StatusCode::BAD_REQUEST, &oidc_page::broken(what)),
            Unfit::ToClient { redirect_uri, state, error, what } => {
                let answer = [("error", error), ("error_description", what)];
                back(&self.settings.issuer, &redirect_uri, state.as_deref(), &answer)
            }
        }
    }

    fn show(&self, status: StatusCode, page: &str) -> Response {
        let policy = oidc_page::policy(&self.settings.redirect_uris);
        let headers: [(HeaderName, String); 4] = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8".into()),
            (header::CACHE_CONTROL, "no-store".into()),
            (header::CONTENT_SECURITY_POLICY, policy),
            (header::REFERRER_POLICY, "no-referrer".into()),
        ];
        (status, headers, page.to_owned()).into_response()
    }

    fn page(&self, asked: &Asked, request: &Request, fault: Option<&str>) -> Response {
        let page = Page { users: &self.settings.users, asked, levels: &request.levels, fault };
        let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        self.show(status, &page.html())
    }
}

async fn ask(State(wallet): State<Arc<Wallet>>, asked: Result<Query<Asked>, QueryRejection>) -> Response {
    let Ok(Query(asked)) = asked else { return wallet.refuse(Unfit::Here("the request cannot be read")) };
    match wallet.check(&asked) {
        Ok(request) => wallet.page(&asked, &request, None),
        Err(unfit) => wallet.refuse(unfit),
    }
}

async fn agree(State(wallet): State<Arc<Wallet>>, asked: Result<Form<Asked>, FormRejection>) -> Response {
    let Ok(Form(asked)) = asked else { return wallet.refuse(Unfit::Here("the request cannot be read")) };
    let request = match wallet.check(&asked) {
        Ok(request) => request,
        Err(unfit) => return wallet.refuse(unfit),
    };
    let issuer = &wallet.settings.issuer;
    if asked.refuse.is_some() {
        let answer = [("error", "access_denied"), ("error_description", "the person went back")];
        return back(issuer, &request.redirect_uri, Some(&request.state), &answer);
    }
    let typed = asked.personal_number.clone().unwrap_or_default();
    let number = match IdentityKind::Upn.read(&typed) {
        Ok(number) => number,
        Err(fault) => return wallet.page(&asked, &request, Some(fault.code())),
    };
    let level = asked.level.clone().filter(|level| request.levels.contains(&level.as_str()));
    let level = level.unwrap_or_else(|| request.levels[0].to_owned());
    let now = Timestamp::now().as_second();
    let grant = Grant {
        personal_number: number,
        level,
        redirect_uri: request.redirect_uri.clone(),
        nonce: request.nonce,
        challenge: request.challenge,
        scope: request.scope,
        agreed_at: now,
        until: now + CODE_LASTS,
        spent_for: None,
    };
    let code = oidc_token::random();
    let mut held = wallet.held();
    if held.codes.len() >= AT_MOST {
        let answer = [("error", "temporarily_unavailable")];
        return back(issuer, &request.redirect_uri, Some(&request.state), &answer);
    }
    held.codes.insert(code.clone(), grant);
    drop(held);
    back(issuer, &request.redirect_uri, Some(&request.state), &[("code", &code)])
}
