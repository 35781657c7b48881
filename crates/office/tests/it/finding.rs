//! Who is found: an applicant's own family, whatever strangers are called, and
//! people whose name is one name in two words.

use diwan_domain::ids::PersonId;
use diwan_domain::people::Role;
use diwan_domain::services::{RegisterKind, Relation};
use diwan_office::civil::{Description, FindPeople, Found, keys, look_up};
use diwan_office::{Stop, Who};
use diwan_testkit::TestOffice;
use diwan_testkit::births::{CsvBirth, import_of};
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
    look_up(&mut reading.tx(), RegisterKind::Birth, applicant, &wanted, test.office.today()).await.unwrap()
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
        let act = FindPeople::new(query, "counter");
        let found = test.office.perform_once(&clerk, act).await.unwrap();
        assert_eq!(found.first(), Some(&wanted), "{query}");
    }
}
crate::on_both_engines!(one_name_in_two_words_is_found, super::two_words);

async fn divided(test: TestOffice) {
    let rows: Vec<CsvBirth> = [("حەمەڕەشید", 53), ("محمد امین", 56)]
        .into_iter()
        .map(|(given, number)| CsvBirth {
            number: format!("EB-{number}"),
            given: given.into(),
            personal_number: format!("10000000000{number}"),
            father_number: format!("10000000000{}", number + 1),
            mother_number: format!("10000000000{}", number + 2),
            ..births()[0].clone()
        })
        .collect();
    import(&test, "divided", &rows).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    for (query, number) in [
        ("Hama Rashid Azad", "1000000000053"),
        ("حمه رشيد آزاد", "1000000000053"),
        ("حەمەڕەشید ئازاد", "1000000000053"),
        ("Mohammedamin Azad", "1000000000056"),
        ("محمد امین ئازاد", "1000000000056"),
    ] {
        let wanted = test.person(number).await;
        let found = test.office.perform_once(&clerk, FindPeople::new(query, "counter")).await.unwrap();
        assert_eq!(found.first(), Some(&wanted), "{query}");
    }
}
crate::on_both_engines!(a_name_is_found_in_one_word_and_in_two, super::divided);

fn birth(number: u32, given: &str, father: &str, mother: &str, born_on: &str) -> CsvBirth {
    CsvBirth {
        number: format!("EB-7{number:02}"),
        given: given.into(),
        latin: String::new(),
        father: format!("{father} ڕەسووڵ"),
        mother: format!("{mother} ساڵح"),
        born_on: born_on.into(),
        personal_number: format!("10000000007{number:02}"),
        father_number: format!("20000000007{number:02}"),
        mother_number: format!("30000000007{number:02}"),
        ..births()[0].clone()
    }
}

/// What a clerk is shown for a search.
async fn shown(test: &TestOffice, clerk: &Who, act: FindPeople) -> Vec<PersonId> {
    test.office.perform_once(clerk, act).await.unwrap()
}

async fn spellings(test: TestOffice) {
    let rows = [
        birth(1, "نجم الدین", "گۆران", "پەروین", "1990-03-12"),
        birth(2, "نێچیرڤان", "مەحموود", "هێرۆ", "1991-07-01"),
        birth(3, "خدیجە", "خالید", "ئامینە", "1985-11-05"),
        birth(4, "جمال", "کەریم", "سارا", "1979-02-20"),
        birth(5, "کەمال", "کەریم", "نەسرین", "1979-02-20"),
    ];
    import(&test, "spellings", &rows).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    for (number, queries) in [
        (1, vec!["Najmaddin Goran", "نجم الدين كوران", "Necmedîn Goran", "Goran Najmadin", "Najmadin Gorna"]),
        (2, vec!["Nechirvan Mahmood", "نيجيرفان محمود", "Nêçîrvan Mehmûd", "Nechirwan Mahmud"]),
        (3, vec!["Khadija Khalid", "خديجة خالد", "Xedîce Xalid", "Khadeja Khaled"]),
        (
            4,
            vec![
                "Jamal Karim",
                "جەمال کەریم",
                "Cemal Kerîm",
                "ملا جمال كريم",
                "Dr. Jamal Karim",
                "شێخ جەمال کەریم",
            ],
        ),
    ] {
        let wanted = test.person(&format!("10000000007{number:02}")).await;
        for query in queries {
            let found = shown(&test, &clerk, FindPeople::new(query, "counter")).await;
            assert_eq!(found.first(), Some(&wanted), "{query}");
        }
    }
    let kamal = test.person("1000000000705").await;
    let found = shown(&test, &clerk, FindPeople::new("Jamal Karim", "counter")).await;
    assert!(!found.contains(&kamal), "a name that only looks alike makes the list long");
}
crate::on_both_engines!(people_are_found_in_every_spelling, super::spellings);

