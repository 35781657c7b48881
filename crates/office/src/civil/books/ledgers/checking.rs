//! Entries to be checked: a page that went in before its ledger was found to be keyed
//! badly is keyed again, and where whoever decided says otherwise than what went in, an
//! officer works the entries off. Nothing in the register changes by itself: a mistake is
//! mended by a correction, which two officers make as ever.

use super::{reader, rows_named};
use crate::acting::{Acting, acting};
use crate::civil::may_see_entry;
use crate::desk::day_of;
use diwan_domain::acts::Desk;
use diwan_domain::civil::books::ledger::{Differing, KeyedRow, WHOLE_ROW, compare};
use diwan_domain::ids::{EntryId, LedgerId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::civil::EntryRow;
use diwan_store::ledgers::{self, LedgerCheckRow, LedgerPageRow, LedgerRow};
use diwan_store::value::{Json, Val};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, civil, declarations, imports};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// How many open checks are shown at once.
const AT_ONCE: i64 = 25;

/// What may become of a check: the entry was corrected, a row that was missing was
/// registered, or the entry stands as it is.
pub const OUTCOMES: [&str; 3] = ["corrected", "registered", "stands"];

/// The entries that a page's first keying made, by the place of their row.
async fn entries_of(
    tx: &mut Tx<'_>,
    at: &Desk,
    (ledger, page): (&LedgerRow, &LedgerPageRow),
    first: &[KeyedRow],
) -> Result<BTreeMap<usize, EntryId>, Stop> {
    let reader = reader(tx, ledger).await?;
    let today = day_of(at.now, at.utc_offset_minutes);
    let readable = first.iter().enumerate().filter(|(_, row)| row.unreadable.is_none());
    let numbers: BTreeMap<usize, String> = readable
        .filter_map(|(n, row)| Some((n, reader.read(&page.page_no, n + 1, row, today).ok()?.number)))
        .collect();
    let wanted: BTreeSet<Val> = numbers.values().map(|number| Val::Text(number.clone())).collect();
    let entries = imports::entries_numbered(tx, &wanted).await?;
    let own = |number: &String| {
        entries.iter().find(|entry| entry.number == *number && entry.import_id == page.import_id)
    };
    Ok(numbers.iter().filter_map(|(n, number)| Some((*n, own(number)?.id))).collect())
}

/// Notes for a page that is in the register what was decided otherwise than it went in.
/// Says how many entries and rows are to be checked.
pub(super) async fn note(
    tx: &mut Tx<'_>,
    at: &Desk,
    (ledger, page): (&LedgerRow, &LedgerPageRow),
    decided: &[KeyedRow],
) -> Result<usize, Stop> {
    let first = rows_named(tx, page.first_keying).await?;
    let entries = entries_of(tx, at, (ledger, page), &first).await?;
    let today = day_of(at.now, at.utc_offset_minutes);
    let compared = compare(&reader(tx, ledger).await?, &page.page_no, (&first, decided), today);
    let mut noted = 0;
    for (n, (went_in, _)) in compared.rows.iter().enumerate() {
        let fields: Vec<&Differing> = compared.differing.iter().filter(|one| one.row == n + 1).collect();
        let Some(one) = fields.first() else { continue };
        let entry = went_in.and_then(|row| entries.get(&row).copied());
        let is_whole = one.field == WHOLE_ROW;
        // What nobody can read was not in the register and need not come there.
        if is_whole && entry.is_none() && one.second.as_deref().is_none_or(|said| said == "unreadable") {
            continue;
        }
        let kind = match (is_whole, entry) {
            (true, Some(_)) => "not-there",
            (_, None) => "missing",
            (false, Some(_)) => "differs",
        };
        tx.add(&LedgerCheckRow {
            id: at.fresh(&format!("check/{n}")),
            ledger_id: ledger.id,
            page_id: page.id,
            row_no: n as i64 + 1,
            entry_id: entry,
            kind: kind.to_owned(),
            fields: Json(json!(fields)),
            state: "open".to_owned(),
            outcome: None,
            reason: None,
            settled_by: None,
            settled_at: None,
            recorded_at: at.now,
            version: 1,
        })
        .await?;
        noted += 1;
    }
    Ok(noted)
}

/// A check, with its page's number and its entry.
#[derive(Clone, Debug)]
pub struct LedgerCheck {
    /// The check.
    pub row: LedgerCheckRow,
    /// The page, by its number.
    pub page_no: String,
    /// The entry that went in, if one did.
    pub entry: Option<EntryRow>,
    /// What went in (first) and what was decided (second), by field.
    pub fields: Vec<Differing>,
}

/// A ledger of the office of an officer who may correct entries.
async fn corrected_by(tx: &mut Tx<'_>, acting: &Acting, id: LedgerId) -> Result<LedgerRow, Stop> {
    let office = acting.officer.office_id.ok_or(Why::NotFound)?;
    Ok(ledgers::ledger_of(tx, id, office).await?.ok_or(Why::NotFound)?)
}

