//! Religion on a paper, where one entitled asks for it.

use super::at_desk;
use super::forms::At;
use super::work::mendable;
use crate::fields::Field;
use crate::frame::Here;
use crate::pages::kit::FormBlock;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::response::Response;
use diwan_domain::ids::CaseId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::cases::ShowReligion;
use diwan_office::cases::faith::is_shown;

/// The form on a case's page, for whoever may.
pub(super) fn form(at: &At<'_>) -> Option<FormBlock> {
    let lang = &at.here.lang;
    let is_open = matches!(at.case.phase.as_str(), "in-progress" | "approved" | "fulfilled");
    let has_paper = at.service.document.is_some() && at.case.entry_id.is_some();
    if !at.desk.acting.may(Permission::ShowReligion) || !is_open || !has_paper {
        return None;
    }
    let shown = is_shown(at.case);
    let (heading, button) =
        if shown { ("religion-hide", "religion-hide") } else { ("religion-show", "religion-show-button") };
    let basis = Field::line("basis", lang.t("religion-basis"))
        .hint(lang.t("religion-basis-hint"))
        .with_id("religion-basis");
    let action = format!("/desk/cases/{}/religion", at.case.id);
    let mut form = FormBlock::new(lang.t(heading), action, vec![basis], lang.t(button));
    form.intro = vec![lang.t(if shown { "religion-is-shown" } else { "religion-lead" })];
    let to = if shown { "no" } else { "yes" };
    form.hidden = vec![("seen".into(), at.case.version.to_string()), ("shown".into(), to.into())];
    form.button_class = "btn alt";
    Some(form)
}

/// Lets the paper show it, or not any more.
pub async fn set(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        at_desk(&here, Some(Permission::ShowReligion)).await?;
        let case: CaseId = id.parse().map_err(|_| Problem::not_found())?;
        let seen = sent.id("seen").ok_or_else(|| Problem::from(Why::Malformed))?;
        let act = ShowReligion { case, seen, shown: sent.text("shown") == "yes", basis: sent.text("basis") };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(_) => Ok(here.go(&format!("/desk/cases/{id}"))),
            Err(problem) => mendable(&here, &id, problem, ("religion", &sent)).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
