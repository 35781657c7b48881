//! Scanned ledgers for officers: opened with their images, keyed in page by page,
//! watched, and brought in. Whoever keys sees how much is left and never how a page
//! stands: that would tell them which ones are keyed again.

use super::admin::place_options;
use super::{Action, AtDesk, DeskList, at_desk};
use crate::fields::{Field, Opt, Shape};
use crate::frame::{Here, show};
use crate::ledger_words;
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::civil::EventKind;
use diwan_domain::civil::books::ledger::KINDS;
use diwan_domain::digits;
use diwan_domain::ids::{LedgerId, LedgerPageId, OfficeId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::Stop;
use diwan_office::civil::books::ledgers::{
    self, GiveBackPage, LedgerPageRow, LedgerProgress, LedgerRow, OpenLedger, Quality, SetLedger, TakePage,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How many ledgers the list shows.
const SHOWN: i64 = 100;
/// How many pages of a ledger are listed at once.
const LISTED: i64 = 100;
/// How many pages with differences are offered.
const OFFERED: i64 = 25;

const FIELDS: [&str; 8] =
    ["office", "kind", "name", "directorate", "record-no", "number-prefix", "sample-percent", "threshold"];

/// The ledgers, and for whoever oversees them a form to open one.
pub async fn list(here: Here) -> Response {
    let result = show_list(&here, &BTreeMap::new(), &BTreeMap::new(), Vec::new()).await;
    answer(&here, result)
}

/// An officer who keys ledgers or oversees them.
pub(super) async fn desk_of(here: &Here) -> Result<AtDesk, Problem> {
    let desk = at_desk(here, None).await?;
    let may = [Permission::KeyLedgers, Permission::ImportRegister].iter().any(|one| desk.acting.may(*one));
    if !may {
        let code = Permission::KeyLedgers.code();
        return Err(Refusal::from(Why::NotPermitted).about("permission", code).into());
    }
    Ok(desk)
}

fn oversees(desk: &AtDesk) -> bool {
    desk.acting.may(Permission::ImportRegister)
}

async fn show_list(
    here: &Here,
    typed: &BTreeMap<&str, String>,
    faults: &BTreeMap<String, String>,
    notices: Vec<String>,
) -> Answer {
    let desk = desk_of(here).await?;
    let lang = &here.lang;
    let mut page = DeskList::new(here, &desk, lang.t("menu-ledgers")).await?;
    let is_wrong = !notices.is_empty();
    page.notices = notices;
    let ledgers = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let mut found = Vec::new();
        for row in ledgers::ledgers_for(&mut tx, &desk.acting, SHOWN).await? {
            let left = match oversees(&desk) {
                true => ledgers::progress(&mut tx, row.id).await?.waiting,
                false => ledgers::count_to_key(&mut tx, row.id, desk.acting.officer.id).await?,
            };
            found.push((row, left));
        }
        found
    };
    let rows = ledgers.iter().map(|(row, left)| {
        vec![
            Cell::text(&row.name).to(format!("/desk/ledgers/{}", row.id)),
            Cell::text(lang.t_of("event-", &row.kind)),
            Cell::text(&row.directorate),
            Cell::code(&row.record_no),
            Cell::text(lang.number(*left)),
        ]
    });
    let heads = ["ledgers-name", "register-kind", "field-directorate", "field-record-no", "ledgers-waiting"];
    let table = Table {
        caption: lang.t("menu-ledgers"),
        heads: heads.map(|key| lang.t(key)).to_vec(),
        rows: rows.collect(),
        total: ledgers.len() as i64,
        empty: lang.t("ledgers-none"),
        ..Table::default()
    };
    page.tables = vec![(String::new(), table)];
    if oversees(&desk) {
        page.forms = vec![opening(here, typed, faults).await?];
    }
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { page.status() };
    Ok(show(status, false, &page))
}

async fn opening(
    here: &Here,
    typed: &BTreeMap<&str, String>,
    faults: &BTreeMap<String, String>,
) -> Result<FormBlock, Problem> {
    let lang = &here.lang;
    let (offices, _) = place_options(here).await?;
    let kinds = KINDS.map(|kind| Opt {
        value: kind.code().to_owned(),
        label: lang.t_of("event-", kind.code()),
        ..Opt::default()
    });
    let usual = |name: &str, value: &str| typed.get(name).cloned().unwrap_or_else(|| value.to_owned());
    let wrong = |field: Field| {
        let code = faults.get(&field.name);
        let error = code.map(|code| ledger_words::opening_fault(lang, &field.name, code));
        field.wrong(error.unwrap_or_default())
    };
    let number = |name: &str, key: &str, value: &str| {
        Field::line(name, lang.t(key)).ltr("text", "", "w-4").filled(usual(name, value))
    };
    let fields = vec![
        Field::select("office", lang.t("office"), offices).filled(usual("office", "")),
        Field::select("kind", lang.t("register-kind"), kinds.to_vec()).filled(usual("kind", "")),
        Field::line("name", lang.t("ledgers-name"))
            .hint(lang.t("ledgers-name-hint"))
            .filled(usual("name", "")),
        Field::line("directorate", lang.t("field-directorate")).filled(usual("directorate", "")),
        number("record-no", "field-record-no", ""),
        number("number-prefix", "ledgers-prefix", "").hint(lang.t("ledgers-prefix-hint")).optional(),
        number("sample-percent", "ledgers-sample", "10").hint(lang.t("ledgers-sample-hint")),
        number("threshold", "ledgers-threshold", "1").hint(lang.t("ledgers-threshold-hint")),
    ];
    let fields = fields.into_iter().map(wrong).collect();
    let mut form =
        FormBlock::new(lang.t("ledgers-open"), "/desk/ledgers".into(), fields, lang.t("ledgers-open"));
    form.intro = vec![lang.t("ledgers-lead")];
    Ok(form)
}

/// Opens a ledger.
pub async fn opened(here: Here, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::ImportRegister)).await?;
        let typed: BTreeMap<&str, String> = FIELDS.map(|name| (name, sent.text(name))).into();
        match opening_of(&sent) {
            Err(faults) => show_list(&here, &typed, &faults, vec![here.lang.t("ledgers-mend")]).await,
            Ok(act) => match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
                Ok(ledger) => Ok(here.go(&format!("/desk/ledgers/{ledger}"))),
                Err(Stop::Refused(refusal)) if refusal.why == Why::FieldsWrong => {
                    show_list(&here, &typed, &refusal.about, vec![here.lang.t("ledgers-mend")]).await
                }
                Err(stop) => Err(stop.into()),
            },
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// What the form says; or which of its fields cannot be read.
fn opening_of(sent: &Sent) -> Result<OpenLedger, BTreeMap<String, String>> {
    let mut faults = BTreeMap::new();
    let office: Option<OfficeId> = sent.id("office");
    let kind = EventKind::from_code(&sent.text("kind"));
    for (name, is_there) in [("office", office.is_some()), ("kind", kind.is_some())] {
        if !is_there {
            faults.insert(name.to_owned(), "answer/missing".to_owned());
        }
    }
    let whole = digits::to_ascii(&sent.text("sample-percent")).parse::<i64>();
    let sample = whole.map_err(|_| faults.insert("sample-percent".into(), "number/not-a-number".into()));
    let threshold = thousandths(&sent.text("threshold"));
    if threshold.is_none() {
        faults.insert("threshold".into(), "number/not-a-number".into());
    }
    match (office, kind, sample, threshold) {
        (Some(office), Some(kind), Ok(sample_percent), Some(threshold_permille)) => Ok(OpenLedger {
            office,
            kind,
            name: sent.text("name"),
            directorate: sent.text("directorate"),
            record_no: sent.text("record-no"),
            number_prefix: sent.text("number-prefix"),
            sample_percent,
            threshold_permille,
        }),
        _ => Err(faults),
    }
}

