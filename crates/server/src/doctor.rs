//! `diwan doctor`: looks at everything an office needs, and says all that is
//! wrong at once. It only looks: it makes no key, no file and no table, and it
//! may be run beside a running `serve`.

use crate::config::{self, Config};
use crate::keys::{check_purpose, journal_key, read_log_key, sealing_folder};
use crate::run::files_of;
use crate::{public_log, timestamps};
use diwan_documents::authority;
use diwan_documents::signer::{PublicKey, Signer};
use diwan_office::documents::{Outdated, outdated_key};
use diwan_office::rows::UnitRow;
use diwan_office::units::at_most_days;
use diwan_office::{Clock, outbox, secrets};
use diwan_store::log::{self, Published};
use diwan_store::{Db, Fault, Reading, access, documents, journal, migrate, nodes, units};
use jiff::Timestamp;
use std::path::Path;

/// What waits longer than this is late, microseconds.
const LATE: i64 = 10 * 60 * 1_000_000;
/// A sealing key that ends sooner than this is a fault, days.
const SOON: i64 = 30;

/// What was found.
#[derive(Default)]
struct Findings {
    faults: Vec<String>,
}

impl Findings {
    fn good(&mut self, what: impl std::fmt::Display) {
        println!("ok     {what}");
    }

    fn note(&mut self, what: impl std::fmt::Display) {
        println!("note   {what}");
    }

    fn fault(&mut self, what: impl std::fmt::Display) {
        println!("FAULT  {what}");
        self.faults.push(what.to_string());
    }
}

/// Looks whether everything needed is there and sound.
pub async fn doctor(path: &Path) -> anyhow::Result<()> {
    let config = config::load(path)?;
    let mut found = Findings::default();
    found.good("configuration");
    for (name, there) in [
        ("smtp", config.smtp.is_some()),
        ("sms", config.sms.is_some()),
        ("oidc", config.oidc.is_some()),
        ("timestamps", config.timestamps.is_some()),
    ] {
        if !there {
            found.note(format!("[{name}] is not configured"));
        }
    }
    look_at_keys(&config, &mut found);
    look_at_timestamps(&config, &mut found).await;
    match files_of(&config) {
        Ok(files) => match files.look().await {
            Ok(()) => found.good(format!("files: {}", config.files)),
            Err(fault) => found.fault(format!("files: {fault}")),
        },
        Err(fault) => found.fault(format!("files: {fault}")),
    }
    if let Err(fault) = look_at_database(&config, &mut found).await {
        found.fault(format!("database: {fault}"));
    }
    let count = found.faults.len();
    anyhow::ensure!(count == 0, "{count} faults:\n  - {}", found.faults.join("\n  - "));
    println!("everything is as it should be");
    Ok(())
}

fn look_at_keys(config: &Config, found: &mut Findings) {
    use std::os::unix::fs::PermissionsExt;
    match std::fs::metadata(&config.keys) {
        Ok(about) if about.permissions().mode() & 0o077 != 0 => {
            found
                .fault(format!("keys: others can look into {}; set its mode to 0700", config.keys.display()));
        }
        Ok(_) => {}
        Err(error) => return found.fault(format!("keys: {}: {error}", config.keys.display())),
    }
    match journal_key(&config.keys) {
        Ok(_) => found.good("keys: journal.key"),
        Err(fault) => found.fault(format!("keys: {fault}")),
    }
    if !config.keys.join("factors.key").exists() {
        found.fault("keys: factors.key is missing: without it no officer can sign in; put it back");
    }
    match read_log_key(&config.keys) {
        Ok(key) => found.good(format!("keys: log.key, {}", key.verifier)),
        Err(fault) => found.fault(format!("keys: {fault}")),
    }
    if let Err(fault) = check_purpose(&config.keys, config.training) {
        found.fault(format!("keys: {fault}"));
    }
    match sealing_folder(&config.keys).current() {
        Ok(signer) => {
            look_at_term(&signer, found);
            look_at_signing(&signer, found);
        }
        Err(fault) => found.fault(format!("keys: sealing key: {fault}")),
    }
    if config.keys.join("root/current").exists() {
        found.note("keys: the root is on this machine; take it offline");
    }
}

