//! Who and what stands in the register twice: found when declared and registered,
//! decided by officers, merged with a way back, and swept for at night.

use crate::declarations::{A_BIRTH, Bureau, with};
use diwan_domain::civil::{Content, EventKind, PartyRole, State, Step};
use diwan_domain::duplicates::{How, What};
use diwan_domain::ids::{MergeId, PersonId};
use diwan_office::Stop;
use diwan_office::civil::{
    self, Alike, AmendDeclaration, DecideMerge, FindPeople, KeepApart, KeepPeopleApart, MoveDeclaration,
    Other, ProposeMerge, ProposeParting, Taken, duplicates, search, sweeping,
};
use diwan_store::{declarations, people};
use diwan_testkit::TestOffice;

const HEVIN: &str = "1000000000009";
const GULALA: &str = "1000000000019";

impl Bureau {
    async fn alike(&self, taken: &Taken) -> Vec<Alike> {
        let mut reading = self.test.office.db.reading().await.unwrap();
        let row = declarations::declaration(&mut reading.tx(), taken.id).await.unwrap().unwrap();
        duplicates::alike_of(&row)
    }

    async fn newest(&self, taken: &Taken) -> Taken {
        let mut reading = self.test.office.db.reading().await.unwrap();
        let row = declarations::declaration(&mut reading.tx(), taken.id).await.unwrap().unwrap();
        Taken { version: row.version, ..taken.clone() }
    }

    async fn keep_apart(&self, taken: &Taken, other: Other) -> Result<i64, Stop> {
        let act = KeepApart {
            declaration: taken.id,
            seen: taken.version,
            other,
            reason: "دوو کەسی جیاوازن".into(),
        };
        self.test.office.perform_once(&self.registrar, act).await
    }

    async fn propose(&self, kept: PersonId, gone: PersonId) -> Result<MergeId, Stop> {
        let act = ProposeMerge { kept, gone, reason: "یەک کەسن".into() };
        self.test.office.perform_once(&self.registrar, act).await
    }

    async fn decide(&self, merge: MergeId, seen: i64, approve: bool) -> Result<String, Stop> {
        let act = DecideMerge { merge, seen, approve, why: (!approve).then(|| "نا".into()) };
        self.test.office.perform_once(&self.supervisor, act).await
    }

    async fn children(&self, person: PersonId) -> Vec<PersonId> {
        let mut reading = self.test.office.db.reading().await.unwrap();
        diwan_store::civil::children_of(&mut reading.tx(), person).await.unwrap()
    }

    async fn found(&self, query: &str) -> Vec<PersonId> {
        let mut reading = self.test.office.db.reading().await.unwrap();
        search(&mut reading.tx(), &FindPeople::new(query, "test")).await.unwrap()
    }
}

fn code_of(stop: Stop) -> String {
    match stop {
        Stop::Refused(refusal) => refusal.code().to_owned(),
        other => panic!("{other}"),
    }
}

/// The same birth as [`A_BIRTH`], as another hand writes it.
const AGAIN: &[(&str, &str)] = &[
    ("child.given", "لافين"),
    ("child.given-latin", ""),
    ("mother.given", "هيفين"),
    ("declarant.as", "mother"),
];

