//! One bulk issue: looked at before it begins, set going, watched, printed.

use super::bulk_begin::title_of;
use super::inbox::open_words;
use super::{Action, AtDesk, DeskList, at_desk};
use crate::frame::Here;
use crate::pages::downloads::pdf;
use crate::pages::home::words_of;
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use diwan_domain::ids::BulkId;
use diwan_domain::money::Money;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::Stop;
use diwan_office::bulk::{self, AT_ONCE, Foreseen, Line, MoveBulk, PrintBulk};
use diwan_office::catalogue::{self, Published};
use diwan_office::rows::{BulkProgress, BulkRow, UnmadePaper};
use std::sync::Arc;

/// How many entries that were left out the page shows; the file has them all.
const LEFT_OUT_SHOWN: usize = 100;

/// A bulk issue and what is known around it.
struct Looked {
    desk: AtDesk,
    row: BulkRow,
    published: Arc<Published>,
    progress: BulkProgress,
    lines: Vec<Line>,
    unmade: Vec<UnmadePaper>,
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
    let unmade = bulk::unmade(&mut tx, id).await?;
    Ok(Looked { desk, row, published, progress, lines, unmade })
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
    let is_sealing = row.state == "done" && progress.sealed + progress.unmade < progress.issued;
    let refreshes = matches!(row.state.as_str(), "waiting" | "running") || is_sealing;
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
        "done" if !is_sealing && progress.sealed > 0 => page.forms = print_forms(here, &looked),
        _ => {}
    }
    if !looked.unmade.is_empty() {
        page.notices.push(lang.t("bulk-unmade-help"));
        page.tables.push((lang.t("bulk-unmade"), unmade_table(here, &looked)));
    }
    if progress.left_out > 0 {
        page.tables.push((lang.t("bulk-left-out"), left_out_table(here, &looked)));
        page.links
            .push((format!("/{}/desk/bulk/{id}/left-out.csv", lang.code), lang.t("bulk-left-out-file")));
    }
    Ok(page.show_watched(lang, refreshes))
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
            let number = Cell::code(&line.number);
            let number = match line.entry {
                Some(entry) => number.to(format!("/desk/register/entries/{entry}")),
                None => number,
            };
            vec![number, Cell::text(why_words(here, &looked.published, why))]
        })
        .collect();
    Table {
        caption: lang.t("bulk-left-out"),
        heads: vec![lang.t(number_head(looked)), lang.t("bulk-why")],
        total: looked.progress.left_out,
        rows,
        ..Table::default()
    }
}

/// The papers that could not be made, to be looked for one by one.
fn unmade_table(here: &Here, looked: &Looked) -> Table {
    let lang = &here.lang;
    let row = |paper: &UnmadePaper| {
        vec![Cell::code(&paper.number).to(format!("/desk/cases/{}", paper.case)), Cell::code(&paper.line)]
    };
    Table {
        caption: lang.t("bulk-unmade"),
        heads: vec![lang.t("bulk-unmade-paper"), lang.t(number_head(looked))],
        total: looked.unmade.len() as i64,
        rows: looked.unmade.iter().map(row).collect(),
        ..Table::default()
    }
}

/// What stands in the column of numbers: an entry's, or the one that was listed.
fn number_head(looked: &Looked) -> &'static str {
    if bulk::is_for_people(&looked.published.service) { "bulk-listed-number" } else { "register-number" }
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

/// Every entry or listed number of which no paper was made, with the reason, as a file.
pub async fn left_out(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let looked = looked_at(&here, &id).await?;
        let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let lang = &here.lang;
        let mut file =
            format!("\u{feff}{},{}\r\n", cell(&lang.t(number_head(&looked))), cell(&lang.t("bulk-why")));
        for line in &looked.lines {
            let Some(why) = &line.why else { continue };
            let why = why_words(&here, &looked.published, why);
            file.push_str(&format!("{},{}\r\n", cell(&line.number), cell(&crate::words::plain(&why))));
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
