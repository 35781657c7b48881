//! Certificates of many entries at once: what was asked for, and what became of each
//! entry.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{BulkId, CaseId, DocumentId, EntryId, OfficeId, OfficerId, RowId};

record! {
    /// Certificates of many entries, asked for by an institution.
    pub struct BulkRow in "bulk_issues" {
        id: BulkId,
        office_id: OfficeId,
        service: String,
        edition: i64,
        kind: String,
        place: Option<String>,
        happened_from: Option<String>,
        happened_until: Option<String>,
        institution: String,
        basis: String,
        exempt: bool,
        answers: Json,
        /// `seen`, `waiting`, `running`, `stopped`, `done` or `discarded`.
        state: String,
        stopped_why: Option<String>,
        officer_id: OfficerId,
        language: String,
        begun_at: i64,
        ended_at: Option<i64>,
        version: i64,
    }
}

record! {
    /// What became of one entry: a paper, or why there is none.
    pub struct BulkLineRow in "bulk_lines" only added {
        id: RowId,
        bulk_id: BulkId,
        entry_id: EntryId,
        entry_number: String,
        case_id: Option<CaseId>,
        document_id: Option<DocumentId>,
        why: Option<String>,
        waived: i64,
        recorded_at: i64,
    }
}

/// How far it has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BulkProgress {
    /// Entries whose paper was ordered.
    pub issued: i64,
    /// Of those, papers that are sealed.
    pub sealed: i64,
    /// Entries of which no paper is made.
    pub left_out: i64,
    /// Fees that were not taken, in minor units.
    pub waived: i64,
}

/// One bulk issue.
///
/// # Errors
/// When the database fails.
pub async fn bulk(tx: &mut Tx<'_>, id: BulkId) -> Result<Option<BulkRow>, Fault> {
    tx.one("SELECT * FROM bulk_issues WHERE id = $1", &vals![id]).await
}

/// One bulk issue of an office.
///
/// # Errors
/// When the database fails.
pub async fn bulk_within(tx: &mut Tx<'_>, id: BulkId, office: OfficeId) -> Result<Option<BulkRow>, Fault> {
    tx.one("SELECT * FROM bulk_issues WHERE id = $1 AND office_id = $2", &vals![id, office]).await
}

/// Those of an office, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn newest(tx: &mut Tx<'_>, office: OfficeId, at_most: i64) -> Result<Vec<BulkRow>, Fault> {
    const NEWEST: &str = "
        SELECT * FROM bulk_issues WHERE office_id = $1 ORDER BY begun_at DESC, id DESC LIMIT $2";
    tx.all(NEWEST, &vals![office, at_most]).await
}

/// Those that are to be gone on with, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn waiting(tx: &mut Tx<'_>) -> Result<Vec<BulkRow>, Fault> {
    const WAITING: &str = "
        SELECT * FROM bulk_issues WHERE state IN ('waiting', 'running') ORDER BY begun_at, id LIMIT 20";
    tx.all(WAITING, &[]).await
}

/// What became of each entry, by entry.
///
/// # Errors
/// When the database fails.
pub async fn lines(tx: &mut Tx<'_>, id: BulkId) -> Result<Vec<BulkLineRow>, Fault> {
    tx.all("SELECT * FROM bulk_lines WHERE bulk_id = $1 ORDER BY entry_id", &vals![id]).await
}

/// What became of one entry.
///
/// # Errors
/// When the database fails.
pub async fn line(tx: &mut Tx<'_>, id: BulkId, entry: EntryId) -> Result<Option<BulkLineRow>, Fault> {
    tx.one("SELECT * FROM bulk_lines WHERE bulk_id = $1 AND entry_id = $2", &vals![id, entry]).await
}

/// The last entry that was looked at.
///
/// # Errors
/// When the database fails.
pub async fn last_entry(tx: &mut Tx<'_>, id: BulkId) -> Result<Option<EntryId>, Fault> {
    const LAST: &str = "SELECT entry_id FROM bulk_lines WHERE bulk_id = $1 ORDER BY entry_id DESC LIMIT 1";
    tx.row(LAST, &vals![id]).await?.map(|row| row.get("entry_id")).transpose()
}

/// How far it has come.
///
/// # Errors
/// When the database fails.
pub async fn progress(tx: &mut Tx<'_>, id: BulkId) -> Result<BulkProgress, Fault> {
    const COUNTS: &str = "
        SELECT CAST(COUNT(l.document_id) AS BIGINT) AS issued,
               CAST(COUNT(d.file_hash) AS BIGINT) AS sealed,
               CAST(COUNT(l.why) AS BIGINT) AS left_out,
               CAST(COALESCE(SUM(l.waived), 0) AS BIGINT) AS waived
        FROM   bulk_lines l LEFT JOIN documents d ON d.id = l.document_id
        WHERE  l.bulk_id = $1";
    let Some(row) = tx.row(COUNTS, &vals![id]).await? else { return Ok(BulkProgress::default()) };
    Ok(BulkProgress {
        issued: row.get("issued")?,
        sealed: row.get("sealed")?,
        left_out: row.get("left_out")?,
        waived: row.get("waived")?,
    })
}

/// The next entries of an office and kind after one, by identifier, as they stood at a
/// moment: of events on certain days, ISO 8601. What is known of a day only in part
/// counts as its first day.
///
/// # Errors
/// When the database fails.
pub async fn entries_after(
    tx: &mut Tx<'_>,
    of: &BulkRow,
    after: EntryId,
    at_most: i64,
) -> Result<Vec<EntryId>, Fault> {
    const NEXT: &str = "
        SELECT   e.id
        FROM     register_entries e JOIN events v ON v.id = e.event_id
        WHERE    e.kind = $1 AND e.office_id = $2 AND e.id > $3 AND e.recorded_at <= $4
          AND    COALESCE(v.happened_on, '') >= $5 AND COALESCE(v.happened_on, '') <= $6
          AND    NOT EXISTS (SELECT 1 FROM register_entries later
                             WHERE later.supersedes = e.id AND later.recorded_at <= $4)
        ORDER BY e.id LIMIT $7";
    let from = of.happened_from.as_deref().unwrap_or("");
    let until = of.happened_until.as_deref().unwrap_or("9999-12-31");
    let rows = tx
        .rows(NEXT, &vals![of.kind.as_str(), of.office_id, after, of.begun_at, from, until, at_most])
        .await?;
    rows.iter().map(|row| row.get("id")).collect()
}
