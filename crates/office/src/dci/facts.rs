//! What the register knows of someone, and what of it is told.

use super::super::acting::Acting;
use crate::civil::marital_status;
use diwan_domain::civil::unions::Status;
use diwan_domain::dates::PartialDate;
use diwan_domain::dci::{Attribute, Field, Known};
use diwan_domain::ids::PersonId;
use diwan_store::people::{self, PersonNameRow, PersonRow};
use diwan_store::{Fault, Tx, centres, civil};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// What the register knows of someone, as far as it may be told at all.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub person: PersonId,
    /// By attribute, for conditions and for the order.
    pub known: Known,
    names: Vec<PersonNameRow>,
    numbers: Vec<(String, String)>,
    entries: Vec<(&'static str, String)>,
    death_place: Option<String>,
    /// Mother and father, where they are known, have a number and are not protected.
    parents: Vec<(bool, String)>,
}

/// The kinds of entries whose numbers and days are told, with what the
/// specification calls the number.
const ENTRIES: [(&str, &str, Attribute, Option<Attribute>); 4] = [
    ("birth", "BRN", Attribute::BirthEntry, None),
    ("marriage", "MRN", Attribute::MarriageEntry, Some(Attribute::MarriageDate)),
    ("divorce", "DVRN", Attribute::DivorceEntry, Some(Attribute::DivorceDate)),
    ("death", "DRN", Attribute::DeathEntry, None),
];

/// What the register knows of someone; `None` when they are not there for whoever
/// asks.
pub(super) async fn facts(
    tx: &mut Tx<'_>,
    acting: &Acting,
    person: PersonId,
    today: Date,
) -> Result<Option<Facts>, Fault> {
    let Some(row) = people::person(tx, person).await? else { return Ok(None) };
    if !crate::civil::may_see(tx, acting, person).await? {
        return Ok(None);
    }
    let mut facts = Facts {
        person,
        known: Known::new(),
        names: people::names(tx, person).await?,
        numbers: Vec::new(),
        entries: Vec::new(),
        death_place: None,
        parents: Vec::new(),
    };
    facts.of_person(&row, today);
    for number in people::standing_numbers(tx, person).await? {
        facts.number(&number.kind, number.value);
    }
    // Whoever asks by a number that ended means its bearer; what is told are those that stand.
    for number in people::numbers(tx, person).await? {
        facts.bore(&number.kind, number.value);
    }
    let place = match row.born_area_id {
        Some(area) if row.born_place.is_none() => centres::area(tx, area).await?.map(|area| area.code),
        _ => row.born_place.clone(),
    };
    facts.put(Attribute::BirthPlace, place);
    for (kind, label, number, date) in ENTRIES {
        for entry in civil::entries_of(tx, person, kind).await? {
            if !crate::civil::may_see_entry(tx, acting, &entry).await? {
                continue;
            }
            facts.entries.push((label, entry.number.clone()));
            facts.put(number, Some(entry.number));
            let event = civil::event(tx, entry.event_id).await?;
            if let (Some(date), Some(event)) = (date, &event) {
                facts.put(date, event.happened_on.clone());
            }
            if kind == "death" {
                facts.death_place = event.and_then(|event| event.place);
            }
        }
    }
    let status = marital_status(tx, &row, today).await?;
    facts.put(Attribute::MaritalStatus, Some(letter(status, row.died_on.is_some()).to_owned()));
    facts.add_parents(tx, acting).await?;
    Ok(Some(facts))
}

/// How someone stands to marriage, by the letter of HL7 that the specification
/// uses. A marriage within the waiting period of a divorce is not over. `M` means that a
/// contract is active, which no death leaves so: whoever died married is not presently
/// married.
fn letter(status: Status, died: bool) -> &'static str {
    match status {
        Status::Single => "S",
        Status::Married | Status::Waiting if died => "U",
        Status::Married | Status::Waiting => "M",
        Status::Divorced => "D",
        Status::Widowed => "W",
    }
}

/// What the specification calls a kind of number.
fn labelled(kind: &str) -> (Option<Attribute>, String) {
    match kind {
        "upn" => (Some(Attribute::Uin), "UIN".to_owned()),
        "national-card" => (Some(Attribute::NationalCard), "NATIONAL_CARD".to_owned()),
        "old-civil-id" => (Some(Attribute::OldCivilId), "OLD_CIVIL_ID".to_owned()),
        "passport" => (Some(Attribute::Passport), "PASSPORT".to_owned()),
        "unhcr" => (Some(Attribute::Unhcr), "UNHCR".to_owned()),
        other => (None, other.to_ascii_uppercase().replace('-', "_")),
    }
}

impl Facts {
    /// Lets something count in conditions that an event says, although the event
    /// itself counts no more.
    pub(super) fn know(&mut self, attribute: Attribute, value: String) {
        self.put(attribute, Some(value));
    }

