//! The counter: find the person, begin a case with them, take the fee, hand the
//! paper over. The answers themselves go through the operations of `cases`.

use super::caller::{Caller, Version};
use super::closed::{CasePhase, LookReason};
use super::people::PurposeQuery;
use super::problem::{Asked, Body, Once, Problem, field_id, object, path_id};
use super::shapes::{DocumentOut, Made, PersonOut, ReceiptOut, currency_of, document_out, people};
use super::work::{Found, KnownIn};
use crate::app::App;
use crate::desk::counter::not_ready;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::{CaseId, DocumentId, PersonId};
use diwan_domain::numbers::parse_number;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::accounts::{RecordConsent, ReplaceContact, RequestCode, VerifyApplicant, contact_purpose};
use diwan_office::cases::{self, Access, BeginCase, CorrectApplicant, OpenAtCounter, PrintDocument};
use diwan_office::cash::TakeFee;
use diwan_office::civil::{FindPeople, SeePerson, SetStatus, reasons};
use diwan_office::documents::{self, ReleaseDocument};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Whom to look for at a counter, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CounterFindIn {
    /// A name in any spelling, or a number; may be empty when `known` says more.
    #[serde(default)]
    query: String,
    /// What else is known.
    #[serde(default, deserialize_with = "object")]
    known: KnownIn,
    /// Why, where nobody is called at the officer's counter; otherwise the ticket says it.
    /// The person who is looked at can read it.
    #[schema(value_type = Option<LookReason>)]
    why: Option<String>,
}

/// Finds people by a name in any spelling or a number. The search is journalled.
#[utoipa::path(post, path = "/api/v1/counter/people/find", request_body = CounterFindIn,
    responses((status = 200, body = Found)),
    security(("token" = ["cases.assist", "people.find"])), tag = "counter")]
pub(super) async fn find(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<CounterFindIn>,
) -> Result<Json<Found>, Problem> {
    let acting = caller.at_desk(&app, Permission::AssistCases)?;
    let by = body.known.read(&app).await?;
    let why = match body.why {
        Some(why) if reasons::REASONS.contains(&why.as_str()) => reasons::kept(&why),
        Some(_) => return Err(Problem::word("why", reasons::REASONS)),
        None => "counter".to_owned(),
    };
    let act = FindPeople { by, ..FindPeople::new(body.query, why) };
    let found = app.office.perform(&caller.who, &key, act).await?;
    Ok(Json(Found { people: people(&app, &acting, &found).await? }))
}

/// A person's record. The look is journalled, and the person can see it.
#[utoipa::path(get, path = "/api/v1/counter/people/{id}", params(("id" = uuid::Uuid, Path), PurposeQuery),
    responses((status = 200, body = PersonOut)),
    security(("token" = ["cases.assist", "people.find"])), tag = "counter")]
pub(super) async fn person(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Asked(query): Asked<PurposeQuery>,
) -> Result<Json<PersonOut>, Problem> {
    let acting = caller.at_desk(&app, Permission::AssistCases)?;
    let person: PersonId = path_id(&id)?;
    app.office.perform_once(&caller.who, SeePerson { person, purpose: query.purpose }).await?;
    let found = people(&app, &acting, &[person]).await?;
    found.into_iter().next().map(Json).ok_or_else(|| Why::NotFound.into())
}

/// What begins a case for someone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AssistIn {
    /// The service's key.
    service: String,
    /// The language of messages.
    language: String,
    /// What was shown: `national-card`, `passport`, `old-civil-id`, `unhcr`,
    /// `residence`, `two-witnesses`.
    shown: String,
    /// Who witnessed the mark of consent.
    #[serde(default)]
    witness: String,
    /// The phone or mailbox to which a code for consent goes instead.
    #[serde(default)]
    address: String,
}

/// A case that was begun for someone.
#[derive(Serialize, ToSchema)]
pub(super) struct Assisted {
    /// The case.
    #[schema(format = "uuid")]
    pub(super) id: String,
    pub(super) number: String,
    /// What opens the case; an officer of the same centre needs none.
    pub(super) key: String,
    /// Where the code for consent went; nothing when a mark was witnessed.
    pub(super) code_sent_to: Option<String>,
}

/// Begins a case for someone standing there: identity seen, and consent by a
/// witnessed mark, or by a code that goes to their phone now.
#[utoipa::path(post, path = "/api/v1/counter/people/{id}/cases", request_body = AssistIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 201, body = Assisted)),
    security(("token" = ["cases.assist", "people.verify"])), tag = "counter")]
