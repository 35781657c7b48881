//! Appointments by draw: committed to beforehand, entered once, drawn in public, and times
//! given in that order.

use crate::booking::wanted;
use diwan_domain::acts::Actor;
use diwan_domain::ids::{AccountId, RowId};
use diwan_domain::people::Role;
use diwan_domain::queue::releases::Wish;
use diwan_domain::queue::slots::For;
use diwan_office::administration::{AddHoliday, WithdrawHoliday};
use diwan_office::queue::{
    self, EnterRelease, OpenRelease, PublishSetup, ReleaseRecord, release_entry, release_record,
    tend_releases,
};
use diwan_office::{Who, log};
use diwan_testkit::TestOffice;
use jiff::civil::{Date, date};
use serde_json::json;
use std::collections::BTreeMap;

const A_MINUTE: i64 = 60_000_000;
const WEDNESDAY: Date = date(2026, 11, 25);

/// Wednesday and Thursday are given by draw: entered from Sunday 10:00 until Monday 10:00,
/// drawn on Tuesday at 08:00.
const RELEASE: &str = r#"
[[release]]
key = "winter"
line = "A"
from = "2026-11-25"
until = "2026-11-26"
opens = "2026-11-22T10:00"
closes = "2026-11-23T10:00"
drawn = "2026-11-24T08:00"
"#;

async fn announced(test: &TestOffice) -> RowId {
    let text = format!("{}{RELEASE}", diwan_testkit::SETUP);
    let publish = PublishSetup { centre: test.centre, text, seen: None };
    test.office.perform_once(&Who::system("test"), publish).await.unwrap();
    assert_eq!(tend_releases(&test.office).await.unwrap(), 1, "it is opened at once");
    assert_eq!(tend_releases(&test.office).await.unwrap(), 0, "and once");
    let mut reading = test.office.db.reading().await.unwrap();
    queue::releases_of(&mut reading.tx(), test.centre).await.unwrap()[0].id
}

fn entering(release: RowId, account: Option<AccountId>, phone: &str) -> EnterRelease {
    EnterRelease {
        release,
        account,
        phone: phone.into(),
        language: "ckb".into(),
        wish: Wish { who: For::Anyone, days: vec![WEDNESDAY], only: false },
    }
}

async fn record(test: &TestOffice, id: RowId) -> ReleaseRecord {
    let mut reading = test.office.db.reading().await.unwrap();
    release_record(&mut reading.tx(), test.centre, id).await.unwrap().unwrap()
}

async fn sealed(test: &TestOffice) {
    let office = &test.office;
    let seal = || log::seal(&office.db, &office.log_key, "test", office.now());
    while seal().await.unwrap().is_some_and(|sealing| sealing.more) {}
}

/// What an event of the journal says.
fn facts(record: &ReleaseRecord, kind: &str) -> Vec<serde_json::Value> {
    let bodies = record.events.iter().map(|event| serde_json::from_str(&event.body).unwrap());
    let mut all: Vec<serde_json::Value> = bodies.collect();
    all.retain(|body| body["kind"] == kind);
    all.into_iter().map(|mut body| body["facts"].take()).collect()
}

