//! The register: finding an entry, reading it for print, bringing entries in.
//!
//! A stranger learns nothing: looking for an entry that is not there and for
//! one that is not theirs runs the same statements and says the same.

use crate::acting::acting;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::{AreaId, EntryId, OfficeId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::names::{self, NameParts};
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::Relation;
use diwan_store::civil::{self, EntryRow, EventRoleRow, EventRow};
use diwan_store::people::{self, PersonNameRow, PersonNumberRow, PersonRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, centres};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

/// How many candidates a lookup compares; the same number is always read.
const SLOTS: usize = 4;

/// What someone says of the person whose entry they want.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// The name, as far as told.
    pub name: Option<NameParts>,
    /// The date of birth, as far as told.
    pub born_on: Option<PartialDate>,
    /// An identity number.
    pub number: Option<String>,
}

/// What a lookup found that this applicant may know of.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The holder, when exactly one entry fits and a tie or right is shown.
    pub holder: Option<PersonRow>,
    /// The entry that stands.
    pub entry: Option<EntryRow>,
    /// How the applicant stands to the holder.
    pub relation: Relation,
}

/// Looks for the birth entry that fits a description and to which this person
/// has a tie. The same statements run whatever there is to find.
///
/// # Errors
/// When the database fails.
pub async fn look_up(tx: &mut Tx<'_>, applicant: PersonId, wanted: &Description) -> Result<Found, Fault> {
    // The applicant may mean themselves, however they spell it.
    let mut candidates = candidates(tx, wanted).await?;
    candidates.retain(|person| *person != applicant);
    candidates.insert(0, applicant);
    let nobody = PersonId(uuid::Uuid::nil());
    let mut fits: Vec<Found> = Vec::new();
    for slot in 0..SLOTS {
        let person = candidates.get(slot).copied().unwrap_or(nobody);
        let row = people::person(tx, person).await?;
        let written = people::names(tx, person).await?;
        let entry = civil::birth_entry_of(tx, person).await?;
        let tie = civil::tie(tx, applicant, person).await?;
        let relation = relation_of(applicant, person, tie);
        let described = row.as_ref().is_some_and(|row| describes(wanted, row, &written));
        if described && relation != Relation::None && entry.is_some() {
            fits.push(Found { holder: row, entry, relation });
        }
    }
    Ok(if fits.len() == 1 { fits.remove(0) } else { Found::default() })
}

/// The applicant's own entry.
///
/// # Errors
/// When the database fails.
pub async fn own_entry(tx: &mut Tx<'_>, applicant: PersonId) -> Result<Found, Fault> {
    let holder = people::person(tx, applicant).await?;
    let entry = civil::birth_entry_of(tx, applicant).await?;
    if entry.is_none() {
        return Ok(Found::default());
    }
    Ok(Found { holder, entry, relation: Relation::Oneself })
}

/// How one person stands to another, as the register shows it.
#[must_use]
pub fn relation_of(applicant: PersonId, holder: PersonId, tie: Option<&str>) -> Relation {
    if applicant == holder {
        return Relation::Oneself;
    }
    match tie {
        Some("parent") => Relation::Parent,
        Some("child") => Relation::Child,
        Some("spouse") => Relation::Spouse,
        _ => Relation::None,
    }
}

async fn candidates(tx: &mut Tx<'_>, wanted: &Description) -> Result<Vec<PersonId>, Fault> {
    let number = wanted.number.clone().unwrap_or_default();
    let by_number = people::by_number(tx, &number).await?;
    let none = String::new();
    let (given, father) = wanted.name.as_ref().map_or((none.clone(), None), |name| {
        (names::skeleton(&name.given), name.father.as_deref().map(names::skeleton))
    });
    let year = wanted.born_on.map(|date| i64::from(date.year()));
    let alike = people::sounding_like(tx, &given, father.as_deref(), year, 60).await?;
    if !by_number.is_empty() {
        return Ok(by_number);
    }
    let Some(name) = &wanted.name else { return Ok(Vec::new()) };
    // Which of those that sound alike are nearest; ties keep the order of ids,
    // the same on both engines.
    let mut ranked = Vec::new();
    for person in alike {
        let written = people::names(tx, person).await?;
        ranked.push((nearness(name, &written), person));
    }
    ranked.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    Ok(ranked.into_iter().map(|(_, person)| person).take(SLOTS).collect())
}

