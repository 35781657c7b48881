//! Consent at the counter: by a code that the person reads out from their own
//! phone, or by a mark before a witness, whichever they can.

use super::{DeskList, at_desk};
use crate::fields::Field;
use crate::frame::{Here, show};
use crate::pages::apply::open;
use crate::pages::kit::FormBlock;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::response::Response;
use diwan_domain::ids::CaseId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::accounts::{RecordConsent, RequestCode};

/// What was typed on the consent page, and what is wrong with it.
#[derive(Default)]
struct Typed {
    /// Where a code was sent.
    sent_to: Option<String>,
    address: String,
    address_error: String,
    code_error: String,
    witness_error: String,
}

/// Where consent is recorded, for a case that has none yet.
pub async fn page(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = consent_page(&here, &id, Typed::default()).await;
    answer(&here, result)
}

async fn consent_page(here: &Here, id: &str, typed: Typed) -> Answer {
    let desk = at_desk(here, Some(Permission::AssistCases)).await?;
    let opened = open(here, id).await?;
    let lang = &here.lang;
    let mut page = DeskList::new(here, &desk, lang.t("consent-title")).await?;
    page.back = format!("/desk/counter/cases/{id}");
    page.notices = vec![lang.with("consent-for", &[("number", opened.case.number.clone().into())])];
    let action = |what: &str| format!("/desk/counter/cases/{id}/consent/{what}");
    if let Some(address) = &typed.sent_to {
        let code = Field::line("code", lang.t("counter-code")).hint(lang.t("the-code-hint"));
        let fields = vec![code.wrong(typed.code_error).ltr("text", "off", "w-short").focused()];
        let mut form =
            FormBlock::new(lang.t("consent-by-code"), action("code"), fields, lang.t("consent-record"));
        form.intro = vec![lang.with("consent-code-sent", &[("address", address.clone().into())])];
        form.hidden = vec![("address".into(), address.clone())];
        page.forms.push(form);
    }
    let phone = Field::line("address", lang.t("counter-consent-phone")).filled(typed.address);
    let phone = phone.wrong(typed.address_error).ltr("text", "off", "w-short");
    let heading = lang.t(if typed.sent_to.is_some() { "code-not-arrived" } else { "consent-by-code" });
    page.forms.push(FormBlock::new(heading, action("send"), vec![phone], lang.t("send-code-there")));
    let witness = Field::line("witness", lang.t("counter-witness")).hint(lang.t("counter-witness-hint"));
    let fields = vec![witness.wrong(typed.witness_error)];
    page.forms.push(FormBlock::new(
        lang.t("consent-by-mark"),
        action("mark"),
        fields,
        lang.t("consent-record"),
    ));
    for form in page.forms.iter_mut().skip(1) {
        form.button_class = "btn alt";
    }
    Ok(show(page.status(), false, &page))
}

/// Sends a code to the person's phone and shows where it is typed.
///
/// # Errors
/// The act's refusals.
pub async fn send_code(here: &Here, case: CaseId, address: &str, key: &str) -> Answer {
    let act = RequestCode {
        address: address.to_owned(),
        purpose: format!("consent/{case}"),
        language: here.lang.code.clone(),
    };
    match here.app.office.perform(&here.visitor.who(), key, act).await.map_err(Problem::from) {
        Ok(canonical) => {
            let typed = Typed { sent_to: Some(canonical.clone()), address: canonical, ..Typed::default() };
            consent_page(here, &case.to_string(), typed).await
        }
        Err(problem) if problem.code() == Why::PhoneUnreadable.code() => {
            let address_error = here.lang.t_of("refusal-help-", problem.code());
            let typed = Typed { address: address.to_owned(), address_error, ..Typed::default() };
            consent_page(here, &case.to_string(), typed).await
        }
        Err(problem) => Err(problem),
    }
}

/// Sends a code, tries it, or records a mark before a witness.
pub async fn record(here: Here, Path((_, id, what)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::AssistCases)).await?;
        let case: CaseId = id.parse().map_err(|_| Problem::not_found())?;
        let address = sent.text("address");
        let (code, witness) = match what.as_str() {
            "send" => return send_code(&here, case, &address, &sent.key).await,
            "code" => (Some((address.clone(), sent.text("code"))), None),
            "mark" => (None, sent.some("witness")),
            _ => return Err(Problem::not_found()),
        };
        let act = RecordConsent { case, code, witness };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(_) => Ok(here.go(&format!("/desk/counter/cases/{id}/form"))),
            Err(problem) if problem.code() == Why::WrongCode.code() => {
                let code_error = here.lang.t_of("refusal-help-", problem.code());
                let typed = Typed { sent_to: Some(address.clone()), address, code_error, ..Typed::default() };
                consent_page(&here, &id, typed).await
            }
            Err(problem) if problem.code() == Why::ConsentMissing.code() => {
                let witness_error = here.lang.t("counter-consent-missing");
                consent_page(&here, &id, Typed { witness_error, ..Typed::default() }).await
            }
            Err(problem) if problem.code() == Why::CompanionWitnesses.code() => {
                let witness_error = here.lang.t_of("refusal-help-", problem.code());
                consent_page(&here, &id, Typed { witness_error, ..Typed::default() }).await
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
