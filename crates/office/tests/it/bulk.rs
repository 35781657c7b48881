//! Certificates of many entries at once: what is issued, what is left out and why, what
//! is not taken, stopping and going on.

use diwan_domain::acts::Actor;
use diwan_domain::ids::{BulkId, EntryId};
use diwan_domain::people::Role;
use diwan_domain::refusals::Why;
use diwan_domain::services::Answers;
use diwan_office::bulk::{
    self, BeginBulk, Foreseen, IssueOneInBulk, MoveBulk, PrintBulk, What, issue_waiting,
};
use diwan_office::civil::ProtectPerson;
use diwan_office::documents::{NoteUnmade, SealDocument};
use diwan_office::rows::{BulkLineRow, BulkProgress, BulkRow};
use diwan_office::{Stop, Who};
use diwan_store::documents::{self, DocumentRow};
use diwan_store::verify;
use diwan_testkit::TestOffice;
use serde_json::json;
use std::collections::BTreeMap;

pub(crate) fn refused(stop: &Stop) -> Why {
    stop.refusal().unwrap_or_else(|| panic!("{stop}")).why
}

pub(crate) fn asked(exempt: bool) -> BeginBulk {
    let answers: Answers = [
        ("purpose".to_owned(), json!("identity")),
        ("use".to_owned(), json!("home")),
        ("document-languages".to_owned(), json!(["ckb", "en"])),
        ("delivery".to_owned(), json!("collect")),
    ]
    .into();
    let what = What {
        service: "birth-certificate".into(),
        institution: "Mission of the camps".into(),
        basis: "Order 12/2026 of the directorate".into(),
        exempt,
        answers,
        ..What::default()
    };
    BeginBulk { what, language: "ckb".into() }
}

pub(crate) struct Bulk {
    pub test: TestOffice,
    pub head: Who,
}

impl Bulk {
    pub async fn row(&self, id: BulkId) -> BulkRow {
        let mut reading = self.test.office.db.reading().await.unwrap();
        diwan_store::bulk::bulk(&mut reading.tx(), id).await.unwrap().unwrap()
    }

    pub async fn begun(&self, act: BeginBulk) -> (BulkId, Foreseen) {
        let id = self.test.office.perform_once(&self.head, act).await.unwrap();
        let foreseen = bulk::foresee(&self.test.office, &self.head, &self.row(id).await).await.unwrap();
        (id, foreseen)
    }

    pub async fn moves(&self, who: &Who, id: BulkId, to: &str) -> Result<i64, Stop> {
        let act = MoveBulk { bulk: id, to: to.into(), why: None };
        self.test.office.perform_once(who, act).await
    }

    pub async fn came(&self, id: BulkId) -> (BulkProgress, Vec<BulkLineRow>) {
        let mut reading = self.test.office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        (bulk::progress(&mut tx, id).await.unwrap(), diwan_store::bulk::lines(&mut tx, id).await.unwrap())
    }

    pub async fn seal_all(&self) {
        for paper in self.to_make().await {
            self.seal(&paper).await;
        }
    }

    /// The papers whose turn it is.
    async fn to_make(&self) -> Vec<DocumentRow> {
        let office = &self.test.office;
        let mut reading = office.db.reading().await.unwrap();
        documents::to_make(&mut reading.tx(), office.now(), 100).await.unwrap()
    }

    async fn seal(&self, paper: &DocumentRow) {
        let file_hash = self.test.office.files.put(paper.number.clone().into_bytes()).await.unwrap();
        let seal =
            SealDocument { document: paper.id, file_hash, key_id: "0f".into(), moment: Default::default() };
        self.test.office.perform_once(&Who::system("sealer"), seal).await.unwrap();
    }
}

