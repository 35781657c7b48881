//! Cash: exact, receipted, balanced, voided by two.

use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_office::cash::{CloseShift, OpenShift, ReprintReceipt, TakeFee, VoidReceipt};
use diwan_office::catalogue::PublishService;
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
    let difference = test.office.perform_once(&clerk, CloseShift { counted: 0 }).await.unwrap();
    assert_eq!(difference, 0, "what was given back is not in the drawer");
}
crate::on_both_engines!(a_fee_is_taken_once_and_voided_by_two, super::fee);

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
    let difference = test.office.perform_once(&clerk, CloseShift { counted: 0 }).await.unwrap();
    assert_eq!(difference, 0, "no dinar is missing where none was taken");
}
crate::on_both_engines!(dollars_are_taken_and_receipted_as_dollars, super::dollars);
