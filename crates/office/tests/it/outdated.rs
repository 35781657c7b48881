//! Papers that say more than their own entry: what becomes of another entry ends them, and
//! what happens later makes them say something that was so once.

use crate::family::{Life, said};
use crate::reversals::change;
use diwan_domain::civil::EventKind;
use diwan_domain::ids::{CaseId, PersonId};
use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_office::cases::{Access, BeginCase, SaveAnswer, SendCase};
use diwan_office::catalogue::PublishService;
use diwan_office::civil::{ProtectPerson, Registered, What};
use diwan_office::documents::{self, SealDocument};
use diwan_store::documents::DocumentRow;
use diwan_testkit::TestOffice;
use diwan_testkit::office::built_in;
use serde_json::{Value, json};

const A_DAY: i64 = 24 * 60;
const SHILAN: &str = "1000000000001";
const OMAR: &str = "1000000000018";
const GULALA: &str = "1000000000019";
const SINGLE: &str = "single-status-certificate";
const FAMILY: &str = "family-extract";

/// Asks for one's own paper online; the rules give it, and it is sealed.
async fn issued(test: &TestOffice, number: &str, service: &str, name: Value, born: &str) -> CaseId {
    test.pass(1);
    let who = test.citizen(number).await;
    let begin = BeginCase { service: service.into(), language: "ckb".into() };
    let begun = test.office.perform_once(&who, begin).await.unwrap();
    let access = Access { key: Some(begun.key) };
    let answers = [
        ("for-whom", json!("myself")),
        ("holder-name", name),
        ("birth-date", json!(born)),
        ("spouse-name", Value::Null),
        ("unregistered", json!(false)),
        ("place", json!({"governorate": "هەولێر"})),
        ("identity-number", Value::Null),
        ("purpose", json!("other")),
        ("use", json!("home")),
        ("document-languages", json!(["ckb", "en"])),
        ("copies", json!(1)),
        ("delivery", json!("download")),
        ("phone", json!("0750 123 4567")),
        ("email", Value::Null),
    ];
    let service = diwan_domain::services::check(&built_in(service), None).service.unwrap();
    let case = begun.case;
    for (question, value) in answers {
        if !service.questions.iter().any(|known| known.key == question) {
            continue;
        }
        let act = SaveAnswer { case, access: access.clone(), question: question.into(), value };
        test.office.perform_once(&who, act).await.unwrap_or_else(|stop| panic!("{question}: {stop}"));
    }
    test.office.perform_once(&who, SendCase { case, access }).await.unwrap();
    let document = paper(test, case).await.id;
    let seal =
        SealDocument { document, file_hash: "0".repeat(64), key_id: "k".into(), moment: Default::default() };
    test.office.perform_once(&Who::system("test"), seal).await.unwrap();
    case
}

async fn paper(test: &TestOffice, case: CaseId) -> DocumentRow {
    let mut papers =
        documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap();
    papers.pop().expect("the rules gave a paper")
}

/// The state that is kept, and whether whoever checks it is told that the register changed.
async fn stands(test: &TestOffice, case: CaseId) -> (String, bool) {
    let row = paper(test, case).await;
    let mut reading = test.office.db.reading().await.unwrap();
    let checked = documents::check(&mut reading.tx(), &row.check_code, test.office.today()).await.unwrap();
    (row.state, checked.expect("it is sealed").is_outdated)
}

fn genuine() -> (String, bool) {
    ("sealed".to_owned(), false)
}

fn outdated() -> (String, bool) {
    ("sealed".to_owned(), true)
}

fn replaced() -> (String, bool) {
    ("replaced".to_owned(), false)
}

async fn begin(test: TestOffice) -> Life {
    for service in [SINGLE, FAMILY, "marriage-certificate"] {
        let publish = PublishService::of(&built_in(service));
        test.office.perform_once(&Who::system("test"), publish).await.unwrap();
    }
    Life::begin(test).await
}

impl Life {
    async fn registrar_of_marriages(&self) -> Who {
        self.bureau.test.officer_of("civil-registrar", Role::Registrar, self.bureau.test.place).await
    }

    async fn wed(&self, husband: (PersonId, &str), wife: (PersonId, &str)) -> Registered {
        let named = [("husband.given", husband.1), ("wife.given", wife.1)];
        self.couple(EventKind::Marriage, husband.0, wife.0, &named).await
    }
}

async fn married_since(test: TestOffice) {
    let life = begin(test).await;
    let test = &life.bureau.test;
    let (omar, shilan) = (test.person(OMAR).await, test.person(SHILAN).await);
    let name = json!({"given": "شیلان", "father": "ئازاد"});
    let single = issued(test, SHILAN, SINGLE, name, "1998").await;
    assert_eq!(stands(test, single).await, genuine());

    test.pass(3 * A_DAY);
    let marriage = life.wed((omar, "عومەر"), (shilan, "شیلان")).await;
    assert_eq!(stands(test, single).await, outdated(), "the paper stays as it was issued");

    // Whoever has the marriage revoked makes what it said true again.
    let registrar = life.registrar_of_marriages().await;
    let officers = (&registrar, &life.supervisor);
    let revoked = change(test, officers, (marriage.entry, What::Revoke), None).await;
    assert_eq!(stands(test, single).await, genuine());
    change(test, officers, (revoked, What::Reinstate), None).await;
    assert_eq!(stands(test, single).await, outdated(), "on its own day it was true");
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_marriage_overtakes_a_single_status_paper, super::married_since);

