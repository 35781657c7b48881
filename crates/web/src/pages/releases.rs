//! Appointments that are given by draw, for whoever wants one and for whoever wants to
//! check: what is announced, entering, one's own entry, and the record.

use super::booking::{clock, line_name, offset_of};
use super::visits::{Centre, centre_at, centre_of, mark};
use crate::fields::{Field, Opt, Shape};
use crate::frame::{Frame, Here, show};
use crate::pages::kit::{FormPage, errors_of};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::{Arg, Language};
use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::RowId;
use diwan_domain::people::Channel;
use diwan_domain::queue::releases::Wish;
use diwan_domain::queue::slots::For;
use diwan_domain::refusals::Why;
use diwan_office::Who;
use diwan_office::queue::{self, EnterRelease, ReleaseRecord};
use diwan_office::rows::ReleaseRow;
use jiff::civil::Date;
use serde_json::{Value, json};

/// How many digits of its hash name an entry on a page.
const SHORT: usize = 12;

#[derive(Template)]
#[template(path = "release.html")]
pub(crate) struct FactsPage {
    pub frame: Frame,
    pub back: String,
    pub says: Vec<String>,
    pub note: String,
    pub facts: Vec<(String, String)>,
    /// Facts that run left to right in every language.
    pub codes: Vec<(String, String)>,
    pub ways: Vec<(String, String)>,
    /// Buttons: where their forms go, and what they say.
    pub doings: Vec<(String, String)>,
    pub file: String,
}

/// The days that a release gives, as they are read.
pub(crate) fn days_said(lang: &Language, row: &ReleaseRow) -> String {
    let day = |text: &str| Arg::Text(lang.stored_day(text));
    lang.with("release-days", &[("from", day(&row.from_day)), ("until", day(&row.until_day))])
}

async fn told(here: &Here, code: &str, id: &str) -> Result<(Centre, ReleaseRecord), Problem> {
    let centre = centre_of(here, code).await?;
    let id: RowId = id.parse().map_err(|_| Problem::not_found())?;
    let found = {
        let mut reading = here.app.office.db.reading().await?;
        queue::release_told(&mut reading.tx(), centre.row.id, id).await?
    };
    Ok((centre, found.ok_or_else(Problem::not_found)?))
}

async fn release(here: &Here, code: &str, id: &str) -> Result<(Centre, ReleaseRow), Problem> {
    let centre = centre_of(here, code).await?;
    let id: RowId = id.parse().map_err(|_| Problem::not_found())?;
    let found = {
        let mut reading = here.app.office.db.reading().await?;
        queue::release_at(&mut reading.tx(), centre.row.id, id).await?
    };
    Ok((centre, found.ok_or_else(Problem::not_found)?))
}

/// What a release stands at, as a word of its texts.
fn stands(row: &ReleaseRow, now: i64) -> &'static str {
    let window = queue::window_of(row);
    match (row.done_at, row.drawn_at) {
        (Some(_), _) => "done",
        (None, Some(_)) => "placing",
        _ if window.takes(now) => "open",
        _ if window.is_over(now) => "closed",
        _ => "announced",
    }
}

