//! An office with a believable register, and people about to send.

use anyhow::Context;
use diwan_demo::{Region, Seeded, seed};
use diwan_documents::authority::{Subject, Term, create_root, issue};
use diwan_documents::keys::KeyFolder;
use diwan_documents::renderer::Renderer;
use diwan_documents::signer::Signer;
use diwan_domain::acts::Actor;
use diwan_domain::calendar::{Hours, OpeningHours};
use diwan_domain::ids::CentreId;
use diwan_domain::people::{Assurance, Channel, Role};
use diwan_domain::services::Folder;
use diwan_office::accounts::SignInByWallet;
use diwan_office::administration::SetCentre;
use diwan_office::cases::{Access, BeginCase, SaveAnswer};
use diwan_office::catalogue::PublishService;
use diwan_office::civil::{PublishRules, rules};
use diwan_office::tokens::{IssueToken, scopes};
use diwan_office::{Clock, Office, Settings, Who};
use diwan_store::files::Files;
use diwan_store::log::{LogKey, Published};
use diwan_store::{Db, Keys};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::{Duration, Instant};

/// The day on which the region stands still.
pub const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 22);

/// Writes the secrets of [`office`] where `diwan serve` looks for them, so that a program
/// can be started on what was filled.
///
/// # Errors
/// When they cannot be written.
pub fn keep_keys(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("journal.key"), "07".repeat(32))?;
    std::fs::write(folder.join("factors.key"), "08".repeat(32))
}

/// A centre that is open day and night.
///
/// # Errors
/// When it cannot be made.
pub async fn open_centre(office: &Office, code: &str) -> anyhow::Result<CentreId> {
    let mut hours = OpeningHours::usual();
    hours.week = std::array::from_fn(|_| vec![Hours { opens: 0, closes: 24 * 60 }]);
    let centre = SetCentre {
        centre: None,
        code: code.into(),
        names: json!({"en": code}),
        address: String::new(),
        area: None,
        hours,
        seen: None,
    };
    Ok(office.perform_once(&Who::system("bench"), centre).await?)
}

/// Opens an office at a database address and fills its register.
///
/// # Errors
/// When anything it needs cannot be had.
pub async fn office(
    address: &str,
    folder: &Path,
    region: &Region,
    worker: &Path,
) -> anyhow::Result<Arc<Office>> {
    Ok(filled(address, folder, region, worker).await?.0)
}

/// The same, with what the seed left behind.
///
/// # Errors
/// When anything it needs cannot be had.
pub async fn filled(
    address: &str,
    folder: &Path,
    region: &Region,
    worker: &Path,
) -> anyhow::Result<(Arc<Office>, Seeded)> {
    filled_on(Db::open(address, keys()).await?, folder, region, worker).await
}

/// The secrets of every office of this generator.
pub fn keys() -> Keys {
    Keys { journal: [7; 32], factors: [8; 32] }
}

/// The same in a database that is open already.
///
/// # Errors
/// When anything it needs cannot be had.
pub async fn filled_on(
    db: Db,
    folder: &Path,
    region: &Region,
    worker: &Path,
) -> anyhow::Result<(Arc<Office>, Seeded)> {
    let office = Arc::new(Office {
        db,
        files: Files::open(&folder.join("files"))?,
        keys: seal_keys(folder)?,
        log_key: log_key(folder)?,
        published: Published::at(&folder.join("checkpoint")),
        renderer: Renderer::new(worker.to_owned(), vec!["render-worker".into()], 1, Duration::from_secs(20)),
        timestamps: None,
        settings: Settings {
            installation: "BE".into(),
            base_url: "http://127.0.0.1:1".into(),
            training: false,
            utc_offset_minutes: 180,
        },
        clock: Clock::system(),
        order: AtomicI64::new(0),
    });
    // A database that was filled by another build has another edition, or none of these rules.
    let folder = service_folder()?;
    let key = format!("publish/{}", folder.hash());
    match office.perform(&Who::system("bench"), &key, PublishService::of(&folder)).await {
        Err(stop) if stop.code() != "admin/name-taken" => return Err(stop.into()),
        _ => {}
    }
    let rules = PublishRules { text: rules::BUILT_IN.to_owned() };
    let key = format!("rules/{}", diwan_domain::civil::Rules::hash(&rules.text));
    office.perform(&Who::system("bench"), &key, rules).await?;
    let began = Instant::now();
    let mut told = Instant::now();
    let seeded = seed(&office, region, |done, in_all| {
        if told.elapsed() > Duration::from_secs(10) {
            told = Instant::now();
            eprintln!("  {done} of {in_all} after {:.0} s", began.elapsed().as_secs_f64());
        }
    });
    let seeded = seeded.await?;
    eprintln!("  {} entries in {:.1} s", seeded.entries, began.elapsed().as_secs_f64());
    Ok((office, seeded))
}

