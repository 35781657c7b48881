//! The key folder of an office: every key it ever sealed with, and which one it seals with today.
//!
//! ```text
//! keys/
//!   current               the id of the key in use, one line
//!   3f9a0c17be42/
//!     key.pem             PKCS#8, readable by its owner only; may be taken away once the key is retired
//!     chain.pem           the key's certificate, then those above it
//! ```
//!
//! A retired key keeps its chain for ever: papers it sealed are still checked against it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::signer::{FileSigner, PublicKey, SignFault, Signer, chain_from_pem};

const CURRENT: &str = "current";
const KEY: &str = "key.pem";
const CHAIN: &str = "chain.pem";

/// A key folder could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    /// A file or folder could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// No key is in use.
    #[error("{0}: no key is in use")]
    NoCurrent(PathBuf),
    /// The id names no key here.
    #[error("key {0:?} is not in the folder")]
    Unknown(String),
    /// Others than the owner can read a private key.
    #[error("{0} can be read by others; set its mode to 0600")]
    Exposed(PathBuf),
    /// The files of a key do not belong together.
    #[error("key {id}: {fault}")]
    Unsound {
        /// Which key.
        id: String,
        /// What is wrong.
        fault: SignFault,
    },
}

/// A folder of keys. Opening reads nothing; every call reads what it needs.
#[derive(Clone, Debug)]
pub struct KeyFolder(PathBuf);

impl KeyFolder {
    /// Names the folder. It is made when the first key is added.
    pub fn at(path: impl Into<PathBuf>) -> KeyFolder {
        KeyFolder(path.into())
    }

    /// Adds a key and makes it the one in use; the one before it is kept.
    pub fn add(&self, signer: &FileSigner) -> Result<(), KeyFault> {
        let folder = self.0.join(signer.key_id());
        fs::create_dir_all(&folder).map_err(|source| KeyFault::File { path: folder.clone(), source })?;
        let unsound = |fault| KeyFault::Unsound { id: signer.key_id().into(), fault };
        let key = signer.key_pem().map_err(unsound)?;
        write_new(&folder.join(KEY), key.as_bytes(), true)?;
        write_new(&folder.join(CHAIN), signer.chain_pem().map_err(unsound)?.as_bytes(), false)?;
        // The names are durable too, before anything is sealed with the key.
        let named =
            sync_folder(&folder).and_then(|()| sync_folder(&self.0)).and_then(|()| sync_above(&self.0));
        named.map_err(|source| KeyFault::File { path: folder.clone(), source })?;
        self.put_in_use(signer.key_id())
    }

    /// Chooses the key to seal with from now on.
    pub fn put_in_use(&self, key_id: &str) -> Result<(), KeyFault> {
        self.signer(key_id)?;
        // Written aside and renamed: a power cut leaves the old choice or the new one.
        let (aside, path) = (self.0.join("current.new"), self.0.join(CURRENT));
        let file = |source| KeyFault::File { path: path.clone(), source };
        fs::write(&aside, format!("{key_id}\n")).map_err(file)?;
        fs::File::open(&aside).and_then(|aside| aside.sync_all()).map_err(file)?;
        fs::rename(&aside, &path).and_then(|()| sync_folder(&self.0)).map_err(file)
    }

    /// The key to seal with.
    pub fn current(&self) -> Result<FileSigner, KeyFault> {
        let path = self.0.join(CURRENT);
        let id = match fs::read_to_string(&path) {
            Ok(id) => id,
            Err(absent) if absent.kind() == io::ErrorKind::NotFound => {
                return Err(KeyFault::NoCurrent(self.0.clone()));
            }
            Err(source) => return Err(KeyFault::File { path, source }),
        };
        self.signer(id.trim())
    }

    /// One key with its private half, if that is still here.
    pub fn signer(&self, key_id: &str) -> Result<FileSigner, KeyFault> {
        let folder = self.folder(key_id)?;
        let path = folder.join(KEY);
        let key = read(&path)?;
        owner_only(&path)?;
        let chain = read(&folder.join(CHAIN))?;
        let signer = FileSigner::from_pem(&key, &chain);
        signer.map_err(|fault| KeyFault::Unsound { id: key_id.into(), fault })
    }

    /// The certificates of a key, in use or retired: DER, its own first.
    pub fn chain(&self, key_id: &str) -> Result<Vec<Vec<u8>>, KeyFault> {
        let pem = read(&self.folder(key_id)?.join(CHAIN))?;
        chain_from_pem(&pem).map_err(|fault| KeyFault::Unsound { id: key_id.into(), fault })
    }

    /// The public half of a key, in use or retired: what checks codes and seals.
    pub fn public_key(&self, key_id: &str) -> Result<PublicKey, KeyFault> {
        let chain = self.chain(key_id)?;
        let key = chain.first().and_then(|own| PublicKey::from_certificate(own));
        key.filter(|key| key.key_id() == key_id).ok_or_else(|| KeyFault::Unsound {
            id: key_id.into(),
            fault: SignFault::Chain("its first certificate is for another key".into()),
        })
    }

    /// The ids of all keys, in use or retired, in order.
    pub fn key_ids(&self) -> Result<Vec<String>, KeyFault> {
        let entries = match fs::read_dir(&self.0) {
            Ok(entries) => entries,
            Err(absent) if absent.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
            Err(source) => return Err(KeyFault::File { path: self.0.clone(), source }),
        };
        let mut ids = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|source| KeyFault::File { path: self.0.clone(), source })?;
            if entry.path().join(CHAIN).is_file() {
                ids.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        ids.sort();
        Ok(ids)
    }

    fn folder(&self, key_id: &str) -> Result<PathBuf, KeyFault> {
        // The id may come from a stranger's paper: it must never walk out of the folder.
        let plain = !key_id.is_empty() && key_id.chars().all(|c| c.is_ascii_hexdigit());
        let folder = self.0.join(key_id);
        if plain && folder.is_dir() { Ok(folder) } else { Err(KeyFault::Unknown(key_id.into())) }
    }
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

fn sync_above(folder: &Path) -> io::Result<()> {
    match folder.parent() {
        Some(above) if above.as_os_str().is_empty() => sync_folder(Path::new(".")),
        Some(above) => sync_folder(above),
        None => Ok(()),
    }
}

fn read(path: &Path) -> Result<String, KeyFault> {
    fs::read_to_string(path).map_err(|source| KeyFault::File { path: path.into(), source })
}

fn write_new(path: &Path, bytes: &[u8], private: bool) -> Result<(), KeyFault> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(if private { 0o600 } else { 0o644 });
    }
    let write = || {
        let mut file = options.open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|source| KeyFault::File { path: path.into(), source })
}

#[cfg(unix)]
fn owner_only(path: &Path) -> Result<(), KeyFault> {
    use std::os::unix::fs::PermissionsExt;
    let about = fs::metadata(path).map_err(|source| KeyFault::File { path: path.into(), source })?;
    if about.permissions().mode() & 0o077 == 0 { Ok(()) } else { Err(KeyFault::Exposed(path.into())) }
}

#[cfg(not(unix))]
fn owner_only(_: &Path) -> Result<(), KeyFault> {
    Ok(())
}
