//! The civil register: births declared and registered, through the office against
//! the bare seam, and through HTTP as programs of a hospital and a registry do it,
//! with a form as long as those of its peers, every field filled that can be.

use crate::births::Births;
use crate::http::Client;
use crate::measure::{closed, median, quantile};
use crate::seam::Seam;
use crate::table::Line;
use crate::writing::Engine;
use anyhow::{Context, ensure};
use diwan_domain::acts::Actor;
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::ids::{CentreId, OfficeId};
use diwan_domain::people::{Assurance, Channel, Role};
use diwan_office::administration::{AddOffice, AppointProgram};
use diwan_office::civil::{Declare, RegisterEvent};
use diwan_office::tokens::{IssueToken, scopes};
use diwan_office::{Office, Who};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Clients at once: as many as the peer was measured with.
const CALLERS: usize = 32;
const ROUNDS: usize = 3;
/// What the peer's events service did on two cores like these: create, declare and
/// register actions a second.
const PEER: f64 = 41.0;

/// Two officers' programs: one declares, the other registers.
#[derive(Clone)]
pub struct Pair {
    /// Who declares, with their token.
    pub clerk: (Who, String),
    /// Who registers, with theirs.
    pub registrar: (Who, String),
}

/// A program that works as an officer, with its token.
///
/// # Errors
/// When it cannot be appointed.
pub async fn program(
    office: &Office,
    login: String,
    (place, centre): (OfficeId, Option<CentreId>),
    role: Role,
) -> anyhow::Result<(Who, String)> {
    let system = Who::system("bench");
    let appoint =
        AppointProgram { login: login.clone(), name: login, office: Some(place), centre, roles: vec![role] };
    let officer = office.perform_once(&system, appoint).await?;
    let (token, token_hash) = IssueToken::token();
    let issue = IssueToken {
        name: "bench".into(),
        token_hash,
        officer: Some(officer),
        account: None,
        scopes: scopes(),
        expires_at: None,
    };
    office.perform_once(&system, issue).await?;
    let who = Who {
        actor: Actor::Officer(officer),
        assurance: Assurance::Substantial,
        channel: Channel::Api,
        ..system
    };
    Ok((who, token))
}

/// Pairs of programs of a new office that registers births.
///
/// # Errors
/// When one cannot be appointed.
pub async fn pairs(office: &Office, code: &str, count: usize) -> anyhow::Result<Vec<Pair>> {
    let names = json!({"en": "Health, bench", "ckb": "تەندروستی"});
    let place = AddOffice { code: code.into(), ministry: "health".into(), names, area: None };
    let place = office.perform_once(&Who::system("bench"), place).await?;
    let mut pairs = Vec::new();
    for n in 0..count {
        let login = |role: Role| format!("bench-{code}-{}-{n}", role.code());
        let clerk = program(office, login(Role::CounterOfficer), (place, None), Role::CounterOfficer).await?;
        let registrar = program(office, login(Role::Registrar), (place, None), Role::Registrar).await?;
        pairs.push(Pair { clerk, registrar });
    }
    Ok(pairs)
}

/// Everything that is measured of the register on one engine.
///
/// # Errors
/// When a birth cannot be declared or registered.
pub async fn registering(engine: &Engine<'_>, server: &str) -> anyhow::Result<Vec<Line>> {
    let pairs = Arc::new(pairs(engine.office, &format!("QB{}", engine.again), 2 * CALLERS).await?);
    let births = Births::of(engine.region, engine.again)?;
    let count = engine.cases * (ROUNDS * 2 + 1);
    ensure!(
        births.mothers() >= count,
        "the region has {} mothers for {count} births; use more --people or fewer --cases",
        births.mothers()
    );
    let mut lines = Vec::new();
    let ordinary: Vec<Content> = (0..count).map(|n| births.ordinary(n)).collect();
    let strangers = (0..count).map(|n| births.of_strangers(n)).collect();
    for (whose, mark, births) in [("parents known", 'k', ordinary), ("parents new as well", 'n', strangers)] {
        let work = Work { pairs: pairs.clone(), births: births.into(), next: Arc::default(), whose, mark };
        lines.push(by_office(engine, &work).await?);
        lines.push(by_http(engine, server, &work).await?);
    }
    Ok(lines)
}

/// What is registered, and by whom.
#[derive(Clone)]
struct Work {
    pairs: Arc<Vec<Pair>>,
    births: Arc<[Content]>,
    next: Arc<AtomicUsize>,
    whose: &'static str,
    /// What tells the keys of its requests from others.
    mark: char,
}

impl Work {
    /// The next birth, and who declares and registers it.
    fn next(&self) -> Option<(usize, Pair, Content)> {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        Some((n, self.pairs[n % self.pairs.len()].clone(), self.births.get(n)?.clone()))
    }
}

