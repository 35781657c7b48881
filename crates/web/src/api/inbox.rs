//! The inbox: which cases wait for an officer, as a list, a file and counts, and
//! the next one taken.

use super::caller::Caller;
use super::closed::{CaseChannel, CasePhase};
use super::paging::{Format, Page, Paging, export};
use super::problem::{Asked, Once, Problem, one_of};
use crate::app::App;
use crate::desk::counts_of;
use crate::desk::inbox::{Filter, Which, wanted};
use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::response::Response;
use diwan_domain::ids::CaseId;
use diwan_domain::people::{Channel, Permission};
use diwan_office::acting::Acting;
use diwan_office::cases::TakeNext;
use diwan_office::rows::{After, CaseRow, Inbox};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

/// Which cases.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct CasesQuery {
    /// Which list.
    #[serde(default)]
    #[param(inline, required = false)]
    list: Which,
    /// A case number, or part of it.
    q: Option<String>,
    /// `due` (the most urgent first), `number` or `touched`.
    sort: Option<String>,
    /// A service's key.
    service: Option<String>,
    /// By which channel it came: `online`, `counter`, `api` and so on.
    #[param(inline, value_type = Option<CaseChannel>)]
    channel: Option<String>,
    /// An open question, by its rule's key.
    open: Option<String>,
}

impl CasesQuery {
    /// Refuses words that would be passed over.
    fn known(&self) -> Result<(), Problem> {
        let channels = Channel::ALL.map(Channel::code);
        one_of("sort", self.sort.as_deref(), &SORTS)?;
        one_of("channel", self.channel.as_deref(), &channels)
    }

    fn inbox(&self, app: &App, acting: &Acting, many: i64, after: Option<Ended>) -> Inbox {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let filter = Filter {
            q: text(&self.q),
            sort: text(&self.sort),
            service: text(&self.service),
            channel: text(&self.channel),
            open: text(&self.open),
            ..Filter::default()
        };
        let after = after.map(|Ended(number, at, id)| After { number, at, id });
        Inbox { after, ..wanted(app, acting, self.list, &filter, (many, 0)) }
    }
}

/// How a list may be sorted.
const SORTS: [&str; 3] = ["due", "number", "touched"];

/// Where a page of cases ended: number, instant, case.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Ended(String, i64, CaseId);

fn ended(inbox: &Inbox, last: &CaseRow) -> Ended {
    let After { number, at, id } = inbox.ended_at(last);
    Ended(number, at, id)
}

/// A case in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct CaseLine {
    #[schema(format = "uuid")]
    id: String,
    number: String,
    service: String,
    /// `in-progress`, `waiting-for-applicant`, `approved` and so on.
    #[schema(value_type = CasePhase)]
    phase: String,
    step: Option<String>,
    #[schema(value_type = CaseChannel)]
    channel: String,
    /// The rules whose questions are open.
    open: Vec<String>,
    /// The officer who has it.
    #[schema(format = "uuid")]
    assigned_to: Option<String>,
    /// Microseconds since 1970 UTC.
    submitted_at: Option<i64>,
    /// Microseconds since 1970 UTC.
    due_at: Option<i64>,
    version: i64,
}

pub(super) fn line(case: &CaseRow) -> CaseLine {
    let open = case.open_questions.0.as_array().cloned().unwrap_or_default();
    CaseLine {
        id: case.id.to_string(),
        number: case.number.clone(),
        service: case.service.clone(),
        phase: case.phase.clone(),
        step: case.step.clone(),
        channel: case.channel.clone(),
        open: open.iter().filter_map(|open| open["rule"].as_str().map(str::to_owned)).collect(),
        assigned_to: case.assigned_to.map(|id| id.to_string()),
        submitted_at: case.submitted_at,
        due_at: case.due_at,
        version: case.version,
    }
}

