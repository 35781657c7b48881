//! `diwan centres`: a centre's file checked before it is published, and what a centre
//! needs before its first visitor.

use crate::config;
use crate::run::open_office;
use anyhow::Context;
use clap::Subcommand;
use diwan_domain::queue::{Setup, SetupFault};
use diwan_office::Who;
use diwan_office::queue::{self, Around, PublishSetup, Ready, StartUpLine};
use diwan_web::words::{Arg, Language, Words};
use std::path::{Path, PathBuf};

/// Check how people are served in a centre, and what it needs before it opens.
#[derive(Subcommand)]
pub enum Centres {
    /// Check files that say how people are served, as they are checked when published
    Check {
        /// The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Check a file and let it stand for a centre at once
    Publish {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
        /// The centre's code
        code: String,
        /// The file
        file: PathBuf,
    },
    /// What a centre needs before its first visitor, and what of it is there
    StartUp {
        /// The configuration file
        #[arg(long, default_value = "diwan.toml")]
        config: PathBuf,
        /// The centre's code
        code: String,
    },
}

/// Carries a command out.
pub async fn run(what: Centres) -> anyhow::Result<()> {
    match what {
        Centres::Check { files } => check(&files),
        Centres::Publish { config, code, file } => publish(&config, &code, &file).await,
        Centres::StartUp { config, code } => start_up(&config, &code).await,
    }
}

fn check(files: &[PathBuf]) -> anyhow::Result<()> {
    let mut bad = 0;
    for path in files {
        match read_setup(path) {
            Ok(setup) => println!("{}: sound; {}", path.display(), summary(&setup)),
            Err(fault) => {
                println!("{fault}");
                bad += 1;
            }
        }
    }
    anyhow::ensure!(bad == 0, "{bad} of {} files need mending", files.len());
    Ok(())
}

/// What a sound file holds, so that whoever wrote it sees that all of it was read.
fn summary(setup: &Setup) -> String {
    let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let services = setup.lines.iter().map(|line| line.services.len()).sum();
    [
        count(setup.halls.len(), "hall"),
        count(setup.lines.len(), "line"),
        count(services, "service"),
        count(setup.counters.len(), "counter"),
        count(setup.offers.len(), "line") + " with appointments",
        count(setup.stops.len(), "stop"),
    ]
    .join(", ")
}

async fn publish(path: &Path, code: &str, file: &Path) -> anyhow::Result<()> {
    let setup = read_setup(file)?;
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let office = open_office(&config::load(path)?).await?;
    let centre = {
        let mut reading = office.db.reading().await?;
        queue::centre_coded(&mut reading.tx(), code).await?
    };
    let centre = centre.with_context(|| format!("there is no open centre with the code {code}"))?;
    let act = PublishSetup { centre: centre.id, text, seen: None };
    let hash = office
        .perform_once(&Who::system("centres publish"), act)
        .await
        .map_err(|stop| anyhow::anyhow!("{stop} ({})", stop.code()))?;
    println!("{}: {}; it stands as {hash}", centre.code, summary(&setup));
    Ok(())
}

async fn start_up(path: &Path, code: &str) -> anyhow::Result<()> {
    let config = config::load(path)?;
    let office = open_office(&config).await?;
    let words = Words::load()?;
    let lang = words.language("en").unwrap_or_else(|| words.first());
    let sound = crate::sound::of(&config, &words);
    let around = Around::of(&office, sound.spoken()).await?;
    let (centre, lines) = {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        let centre = queue::centre_coded(&mut tx, code).await?;
        let centre = centre.with_context(|| format!("there is no open centre with the code {code}"))?;
        let lines = queue::start_up(&mut tx, &centre, &around, office.now()).await?;
        (centre, lines)
    };
    println!("{}: {}", centre.code, lang.name_in(&centre.names.0));
    for line in &lines {
        println!("{}", said(&lang, line));
    }
    let open = lines.iter().filter(|line| line.ready == Ready::Open).count();
    anyhow::ensure!(open == 0, "{open} lines are open: the centre cannot serve as it should");
    println!("the centre can open");
    Ok(())
}

/// A line of the list, with how it is mended when it is open.
fn said(lang: &Language, line: &StartUpLine) -> String {
    let mark = match line.ready {
        Ready::Done => "[x]",
        Ready::Advised => "[~]",
        Ready::Open => "[ ]",
    };
    let what = lang.t_of("start-up-", line.key);
    let found = if line.found.is_empty() { String::new() } else { format!(" ({})", line.found) };
    if line.ready == Ready::Done {
        return format!("{mark} {what}{found}");
    }
    let mend = lang.with_of("start-up-mend-", line.key, &[("found", Arg::Text(line.found.clone()))]);
    format!("{mark} {what}: {mend}")
}

/// Reads a centre's file, or says everything that is wrong with it.
pub fn read_setup(path: &Path) -> anyhow::Result<Setup> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Setup::read(&text).map_err(|faults| {
        let each: String = faults.iter().map(|fault| format!("\n  {}", told(fault))).collect();
        anyhow::anyhow!("{} needs mending:{each}", path.display())
    })
}

