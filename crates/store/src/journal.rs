//! Reading the journal: a case's timeline, who looked at a record, an
//! inspector's search.

use crate::fault::Fault;
use crate::tx::Tx;
use crate::vals;
use crate::value::Row;
use diwan_domain::ids::{ActId, JournalId, PersonId};
use serde_json::Value;

/// One entry, as it was stored.
#[derive(Clone, Debug)]
pub struct JournalRow {
    /// Its identifier.
    pub id: JournalId,
    /// The act that wrote it.
    pub act: ActId,
    /// What happened.
    pub kind: String,
    /// On what kind of thing.
    pub subject_kind: String,
    /// On which.
    pub subject: String,
    /// Who: `officer`, `account` …
    pub actor_kind: String,
    /// Which one.
    pub actor: String,
    /// When, microseconds.
    pub at: i64,
    /// Its place among the entries of its act.
    pub ordinal: i64,
    /// The whole entry.
    pub body: Value,
}

impl JournalRow {
    fn from_row(row: &Row) -> Result<Self, Fault> {
        let body: String = row.get("body")?;
        Ok(Self {
            id: row.get("id")?,
            act: row.get("act_id")?,
            kind: row.get("kind")?,
            subject_kind: row.get("subject_kind")?,
            subject: row.get("subject_id")?,
            actor_kind: row.get("actor_kind")?,
            actor: row.get("actor_name")?,
            at: row.get("at")?,
            ordinal: row.get("ordinal")?,
            body: serde_json::from_str(&body).map_err(|_| Fault::shape("body"))?,
        })
    }
}

/// Whether anything was ever written down.
///
/// # Errors
/// When the database fails.
pub async fn is_begun(db: &crate::Db) -> Result<bool, Fault> {
    let mut reading = db.reading().await?;
    Ok(reading.tx().row("SELECT id FROM journal LIMIT 1", &[]).await?.is_some())
}

/// When the newest entry was written, microseconds; `None` for an empty journal.
///
/// # Errors
/// When the database fails.
pub async fn newest(db: &crate::Db) -> Result<Option<i64>, Fault> {
    let mut reading = db.reading().await?;
    let row = reading.tx().row("SELECT at FROM journal ORDER BY at DESC LIMIT 1", &[]).await?;
    row.map(|row| row.get("at")).transpose()
}

/// What happened to a thing, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn about(tx: &mut Tx<'_>, kind: &str, id: &str) -> Result<Vec<JournalRow>, Fault> {
    const ABOUT: &str = "
        SELECT   id, act_id, kind, subject_kind, subject_id, actor_kind, actor_name, at, ordinal, body
        FROM     journal WHERE subject_kind = $1 AND subject_id = $2 ORDER BY at, ordinal, id LIMIT 500";
    tx.rows(ABOUT, &vals![kind, id]).await?.iter().map(JournalRow::from_row).collect()
}

/// When something last happened to a thing, microseconds since 1970 UTC; `None` for never.
///
/// # Errors
/// When the database fails.
pub async fn last(tx: &mut Tx<'_>, what: &str, (kind, id): (&str, &str)) -> Result<Option<i64>, Fault> {
    const LAST: &str = "
        SELECT   at FROM journal
        WHERE    subject_kind = $1 AND subject_id = $2 AND kind = $3 ORDER BY at DESC LIMIT 1";
    let row = tx.row(LAST, &vals![kind, id, what]).await?;
    row.map(|row| row.get("at")).transpose()
}

/// Who saw or changed a person's data, newest first.
///
/// # Errors
/// When the database fails.
pub async fn touching(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<JournalRow>, Fault> {
    const TOUCHING: &str = "
        SELECT   id, act_id, kind, subject_kind, subject_id, actor_kind, actor_name, at, ordinal, body
        FROM     journal WHERE person_id = $1 ORDER BY at DESC, ordinal DESC, id LIMIT 200";
    tx.rows(TOUCHING, &vals![person]).await?.iter().map(JournalRow::from_row).collect()
}

/// What an inspector searches for; empty fields match everything.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// What happened.
    pub kind: Option<String>,
    /// On which thing.
    pub subject: Option<String>,
    /// By whom.
    pub actor: Option<String>,
    /// Not before, microseconds.
    pub from: Option<i64>,
    /// Before, microseconds.
    pub until: Option<i64>,
    /// How many, and how many to leave out before.
    pub page: (i64, i64),
    /// Only those before this entry: its instant, its place in its act, itself.
    pub before: Option<(i64, i64, JournalId)>,
}

/// Entries that fit, newest first, and how many there are in all.
///
/// # Errors
/// When the database fails.
pub async fn search(tx: &mut Tx<'_>, wanted: &Search) -> Result<(Vec<JournalRow>, i64), Fault> {
    const FOUND: &str = "
        SELECT   id, act_id, kind, subject_kind, subject_id, actor_kind, actor_name, at, ordinal, body
        FROM     journal
        WHERE    (kind = $1 OR $1 IS NULL) AND (subject_id = $2 OR $2 IS NULL)
          AND    (actor_name = $3 OR $3 IS NULL) AND (at >= $4 OR $4 IS NULL) AND (at < $5 OR $5 IS NULL)
          AND    (at < $8 OR (at = $8 AND (ordinal < $9 OR (ordinal = $9 AND id > $10))) OR $8 IS NULL)
        ORDER BY at DESC, ordinal DESC, id LIMIT $6 OFFSET $7";
    const COUNT: &str = "
        SELECT   COUNT(*) AS n FROM journal
        WHERE    (kind = $1 OR $1 IS NULL) AND (subject_id = $2 OR $2 IS NULL)
          AND    (actor_name = $3 OR $3 IS NULL) AND (at >= $4 OR $4 IS NULL) AND (at < $5 OR $5 IS NULL)";
    let filter = vals![wanted.kind, wanted.subject, wanted.actor, wanted.from, wanted.until];
    let count = tx.count(COUNT, &filter).await?;
    let mut values = filter.to_vec();
    values.extend(vals![wanted.page.0, wanted.page.1]);
    let before = wanted.before;
    values.extend(vals![before.map(|b| b.0), before.map(|b| b.1), before.map(|b| b.2)]);
    let rows = tx.rows(FOUND, &values).await?;
    Ok((rows.iter().map(JournalRow::from_row).collect::<Result<_, _>>()?, count))
}
