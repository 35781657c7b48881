//! Officers' work: the inbox, a case as an officer sees it, and what they do
//! with it.

use super::caller::{Caller, Version, hash_of};
use super::paging::{Format, Page, Paging, export};
use super::problem::{Asked, Body, Once, Problem, Seen, field_id, maybe_id, path_id};
use super::shapes::{
    Acted, DocumentOut, FileLine, MessageOut, Moment, PersonOut, ReferralOut, RequestLine, document_out,
    events_of, people,
};
use crate::app::App;
use crate::desk::counts_of;
use crate::desk::inbox::{Filter, Which, wanted};
use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::{CaseId, DocumentId, OfficeId, OfficerId, PersonId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::acting::Acting;
use diwan_office::cases::{
    self, AskElsewhere, Decide, Decision, LinkEntry, OpenCase, Reassign, TakeNext, WriteToApplicant,
};
use diwan_office::civil::{self, FindPeople};
use diwan_office::documents::{self, EndDocument};
use diwan_office::inspection;
use diwan_office::rows::{After, CaseRow, Inbox};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Which cases.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct CasesQuery {
    /// Which list.
    #[serde(default)]
    #[param(inline, required = false)]
    list: Which,
    /// A case number, or part of it.
    q: Option<String>,
    /// `due` (the most urgent first), `number` or `touched`.
    sort: Option<String>,
    /// A service's key.
    service: Option<String>,
    /// By which channel it came: `online`, `counter`, `api` and so on.
    channel: Option<String>,
    /// An open question, by its rule's key.
    open: Option<String>,
}

impl CasesQuery {
    fn inbox(&self, app: &App, acting: &Acting, many: i64, after: Option<Ended>) -> Inbox {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let filter = Filter {
            q: text(&self.q),
            sort: text(&self.sort),
            service: text(&self.service),
            channel: text(&self.channel),
            open: text(&self.open),
            ..Filter::default()
        };
        let after = after.map(|Ended(number, at, id)| After { number, at, id });
        Inbox { after, ..wanted(app, acting, self.list, &filter, (many, 0)) }
    }
}

/// Where a page of cases ended: number, instant, case.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Ended(String, i64, CaseId);

fn ended(inbox: &Inbox, last: &CaseRow) -> Ended {
    let After { number, at, id } = inbox.ended_at(last);
    Ended(number, at, id)
}

/// A case in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct CaseLine {
    id: String,
    number: String,
    service: String,
    /// `in-progress`, `waiting-for-applicant`, `approved` and so on.
    phase: String,
    step: Option<String>,
    channel: String,
    /// The rules whose questions are open.
    open: Vec<String>,
    /// The officer who has it.
    assigned_to: Option<String>,
    /// Microseconds since 1970 UTC.
    submitted_at: Option<i64>,
    /// Microseconds since 1970 UTC.
    due_at: Option<i64>,
    version: i64,
}

fn line(case: &CaseRow) -> CaseLine {
    let open = case.open_questions.0.as_array().cloned().unwrap_or_default();
    CaseLine {
        id: case.id.to_string(),
        number: case.number.clone(),
        service: case.service.clone(),
        phase: case.phase.clone(),
        step: case.step.clone(),
        channel: case.channel.clone(),
        open: open.iter().filter_map(|open| open["rule"].as_str().map(str::to_owned)).collect(),
        assigned_to: case.assigned_to.map(|id| id.to_string()),
        submitted_at: case.submitted_at,
        due_at: case.due_at,
        version: case.version,
    }
}

