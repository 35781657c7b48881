//! Kills a writing process at random moments, again and again, and looks at
//! what is left: every acknowledged act is there once, rows and journal agree,
//! the public log goes on, and no number or certificate is there twice.

use crate::setup::{self, Ready};
use anyhow::{Context, ensure};
use clap::Args;
use diwan_demo::Region;
use diwan_domain::ids::CaseId;
use diwan_office::cases::{Access, SendCase};
use diwan_office::{Office, Who};
use diwan_store::{log, vals, verify};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How to crash.
#[derive(Args)]
pub struct Crash {
    /// The database: `sqlite:PATH` or a PostgreSQL address, empty
    #[arg(long)]
    database: String,
    /// A folder for files and keys
    #[arg(long)]
    folder: PathBuf,
    /// How many times
    #[arg(long, default_value_t = 50)]
    times: u32,
    /// How many people live in the region
    #[arg(long, default_value_t = 2_000)]
    people: usize,
    /// The part of the writing process; not for people
    #[arg(long, hide = true)]
    writes: Option<u64>,
}

/// Crashes `times` times and says what was found.
///
/// # Errors
/// When something that was acknowledged is gone, doubled, or unexplained.
pub async fn run(crash: Crash) -> anyhow::Result<()> {
    let region = Region::generate(3, crash.people, setup::TODAY);
    let worker = Path::new("no-worker-is-needed");
    if let Some(round) = crash.writes {
        let office = setup::office(&crash.database, &crash.folder, &region, worker).await?;
        return write(&office, &region, round, &crash.folder).await;
    }
    drop(setup::office(&crash.database, &crash.folder, &region, worker).await?);
    let (mut told, mut head) = (Told::default(), 0);
    let began = Instant::now();
    for round in 0..crash.times {
        settle().await;
        kill_a_writer(&crash, round).await?;
        settle().await;
        let office = setup::office(&crash.database, &crash.folder, &region, worker).await?;
        told.read(&crash.folder.join("told"))?;
        head = look(&office, &mut told, head).await.with_context(|| format!("after crash {round}"))?;
    }
    println!(
        "{} times killed under load: {} cases were acknowledged as begun and {} as sent, {} of these by a repeat whose \
         first outcome was unknown; 0 lost, 0 doubled; the log stands at {head} entries; {:.0} s",
        crash.times,
        told.begun.len(),
        told.sent.len(),
        told.again,
        began.elapsed().as_secs_f64()
    );
    Ok(())
}

/// The embedded engine lets go of its file a moment after its last handle.
async fn settle() {
    tokio::time::sleep(Duration::from_millis(150)).await;
}

async fn kill_a_writer(crash: &Crash, round: u32) -> anyhow::Result<()> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["crash", "--database", &crash.database, "--folder"])
        .arg(&crash.folder)
        .args(["--people", &crash.people.to_string(), "--writes", &round.to_string()])
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()?;
    let told = crash.folder.join("told");
    let before = std::fs::metadata(&told).map_or(0, |meta| meta.len());
    let began = Instant::now();
    // The clock starts with the first word, so that every crash is under load.
    while std::fs::metadata(&told).map_or(0, |meta| meta.len()) == before {
        ensure!(began.elapsed() < Duration::from_secs(120), "the writer never began");
        ensure!(child.try_wait()?.is_none(), "the writer ended by itself");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let chance = diwan_office::secrets::random::<2>();
    let pause = 20 + u64::from(u16::from_le_bytes(chance)) % 1_500;
    tokio::time::sleep(Duration::from_millis(pause)).await;
    child.kill()?;
    child.wait()?;
    Ok(())
}

