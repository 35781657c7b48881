//! Appointments for programs: what is free, booking for oneself or by an officer for
//! somebody, and giving one back.

use super::caller::Caller;
use super::problem::{Asked, Body, Once, Problem};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use diwan_domain::acts::Actor;
use diwan_domain::people::{Channel, Permission};
use diwan_domain::queue::slots::For;
use diwan_domain::refusals::Why;
use diwan_domain::services::Answers;
use diwan_office::Who;
use diwan_office::queue::{self, BookAppointment, CancelAppointment, KeepAnswers};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Of which line, and which day.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SlotsOf {
    /// The letter of the line.
    line: String,
    /// ISO 8601; without it the days are told.
    #[serde(default)]
    day: Option<String>,
}

/// A day that can be looked at.
#[derive(Serialize, ToSchema)]
struct DayFree {
    /// ISO 8601.
    #[schema(format = "date")]
    day: String,
    /// From when on it can be booked, microseconds since 1970 UTC.
    releases: i64,
    /// How many places anyone can still book.
    left: i64,
}

/// A time that can be booked.
#[derive(Serialize, ToSchema)]
struct SlotFree {
    /// Its beginning, microseconds since 1970 UTC.
    at: i64,
    /// How many more of anyone.
    anyone: i64,
    /// How many more of those for whom waiting is hard.
    vulnerable: i64,
}

/// What can be booked of a line.
#[derive(Serialize, ToSchema)]
pub(super) struct SlotsOut {
    centre: String,
    line: String,
    /// The days, when none was named.
    days: Vec<DayFree>,
    /// The times of the day that was named.
    slots: Vec<SlotFree>,
}

/// What can be booked of a line of a centre: its days, or the times of one.
#[utoipa::path(get, path = "/api/v1/centres/{code}/slots",
    params(("code" = String, Path, description = "The centre's code"), SlotsOf),
    responses((status = 200, body = SlotsOut), (status = 409)), security(()), tag = "visits")]
pub(super) async fn slots(
    State(app): State<App>,
    Path(code): Path<String>,
    Asked(of): Asked<SlotsOf>,
) -> Result<Json<SlotsOut>, Problem> {
    let now = app.office.now();
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let centre = queue::centre_coded(&mut tx, &code).await?.ok_or(Why::NotFound)?;
    let (mut days, mut slots) = (Vec::new(), Vec::new());
    match of.day {
        None => days = queue::free_days(&mut tx, centre.id, &of.line, now).await?,
        Some(day) => {
            let day: Date = day.parse().map_err(|_| Problem::field("day"))?;
            slots = queue::free_slots(&mut tx, centre.id, &of.line, (day, now)).await?;
        }
    }
    let day = |free: queue::FreeDay| DayFree {
        day: free.day.to_string(),
        releases: free.releases,
        left: i64::from(free.left),
    };
    Ok(Json(SlotsOut {
        centre: centre.code,
        line: of.line,
        days: days.into_iter().map(day).collect(),
        slots: slots
            .into_iter()
            .map(|free| SlotFree {
                at: free.slot.at,
                anyone: i64::from(free.anyone),
                vulnerable: i64::from(free.vulnerable),
            })
            .collect(),
    }))
}

/// An appointment to be booked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AppointmentIn {
    /// The centre's code.
    centre: String,
    /// The letter of the line.
    line: String,
    /// The beginning of a slot, microseconds since 1970 UTC.
    at: i64,
    /// Whether waiting is hard for them: they have the kept places too.
    #[serde(default)]
    vulnerable: bool,
    /// The telephone that is reminded; an officer names it, or says that there is none.
    #[serde(default)]
    phone: Option<String>,
    /// That whoever asks an officer has no telephone: they are given the code.
    #[serde(default)]
    no_phone: bool,
    /// The language of the reminder.
    language: String,
    /// The code of the appointment that this one takes the place of.
    #[serde(default)]
    instead_of: Option<String>,
    /// For which service of the line they come.
    #[serde(default)]
    service: Option<String>,
    /// What they answered before, by question: kept with the appointment of a service until
    /// it is over, so that their case begins with it.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    answers: Option<Answers>,
}

/// An appointment, for whoever holds its code.
#[derive(Serialize, ToSchema)]
pub(super) struct AppointmentOut {
    code: String,
    centre: String,
    line: String,
    /// Microseconds since 1970 UTC.
    at: i64,
    /// `open`, `kept`, `missed`, `cancelled`, or `called-off` when the centre is closed then.
    standing: String,
}