async fn narrowed(test: TestOffice) {
    let rows: Vec<CsvBirth> = [("1960-07-01", "هێرۆ"), ("1975-04-09", "سارا"), ("1988-10-30", "نەسرین")]
        .into_iter()
        .zip(11..)
        .map(|((born_on, mother), number)| birth(number, "عەلی", "حەسەن", mother, born_on))
        .collect();
    import(&test, "narrowed", &rows).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let (old, young) = (test.person("1000000000711").await, test.person("1000000000713").await);
    let by = |by: serde_json::Value| FindPeople {
        query: String::new(),
        purpose: "counter".into(),
        by: serde_json::from_value(by).unwrap(),
    };
    for (form, wanted) in [
        (json!({"given": "Ali", "father": "Hassan", "born_on": "1960"}), old),
        (json!({"given": "علي", "father": "حسن", "born_on": "1987", "within_years": 2}), young),
        (json!({"given": "علي", "mother": "نسرين"}), young),
        (json!({"given": "Elî", "mother": "Hero"}), old),
        (json!({"mother": "نسرين"}), young),
        (json!({"mother": "Hero", "born_on": "1960"}), old),
        (json!({"number": "EB-713"}), young),
        (json!({"number": "1000000000711"}), old),
    ] {
        let found = shown(&test, &clerk, by(form.clone())).await;
        assert_eq!(found.first(), Some(&wanted), "{form}");
    }
    let without = shown(&test, &clerk, FindPeople::new("علي حسن", "counter")).await;
    assert!(without.contains(&old) && without.contains(&young), "nobody is left out for what is not known");
}
crate::on_both_engines!(what_else_is_known_narrows_a_search, super::narrowed);

/// Whoever is registered by another form of a name is shown beside those who are written as
/// it was typed, however many these are.
async fn other_forms(test: TestOffice) {
    // More than one question answers with, all of them before whom we look for.
    let many = (0..330).map(|n| CsvBirth {
        number: format!("EB-8{n:03}"),
        personal_number: format!("1000000008{n:03}"),
        father_number: format!("2000000008{n:03}"),
        mother_number: format!("3000000008{n:03}"),
        ..birth(0, "خدیجه", "عثمان", "مەریەم", "1960-07-08")
    });
    let few = [
        birth(31, "خەجیجە", "عوسمان", "پەروین", "1970-01-02"),
        birth(32, "محمد", "کەریم", "هێرۆ", "1971-02-03"),
        birth(33, "حەمە", "کەریم", "سارا", "1972-03-04"),
        birth(34, "محمود", "کەریم", "نەسرین", "1973-04-05"),
        birth(35, "محمد رشید", "سەعید", "ئامینە", "1974-05-06"),
    ];
    let rows: Vec<CsvBirth> = many.chain(few).collect();
    import(&test, "forms", &rows).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let found = async |query: &str| shown(&test, &clerk, FindPeople::new(query, "counter")).await;
    let person = async |n: u32| test.person(&format!("10000000007{n:02}")).await;

    let khadija = found("خدیجه عثمان").await;
    assert_eq!(khadija.len(), 10);
    assert!(khadija.contains(&person(31).await), "the usual other spelling is among them");
    assert_ne!(khadija[0], person(31).await, "whoever is written so comes first");
    assert_eq!(found("خەجیجە عوسمان").await.first(), Some(&person(31).await));

    let hama = found("حەمە کەریم").await;
    assert_eq!(hama[..2], [person(33).await, person(32).await], "Hama, then Muhammad");
    assert!(!hama.contains(&person(34).await), "Mahmud is another");
    let muhammad = found("محمد کەریم").await;
    assert_eq!(muhammad.first(), Some(&person(32).await));
    assert!(!muhammad.contains(&person(33).await), "nobody whose name is Muhammad is written Hama");
    for query in ["حەمەڕەشید سەعید", "Hama Rashid Saeed"] {
        assert_eq!(found(query).await.first(), Some(&person(35).await), "{query}");
    }
}
crate::on_both_engines!(another_form_of_a_name_has_its_places, super::other_forms);

async fn rebuilt(test: TestOffice) {
    import(&test, "rebuilt", &[birth(21, "شێرکۆ", "بێکەس", "شیرین", "1950")]).await;
    let wanted = test.person("1000000000721").await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    for table in ["DELETE FROM name_pairs", "DELETE FROM name_sounds", "DELETE FROM name_keys"] {
        test.office.db.side(table, &[]).await.unwrap();
    }
    assert!(shown(&test, &clerk, FindPeople::new("Sherko Bekas", "counter")).await.is_empty());
    let done = keys::rebuild(&test.office, false, |_| {}).await.unwrap();
    assert!(done > 0);
    assert_eq!(keys::rebuild(&test.office, false, |_| {}).await.unwrap(), 0, "once is enough");
    assert_eq!(shown(&test, &clerk, FindPeople::new("Sherko Bekas", "counter")).await, [wanted]);
}
crate::on_both_engines!(the_keys_of_names_can_be_made_anew, super::rebuilt);
