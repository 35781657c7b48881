//! Scanned ledgers: their pages, who keyed what of them, and how well.

use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::{Json, Row};
use diwan_domain::ids::{EntryId, ImportId, KeyingId, LedgerId, LedgerPageId, OfficeId, OfficerId, RowId};

record! {
    /// A ledger whose scanned pages are keyed in.
    pub struct LedgerRow in "ledgers" {
        id: LedgerId,
        office_id: OfficeId,
        kind: String,
        name: String,
        directorate: String,
        record_no: String,
        number_prefix: String,
        /// Which share of its pages is keyed twice, of a hundred.
        sample_percent: i64,
        /// Above which share of differing fields all are, of a thousand.
        threshold_permille: i64,
        all_twice_at: Option<i64>,
        opened_by: OfficerId,
        opened_at: i64,
        version: i64,
    }
}

record! {
    /// One scanned page.
    pub struct LedgerPageRow in "ledger_pages" {
        id: LedgerPageId,
        ledger_id: LedgerId,
        page_no: String,
        place: i64,
        file_hash: String,
        file_name: String,
        media: String,
        bytes: i64,
        /// `waiting`, `keying`, `again`, `keying-again`, `differing`, `settled` or `in`.
        state: String,
        is_twice: bool,
        first_keying: Option<KeyingId>,
        second_keying: Option<KeyingId>,
        decision: Option<KeyingId>,
        compared: i64,
        differing: i64,
        wrong_first: i64,
        wrong_second: i64,
        import_id: Option<ImportId>,
        added_by: OfficerId,
        added_at: i64,
        version: i64,
    }
}

record! {
    /// What one officer keyed of a page.
    pub struct KeyingRow in "ledger_keyings" {
        id: KeyingId,
        page_id: LedgerPageId,
        officer_id: OfficerId,
        /// `first`, `second` or `decision`.
        part: String,
        rows_keyed: Json,
        begun_at: i64,
        touched_at: i64,
        ended_at: Option<i64>,
        given_back_at: Option<i64>,
        version: i64,
    }
}

record! {
    /// An entry that went in, or a row that did not, and that a second keying says
    /// otherwise.
    pub struct LedgerCheckRow in "ledger_checks" {
        id: RowId,
        ledger_id: LedgerId,
        page_id: LedgerPageId,
        row_no: i64,
        entry_id: Option<EntryId>,
        /// `differs`, `missing` or `not-there`.
        kind: String,
        fields: Json,
        /// `open` or `done`.
        state: String,
        /// `corrected`, `registered` or `stands`.
        outcome: Option<String>,
        reason: Option<String>,
        settled_by: Option<OfficerId>,
        settled_at: Option<i64>,
        recorded_at: i64,
        version: i64,
    }
}

/// How many pages of a ledger stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LedgerProgress {
    /// Pages of which nothing is keyed.
    pub waiting: i64,
    /// Pages that someone keys at this moment.
    pub keying: i64,
    /// Pages whose first keying ended and that wait for nothing or for a second.
    pub keyed: i64,
    /// Pages that were keyed twice.
    pub keyed_twice: i64,
    /// Pages whose keyings differ and of which nobody decided.
    pub differing: i64,
    /// Pages that are settled and not in the register.
    pub settled: i64,
    /// Pages whose rows went into the register, those that are keyed again among them.
    pub brought_in: i64,
    /// Of those, pages that were keyed once.
    pub in_once: i64,
    /// All pages.
    pub pages: i64,
    /// Fields that were compared.
    pub compared: i64,
    /// Fields of these that differed.
    pub fields_differing: i64,
}

/// How well one officer keyed a ledger, in pages that were keyed twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quality {
    /// The officer.
    pub officer: OfficerId,
    /// Their name.
    pub name: String,
    /// Pages of theirs that were compared.
    pub pages: i64,
    /// Fields that were compared.
    pub compared: i64,
    /// Fields in which they and the other officer differed.
    pub differing: i64,
    /// Fields that were decided otherwise than they keyed them.
    pub wrong: i64,
}

/// One ledger, wherever it is.
///
/// # Errors
/// When the database fails.
pub async fn ledger(tx: &mut Tx<'_>, id: LedgerId) -> Result<Option<LedgerRow>, Fault> {
    tx.one("SELECT * FROM ledgers WHERE id = $1", &vals![id]).await
}

/// One ledger of an office.
///
/// # Errors
/// When the database fails.
pub async fn ledger_of(tx: &mut Tx<'_>, id: LedgerId, office: OfficeId) -> Result<Option<LedgerRow>, Fault> {
    tx.one("SELECT * FROM ledgers WHERE id = $1 AND office_id = $2", &vals![id, office]).await
}

