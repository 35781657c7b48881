//! Signed papers, from the intent to sign to revocation.

use crate::db::Db;
use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{CaseId, CentreId, DocumentId, EntryId, JournalId, OfficeId, OfficerId, PersonId};

record! {
    /// A certificate or other signed paper.
    pub struct DocumentRow in "documents" {
        id: DocumentId,
        number: String,
        case_id: CaseId,
        kind: String,
        office_id: OfficeId,
        centre_id: Option<CentreId>,
        entry_id: Option<EntryId>,
        holder_id: Option<PersonId>,
        check_code: String,
        state: String,
        fields: Json,
        languages: Json,
        copies: i64,
        rule: Option<String>,
        officer_id: Option<OfficerId>,
        key_id: Option<String>,
        file_hash: Option<String>,
        journal_entry: Option<JournalId>,
        intended_at: i64,
        sealed_at: Option<i64>,
        released_at: Option<i64>,
        ended_at: Option<i64>,
        end_reason: Option<String>,
        ended_by: Option<OfficerId>,
        replaced_by: Option<DocumentId>,
        training: bool,
        confirmed_at: Option<i64>,
        confirmed_by: Option<String>,
        confirmed_serial: Option<String>,
        version: i64,
    }
}

/// One document.
///
/// # Errors
/// When the database fails.
pub async fn document(tx: &mut Tx<'_>, id: DocumentId) -> Result<Option<DocumentRow>, Fault> {
    tx.one("SELECT * FROM documents WHERE id = $1", &vals![id]).await
}

/// The document that a check code names.
///
/// # Errors
/// When the database fails.
pub async fn by_check_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<DocumentRow>, Fault> {
    tx.one("SELECT * FROM documents WHERE check_code = $1", &vals![code]).await
}

/// The document whose file has this hash.
///
/// # Errors
/// When the database fails.
pub async fn by_file(tx: &mut Tx<'_>, hash: &str) -> Result<Option<DocumentRow>, Fault> {
    tx.one("SELECT * FROM documents WHERE file_hash = $1 ORDER BY intended_at, id LIMIT 1", &vals![hash])
        .await
}

/// The document with this number.
///
/// # Errors
/// When the database fails.
pub async fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<DocumentRow>, Fault> {
    tx.one("SELECT * FROM documents WHERE number = $1", &vals![number]).await
}

/// The documents of a case, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<DocumentRow>, Fault> {
    tx.all("SELECT * FROM documents WHERE case_id = $1 ORDER BY intended_at, id", &vals![case]).await
}

/// The papers about someone that still count as genuine, whoever they were once known as.
///
/// # Errors
/// When the database fails.
pub async fn standing_of(tx: &mut Tx<'_>, holder: PersonId) -> Result<Vec<DocumentRow>, Fault> {
    const STANDING: &str = "
        SELECT   d.* FROM cases c JOIN documents d ON d.case_id = c.id
        WHERE    c.holder_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND    d.holder_id = c.holder_id AND d.ended_at IS NULL
        ORDER BY d.intended_at, d.id";
    tx.all(STANDING, &vals![holder]).await
}

/// Documents that were intended but not yet sealed, oldest first: what a power
/// cut left behind, or what waits for the printer.
///
/// # Errors
/// When the database fails.
pub async fn intended(tx: &mut Tx<'_>, at_most: i64) -> Result<Vec<DocumentRow>, Fault> {
    const WAIT: &str = "SELECT * FROM documents WHERE state = 'intended' ORDER BY intended_at LIMIT $1";
    tx.all(WAIT, &vals![at_most]).await
}