fn nearness(wanted: &NameParts, written: &[PersonNameRow]) -> u16 {
    let wanted = full(wanted);
    written.iter().map(|row| names::rank(&wanted, &full_row(row)).0).max().unwrap_or(0)
}

fn full(name: &NameParts) -> String {
    name.known().map(|(_, text)| text).collect::<Vec<_>>().join(" ")
}

/// A stored name as people write it.
#[must_use]
pub fn full_row(row: &PersonNameRow) -> String {
    [Some(&row.given), row.father.as_ref(), row.grandfather.as_ref(), row.family.as_ref()]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a description fits a person well enough to speak of the same one.
fn describes(wanted: &Description, person: &PersonRow, written: &[PersonNameRow]) -> bool {
    /// Of a thousand: spelling may differ, the name may not.
    const SAME_NAME: u16 = 700;
    let born: Option<PartialDate> = person.born_on.as_ref().and_then(|text| text.parse().ok());
    let date_fits = match (wanted.born_on, born) {
        (Some(wanted), Some(born)) => {
            wanted.may_be(born) || born.may_mean_year_only() && wanted.year() == born.year()
        }
        _ => true,
    };
    let name_fits = wanted.name.as_ref().is_none_or(|name| nearness(name, written) >= SAME_NAME);
    date_fits && name_fits && (wanted.name.is_some() || wanted.number.is_some())
}

/// A person in a few words for a page: names by script, birth, numbers.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The person.
    pub person: PersonRow,
    /// Their names.
    pub names: Vec<PersonNameRow>,
    /// Their numbers.
    pub numbers: Vec<PersonNumberRow>,
    /// Their parents.
    pub parents: Vec<(String, PersonId, String)>,
    /// Their birth entry that stands.
    pub entry: Option<EntryRow>,
}

impl Summary {
    /// The name in a script (`arab`, `latn`); empty when none is held. A person
    /// always has a name in the register's own script.
    #[must_use]
    pub fn name(&self, script: &str) -> String {
        let own = self.names.iter().rev().find(|row| row.script == script);
        let any = if script == "arab" { self.names.last() } else { None };
        own.or(any).map(full_row).unwrap_or_default()
    }
}

/// Reads a person's summary.
///
/// # Errors
/// When the database fails.
pub async fn summary(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Summary>, Fault> {
    let Some(row) = people::person(tx, person).await? else { return Ok(None) };
    let names = people::names(tx, person).await?;
    let numbers = people::numbers(tx, person).await?;
    let entry = civil::birth_entry_of(tx, person).await?;
    let mut parents = Vec::new();
    if let Some(entry) = &entry {
        for role in civil::roles_in(tx, entry.event_id).await?.into_iter().filter(|role| role.role != "child")
        {
            let written = people::names(tx, role.person_id).await?;
            parents.push((role.role, role.person_id, written.last().map(full_row).unwrap_or_default()));
        }
    }
    Ok(Some(Summary { person: row, names, numbers, parents, entry }))
}

/// The printed fields of a birth entry by the names that services use, in the
/// register's own writing; `*-latin` where a Latin spelling is held.
///
/// # Errors
/// When the database fails.
pub async fn birth_fields(tx: &mut Tx<'_>, entry: &EntryRow) -> Result<BTreeMap<String, String>, Fault> {
    let mut fields = BTreeMap::new();
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|text| !text.is_empty()) {
            fields.insert(name.to_owned(), value);
        }
    };
    put("number", Some(entry.number.clone()));
    put("book", entry.record_no.clone());
    put("page", entry.page_no.clone());
    put("office", Some(entry.directorate.clone()));
    put("registered-on", entry.valid_from.clone());
    let Some(event) = civil::event(tx, entry.event_id).await? else { return Ok(fields) };
    put("born-on", event.happened_on.clone());
    put("birth-place", event.place.clone());
    for detail in [
        "born-at",
        "plurality",
        "residence",
        "attendant",
        "remarks",
        "father-nationality",
        "mother-nationality",
    ] {
        put(detail, event.details.0[detail].as_str().map(str::to_owned));
    }
    for role in civil::roles_in(tx, event.id).await? {
        let written = people::names(tx, role.person_id).await?;
        let own = written.iter().rev().find(|row| row.script == "arab").or(written.last());
        let latin = written.iter().rev().find(|row| row.script == "latn");
        let key = if role.role == "child" { "name" } else { role.role.as_str() };
        put(key, own.map(full_row));
        put(&format!("{key}-latin"), latin.map(full_row));
        put(&format!("{key}-latin-source"), latin.map(|row| row.source.clone()));
        if role.role == "child" {
            put("sex", people::person(tx, role.person_id).await?.map(|person| person.sex));
        }
    }
    Ok(fields)
}

