//! Every paper of civil status, from the application to the sealed PDF: one
//! large family in the register, and what the law gives its members and what
//! it keeps from them.

use crate::program::Program;
use crate::visit::app;
use diwan_domain::ids::{CaseId, PersonId};
use diwan_domain::names::NameParts;
use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_office::cases::{Access, BeginCase, SaveAnswer, SendCase};
use diwan_office::catalogue::PublishService;
use diwan_office::civil::{
    DecideCorrection, Ground, ImportRegister, NewEvent, NewPerson, PrepareCorrection, What,
};
use diwan_office::documents::{self, job_of, seal_waiting};
use diwan_store::civil;
use diwan_store::dialect::Engine;
use diwan_testkit::TestOffice;
use diwan_testkit::office::built_in;
use diwan_web::papers::PaperWords;
use serde_json::{Value, json};
use std::path::Path;

const SERVICES: [&str; 5] = [
    "death-certificate",
    "marriage-certificate",
    "divorce-certificate",
    "family-extract",
    "single-status-certificate",
];

/// The numbers of those who ask.
const AZAD: &str = "2000000000001";
const SHILAN: &str = "2000000000002";
const CHNAR: &str = "2000000000003";
const NAZDAR: &str = "2000000000004";

/// A register in the making.
#[derive(Default)]
struct Book {
    persons: Vec<NewPerson>,
    events: Vec<NewEvent>,
}

impl Book {
    /// Someone with the given name, father's and grandfather's.
    fn person(&mut self, sex: &str, born: &str, name: [&str; 3], number: &str) -> PersonId {
        let id = PersonId(uuid::Uuid::now_v7());
        let parts = NameParts {
            given: name[0].into(),
            father: Some(name[1].into()),
            grandfather: Some(name[2].into()),
            family: None,
        };
        self.persons.push(NewPerson {
            id,
            sex: sex.into(),
            born_on: Some(born.into()),
            born_area: None,
            born_place: Some("هەولێر".into()),
            died_on: None,
            protected: false,
            names: vec![("arab".into(), "register".into(), parts)],
            numbers: if number.is_empty() { Vec::new() } else { vec![("upn".into(), number.into())] },
        });
        id
    }

    /// Their spelling in a passport.
    fn passport(&mut self, whom: PersonId, name: [&str; 3]) {
        let [given, father, grandfather] = name.map(str::to_owned);
        let parts = NameParts { given, father: Some(father), grandfather: Some(grandfather), family: None };
        let person = self.persons.iter_mut().find(|person| person.id == whom).unwrap();
        person.names.push(("latn".into(), "passport".into(), parts));
    }

    fn event(&mut self, kind: &str, on: &str, roles: &[(&str, PersonId)], details: Value) {
        let number = format!("T-{}", self.events.len() + 1);
        let event = NewEvent {
            id: None,
            kind: kind.into(),
            happened_on: Some(on.into()),
            area: None,
            place: Some("هەولێر".into()),
            details,
            roles: roles.iter().map(|(role, person)| ((*role).to_owned(), *person)).collect(),
            number,
            office: diwan_domain::ids::OfficeId(uuid::Uuid::nil()),
            directorate: "هەولێر".into(),
            book: Some("2214".into()),
            page: Some("87".into()),
            registered_on: Some(on.into()),
            verified: Some("compared with the book".into()),
            protected: false,
        };
        self.events.push(event);
    }

    fn born(&mut self, child: PersonId, on: &str, father: PersonId, mother: PersonId) {
        let roles = [("child", child), ("father", father), ("mother", mother)];
        self.event("birth", on, &roles, json!({"religion": "SECRET-FAITH"}));
    }

    fn died(&mut self, whom: PersonId, on: &str) {
        self.persons.iter_mut().find(|person| person.id == whom).unwrap().died_on = Some(on.into());
        self.event("death", on, &[("deceased", whom)], json!({"cause": "SECRET-CAUSE"}));
    }

    fn wed(&mut self, husband: PersonId, wife: PersonId, on: &str) {
        let details = json!({"court": "محكمة الأحوال الشخصية في أربيل"});
        self.event("marriage", on, &[("husband", husband), ("wife", wife)], details);
    }

