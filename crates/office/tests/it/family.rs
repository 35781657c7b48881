//! One family through forty years of events: births, marriage, twins, divorce and
//! taking back, a second divorce, another marriage, a change of name, a death. What
//! the register tells of each of them is compared on the way.

use crate::declarations::Bureau;
use diwan_domain::civil::EventKind;
use diwan_domain::ids::PersonId;
use diwan_domain::people::Role;
use diwan_domain::services::{EntryValue, RegisterKind};
use diwan_office::Who;
use diwan_office::civil::{Declare, RegisterEvent, Registered, fields_of, marital_status};
use diwan_store::{civil, people};
use diwan_testkit::TestOffice;
use std::collections::BTreeMap;

const A_DAY: i64 = 24 * 60;
const A_YEAR: i64 = 365 * A_DAY;

pub struct Life {
    pub bureau: Bureau,
    pub clerk: Who,
    pub supervisor: Who,
}

pub type Said = Vec<(String, String)>;

pub fn said(fields: &[(&str, &str)]) -> Said {
    fields.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
}

/// A death by illness on a day, as somebody's spouse declares it.
pub fn death_of(person: PersonId, given: &str, sex: &str, on: &str) -> Said {
    let mut death = said(&[
        ("path", "ordinary"),
        ("happened-on", on),
        ("deceased.given", given),
        ("deceased.sex", sex),
        ("cause.a", "Sepsis"),
        ("cause.a-code", "A41.9"),
        ("manner", "disease"),
        ("certifier", "د. ڕۆژین"),
        ("declarant.as", "spouse"),
    ]);
    death.push(("deceased.person".to_owned(), person.to_string()));
    death
}

impl Life {
    pub async fn begin(test: TestOffice) -> Self {
        let place = test.place;
        let clerk = test.officer_of("civil-clerk", Role::CounterOfficer, place).await;
        let supervisor = test.officer_of("civil-supervisor", Role::Supervisor, place).await;
        Self { bureau: Bureau::of_births(test).await, clerk, supervisor }
    }

    pub fn today(&self) -> String {
        self.bureau.test.office.today().to_string()
    }

    /// Declares and registers an event with the office that keeps its book.
    pub async fn event(&self, kind: EventKind, fields: Said) -> Registered {
        let of_health = matches!(kind, EventKind::Birth | EventKind::Stillbirth | EventKind::Death);
        let (clerk, supervisor) = if of_health {
            (&self.bureau.clerk, &self.bureau.supervisor)
        } else {
            (&self.clerk, &self.supervisor)
        };
        let office = &self.bureau.test.office;
        let act = Declare { of: None, kind, content: fields.into_iter().collect(), office: None };
        let taken = office.perform_once(clerk, act).await.unwrap();
        let act = RegisterEvent { declaration: taken.id, seen: taken.version, settles: None };
        office.perform_once(supervisor, act).await.unwrap()
    }

    pub async fn born(
        &self,
        given: &str,
        sex: &str,
        parents: Option<(PersonId, PersonId)>,
        more: &[(&str, &str)],
    ) -> PersonId {
        let today = self.today();
        let mut fields = said(&[
            ("child.given", given),
            ("child.sex", sex),
            ("happened-on", &today),
            ("place-kind", "hospital"),
            ("declarant.as", "mother"),
        ]);
        match parents {
            Some((mother, father)) => fields.extend([
                ("mother.person".to_owned(), mother.to_string()),
                ("mother.given".to_owned(), "شیلان".to_owned()),
                ("father.person".to_owned(), father.to_string()),
                ("father.given".to_owned(), "ئازاد".to_owned()),
                ("father.father".to_owned(), "کەریم".to_owned()),
                ("parents-married".to_owned(), "yes".to_owned()),
            ]),
            None => fields.extend(said(&[("mother.given", "گوڵاڵە"), ("father.unknown", "yes")])),
        }
        fields.extend(said(more));
        let registered = self.event(EventKind::Birth, fields).await;
        self.bureau.child_of(&registered).await
    }

