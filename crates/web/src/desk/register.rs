//! The register's desk: declarations from a first notice to their entry.

use super::{DeskList, at_desk};
use crate::civil_words;
use crate::fields::{Errors, Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, PAGE, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::civil::unions::DivorceState;
use diwan_domain::civil::{Content, EventKind, FieldKind, State, Step, forms};
use diwan_domain::ids::{DeclarationId, OfficeId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::acting::Acting;
use diwan_office::cases;
use diwan_office::civil::{
    self, AmendDeclaration, CheckDeclaration, Declare, MoveDeclaration, OpenDeclaration, RegisterEvent,
    TakeNotice,
};
use diwan_office::rows::{DeclarationRow, DeclarationsWanted, NoticesGiven};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which declarations are listed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Listed {
    #[serde(default)]
    state: String,
    #[serde(default)]
    kind: String,
    /// Number under which something was just kept.
    #[serde(default)]
    taken: String,
    /// Number under which something was just registered.
    #[serde(default)]
    registered: String,
}

/// Whether someone works on declarations at all.
fn works(acting: &Acting) -> bool {
    [Permission::NotifyEvents, Permission::DeclareEvents, Permission::RegisterEvents]
        .iter()
        .any(|permission| acting.may(*permission))
}

/// The declarations of the office in one state, and the ways to a new one.
pub async fn list(here: Here, Query(listed): Query<Listed>) -> Response {
    let result = show_list(&here, &listed).await;
    answer(&here, result)
}

async fn show_list(here: &Here, listed: &Listed) -> Answer {
    let desk = at_desk(here, None).await?;
    if !works(&desk.acting) {
        return Err(Refusal::from(Why::NotPermitted)
            .about("permission", Permission::DeclareEvents.code())
            .into());
    }
    let lang = &here.lang;
    let mut page = DeskList::new(here, &desk, lang.t("menu-register")).await?;
    if !listed.taken.is_empty() {
        page.notices.push(lang.with("register-taken-as", &[("number", Arg::Text(listed.taken.clone()))]));
    }
    if !listed.registered.is_empty() {
        let number = [("number", Arg::Text(listed.registered.clone()))];
        page.notices.push(lang.with("register-registered-as", &number));
    }
    let office = desk.acting.officer.office_id.filter(|_| {
        desk.acting.may(Permission::DeclareEvents) || desk.acting.may(Permission::RegisterEvents)
    });
    if let Some(office) = office {
        list_of(here, &desk.acting, office, listed, &mut page).await?;
        if desk.acting.may(Permission::CorrectEntries) {
            page.links.push((format!("/{}/desk/register/duplicates", lang.code), lang.t("alike-title")));
        }
        if desk.acting.may(Permission::ApproveCorrections) {
            page.tables
                .push((lang.t("register-corrections"), corrections(here, &desk.acting, office).await?));
        }
    } else if desk.acting.may(Permission::NotifyEvents) {
        page.tables.push((lang.t("register-my-notices"), my_notices(here, &desk.acting).await?));
    }
    let kinds = EventKind::ALL.iter().map(|kind| {
        (format!("/{}/desk/register/new/{}", lang.code, kind.code()), lang.t_of("event-", kind.code()))
    });
    page.links.extend(kinds);
    page.notices.push(lang.t("register-new-help"));
    Ok(show(StatusCode::OK, false, &page))
}

async fn list_of(
    here: &Here,
    acting: &Acting,
    office: OfficeId,
    listed: &Listed,
    page: &mut DeskList,
) -> Result<(), Problem> {
    let lang = &here.lang;
    let state = State::from_code(&listed.state).unwrap_or(State::Declared);
    let kind = EventKind::from_code(&listed.kind).map(|kind| kind.code().to_owned());
    let wanted = DeclarationsWanted {
        office,
        state: state.code().to_owned(),
        kind: kind.clone(),
        after: None,
        at_most: PAGE * 4,
    };
    let (rows, counts) = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let all = civil::declarations(&mut tx, &wanted).await?;
        let seen = civil::seen_of(&mut tx, acting, all).await?;
        let counts = civil::counts_for(&mut tx, acting, office).await?;
        (seen, counts)
    };
    let many = |code: &str| counts.iter().find(|(state, _)| state == code).map_or(0, |(_, many)| *many);
    let states = State::ALL.iter().map(|one| Opt {
        value: one.code().to_owned(),
        label: format!("{} ({})", lang.t_of("state-", one.code()), lang.number(many(one.code()))),
        ..Opt::default()
    });
    let kinds = EventKind::ALL.iter().map(|one| Opt {
        value: one.code().to_owned(),
        label: lang.t_of("event-", one.code()),
        ..Opt::default()
    });
    page.filters = vec![
        Field::select("state", lang.t("register-state"), states.collect()).filled(state.code()),
        Field::select("kind", lang.t("register-kind"), kinds.collect()).filled(kind.unwrap_or_default()),
    ];
    page.filter_path = "/desk/register".into();
    let offset = here.app.office.settings.utc_offset_minutes;
    let lines = rows.iter().map(|row| {
        vec![
            Cell::code(&row.number).to(format!("/desk/register/declarations/{}", row.id)),
            Cell::text(lang.t_of("event-", &row.kind)),
            Cell::code(row.happened_on.clone().unwrap_or_default()),
            Cell::text(doubts_in_words(here, row)),
            Cell::text(lang.moment(row.moved_at, offset)),
        ]
    });
    let heads =
        ["register-number", "register-kind", "field-happened-on", "register-doubts", "register-waits-since"];
    page.tables.push((
        lang.t_of("state-", state.code()),
        Table {
            caption: lang.t_of("state-", state.code()),
            heads: heads.map(|key| lang.t(key)).to_vec(),
            rows: lines.collect(),
            total: many(state.code()),
            empty: lang.t("register-none"),
            ..Table::default()
        },
    ));
    Ok(())
}

/// The notices that a hospital gave, the newest first, and how each stands.
async fn my_notices(here: &Here, acting: &Acting) -> Result<Table, Problem> {
    let lang = &here.lang;
    let given = NoticesGiven { at_most: PAGE * 4, ..NoticesGiven::default() };
    let rows = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let given = civil::noticed_by(&mut tx, acting.officer.id, &given).await?;
        civil::seen_of(&mut tx, acting, given).await?
    };
    let offset = here.app.office.settings.utc_offset_minutes;
    let lines = rows.iter().map(|row| {
        vec![
            Cell::code(&row.number).to(format!("/desk/register/declarations/{}", row.id)),
            Cell::text(lang.t_of("event-", &row.kind)),
            Cell::code(row.happened_on.clone().unwrap_or_default()),
            Cell::text(lang.t_of("state-", &row.state)),
            Cell::text(lang.moment(row.moved_at, offset)),
        ]
    });
    let heads =
        ["register-number", "register-kind", "field-happened-on", "register-state", "register-waits-since"];
    Ok(Table {
        caption: lang.t("register-my-notices"),
        heads: heads.map(|key| lang.t(key)).to_vec(),
        rows: lines.collect(),
        total: rows.len() as i64,
        empty: lang.t("register-none"),
        ..Table::default()
    })
}

