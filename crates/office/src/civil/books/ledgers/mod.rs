//! Scanned ledgers: pages are sent as images, keyed in row by row, some of them
//! twice by two officers who do not know of one another, and what is settled goes
//! into the register as every old book does.
//!
//! [`opening`] has the ledger and its pages, [`keying`] what officers type, with the
//! draw that has a page keyed again, [`deciding`] settles differences, [`bringing`]
//! writes entries, [`checking`] has those that a later keying says otherwise, [`looking`]
//! is for pages and programs, [`sending`] for the command that sends a folder.

mod bringing;
mod checking;
mod deciding;
mod keying;
mod looking;
mod opening;
mod sending;

pub use bringing::{BringInPage, Brought, bring_in};
pub use checking::{LedgerCheck, OUTCOMES, OpenLedgerChecks, SettleLedgerCheck, open_checks};
pub use deciding::{DecideDifferences, OpenDifferences};
pub use keying::{GiveBackPage, KeyRows, Keyed, TakePage};
pub use looking::{
    InHand, Scanned, Two, difference_of, image_for, in_hand, ledger_for, ledgers_for, scanned_entry,
};
pub use opening::{AddLedgerPage, OpenLedger, SetLedger, add_page, limits};
pub use sending::{
    OpenLedgerBySender, SendLedgerPage, Sender, Sent, kinds, ledger_alike, ledger_known, officer_called,
    send_page,
};

pub use diwan_store::ledgers::{
    KeyingRow, LedgerPageRow, LedgerProgress, LedgerRow, Quality, count_checks, count_to_key, ledger, page,
    page_of_import, pages_after, progress, quality, to_decide,
};

use crate::acting::Acting;
use diwan_domain::civil::EventKind;
use diwan_domain::civil::books::RowFault;
use diwan_domain::civil::books::ledger::{KeyedRow, Ledger, Reader};
use diwan_domain::ids::{KeyingId, LedgerId, LedgerPageId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::{Fault, Stop, Tx, centres, ledgers};

/// The kind of event of a ledger.
///
/// # Errors
/// When the database holds none.
pub fn kind_of(ledger: &LedgerRow) -> Result<EventKind, Fault> {
    EventKind::from_code(&ledger.kind)
        .ok_or_else(|| Fault::WrongDatabase(format!("ledger {} has no kind", ledger.id)))
}

/// A ledger as its rows are read.
pub(super) fn as_read(ledger: &LedgerRow) -> Result<Ledger<'_>, Fault> {
    Ok(Ledger {
        kind: kind_of(ledger)?,
        name: &ledger.name,
        directorate: &ledger.directorate,
        record_no: &ledger.record_no,
        number_prefix: &ledger.number_prefix,
    })
}

/// What makes entries of the rows of a ledger.
async fn reader(tx: &mut Tx<'_>, ledger: &LedgerRow) -> Result<Reader, Stop> {
    let office = centres::office(tx, ledger.office_id).await?.ok_or(Why::NotFound)?;
    Ok(Reader::new(&as_read(ledger)?, &office.code).map_err(Fault::WrongDatabase)?)
}

/// Whether someone oversees ledgers: then they see how pages stand, which whoever
/// keys must not.
fn oversees(acting: &Acting) -> bool {
    acting.may(Permission::ImportRegister)
}

/// A ledger of the officer's own office; any, for whoever oversees ledgers.
async fn own_ledger(tx: &mut Tx<'_>, acting: &Acting, id: LedgerId) -> Result<Option<LedgerRow>, Fault> {
    if oversees(acting) {
        return ledgers::ledger(tx, id).await;
    }
    match acting.officer.office_id {
        Some(office) => ledgers::ledger_of(tx, id, office).await,
        None => Ok(None),
    }
}

/// A page with its ledger, where the officer may key.
async fn own_page(
    tx: &mut Tx<'_>,
    acting: &Acting,
    id: LedgerPageId,
) -> Result<(LedgerRow, LedgerPageRow), Stop> {
    let page = ledgers::page(tx, id).await?.ok_or(Why::NotFound)?;
    let office = acting.officer.office_id.ok_or(Why::NotFound)?;
    let ledger = ledgers::ledger_of(tx, page.ledger_id, office).await?.ok_or(Why::NotFound)?;
    Ok((ledger, page))
}

/// The rows of a keying.
fn rows_of(keying: &KeyingRow) -> Result<Vec<KeyedRow>, Fault> {
    serde_json::from_value(keying.rows_keyed.0.clone())
        .map_err(|error| Fault::WrongDatabase(format!("keying {}: {error}", keying.id)))
}

/// The rows of the keying that a page names.
async fn rows_named(tx: &mut Tx<'_>, id: Option<KeyingId>) -> Result<Vec<KeyedRow>, Fault> {
    let Some(id) = id else { return Ok(Vec::new()) };
    let keying = ledgers::keying(tx, id).await?;
    keying.as_ref().map_or_else(|| Ok(Vec::new()), rows_of)
}

/// What a row's faults are called in a refusal: `3/child.given`.
fn faults_in(refusal: Refusal, row: usize, faults: &[RowFault]) -> Refusal {
    faults.iter().fold(refusal, |refusal, fault| {
        let field = if fault.field.is_empty() { "row" } else { &fault.field };
        refusal.about(&format!("{row}/{field}"), &fault.code)
    })
}
