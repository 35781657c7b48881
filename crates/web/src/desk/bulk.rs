//! Certificates of many entries at once: picked, looked at, set going, watched, printed.

use super::inbox::open_words;
use super::{Action, AtDesk, DeskList, at_desk};
use crate::fields::{Drawing, Field, Opt};
use crate::frame::{Here, show};
use crate::pages::downloads::pdf;
use crate::pages::home::words_of;
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::BulkId;
use diwan_domain::money::Money;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_domain::services::{Answers, Fault, Fields};
use diwan_office::Stop;
use diwan_office::bulk::{self, AT_ONCE, BeginBulk, Foreseen, MoveBulk, PrintBulk, What};
use diwan_office::catalogue::{self, Published};
use diwan_office::rows::{BulkLineRow, BulkProgress, BulkRow};
use serde::Deserialize;
use std::sync::Arc;

/// How many bulk issues the list shows.
const SHOWN: i64 = 100;
/// How many entries that were left out the page shows; the file has them all.
const LEFT_OUT_SHOWN: usize = 100;

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

fn title_of(here: &Here, published: &Published) -> String {
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
        Field::line("place", lang.t("bulk-place"))
            .hint(lang.t("bulk-place-hint"))
            .filled(kept("place"))
            .optional(),
        day("from", "bulk-from"),
        day("until", "bulk-until"),
    ];
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
    form.intro = vec![lang.t("bulk-lead")];
    form.hidden = vec![("service".into(), published.service.key.clone())];
    form
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
                    Cell::text(lang.t_of("event-", &row.kind)),
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
    let is_day = |day: &str| day.is_empty() || day.parse::<diwan_domain::dates::PartialDate>().is_ok();
    wrong.extend(["from", "until"].into_iter().filter(|name| !is_day(&sent.text(name))));
    if !wrong.is_empty() || !faults.is_empty() {
        return show_list(here, &service, Some(&Typed { sent, wrong, faults })).await;
    }
    let what = What {
        service,
        place: sent.some("place"),
        from: sent.some("from"),
        until: sent.some("until"),
        institution: sent.text("institution"),
        basis: sent.text("basis"),
        exempt: sent.text("fee") == "exempt",
        answers,
    };
    let act = BeginBulk { what, language: here.lang.code.clone() };
    let id = office.perform(&here.visitor.who(), &sent.key, act).await?;
    Ok(here.go(&format!("/desk/bulk/{id}")))
}

/// A bulk issue and what is known around it.
struct Looked {
    desk: AtDesk,
    row: BulkRow,
    published: Arc<Published>,
    progress: BulkProgress,
    lines: Vec<BulkLineRow>,
}

async fn looked_at(here: &Here, id: &str) -> Result<Looked, Problem> {
    let desk = at_desk(here, Some(Permission::IssueInBulk)).await?;
    let id: BulkId = id.parse().map_err(|_| Problem::not_found())?;
    let at = here.app.office.desk(&here.visitor.who(), "look");
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let row = bulk::of_officer(&mut tx, &at, id).await?;
    let published = catalogue::edition(&mut tx, &row.service, row.edition).await?;
    let progress = bulk::progress(&mut tx, id).await?;
    let lines = bulk::lines(&mut tx, id).await?;
    Ok(Looked { desk, row, published, progress, lines })
}

/// One bulk issue: what will be, how far it is, what was not issued, and the files.
pub async fn one(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = show_one(&here, &id).await;
    answer(&here, result)
}