/// Someone new to the register.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewPerson {
    /// The identifier they will bear.
    pub id: PersonId,
    /// `female`, `male` or `unknown`.
    pub sex: String,
    /// ISO 8601, perhaps partly known.
    pub born_on: Option<String>,
    /// Where, by area.
    pub born_area: Option<AreaId>,
    /// Where, in words.
    pub born_place: Option<String>,
    /// ISO 8601, when dead.
    pub died_on: Option<String>,
    /// Whether their record is closed to ordinary looks.
    pub protected: bool,
    /// Names: script (`arab`, `latn`), source, and the four parts.
    pub names: Vec<(String, String, NameParts)>,
    /// Numbers: kind and value.
    pub numbers: Vec<(String, String)>,
}

/// An event new to the register, with its entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewEvent {
    /// `birth`, `marriage`, `death` …
    pub kind: String,
    /// ISO 8601, perhaps partly known.
    pub happened_on: Option<String>,
    /// Where, by area.
    pub area: Option<AreaId>,
    /// Where, in words.
    pub place: Option<String>,
    /// What else the book says.
    pub details: serde_json::Value,
    /// Who was what.
    pub roles: Vec<(String, PersonId)>,
    /// The entry's own number.
    pub number: String,
    /// The registering office.
    pub office: OfficeId,
    /// The directorate as the book names it.
    pub directorate: String,
    /// The book (سجل) number, with the page the key since the 1957 census.
    pub book: Option<String>,
    /// The page (صحيفة) number.
    pub page: Option<String>,
    /// When it was registered.
    pub registered_on: Option<String>,
    /// How it was checked against its source, if it was.
    pub verified: Option<String>,
    /// Whether it is closed to ordinary copies.
    pub protected: bool,
}

/// Brings persons, events and entries in: a CSV file, a migration, a seed.
/// Repeating it with its key adds nothing twice.
#[derive(Debug, Serialize, Deserialize)]
pub struct ImportRegister {
    /// From where: a file's name, `seed`.
    pub source: String,
    /// The persons.
    pub persons: Vec<NewPerson>,
    /// The events.
    pub events: Vec<NewEvent>,
}

impl Act for ImportRegister {
    const NAME: &'static str = "import-register";
    type Out = usize;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<usize>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            acting(tx, at, Permission::ImportRegister).await?;
        }
        for (index, person) in self.persons.iter().enumerate() {
            add_person(tx, at, index, person).await?;
        }
        for (index, event) in self.events.iter().enumerate() {
            add_event(tx, at, index, event).await?;
        }
        let entry = Entry::new("register-imported", "register", &self.source)
            .with("persons", self.persons.len())
            .with("events", self.events.len());
        Ok(Recorded::new(self.events.len(), entry))
    }
}

async fn add_person(tx: &mut Tx<'_>, at: &Desk, index: usize, person: &NewPerson) -> Result<(), Stop> {
    let row = PersonRow {
        id: person.id,
        sex: person.sex.clone(),
        born_on: person.born_on.clone(),
        born_area_id: person.born_area,
        born_place: person.born_place.clone(),
        died_on: person.died_on.clone(),
        nationality: None,
        protected: person.protected,
        recorded_at: at.now,
        version: 1,
    };
    tx.add(&row).await?;
    for (n, (script, source, name)) in person.names.iter().enumerate() {
        let row = PersonNameRow {
            id: at.fresh(&format!("name/{index}/{n}")),
            person_id: person.id,
            script: script.clone(),
            given: name.given.clone(),
            father: name.father.clone(),
            grandfather: name.grandfather.clone(),
            family: name.family.clone(),
            source: source.clone(),
            valid_from: None,
            recorded_at: at.now,
        };
        tx.add(&row).await?;
        add_keys(tx, &row, person.born_on.as_deref()).await?;
    }
    for (n, (kind, value)) in person.numbers.iter().enumerate() {
        let row = PersonNumberRow {
            id: at.fresh(&format!("number/{index}/{n}")),
            person_id: person.id,
            kind: kind.clone(),
            value: value.clone(),
            valid_from: None,
            valid_until: None,
            recorded_at: at.now,
        };
        tx.add(&row).await?;
    }
    Ok(())
}

