//! A declared event whose entry is revoked before its fee was paid: nobody pays for what does
//! not count, and the case has a way on.

use super::{HEVIN, a_late_birth, code};
use crate::declarations::Bureau;
use crate::reversals::change;
use crate::steps::decide;
use diwan_domain::ids::{CaseId, EntryId};
use diwan_domain::people::Role;
use diwan_office::cases::{
    Access, Appeal, Decision, TakeNext, Withdraw, entry_is_revoked, payable, standing,
};
use diwan_office::cash::{OpenShift, TakeFee};
use diwan_office::catalogue;
use diwan_office::civil::What;
use diwan_office::{Stop, Who};
use diwan_store::cases;
use diwan_testkit::TestOffice;

/// A late birth that was registered, and whose late fee is owed.
async fn owed(bureau: &Bureau) -> (Who, CaseId, Access, EntryId) {
    let mother = bureau.test.citizen(HEVIN).await;
    let (case, access) = bureau.sent(&mother, "declare-birth", &a_late_birth()).await;
    let taken = bureau.complete(case, &[]).await.unwrap();
    let entry = bureau.register(&bureau.supervisor, &taken).await.unwrap().entry;
    assert_eq!(bureau.stands(case).await, ("approved".into(), Some("pay".into())));
    (mother, case, access, entry)
}

impl Bureau {
    /// Of what the applicant was told, in order.
    async fn told(&self, case: CaseId) -> Vec<String> {
        let mut reading = self.test.office.db.reading().await.unwrap();
        let messages = cases::messages(&mut reading.tx(), case).await.unwrap();
        messages.into_iter().map(|message| message.template).collect()
    }

    async fn said(&self, case: CaseId) -> String {
        let row = self.test.case(case).await;
        let mut reading = self.test.office.db.reading().await.unwrap();
        let published = catalogue::edition(&mut reading.tx(), &row.service, row.edition).await.unwrap();
        standing(&row, &published.service)
    }

    async fn pays(&self, cashier: &Who, case: CaseId) -> Result<(), Stop> {
        let take = TakeFee { case, minor_units: 2_000 };
        self.test.office.perform_once(cashier, take).await.map(drop)
    }
}

async fn reinstated(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let (_, case, _, entry) = owed(&bureau).await;
    let cashier = bureau.test.officer("cashier", Role::CounterOfficer, None).await;
    let opens = OpenShift { counter: bureau.test.counter };
    bureau.test.office.perform_once(&cashier, opens).await.unwrap();
    let officers = (&bureau.registrar, &bureau.supervisor);
    let revoked = change(&bureau.test, officers, (entry, What::Revoke), None).await;

    assert_eq!(bureau.stands(case).await, ("in-progress".into(), Some("register".into())));
    let row = bureau.test.case(case).await;
    assert!(entry_is_revoked(&row));
    assert_eq!((payable(&row), row.move_role.as_deref()), (0, Some("registrar")));
    assert_eq!(bureau.said(case).await, "entry-revoked");
    let open = row.open_questions.0.as_array().unwrap();
    assert!(open.iter().any(|one| one["rule"] == "entry-revoked"), "{open:?}");
    assert!(bureau.told(case).await.contains(&"decided-anew".to_owned()));
    assert_eq!(code(bureau.pays(&cashier, case).await.unwrap_err()), "register/entry-revoked");

    // What counts again goes on where it was.
    change(&bureau.test, officers, (revoked, What::Reinstate), None).await;
    assert_eq!(bureau.stands(case).await, ("approved".into(), Some("pay".into())));
    assert_eq!(bureau.told(case).await.iter().filter(|one| *one == "decided").count(), 2);
    bureau.pays(&cashier, case).await.unwrap();
    assert_eq!(bureau.papers(case).await, ["birth-certificate"]);
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(nobody_pays_for_what_was_revoked_until_it_counts_again, super::reinstated);

async fn ended(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let (mother, case, access, entry) = owed(&bureau).await;
    let officers = (&bureau.registrar, &bureau.supervisor);
    let revoked = change(&bureau.test, officers, (entry, What::Revoke), None).await;
    let office = &bureau.test.office;
    let taken = office.perform_once(&bureau.registrar, TakeNext {}).await.unwrap();
    assert_eq!(taken, case);
    let approve = decide(&bureau.test, &bureau.registrar, case, Decision::Approve).await.unwrap_err();
    assert_eq!(code(approve), "register/entry-revoked", "what does not count is not approved");
    let refuse =
        || Decision::Refuse { reason: "not-registrable".into(), words: "بڕیاری دادگا".into() };
    decide(&bureau.test, &bureau.registrar, case, refuse()).await.unwrap();
    assert_eq!(bureau.stands(case).await.0, "refused");

    // An appeal brings it before another officer; the register keeps what it has.
    let appeal =
        Appeal { case, access: access.clone(), words: "منداڵەکەم لەدایکبووە".into() };
    office.perform_once(&mother, appeal).await.unwrap();
    assert_eq!(bureau.stands(case).await, ("in-progress".into(), Some("register".into())));
    assert_eq!(bureau.declared_by(case).await.state, "registered");
    let again = office.perform_once(&bureau.registrar, TakeNext {}).await.unwrap_err();
    assert_eq!(code(again), "case/nothing-waiting", "whoever refused is shut out");
    office.perform_once(&bureau.supervisor, TakeNext {}).await.unwrap();
    decide(&bureau.test, &bureau.supervisor, case, refuse()).await.unwrap();

    // Refused because it did not count, it goes on when that changes.
    let counts = change(&bureau.test, officers, (revoked, What::Reinstate), None).await;
    assert_eq!(bureau.stands(case).await, ("approved".into(), Some("pay".into())));
    change(&bureau.test, officers, (counts, What::Revoke), None).await;
    office.perform_once(&mother, Withdraw { case, access }).await.unwrap();
    assert_eq!(bureau.stands(case).await.0, "withdrawn");
    assert_eq!(bureau.declared_by(case).await.state, "registered", "what was registered is not undone by it");
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_case_of_a_revoked_entry_ends_with_a_reason_or_is_taken_back, super::ended);
