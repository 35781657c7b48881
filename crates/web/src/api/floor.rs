//! The floor of one's own centre for programs: calls for help, what everybody who waits
//! is told, who sits where, and the rest of the day.

use super::caller::Caller;
use super::closed::{HallNoticeReason, KindOfHelp, OutcomeOfHelp, SourceOfHelp};
use super::problem::{Body, Once, Problem, field_id, path_id};
use super::shapes::Made;
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::{CounterId, OfficerId, RowId};
use diwan_domain::people::Permission;
use diwan_domain::queue::{HelpOutcome, Notice};
use diwan_domain::refusals::Why;
use diwan_office::queue::{
    self, About, AnswerHelp, AssignCounter, CallForHelp, HelpNow, HelpStep, HourAhead, StandUp, TellWaiting,
    UntellWaiting,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A call for help that nobody ended.
#[derive(Serialize, ToSchema)]
pub(super) struct HelpOut {
    #[schema(format = "uuid")]
    id: String,
    /// `emergency` or `helper`.
    #[schema(value_type = KindOfHelp)]
    kind: String,
    /// `counter`, `officer`, `device` or `ticket`.
    #[schema(value_type = SourceOfHelp)]
    source: String,
    /// The counter's label or the ticket's number; empty for an officer at no counter.
    label: String,
    /// Who asked, by name; none when it was no officer.
    by: Option<String>,
    /// Since when, microseconds since 1970 UTC.
    at: i64,
    /// Who is coming, by name.
    taken_by: Option<String>,
}

impl From<HelpNow> for HelpOut {
    fn from(help: HelpNow) -> Self {
        Self {
            id: help.call.id.to_string(),
            kind: help.call.kind,
            source: help.call.source_kind,
            label: help.call.label,
            by: help.by,
            at: help.call.raised_at,
            taken_by: help.taken_by,
        }
    }
}

/// The open calls for help.
#[derive(Serialize, ToSchema)]
pub(super) struct HelpList {
    calls: Vec<HelpOut>,
}

/// Who asks for help in one's own centre, the earliest first.
#[utoipa::path(get, path = "/api/v1/desk/help", responses((status = 200, body = HelpList)),
    security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn help(State(app): State<App>, caller: Caller) -> Result<Json<HelpList>, Problem> {
    let acting = caller.at_desk(&app, Permission::ManageQueue)?;
    let mut reading = app.office.db.reading().await?;
    let open = queue::help_for(&mut reading.tx(), &acting).await?;
    Ok(Json(HelpList { calls: open.into_iter().map(HelpOut::from).collect() }))
}

/// Calls for help in silence, from the counter at which one sits or from wherever one is.
#[utoipa::path(post, path = "/api/v1/desk/help", responses((status = 201, body = Made)),
    security(("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn call_for_help(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::ServeQueue)?;
    let id = app.office.perform(&caller.who, &key, CallForHelp {}).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })).into_response())
}

/// What is done about a call for help.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HelpStepIn {
    /// `take`, or `end` (with `outcome`).
    step: String,
    /// `calmed`, `security`, `medical`, `helped` or `false-alarm`.
    #[serde(default)]
    #[schema(value_type = Option<OutcomeOfHelp>)]
    outcome: Option<String>,
}

/// Says that one is coming, or what became of it.
#[utoipa::path(post, path = "/api/v1/desk/help/{id}/steps", params(("id" = uuid::Uuid, Path)), request_body = HelpStepIn,
    responses((status = 204)), security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn answer_help(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<HelpStepIn>,
) -> Result<StatusCode, Problem> {
    caller.at_desk(&app, Permission::ManageQueue)?;
    let call: RowId = path_id(&id)?;
    let step = match body.step.as_str() {
        "take" => HelpStep::Take,
        "end" => {
            let outcome = body.outcome.as_deref().and_then(HelpOutcome::from_code);
            HelpStep::End { outcome: outcome.ok_or_else(|| Problem::field("outcome"))? }
        }
        _ => return Err(Problem::field("step")),
    };
    app.office.perform(&caller.who, &key, AnswerHelp { call, step }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What everybody who waits is to be told.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoticeIn {
    /// `system-late`, `officer-absent`, `closing-early`, `evacuation-drill` or `power-cut`.
    #[schema(value_type = HallNoticeReason)]
    reason: String,
    /// About how many minutes it means, 1 to 480; left out when nobody knows.
    #[serde(default)]
    minutes: Option<i64>,
    /// Only those of the line with this letter; left out for everybody.
    #[serde(default)]
    line: Option<String>,
}

/// Tells everybody who waits in one's own centre something, in every language: on displays
/// and pages, and once by SMS to those who left a telephone.
#[utoipa::path(post, path = "/api/v1/desk/notices", request_body = NoticeIn,
    responses((status = 201, body = Made)), security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn tell(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<NoticeIn>,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::ManageQueue)?;
    let reason = Notice::from_code(&body.reason).ok_or_else(|| Problem::field("reason"))?;
    let act = TellWaiting { reason, minutes: body.minutes, line: body.line };
    let id = app.office.perform(&caller.who, &key, act).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })).into_response())
}

