//! Entries that lean on another: numbers of a chain, and what a corrected birth contradicts.

use crate::books::{book, rows};
use crate::declarations::refused;
use crate::family::{Life, said};
use crate::reversals::change;
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::ids::EntryId;
use diwan_domain::people::Role;
use diwan_office::civil::{Ground, PrepareCorrection, What, entry_content};
use diwan_store::civil;
use diwan_testkit::TestOffice;

const A_YEAR: i64 = 365 * 24 * 60;
/// Azad Karim Mustafa, as the register calls him.
const AZAD: &str = "1000000000008";

async fn numbered(test: &TestOffice, number: &str) -> (EntryId, Content) {
    let mut reading = test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let entry = civil::entry_numbered(&mut tx, number).await.unwrap().expect(number);
    (entry.id, entry_content(&mut tx, &entry).await.unwrap())
}

/// Numbers of old books have strokes of their own: year and number.
async fn strokes(test: TestOffice) {
    let old = [
        "1957/45,1,1,شیلان,أنثى,3/2/1957,,ئازاد,هێرۆ,,,",
        "1957/46,1,2,دارا,ذكر,4/2/1957,,کەریم,شەونم,,,",
        "1957/2,1,3,هانا,أنثى,5/2/1957,,عومەر,گوڵاڵە,,,",
        "1957/46/2,1,4,ژیان,أنثى,6/2/1957,,حەسەن,بەهار,,,",
    ];
    let own = book(&test, "strokes.csv", &rows(&old)).unwrap();
    assert_eq!(own.counts(&test).await, (4, 0, 0));
    let registrar = test.officer_of("of-books", Role::Registrar, test.place).await;
    let supervisor = test.officer_of("over-books", Role::Supervisor, test.place).await;
    for (number, corrected, again) in [
        ("EBB-1957/45", "EBB-1957/45/2", "EBB-1957/45/3"),
        ("EBB-1957/2", "EBB-1957/2/2", "EBB-1957/2/3"),
        // Its second place is another entry's number.
        ("EBB-1957/46", "EBB-1957/46/3", "EBB-1957/46/4"),
    ] {
        let (entry, mut content) = numbered(&test, number).await;
        content.set("page-no", "12");
        let by = (&registrar, &supervisor);
        let second = change(&test, by, (entry, What::Correct), Some(content)).await;
        let (found, mut content) = numbered(&test, corrected).await;
        assert_eq!(found, second, "{number}");
        content.set("page-no", "13");
        let third = change(&test, by, (second, What::Correct), Some(content)).await;
        assert_eq!(numbered(&test, again).await.0, third, "{number}");
    }
}
crate::on_both_engines!(a_corrected_entry_of_an_old_book_keeps_its_own_number, super::strokes);

async fn leaned_on(test: TestOffice) {
    let life = Life::begin(test).await;
    let azad = life.born("ئازاد", "male", None, &[]).await;
    let shilan = life.born("شیلان", "female", None, &[]).await;
    life.bureau.test.pass(25 * A_YEAR);
    life.couple(EventKind::Marriage, azad, shilan, &[]).await;
    life.bureau.test.pass(A_YEAR);
    life.born("دارا", "male", Some((shilan, azad)), &[]).await;
    life.bureau.test.pass(A_YEAR);
    let today = life.bureau.test.office.today();
    let birth = {
        let mut reading = life.bureau.test.office.db.reading().await.unwrap();
        civil::birth_entry_of(&mut reading.tx(), shilan).await.unwrap().unwrap().id
    };
    let correct = async |field: &str, value: &str| {
        let mut content = life.bureau.content(birth).await;
        content.set(field, value);
        let ground =
            Ground::Court {
                court: "هەولێر".into(), judgment: "9/2026".into(), date: "2026-11-21".into()
            };
        let reason = "بڕیاری دادگا".to_owned();
        let act =
            PrepareCorrection { entry: birth, what: What::Correct, ground, content: Some(content), reason };
        life.bureau.test.office.perform_once(&life.bureau.registrar, act).await
    };
    let later = |years: i64| today.checked_sub(jiff::Span::new().years(years)).unwrap().to_string();
    for (field, value, told) in [
        ("child.sex", "male".to_owned(), "child.sex: sex/other-entry"),
        ("happened-on", later(1), "happened-on: date/after-other-entry"),
        ("happened-on", later(7), "happened-on: date/parent-too-young"),
    ] {
        let stop = refused(correct(field, &value).await.unwrap_err());
        assert_eq!(stop, ("register/fields-wrong".into(), told.into()), "{field} {value}");
    }
    correct("happened-on", &later(26)).await.unwrap();
}
crate::on_both_engines!(a_corrected_birth_does_not_contradict_other_entries, super::leaned_on);

