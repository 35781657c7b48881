//! What to bring: shown before the time is chosen, so that nobody comes with the wrong
//! papers, and again on the appointment's page. The few questions that decide it are asked
//! here, and only what this person needs is listed.

use super::booking::WayOn;
use super::home::fee_lines;
use super::visits::{Centre, centre_of, named};
use crate::fields::{Drawing, Errors, Field};
use crate::frame::{Frame, Here, show};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::{Arg, ServiceWords};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::people::Channel;
use diwan_domain::queue::Line;
use diwan_domain::services::preparing::{deciding, kept, prepare};
use diwan_domain::services::{
    Answers, Facts, Fault, FeeBill, FeeLine, Fields, Question, QuestionKind, Service,
};
use diwan_office::Who;
use diwan_office::catalogue::{self, Published};
use diwan_office::queue::{self, KeepAnswers};
use serde::Deserialize;
use std::sync::Arc;

/// A service as it is offered today.
async fn offered(here: &Here, key: &str) -> Result<Option<Arc<Published>>, Problem> {
    let today = here.app.office.today().to_string();
    let mut reading = here.app.office.db.reading().await?;
    Ok(catalogue::newest(&mut reading.tx(), key, &today).await?)
}

/// What a service is called; its key when it is not offered any more.
pub(crate) async fn title(here: &Here, key: &str) -> Result<String, Problem> {
    let found = offered(here, key).await?;
    Ok(found.map_or_else(
        || key.to_owned(),
        |found| here.app.words.of_service(&here.lang, &found.service).t("title"),
    ))
}

/// The services of a line, each as a way to what one must bring for it.
pub(super) async fn ways(here: &Here, centre: &str, line: &Line) -> Result<Vec<WayOn>, Problem> {
    let way = |(key, text): (String, String)| WayOn {
        path: format!("/centres/{centre}/prepare/{}/{key}", line.letter),
        text,
        hint: named(&here.lang, &line.names),
    };
    Ok(offered_by(here, line).await?.into_iter().map(way).collect())
}

/// The services of a line that are offered today, by their key, with what they are called.
pub(crate) async fn offered_by(here: &Here, line: &Line) -> Result<Vec<(String, String)>, Problem> {
    let mut found = Vec::new();
    for key in &line.services {
        if let Some(offered) = offered(here, key).await? {
            let words = here.app.words.of_service(&here.lang, &offered.service);
            found.push((key.clone(), words.t("title")));
        }
    }
    Ok(found)
}

#[derive(Template)]
#[template(path = "prepare.html")]
struct PreparePage {
    frame: Frame,
    back: String,
    /// The questions that decide; empty where none does.
    fields: Vec<Field>,
    errors: Errors,
    /// Where they are sent.
    action: String,
    /// That the list below is theirs, or what else is said above it.
    lead: String,
    /// That the service is not for them, and where to go instead; empty when it is.
    turned_away: String,
    need: Vec<String>,
    fees: Vec<String>,
    online: String,
    next: String,
}

/// For which appointment the list is shown.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Of {
    #[serde(default)]
    appointment: String,
}

/// A service of a line of a centre, as it is offered today.
struct Wanted {
    centre: Centre,
    letter: String,
    found: Arc<Published>,
}

async fn wanted(here: &Here, (code, letter, key): (&str, &str, &str)) -> Result<Wanted, Problem> {
    let centre = centre_of(here, code).await?;
    let line = centre.setup.as_ref().and_then(|setup| setup.line(letter));
    let is_given = line.is_some_and(|line| line.services.iter().any(|one| one == key));
    let found = if is_given { offered(here, key).await? } else { None };
    let found = found.ok_or_else(Problem::not_found)?;
    Ok(Wanted { centre, letter: letter.to_owned(), found })
}

/// What this session answered for a service.
fn answered(here: &Here, key: &str) -> Option<Answers> {
    let (service, answers) = here.visitor.kept().prepared?;
    if service == key { serde_json::from_value(answers).ok() } else { None }
}

