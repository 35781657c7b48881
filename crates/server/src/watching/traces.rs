//! Traces for OpenTelemetry: a request, the act in it, and the database under the
//! act, sent as OTLP over HTTP in JSON (opentelemetry-proto 1.x, `http/json`).
//! Attributes hold names of routes and acts, never values.
//!
//! What cannot be sent is dropped and counted: a collector that is away holds
//! nobody up.

use super::SPANS;
use crate::config::Traces;
use axum::http::HeaderMap;
use opentelemetry::trace::{
    SpanContext, SpanId, SpanKind, Status, TraceContextExt, TraceFlags, TraceId, TraceState, TracerProvider,
};
use opentelemetry::{Context, KeyValue, Value as Attribute};
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider, SpanData, SpanExporter};
use serde_json::{Value, json};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::mpsc;
use tracing::{Span, Subscriber, warn};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, filter::LevelFilter};

/// How many spans wait for the collector at most.
const QUEUE: usize = 8_192;
/// How many are sent at once.
const BATCH: usize = 512;

/// The layer that makes traces of spans.
pub fn layer<S>(settings: &Traces) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
{
    let (queue, spans) = mpsc::channel(QUEUE);
    tokio::spawn(send(settings.endpoint.clone(), spans));
    let share = Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(settings.share)));
    let provider =
        SdkTracerProvider::builder().with_simple_exporter(Queue { queue }).with_sampler(share).build();
    let tracer = provider.tracer("diwan");
    let layer = tracing_opentelemetry::layer()
        .with_tracer(tracer)
        .with_location(false)
        .with_threads(false)
        .with_target(false);
    layer.with_filter(Targets::new().with_target(SPANS, LevelFilter::DEBUG)).boxed()
}

/// Hands finished spans over to the task that sends them.
#[derive(Debug)]
struct Queue {
    queue: mpsc::Sender<SpanData>,
}

impl SpanExporter for Queue {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        for span in batch {
            if self.queue.try_send(span).is_err() {
                metrics::counter!("diwan_spans_dropped_total").increment(1);
            }
        }
        Ok(())
    }
}

async fn send(endpoint: String, mut spans: mpsc::Receiver<SpanData>) {
    let client = match reqwest::Client::builder().timeout(Duration::from_secs(10)).build() {
        Ok(client) => client,
        Err(error) => return warn!("traces cannot be sent: {error}"),
    };
    let mut silent = false;
    let mut batch = Vec::new();
    while spans.recv_many(&mut batch, BATCH).await > 0 {
        let count = batch.len() as u64;
        let sent = client.post(&endpoint).json(&document(&batch)).send().await;
        batch.clear();
        let failed = match sent {
            Ok(answer) if answer.status().is_success() => None,
            Ok(answer) => Some(answer.status().to_string()),
            Err(error) => Some(error.without_url().to_string()),
        };
        if let Some(why) = &failed {
            metrics::counter!("diwan_spans_dropped_total").increment(count);
            if !silent {
                warn!("traces are not taken: {why}");
            }
        }
        silent = failed.is_some();
        // What comes meanwhile goes together.
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// Spans as OTLP in JSON: identifiers in hexadecimal, times as text.
fn document(spans: &[SpanData]) -> Value {
    let spans: Vec<Value> = spans.iter().map(span).collect();
    let resource = json!([
        {"key": "service.name", "value": {"stringValue": "diwan"}},
        {"key": "service.version", "value": {"stringValue": env!("CARGO_PKG_VERSION")}},
    ]);
    json!({"resourceSpans": [{
        "resource": {"attributes": resource},
        "scopeSpans": [{"scope": {"name": "diwan"}, "spans": spans}],
    }]})
}

fn span(span: &SpanData) -> Value {
    let kind = match span.span_kind {
        SpanKind::Internal => 1,
        SpanKind::Server => 2,
        SpanKind::Client => 3,
        SpanKind::Producer => 4,
        SpanKind::Consumer => 5,
    };
    let status = match &span.status {
        Status::Unset => json!({}),
        Status::Ok => json!({"code": 1}),
        // What went wrong stands in the log; here that it did.
        Status::Error { .. } => json!({"code": 2}),
    };
    let mut out = json!({
        "traceId": span.span_context.trace_id().to_string(),
        "spanId": span.span_context.span_id().to_string(),
        "flags": span.span_context.trace_flags().to_u8(),
        "name": span.name,
        "kind": kind,
        "startTimeUnixNano": nanos(span.start_time),
        "endTimeUnixNano": nanos(span.end_time),
        "attributes": span.attributes.iter().map(attribute).collect::<Vec<_>>(),
        "status": status,
    });
    if span.parent_span_id != SpanId::INVALID {
        out["parentSpanId"] = json!(span.parent_span_id.to_string());
    }
    out
}

fn nanos(time: SystemTime) -> String {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos().to_string()
}

fn attribute(pair: &KeyValue) -> Value {
    let value = match &pair.value {
        Attribute::Bool(yes) => json!({"boolValue": yes}),
        Attribute::I64(number) => json!({"intValue": number.to_string()}),
        Attribute::F64(number) => json!({"doubleValue": number}),
        other => json!({"stringValue": other.as_str()}),
    };
    json!({"key": pair.key.as_str(), "value": value})
}

/// Continues the trace that a request belongs to (W3C Trace Context).
pub fn continue_from(span: &Span, headers: &HeaderMap) {
    let told = headers.get("traceparent").and_then(|value| value.to_str().ok());
    if let Some(parent) = told.and_then(parent) {
        // Without traces there is nothing to continue.
        let _without_traces = span.set_parent(Context::new().with_remote_span_context(parent));
    }
}

/// `version-trace-parent-flags`, all in lower-case hexadecimal.
fn parent(text: &str) -> Option<SpanContext> {
    let parts: Vec<&str> = text.split('-').collect();
    let [version, trace, parent, flags] = parts.get(..4)? else { return None };
    let hex = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    let known = *version == "00" && parts.len() == 4 || *version != "00" && *version != "ff";
    if !known || !hex(version, 2) || !hex(trace, 32) || !hex(parent, 16) || !hex(flags, 2) {
        return None;
    }
    let context = SpanContext::new(
        TraceId::from_hex(trace).ok()?,
        SpanId::from_hex(parent).ok()?,
        TraceFlags::new(u8::from_str_radix(flags, 16).ok()? & 1),
        true,
        TraceState::default(),
    );
    Some(context).filter(SpanContext::is_valid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_is_read_as_the_standard_writes_it() {
        // The example of W3C Trace Context.
        let read = parent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01").unwrap();
        assert_eq!(read.trace_id().to_string(), "0af7651916cd43dd8448eb211c80319c");
        assert_eq!(read.span_id().to_string(), "b7ad6b7169203331");
        assert!(read.is_sampled() && read.is_remote());
        for wrong in [
            "",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        ] {
            assert!(parent(wrong).is_none(), "{wrong}");
        }
    }
}
