//! Tokens by which programs sign in: shown once, stored by hash, with scopes
//! that only narrow what the officer behind them may do.
//!
//! A person's second factor is never gone round: a token for a person is made by
//! that person, signed in on a page; an administrator makes tokens only for
//! programs that have an office of their own ([`crate::administration::AppointProgram`]),
//! or for nobody.

use crate::acting::{acting, in_office, is_system};
use crate::desk::Office;
use crate::secrets;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{AccountId, OfficerId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::people::{Channel, Permission};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::officers::{self, ApiTokenRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What a token may be allowed besides an officer's permissions.
pub const APPLICANT_SCOPES: [&str; 4] = ["services:read", "cases:write", "documents:read", "verify:read"];
/// How long an officer's own token holds at most, in days.
pub const LONGEST_DAYS: i64 = 90;
const A_DAY: i64 = 86_400_000_000;

/// Everything a token may be allowed: what an applicant does, and every
/// permission of an officer by its code.
#[must_use]
pub fn scopes() -> Vec<String> {
    let officers = Permission::ALL.iter().map(|permission| permission.code());
    APPLICANT_SCOPES.into_iter().chain(officers).map(str::to_owned).collect()
}

/// The permissions among some scopes: to these an officer is narrowed.
#[must_use]
pub fn permissions_in(scopes: &[String]) -> Vec<Permission> {
    scopes.iter().filter_map(|scope| Permission::from_code(scope)).collect()
}

/// Refuses a scope that nobody knows.
pub(crate) fn known(wanted: &[String]) -> Result<(), Stop> {
    let all = scopes();
    match wanted.iter().find(|scope| !all.contains(scope)) {
        Some(unknown) => {
            let refusal = Refusal::from(Why::FieldMissing).about("field", "scopes");
            Err(refusal.about("scope", unknown).into())
        }
        None if wanted.is_empty() => Err(Refusal::from(Why::FieldMissing).about("field", "scopes").into()),
        None => Ok(()),
    }
}

/// Refuses an administrator who would let a program act for a person.
pub(crate) async fn only_for_programs(
    tx: &mut Tx<'_>,
    at: &Desk,
    officer: Option<OfficerId>,
) -> Result<(), Stop> {
    if matches!(at.actor, Actor::System(_)) {
        return Ok(());
    }
    acting(tx, at, Permission::ManageOfficers).await?;
    let Some(id) = officer else { return Ok(()) };
    let row = officers::officer(tx, id).await?.ok_or(Why::NotFound)?;
    if is_system(&row) { Ok(()) } else { Err(Refusal::from(Why::NotPermitted).about("officer", id).into()) }
}

/// Refuses an end that is over already: what is made with it would never hold.
pub(crate) fn to_come(expires_at: Option<i64>, at: &Desk) -> Result<(), Stop> {
    if expires_at.is_some_and(|end| end <= at.now) {
        return Err(Refusal::from(Why::FieldMissing).about("field", "expires_at").into());
    }
    Ok(())
}

/// Gives a program a token: an administrator for a program's office or for
/// nobody, Diwan itself for anyone.
#[derive(Debug, Serialize, Deserialize)]
pub struct IssueToken {
    /// What it is for.
    pub name: String,
    /// SHA-256 of the token; the token itself is never stored.
    pub token_hash: Vec<u8>,
    /// For which officer it acts.
    pub officer: Option<OfficerId>,
    /// For which account it acts.
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
        only_for_programs(tx, at, self.officer).await?;
        if self.account.is_some() && !matches!(at.actor, Actor::System(_)) {
            return Err(Refusal::from(Why::NotPermitted).about("field", "account").into());
        }
        if self.name.trim().is_empty() {
            return Err(Refusal::from(Why::FieldMissing).about("field", "name").into());
        }
        to_come(self.expires_at, at)?;
        known(&self.scopes)?;
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

/// Gives a program a token that acts for the officer who asks, signed in with
/// their second factor on a page. A program cannot make itself another.
#[derive(Debug, Serialize, Deserialize)]
pub struct IssueOwnToken {
    /// What it is for.
    pub name: String,
    /// SHA-256 of the token; the token itself is never stored.
    pub token_hash: Vec<u8>,
    /// What it may do; nothing that the officer may not.
    pub scopes: Vec<String>,
    /// For how many days, at most [`LONGEST_DAYS`].
    pub days: i64,
}

impl Act for IssueOwnToken {
    const NAME: &'static str = "issue-own-token";
    type Out = RowId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        let acting = in_office(tx, at).await?;
        if at.channel == Channel::Api {
            return Err(Refusal::from(Why::NotPermitted).about("channel", at.channel.code()).into());
        }
        if self.name.trim().is_empty() {
            return Err(Refusal::from(Why::FieldMissing).about("field", "name").into());
        }
        if !(1..=LONGEST_DAYS).contains(&self.days) {
            return Err(Refusal::from(Why::FieldMissing).about("field", "days").into());
        }
        known(&self.scopes)?;
        let beyond =
            |scope: &&String| Permission::from_code(scope).is_none_or(|permission| !acting.may(permission));
        if let Some(scope) = self.scopes.iter().find(beyond) {
            return Err(Refusal::from(Why::NotPermitted).about("permission", scope).into());
        }
        let row = ApiTokenRow {
            id: at.fresh("token"),
            name: self.name.trim().to_owned(),
            token_hash: self.token_hash.clone(),
            officer_id: Some(acting.officer.id),
            account_id: None,
            scopes: Json(json!(self.scopes)),
            since: at.now,
            expires_at: Some(at.now + self.days * A_DAY),
            ended_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        let entry = Entry::new("token-issued", "token", row.id)
            .with("name", row.name)
            .with("scopes", self.scopes.clone())
            .with("officer", acting.officer.id.to_string());
        Ok(Recorded::new(row.id, entry))
    }
}

/// Ends a token at once: an officer their own, an administrator any.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndToken {
    /// Which.
    pub token: RowId,
}

impl Act for EndToken {
    const NAME: &'static str = "end-token";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let row = officers::token_by_id(tx, self.token).await?;
        if !matches!(at.actor, Actor::System(_)) {
            let acting = in_office(tx, at).await?;
            let own = row.as_ref().is_some_and(|row| row.officer_id == Some(acting.officer.id));
            if !own && !acting.may(Permission::ManageOfficers) {
                return Err(Why::NotFound.into());
            }
        }
        let mut row = row.ok_or(Why::NotFound)?;
        row.ended_at = row.ended_at.or(Some(at.now));
        tx.edit(&mut row).await?;
        Ok(Recorded::new((), Entry::new("token-ended", "token", row.id).with("name", row.name)))
    }
}

/// The token a program showed, if it still holds.
///
/// # Errors
/// When the database fails.
pub async fn holder(tx: &mut Tx<'_>, token: &str, now: i64) -> Result<Option<ApiTokenRow>, Fault> {
    officers::token(tx, &secrets::hash(token), now).await
}

/// The tokens of an officer that were not ended, newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_officer(office: &Office, officer: OfficerId) -> Result<Vec<ApiTokenRow>, Fault> {
    officers::tokens_of(&mut office.db.reading().await?.tx(), officer).await
}

/// Every token, newest first; a manager of officers sees them all.
///
/// # Errors
/// Not permitted, or the database fails.
pub async fn all(tx: &mut Tx<'_>, at: &Desk) -> Result<Vec<ApiTokenRow>, Stop> {
    acting(tx, at, Permission::ManageOfficers).await?;
    Ok(officers::tokens(tx).await?)
}
