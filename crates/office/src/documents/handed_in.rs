//! Checking a paper by its file: whether the bytes are those that were issued, and if not, what the seal in them
//! says. The file is looked at and not kept.

use crate::desk::Office;
use diwan_documents::pades::{InspectFault, LARGEST_PDF, inspect};
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

    /// What is said of the file.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Same(_) => "same",
            Self::Sealed(_) => "sealed",
            Self::Unknown { .. } => "unknown",
            Self::Broken(_) => "broken",
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
    let work = move || {
        let found = inspect(&bytes, &roots);
        drop(turn);
        found
    };
    // What cannot even be read to its end is no paper of ours.
    let found = tokio::task::spawn_blocking(work).await;
    let found = found.unwrap_or_else(|_| Err(InspectFault::NotPdf("it cannot be read".into())));
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
