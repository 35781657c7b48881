//! Old books for officers: a file is sent with its mapping, looked at, brought in in
//! the background, and what was rejected comes back as a file.

use super::admin::place_options;
use super::{Action, AtDesk, DeskList, at_desk};
use crate::book_words;
use crate::civil_words;
use crate::fields::{Field, Opt, Shape};
use crate::frame::{Here, show};
use crate::imports::{self, Book, Mend};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::civil::books::{Mapping, RowFault};
use diwan_domain::civil::{EventKind, forms};
use diwan_domain::ids::{ImportId, OfficeId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::civil::books::{self, ImportRow, LIBRARY, MoveImport, Options, Progress};
use std::collections::BTreeMap;

/// How many imports the list shows.
const SHOWN: i64 = 100;
/// How many rows a preview shows.
const FIRST: usize = 5;
/// How many kinds of faults a preview shows.
const FAULTS: usize = 40;

/// The files that were sent, and a form to send one.
pub async fn list(here: Here) -> Response {
    let result = show_list(&here, &BTreeMap::new(), Vec::new()).await;
    answer(&here, result)
}

async fn show_list(here: &Here, typed: &BTreeMap<&str, String>, notices: Vec<String>) -> Answer {
    let desk = at_desk(here, Some(Permission::ImportRegister)).await?;
    let lang = &here.lang;
    let is_wrong = !notices.is_empty();
    let mut page = DeskList::new(here, &desk, lang.t("menu-books")).await?;
    page.notices = notices;
    let kept = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let (offices, _) = place_options(here).await?;
    let mappings = LIBRARY.iter().map(|(name, text)| Opt {
        value: (*name).to_owned(),
        label: Mapping::read(text).map(|mapping| mapping.name).unwrap_or_default(),
        ..Opt::default()
    });
    let mut file = Field::line("file", lang.t("books-file")).hint(lang.t("books-file-hint"));
    file.shape = Shape::Files;
    let fields = vec![
        Field::select("office", lang.t("office"), offices).filled(kept("office")),
        file,
        Field::select("mapping", lang.t("books-mapping"), mappings.collect()).filled(kept("mapping")),
        Field::area("own", lang.t("books-mapping-own")).filled(kept("own")).optional(),
        Field::line("encoding", lang.t("books-encoding"))
            .hint(lang.t("books-encoding-hint"))
            .filled(kept("encoding"))
            .optional(),
        Field::line("sheet", lang.t("books-sheet"))
            .hint(lang.t("books-sheet-hint"))
            .filled(kept("sheet"))
            .optional(),
    ];
    let mut form = FormBlock::new(lang.t("books-look"), "/desk/books".into(), fields, lang.t("books-look"));
    form.intro = vec![lang.t("books-lead")];
    page.forms = vec![form];
    page.tables = vec![(lang.t("books-all"), all(here).await?)];
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(show(status, false, &page))
}

async fn all(here: &Here) -> Result<Table, Problem> {
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let imports = books::newest(&mut here.app.office.db.reading().await?.tx(), SHOWN).await?;
    let rows = imports.iter().map(|import| {
        vec![
            Cell::text(&import.file_name).to(format!("/desk/books/{}", import.id)),
            Cell::text(lang.t_of("event-", &import.kind)),
            Cell::text(&import.mapping_name),
            Cell::text(lang.moment(import.begun_at, offset)),
            Cell::tag(lang.t_of("books-state-", &import.state), tag_of(&import.state)),
        ]
    });
    let heads = ["books-file", "register-kind", "books-mapping", "register-waits-since", "register-state"];
    Ok(Table {
        caption: lang.t("books-all"),
        heads: heads.map(|key| lang.t(key)).to_vec(),
        rows: rows.collect(),
        total: imports.len() as i64,
        empty: lang.t("books-none"),
        ..Table::default()
    })
}

fn tag_of(state: &str) -> &'static str {
    match state {
        "done" => "done",
        "stopped" => "late",
        _ => "wait",
    }
}

/// What came of a file that was sent.
enum Looked {
    Begun(ImportId),
    /// What is to be mended first.
    Faulty(Vec<String>),
}

