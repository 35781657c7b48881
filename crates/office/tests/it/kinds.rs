//! The rarer events, each from declaration to what it changes in the register.

use crate::family::{Life, Said, said};
use crate::reversals::change;
use diwan_domain::civil::EventKind;
use diwan_domain::ids::PersonId;
use diwan_domain::people::Role;
use diwan_office::civil::{Declare, Summary, What, may_see_entry, summary};
use diwan_office::{Who, acting};
use diwan_store::civil;
use diwan_testkit::TestOffice;

const A_YEAR: i64 = 365 * 24 * 60;

fn tied(mut fields: Said, role: &str, person: PersonId) -> Said {
    fields.push((format!("{role}.person"), person.to_string()));
    fields
}

impl Life {
    async fn known(&self, person: PersonId) -> Summary {
        let mut reading = self.bureau.test.office.db.reading().await.unwrap();
        summary(&mut reading.tx(), person).await.unwrap().unwrap()
    }

    async fn people(&self) -> i64 {
        let mut reading = self.bureau.test.office.db.reading().await.unwrap();
        reading.tx().count("SELECT COUNT(*) AS n FROM persons", &[]).await.unwrap()
    }

    fn judged(&self, more: &[(&str, &str)]) -> Said {
        let today = self.today();
        let mut fields = said(&[
            ("happened-on", &today),
            ("declarant.as", "court"),
            ("court", "هەولێر"),
            ("judgment", "17"),
            ("judgment-date", &today),
            ("judgment-final-on", &today),
        ]);
        fields.extend(said(more));
        fields
    }

    /// What a declaration is refused for.
    async fn refused(&self, who: &Who, kind: EventKind, fields: Said) -> Vec<String> {
        let act = Declare { of: None, kind, content: fields.into_iter().collect(), office: None };
        let stop = self.bureau.test.office.perform_once(who, act).await.unwrap_err();
        stop.refusal().unwrap().about.keys().cloned().collect()
    }
}

async fn stillbirth(test: TestOffice) {
    let life = Life::begin(test).await;
    let mother = life.born("شیلان", "female", None, &[]).await;
    life.bureau.test.pass(25 * A_YEAR);
    let (today, before) = (life.today(), life.people().await);
    let fields = said(&[
        ("child.sex", "female"),
        ("died-when", "before-labour"),
        ("happened-on", &today),
        ("place-kind", "hospital"),
        ("gestation-weeks", "31"),
        ("mother.given", "شیلان"),
        ("father.unknown", "yes"),
        ("declarant.as", "doctor"),
    ]);
    let registered = life.event(EventKind::Stillbirth, tied(fields, "mother", mother)).await;
    // It is an entry of its own book, and makes nobody a person of the register.
    assert_eq!(life.people().await, before);
    assert_eq!(life.children(mother).await, 0);
    assert!(registered.number.contains('S'), "{}", registered.number);
    let content = life.bureau.content(registered.entry).await;
    assert_eq!(content.get("died-when"), Some("before-labour"));
    let mut reading = life.bureau.test.office.db.reading().await.unwrap();
    assert!(
        civil::birth_entry_of(&mut reading.tx(), mother)
            .await
            .unwrap()
            .is_some_and(|own| own.id != registered.entry)
    );
    drop(reading);
    // Nobody is stillborn of an unknown mother.
    let nameless = said(&[
        ("child.sex", "male"),
        ("died-when", "unknown"),
        ("happened-on", &today),
        ("place-kind", "home"),
        ("mother.unknown", "yes"),
        ("father.unknown", "yes"),
        ("declarant.as", "midwife"),
    ]);
    let about = life.refused(&life.bureau.clerk, EventKind::Stillbirth, nameless).await;
    assert!(about.contains(&"mother.unknown".to_owned()), "{about:?}");
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_stillbirth_is_an_entry_and_nobody_new, super::stillbirth);

