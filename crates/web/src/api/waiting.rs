//! Lists and draws for programs: waiting for a place on a day that is full, and entering for
//! places that are given by draw; for oneself, or by an officer of the centre for somebody.

use super::caller::Caller;
use super::problem::{Body, Once, Problem, path_id};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use diwan_domain::acts::Actor;
use diwan_domain::ids::RowId;
use diwan_domain::people::{Channel, Permission};
use diwan_domain::queue::releases::Wish;
use diwan_domain::queue::slots::For;
use diwan_domain::refusals::Why;
use diwan_office::Who;
use diwan_office::queue::{self, AnswerOffer, EnterRelease, JoinWaiting};
use diwan_office::rows::{CentreRow, ReleaseRow};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

async fn centre(app: &App, code: &str) -> Result<CentreRow, Problem> {
    let found = queue::centre_coded(&mut app.office.db.reading().await?.tx(), code).await?;
    found.ok_or_else(|| Why::NotFound.into())
}

/// Refuses whoever may neither ask for themselves nor serve in a centre.
fn may_ask(app: &App, caller: &Caller) -> Result<(), Problem> {
    if matches!(caller.who.actor, Actor::Officer(_)) {
        return caller.at_desk(app, Permission::ServeQueue).map(drop);
    }
    caller.needs("cases:write")
}

fn whom(vulnerable: bool) -> For {
    if vulnerable { For::Vulnerable } else { For::Anyone }
}

/// Who waits for a place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WaitingIn {
    /// The letter of the line.
    line: String,
    /// For which day, ISO 8601.
    #[schema(format = "date")]
    day: String,
    /// Whether waiting is hard for them: they have the kept places too.
    #[serde(default)]
    vulnerable: bool,
    /// The telephone that is told; an officer names it.
    #[serde(default)]
    phone: String,
    /// The language in which they are told.
    language: String,
}

/// A place in the list of a day, for whoever holds its code.
#[derive(Serialize, ToSchema)]
pub(super) struct WaitingOut {
    code: String,
    #[schema(format = "uuid")]
    centre: String,
    line: String,
    #[schema(format = "date")]
    day: String,
    /// `waiting`, `offered`, `taken`, `left`, `passed`, `barred`, `over`, or `off` when the centre is closed then.
    standing: String,
    /// How many are before it.
    before: usize,
    /// Which time is offered, microseconds since 1970 UTC.
    slot: Option<i64>,
    /// Until when it is held.
    held_until: Option<i64>,
    /// The code of the appointment that came of it.
    appointment: Option<String>,
}

async fn waiting_out(app: &App, code: &str) -> Result<WaitingOut, Problem> {
    let found = queue::waiting_place(&mut app.office.db.reading().await?.tx(), code).await?;
    let (row, before, appointment) = found.ok_or(Why::NotFound)?;
    let is_held = row.held_until.is_some_and(|until| app.office.now() < until);
    // An offer whose time is over is not one any more, whether or not it was ended.
    let is_past = row.standing == "offered" && !is_held;
    Ok(WaitingOut {
        centre: row.centre_id.to_string(),
        standing: if is_past { "passed".to_owned() } else { row.standing },
        code: row.code,
        line: row.line,
        day: row.day,
        before,
        slot: row.slot_at.filter(|_| !is_past),
        held_until: row.held_until.filter(|_| !is_past),
        appointment: appointment.map(|booked| booked.code),
    })
}

