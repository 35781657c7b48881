//! The store's promises, each on both engines.

#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod loosely;
mod meeting;
mod seam;
mod silence;
mod snapshot;
mod tampering;
mod tls;
mod upgrade;

use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::ActId;
use diwan_domain::journal::Entry;
use diwan_domain::people::{Assurance, Channel};
use diwan_domain::refusals::Why;
use diwan_store::people::PersonRow;
use diwan_store::{Act, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};

/// A desk with a key, at a time of its own.
pub fn desk(key: &str) -> Desk {
    Desk {
        act: ActId(uuid::Uuid::now_v7()),
        now: 1_790_000_000_000_000,
        device_time: None,
        actor: Actor::System("test".into()),
        on_behalf: None,
        channel: Channel::System,
        centre: None,
        counter: None,
        assurance: Assurance::None,
        key: key.into(),
        installation: "test".into(),
        local_order: 1,
        utc_offset_minutes: 180,
        training: false,
        nonce: uuid::Uuid::now_v7().simple().to_string(),
        via: None,
        narrowed: None,
    }
}

/// Records a person; refuses when told to.
#[derive(Serialize, Deserialize)]
pub struct RecordPerson {
    /// As recorded.
    pub sex: String,
    /// Whether to refuse.
    pub refuse: bool,
}

impl Act for RecordPerson {
    const NAME: &'static str = "record-person";
    type Out = String;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        let person = PersonRow {
            id: at.fresh("person"),
            sex: self.sex.clone(),
            born_on: Some("1960-07".into()),
            born_area_id: None,
            born_place: None,
            died_on: None,
            nationality: None,
            protected: false,
            recorded_at: at.now,
            version: 1,
        };
        tx.add(&person).await?;
        tx.announce("person", person.id);
        if self.refuse {
            return Err(Why::NotPermitted.into());
        }
        Ok(Recorded::new(person.id.to_string(), Entry::new("person-recorded", "person", person.id)))
    }
}

/// Runs a test body on both engines.
#[macro_export]
macro_rules! on_both_engines {
    ($name:ident, $body:path) => {
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn embedded() {
                $body(diwan_testkit::databases::fresh(diwan_store::dialect::Engine::Sqlite).await).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn server() {
                $body(diwan_testkit::databases::fresh(diwan_store::dialect::Engine::Postgres).await).await;
            }
        }
    };
}
