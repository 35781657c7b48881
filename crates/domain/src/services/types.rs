//! Types of conditions and amounts, and the scope they are read in.

use super::definition::{Question, QuestionKind};
use super::facts::{Relation, Source};
use crate::civil::unions::Status;
use crate::numbers::IdentityKind;
use crate::people::{Assurance, Channel};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The type of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ty {
    Bool,
    Int,
    /// Text; with a closed list of values when only those can occur.
    Text(Option<Rc<Vec<String>>>),
    List(Box<Ty>),
    Record(Rc<Record>),
    /// Already reported, or the element of an empty list.
    Unknown,
}

/// Named fields.
#[derive(Debug, PartialEq)]
pub(crate) struct Record {
    pub(crate) fields: BTreeMap<String, Field>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    pub(crate) ty: Ty,
    pub(crate) presence: Presence,
}

/// Whether a path can be read without a guard.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Presence {
    /// Always there.
    Always,
    /// Needs `has(...)`; the text says why.
    Guarded(&'static str),
    /// Cannot be read here at all; the text says why.
    NotHere(&'static str),
}

impl Ty {
    pub(crate) fn text() -> Self {
        Self::Text(None)
    }

    pub(crate) fn one_of<I: IntoIterator<Item = T>, T: Into<String>>(values: I) -> Self {
        Self::Text(Some(Rc::new(values.into_iter().map(Into::into).collect())))
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Bool => "true or false",
            Self::Int => "a whole number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Record(_) => "a record of several fields",
            Self::Unknown => "something unknown",
        }
    }
}

fn record(fields: impl IntoIterator<Item = (String, Ty, Presence)>) -> Ty {
    let fields = fields.into_iter().map(|(name, ty, presence)| (name, Field { ty, presence })).collect();
    Ty::Record(Rc::new(Record { fields }))
}

fn always(name: &str, ty: Ty) -> (String, Ty, Presence) {
    (name.to_owned(), ty, Presence::Always)
}

/// The name of a key inside conditions: CEL reads `a-b` as a subtraction.
pub(crate) fn cel_name(key: &str) -> String {
    key.replace('-', "_")
}

/// Which expression it is: what may be read depends on when it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Site {
    /// Whether a question is asked: the case is still a draft.
    Ask,
    /// Everything decided from a finished application.
    Rule,
    /// A step, where the judgement and the fee are known too.
    Step,
}

/// What can be named at a site.
pub(crate) struct Scope {
    pub(crate) names: BTreeMap<&'static str, Field>,
}

const UNANSWERED: &str = "may be unanswered";
const UNKNOWN_AGE: &str = "may be unknown";
const NOT_TOLD: &str = "is told only by the registers `person` and `family`";
const PARTLY: &str = "may be unknown, because the date may be partly known";
const NO_REGISTER: &str = "needs `register = \"…\"` in service.toml";
const NO_DECLARES: &str = "needs `[declares]` in service.toml";
const LATER: &str = "is asked later";
const ITSELF: &str = "is this question itself";

/// Which parts of a service bring facts of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    /// It looks into a register.
    pub(crate) register: bool,
    /// It declares an event.
    pub(crate) declares: bool,
}

/// The scope of a site. `before` is the question whose `ask` this is.
pub(crate) fn scope(
    site: Site,
    questions: &[Question],
    evidence: &[String],
    parts: Parts,
    before: Option<&str>,
) -> Scope {
    let mut names = BTreeMap::new();
    let mut add = |name, ty, presence| {
        names.insert(name, Field { ty, presence });
    };
    let assurance = [Assurance::None, Assurance::Contact, Assurance::Substantial, Assurance::High];
    let channels = [
        Channel::Online,
        Channel::Kiosk,
        Channel::Counter,
        Channel::Mobile,
        Channel::Api,
        Channel::Paper,
        Channel::Telephone,
        Channel::System,
    ];
    let applicant = record([
        always("assurance", Ty::one_of(assurance.map(|a| a.code()))),
        always("proven", Ty::Bool),
        always("displaced", Ty::Bool),
        ("age".to_owned(), Ty::Int, Presence::Guarded(UNKNOWN_AGE)),
    ]);
    let case = record([
        always("channel", Ty::one_of(channels.map(|c| c.code()))),
        always("earlier_copies", Ty::Int),
        always("assisted", Ty::Bool),
    ]);
    add("applicant", applicant, Presence::Always);
    add("case", case, Presence::Always);
    add("answers", answers(questions, before), Presence::Always);
    let after = match site {
        Site::Ask => Presence::NotHere("is known only after the application is sent"),
        Site::Rule | Site::Step => Presence::Always,
    };
    let register = if parts.register { after.clone() } else { Presence::NotHere(NO_REGISTER) };
    let entry = record([
        always("found", Ty::Bool),
        always("verified", Ty::Bool),
        always("protected", Ty::Bool),
        always("settled", Ty::Bool),
        always("candidates", Ty::Int),
    ]);
    let statuses = Ty::one_of(Status::ALL.map(Status::code));
    let holder = record([
        always("deceased", Ty::Bool),
        ("age".to_owned(), Ty::Int, Presence::Guarded(UNKNOWN_AGE)),
        ("marital_status".to_owned(), statuses, Presence::Guarded(NOT_TOLD)),
    ]);
    add("entry", entry, register.clone());
    add("holder", holder, register);
    // Known from the answers so far, so that what only a late one needs is asked in time.
    let declares = if parts.declares { Presence::Always } else { Presence::NotHere(NO_DECLARES) };
    let declaration = record([always("late", Ty::Bool), always("late_fee", Ty::Int)]);
    add("declaration", declaration, declares);
    add("relation", Ty::one_of(Relation::ALL.map(Relation::code)), after.clone());
    let piece = record([
        always("key", Ty::one_of(evidence.iter().cloned())),
        always("source", Ty::one_of(Source::ALL.map(Source::code))),
    ]);
    add("evidence", Ty::List(Box::new(piece)), after);
    let step_only = match site {
        Site::Step => Presence::Always,
        _ => Presence::NotHere("can be read only in a step's `skip`"),
    };
    add("judgement", Ty::one_of(super::judge::JUDGEMENTS), step_only.clone());
    add("fee", Ty::Int, step_only);
    Scope { names }
}

