//! Files by their hash. A row never names bytes that are not yet durable: the
//! file is written, synced and renamed (or the bucket has answered) before any
//! act mentions it.

use crate::disk;
use crate::fault::Fault;
use crate::s3::Bucket;
pub use crate::s3::BucketSettings;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Where files are kept: a folder on the local disk, or a bucket. Several nodes
/// must see the same ones ([`crate::nodes`]).
#[derive(Clone, Debug)]
pub struct Files(Place);

#[derive(Clone, Debug)]
enum Place {
    Folder(PathBuf),
    Bucket(Arc<Bucket>),
}

/// Below the folder: one empty file for each node that looks into it.
const NODES: &str = ".nodes";
/// A node's file that nobody removed is forgotten after this time.
const FORGOTTEN: Duration = Duration::from_secs(7 * 86_400);

impl Files {
    /// Opens a folder, making it if it is missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: &Path) -> Result<Self, Fault> {
        disk::make_folder(folder)?;
        Ok(Self::at(folder))
    }

    /// Names a folder without making it.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self(Place::Folder(folder.to_owned()))
    }

    /// Files in a bucket.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn bucket(settings: BucketSettings) -> Result<Self, Fault> {
        Ok(Self(Place::Bucket(Arc::new(Bucket::open(settings)?))))
    }

    /// Keeps bytes; returns their SHA-256 as hex. Keeping them twice is keeping
    /// them once.
    ///
    /// # Errors
    /// When the disk or the bucket refuses.
    pub async fn put(&self, bytes: Vec<u8>) -> Result<String, Fault> {
        let hash = hex::encode(Sha256::digest(&bytes));
        match &self.0 {
            Place::Folder(folder) => {
                let place = place(folder, &hash)?;
                on_disk(move || keep(&place, &bytes)).await?;
            }
            Place::Bucket(bucket) => bucket.put(&hash, &bytes).await?,
        }
        Ok(hash)
    }

    /// The bytes of a hash, checked; `None` when there are none.
    ///
    /// # Errors
    /// When the disk or the bucket refuses, or the bytes no longer fit their hash.
    pub async fn get(&self, hash: &str) -> Result<Option<Vec<u8>>, Fault> {
        let bytes = match &self.0 {
            Place::Folder(folder) => {
                let place = place(folder, hash)?;
                on_disk(move || match fs::read(place) {
                    Ok(bytes) => Ok(Some(bytes)),
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                    Err(error) => Err(error.into()),
                })
                .await?
            }
            Place::Bucket(bucket) => {
                plain(hash)?;
                bucket.get(hash).await?
            }
        };
        match bytes {
            Some(bytes) if hex::encode(Sha256::digest(&bytes)) != hash => {
                Err(Fault::Outside(format!("file {hash} was altered where it is kept")))
            }
            other => Ok(other),
        }
    }

    /// Removes bytes at the end of their retention; removing what is gone is done.
    ///
    /// # Errors
    /// When the disk or the bucket refuses.
    pub async fn remove(&self, hash: &str) -> Result<(), Fault> {
        match &self.0 {
            Place::Folder(folder) => {
                let place = place(folder, hash)?;
                on_disk(move || match fs::remove_file(place) {
                    Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
                    _ => Ok(()),
                })
                .await
            }
            Place::Bucket(bucket) => {
                plain(hash)?;
                bucket.remove(hash).await
            }
        }
    }

    /// The hashes of all files, for the backup.
    ///
    /// # Errors
    /// When the disk or the bucket refuses.
    pub async fn list(&self) -> Result<Vec<String>, Fault> {
        let mut names = match &self.0 {
            Place::Folder(folder) => {
                let folder = folder.clone();
                on_disk(move || names_below(&folder)).await?
            }
            Place::Bucket(bucket) => {
                let (mut names, mut after) = (Vec::new(), None);
                loop {
                    let (more, next) = bucket.list(after.as_deref(), 1_000).await?;
                    names.extend(more);
                    after = match next {
                        Some(next) => Some(next),
                        None => break names,
                    };
                }
            }
        };
        names.retain(|name| plain(name).is_ok());
        names.sort();
        Ok(names)
    }

    /// The hashes of the files that were last kept before an instant, in
    /// microseconds since 1970 UTC, by the clock of the disk or the bucket.
    /// Drafts of files that a crash left before then are removed on the way.
    ///
    /// # Errors
    /// When the disk or the bucket refuses.
    pub async fn kept_before(&self, instant: i64) -> Result<Vec<String>, Fault> {
        let mut names = match &self.0 {
            Place::Folder(folder) => {
                let folder = folder.clone();
                on_disk(move || old_names_below(&folder, instant)).await?
            }
            Place::Bucket(bucket) => {
                let (mut names, mut after) = (Vec::new(), None);
                loop {
                    let (more, next) = bucket.list_with_times(after.as_deref(), 1_000).await?;
                    names.extend(more.into_iter().filter(|(_, kept)| *kept < instant).map(|(name, _)| name));
                    after = match next {
                        Some(next) => Some(next),
                        None => break names,
                    };
                }
            }
        };
        names.retain(|name| plain(name).is_ok());
        names.sort();
        Ok(names)
    }

    /// Looks whether files could be kept, leaving no trace.
    ///
    /// # Errors
    /// What stands in the way.
    pub async fn look(&self) -> Result<(), Fault> {
        match &self.0 {
            Place::Folder(folder) => {
                let said = |why: &str| Fault::Outside(format!("{} {why}", folder.display()));
                if !folder.is_dir() {
                    return Err(said("is not there"));
                }
                rustix::fs::access(folder, rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK)
                    .map_err(|error| said(&format!("cannot be written: {error}")))
            }
            Place::Bucket(bucket) => bucket.list(None, 1).await.map(drop),
        }
    }

    /// Names the place, for other nodes.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.0 {
            Place::Folder(_) => "a folder".into(),
            Place::Bucket(bucket) => bucket.name(),
        }
    }

    /// Leaves a node's name in the folder. Everyone sees a bucket.
    pub(crate) fn show_node(&self, id: &str) -> Result<(), Fault> {
        let Place::Folder(folder) = &self.0 else { return Ok(()) };
        let nodes = folder.join(NODES);
        fs::create_dir_all(&nodes)?;
        for entry in fs::read_dir(&nodes)? {
            let entry = entry?;
            let age =
                entry.metadata().and_then(|about| about.modified()).ok().and_then(|at| at.elapsed().ok());
            if age.is_some_and(|age| age > FORGOTTEN) {
                fs::remove_file(entry.path())?;
            }
        }
        File::create(nodes.join(id))?.sync_all()?;
        Ok(File::open(&nodes)?.sync_all()?)
    }

    /// Whether a node's name is in the folder.
    pub(crate) fn shows_node(&self, id: &str) -> Result<bool, Fault> {
        let Place::Folder(folder) = &self.0 else { return Ok(true) };
        Ok(folder.join(NODES).join(id).try_exists()?)
    }

    /// Takes a node's name away.
    pub(crate) fn hide_node(&self, id: &str) -> Result<(), Fault> {
        let Place::Folder(folder) = &self.0 else { return Ok(()) };
        match fs::remove_file(folder.join(NODES).join(id)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

/// Disks are waited for beside the runtime, never in it.
async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Fault::Outside(error.to_string()))?
}

