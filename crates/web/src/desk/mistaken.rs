//! A wrong person was confirmed as the applicant: the right one takes their place.

use super::counter::shown_field;
use super::{DeskList, at_desk};
use crate::fields::Field;
use crate::frame::{Here, show};
use crate::pages::apply::open;
use crate::pages::kit::{FormBlock, fill_again};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::Path;
use axum::response::Response;
use diwan_domain::ids::CaseId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_office::cases::CorrectApplicant;
use diwan_office::civil::FindPeople;

/// Where the mistake is mended.
pub async fn page(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = shown(&here, &id, None).await;
    answer(&here, result)
}

async fn shown(here: &Here, id: &str, wrong: Option<(&Sent, String)>) -> Answer {
    let desk = at_desk(here, Some(Permission::VerifyIdentity)).await?;
    let opened = open(here, id).await?;
    let lang = &here.lang;
    let mut page = DeskList::new(here, &desk, lang.t("counter-mistaken")).await?;
    page.back = format!("/desk/counter/cases/{id}");
    page.notices = vec![lang.with("consent-for", &[("number", opened.case.number.clone().into())])];
    let fields = vec![
        Field::line("number", lang.t("counter-personal-number")).ltr("text", "", "w-short").focused(),
        shown_field(lang),
        Field::line("reason", lang.t("why")),
    ];
    let action = format!("/desk/counter/cases/{id}/applicant");
    let mut form =
        FormBlock::new(lang.t("counter-mistaken"), action.clone(), fields, lang.t("counter-mistaken"));
    form.intro = vec![lang.t("counter-mistaken-lead")];
    form.button_class = "btn warn";
    page.forms.push(form);
    if let Some((sent, says)) = wrong {
        page.notices.push(says);
        fill_again(&mut page.forms, &action, sent);
    }
    Ok(show(page.status(), false, &page))
}

/// Puts the right person in the place of the wrong one.
pub async fn correct(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        // Nobody searches the register for a case that is not served here.
        open(&here, &id).await?;
        let office = &here.app.office;
        let case: CaseId = id.parse().map_err(|_| Problem::not_found())?;
        let act = FindPeople::new(sent.text("number"), format!("identity for case {id}"));
        let found = office.perform(&here.visitor.who(), &format!("{}/f", sent.key), act).await?;
        let [person] = found[..] else {
            return shown(&here, &id, Some((&sent, here.lang.t("counter-not-one-person")))).await;
        };
        let act = CorrectApplicant { case, person, shown: sent.text("shown"), reason: sent.text("reason") };
        match office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from) {
            Ok(()) => Ok(here.go(&format!("/desk/counter/cases/{id}"))),
            Err(problem) if problem.code() == Why::ReasonMissing.code() => {
                shown(&here, &id, Some((&sent, here.lang.t("counter-mistaken-why")))).await
            }
            Err(problem) => Err(problem),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
