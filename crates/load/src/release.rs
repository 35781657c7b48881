//! A release of appointments by draw that many want: tens of thousands sign up within
//! minutes through the pages, each with a session of their own; then the office draws and
//! gives the times, and everything is looked at.

use crate::http::Client;
use crate::measure::{paced, quantile};
use crate::process::start;
use crate::table::{self, Line};
use crate::{nodes, setup};
use anyhow::{Context, ensure};
use clap::Args;
use diwan_demo::Region;
use diwan_domain::calendar::OpeningHours;
use diwan_domain::ids::AccountId;
use diwan_domain::people::Assurance;
use diwan_office::accounts::SignInByWallet;
use diwan_office::administration::AddOffice;
use diwan_office::queue::PublishSetup;
use diwan_office::{Office, Who, secrets};
use diwan_store::access::{SessionRow, open_session};
use diwan_store::{Db, vals};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

const CENTRE: &str = "QR1";
const MINUTE: i64 = 60_000_000;
/// How long a visit takes, minutes: of eight hours and ten counters each hour gives fifty.
const VISIT: i64 = 12;
const COUNTERS: i64 = 10;
const OPENS: i64 = 8 * 60;
const PLACES_A_DAY: i64 = 8 * 60 / VISIT * COUNTERS;
/// How long somebody who was told to come back goes on trying.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long the draw and the giving of times may take.
const AFTERWARDS: Duration = Duration::from_secs(1_200);

/// How many want how few places.
#[derive(Args)]
pub struct Releasing {
    /// The program
    #[arg(long, default_value = "target/release/diwan")]
    diwan: PathBuf,
    /// The database: `sqlite:PATH` or a PostgreSQL address, empty
    #[arg(long)]
    database: String,
    /// How many people sign up
    #[arg(long, default_value_t = 50_000)]
    clients: usize,
    /// How many places there are; a multiple of 400
    #[arg(long, default_value_t = 2_000)]
    places: i64,
    /// Within how many minutes
    #[arg(long, default_value_t = 5)]
    minutes: u64,
    /// How many nodes share the database; more than one need PostgreSQL
    #[arg(long, default_value_t = 1)]
    nodes: usize,
    /// The program that draws again
    #[arg(long, default_value = "scripts/check-draw")]
    check: PathBuf,
    /// Where the figures go as JSON
    #[arg(long)]
    json: Option<PathBuf>,
    /// An empty folder for files and keys
    #[arg(long)]
    folder: PathBuf,
}

/// Somebody who signs up: their cookie and their telephone.
struct Applicant {
    cookie: String,
    phone: String,
}

/// What came of signing up.
#[derive(Default)]
struct Seen {
    pages: Mutex<Vec<Duration>>,
    entries: Mutex<Vec<Duration>>,
    told_to_come_back: AtomicU64,
}

