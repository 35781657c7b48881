//! The week at the counters of one's own centre, and what the centre needs before it opens,
//! for programs.

use super::caller::Caller;
use super::problem::{Body, Once, Problem, field_id, path_id};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use diwan_domain::calendar::Hours;
use diwan_domain::ids::RowId;
use diwan_domain::people::Permission;
use diwan_domain::queue::stops::WEEKDAYS;
use diwan_domain::refusals::Why;
use diwan_office::queue::{self, Around, EndDuty, PlanDuty, Planned};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// From one minute of the day to another.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MinutesOut {
    /// The first minute, counted from midnight.
    from: u16,
    /// The first minute after it.
    until: u16,
}

impl From<Hours> for MinutesOut {
    fn from(hours: Hours) -> Self {
        Self { from: hours.opens, until: hours.closes }
    }
}

impl From<MinutesOut> for Hours {
    fn from(minutes: MinutesOut) -> Self {
        Self { opens: minutes.from, closes: minutes.until }
    }
}

/// An officer's hours at a counter, the same every week.
#[derive(Serialize, ToSchema)]
pub(super) struct DutyOut {
    #[schema(format = "uuid")]
    id: String,
    officer: String,
    /// The officer's name.
    name: String,
    /// The counter's label.
    counter: String,
    /// `monday` to `sunday`.
    weekday: &'static str,
    hours: MinutesOut,
    rest: Option<MinutesOut>,
}

impl From<Planned> for DutyOut {
    fn from(planned: Planned) -> Self {
        Self {
            id: planned.id.to_string(),
            officer: planned.officer.to_string(),
            name: planned.name,
            counter: planned.duty.counter,
            weekday: WEEKDAYS.get(usize::from(planned.duty.weekday)).copied().unwrap_or_default(),
            hours: planned.duty.hours.into(),
            rest: planned.duty.rest.map(MinutesOut::from),
        }
    }
}

/// The week.
#[derive(Serialize, ToSchema)]
pub(super) struct DutyList {
    duties: Vec<DutyOut>,
}

/// Who is planned at the counters of one's own centre, from Monday on.
#[utoipa::path(get, path = "/api/v1/desk/duties", responses((status = 200, body = DutyList)),
    security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn duties(State(app): State<App>, caller: Caller) -> Result<Json<DutyList>, Problem> {
    let centre = caller.at_centre(&app, Permission::ManageQueue)?;
    let mut reading = app.office.db.reading().await?;
    let planned = queue::planned(&mut reading.tx(), centre).await?;
    Ok(Json(DutyList { duties: planned.into_iter().map(DutyOut::from).collect() }))
}

/// Hours to be planned.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DutyIn {
    officer: String,
    /// The counter's identifier.
    counter: String,
    /// `monday` to `sunday`, at least one.
    weekdays: Vec<String>,
    hours: MinutesOut,
    /// A break within them.
    #[serde(default)]
    rest: Option<MinutesOut>,
}

/// What was planned: one for each day.
#[derive(Serialize, ToSchema)]
pub(super) struct DutiesMade {
    ids: Vec<String>,
}

/// Plans an officer at a counter on some days of every week. Neither is planned twice at a
/// time.
#[utoipa::path(post, path = "/api/v1/desk/duties", request_body = DutyIn,
    responses((status = 201, body = DutiesMade), (status = 409), (status = 422)),
    security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn plan(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<DutyIn>,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::ManageQueue)?;
    let place = |day: &String| WEEKDAYS.iter().position(|known| known == day);
    let weekdays: Option<_> =
        body.weekdays.iter().map(|day| place(day).and_then(|n| u8::try_from(n).ok())).collect();
    let act = PlanDuty {
        officer: field_id("officer", &body.officer)?,
        counter: field_id("counter", &body.counter)?,
        weekdays: weekdays.ok_or_else(|| Problem::field("weekdays"))?,
        hours: body.hours.into(),
        rest: body.rest.map(Hours::from),
    };
    let ids = app.office.perform(&caller.who, &key, act).await?;
    let ids = ids.iter().map(ToString::to_string).collect();
    Ok((StatusCode::CREATED, Json(DutiesMade { ids })).into_response())
}

/// Takes hours out of the week.
#[utoipa::path(delete, path = "/api/v1/desk/duties/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 204), (status = 404)), security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn end(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    caller.at_desk(&app, Permission::ManageQueue)?;
    let duty: RowId = path_id(&id)?;
    app.office.perform(&caller.who, &key, EndDuty { duty }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One line of the list.
#[derive(Serialize, ToSchema)]
struct StartUpOut {
    /// What is meant, such as `hours` or `staffed`.
    key: &'static str,
    /// `done`, `advised` or `open`.
    ready: &'static str,
    /// What was found or is missing; may be empty.
    found: String,
}

/// What a centre needs before its first visitor.
#[derive(Serialize, ToSchema)]
pub(super) struct StartUpList {
    centre: String,
    /// Whether nothing is open.
    can_open: bool,
    lines: Vec<StartUpOut>,
}

/// What one's own centre needs before its first visitor, looked up where it stands.
#[utoipa::path(get, path = "/api/v1/desk/start-up", responses((status = 200, body = StartUpList)),
    security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn start_up(State(app): State<App>, caller: Caller) -> Result<Json<StartUpList>, Problem> {
    let id = caller.at_centre(&app, Permission::ManageQueue)?;
    let around = Around::of(&app.office, app.sound.spoken()).await?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let centre = queue::centre_by_id(&mut tx, id).await?.ok_or(Why::NotFound)?;
    let lines = queue::start_up(&mut tx, &centre, &around, app.office.now()).await?;
    let can_open = lines.iter().all(|line| line.ready != queue::Ready::Open);
    let line =
        |line: queue::StartUpLine| StartUpOut { key: line.key, ready: line.ready.code(), found: line.found };
    Ok(Json(StartUpList { centre: centre.code, can_open, lines: lines.into_iter().map(line).collect() }))
}
