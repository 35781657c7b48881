//! The counter: whoever stands there, a case that is begun with them, their status and their
//! contact. What becomes of the case stands in [`super::counter_case`].

use super::caller::Caller;
use super::people::PurposeQuery;
use super::problem::{Asked, Body, Once, Problem, path_id};
use super::shapes::{PersonOut, people};
use crate::app::App;
use crate::desk::counter::not_ready;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::{CaseId, PersonId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::accounts::{RecordConsent, ReplaceContact, RequestCode, VerifyApplicant, contact_purpose};
use diwan_office::cases::BeginCase;
use diwan_office::civil::{SeePerson, SetStatus};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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
    pub(super) address: String,
    /// The language of the message.
    pub(super) language: String,
}

/// Where a code went.
#[derive(Serialize, ToSchema)]
pub(super) struct CodeOut {
    /// The phone or mailbox as it is written from now on.
    pub(super) sent_to: String,
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
