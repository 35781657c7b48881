//! Vital statistics: counted from the entries that stand, at night and by command,
//! and shown without the small numbers that would name people.

mod telling;

use crate::civil::entry_content;
use crate::desk::day_of;
use crate::{Office, Who};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::civil::unions::Deed;
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::{AreaId, EntryId};
use diwan_domain::journal::Entry;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::statistics::{Cell, Cells, FEWEST, Fact, Subject, count};
use diwan_store::statistics::{self, Counted, ExpectedRow, Part};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, centres, civil, duplicates};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// How many entries are read at once.
const AT_ONCE: i64 = 2_000;

/// One counted cell as it is stored: table, governorate, row, column, number.
type Kept = (String, String, String, String, i64);

/// Reads the register from its first entry to its last and counts it. Nothing is
/// written. `progress` hears how many entries were read.
///
/// # Errors
/// When the database fails or holds what cannot be read.
pub async fn counted(office: &Office, mut progress: impl FnMut(u64)) -> Result<(Cells, u64), Fault> {
    let (mut cells, mut read) = (Cells::new(), 0);
    let governorates = governorates(office).await?;
    let mut after = EntryId(uuid::Uuid::nil());
    loop {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        let Some((last, entries)) = statistics::entries_after(&mut tx, after, AT_ONCE).await? else { break };
        for one in &entries {
            if let Some(fact) = fact_of(&mut tx, office, &governorates, one).await? {
                count(&fact, &mut cells);
            }
        }
        read += entries.len() as u64;
        after = last;
        progress(read);
    }
    Ok((cells, read))
}

/// The governorate of every area, by its code: of an area by identifier and by code.
struct Governorates {
    by_id: BTreeMap<AreaId, String>,
    by_code: BTreeMap<String, String>,
}

async fn governorates(office: &Office) -> Result<Governorates, Fault> {
    let areas = centres::areas(&mut office.db.reading().await?.tx()).await?;
    let by_id: BTreeMap<AreaId, _> = areas.iter().map(|area| (area.id, area)).collect();
    let root = |mut id: AreaId| {
        // A subdistrict lies in a district, which lies in a governorate.
        for _ in 0..6 {
            let Some(area) = by_id.get(&id) else { return String::new() };
            match area.parent_id {
                Some(parent) => id = parent,
                None => return area.code.clone(),
            }
        }
        String::new()
    };
    Ok(Governorates {
        by_id: areas.iter().map(|area| (area.id, root(area.id))).collect(),
        by_code: areas.iter().map(|area| (area.code.clone(), root(area.id))).collect(),
    })
}

/// What an entry tells statistics; `None` for events that no table counts.
async fn fact_of(
    tx: &mut Tx<'_>,
    office: &Office,
    governorates: &Governorates,
    one: &Counted,
) -> Result<Option<Fact>, Fault> {
    let Some(kind) = EventKind::from_code(&one.entry.kind) else { return Ok(None) };
    let content = match &one.entry.content {
        Some(_) => entry_content(tx, &one.entry).await?,
        None => Content::default(),
    };
    let date = |text: Option<&str>| text.and_then(|text| text.parse::<PartialDate>().ok());
    let part = |role: &str| one.parts.iter().find(|part| part.role == role);
    let born = |role: &str| {
        date(content.of(role, "born-on"))
            .or_else(|| date(part(role).and_then(|part: &Part| part.born_on.as_deref())))
    };
    let (main, sex_of) = match kind {
        EventKind::Birth => ("mother", "child"),
        EventKind::Stillbirth => ("mother", "child"),
        EventKind::Death => ("deceased", "deceased"),
        EventKind::Marriage | EventKind::Divorce => ("husband", ""),
        _ => return Ok(None),
    };
    let told = |field: &str| content.get(field).or_else(|| one.details.0[field].as_str()).map(str::to_owned);
    let cause = ["cause.underlying", "cause.d-code", "cause.c-code", "cause.b-code", "cause.a-code"];
    Ok(Some(Fact {
        kind,
        on: date(one.happened_on.as_deref()),
        place: one.entry.area_id.and_then(|area| governorates.by_id.get(&area).cloned()).unwrap_or_default(),
        residence: content
            .of(main, "residence-area")
            .and_then(|code| governorates.by_code.get(code).cloned())
            .unwrap_or_default(),
        sex: content
            .of(sex_of, "sex")
            .map(str::to_owned)
            .or_else(|| part(sex_of).map(|part| part.sex.clone())),
        born_on: born(main),
        age: content.get("deceased.age-years").and_then(|years| years.parse().ok()),
        bride_born_on: born("wife"),
        married_on: match date(content.get("married-on")) {
            None if kind == EventKind::Divorce => wedding_before(tx, one).await?,
            said => said,
        },
        registered_on: registered_on(tx, office, one).await?,
        weight: content.get("weight-grams").and_then(|grams| grams.parse().ok()),
        place_kind: told("place-kind"),
        attendant: told("attendant"),
        // The line below which nothing stands began it, where nobody chose.
        cause: cause.iter().find_map(|field| content.get(field)).map(str::to_owned),
        divorce: told("divorce-kind"),
    }))
}

