//! Pages that Diwan's own command sends from a folder. The command is run by somebody at
//! the machine; an officer answers for it, and the journal keeps both.

use super::opening::{self, AddLedgerPage, OpenLedger};
use crate::acting::{Acting, in_service, load};
use crate::{Office, Who, files, uploads};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::civil::EventKind;
use diwan_domain::digits;
use diwan_domain::ids::{LedgerId, LedgerPageId, OfficerId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::ledgers::{self, LedgerRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, officers};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Who sends by the command.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sender {
    /// The officer who answers for it.
    pub officer: OfficerId,
    /// Who is at the machine, in words, where the command was told.
    pub by_words: Option<String>,
}

impl Sender {
    /// The officer who answers for it, if this is the command, and they may.
    async fn answering(&self, tx: &mut Tx<'_>, at: &Desk) -> Result<Acting, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Refusal::from(Why::NotPermitted).into());
        }
        let acting = load(tx, self.officer).await?.ok_or(Why::NotInService)?;
        if !in_service(&acting.officer, at.now, at.utc_offset_minutes) {
            return Err(Why::NotInService.into());
        }
        acting.needs(Permission::ImportRegister)
    }

    fn signs(&self, entry: Entry) -> Entry {
        let entry = entry.with("answers", self.officer.to_string());
        match &self.by_words {
            Some(words) => entry.with("by", words.clone()),
            None => entry,
        }
    }
}

/// Opens a ledger by the command.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenLedgerBySender {
    /// The ledger.
    pub ledger: OpenLedger,
    /// Who sends.
    pub sender: Sender,
}

impl Act for OpenLedgerBySender {
    const NAME: &'static str = "open-ledger-by-sender";
    type Out = LedgerId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<LedgerId>, Stop> {
        let acting = self.sender.answering(tx, at).await?;
        let (id, entry) = self.ledger.open(at, tx, acting.officer.id).await?;
        Ok(Recorded::new(id, self.sender.signs(entry)))
    }
}

/// Adds the image of a page by the command.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendLedgerPage {
    /// The page.
    pub page: AddLedgerPage,
    /// The SHA-256 of the file as it lay in the folder, with its metadata.
    pub sent_hash: String,
    /// Who sends.
    pub sender: Sender,
}

impl Act for SendLedgerPage {
    const NAME: &'static str = "send-ledger-page";
    type Out = LedgerPageId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<LedgerPageId>, Stop> {
        let acting = self.sender.answering(tx, at).await?;
        let (id, entry) = self.page.add(at, tx, acting.officer.id).await?;
        let entry = entry.with("file", self.page.file_name.clone()).with("file-sha256", &*self.sent_hash);
        Ok(Recorded::new(id, self.sender.signs(entry)))
    }
}

/// The officer with a login, for whoever names one to the command.
///
/// # Errors
/// When the database fails.
pub async fn officer_called(office: &Office, login: &str) -> Result<Option<OfficerId>, Fault> {
    let mut reading = office.db.reading().await?;
    let row = officers::by_login(&mut reading.tx(), &crate::officers::login_of(login)).await?;
    Ok(row.map(|row| row.id))
}

/// A ledger with its number.
///
/// # Errors
/// When the database fails.
pub async fn ledger_known(office: &Office, id: LedgerId) -> Result<Option<LedgerRow>, Fault> {
    ledgers::ledger(&mut office.db.reading().await?.tx(), id).await
}

/// The ledger of an office that is called the same, of the same record: sending goes on
/// with it.
///
/// # Errors
/// When the database fails.
pub async fn ledger_alike(office: &Office, wanted: &OpenLedger) -> Result<Option<LedgerRow>, Fault> {
    let record = digits::to_ascii(wanted.record_no.trim());
    let mut reading = office.db.reading().await?;
    let of = (wanted.office, wanted.kind.code());
    ledgers::called(&mut reading.tx(), of, wanted.name.trim(), wanted.directorate.trim(), &record).await
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is a page now.
    Added(LedgerPageId),
    /// Its image is in the ledger already, as the page with this number.
    There(String),
}

/// Cleans the image of a page and adds it, unless it is there: so sending that broke off
/// goes on.
///
/// # Errors
/// Not an image of a known type, too large, its number taken by another image, or in another
/// ledger of the office; nobody answers for it; or the store fails.
pub async fn send_page(
    office: &Office,
    sender: &Sender,
    (ledger, page_no): (LedgerId, &str),
    (name, bytes): (&str, bytes::Bytes),
) -> Result<Sent, Stop> {
    let sent_hash = hex::encode(Sha256::digest(&bytes));
    let cleaned = uploads::clean_in_turn(bytes, opening::limits()).await?;
    let hash = hex::encode(Sha256::digest(&cleaned.bytes));
    {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        let row = ledgers::ledger(&mut tx, ledger).await?.ok_or(Why::NotFound)?;
        let there = ledgers::page_with_image(&mut tx, row.office_id, &hash).await?;
        if let Some(page) = there.filter(|page| page.ledger_id == ledger) {
            return Ok(Sent::There(page.page_no));
        }
    }
    let size = cleaned.bytes.len() as u64;
    files::keep_and_name(office, cleaned.bytes, async |file_hash| {
        let page = AddLedgerPage {
            ledger,
            page_no: page_no.to_owned(),
            file_hash,
            file_name: uploads::safe_name(name),
            media: cleaned.media,
            bytes: size,
        };
        let act = SendLedgerPage { page, sent_hash, sender: sender.clone() };
        office.perform_once(&Who::system("import"), act).await
    })
    .await
    .map(Sent::Added)
}

/// The kinds of which there are ledgers, by their codes.
#[must_use]
pub fn kinds() -> Vec<&'static str> {
    diwan_domain::civil::books::ledger::KINDS.iter().map(|kind: &EventKind| kind.code()).collect()
}
