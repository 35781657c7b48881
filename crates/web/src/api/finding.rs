//! Looking for people: by a name in any spelling or a number, and by what else is known of
//! them. Every search is journalled with its reason.

use super::caller::Caller;
use super::closed::LookReason;
use super::problem::{Body, Once, Problem, object};
use super::shapes::{PersonOut, people};
use crate::app::App;
use axum::Json;
use axum::extract::State;
use diwan_domain::people::Permission;
use diwan_office::acting::Acting;
use diwan_office::civil::{FindPeople, MOST_FOUND, Narrowed, reasons};
use diwan_office::statistics;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whom to look for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FindIn {
    /// A name in any spelling, or a number; may be empty when `known` says more.
    #[serde(default)]
    pub(super) query: String,
    /// What else is known.
    #[serde(default, deserialize_with = "object")]
    pub(super) known: KnownIn,
}

/// What is known of whom is looked for. What the register does not know of a person
/// leaves them on the list, lower.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[serde(default)]
pub(super) struct KnownIn {
    given: Option<String>,
    father: Option<String>,
    grandfather: Option<String>,
    family: Option<String>,
    /// The mother's name; alone it finds her children.
    mother: Option<String>,
    /// The day, month or year of birth, ISO 8601 as far as known.
    born_on: Option<String>,
    /// By how many years that may be wrong, 20 at most.
    within_years: u16,
    /// The code of an area in which they were born, or of one around it.
    born_area: Option<String>,
    /// A number of theirs, or of one of their entries.
    number: Option<String>,
}

impl KnownIn {
    /// What a search is narrowed by.
    pub(super) async fn read(self, app: &App) -> Result<Narrowed, Problem> {
        let date = |text: String| text.parse().map_err(|_| Problem::field("known.born_on"));
        if self.within_years > 20 {
            return Err(Problem::field("known.within_years"));
        }
        let born_area = match &self.born_area {
            Some(code) => {
                let area = statistics::place_id(&mut app.office.db.reading().await?.tx(), code).await?;
                Some(area.ok_or_else(|| Problem::field("known.born_area"))?)
            }
            None => None,
        };
        Ok(Narrowed {
            given: self.given,
            father: self.father,
            grandfather: self.grandfather,
            family: self.family,
            mother: self.mother,
            born_on: self.born_on.map(date).transpose()?,
            within_years: self.within_years,
            born_area,
            number: self.number,
        })
    }
}

/// People who were found.
#[derive(Serialize, ToSchema)]
pub(super) struct Found {
    /// The nearest first, ten at most.
    people: Vec<PersonOut>,
    /// Whether the list is full, so that there may be more people than it holds: another
    /// part of the name, a year of birth or a number narrows it.
    may_be_more: bool,
}

/// Searches for people under a purpose, which the journal keeps.
pub(super) async fn found(
    app: &App,
    caller: &Caller,
    acting: &Acting,
    key: &str,
    act: FindPeople,
) -> Result<Json<Found>, Problem> {
    let found = app.office.perform(&caller.who, key, act).await?;
    let may_be_more = found.len() >= MOST_FOUND;
    Ok(Json(Found { people: people(app, acting, &found).await?, may_be_more }))
}

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
pub(super) async fn at_counter(
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
    found(&app, &caller, &acting, &key, act).await
}

/// Finds whoever calls by what they say. The search is journalled.
#[utoipa::path(post, path = "/api/v1/desk/telephone/people/find", request_body = FindIn,
    responses((status = 200, body = Found)),
    security(("token" = ["people.find", "telephone.serve"])), tag = "telephone")]
pub(super) async fn by_telephone(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<FindIn>,
) -> Result<Json<Found>, Problem> {
    let acting = caller.at_desk(&app, Permission::ServeTelephone)?;
    let by = body.known.read(&app).await?;
    let act = FindPeople { by, ..FindPeople::new(body.query, "telephone") };
    found(&app, &caller, &acting, &key, act).await
}
