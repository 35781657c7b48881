//! Papers that say more than their own entry: what becomes of another entry ends them, and
//! what happens later makes them say something that was so once.

use crate::family::{Life, death_of, said};
use crate::reversals::change;
use diwan_domain::acts::Actor;
use diwan_domain::civil::EventKind;
use diwan_domain::ids::{CaseId, MergeId, PersonId};
use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_office::cases::{Access, BeginCase, SaveAnswer, SendCase};
use diwan_office::catalogue::PublishService;
use diwan_office::civil::{
    DecideMerge, GrantAccess, ProposeMerge, ProposeParting, ProtectPerson, Registered, What,
};
use diwan_office::documents::{self, SealDocument};
use diwan_store::civil;
use diwan_store::documents::DocumentRow;
use diwan_testkit::TestOffice;
use diwan_testkit::office::built_in;
use serde_json::{Value, json};

const A_DAY: i64 = 24 * 60;
const SHILAN: &str = "1000000000001";
const OMAR: &str = "1000000000018";
const GULALA: &str = "1000000000019";
const AZAD: &str = "1000000000008";
const HEVIN: &str = "1000000000009";
const SINGLE: &str = "single-status-certificate";
const FAMILY: &str = "family-extract";

/// Asks for one's own paper online; the rules give it, and it is sealed.
async fn issued(test: &TestOffice, number: &str, service: &str, name: Value, born: &str) -> CaseId {
    let case = sent(test, number, service, (name, born), 1).await;
    let document = paper(test, case).await.id;
    let seal =
        SealDocument { document, file_hash: "0".repeat(64), key_id: "k".into(), moment: Default::default() };
    test.office.perform_once(&Who::system("test"), seal).await.unwrap();
    case
}

/// Asks for so many copies of one's own paper online.
async fn sent(
    test: &TestOffice,
    number: &str,
    service: &str,
    (name, born): (Value, &str),
    copies: i64,
) -> CaseId {
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
        ("copies", json!(copies)),
        ("delivery", json!("download")),
        ("displaced", json!(false)),
        ("phone", json!("0750 123 4567")),
        ("email", Value::Null),
    ];
    let service = diwan_domain::services::check(&built_in(service), None).service.unwrap();
    let case = begun.case;
    for (question, value) in answers {
        let is_asked = service.questions.iter().any(|known| known.key == question);
        if !is_asked || question == "displaced" && copies == 1 {
            continue;
        }
        let act = SaveAnswer { case, access: access.clone(), question: question.into(), value };
        test.office.perform_once(&who, act).await.unwrap_or_else(|stop| panic!("{question}: {stop}"));
    }
    test.office.perform_once(&who, SendCase { case, access }).await.unwrap();
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

impl Life {
    async fn she_dies_today(&self, person: PersonId) -> Registered {
        let today = self.today();
        self.event(EventKind::Death, death_of(person, "شیلان", "female", &today)).await
    }
}

/// What a single-status paper says is so of the living: it does not stay genuine beside the
/// entry of its holder's death.
async fn holder_died_since(test: TestOffice) {
    let life = begin(test).await;
    let (test, bureau) = (&life.bureau.test, &life.bureau);
    let shilan = test.person(SHILAN).await;
    let name = json!({"given": "شیلان", "father": "ئازاد"});
    let single = issued(test, SHILAN, SINGLE, name, "1998").await;
    assert_eq!(stands(test, single).await, genuine());
    test.pass(A_DAY);
    let death = life.she_dies_today(shilan).await;
    assert_eq!(stands(test, single).await, outdated(), "she was single, and lives no more");
    // One who was taken for dead comes back: what it said is so.
    let officers = (&bureau.registrar, &bureau.supervisor);
    change(test, officers, (death.entry, What::Revoke), None).await;
    assert_eq!(stands(test, single).await, genuine());
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_death_overtakes_the_single_status_paper_of_the_deceased, super::holder_died_since);

