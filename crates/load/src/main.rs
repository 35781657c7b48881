//! Measures what Diwan promises. Each figure stands beside its own ceiling,
//! measured in the same run with the same durability, isolation and payload:
//! machines are noisy, so ratios and medians are told, never one time alone.
//!
//! `scripts/bench` builds it, starts a private PostgreSQL, and runs it.

mod births;
mod books;
mod civil;
mod crash;
mod crowd;
mod failover;
mod finding;
mod flash;
mod halls;
mod http;
mod measure;
mod nodes;
mod papers;
mod process;
mod reading;
mod release;
mod seam;
mod setup;
mod table;
mod writing;

use anyhow::Context;
use clap::{Parser, Subcommand};
use diwan_demo::Region;
use diwan_office::Office;
use diwan_web::papers::PaperWords;
use diwan_web::words::Words;
use diwan_web::{App, Brand, Given, serving};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use table::Line;
use writing::Engine;

/// Many small texts are made and dropped on every page and act: with this
/// allocator that costs less, and memory goes back to the system.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(about = "Measures what Diwan promises, and breaks it on purpose")]
struct Program {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Figures beside their ceilings
    Measure(Options),
    /// A day of many centres, killed in the midst of it
    Halls(halls::Halls),
    /// Tens of thousands sign up for a few places through the pages
    Release(release::Releasing),
    /// Finds people in a register of many, by every kind of spelling
    Finding(finding::Finding),
    /// Kills a writing process again and again, and looks at what is left
    Crash(crash::Crash),
    /// Writes through several nodes while database servers fail; `scripts/failover` lets them
    Failover(failover::Failover),
}

/// What to measure.
#[derive(clap::Args)]
struct Options {
    /// How many people live in the region
    #[arg(long, default_value_t = 20_000)]
    people: usize,
    /// How many cases are submitted a round
    #[arg(long, default_value_t = 48)]
    cases: usize,
    /// How many pages are fetched a round
    #[arg(long, default_value_t = 2_000)]
    pages: usize,
    /// How many searches of each kind are made
    #[arg(long, default_value_t = 400)]
    searches: usize,
    /// How many certificates are made a round
    #[arg(long, default_value_t = 20)]
    papers: usize,
    /// An empty PostgreSQL database; without it only SQLite is measured
    #[arg(long)]
    postgres: Option<String>,
    /// The program, for start-up, memory, and typesetting in its children
    #[arg(long, default_value = "target/release/diwan")]
    diwan: PathBuf,
    /// Only (a): to look at one thing again and again
    #[arg(long)]
    only_submitting: bool,
    /// Only the civil register
    #[arg(long)]
    only_civil: bool,
    /// With it: finding people, a thousand officers at work, and the keys of all names
    /// made anew meanwhile; wants a register of many
    #[arg(long)]
    crowd: bool,
    /// The folder and the database hold what an earlier run filled: which run on them
    /// this is, from 1. Nothing is declared twice
    #[arg(long, default_value_t = 0)]
    again: usize,
    /// Only bringing in old books
    #[arg(long)]
    only_import: bool,
    /// Only what is measured on PostgreSQL
    #[arg(long, requires = "postgres")]
    only_postgres: bool,
    /// How many rows of an old book are brought in
    #[arg(long, default_value_t = 100_000)]
    rows: usize,
    /// Only (g): an empty PostgreSQL database for two nodes
    #[arg(long)]
    only_nodes: Option<String>,
    /// Where the figures go as JSON
    #[arg(long)]
    json: Option<PathBuf>,
    /// A folder for the databases; removed afterwards by whoever made it
    #[arg(long)]
    folder: PathBuf,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Program::parse().what {
        What::Measure(options) => measured(options).await,
        What::Halls(halls) => halls::run(halls).await,
        What::Release(release) => release::run(release).await,
        What::Finding(finding) => finding::run(finding).await,
        What::Crash(crash) => crash::run(crash).await,
        What::Failover(failover) => failover::run(failover).await,
    }
}

async fn measured(options: Options) -> anyhow::Result<()> {
    let mut lines = Vec::new();
    if let Some(address) = &options.only_nodes {
        lines.push(two_nodes(&options, address).await?);
    } else {
        lines.extend(everything(&options).await?);
    }
    println!("{}", table::markdown(&lines));
    if let Some(path) = &options.json {
        let mut figures = table::json(&lines);
        figures["people"] = json!(options.people);
        figures["cases_a_round"] = json!(options.cases);
        std::fs::write(path, serde_json::to_string_pretty(&figures)?)?;
    }
    Ok(())
}

async fn two_nodes(options: &Options, address: &str) -> anyhow::Result<Line> {
    eprintln!("two nodes on one PostgreSQL");
    nodes::two_against_one(&options.diwan, address, &options.folder.join("nodes")).await
}

async fn everything(options: &Options) -> anyhow::Result<Vec<Line>> {
    let region = Region::generate(1, options.people, setup::TODAY);
    let mut lines = Vec::new();
    if !options.only_postgres {
        let sqlite = format!("sqlite:{}", options.folder.join("bench.db").display());
        lines.extend(engine("SQLite", &sqlite, &region, options).await?);
    }
    if let Some(address) = &options.postgres {
        lines.extend(engine("PostgreSQL", address, &region, options).await?);
    }
    if !options.only_submitting && !options.only_civil && !options.only_import && !options.only_postgres {
        lines.extend(program(options).await?);
    }
    Ok(lines)
}

