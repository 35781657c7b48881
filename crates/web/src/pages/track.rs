//! Taking up a case elsewhere: by its number and a code to its phone.

use super::kit::FormPage;
use crate::fields::Field;
use crate::frame::Here;
use crate::refused::{Answer, Problem, answer};
use crate::safety;
use crate::sent::Sent;
use axum::extract::Query;
use axum::response::Response;
use diwan_domain::numbers::{email, parse_number, phone};
use diwan_domain::refusals::Why;
use diwan_office::accounts::{RequestCode, ResumeCase, resume_purpose};
use serde::Deserialize;

/// What was typed on the tracking page.
#[derive(Deserialize)]
pub struct Tracked {
    #[serde(default)]
    number: String,
}

/// Track or take up a case: by its number and a code to its phone.
pub async fn track(here: Here, Query(tracked): Query<Tracked>) -> Response {
    let result = async {
        here.visitor.ensure(&here.app);
        Ok(track_page(&here, &tracked.number, "", "", "").show())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn track_page(here: &Here, number: &str, address: &str, number_error: &str, address_error: &str) -> FormPage {
    let lang = &here.lang;
    let fields = vec![
        Field::line("number", lang.t("case-number"))
            .hint(lang.t("track-number-hint"))
            .filled(number)
            .wrong(number_error)
            .ltr("text", "", "w-short"),
        Field::line("address", lang.t("track-address"))
            .hint(lang.t("track-address-hint"))
            .filled(address)
            .wrong(address_error)
            .ltr("text", "tel", "w-short"),
    ];
    let mut page = FormPage::new(here, lang.t("nav-track"), "/track", fields, lang.t("send-code"));
    page.intro = vec![lang.t("track-lead")];
    page.links = vec![("/contact".into(), lang.t("contact-title"))];
    page.back = "/".into();
    page
}

/// Sends the code. Says the same whether there is such a case or not.
pub async fn track_sent(here: Here, sent: Sent) -> Response {
    let result = async {
        let (number, address) = (sent.text("number"), sent.text("address"));
        let lang = &here.lang;
        if let Err(fault) = parse_number(&number) {
            let error = lang.t_of("fault-", fault.code());
            // Both are told at once: nobody mends one only to hear of the other.
            let readable =
                if address.contains('@') { email(&address).is_ok() } else { phone(&address).is_ok() };
            let unreadable = lang.t_of("refusal-help-", Why::PhoneUnreadable.code());
            let other = if readable { String::new() } else { unreadable };
            return Ok(track_page(&here, &number, &address, &error, &other).show());
        }
        let act = RequestCode {
            address: address.clone(),
            purpose: resume_purpose(&number),
            language: lang.code.clone(),
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(_) => Ok(code_page(&here, &number, &address, "").show()),
            Err(problem) if problem.code() == Why::PhoneUnreadable.code() => {
                let error = lang.t_of("refusal-help-", problem.code());
                Ok(track_page(&here, &number, &address, "", &error).show())
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn code_page(here: &Here, number: &str, address: &str, error: &str) -> FormPage {
    let lang = &here.lang;
    let field = Field::line("code", lang.t("the-code")).hint(lang.t("the-code-hint")).wrong(error).ltr(
        "text",
        "one-time-code",
        "w-short",
    );
    let mut page = FormPage::new(here, lang.t("enter-code"), "/track/code", vec![field], lang.t("go-on"));
    page.hidden = vec![("number".into(), number.to_owned()), ("address".into(), address.to_owned())];
    page.back = "/track".into();
    page
}

/// Tries the code and opens the case to this session.
pub async fn track_code(here: Here, sent: Sent) -> Response {
    let result = async {
        let (number, address) = (sent.text("number"), sent.text("address"));
        let act = ResumeCase { number: number.clone(), address: address.clone(), code: sent.text("code") };
        // As with signing in, a recorded form opens nothing once more.
        match here.app.office.perform_once(&here.visitor.who(), act).await.map_err(Problem::from) {
            Ok(resumed) => {
                here.visitor.keep(|kept| {
                    kept.cases.insert(resumed.case.to_string(), resumed.key.clone());
                    kept.resumed = true;
                });
                here.visitor.renew_token(&here.app).await?;
                Ok(here.go(&format!("/cases/{}", resumed.case)))
            }
            Err(problem) if problem.code() == Why::WrongCode.code() => {
                let error = here.lang.t_of("refusal-help-", problem.code());
                let page = code_page(&here, &number, &address, &error).show();
                Ok(safety::mark(page, problem.code(), None))
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
