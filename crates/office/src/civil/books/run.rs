//! Bringing a file in, from the first row to the last: one thread reads and makes
//! entries, while the parts before are written. Whatever is committed is in; a run
//! that broke off is simply started again.

use super::begin::{BeginImport, MoveImport};
use super::file::FileFault;
use super::part::{ImportPart, Line, PartDone, Turned};
use super::preview::Prepared;
use super::reading::{Part, start_reading};
use crate::{Office, Who, secrets};
use diwan_domain::civil::books::{Mapping, Plan};
use diwan_domain::ids::{ImportId, OfficeId};
use diwan_domain::refusals::Why;
use diwan_store::dialect::Engine;
use diwan_store::imports::{self, ImportRow, Progress};
use diwan_store::{Fault, Stop, access};
use std::collections::{HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// For how long a run holds its import without a sign of life, in microseconds.
const HELD: i64 = 10_000_000;
/// How long a run waits for another that may have been killed.
const WAITS: Duration = Duration::from_secs(12);
/// How often a part is tried again while the database is busy.
const TRIES: u32 = 60;

/// Why a run stopped before its end. What was committed stays; the same command goes
/// on.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The file cannot be read.
    #[error("{0}")]
    File(FileFault),
    /// Another run brings the same file in at this moment.
    #[error("another run brings this file in")]
    Busy,
    /// The file is not what it was when the run began.
    #[error("the file was changed")]
    Changed,
    /// Nobody may bring it in now, or the database failed.
    #[error("{0}")]
    Stop(Stop),
}

impl From<FileFault> for Stopped {
    fn from(fault: FileFault) -> Self {
        Self::File(fault)
    }
}

impl From<Stop> for Stopped {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

impl From<Fault> for Stopped {
    fn from(fault: Fault) -> Self {
        Self::Stop(fault.into())
    }
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Told {
    /// All that was looked at of the file, in this run and before.
    pub progress: Progress,
    /// How many rows this run looked at.
    pub rows: u64,
    /// The share of the file that was read, of one.
    pub share: f64,
    /// Since this run began.
    pub elapsed: Duration,
}

/// An import that was begun, now or before.
#[derive(Clone, Debug)]
pub struct Begun {
    /// The import.
    pub import: ImportRow,
    /// How far it had come.
    pub before: Progress,
}

/// What came of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// How far it is: to the end.
    pub progress: Progress,
    /// How many rows this run looked at.
    pub rows: u64,
}

/// Who brings what in, for whom.
#[derive(Clone, Debug)]
pub struct Run {
    /// Who.
    pub who: Who,
    /// The office whose entries they are.
    pub office: OfficeId,
    /// The file.
    pub path: PathBuf,
    /// The file's name, as it is kept.
    pub name: String,
    /// Who brings it in, in words.
    pub by_words: Option<String>,
}

/// A file of the same name with other contents that was begun and did not come to
/// its end.
///
/// # Errors
/// When the database fails.
pub async fn other(office: &Office, run: &Run, prepared: &Prepared) -> Result<Option<ImportRow>, Stopped> {
    let mut reading = office.db.reading().await?;
    let hash = &prepared.look.hash;
    Ok(imports::unfinished_named(&mut reading.tx(), &run.name, hash, run.office).await?)
}

/// Begins an import, or finds the one that was begun with this file and mapping.
///
/// # Errors
/// Not permitted, or the database failed.
pub async fn begin(office: &Office, run: &Run, prepared: &Prepared) -> Result<Begun, Stopped> {
    let mapping_hash = Mapping::hash(&prepared.mapping_text);
    let file = (prepared.look.hash.as_str(), prepared.sheet.as_str());
    for _ in 0..2 {
        {
            let mut reading = office.db.reading().await?;
            let mut tx = reading.tx();
            if let Some(import) = imports::of_file(&mut tx, file, &mapping_hash, run.office).await? {
                let before = imports::progress(&mut tx, import.id).await?;
                return Ok(Begun { import, before });
            }
        }
        let act = begin_act(run, prepared, &mapping_hash, None);
        match office.perform_once(&run.who, act).await {
            // Someone else began it at the same moment.
            Err(stop) if stop.refusal().is_some_and(|refusal| refusal.why == Why::ImportBegun) => {}
            Err(Stop::Fault(Fault::Engine(why))) if why.contains("imports") => {}
            Err(stop) => return Err(stop.into()),
            Ok(_) => {}
        }
    }
    Err(Stopped::Busy)
}

/// The act that begins an import.
#[must_use]
pub fn begin_act(run: &Run, prepared: &Prepared, mapping_hash: &str, stored: Option<String>) -> BeginImport {
    BeginImport {
        office: run.office,
        kind: prepared.mapping.event.clone(),
        file_name: run.name.clone(),
        file_hash: prepared.look.hash.clone(),
        file_size: i64::try_from(prepared.look.size).unwrap_or(i64::MAX),
        sheet: prepared.sheet.clone(),
        encoding: prepared.options.encoding.clone(),
        mapping_name: prepared.mapping.name.clone(),
        mapping_hash: mapping_hash.to_owned(),
        mapping: prepared.mapping_text.clone(),
        heading: prepared.heading.clone(),
        stored,
        by_words: run.by_words.clone(),
    }
}

/// Holds long work against other runs of it, as long as it gives signs of life.
pub(crate) struct Hold {
    name: String,
    holder: String,
    kept: Instant,
}

impl Hold {
    async fn take(office: &Office, import: ImportId) -> Result<Self, Stopped> {
        let holder = secrets::base32(&secrets::random::<8>());
        let hold = Self { name: format!("import/{import}"), holder, kept: Instant::now() };
        let began = Instant::now();
        while !hold.had(office).await? {
            // Whoever was killed gives no sign of life.
            if began.elapsed() > WAITS {
                return Err(Stopped::Busy);
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        Ok(hold)
    }

    /// Takes what nobody holds; `None` where someone does.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn try_take(office: &Office, name: String) -> Result<Option<Self>, Fault> {
        let hold = Self { name, holder: secrets::base32(&secrets::random::<8>()), kept: Instant::now() };
        Ok(hold.had(office).await?.then_some(hold))
    }

    /// Gives a sign of life; whether it is still held.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn still(&mut self, office: &Office) -> Result<bool, Fault> {
        if self.kept.elapsed() > Duration::from_secs(2) {
            self.kept = Instant::now();
            return self.had(office).await;
        }
        Ok(true)
    }