    fn parted(&mut self, husband: PersonId, wife: PersonId, on: &str, state: Option<&str>) {
        let mut details = json!({"court": "دادگای باری کەسێتیی هەولێر", "judgment": "412/2025"});
        if let Some(state) = state {
            details["state"] = json!(state);
            details["waiting-until"] = json!("2027-01-01");
        }
        self.event("divorce", on, &[("husband", husband), ("wife", wife)], details);
    }
}

/// Azad with two wives and ten children at home, one of whom died; a married
/// daughter with a page of her own; a daughter whose divorce is final and one
/// who is in her waiting period.
fn book() -> Book {
    let mut book = Book::default();
    let karim = book.person("male", "1931", ["کەریم", "مستەفا", "ئەحمەد"], "");
    let khaje = book.person("female", "1938", ["خەجێ", "حەسەن", "عەلی"], "");
    let azad = book.person("male", "1962-07-01", ["ئازاد", "کەریم", "مستەفا"], AZAD);
    let hevin = book.person("female", "1966-02-01", ["هێڤین", "عومەر", "حەسەن"], "");
    let gulala = book.person("female", "1979-11-30", ["گوڵاڵە", "سابیر", "محەمەد"], "");
    book.passport(azad, ["Azad", "Karim", "Mustafa"]);
    book.born(azad, "1962-07-01", karim, khaje);
    book.wed(azad, hevin, "1989-05-01");
    book.wed(azad, gulala, "2001-09-12");
    let names = [
        ("female", "1998-03-14", "شیلان", SHILAN, hevin),
        ("female", "1990-02-02", "چنار", CHNAR, hevin),
        ("female", "1991-08-08", "نازدار", NAZDAR, hevin),
        ("female", "1993-01-20", "لانە", "", hevin),
        ("male", "1995-04-04", "هێمن", "", hevin),
        ("male", "2000-12-31", "ڕێبین", "", hevin),
        ("male", "2002-06-15", "سەرکەوت", "", gulala),
        ("female", "2004-10-10", "ژیان", "", gulala),
        ("male", "2006-03-03", "عەبدولڕەحمان", "", gulala),
        ("female", "2008-07", "سۆزان", "", gulala),
        ("male", "2011-01-09", "ئاسۆ", "", gulala),
        ("female", "2014-05-25", "هەنار", "", gulala),
    ];
    let mut children = Vec::new();
    for (sex, born, given, number, mother) in names {
        let child = book.person(sex, born, [given, "ئازاد", "کەریم"], number);
        book.born(child, born, azad, mother);
        children.push(child);
    }
    let son_in_law = book.person("male", "1988", ["دارا", "عومەر", "ڕەسوڵ"], "");
    let other = book.person("male", "1987", ["کارزان", "ئیسماعیل", "برایم"], "");
    let third = book.person("male", "1985", ["بەختیار", "نەجم", "ساڵح"], "");
    book.wed(son_in_law, children[1], "2012-06-01");
    book.parted(son_in_law, children[1], "2025-02-11", None);
    book.wed(other, children[2], "2013-06-01");
    book.parted(other, children[2], "2026-10-01", Some("revocable"));
    book.wed(third, children[3], "2015-06-01");
    book.died(children[4], "2014-08-03");
    book.died(karim, "1999-12-24");
    book
}

async fn stage(engine: Engine) -> TestOffice {
    let test = TestOffice::on(engine).await.with_papers();
    let system = Who::system("test");
    for name in SERVICES {
        test.office.perform(&system, name, PublishService::of(&built_in(name))).await.unwrap();
    }
    let Book { persons, events } = book();
    let events = events.into_iter().map(|event| NewEvent { office: test.place, ..event }).collect();
    let import = ImportRegister { source: "test".into(), persons, events };
    test.office.perform(&system, "family", import).await.unwrap();
    test
}

