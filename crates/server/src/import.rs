//! `diwan import`: old books are brought in from files.

use crate::config;
use crate::pages::{self, Pages};
use crate::run::open_office;
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use diwan_domain::civil::books::{Mapping, Plan, RowFault};
use diwan_domain::civil::{EventKind, forms};
use diwan_domain::ids::OfficeId;
use diwan_office::civil::books::{self, Options, Prepared, Run, Stopped, Tally, Told};
use diwan_office::rows::OfficeRow;
use diwan_office::{Office, Who};
use diwan_web::book_words;
use diwan_web::words::{Arg, Language, Words};
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Bring in old books from CSV and XLSX files, and scanned pages.
#[derive(Subcommand)]
pub enum ImportCommand {
    /// Compare a mapping with the heading of a file
    Check(Which),
    /// Show the first rows as they would be registered, and count the faults of all
    Preview {
        #[command(flatten)]
        which: Which,
        /// How many rows are shown
        #[arg(long, default_value_t = 3)]
        rows: usize,
    },
    /// Bring a file in; run it again to go on where it broke off
    Run {
        #[command(flatten)]
        which: Which,
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
        /// Compare every row with the register too, and write nothing
        #[arg(long)]
        dry_run: bool,
        /// Go on although a file of this name with other contents did not come to its end
        #[arg(long)]
        changed: bool,
        /// Who brings it in, in words; kept with every entry
        #[arg(long, env = "USER")]
        by: Option<String>,
        /// Where the rejected rows go; beside the file when left out
        #[arg(long)]
        rejects: Option<PathBuf>,
    },
    /// Bring in the scanned pages of a ledger; run it again to go on where it broke off
    Pages(Pages),
}

/// Which file, read how.
#[derive(Args)]
pub struct Which {
    /// The CSV or XLSX file
    file: PathBuf,
    /// The mapping: which column fills which field (docs/import.md)
    #[arg(long)]
    mapping: PathBuf,
    /// The code of the office whose entries they are; goes before the mapping's
    #[arg(long)]
    office: Option<String>,
    /// Which sheet of a workbook
    #[arg(long)]
    sheet: Option<String>,
    /// How the letters are stored, such as windows-1256
    #[arg(long)]
    encoding: Option<String>,
    /// What stands between the columns: a sign, or tab
    #[arg(long)]
    delimiter: Option<String>,
    /// On which line the heading stands; goes before the mapping's
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    heading_line: u64,
    /// In which language faults are told: ckb, ar, kmr, kmr-Arab or en
    #[arg(long, default_value = "en")]
    language: String,
}

impl Which {
    fn options(&self) -> Options {
        Options {
            encoding: self.encoding.clone(),
            delimiter: self.delimiter.clone(),
            sheet: self.sheet.clone(),
            heading_line: self.heading_line,
        }
    }

    fn language(&self) -> anyhow::Result<Arc<Language>> {
        language_of(&self.language)
    }

    fn office_code(&self, mapping: &Mapping) -> Option<String> {
        self.office.clone().or_else(|| mapping.office.clone())
    }

    /// The file with its mapping, and the code of the office.
    fn prepare(&self, lang: &Language) -> anyhow::Result<(Prepared, String)> {
        let mut text = String::new();
        let mut file = File::open(&self.mapping).with_context(|| format!("{}", self.mapping.display()))?;
        file.read_to_string(&mut text).with_context(|| format!("{}", self.mapping.display()))?;
        let mapping = match Mapping::read(&text) {
            Ok(mapping) => mapping,
            Err(what) => {
                bail!(book_words::plain(&lang.with("books-mapping-unreadable", &[("what", what.into())])))
            }
        };
        let Some(office) = self.office_code(&mapping) else { bail!(lang.t("books-no-office")) };
        let prepared = books::prepare(&self.file, mapping, &text, self.options(), &office);
        match prepared {
            Ok(prepared) => Ok((prepared, office)),
            Err(fault) => bail!("{}: {}", self.file.display(), book_words::file_fault(lang, &fault)),
        }
    }

    fn name(&self) -> String {
        self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

/// The language of what is told.
pub fn language_of(code: &str) -> anyhow::Result<Arc<Language>> {
    let words = Words::load()?;
    let known: Vec<&str> = words.languages().iter().map(|language| language.code.as_str()).collect();
    let found = words.language(code);
    found.with_context(|| format!("there is no language {code}; there are {}", known.join(", ")))
}

/// Says what is to be told of the mapping; fails when nothing can be read with it.
fn plan_of<'p>(lang: &Language, prepared: &'p Prepared) -> anyhow::Result<&'p Plan> {
    if let Some(plan) = &prepared.plan {
        for notice in &prepared.notices {
            eprintln!("{}", book_words::notice(lang, notice));
        }
        return Ok(plan);
    }
    let faults: Vec<String> = prepared
        .notices
        .iter()
        .filter(|notice| notice.is_fault)
        .map(|notice| format!("  {}", book_words::notice(lang, notice)))
        .collect();
    bail!("{}\n{}", lang.t("books-mapping-mend"), faults.join("\n"))
}

