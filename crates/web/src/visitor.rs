//! Who visits: the session in the cookie, kept on the server by its hash, and
//! what it may do.
//!
//! A stranger's session is written only once there is something to keep: until
//! then the form token and the stranger's name follow from the cookie alone, so
//! that looking at pages writes nothing.

use crate::api;
use crate::app::App;
use crate::frame::Here;
use crate::network::Network;
use crate::refused::Problem;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::acts::Actor;
use diwan_domain::devices::DeviceKind;
use diwan_domain::ids::{AccountId, CaseId, CentreId, CounterId, DeviceId, OfficerId, PersonId};
use diwan_domain::people::{Assurance, Channel};
use diwan_office::access::{self, SessionRow};
use diwan_office::cases::Access;
use diwan_office::devices;
use diwan_office::officers::{Origin, login_of};
use diwan_office::{Fault, Stop, Who, secrets};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use tracing::error;
use uuid::Uuid;

pub(crate) const A_MINUTE: i64 = 60_000_000;

/// How long sessions hold, in minutes: without use, and at the longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionTimes {
    /// An officer's without use.
    pub officer_idle: i64,
    /// An officer's at the longest: a working day.
    pub officer_longest: i64,
    /// A citizen's without use, also of someone who took a case up by a code.
    pub citizen_idle: i64,
    /// A citizen's at the longest.
    pub citizen_longest: i64,
    /// Of someone who began a draft here and never signed in, without use: so
    /// that it can be taken up on this device.
    pub draft_idle: i64,
    /// The same at the longest.
    pub draft_longest: i64,
    /// Of whoever stands before a kiosk, without use.
    pub kiosk_idle: i64,
    /// The same at the longest.
    pub kiosk_longest: i64,
}

impl Default for SessionTimes {
    fn default() -> Self {
        const A_DAY: i64 = 24 * 60;
        Self {
            officer_idle: 60,
            officer_longest: 12 * 60,
            citizen_idle: 30,
            citizen_longest: 12 * 60,
            draft_idle: 7 * A_DAY,
            draft_longest: 30 * A_DAY,
            kiosk_idle: 5,
            kiosk_longest: 30,
        }
    }
}

impl SessionTimes {
    /// Until when a session holds that is used now.
    pub(crate) fn until(&self, kind: &str, kept: &Kept, since: i64, now: i64) -> i64 {
        let (idle, longest) = match kind {
            "officer" => (self.officer_idle, self.officer_longest),
            _ if kept.kiosk => (self.kiosk_idle, self.kiosk_longest),
            "stranger" if !kept.cases.is_empty() && !kept.resumed => (self.draft_idle, self.draft_longest),
            _ => (self.citizen_idle, self.citizen_longest),
        };
        (now + idle * A_MINUTE).min(since + longest * A_MINUTE)
    }
}

/// How long ago someone must have shown who they are, for what outlasts their
/// session: a new telephone, a token for a program.
const RECENT: i64 = 5 * A_MINUTE;
/// For how long a browser is known in which an officer signed in: 180 days.
const KNOWN_FOR_SECONDS: i64 = 180 * 86_400;
/// Of how many officers one browser is remembered: a shared counter.
pub(crate) const KNOWN_OFFICERS: usize = 8;
/// For how long a machine keeps its key unless it is locked or replaced: two years.
const MACHINE_FOR_SECONDS: i64 = 730 * 86_400;

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
    /// Why an officer at a counter looks at people, and at whom.
    #[serde(default)]
    pub looking: Option<(String, Vec<String>)>,
    /// Whether a case was taken up by a code: perhaps on a shared computer.
    #[serde(default)]
    pub resumed: bool,
    /// When the visitor last showed who they are, microseconds since 1970 UTC.
    #[serde(default)]
    pub shown_at: i64,
    /// Which kind of browser signed in, in two words, for the list of sessions.
    #[serde(default)]
    pub device: String,
    /// Whether it stands before a kiosk: everything ends soon.
    #[serde(default)]
    pub kiosk: bool,
    /// Names the attempt of whoever stands before a kiosk: what they press again after going
    /// back a page is done once.
    #[serde(default)]
    pub attempt: String,
    /// How whoever stands before a kiosk sees it best: `contrast`, `low`, `slow`.
    #[serde(default)]
    pub comfort: Vec<String>,
    /// What was answered before choosing a time: for which service, and the answers.
    #[serde(default)]
    pub prepared: Option<(String, serde_json::Value)>,
    /// The codes of the sheets that were asked for here.
    #[serde(default)]
    pub prints: Vec<String>,
    /// For whom the account acts, until it chooses otherwise.
    #[serde(default)]
    pub acting_for: Option<PersonId>,
    /// Their name, for the line above every page.
    #[serde(default)]
    pub acting_name: String,
    /// Whom an officer has on the telephone, made sure of.
    #[serde(default)]
    pub caller: Option<PersonId>,
}

