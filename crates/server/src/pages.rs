//! `diwan import pages`: the scanned pages of a ledger are brought in from a folder.

use crate::config;
use crate::import::{language_of, office_coded};
use crate::run::open_office;
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use diwan_domain::civil::EventKind;
use diwan_domain::digits;
use diwan_domain::ids::LedgerId;
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::civil::books::ledgers::{self, OpenLedger, OpenLedgerBySender, Sender, Sent};
use diwan_office::{Office, Stop, Who};
use diwan_web::ledger_words;
use diwan_web::words::{Arg, Language, plain};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What may be the scan of a page, by the ending of its name; anything else in a folder is
/// passed over. Which of them are taken, the office says.
const SCANS: [&str; 11] = ["jpg", "jpeg", "png", "pdf", "tif", "tiff", "bmp", "gif", "webp", "heic", "heif"];

/// How pages get their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Numbers {
    /// By the order of the names, from the first page on
    Order,
    /// The last number in each name
    Names,
}

/// A folder of scans, and the ledger whose pages they are.
#[derive(Args)]
pub struct Pages {
    /// Folders of images, or images (JPEG or PNG, one page each)
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The configuration file
    #[arg(long, default_value = "diwan.toml")]
    config: PathBuf,
    /// The login of the officer who answers for it
    #[arg(long)]
    officer: String,
    /// Who brings them in, in words; kept in the journal with every page
    #[arg(long, env = "USER")]
    by: Option<String>,
    /// The number of a ledger that is open; instead of all that follow
    #[arg(long)]
    ledger: Option<String>,
    #[command(flatten)]
    opening: Opening,
    /// How pages get their numbers
    #[arg(long, value_enum, default_value = "order")]
    numbers: Numbers,
    /// The number of the first page, where the order counts
    #[arg(long, default_value_t = 1)]
    first_page: u32,
    /// In which language faults are told: ckb, ar, kmr, kmr-Arab or en
    #[arg(long, default_value = "en")]
    language: String,
}

/// A ledger to be opened, or gone on with when it is open.
#[derive(Args)]
struct Opening {
    /// The code of the office whose entries they are
    #[arg(long)]
    office: Option<String>,
    /// birth, death, marriage or divorce
    #[arg(long)]
    kind: Option<String>,
    /// What the ledger is called
    #[arg(long)]
    name: Option<String>,
    /// The directorate, as the census of 1957 has it
    #[arg(long)]
    directorate: Option<String>,
    /// The record of the census of 1957
    #[arg(long)]
    record: Option<String>,
    /// What stands before the numbers of its entries: 1957/
    #[arg(long, default_value = "")]
    number_prefix: String,
    /// Which share of its pages is keyed twice, of a hundred
    #[arg(long, default_value_t = 10)]
    twice_percent: i64,
    /// Above which share of differing fields all pages are, of a thousand
    #[arg(long, default_value_t = 10)]
    threshold_permille: i64,
}

/// One scan with the number of its page; without one, where its name has none.
struct Scan {
    path: PathBuf,
    page: Option<String>,
}

/// How many files came to what.
#[derive(Default)]
struct Came {
    added: i64,
    there: i64,
    rejected: i64,
}

/// Carries the command out.
pub async fn bring(pages: Pages) -> anyhow::Result<()> {
    let lang = &language_of(&pages.language)?;
    let (scans, passed) = scans_in(&pages)?;
    if scans.is_empty() {
        bail!(lang.t("ledgers-command-empty"));
    }
    if passed > 0 {
        eprintln!("{}", said(lang, "ledgers-command-passed-over", &[("files", Arg::Number(passed))]));
    }
    let office = open_office(&config::load(&pages.config)?).await?;
    let Some(officer) = ledgers::officer_called(&office, &pages.officer).await? else {
        bail!(said(lang, "ledgers-command-no-officer", &[("login", (&pages.officer).into())]));
    };
    let by_words = pages.by.clone().filter(|by| !by.trim().is_empty());
    let sender = Sender { officer, by_words };
    let ledger = ledger_of(lang, &office, &pages, &sender).await?;
    let came = sent(lang, &office, &sender, (ledger, &scans)).await?;
    let counts = [
        ("added", Arg::Number(came.added)),
        ("there", Arg::Number(came.there)),
        ("rejected", Arg::Number(came.rejected)),
    ];
    println!("{}", said(lang, "ledgers-command-ended", &counts));
    Ok(())
}

