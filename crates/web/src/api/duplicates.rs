//! What may be the same, for programs: what a declaration is like, what the last
//! sweep found, two people compared, kept apart or merged by two officers.

use super::caller::{Caller, Version};
use super::closed::{ComparedAs, ComparedPart};
use super::problem::{Asked, Body, Once, Problem, Seen, field_id, path_id};
use super::shapes::Made;
use crate::app::App;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use diwan_domain::duplicates::Likeness;
use diwan_domain::ids::{DeclarationId, MergeId, PersonId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::civil::{
    self, Alike, DecideMerge, KeepApart, KeepPeopleApart, OpenDeclaration, Other, ProposeMerge,
    ProposeParting, SeePerson, duplicates, sweeping,
};
use diwan_office::rows::MergeRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How many pairs of the last sweep are answered.
const LISTED: i64 = 500;

/// One thing that speaks for or against two records being one.
#[derive(Serialize, ToSchema)]
pub(super) struct LikenessReason {
    /// `given`, `father`, `grandfather`, `family`, `birth`, `sex`, `mother`, `place`,
    /// `number`, `death`, `order`, `day` or `tied`.
    #[schema(value_type = ComparedPart)]
    what: &'static str,
    /// `same`, `near`, `year-only`, `missing` or `differs`.
    #[schema(value_type = ComparedAs)]
    how: &'static str,
    /// Tenths of a bit; less than nothing speaks against.
    points: i32,
}

/// How alike two records are.
#[derive(Serialize, ToSchema)]
pub(super) struct LikenessOut {
    /// The sum of all reasons, in tenths of a bit of evidence.
    points: i32,
    /// Whether they are taken for one until an officer decides.
    likely: bool,
    reasons: Vec<LikenessReason>,
}

impl From<&Likeness> for LikenessOut {
    fn from(likeness: &Likeness) -> Self {
        let reason = |reason: &diwan_domain::duplicates::Reason| LikenessReason {
            what: reason.what.code(),
            how: reason.how.code(),
            points: reason.points,
        };
        Self {
            points: likeness.points,
            likely: likeness.is_likely(),
            reasons: likeness.reasons.iter().map(reason).collect(),
        }
    }
}

/// Something that may be the same as what a declaration tells.
#[derive(Serialize, ToSchema)]
pub(super) struct AlikeOut {
    /// `declaration` or `person`.
    of: &'static str,
    #[schema(format = "uuid")]
    id: String,
    /// As whom in the declaration; of another declaration nobody in particular.
    role: Option<&'static str>,
    #[serde(flatten)]
    likeness: LikenessOut,
    /// What an officer said tells them apart.
    apart: Option<String>,
}

impl From<Alike> for AlikeOut {
    fn from(alike: Alike) -> Self {
        Self {
            of: alike.other.code(),
            id: alike.other.id(),
            role: alike.role.map(diwan_domain::civil::PartyRole::code),
            likeness: LikenessOut::from(&alike.likeness),
            apart: alike.apart.map(|apart| apart.reason),
        }
    }
}

/// What may be the same as a declaration, the likeliest first. The look is
/// journalled.
#[utoipa::path(get, path = "/api/v1/register/declarations/{id}/alike", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Vec<AlikeOut>)),
    security(("token" = ["register.declare"]), ("token" = ["register.register"])), tag = "register")]
pub(super) async fn alike(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Vec<AlikeOut>>, Problem> {
    let may = [Permission::DeclareEvents, Permission::RegisterEvents];
    let acting = super::declarations::works_with(&app, &caller, &may).await?;
    let declaration: DeclarationId = path_id(&id)?;
    app.office.perform_once(&caller.who, OpenDeclaration { declaration }).await?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let row = civil::declaration(&mut tx, declaration).await?.ok_or(Why::NotFound)?;
    if civil::only_follows(&acting, &row) {
        return Err(Why::NotFound.into());
    }
    let kind = diwan_domain::civil::EventKind::from_code(&row.kind).ok_or(Why::NotFound)?;
    let content = civil::content_of(&row)?;
    let found = duplicates::look(&mut tx, &acting, &row, kind, &content).await?;
    Ok(Json(found.into_iter().map(AlikeOut::from).collect()))
}

/// Two things that are two.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ApartIn {
    /// `declaration` or `person`.
    of: String,
    #[schema(format = "uuid")]
    id: String,
    /// What tells them apart.
    reason: String,
}

/// What was kept apart, at its new version.
#[derive(Serialize, ToSchema)]
pub(super) struct ApartOut {
    version: i64,
}

