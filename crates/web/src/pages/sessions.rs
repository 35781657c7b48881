//! Where someone is signed in: their sessions, each of which they can end.

use super::kit::{FormPage, TextPage};
use crate::fields::{Field, Opt, Shape};
use crate::frame::Here;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::visitor::Kept;
use axum::response::Response;
use diwan_domain::refusals::Why;
use diwan_office::access::{self, SessionRow};
use uuid::Uuid;

/// Whose sessions: an officer's or an account's.
fn owner(here: &Here) -> Result<(&'static str, Uuid), Problem> {
    match (here.visitor.officer(), here.visitor.account()) {
        (Some(officer), _) => Ok(("officer", officer.0)),
        (None, Some(account)) => Ok(("account", account.0)),
        (None, None) => Err(Why::SignInFirst.into()),
    }
}

/// The list, with a box for each.
pub async fn page(here: Here) -> Response {
    let result = async {
        let (kind, id) = owner(&here)?;
        let now = here.app.office.now();
        let mut all = access::sessions_of(&here.app.office.db, kind, id, now).await?;
        let own = here.visitor.label().unwrap_or_default();
        all.sort_by_key(|session| session.label != own);
        let options = all.iter().map(|session| option(&here, session, session.label == own)).collect();
        let lang = &here.lang;
        let mut field = Field::choice("session", lang.t("sessions-which"), options);
        field.shape = Shape::Checks;
        let title = lang.t("sessions-title");
        let mut page = FormPage::new(&here, title, "/sessions", vec![field], lang.t("sessions-end"));
        page.intro = vec![lang.t("sessions-lead")];
        page.back = if kind == "officer" { "/desk" } else { "/my-cases" }.into();
        Ok(page.show())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn option(here: &Here, session: &SessionRow, own: bool) -> Opt {
    let lang = &here.lang;
    let offset = here.app.office.settings.utc_offset_minutes;
    let kept: Kept = serde_json::from_str(&session.data).unwrap_or_default();
    let device = if kept.device.is_empty() { lang.t("sessions-unknown") } else { kept.device };
    let label = if own { format!("{device} – {}", lang.t("sessions-this")) } else { device };
    let (since, seen) = (lang.moment(session.created_at, offset), lang.moment(session.seen_at, offset));
    let hint = lang.with("sessions-times", &[("since", since.into()), ("seen", seen.into())]);
    Opt { value: session.label.clone(), label, hint, chosen: false }
}

/// Ends the sessions that were ticked; whoever ends their own is signed out.
pub async fn end(here: Here, sent: Sent) -> Response {
    let result = async {
        let (kind, id) = owner(&here)?;
        let own = here.visitor.label().unwrap_or_default();
        let ticked = sent.all("session");
        for label in ticked.iter().filter(|label| **label != own) {
            access::end_session_of(&here.app.office.db, kind, id, label).await?;
        }
        if ticked.contains(&own) {
            here.visitor.sign_out(&here.app).await?;
            let lang = &here.lang;
            let sign_in = if kind == "officer" { "/desk/sign-in" } else { "/sign-in" };
            let links = vec![(format!("/{}{sign_in}", lang.code), lang.t("sign-in"))];
            return Ok(TextPage::show(&here, lang.t("sessions-title"), vec![lang.t("sessions-out")], links));
        }
        Ok(here.go("/sessions"))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
