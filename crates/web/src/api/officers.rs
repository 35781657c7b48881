//! Officers: invited, appointed, moved, on leave, ended.

use super::caller::{Caller, Version};
use super::closed::OfficerRole;
use super::paging::{Page, Paging};
use super::problem::{Asked, Body, Once, Problem, Seen, field_id, maybe_id, path_id};
use super::shapes::Made;
use crate::app::App;
use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::OfficerId;
use diwan_domain::people::{Permission, Role};
use diwan_domain::refusals::Why;
use diwan_office::Stop;
use diwan_office::acting::{Acting, in_service, is_system, load};
use diwan_office::administration::{
    self, AppointProgram, EndService, InviteOfficer, MoveOfficer, SetLeave, SetRoles,
};
use diwan_office::civil;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An officer.
#[derive(Serialize, ToSchema)]
pub(super) struct OfficerOut {
    #[schema(format = "uuid")]
    id: String,
    login: String,
    name: String,
    email: Option<String>,
    #[schema(format = "uuid")]
    office: Option<String>,
    #[schema(format = "uuid")]
    centre: Option<String>,
    #[schema(value_type = Vec<OfficerRole>)]
    roles: Vec<String>,
    /// `invited`, `active`, `on-leave` or `ended`.
    state: String,
    /// Whether it is a program, to which nobody can sign in.
    program: bool,
    /// First day of leave, ISO 8601.
    leave_from: Option<String>,
    /// Last day of leave, ISO 8601.
    leave_until: Option<String>,
}

/// In which state an officer's service is.
#[must_use]
pub fn state_of(app: &App, acting: &Acting) -> &'static str {
    let (now, offset) = (app.office.now(), app.office.settings.utc_offset_minutes);
    let officer = &acting.officer;
    if officer.ended_at.is_some() {
        "ended"
    } else if officer.active_at.is_none() {
        "invited"
    } else if !in_service(officer, now, offset) {
        "on-leave"
    } else {
        "active"
    }
}

fn shown(app: &App, acting: &Acting) -> OfficerOut {
    let officer = &acting.officer;
    OfficerOut {
        id: officer.id.to_string(),
        login: officer.login.clone(),
        name: officer.name.clone(),
        email: officer.email.clone(),
        office: officer.office_id.map(|id| id.to_string()),
        centre: officer.centre_id.map(|id| id.to_string()),
        roles: acting.roles.iter().map(|role| role.code().to_owned()).collect(),
        state: state_of(app, acting).to_owned(),
        program: is_system(officer),
        leave_from: officer.leave_from.clone(),
        leave_until: officer.leave_until.clone(),
    }
}

fn roles_of(codes: &[String]) -> Result<Vec<Role>, Problem> {
    let unknown = || Problem::word("roles", Role::ALL.iter().map(|role| role.code()));
    codes.iter().map(|code| Role::from_code(code).ok_or_else(unknown)).collect()
}

/// Every officer, by login.
#[utoipa::path(get, path = "/api/v1/officers", params(Paging),
    responses((status = 200, body = Page<OfficerOut>)),
    security(("token" = ["officers.manage"])), tag = "administration")]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(paging): Asked<Paging>,
) -> Result<Page<OfficerOut>, Problem> {
    caller.at_desk(&app, Permission::ManageOfficers)?;
    let all = administration::all_officers(&mut app.office.db.reading().await?.tx()).await?;
    let lines = all.iter().map(|acting| shown(&app, acting)).collect();
    Page::among(&app, &uri, &paging, lines, |line| line.id.clone())
}

/// One officer.
#[utoipa::path(get, path = "/api/v1/officers/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = OfficerOut)),
    security(("token" = ["officers.manage"])), tag = "administration")]
pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::ManageOfficers)?;
    let found = load(&mut app.office.db.reading().await?.tx(), path_id(&id)?).await?.ok_or(Why::NotFound)?;
    let mut response = Json(shown(&app, &found)).into_response();
    response.extensions_mut().insert(Version::of(found.officer.version));
    Ok(response)
}