/// Takes back what was told.
#[utoipa::path(delete, path = "/api/v1/desk/notices/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)), security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn untell(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    caller.at_desk(&app, Permission::ManageQueue)?;
    app.office.perform(&caller.who, &key, UntellWaiting { notice: path_id(&id)? }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who is to sit at a counter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AssignIn {
    /// An officer of the centre.
    #[schema(format = "uuid")]
    officer: String,
    /// The letters of the lines it serves; all of the setup when left out.
    #[serde(default)]
    lines: Vec<String>,
}

/// Seats an officer at a counter of one's own centre, or changes the lines it serves; not
/// while a ticket is in hand.
#[utoipa::path(put, path = "/api/v1/desk/counters/{id}/sitting", params(("id" = uuid::Uuid, Path)), request_body = AssignIn,
    responses((status = 200, body = Made)), security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn assign(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<AssignIn>,
) -> Result<Json<Made>, Problem> {
    caller.at_desk(&app, Permission::ManageQueue)?;
    let counter: CounterId = path_id(&id)?;
    let officer: OfficerId = field_id("officer", &body.officer)?;
    let act = AssignCounter { counter, officer, lines: body.lines.into_iter().collect() };
    let id = app.office.perform(&caller.who, &key, act).await?;
    Ok(Json(Made { id: id.to_string() }))
}

/// Closes the counter at which an officer of one's own centre sits, who went away: a colleague
/// goes on with whom it has in hand.
#[utoipa::path(delete, path = "/api/v1/desk/officers/{id}/sitting", params(("id" = uuid::Uuid, Path)),
    responses((status = 204), (status = 404)), security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn unseat(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    caller.at_desk(&app, Permission::ManageQueue)?;
    let officer: OfficerId = path_id(&id)?;
    app.office.perform(&caller.who, &key, StandUp { officer: Some(officer) }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A number of people that nobody knows exactly.
#[derive(Serialize, ToSchema)]
struct AboutOut {
    /// Hardly fewer.
    low: i64,
    likely: i64,
    /// Hardly more.
    high: i64,
}

impl From<About> for AboutOut {
    fn from(about: About) -> Self {
        Self { low: about.low, likely: about.likely, high: about.high }
    }
}

/// One hour ahead, or what is left of it.
#[derive(Serialize, ToSchema)]
struct HourOut {
    /// Microseconds since 1970 UTC.
    from: i64,
    until: i64,
    /// How many come.
    come: AboutOut,
    /// How many wait at its end, if the counters stay as they are.
    waiting: AboutOut,
    /// How many counters would keep the wait within the promise.
    counters: i64,
}

impl From<HourAhead> for HourOut {
    fn from(hour: HourAhead) -> Self {
        Self {
            from: hour.from,
            until: hour.until,
            come: hour.come.into(),
            waiting: hour.waiting.into(),
            counters: hour.counters,
        }
    }
}

/// A line's hours ahead.
#[derive(Serialize, ToSchema)]
struct LineAheadOut {
    letter: String,
    /// How many seconds a visit takes, as far as is known.
    visit_seconds: i64,
    hours: Vec<HourOut>,
}

/// The rest of the day at a centre.
#[derive(Serialize, ToSchema)]
pub(super) struct ForecastOut {
    /// How many like days it is reckoned from: the same weekday of the last eight weeks.
    like_days: usize,
    /// How many minutes nobody should wait longer than.
    promise: i64,
    /// How many counters are open now.
    open: i64,
    /// All lines together; empty when the centre opens no more today.
    hours: Vec<HourOut>,
    lines: Vec<LineAheadOut>,
}

/// The rest of the day at one's own centre: who will come, who will wait, and how many
/// counters would keep the wait short.
#[utoipa::path(get, path = "/api/v1/desk/forecast", responses((status = 200, body = ForecastOut)),
    security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn forecast(State(app): State<App>, caller: Caller) -> Result<Json<ForecastOut>, Problem> {
    let centre = caller.at_centre(&app, Permission::ManageQueue)?;
    let mut reading = app.office.db.reading().await?;
    let outlook = queue::outlook(&mut reading.tx(), centre, app.office.now()).await?.ok_or(Why::NoSetup)?;
    let line = |line: queue::LineAhead| LineAheadOut {
        letter: line.letter,
        visit_seconds: line.visit_seconds,
        hours: line.hours.into_iter().map(HourOut::from).collect(),
    };
    Ok(Json(ForecastOut {
        like_days: outlook.like_days,
        promise: outlook.promise,
        open: outlook.open,
        hours: outlook.hours.into_iter().map(HourOut::from).collect(),
        lines: outlook.lines.into_iter().map(line).collect(),
    }))
}
