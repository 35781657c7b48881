//! Figures for Prometheus: counted while things happen, and looked up when they
//! are collected. Names follow Prometheus' conventions: base units, `_total` for
//! what only grows.

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use diwan_office::watch::{self, Stand, Waiting};
use diwan_office::{Fault, Office};
use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use tracing::error;

/// The steps of every duration, in seconds: from a cached page to a paper.
const STEPS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
const REQUESTS: &str = "diwan_http_request_duration_seconds";
const DELIVERIES: &str = "diwan_webhook_deliveries_total";

/// Begins to count, once in a process.
///
/// # Errors
/// When something else counts already.
pub fn begin() -> anyhow::Result<PrometheusHandle> {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    if let Some(handle) = HANDLE.get() {
        return Ok(handle.clone());
    }
    let builder =
        PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &STEPS)?;
    let handle = builder.install_recorder()?;
    describe();
    watch::describe();
    Ok(HANDLE.get_or_init(|| handle).clone())
}

fn describe() {
    describe_histogram!(REQUESTS, Unit::Seconds, "Requests by method, route template and status");
    describe_counter!(DELIVERIES, "Tries to deliver an event to a subscriber, by outcome");
    for outcome in ["delivered", "failed"] {
        counter!(DELIVERIES, "outcome" => outcome).absolute(0);
    }
    describe_counter!("diwan_spans_dropped_total", "Spans of traces that the collector did not take");
    counter!("diwan_spans_dropped_total").absolute(0);
    describe_gauge!("diwan_outbox_waiting", "Messages and events that wait, by channel");
    describe_gauge!("diwan_outbox_oldest_age_seconds", Unit::Seconds, "How long the oldest of them waits");
    describe_gauge!("diwan_outbox_given_up", "Messages and events that nobody tries any more, by channel");
    describe_gauge!("diwan_papers_waiting", "Papers that are to be typeset and sealed");
    describe_gauge!("diwan_papers_oldest_age_seconds", Unit::Seconds, "How long the oldest of them waits");
    describe_gauge!("diwan_journal_unsealed", "Journal entries without a place in the public log");
    describe_gauge!("diwan_sealer_lag_seconds", Unit::Seconds, "How long the oldest of them waits");
    describe_gauge!("diwan_log_entries", "Entries of the public log");
    describe_gauge!("diwan_sessions", "Sessions that hold");
    describe_gauge!("diwan_subscriptions_paused", "Subscriptions that are paused");
    describe_gauge!("diwan_database_connections", "Connections to the database, by state");
    describe_gauge!("diwan_database_waiting", "Who waits for a connection or for the writer");
    describe_gauge!("diwan_build_info", "Always 1; version and engine in its labels");
    describe_gauge!("process_resident_memory_bytes", Unit::Bytes, "Resident memory");
    describe_counter!("process_cpu_seconds_total", Unit::Seconds, "Processor time, user and system");
    describe_gauge!("process_open_fds", "Open file descriptors");
    describe_gauge!("process_start_time_seconds", Unit::Seconds, "When it started, since 1970 UTC");
}

/// A request ended.
pub fn request_ended(method: &'static str, route: String, status: u16, since: Instant) {
    histogram!(REQUESTS, "method" => method, "route" => route, "status" => status.to_string())
        .record(since.elapsed().as_secs_f64());
}

/// A try to deliver an event ended.
pub fn delivery_tried(taken: bool) {
    let outcome = if taken { "delivered" } else { "failed" };
    counter!(DELIVERIES, "outcome" => outcome).increment(1);
}

/// `/metrics`.
///
/// # Errors
/// When something else counts already.
pub fn router(office: Arc<Office>) -> anyhow::Result<Router> {
    let handle = begin()?;
    let upkeep = handle.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(5)).await;
            upkeep.run_upkeep();
        }
    });
    Ok(Router::new().route("/metrics", get(scrape)).with_state((office, handle)))
}