async fn declared_twice(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let first = bureau.declare(EventKind::Birth, A_BIRTH).await.unwrap();
    assert!(bureau.alike(&first).await.is_empty());
    let second = bureau.declare(EventKind::Birth, &with(A_BIRTH, AGAIN)).await.unwrap();
    assert!(second.doubts.contains(&"possible-duplicate".to_owned()), "{:?}", second.doubts);
    let alike = bureau.alike(&second).await;
    let found = alike.iter().find(|alike| alike.other == Other::Declaration(first.id)).unwrap();
    let how = |what: What| found.likeness.reasons.iter().find(|reason| reason.what == what).unwrap().how;
    assert!(matches!(how(What::Given), How::Same | How::Near));
    assert_eq!((how(What::Birth), how(What::Mother)), (How::Same, How::Same));
    // Neither is registered before somebody decided which it is.
    let stop = bureau.register(&bureau.supervisor, &second).await.unwrap_err();
    assert_eq!(code_of(stop), "register/possible-duplicate");
    let act = MoveDeclaration {
        declaration: second.id,
        seen: second.version,
        step: Step::MarkDuplicate,
        reason: "هەمان منداڵ".into(),
        duplicate_of: Some(first.id),
    };
    bureau.test.office.perform_once(&bureau.registrar, act).await.unwrap();
    assert_eq!(bureau.state(second.id).await, State::Duplicate);
    // What was marked stands in nobody's way.
    bureau.register(&bureau.supervisor, &first).await.unwrap();
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(one_birth_declared_twice_is_noticed_and_decided, super::declared_twice);

async fn twins(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let pair = [("plurality", "twin"), ("set", "T-1")];
    let one = with(&with(A_BIRTH, &pair), &[("birth-order", "1")]);
    let first = bureau.declare(EventKind::Birth, &one).await.unwrap();
    bureau.register(&bureau.registrar, &first).await.unwrap();
    let other = with(
        &with(A_BIRTH, &pair),
        &[("birth-order", "2"), ("child.given", "دیلان"), ("child.given-latin", "Dilan")],
    );
    let second = bureau.declare(EventKind::Birth, &other).await.unwrap();
    assert!(!second.doubts.contains(&"possible-duplicate".to_owned()), "{:?}", bureau.alike(&second).await);
    bureau.register(&bureau.registrar, &second).await.unwrap();
}
crate::on_both_engines!(twins_are_two_without_anyone_deciding, super::twins);

async fn registered_before(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let first = bureau.declare(EventKind::Birth, A_BIRTH).await.unwrap();
    let registered = bureau.register(&bureau.registrar, &first).await.unwrap();
    let child = bureau.child_of(&registered).await;
    // Another hand declares the same child once more.
    let second = bureau.declare(EventKind::Birth, &with(A_BIRTH, AGAIN)).await.unwrap();
    let alike = bureau.alike(&second).await;
    assert_eq!(alike[0].other, Other::Declaration(first.id), "{alike:?}");
    assert!(!alike.iter().any(|alike| alike.other == Other::Person(child)), "the event says it already");
    // An officer who did not enter it finds them to be two; both stay.
    let stop = bureau.keep_apart(&second, Other::Person(child)).await.unwrap_err();
    assert_eq!(code_of(stop), "request/not-found");
    bureau.keep_apart(&second, Other::Declaration(first.id)).await.unwrap();
    let second = bureau.newest(&second).await;
    let again = bureau.register(&bureau.supervisor, &second).await.unwrap();
    assert_ne!(bureau.child_of(&again).await, child);
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(
    what_stands_in_the_register_is_noticed_and_both_can_be_kept,
    super::registered_before
);

/// A death of someone whose number nobody brought.
const A_DEATH: &[(&str, &str)] = &[
    ("path", "ordinary"),
    ("happened-on", "2026-11-10"),
    ("deceased.given", "شیلان"),
    ("deceased.father", "ئازاد"),
    ("deceased.sex", "female"),
    ("cause.a", "Sepsis"),
    ("cause.a-code", "A41.9"),
    ("manner", "disease"),
    ("certifier", "د. ڕۆژین"),
    ("declarant.as", "relative"),
];

async fn tied_instead(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let shilan = bureau.test.person("1000000000001").await;
    let (born, names) = {
        let mut reading = bureau.test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let row = people::person(&mut tx, shilan).await.unwrap().unwrap();
        (row.born_on.unwrap(), people::names(&mut tx, shilan).await.unwrap())
    };
    let name = &names[0];
    let parts = [
        ("deceased.given", Some(name.given.as_str())),
        ("deceased.father", name.father.as_deref()),
        ("deceased.grandfather", name.grandfather.as_deref()),
        ("deceased.family", name.family.as_deref()),
    ];
    let mut said = with(A_DEATH, &[("deceased.born-on", &born)]);
    for (field, value) in parts {
        said.retain(|(known, _)| *known != field);
        said.extend(value.map(|value| (field, value)));
    }
    let taken = bureau.declare(EventKind::Death, &said).await.unwrap();
    let alike = bureau.alike(&taken).await;
    let found = alike
        .iter()
        .find(|alike| alike.other == Other::Person(shilan))
        .unwrap_or_else(|| panic!("{alike:?}"));
    assert_eq!(found.role, Some(PartyRole::Deceased));
    // Tied to the register, nobody else comes into being.
    let mut content: Content = said.iter().copied().collect();
    content.set("deceased.person", shilan.to_string());
    let act = AmendDeclaration { declaration: taken.id, seen: taken.version, content };
    let taken = bureau.test.office.perform_once(&bureau.clerk, act).await.unwrap();
    assert!(!taken.doubts.contains(&"possible-duplicate".to_owned()));
    bureau.register(&bureau.registrar, &taken).await.unwrap();
    let mut reading = bureau.test.office.db.reading().await.unwrap();
    let row = people::person(&mut reading.tx(), shilan).await.unwrap().unwrap();
    assert_eq!(row.died_on.as_deref(), Some("2026-11-10"));
}
crate::on_both_engines!(someone_described_can_be_tied_to_whom_they_are_like, super::tied_instead);

/// Two births whose mother came without a number: she stands in the register twice.
async fn a_mother_twice(bureau: &Bureau) -> [PersonId; 2] {
    let mut mothers = Vec::new();
    for (given, latin, day) in [("ڕۆژان", "Rojan", "2024-02-03"), ("هاوژین", "Hawjin", "2026-11-20")]
    {
        let said = with(
            A_BIRTH,
            &[
                ("child.given", given),
                ("child.given-latin", latin),
                ("happened-on", day),
                ("mother.upn", ""),
                ("mother.given", "نیشتیمان"),
                ("mother.father", "حەمەئەمین"),
                ("mother.grandfather", "قادر"),
                ("mother.born-on", "1995-04-06"),
                ("court", "هەولێر"),
                ("judgment", "7/2026"),
                ("judgment-date", "2026-11-21"),
                ("late-reason", "بەفر"),
            ],
        );
        let said: Vec<_> = said.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let taken = bureau.declare(EventKind::Birth, &said).await.unwrap();
        let registered = bureau.register(&bureau.supervisor, &taken).await.unwrap();
        let mut reading = bureau.test.office.db.reading().await.unwrap();
        let roles = diwan_store::civil::roles_in(&mut reading.tx(), registered.event).await.unwrap();
        mothers.push(roles.iter().find(|role| role.role == "mother").unwrap().person_id);
    }
    assert_ne!(mothers[0], mothers[1]);
    [mothers[0], mothers[1]]
}

async fn merged(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let [kept, gone] = a_mother_twice(&bureau).await;
    assert_eq!((bureau.children(kept).await.len(), bureau.children(gone).await.len()), (1, 1));
    assert_eq!(bureau.found("نیشتیمان حەمەئەمین قادر").await.len(), 2);
    let merge = bureau.propose(kept, gone).await.unwrap();
    // Nothing changes until another officer decides; nobody decides alone.
    assert_eq!(bureau.children(kept).await.len(), 1);
    let alone = DecideMerge { merge, seen: 1, approve: true, why: None };
    bureau.test.office.perform_once(&bureau.registrar, alone).await.unwrap_err();
    assert_eq!(bureau.decide(merge, 1, true).await.unwrap(), "merged");
    assert_eq!(bureau.children(kept).await.len(), 2);
    assert_eq!(bureau.found("نیشتیمان حەمەئەمین قادر").await, [kept]);
    let siblings = bureau.children(kept).await;
    {
        let mut reading = bureau.test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let tie = diwan_store::civil::tie(&mut tx, siblings[0], siblings[1]).await.unwrap();
        assert_eq!(tie, Some("sibling"));
        let tied = diwan_store::civil::tied(&mut tx, kept).await.unwrap();
        assert_eq!(tied.iter().filter(|(_, tie)| *tie == "parent").count(), 2);
    }
    // The way back, again by two.
    let act = ProposeParting { merge, seen: 2, reason: "خوشکن".into() };
    let seen = bureau.test.office.perform_once(&bureau.registrar, act).await.unwrap();
    assert_eq!(bureau.children(kept).await.len(), 2);
    assert_eq!(bureau.decide(merge, seen, true).await.unwrap(), "parted");
    assert_eq!((bureau.children(kept).await.len(), bureau.children(gone).await.len()), (1, 1));
    assert_eq!(bureau.found("نیشتیمان حەمەئەمین قادر").await.len(), 2);
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(people_are_merged_by_two_officers_with_a_way_back, super::merged);

async fn chained(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let [one, two] = a_mother_twice(&bureau).await;
    let three = bureau.test.person("1000000000009").await;
    let first = bureau.propose(one, two).await.unwrap();
    bureau.decide(first, 1, true).await.unwrap();
    // Who counts as another is merged through that one.
    bureau.propose(three, two).await.unwrap_err();
    let second = bureau.propose(three, one).await.unwrap();
    bureau.decide(second, 1, true).await.unwrap();
    assert_eq!(bureau.found("نیشتیمان حەمەئەمین قادر").await, [three]);
    let act = ProposeParting { merge: second, seen: 2, reason: "نا".into() };
    let seen = bureau.test.office.perform_once(&bureau.registrar, act).await.unwrap();
    bureau.decide(second, seen, true).await.unwrap();
    // What was merged before stays merged.
    assert_eq!(bureau.found("نیشتیمان حەمەئەمین قادر").await, [one]);
    assert_eq!(bureau.children(one).await.len(), 2);
}
crate::on_both_engines!(taking_one_merge_apart_leaves_the_earlier_one, super::chained);

/// Three records of which the last is merged into a fourth: whoever is taken apart takes
/// along what was merged into it, however long ago, and an account goes back to whose it was.
async fn deeper(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let [one, two] = a_mother_twice(&bureau).await;
    let (three, four) = (bureau.test.person(HEVIN).await, bureau.test.person(GULALA).await);
    let counts_as = async |person| {
        let mut reading = bureau.test.office.db.reading().await.unwrap();
        diwan_store::duplicates::counts_as(&mut reading.tx(), person).await.unwrap()
    };
    let part = async |merge| {
        let act = ProposeParting { merge, seen: 2, reason: "نا".into() };
        let seen = bureau.test.office.perform_once(&bureau.registrar, act).await.unwrap();
        bureau.decide(merge, seen, true).await.unwrap()
    };
    // Hevin has an account, and signs in again later by the same number.
    let account = bureau.test.citizen(HEVIN).await;
    let diwan_domain::acts::Actor::Account(account) = account.actor else { panic!("an account") };
    let owner = async || {
        let mut reading = bureau.test.office.db.reading().await.unwrap();
        people::account(&mut reading.tx(), account).await.unwrap().unwrap().person_id
    };
    assert_eq!(owner().await, Some(three));
    let mut merges = Vec::new();
    for (kept, gone) in [(one, two), (three, one), (four, three)] {
        let merge = bureau.propose(kept, gone).await.unwrap();
        bureau.decide(merge, 1, true).await.unwrap();
        merges.push(merge);
    }
    assert_eq!((counts_as(two).await, owner().await), (four, Some(four)));
    // The middle one is taken apart: what was merged into it before comes along.
    part(merges[2]).await;
    assert_eq!((counts_as(one).await, counts_as(two).await, owner().await), (three, three, Some(three)));
    let again = bureau.propose(four, three).await.unwrap();
    bureau.decide(again, 1, true).await.unwrap();
    part(merges[1]).await;
    assert_eq!((counts_as(one).await, counts_as(two).await, counts_as(three).await), (one, one, four));
    assert_eq!(owner().await, Some(four), "it was never hers who was taken apart");
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(whoever_is_taken_apart_takes_along_what_was_merged_into_it, super::deeper);

/// A record with an account is merged, and what it was merged into is merged again.
async fn account_back(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let [one, two] = a_mother_twice(&bureau).await;
    let hevin = bureau.test.person(HEVIN).await;
    let account = bureau.test.citizen(HEVIN).await;
    let diwan_domain::acts::Actor::Account(account) = account.actor else { panic!("an account") };
    let owner = async || {
        let mut reading = bureau.test.office.db.reading().await.unwrap();
        people::account(&mut reading.tx(), account).await.unwrap().unwrap().person_id
    };
    let first = bureau.propose(one, hevin).await.unwrap();
    bureau.decide(first, 1, true).await.unwrap();
    let second = bureau.propose(two, one).await.unwrap();
    bureau.decide(second, 1, true).await.unwrap();
    assert_eq!(owner().await, Some(two));
    // She is another after all: nobody else's papers are open to her any more.
    let act = ProposeParting { merge: first, seen: 2, reason: "نا".into() };
    let seen = bureau.test.office.perform_once(&bureau.registrar, act).await.unwrap();
    bureau.decide(first, seen, true).await.unwrap();
    assert_eq!(owner().await, Some(hevin));
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(an_account_goes_back_with_the_record_that_is_taken_apart, super::account_back);

async fn not_one(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let numbered = async |number: &str| bureau.test.person(number).await;
    let (shilan, dara, azad) =
        (numbered("1000000000001").await, numbered("1000000000003").await, numbered("1000000000008").await);
    for (kept, gone, expected) in [
        // Two births of one person cannot both stand.
        (shilan, dara, "register/two-entries-stand"),
        (azad, azad, "register/not-one-person"),
        (numbered("1000000000009").await, shilan, "register/not-one-person"),
        (numbered("1000000000009").await, azad, "register/not-one-person"),
    ] {
        assert_eq!(code_of(bureau.propose(kept, gone).await.unwrap_err()), expected);
    }
}
crate::on_both_engines!(who_cannot_be_one_person_is_not_merged, super::not_one);

async fn swept(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let [one, other] = a_mother_twice(&bureau).await;
    let (one, other) = (one.min(other), one.max(other));
    let office = &bureau.test.office;
    let list = async || {
        let mut reading = office.db.reading().await.unwrap();
        let report = sweeping::report(&mut reading.tx(), 100).await.unwrap();
        report.pairs.into_iter().map(|(pair, _)| (pair.one, pair.other)).collect::<Vec<_>>()
    };
    assert!(sweeping::is_due(office).await.unwrap());
    let result = sweeping::sweep(office, |_| {}).await.unwrap();
    assert!(list().await.contains(&(one, other)), "{result:?}");
    assert!(result.compared >= result.likely && result.cut_short == 0);
    assert!(!sweeping::is_due(office).await.unwrap(), "once a night");
    // Decided to be two: off the list, and the next sweep does not name them again.
    let act = KeepPeopleApart { one, other, reason: "دوو خوشک".into() };
    office.perform_once(&bureau.registrar, act).await.unwrap();
    assert!(!list().await.contains(&(one, other)));
    bureau.test.pass(60);
    sweeping::sweep(office, |_| {}).await.unwrap();
    assert!(!list().await.contains(&(one, other)));
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(the_nightly_sweep_finds_who_stands_twice, super::swept);

async fn protected(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let [one, other] = a_mother_twice(&bureau).await;
    let keeper = bureau.test.officer_of("keeper", diwan_domain::people::Role::Keeper, bureau.office).await;
    let act = civil::ProtectPerson { person: other, protected: true, reason: "court".into() };
    bureau.test.office.perform_once(&keeper, act).await.unwrap();
    assert_eq!(code_of(bureau.propose(one, other).await.unwrap_err()), "request/not-found");
}
crate::on_both_engines!(a_protected_person_is_not_there_to_be_merged, super::protected);

/// Longer than acts are under way.
const AN_HOUR: i64 = 60;

async fn came_since(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let first = bureau.declare(EventKind::Birth, A_BIRTH).await.unwrap();
    assert!(bureau.alike(&first).await.is_empty());
    bureau.test.pass(AN_HOUR);
    let second = bureau.declare(EventKind::Birth, &with(A_BIRTH, AGAIN)).await.unwrap();
    bureau.test.pass(AN_HOUR);
    // What the first look did not see yet the second sees.
    let stop = bureau.register(&bureau.registrar, &first).await.unwrap_err();
    assert_eq!(code_of(stop), "register/possible-duplicate");
    // And what an earlier look found is not forgotten because it is old.
    let stop = bureau.register(&bureau.supervisor, &second).await.unwrap_err();
    assert_eq!(code_of(stop), "register/possible-duplicate");
    let act = MoveDeclaration {
        declaration: first.id,
        seen: first.version,
        step: Step::Reject,
        reason: "نەبووە".into(),
        duplicate_of: None,
    };
    bureau.test.office.perform_once(&bureau.registrar, act).await.unwrap();
    bureau.register(&bureau.supervisor, &second).await.unwrap();
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(what_came_since_it_was_declared_is_noticed_when_it_is_registered, super::came_since);

async fn born_since(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let said = with(
        A_DEATH,
        &[
            ("happened-on", "2026-11-21"),
            ("deceased.given", "لاڤین"),
            ("deceased.grandfather", "کەریم"),
            ("deceased.born-on", "2026-11-20"),
        ],
    );
    let death = bureau.declare(EventKind::Death, &said).await.unwrap();
    assert!(bureau.alike(&death).await.is_empty());
    bureau.test.pass(AN_HOUR);
    let birth = bureau.declare(EventKind::Birth, A_BIRTH).await.unwrap();
    let child = bureau.child_of(&bureau.register(&bureau.registrar, &birth).await.unwrap()).await;
    bureau.test.pass(AN_HOUR);
    // The child came to the register after the death was declared.
    let stop = bureau.register(&bureau.registrar, &death).await.unwrap_err();
    let Stop::Refused(refusal) = stop else { panic!("{stop}") };
    assert_eq!(refusal.code(), "register/possible-duplicate");
    assert_eq!(refusal.about.get("id"), Some(&child.to_string()));
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(whoever_was_registered_since_is_noticed, super::born_since);