/// Who is invited.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InviteIn {
    /// With which name they sign in.
    login: String,
    /// Their name, for colleagues.
    name: String,
    /// Where the invitation goes.
    email: Option<String>,
    /// Their personal number in the register, so that they never handle their
    /// own family.
    personal_number: Option<String>,
    #[schema(format = "uuid")]
    office: Option<String>,
    #[schema(format = "uuid")]
    centre: Option<String>,
    /// `registrar`, `supervisor`, `counter-officer` and so on.
    #[schema(value_type = Vec<OfficerRole>)]
    roles: Vec<String>,
    /// Their language.
    language: String,
}

/// An invitation.
#[derive(Serialize, ToSchema)]
pub(super) struct Invited {
    #[schema(format = "uuid")]
    id: String,
    /// The address that accepts it, once and within three days. Told
    /// once: a repeat with the same key is refused (`request/key-reused`).
    link: String,
}

/// Invites someone to work here.
#[utoipa::path(post, path = "/api/v1/officers", request_body = InviteIn,
    responses((status = 201, body = Invited)),
    security(("token" = ["officers.manage"])), tag = "administration")]
pub(super) async fn invite(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<InviteIn>,
) -> Result<Response, Problem> {
    let acting = caller.at_desk(&app, Permission::ManageOfficers)?;
    let person = match &body.personal_number {
        Some(number) => {
            let mut reading = app.office.db.reading().await?;
            let found = civil::bearers_for(&mut reading.tx(), &acting, number).await?;
            Some(*found.first().ok_or(Why::NotFound)?)
        }
        None => None,
    };
    let act = InviteOfficer {
        officer: None,
        login: body.login,
        name: body.name,
        email: body.email,
        office: maybe_id("office", body.office.as_ref())?,
        centre: maybe_id("centre", body.centre.as_ref())?,
        person,
        roles: roles_of(&body.roles)?,
        language: body.language,
        invitation_hash: Vec::new(),
        link: String::new(),
        proof: String::new(),
    };
    send(&app, &caller, &key, act).await
}

/// Sends an invitation with a new token.
async fn send(app: &App, caller: &Caller, key: &str, act: InviteOfficer) -> Result<Response, Problem> {
    let (token, invitation_hash) = InviteOfficer::token();
    let lang = app.words.language(&act.language).ok_or_else(|| Problem::field("language"))?;
    let link = format!("{}/{}/desk/invitation/{token}", app.office.settings.base_url, lang.code);
    let act = InviteOfficer { invitation_hash, link: link.clone(), ..act };
    let id = app.office.perform(&caller.who, key, act).await?;
    Ok((StatusCode::CREATED, Json(Invited { id: id.to_string(), link })).into_response())
}

/// Whose invitation it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AgainIn {
    /// Where the invitation goes.
    email: Option<String>,
    /// In which language.
    language: String,
    /// How whoever asks for it knows that it is the officer who wants in again:
    /// came in person, was called back. It stands in the journal.
    proof: String,
}

/// Invites an officer again who lost their way in. The old password, second
/// factor, sessions, tokens and clients end at once.
#[utoipa::path(post, path = "/api/v1/officers/{id}/invitation", request_body = AgainIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 201, body = Invited)),
    security(("token" = ["officers.manage"])), tag = "administration")]
pub(super) async fn invite_again(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<AgainIn>,
) -> Result<Response, Problem> {
    let officer: OfficerId = path_id(&id)?;
    let act = InviteOfficer {
        officer: Some(officer),
        login: String::new(),
        name: String::new(),
        email: body.email,
        office: None,
        centre: None,
        person: None,
        roles: Vec::new(),
        language: body.language,
        invitation_hash: Vec::new(),
        link: String::new(),
        proof: body.proof,
    };
    send(&app, &caller, &key, act).await
}

/// A program that is appointed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProgramIn {
    /// Its name among those of officers.
    login: String,
    /// Its name, for colleagues.
    name: String,
    #[schema(format = "uuid")]
    office: Option<String>,
    centre: Option<String>,
    #[schema(value_type = Vec<OfficerRole>)]
    roles: Vec<String>,
}

