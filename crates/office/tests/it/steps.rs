//! Steps of other services: a check at a counter, two who decide, a paper that
//! is printed before it is collected.

use diwan_domain::acts::Actor;
use diwan_domain::calendar::OpeningHours;
use diwan_domain::people::{Assurance, Role};
use diwan_domain::services::Folder;
use diwan_office::Who;
use diwan_office::accounts::VerifyApplicant;
use diwan_office::administration::SetCentre;
use diwan_office::cases::{Decide, Decision, LinkEntry, PrintDocument, Reassign, TakeNext};
use diwan_office::catalogue::PublishService;
use diwan_office::civil::ProtectPerson;
use diwan_office::documents::SealDocument;
use diwan_testkit::TestOffice;
use serde_json::{Value, json};

const NAWROZ: &str = "1000000000002";
const SHILAN: &str = "1000000000001";

/// The built-in service as its second version, with two steps more.
fn longer() -> Folder {
    let mut folder = diwan_testkit::office::birth_certificate();
    let toml = folder.text("service.toml").unwrap().replacen("version    = 1", "version    = 2", 1);
    let check = "[[step]]\nkey = \"look\"\nkind = \"check\"\nrole = \"counter-officer\"\n\n\
                 [[step]]\nkey      = \"decide\"";
    let second = "[[step]]\nkey = \"second\"\nkind = \"second-decide\"\nrole = \"supervisor\"\n\
                  skip = \"judgement == 'by-rule'\"\n\n[[step]]\nkey  = \"issue\"";
    let toml = toml.replacen("[[step]]\nkey      = \"decide\"", check, 1);
    let toml = toml.replacen("[[step]]\nkey  = \"issue\"", second, 1);
    folder.files.insert("service.toml".into(), toml.into_bytes());
    for language in ["ckb", "ar", "kmr", "en"] {
        let name = format!("words/{language}.ftl");
        let words = format!("{}\nstep-look = Look\nstep-second = Second\n", folder.text(&name).unwrap());
        folder.files.insert(name, words.into_bytes());
    }
    // The examples tell of the first version's steps.
    folder.files.retain(|name, _| !name.starts_with("examples/") || name.contains("someone-else"));
    folder
}

pub(crate) async fn published(test: &TestOffice) {
    let folder = longer();
    let findings = diwan_domain::services::check(&folder, None);
    assert!(findings.service.is_some(), "{:?}", findings.diagnostics);
    test.office.perform_once(&Who::system("test"), PublishService::of(&folder)).await.unwrap();
}

pub(crate) async fn decide(
    test: &TestOffice,
    who: &Who,
    case: diwan_domain::ids::CaseId,
    decision: Decision,
) -> Result<i64, diwan_office::Stop> {
    let seen = test.case(case).await.version;
    test.office.perform_once(who, Decide { case, seen, decision }).await
}

