//! The journal, for inspectors. Each search is an entry itself.

use super::caller::Caller;
use super::inbox::FormatQuery;
use super::paging::{Page, Paging, export};
use super::problem::{Asked, Problem, path_id};
use crate::app::App;
use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::response::Response;
use diwan_domain::ids::JournalId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::inspection::{self, ProofFile, SearchJournal};
use diwan_office::rows::{JournalRow, Search};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

/// What is searched for; what is left out matches everything.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct JournalQuery {
    /// What happened: `case-approved` and so on.
    kind: Option<String>,
    /// On which thing.
    subject: Option<String>,
    /// By whom.
    actor: Option<String>,
    /// Not before, microseconds since 1970 UTC.
    from: Option<i64>,
    /// Before, microseconds since 1970 UTC.
    until: Option<i64>,
}

/// Where a page ended: the instant, the place in its act, the entry.
type Ended = (i64, i64, JournalId);

impl JournalQuery {
    fn search(&self, many: i64, before: Option<Ended>) -> Search {
        let some = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        Search {
            kind: some(&self.kind),
            subject: some(&self.subject),
            actor: some(&self.actor),
            from: self.from,
            until: self.until,
            page: (many, 0),
            before,
        }
    }

    fn words(&self) -> String {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let number = |number: Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
        format!(
            "kind={} subject={} actor={} from={} until={}",
            text(&self.kind),
            text(&self.subject),
            text(&self.actor),
            number(self.from),
            number(self.until)
        )
    }
}

/// An entry of the journal.
#[derive(Serialize, ToSchema)]
pub(super) struct EntryOut {
    #[schema(format = "uuid")]
    id: String,
    /// Microseconds since 1970 UTC.
    at: i64,
    kind: String,
    subject_kind: String,
    subject: String,
    actor_kind: String,
    actor: String,
    /// The act that wrote it.
    act: String,
    /// Under which rule or for which reason.
    rule: Option<String>,
    /// The whole entry, as it is hashed.
    entry: Value,
}

fn shown(row: &JournalRow) -> EntryOut {
    EntryOut {
        id: row.id.to_string(),
        at: row.at,
        kind: row.kind.clone(),
        subject_kind: row.subject_kind.clone(),
        subject: row.subject.clone(),
        actor_kind: row.actor_kind.clone(),
        actor: row.actor.clone(),
        act: row.act.to_string(),
        rule: row.body["rule"].as_str().map(str::to_owned),
        entry: row.body.clone(),
    }
}

fn ended(row: &JournalRow) -> Ended {
    (row.at, row.ordinal, row.id)
}

/// Searches the journal, newest first.
#[utoipa::path(get, path = "/api/v1/journal", params(JournalQuery, Paging),
    responses((status = 200, body = Page<EntryOut>)),
    security(("token" = ["journal.read"])), tag = "journal")]
pub(super) async fn search(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(query): Asked<JournalQuery>,
    Asked(paging): Asked<Paging>,
) -> Result<Page<EntryOut>, Problem> {
    let (limit, before) = (paging.limit()?, paging.after()?);
    app.office.perform_once(&caller.who, SearchJournal { query: query.words() }).await?;
    let wanted = query.search(limit + 1, before);
    let (mut found, total) = inspection::search(&mut app.office.db.reading().await?.tx(), &wanted).await?;
    let more = found.len() as i64 > limit;
    found.truncate(limit as usize);
    let after = found.last().filter(|_| more).map(ended);
    let page = Page::of(&app, &uri, found.iter().map(shown).collect(), after);
    Ok(Page { total: Some(total), ..page })
}

const COLUMNS: &[&str] =
    &["at", "kind", "subject_kind", "subject", "actor_kind", "actor", "rule", "act", "id", "entry"];

/// The same search whole, as a file.
#[utoipa::path(get, path = "/api/v1/journal/export", params(JournalQuery, FormatQuery),
    responses((status = 200, content((String = "text/csv"), (String = "application/jsonl")))),
    security(("token" = ["journal.read"])), tag = "journal")]
pub(super) async fn export_found(
    State(app): State<App>,
    caller: Caller,
    Asked(query): Asked<JournalQuery>,
    Asked(FormatQuery { format }): Asked<FormatQuery>,
) -> Result<Response, Problem> {
    let words = format!("export {}", query.words());
    app.office.perform_once(&caller.who, SearchJournal { query: words }).await?;
    // What is written down while the file is read is not in it.
    let until = query.until.unwrap_or_else(|| app.office.now() + 1);
    let query = JournalQuery { until: Some(until), ..query };
    export("journal", format, COLUMNS, move |before: Option<Ended>| {
        let (app, caller, query) = (app.clone(), caller.clone(), query.clone());
        async move {
            caller.at_desk(&app, Permission::ReadJournal)?;
            let wanted = query.search(500, before);
            let (found, _) = inspection::search(&mut app.office.db.reading().await?.tx(), &wanted).await?;
            let lines = found.iter().map(|row| json!(shown(row))).collect();
            Ok((lines, found.last().map(ended)))
        }
    })
    .await
}

/// The proof that an entry is in the public log; not found until it is sealed.
#[utoipa::path(get, path = "/api/v1/journal/{id}/proof", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = serde_json::Value)),
    security(("token" = ["journal.read"])), tag = "journal")]
pub(super) async fn proof(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<ProofFile>, Problem> {
    caller.at_desk(&app, Permission::ReadJournal)?;
    let entry: JournalId = path_id(&id)?;
    inspection::proof(&app.office, entry).await?.map(Json).ok_or_else(|| Why::NotFound.into())
}
