//! A simulated day against the check of the public record, by which a stranger decides every
//! call again.

use super::tests::{setup, shift, staffing};
use super::*;
use crate::queue::record::{Event, What, check};

/// The day as a public record.
fn recorded(staffing: &Staffing, visits: &[Visit], day: &Day) -> Vec<Event> {
    let setup = setup();
    let mut events = Vec::new();
    let mut ordered: Vec<&Visit> = visits.iter().collect();
    ordered.sort_by_key(|visit| visit.came);
    for (visit, ticket) in ordered.iter().zip(&day.tickets) {
        let (class, place) = placed(&setup, visit);
        let booked_for = visit.booked_for.map(|at| MIDNIGHT + at);
        let (line, needs) = (visit.line.clone(), visit.needs.clone());
        let take = What::Take { line, class, place, booked_for, needs, again: None };
        events.push((ticket.came, 0, ticket.number.clone(), take));
        let Some(at) = ticket.called else { continue };
        let counter = day.counters[ticket.counter.unwrap()].label.clone();
        let open = |shift: &&Shift| shift.counter == counter && (shift.from..shift.until).contains(&at);
        let lines = staffing.shifts.iter().find(open).unwrap().lines.clone();
        events.push((at, 1, ticket.number.clone(), What::Call { counter, lines, passed: ticket.passed }));
    }
    events.sort_by_key(|(at, kind, ..)| (*at, *kind));
    let event = |(n, (at, _, number, what))| Event { turn: n as i64 + 1, at: MIDNIGHT + at, number, what };
    events.into_iter().enumerate().map(event).collect()
}

fn busy_day() -> (Staffing, Vec<Visit>) {
    let line = |letter: &str, per_hour: f64| LineDemand {
        line: letter.into(),
        per_hour: (34..54).map(|quarter| (quarter, per_hour)).collect(),
        takes: Takes::LogNormal { mean: 5.0, spread: 0.6 },
        needs: [(Need::CannotWait, 0.2), (Need::Wheelchair, 0.05), (Need::WomenOnly, 0.1)].into(),
        booked: 0.3,
        early: 8.0,
        early_spread: 12.0,
        no_show: 0.05,
    };
    let staffing = staffing(vec![
        shift("C1", &["A", "B"], 510, 720),
        shift("C1", &["A"], 720, 840),
        shift("C2", &["A"], 520, 830),
        shift("C3", &["B"], 510, 840),
        shift("C4", &["B"], 540, 800),
    ]);
    (staffing, draw(&Demand { lines: vec![line("A", 22.0), line("B", 20.0)], way: 0.5 }, 11, 0))
}

#[test]
fn everybody_is_called_as_the_published_rule_says() {
    let (staffing, visits) = busy_day();
    let day = run(&setup(), &staffing, &visits);
    let setups = [("one".to_owned(), setup())].into();
    let checked = check(&setups, "one", &recorded(&staffing, &visits, &day)).unwrap();
    assert_eq!(checked.findings, []);
    assert!(checked.calls > 150 && checked.passed > 5, "{} {}", checked.calls, checked.passed);
}

#[test]
fn nobody_is_lost_and_no_counter_has_two_at_a_time() {
    let (staffing, visits) = busy_day();
    let day = run(&setup(), &staffing, &visits);
    assert_eq!(day.tickets.len(), visits.len());
    for desk in 0..day.counters.len() {
        let mut spans: Vec<(i64, i64)> = day
            .tickets
            .iter()
            .filter(|ticket| ticket.counter == Some(desk) && ticket.end == State::Done)
            .map(|ticket| (ticket.called.unwrap(), ticket.finished.unwrap()))
            .collect();
        spans.sort_unstable();
        assert!(spans.windows(2).all(|two| two[0].1 <= two[1].0), "{}", day.counters[desk].label);
    }
    assert!(day.tickets.iter().all(|ticket| ticket.called.is_none_or(|at| at >= ticket.came)));
    let sent = |state| day.tickets.iter().filter(|ticket| ticket.end == state).count();
    assert_eq!(sent(State::Done) + sent(State::Missed) + sent(State::Unserved), visits.len());
    assert_eq!(day, run(&setup(), &staffing, &visits));
}
