//! What a machine prints: asked for once, fetched once, and when a machine goes away in the
//! middle, a person decides and not a timer.

use super::serves;
use crate::acting::acting;
use crate::cases::Access;
use crate::documents::released;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::devices::{PrintKind, PrintState, PrintStep, again_by_anyone};
use diwan_domain::ids::{CaseId, CentreId, DeviceId, DocumentId, PrintId, TicketId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::proxies::Deed;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::devices::{self, DeviceRow, PrintRow};
use diwan_store::officers::OfficerRow;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, cases, documents, duplicates, queue};
use serde::{Deserialize, Serialize};

/// A sheet that was asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Asked {
    /// Which sheet.
    pub print: PrintId,
    /// What opens its state to whoever waits for it.
    pub code: String,
}

/// Asks a machine to print. The same thing is asked of one machine once: whoever asks again
/// is shown the sheet there is.
#[derive(Debug, Serialize, Deserialize)]
pub struct AskToPrint {
    /// On which machine.
    pub device: DeviceId,
    /// What.
    pub kind: PrintKind,
    /// The ticket, case or document.
    pub subject: String,
    /// In which language it is worded.
    pub language: String,
    /// What opens the case that it belongs to.
    pub access: Access,
}

impl Act for AskToPrint {
    const NAME: &'static str = "ask-to-print";
    type Out = Asked;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Asked>, Stop> {
        let device = devices::device(tx, self.device).await?.filter(serves).ok_or(Why::DeviceNotInUse)?;
        self.may_ask(tx, at, &device).await?;
        if let Some(mut row) = devices::print_of(tx, device.id, self.kind.code(), &self.subject).await? {
            // Whoever went away before it was printed has come back.
            if row.state == PrintState::Dropped.code() {
                row.state = PrintState::Waiting.code().to_owned();
                row.moved_at = at.now;
                tx.edit(&mut row).await?;
            }
            let entry = Entry::new("print-asked-again", "print", row.id);
            return Ok(Recorded::new(Asked { print: row.id, code: row.code }, entry));
        }
        let row = PrintRow {
            id: at.fresh("print"),
            device_id: device.id,
            centre_id: device.centre_id,
            kind: self.kind.code().to_owned(),
            subject: self.subject.clone(),
            language: self.language.clone(),
            file_hash: None,
            state: PrintState::Waiting.code().to_owned(),
            why: None,
            tries: 0,
            code: hex::encode(&at.chance("print-code")[..16]),
            asked_at: at.now,
            moved_at: at.now,
            version: 1,
        };
        tx.add(&row).await?;
        let entry = Entry::new("print-asked", "print", row.id)
            .with("kind", self.kind.code())
            .with("device", device.id.to_string());
        Ok(Recorded::new(Asked { print: row.id, code: row.code }, entry))
    }
}

impl AskToPrint {
    /// A ticket of the machine's centre; a case or paper only by whoever it is open to.
    async fn may_ask(&self, tx: &mut Tx<'_>, at: &Desk, device: &DeviceRow) -> Result<(), Stop> {
        match self.kind {
            PrintKind::Ticket => {
                let id: TicketId = self.subject.parse().map_err(|_| Why::NotFound)?;
                let ticket = queue::ticket(tx, id).await?;
                ticket.filter(|ticket| ticket.centre_id == device.centre_id).ok_or(Why::NotFound)?;
            }
            PrintKind::Slip => {
                let id: CaseId = self.subject.parse().map_err(|_| Why::NotFound)?;
                crate::cases::open(tx, at, id, &self.access).await?;
            }
            PrintKind::Document => {
                let id: DocumentId = self.subject.parse().map_err(|_| Why::NotFound)?;
                let document = documents::document(tx, id).await?.ok_or(Why::NotFound)?;
                let case =
                    crate::cases::open_for(tx, at, document.case_id, &self.access, Deed::Fetch).await?;
                if !at.assurance.is_proven() || case.applicant_id.is_none() {
                    return Err(Why::IdentityUnproven.into());
                }
                if case.paid_minor_units < case.fee_minor_units {
                    return Err(Why::FeeOpen.into());
                }
                if document.ended_at.is_some() {
                    return Err(Why::DocumentEnded.into());
                }
            }
        }
        Ok(())
    }
}

/// One step of a sheet: by the machine that prints it, by whoever waits for it, or by an
/// officer of the centre.
#[derive(Debug, Serialize, Deserialize)]
pub struct MovePrint {
    /// Which sheet.
    pub print: PrintId,
    /// What happens.
    pub step: PrintStep,
    /// Why it did not come out, as the printer said.
    #[serde(default)]
    pub why: Option<String>,
    /// What opens it to whoever waits for it.
    #[serde(default)]
    pub code: Option<String>,
}

