//! The rest of the day at a centre, reckoned from days like it.

use super::{hours_of, setup_standing, today_at};
use crate::administration::days_off;
use diwan_domain::calendar::{Holidays, OpeningHours};
use diwan_domain::ids::CentreId;
use diwan_domain::queue::duties::{Duty, staffed, weekday_of};
use diwan_domain::queue::forecast::{Ahead, Amount, Now, Part, ahead, expected, scale};
use diwan_domain::queue::{MINUTE, Setup, State};
use diwan_store::centres::{self, CentreRow};
use diwan_store::floor::{self, Arrivals};
use diwan_store::queue::{self, QueueDayRow, SittingRow};
use diwan_store::{Fault, Tx};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Microseconds in an hour.
const HOUR: i64 = 60 * MINUTE;

/// With so many served today, other days say nothing more about how long a visit takes.
const ENOUGH: i64 = 10;

/// People as they are told: fewest, likely, most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Hardly fewer.
    pub low: i64,
    /// As many as can be expected.
    pub likely: i64,
    /// Hardly more.
    pub high: i64,
}

impl From<Amount> for About {
    fn from(amount: Amount) -> Self {
        Self {
            low: amount.low.floor() as i64,
            likely: amount.likely.round() as i64,
            high: amount.high.ceil() as i64,
        }
    }
}

/// One hour ahead, or what is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HourAhead {
    /// From when, microseconds since 1970 UTC.
    pub from: i64,
    /// Until when.
    pub until: i64,
    /// How many come.
    pub come: About,
    /// How many wait at its end, if the counters stay as they are.
    pub waiting: About,
    /// How many counters would keep the wait within the promise.
    pub counters: i64,
    /// How many have somebody planned at its beginning; `None` where the centre plans
    /// nobody. Told for the centre as a whole and for each line.
    pub planned: Option<i64>,
}

/// A line's hours ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineAhead {
    /// Its letter.
    pub letter: String,
    /// How many seconds a visit takes, as far as is known.
    pub visit_seconds: i64,
    /// Its hours.
    pub hours: Vec<HourAhead>,
}

/// The rest of a centre's day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// How many like days it is reckoned from.
    pub like_days: usize,
    /// How many minutes nobody should wait longer than.
    pub promise: i64,
    /// How many counters are open now.
    pub open: i64,
    /// All lines together; empty when the day is over.
    pub hours: Vec<HourAhead>,
    /// Each line.
    pub lines: Vec<LineAhead>,
}

/// Days like one of a centre: the same weekday, of the last eight weeks, no day off, on
/// which something happened; the latest first.
pub(super) async fn like_days(
    tx: &mut Tx<'_>,
    centre: &CentreRow,
    today: &str,
) -> Result<Vec<QueueDayRow>, Fault> {
    let date: Date = today.parse().map_err(|_| Fault::Shape("queue day".into()))?;
    let mut dates: [String; 8] = Default::default();
    for (weeks, place) in (1_i64..).zip(dates.iter_mut()) {
        let before = date.checked_sub(jiff::Span::new().weeks(weeks));
        *place = before.map_err(|_| Fault::Shape("queue day".into()))?.to_string();
    }
    let off = days_off(tx, Some(centre)).await?;
    let found = queue::days_among(tx, centre.id, &dates).await?;
    let counts = |row: &QueueDayRow| row.day.parse().is_ok_and(|day: Date| !off.closed.contains(&day));
    Ok(found.into_iter().filter(|row| row.turn > 0 && counts(row)).collect())
}

/// What is left of one hour of the clock.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Left {
    /// From when the centre is open in it, microseconds since 1970 UTC.
    from: i64,
    /// Until when.
    until: i64,
    /// How many minutes it is open still.
    minutes: f64,
    /// How many it is open in the whole of it.
    of: f64,
}