    /// Lets others take it.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn give_back(&self, office: &Office) -> Result<(), Fault> {
        access::give_back_lease(&office.db, &self.name, &self.holder).await
    }

    async fn had(&self, office: &Office) -> Result<bool, Fault> {
        Ok(access::lease(&office.db, &self.name, &self.holder, office.now(), HELD).await?.is_some())
    }

    async fn keep(&mut self, office: &Office) -> Result<(), Stopped> {
        if self.kept.elapsed() > Duration::from_secs(2) {
            self.kept = Instant::now();
            if !self.had(office).await? {
                return Err(Stopped::Busy);
            }
        }
        Ok(())
    }
}

/// Brings a file in that was begun, to its end.
///
/// # Errors
/// [`Stopped`]; what was committed until then is in, and the same call goes on.
pub async fn run(
    office: &Arc<Office>,
    run: &Run,
    (import, prepared, plan): (&ImportRow, &Prepared, &Plan),
    tell: &mut (dyn FnMut(&Told) + Send),
) -> Result<Ended, Stopped> {
    let mut hold = Hold::take(office, import.id).await?;
    let ended = run_held(office, run, (import, prepared, plan), tell, &mut hold).await;
    let given_back = access::give_back_lease(&office.db, &hold.name, &hold.holder).await;
    let ended = ended?;
    given_back?;
    Ok(ended)
}

async fn run_held(
    office: &Arc<Office>,
    run: &Run,
    (import, prepared, plan): (&ImportRow, &Prepared, &Plan),
    tell: &mut (dyn FnMut(&Told) + Send),
    hold: &mut Hold,
) -> Result<Ended, Stopped> {
    let (done, before, state) = {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        let parts = imports::parts(&mut tx, import.id).await?;
        let done: Vec<(i64, i64)> = parts.iter().map(|part| (part.first_row, part.last_row)).collect();
        let now = imports::import(&mut tx, import.id).await?.ok_or(Stop::from(Why::NotFound))?;
        (done, imports::progress(&mut tx, import.id).await?, now.state)
    };
    if state == "done" {
        return Ok(Ended { progress: before, rows: 0 });
    }
    if state != "running" {
        move_on(office, run, import.id, "running", None, None).await?;
    }
    let mut told = Told { progress: before, ..Told::default() };
    let came = bring_in(office, run, (import, prepared, plan), done, (&mut told, tell), hold).await;
    let came = match came {
        Ok(()) => super::file::look(&run.path, &prepared.options)
            .map_err(Stopped::from)
            .and_then(|look| if look.hash == import.file_hash { Ok(()) } else { Err(Stopped::Changed) }),
        Err(stopped) => Err(stopped),
    };
    match came {
        Ok(()) => {
            let progress = {
                let mut reading = office.db.reading().await?;
                imports::progress(&mut reading.tx(), import.id).await?
            };
            move_on(office, run, import.id, "done", Some(progress.rows()), None).await?;
            Ok(Ended { progress, rows: told.rows })
        }
        Err(stopped) => {
            let why = match &stopped {
                Stopped::File(fault) => fault.code.to_owned(),
                Stopped::Busy => return Err(stopped),
                Stopped::Changed => "file/changed".to_owned(),
                Stopped::Stop(stop) => stop.code().to_string(),
            };
            // Where not even this can be written, the run stands as it broke off.
            let _unwritten = move_on(office, run, import.id, "stopped", None, Some(why)).await;
            Err(stopped)
        }
    }
}

async fn move_on(
    office: &Office,
    run: &Run,
    import: ImportId,
    to: &str,
    total: Option<i64>,
    why: Option<String>,
) -> Result<(), Stop> {
    let act = MoveImport { import, to: to.to_owned(), total, why };
    office.perform_once(&run.who, act).await.map(drop)
}

