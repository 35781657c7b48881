//! From a first notice of an event to its entry in the register, for programs:
//! hospitals, courts, missions, and the offices' own systems.

use super::caller::{Caller, Version};
use super::closed::{DeclarationState, DeclarationStep, KindOfEvent, WhoseNotices};
use super::paging::{Page, Paging};
use super::problem::{Asked, Body, MaybeBody, Once, Problem, Seen, maybe_id, one_of, path_id};
use crate::app::App;
use axum::extract::{OriginalUri, Path, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use diwan_domain::civil::forms::{self, FieldKind, Need};
use diwan_domain::civil::unions::DivorceState;
use diwan_domain::civil::{Content, EventKind, State as Standing, Step};
use diwan_domain::ids::{DeclarationId, OfficeId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::acting::Acting;
use diwan_office::civil::{
    self, AmendDeclaration, CheckDeclaration, Declare, MoveDeclaration, OpenDeclaration, RegisterEvent,
    TakeNotice,
};
use diwan_office::rows::{DeclarationRow, DeclarationsWanted, NoticesGiven};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Values by field, as `/api/v1/register/forms/{kind}` lists them.
pub(super) type Fields = BTreeMap<String, String>;

/// One field of a form.
#[derive(Serialize, ToSchema)]
pub(super) struct FieldOut {
    key: &'static str,
    /// `text`, `name` (in Arabic letters), `latin-name`, `own-name` (in any), `date` (`2026-11-20`, or `2026-11` and
    /// `2026` where no more is known), `time` (`13:05`), `choice`, `number`, `identity` (the digits or letters of a
    /// number of a person), `person` (an identifier in the register), `area` (a code of `/api/v1/register/areas`),
    /// `country` (two letters, ISO 3166-1), `entry` (the number of one), `icd10` or `phone`.
    kind: &'static str,
    /// Whether a declaration needs it, when it is asked.
    needed: bool,
    /// With which other field and which values of it it is asked at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    only: Option<OnlyOut>,
    /// The words of a choice.
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    options: &'static [&'static str],
    /// The most characters of a text, or the least and most of a number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bounds: Vec<i64>,
}

/// Another field and the values of it that count.
#[derive(Serialize, ToSchema)]
pub(super) struct OnlyOut {
    field: &'static str,
    values: &'static [&'static str],
}

/// Fields under one heading.
#[derive(Serialize, ToSchema)]
pub(super) struct SectionOut {
    key: &'static str,
    fields: Vec<FieldOut>,
}

/// The word by which programs know a field's kind.
pub(crate) fn kind_word(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text(_) => "text",
        FieldKind::Name => "name",
        FieldKind::LatinName => "latin-name",
        FieldKind::OwnName => "own-name",
        FieldKind::Date | FieldKind::AnyDate => "date",
        FieldKind::Time => "time",
        FieldKind::Choice(_) => "choice",
        FieldKind::Number(..) => "number",
        FieldKind::Identity(_) => "identity",
        FieldKind::Person => "person",
        FieldKind::Area => "area",
        FieldKind::Country => "country",
        FieldKind::Entry => "entry",
        FieldKind::Icd10 => "icd10",
        FieldKind::Phone => "phone",
    }
}

fn field_out(field: &forms::Field) -> FieldOut {
    let (options, bounds): (&'static [&'static str], Vec<i64>) = match field.kind {
        FieldKind::Choice(options) => (options, Vec::new()),
        FieldKind::Number(least, most) => (&[], vec![least, most]),
        FieldKind::Text(most) => (&[], vec![i64::try_from(most).unwrap_or(i64::MAX)]),
        _ => (&[], Vec::new()),
    };
    let only = field.only.map(|(field, values)| OnlyOut { field, values });
    FieldOut {
        key: field.key,
        kind: kind_word(field.kind),
        needed: field.need == Need::Declared,
        only,
        options,
        bounds,
    }
}

fn kind_in(path: &str) -> Result<EventKind, Problem> {
    EventKind::from_code(path).ok_or_else(|| Why::NotFound.into())
}

/// The fields of a kind of event: `birth`, `stillbirth`, `death`, `marriage`,
/// `divorce`, `reconciliation`, `annulment`, `affiliation`, `guardianship`,
/// `acknowledgement`, `name-change`.
#[utoipa::path(get, path = "/api/v1/register/forms/{kind}", params(("kind" = inline(KindOfEvent), Path)),
    responses((status = 200, body = Vec<SectionOut>)), security(()), tag = "register")]
