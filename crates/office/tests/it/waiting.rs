//! Waiting lists: a place that comes free goes to whoever waited longest, is held for a
//! quarter of an hour, and never for two.

use diwan_domain::people::Role;
use diwan_domain::queue::slots::For;
use diwan_office::administration::{AddHoliday, WithdrawHoliday};
use diwan_office::queue::{
    AnswerOffer, BookAppointment, CancelAppointment, HELD_FOR, JoinWaiting, tend_waiting, waiting_place,
};
use diwan_office::rows::WaitingPlaceRow;
use diwan_office::{Stop, Who};
use diwan_testkit::TestOffice;
use diwan_testkit::office::MORNING;
use jiff::civil::{Date, date};
use serde_json::json;
use std::collections::BTreeSet;

const A_MINUTE: i64 = 60_000_000;
/// Monday 23 November 2026, 08:30 in Erbil: the first slot of that day.
const FIRST: i64 = MORNING + (23 * 60 + 30) * A_MINUTE;
const MONDAY: Date = date(2026, 11, 23);

fn wanted(test: &TestOffice, at: i64, phone: &str) -> BookAppointment {
    BookAppointment {
        centre: test.centre,
        line: "A".into(),
        service: None,
        at,
        who: For::Anyone,
        phone: phone.into(),
        language: "ckb".into(),
        instead_of: None,
        no_phone: false,
    }
}

fn joining(test: &TestOffice, phone: &str) -> JoinWaiting {
    JoinWaiting {
        centre: test.centre,
        line: "A".into(),
        day: MONDAY,
        who: For::Anyone,
        phone: phone.into(),
        language: "ckb".into(),
    }
}

async fn place(test: &TestOffice, code: &str) -> (WaitingPlaceRow, usize) {
    let mut reading = test.office.db.reading().await.unwrap();
    let (row, before, _) = waiting_place(&mut reading.tx(), code).await.unwrap().unwrap();
    (row, before)
}

fn why(stop: &Stop) -> String {
    let refusal = stop.refusal().expect("a refusal");
    refusal.about.get("reason").cloned().unwrap_or_else(|| refusal.code().to_owned())
}

/// Books every place of Monday that anyone can book; their codes.
async fn full(test: &TestOffice, clerk: &Who) -> Vec<String> {
    let mut codes = Vec::new();
    for n in 0..12 {
        let phone = format!("0770 123 45{n:02}");
        let act = wanted(test, FIRST + n * 30 * A_MINUTE, &phone);
        codes.push(test.office.perform_once(clerk, act).await.unwrap());
    }
    codes
}

async fn in_order(test: TestOffice) {
    test.gives_tickets().await;
    let office = &test.office;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let shilan = test.citizen("1000000000001").await;
    let early = office.perform_once(&shilan, joining(&test, "")).await.unwrap_err();
    assert_eq!(early.code(), "waiting/places-free");
    let booked = full(&test, &clerk).await;

    let first = office.perform_once(&shilan, joining(&test, "")).await.unwrap();
    let mut codes = vec![first];
    for n in 1..4 {
        let phone = format!("0750 123 450{n}");
        codes.push(office.perform_once(&clerk, joining(&test, &phone)).await.unwrap());
    }
    let twice = office.perform_once(&shilan, joining(&test, "")).await.unwrap_err();
    assert_eq!(twice.code(), "waiting/waits-already");
    let holder = office.perform_once(&clerk, joining(&test, "0770 123 4500")).await.unwrap_err();
    assert_eq!(why(&holder), "twice", "whoever has a place of that day waits for none");
    assert_eq!(place(&test, &codes[3]).await.1, 3);
    assert_eq!(tend_waiting(office).await.unwrap(), 0, "nothing is free");

    // Two places come free at once. Who is not on the list does not get them.
    for code in &booked[4..6] {
        let cancel = CancelAppointment { code: code.clone() };
        office.perform_once(&Who::system("appointments"), cancel).await.unwrap();
    }
    let quick = wanted(&test, FIRST + 4 * 30 * A_MINUTE, "0750 999 0000");
    assert_eq!(why(&office.perform_once(&clerk, quick).await.unwrap_err()), "full");
    let (one, other) = tokio::join!(tend_waiting(office), tend_waiting(office));
    assert_eq!(one.unwrap() + other.unwrap(), 2, "two places, two offers");
    let mut slots = BTreeSet::new();
    for code in &codes[..2] {
        let (row, _) = place(&test, code).await;
        assert_eq!(row.standing, "offered");
        // Acts of one moment follow one another by a microsecond.
        assert!(row.held_until.unwrap() - office.now() <= HELD_FOR + 1_000);
        assert!(slots.insert(row.slot_at), "no slot is offered twice at once");
    }
    assert_eq!(place(&test, &codes[2]).await.0.standing, "waiting");

    // The first takes it, the second gives it to the third, who does not answer.
    let answer = |code: &str, take| AnswerOffer { code: code.into(), take };
    let pages = Who::system("appointments");
    let taken = office.perform_once(&pages, answer(&codes[0], true)).await.unwrap();
    assert!(taken.is_some());
    let again = office.perform_once(&pages, answer(&codes[0], true)).await.unwrap_err();
    assert_eq!(again.code(), "waiting/offer-over");
    office.perform_once(&pages, answer(&codes[1], false)).await.unwrap();
    assert_eq!(tend_waiting(office).await.unwrap(), 1);
    assert_eq!(place(&test, &codes[2]).await.0.standing, "offered");
    test.pass(16);
    let late = office.perform_once(&pages, answer(&codes[2], true)).await.unwrap_err();
    assert_eq!(late.code(), "waiting/offer-over");
    assert_eq!(tend_waiting(office).await.unwrap(), 2, "it is ended, and offered to the fourth");
    let (row, _) = place(&test, &codes[2]).await;
    assert_eq!(row.standing, "passed");
    let steps = test.journal_of("waiting-place", &row.id.to_string()).await;
    assert_eq!(steps, ["waiting-joined", "waiting-offered", "waiting-passed"]);
    office.perform_once(&pages, answer(&codes[3], false)).await.unwrap();
    // The list is empty: the day is booked as others are.
    let quick = wanted(&test, FIRST + 5 * 30 * A_MINUTE, "0750 999 0000");
    office.perform_once(&clerk, quick).await.unwrap();
    let told = diwan_store::outbox::lease(&office.db, office.now() + A_MINUTE, A_MINUTE, 50).await.unwrap();
    assert_eq!(told.len(), 3, "those who left a telephone and were offered a place");
    let report = diwan_store::verify::journal(&office.db, None).await.unwrap();
    assert_eq!(report.findings, []);
}
crate::on_both_engines!(a_free_place_goes_to_whoever_waited_longest, super::in_order);