/// What is left of today, hour by hour of the clock.
fn left(hours: &OpeningHours, off: &Holidays, today: Date, now: i64) -> Vec<Left> {
    let midnight = hours.midnight(today);
    let open: Vec<(i64, i64)> = hours
        .on(today, off)
        .iter()
        .map(|one| (midnight + i64::from(one.opens) * MINUTE, midnight + i64::from(one.closes) * MINUTE))
        .collect();
    let within = |from: i64, until: i64| -> Vec<(i64, i64)> {
        let cut = open.iter().map(|(opens, closes)| (from.max(*opens), until.min(*closes)));
        cut.filter(|(from, until)| from < until).collect()
    };
    let minutes = |pieces: &[(i64, i64)]| {
        pieces.iter().map(|(from, until)| until - from).sum::<i64>() as f64 / MINUTE as f64
    };
    let hour = |n: i64| {
        let (start, end) = (midnight + n * HOUR, midnight + (n + 1) * HOUR);
        let pieces = within(start.max(now), end);
        let (from, until) = (pieces.first()?.0, pieces.last()?.1);
        Some(Left { from, until, minutes: minutes(&pieces), of: minutes(&within(start, end)) })
    };
    (0..24).filter_map(hour).collect()
}

/// What is known of a like day, by line.
struct Past {
    came: Vec<Arrivals>,
}

impl Past {
    /// How many walked in within one hour of the clock.
    fn walked(&self, line: Option<&str>, hour: i64) -> f64 {
        let meant = |one: &&Arrivals| one.hour == hour && line.is_none_or(|line| line == one.line);
        self.came.iter().filter(meant).map(|one| one.walked as f64).sum()
    }

    /// How many walked in before a time of the day, counted in hours.
    fn walked_before(&self, line: Option<&str>, time: f64) -> f64 {
        let whole = time.floor();
        let hours = (0..whole as i64).map(|hour| self.walked(line, hour)).sum::<f64>();
        hours + self.walked(line, whole as i64) * (time - whole)
    }
}

/// What the office looked up.
struct Known {
    setup: std::sync::Arc<Setup>,
    midnight: i64,
    now: i64,
    past: Vec<Past>,
    today: Past,
    /// Visits served and the microseconds they took, today and on like days, by line.
    served: BTreeMap<String, [(i64, i64); 2]>,
    waiting: BTreeMap<String, i64>,
    sittings: Vec<SittingRow>,
    booked: BTreeMap<String, Vec<i64>>,
    duties: Vec<Duty>,
    today_is: Date,
}

/// The rest of the day at a centre; `None` when nobody published how people are served
/// there.
///
/// # Errors
/// When the database fails.
pub async fn outlook(tx: &mut Tx<'_>, centre: CentreId, now: i64) -> Result<Option<Outlook>, Fault> {
    let Some(centre) = centres::centre(tx, centre).await? else { return Ok(None) };
    let Some((_, setup)) = setup_standing(tx, centre.id).await? else { return Ok(None) };
    let day = today_at(&centre, now);
    let today: Date = day.parse().map_err(|_| Fault::Shape("queue day".into()))?;
    let (hours, off) = (hours_of(&centre)?, days_off(tx, Some(&centre)).await?);
    let left = left(&hours, &off, today, now);
    let known = known(tx, &centre, setup, &hours, now).await?;
    let lines: Vec<(f64, Vec<Part>)> = known
        .setup
        .lines
        .iter()
        .map(|line| (known.visit(&line.letter), known.parts(&line.letter, &left)))
        .collect();
    let counters = known.counters(&lines);
    let promise = known.setup.order.promise;
    let mut outlook = Outlook {
        like_days: known.past.len(),
        promise,
        open: known.sittings.len() as i64,
        hours: Vec::new(),
        lines: Vec::new(),
    };
    let mut sums = vec![(Amount::default(), Amount::default(), 0.0); left.len()];
    for ((line, (visit, own)), counters) in known.setup.lines.iter().zip(&lines).zip(counters) {
        let waiting = known.waiting.get(&line.letter).copied().unwrap_or(0) as f64;
        let now = Now { waiting, visit: *visit, counters, promise: promise as f64 };
        let told = ahead(&now, own);
        for ((sum, part), one) in sums.iter_mut().zip(own).zip(&told) {
            add(&mut sum.0, part.come);
            add(&mut sum.1, one.waiting);
            sum.2 += one.counters;
        }
        let labels = known.setup.labels_of(&line.letter);
        let hour = |((left, part), one): ((&Left, &Part), &Ahead)| HourAhead {
            planned: known.planned(&labels, left),
            ..hour_ahead(left, part.come, one.waiting, one.counters)
        };
        outlook.lines.push(LineAhead {
            letter: line.letter.clone(),
            visit_seconds: (visit * 60.0).round() as i64,
            hours: left.iter().zip(own).zip(&told).map(hour).collect(),
        });
    }
    let labels = known.setup.counters.iter().map(|counter| counter.label.clone()).collect();
    let all = |(left, sum): (&Left, &(Amount, Amount, f64))| HourAhead {
        planned: known.planned(&labels, left),
        ..hour_ahead(left, sum.0, sum.1, sum.2)
    };
    outlook.hours = left.iter().zip(&sums).map(all).collect();
    Ok(Some(outlook))
}

