//! The inbox: the most urgent first, searched, filtered, sorted, paged and
//! exported.

use super::{Action, DeskList, at_desk};
use crate::app::App;
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::home::words_of;
use crate::pages::kit::{Cell, PAGE, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::people::{Channel, Permission};
use diwan_domain::refusals::Why;
use diwan_domain::services::Effect;
use diwan_office::acting::Acting;
use diwan_office::cases::{self, TakeNext};
use diwan_office::catalogue::{self, Published};
use diwan_office::rows::{CaseRow, Inbox, Sort};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// What a list is filtered by.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Filter {
    /// A case number, or part of it.
    #[serde(default)]
    pub q: String,
    /// `due`, `number` or `touched`.
    #[serde(default)]
    pub sort: String,
    /// A service's key.
    #[serde(default)]
    pub service: String,
    /// A channel's code.
    #[serde(default)]
    pub channel: String,
    /// An open question, by the rule's key.
    #[serde(default)]
    pub open: String,
    /// Which page, from zero.
    #[serde(default)]
    pub page: i64,
    /// `csv` for a file.
    #[serde(default)]
    pub format: String,
}

/// Which cases a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Which {
    /// Assigned to the officer.
    Mine,
    /// Every open case of the office.
    #[default]
    All,
    /// Those that wait for their applicant.
    Waiting,
    /// Those past their deadline.
    Late,
}

/// My cases.
pub async fn mine(here: Here, Query(filter): Query<Filter>) -> Response {
    let result = list(&here, Which::Mine, filter).await;
    answer(&here, result)
}

/// Every open case of the office.
pub async fn all(here: Here, Query(filter): Query<Filter>) -> Response {
    let result = list(&here, Which::All, filter).await;
    answer(&here, result)
}

/// Cases that wait for their applicant.
pub async fn waiting(here: Here, Query(filter): Query<Filter>) -> Response {
    let result = list(&here, Which::Waiting, filter).await;
    answer(&here, result)
}

/// Cases past their deadline: the supervisor's list.
pub async fn late(here: Here, Query(filter): Query<Filter>) -> Response {
    let result = list(&here, Which::Late, filter).await;
    answer(&here, result)
}

async fn list(here: &Here, which: Which, filter: Filter) -> Answer {
    let desk = at_desk(here, None).await?;
    if !desk.acting.may(Permission::SeeCases) {
        // Someone without cases begins where their own work is.
        let first = desk.menu(here).await?.items.first().map(|item| item.path);
        return first.map(|path| here.go(path)).ok_or_else(|| Why::NotPermitted.into());
    }
    let (path, title) = match which {
        Which::Mine => ("/desk", "mine"),
        Which::All => ("/desk/all", "all"),
        Which::Waiting => ("/desk/waiting", "waiting"),
        Which::Late => ("/desk/late", "late"),
    };
    let page_number = filter.page.clamp(0, 10_000);
    let page = if filter.format == "csv" { (5_000, 0) } else { (PAGE, page_number * PAGE) };
    let wanted = wanted(&here.app, &desk.acting, which, &filter, page);
    let table = table(here, &wanted, path, &filter, page_number).await?;
    if filter.format == "csv" {
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"cases.csv\""),
        ];
        return Ok((headers, table.csv()).into_response());
    }
    let mut page = DeskList::new(here, &desk, here.lang.t_of("menu-", title)).await?;
    if desk.acting.may(Permission::SeeCases) {
        page.actions = vec![Action { path: "/desk/next".into(), text: here.lang.t("desk-next") }];
    }
    let today = here.app.office.today().to_string();
    let offered = catalogue::offered(&mut here.app.office.db.reading().await?.tx(), &today).await?;
    page.filters = filters(here, &filter, &offered);
    page.filter_path = path.to_owned();
    page.tables = vec![(String::new(), table)];
    Ok(show(StatusCode::OK, false, &page))
}

