//! Refusals and failures as pages: plain words and a reference for the reader,
//! the cause in the log for the operator.

use crate::app::App;
use crate::frame::{Frame, Here, show};
use crate::visitor::Visitor;
use crate::{api, network, safety};
use askama::Template;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::refusals::{Class, Refusal, Why};
use diwan_office::{Fault, Stop};
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use tracing::{error, warn};

/// Something that ends a request without its page.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The refusal, if it is one.
    pub refusal: Option<Refusal>,
    /// What HTTP calls it.
    pub status: StatusCode,
    /// The reference under which the operator finds the cause.
    pub reference: Option<String>,
}

/// What a page that refuses says, for whoever passes it on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said(pub Why);

/// The HTTP status of a class of refusals.
#[must_use]
pub fn status_of(class: Class) -> StatusCode {
    match class {
        Class::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Class::SignIn => StatusCode::UNAUTHORIZED,
        Class::Forbidden => StatusCode::FORBIDDEN,
        Class::Absent => StatusCode::NOT_FOUND,
        Class::Conflict => StatusCode::CONFLICT,
        Class::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Class::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl Problem {
    /// No such page, or none that you may know of.
    #[must_use]
    pub fn not_found() -> Self {
        Why::NotFound.into()
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.refusal.as_ref().map_or("request/failed", Refusal::code)
    }

    /// The page.
    #[must_use]
    pub fn page(&self, here: &Here) -> Response {
        let frame = here.frame(here.lang.t_of("refusal-", self.code()));
        let help = match &self.refusal {
            Some(refusal) => here.lang.help(refusal),
            None => here.lang.t("failed-text"),
        };
        let mended = [StatusCode::PAYLOAD_TOO_LARGE, StatusCode::UNPROCESSABLE_ENTITY, StatusCode::CONFLICT];
        let form = match here.path.as_str() {
            "/" | "/desk" => String::new(),
            path if mended.contains(&self.status) => path.to_owned(),
            _ => String::new(),
        };
        let continues = self.status == StatusCode::NOT_FOUND && here.path.starts_with("/cases/");
        let page = show(self.status, false, &ProblemPage { frame, problem: self, help, form, continues });
        let mut response = safety::mark(page, self.code(), None);
        if matches!(self.status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        // The waiting page knows none of the details that others have to tell.
        if let Some(refusal) = self.refusal.as_ref().filter(|found| found.why.class() == Class::Unavailable) {
            response.extensions_mut().insert(Said(refusal.why));
        }
        response
    }
}

impl From<Why> for Problem {
    fn from(why: Why) -> Self {
        Refusal::from(why).into()
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self { status: status_of(refusal.why.class()), refusal: Some(refusal), reference: None }
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
        if let Some(why) = fault.told() {
            warn!("someone was told that it cannot be done: {fault}");
            return why.into();
        }
        let reference = diwan_office::secrets::base32(&diwan_office::secrets::random::<5>());
        error!(reference, "a request failed: {fault}");
        Self { refusal: None, status: StatusCode::INTERNAL_SERVER_ERROR, reference: Some(reference) }
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    frame: Frame,
    problem: &'a Problem,
    help: String,
    /// The page whose form was refused; empty when there is none.
    form: String,
    /// Whether a case may have been meant that this browser does not open any more.
    continues: bool,
}

/// A handler's answer: a page, or a problem that becomes one.
pub type Answer = Result<Response, Problem>;

/// Turns a problem into its page, in the reader's language.
#[must_use]
pub fn answer(here: &Here, result: Answer) -> Response {
    match result {
        Ok(response) => response,
        Err(problem) if problem.status == StatusCode::UNAUTHORIZED => {
            let back = format!("/{}{}", here.lang.code, here.path);
            here.visitor.keep(|kept| kept.return_to = Some(back));
            here.go(if here.path.starts_with("/desk") { "/desk/sign-in" } else { "/sign-in" })
        }
        Err(problem) => problem.page(here),
    }
}

/// An address that is no text leads nowhere, like one that is not there; and a page that
/// panics is a fault like others, for its reader and for the operator. The panic itself
/// stands in the log already, with where it happened.
pub(crate) async fn readable<F>(app: &App, request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let path = request.uri().path();
    let is_read = !path.contains('%') || network::unescaped(path).is_some();
    let is_api = path.starts_with("/api/");
    let mut asked = asked(&request);
    let problem = if is_read {
        match AssertUnwindSafe(next(request)).catch_unwind().await {
            Ok(response) => return response,
            Err(_) if is_api => return api::Problem::from(panicked()).into_response(),
            Err(_) => panicked().into(),
        }
    } else if is_api {
        return api::Problem::from(Why::NotFound).into_response();
    } else {
        Problem::not_found()
    };
    match Here::from_request_parts(&mut asked, app).await {
        Ok(here) => problem.page(&here),
        Err(response) => response,
    }
}

/// Of a request what an error page needs of it: its address, its languages and who visits.
fn asked(request: &Request) -> Parts {
    let (mut parts, ()) = axum::http::Request::new(()).into_parts();
    parts.method = request.method().clone();
    parts.uri = request.uri().clone();
    for name in [header::ACCEPT_LANGUAGE, header::REFERER, header::HOST] {
        if let Some(value) = request.headers().get(&name) {
            parts.headers.insert(name, value.clone());
        }
    }
    if let Some(visitor) = request.extensions().get::<Visitor>() {
        parts.extensions.insert(visitor.clone());
    }
    parts
}

fn panicked() -> Fault {
    Fault::Panicked("a page".into())
}
