//! Scanned ledgers for programs: opened, sent page by page, keyed, decided, watched
//! and brought in, by the same acts as on the pages.

use super::caller::Caller;
use super::old_books::decoded;
use super::problem::{Asked, Body, Once, Problem, field_id, path_id};
use super::shapes::{Acted, Made};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::civil::EventKind;
use diwan_domain::civil::books::ledger::{Choice, KeyedRow, columns};
use diwan_domain::ids::{LedgerId, LedgerPageId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::acting::Acting;
use diwan_office::civil::books::ledgers::{
    self, DecideDifferences, GiveBackPage, KeyRows, LedgerPageRow, LedgerRow, OpenDifferences, OpenLedger,
    SetLedger, TakePage,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// How many ledgers are listed.
const LISTED: i64 = 100;
/// How many pages are listed at once.
const PAGES: i64 = 200;

/// An officer who keys ledgers or oversees them.
async fn desk_of(app: &App, caller: &Caller) -> Result<Acting, Problem> {
    let acting = caller.officer(app)?;
    if acting.may(Permission::KeyLedgers) || acting.may(Permission::ImportRegister) {
        return Ok(acting);
    }
    Err(Refusal::from(Why::NotPermitted).about("permission", Permission::KeyLedgers.code()).into())
}

/// A ledger.
#[derive(Serialize, ToSchema)]
pub(super) struct LedgerOut {
    #[schema(format = "uuid")]
    id: String,
    #[schema(format = "uuid")]
    office: String,
    /// `birth`, `death`, `marriage` or `divorce`.
    kind: String,
    name: String,
    directorate: String,
    /// The record (سجل) of the census of 1957.
    record_no: String,
    /// What stands before the numbers of its entries.
    number_prefix: String,
    /// Which share of its pages is keyed twice, of a hundred.
    sample_percent: i64,
    /// Above which share of differing fields all pages are, of a thousand.
    threshold_permille: i64,
    /// Since when all pages are keyed twice, microseconds since 1970 UTC.
    all_twice_at: Option<i64>,
    /// Microseconds since 1970 UTC.
    opened_at: i64,
    version: i64,
}

impl LedgerOut {
    fn of(row: LedgerRow) -> Self {
        Self {
            id: row.id.to_string(),
            office: row.office_id.to_string(),
            kind: row.kind,
            name: row.name,
            directorate: row.directorate,
            record_no: row.record_no,
            number_prefix: row.number_prefix,
            sample_percent: row.sample_percent,
            threshold_permille: row.threshold_permille,
            all_twice_at: row.all_twice_at,
            opened_at: row.opened_at,
            version: row.version,
        }
    }
}

/// The newest ledgers: of one's office, or all for whoever may import.
#[utoipa::path(get, path = "/api/v1/register/ledgers", responses((status = 200, body = Vec<LedgerOut>)),
    security(("token" = ["register.key"]), ("token" = ["register.import"])), tag = "register")]
pub(super) async fn list(State(app): State<App>, caller: Caller) -> Result<Json<Vec<LedgerOut>>, Problem> {
    let acting = desk_of(&app, &caller).await?;
    let mut reading = app.office.db.reading().await?;
    let rows = ledgers::ledgers_for(&mut reading.tx(), &acting, LISTED).await?;
    Ok(Json(rows.into_iter().map(LedgerOut::of).collect()))
}

/// A ledger to open.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LedgerIn {
    /// The office whose entries they are.
    #[schema(format = "uuid")]
    office: String,
    /// `birth`, `death`, `marriage` or `divorce`.
    kind: String,
    name: String,
    directorate: String,
    record_no: String,
    /// What sets its numbers apart from those of other ledgers: `1957/`.
    #[serde(default)]
    number_prefix: String,
    /// Which share of its pages is keyed twice, of a hundred; 10 when left out.
    sample_percent: Option<i64>,
    /// Above which share of differing fields all pages are, of a thousand; 10 when
    /// left out.
    threshold_permille: Option<i64>,
}