/// The first officer at a counter.
///
/// # Errors
/// When the region has none.
pub fn clerk(seeded: &Seeded) -> anyhow::Result<Who> {
    let officer = seeded.officer(Role::CounterOfficer).context("the region has no counter officer")?;
    Ok(Who {
        actor: Actor::Officer(officer.id),
        assurance: Assurance::Substantial,
        channel: Channel::Counter,
        ..Who::system("bench")
    })
}

/// The log keeps its name and key for as long as its folder lives.
fn log_key(folder: &Path) -> anyhow::Result<LogKey> {
    let file = folder.join("log.key");
    if !file.exists() {
        std::fs::create_dir_all(folder)?;
        std::fs::write(&file, LogKey::generate("bench.diwan/log").to_text())?;
    }
    Ok(LogKey::from_text(&std::fs::read_to_string(&file)?)?)
}

fn seal_keys(folder: &Path) -> anyhow::Result<KeyFolder> {
    let keys = KeyFolder::at(folder.join("seal"));
    if keys.current().is_err() {
        let now = jiff::Timestamp::now();
        let term = || -> anyhow::Result<Term> {
            let hours = |n: i64| jiff::Span::new().hours(n);
            Ok(Term { from: now.checked_sub(hours(1))?, until: now.checked_add(hours(9_000))? })
        };
        let root = create_root(&Subject::named("Bench Root"), term()?)?;
        let signer = issue(&root, &Subject::named("Bench Office"), term()?)?;
        keys.add(&signer)?;
        keys.put_in_use(signer.key_id())?;
    }
    Ok(keys)
}

/// The built-in service, from the repository.
fn service_folder() -> anyhow::Result<Folder> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services/birth-certificate");
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for part in ["", "words", "examples"] {
        for entry in std::fs::read_dir(root.join(part))? {
            let path: PathBuf = entry?.path();
            if path.is_file() {
                let name = path.strip_prefix(&root)?.to_string_lossy().into_owned();
                files.push((name, std::fs::read(&path)?));
            }
        }
    }
    Ok(Folder::new("birth-certificate", files))
}

/// Someone whose application is finished but for the last press.
#[derive(Clone)]
pub struct Ready {
    /// Who they are.
    pub who: Who,
    /// Their case.
    pub case: diwan_domain::ids::CaseId,
    /// What opens it.
    pub access: Access,
    /// Their program's token.
    pub token: String,
}

/// Grown people with a verified entry, whose certificate a rule approves.
fn ordinary(region: &Region) -> impl Iterator<Item = &diwan_demo::region::Person> {
    region.people.iter().filter(|person| {
        let verified = person
            .birth
            .is_some_and(|birth| region.events[birth].verified.is_some() && !region.events[birth].protected);
        verified
            && !person.protected
            && person.died_on.is_none()
            && !person.displaced
            && person.number("upn").is_some()
            && person.age_on(TODAY).is_some_and(|age| age >= 18)
            && person.name.father.is_some()
    })
}

