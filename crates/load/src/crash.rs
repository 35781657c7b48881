//! Kills a writing process at random moments, again and again, and looks at
//! what is left: every acknowledged act is there once, rows and journal agree,
//! the public log goes on, no number or certificate is there twice, and every
//! file is whole. With a command that cuts the power, the machine below dies
//! with it and its disk loses what was not synced.

use crate::setup::{self, Ready};
use anyhow::{Context, ensure};
use clap::Args;
use diwan_demo::Region;
use diwan_domain::ids::CaseId;
use diwan_office::cases::{Access, SendCase};
use diwan_office::{Office, Who};
use diwan_store::tx::Tx;
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
    /// Where writers note what they were told, on a disk that loses nothing; `told` in the folder when left out
    #[arg(long)]
    told: Option<PathBuf>,
    /// A program that takes the power away when called with `off`, and gives it back with `on`
    #[arg(long)]
    cut: Option<PathBuf>,
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

impl Crash {
    fn told(&self) -> PathBuf {
        self.told.clone().unwrap_or_else(|| self.folder.join("told"))
    }
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
        return write(&office, &region, round, &crash.told()).await;
    }
    drop(setup::office(&crash.database, &crash.folder, &region, worker).await?);
    let (mut told, mut head) = (Told::default(), 0);
    let began = Instant::now();
    for round in 0..crash.times {
        settle().await;
        kill_a_writer(&crash, round).await?;
        settle().await;
        let office = setup::office(&crash.database, &crash.folder, &region, worker).await?;
        told.read(&crash.told())?;
        head = look(&office, &mut told, head).await.with_context(|| format!("after crash {round}"))?;
    }
    println!(
        "{} times {} under load: {} cases were acknowledged as begun and {} as sent, {} of these by a repeat whose \
         first outcome was unknown, and {} files as kept; 0 lost, 0 doubled; the log stands at {head} entries; {:.0} s",
        crash.times,
        if crash.cut.is_some() { "without power" } else { "killed" },
        told.begun.len(),
        told.sent.len(),
        told.again,
        told.kept.len(),
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
        .args(["--people", &crash.people.to_string(), "--writes", &round.to_string(), "--told"])
        .arg(crash.told())
        .stdout(Stdio::null())
        .stderr(last_words(crash)?)
        .spawn()?;
    let told = crash.told();
    let before = begun_in(&told);
    let began = Instant::now();
    // The clock starts with the first case, so that every crash is under load.
    while begun_in(&told) == before {
        ensure!(began.elapsed() < Duration::from_secs(120), "the writer never began");
        ensure!(child.try_wait()?.is_none(), "the writer ended by itself");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let chance = diwan_office::secrets::random::<2>();
    let pause = 20 + u64::from(u16::from_le_bytes(chance)) % 1_500;
    tokio::time::sleep(Duration::from_millis(pause)).await;
    if let Some(power) = &crash.cut {
        switch(power, "off")?;
    }
    child.kill()?;
    child.wait()?;
    if let Some(power) = &crash.cut {
        switch(power, "on")?;
    }
    Ok(())
}

/// How many cases writers were told are begun.
fn begun_in(told: &Path) -> usize {
    let text = std::fs::read_to_string(told).unwrap_or_default();
    text.lines().filter(|line| line.starts_with("begun ")).count()
}

/// A writer whose disk is gone complains until it is killed: that is kept aside.
fn last_words(crash: &Crash) -> anyhow::Result<Stdio> {
    if crash.cut.is_none() {
        return Ok(Stdio::inherit());
    }
    Ok(std::fs::File::create(crash.told().with_extension("writer.log"))?.into())
}

fn switch(power: &Path, to: &str) -> anyhow::Result<()> {
    let done = Command::new(power).arg(to).status().with_context(|| format!("{}", power.display()))?;
    ensure!(done.success(), "the power could not be switched {to}");
    Ok(())
}

/// Writes until it is killed, and notes what it tries and what was
/// acknowledged. A line is one write to the file, so none is torn.
async fn write(office: &Arc<Office>, region: &Region, round: u64, told: &Path) -> anyhow::Result<()> {
    let file = std::fs::File::options().create(true).append(true).open(told)?;
    let told = Arc::new(Mutex::new(file));
    tokio::spawn(seal(office.clone(), told.clone()));
    tokio::spawn(keep_files(office.clone(), told.clone()));
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

/// Seals, and notes every head that was published.
async fn seal(office: Arc<Office>, told: Arc<Mutex<std::fs::File>>) {
    loop {
        if log::seal(&office.db, &office.log_key, "crash", office.now()).await.is_ok()
            && let Ok(Some(head)) = log::head(&office.db).await
            && office.published.keep(&head).is_ok()
            && say(&told, &format!("published {}", head.size)).is_err()
        {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Keeps files, each by two callers at once, as two people hand in the same paper.
async fn keep_files(office: Arc<Office>, told: Arc<Mutex<std::fs::File>>) {
    loop {
        let chance = diwan_office::secrets::random::<32>();
        let bytes = chance.repeat(1 + usize::from(chance[0]) * 8);
        let (first, second) = tokio::join!(office.files.put(bytes.clone()), office.files.put(bytes));
        for hash in [first, second].into_iter().flatten() {
            if say(&told, &format!("kept {hash}")).is_err() {
                return;
            }
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
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
    kept: std::collections::BTreeSet<String>,
    published: u64,
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
                ["kept", hash] => {
                    self.kept.insert(hash.to_owned());
                }
                ["published", size] => self.published = self.published.max(size.parse()?),
                _ => anyhow::bail!("`{line}` was not written by a writer"),
            }
        }
        Ok(())
    }
}

/// Looks at everything that must hold after a crash. Gives the log's size.
async fn look(office: &Office, told: &mut Told, before: u64) -> anyhow::Result<u64> {
    office.published.check(&office.db).await.context("the log would fork")?;
    let kept = office.published.last()?.map_or(0, |(size, _)| size);
    ensure!(kept >= told.published, "head {} was published, {kept} is kept outside", told.published);
    for hash in &told.kept {
        ensure!(office.files.get(hash).await?.is_some(), "file {hash} was acknowledged and is gone");
    }
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
    let begun: Vec<CaseId> = told.begun.keys().copied().collect();
    let sent: Vec<CaseId> = told.sent.iter().copied().collect();
    all_there_once(&mut tx, &begun, &sent).await?;
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

/// What was acknowledged is there, once.
///
/// # Errors
/// What is not.
pub async fn all_there_once(tx: &mut Tx<'_>, begun: &[CaseId], sent: &[CaseId]) -> anyhow::Result<()> {
    for case in begun {
        let count = tx.count("SELECT COUNT(*) AS n FROM cases WHERE id = $1", &vals![*case]).await?;
        ensure!(count == 1, "case {case} was acknowledged and is there {count} times");
    }
    for case in sent {
        let submitted = "SELECT COUNT(*) AS n FROM cases WHERE id = $1 AND submitted_at IS NOT NULL";
        ensure!(tx.count(submitted, &vals![*case]).await? == 1, "the sending of case {case} is gone");
        // Whoever asks again pays first, and has no certificate yet.
        let waits = "SELECT COUNT(*) AS n FROM cases WHERE id = $1 AND phase = 'in-progress'";
        let approved = 1 - tx.count(waits, &vals![*case]).await?;
        let papers =
            tx.count("SELECT COUNT(*) AS n FROM documents WHERE case_id = $1", &vals![*case]).await?;
        ensure!(papers == approved, "case {case} has {papers} certificates instead of {approved}");
    }
    let twice =
        "SELECT COUNT(*) AS n FROM (SELECT number FROM documents GROUP BY number HAVING COUNT(*) > 1) d";
    ensure!(tx.count(twice, &[]).await? == 0, "a number was given twice");
    Ok(())
}