/// The papers whose turn it is to be made: those that were not tried yet, the oldest
/// first, then those that could not be made before and may be tried again. One that
/// cannot be made holds up none that can.
///
/// # Errors
/// When the database fails.
pub async fn to_make(tx: &mut Tx<'_>, now: i64, at_most: i64) -> Result<Vec<DocumentRow>, Fault> {
    const UNTRIED: &str = "
        SELECT   * FROM documents d
        WHERE    d.state = 'intended' AND NOT EXISTS (SELECT 1 FROM unmade_papers u WHERE u.document_id = d.id)
        ORDER BY d.intended_at LIMIT $1";
    const AGAIN: &str = "
        SELECT   d.* FROM unmade_papers u JOIN documents d ON d.id = u.document_id
        WHERE    u.again_at <= $1 AND d.state = 'intended'
        ORDER BY u.again_at LIMIT $2";
    let mut turn: Vec<DocumentRow> = tx.all(UNTRIED, &vals![at_most]).await?;
    let room = at_most - turn.len() as i64;
    if room > 0 {
        turn.extend(tx.all(AGAIN, &vals![now, room]).await?);
    }
    Ok(turn)
}

/// For how long a paper waits before it is tried again: a second after the first time,
/// and twice as long each time, up to a quarter of an hour. Microseconds.
fn pause_after(tries: i64) -> i64 {
    const SECOND: i64 = 1_000_000;
    SECOND << (tries.clamp(1, 10) - 1)
}

/// Notes in its act that a paper could not be made when its turn came first.
///
/// # Errors
/// When the database fails.
pub async fn note_unmade(tx: &mut Tx<'_>, document: DocumentId, now: i64) -> Result<(), Fault> {
    const NOTE: &str = "
        INSERT INTO unmade_papers (document_id, tries, tried_at, again_at) VALUES ($1, 1, $2, $3)
        ON CONFLICT (document_id) DO NOTHING";
    tx.side(NOTE, &vals![document, now, now + pause_after(1)]).await
}

/// How often a paper was tried that could not be made; 0 where it was not noted.
///
/// # Errors
/// When the database fails.
pub async fn tries(tx: &mut Tx<'_>, document: DocumentId) -> Result<i64, Fault> {
    const TRIES: &str = "SELECT tries FROM unmade_papers WHERE document_id = $1";
    tx.row(TRIES, &vals![document]).await?.map_or(Ok(0), |row| row.get("tries"))
}

/// Counts that a paper could not be made once more.
///
/// # Errors
/// When the database fails.
pub async fn tried_again(db: &Db, document: DocumentId, tries: i64, now: i64) -> Result<(), Fault> {
    const COUNT: &str = "
        UPDATE unmade_papers SET tries = $2, tried_at = $3, again_at = $4 WHERE document_id = $1";
    db.side(COUNT, &vals![document, tries, now, now + pause_after(tries)]).await.map(drop)
}

/// Whether a paper could not be made when its turn came.
///
/// # Errors
/// When the database fails.
pub async fn is_unmade(tx: &mut Tx<'_>, document: DocumentId) -> Result<bool, Fault> {
    const TRIED: &str = "
        SELECT COUNT(*) AS n FROM unmade_papers u JOIN documents d ON d.id = u.document_id
        WHERE  u.document_id = $1 AND d.state = 'intended'";
    Ok(tx.count(TRIED, &vals![document]).await? > 0)
}

/// Lets a paper that could not be made have its turn at once: something about it was mended.
///
/// # Errors
/// When the database fails.
pub async fn try_soon(tx: &mut Tx<'_>, document: DocumentId, now: i64) -> Result<(), Fault> {
    tx.side("UPDATE unmade_papers SET again_at = $2 WHERE document_id = $1", &vals![document, now]).await
}

/// Forgets that papers could not be made which were made since, or ended.
///
/// # Errors
/// When the database fails.
pub async fn sweep(db: &Db) -> Result<(), Fault> {
    const MADE: &str = "
        DELETE FROM unmade_papers
        WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.id = unmade_papers.document_id AND d.state = 'intended')";
    db.side(MADE, &[]).await.map(drop)
}

/// How many documents of other cases stand on an entry: the earlier copies.
///
/// # Errors
/// When the database fails.
pub async fn copies_before(tx: &mut Tx<'_>, entry: EntryId, kind: &str, case: CaseId) -> Result<i64, Fault> {
    const BEFORE: &str = "
        SELECT COUNT(*) AS n FROM documents WHERE entry_id = $1 AND kind = $2 AND case_id <> $3 AND state <> 'intended'";
    tx.count(BEFORE, &vals![entry, kind, case]).await
}
