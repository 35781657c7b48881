//! What a case declares to the civil register: `[declares]`. Answers become the
//! fields of the register's own form (`domain::civil::forms`), so that nothing is
//! typed twice and nothing is left to chance: what an answer may be was compared
//! with what the field may hold when the folder was checked.

use super::definition::{QuestionKind, Service};
use super::expression::{Expression, World};
use super::facts::{Answers, Facts};
use super::question::ADDRESS_PARTS;
use crate::civil::checks::read;
use crate::civil::forms::find;
use crate::civil::{Content, EventKind, FieldKind, PartyRole, Stage, check};
use crate::names::PARTS;
use jiff::civil::Date;
use serde_json::Value;

/// What a case declares.
#[derive(Clone, Debug)]
pub struct Declares {
    /// The kind of event.
    pub event: EventKind,
    /// For which `[[reason]]` the case is refused when the register refuses.
    pub refused: String,
    /// For which `[[reason]]` it is refused when the same event was declared before.
    pub duplicate: String,
    /// As whom of the event the applicant is tied, and when.
    pub(crate) applicant: Vec<(PartyRole, Expression)>,
    pub(crate) fields: Vec<Filled>,
}

/// One field of the register's form, and from what it is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filled {
    /// A field of the form; or `<role>.name`, `<role>.number`, which fill several.
    pub(crate) field: String,
    pub(crate) from: From,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum From {
    /// The answer to that question, unless it is one of some options that only tell
    /// the applicant where else to turn.
    Answer(String, Vec<String>),
    /// Always this.
    Always(String),
}

/// Something that was answered and cannot be declared so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undeclarable {
    /// The question whose answer it is; the field, where no question fills it.
    pub question: String,
    /// What is wrong with it, as the register's form says it: `date/before-birth`.
    pub code: String,
}

impl Declares {
    /// What some answers declare, as far as they go, in the form the register keeps.
    /// A field that the form does not ask with these answers is left out.
    ///
    /// # Errors
    /// Every answer that contradicts another: a birth after the day of registering,
    /// a judgment before what it judges.
    pub fn content(
        &self,
        service: &Service,
        given: &Answers,
        today: Date,
    ) -> Result<Content, Vec<Undeclarable>> {
        let mut said = Content::default();
        for filled in &self.fields {
            match &filled.from {
                From::Always(value) => said.set(&filled.field, value.as_str()),
                From::Answer(key, left_out) => {
                    let kind = service.question(key).map(|question| question.kind);
                    let is_left_out =
                        |value: &Value| value.as_str().is_some_and(|text| left_out.iter().any(|o| o == text));
                    let value = given.get(key).filter(|value| !value.is_null() && !is_left_out(value));
                    if let (Some(kind), Some(value)) = (kind, value) {
                        self.fill(&mut said, &filled.field, kind, value);
                    }
                }
            }
        }
        let (mut tidy, faults) = check(self.event, &said, Stage::Notice, today);
        let (not_asked, wrong): (Vec<_>, Vec<_>) =
            faults.into_iter().partition(|fault| fault.code == "field/not-asked");
        for fault in not_asked {
            tidy.set(&fault.field, "");
        }
        if wrong.is_empty() {
            return Ok(tidy);
        }
        Err(wrong
            .into_iter()
            .map(|fault| Undeclarable { question: self.question_of(&fault.field), code: fault.code })
            .collect())
    }

    /// As whom of the event the applicant is tied, by the answers. A condition that
    /// cannot be worked out ties nobody: an officer sees it.
    #[must_use]
    pub fn applicant_is(&self, service: &Service, given: &Answers, facts: &Facts) -> Vec<PartyRole> {
        let world = World::new(service, given, facts);
        let holds = |(role, when): &&(PartyRole, Expression)| when.truth(role.code(), &world) == Ok(true);
        self.applicant.iter().filter(holds).map(|(role, _)| *role).collect()
    }

    /// The question that says where it happened, when one of kind `address` does:
    /// its area decides which office is competent.
    #[must_use]
    pub fn place_question(&self) -> Option<&str> {
        let place = self.fields.iter().find(|filled| filled.field == "place")?;
        match &place.from {
            From::Answer(key, _) => Some(key),
            From::Always(_) => None,
        }
    }

    /// The questions whose answers are declared.
    pub fn questions(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().filter_map(|filled| match &filled.from {
            From::Answer(key, _) => Some(key.as_str()),
            From::Always(_) => None,
        })
    }

    /// The field that a question fills; nothing when it fills none.
    #[must_use]
    pub fn field_of(&self, question: &str) -> &str {
        let fills = |filled: &&Filled| matches!(&filled.from, From::Answer(key, _) if key == question);
        self.fields.iter().find(fills).map_or("", |filled| filled.field.as_str())
    }

    fn question_of(&self, field: &str) -> String {
        let role = field.split_once('.').map(|(role, _)| role);
        let fills = |filled: &&Filled| {
            filled.field == field
                || role.is_some_and(|role| {
                    filled.field == format!("{role}.name") || filled.field == format!("{role}.number")
                })
        };
        let exact = self.fields.iter().find(|filled| filled.field == field);
        match exact.or_else(|| self.fields.iter().find(fills)).map(|filled| &filled.from) {
            Some(From::Answer(key, _)) => key.clone(),
            _ => field.to_owned(),
        }
    }

    fn fill(&self, said: &mut Content, field: &str, kind: QuestionKind, value: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match kind {
            QuestionKind::Name => self.name(said, field.trim_end_matches(".name"), value),
            QuestionKind::IdentityNumber => {
                let number = text(&value["number"]);
                match field.strip_suffix(".number") {
                    Some(role) => said.set(&format!("{role}.{}", text(&value["kind"])), number),
                    None => said.set(field, number),
                }
            }
            QuestionKind::YesNo => said.set(field, if value == &Value::Bool(true) { "yes" } else { "no" }),
            QuestionKind::Number => said.set(field, value.to_string()),
            QuestionKind::Person => said.set(field, text(&value["id"])),
            QuestionKind::Address => said.set(field, self.address(field, value)),
            _ => said.set(field, text(value)),
        }
    }

    /// A name as its bearer wrote it: in the register's script, else in Latin
    /// letters, else as a whole in the bearer's own script, so that no script is
    /// taken for another.
    fn name(&self, said: &mut Content, role: &str, value: &Value) {
        let latest = Date::MAX;
        let mut elsewhere = false;
        for part in PARTS {
            let Some(text) = value[part].as_str().filter(|text| !text.is_empty()) else { continue };
            let fits = ["", "-latin"]
                .map(|ending| format!("{role}.{part}{ending}"))
                .into_iter()
                .find(|key| find(self.event, key).is_some_and(|field| read(field, text, latest).is_ok()));
            match fits {
                Some(key) => said.set(&key, text),
                None => elsewhere = true,
            }
        }
        let own = format!("{role}.own-script");
        if elsewhere && find(self.event, &own).is_some() {
            let whole: Vec<&str> = PARTS.iter().filter_map(|part| value[*part].as_str()).collect();
            said.set(&own, whole.join(" "));
        }
    }

    /// An address in one line, the smallest place first, as long as the field is.
    /// The answer itself stays whole in the case.
    fn address(&self, field: &str, value: &Value) -> String {
        let parts = ADDRESS_PARTS.iter().rev().filter_map(|part| value[*part].as_str());
        let line = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("، ");
        match find(self.event, field).map(|field| field.kind) {
            Some(FieldKind::Text(most)) => line.chars().take(most).collect(),
            _ => line,
        }
    }
}
