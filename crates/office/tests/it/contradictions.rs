//! What the register knows against a declaration, also when it came to know it after the
//! declaration was made; guardianships that are over; one person with two accounts.

use crate::declarations::{A_BIRTH, Bureau, refused};
use crate::family::{Life, Said, said};
use diwan_domain::civil::EventKind;
use diwan_domain::ids::PersonId;
use diwan_domain::names::NameParts;
use diwan_domain::people::Role;
use diwan_domain::services::{RegisterKind, Relation};
use diwan_office::civil::{
    DecideCorrection, Declare, Description, Ground, PrepareCorrection, RegisterEvent, Registered, Taken,
    What, doubts_by_now, look_up,
};
use diwan_office::{Stop, Who};
use diwan_store::declarations;
use diwan_testkit::TestOffice;

const A_YEAR: i64 = 365 * 24 * 60;
const OMAR: &str = "1000000000018";
const GULALA: &str = "1000000000019";
const HEVIN: &str = "1000000000009";
/// Born in 2010, as the register knows.
const NAWROZ: &str = "1000000000002";

fn wed(husband: &str, (wife, given): (&str, &str), on: &str, contract: &str) -> Said {
    said(&[
        ("happened-on", on),
        ("contract-court", "هەولێر"),
        ("contract-number", contract),
        ("husband.given", "عومەر"),
        ("husband.upn", husband),
        ("wife.given", given),
        ("wife.upn", wife),
        ("declarant.as", "court"),
    ])
}

impl Life {
    pub async fn declares(&self, kind: EventKind, fields: Said) -> Result<Taken, Stop> {
        let act = Declare { of: None, kind, content: fields.into_iter().collect(), office: None };
        self.bureau.test.office.perform_once(&self.clerk, act).await
    }

    pub async fn registers(&self, who: &Who, taken: &Taken) -> Result<Registered, Stop> {
        let act = RegisterEvent { declaration: taken.id, seen: taken.version, settles: None };
        self.bureau.test.office.perform_once(who, act).await
    }
}

async fn side_by_side(test: TestOffice) {
    let life = Life::begin(test).await;
    let place = life.bureau.test.place;
    let registrar = life.bureau.test.officer_of("civil-registrar", Role::Registrar, place).await;
    let first =
        life.declares(EventKind::Marriage, wed(OMAR, (GULALA, "گوڵاڵە"), "2026-10-01", "11")).await.unwrap();
    let second =
        life.declares(EventKind::Marriage, wed(OMAR, (HEVIN, "هێڤین"), "2026-11-15", "12")).await.unwrap();
    // Neither stands yet, so that neither makes the other doubtful.
    assert!(first.doubts.is_empty() && second.doubts.is_empty(), "{:?} {:?}", first.doubts, second.doubts);
    life.registers(&registrar, &first).await.unwrap();
    let stop = refused(life.registers(&registrar, &second).await.unwrap_err());
    assert_eq!(stop, ("register/needs-supervisor".into(), "doubt: marriage-stands".into()));
    // Whoever looks at it sees so before.
    let seen = {
        let mut reading = life.bureau.test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let mut row = declarations::declaration(&mut tx, second.id).await.unwrap().unwrap();
        doubts_by_now(&mut tx, &mut row).await.unwrap();
        row.doubts.0
    };
    assert_eq!(seen, serde_json::json!(["marriage-stands"]));
    // A supervisor who looked before settles only what they saw.
    let settles = |doubts: &[&str]| RegisterEvent {
        declaration: second.id,
        seen: second.version,
        settles: Some(doubts.iter().map(|doubt| (*doubt).to_owned()).collect()),
    };
    let office = &life.bureau.test.office;
    for unseen in [&[][..], &["late", "under-age"]] {
        let stop = refused(office.perform_once(&life.supervisor, settles(unseen)).await.unwrap_err());
        assert_eq!(stop, ("register/doubt-arose".into(), "doubts: marriage-stands".into()));
    }
    office.perform_once(&life.supervisor, settles(&["marriage-stands"])).await.unwrap();
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_marriage_registered_meanwhile_makes_the_next_doubtful, super::side_by_side);

async fn known_otherwise(test: TestOffice) {
    let life = Life::begin(test).await;
    // Her age is not said, and known.
    let young =
        life.declares(EventKind::Marriage, wed(OMAR, (NAWROZ, "نەورۆز"), "2026-11-15", "13")).await.unwrap();
    assert_eq!(young.doubts, ["under-age"]);
    let stop = |stop| refused(stop).1;
    let himself = life.declares(EventKind::Marriage, wed(OMAR, (OMAR, "عومەر"), "2026-11-15", "14")).await;
    assert_eq!(stop(himself.unwrap_err()), "wife.person: person/twice");
    let turned = life.declares(EventKind::Marriage, wed(GULALA, (OMAR, "عومەر"), "2026-11-15", "15")).await;
    assert_eq!(stop(turned.unwrap_err()), "husband.person: person/other-sex");
    let unborn = life.declares(EventKind::Marriage, wed(OMAR, (NAWROZ, "نەورۆز"), "2008-05-05", "16")).await;
    assert_eq!(stop(unborn.unwrap_err()), "happened-on: date/before-birth");
}
crate::on_both_engines!(what_the_register_knows_counts_also_unsaid, super::known_otherwise);

