//! Writes through the API of several nodes while their database servers fail,
//! as an integrator's program would: what was not answered is sent again, with
//! the same key, to the other node. Afterwards everything that was acknowledged
//! must be there once, and every head of the public log that any node ever
//! showed must belong to the one log there is.

use crate::http::Client;
use crate::setup;
use anyhow::{Context, bail, ensure};
use clap::{Args, Subcommand};
use diwan_demo::Region;
use diwan_domain::ids::CaseId;
use diwan_office::secrets;
use diwan_store::log::{self, Continuity, Published};
use diwan_store::{Db, verify};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How many programs write at once.
const PROGRAMS: usize = 16;
/// How long a program waits for an answer before it repeats.
const WAITS: Duration = Duration::from_secs(6);
/// How long a program goes on repeating one request.
const GIVES_UP: Duration = Duration::from_secs(180);

/// Which part of it.
#[derive(Args)]
pub struct Failover {
    #[command(subcommand)]
    part: Part,
}

#[derive(Subcommand)]
enum Part {
    /// Fills a register, and gives programs their tokens
    Prepare(Place),
    /// Writes until the file `stop` is there
    Write(Writing),
    /// Looks whether everything acknowledged is there once
    Look(Looking),
}

#[derive(Args)]
struct Place {
    /// The database's address
    #[arg(long)]
    database: String,
    /// A folder of keys, with the files below it
    #[arg(long)]
    folder: PathBuf,
    /// How many programs have a token, each for someone else
    #[arg(long, default_value_t = 256)]
    tokens: usize,
}

#[derive(Args)]
struct Writing {
    #[command(flatten)]
    place: Place,
    /// The nodes, `host:port`, with commas
    #[arg(long, value_delimiter = ',')]
    nodes: Vec<String>,
    /// Where it is noted what was acknowledged
    #[arg(long)]
    told: PathBuf,
    /// A file that ends the writing
    #[arg(long)]
    stop: PathBuf,
}

#[derive(Args)]
struct Looking {
    #[command(flatten)]
    place: Place,
    /// Where it was noted what was acknowledged
    #[arg(long)]
    told: PathBuf,
}

/// Carries a part out.
///
/// # Errors
/// When something acknowledged is gone, doubled or unexplained, or the log forked.
pub async fn run(failover: Failover) -> anyhow::Result<()> {
    match failover.part {
        Part::Prepare(place) => prepare(&place).await,
        Part::Write(writing) => write(writing).await,
        Part::Look(looking) => look(&looking).await,
    }
}

async fn prepare(place: &Place) -> anyhow::Result<()> {
    let region = Region::generate(3, 2_000, setup::TODAY);
    std::fs::create_dir_all(&place.folder)?;
    std::fs::write(place.folder.join("journal.key"), "07".repeat(32))?;
    let office =
        setup::office(&place.database, &place.folder, &region, Path::new("no-worker-is-needed")).await?;
    let mut lines = String::new();
    for (number, answers) in setup::numbers(&region).iter().take(place.tokens) {
        let who = setup::signed_in(&office, number).await?;
        let token = setup::token_of(&office, &who).await?;
        let answers: Map<String, Value> =
            answers.iter().map(|(question, value)| ((*question).to_owned(), value.clone())).collect();
        lines.push_str(&format!("{}\n", json!({"token": token, "answers": answers})));
    }
    Ok(std::fs::write(place.folder.join("programs"), lines)?)
}

/// Where it is noted what was acknowledged; a line is one write, so none is torn.
#[derive(Clone)]
struct Notes(Arc<Mutex<std::fs::File>>);

impl Notes {
    fn say(&self, what: &str, subject: &str) -> anyhow::Result<()> {
        let at = jiff::Timestamp::now().as_microsecond();
        let mut file = self.0.lock().map_err(|_| anyhow::anyhow!("a program panicked"))?;
        Ok(file.write_all(format!("{what} {subject} {at}\n").as_bytes())?)
    }
}

