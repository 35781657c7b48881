//! Numbers that end: what takes their place, who is still found by them, and that the
//! register only grows.

use crate::declarations::{A_BIRTH, Bureau, with};
use diwan_domain::civil::EventKind;
use diwan_domain::ids::{PersonId, RowId};
use diwan_domain::people::Role;
use diwan_office::Stop;
use diwan_office::civil::{
    self, Borne, EndNumber, FindPeople, Ground, Replacement, RestoreNumber, numbers_of,
};
use diwan_store::{declarations, people};
use diwan_testkit::TestOffice;

const OLD: &str = "1000000000008";
const NEW: &str = "2000000000008";

fn order() -> Ground {
    Ground::OfficeOrder { order: "12/2026".into(), date: "2026-11-20".into() }
}

fn wrong(stop: &Stop) -> String {
    let refusal = stop.refusal().unwrap_or_else(|| panic!("{stop}"));
    let about: Vec<String> = refusal.about.iter().map(|(field, code)| format!("{field}: {code}")).collect();
    format!("{} {}", refusal.code(), about.join("; ")).trim().to_owned()
}

async fn numbers(bureau: &Bureau, person: PersonId) -> Vec<Borne> {
    let mut reading = bureau.test.office.db.reading().await.unwrap();
    numbers_of(&mut reading.tx(), person).await.unwrap()
}

async fn standing(bureau: &Bureau, person: PersonId) -> Vec<String> {
    let mut reading = bureau.test.office.db.reading().await.unwrap();
    let rows = people::standing_numbers(&mut reading.tx(), person).await.unwrap();
    rows.into_iter().map(|row| row.value).collect()
}

fn ends(person: PersonId, number: RowId, replacement: Option<&str>) -> EndNumber {
    EndNumber {
        person,
        number,
        seen: 0,
        why: "replaced".into(),
        on: "2026-11-20".into(),
        authority: order(),
        replacement: replacement.map(|value| Replacement { value: value.into(), since: None }),
    }
}

async fn life_of_a_number(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let office = &bureau.test.office;
    let (father, mother) = (bureau.test.person(OLD).await, bureau.test.person("1000000000009").await);
    let old = numbers(&bureau, father).await[0].number.id;
    let hers = numbers(&bureau, mother).await[0].number.id;
    // What cannot be so is refused with the field and the way to mend it.
    for (act, expected) in [
        (ends(father, old, None), "register/fields-wrong replacement: answer/missing"),
        (
            EndNumber { why: "sold".into(), ..ends(father, old, None) },
            "register/fields-wrong why: answer/not-offered",
        ),
        (
            EndNumber { why: "died".into(), ..ends(father, old, None) },
            "register/fields-wrong why: number/nobody-died",
        ),
        (
            EndNumber { on: "2099-01-01".into(), ..ends(father, old, Some(NEW)) },
            "register/fields-wrong on: date/in-the-future",
        ),
        (
            EndNumber { on: "20.11.26".into(), ..ends(father, old, Some(NEW)) },
            "register/fields-wrong on: date/not-real",
        ),
        (ends(father, old, Some("123")), "register/fields-wrong replacement: identity-number/wrong-length"),
        (ends(father, old, Some("1000000000009")), "register/fields-wrong replacement: number/given-before"),
        (ends(father, old, Some(OLD)), "register/fields-wrong replacement: number/given-before"),
        (ends(mother, old, Some(NEW)), "request/not-found"),
        (EndNumber { seen: 1, ..ends(father, old, Some(NEW)) }, "request/changed-meanwhile"),
        (
            EndNumber {
                authority: Ground::OfficeOrder { order: " ".into(), date: "2026-11-20".into() },
                ..ends(father, old, Some(NEW))
            },
            "admin/field-missing field: authority",
        ),
    ] {
        let stop = office.perform_once(&bureau.registrar, act).await.unwrap_err();
        assert_eq!(wrong(&stop), expected);
    }
    let stop = office.perform_once(&bureau.clerk, ends(father, old, Some(NEW))).await.unwrap_err();
    assert!(wrong(&stop).starts_with("officer/not-permitted"), "{stop}");
    let child = bureau.test.person("1000000000001").await;
    let own = bureau.test.officer_with_person("own", Role::Registrar, bureau.office, child).await;
    let stop = office.perform_once(&own, ends(father, old, Some(NEW))).await.unwrap_err();
    assert_eq!(wrong(&stop), "officer/own-family");
    assert_eq!(standing(&bureau, father).await, [OLD], "nothing changed");

    let given = office.perform_once(&bureau.registrar, ends(father, old, Some(NEW))).await.unwrap().unwrap();
    assert_eq!(standing(&bureau, father).await, [NEW]);
    let all = numbers(&bureau, father).await;
    assert_eq!(all.iter().map(|one| one.number.value.as_str()).collect::<Vec<_>>(), [NEW, OLD]);
    assert_eq!((all[0].until(), all[0].number.valid_from.as_deref()), (None, Some("2026-11-20")));
    assert_eq!(all[1].until(), Some("2026-11-20"));
    let end = all[1].end().unwrap();
    assert_eq!((end.why.as_deref(), end.replaced_by), (Some("replaced"), Some(given)));
    assert_eq!(end.authority.0["order"], "12/2026");
    // Whoever is looked for by the old number is found; nobody else is given it, nor
    // let in by it.
    for number in [OLD, NEW] {
        let search = FindPeople::new(number, "counter");
        assert_eq!(office.perform_once(&bureau.clerk, search).await.unwrap(), [father], "{number}");
    }
    let stop = office.perform_once(&bureau.registrar, ends(mother, hers, Some(OLD))).await.unwrap_err();
    assert_eq!(wrong(&stop), "register/fields-wrong replacement: number/given-before");
    {
        let mut reading = office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        assert!(people::by_standing_number(&mut tx, OLD).await.unwrap().is_empty());
        assert_eq!(people::by_standing_number(&mut tx, NEW).await.unwrap(), [father]);
        assert_eq!(civil::by_number(&mut tx, OLD).await.unwrap(), [father]);
    }
    // An end ends once; that it was a mistake is another record.
    let stop = office.perform_once(&bureau.registrar, ends(father, old, Some(NEW))).await.unwrap_err();
    assert_eq!(wrong(&stop), "request/changed-meanwhile");
    let again = RestoreNumber { person: father, number: old, seen: 1, authority: order() };
    office.perform_once(&bureau.registrar, again).await.unwrap();
    let none = RestoreNumber { person: father, number: given, seen: 0, authority: order() };
    let stop = office.perform_once(&bureau.registrar, none).await.unwrap_err();
    assert_eq!(wrong(&stop), "register/nothing-changes");
    assert_eq!(standing(&bureau, father).await, [OLD, NEW]);
    let lost = EndNumber { seen: 2, why: "lost".into(), ..ends(father, old, None) };
    assert_eq!(office.perform_once(&bureau.registrar, lost).await.unwrap(), None);
    let all = numbers(&bureau, father).await;
    let records: Vec<(bool, Option<&str>)> =
        all[1].records.iter().map(|one| (one.ends, one.why.as_deref())).collect();
    assert_eq!(records, [(true, Some("replaced")), (false, None), (true, Some("lost"))]);
    assert_eq!(standing(&bureau, father).await, [NEW]);
    let journal = bureau.test.journal_of("number", &old.to_string()).await;
    assert_eq!(journal, ["number-ended", "number-stands-again", "number-ended"]);
    assert_eq!(bureau.test.journal_of("number", &given.to_string()).await, ["number-given"]);
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_number_ends_and_another_takes_its_place, super::life_of_a_number);

