//! A timestamp authority (RFC 3161 over HTTP). Its answers are what the office's
//! own client must check, so it can be told to give bad ones.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use diwan_office::timestamps::{Answer, Signer, rejection};
use futures_util::Stream;
use jiff::{SignedDuration, Timestamp};
use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The policy under which it confirms, unless another is asked for.
pub const TIMESTAMP_POLICY: &str = "1.3.6.1.4.1.99999.7";

/// How an authority answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Answers {
    /// As it should.
    #[default]
    Honestly,
    /// Granted, with modifications.
    WithModifications,
    /// 503.
    Away,
    /// With a refusal and its reason.
    WithRefusal,
    /// Another question.
    WithAnotherNonce,
    /// For another signature.
    WithAnotherImprint,
    /// With a signature that does not hold.
    WithABadSignature,
    /// With a clock that is an hour ahead.
    AnHourAhead,
    /// With bytes that mean nothing.
    WithGarbage,
    /// With a page.
    WithAPage,
    /// And never ends.
    Endlessly,
}

/// A timestamp authority.
#[derive(Clone)]
pub struct TimestampAuthority {
    inner: Arc<Inner>,
}

struct Inner {
    signer: Box<dyn Signer>,
    clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
    serial: AtomicU64,
    answers: Mutex<Answers>,
    asked: AtomicU64,
}

impl TimestampAuthority {
    /// An authority with a key certified for timestamps, and a clock.
    pub fn new(signer: impl Signer + 'static, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        // Two starts never give the same number.
        let serial = AtomicU64::new(u64::try_from(Timestamp::now().as_microsecond()).unwrap_or(1));
        let (signer, clock) = (Box::new(signer), Box::new(clock));
        let answers = Mutex::default();
        Self { inner: Arc::new(Inner { signer, clock, serial, answers, asked: AtomicU64::new(0) }) }
    }

    /// How it answers from now on.
    pub fn answers(&self, how: Answers) {
        *self.inner.answers.lock().unwrap_or_else(PoisonError::into_inner) = how;
    }

    /// How often it was asked.
    #[must_use]
    pub fn asked(&self) -> u64 {
        self.inner.asked.load(Ordering::Relaxed)
    }

    /// Its one door, `/timestamps`.
    pub fn router(&self) -> Router {
        Router::new().route("/timestamps", post(confirm)).with_state(self.clone())
    }

    fn answer(&self, question: &[u8], how: Answers) -> Option<Vec<u8>> {
        let inner = &self.inner;
        let serial = inner.serial.fetch_add(1, Ordering::Relaxed);
        let mut answer = Answer::to(question, TIMESTAMP_POLICY, serial, (inner.clock)())?;
        match how {
            Answers::WithModifications => answer.status = 1,
            Answers::WithAnotherNonce => answer.nonce = Some(vec![7]),
            Answers::WithAnotherImprint => answer.imprint[0] ^= 1,
            Answers::AnHourAhead => answer.at += SignedDuration::from_hours(1),
            _ => {}
        }
        let mut signed = answer.sign(&*inner.signer).ok()?;
        if let (Answers::WithABadSignature, Some(last)) = (how, signed.last_mut()) {
            *last ^= 1;
        }
        Some(signed)
    }
}

async fn confirm(
    State(authority): State<TimestampAuthority>,
    headers: HeaderMap,
    question: Bytes,
) -> Response {
    authority.inner.asked.fetch_add(1, Ordering::Relaxed);
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != "application/timestamp-query") {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let how = *authority.inner.answers.lock().unwrap_or_else(PoisonError::into_inner);
    let body = match how {
        Answers::Away => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Answers::WithAPage => {
            return ([(header::CONTENT_TYPE, "text/html")], "<p>Sign in to the network</p>").into_response();
        }
        Answers::WithRefusal => Body::from(rejection("the vault is closed", 14)),
        Answers::WithGarbage => Body::from(vec![0x30; 300]),
        Answers::Endlessly => Body::from_stream(endless()),
        _ => Body::from(authority.answer(&question, how).unwrap_or_else(|| rejection("cannot be read", 5))),
    };
    ([(header::CONTENT_TYPE, "application/timestamp-reply")], body).into_response()
}

/// A body without an end.
fn endless() -> impl Stream<Item = Result<Bytes, Infallible>> {
    futures_util::stream::repeat_with(|| Ok(Bytes::from_static(&[0x30; 1024])))
}
