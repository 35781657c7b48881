//! A program without a network: shows a token, sends JSON, reads the answer.

use crate::visit;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use diwan_domain::acts::Actor;
use diwan_domain::ids::{AccountId, OfficerId};
use diwan_domain::people::Role;
use diwan_office::tokens::{IssueToken, scopes};
use diwan_office::{Who, secrets};
use diwan_testkit::TestOffice;
use serde_json::Value;
use std::net::SocketAddr;
use tower::ServiceExt;

/// What a program is answered.
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The bytes as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The bytes as JSON; nothing when they are none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    /// A header; empty when it is missing.
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    }

    /// Whether the answer has a status.
    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    /// Whether it is the refusal with this code.
    #[track_caller]
    pub fn refuses(&self, status: u16, code: &str) -> &Self {
        self.is(status);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.json()["code"], code, "{}", self.text());
        self
    }
}

/// A program.
#[derive(Clone)]
pub struct Program {
    /// The application.
    pub router: Router,
    /// Its token; empty for none.
    pub token: String,
    /// From where it calls.
    pub peer: SocketAddr,
    /// Headers it always sends.
    pub headers: Vec<(String, String)>,
}

impl Program {
    /// A program with a token.
    pub fn with(test: &TestOffice, token: &str) -> Self {
        Self::at(diwan_web::router(visit::app(test)), token)
    }

    /// A program with a token before an application.
    pub fn at(router: Router, token: &str) -> Self {
        let peer = SocketAddr::from(([127, 0, 0, 1], 4_000));
        Self { router, token: token.to_owned(), peer, headers: Vec::new() }
    }

    /// Sends a request; `media` says what the body is.
    pub async fn send(
        &self,
        method: &str,
        path: &str,
        media: &str,
        body: Vec<u8>,
        more: &[(&str, &str)],
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "here");
        if !self.token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        }
        if !media.is_empty() {
            request = request.header(header::CONTENT_TYPE, media);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let request = request.extension(ConnectInfo(self.peer)).body(Body::from(body)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = http_body_util::BodyExt::collect(body).await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    /// Asks.
    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "", Vec::new(), &[]).await
    }

    /// Does something once.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        let key = uuid::Uuid::now_v7().to_string();
        self.post_as(path, body, &[("idempotency-key", &key)]).await
    }

    /// Does something, with headers of one's own.
    pub async fn post_as(&self, path: &str, body: Value, headers: &[(&str, &str)]) -> Answer {
        self.send("POST", path, "application/json", body.to_string().into_bytes(), headers).await
    }
}

/// Gives someone a token with every scope.
pub async fn token_of(test: &TestOffice, who: &Who) -> String {
    token_with(test, who, &scopes()).await
}

/// Gives someone a token with some scopes.
pub async fn token_with(test: &TestOffice, who: &Who, scopes: &[String]) -> String {
    let (officer, account): (Option<OfficerId>, Option<AccountId>) = match who.actor {
        Actor::Officer(id) => (Some(id), None),
        Actor::Account(id) => (None, Some(id)),
        _ => (None, None),
    };
    let token = format!("diwan_{}", secrets::token());
    let act = IssueToken {
        name: "test".into(),
        token_hash: secrets::hash(&token),
        officer,
        account,
        scopes: scopes.to_vec(),
        expires_at: None,
    };
    test.office.perform_once(&Who::system("test"), act).await.unwrap();
    token
}

/// An officer's program with every scope.
pub async fn officers(test: &TestOffice, login: &str, role: Role) -> Program {
    let who = test.officer(login, role, None).await;
    Program::with(test, &token_of(test, &who).await)
}
