//! Commands for operators, designers and inspectors.

use crate::config;
use crate::keys::journal_key;
use crate::run::open_office;
use anyhow::Context;
use clap::Subcommand;
use diwan_documents::proof::{self, ProofFile};
use diwan_documents::renderer::Renderer;
use diwan_domain::services::{Folder, check, schema};
use diwan_office::Who;
use diwan_office::catalogue::PublishService;
use diwan_office::documents::specimens;
use diwan_store::log::Published;
use diwan_store::{Db, migrate as migrations, verify};
use diwan_web::Brand;
use diwan_web::papers::PaperWords;
use diwan_web::words::Words;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Check or publish service folders.
#[derive(Subcommand)]
pub enum Services {
    /// Check folders as a good compiler would
    Check {
        /// The folders
        #[arg(required = true)]
        folders: Vec<PathBuf>,
    },
    /// Print the JSON Schema of service.toml, by which editors complete it and underline mistakes
    Schema,
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
    let cannot = |path: &Path| format!("{} cannot be read", path.display());
    let entries = std::fs::read_dir(folder).with_context(|| cannot(folder))?;
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
            files.push((name, std::fs::read(&path).with_context(|| cannot(&path))?));
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

/// Whether a folder may be published: its definition holds, and its layout gives a paper.
async fn is_sound(folder: &Folder) -> anyhow::Result<bool> {
    if !report(folder) {
        return Ok(false);
    }
    let layout = folder.text("document.typ");
    let (Some(service), Some(layout)) = (check(folder, None).service, layout) else { return Ok(true) };
    let program = std::env::current_exe()?;
    let renderer = Renderer::new(program, vec!["render-worker".into()], 1, Duration::from_secs(20));
    let names = json!({"ckb": "هەرێم", "en": "Region"});
    let brand =
        Brand { name: names.clone(), government: names, help_phone: String::new(), colours: Vec::new() };
    let wording = PaperWords { words: Arc::new(Words::load()?), brand: Arc::new(brand) };
    for job in specimens(service, layout, &wording) {
        if let Err(fault) = renderer.render(job).await {
            eprintln!("{}/document.typ: {} {fault}", folder.name, fault.code());
            return Ok(false);
        }
    }
    Ok(true)
}

/// Checks or publishes.
pub async fn services(what: Services) -> anyhow::Result<()> {
    match what {
        Services::Check { folders } => {
            let mut bad = 0;
            for path in folders {
                let folder = read_folder(&path)?;
                if is_sound(&folder).await? {
                    println!("{}: sound", folder.name);
                } else {
                    println!("{}: not publishable", folder.name);
                    bad += 1;
                }
            }
            anyhow::ensure!(bad == 0, "{bad} service folders need mending");
            Ok(())
        }
        Services::Schema => {
            println!("{}", serde_json::to_string_pretty(&schema())?);
            Ok(())
        }
        Services::Publish { config, folder } => {
            let folder = read_folder(&folder)?;
            anyhow::ensure!(
                is_sound(&folder).await?,
                "{} needs mending before it can be published",
                folder.name
            );
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
            let text = std::fs::read_to_string(&file)
                .with_context(|| format!("{} cannot be read", file.display()))?;
            let proof: ProofFile = serde_json::from_str(&text).context("the file is not a proof")?;
            let proven =
                proof::verify(&proof, &key).map_err(|fault| anyhow::anyhow!("not proven: {fault}"))?;
            println!("proven: entry {} of {} in {}", proven.leaf_index, proven.tree_size, proven.origin);
            println!("{}", proven.entry);
            Ok(())
        }
    }
}

/// Brings the tables up to date.
pub async fn migrate(path: &Path) -> anyhow::Result<()> {
    let config = config::load(path)?;
    let db = Db::open(&config.database, journal_key(&config.keys)?).await?;
    println!("migrations: {:?}", migrations::applied(&db).await?);
    Ok(())
}
