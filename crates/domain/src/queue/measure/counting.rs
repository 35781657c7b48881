//! Counting, before anything is hidden.

use super::gates::gates;
use super::{
    Call, CallBacks, Equal, Measures, NO_NEED, Rows, Scores, Share, Side, Spread, Ticket, Times, Visit,
};
use crate::queue::{Need, State};
use crate::statistics::UNKNOWN;
use std::collections::{BTreeMap, BTreeSet};

/// Counts everything. What it returns is for nobody's eyes before
/// [`Measures::covered`].
#[must_use]
pub fn measure(rows: &Rows) -> Measures {
    let visits = &rows.visits;
    let tickets = || visits.iter().flat_map(|visit| &visit.tickets);
    let missed = tickets().filter(|ticket| ticket.calls.iter().any(|call| call.missed)).count() as i64;
    Measures {
        visits: Some(visits.len() as i64),
        times: all_times(visits),
        equal: Equal { group: String::new(), ..equal(visits.iter()) },
        no_shows: Some(Share { part: rows.missed, of: rows.missed + rows.kept }),
        missed: Some(Share { part: missed, of: tickets().count() as i64 }),
        reasons: reasons(visits),
        call_backs: call_backs(rows),
        times_by: Side::TIMES.iter().map(|side| (*side, times_by(*side, visits))).collect(),
        equal_by: Side::EQUAL.iter().map(|side| (*side, equal_by(*side, visits))).collect(),
        gates: gates(visits),
    }
}

/// Times of one group while they are gathered.
#[derive(Default)]
struct Gathered {
    wait: Vec<i64>,
    way: Vec<i64>,
    service: Vec<i64>,
}

impl Gathered {
    fn told(self, group: String) -> Times {
        Times {
            group,
            wait: Some(spread(self.wait)),
            way: Some(spread(self.way)),
            service: Some(spread(self.service)),
        }
    }
}

/// The time at `part` of a thousand, by nearest rank.
fn at(sorted: &[i64], part: usize) -> i64 {
    let rank = (sorted.len() * part).div_ceil(1000).max(1);
    sorted.get(rank - 1).copied().unwrap_or(0)
}

pub(super) fn spread(mut seconds: Vec<i64>) -> Spread {
    seconds.sort_unstable();
    Spread {
        count: seconds.len() as i64,
        median: at(&seconds, 500),
        p90: at(&seconds, 900),
        p95: at(&seconds, 950),
    }
}

fn all_times(visits: &[Visit]) -> Times {
    let mut all = gathered(visits, |_, _, _| String::new());
    all.remove("").unwrap_or_default().told(String::new())
}

/// Times by what `group` says of a ticket; for each of its calls with the call. The wait
/// counts once, with the first call.
fn gathered(
    visits: &[Visit],
    group: impl Fn(&Visit, &Ticket, &Call) -> String,
) -> BTreeMap<String, Gathered> {
    let mut groups: BTreeMap<String, Gathered> = BTreeMap::new();
    for visit in visits {
        for ticket in &visit.tickets {
            for (n, call) in ticket.calls.iter().enumerate() {
                let one = groups.entry(group(visit, ticket, call)).or_default();
                if n == 0 {
                    one.wait.extend(ticket.waited);
                }
                one.way.extend(call.way);
                one.service.extend(call.service);
            }
        }
    }
    groups
}

fn times_by(side: Side, visits: &[Visit]) -> Vec<Times> {
    let groups = gathered(visits, |visit, ticket, call| match side {
        // Two digits, so that they stand in order.
        Side::Hour => format!("{:02}", ticket.hour),
        Side::Line => call.line.clone(),
        Side::Counter => call.counter.clone(),
        _ => visit.channel.clone(),
    });
    groups.into_iter().map(|(group, one)| one.told(group)).collect()
}

/// Whether nothing more becomes of a visit: none of its tickets waits or is served.
fn is_over(visit: &Visit) -> bool {
    visit.tickets.iter().all(|ticket| ticket.state.is_over())
}

/// Whether everything that somebody came for was done in this one visit.
pub(super) fn was_once(visit: &Visit) -> bool {
    !visit.came_twice && visit.tickets.iter().all(|ticket| ticket.state == State::Done)
}

fn equal<'a>(visits: impl Iterator<Item = &'a Visit>) -> Equal {
    let (mut once, mut gave_up, mut refused) = (Share::default(), Share::default(), Share::default());
    let (mut waits, mut scores) = (Vec::new(), Scores::default());
    for visit in visits {
        if is_over(visit) {
            let lost = |ticket: &Ticket| matches!(ticket.state, State::Left | State::Unserved);
            count(&mut once, was_once(visit));
            count(&mut gave_up, visit.tickets.iter().any(lost));
        }
        if visit.decided > 0 {
            count(&mut refused, visit.refused > 0);
        }
        waits.extend(visit.tickets.iter().filter_map(|ticket| ticket.waited));
        add_score(&mut scores, visit.score);
    }
    Equal {
        group: String::new(),
        once: Some(once),
        gave_up: Some(gave_up),
        refused: Some(refused),
        wait: Some(spread(waits)),
        scores: Some(scores),
    }
}