/// Opens a ledger.
#[utoipa::path(post, path = "/api/v1/register/ledgers", request_body = LedgerIn,
    responses((status = 201, body = Made), (status = 422)), security(("token" = ["register.import"])), tag = "register")]
pub(super) async fn open(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<LedgerIn>,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::ImportRegister)?;
    let act = OpenLedger {
        office: field_id("office", &body.office)?,
        kind: EventKind::from_code(&body.kind).ok_or_else(|| Problem::field("kind"))?,
        name: body.name,
        directorate: body.directorate,
        record_no: body.record_no,
        number_prefix: body.number_prefix,
        sample_percent: body.sample_percent.unwrap_or(10),
        threshold_permille: body.threshold_permille.unwrap_or(10),
    };
    let id = app.office.perform(&caller.who, &key, act).await?.to_string();
    Ok((StatusCode::CREATED, Json(Made { id })).into_response())
}

/// How well an officer keyed.
#[derive(Serialize, ToSchema)]
pub(super) struct KeyingQuality {
    #[schema(format = "uuid")]
    officer: String,
    name: String,
    /// Pages of theirs that were compared with another keying.
    pages: i64,
    /// Fields that were compared.
    compared: i64,
    /// Fields of these that differed.
    differing: i64,
    /// Fields that were decided otherwise than they keyed them.
    wrong: i64,
}

/// A page of a ledger.
#[derive(Serialize, ToSchema)]
pub(super) struct LedgerPageLine {
    #[schema(format = "uuid")]
    id: String,
    page: String,
    sha256: String,
    /// `waiting`, `keying`, `again`, `keying-again`, `differing`, `settled` or `in`.
    state: String,
    /// The import by which its rows went into the register.
    import: Option<String>,
}

impl LedgerPageLine {
    fn of(row: &LedgerPageRow) -> Self {
        Self {
            id: row.id.to_string(),
            page: row.page_no.clone(),
            sha256: row.file_hash.clone(),
            state: row.state.clone(),
            import: row.import_id.map(|id| id.to_string()),
        }
    }
}

/// How many pages stand where.
#[derive(Serialize, ToSchema)]
pub(super) struct LedgerCounts {
    pages: i64,
    waiting: i64,
    keying: i64,
    keyed: i64,
    keyed_twice: i64,
    differing: i64,
    settled: i64,
    brought_in: i64,
    /// Fields that were compared.
    fields_compared: i64,
    /// Fields of these that differ.
    fields_differing: i64,
}

/// A ledger with what is left to do.
#[derive(Serialize, ToSchema)]
pub(super) struct LedgerState {
    ledger: LedgerOut,
    /// What is keyed of a row, in the order of the columns: fields of the form of this
    /// kind, `number` and `registered-on`.
    columns: Vec<String>,
    /// How many pages wait for the caller's officer.
    waiting_for_you: i64,
    /// Pages whose differences this officer may decide.
    #[schema(value_type = Vec<uuid::Uuid>)]
    to_decide: Vec<String>,
    /// How pages stand: for whoever may import only.
    counts: Option<LedgerCounts>,
    /// How well each officer keyed: for whoever may import only.
    quality: Vec<KeyingQuality>,
    /// The pages after the one named, at most two hundred: for whoever may import only.
    pages: Vec<LedgerPageLine>,
}

/// From which page of the list on.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct LedgerQuery {
    /// How many pages of the list are passed over.
    #[serde(default)]
    after: i64,
}

/// One ledger: what is keyed of a row, and how far it is. Whoever keys is not told how
/// pages stand.
#[utoipa::path(get, path = "/api/v1/register/ledgers/{id}", params(("id" = uuid::Uuid, Path), LedgerQuery),
    responses((status = 200, body = LedgerState), (status = 404)),
    security(("token" = ["register.key"]), ("token" = ["register.import"])), tag = "register")]
pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Asked(query): Asked<LedgerQuery>,
) -> Result<Json<LedgerState>, Problem> {
    let acting = desk_of(&app, &caller).await?;
    let id: LedgerId = path_id(&id)?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let ledger = ledgers::ledger_for(&mut tx, &acting, id).await?.ok_or(Why::NotFound)?;
    let oversees = acting.may(Permission::ImportRegister);
    let keys = acting.may(Permission::KeyLedgers) && acting.officer.office_id == Some(ledger.office_id);
    let (mut waiting_for_you, mut to_decide) = (0, Vec::new());
    if keys {
        waiting_for_you = ledgers::count_to_key(&mut tx, id, acting.officer.id).await?;
        let pages = ledgers::to_decide(&mut tx, id, acting.officer.id, PAGES).await?;
        to_decide = pages.iter().map(|page| page.id.to_string()).collect();
    }
    let (mut counts, mut quality, mut pages) = (None, Vec::new(), Vec::new());
    if oversees {
        counts = Some(counted(&ledgers::progress(&mut tx, id).await?));
        quality = ledgers::quality(&mut tx, id).await?.into_iter().map(quality_of).collect();
        let listed = ledgers::pages_after(&mut tx, id, query.after, PAGES).await?;
        pages = listed.iter().map(LedgerPageLine::of).collect();
    }
    let columns = columns(ledgers::kind_of(&ledger)?).iter().map(|column| (*column).to_owned()).collect();
    let ledger = LedgerOut::of(ledger);
    Ok(Json(LedgerState { ledger, columns, waiting_for_you, to_decide, counts, quality, pages }))
}

fn counted(progress: &ledgers::LedgerProgress) -> LedgerCounts {
    LedgerCounts {
        pages: progress.pages,
        waiting: progress.waiting,
        keying: progress.keying,
        keyed: progress.keyed,
        keyed_twice: progress.keyed_twice,
        differing: progress.differing,
        settled: progress.settled,
        brought_in: progress.brought_in,
        fields_compared: progress.compared,
        fields_differing: progress.fields_differing,
    }
}

fn quality_of(one: ledgers::Quality) -> KeyingQuality {
    KeyingQuality {
        officer: one.officer.to_string(),
        name: one.name,
        pages: one.pages,
        compared: one.compared,
        differing: one.differing,
        wrong: one.wrong,
    }
}

/// How much of a ledger is keyed twice.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LedgerShares {
    /// The ledger's version that was seen.
    version: i64,
    /// Of a hundred.
    sample_percent: i64,
    /// Of a thousand.
    threshold_permille: i64,
}

/// Sets how much of a ledger is keyed twice from now on.
#[utoipa::path(put, path = "/api/v1/register/ledgers/{id}/shares", request_body = LedgerShares,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = Acted), (status = 409), (status = 422)),
    security(("token" = ["register.import"])), tag = "register")]
pub(super) async fn set(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<LedgerShares>,
) -> Result<Json<Acted>, Problem> {
    let act = SetLedger {
        ledger: path_id(&id)?,
        seen: body.version,
        sample_percent: body.sample_percent,
        threshold_permille: body.threshold_permille,
    };
    Ok(Json(Acted { version: app.office.perform(&caller.who, &key, act).await? }))
}

/// A scanned page to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LedgerPageIn {
    /// Its number, as it stands on it.
    page: String,
    /// The image's name, for people.
    name: String,
    /// The image, JPEG or PNG, in Base64 (RFC 4648).
    image: String,
}

/// Adds a scanned page. Its metadata (place, camera) are taken away.
#[utoipa::path(post, path = "/api/v1/register/ledgers/{id}/pages", request_body = LedgerPageIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 201, body = Made), (status = 409), (status = 422)),
    security(("token" = ["register.import"])), tag = "register")]
pub(super) async fn add_page(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<LedgerPageIn>,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::ImportRegister)?;
    let ledger: LedgerId = path_id(&id)?;
    let image = decoded("image", &body.image)?;
    let at = (ledger, body.page);
    let id = ledgers::add_page(&app.office, &caller.who, &key, at, (&body.name, image.into())).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })).into_response())
}

/// One row, as it was keyed.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LedgerRowKeyed {
    /// What stands there, by column.
    #[serde(default)]
    said: BTreeMap<String, String>,
    /// Why it cannot be read; then nothing else is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unreadable: Option<String>,
}

