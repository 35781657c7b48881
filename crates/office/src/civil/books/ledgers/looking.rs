//! Ledgers as officers see them, each only what is theirs to see.

use super::{kind_of, own_ledger, own_page, reader, rows_named, rows_of};
use crate::acting::Acting;
use crate::civil::may_see_entry;
use diwan_domain::civil::EventKind;
use diwan_domain::civil::books::ledger::{Differing, KeyedRow, compare};
use diwan_domain::ids::{ImportId, LedgerId, LedgerPageId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_store::ledgers::{self, LedgerPageRow, LedgerRow};
use diwan_store::value::Val;
use diwan_store::{Fault, Stop, Tx, imports, officers};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A page that an officer keys.
#[derive(Clone, Debug)]
pub struct InHand {
    /// Its ledger.
    pub ledger: LedgerRow,
    /// The page.
    pub page: LedgerPageRow,
    /// The kind of event.
    pub kind: EventKind,
    /// The version of the keying.
    pub version: i64,
    /// What is kept so far.
    pub rows: Vec<KeyedRow>,
}

/// The ledgers that an officer may see: those of their office; all, for whoever
/// oversees ledgers.
///
/// # Errors
/// When the database fails.
pub async fn ledgers_for(tx: &mut Tx<'_>, acting: &Acting, at_most: i64) -> Result<Vec<LedgerRow>, Fault> {
    match acting.officer.office_id {
        _ if super::oversees(acting) => ledgers::newest(tx, at_most).await,
        Some(office) => ledgers::newest_of(tx, office, at_most).await,
        None => Ok(Vec::new()),
    }
}

/// A ledger that an officer may see.
///
/// # Errors
/// When the database fails.
pub async fn ledger_for(tx: &mut Tx<'_>, acting: &Acting, id: LedgerId) -> Result<Option<LedgerRow>, Fault> {
    own_ledger(tx, acting, id).await
}

/// The page that an officer has in hand, if it is this one.
///
/// # Errors
/// [`Why::NotFound`] when they have not; or the database fails.
pub async fn in_hand(tx: &mut Tx<'_>, acting: &Acting, id: LedgerPageId) -> Result<InHand, Stop> {
    let (ledger, page) = own_page(tx, acting, id).await?;
    let keyings = ledgers::keyings(tx, id).await?;
    let own = keyings.iter().find(|keying| {
        keying.officer_id == acting.officer.id && keying.ended_at.is_none() && keying.given_back_at.is_none()
    });
    let own = own.ok_or(Why::NotFound)?;
    let kind = kind_of(&ledger)?;
    Ok(InHand { ledger, page, kind, version: own.version, rows: rows_of(own)? })
}

/// Two keyings of a page, and where they differ.
#[derive(Clone, Debug)]
pub struct Two {
    /// The page's ledger.
    pub ledger: LedgerRow,
    /// The page.
    pub page: LedgerPageRow,
    /// The kind of event.
    pub kind: EventKind,
    /// Where they differ.
    pub differing: Vec<Differing>,
}

/// Where the keyings of a page differ. Who sees it was asked by
/// [`super::OpenDifferences`].
///
/// # Errors
/// [`Why::NotFound`]; or the database fails.
pub async fn difference_of(
    tx: &mut Tx<'_>,
    acting: &Acting,
    id: LedgerPageId,
    today: Date,
) -> Result<Two, Stop> {
    let (ledger, page) = own_page(tx, acting, id).await?;
    let first = rows_named(tx, page.first_keying).await?;
    let second = rows_named(tx, page.second_keying).await?;
    let reader = reader(tx, &ledger).await?;
    let differing = compare(&reader, &page.page_no, (&first, &second), today).differing;
    let kind = kind_of(&ledger)?;
    Ok(Two { ledger, page, kind, differing })
}

/// A page whose image an officer may see because they key it or decide of it.
///
/// # Errors
/// [`Why::NotFound`] for everyone else; or the database fails.
pub async fn image_for(tx: &mut Tx<'_>, acting: &Acting, id: LedgerPageId) -> Result<LedgerPageRow, Stop> {
    let (ledger, page) = own_page(tx, acting, id).await?;
    if page.import_id.is_some() && !may_see_page(tx, acting, (&ledger, &page), Date::MAX).await? {
        return Err(Why::NotFound.into());
    }
    let keyings = ledgers::keyings(tx, id).await?;
    let own = keyings.iter().find(|keying| keying.officer_id == acting.officer.id);
    let keys_it = own.is_some_and(|own| own.ended_at.is_none() && own.given_back_at.is_none());
    let decides = own.is_none() && page.state == "differing" && acting.may(Permission::KeyLedgers);
    if keys_it || decides { Ok(page) } else { Err(Why::NotFound.into()) }
}

/// From which page of which ledger an entry came, and who keyed it.
#[derive(Clone, Debug)]
pub struct Scanned {
    /// The ledger.
    pub ledger: LedgerRow,
    /// The page.
    pub page: LedgerPageRow,
    /// Who keyed it and who decided: `first`, `second` or `decision`, and their names.
    pub hands: Vec<(String, String)>,
    /// Whether the officer may see the image, on which other entries stand as well.
    pub may_see_image: bool,
}

/// From which scanned page an entry came, if it came from one.
///
/// # Errors
/// When the database fails.
pub async fn scanned_entry(
    tx: &mut Tx<'_>,
    acting: &Acting,
    import: ImportId,
    today: Date,
) -> Result<Option<Scanned>, Stop> {
    let Some(page) = ledgers::page_of_import(tx, import).await? else { return Ok(None) };
    let ledger = ledgers::ledger(tx, page.ledger_id).await?.ok_or(Why::NotFound)?;
    let keyings = ledgers::keyings(tx, page.id).await?;
    let mut hands = Vec::new();
    for keying in keyings.iter().filter(|keying| keying.given_back_at.is_none()) {
        let name = officers::officer(tx, keying.officer_id).await?.map(|row| row.name);
        hands.push((keying.part.clone(), name.unwrap_or_default()));
    }
    let may_see_image = may_see_page(tx, acting, (&ledger, &page), today).await?;
    Ok(Some(Scanned { ledger, page, hands, may_see_image }))
}

/// Whether an officer may see every entry of a page: a protected neighbour closes the
/// image.
pub(super) async fn may_see_page(
    tx: &mut Tx<'_>,
    acting: &Acting,
    (ledger, page): (&LedgerRow, &LedgerPageRow),
    today: Date,
) -> Result<bool, Stop> {
    let reader = reader(tx, ledger).await?;
    let mut numbers: BTreeSet<Val> = BTreeSet::new();
    // Rows that went in and rows that were decided later may bear other numbers.
    for keying in [page.first_keying, page.decision] {
        let rows = rows_named(tx, keying).await?;
        let read = rows.iter().enumerate();
        let read = read.filter_map(|(n, row)| reader.read(&page.page_no, n + 1, row, today).ok());
        numbers.extend(read.map(|entry| Val::Text(entry.number)));
    }
    for entry in imports::entries_numbered(tx, &numbers).await? {
        if !may_see_entry(tx, acting, &entry).await? {
            return Ok(false);
        }
    }
    Ok(true)
}
