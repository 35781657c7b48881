//! The public log: an RFC 6962 Merkle tree of commitments to journal entries,
//! published as C2SP tlog-tiles with a signed-note checkpoint.
//!
//! One sealer at a time (leased and fenced) gives unsealed entries their order.
//! It selects what is unsealed, never `id > last`: sequence numbers are not
//! commit order. Tree, order and checkpoint commit together before anything is
//! published. The last published checkpoint is also kept outside the database:
//! a log that would fork refuses to start.

use crate::acts::{Boxed, Ended, mac};
use crate::db::{Db, Keys};
use crate::fault::{Fault, Stop};
use crate::running::Job;
use crate::tx::Tx;
use crate::vals;
use diwan_domain::ids::JournalId;
use diwan_domain::journal::commitment;
use serde_json::{Value, json};
use signed_note::{Note, Signer as _, StandardSigner, StandardVerifier, Verifier as _};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tlog_tiles::{Checkpoint, Error as TlogError, Hash, HashReader, Tile};
use tokio_postgres::IsolationLevel;
use tracing::error;

/// How many entries one sealing takes.
const SEAL_AT_MOST: i64 = 2_000;
/// The height of a tile as C2SP tlog-tiles fixes it.
const TILE_HEIGHT: u8 = 8;

/// The key that signs checkpoints, and the log's name.
#[derive(Clone)]
pub struct LogKey {
    signing: String,
    /// The verifier key (`name+hash+key`) that mirrors and witnesses are given.
    pub verifier: String,
    /// The log's origin line.
    pub origin: String,
}

impl std::fmt::Debug for LogKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LogKey({})", self.origin)
    }
}

impl LogKey {
    /// Makes a new key for a log of this name.
    #[must_use]
    pub fn generate(origin: &str) -> Self {
        let (signing, verifier) = signed_note::generate_key(&mut rand_core::OsRng, origin);
        Self { signing, verifier, origin: origin.to_owned() }
    }

    /// The two lines kept in the key folder.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{}\n{}\n", self.signing, self.verifier)
    }

    /// Reads the two lines back.
    ///
    /// # Errors
    /// When they are not a signed-note key pair.
    pub fn from_text(text: &str) -> Result<Self, Fault> {
        let mut lines = text.lines();
        let (Some(signing), Some(verifier)) = (lines.next(), lines.next()) else {
            return Err(Fault::Outside("the log key file needs two lines".into()));
        };
        StandardSigner::new(signing)
            .map_err(|e| Fault::Outside(format!("the log key cannot be read: {e:?}")))?;
        let origin = verifier.split('+').next().unwrap_or_default().to_owned();
        Ok(Self { signing: signing.to_owned(), verifier: verifier.to_owned(), origin })
    }

    /// Signs a text that is no head of the log: its first line names what it is.
    ///
    /// # Errors
    /// When the text could be taken for a head, or the key cannot be read.
    pub fn sign_text(&self, text: &str) -> Result<Vec<u8>, Fault> {
        if text.lines().next() == Some(self.origin.as_str()) {
            return Err(Fault::Outside("a head of the log is signed by its sealer only".into()));
        }
        let unread = |_| Fault::Outside("the log key cannot be read".into());
        let signer = StandardSigner::new(&self.signing).map_err(unread)?;
        signer.sign(text.as_bytes()).map_err(|_| Fault::Outside("the log key does not sign".into()))
    }

    /// Whether this key signed a text.
    #[must_use]
    pub fn has_signed(&self, text: &str, signature: &[u8]) -> bool {
        StandardVerifier::new(&self.verifier).is_ok_and(|key| key.verify(text.as_bytes(), signature))
    }

    /// Signs a head. One of a log that follows another names that one.
    fn sign(&self, size: u64, root: Hash, follows: Option<&str>) -> Result<String, Fault> {
        let extension = follows.map(|old| format!("follows {old}\n")).unwrap_or_default();
        let outside = |what: &str| Fault::Outside(format!("the checkpoint could not be {what}"));
        let checkpoint = Checkpoint::new(&self.origin, size, root, &extension)
            .map_err(|_| outside("composed"))?
            .to_bytes();
        let signer = StandardSigner::new(&self.signing).map_err(|_| outside("signed with this key"))?;
        let mut note = Note::new(&checkpoint, &[]).map_err(|_| outside("made a note"))?;
        note.add_sigs(&[&signer as &dyn signed_note::Signer]).map_err(|_| outside("signed"))?;
        String::from_utf8(note.to_bytes()).map_err(|_| outside("written as text"))
    }
}

