//! Forty centres with everything they need, made before the program is started on them.

use super::Size;
use crate::civil;
use diwan_domain::people::Role;
use diwan_office::administration::AddOffice;
use diwan_office::queue::{PublishSetup, SitDown};
use diwan_office::{Office, Who};
use serde_json::json;
use std::fmt::Write as _;

/// A counter at which a program sits.
pub struct Seat {
    /// Which centre, by its place among them.
    pub centre: usize,
    /// The token of its program.
    pub token: String,
}

/// The centres' codes, and all their counters.
pub struct Opened {
    /// The codes of the centres.
    pub codes: Vec<String>,
    /// The counters, those of one centre one after another.
    pub seats: Vec<Seat>,
}

fn setup(counters: usize) -> String {
    let names = "{ ckb = \"x\", ar = \"x\", kmr = \"x\", en = \"x\" }";
    let mut text = format!(
        "[order]\nbasis = \"bench\"\n\n[[hall]]\nkey = \"main\"\nnames = {names}\n\n\
         [[line]]\nletter = \"A\"\nhall = \"main\"\nnames = {names}\nminutes = 5\n"
    );
    for n in 1..=counters {
        let _ = write!(text, "\n[[counter]]\nlabel = \"C{n}\"\nhall = \"main\"\nlines = [\"A\"]\n");
    }
    text
}

/// Opens the centres, which are open all day, and lets programs sit down at their counters.
///
/// # Errors
/// When something cannot be made.
pub async fn opened(office: &Office, size: Size) -> anyhow::Result<Opened> {
    let system = Who::system("bench");
    let names = json!({"en": "Bench"});
    let place = AddOffice { code: "QH".into(), ministry: "civil-status".into(), names, area: None };
    let place = office.perform_once(&system, place).await?;
    let (mut codes, mut seats) = (Vec::new(), Vec::new());
    for n in 0..size.centres {
        let code = format!("Q{n:03}");
        let centre = crate::setup::open_centre(office, &code).await?;
        let publish = PublishSetup { centre, text: setup(size.counters), seen: None };
        office.perform_once(&system, publish).await?;
        let rows = {
            let mut reading = office.db.reading().await?;
            diwan_office::administration::counters_of(&mut reading.tx(), centre).await?
        };
        for row in rows {
            let login = format!("bench-{}-{}", code.to_lowercase(), row.label.to_lowercase());
            let (who, token) =
                civil::program(office, login, (place, Some(centre)), Role::CounterOfficer).await?;
            office.perform_once(&who, SitDown { counter: row.id, lines: Default::default() }).await?;
            seats.push(Seat { centre: n, token });
        }
        codes.push(code);
    }
    Ok(Opened { codes, seats })
}
