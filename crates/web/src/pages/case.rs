//! A sent case as its applicant sees it: where it stands, what comes next, the
//! document, and everything that happened.

use super::apply::{Opened, Row, add_file, answered_rows, open};
use super::home::words_of;
use super::kit::{FormBlock, fill_again};
use crate::fields::{Errors, Field, Opt};
use crate::frame::{Frame, Here, show};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::civil::State;
use diwan_domain::proxies::Deed;
use diwan_domain::refusals::Why;
use diwan_domain::services::{Question, QuestionKind, Service, StepKind};
use diwan_office::cases::{
    AnswerRequest, Appeal, Belongings, Withdraw, belongings, entry_is_revoked, may_do, money_of, standing,
};
use diwan_office::civil;
use diwan_office::documents::{self, grouped};
use diwan_office::inspection;
use diwan_office::rows::{CaseRow, DeclarationRow, DocumentRow, JournalRow};
use diwan_office::uploads::safe_name;

struct DocumentView {
    title: String,
    number: String,
    ready: bool,
    downloadable: bool,
    download: String,
    check: String,
    proof: String,
}

/// What the case declares to the civil register, and where that stands.
struct DeclarationView {
    number: String,
    state: String,
    /// The answers with the ways to change them, while the register waits for that.
    mendable: Vec<Row>,
}

#[derive(Template)]
#[template(path = "case.html")]
struct CasePage {
    frame: Frame,
    errors: Errors,
    panel_class: &'static str,
    number: String,
    status: String,
    next_steps: Vec<String>,
    declaration: Option<DeclarationView>,
    due: String,
    documents: Vec<DocumentView>,
    refusal: Vec<(String, String)>,
    forms: Vec<FormBlock>,
    receipts: Vec<(String, String)>,
    notes: Vec<(String, String)>,
    timeline: Vec<(String, String)>,
    here: String,
}

/// A case.
pub async fn case(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let opened = open(&here, &id).await?;
        if opened.case.phase == "draft" {
            return Ok(here.go(&format!("/cases/{id}/tasks")));
        }
        show_case(&here, &opened, Vec::new(), None).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The page; what was typed into the form of an action stands in it again.
pub(super) async fn show_case(
    here: &Here,
    opened: &Opened,
    errors: Errors,
    typed: Option<(&str, &Sent)>,
) -> Answer {
    let case = &opened.case;
    let (papers, things, timeline, declared) = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let papers = documents::of_case(&mut tx, case.id).await?;
        let mut things = belongings(&mut tx, case.id).await?;
        // Receipts are for whoever pays.
        let desk = here.app.office.desk(&here.visitor.who(), "look");
        let access = here.visitor.access(case.id);
        if !may_do(&mut tx, &desk, case, &access, Deed::Pay).await? {
            things.receipts.clear();
        }
        let timeline = inspection::timeline(&mut tx, "case", &case.id.to_string()).await?;
        let declared = civil::declaration_of_case(&mut tx, case.id).await?;
        (papers, things, timeline, declared)
    };
    let service = &opened.published.service;
    let words = words_of(here, service);
    let lang = &here.lang;
    let mut forms = forms(here, case, service, &things);
    forms.extend(super::rating::form(here, case).await?);
    if let Some((action, sent)) = typed {
        fill_again(&mut forms, &format!("/cases/{}/{action}", case.id), sent);
    }
    let page = CasePage {
        frame: here.frame(words.t("title")),
        panel_class: if case.phase == "refused" { "bad" } else { "" },
        number: case.number.clone(),
        status: lang.t_of("status-", &standing(case, service)),
        next_steps: next_steps(here, case, service),
        declaration: declared.map(|row| declaration_view(here, opened, &row)),
        due: due(here, case, service),
        documents: papers
            .iter()
            .map(|paper| document_view(here, case, paper, &words.t("document-title")))
            .collect(),
        refusal: refusal(here, case, service),
        forms,
        receipts: things
            .receipts
            .iter()
            .map(|receipt| (format!("/cases/{}/receipts/{}", case.id, receipt.id), receipt.number.clone()))
            .collect(),
        notes: notes(here, &things),
        timeline: timeline_rows(here, &timeline),
        here: format!("/cases/{}", case.id),
        errors,
    };
    let status = if page.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show(status, false, &page))
}

fn declaration_view(here: &Here, opened: &Opened, row: &DeclarationRow) -> DeclarationView {
    let given_back = row.state == State::Returned.code() && opened.case.phase == "waiting-for-applicant";
    let service = &opened.published.service;
    let rows = answered_rows(here, service, &opened.answers, &opened.facts, opened.case.id);
    DeclarationView {
        number: row.number.clone(),
        state: here
            .lang
            .t_of("case-declaration-", if entry_is_revoked(&opened.case) { "revoked" } else { &row.state }),
        mendable: rows.into_iter().flat_map(|(_, rows)| rows).filter(|_| given_back).collect(),
    }
}