/// What it costs whoever answered these.
fn bill_lines(here: &Here, words: &ServiceWords, bill: &FeeBill) -> Vec<String> {
    if bill.total.minor_units == 0 {
        return vec![here.lang.t("fee-none")];
    }
    let line = |line: &FeeLine| {
        let count = [("count", Arg::Number(line.count))];
        let name = words.maybe_with(&format!("fee-{}", line.key), &count).unwrap_or_default();
        format!("{name}: {}", here.lang.money(line.amount))
    };
    bill.lines.iter().filter(|line| line.amount.minor_units > 0).map(line).collect()
}

/// What is said to somebody who answered, or to nobody in particular.
pub(crate) struct Told {
    /// The questions that decide and are asked now.
    pub fields: Vec<Field>,
    /// What must be brought.
    pub need: Vec<String>,
    /// What it costs.
    pub fees: Vec<String>,
    /// That the service is not for them, and where to go instead; empty when it is.
    pub turned_away: String,
    /// Whether the list is theirs: everything that decides it was answered.
    is_theirs: bool,
}

fn told(
    here: &Here,
    service: &Service,
    answers: Option<&Answers>,
    (typed, faults): (&Fields, &[Fault]),
) -> Told {
    let words = here.app.words.of_service(&here.lang, service);
    let facts = Facts::unknown(here.app.office.today());
    let none = Answers::new();
    let ready = prepare(service, answers.unwrap_or(&none), &facts);
    let drawing = Drawing { lang: &here.lang, words: &words, typed, faults, people: &[] };
    let evidence = |key: &str| words.t(&format!("evidence-{key}"));
    Told {
        fields: ready.asked.iter().map(|question| drawing.question(question)).collect(),
        // Whoever answered nothing yet sees everything that may be needed.
        need: match answers {
            Some(_) => ready.evidence.iter().map(|one| evidence(&one.key)).collect(),
            None => service.evidence.iter().map(|one| evidence(&one.key)).collect(),
        },
        fees: match (&ready.bill, answers) {
            (Some(bill), Some(_)) => bill_lines(here, &words, bill),
            _ => fee_lines(here, service, &words),
        },
        turned_away: if ready.turned_away {
            words.maybe("not-entitled").unwrap_or_else(|| here.lang.t("prepare-not-for-you"))
        } else {
            String::new()
        },
        is_theirs: answers.is_some() && !ready.is_open,
    }
}

/// The page for some answers, or for nobody in particular.
fn shown(here: &Here, wanted: &Wanted, answers: Option<&Answers>, typed: (&Fields, &[Fault])) -> Response {
    let service = &wanted.found.service;
    let told = told(here, service, answers, typed);
    let base = format!("/centres/{}", wanted.centre.row.code);
    let (key, letter) = (&service.key, &wanted.letter);
    let lead = if told.is_theirs { "prepare-yours" } else { "prepare-lead" };
    let page = PreparePage {
        frame: here.frame(here.app.words.of_service(&here.lang, service).t("title")),
        back: format!("{base}/book"),
        errors: crate::pages::kit::errors_of(&told.fields),
        fields: told.fields,
        action: format!("{base}/prepare/{letter}/{key}"),
        lead: here.lang.t(lead),
        turned_away: told.turned_away,
        need: told.need,
        fees: told.fees,
        online: format!("/services/{key}"),
        next: format!("{base}/book/{letter}?service={key}"),
    };
    let status = if page.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    show(status, false, &page)
}

/// For the page of an appointment at the desk: what its holder must bring, with the
/// questions that decide it; `None` when the service is not offered any more.
pub(crate) async fn told_for(
    here: &Here,
    key: &str,
    answers: Option<&Answers>,
    refused: Option<(&Fields, &[Fault])>,
) -> Result<Option<Told>, Problem> {
    let Some(found) = offered(here, key).await? else { return Ok(None) };
    let again = answers.map(|answers| typed_again(&found.service, answers)).unwrap_or_default();
    Ok(Some(told(here, &found.service, answers, refused.unwrap_or((&again, &[])))))
}