/// Signs everybody up, waits for the draw, and looks at it.
///
/// # Errors
/// When somebody could not sign up, a place is booked twice, or the order is not the drawn one.
pub async fn run(options: Releasing) -> anyhow::Result<()> {
    ensure!(options.places > 0 && options.places % PLACES_A_DAY == 0, "places come in {PLACES_A_DAY}s");
    setup::keep_keys(&options.folder)?;
    // Every second has a number by which a wallet vouches for them, and lives.
    let region = Region::generate(4, options.clients * 2 + 2_000, setup::TODAY);
    let numbers: Vec<String> = numbers(&region).take(options.clients).collect();
    ensure!(numbers.len() == options.clients, "the region has only {} who can sign in", numbers.len());
    let office = setup::office(&options.database, &options.folder, &region, &options.diwan).await?;
    drop(region);
    let began = Instant::now();
    let people = people(&office, numbers).await?;
    eprintln!("  {} people in {:.0} s", people.len(), began.elapsed().as_secs_f64());
    // A minute to begin, and nobody is cut off who came in time.
    let opens = office.now() / MINUTE * MINUTE + 2 * MINUTE;
    let closes = opens + (i64::try_from(options.minutes)? + 2) * MINUTE;
    centre(&office, options.places / PLACES_A_DAY, opens, closes).await?;
    drop(office);
    tokio::time::sleep(Duration::from_millis(500)).await;
    let (mut running, mut addresses) = (Vec::new(), Vec::new());
    for number in 1..=options.nodes {
        let (config, address) = nodes::configured(&options.database, &options.folder, number)?;
        running.push(start(&options.diwan, &config, &address).await?.0);
        addresses.push(address);
    }
    let address = addresses.first().context("no node to ask")?;
    let release = announced(&options.database).await?;
    let wait = u64::try_from((opens - jiff::Timestamp::now().as_microsecond()).max(0))?;
    tokio::time::sleep(Duration::from_micros(wait) + Duration::from_secs(1)).await;

    let seen = Arc::new(Seen::default());
    let page = format!("/en/centres/{CENTRE}/releases/{release}/enter");
    let rate = options.clients as f64 / (options.minutes * 60) as f64;
    let done = {
        let clients: Vec<Client> = addresses.iter().map(|address| Client::of(address)).collect();
        let (people, seen) = (Arc::new(people), seen.clone());
        paced(rate, Duration::from_secs(options.minutes * 60), move |n| {
            let client = clients[n % clients.len()].clone();
            let (people, seen, page) = (people.clone(), seen.clone(), page.clone());
            async move {
                let entered = sign_up(&client, &page, &people[n % people.len()], n, &seen).await;
                entered.inspect_err(|error| eprintln!("{error:#}")).is_ok()
            }
        })
        .await
    };
    let memory = running.iter().map(|node| node.resident()).collect::<anyhow::Result<Vec<f64>>>()?;
    let memory = memory.into_iter().fold(0.0, f64::max);
    ensure!(done.failed == 0, "{} could not sign up", done.failed);
    let took = drawn(&options.database, &release, closes).await?;
    let record = format!("http://{address}/centres/{CENTRE}/releases/{release}/record.json");
    let log = format!("http://{address}/log");
    let checked = Command::new(&options.check).args([&record, "--log", &log]).output()?;
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    ensure!(
        checked.status.success(),
        "the draw does not hold: {said}{}",
        String::from_utf8_lossy(&checked.stderr)
    );
    eprintln!("{}", said.trim());
    drop(running);
    tokio::time::sleep(Duration::from_millis(500)).await;
    looked_at(&options).await?;
    let lines = figures(&options, &seen, memory, took);
    println!("{}", table::markdown(&lines));
    if let Some(path) = &options.json {
        std::fs::write(path, serde_json::to_string_pretty(&table::json(&lines))?)?;
    }
    Ok(())
}

fn figures(options: &Releasing, seen: &Seen, memory: f64, took: Duration) -> Vec<Line> {
    let engine = if options.database.starts_with("sqlite:") { "SQLite" } else { "PostgreSQL" };
    let nodes = if options.nodes == 1 { String::new() } else { format!(", {} nodes", options.nodes) };
    let what = format!("{} people, {} places, {engine}{nodes}", options.clients, options.places);
    let take = |times: &Mutex<Vec<Duration>>| {
        std::mem::take(&mut *times.lock().unwrap_or_else(PoisonError::into_inner))
    };
    let (mut pages, mut entries) = (take(&seen.pages), take(&seen.entries));
    let away = seen.told_to_come_back.load(Ordering::Relaxed);
    let entered = entries.len();
    let line = |which: &str, times: &mut Vec<Duration>| {
        let note = format!("p50 {:.1} ms", quantile(times, 0.5));
        Line::below(format!("{which}, p99, {what}"), quantile(times, 0.99), "ms", 1_000.0).noted(note)
    };
    vec![
        line("the form of a release", &mut pages),
        line("signing up for it", &mut entries)
            .noted(format!("{entered} entered, {away} times told to come back in a moment")),
        Line::below(
            format!("resident memory of a node at the end of the window, {what}"),
            memory,
            "MiB",
            300.0,
        ),
        Line::plain(
            format!("drawn and every time given, after the closing, {what}"),
            took.as_secs_f64(),
            "s",
        ),
    ]
}

/// The numbers of those who live and can sign in.
fn numbers(region: &Region) -> impl Iterator<Item = String> + '_ {
    let living = region.people.iter().filter(|person| person.died_on.is_none() && !person.protected);
    living.filter_map(|person| person.number("upn").map(str::to_owned))
}

/// Accounts with an open session each.
async fn people(office: &Arc<Office>, numbers: Vec<String>) -> anyhow::Result<Vec<Applicant>> {
    const AT_ONCE: usize = 16;
    let numbers = Arc::new(numbers);
    let mut tasks = Vec::new();
    for part in 0..AT_ONCE {
        let (office, numbers) = (office.clone(), numbers.clone());
        tasks.push(tokio::spawn(async move {
            let mut own = Vec::new();
            for n in (part..numbers.len()).step_by(AT_ONCE) {
                own.push(one(&office, n, &numbers[n]).await?);
            }
            anyhow::Ok(own)
        }));
    }
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await??);
    }
    Ok(all)
}

