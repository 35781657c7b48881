//! What is undone: a death that another entry tells too, a change of name, a birth of
//! another year, a parent tied by a mistyped number; and who dies or marries anew while a
//! divorce waits.

use crate::declarations::{A_BIRTH, Bureau, with};
use crate::family::{Life, Said, death_of, said};
use diwan_domain::civil::family::Tie;
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::ids::{EntryId, PersonId};
use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_office::civil::duplicates::alike_of;
use diwan_office::civil::{
    DecideCorrection, DecideMerge, Declare, Ground, KeepApart, PrepareCorrection, ProposeMerge,
    ProposeParting, RegisterEvent, Registered, What, members, named,
};
use diwan_store::{civil, declarations, people, vals};
use diwan_testkit::TestOffice;

const A_DAY: i64 = 24 * 60;
const A_YEAR: i64 = 365 * A_DAY;
const OMAR: &str = "1000000000018";
const AZAD: &str = "1000000000008";

/// Prepares a change of an entry and approves it, by a court's judgment.
pub(crate) async fn change(
    test: &TestOffice,
    (registrar, supervisor): (&Who, &Who),
    (entry, what): (EntryId, What),
    content: Option<Content>,
) -> EntryId {
    let ground =
        Ground::Court { court: "هەولێر".into(), judgment: "88/2026".into(), date: "2026-11-21".into() };
    let act = PrepareCorrection { entry, what, ground, content, reason: "بڕیاری دادگا".into() };
    let correction = test.office.perform_once(registrar, act).await.unwrap();
    test.pass(A_DAY);
    let act = DecideCorrection { correction, seen: 1, approve: true, why: None };
    test.office.perform_once(supervisor, act).await.unwrap().entry.unwrap()
}

impl Life {
    async fn died(&self, person: PersonId) -> Option<String> {
        let mut reading = self.bureau.test.office.db.reading().await.unwrap();
        people::person(&mut reading.tx(), person).await.unwrap().unwrap().died_on
    }

    async fn called(&self, person: PersonId) -> String {
        let mut reading = self.bureau.test.office.db.reading().await.unwrap();
        named(&mut reading.tx(), person).await.unwrap()
    }

    /// Registers a death today, also where another of the same person is there.
    async fn death(&self, person: PersonId, given: &str) -> Registered {
        let (bureau, today) = (&self.bureau, self.today());
        let death = death_of(person, given, "male", &today);
        self.all_the_same((&bureau.clerk, &bureau.supervisor), EventKind::Death, death).await
    }

    /// Registers an event, also where it is like one that is there.
    async fn all_the_same(
        &self,
        (clerk, supervisor): (&Who, &Who),
        kind: EventKind,
        fields: Said,
    ) -> Registered {
        let office = &self.bureau.test.office;
        let act = Declare { of: None, kind, content: fields.into_iter().collect(), office: None };
        let taken = office.perform_once(clerk, act).await.unwrap();
        let (mut seen, found) = {
            let mut reading = office.db.reading().await.unwrap();
            let row = declarations::declaration(&mut reading.tx(), taken.id).await.unwrap().unwrap();
            (taken.version, alike_of(&row))
        };
        for alike in found.into_iter().filter(|alike| alike.must_be_decided(kind)) {
            let (declaration, other) = (taken.id, alike.other);
            let act = KeepApart { declaration, seen, other, reason: "دوو ڕاگەیاندن".into() };
            seen = office.perform_once(supervisor, act).await.unwrap();
        }
        let act = RegisterEvent { declaration: taken.id, seen, settles: None };
        office.perform_once(supervisor, act).await.unwrap()
    }
}

