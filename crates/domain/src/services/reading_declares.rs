//! Reads `[declares]`: every field is one of the register's form, and every
//! question is of a kind whose answers that field can hold.

use super::conditions::Conditions;
use super::declares::{Declares, Filled, From};
use super::definition::{Question, QuestionKind, Reason, When};
use super::diagnostic::{Findings, did_you_mean, help_with};
use super::reading::required_word;
use super::toml_reader::{At, Table};
use crate::civil::checks::read as readable;
use crate::civil::forms::{self, YES_NO, fields, find};
use crate::civil::{EventKind, FieldKind, PartyRole};
use jiff::civil::Date;
use serde_json::Value;

/// Reads the table, if the service has one.
pub(crate) fn declares(
    top: &mut Table<'_, '_>,
    questions: &[Question],
    reasons: &[Reason],
    with: &Conditions<'_>,
    out: &mut Findings,
) -> Option<Declares> {
    let mut table = top.table("declares", "[declares]", out)?;
    let kinds: Vec<&'static str> = EventKind::ALL.iter().map(|kind| kind.code()).collect();
    let event = required_word(&mut table, "event", &kinds, EventKind::from_code, out);
    let refused = reason(&mut table, "refused", reasons, out);
    let duplicate = reason(&mut table, "duplicate", reasons, out);
    let parties = table.table("applicant", "[declares.applicant]", out);
    let filled = table.table("fields", "[declares.fields]", out);
    if filled.is_none() {
        table.missing("fields", out);
    }
    let span = table.span.clone();
    table.finish(out);
    let event = event?;
    let applicant = parties.map(|table| applicant(event, table, with, out)).unwrap_or_default();
    let fields: Vec<Filled> = filled?
        .free()
        .into_iter()
        .filter_map(|(key, value)| one(event, key, value, questions, out))
        .collect();
    if !fields.iter().any(|filled| filled.field == "declarant.as") {
        out.error(
            "declares/no-declarant",
            span,
            "nothing says as whom the applicant declares",
            "fill `declarant.as`: the law names who may declare",
        );
    }
    Some(Declares { event, refused: refused?, duplicate: duplicate?, applicant, fields })
}

fn reason(
    table: &mut Table<'_, '_>,
    key: &'static str,
    reasons: &[Reason],
    out: &mut Findings,
) -> Option<String> {
    let named = table.required_text(key, out)?;
    let known: Vec<&str> = reasons.iter().map(|reason| reason.key.as_str()).collect();
    if !known.contains(&named.value.as_str()) {
        let message = format!("there is no [[reason]] `{}`", named.value);
        out.error("declares/reason", named.span.clone(), message, help_with(&named.value, &known));
    }
    Some(named.value)
}

/// As whom the applicant is tied: roles of the event, each with its condition.
fn applicant(
    event: EventKind,
    mut table: Table<'_, '_>,
    with: &Conditions<'_>,
    out: &mut Findings,
) -> Vec<(PartyRole, super::expression::Expression)> {
    let parties = event.parties().iter().filter(|party| !party.is_born);
    let known: Vec<&str> = parties.map(|party| party.role.code()).collect();
    let mut all = Vec::new();
    for (key, value) in table.free() {
        let role = PartyRole::from_code(&key.value).filter(|role| known.contains(&role.code()));
        let Some(role) = role else {
            let message = format!("nobody is `{}` in a `{}`", key.value, event.code());
            out.error("declares/role", key.span, message, help_with(&key.value, &known));
            continue;
        };
        let Some(source) = value.value.as_str() else {
            out.error(
                "declares/role",
                value.span,
                format!("when the applicant is the {} is not a condition", role.code()),
                "write a condition in quotes, such as \"answers.who == 'mother'\"",
            );
            continue;
        };
        let text = At { value: source.to_owned(), span: value.span.clone() };
        all.extend(with.truth(Some(text), out).map(|when| (role, when)));
    }
    all
}

fn one(
    event: EventKind,
    key: At<String>,
    value: At<Value>,
    questions: &[Question],
    out: &mut Findings,
) -> Option<Filled> {
    let target = Target::named(event, &key.value);
    let Some(target) = target else {
        let close = did_you_mean(&key.value, fields(event).map(|field| field.key));
        let help = match close {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!("/api/v1/register/forms/{} lists the fields", event.code()),
        };
        let message = format!("a `{}` has no field `{}`", event.code(), key.value);
        out.error("declares/field", key.span, message, help);
        return None;
    };
    let from = from(event, &key.value, &target, &value, questions, out)?;
    Some(Filled { field: key.value, from })
}

