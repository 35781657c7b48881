//! Who is called next: the published rule.
//!
//! Everybody has a *place*, an instant, and the earliest place is called first. Who walks
//! in has the instant they came. An appointment counts as though its holder had come
//! `booked-ahead` minutes before it, a need as though they had come `need-ahead` minutes
//! earlier. So that a morning of needs does not shut everyone else out, of any `need-of`
//! calls at most `need-at-most` pass somebody who came earlier. A place never changes by
//! being transferred, parked or edited; only who stayed away too long loses it.

use super::setup::OrderRules;
use super::{Class, MINUTE, Need};
use std::collections::BTreeSet;

/// The place of whoever is let in before their turn: before every other.
pub const FIRST: i64 = 0;

/// The place of whoever was not served on the day before: behind nobody but those.
pub const SECOND: i64 = 1;

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The ticket's number, which decides between equal places.
    pub number: String,
    /// In which line.
    pub line: String,
    /// As what.
    pub class: Class,
    /// When they came, microseconds since 1970 UTC.
    pub came_at: i64,
    /// Their place, the same way.
    pub place: i64,
    /// What they need.
    pub needs: Vec<Need>,
}

/// A call that was made, as far as the next one depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Called {
    /// Whether it passed somebody who came earlier, for a need.
    pub passed: bool,
}

/// What a counter can take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Able {
    /// The letters of its lines.
    pub lines: BTreeSet<String>,
    /// What it is fit for.
    pub abilities: BTreeSet<Need>,
    /// What some counter of the centre is fit for: a need that no counter meets keeps
    /// nobody waiting.
    pub somewhere: BTreeSet<Need>,
}

impl Able {
    /// Whether this counter can serve somebody.
    #[must_use]
    pub fn can_serve(&self, waiting: &Waiting) -> bool {
        let met = |need: &Need| {
            !need.wants_a_fit_counter() || self.abilities.contains(need) || !self.somewhere.contains(need)
        };
        // A counter for women only is for those who ask for it.
        let is_open_to_all = !self.abilities.contains(&Need::WomenOnly);
        self.lines.contains(&waiting.line)
            && waiting.needs.iter().all(met)
            && (is_open_to_all || waiting.needs.contains(&Need::WomenOnly))
    }
}

/// As what somebody waits who came now, and their place.
#[must_use]
pub fn place_of(rules: &OrderRules, came_at: i64, booked_for: Option<i64>, needs: &[Need]) -> (Class, i64) {
    let shortens = needs.iter().any(|need| need.shortens());
    let need_place = came_at - if shortens { rules.need_ahead * MINUTE } else { 0 };
    let in_time = booked_for.filter(|booked| came_at <= booked + rules.booked_late * MINUTE);
    match in_time.map(|booked| booked - rules.booked_ahead * MINUTE) {
        Some(place) if place <= need_place => (Class::Booked, place),
        _ if shortens => (Class::Need, need_place),
        // An appointment far ahead is no reason to wait longer than whoever walks in.
        _ => (Class::Walk, came_at),
    }
}

/// Who is called next to a counter: the place in `waiting`, and whether the call passes
/// somebody who came earlier. `calls` are the calls made before on the counter's lines,
/// the latest last.
#[must_use]
pub fn next(rules: &OrderRules, calls: &[Called], waiting: &[Waiting], able: &Able) -> Option<(usize, bool)> {
    let fit: Vec<(usize, &Waiting)> =
        waiting.iter().enumerate().filter(|(_, one)| able.can_serve(one)).collect();
    // The earliest of those who came without appointment or need: who can be passed.
    let earliest = fit.iter().filter(|(_, one)| one.class == Class::Walk).map(|(_, one)| one.came_at).min();
    let passes = |one: &Waiting| {
        let came_later = earliest.is_some_and(|came_at| came_at < one.came_at);
        one.class == Class::Need && one.place > FIRST && came_later
    };
    let first = first_of(fit.iter().copied())?;
    if !passes(&waiting[first]) {
        return Some((first, false));
    }
    let window = usize::try_from(rules.need_of - 1).unwrap_or(0);
    let lately = calls.iter().rev().take(window).filter(|call| call.passed).count();
    if i64::try_from(lately).unwrap_or(i64::MAX) < rules.need_at_most {
        return Some((first, true));
    }
    first_of(fit.iter().copied().filter(|(_, one)| !passes(one))).map(|n| (n, false))
}

/// The one of these whose turn it is.
fn first_of<'a>(of: impl Iterator<Item = (usize, &'a Waiting)>) -> Option<usize> {
    of.min_by(|(_, one), (_, other)| turn(one).cmp(&turn(other))).map(|(n, _)| n)
}

