//! Starting the office: keys, database, services, pages, background jobs.

use crate::adapters::Outlets;
use crate::built_in::built_in;
use crate::config::{self, Config};
use crate::{jobs, keys, oidc, public_log, timestamps, watching, webhooks, x_road};
use anyhow::Context;
use diwan_documents::renderer::Renderer;
use diwan_domain::services::Folder;
use diwan_office::catalogue::PublishService;
use diwan_office::civil::{PublishRules, rules};
use diwan_office::identity::IdentityProvider;
use diwan_office::rows::UnitRow;
use diwan_office::{Clock, Office, Settings, Who, access, going_back, units};
use diwan_store::files::{BucketSettings, Files};
use diwan_store::log::Published;
use diwan_store::{Db, disk, nodes};
use diwan_web::crowd::Crowd;
use diwan_web::live::Live;
use diwan_web::papers::PaperWords;
use diwan_web::words::Words;
use diwan_web::{App, Brand, Given, serving};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tracing::{info, warn};

/// Where the files of a configuration are kept.
pub fn files_of(config: &Config) -> anyhow::Result<Files> {
    match (config.files.strip_prefix("s3://"), &config.s3) {
        (Some(place), Some(s3)) => {
            let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
            Ok(Files::bucket(BucketSettings {
                endpoint: s3.endpoint.trim_end_matches('/').to_owned(),
                region: s3.region.clone(),
                bucket: bucket.to_owned(),
                prefix: prefix.trim_matches('/').to_owned(),
                access_key: s3.access_key.clone(),
                secret_key: s3.secret_key.clone(),
            })?)
        }
        (Some(_), None) => anyhow::bail!("files in a bucket need [s3]"),
        (None, _) => Ok(Files::at(Path::new(&config.files))),
    }
}

/// The same, made ready to keep something.
async fn open_files(config: &Config) -> anyhow::Result<Files> {
    if !config.files.starts_with("s3://") {
        return Files::open(Path::new(&config.files)).with_context(|| format!("files in {}", config.files));
    }
    let files = files_of(config)?;
    files.look().await.with_context(|| format!("files in {}", config.files))?;
    Ok(files)
}

/// Opens the office of a configuration.
pub async fn open_office(config: &Config) -> anyhow::Result<Arc<Office>> {
    make_private_folder(&config.keys)?;
    let empty = !config.keys.join("log.key").exists() && !config.keys.join("seal").exists();
    let made = keys::make_journal_key(&config.keys)?;
    if made && empty {
        keys::mark_purpose(&config.keys, config.training)?;
    }
    keys::check_purpose(&config.keys, config.training)?;
    keys::make_factors_key(&config.keys)?;
    let journal_key = keys::journal_key(&config.keys)?;
    let host = config.base_url.split("//").nth(1).unwrap_or("diwan").replace([':', '/'], "-");
    let db = Db::open_with(&config.database, journal_key, config.database_connections).await?;
    if diwan_store::journal::is_begun(&db).await? {
        if made {
            std::fs::remove_file(config.keys.join("journal.key"))?;
            anyhow::bail!(
                "this database has a journal, but {} held no journal.key; put it back",
                config.keys.display()
            );
        }
        // Keys are made for a database that begins; one that was begun is never given others in silence.
        public_log::check_key(&db, &config.keys).await?;
        keys::check_seal(&config.keys)?;
    }
    let log_key = keys::log_key(&config.keys, &format!("{host}/log"))?;
    let seal = keys::sealing_keys(config, jiff::Timestamp::now())?;
    let published = Published::at(&config.keys.join("checkpoint"));
    published.check(&db).await?;
    check_training(&db, config.training).await?;
    check_factors(&db, &config.keys).await?;
    // What the manager's start-up list asks about messages.
    let sms = if config.sms.is_some() { "yes" } else { "no" };
    access::set_mark(&db, diwan_office::queue::SMS_MARK, sms).await?;
    let program = std::env::current_exe()?;
    let renderer =
        Renderer::new(program, vec!["render-worker".into()], config.render_workers, Duration::from_secs(20));
    let office = Office {
        db,
        files: open_files(config).await?,
        keys: seal,
        log_key,
        published,
        renderer,
        timestamps: timestamps::of(config)?,
        settings: Settings {
            installation: config.installation.clone(),
            base_url: config.base_url.clone(),
            training: config.training,
            utc_offset_minutes: config.utc_offset_minutes,
        },
        clock: Clock::system(),
        order: AtomicI64::new(0),
    };
    going_back::leave_out(&office)
        .await
        .map_err(|stop| anyhow::anyhow!("numbers that may be given: {stop}"))?;
    Ok(Arc::new(office))
}

