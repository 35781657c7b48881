//! Who works here, in which roles, and the tokens programs use.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{AccountId, AreaId, CentreId, OfficeId, OfficerId, PersonId, RowId};

record! {
    /// Someone in office.
    pub struct OfficerRow in "officers" {
        id: OfficerId,
        person_id: Option<PersonId>,
        login: String,
        name: String,
        email: Option<String>,
        office_id: Option<OfficeId>,
        centre_id: Option<CentreId>,
        area_id: Option<AreaId>,
        language: String,
        password_hash: Option<String>,
        totp_secret: Option<String>,
        totp_last_step: Option<i64>,
        invitation_hash: Option<Vec<u8>>,
        invitation_until: Option<i64>,
        invited_by: Option<OfficerId>,
        active_at: Option<i64>,
        leave_from: Option<String>,
        leave_until: Option<String>,
        ended_at: Option<i64>,
        version: i64,
    }
}

record! {
    /// A role an officer holds for a time.
    pub struct OfficerRoleRow in "officer_roles" {
        id: RowId,
        officer_id: OfficerId,
        role: String,
        since: i64,
        until: Option<i64>,
        granted_by: Option<OfficerId>,
        version: i64,
    }
}

record! {
    /// A token by which a program signs in.
    pub struct ApiTokenRow in "api_tokens" {
        id: RowId,
        name: String,
        token_hash: Vec<u8>,
        officer_id: Option<OfficerId>,
        account_id: Option<AccountId>,
        scopes: Json,
        since: i64,
        expires_at: Option<i64>,
        ended_at: Option<i64>,
        version: i64,
    }
}

/// The officers of an office who hold a role now and are in service.
///
/// # Errors
/// When the database fails.
pub async fn with_role(tx: &mut Tx<'_>, office: OfficeId, role: &str) -> Result<Vec<OfficerRow>, Fault> {
    const HOLD: &str = "
        SELECT   o.* FROM officers o
        WHERE    o.office_id = $1 AND o.active_at IS NOT NULL AND o.ended_at IS NULL
          AND    EXISTS (SELECT 1 FROM officer_roles r
                         WHERE r.officer_id = o.id AND r.role = $2 AND r.until IS NULL)
        ORDER BY o.login";
    tx.all(HOLD, &vals![office, role]).await
}

/// Everyone in service who holds a role, wherever they work.
///
/// # Errors
/// When the database fails.
pub async fn all_with_role(tx: &mut Tx<'_>, role: &str) -> Result<Vec<OfficerRow>, Fault> {
    const HOLD: &str = "
        SELECT   o.* FROM officers o
        WHERE    o.active_at IS NOT NULL AND o.ended_at IS NULL
          AND    EXISTS (SELECT 1 FROM officer_roles r
                         WHERE r.officer_id = o.id AND r.role = $1 AND r.until IS NULL)
        ORDER BY o.login";
    tx.all(HOLD, &vals![role]).await
}

/// Officers who hold open cases.
///
/// # Errors
/// When the database fails.
pub async fn holding_cases(tx: &mut Tx<'_>) -> Result<Vec<OfficerRow>, Fault> {
    const HOLDING: &str = "
        SELECT   * FROM officers
        WHERE    EXISTS (SELECT 1 FROM cases
                         WHERE assigned_to = officers.id AND phase IN ('in-progress', 'waiting-for-applicant'))
           OR    EXISTS (SELECT 1 FROM cases
                         WHERE assigned_to = officers.id AND phase = 'approved' AND move_role IS NOT NULL)
        ORDER BY login";
    tx.all(HOLDING, &[]).await
}

/// One officer.
///
/// # Errors
/// When the database fails.
pub async fn officer(tx: &mut Tx<'_>, id: OfficerId) -> Result<Option<OfficerRow>, Fault> {
    tx.one("SELECT * FROM officers WHERE id = $1", &vals![id]).await
}

/// The officer who signs in by this name.
///
/// # Errors
/// When the database fails.
pub async fn by_login(tx: &mut Tx<'_>, login: &str) -> Result<Option<OfficerRow>, Fault> {
    tx.one("SELECT * FROM officers WHERE login = $1", &vals![login]).await
}

/// The officer whom an unspent invitation names.
///
/// # Errors
/// When the database fails.
pub async fn by_invitation(tx: &mut Tx<'_>, hash: &[u8], now: i64) -> Result<Option<OfficerRow>, Fault> {
    const INVITED: &str = "
        SELECT * FROM officers WHERE invitation_hash = $1 AND invitation_until > $2 AND ended_at IS NULL";
    tx.one(INVITED, &vals![hash.to_vec(), now]).await
}

/// Every officer, by name.
///
/// # Errors
/// When the database fails.
pub async fn all(tx: &mut Tx<'_>) -> Result<Vec<OfficerRow>, Fault> {
    tx.all("SELECT * FROM officers ORDER BY login", &[]).await
}

/// The officers of a centre, by name.
///
/// # Errors
/// When the database fails.
pub async fn of_centre(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<OfficerRow>, Fault> {
    tx.all("SELECT * FROM officers WHERE centre_id = $1 ORDER BY name, id LIMIT 500", &vals![centre]).await
}

/// The roles an officer holds now.
///
/// # Errors
/// When the database fails.
pub async fn roles(tx: &mut Tx<'_>, officer: OfficerId) -> Result<Vec<OfficerRoleRow>, Fault> {
    tx.all(
        "SELECT * FROM officer_roles WHERE officer_id = $1 AND until IS NULL ORDER BY role",
        &vals![officer],
    )
    .await
}

/// The token a program showed, if it still holds.
///
/// # Errors
/// When the database fails.
pub async fn token(tx: &mut Tx<'_>, hash: &[u8], now: i64) -> Result<Option<ApiTokenRow>, Fault> {
    const HOLDS: &str = "
        SELECT * FROM api_tokens
        WHERE  token_hash = $1 AND ended_at IS NULL AND (expires_at IS NULL OR expires_at > $2)";
    tx.one(HOLDS, &vals![hash.to_vec(), now]).await
}

/// One token.
///
/// # Errors
/// When the database fails.
pub async fn token_by_id(tx: &mut Tx<'_>, id: RowId) -> Result<Option<ApiTokenRow>, Fault> {
    tx.one("SELECT * FROM api_tokens WHERE id = $1", &vals![id]).await
}

/// The tokens that act for an officer and were not ended, newest first.
///
/// # Errors
/// When the database fails.
pub async fn tokens_of(tx: &mut Tx<'_>, officer: OfficerId) -> Result<Vec<ApiTokenRow>, Fault> {
    const OF: &str = "
        SELECT * FROM api_tokens WHERE officer_id = $1 AND ended_at IS NULL ORDER BY since DESC, id";
    tx.all(OF, &vals![officer]).await
}

/// Every token, newest first.
///
/// # Errors
/// When the database fails.
pub async fn tokens(tx: &mut Tx<'_>) -> Result<Vec<ApiTokenRow>, Fault> {
    tx.all("SELECT * FROM api_tokens ORDER BY since DESC, id", &[]).await
}
