//! Old books brought in from files: what was brought in, how far, and which rows
//! were not.

use crate::civil::EntryRow;
use crate::fault::Fault;
use crate::people::{PersonNumberRow, PersonRow};
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::{Json, Row, Val};
use diwan_domain::ids::{ImportId, OfficeId, PersonId, RowId};
use std::collections::BTreeSet;
use std::sync::LazyLock;

record! {
    /// A file that is brought in with a mapping.
    pub struct ImportRow in "imports" {
        id: ImportId,
        kind: String,
        office_id: OfficeId,
        file_name: String,
        file_hash: String,
        file_size: i64,
        sheet: String,
        encoding: Option<String>,
        mapping_name: String,
        mapping_hash: String,
        mapping: String,
        /// The columns' headings, as a list.
        heading: Json,
        stored: Option<String>,
        /// `seen`, `waiting`, `running`, `stopped`, `done` or `discarded`.
        state: String,
        by_kind: String,
        by_name: String,
        by_words: Option<String>,
        begun_at: i64,
        ended_at: Option<i64>,
        total: Option<i64>,
        stopped_why: Option<String>,
        version: i64,
    }
}

record! {
    /// Rows of a file that are in, from the first to the last.
    pub struct ImportPartRow in "import_parts" only added {
        id: RowId,
        import_id: ImportId,
        first_row: i64,
        last_row: i64,
        last_line: i64,
        added: i64,
        there: i64,
        rejected: i64,
        recorded_at: i64,
    }
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Entries that were added.
    pub added: i64,
    /// Rows whose entries were there already and are equal.
    pub there: i64,
    /// Rows that were rejected.
    pub rejected: i64,
    /// The last line that was looked at.
    pub last_line: i64,
}

impl Progress {
    /// How many rows were looked at.
    #[must_use]
    pub fn rows(&self) -> i64 {
        self.added + self.there + self.rejected
    }
}

/// A row that was not brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// Its line in the file.
    pub line: i64,
    /// What stood in it: a list of texts, as JSON.
    pub cells: String,
    /// What is wrong with it, as JSON.
    pub faults: String,
}

/// One import.
///
/// # Errors
/// When the database fails.
pub async fn import(tx: &mut Tx<'_>, id: ImportId) -> Result<Option<ImportRow>, Fault> {
    tx.one("SELECT * FROM imports WHERE id = $1", &vals![id]).await
}

/// The import of a file with a mapping for an office, if it was begun.
///
/// # Errors
/// When the database fails.
pub async fn of_file(
    tx: &mut Tx<'_>,
    (file_hash, sheet): (&str, &str),
    mapping_hash: &str,
    office: OfficeId,
) -> Result<Option<ImportRow>, Fault> {
    const OF: &str = "
        SELECT * FROM imports WHERE file_hash = $1 AND mapping_hash = $2 AND office_id = $3 AND sheet = $4";
    tx.one(OF, &vals![file_hash, mapping_hash, office, sheet]).await
}

/// The newest import of a file of this name with other contents that was begun and
/// not ended.
///
/// # Errors
/// When the database fails.
pub async fn unfinished_named(
    tx: &mut Tx<'_>,
    file_name: &str,
    file_hash: &str,
    office: OfficeId,
) -> Result<Option<ImportRow>, Fault> {
    const NAMED: &str = "
        SELECT   * FROM imports
        WHERE    file_name = $1 AND file_hash <> $2 AND office_id = $3 AND state IN ('running', 'stopped')
        ORDER BY begun_at DESC, id DESC LIMIT 1";
    tx.one(NAMED, &vals![file_name, file_hash, office]).await
}

/// Imports, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn newest(tx: &mut Tx<'_>, at_most: i64) -> Result<Vec<ImportRow>, Fault> {
    tx.all("SELECT * FROM imports ORDER BY begun_at DESC, id DESC LIMIT $1", &vals![at_most]).await
}