/// Takes a file, looks at it, and shows it before anything is brought in.
pub async fn sent(here: Here, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::ImportRegister)).await?;
        let typed = ["office", "mapping", "own", "encoding", "sheet"].map(|name| (name, sent.text(name)));
        let typed: BTreeMap<&str, String> = typed.into_iter().collect();
        match look_at(&here, &sent).await? {
            Looked::Begun(import) => Ok(here.go(&format!("/desk/books/{import}"))),
            Looked::Faulty(notices) => show_list(&here, &typed, notices).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn look_at(here: &Here, sent: &Sent) -> Result<Looked, Problem> {
    let lang = &here.lang;
    let office: OfficeId = sent.id("office").ok_or_else(|| Problem::from(Why::FieldMissing))?;
    let file = sent.files.first().ok_or_else(|| Problem::from(Why::FieldMissing))?;
    let chosen =
        LIBRARY.iter().find(|(name, _)| *name == sent.text("mapping")).map(|(_, text)| (*text).to_owned());
    let text = sent.some("own").or(chosen).ok_or_else(|| Problem::from(Why::FieldMissing))?;
    let book = Book {
        office,
        name: file.name.clone(),
        bytes: file.bytes.clone(),
        mapping: text,
        options: Options { encoding: sent.some("encoding"), sheet: sent.some("sheet"), ..Options::default() },
    };
    Ok(match imports::begin(&here.app, &here.visitor.who(), &sent.key, book).await? {
        Ok(import) => Looked::Begun(import),
        Err(Mend::Mapping(what)) => {
            Looked::Faulty(vec![lang.with("books-mapping-unreadable", &[("what", what.into())])])
        }
        Err(Mend::Notices(notices)) => {
            let mut told = vec![lang.t("books-mapping-mend")];
            told.extend(notices.iter().map(|notice| book_words::notice(lang, notice)));
            Looked::Faulty(told)
        }
        Err(Mend::File(fault)) => Looked::Faulty(vec![book_words::file_fault(lang, &fault)]),
        Err(Mend::Begun(refusal)) => Looked::Faulty(vec![lang.help(&refusal)]),
    })
}

async fn import_of(here: &Here, id: &str) -> Result<(AtDesk, ImportRow, Progress), Problem> {
    let desk = at_desk(here, Some(Permission::ImportRegister)).await?;
    let id: ImportId = id.parse().map_err(|_| Problem::not_found())?;
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let import = books::import(&mut tx, id).await?.ok_or_else(Problem::not_found)?;
    let progress = books::progress(&mut tx, id).await?;
    Ok((desk, import, progress))
}

/// One file: a preview before it is brought in, its progress, its report.
pub async fn one(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = show_one(&here, &id).await;
    answer(&here, result)
}

async fn show_one(here: &Here, id: &str) -> Answer {
    let (desk, import, progress) = import_of(here, id).await?;
    let lang = &here.lang;
    let kind = EventKind::from_code(&import.kind).ok_or_else(Problem::not_found)?;
    let mut page = DeskList::new(here, &desk, import.file_name.clone()).await?;
    page.back = "/desk/books".into();
    let action =
        |what: &str, text: &str| Action { path: format!("/desk/books/{id}/{what}"), text: lang.t(text) };
    let refreshes = matches!(import.state.as_str(), "waiting" | "running") && import.stored.is_some();
    if let Some(why) = &import.stopped_why {
        page.notices.push(lang.with("books-stopped", &[("why", book_words::why(lang, why).into())]));
    }
    page.tables = vec![(String::new(), about(here, &import, &progress))];
    match import.state.as_str() {
        "seen" => {
            page.actions = vec![action("bring-in", "books-bring-in"), action("discard", "books-discard")];
            preview(here, kind, &import, &mut page).await?;
        }
        "stopped" if import.stored.is_some() => page.actions = vec![action("bring-in", "books-again")],
        _ => {}
    }
    if progress.rejected > 0 {
        let path = format!("/{}/desk/books/{id}/rejects.csv", lang.code);
        page.links.push((path, lang.t("books-download")));
        page.links
            .push((format!("/{}/desk/books/{id}/mapping.toml", lang.code), lang.t("books-get-mapping")));
    }
    Ok(page.show_watched(lang, refreshes))
}

fn about(here: &Here, import: &ImportRow, progress: &Progress) -> Table {
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let counts = [("added", progress.added), ("there", progress.there), ("rejected", progress.rejected)];
    let counts = counts.map(|(name, count)| (name, Arg::Number(count)));
    let mut rows = vec![
        (lang.t("register-state"), lang.t_of("books-state-", &import.state)),
        (lang.t("register-kind"), lang.t_of("event-", &import.kind)),
        (lang.t("books-mapping"), import.mapping_name.clone()),
        ("SHA-256".to_owned(), import.file_hash.clone()),
        (lang.t("register-waits-since"), lang.moment(import.begun_at, offset)),
        (String::new(), lang.with("books-ended", &counts)),
    ];
    if let Some(by) = &import.by_words {
        rows.push((String::new(), lang.with("books-by", &[("who", by.into())])));
    }
    let total = rows.len() as i64;
    Table {
        caption: import.file_name.clone(),
        heads: vec![lang.t("register-field"), lang.t("register-says")],
        rows: rows.into_iter().map(|(name, text)| vec![Cell::text(name), Cell::text(text)]).collect(),
        total,
        ..Table::default()
    }
}

/// The first rows as they would be registered, and what is wrong with all of them.
async fn preview(
    here: &Here,
    kind: EventKind,
    import: &ImportRow,
    page: &mut DeskList,
) -> Result<(), Problem> {
    let lang = &here.lang;
    let preview = match books::look_at(&here.app.office, import, FIRST).await {
        Ok(preview) => preview,
        Err(stopped) => {
            page.notices.push(book_words::stopped(lang, &stopped));
            return Ok(());
        }
    };
    let tally = &preview.tally;
    let count = |n: u64| Arg::Number(i64::try_from(n).unwrap_or(i64::MAX));
    let counts = [
        ("rows", count(tally.rows)),
        ("good", count(tally.rows - tally.faulty)),
        ("faulty", count(tally.faulty)),
    ];
    page.notices.push(lang.with("books-tally", &counts));
    let faults = tally.faults();
    page.notices.extend(faults.iter().take(FAULTS).map(|one| book_words::counted(lang, kind, one)));
    for shown in &preview.first {
        let rows: Vec<Vec<Cell>> = match &shown.entry {
            Err(faults) => faults
                .iter()
                .map(|fault| {
                    vec![Cell::tag("!", "late"), Cell::text(book_words::row_fault(lang, kind, fault))]
                })
                .collect(),
            Ok(entry) => {
                let number = vec![Cell::text(lang.t("books-field-number")), Cell::code(&entry.number)];
                let said =
                    forms::fields(kind).filter_map(|field| Some((field.key, entry.content.get(field.key)?)));
                let said = said.map(|(field, value)| {
                    let label = book_words::label(lang, kind, field);
                    vec![Cell::text(label), Cell::text(civil_words::value(lang, kind, field, value))]
                });
                std::iter::once(number).chain(said).collect()
            }
        };
        let caption = lang.with("books-line", &[("line", count(shown.line))]);
        let table = Table {
            caption: caption.clone(),
            heads: vec![lang.t("register-field"), lang.t("register-says")],
            total: rows.len() as i64,
            rows,
            ..Table::default()
        };
        page.tables.push((caption, table));
    }
    Ok(())
}

/// Sets a file going, or lets one go on that stopped.
pub async fn bring_in(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    moved(here, id, sent, "waiting").await
}

/// Puts a file away that was only looked at.
pub async fn discard(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    moved(here, id, sent, "discarded").await
}

async fn moved(here: Here, id: String, sent: Sent, to: &str) -> Response {
    let result = async {
        let import: ImportId = id.parse().map_err(|_| Problem::not_found())?;
        let act = MoveImport { import, to: to.to_owned(), total: None, why: None };
        here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
        Ok(here.go(&format!("/desk/books/{id}")))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The rejected rows as a file.
pub async fn rejects(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let (_, import, _) = import_of(&here, &id).await?;
        let kind = EventKind::from_code(&import.kind).ok_or_else(Problem::not_found)?;
        let heading: Vec<String> = serde_json::from_value(import.heading.0.clone()).unwrap_or_default();
        let words = |faults: &[RowFault]| book_words::row_faults(&here.lang, kind, faults);
        let mut file = Vec::new();
        books::write_rejects(&here.app.office.db, import.id, &heading, &words, &mut file).await?;
        let named = format!("attachment; filename=\"{}.rejected.csv\"", import.id);
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, named),
        ];
        Ok((headers, file).into_response())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The mapping, to bring mended rows in with.
pub async fn mapping(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let (_, import, _) = import_of(&here, &id).await?;
        let named = format!("attachment; filename=\"{}.toml\"", import.id);
        let headers = [
            (header::CONTENT_TYPE, "application/toml; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, named),
        ];
        Ok((headers, import.mapping).into_response())
    };
    let result: Answer = result.await;
    answer(&here, result)
}
