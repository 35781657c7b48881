//! The week of a centre's counters, and what the centre needs before it opens: both for
//! its manager.

use super::hall::own_centre;
use super::{AtDesk, DeskList, at_desk};
use crate::fields::{Field, Opt, Shape};
use crate::frame::{Here, show};
use crate::pages::booking::{clock, line_name};
use crate::pages::kit::{Cell, FormBlock, Table};
use crate::pages::visits::Centre;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::{Arg, Language};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::calendar::Hours;
use diwan_domain::ids::{CentreId, CounterId, OfficerId, RowId};
use diwan_domain::people::Permission;
use diwan_domain::queue::MINUTE;
use diwan_domain::queue::stops::WEEKDAYS;
use diwan_domain::refusals::Why;
use diwan_office::Stop;
use diwan_office::queue::{self, Around, EndDuty, PlanDuty, Planned, Presence, Ready, StartUpLine};
use diwan_office::rows::CentreRow;

/// The day of the week that so many days follow Monday, in words.
fn day_name(lang: &Language, weekday: u8) -> String {
    lang.t_of("day-", WEEKDAYS.get(usize::from(weekday)).copied().unwrap_or("monday"))
}

/// A time of day as people read it, from one minute to another.
fn between(lang: &Language, hours: Hours) -> String {
    let at = |minute: u16| clock(lang, i64::from(minute) * MINUTE, 0);
    let (from, until) = (at(hours.opens), at(hours.closes));
    // Times run from left to right in every language.
    format!("\u{2066}{from}–{until}\u{2069}")
}

/// A time of day as it was typed: `8:30`, `0830` or `8`. As minutes of the day.
pub(crate) fn typed_clock(text: &str) -> Option<u16> {
    let text = diwan_domain::digits::to_ascii(text);
    let (hours, minutes) = match text.trim().split_once([':', '.']) {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if text.trim().len() == 4 => text.trim().split_at_checked(2)?,
        None => (text.trim(), "00"),
    };
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let minute = hours.checked_mul(60)?.checked_add(minutes)?;
    (minutes < 60 && minute <= 24 * 60).then_some(minute)
}

/// Who should be there now, and where they are: for the manager's page. Nothing where
/// nobody is planned now.
pub(super) async fn due(here: &Here, centre: &Centre, page: &mut DeskList) -> Result<(), Problem> {
    let lang = &here.lang;
    let due = {
        let mut reading = here.app.office.db.reading().await?;
        queue::due_now(&mut reading.tx(), &centre.row, here.app.office.now()).await?
    };
    if due.is_empty() {
        return Ok(());
    }
    let absent: Vec<&str> = due
        .iter()
        .filter(|(_, presence)| matches!(presence, Presence::Absent | Presence::Elsewhere))
        .map(|(one, _)| one.duty.counter.as_str())
        .collect();
    if !absent.is_empty() {
        let counters = [("counters", Arg::Text(absent.join(", ")))];
        page.notices.push(lang.with("duty-absent-now", &counters));
    }
    let row = |(one, presence): &(Planned, Presence)| {
        vec![
            Cell::code(one.duty.counter.clone()),
            Cell::text(one.name.clone()),
            Cell::text(between(lang, one.duty.hours)),
            Cell::text(lang.t_of("duty-presence-", presence.code())),
        ]
    };
    let rows: Vec<Vec<Cell>> = due.iter().map(row).collect();
    let table = Table {
        caption: lang.t("duty-now"),
        heads: ["counter", "hall-officer", "duty-hours", "duty-presence"].map(|key| lang.t(key)).to_vec(),
        total: rows.len() as i64,
        rows,
        ..Table::default()
    };
    page.tables.push((lang.t("duty-now"), table));
    Ok(())
}

