//! When more come at once than can be served, or the records cannot be reached:
//! a page that says so at once, and keeps what was typed.
//!
//! How many may be inside follows from how long they take: while sending a form
//! takes longer than a second, fewer are let in; the others are told to come
//! back at once instead of waiting for an answer that comes too late. Officers'
//! pages have places of their own, so that the counters go on.
//!
//! Nobody holds a place by sending slowly: a short body is read before the door, and of
//! those that send a long one only some are inside.

use crate::app::App;
use crate::frame::{Frame, show, split_language};
use crate::patience::{Patience, too_slow};
use crate::refused;
use crate::tally::{AN_HOUR, Tally};
use crate::visitor::{A_MINUTE, Visitor};
use crate::{api, oauth};
use askama::Template;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::refusals::Why;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The most who are inside at once, however quick they are.
const MOST: usize = 512;
/// The fewest, however slow: progress must go on.
pub(crate) const FEWEST: usize = 8;
/// While sending a form takes longer than this, fewer are let in.
const SLOW: Duration = Duration::from_secs(1);
/// Between two steps down at least this long: one slow moment counts once.
const BREATH_MILLIS: u64 = 100;
/// The largest form whose contents are kept on the waiting page, bytes; and the largest
/// body that is read before anyone is let in.
const KEPT_AT_MOST: usize = 256 * 1_024;
/// How many who send more than that are inside at once.
const LONG_AT_MOST: usize = MOST / 8;
/// Fields that are never written into a page again.
const SECRET: [&str; 6] = ["password", "old", "new", "code", "digits", "word"];

/// Whether a field is never written into a page again.
pub(crate) fn is_secret(name: &str) -> bool {
    SECRET.contains(&name)
}

/// Who is inside.
#[derive(Debug)]
pub struct Places {
    pub(crate) inside: AtomicUsize,
    pub(crate) most: AtomicUsize,
    pub(crate) began: Instant,
    /// When the limit was last lowered, milliseconds after `began`.
    pub(crate) lowered: AtomicUsize,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            inside: AtomicUsize::new(0),
            most: AtomicUsize::new(MOST / 2),
            began: Instant::now(),
            lowered: AtomicUsize::new(0),
        }
    }
}

/// One place; it is free again when this is dropped.
pub(crate) struct Place<'a>(&'a Places);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.inside.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Places {
    pub(crate) fn enter(&self) -> Option<Place<'_>> {
        let most = self.most.load(Ordering::Relaxed);
        let one_more = |inside: usize| (inside < most).then_some(inside + 1);
        self.inside.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more).ok()?;
        Some(Place(self))
    }

    /// Learns how long a form took: slow means fewer, quick and full means more.
    pub(crate) fn took(&self, time: Duration) {
        let most = self.most.load(Ordering::Relaxed);
        if time > SLOW {
            let now = usize::try_from(self.began.elapsed().as_millis()).unwrap_or(usize::MAX);
            let breath = usize::try_from(BREATH_MILLIS).unwrap_or(usize::MAX);
            let due = |last: usize| (now.saturating_sub(last) >= breath).then_some(now);
            if self.lowered.fetch_update(Ordering::Relaxed, Ordering::Relaxed, due).is_ok() {
                self.most.store((most - most / 8).max(FEWEST), Ordering::Relaxed);
            }
        } else if time < SLOW / 2 && self.inside.load(Ordering::Relaxed) * 4 >= most * 3 {
            self.most.store((most + 1).min(MOST), Ordering::Relaxed);
        }
    }
}

/// The places of the public and of officers, and how often each came.
#[derive(Clone, Debug)]
pub struct Crowd {
    public: Arc<Places>,
    desk: Arc<Places>,
    /// Of both, those that send long bodies.
    long: Arc<Places>,
    /// How long is waited for a body.
    patience: Patience,
    /// What each address asked for within the hour.
    pub(crate) addresses: Tally,
    /// The forms that each session sent within the minute.
    pub(crate) forms: Tally,
    /// The calls that each program made within the minute.
    pub(crate) programs: Tally,
}

impl Default for Crowd {
    fn default() -> Self {
        Self {
            public: Arc::default(),
            desk: Arc::default(),
            long: Arc::new(Places { most: AtomicUsize::new(LONG_AT_MOST), ..Places::default() }),
            patience: Patience::default(),
            addresses: Tally::each(AN_HOUR),
            forms: Tally::each(A_MINUTE),
            programs: Tally::each(A_MINUTE),
        }
    }
}

impl Crowd {
    fn of(&self, path: &str) -> &Places {
        if split_language(path).1.starts_with("/desk") { &self.desk } else { &self.public }
    }

    /// Lets nobody in any more, to look at what they are told.
    #[must_use]
    pub fn full() -> Self {
        let crowd = Self::default();
        for places in [&crowd.public, &crowd.desk] {
            places.most.store(0, Ordering::Relaxed);
        }
        crowd
    }

    /// Waits for no body that is not there, to look at what its sender is told.
    #[must_use]
    pub fn hurried() -> Self {
        let patience = Patience { first: Duration::ZERO, ..Patience::default() };
        Self { patience, ..Self::default() }
    }
}

/// A form that was sent, as far as it may be written into a page again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed {
    pub(crate) fields: Vec<(String, String)>,
    /// Whether something was left out that must be typed again.
    pub(crate) lost: bool,
}

/// What a request is to those who wait.
struct Asked {
    path: String,
    /// Where to go again.
    address: String,
    language: Option<HeaderValue>,
    program: bool,
    typed: Option<Typed>,
}

/// Whether it is the stream of a hall. Those have room of their own (`live-listeners`): after
/// a restart every display comes back in the same second, and none is to wait longer.
fn is_stream(path: &str) -> bool {
    path.starts_with("/centres/") && path.ends_with("/live")
}

