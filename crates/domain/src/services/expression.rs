//! A condition or an amount: CEL source, compiled once, run on facts.

use super::definition::{Question, QuestionKind, Service};
use super::facts::{Answers, Facts};
use super::types::cel_name;
use cel::{Context, Env, ExecutionError, Program, Value};
use serde_json::Value as Json;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

/// The longest an expression may be, in bytes.
pub(crate) const LONGEST: usize = 2_000;

/// The standard functions, built once.
pub(super) static ENV: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::stdlib()));

/// A checked CEL expression.
#[derive(Clone)]
pub struct Expression {
    /// Its source, as it stands in `service.toml`.
    pub source: String,
    /// Where it stands there.
    pub(crate) span: Range<usize>,
    /// Questions it reads without a guard: it means nothing before they are
    /// answered.
    pub(crate) needs: BTreeSet<String>,
    program: Arc<Program>,
}

impl std::fmt::Debug for Expression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Expression({:?})", self.source)
    }
}

/// A rule that could not be worked out. It sends the case to an officer; it
/// never approves, waives or refuses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
#[error("rule {rule} could not be worked out: {cause}")]
pub struct RuleFault {
    /// Which rule, fee, step or relation.
    pub rule: String,
    /// What went wrong, for the operator.
    pub cause: String,
}

impl Expression {
    pub(crate) fn new(source: String, span: Range<usize>, program: Program) -> Self {
        Self { source, span, needs: BTreeSet::new(), program: Arc::new(program) }
    }

    /// Whether everything it needs is answered.
    pub(crate) fn can_run(&self, answers: &Answers) -> bool {
        self.needs.iter().all(|key| answers.get(key).is_some_and(|value| !value.is_null()))
    }

    /// Whether it reads the answer to a question.
    pub(crate) fn reads(&self, key: &str) -> bool {
        self.needs.contains(key)
    }

    fn run(&self, rule: &str, world: &World<'_>) -> Result<Value, RuleFault> {
        let fault = |error: ExecutionError| RuleFault { rule: rule.to_owned(), cause: cause_of(&error) };
        self.program.execute(&world.context).map_err(fault)
    }

    pub(crate) fn truth(&self, rule: &str, world: &World<'_>) -> Result<bool, RuleFault> {
        match self.run(rule, world)? {
            Value::Bool(truth) => Ok(truth),
            other => Err(RuleFault {
                rule: rule.to_owned(),
                cause: format!("expected true or false, found {}", other.type_of()),
            }),
        }
    }

    pub(crate) fn number(&self, rule: &str, world: &World<'_>) -> Result<i64, RuleFault> {
        match self.run(rule, world)? {
            Value::Int(number) => Ok(number),
            other => Err(RuleFault {
                rule: rule.to_owned(),
                cause: format!("expected a whole number, found {}", other.type_of()),
            }),
        }
    }
}

/// What went wrong, without the values: they are personal, and a cause is
/// written to logs and the journal.
fn cause_of(error: &ExecutionError) -> String {
    match error {
        ExecutionError::NoSuchKey(key) => format!("`{key}` is not there"),
        ExecutionError::UndeclaredReference(name) => format!("`{name}` is not known"),
        ExecutionError::DivisionByZero(_) | ExecutionError::RemainderByZero(_) => {
            "division by zero".to_owned()
        }
        ExecutionError::Overflow(..) => "a number grew too large".to_owned(),
        ExecutionError::IndexOutOfBounds(_) => "a list is too short".to_owned(),
        _ => "the values do not fit the rule".to_owned(),
    }
}

/// Facts and answers in the form expressions read.
pub(crate) struct World<'a> {
    context: Context<'a, 'a>,
}

type Map = HashMap<String, Value>;

