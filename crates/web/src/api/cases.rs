//! Cases, from the first answer to the paper.

use super::caller::{Caller, Version};
use super::case_key;
use super::closed::{CasePhase, DeclarationState, KindOfEvent};
use super::paging::{Page, Paging};
use super::problem::{Asked, Body, Once, Problem, Raw, path_id};
use super::shapes::{DocumentOut, currency_of, document_out};
use crate::app::App;
use crate::uploads::{self, Incoming};
use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use diwan_domain::acts::Actor;
use diwan_domain::ids::CaseId;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::QuestionKind;
use diwan_office::cases::{
    self, Access, AnswerRequest, Appeal, BeginCase, RemoveUpload, SaveAnswers, SendCase, Withdraw,
};
use diwan_office::figures::{KeepRating, RateCase};
use diwan_office::{Who, civil, documents, secrets};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What begins a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseIn {
    /// The service's key.
    service: String,
    /// The language of messages: `ckb`, `ar`, `kmr`, `kmr-Arab`, `en`.
    language: String,
}

/// A case.
#[derive(Serialize, ToSchema)]
pub(super) struct CaseOut {
    #[schema(format = "uuid")]
    id: String,
    number: String,
    service: String,
    version: i64,
    #[schema(value_type = CasePhase)]
    phase: String,
    fee_minor_units: i64,
    paid_minor_units: i64,
    currency: String,
    answers: Value,
    /// What is asked of the applicant and not answered yet.
    requests: Vec<RequestOut>,
    /// Why it was refused, until when an appeal can be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<RefusalOut>,
    documents: Vec<DocumentOut>,
    /// What the case declares to the civil register, once it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    declaration: Option<DeclaredOut>,
    /// What opens the case to whoever begins it; only in the answer that began it.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

/// What a case declared, and where that stands.
#[derive(Serialize, ToSchema)]
pub(super) struct DeclaredOut {
    /// The number under which the register has it.
    number: String,
    /// The kind of event.
    #[schema(value_type = KindOfEvent)]
    kind: String,
    /// `notified`, `declared`, `returned`, `checked`, `registered`, `rejected`,
    /// `withdrawn` or `duplicate`.
    #[schema(value_type = DeclarationState)]
    state: String,
    /// The number of its entry, once it is registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<String>,
    /// `true` while that entry is revoked: nothing is paid, and an officer decides what
    /// becomes of the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked: Option<bool>,
}

/// One thing more that an officer asked.
#[derive(Serialize, ToSchema)]
struct RequestOut {
    #[schema(format = "uuid")]
    id: String,
    question: String,
    words: String,
    due_at: i64,
}

/// A refusal.
#[derive(Serialize, ToSchema)]
struct RefusalOut {
    /// The reason's key in the service.
    reason: String,
    words: String,
    /// Microseconds since 1970 UTC.
    appeal_until: Option<i64>,
}

async fn case_out(app: &App, who: &Who, id: CaseId, key: Option<String>) -> Result<CaseOut, Problem> {
    let desk = app.office.desk(who, "look");
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let case = cases::open(&mut tx, &desk, id, &Access { key: key.clone() }).await?;
    let papers = documents::of_case(&mut tx, id).await?;
    let declared = civil::declaration_of_case(&mut tx, id).await?;
    let entry = match declared.as_ref().and_then(|row| row.entry_id) {
        Some(entry) => civil::entry(&mut tx, entry).await?.map(|entry| entry.number),
        None => None,
    };
    let revoked = cases::entry_is_revoked(&case).then_some(true);
    let declaration = declared.map(|row| DeclaredOut {
        number: row.number,
        kind: row.kind,
        state: row.state,
        entry,
        revoked,
    });
    let open = cases::belongings(&mut tx, id).await?.requests;
    let open = open.into_iter().filter(|request| request.answered_at.is_none());
    let refusal = case.reason.clone().filter(|_| case.phase == "refused").map(|reason| RefusalOut {
        reason,
        words: case.reason_text.clone().unwrap_or_default(),
        appeal_until: case.appeal_until,
    });
    let currency = currency_of(&case);
    Ok(CaseOut {
        refusal,
        requests: open
            .map(|request| RequestOut {
                id: request.id.to_string(),
                question: request.question,
                words: request.words,
                due_at: request.due_at,
            })
            .collect(),
        id: case.id.to_string(),
        number: case.number,
        service: case.service,
        version: case.version,
        phase: case.phase,
        fee_minor_units: case.fee_minor_units,
        paid_minor_units: case.paid_minor_units,
        currency,
        answers: case.answers.0,
        documents: papers.iter().map(|paper| document_out(app, paper)).collect(),
        declaration,
        key,
    })
}

/// Begins a case.
#[utoipa::path(post, path = "/api/v1/cases", request_body = CaseIn, responses((status = 201, body = CaseOut), (status = 401), (status = 404)), security(("token" = ["cases:write"]), ("token" = ["cases.assist"])), tag = "cases")]
pub(super) async fn begin(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<CaseIn>,
) -> Result<Response, Problem> {
    caller.needs_case()?;
    let act = BeginCase { service: body.service.clone(), language: body.language.clone() };
    let begun = app.office.perform(&caller.who, &key, act).await?;
    let out = case_out(&app, &caller.who, begun.case, Some(begun.key)).await?;
    Ok((StatusCode::CREATED, Json(out)).into_response())
}

/// A case as a line of one's list.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnCase {
    #[schema(format = "uuid")]
    id: String,
    number: String,
    service: String,
    #[schema(value_type = CasePhase)]
    phase: String,
    /// When it was changed last, microseconds since 1970 UTC.
    touched_at: i64,
}