/// When the two whom a divorce names married, as their own entry says it: of several
/// weddings the last one before.
async fn wedding_before(tx: &mut Tx<'_>, divorce: &Counted) -> Result<Option<PartialDate>, Fault> {
    let roles = civil::roles_in(tx, divorce.entry.event_id).await?;
    let named = |wanted: &str| roles.iter().find(|role| role.role == wanted).map(|role| role.person_id);
    let Some((husband, wife)) = named("husband").zip(named("wife")) else { return Ok(None) };
    let husband = duplicates::counts_as(tx, husband).await?;
    let wife = duplicates::counts_as(tx, wife).await?;
    let day = divorce.happened_on.as_deref().and_then(|text| text.parse::<PartialDate>().ok());
    let unions = civil::unions_of(tx, husband).await?;
    let weddings = unions.iter().filter(|union| union.deed == Deed::Marriage && union.spouse == wife);
    let before = |on: &PartialDate| day.is_none_or(|day| on.earliest() <= day.latest());
    Ok(weddings.filter_map(|union| union.on).filter(before).max_by_key(|on| on.earliest()))
}

/// When an event was first registered by declaration; what old books brought in
/// says nothing of how long registering took.
async fn registered_on(
    tx: &mut Tx<'_>,
    office: &Office,
    one: &Counted,
) -> Result<Option<jiff::civil::Date>, Fault> {
    let day = |at: i64| day_of(at, office.settings.utc_offset_minutes);
    if one.entry.supersedes.is_none() {
        return Ok(one.entry.declaration_id.map(|_| day(one.entry.recorded_at)));
    }
    let chain = civil::history(tx, one.entry.id).await?;
    let first = chain.first().filter(|first| first.declaration_id.is_some());
    Ok(first.map(|first| day(first.recorded_at)))
}

/// Notes in the journal that statistics were counted, with the hash of the result.
#[derive(Debug, Serialize, Deserialize)]
pub struct NoteStatistics {
    /// How many entries were read.
    pub entries: u64,
    /// SHA-256 of all cells in their order, in hexadecimal.
    pub hash: String,
}

impl Act for NoteStatistics {
    const NAME: &'static str = "note-statistics";
    type Out = ();

    async fn run(&self, at: &Desk, _tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let entry = Entry::new("statistics-counted", "register", "statistics")
            .with("entries", self.entries)
            .with("hash", self.hash.clone());
        Ok(Recorded::new((), entry))
    }
}

fn by_year(cells: &Cells) -> BTreeMap<i64, Vec<Kept>> {
    let mut years: BTreeMap<i64, Vec<Kept>> = BTreeMap::new();
    for ((subject, year, place, row, column), number) in cells {
        let kept =
            (subject.code().to_owned(), place.clone(), (*row).to_owned(), (*column).to_owned(), *number);
        years.entry(i64::from(*year)).or_default().push(kept);
    }
    years
}

/// Counts the register and keeps the result for pages and programs. Returns how
/// many entries were read.
///
/// # Errors
/// When the database fails.
pub async fn keep(office: &Office, progress: impl FnMut(u64)) -> Result<u64, Stop> {
    let began = office.now();
    let (cells, entries) = counted(office, progress).await?;
    let mut hash = Sha256::new();
    for (year, cells) in by_year(&cells) {
        let text = serde_json::to_string(&cells).map_err(|error| Fault::Outside(error.to_string()))?;
        hash.update(year.to_string());
        hash.update(&text);
        statistics::keep(&office.db, year, &text, began).await?;
    }
    statistics::forget_older(&office.db, began).await?;
    let hash = hex::encode(hash.finalize());
    office.perform_once(&Who::system("statistics"), NoteStatistics { entries, hash }).await?;
    Ok(entries)
}