/// Carries a command out.
pub async fn run(command: ImportCommand) -> anyhow::Result<()> {
    match command {
        ImportCommand::Pages(pages) => pages::bring(pages).await,
        ImportCommand::Check(which) => {
            let lang = which.language()?;
            let (prepared, _) = which.prepare(&lang)?;
            plan_of(&lang, &prepared)?;
            println!("{}", lang.t("books-mapping-fits"));
            Ok(())
        }
        ImportCommand::Preview { which, rows } => {
            let lang = which.language()?;
            let (prepared, _) = which.prepare(&lang)?;
            let plan = plan_of(&lang, &prepared)?;
            let today = jiff::Zoned::now().date();
            let preview = books::preview(&which.file, &prepared, plan, rows, today)
                .map_err(|fault| anyhow::anyhow!(book_words::file_fault(&lang, &fault)))?;
            show(&lang, plan.kind, &preview);
            Ok(())
        }
        ImportCommand::Run { which, config, dry_run, changed, by, rejects } => {
            let lang = which.language()?;
            let (prepared, code) = which.prepare(&lang)?;
            let plan = plan_of(&lang, &prepared)?;
            let office = Arc::new(open_office(&config::load(&config)?).await?);
            let place = office_coded(&lang, &office, &code).await?;
            let run = Run {
                who: Who::system("import"),
                office: place,
                path: which.file.clone(),
                name: which.name(),
                by_words: by.filter(|by| !by.trim().is_empty()),
            };
            if dry_run {
                return tried(&lang, &office, &run, (&prepared, plan)).await;
            }
            let rejects = rejects.unwrap_or_else(|| beside(&which.file));
            brought_in(&lang, &office, &run, (&prepared, plan), changed, &rejects).await
        }
    }
}

/// The office with a code.
pub async fn office_coded(lang: &Language, office: &Office, code: &str) -> anyhow::Result<OfficeId> {
    let offices: Vec<OfficeRow> = {
        let mut reading = office.db.reading().await?;
        diwan_office::administration::all_offices(&mut reading.tx()).await?
    };
    match offices.iter().find(|row| row.code.eq_ignore_ascii_case(code)) {
        Some(row) => Ok(row.id),
        None => {
            let codes: Vec<&str> = offices.iter().map(|row| row.code.as_str()).collect();
            bail!(book_words::plain(&lang.with(
                "books-unknown-office",
                &[("office", code.into()), ("offices", codes.join(", ").into())]
            )))
        }
    }
}

/// The file of rejected rows that belongs to a file.
fn beside(file: &Path) -> PathBuf {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    file.with_file_name(format!("{stem}.rejected.csv"))
}

fn number(n: impl TryInto<i64>) -> Arg {
    Arg::Number(n.try_into().unwrap_or(i64::MAX))
}

fn show(lang: &Language, kind: EventKind, preview: &books::Preview) {
    println!("{}", lang.t("books-first-rows"));
    for shown in &preview.first {
        println!("\n{}", book_words::plain(&lang.with("books-line", &[("line", number(shown.line))])));
        match &shown.entry {
            Err(faults) => {
                for fault in faults {
                    println!("  ! {}", book_words::row_fault(lang, kind, fault));
                }
            }
            Ok(entry) => {
                println!("  {}: {}", lang.t("books-field-number"), entry.number);
                if let Some(on) = &entry.registered_on {
                    println!("  {}: {on}", lang.t("books-field-registered-on"));
                }
                let said =
                    forms::fields(kind).filter_map(|field| Some((field.key, entry.content.get(field.key)?)));
                for (field, value) in said {
                    println!(
                        "  {}: {}",
                        book_words::label(lang, kind, field),
                        diwan_web::civil_words::value(lang, kind, field, value)
                    );
                }
            }
        }
    }
    println!();
    tally(lang, kind, &preview.tally);
}

/// The most frequent faults of a whole file.
fn tally(lang: &Language, kind: EventKind, tally: &Tally) {
    const SHOWN: usize = 40;
    let counts = [
        ("rows", number(tally.rows)),
        ("good", number(tally.rows - tally.faulty)),
        ("faulty", number(tally.faulty)),
    ];
    println!("{}", book_words::plain(&lang.with("books-tally", &counts)));
    let faults = tally.faults();
    for one in faults.iter().take(SHOWN) {
        println!("  {}", book_words::counted(lang, kind, one));
    }
    if faults.len() > SHOWN {
        println!("  … +{}", faults.len() - SHOWN);
    }
}

