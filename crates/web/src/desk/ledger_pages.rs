//! A scanned page beside its form: the rows of the ledger, one after the other, or
//! what two keyings say differently.

use super::ledgers::desk_of;
use super::{Action, AtDesk, Menu, at_desk};
use crate::civil_words;
use crate::fields::{Errors, Field, Opt, Shape};
use crate::frame::{Frame, Here, show};
use crate::ledger_words;
use crate::pages::kit::{Cell, FormBlock, Table, errors_of};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::civil::EventKind;
use diwan_domain::civil::books::ledger::{Choice, Differing, KeyedRow, WHOLE_ROW, columns, is_required};
use diwan_domain::civil::forms;
use diwan_domain::ids::LedgerPageId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::Stop;
use diwan_office::civil::books::ledgers::{
    self, DecideDifferences, InHand, KeyRows, LedgerPageRow, OpenDifferences, Two,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A page of a ledger with its image.
#[derive(Template)]
#[template(path = "ledger-page.html")]
pub struct LedgerPage {
    /// The frame.
    pub frame: Frame,
    /// The side menu.
    pub menu: Menu,
    /// Where "back" leads.
    pub back: String,
    /// Buttons below the page.
    pub actions: Vec<Action>,
    /// Things to know.
    pub notices: Vec<String>,
    /// Where the image is, below the language.
    pub image: String,
    /// What the image is.
    pub alt: String,
    /// What is kept already.
    pub kept: Option<Table>,
    /// The form.
    pub form: FormBlock,
    /// The form's second button; empty for none. It sends `act`.
    pub done: String,
}

impl LedgerPage {
    fn errors(&self) -> Errors {
        errors_of(&self.form.fields)
    }

    fn answered(&self) -> Response {
        let status = if self.errors().is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        show(status, false, self)
    }
}

/// Which row is shown.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Shown {
    #[serde(default)]
    row: usize,
}

/// What was typed of a row and what is wrong with it.
#[derive(Default)]
struct Typed {
    row: KeyedRow,
    faults: BTreeMap<String, String>,
    notices: Vec<String>,
}

fn page_id(id: &str) -> Result<LedgerPageId, Problem> {
    id.parse().map_err(|_| Problem::not_found())
}

async fn held(here: &Here, desk: &AtDesk, id: LedgerPageId) -> Result<InHand, Problem> {
    let mut reading = here.app.office.db.reading().await?;
    Ok(ledgers::in_hand(&mut reading.tx(), &desk.acting, id).await?)
}

/// A page in hand: its image and the next row.
pub async fn one(here: Here, Path((_, id)): Path<(String, String)>, Query(shown): Query<Shown>) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::KeyLedgers)).await?;
        let held = held(&here, &desk, page_id(&id)?).await?;
        let row = if (1..=held.rows.len()).contains(&shown.row) { shown.row } else { held.rows.len() + 1 };
        let kept = held.rows.get(row - 1).cloned().unwrap_or_default();
        let typed = Typed { row: kept, ..Typed::default() };
        Ok(drawn(&here, &desk, &held, row, &typed).await?.answered())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn title_of(here: &Here, name: &str, page: &LedgerPageRow) -> String {
    let about = [("ledger", Arg::Text(name.to_owned())), ("page", Arg::Text(page.page_no.clone()))];
    here.lang.with("ledgers-page-title", &about)
}

async fn drawn(
    here: &Here,
    desk: &AtDesk,
    held: &InHand,
    row: usize,
    typed: &Typed,
) -> Result<LedgerPage, Problem> {
    let (lang, id) = (&here.lang, held.page.id);
    let title = title_of(here, &held.ledger.name, &held.page);
    let mut fields: Vec<Field> =
        columns(held.kind).iter().map(|column| column_field(here, held.kind, column, typed)).collect();
    if typed.faults.is_empty()
        && let Some(first) = fields.first_mut()
    {
        first.focus = true;
    }
    fields.push(unreadable(here, held.kind, typed));
    let heading = lang.with("ledgers-row", &[("row", Arg::Number(row as i64))]);
    let action = format!("/desk/ledger-pages/{id}/rows");
    let mut form = FormBlock::new(heading, action, fields, lang.t("ledgers-keep-row"));
    form.intro = vec![lang.t("ledgers-row-help")];
    form.hidden = vec![("seen".into(), held.version.to_string()), ("row".into(), row.to_string())];
    Ok(LedgerPage {
        menu: desk.menu(here).await?,
        back: format!("/desk/ledgers/{}", held.ledger.id),
        actions: vec![Action {
            path: format!("/desk/ledger-pages/{id}/give-back"),
            text: lang.t("ledgers-give-back"),
        }],
        notices: typed.notices.clone(),
        image: format!("/desk/ledger-pages/{id}/image"),
        alt: lang.with("ledgers-image-of", &[("page", Arg::Text(title.clone()))]),
        frame: here.frame(title),
        kept: (!held.rows.is_empty()).then(|| kept_rows(here, held)),
        form,
        done: lang.t("ledgers-done"),
    })
}