/// The officer's cases, within their jurisdiction.
#[utoipa::path(get, path = "/api/v1/desk/cases", params(CasesQuery, Paging),
    responses((status = 200, body = Page<CaseLine>)), security(("token" = ["cases.see"])), tag = "desk")]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(query): Asked<CasesQuery>,
    Asked(paging): Asked<Paging>,
) -> Result<Page<CaseLine>, Problem> {
    let acting = caller.at_desk(&app, Permission::SeeCases).await?;
    let limit = paging.limit()?;
    let inbox = query.inbox(&app, &acting, limit + 1, paging.after()?);
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let total = inbox.count(&mut tx).await?;
    let mut found = inbox.cases(&mut tx).await?;
    let more = found.len() as i64 > limit;
    found.truncate(limit as usize);
    let after = found.last().filter(|_| more).map(|last| ended(&inbox, last));
    let page = Page::of(&app, &uri, found.iter().map(line).collect(), after);
    Ok(Page { total: Some(total), ..page })
}

/// In which form.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct FormatQuery {
    /// `csv` or `jsonl`.
    #[serde(default)]
    #[param(inline, required = false)]
    pub(super) format: Format,
}

const COLUMNS: &[&str] = &[
    "number",
    "service",
    "phase",
    "step",
    "channel",
    "open",
    "assigned_to",
    "submitted_at",
    "due_at",
    "id",
    "version",
];

/// The same list whole, as a file.
#[utoipa::path(get, path = "/api/v1/desk/cases/export", params(CasesQuery, FormatQuery),
    responses((status = 200, body = String, content_type = "text/csv")),
    security(("token" = ["cases.see"])), tag = "desk")]
pub(super) async fn export_list(
    State(app): State<App>,
    caller: Caller,
    Asked(query): Asked<CasesQuery>,
    Asked(FormatQuery { format }): Asked<FormatQuery>,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::SeeCases).await?;
    export("cases", format, COLUMNS, move |after: Option<Ended>| {
        let (app, caller, query) = (app.clone(), caller.clone(), query.clone());
        async move {
            // Asked again for each page: whose service ends sees no more.
            let acting = caller.at_desk(&app, Permission::SeeCases).await?;
            let inbox = query.inbox(&app, &acting, 500, after);
            let found = inbox.cases(&mut app.office.db.reading().await?.tx()).await?;
            let lines = found.iter().map(|case| json!(line(case))).collect();
            Ok((lines, found.last().map(|last| ended(&inbox, last))))
        }
    })
    .await
}

/// How many cases wait.
#[derive(Serialize, ToSchema)]
pub(super) struct Counts {
    mine: i64,
    waiting: i64,
    late: i64,
    all: i64,
}

/// How many cases wait, and for whom.
#[utoipa::path(get, path = "/api/v1/desk/counts", responses((status = 200, body = Counts)),
    security(("token" = ["cases.see"])), tag = "desk")]
pub(super) async fn counts(State(app): State<App>, caller: Caller) -> Result<Json<Counts>, Problem> {
    let acting = caller.at_desk(&app, Permission::SeeCases).await?;
    let [mine, waiting, late, all] = counts_of(&app, &acting).await?;
    Ok(Json(Counts { mine, waiting, late, all }))
}

/// A case that was taken.
#[derive(Serialize, ToSchema)]
pub(super) struct Taken {
    /// The case.
    id: String,
}

/// Takes the next case: drawn among the most urgent, never picked.
#[utoipa::path(post, path = "/api/v1/desk/cases/next", responses((status = 200, body = Taken)),
    security(("token" = ["cases.see"])), tag = "desk")]
pub(super) async fn next(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
) -> Result<Json<Taken>, Problem> {
    let case = app.office.perform(&caller.who, &key, TakeNext {}).await?;
    Ok(Json(Taken { id: case.to_string() }))
}

/// A case as an officer sees it.
#[derive(Serialize, ToSchema)]
pub(super) struct DeskCase {
    #[serde(flatten)]
    line: CaseLine,
    language: String,
    /// How the applicant is related to the holder.
    relation: Option<String>,
    /// The applicant in the register.
    applicant: Option<String>,
    /// The holder in the register.
    holder: Option<String>,
    /// The answers by question.
    answers: BTreeMap<String, Value>,
    /// The register entry's fields, when one is tied to the case.
    entry: BTreeMap<String, String>,
    /// The open questions, with the law that asks them.
    open_questions: Vec<OpenQuestion>,
    /// The reasons for which it can be refused.
    reasons: Vec<Reason>,
    fee_minor_units: i64,
    paid_minor_units: i64,
    currency: String,
    requests: Vec<RequestLine>,
    referrals: Vec<ReferralOut>,
    files: Vec<FileLine>,
    documents: Vec<DocumentOut>,
    messages: Vec<MessageOut>,
    /// What happened, oldest first.
    timeline: Vec<Moment>,
}