async fn write(writing: Writing) -> anyhow::Result<()> {
    let programs = std::fs::read_to_string(writing.place.folder.join("programs"))?;
    let programs: Vec<Value> = programs.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let notes = Notes(Arc::new(Mutex::new(std::fs::File::create(&writing.told)?)));
    let heads = writing.place.folder.join("heads");
    std::fs::create_dir_all(&heads)?;
    for node in &writing.nodes {
        tokio::spawn(watch(node.clone(), heads.clone()));
    }
    let writing = Arc::new(writing);
    let tasks = (0..PROGRAMS).map(|first| {
        let (writing, notes) = (writing.clone(), notes.clone());
        let mine: Vec<Value> = programs.iter().skip(first).step_by(PROGRAMS).cloned().collect();
        tokio::spawn(async move {
            let mut n = 0;
            while !writing.stop.exists() {
                let program =
                    Program { nodes: &writing.nodes, notes: &notes, own: &mine[n % mine.len()], first };
                program.one_case().await?;
                n += 1;
            }
            anyhow::Ok(())
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await??;
    }
    Ok(())
}

/// Keeps every head of the public log that a node shows.
async fn watch(node: String, heads: PathBuf) {
    let client = Client::of(&node);
    loop {
        let asked =
            tokio::time::timeout(WAITS, client.ask("GET /log/checkpoint HTTP/1.1\r\nHost: log\r\n\r\n"));
        if let Ok(Ok((200, head))) = asked.await {
            let size = String::from_utf8_lossy(&head).lines().nth(1).unwrap_or("none").to_owned();
            let file = heads.join(format!("{}-{size}", node.replace(':', "-")));
            if std::fs::write(&file, head).is_err() {
                return;
            }
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

/// One program that writes for one person.
struct Program<'a> {
    nodes: &'a [String],
    notes: &'a Notes,
    own: &'a Value,
    first: usize,
}

impl Program<'_> {
    /// A case from the first question to the sending.
    async fn one_case(&self) -> anyhow::Result<()> {
        let begin = json!({"service": "birth-certificate", "language": "ckb"});
        let begun = self.until_acknowledged("POST", "/api/v1/cases", Some(&begin)).await?;
        let case = begun["id"].as_str().context("a case without its id")?;
        self.notes.say("begun", case)?;
        let path = format!("/api/v1/cases/{case}");
        self.until_acknowledged("PUT", &format!("{path}/answers"), Some(&self.own["answers"])).await?;
        self.notes.say("answered", case)?;
        self.until_acknowledged("POST", &format!("{path}/send"), None).await?;
        self.notes.say("sent", case)
    }

    /// Sends a request, again with the same key to the next node, until some node acknowledges it.
    async fn until_acknowledged(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> anyhow::Result<Value> {
        let key = secrets::base32(&secrets::random::<10>());
        let token = self.own["token"].as_str().context("a program without a token")?;
        let body = body.map(ToString::to_string).unwrap_or_default();
        let began = Instant::now();
        let mut node = self.first;
        loop {
            let request = format!(
                "{method} {path} HTTP/1.1\r\nHost: office\r\nAuthorization: Bearer {token}\r\n\
                 Idempotency-Key: {key}\r\nX-Forwarded-For: 198.51.100.{}\r\nContent-Type: application/json\r\n\
                 Content-Length: {}\r\n\r\n{body}",
                secrets::random::<1>()[0],
                body.len()
            );
            // A connection of its own each time: one that was given up must not be used again.
            let client = Client::of(&self.nodes[node % self.nodes.len()]);
            match tokio::time::timeout(WAITS, client.ask(&request)).await {
                Ok(Ok((200..=299, answer))) => return Ok(serde_json::from_slice(&answer)?),
                // A server that was stopped and waked shows the past until it notices. If the case
                // is really gone, it is never acknowledged again, and this ends with a fault.
                Ok(Ok((404, _))) => self.notes.say("past", &key)?,
                Ok(Ok((status @ 400..=499, answer))) if status != 429 => {
                    bail!("{method} {path}: {status} {}", String::from_utf8_lossy(&answer))
                }
                _ => {}
            }
            ensure!(began.elapsed() < GIVES_UP, "{method} {path} was never acknowledged");
            self.notes.say("again", &key)?;
            node += 1;
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    }
}

async fn look(looking: &Looking) -> anyhow::Result<()> {
    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in std::fs::read_to_string(&looking.told)?.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let [what, subject, _] = words[..] else { bail!("`{line}` was not written by a program") };
        told.entry(what.to_owned()).or_default().insert(subject.to_owned());
    }
    let cases = |what: &str| -> anyhow::Result<Vec<CaseId>> {
        let parse = |id: &String| id.parse().map_err(|_| anyhow::anyhow!("{id} is no case"));
        told.get(what).into_iter().flatten().map(parse).collect()
    };
    let (begun, sent) = (cases("begun")?, cases("sent")?);
    let db = Db::open_to_read(&looking.place.database, crate::setup::keys()).await?;
    let mut reading = db.reading().await?;
    let mut tx = reading.tx();
    crate::crash::all_there_once(&mut tx, &begun, &sent).await?;
    let all = tx.count("SELECT COUNT(*) AS n FROM cases", &[]).await?;
    ensure!(
        all == i64::try_from(begun.len())?,
        "{} cases were acknowledged as begun, {all} are there",
        begun.len()
    );
    drop(reading);
    let (shown, largest) = one_log(&db, &looking.place.folder.join("heads")).await?;
    let head = log::head(&db).await?.context("the log has no head")?;
    let report = verify::journal(&db, Some((head.size, head.root))).await?;
    ensure!(report.findings.is_empty(), "{}", report.findings[0]);
    println!(
        "{} cases acknowledged as begun, {} as sent, {} requests of unknown outcome repeated, {} answered from the past: 0 lost, 0 doubled; \
         {shown} heads of the public log were shown, up to {largest} entries, and belong to one log of {}",
        begun.len(),
        sent.len(),
        told.get("again").map_or(0, BTreeSet::len),
        told.get("past").map_or(0, BTreeSet::len),
        head.size
    );
    Ok(())
}

/// Compares every head that a node showed with the log there is.
async fn one_log(db: &Db, heads: &Path) -> anyhow::Result<(usize, u64)> {
    let (mut shown, mut largest) = (0, 0);
    for entry in std::fs::read_dir(heads)? {
        let published = Published::at(&entry?.path());
        let (size, _) = published.last()?.context("a head that was kept is gone")?;
        let standing = published.compare(db).await?;
        ensure!(standing == Continuity::Continues, "the log forked: the head of {size} entries {standing:?}");
        shown += 1;
        largest = largest.max(size);
    }
    ensure!(shown > 0, "no head was shown");
    Ok((shown, largest))
}
