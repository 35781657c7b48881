//! A past day once more: its visits, read from the public record.

use super::Visit;
use crate::queue::record::{Event, What};
use crate::queue::states::Step;
use crate::queue::{MINUTE, Setup};
use std::collections::BTreeMap;

/// What is known of a ticket while the record is read.
struct Known {
    visit: Visit,
    called: Option<i64>,
    begun: Option<i64>,
    served: i64,
    missed: bool,
}

/// The visits of a recorded day. `midnight` is the instant at which it began, in
/// microseconds since 1970 UTC.
///
/// Each ticket comes again when it came, in its first line, with its appointment and
/// needs. A visit takes as long as it took in all, at however many counters. One that was
/// never served would have taken the mean of its line that day, or what the setup says
/// where nobody was served; one that was called in vain and never came does not come
/// again.
#[must_use]
pub fn visits(setup: &Setup, events: &[Event], midnight: i64) -> Vec<Visit> {
    let mut known: BTreeMap<&str, Known> = BTreeMap::new();
    for event in events {
        if let What::Take { line, booked_for, needs, .. } = &event.what {
            let visit = Visit {
                came: event.at - midnight,
                line: line.clone(),
                needs: needs.clone(),
                booked_for: booked_for.map(|at| at - midnight),
                takes: 0,
                way: 0,
                shows: true,
            };
            let fresh = Known { visit, called: None, begun: None, served: 0, missed: false };
            known.insert(&event.number, fresh);
        } else if let Some(one) = known.get_mut(event.number.as_str()) {
            one.learn(event);
        }
    }
    let means = means(known.values());
    let mut visits: Vec<Visit> = known.into_values().map(|one| one.told(setup, &means)).collect();
    visits.sort_by_key(|visit| visit.came);
    visits
}

impl Known {
    fn learn(&mut self, event: &Event) {
        match &event.what {
            What::Call { .. } => self.called = Some(event.at),
            What::Other { what: Step::Begin } => {
                self.missed = false;
                self.begun = Some(event.at);
                self.visit.way += self.called.map_or(0, |called| event.at - called).max(0);
            }
            What::Other { what: Step::Miss } => self.missed = true,
            What::Other { what: Step::Finish | Step::Park } | What::Transfer { .. } => {
                self.served += self.begun.take().map_or(0, |begun| event.at - begun).max(0);
            }
            _ => {}
        }
    }

    fn told(self, setup: &Setup, means: &BTreeMap<String, i64>) -> Visit {
        let mut visit = self.visit;
        visit.shows = !self.missed;
        visit.takes = self.served;
        if self.served == 0 {
            let guess = setup.line(&visit.line).map_or(0, |line| line.minutes * MINUTE);
            visit.takes = means.get(&visit.line).copied().unwrap_or(guess);
        }
        visit
    }
}

/// How long a visit took on average, by line.
fn means<'a>(of: impl Iterator<Item = &'a Known>) -> BTreeMap<String, i64> {
    let mut sums: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for one in of.filter(|one| one.served > 0) {
        let (sum, count) = sums.entry(one.visit.line.clone()).or_default();
        *sum += one.served;
        *count += 1;
    }
    sums.into_iter().map(|(line, (sum, count))| (line, sum / count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::simulate::{Shift, Staffing, run};
    use crate::queue::{Class, Need, State};

    const MIDNIGHT: i64 = 1_790_000_000_000_000;

    fn at(minute: i64, number: &str, what: What) -> Event {
        Event { turn: 1, at: MIDNIGHT + minute * MINUTE, number: number.into(), what }
    }

    fn take(minute: i64, number: &str, needs: &[Need]) -> Event {
        let (line, needs) = ("A".to_owned(), needs.to_vec());
        let take = What::Take { line, class: Class::Walk, place: 1, booked_for: None, needs, again: None };
        at(minute, number, take)
    }

    fn call(minute: i64, number: &str) -> Event {
        at(minute, number, What::Call { counter: "C1".into(), lines: ["A".into()].into(), passed: false })
    }

    fn then(minute: i64, number: &str, what: Step) -> Event {
        at(minute, number, What::Other { what })
    }

    #[test]
    fn a_recorded_day_comes_again_with_its_own_people() {
        let setup = Setup::read(crate::queue::setup::SMALL).unwrap();
        let events = [
            take(540, "A001", &[Need::CannotWait]),
            call(541, "A001"),
            take(541, "A002", &[]),
            take(542, "A003", &[]),
            then(542, "A001", Step::Begin),
            then(548, "A001", Step::Finish),
            call(548, "A002"),
            then(550, "A002", Step::Miss),
            then(600, "A003", Step::Close),
        ];
        let visits = visits(&setup, &events, MIDNIGHT);
        let told: Vec<_> =
            visits.iter().map(|v| (v.came / MINUTE, v.way / MINUTE, v.takes / MINUTE, v.shows)).collect();
        // The third was never served: as long as the line's mean, six minutes.
        assert_eq!(told, [(540, 1, 6, true), (541, 0, 6, false), (542, 0, 6, true)]);
        assert_eq!(visits[0].needs, [Need::CannotWait]);

        let shift = Shift {
            counter: "C1".into(),
            lines: ["A".into()].into(),
            from: 540 * MINUTE,
            until: 600 * MINUTE,
        };
        let day = run(&setup, &Staffing { shifts: vec![shift], recall: MINUTE }, &visits);
        let ends: Vec<State> = day.tickets.iter().map(|ticket| ticket.end).collect();
        assert_eq!(ends, [State::Done, State::Missed, State::Done]);
        assert_eq!(day.tickets[2].called, Some(549 * MINUTE));
    }

    #[test]
    fn where_nobody_was_served_the_setup_says_how_long_it_takes() {
        let setup = Setup::read(crate::queue::setup::SMALL).unwrap();
        let visits = visits(&setup, &[take(540, "A001", &[])], MIDNIGHT);
        assert_eq!(visits[0].takes, 8 * MINUTE);
    }
}
