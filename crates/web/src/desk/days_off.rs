//! Days off on the page of centres: what each of them calls off, and taking it back before
//! anybody is told. A manager's are those of their own centre.

use super::AtDesk;
use super::admin::name_fields;
use crate::fields::{Field, Opt};
use crate::frame::Here;
use crate::pages::kit::{Cell, FormBlock};
use crate::refused::Problem;
use crate::words::Arg;
use diwan_domain::ids::CentreId;
use diwan_domain::people::Permission;
use diwan_office::queue::calls_off;
use diwan_office::rows::{CentreRow, HolidayRow};
use serde_json::Value;

/// The days off, with what each of them still calls off and from when on.
pub(super) async fn listed(
    here: &Here,
    centres: &[CentreRow],
    holidays: &[HolidayRow],
) -> Result<Vec<Vec<Cell>>, Problem> {
    let lang = &here.lang;
    let today = here.app.office.today().to_string();
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let mut rows = Vec::new();
    for holiday in holidays {
        let place = centres.iter().find(|centre| Some(centre.id) == holiday.centre_id);
        let off = if holiday.day < today { None } else { calls_off(&mut tx, holiday).await? };
        let off = off.map(|off| {
            let time = lang.moment(off.from, off.offset);
            let args = [
                ("appointments", Arg::Number(off.appointments)),
                ("waiting", Arg::Number(off.waiting)),
                ("time", Arg::Text(time)),
            ];
            lang.with("holiday-calls-off", &args)
        });
        rows.push(vec![
            Cell::text(lang.stored_date(&holiday.day)),
            Cell::text(lang.name_in(&holiday.names.0)),
            Cell::text(place.map_or_else(|| lang.t("everywhere"), |centre| lang.name_in(&centre.names.0))),
            Cell::text(off.unwrap_or_default()),
        ]);
    }
    Ok(rows)
}

/// Whether days off of a centre, or of all, are this officer's to enter and take back.
fn is_theirs(desk: &AtDesk, centre: Option<CentreId>) -> bool {
    let own = desk.acting.officer.centre_id;
    desk.acting.holds(Permission::ManageOfficers) || centre.is_some() && centre == own
}

/// The form by which one is entered.
pub(super) fn form(here: &Here, desk: &AtDesk, centres: &[CentreRow]) -> FormBlock {
    let lang = &here.lang;
    let theirs = centres.iter().filter(|centre| is_theirs(desk, Some(centre.id))).map(|centre| Opt {
        value: centre.id.to_string(),
        label: lang.name_in(&centre.names.0),
        ..Opt::default()
    });
    let mut centre = Field::select("centre", lang.t("centre"), theirs.collect());
    if is_theirs(desk, None) {
        centre = centre.hint(lang.t("holiday-centre-hint")).optional();
    }
    let day = Field::line("day", lang.t("day")).hint(lang.t("iso-date-hint")).ltr("text", "", "w-short");
    let mut fields = vec![day, centre];
    fields.extend(name_fields(here, &Value::Null));
    let add = lang.t("holiday-add");
    let mut form = FormBlock::new(add.clone(), "/desk/holidays/add".into(), fields, add);
    form.intro = vec![lang.t("holiday-add-lead")];
    form
}

/// The forms by which those to come are taken back.
pub(super) fn taken_back(here: &Here, desk: &AtDesk, holidays: &[HolidayRow]) -> Vec<FormBlock> {
    let lang = &here.lang;
    let today = here.app.office.today().to_string();
    let mut forms = Vec::new();
    for day in holidays.iter().filter(|day| day.day >= today && is_theirs(desk, day.centre_id)) {
        let withdraw = lang.t("holiday-withdraw");
        let title = format!("{withdraw} – {}", lang.stored_date(&day.day));
        let mut form = FormBlock::new(title, "/desk/holidays/withdraw".into(), Vec::new(), withdraw);
        form.hidden = vec![("holiday".into(), day.id.to_string())];
        form.button_class = "btn alt";
        forms.push(form);
    }
    forms
}