async fn from_choice_to_print(test: TestOffice) {
    let head = test.officer("supervisor", Role::Supervisor, None).await;
    let bulk = Bulk { test, head };
    let office = &bulk.test.office;

    // Who may, and what must be said.
    let registrar = bulk.test.officer("registrar", Role::Registrar, None).await;
    assert_eq!(refused(&office.perform_once(&registrar, asked(false)).await.unwrap_err()), Why::NotPermitted);
    let mut unfounded = asked(false);
    unfounded.what.basis = " ".into();
    assert_eq!(refused(&office.perform_once(&bulk.head, unfounded).await.unwrap_err()), Why::FieldMissing);
    let mut unanswered = asked(false);
    unanswered.what.answers.remove("purpose");
    assert_eq!(refused(&office.perform_once(&bulk.head, unanswered).await.unwrap_err()), Why::FieldMissing);

    // Of three births one was not compared with the book: an officer looks first.
    let (id, foreseen) = bulk.begun(asked(false)).await;
    let unverified = BTreeMap::from([("rule/unverified".to_owned(), 1)]);
    assert_eq!(foreseen, Foreseen { issued: 2, left_out: unverified, waived: 0 });
    assert_eq!(issue_waiting(office).await.unwrap(), 0, "nothing is issued before it is set going");
    let elsewhere = bulk.test.officer_of("other-head", Role::Supervisor, bulk.test.health().await).await;
    assert_eq!(refused(&bulk.moves(&elsewhere, id, "waiting").await.unwrap_err()), Why::NotFound);
    bulk.moves(&bulk.head, id, "waiting").await.unwrap();
    assert_eq!(issue_waiting(office).await.unwrap(), 1);
    let (progress, lines) = bulk.came(id).await;
    assert_eq!(progress, BulkProgress { issued: 2, left_out: 1, ..BulkProgress::default() });
    let left: Vec<_> = lines.iter().filter_map(|line| line.why.as_deref()).collect();
    assert_eq!(left, ["rule/unverified"]);
    let case = lines.iter().find_map(|line| line.case_id).unwrap();
    let row = bulk.test.case(case).await;
    let Actor::Officer(officer) = bulk.head.actor else { panic!("a supervisor is an officer") };
    assert_eq!((row.phase.as_str(), row.decided_by), ("approved", Some(officer)));
    assert_eq!(row.applicant_id, None, "nobody but the institution has asked");
    assert_eq!(bulk.test.journal(case).await, ["case-issued-in-bulk"]);
    assert_eq!(
        bulk.test.journal_of("bulk", &id.to_string()).await.len(),
        5,
        "begun, moved three times, left out"
    );

    // What was issued is not issued again, and is printed once it is sealed.
    assert_eq!(issue_waiting(office).await.unwrap(), 0);
    let print = PrintBulk { bulk: id, file: 1 };
    assert_eq!(refused(&office.perform_once(&bulk.head, print).await.unwrap_err()), Why::DocumentFailed);
    bulk.seal_all().await;
    for _ in 0..2 {
        let hashes = office.perform_once(&bulk.head, PrintBulk { bulk: id, file: 1 }).await.unwrap();
        assert_eq!(hashes.len(), 2);
    }
    assert_eq!(bulk.test.case(case).await.phase, "fulfilled");
    let none = PrintBulk { bulk: id, file: 2 };
    assert_eq!(refused(&office.perform_once(&bulk.head, none).await.unwrap_err()), Why::NotFound);

    // A second copy costs: it is left out, or a stated law takes nothing.
    let (_, foreseen) = bulk.begun(asked(false)).await;
    assert_eq!((foreseen.issued, foreseen.left_out["case/fee-open"]), (0, 2));
    let (id, foreseen) = bulk.begun(asked(true)).await;
    assert_eq!((foreseen.issued, foreseen.waived), (2, 4_000));
    bulk.moves(&bulk.head, id, "waiting").await.unwrap();
    assert_eq!(issue_waiting(office).await.unwrap(), 1);
    let (progress, lines) = bulk.came(id).await;
    assert_eq!((progress.issued, progress.waived), (2, 4_000));
    let row = bulk.test.case(lines.iter().find_map(|line| line.case_id).unwrap()).await;
    let line = &row.fee_lines.0[0];
    assert_eq!((row.fee_minor_units, &line["basis"]), (0, &json!("Order 12/2026 of the directorate")));
    assert_eq!(line["waived_by"], json!(format!("bulk/{id}")));

    let report = verify::journal(&office.db, None).await.unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

crate::on_both_engines!(papers_of_many_entries_are_issued_at_once, super::from_choice_to_print);

async fn stopped_and_killed(test: TestOffice) {
    let head = test.officer("supervisor", Role::Supervisor, None).await;
    let keeper = test.officer("keeper", Role::Keeper, None).await;
    let bulk = Bulk { test, head };
    let office = &bulk.test.office;
    let (id, _) = bulk.begun(asked(false)).await;
    bulk.moves(&bulk.head, id, "waiting").await.unwrap();

    // A run that was killed after its first entry.
    let system = Who::system("bulk");
    bulk.moves(&system, id, "running").await.unwrap();
    let row = bulk.row(id).await;
    let nil = EntryId(uuid::Uuid::nil());
    let entries = {
        let mut reading = office.db.reading().await.unwrap();
        diwan_store::bulk::entries_after(&mut reading.tx(), &row, nil, 10).await.unwrap()
    };
    assert_eq!(entries.len(), 3);
    let first = IssueOneInBulk { bulk: id, entry: entries[0] };
    office.perform(&system, &format!("bulk/{id}/{}", entries[0]), first).await.unwrap();
    let by_hand = IssueOneInBulk { bulk: id, entry: entries[1] };
    assert_eq!(refused(&office.perform_once(&bulk.head, by_hand).await.unwrap_err()), Why::NotPermitted);

    // Stopped by hand: nothing goes on until it is set going again.
    bulk.moves(&bulk.head, id, "stopped").await.unwrap();
    assert_eq!(issue_waiting(office).await.unwrap(), 0);
    assert_eq!(bulk.came(id).await.1.len(), 1);
    // Whoever is closed meanwhile is not even named.
    let last = {
        let mut reading = office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let entry = diwan_store::civil::entry(&mut tx, entries[2]).await.unwrap().unwrap();
        let roles = diwan_store::civil::roles_in(&mut tx, entry.event_id).await.unwrap();
        roles.iter().find(|role| role.role == "child").unwrap().person_id
    };
    let protect = ProtectPerson { person: last, protected: true, reason: "court".into() };
    office.perform_once(&keeper, protect).await.unwrap();
    bulk.moves(&bulk.head, id, "waiting").await.unwrap();
    assert_eq!(issue_waiting(office).await.unwrap(), 1);
    let lines = bulk.came(id).await.1;
    let looked: Vec<EntryId> = lines.iter().map(|line| line.entry_id).collect();
    assert_eq!(looked, entries[..2], "each once, in their order");
    assert_eq!(bulk.row(id).await.state, "done");
    assert_eq!(refused(&bulk.moves(&bulk.head, id, "stopped").await.unwrap_err()), Why::WrongState);
}

crate::on_both_engines!(a_bulk_issue_goes_on_where_it_was, super::stopped_and_killed);

async fn picked(test: TestOffice) {
    let head = test.officer("supervisor", Role::Supervisor, None).await;
    let bulk = Bulk { test, head };
    let of = async |place: Option<&str>, from: Option<&str>, until: Option<&str>| {
        let mut act = asked(false);
        act.what.place = place.map(str::to_owned);
        act.what.from = from.map(str::to_owned);
        act.what.until = until.map(str::to_owned);
        let foreseen = bulk.begun(act).await.1;
        foreseen.issued + foreseen.left_out.values().sum::<u64>()
    };
    assert_eq!(of(None, None, None).await, 3);
    assert_eq!(of(Some("هەول"), None, None).await, 3, "a part of the place's name does");
    assert_eq!(of(Some("دهۆک"), None, None).await, 0);
    assert_eq!(of(None, Some("1998"), Some("1998")).await, 1, "a year lasts to its end");
    assert_eq!(of(None, Some("1990-05-06"), None).await, 2);
    let mut wrong = asked(false);
    wrong.what.from = Some("yesterday".into());
    let stop = bulk.test.office.perform_once(&bulk.head, wrong).await.unwrap_err();
    assert_eq!(stop.refusal().unwrap().about["field"], "from");
}

crate::on_both_engines!(entries_are_picked_by_place_and_day, super::picked);

async fn one_is_not_made(test: TestOffice) {
    let head = test.officer("supervisor", Role::Supervisor, None).await;
    let bulk = Bulk { test, head };
    let office = &bulk.test.office;
    let (id, _) = bulk.begun(asked(false)).await;
    bulk.moves(&bulk.head, id, "waiting").await.unwrap();
    assert_eq!(issue_waiting(office).await.unwrap(), 1);
    let papers = bulk.to_make().await;
    let [good, bad] = &papers[..] else { panic!("two papers wait") };
    bulk.seal(good).await;
    let print = || PrintBulk { bulk: id, file: 1 };
    let stop = office.perform_once(&bulk.head, print()).await.unwrap_err();
    assert_eq!(refused(&stop), Why::DocumentFailed, "the other is still being made");

    // The other cannot be made: it is named, once, and holds up nobody.
    let note = || NoteUnmade { document: bad.id };
    assert_eq!(refused(&office.perform_once(&bulk.head, note()).await.unwrap_err()), Why::NotPermitted);
    office.perform_once(&Who::system("sealer"), note()).await.unwrap();
    let unmade = async || {
        let mut reading = office.db.reading().await.unwrap();
        bulk::unmade(&mut reading.tx(), id).await.unwrap()
    };
    let named = unmade().await;
    assert_eq!(named.iter().map(|paper| &paper.number).collect::<Vec<_>>(), [&bad.number]);
    assert_eq!(named[0].case, bad.case_id);
    assert_eq!((bulk.came(id).await.0.sealed, bulk.came(id).await.0.unmade), (1, 1));
    let hashes = office.perform_once(&bulk.head, print()).await.unwrap();
    assert_eq!(hashes.len(), 1);
    assert_eq!(bulk.test.case(good.case_id).await.phase, "fulfilled");
    assert_eq!(bulk.test.case(bad.case_id).await.phase, "approved");
    let journal = bulk.test.journal_of("document", &bad.id.to_string()).await;
    assert!(journal.contains(&"document-unmade".to_owned()), "{journal:?}");

    // It waits before it is tried again, and comes last then.
    assert!(bulk.to_make().await.is_empty());
    documents::tried_again(&office.db, bad.id, 3, office.now()).await.unwrap();
    bulk.test.pass(1);
    let (again, _) = bulk.begun(asked(true)).await;
    bulk.moves(&bulk.head, again, "waiting").await.unwrap();
    assert_eq!(issue_waiting(office).await.unwrap(), 1);
    assert_eq!(bulk.to_make().await.last().map(|paper| paper.id), Some(bad.id));

    // Once it is made it is in its file.
    bulk.seal(bad).await;
    assert!(unmade().await.is_empty());
    assert_eq!(office.perform_once(&bulk.head, print()).await.unwrap().len(), 2);
    documents::sweep(&office.db).await.unwrap();
    let mut reading = office.db.reading().await.unwrap();
    assert_eq!(documents::tries(&mut reading.tx(), bad.id).await.unwrap(), 0);
}

crate::on_both_engines!(a_paper_that_cannot_be_made_holds_up_no_other, super::one_is_not_made);
