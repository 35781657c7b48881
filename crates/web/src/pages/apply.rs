//! The journey: begin, one question per page, the task list, check your
//! answers, send.

use super::home::words_of;
use super::kit::FormPage;
use crate::civil_words;
use crate::fields::{Drawing, Field, one_less, one_more, pieces, summary};
use crate::frame::{Frame, Here, show};
use crate::refused::{Answer, Problem, answer};
use crate::sent::{Sent, SentFile};
use crate::uploads::{self, Incoming};
use crate::words::Arg;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::acts::Actor;
use diwan_domain::ids::{CaseId, PersonId};
use diwan_domain::proxies::Deed;
use diwan_domain::refusals::Why;
use diwan_domain::services::{
    Answers, Facts, Fields, Question, QuestionKind, Service, TaskStatus, asked, fees_owed, is_complete,
    next_unanswered, tasks, turned_away,
};
use diwan_office::cases::{self, BeginCase, RemoveUpload, SaveAnswer, SendCase};
use diwan_office::catalogue::Published;
use diwan_office::civil::FindPeople;
use diwan_office::rows::CaseRow;
use std::sync::Arc;

/// A case as its applicant may see it.
pub struct Opened {
    /// The case.
    pub case: CaseRow,
    /// Its service.
    pub published: Arc<Published>,
    /// Its answers.
    pub answers: Answers,
    /// What rules may look at.
    pub facts: Facts,
}

/// Opens a case for whoever visits.
///
/// # Errors
/// Not found, when there is none they may know of.
pub async fn open(here: &Here, id: &str) -> Result<Opened, Problem> {
    open_for(here, id, Deed::Follow).await
}

/// The same, for more than a look.
///
/// # Errors
/// Not found, when there is none they may know of; refused, when they may look and no more.
pub async fn open_for(here: &Here, id: &str, deed: Deed) -> Result<Opened, Problem> {
    let id: CaseId = id.parse().map_err(|_| Problem::not_found())?;
    let office = &here.app.office;
    let desk = office.desk(&here.visitor.who(), "look");
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let case = cases::open_for(&mut tx, &desk, id, &here.visitor.access(id), deed).await?;
    let published = cases::definition(&mut tx, &case).await?;
    let facts = cases::facts_of(&mut tx, &desk, &case).await?;
    let answers = cases::answers(&case);
    Ok(Opened { case, published, answers, facts })
}