async fn corrections(here: &Here, acting: &Acting, office: OfficeId) -> Result<Table, Problem> {
    let lang = &here.lang;
    let waiting =
        civil::corrections_for(&mut here.app.office.db.reading().await?.tx(), acting, office).await?;
    let offset = here.app.office.settings.utc_offset_minutes;
    let rows = waiting.iter().map(|row| {
        vec![
            Cell::text(lang.t_of("register-what-", &row.kind))
                .to(format!("/desk/register/corrections/{}", row.id)),
            Cell::text(lang.t_of("register-ground-", &row.ground)),
            Cell::text(lang.moment(row.prepared_at, offset)),
        ]
    });
    Ok(Table {
        caption: lang.t("register-corrections"),
        heads: ["register-correct", "register-ground", "register-waits-since"]
            .map(|key| lang.t(key))
            .to_vec(),
        rows: rows.collect(),
        total: waiting.len() as i64,
        empty: lang.t("register-none"),
        ..Table::default()
    })
}

/// What an officer must look at, in words.
pub(super) fn doubts_in_words(here: &Here, row: &DeclarationRow) -> String {
    doubts_of(row).map(|doubt| here.lang.t_of("doubt-", doubt)).collect::<Vec<_>>().join("; ")
}

fn doubts_of(row: &DeclarationRow) -> impl Iterator<Item = &str> {
    row.doubts.0.as_array().into_iter().flatten().filter_map(|doubt| doubt.as_str())
}

