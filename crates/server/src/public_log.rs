//! The public log as operators and inspectors meet it: another installation's is copied and checked, and after
//! the database went back in time a new one is opened that names the old.

use crate::config::{self, Config};
use crate::keys::{journal_key, read_log_key, write_secret};
use crate::mirror::Mirror;
use anyhow::{Context, ensure};
use clap::Subcommand;
use diwan_documents::proof;
use diwan_store::log::{self, Continuity, LogKey, Lost, Published};
use diwan_store::{Db, disk, nodes, verify};
use std::path::{Path, PathBuf};

/// Copy another installation's public log, or open a new one after going back in time.
#[derive(Subcommand)]
pub enum LogCommand {
    /// Copy another installation's log and check it; run it again to copy what came since
    Mirror {
        /// The installation's address: https://diwan.example
        url: String,
        /// The folder that holds the copy
        #[arg(long, default_value = "mirror")]
        to: PathBuf,
        /// The log's verifier key (`name+hash+key`), from the log's page; needed the first time
        #[arg(long)]
        key: Option<String>,
    },
    /// End the log after the database went back in time or its key was lost, and open one that names it
    OpenNew {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
    },
}

/// Carries a command out.
pub async fn run(command: LogCommand) -> anyhow::Result<()> {
    match command {
        LogCommand::Mirror { url, to, key } => {
            let done = Mirror::of(&url, &to, key.as_deref())?.run().await?;
            match done.now - done.before {
                0 => println!("nothing is new; all {} entries are as they were", done.now),
                new => println!("{new} entries are new; {} are copied to {}", done.now, to.display()),
            }
            println!("the signed head covers exactly these entries, and goes on from the copy before");
            Ok(())
        }
        LogCommand::OpenNew { config } => reopen(&config::load(&config)?).await,
    }
}

/// The log goes on under another key, in place.
async fn reopen(config: &Config) -> anyhow::Result<()> {
    let db = Db::open(&config.database, journal_key(&config.keys)?).await?;
    ensure!(
        verify::is_ours(&db).await?,
        "this database was written under other keys; put the keys in place that were kept with it"
    );
    let alive = nodes::alive(&db, jiff::Timestamp::now().as_microsecond()).await?;
    let hosts: Vec<String> = alive.into_iter().map(|node| node.host).collect();
    ensure!(hosts.is_empty(), "stop `serve` on every node first; alive: {}", hosts.join(", "));
    let standing = Published::at(&config.keys.join("checkpoint")).compare(&db).await?;
    let lost = why_not_its_key(&db, read_log_key(&config.keys).ok().as_ref()).await?;
    let mut gone = None;
    match (standing, lost) {
        (Continuity::Older { published, stored }, _) => {
            println!("the database holds {stored} entries of the public log, {published} were published");
            gone = Some(Lost { published, stored });
        }
        (_, Some(why)) => println!("{why}"),
        (Continuity::Continues, None) => anyhow::bail!("the public log goes on; there is nothing to open"),
        (Continuity::Differs, None) => anyhow::bail!(
            "this database belongs to another public log than keys/checkpoint; put the keys in place that were \
             kept with it"
        ),
    }
    open_new(config, &db, gone).await
}

/// Why a key is not that of a database's log, if it is not.
async fn why_not_its_key(db: &Db, key: Option<&LogKey>) -> anyhow::Result<Option<String>> {
    let Some(head) = log::head(db).await? else { return Ok(None) };
    let origin = head.checkpoint.lines().next().unwrap_or_default();
    Ok(match key {
        None => Some(format!("keys/log.key of the log {origin} is missing")),
        Some(key) if proof::head(&head.checkpoint, &key.verifier).is_err() => Some(format!(
            "keys/log.key is that of {}, and did not sign the head of this database's log {origin}",
            key.origin
        )),
        Some(_) => None,
    })
}

/// Refuses to go on with a log under a key that did not sign it: every mirror and every proof would be refused.
///
/// # Errors
/// When the key is missing or another's.
pub async fn check_key(db: &Db, keys: &Path) -> anyhow::Result<()> {
    match why_not_its_key(db, read_log_key(keys).ok().as_ref()).await? {
        None => Ok(()),
        Some(why) => anyhow::bail!(
            "{why}; put it back from where the keys are kept. Is it lost for ever, `diwan log open-new` ends that \
             log and opens one that names it"
        ),
    }
}

/// The old log ends. Its key and last head stay beside the new ones. Broken off anywhere, it can be run again.
///
/// # Errors
/// When database or disk fail.
pub async fn open_new(config: &Config, db: &Db, lost: Option<Lost>) -> anyhow::Result<()> {
    let file = |name: String| config.keys.join(name);
    let (key, last) = (file("log.key".into()), file("checkpoint".into()));
    // What people have seen last: the database may name one that was begun and never shown.
    let shown = match std::fs::read_to_string(&last) {
        Ok(text) => Some(text),
        Err(_) => log::head(db).await?.map(|head| head.checkpoint),
    };
    let old = match shown.as_deref().and_then(|text| text.lines().next()) {
        Some(origin) => origin.to_owned(),
        None => read_log_key(&config.keys)?.origin,
    };
    let now = jiff::Timestamp::now();
    let stamp = now.as_second();
    let first = old.split("/after-").next().unwrap_or(&old);
    let next = LogKey::generate(&format!("{first}/after-{stamp}"));
    // The new key is on the disk before anything in the database names it.
    write_secret(&file(format!("log.{stamp}.next")), next.to_text().as_bytes())?;
    let head = log::reopen(db, &next, &old, lost, now.as_microsecond()).await?;
    // Never without a key: a start in between must not make one of its own.
    if let Ok(text) = std::fs::read(&key) {
        write_secret(&file(format!("log.{stamp}.key")), &text)?;
    }
    std::fs::rename(file(format!("log.{stamp}.next")), &key)?;
    if last.exists() {
        std::fs::rename(&last, file(format!("checkpoint.{stamp}")))?;
    }
    disk::sync_name(&key).with_context(|| format!("{} cannot be written", key.display()))?;
    Published::at(&last).keep(&head)?;
    println!("the log {old} ended, {} goes on and names it", next.origin);
    println!("publish the new verifier key: {}", next.verifier);
    if lost.is_some() {
        println!("numbers that may have been given since are left out from now on");
    }
    Ok(())
}
