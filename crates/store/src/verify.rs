//! `verify journal`: names entries altered, removed or inserted behind Diwan's
//! back, and rows that no entry explains.

use crate::acts::{ACT_COLUMNS, mac};
use crate::db::Db;
use crate::fault::Fault;
use crate::record::{Table, row_hash};
use crate::tables::GUARDED;
use crate::tx::Tx;
use crate::vals;
use crate::value::{Row, Val};
use diwan_domain::ids::JournalId;
use diwan_domain::journal::commitment;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use tlog_tiles::{Hash, node_hash, record_hash};

/// Something that is not as the journal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// An entry's bytes or columns were changed.
    EntryAltered(String),
    /// An entry was slipped in: it was not written by an act.
    EntryInserted(String),
    /// A sealed entry is gone; the leaf's number remains.
    EntryRemoved(String),
    /// An entry is neither sealed nor waiting to be.
    EntryUnsealed(String),
    /// A row differs from what the journal says of it.
    RowAltered(String),
    /// A row that no entry explains.
    RowUnexplained(String),
    /// A row that the journal says was written is gone.
    RowRemoved(String),
    /// The tree's root differs from its leaves, or from what was published.
    LogBroken(String),
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (what, which) = match self {
            Self::EntryAltered(id) => ("journal entry altered", id),
            Self::EntryInserted(id) => ("journal entry inserted", id),
            Self::EntryRemoved(id) => ("journal entry removed", id),
            Self::EntryUnsealed(id) => ("journal entry hidden from the log", id),
            Self::RowAltered(id) => ("row altered", id),
            Self::RowUnexplained(id) => ("row that no entry explains", id),
            Self::RowRemoved(id) => ("row removed", id),
            Self::LogBroken(id) => ("public log broken", id),
        };
        write!(f, "{what}: {which}")
    }
}

/// What was looked at, and what was found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Entries read.
    pub entries: u64,
    /// Of these, sealed in the public log.
    pub sealed: u64,
    /// Rows compared.
    pub rows: u64,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

type Explained = HashMap<(usize, [u8; 16]), (i64, [u8; 32])>;

struct Walk {
    report: Report,
    /// Whether this is a mobile unit's database: what it took along is explained at home.
    took_along: bool,
    explained: Explained,
    leaves: Vec<Option<[u8; 32]>>,
    unsealed: HashSet<[u8; 16]>,
}

/// Walks the whole journal, the log and every guarded table.
///
/// `published` is the checkpoint kept outside the database, if any.
///
/// # Errors
/// When the database cannot be read.
pub async fn journal(db: &Db, published: Option<(u64, [u8; 32])>) -> Result<Report, Fault> {
    // One moment for everything: acts that end meanwhile are not half seen.
    let mut reading = db.snapshot().await?;
    let mut tx = reading.tx();
    let leaves = tx.count("SELECT COALESCE(MAX(leaf) + 1, 0) AS n FROM log_leaves", &[]).await?;
    let unsealed = tx.rows("SELECT entry_id FROM journal_unsealed", &[]).await?;
    let unsealed = unsealed
        .iter()
        .map(|row| Ok(row.get::<JournalId>("entry_id")?.bytes()))
        .collect::<Result<_, Fault>>()?;
    let took_along = crate::units::here(&mut tx).await?.is_some();
    let mut walk = Walk {
        report: Report::default(),
        took_along,
        explained: HashMap::new(),
        leaves: vec![None; leaves as usize],
        unsealed,
    };
    walk_entries(&mut tx, &db.keys().journal, &mut walk).await?;
    check_leaves(&mut tx, &mut walk, published).await?;
    for (at, table) in all_tables().iter().enumerate() {
        walk_rows(&mut tx, at, table, &mut walk).await?;
    }
    for ((table, key), _) in walk.explained.drain() {
        let id = uuid::Uuid::from_bytes(key);
        walk.report.findings.push(Finding::RowRemoved(format!("{} {id}", all_tables()[table].name)));
    }
    Ok(walk.report)
}

/// Whether the journal was written under our key: the keys and the database
/// belong together. One genuine entry is enough, because single ones may have
/// been meddled with; an empty journal fits any key.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_ours(db: &Db) -> Result<bool, Fault> {
    let mut reading = db.reading().await?;
    let first = reading.tx().rows("SELECT body, salt, mac FROM journal ORDER BY id LIMIT 100", &[]).await?;
    for row in &first {
        let (body, salt): (String, Vec<u8>) = (row.get("body")?, row.get("salt")?);
        if mac(&db.keys().journal, &salt, body.as_bytes()) == row.get::<Vec<u8>>("mac")? {
            return Ok(true);
        }
    }
    Ok(first.is_empty())
}

