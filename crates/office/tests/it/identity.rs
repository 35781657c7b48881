//! Phones are shared and numbers recycled: what a code opens, and what it does not.

use diwan_domain::people::{Assurance, Channel, Role};
use diwan_domain::refusals::Why;
use diwan_office::accounts::{RequestCode, ResumeCase, SignInByCode, VerifyApplicant, resume_purpose};
use diwan_office::cases::{self, Access, SendCase};
use diwan_office::documents::ReleaseDocument;
use diwan_office::{Who, documents, officers, outbox};
use diwan_testkit::TestOffice;
use serde_json::Value;

const PHONE: &str = "٠٧٥٠ ١٢٣ ٤٥٦٧";

fn stranger(label: &str) -> Who {
    Who {
        actor: diwan_domain::acts::Actor::Stranger(label.into()),
        channel: Channel::Online,
        ..Who::system("x")
    }
}

/// The code in the one message that waits, which is then delivered.
async fn code(test: &TestOffice) -> String {
    let soon = test.office.now() + 1_000_000;
    let mut found = None;
    for parcel in outbox::lease(&test.office.db, soon, 60_000_000, 50).await.unwrap() {
        let body: Value = serde_json::from_str(&parcel.body).unwrap();
        found = body["args"]["code"].as_str().map(str::to_owned).or(found);
        outbox::delivered(&test.office.db, parcel.id, soon).await.unwrap();
    }
    found.expect("a code was sent")
}

async fn sign_in(test: &TestOffice, who: &Who) -> Who {
    let ask = RequestCode { address: PHONE.into(), purpose: "sign-in".into(), language: "ckb".into() };
    assert_eq!(test.office.perform_once(who, ask).await.unwrap(), "+9647501234567");
    let code = code(test).await;
    let act = SignInByCode { address: PHONE.into(), code, language: "ckb".into() };
    let signed_in = test.office.perform_once(who, act).await.unwrap();
    assert_eq!(signed_in.assurance, Assurance::Contact);
    Who {
        actor: diwan_domain::acts::Actor::Account(signed_in.account),
        assurance: Assurance::Contact,
        ..who.clone()
    }
}

async fn recycled(test: TestOffice) {
    let first = sign_in(&test, &stranger("first")).await;
    let (case, access) = test.sent(&first, &[]).await;
    assert_eq!(test.case(case).await.step.as_deref(), Some("prove-identity"));
    test.pass(60 * 24 * 200);
    // The number now belongs to someone else, who signs in with it.
    let second = sign_in(&test, &stranger("second")).await;
    assert_eq!(first.actor, second.actor, "the same contact is the same account");
    let at = test.office.desk(&second, "look");
    let mut reading = test.office.db.reading().await.unwrap();
    let closed = cases::open(&mut reading.tx(), &at, case, &Access::default()).await.unwrap_err();
    assert_eq!(closed.code(), Why::NotFound.code(), "a number alone opens no old case");
    assert!(
        cases::open(&mut reading.tx(), &at, case, &access).await.is_ok(),
        "the session that began it has its key"
    );
}
crate::on_both_engines!(a_recycled_number_opens_no_old_case, super::recycled);

async fn resume(test: TestOffice) {
    let first = sign_in(&test, &stranger("first")).await;
    let (case, _) = test.sent(&first, &[]).await;
    let number = test.case(case).await.number;
    let who = stranger("another device");
    let ask = RequestCode { address: PHONE.into(), purpose: resume_purpose(&number), language: "ckb".into() };
    test.office.perform_once(&who, ask).await.unwrap();
    let right = code(&test).await;
    let wrong = ResumeCase { number: number.clone(), address: PHONE.into(), code: "000000".into() };
    if right != "000000" {
        assert_eq!(test.office.perform_once(&who, wrong).await.unwrap_err().code(), "sign-in/wrong-code");
    }
    let act = ResumeCase {
        number: number.to_lowercase().replace('-', " "),
        address: PHONE.into(),
        code: right.clone(),
    };
    let resumed = test.office.perform_once(&who, act).await.unwrap();
    assert_eq!(resumed.case, case);
    let again = ResumeCase { number, address: PHONE.into(), code: right };
    assert_eq!(
        test.office.perform_once(&who, again).await.unwrap_err().code(),
        "sign-in/wrong-code",
        "a code serves once"
    );
}
crate::on_both_engines!(a_case_goes_on_by_number_and_code, super::resume);

async fn proof_in_person(test: TestOffice) {
    let account = sign_in(&test, &stranger("first")).await;
    let (case, access) = test.sent(&account, &[]).await;
    let row = test.case(case).await;
    assert_eq!((row.phase.as_str(), row.entry_id), ("in-progress", None), "nothing is looked up before");
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let person = test.person("1000000000001").await;
    let verify = VerifyApplicant { case, person, shown: "national-card".into() };
    test.office.perform_once(&clerk, verify).await.unwrap();
    let row = test.case(case).await;
    assert_eq!(row.phase, "approved", "the case goes on by itself");
    let papers = documents::of_case(&mut test.office.db.reading().await.unwrap().tx(), case).await.unwrap();
    let early = ReleaseDocument { document: papers[0].id, access };
    assert_eq!(
        test.office.perform_once(&account, early).await.unwrap_err().code(),
        "document/failed",
        "not yet sealed"
    );
}
crate::on_both_engines!(release_waits_for_proof_of_identity, super::proof_in_person);

async fn nobody_sends(test: TestOffice) {
    let who = stranger("nobody");
    let (case, access) = test.draft(&who, &[]).await;
    let unsigned = SendCase { case, access };
    assert_eq!(test.office.perform_once(&who, unsigned).await.unwrap_err().code(), "sign-in/first");
    let guess = SendCase { case, access: Access { key: Some("00".repeat(32)) } };
    assert_eq!(
        test.office.perform_once(&stranger("other"), guess).await.unwrap_err().code(),
        "request/not-found"
    );
}
crate::on_both_engines!(a_strangers_draft_needs_a_way_to_answer, super::nobody_sends);

async fn lock_out(test: TestOffice) {
    let who = stranger("door");
    test.officer("azad", Role::Registrar, None).await;
    for _ in 0..8 {
        let wrong = officers::sign_in(&test.office, &who, "azad", "guess", "000000").await.unwrap_err();
        assert_eq!(wrong.code(), "sign-in/wrong-password");
    }
    let locked =
        officers::sign_in(&test.office, &who, "azad", "brave mountain sky", "000000").await.unwrap_err();
    assert_eq!(locked.code(), "sign-in/locked-out");
    let unknown = officers::sign_in(&test.office, &who, "nobody", "guess", "000000").await.unwrap_err();
    let endless = "n".repeat(1_000_000);
    officers::sign_in(&test.office, &who, &endless, "guess", "000000").await.unwrap_err();
    let mut reading = test.office.db.reading().await.unwrap();
    let longest = "SELECT MAX(LENGTH(subject_id)) AS n FROM journal WHERE kind = 'sign-in-failed'";
    assert_eq!(reading.tx().count(longest, &[]).await.unwrap(), 200);
    drop(reading);
    assert_eq!(unknown.code(), "sign-in/wrong-password", "an unknown name says the same");
    test.pass(16);
    let open_again = officers::sign_in(&test.office, &who, "azad", "guess", "000000").await.unwrap_err();
    assert_eq!(open_again.code(), "sign-in/wrong-password");
}
crate::on_both_engines!(too_many_failures_lock_the_door_for_a_while, super::lock_out);
