//! Offices, centres, counters and days off.

use super::caller::{Caller, Version};
use super::paging::{Page, Paging};
use super::problem::{Asked, Body, Once, Problem, maybe_id, path_id, seen_in};
use super::shapes::Made;
use crate::app::App;
use crate::desk::admin::{DAYS, hours_in};
use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use diwan_domain::calendar::OpeningHours;
use diwan_domain::ids::CentreId;
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::administration::{self, AddCounter, AddHoliday, AddOffice, SetCentre, WithdrawHoliday};
use diwan_office::queue::calls_off;
use diwan_office::rows::CentreRow;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Names by language.
type Names = BTreeMap<String, String>;

fn names_of(value: &Value) -> Names {
    serde_json::from_value(value.clone()).unwrap_or_default()
}

fn named(names: &Names) -> Result<Value, Problem> {
    if names.values().all(|name| name.trim().is_empty()) {
        return Err(Problem::field("names"));
    }
    Ok(json!(names))
}

/// An office that issues papers.
#[derive(Serialize, ToSchema)]
pub(super) struct OfficeOut {
    #[schema(format = "uuid")]
    id: String,
    code: String,
    /// The kind of office that services name as their issuer.
    ministry: String,
    names: Names,
}

/// Every office. Any officer may read it.
#[utoipa::path(get, path = "/api/v1/offices", params(Paging),
    responses((status = 200, body = Page<OfficeOut>)), security(("token" = [])), tag = "administration")]
pub(super) async fn offices(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(paging): Asked<Paging>,
) -> Result<Page<OfficeOut>, Problem> {
    caller.officer(&app)?;
    let all = administration::all_offices(&mut app.office.db.reading().await?.tx()).await?;
    let lines = all.into_iter().map(|row| OfficeOut {
        id: row.id.to_string(),
        code: row.code,
        ministry: row.ministry,
        names: names_of(&row.names.0),
    });
    Page::among(&app, &uri, &paging, lines.collect(), |line| line.id.clone())
}

/// A new office.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeIn {
    /// Two to six letters, in its documents' numbers.
    code: String,
    /// The kind of office that services name as their issuer: `civil-status`.
    ministry: String,
    names: Names,
}

/// Adds an office.
#[utoipa::path(post, path = "/api/v1/offices", request_body = OfficeIn,
    responses((status = 201, body = Made)),
    security(("token" = ["officers.manage"])), tag = "administration")]
pub(super) async fn add_office(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<OfficeIn>,
) -> Result<Response, Problem> {
    let act = AddOffice { code: body.code, ministry: body.ministry, names: named(&body.names)?, area: None };
    let id = app.office.perform(&caller.who, &key, act).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })).into_response())
}

/// A centre.
#[derive(Serialize, ToSchema)]
pub(super) struct CentreOut {
    #[schema(format = "uuid")]
    id: String,
    code: String,
    names: Names,
    address: String,
    /// By day (`sunday` …): `08:30-14:30`, several apart by spaces; a day that
    /// is left out is closed.
    hours: BTreeMap<String, String>,
    version: i64,
}

fn centre_out(row: &CentreRow) -> CentreOut {
    let hours: OpeningHours =
        serde_json::from_value(row.hours.0.clone()).unwrap_or_else(|_| OpeningHours::usual());
    let written = DAYS.iter().zip(&hours.week).filter(|(_, open)| !open.is_empty()).map(|(day, open)| {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let spans: Vec<String> =
            open.iter().map(|h| format!("{}-{}", clock(h.opens), clock(h.closes))).collect();
        ((*day).to_owned(), spans.join(" "))
    });
    CentreOut {
        id: row.id.to_string(),
        code: row.code.clone(),
        names: names_of(&row.names.0),
        address: row.address.clone(),
        hours: written.collect(),
        version: row.version,
    }
}

/// Every open centre. Any officer may read it.
#[utoipa::path(get, path = "/api/v1/centres", params(Paging),
    responses((status = 200, body = Page<CentreOut>)), security(("token" = [])), tag = "administration")]
