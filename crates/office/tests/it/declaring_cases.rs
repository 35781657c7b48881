//! A family declares an event as a case: from the first answer to the entry in the
//! register and the paper, and every way on which it ends otherwise.

mod judgments;
mod revoked;

use crate::declarations::Bureau;
use diwan_domain::civil::{Content, EventKind, Step};
use diwan_domain::ids::CaseId;
use diwan_domain::people::Role;
use diwan_office::accounts::RecordConsent;
use diwan_office::cases::{
    Access, AnswerRequest, Appeal, BeginCase, Decide, Decision, SaveAnswer, SendCase, Withdraw,
};
use diwan_office::cash::{OpenShift, TakeFee};
use diwan_office::catalogue::PublishService;
use diwan_office::civil::{CheckDeclaration, Declare, MoveDeclaration, OpenDeclaration, Taken, content_of};
use diwan_office::{Stop, Who};
use diwan_store::declarations::{self, DeclarationRow};
use diwan_store::{cases, cash, documents};
use diwan_testkit::TestOffice;
use diwan_testkit::office::built_in;
use serde_json::{Value, json};

const HEVIN: &str = "1000000000009";
const AZAD: &str = "1000000000008";
const SHILAN: &str = "1000000000001";
const OMAR: &str = "1000000000018";

/// What a mother answers of a birth in a hospital, two days ago.
fn a_birth() -> Vec<(&'static str, Value)> {
    vec![
        ("who", json!("mother")),
        ("child-name", json!({"given": "لاڤین"})),
        ("child-sex", json!("female")),
        ("born-on", json!("2026-11-20")),
        ("place-kind", json!("hospital")),
        ("facility", json!("نەخۆشخانەی ڕزگاری")),
        ("birth-place", json!({"governorate": "هەولێر"})),
        ("plurality", json!("single")),
        ("parents-married", json!(true)),
        ("father-name", json!({"given": "ئازاد", "father": "کەریم"})),
        ("father-number", json!({"kind": "upn", "number": AZAD})),
        ("medical-certificate", Value::Null),
        ("delivery", json!("download")),
        ("phone", json!("0750 123 4567")),
        ("email", Value::Null),
    ]
}

/// The same of a birth at home in August, with the court's decision.
fn a_late_birth() -> Vec<(&'static str, Value)> {
    let mut said = a_birth();
    said.retain(|(question, _)| !matches!(*question, "facility" | "delivery" | "phone" | "email"));
    for (question, value) in &mut said {
        match *question {
            "born-on" => *value = json!("2026-08-02"),
            "place-kind" => *value = json!("home"),
            _ => {}
        }
    }
    said.extend([
        ("late-reason", json!("ڕێگا داخرابوو")),
        ("court", json!("دادگای هەولێر")),
        ("judgment", json!("12/2026")),
        ("judgment-date", json!("2026-11-15")),
        ("judgment-paper", Value::Null),
        ("delivery", json!("download")),
        ("phone", json!("0750 123 4567")),
        ("email", Value::Null),
    ]);
    said
}

impl Bureau {
    /// A case of a service, answered and sent.
    async fn sent(&self, who: &Who, service: &str, said: &[(&str, Value)]) -> (CaseId, Access) {
        let (case, access) = self.answered(who, service, said).await;
        let act = SendCase { case, access: access.clone() };
        self.test.office.perform_once(who, act).await.unwrap();
        (case, access)
    }

    async fn answered(&self, who: &Who, service: &str, said: &[(&str, Value)]) -> (CaseId, Access) {
        let system = Who::system("test");
        let publish = PublishService::of(&built_in(service));
        self.test.office.perform(&system, service, publish).await.unwrap();
        let begin = BeginCase { service: service.into(), language: "ckb".into() };
        let begun = self.test.office.perform_once(who, begin).await.unwrap();
        let access = Access { key: Some(begun.key) };
        for (question, value) in said {
            self.answer(who, (begun.case, &access), question, value.clone()).await;
        }
        (begun.case, access)
    }

