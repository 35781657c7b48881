//! Signed papers, from the intent to sign to revocation.

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

/// Documents that were intended but not yet sealed, oldest first: what a power
/// cut left behind, or what waits for the printer.
///
/// # Errors
/// When the database fails.
pub async fn intended(tx: &mut Tx<'_>, at_most: i64) -> Result<Vec<DocumentRow>, Fault> {
    const WAIT: &str = "SELECT * FROM documents WHERE state = 'intended' ORDER BY intended_at LIMIT $1";
    tx.all(WAIT, &vals![at_most]).await
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