/// By what people are ordered: their place, of equal ones who came earlier, and of those
/// the lower number.
fn turn(one: &Waiting) -> (i64, i64, &str) {
    (one.place, one.came_at, &one.number)
}

/// How many are called before somebody, as things stand: those with an earlier place in
/// the same line.
#[must_use]
pub fn before(waiting: &[Waiting], number: &str) -> Option<usize> {
    let own = waiting.iter().find(|one| one.number == number)?;
    Some(waiting.iter().filter(|one| one.line == own.line && turn(one) < turn(own)).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> OrderRules {
        OrderRules { need_ahead: 20, need_at_most: 1, need_of: 3, booked_ahead: 30, ..OrderRules::default() }
    }

    fn one(number: &str, minute: i64, booked: Option<i64>, needs: &[Need]) -> Waiting {
        let came_at = minute * MINUTE;
        let (class, place) = place_of(&rules(), came_at, booked.map(|at| at * MINUTE), needs);
        Waiting { number: number.into(), line: "A".into(), class, came_at, place, needs: needs.to_vec() }
    }

    fn able(abilities: &[Need]) -> Able {
        Able {
            lines: ["A".to_owned()].into(),
            abilities: abilities.iter().copied().collect(),
            somewhere: [Need::Wheelchair, Need::WomenOnly].into(),
        }
    }

    /// Calls everybody and says in which order.
    fn called(mut waiting: Vec<Waiting>, able: &Able) -> Vec<String> {
        let mut calls = Vec::new();
        let mut order = Vec::new();
        while let Some((n, passed)) = next(&rules(), &calls, &waiting, able) {
            calls.push(Called { passed });
            order.push(waiting.remove(n).number);
        }
        order
    }

    #[test]
    fn who_came_first_is_called_first() {
        let waiting = vec![one("A003", 9, None, &[]), one("A001", 5, None, &[]), one("A002", 5, None, &[])];
        assert_eq!(called(waiting, &able(&[])), ["A001", "A002", "A003"]);
    }

    #[test]
    fn an_appointment_counts_from_half_an_hour_before_it_unless_its_holder_is_late() {
        let in_time = one("B", 60, Some(70), &[]);
        assert_eq!((in_time.class, in_time.place), (Class::Booked, 40 * MINUTE));
        let late = one("B", 100, Some(70), &[]);
        assert_eq!((late.class, late.place), (Class::Walk, 100 * MINUTE));
        let hours_early = one("B", 10, Some(300), &[]);
        assert_eq!((hours_early.class, hours_early.place), (Class::Walk, 10 * MINUTE));
    }

    #[test]
    fn needs_shorten_the_wait_and_do_not_shut_others_out() {
        let needs = &[Need::CannotWait];
        let waiting = vec![
            one("A001", 110, None, &[]),
            one("A002", 111, None, &[]),
            one("A003", 112, None, needs),
            one("A004", 113, None, needs),
            one("A005", 114, None, needs),
        ];
        // One of any three passes somebody who came earlier; with nobody left who came
        // earlier there is nothing to limit.
        assert_eq!(called(waiting, &able(&[])), ["A003", "A001", "A002", "A004", "A005"]);
    }

    #[test]
    fn only_a_fit_counter_serves_a_need_that_wants_one() {
        let wheelchair = one("A001", 1, None, &[Need::Wheelchair]);
        let other = one("A002", 2, None, &[]);
        let waiting = vec![wheelchair, other];
        assert_eq!(called(waiting.clone(), &able(&[])), ["A002"]);
        assert_eq!(called(waiting, &able(&[Need::Wheelchair])), ["A001", "A002"]);
        // Nobody here signs: the need is met otherwise, and nobody waits for ever.
        let signs = vec![one("A003", 1, None, &[Need::SignLanguage])];
        assert_eq!(called(signs, &able(&[])), ["A003"]);
        let women = able(&[Need::WomenOnly]);
        let waiting = vec![one("A004", 1, None, &[]), one("A005", 2, None, &[Need::WomenOnly])];
        assert_eq!(called(waiting, &women), ["A005"]);
    }

    #[test]
    fn how_many_are_before_somebody() {
        let waiting = vec![one("A001", 1, None, &[]), one("A002", 2, None, &[]), one("A003", 30, None, &[])];
        assert_eq!(before(&waiting, "A003"), Some(2));
        assert_eq!(before(&waiting, "A001"), Some(0));
        assert_eq!(before(&waiting, "A009"), None);
    }
}
