//! A protected person is not there: every way to find or see somebody, walked by
//! officers who were not let in and by the few.

use crate::declarations::{A_BIRTH, Bureau, with};
use diwan_domain::acts::Actor;
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::{CaseId, DeclarationId, EntryId, OfficeId, OfficerId, PersonId};
use diwan_domain::names::NameParts;
use diwan_domain::people::Role;
use diwan_domain::services::RegisterKind;
use diwan_office::accounts::VerifyApplicant;
use diwan_office::acting::{self, Acting};
use diwan_office::cases::{BeginCase, OpenCase, TakeNext};
use diwan_office::civil::{
    self, Description, FindPeople, GrantAccess, ListProtected, Narrowed, NewEvent, NewPerson,
    OpenDeclaration, Other, ProposeMerge, ProtectPerson, SeeEntry, SeePerson, SetStatus, duplicates,
};
use diwan_office::rows::{DeclarationsWanted, Inbox};
use diwan_office::{Stop, Who};
use diwan_store::dialect::Engine;
use diwan_store::{civil as register, declarations};
use diwan_testkit::TestOffice;
use serde_json::json;

/// The mother, her number, and a number that nobody bears.
const NUMBER: &str = "1000000000009";
const NOBODYS: &str = "1000000000555";
const NAME: &str = "هێڤین عومەر حەسەن";

/// Everyone and everything the walk needs.
struct Stage {
    bureau: Bureau,
    keeper: Who,
    /// The officers who look: one at the register, one at the counter, one with cases.
    registrar: Who,
    clerk: Who,
    decider: Who,
    mother: PersonId,
    child: PersonId,
    /// The entry of the child's birth, which names her.
    entry: EntryId,
    number: String,
    /// A declaration that waits and names her.
    waiting: DeclarationId,
    /// A case that she sent.
    case: CaseId,
}

fn officer(who: &Who) -> OfficerId {
    let Actor::Officer(id) = who.actor else { panic!("an officer") };
    id
}

fn code(stop: &Stop) -> (String, Vec<(String, String)>) {
    let refusal = stop.refusal().unwrap_or_else(|| panic!("{stop}"));
    (refusal.code().to_owned(), refusal.about.clone().into_iter().collect())
}

impl Stage {
    async fn set(test: TestOffice) -> Self {
        let bureau = Bureau::of_births(test).await;
        let test = &bureau.test;
        let keeper = test.officer_of("keeper", Role::Keeper, bureau.office).await;
        let decider = test.officer("decider", Role::Registrar, None).await;
        let (mother, child) = (test.person(NUMBER).await, test.person("1000000000001").await);
        let (entry, number) = {
            let mut reading = test.office.db.reading().await.unwrap();
            let entry = register::birth_entry_of(&mut reading.tx(), child).await.unwrap().unwrap();
            (entry.id, entry.number)
        };
        let waiting = bureau.declare(EventKind::Birth, A_BIRTH).await.unwrap().id;
        let citizen = test.citizen(NUMBER).await;
        // She was born elsewhere: an officer looks for her.
        let own =
            [("holder-name", json!({"given": "هێڤین", "father": "عومەر"})), ("birth-date", json!("1970"))];
        let (case, _) = test.sent(&citizen, &own).await;
        let (registrar, clerk) = (bureau.registrar.clone(), bureau.clerk.clone());
        Self { keeper, registrar, clerk, decider, mother, child, entry, number, waiting, case, bureau }
    }

    fn test(&self) -> &TestOffice {
        &self.bureau.test
    }

    async fn acting(&self, who: &Who) -> Acting {
        let mut reading = self.test().office.db.reading().await.unwrap();
        acting::load(&mut reading.tx(), officer(who)).await.unwrap().unwrap()
    }

    async fn find(&self, query: &str, by: Narrowed) -> Vec<PersonId> {
        let act = FindPeople { by, ..FindPeople::new(query, "walk") };
        self.test().office.perform_once(&self.registrar, act).await.unwrap()
    }

    /// Whether an act is refused as if nothing were there.
    fn is_there<T>(done: Result<T, Stop>) -> bool {
        match done {
            Ok(_) => true,
            Err(stop) => !matches!(code(&stop).0.as_str(), "request/not-found" | "register/person-unknown"),
        }
    }

