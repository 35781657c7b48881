//! Appointments: never two on one place, changed and given back, brought along, missed.

use diwan_domain::calendar::OpeningHours;
use diwan_domain::people::Role;
use diwan_domain::queue::slots::{For, Standing};
use diwan_domain::queue::{Class, Need};
use diwan_office::administration::{AddHoliday, SetCentre, WithdrawHoliday};
use diwan_office::queue::{
    self, BookAppointment, CancelAppointment, TakeTicket, close_past_days, free_days, free_slots,
    tend_appointments,
};
use diwan_office::{Stop, Who};
use diwan_testkit::TestOffice;
use diwan_testkit::office::MORNING;
use serde_json::json;

const A_MINUTE: i64 = 60_000_000;
/// Monday 23 November 2026, 08:30 in Erbil: the first slot of that day.
const FIRST: i64 = MORNING + (23 * 60 + 30) * A_MINUTE;

/// A time in the first line of the office's centre, for whoever is signed in.
pub fn wanted(test: &TestOffice, at: i64) -> BookAppointment {
    BookAppointment {
        centre: test.centre,
        line: "A".into(),
        service: None,
        at,
        who: For::Anyone,
        phone: String::new(),
        language: "ckb".into(),
        instead_of: None,
        no_phone: false,
    }
}

fn why(stop: &Stop) -> String {
    let refusal = stop.refusal().expect("a refusal");
    refusal.about.get("reason").cloned().unwrap_or_else(|| refusal.code().to_owned())
}

async fn left(test: &TestOffice) -> Vec<(i64, u16)> {
    let mut reading = test.office.db.reading().await.unwrap();
    let day = jiff::civil::date(2026, 11, 23);
    let now = test.office.now();
    let free = free_slots(&mut reading.tx(), test.centre, "A", (day, now)).await.unwrap();
    free.iter().map(|free| (free.slot.at, free.anyone)).collect()
}

async fn at_once(test: TestOffice) {
    test.gives_tickets().await;
    let (office, mut citizens) = (&test.office, Vec::new());
    for number in ["1000000000001", "1000000000002", "1000000000003"] {
        citizens.push(test.citizen(number).await);
    }
    assert_eq!(left(&test).await[0], (FIRST, 1), "one place of the first slot can be booked");
    let tries = citizens.iter().map(|who| office.perform_once(who, wanted(&test, FIRST)));
    let tried = futures_util::future::join_all(tries).await;
    let refused: Vec<String> = tried.iter().filter_map(|one| one.as_ref().err()).map(why).collect();
    assert_eq!(refused, ["full", "full"], "three ask at once for one place");
    assert!(left(&test).await.iter().all(|(at, anyone)| *at != FIRST || *anyone == 0));
    let stranger = office.perform_once(&Who::system("x"), wanted(&test, FIRST)).await.unwrap_err();
    assert_eq!(stranger.code(), "sign-in/first");
    let never = office.perform_once(&citizens[0], wanted(&test, FIRST + A_MINUTE)).await.unwrap_err();
    assert_eq!(why(&never), "no-slot");
    let far =
        office.perform_once(&citizens[0], wanted(&test, FIRST + 30 * 24 * 60 * A_MINUTE)).await.unwrap_err();
    assert_eq!(why(&far), "not-released");
    let none = BookAppointment { line: "B".into(), ..wanted(&test, FIRST) };
    let none = office.perform_once(&citizens[0], none).await.unwrap_err();
    assert_eq!(none.code(), "appointment/none-given");
    let mut reading = office.db.reading().await.unwrap();
    let days = free_days(&mut reading.tx(), test.centre, "A", office.now()).await.unwrap();
    assert_eq!(days[0].day, jiff::civil::date(2026, 11, 22));
    assert!(days.iter().any(|day| day.releases > office.now()), "the next day to be released is shown");
}
crate::on_both_engines!(no_place_is_booked_twice, super::at_once);