    async fn answer(&self, who: &Who, (case, access): (CaseId, &Access), question: &str, value: Value) {
        let act = SaveAnswer { case, access: access.clone(), question: question.into(), value };
        let saved = self.test.office.perform_once(who, act).await;
        saved.unwrap_or_else(|stop| panic!("{question}: {stop}"));
    }

    /// What a case declared, as it stands.
    async fn declared_by(&self, case: CaseId) -> DeclarationRow {
        let mut reading = self.test.office.db.reading().await.unwrap();
        declarations::of_case(&mut reading.tx(), case).await.unwrap().expect("the case declared something")
    }

    /// A clerk completes what a case declares.
    async fn complete(&self, case: CaseId, more: &[(&str, &str)]) -> Result<Taken, Stop> {
        let row = self.declared_by(case).await;
        let mut content: Content = content_of(&row).unwrap();
        for (field, value) in more {
            content.set(field, *value);
        }
        let kind = EventKind::from_code(&row.kind).unwrap();
        let act = Declare { of: Some((row.id, row.version)), kind, content, office: None };
        self.test.office.perform_once(&self.clerk, act).await
    }

    async fn move_on(&self, who: &Who, case: CaseId, step: Step, reason: &str) -> Result<Taken, Stop> {
        let row = self.declared_by(case).await;
        let act = MoveDeclaration {
            declaration: row.id,
            seen: row.version,
            step,
            reason: reason.into(),
            duplicate_of: None,
        };
        self.test.office.perform_once(who, act).await
    }

    /// Phase and step of a case.
    async fn stands(&self, case: CaseId) -> (String, Option<String>) {
        let row = self.test.case(case).await;
        (row.phase, row.step)
    }

    /// The papers of a case that are on their way.
    async fn papers(&self, case: CaseId) -> Vec<String> {
        let mut reading = self.test.office.db.reading().await.unwrap();
        let papers = documents::of_case(&mut reading.tx(), case).await.unwrap();
        papers.into_iter().map(|paper| paper.kind).collect()
    }
}

fn code(stop: Stop) -> String {
    stop.code().to_owned()
}

async fn birth(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let mother = bureau.test.citizen(HEVIN).await;
    let (case, _) = bureau.sent(&mother, "declare-birth", &a_birth()).await;
    let row = bureau.declared_by(case).await;
    assert_eq!((row.state.as_str(), row.office_id), ("notified", bureau.office), "at the health office");
    assert_eq!((row.entered_by, row.hands.0.clone()), (None, json!([])));
    assert_eq!(bureau.stands(case).await, ("in-progress".into(), Some("register".into())));
    assert_eq!(bureau.test.case(case).await.office_id, Some(bureau.office), "its officers may open it");
    // Of the mother nothing was asked; her own record says it.
    let content = content_of(&row).unwrap();
    let hevin = bureau.test.person(HEVIN).await.to_string();
    assert_eq!(content.get("mother.person"), Some(hevin.as_str()));
    assert_eq!(content.get("mother.given"), Some("هێڤین"));
    assert_eq!(content.get("declarant.name"), Some("هێڤین عومەر حەسەن"));
    assert_eq!(content.get("declarant.number"), Some(HEVIN));
    assert_eq!(bureau.test.journal_of("declaration", &row.id.to_string()).await, ["event-notified"]);

    let taken = bureau.complete(case, &[("weight-grams", "3250")]).await.unwrap();
    assert!(taken.doubts.is_empty(), "{:?}", taken.doubts);
    assert_eq!(code(bureau.register(&bureau.clerk, &taken).await.unwrap_err()), "officer/not-permitted");
    let check = CheckDeclaration { declaration: taken.id, seen: taken.version, settles: None };
    let checked = bureau.test.office.perform_once(&bureau.registrar, check).await.unwrap();
    let registered = bureau.register(&bureau.supervisor, &checked).await.unwrap();
    assert_eq!(bureau.field(registered.entry, "name").await.as_deref(), Some("لاڤین ئازاد کەریم"));
    assert_eq!(bureau.field(registered.entry, "mother").await.as_deref(), Some("هێڤین عومەر حەسەن"));

    let done = bureau.test.case(case).await;
    assert_eq!((done.phase.as_str(), done.step.clone()), ("approved", None), "the step ended by itself");
    assert_eq!(done.entry_id, Some(registered.entry));
    assert_eq!(done.holder_id, Some(bureau.child_of(&registered).await));
    assert_eq!(bureau.papers(case).await, ["birth-certificate"]);
    let told = bureau.test.journal(case).await;
    assert_eq!(told[told.len() - 2..], ["case-submitted", "case-approved"]);
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_mother_declares_a_birth_and_gets_its_certificate, super::birth);