fn next_steps(here: &Here, case: &CaseRow, service: &Service) -> Vec<String> {
    let standing = standing(case, service);
    let mut texts = vec![here.lang.t_of("next-", &standing)];
    if standing == "pay" {
        let owed = case.fee_minor_units - case.paid_minor_units;
        texts.push(here.lang.with("fee-to-pay", &[("amount", here.lang.money(money_of(case, owed)).into())]));
    }
    texts
}

/// The same promise for every case that is with the office, so that the date
/// does not tell what was found.
fn due(here: &Here, case: &CaseRow, service: &Service) -> String {
    let offset = here.app.office.settings.utc_offset_minutes;
    let with_office = matches!(standing(case, service).as_str(), "with-office" | "entry-revoked");
    if with_office {
        return service
            .steps
            .iter()
            .filter(|step| {
                matches!(
                    step.kind,
                    StepKind::RequestElsewhere | StepKind::Decide | StepKind::Search | StepKind::Register
                )
            })
            .filter_map(|step| step.deadline)
            .map(|span| span_words(here, span))
            .next_back()
            .unwrap_or_default();
    }
    case.due_at.map(|due| here.lang.last_day(due, offset)).unwrap_or_default()
}

fn span_words(here: &Here, span: diwan_domain::calendar::Span) -> String {
    use diwan_domain::calendar::Span;
    match span {
        Span::WorkingMinutes(n) => {
            here.lang.with("within-working-hours", &[("hours", i64::from(n / 60).into())])
        }
        Span::WorkingDays(n) => here.lang.with("within-working-days", &[("days", i64::from(n).into())]),
        Span::Days(n) => here.lang.with("within-days", &[("days", i64::from(n).into())]),
    }
}

fn document_view(here: &Here, case: &CaseRow, paper: &DocumentRow, title: &str) -> DocumentView {
    let ready = paper.file_hash.is_some();
    let code = grouped(&paper.check_code);
    DocumentView {
        title: title.to_owned(),
        number: paper.number.clone(),
        ready,
        downloadable: ready && paper.ended_at.is_none() && case.applicant_id.is_some(),
        download: format!("/cases/{}/documents/{}", case.id, paper.id),
        check: format!("/v/{code}?lang={}", here.lang.code),
        proof: format!("/v/{code}/proof"),
    }
}

fn refusal(here: &Here, case: &CaseRow, service: &Service) -> Vec<(String, String)> {
    let Some(reason) = case.reason.as_deref().filter(|_| case.phase == "refused") else { return Vec::new() };
    let words = words_of(here, service);
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let law = service.reason(reason).map(|reason| reason.law.clone()).unwrap_or_default();
    let days = service.reason(reason).map_or(0, |reason| i64::from(reason.appeal_days));
    let remedy = words.maybe_with(&format!("reason-{reason}-remedy"), &[("days", days.into())]);
    vec![
        (lang.t("refusal-reason"), words.t(&format!("reason-{reason}"))),
        (lang.t("refusal-words"), case.reason_text.clone().unwrap_or_default()),
        (lang.t("refusal-law"), law),
        (lang.t("refusal-remedy"), remedy.unwrap_or_default()),
        (
            lang.t("refusal-appeal-until"),
            case.appeal_until.map(|at| lang.last_day(at, offset)).unwrap_or_default(),
        ),
    ]
}

/// Which question a file answers that comes with the answer to a request: the one that
/// was asked about, or the first that takes files. Where none does, none is asked for.
fn file_question<'s>(service: &'s Service, asked: &str) -> Option<&'s Question> {
    let takes_files = |question: &&Question| question.kind == QuestionKind::File;
    service.question(asked).filter(takes_files).or_else(|| service.questions.iter().find(takes_files))
}

fn forms(here: &Here, case: &CaseRow, service: &Service, things: &Belongings) -> Vec<FormBlock> {
    let lang = &here.lang;
    let mut forms = Vec::new();
    if case.phase == "waiting-for-applicant" {
        for request in things.requests.iter().filter(|request| request.answered_at.is_none()) {
            let mut fields = vec![Field::area("answer", lang.t("your-answer"))];
            if file_question(service, &request.question).is_some() {
                let mut file = Field::line("files", lang.t("answer-files")).optional();
                file.shape = crate::fields::Shape::Files;
                fields.push(file);
            }
            let mut form = FormBlock::new(
                lang.t("answer-needed"),
                format!("/cases/{}/requests/{}", case.id, request.id),
                fields,
                lang.t("send-answer"),
            );
            form.intro = vec![request.words.clone()];
            form.hidden = vec![("question".into(), request.question.clone())];
            forms.push(form);
        }
    }
    let may_appeal = case.phase == "refused"
        && case.first_decider.is_none()
        && case.appeal_until.is_some_and(|until| until >= here.app.office.now());
    if may_appeal {
        let fields = vec![Field::area("words", lang.t("appeal-words"))];
        let mut form = FormBlock::new(
            lang.t("appeal"),
            format!("/cases/{}/appeal", case.id),
            fields,
            lang.t("appeal-send"),
        );
        form.intro = vec![lang.t("appeal-lead")];
        forms.push(form);
    }
    if matches!(case.phase.as_str(), "in-progress" | "waiting-for-applicant") {
        let sure = Opt { value: "yes".into(), label: lang.t("withdraw-sure"), ..Opt::default() };
        let mut field = Field::choice("sure", lang.t("withdraw-lead"), vec![sure]);
        field.shape = crate::fields::Shape::Checks;
        let mut form = FormBlock::new(
            lang.t("withdraw"),
            format!("/cases/{}/withdraw", case.id),
            vec![field],
            lang.t("withdraw"),
        );
        form.button_class = "btn warn";
        forms.push(form);
    }
    forms
}