fn all_tables() -> Vec<Table> {
    let acts = Table { name: "acts", columns: ACT_COLUMNS, editable: false };
    GUARDED.iter().copied().chain([acts]).collect()
}

const PAGE: &str = "
    SELECT   j.id, j.act_id, j.ordinal, j.kind, j.subject_kind, j.subject_id, j.person_id, j.actor_kind,
             j.actor_name, j.at, j.body, j.salt, j.mac, l.leaf, l.commitment
    FROM     journal j LEFT JOIN log_leaves l ON l.entry_id = j.id
    WHERE    j.id > $1 ORDER BY j.id LIMIT 2000";

async fn walk_entries(tx: &mut Tx<'_>, key: &[u8; 32], walk: &mut Walk) -> Result<(), Fault> {
    let tables: HashMap<&str, usize> = all_tables().iter().enumerate().map(|(at, t)| (t.name, at)).collect();
    let mut after = JournalId(uuid::Uuid::nil());
    loop {
        let rows = tx.rows(PAGE, &vals![after]).await?;
        for row in &rows {
            after = row.get("id")?;
            walk.report.entries += 1;
            check_entry(row, after, key, &tables, walk)?;
        }
        if rows.is_empty() {
            return Ok(());
        }
    }
}

fn check_entry(
    row: &Row,
    id: JournalId,
    key: &[u8; 32],
    tables: &HashMap<&str, usize>,
    walk: &mut Walk,
) -> Result<(), Fault> {
    let body: String = row.get("body")?;
    let salt: Vec<u8> = row.get("salt")?;
    let sealed: Option<i64> = row.get("leaf")?;
    let own = mac(key, &salt, body.as_bytes());
    let genuine = own == row.get::<Vec<u8>>("mac")?;
    let commitment = commitment(&salt, body.as_bytes());
    let entry: Option<Value> = serde_json::from_str(&body).ok();
    if let Some(leaf) = sealed {
        walk.report.sealed += 1;
        let kept: Vec<u8> = row.get("commitment")?;
        if kept != commitment || !genuine {
            walk.report.findings.push(Finding::EntryAltered(id.to_string()));
        }
        if let Some(place) = walk.leaves.get_mut(leaf as usize) {
            *place = Some(kept.try_into().unwrap_or([0; 32]));
        }
    } else if !genuine {
        walk.report.findings.push(Finding::EntryInserted(id.to_string()));
        return Ok(());
    } else if !walk.unsealed.contains(&id.bytes()) {
        walk.report.findings.push(Finding::EntryUnsealed(id.to_string()));
    }
    let Some(entry) = entry else { return Ok(()) };
    if genuine && !columns_fit(row, id, &entry)? {
        walk.report.findings.push(Finding::EntryAltered(id.to_string()));
    }
    for write in entry["writes"].as_array().into_iter().flatten() {
        let (Some(table), Some(key), Some(version), Some(hash)) =
            (write[0].as_str(), write[1].as_str(), write[2].as_i64(), write[3].as_str())
        else {
            continue;
        };
        let (Some(table), Ok(key)) = (tables.get(table), key.parse::<uuid::Uuid>()) else { continue };
        let Ok(Ok(hash)) = hex::decode(hash).map(<[u8; 32]>::try_from) else { continue };
        let known = walk.explained.entry((*table, *key.as_bytes())).or_insert((version, hash));
        if version >= known.0 {
            *known = (version, hash);
        }
    }
    Ok(())
}

/// The searchable columns must say what the signed body says.
fn columns_fit(row: &Row, id: JournalId, entry: &Value) -> Result<bool, Fault> {
    let person: Option<diwan_domain::ids::PersonId> = row.get("person_id")?;
    Ok(entry["id"] == id.to_string().as_str()
        && entry["kind"] == row.get::<String>("kind")?.as_str()
        && entry["subject"]["kind"] == row.get::<String>("subject_kind")?.as_str()
        && entry["subject"]["id"] == row.get::<String>("subject_id")?.as_str()
        && entry["actor"]["kind"] == row.get::<String>("actor_kind")?.as_str()
        && entry["at"] == row.get::<i64>("at")?
        && entry["ordinal"] == row.get::<i64>("ordinal")?
        && entry["person"].as_str().map(str::to_owned) == person.map(|id| id.to_string()))
}