/// Ledgers, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn newest(tx: &mut Tx<'_>, at_most: i64) -> Result<Vec<LedgerRow>, Fault> {
    tx.all("SELECT * FROM ledgers ORDER BY opened_at DESC, id DESC LIMIT $1", &vals![at_most]).await
}

/// Ledgers of an office, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn newest_of(tx: &mut Tx<'_>, office: OfficeId, at_most: i64) -> Result<Vec<LedgerRow>, Fault> {
    const OF: &str = "
        SELECT * FROM ledgers WHERE office_id = $1 ORDER BY opened_at DESC, id DESC LIMIT $2";
    tx.all(OF, &vals![office, at_most]).await
}

/// The first ledger of an office and kind that is called so, of this record.
///
/// # Errors
/// When the database fails.
pub async fn called(
    tx: &mut Tx<'_>,
    (office, kind): (OfficeId, &str),
    name: &str,
    directorate: &str,
    record_no: &str,
) -> Result<Option<LedgerRow>, Fault> {
    const CALLED: &str = "
        SELECT * FROM ledgers
        WHERE  office_id = $1 AND kind = $2 AND name = $3 AND directorate = $4 AND record_no = $5
        ORDER BY opened_at, id LIMIT 1";
    tx.one(CALLED, &vals![office, kind, name, directorate, record_no]).await
}

/// One page.
///
/// # Errors
/// When the database fails.
pub async fn page(tx: &mut Tx<'_>, id: LedgerPageId) -> Result<Option<LedgerPageRow>, Fault> {
    tx.one("SELECT * FROM ledger_pages WHERE id = $1", &vals![id]).await
}

/// The page from which an import came.
///
/// # Errors
/// When the database fails.
pub async fn page_of_import(tx: &mut Tx<'_>, id: ImportId) -> Result<Option<LedgerPageRow>, Fault> {
    tx.one("SELECT * FROM ledger_pages WHERE import_id = $1", &vals![id]).await
}

/// The page of a ledger with a number.
///
/// # Errors
/// When the database fails.
pub async fn page_numbered(
    tx: &mut Tx<'_>,
    ledger: LedgerId,
    page_no: &str,
) -> Result<Option<LedgerPageRow>, Fault> {
    const NUMBERED: &str = "SELECT * FROM ledger_pages WHERE ledger_id = $1 AND page_no = $2";
    tx.one(NUMBERED, &vals![ledger, page_no]).await
}

/// A page of any ledger of an office with this image.
///
/// # Errors
/// When the database fails.
pub async fn page_with_image(
    tx: &mut Tx<'_>,
    office: OfficeId,
    file_hash: &str,
) -> Result<Option<LedgerPageRow>, Fault> {
    const WITH: &str = "
        SELECT p.* FROM ledger_pages p JOIN ledgers l ON l.id = p.ledger_id
        WHERE  p.file_hash = $1 AND l.office_id = $2 LIMIT 1";
    tx.one(WITH, &vals![file_hash, office]).await
}

/// How many pages a ledger has.
///
/// # Errors
/// When the database fails.
pub async fn count_pages(tx: &mut Tx<'_>, ledger: LedgerId) -> Result<i64, Fault> {
    tx.count("SELECT COUNT(*) AS n FROM ledger_pages WHERE ledger_id = $1", &vals![ledger]).await
}

/// The pages of a ledger in their order, after a place.
///
/// # Errors
/// When the database fails.
pub async fn pages_after(
    tx: &mut Tx<'_>,
    ledger: LedgerId,
    place: i64,
    at_most: i64,
) -> Result<Vec<LedgerPageRow>, Fault> {
    const AFTER: &str = "
        SELECT * FROM ledger_pages WHERE ledger_id = $1 AND place > $2 ORDER BY place LIMIT $3";
    tx.all(AFTER, &vals![ledger, place, at_most]).await
}

/// Pages of a ledger in one state, the first first.
///
/// # Errors
/// When the database fails.
pub async fn pages_in(
    tx: &mut Tx<'_>,
    ledger: LedgerId,
    state: &str,
    at_most: i64,
) -> Result<Vec<LedgerPageRow>, Fault> {
    const IN: &str = "
        SELECT * FROM ledger_pages WHERE ledger_id = $1 AND state = $2 ORDER BY place LIMIT $3";
    tx.all(IN, &vals![ledger, state, at_most]).await
}