async fn show_one(here: &Here, id: &str) -> Answer {
    let looked = looked_at(here, id).await?;
    let (row, progress, lang) = (&looked.row, looked.progress, &here.lang);
    let mut page = DeskList::new(here, &looked.desk, row.institution.clone()).await?;
    page.back = "/desk/bulk".into();
    let action =
        |what: &str, text: &str| Action { path: format!("/desk/bulk/{id}/do/{what}"), text: lang.t(text) };
    let is_sealing = row.state == "done" && progress.sealed < progress.issued;
    let refreshes = matches!(row.state.as_str(), "waiting" | "running") || is_sealing;
    if refreshes {
        page.notices.push(lang.t("books-refreshes"));
    }
    if is_sealing {
        page.notices.push(lang.t("bulk-sealing"));
    }
    if let Some(why) = &row.stopped_why {
        let why = why_words(here, &looked.published, why);
        page.notices.push(lang.with("bulk-stopped", &[("why", why.into())]));
    }
    page.tables = vec![(String::new(), about(here, &looked))];
    match row.state.as_str() {
        "seen" => {
            match bulk::foresee(&here.app.office, &here.visitor.who(), row).await {
                Ok(foreseen) => {
                    page.tables.push((lang.t("bulk-foreseen"), foreseen_table(here, &looked, &foreseen)));
                    if foreseen.issued > 0 {
                        page.actions.push(action("start", "bulk-start"));
                    }
                }
                Err(Stop::Refused(refusal)) => page.notices.push(lang.help(&refusal)),
                Err(stop) => return Err(stop.into()),
            }
            page.actions.push(action("discard", "books-discard"));
        }
        "waiting" | "running" => page.actions.push(action("stop", "bulk-stop")),
        "stopped" => page.actions.push(action("start", "bulk-go-on")),
        "done" if !is_sealing => page.forms = print_forms(here, &looked),
        _ => {}
    }
    if progress.left_out > 0 {
        page.tables.push((lang.t("bulk-left-out"), left_out_table(here, &looked)));
        page.links
            .push((format!("/{}/desk/bulk/{id}/left-out.csv", lang.code), lang.t("bulk-left-out-file")));
    }
    let mut shown = show(StatusCode::OK, false, &page);
    if refreshes {
        shown.headers_mut().insert(header::REFRESH, HeaderValue::from_static("3"));
    }
    Ok(shown)
}

/// Why something was not issued: a rule's question in the service's words, or a refusal's.
fn why_words(here: &Here, published: &Published, why: &str) -> String {
    match why.strip_prefix("rule/") {
        Some(rule) => {
            let question = open_words(here, &words_of(here, &published.service), rule);
            here.lang.with("bulk-why-rule", &[("question", question.into())])
        }
        None => here.lang.t_of("refusal-", why),
    }
}

fn pairs(here: &Here, caption: String, rows: Vec<(String, String)>) -> Table {
    let lang = &here.lang;
    Table {
        caption,
        heads: vec![lang.t("register-field"), lang.t("register-says")],
        total: rows.len() as i64,
        rows: rows.into_iter().map(|(name, text)| vec![Cell::text(name), Cell::text(text)]).collect(),
        ..Table::default()
    }
}

fn about(here: &Here, looked: &Looked) -> Table {
    let (lang, row, progress) = (&here.lang, &looked.row, looked.progress);
    let offset = here.app.office.settings.utc_offset_minutes;
    let fee = if row.exempt { "exempt" } else { "as-owed" };
    let mut rows = vec![
        (lang.t("register-state"), lang.t_of("bulk-state-", &row.state)),
        (lang.t("bulk-paper"), title_of(here, &looked.published)),
        (lang.t("bulk-basis"), row.basis.clone()),
        (lang.t("bulk-fee"), lang.t_of("bulk-fee-", fee)),
    ];
    let told =
        [("bulk-place", &row.place), ("bulk-from", &row.happened_from), ("bulk-until", &row.happened_until)];
    let told = told.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?)));
    rows.extend(told.map(|(key, value)| (lang.t(key), lang.stored_date(value))));
    rows.push((lang.t("register-waits-since"), lang.moment(row.begun_at, offset)));
    if row.state != "seen" {
        let counts = [
            ("issued", Arg::Number(progress.issued)),
            ("sealed", Arg::Number(progress.sealed)),
            ("out", Arg::Number(progress.left_out)),
        ];
        rows.push((lang.t("bulk-progress"), lang.with("bulk-counts", &counts)));
        rows.push((lang.t("bulk-waived"), lang.money(Money::iqd(progress.waived))));
    }
    pairs(here, row.institution.clone(), rows)
}

