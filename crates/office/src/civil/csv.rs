//! The minimal CSV file of birth entries.

use super::import::{ImportRegister, NewEvent, NewPerson};
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::{OfficeId, PersonId};
use diwan_domain::names::NameParts;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::{Stop, Tx, centres, people};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

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
    // Columns whose names cannot be read would be taken in their order.
    reader.headers().map_err(|error| unreadable(1, error.to_string()))?;
    let (mut rows, mut numbers) = (Vec::new(), BTreeSet::new());
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
        if !numbers.insert(row.number.clone()) {
            return Err(unreadable(line, format!("number {} stands twice", row.number)));
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
        // A heading in another encoding than UTF-8.
        let mut bytes = HEAD.replace("book", "b?ok").into_bytes();
        let at = bytes.iter().position(|byte| *byte == b'?').unwrap();
        bytes[at] = 0xA6;
        bytes.extend(row.as_bytes());
        assert_eq!(read(&bytes), Err(Why::ImportUnreadable));
    }
}