async fn nothing_to_end(test: TestOffice) {
    let life = Life::begin(test).await;
    let azad = life.born("ئازاد", "male", None, &[]).await;
    let shilan = life.born("شیلان", "female", None, &[]).await;
    life.bureau.test.pass(25 * A_YEAR);
    life.couple(EventKind::Marriage, azad, shilan, &[]).await;
    life.bureau.test.pass(A_YEAR);
    life.couple(EventKind::Divorce, azad, shilan, &[("divorce-kind", "irrevocable")]).await;
    life.bureau.test.pass(A_YEAR);
    let today = life.today();
    let mut fields = said(&[
        ("happened-on", &today),
        ("husband.given", "ئازاد"),
        ("wife.given", "شیلان"),
        ("declarant.as", "court"),
        ("court", "هەولێر"),
        ("judgment", "2"),
        ("judgment-date", &today),
    ]);
    fields.push(("husband.person".to_owned(), azad.to_string()));
    fields.push(("wife.person".to_owned(), shilan.to_string()));
    let taken = life.declares(EventKind::Reconciliation, fields.clone()).await.unwrap();
    assert_eq!(taken.doubts, ["no-marriage"], "what is final is not taken back");
    life.registers(&life.supervisor, &taken).await.unwrap();
    assert_eq!(life.stand(shilan).await, "divorced");
    fields.extend(said(&[("divorce-kind", "irrevocable")]));
    let taken = life.declares(EventKind::Divorce, fields).await.unwrap();
    assert!(taken.doubts.contains(&"no-marriage".to_owned()), "{:?}", taken.doubts);
}
crate::on_both_engines!(what_is_over_is_neither_ended_nor_taken_back, super::nothing_to_end);

impl Life {
    /// What a guardian finds of a ward by name.
    async fn found_by(&self, guardian: PersonId) -> Relation {
        let name = NameParts { given: "دانا".into(), ..NameParts::default() };
        let wanted = Description { name: Some(name), ..Description::default() };
        let today = self.bureau.test.office.today();
        let mut reading = self.bureau.test.office.db.reading().await.unwrap();
        look_up(&mut reading.tx(), RegisterKind::Birth, guardian, &wanted, today).await.unwrap().relation
    }
}

async fn over(test: TestOffice) {
    let life = Life::begin(test).await;
    let uncle = life.born("کەریم", "male", None, &[]).await;
    life.bureau.test.pass(30 * A_YEAR);
    let ward = life.born("دانا", "male", None, &[]).await;
    let (today, until) = (life.today(), life.bureau.test.office.today());
    let until = until.checked_add(jiff::Span::new().years(2)).unwrap().to_string();
    let mut fields = said(&[
        ("happened-on", &today),
        ("declarant.as", "court"),
        ("court", "هەولێر"),
        ("judgment", "17"),
        ("judgment-date", &today),
        ("extent", "both"),
        ("until", &until),
        ("ward.given", "دانا"),
        ("guardian.given", "کەریم"),
    ]);
    fields.push(("ward.person".to_owned(), ward.to_string()));
    fields.push(("guardian.person".to_owned(), uncle.to_string()));
    life.event(EventKind::Guardianship, fields).await;
    assert_eq!(life.found_by(uncle).await, Relation::Guardian);
    life.bureau.test.pass(3 * A_YEAR);
    assert_eq!(life.found_by(uncle).await, Relation::None, "its time is over");
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_guardianship_that_is_over_opens_nothing, super::over);

async fn two_accounts(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let (test, office) = (&bureau.test, bureau.office);
    let omar = test.person(OMAR).await;
    let one = test.officer_with_person("omar", Role::Registrar, office, omar).await;
    let other = test.officer_with_person("omar-supervises", Role::Supervisor, office, omar).await;
    let content = A_BIRTH.iter().copied().collect();
    let act = Declare { of: None, kind: EventKind::Birth, content, office: None };
    let taken = test.office.perform_once(&one, act).await.unwrap();
    let stop = refused(bureau.register(&other, &taken).await.unwrap_err());
    assert_eq!(stop.0, "officer/needs-second-person");
    let registered = bureau.register(&bureau.registrar, &taken).await.unwrap();
    let ground =
        Ground::Court { court: "هەولێر".into(), judgment: "7/2026".into(), date: "2026-11-21".into() };
    let act = PrepareCorrection {
        entry: registered.entry,
        what: What::Revoke,
        ground,
        content: None,
        reason: "دوو جار تۆمارکراوە".into(),
    };
    let correction = test.office.perform_once(&one, act).await.unwrap();
    let decide = || DecideCorrection { correction, seen: 1, approve: true, why: None };
    let stop = refused(test.office.perform_once(&other, decide()).await.unwrap_err());
    assert_eq!(stop.0, "officer/needs-second-person");
    test.office.perform_once(&bureau.supervisor, decide()).await.unwrap();
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(two_accounts_of_one_person_are_one_pair_of_eyes, super::two_accounts);