async fn dead_by_then(test: TestOffice) {
    let life = Life::begin(test).await;
    let hana = life.born("هانا", "female", None, &[]).await;
    let [azad, shilan] = life.a_couple().await;
    let wedding = life.bureau.test.office.today();
    life.bureau.test.pass(A_YEAR);
    life.dies(azad, "ئازاد").await;
    let (death, marriage) = {
        let mut reading = life.bureau.test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let death = civil::entry_of(&mut tx, azad, "death").await.unwrap().unwrap();
        let marriage = civil::entry_of(&mut tx, shilan, "marriage").await.unwrap().unwrap();
        (death.id, marriage.id)
    };
    let registrar = life.bureau.test.officer_of("of-weddings", Role::Registrar, life.bureau.test.place).await;
    let correct = async |who: &diwan_office::Who, entry: EntryId, days: i64| {
        let mut content = life.bureau.content(entry).await;
        let on = wedding.checked_add(jiff::Span::new().days(days)).unwrap();
        content.set("happened-on", on.to_string());
        let ground =
            Ground::Court {
                court: "هەولێر".into(), judgment: "9/2026".into(), date: "2026-11-21".into()
            };
        let reason = "بڕیاری دادگا".to_owned();
        let act = PrepareCorrection { entry, what: What::Correct, ground, content: Some(content), reason };
        life.bureau.test.office.perform_once(who, act).await
    };
    let told = |code: &str| ("register/fields-wrong".to_owned(), format!("happened-on: {code}"));
    life.bureau.test.pass(A_YEAR);
    let before_the_wedding = correct(&life.bureau.registrar, death, -1).await.unwrap_err();
    assert_eq!(refused(before_the_wedding), told("date/before-other-entry"));
    let after_the_death = correct(&registrar, marriage, 400).await.unwrap_err();
    assert_eq!(refused(after_the_death), told("person/dead-before"));
    // While the death did not count he married again: it does not come back as it was.
    let by = (&life.bureau.registrar, &life.bureau.supervisor);
    let revoked = change(&life.bureau.test, by, (death, What::Revoke), None).await;
    let again = life.couple(EventKind::Marriage, azad, hana, &[]).await;
    let reinstate = async |entry: EntryId| {
        let ground =
            Ground::Court {
                court: "هەولێر".into(), judgment: "9/2026".into(), date: "2026-11-21".into()
            };
        let reason = "بڕیاری دادگا".to_owned();
        let act = PrepareCorrection { entry, what: What::Reinstate, ground, content: None, reason };
        life.bureau.test.office.perform_once(&life.bureau.registrar, act).await
    };
    assert_eq!(refused(reinstate(revoked).await.unwrap_err()), told("date/before-other-entry"));
    change(&life.bureau.test, (&registrar, &life.supervisor), (again.entry, What::Revoke), None).await;
    reinstate(revoked).await.unwrap();
    correct(&registrar, marriage, -1).await.unwrap();
}
crate::on_both_engines!(a_corrected_day_leaves_nobody_dead_before_what_they_did, super::dead_by_then);

