//! Visits to centres for programs: what a hall looks like, tickets, calling and serving,
//! how people are served, and the record of a day.

use super::caller::Caller;
use super::closed::{HallNoticeReason, TicketState, WhyLetIn};
use super::problem::{Body, Once, Problem, field_id, maybe_id, path_id};
use super::shapes::Made;
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::{CentreId, CounterId, TicketId};
use diwan_domain::people::{Channel, Permission};
use diwan_domain::queue::estimate::Range;
use diwan_domain::queue::{JumpReason, Need, State as Stands, Step};
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::Who;
use diwan_office::queue::{
    self, AskToLetIn, CallNext, LeaveTicket, LetIn, MoveTicket, Picture, PublishSetup, RateVisit, SitDown,
    StandUp, TakeTicket, TransferTicket,
};
use diwan_office::rows::TicketRow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A wait in whole minutes.
#[derive(Serialize, ToSchema)]
struct WaitRange {
    from: i64,
    to: i64,
}

fn range(wait: Option<Range>) -> Option<WaitRange> {
    wait.map(|wait| WaitRange { from: wait.from, to: wait.to })
}

/// A number that was called.
#[derive(Serialize, ToSchema)]
struct HallCall {
    number: String,
    counter: String,
    hall: String,
    /// `left`, `right`, `ahead` or `upstairs`.
    direction: String,
    /// How often it was called.
    calls: i64,
    /// Microseconds since 1970 UTC.
    at: i64,
    /// Whether its holder stands at the counter already.
    serving: bool,
}

/// A line in which people stand.
#[derive(Serialize, ToSchema)]
struct HallLine {
    letter: String,
    waiting: usize,
    /// How many counters serve it.
    counters: usize,
    /// How long whoever comes now waits; none while no counter is open.
    wait: Option<WaitRange>,
    /// How many minutes whoever waits longest has waited.
    longest: i64,
}

/// What those who wait are told. The words are the pages' own, in every language.
#[derive(Serialize, ToSchema)]
struct HallNotice {
    /// Names it.
    id: String,
    /// Only those of the line with this letter; none for everybody.
    line: Option<String>,
    /// `system-late`, `officer-absent`, `closing-early`, `evacuation-drill` or `power-cut`.
    #[schema(value_type = HallNoticeReason)]
    reason: String,
    /// About how many minutes it means; none when nobody knows.
    minutes: Option<i64>,
    /// Since when it is told, microseconds since 1970 UTC.
    at: i64,
}

/// A hall at one moment. It names nobody.
#[derive(Serialize, ToSchema)]
pub(super) struct HallOut {
    centre: String,
    #[schema(format = "date")]
    day: String,
    /// Which event of the day it shows.
    turn: i64,
    /// Microseconds since 1970 UTC.
    at: i64,
    open: bool,
    called: Vec<HallCall>,
    lines: Vec<HallLine>,
    /// How many are before each waiting number.
    before: BTreeMap<String, usize>,
    waiting: usize,
    parked: usize,
    missed: usize,
    done: usize,
    /// What those who wait are told, the latest first.
    notices: Vec<HallNotice>,
}

impl From<Picture> for HallOut {
    fn from(picture: Picture) -> Self {
        let call = |one: queue::CalledNow| HallCall {
            number: one.number,
            counter: one.counter,
            hall: one.hall,
            direction: one.direction,
            calls: one.calls,
            at: one.at,
            serving: one.serving,
        };
        let line = |one: queue::LineNow| HallLine {
            letter: one.letter,
            waiting: one.waiting,
            counters: one.counters,
            wait: range(one.wait),
            longest: one.longest,
        };
        let notice = |one: queue::NoticeNow| HallNotice {
            id: one.id.to_string(),
            line: one.line,
            reason: one.reason,
            minutes: one.minutes,
            at: one.at,
        };
        Self {
            centre: picture.centre,
            day: picture.day,
            turn: picture.turn,
            at: picture.at,
            open: picture.open,
            called: picture.called.into_iter().map(call).collect(),
            lines: picture.lines.into_iter().map(line).collect(),
            before: picture.before,
            waiting: picture.standing.waiting,
            parked: picture.standing.parked,
            missed: picture.standing.missed,
            done: picture.standing.done,
            notices: picture.notices.into_iter().map(notice).collect(),
        }
    }
}