impl Act for MovePrint {
    const NAME: &'static str = "move-print";
    type Out = PrintState;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<PrintState>, Stop> {
        let mut row = devices::print(tx, self.print).await?.ok_or(Why::NotFound)?;
        let state = PrintState::from_code(&row.state).ok_or(Why::StepImpossible)?;
        let kind = PrintKind::from_code(&row.kind).ok_or(Why::StepImpossible)?;
        self.may_move(tx, at, &row, (state, kind)).await?;
        let Some(next) = state.after(self.step) else {
            return Err(Refusal::from(Why::StepImpossible).about("state", &row.state).into());
        };
        let mut more = Vec::new();
        if self.step == PrintStep::Begin {
            row.tries += 1;
            if kind == PrintKind::Document {
                // The paper leaves the house with this act, and with no other.
                let id: DocumentId = row.subject.parse().map_err(|_| Why::NotFound)?;
                let (hash, entry) = released(tx, at, id).await?;
                row.file_hash = Some(hash);
                more.push(entry);
            }
        }
        row.state = next.code().to_owned();
        row.why = self.why.as_deref().map(|why| why.chars().take(60).collect());
        row.moved_at = at.now;
        tx.edit(&mut row).await?;
        tx.announce(crate::queue::TOPIC, row.centre_id);
        let entry = Entry::new("print-moved", "print", row.id)
            .with("step", self.step.code())
            .with("kind", row.kind.clone())
            .with("tries", row.tries);
        Ok(Recorded::new(next, entry).and_all(more))
    }
}

impl MovePrint {
    async fn may_move(
        &self,
        tx: &mut Tx<'_>,
        at: &Desk,
        row: &PrintRow,
        (state, kind): (PrintState, PrintKind),
    ) -> Result<(), Stop> {
        match (&at.actor, self.step) {
            (
                Actor::Device(id),
                PrintStep::Begin
                | PrintStep::Printed
                | PrintStep::Failed
                | PrintStep::Unsure
                | PrintStep::Drop,
            ) if *id == row.device_id && state != PrintState::Unsure => {
                devices::device(tx, *id).await?.filter(serves).ok_or(Why::DeviceNotInUse)?;
                Ok(())
            }
            (Actor::Officer(_), PrintStep::Again | PrintStep::Drop | PrintStep::Printed) => {
                let acting = acting(tx, at, Permission::ServeQueue).await?;
                let is_here = acting.officer.centre_id == Some(row.centre_id);
                // An officer says that it came out only where nobody knows.
                let fits = self.step != PrintStep::Printed || state == PrintState::Unsure;
                if !is_here || !fits {
                    return Err(Why::NotFound.into());
                }
                if self.step != PrintStep::Drop && is_their_own(tx, &acting.officer, row, kind).await? {
                    return Err(Why::NeedsSecondPerson.into());
                }
                Ok(())
            }
            (_, PrintStep::Again | PrintStep::Drop) if self.code.as_deref() == Some(row.code.as_str()) => {
                if self.step == PrintStep::Again && !again_by_anyone(state, kind) {
                    return Err(Why::NeedsSecondPerson.into());
                }
                Ok(())
            }
            _ => Err(Why::NotFound.into()),
        }
    }
}

/// Whether a sheet is a paper that an officer asked for themself: then another looks into
/// the tray.
async fn is_their_own(
    tx: &mut Tx<'_>,
    officer: &OfficerRow,
    row: &PrintRow,
    kind: PrintKind,
) -> Result<bool, Fault> {
    let (PrintKind::Document, Some(own), Ok(id)) = (kind, officer.person_id, row.subject.parse()) else {
        return Ok(false);
    };
    let Some(document) = documents::document(tx, id).await? else { return Ok(false) };
    let Some(case) = cases::case(tx, document.case_id).await? else { return Ok(false) };
    let own = duplicates::counts_as(tx, own).await?;
    for person in case.applicant_id.into_iter().chain(document.holder_id) {
        if duplicates::counts_as(tx, person).await? == own {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a machine is to print now, the oldest first: papers only once they are sealed.
///
/// # Errors
/// When the database fails.
pub async fn due(tx: &mut Tx<'_>, device: DeviceId) -> Result<Vec<PrintRow>, Fault> {
    let mut due = Vec::new();
    for row in devices::prints(tx, device, PrintState::Waiting.code()).await? {
        let is_sealed = match row.subject.parse::<DocumentId>() {
            Ok(id) if row.kind == PrintKind::Document.code() => {
                documents::document(tx, id).await?.is_some_and(|document| document.file_hash.is_some())
            }
            _ => true,
        };
        if is_sealed {
            due.push(row);
        }
    }
    Ok(due)
}

/// What a machine had in hand when it went away: nobody knows whether it came out.
///
/// # Errors
/// When the database fails.
pub async fn left_open(tx: &mut Tx<'_>, device: DeviceId) -> Result<Vec<PrintRow>, Fault> {
    devices::prints(tx, device, PrintState::Printing.code()).await
}

/// One sheet.
///
/// # Errors
/// When the database fails.
pub async fn print(tx: &mut Tx<'_>, id: PrintId) -> Result<Option<PrintRow>, Fault> {
    devices::print(tx, id).await
}

/// The sheet that a code opens.
///
/// # Errors
/// When the database fails.
pub async fn print_coded(tx: &mut Tx<'_>, code: &str) -> Result<Option<PrintRow>, Fault> {
    devices::print_coded(tx, code).await
}

/// The sheets of a centre that did not come out, or of which nobody knows.
///
/// # Errors
/// When the database fails.
pub async fn prints_at(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<PrintRow>, Fault> {
    let mut rows = devices::prints_of_centre(tx, centre, PrintState::Unsure.code()).await?;
    rows.extend(devices::prints_of_centre(tx, centre, PrintState::Failed.code()).await?);
    Ok(rows)
}