fn look_at_term(signer: &dyn Signer, found: &mut Findings) {
    let described = signer.certificate_chain().first().map(|own| authority::describe(own));
    let Some(Ok(own)) = described else {
        return found.fault("keys: the sealing key's certificate cannot be read");
    };
    let days = (own.term.until.as_second() - Timestamp::now().as_second()) / 86_400;
    let about = format!("keys: sealing key {} of {}, until {}", signer.key_id(), own.subject, own.term.until);
    // A mobile unit's key holds as long as its journey.
    let is_units = (own.term.until.as_second() - own.term.from.as_second()) / 86_400 <= at_most_days() + 1;
    if days < SOON && !is_units {
        found.fault(format!("{about}: {days} days are left; run `diwan keys rotate`"));
    } else {
        found.good(about);
    }
}

/// A key in a security module may be out of reach although its certificate is here.
fn look_at_signing(signer: &dyn Signer, found: &mut Findings) {
    const PROBE: &[u8] = b"diwan doctor";
    match (signer.sign_raw(PROBE), PublicKey::from_sec1(&signer.public_key_sec1())) {
        (Ok(signature), Some(key)) if key.verify_raw(PROBE, &signature) => {
            found.good("keys: the sealing key signs")
        }
        (Ok(_), _) => found.fault("keys: what the sealing key signs does not verify"),
        (Err(fault), _) => found.fault(format!("keys: sealing key: {fault}")),
    }
}

/// Has the moment of a random number confirmed: whether an authority answers as it should is seen no other way.
async fn look_at_timestamps(config: &Config, found: &mut Findings) {
    let timestamps = match timestamps::of(config) {
        Ok(Some(timestamps)) => timestamps,
        Ok(None) => return,
        Err(fault) => return found.fault(format!("{fault:#}")),
    };
    match timestamps.confirm(&secrets::random::<32>(), &Clock::system()).await {
        Ok(stamp) => found.good(format!(
            "timestamps: {} confirmed {} under policy {}",
            stamp.authority, stamp.at, stamp.policy
        )),
        Err(fault) => found.fault(format!("timestamps: {fault}")),
    }
}

async fn look_at_database(config: &Config, found: &mut Findings) -> anyhow::Result<()> {
    // The journal's key is only needed to judge entries; its absence is said above.
    let keys = journal_key(&config.keys).unwrap_or(diwan_store::Keys { journal: [0; 32], factors: [0; 32] });
    let db = Db::open_to_read(&config.database, keys).await?;
    let engine = db.engine_version().await?;
    match db.engine_is_safe() {
        Ok(()) => found.good(format!("database: {engine}")),
        Err(fault) => found.fault(format!("database: {fault}")),
    }
    let outlook = migrate::outlook(&db).await?;
    if !outlook.unknown.is_empty() {
        found.fault(format!("database: migrations {:?} are unknown; use a newer program", outlook.unknown));
    }
    if outlook.pending.is_empty() {
        found.good(format!("database: migrations {:?}", outlook.applied));
    } else {
        found
            .fault(format!("database: migrations wait: {}; run `diwan migrate`", outlook.pending.join(", ")));
    }
    if !outlook.applied.contains(&1) {
        return Ok(());
    }
    let unit = match outlook.pending.contains(&"units") {
        true => None,
        false => units::here(&mut db.reading().await?.tx()).await?,
    };
    let wanted = if config.training { "training" } else { "real" };
    match access::mark(&db, "purpose").await? {
        Some(known) if known != wanted => {
            found.fault(format!("database: is marked `{known}`, not `{wanted}`"))
        }
        _ => {}
    }
    if unit.is_none() && access::mark(&db, "demo").await?.is_some() {
        found.fault("database: is a demonstration; `serve` refuses it");
    }
    // What is wrong with the key itself was said above.
    if let Ok(signer) = sealing_folder(&config.keys).current()
        && let Some(Outdated { own, newer }) = outdated_key(&db, &signer).await?
    {
        found.fault(format!(
            "keys: {own} is in use here, and papers were sealed with {newer}, which is newer; copy the folder seal/ \
             from the node on which `diwan keys rotate` ran, its file `current` last"
        ));
    }
    let now = Timestamp::now().as_microsecond();
    match &unit {
        Some(unit) => look_at_unit(config, &db, unit, found).await?,
        None => {
            look_at_log(config, &db, found).await?;
            look_at_what_waits(&mut db.reading().await?, now, found).await?;
        }
    }
    if !outlook.pending.contains(&"nodes") {
        let alive = nodes::alive(&db, now).await?;
        let hosts: Vec<&str> = alive.iter().map(|node| node.host.as_str()).collect();
        found.note(format!("nodes alive: {} {hosts:?}", alive.len()));
    }
    Ok(())
}