/// Joins the list of a line for a day that is full: an applicant for themselves, an officer of
/// the centre for somebody. Whose turn it is is told, and has a quarter of an hour.
#[utoipa::path(post, path = "/api/v1/centres/{code}/waiting", request_body = WaitingIn,
    params(("code" = String, Path, description = "The centre's code")),
    responses((status = 201, body = WaitingOut), (status = 404)),
    security(("token" = ["cases:write"]), ("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn join(
    State(app): State<App>,
    caller: Caller,
    Path(code): Path<String>,
    Once(key): Once,
    Body(body): Body<WaitingIn>,
) -> Result<Response, Problem> {
    may_ask(&app, &caller)?;
    app.words.language(&body.language).ok_or_else(|| Problem::field("language"))?;
    let day: Date = body.day.parse().map_err(|_| Problem::field("day"))?;
    let act = JoinWaiting {
        centre: centre(&app, &code).await?.id,
        line: body.line,
        day,
        who: whom(body.vulnerable),
        phone: body.phone,
        language: body.language,
    };
    let code = app.office.perform(&caller.who, &key, act).await?;
    Ok((StatusCode::CREATED, Json(waiting_out(&app, &code).await?)).into_response())
}

/// A place in a list, for whoever holds its code.
#[utoipa::path(get, path = "/api/v1/waiting/{code}", params(("code" = String, Path)),
    responses((status = 200, body = WaitingOut), (status = 404)), security(()), tag = "visits")]
pub(super) async fn place(
    State(app): State<App>,
    Path(code): Path<String>,
) -> Result<Json<WaitingOut>, Problem> {
    Ok(Json(waiting_out(&app, &code).await?))
}

/// What whoever waits does.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WaitingStepIn {
    /// `take` the time that is offered, or `leave` the list.
    step: String,
}

/// Takes the time that is offered, or leaves the list: whoever holds the code.
#[utoipa::path(post, path = "/api/v1/waiting/{code}/steps", request_body = WaitingStepIn,
    params(("code" = String, Path)), responses((status = 200, body = WaitingOut), (status = 404)),
    security(()), tag = "visits")]
pub(super) async fn step(
    State(app): State<App>,
    Path(code): Path<String>,
    Once(key): Once,
    Body(body): Body<WaitingStepIn>,
) -> Result<Json<WaitingOut>, Problem> {
    let take = match body.step.as_str() {
        "take" => true,
        "leave" => false,
        _ => return Err(Problem::word("step", ["take", "leave"])),
    };
    let holder = Who { channel: Channel::Api, ..Who::system("appointments") };
    let act = AnswerOffer { code: code.to_ascii_uppercase(), take };
    app.office.perform(&holder, &key, act).await?;
    Ok(Json(waiting_out(&app, &code).await?))
}

/// Places of some days that are given by draw.
#[derive(Serialize, ToSchema)]
pub(super) struct ReleaseOut {
    #[schema(format = "uuid")]
    id: String,
    /// The letter of the line.
    line: String,
    /// The first day.
    #[schema(format = "date")]
    from: String,
    /// The last day.
    #[schema(format = "date")]
    until: String,
    /// From when on people can enter, microseconds since 1970 UTC.
    opens: i64,
    /// Until when.
    closes: i64,
    /// From when on it is drawn.
    draws: i64,
    /// Whether people can enter now.
    takes: bool,
    /// To the seed, published before anybody could enter.
    commitment: String,
    /// Where everything that is published of it stands.
    record: String,
}

/// The draws of a centre.
#[derive(Serialize, ToSchema)]
pub(super) struct ReleaseList {
    releases: Vec<ReleaseOut>,
}

/// The draws of a centre.
#[utoipa::path(get, path = "/api/v1/centres/{code}/releases",
    params(("code" = String, Path, description = "The centre's code")),
    responses((status = 200, body = ReleaseList), (status = 404)), security(()), tag = "visits")]
pub(super) async fn releases(
    State(app): State<App>,
    Path(code): Path<String>,
) -> Result<Json<ReleaseList>, Problem> {
    let centre = centre(&app, &code).await?;
    let rows = queue::releases_of(&mut app.office.db.reading().await?.tx(), centre.id).await?;
    let (base, now) = (&app.office.settings.base_url, app.office.now());
    let shown = |row: ReleaseRow| ReleaseOut {
        id: row.id.to_string(),
        takes: queue::window_of(&row).takes(now),
        record: format!("{base}/centres/{}/releases/{}/record.json", centre.code, row.id),
        line: row.line,
        from: row.from_day,
        until: row.until_day,
        opens: row.opens_at,
        closes: row.closes_at,
        draws: row.draws_at,
        commitment: row.commitment,
    };
    Ok(Json(ReleaseList { releases: rows.into_iter().map(shown).collect() }))
}

