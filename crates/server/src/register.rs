//! Chores of the register that an operator starts by hand.

use crate::config;
use crate::run::open_office;
use clap::Subcommand;
use diwan_office::civil::{self, keys, sweeping};
use diwan_office::{Who, statistics};
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
    /// Count vital statistics from the register; every night does the same by itself
    CountStatistics {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
        /// Keep nothing: count again, and say of which years what is kept says
        /// something else
        #[arg(long)]
        check: bool,
    },
    /// Say how many births or deaths a year is expected to have: what completeness
    /// is measured against; or how many people live, for rates
    Expect {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
        /// birth, death or population
        kind: String,
        /// The year
        year: i64,
        /// How many
        number: i64,
        /// On what the estimate rests
        #[arg(long)]
        source: String,
        /// A governorate's code; the whole country when left out
        #[arg(long, default_value = "")]
        place: String,
    },
    /// Tell what became of every number that was drawn: none is given twice, and a gap
    /// is named
    CheckNumbers {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
    },
    /// Look for people who stand in the register twice, while people work; every
    /// night does the same by itself
    SweepDuplicates {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
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
        RegisterCommand::CountStatistics { config, check } => {
            let office = open_office(&config::load(&config)?).await?;
            let began = Instant::now();
            if check {
                let other = statistics::compare(&office, |_| {}).await?;
                anyhow::ensure!(other.is_empty(), "what is kept says something else of {other:?}");
                println!("what is kept says what the register says");
                return Ok(());
            }
            let entries = statistics::keep(&office, |_| {}).await?;
            println!("{entries} entries counted; {:.0} s", began.elapsed().as_secs_f64());
            Ok(())
        }
        RegisterCommand::Expect { config, kind, year, number, source, place } => {
            let office = open_office(&config::load(&config)?).await?;
            let act = statistics::SetExpected { kind, year, place, number, source };
            office.perform_once(&Who::system("statistics"), act).await?;
            Ok(())
        }
        RegisterCommand::CheckNumbers { config } => {
            let office = open_office(&config::load(&config)?).await?;
            let series = civil::drawn(&office).await?;
            for one in &series {
                let (prefix, purpose) = (&one.prefix, &one.purpose);
                println!("{prefix:<8} {purpose:<16} {} drawn, {} standing", one.drawn, one.standing);
                one.missing.iter().for_each(|number| println!("  {number} stands nowhere"));
                one.wrong.iter().for_each(|number| println!("  {number} stands twice, or was never drawn"));
            }
            let broken = series.iter().filter(|one| !one.is_whole()).count();
            anyhow::ensure!(broken == 0, "{broken} series are not whole; `diwan verify journal` tells more");
            println!("every number of {} series stands once", series.len());
            Ok(())
        }
        RegisterCommand::SweepDuplicates { config } => {
            let office = open_office(&config::load(&config)?).await?;
            let (began, mut told) = (Instant::now(), Instant::now());
            let swept = sweeping::sweep(&office, |lines| {
                if told.elapsed() > Duration::from_secs(5) {
                    told = Instant::now();
                    eprintln!("{lines} names after {:.0} s", began.elapsed().as_secs_f64());
                }
            })
            .await?;
            println!(
                "{} names read, {} pairs compared, {} likely one person and undecided; {:.0} s",
                swept.lines,
                swept.compared,
                swept.likely,
                began.elapsed().as_secs_f64()
            );
            if swept.cut_short > 0 {
                println!("{} names have more bearers than are compared: part of them was", swept.cut_short);
            }
            Ok(())
        }
    }
}
