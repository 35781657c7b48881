//! Compiles and checks the expressions of one service, pointing at the right
//! line and column of `service.toml`.

use super::definition::{Question, QuestionKind};
use super::diagnostic::{Findings, help_with};
use super::expression::{ENV, Expression, LONGEST};
use super::toml_reader::At;
use super::typecheck;
use super::types::{Parts, Scope, Site, Ty, cel_name, scope};
use std::ops::Range;

/// The scope of one part of the file.
pub(crate) struct Conditions<'q> {
    scope: Scope,
    questions: &'q [Question],
}

impl<'q> Conditions<'q> {
    /// For the `ask` of the question at a place.
    pub(crate) fn before(questions: &'q [Question], index: usize, declares: bool) -> Self {
        let key = questions.get(index).map(|question| question.key.as_str());
        let parts = Parts { register: false, declares };
        Self { scope: scope(Site::Ask, questions, &[], parts, key), questions }
    }

    /// For everything decided from a finished application, or for steps.
    pub(crate) fn after(site: Site, questions: &'q [Question], evidence: &[String], parts: Parts) -> Self {
        Self { scope: scope(site, questions, evidence, parts, None), questions }
    }

    /// A condition.
    pub(crate) fn truth(&self, text: Option<At<String>>, out: &mut Findings) -> Option<Expression> {
        self.compile(text?, &Ty::Bool, out)
    }

    /// An amount or a count.
    pub(crate) fn number(&self, text: Option<At<String>>, out: &mut Findings) -> Option<Expression> {
        self.compile(text?, &Ty::Int, out)
    }

    pub(crate) fn demand_file_question(&self, named: &At<String>, out: &mut Findings) {
        let files: Vec<&str> = self
            .questions
            .iter()
            .filter(|question| question.kind == QuestionKind::File)
            .map(|question| question.key.as_str())
            .collect();
        if !files.contains(&named.value.as_str()) {
            let message = format!("no question of kind `file` is called `{}`", named.value);
            out.error(
                "service/unknown-question",
                named.span.clone(),
                message,
                help_with(&named.value, &files),
            );
        }
    }

    fn compile(&self, text: At<String>, wanted: &Ty, out: &mut Findings) -> Option<Expression> {
        if text.value.len() > LONGEST {
            out.error("rule/too-long", text.span, "this expression is too long", "split the rule in two");
            return None;
        }
        let place = Place::of(&text, out.text());
        let program = match ENV.compile(&text.value) {
            Ok(program) => program,
            Err(errors) => {
                for error in errors.errors {
                    let offset = offset_of(&text.value, error.pos);
                    out.error(
                        "rule/syntax",
                        place.span(offset..offset + 1),
                        readable(&error.msg),
                        "write it as in: answers.copies > 1 && !applicant.displaced",
                    );
                }
                return None;
            }
        };
        let checked = typecheck::check(program.expression(), program.source_info(), &self.scope);
        let clean = checked.faults.is_empty();
        for fault in checked.faults {
            out.error("rule/type", place.span(fault.at), fault.message, fault.help);
        }
        if clean && std::mem::discriminant(&checked.ty) != std::mem::discriminant(wanted) {
            let message = format!("this is {}, but {} is needed", checked.ty.name(), wanted.name());
            out.error(
                "rule/type",
                text.span,
                message,
                "end with a comparison for a condition, with a number for an amount",
            );
            return None;
        }
        let mut expression = Expression::new(text.value, text.span, program);
        // The checker speaks of `for_whom`, answers of `for-whom`.
        expression.needs = self
            .questions
            .iter()
            .filter(|question| checked.needs.contains(&cel_name(&question.key)))
            .map(|question| question.key.clone())
            .collect();
        clean.then_some(expression)
    }
}

/// Where an expression's first character stands in the file.
struct Place {
    whole: Range<usize>,
    /// `None` when the text was escaped, so that offsets do not carry over.
    inner: Option<usize>,
}

impl Place {
    fn of(text: &At<String>, file: &str) -> Self {
        let written = file.get(text.span.clone()).unwrap_or_default();
        let inner = written.find(text.value.as_str()).map(|offset| text.span.start + offset);
        Self {
            whole: text.span.clone(),
            inner: inner.filter(|_| text.value.is_ascii() && !text.value.is_empty()),
        }
    }

    fn span(&self, at: Range<usize>) -> Range<usize> {
        match self.inner {
            Some(start) => (start + at.start).min(self.whole.end)..(start + at.end).min(self.whole.end),
            None => self.whole.clone(),
        }
    }
}

/// Line and column (from 1) as an offset.
fn offset_of(text: &str, (line, column): (isize, isize)) -> usize {
    let line = usize::try_from(line).unwrap_or(1).max(1);
    let column = usize::try_from(column).unwrap_or(1).max(1);
    let before: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    (before + column - 1).min(text.len())
}

/// The parser's first line, without its own picture.
fn readable(message: &str) -> String {
    let first = message.lines().next().unwrap_or("cannot be read");
    let plain = first.replace("Syntax error: ", "");
    let short: String = plain.split(" expecting ").next().unwrap_or(&plain).to_owned();
    format!("this expression cannot be read: {short}")
}
