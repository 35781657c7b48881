//! Who visits: the session in the cookie, kept on the server by its hash, and
//! what it may do.
//!
//! A stranger's session is written only once there is something to keep: until
//! then the form token and the stranger's name follow from the cookie alone, so
//! that looking at pages writes nothing.

use crate::api;
use crate::app::App;
use crate::frame::Here;
use crate::refused::Problem;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use diwan_domain::acts::Actor;
use diwan_domain::ids::{AccountId, CaseId, CentreId, CounterId, OfficerId};
use diwan_domain::people::{Assurance, Channel};
use diwan_office::access::{self, SessionRow};
use diwan_office::cases::Access;
use diwan_office::{Fault, Stop, Who, secrets};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use tracing::error;
use uuid::Uuid;

const A_DAY: i64 = 86_400_000_000;
/// A citizen's session ends after half an hour without use.
const IDLE: i64 = 30 * 60_000_000;
/// A draft's session lives longer, so that it can be taken up on this device.
const DRAFT_IDLE: i64 = 7 * A_DAY;
/// An officer's session ends after a working day at most.
const OFFICER_IDLE: i64 = 60 * 60_000_000;

/// What pages keep in a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The cases this session began or resumed, with their keys.
    #[serde(default)]
    pub cases: BTreeMap<String, String>,
    /// Where to go after signing in.
    #[serde(default)]
    pub return_to: Option<String>,
    /// What the wallet's answer must fit.
    #[serde(default)]
    pub wallet: Option<String>,
    /// The phone or mailbox a code was sent to.
    #[serde(default)]
    pub address: Option<String>,
    /// The officer's counter.
    #[serde(default)]
    pub counter: Option<CounterId>,
    /// The officer's centre.
    #[serde(default)]
    pub centre: Option<CentreId>,
    /// The second factor being enrolled.
    #[serde(default)]
    pub totp: Option<String>,
    /// The person an officer serves at the counter.
    #[serde(default)]
    pub serving: Option<String>,
}

#[derive(Debug, Default)]
struct Inner {
    row: Option<SessionRow>,
    /// The token of a stranger for whom nothing is written yet.
    token: Option<String>,
    kept: Kept,
    /// The cookie to set, when the session is new.
    cookie: Option<String>,
    ended: bool,
}

/// Who visits.
#[derive(Clone, Debug)]
pub struct Visitor(Arc<Mutex<Inner>>);

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_else(Self::nobody))
    }
}

impl Visitor {
    pub(crate) fn nobody() -> Self {
        Self(Arc::default())
    }

    fn with<T>(&self, read: impl FnOnce(&mut Inner) -> T) -> T {
        let mut inner = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        read(&mut inner)
    }

    /// The form token; empty while nobody was given a cookie.
    #[must_use]
    pub fn csrf(&self) -> String {
        self.with(|inner| match (&inner.row, &inner.token) {
            (Some(row), _) => row.csrf.clone(),
            (None, Some(token)) => form_token(token),
            (None, None) => String::new(),
        })
    }

    /// What is kept.
    #[must_use]
    pub fn kept(&self) -> Kept {
        self.with(|inner| inner.kept.clone())
    }

    /// Changes what is kept.
    pub fn keep(&self, change: impl FnOnce(&mut Kept)) {
        self.with(|inner| change(&mut inner.kept));
    }