/// The cases of the account for which the program acts.
#[utoipa::path(get, path = "/api/v1/cases", params(Paging),
    responses((status = 200, body = Page<OwnCase>)), security(("token" = ["cases:write"])), tag = "cases")]
pub(super) async fn mine(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(paging): Asked<Paging>,
) -> Result<Page<OwnCase>, Problem> {
    caller.needs("cases:write")?;
    let Actor::Account(account) = caller.who.actor else { return Err(Why::NotPermitted.into()) };
    let rows = cases::of_account(&mut app.office.db.reading().await?.tx(), account).await?;
    let line = |row: diwan_office::rows::CaseRow| OwnCase {
        id: row.id.to_string(),
        number: row.number,
        service: row.service,
        phase: row.phase,
        touched_at: row.touched_at,
    };
    let lines = rows.into_iter().map(line).collect();
    Page::among(&app, &uri, &paging, lines, |line: &OwnCase| line.id.clone())
}

/// A case.
#[utoipa::path(get, path = "/api/v1/cases/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = CaseOut), (status = 404)), security(("token" = ["cases:write"]), ("token" = ["cases.assist"])), tag = "cases")]
pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.needs_case()?;
    let mut out = case_out(&app, &caller.who, path_id(&id)?, case_key(&headers)).await?;
    out.key = None;
    let version = Version::of(out.version);
    let mut response = Json(out).into_response();
    response.extensions_mut().insert(version);
    Ok(response)
}

/// Answers questions, by their keys; `null` answers one that may be left out. Each is
/// checked in the order in which the service asks. The first that does not fit is named in
/// `question`, and then none is kept.
#[utoipa::path(put, path = "/api/v1/cases/{id}/answers", params(("id" = uuid::Uuid, Path)),
    request_body = inline(BTreeMap<String, Value>), responses((status = 200, body = CaseOut), (status = 422)), security(("token" = ["cases:write"]), ("token" = ["cases.assist"])), tag = "cases")]
pub(super) async fn answers(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    headers: HeaderMap,
    Path(id): Path<String>,
    Body(body): Body<BTreeMap<String, Value>>,
) -> Result<Json<CaseOut>, Problem> {
    let (case, access) = opened(&caller, &headers, &id)?;
    if !body.is_empty() {
        let act = SaveAnswers { case, access: access.clone(), answers: body };
        app.office.perform(&caller.who, &key, act).await?;
    }
    after(&app, &caller, case, access).await
}

/// Sends a finished case.
#[utoipa::path(post, path = "/api/v1/cases/{id}/send", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = CaseOut), (status = 409), (status = 422)), security(("token" = ["cases:write"]), ("token" = ["cases.assist"])), tag = "cases")]
pub(super) async fn send(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Json<CaseOut>, Problem> {
    caller.needs_case()?;
    let case: CaseId = path_id(&id)?;
    let opens = Access { key: case_key(&headers) };
    app.office.perform(&caller.who, &key, SendCase { case, access: opens.clone() }).await?;
    let mut out = case_out(&app, &caller.who, case, opens.key).await?;
    out.key = None;
    Ok(Json(out))
}

/// A file that was kept.
#[derive(Serialize, ToSchema)]
pub(super) struct FileOut {
    /// Its identifier in the case.
    #[schema(format = "uuid")]
    id: String,
}

/// Adds a file to a question: the body is the file itself, a PDF, JPEG or PNG.
/// What it is follows from its content; `Diwan-File-Name` names it for people.
#[utoipa::path(post, path = "/api/v1/cases/{id}/files/{question}",
    params(("id" = uuid::Uuid, Path), ("question" = String, Path), ("Diwan-File-Name" = Option<String>, Header)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = FileOut), (status = 409), (status = 422)), security(("token" = ["cases:write"]), ("token" = ["cases.assist"])), tag = "cases")]
pub(super) async fn add_file(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    headers: HeaderMap,
    Path((id, question)): Path<(String, String)>,
    Raw(bytes): Raw,
) -> Result<Response, Problem> {
    caller.needs_case()?;
    let case: CaseId = path_id(&id)?;
    let access = Access { key: case_key(&headers) };
    let published = {
        let desk = app.office.desk(&caller.who, "look");
        let mut reading = app.office.db.reading().await?;
        let mut tx = reading.tx();
        let row = cases::open(&mut tx, &desk, case, &access).await?;
        cases::definition(&mut tx, &row).await?
    };
    let question = published.service.question(&question).ok_or(Why::NotFound)?;
    if question.kind != QuestionKind::File {
        return Err(Refusal::from(Why::Malformed).about("question", &question.key).into());
    }
    let name = headers.get("diwan-file-name").and_then(|value| value.to_str().ok()).unwrap_or("file");
    let file = Incoming { case, access, question, name, bytes };
    let kept = uploads::keep(&app, &caller.who, &key, file).await?;
    Ok((StatusCode::CREATED, Json(FileOut { id: kept.to_string() })).into_response())
}

