//! A centre's day before it happens, or once more with other counters: who would come,
//! who would be called when, and how long they would have waited.
//!
//! People are called by the very functions that the counters use ([`next`] and
//! [`place_of`]), under the centre's own setup. Nothing in [`run`] is left to chance: how
//! long a visit takes and whether its holder comes when called is drawn beforehand
//! ([`arrivals`]) or taken from a past day ([`replay`]), so that two staffings, or two
//! rules, are tried on the same people ([`compare`]).
//!
//! What it leaves out: people who give up while they wait, who are sent to another line,
//! parked or let in before their turn, and who come back after a missed call. Officers
//! take the next person as soon as they are free.

pub mod arrivals;
pub mod chance;
pub mod compare;
#[cfg(test)]
mod fairness;
pub mod plan;
pub mod replay;
pub mod summary;
#[cfg(test)]
mod theory;

pub use arrivals::{Demand, LineDemand, Takes, draw};
pub use compare::{Comparison, compare};
pub use plan::{Plan, PlanFault};
pub use summary::{Summary, Waits};

use super::order::{Able, Called, Waiting, next, place_of};
use super::setup::Setup;
use super::states::State;
use super::{Class, MINUTE, Need, number};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// The rule takes instants of long after 1970, where a place of zero means "before every
/// other". The day is put one day after that.
const MIDNIGHT: i64 = 24 * 60 * MINUTE;

/// Somebody who comes. Times are microseconds; instants count from the day's midnight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// When they take their ticket.
    pub came: i64,
    /// The letter of their line.
    pub line: String,
    /// What they say they need.
    pub needs: Vec<Need>,
    /// For when they have an appointment.
    pub booked_for: Option<i64>,
    /// How long they are at the counter.
    pub takes: i64,
    /// How long they are on the way from where they wait to the counter.
    pub way: i64,
    /// Whether they come when they are called.
    pub shows: bool,
}

/// A counter is open for some lines, from an instant until another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The counter's label.
    pub counter: String,
    /// The letters of the lines it serves meanwhile.
    pub lines: BTreeSet<String>,
    /// From when, microseconds since midnight.
    pub from: i64,
    /// From when on it calls nobody; whoever stands there is served to the end.
    pub until: i64,
}

/// Who serves, and how people are called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staffing {
    /// The counters' hours. Of two that overlap for one counter the first counts.
    pub shifts: Vec<Shift>,
    /// How long a counter waits for somebody after each call, in microseconds. The setup
    /// says how often it calls.
    pub recall: i64,
}

/// What became of one visit. Instants are microseconds since midnight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Ticket {
    /// Its number.
    pub number: String,
    /// The letter of its line.
    pub line: String,
    /// As what its holder waited.
    pub class: Class,
    /// When they came.
    pub came: i64,
    /// When they were called.
    pub called: Option<i64>,
    /// When they were served to the end.
    pub finished: Option<i64>,
    /// To which counter they were called: its place in [`Day::counters`].
    pub counter: Option<usize>,
    /// Whether the call passed somebody who came earlier.
    pub passed: bool,
    /// How it ended: done, missed or unserved.
    pub end: State,
}

impl Ticket {
    /// How many minutes its holder waited until they were called, if they were served.
    #[must_use]
    pub fn waited(&self) -> Option<f64> {
        let called = self.called.filter(|_| self.end == State::Done)?;
        Some(in_minutes(called - self.came))
    }
}

/// What a counter did in a day, in microseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Used {
    /// The counter's label.
    pub label: String,
    /// How long it was open.
    pub open: i64,
    /// How long of that somebody was called to it or stood there.
    pub busy: i64,
    /// How long it went on beyond its hours with the last it had called.
    pub overtime: i64,
    /// How many it served.
    pub served: i64,
}

/// A day as it would have been.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Day {
    /// What became of each visit, in the order in which they came.
    pub tickets: Vec<Ticket>,
    /// What each counter did, by label.
    pub counters: Vec<Used>,
    /// When the last counter closed, microseconds since midnight; 0 when none opened.
    pub closed: i64,
}