/// Writes until it is killed, and notes what it tries and what was
/// acknowledged. A line is one write to the file, so none is torn.
async fn write(office: &Arc<Office>, region: &Region, round: u64, folder: &Path) -> anyhow::Result<()> {
    let file = std::fs::File::options().create(true).append(true).open(folder.join("told"))?;
    let told = Arc::new(Mutex::new(file));
    let sealing = office.clone();
    tokio::spawn(async move {
        loop {
            if log::seal(&sealing.db, &sealing.log_key, "crash", sealing.now()).await.is_ok()
                && let Ok(Some(head)) = log::head(&sealing.db).await
            {
                let _kept_next_time = sealing.published.keep(&head);
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    let people = setup::numbers(region);
    let writers = 16;
    let tasks = (0..writers).map(|writer| {
        let (office, told, people) = (office.clone(), told.clone(), people.clone());
        tokio::spawn(async move {
            for n in 0.. {
                let chosen = &people[(round as usize * 131 + writer + n * writers) % people.len()];
                let ready = setup::one(&office, &chosen.0, chosen.1.clone()).await?;
                say(&told, &format!("begun {} {}", ready.case, key_of(&ready)))?;
                let act = SendCase { case: ready.case, access: ready.access.clone() };
                office.perform(&ready.who, &format!("send/{}", ready.case), act).await?;
                say(&told, &format!("sent {}", ready.case))?;
            }
            anyhow::Ok(())
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await??;
    }
    Ok(())
}

fn key_of(ready: &Ready) -> String {
    let diwan_domain::acts::Actor::Account(account) = ready.who.actor else { return String::new() };
    format!("{account} {}", ready.access.key.clone().unwrap_or_default())
}

fn say(told: &Mutex<std::fs::File>, line: &str) -> anyhow::Result<()> {
    let mut file = told.lock().map_err(|_| anyhow::anyhow!("a writer panicked"))?;
    Ok(file.write_all(format!("{line}\n").as_bytes())?)
}

/// What writers were told.
#[derive(Default)]
struct Told {
    begun: BTreeMap<CaseId, (diwan_domain::ids::AccountId, String)>,
    sent: std::collections::BTreeSet<CaseId>,
    again: usize,
}

impl Told {
    fn read(&mut self, file: &Path) -> anyhow::Result<()> {
        for line in std::fs::read_to_string(file)?.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            match words[..] {
                ["begun", case, account, key] => {
                    let id = case.parse().map_err(|_| anyhow::anyhow!("{line}"))?;
                    let account = account.parse().map_err(|_| anyhow::anyhow!("{line}"))?;
                    self.begun.insert(id, (account, key.to_owned()));
                }
                ["sent", case] => {
                    self.sent.insert(case.parse().map_err(|_| anyhow::anyhow!("{line}"))?);
                }
                _ => anyhow::bail!("`{line}` was not written by a writer"),
            }
        }
        Ok(())
    }
}

/// Looks at everything that must hold after a crash. Gives the log's size.
async fn look(office: &Office, told: &mut Told, before: u64) -> anyhow::Result<u64> {
    office.published.check(&office.db).await.context("the log would fork")?;
    // Of an act whose outcome is unknown a repeat with its key tells.
    let unknown: Vec<CaseId> = told.begun.keys().filter(|case| !told.sent.contains(case)).copied().collect();
    for case in unknown {
        let (account, key) = told.begun[&case].clone();
        let who = Who {
            actor: diwan_domain::acts::Actor::Account(account),
            assurance: diwan_domain::people::Assurance::Substantial,
            channel: diwan_domain::people::Channel::Online,
            ..Who::system("crash")
        };
        let act = SendCase { case, access: Access { key: Some(key) } };
        office.perform(&who, &format!("send/{case}"), act).await.context("a repeat was refused")?;
        told.sent.insert(case);
        told.again += 1;
    }
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    for case in told.begun.keys() {
        let count = tx.count("SELECT COUNT(*) AS n FROM cases WHERE id = $1", &vals![*case]).await?;
        ensure!(count == 1, "case {case} was acknowledged and is there {count} times");
    }
    for case in &told.sent {
        let sent = "SELECT COUNT(*) AS n FROM cases WHERE id = $1 AND submitted_at IS NOT NULL";
        ensure!(tx.count(sent, &vals![*case]).await? == 1, "the sending of case {case} is gone");
        let papers =
            tx.count("SELECT COUNT(*) AS n FROM documents WHERE case_id = $1", &vals![*case]).await?;
        ensure!(papers == 1, "case {case} has {papers} certificates");
    }
    let twice =
        "SELECT COUNT(*) AS n FROM (SELECT number FROM documents GROUP BY number HAVING COUNT(*) > 1) d";
    ensure!(tx.count(twice, &[]).await? == 0, "a number was given twice");
    drop(reading);
    while log::seal(&office.db, &office.log_key, "crash", office.now()).await?.is_some_and(|done| done.more) {
    }
    let head = log::head(&office.db).await?.context("the log has no head")?;
    office.published.keep(&head)?;
    ensure!(head.size >= before, "the log shrank from {before} to {}", head.size);
    let report = verify::journal(&office.db, Some((head.size, head.root))).await?;
    ensure!(report.findings.is_empty(), "{}", report.findings[0]);
    Ok(head.size)
}
