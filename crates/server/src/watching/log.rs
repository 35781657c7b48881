//! The log on the standard error: plain lines for people, or one JSON object a
//! line for machines. It never names a person, at no level: what other crates
//! would tell of the values in statements is left out whatever is asked for.

use super::{SPANS, traces};
use crate::config::{Config, LogFormat};
use tracing::{Level, Metadata};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// Whether a line may be told at all. The PostgreSQL client tells the values of
/// every statement at the level `debug`: names, numbers, answers.
fn may_be_told(about: &Metadata<'_>) -> bool {
    let values = about.target().starts_with("tokio_postgres") || about.target().starts_with("postgres");
    about.target() != SPANS && !(values && *about.level() > Level::INFO)
}

/// Begins to log. `DIWAN_LOG` says what: a level, or a filter of `tracing`.
pub fn begin(config: Option<&Config>) {
    let filter = EnvFilter::try_from_env("DIWAN_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = match config.map(|config| config.log_format) {
        Some(LogFormat::Json) => lines.json().flatten_event(true).with_span_list(false).boxed(),
        _ => lines.boxed(),
    };
    let told = lines.with_filter(filter).with_filter(filter_fn(may_be_told));
    let traced = config.and_then(|config| config.traces.as_ref()).map(traces::layer);
    tracing_subscriber::registry().with(told).with(traced).init();
}
