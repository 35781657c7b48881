//! Papers of many people at once, who are listed by number: what becomes of each line,
//! who is not told from nobody, stopping and going on.

use crate::bulk::{Bulk, asked, refused};
use diwan_domain::people::Role;
use diwan_domain::refusals::Why;
use diwan_office::Who;
use diwan_office::bulk::{self, BeginBulk, IssueListed, Line, PrintBulk, issue_waiting};
use diwan_office::catalogue::PublishService;
use diwan_office::civil::{EndNumber, Ground, ProtectPerson, Replacement};
use diwan_office::rows::BulkProgress;
use diwan_store::{people, verify};
use diwan_testkit::TestOffice;
use diwan_testkit::office::built_in;
use serde_json::json;

const SHILAN: &str = "1000000000001";
const NAWROZ: &str = "1000000000002";
const DARA: &str = "1000000000003";
const AZAD: &str = "1000000000008";

fn listed(service: &str, people: &[&str]) -> BeginBulk {
    let mut begin = asked(false);
    begin.what.service = service.into();
    begin.what.people = people.iter().map(ToString::to_string).collect();
    if service == "single-status-certificate" {
        begin.what.answers.insert("purpose".into(), json!("work"));
        begin.what.answers.insert("unregistered".into(), json!(false));
    }
    begin
}

async fn bulk_of(test: TestOffice) -> Bulk {
    for service in ["family-extract", "single-status-certificate"] {
        let publish = PublishService::of(&built_in(service));
        test.office.perform_once(&Who::system("test"), publish).await.unwrap();
    }
    let head = test.officer("supervisor", Role::Supervisor, None).await;
    Bulk { test, head }
}

async fn lines(bulk: &Bulk, id: diwan_domain::ids::BulkId) -> Vec<Line> {
    let mut reading = bulk.test.office.db.reading().await.unwrap();
    bulk::lines(&mut reading.tx(), id).await.unwrap()
}

/// What became of each line: a code, or nothing where a paper was ordered.
fn reasons(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| line.why.as_deref().unwrap_or_default()).collect()
}