/// A share in percent, with one digit after the point, in thousandths.
fn thousandths(text: &str) -> Option<i64> {
    let text = digits::to_ascii(text).replace(['٫', ','], ".");
    let (whole, tenths) = text.split_once('.').unwrap_or((&text, "0"));
    let tenths: i64 = if tenths.len() == 1 { tenths.parse().ok()? } else { return None };
    let whole: i64 = whole.parse().ok()?;
    whole.checked_mul(10)?.checked_add(tenths)
}

/// From which page of its list on a ledger is shown, and what was just done.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct From {
    #[serde(default)]
    after: i64,
    #[serde(default)]
    done: String,
}

/// One ledger.
pub async fn one(here: Here, Path((_, id)): Path<(String, String)>, Query(from): Query<From>) -> Response {
    let mut notices = Vec::new();
    if from.done == "page" {
        notices.push(here.lang.t("ledgers-page-ended"));
    }
    let result = show_one(&here, &id, from.after, notices).await;
    answer(&here, result)
}

/// Everything that a ledger's page shows.
struct Seen {
    ledger: LedgerRow,
    progress: LedgerProgress,
    quality: Vec<Quality>,
    pages: Vec<LedgerPageRow>,
    /// How many pages wait for this officer, and which ones for a decision of theirs.
    left: i64,
    to_decide: Vec<LedgerPageRow>,
}

