//! Vital statistics for programs: the numbers of the pages, small ones hidden alike.

use super::problem::{Asked, Problem};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use diwan_domain::refusals::Why;
use diwan_domain::statistics::Subject;
use diwan_office::statistics;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What can be asked.
#[derive(Serialize, ToSchema)]
pub(super) struct StatisticsOut {
    /// Names of tables.
    tables: Vec<&'static str>,
    /// Years of which something was counted; 0 for events of which nobody knows it.
    years: Vec<i64>,
    completeness: Vec<CompletenessOut>,
    rates: Vec<RateOut>,
}

/// How often something happens for so many to whom it may.
#[derive(Serialize, ToSchema)]
pub(super) struct RateOut {
    /// `births`, `deaths`, `marriages` or `divorces` for a thousand people;
    /// `infant-deaths` for a thousand live births, `stillbirths` for a thousand births,
    /// `boys` for a hundred girls born alive.
    rate: &'static str,
    year: i64,
    /// A governorate's code; empty for the whole country.
    place: String,
    /// The rate in tenths: 274 is 27.4.
    tenths: i64,
    /// On what the population rests, where one enters.
    source: Option<String>,
}

/// How many of the expected events of a year are registered.
#[derive(Serialize, ToSchema)]
pub(super) struct CompletenessOut {
    /// `birth` or `death`.
    kind: String,
    year: i64,
    /// A governorate's code; empty for the whole country.
    place: String,
    expected: i64,
    /// Not told when it is small.
    registered: Option<i64>,
    source: String,
}

/// Which tables and years there are, how complete registration is, and the rates of each year.
#[utoipa::path(get, path = "/api/v1/statistics", responses((status = 200, body = StatisticsOut)),
    security(()), tag = "statistics")]
pub(super) async fn list(State(app): State<App>) -> Result<Json<StatisticsOut>, Problem> {
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let years = statistics::years(&mut tx).await?;
    let (mut completeness, mut rates) = (Vec::new(), Vec::new());
    for year in years.iter().copied().filter(|year| *year > 0) {
        for one in statistics::completeness(&mut tx, year).await? {
            completeness.push(CompletenessOut {
                kind: one.kind,
                year,
                place: one.place,
                expected: one.expected,
                registered: one.registered,
                source: one.source,
            });
        }
        for one in statistics::rates(&mut tx, year).await? {
            let statistics::Rate { rate, place, tenths, source } = one;
            rates.push(RateOut { rate, year, place, tenths, source });
        }
    }
    let tables = Subject::ALL.iter().map(|subject| subject.code()).collect();
    Ok(Json(StatisticsOut { tables, years, completeness, rates }))
}

/// Of which year and place.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct StatisticsQuery {
    /// The year in which events happened, the newest when left out; 0 for those of which
    /// nobody knows it.
    #[serde(default)]
    year: Option<i64>,
    /// A governorate's code; the whole country when left out or empty.
    #[serde(default)]
    place: String,
}

/// One table.
#[derive(Serialize, ToSchema)]
pub(super) struct StatisticsTable {
    table: &'static str,
    year: i64,
    place: Option<String>,
    /// What each row is.
    rows: Vec<&'static str>,
    /// What each column is.
    columns: Vec<&'static str>,
    /// A line for each row and one for their sum; in each a number for each column
    /// and their sum. `null` is a number that is not told.
    numbers: Vec<Vec<Option<i64>>>,
    /// Microseconds since 1970 UTC.
    counted_at: i64,
}

/// One table of a year. Numbers below five are not told, nor those that would give
/// them away.
#[utoipa::path(get, path = "/api/v1/statistics/{table}", params(("table" = String, Path), StatisticsQuery),
    responses((status = 200, body = StatisticsTable)), security(()), tag = "statistics")]
pub(super) async fn one(
    State(app): State<App>,
    Path(table): Path<String>,
    Asked(query): Asked<StatisticsQuery>,
) -> Result<Json<StatisticsTable>, Problem> {
    let subject = Subject::from_code(&table).ok_or(Why::NotFound)?;
    let place = Some(query.place.as_str()).filter(|place| !place.is_empty());
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    if let Some(place) = place
        && statistics::place_named(&mut tx, place, "en").await?.is_none()
    {
        return Err(Problem::field("place"));
    }
    let year = match query.year {
        Some(year) => year,
        None => statistics::years(&mut tx).await?.into_iter().find(|year| *year > 0).unwrap_or(0),
    };
    let shown = statistics::shown(&mut tx, subject, year, place).await?.ok_or(Why::NotFound)?;
    let numbers = shown.cells.iter().map(|row| row.iter().map(|cell| cell.told()).collect()).collect();
    Ok(Json(StatisticsTable {
        table: subject.code(),
        year: shown.year,
        place: shown.place,
        rows: shown.rows.to_vec(),
        columns: shown.columns.to_vec(),
        numbers,
        counted_at: shown.counted_at,
    }))
}
