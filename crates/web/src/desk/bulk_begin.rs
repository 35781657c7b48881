//! Certificates of many entries or people at once, as they begin: the list of an office's
//! bulk issues, and the form by which one is asked for.

use super::{DeskList, at_desk};
use crate::fields::{Drawing, Field, Opt, Shape};
use crate::frame::{Here, show};
use crate::pages::home::words_of;
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Query;
use axum::response::Response;
use diwan_domain::numbers;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_domain::services::{Answers, Fault, Fields};
use diwan_office::Stop;
use diwan_office::bulk::{self, BeginBulk, What};
use diwan_office::catalogue::{self, Published};
use diwan_office::rows::BulkRow;
use serde::Deserialize;
use std::sync::Arc;

/// How many bulk issues the list shows.
const SHOWN: i64 = 100;

/// Of which certificate.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    service: String,
}

/// The bulk issues of the office, and a form to begin one.
pub async fn list(here: Here, Query(chosen): Query<Chosen>) -> Response {
    let result = show_list(&here, &chosen.service, None).await;
    answer(&here, result)
}

/// What was typed, and what is wrong with it: fields that are empty or cannot be read,
/// and answers.
struct Typed<'s> {
    sent: &'s Sent,
    wrong: Vec<&'static str>,
    faults: Vec<Fault>,
}

fn offered(all: Vec<Arc<Published>>) -> Vec<Arc<Published>> {
    all.into_iter().filter(|one| bulk::is_offered(&one.service)).collect()
}

/// What a service's paper is called.
pub(super) fn title_of(here: &Here, published: &Published) -> String {
    here.app.words.of_service(&here.lang, &published.service).t("document-title")
}

async fn show_list(here: &Here, service: &str, typed: Option<&Typed<'_>>) -> Answer {
    let desk = at_desk(here, Some(Permission::IssueInBulk)).await?;
    let (lang, office) = (&here.lang, &here.app.office);
    let (services, rows) = {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        let services = offered(catalogue::offered(&mut tx, &office.today().to_string()).await?);
        let own = desk.acting.officer.office_id.ok_or_else(Problem::not_found)?;
        (services, bulk::newest(&mut tx, own, SHOWN).await?)
    };
    let mut page = DeskList::new(here, &desk, lang.t("menu-bulk")).await?;
    let option = |one: &Arc<Published>| Opt {
        value: one.service.key.clone(),
        label: title_of(here, one),
        ..Opt::default()
    };
    page.filters = vec![
        Field::select("service", lang.t("bulk-paper"), services.iter().map(option).collect()).filled(service),
    ];
    page.filter_path = "/desk/bulk".into();
    if let Some(published) = services.iter().find(|one| one.service.key == service) {
        page.forms = vec![begin_form(here, published, typed)];
    }
    page.tables = vec![(lang.t("bulk-all"), all(here, &rows))];
    Ok(show(page.status(), false, &page))
}

fn begin_form(here: &Here, published: &Published, typed: Option<&Typed<'_>>) -> FormBlock {
    let lang = &here.lang;
    let kept = |name: &str| typed.map(|typed| typed.sent.text(name)).unwrap_or_default();
    let error = |name: &str| {
        let is_wrong = typed.is_some_and(|typed| typed.wrong.contains(&name));
        if is_wrong { lang.t_of("bulk-missing-", name) } else { String::new() }
    };
    let day = |name: &str, label: &str| {
        Field::line(name, lang.t(label))
            .ltr("date", "off", "w-short")
            .filled(kept(name))
            .wrong(error(name))
            .optional()
    };
    let fees = ["as-owed", "exempt"].map(|value| Opt {
        value: value.into(),
        label: lang.t_of("bulk-fee-", value),
        hint: lang.t_of("bulk-fee-hint-", value),
        ..Opt::default()
    });
    let mut fields = vec![
        Field::line("institution", lang.t("bulk-institution"))
            .hint(lang.t("bulk-institution-hint"))
            .filled(kept("institution"))
            .wrong(error("institution")),
        Field::line("basis", lang.t("bulk-basis"))
            .hint(lang.t("bulk-basis-hint"))
            .filled(kept("basis"))
            .wrong(error("basis")),
        Field::choice("fee", lang.t("bulk-fee"), fees.into()).filled(kept("fee")).wrong(error("fee")),
    ];
    if bulk::is_for_people(&published.service) {
        fields.extend(list_fields(here, kept("people"), error("people")));
    } else {
        let place = Field::line("place", lang.t("bulk-place"));
        fields.push(place.hint(lang.t("bulk-place-hint")).filled(kept("place")).optional());
        fields.extend([day("from", "bulk-from"), day("until", "bulk-until")]);
    }
    let words = words_of(here, &published.service);
    let nothing = Fields::new();
    let mut before = Fields::new();
    let shared = bulk::shared_questions(&published.service);
    if typed.is_none() {
        let preset = shared.iter().filter(|question| !question.preset.is_empty());
        before.extend(preset.map(|question| (question.key.clone(), question.preset.clone())));
    }
    let faults = typed.map(|typed| typed.faults.as_slice()).unwrap_or_default();
    let sent = typed.map_or(&nothing, |typed| &typed.sent.fields);
    let shown = if typed.is_some() { sent } else { &before };
    let drawing = Drawing { lang, words: &words, typed: shown, faults, people: &[] };
    fields.extend(shared.iter().map(|question| drawing.question(question)));
    let heading = lang.with("bulk-new", &[("paper", title_of(here, published).into())]);
    let mut form = FormBlock::new(heading, "/desk/bulk".into(), fields, lang.t("bulk-look"));
    let of_people = bulk::is_for_people(&published.service);
    form.intro = vec![lang.t(if of_people { "bulk-lead-people" } else { "bulk-lead" })];
    form.hidden = vec![("service".into(), published.service.key.clone())];
    form
}

