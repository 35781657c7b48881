//! Cash: the officer's shift, its receipts, and voiding and giving back by two.

use super::caller::Caller;
use super::problem::{Asked, Body, Once, Problem, field_id, path_id};
use super::shapes::{Made, ReceiptOut};
use crate::app::App;
use crate::pages;
use crate::papers::{self, receipt_mark};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::{CounterId, ReceiptId, ShiftId};
use diwan_domain::money::Currency;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::cash::{self, CloseShift, GiveBack, OpenShift, ReprintReceipt, VoidReceipt};
use diwan_office::documents;
use diwan_office::inspection::{self, ProofFile};
use diwan_office::rows::ReceiptRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A shift.
#[derive(Serialize, ToSchema)]
pub(super) struct ShiftOut {
    #[schema(format = "uuid")]
    id: String,
    number: String,
    #[schema(format = "uuid")]
    counter: String,
    /// Microseconds since 1970 UTC.
    opened_at: i64,
    /// What lies in the drawer in dinars, as the receipts say.
    held_minor_units: i64,
    currency: String,
    /// What lies in the drawer, of each currency.
    held: Vec<HeldOut>,
    receipts: Vec<ReceiptOut>,
}

/// What a drawer holds of a currency.
#[derive(Serialize, ToSchema)]
pub(super) struct HeldOut {
    currency: String,
    minor_units: i64,
}

/// The officer's open shift.
#[utoipa::path(get, path = "/api/v1/cash/shift", responses((status = 200, body = ShiftOut), (status = 409)),
    security(("token" = ["cash.take"])), tag = "cash")]
pub(super) async fn shift(State(app): State<App>, caller: Caller) -> Result<Json<ShiftOut>, Problem> {
    let acting = caller.at_desk(&app, Permission::TakeCash)?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let found = cash::open_shift(&mut tx, acting.officer.id).await?;
    let (shift, receipts, held) = found.ok_or(Why::NoShift)?;
    let dollars = cash::dollars_in(&mut tx, shift.id).await?;
    let in_currency =
        |currency: Currency, minor_units| HeldOut { currency: currency.code().to_owned(), minor_units };
    let voided = |id| receipts.iter().any(|other| other.voids == Some(id) && other.kind == "void");
    Ok(Json(ShiftOut {
        id: shift.id.to_string(),
        number: shift.number,
        counter: shift.counter_id.to_string(),
        opened_at: shift.opened_at,
        held_minor_units: held,
        currency: "IQD".into(),
        held: vec![in_currency(Currency::Iqd, held), in_currency(Currency::Usd, dollars)],
        receipts: receipts.iter().map(|row| ReceiptOut::of(row, voided(row.id))).collect(),
    }))
}

/// Where the shift is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ShiftIn {
    /// The counter.
    #[schema(format = "uuid")]
    counter: String,
}

/// Opens a shift at a counter of the officer's centre.
#[utoipa::path(post, path = "/api/v1/cash/shift", request_body = ShiftIn,
    responses((status = 201, body = Made)), security(("token" = ["cash.take"])), tag = "cash")]
pub(super) async fn open(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<ShiftIn>,
) -> Result<Response, Problem> {
    let counter: CounterId = field_id("counter", &body.counter)?;
    let id = app.office.perform(&caller.who, &key, OpenShift { counter }).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })).into_response())
}

/// What was counted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CountedIn {
    /// What lies in the drawer in dinars.
    counted_minor_units: i64,
    /// What lies in the drawer in dollars, in cents; needed where it should hold some.
    #[serde(default)]
    counted_dollars_minor_units: Option<i64>,
}

/// How the shift closed.
#[derive(Serialize, ToSchema)]
pub(super) struct Closed {
    /// What was counted in dinars less what was expected.
    difference_minor_units: i64,
    /// The same in cents; none where no dollars were counted.
    difference_dollars_minor_units: Option<i64>,
}

/// Closes the shift with what was counted.
#[utoipa::path(post, path = "/api/v1/cash/shift/close", request_body = CountedIn,
    responses((status = 200, body = Closed)), security(("token" = ["cash.take"])), tag = "cash")]
pub(super) async fn close(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<CountedIn>,
) -> Result<Json<Closed>, Problem> {
    let act = CloseShift { counted: body.counted_minor_units, dollars: body.counted_dollars_minor_units };
    let differences = app.office.perform(&caller.who, &key, act).await?;
    Ok(Json(Closed {
        difference_minor_units: differences.dinars,
        difference_dollars_minor_units: differences.dollars,
    }))
}

/// A receipt that the officer behind the program may see, and whether it was
/// voided.
async fn seen(app: &App, caller: &Caller, id: &str) -> Result<(ReceiptRow, bool), Problem> {
    let id: ReceiptId = path_id(id)?;
    let at = caller.desk(app);
    Ok(cash::seen_by(&mut app.office.db.reading().await?.tx(), &at, id).await?)
}

/// A receipt. Needs `cash.take` or `cash.void`.
#[utoipa::path(get, path = "/api/v1/cash/receipts/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = ReceiptOut)),
    security(("token" = ["cash.take"]), ("token" = ["cash.void"])), tag = "cash")]