/// Where somebody stands who answers by touch.
pub(crate) struct Touching {
    /// The next question that one touch answers; `None` when there is none left.
    pub question: Option<Field>,
    /// What they are told.
    pub told: Told,
    /// Whether they answered anything.
    pub is_answered: bool,
    /// Whether a question was passed over because it takes more than a touch.
    pub is_passed_over: bool,
}

/// The most answers that one page of a kiosk offers, each with a key of its keypad.
const TOUCHES: usize = 10;

/// Whether one touch answers a question: one of a few, or yes or no. What may be left
/// blank is passed over, since a touch cannot say that.
fn takes_a_touch(question: &Question) -> bool {
    let is_few = match question.kind {
        QuestionKind::YesNo => true,
        QuestionKind::Choice => question.options.len() <= TOUCHES,
        _ => false,
    };
    is_few && question.required
}

/// Where whoever stands before a kiosk stands in the questions of a service; `None` when it
/// is not offered.
pub(crate) async fn touching(here: &Here, key: &str) -> Result<Option<Touching>, Problem> {
    let Some(found) = offered(here, key).await? else { return Ok(None) };
    let service = &found.service;
    let answers = answered(here, key);
    let facts = Facts::unknown(here.app.office.today());
    let known = answers.clone().unwrap_or_default();
    let ready = prepare(service, &known, &facts);
    let mut open = ready.asked.iter().filter(|question| !known.contains_key(&question.key));
    let words = here.app.words.of_service(&here.lang, service);
    let typed = Fields::new();
    let drawing = Drawing { lang: &here.lang, words: &words, typed: &typed, faults: &[], people: &[] };
    // Whoever is turned away is asked nothing more.
    let next = open.clone().find(|question| takes_a_touch(question)).filter(|_| !ready.turned_away);
    Ok(Some(Touching {
        question: next.map(|question| drawing.question(question)),
        told: told(here, service, answers.as_ref(), (&typed, &[])),
        is_answered: answers.is_some_and(|answers| !answers.is_empty()),
        is_passed_over: open.any(|question| !takes_a_touch(question)),
    }))
}

/// Takes the answer of one touch. What does not fit, or is not asked now, changes nothing:
/// the question is asked again.
pub(crate) async fn touch(here: &Here, key: &str, question: &str, fields: &Fields) -> Result<(), Problem> {
    let found = offered(here, key).await?.ok_or_else(Problem::not_found)?;
    let facts = Facts::unknown(here.app.office.today());
    let mut answers = answered(here, key).unwrap_or_default();
    let ready = prepare(&found.service, &answers, &facts);
    let asked = ready.asked.iter().find(|one| one.key == question && takes_a_touch(one));
    let Some(Ok(value)) = asked.map(|question| question.read(fields, facts.today)) else { return Ok(()) };
    answers.insert(question.to_owned(), value);
    // What an earlier answer brought up may not be asked any more.
    let kept = (key.to_owned(), serde_json::json!(kept(&found.service, &answers, &facts)));
    here.visitor.keep(|session| session.prepared = Some(kept));
    Ok(())
}

/// Forgets what was answered here.
pub(crate) fn forget(here: &Here) {
    here.visitor.keep(|session| session.prepared = None);
}