/// How many can still be served today in each line that gives appointments: of those who
/// walk in, and of those for whom waiting is hard. Nothing where nobody knows.
pub(super) async fn room(here: &Here, centre: &Centre, page: &mut DeskList) -> Result<(), Problem> {
    let lang = &here.lang;
    let rooms = {
        let mut reading = here.app.office.db.reading().await?;
        queue::rooms(&mut reading.tx(), centre.row.id, here.app.office.now()).await?
    };
    if rooms.is_empty() {
        return Ok(());
    }
    let row = |room: &queue::Room| {
        vec![
            Cell::text(format!("{} {}", room.line, line_name(lang, centre, &room.line))),
            Cell::text(lang.number(room.walk.max(0))),
            Cell::text(lang.number(room.vulnerable.max(0))),
        ]
    };
    let rows: Vec<Vec<Cell>> = rooms.iter().map(row).collect();
    let table = Table {
        caption: lang.t("room-title"),
        heads: ["ticket-line", "room-walk", "room-vulnerable"].map(|key| lang.t(key)).to_vec(),
        total: rows.len() as i64,
        rows,
        ..Table::default()
    };
    page.tables.push((lang.t("room-title"), table));
    Ok(())
}

/// The week.
pub async fn page(here: Here) -> Response {
    let result = show_week(&here, None).await;
    answer(&here, result)
}

/// What was typed of hours, and which field is wrong and why.
struct Typed<'a> {
    sent: &'a Sent,
    wrong: Option<(&'static str, String)>,
}

async fn show_week(here: &Here, typed: Option<Typed<'_>>) -> Answer {
    let desk = at_desk(here, Some(Permission::ManageQueue)).await?;
    let lang = &here.lang;
    let centre = own_centre(here, &desk).await?;
    let (planned, able, counters) = {
        let at = here.app.office.desk(&here.visitor.who(), "look");
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let planned = queue::planned(&mut tx, centre.row.id).await?;
        let able = queue::can_sit(&mut tx, centre.row.id, &at).await?;
        (planned, able, diwan_office::administration::counters_of(&mut tx, centre.row.id).await?)
    };
    let options = |all: Vec<(String, String)>| -> Vec<Opt> {
        all.into_iter().map(|(value, label)| Opt { value, label, ..Opt::default() }).collect()
    };
    let officers = options(able.into_iter().map(|(id, name)| (id.to_string(), name)).collect());
    let counters = options(counters.into_iter().map(|row| (row.id.to_string(), row.label)).collect());
    let mut page = DeskList::new(here, &desk, lang.t("duty-title")).await?;
    page.back = "/desk/hall".to_owned();
    page.tables.push((String::new(), week(lang, &planned)));
    let fields = fields(lang, (officers, counters), typed.as_ref());
    let mut form =
        FormBlock::new(lang.t("duty-plan"), "/desk/hall/duties".into(), fields, lang.t("duty-plan"));
    form.intro = vec![lang.t("duty-lead")];
    page.forms = vec![form];
    Ok(show(page.status(), false, &page))
}

/// The week begins on the day on which the country's week begins.
const FROM_SATURDAY: [u8; 7] = [5, 6, 0, 1, 2, 3, 4];

fn week(lang: &Language, planned: &[Planned]) -> Table {
    let of_day = |day: &u8| planned.iter().filter(move |one| one.duty.weekday == *day).collect::<Vec<_>>();
    let row = |one: &Planned| {
        vec![
            Cell::text(day_name(lang, one.duty.weekday)),
            Cell::code(one.duty.counter.clone()),
            Cell::text(one.name.clone()),
            Cell::text(between(lang, one.duty.hours)),
            Cell::text(one.duty.rest.map(|rest| between(lang, rest)).unwrap_or_default()),
            Cell::text(lang.t("duty-end")).to(format!("/desk/hall/duties/{}", one.id)),
        ]
    };
    let rows: Vec<Vec<Cell>> = FROM_SATURDAY.iter().flat_map(of_day).map(row).collect();
    Table {
        caption: lang.t("duty-title"),
        heads: ["duty-weekday", "counter", "hall-officer", "duty-hours", "duty-rest", "duty-end"]
            .map(|key| lang.t(key))
            .to_vec(),
        total: rows.len() as i64,
        rows,
        empty: lang.t("duty-none"),
        ..Table::default()
    }
}