/// Applies to a service, with the usual answers and some of one's own.
async fn applied(test: &TestOffice, who: &Who, service: &str, own: &[(&str, Value)]) -> CaseId {
    let begin = BeginCase { service: service.into(), language: "ckb".into() };
    let begun = test.office.perform_once(who, begin).await.unwrap();
    let access = Access { key: Some(begun.key) };
    let usual = [
        ("for-whom", json!("myself")),
        ("death-date", Value::Null),
        ("spouse-name", Value::Null),
        ("unregistered", json!(false)),
        ("place", json!({"governorate": "هەولێر"})),
        ("identity-number", Value::Null),
        ("purpose", json!("other")),
        ("use", json!("home")),
        ("document-languages", json!(["ckb", "ar", "en"])),
        ("copies", json!(1)),
        ("delivery", json!("download")),
        ("phone", json!("0750 123 4567")),
        ("email", Value::Null),
    ];
    let definition = diwan_domain::services::check(&built_in(service), None).service.unwrap();
    for question in &definition.questions {
        let answer = own.iter().chain(&usual).find(|(key, _)| *key == question.key);
        let Some((_, value)) = answer.cloned() else { continue };
        let act =
            SaveAnswer { case: begun.case, access: access.clone(), question: question.key.clone(), value };
        let saved = test.office.perform_once(who, act).await;
        saved.unwrap_or_else(|stop| panic!("{service}: {}: {stop}", question.key));
    }
    test.office.perform_once(who, SendCase { case: begun.case, access }).await.unwrap();
    begun.case
}

fn named(given: &str, born: &str) -> Vec<(&'static str, Value)> {
    let father = if given == "کەریم" {
        "مستەفا"
    } else if given == "ئازاد" {
        "کەریم"
    } else {
        "ئازاد"
    };
    vec![("holder-name", json!({"given": given, "father": father})), ("birth-date", json!(born))]
}

fn with<'a>(
    mut answers: Vec<(&'a str, Value)>,
    more: impl IntoIterator<Item = (&'a str, Value)>,
) -> Vec<(&'a str, Value)> {
    answers.extend(more);
    answers
}

/// Seals what waits and gives back the data it was set from. The PDF lies in
/// the test's own folder, for whoever wants to look at it.
async fn sealed(test: &TestOffice, case: CaseId, name: &str) -> Value {
    let app = app(test);
    let words = PaperWords { words: app.words.clone(), brand: app.brand.clone() };
    let data = job_of(&test.office, &words).await.unwrap().expect("a paper waits").data;
    assert_eq!(seal_waiting(&test.office, &words).await.unwrap(), 1, "{name}");
    let papers = documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap();
    assert_eq!((papers.len(), papers[0].state.as_str()), (1, "sealed"), "{name}");
    let pdf = test.office.files.get(papers[0].file_hash.as_ref().unwrap()).await.unwrap().unwrap();
    assert!(pdf.starts_with(b"%PDF") && pdf.windows(9).any(|part| part == b"/ByteRang"), "{name} is signed");
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers");
    std::fs::create_dir_all(&place).unwrap();
    std::fs::write(place.join(format!("{name}.pdf")), &pdf).unwrap();
    let told = format!("{data}{}", papers[0].fields.0);
    for secret in ["SECRET-CAUSE", "SECRET-FAITH"] {
        assert!(!told.contains(secret), "{name} tells {secret}");
    }
    data
}

async fn rule_of(test: &TestOffice, case: CaseId) -> Option<String> {
    let row = test.case(case).await;
    row.decided_rule.or_else(|| Some(row.open_questions.0[0]["rule"].as_str()?.to_owned()))
}

fn row<'d>(data: &'d Value, label: &str) -> &'d Value {
    let rows = data["rows"].as_array().unwrap();
    &rows.iter().find(|row| row["label"]["en"] == label).unwrap_or_else(|| panic!("no {label}"))["value"]
}