/// Imports of files that came by a page and wait for a worker, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn waiting(tx: &mut Tx<'_>) -> Result<Vec<ImportRow>, Fault> {
    const WAITING: &str = "
        SELECT   * FROM imports WHERE stored IS NOT NULL AND state IN ('waiting', 'running')
        ORDER BY begun_at, id LIMIT 20";
    tx.all(WAITING, &[]).await
}

/// How far an import has come.
///
/// # Errors
/// When the database fails.
pub async fn progress(tx: &mut Tx<'_>, id: ImportId) -> Result<Progress, Fault> {
    const SUMS: &str = "
        SELECT CAST(COALESCE(SUM(added), 0) AS BIGINT) AS added, CAST(COALESCE(SUM(there), 0) AS BIGINT) AS there,
               CAST(COALESCE(SUM(rejected), 0) AS BIGINT) AS rejected,
               CAST(COALESCE(MAX(last_line), 0) AS BIGINT) AS last_line
        FROM   import_parts WHERE import_id = $1";
    let Some(row) = tx.row(SUMS, &vals![id]).await? else { return Ok(Progress::default()) };
    Ok(Progress {
        added: row.get("added")?,
        there: row.get("there")?,
        rejected: row.get("rejected")?,
        last_line: row.get("last_line")?,
    })
}

/// The rows of a file that are in, from first to last, in their order.
///
/// # Errors
/// When the database fails.
pub async fn parts(tx: &mut Tx<'_>, id: ImportId) -> Result<Vec<ImportPartRow>, Fault> {
    tx.all("SELECT * FROM import_parts WHERE import_id = $1 ORDER BY first_row", &vals![id]).await
}

/// The part that begins with a row, if it is in.
///
/// # Errors
/// When the database fails.
pub async fn part(tx: &mut Tx<'_>, id: ImportId, first_row: i64) -> Result<Option<ImportPartRow>, Fault> {
    const PART: &str = "SELECT * FROM import_parts WHERE import_id = $1 AND first_row = $2";
    tx.one(PART, &vals![id, first_row]).await
}

/// Keeps a row that was not brought in.
///
/// # Errors
/// When the database fails.
pub async fn keep_reject(tx: &mut Tx<'_>, id: ImportId, reject: &Reject) -> Result<(), Fault> {
    const KEEP: &str = "
        INSERT INTO import_rejects (import_id, line, cells, faults) VALUES ($1, $2, $3, $4)
        ON CONFLICT (import_id, line) DO NOTHING";
    tx.side(KEEP, &vals![id, reject.line, reject.cells, reject.faults]).await
}

/// The next rows that were not brought in, after a line.
///
/// # Errors
/// When the database fails.
pub async fn rejects_after(
    tx: &mut Tx<'_>,
    id: ImportId,
    line: i64,
    at_most: i64,
) -> Result<Vec<Reject>, Fault> {
    const NEXT: &str = "
        SELECT line, cells, faults FROM import_rejects WHERE import_id = $1 AND line > $2 ORDER BY line LIMIT $3";
    let rows = tx.rows(NEXT, &vals![id, line, at_most]).await?;
    let read = |row: &Row| {
        Ok(Reject { line: row.get("line")?, cells: row.get("cells")?, faults: row.get("faults")? })
    };
    rows.iter().map(read).collect()
}

/// How many values one question holds; what is left over repeats the first.
const ROOM: usize = 250;

fn marks() -> String {
    let marks: Vec<String> = (1..=ROOM).map(|n| format!("${n}")).collect();
    marks.join(", ")
}

/// Values by rooms.
fn rooms(values: &BTreeSet<Val>) -> Vec<Vec<Val>> {
    let values: Vec<&Val> = values.iter().collect();
    let room = |some: &[&Val]| {
        let mut room: Vec<Val> = some.iter().map(|value| (*value).clone()).collect();
        let first = room[0].clone();
        room.resize(ROOM, first);
        room
    };
    values.chunks(ROOM).map(room).collect()
}

/// The entries that bear any of these numbers.
///
/// # Errors
/// When the database fails.
pub async fn entries_numbered(tx: &mut Tx<'_>, numbers: &BTreeSet<Val>) -> Result<Vec<EntryRow>, Fault> {
    static NUMBERED: LazyLock<String> =
        LazyLock::new(|| format!("SELECT * FROM register_entries WHERE number IN ({})", marks()));
    let mut found = Vec::new();
    for room in rooms(numbers) {
        found.extend(tx.all(&NUMBERED, &room).await?);
    }
    Ok(found)
}