/// Says that something a declaration is like is another person or event all the
/// same. Never by whoever entered it.
#[utoipa::path(post, path = "/api/v1/register/declarations/{id}/apart", request_body = ApartIn,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = ApartOut), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["register.register"])), tag = "register")]
pub(super) async fn keep_apart(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    Body(body): Body<ApartIn>,
) -> Result<Json<ApartOut>, Problem> {
    caller.at_desk(&app, Permission::RegisterEvents)?;
    let other = Other::read(&body.of, &body.id).ok_or_else(|| Problem::field("id"))?;
    let act = KeepApart { declaration: path_id(&id)?, seen, other, reason: body.reason };
    let done = app.office.perform(&caller.who, &key, act).await;
    let version = done.map_err(|stop| Problem::from(stop).on_version())?;
    Ok(Json(ApartOut { version }))
}

/// Two people that the last sweep found alike.
#[derive(Serialize, ToSchema)]
pub(super) struct PairOut {
    one: String,
    other: String,
    #[serde(flatten)]
    likeness: LikenessOut,
    /// When the sweep began, in microseconds since 1970 UTC.
    found_at: i64,
}

/// What the last sweep found and nobody decided yet, the likeliest first; at most
/// 500. Protected people are not among it for whoever was not let in.
#[utoipa::path(get, path = "/api/v1/register/duplicates", responses((status = 200, body = Vec<PairOut>)),
    security(("token" = ["register.correct"])), tag = "register")]
pub(super) async fn swept(State(app): State<App>, caller: Caller) -> Result<Json<Vec<PairOut>>, Problem> {
    let acting = caller.at_desk(&app, Permission::CorrectEntries)?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let mut out = Vec::new();
    for (pair, likeness) in sweeping::report(&mut tx, LISTED).await?.pairs {
        if civil::may_see(&mut tx, &acting, pair.one).await?
            && civil::may_see(&mut tx, &acting, pair.other).await?
        {
            out.push(PairOut {
                one: pair.one.to_string(),
                other: pair.other.to_string(),
                likeness: LikenessOut::from(&likeness),
                found_at: pair.found_at,
            });
        }
    }
    Ok(Json(out))
}

/// With whom someone is compared, and why.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct CompareQuery {
    /// The other person.
    #[serde(default)]
    with: String,
    /// Why: kept in the journal, and both can see it.
    #[serde(default)]
    purpose: String,
}

/// How alike two people of the register are. The look into both is journalled.
#[utoipa::path(get, path = "/api/v1/register/people/{id}/likeness", params(("id" = uuid::Uuid, Path), CompareQuery),
    responses((status = 200, body = LikenessOut)), security(("token" = ["register.correct"])), tag = "register")]
pub(super) async fn compare(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Asked(query): Asked<CompareQuery>,
) -> Result<Json<LikenessOut>, Problem> {
    caller.at_desk(&app, Permission::CorrectEntries)?;
    let (one, other): (PersonId, PersonId) = (path_id(&id)?, field_id("with", &query.with)?);
    for person in [one, other] {
        let act = SeePerson { person, purpose: query.purpose.clone() };
        app.office.perform_once(&caller.who, act).await?;
    }
    let likeness = civil::compared(&mut app.office.db.reading().await?.tx(), one, other).await?;
    Ok(Json(LikenessOut::from(&likeness)))
}

/// Two people who are two.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PeopleApartIn {
    #[schema(format = "uuid")]
    one: String,
    #[schema(format = "uuid")]
    other: String,
    /// What tells them apart.
    reason: String,
}

/// Says that two people who look like one are two; sweeps do not name them again.
#[utoipa::path(post, path = "/api/v1/register/people/apart", request_body = PeopleApartIn,
    responses((status = 204)), security(("token" = ["register.correct"])), tag = "register")]
pub(super) async fn keep_people_apart(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<PeopleApartIn>,
) -> Result<StatusCode, Problem> {
    caller.at_desk(&app, Permission::CorrectEntries)?;
    let act = KeepPeopleApart {
        one: field_id("one", &body.one)?,
        other: field_id("other", &body.other)?,
        reason: body.reason,
    };
    app.office.perform(&caller.who, &key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Two records that are one person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MergeIn {
    /// Under whose record both shall stand.
    #[schema(format = "uuid")]
    kept: String,
    /// Whose record shall count as the other's.
    #[schema(format = "uuid")]
    gone: String,
    /// What shows that they are one.
    reason: String,
}

/// Proposes that two records are one person. Nothing changes until another officer
/// decides.
#[utoipa::path(post, path = "/api/v1/register/merges", request_body = MergeIn,
    responses((status = 200, body = Made)), security(("token" = ["register.correct"])), tag = "register")]
