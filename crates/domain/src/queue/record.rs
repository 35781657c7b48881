//! The day's public record of a centre: every event of every ticket, in order, without a
//! word about whose it was; and the check that the published rule was kept.
//!
//! Each event is the whole of one journal entry's facts. With the entry's salt, the
//! public log shows that it stood there unaltered; with the setup that its hash names,
//! every place and every call can be decided again.

use super::order::{Called, FIRST, SECOND, Waiting, next, place_of};
use super::setup::Setup;
use super::states::{State, Step, after};
use super::{Class, JumpReason, MINUTE, Need};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What happened to a ticket, as it is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Event {
    /// Its place among the events of the centre's day, from 1 without a gap.
    pub turn: i64,
    /// When, microseconds since 1970 UTC.
    pub at: i64,
    /// The ticket's number.
    pub number: String,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

/// What can be published of a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum What {
    /// A ticket was taken.
    Take {
        /// In which line.
        line: String,
        /// As what.
        class: Class,
        /// Its place.
        place: i64,
        /// For when it was booked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        booked_for: Option<i64>,
        /// What its holder needs.
        needs: Vec<Need>,
        /// The earlier day and number of a ticket that was not served, in whose stead it
        /// comes before others.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        again: Option<String>,
    },
    /// It was called to a counter.
    Call {
        /// To which.
        counter: String,
        /// Which lines the counter served.
        lines: BTreeSet<String>,
        /// Whether somebody who came earlier was passed for a need.
        passed: bool,
    },
    /// It was let in before its turn.
    Jump {
        /// Why.
        reason: JumpReason,
        /// Its place from now on.
        place: i64,
    },
    /// It went on to another line.
    Transfer {
        /// To which.
        line: String,
    },
    /// Whoever was called in vain is back.
    Revive {
        /// Their place from now on.
        place: i64,
    },
    /// Another setup stands from here on; no ticket is concerned.
    Setup {
        /// The hash of its file.
        hash: String,
    },
    /// Anything else, which changes no order.
    Other {
        /// What.
        what: Step,
    },
}

/// Every code of a [`Finding`].
pub const FINDINGS: &[&str] = &[
    "gap",
    "number-twice",
    "place-wrong",
    "step-impossible",
    "out-of-order",
    "line-unknown",
    "setup-unknown",
];

/// What does not fit in a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// At which turn.
    pub turn: i64,
    /// A stable code: `out-of-order`.
    pub code: &'static str,
    /// The ticket concerned, and whoever should have been called.
    pub numbers: Vec<String>,
}

/// What a day came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Checked {
    /// How many tickets were taken.
    pub taken: i64,
    /// How many calls were made by the rule.
    pub calls: i64,
    /// How many were let in before their turn, by reason.
    pub jumps: BTreeMap<JumpReason, i64>,
    /// How many calls passed somebody who came earlier, for a need.
    pub passed: i64,
    /// What does not fit.
    pub findings: Vec<Finding>,
}

struct Replay<'a> {
    setups: &'a BTreeMap<String, Setup>,
    setup: &'a Setup,
    tickets: BTreeMap<String, (State, Waiting)>,
    /// When each ticket was last missed.
    missed: BTreeMap<String, i64>,
    /// The tickets of earlier days in whose stead somebody came.
    again: BTreeSet<String>,
    calls: Vec<(String, Called)>,
    checked: Checked,
}

/// Decides a day again and says where the record differs from the rule. `setups` are
/// the setups that the record names, by hash; `first` is the one with which the day began.
/// `None` when that one is not among them.
#[must_use]
pub fn check(setups: &BTreeMap<String, Setup>, first: &str, events: &[Event]) -> Option<Checked> {
    let setup = setups.get(first)?;
    let mut replay = Replay {
        setups,
        setup,
        tickets: BTreeMap::new(),
        missed: BTreeMap::new(),
        again: BTreeSet::new(),
        calls: Vec::new(),
        checked: Checked::default(),
    };
    for (n, event) in events.iter().enumerate() {
        if event.turn != n as i64 + 1 {
            replay.finding(event.turn, "gap", &[]);
        }
        replay.event(event);
    }
    Some(replay.checked)
}

