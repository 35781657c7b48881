//! The office as a whole, and the desk at which each act is done.

use crate::clock::Clock;
use crate::secrets;
use crate::timestamps::Timestamps;
use diwan_documents::keys::KeyFolder;
use diwan_documents::renderer::Renderer;
use diwan_domain::acts::{Actor, Desk, Via};
use diwan_domain::ids::{ActId, CentreId, CounterId, PersonId};
use diwan_domain::people::{Assurance, Channel, Permission};
use diwan_store::files::Files;
use diwan_store::log::{LogKey, Published};
use diwan_store::{Act, Db, Stop};
use jiff::Timestamp;
use jiff::civil::Date;
use std::sync::atomic::{AtomicI64, Ordering};
use uuid::Uuid;

/// What a government sets about its office.
#[derive(Clone, Debug)]
pub struct Settings {
    /// This installation's name in acts; disjoint from every other's.
    pub installation: String,
    /// The address under which the public reaches it, without a final slash.
    pub base_url: String,
    /// Whether nothing here is genuine.
    pub training: bool,
    /// Local time minus UTC, in minutes.
    pub utc_offset_minutes: i32,
}

/// The office: a database, files, keys, and a renderer.
pub struct Office {
    /// The database.
    pub db: Db,
    /// Files by hash.
    pub files: Files,
    /// The keys with which the directorate seals.
    pub keys: KeyFolder,
    /// The key that signs the public log.
    pub log_key: LogKey,
    /// The checkpoint kept outside the database.
    pub published: Published,
    /// Typesetting in killable children.
    pub renderer: Renderer,
    /// Who confirms the moments of seals; with none, the office's own clock counts.
    pub timestamps: Option<Timestamps>,
    /// What the government set.
    pub settings: Settings,
    /// Where the time comes from.
    pub clock: Clock,
    /// The last place given in this installation's own order.
    pub order: AtomicI64,
}

/// How far an act's moment may be from the clock's before the clock's is kept beside it,
/// microseconds: a busy second gives each of its acts a moment of its own.
const APART: i64 = 10_000_000;

/// Who asks, by which way, and from where.
#[derive(Clone, Debug)]
pub struct Who {
    /// Who.
    pub actor: Actor,
    /// How surely.
    pub assurance: Assurance,
    /// By which way.
    pub channel: Channel,
    /// In which centre.
    pub centre: Option<CentreId>,
    /// At which counter.
    pub counter: Option<CounterId>,
    /// For whom.
    pub on_behalf: Option<PersonId>,
    /// To what a program that acts for an officer is limited; `None` for
    /// everything the officer's roles allow.
    pub narrowed: Option<Vec<Permission>>,
    /// Through which exchange layer they ask.
    pub via: Option<Via>,
}

impl Who {
    /// Diwan itself.
    #[must_use]
    pub fn system(part: &str) -> Self {
        Self {
            actor: Actor::System(part.to_owned()),
            assurance: Assurance::None,
            channel: Channel::System,
            centre: None,
            counter: None,
            on_behalf: None,
            narrowed: None,
            via: None,
        }
    }
}

impl Office {
    /// Microseconds since 1970 UTC.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Today where the office stands.
    #[must_use]
    pub fn today(&self) -> Date {
        day_of(self.now(), self.settings.utc_offset_minutes)
    }

    /// The desk for one act. The key names the attempt: repeats with it give
    /// the first result again.
    #[must_use]
    pub fn desk(&self, who: &Who, key: &str) -> Desk {
        // No two acts of one installation share a moment, so that their order
        // is known wherever they are read.
        let clock = self.now();
        let step = |last: i64| Some(clock.max(last + 1));
        let before = self.order.fetch_update(Ordering::Relaxed, Ordering::Relaxed, step).unwrap_or(clock);
        let now = clock.max(before + 1);
        let nonce = secrets::random::<32>();
        Desk {
            act: ActId(act_id(now, &nonce)),
            now,
            // Where the order of acts goes on from a later moment than the clock's, both are kept.
            device_time: Some(clock).filter(|clock| now - clock > APART),
            actor: who.actor.clone(),
            on_behalf: who.on_behalf,
            channel: who.channel,
            centre: who.centre,
            counter: who.counter,
            assurance: who.assurance,
            key: key.to_owned(),
            installation: self.settings.installation.clone(),
            local_order: now,
            utc_offset_minutes: self.settings.utc_offset_minutes,
            training: self.settings.training,
            nonce: hex::encode(nonce),
            narrowed: who.narrowed.clone(),
            via: who.via.clone(),
        }
    }

    /// Carries out an act.
    ///
    /// # Errors
    /// The act's refusal, or a failure of the store.
    pub async fn perform<A: Act>(&self, who: &Who, key: &str, act: A) -> Result<A::Out, Stop> {
        self.db.perform(self.desk(who, key), act).await
    }

    /// What an act came to that was done before under the same key.
    ///
    /// # Errors
    /// `KeyReused` when the same key came with something else; or a failure of the store.
    pub async fn done_before<A: Act>(&self, who: &Who, key: &str, act: &A) -> Result<Option<A::Out>, Stop> {
        self.db.done_before(&self.desk(who, key), act).await
    }

    /// Carries out an act that nobody will repeat.
    ///
    /// # Errors
    /// The act's refusal, or a failure of the store.
    pub async fn perform_once<A: Act>(&self, who: &Who, act: A) -> Result<A::Out, Stop> {
        self.perform(who, &Uuid::now_v7().to_string(), act).await
    }
}

fn act_id(now: i64, nonce: &[u8; 32]) -> Uuid {
    let millis = u64::try_from(now / 1_000).unwrap_or(0);
    let mut chance = [0_u8; 10];
    chance.copy_from_slice(&nonce[..10]);
    uuid::Builder::from_unix_timestamp_millis(millis, &chance).into_uuid()
}

/// The day on which an instant falls, at a distance from UTC.
#[must_use]
pub fn day_of(micros: i64, offset_minutes: i32) -> Date {
    let local = micros.saturating_add(i64::from(offset_minutes) * 60_000_000);
    let stamp = Timestamp::from_microsecond(local).unwrap_or(Timestamp::UNIX_EPOCH);
    stamp.to_zoned(jiff::tz::TimeZone::UTC).date()
}