/// The tree's head as committed.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// How many leaves.
    pub size: u64,
    /// The Merkle tree hash.
    pub root: [u8; 32],
    /// The signed note.
    pub checkpoint: String,
}

/// What one sealing did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sealing {
    /// How many entries were given their place.
    pub sealed: u64,
    /// Entries that are not genuine and were left out.
    pub rejected: Vec<String>,
    /// Whether more waits.
    pub more: bool,
}

struct Seal {
    key: LogKey,
    keys: Keys,
    fence: i64,
    holder: String,
    now: i64,
}

const LEASED: &str = "SELECT fence FROM leases WHERE name = 'sealer' AND holder = $1 AND fence = $2";
const STATE: &str = "SELECT origin, size, root, checkpoint FROM log_state WHERE id = 1";
const UNSEALED: &str = "
    SELECT   u.entry_id, j.salt, j.mac, j.body
    FROM     journal_unsealed u LEFT JOIN journal j ON j.id = u.entry_id
    ORDER BY u.at, u.entry_id LIMIT $1";
const ADD_LEAF: &str = "INSERT INTO log_leaves (leaf, entry_id, commitment) VALUES ($1, $2, $3)";
const ADD_HASH: &str = "INSERT INTO log_hashes (level, n, hash) VALUES ($1, $2, $3)";
const SEALED: &str = "DELETE FROM journal_unsealed WHERE entry_id = $1";
const ADD_STATE: &str = "INSERT INTO log_state (id, origin, size, root, checkpoint, fence, at)
                         VALUES (1, $1, $2, $3, $4, $5, $6)";
const MOVE_STATE: &str = "UPDATE log_state SET size = $1, root = $2, checkpoint = $3, fence = $4, at = $5
                          WHERE id = 1 AND size = $6 AND fence <= $4";
/// The log that ended when an older backup was restored: every head names it.
const FOLLOWS: &str = "SELECT value FROM marks WHERE name = 'log-follows'";
const HASH_AT: &str = "SELECT hash FROM log_hashes WHERE level = $1 AND n = $2";

impl Job for Seal {
    /// It reads what waits to be sealed, into which every act writes: serialisable, it would
    /// stand before each of them, and whichever met another act as well would be run again.
    /// A view that stands still is enough. What an act writes meanwhile is sealed the next
    /// time, and of two sealers one finds the head moved, which undoes what it did.
    fn isolation(&self) -> IsolationLevel {
        IsolationLevel::RepeatableRead
    }

    fn run<'a>(&'a self, tx: &'a mut Tx<'_>) -> Boxed<'a, Ended> {
        Box::pin(async move {
            match self.seal(tx).await {
                Ok(out) => Ended::Commit(out),
                Err(fault) => Ended::Undo(fault.into()),
            }
        })
    }
}

