//! The key folder of an office: every key it ever sealed with, and which one it seals with today.
//!
//! ```text
//! keys/
//!   current               the id of the key in use, one line
//!   3f9a0c17be42/
//!     key.pem             PKCS#8, readable by its owner only; may be taken away once the key is retired
//!     token.json          instead of it, when the key lives in a security module: where that is
//!     chain.pem           the key's certificate, then those above it
//! ```
//!
//! A retired key keeps its chain for ever: papers it sealed are still checked against it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::signer::{FileSigner, PublicKey, SignFault, Signer, certificate_pem, chain_from_pem};
use crate::token::{TokenPlace, TokenSigner};

const CURRENT: &str = "current";
const KEY: &str = "key.pem";
const CHAIN: &str = "chain.pem";
const TOKEN: &str = "token.json";

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

/// A key to seal with, wherever its private half is.
#[derive(Debug)]
pub enum Key {
    /// In a file of the folder.
    File(FileSigner),
    /// In a security module.
    Token(TokenSigner),
}

impl Key {
    fn signer(&self) -> &dyn Signer {
        match self {
            Key::File(signer) => signer,
            Key::Token(signer) => signer,
        }
    }
}

impl Signer for Key {
    fn key_id(&self) -> &str {
        self.signer().key_id()
    }

    fn certificate_chain(&self) -> &[Vec<u8>] {
        self.signer().certificate_chain()
    }

    fn sign_raw(&self, message: &[u8]) -> Result<[u8; 64], SignFault> {
        self.signer().sign_raw(message)
    }

    fn public_key_sec1(&self) -> Vec<u8> {
        self.signer().public_key_sec1()
    }
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
        let unsound = |fault| KeyFault::Unsound { id: signer.key_id().into(), fault };
        let key = signer.key_pem().map_err(unsound)?;
        let chain = signer.chain_pem().map_err(unsound)?;
        self.keep(signer.key_id(), KEY, key.as_bytes(), &chain)
    }

    /// Adds the certificates of a key that seals elsewhere: what it sealed is checked here,
    /// and nothing is sealed with it.
    pub fn add_chain(&self, signer: &FileSigner) -> Result<(), KeyFault> {
        let id = signer.key_id();
        let chain = signer.chain_pem().map_err(|fault| KeyFault::Unsound { id: id.into(), fault })?;
        let folder = self.0.join(id);
        let file = |source| KeyFault::File { path: folder.clone(), source };
        fs::create_dir_all(&folder).map_err(file)?;
        write_new(&folder.join(CHAIN), chain.as_bytes(), false)?;
        sync_folder(&folder).and_then(|()| sync_folder(&self.0)).map_err(file)
    }

    /// Adds a key that lives in a security module, with the chain that vouches for it, and makes it the one in use.
    pub fn add_token(&self, place: &TokenPlace, chain: &[Vec<u8>]) -> Result<(), KeyFault> {
        let own = chain.first().and_then(|own| PublicKey::from_certificate(own));
        let id = own.map_or_else(String::new, |own| own.key_id());
        let unsound = |fault| KeyFault::Unsound { id: id.clone(), fault };
        let pem: Result<String, SignFault> = chain.iter().map(|der| certificate_pem(der)).collect();
        let pem = pem.map_err(unsound)?;
        let text = serde_json::to_string_pretty(place)
            .map_err(|fault| unsound(SignFault::Key(fault.to_string())))?;
        TokenSigner::new(place.clone(), chain.to_vec()).map_err(unsound)?;
        self.keep(&id, TOKEN, text.as_bytes(), &pem)
    }

    fn keep(&self, key_id: &str, name: &str, key: &[u8], chain: &str) -> Result<(), KeyFault> {
        let folder = self.0.join(key_id);
        fs::create_dir_all(&folder).map_err(|source| KeyFault::File { path: folder.clone(), source })?;
        write_new(&folder.join(name), key, true)?;
        write_new(&folder.join(CHAIN), chain.as_bytes(), false)?;
        // The names are durable too, before anything is sealed with the key.
        let named =
            sync_folder(&folder).and_then(|()| sync_folder(&self.0)).and_then(|()| sync_above(&self.0));
        named.map_err(|source| KeyFault::File { path: folder.clone(), source })?;
        self.put_in_use(key_id)
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
    pub fn current(&self) -> Result<Key, KeyFault> {
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

    /// One key with its private half, if that is still here. A security module is not asked before it signs.
    pub fn signer(&self, key_id: &str) -> Result<Key, KeyFault> {
        let folder = self.folder(key_id)?;
        let unsound = |fault| KeyFault::Unsound { id: key_id.into(), fault };
        if folder.join(TOKEN).is_file() {
            let place = serde_json::from_str(&read(&folder.join(TOKEN))?)
                .map_err(|fault| unsound(SignFault::Key(format!("{TOKEN}: {fault}"))))?;
            let signer = TokenSigner::new(place, self.chain(key_id)?).map_err(unsound)?;
            return if signer.key_id() == key_id {
                Ok(Key::Token(signer))
            } else {
                Err(unsound(SignFault::Chain("its first certificate is for another key".into())))
            };
        }
        let path = folder.join(KEY);
        let key = read(&path)?;
        owner_only(&path)?;
        let chain = read(&folder.join(CHAIN))?;
        FileSigner::from_pem(&key, &chain).map(Key::File).map_err(unsound)
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