async fn by_rule(engine: Engine) {
    let test = stage(engine).await;
    let azad = test.citizen(AZAD).await;
    let fathers = with(named("کەریم", "1931"), [("for-whom", json!("my-parent"))]);
    let case = applied(&test, &azad, "death-certificate", &fathers).await;
    assert_eq!(rule_of(&test, case).await.unwrap(), "death-certificate/close-family/1");
    let paper = sealed(&test, case, "death-certificate").await;
    assert_eq!(row(&paper, "Date of death")["en"], "24 December 1999");

    let own = named("ئازاد", "1962");
    let second = with(own.clone(), [("spouse-name", json!({"given": "گوڵاڵە", "father": "سابیر"}))]);
    let case = applied(&test, &azad, "marriage-certificate", &second).await;
    assert_eq!(rule_of(&test, case).await.unwrap(), "marriage-certificate/own-marriage/1");
    let paper = sealed(&test, case, "marriage-certificate").await;
    assert_eq!(row(&paper, "Date of marriage")["en"], "12 September 2001", "the wife named, not the newest");

    let chnar = test.citizen(CHNAR).await;
    let case = applied(&test, &chnar, "divorce-certificate", &named("چنار", "1990")).await;
    assert_eq!(rule_of(&test, case).await.unwrap(), "divorce-certificate/own-divorce/1");
    let paper = sealed(&test, case, "divorce-certificate").await;
    assert_eq!(row(&paper, "Judgment")["ckb"], "412/2025");

    let case = applied(&test, &azad, "family-extract", &own).await;
    assert_eq!(rule_of(&test, case).await.unwrap(), "family-extract/own-page/1");
    let paper = sealed(&test, case, "family-extract").await;
    let table = &paper["tables"][0];
    let ties: Vec<&str> =
        table["rows"].as_array().unwrap().iter().map(|row| row[0]["en"].as_str().unwrap()).collect();
    assert_eq!(ties[..3], ["Holder", "Wife", "Wife"]);
    assert_eq!(ties[ties.len() - 2..], ["Father", "Mother"]);
    // Of twelve children, three daughters married and are or were elsewhere.
    assert_eq!(ties.iter().filter(|tie| ["Son", "Daughter"].contains(*tie)).count(), 9);
    assert_eq!(
        table["rows"][0][1],
        json!({"ckb": "ئازاد کەریم مستەفا", "ar": "ئازاد کەریم مستەفا", "en": "Azad Karim Mustafa"})
    );
    let hemin = table["rows"].as_array().unwrap().iter().find(|row| row[3]["en"] == "04/04/1995").unwrap();
    assert_eq!(hemin[6]["ar"], "٠٣/٠٨/٢٠١٤", "who died is marked");

    let shilan = test.citizen(SHILAN).await;
    let case = applied(&test, &shilan, "single-status-certificate", &named("شیلان", "1998")).await;
    assert_eq!(rule_of(&test, case).await.unwrap(), "single-status-certificate/no-marriage-stands/1");
    let paper = sealed(&test, case, "single-status-certificate").await;
    assert_eq!(row(&paper, "Marital status")["ar"], "عزباء", "the word for a woman");
    let case = applied(&test, &chnar, "single-status-certificate", &named("چنار", "1990")).await;
    let paper = sealed(&test, case, "single-status-divorced").await;
    assert_eq!(row(&paper, "Marital status")["en"], "divorced");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_paper_is_given_by_rule_and_sealed_on_the_embedded_engine() {
    by_rule(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_paper_is_given_by_rule_and_sealed_on_the_server() {
    by_rule(Engine::Postgres).await;
}

/// What the law keeps back goes to an officer, with exactly the open question.
async fn not_by_rule(engine: Engine) {
    let test = stage(engine).await;
    let azad = test.citizen(AZAD).await;
    let case = applied(&test, &azad, "single-status-certificate", &named("ئازاد", "1962")).await;
    assert_eq!(rule_of(&test, case).await.unwrap(), "married");
    // Two marriages stand and none is named: the search is an officer's.
    let case = applied(&test, &azad, "marriage-certificate", &named("ئازاد", "1962")).await;
    assert_eq!(rule_of(&test, case).await.unwrap(), "search");
    let nazdar = test.citizen(NAZDAR).await;
    let case = applied(&test, &nazdar, "single-status-certificate", &named("نازدار", "1991")).await;
    assert_eq!(rule_of(&test, case).await.unwrap(), "waiting");
    let case = applied(&test, &nazdar, "divorce-certificate", &named("نازدار", "1991")).await;
    assert_eq!(rule_of(&test, case).await.unwrap(), "not-final");
    // Nobody took it back: when the waiting period is over, it is final by itself.
    test.pass(60 * 24 * 60);
    let case = applied(&test, &nazdar, "divorce-certificate", &named("نازدار", "1991")).await;
    assert_ne!(rule_of(&test, case).await.as_deref(), Some("not-final"));
    // A grown child may not see the page of a living father without an officer.
    let fathers = with(named("ئازاد", "1962"), [("for-whom", json!("my-parent"))]);
    let case = applied(&test, &nazdar, "family-extract", &fathers).await;
    assert_eq!(rule_of(&test, case).await.unwrap(), "living-parent");
    // The next of kin of nobody sees nothing.
    let chnar = test.citizen(CHNAR).await;
    let others = with(named("شیلان", "1998"), [("for-whom", json!("my-parent"))]);
    let case = applied(&test, &chnar, "death-certificate", &others).await;
    assert_eq!(
        (test.case(case).await.holder_id, rule_of(&test, case).await.unwrap()),
        (None, "search".into())
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_law_keeps_back_goes_to_an_officer_on_the_embedded_engine() {
    not_by_rule(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_law_keeps_back_goes_to_an_officer_on_the_server() {
    not_by_rule(Engine::Postgres).await;
}

/// A child whose record is closed is not on the page of its family, and nothing else
/// becomes of the page: it would tell that there is such a child.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_record_is_not_on_the_page_of_its_family() {
    let test = TestOffice::on(Engine::Sqlite).await.with_papers();
    let system = Who::system("test");
    let publish = PublishService::of(&built_in("family-extract"));
    test.office.perform(&system, "extract", publish).await.unwrap();
    let Book { mut persons, events } = book();
    persons.iter_mut().find(|person| person.born_on.as_deref() == Some("2014-05-25")).unwrap().protected =
        true;
    let events = events.into_iter().map(|event| NewEvent { office: test.place, ..event }).collect();
    let import = ImportRegister { source: "test".into(), persons, events };
    test.office.perform(&system, "family", import).await.unwrap();
    let azad = test.citizen(AZAD).await;
    let case = applied(&test, &azad, "family-extract", &named("ئازاد", "1962")).await;
    assert_eq!(rule_of(&test, case).await.unwrap(), "family-extract/own-page/1");
    let paper = sealed(&test, case, "family-extract-without").await;
    let rows = paper["tables"][0]["rows"].as_array().unwrap();
    let children = rows.iter().filter(|row| ["Son", "Daughter"].contains(&row[0]["en"].as_str().unwrap()));
    assert_eq!(children.count(), 8, "of nine one is closed");
    assert!(!paper.to_string().contains("هەنار"), "{paper}");
}

/// The status that a program is told, and what the page for everybody says first.
async fn checked(test: &TestOffice, case: CaseId) -> (String, String) {
    let papers = documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap();
    let (anybody, code) = (Program::with(test, ""), &papers[0].check_code);
    let status = anybody.get(&format!("/api/v1/verify/{code}")).await.is(200).json()["status"].clone();
    let page = anybody.get(&format!("/en/check/{code}")).await.is(200).text();
    let title = page.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).unwrap().to_owned();
    (status.as_str().unwrap().to_owned(), title)
}

/// Her marriage came to the register after the papers: hers and her father's say
/// something else now, her sister's does not, and nobody is told what it was.
async fn overtaken(engine: Engine) {
    let test = stage(engine).await;
    let (azad, shilan, chnar) =
        (test.citizen(AZAD).await, test.citizen(SHILAN).await, test.citizen(CHNAR).await);
    let mut papers = Vec::new();
    for (who, service, own) in [
        (&shilan, "single-status-certificate", named("شیلان", "1998")),
        (&azad, "family-extract", named("ئازاد", "1962")),
        (&chnar, "single-status-certificate", named("چنار", "1990")),
    ] {
        let case = applied(&test, who, service, &own).await;
        sealed(&test, case, &format!("overtaken-{}", papers.len())).await;
        assert_eq!(checked(&test, case).await.0, "genuine");
        papers.push(case);
    }
    test.pass(1);
    let mut late = Book::default();
    let groom = late.person("male", "1996", ["هەڵمەت", "سەلیم", "قادر"], "");
    late.wed(groom, test.person(SHILAN).await, "2026-11-10");
    let events = late.events.into_iter();
    let events = events.map(|event| NewEvent { office: test.place, number: "T-late".into(), ..event });
    let import = ImportRegister { source: "late".into(), persons: late.persons, events: events.collect() };
    test.office.perform(&Who::system("test"), "late", import).await.unwrap();

    for (case, status, title) in [
        (papers[0], "outdated", "Genuine when it was issued; the register has changed since"),
        (papers[1], "outdated", "Genuine when it was issued; the register has changed since"),
        (papers[2], "genuine", "This document is genuine"),
    ] {
        assert_eq!(checked(&test, case).await, (status.to_owned(), title.to_owned()));
    }
    let rows =
        documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), papers[0]).await.unwrap();
    let page = Program::with(&test, "").get(&format!("/en/check/{}", rows[0].check_code)).await.text();
    for told in ["هەڵمەت", "2026-11-10", "10 November", "married"] {
        assert!(!page.contains(told), "the page tells {told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_that_a_marriage_overtook_says_so_on_the_embedded_engine() {
    overtaken(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_that_a_marriage_overtook_says_so_on_the_server() {
    overtaken(Engine::Postgres).await;
}

/// Her divorce never was: the paper that calls her divorced does not count any more, and no
/// other took its place, which nobody is told it did.
async fn corrected(engine: Engine) {
    let test = stage(engine).await;
    let chnar = test.citizen(CHNAR).await;
    let case = applied(&test, &chnar, "single-status-certificate", &named("چنار", "1990")).await;
    sealed(&test, case, "single-status-corrected").await;
    let divorce = {
        let person = test.person(CHNAR).await;
        let mut reading = test.office.db.reading().await.unwrap();
        civil::entry_of(&mut reading.tx(), person, "divorce").await.unwrap().unwrap().id
    };
    let registrar = test.officer_of("of-divorces", Role::Registrar, test.place).await;
    let supervisor = test.officer_of("over-divorces", Role::Supervisor, test.place).await;
    let ground =
        Ground::Court { court: "هەولێر".into(), judgment: "88/2026".into(), date: "2026-11-21".into() };
    let reason = "بڕیاری دادگا".to_owned();
    let act = PrepareCorrection { entry: divorce, what: What::Revoke, ground, content: None, reason };
    let correction = test.office.perform_once(&registrar, act).await.unwrap();
    assert_eq!(checked(&test, case).await.0, "genuine", "nobody decided yet");
    let act = DecideCorrection { correction, seen: 1, approve: true, why: None };
    test.office.perform_once(&supervisor, act).await.unwrap();
    let title = "This document does not count any more: the register was corrected";
    assert_eq!(checked(&test, case).await, ("replaced".to_owned(), title.to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_whose_entry_was_corrected_does_not_name_another_on_the_embedded_engine() {
    corrected(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_whose_entry_was_corrected_does_not_name_another_on_the_server() {
    corrected(Engine::Postgres).await;
}

/// What an entry says of a parent, of the day and of the register stands in their rows, so
/// that nobody wonders whose age it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_stands_beside_a_fact_is_in_its_row() {
    let test = TestOffice::open().await;
    let app = app(&test);
    let words = PaperWords { words: app.words.clone(), brand: app.brand.clone() };
    let service = diwan_domain::services::check(&built_in("birth-certificate"), None).service.unwrap();
    let jobs = documents::specimens(service, "", &words);
    let rows = jobs[0].data["rows"].as_array().unwrap();
    let beside = |label: &str| {
        let row = rows.iter().find(|row| row["label"]["en"] == label).unwrap_or_else(|| panic!("no {label}"));
        let more = row["more"].as_array().into_iter().flatten();
        more.map(|one| (one["label"]["en"].as_str().unwrap().to_owned(), one["value"].clone()))
            .collect::<Vec<_>>()
    };
    let labels = |label: &str| beside(label).into_iter().map(|(label, _)| label).collect::<Vec<_>>();
    for parent in ["Father", "Mother"] {
        assert_eq!(labels(parent), ["Age", "Nationality", "Occupation"]);
        let values: Vec<Value> = beside(parent).into_iter().map(|(_, value)| value).collect();
        assert_eq!((&values[0]["en"], &values[0]["ckb"]), (&json!("34"), &json!("٣٤")));
        assert_eq!((&values[1]["en"], &values[1]["ar"]), (&json!("Iraq"), &json!("العراق")));
    }
    assert_eq!(labels("Sex"), ["Single or multiple"]);
    assert_eq!(beside("Sex")[0].1["en"], "Twin");
    assert_eq!(beside("Date of birth")[0].1["en"], "the fifth of July, one thousand nine hundred ninety");
    assert_eq!(labels("Register entry"), ["Office", "Book", "Page"]);
    assert!(rows.iter().all(|row| row["label"]["en"] != "Age"), "none of them is a row of its own");
    // What is not printed has nothing beside it.
    let bare = jobs[1].data["rows"].as_array().unwrap();
    assert!(bare.iter().all(|row| row["more"].is_null()), "{bare:?}");
}