/// Begins a case.
pub async fn begin(here: Here, Path((_, key)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let act = BeginCase { service: key, language: here.lang.code.clone() };
        let begun = here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
        let first = here.visitor.kept().cases.is_empty();
        // What is begun for another is opened by their consent, not by this cookie.
        if begun.key.is_empty() {
            return Ok(here.go(&format!("/cases/{}/next", begun.case)));
        }
        here.visitor.keep(|kept| {
            kept.cases.insert(begun.case.to_string(), begun.key.clone());
        });
        // From now on the cookie opens something.
        if first {
            here.visitor.renew_token(&here.app).await?;
        }
        Ok(here.go(&format!("/cases/{}/next", begun.case)))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Goes to the first open question, or to the check page.
pub async fn next(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let opened = open(&here, &id).await?;
        let next = next_unanswered(&opened.published.service, &opened.answers, &opened.facts);
        Ok(match next {
            Some(question) => here.go(&format!("/cases/{id}/questions/{}", question.key)),
            None if opened.case.phase == "draft" => here.go(&format!("/cases/{id}/check")),
            None => here.go(&format!("/cases/{id}")),
        })
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Shows one question.
pub async fn question(here: Here, Path((_, id, key)): Path<(String, String, String)>) -> Response {
    let result = async {
        let opened = answerable(&here, &id).await?;
        let question = asked_question(&opened, &key)?;
        let typed = opened.answers.get(&key).map(|value| question.typed(value)).unwrap_or_default();
        let people = people_of(&here, &opened, question, &typed).await?;
        if people.is_empty() && names_people(question) && here.visitor.officer().is_none() {
            let back = format!("/{}/cases/{id}/questions/{key}", here.lang.code);
            here.visitor.keep(|kept| kept.return_to = Some(back));
        }
        Ok(question_page(&here, &opened, question, &typed, &[], &people).show())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn draft(here: &Here, id: &str) -> Result<Opened, Problem> {
    let opened = open(here, id).await?;
    if opened.case.phase == "draft" { Ok(opened) } else { Err(Why::WrongPhase.into()) }
}

/// A draft; or a case that declares, while the register waits for the applicant to
/// mend it. Whether it does is asked again when an answer is kept.
async fn answerable(here: &Here, id: &str) -> Result<Opened, Problem> {
    let opened = open(here, id).await?;
    let mends = opened.case.phase == "waiting-for-applicant" && opened.published.service.declares.is_some();
    if mends || opened.case.phase == "draft" { Ok(opened) } else { Err(Why::WrongPhase.into()) }
}

fn asked_question<'o>(opened: &'o Opened, key: &str) -> Result<&'o Question, Problem> {
    asked(&opened.published.service, &opened.answers, &opened.facts)
        .into_iter()
        .find(|question| question.key == key)
        .ok_or_else(Problem::not_found)
}

fn question_page(
    here: &Here,
    opened: &Opened,
    question: &Question,
    typed: &Fields,
    faults: &[diwan_domain::services::Fault],
    people: &[(String, String)],
) -> FormPage {
    let service = &opened.published.service;
    let words = words_of(here, service);
    let drawing = Drawing { lang: &here.lang, words: &words, typed, faults, people };
    let mut field = drawing.question(question);
    field.heading = true;
    field.pictogram = question.pictogram.as_deref().map(crate::assets::icon).unwrap_or_default();
    if question.audio.contains_key(here.lang.source()) {
        field.audio = format!(
            "/{}/services/{}/{}/audio/{}",
            here.lang.code, service.key, opened.case.edition, question.key
        );
    }
    let asked = asked(service, &opened.answers, &opened.facts);
    let place = asked.iter().position(|other| other.key == question.key).unwrap_or(0);
    let back = match place {
        _ if opened.case.phase != "draft" => format!("/cases/{}", opened.case.id),
        0 => format!("/cases/{}/tasks", opened.case.id),
        _ => format!("/cases/{}/questions/{}", opened.case.id, asked[place - 1].key),
    };
    let action = format!("/cases/{}/questions/{}", opened.case.id, question.key);
    let title = field.label.clone();
    let mut page = FormPage::new(here, title, &action, vec![field], here.lang.t("go-on"));
    page.errors = summary(&drawing, question);
    page.heading = String::new();
    page.back = back;
    page.caption = here.lang.with(
        "step-of",
        &[("service", words.t("title").into()), ("step", (place + 1).into()), ("steps", asked.len().into())],
    );
    let help: [(&str, Arg); 2] = [
        ("phone", here.lang.digits(&here.app.brand.help_phone).into()),
        ("number", opened.case.number.clone().into()),
    ];
    page.help = here.lang.with("help-continue", &help);
    page.help_number.clone_from(&opened.case.number);
    page.files = question.kind == QuestionKind::File;
    if names_people(question) {
        name_someone(here, &mut page, people);
    }
    page
}

fn names_people(question: &Question) -> bool {
    question.kind == QuestionKind::Person
        || question.children.iter().any(|child| child.kind == QuestionKind::Person)
}

/// The ways to someone who is not listed: an officer searches, an applicant
/// shows first who they are.
fn name_someone(here: &Here, page: &mut FormPage, people: &[(String, String)]) {
    let lang = &here.lang;
    if here.visitor.officer().is_some() {
        let find = Field::line("find", lang.t("person-find")).hint(lang.t("find-person-hint")).optional();
        page.fields.push(find);
    } else if people.is_empty() {
        page.intro.push(lang.t("person-sign-in"));
        if here.app.identity.is_some() {
            page.links.push(("/sign-in/wallet".into(), lang.t("sign-in-wallet")));
        }
    } else {
        page.intro.push(lang.t("person-family"));
    }
}

/// Whom this question may name: who needs no search, and who is named already.
async fn people_of(
    here: &Here,
    opened: &Opened,
    question: &Question,
    typed: &Fields,
) -> Result<Vec<(String, String)>, Problem> {
    if !names_people(question) {
        return Ok(Vec::new());
    }
    let at = here.app.office.desk(&here.visitor.who(), "look");
    let mut reading = here.app.office.db.reading().await?;
    let near = cases::nameable(&mut reading.tx(), &at, &opened.case).await?;
    let mut people: Vec<(String, String)> =
        near.into_iter().map(|one| (one.person.to_string(), one.name)).collect();
    // Named before, by a search: shown again with the name that was kept.
    for kept in
        typed.values().flatten().filter_map(|text| serde_json::from_str::<serde_json::Value>(text).ok())
    {
        if let (Some(id), Some(name)) = (kept["id"].as_str(), kept["name"].as_str())
            && people.iter().all(|(known, _)| known != id)
        {
            people.push((id.to_owned(), name.to_owned()));
        }
    }
    if here.visitor.officer().is_some() {
        for id in typed.values().flatten().filter_map(|text| text.parse::<PersonId>().ok()) {
            let known = cases::named(&mut reading.tx(), id).await?;
            people.extend(known.map(|known| (known.person.to_string(), known.name)));
        }
        people.dedup();
    }
    Ok(people)
}

/// What a form sent, with the people it names in the shape that answers have.
fn with_people(question: &Question, fields: &Fields) -> Fields {
    let mut fields = fields.clone();
    let named = |name: &str| {
        question.kind == QuestionKind::Person && name == question.key
            || question
                .children
                .iter()
                .any(|child| child.kind == QuestionKind::Person && name.ends_with(&format!("-{}", child.key)))
    };
    for (_, values) in fields.iter_mut().filter(|(name, _)| named(name)) {
        for value in values.iter_mut().filter(|value| value.parse::<PersonId>().is_ok()) {
            *value = serde_json::json!({ "id": value.as_str() }).to_string();
        }
    }
    fields
}

/// Keeps one answer and goes on. What was typed is shown again when it does
/// not fit.
pub async fn answered(
    here: Here,
    Path((_, id, key)): Path<(String, String, String)>,
    sent: Sent,
) -> Response {
    let result = keep_answer(&here, &id, &key, sent).await;
    answer(&here, result)
}

async fn keep_answer(here: &Here, id: &str, key: &str, sent: Sent) -> Answer {
    let opened = answerable(here, id).await?;
    let question = asked_question(&opened, key)?;
    if question.kind == QuestionKind::File {
        return keep_files(here, &opened, question, sent).await;
    }
    let mut people = people_of(here, &opened, question, &sent.fields).await?;
    if let Some(again) = once_more(here, question, &sent, &mut people).await? {
        return Ok(question_page(here, &opened, question, &again, &[], &people).show());
    }
    let value = match question.read(&with_people(question, &sent.fields), opened.facts.today) {
        Ok(value) => value,
        Err(faults) => {
            return Ok(question_page(here, &opened, question, &sent.fields, &faults, &people).show());
        }
    };
    match save(here, &opened, key, value, &sent.key).await {
        Ok(()) => Ok(after(here, id, &sent)),
        Err(problem) => undeclarable(here, &opened, problem, Some((question, &sent.fields))),
    }
}

/// Whether the same page comes again with what was typed: one more repetition,
/// one less, or the people an officer searched for.
async fn once_more(
    here: &Here,
    question: &Question,
    sent: &Sent,
    people: &mut Vec<(String, String)>,
) -> Result<Option<Fields>, Problem> {
    if question.kind == QuestionKind::Group {
        if sent.some("more").is_some() {
            return Ok(Some(one_more(question, &sent.fields)));
        }
        if let Some(gone) = sent.id("less") {
            return Ok(Some(one_less(question, &sent.fields, gone)));
        }
    }
    let Some(wanted) = sent.some("find").filter(|_| names_people(question)) else { return Ok(None) };
    let act = FindPeople::new(wanted, "named in an answer");
    let found = here.app.office.perform(&here.visitor.who(), &format!("{}/f", sent.key), act).await?;
    let mut reading = here.app.office.db.reading().await?;
    for person in found {
        let known = cases::named(&mut reading.tx(), person).await?;
        if let Some(known) =
            known.filter(|known| people.iter().all(|(id, _)| *id != known.person.to_string()))
        {
            people.push((known.person.to_string(), known.name));
        }
    }
    Ok(Some(sent.fields.clone()))
}

/// Shows the question whose answer contradicts another, with what the register's form
/// says is wrong and what was typed. Any other refusal stays one.
fn undeclarable(
    here: &Here,
    opened: &Opened,
    problem: Problem,
    typed: Option<(&Question, &Fields)>,
) -> Answer {
    let about = problem.refusal.as_ref().map(|refusal| refusal.about.clone()).unwrap_or_default();
    let (service, declares) = (&opened.published.service, &opened.published.service.declares);
    let question = about.get("question").and_then(|key| service.question(key));
    let (Some(question), Some(code), Some(declares)) = (question, about.get("fault"), declares) else {
        return Err(problem);
    };
    let typed = match typed {
        Some((asked, fields)) if asked.key == question.key => fields.clone(),
        _ => opened.answers.get(&question.key).map(|value| question.typed(value)).unwrap_or_default(),
    };
    let mut page = question_page(here, opened, question, &typed, &[], &[]);
    let text = civil_words::fault(&here.lang, declares.event, declares.field_of(&question.key), code);
    page.errors = vec![(question.fields().into_iter().next().unwrap_or_default(), text.clone())];
    page.fields[0].error = text;
    Ok(page.show())
}

async fn save(
    here: &Here,
    opened: &Opened,
    key: &str,
    value: serde_json::Value,
    form: &str,
) -> Result<(), Problem> {
    let access = here.visitor.access(opened.case.id);
    let act = SaveAnswer { case: opened.case.id, access, question: key.to_owned(), value };
    here.app.office.perform(&here.visitor.who(), form, act).await?;
    Ok(())
}

/// Back to the check page when the answer was changed from there.
fn after(here: &Here, id: &str, sent: &Sent) -> Response {
    match sent.text("return").as_str() {
        "check" => here.go(&format!("/cases/{id}/check")),
        _ => here.go(&format!("/cases/{id}/next")),
    }
}

async fn keep_files(here: &Here, opened: &Opened, question: &Question, sent: Sent) -> Answer {
    let (id, office) = (opened.case.id, &here.app.office);
    let here_again = format!("/cases/{id}/questions/{}", question.key);
    if let Some(upload) = sent.id("remove") {
        let act = RemoveUpload { case: id, access: here.visitor.access(id), upload };
        office.perform(&here.visitor.who(), &sent.key, act).await?;
        return Ok(here.go(&here_again));
    }
    // An empty file is no answer: whoever chose it believes that it was sent.
    let says_empty = |name: &String| here.lang.with("upload-empty", &[("name", Arg::from(name.as_str()))]);
    let mut faults: Vec<String> = sent.blank.iter().map(says_empty).collect();
    for (n, file) in sent.files.iter().enumerate() {
        if let Err(problem) = add_file(here, id, question, file, &format!("{}/{n}", sent.key)).await {
            let Some(refusal) = problem.refusal.clone() else { return Err(problem) };
            let most = question.uploads.max_files.to_string();
            let args = [("name", Arg::from(file.name.as_str())), ("max", Arg::from(most.as_str()))];
            faults.push(here.lang.with_of("refusal-help-", refusal.why.code(), &args));
        }
    }
    if !faults.is_empty() {
        let fresh = open(here, &id.to_string()).await?;
        let typed = fresh.answers.get(&question.key).map(|value| question.typed(value)).unwrap_or_default();
        let mut page = question_page(here, &fresh, question, &typed, &[], &[]);
        page.errors = faults.into_iter().map(|text| (question.key.clone(), text)).collect();
        page.fields[0].error.clone_from(&page.errors[0].1);
        return Ok(page.show());
    }
    if sent.files.is_empty() {
        let known = opened.answers.get(&question.key).is_some_and(|value| !value.is_null());
        if !known && question.required {
            let missing =
                question.check(&serde_json::Value::Null, opened.facts.today).err().unwrap_or_default();
            return Ok(question_page(here, opened, question, &Fields::new(), &missing, &[]).show());
        }
        if !known {
            save(here, opened, &question.key, serde_json::Value::Null, &sent.key).await?;
        }
        return Ok(here.go(&format!("/cases/{id}/next")));
    }
    Ok(here.go(&here_again))
}

/// Cleans a file, makes its bytes durable, and names it in the case.
///
/// # Errors
/// When it is too large or of a kind that is not accepted.
pub async fn add_file(
    here: &Here,
    case: CaseId,
    question: &Question,
    file: &SentFile,
    key: &str,
) -> Result<(), Problem> {
    let file = Incoming {
        case,
        access: here.visitor.access(case),
        question,
        name: &file.name,
        bytes: file.bytes.clone(),
    };
    uploads::keep(&here.app, &here.visitor.who(), key, file).await?;
    Ok(())
}

struct TaskRow {
    name: String,
    path: String,
    status: String,
    class: &'static str,
}

#[derive(Template)]
#[template(path = "tasks.html")]
struct TaskList {
    frame: Frame,
    back: String,
    number: String,
    tasks: Vec<TaskRow>,
    next: String,
}

/// The task list of a draft.
pub async fn task_list(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let opened = draft(&here, &id).await?;
        let service = &opened.published.service;
        let words = words_of(&here, service);
        let rows = tasks(service, &opened.answers, &opened.facts).into_iter().map(|task| {
            let first = task.questions.first().map(|question| question.key.clone());
            let class = match task.status {
                TaskStatus::Done => "done",
                TaskStatus::InProgress => "wait",
                TaskStatus::NotStarted | TaskStatus::CannotStartYet => "",
            };
            let code = serde_json::json!(task.status).as_str().unwrap_or_default().to_owned();
            TaskRow {
                name: words.t(&format!("group-{}", task.group)),
                path: first.map(|key| format!("/cases/{id}/questions/{key}")).unwrap_or_default(),
                status: here.lang.t_of("task-", &code),
                class,
            }
        });
        let page = TaskList {
            frame: here.frame(words.t("title")),
            back: format!("/services/{}", service.key),
            number: opened.case.number.clone(),
            tasks: rows.collect(),
            next: format!("/cases/{id}/next"),
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// One answer with the way to change it.
pub struct Row {
    /// What was asked.
    pub label: String,
    /// What was answered.
    pub values: Vec<(String, bool)>,
    /// Where it is changed.
    pub change: String,
}

/// The answers of a case in their groups.
#[must_use]
pub fn answered_rows(
    here: &Here,
    service: &Service,
    answers: &Answers,
    facts: &Facts,
    case: CaseId,
) -> Vec<(String, Vec<Row>)> {
    let words = words_of(here, service);
    let asked = asked(service, answers, facts);
    let row = |question: &&Question| Row {
        label: words.maybe(&format!("question-{}", question.key)).unwrap_or_default(),
        values: answers
            .get(&question.key)
            .map(|value| pieces(&here.lang, &words, &question.show(value)))
            .unwrap_or_default(),
        change: format!("/cases/{case}/questions/{}", question.key),
    };
    service
        .groups
        .iter()
        .map(|group| {
            let rows: Vec<Row> =
                asked.iter().filter(|question| question.group == group.key).map(row).collect();
            (words.t(&format!("group-{}", group.key)), rows)
        })
        .filter(|(_, rows)| !rows.is_empty())
        .collect()
}

#[derive(Template)]
#[template(path = "check.html")]
struct CheckAnswers {
    frame: Frame,
    caption: String,
    turned_away: Vec<String>,
    groups: Vec<(String, Vec<Row>)>,
    fee: String,
    complete: bool,
    action: String,
    next: String,
    paper: String,
}

/// The applicant checks every answer before sending.
pub async fn check(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let opened = draft(&here, &id).await?;
        let service = &opened.published.service;
        let words = words_of(&here, service);
        let fee = match fees_owed(service, &opened.answers, &opened.facts) {
            Ok(bill) if bill.total.is_zero() => here.lang.t("fee-none"),
            Ok(bill) => here.lang.money(bill.total),
            Err(_) => here.lang.t("fee-by-officer"),
        };
        let away = turned_away(service, &opened.answers, &opened.facts).unwrap_or_default();
        let mut turned_away: Vec<String> = Vec::new();
        if !away.is_empty() {
            turned_away.extend(words.maybe("not-entitled"));
            turned_away.extend(away.iter().map(|key| words.t(&format!("relation-{key}"))));
        }
        let page = CheckAnswers {
            frame: here.frame(here.lang.t("check-answers")),
            caption: words.t("title"),
            turned_away,
            groups: answered_rows(&here, service, &opened.answers, &opened.facts, opened.case.id),
            fee,
            complete: is_complete(service, &opened.answers, &opened.facts),
            action: format!("/cases/{id}/send"),
            next: format!("/cases/{id}/next"),
            paper: format!("/cases/{id}/paper"),
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Sends a finished draft; asks to sign in first, and comes back.
pub async fn send(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let opened = open(&here, &id).await?;
        let who = here.visitor.who();
        if matches!(who.actor, Actor::Stranger(_)) {
            let back = format!("/{}/cases/{id}/check", here.lang.code);
            let phone = opened.answers.get("phone").and_then(|value| value.as_str()).map(str::to_owned);
            here.visitor.keep(|kept| {
                kept.return_to = Some(back);
                kept.address = phone.or(kept.address.take());
            });
            return Ok(here.go("/sign-in"));
        }
        let act = SendCase { case: opened.case.id, access: here.visitor.access(opened.case.id) };
        if let Err(problem) = here.app.office.perform(&who, &sent.key, act).await.map_err(Problem::from) {
            return undeclarable(&here, &opened, problem, None);
        }
        let staff = matches!(who.actor, Actor::Officer(_));
        let place = if staff { "/desk/counter/cases/" } else { "/cases/" };
        Ok(here.go(&format!("{place}{id}")))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
