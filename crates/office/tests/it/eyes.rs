//! Four eyes are two people: whoever has two accounts is still one pair of eyes, wherever
//! one officer does what another must have a part in.

use crate::queue::Hall;
use crate::steps;
use diwan_domain::acts::Actor;
use diwan_domain::people::Role;
use diwan_domain::queue::JumpReason;
use diwan_office::cases::{Decision, Reassign, TakeNext};
use diwan_office::cash::{OpenShift, TakeFee, VoidReceipt};
use diwan_office::queue::{AskToLetIn, LetIn};
use diwan_store::verify;
use diwan_testkit::TestOffice;
use serde_json::json;

const OMAR: &str = "1000000000018";
const SHILAN: &str = "1000000000001";
const NAWROZ: &str = "1000000000002";
const ALONE: &str = "officer/needs-second-person";

async fn nothing_is_amiss(test: &TestOffice) {
    let report = verify::journal(&test.office.db, None).await.unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

async fn voiding(test: TestOffice) {
    let shilan = test.citizen(SHILAN).await;
    let (case, _) = test.sent(&shilan, &[("copies", json!(3)), ("displaced", json!(false))]).await;
    let omar = test.person(OMAR).await;
    let clerk = test.officer("omar", Role::CounterOfficer, Some(omar)).await;
    let manages = test.officer("omar-manages", Role::CentreManager, Some(omar)).await;
    let other = test.officer("manager", Role::CentreManager, None).await;
    test.office.perform_once(&clerk, OpenShift { counter: test.counter }).await.unwrap();
    let receipt = test.office.perform_once(&clerk, TakeFee { case, minor_units: 4_000 }).await.unwrap();
    let Actor::Officer(cashier) = clerk.actor else { panic!("a clerk is an officer") };
    let void = || VoidReceipt { receipt, cashier, reason: "wrong case".into() };
    assert_eq!(test.office.perform_once(&manages, void()).await.unwrap_err().code(), ALONE);
    test.office.perform_once(&other, void()).await.unwrap();
    nothing_is_amiss(&test).await;
}
crate::on_both_engines!(whoever_took_a_fee_does_not_void_it_by_another_account, super::voiding);

async fn deciding(test: TestOffice) {
    steps::published(&test).await;
    let nawroz = test.citizen(NAWROZ).await;
    let (case, _) = test.sent(&nawroz, &steps::unverified()).await;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    test.office.perform_once(&clerk, TakeNext {}).await.unwrap();
    steps::decide(&test, &clerk, case, Decision::Pass { words: "ڕێکە".into() }).await.unwrap();
    let omar = test.person(OMAR).await;
    let one = test.officer("omar", Role::Supervisor, Some(omar)).await;
    let other = test.officer("omar-again", Role::Supervisor, Some(omar)).await;
    let third = test.officer("third", Role::Supervisor, None).await;
    test.office.perform_once(&one, TakeNext {}).await.unwrap();
    steps::decide(&test, &one, case, Decision::Approve).await.unwrap();
    // The other account is not even handed the case, and given it by hand it decides nothing.
    let nothing = test.office.perform_once(&other, TakeNext {}).await.unwrap_err();
    assert_eq!(nothing.code(), "case/nothing-waiting");
    let Actor::Officer(to) = other.actor else { panic!("a supervisor is an officer") };
    let by_hand = Reassign { case, to: Some(to), reason: "پشوو".into() };
    test.office.perform_once(&third, by_hand).await.unwrap();
    let alone = steps::decide(&test, &other, case, Decision::Approve).await.unwrap_err();
    assert_eq!(alone.code(), ALONE);
    let back = Reassign { case, to: None, reason: "کەسێکی تر".into() };
    test.office.perform_once(&third, back).await.unwrap();
    test.office.perform_once(&third, TakeNext {}).await.unwrap();
    steps::decide(&test, &third, case, Decision::Approve).await.unwrap();
    assert_eq!(test.case(case).await.phase, "approved");
    nothing_is_amiss(&test).await;
}
crate::on_both_engines!(nobody_is_the_second_of_two_by_another_account, super::deciding);

async fn letting_in(test: TestOffice) {
    let hall = Hall::open(test).await;
    hall.sit().await;
    let omar = hall.test.person(OMAR).await;
    let one = hall.test.officer("omar", Role::CounterOfficer, Some(omar)).await;
    let other = hall.test.officer("omar-again", Role::CounterOfficer, Some(omar)).await;
    hall.take("A", &[]).await;
    let ticket = hall.take("A", &[]).await.ticket;
    let office = &hall.test.office;
    office.perform_once(&one, AskToLetIn { ticket, reason: JumpReason::Illness }).await.unwrap();
    let alone = office.perform_once(&other, LetIn { ticket }).await.unwrap_err();
    assert_eq!(alone.code(), ALONE);
    office.perform_once(&hall.manager, LetIn { ticket }).await.unwrap();
    assert_eq!(hall.call(0).await.unwrap(), ticket);
}
crate::on_both_engines!(who_asked_to_let_somebody_in_does_not_by_another_account, super::letting_in);
