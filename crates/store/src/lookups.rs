//! Facts asked of other registers, and what was answered: the evidence.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use diwan_domain::ids::{CaseId, RowId};

record! {
    /// One question to another register. `path` holds what was typed, and goes
    /// when the case is erased; the hashes stay.
    pub struct LookupRow in "lookups" {
        id: RowId,
        case_id: CaseId,
        evidence: String,
        register: String,
        path: String,
        asked_at: i64,
        outcome: Option<String>,
        why: Option<String>,
        request_id: Option<String>,
        request_hash: Option<String>,
        response_hash: Option<String>,
        answered_at: Option<i64>,
        version: i64,
    }
}

/// The questions of a case, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<LookupRow>, Fault> {
    tx.all("SELECT * FROM lookups WHERE case_id = $1 ORDER BY asked_at, id", &vals![case]).await
}

/// One question.
///
/// # Errors
/// When the database fails.
pub async fn lookup(tx: &mut Tx<'_>, id: RowId) -> Result<Option<LookupRow>, Fault> {
    tx.one("SELECT * FROM lookups WHERE id = $1", &vals![id]).await
}

/// Questions without an answer, the longest waiting first.
///
/// # Errors
/// When the database fails.
pub async fn open(tx: &mut Tx<'_>, at_most: i64) -> Result<Vec<LookupRow>, Fault> {
    const OPEN: &str = "SELECT * FROM lookups WHERE outcome IS NULL ORDER BY asked_at, id LIMIT $1";
    tx.all(OPEN, &vals![at_most]).await
}
