//! Reading, checking and showing answers.
//!
//! A form field is named after its question: `copies`, or `birth-date-day`,
//! `birth-date-month`, `birth-date-year`. The whole list stands in
//! `docs/services.md`, and [`Question::fields`] gives it for one question.

use super::definition::{Question, QuestionKind, When};
use crate::dates::{DateFault, PartialDate};
use crate::digits;
use crate::names::{NameParts, PARTS};
use crate::numbers::{self, IdentityKind};
use crate::uploads::Received;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What a form sent: every field with its values.
pub type Fields = BTreeMap<String, Vec<String>>;

/// The parts of an address, in the order people give them here.
pub const ADDRESS_PARTS: [&str; 5] = ["country", "governorate", "district", "subdistrict", "place"];
const LONGEST_LINE: usize = 200;
const LONGEST_TEXT: usize = 2_000;
const MOST_REPETITIONS: i64 = 20;

/// One thing wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// The form field to mark and link to.
    pub field: String,
    /// Stable code, such as `date/not-real`.
    pub code: &'static str,
    /// What the message may mention: `min`, `max`, `wanted`, `found`.
    pub args: BTreeMap<&'static str, String>,
}

impl Fault {
    fn new(field: impl Into<String>, code: &'static str) -> Self {
        Self { field: field.into(), code, args: BTreeMap::new() }
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.insert(name, value.to_string());
        self
    }
}

/// A piece of an answer, ready to be shown in any language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// What someone wrote, in their own script.
    Text(String),
    /// Digits or addresses, always shown left to right.
    Ltr(String),
    /// A message of the service's words.
    Word(String),
    /// Yes or no, worded by the shared words.
    YesNo(bool),
    /// A whole number.
    Number(i64),
    /// A date, perhaps partly known.
    Date(PartialDate),
    /// A name in its parts.
    Name(NameParts),
    /// An identity number with its kind.
    Identity(IdentityKind, String),
    /// A received file.
    File(Received),
    /// The answers of one repetition, by question.
    Items(Vec<(String, Vec<Piece>)>),
    /// Nothing was answered.
    Blank,
}

/// One answer's value, or everything that is wrong with it.
type Reading = Result<Value, Vec<Fault>>;

