//! Checking a paper: the status is read on every request, and the page shows
//! only what whoever holds the paper already sees.

use super::kit::{FormPage, TextPage};
use crate::fields::{Field, Shape};
use crate::frame::{Frame, Here, show};
use crate::papers;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use bytes::Bytes;
use diwan_office::documents::{self, HandedIn, check_code_from, grouped};
use diwan_office::{inspection, units};
use serde::Deserialize;

struct Row {
    label: String,
    values: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "verify.html")]
struct Verify {
    frame: Frame,
    verdict_class: &'static str,
    verdict_icon: &'static str,
    line: String,
    kind: String,
    number: String,
    rows: Vec<Row>,
    log_line: String,
    proof: String,
    /// What to do where nothing can be compared.
    help: String,
}

/// The language asked for on an address without one.
#[derive(Deserialize)]
pub struct Wanted {
    lang: Option<String>,
}

/// The permanent address on the paper: leads to the reader's language.
pub async fn short(
    State(app): State<crate::App>,
    Path(code): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let asked = wanted.lang.and_then(|code| app.words.language(&code));
    let lang = asked.unwrap_or_else(|| app.words.best_for(header));
    Redirect::to(&format!("/{}/check/{}", lang.code, grouped(&check_code_from(&code)))).into_response()
}

