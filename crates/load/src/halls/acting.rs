//! Counters at work: each gives tickets, calls, begins and finishes, and what it was told is
//! kept to be compared with what the records hold.

use super::listening::Heard;
use super::setup::Seat;
use crate::http::Client;
use anyhow::{Context, ensure};
use diwan_domain::ids::TicketId;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a program whose server is away goes on asking.
const PATIENCE: Duration = Duration::from_secs(60);

/// When something was asked first and when its answer came, microseconds since 1970 UTC.
pub type Within = (i64, i64);

/// A ticket as counters were told of it.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// In which centre, by its place among them.
    pub centre: usize,
    /// What people read.
    pub number: String,
    /// When it was given.
    pub given: Option<Within>,
    /// When it was called.
    pub called: Option<Within>,
    /// When its service began.
    pub begun: Option<Within>,
    /// When it was finished.
    pub finished: Option<Within>,
}

struct Counter {
    seat: Seat,
    /// The step that is due, and for which ticket. Held while something is done: a clerk
    /// presses no button before the last one was answered.
    hand: tokio::sync::Mutex<Option<(&'static str, TicketId)>>,
}

struct Inner {
    counters: Vec<Counter>,
    clients: Vec<Client>,
    heard: Arc<Heard>,
    calls: Mutex<Vec<Duration>>,
    told: Mutex<HashMap<TicketId, Told>>,
    repeats: AtomicU64,
}

/// A day of counters.
#[derive(Clone)]
pub struct Day(Arc<Inner>);

fn now() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}

impl Day {
    /// Counters that reach one of these servers each, those of one centre by turns.
    pub fn of(seats: Vec<Seat>, servers: &[String], heard: Arc<Heard>) -> Self {
        let counters =
            seats.into_iter().map(|seat| Counter { seat, hand: tokio::sync::Mutex::default() }).collect();
        Self(Arc::new(Inner {
            counters,
            clients: servers.iter().map(|server| Client::of(server)).collect(),
            heard,
            calls: Mutex::default(),
            told: Mutex::default(),
            repeats: AtomicU64::new(0),
        }))
    }

    /// How long each call took; forgets them.
    pub fn calls(&self) -> Vec<Duration> {
        std::mem::take(&mut *self.0.calls.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Every ticket that counters were told of.
    pub fn told(&self) -> HashMap<TicketId, Told> {
        self.0.told.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How often something was asked again because no answer came.
    pub fn repeats(&self) -> u64 {
        self.0.repeats.load(Ordering::Relaxed)
    }

    /// The next thing of the counter whose turn it is. Each gives two tickets first, and
    /// then one for each that it serves, so that people wait and listeners see them do so.
    ///
    /// # Errors
    /// When it is refused, or not answered for long.
    pub async fn act(&self, piece: usize) -> anyhow::Result<()> {
        let counter = &self.0.counters[piece % self.0.counters.len()];
        let round = piece / self.0.counters.len();
        let mut hand = counter.hand.lock().await;
        match (round, *hand) {
            (0 | 1, _) => self.give(piece, counter).await,
            (_, None) => {
                *hand = Some(("begin", self.call(piece, counter).await?));
                Ok(())
            }
            (_, Some((step, id))) => {
                let path = format!("POST /api/v1/desk/tickets/{id}/steps");
                let body = json!({"step": step}).to_string();
                let (_, within) = self.ask(piece, &path, counter, &body).await?;
                if step == "begin" {
                    self.note(id, |told| told.begun = Some(within));
                    *hand = Some(("finish", id));
                    return Ok(());
                }
                self.note(id, |told| told.finished = Some(within));
                *hand = None;
                self.give(piece, counter).await
            }
        }
    }

    async fn call(&self, piece: usize, counter: &Counter) -> anyhow::Result<TicketId> {
        let began = Instant::now();
        let (called, within) = self.ask(piece, "POST /api/v1/desk/queue/next", counter, "").await?;
        self.0.calls.lock().unwrap_or_else(PoisonError::into_inner).push(began.elapsed());
        let id: TicketId = called["id"].as_str().context("a ticket")?.parse()?;
        let mut twice = false;
        self.note(id, |told| twice = told.called.replace(within).is_some());
        ensure!(!twice, "{} was called by two counters", called["number"]);
        Ok(id)
    }

    async fn give(&self, piece: usize, counter: &Counter) -> anyhow::Result<()> {
        let body = json!({"line": "A", "language": "ckb"}).to_string();
        let (made, within) = self.ask(piece, "POST /api/v1/desk/tickets", counter, &body).await?;
        let number = made["number"].as_str().context("a number")?.to_owned();
        let id: TicketId = made["id"].as_str().context("a ticket")?.parse()?;
        let centre = counter.seat.centre;
        self.note(id, |told| {
            told.centre = centre;
            told.number.clone_from(&number);
            told.given = Some(within);
        });
        self.0.heard.given(centre, number);
        Ok(())
    }

    fn note(&self, id: TicketId, change: impl FnOnce(&mut Told)) {
        change(self.0.told.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_default());
    }

    /// Asks until it is answered: a server that was killed comes back, and finds by the key
    /// what it did before.
    async fn ask(
        &self,
        piece: usize,
        what: &str,
        counter: &Counter,
        body: &str,
    ) -> anyhow::Result<(Value, Within)> {
        let request = format!(
            "{what} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\nX-Forwarded-For: 10.2.{}.{}\r\n\
             Idempotency-Key: halls-{piece}-{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            counter.seat.token,
            piece % 1_000 / 250,
            piece % 250 + 1,
            what.len(),
            body.len()
        );
        // Counters of one centre reach different servers.
        let client = &self.0.clients[piece % self.0.counters.len() % self.0.clients.len()];
        let (sent, began) = (now(), Instant::now());
        loop {
            match client.ask(&request).await {
                Ok((status, answer)) if status < 300 => {
                    return Ok((serde_json::from_slice(&answer)?, (sent, now())));
                }
                Ok((status, answer)) if status != 503 || began.elapsed() > PATIENCE => {
                    anyhow::bail!("{what}: {status}: {}", String::from_utf8_lossy(&answer))
                }
                Err(error) if began.elapsed() > PATIENCE => return Err(error),
                _ => {
                    self.0.repeats.fetch_add(1, Ordering::Relaxed);
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
            }
        }
    }
}
