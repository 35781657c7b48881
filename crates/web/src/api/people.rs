//! One person of the register for programs: their numbers over time, and whether
//! their record is closed.

use super::caller::Caller;
use super::closed::WhyNumberEnded;
use super::problem::{Asked, Body, Once, Problem, path_id};
use super::shapes::Made;
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use diwan_domain::ids::{PersonId, RowId};
use diwan_domain::people::Permission;
use diwan_office::civil::{
    self, Borne, EndNumber, Ground, ListProtected, Replacement, RestoreNumber, SeePerson,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Why a record is opened.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PurposeQuery {
    /// Why: kept in the journal, and the person can see it. A record that is closed is
    /// not opened without.
    #[serde(default)]
    pub(super) purpose: String,
}

/// What was recorded of the end of a number.
#[derive(Serialize, ToSchema)]
struct NumberRecord {
    /// Whether it ended; otherwise it stands again.
    ends: bool,
    /// The day on which it ended, ISO 8601.
    on: Option<String>,
    /// `replaced`, `expired`, `lost`, `wrong` or `died`.
    #[schema(value_type = Option<WhyNumberEnded>)]
    why: Option<String>,
    /// The number that took its place.
    #[schema(format = "uuid")]
    replaced_by: Option<String>,
    #[schema(value_type = Object)]
    authority: serde_json::Value,
    #[schema(format = "uuid")]
    officer: String,
    /// Microseconds since 1970 UTC.
    recorded_at: i64,
}

/// A number that someone bears or bore.
#[derive(Serialize, ToSchema)]
pub(super) struct BorneNumber {
    #[schema(format = "uuid")]
    id: String,
    /// `upn`, `national-card`, `old-civil-id`, `passport`, `unhcr` or as it was brought in.
    kind: String,
    number: String,
    /// From when it is theirs, as far as it is known.
    from: Option<String>,
    /// Until when it was; nothing while it stands.
    until: Option<String>,
    /// How many records there are: to be named by whoever adds one.
    seen: i64,
    records: Vec<NumberRecord>,
}

impl BorneNumber {
    fn of(borne: &Borne) -> Self {
        let record = |row: &diwan_office::rows::NumberEndRow| NumberRecord {
            ends: row.ends,
            on: row.ended_on.clone(),
            why: row.why.clone(),
            replaced_by: row.replaced_by.map(|id| id.to_string()),
            authority: row.authority.0.clone(),
            officer: row.officer_id.to_string(),
            recorded_at: row.recorded_at,
        };
        Self {
            id: borne.number.id.to_string(),
            kind: borne.number.kind.clone(),
            number: borne.number.value.clone(),
            from: borne.number.valid_from.clone(),
            until: borne.until().map(str::to_owned),
            seen: borne.seen(),
            records: borne.records.iter().map(record).collect(),
        }
    }
}

/// A person's numbers, those that stand first. The look is journalled.
#[utoipa::path(get, path = "/api/v1/register/people/{id}/numbers", params(("id" = uuid::Uuid, Path), PurposeQuery),
    responses((status = 200, body = Vec<BorneNumber>)), security(("token" = ["people.find"])), tag = "register")]
pub(super) async fn numbers(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Asked(query): Asked<PurposeQuery>,
) -> Result<Json<Vec<BorneNumber>>, Problem> {
    caller.at_desk(&app, Permission::FindPeople)?;
    let person: PersonId = path_id(&id)?;
    app.office.perform_once(&caller.who, SeePerson { person, purpose: query.purpose }).await?;
    let all = civil::numbers_of(&mut app.office.db.reading().await?.tx(), person).await?;
    Ok(Json(all.iter().map(BorneNumber::of).collect()))
}

/// How a number ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberEndIn {
    /// How many records of it were seen.
    seen: i64,
    /// `replaced`, `expired`, `lost`, `wrong` or `died`.
    #[schema(value_type = WhyNumberEnded)]
    why: String,
    /// The day on which it ended, ISO 8601.
    #[schema(format = "date")]
    on: String,
    /// `{"ground": "office-order", "order": …, "date": …}` or
    /// `{"ground": "court", "court": …, "judgment": …, "date": …}`.
    #[schema(value_type = Object)]
    authority: Ground,
    /// The number of the same kind that takes its place; needed where it was replaced.
    replacement: Option<String>,
    /// From when that one is theirs, ISO 8601; from the day on which the other ended
    /// when left out.
    replacement_since: Option<String>,
}