/// Counts the register again and names every year in which what is kept says
/// something else: entries since then, or a fault.
///
/// # Errors
/// When the database fails.
pub async fn compare(office: &Office, progress: impl FnMut(u64)) -> Result<Vec<i64>, Fault> {
    let (cells, _) = counted(office, progress).await?;
    let anew = by_year(&cells);
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let mut years: Vec<i64> = statistics::years(&mut tx).await?;
    years.extend(anew.keys());
    years.sort_unstable();
    years.dedup();
    let mut other = Vec::new();
    for year in years {
        let kept = statistics::figures(&mut tx, year).await?.map(|(text, _)| text);
        let counted = match anew.get(&year) {
            Some(cells) => {
                Some(serde_json::to_string(cells).map_err(|error| Fault::Outside(error.to_string()))?)
            }
            None => None,
        };
        if kept != counted {
            other.push(year);
        }
    }
    Ok(other)
}

/// Whether tonight's count is still to be done.
///
/// # Errors
/// When the database fails.
pub async fn is_due(office: &Office) -> Result<bool, Fault> {
    const AFTER: i64 = 2 * 3_600_000_000;
    let offset = office.settings.utc_offset_minutes;
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let today = day_of(office.now() - AFTER, offset);
    if let Some(at) = statistics::counted_at(&mut tx).await? {
        return Ok(day_of(at, offset) < today);
    }
    // An empty register has nothing to count.
    Ok(statistics::entries_after(&mut tx, EntryId(uuid::Uuid::nil()), 1).await?.is_some())
}

/// The years of which something was counted, the newest first; 0 for events of
/// which nobody knows the year.
///
/// # Errors
/// When the database fails.
pub async fn years(tx: &mut Tx<'_>) -> Result<Vec<i64>, Fault> {
    statistics::years(tx).await
}

/// Every governorate by its code, with its name in a language.
///
/// # Errors
/// When the database fails.
pub async fn places(tx: &mut Tx<'_>, language: &str) -> Result<Vec<(String, String)>, Fault> {
    let areas = centres::areas(tx).await?;
    let governorates = areas.iter().filter(|area| area.parent_id.is_none() && area.valid_until.is_none());
    Ok(governorates.map(|area| (area.code.clone(), named(area, language))).collect())
}

/// The area that bears a code.
///
/// # Errors
/// When the database fails.
pub async fn place_id(tx: &mut Tx<'_>, code: &str) -> Result<Option<AreaId>, Fault> {
    Ok(centres::area_coded(tx, code).await?.map(|area| area.id))
}

/// The name of a governorate; `None` for the whole country.
///
/// # Errors
/// When the database fails.
pub async fn place_named(tx: &mut Tx<'_>, code: &str, language: &str) -> Result<Option<String>, Fault> {
    if code.is_empty() {
        return Ok(None);
    }
    Ok(centres::area_coded(tx, code).await?.map(|area| named(&area, language)))
}

fn named(area: &centres::AreaRow, language: &str) -> String {
    let name = |language: &str| area.names.0[language].as_str().map(str::to_owned);
    name(language).or_else(|| name("ckb")).unwrap_or_else(|| area.code.clone())
}

/// A table as it is told.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Which.
    pub subject: Subject,
    /// Of which year; 0 where nobody knows it.
    pub year: i64,
    /// Of which governorate; all without one.
    pub place: Option<String>,
    /// What its rows are; the last row of [`Shown::cells`] is their sum.
    pub rows: Vec<&'static str>,
    /// What its columns are; the last of each row is their sum.
    pub columns: &'static [&'static str],
    /// The numbers.
    pub cells: Vec<Vec<Cell>>,
    /// When they were counted, in microseconds.
    pub counted_at: i64,
}

impl Shown {
    /// The same without rows in which nothing was counted.
    #[must_use]
    pub fn without_empty(mut self) -> Self {
        let is_empty = |row: &[Cell]| row.iter().all(|cell| cell.told() == Some(0));
        let kept: Vec<bool> = self.cells.iter().map(|row| !is_empty(row)).collect();
        let sums = self.cells.len().saturating_sub(1);
        let stays = |at: usize| at == sums || kept[at];
        let rows = self.rows.iter().enumerate().filter(|(at, _)| stays(*at));
        self.rows = rows.map(|(_, row)| *row).collect();
        let cells = self.cells.into_iter().enumerate().filter(|(at, _)| stays(*at));
        self.cells = cells.map(|(_, row)| row).collect();
        self
    }
}