async fn brought(test: TestOffice) {
    test.gives_tickets().await;
    let office = &test.office;
    let (shilan, dara) = (test.citizen("1000000000001").await, test.citizen("1000000000003").await);
    let phone = BookAppointment { phone: "0750 123 4567".into(), ..wanted(&test, FIRST) };
    let code = office.perform_once(&shilan, phone).await.unwrap();
    // Changed, it keeps its code, and its old place is free at once.
    let later = BookAppointment { instead_of: Some(code.clone()), ..wanted(&test, FIRST + 30 * A_MINUTE) };
    assert_eq!(office.perform_once(&shilan, later).await.unwrap(), code);
    let other = office.perform_once(&dara, wanted(&test, FIRST)).await.unwrap();
    let cancel = CancelAppointment { code: other.clone() };
    office.perform_once(&Who::system("appointments"), cancel).await.unwrap();
    assert_eq!(left(&test).await[0], (FIRST, 1));

    // Reminded the day before, once.
    test.pass(60);
    assert_eq!(tend_appointments(office).await.unwrap(), 1);
    assert_eq!(tend_appointments(office).await.unwrap(), 0);
    let due = diwan_store::outbox::lease(&office.db, office.now(), A_MINUTE, 10).await.unwrap();
    assert_eq!((due.len(), due[0].address.as_str()), (1, "+9647501234567"));

    // On the day its holder comes at 08:45, with somebody before them who walked in.
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let early = TakeTicket { appointment: Some(code.clone()), line: None, ..test.ticket("A") };
    let refused = office.perform_once(&clerk, early).await.unwrap_err();
    assert_eq!(refused.code(), "queue/step-impossible", "not on another day");
    test.pass(22 * 60 + 45);
    office.perform_once(&clerk, test.ticket("A")).await.unwrap();
    // Typed as it is read from a slip: in small letters, in groups, in any digits.
    let (one, other) = code.split_at(4);
    let typed = format!("{one} {other}").to_lowercase().replace('2', "٢").replace('7', "۷");
    let come = || TakeTicket { appointment: Some(typed.clone()), line: None, ..test.ticket("A") };
    let taken = office.perform_once(&clerk, come()).await.unwrap();
    let again = office.perform_once(&clerk, come()).await.unwrap_err();
    assert_eq!(again.code(), "queue/step-impossible", "an appointment is brought once");
    let mut reading = office.db.reading().await.unwrap();
    let mut tx = reading.tx();
    let ticket = queue::ticket(&mut tx, taken.ticket).await.unwrap().unwrap();
    assert_eq!(
        (ticket.class.as_str(), ticket.booked_for),
        (Class::Booked.code(), Some(FIRST + 30 * A_MINUTE))
    );
    assert_eq!(
        queue::ticket_now(&mut tx, &ticket).await.unwrap().before,
        Some(0),
        "it counts from half an hour before"
    );
    let record = queue::record_of(&mut tx, test.centre, "2026-11-23").await.unwrap().unwrap();
    assert_eq!(record.checked.unwrap().findings, []);
    drop(reading);
    let report = diwan_store::verify::journal(&office.db, None).await.unwrap();
    assert_eq!(report.findings, []);
}
crate::on_both_engines!(an_appointment_is_changed_brought_and_counts, super::brought);

