//! What every request passes on its way in and out, from outside in: the language in which
//! a program is told of a refusal, the headers that keep a page safe, a place at the door, the
//! watch over what is refused, the limit of an address, the session, and an answer to whatever
//! panics.
//!
//! One layer of the router and not six: each layer copies all that stand within it for every
//! request, and the copies cost more than a page's questions to the database.

use crate::app::App;
use crate::{api, crowd, network, refused, safety, visitor};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;

/// Lets a request in and its answer out.
pub(crate) async fn pass(State(app): State<App>, request: Request, next: Next) -> Response {
    let app = &app;
    let languages = request.headers().get(header::ACCEPT_LANGUAGE).cloned();
    let is_head = request.method() == Method::HEAD;
    let response = safe_headers(app, request, |request| {
        crowd::keep(app, request, |request| {
            safety::watch(request, |request| {
                network::limit(app, request, |request| {
                    visitor::with_session(app, request, |request| {
                        refused::readable(app, request, |request| next.run(request))
                    })
                })
            })
        })
    })
    .await;
    api::in_language(&app.words, languages.as_ref(), is_head, response)
}

/// Nothing from another origin, nothing in a frame, nothing guessed.
async fn safe_headers<F>(app: &App, request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let mut response = next(request).await;
    let headers = response.headers_mut();
    if app.is_secure() {
        // RFC 6797: a year, and never by plain HTTP again.
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    let policy = "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; media-src 'self'; \
                  connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    for (name, value) in [
        // What does not say how long it may be kept is not kept.
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