/// A folder that only its owner may look into. One that is there is left as it is.
fn make_private_folder(folder: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    if !folder.is_dir() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        disk::sync_name(folder)?;
    }
    Ok(())
}

/// A training database never becomes a real one, nor the other way round.
async fn check_training(db: &Db, training: bool) -> anyhow::Result<()> {
    let wanted = if training { "training" } else { "real" };
    match access::mark(db, "purpose").await? {
        Some(known) if known == wanted => Ok(()),
        Some(known) => anyhow::bail!("this database is marked `{known}` and cannot be used as `{wanted}`"),
        None => Ok(access::set_mark(db, "purpose", wanted).await?),
    }
}

/// The key of factors is the one under which this database's are sealed.
async fn check_factors(db: &Db, keys: &Path) -> anyhow::Result<()> {
    let mark = diwan_office::secrets::base32(&db.key_for("mark")[..10]);
    match access::mark(db, "factors").await? {
        Some(known) if known == mark => Ok(()),
        Some(_) => anyhow::bail!(
            "{} is not the key under which this database's passwords and second factors are sealed; put it back",
            keys.join("factors.key").display()
        ),
        None => Ok(access::set_mark(db, "factors", &mark).await?),
    }
}

/// Publishes the built-in services that are not yet published.
pub async fn publish_built_in(office: &Office) -> anyhow::Result<()> {
    for folder in built_in() {
        publish(office, &folder).await?;
    }
    let text = rules::BUILT_IN.to_owned();
    let key = format!("built-in/rules/{}", diwan_domain::civil::Rules::hash(&text));
    match office.perform(&Who::system("built-in rules"), &key, PublishRules { text }).await {
        Ok(_) => Ok(()),
        Err(stop) => anyhow::bail!("rules of the register: {stop}"),
    }
}

/// Publishes a folder that comes with the program.
pub async fn publish(office: &Office, folder: &Folder) -> anyhow::Result<()> {
    let act = PublishService::of(folder);
    let key = format!("built-in/{}/{}", folder.name, folder.hash());
    match office.perform(&Who::system("built-in services"), &key, act).await {
        Ok(_) => Ok(()),
        // A published edition is never changed: the one in the database stays.
        Err(stop) if stop.code() == "admin/name-taken" => {
            warn!("service {} is published with other contents; raise its version to change it", folder.name);
            Ok(())
        }
        Err(stop) => anyhow::bail!("service {}: {stop}", folder.name),
    }
}

/// The application for an office.
pub fn application(config: &Config, office: Arc<Office>, demo_inbox: Option<String>) -> anyhow::Result<App> {
    let names = |own: &std::collections::BTreeMap<String, String>, usual: serde_json::Value| {
        if own.is_empty() { usual } else { json!(own) }
    };
    let brand = Brand {
        name: names(
            &config.brand.name,
            json!({"ckb": "دیوان", "ar": "ديوان", "kmr": "Dîwan", "en": "Diwan"}),
        ),
        government: names(
            &config.brand.government,
            json!({"ckb": "هەرێمی کوردستانی عێراق", "ar": "إقليم كوردستان العراق", "kmr": "Herêma Kurdistanê ya Iraqê", "en": "Kurdistan Region of Iraq"}),
        ),
        help_phone: config.brand.help_phone.clone().unwrap_or_else(|| "122".into()),
        colours: config.brand.colours.clone().into_iter().collect(),
    };
    let identity =
        config.oidc.clone().map(|oidc| Arc::new(oidc::Wallet::new(oidc)) as Arc<dyn IdentityProvider>);
    let proxies = config.trusted_proxies.iter().filter_map(|proxy| proxy.parse().ok()).collect();
    let words = Arc::new(Words::load()?);
    let client_certificates = config.client_certificates;
    let sessions = config.sessions.times();
    let sound = Arc::new(crate::sound::of(config, &words));
    Ok(App::from(Given {
        office,
        words,
        brand: Arc::new(brand),
        identity,
        demo_inbox: demo_inbox.map(Arc::from),
        proxies,
        client_certificates,
        crowd: Crowd::default(),
        live: Live::of_at_most(config.live_listeners),
        sound,
        security_servers: config.x_road.callers.iter().filter_map(|network| network.parse().ok()).collect(),
        security_certificates: config.x_road.caller_certificates.clone().into(),
        sessions,
        gateways: Arc::new(config.telephone.gateways()?),
    }))
}