/// A number that was somebody else's all along ties nobody any more.
async fn never_theirs(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let office = &bureau.test.office;
    let azad = bureau.test.person(OLD).await;
    let old = numbers(&bureau, azad).await[0].number.id;
    let father_of = async |given: &str, day: &str| {
        let more =
            [("child.given", given), ("happened-on", day), ("father.given", "هێمن"), ("mother.upn", "")];
        let said: Vec<_> = with(A_BIRTH, &more).into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let taken = bureau.declare(EventKind::Birth, &said).await.unwrap();
        let mut reading = office.db.reading().await.unwrap();
        let row = declarations::declaration(&mut reading.tx(), taken.id).await.unwrap().unwrap();
        civil::content_of(&row).unwrap().get("father.person").map(str::to_owned)
    };
    let own = azad.to_string();
    assert_eq!(father_of("ڕۆژان", "2026-11-18").await.as_deref(), Some(own.as_str()));
    // A number that was lost still means whoever bore it.
    let lost = EndNumber { why: "lost".into(), ..ends(azad, old, None) };
    office.perform_once(&bureau.registrar, lost).await.unwrap();
    assert_eq!(father_of("هاوژین", "2026-11-19").await.as_deref(), Some(own.as_str()));
    let again = RestoreNumber { person: azad, number: old, seen: 1, authority: order() };
    office.perform_once(&bureau.registrar, again).await.unwrap();
    let never = EndNumber { why: "wrong".into(), seen: 2, ..ends(azad, old, None) };
    office.perform_once(&bureau.registrar, never).await.unwrap();
    assert_eq!(father_of("نیان", "2026-11-20").await, None, "he is another, who bears it");
    let again = RestoreNumber { person: azad, number: old, seen: 3, authority: order() };
    office.perform_once(&bureau.registrar, again).await.unwrap();
    assert_eq!(father_of("لانە", "2026-11-21").await.as_deref(), Some(own.as_str()));
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_number_that_was_never_theirs_ties_nobody, super::never_theirs);