async fn seen(here: &Here, desk: &AtDesk, id: &str, after: i64) -> Result<Seen, Problem> {
    let id: LedgerId = id.parse().map_err(|_| Problem::not_found())?;
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let ledger = ledgers::ledger_for(&mut tx, &desk.acting, id).await?.ok_or_else(Problem::not_found)?;
    let me = desk.acting.officer.id;
    let keys =
        desk.acting.may(Permission::KeyLedgers) && desk.acting.officer.office_id == Some(ledger.office_id);
    Ok(Seen {
        progress: ledgers::progress(&mut tx, id).await?,
        quality: if oversees(desk) { ledgers::quality(&mut tx, id).await? } else { Vec::new() },
        pages: if oversees(desk) {
            ledgers::pages_after(&mut tx, id, after, LISTED).await?
        } else {
            Vec::new()
        },
        left: if keys { ledgers::count_to_key(&mut tx, id, me).await? } else { 0 },
        to_decide: if keys { ledgers::to_decide(&mut tx, id, me, OFFERED).await? } else { Vec::new() },
        ledger,
    })
}

async fn show_one(here: &Here, id: &str, after: i64, notices: Vec<String>) -> Answer {
    let desk = desk_of(here).await?;
    let seen = seen(here, &desk, id, after).await?;
    let lang = &here.lang;
    let mut page = DeskList::new(here, &desk, seen.ledger.name.clone()).await?;
    page.back = "/desk/ledgers".into();
    page.notices = notices;
    if desk.acting.may(Permission::KeyLedgers) {
        page.notices.push(lang.with("ledgers-left", &[("count", Arg::Number(seen.left))]));
        page.actions.push(Action { path: format!("/desk/ledgers/{id}/next"), text: lang.t("ledgers-next") });
    }
    if desk.acting.may(Permission::CorrectEntries) {
        let open = {
            let mut reading = here.app.office.db.reading().await?;
            ledgers::count_checks(&mut reading.tx(), seen.ledger.id).await?
        };
        if open > 0 {
            let path = format!("/{}/desk/ledgers/{id}/checks", lang.code);
            page.links.push((path, lang.with("ledgers-checks-open", &[("count", Arg::Number(open))])));
        }
    }
    if !seen.to_decide.is_empty() {
        page.tables.push((lang.t("ledgers-differ"), differing(here, &seen.to_decide)));
    }
    if oversees(&desk) {
        overseen(here, id, after, &seen, &mut page);
    }
    Ok(show(StatusCode::OK, false, &page))
}

fn differing(here: &Here, pages: &[LedgerPageRow]) -> Table {
    let lang = &here.lang;
    let rows = pages.iter().map(|page| {
        vec![
            Cell::code(&page.page_no).to(format!("/desk/ledger-pages/{}/differences", page.id)),
            Cell::text(lang.number(page.differing)),
        ]
    });
    Table {
        caption: lang.t("ledgers-differ"),
        heads: vec![lang.t("field-page-no"), lang.t("ledgers-differing-fields")],
        rows: rows.collect(),
        total: pages.len() as i64,
        ..Table::default()
    }
}