/// One open question.
#[derive(Serialize, ToSchema)]
struct OpenQuestion {
    rule: String,
    basis: String,
}

/// A reason to refuse.
#[derive(Serialize, ToSchema)]
struct Reason {
    key: String,
    law: String,
}

/// A case. The look is journalled, and the person can see it.
#[utoipa::path(get, path = "/api/v1/desk/cases/{id}", params(("id" = String, Path)),
    responses((status = 200, body = DeskCase)), security(("token" = ["cases.see"])), tag = "desk")]
pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id: CaseId = path_id(&id)?;
    app.office.perform_once(&caller.who, OpenCase { case: id }).await?;
    let at = caller.desk(&app);
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let case = cases::seen_by_officer(&mut tx, &at, id).await?;
    let published = cases::definition(&mut tx, &case).await?;
    let things = cases::belongings(&mut tx, id).await?;
    let papers = documents::of_case(&mut tx, id).await?;
    let timeline = inspection::timeline(&mut tx, "case", &id.to_string()).await?;
    let entry = match case.entry_id {
        Some(entry) => civil::entry_fields(&mut tx, entry).await?,
        None => BTreeMap::new(),
    };
    let open = case.open_questions.0.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let out = DeskCase {
        line: line(&case),
        language: case.language.clone(),
        relation: case.relation.clone(),
        applicant: case.applicant_id.map(|id| id.to_string()),
        holder: case.holder_id.map(|id| id.to_string()),
        answers: cases::answers(&case),
        entry,
        open_questions: open
            .iter()
            .map(|open| OpenQuestion { rule: text(&open["rule"]), basis: text(&open["basis"]) })
            .collect(),
        reasons: published
            .service
            .reasons
            .iter()
            .map(|reason| Reason { key: reason.key.clone(), law: reason.law.clone() })
            .collect(),
        fee_minor_units: case.fee_minor_units,
        paid_minor_units: case.paid_minor_units,
        currency: "IQD".into(),
        requests: things.requests.iter().map(RequestLine::of).collect(),
        referrals: things.referrals.iter().map(ReferralOut::of).collect(),
        files: things.uploads.iter().map(FileLine::of).collect(),
        documents: papers.iter().map(|paper| document_out(&app, paper)).collect(),
        messages: things.messages.iter().map(MessageOut::of).collect(),
        timeline: events_of(&timeline),
    };
    // A look is told of, and changes nothing that was looked at.
    let mut lasting = json!(out);
    if let Some(told) = lasting["timeline"].as_array_mut() {
        told.retain(|moment| moment["kind"] != "case-opened");
    }
    let hash = Some(hash_of(lasting.to_string().as_bytes()));
    let mut response = Json(out).into_response();
    response.extensions_mut().insert(Version { number: case.version, hash });
    Ok(response)
}

/// A file of a case. The look is journalled.
#[utoipa::path(get, path = "/api/v1/desk/cases/{id}/files/{file}",
    params(("id" = String, Path), ("file" = String, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")),
    security(("token" = ["cases.see"])), tag = "desk")]
pub(super) async fn file(
    State(app): State<App>,
    caller: Caller,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let case: CaseId = path_id(&id)?;
    app.office.perform_once(&caller.who, OpenCase { case }).await?;
    let things = cases::belongings(&mut app.office.db.reading().await?.tx(), case).await?;
    let row = things.uploads.iter().find(|row| row.id.to_string() == file).ok_or(Why::NotFound)?;
    let bytes = app.office.files.get(&row.file_hash).await?.ok_or(Why::NotFound)?;
    Ok(([(header::CONTENT_TYPE, row.media.clone())], bytes).into_response())
}

