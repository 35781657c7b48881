//! An entry describes somebody whose record was found to be another's: what it says of them
//! when it is corrected reaches whoever stands for them, and leaves with them.

use crate::declarations::Bureau;
use crate::family::Life;
use crate::reversals::change;
use diwan_domain::ids::{EntryId, MergeId, PersonId};
use diwan_office::civil::{DecideMerge, ProposeMerge, ProposeParting, What, named};
use diwan_store::{civil, duplicates, people};
use diwan_testkit::TestOffice;

const A_DAY: i64 = 24 * 60;
const A_YEAR: i64 = 365 * A_DAY;

/// A mother of whom nothing but her child's entry of birth tells.
#[derive(Clone, Copy)]
struct Mother {
    entry: EntryId,
    person: PersonId,
}

impl Bureau {
    /// How an entry names its mother.
    async fn named_in(&self, entry: EntryId) -> PersonId {
        self.content(entry).await.get("mother.person").unwrap().parse().unwrap()
    }

    /// When somebody was born and how they are called, as the register knows it.
    async fn known(&self, person: PersonId) -> (String, String) {
        let mut reading = self.test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let born_on = people::person(&mut tx, person).await.unwrap().unwrap().born_on;
        (born_on.unwrap_or_default(), named(&mut tx, person).await.unwrap())
    }

    /// Two officers say that one record is another's.
    async fn merged(&self, kept: PersonId, gone: PersonId) -> MergeId {
        let act = ProposeMerge { kept, gone, reason: "یەک کەسن".into() };
        let merge = self.test.office.perform_once(&self.registrar, act).await.unwrap();
        let act = DecideMerge { merge, seen: 1, approve: true, why: None };
        self.test.office.perform_once(&self.supervisor, act).await.unwrap();
        self.test.pass(A_DAY);
        merge
    }

    /// And that they are two after all.
    async fn parted(&self, merge: MergeId) {
        let seen = {
            let mut reading = self.test.office.db.reading().await.unwrap();
            duplicates::merge(&mut reading.tx(), merge).await.unwrap().unwrap().version
        };
        let act = ProposeParting { merge, seen, reason: "دوو کەسن".into() };
        let seen = self.test.office.perform_once(&self.registrar, act).await.unwrap();
        self.test.pass(A_DAY);
        let act = DecideMerge { merge, seen, approve: true, why: None };
        self.test.office.perform_once(&self.supervisor, act).await.unwrap();
    }

    /// Corrects what an entry of birth says of the mother.
    async fn tells(&self, mother: &mut Mother, (born_on, given): (&str, &str)) {
        let mut content = self.content(mother.entry).await;
        content.set("mother.given", given);
        content.set("mother.born-on", born_on);
        let by = (&self.registrar, &self.supervisor);
        mother.entry = change(&self.test, by, (mother.entry, What::Correct), Some(content)).await;
    }
}

/// The mother of a child that is born now, a year after the last.
async fn mother(life: &Life, child: &str, (born_on, given): (&str, &str)) -> Mother {
    life.bureau.test.pass(A_YEAR);
    let said = [("mother.given", given), ("mother.born-on", born_on)];
    let child = life.born(child, "male", None, &said).await;
    let mut reading = life.bureau.test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let entry = civil::birth_entry_of(&mut tx, child).await.unwrap().unwrap();
    let roles = civil::roles_in(&mut tx, entry.event_id).await.unwrap();
    let person = roles.iter().find(|role| role.role == "mother").unwrap().person_id;
    Mother { entry: entry.id, person }
}

fn so((born_on, given): (&str, &str)) -> (String, String) {
    (born_on.to_owned(), given.to_owned())
}

async fn told_of_another(test: TestOffice) {
    let life = Life::begin(test).await;
    let bureau = &life.bureau;
    let before = ("1999", "گوڵستان");
    let mut gone = mother(&life, "دانا", before).await;
    let kept = mother(&life, "دارا", before).await;
    assert_ne!(gone.person, kept.person);
    let merge = bureau.merged(kept.person, gone.person).await;
    // Corrected twice: the second time what the first one said.
    for now in [("1989", "گوڵاڵە"), ("1988", "گوڵنار")] {
        bureau.tells(&mut gone, now).await;
        assert_eq!(bureau.named_in(gone.entry).await, gone.person, "the entry names the same record");
        assert_eq!(bureau.known(gone.person).await, so(now));
        assert_eq!(bureau.known(kept.person).await, so(now), "whoever stands for her is said to be so");
    }
    // They are two after all: what the entry says was never the other's.
    bureau.parted(merge).await;
    assert_eq!(bureau.known(gone.person).await, so(("1988", "گوڵنار")));
    assert_eq!(bureau.known(kept.person).await, so(before));
    assert_eq!(life.children(kept.person).await, 1);
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(
    a_description_is_carried_to_whoever_stands_for_whom_it_describes,
    super::told_of_another
);

/// The other entry is corrected likewise: that belongs to whoever is kept, also when they
/// are taken apart.
async fn both_told(test: TestOffice) {
    let life = Life::begin(test).await;
    let bureau = &life.bureau;
    let (before, now) = (("1999", "گوڵستان"), ("1989", "گوڵاڵە"));
    let mut gone = mother(&life, "دانا", before).await;
    let mut kept = mother(&life, "دارا", before).await;
    let merge = bureau.merged(kept.person, gone.person).await;
    bureau.tells(&mut gone, now).await;
    bureau.tells(&mut kept, now).await;
    assert_eq!(bureau.known(kept.person).await, so(now));
    bureau.parted(merge).await;
    assert_eq!(bureau.known(gone.person).await, so(now));
    assert_eq!(bureau.known(kept.person).await, so(now), "as her own entry says");
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(what_each_entry_says_stays_when_two_are_taken_apart, super::both_told);

async fn described_otherwise(test: TestOffice) {
    let life = Life::begin(test).await;
    let bureau = &life.bureau;
    let otherwise = ("1997", "گوڵزار");
    let mut gone = mother(&life, "دانا", ("1999", "گوڵستان")).await;
    let kept = mother(&life, "دارا", otherwise).await;
    bureau.merged(kept.person, gone.person).await;
    bureau.tells(&mut gone, ("1989", "گوڵاڵە")).await;
    assert_eq!(bureau.known(gone.person).await, so(("1989", "گوڵاڵە")));
    assert_eq!(bureau.known(kept.person).await, so(otherwise), "her own entry says otherwise");
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(whoever_another_entry_describes_otherwise_stays_so, super::described_otherwise);

/// A record that was merged into one that was merged again: the one between is told too, and
/// stands for the first when it is taken from the last.
async fn through_another(test: TestOffice) {
    let life = Life::begin(test).await;
    let bureau = &life.bureau;
    let (before, now) = (("1999", "گوڵستان"), ("1989", "گوڵاڵە"));
    let mut gone = mother(&life, "دانا", before).await;
    let between = mother(&life, "دارا", before).await;
    let kept = mother(&life, "دیار", before).await;
    bureau.merged(between.person, gone.person).await;
    let last = bureau.merged(kept.person, between.person).await;
    bureau.tells(&mut gone, now).await;
    for one in [gone, between, kept] {
        assert_eq!(bureau.known(one.person).await, so(now));
    }
    bureau.parted(last).await;
    assert_eq!(bureau.known(between.person).await, so(now), "who stands for her still");
    assert_eq!(bureau.known(kept.person).await, so(before));
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_description_goes_through_a_chain_of_records, super::through_another);
