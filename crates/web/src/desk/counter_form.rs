//! Every question on one page, for an officer who types what someone says. The
//! same questions, the same checks, the same acts as one question per page.

use super::{DeskList, at_desk};
use crate::fields::{Drawing, Field, Shape};
use crate::frame::{Here, show};
use crate::pages::apply::{Opened, open};
use crate::pages::kit::FormBlock;
use crate::refused::{Answer, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::response::Response;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_domain::services::{Fault, Fields, Question, QuestionKind, asked};
use diwan_office::cases::SaveAnswer;

/// Questions that stand on the one page. Files and people from the register are
/// asked on their own pages; a group that repeats too.
fn here_and_now(question: &Question) -> bool {
    !matches!(question.kind, QuestionKind::File | QuestionKind::Person | QuestionKind::Group)
}

/// Every question that is asked now.
pub async fn page(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = form_page(&here, &id, None, &[]).await;
    answer(&here, result)
}

async fn form_page(here: &Here, id: &str, sent: Option<&Fields>, faults: &[Fault]) -> Answer {
    let desk = at_desk(here, Some(Permission::AssistCases)).await?;
    let opened = open(here, id).await?;
    if opened.case.phase != "draft" {
        return Ok(here.go(&format!("/desk/counter/cases/{id}")));
    }
    let (lang, service) = (&here.lang, &opened.published.service);
    let words = here.app.words.of_service(lang, service);
    let mut typed = Fields::new();
    for question in &service.questions {
        let kept = opened.answers.get(&question.key).map(|value| question.typed(value));
        typed.extend(kept.unwrap_or_default());
    }
    typed.extend(sent.cloned().unwrap_or_default());
    let drawing = Drawing { lang, words: &words, typed: &typed, faults, people: &[] };
    let questions = asked(service, &opened.answers, &opened.facts);
    let mut fields: Vec<Field> =
        questions.iter().filter(|question| here_and_now(question)).map(|q| drawing.question(q)).collect();
    let first = fields.iter().position(|field| !is_filled(field, &typed)).unwrap_or(0);
    if faults.is_empty()
        && let Some(field) = fields.get_mut(first)
    {
        *field = field.clone().focused();
    }
    let mut page = DeskList::new(here, &desk, format!("{} {}", words.t("title"), opened.case.number)).await?;
    page.back = format!("/desk/counter/cases/{id}");
    let action = format!("/desk/counter/cases/{id}/form");
    page.forms = vec![FormBlock::new(String::new(), action, fields, lang.t("go-on"))];
    page.links = questions
        .iter()
        .filter(|question| !here_and_now(question))
        .map(|question| {
            let label = words.maybe(&format!("question-{}", question.key)).unwrap_or_default();
            (format!("/{}/cases/{id}/questions/{}", lang.code, question.key), label)
        })
        .collect();
    Ok(show(page.status(), false, &page))
}

fn is_filled(field: &Field, typed: &Fields) -> bool {
    let own = |name: &str| typed.get(name).is_some_and(|values| values.iter().any(|v| !v.is_empty()));
    match field.shape {
        Shape::Set | Shape::Date => field.fields.iter().any(|part| own(&part.name)),
        _ => own(&field.name),
    }
}

/// Keeps every answer that fits; what does not comes back with what was typed.
/// Answers may bring further questions: the page comes again with those.
pub async fn sent(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = keep(&here, &id, &sent).await;
    answer(&here, result)
}

async fn keep(here: &Here, id: &str, sent: &Sent) -> Answer {
    at_desk(here, Some(Permission::AssistCases)).await?;
    let opened = open(here, id).await?;
    if opened.case.phase != "draft" {
        return Err(Why::WrongPhase.into());
    }
    let shown = shown_keys(&opened);
    let mut faults = Vec::new();
    for key in &shown {
        let now = open(here, id).await?;
        let Some(question) = question_now(&now, key) else { continue };
        match question.read(&sent.fields, now.facts.today) {
            Ok(value) if now.answers.get(key) == Some(&value) => {}
            Ok(value) => {
                let access = here.visitor.access(now.case.id);
                let act = SaveAnswer { case: now.case.id, access, question: key.clone(), value };
                here.app.office.perform(&here.visitor.who(), &format!("{}/{key}", sent.key), act).await?;
            }
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        return form_page(here, id, Some(&sent.fields), &faults).await;
    }
    let now = open(here, id).await?;
    let more = shown_keys(&now).iter().any(|key| !shown.contains(key));
    let place = if more { format!("/desk/counter/cases/{id}/form") } else { format!("/cases/{id}/next") };
    Ok(here.go(&place))
}

fn shown_keys(opened: &Opened) -> Vec<String> {
    asked(&opened.published.service, &opened.answers, &opened.facts)
        .into_iter()
        .filter(|question| here_and_now(question))
        .map(|question| question.key.clone())
        .collect()
}

fn question_now<'o>(opened: &'o Opened, key: &str) -> Option<&'o Question> {
    asked(&opened.published.service, &opened.answers, &opened.facts)
        .into_iter()
        .find(|question| question.key == key)
}