    /// The signed-in account, if any.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        self.actor_id("account").map(AccountId)
    }

    /// The signed-in officer, if any.
    #[must_use]
    pub fn officer(&self) -> Option<OfficerId> {
        self.actor_id("officer").map(OfficerId)
    }

    fn actor_id(&self, kind: &str) -> Option<Uuid> {
        self.with(|inner| {
            inner.row.as_ref().filter(|row| row.actor_kind == kind).and_then(|row| row.actor_id)
        })
    }

    /// How surely the visitor is known.
    #[must_use]
    pub fn assurance(&self) -> Assurance {
        self.with(|inner| inner.row.as_ref().and_then(|row| Assurance::from_code(&row.assurance)))
            .unwrap_or(Assurance::None)
    }

    /// What opens a case to this session.
    #[must_use]
    pub fn access(&self, case: CaseId) -> Access {
        Access { key: self.with(|inner| inner.kept.cases.get(&case.to_string()).cloned()) }
    }

    /// The visitor as acts know them.
    #[must_use]
    pub fn who(&self) -> Who {
        let (label, centre, counter) = self.with(|inner| {
            let label = match (&inner.row, &inner.token) {
                (Some(row), _) => row.label.clone(),
                (None, token) => token.as_deref().map(label_of).unwrap_or_default(),
            };
            (label, inner.kept.centre, inner.kept.counter)
        });
        let (actor, channel) = match (self.officer(), self.account()) {
            (Some(officer), _) => (Actor::Officer(officer), Channel::Counter),
            (None, Some(account)) => (Actor::Account(account), Channel::Online),
            (None, None) => (Actor::Stranger(label), Channel::Online),
        };
        let staff = matches!(actor, Actor::Officer(_));
        Who {
            actor,
            assurance: self.assurance(),
            channel,
            centre: centre.filter(|_| staff),
            counter: counter.filter(|_| staff),
            on_behalf: None,
            narrowed: None,
            via: None,
        }
    }

    /// Makes sure that forms have a token: a stranger is given a cookie.
    pub fn ensure(&self) {
        self.with(|inner| {
            if inner.row.is_none() && inner.token.is_none() {
                let token = secrets::token();
                inner.cookie = Some(token.clone());
                inner.token = Some(token);
                inner.ended = false;
            }
        });
    }

    /// Opens a new session after signing in: the old token ends, so that one
    /// planted before is worth nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_in(&self, app: &App, kind: &str, id: Uuid, assurance: Assurance) -> Result<(), Stop> {
        let old = self.with(|inner| inner.row.as_ref().map(|row| row.token_hash.clone()));
        if let Some(old) = old {
            access::end_session(&app.office.db, &old).await?;
        }
        let token = secrets::token();
        self.open(app, &token, kind, Some(id), assurance).await?;
        self.with(|inner| {
            inner.cookie = Some(token);
            inner.ended = false;
        });
        Ok(())
    }

    async fn open(
        &self,
        app: &App,
        token: &str,
        kind: &str,
        id: Option<Uuid>,
        assurance: Assurance,
    ) -> Result<(), Stop> {
        let now = app.office.now();
        let row = SessionRow {
            token_hash: secrets::hash(token),
            actor_kind: kind.to_owned(),
            actor_id: id,
            label: label_of(token),
            assurance: assurance.code().to_owned(),
            csrf: form_token(token),
            data: serde_json::to_string(&self.kept()).unwrap_or_default(),
            created_at: now,
            seen_at: now,
            expires_at: now + idle_for(kind, &self.kept()),
        };
        access::open_session(&app.office.db, &row).await?;
        self.with(|inner| {
            inner.row = Some(row);
            inner.token = None;
        });
        Ok(())
    }

    /// Signs out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_out(&self, app: &App) -> Result<(), Stop> {
        let old = self.with(|inner| inner.row.take().map(|row| row.token_hash));
        if let Some(old) = old {
            access::end_session(&app.office.db, &old).await?;
        }
        self.with(|inner| {
            inner.kept = Kept::default();
            inner.token = None;
            inner.ended = true;
        });
        Ok(())
    }
}

/// The form token of a cookie: only who holds the cookie can know it.
fn form_token(token: &str) -> String {
    hex::encode(secrets::hash(&format!("form {token}")))
}

/// What the journal calls a stranger with this cookie.
fn label_of(token: &str) -> String {
    secrets::base32(secrets::hash(&format!("label {token}")).get(..8).unwrap_or_default())
}

