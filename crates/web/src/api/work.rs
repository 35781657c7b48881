//! Officers' work on a case: decisions, the entry, letters, and what becomes of
//! its papers.

use super::caller::Caller;
use super::finding::{FindIn, Found, found};
use super::problem::{Body, Once, Problem, Seen, field_id, maybe_id, path_id};
use super::shapes::Acted;
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use diwan_domain::ids::{CaseId, DocumentId, EntryId, OfficeId, OfficerId, PersonId};
use diwan_domain::people::Permission;
use diwan_office::cases::{
    self, AskElsewhere, Decide, Decision, LinkEntry, Reassign, ShowReligion, WriteToApplicant,
};
use diwan_office::civil::FindPeople;
use diwan_office::documents::EndDocument;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an officer decides.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub(super) enum DecisionIn {
    /// What was asked for is given.
    Approve {},
    /// Refused for a listed reason, with the officer's own words.
    Refuse {
        /// The reason's key in the service.
        reason: String,
        /// What exactly.
        words: String,
    },
    /// One thing more is asked of the applicant.
    Ask {
        /// Which question of the service it concerns; `other` when left out.
        question: Option<String>,
        /// What is asked.
        words: String,
    },
    /// A check, inspection, test or screening was passed.
    Pass {
        /// What was seen.
        words: String,
    },
    /// It was not passed: an officer decides on the case.
    Fail {
        /// What was seen.
        words: String,
    },
}

impl From<DecisionIn> for Decision {
    fn from(sent: DecisionIn) -> Self {
        match sent {
            DecisionIn::Approve {} => Self::Approve,
            DecisionIn::Refuse { reason, words } => Self::Refuse { reason, words },
            DecisionIn::Ask { question, words } => {
                Self::Ask { question: question.unwrap_or_else(|| "other".into()), words }
            }
            DecisionIn::Pass { words } => Self::Pass { words },
            DecisionIn::Fail { words } => Self::Fail { words },
        }
    }
}

/// Decides an assigned case, on the version that was seen. Approving, refusing
/// and asking need the scope `cases.decide`; recording a finding, `cases.see`.
#[utoipa::path(post, path = "/api/v1/desk/cases/{id}/decisions", request_body = DecisionIn,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Acted), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["cases.see", "cases.decide"])), tag = "desk")]
pub(super) async fn decide(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    Body(body): Body<DecisionIn>,
) -> Result<Json<Acted>, Problem> {
    let act = Decide { case: path_id(&id)?, seen, decision: body.into() };
    let version =
        app.office.perform(&caller.who, &key, act).await.map_err(|s| Problem::from(s).on_version())?;
    Ok(Json(Acted { version }))
}

/// Who is to have a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AssignmentIn {
    /// The officer; left out, it goes back among those waiting.
    to: Option<String>,
    /// Why.
    reason: String,
}

/// Gives a case back, or, with the scope `cases.supervise`, to a colleague.
#[utoipa::path(post, path = "/api/v1/desk/cases/{id}/assignment", request_body = AssignmentIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = Acted)),
    security(("token" = ["cases.see"])), tag = "desk")]
pub(super) async fn assign(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<AssignmentIn>,
) -> Result<Json<Acted>, Problem> {
    let to: Option<OfficerId> = maybe_id("to", body.to.as_ref())?;
    let act = Reassign { case: path_id(&id)?, to, reason: body.reason };
    Ok(Json(Acted { version: app.office.perform(&caller.who, &key, act).await? }))
}

/// Looks for the holder of the entry. The search is journalled with the case.
#[utoipa::path(post, path = "/api/v1/desk/cases/{id}/find", request_body = FindIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = Found)),
    security(("token" = ["cases.decide", "people.find"])), tag = "desk")]
pub(super) async fn find(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<FindIn>,
) -> Result<Json<Found>, Problem> {
    let acting = caller.at_desk(&app, Permission::DecideCases)?;
    let case: CaseId = path_id(&id)?;
    let at = caller.desk(&app);
    cases::seen_by_officer(&mut app.office.db.reading().await?.tx(), &at, case).await?;
    let by = body.known.read(&app).await?;
    let act = FindPeople { by, ..FindPeople::new(body.query, format!("case {id}")) };
    found(&app, &caller, &acting, &key, act).await
}

