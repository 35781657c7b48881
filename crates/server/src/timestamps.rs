//! The way to a timestamp authority: RFC 3161 over HTTP. What comes back is
//! bounded in size and time and is believed by nobody yet; the office checks it.

use crate::config::Config;
use anyhow::Context;
use diwan_office::timestamps::{Authority, LONGEST_ANSWER, Later, Timestamps, Way};
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use std::sync::Arc;
use std::time::Duration;

/// How long an authority may take, from the first byte asked to the last one
/// answered.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// The authority of a configuration, if it names one.
///
/// # Errors
/// When the file with its certificate cannot be used.
pub fn of(config: &Config) -> anyhow::Result<Option<Timestamps>> {
    let Some(settings) = &config.timestamps else { return Ok(None) };
    let file = settings.authority.display();
    let pem = std::fs::read_to_string(&settings.authority)
        .with_context(|| format!("timestamps.authority: {file}"))?;
    let authority = Authority::new(&pem, settings.policy.as_deref())
        .with_context(|| format!("timestamps.authority: {file}"))?;
    let client = reqwest::Client::builder()
        // Whoever is asked was chosen by the office and by nobody else.
        .redirect(reqwest::redirect::Policy::none())
        .timeout(LONGEST_WAIT)
        .build()?;
    let way = Http { client, url: settings.url.clone() };
    Ok(Some(Timestamps::new(authority, Arc::new(way), settings.when_away)))
}

struct Http {
    client: reqwest::Client,
    url: String,
}

impl Way for Http {
    fn ask(&self, question: Vec<u8>) -> Later<'_> {
        Box::pin(self.exchange(question))
    }
}

impl Http {
    async fn exchange(&self, question: Vec<u8>) -> Result<Vec<u8>, String> {
        const REPLY: &str = "application/timestamp-reply";
        let asked = self.client.post(&self.url).header(CONTENT_TYPE, "application/timestamp-query");
        let mut answer =
            asked.header(ACCEPT, REPLY).body(question).send().await.map_err(|fault| words(&fault))?;
        if !answer.status().is_success() {
            return Err(format!("answers {}", answer.status()));
        }
        let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.starts_with(REPLY) {
            return Err(format!("answers with `{kind}`, which is no timestamp"));
        }
        let mut bytes = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(|fault| words(&fault))? {
            bytes.extend_from_slice(&part);
            if bytes.len() > LONGEST_ANSWER {
                return Err(format!("its answer is longer than {LONGEST_ANSWER} bytes"));
            }
        }
        Ok(bytes)
    }
}

/// A failed call with its innermost cause, which says what really happened.
fn words(fault: &reqwest::Error) -> String {
    if fault.is_timeout() {
        return format!("did not answer within {} s", LONGEST_WAIT.as_secs());
    }
    let mut cause: &dyn std::error::Error = fault;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    format!("cannot be reached: {cause}")
}

#[cfg(test)]
mod tests;
