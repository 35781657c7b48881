//! Asking other registers through the office's own security server (X-Road
//! message protocol for REST). What comes back counts only when it can be shown
//! later: with the request's own id, its hash, and the hash of the answer.

use crate::config::XRoad;
use anyhow::Context;
use diwan_domain::x_road::{Member, ServiceId, is_request_hash};
use diwan_office::Office;
use diwan_office::cases::lookups::{Open, Outcome, PATIENCE, RecordLookup, open_lookups, record};
use reqwest::{Client, Identity, StatusCode, Url, redirect};
use serde_json::Value;
use sha2::{Digest, Sha512};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tracing::{error, warn};

/// How many questions one register is asked at once.
const AT_ONCE: usize = 8;
/// The longest answer that is read, bytes.
const LONGEST: usize = 256 * 1024;

/// The way to other registers.
pub struct Connector {
    http: Client,
    server: String,
    client: Member,
    registers: BTreeMap<String, ServiceId>,
}

/// What came of asking once.
enum Asked {
    /// It is settled.
    Answered(RecordLookup),
    /// It may be tried again.
    Silent(String),
}

impl Connector {
    /// The way that a configuration describes.
    ///
    /// # Errors
    /// When a name, the address or the certificate cannot be read.
    pub fn new(settings: &XRoad) -> anyhow::Result<Self> {
        let mut http = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(Duration::from_secs(settings.timeout_seconds))
            .user_agent("Diwan");
        if let Some(file) = &settings.certificate {
            let pem = std::fs::read(file).with_context(|| file.display().to_string())?;
            http = http.identity(Identity::from_pem(&pem)?);
        }
        if let Some(file) = &settings.authority {
            let pem = std::fs::read(file).with_context(|| file.display().to_string())?;
            http = http.tls_certs_only([reqwest::Certificate::from_pem(&pem)?]);
        }
        let client = settings.client.as_deref().unwrap_or_default();
        let client = client.parse().with_context(|| format!("x-road.client: `{client}`"))?;
        let registers = settings
            .registers
            .iter()
            .map(|(name, id)| {
                Ok((name.clone(), id.parse().with_context(|| format!("x-road.registers.{name}"))?))
            })
            .collect::<anyhow::Result<_>>()?;
        let server = settings.security_server.clone().unwrap_or_default();
        Ok(Self { http: http.build()?, server: server.trim_end_matches('/').to_owned(), client, registers })
    }

    async fn ask(&self, open: &Open) -> Asked {
        let answered = |outcome, why: Option<String>| RecordLookup {
            lookup: open.row.id,
            outcome,
            why,
            request_id: None,
            request_hash: None,
            response_hash: None,
        };
        let Some(service) = self.registers.get(&open.row.register) else {
            let why = format!("x-road.registers does not name `{}`", open.row.register);
            return Asked::Answered(answered(Outcome::Unavailable, Some(why)));
        };
        let url = match Url::parse(&format!("{}/r1/{service}{}", self.server, open.row.path)) {
            Ok(url) => url,
            Err(error) => return Asked::Answered(answered(Outcome::Unavailable, Some(error.to_string()))),
        };
        let id = uuid::Uuid::now_v7().to_string();
        let request = self
            .http
            .get(url)
            .header("x-road-client", self.client.to_string())
            .header("x-road-id", &id)
            .header("x-road-issue", &open.issue)
            .header("accept", "application/json");
        let mut answer = match request.send().await {
            Ok(answer) => answer,
            Err(error) => return Asked::Silent(error.without_url().to_string()),
        };
        let header = |name: &str| answer.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        if let Some(kind) = header("x-road-error") {
            // The layer itself failed, or refused us: nothing was said about the fact.
            return Asked::Silent(format!("X-Road says {kind}"));
        }
        let (status, hash, of) = (answer.status(), header("x-road-request-hash"), header("x-road-id"));
        let Some(hash) = hash.filter(|hash| is_request_hash(hash) && of.as_ref() == Some(&id)) else {
            return Asked::Silent(
                "the answer is not bound to its request (X-Road-Id, X-Road-Request-Hash)".into(),
            );
        };
        let mut body = Vec::new();
        loop {
            match answer.chunk().await {
                Ok(Some(part)) if body.len() + part.len() <= LONGEST => body.extend_from_slice(&part),
                Ok(Some(_)) => return Asked::Silent("the answer is too long".into()),
                Ok(None) => break,
                Err(error) => return Asked::Silent(error.without_url().to_string()),
            }
        }
        let said: Option<Value> = serde_json::from_slice(&body).ok();
        let (outcome, why) = match (status, said) {
            (StatusCode::OK, Some(said)) if open.holds(&said) => (Outcome::Held, None),
            (StatusCode::OK, Some(_)) => (Outcome::NotHeld, Some("the register says otherwise".to_owned())),
            (StatusCode::NOT_FOUND, _) => {
                (Outcome::NotHeld, Some("the register knows nothing of it".to_owned()))
            }
            (status, _) => return Asked::Silent(format!("the register answered {status}")),
        };
        let response_hash = Sha512::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect();
        Asked::Answered(RecordLookup {
            request_id: Some(id),
            request_hash: Some(hash),
            response_hash: Some(response_hash),
            ..answered(outcome, why)
        })
    }
}

/// Asks everything that waits once, and records what is settled; says how many
/// were. Without a connector nobody can be asked, which is an answer too.
///
/// # Errors
/// When the database fails.
pub async fn ask_once(
    office: &Arc<Office>,
    connector: Option<&Arc<Connector>>,
) -> Result<usize, diwan_office::Fault> {
    let mut under_way = JoinSet::new();
    for open in open_lookups(office, AT_ONCE).await? {
        let (office, connector) = (office.clone(), connector.cloned());
        under_way.spawn(async move {
            let asked = match &connector {
                Some(connector) => connector.ask(&open).await,
                None => Asked::Answered(unavailable(&open, "no [x-road] is configured".to_owned())),
            };
            let act = match asked {
                Asked::Answered(act) => act,
                Asked::Silent(why) if office.now() - open.row.asked_at > PATIENCE => unavailable(&open, why),
                Asked::Silent(why) => {
                    warn!(lookup = %open.row.id, register = open.row.register, "a register did not answer: {why}");
                    return Ok(false);
                }
            };
            record(&office, act).await.map(|()| true)
        });
    }
    let mut settled = 0;
    while let Some(done) = under_way.join_next().await {
        match done {
            Ok(Ok(done)) => settled += usize::from(done),
            Ok(Err(stop)) => error!("what a register said could not be recorded: {stop}"),
            Err(fault) => error!("asking a register broke off: {fault}"),
        }
    }
    Ok(settled)
}

fn unavailable(open: &Open, why: String) -> RecordLookup {
    RecordLookup {
        lookup: open.row.id,
        outcome: Outcome::Unavailable,
        why: Some(why),
        request_id: None,
        request_hash: None,
        response_hash: None,
    }
}

/// Asks for as long as the program runs.
pub async fn keep_asking(office: Arc<Office>, connector: Option<Arc<Connector>>) {
    loop {
        let settled = ask_once(&office, connector.as_ref()).await.unwrap_or_else(|fault| {
            error!("questions to other registers could not be read: {fault}");
            0
        });
        tokio::time::sleep(Duration::from_millis(if settled > 0 { 200 } else { 2_000 })).await;
    }
}

#[cfg(test)]
mod asking;
