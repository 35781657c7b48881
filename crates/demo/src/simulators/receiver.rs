//! A system that is told of events, as the Standard Webhooks specification asks of
//! receivers: it checks signature and time over the bytes as they came, knows a
//! repeat by its id, and answers at once. It can be told to be ill.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use serde_json::Value;
use sha2::Sha256;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How far the sender's clock may be off, in seconds.
const TOLERANCE: i64 = 300;

/// An event that was taken.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Taken {
    /// `webhook-id`.
    pub id: String,
    /// What it said.
    pub event: Value,
    /// How often it came.
    pub times: usize,
    /// How many of the signatures it came with fit.
    pub signatures: usize,
}

struct Inner {
    secrets: Vec<String>,
    answer: StatusCode,
    taken: Vec<Taken>,
    refused: Vec<String>,
    tries: usize,
}

/// A receiver and what it was told.
#[derive(Clone)]
pub struct Receiver {
    inner: Arc<Mutex<Inner>>,
    /// Microseconds since 1970 UTC.
    clock: Arc<dyn Fn() -> i64 + Send + Sync>,
}

impl Receiver {
    /// A receiver in good health that knows no secret yet.
    #[must_use]
    pub fn new(clock: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        let inner = Inner {
            secrets: Vec::new(),
            answer: StatusCode::NO_CONTENT,
            taken: Vec::new(),
            refused: Vec::new(),
            tries: 0,
        };
        Self { inner: Arc::new(Mutex::new(inner)), clock: Arc::new(clock) }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The secret it knows from now on.
    pub fn knows(&self, secret: &str) {
        self.inner().secrets = vec![secret.to_owned()];
    }

    /// What it answers from now on, when all is well: 204, or an illness.
    pub fn answers(&self, status: u16) {
        self.inner().answer = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    }

    /// What it took, in the order in which it came first.
    #[must_use]
    pub fn taken(&self) -> Vec<Taken> {
        self.inner().taken.clone()
    }

    /// Why it did not take what it did not take.
    #[must_use]
    pub fn refused(&self) -> Vec<String> {
        self.inner().refused.clone()
    }

    /// How often anything came at all.
    #[must_use]
    pub fn tries(&self) -> usize {
        self.inner().tries
    }

    /// Its door.
    pub fn router(&self) -> Router {
        Router::new().route("/receiver", post(hear)).with_state(self.clone())
    }
}

/// Whether a signature over these bytes is one of this secret's.
fn fits(secret: &str, id: &str, timestamp: &str, body: &[u8], signature: &str) -> bool {
    let Some(key) = secret.strip_prefix("whsec_").and_then(|text| STANDARD.decode(text).ok()) else {
        return false;
    };
    let shown = signature.strip_prefix("v1,").and_then(|text| STANDARD.decode(text).ok());
    let (Some(shown), Ok(mut mac)) = (shown, Hmac::<Sha256>::new_from_slice(&key)) else { return false };
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    mac.verify_slice(&shown).is_ok()
}

async fn hear(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let now = (receiver.clock)() / 1_000_000;
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (id, timestamp, signed) = (text("webhook-id"), text("webhook-timestamp"), text("webhook-signature"));
    let mut inner = receiver.inner();
    inner.tries += 1;
    if inner.answer != StatusCode::NO_CONTENT {
        return inner.answer;
    }
    let well =
        |signature: &&str| inner.secrets.iter().any(|secret| fits(secret, id, timestamp, &body, signature));
    let signatures = signed.split(' ').filter(well).count();
    let off = timestamp.parse::<i64>().map_or(i64::MAX, |seconds| (now - seconds).abs());
    let why = match (signatures, off > TOLERANCE, serde_json::from_slice::<Value>(&body)) {
        (0, ..) => "no signature fits",
        (_, true, _) => "its time is too far away",
        (.., Err(_)) => "it is not JSON",
        (.., Ok(event)) => {
            match inner.taken.iter_mut().find(|taken| taken.id == id) {
                Some(known) => known.times += 1,
                None => inner.taken.push(Taken { id: id.to_owned(), event, times: 1, signatures }),
            }
            return StatusCode::NO_CONTENT;
        }
    };
    inner.refused.push(format!("{id}: {why}"));
    StatusCode::BAD_REQUEST
}
