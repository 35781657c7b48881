//! Which key seals, where several nodes each hold a copy of the folder of keys.

use crate::desk::Office;
use diwan_documents::authority::describe;
use diwan_documents::signer::Signer;
use diwan_store::{Fault, access, units};
use tracing::error;

/// The mark of the newest key that any node sealed with: when its certificate begins, in
/// seconds, and its name.
const MARK: &str = "sealing-key";

/// A key that another node sealed with, newer than the one in use here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outdated {
    /// The key in use here.
    pub own: String,
    /// The newer one.
    pub newer: String,
}

/// Whether another node sealed with a newer key than the one in use here: `keys rotate` ran
/// there, and its folder was not copied yet. A mobile unit has a key of its own.
///
/// # Errors
/// When the database fails.
pub async fn outdated_key(db: &diwan_store::Db, own: &dyn Signer) -> Result<Option<Outdated>, Fault> {
    let known = access::mark(db, MARK).await?;
    let Some((from, newer)) = known.as_deref().and_then(read) else { return Ok(None) };
    if newer == own.key_id() || from <= begins(own).unwrap_or(i64::MAX) {
        return Ok(None);
    }
    if units::here(&mut db.reading().await?.tx()).await?.is_some() {
        return Ok(None);
    }
    Ok(Some(Outdated { own: own.key_id().to_owned(), newer: newer.to_owned() }))
}

/// Whether papers are sealed here now. A node with an older key leaves them to the others,
/// and says so; a newer key is noted for them.
pub(super) async fn may_seal(office: &Office) -> Result<bool, Fault> {
    // What is wrong with the key itself is said when it seals.
    let Ok(own) = office.keys.current() else { return Ok(true) };
    if let Some(Outdated { own, newer }) = outdated_key(&office.db, &own).await? {
        error!(
            "papers wait, or another node seals them: the key {own} in use here is older than {newer}; copy the \
             folder seal/ from the node on which `diwan keys rotate` ran, its file `current` last"
        );
        return Ok(false);
    }
    let Some(from) = begins(&own) else { return Ok(true) };
    let known = access::mark(&office.db, MARK).await?;
    if known.as_deref().and_then(read).is_none_or(|(known, _)| known < from) {
        access::set_mark(&office.db, MARK, &format!("{from} {}", own.key_id())).await?;
    }
    Ok(true)
}

/// When a key's certificate begins, in seconds.
fn begins(key: &dyn Signer) -> Option<i64> {
    let own = key.certificate_chain().first()?;
    Some(describe(own).ok()?.term.from.as_second())
}

fn read(mark: &str) -> Option<(i64, &str)> {
    let (from, key) = mark.split_once(' ')?;
    Some((from.parse().ok()?, key))
}
