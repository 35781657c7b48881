//! One visit on one page: what happened when, where its time went, its cases, what is owed
//! and in hand, its people, and who may be with them.

use super::hall::own_centre;
use super::{AtDesk, DeskList, at_desk};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::booking::offset_of;
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::pages::visits::Centre;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::{Arg, Language};
use axum::extract::Path;
use axum::response::Response;
use diwan_domain::ids::{CaseId, RowId, VisitId};
use diwan_domain::money::Money;
use diwan_domain::queue::party::{Given, KnownBy, May, Relation};
use diwan_domain::refusals::Why;
use diwan_office::Stop;
use diwan_office::queue::{
    self, AdmitCompanion, EndCompanion, FinishPerson, Happened, NotePerson, Spent, Story,
};
use diwan_office::rows::CompanionRow;

/// A field of a form of this page that is wrong, and what was typed.
struct Wrong<'a> {
    sent: &'a Sent,
    field: String,
}

/// A visit.
pub async fn page(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = show_visit(&here, &id, None).await;
    answer(&here, result)
}

async fn show_visit(here: &Here, id: &str, wrong: Option<Wrong<'_>>) -> Answer {
    let desk = at_desk(here, None).await?;
    let id: VisitId = id.parse().map_err(|_| Problem::not_found())?;
    let centre = own_centre(here, &desk).await?;
    let story = {
        let mut reading = here.app.office.db.reading().await?;
        queue::story(&mut reading.tx(), centre.row.id, id, here.app.office.now()).await?
    };
    let story = story.ok_or_else(Problem::not_found)?;
    let lang = &here.lang;
    let numbers: Vec<&str> = story.tickets.iter().map(|ticket| ticket.number.as_str()).collect();
    let title = lang.with("visit-title", &[("number", Arg::Text(numbers.join(", ")))]);
    let mut page = DeskList::new(here, &desk, title).await?;
    page.back = "/desk/queue".to_owned();
    page.notices.push(page.frame.n1("visit-people", "count", &story.visit.people));
    page.tables.push((lang.t("visit-happened"), happened(lang, &story, offset_of(&centre))));
    page.picture = Some((1, lang.t("visit-spent-picture"), picture(lang, &story)));
    page.tables.push((lang.t("visit-spent"), spent(lang, &story)));
    page.tables.push((lang.t("queue-matters"), cases(here, &desk, &story).await?));
    if story.visit.people > 1 {
        page.tables.push((lang.t("visit-party"), people(here, &story).await?));
    }
    page.tables.push((lang.t("companion-title"), companions(lang, &story, offset_of(&centre))));
    if story.visit.ended_at.is_none() {
        forms(here, &centre, &story, wrong.as_ref(), &mut page).await?;
    }
    Ok(show(page.status(), false, &page))
}

fn table(lang: &Language, caption: &str, heads: &[&str], rows: Vec<Vec<Cell>>, empty: &str) -> Table {
    Table {
        caption: lang.t(caption),
        heads: heads.iter().map(|key| lang.t(key)).collect(),
        total: rows.len() as i64,
        rows,
        empty: if empty.is_empty() { String::new() } else { lang.t(empty) },
        ..Table::default()
    }
}

fn happened(lang: &Language, story: &Story, offset: i32) -> Table {
    let row = |one: &queue::Happening| {
        let about = match one.what {
            Happened::Paid => {
                let (minor, currency) = one.about.split_once(' ').unwrap_or((&one.about, ""));
                let minor = minor.parse().map(|minor| lang.money(Money::of(minor, currency)));
                Cell::text(minor.unwrap_or_default())
            }
            Happened::Rated => Cell::text(one.about.parse().map(|n| lang.number(n)).unwrap_or_default()),
            _ => Cell::code(one.about.clone()),
        };
        vec![
            Cell::text(lang.moment(one.at, offset)),
            Cell::text(lang.t_of("visit-step-", one.what.code())),
            about,
        ]
    };
    let rows = story.happened.iter().map(row).collect();
    table(lang, "visit-happened", &["visit-when", "visit-what", "visit-about"], rows, "")
}

fn spent(lang: &Language, story: &Story) -> Table {
    let row = |(what, micros): (&Spent, &i64)| {
        vec![Cell::text(lang.t_of("visit-spent-", what.code())), Cell::text(lang.span(*micros))]
    };
    let rows = Spent::ALL.iter().zip(&story.spent).map(row).collect();
    table(lang, "visit-spent", &["visit-what", "visit-how-long"], rows, "")
}

