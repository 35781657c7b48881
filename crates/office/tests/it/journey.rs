//! A certified extract, from the first answer to the intent to issue.

use diwan_domain::people::Role;
use diwan_office::cases::{
    AnswerRequest, Appeal, Decide, Decision, LinkEntry, OpenCase, TakeNext, belongings,
};
use diwan_office::documents;
use diwan_testkit::TestOffice;
use serde_json::json;

const SHILAN: &str = "1000000000001";
const NAWROZ: &str = "1000000000002";
const DARA: &str = "1000000000003";
const AZAD: &str = "1000000000008";

async fn by_rule(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let (case, _) = test.sent(&shilan, &[]).await;
    let row = test.case(case).await;
    assert_eq!((row.phase.as_str(), row.fee_minor_units), ("approved", 0));
    assert_eq!(row.decided_rule.as_deref(), Some("birth-certificate/own-or-childs-entry/1"));
    assert_eq!(row.decided_by, None, "no officer was involved");
    let journal = test.journal(case).await;
    assert!(
        journal.ends_with(&[
            "case-submitted".into(),
            "register-looked-up".into(),
            "case-approved-by-rule".into()
        ]),
        "{journal:?}"
    );
    let papers = documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap();
    assert_eq!(papers.len(), 1);
    assert_eq!(papers[0].state, "intended");
    let named = papers[0].journal_entry.unwrap();
    let mut reading = test.office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let document = papers[0].id.to_string();
    let told = diwan_office::inspection::timeline(&mut tx, "document", &document);
    assert_eq!(told.await.unwrap()[0].id, named, "the paper names the entry of its own intent");
    assert_eq!(papers[0].fields.0["name"], "شیلان ئازاد کەریم بەرزنجی");
}
crate::on_both_engines!(a_verified_entry_is_issued_by_rule, super::by_rule);

async fn parent(test: TestOffice) {
    let azad = test.citizen(AZAD).await;
    let child =
        [("for-whom", json!("my-child")), ("holder-name", json!({"given": "شيلان", "father": "آزاد"}))];
    let (case, _) = test.sent(&azad, &child).await;
    let row = test.case(case).await;
    assert_eq!((row.phase.as_str(), row.relation.as_deref()), ("approved", Some("parent")));
}
crate::on_both_engines!(a_father_is_found_by_another_spelling, super::parent);

/// "No such entry" and "not yours" look the same from outside.
async fn strangers(test: TestOffice) {
    let dara = test.citizen(DARA).await;
    let others = [("for-whom", json!("my-child"))];
    let (not_theirs, _) = test.sent(&dara, &others).await;
    let nobody =
        [("for-whom", json!("my-child")), ("holder-name", json!({"given": "زەردەشت", "father": "ئەهوورا"}))];
    let (not_there, _) = test.sent(&dara, &nobody).await;
    let (one, other) = (test.case(not_theirs).await, test.case(not_there).await);
    {
        let field = |c: &diwan_store::cases::CaseRow| {
            (
                c.phase.clone(),
                c.step.clone(),
                c.due_at.is_some(),
                c.open_questions.0.to_string(),
                c.fee_minor_units,
                c.office_id,
            )
        };
        assert_eq!(field(&one), field(&other));
    }
    assert_eq!((one.holder_id, one.entry_id), (None, None));
    assert_eq!(test.journal(not_theirs).await, test.journal(not_there).await);
}
crate::on_both_engines!(not_yours_and_not_there_are_the_same, super::strangers);