fn foreseen_table(here: &Here, looked: &Looked, foreseen: &Foreseen) -> Table {
    let lang = &here.lang;
    let number = |count: u64| lang.number(i64::try_from(count).unwrap_or(i64::MAX));
    let mut rows = vec![(lang.t("bulk-will"), number(foreseen.issued))];
    for (why, count) in &foreseen.left_out {
        let why = why_words(here, &looked.published, why);
        rows.push((lang.with("bulk-will-not", &[("why", why.into())]), number(*count)));
    }
    if looked.row.exempt {
        rows.push((lang.t("bulk-waived"), lang.money(Money::iqd(foreseen.waived))));
    }
    pairs(here, lang.t("bulk-foreseen"), rows)
}

fn left_out_table(here: &Here, looked: &Looked) -> Table {
    let lang = &here.lang;
    let left = looked.lines.iter().filter_map(|line| Some((line, line.why.as_ref()?)));
    let rows: Vec<Vec<Cell>> = left
        .take(LEFT_OUT_SHOWN)
        .map(|(line, why)| {
            vec![
                Cell::code(&line.entry_number).to(format!("/desk/register/entries/{}", line.entry_id)),
                Cell::text(why_words(here, &looked.published, why)),
            ]
        })
        .collect();
    Table {
        caption: lang.t("bulk-left-out"),
        heads: vec![lang.t("register-number"), lang.t("bulk-why")],
        total: looked.progress.left_out,
        rows,
        ..Table::default()
    }
}

/// A button for each file of papers.
fn print_forms(here: &Here, looked: &Looked) -> Vec<FormBlock> {
    let (lang, issued) = (&here.lang, looked.progress.issued);
    let files = bulk::files_of(issued);
    (1..=files)
        .map(|file| {
            let first = (file - 1) * AT_ONCE + 1;
            let last = (file * AT_ONCE).min(usize::try_from(issued).unwrap_or_default());
            let of = [
                ("file", Arg::Number(file as i64)),
                ("first", Arg::Number(first as i64)),
                ("last", Arg::Number(last as i64)),
            ];
            let action = format!("/desk/bulk/{}/print/{file}", looked.row.id);
            FormBlock::new(lang.with("bulk-file", &of), action, Vec::new(), lang.t("bulk-print"))
        })
        .collect()
}

/// Sets it going, lets it go on, stops it, or puts it away.
pub async fn moved(here: Here, Path((_, id, what)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        let looked = looked_at(&here, &id).await?;
        let office = &here.app.office;
        let (to, why) = match what.as_str() {
            "start" => ("waiting", None),
            "stop" => ("stopped", Some(Why::StoppedByOfficer.code().to_owned())),
            "discard" => ("discarded", None),
            _ => return Err(Problem::not_found()),
        };
        if to == "waiting" && looked.row.state == "seen" {
            // More than is issued at once is refused before anything is.
            bulk::foresee(office, &here.visitor.who(), &looked.row).await?;
        }
        let act = MoveBulk { bulk: looked.row.id, to: to.to_owned(), why };
        office.perform(&here.visitor.who(), &sent.key, act).await?;
        Ok(here.go(&format!("/desk/bulk/{id}")))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// One file of papers, to print.
pub async fn print(here: Here, Path((_, id, file)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::IssueInBulk)).await?;
        let bulk: BulkId = id.parse().map_err(|_| Problem::not_found())?;
        let file: usize = file.parse().map_err(|_| Problem::not_found())?;
        let office = &here.app.office;
        let hashes = office.perform(&here.visitor.who(), &sent.key, PrintBulk { bulk, file }).await?;
        let bytes = diwan_office::bulk::bytes_of(office, hashes).await?;
        Ok(pdf(bytes, &format!("{id}-{file}.pdf")))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Every entry of which no paper was made, with the reason, as a file.
pub async fn left_out(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let looked = looked_at(&here, &id).await?;
        let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let lang = &here.lang;
        let mut file =
            format!("\u{feff}{},{}\r\n", cell(&lang.t("register-number")), cell(&lang.t("bulk-why")));
        for line in &looked.lines {
            let Some(why) = &line.why else { continue };
            let why = why_words(&here, &looked.published, why);
            file.push_str(&format!("{},{}\r\n", cell(&line.entry_number), cell(&crate::words::plain(&why))));
        }
        let named = format!("attachment; filename=\"{id}.left-out.csv\"");
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, named),
        ];
        Ok((headers, file).into_response())
    };
    let result: Answer = result.await;
    answer(&here, result)
}