/// Appoints a program: an officer to whom nobody can sign in, and who works by
/// tokens and clients only.
#[utoipa::path(post, path = "/api/v1/programs", request_body = ProgramIn,
    responses((status = 201, body = Made)),
    security(("token" = ["officers.manage"])), tag = "administration")]
pub(super) async fn appoint_program(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<ProgramIn>,
) -> Result<Response, Problem> {
    let act = AppointProgram {
        login: body.login,
        name: body.name,
        office: maybe_id("office", body.office.as_ref())?,
        centre: maybe_id("centre", body.centre.as_ref())?,
        roles: roles_of(&body.roles)?,
    };
    let id = app.office.perform(&caller.who, &key, act).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })).into_response())
}

/// A change that rests on the version that was seen, and failed.
fn not_on_seen(stop: Stop) -> Problem {
    Problem::from(stop).on_version()
}

/// What someone is appointed to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RolesIn {
    /// All of their roles from now on.
    #[schema(value_type = Vec<OfficerRole>)]
    roles: Vec<String>,
}

/// Sets an officer's roles, on the version that was seen.
#[utoipa::path(put, path = "/api/v1/officers/{id}/roles", request_body = RolesIn,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 204), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["officers.manage"])), tag = "administration")]
pub(super) async fn set_roles(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    Body(body): Body<RolesIn>,
) -> Result<StatusCode, Problem> {
    let act = SetRoles { officer: path_id(&id)?, roles: roles_of(&body.roles)?, seen: Some(seen) };
    app.office.perform(&caller.who, &key, act).await.map_err(not_on_seen)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where someone works.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceIn {
    #[schema(format = "uuid")]
    office: Option<String>,
    centre: Option<String>,
}

/// Moves an officer, on the version that was seen; their open cases go back to
/// those waiting.
#[utoipa::path(put, path = "/api/v1/officers/{id}/place", request_body = PlaceIn,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 204), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["officers.manage"])), tag = "administration")]
pub(super) async fn set_place(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    Body(body): Body<PlaceIn>,
) -> Result<StatusCode, Problem> {
    let act = MoveOfficer {
        officer: path_id(&id)?,
        office: maybe_id("office", body.office.as_ref())?,
        centre: maybe_id("centre", body.centre.as_ref())?,
        seen: Some(seen),
    };
    app.office.perform(&caller.who, &key, act).await.map_err(not_on_seen)?;
    Ok(StatusCode::NO_CONTENT)
}

/// When someone is away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LeaveIn {
    /// First day, ISO 8601; left out, the leave ends.
    #[schema(format = "date")]
    from: Option<String>,
    /// Last day; left out, until further notice.
    #[schema(format = "date")]
    until: Option<String>,
}

/// How many cases went back.
#[derive(Serialize, ToSchema)]
pub(super) struct GivenBack {
    cases_given_back: usize,
}

/// Sends an officer on leave, or ends it, on the version that was seen.
#[utoipa::path(put, path = "/api/v1/officers/{id}/leave", request_body = LeaveIn,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = GivenBack), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["officers.manage"])), tag = "administration")]
pub(super) async fn set_leave(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    Body(body): Body<LeaveIn>,
) -> Result<Json<GivenBack>, Problem> {
    let act = SetLeave { officer: path_id(&id)?, from: body.from, until: body.until, seen: Some(seen) };
    Ok(Json(GivenBack {
        cases_given_back: app.office.perform(&caller.who, &key, act).await.map_err(not_on_seen)?,
    }))
}

/// Why someone's service ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonIn {
    /// Why.
    reason: String,
}

/// Ends an officer's service: signed out everywhere, tokens and clients ended,
/// cases given back.
#[utoipa::path(post, path = "/api/v1/officers/{id}/end", request_body = ReasonIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 200, body = GivenBack)),
    security(("token" = ["officers.manage"])), tag = "administration")]
pub(super) async fn end(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<ReasonIn>,
) -> Result<Json<GivenBack>, Problem> {
    let officer: OfficerId = field_id("id", &id).map_err(|_| Problem::from(Why::NotFound))?;
    let act = EndService { officer, reason: body.reason };
    Ok(Json(GivenBack { cases_given_back: app.office.perform(&caller.who, &key, act).await? }))
}
