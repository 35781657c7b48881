//! What simulated days come to, as tables for people and for spreadsheets.

use super::Tried;
use diwan_domain::queue::simulate::summary::{Quarter, Usage};
use diwan_domain::queue::simulate::{Comparison, Summary, Waits};
use diwan_web::pages::kit::csv_cell;
use std::fmt::Write;

/// All tables as text.
pub fn text(tried: &[Tried], compared: Option<&Comparison>, (days, seed): (u64, u64)) -> String {
    let mut out = String::new();
    for one in tried {
        line(&mut out, &format!("{}: {days} days, seed {seed}", one.name));
        plan(&mut out, &one.told);
    }
    if let (Some(compared), [before, after]) = (compared, tried) {
        line(&mut out, &format!("From {} to {}", before.name, after.name));
        comparison(&mut out, compared);
    }
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text.trim_end());
    out.push('\n');
}

fn plan(out: &mut String, told: &Summary) {
    let share = told.share_served() * 100.0;
    let people = [
        format!("came {}", told.came),
        format!("served {} ({share:.1} %)", told.served),
        format!("absent when called {}", told.missed),
        format!("unserved at closing {}", told.unserved),
        format!("calls that passed somebody for a need {}", told.passed),
    ];
    line(out, &people.join(", "));
    line(out, "");
    heads(out, "minutes waited", &["people", "mean", "half", "9 of 10", "longest"]);
    for (name, waits) in groups(told) {
        waited(out, &name, &waits);
    }
    line(out, "");
    heads(out, "counter, minutes a day", &["open", "busy", "idle", "over", "served", "use %"]);
    for (label, usage) in &told.counters {
        let Usage { open, busy, idle, overtime, served, utilisation } = usage;
        numbers(out, label, &[*open, *busy, *idle, *overtime, *served, utilisation * 100.0]);
    }
    line(out, "");
    heads(out, "through the day", &["came", "waiting", "at most", "waited"]);
    for (at, quarter) in &told.quarters {
        let Quarter { came, length, most, wait } = quarter;
        let wait = wait.map_or_else(|| "-".to_owned(), |wait| format!("{wait:.1}"));
        let cells = [format!("{came:.1}"), format!("{length:.1}"), most.to_string(), wait];
        row(out, &clock(*at * 15), &cells);
    }
    line(out, "");
}

/// Everybody, then line by line, class by class, hour by hour.
fn groups(told: &Summary) -> Vec<(String, Waits)> {
    let mut groups = vec![("everybody".to_owned(), told.all)];
    groups.extend(told.by_line.iter().map(|(letter, waits)| (format!("line {letter}"), *waits)));
    groups.extend(told.by_class.iter().map(|(class, waits)| (format!("as {}", class.code()), *waits)));
    groups
        .extend(told.by_hour.iter().map(|(hour, waits)| (format!("came from {}", clock(hour * 60)), *waits)));
    groups
}