/// Whoever was dead all along was not single on the day of a paper issued meanwhile.
async fn dead_after_all(test: TestOffice) {
    let life = begin(test).await;
    let (test, bureau) = (&life.bureau.test, &life.bureau);
    let shilan = test.person(SHILAN).await;
    let death = life.she_dies_today(shilan).await;
    let officers = (&bureau.registrar, &bureau.supervisor);
    let revoked = change(test, officers, (death.entry, What::Revoke), None).await;
    let name = json!({"given": "شیلان", "father": "ئازاد"});
    let single = issued(test, SHILAN, SINGLE, name, "1998").await;
    assert_eq!(stands(test, single).await, genuine());
    change(test, officers, (revoked, What::Reinstate), None).await;
    assert_eq!(stands(test, single).await, replaced());
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_reinstated_death_ends_a_paper_issued_meanwhile, super::dead_after_all);

/// A child's extract says that the mother is married: to a second husband, who dies.
async fn stepfather(test: TestOffice) -> (Life, PersonId) {
    let life = begin(test).await;
    let test = &life.bureau.test;
    let (omar, hevin) = (test.person(OMAR).await, test.person(HEVIN).await);
    life.wed((omar, "عومەر"), (hevin, "هێڤین")).await;
    test.pass(A_DAY);
    (life, omar)
}

impl Life {
    async fn dies_today(&self, person: PersonId, given: &str) -> Registered {
        let today = self.today();
        let death = death_of(person, given, "male", &today);
        self.event(EventKind::Death, death).await
    }
}

async fn widowed_since(test: TestOffice) {
    let (life, omar) = stepfather(test).await;
    let test = &life.bureau.test;
    let name = json!({"given": "شیلان", "father": "ئازاد"});
    let extract = issued(test, SHILAN, FAMILY, name, "1998").await;
    assert_eq!(stands(test, extract).await, genuine());
    test.pass(A_DAY);
    life.dies_today(omar, "عومەر").await;
    assert_eq!(stands(test, extract).await, outdated(), "her mother is a widow");
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_mothers_widowhood_overtakes_her_childs_extract, super::widowed_since);

async fn not_widowed(test: TestOffice) {
    let (life, omar) = stepfather(test).await;
    let (test, bureau) = (&life.bureau.test, &life.bureau);
    let death = life.dies_today(omar, "عومەر").await;
    test.pass(A_DAY);
    let name = json!({"given": "شیلان", "father": "ئازاد"});
    let extract = issued(test, SHILAN, FAMILY, name, "1998").await;
    assert_eq!(stands(test, extract).await, genuine());
    change(test, (&bureau.registrar, &bureau.supervisor), (death.entry, What::Revoke), None).await;
    assert_eq!(stands(test, extract).await, replaced(), "her mother was no widow");
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_revoked_death_ends_the_extract_of_a_widows_child, super::not_widowed);

/// A marriage that is reinstated stood on the day of a paper that was issued meanwhile.
async fn reinstated(test: TestOffice) {
    let life = begin(test).await;
    let test = &life.bureau.test;
    let (omar, shilan) = (test.person(OMAR).await, test.person(SHILAN).await);
    let marriage = life.wed((omar, "عومەر"), (shilan, "شیلان")).await;
    let registrar = life.registrar_of_marriages().await;
    let officers = (&registrar, &life.supervisor);
    let revoked = change(test, officers, (marriage.entry, What::Revoke), None).await;
    let name = json!({"given": "شیلان", "father": "ئازاد"});
    let single = issued(test, SHILAN, SINGLE, name, "1998").await;
    assert_eq!(stands(test, single).await, genuine());
    change(test, officers, (revoked, What::Reinstate), None).await;
    assert_eq!(stands(test, single).await, replaced(), "she was married all along");
    assert_eq!(paper(test, single).await.end_reason.as_deref(), Some("reinstated"));
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_reinstated_marriage_ends_a_paper_issued_meanwhile, super::reinstated);