fn overseen(here: &Here, id: &str, after: i64, seen: &Seen, page: &mut DeskList) {
    let lang = &here.lang;
    let progress = &seen.progress;
    if seen.ledger.all_twice_at.is_some() {
        let share = ledger_words::share(lang, progress.fields_differing, progress.compared);
        let limit = ledger_words::per_mille(lang, seen.ledger.threshold_permille);
        let told = [("share", Arg::Text(share)), ("limit", Arg::Text(limit))];
        page.notices.push(lang.with("ledgers-all-twice", &told));
        if progress.in_once > 0 {
            let told = [("count", Arg::Number(progress.in_once))];
            page.notices.push(lang.with("ledgers-in-once", &told));
        }
    }
    if progress.settled > 0 {
        let path = format!("/desk/ledgers/{id}/bring-in");
        page.actions.push(Action { path, text: lang.t("ledgers-bring-in") });
    }
    page.tables.push((lang.t("ledgers-progress"), counts(here, &seen.ledger, progress)));
    page.tables.push((lang.t("ledgers-quality"), quality(here, &seen.quality)));
    page.tables.push((lang.t("ledgers-pages"), listed(here, id, after, seen)));
    page.forms.push(sending(here, id, progress.pages + 1));
    page.forms.push(setting(here, id, &seen.ledger));
}

fn setting(here: &Here, id: &str, ledger: &LedgerRow) -> FormBlock {
    let lang = &here.lang;
    let tenths = ledger.threshold_permille;
    let threshold = match tenths % 10 {
        0 => (tenths / 10).to_string(),
        tenth => format!("{}.{tenth}", tenths / 10),
    };
    let fields = vec![
        Field::line("sample-percent", lang.t("ledgers-sample"))
            .hint(lang.t("ledgers-sample-hint"))
            .ltr("text", "", "w-4")
            .filled(ledger.sample_percent.to_string()),
        Field::line("threshold", lang.t("ledgers-threshold"))
            .hint(lang.t("ledgers-threshold-hint"))
            .ltr("text", "", "w-4")
            .filled(threshold),
    ];
    let action = format!("/desk/ledgers/{id}/set");
    let mut form = FormBlock::new(lang.t("ledgers-set"), action, fields, lang.t("ledgers-set"));
    form.hidden = vec![("seen".into(), ledger.version.to_string())];
    form.button_class = "btn alt";
    form
}