    /// A marriage, a divorce or a taking back of two.
    pub async fn couple(
        &self,
        kind: EventKind,
        husband: PersonId,
        wife: PersonId,
        more: &[(&str, &str)],
    ) -> Registered {
        let today = self.today();
        let mut fields = said(&[
            ("happened-on", &today),
            ("husband.given", "ئازاد"),
            ("wife.given", "شیلان"),
            ("declarant.as", "court"),
        ]);
        fields.push(("husband.person".to_owned(), husband.to_string()));
        fields.push(("wife.person".to_owned(), wife.to_string()));
        match kind {
            EventKind::Marriage => {
                fields.extend(said(&[("contract-court", "هەولێر"), ("contract-number", "1")]))
            }
            _ => fields.extend(said(&[("court", "هەولێر"), ("judgment", "2"), ("judgment-date", &today)])),
        }
        fields.extend(said(more));
        self.event(kind, fields).await
    }

    pub async fn stand(&self, person: PersonId) -> String {
        let today = self.bureau.test.office.today();
        let mut reading = self.bureau.test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let row = people::person(&mut tx, person).await.unwrap().unwrap();
        marital_status(&mut tx, &row, today).await.unwrap().code().to_owned()
    }

    /// The lines of someone's family as an extract prints them today: what each is, the
    /// name, how they stand to marriage, and a cross for the dead.
    pub async fn page(&self, holder: PersonId) -> Vec<String> {
        let today = self.bureau.test.office.today();
        let mut reading = self.bureau.test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let entry = civil::birth_entry_of(&mut tx, holder).await.unwrap().unwrap();
        let fields =
            fields_of(&mut tx, Some(RegisterKind::Family), &entry, Some(holder), today).await.unwrap();
        let Some(EntryValue::Lines(lines)) = fields.get("members") else { panic!("no members") };
        let line = |line: &BTreeMap<String, String>| {
            let cross = if line.contains_key("died-on") { " †" } else { "" };
            format!("{} {} {}{cross}", line["relation"], line["name"], line["marital-status"])
        };
        lines.iter().map(line).collect()
    }

    /// What a paper of an entry prints of some fields.
    async fn prints(&self, registered: &Registered, wanted: &[(&str, &str)]) {
        for (field, value) in wanted {
            let printed = self.bureau.field(registered.entry, field).await;
            assert_eq!(printed.as_deref(), Some(*value), "{field} of {}", registered.number);
        }
    }

    pub async fn tie(&self, one: PersonId, other: PersonId) -> Option<&'static str> {
        let mut reading = self.bureau.test.office.db.reading().await.unwrap();
        civil::tie(&mut reading.tx(), one, other).await.unwrap()
    }

    pub async fn children(&self, person: PersonId) -> usize {
        let mut reading = self.bureau.test.office.db.reading().await.unwrap();
        civil::children_of(&mut reading.tx(), person).await.unwrap().len()
    }
}

