//! Notices of hospitals: to which office they go, and how whoever gave one follows it,
//! answers for it and finds it again.

use crate::declarations::{A_BIRTH, Bureau, refused};
use diwan_domain::civil::{EventKind, State, Step};
use diwan_domain::ids::OfficeId;
use diwan_domain::people::Role;
use diwan_office::Who;
use diwan_office::administration::{AddArea, AddOffice};
use diwan_office::civil::{AmendDeclaration, Declare, MoveDeclaration, OpenDeclaration, TakeNotice, Taken};
use diwan_store::declarations::{self, Given};
use diwan_testkit::TestOffice;
use serde_json::json;

const KNOWN: [(&str, &str); 3] =
    [("mother.given", "هێڤین"), ("happened-on", "2026-11-20"), ("place-kind", "hospital")];

fn notice(office: Option<OfficeId>) -> TakeNotice {
    TakeNotice { kind: EventKind::Birth, content: KNOWN.into_iter().collect(), office }
}

fn declared(of: &Taken) -> Declare {
    let content = A_BIRTH.iter().copied().collect();
    Declare { of: Some((of.id, of.version)), kind: EventKind::Birth, content, office: None }
}

/// A hospital whose own office is not the one that keeps the book.
async fn hospitals(bureau: &Bureau) -> [Who; 2] {
    let one = bureau.test.officer("hospital", Role::Notifier, None).await;
    [one, bureau.test.officer("other-hospital", Role::Notifier, None).await]
}

