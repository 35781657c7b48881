//! Chores of the register that an operator starts by hand.

use crate::config;
use crate::run::open_office;
use anyhow::Context;
use clap::Subcommand;
use diwan_domain::civil::Rules;
use diwan_domain::civil::changes::Change;
use diwan_office::civil::{self, keys, sweeping};
use diwan_office::{Office, Who, statistics};
use std::path::{Path, PathBuf};
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
    /// Check or publish what the law asks of births, deaths, marriages and the rest
    Rules {
        /// What to do
        #[command(subcommand)]
        what: RulesCommand,
    },
    /// Look for people who stand in the register twice, while people work; every
    /// night does the same by itself
    SweepDuplicates {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
    },
}

/// What is done with a file of rules.
#[derive(Subcommand)]
pub enum RulesCommand {
    /// Say whether a file can be published, and where it is to be mended; with a
    /// configuration file also what it would change
    Check {
        /// The configuration file of the office whose rules it is compared with
        #[arg(long)]
        config: Option<PathBuf>,
        /// The file of rules
        file: PathBuf,
    },
    /// Publish a file: from then on its rules stand
    Publish {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
        /// The file of rules
        file: PathBuf,
    },
}

fn read_rules(file: &Path) -> anyhow::Result<(String, Rules)> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    match Rules::read(&text) {
        Ok(rules) => Ok((text, rules)),
        Err(fault) => {
            let line = fault.line(&text).map(|line| format!(":{line}")).unwrap_or_default();
            anyhow::bail!("{}{line}: {fault}", file.display())
        }
    }
}

async fn rules(what: RulesCommand) -> anyhow::Result<()> {
    match what {
        RulesCommand::Check { config, file } => {
            let (text, rules) = read_rules(&file)?;
            println!("{}: {} rules, sound", file.display(), rules.rules.len());
            if let Some(config) = config {
                let office = open_office(&config::load(&config)?).await?;
                tell_changes(&office, &text).await?;
            }
            Ok(())
        }
        RulesCommand::Publish { config, file } => {
            let (text, _) = read_rules(&file)?;
            let office = open_office(&config::load(&config)?).await?;
            tell_changes(&office, &text).await?;
            let hash = Rules::hash(&text);
            let standing = civil::rules::standing(&mut office.db.reading().await?.tx()).await;
            if standing.is_ok_and(|standing| standing.hash == hash) {
                println!("these rules stand already");
                return Ok(());
            }
            let act = civil::PublishRules { text };
            office.perform_once(&Who::system("rules publish"), act).await?;
            let standing = civil::rules::standing(&mut office.db.reading().await?.tx()).await?;
            anyhow::ensure!(
                standing.hash == hash,
                "these rules stood before and were replaced: change a line, the day in a comment say, to publish them again"
            );
            println!("{hash} stands");
            Ok(())
        }
    }
}

/// Prints what a file would change in the rules that stand; before any were published,
/// nothing.
async fn tell_changes(office: &Office, text: &str) -> anyhow::Result<()> {
    let mut reading = office.db.reading().await?;
    let compared = match civil::rules::compare(&mut reading.tx(), text).await {
        Ok(compared) => compared?,
        Err(stop) if stop.refusal().is_some() => return Ok(()),
        Err(stop) => return Err(stop.into()),
    };
    if compared.changes.is_empty() {
        println!("nothing would change");
    }
    for (key, change) in &compared.changes {
        println!("{} {key}", change.code());
        if let Change::Changed(fields) = change {
            fields.iter().for_each(|(field, before, after)| println!("  {field}: {before} -> {after}"));
        }
    }
    Ok(())
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
                let left_out = match one.left_out {
                    0 => String::new(),
                    count => format!(", {count} left out after the database went back"),
                };
                println!(
                    "{prefix:<8} {purpose:<16} {} drawn, {} standing{left_out}",
                    one.drawn, one.standing
                );
                one.missing.iter().for_each(|number| println!("  {number} stands nowhere"));
                one.wrong.iter().for_each(|number| println!("  {number} stands twice, or was never drawn"));
            }
            let broken = series.iter().filter(|one| !one.is_whole()).count();
            anyhow::ensure!(broken == 0, "{broken} series are not whole; `diwan verify journal` tells more");
            println!("every number of {} series stands once", series.len());
            Ok(())
        }
        RegisterCommand::Rules { what } => rules(what).await,
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
