//! A day of many centres at once: counters that give tickets, call and serve through HTTP
//! at a steady pace, while displays and phones listen. How long a change takes to reach a
//! listener, how long a call takes, what the program holds in memory; then it is killed in
//! mid-day and started again, and everything that was told must be there.

mod acting;
mod listening;
mod looking;
mod setup;

use crate::measure::{Outcome, paced, quantile};
use crate::nodes;
use crate::process::{Running, start};
use crate::table::{self, Line};
use acting::Day;
use anyhow::{Context, ensure};
use clap::Args;
use diwan_demo::Region;
use diwan_store::Db;
use listening::{Heard, Listeners};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How busy a day is.
#[derive(Args, Clone)]
pub struct Halls {
    /// The program
    #[arg(long, default_value = "target/release/diwan")]
    diwan: PathBuf,
    /// The program of yesterday: every node begins with it, and only the one that is killed
    /// starts again as today's, beside the others
    #[arg(long)]
    yesterday: Option<PathBuf>,
    /// The database: `sqlite:PATH` or a PostgreSQL address, empty
    #[arg(long)]
    database: String,
    /// How many nodes serve it
    #[arg(long, default_value_t = 1)]
    nodes: usize,
    /// How many centres
    #[arg(long, default_value_t = 40)]
    centres: usize,
    /// How many counters in each
    #[arg(long, default_value_t = 25)]
    counters: usize,
    /// How many displays and phones listen in all
    #[arg(long, default_value_t = 2_000)]
    listeners: usize,
    /// Events a second: each counter gives a ticket, calls, begins and finishes in turn
    #[arg(long, default_value_t = 200.0)]
    rate: f64,
    /// For how many seconds, and again while the program is killed
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Where the figures go as JSON
    #[arg(long)]
    json: Option<PathBuf>,
    /// An empty folder for files and keys
    #[arg(long)]
    folder: PathBuf,
}

/// How many centres, and counters in each.
#[derive(Clone, Copy)]
pub struct Size {
    /// Centres.
    pub centres: usize,
    /// Counters in each.
    pub counters: usize,
}

struct Node {
    running: Running,
    config: PathBuf,
    address: String,
}

/// Fills the centres, starts the nodes, lets a day go by, kills the first node in the midst
/// of it, and looks at what is left.
///
/// # Errors
/// When something that was told is gone, doubled or different, or nothing could be measured.
pub async fn run(halls: Halls) -> anyhow::Result<()> {
    let size = Size { centres: halls.centres, counters: halls.counters };
    ensure!(size.centres > 0 && size.counters > 0 && halls.nodes > 0, "nothing to measure");
    crate::setup::keep_keys(&halls.folder)?;
    let opened = {
        let region = Region::generate(4, 200, crate::setup::TODAY);
        let db = halls.tables().await?;
        let (office, _) = crate::setup::filled_on(db, &halls.folder, &region, &halls.diwan).await?;
        setup::opened(&office, size).await?
    };
    // The embedded engine lets go of its file a moment after its last handle.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut running = Vec::new();
    for number in 1..=halls.nodes {
        let (config, address) = nodes::configured(&halls.database, &halls.folder, number)?;
        let program = halls.yesterday.as_ref().unwrap_or(&halls.diwan);
        let (process, _) = start(program, &config, &address).await?;
        running.push(Node { running: process, config, address });
    }
    let servers: Vec<String> = running.iter().map(|node| node.address.clone()).collect();
    let heard = Arc::new(Heard::default());
    let listeners = Listeners::begin(&servers, &opened.codes, halls.listeners, &heard).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let day = Day::of(opened.seats, &servers, heard.clone());
    let mut lines = table::told(steady(&halls, &day, &heard, &running).await?);
    lines.extend(table::told(killed(&halls, &day, &heard, &mut running).await?));
    drop(listeners);
    drop(running);
    tokio::time::sleep(Duration::from_millis(500)).await;
    let db = Db::open_as_it_is(&halls.database, crate::setup::keys()).await?;
    let told = day.told();
    looking::look(&db, &opened.codes, &told).await?;
    eprintln!(
        "{} tickets are there with their places and timers, each centre's day keeps its rule",
        told.len()
    );
    println!("{}", table::markdown(&lines));
    if let Some(path) = &halls.json {
        std::fs::write(path, serde_json::to_string_pretty(&table::json(&lines))?)?;
    }
    Ok(())
}

