//! A case at the counter: open it by its number, see who applies, take the fee, hand the
//! paper over.

use super::counter::shown_field;
use super::{DeskList, at_desk};
use crate::fields::Field;
use crate::frame::{Here, show};
use crate::pages::apply::open;
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::ids::{CaseId, DocumentId};
use diwan_domain::money::Money;
use diwan_domain::numbers::parse_number;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_domain::services::StepKind;
use diwan_office::accounts::VerifyApplicant;
use diwan_office::cases::{self, OpenAtCounter, PrintDocument, belongings};
use diwan_office::cash::TakeFee;
use diwan_office::civil::{self, FindPeople};
use diwan_office::documents;

/// Opens a case by the number someone brings.
pub async fn bring(here: Here, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::AssistCases)).await?;
        let number = parse_number(&sent.text("number")).map_err(|_| Problem::not_found())?;
        let case = cases::by_number(&mut here.app.office.db.reading().await?.tx(), &number).await?;
        let case = case.ok_or_else(Problem::not_found)?;
        Ok(here.go(&format!("/desk/counter/cases/{}", case.id)))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// A case at the counter: prove identity, pay, hand over.
pub async fn case(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = show_case(&here, &id, Vec::new()).await;
    answer(&here, result)
}

async fn show_case(here: &Here, id: &str, notices: Vec<String>) -> Answer {
    let desk = at_desk(here, Some(Permission::AssistCases)).await?;
    let looked_at: CaseId = id.parse().map_err(|_| Problem::not_found())?;
    here.app.office.perform_once(&here.visitor.who(), OpenAtCounter { case: looked_at }).await?;
    let opened = open(here, id).await?;
    let (case, lang) = (&opened.case, &here.lang);
    let office = &here.app.office;
    let (papers, things, applicant, companions) = {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        let papers = documents::of_case(&mut tx, case.id).await?;
        let things = belongings(&mut tx, case.id).await?;
        let applicant = match case.applicant_id {
            Some(person) => civil::summary_for(&mut tx, &desk.acting, person).await?,
            None => None,
        };
        let companions = diwan_office::queue::companions_in(&mut tx, case.id).await?;
        (papers, things, applicant, companions)
    };
    let words = here.app.words.of_service(lang, &opened.published.service);
    let mut page = DeskList::new(here, &desk, format!("{} {}", words.t("title"), case.number)).await?;
    page.back = "/desk/counter".into();
    page.notices = notices;
    page.notices.push(lang.t_of("phase-", &case.phase));
    page.notices.extend(
        applicant.map(|person| lang.with("counter-applicant", &[("name", person.name("arab").into())])),
    );
    page.notices.extend(companions.iter().filter_map(|one| super::visit::companion_said(lang, one)));
    if cases::standing(case, &opened.published.service) == "entry-revoked" {
        page.notices.extend([lang.t("status-entry-revoked"), lang.t("next-entry-revoked")]);
        page.links.push((format!("/{}/cases/{id}", lang.code), lang.t("counter-as-applicant")));
    }
    let owed = cases::payable(case);
    let is_open =
        matches!(case.phase.as_str(), "draft" | "in-progress" | "waiting-for-applicant" | "approved");
    if is_open && case.applicant_id.is_some() && desk.acting.may(Permission::VerifyIdentity) {
        let to = format!("/{}/desk/counter/cases/{id}/applicant", lang.code);
        page.links.push((to, lang.t("counter-mistaken")));
    }
    if case.phase == "draft" {
        if things.consents.is_empty() {
            page.links
                .push((format!("/{}/desk/counter/cases/{id}/consent", lang.code), lang.t("consent-title")));
        }
        page.links.push((format!("/{}/desk/counter/cases/{id}/form", lang.code), lang.t("go-on")));
        page.links.push((format!("/{}/cases/{id}/paper", lang.code), lang.t("paper-form")));
    }
    if case.applicant_id.is_none() {
        let fields = vec![
            Field::line("number", lang.t("counter-personal-number")).ltr("text", "", "w-short").focused(),
            shown_field(lang),
        ];
        let action = format!("/desk/counter/cases/{id}/verify");
        page.forms.push(FormBlock::new(lang.t("counter-verify"), action, fields, lang.t("counter-verify")));
    }
    if owed > 0 {
        let amount = lang.money(cases::money_of(case, owed));
        let mut form = FormBlock::new(
            lang.with("counter-take-fee", &[("amount", amount.clone().into())]),
            format!("/desk/counter/cases/{id}/fee"),
            Vec::new(),
            lang.with("counter-take-fee", &[("amount", amount.into())]),
        );
        form.hidden = vec![("amount".into(), owed.to_string())];
        form.focused = true;
        page.forms.push(form);
    }
    let printed_first = case
        .step
        .as_deref()
        .and_then(|key| opened.published.service.step(key))
        .is_some_and(|step| step.kind == StepKind::Print);
    for paper in papers.iter().filter(|paper| paper.file_hash.is_some() && paper.ended_at.is_none()) {
        if printed_first && paper.released_at.is_none() {
            let heading = format!("{} {}", words.t("document-title"), paper.number);
            let action = format!("/desk/counter/cases/{id}/documents/{}/print", paper.id);
            let mut form = FormBlock::new(heading, action, Vec::new(), lang.t("counter-print"));
            form.button_class = "btn alt";
            page.forms.push(form);
        }
        let action = format!("/desk/counter/cases/{id}/documents/{}", paper.id);
        let heading = format!("{} {}", words.t("document-title"), paper.number);
        let mut form = FormBlock::new(heading, action, Vec::new(), lang.t("counter-hand-over"));
        form.intro = vec![lang.n_copies(paper.copies)];
        form.focused = page.forms.iter().all(|other| !other.focused);
        page.forms.push(form);
    }
    if papers.iter().any(|paper| paper.file_hash.is_none()) {
        page.notices.push(lang.t("document-being-made"));
    }
    let rows: Vec<Vec<Cell>> = things
        .receipts
        .iter()
        .map(|receipt| {
            let sign = if receipt.voids.is_some() { -receipt.minor_units } else { receipt.minor_units };
            vec![
                Cell::code(&receipt.number).to(format!("/desk/cash/receipts/{}", receipt.id)),
                Cell::text(lang.money(Money::of(sign, &receipt.currency))),
                Cell::text(lang.moment(receipt.at, office.settings.utc_offset_minutes)),
            ]
        })
        .collect();
    if !rows.is_empty() {
        let heads = ["receipt", "receipt-total", "when"].map(|key| lang.t(key)).to_vec();
        let table =
            Table { caption: lang.t("receipts"), heads, total: rows.len() as i64, rows, ..Table::default() };
        page.tables.push((lang.t("receipts"), table));
    }
    Ok(show(StatusCode::OK, false, &page))
}