fn hour_ahead(left: &Left, come: Amount, waiting: Amount, counters: f64) -> HourAhead {
    // Half a thousandth of a counter is an error of reckoning, not a counter.
    let counters = (counters - 0.0005).ceil().max(0.0) as i64;
    let Left { from, until, .. } = *left;
    HourAhead { from, until, come: come.into(), waiting: waiting.into(), counters, planned: None }
}

fn add(sum: &mut Amount, one: Amount) {
    sum.low += one.low;
    sum.likely += one.likely;
    sum.high += one.high;
}

async fn known(
    tx: &mut Tx<'_>,
    centre: &CentreRow,
    setup: std::sync::Arc<Setup>,
    hours: &OpeningHours,
    now: i64,
) -> Result<Known, Fault> {
    let day = today_at(centre, now);
    let midnight = |day: &str| -> Result<i64, Fault> {
        Ok(hours.midnight(day.parse().map_err(|_| Fault::Shape("queue day".into()))?))
    };
    let start = midnight(&day)?;
    let mut known = Known {
        midnight: start,
        now,
        past: Vec::new(),
        today: Past { came: Vec::new() },
        served: BTreeMap::new(),
        waiting: BTreeMap::new(),
        sittings: queue::sitting_in(tx, centre.id).await?,
        booked: BTreeMap::new(),
        duties: super::duties::duties_of(tx, centre.id).await?,
        today_is: day.parse().map_err(|_| Fault::Shape("queue day".into()))?,
        setup,
    };
    for like in like_days(tx, centre, &day).await? {
        let came = floor::arrivals(tx, like.id, midnight(&like.day)?).await?;
        known.past.push(Past { came });
        for (line, n, took) in floor::served(tx, like.id).await? {
            let sum = &mut known.served.entry(line).or_default()[1];
            *sum = (sum.0 + n, sum.1 + took);
        }
    }
    if let Some(row) = queue::day(tx, centre.id, &day).await? {
        known.today = Past { came: floor::arrivals(tx, row.id, start).await? };
        for (line, n, took) in floor::served(tx, row.id).await? {
            known.served.entry(line).or_default()[0] = (n, took);
        }
        for ticket in queue::in_state(tx, row.id, State::Waiting.code()).await? {
            *known.waiting.entry(ticket.line).or_default() += 1;
        }
    }
    let letters: Vec<String> = known.setup.lines.iter().map(|line| line.letter.clone()).collect();
    for letter in letters {
        let rows = queue::booked(tx, centre.id, &letter, (now, start + 24 * HOUR)).await?;
        let open = rows.iter().filter(|row| row.standing == "open").map(|row| row.starts_at);
        known.booked.insert(letter, open.collect());
    }
    Ok(known)
}

impl Known {
    /// How many minutes a visit of a line takes: of today, of like days as long as few were
    /// served today, and as the setup says when nothing was measured.
    fn visit(&self, letter: &str) -> f64 {
        let guess = self.setup.line(letter).map_or(10.0, |line| line.minutes as f64);
        let [today, like] = self.served.get(letter).copied().unwrap_or_default();
        let (n, took) = if today.0 >= ENOUGH { today } else { (today.0 + like.0, today.1 + like.1) };
        if n == 0 { guess } else { (took as f64 / n as f64 / MINUTE as f64).max(0.1) }
    }

    /// How many counters of those with these labels have somebody planned when an hour, or
    /// what is left of it, begins.
    fn planned(&self, labels: &BTreeSet<String>, left: &Left) -> Option<i64> {
        let minute = u16::try_from((left.from - self.midnight) / MINUTE).ok()?;
        staffed(&self.duties, labels, self.today_is, minute).map(i64::from)
    }

