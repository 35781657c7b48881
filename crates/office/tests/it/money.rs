//! Cash: exact, receipted, balanced, voided by two.

use crate::steps::{decide, unverified};
use diwan_domain::acts::Actor;
use diwan_domain::ids::{CaseId, ShiftId};
use diwan_domain::people::{Assurance, Role};
use diwan_office::Who;
use diwan_office::accounts::VerifyApplicant;
use diwan_office::cases::{Decision, TakeNext};
use diwan_office::cash::{CloseShift, GiveBack, OpenShift, ReprintReceipt, TakeFee, VoidReceipt};
use diwan_office::catalogue::PublishService;
use diwan_office::documents::{ReleaseDocument, SealDocument};
use diwan_store::journal::JournalRow;
use diwan_testkit::TestOffice;
use serde_json::json;

async fn fee(test: TestOffice) {
    let shilan = test.citizen("1000000000001").await;
    let (case, _) = test.sent(&shilan, &[("copies", json!(3)), ("displaced", json!(false))]).await;
    let row = test.case(case).await;
    assert_eq!((row.step.as_deref(), row.fee_minor_units), (Some("pay"), 4_000), "the first copy is free");

    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let take = |minor_units| TakeFee { case, minor_units };
    assert_eq!(test.office.perform_once(&clerk, take(4_000)).await.unwrap_err().code(), "cash/no-shift");
    test.office.perform_once(&clerk, OpenShift { counter: test.counter }).await.unwrap();
    assert_eq!(test.office.perform_once(&clerk, take(3_000)).await.unwrap_err().code(), "fee/wrong-amount");
    let receipt = test.office.perform(&clerk, "take-once", take(4_000)).await.unwrap();
    let again = test.office.perform(&clerk, "take-once", take(4_000)).await.unwrap();
    assert_eq!(receipt, again, "the same form sent twice takes once");
    assert_eq!(test.office.perform_once(&clerk, take(4_000)).await.unwrap_err().code(), "fee/already-paid");
    assert_eq!(test.case(case).await.phase, "approved", "paying moves the case on");

    let print = || test.office.perform_once(&clerk, ReprintReceipt { receipt });
    assert!(print().await.unwrap(), "the first print is the original");
    assert!(!print().await.unwrap(), "the second is a copy");

    let diwan_domain::acts::Actor::Officer(cashier) = clerk.actor else { panic!("a clerk is an officer") };
    let void = || VoidReceipt { receipt, cashier, reason: "wrong case".into() };
    assert_eq!(test.office.perform_once(&clerk, void()).await.unwrap_err().code(), "officer/not-permitted");
    let manager = test.officer("manager", Role::CentreManager, None).await;
    test.office.perform_once(&manager, void()).await.unwrap();
    assert_eq!(test.office.perform_once(&manager, void()).await.unwrap_err().code(), "cash/already-void");
    let balance =
        diwan_store::cash::balance(&mut test.office.db.reading().await.unwrap().tx()).await.unwrap();
    assert_eq!(balance, 0, "debits equal credits");
    let differences = test.office.perform_once(&clerk, CloseShift::counted(0)).await.unwrap();
    assert_eq!(differences.dinars, 0, "what was given back is not in the drawer");
}
crate::on_both_engines!(a_fee_is_taken_once_and_voided_by_two, super::fee);

async fn told_of_shift(test: &TestOffice, shift: ShiftId) -> Vec<JournalRow> {
    let mut reading = test.office.db.reading().await.unwrap();
    diwan_store::journal::about(&mut reading.tx(), "shift", &shift.to_string()).await.unwrap()
}

/// Gives a drawer as much as a case costs, from somebody else.
async fn another_paid(test: &TestOffice, clerk: &Who) -> i64 {
    test.pass(1);
    let shilan = test.citizen("1000000000001").await;
    let (case, _) = test.sent(&shilan, &[("copies", json!(3)), ("displaced", json!(false))]).await;
    let minor_units = test.case(case).await.fee_minor_units;
    test.office.perform_once(clerk, TakeFee { case, minor_units }).await.unwrap();
    minor_units
}

