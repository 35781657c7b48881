//! Days off on the page of centres: what each of them calls off, and taking it back before
//! anybody is told. A manager's are those of their own centre.

use super::admin::{centres_again, name_fields, names_in};
use super::{AtDesk, day};
use crate::fields::{Field, Opt};
use crate::frame::Here;
use crate::pages::kit::{Cell, FormBlock};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::response::Response;
use diwan_domain::ids::CentreId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_office::administration::{AddHoliday, WithdrawHoliday};
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
    let mut fields = vec![day::field(lang, "day", "day", ""), centre];
    fields.extend(name_fields(here, &Value::Null));
    // The form for a centre stands on the same page and has fields of these names.
    for field in &mut fields {
        field.id = format!("holiday-{}", field.id);
        for part in &mut field.fields {
            part.id = format!("holiday-{}", part.id);
        }
    }
    let add = lang.t("holiday-add");
    let mut form = FormBlock::new(add.clone(), "/desk/holidays/add".into(), fields, add);
    form.intro = vec![lang.t("holiday-add-lead")];
    form
}

/// The form by which one of those to come is taken back; none when there is none.
pub(super) fn taken_back(
    here: &Here,
    desk: &AtDesk,
    centres: &[CentreRow],
    to_come: &[HolidayRow],
) -> Option<FormBlock> {
    let lang = &here.lang;
    let option = |day: &HolidayRow| {
        let place = centres.iter().find(|centre| Some(centre.id) == day.centre_id);
        let place = place.map_or_else(|| lang.t("everywhere"), |centre| lang.name_in(&centre.names.0));
        let label = format!("{} – {} – {place}", lang.stored_date(&day.day), lang.name_in(&day.names.0));
        Opt { value: day.id.to_string(), label, ..Opt::default() }
    };
    let theirs = to_come.iter().filter(|day| is_theirs(desk, day.centre_id));
    let options: Vec<Opt> = theirs.map(option).collect();
    if options.is_empty() {
        return None;
    }
    let withdraw = lang.t("holiday-withdraw");
    let fields = vec![Field::select("holiday", lang.t("holiday-which"), options)];
    let mut form = FormBlock::new(withdraw.clone(), "/desk/holidays/withdraw".into(), fields, withdraw);
    form.button_class = "btn warn";
    Some(form)
}

/// Announces a day off.
pub async fn add_holiday(here: Here, sent: Sent) -> Response {
    let result = async {
        let added = async {
            let act = AddHoliday {
                day: day::wanted(&sent, "day")?,
                centre: sent.id("centre"),
                area: None,
                names: names_in(&here, &sent)?,
            };
            here.app.office.perform(&here.visitor.who(), &sent.key, act).await.map_err(Problem::from)
        };
        match added.await {
            Ok(_) => Ok(here.go("/desk/centres")),
            Err(problem) => centres_again(&here, 0, &sent, problem).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Takes a day off back.
pub async fn withdraw_holiday(here: Here, sent: Sent) -> Response {
    let result = async {
        if sent.text("holiday").is_empty() {
            let missing = Refusal::from(Why::FieldMissing).about("field", "holiday").into();
            return centres_again(&here, 2, &sent, missing).await;
        }
        let holiday = sent.id("holiday").ok_or_else(Problem::not_found)?;
        here.app.office.perform(&here.visitor.who(), &sent.key, WithdrawHoliday { holiday }).await?;
        Ok(here.go("/desk/centres"))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
