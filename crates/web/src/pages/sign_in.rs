//! Signing in: a code to a phone or mailbox, or the national wallet.

use super::kit::FormPage;
use crate::fields::Field;
use crate::frame::Here;
use crate::refused::{Answer, Problem, answer};
use crate::safety;
use crate::sent::Sent;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use diwan_domain::refusals::Why;
use diwan_office::accounts::{RequestCode, SignInByCode, SignInByWallet};
use serde::Deserialize;
use tracing::warn;

/// Ways to sign in.
pub async fn sign_in(here: Here) -> Response {
    let result = async {
        here.visitor.ensure(&here.app);
        // The phone that an answer named, or that a code was asked for, is not typed again.
        let known = here.visitor.kept().address.unwrap_or_default();
        Ok(phone_page(&here, &known, "").show())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn phone_page(here: &Here, typed: &str, error: &str) -> FormPage {
    let lang = &here.lang;
    let field = Field::line("address", lang.t("sign-in-address"))
        .hint(lang.t("sign-in-address-hint"))
        .filled(typed)
        .wrong(error)
        .ltr("text", "tel", "w-short");
    let mut page = FormPage::new(here, lang.t("sign-in"), "/sign-in", vec![field], lang.t("send-code"));
    page.intro = vec![lang.t("sign-in-lead")];
    page.back = "/".into();
    let back = here.visitor.kept().return_to.unwrap_or_default();
    if back.ends_with("/check") && back.contains("/cases/") {
        page.intro.insert(0, lang.t("sign-in-to-send"));
        page.back = crate::frame::split_language(&back).1.to_owned();
    }
    if here.app.identity.is_some() {
        page.links = vec![("/sign-in/wallet".into(), lang.t("sign-in-wallet"))];
    }
    page
}

/// Sends a code.
pub async fn request_code(here: Here, sent: Sent) -> Response {
    let result = async {
        let address = sent.text("address");
        let act = RequestCode {
            address: address.clone(),
            purpose: "sign-in".into(),
            language: here.lang.code.clone(),
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(canonical) => {
                here.visitor.keep(|kept| kept.address = Some(canonical));
                Ok(here.go("/sign-in/code"))
            }
            Err(problem) if problem.code() == Why::PhoneUnreadable.code() => {
                let error = here.lang.t_of("refusal-help-", problem.code());
                Ok(phone_page(&here, &address, &error).show())
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Where the code is typed.
pub async fn code(here: Here) -> Response {
    answer(&here, Ok(code_page(&here, "").show()))
}

fn code_page(here: &Here, error: &str) -> FormPage {
    let lang = &here.lang;
    let field = Field::line("code", lang.t("the-code")).hint(lang.t("the-code-hint")).wrong(error).ltr(
        "text",
        "one-time-code",
        "w-short",
    );
    let mut page = FormPage::new(here, lang.t("enter-code"), "/sign-in/code", vec![field], lang.t("go-on"));
    page.back = "/sign-in".into();
    page.links = vec![("/sign-in".into(), lang.t("code-not-arrived"))];
    page
}

/// Tries the code.
pub async fn try_code(here: Here, sent: Sent) -> Response {
    let result = async {
        let address = here.visitor.kept().address.unwrap_or_default();
        let act = SignInByCode { address, code: sent.text("code"), language: here.lang.code.clone() };
        // A code serves once: the same form sent again is another attempt, so that
        // whoever recorded it does not sign in with it.
        match here.app.office.perform_once(&here.visitor.who(), act).await.map_err(Problem::from) {
            Ok(signed_in) => {
                here.visitor.sign_in(&here.app, "account", signed_in.account.0, signed_in.assurance).await?;
                Ok(go_back(&here))
            }
            Err(problem) if matches!(problem.code(), "sign-in/wrong-code" | "phone/unreadable") => {
                let page = code_page(&here, &here.lang.t("refusal-help-sign-in-wrong-code")).show();
                Ok(crate::safety::mark(page, problem.code(), None))
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn go_back(here: &Here) -> Response {
    let mut back = None;
    here.visitor.keep(|kept| back = kept.return_to.take());
    Redirect::to(&back.unwrap_or_else(|| format!("/{}/my-cases", here.lang.code))).into_response()
}

/// Leaves for the national wallet.
pub async fn wallet(here: Here) -> Response {
    let result = async {
        let provider = here.app.identity.clone().ok_or_else(Problem::not_found)?;
        here.visitor.ensure(&here.app);
        match provider.depart(&return_address(&here), &here.lang.code).await {
            Ok(departure) => {
                let kept = format!("{}\n{}", here.lang.code, departure.keep);
                here.visitor.keep(|session| session.wallet = Some(kept));
                Ok(Redirect::to(&departure.url).into_response())
            }
            Err(fault) => {
                warn!("the wallet could not be reached: {fault}");
                Ok(wallet_failed(&here))
            }
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn return_address(here: &Here) -> String {
    format!("{}/sign-in/return", here.app.office.settings.base_url)
}

fn wallet_failed(here: &Here) -> Response {
    let lang = &here.lang;
    super::kit::TextPage::show(
        here,
        lang.t("wallet-failed"),
        vec![lang.t("wallet-failed-help")],
        vec![(format!("/{}/sign-in", lang.code), lang.t("sign-in"))],
    )
}

/// What the wallet sent back.
#[derive(Deserialize)]
pub struct Returned {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
}

/// Comes back from the wallet. One address for all languages: the language was
/// kept in the session.
pub async fn wallet_return(
    axum::extract::State(app): axum::extract::State<crate::App>,
    visitor: crate::visitor::Visitor,
    Query(returned): Query<Returned>,
) -> Response {
    let mut kept = None;
    visitor.keep(|session| kept = session.wallet.take());
    let kept = kept.unwrap_or_default();
    let (code, keep) = kept.split_once('\n').unwrap_or(("", ""));
    let lang = app.words.language(code).unwrap_or_else(|| app.words.first());
    let here = Here { app, visitor, lang, path: "/sign-in".into(), behind: String::new() };
    let result = arrive(&here, keep, &returned).await;
    answer(&here, result)
}

async fn arrive(here: &Here, keep: &str, returned: &Returned) -> Answer {
    let provider = here.app.identity.clone().ok_or_else(Problem::not_found)?;
    let vouched = match provider.arrive(&return_address(here), keep, &returned.code, &returned.state).await {
        Ok(vouched) => vouched,
        Err(fault) => {
            warn!("the wallet's answer was not accepted: {fault}");
            return Ok(crate::safety::mark(wallet_failed(here), "wallet/refused", None));
        }
    };
    let act = SignInByWallet {
        provider: vouched.provider,
        subject: vouched.subject,
        personal_number: vouched.personal_number,
        assurance: vouched.assurance,
        language: here.lang.code.clone(),
    };
    match here.app.office.perform_once(&here.app.system(), act).await.map_err(Problem::from) {
        Ok(signed_in) => {
            here.visitor.sign_in(&here.app, "account", signed_in.account.0, signed_in.assurance).await?;
            Ok(go_back(here))
        }
        Err(problem) if problem.code() == Why::NotFound.code() => {
            let lang = &here.lang;
            Ok(super::kit::TextPage::show(
                here,
                lang.t("wallet-unmatched"),
                vec![lang.t("wallet-unmatched-help")],
                vec![(format!("/{}/sign-in", lang.code), lang.t("sign-in"))],
            ))
        }
        Err(problem) => Err(problem),
    }
}

/// Signs out.
pub async fn sign_out(here: Here, _sent: Sent) -> Response {
    let result = async {
        let who = safety::name_of(&here.visitor);
        here.visitor.sign_out(&here.app).await?;
        // Not "cookies": the browser stays known as one in which an officer signed in.
        let clear = [(header::HeaderName::from_static("clear-site-data"), "\"cache\", \"storage\"")];
        let mut response = (clear, Redirect::to(&format!("/{}/", here.lang.code))).into_response();
        response.extensions_mut().insert(safety::By(who));
        Ok(safety::mark(response, "signed-out", None))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
