//! The course of a case: what falls due by itself, steps of every kind, other
//! offices, statuses, and what is left when its retention is over.

use diwan_domain::people::Role;
use diwan_office::administration::{AddArea, AddOffice, SetLeave, give_back_absent};
use diwan_office::cases::{
    AnswerReferral, AskElsewhere, Decide, Decision, TakeNext, WriteToApplicant, belongings, tend,
};
use diwan_office::cash::{OpenShift, TakeFee, VoidReceipt};
use diwan_office::civil::{ImportRegister, NewEvent, NewPerson, SetStatus};
use diwan_office::{Who, outbox};
use diwan_store::verify;
use diwan_testkit::TestOffice;
use serde_json::{Value, json};

const A_DAY: i64 = 24 * 60;
const NAWROZ: &str = "1000000000002";
const SHILAN: &str = "1000000000001";
const AZAD: &str = "1000000000008";

/// A case of someone whose entry was never compared with the book.
fn unverified() -> [(&'static str, Value); 2] {
    [("holder-name", json!({"given": "نەورۆز", "father": "ئازاد"})), ("birth-date", json!("2010"))]
}

/// The templates of the messages that wait, which are then delivered.
async fn told(test: &TestOffice) -> Vec<String> {
    let soon = test.office.now() + 1_000_000;
    let mut templates = Vec::new();
    for parcel in outbox::lease(&test.office.db, soon, 60_000_000, 200).await.unwrap() {
        let body: Value = serde_json::from_str(&parcel.body).unwrap();
        templates.push(body["template"].as_str().unwrap_or_default().to_owned());
        outbox::delivered(&test.office.db, parcel.id, soon).await.unwrap();
    }
    templates
}

async fn nothing_is_amiss(test: &TestOffice) {
    let report = verify::journal(&test.office.db, None).await.unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

async fn take(test: &TestOffice, who: &Who) -> diwan_domain::ids::CaseId {
    test.office.perform_once(who, TakeNext {}).await.unwrap()
}

async fn decide(
    test: &TestOffice,
    who: &Who,
    case: diwan_domain::ids::CaseId,
    decision: Decision,
) -> Result<i64, diwan_office::Stop> {
    let seen = test.case(case).await.version;
    test.office.perform_once(who, Decide { case, seen, decision }).await
}

async fn late_escalates(test: TestOffice) {
    let nawroz = test.citizen(NAWROZ).await;
    let (case, _) = test.sent(&nawroz, &unverified()).await;
    let supervisor = test.officer("supervisor", Role::Supervisor, None).await;
    told(&test).await;
    assert_eq!(tend(&test.office).await.unwrap(), 0, "nothing is late yet");
    test.pass(10 * A_DAY);
    assert_eq!(tend(&test.office).await.unwrap(), 1);
    assert_eq!(tend(&test.office).await.unwrap(), 0, "once is enough");
    assert!(test.journal(case).await.contains(&"case-escalated".to_owned()));
    assert_eq!(take(&test, &supervisor).await, case, "it can still be worked on");
    nothing_is_amiss(&test).await;
}
crate::on_both_engines!(a_late_case_rises_to_the_supervisor_once, super::late_escalates);

async fn fee_expires(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let (case, _) = test.sent(&shilan, &[("copies", json!(3)), ("displaced", json!(false))]).await;
    test.pass(15 * A_DAY);
    tend(&test.office).await.unwrap();
    let row = test.case(case).await;
    assert_eq!((row.phase.as_str(), row.step, row.move_role), ("expired", None, None));
    assert!(told(&test).await.contains(&"expired".to_owned()));
}
crate::on_both_engines!(a_fee_that_is_never_paid_ends_the_case, super::fee_expires);

async fn waiting_expires(test: TestOffice) {
    let nawroz = test.citizen(NAWROZ).await;
    let (case, _) = test.sent(&nawroz, &unverified()).await;
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    take(&test, &registrar).await;
    let ask = Decision::Ask { question: "other".into(), words: "پەڕەی کتێبەکە".into() };
    decide(&test, &registrar, case, ask).await.unwrap();
    told(&test).await;
    test.pass(24 * A_DAY);
    tend(&test.office).await.unwrap();
    assert_eq!(told(&test).await, ["reminder"], "a week before the last day");
    assert_eq!(tend(&test.office).await.unwrap(), 0);
    test.pass(7 * A_DAY);
    tend(&test.office).await.unwrap();
    assert_eq!(test.case(case).await.phase, "expired");
    assert_eq!(told(&test).await, ["expired"]);
}
crate::on_both_engines!(whoever_does_not_answer_is_reminded_and_then_it_ends, super::waiting_expires);

async fn draft_goes(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let (case, access) = test.draft(&shilan, &[]).await;
    test.pass(29 * A_DAY);
    tend(&test.office).await.unwrap();
    assert_eq!(test.case(case).await.phase, "draft", "the last touch counts");
    let again =
        diwan_office::cases::SaveAnswer { case, access, question: "purpose".into(), value: json!("work") };
    test.office.perform_once(&shilan, again).await.unwrap();
    test.pass(29 * A_DAY);
    tend(&test.office).await.unwrap();
    assert_eq!(test.case(case).await.phase, "draft");
    test.pass(2 * A_DAY);
    tend(&test.office).await.unwrap();
    let row = test.case(case).await;
    assert_eq!((row.phase.as_str(), row.phone, row.answers.0), ("expired", None, json!({})));
    let mut reading = test.office.db.reading().await.unwrap();
    let typed = "SELECT COUNT(*) AS n FROM acts WHERE body LIKE '%شیلان%' AND name = 'save-answer'";
    assert_eq!(reading.tx().count(typed, &[]).await.unwrap(), 0, "what was typed is gone from the acts too");
    drop(reading);
    nothing_is_amiss(&test).await;
}
crate::on_both_engines!(a_draft_left_alone_is_forgotten, super::draft_goes);

async fn retention(test: TestOffice) {
    let nawroz = test.citizen(NAWROZ).await;
    let (case, _) = test.sent(&nawroz, &unverified()).await;
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    take(&test, &registrar).await;
    let refuse = Decision::Refuse { reason: "entry-closed".into(), words: "داخراوە".into() };
    decide(&test, &registrar, case, refuse).await.unwrap();
    test.pass(31 * A_DAY);
    tend(&test.office).await.unwrap();
    assert_eq!(test.case(case).await.phase, "closed", "nobody appealed");
    test.pass(9 * 365 * A_DAY);
    tend(&test.office).await.unwrap();
    assert_eq!(test.case(case).await.phone.as_deref(), Some("+9647501234567"), "still kept");
    test.pass(2 * 365 * A_DAY);
    tend(&test.office).await.unwrap();
    let row = test.case(case).await;
    assert_eq!((row.phone, row.reason_text, row.answers.0), (None, None, json!({})));
    assert!(!row.number.is_empty(), "the number stays");
    let things = belongings(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap();
    assert!(things.messages.iter().all(|message| message.address.is_empty()));
    assert_eq!(test.journal(case).await.last().map(String::as_str), Some("case-erased"));
    nothing_is_amiss(&test).await;
}
crate::on_both_engines!(at_the_end_of_its_retention_what_is_personal_goes, super::retention);

async fn thirteenth(test: TestOffice) {
    // More cases wait for their applicants than a draw looks at.
    for n in 0..14 {
        let stranger = Who {
            actor: diwan_domain::acts::Actor::Stranger(format!("visitor{n}")),
            ..test.citizen(SHILAN).await
        };
        let (case, access) = test.draft(&stranger, &[]).await;
        let code = diwan_office::accounts::RequestCode {
            address: format!("0750 123 45{n:02}"),
            purpose: "sign-in".into(),
            language: "ckb".into(),
        };
        test.office.perform_once(&stranger, code).await.unwrap();
        let soon = test.office.now() + 1_000_000;
        let parcels = outbox::lease(&test.office.db, soon, 60_000_000, 50).await.unwrap();
        let bodies = parcels.iter().map(|parcel| serde_json::from_str::<Value>(&parcel.body).unwrap());
        let body = bodies.into_iter().find(|body| body["template"] == "code").unwrap();
        let sign_in = diwan_office::accounts::SignInByCode {
            address: format!("0750 123 45{n:02}"),
            code: body["args"]["code"].as_str().unwrap().into(),
            language: "ckb".into(),
        };
        for parcel in parcels {
            outbox::delivered(&test.office.db, parcel.id, soon).await.unwrap();
        }
        let account = test.office.perform_once(&stranger, sign_in).await.unwrap().account;
        let known = Who {
            actor: diwan_domain::acts::Actor::Account(account),
            assurance: diwan_domain::people::Assurance::Contact,
            ..stranger
        };
        let send = diwan_office::cases::SendCase { case, access };
        test.office.perform_once(&known, send).await.unwrap();
        assert_eq!(test.case(case).await.step.as_deref(), Some("prove-identity"));
    }
    let nawroz = test.citizen(NAWROZ).await;
    let (case, _) = test.sent(&nawroz, &unverified()).await;
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    assert_eq!(take(&test, &registrar).await, case);
}
crate::on_both_engines!(a_case_that_waits_for_an_officer_is_never_hidden_by_others, super::thirteenth);

async fn elsewhere(test: TestOffice) {
    let azad = test.citizen(AZAD).await;
    let own = [
        ("for-whom", json!("my-child")),
        ("holder-name", json!({"given": "پەروین", "father": "ئازاد"})),
        ("birth-date", json!("1970")),
    ];
    let (case, _) = test.sent(&azad, &own).await;
    let other = AddOffice {
        code: "SU".into(),
        ministry: "civil-status".into(),
        names: json!({"ckb": "سلێمانی", "en": "Sulaymaniyah"}),
        area: None,
    };
    let system = Who::system("test");
    let there = test.office.perform_once(&system, other).await.unwrap();
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    let asked = test.officer_of("asked", Role::Registrar, there).await;
    take(&test, &registrar).await;
    let ask = |seen| AskElsewhere { case, seen, office: there, words: "کتێبی ١٩٧٠".into() };
    let seen = test.case(case).await.version;
    test.office.perform_once(&registrar, ask(seen)).await.unwrap();
    let row = test.case(case).await;
    assert_eq!(row.step.as_deref(), Some("ask-place-of-registration"));
    let again = test.office.perform_once(&registrar, ask(row.version)).await.unwrap_err();
    assert_eq!(again.code(), "admin/name-taken", "one question at a time");

    let request = {
        let mut reading = test.office.db.reading().await.unwrap();
        let diwan_domain::acts::Actor::Officer(officer) = asked.actor else { panic!("an officer") };
        let mut tx = reading.tx();
        let acting = diwan_office::acting::load(&mut tx, officer).await.unwrap().unwrap();
        let open = diwan_office::cases::asked_of(&mut tx, &acting, (10, 0)).await.unwrap();
        open[0].id
    };
    let holder = test.person(SHILAN).await;
    let reply =
        |holder| AnswerReferral { referral: request, holder, words: "کتێب ٣١، پەڕە ٤".into() };
    let own_office = test.office.perform_once(&registrar, reply(None)).await.unwrap_err();
    assert_eq!(own_office.code(), "request/not-found", "whoever asks does not answer");
    test.office.perform_once(&asked, reply(Some(holder))).await.unwrap();
    let row = test.case(case).await;
    assert_eq!(row.step.as_deref(), Some("decide"));
    assert!(row.entry_id.is_some());
    decide(&test, &registrar, case, Decision::Approve).await.unwrap();
    assert_eq!(test.case(case).await.phase, "approved");
    nothing_is_amiss(&test).await;
}
crate::on_both_engines!(the_place_of_registration_is_asked_and_answers, super::elsewhere);

async fn guardian(test: TestOffice) {
    let (ward, guardian) = (test.person(SHILAN).await, test.person("1000000000018").await);
    let order = ImportRegister {
        source: "court".into(),
        persons: Vec::<NewPerson>::new(),
        events: vec![NewEvent {
            id: None,
            kind: "guardianship".into(),
            happened_on: Some("2024-02-01".into()),
            area: None,
            place: None,
            details: json!({"court": "هەولێر", "judgment": "12/2024"}),
            roles: vec![("guardian".into(), guardian), ("ward".into(), ward)],
            number: "G-1".into(),
            office: test.place,
            directorate: "هەولێر".into(),
            book: None,
            page: None,
            registered_on: Some("2024-02-02".into()),
            verified: Some("court".into()),
            protected: false,
        }],
    };
    test.office.perform_once(&Who::system("test"), order).await.unwrap();
    let uncle = test.citizen("1000000000018").await;
    let (case, _) = test.sent(&uncle, &[("for-whom", json!("my-ward")), ("court-order", Value::Null)]).await;
    let row = test.case(case).await;
    assert_eq!(row.relation.as_deref(), Some("guardian"), "the register knows the order");
    assert_eq!(row.open_questions.0[0]["rule"], "guardianship", "its extent is for an officer");
}
crate::on_both_engines!(a_guardian_is_known_by_the_register, super::guardian);

async fn displaced(test: TestOffice) {
    let person = test.person(SHILAN).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let set = |ends: bool| SetStatus {
        person,
        evidence: "کارتی ئاوارەیی".into(),
        since: (!ends).then(|| "2014-08".to_owned()),
        ends,
    };
    let wrong = SetStatus { since: Some("long ago".into()), ..set(false) };
    assert_eq!(test.office.perform_once(&clerk, wrong).await.unwrap_err().code(), "admin/field-missing");
    test.office.perform_once(&clerk, set(false)).await.unwrap();
    let shilan = test.citizen(SHILAN).await;
    let (case, _) = test.sent(&shilan, &[("copies", json!(3))]).await;
    let row = test.case(case).await;
    assert_eq!(
        (row.fee_minor_units, row.phase.as_str()),
        (0, "approved"),
        "the fee is waived by the register"
    );
    test.office.perform_once(&clerk, set(true)).await.unwrap();
    assert_eq!(
        test.office.perform_once(&clerk, set(true)).await.unwrap_err().code(),
        "request/changed-meanwhile"
    );
    nothing_is_amiss(&test).await;
}
crate::on_both_engines!(an_officer_registers_someone_as_displaced, super::displaced);

async fn routed(test: TestOffice) {
    let system = Who::system("test");
    let area = |code: &str, kind: &str, parent, ckb: &str, en: &str| AddArea {
        code: code.into(),
        kind: kind.into(),
        parent,
        names: json!({"ckb": ckb, "en": en}),
        valid_from: None,
    };
    let duhok = area("DU", "governorate", None, "دهۆک", "Duhok");
    let duhok = test.office.perform_once(&system, duhok).await.unwrap();
    let akre = area("AK", "district", Some(duhok), "ئاکرێ", "Akre");
    test.office.perform_once(&system, akre).await.unwrap();
    let there = AddOffice {
        code: "DU".into(),
        ministry: "civil-status".into(),
        names: json!({"en": "Duhok"}),
        area: Some(duhok),
    };
    let there = test.office.perform_once(&system, there).await.unwrap();
    let azad = test.citizen(AZAD).await;
    let own = [
        ("for-whom", json!("my-child")),
        ("holder-name", json!({"given": "پەروین", "father": "ئازاد"})),
        ("birth-date", json!("1970")),
        ("birth-place", json!({"governorate": "دھۆك", "district": "Akre"})),
    ];
    let (case, _) = test.sent(&azad, &own).await;
    assert_eq!(test.case(case).await.office_id, Some(there), "in whatever spelling the place is named");
}
crate::on_both_engines!(without_an_entry_the_named_place_decides_who_is_asked, super::routed);

async fn leave(test: TestOffice) {
    let nawroz = test.citizen(NAWROZ).await;
    let (case, _) = test.sent(&nawroz, &unverified()).await;
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    take(&test, &registrar).await;
    let diwan_domain::acts::Actor::Officer(officer) = registrar.actor else { panic!("an officer") };
    let leave = SetLeave { officer, from: Some("2026-11-25".into()), until: None, seen: None };
    test.office.perform_once(&Who::system("test"), leave).await.unwrap();
    assert_eq!(give_back_absent(&test.office).await.unwrap(), 0, "the leave has not begun");
    test.pass(4 * A_DAY);
    assert_eq!(give_back_absent(&test.office).await.unwrap(), 1);
    assert_eq!(test.case(case).await.assigned_to, None);
    assert_eq!(give_back_absent(&test.office).await.unwrap(), 0);
}
crate::on_both_engines!(when_a_leave_begins_the_cases_come_back, super::leave);

async fn voided(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let (case, _) = test.sent(&shilan, &[("copies", json!(3)), ("displaced", json!(false))]).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    test.office.perform_once(&clerk, OpenShift { counter: test.counter }).await.unwrap();
    let take = || TakeFee { case, minor_units: 4_000 };
    let receipt = test.office.perform_once(&clerk, take()).await.unwrap();
    let diwan_domain::acts::Actor::Officer(cashier) = clerk.actor else { panic!("an officer") };
    let manager = test.officer("manager", Role::CentreManager, None).await;
    let void = VoidReceipt { receipt, cashier, reason: "wrong case".into() };
    test.office.perform_once(&manager, void).await.unwrap();
    assert_eq!(test.case(case).await.step.as_deref(), Some("pay"), "the fee stands open again");
    test.office.perform_once(&clerk, take()).await.unwrap();
    assert_eq!(test.case(case).await.step, None);
}
crate::on_both_engines!(a_voided_fee_is_owed_again, super::voided);

async fn note(test: TestOffice) {
    let nawroz = test.citizen(NAWROZ).await;
    let (case, _) = test.sent(&nawroz, &unverified()).await;
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    let write = |words: &str| WriteToApplicant { case, words: words.into() };
    let not_mine = test.office.perform_once(&registrar, write("سڵاو")).await.unwrap_err();
    assert_eq!(not_mine.code(), "case/not-assigned");
    take(&test, &registrar).await;
    told(&test).await;
    assert_eq!(
        test.office.perform_once(&registrar, write("  ")).await.unwrap_err().code(),
        "case/reason-missing"
    );
    test.office.perform_once(&registrar, write("کتێبەکەت دۆزرایەوە")).await.unwrap();
    let soon = test.office.now() + 1_000_000;
    let parcels = outbox::lease(&test.office.db, soon, 60_000_000, 50).await.unwrap();
    assert!(parcels.iter().all(|parcel| !parcel.body.contains("کتێبەکەت")), "the phone learns nothing");
    let things = belongings(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap();
    assert!(things.messages.iter().any(|m| m.channel == "page" && m.words.contains("کتێبەکەت")));
}
crate::on_both_engines!(an_officers_words_stay_on_the_page, super::note);