pub(super) async fn receipt(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<ReceiptOut>, Problem> {
    let (row, void) = seen(&app, &caller, &id).await?;
    Ok(Json(ReceiptOut::of(&row, void)))
}

/// What a print is.
#[derive(Serialize, ToSchema)]
pub(super) struct Printed {
    /// `receipt-original`, `receipt-copy`, `receipt-void` or `receipt-refund`: what must stand on it.
    mark: String,
    receipt: ReceiptOut,
}

/// Records that a receipt is printed, and says what must stand on it: one print
/// is the original, every other a copy.
#[utoipa::path(post, path = "/api/v1/cash/receipts/{id}/print", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Printed)), security(("token" = ["cash.take"])), tag = "cash")]
pub(super) async fn print(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<Json<Printed>, Problem> {
    caller.at_desk(&app, Permission::TakeCash)?;
    let (row, void) = seen(&app, &caller, &id).await?;
    let original = app.office.perform(&caller.who, &key, ReprintReceipt { receipt: row.id }).await?;
    let mark = receipt_mark(&row, original, void).to_owned();
    Ok(Json(Printed { mark, receipt: ReceiptOut::of(&row, void) }))
}

/// In which language a paper is.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct InLanguage {
    /// `ckb`, `ar`, `kmr`, `kmr-Arab` or `en`, before the official ones; left
    /// out, those alone.
    language: Option<String>,
}

/// Records that a receipt is printed, and gives it as a PDF with what must stand
/// on it: one print is the original, every other a copy.
#[utoipa::path(post, path = "/api/v1/cash/receipts/{id}/pdf", params(("id" = uuid::Uuid, Path), InLanguage),
    responses((status = 200, content_type = "application/pdf")),
    security(("token" = ["cash.take"])), tag = "cash")]
pub(super) async fn pdf(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Asked(wanted): Asked<InLanguage>,
    Once(key): Once,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::TakeCash)?;
    let lang = match &wanted.language {
        Some(code) => app.words.language(code).ok_or_else(|| Problem::field("language"))?,
        None => app.words.first(),
    };
    let (row, void) = seen(&app, &caller, &id).await?;
    let original = app.office.perform(&caller.who, &key, ReprintReceipt { receipt: row.id }).await?;
    let number = cash::case_number_of(&mut app.office.db.reading().await?.tx(), &row).await?;
    let job = papers::receipt_job(&app, &lang, &number, &row, receipt_mark(&row, original, void));
    let bytes = documents::render(&app.office, &caller.who, job).await?;
    Ok(pages::downloads::pdf(bytes, &format!("{}.pdf", row.number)))
}

/// Why it is voided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VoidIn {
    /// Why.
    reason: String,
}

/// Voids a receipt, as the second of two people.
#[utoipa::path(post, path = "/api/v1/cash/receipts/{id}/void", request_body = VoidIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 201, body = Made)),
    security(("token" = ["cash.void"])), tag = "cash")]
pub(super) async fn void(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<VoidIn>,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::VoidCash)?;
    let (row, _) = seen(&app, &caller, &id).await?;
    let act = VoidReceipt { receipt: row.id, cashier: row.officer_id, reason: body.reason };
    let id = app.office.perform(&caller.who, &key, act).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })).into_response())
}

/// What is given back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RefundIn {
    /// Out of the drawer of which open shift of the centre.
    #[schema(format = "uuid")]
    shift: String,
    /// How much, in minor units of the receipt's currency: at most what is left of it, and once
    /// a paper of its case is in somebody's hand, at most what was paid beyond the fee.
    minor_units: i64,
    /// Why.
    reason: String,
}

/// Gives back what was taken by a receipt, or a part of it, out of a drawer that is open now:
/// when the shift in which it was taken is closed, or when the fee fell. Whoever asks is neither
/// who took the money nor whose drawer it is. Answers with the receipt for it.
#[utoipa::path(post, path = "/api/v1/cash/receipts/{id}/refund", request_body = RefundIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 201, body = Made)),
    security(("token" = ["cash.void"])), tag = "cash")]
pub(super) async fn refund(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<RefundIn>,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::VoidCash)?;
    let (row, _) = seen(&app, &caller, &id).await?;
    let shift: ShiftId = field_id("shift", &body.shift)?;
    let act = GiveBack { receipt: row.id, shift, minor_units: body.minor_units, reason: body.reason };
    let id = app.office.perform(&caller.who, &key, act).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })).into_response())
}

/// The proof that a receipt's entry is in the public log; not found until it is
/// sealed.
#[utoipa::path(get, path = "/api/v1/cash/receipts/{id}/proof", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = serde_json::Value)), security(("token" = ["cash.take"])), tag = "cash")]
pub(super) async fn proof(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<ProofFile>, Problem> {
    caller.at_desk(&app, Permission::TakeCash)?;
    let (row, _) = seen(&app, &caller, &id).await?;
    let entry = cash::entry_of(&mut app.office.db.reading().await?.tx(), &row).await?.ok_or(Why::NotFound)?;
    inspection::proof(&app.office, entry).await?.map(Json).ok_or_else(|| Why::NotFound.into())
}