/// Whose entry it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkIn {
    /// The holder.
    #[schema(format = "uuid")]
    holder: String,
    /// Which of the holder's entries, where several may be meant: see
    /// `GET /api/v1/desk/cases/{id}/choices`.
    entry: Option<String>,
}

/// Ties a case to the entry of someone found by hand.
#[utoipa::path(put, path = "/api/v1/desk/cases/{id}/entry", request_body = LinkIn,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Acted), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["cases.decide"])), tag = "desk")]
pub(super) async fn link(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    Body(body): Body<LinkIn>,
) -> Result<Json<Acted>, Problem> {
    let holder: PersonId = field_id("holder", &body.holder)?;
    let entry: Option<EntryId> = maybe_id("entry", body.entry.as_ref())?;
    let act = LinkEntry { case: path_id(&id)?, seen, holder, entry };
    let version =
        app.office.perform(&caller.who, &key, act).await.map_err(|s| Problem::from(s).on_version())?;
    Ok(Json(Acted { version }))
}

/// Whether a paper shows religion.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReligionIn {
    /// Shown, or not any more.
    shown: bool,
    /// The law and the right on which it is asked for.
    basis: String,
}

/// Lets the paper of a case show religion as its entry has it, for one who is entitled and
/// asks; or takes that back. A paper that was made before is replaced by the ordinary way.
#[utoipa::path(put, path = "/api/v1/desk/cases/{id}/religion", request_body = ReligionIn,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Acted), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["register.show-religion"])), tag = "desk")]
pub(super) async fn religion(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    Body(body): Body<ReligionIn>,
) -> Result<Json<Acted>, Problem> {
    caller.at_desk(&app, Permission::ShowReligion)?;
    let act = ShowReligion { case: path_id(&id)?, seen, shown: body.shown, basis: body.basis };
    let version =
        app.office.perform(&caller.who, &key, act).await.map_err(|s| Problem::from(s).on_version())?;
    Ok(Json(Acted { version }))
}

/// What another office is asked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AskElsewhereIn {
    /// Which office.
    #[schema(format = "uuid")]
    office: String,
    /// What is asked.
    words: String,
}

/// Asks another office for an entry.
#[utoipa::path(post, path = "/api/v1/desk/cases/{id}/referrals", request_body = AskElsewhereIn,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Acted), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["cases.decide"])), tag = "desk")]
pub(super) async fn ask_elsewhere(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    Body(body): Body<AskElsewhereIn>,
) -> Result<Json<Acted>, Problem> {
    let office: OfficeId = field_id("office", &body.office)?;
    let act = AskElsewhere { case: path_id(&id)?, seen, office, words: body.words };
    let version =
        app.office.perform(&caller.who, &key, act).await.map_err(|s| Problem::from(s).on_version())?;
    Ok(Json(Acted { version }))
}

/// Words to the applicant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LetterIn {
    /// What is written.
    words: String,
}

/// Writes to the applicant without asking anything.
#[utoipa::path(post, path = "/api/v1/desk/cases/{id}/messages", request_body = LetterIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 204)),
    security(("token" = ["cases.see"])), tag = "desk")]
pub(super) async fn write(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<LetterIn>,
) -> Result<StatusCode, Problem> {
    let act = WriteToApplicant { case: path_id(&id)?, words: body.words };
    app.office.perform(&caller.who, &key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How a document ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EndIn {
    /// Whether a new document takes its place.
    replace: bool,
    /// Why.
    reason: String,
}

/// What came of it.
#[derive(Serialize, ToSchema)]
pub(super) struct EndOut {
    /// The document that takes its place.
    #[schema(format = "uuid")]
    replaced_by: Option<String>,
}

/// Revokes a document, or replaces it by a new one. One that could not be made is not
/// replaced: it keeps its number, and is made by the newest edition of its service.
#[utoipa::path(post, path = "/api/v1/desk/documents/{id}/end", request_body = EndIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = EndOut)),
    security(("token" = ["documents.revoke"])), tag = "desk")]
pub(super) async fn end_document(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<EndIn>,
) -> Result<Json<EndOut>, Problem> {
    let document: DocumentId = path_id(&id)?;
    let act = EndDocument { document, reason: body.reason, replace: body.replace };
    let new = app.office.perform(&caller.who, &key, act).await?;
    Ok(Json(EndOut { replaced_by: new.map(|id| id.to_string()) }))
}