async fn from_list_to_print(test: TestOffice) {
    let bulk = bulk_of(test).await;
    let office = &bulk.test.office;

    // People are listed where papers are made for them, and nowhere else.
    let field = async |begin: BeginBulk| {
        let stop = office.perform_once(&bulk.head, begin).await.unwrap_err();
        let refusal = stop.refusal().unwrap_or_else(|| panic!("{stop}"));
        (refusal.why, refusal.about.get("field").cloned().unwrap_or_default())
    };
    let missing = |name: &str| (Why::FieldMissing, name.to_owned());
    assert_eq!(field(listed("single-status-certificate", &[])).await, missing("people"));
    assert_eq!(field(listed("birth-certificate", &[SHILAN])).await, missing("people"));
    let long = "9".repeat(41);
    assert_eq!(field(listed("family-extract", &[&long])).await, missing("people"));
    let many = vec![SHILAN; bulk::MOST + 1];
    assert_eq!(field(listed("family-extract", &many)).await.0, Why::TooManyEntries);
    let mut placed = listed("family-extract", &[SHILAN]);
    placed.what.place = Some("Erbil".into());
    assert_eq!(field(placed).await, missing("place"));
    let mut silent = listed("single-status-certificate", &[SHILAN]);
    silent.what.answers.remove("unregistered");
    assert_eq!(field(silent).await, missing("unregistered"));

    // A number that ended is told from one that nobody bears.
    let registrar = bulk.test.officer("registrar", Role::Registrar, None).await;
    let dara = bulk.test.person(DARA).await;
    let number = {
        let mut reading = office.db.reading().await.unwrap();
        people::numbers(&mut reading.tx(), dara).await.unwrap()[0].id
    };
    let new = "2000000000003";
    let end = EndNumber {
        person: dara,
        number,
        seen: 0,
        why: "replaced".into(),
        on: "2026-11-20".into(),
        authority: Ground::OfficeOrder { order: "12/2026".into(), date: "2026-11-20".into() },
        replacement: Some(Replacement { value: new.into(), since: None }),
    };
    office.perform_once(&registrar, end).await.unwrap();

    let list = [" ١٠٠٠-٠٠٠٠-٠٠٠٠١ ", NAWROZ, DARA, new, "7", AZAD, SHILAN];
    let (id, foreseen) = bulk.begun(listed("single-status-certificate", &list)).await;
    let expected = [
        "",
        "rule/unverified",
        "register/number-ended",
        "",
        "register/number-unknown",
        "register/no-entry-meant",
        "register/listed-twice",
    ];
    assert_eq!(foreseen.issued, 2);
    let mut told: Vec<(&str, u64)> =
        expected.into_iter().filter(|why| !why.is_empty()).map(|why| (why, 1)).collect();
    told.sort_unstable();
    let left: Vec<(&str, u64)> = foreseen.left_out.iter().map(|(why, n)| (why.as_str(), *n)).collect();
    assert_eq!(left, told);
    bulk.moves(&bulk.head, id, "waiting").await.unwrap();
    assert_eq!(issue_waiting(office).await.unwrap(), 1);
    let came = lines(&bulk, id).await;
    assert_eq!(reasons(&came), expected);
    assert_eq!(came[0].number, list[0].trim(), "as it was listed");
    assert_eq!(came.iter().map(|line| line.place).collect::<Vec<_>>(), (1..=7).map(Some).collect::<Vec<_>>());
    let case = bulk.test.case(came[0].case.unwrap()).await;
    assert_eq!(case.holder_id, Some(bulk.test.person(SHILAN).await));
    assert_eq!((case.phase.as_str(), case.applicant_id), ("approved", None));
    assert_eq!(bulk.test.journal(case.id).await, ["case-issued-in-bulk"]);

    bulk.seal_all().await;
    let progress = bulk.came(id).await.0;
    assert_eq!(progress, BulkProgress { issued: 2, sealed: 2, left_out: 5, ..BulkProgress::default() });
    let hashes = office.perform_once(&bulk.head, PrintBulk { bulk: id, file: 1 }).await.unwrap();
    assert_eq!(hashes.len(), 2);
    assert_eq!(bulk.test.case(case.id).await.phase, "fulfilled");

    // Somebody who declares a marriage made elsewhere goes to an officer.
    let mut declared = listed("single-status-certificate", &[SHILAN]);
    declared.what.answers.insert("unregistered".into(), json!(true));
    let (_, foreseen) = bulk.begun(declared).await;
    assert_eq!((foreseen.issued, foreseen.left_out["rule/declared"]), (0, 1));

    let report = verify::journal(&office.db, None).await.unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

crate::on_both_engines!(papers_of_listed_people_are_issued_at_once, super::from_list_to_print);

async fn families_and_the_closed(test: TestOffice) {
    let bulk = bulk_of(test).await;
    let office = &bulk.test.office;
    let keeper = bulk.test.officer("keeper", Role::Keeper, None).await;
    let (id, foreseen) = bulk.begun(listed("family-extract", &[SHILAN, DARA, "7"])).await;
    assert_eq!((foreseen.issued, foreseen.left_out["register/number-unknown"]), (2, 1));
    bulk.moves(&bulk.head, id, "waiting").await.unwrap();

    // A run that was killed after its first line, and an officer who stops the next.
    let system = Who::system("bulk");
    bulk.moves(&system, id, "running").await.unwrap();
    let first = || IssueListed { bulk: id, place: 1 };
    assert_eq!(refused(&office.perform_once(&bulk.head, first()).await.unwrap_err()), Why::NotPermitted);
    office.perform(&system, &format!("bulk/{id}/line/1"), first()).await.unwrap();
    bulk.moves(&bulk.head, id, "stopped").await.unwrap();
    assert_eq!(issue_waiting(office).await.unwrap(), 0);
    assert_eq!(reasons(&lines(&bulk, id).await), [""]);
    let none = IssueListed { bulk: id, place: 2 };
    assert_eq!(refused(&office.perform_once(&system, none).await.unwrap_err()), Why::WrongState);

    // Whoever is closed meanwhile is told from nobody by nothing.
    let dara = bulk.test.person(DARA).await;
    let protect = ProtectPerson { person: dara, protected: true, reason: "court".into() };
    office.perform_once(&keeper, protect).await.unwrap();
    bulk.moves(&bulk.head, id, "waiting").await.unwrap();
    assert_eq!(issue_waiting(office).await.unwrap(), 1);
    let came = lines(&bulk, id).await;
    assert_eq!(reasons(&came), ["", "register/number-unknown", "register/number-unknown"]);
    let case = bulk.test.case(came[0].case.unwrap()).await;
    assert_eq!((case.service.as_str(), case.phase.as_str()), ("family-extract", "approved"));
    assert_eq!(bulk.row(id).await.state, "done");
}

crate::on_both_engines!(families_are_listed_and_the_closed_are_nobody, super::families_and_the_closed);