pub(super) async fn centres(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(paging): Asked<Paging>,
) -> Result<Page<CentreOut>, Problem> {
    caller.officer(&app)?;
    let all = administration::all_centres(&mut app.office.db.reading().await?.tx()).await?;
    Page::among(&app, &uri, &paging, all.iter().map(centre_out).collect(), |line| line.id.clone())
}

/// One centre. Any officer may read it.
#[utoipa::path(get, path = "/api/v1/centres/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = CentreOut)), security(("token" = [])), tag = "administration")]
pub(super) async fn centre(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.officer(&app)?;
    let id: CentreId = path_id(&id)?;
    let all = administration::all_centres(&mut app.office.db.reading().await?.tx()).await?;
    let row = all.iter().find(|row| row.id == id).ok_or(Why::NotFound)?;
    let mut response = Json(centre_out(row)).into_response();
    response.extensions_mut().insert(Version::of(row.version));
    Ok(response)
}

/// A centre as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CentreIn {
    /// Two to six letters, in its counters' numbers; kept when it is changed.
    code: String,
    names: Names,
    address: String,
    /// By day (`sunday` …): `08:30-14:30`, several apart by spaces; a day that
    /// is left out is closed.
    hours: BTreeMap<String, String>,
}

fn as_set(
    app: &App,
    centre: Option<CentreId>,
    body: CentreIn,
    seen: Option<i64>,
) -> Result<SetCentre, Problem> {
    let offset_minutes = app.office.settings.utc_offset_minutes;
    let mut hours = OpeningHours { offset_minutes, ..OpeningHours::usual() };
    if body.hours.keys().any(|day| !DAYS.contains(&day.as_str())) {
        return Err(Problem::field("hours"));
    }
    for (open, day) in hours.week.iter_mut().zip(DAYS) {
        let text = body.hours.get(day).map(String::as_str).unwrap_or_default();
        *open = hours_in(text).ok_or_else(|| Problem::field(day))?;
    }
    let names = named(&body.names)?;
    Ok(SetCentre { centre, code: body.code, names, address: body.address, area: None, hours, seen })
}

/// Opens a centre.
#[utoipa::path(post, path = "/api/v1/centres", request_body = CentreIn,
    responses((status = 201, body = Made)),
    security(("token" = ["centres.manage"])), tag = "administration")]
pub(super) async fn open_centre(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<CentreIn>,
) -> Result<Response, Problem> {
    let id = app.office.perform(&caller.who, &key, as_set(&app, None, body, None)?).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })).into_response())
}

/// Changes a centre, on the version that was seen.
#[utoipa::path(put, path = "/api/v1/centres/{id}", request_body = CentreIn,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 204), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["centres.manage"])), tag = "administration")]
pub(super) async fn set_centre(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    headers: HeaderMap,
    Body(body): Body<CentreIn>,
) -> Result<StatusCode, Problem> {
    let missing = Refusal::from(Why::Malformed).about("header", "If-Match");
    let seen = seen_in(&headers)
        .ok_or_else(|| Problem::from(missing).with_status(StatusCode::PRECONDITION_REQUIRED))?;
    let act = as_set(&app, Some(path_id(&id)?), body, Some(seen))?;
    app.office.perform(&caller.who, &key, act).await.map_err(|stop| Problem::from(stop).on_version())?;
    Ok(StatusCode::NO_CONTENT)
}

/// A counter.
#[derive(Serialize, ToSchema)]
pub(super) struct CounterOut {
    #[schema(format = "uuid")]
    id: String,
    label: String,
    /// What it is fit for: `wheelchair`, `women-only` and so on.
    abilities: Vec<String>,
}

/// The counters of a centre. Any officer may read it.
#[utoipa::path(get, path = "/api/v1/centres/{id}/counters", params(("id" = uuid::Uuid, Path), Paging),
    responses((status = 200, body = Page<CounterOut>)), security(("token" = [])), tag = "administration")]
