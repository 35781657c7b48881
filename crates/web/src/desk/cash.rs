//! The cash shift: open, take, close; receipts, copies, and voiding by two.

use super::{DeskList, at_desk};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::ids::{CounterId, ReceiptId};
use diwan_domain::money::Money;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::administration;
use diwan_office::cash::{self, CloseShift, OpenShift, ReprintReceipt, VoidReceipt};
use diwan_office::rows::ReceiptRow;

/// The officer's shift.
pub async fn page(here: Here) -> Response {
    let result = show_shift(&here, Vec::new()).await;
    answer(&here, result)
}

async fn show_shift(here: &Here, notices: Vec<String>) -> Answer {
    let desk = at_desk(here, Some(Permission::TakeCash)).await?;
    let lang = &here.lang;
    let officer = desk.acting.officer.clone();
    let (shift, counters) = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let shift = cash::open_shift(&mut tx, officer.id).await?;
        let counters = match officer.centre_id {
            Some(centre) => administration::counters_of(&mut tx, centre).await?,
            None => Vec::new(),
        };
        (shift, counters)
    };
    let mut page = DeskList::new(here, &desk, lang.t("menu-cash")).await?;
    page.notices = notices;
    match shift {
        None => {
            let options = counters
                .iter()
                .map(|counter| Opt {
                    value: counter.id.to_string(),
                    label: counter.label.clone(),
                    ..Opt::default()
                })
                .collect();
            let fields = vec![Field::choice("counter", lang.t("counter"), options)];
            page.forms = vec![FormBlock::new(
                lang.t("shift-open"),
                "/desk/cash/open".into(),
                fields,
                lang.t("shift-open"),
            )];
        }
        Some((shift, receipts, held)) => {
            let dollars = {
                let mut reading = here.app.office.db.reading().await?;
                cash::dollars_in(&mut reading.tx(), shift.id).await?
            };
            let mut amount = lang.money(Money::iqd(held));
            if dollars != 0 {
                amount = format!("{amount} · {}", lang.money(Money::of(dollars, "USD")));
            }
            let counter = shift.counter_id;
            here.visitor.keep(|kept| kept.counter = Some(counter));
            page.notices.push(
                lang.with(
                    "shift-holds",
                    &[("number", shift.number.clone().into()), ("amount", amount.into())],
                ),
            );
            let rows: Vec<Vec<Cell>> = receipts
                .iter()
                .map(|receipt| {
                    let sign =
                        if receipt.kind == "void" { -receipt.minor_units } else { receipt.minor_units };
                    vec![
                        Cell::code(&receipt.number).to(format!("/desk/cash/receipts/{}", receipt.id)),
                        Cell::text(lang.money(Money::of(sign, &receipt.currency))),
                        Cell::text(lang.moment(receipt.at, here.app.office.settings.utc_offset_minutes)),
                    ]
                })
                .collect();
            let table = Table {
                caption: lang.t("receipts"),
                heads: ["receipt", "receipt-total", "when"].map(|key| lang.t(key)).to_vec(),
                total: rows.len() as i64,
                rows,
                empty: lang.t("receipts-none"),
                ..Table::default()
            };
            page.tables = vec![(lang.t("receipts"), table)];
            let fields = vec![Field::line("counted", lang.t("shift-counted")).ltr("text", "", "w-short")];
            page.forms = vec![FormBlock::new(
                lang.t("shift-close"),
                "/desk/cash/close".into(),
                fields,
                lang.t("shift-close"),
            )];
        }
    }
    Ok(show(StatusCode::OK, false, &page))
}

