//! Certificates of many entries or people at once, for programs.

use super::caller::Caller;
use super::problem::{Body, Once, Problem, path_id};
use super::shapes::Made;
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::BulkId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::bulk::{self, BeginBulk, MoveBulk, PrintBulk, What, files_of};
use diwan_office::rows::{BulkProgress, BulkRow};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// How many the list shows.
const SHOWN: i64 = 100;

/// What an institution asks for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BulkIn {
    /// The certificate's service: of a birth, a death, a marriage or a divorce; or of a
    /// family or a person, whose papers are made for the people listed.
    service: String,
    /// Hospital or place, as entries write it, or a part of it; everywhere when left out.
    place: Option<String>,
    /// The first day of the events, ISO 8601; a year or a month begins with its first.
    from: Option<String>,
    /// The last day of the events, ISO 8601; a year or a month ends with its last.
    until: Option<String>,
    /// The institution.
    institution: String,
    /// The law or order on which it asks.
    basis: String,
    /// Whether that law takes no fee; else entries for which one is due are left out.
    #[serde(default)]
    exempt: bool,
    /// The answers that all papers share, by question.
    #[serde(default)]
    #[schema(value_type = Object)]
    answers: BTreeMap<String, Value>,
    /// For whom, by number, where the service's papers are made for people; none
    /// otherwise. Somebody who is listed twice gets one paper.
    #[serde(default)]
    people: Vec<String>,
    /// The language of words that papers do not choose themselves.
    language: String,
}

/// A bulk issue.
#[derive(Serialize, ToSchema)]
pub(super) struct BulkOut {
    #[schema(format = "uuid")]
    id: String,
    service: String,
    /// The kind of event; `person` or `family` where papers are made for people.
    kind: String,
    place: Option<String>,
    from: Option<String>,
    until: Option<String>,
    institution: String,
    basis: String,
    exempt: bool,
    /// `seen`, `waiting`, `running`, `stopped`, `done` or `discarded`.
    state: String,
    /// Why it stopped: a refusal's code.
    stopped_why: Option<String>,
    /// Microseconds since 1970 UTC.
    begun_at: i64,
    /// Papers that were ordered.
    issued: i64,
    /// Of those, papers that are sealed.
    sealed: i64,
    /// Of those, papers that could not be made; they are tried again.
    unmade: i64,
    /// Entries or people of which no paper was made.
    left_out: i64,
    /// Fees that were not taken, in minor units.
    waived_minor_units: i64,
    /// How many files of papers there are to print, once it is done.
    files: usize,
}

impl BulkOut {
    fn of(row: BulkRow, progress: BulkProgress) -> Self {
        let is_made = progress.sealed > 0 && progress.sealed + progress.unmade == progress.issued;
        let is_done = row.state == "done" && is_made;
        Self {
            id: row.id.to_string(),
            service: row.service,
            kind: row.kind,
            place: row.place,
            from: row.happened_from,
            until: row.happened_until,
            institution: row.institution,
            basis: row.basis,
            exempt: row.exempt,
            state: row.state,
            stopped_why: row.stopped_why,
            begun_at: row.begun_at,
            issued: progress.issued,
            sealed: progress.sealed,
            unmade: progress.unmade,
            left_out: progress.left_out,
            waived_minor_units: progress.waived,
            files: if is_done { files_of(progress.issued) } else { 0 },
        }
    }
}

/// An entry, or a listed person, of which no paper was made.
#[derive(Serialize, ToSchema)]
pub(super) struct LeftOut {
    /// The entry; nothing for a line of a list.
    entry: Option<String>,
    /// The place in the list, from 1 on; nothing for an entry.
    place: Option<i64>,
    /// The entry's number, or the one that was listed.
    number: String,
    /// A refusal's code, or `rule/` and the rule of the service that leaves it to an officer.
    why: String,
}

/// A bulk issue with what will be, or with what was left out.
#[derive(Serialize, ToSchema)]
pub(super) struct BulkWhole {
    #[serde(flatten)]
    bulk: BulkOut,
    /// Before it is set going: how many papers will be made.
    will_be_issued: Option<u64>,
    /// Before it is set going: how many will not, by the reason's code.
    will_be_left_out: BTreeMap<String, u64>,
    /// Entries or listed people of which no paper was made.
    left_out_entries: Vec<LeftOut>,
    /// Papers that could not be made when their turn came. They are tried again, and the
    /// files hold all others.
    unmade_papers: Vec<Unmade>,
}

/// A paper that could not be made.
#[derive(Serialize, ToSchema)]
pub(super) struct Unmade {
    /// The paper's number.
    paper: String,
    /// Its case.
    case: String,
    /// The entry's number, or the one that was listed.
    number: String,
}

/// The bulk issues of the officer's office.
#[derive(Serialize, ToSchema)]
pub(super) struct BulkList {
    /// The newest first.
    items: Vec<BulkOut>,
}

/// The newest bulk issues of the officer's office.
#[utoipa::path(get, path = "/api/v1/register/bulk-issues", responses((status = 200, body = BulkList)),
    security(("token" = ["register.issue-in-bulk"])), tag = "register")]
