//! Proof that a journal entry stands in the public log, in one file that can be checked without us.
//!
//! The log publishes only `SHA-256(salt ‖ entry)`. Whoever holds the paper holds salt and entry, and so can
//! show what was logged; nobody else can guess it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use signed_note::{Note, StandardVerifier, VerifierList};
use tlog_tiles::{Checkpoint, Hash, check_record, record_hash};

/// The only format there is.
pub const FORMAT: &str = "diwan-proof/1";

/// A tree of 2^64 leaves needs no more hashes than this.
const LONGEST_PROOF: usize = 64;

/// An inclusion proof as it is downloaded: JSON, hashes in hex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofFile {
    /// Always [`FORMAT`].
    pub format: String,
    /// The log's name, as its checkpoints carry it.
    pub origin: String,
    /// The checkpoint, a C2SP signed note.
    pub checkpoint: String,
    /// The entry's place, from zero.
    pub leaf_index: u64,
    /// The tree's size at the checkpoint.
    pub tree_size: u64,
    /// The hashes from the leaf up to the root (RFC 6962), hex.
    pub inclusion: Vec<String>,
    /// What opens the commitment, hex.
    pub salt: String,
    /// The journal entry, exactly as stored.
    pub entry: String,
}

/// A proof that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// The log.
    pub origin: String,
    /// The entry's place, from zero.
    pub leaf_index: u64,
    /// The tree's size at the checkpoint.
    pub tree_size: u64,
    /// The root everyone sees.
    pub root: [u8; 32],
    /// The journal entry.
    pub entry: String,
}

/// Why a proof does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// Another format.
    #[error("proof has format {0:?}, not {FORMAT:?}")]
    UnknownFormat(String),
    /// A field cannot be read.
    #[error("{0} of the proof cannot be read")]
    Malformed(&'static str),
    /// The key to check with cannot be read.
    #[error("the log's verifier key cannot be read: {0}")]
    VerifierKey(String),
    /// The checkpoint is not signed by that key.
    #[error("checkpoint is not signed by the log's key")]
    UnsignedCheckpoint,
    /// The checkpoint is of another log or another size than the proof says.
    #[error("proof and checkpoint disagree about {0}")]
    Disagrees(&'static str),
    /// The entry is not in the tree at that place.
    #[error("entry is not at place {0} of the log")]
    NotIncluded(u64),
}

impl ProofFault {
    /// The stable code translators and integrators rely on.
    pub fn code(&self) -> &'static str {
        match self {
            ProofFault::UnknownFormat(_) => "proof/unknown-format",
            ProofFault::Malformed(_) => "proof/malformed",
            ProofFault::VerifierKey(_) => "proof/verifier-key",
            ProofFault::UnsignedCheckpoint => "proof/unsigned-checkpoint",
            ProofFault::Disagrees(_) => "proof/disagrees",
            ProofFault::NotIncluded(_) => "proof/not-included",
        }
    }
}

/// What the log holds in place of an entry: `SHA-256(salt ‖ entry)`.
pub fn commitment(salt: &[u8], entry: &[u8]) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(salt);
    digest.update(entry);
    digest.finalize().into()
}

/// Checks a proof with the log's verifier key (C2SP signed-note vkey).
pub fn verify(proof: &ProofFile, log_verifier_key: &str) -> Result<Proven, ProofFault> {
    if proof.format != FORMAT {
        return Err(ProofFault::UnknownFormat(proof.format.clone()));
    }
    let checkpoint = open_checkpoint(&proof.checkpoint, log_verifier_key)?;
    if checkpoint.origin() != proof.origin {
        return Err(ProofFault::Disagrees("the log's name"));
    }
    if checkpoint.size() != proof.tree_size {
        return Err(ProofFault::Disagrees("the tree's size"));
    }
    if proof.leaf_index >= proof.tree_size {
        return Err(ProofFault::NotIncluded(proof.leaf_index));
    }
    let salt = hex::decode(&proof.salt).map_err(|_| ProofFault::Malformed("salt"))?;
    if proof.inclusion.len() > LONGEST_PROOF {
        return Err(ProofFault::Malformed("inclusion"));
    }
    let path = proof.inclusion.iter().map(|text| hash(text)).collect::<Option<Vec<Hash>>>();
    let path = path.ok_or(ProofFault::Malformed("inclusion"))?;
    let leaf = record_hash(&commitment(&salt, proof.entry.as_bytes()));
    check_record(&path, proof.tree_size, *checkpoint.hash(), proof.leaf_index, leaf)
        .map_err(|_| ProofFault::NotIncluded(proof.leaf_index))?;
    Ok(Proven {
        origin: proof.origin.clone(),
        leaf_index: proof.leaf_index,
        tree_size: proof.tree_size,
        root: checkpoint.hash().0,
        entry: proof.entry.clone(),
    })
}

/// A log's head, signed by its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many entries.
    pub size: u64,
    /// The root everyone sees.
    pub root: [u8; 32],
}

/// Reads a head with the log's verifier key; one that the key did not sign is none.
pub fn head(note: &str, log_verifier_key: &str) -> Result<Head, ProofFault> {
    let checkpoint = open_checkpoint(note, log_verifier_key)?;
    if log_verifier_key.split('+').next() != Some(checkpoint.origin()) {
        return Err(ProofFault::Disagrees("the log's name"));
    }
    Ok(Head { size: checkpoint.size(), root: checkpoint.hash().0 })
}

fn open_checkpoint(note: &str, verifier_key: &str) -> Result<Checkpoint, ProofFault> {
    let verifier =
        StandardVerifier::new(verifier_key).map_err(|fault| ProofFault::VerifierKey(fault.to_string()))?;
    let note = Note::from_bytes(note.as_bytes()).map_err(|_| ProofFault::Malformed("checkpoint"))?;
    let (signed, _others) = note
        .verify(&VerifierList::new(vec![Box::new(verifier)]))
        .map_err(|_| ProofFault::UnsignedCheckpoint)?;
    if signed.is_empty() {
        return Err(ProofFault::UnsignedCheckpoint);
    }
    Checkpoint::from_bytes(note.text()).map_err(|_| ProofFault::Malformed("checkpoint"))
}

fn hash(text: &str) -> Option<Hash> {
    let bytes: [u8; 32] = hex::decode(text).ok()?.try_into().ok()?;
    Some(Hash(bytes))
}