async fn check_leaves(
    tx: &mut Tx<'_>,
    walk: &mut Walk,
    published: Option<(u64, [u8; 32])>,
) -> Result<(), Fault> {
    let kept = tx.rows("SELECT leaf, commitment FROM log_leaves ORDER BY leaf", &[]).await?;
    let mut tree = Frontier::default();
    let broken = |text: String| Finding::LogBroken(text);
    for (expected, row) in kept.iter().enumerate() {
        let leaf: i64 = row.get("leaf")?;
        if leaf as usize != expected {
            walk.report.findings.push(broken(format!("leaf {expected} is missing")));
            return Ok(());
        }
        if walk.leaves[expected].is_none() {
            walk.report.findings.push(Finding::EntryRemoved(format!("leaf {leaf}")));
        }
        tree.append(&row.get::<Vec<u8>>("commitment")?);
        if let Some((size, root)) = published
            && size == tree.size
            && tree.root() != root
        {
            walk.report
                .findings
                .push(broken(format!("the tree of size {size} differs from the published one")));
        }
    }
    if let Some((size, _)) = published
        && size > tree.size
    {
        let text = format!("{size} entries were published, {} are stored", tree.size);
        walk.report.findings.push(broken(text));
    }
    if let Some(row) = tx.row("SELECT size, root FROM log_state WHERE id = 1", &[]).await? {
        let (size, root): (i64, Vec<u8>) = (row.get("size")?, row.get("root")?);
        if size as u64 != tree.size || root != tree.root() {
            walk.report.findings.push(broken("the stored root does not fit the leaves".into()));
        }
    }
    Ok(())
}

/// A Merkle tree reduced to its right edge.
#[derive(Default)]
struct Frontier {
    size: u64,
    edge: Vec<(u32, Hash)>,
}

impl Frontier {
    fn append(&mut self, leaf: &[u8]) {
        let (mut level, mut hash) = (0, record_hash(leaf));
        while let Some((top, left)) = self.edge.last().copied()
            && top == level
        {
            self.edge.pop();
            hash = node_hash(left, hash);
            level += 1;
        }
        self.edge.push((level, hash));
        self.size += 1;
    }

    fn root(&self) -> [u8; 32] {
        let mut edges = self.edge.iter().rev().map(|(_, hash)| *hash);
        let Some(last) = edges.next() else { return tlog_tiles::EMPTY_HASH.0 };
        edges.fold(last, |right, left| node_hash(left, right)).0
    }
}

async fn walk_rows(tx: &mut Tx<'_>, at: usize, table: &Table, walk: &mut Walk) -> Result<(), Fault> {
    let sql = paged(table);
    let mut after = Val::Id([0; 16]);
    loop {
        let rows = tx.rows(sql, std::slice::from_ref(&after)).await?;
        for row in &rows {
            walk.report.rows += 1;
            let values = &row.values;
            let key = match &values[0] {
                Val::Id(id) => *id,
                Val::Bytes(bytes) => bytes.as_slice().try_into().unwrap_or([0; 16]),
                _ => return Err(Fault::shape("id")),
            };
            after = Val::Id(key);
            let name = || format!("{} {}", table.name, uuid::Uuid::from_bytes(key));
            match walk.explained.remove(&(at, key)) {
                None if walk.took_along => {}
                None => walk.report.findings.push(Finding::RowUnexplained(name())),
                Some((_, hash)) if hash != row_hash(table.columns, values) => {
                    walk.report.findings.push(Finding::RowAltered(name()));
                }
                Some(_) => {}
            }
        }
        if rows.is_empty() {
            return Ok(());
        }
    }
}

/// One statement a table, made once.
pub(crate) fn paged(table: &Table) -> &'static str {
    use std::sync::{LazyLock, Mutex};
    static MADE: LazyLock<Mutex<HashMap<&'static str, &'static str>>> = LazyLock::new(Mutex::default);
    let mut made = MADE.lock().expect("no holder of this lock panics");
    made.entry(table.name).or_insert_with(|| {
        Box::leak(format!("{} WHERE id > $1 ORDER BY id LIMIT 2000", table.select_all()).into_boxed_str())
    })
}
