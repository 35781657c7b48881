//! Declarations on their way into the register, corrections on theirs, the rules
//! both rest on, and who is let into protected records.

use crate::dialect;
use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{
    AreaId, CaseId, CorrectionId, DeclarationId, EntryId, EventId, OfficeId, OfficerId, PersonId, RowId,
};

record! {
    /// What the law asks of events, as published.
    pub struct RulesRow in "register_rules" only added {
        id: RowId,
        hash: String,
        body: String,
        published_at: i64,
    }
}

record! {
    /// What someone said of an event.
    pub struct DeclarationRow in "declarations" {
        id: DeclarationId,
        number: String,
        kind: String,
        state: String,
        office_id: OfficeId,
        area_id: Option<AreaId>,
        happened_on: Option<String>,
        /// A `domain::civil::Content`, as text.
        content: String,
        rule: Option<String>,
        rules_hash: Option<String>,
        doubts: Json,
        source: String,
        case_id: Option<CaseId>,
        entered_by: Option<OfficerId>,
        /// Identifiers of everyone who entered or mended it.
        hands: Json,
        checked_by: Option<OfficerId>,
        registered_by: Option<OfficerId>,
        event_id: Option<EventId>,
        entry_id: Option<EntryId>,
        duplicate_of: Option<DeclarationId>,
        /// What may be the same, as the office found it; see `office::civil::duplicates`.
        alike: Json,
        /// See `domain::duplicates::blocks`.
        alike_name: i64,
        alike_day: i64,
        reason: Option<String>,
        recorded_at: i64,
        declared_at: Option<i64>,
        moved_at: i64,
        version: i64,
    }
}

record! {
    /// A change of an entry: prepared by one officer, decided by another.
    pub struct CorrectionRow in "corrections" {
        id: CorrectionId,
        entry_id: EntryId,
        office_id: OfficeId,
        kind: String,
        ground: String,
        authority: Json,
        changes: Json,
        reason: String,
        state: String,
        prepared_by: OfficerId,
        prepared_at: i64,
        decided_by: Option<OfficerId>,
        decided_at: Option<i64>,
        decided_why: Option<String>,
        new_entry_id: Option<EntryId>,
        version: i64,
    }
}

record! {
    /// Who is let into a protected record.
    pub struct GrantRow in "record_grants" {
        id: RowId,
        person_id: PersonId,
        officer_id: OfficerId,
        reason: String,
        granted_by: OfficerId,
        recorded_at: i64,
        ended_at: Option<i64>,
        version: i64,
    }
}

/// The hash of the rules that stand; `None` before any were published.
///
/// # Errors
/// When the database fails.
pub async fn rules_hash(tx: &mut Tx<'_>) -> Result<Option<String>, Fault> {
    const NEWEST: &str = "SELECT hash FROM register_rules ORDER BY published_at DESC, id DESC LIMIT 1";
    tx.row(NEWEST, &[]).await?.map(|row| row.get("hash")).transpose()
}

/// The text of published rules.
///
/// # Errors
/// When the database fails.
pub async fn rules(tx: &mut Tx<'_>, hash: &str) -> Result<Option<RulesRow>, Fault> {
    tx.one("SELECT * FROM register_rules WHERE hash = $1", &vals![hash]).await
}

/// One declaration.
///
/// # Errors
/// When the database fails.
pub async fn declaration(tx: &mut Tx<'_>, id: DeclarationId) -> Result<Option<DeclarationRow>, Fault> {
    tx.one("SELECT * FROM declarations WHERE id = $1", &vals![id]).await
}

/// The declaration with this number.
///
/// # Errors
/// When the database fails.
pub async fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<DeclarationRow>, Fault> {
    tx.one("SELECT * FROM declarations WHERE number = $1", &vals![number]).await
}

/// The numbers of the next declarations after one, by identifier.
///
/// # Errors
/// When the database fails.
pub async fn numbers_after(
    tx: &mut Tx<'_>,
    after: DeclarationId,
    at_most: i64,
) -> Result<Vec<(DeclarationId, String)>, Fault> {
    const NEXT: &str = "SELECT id, number FROM declarations WHERE id > $1 ORDER BY id LIMIT $2";
    let rows = tx.rows(NEXT, &vals![after, at_most]).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("number")?))).collect()
}

