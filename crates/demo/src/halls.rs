//! How the demonstration's centres serve people: halls, lines and counters, as the file
//! that a manager would publish.

use crate::region::CentrePlan;
use std::fmt::Write as _;

/// The centre that is busy at every hour, so that a demonstration at night shows one.
pub const BUSY: &str = "EB3";

/// The centres that give tickets.
const WITH_TICKETS: &[&str] = &["EB1", BUSY, "SU1", "MB1"];

const HEAD: &str = r#"# How people are served here; docs/centres.md describes the file.
[order]
basis = "Order 7 of 2026 of the General Directorate of Public Service Centres"
booked-ahead = 30
booked-late = 15
need-ahead = 20
need-at-most = 2
need-of = 5
calls = 2
revive-within = 60
near = 3

[appointments.window]
days-before = 14
minute = 480
closes-before = 30

[appointments.limits]
per-identity = 2
per-phone = 4

[appointments.no-shows]
count = 2
within-days = 60
walk-in-days = 30

[[hall]]
key = "main"
names = { ckb = "هۆڵی سەرەکی", ar = "القاعة الرئيسية", kmr = "Hola sereke", en = "Main hall" }

[[line]]
letter = "A"
hall = "main"
names = { ckb = "بڕوانامە", ar = "الشهادات", kmr = "Bawername", en = "Certificates" }
services = ["birth-certificate", "death-certificate", "marriage-certificate", "divorce-certificate", "family-extract", "single-status-certificate"]
minutes = 8

[[line]]
letter = "B"
hall = "main"
names = { ckb = "ڕاگەیاندنی ڕووداو", ar = "التصريح بواقعة", kmr = "Ragihandina bûyerê", en = "Declaring an event" }
services = ["declare-birth", "declare-death", "declare-marriage", "declare-divorce", "change-name"]
minutes = 20

[[line]]
letter = "C"
hall = "main"
names = { ckb = "پرسیار و وەرگرتن", ar = "الاستعلام والاستلام", kmr = "Pirs û wergirtin", en = "Questions and collection" }
services = []
minutes = 4
"#;

/// The file of a centre; `None` for one that gives no tickets.
#[must_use]
pub fn setup_of(plan: &CentrePlan) -> Option<String> {
    if !WITH_TICKETS.contains(&plan.code) {
        return None;
    }
    let mut text = HEAD.to_owned();
    for (n, counter) in plan.counters.iter().enumerate() {
        let direction = ["left", "ahead", "right"][n * 3 / plan.counters.len().max(1)];
        let abilities: Vec<String> = counter.abilities.iter().map(|code| format!("\"{code}\"")).collect();
        let _ = write!(
            text,
            "\n[[counter]]\nlabel = \"{}\"\nhall = \"main\"\nlines = [\"A\", \"B\", \"C\"]\nabilities = [{}]\ndirection = \"{direction}\"\n",
            counter.label,
            abilities.join(", ")
        );
    }
    let (opens, closes) = if plan.code == BUSY { (480, 1200) } else { (510, 870) };
    for (letter, visit) in [("A", 8), ("B", 20)] {
        let _ = write!(
            text,
            "\n[[offer]]\nline = \"{letter}\"\nslot = 30\nvisit = {visit}\ncounters = [{{ opens = {opens}, closes = {closes}, count = 2 }}]\nshares = {{ booked = 50, vulnerable = 10 }}\n"
        );
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;
    use diwan_domain::queue::Setup;

    #[test]
    fn every_setup_can_be_published() {
        let region = Region::generate(1, 300, jiff::civil::date(2026, 11, 22));
        let texts: Vec<String> = region.centres.iter().filter_map(setup_of).collect();
        assert_eq!(texts.len(), WITH_TICKETS.len());
        for text in texts {
            let setup = Setup::read(&text).unwrap_or_else(|faults| panic!("{faults:?}"));
            assert!(!setup.counters.is_empty());
        }
    }
}
