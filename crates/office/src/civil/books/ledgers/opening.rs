//! A ledger that is opened, and the images of its pages.

use crate::acting::acting;
use crate::{Office, Who, files, uploads};
use diwan_domain::acts::Desk;
use diwan_domain::civil::EventKind;
use diwan_domain::civil::books::ledger::KINDS;
use diwan_domain::digits;
use diwan_domain::ids::{LedgerId, LedgerPageId, OfficeId, OfficerId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::uploads::{Limits, MediaType};
use diwan_store::ledgers::{self, LedgerPageRow, LedgerRow};
use diwan_store::{Act, Recorded, Stop, Tx, centres};
use serde::{Deserialize, Serialize};

/// How long the words about a ledger may be, in characters.
const LONGEST: usize = 80;
/// How long the number of a record or a page may be, and what stands before numbers.
const LONGEST_NUMBER: usize = 20;
/// How many pages a ledger may have.
const MOST_PAGES: i64 = 2_000;

/// What an image of a page may be.
#[must_use]
pub fn limits() -> Limits {
    Limits { max_bytes: 20_000_000, max_files: 1, types: vec![MediaType::Jpeg, MediaType::Png] }
}

/// Opens a ledger whose scanned pages are to be keyed in.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenLedger {
    /// The office whose entries they are.
    pub office: OfficeId,
    /// The kind of event.
    pub kind: EventKind,
    /// What it is called.
    pub name: String,
    /// The directorate, as the census of 1957 has it.
    pub directorate: String,
    /// The record (سجل).
    pub record_no: String,
    /// What stands before the numbers of its entries, so that they differ from those
    /// of other ledgers: `1957/`.
    pub number_prefix: String,
    /// Which share of its pages is keyed twice, of a hundred.
    pub sample_percent: i64,
    /// Above which share of differing fields all pages are, of a thousand.
    pub threshold_permille: i64,
}

fn tidy(text: &str, most: usize) -> Result<String, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err("answer/missing");
    }
    may_be_empty(text, most)
}

fn may_be_empty(text: &str, most: usize) -> Result<String, &'static str> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err("text/control");
    }
    if text.chars().count() > most { Err("text/too-long") } else { Ok(text.to_owned()) }
}

impl Act for OpenLedger {
    const NAME: &'static str = "open-ledger";
    type Out = LedgerId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<LedgerId>, Stop> {
        let acting = acting(tx, at, Permission::ImportRegister).await?;
        let (id, entry) = self.open(at, tx, acting.officer.id).await?;
        Ok(Recorded::new(id, entry))
    }
}

impl OpenLedger {
    /// The ledger, opened by an officer who may.
    pub(super) async fn open(
        &self,
        at: &Desk,
        tx: &mut Tx<'_>,
        opened_by: OfficerId,
    ) -> Result<(LedgerId, Entry), Stop> {
        let office = centres::office(tx, self.office).await?.filter(|office| office.ended_at.is_none());
        office.ok_or(Why::NotFound)?;
        let number = |text: &str| digits::to_ascii(text);
        let mut refusal = Refusal::from(Why::FieldsWrong);
        let mut kept = |name: &str, read: Result<String, &'static str>| {
            read.unwrap_or_else(|code| {
                refusal.about.insert(name.to_owned(), code.to_owned());
                String::new()
            })
        };
        let name = kept("name", tidy(&self.name, LONGEST));
        let directorate = kept("directorate", tidy(&self.directorate, LONGEST));
        let record_no = kept("record-no", tidy(&number(&self.record_no), LONGEST_NUMBER));
        let prefix = kept("number-prefix", may_be_empty(&number(&self.number_prefix), LONGEST_NUMBER));
        if !KINDS.contains(&self.kind) {
            refusal.about.insert("kind".into(), "answer/not-offered".into());
        }
        let refusal = shares_fit(refusal, self.sample_percent, self.threshold_permille);
        if !refusal.about.is_empty() {
            return Err(refusal.into());
        }
        let row = LedgerRow {
            id: at.fresh("ledger"),
            office_id: self.office,
            kind: self.kind.code().to_owned(),
            name,
            directorate,
            record_no,
            number_prefix: prefix,
            sample_percent: self.sample_percent,
            threshold_permille: self.threshold_permille,
            all_twice_at: None,
            opened_by,
            opened_at: at.now,
            version: 1,
        };
        tx.add(&row).await?;
        let entry = Entry::new("ledger-opened", "ledger", row.id)
            .with("kind", row.kind.clone())
            .with("record", row.record_no.clone())
            .with("twice-percent", row.sample_percent)
            .with("threshold-permille", row.threshold_permille);
        Ok((row.id, entry))
    }
}

/// Sets which share of a ledger's pages is keyed twice from now on, and above which
/// share of differing fields all are. Pages that ended keep what was drawn for them.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetLedger {
    /// Which ledger.
    pub ledger: LedgerId,
    /// The version that was on the screen.
    pub seen: i64,
    /// Which share of its pages is keyed twice, of a hundred.
    pub sample_percent: i64,
    /// Above which share of differing fields all pages are, of a thousand.
    pub threshold_permille: i64,
}

