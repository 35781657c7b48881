//! Whether this node lives, and whether it is ready to be sent people.

use crate::keys;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use diwan_office::{Office, log};
use diwan_store::migrate;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// What has waited longer for its place in the log was forgotten by the sealer,
/// microseconds.
const SEALER_LATE: i64 = 60 * 1_000_000;

type Place = (Arc<Office>, PathBuf);

/// `/health/live` and `/health/ready`.
pub fn router(office: Arc<Office>, keys: PathBuf) -> Router {
    let alive = || async { Json(json!({"status": "alive"})) };
    Router::new()
        .route("/health/live", get(alive))
        .route("/health/ready", get(ready))
        .with_state((office, keys))
}

/// Each check by its name, with what is wrong. A node that is not ready is sent
/// nobody, and goes on by itself.
async fn ready(State((office, keys)): State<Place>) -> Response {
    let looked = tokio::time::timeout(PATIENCE, look(&office)).await;
    let mut checks = looked.unwrap_or_else(|_| {
        let silent = "the database did not answer in three seconds".to_owned();
        vec![("database", Err(silent))]
    });
    checks.push(("keys", readable(&keys)));
    let well = checks.iter().all(|(_, found)| found.is_ok());
    let said: Map<String, Value> = checks
        .into_iter()
        .map(|(name, found)| (name.to_owned(), json!(found.err().unwrap_or_else(|| "ok".into()))))
        .collect();
    let status = if well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let word = if well { "ready" } else { "not ready" };
    (status, Json(json!({"status": word, "checks": said}))).into_response()
}

type Check = (&'static str, Result<(), String>);

async fn look(office: &Office) -> Vec<Check> {
    let database = async {
        let mut reading = office.db.reading().await?;
        reading.tx().rows("SELECT 1 AS one", &[]).await.map(drop)
    };
    if let Err(fault) = database.await {
        return vec![("database", Err(fault.to_string()))];
    }
    vec![("database", Ok(())), ("migrations", migrations(office).await), ("sealer", sealer(office).await)]
}

async fn migrations(office: &Office) -> Result<(), String> {
    let outlook = migrate::outlook(&office.db).await.map_err(|fault| fault.to_string())?;
    // What a newer node added beside this one is no fault of this one.
    if outlook.pending.is_empty() { Ok(()) } else { Err(format!("wait: {}", outlook.pending.join(", "))) }
}

async fn sealer(office: &Office) -> Result<(), String> {
    let oldest = log::oldest_unsealed(&office.db).await.map_err(|fault| fault.to_string())?;
    match oldest.map(|since| office.now() - since).filter(|late| *late > SEALER_LATE) {
        None => Ok(()),
        Some(late) => Err(format!("the oldest entry waits for {} seconds", late / 1_000_000)),
    }
}

fn readable(folder: &Path) -> Result<(), String> {
    keys::journal_key(folder).map_err(|fault| format!("{fault:#}"))?;
    keys::read_log_key(folder).map_err(|fault| format!("{fault:#}"))?;
    keys::sealing_folder(folder).current().map_err(|fault| fault.to_string())?;
    Ok(())
}
