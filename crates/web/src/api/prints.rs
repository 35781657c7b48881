//! Sheets of the machines of one's own centre that did not come out, or of which nobody knows,
//! for programs.

use super::caller::Caller;
use super::closed::{KindOfPrint, StateOfPrint, StepOfPrint};
use super::problem::{Body, Once, Problem, path_id};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use diwan_domain::devices::PrintStep;
use diwan_domain::ids::PrintId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::devices::{self, MovePrint};
use diwan_office::rows::PrintRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A sheet of a machine.
#[derive(Serialize, ToSchema)]
pub(super) struct PrintOut {
    #[schema(format = "uuid")]
    id: String,
    /// Which machine prints it.
    #[schema(format = "uuid")]
    device: String,
    #[schema(value_type = KindOfPrint)]
    kind: String,
    #[schema(value_type = StateOfPrint)]
    state: String,
    /// Why it did not come out, as the printer said.
    why: Option<String>,
    /// How often it was sent to the printer.
    tries: i64,
    /// Microseconds since 1970 UTC.
    asked_at: i64,
}

impl From<PrintRow> for PrintOut {
    fn from(row: PrintRow) -> Self {
        Self {
            id: row.id.to_string(),
            device: row.device_id.to_string(),
            kind: row.kind,
            state: row.state,
            why: row.why,
            tries: row.tries,
            asked_at: row.asked_at,
        }
    }
}

/// Sheets.
#[derive(Serialize, ToSchema)]
pub(super) struct PrintList {
    prints: Vec<PrintOut>,
}

/// The sheets that did not come out, or of which nobody knows.
#[utoipa::path(get, path = "/api/v1/desk/prints", responses((status = 200, body = PrintList)),
    security(("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn list(State(app): State<App>, caller: Caller) -> Result<Json<PrintList>, Problem> {
    let centre = caller.at_centre(&app, Permission::ServeQueue)?;
    let rows = devices::prints_at(&mut app.office.db.reading().await?.tx(), centre).await?;
    Ok(Json(PrintList { prints: rows.into_iter().map(PrintOut::from).collect() }))
}

/// One sheet.
#[utoipa::path(get, path = "/api/v1/desk/prints/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = PrintOut), (status = 404)),
    security(("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<PrintOut>, Problem> {
    let centre = caller.at_centre(&app, Permission::ServeQueue)?;
    let print: PrintId = path_id(&id)?;
    let row = devices::print(&mut app.office.db.reading().await?.tx(), print).await?;
    let row = row.filter(|row| row.centre_id == centre).ok_or(Why::NotFound)?;
    Ok(Json(row.into()))
}

/// What becomes of a sheet.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PrintStepIn {
    /// `printed`: somebody looked into the tray, and it lies there. `again`: it is printed once
    /// more. `drop`: nobody waits for it any more.
    #[schema(value_type = StepOfPrint)]
    step: String,
}

/// Says what becomes of a sheet. Of a sealed paper that an officer asked for themself, another
/// officer looks into the tray.
#[utoipa::path(post, path = "/api/v1/desk/prints/{id}/steps", request_body = PrintStepIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = PrintOut), (status = 404)),
    security(("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn step(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<PrintStepIn>,
) -> Result<Json<PrintOut>, Problem> {
    caller.at_desk(&app, Permission::ServeQueue)?;
    let steps = [PrintStep::Printed, PrintStep::Again, PrintStep::Drop];
    let step = steps.into_iter().find(|step| step.code() == body.step);
    let step = step.ok_or_else(|| Problem::word("step", steps.map(PrintStep::code)))?;
    let print: PrintId = path_id(&id)?;
    app.office.perform(&caller.who, &key, MovePrint { print, step, why: None, code: None }).await?;
    let row = devices::print(&mut app.office.db.reading().await?.tx(), print).await?;
    Ok(Json(row.ok_or(Why::NotFound)?.into()))
}