async fn acknowledgement(test: TestOffice) {
    let life = Life::begin(test).await;
    let father = life.born("ئازاد", "male", None, &[("child.given-latin", "Azad")]).await;
    let omar = life.born("عومەر", "male", None, &[]).await;
    life.bureau.test.pass(25 * A_YEAR);
    let child = life.born("لانە", "female", None, &[]).await;
    let of_her_age = life.born("دارا", "male", None, &[]).await;
    assert_eq!(life.tie(father, child).await, None);
    let today = life.today();
    let fields = said(&[
        ("happened-on", &today),
        ("acknowledged-before", "دادگای باری کەسێتی هەولێر"),
        ("child.given", "لانە"),
        ("father.given", "ئازاد"),
        ("declarant.as", "father"),
    ]);
    let said_of = |father| tied(tied(fields.clone(), "child", child), "father", father);
    let about = life.refused(&life.clerk, EventKind::Acknowledgement, said_of(of_her_age)).await;
    assert_eq!(about, ["father.person"], "no father of somebody of his own age");
    let is_father = |line: &String| line.starts_with("father ئازاد");
    assert!(!life.page(child).await.iter().any(is_father));
    let acknowledged = life.event(EventKind::Acknowledgement, said_of(father)).await;
    assert_eq!(life.tie(father, child).await, Some("parent"));
    assert_eq!(life.tie(child, father).await, Some("child"));
    assert_eq!(life.children(father).await, 1);
    // He is there wherever the parents of the child are told.
    assert!(life.page(child).await.iter().any(is_father), "on its extract");
    let birth = life.known(child).await;
    let told = |(role, person, name): &(String, PersonId, String)| {
        role == "father" && *person == father && name == "ئازاد"
    };
    assert!(birth.parents.iter().any(told), "in the register's own letters: {:?}", birth.parents);
    let printed = life.bureau.field(birth.entry.unwrap().id, "father").await;
    assert_eq!(printed.as_deref(), Some("ئازاد"), "on its certificate of birth");
    // Another man may say the same later: somebody must look.
    for (who, is_another) in [(father, false), (omar, true)] {
        let taken = life.declares(EventKind::Acknowledgement, said_of(who)).await.unwrap();
        assert_eq!(taken.doubts.contains(&"father-stands".to_owned()), is_another, "{:?}", taken.doubts);
    }
    // What is revoked gives nobody a father.
    let (registrar, place) = (Role::Registrar, life.bureau.test.place);
    let registrar = life.bureau.test.officer_of("of-families", registrar, place).await;
    let by = (&registrar, &life.supervisor);
    change(&life.bureau.test, by, (acknowledged.entry, What::Revoke), None).await;
    assert!(!life.page(child).await.iter().any(is_father));
    assert!(life.known(child).await.parents.iter().all(|(role, ..)| role != "father"));
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(an_acknowledgement_gives_a_child_its_father, super::acknowledgement);

async fn affiliation(test: TestOffice) {
    let life = Life::begin(test).await;
    let mother = life.born("هێرۆ", "female", None, &[]).await;
    let father = life.born("ئازاد", "male", None, &[]).await;
    life.bureau.test.pass(25 * A_YEAR);
    let found = [
        ("mother.unknown", "yes"),
        ("mother.given", ""),
        ("found-on", &life.today()[..]),
        ("found-place", "مزگەوتی گەورە"),
        ("police-report", "44/2050"),
        ("declarant.as", "police"),
    ];
    let child = life.born("ژیان", "female", None, &found).await;
    let fields = life.judged(&[("child.given", "ژیان"), ("mother.given", "هێرۆ"), ("father.given", "ئازاد")]);
    let fields = tied(tied(tied(fields, "child", child), "mother", mother), "father", father);
    let registered = life.event(EventKind::Affiliation, fields).await;
    // Given by a court to care for, not to be their child (Law 76/1983, articles 39 to 46).
    assert_eq!(life.tie(mother, child).await, Some("guardian"));
    assert_eq!(life.children(mother).await, 0);
    // It would tell the child's origin: for others it is not there.
    let place = life.bureau.test.place;
    let keeper = life.bureau.test.officer_of("keeper", Role::Keeper, place).await;
    for (who, sees) in [(&life.supervisor, false), (&life.bureau.registrar, false), (&keeper, true)] {
        let diwan_domain::acts::Actor::Officer(officer) = who.actor else { panic!("an officer") };
        let mut reading = life.bureau.test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let acting = acting::load(&mut tx, officer).await.unwrap().unwrap();
        let entry = civil::entry(&mut tx, registered.entry).await.unwrap().unwrap();
        assert!(entry.protected);
        assert_eq!(may_see_entry(&mut tx, &acting, &entry).await.unwrap(), sees);
    }
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(an_affiliation_gives_guardians_and_is_hidden, super::affiliation);

async fn annulment(test: TestOffice) {
    let life = Life::begin(test).await;
    let azad = life.born("ئازاد", "male", None, &[]).await;
    let shilan = life.born("شیلان", "female", None, &[]).await;
    life.bureau.test.pass(20 * A_YEAR);
    life.couple(EventKind::Marriage, azad, shilan, &[]).await;
    assert_eq!(life.stand(azad).await, "married");
    life.bureau.test.pass(A_YEAR);
    life.couple(EventKind::Annulment, azad, shilan, &[]).await;
    // Who never was married is neither divorced nor married.
    assert_eq!((life.stand(azad).await, life.stand(shilan).await), ("single".into(), "single".into()));
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(an_annulled_marriage_never_was, super::annulment);

async fn guardianship(test: TestOffice) {
    let life = Life::begin(test).await;
    let uncle = life.born("کەریم", "male", None, &[]).await;
    life.bureau.test.pass(30 * A_YEAR);
    let ward = life.born("دانا", "male", None, &[]).await;
    let until = life.bureau.test.office.today().checked_add(jiff::Span::new().years(18)).unwrap().to_string();
    let fields = life.judged(&[
        ("extent", "both"),
        ("until", &until),
        ("ward.given", "دانا"),
        ("guardian.given", "کەریم"),
    ]);
    let without = fields.iter().filter(|(field, _)| !field.starts_with("judgment")).cloned().collect();
    let about = life
        .refused(&life.clerk, EventKind::Guardianship, tied(tied(without, "ward", ward), "guardian", uncle))
        .await;
    assert!(about.contains(&"judgment".to_owned()), "only a court gives a guardian: {about:?}");
    let registered =
        life.event(EventKind::Guardianship, tied(tied(fields, "ward", ward), "guardian", uncle)).await;
    assert_eq!(life.tie(uncle, ward).await, Some("guardian"));
    assert_eq!(life.tie(ward, uncle).await, None, "a ward is nobody's guardian");
    assert_eq!(life.bureau.content(registered.entry).await.get("until"), Some(until.as_str()));
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_court_gives_a_guardian, super::guardianship);