/// A release for people.
pub async fn one(here: Here, Path((_, code, id)): Path<(String, String, String)>) -> Response {
    let result = async {
        let lang = &here.lang;
        let (centre, record) = told(&here, &code, &id).await?;
        let row = &record.release;
        let offset = offset_of(&centre);
        let now = here.app.office.now();
        let stands = stands(row, now);
        let moment = |at: i64| lang.moment(at, offset);
        let mut facts = vec![
            (lang.t("release-line"), line_name(lang, &centre, &row.line)),
            (lang.t("release-opens"), moment(row.opens_at)),
            (lang.t("release-closes"), moment(row.closes_at)),
            (lang.t("release-draws"), moment(row.draws_at)),
            (lang.t("release-entered"), lang.number(record.entered)),
        ];
        let mut codes = vec![(lang.t("release-commitment"), row.commitment.clone())];
        if let Some((draw, _)) = &record.draw {
            facts.push((lang.t("release-places"), lang.number(draw.places as i64)));
            codes.push((lang.t("release-seed"), draw.seed.clone()));
            codes.push((lang.t("release-value"), draw.public_value.clone()));
        }
        let base = format!("/centres/{}/releases/{}", centre.row.code, row.id);
        let enter = (stands == "open").then(|| (format!("{base}/enter"), lang.t("release-enter")));
        let page = FactsPage {
            frame: here.frame(days_said(lang, row)),
            back: format!("/centres/{}/book/{}", centre.row.code, row.line),
            says: vec![lang.t("release-lead")],
            note: lang.t_of("release-stands-", stands),
            facts,
            codes,
            ways: enter.into_iter().collect(),
            doings: Vec::new(),
            file: format!("{base}/record.json"),
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The days of a release.
fn days_of(row: &ReleaseRow) -> Vec<Date> {
    let (Ok(from), Ok(until)) = (row.from_day.parse::<Date>(), row.until_day.parse::<Date>()) else {
        return Vec::new();
    };
    from.series(jiff::Span::new().days(1)).take_while(|day| *day <= until).collect()
}

fn form(here: &Here, centre: &Centre, row: &ReleaseRow, sent: Option<&Sent>) -> FormPage {
    let lang = &here.lang;
    let chosen = sent.map(|sent| sent.all("days")).unwrap_or_default();
    let typed = |name: &str| sent.map(|sent| sent.text(name)).unwrap_or_default();
    let day = |day: Date| Opt {
        value: day.to_string(),
        label: lang.date(day),
        chosen: chosen.contains(&day.to_string()),
        ..Opt::default()
    };
    let yes = |name: &str, label: &str| Opt {
        value: "yes".into(),
        label: lang.t(label),
        chosen: !typed(name).is_empty(),
        ..Opt::default()
    };
    let checks = |name: &str, label: String, hint: &str, options: Vec<Opt>| Field {
        shape: Shape::Checks,
        options,
        ..Field::line(name, label).hint(lang.t(hint)).optional()
    };
    let days = days_of(row).into_iter().map(day).collect();
    let fields = vec![
        checks("days", lang.t("release-wish-days"), "release-wish-days-help", days),
        checks(
            "only",
            lang.t("release-wish-others"),
            "release-wish-others-help",
            vec![yes("only", "release-wish-only")],
        ),
        checks(
            "hard",
            lang.t("ticket-needs"),
            "ticket-needs-help",
            vec![yes("hard", "visit-need-cannot-wait")],
        ),
        Field::line("phone", lang.t("ticket-phone"))
            .hint(lang.t("release-phone-help"))
            .ltr("tel", "tel", "w-full")
            .filled(typed("phone"))
            .optional(),
    ];
    let base = format!("/centres/{}/releases/{}", centre.row.code, row.id);
    let title = format!("{}: {}", line_name(lang, centre, &row.line), days_said(lang, row));
    let mut page = FormPage::new(here, title, &format!("{base}/enter"), fields, lang.t("release-enter"));
    page.back = base;
    page.intro = vec![lang.t("release-enter-lead")];
    page
}

/// What to enter with: for whoever is signed in.
pub async fn enter_page(here: Here, Path((_, code, id)): Path<(String, String, String)>) -> Response {
    let result = async {
        if here.visitor.account().is_none() {
            return Err(Why::SignInFirst.into());
        }
        let (centre, row) = release(&here, &code, &id).await?;
        Ok(form(&here, &centre, &row, None).show())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Enters.
pub async fn enter(here: Here, Path((_, code, id)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        let Some(account) = here.visitor.account() else { return Err(Why::SignInFirst.into()) };
        let (centre, row) = release(&here, &code, &id).await?;
        let act = EnterRelease {
            release: row.id,
            account: Some(account),
            phone: diwan_domain::digits::to_ascii(&sent.text("phone")),
            language: here.lang.code.clone(),
            wish: Wish {
                who: if sent.text("hard").is_empty() { For::Anyone } else { For::Vulnerable },
                days: sent.all("days").iter().filter_map(|day| day.parse().ok()).collect(),
                only: !sent.text("only").is_empty(),
            },
        };
        // The page enters, so that what is published of it names nobody.
        let page = Who { channel: Channel::Online, ..Who::system("releases") };
        let key = format!("{account}/{}", sent.key);
        match here.app.office.perform(&page, &key, act).await {
            Ok(code) => Ok(here.go(&format!("/release-entries/{code}"))),
            Err(stop) => {
                let mut page = form(&here, &centre, &row, Some(&sent));
                mark(&here, &mut page.fields, stop)?;
                page.errors = errors_of(&page.fields);
                Ok(page.show())
            }
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// One's own entry, for whoever holds its code: its number, its place in the order, and the
/// appointment that it was given.
pub async fn entry(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        let lang = &here.lang;
        let found = {
            let mut reading = here.app.office.db.reading().await?;
            queue::release_entry(&mut reading.tx(), &code).await?
        };
        let (entry, release, appointment) = found.ok_or_else(Problem::not_found)?;
        let centre = centre_at(&here, release.centre_id).await?;
        let offset = offset_of(&centre);
        let number: String = entry.entry.chars().take(SHORT).collect();
        let mut facts = vec![
            (lang.t("release-line"), line_name(lang, &centre, &release.line)),
            (lang.t("release-draws"), lang.moment(release.draws_at, offset)),
        ];
        if let Some(place) = entry.place {
            facts.push((lang.t("release-place"), lang.number(place)));
        }
        let (stands, mut ways) = match (&appointment, entry.place) {
            (Some(booked), _) => {
                let at = format!(
                    "{} {}",
                    lang.day_of(booked.starts_at, offset),
                    clock(lang, booked.starts_at, offset)
                );
                facts.push((lang.t("appointment-title"), at));
                ("given", vec![(format!("/appointments/{}", booked.code), lang.t("appointment-title"))])
            }
            (None, Some(_)) => ("none-left", Vec::new()),
            (None, None) => ("waits", Vec::new()),
        };
        let release_page = format!("/centres/{}/releases/{}", centre.row.code, release.id);
        ways.push((release_page.clone(), days_said(lang, &release)));
        let page = FactsPage {
            frame: here.frame(lang.t("release-entry-title")),
            back: release_page,
            says: vec![lang.t("release-entry-lead")],
            note: lang.t_of("release-entry-", stands),
            facts,
            codes: vec![
                (lang.t("release-number"), number),
                (lang.t("release-entry-hash"), entry.entry),
                (lang.t("release-entry-chance"), entry.chance),
            ],
            ways,
            doings: Vec::new(),
            file: String::new(),
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Everything of a release as it is published. Before the draw neither the seed nor an
/// order is in it.
fn published(record: &ReleaseRecord, centre: &str) -> Value {
    let row = &record.release;
    let events: Vec<Value> = record
        .events
        .iter()
        .map(|entry| json!({"leaf": entry.leaf, "salt": hex::encode(&entry.salt), "entry": entry.body}))
        .collect();
    let mut out = json!({
        "format": "diwan-release/1",
        "centre": centre,
        "release": row.id.to_string(),
        "line": row.line,
        "from": row.from_day,
        "until": row.until_day,
        "opens": row.opens_at,
        "closes": row.closes_at,
        "draws": row.draws_at,
        "commitment": row.commitment,
        "events": events,
    });
    if let (Some((draw, size)), Value::Object(out)) = (&record.draw, &mut out)
        && let Value::Object(drawn) = json!(draw)
    {
        out.extend(drawn);
        out.insert("tree-size".into(), json!(size));
    }
    out
}

/// The record of a release for programs: `scripts/check-draw` decides it again.
pub async fn file(State(app): State<crate::App>, Path((code, id)): Path<(String, String)>) -> Response {
    let found = async {
        let id: RowId = id.parse().map_err(|_| StatusCode::NOT_FOUND)?;
        let mut reading = app.office.db.reading().await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
        let mut tx = reading.tx();
        let centre = queue::centre_coded(&mut tx, &code).await;
        let centre = centre.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?.ok_or(StatusCode::NOT_FOUND)?;
        let record = queue::release_record(&mut tx, centre.id, id).await;
        let record = record.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?.ok_or(StatusCode::NOT_FOUND)?;
        Ok::<_, StatusCode>(published(&record, &centre.code))
    };
    match found.await {
        Ok(record) => Json(record).into_response(),
        Err(status) => status.into_response(),
    }
}
