//! Tokens by which programs sign in: shown once, stored by hash, with scopes.

use crate::acting::acting;
use crate::secrets;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{AccountId, OfficerId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_store::officers::{self, ApiTokenRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What a token may be allowed.
pub const SCOPES: [&str; 4] = ["services:read", "cases:write", "documents:read", "verify:read"];

/// Gives a program a token that acts for an officer or an account.
#[derive(Debug, Serialize, Deserialize)]
pub struct IssueToken {
    /// What it is for.
    pub name: String,
    /// SHA-256 of the token; the token itself is never stored.
    pub token_hash: Vec<u8>,
    /// For whom it acts.
    pub officer: Option<OfficerId>,
    /// For whom it acts.
    pub account: Option<AccountId>,
    /// What it may do.
    pub scopes: Vec<String>,
    /// Until when, microseconds.
    pub expires_at: Option<i64>,
}

impl IssueToken {
    /// A new token (begins with `diwan_`) and its hash.
    #[must_use]
    pub fn token() -> (String, Vec<u8>) {
        let token = format!("diwan_{}", secrets::token());
        let hash = secrets::hash(&token);
        (token, hash)
    }
}

impl Act for IssueToken {
    const NAME: &'static str = "issue-token";
    type Out = RowId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            acting(tx, at, Permission::ManageOfficers).await?;
        }
        if self.name.trim().is_empty() || self.scopes.iter().any(|scope| !SCOPES.contains(&scope.as_str())) {
            return Err(Why::FieldMissing.into());
        }
        let row = ApiTokenRow {
            id: at.fresh("token"),
            name: self.name.trim().to_owned(),
            token_hash: self.token_hash.clone(),
            officer_id: self.officer,
            account_id: self.account,
            scopes: Json(json!(self.scopes)),
            since: at.now,
            expires_at: self.expires_at,
            ended_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        let entry = Entry::new("token-issued", "token", row.id)
            .with("name", row.name)
            .with("scopes", self.scopes.clone());
        Ok(Recorded::new(row.id, entry))
    }
}

/// The token a program showed, if it still holds.
///
/// # Errors
/// When the database fails.
pub async fn holder(tx: &mut Tx<'_>, token: &str, now: i64) -> Result<Option<ApiTokenRow>, Fault> {
    officers::token(tx, &secrets::hash(token), now).await
}