fn fields(
    lang: &Language,
    (officers, counters): (Vec<Opt>, Vec<Opt>),
    typed: Option<&Typed<'_>>,
) -> Vec<Field> {
    let said = |name: &str| typed.map(|typed| typed.sent.text(name)).unwrap_or_default();
    let chosen = typed.map(|typed| typed.sent.all("weekdays")).unwrap_or_default();
    let day = |day: &u8| Opt {
        value: day.to_string(),
        label: day_name(lang, *day),
        chosen: chosen.contains(&day.to_string()),
        ..Opt::default()
    };
    let time = |name: &str, label: &str| {
        Field::line(name, lang.t(label)).ltr("text", "off", "w-short").filled(said(name))
    };
    let mut fields = vec![
        Field::select("officer", lang.t("assign-officer"), officers).filled(said("officer")),
        Field::select("counter", lang.t("counter"), counters).filled(said("counter")),
        Field {
            shape: Shape::Checks,
            options: FROM_SATURDAY.iter().map(day).collect(),
            ..Field::line("weekdays", lang.t("duty-weekdays"))
        },
        time("from", "duty-from").hint(lang.t("duty-time-help")),
        time("until", "duty-until"),
        time("rest-from", "duty-rest-from").optional(),
        time("rest-until", "duty-rest-until").optional(),
    ];
    if let Some((name, said)) = typed.and_then(|typed| typed.wrong.as_ref())
        && let Some(field) = fields.iter_mut().find(|field| field.name == *name)
    {
        field.error.clone_from(said);
    }
    fields
}

/// What was typed, or the field that is wrong.
fn read(sent: &Sent) -> Result<PlanDuty, &'static str> {
    let time = |name: &'static str| typed_clock(&sent.text(name)).ok_or(name);
    let rest = match (sent.some("rest-from"), sent.some("rest-until")) {
        (None, None) => None,
        _ => Some(Hours { opens: time("rest-from")?, closes: time("rest-until")? }),
    };
    let days: Option<_> = sent.all("weekdays").iter().map(|day| day.parse::<u8>().ok()).collect();
    Ok(PlanDuty {
        officer: sent.id::<OfficerId>("officer").ok_or("officer")?,
        counter: sent.id::<CounterId>("counter").ok_or("counter")?,
        weekdays: days.ok_or("weekdays")?,
        hours: Hours { opens: time("from")?, closes: time("until")? },
        rest,
    })
}

