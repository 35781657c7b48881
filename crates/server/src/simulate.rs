//! A centre's day before it happens: who would wait how long with which counters. The
//! plan's format and what the figures mean stand in `docs/centres-planning.md`.

mod picture;
mod tables;

use anyhow::Context;
use clap::{Args, Subcommand};
use diwan_domain::queue::simulate::{Comparison, Day, Plan, Summary, compare, draw, run};
use diwan_domain::queue::{Setup, SetupFault};
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

fn read_setup(path: &Path) -> anyhow::Result<Setup> {
    Setup::read(&read(path)?).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(told).collect();
        refused(path, &faults)
    })
}

fn refused(path: &Path, faults: &[String]) -> anyhow::Error {
    let each: String = faults.iter().map(|fault| format!("\n  {fault}")).collect();
    anyhow::anyhow!("{} needs mending:{each}", path.display())
}

/// A fault of a setup in words, with how it is mended.
fn told(fault: &SetupFault) -> String {
    let place = match fault.place.split_once(':') {
        Some((line, column)) if fault.code == "unreadable" => format!("line {line}, column {column}"),
        _ if fault.place.is_empty() => "file".to_owned(),
        _ => fault.place.clone(),
    };
    let found = if fault.found.is_empty() { fault.code } else { &fault.found };
    format!("{place}: {found}; {}", mend(fault.code))
}

fn mend(code: &str) -> &'static str {
    match code {
        "no-basis" => "name in `basis` the decision behind the rule",
        "needs-shut-out-others" => "let need-at-most be smaller than need-of, and need-of 2 to 20",
        "out-of-range" => "write a number within these bounds",
        "hall-unknown" => "name a [[hall]] of this file",
        "line-unknown" => "name the letter of a [[line]] of this file",
        "no-line" => "add a line",
        "unserved" => "let a counter serve this line",
        "women-only" => "let a counter that is open to all serve this line too",
        "service-twice" => "leave the service in one line",
        "twice" => "give each its own name",
        "name-missing" => "give a name in this language",
        "letter" => "write one capital letter, A to Z",
        "label" => "write a label of 1 to 8 characters",
        "key" => "write small letters a to z and hyphens",
        "direction" => "write left, right, ahead or upstairs",
        _ => "mend the file there",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_a_setup_tell_where_and_how_to_mend_them() {
        let fault = |place: &str, code, found: &str| {
            told(&SetupFault { place: place.into(), code, found: found.into() })
        };
        assert_eq!(
            fault("counter C1", "line-unknown", "Z"),
            "counter C1: Z; name the letter of a [[line]] of this file"
        );
        assert_eq!(fault("2:9", "unreadable", "no"), "line 2, column 9: no; mend the file there");
        assert_eq!(fault("", "no-line", ""), "file: no-line; add a line");
    }
}
