//! Enrolled machines of a centre: kiosks with a key of their own, what they print, and who
//! stands before them.
//!
//! A machine is enrolled once with a short code that a manager reads out, and holds a key
//! from then on, of which only the hash is kept here. It is locked, replaced and taken away
//! at once, without touching the machine.

mod complaints;
mod enrolling;
mod helping;
mod identity;
mod own_papers;
mod printing;

pub use complaints::{AnswerComplaint, LeaveComplaint, complaint, complaints_of};
pub use enrolling::{AddDevice, Added, EnrolDevice, MoveDevice, NoteHealth};
pub use helping::CallHelper;
pub use identity::{RequestKioskCode, SignInAtKiosk};
pub use own_papers::{BeginOwnPaper, Offered, Standing, offered, paper_of, ready, standing};
pub use printing::{AskToPrint, Asked, MovePrint, due, left_open, print, print_coded, prints_at};

use crate::Office;
use crate::secrets;
use diwan_domain::devices::{Condition, DeviceKind, Printer};
use diwan_domain::ids::{CentreId, DeviceId};
use diwan_store::devices::{self, DeviceRow};
use diwan_store::{Fault, Tx};
use std::collections::BTreeMap;

/// After how long a machine that says nothing counts as away: three of its own signs.
pub const SILENT: i64 = 90_000_000;

/// The same for a display, of which a sign is noted at most once a minute.
const DISPLAY_SILENT: i64 = 180_000_000;

/// What a machine is.
#[must_use]
pub fn kind_of(device: &DeviceRow) -> DeviceKind {
    DeviceKind::from_code(&device.kind).unwrap_or(DeviceKind::Kiosk)
}

/// Whether a machine said lately that it is there.
#[must_use]
pub fn is_there(device: &DeviceRow, seen: Option<i64>, now: i64) -> bool {
    let silent = match kind_of(device) {
        DeviceKind::Kiosk => SILENT,
        DeviceKind::Display => DISPLAY_SILENT,
    };
    seen.is_some_and(|seen| now - seen <= silent)
}

/// The machine whose screen holds a key, whether or not it serves.
///
/// # Errors
/// When the database fails.
pub async fn by_key(tx: &mut Tx<'_>, key: &str) -> Result<Option<DeviceRow>, Fault> {
    devices::by_key(tx, &secrets::hash(key)).await
}

/// The machine whose printers are driven by the program that holds a key.
///
/// # Errors
/// When the database fails.
pub async fn by_agent_key(tx: &mut Tx<'_>, key: &str) -> Result<Option<DeviceRow>, Fault> {
    devices::by_agent_key(tx, &secrets::hash(key)).await
}

/// One machine.
///
/// # Errors
/// When the database fails.
pub async fn device(tx: &mut Tx<'_>, id: DeviceId) -> Result<Option<DeviceRow>, Fault> {
    devices::device(tx, id).await
}

/// The machines of a centre with when each last said that it is there.
///
/// # Errors
/// When the database fails.
pub async fn of_centre(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<(DeviceRow, Option<i64>)>, Fault> {
    let mut found = Vec::new();
    for row in devices::of_centre(tx, centre).await? {
        let seen = devices::seen_at(tx, row.id).await?;
        found.push((row, seen));
    }
    Ok(found)
}

/// Notes that a machine is there.
///
/// # Errors
/// When the database fails.
pub async fn note_seen(office: &Office, device: DeviceId) -> Result<(), Fault> {
    devices::note_seen(&office.db, device, office.now()).await
}

/// Whether a machine serves people: enrolled, not locked, not taken away.
#[must_use]
pub fn serves(device: &DeviceRow) -> bool {
    (device.key_hash.is_some() || device.agent_hash.is_some())
        && device.locked_at.is_none()
        && device.ended_at.is_none()
}

/// How a machine's printers stand, as it last said.
#[must_use]
pub fn conditions(device: &DeviceRow) -> BTreeMap<Printer, Condition> {
    serde_json::from_value(device.printers.0.clone()).unwrap_or_default()
}