async fn barred(test: TestOffice) {
    test.gives_tickets().await;
    let office = &test.office;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let shilan = test.citizen("1000000000001").await;
    let booked = full(&test, &clerk).await;
    let first = office.perform_once(&shilan, joining(&test, "")).await.unwrap();
    let second = office.perform_once(&clerk, joining(&test, "0750 123 4501")).await.unwrap();
    // Meanwhile the first books two other days: as many as one may hold.
    for day in [1, 2] {
        let act = wanted(&test, FIRST + day * 24 * 60 * A_MINUTE, "");
        office.perform_once(&shilan, act).await.unwrap();
    }
    let cancel = CancelAppointment { code: booked[4].clone() };
    office.perform_once(&Who::system("appointments"), cancel).await.unwrap();
    assert_eq!(tend_waiting(office).await.unwrap(), 2, "the first gives way, the second is asked");
    assert_eq!(place(&test, &first).await.0.standing, "barred");
    assert_eq!(place(&test, &second).await.0.standing, "offered");
}
crate::on_both_engines!(whoever_may_hold_no_more_makes_nobody_wait, super::barred);

async fn kept(test: TestOffice) {
    test.gives_tickets().await;
    let office = &test.office;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    full(&test, &clerk).await;
    office.perform_once(&clerk, joining(&test, "0750 123 4501")).await.unwrap();
    // Somebody waits. A third of a slot's three places leaves none in the first and one in each
    // of the next. The places kept for whom waiting is hard are still theirs, of nobody else.
    let slip =
        |n: i64, who| BookAppointment { who, no_phone: true, ..wanted(&test, FIRST + n * 30 * A_MINUTE, "") };
    assert_eq!(why(&office.perform_once(&clerk, slip(1, For::Anyone)).await.unwrap_err()), "full");
    office.perform_once(&clerk, slip(1, For::Vulnerable)).await.unwrap();
    assert_eq!(why(&office.perform_once(&clerk, slip(1, For::Vulnerable)).await.unwrap_err()), "full");
    // Once one of those waits themselves, what is kept is for them first.
    let hard = JoinWaiting { who: For::Vulnerable, ..joining(&test, "0750 123 4502") };
    let hard = office.perform_once(&clerk, hard).await.unwrap();
    assert_eq!(why(&office.perform_once(&clerk, slip(2, For::Vulnerable)).await.unwrap_err()), "full");
    assert_eq!(tend_waiting(office).await.unwrap(), 1, "and is offered to them");
    assert_eq!(place(&test, &hard).await.0.slot_at, Some(FIRST + 2 * 30 * A_MINUTE));
}
crate::on_both_engines!(a_waiting_list_closes_no_kept_place, super::kept);