/// Lets in as many as can be served, and turns every "come back later" into a
/// page that keeps what was typed.
pub async fn keep<F>(app: &App, request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let path = request.uri().path().to_owned();
    let whole = request.uri().path_and_query().map_or("/", |whole| whole.as_str());
    // Two slashes at the beginning would lead to another host.
    let address = if whole.starts_with("//") { "/".to_owned() } else { whole.to_owned() };
    if path == "/healthz" || path.starts_with("/assets/") || is_stream(&path) {
        return next(request).await;
    }
    let program = ["/api/", "/oauth/", "/dci/", "/gateways/"].iter().any(|prefix| path.starts_with(prefix));
    let language = request.headers().get(header::ACCEPT_LANGUAGE).cloned();
    let late = Arc::new(AtomicBool::new(false));
    let size = HttpBody::size_hint(request.body()).upper();
    let request = match size {
        Some(0) => request,
        _ => request.map(|body| app.crowd.patience.with(body, &late)),
    };
    let (request, arrived) = match arrived(request, program, size).await {
        Ok(read) => read,
        Err(_) if late.load(Ordering::Relaxed) => return too_slow(&path),
        Err(response) => return response,
    };
    let Arrived { typed, long } = arrived;
    // How long a long body takes says how quick its sender is, and not the office.
    let short = !long && (typed.is_some() || (program && request.method() != Method::GET));
    let asked = Asked { path, address, language, program, typed };
    let places = app.crowd.of(&asked.path);
    let Some(place) = places.enter() else { return wait(app, &asked, Why::Busy) };
    let room = if long { app.crowd.long.enter() } else { None };
    if long && room.is_none() {
        return wait(app, &asked, Why::Busy);
    }
    let began = Instant::now();
    let response = next(request).await;
    drop((place, room));
    if late.load(Ordering::Relaxed) {
        return too_slow(&asked.path);
    }
    if short {
        places.took(began.elapsed());
    }
    match response.extensions().get::<refused::Said>() {
        Some(said) if !asked.program && response.status() == StatusCode::SERVICE_UNAVAILABLE => {
            let why = said.0;
            let mut instead = wait(app, &asked, why);
            for cookie in response.headers().get_all(header::SET_COOKIE) {
                instead.headers_mut().append(header::SET_COOKIE, cookie.clone());
            }
            instead
        }
        _ => response,
    }
}

/// What is known of a body at the door.
struct Arrived {
    /// A form's fields, or that something was sent that cannot be shown again.
    typed: Option<Typed>,
    /// Whether it is still to be read, by whoever handles the request.
    long: bool,
}

/// Reads a form or another short body, and puts its bytes back.
async fn arrived(request: Request, program: bool, size: Option<u64>) -> Result<(Request, Arrived), Response> {
    let form = !program && request.method() == Method::POST && is_form(request.headers());
    let other = || Some(Typed { fields: Vec::new(), lost: true });
    let unread = if program || request.method() != Method::POST { None } else { other() };
    let most = u64::try_from(KEPT_AT_MOST).unwrap_or(u64::MAX);
    if size == Some(0) && !form {
        return Ok((request, Arrived { typed: unread, long: false }));
    }
    if !form && size.is_none_or(|size| size > most) {
        return Ok((request, Arrived { typed: unread, long: true }));
    }
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, KEPT_AT_MOST).await else {
        return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response());
    };
    let typed = if form { Some(fields_of(&bytes)) } else { unread };
    Ok((Request::from_parts(parts, Body::from(bytes)), Arrived { typed, long: false }))
}

fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|media| media.starts_with("application/x-www-form-urlencoded"))
}

pub(crate) fn fields_of(bytes: &Bytes) -> Typed {
    let all: Vec<(String, String)> = form_urlencoded::parse(bytes).into_owned().collect();
    let count = all.len();
    let fields: Vec<_> = all.into_iter().filter(|(name, _)| !is_secret(name)).collect();
    Typed { lost: fields.len() < count, fields }
}

/// After how many seconds to come again: not all at the same moment.
fn seconds() -> u64 {
    let mut chance = [0_u8; 1];
    // Without chance all come after the shortest time: worse, and still right.
    let spread = getrandom::fill(&mut chance).map_or(0, |()| u64::from(chance[0]) % 16);
    5 + spread
}

fn wait(app: &App, asked: &Asked, why: Why) -> Response {
    let seconds = seconds();
    let mut response =
        if asked.program { for_program(&asked.path, why) } else { page(app, asked, why, seconds) };
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

fn for_program(path: &str, why: Why) -> Response {
    if path.starts_with("/oauth/") { oauth::unavailable() } else { api::Problem::from(why).into_response() }
}

#[derive(Template)]
#[template(path = "wait.html")]
struct WaitPage {
    frame: Frame,
    code: &'static str,
    /// Where to go again: the whole path.
    address: String,
    typed: Option<Typed>,
    seconds: u64,
}

fn page(app: &App, asked: &Asked, why: Why, seconds: u64) -> Response {
    let (code, rest) = split_language(&asked.path);
    let lang = app
        .words
        .language(code)
        .unwrap_or_else(|| app.words.best_for(asked.language.as_ref().and_then(|value| value.to_str().ok())));
    // A form's own address answers no GET: the other languages lead home.
    let path = if asked.typed.is_some() { "/" } else { rest };
    let frame = Frame::new(app, &Visitor::nobody(), &lang, path);
    let title = lang.t_of("refusal-", why.code());
    let page = WaitPage {
        frame: frame.titled(title),
        code: why.code(),
        address: asked.address.clone(),
        typed: asked.typed.clone(),
        seconds,
    };
    show(StatusCode::SERVICE_UNAVAILABLE, false, &page)
}
