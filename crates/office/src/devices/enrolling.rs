//! A machine's life: added by a manager, enrolled with a code, locked, replaced, taken away.

use super::{conditions, kind_of, serves};
use crate::acting::{Acting, acting};
use crate::documents::check_code_from;
use crate::secrets;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::devices::{Condition, DeviceKind, DeviceStep, Printer};
use diwan_domain::ids::{CentreId, DeviceId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::devices::{self, DeviceRow};
use diwan_store::value::Json;
use diwan_store::{Act, Recorded, Stop, Tx, access};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

/// For how long a code enrols a machine: thirty minutes.
const CODE_LASTS: i64 = 30 * 60_000_000;
/// How often a code may be tried from one place in an hour.
const TRIES_AN_HOUR: i64 = 20;
/// How long a machine's label may be.
const LONGEST_LABEL: usize = 24;

async fn manager_of(tx: &mut Tx<'_>, at: &Desk, centre: CentreId) -> Result<Acting, Stop> {
    let acting = acting(tx, at, Permission::ManageQueue).await?;
    if acting.officer.centre_id != Some(centre) {
        return Err(Why::NotFound.into());
    }
    Ok(acting)
}

/// A machine that waits to be enrolled.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Added {
    /// Which.
    pub device: DeviceId,
}

/// Adds a machine to a centre. It serves once it was enrolled with the code whose hash
/// stands here; the code itself is told to the manager and kept nowhere.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddDevice {
    /// In which centre.
    pub centre: CentreId,
    /// What it is.
    pub kind: DeviceKind,
    /// What people call it: `K1`.
    pub label: String,
    /// SHA-256 of the code.
    pub code_hash: Vec<u8>,
}

impl AddDevice {
    /// A code of eight letters and digits, with its hash.
    #[must_use]
    pub fn code() -> (String, Vec<u8>) {
        let code: String = secrets::base32(&secrets::random::<5>());
        let hash = secrets::hash(&check_code_from(&code));
        (code, hash)
    }
}

impl Act for AddDevice {
    const NAME: &'static str = "add-device";
    type Out = Added;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Added>, Stop> {
        manager_of(tx, at, self.centre).await?;
        let label = self.label.trim();
        let fits = |c: char| c.is_alphanumeric() || c == '-' || c == ' ';
        let length = label.chars().count();
        let is_taken = devices::labelled(tx, self.centre, label).await?.is_some();
        if length == 0 || length > LONGEST_LABEL || !label.chars().all(fits) || is_taken {
            return Err(Refusal::from(Why::FieldMissing).about("field", "label").into());
        }
        let row = DeviceRow {
            id: at.fresh("device"),
            centre_id: self.centre,
            kind: self.kind.code().to_owned(),
            label: label.to_owned(),
            key_hash: None,
            agent_hash: None,
            code_hash: Some(self.code_hash.clone()),
            code_until: Some(at.now + CODE_LASTS),
            added_at: at.now,
            enrolled_at: None,
            locked_at: None,
            ended_at: None,
            printers: Json(json!({})),
            version: 1,
        };
        tx.add(&row).await?;
        let entry = Entry::new("device-added", "device", row.id)
            .with("centre", self.centre.to_string())
            .with("label", label);
        Ok(Recorded::new(Added { device: row.id }, entry))
    }
}

/// Gives a half of a machine its key, once, to whoever types its code on it: its screen, or
/// the program at its printers. One code enrols both.
#[derive(Debug, Serialize, Deserialize)]
pub struct EnrolDevice {
    /// SHA-256 of the code as typed.
    pub code_hash: Vec<u8>,
    /// SHA-256 of the key that the machine will hold.
    pub key_hash: Vec<u8>,
    /// Whether it is the program at its printers, and not its screen.
    pub agent: bool,
    /// From which network, by a name that is no address.
    pub network: String,
}

impl EnrolDevice {
    /// What enrols with a code as typed, and the key that the machine keeps.
    #[must_use]
    pub fn with_code(typed: &str, agent: bool, network: &str) -> (Self, String) {
        let key = secrets::token();
        let act = Self {
            code_hash: secrets::hash(&check_code_from(typed)),
            key_hash: secrets::hash(&key),
            agent,
            network: network.to_owned(),
        };
        (act, key)
    }
}

