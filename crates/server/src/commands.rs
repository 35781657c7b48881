//! Commands for operators, designers and inspectors.

use crate::config;
use crate::run::{journal_key, open_office, publish_built_in};
use anyhow::Context;
use clap::Subcommand;
use diwan_documents::proof::{self, ProofFile};
use diwan_domain::services::{Folder, check};
use diwan_office::catalogue::PublishService;
use diwan_office::{Who, outbox};
use diwan_store::log::Published;
use diwan_store::{Db, migrate as migrations, verify};
use std::path::{Path, PathBuf};

/// Check or publish service folders.
#[derive(Subcommand)]
pub enum Services {
    /// Check folders as a good compiler would
    Check {
        /// The folders
        #[arg(required = true)]
        folders: Vec<PathBuf>,
    },
    /// Check a folder and store it in the database
    Publish {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
        /// The folder
        folder: PathBuf,
    },
}

/// Check the journal, or a proof someone was given.
#[derive(Subcommand)]
pub enum Verify {
    /// Walk journal, public log and every register row
    Journal {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
    },
    /// Check an inclusion proof against the log's key
    Proof {
        /// The proof file
        file: PathBuf,
        /// The log's verifier key (`name+hash+key`), from the log's page
        #[arg(long)]
        key: String,
    },
}

/// Reads a service folder from the disk.
pub fn read_folder(path: &Path) -> anyhow::Result<Folder> {
    let name = path.file_name().context("the folder has no name")?.to_string_lossy().into_owned();
    let mut files = Vec::new();
    collect(path, path, &mut files)?;
    Ok(Folder::new(name, files))
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) -> anyhow::Result<()> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, files)?;
        } else {
            let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            files.push((name, std::fs::read(&path)?));
        }
    }
    Ok(())
}

fn report(folder: &Folder) -> bool {
    let checked = check(folder, None);
    let publishable = checked.is_publishable();
    for diagnostic in checked.diagnostics {
        eprintln!("{:?}", miette::Report::new(diagnostic));
    }
    publishable
}

/// Checks or publishes.
pub async fn services(what: Services) -> anyhow::Result<()> {
    match what {
        Services::Check { folders } => {
            let mut bad = 0;
            for path in folders {
                let folder = read_folder(&path)?;
                if report(&folder) {
                    println!("{}: sound", folder.name);
                } else {
                    println!("{}: not publishable", folder.name);
                    bad += 1;
                }
            }
            anyhow::ensure!(bad == 0, "{bad} service folders need mending");
            Ok(())
        }
        Services::Publish { config, folder } => {
            let folder = read_folder(&folder)?;
            anyhow::ensure!(report(&folder), "{} needs mending before it can be published", folder.name);
            let office = open_office(&config::load(&config)?).await?;
            let act = PublishService::of(&folder);
            let edition = office.perform_once(&Who::system("services publish"), act).await?;
            println!("{}: edition {edition} is published", folder.name);
            Ok(())
        }
    }
}

/// Verifies.
pub async fn verify(what: Verify) -> anyhow::Result<()> {
    match what {
        Verify::Journal { config } => {
            let config = config::load(&config)?;
            let db = Db::open_to_read(&config.database, journal_key(&config.keys)?).await?;
            let published = Published::at(&config.keys.join("checkpoint")).last()?;
            let report = verify::journal(&db, published).await?;
            println!(
                "{} entries, {} in the public log, {} rows compared",
                report.entries, report.sealed, report.rows
            );
            for finding in &report.findings {
                println!("{finding}");
            }
            anyhow::ensure!(report.findings.is_empty(), "{} findings", report.findings.len());
            println!("nothing was altered, removed or inserted");
            Ok(())
        }
        Verify::Proof { file, key } => {
            let text = std::fs::read_to_string(&file)?;
            let proof: ProofFile = serde_json::from_str(&text).context("the file is not a proof")?;
            let proven =
                proof::verify(&proof, &key).map_err(|fault| anyhow::anyhow!("not proven: {fault}"))?;
            println!("proven: entry {} of {} in {}", proven.leaf_index, proven.tree_size, proven.origin);
            println!("{}", proven.entry);
            Ok(())
        }
    }
}

