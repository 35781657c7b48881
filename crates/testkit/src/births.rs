//! Birth entries as the first importer read them. Files go another way now
//! (`diwan_office::civil::books`); what stays makes acts of the kind that old databases
//! replay, for tests.

use diwan_domain::ids::{EventId, OfficeId, PersonId};
use diwan_domain::names::NameParts;
use diwan_domain::refusals::Why;
use diwan_office::civil::{ImportRegister, NewEvent, NewPerson};
use diwan_store::{Stop, Tx, centres, people};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

/// One birth entry.
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

impl CsvBirth {
    /// The event a line tells of: the same for the same line of the same office,
    /// so that a file that is sent again is known again, whoever sends it.
    #[must_use]
    pub fn event(&self, office: OfficeId) -> EventId {
        EventId(self.named(office, "event"))
    }

    fn columns(&self) -> [&str; 16] {
        [
            &self.number,
            &self.book,
            &self.page,
            &self.registered_on,
            &self.given,
            &self.family,
            &self.latin,
            &self.sex,
            &self.born_on,
            &self.place,
            &self.father,
            &self.mother,
            &self.personal_number,
            &self.father_number,
            &self.mother_number,
            &self.verified,
        ]
    }

    /// An identifier that follows from the whole line.
    fn named(&self, office: OfficeId, what: &str) -> Uuid {
        let line = json!([office, what, self.columns()]).to_string();
        let hash = Sha256::digest(line);
        let mut id = [0_u8; 16];
        id.copy_from_slice(&hash[..16]);
        // Version 8 of RFC 9562: made in a way of our own.
        id[6] = (id[6] & 0x0f) | 0x80;
        id[8] = (id[8] & 0x3f) | 0x80;
        Uuid::from_bytes(id)
    }
}

/// Makes the act that brings such entries in. Persons are told apart by their
/// personal numbers; a parent without one is a person of that entry only. The
/// same part gives the same act, until it was done.
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
        let id = |role: &str| PersonId(row.named(office, role));
        let child =
            Csv { id: id("child"), role: "child", sex: &row.sex, number: &row.personal_number, name: own };
        roles.push(child.person(tx, known, &mut import, Some(row)).await?);
        for (role, sex, name, number) in [
            ("father", "male", &row.father, &row.father_number),
            ("mother", "female", &row.mother, &row.mother_number),
        ] {
            if let Some(parts) = parts_of(name) {
                let parent = Csv { id: id(role), role, sex, number, name: parts };
                roles.push(parent.person(tx, known, &mut import, None).await?);
            }
        }
        import.events.push(NewEvent {
            id: Some(row.event(office)),
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
    id: PersonId,
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
        let id = self.id;
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