async fn late(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let mother = bureau.test.citizen(HEVIN).await;
    let (case, _) = bureau.sent(&mother, "declare-birth", &a_late_birth()).await;
    let row = bureau.test.case(case).await;
    assert_eq!((row.step.as_deref(), row.fee_minor_units), (Some("pay"), 2_000));
    assert_eq!(row.fee_lines.0[0]["key"], "late-declaration");
    // The birth is registered whether it was paid for or not; the paper waits for it.
    let taken = bureau.complete(case, &[]).await.unwrap();
    assert_eq!(taken.doubts, ["late"]);
    assert_eq!(
        code(bureau.register(&bureau.registrar, &taken).await.unwrap_err()),
        "register/needs-supervisor"
    );
    bureau.register(&bureau.supervisor, &taken).await.unwrap();
    assert_eq!(bureau.stands(case).await, ("approved".into(), Some("pay".into())));
    assert!(bureau.papers(case).await.is_empty());
    let cashier = bureau.test.officer("cashier", Role::CounterOfficer, None).await;
    let office = &bureau.test.office;
    office.perform_once(&cashier, OpenShift { counter: bureau.test.counter }).await.unwrap();
    let receipt = office.perform_once(&cashier, TakeFee { case, minor_units: 2_000 }).await.unwrap();
    assert_eq!(bureau.papers(case).await, ["birth-certificate"]);
    let mut reading = office.db.reading().await.unwrap();
    let receipt = cash::receipt(&mut reading.tx(), receipt).await.unwrap().unwrap();
    let law = receipt.lines.0[0]["basis"].as_str().unwrap();
    assert!(law.starts_with("Law 148/1971"), "{law}");
    drop(reading);
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_late_declaration_pays_what_the_rule_says, super::late);

async fn in_time(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let mother = bureau.test.citizen(HEVIN).await;
    let (case, _) = bureau.sent(&mother, "declare-birth", &a_birth()).await;
    // An officer takes it up only after the legal time: it was declared in time.
    bureau.test.pass(60 * 24 * 40);
    let taken = bureau.complete(case, &[]).await.unwrap();
    assert!(taken.doubts.is_empty(), "{:?}", taken.doubts);
    assert_eq!(bureau.test.case(case).await.fee_minor_units, 0);
}
crate::on_both_engines!(who_declared_in_time_is_not_late_by_an_officers_delay, super::in_time);

