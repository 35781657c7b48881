//! A form that came when its session was over, or from a page of another session:
//! what was typed is kept in a page, and nothing of it was done.

use crate::app::App;
use crate::crowd::is_secret;
use crate::frame::{Frame, Here, show};
use crate::refused::{Problem, answer};
use crate::safety;
use crate::sent::{self, Parts};
use askama::Template;
use axum::body::HttpBody;
use axum::extract::Request;
use axum::http::{HeaderMap, Method};
use axum::response::Response;

/// How much is written into a page again, in bytes.
const AT_MOST: usize = 256 * 1_024;

#[derive(Template)]
#[template(path = "again.html")]
struct AgainPage {
    frame: Frame,
    help: String,
    /// Where to sign in first; empty when one need not.
    sign_in: String,
    /// Where the form goes again: the whole path.
    action: String,
    fields: Vec<(String, String)>,
    /// Whether something was left out that must be typed again.
    lost: bool,
}

/// Whether a page of this house sent it. Only then is anything repeated: what another site
/// made a browser send is never put before a reader with a button.
#[must_use]
pub(crate) fn is_own(headers: &HeaderMap, base_url: &str) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == base_url,
        (None, None) => false,
    }
}

/// The page that keeps what was typed; nothing when it is too much.
pub(crate) fn page(
    here: &Here,
    problem: &Problem,
    action: &str,
    came: Parts,
    sign_in: &str,
) -> Option<Response> {
    let Parts { fields, files, .. } = came;
    let size: usize =
        fields.iter().flat_map(|(name, all)| all.iter().map(|one| name.len() + one.len())).sum();
    if size > AT_MOST || !action.starts_with('/') || action.starts_with("//") {
        return None;
    }
    here.visitor.ensure(&here.app);
    let all: Vec<(String, String)> = fields
        .into_iter()
        .filter(|(name, _)| name != "csrf" && name != "key")
        .flat_map(|(name, values)| values.into_iter().map(move |value| (name.clone(), value)))
        .collect();
    let count = all.len();
    let kept: Vec<(String, String)> = all.into_iter().filter(|(name, _)| !is_secret(name)).collect();
    let (title, help) = if sign_in.is_empty() {
        ("again-opened-elsewhere", "again-opened-elsewhere-help")
    } else {
        ("again-signed-out", "again-signed-out-help")
    };
    let page = AgainPage {
        frame: here.frame(here.lang.t(title)),
        help: here.lang.t(help),
        sign_in: sign_in.to_owned(),
        action: action.to_owned(),
        lost: !files.is_empty() || kept.len() < count,
        fields: kept,
    };
    Some(safety::mark(show(problem.status, false, &page), problem.code(), None))
}

/// The answer to an officer whose session is over: a page that keeps a form, the way to sign
/// in for everything else. A stranger's long body is not read.
pub(crate) async fn signed_out(app: &App, here: &Here, request: Request, problem: Problem) -> Response {
    let form = request.method() == Method::POST
        && is_own(request.headers(), &app.office.settings.base_url)
        && HttpBody::size_hint(request.body()).upper().is_some_and(|size| size <= AT_MOST as u64);
    if !form {
        return answer(here, Err(problem));
    }
    let action = request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let Ok(came) = sent::parts_of(request, app).await else {
        return answer(here, Err(problem));
    };
    let sign_in = format!("/{}/desk/sign-in", here.lang.code);
    page(here, &problem, &action, came, &sign_in).unwrap_or_else(|| answer(here, Err(problem)))
}