    /// The searches, each with whether she comes of it.
    async fn searches(&self) -> Vec<(&'static str, bool)> {
        let none = Narrowed::default;
        let born: Option<PartialDate> = "1998".parse().ok();
        let by_number = Narrowed { number: Some(NUMBER.into()), ..none() };
        let by_mother = Narrowed { mother: Some(NAME.into()), born_on: born, ..none() };
        vec![
            ("name", self.find(NAME, none()).await.contains(&self.mother)),
            ("half a name", self.find("هێڤین", none()).await.contains(&self.mother)),
            ("another script", self.find("Hevin Omar", none()).await.contains(&self.mother)),
            ("number", self.find(NUMBER, none()).await.contains(&self.mother)),
            ("known number", self.find("", by_number).await.contains(&self.mother)),
            ("entry that names her", self.find(&self.number, none()).await.contains(&self.child)),
            ("whose mother she is", self.find("", by_mother).await.contains(&self.child)),
        ]
    }

    /// What is shown, each with whether she is in it.
    async fn views(&self) -> Vec<(&'static str, bool)> {
        let (acting, clerk) = (self.acting(&self.registrar).await, self.acting(&self.clerk).await);
        let decider = self.acting(&self.decider).await;
        let today = self.test().office.today();
        let mut reading = self.test().office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let kin = civil::kin(&mut tx, &acting, self.child, today).await.unwrap();
        let child = civil::summary_for(&mut tx, &acting, self.child).await.unwrap().unwrap();
        let bearers = civil::bearers_for(&mut tx, &acting, NUMBER).await.unwrap();
        let wanted = DeclarationsWanted {
            office: self.bureau.office,
            state: "declared".into(),
            kind: None,
            after: None,
            at_most: 50,
        };
        let listed = civil::declarations(&mut tx, &wanted).await.unwrap();
        let listed = civil::seen_of(&mut tx, &acting, listed).await.unwrap();
        let counts = civil::counts_for(&mut tx, &acting, self.bureau.office).await.unwrap();
        let counted = counts.iter().find(|(state, _)| state == "declared").map_or(0, |(_, many)| *many);
        assert_eq!(counted, listed.len() as i64, "nor do those of declarations");
        let inbox = Inbox {
            office: decider.officer.office_id,
            seen_by: Some(decider.officer.id),
            page: (25, 0),
            ..Inbox::default()
        };
        let cases = inbox.cases(&mut tx).await.unwrap();
        assert_eq!(inbox.count(&mut tx).await.unwrap(), cases.len() as i64, "counts tell nothing more");
        let entries = civil::entries_naming(&mut tx, self.child).await.unwrap();
        let mut seen = 0;
        for (entry, ..) in &entries {
            seen += i64::from(civil::may_see_entry(&mut tx, &acting, entry).await.unwrap());
        }
        vec![
            ("family", kin.iter().any(|(_, person)| *person == self.mother)),
            ("parents in a list", child.parents.iter().any(|(_, person, _)| *person == self.mother)),
            ("entry in a list", child.entry.is_some()),
            ("own summary", civil::summary_for(&mut tx, &clerk, self.mother).await.unwrap().is_some()),
            ("bearers of her number", bearers.contains(&self.mother)),
            ("list of declarations", listed.iter().any(|row| row.id == self.waiting)),
            ("inbox", cases.iter().any(|case| case.id == self.case)),
            ("entries of her child", seen > 0),
        ]
    }

    /// What is done with a record, each with whether it is there.
    async fn acts(&self) -> Vec<(&'static str, bool)> {
        let office = &self.test().office;
        let see = |person| SeePerson { person, purpose: "walk".into() };
        let status =
            SetStatus { person: self.mother, evidence: "x".into(), since: Some("?".into()), ends: false };
        let merge = ProposeMerge { kept: self.mother, gone: self.child, reason: "x".into() };
        let begin = BeginCase { service: "birth-certificate".into(), language: "en".into() };
        let begun = office.perform_once(&self.clerk, begin).await.unwrap().case;
        let verify = VerifyApplicant { case: begun, person: self.mother, shown: String::new() };
        let open = OpenDeclaration { declaration: self.waiting };
        let entry = SeeEntry { entry: self.entry, purpose: "walk".into() };
        vec![
            ("see", Self::is_there(office.perform_once(&self.registrar, see(self.mother)).await)),
            ("see an entry", Self::is_there(office.perform_once(&self.registrar, entry).await)),
            ("status", Self::is_there(office.perform_once(&self.clerk, status).await)),
            ("merge", Self::is_there(office.perform_once(&self.registrar, merge).await)),
            ("apply for her", Self::is_there(office.perform_once(&self.clerk, verify).await)),
            ("open a declaration", Self::is_there(office.perform_once(&self.registrar, open).await)),
            (
                "open her case",
                Self::is_there(office.perform_once(&self.decider, OpenCase { case: self.case }).await),
            ),
            ("tie by number", self.ties(&[]).await),
            ("tie by identifier", self.ties(&[("mother.person", &self.mother.to_string())]).await),
        ]
    }