async fn later(test: TestOffice) {
    let shilan = test.citizen("1000000000001").await;
    let (case, _) = test.sent(&shilan, &[("copies", json!(3)), ("displaced", json!(false))]).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let manager = test.officer("manager", Role::CentreManager, None).await;
    test.office.perform_once(&clerk, OpenShift { counter: test.counter }).await.unwrap();
    let receipt = test.office.perform_once(&clerk, TakeFee { case, minor_units: 4_000 }).await.unwrap();
    test.office.perform_once(&clerk, CloseShift::counted(4_000)).await.unwrap();
    let Actor::Officer(cashier) = clerk.actor else { panic!("a clerk is an officer") };
    let void = VoidReceipt { receipt, cashier, reason: "wrong case".into() };
    assert_eq!(test.office.perform_once(&manager, void).await.unwrap_err().code(), "cash/no-shift");

    // The next day another drawer is open; there must be money in it.
    let next = test.officer("next", Role::CounterOfficer, None).await;
    let shift = test.office.perform_once(&next, OpenShift { counter: test.counter }).await.unwrap();
    let back = |minor_units: i64| GiveBack { receipt, shift, minor_units, reason: "wrong case".into() };
    let refused = test.office.perform_once(&manager, back(4_000)).await.unwrap_err();
    assert_eq!(refused.code(), "cash/not-in-drawer");
    let held = another_paid(&test, &next).await;
    assert_eq!(
        test.office.perform_once(&next, back(4_000)).await.unwrap_err().code(),
        "officer/not-permitted",
        "who counts the money out does not approve it"
    );
    let silent = GiveBack { receipt, shift, minor_units: 4_000, reason: " ".into() };
    assert!(test.office.perform_once(&manager, silent).await.is_err(), "nobody says why");
    assert_eq!(
        test.office.perform_once(&manager, back(4_001)).await.unwrap_err().code(),
        "cash/too-much-back"
    );
    test.office.perform_once(&manager, back(1_000)).await.unwrap();
    let row = test.case(case).await;
    assert_eq!((row.paid_minor_units, row.step.as_deref()), (3_000, Some("pay")), "the rest is owed again");
    let refund = test.office.perform_once(&manager, back(3_000)).await.unwrap();
    assert_eq!(test.case(case).await.paid_minor_units, 0);
    assert_eq!(
        test.office.perform_once(&manager, back(1)).await.unwrap_err().code(),
        "cash/nothing-to-give-back",
        "never twice"
    );
    {
        let mut reading = test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let (row, void) = diwan_office::cash::receipt(&mut tx, refund).await.unwrap().unwrap();
        assert_eq!((row.kind.as_str(), row.minor_units, row.currency.as_str()), ("refund", 3_000, "IQD"));
        assert!(!void && row.voids == Some(receipt) && row.shift_id == shift);
        let entry = diwan_office::cash::entry_of(&mut tx, &row).await.unwrap();
        assert!(entry.is_some(), "it stands in the journal");
        assert_eq!(diwan_store::cash::balance(&mut tx).await.unwrap(), 0, "debits equal credits");
    }
    let left = CloseShift::counted(held - 4_000);
    assert_eq!(test.office.perform_once(&next, left).await.unwrap().dinars, 0);
    let refused = test.office.perform_once(&manager, back(1)).await.unwrap_err();
    assert_eq!(refused.code(), "cash/no-shift", "a closed drawer gives nothing");
}
crate::on_both_engines!(what_was_paid_goes_back_after_its_shift_was_closed, super::later);

async fn fallen(test: TestOffice) {
    let shilan = test.citizen("1000000000001").await;
    let (case, access) = test.sent(&shilan, &[("copies", json!(3)), ("displaced", json!(false))]).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let manager = test.officer("manager", Role::CentreManager, None).await;
    let shift = test.office.perform_once(&clerk, OpenShift { counter: test.counter }).await.unwrap();
    let receipt = test.office.perform_once(&clerk, TakeFee { case, minor_units: 4_000 }).await.unwrap();
    let paper = {
        let mut reading = test.office.db.reading().await.unwrap();
        diwan_office::documents::of_case(&mut reading.tx(), case).await.unwrap()[0].id
    };
    let seal = SealDocument {
        document: paper,
        file_hash: "0".repeat(64),
        key_id: "k".into(),
        moment: Default::default(),
    };
    test.office.perform_once(&Who::system("test"), seal).await.unwrap();
    test.office.perform_once(&shilan, ReleaseDocument { document: paper, access }).await.unwrap();
    let back = |minor_units: i64| GiveBack { receipt, shift, minor_units, reason: "waived".into() };
    assert_eq!(
        test.office.perform_once(&manager, back(4_000)).await.unwrap_err().code(),
        "cash/nothing-to-give-back",
        "the paper is in their hand and the fee stands"
    );
    // The fee falls afterwards.
    test.base.tamper("UPDATE cases SET fee_minor_units = 1500 WHERE paid_minor_units = 4000").await;
    assert_eq!(
        test.office.perform_once(&manager, back(4_000)).await.unwrap_err().code(),
        "cash/too-much-back"
    );
    test.office.perform_once(&manager, back(2_500)).await.unwrap();
    let row = test.case(case).await;
    assert_eq!((row.paid_minor_units, row.phase.as_str()), (1_500, "fulfilled"), "nothing is owed again");
    assert_eq!(
        test.office.perform_once(&manager, back(1)).await.unwrap_err().code(),
        "cash/nothing-to-give-back"
    );
}
crate::on_both_engines!(what_was_paid_beyond_the_fee_goes_back, super::fallen);