fn said(lang: &Language, key: &str, args: &[(&str, Arg)]) -> String {
    plain(&lang.with(key, args))
}

/// What the office answers, in words.
fn refused(lang: &Language, refusal: &Refusal) -> String {
    match refusal.why {
        Why::FileWrongType => lang.t("ledgers-command-wrong-type"),
        Why::FieldsWrong => {
            let faults = refusal.about.iter().map(|(field, code)| {
                format!("{field}: {}", plain(&ledger_words::opening_fault(lang, field, code)))
            });
            faults.collect::<Vec<_>>().join("\n")
        }
        _ => plain(&lang.help(refusal)),
    }
}

fn stopped(lang: &Language, stop: Stop) -> anyhow::Error {
    match stop {
        Stop::Refused(refusal) | Stop::Kept(refusal, _) => anyhow::anyhow!(refused(lang, &refusal)),
        Stop::Fault(fault) => anyhow::Error::from(fault).context(lang.t("ledgers-command-stopped")),
    }
}

/// The scans of all folders in the order in which people number, and how many other files
/// lie there.
fn scans_in(pages: &Pages) -> anyhow::Result<(Vec<Scan>, i64)> {
    let (mut found, mut passed) = (Vec::new(), 0);
    for path in &pages.paths {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let mut inside = Vec::new();
        let listed = std::fs::read_dir(path).with_context(|| format!("{}", path.display()))?;
        for entry in listed {
            let file = entry.with_context(|| format!("{}", path.display()))?.path();
            if is_scan(&file) {
                inside.push(file);
            } else if file.is_file() {
                passed += 1;
            }
        }
        inside.sort_by_key(|file| (digits::in_order(&name_of(file)), name_of(file)));
        found.extend(inside);
    }
    let numbered = found.into_iter().enumerate().map(|(n, path)| {
        let page = match pages.numbers {
            Numbers::Order => Some((u64::from(pages.first_page) + n as u64).to_string()),
            Numbers::Names => {
                let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
                digits::last_number(&stem.unwrap_or_default())
            }
        };
        Scan { path, page }
    });
    Ok((numbered.collect(), passed))
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn is_scan(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let hidden = name_of(path).starts_with('.');
    !hidden && path.is_file() && ending.is_some_and(|ending| SCANS.contains(&ending.as_str()))
}

/// The ledger that is named, or the one that is called so; where there is none, it is opened.
async fn ledger_of(
    lang: &Language,
    office: &Office,
    pages: &Pages,
    sender: &Sender,
) -> anyhow::Result<LedgerId> {
    if let Some(named) = &pages.ledger {
        let known = match named.parse() {
            Ok(id) => ledgers::ledger_known(office, id).await?,
            Err(_) => None,
        };
        let Some(row) = known else {
            bail!(said(lang, "ledgers-command-no-ledger", &[("ledger", named.into())]));
        };
        return Ok(row.id);
    }
    let wanted = wanted(lang, office, &pages.opening).await?;
    if let Some(row) = ledgers::ledger_alike(office, &wanted).await? {
        eprintln!("{}", said(lang, "ledgers-command-goes-on", &[("ledger", row.id.to_string().into())]));
        return Ok(row.id);
    }
    let act = OpenLedgerBySender { ledger: wanted, sender: sender.clone() };
    let id = office.perform_once(&Who::system("import"), act).await.map_err(|stop| stopped(lang, stop))?;
    eprintln!("{}", said(lang, "ledgers-command-opened", &[("ledger", id.to_string().into())]));
    Ok(id)
}

async fn wanted(lang: &Language, office: &Office, opening: &Opening) -> anyhow::Result<OpenLedger> {
    let parts = [&opening.office, &opening.kind, &opening.name, &opening.directorate, &opening.record];
    let [Some(code), Some(kind), Some(name), Some(directorate), Some(record)] = parts else {
        bail!(lang.t("ledgers-command-what"));
    };
    let Some(kind) = EventKind::from_code(kind).filter(|kind| ledgers::kinds().contains(&kind.code())) else {
        let known = [("kinds", ledgers::kinds().join(", ").into())];
        bail!(said(lang, "ledgers-command-kind", &known));
    };
    Ok(OpenLedger {
        office: office_coded(lang, office, code).await?,
        kind,
        name: name.clone(),
        directorate: directorate.clone(),
        record_no: record.clone(),
        number_prefix: opening.number_prefix.clone(),
        sample_percent: opening.twice_percent,
        threshold_permille: opening.threshold_permille,
    })
}

/// Sends each scan. One that is not taken is told with its reason and keeps its number; the
/// others are taken.
async fn sent(
    lang: &Language,
    office: &Office,
    sender: &Sender,
    (ledger, scans): (LedgerId, &[Scan]),
) -> anyhow::Result<Came> {
    let (mut came, mut told) = (Came::default(), Instant::now());
    for (n, scan) in scans.iter().enumerate() {
        match one_sent(lang, office, sender, (ledger, scan)).await? {
            Ok(Sent::Added(_)) => came.added += 1,
            Ok(Sent::There(_)) => came.there += 1,
            Err(why) => {
                came.rejected += 1;
                let about = [("file", scan.path.display().to_string().into()), ("why", why.into())];
                eprintln!("{}", said(lang, "ledgers-not-taken", &about));
            }
        }
        if told.elapsed() >= Duration::from_secs(2) {
            told = Instant::now();
            let done = i64::try_from(n + 1).unwrap_or(i64::MAX);
            let of = i64::try_from(scans.len()).unwrap_or(i64::MAX);
            let far = [("done", Arg::Number(done)), ("of", Arg::Number(of))];
            eprintln!("{}", said(lang, "ledgers-command-progress", &far));
        }
    }
    Ok(came)
}

/// Sends one scan; why it is not taken, in words.
async fn one_sent(
    lang: &Language,
    office: &Office,
    sender: &Sender,
    (ledger, scan): (LedgerId, &Scan),
) -> anyhow::Result<Result<Sent, String>> {
    let Some(page) = &scan.page else { return Ok(Err(lang.t("ledgers-command-no-number"))) };
    // What is larger than a page may be need not be read to be refused.
    let most = ledgers::limits().max_bytes;
    let size = std::fs::metadata(&scan.path).map(|about| about.len());
    if matches!(size, Ok(size) if size > most) {
        let refusal = Refusal::from(Why::FileTooLarge).about("max", most / 1_000_000);
        return Ok(Err(refused(lang, &refusal)));
    }
    let bytes = match std::fs::read(&scan.path) {
        Ok(bytes) => bytes,
        Err(fault) => return Ok(Err(fault.to_string())),
    };
    let name = name_of(&scan.path);
    match ledgers::send_page(office, sender, (ledger, page), (&name, bytes.into())).await {
        Ok(sent) => Ok(Ok(sent)),
        // Of whoever may not send, no page is taken; of others, the next may be.
        Err(Stop::Refused(refusal)) if is_of_page(refusal.why) => Ok(Err(refused(lang, &refusal))),
        Err(stop) => Err(stopped(lang, stop)),
    }
}

fn is_of_page(why: Why) -> bool {
    matches!(why, Why::FileWrongType | Why::FileTooLarge | Why::LedgerPageThere | Why::FieldsWrong)
}