async fn follows(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let [hospital, other] = hospitals(&bureau).await;
    let office = &bureau.test.office;
    let taken = office.perform_once(&hospital, notice(Some(bureau.office))).await.unwrap();
    let look = || OpenDeclaration { declaration: taken.id };
    let whole = office.perform_once(&bureau.clerk, declared(&taken)).await.unwrap();
    assert_eq!(office.perform_once(&hospital, look()).await.unwrap(), whole.version, "it was declared");
    // It is not theirs any more: they are told so, and nothing of it changes.
    let seen = whole.version;
    let mend = AmendDeclaration { declaration: taken.id, seen, content: KNOWN.into_iter().collect() };
    let stop = refused(office.perform_once(&hospital, mend).await.unwrap_err());
    assert_eq!(stop.0, "officer/not-permitted");
    let reason = "هەڵە".to_owned();
    let step = Step::Withdraw;
    let back = MoveDeclaration { declaration: taken.id, seen, step, reason, duplicate_of: None };
    let stop = refused(office.perform_once(&hospital, back).await.unwrap_err());
    assert_eq!(stop.0, "officer/not-permitted");
    assert_eq!(bureau.state(taken.id).await, State::Declared);
    bureau.register(&bureau.registrar, &whole).await.unwrap();
    office.perform_once(&hospital, look()).await.unwrap();
    let stop = refused(office.perform_once(&other, look()).await.unwrap_err());
    assert_eq!(stop.0, "request/not-found", "the neighbour sees nothing of it");
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(whoever_gave_notice_to_another_office_follows_it, super::follows);

async fn answers(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let [hospital, other] = hospitals(&bureau).await;
    let office = &bureau.test.office;
    let taken = office.perform_once(&hospital, notice(Some(bureau.office))).await.unwrap();
    let back = MoveDeclaration {
        declaration: taken.id,
        seen: taken.version,
        step: Step::Return,
        reason: "کێش".into(),
        duplicate_of: None,
    };
    let back = office.perform_once(&bureau.registrar, back).await.unwrap();
    let said = KNOWN.into_iter().chain([("weight-grams", "3250")]);
    let mend = |seen| AmendDeclaration { declaration: taken.id, seen, content: said.clone().collect() };
    let stop = refused(office.perform_once(&other, mend(back.version)).await.unwrap_err());
    assert_eq!(stop.0, "request/not-found");
    let mended = office.perform_once(&hospital, mend(back.version)).await.unwrap();
    assert_eq!(bureau.state(taken.id).await, State::Notified, "it waits for an officer again");
    let mut reading = office.db.reading().await.unwrap();
    let row = declarations::declaration(&mut reading.tx(), taken.id).await.unwrap().unwrap();
    drop(reading);
    assert_eq!(row.reason, None);
    assert!(row.content.contains("3250"), "{}", row.content);
    let journal = bureau.test.journal_of("declaration", &taken.id.to_string()).await;
    assert_eq!(journal, ["event-notified", "declaration-returned", "declaration-amended"]);
    office.perform_once(&bureau.clerk, declared(&mended)).await.unwrap();
    bureau.nothing_is_amiss().await;
}
crate::on_both_engines!(a_notice_that_was_given_back_is_answered_by_mending_it, super::answers);

async fn goes_to_the_keeper(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let [hospital, _] = hospitals(&bureau).await;
    let office = &bureau.test.office;
    let taken = office.perform_once(&hospital, notice(None)).await.unwrap();
    let mut reading = office.db.reading().await.unwrap();
    let row = declarations::declaration(&mut reading.tx(), taken.id).await.unwrap().unwrap();
    drop(reading);
    assert_eq!(row.office_id, bureau.office, "its own office keeps no births");
    // One that was named and keeps another book could never declare it.
    let wrong = notice(Some(bureau.test.place));
    let stop = refused(office.perform_once(&hospital, wrong).await.unwrap_err());
    assert_eq!(stop, ("register/not-competent".into(), "competent: health".into()));
    let nowhere = "01a201d7-0b00-7aaa-8bbb-cccccccccccc".parse().unwrap();
    let stop = refused(office.perform_once(&hospital, notice(Some(nowhere))).await.unwrap_err());
    assert_eq!(stop, ("admin/field-missing".into(), "field: office".into()));
    // What the civil status keeps stays with the hospital's own office.
    let content = [("husband.given", "ئازاد")].into_iter().collect();
    let wedding = TakeNotice { kind: EventKind::Marriage, content, office: None };
    let taken = office.perform_once(&hospital, wedding).await.unwrap();
    let mut reading = office.db.reading().await.unwrap();
    let row = declarations::declaration(&mut reading.tx(), taken.id).await.unwrap().unwrap();
    assert_eq!(row.office_id, bureau.test.place);
}
crate::on_both_engines!(a_notice_goes_to_the_office_that_keeps_the_book, super::goes_to_the_keeper);

async fn goes_to_the_nearest(test: TestOffice) {
    let system = Who::system("test");
    let office = &test.office;
    let names = || json!({"en": "There"});
    let mut hospital = None;
    for (governorate, health, civil_status) in [("AR", "AA", "AC"), ("DU", "ZZ", "ZC")] {
        let area = AddArea {
            code: governorate.into(),
            kind: "governorate".into(),
            parent: None,
            names: names(),
            valid_from: None,
        };
        let area = Some(office.perform_once(&system, area).await.unwrap());
        for (code, ministry) in [(health, "health"), (civil_status, "civil-status")] {
            let added = AddOffice { code: code.into(), ministry: ministry.into(), names: names(), area };
            let added = office.perform_once(&system, added).await.unwrap();
            if code == "ZC" {
                hospital = Some(test.officer_of("hospital", Role::Notifier, added).await);
            }
        }
    }
    let hospital = hospital.unwrap();
    let taken = office.perform_once(&hospital, notice(None)).await.unwrap();
    let mut reading = office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let row = declarations::declaration(&mut tx, taken.id).await.unwrap().unwrap();
    let there = diwan_store::centres::office(&mut tx, row.office_id).await.unwrap().unwrap();
    assert_eq!(there.code, "ZZ", "nobody said where it happened: near whoever gave it");
}
crate::on_both_engines!(a_notice_goes_to_the_nearest_office_that_keeps_the_book, super::goes_to_the_nearest);

async fn found_again(test: TestOffice) {
    let bureau = Bureau::of_births(test).await;
    let [hospital, other] = hospitals(&bureau).await;
    let office = &bureau.test.office;
    let mut given = Vec::new();
    for _ in 0..3 {
        given.push(office.perform_once(&hospital, notice(None)).await.unwrap());
        bureau.test.pass(1);
    }
    office.perform_once(&other, notice(None)).await.unwrap();
    office.perform_once(&bureau.clerk, declared(&given[1])).await.unwrap();
    let diwan_domain::acts::Actor::Officer(who) = hospital.actor else { panic!("an officer") };
    let mut reading = office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let all = Given { at_most: 10, ..Given::default() };
    let found = declarations::noticed_by(&mut tx, who, &all).await.unwrap();
    let ids: Vec<_> = found.iter().map(|row| row.id).collect();
    assert_eq!(ids, [given[2].id, given[1].id, given[0].id], "the newest first, and none of others");
    let next = Given { before: Some((found[0].recorded_at, found[0].id)), ..all.clone() };
    let found = declarations::noticed_by(&mut tx, who, &next).await.unwrap();
    assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), ids[1..]);
    let taken_up = Given { state: Some("declared".into()), ..all.clone() };
    let found = declarations::noticed_by(&mut tx, who, &taken_up).await.unwrap();
    assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), [given[1].id]);
    let deaths = Given { kind: Some("death".into()), ..all };
    assert!(declarations::noticed_by(&mut tx, who, &deaths).await.unwrap().is_empty());
}
crate::on_both_engines!(a_hospital_finds_its_notices_again, super::found_again);
