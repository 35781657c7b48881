//! A lost or changed phone number: for someone known for sure here, for
//! everybody else at a counter. The new number is tried by a code before the
//! old one ends; a stolen phone can be ended without a new one.

use super::kit::{FormPage, TextPage};
use crate::fields::{Field, Opt, Shape};
use crate::frame::Here;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::response::Response;
use diwan_domain::ids::PersonId;
use diwan_domain::refusals::Why;
use diwan_office::accounts::{ReplaceContact, RequestCode, contact_purpose, person_of};

/// For how long a code to the new number may take to be typed, after the
/// visitor showed who they are, microseconds.
const CODE_TAKES: i64 = 15 * 60_000_000;

/// The person whose proven account this is, when they showed so just now: a
/// session left open changes no number.
async fn own_person(here: &Here, recent: bool) -> Result<Option<PersonId>, Problem> {
    let account = here.visitor.account().filter(|_| recent && here.visitor.assurance().is_proven());
    let Some(account) = account else {
        return Ok(None);
    };
    let mut reading = here.app.office.db.reading().await?;
    Ok(person_of(&mut reading.tx(), account).await?)
}

/// Where a new number is given.
pub async fn page(here: Here) -> Response {
    let result = async {
        match own_person(&here, here.visitor.is_recent(&here.app)).await? {
            Some(_) => Ok(ask_page(&here, "", "").show()),
            None => other_ways(&here).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Nobody's number is changed because someone says so: the ways to show who
/// they are.
async fn other_ways(here: &Here) -> Answer {
    let lang = &here.lang;
    here.visitor.ensure(&here.app);
    here.visitor.keep(|kept| kept.return_to = Some(format!("/{}/contact", lang.code)));
    let mut links = Vec::new();
    if here.app.identity.is_some() {
        links.push((format!("/{}/sign-in/wallet", lang.code), lang.t("sign-in-wallet")));
    }
    let signed_in = here.visitor.account().is_some() && here.visitor.assurance().is_proven();
    let first = if signed_in { "contact-again" } else { "contact-who" };
    let paragraphs = [first, "contact-counter"].map(|key| lang.t(key)).to_vec();
    Ok(TextPage::show(here, lang.t("contact-title"), paragraphs, links))
}

fn ask_page(here: &Here, typed: &str, error: &str) -> FormPage {
    let lang = &here.lang;
    let none = Opt { value: "yes".into(), label: lang.t("contact-only-end"), ..Opt::default() };
    let mut end = Field::choice("end", lang.t("contact-no-new"), vec![none]).optional();
    end.shape = Shape::Checks;
    let fields = vec![
        Field::line("address", lang.t("contact-new"))
            .hint(lang.t("sign-in-address-hint"))
            .filled(typed)
            .wrong(error)
            .ltr("text", "tel", "w-short"),
        end,
    ];
    let mut page = FormPage::new(here, lang.t("contact-title"), "/contact", fields, lang.t("go-on"));
    page.intro = vec![lang.t("contact-lead")];
    page.back = "/my-cases".into();
    page
}

/// Sends a code to the new number, or ends the old one at once.
pub async fn ask(here: Here, sent: Sent) -> Response {
    let result = async {
        let recent = here.visitor.is_recent(&here.app);
        let Some(person) = own_person(&here, recent).await? else { return other_ways(&here).await };
        if sent.text("end") == "yes" {
            return replace(&here, &sent, None).await;
        }
        let address = sent.text("address");
        let act = RequestCode {
            address: address.clone(),
            purpose: contact_purpose(person),
            language: here.lang.code.clone(),
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(canonical) => Ok(code_page(&here, &canonical, "").show()),
            Err(problem) if problem.code() == Why::PhoneUnreadable.code() => {
                let error = here.lang.t_of("refusal-help-", problem.code());
                Ok(ask_page(&here, &address, &error).show())
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn code_page(here: &Here, address: &str, error: &str) -> FormPage {
    let lang = &here.lang;
    let field = Field::line("code", lang.t("the-code")).hint(lang.t("the-code-hint")).wrong(error).ltr(
        "text",
        "one-time-code",
        "w-short",
    );
    let mut page = FormPage::new(here, lang.t("enter-code"), "/contact/code", vec![field], lang.t("go-on"));
    page.hidden = vec![("address".into(), address.to_owned())];
    page.back = "/contact".into();
    page.links = vec![("/contact".into(), lang.t("code-not-arrived"))];
    page
}

/// Tries the code and puts the new number in the old one's place.
pub async fn code(here: Here, sent: Sent) -> Response {
    let result = async {
        let recent = here.visitor.was_shown_within(&here.app, CODE_TAKES);
        if own_person(&here, recent).await?.is_none() {
            return other_ways(&here).await;
        }
        replace(&here, &sent, Some(sent.text("address"))).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn replace(here: &Here, sent: &Sent, address: Option<String>) -> Answer {
    let lang = &here.lang;
    let (account, assurance) = (here.visitor.account(), here.visitor.assurance());
    let done = lang.t(if address.is_some() { "contact-replaced" } else { "contact-ended" });
    let act = ReplaceContact {
        person: None,
        address: address.clone(),
        code: sent.text("code"),
        shown: String::new(),
    };
    match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
        Ok(()) => {
            // Every session ended with the old number, this one too; who asked is known for sure.
            if let Some(account) = account {
                here.visitor.sign_in(&here.app, "account", account.0, assurance).await?;
            }
            let links = vec![(format!("/{}/my-cases", lang.code), lang.t("nav-my-cases"))];
            Ok(TextPage::show(here, lang.t("contact-title"), vec![done], links))
        }
        Err(problem) if problem.code() == Why::WrongCode.code() => {
            let error = lang.t_of("refusal-help-", problem.code());
            Ok(code_page(here, &address.unwrap_or_default(), &error).show())
        }
        Err(problem) => Err(problem),
    }
}