/// A marriage of an earlier day that came to the register late, and is taken back: the paper
/// from before it says what the register says.
async fn taken_back(test: TestOffice) {
    let life = begin(test).await;
    let test = &life.bureau.test;
    let (omar, shilan) = (test.person(OMAR).await, test.person(SHILAN).await);
    let name = json!({"given": "شیلان", "father": "ئازاد"});
    let single = issued(test, SHILAN, SINGLE, name, "1998").await;
    test.pass(A_DAY);
    let long_ago = [("happened-on", "2022-05-01"), ("husband.given", "عومەر"), ("wife.given", "شیلان")];
    let marriage = life.couple(EventKind::Marriage, omar, shilan, &long_ago).await;
    assert_eq!(stands(test, single).await, outdated());
    let registrar = life.registrar_of_marriages().await;
    let officers = (&registrar, &life.supervisor);
    let revoked = change(test, officers, (marriage.entry, What::Revoke), None).await;
    assert_eq!(stands(test, single).await, genuine(), "there was no marriage");
    change(test, officers, (revoked, What::Reinstate), None).await;
    assert_eq!(stands(test, single).await, replaced(), "she was married all along");
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_paper_that_says_what_the_register_says_again_stays, super::taken_back);

impl Life {
    /// Two officers say that a record is another's, and that it is not.
    async fn counts_as(&self, registrar: &Who, kept: PersonId, gone: PersonId) -> MergeId {
        let office = &self.bureau.test.office;
        let act = ProposeMerge { kept, gone, reason: "یەک کەسن".into() };
        let merge = office.perform_once(registrar, act).await.unwrap();
        let act = DecideMerge { merge, seen: 1, approve: true, why: None };
        office.perform_once(&self.supervisor, act).await.unwrap();
        merge
    }

    async fn parted(&self, registrar: &Who, merge: MergeId) {
        let office = &self.bureau.test.office;
        let act = ProposeParting { merge, seen: 2, reason: "دوو کەسن".into() };
        let seen = office.perform_once(registrar, act).await.unwrap();
        let act = DecideMerge { merge, seen, approve: true, why: None };
        office.perform_once(&self.supervisor, act).await.unwrap();
    }

    /// A wife of whom only her name was said: another record than the one that is there.
    async fn wife_by_name(&self, husband: PersonId, given: &str) -> PersonId {
        let today = self.today();
        let mut fields = said(&[
            ("happened-on", &today),
            ("contract-court", "هەولێر"),
            ("contract-number", "71"),
            ("husband.given", "عومەر"),
            ("wife.given", given),
            ("declarant.as", "court"),
        ]);
        fields.push(("husband.person".to_owned(), husband.to_string()));
        let registered = self.event(EventKind::Marriage, fields).await;
        let mut reading = self.bureau.test.office.db.reading().await.unwrap();
        let roles = civil::roles_in(&mut reading.tx(), registered.event).await.unwrap();
        roles.iter().find(|role| role.role == "wife").unwrap().person_id
    }
}

