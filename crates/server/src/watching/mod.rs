//! What whoever runs the office sees of it: figures for Prometheus, health for a
//! load balancer, traces for OpenTelemetry, and the log. Nothing here names a
//! person: routes by their template, acts by their name.

pub mod health;
pub mod log;
pub mod metrics;
pub mod traces;

use crate::config::Config;
use anyhow::Context;
use axum::Router;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use diwan_office::Office;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;
use tracing::{Instrument, debug_span, field, info};

/// Spans with this target go to traces; the log leaves them out.
const SPANS: &str = "diwan::trace";

/// From whom a trace is continued.
#[derive(Clone, Debug, Default)]
struct Parents {
    /// The proxies whose `traceparent` is believed; none by default.
    proxies: Vec<IpAddr>,
}

/// Watches every request of the public pages and the API.
pub fn watched(router: Router, config: &Config) -> Router {
    let accepts = config.traces.as_ref().is_some_and(|traces| traces.accept_parent);
    let proxies = config.trusted_proxies.iter().filter(|_| accepts);
    let parents = Parents { proxies: proxies.filter_map(|proxy| proxy.parse().ok()).collect() };
    router.layer(middleware::from_fn_with_state(Arc::new(parents), watch))
}

async fn watch(State(parents): State<Arc<Parents>>, request: Request, next: Next) -> Response {
    let since = Instant::now();
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    let method = known(request.method());
    let span = debug_span!(
        target: SPANS, "request", otel.name = format!("{method} {route}"), otel.kind = "server",
        http.request.method = method, http.route = route, http.response.status_code = field::Empty
    );
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_canonical());
    if peer.is_some_and(|peer| parents.proxies.contains(&peer)) {
        traces::continue_from(&span, request.headers());
    }
    let response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    span.record("http.response.status_code", i64::from(status));
    metrics::request_ended(method, route, status, since);
    response
}

/// A method by its name; what strangers make up is one word, so that nobody
/// fills the memory with names.
fn known(method: &axum::http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        "PATCH" => "PATCH",
        _ => "other",
    }
}

/// Serves the internal address, when there is one: `/metrics`, `/health/live`,
/// `/health/ready`. Returns where.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve_inside(config: &Config, office: Arc<Office>) -> anyhow::Result<Option<SocketAddr>> {
    let Some(address) = &config.internal_address else { return Ok(None) };
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address} (internal-address)"))?;
    let at = listener.local_addr()?;
    let router = metrics::router(office.clone())?.merge(health::router(office, config.keys.clone()));
    tokio::spawn(async move { axum::serve(listener, router).await });
    info!("metrics and health on {at}");
    Ok(Some(at))
}