/// Where a code is typed.
pub async fn ask(here: Here) -> Response {
    let result = async {
        here.visitor.ensure(&here.app);
        Ok(ask_page(&here, "", "", "").show())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn ask_page(here: &Here, typed: &str, error: &str, file_error: &str) -> FormPage {
    let lang = &here.lang;
    let field = Field::line("code", lang.t("check-code"))
        .hint(lang.t("check-code-hint"))
        .filled(typed)
        .wrong(error)
        .ltr("text", "", "w-full");
    let file = Field::line("file", lang.t("check-file")).hint(lang.t("check-file-hint")).wrong(file_error);
    let fields = vec![field, Field { shape: Shape::Files, ..file }];
    let mut page = FormPage::new(here, lang.t("nav-check"), "/check", fields, lang.t("check-now"));
    page.back = "/".into();
    page.links = vec![("/check/without".into(), lang.t("verify-without"))];
    page
}

/// Takes a typed code to its page, or looks at a file.
pub async fn asked(here: Here, sent: Sent) -> Response {
    let typed = sent.text("code");
    if let Some(file) = sent.files.into_iter().next() {
        let result = show_file(&here, &typed, file.bytes).await;
        return answer(&here, result);
    }
    if !sent.blank.is_empty() {
        return ask_page(&here, &typed, "", &here.lang.t("check-file-wrong")).show();
    }
    let code = check_code_from(typed.rsplit('/').next().unwrap_or(&typed));
    if code.len() != 26 {
        return ask_page(&here, &typed, &here.lang.t("check-code-wrong"), "").show();
    }
    here.go(&format!("/check/{}", grouped(&code)))
}

/// The verdict on a file: of a paper that is known, how it stands; of any other, what its seal says.
async fn show_file(here: &Here, typed: &str, bytes: Bytes) -> Answer {
    let (lang, office) = (&here.lang, &here.app.office);
    let found = documents::look_at(office, bytes).await?;
    if let Some(document) = found.document() {
        return show_verdict(here, &document.check_code, &lang.t_of("verify-file-", found.code())).await;
    }
    let offset = office.settings.utc_offset_minutes;
    let help = match &found {
        HandedIn::NotPdf => return Ok(ask_page(here, typed, "", &lang.t("check-file-wrong")).show()),
        HandedIn::Unknown { signer, at } => {
            let at = lang.moment(at.as_microsecond(), offset);
            lang.with("verify-file-unknown", &[("signer", signer.clone().into()), ("when", at.into())])
        }
        HandedIn::Added(document) => {
            lang.with("verify-file-added", &[("number", document.number.as_str().into())])
        }
        _ => lang.t_of("verify-file-", found.code()),
    };
    let is_ours = matches!(found, HandedIn::Unknown { .. });
    let page = Verify {
        frame: here.frame(lang.t_of("verdict-file-", found.code())),
        verdict_class: if is_ours { "unknown" } else { "bad" },
        verdict_icon: if is_ours { "question" } else { "refused" },
        line: lang.with("verify-checked", &[("when", lang.moment(office.now(), offset).into())]),
        kind: String::new(),
        number: String::new(),
        rows: Vec::new(),
        log_line: String::new(),
        proof: String::new(),
        help,
    };
    Ok(show(StatusCode::OK, false, &page))
}

/// The verdict.
pub async fn verify(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = show_verdict(&here, &check_code_from(&code), "").await;
    answer(&here, result)
}

/// What is known of a paper; `said` is what was found about a file of it.
async fn show_verdict(here: &Here, code: &str, said: &str) -> Answer {
    let lang = &here.lang;
    let office = &here.app.office;
    let found = {
        let mut reading = office.db.glance().await?;
        documents::check(&mut reading.tx(), code, office.today()).await?
    };
    let now = lang.moment(office.now(), office.settings.utc_offset_minutes);
    let when: [(&str, Arg); 1] = [("when", now.into())];
    let Some(found) = found else {
        if let Some(page) = of_a_unit(here, code, lang.with("verify-checked", &when)).await? {
            return Ok(page);
        }
        let page = Verify {
            frame: here.frame(lang.t("verdict-unknown")),
            verdict_class: "unknown",
            verdict_icon: "question",
            line: format!("{}{}", lang.with("verify-checked", &when), on_the_way(here).await?),
            kind: String::new(),
            number: String::new(),
            rows: Vec::new(),
            log_line: String::new(),
            proof: String::new(),
            help: lang.t("verify-unknown-help"),
        };
        return Ok(show(StatusCode::NOT_FOUND, false, &page));
    };
    let document = &found.document;
    let offset = office.settings.utc_offset_minutes;
    let verdict = found.verdict(office.today(), offset);
    let (verdict_class, verdict_icon) = match verdict {
        "genuine" => ("", "genuine"),
        "outdated" | "expired" => ("unknown", "question"),
        _ => ("bad", "refused"),
    };
    let mut line = lang.with("verify-checked", &when);
    if !said.is_empty() {
        line = format!("{said} {line}");
    }
    match verdict {
        "outdated" => line = format!("{} {line}", lang.t("verify-outdated")),
        "expired" => line = format!("{} {line}", lang.t("verify-expired")),
        // Nothing took its place: the register said something else from a day on.
        "replaced" if found.replaced_by.is_none() => {
            line = format!("{} {line}", lang.t("verify-corrected"));
        }
        _ => {}
    }
    let words = here.app.words.of_service(lang, &found.service.service);
    let mut rows: Vec<Row> =
        papers::visible_rows(here, &found).into_iter().map(|(label, values)| Row { label, values }).collect();
    let mut add = |key: &str, value: String| {
        rows.push(Row { label: lang.t(key), values: vec![(value, String::new())] })
    };
    add("issued-by", found.office.as_ref().map(|row| lang.name_in(&row.names.0)).unwrap_or_default());
    add("issued-on", lang.day_of(document.intended_at, offset));
    if let Some(last) = found.relied_on_until(offset) {
        add("paper-valid-until", lang.date(last));
    }
    add("issued-how", lang.t(if document.rule.is_some() { "issued-by-rule" } else { "issued-by-officer" }));
    if let (Some(at), Some(by)) = (document.confirmed_at, &document.confirmed_by) {
        add("time-confirmed", lang.moment(at, offset));
        add("time-confirmed-by", by.clone());
    }
    if let Some(ended) = document.ended_at {
        add("ended-on", lang.day_of(ended, offset));
    }
    if let Some(number) = &found.replaced_by {
        add("replaced-by", number.clone());
    }
    let (log_line, proof) = match found.leaf {
        Some(leaf) => (
            lang.with("log-entry", &[("entry", lang.number(leaf).into())]),
            format!("/v/{}/proof", grouped(code)),
        ),
        None => (log_later(here).await?, String::new()),
    };
    let told = if verdict == "replaced" && found.replaced_by.is_none() { "corrected" } else { verdict };
    let page = Verify {
        frame: here.frame(lang.t_of("verdict-", told)),
        verdict_class,
        verdict_icon,
        line,
        kind: words.t("document-title"),
        number: document.number.clone(),
        rows,
        log_line,
        proof,
        help: String::new(),
    };
    Ok(show(StatusCode::OK, false, &page))
}

/// A paper that a mobile unit issued, of which nobody decided yet at home, or whose act was
/// set aside: what is true of it, and nothing of whose it is.
async fn of_a_unit(here: &Here, code: &str, line: String) -> Result<Option<Response>, Problem> {
    let (lang, office) = (&here.lang, &here.app.office);
    let found = {
        let mut reading = office.db.reading().await?;
        units::waiting_paper(&mut reading.tx(), code).await?
    };
    let Some((unit, conflict)) = found else { return Ok(None) };
    let verdict = if conflict.settled_at.is_some() { "aside" } else { "waiting" };
    let number = conflict.given.0.as_array().and_then(|all| all.last()).and_then(|one| one.as_str());
    let value = |key: &str, value: String| Row { label: lang.t(key), values: vec![(value, String::new())] };
    let page = Verify {
        frame: here.frame(lang.t_of("verdict-", verdict)),
        verdict_class: if verdict == "waiting" { "unknown" } else { "bad" },
        verdict_icon: if verdict == "waiting" { "question" } else { "refused" },
        line,
        kind: lang.t("unit-paper"),
        number: number.unwrap_or_default().to_owned(),
        rows: vec![
            value("unit-issued-by", unit.name),
            value("issued-on", lang.moment(conflict.done_at, office.settings.utc_offset_minutes)),
        ],
        log_line: lang.t("log-when-home"),
        proof: String::new(),
        help: String::new(),
    };
    Ok(Some(show(StatusCode::OK, false, &page)))
}

/// When an entry will stand in the public log: within a minute, or, in a mobile unit, when
/// it is home.
pub(crate) async fn log_later(here: &Here) -> Result<String, Problem> {
    let mut reading = here.app.office.db.reading().await?;
    let is_unit = units::here(&mut reading.tx()).await?.is_some();
    Ok(here.lang.t(if is_unit { "log-when-home" } else { "log-not-yet" }))
}

/// That units are on their way, whose papers are known here when they are home.
async fn on_the_way(here: &Here) -> Result<String, Problem> {
    let mut reading = here.app.office.db.reading().await?;
    let away = units::away(&mut reading.tx()).await?;
    if away.is_empty() {
        return Ok(String::new());
    }
    let names: Vec<String> = away.into_iter().map(|unit| unit.name).collect();
    Ok(format!(" {}", here.lang.with("verify-units-away", &[("units", names.join(", ").into())])))
}

/// The proof that a document's entry is in the public log.
///
/// # Errors
/// When the database fails.
pub async fn proof_of(
    app: &crate::App,
    code: &str,
) -> Result<Option<inspection::ProofFile>, diwan_office::Fault> {
    let entry = {
        let mut reading = app.office.db.reading().await?;
        let found = documents::check(&mut reading.tx(), &check_code_from(code), app.office.today()).await?;
        found.and_then(|found| found.document.journal_entry)
    };
    match entry {
        Some(entry) => inspection::proof(&app.office, entry).await,
        None => Ok(None),
    }
}

/// The proof as a file.
pub async fn proof(State(app): State<crate::App>, Path(code): Path<String>) -> Response {
    match proof_of(&app, &code).await {
        Ok(Some(proof)) => {
            let name = format!("attachment; filename=\"{}.diwan-proof.json\"", check_code_from(&code));
            ([(header::CONTENT_DISPOSITION, name)], axum::Json(proof)).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(fault) => {
            tracing::error!("a proof could not be made: {fault}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// How to check a paper without this site.
pub async fn without(here: Here) -> Response {
    let lang = &here.lang;
    let paragraphs = ["without-1", "without-2", "without-3", "without-4"].map(|key| lang.t(key)).to_vec();
    let links = vec![
        ("/keys/root.pem".to_owned(), lang.t("without-root")),
        ("/keys/roots.pem".to_owned(), lang.t("without-roots")),
        (format!("/{}/log", lang.code), lang.t("nav-log")),
    ];
    TextPage::show(&here, lang.t("verify-without"), paragraphs, links)
}

/// The directorate's certificates, so that anyone can check a seal.
pub async fn root_certificate(State(app): State<crate::App>) -> Response {
    pem(papers::root_pem(&app).map(Some))
}

/// The certificates of every key that ever sealed: old papers are checked too.
pub async fn all_certificates(State(app): State<crate::App>) -> Response {
    pem(documents::certificates_pem(&app.office, None))
}

/// The root of every key that ever sealed: what a reader adds to check old papers.
pub async fn all_roots(State(app): State<crate::App>) -> Response {
    pem(documents::roots_pem(&app.office).map(Some))
}

/// The certificates of one key, in use or retired.
pub async fn certificates_of(State(app): State<crate::App>, Path(id): Path<String>) -> Response {
    pem(documents::certificates_pem(&app.office, Some(&id)))
}

fn pem(found: Result<Option<String>, String>) -> Response {
    match found {
        Ok(Some(pem)) => ([(header::CONTENT_TYPE, "application/x-pem-file")], pem).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(what) => {
            tracing::error!("the certificates could not be read: {what}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
