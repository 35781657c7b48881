//! Which office keeps the book in which an event belongs, and the areas in which events
//! happen, for programs that give notice of them.

use super::closed::KindOfEvent;
use super::paging::{Page, Paging};
use super::problem::{Asked, Problem, one_of};
use crate::app::App;
use axum::Json;
use axum::extract::{OriginalUri, State};
use diwan_domain::civil::EventKind;
use diwan_domain::refusals::Why;
use diwan_office::administration::areas_on;
use diwan_office::civil::competent_office;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// What happened, where and when.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct CompetentQuery {
    /// The kind of event.
    #[param(inline, value_type = KindOfEvent)]
    kind: String,
    /// The code of the area in which it happened, as `place-area` of the notice.
    #[serde(default)]
    area: Option<String>,
    /// The day on which it happened, ISO 8601; today when left out.
    #[serde(default)]
    on: Option<String>,
}

/// The office that keeps the book.
#[derive(Serialize, ToSchema)]
pub(super) struct CompetentOffice {
    /// For `office` of the notice.
    #[schema(format = "uuid")]
    id: String,
    code: String,
    ministry: String,
    /// Its name by language.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    names: Value,
    /// The key of the register's rule by which it is.
    rule: String,
    /// The law or instruction.
    basis: String,
    /// Who may declare by that rule.
    declarants: Vec<String>,
}

/// The office that keeps the book in which an event belongs, by the register's rules: for
/// whoever gives notice of it.
#[utoipa::path(get, path = "/api/v1/register/competent-office", params(CompetentQuery),
    responses((status = 200, body = CompetentOffice), (status = 404), (status = 422)),
    security(()), tag = "register")]
pub(super) async fn office(
    State(app): State<App>,
    Asked(query): Asked<CompetentQuery>,
) -> Result<Json<CompetentOffice>, Problem> {
    let kinds: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.code()).collect();
    one_of("kind", Some(&query.kind), &kinds)?;
    let kind = EventKind::from_code(&query.kind).ok_or(Why::NotFound)?;
    let on: Date = match query.on.as_deref() {
        None => app.office.today(),
        Some(typed) => typed.parse().map_err(|_| Problem::field("on"))?,
    };
    let mut reading = app.office.db.reading().await?;
    let found = competent_office(&mut reading.tx(), kind, (query.area.as_deref(), on)).await?;
    Ok(Json(CompetentOffice {
        id: found.office.id.to_string(),
        code: found.office.code,
        ministry: found.office.ministry,
        names: found.office.names.0,
        rule: found.rule,
        basis: found.basis,
        declarants: found.declarants,
    }))
}

/// An area, as the fields of the kind `area` name it.
#[derive(Serialize, ToSchema)]
pub(super) struct AreaOut {
    /// For `place-area`, `mother.residence-area` and the like.
    code: String,
    /// `governorate`, `district` and so on.
    kind: String,
    /// The code of the area in which it lies.
    within: Option<String>,
    /// Its name by language.
    #[schema(value_type = BTreeMap<String, String>)]
    names: Value,
}

/// The areas of the country, by their codes.
#[utoipa::path(get, path = "/api/v1/register/areas", params(Paging),
    responses((status = 200, body = Page<AreaOut>)), security(()), tag = "register")]
pub(super) async fn areas(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    Asked(paging): Asked<Paging>,
) -> Result<Page<AreaOut>, Problem> {
    let all = areas_on(&mut app.office.db.reading().await?.tx(), app.office.today()).await?;
    let codes: BTreeMap<_, _> = all.iter().map(|area| (area.id, area.code.clone())).collect();
    let lines = all.into_iter().map(|area| AreaOut {
        within: area.parent_id.and_then(|parent| codes.get(&parent).cloned()),
        code: area.code,
        kind: area.kind,
        names: area.names.0,
    });
    Page::among(&app, &uri, &paging, lines.collect(), |line| line.code.clone())
}