async fn given_back(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let mother = bureau.test.citizen(HEVIN).await;
    let (case, access) = bureau.sent(&mother, "declare-birth", &a_birth()).await;
    let change = SaveAnswer {
        case,
        access: access.clone(),
        question: "child-name".into(),
        value: json!({"given": "ڕێژین"}),
    };
    let stop = bureau.test.office.perform_once(&mother, change).await.unwrap_err();
    assert_eq!(code(stop), "case/wrong-phase", "nothing changes while an officer has it");
    bureau.complete(case, &[("weight-grams", "3250")]).await.unwrap();
    bureau.move_on(&bureau.registrar, case, Step::Return, "ناوەکە لە بڕوانامەکەدا جیاوازە").await.unwrap();
    assert_eq!(bureau.stands(case).await.0, "waiting-for-applicant");
    let mut reading = bureau.test.office.db.reading().await.unwrap();
    let requests = cases::requests(&mut reading.tx(), case).await.unwrap();
    drop(reading);
    assert_eq!(requests[0].words, "ناوەکە لە بڕوانامەکەدا جیاوازە", "in the officer's words");
    bureau.answer(&mother, (case, &access), "child-name", json!({"given": "ڕێژین"})).await;
    let reply =
        AnswerRequest { case, access, request: requests[0].id, answer: "ناوەکە ڕێژینە".into() };
    bureau.test.office.perform_once(&mother, reply).await.unwrap();
    let row = bureau.declared_by(case).await;
    let content = content_of(&row).unwrap();
    assert_eq!((row.state.as_str(), content.get("child.given")), ("notified", Some("ڕێژین")));
    assert_eq!(content.get("weight-grams"), Some("3250"), "what the officer added stays");
    assert_eq!(bureau.stands(case).await, ("in-progress".into(), Some("register".into())));
    let taken = bureau.complete(case, &[]).await.unwrap();
    let registered = bureau.register(&bureau.registrar, &taken).await.unwrap();
    assert_eq!(bureau.field(registered.entry, "name").await.as_deref(), Some("ڕێژین ئازاد کەریم"));
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(what_is_given_back_is_mended_by_the_applicant, super::given_back);

async fn unanswered(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let mother = bureau.test.citizen(HEVIN).await;
    let (case, _) = bureau.sent(&mother, "declare-birth", &a_birth()).await;
    bureau.complete(case, &[("weight-grams", "3250")]).await.unwrap();
    bureau.move_on(&bureau.registrar, case, Step::Return, "ناوەکە جیاوازە").await.unwrap();
    assert_eq!(bureau.declared_by(case).await.state, "returned");
    for _ in 0..5 {
        bureau.test.pass(10 * 24 * 60);
        diwan_office::cases::tend(&bureau.test.office).await.unwrap();
    }
    assert_eq!(bureau.stands(case).await.0, "expired");
    assert_eq!(bureau.declared_by(case).await.state, "withdrawn", "nobody waits for an answer any more");
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_notice_given_back_ends_with_its_case, super::unanswered);

async fn refused(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let mother = bureau.test.citizen(HEVIN).await;
    let (case, access) = bureau.sent(&mother, "declare-birth", &a_birth()).await;
    bureau.move_on(&bureau.registrar, case, Step::Reject, "بڕوانامەکە ڕاست نییە").await.unwrap();
    let row = bureau.test.case(case).await;
    assert_eq!((row.phase.as_str(), row.reason.as_deref()), ("refused", Some("not-registrable")));
    assert_eq!(row.reason_text.as_deref(), Some("بڕوانامەکە ڕاست نییە"));
    let appeal = Appeal { case, access, words: "ڕاستە".into() };
    bureau.test.office.perform_once(&mother, appeal).await.unwrap();
    assert_eq!(bureau.declared_by(case).await.state, "notified");
    let again = bureau.move_on(&bureau.registrar, case, Step::Reject, "دیسان").await.unwrap_err();
    assert_eq!(code(again), "case/appeal-needs-another");
    let taken = bureau.complete(case, &[]).await.unwrap();
    assert_eq!(
        code(bureau.register(&bureau.registrar, &taken).await.unwrap_err()),
        "case/appeal-needs-another"
    );
    bureau.register(&bureau.supervisor, &taken).await.unwrap();
    assert_eq!(bureau.stands(case).await.0, "approved");
    // Twice the same event: the second case is refused for that.
    let (second, _) = bureau.sent(&mother, "declare-birth", &a_birth()).await;
    let (first, row) = (bureau.declared_by(case).await, bureau.declared_by(second).await);
    let mark = MoveDeclaration {
        declaration: row.id,
        seen: row.version,
        step: Step::MarkDuplicate,
        reason: "هەمان لەدایکبوون".into(),
        duplicate_of: Some(first.id),
    };
    bureau.test.office.perform_once(&bureau.registrar, mark).await.unwrap();
    let row = bureau.test.case(second).await;
    assert_eq!((row.phase.as_str(), row.reason.as_deref()), ("refused", Some("declared-already")));
    // A refusal is undone where it was made, and the case goes on.
    bureau.move_on(&bureau.supervisor, second, Step::Reopen, "دوانەن").await.unwrap();
    assert_eq!(bureau.stands(second).await, ("in-progress".into(), Some("register".into())));
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(what_the_register_refuses_refuses_the_case, super::refused);

async fn withdrawn(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let mother = bureau.test.citizen(HEVIN).await;
    let (case, access) = bureau.sent(&mother, "declare-birth", &a_birth()).await;
    let act = Withdraw { case, access };
    bureau.test.office.perform_once(&mother, act).await.unwrap();
    assert_eq!(bureau.stands(case).await.0, "withdrawn");
    assert_eq!(bureau.declared_by(case).await.state, "withdrawn");
    // What was checked is no longer taken back.
    let (case, access) = bureau.sent(&mother, "declare-birth", &a_birth()).await;
    let taken = bureau.complete(case, &[]).await.unwrap();
    let check = CheckDeclaration { declaration: taken.id, seen: taken.version, settles: None };
    bureau.test.office.perform_once(&bureau.registrar, check).await.unwrap();
    let stop = bureau.test.office.perform_once(&mother, Withdraw { case, access }).await.unwrap_err();
    assert_eq!(code(stop), "register/wrong-state");
    assert_eq!(bureau.stands(case).await.0, "in-progress");
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_case_taken_back_takes_its_notice_back, super::withdrawn);

async fn counter(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    // Someone at the counter, whom the clerk helps: the clerk is a hand in it.
    let clerk = bureau.test.officer_of("window", Role::CounterOfficer, bureau.office).await;
    let (case, access) = bureau.answered(&clerk, "declare-birth", &a_birth()).await;
    let consent = RecordConsent { case, code: None, witness: Some("چنار ڕێبوار".into()) };
    bureau.test.office.perform_once(&clerk, consent).await.unwrap();
    bureau.test.office.perform_once(&clerk, SendCase { case, access }).await.unwrap();
    let diwan_domain::acts::Actor::Officer(id) = clerk.actor else { panic!("a clerk is an officer") };
    let row = bureau.declared_by(case).await;
    assert_eq!((row.entered_by, row.hands.0.clone()), (Some(id), json!([id])));
    assert_eq!(bureau.stands(case).await.1.as_deref(), Some("prove-identity"));
    assert_eq!(content_of(&row).unwrap().get("mother.person"), None, "nobody knows yet who she is");
    // An officer of the applicant's own family works on it as little as on any other.
    let (online, _) = bureau.sent(&bureau.test.citizen(HEVIN).await, "declare-birth", &a_birth()).await;
    let shilan = bureau.test.person(SHILAN).await;
    let daughter = bureau.test.officer_with_person("daughter", Role::Registrar, bureau.office, shilan).await;
    let row = bureau.declared_by(online).await;
    let look = OpenDeclaration { declaration: row.id };
    assert_eq!(
        code(bureau.test.office.perform_once(&daughter, look).await.unwrap_err()),
        "officer/own-family"
    );
    // A case that declares is decided in the register and nowhere else.
    let seen = bureau.test.case(online).await.version;
    let decide = Decide { case: online, seen, decision: Decision::Approve };
    let stop = bureau.test.office.perform_once(&bureau.registrar, decide).await.unwrap_err();
    assert!(["case/not-assigned", "case/wrong-phase"].contains(&stop.code()), "{}", stop.code());
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(whoever_types_for_the_applicant_is_a_hand_in_it, super::counter);

async fn death(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let daughter = bureau.test.citizen(SHILAN).await;
    let said = [
        ("who", json!("child")),
        ("deceased-name", json!({"given": "ئازاد", "father": "کەریم"})),
        ("deceased-number", json!({"kind": "upn", "number": AZAD})),
        ("deceased-sex", json!("male")),
        ("deceased-born", Value::Null),
        ("path", json!("ordinary")),
        ("died-on", json!("2026-11-19")),
        ("place-kind", json!("home")),
        ("death-place", json!({"governorate": "هەولێر"})),
        ("cause-certificate", Value::Null),
        ("delivery", json!("download")),
        ("phone", json!("0750 123 4567")),
        ("email", Value::Null),
    ];
    let (case, _) = bureau.sent(&daughter, "declare-death", &said).await;
    let lacking = bureau.complete(case, &[]).await.unwrap_err();
    assert_eq!(code(lacking), "register/fields-wrong", "the causes are the doctor's");
    let doctors =
        [("cause.a", "Acute myocardial infarction"), ("manner", "disease"), ("certifier", "د. ئاسۆ")];
    let taken = bureau.complete(case, &doctors).await.unwrap();
    let registered = bureau.register(&bureau.registrar, &taken).await.unwrap();
    assert_eq!(bureau.field(registered.entry, "died-on").await.as_deref(), Some("2026-11-19"));
    assert_eq!(bureau.stands(case).await.0, "approved");
    assert_eq!(bureau.test.case(case).await.holder_id, Some(bureau.test.person(AZAD).await));
    assert_eq!(bureau.papers(case).await, ["death-certificate"]);
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_daughter_declares_a_death_and_the_doctor_says_the_causes, super::death);

/// The office that keeps marriages and divorces.
async fn of_couples(test: TestOffice) -> Bureau {
    let office = test.place;
    let clerk = test.officer_of("clerk", Role::CounterOfficer, office).await;
    let registrar = test.officer_of("registrar", Role::Registrar, office).await;
    let supervisor = test.officer_of("supervisor", Role::Supervisor, office).await;
    Bureau { test, office, clerk, registrar, supervisor }
}

fn a_marriage() -> Vec<(&'static str, Value)> {
    vec![
        ("who", json!("husband")),
        ("wife-name", json!({"given": "شیلان", "father": "ئازاد"})),
        ("wife-number", json!({"kind": "upn", "number": SHILAN})),
        ("wife-born", Value::Null),
        ("married-on", json!("2026-11-10")),
        ("contract-court", json!("دادگای هەولێر")),
        ("contract-number", json!("512/2026")),
        ("place", json!({"governorate": "هەولێر"})),
        ("outside-region", json!(false)),
        ("outside-court", json!(false)),
        ("contract-paper", Value::Null),
        ("delivery", json!("download")),
        ("phone", json!("0750 123 4567")),
        ("email", Value::Null),
    ]
}

async fn couple(test: TestOffice) {
    let bureau = of_couples(test).await;
    let husband = bureau.test.citizen(OMAR).await;
    let (case, _) = bureau.sent(&husband, "declare-marriage", &a_marriage()).await;
    assert_eq!(bureau.declared_by(case).await.office_id, bureau.test.place, "civil status keeps marriages");
    let taken = bureau.complete(case, &[]).await.unwrap();
    let registered = bureau.register(&bureau.registrar, &taken).await.unwrap();
    assert_eq!(bureau.field(registered.entry, "wife").await.as_deref(), Some("شیلان ئازاد کەریم بەرزنجی"));
    assert_eq!(bureau.papers(case).await, ["marriage-certificate"]);

    // And parted: the wife brings the judgment.
    let wife = bureau.test.citizen(SHILAN).await;
    let said = [
        ("who", json!("wife")),
        ("husband-name", json!({"given": "عومەر", "father": "حەسەن"})),
        ("husband-number", json!({"kind": "upn", "number": OMAR})),
        ("court", json!("دادگای هەولێر")),
        ("judgment", json!("88/2026")),
        ("judgment-date", json!("2026-11-20")),
        ("divorced-on", json!("2026-11-18")),
        ("judgment-paper", Value::Null),
        ("phone", json!("0750 123 4567")),
        ("email", Value::Null),
    ];
    let (case, _) = bureau.sent(&wife, "declare-divorce", &said).await;
    let taken = bureau.complete(case, &[("divorce-kind", "irrevocable")]).await.unwrap();
    assert!(taken.doubts.is_empty(), "{:?}", taken.doubts);
    bureau.register(&bureau.registrar, &taken).await.unwrap();
    let done = bureau.test.case(case).await;
    assert_eq!(
        (done.phase.as_str(), done.step.clone()),
        ("fulfilled", None),
        "there is no paper to wait for"
    );
    assert!(bureau.papers(case).await.is_empty());
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_couple_declares_its_marriage_and_its_divorce, super::couple);

async fn contradiction(test: TestOffice) {
    let bureau = of_couples(test).await;
    let husband = bureau.test.citizen(OMAR).await;
    // Married before she was born: the question is named, and the draft stays.
    let mut said = a_marriage();
    for (question, value) in &mut said {
        match *question {
            "wife-born" => *value = json!("2001"),
            "married-on" => *value = json!("1999-01-01"),
            _ => {}
        }
    }
    let (case, access) = bureau.answered(&husband, "declare-marriage", &said).await;
    let stop = bureau.test.office.perform_once(&husband, SendCase { case, access }).await.unwrap_err();
    let Stop::Refused(refusal) = stop else { panic!("{stop}") };
    assert_eq!(refusal.about.get("question").map(String::as_str), Some("married-on"));
    assert_eq!(refusal.about.get("fault").map(String::as_str), Some("date/before-birth"));
    assert_eq!(bureau.stands(case).await.0, "draft");
}
crate::on_both_engines!(answers_that_contradict_one_another_name_their_question, super::contradiction);

async fn stillbirth(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let mother = bureau.test.citizen(HEVIN).await;
    let asked = ["who", "child-sex", "born-on", "place-kind", "facility", "birth-place", "parents-married"];
    let more = ["father-name", "father-number", "medical-certificate", "phone", "email"];
    let said: Vec<(&str, Value)> =
        a_birth().into_iter().filter(|(key, _)| asked.contains(key) || more.contains(key)).collect();
    let (case, _) = bureau.sent(&mother, "declare-stillbirth", &said).await;
    let taken = bureau.complete(case, &[("died-when", "before-labour")]).await.unwrap();
    let registered = bureau.register(&bureau.registrar, &taken).await.unwrap();
    assert_eq!(bureau.stands(case).await, ("fulfilled".into(), None));
    let mut reading = bureau.test.office.db.reading().await.unwrap();
    let roles = diwan_store::civil::roles_in(&mut reading.tx(), registered.event).await.unwrap();
    assert!(roles.iter().all(|role| role.role != "child"), "it becomes nobody's record");
    drop(reading);
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_stillbirth_is_counted_and_is_nobodys_record, super::stillbirth);

async fn name(test: TestOffice) {
    let bureau = of_couples(test).await;
    let shilan = bureau.test.citizen(SHILAN).await;
    let said = [
        ("who", json!("oneself")),
        ("new-name", json!({"given": "ژیان", "father": "ئازاد", "grandfather": "کەریم"})),
        ("court", json!("دادگای هەولێر")),
        ("judgment", json!("31/2026")),
        ("judgment-date", json!("2026-11-10")),
        ("judgment-paper", Value::Null),
        ("phone", json!("0750 123 4567")),
        ("email", Value::Null),
    ];
    let (case, _) = bureau.sent(&shilan, "change-name", &said).await;
    let taken = bureau.complete(case, &[]).await.unwrap();
    bureau.register(&bureau.registrar, &taken).await.unwrap();
    assert_eq!(bureau.stands(case).await, ("fulfilled".into(), None));
    let person = bureau.test.person(SHILAN).await;
    let mut reading = bureau.test.office.db.reading().await.unwrap();
    let named = diwan_office::civil::named(&mut reading.tx(), person).await.unwrap();
    assert_eq!(named, "ژیان ئازاد کەریم");
    drop(reading);
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_judgment_changes_a_name, super::name);