impl Replay<'_> {
    fn finding(&mut self, turn: i64, code: &'static str, numbers: &[&str]) {
        let numbers = numbers.iter().map(|number| (*number).to_owned()).collect();
        self.checked.findings.push(Finding { turn, code, numbers });
    }

    fn event(&mut self, event: &Event) {
        let step = match &event.what {
            What::Take { line, class, place, booked_for, needs, again } => {
                let due = match again {
                    Some(_) => (Class::Walk, SECOND),
                    None => place_of(&self.setup.order, event.at, *booked_for, needs),
                };
                // Whoever was not served comes before others once.
                let is_first = again.as_ref().is_none_or(|again| self.again.insert(again.clone()));
                if due != (*class, *place) || !is_first {
                    self.finding(event.turn, "place-wrong", &[&event.number]);
                }
                self.take(event, line, (*class, *place), needs);
                return;
            }
            What::Call { counter, lines, passed } => {
                self.call(event, counter, lines, *passed);
                Step::Call
            }
            What::Jump { reason, place } => {
                *self.checked.jumps.entry(*reason).or_default() += 1;
                self.is_due(event, *place, FIRST);
                self.change(event, |waiting| waiting.place = *place);
                Step::Jump
            }
            What::Transfer { line } => {
                if self.setup.line(line).is_none() {
                    self.finding(event.turn, "line-unknown", &[&event.number]);
                }
                self.change(event, |waiting| waiting.line.clone_from(line));
                Step::Transfer
            }
            What::Revive { place } => {
                if let Some(due) = self.revived(event) {
                    self.is_due(event, *place, due);
                }
                self.change(event, |waiting| waiting.place = *place);
                Step::Revive
            }
            What::Setup { hash } => {
                match self.setups.get(hash) {
                    Some(setup) => self.setup = setup,
                    None => self.finding(event.turn, "setup-unknown", &[]),
                }
                return;
            }
            What::Other { what } => {
                if *what == Step::Miss {
                    self.missed.insert(event.number.clone(), event.at);
                }
                *what
            }
        };
        let before = self.tickets.get(&event.number).map(|(state, _)| *state);
        match before.and_then(|state| after(state, step)) {
            Some(next) => {
                if let Some((state, _)) = self.tickets.get_mut(&event.number) {
                    *state = next;
                }
            }
            None => self.finding(event.turn, "step-impossible", &[&event.number]),
        }
    }

    /// The place of whoever is back after a call in vain: their own, unless they stayed away
    /// too long.
    fn revived(&self, event: &Event) -> Option<i64> {
        let (_, waiting) = self.tickets.get(&event.number)?;
        let missed = self.missed.get(&event.number)?;
        let is_late = event.at - missed > self.setup.order.revive_within * MINUTE;
        Some(if is_late { event.at } else { waiting.place })
    }

    fn is_due(&mut self, event: &Event, place: i64, due: i64) {
        if place != due {
            self.finding(event.turn, "place-wrong", &[&event.number]);
        }
    }

    fn change(&mut self, event: &Event, change: impl FnOnce(&mut Waiting)) {
        if let Some((_, waiting)) = self.tickets.get_mut(&event.number) {
            change(waiting);
        }
    }

    fn take(&mut self, event: &Event, line: &str, (class, place): (Class, i64), needs: &[Need]) {
        self.checked.taken += 1;
        let waiting = Waiting {
            number: event.number.clone(),
            line: line.to_owned(),
            class,
            came_at: event.at,
            place,
            needs: needs.to_vec(),
        };
        if self.tickets.insert(event.number.clone(), (State::Waiting, waiting)).is_some() {
            self.finding(event.turn, "number-twice", &[&event.number]);
        }
    }

    fn call(&mut self, event: &Event, counter: &str, lines: &BTreeSet<String>, passed: bool) {
        self.checked.calls += 1;
        self.checked.passed += i64::from(passed);
        let able = self.setup.able(counter, lines);
        let waiting: Vec<Waiting> = self
            .tickets
            .values()
            .filter(|(state, _)| *state == State::Waiting)
            .map(|(_, waiting)| waiting.clone())
            .collect();
        let calls: Vec<Called> =
            self.calls.iter().filter(|(line, _)| lines.contains(line)).map(|(_, call)| *call).collect();
        let due = next(&self.setup.order, &calls, &waiting, &able);
        match due.map(|(n, passes)| (waiting[n].number.as_str(), passes)) {
            Some((number, passes)) if number == event.number && passes == passed => {}
            Some((number, _)) => self.finding(event.turn, "out-of-order", &[&event.number, number]),
            None => self.finding(event.turn, "out-of-order", &[&event.number]),
        }
        if let Some((_, waiting)) = self.tickets.get(&event.number) {
            self.calls.push((waiting.line.clone(), Called { passed }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setup() -> Setup {
        Setup::read(crate::queue::setup::SMALL).unwrap()
    }

    fn checked(events: &[Event]) -> Checked {
        check(&[("one".to_owned(), setup())].into(), "one", events).unwrap()
    }

    fn take(turn: i64, minute: i64, number: &str, needs: &[Need]) -> Event {
        // An hour later: a need's place is earlier than its time, and 0 stands before all.
        let at = (60 + minute) * MINUTE;
        let (class, place) = place_of(&setup().order, at, None, needs);
        let (line, needs) = ("A".to_owned(), needs.to_vec());
        let what = What::Take { line, class, place, booked_for: None, needs, again: None };
        Event { turn, at, number: number.into(), what }
    }

    fn call(turn: i64, number: &str, passed: bool) -> Event {
        let what = What::Call { counter: "C1".into(), lines: ["A".to_owned()].into(), passed };
        Event { turn, at: turn * MINUTE, number: number.into(), what }
    }

    fn then(turn: i64, number: &str, what: Step) -> Event {
        Event { turn, at: turn * MINUTE, number: number.into(), what: What::Other { what } }
    }

    fn revive(turn: i64, minute: i64, place: i64) -> Event {
        let what = What::Revive { place: place * MINUTE };
        Event { turn, at: minute * MINUTE, number: "A001".into(), what }
    }

    #[test]
    fn a_day_kept_by_the_rule_has_no_findings() {
        let events = [
            take(1, 1, "A001", &[]),
            take(2, 2, "A002", &[]),
            take(3, 3, "A003", &[Need::CannotWait]),
            call(4, "A003", true),
            then(5, "A003", Step::Begin),
            then(6, "A003", Step::Finish),
            call(7, "A001", false),
            then(8, "A001", Step::Miss),
            revive(9, 9, 61),
            call(10, "A001", false),
        ];
        let checked = checked(&events);
        assert_eq!(checked.findings, []);
        assert_eq!((checked.taken, checked.calls, checked.passed), (3, 3, 1));
        let text = serde_json::to_string(&events).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Event>>(&text).unwrap(), events, "{text}");
    }

    #[test]
    fn every_way_of_cheating_is_named() {
        let codes = |events: &[Event]| -> Vec<&'static str> {
            checked(events).findings.iter().map(|finding| finding.code).collect()
        };
        let (one, two) = (take(1, 1, "A001", &[]), take(2, 2, "A002", &[]));
        assert_eq!(codes(&[one.clone(), two.clone(), call(3, "A002", false)]), ["out-of-order"]);
        assert_eq!(codes(&[one.clone(), call(3, "A001", false)]), ["gap"]);
        let mut earlier = two.clone();
        if let What::Take { place, .. } = &mut earlier.what {
            *place = 0;
        }
        assert_eq!(codes(&[one.clone(), earlier]), ["place-wrong"]);
        assert_eq!(codes(&[one.clone(), then(2, "A001", Step::Finish)]), ["step-impossible"]);
        let jump = What::Jump { reason: JumpReason::Illness, place: 0 };
        let jump = Event { turn: 3, at: 3, number: "A002".into(), what: jump };
        let mut behind = jump.clone();
        behind.what = What::Jump { reason: JumpReason::Illness, place: 61 * MINUTE };
        assert_eq!(codes(&[one.clone(), two.clone(), behind]), ["place-wrong"]);
        // Missed at the fourth minute: within the hour the place is their own, then it is lost.
        let back = |minute, place| {
            let missed = [one.clone(), call(2, "A001", false), then(3, "A001", Step::Recall)];
            codes(&[&missed[..], &[then(4, "A001", Step::Miss), revive(5, minute, place)]].concat())
        };
        assert_eq!(back(64, 61), [""; 0]);
        assert_eq!(back(64, 1), ["place-wrong"], "nobody comes back before their own place");
        assert_eq!(back(65, 61), ["place-wrong"], "too late to keep it");
        assert_eq!(back(65, 65), [""; 0]);
        let mut again = [one.clone(), two.clone()];
        for event in &mut again {
            if let What::Take { class, place, again, .. } = &mut event.what {
                (*class, *place, *again) = (Class::Walk, SECOND, Some("2026-11-21 A007".into()));
            }
        }
        assert_eq!(codes(&again), ["place-wrong"], "one ticket of yesterday lets in one today");
        let jumped = checked(&[one, two, jump, call(4, "A002", false)]);
        assert_eq!((jumped.findings.len(), jumped.jumps[&JumpReason::Illness]), (0, 1));
    }
}