/// Where the time went, as bars; the table beside it says the same.
fn picture(lang: &Language, story: &Story) -> String {
    const ROW: i64 = 34;
    const WIDTH: i64 = 360;
    let most = story.spent.iter().max().copied().unwrap_or(0).max(1);
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"{}\" focusable=\"false\">",
        4 * ROW + 4,
        lang.t("visit-spent-picture").replace('"', "&quot;")
    );
    for (n, (what, micros)) in Spent::ALL.iter().zip(&story.spent).enumerate() {
        let y = n as i64 * ROW;
        let width = micros * (WIDTH - 8) / most;
        // Bars grow the way people read.
        let (x, text, anchor) =
            if lang.rtl { (WIDTH - 4 - width, WIDTH - 4, "start") } else { (4, 4, "start") };
        svg.push_str(&format!(
            "<text x=\"{text}\" y=\"{}\" text-anchor=\"{anchor}\" direction=\"{}\">{}</text>\
             <rect class=\"bar\" x=\"{x}\" y=\"{}\" width=\"{width}\" height=\"10\"/>",
            y + 14,
            if lang.rtl { "rtl" } else { "ltr" },
            lang.t_of("visit-spent-", what.code()),
            y + 19,
        ));
    }
    svg.push_str("</svg>");
    svg
}

async fn cases(here: &Here, desk: &AtDesk, story: &Story) -> Result<Table, Problem> {
    let lang = &here.lang;
    let may_open = desk.acting.may(diwan_domain::people::Permission::AssistCases);
    let money = |minor_units: i64, currency| {
        if minor_units > 0 { lang.money(Money { minor_units, currency }) } else { String::new() }
    };
    let mut rows = Vec::new();
    for one in &story.cases {
        let number = Cell::code(one.number.clone());
        let papers =
            [("there", Arg::Number(one.papers.0 as i64)), ("left", Arg::Number(one.papers.1 as i64))];
        rows.push(vec![
            if may_open { number.to(format!("/desk/counter/cases/{}", one.case)) } else { number },
            Cell::text(crate::pages::prepare::title(here, &one.service).await?),
            Cell::text(lang.t_of("phase-", &one.phase)),
            Cell::text(money(one.paid, one.currency)),
            Cell::text(money(one.owed, one.currency)),
            Cell::text(if one.papers == (0, 0) { String::new() } else { lang.with("visit-papers", &papers) }),
        ]);
    }
    let heads =
        ["visit-case", "visit-service", "queue-state", "visit-paid", "visit-owed", "visit-papers-title"];
    Ok(table(lang, "queue-matters", &heads, rows, "visit-no-cases"))
}

async fn people(here: &Here, story: &Story) -> Result<Table, Problem> {
    let lang = &here.lang;
    let mut rows = Vec::new();
    for place in 1..=story.visit.people {
        let known = story.people.iter().find(|row| row.place == place);
        let service = match known.and_then(|row| row.service.as_ref()) {
            Some(key) => crate::pages::prepare::title(here, key).await?,
            None => String::new(),
        };
        let case = known.and_then(|row| row.case_id);
        let case = case.and_then(|id| story.cases.iter().find(|one| one.case == id));
        let outcome = match known.and_then(|row| row.outcome.as_deref()) {
            Some("done") => lang.t("visit-person-done"),
            Some(_) => lang.t("visit-person-not-done"),
            None => lang.t("visit-person-open"),
        };
        rows.push(vec![
            Cell::text(lang.number(place)),
            Cell::text(service),
            Cell::code(case.map(|one| one.number.clone()).unwrap_or_default()),
            Cell::text(outcome),
        ]);
    }
    Ok(table(lang, "visit-party", &["visit-person", "visit-service", "visit-case", "queue-state"], rows, ""))
}

fn companions(lang: &Language, story: &Story, offset: i32) -> Table {
    let row = |one: &CompanionRow| {
        let standing = match one.ended_at {
            Some(at) => lang.with("companion-ended", &[("at", Arg::Text(lang.moment(at, offset)))]),
            None => lang.t_of("companion-may-", &one.may),
        };
        vec![
            Cell::text(lang.number(one.place)),
            Cell::text(format!("{} ({})", one.said, lang.t_of("companion-by-", &one.known_by))),
            Cell::text(lang.t_of("companion-is-", &one.relation)),
            Cell::text(standing),
            Cell::text(lang.t_of("companion-given-", &one.given)),
        ]
    };
    let rows = story.companions.iter().map(row).collect();
    let heads = ["visit-person", "companion-who", "companion-relation", "companion-may", "companion-consent"];
    table(lang, "companion-title", &heads, rows, "companion-none")
}