    /// Whether a declaration made now is tied to her.
    async fn ties(&self, more: &[(&str, &str)]) -> bool {
        let content: Content = with(A_BIRTH, more).into_iter().collect();
        let act = civil::Declare { of: None, kind: EventKind::Birth, content, office: None };
        let Ok(taken) = self.test().office.perform_once(&self.clerk, act).await else { return false };
        let acting = self.acting(&self.registrar).await;
        let mut reading = self.test().office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let row = declarations::declaration(&mut tx, taken.id).await.unwrap().unwrap();
        let content = civil::content_of(&row).unwrap();
        let alike = duplicates::look(&mut tx, &acting, &row, EventKind::Birth, &content).await.unwrap();
        let shown = alike.iter().any(|alike| alike.other == Other::Person(self.mother));
        shown || content.get("mother.person") == Some(&self.mother.to_string())
    }

    async fn everything(&self) -> Vec<(&'static str, bool)> {
        let mut all = self.searches().await;
        all.extend(self.views().await);
        all.extend(self.acts().await);
        all
    }

    async fn protect(&self, protected: bool) {
        let act = ProtectPerson { person: self.mother, protected, reason: "دادگا ١٢/٢٠٢٦".into() };
        self.test().office.perform_once(&self.keeper, act).await.unwrap();
    }
}

