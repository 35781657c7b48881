//! Services as those who run them see them: the figures, what people wrote, and
//! what one case costs.

use super::{DeskList, at_desk};
use crate::fields::Field;
use crate::frame::{Here, show};
use crate::pages::figures::shown;
use crate::pages::home::words_of;
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::people::Permission;
use diwan_office::catalogue;
use diwan_office::figures::{SetServiceCost, words};

/// Every service that is offered.
pub async fn page(here: Here) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ManageOfficers)).await?;
        let (lang, office) = (&here.lang, &here.app.office);
        let offered =
            catalogue::offered(&mut office.db.reading().await?.tx(), &office.today().to_string()).await?;
        let rows: Vec<Vec<Cell>> = offered
            .iter()
            .map(|published| {
                let service = &published.service;
                vec![
                    Cell::text(words_of(&here, service).t("title"))
                        .to(format!("/desk/services/{}", service.key)),
                    Cell::text(lang.number(i64::from(service.version))),
                    Cell::text(lang.date(service.since)),
                ]
            })
            .collect();
        let mut page = DeskList::new(&here, &desk, lang.t("menu-services")).await?;
        page.tables = vec![(
            String::new(),
            Table {
                caption: lang.t("menu-services"),
                heads: ["service", "service-edition", "service-since"].map(|key| lang.t(key)).to_vec(),
                total: rows.len() as i64,
                rows,
                empty: lang.t("list-empty"),
                ..Table::default()
            },
        )];
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// One service.
pub async fn service(here: Here, Path((_, key)): Path<(String, String)>) -> Response {
    let result = service_page(&here, &key, None).await;
    answer(&here, result)
}

/// What was typed into the cost form: the amount, the reckoning.
type Typed = (String, String);

async fn service_page(here: &Here, key: &str, typed: Option<Typed>) -> Answer {
    let desk = at_desk(here, Some(Permission::ManageOfficers)).await?;
    let (lang, office) = (&here.lang, &here.app.office);
    let mut reading = office.db.reading().await?;
    let published = catalogue::newest(&mut reading.tx(), key, &office.today().to_string()).await?;
    let published = published.ok_or_else(Problem::not_found)?;
    let said = words(&mut reading.tx(), key).await?;
    drop(reading);
    let told = shown(here, key).await?;
    let mut page = DeskList::new(here, &desk, words_of(here, &published.service).t("title")).await?;
    page.back = "/desk/services".into();
    page.notices.extend(Some(told.few).filter(|text| !text.is_empty()));
    let pair = |(label, text): (String, String)| vec![Cell::text(label), Cell::text(text)];
    let lines: Vec<Vec<Cell>> = told.lines.into_iter().map(pair).collect();
    let times: Vec<Vec<Cell>> = told.bars.into_iter().map(|bar| pair((bar.label, bar.count))).collect();
    let table = |caption: &str, heads: [&str; 2], rows: Vec<Vec<Cell>>, empty: &str| Table {
        caption: lang.t(caption),
        heads: heads.map(|key| lang.t(key)).to_vec(),
        total: rows.len() as i64,
        rows,
        empty: lang.t(empty),
        ..Table::default()
    };
    let stars: Vec<Vec<Cell>> = said
        .iter()
        .map(|row| vec![Cell::text(lang.number(row.stars)), Cell::text(row.word.clone().unwrap_or_default())])
        .collect();
    page.tables = vec![
        (lang.t("figures-title"), table("figures-title", ["what", "figure-value"], lines, "list-empty")),
        (
            lang.t("figures-times"),
            table("figures-times", ["service-time-label", "figures-cases"], times, "list-empty"),
        ),
        (
            lang.t("figure-words"),
            table("figure-words", ["figure-stars", "figure-words"], stars, "list-empty"),
        ),
    ];
    page.forms = vec![cost_form(here, key, typed)];
    Ok(show(page.status(), false, &page))
}

fn cost_form(here: &Here, key: &str, typed: Option<Typed>) -> FormBlock {
    let lang = &here.lang;
    let mut amount = Field::line("amount", lang.t("cost-amount")).hint(lang.t("cost-amount-hint"));
    let mut basis = Field::line("basis", lang.t("cost-basis")).hint(lang.t("cost-basis-hint"));
    if let Some((typed_amount, typed_basis)) = typed {
        if amount_of(&typed_amount).is_none() {
            amount = amount.wrong(lang.t("shift-counted-wrong"));
        }
        if typed_basis.is_empty() {
            basis = basis.wrong(lang.t("refusal-help-admin-field-missing"));
        }
        (amount, basis) = (amount.filled(typed_amount), basis.filled(typed_basis));
    }
    let fields = vec![amount.ltr("text", "", "w-short"), basis];
    FormBlock::new(lang.t("figure-cost"), format!("/desk/services/{key}"), fields, lang.t("save"))
}

fn amount_of(typed: &str) -> Option<i64> {
    let ascii = diwan_domain::digits::to_ascii(typed);
    let digits: String = ascii.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Sets what one case costs.
pub async fn set_cost(here: Here, Path((_, key)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let typed = (sent.text("amount"), sent.text("basis"));
        let (Some(minor_units), false) = (amount_of(&typed.0), typed.1.is_empty()) else {
            return service_page(&here, &key, Some(typed)).await;
        };
        let act = SetServiceCost { service: key.clone(), minor_units, basis: typed.1 };
        here.app.office.perform(&here.visitor.who(), &sent.key, act).await?;
        Ok(here.go(&format!("/desk/services/{key}")))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
