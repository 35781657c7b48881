//! Who lives at one address, as far as it was said when something was registered.

use crate::declarations::{A_BIRTH, Bureau, with};
use diwan_domain::acts::Actor;
use diwan_domain::civil::EventKind;
use diwan_domain::ids::PersonId;
use diwan_domain::people::Role;
use diwan_office::civil::addresses::note_all;
use diwan_office::civil::{self, Kin, Neighbours, ProtectPerson, Residence};
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

async fn neighbours_of(bureau: &Bureau, who: &Who, person: PersonId) -> Neighbours {
    let Actor::Officer(officer) = who.actor else { panic!("an officer") };
    let office = &bureau.test.office;
    let mut reading = office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let acting = acting::load(&mut tx, officer).await.unwrap().unwrap();
    let today = office.today();
    let (own, _) = civil::household(&mut tx, &acting, person, today).await.unwrap().unwrap();
    civil::neighbours(&mut tx, &acting, person, &own, today).await.unwrap()
}

async fn strangers_of_one_address(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let [hevin, azad, gulala, omar] = ["1000000000009", "1000000000008", "1000000000019", "1000000000018"];
    let at = |street: &'static str, area: &'static str| {
        [
            ("mother.residence", street),
            ("mother.residence-area", area),
            ("father.residence", street),
            ("father.residence-area", area),
        ]
    };
    let register = async |said: Vec<(&str, &str)>| {
        let taken = bureau.declare(EventKind::Birth, &said).await.unwrap();
        bureau.register(&bureau.registrar, &taken).await.unwrap();
    };
    register(with(A_BIRTH, &at("گەڕەکی ئازادی ١٢", "hl-1"))).await;
    let others = with(
        A_BIRTH,
        &[
            ("child.given", "سۆران"),
            ("child.given-latin", "Soran"),
            ("child.sex", "male"),
            ("happened-on", "2026-11-18"),
            ("mother.given", "گوڵاڵە"),
            ("mother.father", "ئەحمەد"),
            ("mother.upn", gulala),
            ("father.given", "عومەر"),
            ("father.father", "حەسەن"),
            ("father.upn", omar),
        ],
    );
    register(with(&others, &at("گەڕەکی  ئازادی ١٢", "HL-1"))).await;
    let [hevin, azad] = [bureau.test.person(hevin).await, bureau.test.person(azad).await];
    let [gulala, omar] = [bureau.test.person(gulala).await, bureau.test.person(omar).await];
    let who = |found: &Neighbours| found.people.iter().map(|one| one.person).collect::<Vec<_>>();

    // The parents of another child: the same words, and no tie. The father of her own is
    // told from them.
    let found = neighbours_of(&bureau, &bureau.registrar, hevin).await;
    let mut all = vec![azad, gulala, omar];
    all.sort_unstable();
    assert_eq!((who(&found), found.are_more), (all, false));
    let parents = found.people.iter().filter(|one| one.shares_child).map(|one| one.person);
    assert_eq!(parents.collect::<Vec<_>>(), [azad]);

    // Whoever is closed is not there, but for those who see every record.
    let keeper = bureau.test.officer_of("keeper", Role::Keeper, bureau.office).await;
    let protect = ProtectPerson { person: gulala, protected: true, reason: "court".into() };
    bureau.test.office.perform_once(&keeper, protect).await.unwrap();
    let seen = who(&neighbours_of(&bureau, &bureau.registrar, hevin).await);
    assert!(!seen.contains(&gulala), "{seen:?}");
    assert!(who(&neighbours_of(&bureau, &keeper, hevin).await).contains(&gulala));

    // Whoever moved lives there no more; the same street elsewhere is another.
    let later = [
        ("child.given", "ڕێبین"),
        ("child.given-latin", "Rebin"),
        ("happened-on", "2026-11-21"),
        ("mother.given", "نازدار"),
        ("mother.father", "محەمەد"),
        ("mother.upn", "3000000000001"),
    ];
    register(with(&with(&others, &later), &at("گەڕەکی ئازادی ١٢", "su-1"))).await;
    assert_eq!(who(&neighbours_of(&bureau, &bureau.registrar, hevin).await), [azad]);
    let elsewhere = who(&neighbours_of(&bureau, &keeper, omar).await);
    assert!(elsewhere.len() == 1 && !elsewhere.contains(&hevin), "{elsewhere:?}");

    // What was written before addresses were noted is noted once; then nothing is left.
    note_all(&bureau.test.office).await.unwrap();
    let noted = bureau.test.journal_of("register", "addresses").await;
    assert_eq!(noted, ["addresses-noted"]);
    note_all(&bureau.test.office).await.unwrap();
    assert_eq!(bureau.test.journal_of("register", "addresses").await.len(), 1);
    assert_eq!(who(&neighbours_of(&bureau, &bureau.registrar, hevin).await), [azad]);
}
crate::on_both_engines!(who_is_not_related_is_found_at_one_address, super::strangers_of_one_address);