/// What officers wrote to the applicant, oldest first.
#[must_use]
pub fn notes(here: &Here, things: &Belongings) -> Vec<(String, String)> {
    let offset = here.app.office.settings.utc_offset_minutes;
    let written = things.messages.iter().filter(|message| message.channel == "page");
    written
        .filter_map(|message| {
            let words: serde_json::Value = serde_json::from_str(&message.words).ok()?;
            Some((here.lang.moment(message.at, offset), words["text"].as_str()?.to_owned()))
        })
        .collect()
}

/// What happened, in words; what only officers need to know is left out.
#[must_use]
pub fn timeline_rows(here: &Here, entries: &[JournalRow]) -> Vec<(String, String)> {
    let offset = here.app.office.settings.utc_offset_minutes;
    entries
        .iter()
        .filter(|entry| {
            !matches!(entry.kind.as_str(), "answer-saved" | "register-looked-up" | "language-set")
        })
        .map(|entry| {
            // What a rule decides within the applicant's own act is not the applicant's doing.
            let of_itself = matches!(entry.kind.as_str(), "case-approved-by-rule" | "document-intended");
            let by = here.lang.t_of("by-", if of_itself { "system" } else { &entry.actor_kind });
            (here.lang.moment(entry.at, offset), format!("{} – {by}", here.lang.t_of("entry-", &entry.kind)))
        })
        .collect()
}

/// Answers the one thing more that an officer asked for.
pub async fn answer_request(
    here: Here,
    Path((_, id, request)): Path<(String, String, String)>,
    sent: Sent,
) -> Response {
    let result = async {
        let opened = open(&here, &id).await?;
        let action = format!("requests/{request}");
        let request = request.parse().map_err(|_| Problem::not_found())?;
        if let Some(question) = file_question(&opened.published.service, &sent.text("question")) {
            for (n, file) in sent.files.iter().enumerate() {
                let key = format!("{}/{n}", sent.key);
                let added = add_file(&here, opened.case.id, question, file, &key).await;
                // The words beside a file that is not taken are not lost with it.
                match added {
                    Err(problem) if problem.code().starts_with("file/") => {
                        let why = problem.refusal.as_ref().map(|why| here.lang.help(why));
                        let errors = vec![("files".to_owned(), why.unwrap_or_default())];
                        return show_case(&here, &opened, errors, Some((action.as_str(), &sent))).await;
                    }
                    added => added?,
                }
            }
        }
        // A file that was asked for is an answer, also without a word beside it.
        let files = sent.files.iter().map(|file| safe_name(&file.name)).collect::<Vec<_>>().join(", ");
        let words = Some(sent.text("answer")).filter(|words| !words.is_empty()).unwrap_or(files);
        let access = here.visitor.access(opened.case.id);
        let act = AnswerRequest { case: opened.case.id, access, request, answer: words };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(()) => Ok(here.go(&format!("/cases/{id}"))),
            Err(problem) if problem.code() == Why::AnswersIncomplete.code() => {
                let errors = vec![("answer".to_owned(), here.lang.t("answer-empty"))];
                show_case(&here, &opened, errors, Some((action.as_str(), &sent))).await
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Appeals a refusal.
pub async fn appeal(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let opened = open(&here, &id).await?;
        let act = Appeal {
            case: opened.case.id,
            access: here.visitor.access(opened.case.id),
            words: sent.text("words"),
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(()) => Ok(here.go(&format!("/cases/{id}"))),
            Err(problem) if problem.code() == Why::ReasonMissing.code() => {
                let errors = vec![("words".to_owned(), here.lang.t("answer-empty"))];
                show_case(&here, &opened, errors, None).await
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Takes a case back, when the box was ticked.
pub async fn withdraw(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let opened = open(&here, &id).await?;
        if sent.text("sure") != "yes" {
            let errors = vec![("sure-0".to_owned(), here.lang.t("withdraw-tick"))];
            return show_case(&here, &opened, errors, None).await;
        }
        let act = Withdraw { case: opened.case.id, access: here.visitor.access(opened.case.id) };
        here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
        Ok(here.go(&format!("/cases/{id}")))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
