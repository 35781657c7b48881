//! The machines of one's own centre for programs: kiosks and hall displays, from the code
//! with which one is enrolled to taking it away.

use super::caller::Caller;
use super::closed::{KindOfDevice, StepOfDevice};
use super::problem::{Body, Once, Problem, path_id};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use diwan_domain::devices::{DeviceKind, DeviceStep};
use diwan_domain::ids::{CentreId, DeviceId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::devices::{self, AddDevice, MoveDevice};
use diwan_office::queue;
use diwan_office::rows::DeviceRow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A machine of a centre, without its keys.
#[derive(Serialize, ToSchema)]
pub(super) struct DeviceOut {
    #[schema(format = "uuid")]
    id: String,
    /// `kiosk` or `display`.
    #[schema(value_type = KindOfDevice)]
    kind: &'static str,
    /// What people call it: `K1`.
    label: String,
    /// `not-enrolled`, `locked`, `there`, or `silent` where it said nothing lately.
    state: &'static str,
    /// How each printer stands, as the machine last said: `receipt` and `paper`.
    printers: BTreeMap<String, String>,
    /// When it was added, microseconds since 1970 UTC.
    added_at: i64,
    /// When its screen got its key.
    enrolled_at: Option<i64>,
    /// When it last said that it is there.
    seen_at: Option<i64>,
    /// Until when the code works that was told last; `null` when both halves have their key.
    code_until: Option<i64>,
}

fn device_out(row: &DeviceRow, seen_at: Option<i64>, now: i64) -> DeviceOut {
    let state = if row.key_hash.is_none() {
        "not-enrolled"
    } else if row.locked_at.is_some() {
        "locked"
    } else if devices::is_there(row, seen_at, now) {
        "there"
    } else {
        "silent"
    };
    let printers = devices::conditions(row);
    DeviceOut {
        id: row.id.to_string(),
        kind: devices::kind_of(row).code(),
        label: row.label.clone(),
        state,
        printers: printers.iter().map(|(one, how)| (one.code().to_owned(), how.code().to_owned())).collect(),
        added_at: row.added_at,
        enrolled_at: row.enrolled_at,
        seen_at,
        code_until: row.code_until,
    }
}

/// The machines.
#[derive(Serialize, ToSchema)]
pub(super) struct DeviceList {
    devices: Vec<DeviceOut>,
}

async fn own(app: &App, centre: CentreId) -> Result<Vec<DeviceOut>, Problem> {
    let mut reading = app.office.db.reading().await?;
    let rows = devices::of_centre(&mut reading.tx(), centre).await?;
    Ok(rows.iter().map(|(row, seen)| device_out(row, *seen, app.office.now())).collect())
}

/// The kiosks and hall displays of one's own centre, by label.
#[utoipa::path(get, path = "/api/v1/desk/devices", responses((status = 200, body = DeviceList)),
    security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn devices(State(app): State<App>, caller: Caller) -> Result<Json<DeviceList>, Problem> {
    let centre = caller.at_centre(&app, Permission::ManageQueue)?;
    Ok(Json(DeviceList { devices: own(&app, centre).await? }))
}

/// One machine of one's own centre.
#[utoipa::path(get, path = "/api/v1/desk/devices/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = DeviceOut), (status = 404)),
    security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn device(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<DeviceOut>, Problem> {
    let centre = caller.at_centre(&app, Permission::ManageQueue)?;
    let id: DeviceId = path_id(&id)?;
    let found = own(&app, centre).await?.into_iter().find(|one| one.id == id.to_string());
    Ok(Json(found.ok_or(Why::NotFound)?))
}

/// A machine that is to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DeviceIn {
    /// `kiosk` or `display`.
    #[schema(value_type = KindOfDevice)]
    kind: String,
    /// What people call it, at most 24 letters and digits; once in the centre.
    label: String,
}

/// A machine that waits to be enrolled.
#[derive(Serialize, ToSchema)]
pub(super) struct EnrolWith {
    id: String,
    /// With what it is enrolled. Told once: a repeat with the same key is refused
    /// (`request/key-reused`).
    code: String,
    /// Where the code is typed in the machine's browser. The program at a kiosk's printers
    /// sends it to `/device/enrol`.
    address: String,
    /// Until when it works, microseconds since 1970 UTC.
    until: Option<i64>,
}

async fn enrol_with(app: &App, id: DeviceId, code: String) -> Result<Response, Problem> {
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let row = devices::device(&mut tx, id).await?.ok_or(Why::NotFound)?;
    let centre = queue::centre_by_id(&mut tx, row.centre_id).await?.ok_or(Why::NotFound)?;
    let address = format!("{}/kiosk/{}", app.office.settings.base_url, centre.code);
    let told = EnrolWith { id: id.to_string(), code, address, until: row.code_until };
    Ok((StatusCode::CREATED, Json(told)).into_response())
}

/// Adds a kiosk or a hall display. It serves once it was enrolled with the code.
#[utoipa::path(post, path = "/api/v1/desk/devices", request_body = DeviceIn,
    responses((status = 201, body = EnrolWith), (status = 409), (status = 422)),
    security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn add(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<DeviceIn>,
) -> Result<Response, Problem> {
    let centre = caller.at_centre(&app, Permission::ManageQueue)?;
    let kind = DeviceKind::from_code(&body.kind).ok_or_else(|| Problem::field("kind"))?;
    let (code, code_hash) = AddDevice::code();
    let act = AddDevice { centre, kind, label: body.label, code_hash };
    let added = app.office.perform(&caller.who, &key, act).await?;
    enrol_with(&app, added.device, code).await
}

/// What is done with a machine.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DeviceStepIn {
    /// `lock`: it serves nobody from the next touch on. `unlock`: it serves again. `end`: it
    /// is taken away for good, and both keys end.
    #[schema(value_type = StepOfDevice)]
    step: String,
}

/// Locks a machine, unlocks it, or takes it away.
#[utoipa::path(post, path = "/api/v1/desk/devices/{id}/steps", params(("id" = uuid::Uuid, Path)),
    request_body = DeviceStepIn,
    responses((status = 204), (status = 404), (status = 409), (status = 422)),
    security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn step(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<DeviceStepIn>,
) -> Result<StatusCode, Problem> {
    caller.at_desk(&app, Permission::ManageQueue)?;
    // Another machine in its place has a code, which is told: that is asked for elsewhere.
    let step = DeviceStep::from_code(&body.step).filter(|step| *step != DeviceStep::Replace);
    let step = step.ok_or_else(|| Problem::field("step"))?;
    let act = MoveDevice { device: path_id(&id)?, step, code_hash: Vec::new() };
    app.office.perform(&caller.who, &key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets another machine take a machine's place: both keys end at once, and there is a new
/// code. A lock stays.
#[utoipa::path(post, path = "/api/v1/desk/devices/{id}/replacement", params(("id" = uuid::Uuid, Path)),
    responses((status = 201, body = EnrolWith), (status = 404), (status = 409)),
    security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn replace(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::ManageQueue)?;
    let device: DeviceId = path_id(&id)?;
    let (code, code_hash) = AddDevice::code();
    let act = MoveDevice { device, step: DeviceStep::Replace, code_hash };
    app.office.perform(&caller.who, &key, act).await?;
    enrol_with(&app, device, code).await
}