pub(super) async fn list(State(app): State<App>, caller: Caller) -> Result<Json<BulkList>, Problem> {
    let acting = caller.at_desk(&app, Permission::IssueInBulk)?;
    let office = acting.officer.office_id.ok_or(Why::NotFound)?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let mut items = Vec::new();
    for row in bulk::newest(&mut tx, office, SHOWN).await? {
        let progress = bulk::progress(&mut tx, row.id).await?;
        items.push(BulkOut::of(row, progress));
    }
    Ok(Json(BulkList { items }))
}

/// Keeps what an institution asks for. Nothing is issued yet.
#[utoipa::path(post, path = "/api/v1/register/bulk-issues", request_body = BulkIn,
    responses((status = 201, body = Made)), security(("token" = ["register.issue-in-bulk"])), tag = "register")]
pub(super) async fn begin(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<BulkIn>,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::IssueInBulk)?;
    let what = What {
        service: body.service,
        place: body.place,
        from: body.from,
        until: body.until,
        institution: body.institution,
        basis: body.basis,
        exempt: body.exempt,
        answers: body.answers,
        people: body.people,
    };
    let act = BeginBulk { what, language: body.language };
    let id = app.office.perform(&caller.who, &key, act).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })).into_response())
}

/// A bulk issue: before it is set going with what will be issued and why others will
/// not; after, how far it is and what was left out.
#[utoipa::path(get, path = "/api/v1/register/bulk-issues/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = BulkWhole)), security(("token" = ["register.issue-in-bulk"])), tag = "register")]
pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<BulkWhole>, Problem> {
    caller.at_desk(&app, Permission::IssueInBulk)?;
    let id: BulkId = path_id(&id)?;
    let (row, progress, lines, unmade) = {
        let mut reading = app.office.db.reading().await?;
        let mut tx = reading.tx();
        let row = bulk::of_officer(&mut tx, &caller.desk(&app), id).await?;
        let lines = bulk::lines(&mut tx, id).await?;
        (row, bulk::progress(&mut tx, id).await?, lines, bulk::unmade(&mut tx, id).await?)
    };
    let foreseen = match row.state.as_str() {
        "seen" => Some(bulk::foresee(&app.office, &caller.who, &row).await?),
        _ => None,
    };
    let left = lines.into_iter().filter_map(|line| {
        let why = line.why?;
        let entry = line.entry.map(|entry| entry.to_string());
        Some(LeftOut { entry, place: line.place, number: line.number, why })
    });
    let unmade = unmade.into_iter().map(|one| Unmade {
        paper: one.number,
        case: one.case.to_string(),
        number: one.line,
    });
    Ok(Json(BulkWhole {
        will_be_issued: foreseen.as_ref().map(|foreseen| foreseen.issued),
        will_be_left_out: foreseen.map(|foreseen| foreseen.left_out).unwrap_or_default(),
        left_out_entries: left.collect(),
        unmade_papers: unmade.collect(),
        bulk: BulkOut::of(row, progress),
    }))
}

async fn moved(app: &App, caller: &Caller, id: &str, key: &str, to: &str) -> Result<StatusCode, Problem> {
    caller.at_desk(app, Permission::IssueInBulk)?;
    let id: BulkId = path_id(id)?;
    let row = {
        let mut reading = app.office.db.reading().await?;
        bulk::of_officer(&mut reading.tx(), &caller.desk(app), id).await?
    };
    if to == "waiting" && row.state == "seen" {
        // More than is issued at once is refused before anything is.
        bulk::foresee(&app.office, &caller.who, &row).await?;
    }
    let why = (to == "stopped").then(|| Why::StoppedByOfficer.code().to_owned());
    let act = MoveBulk { bulk: id, to: to.to_owned(), why };
    app.office.perform(&caller.who, key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sets a bulk issue going, or lets one go on that stopped.
#[utoipa::path(post, path = "/api/v1/register/bulk-issues/{id}/start", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)), security(("token" = ["register.issue-in-bulk"])), tag = "register")]
pub(super) async fn start(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    moved(&app, &caller, &id, &key, "waiting").await
}

/// Stops a bulk issue; papers that were ordered stay.
#[utoipa::path(post, path = "/api/v1/register/bulk-issues/{id}/stop", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)), security(("token" = ["register.issue-in-bulk"])), tag = "register")]
pub(super) async fn stop(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    moved(&app, &caller, &id, &key, "stopped").await
}

/// Puts a bulk issue away that was only looked at.
#[utoipa::path(post, path = "/api/v1/register/bulk-issues/{id}/discard", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)), security(("token" = ["register.issue-in-bulk"])), tag = "register")]
pub(super) async fn discard(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    moved(&app, &caller, &id, &key, "discarded").await
}

/// One file of papers to print, from 1 on: two hundred papers at most, as they were
/// sealed. Papers that could not be made are not in it, and hold up no other.
#[utoipa::path(post, path = "/api/v1/register/bulk-issues/{id}/files/{file}",
    params(("id" = uuid::Uuid, Path), ("file" = usize, Path)),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>)),
    security(("token" = ["register.issue-in-bulk"])), tag = "register")]
pub(super) async fn print(
    State(app): State<App>,
    caller: Caller,
    Path((id, file)): Path<(String, String)>,
    Once(key): Once,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::IssueInBulk)?;
    let bulk: BulkId = path_id(&id)?;
    let file: usize = path_id(&file)?;
    let hashes = app.office.perform(&caller.who, &key, PrintBulk { bulk, file }).await?;
    let bytes = diwan_office::bulk::bytes_of(&app.office, hashes).await?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response())
}