impl World<'_> {
    pub(crate) fn new(service: &Service, answers: &Answers, facts: &Facts) -> Self {
        Self::over(&service.questions, answers, facts)
    }

    pub(crate) fn over(questions: &[Question], answers: &Answers, facts: &Facts) -> Self {
        let mut context = Context::with_env(Arc::clone(&ENV));
        let mut set = |name: &str, value: Value| context.add_variable_from_value(name, value);
        let mut applicant = map([
            ("assurance", text(&facts.applicant.assurance)),
            ("proven", Value::Bool(facts.applicant.proven)),
            ("displaced", Value::Bool(facts.applicant.displaced)),
        ]);
        if let Some(age) = facts.applicant.age {
            applicant.insert("age".to_owned(), Value::Int(age));
        }
        let mut holder = map([("deceased", Value::Bool(facts.holder.deceased))]);
        if let Some(age) = facts.holder.age {
            holder.insert("age".to_owned(), Value::Int(age));
        }
        if let Some(status) = &facts.holder.marital_status {
            holder.insert("marital_status".to_owned(), text(status));
        }
        set("applicant", applicant.into());
        set("holder", holder.into());
        set(
            "entry",
            map([
                ("found", Value::Bool(facts.entry.found)),
                ("verified", Value::Bool(facts.entry.verified)),
                ("protected", Value::Bool(facts.entry.protected)),
                ("settled", Value::Bool(facts.entry.settled)),
                ("candidates", Value::Int(facts.entry.candidates)),
            ])
            .into(),
        );
        set(
            "case",
            map([
                ("channel", text(&facts.case.channel)),
                ("earlier_copies", Value::Int(facts.case.earlier_copies)),
                ("assisted", Value::Bool(facts.case.assisted)),
            ])
            .into(),
        );
        set(
            "declaration",
            map([
                ("late", Value::Bool(facts.declaration.late)),
                ("late_fee", Value::Int(facts.declaration.late_fee)),
            ])
            .into(),
        );
        set("relation", text(facts.relation.code()));
        let pieces = facts.evidence.iter().map(|piece| {
            Value::from(map([("key", text(&piece.key)), ("source", text(piece.source.code()))]))
        });
        set("evidence", list(pieces));
        Self { context }.with_answers(questions, answers, facts)
    }

    /// Says what is answered now, instead of what was said before.
    pub(crate) fn with_answers(mut self, questions: &[Question], answers: &Answers, facts: &Facts) -> Self {
        let given = answers_in_cel(questions, answers, facts);
        self.context.add_variable_from_value("answers", given);
        self
    }

    /// Adds what only a step may read.
    pub(crate) fn with_outcome(mut self, judgement: &str, fee: i64) -> Self {
        self.context.add_variable_from_value("judgement", text(judgement));
        self.context.add_variable_from_value("fee", Value::Int(fee));
        self
    }
}

fn answers_in_cel(questions: &[Question], answers: &Answers, facts: &Facts) -> Map {
    let given = questions.iter().filter_map(|question| {
        let value = answers.get(&question.key)?;
        Some((cel_name(&question.key), answer_in_cel(question, value, facts)?))
    });
    given.collect()
}

/// One answer; `None` when it was left blank, so that `has(...)` is false.
fn answer_in_cel(question: &Question, value: &Json, facts: &Facts) -> Option<Value> {
    match (question.kind, value) {
        (_, Json::Null) => None,
        (QuestionKind::Date, Json::String(written)) => date_in_cel(written, facts),
        (QuestionKind::Group, Json::Array(items)) => {
            let items = items.iter().filter_map(|item| {
                let item: Answers = item.as_object()?.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
                Some(Value::from(answers_in_cel(&question.children, &item, facts)))
            });
            Some(list(items))
        }
        (_, other) => plain(other),
    }
}

fn date_in_cel(written: &str, facts: &Facts) -> Option<Value> {
    let date: crate::dates::PartialDate = written.parse().ok()?;
    let mut fields = map([("year", Value::Int(i64::from(date.year()))), ("text", text(written))]);
    let parts = [
        ("month", date.month().map(i64::from)),
        ("day", date.day().map(i64::from)),
        ("age", date.age_on(facts.today).map(i64::from)),
    ];
    for (name, value) in parts {
        if let Some(value) = value {
            fields.insert(name.to_owned(), Value::Int(value));
        }
    }
    Some(fields.into())
}

fn plain(value: &Json) -> Option<Value> {
    Some(match value {
        Json::Null => return None,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => Value::Int(number.as_i64()?),
        Json::String(written) => text(written),
        Json::Array(items) => list(items.iter().filter_map(plain)),
        Json::Object(fields) => {
            let fields: Map = fields.iter().filter_map(|(k, v)| Some((cel_name(k), plain(v)?))).collect();
            fields.into()
        }
    })
}

fn text(value: &str) -> Value {
    Value::String(Arc::new(value.to_owned()))
}

fn list(items: impl Iterator<Item = Value>) -> Value {
    Value::List(Arc::new(items.collect()))
}

fn map<const N: usize>(fields: [(&str, Value); N]) -> Map {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