async fn dollars(test: TestOffice) {
    let mut folder = diwan_testkit::office::birth_certificate();
    let toml = folder.text("service.toml").unwrap().replacen("version    = 1", "version    = 2", 1);
    let toml = toml.replacen("currency = \"IQD\"", "currency = \"USD\"", 1);
    folder.files.insert("service.toml".into(), toml.into_bytes());
    test.office.perform_once(&Who::system("test"), PublishService::of(&folder)).await.unwrap();
    let shilan = test.citizen("1000000000001").await;
    let (case, _) = test.sent(&shilan, &[("copies", json!(3)), ("displaced", json!(false))]).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let shift = test.office.perform_once(&clerk, OpenShift { counter: test.counter }).await.unwrap();
    let receipt = test.office.perform_once(&clerk, TakeFee { case, minor_units: 4_000 }).await.unwrap();
    {
        let mut reading = test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let (row, _) = diwan_office::cash::receipt(&mut tx, receipt).await.unwrap().unwrap();
        assert_eq!((row.minor_units, row.currency.as_str()), (4_000, "USD"), "forty dollars, not dinars");
        assert_eq!(diwan_office::cash::dollars_in(&mut tx, shift).await.unwrap(), 4_000);
    }
    let refused = test.office.perform_once(&clerk, CloseShift::counted(0)).await.unwrap_err();
    assert_eq!(refused.code(), "admin/field-missing", "the dollars are counted too");
    let act = CloseShift { counted: 0, dollars: Some(3_900) };
    let differences = test.office.perform_once(&clerk, act).await.unwrap();
    assert_eq!(differences.dinars, 0, "no dinar is missing where none was taken");
    assert_eq!(differences.dollars, Some(-100), "a dollar is");
    let told = told_of_shift(&test, shift).await;
    let closed = told.iter().find(|entry| entry.kind == "shift-closed").unwrap();
    assert_eq!(closed.body["facts"]["counted-dollars"], 3_900);
    assert_eq!(closed.body["facts"]["difference-dollars"], -100);

    // What was paid in dollars goes back in dollars: a drawer of dinars has none.
    let manager = test.officer("manager", Role::CentreManager, None).await;
    let next = test.office.perform_once(&clerk, OpenShift { counter: test.counter }).await.unwrap();
    let back = GiveBack { receipt, shift: next, minor_units: 4_000, reason: "نایەوێت".into() };
    assert_eq!(test.office.perform_once(&manager, back).await.unwrap_err().code(), "cash/not-in-drawer");
}
crate::on_both_engines!(dollars_are_taken_and_receipted_as_dollars, super::dollars);

/// Seals the paper of a case: from then on it counts as a copy that was given.
async fn seal(test: &TestOffice, case: CaseId) {
    let document = {
        let mut reading = test.office.db.reading().await.unwrap();
        diwan_office::documents::of_case(&mut reading.tx(), case).await.unwrap()[0].id
    };
    let seal =
        SealDocument { document, file_hash: "0".repeat(64), key_id: "k".into(), moment: Default::default() };
    test.office.perform_once(&Who::system("test"), seal).await.unwrap();
}

/// Of two that were both told that the first copy is free, the slower one pays nothing either.
async fn as_told(test: TestOffice) {
    let nawroz = test.citizen("1000000000002").await;
    let (one, _) = test.sent(&nawroz, &unverified()).await;
    test.pass(1);
    let (other, _) = test.sent(&nawroz, &unverified()).await;
    let registrar = test.officer("registrar", Role::Registrar, None).await;
    for _ in [one, other] {
        let case = test.office.perform_once(&registrar, TakeNext {}).await.unwrap();
        decide(&test, &registrar, case, Decision::Approve).await.unwrap();
        let row = test.case(case).await;
        assert_eq!((row.fee_minor_units, row.phase.as_str(), row.step), (0, "approved", None));
        seal(&test, case).await;
    }
    // Whoever asks after that is told what it costs before they pay.
    test.pass(1);
    let (third, _) = test.sent(&nawroz, &unverified()).await;
    let row = test.case(third).await;
    assert_eq!((row.fee_minor_units, row.step.as_deref()), (2_000, Some("pay")));
}
crate::on_both_engines!(what_a_case_costs_does_not_grow_because_another_was_quicker, super::as_told);

/// Which entry it is comes out when the applicant shows who they are: what it costs then they
/// are told, and pay or do not.
async fn told_of_more(test: TestOffice) {
    let shilan = test.citizen("1000000000001").await;
    let shy = Who { assurance: Assurance::Contact, ..shilan.clone() };
    let (unknown, _) = test.sent(&shy, &[]).await;
    test.pass(1);
    let (first, _) = test.sent(&shilan, &[]).await;
    seal(&test, first).await;
    assert_eq!(test.case(unknown).await.fee_minor_units, 0);
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let person = test.person("1000000000001").await;
    let seen = VerifyApplicant { case: unknown, person, shown: "national-card".into() };
    test.office.perform_once(&clerk, seen).await.unwrap();
    let row = test.case(unknown).await;
    assert_eq!((row.fee_minor_units, row.step.as_deref()), (2_000, Some("pay")));
    let mut reading = test.office.db.reading().await.unwrap();
    let messages = diwan_store::cases::messages(&mut reading.tx(), unknown).await.unwrap();
    assert!(messages.iter().any(|message| message.template == "fee-changed"));
}
crate::on_both_engines!(whoever_owes_more_than_they_were_told_is_told, super::told_of_more);