impl Seal {
    async fn seal(&self, tx: &mut Tx<'_>) -> Result<Value, Fault> {
        if tx.row(LEASED, &vals![self.holder, self.fence]).await?.is_none() {
            return Err(Fault::Outside("another node has become the sealer".into()));
        }
        let before = head_in(tx).await?;
        let waiting = tx.rows(UNSEALED, &vals![SEAL_AT_MOST]).await?;
        if waiting.is_empty() && before.is_some() {
            return Ok(json!({"sealed": 0, "rejected": [], "more": false}));
        }
        let more = waiting.len() as i64 == SEAL_AT_MOST;
        let old_size = before.as_ref().map_or(0, |head| head.size);
        let mut tree = Edge::load(tx, old_size).await?;
        let mut rejected = Vec::new();
        let mut size = old_size;
        for row in waiting {
            let entry: JournalId = row.get("entry_id")?;
            let salt: Option<Vec<u8>> = row.get("salt")?;
            let body: Option<String> = row.get("body")?;
            let seal: Option<Vec<u8>> = row.get("mac")?;
            tx.write(SEALED, vals![entry].to_vec(), false).await?;
            let genuine = match (&salt, &body, &seal) {
                (Some(salt), Some(body), Some(seal)) => {
                    let own = mac(&self.keys.journal, salt, body.as_bytes());
                    bool::from(subtle::ConstantTimeEq::ct_eq(own.as_slice(), seal.as_slice()))
                }
                _ => false,
            };
            if !genuine {
                error!(entry = %entry, "a journal entry is not genuine and was not sealed");
                rejected.push(entry.to_string());
                continue;
            }
            let leaf = commitment(&salt.unwrap_or_default(), body.unwrap_or_default().as_bytes());
            tx.write(ADD_LEAF, vals![size as i64, entry, leaf.to_vec()].to_vec(), false).await?;
            for (level, n, hash) in tree.append(size, &leaf)? {
                tx.write(ADD_HASH, vals![level as i64, n as i64, hash.0.to_vec()].to_vec(), false).await?;
            }
            size += 1;
        }
        let root = tree.root(size)?;
        let follows: Option<String> = tx.row(FOLLOWS, &[]).await?.map(|row| row.get("value")).transpose()?;
        let checkpoint = self.key.sign(size, root, follows.as_deref())?;
        if before.is_none() {
            let values =
                vals![self.key.origin, size as i64, root.0.to_vec(), checkpoint, self.fence, self.now]
                    .to_vec();
            tx.write(ADD_STATE, values, false).await?;
        } else {
            let values =
                vals![size as i64, root.0.to_vec(), checkpoint, self.fence, self.now, old_size as i64]
                    .to_vec();
            tx.write(MOVE_STATE, values, true).await?;
        }
        tx.flush().await?;
        Ok(json!({"sealed": size - old_size, "rejected": rejected, "more": more}))
    }
}

/// Takes or keeps the sealer's lease, and seals what waits if it was had.
///
/// # Errors
/// When the database fails.
pub async fn seal(db: &Db, key: &LogKey, holder: &str, now: i64) -> Result<Option<Sealing>, Fault> {
    let Some(fence) = crate::access::lease(db, "sealer", holder, now, 10_000_000).await? else {
        return Ok(None);
    };
    let job = Seal { key: key.clone(), keys: db.keys().clone(), fence, holder: holder.to_owned(), now };
    match db.transact(Arc::new(job)).await {
        Ok(out) => Ok(Some(Sealing {
            sealed: out["sealed"].as_u64().unwrap_or(0),
            rejected: out["rejected"]
                .as_array()
                .map(|ids| ids.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect())
                .unwrap_or_default(),
            more: out["more"].as_bool().unwrap_or(false),
        })),
        Err(Stop::Fault(fault)) => Err(fault),
        Err(other) => Err(Fault::Engine(other.to_string())),
    }
}

/// The hashes along the right edge of the tree: all that appending needs.
struct Edge(HashMap<u64, Hash>);

impl Edge {
    async fn load(tx: &mut Tx<'_>, size: u64) -> Result<Self, Fault> {
        let wanted =
            if size == 0 { Vec::new() } else { wanted(|r| tlog_tiles::tree_hash(size, r).map(drop)) };
        Ok(Self(fetch(tx, &wanted).await?))
    }