async fn by_office(engine: &Engine<'_>, work: &Work) -> anyhow::Result<Line> {
    let seam = Seam::open(engine.address, engine.folder).await?;
    let (mut seams, mut rates, mut works) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let bare = {
            let seam = seam.clone();
            let work = move |_| {
                let seam = seam.clone();
                async move { seam.submit().await }
            };
            closed(engine.cases * 4, CALLERS, work).await
        };
        let (office, work) = (engine.office.clone(), work.clone());
        let done = closed(engine.cases, CALLERS, move |_| {
            let (office, next) = (office.clone(), work.next());
            async move {
                let Some((_, pair, content)) = next else { return false };
                is_done(in_office(&office, &pair, content).await)
            }
        })
        .await;
        anyhow::ensure!(done.failed == 0, "{} births were refused on {}", done.failed, engine.name);
        // The first round makes what is made once: series, prepared statements.
        if round > 0 {
            seams.push(bare.rate);
            rates.push(done.rate);
            works.push(done.work);
        }
    }
    let what = format!("registering a birth, from declaration to number, {}, {}", work.whose, engine.name);
    let note = format!("{:.2} ms of work here, {CALLERS} callers, median of {ROUNDS}", median(works));
    Ok(Line::ratio(what, median(rates), "births/s", median(seams), 0.3).noted(note))
}

/// Whether it was done; the first few that were not are told.
pub fn is_done(done: anyhow::Result<()>) -> bool {
    static TOLD: AtomicUsize = AtomicUsize::new(0);
    if let Err(error) = &done
        && TOLD.fetch_add(1, Ordering::Relaxed) < 3
    {
        eprintln!("refused: {error:#}");
    }
    done.is_ok()
}

async fn in_office(office: &Office, pair: &Pair, content: Content) -> anyhow::Result<()> {
    let act = Declare { of: None, kind: EventKind::Birth, content, office: None };
    let taken = office.perform_once(&pair.clerk.0, act).await?;
    let act = RegisterEvent { declaration: taken.id, seen: taken.version, settles: None };
    office.perform_once(&pair.registrar.0, act).await?;
    Ok(())
}

async fn by_http(engine: &Engine<'_>, server: &str, work: &Work) -> anyhow::Result<Line> {
    let (mut rates, mut middles) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let waits = Arc::new(Mutex::new(Vec::new()));
        let (client, work, told) = (Client::of(server), work.clone(), waits.clone());
        let done = closed(engine.cases, CALLERS, move |_| {
            let (client, waits, next, mark) = (client.clone(), told.clone(), work.next(), work.mark);
            async move {
                let Some((n, pair, content)) = next else { return false };
                is_done(by_programs(&client, &pair, (mark, n), &content, &waits).await)
            }
        })
        .await;
        anyhow::ensure!(done.failed == 0, "{} births were refused by HTTP on {}", done.failed, engine.name);
        let mut waits = waits.lock().map(|waits| waits.clone()).unwrap_or_default();
        middles.push(quantile(&mut waits, 0.5));
        rates.push(done.rate * 3.0);
    }
    let wanted = if engine.name == "SQLite" { 50.0 } else { 20.0 };
    let filled = work.births.first().map_or(0, |content| content.0.len());
    let what = format!(
        "create, declare and register through HTTP, {}, {filled} fields, {}",
        work.whose, engine.name
    );
    let note = format!(
        "p50 {:.1} ms an action (wanted 20), {CALLERS} clients, median of {ROUNDS}; ceiling: a peer's 41 actions/s on two such cores",
        median(middles)
    );
    Ok(Line::ratio(what, median(rates), "actions/s", PEER, wanted).noted(note))
}

/// Notice, declaration and registration of one birth, each a request.
async fn by_programs(
    client: &Client,
    pair: &Pair,
    (mark, n): (char, usize),
    content: &Content,
    waits: &Mutex<Vec<Duration>>,
) -> anyhow::Result<()> {
    let timed = async |request: String| -> anyhow::Result<Value> {
        let began = Instant::now();
        let (status, body) = client.ask(&request).await?;
        anyhow::ensure!(status == 200, "{status}: {}", String::from_utf8_lossy(&body));
        if let Ok(mut waits) = waits.lock() {
            waits.push(began.elapsed());
        }
        Ok(serde_json::from_slice(&body)?)
    };
    let request = |what: &str, path: &str, token: &str, seen: Option<&Value>, body: &str| {
        let seen = seen.map(|seen| format!("If-Match: \"{seen}\"\r\n")).unwrap_or_default();
        format!(
            "{what} {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n{seen}\
             X-Forwarded-For: 10.0.{}.{}\r\nIdempotency-Key: bench-{mark}{n}-{}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            n % 4,
            n % 250 + 1,
            path.len() + what.len(),
            body.len()
        )
    };
    let place = "/api/v1/register/declarations";
    let body = json!({"act": "notify", "kind": "birth", "content": content}).to_string();
    let taken = timed(request("POST", place, &pair.clerk.1, None, &body)).await?;
    let id = taken["id"].as_str().context("a declaration")?;
    let own = format!("{place}/{id}");
    let body = json!({"act": "declare", "content": content}).to_string();
    let declared = timed(request("PUT", &own, &pair.clerk.1, Some(&taken["version"]), &body)).await?;
    let register = format!("{own}/registration");
    timed(request("POST", &register, &pair.registrar.1, Some(&declared["version"]), "")).await?;
    Ok(())
}
