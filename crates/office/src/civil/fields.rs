//! What a register entry says, by the names that services print.

use super::kin::ties_to_parents;
use super::looking::entry_content;
use super::{family, latin_of, latin_row, own_writing};
use diwan_domain::civil::Content;
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::{EntryId, PersonId};
use diwan_domain::names;
use diwan_domain::services::{EntryValue, EntryValues, RegisterKind};
use diwan_store::civil::{self, EntryRow, EventRow};
use diwan_store::{Fault, Tx, centres, duplicates, people};
use jiff::civil::Date;

/// Values by the names that services use. Empty values are left out.
#[derive(Default)]
struct Fields(EntryValues);

impl Fields {
    fn put(&mut self, name: &str, value: Option<String>) {
        if let Some(value) = value.filter(|text| !text.is_empty()) {
            self.0.insert(name.to_owned(), value.into());
        }
    }

    /// A person's name in the register's own writing; `-latin` where a Latin
    /// spelling is held, with its source.
    async fn name(&mut self, tx: &mut Tx<'_>, key: &str, person: PersonId) -> Result<(), Fault> {
        let written = people::names(tx, person).await?;
        let latin = latin_row(&written);
        self.put(key, own_writing(&written));
        self.put(&format!("{key}-latin"), latin_of(&written));
        self.put(&format!("{key}-latin-source"), latin.map(|row| row.source.clone()));
        Ok(())
    }

    /// A place as the entry writes it; in Latin letters by the official name of
    /// the area it lies in, where the entry names just that area.
    async fn place(&mut self, tx: &mut Tx<'_>, key: &str, event: &EventRow) -> Result<(), Fault> {
        self.put(key, event.place.clone());
        let (Some(place), Some(area)) = (&event.place, event.area_id) else { return Ok(()) };
        let Some(area) = centres::area(tx, area).await? else { return Ok(()) };
        let called = area.names.0.as_object().into_iter().flatten().filter_map(|(_, name)| name.as_str());
        if called.map(names::fold).any(|name| name == names::fold(place)) {
            self.put(&format!("{key}-latin"), area.names.0["en"].as_str().map(str::to_owned));
        }
        Ok(())
    }

    fn details(&mut self, event: &EventRow, names: &[&str]) {
        for name in names {
            self.put(name, event.details.0[*name].as_str().map(str::to_owned));
        }
    }
}

/// The fields of an entry by the names that services use: see
/// [`diwan_domain::services::entry_fields`]. The registers of persons and of
/// families say more than one entry does: how its holder stands to marriage on a
/// day, and who belongs to them.
///
/// # Errors
/// When the database fails.
pub async fn fields_of(
    tx: &mut Tx<'_>,
    register: Option<RegisterKind>,
    entry: &EntryRow,
    holder: Option<PersonId>,
    day: Date,
) -> Result<EntryValues, Fault> {
    let mut fields = Fields::default();
    fields.put("number", Some(entry.number.clone()));
    fields.put("book", entry.record_no.clone());
    fields.put("page", entry.page_no.clone());
    fields.put("office", Some(entry.directorate.clone()));
    fields.put("registered-on", entry.valid_from.clone());
    let Some(event) = civil::event(tx, entry.event_id).await? else { return Ok(fields.0) };
    fields.details(&event, &["remarks"]);
    match (register, RegisterKind::from_code(&entry.kind)) {
        (Some(RegisterKind::Family), Some(RegisterKind::Marriage)) => {}
        (_, Some(RegisterKind::Marriage | RegisterKind::Divorce)) => union(tx, &event, &mut fields).await?,
        (_, Some(RegisterKind::Death)) => death(tx, &event, &mut fields).await?,
        _ => birth(tx, entry, &event, &mut fields).await?,
    }
    let Some(holder) = holder else { return Ok(fields.0) };
    if !matches!(register, Some(RegisterKind::Person | RegisterKind::Family)) {
        return Ok(fields.0);
    }
    // A case that was begun for a record is of whoever that record counts as by now.
    let holder = duplicates::counts_as(tx, holder).await?;
    person(tx, holder, day, &mut fields).await?;
    if register == Some(RegisterKind::Family) {
        page_of_family(tx, holder, &mut fields).await?;
        let lines = family::lines(tx, holder, day).await?;
        fields.0.insert("members".to_owned(), EntryValue::Lines(lines));
    }
    Ok(fields.0)
}

/// What is known of someone whatever entry was found: not everybody who has a
/// family was born here.
async fn person(tx: &mut Tx<'_>, holder: PersonId, day: Date, fields: &mut Fields) -> Result<(), Fault> {
    let Some(person) = people::person(tx, holder).await? else { return Ok(()) };
    fields.name(tx, "name", holder).await?;
    let status = family::marital_status(tx, &person, day).await?;
    fields.put("marital-status", Some(status.code().to_owned()));
    fields.put("sex", Some(person.sex));
    fields.put("born-on", person.born_on);
    let is_over = |died: &String| died.parse::<PartialDate>().is_ok_and(|died| died.latest() <= day);
    fields.put("died-on", person.died_on.filter(is_over));
    if !fields.0.contains_key("birth-place") {
        fields.put("birth-place", person.born_place);
    }
    Ok(())
}

/// A family has its own page since the census of 1957: that of the marriage
/// which founded it, where the holder married.
async fn page_of_family(tx: &mut Tx<'_>, holder: PersonId, fields: &mut Fields) -> Result<(), Fault> {
    let marriages = civil::entries_of(tx, holder, RegisterKind::Marriage.code()).await?;
    if let Some(first) = marriages.into_iter().next_back() {
        fields.put("book", first.record_no);
        fields.put("page", first.page_no);
    }
    Ok(())
}