/// The open checks of a ledger whose entries an officer may see, the oldest first. Who
/// looks was asked by [`OpenLedgerChecks`].
///
/// # Errors
/// [`Why::NotFound`]; or the database fails.
pub async fn open_checks(
    tx: &mut Tx<'_>,
    acting: &Acting,
    ledger: LedgerId,
) -> Result<Vec<LedgerCheck>, Stop> {
    let ledger = corrected_by(tx, acting, ledger).await?;
    let mut checks = Vec::new();
    for row in ledgers::open_checks(tx, ledger.id, AT_ONCE).await? {
        let entry = match row.entry_id {
            Some(id) => civil::entry(tx, id).await?,
            None => None,
        };
        if let Some(entry) = &entry
            && !may_see_entry(tx, acting, entry).await?
        {
            continue;
        }
        let page = ledgers::page(tx, row.page_id).await?.ok_or(Why::NotFound)?;
        let fields = serde_json::from_value(row.fields.0.clone())
            .map_err(|error| Fault::WrongDatabase(format!("ledger check {}: {error}", row.id)))?;
        checks.push(LedgerCheck { row, page_no: page.page_no, entry, fields });
    }
    Ok(checks)
}

/// Opens the entries of a ledger that are to be checked; everyone in them can see that it
/// was looked at them.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenLedgerChecks {
    /// Of which ledger.
    pub ledger: LedgerId,
}

impl Act for OpenLedgerChecks {
    const NAME: &'static str = "open-ledger-checks";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let acting = acting(tx, at, Permission::CorrectEntries).await?;
        let mut told = BTreeSet::new();
        let mut seen = Vec::new();
        for check in open_checks(tx, &acting, self.ledger).await? {
            let Some(entry) = check.entry else { continue };
            for role in civil::roles_in(tx, entry.event_id).await? {
                if told.insert(role.person_id) {
                    let said = Entry::new("ledger-entry-seen", "person", role.person_id);
                    seen.push(said.of(Some(role.person_id)).with("entry", entry.id.to_string()));
                }
            }
        }
        let opened = Entry::new("ledger-checks-opened", "ledger", self.ledger);
        Ok(Recorded::new((), opened).and_all(seen))
    }
}

/// Settles one check: what became of the entry.
#[derive(Debug, Serialize, Deserialize)]
pub struct SettleLedgerCheck {
    /// Which.
    pub check: RowId,
    /// The version that was on the screen.
    pub seen: i64,
    /// One of [`OUTCOMES`].
    pub outcome: String,
    /// Why the entry stands, or by what it was registered.
    pub reason: String,
}

impl SettleLedgerCheck {
    /// Whether what is said became of it: a correction was prepared since, or there was
    /// nothing to correct.
    async fn holds(&self, tx: &mut Tx<'_>, row: &LedgerCheckRow) -> Result<(), Stop> {
        let not_so = |field: &str| Refusal::from(Why::FieldMissing).about("field", field);
        match (self.outcome.as_str(), row.entry_id) {
            ("corrected", Some(entry)) => {
                let made = declarations::corrections_of(tx, entry).await?;
                let counts = |one: &declarations::CorrectionRow| {
                    one.prepared_at >= row.recorded_at && one.state != "refused"
                };
                if made.iter().any(counts) { Ok(()) } else { Err(not_so("correction").into()) }
            }
            ("registered", None) | ("stands", _) => {
                if self.reason.trim().chars().count() < 3 {
                    return Err(Why::ReasonMissing.into());
                }
                Ok(())
            }
            _ => Err(not_so("outcome").into()),
        }
    }
}

impl Act for SettleLedgerCheck {
    const NAME: &'static str = "settle-ledger-check";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let acting = acting(tx, at, Permission::CorrectEntries).await?;
        let mut row = ledgers::check(tx, self.check).await?.ok_or(Why::NotFound)?;
        corrected_by(tx, &acting, row.ledger_id).await?;
        if let Some(id) = row.entry_id {
            let entry = civil::entry(tx, id).await?.ok_or(Why::NotFound)?;
            if !may_see_entry(tx, &acting, &entry).await? {
                return Err(Why::NotFound.into());
            }
        }
        if row.state != "open" {
            return Err(Refusal::from(Why::WrongState).about("state", &row.state).into());
        }
        if row.version != self.seen {
            return Err(Why::ChangedMeanwhile.into());
        }
        self.holds(tx, &row).await?;
        row.state = "done".to_owned();
        row.outcome = Some(self.outcome.clone());
        row.reason = Some(self.reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        row.settled_by = Some(acting.officer.id);
        row.settled_at = Some(at.now);
        tx.edit(&mut row).await?;
        let entry = Entry::new("ledger-check-settled", "ledger-check", row.id)
            .with("outcome", self.outcome.clone())
            .with("entry", row.entry_id.map(|id| id.to_string()));
        Ok(Recorded::new(row.version, entry))
    }
}
