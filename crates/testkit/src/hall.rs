//! A centre that gives tickets.

use crate::TestOffice;
use diwan_domain::ids::CounterId;
use diwan_office::Who;
use diwan_office::queue::{PublishSetup, TakeTicket};

/// How people are served in the centre of every test: two lines, the counters `A1` for
/// both and `A2`, fit for wheelchairs, for the first.
pub const SETUP: &str = r#"
[order]
basis = "Order 7 of 2026"
need-at-most = 1
need-of = 3

[appointments]
window = { days-before = 14, minute = 480, closes-before = 30 }
limits = { per-identity = 2, per-phone = 3 }
no-shows = { count = 2, within-days = 60, walk-in-days = 30 }

[[offer]]
line = "A"
slot = 30
visit = 10
counters = [{ opens = 510, closes = 870, count = 1 }]
shares = { booked = 34, vulnerable = 33 }

[[hall]]
key = "main"
names = { ckb = "هۆڵ", ar = "القاعة", kmr = "Hol", en = "Main hall" }

[[line]]
letter = "A"
hall = "main"
names = { ckb = "بڕوانامە", ar = "الشهادات", kmr = "Bawername", en = "Certificates" }
services = ["birth-certificate"]
minutes = 8

[[line]]
letter = "B"
hall = "main"
names = { ckb = "پرسیار", ar = "الاستعلام", kmr = "Pirs", en = "Questions" }
minutes = 4

[[counter]]
label = "A1"
hall = "main"
lines = ["A", "B"]
direction = "left"

[[counter]]
label = "A2"
hall = "main"
lines = ["A"]
abilities = ["wheelchair"]
"#;

impl TestOffice {
    /// Lets the centre give tickets; its second counter.
    ///
    /// # Panics
    /// When the setup cannot be published.
    pub async fn gives_tickets(&self) -> CounterId {
        let publish = PublishSetup { centre: self.centre, text: SETUP.into(), seen: None };
        self.office.perform_once(&Who::system("test"), publish).await.expect("a sound setup");
        let mut reading = self.office.db.reading().await.expect("the database reads");
        let counters =
            diwan_store::centres::counters(&mut reading.tx(), self.centre).await.expect("counters");
        counters.iter().find(|counter| counter.label == "A2").expect("the second counter").id
    }

    /// A ticket for a line of the centre, for one who needs nothing.
    #[must_use]
    pub fn ticket(&self, line: &str) -> TakeTicket {
        TakeTicket {
            centre: self.centre,
            line: Some(line.into()),
            service: None,
            needs: Vec::new(),
            people: 1,
            language: "ckb".into(),
            phone: None,
            door: None,
            session: None,
            account: None,
            visit: None,
            again: None,
            appointment: None,
        }
    }
}
