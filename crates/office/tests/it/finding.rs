//! Who is found: an applicant's own family, whatever strangers are called, and
//! people whose name is one name in two words.

use diwan_domain::ids::PersonId;
use diwan_domain::people::Role;
use diwan_domain::services::{RegisterKind, Relation};
use diwan_office::civil::{CsvBirth, Description, FindPeople, Found, import_of, look_up};
use diwan_office::{Stop, Who};
use diwan_testkit::TestOffice;
use diwan_testkit::office::births;
use serde_json::json;
use std::collections::BTreeMap;

const SHILAN: &str = "1000000000001";
const NAWROZ: &str = "1000000000002";
const DARA: &str = "1000000000003";
const AZAD: &str = "1000000000008";

/// Brings more births into the register.
async fn import(test: &TestOffice, source: &str, rows: &[CsvBirth]) {
    let act = {
        let mut reading = test.office.db.reading().await.unwrap();
        import_of(&mut reading.tx(), source, test.place, rows, &mut BTreeMap::new()).await.unwrap()
    };
    test.office.perform(&Who::system("test"), source, act).await.unwrap();
}

async fn a_known_number_is_refused(test: TestOffice) {
    let act = {
        let mut reading = test.office.db.reading().await.unwrap();
        import_of(&mut reading.tx(), "again", test.place, &births()[..1], &mut BTreeMap::new()).await.unwrap()
    };
    let stop = test.office.perform(&Who::system("test"), "again", act).await.unwrap_err();
    assert!(matches!(stop, Stop::Refused(refusal) if refusal.code() == "register/import-known"));
}
crate::on_both_engines!(
    an_entry_whose_number_is_in_the_register_is_refused,
    super::a_known_number_is_refused
);

async fn looked_up(test: &TestOffice, applicant: PersonId, wanted: Description) -> Found {
    let mut reading = test.office.db.reading().await.unwrap();
    look_up(&mut reading.tx(), RegisterKind::Birth, applicant, &wanted).await.unwrap()
}

fn named(given: &str, father: &str) -> Description {
    let name = serde_json::from_value(json!({"given": given, "father": father})).unwrap();
    Description { name: Some(name), ..Description::default() }
}

fn numbered(number: &str) -> Description {
    Description { number: Some(number.into()), ..Description::default() }
}

async fn namesakes(test: TestOffice) {
    // Twenty of the same name and day, of other parents.
    let strangers: Vec<CsvBirth> = (0..20)
        .map(|n| CsvBirth {
            number: format!("EB-9{n:02}"),
            personal_number: format!("20000000000{n:02}"),
            father_number: format!("30000000000{n:02}"),
            mother_number: format!("40000000000{n:02}"),
            ..births()[0].clone()
        })
        .collect();
    import(&test, "namesakes", &strangers).await;
    let (azad, shilan) = (test.person(AZAD).await, test.person(SHILAN).await);
    let found = looked_up(&test, azad, named("شيلان", "آزاد")).await;
    assert_eq!(found.holder.map(|holder| holder.id), Some(shilan));
    assert_eq!(found.relation, Relation::Parent);
}
crate::on_both_engines!(namesakes_hide_nobodys_child, super::namesakes);

async fn numbers(test: TestOffice) {
    let (azad, nawroz, dara) = (test.person(AZAD).await, test.person(NAWROZ).await, test.person(DARA).await);
    let nothing = |found: Found| found.holder.is_none() && found.entry.is_none();
    assert!(nothing(looked_up(&test, dara, numbered("9999999999999")).await), "nobody bears it");
    assert!(nothing(looked_up(&test, dara, numbered(SHILAN)).await), "a stranger bears it");
    let child = looked_up(&test, azad, numbered(NAWROZ)).await;
    assert_eq!(child.holder.map(|holder| holder.id), Some(nawroz));
    let mistaken = Description { number: Some(SHILAN.into()), ..named("دارا", "عومەر") };
    let own = looked_up(&test, dara, mistaken).await;
    assert_eq!((own.holder.map(|holder| holder.id), own.relation), (Some(dara), Relation::Oneself));
}
crate::on_both_engines!(a_number_alone_means_only_who_bears_it, super::numbers);

async fn two_words(test: TestOffice) {
    let abdullah = CsvBirth {
        number: "EB-50".into(),
        given: "عبد الله".into(),
        personal_number: "1000000000050".into(),
        father_number: "1000000000051".into(),
        mother_number: "1000000000052".into(),
        ..births()[0].clone()
    };
    import(&test, "abdullah", &[abdullah]).await;
    let wanted = test.person("1000000000050").await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    for query in ["عبد الله ئازاد", "عبدالله آزاد", "عەبدوڵڵا ئازاد"] {
        let act = FindPeople { query: query.into(), purpose: "counter".into() };
        let found = test.office.perform_once(&clerk, act).await.unwrap();
        assert_eq!(found.first(), Some(&wanted), "{query}");
    }
}
crate::on_both_engines!(one_name_in_two_words_is_found, super::two_words);
