//! The rest of a day: how many will still come, how many will wait, and how many counters
//! would keep the wait short. It is decided from like days, from how today compares with
//! them so far, and from what is booked; it is told as a range, because nobody knows.
//!
//! The queue is a fluid here: so many come in an hour, so many can be served. That is less
//! than [`simulate`](super::simulate) does, and enough for whoever has to open a counter
//! now; what a whole day would be with other counters is tried out there.

/// A number of people that nobody knows exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Amount {
    /// Hardly fewer than this.
    pub low: f64,
    /// As many as can be expected.
    pub likely: f64,
    /// Hardly more than this.
    pub high: f64,
}

/// Four of five days stay within so many times their spread.
const WITHIN: f64 = 1.28;

/// So many people are needed before today says more than the days like it.
const WEIGHS: f64 = 5.0;

/// How much busier today is than the days like it: `today` came so far, `like` by the same
/// time on each of those. Near 1 while few came; never below a quarter or above four.
#[must_use]
pub fn scale(today: f64, like: &[f64]) -> f64 {
    if like.is_empty() {
        return 1.0;
    }
    let usual = like.iter().sum::<f64>() / like.len() as f64;
    ((today + WEIGHS) / (usual + WEIGHS)).clamp(0.25, 4.0)
}

/// How many will come without an appointment in `share` of an hour: `like` came in the
/// whole hour on each like day, and today is `scale` times as busy. Those who `booked` are
/// known, and added to all three.
#[must_use]
pub fn expected(like: &[f64], scale: f64, share: f64, booked: f64) -> Amount {
    let days = like.len() as f64;
    let mean = if like.is_empty() { 0.0 } else { like.iter().sum::<f64>() / days };
    let spread = if like.len() < 2 {
        0.0
    } else {
        like.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / (days - 1.0)
    };
    // People who come on their own stray by at least the root of their number, however
    // alike the few days that were looked at.
    let likely = mean * scale * share;
    let stray = WITHIN * (spread.max(mean) * scale * share).sqrt();
    Amount { low: (likely - stray).max(0.0) + booked, likely: likely + booked, high: likely + stray + booked }
}

/// A part of the rest of the day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// How many minutes of it the centre is open.
    pub minutes: f64,
    /// How many come in it.
    pub come: Amount,
    /// How many counters have somebody planned in it; `None` where nobody is planned, and
    /// those of now stay.
    pub counters: Option<f64>,
}

/// What a line is like now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Now {
    /// How many wait.
    pub waiting: f64,
    /// How many minutes a visit takes.
    pub visit: f64,
    /// How many counters serve it; a counter that serves other lines too counts in part.
    pub counters: f64,
    /// How many minutes nobody should wait longer than.
    pub promise: f64,
}

/// What a part of the rest of the day will be like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ahead {
    /// How many wait at its end, if the counters stay as they are.
    pub waiting: Amount,
    /// How many counters would keep everybody's wait within the promise, if so many were
    /// open from now on.
    pub counters: f64,
}

/// How many wait after a part in which so many come.
#[must_use]
pub fn after(waiting: f64, come: f64, counters: f64, visit: f64, minutes: f64) -> f64 {
    (waiting + come - counters * minutes / visit).max(0.0)
}