    fn append(&mut self, size: u64, leaf: &[u8]) -> Result<Vec<(u8, u64, Hash)>, Fault> {
        let hashes = tlog_tiles::stored_hashes(size, leaf, &*self).map_err(tree_fault)?;
        let first = tlog_tiles::stored_hash_index(0, size);
        Ok(hashes
            .into_iter()
            .enumerate()
            .map(|(at, hash)| {
                let place = first + at as u64;
                self.0.insert(place, hash);
                let (level, n) = tlog_tiles::split_stored_hash_index(place);
                (level, n, hash)
            })
            .collect())
    }

    fn root(&self, size: u64) -> Result<Hash, Fault> {
        tlog_tiles::tree_hash(size, self).map_err(tree_fault)
    }
}

impl HashReader for Edge {
    fn read_hashes(&self, places: &[u64]) -> Result<Vec<Hash>, TlogError> {
        places.iter().map(|place| self.0.get(place).copied().ok_or(TlogError::IndexesNotInTree)).collect()
    }
}

fn tree_fault(error: TlogError) -> Fault {
    Fault::Outside(format!("the log's tree is broken: {error:?}"))
}

/// Learns which stored hashes a computation asks for.
struct Asking(std::cell::RefCell<Vec<u64>>);

impl HashReader for Asking {
    fn read_hashes(&self, places: &[u64]) -> Result<Vec<Hash>, TlogError> {
        self.0.borrow_mut().extend_from_slice(places);
        Ok(vec![tlog_tiles::EMPTY_HASH; places.len()])
    }
}

fn wanted(run: impl Fn(&Asking) -> Result<(), TlogError>) -> Vec<u64> {
    let asking = Asking(std::cell::RefCell::default());
    // Proofs over made-up hashes fail their own check; only the places matter here.
    let _made_up = run(&asking);
    asking.0.into_inner()
}

async fn fetch(tx: &mut Tx<'_>, places: &[u64]) -> Result<HashMap<u64, Hash>, Fault> {
    let mut found = HashMap::new();
    for place in places {
        let (level, n) = tlog_tiles::split_stored_hash_index(*place);
        if let Some(row) = tx.row(HASH_AT, &vals![i64::from(level), n as i64]).await? {
            found.insert(*place, hash_of(row.get("hash")?)?);
        }
    }
    Ok(found)
}

fn hash_of(bytes: Vec<u8>) -> Result<Hash, Fault> {
    bytes.try_into().map(Hash).map_err(|_| Fault::shape("hash"))
}

async fn head_in(tx: &mut Tx<'_>) -> Result<Option<Head>, Fault> {
    let Some(row) = tx.row(STATE, &[]).await? else { return Ok(None) };
    let size: i64 = row.get("size")?;
    let root: Vec<u8> = row.get("root")?;
    Ok(Some(Head { size: size as u64, root: hash_of(root)?.0, checkpoint: row.get("checkpoint")? }))
}

/// The tree's head and when it was sealed, as an act may look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// How many entries it covers.
    pub size: i64,
    /// Its root.
    pub root: [u8; 32],
    /// When it was sealed, microseconds since 1970 UTC.
    pub at: i64,
}

/// The tree's head and when it was sealed, if anything ever was.
///
/// # Errors
/// When the database fails.
pub async fn sealed(tx: &mut Tx<'_>) -> Result<Option<Sealed>, Fault> {
    let Some(row) = tx.row("SELECT size, root, at FROM log_state WHERE id = 1", &[]).await? else {
        return Ok(None);
    };
    Ok(Some(Sealed { size: row.get("size")?, root: hash_of(row.get("root")?)?.0, at: row.get("at")? }))
}

/// The tree's head, if anything was ever sealed.
///
/// # Errors
/// When the database fails.
pub async fn head(db: &Db) -> Result<Option<Head>, Fault> {
    head_in(&mut db.reading().await?.tx()).await
}

