//! What surrounds an official act: who does it, for whom, where, when and how
//! surely. It is a value, so that an act made on an offline bus can be carried
//! out again at headquarters and give the same result once.

use crate::ids::{AccountId, ActId, CentreId, CounterId, DeviceId, OfficerId, PersonId};
use crate::people::{Assurance, Channel, Permission};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Who does it. Accounts, officers, devices and Diwan itself are never mixed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "kebab-case")]
pub enum Actor {
    /// Nobody signed in; the text is the session's public half, so that
    /// repeats by one stranger are known as such.
    Stranger(String),
    /// A citizen's account.
    Account(AccountId),
    /// Someone in office.
    Officer(OfficerId),
    /// An enrolled machine.
    Device(DeviceId),
    /// Diwan itself: a rule, a clock, an import. The text names the part.
    System(String),
}

impl Actor {
    /// The kind as stored.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Stranger(_) => "stranger",
            Self::Account(_) => "account",
            Self::Officer(_) => "officer",
            Self::Device(_) => "device",
            Self::System(_) => "system",
        }
    }

    /// The name within its kind, as stored.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Stranger(text) | Self::System(text) => text.clone(),
            Self::Account(id) => id.to_string(),
            Self::Officer(id) => id.to_string(),
            Self::Device(id) => id.to_string(),
        }
    }
}

/// What X-Road says of a request: with it, request and act are found in one
/// another's journals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Via {
    /// The member that asked: `INSTANCE/CLASS/MEMBER/SUBSYSTEM`.
    pub client: String,
    /// `X-Road-Id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `X-Road-Request-Id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// `X-Road-Service`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// `X-Road-UserId`: whose action it was there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// `X-Road-Issue`: the matter there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    /// `X-Road-Represented-Party`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub represented: Option<String>,
}

/// The desk at which an act is done: every input that is not the act itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Desk {
    /// The act's own identifier.
    pub act: ActId,
    /// Server time, microseconds since 1970 UTC.
    pub now: i64,
    /// What the device's clock said, when it was not ours.
    pub device_time: Option<i64>,
    /// Who does it.
    pub actor: Actor,
    /// For whom, when an officer or companion acts for someone.
    pub on_behalf: Option<PersonId>,
    /// By which way it came.
    pub channel: Channel,
    /// In which centre, if any.
    pub centre: Option<CentreId>,
    /// At which counter, if any.
    pub counter: Option<CounterId>,
    /// How surely the actor is who they say.
    pub assurance: Assurance,
    /// Repeats with this key by the same actor give the first result again.
    pub key: String,
    /// The installation that took the act.
    pub installation: String,
    /// The act's place in that installation's own order.
    pub local_order: i64,
    /// Local time minus UTC where the office stands, in minutes: which day it is.
    pub utc_offset_minutes: i32,
    /// Whether this installation is for training, where nothing is genuine.
    pub training: bool,
    /// Thirty-two random bytes as hex, the only source of chance in the act.
    pub nonce: String,
    /// Through which exchange layer it came, and what that says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<Via>,
    /// What the program that acts for an officer is limited to; `None` for
    /// everything the officer's roles allow. It only ever takes away, and it is
    /// no part of the act: what was allowed once is allowed when it is replayed.
    #[serde(skip)]
    pub narrowed: Option<Vec<Permission>>,
}

impl Desk {
    /// An identifier that is new, but the same again when the act is replayed.
    #[must_use]
    pub fn fresh<T: From<Uuid>>(&self, label: &str) -> T {
        let bytes = self.chance(label);
        let mut id = [0_u8; 16];
        id.copy_from_slice(&bytes[..16]);
        let millis = u64::try_from(self.now / 1_000).unwrap_or(0);
        id[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        id[6] = (id[6] & 0x0f) | 0x70;
        id[8] = (id[8] & 0x3f) | 0x80;
        T::from(Uuid::from_bytes(id))
    }

    /// Thirty-two bytes that nobody can foretell, the same again on replay.
    #[must_use]
    pub fn chance(&self, label: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.nonce.as_bytes());
        hash.update([0]);
        hash.update(label.as_bytes());
        hash.finalize().into()
    }

    /// A whole number below `bound`, fair enough for a draw among officers.
    #[must_use]
    pub fn draw(&self, label: &str, bound: usize) -> usize {
        let bytes = self.chance(label);
        let mut eight = [0_u8; 8];
        eight.copy_from_slice(&bytes[..8]);
        let bound = u64::try_from(bound.max(1)).expect("a count fits in 64 bits");
        usize::try_from(u64::from_be_bytes(eight) % bound).expect("smaller than a usize bound")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CaseId;

    fn desk() -> Desk {
        Desk {
            act: ActId(Uuid::nil()),
            now: 1_790_000_000_000_000,
            device_time: None,
            actor: Actor::System("test".into()),
            on_behalf: None,
            channel: Channel::System,
            centre: None,
            counter: None,
            assurance: Assurance::None,
            key: "k".into(),
            installation: "main".into(),
            local_order: 1,
            utc_offset_minutes: 180,
            training: false,
            nonce: "00".repeat(32),
            via: None,
            narrowed: None,
        }
    }

    #[test]
    fn a_replayed_act_gives_the_same_names_again() {
        let first: CaseId = desk().fresh("case");
        let again: CaseId = desk().fresh("case");
        let other: CaseId = desk().fresh("another");
        assert_eq!(first, again);
        assert_ne!(first, other);
        assert_eq!(first.0.get_version_num(), 7);
    }
}
