//! The machine fails below a running office: it says so clearly, keeps nothing
//! it could not keep, and goes on by itself once the machine is sound again.

use crate::installation::{Installation, SHILAN, Serving};
use diwan_office::Clock;
use diwan_store::Db;
use diwan_store::dialect::Engine;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};

/// A machine whose disk and clock can be made to fail.
struct Machine {
    shim: PathBuf,
    faults: PathBuf,
    below: PathBuf,
}

impl Machine {
    fn around(place: &Installation) -> Self {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/machine/faulty.c");
        let (shim, faults) = (place.path("faulty.so"), place.path("faults"));
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o", shim.to_str().unwrap(), source, "-ldl"])
            .status()
            .unwrap();
        assert!(built.success(), "cc, which also builds the program's SQLite, could not build the shim");
        std::fs::write(&faults, "").unwrap();
        Self { shim, faults, below: place.folder.clone() }
    }

    fn becomes(&self, faults: &str) {
        std::fs::write(&self.faults, faults).unwrap();
    }

    fn env(&self) -> Vec<(&'static str, String)> {
        vec![
            ("LD_PRELOAD", self.shim.display().to_string()),
            ("FAULTS", self.faults.display().to_string()),
            ("FAULTS_BELOW", self.below.display().to_string()),
        ]
    }
}

/// Someone at the page that begins an application.
struct Citizen {
    client: reqwest::Client,
    cookie: String,
    base: String,
    form: Vec<(String, String)>,
}

/// What an answer was.
struct Answer {
    status: u16,
    retry_after: Option<u64>,
    page: String,
}

const SERVICE: &str = "/en/services/birth-certificate";

impl Citizen {
    async fn at(place: &Installation) -> Self {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let first = client.get(format!("{}{SERVICE}", place.base)).send().await.unwrap();
        let cookie = first.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let page = read(first).await;
        assert_eq!(page.status, 200);
        let mut citizen = Self { client, cookie, base: place.base.clone(), form: Vec::new() };
        citizen.form = fields(&page.page, &format!("action=\"{SERVICE}/begin\""));
        assert!(citizen.form.iter().any(|(name, _)| name == "key"), "{:?}", citizen.form);
        citizen
    }

    async fn get(&self, path: &str) -> Answer {
        let address = format!("{}{path}", self.base);
        read(self.client.get(address).header("cookie", &self.cookie).send().await.unwrap()).await
    }

    /// Sends the form; the same attempt each time.
    async fn begin(&self) -> Answer {
        let address = format!("{}{SERVICE}/begin", self.base);
        let asked = self.client.post(address).header("cookie", &self.cookie).form(&self.form);
        read(asked.send().await.unwrap()).await
    }
}

async fn read(answer: reqwest::Response) -> Answer {
    let retry_after = answer.headers().get("retry-after").map(|v| v.to_str().unwrap().parse().unwrap());
    Answer { status: answer.status().as_u16(), retry_after, page: answer.text().await.unwrap() }
}

/// The hidden fields of a form on a page.
fn fields(page: &str, form: &str) -> Vec<(String, String)> {
    let from = page.find(form).unwrap_or_else(|| panic!("no form {form} in {page}"));
    let form = page[from..].split("</form>").next().unwrap();
    let value = |tag: &str, name: &str| {
        tag.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned)
    };
    form.split("<input").skip(1).filter_map(|tag| Some((value(tag, "name")?, value(tag, "value")?))).collect()
}

/// Someone who is told to come back is told when, and keeps what was typed.
#[track_caller]
fn asked_to_come_back(answer: &Answer, citizen: &Citizen) {
    assert_eq!(answer.status, 503, "{}", answer.page);
    assert!(answer.retry_after.is_some_and(|seconds| (1..=60).contains(&seconds)));
    assert_eq!(fields(&answer.page, &format!("action=\"{SERVICE}/begin\"")), citizen.form);
}

async fn drafts(place: &Installation) -> i64 {
    let db = Db::open_to_read(&place.database, place.keys()).await.unwrap();
    let mut reading = db.reading().await.unwrap();
    reading.tx().count("SELECT COUNT(*) AS n FROM cases WHERE phase = 'draft'", &[]).await.unwrap()
}