/// From what a field is filled: `"question"`, `{ question = …, leave-out = […] }` or
/// `{ always = … }`.
fn from(
    event: EventKind,
    field: &str,
    target: &Target,
    value: &At<Value>,
    questions: &[Question],
    out: &mut Findings,
) -> Option<From> {
    let mut wrong = |(code, message, help): Wrong| out.error(code, value.span.clone(), message, help);
    let said = &value.value;
    if let Some(always) = said["always"].as_str() {
        return target.holds(always).map_err(&mut wrong).ok().map(|()| From::Always(always.to_owned()));
    }
    let Some(named) = said.as_str().or(said["question"].as_str()) else {
        wrong((
            "declares/question",
            format!("`{field}` is filled from neither a question nor a fixed value"),
            "name a question in quotes, or write { always = \"…\" }".to_owned(),
        ));
        return None;
    };
    let left_out = said["leave-out"].as_array().into_iter().flatten();
    let left_out: Vec<String> = left_out.filter_map(|option| option.as_str().map(str::to_owned)).collect();
    let Some(question) = questions.iter().find(|question| question.key == named) else {
        let known: Vec<&str> = questions.iter().map(|question| question.key.as_str()).collect();
        let message = format!("no question is called `{named}`");
        wrong(("declares/question", message, help_with(named, &known)));
        return None;
    };
    if let Some(option) = left_out.iter().find(|option| !question.options.contains(option)) {
        let known: Vec<&str> = question.options.iter().map(String::as_str).collect();
        let message = format!("`{named}` has no option `{option}`");
        wrong(("declares/options", message, help_with(option, &known)));
        return None;
    }
    let mut declared = question.clone();
    declared.options.retain(|option| !left_out.contains(option));
    target.takes(event, &declared).map_err(wrong).ok()?;
    Some(From::Answer(named.to_owned(), left_out))
}

