//! What visitors say of centres, for inspectors' programs: notes and their answers, and whom to
//! call back. A telephone is told only once a call is opened, and that stands in the journal.

use super::caller::Caller;
use super::closed::{CallBackStands, VisitReason};
use super::paging::{Page, Paging};
use super::problem::{Asked, Body, Once, Problem, path_id};
use crate::app::App;
use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use diwan_domain::ids::RowId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::devices::{self, AnswerComplaint};
use diwan_office::queue::{self, OpenCallBack, SettleCallBack};
use diwan_office::rows::{CallBackRow, ComplaintRow};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Notes of which centre.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct NotesOf {
    /// The centre's code.
    #[serde(default)]
    #[param(required = true)]
    centre: String,
}

/// A note about how somebody was served.
#[derive(Serialize, ToSchema)]
pub(super) struct NoteOut {
    /// By which whoever left it reads the answer.
    number: String,
    /// Microseconds since 1970 UTC.
    left_at: i64,
    /// The language in which they wrote.
    language: String,
    /// What it is about.
    #[schema(value_type = Vec<VisitReason>)]
    about: Vec<String>,
    /// In their own words.
    words: String,
    /// Where they wish to be called; only of one note that is looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    answer: Option<String>,
    /// Microseconds since 1970 UTC.
    answered_at: Option<i64>,
}

impl NoteOut {
    fn of(row: ComplaintRow) -> Self {
        Self {
            number: row.number,
            left_at: row.left_at,
            language: row.language,
            about: serde_json::from_value(row.about.0).unwrap_or_default(),
            words: row.words,
            phone: row.phone,
            answer: row.answer,
            answered_at: row.answered_at,
        }
    }
}

/// The notes that were left about a centre, the latest first.
#[utoipa::path(get, path = "/api/v1/desk/notes", params(NotesOf, Paging),
    responses((status = 200, body = Page<NoteOut>), (status = 404)),
    security(("token" = ["journal.read"])), tag = "feedback")]
pub(super) async fn notes(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(of): Asked<NotesOf>,
    Asked(paging): Asked<Paging>,
) -> Result<Page<NoteOut>, Problem> {
    caller.at_desk(&app, Permission::ReadJournal)?;
    let rows = {
        let mut reading = app.office.db.reading().await?;
        let mut tx = reading.tx();
        let centre = queue::centre_coded(&mut tx, &of.centre).await?.ok_or(Why::NotFound)?;
        devices::complaints_of(&mut tx, centre.id).await?
    };
    let lines = rows.into_iter().map(|row| NoteOut { phone: None, ..NoteOut::of(row) }).collect();
    Page::among(&app, &uri, &paging, lines, |line: &NoteOut| line.number.clone())
}

/// One note.
#[utoipa::path(get, path = "/api/v1/desk/notes/{number}", params(("number" = String, Path)),
    responses((status = 200, body = NoteOut), (status = 404)),
    security(("token" = ["journal.read"])), tag = "feedback")]
pub(super) async fn note(
    State(app): State<App>,
    caller: Caller,
    Path(number): Path<String>,
) -> Result<Json<NoteOut>, Problem> {
    caller.at_desk(&app, Permission::ReadJournal)?;
    let row = devices::complaint(&mut app.office.db.reading().await?.tx(), &number).await?;
    Ok(Json(NoteOut::of(row.ok_or(Why::NotFound)?)))
}

/// An answer to a note.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteAnswerIn {
    answer: String,
}

/// Answers a note: whoever holds its number reads it.
#[utoipa::path(put, path = "/api/v1/desk/notes/{number}/answer", request_body = NoteAnswerIn,
    params(("number" = String, Path)), responses((status = 204), (status = 404)),
    security(("token" = ["journal.read"])), tag = "feedback")]