fn keep(place: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let folder = place.parent().expect("a file's place has a folder above it");
    // Whoever put it there may not have come to making its name durable. Kept
    // again it is young again: what nobody names is removed by age.
    if place.exists() {
        File::options().write(true).open(place)?.set_modified(SystemTime::now())?;
        disk::sync_folder(folder)?;
        return Ok(disk::sync_name(folder)?);
    }
    fs::create_dir_all(folder)?;
    let mut random = [0_u8; 8];
    getrandom::fill(&mut random).map_err(|error| Fault::Outside(error.to_string()))?;
    let draft = folder.join(format!(".{}", hex::encode(random)));
    let mut file = File::create(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&draft, place)?;
    disk::sync_folder(folder)?;
    // The folder itself may be new.
    Ok(disk::sync_name(folder)?)
}

fn names_below(folder: &Path) -> Result<Vec<String>, Fault> {
    let mut names = Vec::new();
    if !folder.exists() {
        return Ok(names);
    }
    for part in fs::read_dir(folder)? {
        let part = part?.path();
        if part.is_dir() {
            for file in fs::read_dir(&part)? {
                names.push(file?.file_name().to_string_lossy().into_owned());
            }
        }
    }
    Ok(names)
}

fn old_names_below(folder: &Path, instant: i64) -> Result<Vec<String>, Fault> {
    let mut names = Vec::new();
    if !folder.exists() {
        return Ok(names);
    }
    let parts = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    for part in parts.iter().filter(|part| part.file_name() != NODES && part.path().is_dir()) {
        for file in fs::read_dir(part.path())? {
            let file = file?;
            // What is gone since the folder was read needs no more care.
            let Ok(kept) = file.metadata().and_then(|about| about.modified()) else { continue };
            if micros_of(kept) >= instant {
                continue;
            }
            let name = file.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                fs::remove_file(file.path())?;
            } else {
                names.push(name);
            }
        }
    }
    Ok(names)
}

fn micros_of(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

fn place(folder: &Path, hash: &str) -> Result<PathBuf, Fault> {
    plain(hash)?;
    Ok(folder.join(&hash[..2]).join(hash))
}

fn plain(hash: &str) -> Result<(), Fault> {
    if hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()) {
        Ok(())
    } else {
        Err(Fault::Outside("a file is named by 64 hex digits".into()))
    }
}