/// Pages of a ledger that were keyed once and are settled or in the register.
///
/// # Errors
/// When the database fails.
pub async fn keyed_once(tx: &mut Tx<'_>, ledger: LedgerId) -> Result<Vec<LedgerPageRow>, Fault> {
    const ONCE: &str = "
        SELECT   * FROM ledger_pages
        WHERE    ledger_id = $1 AND state IN ('settled', 'in') AND second_keying IS NULL
        ORDER BY place";
    tx.all(ONCE, &vals![ledger]).await
}

/// The first pages of a ledger that this officer may key: nobody keys them now, and
/// the officer did not key them before. A page that they gave back unfinished is theirs
/// to take again.
///
/// # Errors
/// When the database fails.
pub async fn to_key(
    tx: &mut Tx<'_>,
    ledger: LedgerId,
    officer: OfficerId,
    at_most: i64,
) -> Result<Vec<LedgerPageRow>, Fault> {
    const TO_KEY: &str = "
        SELECT   * FROM ledger_pages p
        WHERE    p.ledger_id = $1 AND p.state IN ('waiting', 'again')
          AND    NOT EXISTS (SELECT 1 FROM ledger_keyings k
                             WHERE k.page_id = p.id AND k.officer_id IN (SELECT o.id FROM officers o WHERE o.id = $2
                                 OR o.person_id = (SELECT own.person_id FROM officers own WHERE own.id = $2)) AND k.given_back_at IS NULL)
        ORDER BY p.place LIMIT $3";
    tx.all(TO_KEY, &vals![ledger, officer, at_most]).await
}

/// How many pages of a ledger this officer may key, by whichever account.
///
/// # Errors
/// When the database fails.
pub async fn count_to_key(tx: &mut Tx<'_>, ledger: LedgerId, officer: OfficerId) -> Result<i64, Fault> {
    const TO_KEY: &str = "
        SELECT COUNT(*) AS n FROM ledger_pages p
        WHERE  p.ledger_id = $1 AND p.state IN ('waiting', 'again')
          AND  NOT EXISTS (SELECT 1 FROM ledger_keyings k
                           WHERE k.page_id = p.id AND k.officer_id IN (SELECT o.id FROM officers o WHERE o.id = $2
                                 OR o.person_id = (SELECT own.person_id FROM officers own WHERE own.id = $2)) AND k.given_back_at IS NULL)";
    tx.count(TO_KEY, &vals![ledger, officer]).await
}

/// Pages of a ledger whose keyings differ and of which this officer may decide: they
/// had no hand in them.
///
/// # Errors
/// When the database fails.
pub async fn to_decide(
    tx: &mut Tx<'_>,
    ledger: LedgerId,
    officer: OfficerId,
    at_most: i64,
) -> Result<Vec<LedgerPageRow>, Fault> {
    const TO_DECIDE: &str = "
        SELECT   * FROM ledger_pages p
        WHERE    p.ledger_id = $1 AND p.state = 'differing'
          AND    NOT EXISTS (SELECT 1 FROM ledger_keyings k WHERE k.page_id = p.id AND k.officer_id IN (SELECT o.id FROM officers o WHERE o.id = $2
                                 OR o.person_id = (SELECT own.person_id FROM officers own WHERE own.id = $2)))
        ORDER BY p.place LIMIT $3";
    tx.all(TO_DECIDE, &vals![ledger, officer, at_most]).await
}

/// The page of a ledger that an officer has in hand.
///
/// # Errors
/// When the database fails.
pub async fn in_hand(
    tx: &mut Tx<'_>,
    ledger: LedgerId,
    officer: OfficerId,
) -> Result<Option<LedgerPageRow>, Fault> {
    const IN_HAND: &str = "
        SELECT p.* FROM ledger_keyings k JOIN ledger_pages p ON p.id = k.page_id
        WHERE  k.officer_id = $2 AND k.ended_at IS NULL AND k.given_back_at IS NULL AND p.ledger_id = $1
        ORDER BY k.begun_at LIMIT 1";
    tx.one(IN_HAND, &vals![ledger, officer]).await
}

/// One keying.
///
/// # Errors
/// When the database fails.
pub async fn keying(tx: &mut Tx<'_>, id: KeyingId) -> Result<Option<KeyingRow>, Fault> {
    tx.one("SELECT * FROM ledger_keyings WHERE id = $1", &vals![id]).await
}