/// What is to be filled.
enum Target {
    /// One field of the form.
    Field(&'static forms::Field),
    /// The parts of someone's name.
    NameOf,
    /// Whatever number someone bears.
    NumberOf(String),
}

/// A diagnostic's code, message and help.
type Wrong = (&'static str, String, String);

impl Target {
    fn named(event: EventKind, key: &str) -> Option<Self> {
        let has_name = |role: &str| find(event, &format!("{role}.given")).is_some();
        match key.rsplit_once('.') {
            Some((role, "name")) if has_name(role) => Some(Self::NameOf),
            Some((role, "number")) if has_name(role) => Some(Self::NumberOf(role.to_owned())),
            _ => find(event, key).map(Self::Field),
        }
    }

    /// Whether every answer that a question accepts can stand there.
    fn takes(&self, event: EventKind, question: &Question) -> Result<(), Wrong> {
        let kind = question.kind;
        let of_kind = |wanted: &str| {
            let message = format!("`{}` is of kind `{}`, which cannot stand here", question.key, kind.code());
            Err(("declares/kind", message, format!("name a question of kind {wanted}")))
        };
        match self {
            Self::NameOf if kind == QuestionKind::Name => Ok(()),
            Self::NameOf => of_kind("`name`"),
            Self::NumberOf(role) if kind == QuestionKind::IdentityNumber => {
                let missing = question
                    .id_kinds
                    .iter()
                    .find(|kind| find(event, &format!("{role}.{}", kind.code())).is_none());
                match missing {
                    None => Ok(()),
                    Some(kind) => Err((
                        "declares/options",
                        format!("`{role}` cannot bear a number of kind `{}`", kind.code()),
                        format!("take it out of `id-kinds` of `{}`", question.key),
                    )),
                }
            }
            Self::NumberOf(_) => of_kind("`identity-number`"),
            Self::Field(field) => match (field.kind, kind) {
                (FieldKind::Text(most), QuestionKind::Text)
                | (FieldKind::Text(most), QuestionKind::Choice) => short_enough(question, most),
                (FieldKind::Text(_), QuestionKind::Address) => Ok(()),
                (FieldKind::Text(_), _) => of_kind("`text`, `choice` or `address`"),
                (FieldKind::Entry, QuestionKind::Text) => short_enough(question, 40),
                (FieldKind::Entry, _) => of_kind("`text`"),
                (FieldKind::Date, QuestionKind::Date) if question.when != When::Past => Err((
                    "declares/options",
                    format!("`{}` also takes a day that is still to come", question.key),
                    "write `when = \"past\"` there: what is declared has happened".to_owned(),
                )),
                (FieldKind::Date | FieldKind::AnyDate, QuestionKind::Date) => Ok(()),
                (FieldKind::Date | FieldKind::AnyDate, _) => of_kind("`date`"),
                (FieldKind::Choice(offered), QuestionKind::Choice) => offered_all(question, offered),
                (FieldKind::Choice(offered), QuestionKind::YesNo) if offered == YES_NO => Ok(()),
                (FieldKind::Choice(_), _) => of_kind("`choice`, or `yes-no` where the field says yes or no"),
                (FieldKind::Number(least, most), QuestionKind::Number) => within(question, least, most),
                (FieldKind::Number(..), _) => of_kind("`number`"),
                (FieldKind::Identity(wanted), QuestionKind::IdentityNumber)
                    if question.id_kinds == [wanted] =>
                {
                    Ok(())
                }
                (FieldKind::Identity(wanted), _) => {
                    of_kind(&format!("`identity-number` with `id-kinds = [\"{}\"]`", wanted.code()))
                }
                (FieldKind::Person, QuestionKind::Person) => Ok(()),
                (FieldKind::Person, _) => of_kind("`person`"),
                (FieldKind::Phone, QuestionKind::Phone) => Ok(()),
                (FieldKind::Phone, _) => of_kind("`phone`"),
                (FieldKind::Name | FieldKind::LatinName | FieldKind::OwnName, _) => {
                    let role = field.key.split_once('.').map_or(field.key, |(role, _)| role);
                    Err((
                        "declares/kind",
                        format!("`{}` is a part of a name", field.key),
                        format!("fill `{role}.name` from a question of kind `name`"),
                    ))
                }
                (FieldKind::Time | FieldKind::Area | FieldKind::Country | FieldKind::Icd10, _) => Err((
                    "declares/kind",
                    format!("no question's answer can stand in `{}`", field.key),
                    "leave it to the officer".to_owned(),
                )),
            },
        }
    }

    /// Whether a fixed value can stand there.
    fn holds(&self, value: &str) -> Result<(), Wrong> {
        let Self::Field(field) = self else {
            return Err((
                "declares/kind",
                "nobody's name or number is always the same".to_owned(),
                "name a question".to_owned(),
            ));
        };
        match (readable(field, value, Date::MAX), field.kind) {
            (Ok(_), _) => Ok(()),
            (Err(_), FieldKind::Choice(offered)) => {
                let message = format!("`{}` cannot be `{value}`", field.key);
                Err(("declares/options", message, help_with(value, offered)))
            }
            (Err(code), _) => Err((
                "declares/options",
                format!("`{}` cannot be `{value}`: {code}", field.key),
                "write what the register's form takes there".to_owned(),
            )),
        }
    }
}

fn short_enough(question: &Question, most: usize) -> Result<(), Wrong> {
    let longest = match question.kind {
        QuestionKind::Choice => question.options.iter().map(String::len).max(),
        _ => question.max.and_then(|max| usize::try_from(max).ok()),
    };
    if longest.is_some_and(|longest| longest <= most) {
        return Ok(());
    }
    Err((
        "declares/options",
        format!("`{}` takes more characters than the register's form", question.key),
        format!("write `max = {most}` or less there"),
    ))
}

fn offered_all(question: &Question, offered: &[&'static str]) -> Result<(), Wrong> {
    match question.options.iter().find(|option| !offered.contains(&option.as_str())) {
        None => Ok(()),
        Some(option) => Err((
            "declares/options",
            format!("the register's form has no option `{option}`, which `{}` offers", question.key),
            help_with(option, offered),
        )),
    }
}

fn within(question: &Question, least: i64, most: i64) -> Result<(), Wrong> {
    if question.min.is_some_and(|min| min >= least) && question.max.is_some_and(|max| max <= most) {
        return Ok(());
    }
    Err((
        "declares/options",
        format!("`{}` takes numbers that the register's form does not", question.key),
        format!("write `min` and `max` between {least} and {most} there"),
    ))
}
