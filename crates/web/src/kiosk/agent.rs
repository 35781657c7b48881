//! How a kiosk's own program reaches Diwan: it says how its printers stand, fetches what is
//! to be printed, and says what became of it. `docs/kiosk.md` describes it.
//!
//! Each request bears the machine's key. A sheet is given out once: fetching it is the act
//! with which a sealed paper leaves the house.

use crate::app::App;
use crate::network::Network;
use crate::pages::visits::{named, spoken};
use crate::words::{Language, plain};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use diwan_domain::acts::Actor;
use diwan_domain::devices::{Condition, PrintKind, PrintState, PrintStep, Printer};
use diwan_domain::ids::{CaseId, PrintId, TicketId};
use diwan_domain::people::{Assurance, Channel};
use diwan_domain::refusals::Why;
use diwan_office::devices::{self, EnrolDevice, MovePrint, NoteHealth};
use diwan_office::documents::{Job, SLIP_LAYOUT, qr_svg};
use diwan_office::queue;
use diwan_office::rows::{DeviceRow, PrintRow};
use diwan_office::{Fault, Stop, Who};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use tracing::error;

/// For how long whoever asked for a sheet is taken to stand there still: three minutes.
const STANDS_THERE: i64 = 180_000_000;

/// The routes of machines.
pub fn router() -> Router<App> {
    Router::new()
        .route("/device/enrol", post(enrol))
        .route("/device/health", post(health))
        .route("/device/prints", get(prints))
        .route("/device/prints/{id}/begin", post(begin))
        .route("/device/prints/{id}/end", post(end))
}

/// A refusal for a program: a status and a stable code.
struct Refused(StatusCode, &'static str);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"code": self.1}))).into_response()
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        error!("a machine was not answered: {fault}");
        Self(StatusCode::SERVICE_UNAVAILABLE, "request/away")
    }
}

impl From<Stop> for Refused {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Fault(fault) => fault.into(),
            other => Self(StatusCode::CONFLICT, other.code()),
        }
    }
}

/// What a machine says, read once it is known whose machine it is: a stranger is told nothing of
/// what is read here, and a program is answered with a code.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refused> {
    let unreadable = |_| Refused(StatusCode::UNPROCESSABLE_ENTITY, Why::Malformed.code());
    serde_json::from_slice(body).map_err(unreadable)
}

/// The machine that asks.
async fn machine(app: &App, headers: &HeaderMap) -> Result<DeviceRow, Refused> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let key = bearer.and_then(|value| value.strip_prefix("Bearer ")).filter(|key| key.len() <= 64);
    let refused = || Refused(StatusCode::UNAUTHORIZED, Why::DeviceNotInUse.code());
    let key = key.ok_or_else(refused)?;
    let row = {
        let mut reading = app.office.db.reading().await?;
        devices::by_agent_key(&mut reading.tx(), key).await?
    };
    row.filter(devices::serves).ok_or_else(refused)
}

fn who(device: &DeviceRow) -> Who {
    Who {
        actor: Actor::Device(device.id),
        channel: Channel::Kiosk,
        assurance: Assurance::None,
        centre: Some(device.centre_id),
        ..Who::system("kiosk")
    }
}

/// The code of a machine, as its manager read it out.
#[derive(Debug, Deserialize)]
struct Code {
    code: String,
}

/// Gives the program at a machine's printers its key.
async fn enrol(
    State(app): State<App>,
    network: Option<Extension<Network>>,
    body: Bytes,
) -> Result<Response, Refused> {
    let typed: Code = read(&body)?;
    let network = network.map(|found| found.0.0).unwrap_or_default();
    let (act, key) = EnrolDevice::with_code(&typed.code, true, &network);
    match app.office.perform_once(&app.system(), act).await {
        Ok(device) => Ok(Json(json!({"device": device, "key": key})).into_response()),
        Err(stop) if stop.code() == Why::TooManyAttempts.code() => {
            Err(Refused(StatusCode::TOO_MANY_REQUESTS, stop.code()))
        }
        Err(stop) => Err(stop.into()),
    }
}

/// How the printers stand.
#[derive(Debug, Deserialize, Serialize)]
struct Health {
    printers: BTreeMap<Printer, Condition>,
}