/// Serves until told to stop.
pub async fn serve(path: &Path, accept_clock: bool) -> anyhow::Result<()> {
    let config = config::load(path)?;
    if config.internal_address.is_some() {
        watching::metrics::begin()?;
    }
    let office = open_office(&config).await?;
    let unit = units::here(&mut office.db.reading().await?.tx()).await?;
    // A unit of a demonstration belongs to it, under the demonstration's own root.
    if unit.is_none() && access::mark(&office.db, "demo").await?.is_some() {
        anyhow::bail!("this database is a demonstration; `serve` refuses it");
    }
    match &unit {
        Some(unit) => on_the_way(&office, unit).await?,
        None => {
            check_clock(&office, accept_clock).await?;
            publish_built_in(&office).await?;
        }
    }
    let app = application(&config, office.clone(), None)?;
    let node = jobs::Node::here();
    nodes::join(&office.db, &office.files, &node.id, &node.host, office.now()).await?;
    let served = listen(&config, &app, &node, unit.is_some()).await;
    nodes::leave(&office.db, &office.files, &node.id).await?;
    served
}

/// A mobile unit goes on whatever its clock says: the order of its acts goes on from the
/// last one, and beside each act stands what the clock said. It serves what it took along.
async fn on_the_way(office: &Office, unit: &UnitRow) -> anyhow::Result<()> {
    anyhow::ensure!(
        office.settings.installation == unit.installation,
        "this database is that of mobile unit {}, and diwan.toml says installation = \"{}\"",
        unit.installation,
        office.settings.installation
    );
    let newest = diwan_store::journal::newest(&office.db).await?.unwrap_or(unit.prepared_at);
    let last = newest.max(unit.prepared_at);
    office.order.store(last, Ordering::Relaxed);
    let (now, until) = (office.now(), jiff::Timestamp::from_microsecond(unit.until)?);
    if now < last {
        warn!("the machine's clock is behind the last act; set it. Acts keep their order");
    }
    if now > unit.until {
        warn!("the time of this unit was over at {until}: it takes visits and notices, and issues no papers");
    }
    info!("mobile unit {} until {until}; nothing is sent and nothing is sealed here", unit.name);
    Ok(())
}

/// A machine that woke without its clock would date certificates into the past.
async fn check_clock(office: &Office, accepted: bool) -> anyhow::Result<()> {
    /// Several machines of one office may differ by this much, microseconds.
    const APART: i64 = 60_000_000;
    let newest = diwan_store::journal::newest(&office.db).await?;
    let now = office.now();
    let Some(newest) = newest.filter(|newest| newest - now > APART) else { return Ok(()) };
    let (newest, now) = (jiff::Timestamp::from_microsecond(newest)?, jiff::Timestamp::from_microsecond(now)?);
    if accepted {
        warn!("the newest entry is of {newest}, and the machine's clock says {now}: accepted");
        return Ok(());
    }
    anyhow::bail!(
        "the machine's clock says {now}, but the newest entry of the journal is of {newest}. Set the clock; \
         if it is right and the entry was written under a wrong one, start once with --accept-clock"
    )
}

async fn listen(config: &Config, app: &App, node: &jobs::Node, is_unit: bool) -> anyhow::Result<()> {
    let listener =
        serving::bind(&config.listen).await.with_context(|| format!("cannot listen on {}", config.listen))?;
    info!("serving on {}", config.listen);
    let router = watching::watched(diwan_web::router(app.clone()), config);
    watching::serve_inside(config, app.office.clone()).await?;
    if is_unit {
        let wording = Arc::new(PaperWords { words: app.words.clone(), brand: app.brand.clone() });
        jobs::start_on_the_way(app.office.clone(), wording);
    } else {
        start_jobs(config, app)?;
    }
    jobs::start_beating(app.office.clone(), node.clone());
    serving::serve(listener, router, serving::Waits::default(), told_to_stop(app.live.clone())).await;
    Ok(())
}

/// Starts what goes on in the background: sealing, typesetting, delivering.
pub fn start_jobs(config: &Config, app: &App) -> anyhow::Result<()> {
    let wording = Arc::new(PaperWords { words: app.words.clone(), brand: app.brand.clone() });
    let outlets = Arc::new(Outlets::new(config, app.words.clone())?);
    let webhooks = Arc::new(webhooks::Sender::new(&config.webhooks.allow)?);
    let connector = match &config.x_road.security_server {
        Some(_) => Some(Arc::new(x_road::Connector::new(&config.x_road)?)),
        None => None,
    };
    tokio::spawn(x_road::keep_asking(app.office.clone(), connector));
    jobs::start(app.office.clone(), wording, outlets, webhooks);
    if config.telephone.asks() {
        tokio::spawn(jobs::ask_ratings(app.office.clone()));
    }
    Ok(())
}

/// Waits until told to stop, and sends away whoever follows a hall.
pub async fn told_to_stop(live: Live) {
    stop_signal().await;
    live.end();
}

/// Waits for Ctrl-C or the service manager.
async fn stop_signal() {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).ok();
    let term = async {
        match &mut terminate {
            Some(signal) => {
                signal.recv().await;
            }
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = term => {}
    }
}