/// Microseconds as minutes.
pub(crate) fn in_minutes(micros: i64) -> f64 {
    micros as f64 / MINUTE as f64
}

/// Minutes as microseconds, to the nearest.
pub(crate) fn micros(minutes: f64) -> i64 {
    (minutes * MINUTE as f64).round() as i64
}

/// One counter while the day runs.
struct Desk {
    hours: Vec<(i64, i64, Able)>,
    free_at: i64,
    used: Used,
}

impl Desk {
    /// What it can take at an instant, and since when it is free for it; nothing while it
    /// is closed or has somebody in hand.
    fn open(&self, at: i64) -> Option<(i64, &Able)> {
        let (from, _, able) = self.hours.iter().find(|(from, until, _)| (*from..*until).contains(&at))?;
        (self.free_at <= at).then_some((self.free_at.max(*from), able))
    }

    fn is_busy_for(&mut self, from: i64, until: i64) {
        let within: i64 =
            self.hours.iter().map(|(opens, closes, _)| (until.min(*closes) - from.max(*opens)).max(0)).sum();
        self.used.busy += within;
        self.used.overtime += (until - from - within).max(0);
        self.free_at = until;
    }
}

struct Run<'a> {
    setup: &'a Setup,
    recall: i64,
    desks: Vec<Desk>,
    /// Everybody who waits, and beside each the visit's place in the day.
    waiting: Vec<Waiting>,
    whose: Vec<usize>,
    /// Whose call it was, and whether it passed somebody.
    calls: Vec<(usize, Called)>,
    visits: Vec<&'a Visit>,
    tickets: Vec<Ticket>,
    /// When a counter looks for somebody: it opens, or becomes free.
    looks: BinaryHeap<Reverse<(i64, usize)>>,
}

/// Runs a day. What comes of it depends on nothing but what is given: the same again
/// gives the same. Who comes to a line that no counter serves stays unserved.
///
/// Of several free counters the one that is free longest calls; of people and counters
/// at the same instant the people come first.
#[must_use]
pub fn run(setup: &Setup, staffing: &Staffing, visits: &[Visit]) -> Day {
    let mut ordered: Vec<&Visit> = visits.iter().collect();
    ordered.sort_by_key(|visit| visit.came);
    let mut run = Run::new(setup, staffing, ordered);
    let mut coming = 0;
    loop {
        let comes = run.visits.get(coming).map(|visit| visit.came);
        let looks = run.looks.peek().map(|Reverse((at, _))| *at);
        match (comes, looks) {
            (Some(at), looks) if looks.is_none_or(|look| at <= look) => {
                run.comes(coming, at);
                coming += 1;
            }
            (_, Some(at)) => {
                if let Some(Reverse((_, desk))) = run.looks.pop() {
                    run.call(desk, at);
                }
            }
            _ => break,
        }
    }
    let closed = staffing.shifts.iter().map(|shift| shift.until).max().unwrap_or_default();
    Day { tickets: run.tickets, counters: run.desks.into_iter().map(|desk| desk.used).collect(), closed }
}

impl<'a> Run<'a> {
    fn new(setup: &'a Setup, staffing: &Staffing, visits: Vec<&'a Visit>) -> Self {
        let tickets = numbered(setup, &visits);
        let mut desks: BTreeMap<&str, Desk> = BTreeMap::new();
        for shift in &staffing.shifts {
            let able = setup.able(&shift.counter, &shift.lines);
            let used = Used { label: shift.counter.clone(), ..Used::default() };
            let desk = desks.entry(&shift.counter).or_insert(Desk { hours: vec![], free_at: 0, used });
            desk.hours.push((shift.from, shift.until, able));
            desk.used.open += (shift.until - shift.from).max(0);
        }
        let desks: Vec<Desk> = desks.into_values().collect();
        let opens = |(n, desk): (usize, &Desk)| -> Vec<_> {
            desk.hours.iter().map(|(from, ..)| Reverse((*from, n))).collect()
        };
        let looks = desks.iter().enumerate().flat_map(opens).collect();
        let (waiting, whose, calls) = (Vec::new(), Vec::new(), Vec::new());
        Self { setup, recall: staffing.recall, desks, waiting, whose, calls, visits, tickets, looks }
    }