/// Looks whether everything needed is there and sound.
pub async fn doctor(path: &Path) -> anyhow::Result<()> {
    let config = config::load(path)?;
    println!("configuration: sound");
    let office = open_office(&config).await?;
    println!("database: {:?}, migrations {:?}", office.db.engine(), migrations::applied(&office.db).await?);
    let standing = outbox::standing(&mut office.db.reading().await?.tx()).await?;
    println!("outbox: {} waiting, {} given up", standing.waiting, standing.failed);
    let signer = office.keys.current().map_err(|fault| anyhow::anyhow!("sealing key: {fault}"))?;
    println!("sealing key: {}", diwan_documents::signer::Signer::key_id(&signer));
    println!("public log: {}", office.log_key.verifier);
    for (name, there) in
        [("smtp", config.smtp.is_some()), ("sms", config.sms.is_some()), ("oidc", config.oidc.is_some())]
    {
        println!("{name}: {}", if there { "configured" } else { "not configured" });
    }
    anyhow::ensure!(standing.failed == 0, "{} messages were given up; look at the log", standing.failed);
    Ok(())
}

/// Brings the tables up to date.
pub async fn migrate(path: &Path) -> anyhow::Result<()> {
    let config = config::load(path)?;
    let db = Db::open(&config.database, journal_key(&config.keys)?).await?;
    println!("migrations: {:?}", migrations::applied(&db).await?);
    Ok(())
}

/// Copies database and files; never private keys.
pub async fn backup(path: &Path, to: &Path) -> anyhow::Result<()> {
    let config = config::load(path)?;
    anyhow::ensure!(!to.exists(), "{} exists already", to.display());
    std::fs::create_dir_all(to)?;
    if let Some(file) = config.database.strip_prefix("sqlite:") {
        // Reading only: the office may go on writing meanwhile.
        diwan_store::backup::copy(Path::new(file), &to.join("diwan.db"))?;
    } else {
        let done = std::process::Command::new("pg_dump")
            .args(["--format=custom", "--file"])
            .arg(to.join("diwan.pgdump"))
            .arg(&config.database)
            .status()
            .context("pg_dump is needed to back PostgreSQL up")?;
        anyhow::ensure!(done.success(), "pg_dump failed");
    }
    copy_folder(&config.files, &to.join("files"))?;
    println!("backed up to {}; private keys are not in it", to.display());
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(to)?;
    if !from.exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().context("a file has a name")?);
        if path.is_dir() {
            copy_folder(&path, &target)?;
        } else {
            std::fs::copy(&path, &target)?;
        }
    }
    Ok(())
}

/// Restores into an empty place and opens a new public log that names the old.
pub async fn restore(path: &Path, from: &Path) -> anyhow::Result<()> {
    let config = config::load(path)?;
    if let Some(file) = config.database.strip_prefix("sqlite:") {
        anyhow::ensure!(!Path::new(file).exists(), "{file} exists already; restore into an empty place");
        std::fs::copy(from.join("diwan.db"), file)?;
    } else {
        let done = std::process::Command::new("pg_restore")
            .args(["--exit-on-error", "--dbname"])
            .arg(&config.database)
            .arg(from.join("diwan.pgdump"))
            .status()
            .context("pg_restore is needed to restore PostgreSQL")?;
        anyhow::ensure!(done.success(), "pg_restore failed");
    }
    copy_folder(&from.join("files"), &config.files)?;
    let db = Db::open(&config.database, journal_key(&config.keys)?).await?;
    let published = Published::at(&config.keys.join("checkpoint"));
    if published.check(&db).await.is_ok() {
        println!("restored; the public log goes on");
        return Ok(());
    }
    let old = std::fs::read_to_string(config.keys.join("log.key"))?;
    let origin = diwan_store::log::LogKey::from_text(&old)?.origin;
    let stamp = jiff::Timestamp::now().as_second();
    std::fs::rename(config.keys.join("log.key"), config.keys.join(format!("log.{stamp}.key")))?;
    std::fs::rename(config.keys.join("checkpoint"), config.keys.join(format!("checkpoint.{stamp}")))?;
    let next = crate::run::log_key(
        &config.keys,
        &format!("{}/after-{stamp}", origin.split("/after-").next().unwrap_or(&origin)),
    )?;
    diwan_store::log::reopen(&db, &next, &origin, stamp * 1_000_000).await?;
    println!("restored an older backup: the log {origin} ended, {} goes on and names it", next.origin);
    drop(db);
    let office = open_office(&config).await?;
    publish_built_in(&office).await
}