/// What was typed into a form of the register.
pub(super) fn typed(kind: EventKind, sent: &Sent) -> Content {
    forms::fields(kind).map(|field| (field.key, sent.text(field.key))).collect()
}

/// The faults that a refusal names, by field; anything else stays a refusal.
pub(super) fn faults_of(problem: &Problem) -> Option<BTreeMap<String, String>> {
    let refusal = problem.refusal.as_ref()?;
    let names = [Why::FieldsWrong, Why::LateLacks, Why::PersonUnknown, Why::NoticeEmpty];
    names.contains(&refusal.why).then(|| refusal.about.clone())
}

/// An empty form.
pub async fn new(here: Here, Path((_, kind)): Path<(String, String)>) -> Response {
    let result = async {
        let kind = EventKind::from_code(&kind).ok_or_else(Problem::not_found)?;
        show_form(&here, kind, None, &Content::default(), &BTreeMap::new(), Vec::new()).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// A form with what was typed and what is wrong with it.
async fn show_form(
    here: &Here,
    kind: EventKind,
    of: Option<&DeclarationRow>,
    typed: &Content,
    faults: &BTreeMap<String, String>,
    notices: Vec<String>,
) -> Answer {
    let desk = at_desk(here, None).await?;
    if !works(&desk.acting) {
        return Err(Refusal::from(Why::NotPermitted)
            .about("permission", Permission::DeclareEvents.code())
            .into());
    }
    let lang = &here.lang;
    let event = lang.t_of("event-", kind.code());
    let title = of.map_or(event.clone(), |row| titled(here, &event, &row.number));
    let mut page = DeskList::new(here, &desk, title).await?;
    page.back = of.map_or("/desk/register".into(), |row| format!("/desk/register/declarations/{}", row.id));
    let is_refused = !notices.is_empty();
    page.notices = notices;
    let mut acts = Vec::new();
    let state = of.and_then(|row| State::from_code(&row.state)).unwrap_or(State::Notified);
    let declares = desk.acting.may(Permission::DeclareEvents);
    if of.is_none() || state == State::Notified || state == State::Returned && !declares {
        let act = if of.is_none() { "notify" } else { "amend" };
        acts.push(Opt { value: act.into(), label: lang.t("register-keep-notice"), ..Opt::default() });
    }
    if state == State::Declared {
        acts.push(Opt { value: "amend".into(), label: lang.t("step-amend"), ..Opt::default() });
    }
    if state != State::Declared && declares {
        acts.push(Opt {
            value: "declare".into(),
            label: lang.t("register-declare-button"),
            ..Opt::default()
        });
    }
    let mut fields = civil_words::form(lang, kind, typed, faults);
    if acts.len() > 1 {
        fields.push(Field::choice("act", lang.t("go-on"), acts).filled("declare"));
    }
    let action = of.map_or_else(
        || format!("/desk/register/new/{}", kind.code()),
        |row| format!("/desk/register/declarations/{}/edit", row.id),
    );
    let mut form = FormBlock::new(String::new(), action, fields, lang.t("go-on"));
    if let Some(row) = of {
        form.hidden.push(("seen".into(), row.version.to_string()));
    }
    page.forms = vec![form];
    let errors: Errors = page.errors();
    let is_fine = errors.is_empty() && !is_refused;
    let status = if is_fine { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(show(status, false, &page))
}

/// Keeps a new notice or declaration; what cannot stay comes back with what was
/// typed.
pub async fn taken(here: Here, Path((_, kind)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let kind = EventKind::from_code(&kind).ok_or_else(Problem::not_found)?;
        let content = typed(kind, &sent);
        let (who, office) = (here.visitor.who(), &here.app.office);
        let desk = at_desk(&here, None).await?;
        let declares = desk.acting.may(Permission::DeclareEvents) && sent.text("act") != "notify";
        let done = if declares {
            office
                .perform(&who, &sent.key, Declare { of: None, kind, content: content.clone(), office: None })
                .await
        } else {
            office.perform(&who, &sent.key, TakeNotice { kind, content: content.clone(), office: None }).await
        };
        match done.map_err(Problem::from) {
            Ok(taken) if declares => Ok(here.go(&format!("/desk/register/declarations/{}", taken.id))),
            Ok(taken) => Ok(here.go(&format!("/desk/register?state=notified&taken={}", taken.number))),
            Err(problem) => match faults_of(&problem) {
                Some(faults) => show_form(&here, kind, None, &content, &faults, said(&here, &problem)).await,
                None => Err(problem),
            },
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// What a refusal says, for the top of the page that it sends back.
pub(super) fn said(here: &Here, problem: &Problem) -> Vec<String> {
    let key = problem.code().replace('/', "-");
    vec![here.lang.t_of("refusal-help-", &key)]
}

async fn opened(here: &Here, id: &str) -> Result<DeclarationRow, Problem> {
    let declaration: DeclarationId = id.parse().map_err(|_| Problem::not_found())?;
    here.app.office.perform_once(&here.visitor.who(), OpenDeclaration { declaration }).await?;
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let mut row = civil::declaration(&mut tx, declaration).await?.ok_or_else(Problem::not_found)?;
    civil::doubts_by_now(&mut tx, &mut row).await?;
    Ok(row)
}

fn kind_of(row: &DeclarationRow) -> Result<EventKind, Problem> {
    EventKind::from_code(&row.kind).ok_or_else(Problem::not_found)
}

/// One declaration: what it says, what is doubtful, what can be done with it.
pub async fn one(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = show_one(&here, &id, Vec::new()).await;
    answer(&here, result)
}

async fn show_one(here: &Here, id: &str, mut notices: Vec<String>) -> Answer {
    let desk = at_desk(here, None).await?;
    let row = opened(here, id).await?;
    let (lang, kind) = (&here.lang, kind_of(&row)?);
    let title = titled(here, &lang.t_of("event-", &row.kind), &row.number);
    let mut page = DeskList::new(here, &desk, title).await?;
    page.back = format!("/desk/register?state={}", row.state);
    notices.push(lang.t_of("state-", &row.state));
    let state = State::from_code(&row.state).ok_or_else(Problem::not_found)?;
    let works_here = [Permission::DeclareEvents, Permission::RegisterEvents];
    let works_here = works_here.iter().any(|permission| desk.acting.may(*permission));
    if civil::only_follows(&desk.acting, &row) {
        // How it stands is for whoever gave notice; what the office that has it added is not.
        notices.extend(registered_as(here, &row).await?);
        notices.extend(row.reason.clone());
        notices.push(lang.t("register-follows"));
        page.notices = notices;
        return Ok(show(StatusCode::OK, false, &page));
    }
    let content = civil::content_of(&row)?;
    if kind == EventKind::Divorce
        && let Some(state) = DivorceState::told(&content)
    {
        notices.push(lang.t_of("divorce-state-", state.code()));
    }
    let doubts = doubts_in_words(here, &row);
    if !doubts.is_empty() {
        notices.push(format!("{}: {doubts}", lang.t("register-doubts")));
    }
    notices.extend(row.reason.clone());
    page.notices = notices;
    page.tables.extend(case_table(here, &desk.acting, &row).await?);
    page.tables.extend(super::duplicates::alike_table(here, &desk.acting, &row, kind, &content).await?);
    page.tables.extend(content_tables(here, kind, &content, None));
    page.forms = steps(here, &desk.acting, &row, state);
    let place = format!("/{}/desk/register/", lang.code);
    if state.after(Step::Amend).is_some() && civil::may_take(&desk.acting, &row, Step::Amend) {
        page.links.push((format!("{place}declarations/{id}/edit"), lang.t("step-amend")));
    }
    match row.entry_id {
        Some(entry) if works_here => {
            page.links.push((format!("{place}entries/{entry}"), lang.t("register-see-entry")));
        }
        _ => page.notices.extend(registered_as(here, &row).await?),
    }
    Ok(show(StatusCode::OK, false, &page))
}

/// Under which number it stands in the register, for whoever gave notice of it.
async fn registered_as(here: &Here, row: &DeclarationRow) -> Result<Option<String>, Problem> {
    let Some(entry) = row.entry_id else { return Ok(None) };
    let entry = civil::entry(&mut here.app.office.db.reading().await?.tx(), entry).await?;
    let number = entry.map(|entry| [("number", Arg::Text(entry.number))]);
    Ok(number.map(|number| here.lang.with("register-registered-as", &number)))
}

/// The case that a declaration came from: who declares, the papers that were sent, and
/// what was asked and answered since. Whoever may open cases is led to it.
async fn case_table(
    here: &Here,
    acting: &Acting,
    row: &DeclarationRow,
) -> Result<Option<(String, Table)>, Problem> {
    let (case, things) = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let Some(case) = civil::case_behind(&mut tx, row).await? else { return Ok(None) };
        let things = cases::belongings(&mut tx, case.id).await?;
        (case, things)
    };
    let lang = &here.lang;
    let place = format!("/desk/cases/{}", case.id);
    let leads = |cell: Cell, to: String| if acting.may(Permission::SeeCases) { cell.to(to) } else { cell };
    let mut rows = vec![
        vec![Cell::text(lang.t("case-number")), leads(Cell::code(&case.number), place.clone())],
        vec![Cell::text(lang.t("register-case-stands")), Cell::text(lang.t_of("phase-", &case.phase))],
    ];
    rows.extend(things.uploads.iter().map(|file| {
        let to = format!("{place}/files/{}", file.id);
        vec![Cell::text(lang.t("desk-evidence")), leads(Cell::text(&file.name), to)]
    }));
    for request in &things.requests {
        rows.push(vec![Cell::text(lang.t("register-case-asked")), Cell::text(&request.words)]);
        let answer = request.answer.clone().unwrap_or_else(|| lang.t("not-answered"));
        rows.push(vec![Cell::text(lang.t("register-case-answer")), Cell::text(answer)]);
    }
    let caption = lang.t("register-from-case");
    let (heads, total) = (vec![lang.t("register-field"), lang.t("register-says")], rows.len() as i64);
    Ok(Some((caption.clone(), Table { caption, heads, rows, total, ..Table::default() })))
}

/// What happened and under which number, the number apart from the direction of
/// the words around it.
pub(super) fn titled(here: &Here, event: &str, number: &str) -> String {
    let args = [("event", Arg::Text(event.to_owned())), ("number", Arg::Text(number.to_owned()))];
    here.lang.with("register-titled", &args)
}

/// Words run as their language does; dates, numbers and codes from left to right.
fn value_cell(kind: FieldKind, text: String) -> Cell {
    match kind {
        FieldKind::Text(_) | FieldKind::Name | FieldKind::OwnName | FieldKind::Choice(_) => Cell::text(text),
        _ => Cell::code(text),
    }
}

/// What a content says, one table for each section; what an earlier one said
/// otherwise is marked.
pub(super) fn content_tables(
    here: &Here,
    kind: EventKind,
    content: &Content,
    before: Option<&Content>,
) -> Vec<(String, Table)> {
    let lang = &here.lang;
    let mut tables = Vec::new();
    for section in forms::form(kind) {
        let mut rows = Vec::new();
        for field in section.fields {
            let (now, then) = (content.get(field.key), before.and_then(|before| before.get(field.key)));
            let is_changed = before.is_some() && now != then;
            if now.is_none() && !is_changed {
                continue;
            }
            // Whose record it is shows in their name; an identifier tells nobody anything.
            if field.kind == FieldKind::Person {
                continue;
            }
            let words =
                |value: Option<&str>| value.map(|value| civil_words::value(lang, kind, field.key, value));
            let mut line = vec![
                Cell::text(civil_words::label(lang, field.key)),
                value_cell(field.kind, words(now).unwrap_or_default()),
            ];
            if before.is_some() {
                let then = words(then).unwrap_or_default();
                line.push(if is_changed {
                    Cell::tag(format!("{}: {then}", lang.t("register-changed")), "wait")
                } else {
                    Cell::default()
                });
            }
            rows.push(line);
        }
        if rows.is_empty() {
            continue;
        }
        let mut heads = vec![lang.t("register-field"), lang.t("register-says")];
        if before.is_some() {
            heads.push(lang.t("register-before"));
        }
        let caption = lang.t_of("section-", section.key);
        let total = rows.len() as i64;
        tables.push((caption.clone(), Table { caption, heads, rows, total, ..Table::default() }));
    }
    tables
}

/// The forms of what this officer can do with it now.
fn steps(here: &Here, acting: &Acting, row: &DeclarationRow, state: State) -> Vec<FormBlock> {
    let lang = &here.lang;
    let mut forms = Vec::new();
    let registers = acting.may(Permission::RegisterEvents);
    let entered = civil::has_hand_in(row, acting.officer.id);
    for step in state.steps() {
        let has_page = matches!(step, Step::Amend | Step::Declare);
        if has_page || !civil::may_take(acting, row, step) {
            continue;
        }
        let name = lang.t_of("step-", step.code());
        let action = format!("/desk/register/declarations/{}/{}", row.id, step.code());
        let mut fields = Vec::new();
        if !matches!(step, Step::Check | Step::Register) {
            let id = format!("reason-{}", step.code());
            fields.push(Field::area("reason", lang.t("register-reason")).with_id(&id));
        }
        if step == Step::MarkDuplicate {
            fields.push(Field::line("first", lang.t("register-duplicate-of")).ltr("text", "", "w-full"));
        }
        let mut form = FormBlock::new(name.clone(), action, fields, name);
        form.hidden.push(("seen".into(), row.version.to_string()));
        if matches!(step, Step::Check | Step::Register) {
            form.hidden.push(("doubts".into(), doubts_of(row).collect::<Vec<_>>().join(" ")));
        }
        form.button_class = if matches!(step, Step::Check | Step::Register) { "btn" } else { "btn alt" };
        forms.push(form);
    }
    // Whoever did not enter it may check and register at once.
    if state == State::Declared && registers && !entered {
        let action = format!("/desk/register/declarations/{}/register", row.id);
        let mut form = FormBlock::new(lang.t("step-register"), action, Vec::new(), lang.t("step-register"));
        form.hidden.push(("seen".into(), row.version.to_string()));
        form.hidden.push(("doubts".into(), doubts_of(row).collect::<Vec<_>>().join(" ")));
        forms.insert(0, form);
    }
    forms
}

/// Leads to what an officer must decide or see first; any other refusal stays one.
async fn undecided(here: &Here, id: &str, problem: Problem) -> Answer {
    if [Why::PossibleDuplicate, Why::DoubtArose].iter().any(|why| problem.code() == why.code()) {
        return show_one(here, id, said(here, &problem)).await;
    }
    Err(problem)
}

/// The form of a declaration that can still be mended or completed.
pub async fn edit(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let row = opened(&here, &id).await?;
        let acting = at_desk(&here, None).await?.acting;
        if ![Step::Amend, Step::Declare].iter().any(|step| civil::may_take(&acting, &row, *step)) {
            let refusal = Refusal::from(Why::NotPermitted);
            return Err(refusal.about("permission", Permission::DeclareEvents.code()).into());
        }
        let content = civil::content_of(&row)?;
        show_form(&here, kind_of(&row)?, Some(&row), &content, &BTreeMap::new(), Vec::new()).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Mends or completes it.
pub async fn edited(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let row = opened(&here, &id).await?;
        let kind = kind_of(&row)?;
        let content = typed(kind, &sent);
        let seen = sent.id("seen").ok_or_else(|| Problem::from(Why::Malformed))?;
        let (who, office) = (here.visitor.who(), &here.app.office);
        // Whoever only gives notice has nothing to choose: they mend it.
        let declares = at_desk(&here, None).await?.acting.may(Permission::DeclareEvents);
        let amends = !declares || sent.text("act") == "amend" || row.state == State::Declared.code();
        let done = if amends {
            let act = AmendDeclaration { declaration: row.id, seen, content: content.clone() };
            office.perform(&who, &sent.key, act).await
        } else {
            let act = Declare { of: Some((row.id, seen)), kind, content: content.clone(), office: None };
            office.perform(&who, &sent.key, act).await
        };
        match done.map_err(Problem::from) {
            Ok(_) => Ok(here.go(&format!("/desk/register/declarations/{id}"))),
            Err(problem) => match faults_of(&problem) {
                Some(faults) => {
                    show_form(&here, kind, Some(&row), &content, &faults, said(&here, &problem)).await
                }
                None => Err(problem),
            },
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Checks, registers, gives back, refuses, takes back, marks or opens again.
pub async fn step(here: Here, Path((_, id, step)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        let declaration: DeclarationId = id.parse().map_err(|_| Problem::not_found())?;
        let step = Step::from_code(&step).ok_or_else(Problem::not_found)?;
        let seen = sent.id("seen").ok_or_else(|| Problem::from(Why::Malformed))?;
        let (who, office) = (here.visitor.who(), &here.app.office);
        // What the page showed when its button was pressed.
        let settles = Some(sent.text("doubts").split_whitespace().map(str::to_owned).collect());
        match step {
            Step::Check => {
                let act = CheckDeclaration { declaration, seen, settles };
                let done = office.perform(&who, &sent.key, act).await;
                if let Err(problem) = done.map_err(Problem::from) {
                    return undecided(&here, &id, problem).await;
                }
            }
            Step::Register => {
                let act = RegisterEvent { declaration, seen, settles };
                let done = office.perform(&who, &sent.key, act).await;
                let done = match done.map_err(Problem::from) {
                    Ok(done) => done,
                    Err(problem) => return undecided(&here, &id, problem).await,
                };
                let number = [("number", Arg::Text(done.number.clone()))];
                let told = vec![here.lang.with("register-registered-as", &number)];
                return match show_one(&here, &id, told).await {
                    // Whoever registered what is closed from then on is told its number.
                    Err(problem) if problem.code() == Why::NotFound.code() => {
                        Ok(here.go(&format!("/desk/register?registered={}", done.number)))
                    }
                    shown => shown,
                };
            }
            _ => {
                let duplicate_of = match sent.some("first") {
                    Some(number) => {
                        let number = number.to_uppercase();
                        let mut reading = office.db.reading().await?;
                        civil::declaration_numbered(&mut reading.tx(), &number).await?.map(|row| row.id)
                    }
                    None => None,
                };
                let reason = sent.text("reason");
                let act = MoveDeclaration { declaration, seen, step, reason, duplicate_of };
                match office.perform(&who, &sent.key, act).await.map_err(Problem::from) {
                    Ok(_) => {}
                    Err(problem) if problem.code() == Why::ReasonMissing.code() => {
                        return show_one(&here, &id, said(&here, &problem)).await;
                    }
                    Err(problem) => return Err(problem),
                }
            }
        }
        Ok(here.go(&format!("/desk/register/declarations/{id}")))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