/// Whom the institution lists: typed, or as a file.
fn list_fields(here: &Here, kept: String, wrong: String) -> [Field; 2] {
    let lang = &here.lang;
    let typed = Field::area("people", lang.t("bulk-people"));
    let mut file = Field::line("list", lang.t("bulk-list")).hint(lang.t("bulk-list-hint")).optional();
    file.shape = Shape::Files;
    [typed.hint(lang.t("bulk-people-hint")).filled(kept).wrong(wrong).optional(), file]
}

/// The numbers that a form lists: those that were typed, then those of the file.
fn listed(sent: &Sent) -> Vec<String> {
    let mut people = numbers::listed(&sent.exact("people"));
    let files = sent.files.iter().filter(|file| file.field == "list");
    people.extend(files.flat_map(|file| numbers::listed(&String::from_utf8_lossy(&file.bytes))));
    people
}

fn all(here: &Here, rows: &[BulkRow]) -> Table {
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let heads = ["bulk-institution", "register-kind", "register-waits-since", "register-state"];
    Table {
        caption: lang.t("bulk-all"),
        heads: heads.map(|key| lang.t(key)).to_vec(),
        rows: rows
            .iter()
            .map(|row| {
                vec![
                    Cell::text(&row.institution).to(format!("/desk/bulk/{}", row.id)),
                    Cell::text(kind_words(here, &row.kind)),
                    Cell::text(lang.moment(row.begun_at, offset)),
                    Cell::tag(lang.t_of("bulk-state-", &row.state), tag_of(&row.state)),
                ]
            })
            .collect(),
        total: rows.len() as i64,
        empty: lang.t("bulk-none"),
        ..Table::default()
    }
}

/// Of what its papers are: a kind of event, people, or families.
fn kind_words(here: &Here, kind: &str) -> String {
    match kind {
        "person" | "family" => here.lang.t_of("bulk-kind-", kind),
        event => here.lang.t_of("event-", event),
    }
}

fn tag_of(state: &str) -> &'static str {
    match state {
        "done" => "done",
        "stopped" => "late",
        _ => "wait",
    }
}

/// Keeps what is asked for; nothing is issued yet.
pub async fn begun(here: Here, sent: Sent) -> Response {
    let result = begin(&here, &sent).await;
    answer(&here, result)
}

async fn begin(here: &Here, sent: &Sent) -> Answer {
    at_desk(here, Some(Permission::IssueInBulk)).await?;
    let office = &here.app.office;
    let service = sent.text("service");
    let published = {
        let mut reading = office.db.reading().await?;
        catalogue::newest(&mut reading.tx(), &service, &office.today().to_string()).await?
    };
    let published = published
        .filter(|one| bulk::is_offered(&one.service))
        .ok_or_else(|| Problem::from(Why::ServiceClosed))?;
    let (mut answers, mut faults) = (Answers::new(), Vec::new());
    for question in bulk::shared_questions(&published.service) {
        match question.read(&sent.fields, office.today()) {
            Ok(value) => {
                answers.insert(question.key.clone(), value);
            }
            Err(found) => faults.extend(found),
        }
    }
    let mut wrong: Vec<&'static str> =
        ["institution", "basis"].into_iter().filter(|name| sent.text(name).chars().count() < 3).collect();
    if !matches!(sent.text("fee").as_str(), "as-owed" | "exempt") {
        wrong.push("fee");
    }
    let people = if bulk::is_for_people(&published.service) { listed(sent) } else { Vec::new() };
    if bulk::is_for_people(&published.service) && people.is_empty() {
        wrong.push("people");
    }
    let is_day = |day: &str| day.is_empty() || day.parse::<diwan_domain::dates::PartialDate>().is_ok();
    wrong.extend(["from", "until"].into_iter().filter(|name| !is_day(&sent.text(name))));
    if !wrong.is_empty() || !faults.is_empty() {
        return show_list(here, &service, Some(&Typed { sent, wrong, faults })).await;
    }
    let what = What {
        service: service.clone(),
        place: sent.some("place"),
        from: sent.some("from"),
        until: sent.some("until"),
        institution: sent.text("institution"),
        basis: sent.text("basis"),
        exempt: sent.text("fee") == "exempt",
        answers,
        people,
    };
    let act = BeginBulk { what, language: here.lang.code.clone() };
    match office.perform(&here.visitor.who(), &sent.key, act).await {
        Ok(id) => Ok(here.go(&format!("/desk/bulk/{id}"))),
        // Something in the list is no number.
        Err(Stop::Refused(refusal)) if refusal.about.get("field").is_some_and(|field| field == "people") => {
            let typed = Typed { sent, wrong: vec!["people"], faults };
            show_list(here, &service, Some(&typed)).await
        }
        Err(stop) => Err(stop.into()),
    }
}
