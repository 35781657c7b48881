//! Old books for programs: a file is sent with its mapping, looked at, brought in in
//! the background, and what was rejected comes back.

use super::caller::Caller;
use super::problem::{Body, Once, Problem, field_id, path_id};
use super::shapes::{Acted, Made};
use crate::app::App;
use crate::book_words;
use crate::imports::{self, Book, Mend};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use diwan_domain::civil::EventKind;
use diwan_domain::civil::books::RowFault;
use diwan_domain::ids::ImportId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::civil::books::{self, ImportRow, MoveImport, Options, Progress, Stopped};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// How many imports are listed.
const LISTED: i64 = 100;
/// How many rows a preview shows.
const FIRST: usize = 5;
/// How many kinds of faults a preview names.
const FAULTS: usize = 100;

/// Bytes in Base64.
pub(super) fn decoded(field: &str, text: &str) -> Result<Vec<u8>, Problem> {
    STANDARD.decode(text.trim()).map_err(|_| Problem::field(field))
}

/// An old book to bring in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OldBookIn {
    /// The office whose entries they are.
    #[schema(format = "uuid")]
    office: String,
    /// The file's name, kept with the entries.
    name: String,
    /// The file, CSV or XLSX, in Base64 (RFC 4648).
    file: String,
    /// The mapping, to the letter (TOML).
    mapping: String,
    /// How letters are stored, where the file does not say: `windows-1256`.
    encoding: Option<String>,
    /// Which sheet, of a workbook with several.
    sheet: Option<String>,
}

/// How far an old book is.
#[derive(Serialize, ToSchema)]
pub(super) struct OldBookProgress {
    added: i64,
    /// Rows whose entries were there and are equal.
    there: i64,
    rejected: i64,
    /// The last line that was looked at.
    last_line: i64,
}

/// An old book.
#[derive(Serialize, ToSchema)]
pub(super) struct OldBookOut {
    #[schema(format = "uuid")]
    id: String,
    #[schema(format = "uuid")]
    office: String,
    kind: String,
    file: String,
    sha256: String,
    mapping: String,
    mapping_sha256: String,
    /// `seen`, `waiting`, `running`, `stopped`, `done` or `discarded`.
    state: String,
    /// Why it stopped: a stable code.
    stopped_why: Option<String>,
    /// Microseconds since 1970 UTC.
    begun_at: i64,
    /// Microseconds since 1970 UTC.
    ended_at: Option<i64>,
    progress: OldBookProgress,
}

fn out(row: ImportRow, progress: Progress) -> OldBookOut {
    OldBookOut {
        id: row.id.to_string(),
        office: row.office_id.to_string(),
        kind: row.kind,
        file: row.file_name,
        sha256: row.file_hash,
        mapping: row.mapping_name,
        mapping_sha256: row.mapping_hash,
        state: row.state,
        stopped_why: row.stopped_why,
        begun_at: row.begun_at,
        ended_at: row.ended_at,
        progress: OldBookProgress {
            added: progress.added,
            there: progress.there,
            rejected: progress.rejected,
            last_line: progress.last_line,
        },
    }
}

/// The newest old books.
#[utoipa::path(get, path = "/api/v1/register/imports", responses((status = 200, body = Vec<OldBookOut>)),
    security(("token" = ["register.import"])), tag = "register")]
pub(super) async fn list(State(app): State<App>, caller: Caller) -> Result<Json<Vec<OldBookOut>>, Problem> {
    caller.at_desk(&app, Permission::ImportRegister)?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let mut all = Vec::new();
    for row in books::newest(&mut tx, LISTED).await? {
        let progress = books::progress(&mut tx, row.id).await?;
        all.push(out(row, progress));
    }
    Ok(Json(all))
}

/// Sends an old book with its mapping. Nothing goes into the register before
/// `POST /register/imports/{id}/run`. What is to be mended is named by place:
/// `{"fields.child.given": "heading/missing: name"}`.
#[utoipa::path(post, path = "/api/v1/register/imports", request_body = OldBookIn,
    responses((status = 201, body = Made), (status = 409, description = "Begun before."), (status = 422, description = "File or mapping is to be mended.")),
    security(("token" = ["register.import"])), tag = "register")]
pub(super) async fn send(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<OldBookIn>,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::ImportRegister)?;
    let book = Book {
        office: field_id("office", &body.office)?,
        name: body.name,
        bytes: decoded("file", &body.file)?.into(),
        mapping: body.mapping,
        options: Options { encoding: body.encoding, sheet: body.sheet, ..Options::default() },
    };
    let unreadable = Refusal::from(Why::ImportUnreadable);
    match imports::begin(&app, &caller.who, &key, book).await.map_err(Problem::from)? {
        Ok(id) => Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })).into_response()),
        Err(Mend::Begun(refusal)) => Err(refusal.into()),
        Err(Mend::Mapping(what)) => Err(unreadable.about("mapping", what).into()),
        Err(Mend::File(fault)) => {
            Err(unreadable.about("file", format!("{}: {}", fault.code, fault.found)).into())
        }
        Err(Mend::Notices(notices)) => {
            let told = notices.iter().fold(unreadable, |refusal, notice| {
                refusal.about(&notice.place, format!("{}: {}", notice.code, notice.found))
            });
            Err(told.into())
        }
    }
}

async fn found(app: &App, caller: &Caller, id: &str) -> Result<(ImportRow, Progress), Problem> {
    caller.at_desk(app, Permission::ImportRegister)?;
    let id: ImportId = path_id(id)?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let row = books::import(&mut tx, id).await?.ok_or(Why::NotFound)?;
    let progress = books::progress(&mut tx, id).await?;
    Ok((row, progress))
}

