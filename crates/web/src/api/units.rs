//! Mobile units for managers' programs: how they stand, what came home, what waits for a person
//! to settle, and that one is not trusted any more.

use super::caller::Caller;
use super::closed::{ConflictSettled, UnitStanding};
use super::paging::{Page, Paging};
use super::problem::{Asked, Body, Once, Problem, path_id};
use crate::app::App;
use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use diwan_domain::ids::RowId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::rows::{ConflictRow, UnitMergeRow, UnitRow};
use diwan_office::units::{self, Carried, How, Journey, RevokeUnit, SettleConflict, Standing};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A mobile unit on one of its journeys.
#[derive(Serialize, ToSchema)]
pub(super) struct UnitOut {
    #[schema(format = "uuid")]
    id: String,
    name: String,
    /// Under which name its installation stands in the journal.
    installation: String,
    #[schema(format = "uuid")]
    centre: String,
    #[schema(value_type = UnitStanding)]
    standing: &'static str,
    /// Microseconds since 1970 UTC.
    prepared_at: i64,
    /// Until when it may be away, microseconds since 1970 UTC.
    until: i64,
    /// When it was merged last.
    merged_at: Option<i64>,
    /// From when on its key is not trusted.
    revoked_from: Option<i64>,
    revoked_reason: Option<String>,
    /// How many conflicts nobody settled yet.
    open: usize,
}

impl UnitOut {
    fn of(journey: &Journey, now: i64) -> Self {
        let unit: &UnitRow = &journey.unit;
        Self {
            id: unit.id.to_string(),
            name: unit.name.clone(),
            installation: unit.installation.clone(),
            centre: unit.centre_id.to_string(),
            standing: Standing::of(unit, now).code(),
            prepared_at: unit.prepared_at,
            until: unit.until,
            merged_at: unit.merged_at,
            revoked_from: unit.revoked_from,
            revoked_reason: unit.revoked_reason.clone(),
            open: journey.open(),
        }
    }
}

/// One coming home.
#[derive(Serialize, ToSchema)]
struct MergeOfUnit {
    /// Microseconds since 1970 UTC.
    at: i64,
    /// How many acts were carried out.
    done: i64,
    /// How many were here already.
    known: i64,
    /// How many could not be carried out.
    conflicts: i64,
}

/// An act that could not be carried out at home.
#[derive(Serialize, ToSchema)]
struct ConflictOut {
    #[schema(format = "uuid")]
    id: String,
    /// The act's kind.
    act: String,
    /// When it was done on the way, microseconds since 1970 UTC.
    done_at: i64,
    /// Why: a refusal's code, or `replay/differs`, `replay/taken`, `replay/unreadable`, `replay/foreign`.
    why: String,
    /// What it is about.
    about: String,
    /// The numbers that somebody was given on the way.
    given: Vec<String>,
    /// How it was settled; none while it waits.
    #[schema(value_type = Option<ConflictSettled>)]
    how: Option<String>,
    reason: Option<String>,
    /// Microseconds since 1970 UTC.
    settled_at: Option<i64>,
}

impl From<ConflictRow> for ConflictOut {
    fn from(row: ConflictRow) -> Self {
        Self {
            id: row.id.to_string(),
            act: row.name,
            done_at: row.done_at,
            why: row.why,
            about: row.about,
            given: serde_json::from_value(row.given.0).unwrap_or_default(),
            how: row.how,
            reason: row.reason,
            settled_at: row.settled_at,
        }
    }
}

/// A unit with what became of it.
#[derive(Serialize, ToSchema)]
pub(super) struct JourneyOut {
    #[serde(flatten)]
    unit: UnitOut,
    /// Each coming home, the last first.
    merges: Vec<MergeOfUnit>,
    /// In their order.
    conflicts: Vec<ConflictOut>,
}

/// The units of one's own centre, or of all for an administrator; the newest journey first.
#[utoipa::path(get, path = "/api/v1/desk/units", params(Paging),
    responses((status = 200, body = Page<UnitOut>)),
    security(("token" = ["centres.manage"])), tag = "units")]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(paging): Asked<Paging>,
) -> Result<Page<UnitOut>, Problem> {
    let acting = caller.at_desk(&app, Permission::ManageCentres)?;
    let mut lines = Vec::new();
    {
        let mut reading = app.office.db.reading().await?;
        let mut tx = reading.tx();
        for unit in units::seen_by(&mut tx, &acting).await? {
            let journey = units::journey(&mut tx, unit.id).await?;
            lines.extend(journey.map(|journey| UnitOut::of(&journey, app.office.now())));
        }
    }
    Page::among(&app, &uri, &paging, lines, |line: &UnitOut| line.id.clone())
}

