//! Programs that sign in by themselves (OAuth 2.0 client credentials).

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{OfficerId, RowId};

record! {
    /// A program that signs in with a secret or a certificate, and acts for a
    /// program's office or for nobody.
    pub struct ApiClientRow in "api_clients" {
        id: RowId,
        client_id: String,
        name: String,
        secret_hash: Option<Vec<u8>>,
        certificate: Option<String>,
        officer_id: Option<OfficerId>,
        scopes: Json,
        since: i64,
        expires_at: Option<i64>,
        ended_at: Option<i64>,
        version: i64,
        x_road: Option<String>,
    }
}

/// The client with this name, if it still holds.
///
/// # Errors
/// When the database fails.
pub async fn holding(tx: &mut Tx<'_>, client_id: &str, now: i64) -> Result<Option<ApiClientRow>, Fault> {
    const HOLDS: &str = "
        SELECT * FROM api_clients
        WHERE  client_id = $1 AND ended_at IS NULL AND (expires_at IS NULL OR expires_at > $2)";
    tx.one(HOLDS, &vals![client_id, now]).await
}

/// The client that a member of X-Road is registered as, if it still holds.
///
/// # Errors
/// When the database fails.
pub async fn of_member(tx: &mut Tx<'_>, member: &str, now: i64) -> Result<Option<ApiClientRow>, Fault> {
    const HOLDS: &str = "
        SELECT * FROM api_clients
        WHERE  x_road = $1 AND ended_at IS NULL AND (expires_at IS NULL OR expires_at > $2)";
    tx.one(HOLDS, &vals![member, now]).await
}

/// One client.
///
/// # Errors
/// When the database fails.
pub async fn client(tx: &mut Tx<'_>, id: RowId) -> Result<Option<ApiClientRow>, Fault> {
    tx.one("SELECT * FROM api_clients WHERE id = $1", &vals![id]).await
}

/// The clients that act for an officer and were not ended.
///
/// # Errors
/// When the database fails.
pub async fn of_officer(tx: &mut Tx<'_>, officer: OfficerId) -> Result<Vec<ApiClientRow>, Fault> {
    const OF: &str = "
        SELECT * FROM api_clients WHERE officer_id = $1 AND ended_at IS NULL ORDER BY since DESC, id";
    tx.all(OF, &vals![officer]).await
}

/// Every client, newest first.
///
/// # Errors
/// When the database fails.
pub async fn all(tx: &mut Tx<'_>) -> Result<Vec<ApiClientRow>, Fault> {
    tx.all("SELECT * FROM api_clients ORDER BY since DESC, id", &[]).await
}
