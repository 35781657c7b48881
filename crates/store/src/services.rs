//! Published editions of service folders. Never changed once published.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Row;
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

/// What names an edition, without its folder: folders are large, and whoever
/// read one keeps it by its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionHead {
    /// The service's key.
    pub code: String,
    /// Which edition.
    pub edition: i64,
    /// The folder's hash.
    pub hash: String,
    /// From which day on it applies (ISO 8601).
    pub since: String,
}

impl EditionHead {
    fn from_row(row: &Row) -> Result<Self, Fault> {
        Ok(Self {
            code: row.get("code")?,
            edition: row.get("edition")?,
            hash: row.get("hash")?,
            since: row.get("since")?,
        })
    }
}

/// Every edition ever published, by service and edition.
///
/// # Errors
/// When the database fails.
pub async fn heads(tx: &mut Tx<'_>) -> Result<Vec<EditionHead>, Fault> {
    const ALL: &str = "SELECT code, edition, hash, since FROM services ORDER BY code, edition";
    tx.rows(ALL, &[]).await?.iter().map(EditionHead::from_row).collect()
}

/// The editions of one service, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn heads_of(tx: &mut Tx<'_>, code: &str) -> Result<Vec<EditionHead>, Fault> {
    const OF_ONE: &str = "SELECT code, edition, hash, since FROM services WHERE code = $1 ORDER BY edition";
    tx.rows(OF_ONE, &vals![code]).await?.iter().map(EditionHead::from_row).collect()
}

/// The editions of one service that were published until an instant, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn heads_until(tx: &mut Tx<'_>, code: &str, until: i64) -> Result<Vec<EditionHead>, Fault> {
    const OF_ONE: &str = "
        SELECT   code, edition, hash, since FROM services
        WHERE    code = $1 AND published_at <= $2 ORDER BY edition";
    tx.rows(OF_ONE, &vals![code, until]).await?.iter().map(EditionHead::from_row).collect()
}

/// What names one edition.
///
/// # Errors
/// When the database fails.
pub async fn head(tx: &mut Tx<'_>, code: &str, edition: i64) -> Result<Option<EditionHead>, Fault> {
    const ONE: &str = "SELECT code, edition, hash, since FROM services WHERE code = $1 AND edition = $2";
    tx.row(ONE, &vals![code, edition]).await?.as_ref().map(EditionHead::from_row).transpose()
}