/// A fault of a setup in words, with how it is mended.
fn told(fault: &SetupFault) -> String {
    let place = match fault.place.split_once(':') {
        Some((line, column)) if fault.code == "unreadable" => format!("line {line}, column {column}"),
        _ if fault.place.is_empty() => "file".to_owned(),
        _ => fault.place.clone(),
    };
    let found = if fault.found.is_empty() { fault.code } else { &fault.found };
    format!("{place}: {found}; {}", mend(fault.code))
}

fn mend(code: &str) -> &'static str {
    match code {
        "no-basis" => "name in `basis` the decision behind the rule",
        "needs-shut-out-others" => "let need-at-most be smaller than need-of, and need-of 2 to 20",
        "out-of-range" => "write a number within these bounds",
        "hall-unknown" => "name a [[hall]] of this file",
        "line-unknown" => "name the letter of a [[line]] of this file",
        "no-line" => "add a line",
        "unserved" => "let a counter serve this line",
        "women-only" => "let a counter that is open to all serve this line too",
        "service-twice" => "leave the service in one line",
        "twice" => "give each its own name",
        "name-missing" => "give a name in this language",
        "letter" => "write one capital letter, A to Z",
        "label" => "write a label of 1 to 8 characters",
        "key" => "write small letters a to z and hyphens",
        "direction" => "write left, right, ahead or upstairs",
        "offer-line" => "name the letter of a [[line]] that is offered",
        "offer" => "write hours, lengths and shares within these bounds",
        "offer-unwritten" => "say in [appointments] how they are given",
        "release-key" => "write small letters, digits and hyphens",
        "release-days" => "let `until` follow `from`, at most 62 days later",
        "release-times" => "let it open, close, be drawn and begin, in this order",
        "release-overlap" => "give each day of a line in one release only",
        "stop-day" => "write a `day` or a `weekday`, one of the two",
        "stop-times" => "let `from` come before `until`, in minutes of the day",
        "stop-overlap" => "let one stop end before the next begins",
        _ => "mend the file there",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use diwan_domain::queue::setup::FAULTS;

    fn example(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples").join(name)
    }

    fn written(text: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("centre-{}.toml", uuid::Uuid::now_v7()));
        std::fs::write(&path, text).expect("the folder for passing files can be written");
        path
    }

    #[test]
    fn faults_of_a_setup_tell_where_and_how_to_mend_them() {
        let fault = |place: &str, code, found: &str| {
            told(&SetupFault { place: place.into(), code, found: found.into() })
        };
        assert_eq!(
            fault("counter C1", "line-unknown", "Z"),
            "counter C1: Z; name the letter of a [[line]] of this file"
        );
        assert_eq!(fault("2:9", "unreadable", "no"), "line 2, column 9: no; mend the file there");
        assert_eq!(fault("", "no-line", ""), "file: no-line; add a line");
        for code in FAULTS.iter().filter(|code| **code != "unreadable") {
            assert_ne!(mend(code), "mend the file there", "nobody said how {code} is mended");
        }
    }

    #[test]
    fn a_centres_file_is_checked_and_every_fault_is_named() {
        let sound = example("centre.toml");
        check(std::slice::from_ref(&sound)).expect("the example is sound");
        let text = std::fs::read_to_string(&sound).expect("the example is there");
        let text = text.replace("hall = \"main\"", "hall = \"attic\"").replace("basis =", "promise = 15 #");
        let broken = written(&text);
        let said = read_setup(&broken).expect_err("two things are wrong").to_string();
        assert!(said.contains("attic; name a [[hall]] of this file"), "{said}");
        assert!(said.contains("name in `basis` the decision behind the rule"), "{said}");
        let refused = check(&[sound, broken.clone()]).expect_err("one of two is broken");
        assert_eq!(refused.to_string(), "1 of 2 files need mending");
        std::fs::remove_file(broken).expect("it was written before");
        let missing = check(&[PathBuf::from("/no/such/centre.toml")]).expect_err("it is not there");
        assert_eq!(missing.to_string(), "1 of 1 files need mending");
    }
}
