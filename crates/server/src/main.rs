//! The `diwan` binary: configuration, commands, background jobs.

mod adapters;
mod backup;
mod built_in;
mod centres;
mod commands;
mod config;
mod delivering;
mod demo;
mod demo_kiosk;
mod doctor;
mod import;
mod jobs;
mod keys;
mod kiosk_agent;
mod mirror;
mod oidc;
mod outbox;
mod pages;
mod public_log;
mod register;
mod replay;
mod run;
mod setup;
mod simulate;
mod sound;
mod timestamps;
mod unit;
mod watching;
mod webhooks;
mod x_road;

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Many small texts are made and dropped on every page and act: with this
/// allocator that costs less, and memory goes back to the system.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs a test body on both engines.
#[cfg(test)]
#[macro_export]
macro_rules! on_both_engines {
    ($name:ident, $body:ident) => {
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn embedded() {
                super::$body(diwan_store::dialect::Engine::Sqlite).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn server() {
                super::$body(diwan_store::dialect::Engine::Postgres).await;
            }
        }
    };
}

/// Public services through one window.
#[derive(Parser)]
#[command(name = "diwan", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build a believable region and serve it, to try everything
    Demo(demo::Options),
    /// Serve with a configuration file
    Serve {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
        /// Start although entries of the journal are later than the machine's clock
        #[arg(long)]
        accept_clock: bool,
    },
    /// Prepare an empty database: keys, first office and centre, first administrator
    Init(setup::InitOptions),
    /// Look whether everything needed is there and sound
    Doctor {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
    },
    /// Bring the tables up to date
    Migrate {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
    },
    /// Check how people are served in a centre, and what it needs before it opens
    #[command(subcommand)]
    Centres(centres::Centres),
    /// Check or publish service folders
    #[command(subcommand)]
    Services(commands::Services),
    /// Copy database, files and published services (never private keys)
    Backup {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
        /// Where to; must not exist yet
        to: PathBuf,
    },
    /// Restore a backup into an empty place; an older one than was published opens a new public log
    Restore {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
        /// The backup
        from: PathBuf,
    },
    /// Look at the keys, or change the one that seals papers
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Copy another installation's public log, or open a new one after going back in time
    #[command(subcommand)]
    Log(public_log::LogCommand),
    /// Look at messages that did not arrive, or send them again
    #[command(subcommand)]
    Outbox(outbox::OutboxCommand),
    /// Bring in old books from CSV and XLSX files
    #[command(subcommand)]
    Import(import::ImportCommand),
    /// Look after what is derived from the register
    #[command(subcommand)]
    Register(register::RegisterCommand),
    /// Carry the acts of another installation out in this one: a bus that comes home
    Replay(replay::ReplayOptions),
    /// Drive the printers of a kiosk
    #[command(subcommand)]
    KioskAgent(kiosk_agent::Action),
    /// Send a mobile unit on its way, and take it back
    #[command(subcommand)]
    Unit(unit::UnitCommand),
    /// Try out what has not happened: a centre's day with other counters
    #[command(subcommand)]
    Simulate(simulate::Simulate),
    /// Look at the recordings with which displays speak
    #[command(subcommand)]
    Sound(sound::SoundCommand),
    /// Check the journal, or a proof someone was given
    #[command(subcommand)]
    Verify(commands::Verify),
    /// Typeset papers for a parent process; not for people
    #[command(hide = true)]
    RenderWorker,
}

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    if let Command::RenderWorker = cli.command {
        return Ok(diwan_documents::renderer::worker_main()?);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    // What is wrong with the configuration is said by the command itself.
    let config = match &cli.command {
        Command::Serve { config, .. } => config::load(config).ok(),
        _ => None,
    };
    let inside = runtime.enter();
    watching::log::begin(config.as_ref());
    drop(inside);
    runtime.block_on(async {
        match cli.command {
            Command::Demo(options) => demo::run(options).await,
            Command::Serve { config, accept_clock } => run::serve(&config, accept_clock).await,
            Command::Init(options) => setup::init(options).await,
            Command::Doctor { config } => doctor::doctor(&config).await,
            Command::Migrate { config } => commands::migrate(&config).await,
            Command::Centres(what) => centres::run(what).await,
            Command::Services(what) => commands::services(what).await,
            Command::Backup { config, to } => backup::backup(&config, &to).await,
            Command::Restore { config, from } => backup::restore(&config, &from).await,
            Command::Keys(what) => keys::run(what),
            Command::Log(what) => public_log::run(what).await,
            Command::Replay(options) => replay::run(options).await,
            Command::KioskAgent(action) => kiosk_agent::run(action).await,
            Command::Unit(what) => unit::run(what).await,
            Command::Outbox(what) => outbox::run(what).await,
            Command::Import(what) => import::run(what).await,
            Command::Register(what) => register::run(what).await,
            Command::Simulate(what) => simulate::simulate(&what),
            Command::Sound(command) => sound::run(&command),
            Command::Verify(what) => commands::verify(what).await,
            Command::RenderWorker => Ok(()),
        }
    })
}