async fn one(office: &Office, n: usize, number: &str) -> anyhow::Result<Applicant> {
    let sign_in = SignInByWallet {
        provider: "bench".into(),
        subject: number.to_owned(),
        personal_number: number.to_owned(),
        assurance: Assurance::Substantial,
        language: "en".into(),
    };
    let account: AccountId = office.perform_once(&Who::system("bench"), sign_in).await?.account;
    let secret = secrets::token();
    let token = format!("{secret}{}", secrets::mark(&office.db.key_for("cookies"), &secret));
    let now = office.now();
    let row = SessionRow {
        token_hash: secrets::hash(&token),
        actor_kind: "account".into(),
        actor_id: Some(account.0),
        label: String::new(),
        assurance: Assurance::Substantial.code().into(),
        csrf: format!("bench-{n}"),
        data: "{}".into(),
        created_at: now,
        seen_at: now,
        expires_at: now + 24 * 60 * MINUTE,
    };
    open_session(&office.db, &row).await?;
    Ok(Applicant { cookie: format!("diwan={token}"), phone: format!("0750{n:07}") })
}

/// A centre whose next days are given by draw.
async fn centre(office: &Office, days: i64, opens: i64, closes: i64) -> anyhow::Result<()> {
    let system = Who::system("bench");
    let names = json!({"en": "Bench"});
    let place = AddOffice { code: "QR".into(), ministry: "civil-status".into(), names, area: None };
    office.perform_once(&system, place).await?;
    let centre = setup::open_centre(office, CENTRE).await?;
    let offset = i64::from(OpeningHours::usual().offset_minutes) * MINUTE;
    let local = |at: i64| -> anyhow::Result<jiff::civil::DateTime> {
        Ok(jiff::Timestamp::from_microsecond(at + offset)?.to_zoned(jiff::tz::TimeZone::UTC).datetime())
    };
    let from = local(closes)?.date().checked_add(jiff::Span::new().days(2))?;
    let until = from.checked_add(jiff::Span::new().days(days - 1))?;
    let clock = |at: i64| local(at).map(|at| at.strftime("%Y-%m-%dT%H:%M").to_string());
    let text = setup_text(&from.to_string(), &until.to_string(), &clock(opens)?, &clock(closes)?);
    office.perform_once(&system, PublishSetup { centre, text, seen: None }).await?;
    Ok(())
}

fn setup_text(from: &str, until: &str, opens: &str, closes: &str) -> String {
    let names = "{ ckb = \"x\", ar = \"x\", kmr = \"x\", en = \"x\" }";
    let closing = OPENS + 8 * 60;
    let mut text = format!(
        "[order]\nbasis = \"bench\"\n\n[appointments]\n\
         window = {{ days-before = 30, minute = 0, closes-before = 30 }}\n\
         limits = {{ per-identity = 2, per-phone = 4 }}\n\
         no-shows = {{ count = 2, within-days = 60, walk-in-days = 30 }}\n\n\
         [[offer]]\nline = \"A\"\nslot = 60\nvisit = {VISIT}\n\
         counters = [{{ opens = {OPENS}, closes = {closing}, count = {COUNTERS} }}]\n\
         shares = {{ booked = 100, vulnerable = 0 }}\n\n\
         [[release]]\nkey = \"bench\"\nline = \"A\"\nfrom = \"{from}\"\nuntil = \"{until}\"\n\
         opens = \"{opens}\"\ncloses = \"{closes}\"\ndrawn = \"{closes}\"\n\n\
         [[hall]]\nkey = \"main\"\nnames = {names}\n\n\
         [[line]]\nletter = \"A\"\nhall = \"main\"\nnames = {names}\nminutes = 5\n"
    );
    for n in 1..=COUNTERS {
        text += &format!("\n[[counter]]\nlabel = \"C{n}\"\nhall = \"main\"\nlines = [\"A\"]\n");
    }
    text
}

async fn opened(database: &str) -> anyhow::Result<Db> {
    Ok(Db::open_to_read(database, setup::keys()).await?)
}

