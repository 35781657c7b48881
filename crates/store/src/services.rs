//! Published editions of service folders. Never changed once published.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use diwan_domain::ids::RowId;

record! {
    /// One published edition of a service folder.
    pub struct ServiceRow in "services" only added {
        id: RowId,
        code: String,
        edition: i64,
        hash: String,
        folder: String,
        since: String,
        published_at: i64,
    }
}

/// The newest edition of a service.
///
/// # Errors
/// When the database fails.
pub async fn newest(tx: &mut Tx<'_>, code: &str) -> Result<Option<ServiceRow>, Fault> {
    tx.one("SELECT * FROM services WHERE code = $1 ORDER BY edition DESC LIMIT 1", &vals![code]).await
}

/// One edition of a service.
///
/// # Errors
/// When the database fails.
pub async fn edition(tx: &mut Tx<'_>, code: &str, edition: i64) -> Result<Option<ServiceRow>, Fault> {
    tx.one("SELECT * FROM services WHERE code = $1 AND edition = $2", &vals![code, edition]).await
}

/// Every edition ever published.
///
/// # Errors
/// When the database fails.
pub async fn all(tx: &mut Tx<'_>) -> Result<Vec<ServiceRow>, Fault> {
    tx.all("SELECT * FROM services ORDER BY code, edition", &[]).await
}