/// A unit that the caller sees.
async fn seen(app: &App, caller: &Caller, id: &str) -> Result<Journey, Problem> {
    let acting = caller.at_desk(app, Permission::ManageCentres)?;
    let id: RowId = path_id(id)?;
    let journey = units::journey(&mut app.office.db.reading().await?.tx(), id).await?;
    let journey = journey.filter(|journey| units::sees(&acting, journey.unit.centre_id));
    journey.ok_or_else(|| Why::NotFound.into())
}

/// One unit: each coming home, and what could not be carried out.
#[utoipa::path(get, path = "/api/v1/desk/units/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = JourneyOut), (status = 404)),
    security(("token" = ["centres.manage"])), tag = "units")]
pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<JourneyOut>, Problem> {
    let journey = seen(&app, &caller, &id).await?;
    let unit = UnitOut::of(&journey, app.office.now());
    let merge = |row: UnitMergeRow| MergeOfUnit {
        at: row.at,
        done: row.done,
        known: row.known,
        conflicts: row.conflicts,
    };
    Ok(Json(JourneyOut {
        unit,
        merges: journey.merges.into_iter().map(merge).collect(),
        conflicts: journey.conflicts.into_iter().map(ConflictOut::from).collect(),
    }))
}

/// How a conflict is settled.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SettleIn {
    /// `carried-out` to try it again, `set-aside` to keep it with a reason.
    #[schema(value_type = ConflictSettled)]
    how: String,
    /// Why it is set aside.
    #[serde(default)]
    reason: String,
}

/// What came of it.
#[derive(Serialize, ToSchema)]
pub(super) struct SettledOut {
    /// Whether the conflict is settled: an act that still cannot be carried out is not.
    settled: bool,
    /// Why it still cannot be carried out.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    /// What that is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
}

/// Carries an act out that could not be before, or sets it aside for good, with a reason.
#[utoipa::path(post, path = "/api/v1/desk/units/{id}/conflicts/{conflict}/settlement", request_body = SettleIn,
    params(("id" = uuid::Uuid, Path), ("conflict" = uuid::Uuid, Path)),
    responses((status = 200, body = SettledOut), (status = 404)),
    security(("token" = ["centres.manage"])), tag = "units")]
pub(super) async fn settle(
    State(app): State<App>,
    caller: Caller,
    Path((id, conflict)): Path<(String, String)>,
    Once(key): Once,
    Body(body): Body<SettleIn>,
) -> Result<Json<SettledOut>, Problem> {
    let journey = seen(&app, &caller, &id).await?;
    let conflict: RowId = path_id(&conflict)?;
    if !journey.conflicts.iter().any(|one| one.id == conflict) {
        return Err(Why::NotFound.into());
    }
    let how = How::ALL.into_iter().find(|how| how.code() == body.how);
    match how.ok_or_else(|| Problem::word("how", How::ALL.map(How::code)))? {
        How::CarriedOut => match units::carry_out_now(&app.office, &caller.who, &key, conflict).await? {
            Carried::Out => Ok(Json(SettledOut { settled: true, why: None, about: None })),
            Carried::Not { why, about } => {
                Ok(Json(SettledOut { settled: false, why: Some(why), about: Some(about) }))
            }
        },
        how @ How::SetAside => {
            let act = SettleConflict { conflict, how, reason: body.reason };
            app.office.perform(&caller.who, &key, act).await?;
            Ok(Json(SettledOut { settled: true, why: None, about: None }))
        }
    }
}

/// From when on a unit is not trusted, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RevokeIn {
    /// Microseconds since 1970 UTC.
    from: i64,
    reason: String,
}

/// Says that a unit's key is not trusted from an instant on: it was stolen or lost.
#[utoipa::path(post, path = "/api/v1/desk/units/{id}/revocation", request_body = RevokeIn,
    params(("id" = uuid::Uuid, Path)), responses((status = 204), (status = 404)),
    security(("token" = ["centres.manage"])), tag = "units")]
pub(super) async fn revoke(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Body(body): Body<RevokeIn>,
) -> Result<StatusCode, Problem> {
    let unit = seen(&app, &caller, &id).await?.unit.id;
    app.office.perform(&caller.who, &key, RevokeUnit { unit, from: body.from, reason: body.reason }).await?;
    Ok(StatusCode::NO_CONTENT)
}