/// When the oldest entry was written that has no place in the log yet.
///
/// # Errors
/// When the database fails.
pub async fn oldest_unsealed(db: &Db) -> Result<Option<i64>, Fault> {
    let mut reading = db.reading().await?;
    let row = reading.tx().row("SELECT MIN(at) AS at FROM journal_unsealed", &[]).await?;
    row.map_or(Ok(None), |row| row.get("at"))
}

/// An entry's place in the log and what shows it is there.
#[derive(Clone, Debug)]
pub struct Inclusion {
    /// The leaf's number, from zero.
    pub leaf: u64,
    /// The head the proof leads to.
    pub head: Head,
    /// The hashes on the way from leaf to root.
    pub path: Vec<[u8; 32]>,
    /// What opens the commitment.
    pub salt: Vec<u8>,
    /// The entry as stored.
    pub entry: String,
}

/// The number that an entry has in the log; `None` while it is not sealed.
///
/// # Errors
/// When the database fails.
pub async fn leaf_of(tx: &mut Tx<'_>, entry: JournalId) -> Result<Option<i64>, Fault> {
    const SEALED: &str = "
        SELECT leaf FROM log_leaves
        WHERE  entry_id = $1 AND leaf < (SELECT size FROM log_state WHERE id = 1)";
    tx.row(SEALED, &vals![entry]).await?.map(|row| row.get("leaf")).transpose()
}

const LEAF_OF: &str = "
    SELECT l.leaf, j.salt, j.body FROM log_leaves l JOIN journal j ON j.id = l.entry_id WHERE l.entry_id = $1";

/// Proves that an entry is in the log; `None` while it is not sealed.
///
/// # Errors
/// When the database fails or the stored tree is broken.
pub async fn inclusion(tx: &mut Tx<'_>, entry: JournalId) -> Result<Option<Inclusion>, Fault> {
    let Some(head) = head_in(tx).await? else { return Ok(None) };
    let Some(row) = tx.row(LEAF_OF, &vals![entry]).await? else { return Ok(None) };
    let leaf: i64 = row.get("leaf")?;
    let leaf = leaf as u64;
    if leaf >= head.size {
        return Ok(None);
    }
    let places = wanted(|r| tlog_tiles::prove_record(head.size, leaf, r).map(drop));
    let stored = Edge(fetch(tx, &places).await?);
    let path = tlog_tiles::prove_record(head.size, leaf, &stored).map_err(tree_fault)?;
    let path = path.into_iter().map(|hash| hash.0).collect();
    Ok(Some(Inclusion { leaf, head, path, salt: row.get("salt")?, entry: row.get("body")? }))
}

const TILE_HASHES: &str = "SELECT hash FROM log_hashes WHERE level = $1 AND n >= $2 AND n < $3 ORDER BY n";
const BUNDLE: &str = "SELECT commitment FROM log_leaves WHERE leaf >= $1 AND leaf < $2 ORDER BY leaf";

/// A tile by its C2SP path below `tile/`: hashes (`0/x001/067.p/8`) or entries
/// (`entries/000`). `None` when there is no such tile.
///
/// # Errors
/// When the database fails.
pub async fn tile(tx: &mut Tx<'_>, path: &str) -> Result<Option<Vec<u8>>, Fault> {
    let Some(head) = head_in(tx).await? else { return Ok(None) };
    let path = match path.strip_prefix("entries/") {
        Some(rest) => format!("tile/{TILE_HEIGHT}/data/{rest}"),
        None => format!("tile/{TILE_HEIGHT}/{path}"),
    };
    let Ok(tile) = Tile::from_path(&path) else { return Ok(None) };
    let (first, width) = (tile.level_index() << TILE_HEIGHT, u64::from(tile.width()));
    let level = if tile.is_data() { 0 } else { u32::from(tile.level()) * u32::from(TILE_HEIGHT) };
    if level >= 63 || first + width > head.size >> level {
        return Ok(None);
    }
    let (from, until) = (first as i64, (first + width) as i64);
    let mut bytes = Vec::new();
    if tile.is_data() {
        for row in tx.rows(BUNDLE, &vals![from, until]).await? {
            let leaf: Vec<u8> = row.get("commitment")?;
            bytes.extend_from_slice(&(leaf.len() as u16).to_be_bytes());
            bytes.extend_from_slice(&leaf);
        }
    } else {
        for row in tx.rows(TILE_HASHES, &vals![i64::from(level), from, until]).await? {
            bytes.extend_from_slice(&row.get::<Vec<u8>>("hash")?);
        }
    }
    Ok(Some(bytes))
}