/// What a form says to the questions that decide, or what is wrong with it. What is answered
/// first decides what is asked next.
fn read(service: &Service, fields: &Fields, facts: &Facts) -> Result<Answers, Vec<Fault>> {
    let (mut answers, mut faults) = (Answers::new(), Vec::new());
    let is_sent = |question: &Question| question.fields().iter().any(|name| fields.contains_key(name));
    for question in deciding(service) {
        let now = prepare(service, &answers, facts);
        if !now.asked.iter().any(|one| one.key == question.key) || !is_sent(question) {
            continue;
        }
        match question.read(fields, facts.today) {
            Ok(value) if value.is_null() => {}
            Ok(value) => {
                answers.insert(question.key.clone(), value);
            }
            Err(found) => faults.extend(found),
        }
    }
    // A choice of which nothing was chosen is not sent at all.
    for question in prepare(service, &Answers::new(), facts).asked {
        if question.required && !is_sent(question) {
            faults.extend(question.read(fields, facts.today).err().unwrap_or_default());
        }
    }
    if faults.is_empty() { Ok(answers) } else { Err(faults) }
}

/// The same for a service by its key.
pub(crate) async fn read_for(
    here: &Here,
    key: &str,
    fields: &Fields,
) -> Result<Result<Answers, Vec<Fault>>, Problem> {
    let found = offered(here, key).await?.ok_or_else(Problem::not_found)?;
    Ok(read(&found.service, fields, &Facts::unknown(here.app.office.today())))
}

/// Answers as a form would send them again.
fn typed_again(service: &Service, answers: &Answers) -> Fields {
    let mut typed = Fields::new();
    for question in deciding(service) {
        if let Some(value) = answers.get(&question.key) {
            typed.extend(question.typed(value));
        }
    }
    typed
}

/// What to bring for a service: with the few questions that decide it.
pub async fn page(
    here: Here,
    Path((_, code, letter, key)): Path<(String, String, String, String)>,
    Query(of): Query<Of>,
) -> Response {
    let result = async {
        here.visitor.ensure(&here.app);
        let wanted = wanted(&here, (&code, &letter, &key)).await?;
        let answers = if of.appointment.is_empty() {
            answered(&here, &key)
        } else {
            let mut reading = here.app.office.db.reading().await?;
            let mut tx = reading.tx();
            match queue::appointment(&mut tx, &of.appointment).await? {
                Some(row) if row.service.as_deref() == Some(&key) => queue::answers_of(&mut tx, &row).await?,
                _ => None,
            }
        };
        let typed = answers.as_ref().map(|answers| typed_again(&wanted.found.service, answers));
        Ok(shown(&here, &wanted, answers.as_ref(), (&typed.unwrap_or_default(), &[])))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Takes the answers, and shows what whoever gave them needs. They stay with this visit to
/// the pages until a time is booked.
pub async fn asked(
    here: Here,
    Path((_, code, letter, key)): Path<(String, String, String, String)>,
    sent: Sent,
) -> Response {
    let result = async {
        let wanted = wanted(&here, (&code, &letter, &key)).await?;
        let facts = Facts::unknown(here.app.office.today());
        match read(&wanted.found.service, &sent.fields, &facts) {
            Ok(answers) => {
                let kept = (key.clone(), serde_json::json!(answers));
                here.visitor.keep(|session| session.prepared = Some(kept));
                Ok(shown(&here, &wanted, Some(&answers), (&sent.fields, &[])))
            }
            Err(faults) => Ok(shown(&here, &wanted, None, (&sent.fields, &faults))),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Keeps what this session answered with the appointment that it booked, as `who` did (a
/// kiosk) or as whoever holds its code. The appointment
/// stands without it too: what cannot be kept is asked again at the counter.
pub(crate) async fn keep_answers(here: &Here, code: &str, service: &str, (who, key): (Option<Who>, &str)) {
    let Some(answers) = answered(here, service) else { return };
    here.visitor.keep(|session| session.prepared = None);
    if answers.is_empty() {
        return;
    }
    let holder = who.unwrap_or_else(|| Who { channel: Channel::Online, ..Who::system("appointments") });
    let act = KeepAnswers { code: code.to_owned(), answers };
    if let Err(stop) = here.app.office.perform(&holder, &format!("{key}/answers"), act).await {
        tracing::warn!("the answers before an appointment were not kept: {stop}");
    }
}
