//! Answering the questions of a draft, one or several at a time.

use super::draft::open_answerable;
use super::naming::settled;
use super::{Access, answers, definition, facts_of, fees, keep_answers};
use crate::civil::of_cases;
use diwan_domain::acts::Desk;
use diwan_domain::cases::Phase;
use diwan_domain::ids::CaseId;
use diwan_domain::journal::Entry;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::{Answers, QuestionKind, Service, asked, prune};
use diwan_store::cases::CaseRow;
use diwan_store::{Act, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Keeps one answer of a draft.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaveAnswer {
    /// The case.
    pub case: CaseId,
    /// What opens it.
    pub access: Access,
    /// Which question.
    pub question: String,
    /// The answer, checked again here.
    pub value: Value,
}

impl Act for SaveAnswer {
    const NAME: &'static str = "save-answer";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let mut case = open_answerable(tx, at, self.case, &self.access).await?;
        let published = definition(tx, &case).await?;
        let service = &published.service;
        let before = answers(&case);
        let dropped = answered(tx, at, (&mut case, service), (&self.question, &self.value)).await?;
        let mended = kept(tx, at, (&mut case, service), &before).await?;
        let entry = Entry::new("answer-saved", "case", case.id);
        let entry = entry.with("question", self.question.as_str()).with("dropped", dropped);
        Ok(Recorded::new(case.version, entry).and_all(mended))
    }
}

/// Keeps several answers of a draft: all of them, or none where one does not fit.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaveAnswers {
    /// The case.
    pub case: CaseId,
    /// What opens it.
    pub access: Access,
    /// The answers by question, in any order: they are checked in the service's.
    pub answers: BTreeMap<String, Value>,
}

impl Act for SaveAnswers {
    const NAME: &'static str = "save-answers";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let mut case = open_answerable(tx, at, self.case, &self.access).await?;
        let published = definition(tx, &case).await?;
        let service = &published.service;
        if let Some(unknown) = self.answers.keys().find(|key| service.question(key).is_none()) {
            return Err(not_asked(unknown));
        }
        let before = answers(&case);
        let (mut questions, mut dropped) = (Vec::new(), Vec::new());
        // Whether a question is asked may depend on those before it.
        for question in &service.questions {
            let Some(value) = self.answers.get(&question.key) else { continue };
            let gone = answered(tx, at, (&mut case, service), (&question.key, value)).await;
            dropped.extend(gone.map_err(|stop| match stop.code() == Why::NotFound.code() {
                // The case is there: it is the question that is not asked of this applicant.
                true => not_asked(&question.key),
                false => stop,
            })?);
            questions.push(question.key.as_str());
        }
        if questions.is_empty() {
            return Err(Why::NothingChanges.into());
        }
        let entry = Entry::new("answer-saved", "case", case.id);
        let entry = entry.with("questions", questions).with("dropped", dropped);
        let mended = kept(tx, at, (&mut case, service), &before).await?;
        Ok(Recorded::new(case.version, entry).and_all(mended))
    }
}

/// A question that is not asked of this applicant.
fn not_asked(question: &str) -> Stop {
    Refusal::from(Why::Malformed).about("question", question).into()
}

/// Puts one answer into a case that is not written yet; gives the questions whose answers fell
/// away by it.
async fn answered(
    tx: &mut Tx<'_>,
    at: &Desk,
    (case, service): (&mut CaseRow, &Service),
    (key, value): (&str, &Value),
) -> Result<Vec<String>, Stop> {
    let mut facts = facts_of(tx, at, case).await?;
    let mut answers = answers(case);
    let question = asked(service, &answers, &facts).into_iter().find(|question| question.key == key);
    let question = question.ok_or(Why::NotFound)?;
    let value = question.check(value, facts.today).map_err(|faults| {
        let first = faults.first().map_or("", |fault| fault.code);
        Refusal::from(Why::AnswersIncomplete).about("question", key).about("fault", first)
    })?;
    let value = settled(tx, at, case, question, value).await?;
    match (question.kind, value.as_str()) {
        (QuestionKind::Phone, text) => case.phone = text.map(str::to_owned),
        (QuestionKind::Email, text) => case.email = text.map(str::to_owned),
        _ => {}
    }
    answers.insert(key.to_owned(), value);
    facts.declaration = of_cases::facts(tx, at, case, service, &answers).await?;
    let dropped = prune(service, &mut answers, &facts);
    keep_answers(case, &answers);
    Ok(dropped)
}

/// Writes a case that was answered, and mends what it declared where the register gave that back.
async fn kept(
    tx: &mut Tx<'_>,
    at: &Desk,
    (case, service): (&mut CaseRow, &Service),
    before: &Answers,
) -> Result<Vec<Entry>, Stop> {
    case.touched_at = at.now;
    if *before != answers(case) {
        fees::answered_anew(case);
    }
    tx.edit(case).await?;
    if Phase::from_code(&case.phase) == Some(Phase::Draft) {
        return Ok(Vec::new());
    }
    let after = answers(case);
    Ok(of_cases::mend(tx, at, case, service, (before, &after)).await?.into_iter().collect())
}