/// The enrolled machine at which somebody stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// Which.
    pub id: DeviceId,
    /// In which centre.
    pub centre: CentreId,
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
    /// The network the request comes from, by a name that is no address.
    network: String,
    /// Which kind of browser asks.
    device: String,
    /// The enrolled machine that the browser runs on.
    machine: Option<Machine>,
    /// The same for a display, at which nobody does anything.
    display: Option<Machine>,
    /// The key of a machine that was enrolled now.
    machine_key: Option<String>,
    /// What the browser brought of officers who signed in with it.
    known: String,
    /// The same to be kept by the browser, when it changed.
    now_known: Option<String>,
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

    /// The enrolled machine at which the visitor stands.
    #[must_use]
    pub fn machine(&self) -> Option<Machine> {
        self.with(|inner| inner.machine.clone())
    }

    /// The enrolled display that asks.
    #[must_use]
    pub fn display(&self) -> Option<Machine> {
        self.with(|inner| inner.display.clone())
    }

    /// Gives the browser the key of the machine that it runs on.
    pub fn enrol(&self, key: String) {
        self.with(|inner| inner.machine_key = Some(key));
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
        let (for_whom, caller) = self.with(|inner| (inner.kept.acting_for, inner.kept.caller));
        let (label, centre, counter) = self.with(|inner| {
            let label = match (&inner.row, &inner.token) {
                (Some(row), _) => row.label.clone(),
                (None, token) => token.as_deref().map(label_of).unwrap_or_default(),
            };
            (label, inner.kept.centre, inner.kept.counter)
        });
        let machine = self.machine();
        let by = if machine.is_some() { Channel::Kiosk } else { Channel::Online };
        let (actor, channel) = match (self.officer(), self.account()) {
            (Some(officer), _) if caller.is_some() => (Actor::Officer(officer), Channel::Telephone),
            (Some(officer), _) => (Actor::Officer(officer), Channel::Counter),
            (None, Some(account)) => (Actor::Account(account), by),
            (None, None) => (Actor::Stranger(label), by),
        };
        let staff = matches!(actor, Actor::Officer(_));
        let on_behalf = for_whom.filter(|_| matches!(actor, Actor::Account(_)));
        Who {
            actor,
            assurance: self.assurance(),
            channel,
            centre: if staff { centre } else { machine.map(|machine| machine.centre) },
            counter: counter.filter(|_| staff),
            on_behalf,
            narrowed: None,
            via: None,
        }
    }

    /// Makes sure that forms have a token: a stranger is given a cookie.
    pub fn ensure(&self, app: &App) {
        self.with(|inner| {
            if inner.row.is_none() && inner.token.is_none() {
                let token = new_token(app);
                inner.cookie = Some(token.clone());
                inner.token = Some(token);
                inner.ended = false;
            }
        });
    }

    /// Opens a new session after signing in: the old token ends, so that one
    /// planted before is worth nothing. What a stranger kept stays; what another
    /// account or officer kept does not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_in(&self, app: &App, kind: &str, id: Uuid, assurance: Assurance) -> Result<(), Stop> {
        let now = app.office.now();
        self.with(|inner| {
            let foreign = inner.row.as_ref().is_some_and(|row| {
                row.actor_kind != "stranger" && (row.actor_kind != kind || row.actor_id != Some(id))
            });
            if foreign {
                inner.kept = Kept { return_to: inner.kept.return_to.take(), ..Kept::default() };
            }
            inner.kept.shown_at = now;
            inner.kept.device.clone_from(&inner.device);
        });
        self.renew(app, kind, Some(id), assurance).await
    }

    /// Changes the token of whoever visits, because they may do more from now
    /// on: a token that someone else planted is worth nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renew_token(&self, app: &App) -> Result<(), Stop> {
        let (kind, id) = self.with(|inner| {
            inner.row.as_ref().map_or(("stranger".into(), None), |row| (row.actor_kind.clone(), row.actor_id))
        });
        self.renew(app, &kind, id, self.assurance()).await
    }

    async fn renew(&self, app: &App, kind: &str, id: Option<Uuid>, assurance: Assurance) -> Result<(), Stop> {
        let old = self.with(|inner| inner.row.as_ref().map(|row| row.token_hash.clone()));
        if let Some(old) = old {
            access::end_session(&app.office.db, &old).await?;
        }
        let token = new_token(app);
        self.open(app, &token, kind, id, assurance).await?;
        self.with(|inner| {
            inner.cookie = Some(token);
            inner.ended = false;
        });
        Ok(())
    }

    /// The visitor showed once more who they are.
    pub fn shown(&self, app: &App) {
        let now = app.office.now();
        self.keep(|kept| kept.shown_at = now);
    }

    /// Whether the visitor showed who they are within the last five minutes.
    #[must_use]
    pub fn is_recent(&self, app: &App) -> bool {
        self.was_shown_within(app, RECENT)
    }

    /// Whether the visitor showed who they are within this time, microseconds.
    #[must_use]
    pub fn was_shown_within(&self, app: &App, time: i64) -> bool {
        app.office.now() - self.with(|inner| inner.kept.shown_at) <= time
    }

    /// The session's public half, by which the list of sessions names it.
    #[must_use]
    pub fn label(&self) -> Option<String> {
        self.with(|inner| inner.row.as_ref().map(|row| row.label.clone()))
    }

    /// Where an attempt of an officer to sign in comes from.
    #[must_use]
    pub fn origin(&self, app: &App, login: &str) -> Origin {
        let login = login_of(login);
        let (network, known) = self.with(|inner| (inner.network.clone(), inner.known.clone()));
        let browser = pairs(&known)
            .find(|(nonce, mark)| secrets::same(mark, &browser_mark(app, &login, nonce)))
            .map(|(nonce, _)| nonce.to_owned());
        Origin { network, browser }
    }

    /// The network's name, for the log of what was refused.
    #[must_use]
    pub fn network(&self) -> String {
        self.with(|inner| inner.network.clone())
    }

    /// Lets the browser be known as one in which this officer signed in: failures
    /// of strangers do not lock it.
    pub fn know_browser(&self, app: &App, login: &str) {
        let login = login_of(login);
        let nonce = secrets::base32(&secrets::random::<10>());
        let mut all = vec![format!("{nonce}.{}", browser_mark(app, &login, &nonce))];
        self.with(|inner| {
            let others = pairs(&inner.known)
                .filter(|(nonce, mark)| !secrets::same(mark, &browser_mark(app, &login, nonce)))
                .map(|(nonce, mark)| format!("{nonce}.{mark}"));
            all.extend(others.take(KNOWN_OFFICERS - 1));
            inner.now_known = Some(all.join("."));
        });
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
            expires_at: app.sessions.until(kind, &self.kept(), now, now),
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

/// A new token for a cookie: 160 bits of chance, and the mark that it was made
/// here.
fn new_token(app: &App) -> String {
    let token = secrets::token();
    let mark = secrets::mark(&app.office.db.key_for("cookies"), &token);
    format!("{token}{mark}")
}

/// Whether a cookie's token was made here, by this node or another.
fn is_ours(app: &App, text: &str) -> bool {
    /// See [`secrets::token`].
    const LETTERS: usize = 32;
    text.split_at_checked(LETTERS).is_some_and(|(token, mark)| {
        secrets::same(mark, &secrets::mark(&app.office.db.key_for("cookies"), token))
    })
}

/// The mark of a browser in which an officer signed in.
fn browser_mark(app: &App, login: &str, nonce: &str) -> String {
    secrets::mark(&app.office.db.key_for("known browsers"), &format!("{nonce}/{login}"))
}

/// What a browser brought of officers who signed in with it: nonce and mark.
pub(crate) fn pairs(known: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts: Vec<&str> = known.split('.').take(2 * KNOWN_OFFICERS).collect();
    (0..parts.len() / 2).map(move |n| (parts[2 * n], parts[2 * n + 1]))
}

/// Which kind of browser asks, as far as it says so: its name and its system's.
pub(crate) fn device_of(agent: &str) -> String {
    // Whoever names several means the last of the list that fits first.
    let browsers = [
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("SamsungBrowser", "Samsung"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ];
    let named = |list: &[(&str, &'static str)]| {
        list.iter().find(|(part, _)| agent.contains(part)).map(|(_, name)| *name)
    };
    [named(&browsers), named(&systems)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn cookie_name(app: &App) -> &'static str {
    if app.is_secure() { "__Host-diwan" } else { "diwan" }
}

fn machine_cookie_name(app: &App) -> &'static str {
    if app.is_secure() { "__Host-diwan-device" } else { "diwan-device" }
}

/// The machine that holds a key, if it serves people.
async fn machine_of(app: &App, key: Option<String>) -> Result<Option<(DeviceKind, Machine)>, Fault> {
    let Some(key) = key.filter(|key| key.len() <= 64) else { return Ok(None) };
    let mut reading = app.office.db.reading().await?;
    let found = devices::by_key(&mut reading.tx(), &key).await?.filter(devices::serves);
    Ok(found.map(|row| (devices::kind_of(&row), Machine { id: row.id, centre: row.centre_id })))
}

fn known_cookie_name(app: &App) -> &'static str {
    if app.is_secure() { "__Host-diwan-known" } else { "diwan-known" }
}

/// The value of a cookie.
fn cookie(request: &Request, name: &str) -> Option<String> {
    let values = request.headers().get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
}

/// Loads the session before the handler and keeps what it changed after.
pub async fn with_session<F>(app: &App, mut request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let now = app.office.now();
    // Only what was made here is looked at: neither a planted word nor a program's
    // access token opens a session.
    let token = cookie(&request, cookie_name(app)).filter(|token| is_ours(app, token));
    let row = match &token {
        Some(token) => {
            match access::session(&app.office.db, &secrets::hash(token), now).await {
                Ok(row) => row,
                // Whoever is signed in must not be taken for a stranger and sent away.
                Err(fault) => return unread(app, request, fault).await,
            }
        }
        None => None,
    };
    let machine_key = cookie(&request, machine_cookie_name(app));
    let machine = match machine_of(app, machine_key).await {
        Ok(machine) => machine,
        Err(fault) => return unread(app, request, fault).await,
    };
    let kept: Kept = row.as_ref().and_then(|row| serde_json::from_str(&row.data).ok()).unwrap_or_default();
    let before = row.as_ref().map(|row| (row.data.clone(), row.seen_at));
    let token = token.filter(|_| row.is_none());
    let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let inner = Inner {
        row,
        token,
        kept,
        network: request.extensions().get::<Network>().map(|network| network.0.clone()).unwrap_or_default(),
        device: device_of(agent.unwrap_or_default()),
        known: cookie(&request, known_cookie_name(app)).unwrap_or_default(),
        machine: machine.clone().filter(|(kind, _)| *kind == DeviceKind::Kiosk).map(|(_, one)| one),
        display: machine.filter(|(kind, _)| *kind == DeviceKind::Display).map(|(_, one)| one),
        ..Inner::default()
    };
    let visitor = Visitor(Arc::new(Mutex::new(inner)));
    request.extensions_mut().insert(visitor.clone());
    let mut response = next(request).await;
    store(app, &visitor, before, now).await;
    set_cookies(app, &visitor, &mut response);
    response.extensions_mut().insert(visitor);
    response
}

fn set_cookies(app: &App, visitor: &Visitor, response: &mut Response) {
    let (name, known_name) = (cookie_name(app), known_cookie_name(app));
    let (token, ended, known) =
        visitor.with(|inner| (inner.cookie.clone(), inner.ended, inner.now_known.clone()));
    let secure = if app.is_secure() { "; Secure" } else { "" };
    let session = match (token, ended) {
        (Some(token), _) => Some(format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax{secure}")),
        (None, true) => Some(format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}")),
        _ => None,
    };
    let known = known.map(|known| {
        format!("{known_name}={known}; Path=/; HttpOnly; SameSite=Lax; Max-Age={KNOWN_FOR_SECONDS}{secure}")
    });
    let machine = visitor.with(|inner| inner.machine_key.clone());
    let machine = machine.map(|key| {
        let name = machine_cookie_name(app);
        format!("{name}={key}; Path=/; HttpOnly; SameSite=Strict; Max-Age={MACHINE_FOR_SECONDS}{secure}")
    });
    for text in session.into_iter().chain(known).chain(machine) {
        if let Ok(value) = HeaderValue::from_str(&text) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
}

/// A session that could not be read: the request ends here.
async fn unread(app: &App, request: Request, fault: Fault) -> Response {
    error!("a session could not be read: {fault}");
    let problem = Problem::from(fault);
    let path = request.uri().path();
    if path.starts_with("/api/") || path.starts_with("/dci/") {
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
    visitor.ensure(app);
    let Some(token) = visitor.with(|inner| inner.token.clone()) else { return };
    if let Err(fault) = visitor.open(app, &token, "stranger", None, Assurance::None).await {
        error!("a session could not be opened: {fault}");
    }
}

/// Writes the session back when it changed, or once a minute to keep it alive.
async fn store(app: &App, visitor: &Visitor, before: Option<(String, i64)>, now: i64) {
    let Some((hash, kind, since, data)) = visitor.with(|inner| {
        let row = inner.row.as_ref()?;
        let data = serde_json::to_string(&inner.kept).unwrap_or_default();
        Some((row.token_hash.clone(), row.actor_kind.clone(), row.created_at, data))
    }) else {
        return keep_first(app, visitor).await;
    };
    let fresh = before.as_ref().is_some_and(|(old, seen)| *old == data && now - seen < A_MINUTE);
    if fresh {
        return;
    }
    let expires = app.sessions.until(&kind, &visitor.kept(), since, now);
    if let Err(fault) = access::touch_session(&app.office.db, &hash, &data, now, expires).await {
        error!("a session could not be kept: {fault}");
    }
}
