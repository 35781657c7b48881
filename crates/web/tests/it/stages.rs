//! What happens at a centre between the requests of the API's examples, behind the API.

use diwan_domain::devices::PrintKind;
use diwan_domain::ids::{ActId, OfficerId};
use diwan_domain::people::{Channel, Role};
use diwan_domain::queue::slots::For;
use diwan_office::Who;
use diwan_office::cases::Access;
use diwan_office::devices::{AskToPrint, LeaveComplaint};
use diwan_office::queue::{
    self, BookAppointment, LeaveTicket, PublishSetup, RateVisit, TakeTicket, close_past_days, tend_call_backs,
};
use diwan_office::telephone::WishCall;
use diwan_office::units::{LeftOver, MergeUnit, PrepareUnit};
use diwan_testkit::TestOffice;
use serde_json::json;
use std::collections::BTreeMap;

const A_MINUTE: i64 = 60_000_000;
const A_DAY: i64 = 24 * 60 * A_MINUTE;
/// Tuesday 24 November 2026, 08:30 in Erbil: the first slot of that day.
const TUESDAY: i64 = 1_795_498_200_000_000;
/// Places of two days that are given by draw.
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

/// Lets it happen; says what can be named from then on, or nothing when nothing is called so.
pub async fn between(
    test: &TestOffice,
    kept: &BTreeMap<String, String>,
    what: &str,
) -> Option<Vec<(&'static str, String)>> {
    let office = &test.office;
    let door = Who { channel: Channel::Kiosk, ..Who::system("door") };
    let named = match what {
        "a sheet" => {
            let kiosk = diwan_testkit::kiosk_labelled(test, "K2").await;
            let sheet = AskToPrint {
                device: kiosk.device,
                kind: PrintKind::Ticket,
                subject: kept["ticket-together"].clone(),
                language: "ckb".into(),
                access: Access::default(),
            };
            vec![("print", office.perform_once(&kiosk.who, sheet).await.unwrap().print.to_string())]
        }
        "a full day" => {
            let clerk = test.officer("reception", Role::CounterOfficer, None).await;
            for n in 0..12 {
                let act = BookAppointment {
                    centre: test.centre,
                    line: "A".into(),
                    service: None,
                    at: TUESDAY + n * 30 * A_MINUTE,
                    who: For::Anyone,
                    phone: format!("0770 123 45{n:02}"),
                    language: "ckb".into(),
                    instead_of: None,
                    no_phone: false,
                };
                office.perform_once(&clerk, act).await.unwrap();
            }
            Vec::new()
        }
        "a draw" => {
            let text = format!("{}{RELEASE}", diwan_testkit::SETUP);
            let publish = PublishSetup { centre: test.centre, text, seen: None };
            office.perform_once(&Who::system("test"), publish).await.unwrap();
            assert_eq!(queue::tend_releases(office).await.unwrap(), 1);
            test.pass(60);
            Vec::new()
        }
        "a wish" => {
            let menu = Who { channel: Channel::Telephone, ..Who::system("menu") };
            let wish = WishCall { phone: "0750 444 5566".into(), language: "kmr".into() };
            office.perform_once(&menu, wish).await.unwrap();
            Vec::new()
        }
        "a unit" => vec![("unit", a_unit(test, &kept["centre-new"]).await)],
        "a note" => {
            let note = LeaveComplaint {
                centre: test.centre,
                about: vec!["wait".into()],
                words: "One counter of four was open.".into(),
                phone: None,
                language: "en".into(),
            };
            vec![("note", office.perform_once(&door, note).await.unwrap())]
        }
        "a visitor to be called" => {
            let clerk = test.officer("late-clerk", Role::CounterOfficer, None).await;
            let take = TakeTicket { phone: Some("0770 765 4321".into()), ..test.ticket("A") };
            let taken = office.perform_once(&clerk, take).await.unwrap();
            office.perform_once(&door, LeaveTicket { code: taken.code.clone() }).await.unwrap();
            let rate = RateVisit { code: taken.code, score: 2, reasons: Vec::new(), call_back: true };
            office.perform_once(&door, rate).await.unwrap();
            test.pass(24 * 60);
            assert!(close_past_days(office).await.unwrap() > 0, "yesterday is closed");
            assert!(tend_call_backs(office).await.unwrap() > 0, "somebody is to be called back");
            Vec::new()
        }
        _ => return None,
    };
    Some(named)
}

/// A mobile unit of another centre that came home with an act that cannot be carried out.
async fn a_unit(test: &TestOffice, centre: &str) -> String {
    let who = Who::system("unit");
    let prepare = PrepareUnit {
        name: "bus-1".into(),
        centre: centre.parse().unwrap(),
        officers: vec![OfficerId(uuid::Uuid::now_v7())],
        journal_key: "0f".into(),
        key_id: "0f".into(),
        until: test.office.now() + A_DAY,
    };
    let unit = test.office.perform_once(&who, prepare).await.unwrap();
    let left = LeftOver {
        act: ActId(uuid::Uuid::now_v7()),
        name: "send-case".into(),
        at: test.office.now() - A_MINUTE,
        why: "replay/differs".into(),
        about: "cases".into(),
        given: vec!["KQ2U2-000-001-X".into()],
        check_code: None,
        stored: json!({}),
    };
    let merge = MergeUnit { unit, done: 12, known: 0, passed_over: 0, left: vec![left] };
    test.office.perform_once(&who, merge).await.unwrap();
    unit.to_string()
}