pub(super) async fn answer_note(
    State(app): State<App>,
    caller: Caller,
    Path(number): Path<String>,
    Once(key): Once,
    Body(body): Body<NoteAnswerIn>,
) -> Result<StatusCode, Problem> {
    caller.at_desk(&app, Permission::ReadJournal)?;
    app.office.perform(&caller.who, &key, AnswerComplaint { number, answer: body.answer }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Somebody who is to be called back.
#[derive(Serialize, ToSchema)]
pub(super) struct CallBackOut {
    #[schema(format = "uuid")]
    id: String,
    /// The number of their ticket.
    ticket: String,
    #[schema(format = "uuid")]
    centre: String,
    /// The day of their visit.
    #[schema(format = "date")]
    day: String,
    language: String,
    /// Whether they wished it; otherwise they were drawn.
    wished: bool,
    /// How often nobody answered.
    tries: i64,
    /// The telephone, for whoever opened the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
}

impl CallBackOut {
    fn of(row: CallBackRow, phone: Option<String>) -> Self {
        Self {
            id: row.id.to_string(),
            ticket: row.number,
            centre: row.centre_id.to_string(),
            day: row.day,
            language: row.language,
            wished: row.wished,
            tries: row.tries,
            phone,
        }
    }
}

/// Who is to be called back, the earliest day first: nobody of one's own centre.
#[utoipa::path(get, path = "/api/v1/desk/call-backs", params(Paging),
    responses((status = 200, body = Page<CallBackOut>)),
    security(("token" = ["journal.read"])), tag = "feedback")]
pub(super) async fn call_backs(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(paging): Asked<Paging>,
) -> Result<Page<CallBackOut>, Problem> {
    let acting = caller.at_desk(&app, Permission::ReadJournal)?;
    let rows = queue::call_backs_for(&mut app.office.db.reading().await?.tx(), &acting).await?;
    let lines = rows.into_iter().map(|row| CallBackOut::of(row, None)).collect();
    Page::among(&app, &uri, &paging, lines, |line: &CallBackOut| line.id.clone())
}

/// Opens a call: from here on its telephone is seen, by whoever opened it.
#[utoipa::path(post, path = "/api/v1/desk/call-backs/{id}/open", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = CallBackOut), (status = 404)),
    security(("token" = ["journal.read"])), tag = "feedback")]
pub(super) async fn open_call_back(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<Json<CallBackOut>, Problem> {
    let acting = caller.at_desk(&app, Permission::ReadJournal)?;
    let call_back: RowId = path_id(&id)?;
    app.office.perform(&caller.who, &key, OpenCallBack { call_back }).await?;
    let row = {
        let mut reading = app.office.db.reading().await?;
        queue::call_back_for(&mut reading.tx(), &acting, call_back).await?.ok_or(Why::NotFound)?
    };
    let phone = row.phone.clone().filter(|_| row.opened_by == Some(acting.officer.id));
    Ok(Json(CallBackOut::of(row, phone)))
}

/// What came of a call.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallBackIn {
    /// Whether they answered.
    reached: bool,
    /// From 1, bad, to 5, good; only if they answered.
    #[serde(default)]
    score: Option<i64>,
    /// What it was about.
    #[serde(default)]
    #[schema(value_type = Vec<VisitReason>)]
    reasons: Vec<String>,
    /// Whether money was asked for beyond the fee; only if they answered.
    #[serde(default)]
    money: Option<bool>,
}

/// How a call stands.
#[derive(Serialize, ToSchema)]
pub(super) struct CallBackOutcome {
    /// `open` while it is to be tried again.
    #[schema(value_type = CallBackStands)]
    state: &'static str,
}

/// Keeps what somebody said who was called back, or that nobody answered.
#[utoipa::path(post, path = "/api/v1/desk/call-backs/{id}/outcome", request_body = CallBackIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = CallBackOutcome), (status = 404)),
    security(("token" = ["journal.read"])), tag = "feedback")]
pub(super) async fn settle_call_back(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<CallBackIn>,
) -> Result<Json<CallBackOutcome>, Problem> {
    caller.at_desk(&app, Permission::ReadJournal)?;
    let act = SettleCallBack {
        call_back: path_id(&id)?,
        reached: body.reached,
        score: body.score,
        reasons: body.reasons,
        money: body.money,
    };
    let state = app.office.perform(&caller.who, &key, act).await?;
    Ok(Json(CallBackOutcome { state: state.code() }))
}