    /// The same for a line, where counters that serve others too count in part. The hour
    /// that has begun goes on with the counters that are open now.
    fn part_of_planned(&self, letter: &str, left: &Left) -> Option<f64> {
        if self.duties.is_empty() || left.from <= self.now {
            return None;
        }
        let minute = u16::try_from((left.from - self.midnight) / MINUTE).ok()?;
        let weekday = weekday_of(self.today_is);
        let there = |label: &str| {
            self.duties.iter().any(|duty| duty.counter == label && duty.serves(weekday, minute))
        };
        let serving = self
            .setup
            .counters
            .iter()
            .filter(|counter| counter.lines.iter().any(|line| line == letter) && there(&counter.label));
        Some(serving.map(|counter| 1.0 / counter.lines.len() as f64).sum())
    }

    /// Who comes into a line in each part of the rest of the day.
    fn parts(&self, letter: &str, left: &[Left]) -> Vec<Part> {
        let time = (self.now - self.midnight) as f64 / HOUR as f64;
        let so_far: Vec<f64> = self.past.iter().map(|past| past.walked_before(None, time)).collect();
        let scale = scale(self.today.walked_before(None, 24.0), &so_far);
        // Without like days today goes on as it began.
        let first = self.today.came.iter().map(|one| one.hour).min();
        let hours = first.map_or(1.0, |first| (time - first as f64).max(1.0));
        let rate = self.today.walked_before(Some(letter), 24.0) / hours;
        let part = |left: &Left| {
            let hour = (left.from - self.midnight) / HOUR;
            let (like, share) = if self.past.is_empty() {
                (vec![rate], left.minutes / 60.0)
            } else {
                let like = self.past.iter().map(|past| past.walked(Some(letter), hour)).collect();
                (like, left.minutes / left.of)
            };
            let booked = self.booked.get(letter).map_or(0, |times| {
                let hour = self.midnight + hour * HOUR..left.until;
                times.iter().filter(|at| hour.contains(*at)).count()
            });
            let come = expected(&like, scale, share, booked as f64);
            Part { minutes: left.minutes, come, counters: self.part_of_planned(letter, left) }
        };
        left.iter().map(part).collect()
    }

    /// How many counters serve each line: one that serves several is shared by the work
    /// that each of them brings.
    fn counters(&self, lines: &[(f64, Vec<Part>)]) -> Vec<f64> {
        let letters: Vec<&str> = self.setup.lines.iter().map(|line| line.letter.as_str()).collect();
        let work: Vec<f64> = letters
            .iter()
            .zip(lines)
            .map(|(letter, (visit, parts))| {
                let waiting = self.waiting.get(*letter).copied().unwrap_or(0) as f64;
                (waiting + parts.iter().map(|part| part.come.likely).sum::<f64>()) * visit
            })
            .collect();
        let mut counters = vec![0.0; letters.len()];
        for sitting in &self.sittings {
            let served = super::calling::lines_of(sitting);
            let own: Vec<usize> = (0..letters.len()).filter(|n| served.contains(letters[*n])).collect();
            let all: f64 = own.iter().map(|n| work[*n]).sum();
            for n in &own {
                counters[*n] += if all > 0.0 { work[*n] / all } else { 1.0 / own.len() as f64 };
            }
        }
        counters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_day_ends_when_the_centre_closes() {
        // From 08:30 to 14:30, three hours before UTC.
        let (hours, today) = (OpeningHours::usual(), Date::constant(2026, 11, 22));
        let at = |minute: i64| hours.midnight(today) + minute * MINUTE;
        let told = |now: i64| -> Vec<(i64, i64, i64, i64)> {
            let off = Holidays::default();
            let minute = |micros: i64| (micros - hours.midnight(today)) / MINUTE;
            left(&hours, &off, today, now)
                .iter()
                .map(|one| (minute(one.from), minute(one.until), one.minutes as i64, one.of as i64))
                .collect()
        };
        assert_eq!(told(at(12 * 60 + 45)), [(765, 780, 15, 60), (780, 840, 60, 60), (840, 870, 30, 30)]);
        assert_eq!(told(at(0)).first(), Some(&(510, 540, 30, 30)));
        assert_eq!(told(at(870)), []);
        // Nobody is expected on a day off.
        let off = Holidays { closed: [today].into(), ..Holidays::default() };
        assert_eq!(left(&hours, &off, today, at(0)), []);
    }
}
