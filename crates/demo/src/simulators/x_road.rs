//! A security server of X-Road with a register behind it, as the message protocol
//! for REST describes it: it checks path and client, names and binds what goes
//! through, and says its own errors in its own form.

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use diwan_domain::x_road::{Member, ServiceId, request_hash};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// One request that went through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Who asked.
    pub client: String,
    /// `X-Road-Id`.
    pub id: String,
    /// `X-Road-Issue`, if there was one.
    pub issue: Option<String>,
    /// The path below the service.
    pub path: String,
}

/// A security server.
#[derive(Clone)]
pub struct SecurityServer {
    inner: Arc<Inner>,
}

struct Inner {
    service: ServiceId,
    /// What the register behind it knows, by path.
    known: BTreeMap<String, Value>,
    down: Mutex<bool>,
    passed: Mutex<Vec<Passed>>,
}

impl SecurityServer {
    /// A server with one service, and what the register behind it knows by path.
    #[must_use]
    pub fn new(service: ServiceId, known: impl IntoIterator<Item = (String, Value)>) -> Self {
        let known = known.into_iter().collect();
        Self { inner: Arc::new(Inner { service, known, down: Mutex::default(), passed: Mutex::default() }) }
    }

    /// Whether the register behind it is away from now on.
    pub fn is_down(&self, down: bool) {
        *self.inner.down.lock().unwrap_or_else(PoisonError::into_inner) = down;
    }

    /// What went through to the register.
    #[must_use]
    pub fn passed(&self) -> Vec<Passed> {
        self.inner.passed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Its door for information systems.
    pub fn router(&self) -> Router {
        Router::new().route("/r1/{*rest}", any(pass)).with_state(self.clone())
    }
}

/// An error of the layer: type in the header, type, message and detail in the body.
fn failed(status: StatusCode, kind: &str, message: &str) -> Response {
    let body = json!({"type": kind, "message": message, "detail": Uuid::now_v7().to_string()});
    let headers = [("x-road-error", kind), ("content-type", "application/json;charset=utf-8")];
    (status, headers, body.to_string()).into_response()
}

/// The request's head as it is hashed: line by line, as it came.
fn head_of(method: &str, path: &str, headers: &HeaderMap) -> Vec<u8> {
    let mut head = format!("{method} {path}\r\n").into_bytes();
    for (name, value) in headers {
        head.extend_from_slice(name.as_str().as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value.as_bytes());
        head.extend_from_slice(b"\r\n");
    }
    head
}

async fn pass(State(server): State<SecurityServer>, request: Request<Body>) -> Response {
    let inner = &server.inner;
    let (parts, body) = request.into_parts();
    let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let Some(Ok(client)) = text("x-road-client").map(str::parse::<Member>) else {
        return failed(
            StatusCode::BAD_REQUEST,
            "Client.BadRequest",
            "X-Road-Client is missing or cannot be read",
        );
    };
    let whole = parts.uri.path_and_query().map_or("", |path| path.as_str());
    let called = whole.trim_start_matches("/r1/");
    let own = inner.service.to_string();
    let Some(path) = called.strip_prefix(&own).filter(|rest| rest.is_empty() || rest.starts_with('/')) else {
        return failed(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Server.ClientProxy.UnknownMember",
            "no such service",
        );
    };
    if *inner.down.lock().unwrap_or_else(PoisonError::into_inner) {
        let message = "Connect to the register failed: Connection timed out";
        return failed(StatusCode::INTERNAL_SERVER_ERROR, "Server.ServerProxy.NetworkError", message);
    }
    let Ok(bytes) = axum::body::to_bytes(body, 1024 * 1024).await else {
        return failed(StatusCode::BAD_REQUEST, "Client.BadRequest", "the body cannot be read");
    };
    let id = text("x-road-id").map_or_else(|| Uuid::now_v7().to_string(), str::to_owned);
    let head = head_of(parts.method.as_str(), whole, &parts.headers);
    let hash = request_hash(&head, Some(bytes.as_ref()).filter(|bytes| !bytes.is_empty()));
    let passed = Passed {
        client: client.to_string(),
        id: id.clone(),
        issue: text("x-road-issue").map(str::to_owned),
        path: path.to_owned(),
    };
    inner.passed.lock().unwrap_or_else(PoisonError::into_inner).push(passed);
    let (status, said) = match inner.known.get(path) {
        Some(known) => (StatusCode::OK, known.clone()),
        None => (StatusCode::NOT_FOUND, json!({"error": "not found"})),
    };
    let headers = [
        (header::CONTENT_TYPE.as_str(), "application/json;charset=utf-8".to_owned()),
        ("x-road-client", client.to_string()),
        ("x-road-service", own),
        ("x-road-id", id),
        ("x-road-request-id", Uuid::now_v7().to_string()),
        ("x-road-request-hash", hash),
    ];
    (status, headers, said.to_string()).into_response()
}