/// Derives the search keys of a stored name.
async fn add_keys(tx: &mut Tx<'_>, name: &PersonNameRow, born_on: Option<&str>) -> Result<(), Fault> {
    let year = born_on.and_then(|text| text.get(..4)).and_then(|year| year.parse::<i64>().ok());
    let parts = [Some(&name.given), name.father.as_ref(), name.grandfather.as_ref(), name.family.as_ref()];
    for (part, text) in parts.into_iter().enumerate() {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            let (folded, skeleton) = (names::fold(text), names::skeleton(text));
            people::add_name_key(tx, name.person_id, part as i64, &folded, &skeleton, year).await?;
        }
    }
    Ok(())
}

async fn add_event(tx: &mut Tx<'_>, at: &Desk, index: usize, event: &NewEvent) -> Result<(), Stop> {
    let id = at.fresh(&format!("event/{index}"));
    let row = EventRow {
        id,
        kind: event.kind.clone(),
        happened_on: event.happened_on.clone(),
        area_id: event.area,
        place: event.place.clone(),
        details: Json(event.details.clone()),
        recorded_at: at.now,
    };
    tx.add(&row).await?;
    for (n, (role, person)) in event.roles.iter().enumerate() {
        let row = EventRoleRow {
            id: at.fresh(&format!("role/{index}/{n}")),
            event_id: id,
            person_id: *person,
            role: role.clone(),
            recorded_at: at.now,
        };
        tx.add(&row).await?;
    }
    let entry_id: EntryId = at.fresh(&format!("entry/{index}"));
    let row = EntryRow {
        id: entry_id,
        event_id: id,
        kind: event.kind.clone(),
        number: event.number.clone(),
        office_id: event.office,
        directorate: event.directorate.clone(),
        record_no: event.book.clone(),
        page_no: event.page.clone(),
        area_id: event.area,
        supersedes: None,
        authority: None,
        verified_at: event.verified.as_ref().map(|_| at.now),
        verified_how: event.verified.clone(),
        protected: event.protected,
        valid_from: event.registered_on.clone(),
        recorded_at: at.now,
    };
    Ok(tx.add(&row).await?)
}

/// Finds people for an officer at a counter. The look is journalled before
/// anything is shown.
#[derive(Debug, Serialize, Deserialize)]
pub struct FindPeople {
    /// What was typed: a name in any spelling, a number.
    pub query: String,
    /// Why: the case or the person standing there.
    pub purpose: String,
}

impl Act for FindPeople {
    const NAME: &'static str = "find-people";
    type Out = Vec<PersonId>;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Vec<PersonId>>, Stop> {
        let acting = acting(tx, at, Permission::FindPeople).await?;
        let found = search(tx, &self.query).await?;
        let entry = Entry::new("people-searched", "officer", acting.officer.id)
            .under(self.purpose.clone())
            .with("found", found.len());
        let seen = found.iter().map(|person| {
            Entry::new("record-listed", "person", person).of(Some(*person)).under(self.purpose.clone())
        });
        let entries: Vec<Entry> = seen.collect();
        Ok(Recorded::new(found, entry).and_all(entries))
    }
}