impl Halls {
    /// The tables, as the program that begins makes them.
    async fn tables(&self) -> anyhow::Result<Db> {
        let keys = crate::setup::keys();
        let Some(yesterday) = &self.yesterday else { return Ok(Db::open(&self.database, keys).await?) };
        let (config, _) = nodes::configured(&self.database, &self.folder, 0)?;
        let made = Command::new(yesterday).arg("migrate").arg("--config").arg(config).status()?;
        ensure!(made.success(), "{} made no tables", yesterday.display());
        Ok(Db::open_as_it_is(&self.database, keys).await?)
    }

    fn what(&self) -> String {
        let engine = if self.database.starts_with("sqlite:") { "SQLite" } else { "PostgreSQL" };
        let nodes = if self.nodes == 1 { String::new() } else { format!(", {} nodes", self.nodes) };
        let began = if self.yesterday.is_some() { ", begun by yesterday's program" } else { "" };
        format!(
            "{} centres of {} counters, {} listeners, {engine}{nodes}{began}",
            self.centres, self.counters, self.listeners
        )
    }

    fn pieces(&self) -> usize {
        (self.rate * self.seconds as f64) as usize
    }

    async fn acting(&self, day: &Day, from: usize) -> Outcome {
        let day = day.clone();
        let lasting = Duration::from_secs(self.seconds);
        paced(self.rate, lasting, move |piece| {
            let day = day.clone();
            async move { day.act(from + piece).await.inspect_err(|error| eprintln!("{error:#}")).is_ok() }
        })
        .await
    }
}

async fn steady(halls: &Halls, day: &Day, heard: &Heard, nodes: &[Node]) -> anyhow::Result<Vec<Line>> {
    let done = halls.acting(day, 0).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (mut calls, mut delays) = (day.calls(), heard.delays());
    ensure!(!delays.is_empty() && !calls.is_empty(), "nobody was told of anything");
    let lost = heard.back().len();
    let memory = nodes.iter().map(|node| node.running.resident()).collect::<anyhow::Result<Vec<f64>>>()?;
    let what = halls.what();
    let note = format!(
        "p50 {:.1} ms, {} calls, {:.0} events/s, {} failed",
        quantile(&mut calls, 0.5),
        calls.len(),
        done.rate,
        done.failed
    );
    let told = format!(
        "p50 {:.0} ms, {} changes heard, {lost} of the listeners lost",
        quantile(&mut delays, 0.5),
        delays.len()
    );
    Ok(vec![
        Line::below(format!("calling the next, p99, {what}"), quantile(&mut calls, 0.99), "ms", 100.0)
            .noted(note),
        Line::below(
            format!("until a display shows it, p99, {what}"),
            quantile(&mut delays, 0.99),
            "ms",
            500.0,
        )
        .noted(told),
        Line::below(
            format!("resident memory of a node at the end, {what}"),
            memory.into_iter().fold(0.0, f64::max),
            "MiB",
            300.0,
        ),
    ])
}

/// The same again, and the first node is killed in the midst of it and started again.
async fn killed(halls: &Halls, day: &Day, heard: &Heard, nodes: &mut Vec<Node>) -> anyhow::Result<Vec<Line>> {
    let acting = {
        let (day, from) = (day.clone(), halls.pieces());
        let halls = halls.clone();
        tokio::spawn(async move { halls.acting(&day, from).await })
    };
    tokio::time::sleep(Duration::from_secs(halls.seconds / 2)).await;
    let mut first = nodes.remove(0);
    let lost = halls.listeners.div_ceil(halls.nodes);
    first.running.kill()?;
    let down = Instant::now();
    let (process, ready) = start(&halls.diwan, &first.config, &first.address).await?;
    let up = Instant::now();
    nodes.insert(0, Node { running: process, ..first });
    let done = acting.await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let back = heard.back();
    ensure!(back.len() >= lost, "of {lost} displays only {} came back", back.len());
    let last = back.iter().map(|at| at.saturating_duration_since(up)).max().context("displays")?;
    ensure!(done.failed == 0, "{} events were never done", done.failed);
    let note = format!(
        "{lost} listeners; the program answered {:.1} s after it was started, {:.1} s after the kill; {} requests were \
         sent again",
        ready.as_secs_f64(),
        up.duration_since(down).as_secs_f64(),
        day.repeats()
    );
    Ok(vec![
        Line::below(
            format!("killed in mid-day: until the last display has its picture again, {}", halls.what()),
            last.as_secs_f64(),
            "s",
            5.0,
        )
        .noted(note),
    ])
}
