//! Old books: a file of births is brought in as `diwan import run` does it, with search
//! keys, journal and public log, beside the bare seam.

use crate::measure::closed;
use crate::seam::Seam;
use crate::table::Line;
use crate::writing::Engine;
use anyhow::Context;
use diwan_demo::Region;
use diwan_domain::civil::books::Mapping;
use diwan_office::Who;
use diwan_office::civil::books::{self, Options, Run};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What a row of the file holds, and how many children a couple has on average.
const MAPPING: &str = r#"
version = 1
name = "bench"
event = "birth"
dates = ["dd/mm/yyyy", "yyyy"]
year-only-on = ["01/07"]
[entry]
number = { template = "{year}/{no}" }
registered-on = "registered"
[fields]
"record-no" = "book"
"page-no" = "page"
"child.given" = "name"
"child.family" = "family"
"child.sex" = { column = "sex", values = "sex" }
"happened-on" = "born"
"place" = "place"
father = { column = "father", split = "name" }
mother = { column = "mother", split = "name" }
"father.national-card" = { column = "father card", pad = 12 }
"mother.national-card" = { column = "mother card", pad = 12 }
"father.occupation" = "occupation"
"#;
const HEAD: &str = "no,year,book,page,name,family,sex,born,place,father,mother,father card,mother card,occupation,registered\n";
/// Children of one couple in the file.
const CHILDREN: usize = 3;

/// Writes a file of births with names of a region: one in a hundred cannot be read,
/// three of a couple share their parents' cards.
fn write_file(path: &Path, region: &Region, rows: usize) -> anyhow::Result<u64> {
    let mut file = BufWriter::new(File::create(path)?);
    file.write_all(HEAD.as_bytes())?;
    let person = |n: usize| &region.people[n % region.people.len()].name;
    let or_none = |part: &Option<String>| part.clone().unwrap_or_default();
    for n in 0..rows {
        let couple = n / CHILDREN;
        let (child, father, mother) = (person(n * 7), person(couple * 13 + 3), person(couple * 17 + 5));
        let year = 1957 + n % 45;
        let born = if n % 100 == 99 {
            "30/2/1970".to_owned()
        } else {
            format!("{}/{}/{year}", 1 + n % 28, 1 + n % 12)
        };
        writeln!(
            file,
            "{n},{year},{},{},{},{},{},{born},هەولێر,{} {} {},{} {} {},{:012},{:012},جوتیار,{}/{}/{}",
            n / 20_000,
            n / 100 % 200,
            child.given,
            or_none(&father.family),
            if n.is_multiple_of(2) { "ذكر" } else { "أنثى" },
            father.given,
            or_none(&father.father),
            or_none(&father.grandfather),
            mother.given,
            or_none(&mother.father),
            or_none(&mother.grandfather),
            100_000_000_000_u64 + 2 * couple as u64,
            100_000_000_001_u64 + 2 * couple as u64,
            28,
            12,
            year,
        )?;
    }
    file.flush()?;
    Ok(std::fs::metadata(path)?.len())
}

/// Brings a file of so many births in.
///
/// # Errors
/// When the file cannot be written or brought in.
pub async fn importing(engine: &Engine<'_>, rows: usize) -> anyhow::Result<Vec<Line>> {
    let path = engine.folder.join("births.csv");
    let bytes = write_file(&path, engine.region, rows)?;
    let seam = Seam::open(engine.address, engine.folder).await?;
    let bare = closed(rows.min(20_000), 32, move |_| {
        let seam = seam.clone();
        async move { seam.submit().await }
    })
    .await;
    let offices = {
        let mut reading = engine.office.db.reading().await?;
        diwan_office::administration::all_offices(&mut reading.tx()).await?
    };
    let office = offices.first().context("no office")?;
    let prepared = books::prepare(
        &path,
        Mapping::read(MAPPING).map_err(anyhow::Error::msg)?,
        MAPPING,
        Options::default(),
        &office.code,
    )?;
    let plan = prepared.plan.as_ref().context("the mapping does not fit")?;
    let read = Instant::now();
    let looked = books::preview(&path, &prepared, plan, 1, engine.office.today())?;
    let read = read.elapsed();
    let run = Run {
        who: Who::system("import"),
        office: office.id,
        path: path.clone(),
        name: "births.csv".into(),
        by_words: None,
    };
    // The public log is kept meanwhile, as `serve` does.
    let (sealing, stop) = (engine.office.clone(), Arc::new(AtomicBool::new(false)));
    let over = stop.clone();
    let sealer = tokio::spawn(async move {
        while !over.load(Ordering::Relaxed) {
            let now = sealing.now();
            if !matches!(
                diwan_office::log::seal(&sealing.db, &sealing.log_key, "bench", now).await,
                Ok(Some(_))
            ) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    });
    let began = Instant::now();
    let begun = books::begin(engine.office, &run, &prepared).await?;
    let mut quarter = Vec::new();
    let mut tell = |told: &books::Told| {
        let reached = (told.share * 4.0) as usize;
        if quarter.len() < reached {
            quarter.push((told.rows, told.elapsed));
            eprintln!("{} rows after {:.1} s", told.rows, told.elapsed.as_secs_f64());
        }
    };
    let ended = books::run(engine.office, &run, (&begun.import, &prepared, plan), &mut tell).await?;
    let took = began.elapsed();
    stop.store(true, Ordering::Relaxed);
    sealer.await?;
    anyhow::ensure!(ended.progress.rows() as usize == rows, "{ended:?} of {rows}");
    anyhow::ensure!(ended.progress.rejected as u64 == looked.tally.faulty, "{ended:?}");
    let rate = rows as f64 / took.as_secs_f64();
    let last = quarter
        .windows(2)
        .last()
        .map(|two| (two[1].0 - two[0].0) as f64 / (two[1].1 - two[0].1).as_secs_f64().max(0.001));
    let note = format!(
        "{rows} births of {} MiB in {:.0} s; the last quarter at {:.0} rows/s; reading and checking alone {:.0} rows/s",
        bytes / 1_048_576,
        took.as_secs_f64(),
        last.unwrap_or(rate),
        rows as f64 / read.as_secs_f64(),
    );
    let slowest = last.unwrap_or(rate).min(rate);
    Ok(vec![
        Line::ratio(format!("bringing in old births, {}", engine.name), rate, "rows/s", bare.rate, 0.3)
            .noted(note),
        Line::below(
            format!("a million rows at the pace of the slower half, {}", engine.name),
            1_000_000.0 / slowest / 60.0,
            "minutes",
            10.0,
        )
        .noted("reckoned, not measured, unless the run was that long"),
    ])
}