fn column_field(here: &Here, kind: EventKind, column: &str, typed: &Typed) -> Field {
    let lang = &here.lang;
    let value = typed.row.said.get(column).cloned().unwrap_or_default();
    let mut field = match forms::find(kind, column) {
        Some(known) => civil_words::drawn(lang, known, &value),
        None => Field::line(column, String::new()).ltr("text", "", "w-short").filled(value),
    };
    field.label = ledger_words::column(lang, kind, column);
    // One sentence above the row says how dates are written and what may stay empty.
    field.hint = String::new();
    field.optional = false;
    if is_required(kind, column) {
        field.label = lang.with("ledgers-needed", &[("field", Arg::Text(field.label))]);
    }
    let fault = typed.faults.get(column).map(|code| ledger_words::fault(lang, kind, column, code));
    field.wrong(fault.unwrap_or_default())
}

fn unreadable(here: &Here, kind: EventKind, typed: &Typed) -> Field {
    let lang = &here.lang;
    let said = typed.row.unreadable.clone().unwrap_or_default();
    let fault =
        typed.faults.get("unreadable").map(|code| ledger_words::fault(lang, kind, "unreadable", code));
    let word = Field::line("unreadable", lang.t("ledgers-unreadable-why"))
        .hint(lang.t("ledgers-unreadable-hint"))
        .filled(said.clone())
        .wrong(fault.unwrap_or_default());
    Field {
        shape: Shape::Folded,
        open: !said.is_empty() || !word.error.is_empty(),
        fields: vec![word],
        ..Field::line("cannot-be-read", lang.t("ledgers-unreadable-row"))
    }
}

fn kept_rows(here: &Here, held: &InHand) -> Table {
    let lang = &here.lang;
    let rows = held.rows.iter().enumerate().map(|(n, row)| {
        let said = match &row.unreadable {
            Some(why) => lang.with("ledgers-unreadable-because", &[("why", Arg::Text(why.clone()))]),
            None => {
                let said =
                    columns(held.kind).iter().filter_map(|column| row.said.get(*column).map(|v| (column, v)));
                let said = said.map(|(column, value)| civil_words::value(lang, held.kind, column, value));
                // Each part keeps its own direction (Unicode TR 9, first strong isolate).
                said.map(|value| format!("\u{2068}{value}\u{2069}")).collect::<Vec<_>>().join(" · ")
            }
        };
        let place = format!("/desk/ledger-pages/{}?row={}", held.page.id, n + 1);
        let number = lang.number(n as i64 + 1);
        vec![
            Cell::text(lang.with("ledgers-mend-row", &[("row", Arg::Text(number))])).to(place),
            Cell::text(said),
        ]
    });
    Table {
        caption: lang.t("ledgers-kept"),
        heads: vec![lang.t("ledgers-row-head"), lang.t("register-says")],
        rows: rows.collect(),
        total: held.rows.len() as i64,
        ..Table::default()
    }
}

/// Keeps a row, or ends the page; what cannot stay comes back with what was typed.
pub async fn kept(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = keep(&here, &id, &sent).await;
    answer(&here, result)
}