/// Who enters for a draw.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryIn {
    /// The telephone that is told; an officer names it.
    #[serde(default)]
    phone: String,
    /// The language in which they are told.
    language: String,
    /// Whether waiting is hard for them: they have the kept places too.
    #[serde(default)]
    vulnerable: bool,
    /// The days that suit best, ISO 8601; none for any.
    #[serde(default)]
    days: Vec<String>,
    /// Whether no other day will do.
    #[serde(default)]
    only: bool,
}

/// An entry for a draw, for whoever holds its code.
#[derive(Serialize, ToSchema)]
pub(super) struct ReleaseEntryOut {
    code: String,
    #[schema(format = "uuid")]
    release: String,
    /// The entry as it is published: it names nobody.
    entry: String,
    /// What, with whose it is, makes the entry.
    chance: String,
    /// Its place in the order that was drawn.
    place: Option<i64>,
    /// The code of the appointment that it was given.
    appointment: Option<String>,
}

async fn entry_out(app: &App, code: &str) -> Result<ReleaseEntryOut, Problem> {
    let found = queue::release_entry(&mut app.office.db.reading().await?.tx(), code).await?;
    let (entry, release, appointment) = found.ok_or(Why::NotFound)?;
    Ok(ReleaseEntryOut {
        code: entry.code,
        release: release.id.to_string(),
        entry: entry.entry,
        chance: entry.chance,
        place: entry.place,
        appointment: appointment.map(|booked| booked.code),
    })
}

/// Enters for a draw: an applicant for themselves, an officer of the centre for somebody.
#[utoipa::path(post, path = "/api/v1/centres/{code}/releases/{release}/entries", request_body = EntryIn,
    params(("code" = String, Path, description = "The centre's code"), ("release" = uuid::Uuid, Path)),
    responses((status = 201, body = ReleaseEntryOut), (status = 404)),
    security(("token" = ["cases:write"]), ("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn enter(
    State(app): State<App>,
    caller: Caller,
    Path((code, release)): Path<(String, String)>,
    Once(key): Once,
    Body(body): Body<EntryIn>,
) -> Result<Response, Problem> {
    may_ask(&app, &caller)?;
    app.words.language(&body.language).ok_or_else(|| Problem::field("language"))?;
    let release: RowId = path_id(&release)?;
    let centre = centre(&app, &code).await?.id;
    let rows = queue::releases_of(&mut app.office.db.reading().await?.tx(), centre).await?;
    if !rows.iter().any(|row| row.id == release) {
        return Err(Why::NotFound.into());
    }
    let days = body.days.iter().map(|day| day.parse().map_err(|_| Problem::field("days")));
    let wish = Wish { who: whom(body.vulnerable), days: days.collect::<Result<_, _>>()?, only: body.only };
    let act = |account| EnterRelease { release, account, phone: body.phone, language: body.language, wish };
    let code = match caller.who.actor {
        // Diwan enters, so that what is published of it names nobody.
        Actor::Account(account) => {
            let door = Who { channel: Channel::Api, ..Who::system("releases") };
            app.office.perform(&door, &format!("{account}/{key}"), act(Some(account))).await?
        }
        _ => app.office.perform(&caller.who, &key, act(None)).await?,
    };
    Ok((StatusCode::CREATED, Json(entry_out(&app, &code).await?)).into_response())
}

/// An entry for a draw, for whoever holds its code.
#[utoipa::path(get, path = "/api/v1/release-entries/{code}", params(("code" = String, Path)),
    responses((status = 200, body = ReleaseEntryOut), (status = 404)), security(()), tag = "visits")]
pub(super) async fn entry(
    State(app): State<App>,
    Path(code): Path<String>,
) -> Result<Json<ReleaseEntryOut>, Problem> {
    Ok(Json(entry_out(&app, &code).await?))
}