/// What the rest of the day will be like, part by part.
#[must_use]
pub fn ahead(now: &Now, parts: &[Part]) -> Vec<Ahead> {
    let visit = now.visit.max(0.1);
    let mut waiting = Amount { low: now.waiting, likely: now.waiting, high: now.waiting };
    // Who would wait if there always were as many counters as are needed.
    let mut planned = now.waiting;
    let part = |part: &Part| {
        let counters = part.counters.unwrap_or(now.counters);
        let go_on = |before: f64, come: f64| after(before, come, counters, visit, part.minutes);
        waiting = Amount {
            low: go_on(waiting.low, part.come.low),
            likely: go_on(waiting.likely, part.come.likely),
            high: go_on(waiting.high, part.come.high),
        };
        // Whoever stands at the end of the line waits for all before them: so much work must
        // be left that the counters do it within the promise.
        let room = part.minutes + now.promise;
        let counters = if room > 0.0 { (planned + part.come.likely) * visit / room } else { 0.0 };
        planned = after(planned, part.come.likely, counters, visit, part.minutes);
        Ahead { waiting, counters }
    };
    parts.iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, due: f64) {
        assert!((found - due).abs() < 0.001, "{found} is not {due}");
    }

    fn hour(come: f64) -> Part {
        let come = Amount { low: come / 2.0, likely: come, high: come * 2.0 };
        Part { minutes: 60.0, come, counters: None }
    }

    #[test]
    fn who_comes_is_reckoned_from_like_days() {
        // The mean is 12; three days that differ by less than chance stray by its root.
        let amount = expected(&[10.0, 14.0, 12.0], 1.0, 1.0, 0.0);
        near(amount.likely, 12.0);
        near(amount.low, 12.0 - 1.28 * 12.0_f64.sqrt());
        near(amount.high, 12.0 + 1.28 * 12.0_f64.sqrt());
        // Half an hour of a day twice as busy, with three who booked.
        near(expected(&[10.0, 14.0, 12.0], 2.0, 0.5, 3.0).likely, 15.0);
        // Days that differ much say less: the variance of 4 and 20 is 128.
        near(expected(&[4.0, 20.0], 1.0, 1.0, 0.0).high, 12.0 + 1.28 * 128.0_f64.sqrt());
        assert_eq!(expected(&[], 1.0, 1.0, 2.0), Amount { low: 2.0, likely: 2.0, high: 2.0 });
    }

    #[test]
    fn today_counts_by_how_many_came() {
        near(scale(55.0, &[20.0, 30.0]), 2.0);
        near(scale(0.0, &[0.0]), 1.0);
        near(scale(1000.0, &[1.0]), 4.0);
        near(scale(7.0, &[]), 1.0);
        assert!(scale(2.0, &[1.0]) < 1.2, "one more is no sign of a crowd");
    }

    #[test]
    fn the_hours_ahead_by_hand() {
        let now = Now { waiting: 6.0, visit: 10.0, counters: 2.0, promise: 15.0 };
        let ahead = ahead(&now, &[hour(12.0), hour(18.0)]);
        // Two counters serve 12 an hour.
        near(ahead[0].waiting.likely, 6.0);
        near(ahead[1].waiting.likely, 12.0);
        near(ahead[0].waiting.low, 0.0);
        near(ahead[0].waiting.high, 18.0);
        // 18 people are 180 minutes of work; within 60 and 15 minutes that is 2.4 counters.
        near(ahead[0].counters, 2.4);
        // They leave 3.6 waiting, for 15 minutes each; then 21.6 people are 2.88 counters.
        near(ahead[1].counters, 2.88);
    }

    #[test]
    fn an_hour_with_somebody_planned_is_served_by_them() {
        let now = Now { waiting: 6.0, visit: 10.0, counters: 0.0, promise: 15.0 };
        let planned = Part { counters: Some(2.0), ..hour(12.0) };
        let ahead = ahead(&now, &[planned, hour(12.0)]);
        near(ahead[0].waiting.likely, 6.0);
        near(ahead[1].waiting.likely, 18.0);
    }

    #[test]
    fn nobody_open_serves_nobody() {
        let now = Now { waiting: 2.0, visit: 5.0, counters: 0.0, promise: 15.0 };
        near(ahead(&now, &[hour(10.0), hour(1.0)])[1].waiting.likely, 13.0);
    }

    #[test]
    fn more_counters_never_wait_longer() {
        let mut drawn = 7_u64;
        let mut draw = |most: u64| {
            drawn = drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((drawn >> 33) % most) as f64
        };
        for _ in 0..2_000 {
            let parts: Vec<Part> = (0..6).map(|_| hour(draw(60))).collect();
            let few = Now {
                waiting: draw(80),
                visit: 1.0 + draw(30),
                counters: draw(20) / 2.0,
                promise: 1.0 + draw(60),
            };
            let many = Now { counters: few.counters + draw(10) / 2.0, ..few };
            for (few, many) in ahead(&few, &parts).iter().zip(ahead(&many, &parts)) {
                assert!(many.waiting.low <= few.waiting.low);
                assert!(many.waiting.likely <= few.waiting.likely);
                assert!(many.waiting.high <= few.waiting.high);
                assert!(few.waiting.low <= few.waiting.likely && few.waiting.likely <= few.waiting.high);
            }
            // With the counters that are needed the promise is kept.
            let mut waiting = few.waiting;
            for (part, need) in parts.iter().zip(ahead(&few, &parts)) {
                waiting = after(waiting, part.come.likely, need.counters, few.visit, part.minutes);
                let last = if waiting > 0.0 { waiting * few.visit / need.counters } else { 0.0 };
                assert!(last <= few.promise + 0.001, "{last} of {}", few.promise);
            }
        }
    }
}