pub(super) async fn counters(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    OriginalUri(uri): OriginalUri,
    Asked(paging): Asked<Paging>,
) -> Result<Page<CounterOut>, Problem> {
    caller.officer(&app)?;
    let centre: CentreId = path_id(&id)?;
    let all = administration::counters_of(&mut app.office.db.reading().await?.tx(), centre).await?;
    let lines = all.into_iter().map(|row| CounterOut {
        id: row.id.to_string(),
        label: row.label,
        abilities: serde_json::from_value(row.abilities.0).unwrap_or_default(),
    });
    Page::among(&app, &uri, &paging, lines.collect(), |line| line.id.clone())
}

/// A new counter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CounterIn {
    /// Its label, in its numbers: `C4`.
    label: String,
    /// What it is fit for.
    #[serde(default)]
    abilities: Vec<String>,
}

/// Adds a counter to a centre.
#[utoipa::path(post, path = "/api/v1/centres/{id}/counters", request_body = CounterIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 201, body = Made)),
    security(("token" = ["centres.manage"])), tag = "administration")]
pub(super) async fn add_counter(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<CounterIn>,
) -> Result<Response, Problem> {
    let act = AddCounter { centre: path_id(&id)?, label: body.label, abilities: body.abilities };
    let id = app.office.perform(&caller.who, &key, act).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })).into_response())
}

/// A day off.
#[derive(Serialize, ToSchema)]
pub(super) struct HolidayOut {
    #[schema(format = "uuid")]
    id: String,
    /// ISO 8601.
    #[schema(format = "date")]
    day: String,
    /// Only in this centre.
    centre: Option<String>,
    names: Names,
    /// What it still calls off; `null` when there is nothing, or nothing more.
    calls_off: Option<CallsOffOut>,
}

/// What a day off calls off.
#[derive(Serialize, ToSchema)]
struct CallsOffOut {
    /// How many appointments.
    appointments: i64,
    /// How many places in waiting lists.
    waiting: i64,
    /// From when on people are told, microseconds since 1970 UTC: taken back before that, the
    /// day off calls nothing off.
    from: i64,
}

/// Every day off, with what it still calls off. Any officer may read it.
#[utoipa::path(get, path = "/api/v1/holidays", params(Paging),
    responses((status = 200, body = Page<HolidayOut>)), security(("token" = [])), tag = "administration")]
pub(super) async fn holidays(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(paging): Asked<Paging>,
) -> Result<Page<HolidayOut>, Problem> {
    caller.officer(&app)?;
    let today = app.office.today().to_string();
    let mut lines = Vec::new();
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    for row in administration::all_holidays(&mut tx).await? {
        let off = if row.day < today { None } else { calls_off(&mut tx, &row).await? };
        lines.push(HolidayOut {
            id: row.id.to_string(),
            day: row.day,
            centre: row.centre_id.map(|id| id.to_string()),
            names: names_of(&row.names.0),
            calls_off: off.map(|off| CallsOffOut {
                appointments: off.appointments,
                waiting: off.waiting,
                from: off.from,
            }),
        });
    }
    drop(reading);
    Page::among(&app, &uri, &paging, lines, |line| line.id.clone())
}

/// A new day off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HolidayIn {
    /// ISO 8601.
    #[schema(format = "date")]
    day: String,
    /// Only in this centre; left out, everywhere.
    centre: Option<String>,
    names: Names,
}

/// Announces a day off: of one centre its manager may, of all an administrator. Appointments
/// of that day are called off after half an hour, or at once when they are near.
#[utoipa::path(post, path = "/api/v1/holidays", request_body = HolidayIn,
    responses((status = 201, body = Made)),
    security(("token" = ["centres.manage"])), tag = "administration")]
pub(super) async fn add_holiday(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<HolidayIn>,
) -> Result<Response, Problem> {
    let centre = maybe_id("centre", body.centre.as_ref())?;
    let act = AddHoliday { day: body.day, centre, area: None, names: named(&body.names)? };
    let id = app.office.perform(&caller.who, &key, act).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })).into_response())
}

/// Takes a day off back.
#[utoipa::path(post, path = "/api/v1/holidays/{id}/withdraw", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)), security(("token" = ["centres.manage"])), tag = "administration")]
pub(super) async fn withdraw_holiday(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    app.office.perform(&caller.who, &key, WithdrawHoliday { holiday: path_id(&id)? }).await?;
    Ok(StatusCode::NO_CONTENT)
}