/// The checkpoint kept outside the database, so that a log restored from an
/// older backup cannot silently fork.
#[derive(Clone, Debug)]
pub struct Published(PathBuf);

impl Published {
    /// Kept in this file.
    #[must_use]
    pub fn at(file: &Path) -> Self {
        Self(file.to_owned())
    }

    /// Writes a newer checkpoint down.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep(&self, head: &Head) -> Result<(), Fault> {
        if let Some((size, root)) = self.last()?
            && (head.size < size || (head.size == size && head.root != root))
        {
            return Err(Fault::WrongDatabase(format!(
                "the public log would go back: {size} entries were published, this head has {}",
                head.size
            )));
        }
        Ok(crate::disk::replace(&self.0, head.checkpoint.as_bytes())?)
    }

    /// The last one kept: its size and root.
    ///
    /// # Errors
    /// When the file is there but cannot be read as a checkpoint.
    pub fn last(&self) -> Result<Option<(u64, [u8; 32])>, Fault> {
        let bytes = match std::fs::read(&self.0) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let broken = || Fault::Outside(format!("{} is not a checkpoint", self.0.display()));
        let note = Note::from_bytes(&bytes).map_err(|_| broken())?;
        let checkpoint = Checkpoint::from_bytes(note.text()).map_err(|_| broken())?;
        Ok(Some((checkpoint.size(), checkpoint.hash().0)))
    }

    /// Refuses a database whose log does not continue what was published.
    ///
    /// # Errors
    /// [`Fault::WrongDatabase`] when the log would fork.
    pub async fn check(&self, db: &Db) -> Result<(), Fault> {
        let fork = |what: &str| {
            Fault::WrongDatabase(format!(
                "the public log would fork: {what}. If this database went back in time and what came after is \
                 lost, `diwan log open-new` ends that log and opens one that names it"
            ))
        };
        match self.compare(db).await? {
            Continuity::Continues => Ok(()),
            Continuity::Older { published, stored } => {
                Err(fork(&format!("{published} entries were published, the database holds {stored}")))
            }
            Continuity::Differs => Err(fork("the published tree differs from the stored one")),
        }
    }

    /// How a database's log stands to what was published.
    ///
    /// # Errors
    /// When the database or the file cannot be read.
    pub async fn compare(&self, db: &Db) -> Result<Continuity, Fault> {
        let Some((size, root)) = self.last()? else { return Ok(Continuity::Continues) };
        let head = head(db).await?.map_or(0, |head| head.size);
        if head < size {
            return Ok(Continuity::Older { published: size, stored: head });
        }
        if size == 0 {
            return Ok(Continuity::Continues);
        }
        let mut reading = db.reading().await?;
        let mut tx = reading.tx();
        let places = wanted(|r| tlog_tiles::tree_hash(size, r).map(drop));
        let stored = Edge(fetch(&mut tx, &places).await?);
        let own = tlog_tiles::tree_hash(size, &stored).map_err(tree_fault)?;
        Ok(if own.0 == root { Continuity::Continues } else { Continuity::Differs })
    }
}