/// What a list shows of an officer's cases; the words of the filter are those of
/// the address.
#[must_use]
pub fn wanted(app: &App, acting: &Acting, which: Which, filter: &Filter, page: (i64, i64)) -> Inbox {
    let search = diwan_domain::digits::to_ascii(filter.q.trim()).to_uppercase();
    let base = Inbox {
        search: Some(search).filter(|text| !text.is_empty()),
        service: chosen(&filter.service),
        channel: chosen(&filter.channel),
        open: chosen(&filter.open),
        sort: match filter.sort.as_str() {
            "number" => Sort::Number,
            "touched" => Sort::Touched,
            _ => Sort::Due,
        },
        page,
        ..super::inbox_of(acting)
    };
    match which {
        Which::Mine => Inbox { assigned_to: Some(acting.officer.id), ..base },
        Which::All => base,
        Which::Waiting => Inbox { phase: Some("waiting-for-applicant".into()), ..base },
        Which::Late => {
            Inbox { phase: Some("in-progress".into()), due_before: Some(app.office.now()), ..base }
        }
    }
}

fn chosen(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// A choice among some values or all of them.
fn narrowed(
    here: &Here,
    name: &str,
    label: &str,
    kept: &str,
    options: impl Iterator<Item = (String, String)>,
) -> Field {
    let any = Opt { value: String::new(), label: here.lang.t("desk-filter-any"), ..Opt::default() };
    let options = options.map(|(value, label)| Opt { value, label, ..Opt::default() });
    Field::select(name, here.lang.t(label), std::iter::once(any).chain(options).collect()).filled(kept)
}

/// The questions that cases of the offered services can leave open.
fn open_choices(here: &Here, offered: &[Arc<Published>]) -> BTreeMap<String, String> {
    let mut choices = BTreeMap::new();
    for published in offered {
        let service = &published.service;
        let words = words_of(here, service);
        let objecting = service
            .rules
            .iter()
            .filter(|rule| matches!(rule.effect, Effect::Object(_)))
            .map(|rule| rule.key.clone());
        let claimed = service.relations.iter().map(|relation| format!("relation-{}", relation.key));
        let shown = service.evidence.iter().map(|evidence| format!("evidence-{}", evidence.key));
        let shared = ["search", "not-entitled", "decision"].map(str::to_owned);
        for rule in objecting.chain(claimed).chain(shown).chain(shared) {
            let text = open_words(here, &words, &rule);
            choices.insert(rule, text);
        }
    }
    choices
}

fn filters(here: &Here, filter: &Filter, offered: &[Arc<Published>]) -> Vec<Field> {
    let lang = &here.lang;
    let option =
        |value: &str| Opt { value: value.into(), label: lang.t_of("sort-", value), ..Opt::default() };
    let services = offered
        .iter()
        .map(|published| (published.service.key.clone(), words_of(here, &published.service).t("title")));
    let channels = [
        Channel::Online,
        Channel::Kiosk,
        Channel::Counter,
        Channel::Telephone,
        Channel::Mobile,
        Channel::Api,
        Channel::Paper,
    ];
    let channels = channels.map(|channel| (channel.code().to_owned(), lang.t_of("channel-", channel.code())));
    vec![
        Field::line("q", lang.t("case-number")).filled(filter.q.clone()).ltr("text", "", "w-short"),
        narrowed(here, "service", "desk-filter-service", &filter.service, services),
        narrowed(here, "channel", "desk-filter-channel", &filter.channel, channels.into_iter()),
        narrowed(here, "open", "desk-filter-open", &filter.open, open_choices(here, offered).into_iter()),
        Field::select("sort", lang.t("sort"), ["due", "number", "touched"].map(option).to_vec())
            .filled(filter.sort.clone()),
    ]
}

async fn table(
    here: &Here,
    wanted: &Inbox,
    path: &str,
    filter: &Filter,
    page: i64,
) -> Result<Table, Problem> {
    let lang = &here.lang;
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let total = wanted.count(&mut tx).await?;
    let mut rows = Vec::new();
    for case in wanted.cases(&mut tx).await? {
        let published = cases::definition(&mut tx, &case).await?;
        let words = words_of(here, &published.service);
        let open = case.open_questions.0[0]["rule"].as_str().map(|rule| open_words(here, &words, rule));
        rows.push(vec![
            Cell::code(&case.number).to(format!("/desk/cases/{}", case.id)),
            Cell::text(words.t("title")),
            Cell::text(open.unwrap_or_default()),
            Cell::text(lang.t_of("channel-", &case.channel)),
            due_cell(here, &case),
        ]);
    }
    let kept = [
        ("q", &filter.q),
        ("sort", &filter.sort),
        ("service", &filter.service),
        ("channel", &filter.channel),
        ("open", &filter.open),
    ];
    let query: String = kept
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("&{name}={}", value.replace(['&', '#', '%', ' ', '+'], "")))
        .collect();
    Ok(Table {
        caption: lang.t("menu-all"),
        heads: ["case-number", "service", "desk-open-question", "channel", "deadline"]
            .map(|key| lang.t(key))
            .to_vec(),
        rows,
        total,
        empty: lang.t("desk-empty"),
        export: format!("{path}?format=csv{query}"),
        ..Table::default()
    }
    .paged(&format!("{path}?{}", query.trim_start_matches('&')), page))
}

