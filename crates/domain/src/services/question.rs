//! Reading, checking and showing answers.
//!
//! A form field is named after its question: `copies`, or `birth-date-day`,
//! `birth-date-month`, `birth-date-year`. The whole list stands in
//! `docs/services.md`, and [`Question::fields`] gives it for one question.

use super::definition::{Question, QuestionKind};
use super::question_checks::{LONGEST_LINE, LONGEST_TEXT};
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
/// The most repetitions of a group.
pub(super) const MOST_REPETITIONS: i64 = 20;

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
    pub(super) fn new(field: impl Into<String>, code: &'static str) -> Self {
        Self { field: field.into(), code, args: BTreeMap::new() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
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
pub(super) type Reading = Result<Value, Vec<Fault>>;

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
        if value.is_null() || value.as_str().is_some_and(is_blank) || is_empty_list(value) {
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
            (QuestionKind::YesNo, Value::Bool(yes)) => {
                put(self.key.clone(), (if *yes { "yes" } else { "no" }).to_owned())
            }
            (QuestionKind::Group, Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let stem = format!("{}-{}", self.key, index + 1);
                    for child in &self.children {
                        fields
                            .extend(child.renamed(&stem).typed(item.get(&child.key).unwrap_or(&Value::Null)));
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
            (QuestionKind::Number, Value::Number(number)) => {
                vec![Piece::Number(number.as_i64().unwrap_or_default())]
            }
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
                vec![
                    kind.map_or_else(
                        || Piece::Ltr(number.clone()),
                        |kind| Piece::Identity(kind, number.clone()),
                    ),
                ]
            }
            (QuestionKind::Address, _) => ADDRESS_PARTS
                .iter()
                .rev()
                .filter_map(|part| Some(Piece::Text(value.get(*part)?.as_str()?.to_owned())))
                .collect(),
            (QuestionKind::Person, _) => vec![Piece::Text(value.get("name").map(&text).unwrap_or_default())],
            (QuestionKind::File, Value::Array(files)) => files
                .iter()
                .filter_map(|file| serde_json::from_value(file.clone()).ok().map(Piece::File))
                .collect(),
            (QuestionKind::Group, Value::Array(items)) => {
                items.iter().map(|item| self.show_item(item)).collect()
            }
            (_, other) => vec![Piece::Text(text(other))],
        }
    }

    /// The key of an option's words.
    #[must_use]
    pub fn option_word(&self, option: &str) -> String {
        format!("question-{}-option-{option}", self.key)
    }

    fn show_item(&self, item: &Value) -> Piece {
        let answers = self
            .children
            .iter()
            .map(|child| (child.key.clone(), child.show(item.get(&child.key).unwrap_or(&Value::Null))));
        Piece::Items(answers.collect())
    }

    /// This question under a longer stem, as inside a repetition.
    pub(super) fn renamed(&self, stem: &str) -> Self {
        Self { key: format!("{stem}-{}", self.key), ..self.clone() }
    }

    pub(super) fn missing(&self) -> Fault {
        let field = self.fields().into_iter().next().unwrap_or_else(|| self.key.clone());
        Fault::new(field, "answer/missing")
    }

    pub(super) fn wrong<T>(&self, code: &'static str) -> Result<T, Vec<Fault>> {
        let field = self.fields().into_iter().next().unwrap_or_else(|| self.key.clone());
        Err(vec![Fault::new(field, code)])
    }

    /// Puts form fields together into a value that `check` then judges.
    fn gather(&self, fields: &Fields) -> Reading {
        let one = |name: &str| {
            fields
                .get(name)
                .and_then(|values| values.first())
                .map(|text| text.trim())
                .unwrap_or_default()
                .to_owned()
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
            QuestionKind::Date => match PartialDate::from_fields(&part("day"), &part("month"), &part("year"))
            {
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
                Value::Array(
                    files.map(|text| serde_json::from_str(text).unwrap_or_else(|_| json!(text))).collect(),
                )
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
}

/// Nothing that anyone would see: spaces, and the marks keyboards add.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || digits::is_invisible(c))
}

fn is_empty_list(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}