pub(super) async fn form(Path(kind): Path<String>) -> Result<Json<Vec<SectionOut>>, Problem> {
    let sections = forms::form(kind_in(&kind)?).iter();
    let out = sections.map(|section| SectionOut {
        key: section.key,
        fields: section.fields.iter().map(field_out).collect(),
    });
    Ok(Json(out.collect()))
}

/// Refuses whoever holds none of some permissions, before anything else is read.
pub(super) async fn works_with(app: &App, caller: &Caller, any: &[Permission]) -> Result<Acting, Problem> {
    let mut refused = None;
    for permission in any {
        match caller.at_desk(app, *permission) {
            Ok(acting) => return Ok(acting),
            Err(problem) => refused = refused.or(Some(problem)),
        }
    }
    Err(refused.unwrap_or_else(|| Why::NotPermitted.into()))
}

/// What is known of an event.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DeclarationIn {
    /// `notify`: what is known so far; `declare`: all that the law asks.
    act: ActIn,
    /// The kind of event, as `/api/v1/register/forms/{kind}` knows it.
    #[schema(value_type = KindOfEvent)]
    kind: String,
    /// Values by field, as `/api/v1/register/forms/{kind}` lists them.
    content: Fields,
    /// The registering office, as `/api/v1/register/competent-office` names it. When left out
    /// the caller's own; of a notice, where that keeps another book, the competent one. One that
    /// keeps another book is `register/not-competent`.
    #[schema(format = "uuid")]
    office: Option<String>,
}

/// How much is said.
#[derive(Clone, Copy, Deserialize, ToSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ActIn {
    Notify,
    Declare,
    Amend,
}

/// What a declaration became.
#[derive(Serialize, ToSchema)]
pub(super) struct TakenOut {
    #[schema(format = "uuid")]
    id: String,
    /// The number that whoever gave it is told.
    number: String,
    version: i64,
    /// What an officer must look at: `late`, `marriage-stands` and so on.
    doubts: Vec<String>,
}

impl From<civil::Taken> for TakenOut {
    fn from(taken: civil::Taken) -> Self {
        Self { id: taken.id.to_string(), number: taken.number, version: taken.version, doubts: taken.doubts }
    }
}

/// Gives notice of an event or declares it. `register/fields-wrong` names every
/// field that cannot stay, `register/late-lacks` what a late declaration needs; a notice
/// that says nothing is `register/notice-empty`.
/// Notice needs the scope `register.notify` or `register.declare`.
#[utoipa::path(post, path = "/api/v1/register/declarations", request_body = DeclarationIn,
    responses((status = 200, body = TakenOut), (status = 422, description = "Fields that cannot stay.")),
    security(("token" = ["register.notify"]), ("token" = ["register.declare"])), tag = "register")]
pub(super) async fn take(
    State(app): State<App>,
    caller: Caller,
    Once(key): Once,
    Body(body): Body<DeclarationIn>,
) -> Result<Json<TakenOut>, Problem> {
    works_with(&app, &caller, &[Permission::NotifyEvents, Permission::DeclareEvents]).await?;
    let kind = EventKind::from_code(&body.kind);
    let kind = kind.ok_or_else(|| Problem::word("kind", EventKind::ALL.iter().map(|kind| kind.code())))?;
    let office: Option<OfficeId> = maybe_id("office", body.office.as_ref())?;
    let content: Content = body.content.into_iter().collect();
    let taken = match body.act {
        ActIn::Notify => app.office.perform(&caller.who, &key, TakeNotice { kind, content, office }).await?,
        ActIn::Declare => {
            app.office.perform(&caller.who, &key, Declare { of: None, kind, content, office }).await?
        }
        ActIn::Amend => return Err(Problem::field("act")),
    };
    Ok(Json(taken.into()))
}

/// Whose declarations a list shows: one's own notices, and the words there are.
const MINE: &str = "mine";
pub(super) const WHOSE: [&str; 2] = ["office", MINE];