/// A couple with a daughter, and the extract of their family.
async fn family(test: TestOffice) -> (Life, [PersonId; 3], Registered, CaseId) {
    let life = begin(test).await;
    let test = &life.bureau.test;
    let (omar, gulala) = (test.person(OMAR).await, test.person(GULALA).await);
    life.wed((omar, "عومەر"), (gulala, "گوڵاڵە")).await;
    test.pass(300 * A_DAY);
    let today = life.today();
    let mut fields = said(&[
        ("child.given", "لانە"),
        ("child.sex", "female"),
        ("happened-on", &today),
        ("place-kind", "hospital"),
        ("declarant.as", "mother"),
        ("mother.given", "گوڵاڵە"),
        ("father.given", "عومەر"),
        ("father.father", "حەسەن"),
        ("parents-married", "yes"),
    ]);
    fields.push(("mother.person".to_owned(), gulala.to_string()));
    fields.push(("father.person".to_owned(), omar.to_string()));
    let birth = life.event(EventKind::Birth, fields).await;
    let lana = life.bureau.child_of(&birth).await;
    let extract = issued(test, OMAR, FAMILY, json!({"given": "عومەر", "father": "حەسەن"}), "1960").await;
    assert_eq!(stands(test, extract).await, genuine());
    (life, [omar, gulala, lana], birth, extract)
}

async fn corrected(test: TestOffice) {
    let (life, _, birth, extract) = family(test).await;
    let (test, bureau) = (&life.bureau.test, &life.bureau);
    let name = json!({"given": "عومەر", "father": "حەسەن"});
    let marriage = issued(test, OMAR, "marriage-certificate", name, "1960").await;
    let officers = (&bureau.registrar, &bureau.supervisor);

    // What the page does not print changes nothing of it.
    let mut content = bureau.content(birth.entry).await;
    content.set("weight-grams", "3100");
    let entry = change(test, officers, (birth.entry, What::Correct), Some(content)).await;
    assert_eq!(stands(test, extract).await, genuine());
    let mut content = bureau.content(entry).await;
    content.set("child.given", "لانیا");
    change(test, officers, (entry, What::Correct), Some(content)).await;
    assert_eq!(stands(test, extract).await, replaced(), "the daughter is called otherwise");
    assert_eq!(stands(test, marriage).await, genuine(), "of her it says nothing");

    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_corrected_birth_ends_the_extract_of_the_family, super::corrected);

async fn revoked(test: TestOffice) {
    let (life, _, birth, extract) = family(test).await;
    let (test, bureau) = (&life.bureau.test, &life.bureau);
    change(test, (&bureau.registrar, &bureau.supervisor), (birth.entry, What::Revoke), None).await;
    assert_eq!(stands(test, extract).await, replaced(), "the daughter is not there");
    let ended = paper(test, extract).await;
    assert_eq!(ended.end_reason.as_deref(), Some("revoked"), "the number of another entry is not told");
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_revoked_birth_ends_the_extract_of_the_family, super::revoked);

async fn died_since(test: TestOffice) {
    let (life, [_, gulala, _], _, extract) = family(test).await;
    let test = &life.bureau.test;
    test.pass(A_DAY);
    let today = life.today();
    let mut death = said(&[
        ("path", "ordinary"),
        ("happened-on", &today),
        ("deceased.given", "گوڵاڵە"),
        ("deceased.sex", "female"),
        ("cause.a", "Sepsis"),
        ("cause.a-code", "A41.9"),
        ("manner", "disease"),
        ("certifier", "د. ڕۆژین"),
        ("declarant.as", "spouse"),
    ]);
    death.push(("deceased.person".to_owned(), gulala.to_string()));
    life.event(EventKind::Death, death).await;
    assert_eq!(stands(test, extract).await, outdated());
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_death_overtakes_the_extract_of_the_family, super::died_since);

/// That somebody's record was closed is told by no paper of their family.
async fn closed_since(test: TestOffice) {
    let (life, [_, _, lana], _, extract) = family(test).await;
    let test = &life.bureau.test;
    let keeper = test.officer_of("keeper", Role::Keeper, life.bureau.office).await;
    test.pass(A_DAY);
    let protect = ProtectPerson { person: lana, protected: true, reason: "order 3/2026".into() };
    test.office.perform_once(&keeper, protect).await.unwrap();
    assert_eq!(stands(test, extract).await, genuine());
}
crate::on_both_engines!(a_closed_record_does_not_show_on_a_paper, super::closed_since);

async fn for_so_many_days(test: TestOffice) {
    let life = begin(test).await;
    let test = &life.bureau.test;
    let name = json!({"given": "شیلان", "father": "ئازاد"});
    let single = issued(test, SHILAN, SINGLE, name, "1998").await;
    let row = paper(test, single).await;
    let offset = test.office.settings.utc_offset_minutes;
    let over = async || {
        let mut reading = test.office.db.reading().await.unwrap();
        let today = test.office.today();
        let found = documents::check(&mut reading.tx(), &row.check_code, today).await.unwrap().unwrap();
        found.verdict(today, offset) == "expired"
    };
    assert!(!over().await);
    test.pass(90 * A_DAY);
    assert!(!over().await, "the last of its ninety days counts");
    test.pass(A_DAY);
    assert!(over().await, "after them nobody is told that it is genuine");
}
crate::on_both_engines!(a_paper_is_relied_on_for_so_many_days, super::for_so_many_days);
