//! What an old entry must say. Its law is older than ours: the form of its time
//! had fewer fields, so that only what makes it an entry at all must be there. But
//! whatever it says must be readable and possible.

use crate::civil::checks::{Fault, Stage, check, is_too_young};
use crate::civil::{Content, EventKind};
use jiff::civil::Date;

fn fault(field: &str, code: &str) -> Fault {
    Fault { field: field.to_owned(), code: code.to_owned() }
}

/// Tidies what an old entry says and names what cannot stay.
#[must_use]
pub fn check_old(kind: EventKind, said: &Content, today: Date) -> (Content, Vec<Fault>) {
    let (tidy, mut faults) = check(kind, said, Stage::Notice, today);
    let is_unknown = |role: &str| tidy.of(role, "unknown") == Some("yes");
    for (role, part) in named(kind) {
        let field = format!("{role}.{part}");
        if tidy.get(&field).is_none() && !is_unknown(role) {
            faults.push(fault(&field, "answer/missing"));
        }
    }
    nobody_twice(kind, &tidy, &mut faults);
    for parent in ["mother", "father"] {
        let field = format!("{parent}.born-on");
        if let (EventKind::Birth | EventKind::Stillbirth, Some(born), Some(child)) =
            (kind, tidy.date(&field), tidy.date("happened-on"))
            && is_too_young(born, child)
        {
            faults.push(fault(&field, "date/parent-too-young"));
        }
    }
    faults.sort();
    faults.dedup();
    (tidy, faults)
}

/// Whose names make an entry of a kind: without them it says nothing of anybody.
#[must_use]
pub fn named(kind: EventKind) -> Vec<(&'static str, &'static str)> {
    match kind {
        EventKind::Stillbirth => vec![("mother", "given")],
        EventKind::Birth => vec![("child", "given")],
        EventKind::NameChange => vec![("subject", "given"), ("new", "given")],
        EventKind::Affiliation => vec![("child", "given")],
        _ => kind.parties().iter().map(|party| (party.role.code(), "given")).collect(),
    }
}

/// Nobody is their own mother: a number stands for one person, who has one role.
fn nobody_twice(kind: EventKind, said: &Content, faults: &mut Vec<Fault>) {
    const NUMBERS: [&str; 5] = ["upn", "national-card", "old-civil-id", "passport", "unhcr"];
    let parties = kind.parties();
    for number in NUMBERS {
        for (at, party) in parties.iter().enumerate() {
            let Some(own) = said.of(party.role.code(), number) else { continue };
            if parties[..at].iter().any(|other| said.of(other.role.code(), number) == Some(own)) {
                faults.push(fault(&format!("{}.{number}", party.role.code()), "person/twice"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 26);

    fn faults(kind: EventKind, said: &[(&str, &str)]) -> Vec<String> {
        let said: Content = said.iter().copied().collect();
        let (_, found) = check_old(kind, &said, TODAY);
        found.into_iter().map(|one| format!("{}: {}", one.field, one.code)).collect()
    }

    #[test]
    fn an_old_entry_may_lack_what_its_form_did_not_have() {
        assert!(faults(EventKind::Birth, &[("child.given", "شیلان")]).is_empty());
        assert!(
            faults(EventKind::Marriage, &[("husband.given", "ئازاد"), ("wife.given", "شیلان")]).is_empty()
        );
        assert_eq!(faults(EventKind::Death, &[("happened-on", "1957")]), ["deceased.given: answer/missing"]);
    }

    #[test]
    fn what_cannot_be_is_named() {
        let death = [("deceased.given", "کەریم"), ("deceased.born-on", "1957"), ("happened-on", "1950")];
        assert_eq!(faults(EventKind::Death, &death), ["happened-on: date/before-birth"]);
        let own = [("child.given", "شیلان"), ("child.upn", "1000000000009"), ("mother.upn", "1000000000009")];
        assert_eq!(faults(EventKind::Birth, &own), ["mother.upn: person/twice"]);
        let young = [("child.given", "شیلان"), ("happened-on", "1990"), ("father.born-on", "1985")];
        assert_eq!(faults(EventKind::Birth, &young), ["father.born-on: date/parent-too-young"]);
    }
}
