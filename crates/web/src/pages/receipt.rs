//! A receipt as a page: the strip that a narrow printer prints, the same as a
//! PDF, and the proof that its entry stands in the public log.

use super::apply::open_for;
use crate::frame::{Frame, Here, show};
use crate::papers::receipt_mark;
use crate::refused::{Answer, Problem, answer};
use askama::Template;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use diwan_domain::money::Money;
use diwan_domain::proxies::Deed;
use diwan_domain::services::LATE_DECLARATION;
use diwan_office::cash;
use diwan_office::documents::qr_svg;
use diwan_office::inspection::{self, ProofFile};
use diwan_office::rows::{CaseRow, ReceiptRow};

/// The strip itself, in the reader's language.
pub struct Slip {
    /// Who took the money.
    pub authority: String,
    /// "Original", "copy" or "void".
    pub mark: String,
    /// Whether it is anything but the original.
    pub is_copy: bool,
    /// The receipt's number.
    pub number: String,
    /// What was taken.
    pub amount: String,
    /// When, in which case.
    pub facts: Vec<(String, String, bool)>,
    /// The code that leads to the case.
    pub qr: String,
    /// Whether nothing here is genuine.
    pub training: bool,
}

#[derive(Template)]
#[template(path = "receipt.html")]
struct ReceiptPage {
    frame: Frame,
    back: String,
    slip: Slip,
    log_line: String,
    proof: String,
    pdf: String,
}

/// A receipt's strip.
#[must_use]
pub fn slip(here: &Here, case: &CaseRow, row: &ReceiptRow, mark: &str, entry: Option<String>) -> Slip {
    let (lang, office) = (&here.lang, &here.app.office);
    let url = format!("{}/{}/track?number={}", office.settings.base_url, lang.code, case.number);
    let when = lang.moment(row.at, office.settings.utc_offset_minutes);
    let mut facts = vec![
        (lang.t("when"), when, false),
        (lang.t("case-number"), case.number.clone(), true),
        (lang.t("receipt-means"), lang.t("receipt-cash"), false),
    ];
    facts.extend(late_basis(row).map(|law| (lang.t("receipt-late-declaration"), law.to_owned(), false)));
    facts.extend(entry.map(|leaf| (lang.t("receipt-log-entry"), leaf, true)));
    Slip {
        authority: lang.name_in(&here.app.brand.government),
        mark: lang.t(mark),
        is_copy: mark != "receipt-original",
        number: row.number.clone(),
        amount: lang.money(Money::of(row.minor_units, &row.currency)),
        facts,
        qr: qr_svg(&url).unwrap_or_default(),
        training: row.training,
    }
}

/// The law under which a late declaration costs, where this receipt took that fee.
#[must_use]
pub fn late_basis(row: &ReceiptRow) -> Option<&str> {
    let lines = row.lines.0.as_array()?;
    let late = lines.iter().find(|line| line["key"] == LATE_DECLARATION)?;
    late["basis"].as_str()
}

/// The receipt of a case with whether it was voided; absent when it is another
/// case's.
async fn of_case(here: &Here, case: &CaseRow, id: &str) -> Result<(ReceiptRow, bool), Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let mut reading = here.app.office.db.reading().await?;
    let found = cash::receipt(&mut reading.tx(), id).await?;
    found.filter(|(row, _)| row.case_id == case.id).ok_or_else(Problem::not_found)
}

/// The proof of a receipt's entry; `None` until it is sealed.
///
/// # Errors
/// When the database fails.
pub async fn proof_of(here: &Here, row: &ReceiptRow) -> Result<Option<ProofFile>, Problem> {
    let office = &here.app.office;
    let entry = {
        let mut reading = office.db.reading().await?;
        cash::entry_of(&mut reading.tx(), row).await?
    };
    match entry {
        Some(entry) => Ok(inspection::proof(office, entry).await?),
        None => Ok(None),
    }
}

/// Shows a receipt as a page to print.
///
/// # Errors
/// When the database fails.
pub async fn shown(here: &Here, case: &CaseRow, row: &ReceiptRow, mark: &str, paths: [String; 3]) -> Answer {
    let lang = &here.lang;
    let found = proof_of(here, row).await?;
    let [back, pdf, proof] = paths;
    let leaf = found.as_ref().map(|proof| proof.leaf_index.to_string());
    let page = ReceiptPage {
        frame: here.frame(lang.t("receipt")),
        back,
        slip: slip(here, case, row, mark, leaf.clone()),
        log_line: match &leaf {
            Some(leaf) => lang.with("log-entry", &[("entry", lang.digits(leaf).into())]),
            None => super::check::log_later(here).await?,
        },
        proof: if leaf.is_some() { proof } else { String::new() },
        pdf,
    };
    Ok(show(StatusCode::OK, false, &page))
}

/// A receipt in the applicant's case.
pub async fn page(here: Here, Path((_, id, receipt)): Path<(String, String, String)>) -> Response {
    let result = async {
        let opened = open_for(&here, &id, Deed::Pay).await?;
        let (row, void) = of_case(&here, &opened.case, &receipt).await?;
        let own = format!("/cases/{id}/receipts/{receipt}");
        let paths = [format!("/cases/{id}"), format!("{own}/pdf"), format!("{own}/proof")];
        shown(&here, &opened.case, &row, receipt_mark(&row, false, void), paths).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The same as a PDF.
pub async fn pdf(here: Here, Path((_, id, receipt)): Path<(String, String, String)>) -> Response {
    let result = async {
        let opened = open_for(&here, &id, Deed::Pay).await?;
        crate::papers::receipt(&here, &opened.case, &receipt, false).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The proof that the receipt's entry is in the public log.
pub async fn proof(here: Here, Path((_, id, receipt)): Path<(String, String, String)>) -> Response {
    let result = async {
        let opened = open_for(&here, &id, Deed::Pay).await?;
        let (row, _) = of_case(&here, &opened.case, &receipt).await?;
        proof_file(&here, &row).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The proof as a file.
///
/// # Errors
/// Not found until the entry is sealed.
pub async fn proof_file(here: &Here, row: &ReceiptRow) -> Answer {
    let proof = proof_of(here, row).await?.ok_or_else(Problem::not_found)?;
    let name = format!("attachment; filename=\"{}.diwan-proof.json\"", row.number);
    Ok(([(header::CONTENT_DISPOSITION, name)], axum::Json(proof)).into_response())
}