pub(super) async fn begin(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<AssistIn>,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::AssistCases)?;
    caller.at_desk(&app, Permission::VerifyIdentity)?;
    let person: PersonId = path_id(&id)?;
    if let Some((field, _)) = not_ready(&body.service, &body.shown, &body.witness, &body.address).first() {
        return Err(Problem::field(field));
    }
    let (office, who) = (&app.office, &caller.who);
    let act = BeginCase { service: body.service, language: body.language.clone() };
    let begun = office.perform(who, &key, act).await?;
    let verify = VerifyApplicant { case: begun.case, person, shown: body.shown };
    office.perform(who, &format!("{key}/v"), verify).await?;
    let consent = Consent { witness: body.witness, address: body.address, language: body.language };
    let code_sent_to = consent.ask(&app, &caller, &key, begun.case).await?;
    let out = Assisted { id: begun.case.to_string(), number: begun.number, key: begun.key, code_sent_to };
    Ok((StatusCode::CREATED, Json(out)).into_response())
}

/// How whoever stands at the counter agrees that an officer acts for them.
pub(super) struct Consent {
    /// Who witnessed the mark.
    pub witness: String,
    /// The phone or mailbox to which a code goes instead; empty for a mark.
    pub address: String,
    /// The language of the message.
    pub language: String,
}

impl Consent {
    /// Records the witnessed mark, or sends the code: then it says where it went. The key
    /// is the attempt's own.
    pub(super) async fn ask(
        self,
        app: &App,
        caller: &Caller,
        key: &str,
        case: CaseId,
    ) -> Result<Option<String>, Problem> {
        let key = format!("{key}/c");
        if self.address.is_empty() {
            let consent = RecordConsent { case, code: None, witness: Some(self.witness) };
            app.office.perform(&caller.who, &key, consent).await?;
            return Ok(None);
        }
        let purpose = format!("consent/{case}");
        let code = RequestCode { address: self.address, purpose, language: self.language };
        Ok(Some(app.office.perform(&caller.who, &key, code).await?))
    }
}

/// Someone's status.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StatusIn {
    /// On what evidence, or why it ends.
    evidence: String,
    /// Since when, ISO 8601, perhaps a year only.
    since: Option<String>,
    /// Whether it ends.
    #[serde(default)]
    ends: bool,
}

/// Registers someone as displaced, or ends it.
#[utoipa::path(post, path = "/api/v1/counter/people/{id}/displaced", request_body = StatusIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 204)),
    security(("token" = ["people.verify"])), tag = "counter")]
pub(super) async fn displaced(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<StatusIn>,
) -> Result<StatusCode, Problem> {
    let act =
        SetStatus { person: path_id(&id)?, evidence: body.evidence, since: body.since, ends: body.ends };
    app.office.perform(&caller.who, &key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// To where a code goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeIn {
    /// A phone or mailbox.
    address: String,
    /// The language of the message.
    language: String,
}

/// Where a code went.
#[derive(Serialize, ToSchema)]
pub(super) struct CodeOut {
    /// The phone or mailbox as it is written from now on.
    sent_to: String,
}

/// Sends a code to the new phone or mailbox of someone who is there.
#[utoipa::path(post, path = "/api/v1/counter/people/{id}/contact/code", request_body = CodeIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = CodeOut)),
    security(("token" = ["people.verify"])), tag = "counter")]
pub(super) async fn contact_code(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<CodeIn>,
) -> Result<Json<CodeOut>, Problem> {
    caller.at_desk(&app, Permission::VerifyIdentity)?;
    let person: PersonId = path_id(&id)?;
    let purpose = contact_purpose(person);
    let act = RequestCode { address: body.address, purpose, language: body.language };
    Ok(Json(CodeOut { sent_to: app.office.perform(&caller.who, &key, act).await? }))
}

/// Someone's new contact.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactIn {
    /// What was shown.
    shown: String,
    /// The new phone or mailbox; left out, the old one only ends.
    address: Option<String>,
    /// The code they read out.
    #[serde(default)]
    code: String,
}

/// Replaces a lost phone or mailbox: whoever holds the old one is out at once.
#[utoipa::path(put, path = "/api/v1/counter/people/{id}/contact", request_body = ContactIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 204)),
    security(("token" = ["people.verify"])), tag = "counter")]
pub(super) async fn contact(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<ContactIn>,
) -> Result<StatusCode, Problem> {
    let person = Some(path_id(&id)?);
    let act = ReplaceContact { person, address: body.address, code: body.code, shown: body.shown };
    app.office.perform(&caller.who, &key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

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