    /// Somebody takes a ticket, and is called at once where a counter is free for them.
    fn comes(&mut self, who: usize, at: i64) {
        let (visit, ticket) = (self.visits[who], &self.tickets[who]);
        let (class, place) = placed(self.setup, visit);
        let waiting = Waiting {
            number: ticket.number.clone(),
            line: visit.line.clone(),
            class,
            came_at: MIDNIGHT + at,
            place,
            needs: visit.needs.clone(),
        };
        let free = |(n, desk): (usize, &Desk)| {
            let (since, able) = desk.open(at)?;
            able.can_serve(&waiting).then_some((since, n))
        };
        let desk = self.desks.iter().enumerate().filter_map(free).min();
        self.waiting.push(waiting);
        self.whose.push(who);
        if let Some((_, desk)) = desk {
            self.call(desk, at);
        }
    }

    /// A counter calls whoever is next, if it is free and anybody waits for it.
    fn call(&mut self, desk: usize, at: i64) {
        let Some((_, able)) = self.desks[desk].open(at) else { return };
        let Some((n, passed)) = next(&self.setup.order, &self.lately(able), &self.waiting, able) else {
            return;
        };
        self.waiting.swap_remove(n);
        let who = self.whose.swap_remove(n);
        self.calls.push((who, Called { passed }));
        let (visit, ticket) = (self.visits[who], &mut self.tickets[who]);
        (ticket.called, ticket.counter, ticket.passed) = (Some(at), Some(desk), passed);
        let until = if visit.shows {
            let until = at + (visit.way + visit.takes).max(0);
            (ticket.finished, ticket.end) = (Some(until), State::Done);
            self.desks[desk].used.served += 1;
            until
        } else {
            ticket.end = State::Missed;
            at + (self.setup.order.calls * self.recall).max(0)
        };
        self.desks[desk].is_busy_for(at, until);
        self.looks.push(Reverse((until, desk)));
    }

    /// The last calls on a counter's lines, as many as the rule looks at, the latest last.
    fn lately(&self, able: &Able) -> Vec<Called> {
        let window = usize::try_from(self.setup.order.need_of).unwrap_or(0);
        let on_its_lines = |(who, _): &&(usize, Called)| able.lines.contains(&self.visits[*who].line);
        let mut lately: Vec<Called> =
            self.calls.iter().rev().filter(on_its_lines).take(window).map(|(_, call)| *call).collect();
        lately.reverse();
        lately
    }
}

/// Class and place of a visit under the centre's rule.
fn placed(setup: &Setup, visit: &Visit) -> (Class, i64) {
    let booked_for = visit.booked_for.map(|at| MIDNIGHT + at);
    place_of(&setup.order, MIDNIGHT + visit.came, booked_for, &visit.needs)
}

