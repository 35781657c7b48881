//! Entries of the register for officers: what one says and said, and the
//! corrections that two officers make together.

use super::register::{content_tables, faults_of, said, titled, typed};
use super::{DeskList, at_desk, day};
use crate::civil_words;
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::civil::content::Difference;
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::ids::{CorrectionId, EntryId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::civil::books::ledgers::{self, Scanned};
use diwan_office::civil::{
    self, DecideCorrection, Ground, OpenCorrection, PrepareCorrection, SeeEntry, What,
};
use diwan_office::rows::EntryRow;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Why an entry is looked at, and as of when.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Looked {
    #[serde(default)]
    purpose: String,
    #[serde(default)]
    on: String,
    #[serde(default)]
    done: String,
}

/// One entry. Without a reason nothing is shown but the question for it.
pub async fn one(
    here: Here,
    Path((_, id)): Path<(String, String)>,
    Query(looked): Query<Looked>,
) -> Response {
    let result = show_one(&here, &id, &looked).await;
    answer(&here, result)
}

fn ways_to_look(here: &Here, id: &str, looked: &Looked, page: &mut DeskList) {
    let lang = &here.lang;
    page.filters = vec![
        Field::line("purpose", lang.t("register-purpose"))
            .hint(lang.t("register-purpose-help"))
            .filled(&looked.purpose),
        Field::line("on", lang.t("register-as-of")).ltr("date", "", "w-short").filled(&looked.on).optional(),
    ];
    page.filter_path = format!("/desk/register/entries/{id}");
}

async fn show_one(here: &Here, id: &str, looked: &Looked) -> Answer {
    let desk = at_desk(here, Some(Permission::FindPeople)).await?;
    let lang = &here.lang;
    let entry: EntryId = id.parse().map_err(|_| Problem::not_found())?;
    let mut page = DeskList::new(here, &desk, lang.t("register-entry")).await?;
    page.back = "/desk/register".into();
    ways_to_look(here, id, looked, &mut page);
    if looked.done == "prepared" {
        page.notices.push(lang.t("register-prepared"));
    }
    if looked.purpose.trim().is_empty() {
        return Ok(show(StatusCode::OK, false, &page));
    }
    let act = SeeEntry { entry, purpose: looked.purpose.clone() };
    here.app.office.perform_once(&here.visitor.who(), act).await?;
    let day = looked.on.parse().ok();
    let offset = here.app.office.settings.utc_offset_minutes;
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let seen = civil::as_of(&mut tx, entry, day, offset).await?;
    let Some(row) = seen.entry else {
        page.notices.push(lang.t("register-not-yet"));
        return Ok(show(StatusCode::OK, false, &page));
    };
    let kind = EventKind::from_code(&row.kind).ok_or_else(Problem::not_found)?;
    let content = civil::entry_content(&mut tx, &row).await?;
    let at = seen.history.iter().position(|one| one.id == row.id).unwrap_or_default();
    let before = match at.checked_sub(1).and_then(|at| seen.history.get(at)) {
        Some(earlier) => Some(civil::entry_content(&mut tx, earlier).await?),
        None => None,
    };
    let origin = seen.history.iter().find_map(|row| Some((row.import_id?, row.import_line)));
    let book = match origin {
        Some((import, line)) => civil::books::import(&mut tx, import).await?.map(|book| (book, line)),
        None => None,
    };
    let scanned = match &book {
        Some((book, _)) => {
            ledgers::scanned_entry(&mut tx, &desk.acting, book.id, here.app.office.today()).await?
        }
        None => None,
    };
    drop(tx);
    drop(reading);
    page.frame.title = titled(here, &lang.t_of("event-", &row.kind), &row.number);
    let is_last = at + 1 == seen.history.len();
    if row.standing.as_deref() == Some("revoked") {
        page.notices.push(lang.t("register-revoked"));
    }
    if !is_last {
        page.notices.push(lang.t("register-replaced"));
    }
    page.tables = content_tables(here, kind, &content, before.as_ref());
    page.tables.push((lang.t("register-history"), history(here, &seen.history)));
    if let Some((book, line)) = &book {
        let table = match &scanned {
            Some(scanned) => from_page(here, scanned, book, *line),
            None => from_book(here, book, *line),
        };
        page.tables.push((lang.t("books-provenance"), table));
    }
    if let Some(scanned) = scanned {
        show_scan(here, id, looked, &scanned, &mut page);
    }
    if is_last {
        let ways = super::certify::of_entry(here, &desk, &row).await?;
        page.links.extend(ways.links);
        page.notices.extend(ways.notices);
    }
    if is_last && desk.acting.may(Permission::CorrectEntries) {
        let place = format!("/{}/desk/register/entries/{}/correct", lang.code, row.id);
        let ways: &[&str] =
            if row.standing.as_deref() == Some("revoked") { &["reinstate"] } else { &["correct", "revoke"] };
        for what in ways {
            page.links.push((format!("{place}/{what}"), lang.t_of("register-what-", what)));
        }
    }
    Ok(show(StatusCode::OK, false, &page))
}

fn history(here: &Here, history: &[EntryRow]) -> Table {
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let rows = history.iter().map(|row| {
        let authority =
            row.authority.as_ref().map(|authority| in_words(here, &authority.0)).unwrap_or_default();
        vec![
            Cell::code(&row.number).to(format!("/desk/register/entries/{}", row.id)),
            Cell::text(lang.moment(row.recorded_at, offset)),
            Cell::text(authority),
        ]
    });
    Table {
        caption: lang.t("register-history"),
        heads: ["register-number", "register-waits-since", "register-ground"].map(|key| lang.t(key)).to_vec(),
        rows: rows.collect(),
        total: history.len() as i64,
        ..Table::default()
    }
}

/// From which file an entry came: line, fingerprints of file and mapping, by whom, when.
fn from_book(here: &Here, book: &civil::books::ImportRow, line: Option<i64>) -> Table {
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let by = book.by_words.clone().unwrap_or_else(|| lang.t_of("by-", &book.by_kind));
    let from = [("file", Arg::Text(book.file_name.clone())), ("line", Arg::Number(line.unwrap_or(0)))];
    let rows = [
        (lang.t("books-file"), lang.with("books-from", &from)),
        ("SHA-256".to_owned(), book.file_hash.clone()),
        (lang.t("books-mapping"), format!("{} ({})", book.mapping_name, book.mapping_hash)),
        (lang.t("register-waits-since"), lang.moment(book.begun_at, offset)),
        (String::new(), lang.with("books-by", &[("who", by.into())])),
    ];
    Table {
        caption: lang.t("books-provenance"),
        heads: vec![lang.t("register-field"), lang.t("register-says")],
        total: rows.len() as i64,
        rows: rows.into_iter().map(|(name, text)| vec![Cell::text(name), Cell::text(text)]).collect(),
        ..Table::default()
    }
}

/// From which page of a ledger an entry came: its image, its row, and who keyed it.
fn from_page(here: &Here, scanned: &Scanned, book: &civil::books::ImportRow, row: Option<i64>) -> Table {
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let number = Arg::Number(row.unwrap_or(0));
    let at = [("page", Arg::Text(scanned.page.page_no.clone())), ("row", number)];
    let mut rows = vec![
        (lang.t("ledgers-name"), scanned.ledger.name.clone()),
        (lang.t("field-page-no"), lang.with("ledgers-page-and-row", &at)),
        ("SHA-256".to_owned(), book.file_hash.clone()),
    ];
    rows.extend(scanned.hands.iter().map(|(part, name)| (lang.t_of("ledgers-hand-", part), name.clone())));
    rows.push((lang.t("register-waits-since"), lang.moment(book.begun_at, offset)));
    Table {
        caption: lang.t("books-provenance"),
        heads: vec![lang.t("register-field"), lang.t("register-says")],
        total: rows.len() as i64,
        rows: rows.into_iter().map(|(name, text)| vec![Cell::text(name), Cell::text(text)]).collect(),
        ..Table::default()
    }
}

/// The image of the page, where whoever looks may see all that stands on it.
fn show_scan(here: &Here, id: &str, looked: &Looked, scanned: &Scanned, page: &mut DeskList) {
    let lang = &here.lang;
    if !scanned.may_see_image {
        page.notices.push(lang.t("ledgers-image-closed"));
        return;
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    let query = query.append_pair("purpose", &looked.purpose).finish();
    let alt = lang.with("ledgers-image-of", &[("page", Arg::Text(scanned.ledger.name.clone()))]);
    page.scan = Some((format!("/{}/desk/register/entries/{id}/page?{query}", lang.code), alt));
}

/// The scanned page from which an entry came. That it was looked at is in the journal,
/// as with the entry.
pub async fn scanned_page(
    here: Here,
    Path((_, id)): Path<(String, String)>,
    Query(looked): Query<Looked>,
) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::FindPeople)).await?;
        let entry: EntryId = id.parse().map_err(|_| Problem::not_found())?;
        here.app
            .office
            .perform_once(&here.visitor.who(), SeeEntry { entry, purpose: looked.purpose })
            .await?;
        let (today, day) = (here.app.office.today(), looked.on.parse().ok());
        let offset = here.app.office.settings.utc_offset_minutes;
        let scanned = {
            let mut reading = here.app.office.db.reading().await?;
            let mut tx = reading.tx();
            let seen = civil::as_of(&mut tx, entry, day, offset).await?;
            match seen.history.iter().find_map(|row| row.import_id) {
                Some(import) => ledgers::scanned_entry(&mut tx, &desk.acting, import, today).await?,
                None => None,
            }
        };
        let scanned = scanned.filter(|scanned| scanned.may_see_image).ok_or_else(Problem::not_found)?;
        super::ledger_pages::send_image(&here, &scanned.page).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// On what authority something was done, in words.