pub(super) fn count(share: &mut Share, is_part: bool) {
    share.of += 1;
    share.part += i64::from(is_part);
}

fn add_score(scores: &mut Scores, score: Option<i64>) {
    if let Some(score) = score {
        scores.count += 1;
        scores.sum += score;
        scores.good += i64::from(score >= 4);
    }
}

/// The groups of a visit on a side: one, or each need that its tickets name.
fn groups_of(side: Side, visit: &Visit) -> BTreeSet<&str> {
    let of = visit.of.as_ref();
    let one = match side {
        Side::Need => {
            let needs: BTreeSet<Need> =
                visit.tickets.iter().flat_map(|ticket| ticket.needs.iter().copied()).collect();
            if !needs.is_empty() {
                return needs.into_iter().map(Need::code).collect();
            }
            NO_NEED
        }
        Side::Language => visit.language.as_str(),
        Side::Sex => of.map_or(UNKNOWN, |of| of.sex),
        Side::Age => of.map_or(UNKNOWN, |of| of.age),
        Side::Displaced => of.map_or(UNKNOWN, |of| if of.displaced { "yes" } else { "no" }),
        _ => visit.channel.as_str(),
    };
    BTreeSet::from([one])
}

fn equal_by(side: Side, visits: &[Visit]) -> Vec<Equal> {
    let mut groups: BTreeMap<&str, Vec<&Visit>> = BTreeMap::new();
    for visit in visits {
        for group in groups_of(side, visit) {
            groups.entry(group).or_default().push(visit);
        }
    }
    let told =
        |(group, visits): (&str, Vec<&Visit>)| Equal { group: group.to_owned(), ..equal(visits.into_iter()) };
    groups.into_iter().map(told).collect()
}

fn reasons(visits: &[Visit]) -> Vec<(String, Option<i64>)> {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for reason in visits.iter().flat_map(|visit| &visit.reasons) {
        *counts.entry(reason).or_default() += 1;
    }
    let mut counts: Vec<(String, Option<i64>)> =
        counts.into_iter().map(|(reason, n)| (reason.to_owned(), Some(n))).collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counts
}

