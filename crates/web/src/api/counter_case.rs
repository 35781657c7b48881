//! A case at the counter: who applies, that they agree, the fee, and the papers that are
//! handed over. Its answers go through the operations of `cases`.

use super::caller::{Caller, Version};
use super::closed::CasePhase;
use super::counter::{CodeIn, CodeOut};
use super::problem::{Asked, Body, Once, Problem, field_id, path_id};
use super::shapes::{DocumentOut, Made, ReceiptOut, currency_of, document_out};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::{CaseId, DocumentId};
use diwan_domain::numbers::parse_number;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::accounts::{RecordConsent, RequestCode, VerifyApplicant};
use diwan_office::cases::{self, Access, CorrectApplicant, OpenAtCounter, PrintDocument};
use diwan_office::cash::TakeFee;
use diwan_office::documents::{self, ReleaseDocument};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A number that someone brings.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct NumberQuery {
    /// The case number.
    number: String,
}

/// Opens a case by the number someone brings.
#[utoipa::path(get, path = "/api/v1/counter/cases", params(NumberQuery),
    responses((status = 200, body = CounterCase)), security(("token" = ["cases.assist"])), tag = "counter")]
pub(super) async fn by_number(
    State(app): State<App>,
    caller: Caller,
    Asked(query): Asked<NumberQuery>,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::AssistCases)?;
    let number = parse_number(&query.number).map_err(|_| Why::NotFound)?;
    let case = cases::by_number(&mut app.office.db.reading().await?.tx(), &number).await?;
    shown(&app, &caller, case.ok_or(Why::NotFound)?.id).await
}

/// A case at the counter.
#[derive(Serialize, ToSchema)]
pub(super) struct CounterCase {
    #[schema(format = "uuid")]
    id: String,
    number: String,
    service: String,
    #[schema(value_type = CasePhase)]
    phase: String,
    step: Option<String>,
    /// Who applies, once their identity was seen.
    #[schema(format = "uuid")]
    applicant: Option<String>,
    /// Whether consent was recorded.
    consent: bool,
    fee_minor_units: i64,
    paid_minor_units: i64,
    owed_minor_units: i64,
    currency: String,
    documents: Vec<DocumentOut>,
    receipts: Vec<ReceiptOut>,
    version: i64,
}

/// A case at the counter. The look is journalled, and the person can see it.
#[utoipa::path(get, path = "/api/v1/counter/cases/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = CounterCase)), security(("token" = ["cases.assist"])), tag = "counter")]
pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    shown(&app, &caller, path_id(&id)?).await
}

async fn shown(app: &App, caller: &Caller, id: CaseId) -> Result<Response, Problem> {
    app.office.perform_once(&caller.who, OpenAtCounter { case: id }).await?;
    let at = caller.desk(app);
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let case = cases::open(&mut tx, &at, id, &Access::default()).await?;
    let papers = documents::of_case(&mut tx, id).await?;
    let things = cases::belongings(&mut tx, id).await?;
    let voided = |id| things.receipts.iter().any(|other| other.voids == Some(id) && other.kind == "void");
    let currency = currency_of(&case);
    let owed_minor_units = cases::payable(&case);
    let out = CounterCase {
        id: id.to_string(),
        number: case.number,
        service: case.service,
        phase: case.phase,
        step: case.step,
        applicant: case.applicant_id.map(|id| id.to_string()),
        consent: !things.consents.is_empty(),
        fee_minor_units: case.fee_minor_units,
        paid_minor_units: case.paid_minor_units,
        owed_minor_units,
        currency,
        documents: papers.iter().map(|paper| document_out(app, paper)).collect(),
        receipts: things.receipts.iter().map(|row| ReceiptOut::of(row, voided(row.id))).collect(),
        version: case.version,
    };
    let mut response = Json(out).into_response();
    response.extensions_mut().insert(Version::of(case.version));
    Ok(response)
}

/// Who stands there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct IdentityIn {
    /// The person in the register.
    #[schema(format = "uuid")]
    person: String,
    /// What was shown.
    shown: String,
}

/// Confirms in person who the applicant is.
#[utoipa::path(post, path = "/api/v1/counter/cases/{id}/identity", request_body = IdentityIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 204)),
    security(("token" = ["people.verify"])), tag = "counter")]