async fn appointment_out(app: &App, code: &str) -> Result<AppointmentOut, Problem> {
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let row = queue::appointment(&mut tx, code).await?.ok_or(Why::NotFound)?;
    let centre = queue::centre_by_id(&mut tx, row.centre_id).await?.ok_or(Why::NotFound)?;
    Ok(AppointmentOut {
        code: row.code,
        centre: centre.code,
        line: row.line,
        at: row.starts_at,
        standing: row.standing,
    })
}

/// Books an appointment: an applicant for themselves, an officer of the centre for somebody.
#[utoipa::path(post, path = "/api/v1/appointments", request_body = AppointmentIn,
    responses((status = 201, body = AppointmentOut), (status = 409), (status = 422)),
    security(("token" = ["cases:write"]), ("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn book(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<AppointmentIn>,
) -> Result<Response, Problem> {
    if matches!(caller.who.actor, Actor::Officer(_)) {
        caller.at_desk(&app, Permission::ServeQueue)?;
    } else {
        caller.needs("cases:write")?;
    }
    let centre = {
        let mut reading = app.office.db.reading().await?;
        queue::centre_coded(&mut reading.tx(), &body.centre).await?
    };
    // Messages go out in it, and their links lead to its pages.
    app.words.language(&body.language).ok_or_else(|| Problem::field("language"))?;
    let act = BookAppointment {
        centre: centre.ok_or_else(|| Problem::field("centre"))?.id,
        line: body.line,
        service: body.service,
        at: body.at,
        who: if body.vulnerable { For::Vulnerable } else { For::Anyone },
        phone: body.phone.unwrap_or_default(),
        language: body.language,
        instead_of: body.instead_of,
        no_phone: body.no_phone,
    };
    let code = app.office.perform(&caller.who, &key, act).await?;
    if let Some(answers) = body.answers.filter(|answers| !answers.is_empty()) {
        let act = KeepAnswers { code: code.clone(), answers };
        app.office.perform(&caller.who, &format!("{key}/answers"), act).await?;
    }
    Ok((StatusCode::CREATED, Json(appointment_out(&app, &code).await?)).into_response())
}

/// Whose appointments are looked for.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct AppointmentsOf {
    /// The telephone that was given when they were booked.
    #[serde(default)]
    #[param(required = true)]
    phone: String,
}

/// Appointments that were found.
#[derive(Serialize, ToSchema)]
pub(super) struct AppointmentList {
    /// The earliest first.
    appointments: Vec<AppointmentOut>,
}

/// The appointments at one's own centre, of today or later, that were booked with a telephone.
#[utoipa::path(get, path = "/api/v1/desk/appointments", params(AppointmentsOf),
    responses((status = 200, body = AppointmentList), (status = 422)),
    security(("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn find(
    State(app): State<App>,
    caller: Caller,
    Asked(of): Asked<AppointmentsOf>,
) -> Result<Json<AppointmentList>, Problem> {
    let id = caller.at_centre(&app, Permission::ServeQueue)?;
    let typed = diwan_domain::digits::to_ascii(of.phone.trim());
    if typed.is_empty() {
        return Err(Problem::field("phone"));
    }
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let centre = queue::centre_by_id(&mut tx, id).await?.ok_or(Why::NotFound)?;
    let rows = queue::appointments_with(&mut tx, id, (&typed, app.office.now())).await?;
    let out = rows.into_iter().map(|row| AppointmentOut {
        code: row.code,
        centre: centre.code.clone(),
        line: row.line,
        at: row.starts_at,
        standing: row.standing,
    });
    Ok(Json(AppointmentList { appointments: out.collect() }))
}

/// An appointment, for whoever holds its code.
#[utoipa::path(get, path = "/api/v1/appointments/{code}", params(("code" = String, Path)),
    responses((status = 200, body = AppointmentOut), (status = 404)), security(()), tag = "visits")]
pub(super) async fn appointment(
    State(app): State<App>,
    Path(code): Path<String>,
) -> Result<Json<AppointmentOut>, Problem> {
    Ok(Json(appointment_out(&app, &code).await?))
}

/// Gives an appointment back: whoever holds its code. Its place is free at once.
#[utoipa::path(post, path = "/api/v1/appointments/{code}/cancel", params(("code" = String, Path)),
    responses((status = 200, body = AppointmentOut), (status = 404), (status = 409)), security(()), tag = "visits")]
pub(super) async fn cancel(
    State(app): State<App>,
    Path(code): Path<String>,
    Once(key): Once,
) -> Result<Json<AppointmentOut>, Problem> {
    let holder = Who { channel: Channel::Api, ..Who::system("appointments") };
    let act = CancelAppointment { code: code.to_ascii_uppercase() };
    app.office.perform(&holder, &key, act).await?;
    Ok(Json(appointment_out(&app, &code).await?))
}
