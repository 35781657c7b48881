//! Whether a paper is genuine and still counts, as anyone may ask who holds it.

use crate::catalogue::{self, Published};
use crate::civil;
use crate::units;
use diwan_domain::services::Service;
use diwan_store::documents::{self, DocumentRow};
use diwan_store::{Fault, Tx, cases, centres, log};
use jiff::civil::Date;
use std::sync::Arc;

/// A paper as whoever holds it finds it.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The document.
    pub document: DocumentRow,
    /// Its service.
    pub service: Arc<Published>,
    /// The issuing office.
    pub office: Option<centres::OfficeRow>,
    /// The number of its entry in the public log, once sealed there.
    pub leaf: Option<i64>,
    /// The document that replaced it.
    pub replaced_by: Option<String>,
    /// Whether it counts, but would say something else if it were issued today: the
    /// register changed since.
    pub is_outdated: bool,
    /// Whether the mobile unit that sealed it is not believed any more.
    pub is_doubted: bool,
}

impl Checked {
    /// The last day on which a reader may rely on it; `None` while nobody ends it.
    #[must_use]
    pub fn relied_on_until(&self, utc_offset_minutes: i32) -> Option<Date> {
        last_day(&self.service.service, &self.document, utc_offset_minutes)
    }

    /// What is told of it on a day: `genuine`, or the gravest of what stands against it.
    #[must_use]
    pub fn verdict(&self, today: Date, utc_offset_minutes: i32) -> &'static str {
        let is_over = || self.relied_on_until(utc_offset_minutes).is_some_and(|last| last < today);
        match self.document.state.as_str() {
            _ if self.is_doubted => "doubted",
            _ if self.document.training => "training",
            "revoked" => "revoked",
            "replaced" => "replaced",
            _ if is_over() => "expired",
            _ if self.is_outdated => "outdated",
            _ => "genuine",
        }
    }
}

/// The last day on which a reader may rely on a paper, where its service says for how long.
#[must_use]
pub fn last_day(service: &Service, document: &DocumentRow, utc_offset_minutes: i32) -> Option<Date> {
    let days = service.document.as_ref()?.valid_days?;
    let issued = crate::desk::day_of(document.intended_at, utc_offset_minutes);
    issued.checked_add(jiff::Span::new().days(i64::from(days))).ok()
}

/// What the check page shows: the status is read on every request.
///
/// # Errors
/// When the database fails.
pub async fn check(tx: &mut Tx<'_>, code: &str, today: Date) -> Result<Option<Checked>, Fault> {
    let Some(document) = documents::by_check_code(tx, code).await? else { return Ok(None) };
    // An intent is not yet a document.
    if document.file_hash.is_none() {
        return Ok(None);
    }
    if tx.foresees() {
        cases::service_of(tx, document.case_id).await?;
        beside(tx, &document, today).await?;
        tx.ask_foreseen().await?;
    }
    let Some((service, began_under)) = cases::service_of(tx, document.case_id).await? else {
        return Ok(None);
    };
    let edition = super::edition_or(&document, began_under);
    let service = catalogue::edition(tx, &service, edition).await?;
    let Beside { office, leaf, replaced_by, is_outdated, is_doubted } = beside(tx, &document, today).await?;
    Ok(Some(Checked { document, service, office, leaf, replaced_by, is_outdated, is_doubted }))
}

/// What stands in the records beside a document.
struct Beside {
    office: Option<centres::OfficeRow>,
    leaf: Option<i64>,
    replaced_by: Option<String>,
    is_outdated: bool,
    is_doubted: bool,
}

async fn beside(tx: &mut Tx<'_>, document: &DocumentRow, today: Date) -> Result<Beside, Fault> {
    let office = centres::office(tx, document.office_id).await?;
    let leaf = match document.journal_entry {
        Some(entry) => log::leaf_of(tx, entry).await?,
        None => None,
    };
    let replaced_by = match document.replaced_by {
        Some(id) => documents::document(tx, id).await?.map(|row| row.number),
        None => None,
    };
    let is_outdated = civil::has_changed_since(tx, document, today).await?;
    let is_doubted = units::doubted(tx, document).await?.is_some();
    Ok(Beside { office, leaf, replaced_by, is_outdated, is_doubted })
}
