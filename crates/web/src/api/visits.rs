//! One visit to one's own centre for programs: what happened when, where its time went, its
//! people, who may be with them, and its cases.

use super::caller::Caller;
use super::closed::{CasePhase, CompanionGiven, CompanionKnownBy, CompanionMay, TicketState};
use super::problem::{Problem, path_id};
use crate::app::App;
use axum::Json;
use axum::extract::{Path, State};
use diwan_domain::ids::VisitId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::queue::{self, CaseOfVisit, Happening, Spent, Story};
use diwan_office::rows::CompanionRow;
use serde::Serialize;
use utoipa::ToSchema;

/// One ticket of a visit.
#[derive(Serialize, ToSchema)]
struct TicketOfVisit {
    #[schema(format = "uuid")]
    id: String,
    number: String,
    /// The line's letter.
    line: String,
    #[schema(value_type = TicketState)]
    state: String,
}

/// One step of a visit.
#[derive(Serialize, ToSchema)]
struct VisitStep {
    /// Microseconds since 1970 UTC.
    at: i64,
    /// `booked`, `arrived`, `called`, `served`, `away`, `paid`, `in-hand`, `left` or `rated`.
    what: &'static str,
    /// A ticket's or a paper's number, a score, or an amount in minor units; empty when the
    /// step is about nothing else.
    about: String,
}

impl From<Happening> for VisitStep {
    fn from(step: Happening) -> Self {
        Self { at: step.at, what: step.what.code(), about: step.about }
    }
}

/// On what the time of a visit went so far.
#[derive(Serialize, ToSchema)]
struct VisitSpent {
    /// `waiting`, `way`, `service` or `other`.
    what: &'static str,
    /// Microseconds.
    micros: i64,
}

/// One of those who came together: a number within the visit, never a name.
#[derive(Serialize, ToSchema)]
struct PersonOfVisit {
    /// 1 for the first.
    place: i64,
    /// For which service, when it was noted.
    service: Option<String>,
    /// Which case is theirs, when it was noted.
    case: Option<String>,
    /// `done` or `not-done`; none while they are not finished.
    outcome: Option<String>,
    /// Microseconds since 1970 UTC.
    ended_at: Option<i64>,
}

/// Who may be with somebody in a visit.
#[derive(Serialize, ToSchema)]
struct CompanionOut {
    #[schema(format = "uuid")]
    id: String,
    /// With which person of the visit.
    place: i64,
    /// For which case only, when it was said.
    case: Option<String>,
    /// `name`, `number` or `document`.
    #[schema(value_type = CompanionKnownBy)]
    known_by: String,
    /// The name, the number, or what was shown; empty once it is forgotten.
    said: String,
    relation: String,
    /// `present` or `help`.
    #[schema(value_type = CompanionMay)]
    may: String,
    /// How the person consented: `spoken`, `signature` or `mark`.
    #[schema(value_type = CompanionGiven)]
    given: String,
    /// Microseconds since 1970 UTC.
    since: i64,
    /// When the consent ended; none while it holds.
    ended_at: Option<i64>,
}

impl From<CompanionRow> for CompanionOut {
    fn from(row: CompanionRow) -> Self {
        Self {
            id: row.id.to_string(),
            place: row.place,
            case: row.case_id.map(|id| id.to_string()),
            known_by: row.known_by,
            said: row.said,
            relation: row.relation,
            may: row.may,
            given: row.given,
            since: row.since,
            ended_at: row.ended_at,
        }
    }
}

/// A case of a visit.
#[derive(Serialize, ToSchema)]
struct CaseInVisit {
    id: String,
    number: String,
    service: String,
    #[schema(value_type = CasePhase)]
    phase: String,
    /// In minor units.
    paid: i64,
    /// In minor units.
    owed: i64,
    /// In which currency both are.
    currency: String,
    /// How many papers are in hand.
    papers_in_hand: i64,
    /// How many papers are not yet.
    papers_left: i64,
}

impl From<CaseOfVisit> for CaseInVisit {
    fn from(one: CaseOfVisit) -> Self {
        let (there, left) = one.papers;
        Self {
            id: one.case.to_string(),
            number: one.number,
            service: one.service,
            phase: one.phase,
            paid: one.paid,
            owed: one.owed,
            currency: one.currency.code().to_owned(),
            papers_in_hand: there as i64,
            papers_left: left as i64,
        }
    }
}

/// A visit.
#[derive(Serialize, ToSchema)]
pub(super) struct VisitOut {
    #[schema(format = "uuid")]
    id: String,
    /// The day at the centre.
    #[schema(format = "date")]
    day: String,
    channel: String,
    language: String,
    /// Microseconds since 1970 UTC.
    came_at: i64,
    /// When it was over; none while it is not.
    ended_at: Option<i64>,
    tickets: Vec<TicketOfVisit>,
    /// Everything that happened, in order.
    steps: Vec<VisitStep>,
    spent: Vec<VisitSpent>,
    /// Everybody who came on its tickets.
    people: Vec<PersonOfVisit>,
    companions: Vec<CompanionOut>,
    cases: Vec<CaseInVisit>,
}

fn person(story: &Story, place: i64) -> PersonOfVisit {
    let known = story.people.iter().find(|row| row.place == place);
    PersonOfVisit {
        place,
        service: known.and_then(|row| row.service.clone()),
        case: known.and_then(|row| row.case_id).map(|id| id.to_string()),
        outcome: known.and_then(|row| row.outcome.clone()),
        ended_at: known.and_then(|row| row.ended_at),
    }
}

impl From<Story> for VisitOut {
    fn from(story: Story) -> Self {
        let people = (1..=story.visit.people).map(|place| person(&story, place)).collect();
        let ticket = |row: &diwan_office::rows::TicketRow| TicketOfVisit {
            id: row.id.to_string(),
            number: row.number.clone(),
            line: row.line.clone(),
            state: row.state.clone(),
        };
        let spent = |(what, micros): (&Spent, &i64)| VisitSpent { what: what.code(), micros: *micros };
        Self {
            people,
            tickets: story.tickets.iter().map(ticket).collect(),
            spent: Spent::ALL.iter().zip(&story.spent).map(spent).collect(),
            steps: story.happened.into_iter().map(VisitStep::from).collect(),
            companions: story.companions.into_iter().map(CompanionOut::from).collect(),
            cases: story.cases.into_iter().map(CaseInVisit::from).collect(),
            id: story.visit.id.to_string(),
            day: story.visit.day,
            channel: story.visit.channel,
            language: story.visit.language,
            came_at: story.visit.came_at,
            ended_at: story.visit.ended_at,
        }
    }
}

/// A visit to one's own centre, with its people, companions and steps.
#[utoipa::path(get, path = "/api/v1/desk/visits/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = VisitOut), (status = 404)),
    security(("token" = ["queue.serve"])), tag = "visits")]
pub(super) async fn visit(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<VisitOut>, Problem> {
    let centre = caller.at_centre(&app, Permission::ServeQueue)?;
    let id: VisitId = path_id(&id)?;
    let story = {
        let mut reading = app.office.db.reading().await?;
        queue::story(&mut reading.tx(), centre, id, app.office.now()).await?
    };
    Ok(Json(story.ok_or(Why::NotFound)?.into()))
}