/// A mobile unit: until when, and whether its clock can be right. What it does is sealed
/// and sent when it is home, so nothing of that is late here.
async fn look_at_unit(config: &Config, db: &Db, unit: &UnitRow, found: &mut Findings) -> anyhow::Result<()> {
    let now = Timestamp::now().as_microsecond();
    let until = Timestamp::from_microsecond(unit.until)?;
    if config.installation != unit.installation {
        found.fault(format!(
            "unit: this is {}, but installation is `{}`",
            unit.installation, config.installation
        ));
    }
    found.note(format!("unit: this is the mobile unit {}, until {until:.0}", unit.name));
    if now > unit.until {
        found.fault(
            "unit: its time is over: it takes visits and notices, and issues no papers; bring it home",
        );
    }
    let newest = journal::newest(db).await?.unwrap_or(unit.prepared_at).max(unit.prepared_at);
    if newest > now {
        found.fault(format!(
            "unit: the clock is wrong: it says {:.0}, and the last act is of {:.0}; set it",
            Timestamp::from_microsecond(now)?,
            Timestamp::from_microsecond(newest)?
        ));
    } else {
        found.good("unit: the clock goes on from the last act");
    }
    let waiting = outbox::standing(&mut db.reading().await?.tx()).await?.waiting;
    found.note(format!("unit: {waiting} messages wait until it is home"));
    Ok(())
}

async fn look_at_log(config: &Config, db: &Db, found: &mut Findings) -> anyhow::Result<()> {
    let size = log::head(db).await?.map_or(0, |head| head.size);
    match Published::at(&config.keys.join("checkpoint")).check(db).await {
        Ok(()) => found.good(format!("public log: {size} entries")),
        Err(fault @ Fault::WrongDatabase(_)) => found.fault(fault),
        Err(fault) => found.fault(format!("public log: {fault}")),
    }
    if let Err(fault) = public_log::check_key(db, &config.keys).await {
        found.fault(format!("public log: {fault}"));
    }
    let oldest = log::oldest_unsealed(db).await?;
    let now = Timestamp::now().as_microsecond();
    if let Some(since) = oldest.filter(|since| now - since > LATE) {
        found.fault(format!(
            "public log: entries wait since {}; is `serve` running?",
            Timestamp::from_microsecond(since)?
        ));
    }
    Ok(())
}

async fn look_at_what_waits(reading: &mut Reading, now: i64, found: &mut Findings) -> anyhow::Result<()> {
    let mut tx = reading.tx();
    let standing = outbox::standing(&mut tx).await?;
    let about = format!("outbox: {} waiting, {} given up", standing.waiting, standing.failed);
    if standing.failed > 0 {
        found.fault(format!("{about}; see `diwan outbox list`"));
    } else if standing.oldest.is_some_and(|since| now - since > 6 * LATE) {
        found.fault(format!("{about}; the oldest waits for more than an hour"));
    } else {
        found.good(about);
    }
    let late: Vec<String> = documents::intended(&mut tx, 1_000)
        .await?
        .into_iter()
        .filter(|document| now - document.intended_at > LATE)
        .map(|document| document.number)
        .collect();
    if late.is_empty() {
        found.good("papers: none is late");
    } else {
        found.fault(format!("papers: {} were not made: {}", late.len(), late.join(", ")));
    }
    Ok(())
}
