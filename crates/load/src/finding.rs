//! How fast people are found among many, on each engine: names as they stand in
//! the register, in another script, misspelled, and with what else is known.

use crate::measure::quantile;
use crate::setup;
use crate::table::{self, Line};
use diwan_demo::Region;
use diwan_domain::ids::PersonId;
use diwan_domain::names::{NameParts, transliterate};
use diwan_office::civil::{FindPeople, Narrowed, keys, search};
use diwan_office::{Office, Who};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What to measure.
#[derive(clap::Args)]
pub struct Finding {
    /// How many people live in the region
    #[arg(long, default_value_t = 1_000_000)]
    people: usize,
    /// How many searches of each kind
    #[arg(long, default_value_t = 400)]
    searches: usize,
    /// An empty PostgreSQL database; without it only SQLite is measured
    #[arg(long)]
    postgres: Option<String>,
    /// Leave SQLite out
    #[arg(long)]
    only_postgres: bool,
    /// The program, for typesetting in its children
    #[arg(long, default_value = "target/release/diwan")]
    diwan: PathBuf,
    /// A folder for the databases; removed afterwards by whoever made it
    #[arg(long)]
    folder: PathBuf,
}

/// Fills a register on each engine and looks for people in it.
///
/// # Errors
/// When anything it needs cannot be had.
pub async fn run(finding: Finding) -> anyhow::Result<()> {
    let region = Region::generate(1, finding.people, setup::TODAY);
    let mut lines = Vec::new();
    if !finding.only_postgres {
        let sqlite = format!("sqlite:{}", finding.folder.join("finding.db").display());
        lines.extend(engine("SQLite", &sqlite, &region, &finding).await?);
    }
    if let Some(address) = &finding.postgres {
        lines.extend(engine("PostgreSQL", address, &region, &finding).await?);
    }
    println!("{}", table::markdown(&lines));
    Ok(())
}

async fn engine(name: &str, address: &str, region: &Region, finding: &Finding) -> anyhow::Result<Vec<Line>> {
    let folder = finding.folder.join(name.to_lowercase());
    std::fs::create_dir_all(&folder)?;
    eprintln!("{name}: filling a register of {} people", region.people.len());
    let (office, seeded) = setup::filled(address, &folder, region, &finding.diwan).await?;
    eprintln!("{name}: making the keys of names anew");
    let began = Instant::now();
    keys::rebuild(&office, true, |_| {}).await?;
    let people = region.people.len();
    let mut lines = vec![
        Line::plain(format!("keys of names made anew, {name}"), began.elapsed().as_secs_f64(), "s")
            .noted(format!("{people} people")),
    ];
    lines.extend(found(&office, setup::clerk(&seeded)?, region, name, finding.searches).await?);
    Ok(lines)
}

/// How long searches of each kind take among all people of a region who are in the
/// register, and how often the one who is meant is among the ten shown.
///
/// # Errors
/// When a search fails.
pub async fn found(
    office: &Arc<Office>,
    clerk: Who,
    region: &Region,
    name: &str,
    searches: usize,
) -> anyhow::Result<Vec<Line>> {
    let people = region.people.len();
    let mut lines = Vec::new();
    let step = (people / searches).max(1);
    let wanted: Vec<_> =
        region.people.iter().filter(|person| person.name.father.is_some()).step_by(step).collect();
    type Searches = Vec<(PersonId, FindPeople)>;
    let kinds: [(&str, f64, Searches); 5] = [
        ("as registered", 20.0, wanted.iter().map(|p| (p.id, ask(&whole(&p.name)))).collect()),
        ("two names, as registered", 20.0, wanted.iter().map(|p| (p.id, ask(&two(&p.name)))).collect()),
        (
            "in Latin letters",
            80.0,
            wanted.iter().map(|p| (p.id, ask(&transliterate(&whole(&p.name))))).collect(),
        ),
        ("misspelled", 80.0, wanted.iter().map(|p| (p.id, ask(&slip(&whole(&p.name))))).collect()),
        (
            "two names misspelled, year of birth",
            80.0,
            wanted.iter().map(|p| (p.id, with_year(&slip(&two(&p.name)), &p.born_on))).collect(),
        ),
    ];
    for (kind, most, asked) in kinds {
        let (mut waits, found) = searched(office, &asked).await?;
        let (half, most_of) = (quantile(&mut waits, 0.5), quantile(&mut waits, 0.95));
        lines.push(Line::below(format!("{kind}, p95, {name}"), most_of, "ms", most).noted(format!(
            "p50 {half:.1} ms; in the first ten: {found} of {}, {people} people",
            asked.len()
        )));
    }
    let mut waits = acts(office, &clerk, &wanted.iter().map(|p| two(&p.name)).collect::<Vec<_>>()).await?;
    let half = quantile(&mut waits, 0.5);
    let most_of = quantile(&mut waits, 0.95);
    lines.push(
        Line::plain(format!("a journalled search for two names, p95, {name}"), most_of, "ms")
            .noted(format!("p50 {half:.1} ms")),
    );
    Ok(lines)
}

/// Searches one after the other; says how long each took and how often the one
/// who was meant is among the ten shown.
async fn searched(
    office: &Arc<Office>,
    asked: &[(PersonId, FindPeople)],
) -> anyhow::Result<(Vec<Duration>, usize)> {
    let (mut waits, mut found) = (Vec::with_capacity(asked.len()), 0);
    let mut reading = office.db.reading().await?;
    for (person, wanted) in asked {
        let began = Instant::now();
        let shown = search(&mut reading.tx(), wanted).await?;
        waits.push(began.elapsed());
        found += usize::from(shown.contains(person));
    }
    Ok((waits, found))
}

async fn acts(office: &Arc<Office>, clerk: &Who, asked: &[String]) -> anyhow::Result<Vec<Duration>> {
    let mut waits = Vec::with_capacity(asked.len());
    for text in asked {
        let began = Instant::now();
        office.perform_once(clerk, FindPeople::new(text.clone(), "bench")).await?;
        waits.push(began.elapsed());
    }
    Ok(waits)
}

fn ask(text: &str) -> FindPeople {
    FindPeople::new(text, "bench")
}

fn with_year(text: &str, born_on: &str) -> FindPeople {
    let year = born_on.get(..4).and_then(|year| year.parse().ok());
    FindPeople { by: Narrowed { born_on: year, within_years: 1, ..Narrowed::default() }, ..ask(text) }
}

fn whole(name: &NameParts) -> String {
    name.to_string()
}

fn two(name: &NameParts) -> String {
    format!("{} {}", name.given, name.father.as_deref().unwrap_or_default())
}

/// The longest word with two of its letters exchanged.
fn slip(text: &str) -> String {
    let longest = text.split(' ').max_by_key(|word| word.chars().count()).unwrap_or_default();
    let mut letters: Vec<char> = longest.chars().collect();
    let middle = letters.len() / 2;
    if middle > 0 {
        letters.swap(middle - 1, middle);
    }
    text.replacen(longest, &letters.into_iter().collect::<String>(), 1)
}