/// Tells how far a run has come, every two seconds.
fn progress(lang: &Language) -> impl FnMut(&Told) + Send + use<'_> {
    let mut told = Instant::now();
    // Of a run that goes on, the part that was in before took no time.
    let mut first: Option<(f64, Duration)> = None;
    move |now: &Told| {
        let (share, since) = *first.get_or_insert((now.share, now.elapsed));
        if told.elapsed() < Duration::from_secs(2) {
            return;
        }
        told = Instant::now();
        let seconds = now.elapsed.as_secs_f64().max(0.001);
        let pace = (now.share - share).max(0.000_1) / (now.elapsed - since).as_secs_f64().max(0.001);
        let left = (1.0 - now.share) / pace;
        let args = [
            ("percent", number((now.share * 100.0) as i64)),
            ("rows", number(now.progress.rows())),
            ("rate", number((now.rows as f64 / seconds) as i64)),
            ("left", number(left as i64)),
        ];
        eprintln!("{}", book_words::plain(&lang.with("books-progress", &args)));
    }
}

fn counts(progress: &books::Progress) -> [(&'static str, Arg); 3] {
    [
        ("added", number(progress.added)),
        ("there", number(progress.there)),
        ("rejected", number(progress.rejected)),
    ]
}

async fn tried(
    lang: &Language,
    office: &Arc<Office>,
    run: &Run,
    (prepared, plan): (&Prepared, &Plan),
) -> anyhow::Result<()> {
    let mut tell = progress(lang);
    let (came, faults) = books::dry_run(office, run, (prepared, plan), &mut tell)
        .await
        .map_err(|stopped| anyhow::anyhow!(book_words::stopped(lang, &stopped)))?;
    tally(lang, plan.kind, &faults);
    println!("{}", book_words::plain(&lang.with("books-would-end", &counts(&came))));
    Ok(())
}

async fn brought_in(
    lang: &Language,
    office: &Arc<Office>,
    run: &Run,
    (prepared, plan): (&Prepared, &Plan),
    changed: bool,
    rejects: &Path,
) -> anyhow::Result<()> {
    let failed = |stopped: &Stopped| {
        let why = book_words::stopped(lang, stopped);
        tracing::error!("an import stopped: {stopped}");
        anyhow::anyhow!(book_words::plain(&lang.with("books-stopped", &[("why", why.into())])))
    };
    let begun = {
        let other = books::other(office, run, prepared).await.map_err(|stopped| failed(&stopped))?;
        if let Some(other) = other.filter(|_| !changed) {
            bail!(book_words::plain(&lang.with("books-other", &[("hash", (&other.file_hash).into())])));
        }
        books::begin(office, run, prepared).await.map_err(|stopped| failed(&stopped))?
    };
    let of = [("file", (&run.name).into()), ("hash", (&prepared.look.hash).into())];
    eprintln!("{}", book_words::plain(&lang.with("books-beginning", &of)));
    if begun.import.state == "done" {
        eprintln!("{}", lang.t("books-was-done"));
    } else if begun.before.rows() > 0 {
        let after = [("line", number(begun.before.last_line))];
        eprintln!("{}", book_words::plain(&lang.with("books-goes-on", &after)));
    }
    let mut tell = progress(lang);
    let ended = books::run(office, run, (&begun.import, prepared, plan), &mut tell).await;
    // What was rejected so far can be mended although the run stopped.
    let written = keep_rejects(lang, office, &begun.import, plan.kind, rejects).await;
    let ended = ended.map_err(|stopped| failed(&stopped))?;
    let written = written?;
    println!("{}", book_words::plain(&lang.with("books-ended", &counts(&ended.progress))));
    if let Some(path) = written {
        println!(
            "{}",
            book_words::plain(&lang.with("books-rejects", &[("file", path.display().to_string().into())]))
        );
    }
    Ok(())
}

/// Writes the rejected rows beside the file; one that somebody mended meanwhile is
/// left alone, and the new one gets another name.
async fn keep_rejects(
    lang: &Language,
    office: &Office,
    import: &books::ImportRow,
    kind: EventKind,
    path: &Path,
) -> anyhow::Result<Option<PathBuf>> {
    let heading: Vec<String> = serde_json::from_value(import.heading.0.clone())?;
    let words = |faults: &[RowFault]| book_words::row_faults(lang, kind, faults);
    let part = path.with_extension("part");
    let mut file = BufWriter::new(File::create(&part).with_context(|| format!("{}", part.display()))?);
    let count = books::write_rejects(&office.db, import.id, &heading, &words, &mut file).await?;
    file.flush()?;
    file.into_inner()?.sync_all()?;
    if count == 0 {
        std::fs::remove_file(&part)?;
        return Ok(None);
    }
    let mut to = path.to_owned();
    let mut n = 2;
    while to.exists() && std::fs::read(&to)? != std::fs::read(&part)? {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        to = path.with_file_name(format!("{stem}.{n}.csv"));
        n += 1;
    }
    std::fs::rename(&part, &to)?;
    Ok(Some(to))
}
