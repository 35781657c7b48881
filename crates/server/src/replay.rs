//! `diwan replay`: carries the acts of another installation out in this one.

use crate::config;
use crate::keys::journal_key;
use crate::run::files_of;
use anyhow::Context;
use clap::Args;
use diwan_office::replay;
use diwan_store::files::Files;
use diwan_store::{Db, verify};
use std::path::PathBuf;

/// Where the other installation's acts are.
#[derive(Args)]
pub struct ReplayOptions {
    /// The configuration file of this installation
    #[arg(long, default_value = "diwan.toml")]
    config: PathBuf,
    /// The other installation's keys folder: its journal is checked before anything of it is believed
    #[arg(long)]
    keys: PathBuf,
    /// The other installation's files folder
    #[arg(long)]
    files: PathBuf,
    /// The other installation's database: `sqlite:PATH` or `postgres://…`
    from: String,
}

/// Replays; twice is once.
pub async fn run(options: ReplayOptions) -> anyhow::Result<()> {
    let config = config::load(&options.config)?;
    let from = Db::open_to_read(&options.from, journal_key(&options.keys)?).await?;
    let checked = verify::journal(&from, None).await?;
    anyhow::ensure!(
        checked.findings.is_empty(),
        "the other journal is not sound ({} findings, first: {}); nothing was replayed",
        checked.findings.len(),
        checked.findings[0]
    );
    anyhow::ensure!(options.files.is_dir(), "{} is not there", options.files.display());
    // The bytes first: no row ever names a file that is not here.
    let (theirs, ours) = (Files::at(&options.files), files_of(&config)?);
    for name in theirs.list().await? {
        let bytes = theirs.get(&name).await?.with_context(|| format!("file {name} vanished"))?;
        ours.put(bytes).await?;
    }
    let into = Db::open(&config.database, journal_key(&config.keys)?).await?;
    let now = jiff::Timestamp::now().as_microsecond();
    let report = replay::replay(&from, &into, &replay::kinds(), now).await?;
    println!("{} acts carried out, {} were known", report.done, report.known);
    for open in &report.open {
        println!("open: {open}");
    }
    anyhow::ensure!(report.open.is_empty(), "{} acts need a person to look at them", report.open.len());
    Ok(())
}