/// What an officer decides.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub(super) enum DecisionIn {
    /// What was asked for is given.
    Approve {},
    /// Refused for a listed reason, with the officer's own words.
    Refuse {
        /// The reason's key in the service.
        reason: String,
        /// What exactly.
        words: String,
    },
    /// One thing more is asked of the applicant.
    Ask {
        /// Which question of the service it concerns; `other` when left out.
        question: Option<String>,
        /// What is asked.
        words: String,
    },
    /// A check, inspection, test or screening was passed.
    Pass {
        /// What was seen.
        words: String,
    },
    /// It was not passed: an officer decides on the case.
    Fail {
        /// What was seen.
        words: String,
    },
}

impl From<DecisionIn> for Decision {
    fn from(sent: DecisionIn) -> Self {
        match sent {
            DecisionIn::Approve {} => Self::Approve,
            DecisionIn::Refuse { reason, words } => Self::Refuse { reason, words },
            DecisionIn::Ask { question, words } => {
                Self::Ask { question: question.unwrap_or_else(|| "other".into()), words }
            }
            DecisionIn::Pass { words } => Self::Pass { words },
            DecisionIn::Fail { words } => Self::Fail { words },
        }
    }
}

/// Decides an assigned case, on the version that was seen. Approving, refusing
/// and asking need the scope `cases.decide`; recording a finding, `cases.see`.
#[utoipa::path(post, path = "/api/v1/desk/cases/{id}/decisions", request_body = DecisionIn,
    params(("id" = String, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Acted), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["cases.see", "cases.decide"])), tag = "desk")]
pub(super) async fn decide(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    Body(body): Body<DecisionIn>,
) -> Result<Json<Acted>, Problem> {
    let act = Decide { case: path_id(&id)?, seen, decision: body.into() };
    let version =
        app.office.perform(&caller.who, &key, act).await.map_err(|s| Problem::from(s).on_version())?;
    Ok(Json(Acted { version }))
}

/// Who is to have a case.
#[derive(Deserialize, ToSchema)]
pub(super) struct AssignmentIn {
    /// The officer; left out, it goes back among those waiting.
    to: Option<String>,
    /// Why.
    reason: String,
}

/// Gives a case back, or, with the scope `cases.supervise`, to a colleague.
#[utoipa::path(post, path = "/api/v1/desk/cases/{id}/assignment", request_body = AssignmentIn,
    params(("id" = String, Path)), responses((status = 200, body = Acted)),
    security(("token" = ["cases.see"])), tag = "desk")]
pub(super) async fn assign(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<AssignmentIn>,
) -> Result<Json<Acted>, Problem> {
    let to: Option<OfficerId> = maybe_id("to", body.to.as_ref())?;
    let act = Reassign { case: path_id(&id)?, to, reason: body.reason };
    Ok(Json(Acted { version: app.office.perform(&caller.who, &key, act).await? }))
}

/// Whom to look for.
#[derive(Deserialize, ToSchema)]
pub(super) struct FindIn {
    /// A name in any spelling, or a number.
    pub(super) query: String,
}

/// People who were found.
#[derive(Serialize, ToSchema)]
pub(super) struct Found {
    /// The nearest first, ten at most.
    pub(super) people: Vec<PersonOut>,
}

/// Looks for the holder of the entry. The search is journalled with the case.
#[utoipa::path(post, path = "/api/v1/desk/cases/{id}/find", request_body = FindIn,
    params(("id" = String, Path)), responses((status = 200, body = Found)),
    security(("token" = ["cases.decide", "people.find"])), tag = "desk")]
pub(super) async fn find(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<FindIn>,
) -> Result<Json<Found>, Problem> {
    caller.at_desk(&app, Permission::DecideCases).await?;
    let case: CaseId = path_id(&id)?;
    let at = caller.desk(&app);
    cases::seen_by_officer(&mut app.office.db.reading().await?.tx(), &at, case).await?;
    found(&app, &caller, &key, body.query, format!("case {id}")).await
}

