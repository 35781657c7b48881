//! Bringing persons, events and entries in: a CSV file, a migration, a seed.

use super::keys::add_keys;
use crate::acting::acting;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{AreaId, EntryId, EventId, OfficeId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::names::NameParts;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::civil::{self, EntryRow, EventRoleRow, EventRow};
use diwan_store::people::{PersonNameRow, PersonNumberRow, PersonRow};
use diwan_store::value::Json;
use diwan_store::{Act, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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
    /// The identifier it will bear, when it must be known again; else a fresh one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<EventId>,
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
        let mut taken = Vec::new();
        let mut own = BTreeSet::new();
        for event in &self.events {
            if !own.insert(&event.number) || civil::event_numbered(tx, &event.number).await?.is_some() {
                taken.push(event.number.as_str());
            }
        }
        if !taken.is_empty() {
            return Err(known_numbers(&taken).into());
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

/// How many numbers a refusal names; of the others it says how many they are.
const NAMED: usize = 20;

/// The refusal that names numbers which are in the register already.
pub(super) fn known_numbers(numbers: &[impl AsRef<str>]) -> Refusal {
    let mut named: Vec<&str> = numbers.iter().take(NAMED).map(AsRef::as_ref).collect();
    let more = format!("+{}", numbers.len().saturating_sub(NAMED));
    if numbers.len() > NAMED {
        named.push(&more);
    }
    Refusal::from(Why::ImportKnown).about("count", numbers.len()).about("numbers", named.join(", "))
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

async fn add_event(tx: &mut Tx<'_>, at: &Desk, index: usize, event: &NewEvent) -> Result<(), Stop> {
    let id = event.id.unwrap_or_else(|| at.fresh(&format!("event/{index}")));
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
        content: None,
        standing: None,
        declaration_id: None,
        correction_id: None,
        import_id: None,
        import_line: None,
    };
    Ok(tx.add(&row).await?)
}