async fn drawn(test: TestOffice) {
    let id = announced(&test).await;
    let office = &test.office;
    let (shilan, dara) = (test.citizen("1000000000001").await, test.citizen("1000000000003").await);
    let Actor::Account(account) = shilan.actor else { panic!("a citizen has an account") };
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let pages = Who::system("releases");

    // The seed was committed to before anybody can enter, and is nobody's to see.
    let before = record(&test, id).await;
    let commitment = before.release.commitment.clone();
    assert_eq!(facts(&before, "release-opened")[0]["commitment"], commitment);
    assert!(before.events.iter().all(|event| !event.body.contains(&before.release.seed)));
    let early = office.perform_once(&pages, entering(id, Some(account), "")).await.unwrap_err();
    assert_eq!(early.code(), "release/not-open");

    test.pass(60);
    let code = office.perform_once(&pages, entering(id, Some(account), "")).await.unwrap();
    let twice = office.perform_once(&pages, entering(id, Some(account), "")).await.unwrap_err();
    assert_eq!(twice.code(), "release/entered");
    let nobody = office.perform_once(&pages, entering(id, None, "")).await.unwrap_err();
    assert_eq!(nobody.code(), "sign-in/first");
    for n in 10..25 {
        office.perform_once(&clerk, entering(id, None, &format!("0750 123 45{n}"))).await.unwrap();
    }
    let family = office.perform_once(&clerk, entering(id, None, "0750 123 4510")).await.unwrap_err();
    assert_eq!(family.code(), "release/entered", "one entry for each telephone");
    let elsewhere = EnterRelease {
        wish: Wish { who: For::Anyone, days: vec![date(2026, 11, 29)], only: true },
        ..entering(id, None, "0750 123 4599")
    };
    assert_eq!(office.perform_once(&clerk, elsewhere).await.unwrap_err().code(), "admin/field-missing");
    // Until everybody has their time nobody books one of these days.
    let first = before.release.draws_at + (24 * 60 + 30) * A_MINUTE;
    let held = office.perform_once(&dara, wanted(&test, first)).await.unwrap_err();
    assert_eq!(held.refusal().unwrap().about["reason"], "not-released");

    test.pass(24 * 60);
    let late = office.perform_once(&clerk, entering(id, None, "0750 123 4598")).await.unwrap_err();
    assert_eq!(late.code(), "release/not-open");
    assert_eq!(tend_releases(office).await.unwrap(), 0, "not before its time");
    test.pass(22 * 60);
    assert_eq!(tend_releases(office).await.unwrap(), 0, "not while an entry has no place in the log");
    sealed(&test).await;
    // A day off that was entered by a slip at that moment costs nobody their place.
    let slip = AddHoliday { day: "2026-11-25".into(), centre: None, area: None, names: json!({"en": "Eid"}) };
    let slip = office.perform_once(&Who::system("test"), slip).await.unwrap();
    assert_eq!(tend_releases(office).await.unwrap(), 0, "it may be a slip");
    office.perform_once(&Who::system("test"), WithdrawHoliday { holiday: slip }).await.unwrap();
    assert_eq!(tend_releases(office).await.unwrap(), 2, "drawn, and all placed");
    assert_eq!(tend_releases(office).await.unwrap(), 0);

    let after = record(&test, id).await;
    let (draw, _) = after.draw.clone().unwrap();
    assert_eq!(draw.verify(), Ok(()));
    assert_eq!((draw.commitment.as_str(), draw.order.len()), (commitment.as_str(), 16));
    let given = facts(&after, "release-placed")[0]["given"].clone();
    let given: Vec<(i64, String, i64)> = serde_json::from_value(given).unwrap();
    let in_order: Vec<&String> = given.iter().map(|(_, entry, _)| entry).collect();
    assert_eq!(in_order, draw.order.iter().collect::<Vec<_>>(), "times are given in the drawn order");
    let mut taken: BTreeMap<i64, i32> = BTreeMap::new();
    for (_, _, at) in &given {
        *taken.entry(*at).or_default() += 1;
    }
    assert!(taken.values().all(|count| *count == 1), "one can be booked of each slot: {taken:?}");
    let times: Vec<i64> = given.iter().map(|(_, _, at)| *at).collect();
    assert!(times.is_sorted(), "who was drawn first has the first time");
    assert_eq!(times[0], first);

    let mut reading = office.db.reading().await.unwrap();
    let (entry, _, appointment) = release_entry(&mut reading.tx(), &code).await.unwrap().unwrap();
    let place = draw.order.iter().position(|one| *one == entry.entry).unwrap();
    assert_eq!(entry.place, Some(place as i64 + 1));
    assert_eq!(appointment.unwrap().starts_at, times[place]);
    drop(reading);
    let told = diwan_store::outbox::lease(&office.db, office.now() + A_MINUTE, A_MINUTE, 50).await.unwrap();
    assert_eq!(told.len(), 15, "everybody who left a telephone");
    // What is left can be booked; what was given cannot.
    let full = office.perform_once(&dara, wanted(&test, first)).await.unwrap_err();
    assert_eq!(full.refusal().unwrap().about["reason"], "full");
    office.perform_once(&dara, wanted(&test, times[15] + 30 * A_MINUTE)).await.unwrap();
    let report = diwan_store::verify::journal(&office.db, None).await.unwrap();
    assert_eq!(report.findings, []);
}
crate::on_both_engines!(times_are_given_in_the_drawn_order, super::drawn);

async fn late(test: TestOffice) {
    let text = format!("{}{RELEASE}", diwan_testkit::SETUP);
    test.pass(61);
    let publish = PublishSetup { centre: test.centre, text, seen: None };
    test.office.perform_once(&Who::system("test"), publish).await.unwrap();
    let open = OpenRelease { centre: test.centre, key: "winter".into() };
    let refused = test.office.perform_once(&Who::system("releases"), open).await.unwrap_err();
    assert_eq!(refused.code(), "release/not-open", "nobody commits to a seed while people enter");
    assert_eq!(tend_releases(&test.office).await.unwrap(), 0);
    // So these days are booked as others are.
    let shilan = test.citizen("1000000000001").await;
    let first = diwan_testkit::office::MORNING + (3 * 24 * 60 - 30) * A_MINUTE;
    test.office.perform_once(&shilan, wanted(&test, first)).await.unwrap();
    let by_hand = OpenRelease { centre: test.centre, key: "winter".into() };
    let clerk = test.officer("clerk", Role::CentreManager, None).await;
    assert!(test.office.perform_once(&clerk, by_hand).await.is_err(), "no officer draws a seed");
}
crate::on_both_engines!(no_seed_is_drawn_once_people_can_enter, super::late);