/// Confirms in person who the applicant is.
pub async fn verify(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        // Nobody searches the register for a case that is not served here.
        open(&here, &id).await?;
        let office = &here.app.office;
        let case: CaseId = id.parse().map_err(|_| Problem::not_found())?;
        let act = FindPeople::new(sent.text("number"), format!("identity for case {id}"));
        let found = office.perform(&here.visitor.who(), &format!("{}/f", sent.key), act).await?;
        let [person] = found[..] else {
            return show_case(&here, &id, vec![here.lang.t("counter-not-one-person")]).await;
        };
        let act = VerifyApplicant { case, person, shown: sent.text("shown") };
        match office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(()) => Ok(here.go(&format!("/desk/counter/cases/{id}"))),
            Err(problem) if problem.code() == Why::ReasonMissing.code() => {
                show_case(&here, &id, vec![here.lang.t("counter-choose-shown")]).await
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Takes the fee in cash.
pub async fn fee(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let case: CaseId = id.parse().map_err(|_| Problem::not_found())?;
        let minor_units = sent.id("amount").ok_or_else(|| Problem::from(Why::WrongAmount))?;
        match here
            .app
            .office
            .perform(&here.visitor.who(), &sent.key, TakeFee { case, minor_units })
            .await
            .map_err(Problem::from)
        {
            Ok(_) => Ok(here.go(&format!("/desk/counter/cases/{id}"))),
            Err(problem) if problem.code() == Why::NoShift.code() => Ok(here.go("/desk/cash")),
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Prints the document, so that it lies ready.
pub async fn print(here: Here, Path((_, _, id)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        let document: DocumentId = id.parse().map_err(|_| Problem::not_found())?;
        let office = &here.app.office;
        let hash = office.perform(&here.visitor.who(), &sent.key, PrintDocument { document }).await?;
        let bytes = office.files.get(&hash).await?.ok_or_else(Problem::not_found)?;
        let row = documents::one(&mut office.db.reading().await?.tx(), document).await?;
        let number = row.map(|row| row.number).unwrap_or_default();
        Ok(crate::pages::downloads::pdf(bytes, &format!("{number}.pdf")))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Prints the document to hand it over.
pub async fn hand_over(here: Here, Path((_, _, id)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        let document: DocumentId = id.parse().map_err(|_| Problem::not_found())?;
        crate::pages::downloads::release(&here, document, &sent.key).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}