async fn scrape(State((office, handle)): State<(Arc<Office>, PrometheusHandle)>) -> Response {
    let looked = tokio::time::timeout(Duration::from_secs(5), look(&office)).await;
    match looked {
        Ok(Ok(stand)) => show(&stand, office.now()),
        // What was counted is still told: a database that is gone is when figures matter.
        Ok(Err(fault)) => error!("figures could not be looked up: {fault}"),
        Err(_) => error!("figures could not be looked up in five seconds"),
    }
    let connections = office.db.connections();
    for (state, count) in [("in_use", connections.in_use), ("idle", connections.idle)] {
        gauge!("diwan_database_connections", "state" => state).set(count as f64);
    }
    gauge!("diwan_database_waiting").set(connections.waiting as f64);
    let engine = format!("{:?}", office.db.engine()).to_lowercase();
    gauge!("diwan_build_info", "version" => env!("CARGO_PKG_VERSION"), "engine" => engine).set(1.0);
    process();
    let media = "text/plain; version=0.0.4; charset=utf-8";
    (StatusCode::OK, [(header::CONTENT_TYPE, media)], handle.render()).into_response()
}

async fn look(office: &Office) -> Result<Stand, Fault> {
    watch::stand(&mut office.db.reading().await?.tx(), office.now()).await
}

fn show(stand: &Stand, now: i64) {
    let age = |waiting: &Waiting| waiting.oldest.map_or(0.0, |since| (now - since).max(0) as f64 / 1e6);
    for usual in ["sms", "email"] {
        if !stand.channels.iter().any(|channel| channel.name == usual) {
            gauge!("diwan_outbox_waiting", "channel" => usual).set(0.0);
            gauge!("diwan_outbox_oldest_age_seconds", "channel" => usual).set(0.0);
            gauge!("diwan_outbox_given_up", "channel" => usual).set(0.0);
        }
    }
    for channel in &stand.channels {
        let name = channel.name.clone();
        gauge!("diwan_outbox_waiting", "channel" => name.clone()).set(channel.waiting.count as f64);
        gauge!("diwan_outbox_oldest_age_seconds", "channel" => name.clone()).set(age(&channel.waiting));
        gauge!("diwan_outbox_given_up", "channel" => name).set(channel.failed as f64);
    }
    gauge!("diwan_papers_waiting").set(stand.papers.count as f64);
    gauge!("diwan_papers_oldest_age_seconds").set(age(&stand.papers));
    gauge!("diwan_journal_unsealed").set(stand.unsealed.count as f64);
    gauge!("diwan_sealer_lag_seconds").set(age(&stand.unsealed));
    gauge!("diwan_log_entries").set(stand.log_size as f64);
    gauge!("diwan_sessions").set(stand.sessions as f64);
    gauge!("diwan_subscriptions_paused").set(stand.paused as f64);
}

/// What the kernel says of this process (proc(5)), where there is a `/proc`.
fn process() {
    /// Linux counts processor time in hundredths of a second for user space.
    const TICKS: f64 = 100.0;
    const PAGE: f64 = 4_096.0;
    let read = |name: &str| std::fs::read_to_string(format!("/proc/self/{name}")).unwrap_or_default();
    if let Some(pages) = read("statm").split(' ').nth(1).and_then(|text| text.parse::<f64>().ok()) {
        gauge!("process_resident_memory_bytes").set(pages * PAGE);
    }
    let stat = read("stat");
    // The program's name may hold anything, and ends with the last parenthesis.
    let fields: Vec<f64> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .skip(1)
        .map(|text| text.parse().unwrap_or_default())
        .collect();
    if let (Some(user), Some(system), Some(started)) = (fields.get(10), fields.get(11), fields.get(18)) {
        counter!("process_cpu_seconds_total").absolute(((user + system) / TICKS) as u64);
        if let Some(boot) = boot_time() {
            gauge!("process_start_time_seconds").set(boot + started / TICKS);
        }
    }
    if let Ok(files) = std::fs::read_dir("/proc/self/fd") {
        gauge!("process_open_fds").set(files.count() as f64);
    }
}

fn boot_time() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/stat").ok()?;
    stat.lines().find_map(|line| line.strip_prefix("btime ")?.trim().parse().ok())
}