async fn health(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Result<StatusCode, Refused> {
    let device = machine(&app, &headers).await?;
    let told: Health = read(&body)?;
    devices::note_seen(&app.office, device.id).await?;
    let act = NoteHealth { printers: told.printers };
    match app.office.perform_once(&who(&device), act).await {
        Err(stop) if stop.code() != Why::NothingChanges.code() => Err(stop.into()),
        _ => Ok(StatusCode::NO_CONTENT),
    }
}

/// A sheet that waits.
#[derive(Debug, Serialize)]
struct Due {
    id: PrintId,
    printer: Printer,
    /// Whether the machine had it in hand before and never said what became of it.
    unsure: bool,
}

/// What is to be printed, and what the machine left open when it went away.
async fn prints(State(app): State<App>, headers: HeaderMap) -> Result<Json<Vec<Due>>, Refused> {
    let device = machine(&app, &headers).await?;
    let (waiting, open) = {
        let mut reading = app.office.db.reading().await?;
        let mut tx = reading.tx();
        (devices::due(&mut tx, device.id).await?, devices::left_open(&mut tx, device.id).await?)
    };
    let now = app.office.now();
    let mut due = Vec::new();
    for row in waiting {
        // Whoever asked went away: nobody finds a stranger's paper in the tray.
        if now - row.moved_at > STANDS_THERE {
            moved(&app, &device, row.id, PrintStep::Drop, None).await?;
            continue;
        }
        due.extend(told(&row, false));
    }
    due.extend(open.iter().filter_map(|row| told(row, true)));
    Ok(Json(due))
}

fn told(row: &PrintRow, unsure: bool) -> Option<Due> {
    Some(Due { id: row.id, printer: PrintKind::from_code(&row.kind)?.printer(), unsure })
}

async fn moved(
    app: &App,
    device: &DeviceRow,
    print: PrintId,
    step: PrintStep,
    why: Option<String>,
) -> Result<PrintState, Stop> {
    app.office.perform_once(&who(device), MovePrint { print, step, why, code: None }).await
}

/// Gives a sheet out: the bytes for its printer.
async fn begin(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    let device = machine(&app, &headers).await?;
    let absent = || Refused(StatusCode::NOT_FOUND, Why::NotFound.code());
    let id: PrintId = id.parse().map_err(|_| absent())?;
    let row = one(&app, &device, id).await?.ok_or_else(absent)?;
    let kind = PrintKind::from_code(&row.kind).ok_or_else(absent)?;
    // What cannot be made is not given out: first the slip, then the act.
    let slip = match kind {
        PrintKind::Document => None,
        _ => Some(slip(&app, &row, kind).await?.ok_or_else(absent)?),
    };
    moved(&app, &device, id, PrintStep::Begin, None).await?;
    let row = one(&app, &device, id).await?.ok_or_else(absent)?;
    let bytes = match (slip, &row.file_hash) {
        (Some(bytes), _) => Some(bytes),
        (None, Some(hash)) => app.office.files.get(hash).await.map_err(|_| absent())?,
        (None, None) => None,
    };
    let Some(bytes) = bytes else {
        moved(&app, &device, id, PrintStep::Failed, Some("no-bytes".into())).await?;
        return Err(absent());
    };
    let media = if kind == PrintKind::Document { "application/pdf" } else { "application/vnd.diwan.escpos" };
    Ok(([(header::CONTENT_TYPE, media)], Bytes::from(bytes)).into_response())
}

async fn one(app: &App, device: &DeviceRow, id: PrintId) -> Result<Option<PrintRow>, Fault> {
    let mut reading = app.office.db.reading().await?;
    Ok(devices::print(&mut reading.tx(), id).await?.filter(|row| row.device_id == device.id))
}

/// What became of a sheet.
#[derive(Debug, Deserialize)]
struct Became {
    /// `printed`, `failed` or `unsure`.
    outcome: String,
    #[serde(default)]
    why: Option<String>,
}

async fn end(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Refused> {
    let device = machine(&app, &headers).await?;
    let became: Became = read(&body)?;
    let absent = || Refused(StatusCode::NOT_FOUND, Why::NotFound.code());
    let id: PrintId = id.parse().map_err(|_| absent())?;
    let step = PrintStep::from_code(&became.outcome)
        .filter(|step| matches!(step, PrintStep::Printed | PrintStep::Failed | PrintStep::Unsure))
        .ok_or(Refused(StatusCode::UNPROCESSABLE_ENTITY, Why::Malformed.code()))?;
    let row = one(&app, &device, id).await?.ok_or_else(absent)?;
    // Said again after a broken line: the same.
    if PrintState::from_code(&row.state) == PrintState::Printing.after(step) {
        return Ok(StatusCode::NO_CONTENT);
    }
    moved(&app, &device, id, step, became.why).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A ticket or a case's number in the bytes of the receipt printer.
async fn slip(app: &App, row: &PrintRow, kind: PrintKind) -> Result<Option<Vec<u8>>, Refused> {
    let lang = app.words.language(&row.language).unwrap_or_else(|| app.words.first());
    let job = match kind {
        PrintKind::Ticket => ticket_slip(app, row, &lang).await?,
        _ => case_slip(app, row, &lang).await?,
    };
    let Some(job) = job else { return Ok(None) };
    match app.office.renderer.strip(job).await {
        Ok(strip) => Ok(Some(strip.escpos())),
        Err(fault) => {
            error!(fault.code = fault.code(), "a slip could not be drawn: {fault}");
            Err(Refused(StatusCode::SERVICE_UNAVAILABLE, "request/busy"))
        }
    }
}

/// What stands on a slip.
struct Slip {
    centre: String,
    number: String,
    lines: Vec<String>,
    address: String,
}

fn slip_job(app: &App, row: &PrintRow, lang: &Arc<Language>, slip: Slip) -> Job {
    let mark = |on: bool, key: &str| if on { plain(&lang.t(key)) } else { String::new() };
    let data = json!({
        "language": lang.code,
        "centre": slip.centre,
        "number": slip.number,
        "lines": slip.lines.iter().map(|line| plain(line)).collect::<Vec<_>>(),
        "foot": plain(&lang.t("ticket-follow")),
        "copy": mark(row.tries > 0, "slip-copy"),
        "training": mark(app.office.settings.training, "training-banner"),
    });
    Job {
        ident: format!("slip-{}-{}", row.id, row.tries),
        title: slip.number,
        layout: SLIP_LAYOUT.to_owned(),
        data,
        images: qr_svg(&slip.address).map(|qr| ("qr".to_owned(), qr)).into_iter().collect(),
        issued: jiff::Timestamp::from_microsecond(row.asked_at).unwrap_or(jiff::Timestamp::UNIX_EPOCH),
        most_pages: Some(1),
    }
}

async fn ticket_slip(app: &App, row: &PrintRow, lang: &Arc<Language>) -> Result<Option<Job>, Refused> {
    let Ok(id) = row.subject.parse::<TicketId>() else { return Ok(None) };
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let Some(ticket) = queue::ticket(&mut tx, id).await? else { return Ok(None) };
    let Some(centre) = queue::centre_by_id(&mut tx, ticket.centre_id).await? else { return Ok(None) };
    let now = queue::ticket_now(&mut tx, &ticket).await?;
    let setup = queue::setup_standing(&mut tx, ticket.centre_id).await?;
    let line = setup.and_then(|(_, setup)| setup.line(&ticket.line).map(|line| named(lang, &line.names)));
    let offset = i32::try_from(centre.utc_offset_minutes).unwrap_or(0);
    let mut lines: Vec<String> = line.into_iter().collect();
    if let Some(before) = now.before {
        let args = [("count", crate::words::Arg::Number(before as i64))];
        lines.push(lang.with("ticket-before", &args));
        lines.push(spoken(lang, now.wait));
    }
    lines.push(lang.moment(ticket.came_at, offset));
    let base = &app.office.settings.base_url;
    let slip = Slip {
        centre: lang.name_in(&centre.names.0),
        number: ticket.number.clone(),
        lines,
        address: format!("{base}/{}/tickets/{}", lang.code, ticket.code),
    };
    Ok(Some(slip_job(app, row, lang, slip)))
}

async fn case_slip(app: &App, row: &PrintRow, lang: &Arc<Language>) -> Result<Option<Job>, Refused> {
    let Ok(id) = row.subject.parse::<CaseId>() else { return Ok(None) };
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let Some(case) = diwan_office::cases::by_id(&mut tx, id).await? else { return Ok(None) };
    let Some(centre) = queue::centre_by_id(&mut tx, row.centre_id).await? else { return Ok(None) };
    let offset = i32::try_from(centre.utc_offset_minutes).unwrap_or(0);
    // What it is about is not on the slip: it is lost as easily as it is carried.
    let mut lines = vec![lang.t_of("phase-", &case.phase)];
    let owed = diwan_office::cases::payable(&case);
    if owed > 0 {
        let amount = lang.money(diwan_office::cases::money_of(&case, owed));
        lines.push(lang.with("kiosk-pay", &[("amount", crate::words::Arg::Text(amount))]));
    }
    lines.push(lang.moment(row.asked_at, offset));
    let base = &app.office.settings.base_url;
    let slip = Slip {
        centre: lang.name_in(&centre.names.0),
        number: case.number.clone(),
        lines,
        address: format!("{base}/{}/track?number={}", lang.code, case.number),
    };
    Ok(Some(slip_job(app, row, lang, slip)))
}
