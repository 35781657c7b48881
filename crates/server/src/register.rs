//! Chores of the register that an operator starts by hand.

use crate::config;
use crate::run::open_office;
use clap::Subcommand;
use diwan_office::civil::keys;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Look after what is derived from the register.
#[derive(Subcommand)]
pub enum RegisterCommand {
    /// Make the keys by which people are found anew, while people work
    RebuildNames {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
        /// Begin at the beginning, although an earlier run was interrupted
        #[arg(long)]
        afresh: bool,
    },
}

/// Carries a command out.
pub async fn run(command: RegisterCommand) -> anyhow::Result<()> {
    match command {
        RegisterCommand::RebuildNames { config, afresh } => {
            let office = open_office(&config::load(&config)?).await?;
            let (began, mut told) = (Instant::now(), Instant::now());
            let done = keys::rebuild(&office, afresh, |done| {
                if told.elapsed() > Duration::from_secs(5) {
                    told = Instant::now();
                    eprintln!("{done} people after {:.0} s", began.elapsed().as_secs_f64());
                }
            })
            .await?;
            println!("the names of {done} people can be found; {:.0} s", began.elapsed().as_secs_f64());
            Ok(())
        }
    }
}