impl Act for EnrolDevice {
    const NAME: &'static str = "enrol-device";
    type Out = DeviceId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<DeviceId>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let door = format!("enrol/{}", self.network);
        let tries = access::count_use_in(tx, &door, at.now, 3_600_000_000).await?;
        let found = devices::by_code(tx, &self.code_hash).await?;
        // A display has no printers: nothing but its screen has a key.
        let prints = |row: &DeviceRow| kind_of(row) != DeviceKind::Display;
        let half = |row: &DeviceRow| {
            if self.agent { row.agent_hash.is_none() && prints(row) } else { row.key_hash.is_none() }
        };
        let in_time = |row: &DeviceRow| row.code_until.is_some_and(|until| at.now <= until);
        let open = |row: &DeviceRow| row.ended_at.is_none() && in_time(row) && half(row);
        let Some(mut row) = found.filter(open).filter(|_| tries <= TRIES_AN_HOUR) else {
            let why = if tries > TRIES_AN_HOUR { Why::TooManyAttempts } else { Why::WrongCode };
            return Err(Stop::Kept(
                why.into(),
                vec![Entry::new("device-not-enrolled", "network", &self.network)],
            ));
        };
        if self.agent {
            row.agent_hash = Some(self.key_hash.clone());
        } else {
            row.key_hash = Some(self.key_hash.clone());
            row.enrolled_at = Some(at.now);
        }
        if row.key_hash.is_some() && (row.agent_hash.is_some() || !prints(&row)) {
            row.code_hash = None;
            row.code_until = None;
        }
        tx.edit(&mut row).await?;
        let entry = Entry::new("device-enrolled", "device", row.id).with("printers", self.agent);
        Ok(Recorded::new(row.id, entry))
    }
}

/// Locks a machine, unlocks it, lets another take its place, or takes it away.
#[derive(Debug, Serialize, Deserialize)]
pub struct MoveDevice {
    /// Which.
    pub device: DeviceId,
    /// What.
    pub step: DeviceStep,
    /// SHA-256 of the code with which the machine is enrolled that takes its place.
    #[serde(default)]
    pub code_hash: Vec<u8>,
}

impl Act for MoveDevice {
    const NAME: &'static str = "move-device";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let row = devices::device(tx, self.device).await?.filter(|row| row.ended_at.is_none());
        let mut row = row.ok_or(Why::NotFound)?;
        manager_of(tx, at, row.centre_id).await?;
        match self.step {
            DeviceStep::Lock if row.locked_at.is_none() => row.locked_at = Some(at.now),
            DeviceStep::Unlock if row.locked_at.is_some() => row.locked_at = None,
            DeviceStep::Replace if !self.code_hash.is_empty() => {
                row.key_hash = None;
                row.agent_hash = None;
                row.enrolled_at = None;
                row.code_hash = Some(self.code_hash.clone());
                row.code_until = Some(at.now + CODE_LASTS);
            }
            DeviceStep::End => {
                row.key_hash = None;
                row.agent_hash = None;
                row.code_hash = None;
                row.code_until = None;
                row.ended_at = Some(at.now);
                // The label is free again for the next one.
                row.label = format!("{} #{}", row.label, &row.id.to_string()[24..]);
            }
            _ => return Err(Why::NothingChanges.into()),
        }
        tx.edit(&mut row).await?;
        let entry = Entry::new("device-moved", "device", row.id).with("step", self.step.code());
        Ok(Recorded::new((), entry))
    }
}

/// Keeps how a machine's printers stand, when that changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct NoteHealth {
    /// How each printer stands.
    pub printers: BTreeMap<Printer, Condition>,
}

impl Act for NoteHealth {
    const NAME: &'static str = "note-device-health";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let Actor::Device(id) = at.actor else { return Err(Why::NotPermitted.into()) };
        let row = devices::device(tx, id).await?.filter(serves);
        let mut row = row.ok_or(Why::DeviceNotInUse)?;
        if conditions(&row) == self.printers {
            return Err(Why::NothingChanges.into());
        }
        row.printers = Json(json!(self.printers));
        tx.edit(&mut row).await?;
        tx.announce(crate::queue::TOPIC, row.centre_id);
        let entry = Entry::new("device-health", "device", id).with("printers", json!(self.printers));
        Ok(Recorded::new((), entry))
    }
}