/// What a case declared.
///
/// # Errors
/// When the database fails.
pub async fn of_case(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<DeclarationRow>, Fault> {
    const OF_CASE: &str = "
        SELECT * FROM declarations WHERE case_id = $1 ORDER BY recorded_at DESC, id LIMIT 1";
    tx.one(OF_CASE, &vals![case]).await
}

/// Declarations of a kind that share one of the numbers under which declarations
/// of one event meet ([`diwan_domain::duplicates::blocks`]), the newest first; of
/// them those that moved after a time.
///
/// # Errors
/// When the database fails.
pub async fn alike(
    tx: &mut Tx<'_>,
    kind: &str,
    (by_name, by_day): (i64, i64),
    moved_after: i64,
) -> Result<Vec<AlikeRow>, Fault> {
    // What did not move is not read: its text stands on pages of its own.
    const NAME: &str = "
        SELECT   id, state, area_id, CASE WHEN moved_at > $3 THEN content END AS content
        FROM     declarations WHERE alike_name = $1 AND kind = $2 ORDER BY recorded_at DESC, id LIMIT 20";
    const DAY: &str = "
        SELECT   id, state, area_id, CASE WHEN moved_at > $3 THEN content END AS content
        FROM     declarations WHERE alike_day = $1 AND kind = $2 ORDER BY recorded_at DESC, id LIMIT 20";
    let mut found: Vec<AlikeRow> = Vec::new();
    for (sql, number) in [(NAME, by_name), (DAY, by_day)] {
        if number == 0 {
            continue;
        }
        for row in tx.rows(sql, &vals![number, kind, moved_after]).await? {
            let Some(content) = row.get("content")? else { continue };
            let row = AlikeRow {
                id: row.get("id")?,
                state: row.get("state")?,
                area_id: row.get("area_id")?,
                content,
            };
            if !found.iter().any(|known| known.id == row.id) {
                found.push(row);
            }
        }
    }
    Ok(found)
}

/// As much of a declaration as tells whether it is of the same event as another.
#[derive(Clone, Debug)]
pub struct AlikeRow {
    /// The declaration.
    pub id: DeclarationId,
    /// Its state.
    pub state: String,
    /// Where it happened.
    pub area_id: Option<AreaId>,
    /// What it says: a `domain::civil::Content`, as text.
    pub content: String,
}

impl From<DeclarationRow> for AlikeRow {
    fn from(row: DeclarationRow) -> Self {
        Self { id: row.id, state: row.state, area_id: row.area_id, content: row.content }
    }
}

/// Notes where a declaration stands, for the lists of its office.
///
/// # Errors
/// When the database fails.
pub async fn note_work(tx: &mut Tx<'_>, row: &DeclarationRow) -> Result<(), Fault> {
    const NOTE: &str = "
        INSERT INTO declaration_work (declaration_id, office_id, state, kind, moved_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (declaration_id) DO UPDATE SET office_id = $2, state = $3, kind = $4, moved_at = $5";
    tx.side(NOTE, &vals![row.id, row.office_id, row.state, row.kind, row.moved_at]).await?;
    crate::protection::note_closed(tx, row).await
}

/// Which declarations a list shows.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The office whose work it is: the jurisdiction, always in the WHERE clause.
    pub office: OfficeId,
    /// In which state.
    pub state: String,
    /// Of which kind; `None` for all.
    pub kind: Option<String>,
    /// Only those that moved after this instant and identifier: the next page.
    pub after: Option<(i64, DeclarationId)>,
    /// At most so many.
    pub at_most: i64,
}

/// The declarations of a list, those that waited longest first.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx<'_>, wanted: &Wanted) -> Result<Vec<DeclarationRow>, Fault> {
    const LIST: &str = "
        SELECT   d.* FROM declaration_work w JOIN declarations d ON d.id = w.declaration_id
        WHERE    w.office_id = $1 AND w.state = $2 AND (w.kind = $3 OR $3 IS NULL)
          AND    (w.moved_at > $4 OR (w.moved_at = $4 AND w.declaration_id > $5) OR $4 IS NULL)
        ORDER BY w.moved_at, w.declaration_id LIMIT $6";
    let (at, id) = (wanted.after.map(|(at, _)| at), wanted.after.map(|(_, id)| id));
    tx.all(LIST, &vals![wanted.office, wanted.state, wanted.kind, at, id, wanted.at_most]).await
}

