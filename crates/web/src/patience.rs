//! How long is waited for a body. One that does not come, or comes in drops, ends,
//! and until it is there it takes nobody's place.

use crate::api;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::refusals::{Refusal, Why};
use futures_util::{StreamExt, stream};
use std::io::{Error, ErrorKind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// How long is waited for a body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// At first, whatever its size.
    pub(crate) first: Duration,
    /// For each so many bytes that came, a second more: slower than the slowest telephone.
    pub(crate) bytes_a_second: u64,
}

impl Default for Patience {
    fn default() -> Self {
        Self { first: Duration::from_secs(20), bytes_a_second: 1_024 }
    }
}

impl Patience {
    /// The same body, which ends with an error when it comes too slowly. `late` then says so.
    pub(crate) fn with(self, body: Body, late: &Arc<AtomicBool>) -> Body {
        let began = Instant::now();
        let pieces =
            stream::unfold(Some((body.into_data_stream(), 0_u64, late.clone())), move |state| async move {
                let (mut pieces, came, late) = state?;
                let until = began + self.first + Duration::from_secs(came / self.bytes_a_second.max(1));
                match timeout_at(until, pieces.next()).await {
                    Ok(Some(Ok(piece))) => {
                        let came = came.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
                        Some((Ok(piece), Some((pieces, came, late))))
                    }
                    Ok(Some(Err(fault))) => Some((Err(fault), None)),
                    Ok(None) => None,
                    Err(_) => {
                        late.store(true, Ordering::Relaxed);
                        Some((Err(axum::Error::new(Error::from(ErrorKind::TimedOut))), None))
                    }
                }
            });
        Body::from_stream(pieces)
    }
}

/// What whoever sends too slowly is told; the connection ends with it.
pub(crate) fn too_slow(path: &str) -> Response {
    let status = StatusCode::REQUEST_TIMEOUT;
    let mut response = if path.starts_with("/api/") {
        let refusal = Refusal::from(Why::Malformed).about("request", "body");
        api::Problem::from(refusal).with_status(status).into_response()
    } else {
        status.into_response()
    };
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
