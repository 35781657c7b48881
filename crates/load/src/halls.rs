//! A day of many centres at once: counters that give tickets, call and serve through HTTP
//! at a steady pace, while displays and phones listen; how long a change takes to reach a
//! listener, and how long a call takes.

use crate::civil;
use crate::http::Client;
use crate::measure::{paced, quantile};
use crate::table::Line;
use anyhow::{Context, ensure};
use diwan_domain::calendar::{Hours, OpeningHours};
use diwan_domain::people::Role;
use diwan_office::administration::{AddOffice, SetCentre};
use diwan_office::queue::{PublishSetup, SitDown};
use diwan_office::{Office, Who};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Events a second: each counter gives a ticket, calls, begins and finishes in turn.
const RATE: f64 = 200.0;
const LASTING: Duration = Duration::from_secs(60);
/// One of so many listeners reads what it is told; the others only take the bytes, so
/// that the generator does not eat what is measured.
const READS: usize = 20;

/// How many centres, counters in each, and listeners in all.
#[derive(Clone, Copy)]
pub struct Size {
    /// Centres.
    pub centres: usize,
    /// Counters in each.
    pub counters: usize,
    /// Displays and phones in all.
    pub listeners: usize,
}

struct Counter {
    centre: usize,
    token: String,
    hand: Mutex<Option<String>>,
}

/// When each number was given, by centre and number, until a listener saw it.
type Given = Arc<Mutex<HashMap<(usize, String), Instant>>>;

#[derive(Clone)]
struct Day {
    counters: Arc<Vec<Counter>>,
    client: Client,
    given: Given,
    calls: Arc<Mutex<Vec<Duration>>>,
}

