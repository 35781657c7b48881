//! The way through a form: which questions are asked, which comes next, how
//! far each section is.

use super::definition::{Question, Service};
use super::expression::World;
use super::facts::{Answers, Facts};
use serde_json::Value;

/// How far a section of the task list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskStatus {
    /// Nothing answered.
    NotStarted,
    /// Something answered, something open.
    InProgress,
    /// Everything answered.
    Done,
    /// What it depends on is not answered yet.
    CannotStartYet,
}

/// One section of the task list.
#[derive(Clone, Debug)]
pub struct Task<'s> {
    /// The group's key.
    pub group: &'s str,
    /// How far it is.
    pub status: TaskStatus,
    /// Its questions as they stand now, in order.
    pub questions: Vec<&'s Question>,
}

/// Whether a question is asked, as far as can be told now.
enum Asking {
    Yes,
    No,
    /// An earlier answer decides, and it is not given.
    NotYet,
}

fn asking(service: &Service, question: &Question, answers: &Answers, facts: &Facts) -> Asking {
    asking_in(&mut Worlds::default(), service, question, answers, facts)
}

/// One world for many questions, told anew what was answered meanwhile.
#[derive(Default)]
struct Worlds(Option<(World<'static>, usize)>);

impl Worlds {
    fn with(&mut self, service: &Service, answers: &Answers, facts: &Facts) -> &World<'static> {
        let world = match self.0.take() {
            Some((world, told)) if told == answers.len() => world,
            Some((world, _)) => world.with_answers(&service.questions, answers, facts),
            None => World::new(service, answers, facts),
        };
        &self.0.insert((world, answers.len())).0
    }
}

fn asking_in(
    worlds: &mut Worlds,
    service: &Service,
    question: &Question,
    answers: &Answers,
    facts: &Facts,
) -> Asking {
    let Some(ask) = &question.ask else { return Asking::Yes };
    if !ask.can_run(answers) {
        return Asking::NotYet;
    }
    // A condition that cannot be worked out must not hide a question.
    match ask.truth(&question.key, worlds.with(service, answers, facts)) {
        Ok(false) => Asking::No,
        Ok(true) | Err(_) => Asking::Yes,
    }
}

/// The questions that are asked, in order, given the answers so far. A
/// question that depends on an answer not yet given is not among them.
#[must_use]
pub fn asked<'s>(service: &'s Service, answers: &Answers, facts: &Facts) -> Vec<&'s Question> {
    // An answer to a question that is no longer asked decides nothing. Answers
    // are only added here, so their number tells whether the world is up to date.
    let mut counted = Answers::new();
    let mut worlds = Worlds::default();
    let mut found = Vec::new();
    for question in &service.questions {
        if matches!(asking_in(&mut worlds, service, question, &counted, facts), Asking::Yes) {
            found.push(question);
            if let Some(value) = answers.get(&question.key) {
                counted.insert(question.key.clone(), value.clone());
            }
        }
    }
    found
}

/// The first asked question without an answer.
#[must_use]
pub fn next_unanswered<'s>(service: &'s Service, answers: &Answers, facts: &Facts) -> Option<&'s Question> {
    asked(service, answers, facts).into_iter().find(|question| is_open(question, answers))
}

/// Whether a question still waits. A question that may be left blank is
/// answered by `null`.
fn is_open(question: &Question, answers: &Answers) -> bool {
    match answers.get(&question.key) {
        None => true,
        Some(Value::Null) => question.required,
        Some(_) => false,
    }
}

/// The task list: every section that has something to answer.
#[must_use]
pub fn tasks<'s>(service: &'s Service, answers: &Answers, facts: &Facts) -> Vec<Task<'s>> {
    let asked = asked(service, answers, facts);
    let counted = only(answers, &asked);
    let task = |group: &'s str| {
        let questions: Vec<&Question> =
            asked.iter().copied().filter(|question| question.group == group).collect();
        let waits = service
            .questions
            .iter()
            .filter(|question| question.group == group)
            .any(|question| matches!(asking(service, question, &counted, facts), Asking::NotYet));
        if questions.is_empty() && !waits {
            return None;
        }
        let open = questions.iter().filter(|question| is_open(question, &counted)).count();
        let status = match (questions.len(), open) {
            (0, _) => TaskStatus::CannotStartYet,
            (_, 0) if !waits => TaskStatus::Done,
            (all, open) if open == all => TaskStatus::NotStarted,
            _ => TaskStatus::InProgress,
        };
        Some(Task { group, status, questions })
    };
    service.groups.iter().filter_map(|group| task(&group.key)).collect()
}

/// Whether everything that is asked is answered.
#[must_use]
pub fn is_complete(service: &Service, answers: &Answers, facts: &Facts) -> bool {
    next_unanswered(service, answers, facts).is_none()
}

/// Takes away answers to questions that are no longer asked (and to none at
/// all), and gives their keys.
pub fn prune(service: &Service, answers: &mut Answers, facts: &Facts) -> Vec<String> {
    let asked = asked(service, answers, facts);
    let kept = only(answers, &asked);
    let gone = answers.keys().filter(|key| !kept.contains_key(*key)).cloned().collect();
    *answers = kept;
    gone
}

fn only(answers: &Answers, asked: &[&Question]) -> Answers {
    asked
        .iter()
        .filter_map(|question| Some((question.key.clone(), answers.get(&question.key)?.clone())))
        .collect()
}