/// The open question of a rule, in the officer's language.
#[must_use]
pub fn open_words(here: &Here, words: &crate::words::ServiceWords, rule: &str) -> String {
    words.maybe(&format!("open-{rule}")).unwrap_or_else(|| match rule {
        "search" | "not-entitled" | "decision" | "unprintable" | "fee" | "entry-revoked" => {
            here.lang.t_of("open-", rule)
        }
        step if step.starts_with("step-") => here.lang.with("open-step", &[("step", words.t(step).into())]),
        other => words.maybe(other).unwrap_or_else(|| here.lang.t("open-decision")),
    })
}

fn due_cell(here: &Here, case: &CaseRow) -> Cell {
    let lang = &here.lang;
    let now = here.app.office.now();
    match (case.phase.as_str(), case.due_at) {
        ("in-progress", Some(due)) if due < now => {
            Cell::tag(lang.with("late-by", &[("span", lang.span(now - due).into())]), "late")
        }
        ("in-progress", Some(due)) => {
            Cell::tag(lang.with("time-left", &[("span", lang.span(due - now).into())]), "new")
        }
        ("waiting-for-applicant", _) => Cell::tag(lang.t("phase-waiting-for-applicant"), "wait"),
        (phase, _) => Cell::tag(lang.t_of("phase-", phase), "done"),
    }
}

/// Hands the officer the next case.
pub async fn next(here: Here, sent: Sent) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::SeeCases)).await?;
        match here
            .app
            .office
            .perform(&here.visitor.who(), &sent.key, TakeNext {})
            .await
            .map_err(Problem::from)
        {
            Ok(case) => Ok(here.go(&format!("/desk/cases/{case}"))),
            Err(problem) if problem.code() == Why::NothingWaiting.code() => {
                let mut page = DeskList::new(&here, &desk, here.lang.t("menu-mine")).await?;
                page.notices = vec![here.lang.t("refusal-help-case-nothing-waiting")];
                Ok(show(StatusCode::OK, false, &page))
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The counts for the live script, as JSON.
pub async fn live(here: Here) -> Response {
    let counts = async {
        let desk = at_desk(&here, Some(Permission::SeeCases)).await?;
        let counts = desk.counts(&here).await?;
        Ok::<_, Problem>((counts, super::floor::alarm(&here, &desk.acting).await?))
    };
    match counts.await {
        Ok(([mine, waiting, late, all], help)) => {
            let n = |count: i64| here.lang.number(count);
            let counts = json!({"counts": {
                "mine": n(mine), "waiting": n(waiting), "late": n(late), "all": n(all), "help": help,
            }});
            ([(header::CACHE_CONTROL, "no-store")], axum::Json(counts)).into_response()
        }
        Err(problem) => problem.status.into_response(),
    }
}