/// People who bear a number or sound like a name, nearest first, at most ten.
async fn search(tx: &mut Tx<'_>, query: &str) -> Result<Vec<PersonId>, Fault> {
    let number = diwan_domain::digits::to_ascii(query.trim());
    let by_number = people::by_number(tx, &number).await?;
    if !by_number.is_empty() {
        return Ok(by_number);
    }
    let words: Vec<&str> = query.split_whitespace().collect();
    let Some(given) = words.first() else { return Ok(Vec::new()) };
    let given = names::skeleton(given);
    let father = words.get(1).map(|word| names::skeleton(word));
    let mut alike = people::sounding_like(tx, &given, father.as_deref(), None, 200).await?;
    if alike.is_empty() && father.is_some() {
        alike = people::sounding_like(tx, &given, None, None, 200).await?;
    }
    let mut ranked = Vec::new();
    for person in alike {
        let written = people::names(tx, person).await?;
        let nearest = written.iter().map(|row| names::rank(query, &full_row(row)).0).max().unwrap_or(0);
        ranked.push((nearest, person));
    }
    ranked.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    Ok(ranked.into_iter().map(|(_, person)| person).take(10).collect())
}

/// Opens a person's record for an officer; the person can see that it was.
#[derive(Debug, Serialize, Deserialize)]
pub struct SeePerson {
    /// Whose.
    pub person: PersonId,
    /// Why.
    pub purpose: String,
}

impl Act for SeePerson {
    const NAME: &'static str = "see-person";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        acting(tx, at, Permission::FindPeople).await?;
        people::person(tx, self.person).await?.ok_or(Why::NotFound)?;
        let entry = Entry::new("record-seen", "person", self.person)
            .of(Some(self.person))
            .under(self.purpose.clone());
        Ok(Recorded::new((), entry))
    }
}

/// One line of the minimal CSV file of birth entries.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct CsvBirth {
    /// The entry's number.
    pub number: String,
    /// The book.
    pub book: String,
    /// The page.
    pub page: String,
    /// ISO 8601.
    pub registered_on: String,
    /// The child's given name.
    pub given: String,
    /// The child's family name.
    pub family: String,
    /// The name in Latin letters, all parts, when the passport gives one.
    pub latin: String,
    /// `female` or `male`.
    pub sex: String,
    /// ISO 8601, perhaps partly known.
    pub born_on: String,
    /// In words.
    pub place: String,
    /// The father's name, up to four parts.
    pub father: String,
    /// The mother's name, up to four parts.
    pub mother: String,
    /// The child's personal number.
    pub personal_number: String,
    /// The father's personal number.
    pub father_number: String,
    /// The mother's personal number.
    pub mother_number: String,
    /// How the entry was checked against the book, or empty.
    pub verified: String,
}

/// Reads a CSV file of birth entries.
///
/// # Errors
/// [`Why::ImportUnreadable`] with the line and what is wrong with it.
pub fn read_csv(bytes: &[u8]) -> Result<Vec<CsvBirth>, Refusal> {
    let unreadable = |line: u64, what: String| {
        Refusal::from(Why::ImportUnreadable).about("line", line).about("what", what)
    };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let mut rows = Vec::new();
    for (index, row) in reader.deserialize::<CsvBirth>().enumerate() {
        let line = index as u64 + 2;
        let row = row.map_err(|error| unreadable(line, error.to_string()))?;
        if row.given.is_empty() || row.number.is_empty() {
            return Err(unreadable(line, "number and given name are needed".into()));
        }
        if !row.born_on.is_empty() && row.born_on.parse::<PartialDate>().is_err() {
            return Err(unreadable(
                line,
                format!("{} is not a date (YYYY, YYYY-MM or YYYY-MM-DD)", row.born_on),
            ));
        }
        if !matches!(row.sex.as_str(), "female" | "male" | "unknown") {
            return Err(unreadable(line, format!("{} is not female, male or unknown", row.sex)));
        }
        rows.push(row);
    }
    Ok(rows)
}

