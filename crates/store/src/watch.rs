//! What the store counts of itself, and how much waits in it. Counting costs
//! nothing while nobody collects.

use crate::fault::{Fault, Stop};
use crate::tx::Tx;
use crate::vals;
use metrics::{Unit, counter, describe_counter, describe_histogram, histogram};
use std::time::Instant;

/// How often a transaction was run again.
const RETRIED: &str = "diwan_transactions_retried_total";
/// How often an act was given up after many collisions.
const GIVEN_UP: &str = "diwan_transactions_given_up_total";
/// How long acts take.
const ACTS: &str = "diwan_act_duration_seconds";

/// Says what is counted, and counts nothing yet: what never happened is zero, and
/// not missing.
pub fn describe() {
    describe_counter!(RETRIED, "Transactions that collided and were run again");
    describe_counter!(GIVEN_UP, "Acts that were given up after too many collisions");
    describe_histogram!(ACTS, Unit::Seconds, "Official acts by name and outcome (done, refused, failed)");
    counter!(RETRIED).absolute(0);
    counter!(GIVEN_UP).absolute(0);
}

/// A transaction collided and is run again.
pub(crate) fn retried() {
    counter!(RETRIED).increment(1);
}

/// An act was given up after too many collisions.
pub(crate) fn given_up() {
    counter!(GIVEN_UP).increment(1);
}

/// An act ended.
pub(crate) fn act_ended<T>(name: &'static str, since: Instant, ended: &Result<T, Stop>) {
    let outcome = match ended {
        Ok(_) => "done",
        Err(stop) if stop.refusal().is_some() => "refused",
        Err(_) => "failed",
    };
    histogram!(ACTS, "act" => name, "outcome" => outcome).record(since.elapsed().as_secs_f64());
}

/// How much waits somewhere, and since when the oldest does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// How many.
    pub count: i64,
    /// When the oldest came, microseconds.
    pub oldest: Option<i64>,
}

/// One way out of the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// `sms`, `email` or `webhook`.
    pub name: String,
    /// What waits.
    pub waiting: Waiting,
    /// What was given up.
    pub failed: i64,
}

/// How the database stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stand {
    /// Each way out that has anything.
    pub channels: Vec<Channel>,
    /// Papers that are to be made.
    pub papers: Waiting,
    /// Entries without a place in the log.
    pub unsealed: Waiting,
    /// How many entries the log has.
    pub log_size: i64,
    /// Sessions that hold.
    pub sessions: i64,
    /// Subscriptions that are paused.
    pub paused: i64,
}

/// How the database stands.
///
/// # Errors
/// When the database fails.
pub async fn stand(tx: &mut Tx<'_>, now: i64) -> Result<Stand, Fault> {
    const CHANNELS: &str = "
        SELECT   kind, COUNT(CASE WHEN failed_at IS NULL THEN 1 END) AS n,
                 MIN(CASE WHEN failed_at IS NULL THEN created_at END) AS oldest,
                 COUNT(CASE WHEN failed_at IS NOT NULL THEN 1 END) AS failed
        FROM     outbox WHERE done_at IS NULL GROUP BY kind ORDER BY kind";
    const EVENTS: &str = "
        SELECT COUNT(*) AS n, MIN(at) AS oldest FROM deliveries WHERE done_at IS NULL AND failed_at IS NULL";
    const EVENTS_FAILED: &str =
        "SELECT COUNT(*) AS n FROM deliveries WHERE done_at IS NULL AND failed_at IS NOT NULL";
    const PAPERS: &str =
        "SELECT COUNT(*) AS n, MIN(intended_at) AS oldest FROM documents WHERE state = 'intended'";
    const UNSEALED: &str = "SELECT COUNT(*) AS n, MIN(at) AS oldest FROM journal_unsealed";
    const LOG: &str = "SELECT size AS n FROM log_state WHERE id = 1";
    const SESSIONS: &str = "SELECT COUNT(*) AS n FROM sessions WHERE expires_at > $1";
    const PAUSED: &str =
        "SELECT COUNT(*) AS n FROM subscriptions WHERE paused_at IS NOT NULL AND ended_at IS NULL";
    let mut channels = Vec::new();
    for row in tx.rows(CHANNELS, &[]).await? {
        let waiting = Waiting { count: row.get("n")?, oldest: row.get("oldest")? };
        channels.push(Channel { name: row.get("kind")?, waiting, failed: row.get("failed")? });
    }
    let waiting = waiting_in(tx, EVENTS).await?;
    channels.push(Channel { name: "webhook".into(), waiting, failed: tx.count(EVENTS_FAILED, &[]).await? });
    Ok(Stand {
        channels,
        papers: waiting_in(tx, PAPERS).await?,
        unsealed: waiting_in(tx, UNSEALED).await?,
        log_size: tx.count(LOG, &[]).await?,
        sessions: tx.count(SESSIONS, &vals![now]).await?,
        paused: tx.count(PAUSED, &[]).await?,
    })
}

async fn waiting_in(tx: &mut Tx<'_>, sql: &'static str) -> Result<Waiting, Fault> {
    let row = tx.row(sql, &[]).await?.ok_or_else(|| Fault::shape("n"))?;
    Ok(Waiting { count: row.get("n")?, oldest: row.get("oldest")? })
}
