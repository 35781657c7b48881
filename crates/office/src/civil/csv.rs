//! The minimal CSV file of birth entries.

use super::import::{ImportRegister, NewEvent, NewPerson, known_numbers};
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::{EventId, OfficeId, PersonId};
use diwan_domain::names::NameParts;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::{Fault, Stop, Tx, centres, civil, people};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

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

/// How a file stands to the register before it is brought in.
#[derive(Debug)]
pub struct Compared {
    /// Of each row whether it is in the register already, from such a file.
    pub there: Vec<bool>,
    known: Vec<String>,
}

impl Compared {
    /// Refuses a file of which numbers are in the register with other contents,
    /// naming them with their lines.
    ///
    /// # Errors
    /// [`Why::ImportKnown`].
    pub fn refuse_known(&self) -> Result<(), Refusal> {
        if self.known.is_empty() { Ok(()) } else { Err(known_numbers(&self.known)) }
    }

    /// How many of its rows are in the register already.
    #[must_use]
    pub fn count(&self) -> usize {
        self.there.iter().filter(|there| **there).count()
    }
}

/// Compares a file with the register: what was brought in from it before, and
/// which of its numbers belong to others.
///
/// # Errors
/// When the database fails.
pub async fn compare(tx: &mut Tx<'_>, office: OfficeId, rows: &[CsvBirth]) -> Result<Compared, Fault> {
    let mut compared = Compared { there: Vec::new(), known: Vec::new() };
    for (index, row) in rows.iter().enumerate() {
        let found = civil::event_numbered(tx, &row.number).await?;
        let there = found == Some(row.event(office));
        compared.there.push(there);
        if found.is_some() && !there {
            compared.known.push(format!("{} ({})", row.number, line_of(index)));
        }
    }
    Ok(compared)
}

/// The line of a row: the first has the columns' names.
fn line_of(index: usize) -> usize {
    index + 2
}

/// Reads a CSV file of birth entries.
///
/// # Errors
/// [`Why::ImportUnreadable`] with the line and what is wrong with it.
pub fn read_csv(bytes: &[u8]) -> Result<Vec<CsvBirth>, Refusal> {
    let unreadable = |line: usize, what: String| {
        Refusal::from(Why::ImportUnreadable).about("line", line).about("what", what)
    };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    // Columns whose names cannot be read would be taken in their order.
    reader.headers().map_err(|error| unreadable(1, error.to_string()))?;
    let (mut rows, mut numbers) = (Vec::new(), BTreeSet::new());
    for (index, row) in reader.deserialize::<CsvBirth>().enumerate() {
        let line = line_of(index);
        let row = row.map_err(|error| unreadable(line, error.to_string()))?;
        // No database keeps it; found here it stops nothing midway.
        if row.columns().iter().any(|text| text.contains('\0')) {
            return Err(unreadable(line, "the character U+0000 cannot be kept".into()));
        }
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
        if !numbers.insert(row.number.clone()) {
            return Err(unreadable(line, format!("number {} stands twice", row.number)));
        }
        rows.push(row);
    }
    Ok(rows)
}

/// Makes the act for a part of a CSV file. Persons are told apart by their
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

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "number,book,page,registered_on,given,family,latin,sex,born_on,place,father,mother,\
                        personal_number,father_number,mother_number,verified\n";

    #[test]
    fn a_file_whose_columns_or_numbers_are_in_doubt_is_not_read() {
        let row = "EB-9,1,2,,شیلان,,,female,1998,,,,,,,\n";
        let read = |bytes: &[u8]| read_csv(bytes).map(|rows| rows.len()).map_err(|refusal| refusal.why);
        assert_eq!(read(format!("{HEAD}{row}").as_bytes()), Ok(1));
        assert_eq!(read(format!("{HEAD}{row}{row}").as_bytes()), Err(Why::ImportUnreadable));
        let zero = row.replace("EB-9", "EB-9\0");
        assert_eq!(read(format!("{HEAD}{zero}").as_bytes()), Err(Why::ImportUnreadable));
        // A heading in another encoding than UTF-8.
        let mut bytes = HEAD.replace("book", "b?ok").into_bytes();
        let at = bytes.iter().position(|byte| *byte == b'?').unwrap();
        bytes[at] = 0xA6;
        bytes.extend(row.as_bytes());
        assert_eq!(read(&bytes), Err(Why::ImportUnreadable));
    }
}