/// Searches for people under a purpose, which the journal keeps.
pub(super) async fn found(
    app: &App,
    caller: &Caller,
    key: &str,
    query: String,
    purpose: String,
) -> Result<Json<Found>, Problem> {
    let act = FindPeople { query, purpose };
    let found = app.office.perform(&caller.who, key, act).await?;
    Ok(Json(Found { people: people(app, &found).await? }))
}

/// Whose entry it is.
#[derive(Deserialize, ToSchema)]
pub(super) struct LinkIn {
    /// The holder.
    holder: String,
}

/// Ties a case to the entry of someone found by hand.
#[utoipa::path(put, path = "/api/v1/desk/cases/{id}/entry", request_body = LinkIn,
    params(("id" = String, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Acted), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["cases.decide"])), tag = "desk")]
pub(super) async fn link(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    Body(body): Body<LinkIn>,
) -> Result<Json<Acted>, Problem> {
    let holder: PersonId = field_id("holder", &body.holder)?;
    let act = LinkEntry { case: path_id(&id)?, seen, holder };
    let version =
        app.office.perform(&caller.who, &key, act).await.map_err(|s| Problem::from(s).on_version())?;
    Ok(Json(Acted { version }))
}

/// What another office is asked.
#[derive(Deserialize, ToSchema)]
pub(super) struct AskElsewhereIn {
    /// Which office.
    office: String,
    /// What is asked.
    words: String,
}

/// Asks another office for an entry.
#[utoipa::path(post, path = "/api/v1/desk/cases/{id}/referrals", request_body = AskElsewhereIn,
    params(("id" = String, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Acted), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["cases.decide"])), tag = "desk")]
pub(super) async fn ask_elsewhere(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    Body(body): Body<AskElsewhereIn>,
) -> Result<Json<Acted>, Problem> {
    let office: OfficeId = field_id("office", &body.office)?;
    let act = AskElsewhere { case: path_id(&id)?, seen, office, words: body.words };
    let version =
        app.office.perform(&caller.who, &key, act).await.map_err(|s| Problem::from(s).on_version())?;
    Ok(Json(Acted { version }))
}

/// Words to the applicant.
#[derive(Deserialize, ToSchema)]
pub(super) struct LetterIn {
    /// What is written.
    words: String,
}

/// Writes to the applicant without asking anything.
#[utoipa::path(post, path = "/api/v1/desk/cases/{id}/messages", request_body = LetterIn,
    params(("id" = String, Path)), responses((status = 204)),
    security(("token" = ["cases.see"])), tag = "desk")]
pub(super) async fn write(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<LetterIn>,
) -> Result<axum::http::StatusCode, Problem> {
    let act = WriteToApplicant { case: path_id(&id)?, words: body.words };
    app.office.perform(&caller.who, &key, act).await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}

/// How a document ends.
#[derive(Deserialize, ToSchema)]
pub(super) struct EndIn {
    /// Whether a new document takes its place.
    replace: bool,
    /// Why.
    reason: String,
}

/// What came of it.
#[derive(Serialize, ToSchema)]
pub(super) struct EndOut {
    /// The document that takes its place.
    replaced_by: Option<String>,
}

/// Revokes a document, or replaces it by a new one.
#[utoipa::path(post, path = "/api/v1/desk/documents/{id}/end", request_body = EndIn,
    params(("id" = String, Path)), responses((status = 200, body = EndOut)),
    security(("token" = ["documents.revoke"])), tag = "desk")]
pub(super) async fn end_document(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<EndIn>,
) -> Result<Json<EndOut>, Problem> {
    let document: DocumentId = path_id(&id)?;
    let act = EndDocument { document, reason: body.reason, replace: body.replace };
    let new = app.office.perform(&caller.who, &key, act).await?;
    Ok(Json(EndOut { replaced_by: new.map(|id| id.to_string()) }))
}