impl Question {
    /// The form fields of this question, the first being the one an error
    /// links to when it concerns the whole. For a repeated group: the fields
    /// of its first repetition.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        let with = |parts: &[&str]| parts.iter().map(|part| format!("{}-{part}", self.key)).collect();
        match self.kind {
            QuestionKind::Name => with(&PARTS),
            QuestionKind::Date => with(&["day", "month", "year"]),
            QuestionKind::IdentityNumber => with(&["number", "kind"]),
            QuestionKind::Address => with(&ADDRESS_PARTS),
            QuestionKind::Group => {
                let stem = format!("{}-1", self.key);
                self.children.iter().flat_map(|child| child.renamed(&stem).fields()).collect()
            }
            _ => vec![self.key.clone()],
        }
    }

    /// Reads what a form sent. `null` when a question that may be left blank
    /// was left blank. The fields themselves are kept by the caller and shown
    /// again as they were typed.
    ///
    /// # Errors
    /// Every [`Fault`], each with the field to mend.
    pub fn read(&self, fields: &Fields, today: Date) -> Reading {
        let value = match self.kind {
            QuestionKind::Group => self.read_group(fields, today)?,
            _ => self.gather(fields)?,
        };
        self.check(&value, today)
    }

    /// Checks a value that came by another way (the API, an example, a stored
    /// draft) and gives it in its canonical form.
    ///
    /// # Errors
    /// Every [`Fault`], with the field names a form would have.
    pub fn check(&self, value: &Value, today: Date) -> Reading {
        if value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()) || is_empty_list(value) {
            return if self.required { Err(vec![self.missing()]) } else { Ok(Value::Null) };
        }
        match self.kind {
            QuestionKind::Name => self.check_name(value),
            QuestionKind::Text => self.check_text(value, LONGEST_LINE),
            QuestionKind::LongText => self.check_text(value, LONGEST_TEXT),
            QuestionKind::Date => self.check_date(value, today),
            QuestionKind::Number => self.check_number(value),
            QuestionKind::Choice => self.check_choice(value),
            QuestionKind::Choices => self.check_choices(value),
            QuestionKind::YesNo => match value {
                Value::Bool(_) => Ok(value.clone()),
                _ => self.wrong("yes-no/not-an-answer"),
            },
            QuestionKind::Phone => self.check_contact(value, numbers::phone),
            QuestionKind::Email => self.check_contact(value, numbers::email),
            QuestionKind::IdentityNumber => self.check_identity(value),
            QuestionKind::Address => self.check_address(value),
            QuestionKind::Person => self.check_person(value),
            QuestionKind::File => self.check_files(value),
            QuestionKind::Group => self.check_group(value, today),
        }
    }

    /// The form fields that an accepted value came from, for a form that is
    /// opened again to change it.
    #[must_use]
    pub fn typed(&self, value: &Value) -> Fields {
        let mut fields = Fields::new();
        let mut put = |name: String, value: String| {
            if !value.is_empty() {
                fields.entry(name).or_default().push(value);
            }
        };
        match (self.kind, value) {
            (QuestionKind::Date, Value::String(written)) => {
                let parts = written.split('-').map(str::to_owned);
                for (part, text) in ["year", "month", "day"].into_iter().zip(parts) {
                    put(format!("{}-{part}", self.key), text);
                }
            }
            (QuestionKind::YesNo, Value::Bool(yes)) => put(self.key.clone(), (if *yes { "yes" } else { "no" }).to_owned()),
            (QuestionKind::Group, Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let stem = format!("{}-{}", self.key, index + 1);
                    for child in &self.children {
                        fields.extend(child.renamed(&stem).typed(item.get(&child.key).unwrap_or(&Value::Null)));
                    }
                }
            }
            (QuestionKind::Person, Value::Object(_)) => put(self.key.clone(), value.to_string()),
            (_, Value::Object(parts)) => {
                for (part, text) in parts {
                    put(format!("{}-{part}", self.key), text.as_str().unwrap_or_default().to_owned());
                }
            }
            (_, Value::Array(items)) => {
                for item in items {
                    put(self.key.clone(), item.as_str().map_or_else(|| item.to_string(), str::to_owned));
                }
            }
            (_, Value::String(text)) => put(self.key.clone(), text.clone()),
            (_, Value::Number(number)) => put(self.key.clone(), number.to_string()),
            _ => {}
        }
        fields
    }

    /// An accepted value in neutral pieces; `web` gives them their language.
    #[must_use]
    pub fn show(&self, value: &Value) -> Vec<Piece> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match (self.kind, value) {
            (_, Value::Null) => vec![Piece::Blank],
            (QuestionKind::Choice, Value::String(option)) => vec![Piece::Word(self.option_word(option))],
            (QuestionKind::Choices, Value::Array(options)) => {
                options.iter().map(|option| Piece::Word(self.option_word(&text(option)))).collect()
            }
            (QuestionKind::YesNo, Value::Bool(yes)) => vec![Piece::YesNo(*yes)],
            (QuestionKind::Number, Value::Number(number)) => vec![Piece::Number(number.as_i64().unwrap_or_default())],
            (QuestionKind::Date, Value::String(date)) => {
                vec![date.parse().map_or_else(|_| Piece::Text(date.clone()), Piece::Date)]
            }
            (QuestionKind::Name, _) => {
                vec![serde_json::from_value(value.clone()).map_or(Piece::Blank, Piece::Name)]
            }
            (QuestionKind::Phone | QuestionKind::Email, _) => vec![Piece::Ltr(text(value))],
            (QuestionKind::IdentityNumber, _) => {
                let kind = value.get("kind").and_then(Value::as_str).and_then(IdentityKind::from_code);
                let number = value.get("number").map(&text).unwrap_or_default();
                vec![kind.map_or_else(|| Piece::Ltr(number.clone()), |kind| Piece::Identity(kind, number.clone()))]
            }
            (QuestionKind::Address, _) => ADDRESS_PARTS
                .iter()
                .rev()
                .filter_map(|part| Some(Piece::Text(value.get(*part)?.as_str()?.to_owned())))
                .collect(),
            (QuestionKind::Person, _) => vec![Piece::Text(value.get("name").map(&text).unwrap_or_default())],
            (QuestionKind::File, Value::Array(files)) => {
                files.iter().filter_map(|file| serde_json::from_value(file.clone()).ok().map(Piece::File)).collect()
            }
            (QuestionKind::Group, Value::Array(items)) => items.iter().map(|item| self.show_item(item)).collect(),
            (_, other) => vec![Piece::Text(text(other))],
        }
    }

    /// The key of an option's words.
    #[must_use]
    pub fn option_word(&self, option: &str) -> String {
        format!("question-{}-option-{option}", self.key)
    }

    fn show_item(&self, item: &Value) -> Piece {
        let answers = self.children.iter().map(|child| {
            (child.key.clone(), child.show(item.get(&child.key).unwrap_or(&Value::Null)))
        });
        Piece::Items(answers.collect())
    }

    /// This question under a longer stem, as inside a repetition.
    fn renamed(&self, stem: &str) -> Self {
        Self { key: format!("{stem}-{}", self.key), ..self.clone() }
    }

    fn missing(&self) -> Fault {
        let field = self.fields().into_iter().next().unwrap_or_else(|| self.key.clone());
        Fault::new(field, "answer/missing")
    }

    fn wrong<T>(&self, code: &'static str) -> Result<T, Vec<Fault>> {
        let field = self.fields().into_iter().next().unwrap_or_else(|| self.key.clone());
        Err(vec![Fault::new(field, code)])
    }

    /// Puts form fields together into a value that `check` then judges.
    fn gather(&self, fields: &Fields) -> Reading {
        let one = |name: &str| {
            fields.get(name).and_then(|values| values.first()).map(|text| text.trim()).unwrap_or_default().to_owned()
        };
        let part = |part: &str| one(&format!("{}-{part}", self.key));
        let parts = |names: &[&str]| {
            let given: Map<String, Value> = names
                .iter()
                .map(|name| ((*name).to_owned(), part(name)))
                .filter(|(_, text)| !text.is_empty())
                .map(|(name, text)| (name, Value::String(text)))
                .collect();
            if given.is_empty() { Value::Null } else { Value::Object(given) }
        };
        Ok(match self.kind {
            QuestionKind::Name => parts(&PARTS),
            QuestionKind::Address => parts(&ADDRESS_PARTS),
            QuestionKind::Date => match PartialDate::from_fields(&part("day"), &part("month"), &part("year")) {
                Ok(date) => Value::String(date.to_string()),
                Err(DateFault::Missing) => Value::Null,
                Err(fault) => return Err(vec![self.date_fault(fault)]),
            },
            QuestionKind::IdentityNumber => self.gather_identity(&part("kind"), &part("number")),
            QuestionKind::Number => match one(&self.key) {
                typed if digits::tidy(&typed).is_empty() => Value::Null,
                typed => digits::whole_number(&typed).map_or(Value::String(typed), Value::from),
            },
            QuestionKind::YesNo => match one(&self.key).as_str() {
                "" => Value::Null,
                "yes" | "true" => Value::Bool(true),
                "no" | "false" => Value::Bool(false),
                other => Value::String(other.to_owned()),
            },
            QuestionKind::Choices => {
                let chosen = fields.get(&self.key).into_iter().flatten();
                Value::Array(chosen.filter(|text| !text.is_empty()).map(|text| json!(text)).collect())
            }
            QuestionKind::File => {
                let files = fields.get(&self.key).into_iter().flatten().filter(|text| !text.is_empty());
                Value::Array(files.map(|text| serde_json::from_str(text).unwrap_or_else(|_| json!(text))).collect())
            }
            QuestionKind::Person => match one(&self.key) {
                typed if typed.is_empty() => Value::Null,
                typed => serde_json::from_str(&typed).unwrap_or(Value::String(typed)),
            },
            _ => Value::String(one(&self.key)),
        })
    }

    fn gather_identity(&self, kind: &str, number: &str) -> Value {
        if number.is_empty() {
            return Value::Null;
        }
        let kind = match (kind, self.id_kinds.as_slice()) {
            ("", [only]) => only.code(),
            (kind, _) => kind,
        };
        json!({ "kind": kind, "number": number })
    }

    fn read_group(&self, fields: &Fields, today: Date) -> Reading {
        let (mut items, mut faults) = (Vec::new(), Vec::new());
        for number in 1..=self.max.unwrap_or(MOST_REPETITIONS) {
            let stem = format!("{}-{number}", self.key);
            let begun = fields.iter().any(|(name, values)| {
                name.strip_prefix(&stem).is_some_and(|rest| rest.starts_with('-'))
                    && values.iter().any(|value| !value.trim().is_empty())
            });
            if !begun {
                continue;
            }
            let mut item = Map::new();
            for child in &self.children {
                match child.renamed(&stem).read(fields, today) {
                    Ok(Value::Null) => {}
                    Ok(value) => {
                        item.insert(child.key.clone(), value);
                    }
                    Err(found) => faults.extend(found),
                }
            }
            items.push(Value::Object(item));
        }
        if faults.is_empty() { Ok(Value::Array(items)) } else { Err(faults) }
    }

    fn check_name(&self, value: &Value) -> Reading {
        let Some(parts) = value.as_object().filter(|parts| parts.keys().all(|key| PARTS.contains(&key.as_str()))) else {
            return self.wrong("name/not-parts");
        };
        let part = |name: &str| parts.get(name).and_then(Value::as_str).unwrap_or_default();
        let [given, father, grandfather, family] = PARTS.map(part);
        let field = |part: &str| format!("{}-{part}", self.key);
        let name = NameParts::new(given, father, grandfather, family).map_err(|faults| {
            let marked = faults.iter().map(|fault| {
                let marked = Fault::new(field(fault.part), fault.code);
                fault.found.map_or_else(|| marked.clone(), |found| marked.clone().with("found", found))
            });
            marked.collect::<Vec<_>>()
        })?;
        let lacking: Vec<Fault> = self
            .name_parts
            .iter()
            .filter(|part| name.part(part).is_none())
            .map(|part| Fault::new(field(part), "name/missing"))
            .collect();
        if lacking.is_empty() { Ok(json!(name)) } else { Err(lacking) }
    }

    fn check_text(&self, value: &Value, longest: usize) -> Reading {
        let Some(text) = value.as_str() else { return self.wrong("text/not-text") };
        let text: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
        let text = text.trim();
        let count = text.chars().count();
        let longest = self.max.and_then(|max| usize::try_from(max).ok()).unwrap_or(longest);
        let shortest = self.min.and_then(|min| usize::try_from(min).ok()).unwrap_or(0);
        match count {
            _ if count > longest => Err(vec![Fault::new(&self.key, "text/too-long").with("max", longest).with("found", count)]),
            _ if count < shortest => Err(vec![Fault::new(&self.key, "text/too-short").with("min", shortest)]),
            _ => Ok(json!(text)),
        }
    }

    fn date_fault(&self, fault: DateFault) -> Fault {
        Fault::new(format!("{}-{}", self.key, fault.part()), fault.code())
    }

    fn check_date(&self, value: &Value, today: Date) -> Reading {
        let date = value.as_str().ok_or(DateFault::NotReal).and_then(str::parse::<PartialDate>);
        let date = date.map_err(|fault| vec![self.date_fault(fault)])?;
        if !self.partly_known && !date.is_whole() {
            let lacking = if date.month().is_none() { DateFault::MonthMissing } else { DateFault::DayMissing };
            return Err(vec![self.date_fault(lacking)]);
        }
        let code = match self.when {
            When::Past if date.is_surely_after(today) => "date/in-the-future",
            When::Future if date.latest() < today => "date/in-the-past",
            _ => return Ok(json!(date)),
        };
        Err(vec![Fault::new(format!("{}-year", self.key), code)])
    }

    fn check_number(&self, value: &Value) -> Reading {
        let Some(number) = value.as_i64() else { return self.wrong("number/not-whole") };
        match (self.min, self.max) {
            (Some(min), _) if number < min => Err(vec![Fault::new(&self.key, "number/too-small").with("min", min)]),
            (_, Some(max)) if number > max => Err(vec![Fault::new(&self.key, "number/too-large").with("max", max)]),
            _ => Ok(value.clone()),
        }
    }

    fn check_choice(&self, value: &Value) -> Reading {
        match value.as_str() {
            Some(option) if self.options.iter().any(|known| known == option) => Ok(value.clone()),
            _ => self.wrong("choice/unknown"),
        }
    }

    fn check_choices(&self, value: &Value) -> Reading {
        let Some(chosen) = value.as_array() else { return self.wrong("choice/unknown") };
        let known = |option: &Value| option.as_str().is_some_and(|text| self.options.iter().any(|o| o == text));
        if !chosen.iter().all(known) {
            return self.wrong("choice/unknown");
        }
        // In the order of the definition, each once.
        let chosen: Vec<&String> = self.options.iter().filter(|option| chosen.iter().any(|c| c == option.as_str())).collect();
        let count = i64::try_from(chosen.len()).unwrap_or(i64::MAX);
        match (self.min, self.max) {
            (Some(min), _) if count < min => Err(vec![Fault::new(&self.key, "choice/too-few").with("min", min)]),
            (_, Some(max)) if count > max => Err(vec![Fault::new(&self.key, "choice/too-many").with("max", max)]),
            _ => Ok(json!(chosen)),
        }
    }

    fn check_contact(&self, value: &Value, read: fn(&str) -> Result<String, numbers::ContactFault>) -> Reading {
        match read(value.as_str().unwrap_or_default()) {
            Ok(contact) => Ok(json!(contact)),
            Err(fault) => self.wrong(fault.code()),
        }
    }

    fn check_identity(&self, value: &Value) -> Reading {
        let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
        let kind = IdentityKind::from_code(text("kind")).filter(|kind| self.id_kinds.contains(kind));
        let Some(kind) = kind else {
            return Err(vec![Fault::new(format!("{}-kind", self.key), "identity-number/kind-missing")]);
        };
        match kind.read(text("number")) {
            Ok(number) => Ok(json!({ "kind": kind.code(), "number": number })),
            Err(fault) => {
                let marked = Fault::new(format!("{}-number", self.key), fault.code());
                Err(vec![match fault {
                    numbers::IdentityFault::WrongLength { wanted, found } => {
                        marked.with("wanted", wanted).with("found", found)
                    }
                    _ => marked,
                }])
            }
        }
    }

    fn check_address(&self, value: &Value) -> Reading {
        let Some(given) = value.as_object().filter(|given| given.keys().all(|k| ADDRESS_PARTS.contains(&k.as_str()))) else {
            return self.wrong("address/not-parts");
        };
        let mut parts = Map::new();
        for part in ADDRESS_PARTS {
            let text = given.get(part).and_then(Value::as_str).unwrap_or_default().trim();
            if text.chars().count() > LONGEST_LINE {
                return Err(vec![Fault::new(format!("{}-{part}", self.key), "text/too-long").with("max", LONGEST_LINE)]);
            }
            if !text.is_empty() {
                parts.insert(part.to_owned(), json!(text));
            }
        }
        if self.required && !["country", "governorate", "place"].iter().any(|part| parts.contains_key(*part)) {
            return Err(vec![Fault::new(format!("{}-governorate", self.key), "address/missing")]);
        }
        Ok(Value::Object(parts))
    }

    fn check_person(&self, value: &Value) -> Reading {
        let id = value.get("id").and_then(Value::as_str).and_then(|id| id.parse::<crate::ids::PersonId>().ok());
        let Some(id) = id else { return self.wrong("person/not-found") };
        let mut person = json!({ "id": id });
        if let Some(name) = value.get("name").and_then(Value::as_str) {
            person["name"] = json!(name);
        }
        Ok(person)
    }

    fn check_files(&self, value: &Value) -> Reading {
        match serde_json::from_value::<Vec<Received>>(value.clone()) {
            Err(_) => self.wrong("file/not-received"),
            Ok(files) => match self.uploads.admit(&files) {
                Ok(()) => Ok(json!(files)),
                Err(code) => Err(vec![
                    Fault::new(&self.key, code)
                        .with("max-bytes", self.uploads.max_bytes)
                        .with("max-files", self.uploads.max_files),
                ]),
            },
        }
    }

    fn check_group(&self, value: &Value, today: Date) -> Reading {
        let Some(items) = value.as_array() else { return self.wrong("group/not-a-list") };
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        match (self.min, self.max) {
            (Some(min), _) if count < min => return Err(vec![self.missing().with("min", min)]),
            (_, max) if count > max.unwrap_or(MOST_REPETITIONS) => return self.wrong("group/too-many"),
            _ => {}
        }
        let (mut checked, mut faults) = (Vec::new(), Vec::new());
        for (index, item) in items.iter().enumerate() {
            let stem = format!("{}-{}", self.key, index + 1);
            let mut answers = Map::new();
            for child in &self.children {
                match child.renamed(&stem).check(item.get(&child.key).unwrap_or(&Value::Null), today) {
                    Ok(Value::Null) => {}
                    Ok(value) => {
                        answers.insert(child.key.clone(), value);
                    }
                    Err(found) => faults.extend(found),
                }
            }
            checked.push(Value::Object(answers));
        }
        if faults.is_empty() { Ok(Value::Array(checked)) } else { Err(faults) }
    }
}

fn is_empty_list(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}