/// A centre's hall now. The same comes as server-sent events from `/centres/{code}/live`.
#[utoipa::path(get, path = "/api/v1/halls/{code}", params(("code" = String, Path, description = "The centre's code")),
    responses((status = 200, body = HallOut)), security(()), tag = "visits")]
pub(super) async fn hall(State(app): State<App>, Path(code): Path<String>) -> Result<Json<HallOut>, Problem> {
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let centre = queue::centre_coded(&mut tx, &code).await?.ok_or(Why::NotFound)?;
    let picture = queue::picture(&mut tx, centre.id, app.office.now()).await?.ok_or(Why::NoSetup)?;
    Ok(Json(picture.into()))
}

/// Where a mobile unit stands.
#[derive(Serialize, ToSchema)]
struct StopOut {
    /// The place's names by language.
    names: BTreeMap<String, String>,
    /// Where in it.
    place: String,
    /// From when, microseconds since 1970 UTC.
    from: i64,
    /// Until when.
    until: i64,
    /// Whether it is there now.
    now: bool,
}

/// The stops of a mobile unit in the fourteen days to come.
#[derive(Serialize, ToSchema)]
pub(super) struct StopsOut {
    centre: String,
    /// In order; none for a centre that stays where it is.
    stops: Vec<StopOut>,
}

/// Where a mobile unit is, and where next. Days off have no stops.
#[utoipa::path(get, path = "/api/v1/halls/{code}/stops",
    params(("code" = String, Path, description = "The centre's code")),
    responses((status = 200, body = StopsOut)), security(()), tag = "visits")]
pub(super) async fn stops(
    State(app): State<App>,
    Path(code): Path<String>,
) -> Result<Json<StopsOut>, Problem> {
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let centre = queue::centre_coded(&mut tx, &code).await?.ok_or(Why::NotFound)?;
    let now = app.office.now();
    let stops = queue::stops_of(&mut tx, &centre, now).await?;
    let out = |stop: queue::StopAt| StopOut {
        now: stop.is_now(now),
        names: stop.names,
        place: stop.place,
        from: stop.from,
        until: stop.until,
    };
    Ok(Json(StopsOut { centre: centre.code, stops: stops.into_iter().map(out).collect() }))
}

/// What a day came to, decided again by the published rule.
#[derive(Serialize, ToSchema)]
pub(super) struct QueueDayOut {
    centre: String,
    #[schema(format = "date")]
    day: String,
    /// Whether it is over; its whole record is published then.
    closed: bool,
    taken: i64,
    calls: i64,
    /// Calls in which a need came before somebody who came earlier.
    passed: i64,
    /// How many were let in before their turn, by reason.
    jumps: BTreeMap<String, i64>,
    /// Where the record differs from the rule: turn and code.
    findings: Vec<String>,
    /// Where the record is.
    record: String,
}

/// Whether the rule was kept on a day.
#[utoipa::path(get, path = "/api/v1/halls/{code}/days/{day}",
    params(("code" = String, Path, description = "The centre's code"), ("day" = String, Path, description = "ISO 8601")),
    responses((status = 200, body = QueueDayOut)), security(()), tag = "visits")]
pub(super) async fn day(
    State(app): State<App>,
    Path((code, day)): Path<(String, String)>,
) -> Result<Json<QueueDayOut>, Problem> {
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let centre = queue::centre_coded(&mut tx, &code).await?.ok_or(Why::NotFound)?;
    let record = queue::record_of(&mut tx, centre.id, &day).await?.ok_or(Why::NotFound)?;
    let checked = record.checked.unwrap_or_default();
    let base = &app.office.settings.base_url;
    Ok(Json(QueueDayOut {
        closed: record.day.closed_at.is_some(),
        taken: checked.taken,
        calls: checked.calls,
        passed: checked.passed,
        jumps: checked.jumps.iter().map(|(reason, count)| (reason.code().to_owned(), *count)).collect(),
        findings: checked.findings.iter().map(|f| format!("{} {}", f.turn, f.code)).collect(),
        record: format!("{base}/centres/{}/days/{}/record.json", centre.code, record.day.day),
        centre: centre.code,
        day: record.day.day,
    }))
}

/// A ticket as its holder sees it.
#[derive(Serialize, ToSchema)]
pub(super) struct TicketOut {
    number: String,
    line: String,
    /// `waiting`, `called`, `serving`, `parked`, `missed`, `done`, `left` or `unserved`.
    #[schema(value_type = TicketState)]
    state: &'static str,
    /// How many are before it.
    before: Option<i64>,
    wait: Option<WaitRange>,
    counter: Option<String>,
    /// What its picture carries, signed; none for a ticket from before they were.
    signed: Option<String>,
}

