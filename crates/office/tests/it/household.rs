//! Who lives at one address, as far as it was said when something was registered.

use crate::declarations::{A_BIRTH, Bureau, with};
use diwan_domain::acts::Actor;
use diwan_domain::civil::EventKind;
use diwan_domain::ids::PersonId;
use diwan_office::civil::{self, Kin, Residence};
use diwan_office::{Who, acting};
use diwan_testkit::TestOffice;

type Household = Option<(Residence, Vec<(Kin, PersonId, Residence)>)>;

async fn household_of(bureau: &Bureau, who: &Who, person: PersonId) -> Household {
    let Actor::Officer(officer) = who.actor else { panic!("an officer") };
    let office = &bureau.test.office;
    let mut reading = office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let acting = acting::load(&mut tx, officer).await.unwrap().unwrap();
    civil::household(&mut tx, &acting, person, office.today()).await.unwrap()
}

async fn one_address(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let said =
        with(A_BIRTH, &[("mother.residence", "گەڕەکی ئازادی ١٢"), ("father.residence", "گەڕەکی  ئازادی ١٢")]);
    let taken = bureau.declare(EventKind::Birth, &said).await.unwrap();
    let registered = bureau.register(&bureau.registrar, &taken).await.unwrap();
    let child = bureau.child_of(&registered).await;
    let (mother, father) =
        (bureau.test.person("1000000000009").await, bureau.test.person("1000000000008").await);

    let (own, others) = household_of(&bureau, &bureau.registrar, child).await.unwrap();
    assert!(own.of_parent, "a child lives where its mother was said to live");
    assert_eq!((own.entry, &own.number), (registered.entry, &registered.number));
    assert_eq!(own.on.as_deref(), Some("2026-11-20"), "it rests on this day");
    let mut ties: Vec<(Kin, PersonId)> = others.iter().map(|(tie, person, _)| (*tie, *person)).collect();
    ties.sort_unstable();
    let mut parents = vec![(Kin::Parent, mother), (Kin::Parent, father)];
    parents.sort_unstable();
    // Her grown sisters said no address: nobody guesses theirs.
    assert_eq!(ties, parents);
    let (own, others) = household_of(&bureau, &bureau.registrar, mother).await.unwrap();
    assert!(!own.of_parent);
    assert_eq!(
        others.iter().map(|(tie, person, _)| (*tie, *person)).collect::<Vec<_>>(),
        [(Kin::Child, child)]
    );
    let grown = bureau.test.person("1000000000001").await;
    assert!(household_of(&bureau, &bureau.registrar, grown).await.is_none());
}
crate::on_both_engines!(an_address_names_the_entry_it_rests_on, super::one_address);
