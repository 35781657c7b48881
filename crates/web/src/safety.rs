//! What was refused and may be an attack: one event each in the program's log,
//! under the target `diwan::safety`, so that an operator can count and be told.
//! An event names the route and not the address that was asked for, the network
//! and not the machine, the account and not the person; never what was typed.

use crate::network::Prefix;
use crate::visitor::Visitor;
use axum::extract::{MatchedPath, Request};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::acts::Actor;
use diwan_office::{officers, secrets};
use tracing::{info, warn};

/// What a response refused, by its stable code.
#[derive(Clone, Debug)]
pub struct Refused {
    code: &'static str,
    /// A hash of the officer's name that was tried.
    name: String,
}

/// Who asked, where the visitor does not tell (any more).
#[derive(Clone, Debug)]
pub struct By(pub String);

/// A visitor by account or office, never by name.
#[must_use]
pub fn name_of(visitor: &Visitor) -> String {
    match visitor.who().actor {
        Actor::Officer(id) => format!("officer/{id}"),
        Actor::Account(id) => format!("account/{id}"),
        other => other.kind().to_owned(),
    }
}

/// Marks a response as a refusal, with the officer's name that was tried, if any.
#[must_use]
pub fn mark(mut response: Response, code: &'static str, login: Option<&str>) -> Response {
    let hashed =
        |login: &str| hex::encode(&secrets::hash(&format!("login {}", officers::login_of(login)))[..8]);
    response.extensions_mut().insert(Refused { code, name: login.map(hashed).unwrap_or_default() });
    response
}

/// Which event a response is, if any.
pub(crate) fn kind_of(
    status: StatusCode,
    refused: Option<&'static str>,
    route: &str,
) -> Option<&'static str> {
    let code = refused.unwrap_or_default();
    let telling = ["sign-in/", "token/", "client/", "wallet/", "signed-"];
    match status {
        _ if code == "sign-in/first" => None,
        _ if telling.iter().any(|start| code.starts_with(start)) => Some(code),
        StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS => {
            Some(if code.is_empty() { "request/refused" } else { code })
        }
        StatusCode::PAYLOAD_TOO_LARGE => Some("request/too-large"),
        // A case that is not there, or not theirs: the same to whoever asks.
        StatusCode::NOT_FOUND if route.contains("/cases/{id}") || route.contains("/receipts/{") => {
            Some("case/not-open")
        }
        _ => None,
    }
}

/// Watches what is refused.
pub async fn watch<F>(request: Request, next: impl FnOnce(Request) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let (route, method) = (route.unwrap_or_default(), request.method().clone());
    let response = next(request).await;
    let refused = response.extensions().get::<Refused>();
    let code = refused.map(|refused| refused.code);
    let Some(kind) = kind_of(response.status(), code, &route) else { return response };
    let name = refused.map(|refused| refused.name.clone()).unwrap_or_default();
    let network = response.extensions().get::<Prefix>().map(|prefix| prefix.0.clone()).unwrap_or_default();
    let who = match (response.extensions().get::<By>(), response.extensions().get::<Visitor>()) {
        (Some(by), _) => by.0.clone(),
        (None, Some(visitor)) => name_of(visitor),
        (None, None) => String::new(),
    };
    let status = response.status().as_u16();
    if kind == "signed-out" {
        info!(target: "diwan::safety", kind, %method, route, status, network, who, "someone signed out");
    } else {
        warn!(target: "diwan::safety", kind, %method, route, status, network, who, name, "refused: {kind}");
    }
    response
}
