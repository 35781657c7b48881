//! A lost or changed number at the counter: an officer sees the person, the new
//! number is tried by a code that the person reads out.

use super::counter::shown_field;
use super::{DeskList, at_desk};
use crate::fields::{Field, Opt, Shape};
use crate::frame::{Here, show};
use crate::pages::kit::FormBlock;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::ids::PersonId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::accounts::{ReplaceContact, RequestCode, contact_purpose};
use diwan_office::acting::Acting;
use diwan_office::civil;

/// What the first page asks.
struct Asked<'a> {
    typed: &'a str,
    shown: &'a str,
    address_error: String,
    shown_error: String,
}

async fn name_of(here: &Here, acting: &Acting, person: PersonId) -> Result<String, Problem> {
    let mut reading = here.app.office.db.reading().await?;
    let summary = civil::summary_for(&mut reading.tx(), acting, person).await?;
    let summary = summary.ok_or_else(Problem::not_found)?;
    Ok(summary.name("arab"))
}

async fn ask_page(here: &Here, id: &str, asked: Asked<'_>) -> Answer {
    let desk = at_desk(here, Some(Permission::VerifyIdentity)).await?;
    let lang = &here.lang;
    let person: PersonId = id.parse().map_err(|_| Problem::not_found())?;
    let mut page = DeskList::new(here, &desk, lang.t("contact-title")).await?;
    page.back = format!("/desk/counter/people/{id}");
    page.notices =
        vec![lang.with("counter-applicant", &[("name", name_of(here, &desk.acting, person).await?.into())])];
    let none = Opt { value: "yes".into(), label: lang.t("contact-only-end"), ..Opt::default() };
    let mut end = Field::choice("end", lang.t("contact-no-new"), vec![none]).optional();
    end.shape = Shape::Checks;
    let fields = vec![
        shown_field(lang).filled(asked.shown).wrong(asked.shown_error),
        Field::line("address", lang.t("contact-new"))
            .hint(lang.t("sign-in-address-hint"))
            .filled(asked.typed)
            .wrong(asked.address_error)
            .ltr("text", "", "w-short"),
        end,
    ];
    let action = format!("/desk/counter/people/{id}/contact");
    let mut form = FormBlock::new(String::new(), action, fields, lang.t("go-on"));
    form.intro = vec![lang.t("contact-lead")];
    page.forms = vec![form];
    Ok(show(page.status(), false, &page))
}

/// Where an officer gives someone's new number.
pub async fn page(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let asked = Asked { typed: "", shown: "", address_error: String::new(), shown_error: String::new() };
    let result = ask_page(&here, &id, asked).await;
    answer(&here, result)
}

/// Sends the code, or ends the old number at once.
pub async fn ask(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::VerifyIdentity)).await?;
        let person: PersonId = id.parse().map_err(|_| Problem::not_found())?;
        let (address, shown) = (sent.text("address"), sent.text("shown"));
        let again = |address_error: String, shown_error: String| Asked {
            typed: &address,
            shown: &shown,
            address_error,
            shown_error,
        };
        if shown.is_empty() {
            let error = here.lang.t("counter-choose-shown");
            return ask_page(&here, &id, again(String::new(), error)).await;
        }
        if sent.text("end") == "yes" {
            return replace(&here, person, &sent, None).await;
        }
        let act = RequestCode {
            address: address.clone(),
            purpose: contact_purpose(person),
            language: here.lang.code.clone(),
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(canonical) => code_page(&here, person, &canonical, &shown, "").await,
            Err(problem) if problem.code() == Why::PhoneUnreadable.code() => {
                let error = here.lang.t_of("refusal-help-", problem.code());
                ask_page(&here, &id, again(error, String::new())).await
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn code_page(here: &Here, person: PersonId, address: &str, shown: &str, error: &str) -> Answer {
    let desk = at_desk(here, Some(Permission::VerifyIdentity)).await?;
    let lang = &here.lang;
    let mut page = DeskList::new(here, &desk, lang.t("contact-title")).await?;
    page.back = format!("/desk/counter/people/{person}/contact");
    let field = Field::line("code", lang.t("counter-code")).hint(lang.t("the-code-hint")).wrong(error);
    let fields = vec![field.ltr("text", "off", "w-short").focused()];
    let action = format!("/desk/counter/people/{person}/contact/code");
    let mut form = FormBlock::new(lang.t("enter-code"), action, fields, lang.t("go-on"));
    form.hidden = vec![("address".into(), address.to_owned()), ("shown".into(), shown.to_owned())];
    page.forms = vec![form];
    Ok(show(page.status(), false, &page))
}

/// Tries the code that the person reads out.
pub async fn code(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::VerifyIdentity)).await?;
        let person: PersonId = id.parse().map_err(|_| Problem::not_found())?;
        replace(&here, person, &sent, Some(sent.text("address"))).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn replace(here: &Here, person: PersonId, sent: &Sent, address: Option<String>) -> Answer {
    let desk = at_desk(here, Some(Permission::VerifyIdentity)).await?;
    let lang = &here.lang;
    let done = lang.t(if address.is_some() { "contact-replaced" } else { "contact-ended" });
    let act = ReplaceContact {
        person: Some(person),
        address: address.clone(),
        code: sent.text("code"),
        shown: sent.text("shown"),
    };
    match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
        Ok(()) => {
            let mut page = DeskList::new(here, &desk, lang.t("contact-title")).await?;
            page.back = format!("/desk/counter/people/{person}");
            page.notices = vec![done];
            Ok(show(StatusCode::OK, false, &page))
        }
        Err(problem) if problem.code() == Why::WrongCode.code() => {
            let error = lang.t_of("refusal-help-", problem.code());
            code_page(here, person, &address.unwrap_or_default(), &sent.text("shown"), &error).await
        }
        Err(problem) => Err(problem),
    }
}
