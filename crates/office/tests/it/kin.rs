//! What the family that the register knows makes doubtful, or impossible, of an event.

use crate::declarations::refused;
use crate::family::{Life, Said, death_of, said};
use diwan_domain::civil::EventKind;
use diwan_domain::ids::PersonId;
use diwan_domain::people::Role;
use diwan_office::civil::{Declare, Taken};
use diwan_testkit::TestOffice;

const A_DAY: i64 = 24 * 60;
const A_YEAR: i64 = 365 * A_DAY;

impl Life {
    /// Declares a wedding today.
    async fn wedding(&self, husband: (PersonId, &str), wife: (PersonId, &str)) -> Taken {
        let today = self.today();
        let mut fields = said(&[
            ("happened-on", &today),
            ("contract-court", "هەولێر"),
            ("contract-number", &today),
            ("husband.given", husband.1),
            ("wife.given", wife.1),
            ("declarant.as", "court"),
        ]);
        fields.push(("husband.person".to_owned(), husband.0.to_string()));
        fields.push(("wife.person".to_owned(), wife.0.to_string()));
        self.declares(EventKind::Marriage, fields).await.unwrap()
    }

    fn birth(&self, given: &str, (mother, father): (PersonId, PersonId)) -> Said {
        let today = self.today();
        let mut fields = said(&[
            ("child.given", given),
            ("child.sex", "male"),
            ("happened-on", &today),
            ("place-kind", "hospital"),
            ("mother.given", "شیلان"),
            ("father.given", "ئازاد"),
            ("parents-married", "yes"),
            ("declarant.as", "mother"),
        ]);
        fields.push(("mother.person".to_owned(), mother.to_string()));
        fields.push(("father.person".to_owned(), father.to_string()));
        fields
    }

    /// The doubts of a birth today, or why it is refused.
    async fn bears(&self, given: &str, parents: (PersonId, PersonId)) -> Result<Vec<String>, String> {
        let content = self.birth(given, parents).into_iter().collect();
        let act = Declare { of: None, kind: EventKind::Birth, content, office: None };
        let declared = self.bureau.test.office.perform_once(&self.bureau.clerk, act).await;
        declared.map(|taken| taken.doubts).map_err(|stop| refused(stop).1)
    }

    pub async fn dies(&self, person: PersonId, given: &str) {
        let death = self.death_of(person, given, &self.today());
        self.event(EventKind::Death, death).await;
    }

    fn death_of(&self, person: PersonId, given: &str, on: &str) -> Said {
        let mut death = death_of(person, given, "male", on);
        death.extend(said(&[("late-reason", "کەس نەیزانی")]));
        death
    }

    /// A couple, come of age.
    pub async fn a_couple(&self) -> [PersonId; 2] {
        let azad = self.born("ئازاد", "male", None, &[]).await;
        self.bureau.test.pass(A_DAY);
        let shilan = self.born("شیلان", "female", None, &[]).await;
        self.bureau.test.pass(25 * A_YEAR);
        self.couple(EventKind::Marriage, azad, shilan, &[]).await;
        [azad, shilan]
    }
}

async fn kin(test: TestOffice) {
    let life = Life::begin(test).await;
    let place = life.bureau.test.place;
    let registrar = life.bureau.test.officer_of("of-marriages", Role::Registrar, place).await;
    let [azad, shilan] = life.a_couple().await;
    life.bureau.test.pass(A_YEAR);
    let dara = life.born("دارا", "male", Some((shilan, azad)), &[]).await;
    life.bureau.test.pass(A_YEAR);
    let lana = life.born("لانە", "female", Some((shilan, azad)), &[]).await;
    let hana = life.born("هانا", "female", None, &[]).await;
    life.bureau.test.pass(25 * A_YEAR);
    let nian = life.born("نیان", "female", Some((hana, dara)), &[]).await;
    let is_kin = |taken: &Taken| taken.doubts.contains(&"close-kin".to_owned());
    let taken = life.wedding((dara, "دارا"), (lana, "لانە")).await;
    assert!(is_kin(&taken), "brother and sister");
    // His child by another, whose parents were told to be married, is the doubt that is named first.
    let stop = refused(life.registers(&registrar, &taken).await.unwrap_err());
    assert_eq!(stop, ("register/needs-supervisor".into(), "doubt: marriage-stands".into()));
    let (azad, nian) = ((azad, "ئازاد"), (nian, "نیان"));
    assert!(is_kin(&life.wedding(azad, (lana, "لانە")).await), "father and daughter");
    assert!(is_kin(&life.wedding(azad, nian).await), "grandfather and granddaughter");
    let parents = life.wedding((dara, "دارا"), (hana, "هانا")).await;
    assert!(!is_kin(&parents), "the parents of a child are no kin of each other");
    life.bureau.test.pass(20 * A_YEAR);
    let zana = life.born("زانا", "male", Some((nian.0, azad.0)), &[]).await;
    assert!(is_kin(&life.wedding((zana, "زانا"), (lana, "لانە")).await), "by the father alone");
}
crate::on_both_engines!(a_wedding_of_close_kin_is_doubtful, super::kin);