/// The officer's cases, within their jurisdiction.
#[utoipa::path(get, path = "/api/v1/desk/cases", params(CasesQuery, Paging),
    responses((status = 200, body = Page<CaseLine>)), security(("token" = ["cases.see"])), tag = "desk")]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(query): Asked<CasesQuery>,
    Asked(paging): Asked<Paging>,
) -> Result<Page<CaseLine>, Problem> {
    let acting = caller.at_desk(&app, Permission::SeeCases)?;
    query.known()?;
    let limit = paging.limit()?;
    let inbox = query.inbox(&app, &acting, limit + 1, paging.after()?);
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let total = inbox.count(&mut tx).await?;
    let mut found = inbox.cases(&mut tx).await?;
    let more = found.len() as i64 > limit;
    found.truncate(limit as usize);
    let after = found.last().filter(|_| more).map(|last| ended(&inbox, last));
    let page = Page::of(&app, &uri, found.iter().map(line).collect(), after);
    Ok(Page { total: Some(total), ..page })
}

/// In which form.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct FormatQuery {
    /// `csv` or `jsonl`.
    #[serde(default)]
    #[param(inline, required = false)]
    pub(super) format: Format,
}

const COLUMNS: &[&str] = &[
    "number",
    "service",
    "phase",
    "step",
    "channel",
    "open",
    "assigned_to",
    "submitted_at",
    "due_at",
    "id",
    "version",
];

/// The same list whole, as a file.
#[utoipa::path(get, path = "/api/v1/desk/cases/export", params(CasesQuery, FormatQuery),
    responses((status = 200, content((String = "text/csv"), (String = "application/jsonl")))),
    security(("token" = ["cases.see"])), tag = "desk")]
pub(super) async fn export_list(
    State(app): State<App>,
    caller: Caller,
    Asked(query): Asked<CasesQuery>,
    Asked(FormatQuery { format }): Asked<FormatQuery>,
) -> Result<Response, Problem> {
    caller.at_desk(&app, Permission::SeeCases)?;
    query.known()?;
    export("cases", format, COLUMNS, move |after: Option<Ended>| {
        let (app, caller, query) = (app.clone(), caller.clone(), query.clone());
        async move {
            // Asked again for each page: whose service ends sees no more.
            let acting = caller.at_desk(&app, Permission::SeeCases)?;
            let inbox = query.inbox(&app, &acting, 500, after);
            let found = inbox.cases(&mut app.office.db.reading().await?.tx()).await?;
            let lines = found.iter().map(|case| json!(line(case))).collect();
            Ok((lines, found.last().map(|last| ended(&inbox, last))))
        }
    })
    .await
}

/// How many cases wait.
#[derive(Serialize, ToSchema)]
pub(super) struct Counts {
    mine: i64,
    waiting: i64,
    late: i64,
    all: i64,
}

/// How many cases wait, and for whom.
#[utoipa::path(get, path = "/api/v1/desk/counts", responses((status = 200, body = Counts)),
    security(("token" = ["cases.see"])), tag = "desk")]
pub(super) async fn counts(State(app): State<App>, caller: Caller) -> Result<Json<Counts>, Problem> {
    let acting = caller.at_desk(&app, Permission::SeeCases)?;
    let [mine, waiting, late, all] = counts_of(&app, &acting).await?;
    Ok(Json(Counts { mine, waiting, late, all }))
}

/// A case that was taken.
#[derive(Serialize, ToSchema)]
pub(super) struct Taken {
    /// The case.
    #[schema(format = "uuid")]
    id: String,
}

/// Takes the next case: drawn among the most urgent, never picked.
#[utoipa::path(post, path = "/api/v1/desk/cases/next", responses((status = 200, body = Taken)),
    security(("token" = ["cases.see"])), tag = "desk")]
pub(super) async fn next(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
) -> Result<Json<Taken>, Problem> {
    let case = app.office.perform(&caller.who, &key, TakeNext {}).await?;
    Ok(Json(Taken { id: case.to_string() }))
}