async fn ticket_out(app: &App, code: &str) -> Result<TicketOut, Problem> {
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let ticket = queue::by_code(&mut tx, code).await?.ok_or(Why::NotFound)?;
    let now = queue::ticket_now(&mut tx, &ticket).await?;
    let signed = queue::signed(&mut tx, &app.office.log_key, &ticket).await?;
    Ok(TicketOut {
        signed,
        number: now.number,
        line: now.line,
        state: now.state.code(),
        before: now.before.map(|before| before as i64),
        wait: range(now.wait),
        counter: now.counter,
    })
}

/// Where a ticket stands, for whoever holds its code.
#[utoipa::path(get, path = "/api/v1/tickets/{code}", params(("code" = String, Path)),
    responses((status = 200, body = TicketOut)), security(()), tag = "visits")]
pub(super) async fn ticket(
    State(app): State<App>,
    Path(code): Path<String>,
) -> Result<Json<TicketOut>, Problem> {
    Ok(Json(ticket_out(&app, &code).await?))
}

/// Whoever holds a ticket's code: the journal, part of which is published, names nobody.
fn holder() -> Who {
    Who { channel: Channel::Api, ..Who::system("door") }
}

/// Gives a ticket up.
#[utoipa::path(post, path = "/api/v1/tickets/{code}/leave", params(("code" = String, Path)),
    responses((status = 200, body = TicketOut)), security(()), tag = "visits")]
pub(super) async fn leave(
    State(app): State<App>,
    Path(code): Path<String>,
    Once(key): Once,
) -> Result<Json<TicketOut>, Problem> {
    app.office.perform(&holder(), &key, LeaveTicket { code: code.clone() }).await?;
    Ok(Json(ticket_out(&app, &code).await?))
}

/// How a visit was.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VisitRating {
    /// From 1, bad, to 5, good.
    score: i64,
    /// Any of `wait`, `courtesy`, `clarity`, `result`, `asked-for-money`, `access`.
    #[serde(default)]
    reasons: Vec<String>,
    /// Whether they wish to be called back.
    #[serde(default)]
    call_back: bool,
}

/// Says how a visit was, once it is over.
#[utoipa::path(post, path = "/api/v1/tickets/{code}/rating", params(("code" = String, Path)),
    request_body = VisitRating, responses((status = 204)), security(()), tag = "visits")]
