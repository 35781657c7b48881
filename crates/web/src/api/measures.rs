//! The measures of a centre for programs: the numbers of the public page, few hidden alike.

use super::closed::{EqualityGate, EqualityVerdict};
use super::problem::{Asked, Problem};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use diwan_domain::queue::measure::{FEWEST, Figure, Gate, Side};
use diwan_domain::refusals::Why;
use diwan_office::queue::{self, Span};
use diwan_office::rows::CentreRow;
use diwan_office::{Fault, Office};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// One figure.
#[derive(Serialize, ToSchema)]
pub(crate) struct FigureOut {
    /// By what groups are told apart: `all`, `hour`, `line`, `channel`, `language`, `need`,
    /// `sex`, `age`, `displaced` or `reason`.
    pub(crate) by: &'static str,
    /// Which group, by its code; empty for all.
    pub(crate) group: String,
    /// What: `visits`, `wait` (from coming to the first call), `way` (to standing at the
    /// counter), `service` (to the end), `once` (completed in one visit), `gave-up` (left
    /// or not served), `refused`, `no-shows`, `missed` (called in vain), `rating`,
    /// `reached` (called back), `call-back-rating` or `money-asked`.
    pub(crate) what: &'static str,
    /// How: `count` (how many stand behind it), `median`, `p90`, `p95` (seconds, nearest
    /// rank), `percent`, or `tenths` (a mean of 1 to 5: 43 is 4.3).
    pub(crate) how: &'static str,
    /// The number; none when fewer than `fewest` stand behind it, when it would tell such a
    /// number, or when there is nothing to tell of.
    pub(crate) value: Option<i64>,
}

impl From<Figure> for FigureOut {
    fn from(figure: Figure) -> Self {
        let Figure { by, group, what, how, value } = figure;
        Self { by, group, what, how, value }
    }
}

/// A gate of equal service: tickets taken with an officer's help against the others.
#[derive(Serialize, ToSchema)]
pub(crate) struct GateOut {
    /// `completion` or `refusal`.
    #[schema(value_type = EqualityGate)]
    pub(crate) gate: &'static str,
    /// The ratio in thousandths; none when there are too few to say.
    pub(crate) ratio: Option<i64>,
    /// Not less than this, in thousandths.
    pub(crate) at_least: i64,
    /// Not more than this, in thousandths.
    pub(crate) at_most: Option<i64>,
    /// `passed`, `not-passed` or `too-few`.
    #[schema(value_type = EqualityVerdict)]
    pub(crate) verdict: &'static str,
}

impl From<&Gate> for GateOut {
    fn from(gate: &Gate) -> Self {
        Self {
            gate: gate.kind.code(),
            ratio: gate.ratio,
            at_least: gate.at_least,
            at_most: gate.at_most,
            verdict: gate.verdict.code(),
        }
    }
}

/// The measures of some days.
#[derive(Serialize, ToSchema)]
pub(crate) struct SpanOut {
    /// `today`, or `weeks` for the last four whole weeks, Sunday to Saturday.
    pub(crate) span: &'static str,
    /// The first day, ISO 8601.
    #[schema(format = "date")]
    pub(crate) from: String,
    /// The last day.
    #[schema(format = "date")]
    pub(crate) until: String,
    pub(crate) figures: Vec<FigureOut>,
    pub(crate) gates: Vec<GateOut>,
}

/// The measures of a centre.
#[derive(Serialize, ToSchema)]
pub(crate) struct MeasuresOut {
    /// The centre's code.
    pub(crate) centre: String,
    /// The fewest people behind a number that is told.
    pub(crate) fewest: i64,
    pub(crate) spans: Vec<SpanOut>,
}

/// The measures of a centre over some spans, as they are told to everybody.
pub(crate) async fn measures_of(
    office: &Office,
    centre: &CentreRow,
    spans: &[Span],
) -> Result<MeasuresOut, Fault> {
    let mut told = Vec::new();
    for span in spans {
        let measured = queue::measured_lately(office, centre, *span).await?;
        // Behind a counter stands an officer: that is for the manager, not for everybody.
        let public = |figure: &Figure| figure.by != Side::Counter.code();
        told.push(SpanOut {
            span: span.code(),
            figures: measured.measures.flat().into_iter().filter(public).map(FigureOut::from).collect(),
            gates: measured.measures.gates.iter().map(GateOut::from).collect(),
            from: measured.from,
            until: measured.until,
        });
    }
    Ok(MeasuresOut { centre: centre.code.clone(), fewest: FEWEST, spans: told })
}

/// Over which days.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SpanAsked {
    /// `today` or `weeks`; both when left out.
    #[serde(default)]
    span: Option<String>,
}

/// How a centre serves people: waiting, completion, ratings, and whether it is equal for
/// all. Open data: the same as `/centres/{code}/measures.json`.
#[utoipa::path(get, path = "/api/v1/centres/{code}/measures",
    params(("code" = String, Path, description = "The centre's code"), SpanAsked),
    responses((status = 200, body = MeasuresOut)), security(()), tag = "visits")]
pub(super) async fn measures(
    State(app): State<App>,
    Path(code): Path<String>,
    Asked(asked): Asked<SpanAsked>,
) -> Result<Json<MeasuresOut>, Problem> {
    let chosen = match asked.span.as_deref() {
        None | Some("") => Span::PUBLIC.to_vec(),
        Some(span) => {
            let known = Span::from_code(span).filter(|span| Span::PUBLIC.contains(span));
            vec![known.ok_or_else(|| Problem::field("span"))?]
        }
    };
    let centre = {
        let mut reading = app.office.db.reading().await?;
        queue::centre_coded(&mut reading.tx(), &code).await?.ok_or(Why::NotFound)?
    };
    Ok(Json(measures_of(&app.office, &centre, &chosen).await?))
}