impl Act for SetLedger {
    const NAME: &'static str = "set-ledger";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        acting(tx, at, Permission::ImportRegister).await?;
        let mut row = ledgers::ledger(tx, self.ledger).await?.ok_or(Why::NotFound)?;
        if row.version != self.seen {
            return Err(Why::ChangedMeanwhile.into());
        }
        let refusal =
            shares_fit(Refusal::from(Why::FieldsWrong), self.sample_percent, self.threshold_permille);
        if !refusal.about.is_empty() {
            return Err(refusal.into());
        }
        row.sample_percent = self.sample_percent;
        row.threshold_permille = self.threshold_permille;
        tx.edit(&mut row).await?;
        let entry = Entry::new("ledger-set", "ledger", row.id)
            .with("twice-percent", row.sample_percent)
            .with("threshold-permille", row.threshold_permille);
        Ok(Recorded::new(row.version, entry))
    }
}

/// Whether shares are shares.
fn shares_fit(mut refusal: Refusal, sample: i64, threshold: i64) -> Refusal {
    for (field, share, most) in [("sample-percent", sample, 100), ("threshold", threshold, 1_000)] {
        if share > most {
            refusal.about.insert(field.into(), "number/too-large".into());
        } else if share < 0 {
            refusal.about.insert(field.into(), "number/not-a-number".into());
        }
    }
    refusal
}

/// Adds the image of a page to a ledger. The same image is added once to the ledgers
/// of an office.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddLedgerPage {
    /// To which ledger.
    pub ledger: LedgerId,
    /// The page's number, as it stands on it.
    pub page_no: String,
    /// The image's SHA-256, under which its bytes are kept.
    pub file_hash: String,
    /// Its name on the sender's device.
    pub file_name: String,
    /// Its type.
    pub media: MediaType,
    /// How many bytes it has.
    pub bytes: u64,
}

impl Act for AddLedgerPage {
    const NAME: &'static str = "add-ledger-page";
    type Out = LedgerPageId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<LedgerPageId>, Stop> {
        let acting = acting(tx, at, Permission::ImportRegister).await?;
        let (id, entry) = self.add(at, tx, acting.officer.id).await?;
        Ok(Recorded::new(id, entry))
    }
}

impl AddLedgerPage {
    /// The page, added by an officer who may.
    pub(super) async fn add(
        &self,
        at: &Desk,
        tx: &mut Tx<'_>,
        added_by: OfficerId,
    ) -> Result<(LedgerPageId, Entry), Stop> {
        let ledger = ledgers::ledger(tx, self.ledger).await?.ok_or(Why::NotFound)?;
        let page_no = tidy(&digits::to_ascii(&self.page_no), LONGEST_NUMBER)
            .map_err(|code| Refusal::from(Why::FieldsWrong).about("page-no", code))?;
        if !limits().types.contains(&self.media) {
            return Err(Why::FileWrongType.into());
        }
        let there = |page: &str| Refusal::from(Why::LedgerPageThere).about("page", page);
        if ledgers::page_numbered(tx, ledger.id, &page_no).await?.is_some() {
            return Err(there(&page_no).into());
        }
        if let Some(page) = ledgers::page_with_image(tx, ledger.office_id, &self.file_hash).await? {
            return Err(there(&page.page_no).into());
        }
        let place = ledgers::count_pages(tx, ledger.id).await? + 1;
        if place > MOST_PAGES {
            return Err(Refusal::from(Why::TooManyFiles).about("max", MOST_PAGES).into());
        }
        let row = LedgerPageRow {
            id: at.fresh("page"),
            ledger_id: ledger.id,
            page_no,
            place,
            file_hash: self.file_hash.clone(),
            file_name: self.file_name.clone(),
            media: self.media.code().to_owned(),
            bytes: i64::try_from(self.bytes).unwrap_or(i64::MAX),
            state: "waiting".to_owned(),
            is_twice: false,
            first_keying: None,
            second_keying: None,
            decision: None,
            compared: 0,
            differing: 0,
            wrong_first: 0,
            wrong_second: 0,
            import_id: None,
            added_by,
            added_at: at.now,
            version: 1,
        };
        tx.add(&row).await?;
        let entry = Entry::new("ledger-page-added", "ledger-page", row.id)
            .with("ledger", ledger.id.to_string())
            .with("page", row.page_no.clone())
            .with("sha256", row.file_hash.clone());
        Ok((row.id, entry))
    }
}

/// Cleans the image of a page, keeps it and adds it to its ledger. Metadata are gone
/// afterwards; what is not taken is not kept.
///
/// # Errors
/// Not an image of a known type, too large, in a ledger already; not permitted; or the
/// store fails.
pub async fn add_page(
    office: &Office,
    who: &Who,
    key: &str,
    (ledger, page_no): (LedgerId, String),
    (name, bytes): (&str, bytes::Bytes),
) -> Result<LedgerPageId, Stop> {
    let cleaned = uploads::clean_in_turn(bytes, limits()).await?;
    let size = cleaned.bytes.len() as u64;
    files::keep_and_name(office, cleaned.bytes, async |file_hash| {
        let act = AddLedgerPage {
            ledger,
            page_no,
            file_hash,
            file_name: uploads::safe_name(name),
            media: cleaned.media,
            bytes: size,
        };
        office.perform(who, key, act).await
    })
    .await
}