/// Everything that was keyed of a page, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn keyings(tx: &mut Tx<'_>, page: LedgerPageId) -> Result<Vec<KeyingRow>, Fault> {
    tx.all("SELECT * FROM ledger_keyings WHERE page_id = $1 ORDER BY begun_at, id", &vals![page]).await
}

/// How many pages of a ledger stand where, and how many fields differ.
///
/// # Errors
/// When the database fails.
pub async fn progress(tx: &mut Tx<'_>, ledger: LedgerId) -> Result<LedgerProgress, Fault> {
    const COUNTS: &str = "
        SELECT   state, CASE WHEN second_keying IS NULL THEN 0 ELSE 1 END AS twice, COUNT(*) AS n,
                 COUNT(import_id) AS brought,
                 CAST(SUM(compared) AS BIGINT) AS compared, CAST(SUM(differing) AS BIGINT) AS differing
        FROM     ledger_pages WHERE ledger_id = $1
        GROUP BY state, CASE WHEN second_keying IS NULL THEN 0 ELSE 1 END";
    let mut found = LedgerProgress::default();
    for row in tx.rows(COUNTS, &vals![ledger]).await? {
        let (state, n, twice): (String, i64, i64) = (row.get("state")?, row.get("n")?, row.get("twice")?);
        found.pages += n;
        found.compared += row.get::<i64>("compared")?;
        found.fields_differing += row.get::<i64>("differing")?;
        let keyed_twice = twice == 1 && state != "keying-again";
        match state.as_str() {
            "waiting" => found.waiting += n,
            "keying" => found.keying += n,
            "again" => {}
            "keying-again" => found.keying += n,
            "differing" => found.differing += n,
            "settled" => found.settled += n,
            _ => {}
        }
        // Pages that went in may be under way once more.
        let brought: i64 = row.get("brought")?;
        found.brought_in += brought;
        found.in_once += if twice == 0 { brought } else { 0 };
        if keyed_twice {
            found.keyed_twice += n;
        } else if !matches!(state.as_str(), "waiting" | "keying") {
            found.keyed += n;
        }
    }
    Ok(found)
}

/// One check.
///
/// # Errors
/// When the database fails.
pub async fn check(tx: &mut Tx<'_>, id: RowId) -> Result<Option<LedgerCheckRow>, Fault> {
    tx.one("SELECT * FROM ledger_checks WHERE id = $1", &vals![id]).await
}

/// The open checks of a ledger, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn open_checks(
    tx: &mut Tx<'_>,
    ledger: LedgerId,
    at_most: i64,
) -> Result<Vec<LedgerCheckRow>, Fault> {
    const OPEN: &str = "
        SELECT * FROM ledger_checks WHERE ledger_id = $1 AND state = 'open'
        ORDER BY recorded_at, page_id, row_no LIMIT $2";
    tx.all(OPEN, &vals![ledger, at_most]).await
}

/// How many checks of a ledger are open.
///
/// # Errors
/// When the database fails.
pub async fn count_checks(tx: &mut Tx<'_>, ledger: LedgerId) -> Result<i64, Fault> {
    const OPEN: &str = "SELECT COUNT(*) AS n FROM ledger_checks WHERE ledger_id = $1 AND state = 'open'";
    tx.count(OPEN, &vals![ledger]).await
}

/// How well each officer keyed a ledger.
///
/// # Errors
/// When the database fails.
pub async fn quality(tx: &mut Tx<'_>, ledger: LedgerId) -> Result<Vec<Quality>, Fault> {
    const QUALITY: &str = "
        SELECT   k.officer_id, o.name, COUNT(*) AS pages, CAST(SUM(p.compared) AS BIGINT) AS compared,
                 CAST(SUM(p.differing) AS BIGINT) AS differing,
                 CAST(SUM(CASE WHEN k.id = p.first_keying THEN p.wrong_first ELSE p.wrong_second END) AS BIGINT)
                     AS wrong
        FROM     ledger_pages p
        JOIN     ledger_keyings k ON k.page_id = p.id AND (k.id = p.first_keying OR k.id = p.second_keying)
        JOIN     officers o ON o.id = k.officer_id
        WHERE    p.ledger_id = $1 AND p.compared > 0
        GROUP BY k.officer_id, o.name ORDER BY o.name, k.officer_id";
    let read = |row: &Row| {
        Ok(Quality {
            officer: row.get("officer_id")?,
            name: row.get("name")?,
            pages: row.get("pages")?,
            compared: row.get("compared")?,
            differing: row.get("differing")?,
            wrong: row.get("wrong")?,
        })
    };
    tx.rows(QUALITY, &vals![ledger]).await?.iter().map(read).collect()
}