    fn put(&mut self, attribute: Attribute, value: Option<String>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.known.entry(attribute).or_default().push(value);
        }
    }

    fn of_person(&mut self, row: &PersonRow, today: Date) {
        self.put(Attribute::Sex, Some(row.sex.clone()));
        self.put(Attribute::BirthDate, row.born_on.clone());
        self.put(Attribute::DeathDate, row.died_on.clone());
        if let Some(born) = row.born_on.as_ref().and_then(|text| text.parse::<PartialDate>().ok()) {
            self.put(Attribute::BirthYear, Some(born.year().to_string()));
            self.put(Attribute::Age, born.age_on(today).map(|age| age.to_string()));
        }
        for name in self.names.clone() {
            let parts =
                [Some(&name.given), name.father.as_ref(), name.grandfather.as_ref(), name.family.as_ref()];
            let whole: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
            self.put(Attribute::Name, Some(whole.join(" ")));
            self.put(Attribute::GivenName, Some(name.given.clone()));
            self.put(Attribute::SecondName, name.father.clone());
            self.put(Attribute::Surname, name.family.clone());
        }
    }

    /// Lets conditions hold for a number that someone bears or bore.
    fn bore(&mut self, kind: &str, value: String) {
        if let (Some(attribute), _) = labelled(kind) {
            self.once(attribute, &value);
        }
        self.once(Attribute::AnyNumber, &value);
    }

    fn once(&mut self, attribute: Attribute, value: &str) {
        let known = self.known.entry(attribute).or_default();
        if !known.iter().any(|one| one == value) {
            known.push(value.to_owned());
        }
    }

    fn number(&mut self, kind: &str, value: String) {
        let (attribute, label) = labelled(kind);
        if let Some(attribute) = attribute {
            self.put(attribute, Some(value.clone()));
        }
        self.put(Attribute::AnyNumber, Some(value.clone()));
        self.numbers.push((label, value));
    }

    async fn add_parents(&mut self, tx: &mut Tx<'_>, acting: &Acting) -> Result<(), Fault> {
        let hidden = crate::civil::hidden_family(tx, acting, self.person).await?;
        for (parent, tie) in civil::tied(tx, self.person).await? {
            if tie != "child"
                || hidden.contains(&parent.id)
                || !crate::civil::may_see(tx, acting, parent.id).await?
            {
                continue;
            }
            let numbers = people::standing_numbers(tx, parent.id).await?;
            let uin = numbers.into_iter().find(|number| number.kind == "upn");
            if let Some(uin) = uin {
                self.put(Attribute::Parent, Some(uin.value.clone()));
                self.parents.push((parent.sex != "female", uin.value));
            }
        }
        // The mother first, as far as both are known.
        self.parents.sort();
        Ok(())
    }

    fn identifiers(&self, fields: &[Field]) -> Vec<Value> {
        let one = |kind: &str, value: &str| json!({"@type": "Identifier", "identifier_type": kind, "identifier_value": value});
        let mut all = Vec::new();
        for (kind, value) in &self.numbers {
            let field = if kind == "UIN" { Field::Identifier } else { Field::OtherIdentifiers };
            if fields.contains(&field) {
                all.push(one(kind, value));
            }
        }
        if fields.contains(&Field::RegistrationNumbers) {
            all.extend(self.entries.iter().map(|(kind, value)| one(kind, value)));
        }
        all
    }

    /// The name as the bearer's register writes it; in Latin letters for whoever
    /// reads those, where such a spelling is held.
    fn name(&self, locale: Option<&str>) -> Option<Value> {
        let latin = matches!(locale, Some("eng" | "kmr" | "deu" | "fra" | "tur"));
        let latin = crate::civil::latin_row(&self.names).filter(|_| latin);
        let own = self.names.iter().rev().find(|name| name.script == "arab");
        let name = latin.or(own).or(self.names.last())?;
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        let second = [text(&name.father), text(&name.grandfather)].join(" ").trim().to_owned();
        Some(json!({
            "@type": "Name", "surname": text(&name.family), "given_name": name.given, "second_name": second,
        }))
    }

    /// The record that is told to whoever may see these fields.
    pub(super) fn record(&self, fields: &[Field], locale: Option<&str>) -> Value {
        let first = |attribute: Attribute| self.known.get(&attribute).and_then(|all| all.first().cloned());
        let every = |attribute: Attribute| self.known.get(&attribute).cloned().unwrap_or_default();
        let place = |name: String| json!({"@type": "Place", "name": name});
        let mut record = Map::new();
        record.insert("@context".into(), context());
        record.insert("@id".into(), json!(format!("urn:uuid:{}", self.person)));
        record.insert("@type".into(), json!("CRVS_Person"));
        let mut put = |name: &str, field: Field, value: Option<Value>| {
            if let Some(value) = value.filter(|_| fields.contains(&field)) {
                record.insert(name.to_owned(), value);
            }
        };
        let identifiers = self.identifiers(fields);
        put("name", Field::Name, self.name(locale));
        put("sex", Field::Sex, first(Attribute::Sex).map(Value::String));
        put("birth_date", Field::BirthDate, first(Attribute::BirthDate).map(Value::String));
        put("birth_place", Field::BirthPlace, first(Attribute::BirthPlace).map(place));
        // That nobody died, married or was divorced is an answer too.
        put("death_date", Field::DeathDate, Some(json!(first(Attribute::DeathDate).unwrap_or_default())));
        put("death_place", Field::DeathPlace, self.death_place.clone().map(place));
        put("marital_status", Field::MaritalStatus, first(Attribute::MaritalStatus).map(Value::String));
        put("marriage_date", Field::MarriageDate, Some(json!(every(Attribute::MarriageDate))));
        put("divorce_date", Field::DivorceDate, Some(json!(every(Attribute::DivorceDate))));
        for (at, (_, number)) in self.parents.iter().take(2).enumerate() {
            let identifier =
                json!({"@type": "Identifier", "identifier_type": "UIN", "identifier_value": number});
            put(&format!("parent{}_identifier", at + 1), Field::Parents, Some(identifier));
        }
        if !identifiers.is_empty() {
            record.insert("identifier".into(), json!(identifiers));
        }
        Value::Object(record)
    }
}

/// The names of the record, as the published samples have them.
fn context() -> Value {
    json!({
        "@vocab": "https://schema.spdci.org/common/v1",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "schema": "http://schema.org/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "owl": "http://www.w3.org/2002/07/owl#",
    })
}
