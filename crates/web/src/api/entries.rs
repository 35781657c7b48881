//! Entries of the register for programs: what one says and said, corrections by
//! two officers, and protected records.

use super::caller::{Caller, Version};
use super::closed::KindOfEvent;
use super::declarations::Fields;
use super::problem::{Asked, Body, Once, Problem, Seen, field_id, path_id};
use super::shapes::Made;
use crate::app::App;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use diwan_domain::civil::Content;
use diwan_domain::ids::{CorrectionId, EntryId, OfficerId, PersonId, RowId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::civil::{
    self, DecideCorrection, EndGrant, GrantAccess, Ground, OpenCorrection, PrepareCorrection, ProtectPerson,
    SeeEntry, What,
};
use diwan_office::rows::{CorrectionRow, EntryRow};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Why an entry is looked at, and as of when.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SeeQuery {
    /// Why: kept in the journal, and everyone in the entry can see it.
    #[param(required = true)]
    #[serde(default)]
    purpose: String,
    /// As it was at the end of this day, ISO 8601; as it is now when left out.
    on: Option<String>,
}

/// An entry of a chain: what came before and after.
#[derive(Serialize, ToSchema)]
pub(super) struct RegisterEntryLine {
    #[schema(format = "uuid")]
    id: String,
    number: String,
    /// `revoked` or `reinstated`, where that was done.
    standing: Option<String>,
    /// Microseconds since 1970 UTC.
    recorded_at: i64,
    /// Court or order on which it rests, for a correction.
    #[schema(value_type = Option<Object>)]
    authority: Option<serde_json::Value>,
}

impl RegisterEntryLine {
    fn of(row: &EntryRow) -> Self {
        Self {
            id: row.id.to_string(),
            number: row.number.clone(),
            standing: row.standing.clone(),
            recorded_at: row.recorded_at,
            authority: row.authority.as_ref().map(|authority| authority.0.clone()),
        }
    }
}

/// From which file an entry of an old book came.
#[derive(Serialize, ToSchema)]
pub(super) struct OldBookSource {
    /// The import's identifier.
    import: String,
    /// The file's name.
    file: String,
    /// The file's SHA-256.
    sha256: String,
    /// The line there.
    line: Option<i64>,
    /// The mapping's name.
    mapping: String,
    /// The mapping's SHA-256.
    mapping_sha256: String,
    /// Who brought it in: the kind of actor and its name, and in words where they were told.
    by: String,
    by_words: Option<String>,
    /// When it was begun, microseconds since 1970 UTC.
    at: i64,
}

impl OldBookSource {
    fn of(book: civil::books::ImportRow, line: Option<i64>) -> Self {
        Self {
            import: book.id.to_string(),
            file: book.file_name,
            sha256: book.file_hash,
            line,
            mapping: book.mapping_name,
            mapping_sha256: book.mapping_hash,
            by: format!("{} {}", book.by_kind, book.by_name),
            by_words: book.by_words,
            at: book.begun_at,
        }
    }
}

/// Someone whom an entry ties to the register.
#[derive(Serialize, ToSchema)]
pub(super) struct RegisterEntryPerson {
    /// As what: `child`, `mother`, `husband` and so on.
    role: String,
    /// In the register, as whom they count now.
    #[schema(format = "uuid")]
    person: String,
}

/// One entry.
#[derive(Serialize, ToSchema)]
pub(super) struct RegisterEntryOut {
    #[schema(format = "uuid")]
    id: String,
    #[schema(format = "uuid")]
    event: String,
    #[schema(value_type = KindOfEvent)]
    kind: String,
    number: String,
    directorate: String,
    /// The record (سجل) of the census of 1957.
    record_no: Option<String>,
    /// The page (صحيفة).
    page_no: Option<String>,
    protected: bool,
    /// Whether it counts now.
    stands: bool,
    /// What it says, by field.
    content: Fields,
    /// Whom it ties to the register: of a birth the child too.
    people: Vec<RegisterEntryPerson>,
    /// The whole chain, the oldest first.
    history: Vec<RegisterEntryLine>,
    /// From which file it was brought in, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    from_book: Option<OldBookSource>,
}

/// An entry, as it is or as it was on a day. Protected ones are not there for
/// whoever was not let in.
#[utoipa::path(get, path = "/api/v1/register/entries/{id}", params(("id" = uuid::Uuid, Path), SeeQuery),
    responses((status = 200, body = RegisterEntryOut)), security(("token" = ["people.find"])), tag = "register")]
pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Asked(query): Asked<SeeQuery>,
) -> Result<Json<RegisterEntryOut>, Problem> {
    caller.at_desk(&app, Permission::FindPeople)?;
    let entry: EntryId = path_id(&id)?;
    let day = query.on.as_deref().map(|day| day.parse().map_err(|_| Problem::field("on"))).transpose()?;
    app.office.perform_once(&caller.who, SeeEntry { entry, purpose: query.purpose }).await?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let seen = civil::as_of(&mut tx, entry, day, app.office.settings.utc_offset_minutes).await?;
    let row = seen.entry.ok_or(Why::NotFound)?;
    let is_last = seen.history.last().is_some_and(|last| last.id == row.id);
    let origin = seen.history.iter().find_map(|row| Some((row.import_id?, row.import_line)));
    let from_book = match origin {
        Some((import, line)) => {
            civil::books::import(&mut tx, import).await?.map(|book| OldBookSource::of(book, line))
        }
        None => None,
    };
    let mut people = Vec::new();
    for role in civil::roles_in(&mut tx, row.event_id).await? {
        let person = civil::counts_as(&mut tx, role.person_id).await?.to_string();
        people.push(RegisterEntryPerson { role: role.role, person });
    }
    Ok(Json(RegisterEntryOut {
        id: row.id.to_string(),
        event: row.event_id.to_string(),
        kind: row.kind.clone(),
        number: row.number.clone(),
        directorate: row.directorate.clone(),
        record_no: row.record_no.clone(),
        page_no: row.page_no.clone(),
        protected: row.protected,
        stands: is_last && row.standing.as_deref() != Some("revoked"),
        content: civil::entry_content(&mut tx, &row).await?.0,
        people,
        history: seen.history.iter().map(RegisterEntryLine::of).collect(),
        from_book,
    }))
}

/// A change of an entry.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectionIn {
    /// `correct`, `revoke` or `reinstate`.
    #[schema(value_type = String)]
    what: What,
    /// `{"ground": "court", "court": …, "judgment": …, "date": …}`, or, for clerical
    /// errors of the listed kinds, `{"ground": "office-order", "order": …, "date": …}`.
    #[schema(value_type = Object)]
    authority: Ground,
    /// For a correction: all that the entry is to say. Whoever it ties stays tied where their
    /// name is said as before or in another spelling; another person is named by their record
    /// (`mother.person`) or number, or by `new` in its place.
    content: Option<Fields>,
    /// Why.
    reason: String,
}

/// Prepares a change of an entry. Nothing changes until another officer decides.
#[utoipa::path(post, path = "/api/v1/register/entries/{id}/corrections", request_body = CorrectionIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = Made)),
    security(("token" = ["register.correct"])), tag = "register")]
pub(super) async fn prepare(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<CorrectionIn>,
) -> Result<Json<Made>, Problem> {
    let content: Option<Content> = body.content.map(|fields| fields.into_iter().collect());
    let act = PrepareCorrection {
        entry: path_id(&id)?,
        what: body.what,
        ground: body.authority,
        content,
        reason: body.reason,
    };
    Ok(Json(Made { id: app.office.perform(&caller.who, &key, act).await?.to_string() }))
}

/// A correction that waits, in a list: nobody's data.
#[derive(Serialize, ToSchema)]
pub(super) struct CorrectionLine {
    #[schema(format = "uuid")]
    id: String,
    #[schema(format = "uuid")]
    entry: String,
    /// `correct`, `revoke` or `reinstate`.
    what: String,
    #[schema(format = "uuid")]
    prepared_by: String,
    /// Microseconds since 1970 UTC.
    prepared_at: i64,
    version: i64,
}

fn correction_line(row: &CorrectionRow) -> CorrectionLine {
    CorrectionLine {
        id: row.id.to_string(),
        entry: row.entry_id.to_string(),
        what: row.kind.clone(),
        prepared_by: row.prepared_by.to_string(),
        prepared_at: row.prepared_at,
        version: row.version,
    }
}

/// The corrections that wait for a decision in the caller's office.
#[utoipa::path(get, path = "/api/v1/register/corrections", responses((status = 200, body = Vec<CorrectionLine>)),
    security(("token" = ["register.approve"])), tag = "register")]