/// Takes a file back while the case is a draft.
#[utoipa::path(delete, path = "/api/v1/cases/{id}/uploads/{file}",
    params(("id" = uuid::Uuid, Path), ("file" = uuid::Uuid, Path)),
    responses((status = 204), (status = 404), (status = 409)), security(("token" = ["cases:write"]), ("token" = ["cases.assist"])), tag = "cases")]
pub(super) async fn remove_file(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    headers: HeaderMap,
    Path((id, file)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let (case, access) = opened(&caller, &headers, &id)?;
    let act = RemoveUpload { case, access, upload: path_id(&file)? };
    app.office.perform(&caller.who, &key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The applicant's words.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WordsIn {
    words: String,
}

/// Answers the one thing more that an officer asked.
#[utoipa::path(post, path = "/api/v1/cases/{id}/requests/{request}", request_body = WordsIn,
    params(("id" = uuid::Uuid, Path), ("request" = String, Path)),
    responses((status = 200, body = CaseOut), (status = 404), (status = 422)), security(("token" = ["cases:write"]), ("token" = ["cases.assist"])), tag = "cases")]
pub(super) async fn answer_request(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    headers: HeaderMap,
    Path((id, request)): Path<(String, String)>,
    Body(body): Body<WordsIn>,
) -> Result<Json<CaseOut>, Problem> {
    let (case, access) = opened(&caller, &headers, &id)?;
    let request = path_id(&request)?;
    let act = AnswerRequest { case, access: access.clone(), request, answer: body.words };
    app.office.perform(&caller.who, &key, act).await?;
    after(&app, &caller, case, access).await
}

/// Asks another officer to decide on a refusal.
#[utoipa::path(post, path = "/api/v1/cases/{id}/appeal", request_body = WordsIn,
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = CaseOut), (status = 409)), security(("token" = ["cases:write"]), ("token" = ["cases.assist"])), tag = "cases")]
pub(super) async fn appeal(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    headers: HeaderMap,
    Path(id): Path<String>,
    Body(body): Body<WordsIn>,
) -> Result<Json<CaseOut>, Problem> {
    let (case, access) = opened(&caller, &headers, &id)?;
    let act = Appeal { case, access: access.clone(), words: body.words };
    app.office.perform(&caller.who, &key, act).await?;
    after(&app, &caller, case, access).await
}

/// Takes a case back.
#[utoipa::path(post, path = "/api/v1/cases/{id}/withdraw",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = CaseOut), (status = 409)), security(("token" = ["cases:write"]), ("token" = ["cases.assist"])), tag = "cases")]
pub(super) async fn withdraw(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Json<CaseOut>, Problem> {
    let (case, access) = opened(&caller, &headers, &id)?;
    let act = Withdraw { case, access: access.clone() };
    app.office.perform(&caller.who, &key, act).await?;
    after(&app, &caller, case, access).await
}

/// How it was.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseRatingIn {
    /// From 1, bad, to 5, good.
    stars: i64,
    /// A word more.
    #[serde(default)]
    word: Option<String>,
}

/// Says once, after a case is finished, how it was. What is said is kept apart from the case
/// and names nobody.
#[utoipa::path(post, path = "/api/v1/cases/{id}/rating", request_body = CaseRatingIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 204), (status = 404), (status = 409)),
    security(("token" = ["cases:write"]), ("token" = ["cases.assist"])), tag = "cases")]
pub(super) async fn rate(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    headers: HeaderMap,
    Path(id): Path<String>,
    Body(body): Body<CaseRatingIn>,
) -> Result<StatusCode, Problem> {
    let (case, access) = opened(&caller, &headers, &id)?;
    if !(1..=5).contains(&body.stars) {
        return Err(Problem::field("stars"));
    }
    let service = app.office.perform(&caller.who, &key, RateCase { case, access }).await?;
    // The same request sent twice is kept once, under a key that names no case.
    let key = hex::encode(&secrets::hash(&format!("rating/{case}/{key}"))[..16]);
    let act = KeepRating { service, stars: body.stars, word: body.word };
    app.office.perform(&app.system(), &key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn opened(caller: &Caller, headers: &HeaderMap, id: &str) -> Result<(CaseId, Access), Problem> {
    caller.needs_case()?;
    let case = path_id(id)?;
    Ok((case, Access { key: case_key(headers) }))
}

async fn after(app: &App, caller: &Caller, case: CaseId, access: Access) -> Result<Json<CaseOut>, Problem> {
    let mut out = case_out(app, &caller.who, case, access.key).await?;
    out.key = None;
    Ok(Json(out))
}