/// Who may be with the person now, for the page of their case; nothing when it is over.
pub(super) fn companion_said(lang: &Language, one: &CompanionRow) -> Option<String> {
    if one.ended_at.is_some() {
        return None;
    }
    let about = [
        ("who", Arg::Text(one.said.clone())),
        ("relation", Arg::Text(lang.t_of("companion-is-", &one.relation))),
        ("may", Arg::Text(lang.t_of("companion-may-", &one.may))),
    ];
    Some(lang.with("companion-on-case", &about))
}

/// Options of a closed list of codes.
fn listed(lang: &Language, prefix: &str, codes: &[&str]) -> Vec<Opt> {
    let one =
        |code: &&str| Opt { value: (*code).to_owned(), label: lang.t_of(prefix, code), ..Opt::default() };
    codes.iter().map(one).collect()
}

/// The people of a visit, as a field.
fn place_field(lang: &Language, id: &str, places: &[i64]) -> Field {
    let one = |place: &i64| Opt {
        value: place.to_string(),
        label: lang.with("visit-person-n", &[("n", Arg::Text(lang.number(*place)))]),
        ..Opt::default()
    };
    Field::select("place", lang.t("visit-person"), places.iter().map(one).collect()).with_id(id)
}

fn case_field(lang: &Language, id: &str, story: &Story) -> Field {
    let none = Opt { label: lang.t("visit-no-case"), ..Opt::default() };
    let case = |one: &queue::CaseOfVisit| Opt {
        value: one.case.to_string(),
        label: one.number.clone(),
        ..Opt::default()
    };
    let options = std::iter::once(none).chain(story.cases.iter().map(case)).collect();
    Field::select("case", lang.t("visit-case"), options).with_id(id).optional()
}

async fn forms(
    here: &Here,
    centre: &Centre,
    story: &Story,
    wrong: Option<&Wrong<'_>>,
    page: &mut DeskList,
) -> Result<(), Problem> {
    let lang = &here.lang;
    let path = |what: &str| format!("/desk/visits/{}/{what}", story.visit.id);
    let all: Vec<i64> = (1..=story.visit.people).collect();
    let is_over = |place: &i64| story.people.iter().any(|row| row.place == *place && row.ended_at.is_some());
    if story.visit.people > 1 {
        let open: Vec<i64> = all.iter().copied().filter(|place| !is_over(place)).collect();
        if !open.is_empty() {
            let mut services = vec![Opt { label: lang.t("visit-no-service"), ..Opt::default() }];
            for key in centre.setup.iter().flat_map(|setup| &setup.lines).flat_map(|line| &line.services) {
                let label = crate::pages::prepare::title(here, key).await?;
                services.push(Opt { value: key.clone(), label, ..Opt::default() });
            }
            let fields = vec![
                place_field(lang, "noted", &open),
                Field::select("service", lang.t("visit-service"), services).optional(),
                case_field(lang, "noted-case", story),
            ];
            let mut form = FormBlock::new(lang.t("visit-note"), path("person"), fields, lang.t("visit-note"));
            form.button_class = "btn alt";
            page.forms.push(form);
        }
        let unfinished: Vec<i64> =
            story.people.iter().filter(|row| row.ended_at.is_none()).map(|row| row.place).collect();
        if !unfinished.is_empty() {
            let outcomes = [("done", "visit-person-done"), ("not-done", "visit-person-not-done")];
            let outcomes = outcomes.map(|(value, label)| Opt {
                value: value.into(),
                label: lang.t(label),
                chosen: value == "done",
                ..Opt::default()
            });
            let fields = vec![
                place_field(lang, "finished", &unfinished),
                Field::choice("outcome", lang.t("visit-outcome"), outcomes.to_vec()),
            ];
            let mut form =
                FormBlock::new(lang.t("visit-finish"), path("finish"), fields, lang.t("visit-finish"));
            form.intro = vec![lang.t("visit-finish-lead")];
            form.button_class = "btn alt";
            page.forms.push(form);
        }
    }
    page.forms.push(companion_form(lang, story, &all, wrong, path("companion")));
    for one in story.companions.iter().filter(|one| one.ended_at.is_none()) {
        let who = [("who", Arg::Text(one.said.clone()))];
        let mut form = FormBlock::new(
            String::new(),
            path("end-companion"),
            Vec::new(),
            lang.with("companion-end", &who),
        );
        form.hidden = vec![("companion".into(), one.id.to_string())];
        form.button_class = "btn alt";
        page.forms.push(form);
    }
    Ok(())
}

