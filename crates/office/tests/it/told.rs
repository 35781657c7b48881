//! What is said of an entry: what its certificate prints of the parents, and why whoever
//! looked at it did.

use crate::declarations::{A_BIRTH, Bureau, with};
use diwan_domain::civil::EventKind;
use diwan_office::civil::{Ground, OpenCorrection, OpenDeclaration, PrepareCorrection, What};
use diwan_testkit::TestOffice;

/// What a certificate of birth prints beside names and day: whether one or several, the
/// parents' ages and occupations, where they lived, who attended and which office keeps it.
async fn certified(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let said = with(
        A_BIRTH,
        &[
            ("plurality", "twin"),
            ("birth-order", "1"),
            ("mother.upn", ""),
            ("mother.given", "گوڵستان"),
            ("mother.born-on", "1991-11-21"),
            ("mother.occupation", "مامۆستا"),
            ("mother.nationality", "IQ"),
            ("mother.residence", "گەڕەکی ئازادی"),
            ("father.upn", ""),
            ("father.given", "ئاراس"),
            ("father.father", "ڕەسوڵ"),
            ("father.born-on", "1988"),
            ("father.occupation", "جووتیار"),
            ("attendant-name", "د. ڕۆژین"),
            ("record-no", "17"),
            ("page-no", "204"),
        ],
    );
    let said: Vec<_> = said.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let taken = bureau.declare(EventKind::Birth, &said).await.unwrap();
    let entry = bureau.register(&bureau.supervisor, &taken).await.unwrap().entry;
    for (field, value) in [
        ("born-on-in-words", Some("2026-11-20")),
        ("plurality", Some("twin")),
        // A day before her birthday; of the father only the year is known.
        ("mother-age", Some("34")),
        ("father-age", None),
        ("mother-occupation", Some("مامۆستا")),
        ("father-occupation", Some("جووتیار")),
        ("mother-nationality", Some("IQ")),
        ("father-nationality", None),
        ("residence", Some("گەڕەکی ئازادی")),
        ("attendant", Some("د. ڕۆژین")),
        ("book", Some("17")),
        ("page", Some("204")),
    ] {
        assert_eq!(bureau.field(entry, field).await.as_deref(), value, "{field}");
    }
    assert!(bureau.field(entry, "office").await.is_some_and(|office| !office.is_empty()));
    // Of a father who is not tied to the child nothing is printed.
    let unmarried = [("parents-married", "no"), ("father.nationality", "IQ"), ("child.given", "ڕێژین")];
    let said: Vec<_> =
        with(&said, &unmarried).into_iter().filter(|(field, _)| *field != "birth-order").collect();
    let said = with(
        &said,
        &[
            ("plurality", "single"),
            ("mother.given", "نەرمین"),
            ("mother.father", "سەلیم"),
            ("mother.born-on", "1995-01-05"),
            ("happened-on", "2026-11-12"),
            ("declarant.as", "mother"),
        ],
    );
    let taken = bureau.declare(EventKind::Birth, &said).await.unwrap();
    let entry = bureau.register(&bureau.supervisor, &taken).await.unwrap().entry;
    for field in ["father", "father-age", "father-nationality", "father-occupation"] {
        assert_eq!(bureau.field(entry, field).await, None, "{field}");
    }
}
crate::on_both_engines!(a_certificate_of_birth_has_what_the_entry_says_of_the_parents, super::certified);

/// Every look is in the journal of everyone whom it touched, and says why: the work on a
/// declaration by its number, on a correction by what it mends.
async fn looked_at(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let office = &bureau.test.office;
    let taken = bureau.declare(EventKind::Birth, A_BIRTH).await.unwrap();
    let open = OpenDeclaration { declaration: taken.id };
    office.perform_once(&bureau.registrar, open).await.unwrap();
    let father = bureau.test.person("1000000000008").await;
    let why = async |kind: &str, of: &str, id: String| {
        let mut reading = office.db.reading().await.unwrap();
        let rows = diwan_store::journal::about(&mut reading.tx(), of, &id).await.unwrap();
        let looks = rows.into_iter().filter(|row| row.kind == kind);
        looks.map(|row| row.body["rule"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(why("declaration-seen", "declaration", taken.id.to_string()).await, [taken.number.as_str()]);
    assert_eq!(why("declaration-seen", "person", father.to_string()).await, [taken.number.as_str()]);

    let entry = bureau.register(&bureau.supervisor, &taken).await.unwrap().entry;
    let ground =
        Ground::Court { court: "هەولێر".into(), judgment: "1/2026".into(), date: "2026-11-21".into() };
    let reason = "بڕیاری دادگا";
    let prepare =
        PrepareCorrection { entry, what: What::Revoke, ground, content: None, reason: reason.into() };
    let correction = office.perform_once(&bureau.registrar, prepare).await.unwrap();
    office.perform_once(&bureau.supervisor, OpenCorrection { correction }).await.unwrap();
    assert_eq!(why("entry-seen", "entry", entry.to_string()).await, [reason]);
    assert_eq!(why("entry-seen", "person", father.to_string()).await, [reason]);
}
crate::on_both_engines!(every_look_says_why, super::looked_at);