async fn day_off(test: TestOffice) {
    test.gives_tickets().await;
    let office = &test.office;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let booked = full(&test, &clerk).await;
    let mut codes = Vec::new();
    for (phone, language) in [("0750 123 4501", "ckb"), ("0750 123 4502", "en"), ("0750 123 4503", "ar")] {
        let joining = JoinWaiting { language: language.into(), ..joining(&test, phone) };
        codes.push(office.perform_once(&clerk, joining).await.unwrap());
    }
    let pages = Who::system("appointments");
    let cancel = CancelAppointment { code: booked[4].clone() };
    office.perform_once(&pages, cancel).await.unwrap();
    assert_eq!(tend_waiting(office).await.unwrap(), 1);
    let closing = || AddHoliday {
        day: MONDAY.to_string(),
        centre: Some(test.centre),
        area: None,
        names: json!({"en": "Snow"}),
    };
    let slip = office.perform_once(&Who::system("test"), closing()).await.unwrap();
    let cancel = CancelAppointment { code: booked[5].clone() };
    office.perform_once(&pages, cancel).await.unwrap();
    assert_eq!(tend_waiting(office).await.unwrap(), 0, "nothing is offered, and nobody is told yet");
    office.perform_once(&Who::system("test"), WithdrawHoliday { holiday: slip }).await.unwrap();
    assert_eq!(tend_waiting(office).await.unwrap(), 1, "it was a slip: the second is asked");

    // Then it snows: the one who was offered a place and did not answer is told as well.
    office.perform_once(&Who::system("test"), closing()).await.unwrap();
    let answer = AnswerOffer { code: codes[1].clone(), take: true };
    assert_eq!(why(&office.perform_once(&pages, answer).await.unwrap_err()), "no-slot");
    test.pass(20);
    assert_eq!(tend_waiting(office).await.unwrap(), 0);
    test.pass(11);
    assert_eq!(tend_waiting(office).await.unwrap(), 3);
    assert_eq!(tend_waiting(office).await.unwrap(), 0);
    for code in &codes {
        assert_eq!(place(&test, code).await.0.standing, "off");
    }
    let (row, _) = place(&test, &codes[2]).await;
    let steps = test.journal_of("waiting-place", &row.id.to_string()).await;
    assert_eq!(steps, ["waiting-joined", "waiting-off"]);
    let told = diwan_store::outbox::lease(&office.db, office.now() + A_MINUTE, A_MINUTE, 50).await.unwrap();
    let told: Vec<_> = told.iter().filter(|parcel| parcel.body.contains("waiting-off")).collect();
    assert_eq!(told.len(), 3);
    for language in ["ckb", "en", "ar"] {
        let link = format!("/{language}/centres/EB1/book/A");
        assert_eq!(told.iter().filter(|parcel| parcel.body.contains(&link)).count(), 1, "{language}");
    }
    // The next day is there for them.
    let joined = JoinWaiting { day: MONDAY.tomorrow().unwrap(), ..joining(&test, "0750 123 4501") };
    let free = office.perform_once(&clerk, joined).await.unwrap_err();
    assert_eq!(free.code(), "waiting/places-free");
    let report = diwan_store::verify::journal(&office.db, None).await.unwrap();
    assert_eq!(report.findings, []);
}
crate::on_both_engines!(whoever_waits_for_a_day_off_is_told_in_their_language, super::day_off);

/// Whatever happens in whatever order, every place is somebody's once, and who joined first
/// is offered one first.
async fn anyhow(test: TestOffice) {
    test.gives_tickets().await;
    let office = &test.office;
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let mut booked = full(&test, &clerk).await;
    let mut waiting = Vec::new();
    for n in 10..22 {
        let phone = format!("0750 123 45{n}");
        waiting.push(office.perform_once(&clerk, joining(&test, &phone)).await.unwrap());
    }
    let pages = Who::system("appointments");
    // The same steps on every run, and no pattern in them.
    let mut chance = 7_u64;
    let mut offered_in_order = Vec::new();
    for _ in 0..30 {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        match (chance >> 33) % 4 {
            0 if !booked.is_empty() => {
                let code = booked.remove((chance >> 40) as usize % booked.len());
                office.perform_once(&pages, CancelAppointment { code }).await.unwrap();
            }
            1 => test.pass(3),
            step => {
                if let Some(code) = offered_in_order.last() {
                    let answer = AnswerOffer { code: String::clone(code), take: step == 2 };
                    // It may have been answered before, or be over.
                    if let Ok(Some(code)) = office.perform_once(&pages, answer).await {
                        booked.push(code);
                    }
                }
            }
        }
        tend_waiting(office).await.unwrap();
        let mut held = Vec::new();
        for (n, code) in waiting.iter().enumerate() {
            let (row, _) = place(&test, code).await;
            if row.slot_at.is_some() && !offered_in_order.contains(code) {
                offered_in_order.push(code.clone());
                assert_eq!(offered_in_order[..], waiting[..=n], "nobody is passed over");
            }
            held.extend(row.slot_at.filter(|_| row.standing == "offered"));
        }
        let mut reading = office.db.reading().await.unwrap();
        for code in &booked {
            let row = diwan_office::queue::appointment(&mut reading.tx(), code).await.unwrap().unwrap();
            if row.standing == "open" {
                held.push(row.starts_at);
            }
        }
        let once: BTreeSet<i64> = held.iter().copied().collect();
        assert_eq!(once.len(), held.len(), "a slot with one place is held once: {held:?}");
    }
    assert!(offered_in_order.len() > 3, "only {} offers were made", offered_in_order.len());
}
crate::on_both_engines!(no_slot_is_offered_twice_and_the_order_is_kept, super::anyhow);
