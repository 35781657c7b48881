//! Measures as one list, for files and programs.

use super::{Measures, Scores, Share, Spread};
use serde::Serialize;

/// One figure of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// By what groups are told apart: `all`, or a [`Side`](super::Side).
    pub by: &'static str,
    /// Which group; empty for all.
    pub group: String,
    /// What: `wait`, `way`, `service`, `once`, `gave-up`, `refused`, `rating`, and so on.
    pub what: &'static str,
    /// How it is told: `count`, `median`, `p90`, `p95` (seconds), `percent`, `tenths`.
    pub how: &'static str,
    /// The number; `None` when it is not told, or when there is nothing to tell of.
    pub value: Option<i64>,
}

/// A list that grows.
struct List {
    by: &'static str,
    group: String,
    all: Vec<Figure>,
}

impl List {
    fn add(&mut self, what: &'static str, how: &'static str, value: Option<i64>) {
        self.all.push(Figure { by: self.by, group: self.group.clone(), what, how, value });
    }

    fn spread(&mut self, what: &'static str, spread: Option<Spread>) {
        let some = spread.filter(|spread| spread.count > 0);
        self.add(what, "count", spread.map(|spread| spread.count));
        self.add(what, "median", some.map(|spread| spread.median));
        self.add(what, "p90", some.map(|spread| spread.p90));
        self.add(what, "p95", some.map(|spread| spread.p95));
    }

    fn share(&mut self, what: &'static str, share: Option<Share>) {
        self.add(what, "count", share.map(|share| share.of));
        self.add(what, "percent", share.and_then(Share::percent));
    }

    fn scores(&mut self, what: &'static str, scores: Option<Scores>) {
        self.add(what, "count", scores.map(|scores| scores.count));
        self.add(what, "tenths", scores.and_then(Scores::tenths));
        self.add(what, "percent", scores.and_then(|scores| scores.good().percent()));
    }
}

impl Measures {
    /// Everything as one list, in a fixed order.
    #[must_use]
    pub fn flat(&self) -> Vec<Figure> {
        let mut list = List { by: "all", group: String::new(), all: Vec::new() };
        list.add("visits", "count", self.visits);
        list.spread("wait", self.times.wait);
        list.spread("way", self.times.way);
        list.spread("service", self.times.service);
        list.share("once", self.equal.once);
        list.share("gave-up", self.equal.gave_up);
        list.share("refused", self.equal.refused);
        list.share("no-shows", self.no_shows);
        list.share("missed", self.missed);
        list.scores("rating", self.equal.scores);
        list.share("reached", self.call_backs.reached);
        list.scores("call-back-rating", self.call_backs.scores);
        list.share("money-asked", self.call_backs.money);
        list.by = "reason";
        for (reason, count) in &self.reasons {
            list.group.clone_from(reason);
            list.add("rating", "count", *count);
        }
        for (side, rows) in &self.times_by {
            list.by = side.code();
            for row in rows {
                list.group.clone_from(&row.group);
                list.spread("wait", row.wait);
                list.spread("way", row.way);
                list.spread("service", row.service);
            }
        }
        for (side, rows) in &self.equal_by {
            list.by = side.code();
            for row in rows {
                list.group.clone_from(&row.group);
                list.share("once", row.once);
                list.share("gave-up", row.gave_up);
                list.share("refused", row.refused);
                list.scores("rating", row.scores);
                // By channel the waits stand above already.
                if !super::Side::TIMES.contains(side) {
                    list.spread("wait", row.wait);
                }
            }
        }
        list.all
    }
}
