//! Bytes and the rows that name them. Bytes are durable before an act names
//! them; when the act is refused, or nobody ever names them, they go again.
//!
//! Files are kept by their hash, so two people may hand in one file. Whoever
//! keeps or removes a file holds the lease of its hash meanwhile, on whichever
//! node: nothing is removed that someone is about to name.

use crate::desk::Office;
use crate::secrets;
use diwan_domain::refusals::Why;
use diwan_store::{Fault, Stop, access};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// For how long a file is held at most, in microseconds: keeping it and its act.
const HELD: i64 = 60_000_000;
/// How often a file that someone else holds is asked for again, every tenth of
/// a second, before the caller is told to come again.
const ASKED: usize = 50;
/// A file that no row names is removed a day after it was last kept, in
/// microseconds: a paper that is being sealed and files that are brought home
/// by `replay` are named long before.
const UNNAMED_FOR: i64 = 86_400_000_000;

/// The lease of one file.
struct Hold {
    name: String,
    holder: String,
}

impl Hold {
    async fn take(office: &Office, hash: &str) -> Result<Option<Self>, Fault> {
        let hold = Self { name: format!("file/{hash}"), holder: secrets::base32(&secrets::random::<8>()) };
        let taken = access::lease(&office.db, &hold.name, &hold.holder, office.now(), HELD).await?;
        Ok(taken.map(|_| hold))
    }

    async fn give_back(self, office: &Office) -> Result<(), Fault> {
        access::give_back_lease(&office.db, &self.name, &self.holder).await
    }
}

/// Keeps bytes and names them by an act; when nothing came to name them, they
/// are removed again.
///
/// # Errors
/// The act's refusal; [`Why::Busy`] when someone else keeps the same bytes for
/// long; or the store fails.
pub async fn keep_and_name<T>(
    office: &Office,
    bytes: Vec<u8>,
    name: impl AsyncFnOnce(String) -> Result<T, Stop>,
) -> Result<T, Stop> {
    let hash = hex::encode(Sha256::digest(&bytes));
    let mut asked = 0;
    let hold = loop {
        if let Some(hold) = Hold::take(office, &hash).await? {
            break hold;
        }
        asked += 1;
        if asked == ASKED {
            return Err(Why::Busy.into());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let named = match office.files.put(bytes).await {
        Ok(hash) => name(hash).await,
        Err(fault) => Err(fault.into()),
    };
    // Of an act whose end is not known the bytes may be named: they stay.
    let gone = match &named {
        Err(Stop::Refused(_) | Stop::Kept(..)) => remove_unnamed(office, &hash).await.map(drop),
        _ => Ok(()),
    };
    let given_back = hold.give_back(office).await;
    let named = named?;
    gone?;
    given_back?;
    Ok(named)
}

/// Removes a file, if no row names it.
async fn remove_unnamed(office: &Office, hash: &str) -> Result<bool, Fault> {
    let named = {
        let mut reading = office.db.reading().await?;
        diwan_store::cases::file_is_named(&mut reading.tx(), hash).await?
    };
    if !named {
        office.files.remove(hash).await?;
    }
    Ok(!named)
}

/// Removes files at the end of their retention, unless another row names the
/// same bytes. One that someone keeps at this moment is left to [`sweep`].
///
/// # Errors
/// When the store fails.
pub(crate) async fn release(office: &Office, hashes: &[String]) -> Result<u64, Fault> {
    let mut removed = 0;
    for hash in hashes.iter().filter(|hash| !hash.is_empty()) {
        let Some(hold) = Hold::take(office, hash).await? else { continue };
        let gone = remove_unnamed(office, hash).await;
        hold.give_back(office).await?;
        removed += u64::from(gone?);
    }
    Ok(removed)
}

/// Removes the files that no row names and that were last kept more than a day
/// ago: what a crash or an act of unknown end left behind. Returns how many.
///
/// # Errors
/// When the store fails.
pub async fn sweep(office: &Office) -> Result<u64, Fault> {
    let old = office.files.kept_before(office.now() - UNNAMED_FOR).await?;
    let mut removed = 0;
    for some in old.chunks(200) {
        let mut unnamed = Vec::new();
        {
            let mut reading = office.db.reading().await?;
            let mut tx = reading.tx();
            for hash in some {
                if !diwan_store::cases::file_is_named(&mut tx, hash).await? {
                    unnamed.push(hash.clone());
                }
            }
        }
        removed += release(office, &unnamed).await?;
    }
    Ok(removed)
}
