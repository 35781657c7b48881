//! Messages that did not arrive: look at them, and send them again.

use crate::config;
use crate::keys::journal_key;
use clap::Subcommand;
use diwan_office::outbox::{self, Retry};
use diwan_store::{Db, Fault};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Look at messages that did not arrive, or send them again.
#[derive(Subcommand)]
pub enum OutboxCommand {
    /// List what waits and what was given up, oldest first
    List {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
    },
    /// Put what was given up back into the queue
    Retry {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
        /// Only these parcels; all when none is named
        parcels: Vec<uuid::Uuid>,
    },
}

/// Carries a command out.
pub async fn run(command: OutboxCommand) -> anyhow::Result<()> {
    match command {
        OutboxCommand::List { config } => list(&config).await,
        OutboxCommand::Retry { config, parcels } => retry(&config, parcels).await,
    }
}

/// Names no address: the list may be shown to a colleague.
async fn list(path: &Path) -> anyhow::Result<()> {
    let config = config::load(path)?;
    let db = Db::open_to_read(&config.database, journal_key(&config.keys)?).await?;
    let parcels = outbox::undelivered(&mut db.reading().await?.tx(), 500).await?;
    for parcel in &parcels {
        let since = jiff::Timestamp::from_microsecond(parcel.created_at)?;
        let state = if parcel.given_up { "given up" } else { "waiting" };
        let why = parcel.last_error.as_deref().unwrap_or("not tried yet");
        println!(
            "{}  {:<5} {state:<8} since {since:.0}, tried {} times: {why}",
            parcel.id, parcel.kind, parcel.attempts
        );
    }
    println!("{} messages", parcels.len());
    Ok(())
}

async fn retry(path: &Path, parcels: Vec<uuid::Uuid>) -> anyhow::Result<()> {
    let config = config::load(path)?;
    let wanted = Retry { parcels };
    match Db::open_as_it_is(&config.database, journal_key(&config.keys)?).await {
        Ok(db) => {
            let count = outbox::retry(&db, &wanted, jiff::Timestamp::now().as_microsecond()).await?;
            println!("{count} messages are in the queue again");
            Ok(())
        }
        // Only one process writes an embedded database: the one that serves does it.
        Err(Fault::InUse(_)) => {
            let file = config.database.strip_prefix("sqlite:").unwrap_or(&config.database);
            wanted.leave(Path::new(file))?;
            for _ in 0..100 {
                if !Retry::waits(Path::new(file)) {
                    println!("the running Diwan put them into the queue again");
                    return Ok(());
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            Retry::take_back(Path::new(file))?;
            anyhow::bail!("another process holds the database and did not answer within ten seconds")
        }
        Err(fault) => Err(fault.into()),
    }
}