/// Whether a cookie's token can be one that was given out here.
fn is_token(text: &str) -> bool {
    /// See [`secrets::token`].
    const LETTERS: usize = 32;
    text.len() == LETTERS && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn idle_for(kind: &str, kept: &Kept) -> i64 {
    match kind {
        "officer" => OFFICER_IDLE,
        "stranger" if !kept.cases.is_empty() => DRAFT_IDLE,
        _ => IDLE,
    }
}

fn cookie_name(app: &App) -> &'static str {
    if app.is_secure() { "__Host-diwan" } else { "diwan" }
}

/// Loads the session before the handler and keeps what it changed after.
pub async fn with_session(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let now = app.office.now();
    let name = cookie_name(&app);
    let token = request
        .headers()
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('=').map(str::to_owned));
    let row = match &token {
        Some(token) => {
            match access::session(&app.office.db, &secrets::hash(token), now).await {
                Ok(row) => row,
                // Whoever is signed in must not be taken for a stranger and sent away.
                Err(fault) => return unread(&app, request, fault).await,
            }
        }
        None => None,
    };
    let kept: Kept = row.as_ref().and_then(|row| serde_json::from_str(&row.data).ok()).unwrap_or_default();
    let before = row.as_ref().map(|row| (row.data.clone(), row.seen_at, row.expires_at));
    let token = token.filter(|token| row.is_none() && is_token(token));
    let visitor = Visitor(Arc::new(Mutex::new(Inner { row, token, kept, ..Inner::default() })));
    request.extensions_mut().insert(visitor.clone());
    let mut response = next.run(request).await;
    store(&app, &visitor, before, now).await;
    let (cookie, ended) = visitor.with(|inner| (inner.cookie.clone(), inner.ended));
    let secure = if app.is_secure() { "; Secure" } else { "" };
    let set = match (cookie, ended) {
        (Some(token), _) => Some(format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax{secure}")),
        (None, true) => Some(format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}")),
        _ => None,
    };
    if let Some(value) = set.and_then(|text| HeaderValue::from_str(&text).ok()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// A session that could not be read: the request ends here.
async fn unread(app: &App, request: Request, fault: Fault) -> Response {
    error!("a session could not be read: {fault}");
    let problem = Problem::from(fault);
    if request.uri().path().starts_with("/api/") {
        return api::Problem::from(problem).into_response();
    }
    let (mut parts, _) = request.into_parts();
    match Here::from_request_parts(&mut parts, app).await {
        Ok(here) => problem.page(&here),
        Err(response) => response,
    }
}

/// Opens a stranger's session once there is something to keep.
async fn keep_first(app: &App, visitor: &Visitor) {
    if visitor.with(|inner| inner.ended || inner.kept == Kept::default()) {
        return;
    }
    visitor.ensure();
    let Some(token) = visitor.with(|inner| inner.token.clone()) else { return };
    if let Err(fault) = visitor.open(app, &token, "stranger", None, Assurance::None).await {
        error!("a session could not be opened: {fault}");
    }
}

/// Writes the session back when it changed, or once a minute to keep it alive.
async fn store(app: &App, visitor: &Visitor, before: Option<(String, i64, i64)>, now: i64) {
    let Some((hash, kind, data)) = visitor.with(|inner| {
        let data = serde_json::to_string(&inner.kept).unwrap_or_default();
        inner.row.as_ref().map(|row| (row.token_hash.clone(), row.actor_kind.clone(), data))
    }) else {
        return keep_first(app, visitor).await;
    };
    let fresh = before.as_ref().is_some_and(|(old, seen, _)| *old == data && now - seen < 60_000_000);
    if fresh {
        return;
    }
    let expires = now + idle_for(&kind, &visitor.kept());
    if let Err(fault) = access::touch_session(&app.office.db, &hash, &data, now, expires).await {
        error!("a session could not be kept: {fault}");
    }
}