/// Which declarations.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// `notified`, `declared`, `returned`, `checked`, `registered`, `rejected`,
    /// `withdrawn` or `duplicate`; when left out `declared`, and of one's own notices all.
    #[param(inline, value_type = Option<DeclarationState>)]
    state: Option<String>,
    /// A kind of event.
    #[param(inline, value_type = Option<KindOfEvent>)]
    kind: Option<String>,
    /// `office`: the work of the caller's office, also when left out. `mine`: the notices that
    /// whoever asks gave, to any office, the newest first.
    #[param(inline, value_type = Option<WhoseNotices>)]
    whose: Option<String>,
}

/// A declaration in a list: nobody's data.
#[derive(Serialize, ToSchema)]
pub(super) struct DeclarationLine {
    #[schema(format = "uuid")]
    id: String,
    number: String,
    #[schema(value_type = KindOfEvent)]
    kind: String,
    #[schema(value_type = DeclarationState)]
    state: String,
    happened_on: Option<String>,
    doubts: Vec<String>,
    /// Microseconds since 1970 UTC.
    recorded_at: i64,
    /// Microseconds since 1970 UTC.
    moved_at: i64,
    version: i64,
}

fn doubts(row: &DeclarationRow) -> Vec<String> {
    let doubts = row.doubts.0.as_array().into_iter().flatten();
    doubts.filter_map(|doubt| doubt.as_str().map(str::to_owned)).collect()
}

fn line(row: &DeclarationRow) -> DeclarationLine {
    DeclarationLine {
        id: row.id.to_string(),
        number: row.number.clone(),
        kind: row.kind.clone(),
        state: row.state.clone(),
        happened_on: row.happened_on.clone(),
        doubts: doubts(row),
        recorded_at: row.recorded_at,
        moved_at: row.moved_at,
        version: row.version,
    }
}

/// The declarations of the caller's office in a state, those that waited longest first; or,
/// with `whose=mine`, the notices that whoever asks gave, the newest first: so a hospital sees
/// which were given back. The work of an office needs `register.register`, one's own notices
/// `register.notify`.
#[utoipa::path(get, path = "/api/v1/register/declarations", params(ListQuery, Paging),
    responses((status = 200, body = Page<DeclarationLine>)),
    security(("token" = ["register.register"]), ("token" = ["register.notify"])), tag = "register")]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Asked(query): Asked<ListQuery>,
    Asked(paging): Asked<Paging>,
) -> Result<Page<DeclarationLine>, Problem> {
    let mine = query.whose.as_deref() == Some(MINE);
    let needed = if mine { Permission::NotifyEvents } else { Permission::RegisterEvents };
    let acting = caller.at_desk(&app, needed)?;
    let states: Vec<&str> = Standing::ALL.iter().map(|state| state.code()).collect();
    let kinds: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.code()).collect();
    one_of("whose", query.whose.as_deref(), &WHOSE)?;
    one_of("state", query.state.as_deref(), &states)?;
    one_of("kind", query.kind.as_deref(), &kinds)?;
    let limit = paging.limit()?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let mut found = if mine {
        let before = paging.after()?;
        let given = NoticesGiven { state: query.state, kind: query.kind, before, at_most: limit + 1 };
        civil::noticed_by(&mut tx, acting.officer.id, &given).await?
    } else {
        let office = acting.officer.office_id.ok_or(Why::NotPermitted)?;
        let state = query.state.unwrap_or_else(|| Standing::Declared.code().to_owned());
        let after = paging.after()?;
        let wanted = DeclarationsWanted { office, state, kind: query.kind, after, at_most: limit + 1 };
        civil::declarations(&mut tx, &wanted).await?
    };
    let more = found.len() as i64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or_default());
    let last = found.last().filter(|_| more);
    let after = last.map(|last| (if mine { last.recorded_at } else { last.moved_at }, last.id));
    let mut found = civil::seen_of(&mut tx, &acting, found).await?;
    for row in found.iter_mut().filter(|row| civil::only_follows(&acting, row)) {
        row.doubts.0 = Value::Null;
    }
    Ok(Page::of(&app, &uri, found.iter().map(line).collect(), after))
}

