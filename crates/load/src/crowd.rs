//! A thousand officers at work at once, each doing one thing every ten seconds:
//! declare a birth, look for someone, open what was declared, register it. And the
//! same while the keys of every name are made anew.

use crate::births::Births;
use crate::civil::{self, Pair};
use crate::http::Client;
use crate::measure::{closed, paced, quantile};
use crate::table::Line;
use crate::writing::Engine;
use anyhow::{Context, ensure};
use diwan_domain::civil::Content;
use diwan_office::civil::keys;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many officers.
const OFFICERS: usize = 1_000;
/// How often each does something.
const EVERY: Duration = Duration::from_secs(10);
/// How long they are watched: three declarations each, from first to last.
const LASTING: Duration = Duration::from_secs(120);
const DECLARATIONS: &str = "/api/v1/register/declarations";
/// What is done, in turn; each officer begins elsewhere in it.
const STEPS: usize = 4;

/// One officer, and what they have in hand.
struct Officer {
    pair: Pair,
    hand: Mutex<Option<(String, Value)>>,
}

#[derive(Clone)]
struct Crowd {
    officers: Arc<Vec<Officer>>,
    births: Arc<Vec<Content>>,
    names: Arc<Vec<String>>,
    client: Client,
    waits: Arc<Mutex<Waits>>,
    run: &'static str,
}

#[derive(Default)]
struct Waits {
    writing: Vec<Duration>,
    reading: Vec<Duration>,
}

/// Waits of a thousand officers among all who are in the register, and how long the
/// keys of all names take to be made anew while they work.
///
/// # Errors
/// When something an officer does fails.
pub async fn at_work(engine: &Engine<'_>, server: &str) -> anyhow::Result<Vec<Line>> {
    let births = Births::of(engine.region, engine.again)?;
    let pieces = (LASTING.as_secs_f64() / EVERY.as_secs_f64()) as usize * OFFICERS;
    let count = pieces / STEPS + OFFICERS;
    ensure!(births.mothers() >= 2 * count, "{} mothers are too few; use more --people", births.mothers());
    let pairs = civil::pairs(engine.office, &format!("QC{}", engine.again), OFFICERS).await?;
    let step = (engine.region.people.len() / 5_000).max(1);
    let names = engine.region.people.iter().step_by(step).map(|person| person.name.to_string());
    let crowd = Crowd {
        officers: Arc::new(pairs.into_iter().map(|pair| Officer { pair, hand: Mutex::default() }).collect()),
        births: Arc::new((0..2 * count).map(|n| births.ordinary(1_000_000 + n)).collect()),
        names: Arc::new(names.collect()),
        client: Client::of(server),
        waits: Arc::default(),
        run: "a",
    };
    crowd.take_in_hand().await?;
    let rate = OFFICERS as f64 / EVERY.as_secs_f64();
    let mut lines = crowd.clone().watched(engine, rate, LASTING, 0).await?;
    let began = Instant::now();
    let office = engine.office.clone();
    let rebuilding = tokio::spawn(async move {
        let done = keys::rebuild(&office, true, |_| {}).await;
        (done, began.elapsed())
    });
    let meanwhile = Crowd { run: "b", waits: Arc::default(), ..crowd };
    lines.extend(meanwhile.watched(engine, rate, LASTING, count).await?);
    let (done, took) = rebuilding.await?;
    lines.push(
        Line::below(
            format!("all keys of names made anew meanwhile, {}", engine.name),
            took.as_secs_f64(),
            "s",
            180.0,
        )
        .noted(format!("{} people", done.context("making keys anew")?)),
    );
    Ok(lines)
}

impl Crowd {
    async fn watched(
        self,
        engine: &Engine<'_>,
        rate: f64,
        lasting: Duration,
        first_birth: usize,
    ) -> anyhow::Result<Vec<Line>> {
        let crowd = self.clone();
        let done = paced(rate, lasting, move |piece| {
            let crowd = crowd.clone();
            async move { civil::is_done(crowd.act(piece, first_birth).await) }
        })
        .await;
        let mut waits = std::mem::take(&mut *self.waits.lock().unwrap_or_else(PoisonError::into_inner));
        let when = if self.run == "a" { "" } else { " while keys are made anew" };
        let people = engine.region.people.len();
        let mut lines = Vec::new();
        for (what, most, waits) in [
            ("declaring and registering", 300.0, &mut waits.writing),
            ("searching and opening", 150.0, &mut waits.reading),
        ] {
            let (half, most_of) = (quantile(waits, 0.5), quantile(waits, 0.95));
            lines.push(
                Line::below(
                    format!("1,000 officers at work{when}: {what}, p95, {}", engine.name),
                    most_of,
                    "ms",
                    most,
                )
                .noted(format!(
                    "p50 {half:.1} ms, {} times, {} failed, among {people} people",
                    waits.len(),
                    done.failed
                )),
            );
        }
        Ok(lines)
    }

