//! A plan of a day as a file: who comes, and who serves. Its format stands in
//! `docs/centres-planning.md`.

use super::arrivals::{Demand, LineDemand, QUARTER, Takes};
use super::{Shift, Staffing, micros};
use crate::queue::{MINUTE, Need, Setup};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// A plan that fits its centre.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Who comes.
    pub demand: Demand,
    /// Who serves.
    pub staffing: Staffing,
}

/// What is wrong with a plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {found}; {mend}")]
pub struct PlanFault {
    /// Where: `line A`, `shift 3`, or `line 12, column 4 of the file`.
    pub place: String,
    /// What was found.
    pub found: String,
    /// What to write instead.
    pub mend: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    #[serde(default = "half")]
    way: f64,
    #[serde(default = "one")]
    recall: f64,
    #[serde(rename = "line", default)]
    lines: Vec<FileLine>,
    #[serde(rename = "shift", default)]
    shifts: Vec<FileShift>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileLine {
    letter: String,
    per_hour: BTreeMap<String, f64>,
    minutes: Option<f64>,
    #[serde(default = "half")]
    spread: f64,
    #[serde(default)]
    needs: BTreeMap<Need, f64>,
    #[serde(default)]
    booked: f64,
    #[serde(default = "ten")]
    early: f64,
    #[serde(default = "ten")]
    early_spread: f64,
    #[serde(default)]
    no_show: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileShift {
    counter: String,
    from: String,
    until: String,
    lines: Option<Vec<String>>,
}

fn half() -> f64 {
    0.5
}

fn one() -> f64 {
    1.0
}

fn ten() -> f64 {
    10.0
}

#[derive(Default)]
struct Faults(Vec<PlanFault>);

impl Faults {
    fn add(&mut self, place: &str, found: impl Into<String>, mend: impl Into<String>) {
        self.0.push(PlanFault { place: place.to_owned(), found: found.into(), mend: mend.into() });
    }

    fn within(&mut self, place: &str, key: &str, value: f64, (least, most): (f64, f64)) {
        if !(least..=most).contains(&value) {
            let mend = format!("write a number from {least} to {most}");
            self.add(place, format!("{key} = {value}"), mend);
        }
    }
}

impl Plan {
    /// Reads a file and holds it against the centre's setup.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place and how to mend it; what
    /// cannot be read at all is told alone.
    pub fn read(text: &str, setup: &Setup) -> Result<Self, Vec<PlanFault>> {
        let file: File = toml::from_str(text).map_err(|error| vec![unreadable(text, &error)])?;
        let mut faults = Faults::default();
        faults.within("way", "way", file.way, (0.0, 60.0));
        faults.within("recall", "recall", file.recall, (0.0, 15.0));
        if file.lines.is_empty() {
            faults.add("file", "nobody comes", "add a [[line]] for each line of the setup");
        }
        let mut seen = BTreeSet::new();
        for line in file.lines.iter().filter(|line| !seen.insert(line.letter.as_str())) {
            faults.add(&format!("line {}", line.letter), "it stands twice", "keep one of them");
        }
        let lines: Vec<LineDemand> =
            file.lines.iter().filter_map(|line| line_of(line, setup, &mut faults)).collect();
        let numbered = file.shifts.iter().enumerate();
        let shifts: Vec<Shift> =
            numbered.filter_map(|(n, shift)| shift_of(n + 1, shift, setup, &mut faults)).collect();
        check_overlaps(&shifts, &mut faults);
        for line in &lines {
            if !file.shifts.is_empty() && !shifts.iter().any(|shift| shift.lines.contains(&line.line)) {
                let mend = "add a [[shift]] of a counter that serves it, or take the line out";
                faults.add(&format!("line {}", line.line), "no shift serves it", mend);
            }
        }
        if file.shifts.is_empty() {
            faults.add("file", "no counter opens", "add a [[shift]] for each counter's hours");
        }
        if !faults.0.is_empty() {
            return Err(faults.0);
        }
        let demand = Demand { lines, way: file.way };
        Ok(Self { demand, staffing: Staffing { shifts, recall: micros(file.recall) } })
    }
}

fn unreadable(text: &str, error: &toml::de::Error) -> PlanFault {
    let start = error.span().map_or(0, |span| span.start).min(text.len());
    let before = text.get(..start).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    PlanFault {
        place: format!("line {line}, column {column} of the file"),
        found: error.message().to_owned(),
        mend: "see docs/centres-planning.md for what a plan may say".to_owned(),
    }
}

fn line_of(line: &FileLine, setup: &Setup, faults: &mut Faults) -> Option<LineDemand> {
    let place = format!("line {}", line.letter);
    let Some(known) = setup.line(&line.letter) else {
        let letters: Vec<&str> = setup.lines.iter().map(|line| line.letter.as_str()).collect();
        faults.add(&place, "the setup has no such line", format!("write one of {}", letters.join(", ")));
        return None;
    };
    let mean = line.minutes.unwrap_or(known.minutes as f64);
    faults.within(&place, "minutes", mean, (0.1, 240.0));
    faults.within(&place, "spread", line.spread, (0.0, 3.0));
    faults.within(&place, "booked", line.booked, (0.0, 1.0));
    faults.within(&place, "early", line.early, (-60.0, 240.0));
    faults.within(&place, "early-spread", line.early_spread, (0.0, 120.0));
    faults.within(&place, "no-show", line.no_show, (0.0, 1.0));
    for (need, share) in &line.needs {
        faults.within(&place, &format!("needs.{}", need.code()), *share, (0.0, 1.0));
    }
    Some(LineDemand {
        line: line.letter.clone(),
        per_hour: per_hour(&place, &line.per_hour, faults),
        takes: Takes::LogNormal { mean, spread: line.spread },
        needs: line.needs.clone(),
        booked: line.booked,
        early: line.early,
        early_spread: line.early_spread,
        no_show: line.no_show,
    })
}

/// The rates by quarter of an hour: each holds from its time until the next.
fn per_hour(place: &str, rates: &BTreeMap<String, f64>, faults: &mut Faults) -> BTreeMap<i64, f64> {
    let mut steps: BTreeMap<i64, f64> = BTreeMap::new();
    for (time, rate) in rates {
        let place = format!("{place}, per-hour");
        faults.within(&place, &format!("\"{time}\""), *rate, (0.0, 2000.0));
        match minute(time).filter(|minute| minute % QUARTER == 0) {
            Some(minute) => _ = steps.insert(minute / QUARTER, *rate),
            None => {
                faults.add(&place, format!("\"{time}\""), "write a full quarter of an hour, as \"08:15\"")
            }
        }
    }
    match steps.last_key_value() {
        None => faults.add(place, "per-hour says nothing", "write { \"08:30\" = 12, \"14:00\" = 0 }"),
        Some((_, rate)) if *rate != 0.0 => {
            let mend = "end with the time from which nobody comes, as \"14:00\" = 0";
            faults.add(&format!("{place}, per-hour"), "people never stop coming", mend);
        }
        Some(_) => {}
    }
    let ends: Vec<i64> = steps.keys().copied().skip(1).collect();
    steps.iter().zip(ends).flat_map(|((from, rate), until)| (*from..until).map(|n| (n, *rate))).collect()
}

/// The minute of the day of a time of 24 hours: `08:30`; `24:00` is its end.
fn minute(time: &str) -> Option<i64> {
    let (hour, minute) = time.split_once(':')?;
    let is_two = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    if !is_two(hour) || !is_two(minute) {
        return None;
    }
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    let all = hour * 60 + minute;
    (minute < 60 && all <= 24 * 60).then_some(all)
}

fn shift_of(n: usize, shift: &FileShift, setup: &Setup, faults: &mut Faults) -> Option<Shift> {
    let place = format!("shift {n}, counter {}", shift.counter);
    let Some(counter) = setup.counter(&shift.counter) else {
        let labels: Vec<&str> = setup.counters.iter().map(|counter| counter.label.as_str()).collect();
        faults.add(&place, "the setup has no such counter", format!("write one of {}", labels.join(", ")));
        return None;
    };
    let mut at = |key: &str, time: &str| {
        let read = minute(time);
        if read.is_none() {
            faults.add(&place, format!("{key} = \"{time}\""), "write a time as \"08:30\"");
        }
        read
    };
    let (from, until) = (at("from", &shift.from), at("until", &shift.until));
    let (from, until) = (from?, until?);
    if from >= until {
        faults.add(
            &place,
            format!("from {} until {}", shift.from, shift.until),
            "let it end after it begins",
        );
        return None;
    }
    let lines = shift.lines.clone().unwrap_or_else(|| counter.lines.clone());
    if lines.is_empty() {
        faults.add(&place, "it serves no line", "name its lines, or leave `lines` out");
    }
    for letter in lines.iter().filter(|letter| setup.line(letter).is_none()) {
        faults.add(&place, format!("the setup has no line {letter}"), "name lines of the setup");
    }
    let lines = lines.into_iter().collect();
    Some(Shift { counter: shift.counter.clone(), lines, from: from * MINUTE, until: until * MINUTE })
}

fn check_overlaps(shifts: &[Shift], faults: &mut Faults) {
    for (n, one) in shifts.iter().enumerate() {
        let overlaps =
            |other: &Shift| other.counter == one.counter && other.from < one.until && one.from < other.until;
        if shifts.iter().take(n).any(overlaps) {
            let place = format!("counter {}", one.counter);
            faults.add(&place, "two of its shifts overlap", "let one end before the next begins");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = r#"
way = 0.5
recall = 1

[[line]]
letter = "A"
per-hour = { "08:30" = 12, "10:00" = 30.5, "10:30" = 0 }
needs = { cannot-wait = 0.1 }
booked = 0.25

[[shift]]
counter = "C1"
from = "08:30"
until = "14:00"
"#;

    fn setup() -> Setup {
        Setup::read(crate::queue::setup::SMALL).unwrap()
    }

    fn faults(text: &str) -> Vec<String> {
        Plan::read(text, &setup()).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_sound_plan_is_read() {
        let plan = Plan::read(SOUND, &setup()).unwrap();
        let line = &plan.demand.lines[0];
        let expected: BTreeMap<i64, f64> =
            (34..40).map(|n| (n, 12.0)).chain((40..42).map(|n| (n, 30.5))).collect();
        assert_eq!(line.per_hour, expected);
        // What the plan leaves out, the setup says.
        assert_eq!(line.takes, Takes::LogNormal { mean: 8.0, spread: 0.5 });
        let shift = &plan.staffing.shifts[0];
        assert_eq!((shift.from / MINUTE, shift.until / MINUTE), (510, 840));
        assert_eq!(shift.lines, ["A".to_owned()].into());
    }

    #[test]
    fn every_fault_is_told_with_its_place_and_how_to_mend_it() {
        for (from, to, told) in [
            ("letter = \"A\"", "letter = \"Z\"", "line Z: the setup has no such line; write one of A"),
            (
                "\"08:30\" = 12",
                "\"8:30\" = 12",
                "line A, per-hour: \"8:30\"; write a full quarter of an hour",
            ),
            ("\"08:30\" = 12", "\"08:31\" = 12", "line A, per-hour: \"08:31\"; write a full quarter"),
            ("= 30.5", "= -1", "line A, per-hour: \"10:00\" = -1; write a number from 0 to 2000"),
            (", \"10:30\" = 0 }", " }", "line A, per-hour: people never stop coming; end with the time"),
            ("booked = 0.25", "booked = 25", "line A: booked = 25; write a number from 0 to 1"),
            ("cannot-wait = 0.1", "cannot-wait = nan", "line A: needs.cannot-wait = NaN; write a number"),
            (
                "counter = \"C1\"",
                "counter = \"C9\"",
                "counter C9: the setup has no such counter; write one of C1",
            ),
            ("until = \"14:00\"", "until = \"2 pm\"", "shift 1, counter C1: until = \"2 pm\"; write a time"),
            ("until = \"14:00\"", "until = \"08:00\"", "from 08:30 until 08:00; let it end after it begins"),
            ("until = \"14:00\"", "until = \"14:00\"\nlines = []", "it serves no line; name its lines"),
            ("way = 0.5", "way = 500", "way: way = 500; write a number from 0 to 60"),
            ("way = 0.5", "wai = 0.5", "line 2, column 1 of the file: unknown field `wai`"),
        ] {
            let broken = SOUND.replace(from, to);
            assert_ne!(broken, SOUND, "{from}");
            let found = faults(&broken);
            assert!(found.iter().any(|fault| fault.contains(told)), "{told}\n{found:#?}");
        }
    }

    #[test]
    fn what_does_not_fit_together_is_told_too() {
        let twice = format!("{SOUND}\n[[shift]]\ncounter = \"C1\"\nfrom = \"13:00\"\nuntil = \"15:00\"\n");
        assert_eq!(
            faults(&twice),
            ["counter C1: two of its shifts overlap; let one end before the next begins"]
        );
        assert_eq!(faults("").len(), 2);
        let line = SOUND.split("[[shift]]").next().unwrap().split("[[line]]").nth(1).unwrap();
        let doubled = SOUND.replace("[[shift]]", &format!("[[line]]{line}\n[[shift]]"));
        assert_eq!(faults(&doubled), ["line A: it stands twice; keep one of them"]);
    }

    #[test]
    fn times_are_of_a_day_of_24_hours() {
        assert_eq!([minute("00:00"), minute("24:00")], [Some(0), Some(1440)]);
        for wrong in ["24:15", "08:60", "8:30", "0830", "08:3", "+8:30", "aa:bb", ""] {
            assert_eq!(minute(wrong), None, "{wrong}");
        }
    }
}
