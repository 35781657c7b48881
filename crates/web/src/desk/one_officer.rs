//! One officer's page for administrators: roles, place, leave, a new invitation, the end.

use super::admin::{place_options, role_options, roles_in};
use super::mending::{Refused, mendable};
use super::{DeskList, at_desk, day};
use crate::api::state_of;
use crate::fields::{Field, Opt, Shape};
use crate::frame::{Here, show};
use crate::pages::kit::FormBlock;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Language;
use axum::extract::Path;
use axum::response::Response;
use diwan_domain::ids::OfficerId;
use diwan_domain::people::Permission;
use diwan_office::administration::{EndService, MoveOfficer, SetLeave, SetRoles};
use diwan_office::rows::OfficerRow;

/// The forms of the page, in their order: what a refused one is found by.
const FORMS: [&str; 5] = ["roles", "place", "leave", "again", "end"];

/// One officer.
pub async fn page(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = show_officer(&here, &id, None).await;
    answer(&here, result)
}

async fn show_officer(here: &Here, id: &str, refused: Option<Refused<'_>>) -> Answer {
    let desk = at_desk(here, Some(Permission::ManageOfficers)).await?;
    let id: OfficerId = id.parse().map_err(|_| Problem::not_found())?;
    let lang = &here.lang;
    let found = diwan_office::acting::load(&mut here.app.office.db.reading().await?.tx(), id).await?;
    let acting = found.ok_or_else(Problem::not_found)?;
    let officer = &acting.officer;
    let mut roles = Field::choice("roles", lang.t("roles"), role_options(here, &acting.roles));
    roles.shape = Shape::Checks;
    let path = |what: &str| format!("/desk/officers/{id}/{what}");
    let place = place_fields(lang, officer, place_options(here).await?);
    let (from, until) = (officer.leave_from.as_deref(), officer.leave_until.as_deref());
    let leave = vec![
        day::field(lang, "from", "leave-from", from.unwrap_or_default()).optional(),
        day::field(lang, "until", "leave-until", until.unwrap_or_default()).optional(),
    ];
    let mut page = DeskList::new(here, &desk, officer.name.clone()).await?;
    page.notices = vec![lang.t_of("officer-state-", state_of(&here.app, &acting))];
    page.forms = vec![
        FormBlock::new(lang.t("roles"), path("roles"), vec![roles], lang.t("save")),
        FormBlock::new(lang.t("officer-place"), path("place"), place, lang.t("save")),
        FormBlock::new(lang.t("officer-leave"), path("leave"), leave, lang.t("save")),
        invite_again(lang, officer),
        end(lang, path("end")),
    ];
    if let Some(refused) = refused {
        refused.onto(here, &mut page);
    }
    Ok(show(page.status(), false, &page))
}

fn place_fields(
    lang: &Language,
    officer: &OfficerRow,
    (offices, centres): (Vec<Opt>, Vec<Opt>),
) -> Vec<Field> {
    let office = officer.office_id.map(|id| id.to_string()).unwrap_or_default();
    let centre = officer.centre_id.map(|id| id.to_string()).unwrap_or_default();
    vec![
        Field::select("office", lang.t("office"), offices).filled(office).optional(),
        Field::select("centre", lang.t("centre"), centres).filled(centre).optional(),
    ]
}

fn invite_again(lang: &Language, officer: &OfficerRow) -> FormBlock {
    let proof = Field::line("proof", lang.t("officer-proof")).hint(lang.t("officer-proof-hint"));
    let words = lang.t("officer-invite-again");
    let mut form = FormBlock::new(words.clone(), "/desk/officers/invite".into(), vec![proof], words);
    form.intro = vec![lang.t("officer-invite-again-lead")];
    form.hidden = vec![
        ("officer".into(), officer.id.to_string()),
        ("email".into(), officer.email.clone().unwrap_or_default()),
    ];
    form
}

fn end(lang: &Language, path: String) -> FormBlock {
    let reason = Field::line("reason", lang.t("why"));
    let mut form = FormBlock::new(lang.t("officer-end"), path, vec![reason], lang.t("officer-end"));
    form.button_class = "btn warn";
    form
}

/// The officer's page again, with a form that was refused.
pub(super) async fn again(here: &Here, id: &str, form: &str, sent: &Sent, problem: Problem) -> Answer {
    let Some(refusal) = mendable(&problem) else { return Err(problem) };
    let Some(form) = FORMS.iter().position(|known| *known == form) else { return Err(problem) };
    show_officer(here, id, Some(Refused { form, sent, refusal })).await
}

/// Changes one thing about an officer.
pub async fn change(here: Here, Path((_, id, what)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        match change_one(&here, &id, &what, &sent).await {
            Ok(()) => Ok(here.go(&format!("/desk/officers/{id}"))),
            Err(problem) => again(&here, &id, &what, &sent, problem).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn change_one(here: &Here, id: &str, what: &str, sent: &Sent) -> Result<(), Problem> {
    let officer: OfficerId = id.parse().map_err(|_| Problem::not_found())?;
    let (office, who) = (&here.app.office, here.visitor.who());
    match what {
        "roles" => {
            let act = SetRoles { officer, roles: roles_in(sent), seen: None };
            office.perform(&who, &sent.key, act).await?;
        }
        "place" => {
            let act =
                MoveOfficer { officer, office: sent.id("office"), centre: sent.id("centre"), seen: None };
            office.perform(&who, &sent.key, act).await?;
        }
        "leave" => {
            let (from, until) = (day::read(sent, "from")?, day::read(sent, "until")?);
            office.perform(&who, &sent.key, SetLeave { officer, from, until, seen: None }).await?;
        }
        "end" => {
            let act = EndService { officer, reason: sent.text("reason") };
            office.perform(&who, &sent.key, act).await?;
        }
        _ => return Err(Problem::not_found()),
    }
    Ok(())
}