/// The columns of a number, borne by whom its bearer counts as.
const AS_COUNTED: &str = "n.id, COALESCE((SELECT m.kept_id FROM merged_people m WHERE m.gone_id = n.person_id), n.person_id) AS person_id,
        n.kind, n.value, n.valid_from, n.valid_until, n.recorded_at";

/// Some people with the records that count as theirs.
fn with_merged() -> String {
    let marks = marks();
    format!(
        "SELECT id FROM persons WHERE id IN ({marks})
         UNION ALL SELECT gone_id FROM merged_people WHERE kept_id IN ({marks})"
    )
}

/// Everyone who bears any of these identity numbers now, and nobody whose it never was:
/// two records that were found to be one person are one.
///
/// # Errors
/// When the database fails.
pub async fn bearers(tx: &mut Tx<'_>, numbers: &BTreeSet<Val>) -> Result<Vec<PersonNumberRow>, Fault> {
    static BEARERS: LazyLock<String> = LazyLock::new(|| {
        format!(
            "SELECT {AS_COUNTED} FROM person_numbers n WHERE n.value IN ({}) AND n.valid_until IS NULL
               AND  NOT EXISTS (SELECT 1 FROM ended_numbers e JOIN number_ends w ON w.number_id = e.number_id
                                WHERE  e.number_id = n.id AND w.why = 'wrong'
                                  AND  w.place = (SELECT MAX(l.place) FROM number_ends l WHERE l.number_id = n.id))",
            marks()
        )
    });
    let mut found = Vec::new();
    for room in rooms(numbers) {
        found.extend(tx.all(&BEARERS, &room).await?);
    }
    Ok(found)
}

/// People by their identifiers.
///
/// # Errors
/// When the database fails.
pub async fn people(tx: &mut Tx<'_>, ids: &BTreeSet<Val>) -> Result<Vec<PersonRow>, Fault> {
    static PEOPLE: LazyLock<String> =
        LazyLock::new(|| format!("SELECT * FROM persons WHERE id IN ({})", marks()));
    let mut found = Vec::new();
    for room in rooms(ids) {
        found.extend(tx.all(&PEOPLE, &room).await?);
    }
    Ok(found)
}

/// The numbers that these people bear.
///
/// # Errors
/// When the database fails.
pub async fn numbers_of(tx: &mut Tx<'_>, ids: &BTreeSet<Val>) -> Result<Vec<PersonNumberRow>, Fault> {
    static NUMBERS: LazyLock<String> = LazyLock::new(|| {
        format!("SELECT {AS_COUNTED} FROM person_numbers n WHERE n.person_id IN ({})", with_merged())
    });
    let mut found = Vec::new();
    for room in rooms(ids) {
        found.extend(tx.all(&NUMBERS, &room).await?);
    }
    Ok(found)
}

/// Which of these people have an entry of their birth.
///
/// # Errors
/// When the database fails.
pub async fn born(tx: &mut Tx<'_>, ids: &BTreeSet<Val>) -> Result<BTreeSet<PersonId>, Fault> {
    static BORN: LazyLock<String> = LazyLock::new(|| {
        format!(
            "SELECT COALESCE((SELECT m.kept_id FROM merged_people m WHERE m.gone_id = r.person_id), r.person_id) AS person_id
             FROM   event_roles r JOIN events e ON e.id = r.event_id AND e.kind = 'birth'
             WHERE  r.person_id IN ({}) AND r.role = 'child'
               AND  NOT EXISTS (SELECT 1 FROM voided_events v WHERE v.event_id = r.event_id)",
            with_merged()
        )
    });
    let mut found = BTreeSet::new();
    for room in rooms(ids) {
        for row in tx.rows(&BORN, &room).await? {
            found.insert(row.get("person_id")?);
        }
    }
    Ok(found)
}
