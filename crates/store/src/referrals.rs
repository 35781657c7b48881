//! Requests of one office to another: the place of registration is asked for an
//! entry that could not be found.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use diwan_domain::ids::{CaseId, OfficeId, OfficerId, PersonId, RowId};

record! {
    /// One request, and its answer.
    pub struct ReferralRow in "referrals" {
        id: RowId,
        case_id: CaseId,
        from_office: OfficeId,
        to_office: OfficeId,
        words: String,
        asked_by: OfficerId,
        asked_at: i64,
        due_at: Option<i64>,
        outcome: Option<String>,
        holder_id: Option<PersonId>,
        answer: Option<String>,
        answered_by: Option<OfficerId>,
        answered_at: Option<i64>,
        version: i64,
    }
}

/// One request that concerns an office, as the one that asks or is asked.
///
/// # Errors
/// When the database fails.
pub async fn referral(tx: &mut Tx<'_>, id: RowId, office: OfficeId) -> Result<Option<ReferralRow>, Fault> {
    const ONE: &str = "SELECT * FROM referrals WHERE id = $1 AND (to_office = $2 OR from_office = $2)";
    tx.one(ONE, &vals![id, office]).await
}

/// The requests of a case, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<ReferralRow>, Fault> {
    tx.all("SELECT * FROM referrals WHERE case_id = $1 ORDER BY asked_at, id", &vals![case]).await
}

/// What an office is asked and has not answered, the most urgent first.
///
/// # Errors
/// When the database fails.
pub async fn open_at(
    tx: &mut Tx<'_>,
    office: OfficeId,
    seen_by: Option<OfficerId>,
    page: (i64, i64),
) -> Result<Vec<ReferralRow>, Fault> {
    const OPEN: &str = "
        SELECT   r.* FROM referrals r
        WHERE    r.to_office = $1 AND r.answered_at IS NULL
          AND    (NOT EXISTS (
                    SELECT 1 FROM cases c JOIN persons p ON p.id = c.applicant_id OR p.id = c.holder_id
                    WHERE  c.id = r.case_id AND p.protected <> 0 AND NOT EXISTS (
                        SELECT 1 FROM record_grants g
                        WHERE  g.person_id = p.id AND g.officer_id = $2 AND g.ended_at IS NULL))
                  OR $2 IS NULL)
        ORDER BY CASE WHEN r.due_at IS NULL THEN 1 ELSE 0 END, r.due_at, r.id LIMIT $3 OFFSET $4";
    tx.all(OPEN, &vals![office, seen_by, page.0, page.1]).await
}

/// How many requests an office has not answered.
///
/// # Errors
/// When the database fails.
pub async fn count_open_at(
    tx: &mut Tx<'_>,
    office: OfficeId,
    seen_by: Option<OfficerId>,
) -> Result<i64, Fault> {
    const OPEN: &str = "
        SELECT COUNT(*) AS n FROM referrals r
        WHERE    r.to_office = $1 AND r.answered_at IS NULL
          AND    (NOT EXISTS (
                    SELECT 1 FROM cases c JOIN persons p ON p.id = c.applicant_id OR p.id = c.holder_id
                    WHERE  c.id = r.case_id AND p.protected <> 0 AND NOT EXISTS (
                        SELECT 1 FROM record_grants g
                        WHERE  g.person_id = p.id AND g.officer_id = $2 AND g.ended_at IS NULL))
                  OR $2 IS NULL)";
    tx.count(OPEN, &vals![office, seen_by]).await
}