/// How a database's log stands to what was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Continuity {
    /// It holds what was published, and perhaps more.
    Continues,
    /// It holds less: an older backup.
    Older {
        /// Entries in the published tree.
        published: u64,
        /// Entries in the database.
        stored: u64,
    },
    /// It is another log.
    Differs,
}

/// Opens a new log after an older backup was restored: the same leaves under a
/// new origin. Its heads, this and all later ones, name the old log in their
/// extension line. Returns the first. Together with it is kept how many entries were lost,
/// so that what follows from that is done before anything else.
///
/// # Errors
/// When the database fails.
pub async fn reopen(
    db: &Db,
    key: &LogKey,
    old_origin: &str,
    lost: Option<Lost>,
    now: i64,
) -> Result<Head, Fault> {
    let old = head(db).await?;
    let (size, root) = old.as_ref().map_or((0, tlog_tiles::EMPTY_HASH.0), |head| (head.size, head.root));
    let checkpoint = key.sign(size, Hash(root), Some(old_origin))?;
    let head = Head { size, root, checkpoint };
    let follows = old_origin.to_owned();
    let job = Reopen { origin: key.origin.clone(), head: head.clone(), follows, lost, now };
    match db.transact(Arc::new(job)).await {
        Ok(_) => Ok(head),
        Err(Stop::Fault(fault)) => Err(fault),
        Err(other) => Err(Fault::Engine(other.to_string())),
    }
}

/// Entries that were published and are not in the database any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost {
    /// How many were published.
    pub published: u64,
    /// How many of them are there.
    pub stored: u64,
}

/// When the log was opened anew last after entries were lost: the name of the new log, and
/// how many were.
///
/// # Errors
/// When the database fails.
pub async fn lost(db: &Db) -> Result<Option<(String, Lost)>, Fault> {
    const LOST: &str = "SELECT value FROM marks WHERE name = 'log-lost'";
    let Some(row) = db.reading().await?.tx().row(LOST, &[]).await? else { return Ok(None) };
    let text: String = row.get("value")?;
    let read = || {
        let (counts, origin) = text.split_once(' ')?;
        let (published, stored) = counts.split_once('/')?;
        Some((origin.to_owned(), Lost { published: published.parse().ok()?, stored: stored.parse().ok()? }))
    };
    read().map(Some).ok_or_else(|| Fault::Shape("marks.log-lost".into()))
}

struct Reopen {
    origin: String,
    head: Head,
    follows: String,
    lost: Option<Lost>,
    now: i64,
}

impl Job for Reopen {
    fn run<'a>(&'a self, tx: &'a mut Tx<'_>) -> Boxed<'a, Ended> {
        const OPEN: &str = "
            INSERT INTO log_state (id, origin, size, root, checkpoint, fence, at) VALUES (1, $1, $2, $3, $4, 0, $5)
            ON CONFLICT (id) DO UPDATE SET origin = $1, checkpoint = $4, at = $5";
        const NAME: &str = "INSERT INTO marks (name, value) VALUES ('log-follows', $1)
                            ON CONFLICT (name) DO UPDATE SET value = $1";
        const LOST: &str = "INSERT INTO marks (name, value) VALUES ('log-lost', $1)
                            ON CONFLICT (name) DO UPDATE SET value = $1";
        Box::pin(async move {
            let Head { size, root, checkpoint } = self.head.clone();
            let values = vals![self.origin, size as i64, root.to_vec(), checkpoint, self.now].to_vec();
            let written = async {
                tx.write(OPEN, values, true).await?;
                tx.write(NAME, vals![self.follows].to_vec(), true).await?;
                let Some(Lost { published, stored }) = self.lost else { return Ok(()) };
                let lost = format!("{published}/{stored} {}", self.origin);
                tx.write(LOST, vals![lost].to_vec(), true).await
            };
            match written.await {
                Ok(()) => Ended::Commit(Value::Null),
                Err(fault) => Ended::Undo(fault.into()),
            }
        })
    }
}