/// A page in hand.
#[derive(Serialize, ToSchema)]
pub(super) struct LedgerPageInHand {
    #[schema(format = "uuid")]
    id: String,
    page: String,
    /// The version of what is kept: named when more is keyed.
    version: i64,
    /// The rows that are kept.
    rows: Vec<LedgerRowKeyed>,
}

async fn in_hand(app: &App, caller: &Caller, id: LedgerPageId) -> Result<Json<LedgerPageInHand>, Problem> {
    let acting = caller.at_desk(app, Permission::KeyLedgers)?;
    let mut reading = app.office.db.reading().await?;
    let held = ledgers::in_hand(&mut reading.tx(), &acting, id).await?;
    let rows = held.rows.into_iter().map(|row| LedgerRowKeyed { said: row.said, unreadable: row.unreadable });
    Ok(Json(LedgerPageInHand {
        id: held.page.id.to_string(),
        page: held.page.page_no,
        version: held.version,
        rows: rows.collect(),
    }))
}

/// Takes the next page of a ledger in hand: the one in hand already, or one drawn among
/// those that wait. Nobody is told whether it was keyed before.
#[utoipa::path(post, path = "/api/v1/register/ledgers/{id}/next", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = LedgerPageInHand), (status = 404), (status = 409, description = "No page waits for this officer.")),
    security(("token" = ["register.key"])), tag = "register")]
pub(super) async fn next(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<Json<LedgerPageInHand>, Problem> {
    let page = app.office.perform(&caller.who, &key, TakePage { ledger: path_id(&id)? }).await?;
    in_hand(&app, &caller, page).await
}

/// The image of a page that one keys or decides of.
#[utoipa::path(get, path = "/api/v1/register/ledger-pages/{id}/image", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "image/png"), (status = 404)),
    security(("token" = ["register.key"])), tag = "register")]
pub(super) async fn image(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let acting = caller.at_desk(&app, Permission::KeyLedgers)?;
    let id: LedgerPageId = path_id(&id)?;
    let row = {
        let mut reading = app.office.db.reading().await?;
        ledgers::image_for(&mut reading.tx(), &acting, id).await?
    };
    let bytes = app.office.files.get(&row.file_hash).await?.ok_or(Why::NotFound)?;
    let media = if row.media == "jpeg" { "image/jpeg" } else { "image/png" };
    Ok(([(header::CONTENT_TYPE, media)], bytes).into_response())
}

/// Rows to keep.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LedgerRowsIn {
    /// The version of what was kept.
    version: i64,
    /// The place of the first of these rows, from 1 on; 1 when left out.
    first_row: Option<usize>,
    rows: Vec<LedgerRowKeyed>,
    /// Whether that is all of the page.
    #[serde(default)]
    done: bool,
}

/// What is kept of a page.
#[derive(Serialize, ToSchema)]
pub(super) struct LedgerRowsKept {
    version: i64,
    rows: usize,
    done: bool,
}

/// Keeps rows of a page in hand, and ends it. What cannot stay is named by row and
/// field: `{"3/child.given": "answer/missing"}`.
#[utoipa::path(post, path = "/api/v1/register/ledger-pages/{id}/rows", request_body = LedgerRowsIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = LedgerRowsKept), (status = 409), (status = 422)),
    security(("token" = ["register.key"])), tag = "register")]
pub(super) async fn key_rows(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<LedgerRowsIn>,
) -> Result<Json<LedgerRowsKept>, Problem> {
    let rows = body.rows.into_iter().map(|row| KeyedRow { said: row.said, unreadable: row.unreadable });
    let act = KeyRows {
        page: path_id(&id)?,
        seen: body.version,
        first_row: body.first_row.unwrap_or(1),
        rows: rows.collect(),
        is_done: body.done,
    };
    let kept = app.office.perform(&caller.who, &key, act).await?;
    Ok(Json(LedgerRowsKept { version: kept.version, rows: kept.rows, done: kept.is_done }))
}

/// Gives a page back unfinished: one's own, or anyone's for whoever may import.
#[utoipa::path(post, path = "/api/v1/register/ledger-pages/{id}/give-back", params(("id" = uuid::Uuid, Path)),
    responses((status = 204), (status = 404), (status = 409)),
    security(("token" = ["register.key"]), ("token" = ["register.import"])), tag = "register")]