async fn keep(here: &Here, id: &str, sent: &Sent) -> Answer {
    let desk = at_desk(here, Some(Permission::KeyLedgers)).await?;
    let page = page_id(id)?;
    let held = held(here, &desk, page).await;
    // A repeat of what was kept is answered by the act itself; only a page that is not
    // theirs ends here.
    let kind = match &held {
        Ok(held) => held.kind,
        Err(_) => {
            let mut reading = here.app.office.db.reading().await?;
            let row = ledgers::page(&mut reading.tx(), page).await?.ok_or_else(Problem::not_found)?;
            let ledger = ledgers::ledger_for(&mut reading.tx(), &desk.acting, row.ledger_id).await?;
            ledgers::kind_of(&ledger.ok_or_else(Problem::not_found)?)?
        }
    };
    let row: usize = sent.text("row").parse().map_err(|_| Problem::from(Why::FieldMissing))?;
    let seen: i64 = sent.text("seen").parse().map_err(|_| Problem::from(Why::FieldMissing))?;
    let said = columns(kind).iter().map(|column| ((*column).to_owned(), sent.text(column)));
    let typed = KeyedRow { said: said.collect(), unreadable: sent.some("unreadable") };
    let typed = KeyedRow::tidied(kind, &typed);
    let is_done = sent.text("act") == "done";
    let is_empty = typed.said.is_empty() && typed.unreadable.is_none();
    let rows = if is_done && is_empty { Vec::new() } else { vec![typed.clone()] };
    let act = KeyRows { page, seen, first_row: row, rows, is_done };
    let refusal = match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
        Ok(done) if done.is_done => {
            let ledger = {
                let mut reading = here.app.office.db.reading().await?;
                ledgers::page(&mut reading.tx(), page).await?.ok_or_else(Problem::not_found)?.ledger_id
            };
            return Ok(here.go(&format!("/desk/ledgers/{ledger}?done=page")));
        }
        Ok(_) => return Ok(here.go(&format!("/desk/ledger-pages/{id}"))),
        Err(Stop::Refused(refusal)) => refusal,
        Err(stop) => return Err(stop.into()),
    };
    let shown = match refusal.why {
        Why::FieldsWrong | Why::LedgerNoRows => typed,
        _ => return Err(refusal.into()),
    };
    let faults = faults_of(&refusal, row);
    let told = here.lang.help(&Refusal::from(refusal.why));
    let typed = Typed { row: shown, faults, notices: vec![told] };
    let mut response = drawn(here, &desk, &held?, row, &typed).await?.answered();
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// The faults of a row, by column.
fn faults_of(refusal: &Refusal, row: usize) -> BTreeMap<String, String> {
    let own = format!("{row}/");
    let found = refusal.about.iter().filter_map(|(name, code)| Some((name.strip_prefix(&own)?, code)));
    found
        .map(|(name, code)| {
            // What is wrong with the row as such is told where the row begins.
            let name = if name == WHOLE_ROW { "number" } else { name };
            (name.to_owned(), code.clone())
        })
        .collect()
}