/// The waits of callers and the delays of listeners.
///
/// # Errors
/// When something a counter does fails.
pub async fn busy(office: &Arc<Office>, server: &str, name: &str, size: Size) -> anyhow::Result<Vec<Line>> {
    let (codes, counters) = opened(office, size).await?;
    let given: Given = Arc::default();
    let delays: Arc<Mutex<Vec<Duration>>> = Arc::default();
    let mut listening = Vec::new();
    for n in 0..size.listeners {
        let centre = n % size.centres;
        let reads = (n / size.centres).is_multiple_of(READS);
        let listener = listen(server.to_owned(), codes[centre].clone());
        let (given, delays) = (given.clone(), delays.clone());
        listening
            .push(tokio::spawn(async move { follow(listener.await?, centre, reads, given, delays).await }));
        if n % 100 == 99 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let day = Day { counters: Arc::new(counters), client: Client::of(server), given, calls: Arc::default() };
    let acting = day.clone();
    let done = paced(RATE, LASTING, move |piece| {
        let day = acting.clone();
        async move {
            match day.act(piece).await {
                Ok(()) => true,
                Err(error) => {
                    eprintln!("{error:#}");
                    false
                }
            }
        }
    })
    .await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let lost = listening.iter().filter(|one| one.is_finished()).count();
    listening.iter().for_each(tokio::task::JoinHandle::abort);
    let mut calls = std::mem::take(&mut *day.calls.lock().unwrap_or_else(PoisonError::into_inner));
    let mut delays = std::mem::take(&mut *delays.lock().unwrap_or_else(PoisonError::into_inner));
    ensure!(!delays.is_empty() && !calls.is_empty(), "nobody was told of anything");
    let what =
        format!("{} centres of {} counters, {} listeners", size.centres, size.counters, size.listeners);
    let note =
        format!("p50 {:.1} ms, {} calls, {:.0} events/s", quantile(&mut calls, 0.5), calls.len(), done.rate);
    let heard = format!(
        "p50 {:.0} ms, {} changes heard, {lost} of the listeners lost, {} events failed",
        quantile(&mut delays, 0.5),
        delays.len(),
        done.failed
    );
    Ok(vec![
        Line::below(
            format!("calling the next, p99, {what}, {name}"),
            quantile(&mut calls, 0.99),
            "ms",
            100.0,
        )
        .noted(note),
        Line::below(
            format!("until a display shows it, p99, {what}, {name}"),
            quantile(&mut delays, 0.99),
            "ms",
            500.0,
        )
        .noted(heard),
    ])
}

fn setup(counters: usize) -> String {
    let names = "{ ckb = \"x\", ar = \"x\", kmr = \"x\", en = \"x\" }";
    let mut text = format!(
        "[order]\nbasis = \"bench\"\n\n[[hall]]\nkey = \"main\"\nnames = {names}\n\n\
         [[line]]\nletter = \"A\"\nhall = \"main\"\nnames = {names}\nminutes = 5\n"
    );
    for n in 1..=counters {
        let _ = write!(text, "\n[[counter]]\nlabel = \"C{n}\"\nhall = \"main\"\nlines = [\"A\"]\n");
    }
    text
}

async fn opened(office: &Office, size: Size) -> anyhow::Result<(Vec<String>, Vec<Counter>)> {
    let system = Who::system("bench");
    let names = json!({"en": "Bench"});
    let place = AddOffice { code: "QH".into(), ministry: "civil-status".into(), names, area: None };
    let place = office.perform_once(&system, place).await?;
    let (mut codes, mut counters) = (Vec::new(), Vec::new());
    for n in 0..size.centres {
        let code = format!("Q{n:03}");
        let mut hours = OpeningHours::usual();
        hours.week = std::array::from_fn(|_| vec![Hours { opens: 0, closes: 24 * 60 }]);
        let centre = SetCentre {
            centre: None,
            code: code.clone(),
            names: json!({"en": code}),
            address: String::new(),
            area: None,
            hours,
            seen: None,
        };
        let centre = office.perform_once(&system, centre).await?;
        let publish = PublishSetup { centre, text: setup(size.counters), seen: None };
        office.perform_once(&system, publish).await?;
        let rows = {
            let mut reading = office.db.reading().await?;
            diwan_office::administration::counters_of(&mut reading.tx(), centre).await?
        };
        for row in rows {
            let login = format!("bench-{}-{}", code.to_lowercase(), row.label.to_lowercase());
            let (who, token) =
                civil::program(office, login, (place, Some(centre)), Role::CounterOfficer).await?;
            office.perform_once(&who, SitDown { counter: row.id, lines: Default::default() }).await?;
            counters.push(Counter { centre: n, token, hand: Mutex::default() });
        }
        codes.push(code);
    }
    Ok((codes, counters))
}

async fn listen(server: String, code: String) -> anyhow::Result<TcpStream> {
    let mut stream = TcpStream::connect(server).await?;
    let request = format!("GET /centres/{code}/live HTTP/1.1\r\nHost: bench\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    Ok(stream)
}

/// Takes what is told. Whoever reads it notes how long ago each new number was given.
async fn follow(
    mut stream: TcpStream,
    centre: usize,
    reads: bool,
    given: Given,
    delays: Arc<Mutex<Vec<Duration>>>,
) -> anyhow::Result<()> {
    let mut part = vec![0_u8; 64 * 1024];
    let mut text = String::new();
    loop {
        let n = stream.read(&mut part).await?;
        ensure!(n > 0, "the server closed the connection");
        if !reads {
            continue;
        }
        text.push_str(&String::from_utf8_lossy(&part[..n]));
        while let Some(end) = text.find("\n\n") {
            let event: String = text.drain(..end + 2).collect();
            let Some(data) = event.lines().find_map(|line| line.strip_prefix("data: ")) else { continue };
            let Ok(picture) = serde_json::from_str::<Value>(data) else { continue };
            let mut given = given.lock().unwrap_or_else(PoisonError::into_inner);
            let mut delays = delays.lock().unwrap_or_else(PoisonError::into_inner);
            for number in picture["before"].as_object().into_iter().flat_map(|before| before.keys()) {
                if let Some(at) = given.remove(&(centre, number.clone())) {
                    delays.push(at.elapsed());
                }
            }
        }
    }
}

impl Day {
    /// Each counter gives two tickets first, and then one for each that it serves, so that
    /// people wait and listeners see them do so.
    async fn act(&self, piece: usize) -> anyhow::Result<()> {
        let counter = &self.counters[piece % self.counters.len()];
        let round = piece / self.counters.len();
        let hand = counter.hand.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match (round, hand) {
            (0 | 1, _) => self.give(piece, counter).await,
            (_, None) => {
                let began = Instant::now();
                let called = self.ask(piece, "POST /api/v1/desk/queue/next", counter, "").await?;
                self.calls.lock().unwrap_or_else(PoisonError::into_inner).push(began.elapsed());
                let id = called["id"].as_str().context("a ticket")?.to_owned();
                *counter.hand.lock().unwrap_or_else(PoisonError::into_inner) = Some(format!("begin {id}"));
                Ok(())
            }
            (_, Some(next)) => {
                let (step, id) = next.split_once(' ').context("a step")?;
                let path = format!("POST /api/v1/desk/tickets/{id}/steps");
                self.ask(piece, &path, counter, &json!({"step": step}).to_string()).await?;
                let then = if step == "begin" { Some(format!("finish {id}")) } else { None };
                let gives = then.is_none();
                *counter.hand.lock().unwrap_or_else(PoisonError::into_inner) = then;
                if gives { self.give(piece, counter).await } else { Ok(()) }
            }
        }
    }

    async fn give(&self, piece: usize, counter: &Counter) -> anyhow::Result<()> {
        let body = json!({"line": "A", "language": "ckb"}).to_string();
        let made = self.ask(piece, "POST /api/v1/desk/tickets", counter, &body).await?;
        let number = made["number"].as_str().context("a number")?.to_owned();
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.insert((counter.centre, number), Instant::now());
        Ok(())
    }

    async fn ask(&self, piece: usize, what: &str, counter: &Counter, body: &str) -> anyhow::Result<Value> {
        let request = format!(
            "{what} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\nX-Forwarded-For: 10.2.{}.{}\r\n\
             Idempotency-Key: halls-{piece}-{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            counter.token,
            piece % 1_000 / 250,
            piece % 250 + 1,
            what.len(),
            body.len()
        );
        let (status, answer) = self.client.ask(&request).await?;
        ensure!(status < 300, "{what}: {status}: {}", String::from_utf8_lossy(&answer));
        Ok(serde_json::from_slice(&answer)?)
    }
}
