//! Files that came by a page: kept among the others, looked at, and brought in by a
//! worker in the background.

use super::begin::MoveImport;
use super::preview::{Prepared, Preview, prepare, preview};
use super::run::{Ended, Run, Stopped, run};
use super::{FileFault, Options};
use crate::{Office, Who, secrets};
use diwan_domain::civil::books::Mapping;
use diwan_domain::refusals::Why;
use diwan_store::imports::{self, ImportRow};
use diwan_store::{Fault, Stop, centres};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The mappings that come with the program, by name.
pub const LIBRARY: [(&str, &str); 5] = [
    ("births", include_str!("../../../../../register/mappings/births.toml")),
    ("deaths", include_str!("../../../../../register/mappings/deaths.toml")),
    ("marriages", include_str!("../../../../../register/mappings/marriages.toml")),
    ("divorces", include_str!("../../../../../register/mappings/divorces.toml")),
    ("diwan-births", include_str!("../../../../../register/mappings/diwan-births.toml")),
];

/// A file on the disk for as long as it is read.
pub struct Temporary(PathBuf);

impl Temporary {
    /// Writes bytes where nobody else reads them.
    ///
    /// # Errors
    /// When the disk takes nothing.
    pub fn holding(bytes: &[u8]) -> Result<Self, FileFault> {
        use std::io::Write;
        let name = format!("diwan-book-{}", secrets::base32(&secrets::random::<10>()));
        let path = std::env::temp_dir().join(name);
        let mut options = std::fs::File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let failed = |error: std::io::Error| FileFault::found("file/unreadable", error);
        let mut file = options.open(&path).map_err(failed)?;
        let kept = Self(path);
        file.write_all(bytes).map_err(failed)?;
        Ok(kept)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.0) {
            tracing::warn!("a file that was read could not be removed: {error}");
        }
    }
}

/// The file of an import with its mapping as it was begun.
async fn fetched(office: &Office, import: &ImportRow) -> Result<(Temporary, Prepared), Stopped> {
    let stored = import.stored.as_deref().ok_or(Stop::from(Why::NotFound))?;
    let bytes = office.files.get(stored).await?.ok_or_else(|| FileFault::of("file/unreadable"))?;
    let code = {
        let mut reading = office.db.reading().await?;
        let row = centres::office(&mut reading.tx(), import.office_id).await?;
        row.ok_or(Stop::from(Why::NotFound))?.code
    };
    let (text, encoding, sheet) = (import.mapping.clone(), import.encoding.clone(), import.sheet.clone());
    let read = move || {
        let file = Temporary::holding(&bytes)?;
        let mapping = Mapping::read(&text).map_err(|what| FileFault::found("file/unreadable", what))?;
        let options =
            Options { encoding, sheet: Some(sheet).filter(|sheet| !sheet.is_empty()), ..Options::default() };
        let prepared = prepare(file.path(), mapping, &text, options, &code)?;
        Ok((file, prepared))
    };
    beside(read).await
}

/// Does what takes long on a thread of its own.
async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FileFault> + Send + 'static,
) -> Result<T, Stopped> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|error| Fault::Panicked(error.to_string()))??)
}

/// A look at a file that came by a page, before it is brought in.
///
/// # Errors
/// When file or database cannot be read.
pub async fn look_at(office: &Office, import: &ImportRow, shown: usize) -> Result<Preview, Stopped> {
    let (file, prepared) = fetched(office, import).await?;
    let today = office.today();
    beside(move || {
        let plan = prepared.plan.as_ref().ok_or_else(|| FileFault::of("file/bad-heading"))?;
        preview(file.path(), &prepared, plan, shown, today)
    })
    .await
}

/// Brings in a file that came by a page.
///
/// # Errors
/// [`Stopped`]; the import says why, and an officer lets it go on.
pub async fn run_stored(office: &Arc<Office>, import: &ImportRow) -> Result<Ended, Stopped> {
    let who = Who::system("import");
    let (file, prepared) = match fetched(office, import).await {
        Ok(fetched) => fetched,
        Err(stopped) => {
            let why = match &stopped {
                Stopped::File(fault) => fault.code,
                Stopped::Stop(stop) => stop.code(),
                Stopped::Busy | Stopped::Changed => "file/changed",
            };
            let act = MoveImport {
                import: import.id,
                to: "stopped".into(),
                total: None,
                why: Some(why.to_owned()),
            };
            office.perform_once(&who, act).await?;
            return Err(stopped);
        }
    };
    let own = Run {
        who,
        office: import.office_id,
        path: file.path().to_owned(),
        name: import.file_name.clone(),
        by_words: import.by_words.clone(),
    };
    let plan = prepared.plan.as_ref().ok_or_else(|| FileFault::of("file/bad-heading"))?;
    run(office, &own, (import, &prepared, plan), &mut |_| {}).await
}

/// Brings in every file that waits; returns how many came to their end.
///
/// # Errors
/// When the database fails.
pub async fn bring_in_waiting(office: &Arc<Office>) -> Result<usize, Fault> {
    let waiting = {
        let mut reading = office.db.reading().await?;
        imports::waiting(&mut reading.tx()).await?
    };
    let mut done = 0;
    for import in waiting {
        match run_stored(office, &import).await {
            Ok(_) => done += 1,
            Err(Stopped::Busy) => {}
            Err(stopped) => tracing::error!(import = %import.id, "an old book stopped: {stopped}"),
        }
    }
    Ok(done)
}
