//! Questions whose answers may be as old as the beginning of the act.

use crate::{RecordPerson, desk};
use diwan_domain::acts::Desk;
use diwan_domain::journal::Entry;
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use diwan_testkit::databases::TestDatabase;
use serde::{Deserialize, Serialize};

const HOW_MANY: &str = "SELECT COUNT(*) AS n FROM persons";

async fn counted(tx: &mut Tx<'_>) -> Result<i64, Fault> {
    let before = tx.loosely(true);
    assert!(!before, "what is asked strictly stays so");
    let counted = tx.count(HOW_MANY, &[]).await;
    tx.loosely(before);
    counted
}

/// Looks loosely, records somebody, and looks again.
#[derive(Serialize, Deserialize)]
struct LookLoosely;

impl Act for LookLoosely {
    const NAME: &'static str = "look-loosely";
    type Out = (i64, i64);

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Self::Out>, Stop> {
        let before = counted(tx).await?;
        let somebody = RecordPerson { sex: "female".into(), refuse: false };
        let _its_own_entry_is_not_told_here = somebody.run(at, tx).await?;
        let after = counted(tx).await?;
        Ok(Recorded::new((before, after), Entry::new("looked-loosely", "person", at.act)))
    }

    async fn look_ahead(&self, _at: &Desk, tx: &mut Tx<'_>) -> Result<(), Stop> {
        counted(tx).await?;
        Ok(())
    }
}

/// Looks loosely and records somebody.
#[derive(Serialize, Deserialize)]
struct LookOnce;

impl Act for LookOnce {
    const NAME: &'static str = "look-once";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Self::Out>, Stop> {
        let seen = counted(tx).await?;
        let somebody = RecordPerson { sex: "female".into(), refuse: false };
        let _its_own_entry_is_not_told_here = somebody.run(at, tx).await?;
        Ok(Recorded::new(seen, Entry::new("looked-once", "person", at.act)))
    }

    async fn look_ahead(&self, _at: &Desk, tx: &mut Tx<'_>) -> Result<(), Stop> {
        counted(tx).await?;
        Ok(())
    }
}

async fn its_own_write_is_seen(test: TestDatabase) {
    assert_eq!(test.db.perform(desk("k1"), LookLoosely).await.unwrap(), (0, 1));
    assert_eq!(test.db.perform(desk("k2"), LookLoosely).await.unwrap(), (1, 2));
}
crate::on_both_engines!(what_an_act_wrote_it_also_reads_loosely, super::its_own_write_is_seen);

async fn nobody_waits_for_anybody(test: TestDatabase) {
    let acts = (0..16).map(|n| {
        let db = test.db.clone();
        tokio::spawn(async move { db.perform(desk(&format!("k{n}")), LookOnce).await })
    });
    for act in acts.collect::<Vec<_>>() {
        // How many it saw is anybody's guess; never somebody who was not there.
        assert!(act.await.unwrap().unwrap() < 16);
    }
    // Whoever begins afterwards sees everyone.
    assert_eq!(test.db.perform(desk("after"), LookOnce).await.unwrap(), 16);
}
crate::on_both_engines!(of_many_that_look_loosely_at_once_all_are_done, super::nobody_waits_for_anybody);