/// A figure of a plan, with its name.
type Compared = (&'static str, fn(&Summary) -> f64);

fn comparison(out: &mut String, compared: &Comparison) {
    let (before, after) = (&compared.before, &compared.after);
    heads(out, "", &["before", "after", "change"]);
    let figures: [Compared; 6] = [
        ("mean wait, minutes", |s| s.all.mean),
        ("nine of ten waited, minutes", |s| s.all.p90),
        ("longest wait, minutes", |s| s.all.longest),
        ("served, % of who came", |s| s.share_served() * 100.0),
        ("unserved at closing", |s| s.unserved as f64),
        ("open counters, minutes a day", |s| s.counters.values().map(|usage| usage.open).sum()),
    ];
    for (name, of) in figures {
        numbers(out, name, &[of(before), of(after), of(after) - of(before)]);
    }
    if let Some((low, high)) = compared.wait.between {
        let mean = compared.wait.mean;
        let text =
            format!("a day's mean wait changes by {mean:.1} minutes: 95 % sure, {low:.1} to {high:.1}");
        line(out, &text);
    }
    match &compared.people {
        Some(people) => {
            let told = format!(
                "of the same people {} are called sooner, {} within a minute of before, {} later; \
                 {} are served who were not, {} no longer",
                people.sooner, people.same, people.later, people.won, people.lost
            );
            line(out, &told);
        }
        None => line(out, "the plans bring different people, so they are not compared one by one"),
    }
}

const FIRST: usize = 28;
const OTHER: usize = 9;

fn heads(out: &mut String, first: &str, others: &[&str]) {
    let others: Vec<String> = others.iter().map(|head| (*head).to_owned()).collect();
    row(out, first, &others);
}

fn row(out: &mut String, first: &str, cells: &[String]) {
    let cells: String = cells.iter().map(|cell| format!("{cell:>OTHER$}")).collect();
    line(out, &format!("{first:<FIRST$}{cells}"));
}

fn numbers(out: &mut String, first: &str, cells: &[f64]) {
    // A change of almost nothing is not a change of "-0.0".
    let tell = |cell: &f64| format!("{:.1}", if cell.abs() < 0.05 { 0.0 } else { *cell });
    row(out, first, &cells.iter().map(tell).collect::<Vec<_>>());
}

fn waited(out: &mut String, name: &str, waits: &Waits) {
    let mut cells = vec![waits.count.to_string()];
    cells.extend([waits.mean, waits.p50, waits.p90, waits.longest].map(|minutes| format!("{minutes:.1}")));
    row(out, name, &cells);
}

/// A minute of the day as a time.
pub fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Every figure, one a line: of which plan, of what, of which of them, what, how much.
pub fn csv(tried: &[Tried]) -> String {
    let mut out = "plan,group,key,figure,value\r\n".to_owned();
    for one in tried {
        for (group, key, figure, value) in figures(&one.told) {
            let (plan, key) = (csv_cell(&one.name), csv_cell(&key));
            let value = (value * 1000.0).round() / 1000.0;
            writeln!(out, "{plan},{group},{key},{figure},{value}\r")
                .expect("writing into a text cannot fail");
        }
    }
    out
}

type Figure = (&'static str, String, &'static str, f64);

fn figures(told: &Summary) -> Vec<Figure> {
    let mut figures: Vec<Figure> = [
        ("days", told.days),
        ("came", told.came),
        ("served", told.served),
        ("missed", told.missed),
        ("unserved", told.unserved),
        ("passed", told.passed),
    ]
    .map(|(figure, count)| ("all", String::new(), figure, count as f64))
    .into();
    let mut waits = |group: &'static str, key: String, waits: &Waits| {
        let Waits { count, mean, p50, p90, longest } = *waits;
        for (figure, value) in
            [("count", count as f64), ("mean", mean), ("p50", p50), ("p90", p90), ("longest", longest)]
        {
            figures.push((group, key.clone(), figure, value));
        }
    };
    waits("wait", String::new(), &told.all);
    told.by_line.iter().for_each(|(letter, of)| waits("wait-by-line", letter.clone(), of));
    told.by_class.iter().for_each(|(class, of)| waits("wait-by-class", class.code().to_owned(), of));
    told.by_hour.iter().for_each(|(hour, of)| waits("wait-by-hour", clock(hour * 60), of));
    for (label, usage) in &told.counters {
        let Usage { open, busy, idle, overtime, served, utilisation } = *usage;
        for (figure, value) in [
            ("open", open),
            ("busy", busy),
            ("idle", idle),
            ("overtime", overtime),
            ("served", served),
            ("utilisation", utilisation),
        ] {
            figures.push(("counter", label.clone(), figure, value));
        }
    }
    for (at, quarter) in &told.quarters {
        let Quarter { came, length, most, wait } = *quarter;
        let known =
            [("came", Some(came)), ("length", Some(length)), ("most", Some(most as f64)), ("wait", wait)];
        for (figure, value) in known {
            figures.extend(value.map(|value| ("quarter", clock(at * 15), figure, value)));
        }
    }
    figures
}
