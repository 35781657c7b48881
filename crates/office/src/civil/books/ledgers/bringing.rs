//! What was keyed and settled goes into the register: the same rows, comparisons and
//! provenance as of every other old book.

use super::super::part::{Line, Turned, compare, hash_of, write};
use super::{as_read, kind_of, reader, rows_named};
use crate::acting::acting;
use crate::desk::day_of;
use crate::{Office, Who};
use diwan_domain::acts::Desk;
use diwan_domain::civil::books::Mapping;
use diwan_domain::civil::books::ledger::{heading, mapping};
use diwan_domain::ids::{LedgerId, LedgerPageId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::imports::{ImportPartRow, ImportRow};
use diwan_store::ledgers::{self, LedgerPageRow, LedgerRow};
use diwan_store::value::Json;
use diwan_store::{Act, Recorded, Stop, Tx, centres};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How many pages are brought in at once.
const AT_ONCE: i64 = 200;

/// What became of pages that were brought in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brought {
    /// How many pages.
    pub pages: i64,
    /// Entries that were added.
    pub added: i64,
    /// Rows whose entries were there and are equal.
    pub there: i64,
    /// Rows that the register rejected: they are with the import of their page.
    pub rejected: i64,
    /// Rows that could not be read.
    pub unreadable: i64,
    /// Settled pages that are left.
    pub left: i64,
}

/// Brings a settled page in, once.
#[derive(Debug, Serialize, Deserialize)]
pub struct BringInPage {
    /// Which.
    pub page: LedgerPageId,
}

impl Act for BringInPage {
    const NAME: &'static str = "bring-in-ledger-page";
    type Out = Brought;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Brought>, Stop> {
        acting(tx, at, Permission::ImportRegister).await?;
        let mut page = ledgers::page(tx, self.page).await?.ok_or(Why::NotFound)?;
        if page.state != "settled" {
            return Err(Refusal::from(Why::WrongState).about("state", &page.state).into());
        }
        let ledger = ledgers::ledger(tx, page.ledger_id).await?.ok_or(Why::NotFound)?;
        let office = centres::office(tx, ledger.office_id).await?.ok_or(Why::NotFound)?;
        let (lines, unreadable) = lines_of(tx, at, &ledger, &page).await?;
        let import = import_of(at, &ledger, &page, lines.len())?;
        let compared = compare(tx, at, &import, &lines).await?;
        let done = Brought {
            pages: 1,
            added: compared.added.len() as i64,
            there: compared.there,
            rejected: compared.rejected.len() as i64,
            unreadable,
            left: 0,
        };
        tx.add(&import).await?;
        write(tx, at, (&import, &office), &lines, compared).await?;
        let last = lines.last().map_or(0, |line| line.line);
        tx.add(&ImportPartRow {
            id: at.fresh("part"),
            import_id: import.id,
            first_row: 0,
            last_row: (lines.len() as i64 - 1).max(0),
            last_line: last,
            added: done.added,
            there: done.there,
            rejected: done.rejected,
            recorded_at: at.now,
        })
        .await?;
        page.import_id = Some(import.id);
        page.state = "in".to_owned();
        tx.edit(&mut page).await?;
        let begun = Entry::new("import-begun", "import", import.id)
            .with("file", import.file_name.clone())
            .with("sha256", import.file_hash.clone())
            .with("mapping", import.mapping_hash.clone());
        let entry = Entry::new("register-imported", "import", import.id)
            .with("sha256", import.file_hash.clone())
            .with("ledger-page", page.id.to_string())
            .with("rows", hex::encode(hash_of(&lines)?))
            .with("events", done.added)
            .with("there", done.there)
            .with("rejected", done.rejected)
            .with("unreadable", unreadable);
        Ok(Recorded::new(done, begun).and_all([entry]))
    }
}

/// The rows of a page as they stand after whatever was decided; how many cannot be
/// read.
async fn lines_of(
    tx: &mut Tx<'_>,
    at: &Desk,
    ledger: &LedgerRow,
    page: &LedgerPageRow,
) -> Result<(Vec<Line>, i64), Stop> {
    let rows = rows_named(tx, page.decision.or(page.first_keying)).await?;
    let reader = reader(tx, ledger).await?;
    let today = day_of(at.now, at.utc_offset_minutes);
    let (mut lines, mut unreadable) = (Vec::new(), 0);
    for (n, row) in rows.iter().enumerate() {
        if row.unreadable.is_some() {
            unreadable += 1;
            continue;
        }
        let turned = match reader.read(&page.page_no, n + 1, row, today) {
            Ok(entry) => Turned::Entry(entry),
            Err(faults) => Turned::Faulty(faults),
        };
        lines.push(Line { line: n as i64 + 1, cells: reader.cells(&page.page_no, n + 1, row), turned });
    }
    Ok((lines, unreadable))
}

/// The import that a page is: its image is the file, the ledger's mapping reads it.
fn import_of(at: &Desk, ledger: &LedgerRow, page: &LedgerPageRow, rows: usize) -> Result<ImportRow, Stop> {
    let mapping = mapping(&as_read(ledger)?);
    Ok(ImportRow {
        id: at.fresh("import"),
        kind: ledger.kind.clone(),
        office_id: ledger.office_id,
        file_name: page.file_name.clone(),
        file_hash: page.file_hash.clone(),
        file_size: page.bytes,
        sheet: String::new(),
        encoding: None,
        mapping_name: ledger.name.clone(),
        mapping_hash: Mapping::hash(&mapping),
        mapping,
        heading: Json(json!(heading(kind_of(ledger)?))),
        stored: None,
        state: "done".to_owned(),
        by_kind: at.actor.kind().to_owned(),
        by_name: at.actor.name(),
        by_words: None,
        begun_at: at.now,
        ended_at: Some(at.now),
        total: Some(rows as i64),
        stopped_why: None,
        version: 1,
    })
}

/// Brings the settled pages of a ledger in, one act each, the first two hundred of
/// them. What someone else brought in meanwhile is passed over.
///
/// # Errors
/// Not permitted; or the database fails. What came before stays.
pub async fn bring_in(office: &Office, who: &Who, key: &str, ledger: LedgerId) -> Result<Brought, Stop> {
    let pages = {
        let mut reading = office.db.reading().await?;
        ledgers::pages_in(&mut reading.tx(), ledger, "settled", AT_ONCE).await?
    };
    let mut all = Brought::default();
    for page in pages {
        let key = format!("{key}/{}", page.place);
        match office.perform(who, &key, BringInPage { page: page.id }).await {
            Ok(one) => {
                all.pages += 1;
                all.added += one.added;
                all.there += one.there;
                all.rejected += one.rejected;
                all.unreadable += one.unreadable;
            }
            Err(stop) if stop.refusal().is_some_and(|refusal| refusal.why == Why::WrongState) => {}
            Err(stop) => return Err(stop),
        }
    }
    let mut reading = office.db.reading().await?;
    all.left = ledgers::progress(&mut reading.tx(), ledger).await?.settled;
    Ok(all)
}
