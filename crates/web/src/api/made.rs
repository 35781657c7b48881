//! Where something new stands: an answer `201` names its address in `Location` (RFC 9110,
//! section 15.3.2), where an operation gives it.

use crate::app::App;
use axum::body::{self, Body};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where it stands what an operation makes somewhere else than below its own address.
const ELSEWHERE: &[(&str, &str)] = &[
    ("/api/v1/cash/receipts/{id}/refund", "/api/v1/cash/receipts/{id}"),
    ("/api/v1/cash/receipts/{id}/void", "/api/v1/cash/receipts/{id}"),
    ("/api/v1/centres/{code}/releases/{release}/entries", "/api/v1/release-entries/{code}"),
    ("/api/v1/centres/{code}/waiting", "/api/v1/waiting/{code}"),
    ("/api/v1/counter/cases/{id}/fee", "/api/v1/cash/receipts/{id}"),
    ("/api/v1/counter/people/{id}/cases", "/api/v1/counter/cases/{id}"),
    ("/api/v1/desk/devices/{id}/replacement", "/api/v1/desk/devices/{id}"),
    ("/api/v1/desk/telephone/people/{id}/cases", "/api/v1/counter/cases/{id}"),
    ("/api/v1/desk/tickets", "/api/v1/tickets/{code}"),
    ("/api/v1/programs", "/api/v1/officers/{id}"),
    ("/api/v1/register/entries/{id}/certificates", "/api/v1/counter/cases/{id}"),
];

/// By the address of an operation that makes something, the address where it stands.
#[derive(Clone)]
pub(super) struct Places(Arc<BTreeMap<String, String>>);

impl Places {
    /// Those of a description. What an operation makes stands below its address, or elsewhere.
    pub(super) fn of(description: &Value) -> Self {
        let paths = description["paths"].as_object();
        let gives = |path: &str| {
            paths.and_then(|all| all.get(path)).is_some_and(|methods| methods["get"].is_object())
        };
        let mut all = BTreeMap::new();
        for (path, methods) in paths.into_iter().flatten() {
            if !methods["post"]["responses"]["201"].is_object() {
                continue;
            }
            let below = ["id", "code"].map(|name| format!("{path}/{{{name}}}"));
            let elsewhere = ELSEWHERE.iter().find(|(made, _)| made == path);
            let there = elsewhere.map(|(_, there)| (*there).to_owned());
            if let Some(there) = there.into_iter().chain(below).find(|there| gives(there)) {
                all.insert(path.clone(), there);
            }
        }
        Self(Arc::new(all))
    }

    /// Says in a description which operations tell the address.
    pub(super) fn describe(&self, description: &mut Value) {
        for path in self.0.keys() {
            let response = &mut description["paths"][path]["post"]["responses"]["201"];
            response["headers"]["Location"] = serde_json::json!({"$ref": "#/components/headers/Location"});
        }
    }
}

/// Adds the address of what was made.
pub(super) async fn located(
    State((app, places)): State<(App, Places)>,
    request: Request,
    next: Next,
) -> Response {
    let made = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let there =
        made.filter(|_| request.method() == Method::POST).and_then(|made| places.0.get(&made).cloned());
    let response = next.run(request).await;
    let Some(there) = there.filter(|_| response.status() == StatusCode::CREATED) else { return response };
    let (mut parts, whole) = response.into_parts();
    let Ok(bytes) = body::to_bytes(whole, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if let Some(address) = address(&app, &there, &bytes)
        && let Ok(value) = HeaderValue::from_str(&address)
    {
        parts.headers.insert(header::LOCATION, value);
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// The address with what the answer calls it.
fn address(app: &App, there: &str, answer: &[u8]) -> Option<String> {
    let (before, name) = there.trim_end_matches('}').split_once('{')?;
    let said: Value = serde_json::from_slice(answer).ok()?;
    let is_plain = |text: &&str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let called = said[name].as_str().filter(|text| !text.is_empty()).filter(is_plain)?;
    Some(format!("{}{before}{called}", app.office.settings.base_url))
}