/// Sets how much of a ledger is keyed twice.
pub async fn set(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::ImportRegister)).await?;
        let ledger: LedgerId = id.parse().map_err(|_| Problem::not_found())?;
        let seen = sent.text("seen").parse().map_err(|_| Problem::from(Why::FieldMissing))?;
        let sample = digits::to_ascii(&sent.text("sample-percent")).parse::<i64>();
        let (Ok(sample_percent), Some(threshold_permille)) = (sample, thousandths(&sent.text("threshold")))
        else {
            return Ok(refused(show_one(&here, &id, 0, vec![here.lang.t("ledgers-mend-shares")]).await?));
        };
        let act = SetLedger { ledger, seen, sample_percent, threshold_permille };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(_) => Ok(here.go(&format!("/desk/ledgers/{id}"))),
            Err(Stop::Refused(refusal)) if refusal.why == Why::FieldsWrong => {
                Ok(refused(show_one(&here, &id, 0, vec![here.lang.t("ledgers-mend-shares")]).await?))
            }
            Err(stop) => Err(stop.into()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn counts(here: &Here, ledger: &LedgerRow, progress: &LedgerProgress) -> Table {
    let lang = &here.lang;
    let numbers = [
        ("waiting", progress.waiting),
        ("keying", progress.keying),
        ("keyed", progress.keyed),
        ("keyed-twice", progress.keyed_twice),
        ("differing", progress.differing),
        ("settled", progress.settled),
        ("in", progress.brought_in),
    ];
    let mut rows: Vec<Vec<Cell>> = numbers
        .iter()
        .map(|(name, count)| {
            vec![Cell::text(lang.t_of("ledgers-count-", name)), Cell::text(lang.number(*count))]
        })
        .collect();
    let share = ledger_words::share(lang, progress.fields_differing, progress.compared);
    rows.push(vec![Cell::text(lang.t("ledgers-rate")), Cell::text(share)]);
    let sample = format!("{} %", lang.number(ledger.sample_percent));
    rows.push(vec![Cell::text(lang.t("ledgers-sample")), Cell::text(sample)]);
    let limit = ledger_words::per_mille(lang, ledger.threshold_permille);
    rows.push(vec![Cell::text(lang.t("ledgers-threshold")), Cell::text(format!("{limit} %"))]);
    Table {
        caption: lang.t("ledgers-progress"),
        heads: vec![lang.t("ledgers-pages"), lang.t("ledgers-how-many")],
        total: progress.pages,
        rows,
        ..Table::default()
    }
}

fn quality(here: &Here, quality: &[Quality]) -> Table {
    let lang = &here.lang;
    let rows = quality.iter().map(|one| {
        vec![
            Cell::text(&one.name),
            Cell::text(lang.number(one.pages)),
            Cell::text(lang.number(one.compared)),
            Cell::text(ledger_words::share(lang, one.differing, one.compared)),
            Cell::text(ledger_words::share(lang, one.wrong, one.compared)),
        ]
    });
    let heads = [
        "officer-name",
        "ledgers-compared-pages",
        "ledgers-compared-fields",
        "ledgers-rate",
        "ledgers-wrong",
    ];
    Table {
        caption: lang.t("ledgers-quality"),
        heads: heads.map(|key| lang.t(key)).to_vec(),
        rows: rows.collect(),
        total: quality.len() as i64,
        empty: lang.t("ledgers-quality-none"),
        ..Table::default()
    }
}

fn listed(here: &Here, id: &str, after: i64, seen: &Seen) -> Table {
    let lang = &here.lang;
    let rows = seen.pages.iter().map(|page| {
        let state = Cell::tag(lang.t_of("ledgers-state-", &page.state), tag_of(&page.state));
        let state = match page.import_id {
            Some(import) => state.to(format!("/desk/books/{import}")),
            None => state,
        };
        vec![Cell::code(&page.page_no), Cell::text(&page.file_name), state]
    });
    let last = seen.pages.last().map_or(after, |page| page.place);
    let path = format!("/desk/ledgers/{id}");
    Table {
        caption: lang.t("ledgers-pages"),
        heads: ["field-page-no", "books-file", "register-state"].map(|key| lang.t(key)).to_vec(),
        rows: rows.collect(),
        total: seen.progress.pages,
        empty: lang.t("ledgers-no-pages"),
        previous: if after > 0 { format!("{path}?after={}", (after - LISTED).max(0)) } else { String::new() },
        next: if last < seen.progress.pages { format!("{path}?after={last}") } else { String::new() },
        ..Table::default()
    }
}

fn tag_of(state: &str) -> &'static str {
    match state {
        "in" | "settled" => "done",
        "differing" => "late",
        _ => "wait",
    }
}

fn sending(here: &Here, id: &str, next: i64) -> FormBlock {
    let lang = &here.lang;
    let mut images = Field::line("image", lang.t("ledgers-images")).hint(lang.t("ledgers-images-hint"));
    images.shape = Shape::Files;
    let fields = vec![
        Field::line("first-page", lang.t("ledgers-first-page"))
            .hint(lang.t("ledgers-first-page-hint"))
            .ltr("text", "", "w-4")
            .filled(next.to_string()),
        images,
    ];
    FormBlock::new(
        lang.t("ledgers-send"),
        format!("/desk/ledgers/{id}/pages"),
        fields,
        lang.t("ledgers-send"),
    )
}

