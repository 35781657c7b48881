//! The cash shift: open, take, close; receipts, copies, and voiding by two.

use super::{AtDesk, DeskList, at_desk};
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Language;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::ids::{CounterId, ReceiptId};
use diwan_domain::money::{Currency, Money};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::cash::{self, CloseShift, GiveBack, OpenShift, ReprintReceipt, VoidReceipt};
use diwan_office::rows::ReceiptRow;
use diwan_office::{Stop, administration};

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
            let counter = shift.counter_id;
            here.visitor.keep(|kept| kept.counter = Some(counter));
            let amount = in_drawer(lang, held, (dollars != 0).then_some(dollars));
            page.notices.push(
                lang.with(
                    "shift-holds",
                    &[("number", shift.number.clone().into()), ("amount", amount.into())],
                ),
            );
            page.tables = vec![(lang.t("receipts"), receipts_table(here, &receipts))];
            let mut fields = vec![Field::line("counted", lang.t("shift-counted")).ltr("text", "", "w-short")];
            // Each currency that went through the drawer is counted.
            if dollars != 0 || receipts.iter().any(|receipt| receipt.currency == "USD") {
                let label = lang.t("shift-counted-dollars");
                fields.push(Field::line("counted-dollars", label).ltr("text", "", "w-short"));
            }
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

/// What lies in a drawer, of each currency.
fn in_drawer(lang: &Language, dinars: i64, dollars: Option<i64>) -> String {
    let dinars = lang.money(Money::iqd(dinars));
    match dollars {
        Some(cents) => format!("{dinars} · {}", lang.money(Money::of(cents, "USD"))),
        None => dinars,
    }
}

/// The receipts of a shift; what was given back or voided went out of the drawer.
fn receipts_table(here: &Here, receipts: &[ReceiptRow]) -> Table {
    let lang = &here.lang;
    let row = |receipt: &ReceiptRow| {
        let sign = if receipt.voids.is_some() { -receipt.minor_units } else { receipt.minor_units };
        vec![
            Cell::code(&receipt.number).to(format!("/desk/cash/receipts/{}", receipt.id)),
            Cell::text(lang.money(Money::of(sign, &receipt.currency))),
            Cell::text(lang.moment(receipt.at, here.app.office.settings.utc_offset_minutes)),
        ]
    };
    let rows: Vec<Vec<Cell>> = receipts.iter().map(row).collect();
    Table {
        caption: lang.t("receipts"),
        heads: ["receipt", "receipt-total", "when"].map(|key| lang.t(key)).to_vec(),
        total: rows.len() as i64,
        rows,
        empty: lang.t("receipts-none"),
        ..Table::default()
    }
}

/// An amount as it was typed, in minor units of its currency: dollars with or without cents.
fn typed_amount(typed: &str, currency: Currency) -> Option<i64> {
    let ascii = diwan_domain::digits::to_ascii(typed).replace('٫', ".");
    let kept: String = ascii.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let places = currency.decimals() as usize;
    if places == 0 {
        return kept.replace('.', "").parse().ok();
    }
    let (whole, part) = kept.split_once('.').unwrap_or((&kept, ""));
    if whole.is_empty() || part.len() > places {
        return None;
    }
    format!("{whole}{part:0<places$}").parse().ok()
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
        let wrong = async || show_shift(&here, vec![here.lang.t("shift-counted-wrong")]).await;
        let Some(counted) = typed_amount(&sent.text("counted"), Currency::Iqd) else {
            return wrong().await;
        };
        let typed = sent.text("counted-dollars");
        let dollars = typed_amount(&typed, Currency::Usd);
        if dollars.is_none() && !typed.trim().is_empty() {
            return wrong().await;
        }
        let act = CloseShift { counted, dollars };
        let differences = match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Err(Stop::Refused(refusal)) if refusal.why == Why::FieldMissing => return wrong().await,
            other => other?,
        };
        here.visitor.keep(|kept| kept.counter = None);
        let amount = in_drawer(&here.lang, differences.dinars, differences.dollars);
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
        } else if row.kind == cash::REFUND {
            page.notices.push(lang.t("receipt-refund"));
        } else {
            undoing(&here, &desk, &row, &mut page).await?;
        }
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// What undoes a receipt, for the second person: voiding while its shift is open, and giving
/// money back out of a drawer that is open now.
async fn undoing(here: &Here, desk: &AtDesk, row: &ReceiptRow, page: &mut DeskList) -> Result<(), Problem> {
    let lang = &here.lang;
    let office = &here.app.office;
    let (taken_in, left, drawers) = {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        cash::undoing(&mut tx, row).await?
    };
    let given = row.minor_units - left.of_receipt;
    if given > 0 {
        let amount = lang.money(Money::of(given, &row.currency));
        page.notices.push(lang.with("receipt-given-back", &[("amount", amount.into())]));
    }
    if !desk.acting.may(Permission::VoidCash) || desk.acting.officer.id == row.officer_id {
        return Ok(());
    }
    if taken_in.closed_at.is_none() && given == 0 {
        let action = format!("/desk/cash/receipts/{}/void", row.id);
        let label = lang.t("receipt-void-it");
        let fields = vec![Field::line("reason", lang.t("why"))];
        let mut form = FormBlock::new(label.clone(), action, fields, label);
        form.button_class = "btn warn";
        page.forms.push(form);
    }
    if left.most <= 0 {
        return Ok(());
    }
    let own = desk.acting.officer.id;
    let options: Vec<Opt> = drawers
        .iter()
        .filter(|(shift, _)| shift.officer_id != own)
        .map(|(shift, counter)| Opt {
            value: shift.id.to_string(),
            label: format!("{} · {counter}", shift.number),
            ..Opt::default()
        })
        .collect();
    if options.is_empty() {
        page.notices.push(lang.t("receipt-give-back-none"));
        return Ok(());
    }
    let usual = Money::of(left.usual(), &row.currency);
    let most = lang.money(Money::of(left.most, &row.currency));
    let label = lang.t("receipt-give-back");
    let fields = vec![
        Field::line("amount", lang.t("receipt-give-back-amount"))
            .ltr("text", "", "w-short")
            .filled(plain_amount(usual)),
        Field::choice("shift", lang.t("receipt-give-back-shift"), options),
        Field::line("back-reason", lang.t("why")),
    ];
    let action = format!("/desk/cash/receipts/{}/back", row.id);
    let mut form = FormBlock::new(label.clone(), action, fields, label);
    form.intro = vec![lang.with("receipt-give-back-lead", &[("amount", most.into())])];
    form.button_class = "btn warn";
    page.forms.push(form);
    Ok(())
}

/// An amount as somebody types it.
fn plain_amount(money: Money) -> String {
    let part = 10_i64.pow(money.currency.decimals());
    match money.currency.decimals() as usize {
        0 => money.minor_units.to_string(),
        places => format!("{}.{:0places$}", money.minor_units / part, money.minor_units % part),
    }
}

/// Prints, voids, or gives back.
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
            "back" => {
                let currency = Money::of(0, &row.currency).currency;
                let act = GiveBack {
                    receipt,
                    shift: sent.id("shift").ok_or_else(|| Problem::from(Why::NoShift))?,
                    minor_units: typed_amount(&sent.text("amount"), currency).unwrap_or_default(),
                    reason: sent.text("back-reason"),
                };
                let paid_out = office.perform(&who, &sent.key, act).await?;
                Ok(here.go(&format!("/desk/cash/receipts/{paid_out}")))
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
