//! The family of a person for programs, as the register ties it, and every entry that names
//! them: what a person's page shows.

use super::caller::Caller;
use super::people::PurposeQuery;
use super::problem::{Asked, Problem, path_id};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use diwan_domain::ids::PersonId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::civil::{self, SeePerson};
use serde::Serialize;
use utoipa::ToSchema;

/// One of the family.
#[derive(Serialize, ToSchema)]
struct Relative {
    #[schema(format = "uuid")]
    person: String,
    /// `grandparent`, `parent`, `sibling`, `spouse`, `child` or `grandchild`: the way in which
    /// they are nearest. Whoever was a spouse is one.
    tie: &'static str,
    /// In the register's own letters.
    name: String,
    /// ISO 8601, as far as known.
    born_on: Option<String>,
    died_on: Option<String>,
}

/// An entry in which somebody stands.
#[derive(Serialize, ToSchema)]
struct NamedIn {
    #[schema(format = "uuid")]
    entry: String,
    number: String,
    /// The kind of event.
    kind: String,
    /// As what they stand in it.
    role: String,
    /// The day of the event, ISO 8601, as far as known.
    on: Option<String>,
}

/// A person's family and entries, as far as the officer may know of them.
#[derive(Serialize, ToSchema)]
pub(super) struct FamilyOut {
    /// Whom the record counts as: another, where two were found to be one person.
    #[schema(format = "uuid")]
    person: String,
    /// How they stand to marriage today: `single`, `married`, `waiting`, `divorced` or
    /// `widowed`.
    marital_status: &'static str,
    family: Vec<Relative>,
    entries: Vec<NamedIn>,
}

/// The family of a person over five generations, how they stand to marriage, and every entry
/// that names them. Who is closed to the officer is not there. The look is journalled.
#[utoipa::path(get, path = "/api/v1/register/people/{id}/family", params(("id" = uuid::Uuid, Path), PurposeQuery),
    responses((status = 200, body = FamilyOut)), security(("token" = ["people.find"])), tag = "register")]
pub(super) async fn family(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Asked(query): Asked<PurposeQuery>,
) -> Result<Json<FamilyOut>, Problem> {
    let acting = caller.at_desk(&app, Permission::FindPeople)?;
    let person: PersonId = path_id(&id)?;
    app.office.perform_once(&caller.who, SeePerson { person, purpose: query.purpose }).await?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let person = civil::counts_as(&mut tx, person).await?;
    let summary = civil::summary_for(&mut tx, &acting, person).await?.ok_or(Why::NotFound)?;
    let today = app.office.today();
    let status = civil::marital_status(&mut tx, &summary.person, today).await?;
    let mut family = Vec::new();
    for (tie, other) in civil::kin(&mut tx, &acting, person, today).await? {
        let Some(known) = civil::summary(&mut tx, other).await? else { continue };
        family.push(Relative {
            person: other.to_string(),
            tie: tie.code(),
            name: known.name("arab"),
            born_on: known.person.born_on,
            died_on: known.person.died_on,
        });
    }
    let mut entries = Vec::new();
    for (entry, role, on) in civil::entries_naming(&mut tx, person).await? {
        if civil::may_see_entry(&mut tx, &acting, &entry).await? {
            entries.push(NamedIn {
                entry: entry.id.to_string(),
                number: entry.number,
                kind: entry.kind,
                role,
                on,
            });
        }
    }
    let out = FamilyOut { person: person.to_string(), marital_status: status.code(), family, entries };
    Ok(Json(out))
}