async fn widow(test: TestOffice) {
    let life = Life::begin(test).await;
    let omar = life.born("عومەر", "male", None, &[]).await;
    let [azad, shilan] = life.a_couple().await;
    life.bureau.test.pass(A_YEAR);
    life.dies(azad, "ئازاد").await;
    life.bureau.test.pass(10 * A_DAY);
    let waits = |taken: Taken| taken.doubts.contains(&"widow-waits".to_owned());
    assert!(waits(life.wedding((omar, "عومەر"), (shilan, "شیلان")).await));
    life.bureau.test.pass(120 * A_DAY);
    assert!(waits(life.wedding((omar, "عومەر"), (shilan, "شیلان")).await), "four months and ten days");
    life.bureau.test.pass(A_DAY);
    assert!(!waits(life.wedding((omar, "عومەر"), (shilan, "شیلان")).await));
}
crate::on_both_engines!(a_widow_who_marries_too_early_is_seen, super::widow);

async fn parents(test: TestOffice) {
    let life = Life::begin(test).await;
    let [azad, shilan] = life.a_couple().await;
    let unlikely =
        |doubts: Result<Vec<String>, String>| doubts.unwrap().contains(&"unlikely-parents".to_owned());
    let lana = life.born("لانە", "female", Some((shilan, azad)), &[]).await;
    assert!(!unlikely(life.bears("دارا", (shilan, azad)).await), "of one day");
    life.bureau.test.pass(90 * A_DAY);
    assert!(unlikely(life.bears("دانا", (shilan, azad)).await), "three months after another");
    life.bureau.test.pass(8 * A_YEAR);
    assert!(!unlikely(life.bears("زانا", (shilan, azad)).await));
    assert_eq!(life.bears("زارا", (lana, azad)).await, Err("mother.person: date/parent-too-young".into()));
    life.dies(azad, "ئازاد").await;
    life.bureau.test.pass(300 * A_DAY);
    assert!(!unlikely(life.bears("هێمن", (shilan, azad)).await), "he died within the year");
    life.bureau.test.pass(100 * A_DAY);
    assert!(unlikely(life.bears("ڕێبین", (shilan, azad)).await), "he was dead for more than a year");
    life.bureau.test.pass(25 * A_YEAR);
    let omar = life.born("عومەر", "male", None, &[]).await;
    life.bureau.test.pass(20 * A_YEAR);
    assert!(unlikely(life.bears("سامان", (shilan, omar)).await), "she is about eighty");
}
crate::on_both_engines!(a_child_of_unlikely_parents_is_doubtful_and_of_a_child_refused, super::parents);

async fn alive_later(test: TestOffice) {
    let life = Life::begin(test).await;
    let [azad, _] = life.a_couple().await;
    let wedding = life.bureau.test.office.today();
    life.bureau.test.pass(A_YEAR);
    let died = async |days: i64| {
        let on = wedding.checked_add(jiff::Span::new().days(days)).unwrap().to_string();
        let content = life.death_of(azad, "ئازاد", &on).into_iter().collect();
        let act = Declare { of: None, kind: EventKind::Death, content, office: None };
        life.bureau.test.office.perform_once(&life.bureau.clerk, act).await.unwrap()
    };
    let before = died(-1).await;
    assert!(before.doubts.contains(&"lived-after".to_owned()), "{:?}", before.doubts);
    let after = died(100).await;
    assert!(!after.doubts.contains(&"lived-after".to_owned()), "{:?}", after.doubts);
    // A child that its dead father acknowledges.
    let omar = life.born("عومەر", "male", None, &[]).await;
    life.bureau.test.pass(20 * A_YEAR);
    let lana = life.born("لانە", "female", None, &[]).await;
    life.dies(omar, "عومەر").await;
    life.bureau.test.pass(A_DAY);
    let today = life.today();
    let mut fields = said(&[
        ("happened-on", &today),
        ("acknowledged-before", "دادگا"),
        ("child.given", "لانە"),
        ("father.given", "عومەر"),
        ("declarant.as", "father"),
    ]);
    fields.push(("child.person".to_owned(), lana.to_string()));
    fields.push(("father.person".to_owned(), omar.to_string()));
    let taken = life.declares(EventKind::Acknowledgement, fields).await.unwrap();
    assert_eq!(taken.doubts, ["dead-already"]);
    // A name that a court gives to whoever is dead.
    let mut fields = said(&[
        ("happened-on", &today),
        ("subject.given", "عومەر"),
        ("new.given", "ڕێبین"),
        ("court", "هەولێر"),
        ("judgment", "17"),
        ("judgment-date", &today),
        ("declarant.as", "court"),
    ]);
    fields.push(("subject.person".to_owned(), omar.to_string()));
    let taken = life.declares(EventKind::NameChange, fields).await.unwrap();
    assert_eq!(taken.doubts, ["dead-already"]);
}
crate::on_both_engines!(whoever_is_told_of_later_did_not_die_before, super::alive_later);
