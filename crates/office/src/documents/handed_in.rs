//! Checking a paper by its file: whether the bytes are those that were issued, and if not, what the seal in them
//! says. The file is looked at and not kept.

use crate::desk::Office;
use diwan_documents::pades::{InspectFault, LARGEST_PDF, ends_of_seals, inspect};
use diwan_domain::refusals::Why;
use diwan_store::documents::{self, DocumentRow};
use diwan_store::{Fault, Stop};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::time::Duration;
use tokio::sync::Semaphore;

/// How many files are looked at at once in one process.
const AT_ONCE: usize = 2;
/// How long a file waits for its turn before its sender is asked to come again.
const PATIENCE: Duration = Duration::from_secs(10);

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// What is true of a file that somebody was sent.
#[derive(Debug)]
pub enum HandedIn {
    /// To the last byte the one that was issued.
    Same(Box<DocumentRow>),
    /// Another file of a paper that was issued: the office's seal holds.
    Sealed(Box<DocumentRow>),
    /// The office's seal holds, and the paper is not known here.
    Unknown {
        /// Whom the seal names.
        signer: String,
        /// When it says that it was sealed.
        at: Timestamp,
    },
    /// It carries a seal that does not hold, or one of somebody else's.
    Broken(InspectFault),
    /// Something was added to the file of this paper after it was sealed: its beginning is, to
    /// the last byte, the file that was issued. As a whole it is worth nothing.
    Added(Box<DocumentRow>),
    /// It carries no seal.
    NotSealed,
    /// It is no PDF that can be read.
    NotPdf,
}

impl HandedIn {
    /// The paper's row, where it is known.
    #[must_use]
    pub fn document(&self) -> Option<&DocumentRow> {
        match self {
            Self::Same(document) | Self::Sealed(document) => Some(document),
            _ => None,
        }
    }

    /// Why its seal does not hold.
    #[must_use]
    pub fn fault(&self) -> Option<&'static str> {
        match self {
            Self::Broken(fault) => Some(fault.code()),
            Self::Added(_) => Some(InspectFault::NotWholeFile.code()),
            _ => None,
        }
    }

    /// Of which paper it was made, where something was added to that one's file. Nothing is said
    /// of the paper by this file.
    #[must_use]
    pub fn made_of(&self) -> Option<&DocumentRow> {
        match self {
            Self::Added(document) => Some(document),
            _ => None,
        }
    }

    /// What is said of the file.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Same(_) => "same",
            Self::Sealed(_) => "sealed",
            Self::Unknown { .. } => "unknown",
            Self::Broken(_) | Self::Added(_) => "broken",
            Self::NotSealed => "not-sealed",
            Self::NotPdf => "not-pdf",
        }
    }

    /// Every word that [`HandedIn::code`] says.
    pub const CODES: [&str; 6] = ["same", "sealed", "unknown", "broken", "not-sealed", "not-pdf"];
}

/// Looks at a file.
///
/// # Errors
/// [`Why::FileTooLarge`]; [`Why::Busy`] when too many wait; the database or the key folder fails.
pub async fn look_at(office: &Office, bytes: bytes::Bytes) -> Result<HandedIn, Stop> {
    if bytes.len() > LARGEST_PDF {
        return Err(Why::FileTooLarge.into());
    }
    let hash = hex::encode(Sha256::digest(&bytes));
    let known = documents::by_file(&mut office.db.reading().await?.tx(), &hash).await?;
    if let Some(document) = known {
        return Ok(HandedIn::Same(Box::new(document)));
    }
    let roots = super::roots(office).map_err(|what| Stop::Fault(Fault::Outside(what)))?;
    let turn = tokio::time::timeout(PATIENCE, TURNS.acquire()).await;
    let Ok(Ok(turn)) = turn else { return Err(Why::Busy.into()) };
    // The turn ends with the work, also when whoever sent the file went away.
    let looked = bytes.clone();
    let work = move || {
        let found = inspect(&looked, &roots);
        drop(turn);
        found
    };
    // What cannot even be read to its end is no paper of ours.
    let found = tokio::task::spawn_blocking(work).await;
    let found = found.unwrap_or_else(|_| Err(InspectFault::NotPdf("it cannot be read".into())));
    if found.is_err()
        && let Some(document) = added_to(office, bytes).await?
    {
        return Ok(HandedIn::Added(Box::new(document)));
    }
    Ok(match found {
        Ok(seal) => {
            // The seal names the paper last: "Issue of birth-certificate EB-26-004-771-9".
            let number = seal.reason.rsplit(' ').next().unwrap_or_default().to_owned();
            let row = documents::by_number(&mut office.db.reading().await?.tx(), &number).await?;
            match row.filter(|row| row.file_hash.is_some()) {
                Some(row) => HandedIn::Sealed(Box::new(row)),
                None => HandedIn::Unknown { signer: seal.signer, at: seal.at },
            }
        }
        Err(InspectFault::NotPdf(_)) => HandedIn::NotPdf,
        Err(InspectFault::NotSealed) => HandedIn::NotSealed,
        Err(fault) => HandedIn::Broken(fault),
    })
}

/// The paper whose file a file begins with, up to where a seal in it ends.
async fn added_to(office: &Office, bytes: bytes::Bytes) -> Result<Option<DocumentRow>, Stop> {
    let hashed = move || {
        let ends = ends_of_seals(&bytes).into_iter();
        ends.map(|end| hex::encode(Sha256::digest(&bytes[..end]))).collect::<Vec<_>>()
    };
    let hashes = tokio::task::spawn_blocking(hashed).await.unwrap_or_default();
    let mut reading = office.db.reading().await?;
    for hash in hashes {
        if let Some(document) = documents::by_file(&mut reading.tx(), &hash).await? {
            return Ok(Some(document));
        }
    }
    Ok(None)
}