async fn on_a_failing_disk(fault: &str) {
    let place = Installation::begun(Engine::Sqlite, "").await;
    let machine = Machine::around(&place);
    let serving = place.serve_with(&machine.env()).await;
    let (first, second) = (Citizen::at(&place).await, Citizen::at(&place).await);
    assert_eq!(first.begin().await.status, 303);

    machine.becomes(fault);
    for _ in 0..3 {
        asked_to_come_back(&second.begin().await, &second);
    }
    assert_eq!(first.get(SERVICE).await.status, 200, "what only reads goes on");

    machine.becomes("");
    assert_eq!(second.begin().await.status, 303, "{}", place.log());
    assert_eq!(second.begin().await.status, 303, "a repeat is answered");
    assert_eq!(drafts(&place).await, 2, "what was acknowledged is there, once");
    serving.stop();
    place.run(&["verify", "journal"], &[]).ok();
    place.run(&["doctor"], &[]).ok();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_cannot_sync_keeps_nothing_and_recovers() {
    on_a_failing_disk("fsync").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_keeps_nothing_and_recovers() {
    on_a_failing_disk("full").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_jumps_is_not_followed() {
    let place = Installation::begun(Engine::Sqlite, "").await;
    let machine = Machine::around(&place);
    let serving = place.serve_with(&machine.env()).await;
    machine.becomes("clock=-86400");
    assert_eq!(Citizen::at(&place).await.begin().await.status, 303);
    machine.becomes("clock=315360000");
    assert_eq!(Citizen::at(&place).await.begin().await.status, 303);
    let db = Db::open_to_read(&place.database, place.keys()).await.unwrap();
    let rows = db.reading().await.unwrap().tx().rows("SELECT begun_at FROM cases", &[]).await.unwrap();
    let now = jiff::Timestamp::now().as_microsecond();
    for row in &rows {
        let begun: i64 = row.get("begun_at").unwrap();
        assert!((now - begun).abs() < 120_000_000, "{begun} is far from {now}");
    }
    assert_eq!(rows.len(), 2);
    assert!(place.log().contains("jumped and is not followed"), "{}", place.log());
    machine.becomes("");
    place.get("/en").await;
    assert!(place.log().contains("believed again"), "{}", place.log());
    serving.stop();

    // A machine that wakes in the past does not begin to date papers there.
    machine.becomes("clock=-31536000");
    let mut refused = place.spawn_with(&machine.env());
    assert!(!refused.wait().unwrap().success());
    assert!(place.log().contains("Set the clock"), "{}", place.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn papers_wait_for_a_new_key_when_the_certificate_has_expired() {
    let place = Installation::begun(Engine::Sqlite, "").await;
    let machine = Machine::around(&place);
    // Four years on; the certificate was for three.
    const FOUR_YEARS: i64 = 126_230_400;
    let then = jiff::Timestamp::now().as_microsecond() + FOUR_YEARS * 1_000_000;
    let case = place.apply_at(Clock::Fixed(Arc::new(AtomicI64::new(then))), SHILAN, &[]).await;
    machine.becomes(&format!("clock={FOUR_YEARS}"));
    let serving = place.serve_with(&machine.env()).await;
    wait_for(&place, "certificate of the key is in force from").await;
    let said = place.run_with(&["doctor"], &[], &machine.env()).refused();
    assert!(said.contains("run `diwan keys rotate`"), "{said}");

    place.run_with(&["keys", "rotate"], &[], &machine.env()).ok();
    place.certificate(case).await;
    serving.stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_typesetter_that_is_killed_is_replaced() {
    let place = Installation::begun(Engine::Sqlite, "").await;
    let cases = [place.apply(SHILAN, &[]).await, place.apply_for_another().await];
    let serving = place.serve().await;
    let parent = serving.0.id().to_string();
    // The first two that are seen; each is at work or just begun.
    let mut killed = Vec::new();
    for _ in 0..400 {
        let found = Command::new("pgrep").args(["-P", &parent, "-f", "render-worker"]).output().unwrap();
        for child in String::from_utf8(found.stdout).unwrap().split_whitespace().map(str::to_owned) {
            if killed.len() < 2 && !killed.contains(&child) {
                Command::new("kill").args(["-KILL", &child]).status().unwrap();
                killed.push(child);
            }
        }
        if killed.len() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(!killed.is_empty(), "no typesetter was seen:\n{}", place.log());
    for case in cases {
        let paper = place.certificate(case).await;
        assert_eq!(place.verdict(&paper.code).await, "200 This document is genuine");
    }
    serving.stop();
}

/// A way to the database that can be cut.
struct Line {
    port: u16,
    open: Arc<AtomicBool>,
}

impl Line {
    async fn to(database: &str) -> Self {
        let target = database.split('@').nth(1).unwrap().split('/').next().unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let line =
            Self { port: listener.local_addr().unwrap().port(), open: Arc::new(AtomicBool::new(true)) };
        let open = line.open.clone();
        tokio::spawn(async move {
            while let Ok((from, _)) = listener.accept().await {
                if open.load(Ordering::Relaxed) {
                    tokio::spawn(carry(from, target.clone(), open.clone()));
                }
            }
        });
        line
    }
}

/// Carries bytes both ways until the line is cut.
async fn carry(mut from: TcpStream, target: String, open: Arc<AtomicBool>) {
    let mut to = TcpStream::connect(target).await.unwrap();
    let cut = async {
        while open.load(Ordering::Relaxed) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::select! {
        _ = tokio::io::copy_bidirectional(&mut from, &mut to) => {}
        () = cut => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_gone_and_comes_back() {
    let mut place = Installation::begun(Engine::Postgres, "").await;
    let direct = place.database.clone();
    let line = Line::to(&direct).await;
    let port = direct.split('@').nth(1).unwrap().split(['/', ':']).nth(1).unwrap();
    place.database = direct.replace(&format!(":{port}/"), &format!(":{}/", line.port));
    place.configure("");
    let serving: Serving = place.serve().await;
    let (first, second) = (Citizen::at(&place).await, Citizen::at(&place).await);
    assert_eq!(first.begin().await.status, 303);

    line.open.store(false, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_millis(100)).await;
    for _ in 0..3 {
        asked_to_come_back(&second.begin().await, &second);
    }
    // Whoever is known by a session is not taken for a stranger.
    let page = first.get("/en/my-cases").await;
    assert_eq!(page.status, 503);
    assert!(page.retry_after.is_some() && page.page.contains("The records cannot be reached just now"));
    assert_eq!(place.get("/healthz").await.0, 503);

    line.open.store(true, Ordering::Relaxed);
    assert_eq!(second.begin().await.status, 303, "{}", place.log());
    assert_eq!(second.begin().await.status, 303);
    assert_eq!(first.get("/en/my-cases").await.status, 200);
    place.database = direct;
    assert_eq!(drafts(&place).await, 2);
    serving.stop();
    place.configure("");
    place.run(&["verify", "journal"], &[]).ok();
}

async fn wait_for(place: &Installation, words: &str) {
    for _ in 0..300 {
        if place.log().contains(words) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("`{words}` was never said:\n{}", place.log());
}
