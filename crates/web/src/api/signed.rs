//! Whether a ticket is genuine, for programs.

use super::closed::TicketClass;
use super::problem::Problem;
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use diwan_office::queue;
use serde::Serialize;
use utoipa::ToSchema;

/// What became of checking a signed ticket.
#[derive(Serialize, ToSchema)]
pub(super) struct SignedOut {
    /// Whether this office signed it and nobody altered it. Everything else is none if not.
    genuine: bool,
    centre: Option<String>,
    /// ISO 8601.
    #[schema(format = "date")]
    day: Option<String>,
    number: Option<String>,
    /// `booked`, `need` or `walk`.
    #[schema(value_type = Option<TicketClass>)]
    class: Option<String>,
    /// Microseconds since 1970 UTC.
    came_at: Option<i64>,
    /// Which event of the day it was.
    turn: Option<i64>,
    /// What the public record of that day says: `agrees`, `differs`, or `not-yet` while the
    /// day is not closed.
    record: Option<String>,
}

/// Checks what the picture of a ticket carries after the `#` of its address: whether it is
/// genuine, and whether the day's public record says the same.
#[utoipa::path(get, path = "/api/v1/signed-tickets/{signed}",
    params(("signed" = String, Path, description = "What stands after the `#`")),
    responses((status = 200, body = SignedOut)), security(()), tag = "visits")]
pub(super) async fn check_signed(
    State(app): State<App>,
    Path(signed): Path<String>,
) -> Result<Json<SignedOut>, Problem> {
    let mut reading = app.office.db.reading().await?;
    let found = queue::confirm(&mut reading.tx(), &app.office.log_key, &signed).await?;
    let record = found.as_ref().map(|found| found.record.code().to_owned());
    let ticket = found.map(|found| found.ticket);
    let one = ticket.as_ref();
    Ok(Json(SignedOut {
        genuine: one.is_some(),
        centre: one.map(|ticket| ticket.centre.clone()),
        day: one.map(|ticket| ticket.day.clone()),
        number: one.map(|ticket| ticket.number.clone()),
        class: one.map(|ticket| ticket.class.code().to_owned()),
        came_at: one.map(|ticket| ticket.came_at),
        turn: one.map(|ticket| ticket.turn),
        record,
    }))
}