/// A part that is being written, and the numbers it names.
struct Written {
    task: JoinHandle<Result<PartDone, Stop>>,
    names: HashSet<u64>,
    last_line: i64,
    rows: u64,
    share: f64,
}

async fn bring_in(
    office: &Arc<Office>,
    run: &Run,
    (import, prepared, plan): (&ImportRow, &Prepared, &Plan),
    done: Vec<(i64, i64)>,
    (told, tell): (&mut Told, &mut (dyn FnMut(&Told) + Send)),
    hold: &mut Hold,
) -> Result<(), Stopped> {
    let began = Instant::now();
    let changed = changed_at(&run.path);
    let mut parts = start_reading(&run.path, prepared, plan, office.today(), done)?;
    // The embedded engine prepares one part while it writes another.
    let at_once = if office.db.engine() == Engine::Sqlite { 2 } else { 1 };
    let mut writing: VecDeque<Written> = VecDeque::new();
    let mut failed = None;
    while let Some(part) = parts.recv().await {
        let part = match part {
            Ok(part) => part,
            Err(fault) => {
                failed = Some(fault.into());
                break;
            }
        };
        if changed_at(&run.path) != changed {
            failed = Some(Stopped::Changed);
            break;
        }
        let names = names_of(&part.lines);
        while writing.len() >= at_once || writing.iter().any(|one| !one.names.is_disjoint(&names)) {
            if let Err(stopped) = end_first(&mut writing, told, began, tell).await {
                failed = Some(stopped);
                break;
            }
        }
        if failed.is_some() {
            break;
        }
        hold.keep(office).await?;
        writing.push_back(begin_part(office, run, import.id, part, names));
    }
    // What is being written is written, whatever came after it.
    while !writing.is_empty() {
        if let Err(stopped) = end_first(&mut writing, told, began, tell).await {
            failed = failed.or(Some(stopped));
        }
    }
    failed.map_or(Ok(()), Err)
}

fn changed_at(path: &Path) -> Option<(u64, std::time::SystemTime)> {
    let about = std::fs::metadata(path).ok()?;
    Some((about.len(), about.modified().ok()?))
}

fn begin_part(office: &Arc<Office>, run: &Run, import: ImportId, part: Part, names: HashSet<u64>) -> Written {
    let (last_line, rows) = (part.lines.last().map_or(0, |line| line.line), part.lines.len() as u64);
    let act = ImportPart { import, first_row: part.first_row, lines: part.lines };
    let (office, who) = (office.clone(), run.who.clone());
    let task = tokio::spawn(async move { write_part(&office, &who, act).await });
    Written { task, names, last_line, rows, share: part.share }
}

async fn end_first(
    writing: &mut VecDeque<Written>,
    told: &mut Told,
    began: Instant,
    tell: &mut (dyn FnMut(&Told) + Send),
) -> Result<(), Stopped> {
    let Some(one) = writing.pop_front() else { return Ok(()) };
    let done = one.task.await.map_err(|error| Fault::Panicked(error.to_string()))??;
    told.progress.added += done.added;
    told.progress.there += done.there;
    told.progress.rejected += done.rejected;
    told.progress.last_line = told.progress.last_line.max(one.last_line);
    told.rows += one.rows;
    told.share = one.share;
    told.elapsed = began.elapsed();
    tell(told);
    Ok(())
}

/// Writes a part; while the database is busy it is tried again. What was committed
/// although nobody heard of it is found again by its key.
async fn write_part(office: &Office, who: &Who, act: ImportPart) -> Result<PartDone, Stop> {
    let key = format!("import/{}/{}", act.import, act.first_row);
    let ImportPart { import, first_row, lines } = act;
    let mut tries = 0;
    loop {
        let act = ImportPart { import, first_row, lines: lines.clone() };
        match office.perform(who, &key, act).await {
            Err(Stop::Fault(Fault::Busy | Fault::Silent)) if tries < TRIES => {
                tries += 1;
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            // The part is in: another run brought it.
            Err(stop) if stop.refusal().is_some_and(|refusal| refusal.why == Why::ImportBegun) => {
                let mut reading = office.db.reading().await?;
                let part = imports::part(&mut reading.tx(), import, first_row).await?.ok_or(stop)?;
                return Ok(PartDone { added: part.added, there: part.there, rejected: part.rejected });
            }
            other => return other,
        }
    }
}

/// What ties rows to one another: entries' and people's numbers, by their hashes.
fn names_of(lines: &[Line]) -> HashSet<u64> {
    let mut names = HashSet::new();
    let mut note = |text: &str| {
        let mut hash = DefaultHasher::new();
        text.hash(&mut hash);
        names.insert(hash.finish());
    };
    for line in lines {
        let Turned::Entry(entry) = &line.turned else { continue };
        note(&entry.number);
        for (field, value) in &entry.content.0 {
            let short = field.split_once('.').map_or("", |(_, short)| short);
            if matches!(short, "upn" | "national-card" | "old-civil-id" | "passport" | "unhcr") {
                note(value);
            }
        }
    }
    names
}