fn differing(all: &[(&'static str, bool)], expected: bool) -> Vec<&'static str> {
    all.iter().filter(|(_, is_there)| *is_there != expected).map(|(way, _)| *way).collect()
}

async fn walk(test: TestOffice) {
    let stage = Stage::set(test).await;
    let office = &stage.test().office;
    assert_eq!(differing(&stage.everything().await, true), [""; 0], "everyone sees who is not protected");
    stage.protect(true).await;
    assert_eq!(differing(&stage.everything().await, false), [""; 0], "a protected person is found by nobody");
    // Not there and not yours are the same answer, to the letter.
    let nobody: PersonId = "01a20607-abfe-7000-8000-000000000000".parse().unwrap();
    for (purpose, what) in [("walk", "with a reason"), ("", "without one")] {
        let see = |person| SeePerson { person, purpose: purpose.into() };
        let hers = office.perform_once(&stage.registrar, see(stage.mother)).await.unwrap_err();
        let nobodys = office.perform_once(&stage.registrar, see(nobody)).await.unwrap_err();
        assert_eq!(code(&hers), code(&nobodys), "{what}");
    }
    // Her number beside a name answers as a number that nobody bears.
    let by = |number: &str| Narrowed { number: Some(number.into()), ..Narrowed::default() };
    let hers = stage.find("ئازاد کەریم", by(NUMBER)).await;
    assert_eq!(hers, stage.find("ئازاد کەریم", by(NOBODYS)).await);
    assert!(!hers.is_empty());
    // Nobody is handed her case, and her family is told of nothing.
    let none = office.perform_once(&stage.decider, TakeNext {}).await.unwrap_err();
    assert_eq!(code(&none).0, "case/nothing-waiting");
    stage.family_learns_nothing().await;
    // The few, let in by name, find everything again, and say why.
    for who in [&stage.registrar, &stage.clerk, &stage.decider] {
        let act = GrantAccess { person: stage.mother, officer: officer(who), reason: "دۆسیە".into() };
        office.perform_once(&stage.keeper, act).await.unwrap();
    }
    assert_eq!(differing(&stage.everything().await, true), [""; 0], "the few see everything");
    let see = SeePerson { person: stage.mother, purpose: "  ".into() };
    let stop = office.perform_once(&stage.registrar, see).await.unwrap_err();
    assert_eq!(code(&stop).0, "case/reason-missing");
    assert_eq!(office.perform_once(&stage.decider, TakeNext {}).await.unwrap(), stage.case);
    stage.keeper_lists_with_a_reason().await;
    stage.protect(false).await;
    let journal = stage.test().journal_of("person", &stage.mother.to_string()).await;
    for kind in ["record-protected", "record-opened", "record-seen", "record-listed", "access-granted"] {
        assert!(journal.iter().any(|one| one == kind), "{kind} is in {journal:?}");
    }
    stage.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_protected_person_is_found_by_no_way, super::walk);

impl Stage {
    /// Whom an officer reads as somebody's family.
    async fn kin_of(&self, acting: &Acting, of: PersonId) -> Vec<PersonId> {
        let today = self.test().office.today();
        let mut reading = self.test().office.db.reading().await.unwrap();
        let kin = civil::kin(&mut reading.tx(), acting, of, today).await.unwrap();
        kin.into_iter().map(|(_, person)| person).collect()
    }

    async fn family_learns_nothing(&self) {
        let today = self.test().office.today();
        let father = self.test().person("1000000000008").await;
        let mut reading = self.test().office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        // Not even her children: what names her is looked up by an officer who was let in.
        let own = civil::own_entry(&mut tx, RegisterKind::Birth, self.child).await.unwrap();
        assert!(own.entry.is_none());
        for (number, of) in [(NUMBER, self.child), ("1000000000001", father)] {
            let wanted = Description { number: Some(number.into()), ..Description::default() };
            let found = civil::look_up(&mut tx, RegisterKind::Birth, of, &wanted, today).await.unwrap();
            assert!(found.entry.is_none(), "{number}");
        }
        // A page of a family does not print her.
        let entry = register::birth_entry_of(&mut tx, self.child).await.unwrap().unwrap();
        let of = Some(self.child);
        let fields = civil::fields_of(&mut tx, Some(RegisterKind::Family), &entry, of, today).await.unwrap();
        let printed = format!("{:?}", fields.get("members"));
        assert!(printed.contains("شیلان") && !printed.contains("هێڤین"), "{printed}");
    }

    async fn keeper_lists_with_a_reason(&self) {
        let office = &self.test().office;
        let list = |purpose: &str| ListProtected { purpose: purpose.into() };
        let stop = office.perform_once(&self.keeper, list(" ")).await.unwrap_err();
        assert_eq!(code(&stop).0, "case/reason-missing");
        let stop = office.perform_once(&self.registrar, list("x")).await.unwrap_err();
        assert_eq!(code(&stop).0, "officer/not-permitted");
        let all = office.perform_once(&self.keeper, list("yearly look")).await.unwrap();
        assert_eq!(all, [self.mother]);
    }
}

/// A record that counts as a protected one is as closed as it, whichever was closed first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_counts_as_a_protected_person_is_protected_too() {
    let stage = Stage::set(TestOffice::on(Engine::Sqlite).await).await;
    let office = &stage.test().office;
    let acting = stage.acting(&stage.registrar).await;
    let twin: PersonId = {
        let act = ProposeMerge { kept: stage.mother, gone: stage.child, reason: "x".into() };
        let stop = office.perform_once(&stage.registrar, act).await.unwrap_err();
        assert_eq!(code(&stop).0, "register/not-one-person");
        stage.test().person("1000000000019").await
    };
    let act = ProposeMerge { kept: stage.mother, gone: twin, reason: "one person".into() };
    let merge = office.perform_once(&stage.registrar, act).await.unwrap();
    let decide = civil::DecideMerge { merge, seen: 1, approve: true, why: None };
    office.perform_once(&stage.bureau.supervisor, decide).await.unwrap();
    stage.protect(true).await;
    let mut reading = office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    for person in [stage.mother, twin] {
        assert!(!civil::may_see(&mut tx, &acting, person).await.unwrap());
    }
}

/// Somebody of an old book.
fn of_a_book(sex: &str, given: &str, born: &str, number: &str) -> NewPerson {
    let name = NameParts { given: given.into(), father: Some("دارا".into()), ..NameParts::default() };
    NewPerson {
        id: PersonId(uuid::Uuid::now_v7()),
        sex: sex.into(),
        born_on: Some(born.into()),
        born_area: None,
        born_place: None,
        died_on: None,
        protected: false,
        names: vec![("arab".into(), "register".into(), name)],
        numbers: vec![("upn".into(), number.into())],
    }
}

/// A birth of an old book.
fn birth_in(office: OfficeId, number: &str, roles: &[(&str, PersonId)], protected: bool) -> NewEvent {
    NewEvent {
        id: None,
        kind: "birth".into(),
        happened_on: Some("1990-02-03".into()),
        area: None,
        place: None,
        details: json!({}),
        roles: roles.iter().map(|(role, person)| ((*role).to_owned(), *person)).collect(),
        number: number.into(),
        office,
        directorate: "هەولێر".into(),
        book: None,
        page: None,
        registered_on: Some("1990-02-10".into()),
        verified: Some("book".into()),
        protected,
    }
}

/// An entry that is closed by itself, while the people in it are not: they are there, and
/// who they are to each other is not.
async fn entry_alone(test: TestOffice) {
    let stage = Stage::set(test).await;
    let office = &stage.test().office;
    let child = of_a_book("female", "نازدار", "1990-02-03", "1000000009001");
    let other = of_a_book("male", "نەبەز", "1992", "1000000009002");
    let mother = of_a_book("female", "بەفرین", "1960", "1000000009003");
    let (own, brother, parent) = (child.id, other.id, mother.id);
    let act = civil::ImportRegister {
        source: "book".into(),
        persons: vec![child, other, mother],
        events: vec![
            birth_in(stage.bureau.office, "OB-1", &[("child", own), ("mother", parent)], true),
            birth_in(stage.bureau.office, "OB-2", &[("child", brother), ("mother", parent)], false),
        ],
    };
    office.perform_once(&Who::system("test"), act).await.unwrap();
    let by_mother = || Narrowed { mother: Some("بەفرین دارا".into()), ..Narrowed::default() };
    let told = async |who: &Who| {
        let acting = stage.acting(who).await;
        let found = {
            let mut reading = office.db.reading().await.unwrap();
            let find = FindPeople { by: by_mother(), ..FindPeople::new("", "walk") };
            civil::search_as(&mut reading.tx(), &acting, &find).await.unwrap()
        };
        let of_child = stage.kin_of(&acting, own).await;
        let (of_mother, of_brother) =
            (stage.kin_of(&acting, parent).await, stage.kin_of(&acting, brother).await);
        let mut reading = office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let summary = civil::summary_for(&mut tx, &acting, own).await.unwrap().unwrap();
        [
            of_child.contains(&parent),
            of_mother.contains(&own),
            of_brother.contains(&own),
            !summary.parents.is_empty(),
            civil::children_for(&mut tx, &acting, parent).await.unwrap().contains(&own),
            found.contains(&own),
        ]
    };
    assert_eq!(told(&stage.registrar).await, [false; 6], "nothing that hangs on the entry is told");
    assert_eq!(told(&stage.keeper).await, [true; 6]);
    // The brother's own entry is open, and so is what it says.
    let acting = stage.acting(&stage.registrar).await;
    assert!(stage.kin_of(&acting, parent).await.contains(&brother));
    let grant = GrantAccess { person: own, officer: officer(&stage.registrar), reason: "دۆسیە".into() };
    office.perform_once(&stage.keeper, grant).await.unwrap();
    let let_in = told(&stage.registrar).await;
    assert_eq!(let_in[..5], [true; 5], "whoever was let in to one of them reads the entry");
}
crate::on_both_engines!(who_stands_in_a_closed_entry_is_not_told_by_others, super::entry_alone);

/// A family larger than any list of a page: nobody is left out where papers are ended and
/// relatives are named.
async fn large_family(test: TestOffice) {
    let father = of_a_book("male", "حەمە", "1930", "1000000009100");
    let mut persons = vec![];
    let mut events = vec![];
    for at in 0..47 {
        let child = of_a_book("male", "کوڕ", "1990-02-03", &format!("10000000092{at:02}"));
        let roles = [("child", child.id), ("father", father.id)];
        events.push(birth_in(test.place, &format!("OC-{at}"), &roles, false));
        persons.push(child);
    }
    let children: std::collections::BTreeSet<PersonId> = persons.iter().map(|child| child.id).collect();
    let id = father.id;
    persons.push(father);
    let act = civil::ImportRegister { source: "book".into(), persons, events };
    test.office.perform_once(&Who::system("test"), act).await.unwrap();
    let mut reading = test.office.db.reading().await.unwrap();
    let family = register::close_family(&mut reading.tx(), id).await.unwrap();
    assert_eq!(family.into_iter().collect::<std::collections::BTreeSet<_>>(), children);
}
crate::on_both_engines!(the_whole_of_a_large_family_is_known, super::large_family);