/// Takes the images of pages, in the order of their names; what is refused of them is
/// told, and the rest is taken.
pub async fn pages_sent(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::ImportRegister)).await?;
        let ledger: LedgerId = id.parse().map_err(|_| Problem::not_found())?;
        let known = {
            let mut reading = here.app.office.db.reading().await?;
            ledgers::ledger(&mut reading.tx(), ledger).await?
        };
        known.ok_or_else(Problem::not_found)?;
        let mut files: Vec<_> = sent.files.iter().collect();
        files.sort_by_key(|one| (digits::in_order(&one.name), one.name.clone()));
        let first = digits::to_ascii(&sent.text("first-page")).parse::<i64>().ok().filter(|page| *page > 0);
        let (Some(first), false) = (first, files.is_empty()) else {
            let told = vec![here.lang.t("ledgers-send-missing")];
            return Ok(refused(show_one(&here, &id, 0, told).await?));
        };
        let mut told = Vec::new();
        for (n, file) in files.iter().enumerate() {
            let page_no = (first + n as i64).to_string();
            let (key, office) = (format!("{}/{n}", sent.key), &here.app.office);
            let image = (file.name.as_str(), file.bytes.clone());
            match ledgers::add_page(office, &here.visitor.who(), &key, (ledger, page_no), image).await {
                Ok(_) => {}
                Err(Stop::Refused(refusal)) => {
                    let why = here.lang.help(&refusal);
                    let about = [("file", Arg::Text(file.name.clone())), ("why", Arg::Text(why))];
                    told.push(here.lang.with("ledgers-not-taken", &about));
                }
                Err(stop) => return Err(stop.into()),
            }
        }
        if told.is_empty() {
            return Ok(here.go(&format!("/desk/ledgers/{id}")));
        }
        Ok(refused(show_one(&here, &id, 0, told).await?))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn refused(mut response: Response) -> Response {
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

/// Takes the next page in hand.
pub async fn next(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let ledger: LedgerId = id.parse().map_err(|_| Problem::not_found())?;
        match here.app.office.perform(&here.visitor.who(), &sent.key, TakePage { ledger }).await {
            Ok(page) => Ok(here.go(&format!("/desk/ledger-pages/{page}"))),
            Err(Stop::Refused(refusal)) if refusal.why == Why::LedgerNothingLeft => {
                show_one(&here, &id, 0, vec![here.lang.help(&refusal)]).await
            }
            Err(stop) => Err(stop.into()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Gives a page back.
pub async fn give_back(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let page: LedgerPageId = id.parse().map_err(|_| Problem::not_found())?;
        here.app.office.perform(&here.visitor.who(), &sent.key, GiveBackPage { page }).await?;
        let row = {
            let mut reading = here.app.office.db.reading().await?;
            ledgers::page(&mut reading.tx(), page).await?
        };
        let row = row.ok_or_else(Problem::not_found)?;
        Ok(here.go(&format!("/desk/ledgers/{}", row.ledger_id)))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Brings in what is settled.
pub async fn bring_in(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::ImportRegister)).await?;
        let ledger: LedgerId = id.parse().map_err(|_| Problem::not_found())?;
        let known = {
            let mut reading = here.app.office.db.reading().await?;
            ledgers::ledger(&mut reading.tx(), ledger).await?
        };
        known.ok_or_else(Problem::not_found)?;
        let done = ledgers::bring_in(&here.app.office, &here.visitor.who(), &sent.key, ledger).await?;
        let counts = [
            ("pages", Arg::Number(done.pages)),
            ("added", Arg::Number(done.added)),
            ("there", Arg::Number(done.there)),
            ("rejected", Arg::Number(done.rejected)),
            ("unreadable", Arg::Number(done.unreadable)),
        ];
        let mut told = vec![here.lang.with("ledgers-brought-in", &counts)];
        if done.rejected > 0 {
            told.push(here.lang.t("ledgers-rejected"));
        }
        if done.left > 0 {
            told.push(here.lang.with("ledgers-still-settled", &[("count", Arg::Number(done.left))]));
        }
        show_one(&here, &id, 0, told).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}
