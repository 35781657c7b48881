//! Officers sign in with a password and six digits; new ones accept their
//! invitation here.

use crate::fields::Field;
use crate::frame::Here;
use crate::pages::kit::FormPage;
use crate::refused::{Answer, Problem, answer};
use crate::safety;
use crate::sent::Sent;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use diwan_domain::people::Assurance;
use diwan_office::officers;

/// The sign-in page.
pub async fn page(here: Here) -> Response {
    let result = async {
        here.visitor.ensure(&here.app);
        Ok(form(&here, "", "").show())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn form(here: &Here, login: &str, error: &str) -> FormPage {
    let lang = &here.lang;
    let fields = vec![
        Field::line("login", lang.t("officer-login"))
            .filled(login)
            .wrong(error)
            .ltr("text", "username", "w-short")
            .focused(),
        Field::line("password", lang.t("officer-password")).ltr("password", "current-password", "w-short"),
        Field::line("digits", lang.t("officer-digits")).hint(lang.t("officer-digits-hint")).ltr(
            "text",
            "one-time-code",
            "w-4",
        ),
    ];
    let mut page = FormPage::new(here, lang.t("nav-officers"), "/desk/sign-in", fields, lang.t("sign-in"));
    page.help = lang.t("officer-lost");
    page
}

/// Tries name, password and digits.
pub async fn sent(here: Here, sent: Sent) -> Response {
    let result = async {
        let (login, password, digits) = (sent.text("login"), sent.exact("password"), sent.text("digits"));
        let (office, who) = (&here.app.office, here.visitor.who());
        let origin = here.visitor.origin(&here.app, &login);
        match officers::sign_in(office, &who, &origin, &login, &password, &digits)
            .await
            .map_err(Problem::from)
        {
            Ok(id) => {
                let mut back = None;
                here.visitor.keep(|kept| {
                    back = kept.return_to.take();
                    kept.cases.clear();
                });
                here.visitor.sign_in(&here.app, "officer", id.0, Assurance::High).await?;
                here.visitor.know_browser(&here.app, &login);
                let desk = super::at_desk(&here, None).await?;
                let centre = desk.acting.officer.centre_id;
                here.visitor.keep(|kept| kept.centre = centre);
                let to = back
                    .filter(|path| path.contains("/desk"))
                    .unwrap_or_else(|| format!("/{}/desk", here.lang.code));
                Ok(Redirect::to(&to).into_response())
            }
            Err(problem) if problem.refusal.is_some() => {
                let refusal = problem
                    .refusal
                    .clone()
                    .unwrap_or_else(|| diwan_domain::refusals::Why::WrongPassword.into());
                let page = form(&here, &login, &here.lang.t_of("refusal-help-", refusal.code())).show();
                Ok(safety::mark(page, refusal.code(), Some(&login)))
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// An invitation: choose a password, set up the second factor.
pub async fn invitation(here: Here, Path((_, token)): Path<(String, String)>) -> Response {
    let result = async {
        here.visitor.ensure(&here.app);
        let enrolment = officers::open_invitation(&here.app.office, &token).await?;
        here.visitor.keep(|kept| kept.totp = Some(enrolment.secret.clone()));
        Ok(invitation_form(&here, &token, &enrolment.login, &enrolment.secret, "", "").show())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn invitation_form(
    here: &Here,
    token: &str,
    login: &str,
    secret: &str,
    password: &str,
    digits: &str,
) -> FormPage {
    let lang = &here.lang;
    let fields = vec![
        Field::line("password", lang.t("choose-password"))
            .hint(lang.t("choose-password-hint"))
            .wrong(password)
            .ltr("password", "new-password", "w-short"),
        Field::line("digits", lang.t("officer-digits"))
            .hint(lang.t("officer-digits-hint"))
            .wrong(digits)
            .ltr("text", "one-time-code", "w-4"),
    ];
    let action = format!("/desk/invitation/{token}");
    let mut page = FormPage::new(here, lang.t("invitation"), &action, fields, lang.t("invitation-accept"));
    let grouped: Vec<String> =
        secret.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    page.intro = vec![
        lang.with("invitation-login", &[("login", login.into())]),
        lang.with("invitation-secret", &[("secret", grouped.join(" ").into())]),
    ];
    page
}

/// Accepts the invitation.
pub async fn accept(here: Here, Path((_, token)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let secret = here.visitor.kept().totp.unwrap_or_default();
        let office = &here.app.office;
        let (password, digits) = (sent.exact("password"), sent.text("digits"));
        let done =
            officers::accept_invitation(office, &here.visitor.who(), &token, &password, &secret, &digits)
                .await;
        match done.map_err(Problem::from) {
            Ok(_) => Ok(here.go("/desk/sign-in")),
            Err(problem) if matches!(problem.code(), "sign-in/weak-password" | "sign-in/wrong-code") => {
                let text = here.lang.t_of("refusal-help-", problem.code());
                let (first, second) = if problem.code() == "sign-in/weak-password" {
                    (text.as_str(), "")
                } else {
                    ("", text.as_str())
                };
                let login = officers::open_invitation(office, &token).await?.login;
                let page = invitation_form(&here, &token, &login, &secret, first, second).show();
                Ok(safety::mark(page, problem.code(), Some(&login)))
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
