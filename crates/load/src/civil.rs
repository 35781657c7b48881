//! The civil register: births declared and registered, through the office against
//! the bare seam, and through HTTP as programs of a hospital and a registry do it,
//! with a form as long as those of its peers, every field filled that can be.

use crate::http::Client;
use crate::measure::{closed, median, quantile};
use crate::seam::Seam;
use crate::table::Line;
use crate::writing::Engine;
use anyhow::Context;
use diwan_demo::Region;
use diwan_domain::acts::Actor;
use diwan_domain::civil::forms::{self, FieldKind};
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::ids::OfficeId;
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
struct Pair {
    clerk: (Who, String),
    registrar: (Who, String),
}

async fn program(office: &Office, place: OfficeId, role: Role, n: usize) -> anyhow::Result<(Who, String)> {
    let login = format!("bench-{}-{n}", role.code());
    let appoint = AppointProgram {
        login: login.clone(),
        name: login,
        office: Some(place),
        centre: None,
        roles: vec![role],
    };
    let system = Who::system("bench");
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

async fn pairs(office: &Office) -> anyhow::Result<Vec<Pair>> {
    let names = json!({"en": "Health, bench", "ckb": "تەندروستی"});
    let place = AddOffice { code: "QB".into(), ministry: "health".into(), names, area: None };
    let place = office.perform_once(&Who::system("bench"), place).await?;
    let mut pairs = Vec::new();
    for n in 0..2 * CALLERS {
        let clerk = program(office, place, Role::CounterOfficer, n).await?;
        let registrar = program(office, place, Role::Registrar, n).await?;
        pairs.push(Pair { clerk, registrar });
    }
    Ok(pairs)
}

/// A birth of yesterday with every field filled that can be: parents who are new to
/// the register, each with a personal number.
fn birth(region: &Region, n: usize) -> Content {
    let person = |at: usize| &region.people[(n * 7 + at * 13) % region.people.len()];
    let mut content = Content::default();
    for field in forms::fields(EventKind::Birth) {
        let value = match field.kind {
            FieldKind::Name => "ئازاد".to_owned(),
            FieldKind::LatinName => "Azad".to_owned(),
            FieldKind::OwnName => "Azad Karim".to_owned(),
            FieldKind::Text(most) => "هەولێر، گەڕەکی ئازادی".chars().take(most).collect(),
            FieldKind::Choice(words) => words[0].to_owned(),
            FieldKind::Number(least, most) => ((least + most) / 2).to_string(),
            FieldKind::Country => "IQ".to_owned(),
            FieldKind::Time => "04:15".to_owned(),
            FieldKind::Date => "1990-05-04".to_owned(),
            FieldKind::Phone => "0750 123 4567".to_owned(),
            _ => continue,
        };
        content.set(field.key, value);
    }
    for (at, role) in ["child", "mother", "father"].iter().enumerate() {
        let name = &person(at).name;
        content.set(&format!("{role}.given"), name.given.as_str());
        content.set(&format!("{role}.father"), name.father.clone().unwrap_or_default());
        content.set(&format!("{role}.grandfather"), person(at + 3).name.given.as_str());
    }
    for (at, role) in ["mother", "father"].iter().enumerate() {
        content.set(&format!("{role}.upn"), format!("{:013}", 7_000_000_000_000_u64 + (2 * n + at) as u64));
        content.set(&format!("{role}.unknown"), "no");
    }
    for (field, value) in [
        ("happened-on", "2026-11-20"),
        ("estimated", "no"),
        ("place-kind", "home"),
        ("facility", ""),
        ("abroad", "no"),
        ("country", ""),
        ("mission", ""),
        ("plurality", "single"),
        ("birth-order", ""),
        ("set", ""),
        ("parents-married", "yes"),
        ("acknowledged", ""),
        ("acknowledged-before", ""),
        ("found-on", ""),
        ("found-place", ""),
        ("police-report", ""),
        ("care-home", ""),
        ("judgment-date", "2026-11-21"),
        ("judgment-final-on", "2026-11-21"),
        ("children-living", "1"),
    ] {
        content.set(field, value);
    }
    content
}

/// Everything that is measured of the register on one engine.
///
/// # Errors
/// When a birth cannot be declared or registered.
pub async fn registering(engine: &Engine<'_>, server: &str) -> anyhow::Result<Vec<Line>> {
    let pairs = Arc::new(pairs(engine.office).await?);
    let region: Arc<Vec<Content>> =
        Arc::new((0..engine.cases * (ROUNDS + 1) * 2).map(|n| birth(engine.region, n)).collect());
    let next = Arc::new(AtomicUsize::new(0));
    let mut lines = by_office(engine, &pairs, &region, &next).await?;
    lines.extend(by_http(engine, server, &pairs, &region, &next).await?);
    Ok(lines)
}

async fn by_office(
    engine: &Engine<'_>,
    pairs: &Arc<Vec<Pair>>,
    births: &Arc<Vec<Content>>,
    next: &Arc<AtomicUsize>,
) -> anyhow::Result<Vec<Line>> {
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
        let (office, pairs, births, next) =
            (engine.office.clone(), pairs.clone(), births.clone(), next.clone());
        let done = closed(engine.cases, CALLERS, move |_| {
            let n = next.fetch_add(1, Ordering::Relaxed);
            let (office, pair, content) = (office.clone(), pairs[n % pairs.len()].clone(), births[n].clone());
            async move { in_office(&office, &pair, content).await.is_ok() }
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
    let what = format!("registering a birth, from declaration to number, {}", engine.name);
    let note = format!("{:.2} ms of work here, {CALLERS} callers, median of {ROUNDS}", median(works));
    Ok(vec![Line::ratio(what, median(rates), "births/s", median(seams), 0.3).noted(note)])
}

async fn in_office(office: &Office, pair: &Pair, content: Content) -> anyhow::Result<()> {
    let act = Declare { of: None, kind: EventKind::Birth, content, office: None };
    let taken = office.perform_once(&pair.clerk.0, act).await?;
    let act = RegisterEvent { declaration: taken.id, seen: taken.version };
    office.perform_once(&pair.registrar.0, act).await?;
    Ok(())
}

async fn by_http(
    engine: &Engine<'_>,
    server: &str,
    pairs: &Arc<Vec<Pair>>,
    births: &Arc<Vec<Content>>,
    next: &Arc<AtomicUsize>,
) -> anyhow::Result<Vec<Line>> {
    let (mut rates, mut middles) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let waits = Arc::new(Mutex::new(Vec::new()));
        let (client, pairs, births, next) = (Client::of(server), pairs.clone(), births.clone(), next.clone());
        let told = waits.clone();
        let done = closed(engine.cases, CALLERS, move |_| {
            let n = next.fetch_add(1, Ordering::Relaxed);
            let (client, pair, content) = (client.clone(), pairs[n % pairs.len()].clone(), births[n].clone());
            let waits = told.clone();
            async move { by_programs(&client, &pair, n, &content, &waits).await.is_ok() }
        })
        .await;
        anyhow::ensure!(done.failed == 0, "{} births were refused by HTTP on {}", done.failed, engine.name);
        let mut waits = waits.lock().map(|waits| waits.clone()).unwrap_or_default();
        middles.push(quantile(&mut waits, 0.5));
        rates.push(done.rate * 3.0);
    }
    let wanted = if engine.name == "SQLite" { 50.0 } else { 20.0 };
    let filled = births.first().map_or(0, |content| content.0.len());
    let what = format!("create, declare and register through HTTP, {filled} fields, {}", engine.name);
    let note = format!(
        "p50 {:.1} ms an action (wanted 20), {CALLERS} clients, median of {ROUNDS}; ceiling: a peer's 41 actions/s on two such cores",
        median(middles)
    );
    Ok(vec![Line::ratio(what, median(rates), "actions/s", PEER, wanted).noted(note)])
}

/// Notice, declaration and registration of one birth, each a request.
async fn by_programs(
    client: &Client,
    pair: &Pair,
    n: usize,
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
             X-Forwarded-For: 10.0.{}.{}\r\nIdempotency-Key: bench-{n}-{}\r\nContent-Type: application/json\r\n\
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