/// One declaration.
#[derive(Serialize, ToSchema)]
pub(super) struct DeclarationOut {
    #[serde(flatten)]
    line: DeclarationLine,
    /// What it says, by field. Empty for whoever gave notice to another office, once an officer
    /// there has taken it up; its doubts are then not told either.
    content: Fields,
    /// The rule that stands for it, by its key.
    rule: Option<String>,
    /// What whoever asks can do with it now.
    #[schema(value_type = Vec<DeclarationStep>)]
    steps: Vec<&'static str>,
    /// Why it was given back, refused or taken back.
    reason: Option<String>,
    duplicate_of: Option<String>,
    entry: Option<String>,
    /// The number of its entry, once it is registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry_number: Option<String>,
    /// Of a divorce, where what it says puts it: `pending` while it was pronounced outside
    /// court and has no judgment, `revocable`, `waiting` (in a waiting period without a way
    /// back) or `final`.
    #[serde(skip_serializing_if = "Option::is_none")]
    divorce_state: Option<&'static str>,
    /// The case that it came from: its answers and papers are under
    /// `/api/v1/desk/cases/{id}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<String>,
}

/// One declaration. The look is journalled; everyone it names can see it.
#[utoipa::path(get, path = "/api/v1/register/declarations/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = DeclarationOut)),
    security(("token" = ["register.declare"]), ("token" = ["register.register"]), ("token" = ["register.notify"])),
    tag = "register")]
pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let declaration: DeclarationId = path_id(&id)?;
    app.office.perform_once(&caller.who, OpenDeclaration { declaration }).await?;
    let mut reading = app.office.db.reading().await?;
    let mut tx = reading.tx();
    let mut row = civil::declaration(&mut tx, declaration).await?.ok_or(Why::NotFound)?;
    civil::doubts_by_now(&mut tx, &mut row).await?;
    let entry_number = match row.entry_id {
        Some(entry) => civil::entry(&mut tx, entry).await?.map(|entry| entry.number),
        None => None,
    };
    let acting = caller.officer(&app)?;
    let steps = Standing::from_code(&row.state).map(Standing::steps).unwrap_or_default().into_iter();
    let steps = steps.filter(|step| civil::may_take(&acting, &row, *step));
    let steps: Vec<&str> = steps.map(Step::code).collect();
    let mut content = civil::content_of(&row)?;
    if civil::only_follows(&acting, &row) {
        // What the office that keeps the book added, doubts and compares is not the giver's.
        content = Content::default();
        row.doubts.0 = Value::Null;
        (row.duplicate_of, row.case_id) = (None, None);
    }
    let divorce = (row.kind == EventKind::Divorce.code()).then(|| DivorceState::told(&content)).flatten();
    let out = DeclarationOut {
        line: line(&row),
        divorce_state: divorce.map(DivorceState::code),
        content: content.0,
        rule: row.rule.clone(),
        steps,
        reason: row.reason.clone(),
        duplicate_of: row.duplicate_of.map(|id| id.to_string()),
        entry: row.entry_id.map(|id| id.to_string()),
        entry_number,
        case: row.case_id.map(|id| id.to_string()),
    };
    Ok((Extension(Version::of(row.version)), Json(out)).into_response())
}

/// A change of a declaration.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeIn {
    /// `amend`: what it says is mended. Of a notice that was given back to whoever gives notices
    /// only, that is the answer: it is `notified` again. `declare`: a notice is completed, or one
    /// that was given back is sent again.
    act: ActIn,
    /// All that it is to say.
    content: Fields,
}

/// Mends a declaration, or completes a notice, on the version that was seen.
#[utoipa::path(put, path = "/api/v1/register/declarations/{id}", request_body = ChangeIn,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = TakenOut), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["register.declare"]), ("token" = ["register.notify"])), tag = "register")]
pub(super) async fn change(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    Body(body): Body<ChangeIn>,
) -> Result<Json<TakenOut>, Problem> {
    works_with(&app, &caller, &[Permission::NotifyEvents, Permission::DeclareEvents]).await?;
    let declaration: DeclarationId = path_id(&id)?;
    let content: Content = body.content.into_iter().collect();
    let done = match body.act {
        ActIn::Notify => return Err(Problem::field("act")),
        ActIn::Amend => {
            let act = AmendDeclaration { declaration, seen, content };
            app.office.perform(&caller.who, &key, act).await
        }
        ActIn::Declare => {
            caller.at_desk(&app, Permission::DeclareEvents)?;
            let row = civil::declaration(&mut app.office.db.reading().await?.tx(), declaration).await?;
            let row = row.ok_or(Why::NotFound)?;
            let act =
                Declare { of: Some((declaration, seen)), kind: kind_in(&row.kind)?, content, office: None };
            app.office.perform(&caller.who, &key, act).await
        }
    };
    Ok(Json(done.map_err(|stop| Problem::from(stop).on_version())?.into()))
}