/// Plans an officer's hours.
pub async fn plan(here: Here, sent: Sent) -> Response {
    let result = async {
        let lang = &here.lang;
        let wrong = |name: &'static str| {
            let said = match name {
                "officer" => lang.t("assign-officer-missing"),
                "counter" => lang.t("duty-counter-missing"),
                "weekdays" => lang.t("duty-weekdays-missing"),
                "rest-from" | "rest-until" => lang.t("duty-rest-wrong"),
                _ => lang.t("duty-time-wrong"),
            };
            Typed { sent: &sent, wrong: Some((name, said)) }
        };
        let act = match read(&sent) {
            Ok(act) => act,
            Err(name) => return show_week(&here, Some(wrong(name))).await,
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(_) => Ok(here.go("/desk/hall/duties")),
            Err(Stop::Refused(refusal)) if refusal.why == Why::FieldMissing => {
                let name = match refusal.about.get("field").map(String::as_str) {
                    Some("weekdays") => "weekdays",
                    Some("rest") => "rest-from",
                    _ => "until",
                };
                show_week(&here, Some(wrong(name))).await
            }
            Err(stop) if stop.code() == Why::DutyMeets.code() => {
                let typed = Typed { sent: &sent, wrong: Some(("from", lang.t("duty-meets"))) };
                show_week(&here, Some(typed)).await
            }
            Err(stop) => Err(stop.into()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Asks before somebody's hours are taken out of the week.
pub async fn one(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ManageQueue)).await?;
        let lang = &here.lang;
        let id: RowId = id.parse().map_err(|_| Problem::not_found())?;
        let centre = own_centre(&here, &desk).await?;
        let planned = {
            let mut reading = here.app.office.db.reading().await?;
            queue::planned(&mut reading.tx(), centre.row.id).await?
        };
        let one = planned.into_iter().find(|one| one.id == id).ok_or_else(Problem::not_found)?;
        let mut page = DeskList::new(&here, &desk, lang.t("duty-end")).await?;
        page.back = "/desk/hall/duties".to_owned();
        let about = [
            ("name", Arg::Text(one.name)),
            ("counter", Arg::Text(one.duty.counter)),
            ("day", Arg::Text(day_name(lang, one.duty.weekday))),
            ("hours", Arg::Text(between(lang, one.duty.hours))),
        ];
        let action = format!("/desk/hall/duties/{id}");
        let mut form = FormBlock::new(String::new(), action, Vec::new(), lang.t("duty-end"));
        form.intro = vec![lang.with("duty-end-lead", &about)];
        page.forms = vec![form];
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Takes somebody's hours out of the week.
pub async fn end(here: Here, Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let duty: RowId = id.parse().map_err(|_| Problem::not_found())?;
        match here.app.office.perform(&here.visitor.who(), &sent.key, EndDuty { duty }).await {
            Ok(()) => Ok(here.go("/desk/hall/duties")),
            Err(stop) if stop.code() == Why::NothingChanges.code() => Ok(here.go("/desk/hall/duties")),
            Err(stop) => Err(stop.into()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// What the centre needs before its first visitor, and what of it is there: for its manager.
pub async fn start_up(here: Here) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ManageQueue)).await?;
        let centre = own_centre(&here, &desk).await?;
        show_start_up(&here, &desk, &centre.row, "/desk/hall").await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The same for whoever sets centres up: of every centre for administrators, of their own
/// for others.
pub async fn start_up_of(here: Here, Path((_, id)): Path<(String, String)>) -> Response {
    let result = async {
        let desk = at_desk(&here, Some(Permission::ManageCentres)).await?;
        let id: CentreId = id.parse().map_err(|_| Problem::not_found())?;
        if desk.acting.officer.centre_id != Some(id) && !desk.acting.may(Permission::ManageOfficers) {
            return Err(Problem::not_found());
        }
        let centre = {
            let mut reading = here.app.office.db.reading().await?;
            queue::centre_by_id(&mut reading.tx(), id).await?
        };
        let centre = centre.filter(|centre| centre.closed_at.is_none()).ok_or_else(Problem::not_found)?;
        show_start_up(&here, &desk, &centre, &format!("/desk/centres/{id}")).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn show_start_up(here: &Here, desk: &AtDesk, centre: &CentreRow, back: &str) -> Answer {
    let lang = &here.lang;
    let around = Around::of(&here.app.office, here.app.sound.spoken()).await?;
    let lines = {
        let mut reading = here.app.office.db.reading().await?;
        queue::start_up(&mut reading.tx(), centre, &around, here.app.office.now()).await?
    };
    let title = format!("{} · {}", lang.t("start-up-title"), lang.name_in(&centre.names.0));
    let mut page = DeskList::new(here, desk, title).await?;
    page.back = back.to_owned();
    let open = lines.iter().filter(|line| line.ready == Ready::Open).count() as i64;
    page.notices.push(if open == 0 {
        lang.t("start-up-ready")
    } else {
        page.frame.n1("start-up-left", "count", &open)
    });
    page.tables.push((String::new(), start_up_table(here, &lines)));
    page.links.push((format!("/{}/centres/{}", lang.code, centre.code), lang.t("hall-public")));
    Ok(show(StatusCode::OK, false, &page))
}

fn start_up_table(here: &Here, lines: &[StartUpLine]) -> Table {
    let lang = &here.lang;
    // Languages are called as they call themselves.
    let called = |found: &str| {
        let name = |code: &str| {
            here.app.words.language(code).map_or_else(|| code.to_owned(), |one| one.name.clone())
        };
        found.split(", ").map(name).collect::<Vec<_>>().join("، ")
    };
    let row = |line: &StartUpLine| {
        let tag = match line.ready {
            Ready::Done => "done",
            Ready::Advised => "wait",
            Ready::Open => "late",
        };
        let what = match line.key {
            "languages" | "sound" if !line.found.is_empty() => called(&line.found),
            _ => line.found.clone(),
        };
        let found = [("found", Arg::Text(what.clone()))];
        let said = if line.ready == Ready::Done {
            // A count is read as numbers are; letters of lines and codes stay.
            let is_count = what.parse::<i64>().is_ok();
            if is_count { lang.digits(&what) } else { what }
        } else {
            lang.with_of("start-up-mend-", line.key, &found)
        };
        vec![
            Cell::text(lang.t_of("start-up-", line.key)),
            Cell::tag(lang.t_of("start-up-is-", line.ready.code()), tag),
            Cell::text(said),
        ]
    };
    let rows: Vec<Vec<Cell>> = lines.iter().map(row).collect();
    Table {
        caption: lang.t("start-up-title"),
        heads: ["start-up-what", "start-up-is", "start-up-mend"].map(|key| lang.t(key)).to_vec(),
        total: rows.len() as i64,
        rows,
        ..Table::default()
    }
}
