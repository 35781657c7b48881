//! Starting the office: keys, database, services, pages, background jobs.

use crate::adapters::Outlets;
use crate::config::{self, Config};
use crate::{jobs, oidc};
use anyhow::Context;
use diwan_documents::authority::{self, Subject, Term};
use diwan_documents::keys::KeyFolder;
use diwan_documents::renderer::Renderer;
use diwan_domain::services::Folder;
use diwan_office::catalogue::PublishService;
use diwan_office::identity::IdentityProvider;
use diwan_office::{Clock, Office, Settings, Who, access, secrets};
use diwan_store::files::Files;
use diwan_store::log::{LogKey, Published};
use diwan_store::{Db, Keys};
use diwan_web::papers::PaperWords;
use diwan_web::words::Words;
use diwan_web::{App, Brand};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;
use tracing::{info, warn};

/// A file's name and its bytes.
type File = (&'static str, &'static [u8]);

/// The services built into the program: the defaults.
pub const BUILT_IN: &[(&str, &[File])] = &[(
    "birth-certificate",
    &[
        ("service.toml", include_bytes!("../../../services/birth-certificate/service.toml")),
        ("document.typ", include_bytes!("../../../services/birth-certificate/document.typ")),
        ("words/ckb.ftl", include_bytes!("../../../services/birth-certificate/words/ckb.ftl")),
        ("words/ar.ftl", include_bytes!("../../../services/birth-certificate/words/ar.ftl")),
        ("words/kmr.ftl", include_bytes!("../../../services/birth-certificate/words/kmr.ftl")),
        ("words/en.ftl", include_bytes!("../../../services/birth-certificate/words/en.ftl")),
        (
            "examples/answers-refused.toml",
            include_bytes!("../../../services/birth-certificate/examples/answers-refused.toml"),
        ),
        (
            "examples/childs-three-copies.toml",
            include_bytes!("../../../services/birth-certificate/examples/childs-three-copies.toml"),
        ),
        (
            "examples/displaced-pays-nothing.toml",
            include_bytes!("../../../services/birth-certificate/examples/displaced-pays-nothing.toml"),
        ),
        (
            "examples/guardian-in-register.toml",
            include_bytes!("../../../services/birth-certificate/examples/guardian-in-register.toml"),
        ),
        (
            "examples/guardian-with-order.toml",
            include_bytes!("../../../services/birth-certificate/examples/guardian-with-order.toml"),
        ),
        (
            "examples/late-father.toml",
            include_bytes!("../../../services/birth-certificate/examples/late-father.toml"),
        ),
        (
            "examples/no-match.toml",
            include_bytes!("../../../services/birth-certificate/examples/no-match.toml"),
        ),
        (
            "examples/not-yet-proven.toml",
            include_bytes!("../../../services/birth-certificate/examples/not-yet-proven.toml"),
        ),
        (
            "examples/own-first-copy.toml",
            include_bytes!("../../../services/birth-certificate/examples/own-first-copy.toml"),
        ),
        (
            "examples/someone-else.toml",
            include_bytes!("../../../services/birth-certificate/examples/someone-else.toml"),
        ),
        (
            "examples/widow-of-protected-entry.toml",
            include_bytes!("../../../services/birth-certificate/examples/widow-of-protected-entry.toml"),
        ),
    ],
)];

/// The folders built into the program.
pub fn built_in() -> Vec<Folder> {
    BUILT_IN
        .iter()
        .map(|(name, files)| Folder::new(*name, files.iter().map(|(file, bytes)| (*file, bytes.to_vec()))))
        .collect()
}

/// Makes the journal's key where there is none yet; says whether it did.
fn make_journal_key(folder: &Path) -> anyhow::Result<bool> {
    let file = folder.join("journal.key");
    if file.exists() {
        return Ok(false);
    }
    write_secret(&file, hex(&secrets::random::<32>()).as_bytes())?;
    Ok(true)
}

/// Reads the journal's key. Without it every entry would look forged, so it is
/// never replaced in silence.
pub fn journal_key(folder: &Path) -> anyhow::Result<Keys> {
    let file = folder.join("journal.key");
    let text = std::fs::read_to_string(&file)
        .with_context(|| format!("{} is needed; put it back from where the keys are kept", file.display()))?;
    let text = text.trim();
    anyhow::ensure!(text.len() == 64, "{} does not hold 64 hex digits", file.display());
    let mut journal = [0_u8; 32];
    for (at, byte) in journal.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).context("the journal key is not hex")?;
    }
    Ok(Keys { journal })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a file that only its owner may read.
pub fn write_secret(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut out = std::fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(file)?;
    out.write_all(bytes)?;
    Ok(out.sync_all()?)
}

