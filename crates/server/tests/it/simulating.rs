//! `diwan simulate centre` on the examples of `docs/centres-planning.md`.

use crate::installation::diwan;
use std::fs;
use std::path::{Path, PathBuf};

fn example(name: &str) -> String {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples");
    docs.join(name).to_str().unwrap().to_owned()
}

/// A file of a test of its own.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("simulating");
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

/// The arguments for the example centre.
fn centre<'a>(setup: &'a str, rest: &[&'a str]) -> Vec<&'a str> {
    [&["simulate", "centre", "--setup", setup], rest].concat()
}

/// A figure of the comma-separated file.
fn figure(csv: &str, plan: &str, group: &str, key: &str, name: &str) -> f64 {
    let start = format!("\"{plan}\",{group},\"{key}\",{name},");
    let line = csv.lines().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("no {start}"));
    line.strip_prefix(&start).unwrap().parse().unwrap()
}

#[test]
fn a_plan_is_told_as_tables_as_a_file_and_as_a_picture() {
    let (setup, plan) = (example("centre.toml"), example("plan-now.toml"));
    let (csv, svg) = (scratch("one.csv"), scratch("one.svg"));
    let (csv_name, svg_name) = (csv.to_str().unwrap(), svg.to_str().unwrap());
    let args = ["--plan", plan.as_str(), "--days", "20", "--seed", "7", "--csv", csv_name, "--svg", svg_name];
    let said = diwan(&centre(&setup, &args)).ok();
    for told in ["20 days, seed 7", "everybody", "line B", "as booked", "came from 09:00", "C4"] {
        assert!(said.contains(told), "{told}:\n{said}");
    }
    let csv = fs::read_to_string(csv).unwrap();
    let all = |name: &str| figure(&csv, &plan, "all", "", name);
    assert!((all("came") / 20.0 - 180.0).abs() < 15.0, "{}", all("came"));
    assert!((all("served") + all("missed") + all("unserved") - all("came")).abs() < 1e-9);
    let counter = |name: &str| figure(&csv, &plan, "counter", "C1", name);
    assert!((counter("open") - 360.0).abs() < 1e-9 && counter("utilisation") > 0.5, "{csv}");
    assert!((counter("busy") + counter("idle") - counter("open")).abs() < 0.01);
    let of = |name: &str| figure(&csv, &plan, "wait", "", name);
    assert!(of("p50") <= of("p90") && of("p90") <= of("longest") && of("mean") > 0.0);
    let picture = fs::read_to_string(svg).unwrap();
    assert!(picture.starts_with("<svg xmlns") && picture.trim_end().ends_with("</svg>"));
    assert!(picture.contains(">09:00<") && picture.contains("Minutes waited"), "{picture}");
}

#[test]
fn the_same_seed_tells_the_same_and_another_something_else() {
    let (setup, plan) = (example("centre.toml"), example("plan-now.toml"));
    let said = |seed| {
        let args = ["--plan", plan.as_str(), "--days", "3", "--seed", seed];
        let said = diwan(&centre(&setup, &args)).ok();
        said.lines().skip(1).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(said("1"), said("1"));
    assert_ne!(said("1"), said("2"));
}

#[test]
fn a_fifth_counter_helps_the_same_people() {
    let (setup, now) = (example("centre.toml"), example("plan-now.toml"));
    let more = example("plan-fifth-counter.toml");
    let csv = scratch("two.csv");
    let args = ["--plan", now.as_str(), "--plan", more.as_str(), "--csv", csv.to_str().unwrap()];
    let said = diwan(&centre(&setup, &args)).ok();
    assert!(said.contains("of the same people"), "{said}");
    let csv = fs::read_to_string(csv).unwrap();
    let of = |plan: &str, group: &str, name: &str| figure(&csv, plan, group, "", name);
    assert!((of(&now, "all", "came") - of(&more, "all", "came")).abs() < 1e-9);
    let (before, after) = (of(&now, "wait", "mean"), of(&more, "wait", "mean"));
    assert!(after < before / 2.0, "{before} {after}");
}

#[test]
fn faulty_files_are_refused_with_place_and_remedy() {
    let (setup, plan) = (example("centre.toml"), example("plan-now.toml"));
    let broken = |name: &str, text: &str, from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        let path = scratch(name);
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (setup_text, plan_text) = (fs::read_to_string(&setup).unwrap(), fs::read_to_string(&plan).unwrap());

    let bad = broken("bad-plan.toml", &plan_text, "counter = \"C3\"", "counter = \"C9\"");
    let said = diwan(&centre(&setup, &["--plan", &bad])).refused();
    assert!(said.contains("bad-plan.toml needs mending"), "{said}");
    assert!(said.contains("counter C9: the setup has no such counter; write one of C1, C2"), "{said}");

    let bad = broken("unreadable.toml", &plan_text, "booked   = 0.3", "booked   = \"0.3\"");
    let said = diwan(&centre(&setup, &["--plan", &bad])).refused();
    assert!(said.contains("line 12, column 12 of the file"), "{said}");

    let bad = broken("bad-centre.toml", &setup_text, "lines = [\"B\"]", "lines = [\"Q\"]");
    let said = diwan(&centre(&bad, &["--plan", &plan])).refused();
    assert!(said.contains("counter C3: Q; name the letter of a [[line]] of this file"), "{said}");

    let said = diwan(&centre(&setup, &["--plan", "nowhere.toml"])).refused();
    assert!(said.contains("nowhere.toml cannot be read"), "{said}");
    let said = diwan(&centre(&setup, &["--plan", &plan, "--plan", &plan, "--plan", &plan])).refused();
    assert!(said.contains("3 plans were given; give one or two"), "{said}");
    let said = diwan(&centre(&setup, &["--plan", &plan, "--days", "0"])).refused();
    assert!(said.contains("1..=1000"), "{said}");
}