/// The number that took the place of one that ended.
#[derive(Serialize, ToSchema)]
pub(super) struct NumberGiven {
    /// Its identifier; nothing where none was given.
    #[schema(format = "uuid")]
    given: Option<String>,
}

/// Ends a number of a person, and gives the one that takes its place. It is never given
/// to anybody else.
#[utoipa::path(post, path = "/api/v1/register/people/{id}/numbers/{number}/end", request_body = NumberEndIn,
    params(("id" = uuid::Uuid, Path), ("number" = String, Path)), responses((status = 200, body = NumberGiven)),
    security(("token" = ["register.correct"])), tag = "register")]
pub(super) async fn end_number(
    State(app): State<App>,
    caller: Caller,
    Path((id, number)): Path<(String, String)>,
    Once(key): Once,
    Body(body): Body<NumberEndIn>,
) -> Result<Json<NumberGiven>, Problem> {
    caller.at_desk(&app, Permission::CorrectEntries)?;
    let since = body.replacement_since;
    let act = EndNumber {
        person: path_id(&id)?,
        number: path_id(&number)?,
        seen: body.seen,
        why: body.why,
        on: body.on,
        authority: body.authority,
        replacement: body.replacement.map(|value| Replacement { value, since }),
    };
    let given: Option<RowId> = app.office.perform(&caller.who, &key, act).await?;
    Ok(Json(NumberGiven { given: given.map(|id| id.to_string()) }))
}

/// That a number stands again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberRestoreIn {
    /// How many records of it were seen.
    seen: i64,
    /// As for its end.
    #[schema(value_type = Object)]
    authority: Ground,
}

/// Says that the end of a number was a mistake: it stands again.
#[utoipa::path(post, path = "/api/v1/register/people/{id}/numbers/{number}/restore",
    request_body = NumberRestoreIn, params(("id" = uuid::Uuid, Path), ("number" = String, Path)),
    responses((status = 204)), security(("token" = ["register.correct"])), tag = "register")]
pub(super) async fn restore_number(
    State(app): State<App>,
    caller: Caller,
    Path((id, number)): Path<(String, String)>,
    Once(key): Once,
    Body(body): Body<NumberRestoreIn>,
) -> Result<StatusCode, Problem> {
    caller.at_desk(&app, Permission::CorrectEntries)?;
    let act = RestoreNumber {
        person: path_id(&id)?,
        number: path_id(&number)?,
        seen: body.seen,
        authority: body.authority,
    };
    app.office.perform(&caller.who, &key, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An officer who was let into a closed record.
#[derive(Serialize, ToSchema)]
struct LetIn {
    /// The grant.
    id: String,
    officer: String,
    reason: String,
    granted_by: String,
    /// Microseconds since 1970 UTC.
    since: i64,
}

/// Whether a record is closed, and who was let in.
#[derive(Serialize, ToSchema)]
pub(super) struct ProtectionOut {
    protected: bool,
    let_in: Vec<LetIn>,
}

/// Whether a person's record is closed, and who was let in by name. The look is
/// journalled.
#[utoipa::path(get, path = "/api/v1/register/people/{id}/protection",
    params(("id" = uuid::Uuid, Path), PurposeQuery), responses((status = 200, body = ProtectionOut)),
    security(("token" = ["register.protect"])), tag = "register")]
pub(super) async fn protection(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Asked(query): Asked<PurposeQuery>,
) -> Result<Json<ProtectionOut>, Problem> {
    let acting = caller.at_desk(&app, Permission::ProtectRecords)?;
    let person: PersonId = path_id(&id)?;
    app.office.perform_once(&caller.who, SeePerson { person, purpose: query.purpose }).await?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let known = civil::summary_for(&mut tx, &acting, person).await?;
    let grants = civil::guards_of(&mut tx, person).await?;
    let let_in = grants.iter().map(|grant| LetIn {
        id: grant.id.to_string(),
        officer: grant.officer_id.to_string(),
        reason: grant.reason.clone(),
        granted_by: grant.granted_by.to_string(),
        since: grant.recorded_at,
    });
    let protected = known.is_some_and(|known| known.person.protected);
    Ok(Json(ProtectionOut { protected, let_in: let_in.collect() }))
}