async fn engine(name: &str, address: &str, region: &Region, options: &Options) -> anyhow::Result<Vec<Line>> {
    let folder = options.folder.join(name.to_lowercase());
    std::fs::create_dir_all(&folder)?;
    eprintln!("{name}: filling a register of {} people", region.people.len());
    let (office, seeded) = setup::filled(address, &folder, region, &options.diwan).await?;
    let (app, words) = application(&office)?;
    let server = serve(app).await?;
    let engine = Engine {
        name,
        address,
        folder: &folder,
        office: &office,
        region,
        cases: options.cases,
        again: options.again,
    };
    if options.only_import {
        eprintln!("{name}: old books");
        return books::importing(&engine, options.rows).await;
    }
    eprintln!("{name}: the civil register");
    let registered = table::told(civil::registering(&engine, &server).await?);
    if options.only_civil {
        let mut lines = registered;
        if options.crowd {
            eprintln!("{name}: finding people");
            let clerk = setup::clerk(&seeded)?;
            lines.extend(table::told(finding::found(&office, clerk, region, name, options.searches).await?));
            eprintln!("{name}: a thousand officers");
            lines.extend(table::told(crowd::at_work(&engine, &server).await?));
        }
        return Ok(lines);
    }
    eprintln!("{name}: submitting");
    let mut lines = writing::submitting(&engine).await?;
    lines.extend(registered);
    if options.only_submitting {
        return Ok(lines);
    }
    eprintln!("{name}: through HTTP");
    lines.extend(writing::by_http(&engine, &server).await?);
    eprintln!("{name}: a flash crowd");
    lines.extend(flash::crowd(&engine, &server, 10 * options.cases + 4 * options.papers).await?);
    eprintln!("{name}: lookups and pages");
    lines.extend(reading::names(&office, region, setup::clerk(&seeded)?, name).await?);
    diwan_office::figures::count(&office).await?;
    let service = "/en/services/birth-certificate";
    lines.extend(reading::page(&format!("service page, {name}"), &server, service, options.pages).await?);
    eprintln!("{name}: certificates");
    if name == "SQLite" {
        lines.extend(papers::sealing(&office, region, &words, 10 * options.cases, options.papers).await?);
    } else {
        papers::make_one(&office, &words).await?;
    }
    let check = check_path(&office).await?;
    lines.extend(reading::page(&format!("check page, {name}"), &server, &check, options.pages).await?);
    Ok(lines)
}

fn application(office: &Arc<Office>) -> anyhow::Result<(App, PaperWords)> {
    let words = Arc::new(Words::load()?);
    let brand = Arc::new(Brand {
        name: json!({"en": "Diwan", "ckb": "دیوان"}),
        government: json!({"en": "Kurdistan Region of Iraq", "ckb": "هەرێمی کوردستانی عێراق"}),
        help_phone: "122".into(),
        colours: Vec::new(),
    });
    let papers = PaperWords { words: words.clone(), brand: brand.clone() };
    let app = App::from(Given {
        office: office.clone(),
        words,
        brand,
        identity: None,
        demo_inbox: None,
        proxies: vec![std::net::Ipv4Addr::LOCALHOST.into()].into(),
        client_certificates: false,
        crowd: diwan_web::crowd::Crowd::default(),
        live: diwan_web::live::Live::default(),
        sound: Arc::default(),
        security_servers: Arc::default(),
        security_certificates: Arc::default(),
        sessions: diwan_web::SessionTimes::default(),
        gateways: Arc::default(),
    });
    Ok((app, papers))
}

async fn serve(app: App) -> anyhow::Result<String> {
    let listener = serving::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    tokio::spawn(serving::serve(
        listener,
        diwan_web::router(app),
        serving::Waits::default(),
        std::future::pending(),
    ));
    Ok(address)
}

/// The check page of some sealed certificate.
async fn check_path(office: &Arc<Office>) -> anyhow::Result<String> {
    let mut reading = office.db.reading().await?;
    let sealed = "SELECT check_code FROM documents WHERE file_hash IS NOT NULL ORDER BY number LIMIT 1";
    let row = reading.tx().row(sealed, &[]).await?.context("no certificate was sealed")?;
    let code: String = row.get("check_code")?;
    Ok(format!("/en/check/{}", diwan_office::documents::grouped(&code)))
}

/// The program on the SQLite database that the parts before left behind.
async fn program(options: &Options) -> anyhow::Result<Vec<Line>> {
    eprintln!("start-up and memory");
    let folder = options.folder.join("program");
    std::fs::create_dir_all(&folder)?;
    let (demo, address) = filled(options, &folder).await?;
    process::figures(&options.diwan, &demo, &address).await
}

/// A database of the demonstration's size that `serve` accepts, and its settings.
async fn filled(options: &Options, folder: &Path) -> anyhow::Result<(PathBuf, String)> {
    let region = Region::generate(2, options.people, setup::TODAY);
    let database = format!("sqlite:{}", folder.join("diwan.db").display());
    setup::keep_keys(folder)?;
    let office = setup::office(&database, folder, &region, &options.diwan).await?;
    drop(office);
    // The writer lets go of the file a moment after its last handle.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let free = std::net::TcpListener::bind("127.0.0.1:0")?;
    let address = free.local_addr()?.to_string();
    drop(free);
    let config = folder.join("diwan.toml");
    let text = format!(
        "listen = \"{address}\"\nbase-url = \"http://{address}\"\ndatabase = \"{database}\"\n\
         files = \"{0}/files\"\nkeys = \"{0}\"\n",
        folder.display()
    );
    std::fs::write(&config, text)?;
    Ok((config, address))
}