/// The tickets as they are drawn: each line counts for itself.
fn numbered(setup: &Setup, visits: &[&Visit]) -> Vec<Ticket> {
    let mut drawn: BTreeMap<&str, i64> = BTreeMap::new();
    let mut tickets = Vec::with_capacity(visits.len());
    for visit in visits {
        let last = drawn.entry(&visit.line).or_default();
        *last += 1;
        tickets.push(Ticket {
            number: number(&visit.line, *last),
            line: visit.line.clone(),
            class: placed(setup, visit).0,
            came: visit.came,
            called: None,
            finished: None,
            counter: None,
            passed: false,
            end: State::Unserved,
        });
    }
    tickets
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Two lines, and three counters of which one is fit for wheelchairs and one for women
    /// only.
    pub fn setup() -> Setup {
        let line = |letter: &str| {
            let names = "names = { ckb = \"x\", ar = \"x\", kmr = \"x\", en = \"x\" }";
            format!("[[line]]\nletter = \"{letter}\"\nhall = \"main\"\n{names}\nminutes = 5\n")
        };
        let counter = |label: &str, lines: &str, able: &str| {
            format!(
                "[[counter]]\nlabel = \"{label}\"\nhall = \"main\"\nlines = [{lines}]\nabilities = [{able}]\n"
            )
        };
        let text = crate::queue::setup::SMALL.split("[[line]]").next().unwrap().to_owned()
            + &line("A")
            + &line("B")
            + &counter("C1", "\"A\", \"B\"", "\"wheelchair\"")
            + &counter("C2", "\"A\"", "")
            + &counter("C3", "\"B\"", "\"women-only\"")
            + &counter("C4", "\"B\"", "");
        Setup::read(&text).unwrap()
    }

    pub fn shift(counter: &str, lines: &[&str], from: i64, until: i64) -> Shift {
        let lines = lines.iter().map(|line| (*line).to_owned()).collect();
        Shift { counter: counter.into(), lines, from: from * MINUTE, until: until * MINUTE }
    }

    pub fn staffing(shifts: Vec<Shift>) -> Staffing {
        Staffing { shifts, recall: MINUTE }
    }

    fn visit(came: i64, takes: i64) -> Visit {
        Visit {
            came: came * MINUTE,
            line: "A".into(),
            needs: vec![],
            booked_for: None,
            takes: takes * MINUTE,
            way: 0,
            shows: true,
        }
    }

    /// When each was called, in minutes.
    fn called(day: &Day) -> Vec<Option<i64>> {
        day.tickets.iter().map(|ticket| ticket.called.map(|at| at / MINUTE)).collect()
    }

    #[test]
    fn people_wait_for_a_counter_to_open_and_to_become_free() {
        let staffing = staffing(vec![shift("C2", &["A"], 540, 600)]);
        let day = run(&setup(), &staffing, &[visit(530, 10), visit(531, 5), visit(570, 5)]);
        assert_eq!(called(&day), [Some(540), Some(550), Some(570)]);
        assert_eq!(day.tickets[1].waited(), Some(19.0));
        let used = &day.counters[0];
        assert_eq!((used.open / MINUTE, used.busy / MINUTE, used.served), (60, 20, 3));
    }

    #[test]
    fn a_counter_that_closes_ends_what_it_began_and_calls_nobody_more() {
        let staffing = staffing(vec![shift("C2", &["A"], 540, 600), shift("C2", &["A"], 630, 640)]);
        let day = run(&setup(), &staffing, &[visit(595, 20), visit(596, 9), visit(597, 5), visit(640, 5)]);
        assert_eq!(called(&day), [Some(595), Some(630), Some(639), None]);
        assert_eq!(day.tickets[0].finished, Some(615 * MINUTE));
        assert_eq!(day.tickets[3].end, State::Unserved);
        // Five and ten minutes within its hours; fifteen and four beyond them.
        assert_eq!((day.counters[0].busy / MINUTE, day.counters[0].overtime / MINUTE), (15, 19));
        assert_eq!(day.closed, 640 * MINUTE);
    }

    #[test]
    fn of_two_free_counters_the_one_that_is_free_longest_calls() {
        let staffing = staffing(vec![shift("C1", &["A"], 540, 600), shift("C2", &["A"], 530, 600)]);
        let day = run(&setup(), &staffing, &[visit(541, 5), visit(550, 5), visit(551, 5)]);
        let counters: Vec<&str> =
            day.tickets.iter().map(|ticket| day.counters[ticket.counter.unwrap()].label.as_str()).collect();
        assert_eq!(counters, ["C2", "C1", "C2"]);
    }

    #[test]
    fn who_does_not_come_costs_as_long_as_the_setup_calls() {
        let absent = Visit { shows: false, ..visit(540, 30) };
        let staffing = staffing(vec![shift("C2", &["A"], 540, 600)]);
        let day = run(&setup(), &staffing, &[absent, visit(540, 5)]);
        assert_eq!((day.tickets[0].end, day.tickets[0].waited()), (State::Missed, None));
        // Called twice, a minute each.
        assert_eq!(called(&day), [Some(540), Some(542)]);
        assert_eq!(day.counters[0].served, 1);
    }

    #[test]
    fn a_line_that_no_counter_serves_stays_unserved() {
        let day = run(&setup(), &Staffing::default(), &[visit(540, 5)]);
        assert_eq!((day.tickets[0].end, day.closed, day.counters.len()), (State::Unserved, 0, 0));
    }
}