pub(super) async fn identity(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<IdentityIn>,
) -> Result<StatusCode, Problem> {
    let person = field_id("person", &body.person)?;
    let act = VerifyApplicant { case: path_id(&id)?, person, shown: body.shown };
    app.office.perform(&caller.who, &key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who it really is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectedIn {
    /// The person in the register.
    #[schema(format = "uuid")]
    person: String,
    /// What was shown.
    shown: String,
    /// How the mistake came about.
    reason: String,
}

/// Puts the right person in the place of one whom an officer confirmed by mistake: what was
/// looked up and decided for the wrong one is done anew. Of a case that was sent, another
/// officer does it than who made the mistake.
#[utoipa::path(post, path = "/api/v1/counter/cases/{id}/applicant", request_body = CorrectedIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 204)),
    security(("token" = ["people.verify"])), tag = "counter")]
pub(super) async fn correct(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<CorrectedIn>,
) -> Result<StatusCode, Problem> {
    let person = field_id("person", &body.person)?;
    let act = CorrectApplicant { case: path_id(&id)?, person, shown: body.shown, reason: body.reason };
    app.office.perform(&caller.who, &key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a code for consent to the person's phone or mailbox.
#[utoipa::path(post, path = "/api/v1/counter/cases/{id}/consent/code", request_body = CodeIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = CodeOut)),
    security(("token" = ["cases.assist"])), tag = "counter")]
pub(super) async fn consent_code(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<CodeIn>,
) -> Result<Json<CodeOut>, Problem> {
    caller.at_desk(&app, Permission::AssistCases)?;
    let case: CaseId = path_id(&id)?;
    let at = caller.desk(&app);
    cases::open(&mut app.office.db.reading().await?.tx(), &at, case, &Access::default()).await?;
    let purpose = format!("consent/{case}");
    let act = RequestCode { address: body.address, purpose, language: body.language };
    Ok(Json(CodeOut { sent_to: app.office.perform(&caller.who, &key, act).await? }))
}

/// How someone agreed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsentIn {
    /// Who witnessed a mark.
    witness: Option<String>,
    /// The phone or mailbox to which a code went.
    address: Option<String>,
    /// The code they read out.
    code: Option<String>,
}

/// Records consent: a code they read out, or a mark before a witness.
#[utoipa::path(post, path = "/api/v1/counter/cases/{id}/consent", request_body = ConsentIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 201, body = Made)),
    security(("token" = ["cases.assist"])), tag = "counter")]
pub(super) async fn consent(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<ConsentIn>,
) -> Result<Response, Problem> {
    let code = body.address.zip(body.code);
    let act = RecordConsent { case: path_id(&id)?, code, witness: body.witness };
    let id = app.office.perform(&caller.who, &key, act).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })).into_response())
}

/// Cash that was handed over.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FeeIn {
    /// How much: exactly what is owed.
    minor_units: i64,
}

/// Takes the fee in cash, in the officer's open shift.
#[utoipa::path(post, path = "/api/v1/counter/cases/{id}/fee", request_body = FeeIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 201, body = Made)),
    security(("token" = ["cash.take"])), tag = "counter")]
pub(super) async fn fee(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<FeeIn>,
) -> Result<Response, Problem> {
    let act = TakeFee { case: path_id(&id)?, minor_units: body.minor_units };
    let receipt = app.office.perform(&caller.who, &key, act).await?;
    Ok((StatusCode::CREATED, Json(Made { id: receipt.to_string() })).into_response())
}

/// Prints a document, so that it lies ready; the applicant is told.
#[utoipa::path(post, path = "/api/v1/counter/documents/{id}/print", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf")),
    security(("token" = ["cases.assist"])), tag = "counter")]
pub(super) async fn print(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<Response, Problem> {
    let document: DocumentId = path_id(&id)?;
    let hash = app.office.perform(&caller.who, &key, PrintDocument { document }).await?;
    pdf(&app, &hash).await
}

/// Hands a document over to the applicant.
#[utoipa::path(post, path = "/api/v1/counter/documents/{id}/hand-over", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf")),
    security(("token" = ["cases.assist"])), tag = "counter")]
pub(super) async fn hand_over(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::AssistCases)?;
    let act = ReleaseDocument { document: path_id(&id)?, access: Access::default() };
    let hash = app.office.perform(&caller.who, &key, act).await?;
    pdf(&app, &hash).await
}

async fn pdf(app: &App, hash: &str) -> Result<Response, Problem> {
    let bytes = app.office.files.get(hash).await?.ok_or(Why::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response())
}
