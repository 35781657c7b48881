//! A mobile unit of a test's office.

use crate::TestOffice;
use crate::databases::empty;
use diwan_domain::acts::Actor;
use diwan_domain::ids::CentreId;
use diwan_office::rows::UnitRow;
use diwan_office::units::{self, PrepareUnit};
use diwan_office::{Clock, Who};
use diwan_store::dialect::Engine;
use diwan_store::{Db, Keys};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A day in microseconds.
const A_DAY: i64 = 86_400_000_000;

/// A bus on its way.
pub struct Bus {
    /// Its journey, as headquarters recorded it.
    pub unit: UnitRow,
    /// The office in it, on a database of its own, under keys of its own.
    pub test: TestOffice,
    clock: Arc<AtomicI64>,
}

impl Bus {
    /// Lets time pass in the bus; backwards, where its clock is set wrong.
    pub fn pass(&self, minutes: i64) {
        self.clock.fetch_add(minutes * 60_000_000, Ordering::Relaxed);
    }
}

impl TestOffice {
    /// Prepares a unit for the centre of the office, for three days, and opens it.
    ///
    /// # Panics
    /// When it cannot be prepared.
    pub async fn sends_out(&self, name: &str, officers: &[&Who]) -> Bus {
        self.sends_to(name, officers, self.centre).await
    }

    /// The same for another centre.
    ///
    /// # Panics
    /// When it cannot be prepared.
    pub async fn sends_to(&self, name: &str, officers: &[&Who], centre: CentreId) -> Bus {
        let of = |who: &&Who| match who.actor {
            Actor::Officer(id) => id,
            _ => panic!("only officers sign in to a unit"),
        };
        let prepare = PrepareUnit {
            name: name.into(),
            centre,
            officers: officers.iter().map(of).collect(),
            journal_key: name.into(),
            key_id: format!("key-{name}"),
            until: self.office.now() + 3 * A_DAY,
        };
        let id = self.office.perform_once(&Who::system("unit"), prepare).await.expect("it can leave");
        let (address, _) = empty(Engine::Sqlite).await;
        let keys = Keys { journal: [9; 32], factors: [10; 32] };
        let db = Db::open(&address, keys).await.expect("a fresh database opens");
        let unit = {
            let mut reading = self.office.db.reading().await.expect("the database reads");
            units::journey(&mut reading.tx(), id).await.expect("a lookup").expect("it is there").unit
        };
        let rows = units::for_the_way(&self.office.db, &db, &unit).await.expect("the registers are copied");
        assert!(rows > 0, "it takes something along");
        let mut test = self.with_database(db, &address);
        let clock = Arc::new(AtomicI64::new(self.office.now() + 60_000_000));
        let office = Arc::get_mut(&mut test.office).expect("nobody else holds it yet");
        office.settings.installation.clone_from(&unit.installation);
        office.clock = Clock::Fixed(clock.clone());
        office.order = AtomicI64::new(unit.prepared_at);
        Bus { unit, test, clock }
    }
}
