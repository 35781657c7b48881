//! Files by their hash. A row never names bytes that are not yet durable: the
//! file is written, synced and renamed before any act mentions it.

use crate::fault::Fault;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// A folder on the local disk. Several nodes refuse it (they would not see one
/// another's files).
#[derive(Clone, Debug)]
pub struct Files {
    folder: PathBuf,
}

impl Files {
    /// Opens the folder, making it if it is missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: &Path) -> Result<Self, Fault> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Keeps bytes; returns their SHA-256 as hex. Keeping them twice is keeping
    /// them once.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn put(&self, bytes: &[u8]) -> Result<String, Fault> {
        let hash = hex::encode(Sha256::digest(bytes));
        let place = self.place(&hash)?;
        if place.exists() {
            return Ok(hash);
        }
        let folder = place.parent().expect("a file's place has a folder above it");
        fs::create_dir_all(folder)?;
        let mut random = [0_u8; 8];
        getrandom::fill(&mut random).map_err(|error| Fault::Outside(error.to_string()))?;
        let draft = folder.join(format!(".{}", hex::encode(random)));
        let mut file = File::create(&draft)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&draft, &place)?;
        File::open(folder)?.sync_all()?;
        Ok(hash)
    }

    /// The bytes of a hash, checked; `None` when there are none.
    ///
    /// # Errors
    /// When the disk refuses, or the bytes no longer fit their hash.
    pub fn get(&self, hash: &str) -> Result<Option<Vec<u8>>, Fault> {
        let bytes = match fs::read(self.place(hash)?) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        if hex::encode(Sha256::digest(&bytes)) == hash {
            Ok(Some(bytes))
        } else {
            Err(Fault::Outside(format!("file {hash} was altered on the disk")))
        }
    }

    /// Removes bytes at the end of their retention; removing what is gone is done.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn remove(&self, hash: &str) -> Result<(), Fault> {
        match fs::remove_file(self.place(hash)?) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Where the files are, for the backup.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn place(&self, hash: &str) -> Result<PathBuf, Fault> {
        let plain = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        if !plain {
            return Err(Fault::Outside("a file is named by 64 hex digits".into()));
        }
        Ok(self.folder.join(&hash[..2]).join(hash))
    }
}