async fn forty_years(test: TestOffice) {
    let life = Life::begin(test).await;
    let azad = life.born("ئازاد", "male", None, &[]).await;
    life.bureau.test.pass(2 * A_YEAR);
    let shilan = life.born("شیلان", "female", None, &[]).await;
    let hana = life.born("هانا", "female", None, &[]).await;
    assert_eq!((life.stand(azad).await.as_str(), life.tie(azad, shilan).await), ("single", None));
    assert_eq!(life.page(azad).await, ["holder ئازاد single", "mother گوڵاڵە single"]);

    life.bureau.test.pass(20 * A_YEAR);
    let wedding = life.today();
    let marriage = life.couple(EventKind::Marriage, azad, shilan, &[]).await;
    life.prints(&marriage, &[("husband", "ئازاد"), ("wife", "شیلان"), ("date", &wedding)]).await;
    assert_eq!(life.page(azad).await, ["holder ئازاد married", "wife شیلان married", "mother گوڵاڵە single"]);
    assert_eq!((life.stand(azad).await, life.stand(shilan).await), ("married".into(), "married".into()));

    life.bureau.test.pass(2 * A_YEAR);
    let twin = |order: &'static str| [("plurality", "twin"), ("birth-order", order), ("set", "HE-1")];
    let dana = life.born("دانا", "male", Some((shilan, azad)), &twin("1")).await;
    let dara = life.born("دارا", "male", Some((shilan, azad)), &twin("2")).await;
    assert_eq!((life.children(azad).await, life.children(shilan).await), (2, 2));
    assert_eq!(life.tie(dana, dara).await, Some("sibling"));
    let mut reading = life.bureau.test.office.db.reading().await.unwrap();
    let entry = civil::birth_entry_of(&mut reading.tx(), dara).await.unwrap().unwrap();
    let other = civil::birth_entry_of(&mut reading.tx(), dana).await.unwrap().unwrap();
    drop(reading);
    assert_ne!(entry.number, other.number, "twins have an entry each");
    assert_eq!(life.bureau.field(entry.id, "name").await.as_deref(), Some("دارا ئازاد کەریم"));
    assert_eq!(life.bureau.field(entry.id, "plurality").await.as_deref(), Some("twin"));

    let twins = ["son دانا ئازاد کەریم single", "son دارا ئازاد کەریم single"];
    let mother = "mother گوڵاڵە single";
    let of =
        |own: &[&'static str], twins: [&'static str; 2], more: &[&'static str]| [own, &twins, more].concat();
    let together = ["holder ئازاد married", "wife شیلان married"];
    assert_eq!(life.page(azad).await, of(&together, twins, &[mother]));

    // A revocable divorce, taken back within the waiting period.
    life.bureau.test.pass(4 * A_YEAR);
    let until = life.bureau.test.office.today().checked_add(jiff::Span::new().months(3)).unwrap().to_string();
    let revocable = [("divorce-kind", "revocable"), ("waiting-until", until.as_str())];
    let divorce = life.couple(EventKind::Divorce, azad, shilan, &revocable).await;
    life.prints(&divorce, &[("husband", "ئازاد"), ("court", "هەولێر"), ("judgment", "2")]).await;
    assert_eq!(life.stand(shilan).await, "waiting");
    let parting = ["holder ئازاد waiting", "wife شیلان waiting"];
    assert_eq!(life.page(azad).await, of(&parting, twins, &[mother]));
    life.bureau.test.pass(30 * A_DAY);
    life.couple(EventKind::Reconciliation, azad, shilan, &[]).await;
    life.bureau.test.pass(A_YEAR);
    assert_eq!(life.stand(shilan).await, "married", "the waiting period ended, and she had been taken back");
    assert_eq!(life.page(azad).await, of(&together, twins, &[mother]));

    // A second one that nobody takes back ends the marriage by itself.
    let until = life.bureau.test.office.today().checked_add(jiff::Span::new().months(3)).unwrap().to_string();
    let revocable = [("divorce-kind", "revocable"), ("waiting-until", until.as_str())];
    life.couple(EventKind::Divorce, azad, shilan, &revocable).await;
    assert_eq!(life.stand(azad).await, "waiting");
    life.bureau.test.pass(100 * A_DAY);
    assert_eq!((life.stand(azad).await, life.stand(shilan).await), ("divorced".into(), "divorced".into()));

    // Each of the two has the sons on their page, and the other not.
    assert_eq!(life.page(azad).await, of(&["holder ئازاد divorced"], twins, &[mother]));
    assert_eq!(life.page(shilan).await, of(&["holder شیلان divorced"], twins, &[mother]));

    life.bureau.test.pass(2 * A_YEAR);
    life.couple(EventKind::Marriage, azad, hana, &[]).await;
    let lana = life.born("لانە", "female", Some((hana, azad)), &[]).await;
    assert_eq!((life.stand(azad).await, life.stand(shilan).await), ("married".into(), "divorced".into()));
    assert_eq!(life.tie(lana, dana).await, Some("sibling"), "by their father");
    assert_eq!(life.tie(shilan, lana).await, None);
    let anew = ["holder ئازاد married", "wife هانا married"];
    let daughter = "daughter لانە ئازاد کەریم single";
    assert_eq!(life.page(azad).await, of(&anew, twins, &[daughter, mother]));

    // A change of name by judgment: both names are held, the newest first.
    life.bureau.test.pass(A_YEAR);
    let today = life.today();
    let mut change = said(&[
        ("happened-on", &today),
        ("subject.given", "دانا"),
        ("new.given", "دانیار"),
        ("new.father", "ئازاد"),
        ("declarant.as", "court"),
        ("court", "هەولێر"),
        ("judgment", "9"),
        ("judgment-date", &today),
    ]);
    change.push(("subject.person".to_owned(), dana.to_string()));
    life.event(EventKind::NameChange, change).await;
    let mut reading = life.bureau.test.office.db.reading().await.unwrap();
    let names = people::names(&mut reading.tx(), dana).await.unwrap();
    drop(reading);
    assert_eq!(names.iter().map(|name| name.given.as_str()).collect::<Vec<_>>(), ["دانا", "دانیار"]);
    let twins = ["son دانیار ئازاد single", "son دارا ئازاد کەریم single"];
    assert_eq!(life.page(azad).await, of(&anew, twins, &[daughter, mother]));
    assert_eq!(life.page(shilan).await, of(&["holder شیلان divorced"], twins, &[mother]));
    assert_eq!(life.bureau.field(other.id, "name").await.as_deref(), Some("دانیار ئازاد"));

    life.bureau.test.pass(6 * A_YEAR);
    let today = life.today();
    let mut death = said(&[
        ("path", "ordinary"),
        ("happened-on", &today),
        ("deceased.given", "ئازاد"),
        ("deceased.sex", "male"),
        ("cause.a", "Myocardial infarction"),
        ("cause.a-code", "I21.9"),
        ("manner", "disease"),
        ("certifier", "د. ڕۆژین"),
        ("declarant.as", "spouse"),
    ]);
    death.push(("deceased.person".to_owned(), azad.to_string()));
    let registered = life.event(EventKind::Death, death).await;
    assert_eq!((life.stand(hana).await, life.stand(shilan).await), ("widowed".into(), "divorced".into()));
    let shown = life.bureau.field(registered.entry, "died-on").await;
    assert_eq!(shown, Some(today));
    let mut reading = life.bureau.test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let row = civil::entry(&mut tx, registered.entry).await.unwrap().unwrap();
    let printed =
        format!("{:?}", fields_of(&mut tx, None, &row, None, life.bureau.test.office.today()).await.unwrap());
    assert!(!printed.contains("I21") && !printed.contains("Myocardial"), "never on a paper: {printed}");
    drop(tx);
    drop(reading);
    assert_eq!(life.children(azad).await, 3);
    let left = ["holder ئازاد married †", "wife هانا widowed"];
    assert_eq!(life.page(azad).await, of(&left, twins, &[daughter, mother]));
    assert_eq!(life.page(hana).await, ["holder هانا widowed", "husband ئازاد married †", daughter, mother]);
    assert_eq!(life.page(shilan).await, of(&["holder شیلان divorced"], twins, &[mother]));
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_family_through_forty_years, super::forty_years);

/// A marriage that is older than the register, or was never declared, is known from the
/// birth of a child: nobody is called single whom another entry calls married.
async fn married_by_a_birth(test: TestOffice) {
    let life = Life::begin(test).await;
    let azad = life.born("ئازاد", "male", None, &[]).await;
    let shilan = life.born("شیلان", "female", None, &[]).await;
    let hana = life.born("هانا", "female", None, &[]).await;
    life.bureau.test.pass(25 * A_YEAR);
    let unmarried = [("parents-married", "no")];
    life.born("لانە", "female", Some((hana, azad)), &unmarried).await;
    assert_eq!((life.stand(azad).await, life.stand(hana).await), ("single".into(), "single".into()));
    life.bureau.test.pass(A_YEAR);
    let dana = life.born("دانا", "male", Some((shilan, azad)), &[]).await;
    assert_eq!((life.stand(azad).await, life.stand(shilan).await), ("married".into(), "married".into()));
    assert_eq!(life.stand(hana).await, "single");
    let page = life.page(dana).await;
    assert!(page.contains(&"father ئازاد married".to_owned()), "{page:?}");
    assert!(page.contains(&"mother شیلان married".to_owned()), "{page:?}");

    // Whom another marries first looks at it; the two themselves may register theirs.
    let doubts = async |husband: PersonId, wife: PersonId| {
        let today = life.today();
        let mut fields = said(&[
            ("happened-on", &today),
            ("husband.given", "ئازاد"),
            ("wife.given", "شیلان"),
            ("contract-court", "هەولێر"),
            ("contract-number", "1"),
            ("declarant.as", "court"),
        ]);
        fields.push(("husband.person".to_owned(), husband.to_string()));
        fields.push(("wife.person".to_owned(), wife.to_string()));
        let content = fields.into_iter().collect();
        let act = Declare { of: None, kind: EventKind::Marriage, content, office: None };
        life.bureau.test.office.perform_once(&life.clerk, act).await.unwrap().doubts
    };
    let stands = "marriage-stands".to_owned();
    assert!(doubts(azad, hana).await.contains(&stands));
    assert!(!doubts(azad, shilan).await.contains(&stands));

    // An entry of the couple's own says more.
    let today = life.today();
    let death = death_of(shilan, "شیلان", "female", &today);
    life.event(EventKind::Death, death).await;
    assert_eq!(life.stand(azad).await, "widowed");
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(whoever_a_birth_calls_married_is_not_single, super::married_by_a_birth);