/// Reads the log's key, or makes one for a log of this name.
pub fn log_key(folder: &Path, origin: &str) -> anyhow::Result<LogKey> {
    let file = folder.join("log.key");
    if !file.exists() {
        write_secret(&file, LogKey::generate(origin).to_text().as_bytes())?;
    }
    Ok(LogKey::from_text(&std::fs::read_to_string(&file)?)?)
}

/// Makes the directorate's root and a sealing key when there are none.
pub fn sealing_keys(folder: &Path, issuer: &str, now: jiff::Timestamp) -> anyhow::Result<KeyFolder> {
    let keys = KeyFolder::at(folder.join("seal"));
    if keys.current().is_err() && !folder.join("seal/current").exists() {
        let years = |n: i64| now.checked_add(jiff::Span::new().hours(n * 8_766));
        let before = now.checked_sub(jiff::Span::new().hours(1))?;
        let root = authority::create_root(
            &Subject::named(&format!("{issuer} Root")),
            Term { from: before, until: years(20)? },
        )?;
        let signer =
            authority::issue(&root, &Subject::named(issuer), Term { from: before, until: years(3)? })?;
        let roots = KeyFolder::at(folder.join("root"));
        roots.add(&root)?;
        roots.put_in_use(diwan_documents::signer::Signer::key_id(&root))?;
        keys.add(&signer)?;
        keys.put_in_use(diwan_documents::signer::Signer::key_id(&signer))?;
    }
    Ok(keys)
}

/// Opens the office of a configuration.
pub async fn open_office(config: &Config) -> anyhow::Result<Arc<Office>> {
    std::fs::create_dir_all(&config.keys)?;
    let made = make_journal_key(&config.keys)?;
    let keys = journal_key(&config.keys)?;
    let host = config.base_url.split("//").nth(1).unwrap_or("diwan").replace([':', '/'], "-");
    let log_key = log_key(&config.keys, &format!("{host}/log"))?;
    let seal = sealing_keys(&config.keys, "Diwan", jiff::Timestamp::now())?;
    let db = Db::open(&config.database, keys).await?;
    if made && diwan_store::journal::is_begun(&db).await? {
        std::fs::remove_file(config.keys.join("journal.key"))?;
        anyhow::bail!(
            "this database has a journal, but {} held no journal.key; put it back",
            config.keys.display()
        );
    }
    let published = Published::at(&config.keys.join("checkpoint"));
    published.check(&db).await?;
    check_training(&db, config.training).await?;
    let program = std::env::current_exe()?;
    let renderer =
        Renderer::new(program, vec!["render-worker".into()], config.render_workers, Duration::from_secs(20));
    Ok(Arc::new(Office {
        db,
        files: Files::open(&config.files)?,
        keys: seal,
        log_key,
        published,
        renderer,
        settings: Settings {
            installation: config.installation.clone(),
            base_url: config.base_url.clone(),
            training: config.training,
            utc_offset_minutes: config.utc_offset_minutes,
        },
        clock: Clock::System,
        order: AtomicI64::new(0),
    }))
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

/// Publishes the built-in services that are not yet published.
pub async fn publish_built_in(office: &Office) -> anyhow::Result<()> {
    for folder in built_in() {
        let act = PublishService::of(&folder);
        let key = format!("built-in/{}/{}", folder.name, folder.hash());
        match office.perform(&Who::system("built-in services"), &key, act).await {
            Ok(_) => {}
            // A published edition is never changed: the one in the database stays.
            Err(stop) if stop.code() == "admin/name-taken" => {
                warn!(
                    "service {} is published with other contents; raise its version to change it",
                    folder.name
                );
            }
            Err(stop) => anyhow::bail!("service {}: {stop}", folder.name),
        }
    }
    Ok(())
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
    Ok(App { office, words, brand: Arc::new(brand), identity, demo_inbox, proxies })
}

/// Serves until told to stop.
pub async fn serve(path: &Path) -> anyhow::Result<()> {
    let config = config::load(path)?;
    let office = open_office(&config).await?;
    if access::mark(&office.db, "demo").await?.is_some() {
        anyhow::bail!("this database is a demonstration; `serve` refuses it");
    }
    publish_built_in(&office).await?;
    let app = application(&config, office, None)?;
    let listener = tokio::net::TcpListener::bind(&config.listen)
        .await
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    info!("serving on {}", config.listen);
    let router = diwan_web::router(app.clone());
    start_jobs(&config, &app)?;
    let router = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    Ok(axum::serve(listener, router).with_graceful_shutdown(stop_signal()).await?)
}

/// Starts what goes on in the background: sealing, typesetting, delivering.
pub fn start_jobs(config: &Config, app: &App) -> anyhow::Result<()> {
    let wording = Arc::new(PaperWords { words: app.words.clone(), brand: app.brand.clone() });
    let outlets = Arc::new(Outlets::new(config, app.words.clone())?);
    jobs::start(app.office.clone(), wording, outlets);
    Ok(())
}

/// Waits for Ctrl-C or the service manager.
pub async fn stop_signal() {
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