pub(super) async fn propose(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<MergeIn>,
) -> Result<Json<Made>, Problem> {
    caller.at_desk(&app, Permission::CorrectEntries)?;
    let act = ProposeMerge {
        kept: field_id("kept", &body.kept)?,
        gone: field_id("gone", &body.gone)?,
        reason: body.reason,
    };
    Ok(Json(Made { id: app.office.perform(&caller.who, &key, act).await?.to_string() }))
}

/// A merge on its way, or done.
#[derive(Serialize, ToSchema)]
pub(super) struct MergeOut {
    #[schema(format = "uuid")]
    id: String,
    #[schema(format = "uuid")]
    kept: String,
    #[schema(format = "uuid")]
    gone: String,
    /// `proposed`, `merged`, `refused`, `parting` (merged, and taking them apart is
    /// proposed) or `parted`.
    state: String,
    reason: String,
    #[schema(format = "uuid")]
    proposed_by: String,
    /// Microseconds since 1970 UTC.
    proposed_at: i64,
    /// Why the merge was refused.
    refused_why: Option<String>,
    /// Why they shall be taken apart, or were.
    parting_why: Option<String>,
    version: i64,
}

impl From<&MergeRow> for MergeOut {
    fn from(row: &MergeRow) -> Self {
        Self {
            id: row.id.to_string(),
            kept: row.kept_id.to_string(),
            gone: row.gone_id.to_string(),
            state: row.state.clone(),
            reason: row.reason.clone(),
            proposed_by: row.proposed_by.to_string(),
            proposed_at: row.proposed_at,
            refused_why: row.decided_why.clone(),
            parting_why: row.parting_why.clone(),
            version: row.version,
        }
    }
}

/// The merges that wait for a decision in the caller's office.
#[utoipa::path(get, path = "/api/v1/register/merges", responses((status = 200, body = Vec<MergeOut>)),
    security(("token" = ["register.correct"])), tag = "register")]
pub(super) async fn waiting(State(app): State<App>, caller: Caller) -> Result<Json<Vec<MergeOut>>, Problem> {
    let acting = caller.at_desk(&app, Permission::CorrectEntries)?;
    let office = acting.officer.office_id.ok_or(Why::NotPermitted)?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let mut out = Vec::new();
    for row in civil::merges_waiting(&mut tx, office).await? {
        if civil::sees_merge(&mut tx, &acting, &row).await? {
            out.push(MergeOut::from(&row));
        }
    }
    Ok(Json(out))
}

/// One merge of the caller's office.
#[utoipa::path(get, path = "/api/v1/register/merges/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = MergeOut)), security(("token" = ["register.correct"])), tag = "register")]
pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let acting = caller.at_desk(&app, Permission::CorrectEntries)?;
    let merge: MergeId = path_id(&id)?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let row = civil::merge(&mut tx, merge).await?;
    let row = row.filter(|row| Some(row.office_id) == acting.officer.office_id).ok_or(Why::NotFound)?;
    if !civil::sees_merge(&mut tx, &acting, &row).await? {
        return Err(Why::NotFound.into());
    }
    Ok((Extension(Version::of(row.version)), Json(MergeOut::from(&row))).into_response())
}

/// What is decided on a merge, or on taking one apart.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MergeDecisionIn {
    approve: bool,
    /// Why not, when it is refused.
    why: Option<String>,
}

/// What became of a merge.
#[derive(Serialize, ToSchema)]
pub(super) struct MergeDecided {
    /// `merged`, `refused` or `parted`.
    state: String,
}

/// Decides what another officer proposed: to merge two records, or to take them
/// apart again.
#[utoipa::path(post, path = "/api/v1/register/merges/{id}/decision", request_body = MergeDecisionIn,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = MergeDecided), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["register.approve"])), tag = "register")]
pub(super) async fn decide(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    Body(body): Body<MergeDecisionIn>,
) -> Result<Json<MergeDecided>, Problem> {
    let act = DecideMerge { merge: path_id(&id)?, seen, approve: body.approve, why: body.why };
    let done = app.office.perform(&caller.who, &key, act).await;
    Ok(Json(MergeDecided { state: done.map_err(|stop| Problem::from(stop).on_version())? }))
}

/// Why two merged records are two.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PartingIn {
    reason: String,
}

/// Proposes that two merged records are two people after all.
#[utoipa::path(post, path = "/api/v1/register/merges/{id}/parting", request_body = PartingIn,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = ApartOut), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["register.correct"])), tag = "register")]
pub(super) async fn part(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    Body(body): Body<PartingIn>,
) -> Result<Json<ApartOut>, Problem> {
    let act = ProposeParting { merge: path_id(&id)?, seen, reason: body.reason };
    let done = app.office.perform(&caller.who, &key, act).await;
    Ok(Json(ApartOut { version: done.map_err(|stop| Problem::from(stop).on_version())? }))
}