async fn called_off(test: TestOffice) {
    test.gives_tickets().await;
    let office = &test.office;
    let shilan = test.citizen("1000000000001").await;
    let a_day = 24 * 60 * A_MINUTE;
    let mut codes = Vec::new();
    for day in [0, 2] {
        let phone = BookAppointment { phone: "0750 123 4567".into(), ..wanted(&test, FIRST + day * a_day) };
        codes.push(office.perform_once(&shilan, phone).await.unwrap());
    }
    // Snow: both days are off, one of them only in three days.
    let mut off = Vec::new();
    for day in ["2026-11-23", "2026-11-25"] {
        let act = AddHoliday {
            day: day.into(),
            centre: Some(test.centre),
            area: None,
            names: json!({"en": "Snow"}),
        };
        off.push(office.perform_once(&Who::system("test"), act).await.unwrap());
    }
    assert_eq!(tend_appointments(office).await.unwrap(), 0, "it may be a slip: nobody is told yet");
    test.pass(31);
    assert_eq!(tend_appointments(office).await.unwrap(), 2, "then both are called off");
    assert_eq!(tend_appointments(office).await.unwrap(), 0);
    test.pass(1);
    let told = diwan_store::outbox::lease(&office.db, office.now(), A_MINUTE, 10).await.unwrap();
    assert_eq!(told.len(), 2, "each is told once, and reminded of nothing");
    assert!(told.iter().all(|parcel| parcel.body.contains("appointment-off")), "{told:?}");
    let standing = async |code: &str| {
        let mut reading = office.db.reading().await.unwrap();
        queue::appointment(&mut reading.tx(), code).await.unwrap().unwrap().standing
    };
    assert_eq!(standing(&codes[0]).await, Standing::CalledOff.code());
    // The snow melts: what was called off stays so, and its place is free.
    let back = WithdrawHoliday { holiday: off[0] };
    office.perform_once(&Who::system("test"), back).await.unwrap();
    assert_eq!(left(&test).await[0], (FIRST, 1));

    // One that nobody left a telephone for is called off, too, when it is known only then.
    let late = office.perform_once(&shilan, wanted(&test, FIRST)).await.unwrap();
    test.pass(26 * 60);
    let again =
        AddHoliday { day: "2026-11-23".into(), centre: None, area: None, names: json!({"en": "Power"}) };
    office.perform_once(&Who::system("test"), again).await.unwrap();
    test.pass(2 * 24 * 60);
    assert_eq!(tend_appointments(office).await.unwrap(), 1);
    assert_eq!(standing(&late).await, Standing::CalledOff.code());
    let next = office.perform_once(&shilan, wanted(&test, FIRST + 7 * a_day)).await;
    assert!(next.is_ok(), "nobody walks in because their centre was closed: {next:?}");
}
crate::on_both_engines!(who_is_booked_on_a_day_off_is_told_and_missed_nothing, super::called_off);

async fn slip(test: TestOffice) {
    test.gives_tickets().await;
    let office = &test.office;
    let shilan = test.citizen("1000000000001").await;
    let a_day = 24 * 60 * A_MINUTE;
    let mut codes = Vec::new();
    for day in [2, 3] {
        let phone = BookAppointment { phone: "0750 123 4567".into(), ..wanted(&test, FIRST + day * a_day) };
        codes.push(office.perform_once(&shilan, phone).await.unwrap());
    }
    let manager = test.officer("manager", Role::CentreManager, None).await;
    let off =
        |day: &str, centre| AddHoliday { day: day.into(), centre, area: None, names: json!({"en": "Snow"}) };
    let everywhere = office.perform_once(&manager, off("2026-11-25", None)).await.unwrap_err();
    assert_eq!(everywhere.code(), "officer/not-permitted", "a manager closes their own centre only");
    let all = office.perform_once(&Who::system("test"), off("2026-12-25", None)).await.unwrap();
    let others = office.perform_once(&manager, WithdrawHoliday { holiday: all }).await.unwrap_err();
    assert_eq!(others.code(), "officer/not-permitted");

    // Of the wrong day. It is seen what that calls off and when, and taken back in time.
    let wrong = office.perform_once(&manager, off("2026-11-25", Some(test.centre))).await.unwrap();
    let entered = office.now();
    let seen = async || {
        let mut reading = office.db.reading().await.unwrap();
        let mut tx = reading.tx();
        let rows = diwan_office::administration::all_holidays(&mut tx).await.unwrap();
        let row = rows.into_iter().find(|row| row.id == wrong).unwrap();
        queue::calls_off(&mut tx, &row).await.unwrap().unwrap()
    };
    let calls = seen().await;
    assert_eq!((calls.appointments, calls.waiting, calls.offset), (1, 0, 180));
    assert!((calls.from - entered - queue::GRACE).abs() < 1_000_000, "half an hour later: {calls:?}");
    assert_eq!(tend_appointments(office).await.unwrap(), 0);
    test.pass(28);
    assert_eq!(tend_appointments(office).await.unwrap(), 0);
    office.perform_once(&manager, WithdrawHoliday { holiday: wrong }).await.unwrap();
    let again = office.perform_once(&manager, WithdrawHoliday { holiday: wrong }).await.unwrap_err();
    assert_eq!(again.code(), "request/not-found");
    test.pass(10);
    assert_eq!(tend_appointments(office).await.unwrap(), 0);
    let standing = async |code: &str| {
        let mut reading = office.db.reading().await.unwrap();
        queue::appointment(&mut reading.tx(), code).await.unwrap().unwrap().standing
    };
    assert_eq!(standing(&codes[0]).await, Standing::Open.code());

    // After midnight it snows: whoever comes that morning is told at once.
    test.pass(2 * 24 * 60 + 15 * 60);
    assert_eq!(tend_appointments(office).await.unwrap(), 1, "the first is reminded");
    office.perform_once(&manager, off("2026-11-25", Some(test.centre))).await.unwrap();
    assert_eq!(tend_appointments(office).await.unwrap(), 1, "it is that day already");
    assert_eq!(standing(&codes[0]).await, Standing::CalledOff.code());
    assert_eq!(standing(&codes[1]).await, Standing::Open.code());
}
crate::on_both_engines!(a_day_off_that_is_taken_back_in_time_calls_nothing_off, super::slip);