/// How far an old book is.
#[utoipa::path(get, path = "/api/v1/register/imports/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = OldBookOut), (status = 404)),
    security(("token" = ["register.import"])), tag = "register")]
pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<OldBookOut>, Problem> {
    let (row, progress) = found(&app, &caller, &id).await?;
    Ok(Json(out(row, progress)))
}

/// What is wrong with a row.
#[derive(Serialize, ToSchema)]
pub(super) struct OldRowFault {
    /// The column, by its heading, where one is to blame.
    column: Option<String>,
    field: String,
    /// A stable code.
    code: String,
    found: Option<String>,
}

impl OldRowFault {
    fn of(fault: &RowFault) -> Self {
        Self {
            column: fault.column.clone(),
            field: fault.field.clone(),
            code: fault.code.clone(),
            found: fault.found.clone(),
        }
    }
}

/// A fault of some rows.
#[derive(Serialize, ToSchema)]
pub(super) struct OldRowFaults {
    fault: OldRowFault,
    /// How many rows have it.
    rows: u64,
    /// The first of them.
    line: u64,
}

/// A row as it would be registered.
#[derive(Serialize, ToSchema)]
pub(super) struct OldRowShown {
    line: u64,
    /// The entry's number; nothing when the row is faulty.
    number: Option<String>,
    /// What the entry would say.
    content: BTreeMap<String, String>,
    faults: Vec<OldRowFault>,
}

/// An old book as it would be registered.
#[derive(Serialize, ToSchema)]
pub(super) struct OldBookPreview {
    rows: u64,
    faulty: u64,
    /// The most frequent faults first.
    faults: Vec<OldRowFaults>,
    /// The first rows.
    first: Vec<OldRowShown>,
}

/// A look at a whole file as its mapping reads it; the register is not asked.
#[utoipa::path(get, path = "/api/v1/register/imports/{id}/preview", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = OldBookPreview), (status = 404), (status = 422)),
    security(("token" = ["register.import"])), tag = "register")]
pub(super) async fn preview(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<OldBookPreview>, Problem> {
    let (row, _) = found(&app, &caller, &id).await?;
    let seen = books::look_at(&app.office, &row, FIRST).await.map_err(|stopped| match stopped {
        Stopped::Stop(stop) => Problem::from(stop),
        Stopped::File(fault) => {
            let what = format!("{}: {}", fault.code, fault.found);
            Refusal::from(Why::ImportUnreadable).about("file", what).into()
        }
        Stopped::Busy | Stopped::Changed => Why::Busy.into(),
    })?;
    let counted = seen.tally.faults();
    let faults = counted.iter().take(FAULTS).map(|one| OldRowFaults {
        fault: OldRowFault::of(&one.fault),
        rows: one.rows,
        line: one.line,
    });
    let first = seen.first.iter().map(|shown| match &shown.entry {
        Ok(entry) => OldRowShown {
            line: shown.line,
            number: Some(entry.number.clone()),
            content: entry.content.0.clone(),
            faults: Vec::new(),
        },
        Err(faults) => OldRowShown {
            line: shown.line,
            number: None,
            content: BTreeMap::new(),
            faults: faults.iter().map(OldRowFault::of).collect(),
        },
    });
    Ok(Json(OldBookPreview {
        rows: seen.tally.rows,
        faulty: seen.tally.faulty,
        faults: faults.collect(),
        first: first.collect(),
    }))
}

async fn moved(app: &App, caller: &Caller, id: &str, key: &str, to: &str) -> Result<Json<Acted>, Problem> {
    caller.at_desk(app, Permission::ImportRegister)?;
    let act = MoveImport { import: path_id(id)?, to: to.to_owned(), total: None, why: None };
    Ok(Json(Acted { version: app.office.perform(&caller.who, key, act).await? }))
}

/// Sets an old book going, or lets one go on that stopped. It is brought in in the
/// background.
#[utoipa::path(post, path = "/api/v1/register/imports/{id}/run", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Acted), (status = 404), (status = 409)),
    security(("token" = ["register.import"])), tag = "register")]
pub(super) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<Json<Acted>, Problem> {
    moved(&app, &caller, &id, &key, "waiting").await
}

/// Puts an old book away that was only looked at.
#[utoipa::path(post, path = "/api/v1/register/imports/{id}/discard", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Acted), (status = 404), (status = 409)),
    security(("token" = ["register.import"])), tag = "register")]
pub(super) async fn discard(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<Json<Acted>, Problem> {
    moved(&app, &caller, &id, &key, "discarded").await
}

/// The rejected rows with their reasons in English, as a table to mend and send again.
#[utoipa::path(get, path = "/api/v1/register/imports/{id}/rejects.csv", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 404)),
    security(("token" = ["register.import"])), tag = "register")]
pub(super) async fn rejects(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (row, _) = found(&app, &caller, &id).await?;
    let kind = EventKind::from_code(&row.kind).ok_or(Why::NotFound)?;
    let lang = app.words.language("en").unwrap_or_else(|| app.words.first());
    let heading: Vec<String> = serde_json::from_value(row.heading.0.clone()).unwrap_or_default();
    let words = |faults: &[RowFault]| book_words::row_faults(&lang, kind, faults);
    let mut file = Vec::new();
    books::write_rejects(&app.office.db, row.id, &heading, &words, &mut file).await?;
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], file).into_response())
}

/// The mapping of an old book, to the letter.
#[utoipa::path(get, path = "/api/v1/register/imports/{id}/mapping.toml", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = String, content_type = "application/toml"), (status = 404)),
    security(("token" = ["register.import"])), tag = "register")]
pub(super) async fn mapping(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (row, _) = found(&app, &caller, &id).await?;
    Ok(([(header::CONTENT_TYPE, "application/toml; charset=utf-8")], row.mapping).into_response())
}