/// The release, once the office has committed to its seed.
async fn announced(database: &str) -> anyhow::Result<String> {
    let db = opened(database).await?;
    for _ in 0..600 {
        let row =
            db.reading().await?.tx().row("SELECT id FROM releases WHERE key = $1", &vals!["bench"]).await?;
        if let Some(row) = row {
            let id: diwan_domain::ids::RowId = row.get("id")?;
            return Ok(id.to_string());
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    anyhow::bail!("the release was not announced")
}

/// How long after the closing everybody had their place in the order.
async fn drawn(database: &str, release: &str, closes: i64) -> anyhow::Result<Duration> {
    let db = opened(database).await?;
    let began = Instant::now();
    while began.elapsed() < AFTERWARDS {
        let id: diwan_domain::ids::RowId = release.parse()?;
        let row =
            db.reading().await?.tx().row("SELECT done_at FROM releases WHERE id = $1", &vals![id]).await?;
        let done: Option<i64> = row.context("the release is gone")?.get("done_at")?;
        if let Some(done) = done {
            return Ok(Duration::from_micros(u64::try_from(done - closes)?));
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    anyhow::bail!("times were not given within {} s", AFTERWARDS.as_secs())
}

/// Opens the form and sends it, as a browser does; whoever is told to come back does.
async fn sign_up(client: &Client, page: &str, who: &Applicant, n: usize, seen: &Seen) -> anyhow::Result<()> {
    let from = format!("10.{}.{}.{}", 1 + n / 62_500 % 250, n / 250 % 250, n % 250 + 1);
    let head = format!("Host: bench\r\nX-Forwarded-For: {from}\r\nCookie: {}\r\n", who.cookie);
    let (status, body) =
        patient(client, &format!("GET {page} HTTP/1.1\r\n{head}\r\n"), &seen.pages, seen).await?;
    ensure!(status == 200, "the form: {status}");
    let html = String::from_utf8_lossy(&body);
    let hidden = |name: &str| {
        let after = html.split_once(&format!("name=\"{name}\" value=\"")).map(|(_, after)| after);
        after
            .and_then(|after| after.split('"').next())
            .map(str::to_owned)
            .with_context(|| format!("no {name}"))
    };
    // The first form of the page may be the one for signing out; both carry the session's word.
    let form = format!("csrf={}&key={}&phone={}", hidden("csrf")?, hidden("key")?, who.phone);
    let post = format!(
        "POST {page} HTTP/1.1\r\n{head}Content-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{form}",
        form.len()
    );
    let (status, body) = patient(client, &post, &seen.entries, seen).await?;
    ensure!(status == 303, "signing up: {status}: {}", String::from_utf8_lossy(&body));
    Ok(())
}

async fn patient(
    client: &Client,
    request: &str,
    times: &Mutex<Vec<Duration>>,
    seen: &Seen,
) -> anyhow::Result<(u16, Vec<u8>)> {
    let since = Instant::now();
    loop {
        let sent = Instant::now();
        let (status, body) = client.ask(request).await?;
        if status != 503 || since.elapsed() > PATIENCE {
            times.lock().unwrap_or_else(PoisonError::into_inner).push(sent.elapsed());
            return Ok((status, body));
        }
        seen.told_to_come_back.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
}

/// No place is booked twice, and everybody who signed up is there once.
async fn looked_at(options: &Releasing) -> anyhow::Result<()> {
    let db = opened(&options.database).await?;
    let mut reading = db.reading().await?;
    let mut tx = reading.tx();
    let rows =
        tx.rows("SELECT identity, phone, starts_at FROM appointments WHERE line = $1", &vals!["A"]).await?;
    let mut slots: BTreeMap<i64, i64> = BTreeMap::new();
    let mut holders: HashSet<String> = HashSet::new();
    for row in &rows {
        *slots.entry(row.get("starts_at")?).or_default() += 1;
        ensure!(holders.insert(row.get("identity")?), "somebody has two");
        ensure!(holders.insert(row.get("phone")?), "a telephone has two");
    }
    let most = 60 / VISIT * COUNTERS;
    ensure!(slots.values().all(|taken| *taken <= most), "a slot has more than {most}: {slots:?}");
    let wanted = options.places.min(i64::try_from(options.clients)?);
    ensure!(rows.len() as i64 == wanted, "{} of {wanted} places were given", rows.len());
    let entered = tx.rows("SELECT identity, place FROM release_entries ORDER BY entry", &[]).await?;
    ensure!(entered.len() == options.clients, "{} entries of {}", entered.len(), options.clients);
    let mut places = Vec::new();
    let mut identities: HashSet<String> = HashSet::new();
    for row in &entered {
        let place: Option<i64> = row.get("place")?;
        places.push(place.context("somebody was not drawn")?);
        ensure!(identities.insert(row.get("identity")?), "somebody entered twice");
    }
    places.sort_unstable();
    ensure!(
        places.iter().enumerate().all(|(n, place)| *place == n as i64 + 1),
        "a place of the order is missing"
    );
    let said: Value = json!({"appointments": rows.len(), "slots": slots.len(), "entries": entered.len()});
    eprintln!("no place was booked twice: {said}");
    Ok(())
}