/// Brings `count` people to the point of sending, from the `skip`th on.
///
/// # Errors
/// When an answer does not fit, or the region has too few people.
pub async fn ready(
    office: &Arc<Office>,
    region: &Region,
    skip: usize,
    count: usize,
) -> anyhow::Result<Vec<Ready>> {
    let people: Vec<_> = ordinary(region).skip(skip).take(count).collect();
    anyhow::ensure!(people.len() == count, "the region has only {} who fit; use more --people", people.len());
    let mut tasks = Vec::new();
    for part in people.chunks(people.len().div_ceil(32).max(1)) {
        let people: Vec<Applicant> = part
            .iter()
            .map(|person| (person.number("upn").unwrap_or_default().to_owned(), answers(person)))
            .collect();
        let office = office.clone();
        tasks.push(tokio::spawn(async move {
            let mut ready = Vec::new();
            for (number, answers) in people {
                ready.push(one(&office, &number, answers).await?);
            }
            anyhow::Ok(ready)
        }));
    }
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await??);
    }
    Ok(all)
}

/// A personal number, and what its bearer answers.
pub type Applicant = (String, Vec<(&'static str, Value)>);

/// Everyone who fits.
pub fn numbers(region: &Region) -> Arc<Vec<Applicant>> {
    let of = |person: &diwan_demo::region::Person| {
        (person.number("upn").unwrap_or_default().to_owned(), answers(person))
    };
    Arc::new(ordinary(region).map(of).collect())
}

fn answers(person: &diwan_demo::region::Person) -> Vec<(&'static str, Value)> {
    vec![
        ("for-whom", json!("myself")),
        ("holder-name", json!({"given": person.name.given, "father": person.name.father})),
        ("birth-date", json!(person.born_on)),
        ("mother-name", Value::Null),
        ("birth-place", json!({"governorate": "هەولێر"})),
        ("identity-number", Value::Null),
        ("purpose", json!("school")),
        ("use", json!("home")),
        ("document-languages", json!(["ckb", "ar", "en"])),
        ("copies", json!(1)),
        ("delivery", json!("download")),
        ("phone", json!("0750 123 4567")),
        ("email", Value::Null),
    ]
}

/// One person, from the wallet to the last question.
///
/// # Errors
/// When an answer does not fit.
pub async fn one(
    office: &Office,
    number: &str,
    answers: Vec<(&'static str, Value)>,
) -> anyhow::Result<Ready> {
    let who = signed_in(office, number).await?;
    let begin = BeginCase { service: "birth-certificate".into(), language: "ckb".into() };
    let begun = office.perform_once(&who, begin).await?;
    let access = Access { key: Some(begun.key) };
    for (question, value) in answers {
        let act = SaveAnswer { case: begun.case, access: access.clone(), question: question.into(), value };
        office.perform_once(&who, act).await.with_context(|| format!("{question} of {number}"))?;
    }
    let token = token_of(office, &who).await?;
    Ok(Ready { who, case: begun.case, access, token })
}

/// One person, signed in with the wallet.
///
/// # Errors
/// When the store fails.
pub async fn signed_in(office: &Office, number: &str) -> anyhow::Result<Who> {
    let sign_in = SignInByWallet {
        provider: "bench".into(),
        subject: number.into(),
        personal_number: number.into(),
        assurance: Assurance::Substantial,
        language: "ckb".into(),
    };
    let account = office.perform_once(&Who::system("bench"), sign_in).await?.account;
    Ok(Who {
        actor: Actor::Account(account),
        assurance: Assurance::Substantial,
        channel: Channel::Online,
        ..Who::system("bench")
    })
}

/// A token for a person's program.
///
/// # Errors
/// When the store fails.
pub async fn token_of(office: &Office, who: &Who) -> anyhow::Result<String> {
    let Actor::Account(account) = who.actor else { anyhow::bail!("only an account has a program") };
    let (token, token_hash) = IssueToken::token();
    let issue = IssueToken {
        name: "bench".into(),
        token_hash,
        officer: None,
        account: Some(account),
        scopes: scopes(),
        expires_at: None,
    };
    office.perform_once(&Who::system("bench"), issue).await?;
    Ok(token)
}