    async fn act(&self, piece: usize, first_birth: usize) -> anyhow::Result<()> {
        // Each begins elsewhere.
        let (at, round) = (piece % OFFICERS, piece / OFFICERS + piece % OFFICERS % STEPS);
        let officer = &self.officers[at];
        let birth = first_birth + round / STEPS * OFFICERS + at;
        match round % STEPS {
            0 => self.declare(piece, at, birth).await?,
            1 => {
                let body = json!({"query": self.names[piece * 7 % self.names.len()]}).to_string();
                let path = "/api/v1/counter/people/find";
                self.ask(piece, ("POST", path), &officer.pair.clerk.1, None, &body, false).await?;
            }
            2 => {
                let (id, _) = officer.in_hand()?;
                let path = format!("{DECLARATIONS}/{id}");
                self.ask(piece, ("GET", &path), &officer.pair.registrar.1, None, "", false).await?;
            }
            _ => {
                let (id, version) = officer.in_hand()?;
                let path = format!("{DECLARATIONS}/{id}/registration");
                self.ask(piece, ("POST", &path), &officer.pair.registrar.1, Some(&version), "", true).await?;
            }
        }
        Ok(())
    }

    async fn declare(&self, piece: usize, at: usize, birth: usize) -> anyhow::Result<()> {
        let officer = &self.officers[at];
        let content = self.births.get(birth).context("no birth is left")?;
        let body = json!({"act": "declare", "kind": "birth", "content": content}).to_string();
        let token = &officer.pair.clerk.1;
        let taken = self.ask(piece, ("POST", DECLARATIONS), token, None, &body, true).await?;
        let id = taken["id"].as_str().context("a declaration")?.to_owned();
        *officer.hand.lock().unwrap_or_else(PoisonError::into_inner) = Some((id, taken["version"].clone()));
        Ok(())
    }

    /// Whoever begins with looking for someone, opening or registering has declared before, as in
    /// the middle of a day.
    async fn take_in_hand(&self) -> anyhow::Result<()> {
        let crowd = Self { run: "before", ..self.clone() };
        let done = closed(OFFICERS, 4, move |at| {
            let crowd = crowd.clone();
            async move { at % STEPS == 0 || civil::is_done(crowd.declare(at, at, at).await) }
        })
        .await;
        ensure!(done.failed == 0, "{} declarations were not taken", done.failed);
        *self.waits.lock().unwrap_or_else(PoisonError::into_inner) = Waits::default();
        Ok(())
    }

    async fn ask(
        &self,
        piece: usize,
        (method, path): (&str, &str),
        token: &str,
        seen: Option<&Value>,
        body: &str,
        writes: bool,
    ) -> anyhow::Result<Value> {
        let began = Instant::now();
        let seen = seen.map(|seen| format!("If-Match: \"{seen}\"\r\n")).unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n{seen}\
             X-Forwarded-For: 10.1.{}.{}\r\nIdempotency-Key: crowd-{}-{piece}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            piece % OFFICERS / 250,
            piece % 250 + 1,
            self.run,
            body.len()
        );
        let (status, answer) = self.client.ask(&request).await?;
        ensure!(status == 200, "{method} {path}: {status}: {}", String::from_utf8_lossy(&answer));
        let mut waits = self.waits.lock().unwrap_or_else(PoisonError::into_inner);
        if writes { &mut waits.writing } else { &mut waits.reading }.push(began.elapsed());
        Ok(serde_json::from_slice(&answer)?)
    }
}

impl Officer {
    fn in_hand(&self) -> anyhow::Result<(String, Value)> {
        self.hand.lock().unwrap_or_else(PoisonError::into_inner).clone().context("nothing was declared")
    }
}
