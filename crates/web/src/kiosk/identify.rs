//! Who stands before a kiosk: a card or a number, and the code that their telephone shows.

use super::{Around, Kiosk, KioskForm, at_kiosk};
use crate::fields::Field;
use crate::frame::Here;
use crate::refused::{Answer, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::response::Response;
use diwan_domain::ids::AccountId;
use diwan_domain::refusals::Why;
use diwan_office::devices::{RequestKioskCode, SignInAtKiosk};

fn number_page(here: &Here, kiosk: &Kiosk, typed: &str, error: &str) -> Response {
    let lang = &here.lang;
    let field = Field::line("number", lang.t("kiosk-number"))
        .hint(lang.t("kiosk-number-hint"))
        .ltr("text", "off", "w-full")
        .filled(typed)
        .wrong(error);
    let form = KioskForm {
        around: Around::new(here, kiosk, lang.t("kiosk-who")),
        back: kiosk.path(""),
        intro: vec![lang.t("kiosk-who-lead")],
        action: kiosk.path("/sign-in"),
        fields: vec![field],
        errors: Vec::new(),
        submit: lang.t("go-on"),
        links: vec![(kiosk.path("/ticket"), lang.t("kiosk-rather-counter"))],
        pad: true,
    };
    form.show()
}

fn code_page(here: &Here, kiosk: &Kiosk, error: &str) -> Response {
    let lang = &here.lang;
    let field = Field::line("code", lang.t("the-code")).ltr("text", "off", "w-short").wrong(error);
    let form = KioskForm {
        around: Around::new(here, kiosk, lang.t("enter-code")),
        back: kiosk.path("/sign-in"),
        intro: vec![lang.t("kiosk-code-lead")],
        action: kiosk.path("/sign-in/code"),
        fields: vec![field],
        errors: Vec::new(),
        submit: lang.t("go-on"),
        links: vec![(kiosk.path("/ticket"), lang.t("kiosk-rather-counter"))],
        pad: true,
    };
    form.show()
}

/// Asks for a card or a number.
pub async fn page(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        Ok(number_page(&here, &kiosk, "", ""))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Sends the code, if there is somewhere to send it to.
pub async fn asked(here: Here, Path((_, code)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        let number = sent.exact("number");
        let act = RequestKioskCode { number: number.clone(), language: here.lang.code.clone() };
        match here.app.office.perform(&kiosk.who(), &sent.key, act).await {
            Ok(()) => {
                here.visitor.keep(|kept| kept.address = Some(number.clone()));
                Ok(here.go(&kiosk.path("/sign-in/code")))
            }
            Err(stop) if stop.code() == Why::FieldMissing.code() => {
                Ok(number_page(&here, &kiosk, &number, &here.lang.t("kiosk-number-wrong")))
            }
            Err(stop) => Err(stop.into()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Asks for the code.
pub async fn code(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        Ok(code_page(&here, &kiosk, ""))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Tries the code.
pub async fn tried(here: Here, Path((_, code)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        let number = here.visitor.kept().address.unwrap_or_default();
        let act = SignInAtKiosk { number, code: sent.text("code") };
        match here.app.office.perform_once(&kiosk.who(), act).await {
            Ok(signed_in) => {
                let back = here.visitor.kept().return_to;
                here.visitor.sign_in(&here.app, "account", signed_in.account.0, signed_in.assurance).await?;
                here.visitor.keep(|kept| {
                    kept.address = None;
                    kept.return_to = None;
                });
                let own = kiosk.path("/");
                let back = back.filter(|back| back.starts_with(&own));
                Ok(here.go(&back.unwrap_or_else(|| kiosk.path("/papers"))))
            }
            Err(stop) if matches!(stop.code(), "sign-in/wrong-code" | "admin/field-missing") => {
                let page = code_page(&here, &kiosk, &here.lang.t("kiosk-code-wrong"));
                Ok(crate::safety::mark(page, Why::WrongCode.code(), None))
            }
            Err(stop) => Err(stop.into()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The account that signed in here; whoever has not is asked who they are first.
pub(super) fn signed_in(here: &Here, kiosk: &Kiosk) -> Result<AccountId, Box<Response>> {
    match here.visitor.account().filter(|_| here.visitor.assurance().is_proven()) {
        Some(account) => Ok(account),
        None => {
            let back = here.path.clone();
            here.visitor.keep(|kept| kept.return_to = Some(back));
            Err(Box::new(here.go(&kiosk.path("/sign-in"))))
        }
    }
}