fn answers(questions: &[Question], before: Option<&str>) -> Ty {
    let place = before.and_then(|key| questions.iter().position(|question| question.key == key));
    let fields = questions.iter().enumerate().map(|(index, question)| {
        let presence = match place {
            Some(place) if index == place => Presence::NotHere(ITSELF),
            Some(place) if index > place => Presence::NotHere(LATER),
            _ => presence_of(question),
        };
        (cel_name(&question.key), type_of(question), presence)
    });
    record(fields.collect::<Vec<_>>())
}

fn presence_of(question: &Question) -> Presence {
    if question.required && question.ask.is_none() { Presence::Always } else { Presence::Guarded(UNANSWERED) }
}

/// The type of an answer to a question.
pub(crate) fn type_of(question: &Question) -> Ty {
    let optional_text = |name: &str| (name.to_owned(), Ty::text(), Presence::Guarded(UNANSWERED));
    match question.kind {
        QuestionKind::Name => record(crate::names::PARTS.map(|part| {
            let needed = question.name_parts.contains(&part);
            if needed { always(part, Ty::text()) } else { optional_text(part) }
        })),
        QuestionKind::Text | QuestionKind::LongText | QuestionKind::Phone | QuestionKind::Email => Ty::text(),
        QuestionKind::Date => {
            let part = if question.partly_known { Presence::Guarded(PARTLY) } else { Presence::Always };
            let age = if question.partly_known { PARTLY } else { "is unknown for a date in the future" };
            let age = if !question.partly_known && question.when == super::definition::When::Past {
                Presence::Always
            } else {
                Presence::Guarded(age)
            };
            record([
                always("year", Ty::Int),
                ("month".to_owned(), Ty::Int, part.clone()),
                ("day".to_owned(), Ty::Int, part),
                ("age".to_owned(), Ty::Int, age),
                always("text", Ty::text()),
            ])
        }
        QuestionKind::Number => Ty::Int,
        QuestionKind::Choice => Ty::one_of(question.options.iter().cloned()),
        QuestionKind::Choices => Ty::List(Box::new(Ty::one_of(question.options.iter().cloned()))),
        QuestionKind::YesNo => Ty::Bool,
        QuestionKind::IdentityNumber => {
            let kinds = question.id_kinds.iter().map(|kind| IdentityKind::code(*kind));
            record([always("kind", Ty::one_of(kinds)), always("number", Ty::text())])
        }
        QuestionKind::Address => record(super::question::ADDRESS_PARTS.map(optional_text)),
        QuestionKind::Person => record([always("id", Ty::text()), optional_text("name")]),
        QuestionKind::File => Ty::List(Box::new(record([
            always("type", Ty::one_of(question.uploads.types.iter().map(|media| media.code()))),
            always("bytes", Ty::Int),
        ]))),
        QuestionKind::Group => Ty::List(Box::new(record(
            question.children.iter().map(|child| (cel_name(&child.key), type_of(child), presence_of(child))),
        ))),
    }
}

/// The type both fit, if there is one.
pub(crate) fn join(one: &Ty, other: &Ty) -> Option<Ty> {
    match (one, other) {
        (Ty::Unknown, ty) | (ty, Ty::Unknown) => Some(ty.clone()),
        (Ty::Bool, Ty::Bool) => Some(Ty::Bool),
        (Ty::Int, Ty::Int) => Some(Ty::Int),
        (Ty::Text(Some(a)), Ty::Text(Some(b))) => Some(Ty::one_of(a.iter().chain(b.iter()).cloned())),
        (Ty::Text(_), Ty::Text(_)) => Some(Ty::text()),
        (Ty::List(a), Ty::List(b)) => Some(Ty::List(Box::new(join(a, b)?))),
        (Ty::Record(a), Ty::Record(b)) if a == b => Some(one.clone()),
        _ => None,
    }
}

/// How to mend a clash of two types.
pub(crate) fn mend(found: &Ty, wanted: &Ty) -> &'static str {
    match (found, wanted) {
        (Ty::Int, Ty::Text(_)) | (Ty::Text(_), Ty::Int) => "numbers stand without quotes, text with them",
        (Ty::List(_), _) => "write `list.exists(item, …)` or `size(list)`",
        (_, Ty::Bool) => "write a comparison, such as `… == …`",
        (Ty::Bool, _) => "drop the comparison: it is already true or false",
        (Ty::Record(_), _) => "name one of its fields, such as `.year`",
        _ => "compare things of one type",
    }
}
