//! Entries of a ledger that are to be checked: what went in, what was decided later, and
//! what became of it.

use super::{DeskList, at_desk};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::ledger_words;
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::civil::EventKind;
use diwan_domain::civil::books::ledger::WHOLE_ROW;
use diwan_domain::ids::{LedgerId, RowId};
use diwan_domain::people::Permission;
use diwan_office::civil::books::ledgers::{
    self, LedgerCheck, OUTCOMES, OpenLedgerChecks, SettleLedgerCheck, kind_of,
};

/// The entries of a ledger that are to be checked, each with a form to settle it.
pub async fn list(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = show_list(&here, &id, None).await;
    answer(&here, result)
}

async fn show_list(here: &Here, id: &str, notice: Option<String>) -> Answer {
    let desk = at_desk(here, Some(Permission::CorrectEntries)).await?;
    let id: LedgerId = id.parse().map_err(|_| Problem::not_found())?;
    let office = &here.app.office;
    office.perform_once(&here.visitor.who(), OpenLedgerChecks { ledger: id }).await?;
    let (ledger, checks) = {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        let ledger = ledgers::ledger_for(&mut tx, &desk.acting, id).await?.ok_or_else(Problem::not_found)?;
        (ledger, ledgers::open_checks(&mut tx, &desk.acting, id).await?)
    };
    let (lang, kind) = (&here.lang, kind_of(&ledger)?);
    let status = if notice.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut page = DeskList::new(here, &desk, lang.t("ledgers-checks")).await?;
    page.back = format!("/desk/ledgers/{id}");
    page.notices = notice.into_iter().collect();
    let lead = if checks.is_empty() { "ledgers-checks-none" } else { "ledgers-checks-lead" };
    page.notices.push(lang.t(lead));
    for check in &checks {
        let title = title_of(here, check);
        page.tables.push((title.clone(), said(here, kind, title.clone(), check)));
        page.forms.push(settle_form(here, id, title, check));
    }
    Ok(show(status, false, &page))
}

fn title_of(here: &Here, check: &LedgerCheck) -> String {
    let about = [("page", Arg::Text(check.page_no.clone())), ("row", Arg::Number(check.row.row_no))];
    here.lang.with_of("ledgers-check-", &check.row.kind, &about)
}

/// What went in and what was decided, field by field.
fn said(here: &Here, kind: EventKind, caption: String, check: &LedgerCheck) -> Table {
    let lang = &here.lang;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    if let Some(entry) = &check.entry {
        let number = Cell::code(&entry.number).to(format!("/desk/register/entries/{}", entry.id));
        rows.push(vec![Cell::text(lang.t("register-number")), number, Cell::text("")]);
    }
    for one in &check.fields {
        let column = match one.field.as_str() {
            WHOLE_ROW => lang.t("ledgers-whole-row"),
            field => ledger_words::column(lang, kind, field),
        };
        rows.push(vec![
            Cell::text(column),
            Cell::text(ledger_words::value(lang, kind, one, one.first.as_ref())),
            Cell::text(ledger_words::value(lang, kind, one, one.second.as_ref())),
        ]);
    }
    let heads = ["register-field", "ledgers-went-in", "ledgers-decided-later"];
    Table {
        caption,
        heads: heads.map(|key| lang.t(key)).to_vec(),
        total: rows.len() as i64,
        rows,
        ..Table::default()
    }
}

fn settle_form(here: &Here, ledger: LedgerId, title: String, check: &LedgerCheck) -> FormBlock {
    let lang = &here.lang;
    let fits = |outcome: &str| match outcome {
        "corrected" => check.entry.is_some(),
        "registered" => check.entry.is_none(),
        _ => true,
    };
    let options = OUTCOMES.into_iter().filter(|outcome| fits(outcome)).map(|value| Opt {
        value: value.to_owned(),
        label: lang.t_of("ledgers-check-outcome-", value),
        ..Opt::default()
    });
    let id = check.row.id.to_string();
    let fields = vec![
        Field::select("outcome", lang.t("ledgers-check-outcome"), options.collect())
            .with_id(&format!("outcome-{id}")),
        Field::line("reason", lang.t("ledgers-check-reason"))
            .hint(lang.t("ledgers-check-reason-hint"))
            .with_id(&format!("reason-{id}"))
            .optional(),
    ];
    let path = format!("/desk/ledger-checks/{id}");
    let mut form = FormBlock::new(title, path, fields, lang.t("ledgers-check-settle"));
    form.hidden = vec![("seen".into(), check.row.version.to_string()), ("ledger".into(), ledger.to_string())];
    form
}

/// Settles a check.
pub async fn settled(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = settle(&here, &id, &sent).await;
    answer(&here, result)
}

async fn settle(here: &Here, id: &str, sent: &Sent) -> Answer {
    at_desk(here, Some(Permission::CorrectEntries)).await?;
    let check: RowId = id.parse().map_err(|_| Problem::not_found())?;
    let act = SettleLedgerCheck {
        check,
        seen: sent.id("seen").unwrap_or_default(),
        outcome: sent.text("outcome"),
        reason: sent.text("reason"),
    };
    let ledger: LedgerId = sent.id("ledger").ok_or_else(Problem::not_found)?;
    match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
        Ok(_) => Ok(here.go(&format!("/desk/ledgers/{ledger}/checks"))),
        Err(diwan_office::Stop::Refused(refusal))
            if refusal.about.contains_key("field")
                || refusal.why == diwan_domain::refusals::Why::ReasonMissing =>
        {
            show_list(here, &ledger.to_string(), Some(here.lang.t("ledgers-check-not-so"))).await
        }
        Err(stop) => Err(stop.into()),
    }
}
