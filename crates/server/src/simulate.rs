//! A centre's day before it happens: who would wait how long with which counters. The
//! plan's format and what the figures mean stand in `docs/centres-planning.md`.

mod picture;
mod tables;

use crate::centres::read_setup;
use anyhow::Context;
use clap::{Args, Subcommand};
use diwan_domain::queue::Setup;
use diwan_domain::queue::simulate::{Comparison, Day, Plan, Summary, compare, draw, run};
use std::path::{Path, PathBuf};

/// Try out what has not happened.
#[derive(Subcommand)]
pub enum Simulate {
    /// Run a centre's day many times by its own rules, and tell how long people wait
    Centre(Options),
}

/// What a simulation needs.
#[derive(Args)]
pub struct Options {
    /// The centre: its lines, counters and rules
    #[arg(long)]
    setup: PathBuf,
    /// Who comes and who serves; give a second one to compare it with the first
    #[arg(long = "plan", required = true)]
    plans: Vec<PathBuf>,
    /// The same seed gives the same days again
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many days to simulate
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..=1000))]
    days: u64,
    /// Write every figure to this file, comma-separated
    #[arg(long)]
    csv: Option<PathBuf>,
    /// Draw the waits and the queue through the day into this file
    #[arg(long)]
    svg: Option<PathBuf>,
}

/// A plan that was run.
pub struct Tried {
    /// Its file, as it was named.
    pub name: String,
    /// What its days come to.
    pub told: Summary,
}

/// Simulates.
pub fn simulate(what: &Simulate) -> anyhow::Result<()> {
    let Simulate::Centre(options) = what;
    anyhow::ensure!(options.plans.len() <= 2, "{} plans were given; give one or two", options.plans.len());
    let setup = read_setup(&options.setup)?;
    let plans: Vec<Plan> =
        options.plans.iter().map(|path| read_plan(path, &setup)).collect::<anyhow::Result<_>>()?;
    let days: Vec<Vec<Day>> = plans.iter().map(|plan| days(&setup, plan, options)).collect();
    let tried: Vec<Tried> = options
        .plans
        .iter()
        .zip(&days)
        .map(|(path, days)| Tried { name: path.display().to_string(), told: Summary::of(days) })
        .collect();
    let compared: Option<Comparison> = match days.as_slice() {
        [before, after] => Some(compare(before, after)),
        _ => None,
    };
    print!("{}", tables::text(&tried, compared.as_ref(), (options.days, options.seed)));
    if let Some(path) = &options.csv {
        write(path, &tables::csv(&tried))?;
    }
    if let Some(path) = &options.svg {
        write(path, &picture::picture(&tried))?;
    }
    Ok(())
}

fn days(setup: &Setup, plan: &Plan, options: &Options) -> Vec<Day> {
    let day = |day| run(setup, &plan.staffing, &draw(&plan.demand, options.seed, day));
    (0..options.days).map(day).collect()
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}

fn read_plan(path: &Path, setup: &Setup) -> anyhow::Result<Plan> {
    Plan::read(&read(path)?, setup).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        refused(path, &faults)
    })
}

fn refused(path: &Path, faults: &[String]) -> anyhow::Error {
    let each: String = faults.iter().map(|fault| format!("\n  {fault}")).collect();
    anyhow::anyhow!("{} needs mending:{each}", path.display())
}