async fn other_hours(test: TestOffice) {
    test.gives_tickets().await;
    let office = &test.office;
    let shilan = test.citizen("1000000000001").await;
    let phone = BookAppointment { phone: "0750 123 4567".into(), ..wanted(&test, FIRST) };
    let code = office.perform_once(&shilan, phone).await.unwrap();
    let manager = test.officer("manager", Role::CentreManager, None).await;
    let set = |monday: bool| {
        let mut hours = OpeningHours::usual();
        if !monday {
            hours.week[0].clear();
        }
        SetCentre {
            centre: Some(test.centre),
            code: "EB1".into(),
            names: json!({"en": "Erbil"}),
            address: "Erbil".into(),
            area: None,
            hours,
            seen: None,
        }
    };
    office.perform_once(&manager, set(false)).await.unwrap();
    assert_eq!(tend_appointments(office).await.unwrap(), 0, "other hours may be a slip, too");
    test.pass(20);
    office.perform_once(&manager, set(true)).await.unwrap();
    test.pass(20);
    assert_eq!(tend_appointments(office).await.unwrap(), 1, "it is reminded of as ever");
    office.perform_once(&manager, set(false)).await.unwrap();
    // Reminded already, it is looked at again only when its day is over.
    test.pass(2 * 24 * 60);
    assert_eq!(tend_appointments(office).await.unwrap(), 1);
    let mut reading = office.db.reading().await.unwrap();
    let row = queue::appointment(&mut reading.tx(), &code).await.unwrap().unwrap();
    assert_eq!(row.standing, Standing::CalledOff.code(), "nobody missed it");
}
crate::on_both_engines!(changed_hours_that_are_changed_back_call_nothing_off, super::other_hours);

async fn missed(test: TestOffice) {
    test.gives_tickets().await;
    let office = &test.office;
    let shilan = test.citizen("1000000000001").await;
    let a_day = 24 * 60 * A_MINUTE;
    for day in [0, 1] {
        office.perform_once(&shilan, wanted(&test, FIRST + day * a_day)).await.unwrap();
    }
    // Nobody left a telephone: of these nothing is due before they were.
    assert_eq!(tend_appointments(office).await.unwrap(), 0);
    let third = office.perform_once(&shilan, wanted(&test, FIRST + 2 * a_day)).await.unwrap_err();
    assert_eq!(why(&third), "person-has-enough");
    test.pass(3 * 24 * 60);
    assert_eq!(tend_appointments(office).await.unwrap(), 2, "nobody came to either");
    close_past_days(office).await.unwrap();
    let barred = office.perform_once(&shilan, wanted(&test, FIRST + 7 * a_day)).await.unwrap_err();
    assert_eq!(why(&barred), "walk-in-only");
    // At the counter somebody is booked by telephone; waiting is hard for them.
    let clerk = test.officer("clerk", Role::CounterOfficer, None).await;
    let by_officer = |phone: &str| BookAppointment {
        who: For::Vulnerable,
        phone: phone.into(),
        ..wanted(&test, FIRST + 7 * a_day)
    };
    let nobody = office.perform_once(&clerk, by_officer("")).await.unwrap_err();
    assert_eq!(nobody.code(), "admin/field-missing");
    let rubbish = office.perform_once(&clerk, by_officer("12")).await.unwrap_err();
    assert_eq!(rubbish.code(), "admin/field-missing");
    office.perform_once(&clerk, by_officer("0770 123 4567")).await.unwrap();
    assert!(Need::CannotWait.shortens());
}
crate::on_both_engines!(who_misses_two_walks_in_for_a_while, super::missed);