/// A table of a year as anybody may see it: small numbers are hidden, and so much
/// beside them that neither a sum, the tables of all other places nor another table of the
/// same events give them away. `None` when nothing was counted.
///
/// # Errors
/// When the database fails or what is kept cannot be read.
pub async fn shown(
    tx: &mut Tx<'_>,
    subject: Subject,
    year: i64,
    place: Option<&str>,
) -> Result<Option<Shown>, Fault> {
    let Some((text, counted_at)) = statistics::figures(tx, year).await? else { return Ok(None) };
    let unreadable = |_| Fault::WrongDatabase(format!("the figures of {year} cannot be read"));
    let told = telling::told(&text, subject).map_err(unreadable)?;
    let (rows, columns) = (subject.sides().0.values(), subject.sides().1.values());
    let index = match place {
        Some(place) => told.places.iter().position(|known| known == place),
        None => Some(told.places.len()),
    };
    let table = told.subjects.iter().position(|known| *known == subject);
    let cells = table.zip(index).and_then(|(table, index)| told.tables.get(table)?.get(index));
    // A place of which nothing was counted has a table of zeros.
    let zeros = || vec![vec![Cell::Told(0); columns.len() + 1]; rows.len() + 1];
    Ok(Some(Shown {
        subject,
        year,
        place: place.map(str::to_owned),
        rows: rows.to_vec(),
        columns,
        cells: cells.filter(|_| !told.places.is_empty()).cloned().unwrap_or_else(zeros),
        counted_at,
    }))
}

/// How complete registration is, of one kind of event in one place.
#[derive(Clone, Debug)]
pub struct Complete {
    /// `birth` or `death`.
    pub kind: String,
    /// A governorate's code; empty for the whole country.
    pub place: String,
    /// How many were expected.
    pub expected: i64,
    /// How many are registered; `None` when too few to tell.
    pub registered: Option<i64>,
    /// On what the expectation rests.
    pub source: String,
}

/// How many of the expected events of a year are in the register.
///
/// # Errors
/// When the database fails.
pub async fn completeness(tx: &mut Tx<'_>, year: i64) -> Result<Vec<Complete>, Fault> {
    let mut found = Vec::new();
    for row in statistics::expected(tx, year).await?.into_iter().filter(|row| row.kind != POPULATION) {
        let subject = if row.kind == "birth" { Subject::BirthsByAge } else { Subject::DeathsByAge };
        let place = Some(row.place.as_str()).filter(|place| !place.is_empty());
        let shown = shown(tx, subject, year, place).await?;
        let sum = shown.and_then(|shown| shown.cells.last()?.last()?.told());
        found.push(Complete {
            kind: row.kind,
            place: row.place,
            expected: row.number,
            registered: sum,
            source: row.source,
        });
    }
    Ok(found)
}

/// As what a population is set: [`SetExpected::kind`].
pub const POPULATION: &str = "population";

/// A rate of a year: how often something happens for so many to whom it may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Which: `births`, `deaths`, `marriages` and `divorces` for a thousand people;
    /// `infant-deaths` for a thousand live births, `stillbirths` for a thousand births,
    /// `boys` for a hundred girls born alive.
    pub rate: &'static str,
    /// A governorate's code; empty for the whole country.
    pub place: String,
    /// The rate, in tenths.
    pub tenths: i64,
    /// On what the population rests; `None` where no population enters.
    pub source: Option<String>,
}