fn companion_form(
    lang: &Language,
    story: &Story,
    all: &[i64],
    wrong: Option<&Wrong<'_>>,
    action: String,
) -> FormBlock {
    let typed = |name: &str| wrong.map(|wrong| wrong.sent.text(name)).unwrap_or_default();
    let list = |name: &str, label: &str, prefix: &str, codes: Vec<&'static str>| {
        Field::select(name, lang.t(label), listed(lang, prefix, &codes)).filled(typed(name))
    };
    let by = KnownBy::ALL.iter().map(|one| one.code()).collect();
    let relations = Relation::ALL.iter().map(|one| one.code()).collect();
    let may = May::ALL.iter().map(|one| one.code()).collect();
    let given = Given::ALL.iter().map(|one| one.code()).collect();
    let mut with = place_field(lang, "with", all);
    if wrong.is_some() {
        with = with.filled(typed("place"));
    }
    let mut fields = vec![
        with,
        list("known-by", "companion-known-by", "companion-by-", by),
        Field::line("said", lang.t("companion-said"))
            .hint(lang.t("companion-said-help"))
            .filled(typed("said")),
        list("relation", "companion-relation", "companion-is-", relations),
        list("may", "companion-may", "companion-may-", may),
        list("given", "companion-consent", "companion-given-", given),
        case_field(lang, "with-case", story),
    ];
    if let Some(wrong) = wrong
        && let Some(field) = fields.iter_mut().find(|field| field.name == wrong.field)
    {
        let is_said = wrong.field == "said";
        field.error = lang.t(if is_said { "companion-said-missing" } else { "companion-choose" });
    }
    let mut form = FormBlock::new(lang.t("companion-admit"), action, fields, lang.t("companion-admit"));
    form.intro = vec![lang.t("companion-lead")];
    form.button_class = "btn alt";
    form
}

/// Something is noted about the visit.
pub async fn act(here: Here, Path((_, id, what)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = done(&here, &id, &what, &sent).await;
    answer(&here, result)
}

/// The companion as the form says it, or the field of which nothing was chosen.
fn companion(visit: VisitId, sent: &Sent) -> Result<AdmitCompanion, &'static str> {
    let chosen = |name: &str| sent.text(name);
    Ok(AdmitCompanion {
        visit,
        place: chosen("place").parse().map_err(|_| "place")?,
        case: sent.id("case"),
        known_by: KnownBy::from_code(&chosen("known-by")).ok_or("known-by")?,
        said: chosen("said"),
        relation: Relation::from_code(&chosen("relation")).ok_or("relation")?,
        may: May::from_code(&chosen("may")).ok_or("may")?,
        given: Given::from_code(&chosen("given")).ok_or("given")?,
    })
}

async fn done(here: &Here, id: &str, what: &str, sent: &Sent) -> Answer {
    let visit: VisitId = id.parse().map_err(|_| Problem::not_found())?;
    let (office, who) = (&here.app.office, here.visitor.who());
    let place: i64 = sent.text("place").parse().unwrap_or(0);
    let case: Option<CaseId> = sent.id("case");
    let missing = || Problem::from(Why::FieldMissing);
    let result = match what {
        "person" => {
            let act = NotePerson { visit, place, service: sent.some("service"), case };
            office.perform(&who, &sent.key, act).await.map(drop)
        }
        "finish" => {
            let act = FinishPerson { visit, place, done: sent.text("outcome") != "not-done" };
            office.perform(&who, &sent.key, act).await
        }
        "companion" => {
            let act = match companion(visit, sent) {
                Ok(act) => act,
                Err(field) => {
                    return show_visit(here, id, Some(Wrong { sent, field: field.to_owned() })).await;
                }
            };
            office.perform(&who, &sent.key, act).await.map(drop)
        }
        "end-companion" => {
            let companion: RowId = sent.id("companion").ok_or_else(missing)?;
            office.perform(&who, &sent.key, EndCompanion { companion }).await
        }
        _ => return Err(Problem::not_found()),
    };
    match result {
        Ok(()) => Ok(here.go(&format!("/desk/visits/{id}"))),
        Err(stop) if stop.code() == Why::NothingChanges.code() => Ok(here.go(&format!("/desk/visits/{id}"))),
        Err(Stop::Refused(refusal)) if refusal.why == Why::FieldMissing && what == "companion" => {
            let field = refusal.about.get("field").cloned().unwrap_or_default();
            show_visit(here, id, Some(Wrong { sent, field })).await
        }
        Err(stop) => Err(stop.into()),
    }
}