pub(super) fn in_words(here: &Here, authority: &serde_json::Value) -> String {
    let text = |name: &str| authority[name].as_str().unwrap_or_default().to_owned();
    // Each part keeps its own direction (Unicode TR 9, first strong isolate).
    let apart = |part: String| if part.is_empty() { part } else { format!("\u{2068}{part}\u{2069}") };
    let ground = here.lang.t_of("register-ground-", &text("ground"));
    let parts = [text("court"), text("judgment"), text("order"), text("date")].map(apart);
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{ground}: {}", parts.join(", "))
}

async fn entry_of(here: &Here, id: &str) -> Result<EntryRow, Problem> {
    let entry: EntryId = id.parse().map_err(|_| Problem::not_found())?;
    let desk = at_desk(here, Some(Permission::CorrectEntries)).await?;
    let row = civil::entry(&mut here.app.office.db.reading().await?.tx(), entry).await?;
    // Only the office that keeps an entry changes it.
    let row = row.filter(|row| Some(row.office_id) == desk.acting.officer.office_id);
    let row = row.ok_or_else(Problem::not_found)?;
    let act = SeeEntry { entry, purpose: here.lang.t("register-correct") };
    here.app.office.perform_once(&here.visitor.who(), act).await?;
    Ok(row)
}

/// The form of a correction, a revocation or a reinstatement.
pub async fn correct(here: Here, Path((_, id, what)): Path<(String, String, String)>) -> Response {
    let result = async {
        let row = entry_of(&here, &id).await?;
        let content = civil::entry_content(&mut here.app.office.db.reading().await?.tx(), &row).await?;
        show_correct(&here, &row, &what, &content, &BTreeMap::new(), &BTreeMap::new(), Vec::new()).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

const AUTHORITY: [&str; 6] = ["ground", "by-court", "by-judgment", "by-order", "by-date", "why"];

async fn show_correct(
    here: &Here,
    row: &EntryRow,
    what: &str,
    content: &Content,
    faults: &BTreeMap<String, String>,
    sent: &BTreeMap<&str, String>,
    notices: Vec<String>,
) -> Answer {
    let desk = at_desk(here, Some(Permission::CorrectEntries)).await?;
    let lang = &here.lang;
    let kind = EventKind::from_code(&row.kind).ok_or_else(Problem::not_found)?;
    let title = titled(here, &lang.t_of("register-what-", what), &row.number);
    let mut page = DeskList::new(here, &desk, title).await?;
    page.back = format!("/desk/register/entries/{}", row.id);
    let is_wrong = !notices.is_empty();
    page.notices = notices;
    let kept = |name: &str| sent.get(name).cloned().unwrap_or_default();
    let grounds = ["court", "office-order"].map(|ground| Opt {
        value: ground.to_owned(),
        label: lang.t_of("register-ground-", ground),
        ..Opt::default()
    });
    let mut fields =
        if what == "correct" { civil_words::form(lang, kind, content, faults) } else { Vec::new() };
    let offered = if what == "correct" { 2 } else { 1 };
    fields.push(
        Field::choice("ground", lang.t("register-ground"), grounds.into_iter().take(offered).collect())
            .filled(sent.get("ground").cloned().unwrap_or_else(|| "court".into())),
    );
    fields.push(Field::line("by-court", lang.t("field-court")).filled(kept("by-court")).optional());
    fields.push(Field::line("by-judgment", lang.t("field-judgment")).filled(kept("by-judgment")).optional());
    if what == "correct" {
        fields.push(Field::line("by-order", lang.t("register-order")).filled(kept("by-order")).optional());
    }
    fields.push(
        Field::line("by-date", lang.t("register-authority-date"))
            .ltr("text", "", "w-short")
            .filled(kept("by-date")),
    );
    fields.push(Field::area("why", lang.t("register-why")).filled(kept("why")));
    let action = format!("/desk/register/entries/{}/correct/{what}", row.id);
    page.forms = vec![FormBlock::new(String::new(), action, fields, lang.t("register-prepare"))];
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(show(status, false, &page))
}

/// Prepares it; what cannot stay comes back with what was typed.
pub async fn prepared(
    here: Here,
    Path((_, id, what)): Path<(String, String, String)>,
    sent: Sent,
) -> Response {
    let result = async {
        let row = entry_of(&here, &id).await?;
        let kind = EventKind::from_code(&row.kind).ok_or_else(Problem::not_found)?;
        let doing = match what.as_str() {
            "correct" => What::Correct,
            "revoke" => What::Revoke,
            "reinstate" => What::Reinstate,
            _ => return Err(Problem::not_found()),
        };
        let ground = match sent.text("ground").as_str() {
            "office-order" => Ground::OfficeOrder {
                order: sent.text("by-order"),
                date: day::in_one_line(&sent.text("by-date")),
            },
            _ => Ground::Court {
                court: sent.text("by-court"),
                judgment: sent.text("by-judgment"),
                date: day::in_one_line(&sent.text("by-date")),
            },
        };
        let content = (doing == What::Correct).then(|| typed(kind, &sent));
        let reason = sent.text("why");
        let act = PrepareCorrection { entry: row.id, what: doing, ground, content: content.clone(), reason };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(_) => Ok(here.go(&format!("/desk/register/entries/{id}?done=prepared"))),
            Err(problem) => {
                let again = [
                    Why::ReasonMissing,
                    Why::FieldMissing,
                    Why::NothingChanges,
                    Why::NeedsJudgment,
                    Why::FieldsWrong,
                    Why::PersonUnknown,
                ];
                if !problem.refusal.as_ref().is_some_and(|refusal| again.contains(&refusal.why)) {
                    return Err(problem);
                }
                let kept = AUTHORITY.iter().map(|name| (*name, sent.text(name))).collect();
                let faults = faults_of(&problem).unwrap_or_default();
                let content = content.unwrap_or_default();
                show_correct(&here, &row, &what, &content, &faults, &kept, said(&here, &problem)).await
            }
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// A correction that waits: what it would change, and on what authority.
pub async fn correction(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = show_correction(&here, &id, Vec::new()).await;
    answer(&here, result)
}

async fn show_correction(here: &Here, id: &str, notices: Vec<String>) -> Answer {
    let desk = at_desk(here, None).await?;
    let lang = &here.lang;
    let correction: CorrectionId = id.parse().map_err(|_| Problem::not_found())?;
    here.app.office.perform_once(&here.visitor.who(), OpenCorrection { correction }).await?;
    let (row, entry) = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let row = civil::correction(&mut tx, correction).await?.ok_or_else(Problem::not_found)?;
        let entry = civil::entry(&mut tx, row.entry_id).await?.ok_or_else(Problem::not_found)?;
        (row, entry)
    };
    let kind = EventKind::from_code(&entry.kind).ok_or_else(Problem::not_found)?;
    let title = titled(here, &lang.t_of("register-what-", &row.kind), &entry.number);
    let mut page = DeskList::new(here, &desk, title).await?;
    page.back = "/desk/register".into();
    page.notices = notices;
    page.notices.push(in_words(here, &row.authority.0));
    page.notices.push(row.reason.clone());
    let changes: Vec<Difference> = serde_json::from_value(row.changes.0.clone()).unwrap_or_default();
    let lines = changes.iter().map(|change| {
        let words = |value: &Option<String>| {
            value
                .as_ref()
                .map(|value| civil_words::value(lang, kind, &change.field, value))
                .unwrap_or_default()
        };
        let section = lang.t_of("section-", civil_words::section_of(kind, &change.field));
        vec![
            Cell::text(format!("{section}: {}", civil_words::label(lang, &change.field))),
            Cell::text(words(&change.before)),
            Cell::tag(words(&change.after), "wait"),
        ]
    });
    page.tables = vec![(
        String::new(),
        Table {
            caption: title_of(here, &row.kind),
            heads: ["register-field", "register-before", "register-after"].map(|key| lang.t(key)).to_vec(),
            rows: lines.collect(),
            total: changes.len() as i64,
            empty: lang.t("register-none"),
            ..Table::default()
        },
    )];
    let decides = desk.acting.may(Permission::ApproveCorrections)
        && row.state == "prepared"
        && row.prepared_by != desk.acting.officer.id;
    if decides {
        let action = format!("/desk/register/corrections/{id}");
        let hidden = |act: &str| {
            vec![("act".to_owned(), act.to_owned()), ("seen".to_owned(), row.version.to_string())]
        };
        let mut approve = FormBlock::new(
            lang.t("register-approve"),
            action.clone(),
            Vec::new(),
            lang.t("register-approve"),
        );
        approve.hidden = hidden("approve");
        let why = vec![Field::area("why", lang.t("register-refuse-why"))];
        let mut refuse = FormBlock::new(lang.t("register-refuse"), action, why, lang.t("register-refuse"));
        refuse.hidden = hidden("refuse");
        refuse.button_class = "btn alt";
        page.forms = vec![approve, refuse];
    }
    Ok(show(StatusCode::OK, false, &page))
}

fn title_of(here: &Here, what: &str) -> String {
    here.lang.t_of("register-what-", what)
}

/// Approves or refuses it.
pub async fn decided(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let correction: CorrectionId = id.parse().map_err(|_| Problem::not_found())?;
        let seen = sent.id("seen").ok_or_else(|| Problem::from(Why::Malformed))?;
        let approve = sent.text("act") == "approve";
        let act = DecideCorrection { correction, seen, approve, why: sent.some("why") };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(changed) => {
                let said = match changed.number {
                    Some(number) => here.lang.with("register-approved-as", &[("number", Arg::Text(number))]),
                    None => here.lang.t("register-refused"),
                };
                show_correction(&here, &id, vec![said]).await
            }
            Err(problem) if problem.code() == Why::ReasonMissing.code() => {
                show_correction(&here, &id, said(&here, &problem)).await
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