/// The rates of a year that can be told: of the whole country, and of each governorate
/// whose population someone set. What a hidden number would enter is not told.
///
/// # Errors
/// When the database fails.
pub async fn rates(tx: &mut Tx<'_>, year: i64) -> Result<Vec<Rate>, Fault> {
    const CRUDE: [(&str, Subject); 4] = [
        ("births", Subject::BirthsByAge),
        ("deaths", Subject::DeathsByAge),
        ("marriages", Subject::Marriages),
        ("divorces", Subject::Divorces),
    ];
    let mut found = Vec::new();
    let populations = statistics::expected(tx, year).await?;
    for population in populations.into_iter().filter(|row| row.kind == POPULATION) {
        let place = Some(population.place.as_str()).filter(|place| !place.is_empty());
        for (rate, subject) in CRUDE {
            let number = sums(tx, subject, year, place).await?.and_then(|sums| sums.last().copied()?.told());
            if let Some(tenths) = number.and_then(|number| per(number, 1_000, population.number)) {
                let source = Some(population.source.clone());
                found.push(Rate { rate, place: population.place.clone(), tenths, source });
            }
        }
    }
    let all = |sums: Option<Vec<Cell>>| sums.and_then(|sums| sums.last().copied()?.told());
    let births = sums(tx, Subject::BirthsByMonth, year, None).await?;
    let infants = all(sums(tx, Subject::InfantDeaths, year, None).await?);
    let stillborn = all(sums(tx, Subject::Stillbirths, year, None).await?);
    let sex = |at: usize| births.as_ref().and_then(|sums| sums.get(at)?.told());
    let (girls, boys, alive) = (sex(0), sex(1), all(births.clone()));
    let of = |number: Option<i64>, base: i64, among: Option<i64>| per(number?, base, among?);
    let both = stillborn.zip(alive).map(|(stillborn, alive)| stillborn + alive);
    for (rate, tenths) in [
        ("infant-deaths", of(infants, 1_000, alive)),
        ("stillbirths", of(stillborn, 1_000, both)),
        ("boys", of(boys, 100, girls)),
    ] {
        found.extend(tenths.map(|tenths| Rate { rate, place: String::new(), tenths, source: None }));
    }
    Ok(found)
}

/// The sums of a table's columns, and of all.
async fn sums(
    tx: &mut Tx<'_>,
    subject: Subject,
    year: i64,
    place: Option<&str>,
) -> Result<Option<Vec<Cell>>, Fault> {
    Ok(shown(tx, subject, year, place).await?.and_then(|mut shown| shown.cells.pop()))
}

/// How many of so many there are for a base, in tenths, rounded; `None` among nobody.
fn per(number: i64, base: i64, among: i64) -> Option<i64> {
    (among > 0).then(|| (number * base * 10 + among / 2) / among)
}

/// Says how many events a year is expected to have, or how many people live where.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetExpected {
    /// `birth`, `death` or [`POPULATION`].
    pub kind: String,
    /// The year in which they happen; of a population its middle.
    pub year: i64,
    /// A governorate's code; empty for the whole country.
    pub place: String,
    /// How many.
    pub number: i64,
    /// On what the estimate rests: population, rate, publication.
    pub source: String,
}

impl Act for SetExpected {
    const NAME: &'static str = "set-expected-events";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let wrong =
            |field: &str| Stop::from(Refusal::from(Why::FieldsWrong).about(field, "answer/not-offered"));
        if !matches!(self.kind.as_str(), "birth" | "death" | POPULATION) {
            return Err(wrong("kind"));
        }
        if !(1_900..=2_200).contains(&self.year) {
            return Err(wrong("year"));
        }
        if self.number < FEWEST {
            return Err(wrong("number"));
        }
        if self.source.trim().is_empty() {
            return Err(wrong("source"));
        }
        if !self.place.is_empty() && centres::area_coded(tx, &self.place).await?.is_none() {
            return Err(wrong("place"));
        }
        let row = ExpectedRow {
            id: at.fresh("expected"),
            kind: self.kind.clone(),
            year: self.year,
            place: self.place.clone(),
            number: self.number,
            source: self.source.trim().to_owned(),
            set_at: at.now,
        };
        tx.add(&row).await?;
        let entry = Entry::new("expected-events-set", "register", "statistics")
            .under(row.source.clone())
            .with("kind", row.kind.clone())
            .with("year", row.year)
            .with("place", row.place.clone())
            .with("number", row.number);
        Ok(Recorded::new((), entry))
    }
}

#[cfg(test)]
mod tests {
    use super::per;

    #[test]
    fn a_rate_is_rounded_to_a_tenth() {
        assert_eq!(per(27_449, 1_000, 1_000_000), Some(274));
        assert_eq!(per(27_450, 1_000, 1_000_000), Some(275));
        assert_eq!((per(105, 100, 100), per(0, 1_000, 7), per(5, 1_000, 0)), (Some(1_050), Some(0), None));
    }
}