pub(super) async fn waiting(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<Vec<CorrectionLine>>, Problem> {
    let acting = caller.at_desk(&app, Permission::ApproveCorrections)?;
    let office = acting.officer.office_id.ok_or(Why::NotPermitted)?;
    let found = civil::corrections_for(&mut app.office.db.reading().await?.tx(), &acting, office).await?;
    Ok(Json(found.iter().map(correction_line).collect()))
}

/// One correction.
#[derive(Serialize, ToSchema)]
pub(super) struct CorrectionOut {
    #[serde(flatten)]
    line: CorrectionLine,
    /// `prepared`, `approved` or `refused`.
    state: String,
    #[schema(value_type = Object)]
    authority: serde_json::Value,
    /// Each with `field`, `before` and `after`.
    #[schema(value_type = Vec<Object>)]
    changes: serde_json::Value,
    reason: String,
}

/// One correction, with all that it would change. The look is journalled.
#[utoipa::path(get, path = "/api/v1/register/corrections/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = CorrectionOut)),
    security(("token" = ["register.correct"]), ("token" = ["register.approve"])), tag = "register")]
pub(super) async fn correction(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let correction: CorrectionId = path_id(&id)?;
    app.office.perform_once(&caller.who, OpenCorrection { correction }).await?;
    let row = civil::correction(&mut app.office.db.reading().await?.tx(), correction)
        .await?
        .ok_or(Why::NotFound)?;
    let out = CorrectionOut {
        line: correction_line(&row),
        state: row.state.clone(),
        authority: row.authority.0.clone(),
        changes: row.changes.0.clone(),
        reason: row.reason.clone(),
    };
    Ok((Extension(Version::of(row.version)), Json(out)).into_response())
}

/// What is decided on a correction.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectionDecisionIn {
    approve: bool,
    /// Why not, when it is refused.
    why: Option<String>,
}

/// What became of a correction.
#[derive(Serialize, ToSchema)]
pub(super) struct CorrectedOut {
    /// The entry that stands now.
    #[schema(format = "uuid")]
    entry: Option<String>,
    number: Option<String>,
    /// How many papers no longer say what the register says.
    papers_ended: usize,
}

/// Approves or refuses a correction that another officer prepared.
#[utoipa::path(post, path = "/api/v1/register/corrections/{id}/decision", request_body = CorrectionDecisionIn,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = CorrectedOut), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["register.approve"])), tag = "register")]
pub(super) async fn decide(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    Body(body): Body<CorrectionDecisionIn>,
) -> Result<Json<CorrectedOut>, Problem> {
    let correction: CorrectionId = path_id(&id)?;
    let act = DecideCorrection { correction, seen, approve: body.approve, why: body.why };
    let done = app.office.perform(&caller.who, &key, act).await;
    let done = done.map_err(|stop| Problem::from(stop).on_version())?;
    Ok(Json(CorrectedOut {
        entry: done.entry.map(|id| id.to_string()),
        number: done.number,
        papers_ended: done.papers,
    }))
}

/// Whether a record is closed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProtectionIn {
    protected: bool,
    /// On what authority.
    reason: String,
}

/// Closes a person's record to all but those who are let in by name, or opens it.
#[utoipa::path(put, path = "/api/v1/register/people/{id}/protection", request_body = ProtectionIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 204)),
    security(("token" = ["register.protect"])), tag = "register")]
pub(super) async fn protect(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<ProtectionIn>,
) -> Result<StatusCode, Problem> {
    let person: PersonId = path_id(&id)?;
    let act = ProtectPerson { person, protected: body.protected, reason: body.reason };
    app.office.perform(&caller.who, &key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who is let into a protected record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GrantIn {
    #[schema(format = "uuid")]
    officer: String,
    /// Why.
    reason: String,
}

/// Lets an officer into a protected record, by name.
#[utoipa::path(post, path = "/api/v1/register/people/{id}/grants", request_body = GrantIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = Made)),
    security(("token" = ["register.protect"])), tag = "register")]
pub(super) async fn grant(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<GrantIn>,
) -> Result<Json<Made>, Problem> {
    caller.at_desk(&app, Permission::ProtectRecords)?;
    let officer: OfficerId = field_id("officer", &body.officer)?;
    let act = GrantAccess { person: path_id(&id)?, officer, reason: body.reason };
    Ok(Json(Made { id: app.office.perform(&caller.who, &key, act).await?.to_string() }))
}

/// Ends what a grant allows.
#[utoipa::path(post, path = "/api/v1/register/people/{id}/grants/{grant}/end",
    params(("id" = uuid::Uuid, Path), ("grant" = String, Path)), responses((status = 204)),
    security(("token" = ["register.protect"])), tag = "register")]
pub(super) async fn end_grant(
    State(app): State<App>,
    caller: Caller,
    Path((id, grant)): Path<(String, String)>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    let grant: RowId = path_id(&grant)?;
    app.office.perform(&caller.who, &key, EndGrant { person: path_id(&id)?, grant }).await?;
    Ok(StatusCode::NO_CONTENT)
}