pub(super) async fn give_back(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<StatusCode, Problem> {
    app.office.perform(&caller.who, &key, GiveBackPage { page: path_id(&id)? }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A field that two keyings say differently.
#[derive(Serialize, ToSchema)]
pub(super) struct LedgerDifference {
    /// How a decision names it: `3/child.given`, or `3/row` for a whole row.
    key: String,
    first: Option<String>,
    second: Option<String>,
}

/// Where two keyings of a page differ.
#[derive(Serialize, ToSchema)]
pub(super) struct LedgerDifferences {
    /// The version of the page: named when it is decided.
    version: i64,
    differences: Vec<LedgerDifference>,
}

/// Where two keyings of a page differ, for an officer with a hand in neither. The look
/// is journalled.
#[utoipa::path(get, path = "/api/v1/register/ledger-pages/{id}/differences", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = LedgerDifferences), (status = 403), (status = 404), (status = 409)),
    security(("token" = ["register.key"])), tag = "register")]
pub(super) async fn differences(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<LedgerDifferences>, Problem> {
    let acting = caller.at_desk(&app, Permission::KeyLedgers)?;
    let page: LedgerPageId = path_id(&id)?;
    let version = app.office.perform_once(&caller.who, OpenDifferences { page }).await?;
    let today = app.office.today();
    let mut reading = app.office.db.reading().await?;
    let two = ledgers::difference_of(&mut reading.tx(), &acting, page, today).await?;
    let differences = two.differing.into_iter().map(|one| LedgerDifference {
        key: one.key(),
        first: one.first,
        second: one.second,
    });
    Ok(Json(LedgerDifferences { version, differences: differences.collect() }))
}

/// What counts of each difference.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LedgerDecision {
    /// The page's version that was seen.
    version: i64,
    /// By difference: `{"as": "first"}`, `{"as": "second"}` or `{"as": "other", "value": …}`.
    #[schema(value_type = Object)]
    choices: BTreeMap<String, Choice>,
}

/// Decides every difference of a page.
#[utoipa::path(post, path = "/api/v1/register/ledger-pages/{id}/differences", request_body = LedgerDecision,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = Acted), (status = 403), (status = 409), (status = 422)),
    security(("token" = ["register.key"])), tag = "register")]
pub(super) async fn decide(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<LedgerDecision>,
) -> Result<Json<Acted>, Problem> {
    let act = DecideDifferences { page: path_id(&id)?, seen: body.version, choices: body.choices };
    Ok(Json(Acted { version: app.office.perform(&caller.who, &key, act).await? }))
}

/// What became of pages that were brought in.
#[derive(Serialize, ToSchema)]
pub(super) struct LedgerBrought {
    pages: i64,
    /// Entries that were added.
    added: i64,
    /// Rows whose entries were there and are equal.
    there: i64,
    /// Rows that the register rejected: they are with the import of their page.
    rejected: i64,
    /// Rows that cannot be read.
    unreadable: i64,
    /// Settled pages that are left: call again.
    left: i64,
}

/// Brings the settled pages of a ledger into the register, at most two hundred.
#[utoipa::path(post, path = "/api/v1/register/ledgers/{id}/bring-in", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = LedgerBrought), (status = 404)),
    security(("token" = ["register.import"])), tag = "register")]
pub(super) async fn bring_in(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<Json<LedgerBrought>, Problem> {
    let acting = caller.at_desk(&app, Permission::ImportRegister)?;
    let id: LedgerId = path_id(&id)?;
    {
        let mut reading = app.office.db.reading().await?;
        ledgers::ledger_for(&mut reading.tx(), &acting, id).await?.ok_or(Why::NotFound)?;
    }
    let done = ledgers::bring_in(&app.office, &caller.who, &key, id).await?;
    Ok(Json(LedgerBrought {
        pages: done.pages,
        added: done.added,
        there: done.there,
        rejected: done.rejected,
        unreadable: done.unreadable,
        left: done.left,
    }))
}
