//! `diwan unit`: a laptop in a bus that serves a centre for some days without a line.

use crate::config::{self, Config};
use crate::keys::{self, journal_key};
use crate::run::open_office;
use anyhow::Context;
use clap::{Args, Subcommand};
use diwan_domain::ids::OfficerId;
use diwan_office::acting::in_service;
use diwan_office::rows::UnitRow;
use diwan_office::units::{self, PrepareUnit, RevokeUnit, Standing};
use diwan_office::{Office, Who, access, administration};
use diwan_store::files::Files;
use diwan_store::{Db, Keys, verify};
use jiff::Timestamp;
use std::path::{Path, PathBuf};

/// A day in microseconds.
const A_DAY: i64 = 86_400_000_000;
/// Clocks of two machines may differ by this much, microseconds.
const APART: i64 = 60_000_000;

/// Send a mobile unit on its way, and take it back.
#[derive(Subcommand)]
pub enum UnitCommand {
    /// Write a folder that is a whole installation for a bus, with its own keys and numbers
    Prepare(Prepare),
    /// Carry out here what a unit did on its way; twice is once
    Merge(Merge),
    /// Trust nothing that a unit does from a time on: its laptop was stolen or lost
    Revoke(Revoke),
    /// The units and how they stand
    List {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
    },
}

/// What a unit is prepared for.
#[derive(Args)]
pub struct Prepare {
    /// The configuration file of this installation
    #[arg(long, default_value = "diwan.toml")]
    config: PathBuf,
    /// The code of the centre that it serves
    #[arg(long)]
    centre: String,
    /// What it is called: letters, digits and hyphens
    #[arg(long)]
    name: String,
    /// The folder to write; must not exist yet, on an encrypted disk
    #[arg(long)]
    to: PathBuf,
    /// For how many days it issues papers
    #[arg(long, default_value_t = 3)]
    days: i64,
    /// Who may sign in there, by the name they sign in with; everyone of the centre when left out
    #[arg(long = "officer")]
    officers: Vec<String>,
    /// The folder with the directorate's root, where it is mounted; `root` in the keys folder when left out
    #[arg(long)]
    root: Option<PathBuf>,
    /// Where the unit listens
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
}

/// What is taken back.
#[derive(Args)]
pub struct Merge {
    /// The configuration file of this installation
    #[arg(long, default_value = "diwan.toml")]
    config: PathBuf,
    /// Take the acts of a revoked unit that were done before its key was doubted
    #[arg(long)]
    before_revocation: bool,
    /// Take acts although they are later than this machine's clock
    #[arg(long)]
    accept_clock: bool,
    /// The unit's folder
    folder: PathBuf,
}

/// Whose key is not trusted any more.
#[derive(Args)]
pub struct Revoke {
    /// The configuration file of this installation
    #[arg(long, default_value = "diwan.toml")]
    config: PathBuf,
    /// The unit
    name: String,
    /// From when on, such as 2026-11-27T14:30:00+03:00; from its leaving when left out
    #[arg(long)]
    since: Option<Timestamp>,
    /// Why, as it is written in the journal
    #[arg(long, default_value = "stolen or lost")]
    reason: String,
}

/// Carries a command out.
pub async fn run(command: UnitCommand) -> anyhow::Result<()> {
    match command {
        UnitCommand::Prepare(options) => prepare(options).await,
        UnitCommand::Merge(options) => merge(options).await,
        UnitCommand::Revoke(options) => revoke(options).await,
        UnitCommand::List { config } => list(&config).await,
    }
}

/// A refusal as an operator reads it.
#[allow(clippy::needless_pass_by_value, reason = "it stands where an error is turned into another")]
fn told(stop: diwan_office::Stop) -> anyhow::Error {
    anyhow::anyhow!("{stop} ({})", stop.code())
}