/// Opens a shift.
pub async fn open(here: Here, sent: Sent) -> Response {
    let result = async {
        let counter: CounterId = sent.id("counter").ok_or_else(|| Problem::from(Why::FieldMissing))?;
        here.app.office.perform(&here.visitor.who(), &sent.key, OpenShift { counter }).await?;
        here.visitor.keep(|kept| kept.counter = Some(counter));
        Ok(here.go("/desk/cash"))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Closes the shift with what was counted.
pub async fn close(here: Here, sent: Sent) -> Response {
    let result = async {
        let typed = diwan_domain::digits::to_ascii(&sent.text("counted"));
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let Ok(counted) = digits.parse::<i64>() else {
            return show_shift(&here, vec![here.lang.t("shift-counted-wrong")]).await;
        };
        let difference =
            here.app.office.perform(&here.visitor.who(), &sent.key, CloseShift { counted }).await?;
        here.visitor.keep(|kept| kept.counter = None);
        let amount = here.lang.money(Money::iqd(difference));
        show_shift(&here, vec![here.lang.with("shift-closed", &[("difference", amount.into())])]).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// A receipt that the officer may see, and whether it was voided.
async fn seen(here: &Here, id: &str) -> Result<(ReceiptId, (ReceiptRow, bool)), Problem> {
    let receipt: ReceiptId = id.parse().map_err(|_| Problem::not_found())?;
    let at = here.app.office.desk(&here.visitor.who(), "look");
    let mut reading = here.app.office.db.reading().await?;
    Ok((receipt, cash::seen_by(&mut reading.tx(), &at, receipt).await?))
}

/// A receipt: print a copy, or void it as the second person.
pub async fn receipt(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let desk = at_desk(&here, None).await?;
        let lang = &here.lang;
        let (_, (row, void)) = seen(&here, &id).await?;
        let mut page = DeskList::new(&here, &desk, format!("{} {}", lang.t("receipt"), row.number)).await?;
        page.back = format!("/desk/counter/cases/{}", row.case_id);
        page.notices = vec![lang.money(Money::of(row.minor_units, &row.currency))];
        match crate::pages::receipt::proof_of(&here, &row).await? {
            Some(proof) => {
                let leaf = lang.digits(&proof.leaf_index.to_string());
                page.notices.push(lang.with("log-entry", &[("entry", leaf.into())]));
                page.links.push((
                    format!("/{}/desk/cash/receipts/{id}/proof", lang.code),
                    lang.t("download-proof"),
                ));
            }
            None => page.notices.push(crate::pages::check::log_later(&here).await?),
        }
        if desk.acting.may(Permission::TakeCash) {
            for (path, key, lead) in [
                ("slip", "receipt-print-narrow", "receipt-print-lead"),
                ("original", "receipt-as-pdf", "receipt-pdf-lead"),
            ] {
                let action = format!("/desk/cash/receipts/{id}/{path}");
                let mut form = FormBlock::new(lang.t(key), action, Vec::new(), lang.t(key));
                form.intro = vec![lang.t(lead)];
                form.focused = path == "slip";
                form.button_class = if form.focused { "btn" } else { "btn alt" };
                page.forms.push(form);
            }
        }
        if void || row.kind == "void" {
            page.notices.push(lang.t("receipt-void"));
        } else if desk.acting.may(Permission::VoidCash) && desk.acting.officer.id != row.officer_id {
            let fields = vec![Field::line("reason", lang.t("why"))];
            let mut form = FormBlock::new(
                lang.t("receipt-void-it"),
                format!("/desk/cash/receipts/{id}/void"),
                fields,
                lang.t("receipt-void-it"),
            );
            form.button_class = "btn warn";
            page.forms.push(form);
        }
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Prints, or voids.
pub async fn receipt_do(
    here: Here,
    Path((_, id, what)): Path<(String, String, String)>,
    sent: Sent,
) -> Response {
    let result = async {
        let office = &here.app.office;
        let who = here.visitor.who();
        let (receipt, (row, void)) = seen(&here, &id).await?;
        match what.as_str() {
            "slip" => {
                at_desk(&here, Some(Permission::TakeCash)).await?;
                let original = office.perform(&who, &sent.key, ReprintReceipt { receipt }).await?;
                let opened = crate::pages::apply::open(&here, &row.case_id.to_string()).await?;
                let mark = crate::papers::receipt_mark(&row, original, void);
                let back = format!("/desk/counter/cases/{}", row.case_id);
                let proof = format!("/desk/cash/receipts/{id}/proof");
                crate::pages::receipt::shown(&here, &opened.case, &row, mark, [back, String::new(), proof])
                    .await
            }
            "original" | "copy" => {
                at_desk(&here, Some(Permission::TakeCash)).await?;
                // Whichever button was pressed: one original, and everything after it a copy.
                let original = office.perform(&who, &sent.key, ReprintReceipt { receipt }).await?;
                let opened = crate::pages::apply::open(&here, &row.case_id.to_string()).await?;
                crate::papers::receipt(&here, &opened.case, &id, original).await
            }
            "void" => {
                let act = VoidReceipt { receipt, cashier: row.officer_id, reason: sent.text("reason") };
                office.perform(&who, &sent.key, act).await?;
                Ok(here.go(&format!("/desk/cash/receipts/{id}")))
            }
            _ => Err(Problem::not_found()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The proof that a receipt's entry is in the public log.
pub async fn receipt_proof(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let (_, (row, _)) = seen(&here, &id).await?;
        crate::pages::receipt::proof_file(&here, &row).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}
