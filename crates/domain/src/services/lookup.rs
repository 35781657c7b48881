//! A fact asked of another register: `lookup` of an `[[evidence]]`. The service
//! names the register in words of its own; which member of X-Road answers for it
//! is the operator's to say.

use super::definition::{Question, QuestionKind};
use super::diagnostic::{Findings, help_with};
use super::facts::Answers;
use super::toml_reader::{At, Table};
use crate::x_road::encoded;
use serde_json::Value;

/// A question to another register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// The register's name in the operator's configuration: `traffic`.
    pub register: String,
    /// The path below the register's service, piece by piece.
    path: Vec<Piece>,
    /// Fields of the answer with the values that they must have.
    holds: Vec<(String, Value)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// As written.
    Text(String),
    /// The answer to a question.
    Answer(String),
}

impl Lookup {
    /// The path for some answers, each percent-encoded; `None` while one of them
    /// is missing.
    #[must_use]
    pub fn path(&self, given: &Answers) -> Option<String> {
        let mut path = String::new();
        for piece in &self.path {
            match piece {
                Piece::Text(text) => path.push_str(text),
                Piece::Answer(key) => {
                    let said = match given.get(key)? {
                        Value::String(text) => crate::digits::to_ascii(text).trim().to_owned(),
                        Value::Number(number) => number.to_string(),
                        _ => return None,
                    };
                    if said.is_empty() || said == "." || said == ".." {
                        return None;
                    }
                    path.push_str(&encoded(&said));
                }
            }
        }
        Some(path)
    }

    /// Whether an answer of the register says what it must.
    #[must_use]
    pub fn holds(&self, answer: &Value) -> bool {
        self.holds.iter().all(|(field, wanted)| answer.get(field) == Some(wanted))
    }
}

const KINDS: [QuestionKind; 4] =
    [QuestionKind::Text, QuestionKind::Number, QuestionKind::IdentityNumber, QuestionKind::Choice];

/// Reads `lookup = { register = …, path = …, holds = { … } }`.
pub(crate) fn read(
    evidence: &mut Table<'_, '_>,
    questions: &[Question],
    out: &mut Findings,
) -> Option<Lookup> {
    let mut table = evidence.table("lookup", "lookup", out)?;
    let register = table.required_text("register", out);
    if let Some(named) = &register
        && !is_word(&named.value)
    {
        let message = format!("`{}` cannot name a register", named.value);
        out.error(
            "lookup/register",
            named.span.clone(),
            message,
            "use small Latin letters, digits and hyphens",
        );
    }
    let path = table.required_text("path", out).map(|text| pieces(&text, questions, out));
    let holds = match table.table("holds", "holds", out) {
        Some(mut fields) => conditions(fields.free(), out),
        None => {
            table.missing("holds", out);
            Vec::new()
        }
    };
    table.finish(out);
    Some(Lookup { register: register?.value, path: path?, holds })
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn conditions(fields: Vec<(At<String>, At<Value>)>, out: &mut Findings) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for (name, wanted) in fields {
        match wanted.value {
            Value::String(_) | Value::Bool(_) | Value::Number(_) => all.push((name.value, wanted.value)),
            _ => out.error(
                "lookup/holds",
                wanted.span,
                format!("`{}` is compared with a list or a table", name.value),
                "compare with text, a whole number, true or false",
            ),
        }
    }
    all
}

fn pieces(text: &At<String>, questions: &[Question], out: &mut Findings) -> Vec<Piece> {
    let mut wrong =
        |message: String, help: String| out.error("lookup/path", text.span.clone(), message, help);
    if !text.value.starts_with('/') || text.value.contains("//") {
        wrong(
            "the path does not begin with one slash".to_owned(),
            "write /v1/licences/{licence-number}".to_owned(),
        );
    }
    let mut all = Vec::new();
    for (at, part) in text.value.split('{').enumerate() {
        if at == 0 {
            all.push(Piece::Text(part.to_owned()));
            continue;
        }
        let Some((key, rest)) = part.split_once('}') else {
            wrong("a brace is not closed".to_owned(), "write {question} with both braces".to_owned());
            continue;
        };
        match questions.iter().find(|question| question.key == key) {
            Some(question) if KINDS.contains(&question.kind) => {}
            Some(question) => wrong(
                format!("the answer to `{key}`, of kind `{}`, cannot stand in a path", question.kind.code()),
                "name a question of kind text, number, identity-number or choice".to_owned(),
            ),
            None => {
                let known: Vec<&str> = questions.iter().map(|question| question.key.as_str()).collect();
                wrong(format!("`{{{key}}}` names no question"), help_with(key, &known));
            }
        }
        all.push(Piece::Answer(key.to_owned()));
        all.push(Piece::Text(rest.to_owned()));
    }
    let sound = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-._~?=&%".contains(&b));
    if all.iter().any(|piece| matches!(piece, Piece::Text(text) if !sound(text))) {
        wrong(
            "the path holds what cannot stand in an address".to_owned(),
            "use Latin letters, digits, / - . _ ~ ? = & and {question}".to_owned(),
        );
    }
    all
}
