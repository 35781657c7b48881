//! Cases that are undone: a finding after the decision, an end before the paper was
//! fetched, a refusal that is appealed. No paper outlives them, no money is taken for them,
//! and of two decisions both are made again.

use crate::reversals::change;
use crate::steps::{decide, unverified};
use diwan_domain::acts::Actor;
use diwan_domain::ids::CaseId;
use diwan_domain::people::{Assurance, Role};
use diwan_domain::services::Folder;
use diwan_office::Who;
use diwan_office::cases::{
    Access, Appeal, Decision, LinkEntry, PrintDocument, Reassign, TakeNext, Withdraw, tend,
};
use diwan_office::cash::{OpenShift, TakeFee, VoidReceipt};
use diwan_office::catalogue::PublishService;
use diwan_office::civil::{What, entry_content};
use diwan_office::documents::{self, ReleaseDocument, SealDocument};
use diwan_store::documents::DocumentRow;
use diwan_store::{cases, civil, verify};
use diwan_testkit::TestOffice;
use serde_json::json;

const A_DAY: i64 = 24 * 60;
const NAWROZ: &str = "1000000000002";
const SHILAN: &str = "1000000000001";

async fn nothing_is_amiss(test: &TestOffice) {
    let report = verify::journal(&test.office.db, None).await.unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

/// The built-in service as its second version: two decide, and somebody visits afterwards.
fn visited(collected: &str) -> Folder {
    let mut folder = diwan_testkit::office::birth_certificate();
    let toml = folder.text("service.toml").unwrap().replacen("version    = 1", "version    = 2", 1);
    let second = "[[step]]\nkey = \"second\"\nkind = \"second-decide\"\nrole = \"supervisor\"\n\
                  skip = \"judgement == 'by-rule'\"\n\n[[step]]\nkey  = \"issue\"";
    let visit = "[[step]]\nkey = \"visit\"\nkind = \"inspect\"\nrole = \"counter-officer\"\n\n\
                 [[step]]\nkey      = \"print\"";
    let toml = toml.replacen("[[step]]\nkey  = \"issue\"", second, 1);
    let toml = toml.replacen("[[step]]\nkey      = \"print\"", visit, 1);
    let toml = match toml.rsplit_once("late     = \"remind\"") {
        Some((before, after)) => format!("{before}late     = \"{collected}\"{after}"),
        None => toml,
    };
    folder.files.insert("service.toml".into(), toml.into_bytes());
    for language in ["ckb", "ar", "kmr", "en"] {
        let name = format!("words/{language}.ftl");
        let words = format!("{}\nstep-second = Second\nstep-visit = Visit\n", folder.text(&name).unwrap());
        folder.files.insert(name, words.into_bytes());
    }
    // The examples tell of the first version's steps.
    folder.files.retain(|name, _| !name.starts_with("examples/") || name.contains("someone-else"));
    folder
}

async fn published(test: &TestOffice, folder: &Folder) {
    let findings = diwan_domain::services::check(folder, None);
    assert!(findings.service.is_some(), "{:?}", findings.diagnostics);
    test.office.perform_once(&Who::system("test"), PublishService::of(folder)).await.unwrap();
}

async fn papers(test: &TestOffice, case: CaseId) -> Vec<DocumentRow> {
    documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap()
}

async fn sealed(test: &TestOffice, case: CaseId) -> DocumentRow {
    let document = papers(test, case).await.into_iter().find(|paper| paper.ended_at.is_none()).unwrap().id;
    let seal =
        SealDocument { document, file_hash: "0".repeat(64), key_id: "k".into(), moment: Default::default() };
    test.office.perform_once(&Who::system("test"), seal).await.unwrap();
    papers(test, case).await.into_iter().find(|paper| paper.id == document).unwrap()
}

async fn checked(test: &TestOffice, paper: &DocumentRow) -> String {
    let mut reading = test.office.db.reading().await.unwrap();
    let found = documents::check(&mut reading.tx(), &paper.check_code, test.office.today()).await.unwrap();
    found.unwrap().document.state
}

/// Of what the applicant of a case was told, in order.
async fn told(test: &TestOffice, case: CaseId) -> Vec<String> {
    let mut reading = test.office.db.reading().await.unwrap();
    let messages = cases::messages(&mut reading.tx(), case).await.unwrap();
    messages.into_iter().map(|message| message.template).collect()
}

async fn found_wrong(test: TestOffice) {
    published(&test, &visited("remind")).await;
    let nawroz = test.citizen(NAWROZ).await;
    let (case, access) = test.sent(&nawroz, &unverified()).await;
    let one = test.officer("one", Role::Supervisor, None).await;
    let other = test.officer("other", Role::Supervisor, None).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    for who in [&one, &other] {
        test.office.perform_once(who, TakeNext {}).await.unwrap();
        decide(&test, who, case, Decision::Approve).await.unwrap();
    }
    let first = sealed(&test, case).await;
    assert_eq!(checked(&test, &first).await, "sealed");
    test.office.perform_once(&clerk, TakeNext {}).await.unwrap();
    decide(&test, &clerk, case, Decision::Fail { words: "کەس لەوێ ناژی".into() }).await.unwrap();

    // The approval is undone, and with it the paper: nobody fetches it, nobody trusts it.
    assert_eq!(test.case(case).await.phase, "in-progress");
    assert_eq!(checked(&test, &first).await, "revoked");
    assert!(told(&test, case).await.contains(&"decided-anew".to_owned()), "and its applicant is told");
    let fetch = ReleaseDocument { document: first.id, access: access.clone() };
    let refused = test.office.perform_once(&nawroz, fetch).await.unwrap_err();
    assert_eq!(refused.code(), "case/wrong-phase");

    // Both decide anew, and then another paper is made.
    assert_eq!(test.case(case).await.step.as_deref(), Some("decide"));
    for who in [&one, &other] {
        test.office.perform_once(who, TakeNext {}).await.unwrap();
        decide(&test, who, case, Decision::Approve).await.unwrap();
    }
    assert_eq!(test.case(case).await.phase, "approved");
    let second = sealed(&test, case).await;
    assert_ne!(second.number, first.number);
    test.office.perform_once(&nawroz, ReleaseDocument { document: second.id, access }).await.unwrap();
    nothing_is_amiss(&test).await;
}
crate::on_both_engines!(what_is_found_wrong_ends_the_paper_and_both_decide_again, super::found_wrong);

async fn never_fetched(test: TestOffice) {
    published(&test, &visited("expire")).await;
    let shilan = test.citizen(SHILAN).await;
    let (case, access) = test.sent(&shilan, &[("delivery", json!("collect"))]).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    test.office.perform_once(&clerk, TakeNext {}).await.unwrap();
    decide(&test, &clerk, case, Decision::Pass { words: "ڕێکە".into() }).await.unwrap();
    let paper = sealed(&test, case).await;
    test.office.perform_once(&clerk, PrintDocument { document: paper.id }).await.unwrap();
    assert_eq!(test.case(case).await.step.as_deref(), Some("hand-over"));
    test.pass(32 * A_DAY);
    tend(&test.office).await.unwrap();
    assert_eq!(test.case(case).await.phase, "expired");
    assert_eq!(checked(&test, &paper).await, "revoked", "it lies in a drawer and says nothing any more");
    let fetch = ReleaseDocument { document: paper.id, access };
    assert_eq!(test.office.perform_once(&shilan, fetch).await.unwrap_err().code(), "case/wrong-phase");
    nothing_is_amiss(&test).await;
}
crate::on_both_engines!(a_paper_that_nobody_fetched_ends_with_its_case, super::never_fetched);

async fn two_again(test: TestOffice) {
    published(&test, &visited("remind")).await;
    let nawroz = test.citizen(NAWROZ).await;
    let (case, access) = test.sent(&nawroz, &unverified()).await;
    let one = test.officer("one", Role::Supervisor, None).await;
    let other = test.officer("other", Role::Supervisor, None).await;
    let third = test.officer("third", Role::Supervisor, None).await;
    test.office.perform_once(&one, TakeNext {}).await.unwrap();
    decide(&test, &one, case, Decision::Approve).await.unwrap();
    test.office.perform_once(&other, TakeNext {}).await.unwrap();
    let refuse = Decision::Refuse { reason: "entry-closed".into(), words: "داخراوە".into() };
    decide(&test, &other, case, refuse).await.unwrap();
    let appeal = Appeal { case, access, words: "کراوەیە".into() };
    test.office.perform_once(&nawroz, appeal).await.unwrap();

    // Whoever approved first does not approve alone what another refused.
    assert_eq!(test.case(case).await.step.as_deref(), Some("decide"));
    test.office.perform_once(&one, TakeNext {}).await.unwrap();
    decide(&test, &one, case, Decision::Approve).await.unwrap();
    assert_eq!(test.case(case).await.phase, "in-progress");
    assert_eq!(test.office.perform_once(&one, TakeNext {}).await.unwrap_err().code(), "case/nothing-waiting");
    assert_eq!(
        test.office.perform_once(&other, TakeNext {}).await.unwrap_err().code(),
        "case/nothing-waiting",
        "nor does whoever refused"
    );
    test.office.perform_once(&third, TakeNext {}).await.unwrap();
    decide(&test, &third, case, Decision::Approve).await.unwrap();
    assert_eq!(test.case(case).await.phase, "approved");
    nothing_is_amiss(&test).await;
}
crate::on_both_engines!(an_appeal_is_decided_by_two_where_two_decide, super::two_again);

async fn no_money(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let own = [("copies", json!(3)), ("displaced", json!(false))];
    let (back, access) = test.sent(&shilan, &own).await;
    test.pass(1);
    let (paid, paid_access) = test.sent(&shilan, &own).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    test.office.perform_once(&clerk, OpenShift { counter: test.counter }).await.unwrap();
    let owed = test.case(back).await.fee_minor_units;
    test.office.perform_once(&shilan, Withdraw { case: back, access }).await.unwrap();
    let take = TakeFee { case: back, minor_units: owed };
    assert_eq!(test.office.perform_once(&clerk, take).await.unwrap_err().code(), "case/wrong-phase");

    // What was paid before it was taken back is given back, and the case stays as it is.
    let nawroz = test.citizen(NAWROZ).await;
    let more = [&unverified()[..], &own[..]].concat();
    let (open, open_access) = test.sent(&nawroz, &more).await;
    let owed = test.case(open).await.fee_minor_units;
    let receipt = test.office.perform_once(&clerk, TakeFee { case: open, minor_units: owed }).await.unwrap();
    assert_eq!(test.case(open).await.step.as_deref(), Some("decide"));
    test.office.perform_once(&nawroz, Withdraw { case: open, access: open_access }).await.unwrap();
    let Actor::Officer(cashier) = clerk.actor else { panic!("a clerk is an officer") };
    let manager = test.officer("manager", Role::CentreManager, None).await;
    let void = VoidReceipt { receipt, cashier, reason: "taken back".into() };
    test.office.perform_once(&manager, void).await.unwrap();
    let row = test.case(open).await;
    assert_eq!((row.phase.as_str(), row.paid_minor_units, row.due_at), ("withdrawn", 0, None));
    assert_eq!(row.move_role, None);

    // A paper that waits for its fee is still paid.
    let owed = test.case(paid).await.fee_minor_units;
    test.office.perform_once(&clerk, TakeFee { case: paid, minor_units: owed }).await.unwrap();
    let paper = sealed(&test, paid).await;
    let fetch = ReleaseDocument { document: paper.id, access: paid_access };
    test.office.perform_once(&shilan, fetch).await.unwrap();
    nothing_is_amiss(&test).await;
}
crate::on_both_engines!(no_fee_is_taken_for_what_ended, super::no_money);

/// What was approved on an entry that is corrected before the paper is made, is decided anew:
/// the applicant, who was told of the decision, is told of that.
async fn corrected_meanwhile(test: TestOffice) {
    let shy = Who { assurance: Assurance::Contact, ..test.citizen(SHILAN).await };
    let (case, _) = test.sent(&shy, &[]).await;
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
    assert_eq!(row.phase, "approved");
    assert!(told(&test, case).await.contains(&"decided".to_owned()));

    let entry = row.entry_id.unwrap();
    let mut content = {
        let mut reading = test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let row = civil::entry(&mut tx, entry).await.unwrap().unwrap();
        entry_content(&mut tx, &row).await.unwrap()
    };
    content.set("child.given", "شیرین");
    change(&test, (&registrar, &supervisor), (entry, What::Correct), Some(content)).await;
    let row = test.case(case).await;
    assert_eq!((row.phase.as_str(), row.decided_by), ("in-progress", None));
    assert!(told(&test, case).await.contains(&"decided-anew".to_owned()));
    nothing_is_amiss(&test).await;
}
crate::on_both_engines!(
    whoever_was_told_of_a_decision_is_told_that_it_is_made_anew,
    super::corrected_meanwhile
);

async fn other_entry(test: TestOffice) {
    let nawroz = test.citizen(NAWROZ).await;
    let (case, _) = test.sent(&nawroz, &unverified()).await;
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    test.office.perform_once(&registrar, TakeNext {}).await.unwrap();
    decide(&test, &registrar, case, Decision::Approve).await.unwrap();
    let before = test.case(case).await;
    let holder = test.person(SHILAN).await;
    let link = LinkEntry { case, seen: before.version, holder, entry: None };
    let refused = test.office.perform_once(&registrar, link).await.unwrap_err();
    assert_eq!(refused.code(), "case/wrong-phase");
    assert_eq!(test.case(case).await.entry_id, before.entry_id);
}
crate::on_both_engines!(a_decided_case_is_tied_to_no_other_entry, super::other_entry);

async fn last_day(test: TestOffice) {
    let nawroz = test.citizen(NAWROZ).await;
    let (case, access) = test.sent(&nawroz, &unverified()).await;
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    test.office.perform_once(&registrar, TakeNext {}).await.unwrap();
    let refuse = Decision::Refuse { reason: "entry-closed".into(), words: "داخراوە".into() };
    decide(&test, &registrar, case, refuse).await.unwrap();
    let row = test.case(case).await;
    let (decided, until) = (row.decided_at.unwrap(), row.appeal_until.unwrap());
    let offset = test.office.settings.utc_offset_minutes;
    let days = diwan_office::desk::day_of(until - 1, offset) - diwan_office::desk::day_of(decided, offset);
    assert_eq!(days.get_days(), 30, "thirty days after the day of the refusal");
    // A minute before the last day ends somebody appeals.
    test.pass((until - test.office.now()) / 60_000_000 - 1);
    tend(&test.office).await.unwrap();
    let appeal = Appeal { case, access, words: "کراوەیە".into() };
    test.office.perform_once(&nawroz, appeal).await.unwrap();
    assert_eq!(test.case(case).await.phase, "in-progress");
}
crate::on_both_engines!(an_appeal_is_in_time_until_its_last_day_ends, super::last_day);

async fn gone(test: TestOffice) {
    published(&test, &visited("remind")).await;
    let shilan = test.citizen(SHILAN).await;
    let (case, _) = test.sent(&shilan, &[]).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let admin = test.officer("admin", Role::Administrator, None).await;
    test.office.perform_once(&clerk, TakeNext {}).await.unwrap();
    test.office.perform_once(&clerk, OpenShift { counter: test.counter }).await.unwrap();
    let Actor::Officer(officer) = clerk.actor else { panic!("a clerk is an officer") };
    let end = diwan_office::administration::EndService { officer, reason: "کۆچی کرد".into() };
    test.office.perform_once(&admin, end).await.unwrap();

    // The visit that follows the decision is somebody else's, and so is the counter.
    assert_eq!(test.case(case).await.assigned_to, None);
    let next = test.officer("next", Role::CounterOfficer, None).await;
    assert_eq!(test.office.perform_once(&next, TakeNext {}).await.unwrap(), case);
    test.office.perform_once(&next, OpenShift { counter: test.counter }).await.unwrap();
    nothing_is_amiss(&test).await;
}
crate::on_both_engines!(who_goes_leaves_visits_and_a_counter_to_those_who_stay, super::gone);

async fn own_paper(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let (case, access) = test.sent(&shilan, &[]).await;
    let paper = sealed(&test, case).await;
    let person = test.person(SHILAN).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, Some(person)).await;
    let fetch = || ReleaseDocument { document: paper.id, access: Access::default() };
    let refused = test.office.perform_once(&clerk, fetch()).await.unwrap_err();
    assert_eq!(refused.code(), "officer/own-family");
    let other = test.officer("other", Role::CounterOfficer, None).await;
    test.office.perform_once(&other, fetch()).await.unwrap();
    test.office.perform_once(&shilan, ReleaseDocument { document: paper.id, access }).await.unwrap();
}
crate::on_both_engines!(nobody_hands_over_their_own_familys_paper, super::own_paper);