/// Makes the act for a part of a CSV file. Persons are told apart by their
/// personal numbers; a parent without one is a person of that entry only.
///
/// # Errors
/// When the office or the database fails.
pub async fn import_of(
    tx: &mut Tx<'_>,
    source: &str,
    office: OfficeId,
    rows: &[CsvBirth],
    known: &mut BTreeMap<String, PersonId>,
) -> Result<ImportRegister, Stop> {
    let office_row = centres::office(tx, office).await?.ok_or(Why::NotFound)?;
    let directorate = office_row.names.0["ckb"].as_str().unwrap_or(&office_row.code).to_owned();
    let mut import = ImportRegister { source: source.to_owned(), persons: Vec::new(), events: Vec::new() };
    for row in rows {
        let mut roles = Vec::new();
        let father: Vec<&str> = row.father.split_whitespace().collect();
        let own = NameParts {
            given: row.given.clone(),
            father: father.first().map(ToString::to_string),
            grandfather: father.get(1).map(ToString::to_string),
            family: Some(row.family.clone()).filter(|text| !text.is_empty()),
        };
        let child = Csv { role: "child", sex: &row.sex, number: &row.personal_number, name: own };
        roles.push(child.person(tx, known, &mut import, Some(row)).await?);
        for (role, sex, name, number) in [
            ("father", "male", &row.father, &row.father_number),
            ("mother", "female", &row.mother, &row.mother_number),
        ] {
            if let Some(parts) = parts_of(name) {
                let parent = Csv { role, sex, number, name: parts };
                roles.push(parent.person(tx, known, &mut import, None).await?);
            }
        }
        import.events.push(NewEvent {
            kind: "birth".into(),
            happened_on: Some(row.born_on.clone()).filter(|text| !text.is_empty()),
            area: office_row.area_id,
            place: Some(row.place.clone()).filter(|text| !text.is_empty()),
            details: json!({}),
            roles,
            number: row.number.clone(),
            office,
            directorate: directorate.clone(),
            book: Some(row.book.clone()).filter(|text| !text.is_empty()),
            page: Some(row.page.clone()).filter(|text| !text.is_empty()),
            registered_on: Some(row.registered_on.clone()).filter(|text| !text.is_empty()),
            verified: Some(row.verified.clone()).filter(|text| !text.is_empty()),
            protected: false,
        });
    }
    Ok(import)
}

fn parts_of(name: &str) -> Option<NameParts> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let part = |at: usize| words.get(at).map(ToString::to_string);
    let family = (words.len() > 3).then(|| words[3..].join(" "));
    Some(NameParts { given: part(0)?, father: part(1), grandfather: part(2), family })
}

struct Csv<'a> {
    role: &'a str,
    sex: &'a str,
    number: &'a str,
    name: NameParts,
}

impl Csv<'_> {
    async fn person(
        self,
        tx: &mut Tx<'_>,
        known: &mut BTreeMap<String, PersonId>,
        import: &mut ImportRegister,
        birth: Option<&CsvBirth>,
    ) -> Result<(String, PersonId), Stop> {
        let number = diwan_domain::digits::to_ascii(self.number);
        if !number.is_empty() {
            if let Some(id) = known.get(&number) {
                return Ok((self.role.to_owned(), *id));
            }
            if let Some(id) = people::by_number(tx, &number).await?.first() {
                return Ok((self.role.to_owned(), *id));
            }
        }
        let id = PersonId(uuid::Uuid::now_v7());
        let mut names = vec![("arab".to_owned(), "register".to_owned(), self.name)];
        if let Some(latin) = birth.and_then(|birth| parts_of(&birth.latin)) {
            names.push(("latn".to_owned(), "passport".to_owned(), latin));
        }
        if !number.is_empty() {
            known.insert(number.clone(), id);
        }
        import.persons.push(NewPerson {
            id,
            sex: self.sex.to_owned(),
            born_on: birth.map(|birth| birth.born_on.clone()).filter(|text| !text.is_empty()),
            born_area: None,
            born_place: birth.map(|birth| birth.place.clone()),
            died_on: None,
            protected: false,
            names,
            numbers: if number.is_empty() { Vec::new() } else { vec![("upn".to_owned(), number)] },
        });
        Ok((self.role.to_owned(), id))
    }
}

/// The fields of an entry as an officer compares them with an application.
///
/// # Errors
/// When the database fails.
pub async fn entry_fields(tx: &mut Tx<'_>, entry: EntryId) -> Result<BTreeMap<String, String>, Fault> {
    match civil::entry(tx, entry).await? {
        Some(row) => birth_fields(tx, &row).await,
        None => Ok(BTreeMap::new()),
    }
}

/// Who bears a number now.
///
/// # Errors
/// When the database fails.
pub async fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Vec<PersonId>, Fault> {
    people::by_number(tx, &diwan_domain::digits::to_ascii(number.trim())).await
}