/// The people whose records are closed, at most 200, for a keeper with a reason. That
/// each was listed is in the journal.
#[utoipa::path(get, path = "/api/v1/register/protected", params(PurposeQuery),
    responses((status = 200, body = Vec<Made>)), security(("token" = ["register.protect"])), tag = "register")]
pub(super) async fn protected(
    State(app): State<App>,
    caller: Caller,
    Asked(query): Asked<PurposeQuery>,
) -> Result<Json<Vec<Made>>, Problem> {
    caller.at_desk(&app, Permission::ProtectRecords)?;
    let act = ListProtected { purpose: query.purpose };
    let found = app.office.perform_once(&caller.who, act).await?;
    Ok(Json(found.into_iter().map(|person| Made { id: person.to_string() }).collect()))
}

/// Where someone lived when it was last said.
#[derive(Serialize, ToSchema)]
struct ResidenceOut {
    address: String,
    /// The area, by its code.
    area: Option<String>,
    /// The entry that says it.
    entry: String,
    /// The day of its event, ISO 8601.
    on: Option<String>,
    /// Whether it was said of a parent, of a child that is not of age.
    of_parent: bool,
}

impl ResidenceOut {
    fn of(residence: &civil::Residence) -> Self {
        Self {
            address: residence.address.clone(),
            area: residence.area.clone(),
            entry: residence.entry.to_string(),
            on: residence.on.clone(),
            of_parent: residence.of_parent,
        }
    }
}

/// A relative who lives at the same address.
#[derive(Serialize, ToSchema)]
struct HouseholdMember {
    person: String,
    /// `grandparent`, `parent`, `sibling`, `spouse`, `child` or `grandchild`.
    tie: &'static str,
    residence: ResidenceOut,
}

/// Someone at the same address who is not known to be related.
#[derive(Serialize, ToSchema)]
struct HouseholdOther {
    person: String,
    /// Whether the register knows a child of both, though no marriage.
    shares_child: bool,
    residence: ResidenceOut,
}

/// Who lives at one address, as far as the register knows.
#[derive(Serialize, ToSchema)]
pub(super) struct HouseholdOut {
    /// The person's own; nothing where the register was told of none.
    residence: Option<ResidenceOut>,
    with: Vec<HouseholdMember>,
    /// Of whom the same address in the same area was said last, and who are not known to
    /// be related.
    others: Vec<HouseholdOther>,
    /// Whether there are more of them.
    more_others: bool,
}

/// The household of a person: their address as it was last said, the relatives of whom
/// the same was said, and others who are not known to be related. The register keeps no addresses of its own: each names the
/// entry it rests on. The look is journalled.
#[utoipa::path(get, path = "/api/v1/register/people/{id}/household", params(("id" = uuid::Uuid, Path), PurposeQuery),
    responses((status = 200, body = HouseholdOut)), security(("token" = ["people.find"])), tag = "register")]
pub(super) async fn household(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Asked(query): Asked<PurposeQuery>,
) -> Result<Json<HouseholdOut>, Problem> {
    let acting = caller.at_desk(&app, Permission::FindPeople)?;
    let person: PersonId = path_id(&id)?;
    app.office.perform_once(&caller.who, SeePerson { person, purpose: query.purpose }).await?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let today = app.office.today();
    let Some((own, with)) = civil::household(&mut tx, &acting, person, today).await? else {
        let (with, others) = (Vec::new(), Vec::new());
        return Ok(Json(HouseholdOut { residence: None, with, others, more_others: false }));
    };
    let others = civil::neighbours(&mut tx, &acting, person, &own, today).await?;
    let more_others = others.are_more;
    let others = others.people.iter().map(|other| HouseholdOther {
        person: other.person.to_string(),
        shares_child: other.shares_child,
        residence: ResidenceOut::of(&other.residence),
    });
    let with = with.iter().map(|(tie, person, theirs)| HouseholdMember {
        person: person.to_string(),
        tie: tie.code(),
        residence: ResidenceOut::of(theirs),
    });
    Ok(Json(HouseholdOut {
        residence: Some(ResidenceOut::of(&own)),
        with: with.collect(),
        others: others.collect(),
        more_others,
    }))
}