/// Nothing is typed twice: who a father is, the register knows by his number.
async fn named_after(test: TestOffice) {
    let life = Life::begin(test).await;
    for (child, father, told) in [("دارا", "ئازاد", "دارا ئازاد کەریم"), ("لانە", "ئاراز", "لانە ئاراز")]
    {
        let today = life.today();
        let fields = said(&[
            ("child.given", child),
            ("child.sex", "male"),
            ("happened-on", &today),
            ("place-kind", "hospital"),
            ("mother.given", "هێڤین"),
            ("father.given", father),
            ("father.upn", AZAD),
            ("parents-married", "yes"),
            ("declarant.as", "mother"),
        ]);
        let birth = life.event(EventKind::Birth, fields).await;
        let printed = life.bureau.field(birth.entry, "name").await;
        assert_eq!(printed.as_deref(), Some(told), "another name is not his");
    }
}
crate::on_both_engines!(a_child_is_named_after_a_father_whom_the_register_knows, super::named_after);

/// There is no divorce without a marriage, and no reconciliation without a divorce.
async fn divorced_of(test: TestOffice) {
    let life = Life::begin(test).await;
    let azad = life.born("ئازاد", "male", None, &[]).await;
    let shilan = life.born("شیلان", "female", None, &[]).await;
    life.bureau.test.pass(25 * A_YEAR);
    let marriage = life.couple(EventKind::Marriage, azad, shilan, &[]).await.entry;
    life.bureau.test.pass(A_YEAR);
    let until = life.bureau.test.office.today().checked_add(jiff::Span::new().months(3)).unwrap().to_string();
    let revocable = [("divorce-kind", "revocable"), ("waiting-until", until.as_str())];
    let divorce = life.couple(EventKind::Divorce, azad, shilan, &revocable).await.entry;
    life.bureau.test.pass(30 * 24 * 60);
    let together = life.couple(EventKind::Reconciliation, azad, shilan, &[]).await.entry;
    let test = &life.bureau.test;
    let registrar = test.officer_of("of-the-family", Role::Registrar, test.place).await;
    let revoke = async |entry: EntryId| {
        let ground = Ground::Court { court: "هەولێر".into(), judgment: "7".into(), date: life.today() };
        let reason = "بڕیاری دادگا".into();
        let act = PrepareCorrection { entry, what: What::Revoke, ground, content: None, reason };
        test.office.perform_once(&registrar, act).await.map_err(refused)
    };
    let number_of = async |entry: EntryId| {
        let mut reading = test.office.db.reading().await.unwrap();
        civil::entry(&mut reading.tx(), entry).await.unwrap().unwrap().number
    };
    for (needed, by) in [(marriage, divorce), (divorce, together)] {
        let said = format!("entry: {}", number_of(by).await);
        assert_eq!(revoke(needed).await.unwrap_err(), ("register/entry-needed".to_owned(), said));
    }
    let by = (&registrar, &life.supervisor);
    for entry in [together, divorce, marriage] {
        change(test, by, (entry, What::Revoke), None).await;
    }
    assert_eq!(life.stand(shilan).await, "single");
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(what_another_entry_needs_is_not_revoked, super::divorced_of);

/// What a declaration of today needs and the entry has is not corrected away.
async fn emptied(test: TestOffice) {
    let life = Life::begin(test).await;
    let azad = life.born("ئازاد", "male", None, &[]).await;
    let birth = {
        let mut reading = life.bureau.test.office.db.reading().await.unwrap();
        civil::birth_entry_of(&mut reading.tx(), azad).await.unwrap().unwrap().id
    };
    let whole = life.bureau.content(birth).await;
    let correct = async |content: Content| {
        let ground =
            Ground::Court {
                court: "هەولێر".into(), judgment: "9/2026".into(), date: "2026-11-21".into()
            };
        let reason = "بڕیاری دادگا".to_owned();
        let act =
            PrepareCorrection { entry: birth, what: What::Correct, ground, content: Some(content), reason };
        life.bureau.test.office.perform_once(&life.bureau.registrar, act).await
    };
    for field in ["child.given", "child.sex", "happened-on", "mother.given"] {
        let mut content = whole.clone();
        content.set(field, "");
        let stop = refused(correct(content).await.unwrap_err());
        assert_eq!(stop, ("register/fields-wrong".into(), format!("{field}: answer/missing")));
    }
    let stop = refused(correct(Content::default()).await.unwrap_err());
    assert!(stop.1.contains("child.given: answer/missing"), "{stop:?}");
    let mut found = whole.clone();
    found.set("father.unknown", "");
    found.set("father.given", "کەریم");
    found.set("parents-married", "no");
    correct(found).await.unwrap();
}
crate::on_both_engines!(a_correction_empties_no_entry, super::emptied);

/// What was left out of an old book may stay left out.
async fn never_said(test: TestOffice) {
    let own = book(&test, "less.csv", &rows(&["3,1,1,شیلان,أنثى,3/2/1957,,ئازاد,,,,"])).unwrap();
    assert_eq!(own.counts(&test).await, (1, 0, 0));
    let registrar = test.officer_of("of-books", Role::Registrar, test.place).await;
    let supervisor = test.officer_of("over-books", Role::Supervisor, test.place).await;
    let (entry, mut content) = numbered(&test, "EBB-3").await;
    assert_eq!((content.get("mother.given"), content.get("declarant.as")), (None, None));
    content.set("page-no", "12");
    change(&test, (&registrar, &supervisor), (entry, What::Correct), Some(content)).await;
    assert_eq!(numbered(&test, "EBB-3/2").await.1.get("page-no"), Some("12"));
}
crate::on_both_engines!(what_an_old_book_never_said_need_not_be_said, super::never_said);

/// Who corrects a name and leaves the record out means whoever the entry ties, or says whom.
async fn another_name(test: TestOffice) {
    let life = Life::begin(test).await;
    let (test, bureau) = (&life.bureau.test, &life.bureau);
    let child = life.born("دانا", "male", None, &[]).await;
    let birth = async || {
        let mut reading = test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let entry = civil::birth_entry_of(&mut tx, child).await.unwrap().unwrap();
        let roles = civil::roles_in(&mut tx, entry.event_id).await.unwrap();
        (entry.id, roles.iter().find(|role| role.role == "mother").unwrap().person_id)
    };
    let named = async |given: &str, person: &str| {
        let mut content = bureau.content(birth().await.0).await;
        content.set("mother.given", given);
        content.set("mother.person", person);
        content
    };
    let by = (&bureau.registrar, &bureau.supervisor);
    let (first, mother) = birth().await;
    // The same name with another letter is hers.
    let content = named("گولالە", "").await;
    change(test, by, (first, What::Correct), Some(content)).await;
    assert_eq!(birth().await.1, mother);
    // Whether Nasrin is she or somebody else, the register does not guess.
    let entry = birth().await.0;
    let ground =
        Ground::Court { court: "هەولێر".into(), judgment: "9/2026".into(), date: "2026-11-21".into() };
    let content = Some(named("نەسرین", "").await);
    let act = PrepareCorrection { entry, what: What::Correct, ground, content, reason: "بڕیار".into() };
    let stop = refused(test.office.perform_once(&bureau.registrar, act).await.unwrap_err());
    assert_eq!(stop, ("register/fields-wrong".into(), "mother.person: person/which".into()));
    let content = named("نەسرین", &mother.to_string()).await;
    change(test, by, (entry, What::Correct), Some(content)).await;
    assert_eq!(birth().await.1, mother, "it was her name all along");
    let content = named("شنۆ", "new").await;
    change(test, by, (birth().await.0, What::Correct), Some(content)).await;
    assert_ne!(birth().await.1, mother, "the court found another mother");
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_name_alone_makes_nobody_new_where_somebody_is_tied, super::another_name);