/// Which of the notices that somebody gave.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// In which state they stand now; `None` for all.
    pub state: Option<String>,
    /// Of which kind; `None` for all.
    pub kind: Option<String>,
    /// Only those given before this instant and identifier: the next page.
    pub before: Option<(i64, DeclarationId)>,
    /// At most so many.
    pub at_most: i64,
}

/// The notices that an officer gave, the newest first, whoever took them up since: the
/// journal knows who gave them.
///
/// # Errors
/// When the database fails.
pub async fn noticed_by(
    tx: &mut Tx<'_>,
    officer: OfficerId,
    given: &Given,
) -> Result<Vec<DeclarationRow>, Fault> {
    let (at, id) = (given.before.map(|(at, _)| at), given.before.map(|(_, id)| id));
    let asked = vals![officer.to_string(), given.state, given.kind, at, id, given.at_most];
    let notices = dialect::notices_given(tx.engine());
    tx.all(notices, &asked).await
}

/// How many declarations of an office stand in each state, without those that tie
/// someone whose record is closed to an officer; `None` for whoever sees every record.
///
/// # Errors
/// When the database fails.
pub async fn counts(
    tx: &mut Tx<'_>,
    office: OfficeId,
    seen_by: Option<OfficerId>,
) -> Result<Vec<(String, i64)>, Fault> {
    const COUNTS: &str = "
        SELECT   w.state, COUNT(*) AS n FROM declaration_work w
        WHERE    w.office_id = $1
          AND    (NOT EXISTS (
                    SELECT 1 FROM closed_work c
                    WHERE  c.declaration_id = w.declaration_id AND NOT EXISTS (
                        SELECT 1 FROM record_grants g
                        WHERE  g.person_id = c.person_id AND g.officer_id = $2 AND g.ended_at IS NULL))
                  OR $2 IS NULL)
        GROUP BY w.state ORDER BY w.state";
    let rows = tx.rows(COUNTS, &vals![office, seen_by]).await?;
    rows.iter().map(|row| Ok((row.get("state")?, row.get("n")?))).collect()
}

/// One correction.
///
/// # Errors
/// When the database fails.
pub async fn correction(tx: &mut Tx<'_>, id: CorrectionId) -> Result<Option<CorrectionRow>, Fault> {
    tx.one("SELECT * FROM corrections WHERE id = $1", &vals![id]).await
}

/// The corrections of an entry, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn corrections_of(tx: &mut Tx<'_>, entry: EntryId) -> Result<Vec<CorrectionRow>, Fault> {
    tx.all("SELECT * FROM corrections WHERE entry_id = $1 ORDER BY prepared_at, id", &vals![entry]).await
}

/// The corrections that wait in an office, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn corrections_waiting(tx: &mut Tx<'_>, office: OfficeId) -> Result<Vec<CorrectionRow>, Fault> {
    const WAITING: &str = "
        SELECT * FROM corrections WHERE office_id = $1 AND state = 'prepared' ORDER BY prepared_at, id LIMIT 500";
    tx.all(WAITING, &vals![office]).await
}

/// Whether an officer was let into a protected record.
///
/// # Errors
/// When the database fails.
pub async fn is_granted(tx: &mut Tx<'_>, person: PersonId, officer: OfficerId) -> Result<bool, Fault> {
    const GRANTED: &str = "
        SELECT COUNT(*) AS n FROM record_grants WHERE person_id = $1 AND officer_id = $2 AND ended_at IS NULL";
    Ok(tx.count(GRANTED, &vals![person, officer]).await? > 0)
}

/// Who is let into a protected record now.
///
/// # Errors
/// When the database fails.
pub async fn grants(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<GrantRow>, Fault> {
    const STANDING: &str = "
        SELECT * FROM record_grants WHERE person_id = $1 AND ended_at IS NULL ORDER BY recorded_at, id";
    tx.all(STANDING, &vals![person]).await
}

/// The papers that were issued from an entry and still count as genuine.
///
/// # Errors
/// When the database fails.
pub async fn papers_from(
    tx: &mut Tx<'_>,
    entry: EntryId,
) -> Result<Vec<crate::documents::DocumentRow>, Fault> {
    const FROM: &str = "
        SELECT   * FROM documents WHERE entry_id = $1 AND ended_at IS NULL ORDER BY intended_at, id";
    tx.all(FROM, &vals![entry]).await
}