pub(super) async fn rate(
    State(app): State<App>,
    Path(code): Path<String>,
    Once(key): Once,
    Body(body): Body<VisitRating>,
) -> Result<StatusCode, Problem> {
    let act = RateVisit { code, score: body.score, reasons: body.reasons, call_back: body.call_back };
    app.office.perform(&holder(), &key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A ticket to be given.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TicketIn {
    /// The letter of the line; follows from the service when that is given.
    #[serde(default)]
    line: Option<String>,
    #[serde(default)]
    service: Option<String>,
    /// Any of `wheelchair`, `hearing-loop`, `sign-language`, `women-only`, `quiet`,
    /// `fetched`, `cannot-wait`, `child`, `reading`.
    #[serde(default)]
    needs: Vec<String>,
    /// How many come together; 1 when left out.
    #[serde(default)]
    people: Option<i64>,
    /// The language they are spoken to in.
    language: String,
    /// Where to tell them that they are near.
    #[serde(default)]
    phone: Option<String>,
    /// Of which visit it is another ticket.
    #[serde(default)]
    visit: Option<String>,
    /// The code of a ticket of an earlier day that was not served.
    #[serde(default)]
    again: Option<String>,
    /// The code of an appointment of today: its line counts.
    #[serde(default)]
    appointment: Option<String>,
}

/// A ticket that was taken.
#[derive(Serialize, ToSchema)]
pub(super) struct TicketMade {
    #[schema(format = "uuid")]
    id: String,
    #[schema(format = "uuid")]
    visit: String,
    number: String,
    /// Whoever holds it sees where the ticket stands.
    code: String,
}

/// Gives a ticket at the reception of one's own centre.
#[utoipa::path(post, path = "/api/v1/desk/tickets", request_body = TicketIn,
    responses((status = 201, body = TicketMade)), security(("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn give(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<TicketIn>,
) -> Result<Response, Problem> {
    let centre = caller.at_centre(&app, Permission::ServeQueue)?;
    app.words.language(&body.language).ok_or_else(|| Problem::field("language"))?;
    let needs: Option<Vec<Need>> = body.needs.iter().map(|code| Need::from_code(code)).collect();
    let act = TakeTicket {
        centre,
        line: body.line,
        service: body.service,
        needs: needs.ok_or_else(|| Problem::field("needs"))?,
        people: body.people.unwrap_or(1),
        language: body.language,
        phone: body.phone,
        door: None,
        session: None,
        account: None,
        visit: maybe_id("visit", body.visit.as_ref())?,
        again: body.again,
        appointment: body.appointment,
    };
    let taken = app.office.perform(&caller.who, &key, act).await?;
    let made = TicketMade {
        id: taken.ticket.to_string(),
        visit: taken.visit.to_string(),
        number: taken.number,
        code: taken.code,
    };
    Ok((StatusCode::CREATED, Json(made)).into_response())
}

/// Where an officer sits.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SittingIn {
    #[schema(format = "uuid")]
    counter: String,
    /// The letters of the lines it serves; all of the setup when left out.
    #[serde(default)]
    lines: Vec<String>,
}

/// Sits down at a counter, or serves other lines there.
#[utoipa::path(put, path = "/api/v1/desk/sitting", request_body = SittingIn,
    responses((status = 200, body = Made)), security(("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn sit(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<SittingIn>,
) -> Result<Json<Made>, Problem> {
    caller.at_desk(&app, Permission::ServeQueue)?;
    let counter: CounterId = field_id("counter", &body.counter)?;
    let act = SitDown { counter, lines: body.lines.into_iter().collect() };
    let id = app.office.perform(&caller.who, &key, act).await?;
    Ok(Json(Made { id: id.to_string() }))
}

/// Leaves one's counter.
#[utoipa::path(delete, path = "/api/v1/desk/sitting", responses((status = 204)),
    security(("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn stand(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    caller.at_desk(&app, Permission::ServeQueue)?;
    app.office.perform(&caller.who, &key, StandUp { officer: None }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A ticket as the officers of its centre see it.
#[derive(Serialize, ToSchema)]
pub(super) struct QueueTicket {
    #[schema(format = "uuid")]
    id: String,
    #[schema(format = "uuid")]
    visit: String,
    number: String,
    line: String,
    service: Option<String>,
    #[schema(value_type = TicketState)]
    state: String,
    needs: Vec<String>,
    /// Microseconds since 1970 UTC.
    came_at: i64,
    /// Since when it stands as it stands.
    since: i64,
    /// Why somebody asked to let it in before its turn.
    asked: Option<String>,
}

impl From<&TicketRow> for QueueTicket {
    fn from(row: &TicketRow) -> Self {
        Self {
            id: row.id.to_string(),
            visit: row.visit_id.to_string(),
            number: row.number.clone(),
            line: row.line.clone(),
            service: row.service.clone(),
            state: row.state.clone(),
            needs: queue::needs_of(row).iter().map(|need| need.code().to_owned()).collect(),
            came_at: row.came_at,
            since: row.since,
            asked: row.asked_reason.clone(),
        }
    }
}

async fn seen(app: &App, id: TicketId) -> Result<QueueTicket, Problem> {
    let mut reading = app.office.db.reading().await?;
    let row = queue::ticket(&mut reading.tx(), id).await?.ok_or(Why::NotFound)?;
    Ok(QueueTicket::from(&row))
}

/// Who waits at one's own centre, in the order of their places, and who is away.
#[derive(Serialize, ToSchema)]
pub(super) struct QueueOut {
    waiting: Vec<QueueTicket>,
    /// Sent to fetch something, or called in vain.
    away: Vec<QueueTicket>,
}

/// Who waits at one's own centre.
#[utoipa::path(get, path = "/api/v1/desk/queue", responses((status = 200, body = QueueOut)),
    security(("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn waiting(State(app): State<App>, caller: Caller) -> Result<Json<QueueOut>, Problem> {
    let centre = caller.at_centre(&app, Permission::ServeQueue)?;
    let mut reading = app.office.db.reading().await?;
    let (waiting, away) = queue::waiting_now(&mut reading.tx(), centre, app.office.now()).await?;
    Ok(Json(QueueOut {
        waiting: waiting.iter().map(QueueTicket::from).collect(),
        away: away.iter().map(QueueTicket::from).collect(),
    }))
}

/// Calls whoever is next under the published rule.
#[utoipa::path(post, path = "/api/v1/desk/queue/next", responses((status = 200, body = QueueTicket)),
    security(("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn next(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
) -> Result<Json<QueueTicket>, Problem> {
    caller.at_desk(&app, Permission::ServeQueue)?;
    let id = app.office.perform(&caller.who, &key, CallNext {}).await?;
    Ok(Json(seen(&app, id).await?))
}

/// A step of a ticket.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TicketStepIn {
    /// `recall`, `begin`, `finish`, `miss`, `revive`, `park`, `return`, `leave`, `transfer`
    /// (with `line`), `ask-to-let-in` (with `reason`) or `let-in`.
    step: String,
    /// To the line with this letter.
    #[serde(default)]
    line: Option<String>,
    /// `illness`, `office-mistake`, `deadline`, `machine` or `safety`.
    #[serde(default)]
    #[schema(value_type = Option<WhyLetIn>)]
    reason: Option<String>,
}

/// One step of a ticket of one's own centre.
#[utoipa::path(post, path = "/api/v1/desk/tickets/{id}/steps", params(("id" = uuid::Uuid, Path)), request_body = TicketStepIn,
    responses((status = 200, body = QueueTicket)), security(("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn step(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<TicketStepIn>,
) -> Result<Json<QueueTicket>, Problem> {
    caller.at_desk(&app, Permission::ServeQueue)?;
    let ticket: TicketId = path_id(&id)?;
    let office = &app.office;
    match body.step.as_str() {
        "transfer" => {
            let line = body.line.ok_or_else(|| Problem::field("line"))?;
            office.perform(&caller.who, &key, TransferTicket { ticket, line }).await?;
        }
        "ask-to-let-in" => {
            let reason = body.reason.as_deref().and_then(JumpReason::from_code);
            let reason = reason.ok_or_else(|| Problem::field("reason"))?;
            office.perform(&caller.who, &key, AskToLetIn { ticket, reason }).await?;
        }
        "let-in" => office.perform(&caller.who, &key, LetIn { ticket }).await?,
        code => {
            let step = Step::from_code(code).ok_or_else(|| Problem::field("step"))?;
            let _: Stands = office.perform(&caller.who, &key, MoveTicket { ticket, step }).await?;
        }
    }
    Ok(Json(seen(&app, ticket).await?))
}

/// How people are served in a centre.
#[derive(Serialize, ToSchema)]
pub(super) struct CentreSetupOut {
    /// The hash that names the file.
    hash: String,
    /// The file (TOML) as it was written.
    text: String,
}

/// A file to take its place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CentreSetupIn {
    /// The file (TOML).
    text: String,
    /// The hash of the one that was looked at; left out where none stands.
    #[serde(default)]
    seen: Option<String>,
}

async fn own(app: &App, caller: &Caller, id: &str) -> Result<CentreId, Problem> {
    let centre = caller.at_centre(app, Permission::ManageQueue)?;
    let asked: CentreId = path_id(id)?;
    if asked == centre { Ok(centre) } else { Err(Why::NotFound.into()) }
}

/// How people are served in one's own centre.
#[utoipa::path(get, path = "/api/v1/centres/{id}/setup", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = CentreSetupOut)), security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn setup(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<CentreSetupOut>, Problem> {
    let centre = own(&app, &caller, &id).await?;
    let mut reading = app.office.db.reading().await?;
    let text = queue::setup_text(&mut reading.tx(), centre).await?.ok_or(Why::NoSetup)?;
    Ok(Json(CentreSetupOut { hash: diwan_domain::queue::Setup::hash(&text), text }))
}

/// Publishes how people are served in one's own centre. What is wrong with the file is
/// told with its place: the first fault, as `place code`.
#[utoipa::path(put, path = "/api/v1/centres/{id}/setup", params(("id" = uuid::Uuid, Path)), request_body = CentreSetupIn,
    responses((status = 200, body = CentreSetupOut)), security(("token" = ["queue.manage"])), tag = "visits")]
pub(super) async fn set_setup(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<CentreSetupIn>,
) -> Result<Json<CentreSetupOut>, Problem> {
    let centre = own(&app, &caller, &id).await?;
    if body.text.trim().is_empty() {
        return Err(Refusal::from(Why::FieldMissing).about("field", "text").into());
    }
    let act = PublishSetup { centre, text: body.text.clone(), seen: body.seen };
    let hash = app.office.perform(&caller.who, &key, act).await?;
    Ok(Json(CentreSetupOut { hash, text: body.text }))
}
