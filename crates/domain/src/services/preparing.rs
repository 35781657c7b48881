//! Before somebody comes: which few questions decide what they must bring, what it costs,
//! and whether the service is for them at all. The same rules answer as for their case.

use super::definition::{Amount, Evidence, Question, QuestionKind, Service};
use super::expression::Expression;
use super::facts::{Answers, Facts};
use super::journey::asked;
use super::judge::{FeeBill, evidence_needed, fees_owed, turned_away};
use super::types::cel_name;
use std::collections::BTreeSet;

/// What somebody needs who answered so far.
#[derive(Clone, Debug)]
pub struct Preparation<'s> {
    /// The deciding questions that are asked now, answered or not.
    pub asked: Vec<&'s Question>,
    /// Whether one of them waits for an answer: until then the list may be too long.
    pub is_open: bool,
    /// What must be shown.
    pub evidence: Vec<&'s Evidence>,
    /// What it costs; `None` while it cannot be worked out.
    pub bill: Option<FeeBill>,
    /// Whether nothing gives them a right to this service.
    pub turned_away: bool,
}

/// Whether an expression reads the answer to a question, guarded or not.
fn reads(expression: &Expression, key: &str) -> bool {
    let name = format!("answers.{}", cel_name(key));
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    expression
        .source
        .match_indices(&name)
        .any(|(at, found)| !expression.source[at + found.len()..].starts_with(is_part))
}

/// Whether a question is asked of whom nothing is known yet: one with a short answer that
/// names nobody.
fn is_short(question: &Question) -> bool {
    let short = matches!(
        question.kind,
        QuestionKind::Choice
            | QuestionKind::Choices
            | QuestionKind::YesNo
            | QuestionKind::Number
            | QuestionKind::Date
    );
    short && !question.sensitive
}

/// The questions that decide what must be brought, what it costs, and whether the service
/// is for whoever asks; those that decide whether these are asked too. In their order.
#[must_use]
pub fn deciding(service: &Service) -> Vec<&Question> {
    let mut rules: Vec<&Expression> = service.evidence.iter().filter_map(|one| one.when.as_ref()).collect();
    for fee in &service.fees {
        rules.extend(fee.count.iter().chain(&fee.waive));
        if let Amount::Computed(amount, _) = &fee.amount {
            rules.push(amount);
        }
    }
    rules.extend(service.relations.iter().filter_map(|relation| relation.claim.as_ref()));
    let mut found: BTreeSet<&str> = BTreeSet::new();
    // Each round looks at what decides whether those of the round before are asked.
    while !rules.is_empty() {
        let new: Vec<&Question> = service
            .questions
            .iter()
            .filter(|question| is_short(question) && !found.contains(question.key.as_str()))
            .filter(|question| rules.iter().any(|rule| reads(rule, &question.key)))
            .collect();
        found.extend(new.iter().map(|question| question.key.as_str()));
        rules = new.iter().filter_map(|question| question.ask.as_ref()).collect();
    }
    service.questions.iter().filter(|question| found.contains(question.key.as_str())).collect()
}

/// Of answers only those to deciding questions that fit, in their canonical form.
#[must_use]
pub fn kept(service: &Service, answers: &Answers, facts: &Facts) -> Answers {
    let mut kept = Answers::new();
    for question in deciding(service) {
        let Some(value) = answers.get(&question.key) else { continue };
        if let Ok(value) = question.check(value, facts.today)
            && !value.is_null()
        {
            kept.insert(question.key.clone(), value);
        }
    }
    let asked = asked(service, &kept, facts);
    kept.retain(|key, _| asked.iter().any(|question| question.key == *key));
    kept
}

/// What somebody needs who answered these.
#[must_use]
pub fn prepare<'s>(service: &'s Service, answers: &Answers, facts: &Facts) -> Preparation<'s> {
    let decides: BTreeSet<&str> = deciding(service).iter().map(|question| question.key.as_str()).collect();
    let asked: Vec<&Question> = asked(service, answers, facts)
        .into_iter()
        .filter(|question| decides.contains(question.key.as_str()))
        .collect();
    let is_open = asked.iter().any(|question| question.required && !answers.contains_key(&question.key));
    let evidence = evidence_needed(service, answers, facts).into_iter().map(|(one, _)| one).collect();
    Preparation {
        is_open,
        evidence,
        bill: if is_open { None } else { fees_owed(service, answers, facts).ok() },
        turned_away: turned_away(service, answers, facts).is_some(),
        asked,
    }
}
