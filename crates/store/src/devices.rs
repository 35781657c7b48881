//! Enrolled machines of centres, what they print, and notes that are left there.

use crate::db::Db;
use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{CentreId, DeviceId, PrintId, RowId};

record! {
    /// An enrolled machine.
    pub struct DeviceRow in "devices" {
        id: DeviceId,
        centre_id: CentreId,
        kind: String,
        label: String,
        key_hash: Option<Vec<u8>>,
        agent_hash: Option<Vec<u8>>,
        code_hash: Option<Vec<u8>>,
        code_until: Option<i64>,
        added_at: i64,
        enrolled_at: Option<i64>,
        locked_at: Option<i64>,
        ended_at: Option<i64>,
        printers: Json,
        version: i64,
    }
}

record! {
    /// A sheet that a machine prints.
    pub struct PrintRow in "print_jobs" {
        id: PrintId,
        device_id: DeviceId,
        centre_id: CentreId,
        kind: String,
        subject: String,
        language: String,
        file_hash: Option<String>,
        state: String,
        why: Option<String>,
        tries: i64,
        code: String,
        asked_at: i64,
        moved_at: i64,
        version: i64,
    }
}

record! {
    /// A note that somebody left about how they were served.
    pub struct ComplaintRow in "complaints" {
        id: RowId,
        centre_id: CentreId,
        number: String,
        channel: String,
        language: String,
        about: Json,
        words: String,
        phone: Option<String>,
        left_at: i64,
        read_at: Option<i64>,
        answer: Option<String>,
        answered_at: Option<i64>,
        version: i64,
    }
}

/// One machine.
///
/// # Errors
/// When the database fails.
pub async fn device(tx: &mut Tx<'_>, id: DeviceId) -> Result<Option<DeviceRow>, Fault> {
    tx.one("SELECT * FROM devices WHERE id = $1", &vals![id]).await
}

/// The machine whose screen holds a key.
///
/// # Errors
/// When the database fails.
pub async fn by_key(tx: &mut Tx<'_>, key_hash: &[u8]) -> Result<Option<DeviceRow>, Fault> {
    tx.one("SELECT * FROM devices WHERE key_hash = $1", &vals![key_hash.to_vec()]).await
}

/// The machine whose printers are driven by the program that holds a key.
///
/// # Errors
/// When the database fails.
pub async fn by_agent_key(tx: &mut Tx<'_>, key_hash: &[u8]) -> Result<Option<DeviceRow>, Fault> {
    tx.one("SELECT * FROM devices WHERE agent_hash = $1", &vals![key_hash.to_vec()]).await
}

/// The machine that is to be enrolled with a code.
///
/// # Errors
/// When the database fails.
pub async fn by_code(tx: &mut Tx<'_>, code_hash: &[u8]) -> Result<Option<DeviceRow>, Fault> {
    tx.one("SELECT * FROM devices WHERE code_hash = $1", &vals![code_hash.to_vec()]).await
}

/// The machine of a centre with a label, that was not taken away.
///
/// # Errors
/// When the database fails.
pub async fn labelled(tx: &mut Tx<'_>, centre: CentreId, label: &str) -> Result<Option<DeviceRow>, Fault> {
    tx.one("SELECT * FROM devices WHERE centre_id = $1 AND label = $2", &vals![centre, label]).await
}

/// The machines of a centre, by label.
///
/// # Errors
/// When the database fails.
pub async fn of_centre(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<DeviceRow>, Fault> {
    const OF: &str = "SELECT * FROM devices WHERE centre_id = $1 AND ended_at IS NULL ORDER BY label";
    tx.all(OF, &vals![centre]).await
}

/// When a machine last said that it is there.
///
/// # Errors
/// When the database fails.
pub async fn seen_at(tx: &mut Tx<'_>, id: DeviceId) -> Result<Option<i64>, Fault> {
    let row = tx.row("SELECT seen_at FROM device_signs WHERE device_id = $1", &vals![id]).await?;
    row.map(|row| row.get("seen_at")).transpose()
}

/// Notes that a machine is there.
///
/// # Errors
/// When the database fails.
pub async fn note_seen(db: &Db, id: DeviceId, now: i64) -> Result<(), Fault> {
    const NOTE: &str = "
        INSERT INTO device_signs (device_id, seen_at) VALUES ($1, $2)
        ON CONFLICT (device_id) DO UPDATE SET seen_at = excluded.seen_at";
    db.side(NOTE, &vals![id, now]).await.map(drop)
}

/// One sheet.
///
/// # Errors
/// When the database fails.
pub async fn print(tx: &mut Tx<'_>, id: PrintId) -> Result<Option<PrintRow>, Fault> {
    tx.one("SELECT * FROM print_jobs WHERE id = $1", &vals![id]).await
}

/// The sheet that a code opens.
///
/// # Errors
/// When the database fails.
pub async fn print_coded(tx: &mut Tx<'_>, code: &str) -> Result<Option<PrintRow>, Fault> {
    tx.one("SELECT * FROM print_jobs WHERE code = $1", &vals![code]).await
}

/// The sheet of one thing on a machine.
///
/// # Errors
/// When the database fails.
pub async fn print_of(
    tx: &mut Tx<'_>,
    device: DeviceId,
    kind: &str,
    subject: &str,
) -> Result<Option<PrintRow>, Fault> {
    const OF: &str = "SELECT * FROM print_jobs WHERE device_id = $1 AND kind = $2 AND subject = $3";
    tx.one(OF, &vals![device, kind, subject]).await
}

/// The sheets of a machine in one state, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn prints(tx: &mut Tx<'_>, device: DeviceId, state: &str) -> Result<Vec<PrintRow>, Fault> {
    const IN_STATE: &str = "
        SELECT * FROM print_jobs WHERE device_id = $1 AND state = $2 ORDER BY asked_at, id LIMIT 50";
    tx.all(IN_STATE, &vals![device, state]).await
}

/// The sheets of a centre in one state, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn prints_of_centre(
    tx: &mut Tx<'_>,
    centre: CentreId,
    state: &str,
) -> Result<Vec<PrintRow>, Fault> {
    const IN_STATE: &str = "
        SELECT * FROM print_jobs WHERE centre_id = $1 AND state = $2 ORDER BY asked_at, id LIMIT 100";
    tx.all(IN_STATE, &vals![centre, state]).await
}

/// The note with a number.
///
/// # Errors
/// When the database fails.
pub async fn complaint(tx: &mut Tx<'_>, number: &str) -> Result<Option<ComplaintRow>, Fault> {
    tx.one("SELECT * FROM complaints WHERE number = $1", &vals![number]).await
}

/// The notes left at a centre, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn complaints_of(
    tx: &mut Tx<'_>,
    centre: CentreId,
    at_most: i64,
) -> Result<Vec<ComplaintRow>, Fault> {
    const OF: &str = "SELECT * FROM complaints WHERE centre_id = $1 ORDER BY left_at DESC, id LIMIT $2";
    tx.all(OF, &vals![centre, at_most]).await
}