/// What an entry of birth says of a parent: how old they were on that day, and what they
/// did. Of a birth known by its year alone no age is printed.
async fn parent(
    tx: &mut Tx<'_>,
    (role, person): (&str, PersonId),
    (said, event): (&Content, &EventRow),
    fields: &mut Fields,
) -> Result<(), Fault> {
    let born = match said.of(role, "born-on").map(str::to_owned) {
        Some(born) => Some(born),
        None => people::person(tx, person).await?.and_then(|row| row.born_on),
    };
    let date = |text: &str| text.parse::<PartialDate>().ok();
    let day = event.happened_on.as_deref().and_then(date).and_then(PartialDate::whole);
    let age = born.as_deref().and_then(date).zip(day).and_then(|(born, day)| born.age_on(day));
    fields.put(&format!("{role}-age"), age.map(|age| age.to_string()));
    fields.put(&format!("{role}-occupation"), said.of(role, "occupation").map(str::to_owned));
    Ok(())
}

async fn birth(
    tx: &mut Tx<'_>,
    entry: &EntryRow,
    event: &EventRow,
    fields: &mut Fields,
) -> Result<(), Fault> {
    let roles = civil::roles_in(tx, event.id).await?;
    if tx.foresees() {
        for role in &roles {
            people::names(tx, role.person_id).await?;
        }
        if let Some(area) = event.area_id {
            centres::area(tx, area).await?;
        }
        tx.ask_foreseen().await?;
    }
    // An entry of an old book may hold no more than its event.
    let said = if entry.content.is_some() { entry_content(tx, entry).await? } else { Content::default() };
    fields.put("born-on", event.happened_on.clone());
    fields.put("born-on-in-words", event.happened_on.clone());
    fields.place(tx, "birth-place", event).await?;
    fields.details(event, &["born-at", "plurality", "residence", "attendant"]);
    const OF_PARENTS: [&str; 4] =
        ["father-nationality", "father-occupation", "mother-nationality", "mother-occupation"];
    fields.details(event, &OF_PARENTS);
    // Of whom the entry is not tied to nothing is printed, not even where they came from.
    for parent in ["father", "mother"].into_iter().filter(|of| roles.iter().all(|role| role.role != *of)) {
        fields.0.retain(|field, _| !field.starts_with(&format!("{parent}-")));
    }
    // He who acknowledged the child later is its father; what the entry says of the one whom
    // it names is not said of him.
    let is_fatherless = roles.iter().all(|role| role.role != "father");
    if let Some(child) = roles.iter().find(|role| role.role == "child").filter(|_| is_fatherless)
        && let Some(father) = civil::acknowledged_by(tx, child.person_id).await?.into_iter().next()
    {
        fields.name(tx, "father", father).await?;
    }
    for role in roles {
        let key = if role.role == "child" { "name" } else { role.role.as_str() };
        fields.name(tx, key, role.person_id).await?;
        if role.role == "child" {
            fields.put("sex", people::person(tx, role.person_id).await?.map(|person| person.sex));
        } else {
            parent(tx, (&role.role, role.person_id), (&said, event), fields).await?;
        }
    }
    Ok(())
}

async fn union(tx: &mut Tx<'_>, event: &EventRow, fields: &mut Fields) -> Result<(), Fault> {
    fields.put("date", event.happened_on.clone());
    fields.place(tx, "place", event).await?;
    fields.details(event, &["court", "judgment", "judgment-date", "divorce-kind"]);
    for role in civil::roles_in(tx, event.id).await? {
        if !matches!(role.role.as_str(), "husband" | "wife") {
            continue;
        }
        fields.name(tx, &role.role, role.person_id).await?;
        let born = people::person(tx, role.person_id).await?.and_then(|person| person.born_on);
        fields.put(&format!("{}-born-on", role.role), born);
    }
    Ok(())
}

async fn death(tx: &mut Tx<'_>, event: &EventRow, fields: &mut Fields) -> Result<(), Fault> {
    fields.put("died-on", event.happened_on.clone());
    fields.place(tx, "death-place", event).await?;
    let roles = civil::roles_in(tx, event.id).await?;
    let Some(dead) = roles.iter().find(|role| role.role == "deceased") else { return Ok(()) };
    fields.name(tx, "name", dead.person_id).await?;
    let person = people::person(tx, dead.person_id).await?;
    fields.put("sex", person.as_ref().map(|person| person.sex.clone()));
    fields.put("born-on", person.and_then(|person| person.born_on));
    // Parents stand in the birth entry; not everyone who dies has one here. One that is
    // closed is told by no paper but its own.
    let birth = civil::birth_entry_of(tx, dead.person_id).await?;
    if birth.as_ref().is_none_or(|birth| !birth.protected) {
        for (role, parent) in ties_to_parents(tx, dead.person_id, birth.as_ref()).await? {
            fields.name(tx, &role, parent).await?;
        }
    }
    Ok(())
}

/// The fields of an entry as an officer compares them with an application.
///
/// # Errors
/// When the database fails.
pub async fn entry_fields(
    tx: &mut Tx<'_>,
    register: Option<RegisterKind>,
    entry: EntryId,
    holder: Option<PersonId>,
    day: Date,
) -> Result<EntryValues, Fault> {
    match civil::entry(tx, entry).await? {
        Some(row) => fields_of(tx, register, &row, holder, day).await,
        None => Ok(EntryValues::new()),
    }
}
