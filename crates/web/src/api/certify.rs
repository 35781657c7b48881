//! The certificate of an entry that an officer has before them, and the choice between
//! several entries, for programs.

use super::caller::Caller;
use super::counter::{Assisted, Consent};
use super::problem::{Asked, Body, Once, Problem, field_id, maybe_id, path_id};
use crate::app::App;
use crate::desk::counter::not_ready;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::{CaseId, EntryId, PersonId};
use diwan_domain::people::Permission;
use diwan_domain::services::EntryValue;
use diwan_office::cases::{self, BeginCertificate, Choice, SeeChoices};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Who asks for the certificate of an entry.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CertificateIn {
    /// The certificate's service.
    service: String,
    /// Who stands there and asks, in the register.
    #[schema(format = "uuid")]
    applicant: String,
    /// Whose entry it is; left out where the entry is about one person, or about two of
    /// whom the applicant is one.
    #[serde(default)]
    holder: Option<String>,
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

/// Begins the case of an entry's certificate for someone standing there. What the
/// register knows is answered; what is left goes through the operations of `cases`, and
/// fee, print and hand-over through those of `counter`.
#[utoipa::path(post, path = "/api/v1/register/entries/{id}/certificates", request_body = CertificateIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 201, body = Assisted)),
    security(("token" = ["cases.assist", "people.verify"])), tag = "register")]
pub(super) async fn begin(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<CertificateIn>,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::AssistCases)?;
    caller.at_desk(&app, Permission::VerifyIdentity)?;
    let entry: EntryId = path_id(&id)?;
    if let Some((field, _)) = not_ready(&body.service, &body.shown, &body.witness, &body.address).first() {
        return Err(Problem::field(field));
    }
    let act = BeginCertificate {
        entry,
        service: body.service,
        holder: maybe_id("holder", body.holder.as_ref())?,
        applicant: field_id("applicant", &body.applicant)?,
        shown: body.shown,
        language: body.language.clone(),
    };
    let begun = app.office.perform(&caller.who, &key, act).await?;
    let consent = Consent { witness: body.witness, address: body.address, language: body.language };
    let code_sent_to = consent.ask(&app, &caller, &key, begun.case).await?;
    let out = Assisted { id: begun.case.to_string(), number: begun.number, key: begun.key, code_sent_to };
    Ok((StatusCode::CREATED, Json(out)).into_response())
}

/// Whose entries.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ChoicesOf {
    /// Someone who was found by hand; left out for those whom the search found.
    #[serde(default)]
    holder: Option<String>,
}

/// An entry that may be meant.
#[derive(Serialize, ToSchema)]
pub(super) struct EntryChoice {
    /// The holder, for `PUT /api/v1/desk/cases/{id}/entry`.
    #[schema(format = "uuid")]
    holder: String,
    /// The entry.
    #[schema(format = "uuid")]
    entry: String,
    number: String,
    kind: String,
    /// What it says, by the names that services print.
    says: BTreeMap<String, String>,
    /// Of a marriage or a divorce, how the two stand to each other today: `married`,
    /// `waiting`, `divorced`, `widowed`.
    status: Option<String>,
}

impl EntryChoice {
    fn of(choice: Choice) -> Self {
        let says = choice.says.into_iter();
        let text = |value: EntryValue| value.text().map(str::to_owned);
        Self {
            holder: choice.holder.to_string(),
            entry: choice.entry.id.to_string(),
            number: choice.entry.number,
            kind: choice.entry.kind,
            says: says.filter_map(|(name, value)| Some((name, text(value)?))).collect(),
            status: choice.status.map(|status| status.code().to_owned()),
        }
    }
}

/// The entries among which a case's is chosen.
#[derive(Serialize, ToSchema)]
pub(super) struct EntryChoices {
    /// Each with its holder.
    choices: Vec<EntryChoice>,
}

/// The entries that may be meant by a case, with who is who. The look is journalled for
/// everyone whom one of them names.
#[utoipa::path(get, path = "/api/v1/desk/cases/{id}/choices", params(("id" = uuid::Uuid, Path), ChoicesOf),
    responses((status = 200, body = EntryChoices)), security(("token" = ["cases.decide"])), tag = "desk")]
pub(super) async fn choices(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Asked(query): Asked<ChoicesOf>,
) -> Result<Json<EntryChoices>, Problem> {
    caller.at_desk(&app, Permission::DecideCases)?;
    let case: CaseId = path_id(&id)?;
    let holder: Option<PersonId> = maybe_id("holder", query.holder.as_ref())?;
    app.office.perform_once(&caller.who, SeeChoices { case, holder }).await?;
    let mut reading = app.office.db.reading().await?;
    let found = cases::choices(&mut reading.tx(), &caller.desk(&app), case, holder).await?;
    Ok(Json(EntryChoices { choices: found.into_iter().map(EntryChoice::of).collect() }))
}
