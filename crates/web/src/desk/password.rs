//! An officer changes their own password, under the old one and the second
//! factor. Every session of theirs ends; this one goes on under a new token.

use super::at_desk;
use crate::fields::Field;
use crate::frame::Here;
use crate::pages::kit::{FormPage, TextPage};
use crate::refused::{Answer, Problem, answer};
use crate::safety;
use crate::sent::Sent;
use axum::response::Response;
use diwan_domain::people::Assurance;
use diwan_office::officers;

/// Where a new password is chosen.
pub async fn page(here: Here) -> Response {
    let result = async {
        at_desk(&here, None).await?;
        Ok(form(&here, "", "").show())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn form(here: &Here, old: &str, new: &str) -> FormPage {
    let lang = &here.lang;
    let fields = vec![
        Field::line("old", lang.t("password-old")).wrong(old).ltr("password", "current-password", "w-short"),
        Field::line("digits", lang.t("officer-digits")).hint(lang.t("officer-digits-hint")).ltr(
            "text",
            "one-time-code",
            "w-4",
        ),
        Field::line("new", lang.t("password-new")).hint(lang.t("choose-password-hint")).wrong(new).ltr(
            "password",
            "new-password",
            "w-short",
        ),
    ];
    let mut page =
        FormPage::new(here, lang.t("password-change"), "/desk/password", fields, lang.t("password-change"));
    page.intro = vec![lang.t("password-lead")];
    page.back = "/desk".into();
    page
}

/// Changes it.
pub async fn sent(here: Here, sent: Sent) -> Response {
    let result = async {
        let desk = at_desk(&here, None).await?;
        let office = &here.app.office;
        let (old, new, digits) = (sent.exact("old"), sent.exact("new"), sent.text("digits"));
        let done = officers::change_password(office, &here.visitor.who(), &old, &new, &digits).await;
        match done.map_err(Problem::from) {
            Ok(id) => {
                here.visitor.sign_in(&here.app, "officer", id.0, Assurance::High).await?;
                let links = vec![(format!("/{}/desk", here.lang.code), here.lang.t("to-desk"))];
                let said = vec![here.lang.t("password-changed")];
                Ok(TextPage::show(&here, here.lang.t("password-change"), said, links))
            }
            Err(problem) if problem.refusal.is_some() => {
                let (code, login) = (problem.code(), desk.acting.officer.login);
                let text = here.lang.t_of("refusal-help-", code);
                let weak = code == "sign-in/weak-password";
                let page = if weak { form(&here, "", &text) } else { form(&here, &text, "") };
                Ok(safety::mark(page.show(), code, Some(&login)))
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