/// Which doubts whoever settles has seen.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[serde(default)]
pub(super) struct SettlesIn {
    /// The doubts that a look at the declaration told. What others registered since it was
    /// written makes it doubtful without changing its version: a doubt that came so and is
    /// not named here is refused as `register/doubt-arose`, with the doubts in `about`.
    doubts: Vec<String>,
}

/// Finds a declaration in order: never by whoever entered it. Settles the doubts that are
/// named, and no others.
#[utoipa::path(post, path = "/api/v1/register/declarations/{id}/check", request_body = Option<SettlesIn>,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = TakenOut), (status = 409, description = "A doubt came that is not named."),
        (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["register.register"])), tag = "register")]
pub(super) async fn check(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    MaybeBody(body): MaybeBody<SettlesIn>,
) -> Result<Json<TakenOut>, Problem> {
    let act = CheckDeclaration { declaration: path_id(&id)?, seen, settles: Some(body.doubts) };
    let done = app.office.perform(&caller.who, &key, act).await;
    Ok(Json(done.map_err(|stop| Problem::from(stop).on_version())?.into()))
}

/// What a declaration became in the register.
#[derive(Serialize, ToSchema)]
pub(super) struct RegisteredOut {
    /// The entry.
    #[schema(format = "uuid")]
    entry: String,
    /// Its number.
    number: String,
    #[schema(format = "uuid")]
    event: String,
    /// The declaration's version.
    version: i64,
}

/// Brings a declaration into the register and gives its number. One that is only
/// declared is checked at once, by the same officer. Settles the doubts that are named,
/// and no others.
#[utoipa::path(post, path = "/api/v1/register/declarations/{id}/registration", request_body = Option<SettlesIn>,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = RegisteredOut), (status = 409, description = "A doubt came that is not named."),
        (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["register.register"])), tag = "register")]
pub(super) async fn register(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    MaybeBody(body): MaybeBody<SettlesIn>,
) -> Result<Json<RegisteredOut>, Problem> {
    let act = RegisterEvent { declaration: path_id(&id)?, seen, settles: Some(body.doubts) };
    let done = app.office.perform(&caller.who, &key, act).await;
    let done = done.map_err(|stop| Problem::from(stop).on_version())?;
    Ok(Json(RegisteredOut {
        entry: done.entry.to_string(),
        number: done.number,
        event: done.event.to_string(),
        version: done.version,
    }))
}

/// What becomes of a declaration.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StepIn {
    /// `return`, `reject`, `withdraw`, `mark-duplicate` or `reopen`.
    step: String,
    /// Why.
    reason: String,
    /// For `mark-duplicate`: the declaration that came first.
    duplicate_of: Option<String>,
}

/// Gives a declaration back, refuses it, takes it back, marks it as the same event
/// as another, or undoes a refusal or mark. Taking back needs `register.declare` or,
/// for one's own notice, `register.notify`.
#[utoipa::path(post, path = "/api/v1/register/declarations/{id}/steps", request_body = StepIn,
    params(("id" = uuid::Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = TakenOut), (status = 412, description = "Changed since it was seen.")),
    security(("token" = ["register.register"]), ("token" = ["register.declare"]), ("token" = ["register.notify"])),
    tag = "register")]
pub(super) async fn step(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Once(key): Once,
    Seen(seen): Seen,
    Body(body): Body<StepIn>,
) -> Result<Json<TakenOut>, Problem> {
    let may = [Permission::RegisterEvents, Permission::DeclareEvents, Permission::NotifyEvents];
    works_with(&app, &caller, &may).await?;
    let step = Step::from_code(&body.step).ok_or_else(|| Problem::field("step"))?;
    let duplicate_of = maybe_id("duplicate_of", body.duplicate_of.as_ref())?;
    let act = MoveDeclaration { declaration: path_id(&id)?, seen, step, reason: body.reason, duplicate_of };
    let done = app.office.perform(&caller.who, &key, act).await;
    Ok(Json(done.map_err(|stop| Problem::from(stop).on_version())?.into()))
}