pub(crate) fn unverified() -> [(&'static str, Value); 2] {
    [("holder-name", json!({"given": "نەورۆز", "father": "ئازاد"})), ("birth-date", json!("2010"))]
}

async fn four_eyes(test: TestOffice) {
    published(&test).await;
    let nawroz = test.citizen(NAWROZ).await;
    let (case, _) = test.sent(&nawroz, &unverified()).await;
    assert_eq!(test.case(case).await.step.as_deref(), Some("look"));
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    assert_eq!(
        test.office.perform_once(&registrar, TakeNext {}).await.unwrap_err().code(),
        "case/nothing-waiting",
        "the check is a counter officer's"
    );
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    test.office.perform_once(&clerk, TakeNext {}).await.unwrap();
    let refused = decide(&test, &clerk, case, Decision::Approve).await.unwrap_err();
    assert_eq!(refused.code(), "officer/not-permitted");
    decide(&test, &clerk, case, Decision::Pass { words: "ڕێکە".into() }).await.unwrap();
    assert_eq!(test.case(case).await.step.as_deref(), Some("decide"));

    test.office.perform_once(&registrar, TakeNext {}).await.unwrap();
    let wrong = decide(&test, &registrar, case, Decision::Pass { words: "ok".into() }).await.unwrap_err();
    assert_eq!(wrong.code(), "case/wrong-phase", "a decision is no finding");
    decide(&test, &registrar, case, Decision::Approve).await.unwrap();
    let row = test.case(case).await;
    assert_eq!((row.phase.as_str(), row.step.as_deref()), ("in-progress", Some("second")));
    let supervisor = test.officer("supervisor", Role::Supervisor, None).await;
    test.office.perform_once(&supervisor, TakeNext {}).await.unwrap();
    decide(&test, &supervisor, case, Decision::Approve).await.unwrap();
    assert_eq!(test.case(case).await.phase, "approved");
    let journal = test.journal(case).await;
    for kind in ["step-passed", "case-approved-first", "case-approved"] {
        assert!(journal.contains(&kind.to_owned()), "{kind} is missing from {journal:?}");
    }
}
crate::on_both_engines!(a_check_and_two_decisions_by_different_people, super::four_eyes);

async fn same_person(test: TestOffice) {
    published(&test).await;
    let nawroz = test.citizen(NAWROZ).await;
    let (case, _) = test.sent(&nawroz, &unverified()).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    test.office.perform_once(&clerk, TakeNext {}).await.unwrap();
    decide(&test, &clerk, case, Decision::Pass { words: "ڕێکە".into() }).await.unwrap();
    // A supervisor may do the registrar's part, but not both parts.
    let supervisor = test.officer("supervisor", Role::Supervisor, None).await;
    test.office.perform_once(&supervisor, TakeNext {}).await.unwrap();
    decide(&test, &supervisor, case, Decision::Approve).await.unwrap();
    assert_eq!(
        test.office.perform_once(&supervisor, TakeNext {}).await.unwrap_err().code(),
        "case/nothing-waiting"
    );
}
crate::on_both_engines!(nobody_is_the_second_of_two_to_themselves, super::same_person);

async fn failed_check(test: TestOffice) {
    published(&test).await;
    let shilan = test.citizen(SHILAN).await;
    let (case, _) = test.sent(&shilan, &[]).await;
    assert_eq!(test.case(case).await.step.as_deref(), Some("look"), "a rule does not skip a check");
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    test.office.perform_once(&clerk, TakeNext {}).await.unwrap();
    assert_eq!(
        decide(&test, &clerk, case, Decision::Fail { words: " ".into() }).await.unwrap_err().code(),
        "case/reason-missing"
    );
    decide(&test, &clerk, case, Decision::Fail { words: "وێنەکە هی ئەو نییە".into() }).await.unwrap();
    let row = test.case(case).await;
    assert_eq!((row.phase.as_str(), row.step.as_deref()), ("in-progress", Some("decide")));
    assert_eq!(row.open_questions.0[0]["rule"], "step-look", "no rule approves what a check found wrong");
}
crate::on_both_engines!(what_a_check_found_wrong_is_for_an_officer, super::failed_check);

async fn printed(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let (case, _) = test.sent(&shilan, &[("delivery", json!("collect"))]).await;
    let row = test.case(case).await;
    assert_eq!((row.phase.as_str(), row.step.as_deref()), ("approved", Some("print")));
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let document = {
        let mut reading = test.office.db.reading().await.unwrap();
        diwan_office::documents::of_case(&mut reading.tx(), case).await.unwrap()[0].id
    };
    let early = test.office.perform_once(&clerk, PrintDocument { document }).await.unwrap_err();
    assert_eq!(early.code(), "document/failed", "an intent is no paper");
    let seal =
        SealDocument { document, file_hash: "0".repeat(64), key_id: "k".into(), moment: Default::default() };
    test.office.perform_once(&Who::system("test"), seal).await.unwrap();
    test.office.perform_once(&clerk, PrintDocument { document }).await.unwrap();
    assert_eq!(test.case(case).await.step.as_deref(), Some("hand-over"));
    let again = test.office.perform_once(&clerk, PrintDocument { document }).await.unwrap_err();
    assert_eq!(again.code(), "case/wrong-phase");
    let mut reading = test.office.db.reading().await.unwrap();
    let things = diwan_office::cases::belongings(&mut reading.tx(), case).await.unwrap();
    let told = things.messages.iter().filter(|message| message.template == "ready").count();
    assert_eq!(told, 1, "the applicant is told once, when the paper lies ready and not when it was ordered");
}
crate::on_both_engines!(a_paper_to_be_collected_is_printed_first, super::printed);

async fn proven_late(test: TestOffice) {
    let shy = Who { assurance: Assurance::Contact, ..test.citizen(SHILAN).await };
    let (case, _) = test.sent(&shy, &[]).await;
    assert_eq!(test.case(case).await.step.as_deref(), Some("prove-identity"));
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    let supervisor = test.officer("supervisor", Role::Supervisor, None).await;
    let Actor::Officer(to) = registrar.actor else { panic!("a registrar is an officer") };
    let given = Reassign { case, to: Some(to), reason: "پەلەیە".into() };
    test.office.perform_once(&supervisor, given).await.unwrap();
    let holder = test.person(SHILAN).await;
    let link = LinkEntry { case, seen: test.case(case).await.version, holder, entry: None };
    test.office.perform_once(&registrar, link).await.unwrap();
    decide(&test, &registrar, case, Decision::Approve).await.unwrap();
    let row = test.case(case).await;
    assert_eq!((row.phase.as_str(), row.step.as_deref()), ("approved", Some("prove-identity")));

    // Whoever shows who they are after that is given the paper.
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let seen = VerifyApplicant { case, person: holder, shown: "national-card".into() };
    test.office.perform_once(&clerk, seen).await.unwrap();
    let papers = {
        let mut reading = test.office.db.reading().await.unwrap();
        diwan_office::documents::of_case(&mut reading.tx(), case).await.unwrap()
    };
    assert_eq!(papers.len(), 1);
    assert_eq!(test.case(case).await.step, None);
}
crate::on_both_engines!(who_is_proven_after_the_decision_gets_the_paper, super::proven_late);

async fn never_open(test: TestOffice) {
    let closed = SetCentre {
        centre: Some(test.centre),
        code: "EB".into(),
        names: json!({"ckb": "سەنتەر", "en": "Centre"}),
        address: "هەولێر".into(),
        area: None,
        hours: OpeningHours { offset_minutes: 180, week: Default::default() },
        seen: None,
    };
    test.office.perform_once(&Who::system("test"), closed).await.unwrap();
    let there = Who { centre: Some(test.centre), ..test.citizen(NAWROZ).await };
    let (case, _) = test.sent(&there, &unverified()).await;
    let row = test.case(case).await;
    assert_eq!((row.step.as_deref(), row.centre_id), (Some("decide"), Some(test.centre)));
    assert!(row.due_at.is_some_and(|due| due > test.office.now()));
}
crate::on_both_engines!(a_centre_without_hours_holds_up_no_case, super::never_open);

async fn behind_closed(test: TestOffice) {
    // More cases of one closed record are urgent than a draw looks at.
    let keeper = test.officer("keeper", Role::Keeper, None).await;
    let person = test.person(SHILAN).await;
    let close = ProtectPerson { person, protected: true, reason: "دادگا ١٢/٢٠٢٦".into() };
    test.office.perform_once(&keeper, close).await.unwrap();
    let shilan = test.citizen(SHILAN).await;
    for _ in 0..14 {
        let (closed, _) = test.sent(&shilan, &[]).await;
        assert_eq!(test.case(closed).await.move_role.as_deref(), Some("registrar"));
        test.pass(1);
    }
    test.pass(60 * 24);
    let nawroz = test.citizen(NAWROZ).await;
    let (open, _) = test.sent(&nawroz, &unverified()).await;
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    assert_eq!(test.office.perform_once(&registrar, TakeNext {}).await.unwrap(), open);
    let none = test.office.perform_once(&registrar, TakeNext {}).await.unwrap_err();
    assert_eq!(none.code(), "case/nothing-waiting");
}
crate::on_both_engines!(what_is_closed_to_an_officer_hides_nothing_behind_it, super::behind_closed);