/// The image of a page, for whoever keys it or decides of it.
pub async fn image(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let desk = desk_of(&here).await?;
        let id = page_id(&id)?;
        let row = {
            let mut reading = here.app.office.db.reading().await?;
            ledgers::image_for(&mut reading.tx(), &desk.acting, id).await?
        };
        send_image(&here, &row).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The bytes of a page's image. A browser keeps them for as long as a page is keyed,
/// for this officer only.
pub(super) async fn send_image(here: &Here, row: &LedgerPageRow) -> Answer {
    let bytes = here.app.office.files.get(&row.file_hash).await?.ok_or_else(Problem::not_found)?;
    let media = if row.media == "jpeg" { "image/jpeg" } else { "image/png" };
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, "inline".to_owned()),
        (header::CACHE_CONTROL, "private, max-age=1800".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

async fn two(here: &Here, desk: &AtDesk, id: LedgerPageId) -> Result<Two, Problem> {
    let today = here.app.office.today();
    let mut reading = here.app.office.db.reading().await?;
    Ok(ledgers::difference_of(&mut reading.tx(), &desk.acting, id, today).await?)
}

/// Where two keyings of a page differ.
pub async fn differences(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::KeyLedgers)).await?;
        let id = page_id(&id)?;
        here.app.office.perform_once(&here.visitor.who(), OpenDifferences { page: id }).await?;
        let two = two(&here, &desk, id).await?;
        Ok(compared(&here, &desk, &two, None, &BTreeMap::new(), Vec::new()).await?.answered())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn compared(
    here: &Here,
    desk: &AtDesk,
    two: &Two,
    sent: Option<&Sent>,
    faults: &BTreeMap<String, String>,
    notices: Vec<String>,
) -> Result<LedgerPage, Problem> {
    let (lang, id) = (&here.lang, two.page.id);
    let title = title_of(here, &two.ledger.name, &two.page);
    let mut fields: Vec<Field> = Vec::new();
    for one in &two.differing {
        fields.extend(choice(here, two.kind, one, sent, faults));
    }
    let all = ["first", "second"].map(|part| Opt {
        value: part.to_owned(),
        label: lang.t_of("ledgers-all-", part),
        ..Opt::default()
    });
    fields.push(
        Field::select("rest", lang.t("ledgers-rest"), all.to_vec())
            .filled(sent.map(|sent| sent.text("rest")).unwrap_or_default())
            .optional(),
    );
    let mut form = FormBlock::new(
        lang.t("ledgers-differ"),
        format!("/desk/ledger-pages/{id}/differences"),
        fields,
        lang.t("ledgers-decide"),
    );
    form.intro = vec![lang.t("ledgers-decide-help")];
    form.hidden = vec![("seen".into(), two.page.version.to_string())];
    Ok(LedgerPage {
        menu: desk.menu(here).await?,
        back: format!("/desk/ledgers/{}", two.ledger.id),
        actions: Vec::new(),
        notices,
        image: format!("/desk/ledger-pages/{id}/image"),
        alt: lang.with("ledgers-image-of", &[("page", Arg::Text(title.clone()))]),
        frame: here.frame(title),
        kept: None,
        form,
        done: String::new(),
    })
}

/// The choice between two values, and room for a third.
fn choice(
    here: &Here,
    kind: EventKind,
    one: &Differing,
    sent: Option<&Sent>,
    faults: &BTreeMap<String, String>,
) -> Vec<Field> {
    let (lang, key) = (&here.lang, one.key());
    let whole = one.field == WHOLE_ROW;
    let column =
        if whole { lang.t("ledgers-whole-row") } else { ledger_words::column(lang, kind, &one.field) };
    let about = [("row", Arg::Number(one.row as i64)), ("field", Arg::Text(column))];
    let option = |value: &str, label: String| Opt { value: value.to_owned(), label, ..Opt::default() };
    let mut options = vec![
        option("first", ledger_words::value(lang, kind, one, one.first.as_ref())),
        option("second", ledger_words::value(lang, kind, one, one.second.as_ref())),
    ];
    if !whole {
        options.push(option("other", lang.t("ledgers-otherwise")));
    }
    let id = key.replace(['/', '.'], "-");
    let fault = faults.get(&key).map(|code| ledger_words::fault(lang, kind, &one.field, code));
    let chosen = sent.map(|sent| sent.text(&key)).unwrap_or_default();
    let mut fields = vec![
        Field::choice(&key, lang.with("ledgers-difference", &about), options)
            .with_id(&id)
            .filled(chosen)
            .wrong(fault.unwrap_or_default()),
    ];
    if !whole {
        let name = format!("{key}/other");
        fields.push(
            Field::line(&name, lang.t("ledgers-otherwise-value"))
                .with_id(&format!("{id}-other"))
                .filled(sent.map(|sent| sent.text(&name)).unwrap_or_default())
                .optional(),
        );
    }
    fields
}

/// Decides the differences of a page.
pub async fn decided(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = decide(&here, &id, &sent).await;
    answer(&here, result)
}

async fn decide(here: &Here, id: &str, sent: &Sent) -> Answer {
    let desk = at_desk(here, Some(Permission::KeyLedgers)).await?;
    let page = page_id(id)?;
    let two = two(here, &desk, page).await?;
    let seen: i64 = sent.text("seen").parse().map_err(|_| Problem::from(Why::FieldMissing))?;
    let rest = sent.text("rest");
    let choices = two.differing.iter().filter_map(|one| {
        let key = one.key();
        let chosen = sent.some(&key).unwrap_or_else(|| rest.clone());
        let choice = match chosen.as_str() {
            "first" => Choice::First,
            "second" => Choice::Second,
            "other" => Choice::Other(sent.text(&format!("{key}/other"))),
            _ => return None,
        };
        Some((key, choice))
    });
    let act = DecideDifferences { page, seen, choices: choices.collect() };
    match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
        Ok(_) => Ok(here.go(&format!("/desk/ledgers/{}", two.ledger.id))),
        Err(Stop::Refused(refusal)) if refusal.why == Why::FieldsWrong => {
            let told = vec![here.lang.help(&Refusal::from(refusal.why))];
            let page = compared(here, &desk, &two, Some(sent), &refusal.about, told).await?;
            let mut response = page.answered();
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(stop) => Err(stop.into()),
    }
}