async fn never_fetched_at_all(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let (case, access) = test.sent(&shilan, &[]).await;
    let paper = sealed(&test, case).await;
    let row = test.case(case).await;
    assert_eq!((row.phase.as_str(), row.due_at), ("approved", None), "nothing says until when");
    for _ in 0..12 {
        test.pass(30 * A_DAY);
        tend(&test.office).await.unwrap();
    }
    assert_eq!(test.case(case).await.phase, "approved", "for a year it lies there");
    test.pass(10 * A_DAY);
    tend(&test.office).await.unwrap();
    assert_eq!(test.case(case).await.phase, "expired");
    assert_eq!(checked(&test, &paper).await, "revoked");
    let fetch = ReleaseDocument { document: paper.id, access };
    assert_eq!(test.office.perform_once(&shilan, fetch).await.unwrap_err().code(), "case/wrong-phase");
    // Its retention has begun: after its years what is personal goes, on the day and not before.
    test.pass(30 * A_DAY);
    tend(&test.office).await.unwrap();
    assert!(test.case(case).await.phone.is_some());
    nothing_is_amiss(&test).await;
}
crate::on_both_engines!(an_approved_case_without_a_deadline_ends_after_a_year, super::never_fetched_at_all);

async fn silent_appeal(test: TestOffice) {
    let nawroz = test.citizen(NAWROZ).await;
    let (case, access) = test.sent(&nawroz, &unverified()).await;
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    test.office.perform_once(&registrar, TakeNext {}).await.unwrap();
    let refuse = Decision::Refuse { reason: "entry-closed".into(), words: "داخراوە".into() };
    decide(&test, &registrar, case, refuse).await.unwrap();
    let appeal = |words: &str| Appeal { case, access: access.clone(), words: words.into() };
    let silent = test.office.perform_once(&nawroz, appeal(" \n")).await.unwrap_err();
    assert_eq!(silent.code(), diwan_domain::refusals::Why::ReasonMissing.code());
    assert_eq!(test.case(case).await.phase, "refused", "the right to appeal is not used up");
    test.office.perform_once(&nawroz, appeal("کراوەیە")).await.unwrap();
    assert_eq!(test.case(case).await.phase, "in-progress");
}
crate::on_both_engines!(an_appeal_says_why, super::silent_appeal);