async fn merged(test: TestOffice) {
    let life = begin(test).await;
    let test = &life.bureau.test;
    let (omar, shilan) = (test.person(OMAR).await, test.person(SHILAN).await);
    let registrar = life.registrar_of_marriages().await;
    let other = life.wife_by_name(omar, "شلێر").await;
    let name = || json!({"given": "شیلان", "father": "ئازاد"});
    let single = issued(test, SHILAN, SINGLE, name(), "1998").await;
    assert_eq!(stands(test, single).await, genuine());
    assert_eq!((life.stand(shilan).await, life.stand(other).await), ("single".into(), "married".into()));

    let merge = life.counts_as(&registrar, shilan, other).await;
    assert_eq!(stands(test, single).await, replaced(), "she was married when it was issued");
    assert_eq!(paper(test, single).await.end_reason.as_deref(), Some("merged"));
    // Whichever of the two records somebody asks about, it is one person.
    assert_eq!((life.stand(shilan).await, life.stand(other).await), ("married".into(), "married".into()));

    let extract = issued(test, SHILAN, FAMILY, name(), "1998").await;
    assert_eq!(stands(test, extract).await, genuine());
    life.parted(&registrar, merge).await;
    assert_eq!(stands(test, extract).await, replaced(), "he is another's husband");
    assert_eq!(life.stand(shilan).await, "single");
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(two_records_that_are_one_end_the_papers_that_say_otherwise, super::merged);

/// A paper of the record that counts as another by now says what is known of the other.
async fn merged_into(test: TestOffice) {
    let life = begin(test).await;
    let test = &life.bureau.test;
    let (omar, shilan) = (test.person(OMAR).await, test.person(SHILAN).await);
    let registrar = life.registrar_of_marriages().await;
    let other = life.wife_by_name(omar, "شلێر").await;
    let name = json!({"given": "شیلان", "father": "ئازاد"});
    let single = issued(test, SHILAN, SINGLE, name, "1998").await;
    life.counts_as(&registrar, other, shilan).await;
    assert_eq!(stands(test, single).await, replaced());
    assert_eq!(life.stand(shilan).await, "married", "it counts as whoever is married");
    life.bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_paper_of_a_record_that_counts_as_another_ends_too, super::merged_into);

/// That a relative's paper ended would tell of somebody who is not there for them.
async fn merged_in_secret(test: TestOffice) {
    let (life, [_, _, lana], _, extract) = family(test).await;
    let test = &life.bureau.test;
    let registrar = life.registrar_of_marriages().await;
    let azad = test.person(AZAD).await;
    let keeper = test.officer_of("keeper", Role::Keeper, life.bureau.test.place).await;
    let other = life.wife_by_name(azad, "شلێر").await;
    let protect = ProtectPerson { person: other, protected: true, reason: "order 3/2026".into() };
    test.office.perform_once(&keeper, protect).await.unwrap();
    for who in [&registrar, &life.supervisor] {
        let Actor::Officer(officer) = who.actor.clone() else { panic!("an officer") };
        let grant = GrantAccess { person: other, officer, reason: "order 3/2026".into() };
        test.office.perform_once(&keeper, grant).await.unwrap();
    }
    life.counts_as(&registrar, lana, other).await;
    assert_eq!(stands(test, extract).await.0, "sealed");
}
crate::on_both_engines!(a_merge_with_a_closed_record_ends_no_relatives_paper, super::merged_in_secret);

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
    let death = death_of(gulala, "گوڵاڵە", "female", &today);
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

/// What is paid for is a paper of what the register says then: not of an entry that was
/// corrected or revoked while the fee was awaited.
async fn changed_before_it_was_paid(test: TestOffice) {
    let life = begin(test).await;
    let (test, bureau) = (&life.bureau.test, &life.bureau);
    let (omar, gulala) = (test.person(OMAR).await, test.person(GULALA).await);
    let marriage = life.wed((omar, "عومەر"), (gulala, "گوڵاڵە")).await.entry;
    let name = json!({"given": "عومەر", "father": "حەسەن"});
    let case = sent(test, OMAR, "marriage-certificate", (name, "1960"), 3).await;
    let row = test.case(case).await;
    assert_eq!((row.entry_id, row.step.as_deref()), (Some(marriage), Some("pay")));

    let registrar = life.registrar_of_marriages().await;
    let officers = (&registrar, &life.supervisor);
    let mut content = bureau.content(marriage).await;
    content.set("contract-number", "77");
    let corrected = change(test, officers, (marriage, What::Correct), Some(content)).await;
    let row = test.case(case).await;
    assert_eq!((row.entry_id, row.step.as_deref()), (Some(corrected), Some("pay")));

    change(test, officers, (corrected, What::Revoke), None).await;
    let row = test.case(case).await;
    assert_eq!((row.entry_id, row.phase.as_str()), (None, "in-progress"));
    assert_eq!(row.open_questions.0[0]["rule"], "search", "an officer looks for what is meant");
    let mut reading = test.office.db.reading().await.unwrap();
    assert!(documents::of_case(&mut reading.tx(), case).await.unwrap().is_empty());
    drop(reading);
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_case_follows_its_entry_until_its_paper_is_made, super::changed_before_it_was_paid);