async fn dead_all_the_same(test: TestOffice) {
    let life = Life::begin(test).await;
    let azad = life.born("ئازاد", "male", None, &[]).await;
    life.bureau.test.pass(60 * A_YEAR);
    let first = life.death(azad, "ئازاد").await;
    let day = life.died(azad).await;
    life.bureau.test.pass(20 * A_DAY);
    let second = life.death(azad, "ئازاد").await;
    assert_ne!(life.died(azad).await, day, "the newest entry counts");
    let by = (&life.bureau.registrar, &life.bureau.supervisor);
    let test = &life.bureau.test;
    let revoked = change(test, by, (second.entry, What::Revoke), None).await;
    assert_eq!(life.died(azad).await, day, "the other entry still tells of it");
    change(test, by, (first.entry, What::Revoke), None).await;
    assert_eq!(life.died(azad).await, None);
    change(test, by, (revoked, What::Reinstate), None).await;
    assert!(life.died(azad).await.is_some_and(|died| Some(died) != day));
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(whoever_another_entry_calls_dead_does_not_come_back, super::dead_all_the_same);

async fn renamed(test: TestOffice) {
    let life = Life::begin(test).await;
    let place = life.bureau.test.place;
    let registrar = life.bureau.test.officer_of("civil-registrar", Role::Registrar, place).await;
    let dana = life.born("دانا", "male", None, &[]).await;
    let birth = {
        let mut reading = life.bureau.test.office.db.reading().await.unwrap();
        civil::birth_entry_of(&mut reading.tx(), dana).await.unwrap().unwrap().id
    };
    life.bureau.test.pass(20 * A_YEAR);
    let today = life.today();
    let mut fields = said(&[
        ("happened-on", &today),
        ("subject.given", "دانا"),
        ("new.given", "دانیار"),
        ("declarant.as", "court"),
        ("court", "هەولێر"),
        ("judgment", "9"),
        ("judgment-date", &today),
    ]);
    fields.push(("subject.person".to_owned(), dana.to_string()));
    let entry = life.event(EventKind::NameChange, fields).await.entry;
    assert_eq!(life.called(dana).await, "دانیار");
    life.bureau.test.pass(A_DAY);

    // The judgment was copied wrongly.
    let by = (&registrar, &life.supervisor);
    let test = &life.bureau.test;
    let mut content = life.bureau.content(entry).await;
    content.set("new.given", "دانیەر");
    let entry = change(test, by, (entry, What::Correct), Some(content)).await;
    assert_eq!(life.called(dana).await, "دانیەر");

    // A slip in the entry of birth does not undo the change of name.
    let mut content = life.bureau.content(birth).await;
    content.set("child.given", "دانە");
    let of_births = (&life.bureau.registrar, &life.bureau.supervisor);
    change(test, of_births, (birth, What::Correct), Some(content)).await;
    assert_eq!(life.called(dana).await, "دانیەر");

    let entry = change(test, by, (entry, What::Revoke), None).await;
    assert_eq!(life.called(dana).await, "دانە", "as the entry of birth says now");
    change(test, by, (entry, What::Reinstate), None).await;
    assert_eq!(life.called(dana).await, "دانیەر");
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_change_of_name_is_corrected_and_taken_back, super::renamed);

/// A judgment on the given name alone leaves the others as they were, and the Latin spelling
/// of the name before is none of the new one.
async fn given_name_alone(test: TestOffice) {
    let life = Life::begin(test).await;
    let azad = life.born("ئازاد", "male", None, &[]).await;
    let shilan = life.born("شیلان", "female", None, &[]).await;
    life.bureau.test.pass(25 * A_YEAR);
    let more = [("father.family", "بابان"), ("child.given-latin", "Dana")];
    let dana = life.born("دانا", "male", Some((shilan, azad)), &more).await;
    assert_eq!(life.called(dana).await, "دانا ئازاد کەریم بابان");
    let birth = {
        let mut reading = life.bureau.test.office.db.reading().await.unwrap();
        civil::birth_entry_of(&mut reading.tx(), dana).await.unwrap().unwrap().id
    };
    assert_eq!(life.bureau.field(birth, "name-latin").await.as_deref(), Some("Dana"));
    life.bureau.test.pass(20 * A_YEAR);
    let changed = async |new: &[(&str, &str)]| {
        let today = life.today();
        let mut fields = said(&[
            ("happened-on", &today),
            ("subject.given", "دانا"),
            ("declarant.as", "court"),
            ("court", "هەولێر"),
            ("judgment", &today),
            ("judgment-date", &today),
        ]);
        fields.extend(said(new));
        fields.push(("subject.person".to_owned(), dana.to_string()));
        let by = (&life.clerk, &life.supervisor);
        let entry = life.all_the_same(by, EventKind::NameChange, fields).await.entry;
        life.bureau.test.pass(A_DAY);
        (entry, life.called(dana).await)
    };
    let (first, called) = changed(&[("new.given", "دانیار")]).await;
    assert_eq!(called, "دانیار ئازاد کەریم بابان");
    assert_eq!(life.bureau.field(birth, "name-latin").await, None, "Dana is not how it is spelled");
    let registrar = life.bureau.test.officer_of("of-names", Role::Registrar, life.bureau.test.place).await;
    let by = (&registrar, &life.supervisor);
    change(&life.bureau.test, by, (first, What::Revoke), None).await;
    assert_eq!(life.called(dana).await, "دانا ئازاد کەریم بابان");
    assert_eq!(life.bureau.field(birth, "name-latin").await.as_deref(), Some("Dana"));
    let (_, called) = changed(&[("new.given", "دانا"), ("new.family", "جاف")]).await;
    assert_eq!(called, "دانا ئازاد کەریم جاف");
    assert_eq!(life.bureau.field(birth, "name-latin").await, None);
    let (_, called) = changed(&[("new.given", "دانا"), ("new.father", "ئازاد")]).await;
    assert_eq!(called, "دانا ئازاد", "the whole name was said");
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_new_given_name_leaves_the_others, super::given_name_alone);

/// A change of name of which the register hears after it heard of a later one.
async fn heard_of_later(test: TestOffice) {
    let life = Life::begin(test).await;
    let dana = life.born("دانا", "male", None, &[]).await;
    life.bureau.test.pass(20 * A_YEAR);
    let first_on = life.today();
    life.bureau.test.pass(A_YEAR);
    let second_on = life.today();
    let change = |new: &str, on: &str| {
        let mut fields = said(&[
            ("happened-on", on),
            ("subject.given", "دانا"),
            ("new.given", new),
            ("declarant.as", "court"),
            ("court", "هەولێر"),
            ("judgment", on),
            ("judgment-date", on),
        ]);
        fields.push(("subject.person".to_owned(), dana.to_string()));
        fields
    };
    life.event(EventKind::NameChange, change("دانیار", &second_on)).await;
    life.bureau.test.pass(A_DAY);
    let by = (&life.clerk, &life.supervisor);
    life.all_the_same(by, EventKind::NameChange, change("دانیەر", &first_on)).await;
    assert_eq!(life.called(dana).await, "دانیار", "the later judgment names him");
    let mut reading = life.bureau.test.office.db.reading().await.unwrap();
    let names = people::names(&mut reading.tx(), dana).await.unwrap();
    drop(reading);
    let all: Vec<&str> = names.iter().map(|name| name.given.as_str()).collect();
    assert_eq!(all, ["دانا", "دانیار", "دانیەر", "دانیار"], "and he is found by each");

    // Whoever is new to the register bears the name of the judgment.
    let today = life.today();
    let fields = said(&[
        ("happened-on", &today),
        ("subject.given", "چیا"),
        ("subject.father", "بەهمەن"),
        ("new.given", "چیاکۆ"),
        ("new.father", "بەهمەن"),
        ("declarant.as", "court"),
        ("court", "هەولێر"),
        ("judgment", "77"),
        ("judgment-date", &today),
    ]);
    let registered = life.event(EventKind::NameChange, fields).await;
    let subject = {
        let mut reading = life.bureau.test.office.db.reading().await.unwrap();
        civil::roles_in(&mut reading.tx(), registered.event).await.unwrap()[0].person_id
    };
    assert_eq!(life.called(subject).await, "چیاکۆ بەهمەن");
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(an_older_change_of_name_renames_nobody, super::heard_of_later);

async fn of_another_year(test: TestOffice) {
    const WORDS: &str = "SELECT COUNT(*) AS n FROM name_keys WHERE person_id = $1 AND born_year = $2";
    const PAIRS: &str = "SELECT COUNT(*) AS n FROM name_pairs WHERE person_id = $1 AND born_year = $2";
    let bureau = Bureau::of_births(test).await;
    let taken = bureau.declare(EventKind::Birth, A_BIRTH).await.unwrap();
    let registered = bureau.register(&bureau.registrar, &taken).await.unwrap();
    let child = bureau.child_of(&registered).await;
    let mut content = bureau.content(registered.entry).await;
    content.set("happened-on", "2024-11-20");
    let by = (&bureau.registrar, &bureau.supervisor);
    change(&bureau.test, by, (registered.entry, What::Correct), Some(content)).await;
    let mut reading = bureau.test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    for keys in [WORDS, PAIRS] {
        assert!(tx.count(keys, &vals![child, 2024_i64]).await.unwrap() > 0, "{keys}");
    }
    assert_eq!(tx.count(WORDS, &vals![child, 2026_i64]).await.unwrap(), 0);
    drop(tx);
    drop(reading);
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(whoever_was_born_in_another_year_is_found_by_it, super::of_another_year);

async fn mistyped(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let taken = bureau.declare(EventKind::Birth, &with(A_BIRTH, &[("father.upn", OMAR)])).await.unwrap();
    let registered = bureau.register(&bureau.registrar, &taken).await.unwrap();
    let child = bureau.child_of(&registered).await;
    let (omar, azad) = (bureau.test.person(OMAR).await, bureau.test.person(AZAD).await);
    let children = async |of: PersonId| {
        let mut reading = bureau.test.office.db.reading().await.unwrap();
        civil::children_of(&mut reading.tx(), of).await.unwrap()
    };
    assert!(children(omar).await.contains(&child));
    let mut content = bureau.content(registered.entry).await;
    content.set("father.upn", AZAD);
    let by = (&bureau.registrar, &bureau.supervisor);
    let corrected = change(&bureau.test, by, (registered.entry, What::Correct), Some(content)).await;
    assert!(!children(omar).await.contains(&child));
    assert!(children(azad).await.contains(&child), "whose number it is");
    // A number that nobody bears is one more of the same father's.
    let mut content = bureau.content(corrected).await;
    content.set("father.passport", "A1234567");
    change(&bureau.test, by, (corrected, What::Correct), Some(content)).await;
    assert!(children(azad).await.contains(&child));
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_mended_number_ties_whose_it_is, super::mistyped);

async fn told_otherwise(test: TestOffice) {
    let life = Life::begin(test).await;
    // Nothing but her child's entry tells of the mother.
    let child = life.born("دانا", "male", None, &[("mother.born-on", "1999")]).await;
    let (entry, mother) = {
        let mut reading = life.bureau.test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let entry = civil::birth_entry_of(&mut tx, child).await.unwrap().unwrap();
        let roles = civil::roles_in(&mut tx, entry.event_id).await.unwrap();
        (entry.id, roles.iter().find(|role| role.role == "mother").unwrap().person_id)
    };
    assert_eq!(life.bureau.field(entry, "mother").await.as_deref(), Some("گوڵاڵە"));
    life.bureau.test.pass(A_DAY);
    let mut content = life.bureau.content(entry).await;
    content.set("mother.given", "گوڵستان");
    content.set("mother.born-on", "1989");
    let by = (&life.bureau.registrar, &life.bureau.supervisor);
    let corrected = change(&life.bureau.test, by, (entry, What::Correct), Some(content)).await;
    assert_eq!(
        life.bureau.field(corrected, "mother").await.as_deref(),
        Some("گوڵستان"),
        "as papers print it"
    );
    let born = {
        let mut reading = life.bureau.test.office.db.reading().await.unwrap();
        people::person(&mut reading.tx(), mother).await.unwrap().unwrap().born_on
    };
    assert_eq!((born.as_deref(), life.children(mother).await), (Some("1989"), 1), "she is the same person");
    // A mother who has an entry of birth is called as that one says.
    let shilan = life.born("شیلان", "female", None, &[]).await;
    life.bureau.test.pass(25 * A_YEAR);
    let azad = life.bureau.test.person(AZAD).await;
    let child = life.born("دارا", "male", Some((shilan, azad)), &[]).await;
    let entry = {
        let mut reading = life.bureau.test.office.db.reading().await.unwrap();
        civil::birth_entry_of(&mut reading.tx(), child).await.unwrap().unwrap().id
    };
    let mut content = life.bureau.content(entry).await;
    content.set("mother.given", "شیلانە");
    let corrected = change(&life.bureau.test, by, (entry, What::Correct), Some(content)).await;
    assert_eq!(life.bureau.field(corrected, "mother").await.as_deref(), Some("شیلان"));
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_corrected_entry_corrects_whom_only_it_tells_of, super::told_otherwise);

async fn widowed(test: TestOffice) {
    let life = Life::begin(test).await;
    let azad = life.born("ئازاد", "male", None, &[]).await;
    let shilan = life.born("شیلان", "female", None, &[]).await;
    life.bureau.test.pass(25 * A_YEAR);
    life.couple(EventKind::Marriage, azad, shilan, &[]).await;
    life.bureau.test.pass(A_YEAR);
    let until = life.bureau.test.office.today().checked_add(jiff::Span::new().months(3)).unwrap().to_string();
    let revocable = [("divorce-kind", "revocable"), ("waiting-until", until.as_str())];
    life.couple(EventKind::Divorce, azad, shilan, &revocable).await;
    life.bureau.test.pass(30 * A_DAY);
    life.death(azad, "ئازاد").await;
    assert_eq!(life.stand(shilan).await, "widowed");
    // The waiting period ends: she stays a widow, and on his family's page.
    life.bureau.test.pass(A_YEAR);
    assert_eq!(life.stand(shilan).await, "widowed");
    let today = life.bureau.test.office.today();
    let mut reading = life.bureau.test.office.db.reading().await.unwrap();
    let page = members(&mut reading.tx(), azad, today).await.unwrap();
    assert!(page.iter().any(|(tie, row)| *tie == Tie::Spouse && row.id == shilan), "{page:?}");
    drop(reading);
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(who_dies_while_a_divorce_waits_leaves_a_widow, super::widowed);

/// An entry of birth is corrected after its bearer was found to be somebody else's second
/// record: whoever counts as the one is born and named as it says, until they are two again.
async fn counted_as_another(test: TestOffice) {
    let life = Life::begin(test).await;
    let office = &life.bureau.test.office;
    let gone = life.born("شیلان", "female", None, &[]).await;
    let (entry, of_birth) = {
        let mut reading = office.db.reading().await.unwrap();
        let entry = civil::birth_entry_of(&mut reading.tx(), gone).await.unwrap().unwrap();
        (entry.id, entry.event_id)
    };
    life.bureau.test.pass(25 * A_YEAR);
    let said = [("mother.given", "گوڵستان"), ("mother.born-on", "2026")];
    let child = life.born("دانا", "male", None, &said).await;
    let kept = {
        let mut reading = office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let birth = civil::birth_entry_of(&mut tx, child).await.unwrap().unwrap();
        let roles = civil::roles_in(&mut tx, birth.event_id).await.unwrap();
        roles.iter().find(|role| role.role == "mother").unwrap().person_id
    };
    let (registrar, supervisor) = (&life.bureau.registrar, &life.bureau.supervisor);
    let act = ProposeMerge { kept, gone, reason: "یەک کەسن".into() };
    let merge = office.perform_once(registrar, act).await.unwrap();
    let decide = |seen| DecideMerge { merge, seen, approve: true, why: None };
    office.perform_once(supervisor, decide(1)).await.unwrap();
    let known = async |person| {
        let mut reading = office.db.reading().await.unwrap();
        let row = people::person(&mut reading.tx(), person).await.unwrap().unwrap();
        (row.born_on.unwrap_or_default(), life.called(person).await)
    };
    let as_before = known(kept).await;
    assert_eq!(as_before, ("2026".to_owned(), "گوڵستان".to_owned()));
    life.bureau.test.pass(A_DAY);
    let mut content = life.bureau.content(entry).await;
    content.set("happened-on", "2025-11-21");
    content.set("child.given", "شیلانە");
    let content = Some(content);
    change(&life.bureau.test, (registrar, supervisor), (entry, What::Correct), content).await;
    let corrected = ("2025-11-21".to_owned(), "شیلانە".to_owned());
    assert_eq!(known(gone).await, corrected);
    assert_eq!(known(kept).await, corrected, "whoever counts as her is born then, and is called so");
    // They are two after all: the birth was never the other's.
    let act = ProposeParting { merge, seen: 2, reason: "دوو کەسن".into() };
    let seen = office.perform_once(registrar, act).await.unwrap();
    life.bureau.test.pass(A_DAY);
    office.perform_once(supervisor, decide(seen)).await.unwrap();
    assert_eq!((known(gone).await, known(kept).await), (corrected, as_before));
    let mut reading = office.db.reading().await.unwrap();
    assert!(civil::is_void(&mut reading.tx(), of_birth).await.unwrap(), "the corrected event counts alone");
    drop(reading);
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_corrected_birth_is_carried_to_whom_its_bearer_counts_as, super::counted_as_another);