fn call_backs(rows: &Rows) -> CallBacks {
    let (mut reached, mut money, mut scores) = (Share::default(), Share::default(), Scores::default());
    for one in &rows.called_back {
        if let Some(was) = one.reached {
            count(&mut reached, was);
        }
        if let Some(asked) = one.money {
            count(&mut money, asked);
        }
        add_score(&mut scores, one.score);
    }
    CallBacks { reached: Some(reached), scores: Some(scores), money: Some(money) }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::{CalledBack, Of};
    use super::*;
    use proptest::prelude::*;

    /// A visit of one ticket that was served after so many minutes, for five minutes.
    pub fn served(channel: &str, minutes: i64) -> Visit {
        let call =
            Call { line: "A".into(), counter: "C1".into(), way: Some(30), service: Some(300), missed: false };
        let ticket = Ticket {
            line: "A".into(),
            hour: 9,
            state: State::Done,
            needs: BTreeSet::new(),
            waited: Some(minutes * 60),
            calls: vec![call],
        };
        Visit { channel: channel.into(), language: "ckb".into(), tickets: vec![ticket], ..Visit::default() }
    }

    #[test]
    fn a_morning_counted_by_hand() {
        let mut visits: Vec<Visit> = (1..=10).map(|minutes| served("online", minutes)).collect();
        // Called in vain, called again, sent on to B and served there: one wait, three calls.
        let long = &mut visits[9].tickets[0];
        let vain = Call { way: None, service: None, missed: true, ..long.calls[0].clone() };
        let other = Call { line: "B".into(), counter: "C2".into(), ..long.calls[0].clone() };
        long.calls = vec![vain, long.calls[0].clone(), other];
        long.needs = BTreeSet::from([Need::Wheelchair, Need::Reading]);
        visits[0].score = Some(5);
        visits[1].score = Some(2);
        visits[1].reasons = vec!["wait".into()];
        visits[2].came_twice = true;
        visits[3].tickets[0].state = State::Left;
        visits[4].decided = 2;
        visits[4].refused = 1;
        visits[5].tickets[0].state = State::Waiting;
        visits[6].of = Some(Of { sex: "female", age: "30-44", displaced: true });
        let called_back = vec![
            CalledBack { reached: Some(true), score: Some(4), money: Some(false) },
            CalledBack { reached: Some(false), ..CalledBack::default() },
            CalledBack::default(),
        ];
        let told = measure(&Rows { visits, kept: 7, missed: 3, called_back });

        assert_eq!(told.visits, Some(10));
        assert_eq!(told.times.wait, Some(Spread { count: 10, median: 300, p90: 540, p95: 600 }));
        assert_eq!(told.times.service.unwrap().count, 11);
        assert_eq!(told.missed, Some(Share { part: 1, of: 10 }));
        assert_eq!(told.no_shows.unwrap().percent(), Some(30));
        // Nine are over; one came twice and one left.
        assert_eq!(told.equal.once, Some(Share { part: 7, of: 9 }));
        assert_eq!(told.equal.gave_up, Some(Share { part: 1, of: 9 }));
        assert_eq!(told.equal.refused, Some(Share { part: 1, of: 1 }));
        let scores = told.equal.scores.unwrap();
        assert_eq!((scores.tenths(), scores.good().percent()), (Some(35), Some(50)));
        assert_eq!(told.reasons, [("wait".to_owned(), Some(1))]);
        assert_eq!(told.call_backs.reached, Some(Share { part: 1, of: 2 }));
        assert_eq!(told.call_backs.money, Some(Share { part: 0, of: 1 }));

        let by = |side: Side| &told.times_by.iter().find(|(one, _)| *one == side).unwrap().1;
        let lines: Vec<(&str, i64, i64)> = by(Side::Line)
            .iter()
            .map(|row| (row.group.as_str(), row.wait.unwrap().count, row.service.unwrap().count))
            .collect();
        assert_eq!(lines, [("A", 10, 10), ("B", 0, 1)]);
        let equal = |side: Side| &told.equal_by.iter().find(|(one, _)| *one == side).unwrap().1;
        let needs: Vec<&str> = equal(Side::Need).iter().map(|row| row.group.as_str()).collect();
        assert_eq!(needs, ["none", "reading", "wheelchair"]);
        let displaced: Vec<&str> = equal(Side::Displaced).iter().map(|row| row.group.as_str()).collect();
        assert_eq!(displaced, ["unknown", "yes"]);
    }

    #[test]
    fn nothing_is_counted_as_nothing() {
        let told = measure(&Rows::default());
        assert_eq!(told.times.wait, Some(Spread::default()));
        assert_eq!((told.no_shows.unwrap().percent(), told.equal.scores.unwrap().tenths()), (None, None));
        assert!(told.times_by.iter().all(|(_, rows)| rows.is_empty()));
    }

    fn any_visit() -> impl Strategy<Value = Visit> {
        let what = (0..3_usize, 0..3_usize, 0..4_usize, 0..24_i64, 0..9_000_i64);
        let said = (proptest::option::of(1..6_i64), any::<bool>(), 0..3_i64, 0..5_usize);
        (what, said).prop_map(|((channel, line, state, hour, waited), (score, twice, decided, age))| {
            let mut visit = served(["online", "kiosk", "counter"][channel], 0);
            let ticket = &mut visit.tickets[0];
            ticket.state = [State::Done, State::Left, State::Unserved, State::Waiting][state];
            ticket.hour = hour;
            ticket.waited = Some(waited);
            ticket.calls[0].line = ["A", "B", "C"][line].into();
            ticket.calls[0].counter = ["C1", "C2", "C3"][line].into();
            visit.score = score;
            visit.came_twice = twice;
            visit.decided = decided;
            visit.refused = decided / 2;
            visit.language = ["ckb", "ar", "kmr"][line].into();
            visit.of = (age > 0).then(|| Of {
                sex: ["female", "male"][age % 2],
                age: super::super::AGES[age],
                displaced: twice,
            });
            visit
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_parts_of_every_side_make_the_whole(visits in proptest::collection::vec(any_visit(), 0..120)) {
            let told = measure(&Rows { visits, ..Rows::default() });
            for (side, rows) in &told.times_by {
                let sum = |of: fn(&Times) -> Option<Spread>| -> i64 {
                    rows.iter().filter_map(of).map(|spread| spread.count).sum()
                };
                prop_assert_eq!(sum(|row| row.wait), told.times.wait.unwrap().count, "{}", side.code());
                prop_assert_eq!(sum(|row| row.service), told.times.service.unwrap().count);
            }
            for (side, rows) in &told.equal_by {
                let (mut once, mut scores) = (Share::default(), Scores::default());
                for row in rows {
                    once.of += row.once.unwrap().of;
                    once.part += row.once.unwrap().part;
                    scores.count += row.scores.unwrap().count;
                    scores.sum += row.scores.unwrap().sum;
                }
                prop_assert_eq!(Some(once), told.equal.once, "{}", side.code());
                prop_assert_eq!(scores.sum, told.equal.scores.unwrap().sum);
            }
        }
    }
}
