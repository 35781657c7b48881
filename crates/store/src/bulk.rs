//! Certificates of many entries or people at once: what was asked for, and what became
//! of each.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::{Json, Row};
use diwan_domain::ids::{BulkId, CaseId, DocumentId, EntryId, OfficeId, OfficerId, PersonId, RowId};

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

record! {
    /// Whom an institution listed, where papers are made for people.
    pub struct BulkListRow in "bulk_lists" only added {
        id: RowId,
        bulk_id: BulkId,
        numbers: Json,
        recorded_at: i64,
    }
}

record! {
    /// What became of one line of a list: a paper, or why there is none.
    pub struct BulkPersonRow in "bulk_people" only added {
        id: RowId,
        bulk_id: BulkId,
        place: i64,
        number: String,
        person_id: Option<PersonId>,
        case_id: Option<CaseId>,
        document_id: Option<DocumentId>,
        why: Option<String>,
        waived: i64,
        recorded_at: i64,
    }
}

/// A paper of a bulk issue that could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnmadePaper {
    /// The paper's number.
    pub number: String,
    /// The number of its entry, or the one that was listed.
    pub line: String,
    /// Its case.
    pub case: CaseId,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BulkProgress {
    /// Entries or people whose paper was ordered.
    pub issued: i64,
    /// Of those, papers that are sealed.
    pub sealed: i64,
    /// Of those, papers that could not be made when their turn came.
    pub unmade: i64,
    /// Entries or people of whom no paper is made.
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

/// The numbers that were listed, in their order; none where entries are asked for.
///
/// # Errors
/// When the database fails.
pub async fn listed(tx: &mut Tx<'_>, id: BulkId) -> Result<Vec<String>, Fault> {
    let row: Option<BulkListRow> = tx.one("SELECT * FROM bulk_lists WHERE bulk_id = $1", &vals![id]).await?;
    let Some(row) = row else { return Ok(Vec::new()) };
    serde_json::from_value(row.numbers.0)
        .map_err(|error| Fault::WrongDatabase(format!("list of bulk issue {id}: {error}")))
}

/// What became of each listed number, in their order.
///
/// # Errors
/// When the database fails.
pub async fn people(tx: &mut Tx<'_>, id: BulkId) -> Result<Vec<BulkPersonRow>, Fault> {
    tx.all("SELECT * FROM bulk_people WHERE bulk_id = $1 ORDER BY place", &vals![id]).await
}

/// Whether somebody has a paper of a bulk issue already.
///
/// # Errors
/// When the database fails.
pub async fn has_paper(tx: &mut Tx<'_>, id: BulkId, person: PersonId) -> Result<bool, Fault> {
    const HAS: &str = "SELECT COUNT(*) AS n FROM bulk_people WHERE bulk_id = $1 AND person_id = $2";
    Ok(tx.count(HAS, &vals![id, person]).await? > 0)
}

/// The last line of the list that was looked at; 0 before the first.
///
/// # Errors
/// When the database fails.
pub async fn last_place(tx: &mut Tx<'_>, id: BulkId) -> Result<i64, Fault> {
    const LAST: &str = "SELECT place FROM bulk_people WHERE bulk_id = $1 ORDER BY place DESC LIMIT 1";
    tx.row(LAST, &vals![id]).await?.map_or(Ok(0), |row| row.get("place"))
}

/// The papers that were ordered, in the order of entries or of the list.
///
/// # Errors
/// When the database fails.
pub async fn papers(tx: &mut Tx<'_>, id: BulkId) -> Result<Vec<DocumentId>, Fault> {
    const OF_ENTRIES: &str = "
        SELECT document_id FROM bulk_lines WHERE bulk_id = $1 AND document_id IS NOT NULL ORDER BY entry_id";
    const OF_PEOPLE: &str = "
        SELECT document_id FROM bulk_people WHERE bulk_id = $1 AND document_id IS NOT NULL ORDER BY place";
    let mut rows = tx.rows(OF_ENTRIES, &vals![id]).await?;
    rows.extend(tx.rows(OF_PEOPLE, &vals![id]).await?);
    rows.iter().map(|row| row.get("document_id")).collect()
}

/// The papers that could not be made when their turn came, by number. They are tried
/// again.
///
/// # Errors
/// When the database fails.
pub async fn unmade(tx: &mut Tx<'_>, id: BulkId) -> Result<Vec<UnmadePaper>, Fault> {
    const UNMADE: &str = "
        SELECT   d.number, d.case_id, l.line
        FROM     (SELECT document_id, entry_number AS line FROM bulk_lines WHERE bulk_id = $1
                  UNION ALL SELECT document_id, number AS line FROM bulk_people WHERE bulk_id = $1) l
        JOIN     unmade_papers u ON u.document_id = l.document_id
        JOIN     documents d ON d.id = l.document_id
        WHERE    d.state = 'intended'
        ORDER BY d.number";
    let rows = tx.rows(UNMADE, &vals![id]).await?;
    let read = |row: &Row| {
        Ok(UnmadePaper { number: row.get("number")?, line: row.get("line")?, case: row.get("case_id")? })
    };
    rows.iter().map(read).collect()
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
               CAST(COALESCE(SUM(CASE WHEN d.state = 'intended' AND u.tries > 0 THEN 1 ELSE 0 END), 0) AS BIGINT)
                   AS unmade,
               CAST(COUNT(l.why) AS BIGINT) AS left_out,
               CAST(COALESCE(SUM(l.waived), 0) AS BIGINT) AS waived
        FROM   (SELECT document_id, why, waived FROM bulk_lines WHERE bulk_id = $1
                UNION ALL SELECT document_id, why, waived FROM bulk_people WHERE bulk_id = $1) l
        LEFT   JOIN documents d ON d.id = l.document_id
        LEFT   JOIN unmade_papers u ON u.document_id = l.document_id";
    let Some(row) = tx.row(COUNTS, &vals![id]).await? else { return Ok(BulkProgress::default()) };
    Ok(BulkProgress {
        issued: row.get("issued")?,
        sealed: row.get("sealed")?,
        unmade: row.get("unmade")?,
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