async fn officer_decides(test: TestOffice) {
    let nawroz = test.citizen(NAWROZ).await;
    let own = [("holder-name", json!({"given": "نەورۆز", "father": "ئازاد"})), ("birth-date", json!("2010"))];
    let (case, access) = test.sent(&nawroz, &own).await;
    let row = test.case(case).await;
    assert_eq!((row.phase.as_str(), row.step.as_deref()), ("in-progress", Some("decide")));
    assert_eq!(row.open_questions.0[0]["rule"], "unverified", "exactly the open question");
    assert_eq!(row.open_questions.0.as_array().unwrap().len(), 1);

    let registrar = test.officer("registrar", Role::Registrar, None).await;
    let approve = || Decide { case, seen: row.version, decision: Decision::Approve };
    let refused = test.office.perform_once(&registrar, approve()).await.unwrap_err();
    assert_eq!(refused.code(), "case/not-assigned");
    assert_eq!(test.office.perform_once(&registrar, TakeNext {}).await.unwrap(), case);
    let none = test.office.perform_once(&registrar, TakeNext {}).await.unwrap_err();
    assert_eq!(none.code(), "case/nothing-waiting");

    let ask =
        Decision::Ask { question: "other".into(), words: "پەڕەی کتێبەکە بنێرە".into() };
    let seen = test.case(case).await.version;
    test.office.perform_once(&registrar, Decide { case, seen, decision: ask }).await.unwrap();
    assert_eq!(test.case(case).await.phase, "waiting-for-applicant");
    let things = belongings(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap();
    let answer =
        AnswerRequest { case, access, request: things.requests[0].id, answer: "ئەوەتا".into() };
    test.office.perform_once(&nawroz, answer).await.unwrap();

    let seen = test.case(case).await.version;
    test.office.perform_once(&registrar, Decide { case, seen, decision: Decision::Approve }).await.unwrap();
    let row = test.case(case).await;
    assert_eq!(row.phase, "approved");
    assert!(row.decided_by.is_some() && row.decided_rule.is_none());
    let stale = Decide { case, seen, decision: Decision::Approve };
    assert_eq!(
        test.office.perform_once(&registrar, stale).await.unwrap_err().code(),
        "request/changed-meanwhile"
    );
}
crate::on_both_engines!(an_officer_answers_the_open_question, super::officer_decides);

async fn appeal(test: TestOffice) {
    let nawroz = test.citizen(NAWROZ).await;
    let own = [("holder-name", json!({"given": "نەورۆز", "father": "ئازاد"})), ("birth-date", json!("2010"))];
    let (case, access) = test.sent(&nawroz, &own).await;
    let first = test.officer("first", Role::Registrar, None).await;
    test.office.perform_once(&first, TakeNext {}).await.unwrap();
    let seen = test.case(case).await.version;
    let refuse = |reason: &str, words: &str| Decide {
        case,
        seen,
        decision: Decision::Refuse { reason: reason.into(), words: words.into() },
    };
    assert_eq!(
        test.office.perform_once(&first, refuse("because", "no")).await.unwrap_err().code(),
        "case/unknown-reason"
    );
    assert_eq!(
        test.office.perform_once(&first, refuse("entry-closed", " ")).await.unwrap_err().code(),
        "case/reason-missing"
    );
    test.office.perform_once(&first, refuse("entry-closed", "داخراوە")).await.unwrap();
    let row = test.case(case).await;
    assert_eq!(row.phase, "refused");
    assert!(row.appeal_until.unwrap() > test.office.now());

    let act = Appeal { case, access, words: "وا نییە".into() };
    test.office.perform_once(&nawroz, act).await.unwrap();
    assert_eq!(
        test.office.perform_once(&first, TakeNext {}).await.unwrap_err().code(),
        "case/nothing-waiting"
    );
    let second = test.officer("second", Role::Registrar, None).await;
    assert_eq!(test.office.perform_once(&second, TakeNext {}).await.unwrap(), case);
}
crate::on_both_engines!(an_appeal_goes_to_another_officer, super::appeal);

async fn own_family(test: TestOffice) {
    let nawroz = test.citizen(NAWROZ).await;
    let own = [("holder-name", json!({"given": "نەورۆز", "father": "ئازاد"})), ("birth-date", json!("2010"))];
    let (case, _) = test.sent(&nawroz, &own).await;
    let sister = test.person(SHILAN).await;
    let registrar = test.officer("sister", Role::Registrar, Some(sister)).await;
    assert_eq!(
        test.office.perform_once(&registrar, TakeNext {}).await.unwrap_err().code(),
        "case/nothing-waiting"
    );
    assert_eq!(
        test.office.perform_once(&registrar, OpenCase { case }).await.unwrap_err().code(),
        "officer/own-family"
    );
}
crate::on_both_engines!(nobody_handles_their_own_familys_case, super::own_family);

async fn search_by_hand(test: TestOffice) {
    let azad = test.citizen(AZAD).await;
    let wrong = [
        ("for-whom", json!("my-child")),
        ("holder-name", json!({"given": "پەروین", "father": "ئازاد"})),
        ("birth-date", json!("1970")),
    ];
    let (case, _) = test.sent(&azad, &wrong).await;
    assert_eq!(test.case(case).await.step.as_deref(), Some("search"));
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    test.office.perform_once(&registrar, TakeNext {}).await.unwrap();
    let seen = test.case(case).await.version;
    let approve = Decide { case, seen, decision: Decision::Approve };
    assert_eq!(
        test.office.perform_once(&registrar, approve).await.unwrap_err().code(),
        "case/answers-incomplete"
    );
    let holder = test.person(SHILAN).await;
    let seen =
        test.office.perform_once(&registrar, LinkEntry { case, seen, holder, entry: None }).await.unwrap();
    test.office.perform_once(&registrar, Decide { case, seen, decision: Decision::Approve }).await.unwrap();
    let row = test.case(case).await;
    assert_eq!((row.phase.as_str(), row.relation.as_deref()), ("approved", Some("parent")));
}
crate::on_both_engines!(no_match_opens_a_search_and_never_ends_the_journey, super::search_by_hand);

async fn race(test: TestOffice) {
    let nawroz = test.citizen(NAWROZ).await;
    let own = [("holder-name", json!({"given": "نەورۆز", "father": "ئازاد"})), ("birth-date", json!("2010"))];
    let (case, _) = test.sent(&nawroz, &own).await;
    let mut officers = Vec::new();
    for n in 0..4 {
        officers.push(test.officer(&format!("registrar{n}"), Role::Registrar, None).await);
    }
    let tries = officers.into_iter().map(|who| {
        let office = test.office.clone();
        tokio::spawn(async move { office.perform_once(&who, TakeNext {}).await })
    });
    let mut given = 0;
    for attempt in tries.collect::<Vec<_>>() {
        given += usize::from(attempt.await.unwrap().is_ok_and(|taken| taken == case));
    }
    assert_eq!(given, 1, "one case goes to one officer");
}
crate::on_both_engines!(four_officers_racing_get_one_case_once, super::race);