/// What tells one journal's key from another without giving it away.
fn fingerprint(keys: &Keys) -> String {
    use sha2::Digest;
    let mut hash = sha2::Sha256::new();
    hash.update(b"diwan/journal-key");
    hash.update(keys.journal);
    hash.finalize()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn prepare(options: Prepare) -> anyhow::Result<()> {
    let config = config::load(&options.config)?;
    anyhow::ensure!(!options.to.exists(), "{} exists already", options.to.display());
    anyhow::ensure!(
        (1..=units::at_most_days()).contains(&options.days),
        "a unit is prepared for 1 to {} days",
        units::at_most_days()
    );
    let office = open_office(&config).await.context("a unit is prepared where this installation writes")?;
    let (centre, officers) = whom(&office, &options).await?;
    let until = office.now() + options.days * A_DAY;
    let seal =
        keys::unit_seal(&config, options.root.clone(), &options.name, Timestamp::from_microsecond(until)?)?;
    let folder = keys::make_unit_folder(&options.to, config.training, &seal)?;
    let theirs = journal_key(&folder)?;
    let act = PrepareUnit {
        name: options.name.clone(),
        centre,
        officers,
        journal_key: fingerprint(&theirs),
        key_id: keys::id_of(&seal),
        until,
    };
    let id = match office.perform_once(&Who::system("unit"), act).await {
        Ok(id) => id,
        Err(stop) => {
            std::fs::remove_dir_all(&options.to)?;
            return Err(told(stop));
        }
    };
    keys::sealing_folder(&config.keys).add_chain(&seal)?;
    let unit = units::journey(&mut office.db.reading().await?.tx(), id).await?.context("it is there")?.unit;
    match fill(&office, &options, &unit, theirs).await {
        Ok(rows) => said(&options, &unit, rows),
        Err(fault) => {
            // Nothing left: its centre is served from here as before.
            let gone = RevokeUnit { unit: id, from: 0, reason: "preparing failed".into() };
            office.perform_once(&Who::system("unit"), gone).await.map_err(told)?;
            Err(fault)
        }
    }
}

/// The centre and the officers that the options name.
async fn whom(
    office: &Office,
    options: &Prepare,
) -> anyhow::Result<(diwan_domain::ids::CentreId, Vec<OfficerId>)> {
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let centres = administration::all_centres(&mut tx).await?;
    let centre = centres.iter().find(|centre| centre.code.eq_ignore_ascii_case(&options.centre));
    let centre = centre.with_context(|| format!("there is no centre {}", options.centre))?.id;
    let all = administration::all_officers(&mut tx).await?;
    let (now, offset) = (office.now(), office.settings.utc_offset_minutes);
    for login in &options.officers {
        let known = all.iter().any(|one| one.officer.login == login.to_lowercase());
        anyhow::ensure!(known, "no officer signs in as {login}");
    }
    let chosen = all.iter().filter(|one| {
        let of_centre = options.officers.is_empty() && one.officer.centre_id == Some(centre);
        let named = options.officers.iter().any(|login| login.to_lowercase() == one.officer.login);
        (of_centre || named) && in_service(&one.officer, now, offset)
    });
    let chosen: Vec<OfficerId> = chosen.map(|one| one.officer.id).collect();
    anyhow::ensure!(!chosen.is_empty(), "nobody in service would sign in there; name them with --officer");
    Ok((centre, chosen))
}

/// The unit's database and configuration.
async fn fill(office: &Office, options: &Prepare, unit: &UnitRow, theirs: Keys) -> anyhow::Result<u64> {
    let file = options.to.join("diwan.db");
    let address = format!("sqlite:{}", file.display());
    let into = Db::open(&address, theirs).await?;
    let rows = units::for_the_way(&office.db, &into, unit).await?;
    drop(into);
    Files::open(&options.to.join("files"))?;
    let own = std::fs::read_to_string(&options.config)?;
    std::fs::write(options.to.join("diwan.toml"), configuration(&own, options, unit)?)?;
    std::fs::File::open(&options.to)?.sync_all()?;
    Ok(rows)
}

/// What the unit's `diwan.toml` says: what this one's says of the government, and nothing
/// of any way out.
fn configuration(own: &str, options: &Prepare, unit: &UnitRow) -> anyhow::Result<String> {
    let own: toml::Table = own.parse()?;
    let mut table = toml::Table::new();
    for name in ["base-url", "utc-offset-minutes", "training", "brand", "issuer", "sessions"] {
        if let Some(value) = own.get(name) {
            table.insert(name.into(), value.clone());
        }
    }
    for (name, value) in [
        ("listen", options.listen.as_str()),
        ("database", "sqlite:diwan.db"),
        ("files", "files"),
        ("keys", "keys"),
        ("installation", unit.installation.as_str()),
    ] {
        table.insert(name.into(), toml::Value::String(value.to_owned()));
    }
    Ok(format!("# Mobile unit {}: start `diwan serve` in this folder.\n{table}", unit.name))
}

fn said(options: &Prepare, unit: &UnitRow, rows: u64) -> anyhow::Result<()> {
    let until = Timestamp::from_microsecond(unit.until)?;
    println!("{}: {rows} rows in {}, until {until:.0}", unit.installation, options.to.display());
    println!("its numbers bear {}, its papers are sealed with key {}", unit.letters, unit.key_id);
    println!("until it is home or revoked, centre {} is served by it alone", options.centre);
    println!(
        "it holds the register: keep it on an encrypted disk only. On the laptop: cd {} && diwan serve",
        options.to.display()
    );
    Ok(())
}

async fn merge(options: Merge) -> anyhow::Result<()> {
    let config = config::load(&options.config)?;
    let office = open_office(&config).await?;
    let (unit, from) = of_folder(&office, &options.folder).await?;
    let newest = diwan_store::journal::newest(&from).await?.unwrap_or_default();
    if newest > office.now() + APART && !options.accept_clock {
        anyhow::bail!(
            "the unit's clock was ahead: its last act is of {}. Merge after that, or with --accept-clock; \
             nothing was carried out",
            Timestamp::from_microsecond(newest)?
        );
    }
    // The bytes first: no row ever names a file that is not here.
    let theirs = Files::at(&options.folder.join("files"));
    for name in theirs.list().await? {
        let bytes = theirs.get(&name).await?.with_context(|| format!("file {name} vanished"))?;
        let kept = office.files.put(bytes).await?;
        anyhow::ensure!(kept == name, "file {name} of the unit was changed");
    }
    let done = units::replay_unit(&office, &from, &unit, options.before_revocation).await;
    let (report, _) = done.map_err(|stop| match stop.code() {
        "unit/revoked" => anyhow::anyhow!(
            "the key of {} is not trusted any more; with --before-revocation what it did before is taken",
            unit.name
        ),
        _ => told(stop),
    })?;
    println!("{}: {} acts carried out, {} were known", unit.installation, report.done, report.known);
    if report.passed_over > 0 {
        println!("{} acts are of a time for which its key is not trusted, and were left", report.passed_over);
    }
    for left in &report.left {
        println!("open: {} {} ({}): {}", left.name, left.act, left.why, left.about);
    }
    if !report.left.is_empty() {
        println!("{} acts wait for a person, on the page /desk/units", report.left.len());
    }
    Ok(())
}

/// The unit whose folder it is, and its database: sound, and under the key it was given.
async fn of_folder(office: &Office, folder: &Path) -> anyhow::Result<(UnitRow, Db)> {
    let file = folder.join("diwan.toml");
    let text = std::fs::read_to_string(&file)
        .with_context(|| format!("{} is not a unit's folder", folder.display()))?;
    let table: toml::Table = text.parse()?;
    let name = table.get("installation").and_then(toml::Value::as_str).unwrap_or_default();
    let unit = units::named(&mut office.db.reading().await?.tx(), name).await?;
    let unit = unit.filter(|unit| unit.installation == name);
    let unit = unit.with_context(|| format!("no unit `{name}` was prepared here"))?;
    let keys = journal_key(&folder.join("keys"))?;
    anyhow::ensure!(
        fingerprint(&keys) == unit.journal_key,
        "the keys in {} are not those that {} was given; nothing was carried out",
        folder.display(),
        unit.name
    );
    let from = Db::open_to_read(&format!("sqlite:{}", folder.join("diwan.db").display()), keys).await?;
    anyhow::ensure!(
        access::mark(&from, diwan_store::units::MARK).await?.as_deref() == Some(unit.installation.as_str()),
        "the database in {} is not that of {}; nothing was carried out",
        folder.display(),
        unit.name
    );
    let checked = verify::journal(&from, None).await?;
    anyhow::ensure!(
        checked.findings.is_empty(),
        "the unit's journal was changed ({} findings, first: {}); nothing was carried out",
        checked.findings.len(),
        checked.findings[0]
    );
    Ok((unit, from))
}

async fn revoke(options: Revoke) -> anyhow::Result<()> {
    let office = open_office(&config::load(&options.config)?).await?;
    let unit = units::named(&mut office.db.reading().await?.tx(), &options.name).await?;
    let unit = unit.with_context(|| format!("no unit `{}` was prepared here", options.name))?;
    let from = options.since.map_or(unit.prepared_at, |since| since.as_microsecond());
    let act = RevokeUnit { unit: unit.id, from, reason: options.reason };
    office.perform_once(&Who::system("unit"), act).await.map_err(told)?;
    println!(
        "what {} signs and does from {:.0} on is not trusted; its centre is served from here again",
        unit.name,
        Timestamp::from_microsecond(from)?
    );
    Ok(())
}

async fn list(path: &Path) -> anyhow::Result<()> {
    let config: Config = config::load(path)?;
    let db = Db::open_to_read(&config.database, journal_key(&config.keys)?).await?;
    let now = Timestamp::now().as_microsecond();
    let mut reading = db.reading().await?;
    let mut tx = reading.tx();
    for unit in diwan_store::units::units(&mut tx).await? {
        let open = units::journey(&mut tx, unit.id).await?.map_or(0, |journey| journey.open());
        println!(
            "{:<16} {:<8} {}  until {:.0}, {open} open",
            unit.installation,
            Standing::of(&unit, now).code(),
            unit.letters,
            Timestamp::from_microsecond(unit.until)?
        );
    }
    Ok(())
}
