//! A centre for whoever goes there: how long one waits now, and a ticket by one's own phone.

use crate::fields::{Field, Opt, Shape};
use crate::frame::{Frame, Here, show};
use crate::pages::kit::FormPage;
use crate::pages::stops::{route, stops_spoken};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::{Arg, Language};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::acts::Actor;
use diwan_domain::ids::CentreId;
use diwan_domain::people::Channel;
use diwan_domain::queue::estimate::Range;
use diwan_domain::queue::{Need, Setup};
use diwan_domain::refusals::Why;
use diwan_office::queue::{self, Picture, TakeTicket};
use diwan_office::rows::CentreRow;
use diwan_office::{Stop, Who};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// A name by language, in the reader's.
pub(crate) fn named(lang: &Language, names: &diwan_domain::queue::setup::Names) -> String {
    lang.name_in(&json!(names))
}

/// A wait as people say it.
pub(crate) fn spoken(lang: &Language, wait: Option<Range>) -> String {
    match wait {
        None => lang.t("wait-unknown"),
        // Nobody counts in minutes what lasts for hours.
        Some(range) if range.to >= 120 => {
            let span = |minutes: i64| Arg::Text(lang.span(minutes * diwan_domain::queue::MINUTE));
            lang.with("wait-range-long", &[("from", span(range.from)), ("to", span(range.to))])
        }
        Some(range) => {
            let args = [("from", Arg::Number(range.from)), ("to", Arg::Number(range.to))];
            lang.with("wait-range", &args)
        }
    }
}

/// A centre with what stands for it.
pub(crate) struct Centre {
    pub row: CentreRow,
    pub setup: Option<Arc<Setup>>,
    pub picture: Option<Picture>,
}

/// A centre by its code.
pub(crate) async fn centre_of(here: &Here, code: &str) -> Result<Centre, Problem> {
    let row = queue::centre_coded(&mut here.app.office.db.reading().await?.tx(), code).await?;
    looked_at(here, row.ok_or_else(Problem::not_found)?).await
}

/// The same by its identifier.
pub(crate) async fn centre_at(here: &Here, id: CentreId) -> Result<Centre, Problem> {
    let row = queue::centre_by_id(&mut here.app.office.db.reading().await?.tx(), id).await?;
    looked_at(here, row.ok_or_else(Problem::not_found)?).await
}

async fn looked_at(here: &Here, row: CentreRow) -> Result<Centre, Problem> {
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let setup = queue::setup_standing(&mut tx, row.id).await?.map(|(_, setup)| setup);
    let picture = queue::picture(&mut tx, row.id, here.app.office.now()).await?;
    Ok(Centre { row, setup, picture })
}

/// A line on a page.
pub struct LineShown {
    /// Its letter.
    pub letter: String,
    /// Its name.
    pub name: String,
    /// How many wait.
    pub waiting: i64,
    /// How many counters serve it.
    pub counters: i64,
    /// How long one waits.
    pub wait: String,
}

/// The lines of a centre as they are shown.
pub(crate) fn lines(lang: &Language, centre: &Centre) -> Vec<LineShown> {
    let (Some(setup), Some(picture)) = (&centre.setup, &centre.picture) else { return Vec::new() };
    let shown = |line: &queue::LineNow| LineShown {
        letter: line.letter.clone(),
        name: setup.line(&line.letter).map(|planned| named(lang, &planned.names)).unwrap_or_default(),
        waiting: line.waiting as i64,
        counters: line.counters as i64,
        wait: spoken(lang, line.wait),
    };
    picture.lines.iter().map(shown).collect()
}

/// What those who wait are told, in words: for one line with its name before it.
pub(crate) fn notice_said(lang: &Language, centre: &Centre, notice: &queue::NoticeNow) -> String {
    let minutes = notice.minutes.map_or_else(|| "none".to_owned(), |minutes| lang.number(minutes));
    let text = lang.with_of("notice-", &notice.reason, &[("minutes", Arg::Text(minutes))]);
    let line = notice.line.as_ref().and_then(|letter| centre.setup.as_ref()?.line(letter));
    match line {
        Some(line) => format!("{} {}: {text}", line.letter, named(lang, &line.names)),
        None => text,
    }
}

/// What those of a line are told now; of every line, when none is named.
pub(crate) fn notices(lang: &Language, centre: &Centre, line: Option<&str>) -> Vec<String> {
    let all = centre.picture.iter().flat_map(|picture| &picture.notices);
    let meant = all
        .filter(|notice| line.is_none_or(|line| notice.line.as_deref().is_none_or(|letter| letter == line)));
    meant.map(|notice| notice_said(lang, centre, notice)).collect()
}

#[derive(Template)]
#[template(path = "centres.html")]
struct CentresPage {
    frame: Frame,
    centres: Vec<Listed>,
}

struct Listed {
    path: String,
    name: String,
    address: String,
    state: String,
    /// Where a mobile unit is today, and where next.
    route: Vec<String>,
}

/// Every centre, with whether it is open and how many wait.
pub async fn list(here: Here) -> Response {
    let result = async {
        let lang = &here.lang;
        let rows = {
            let mut reading = here.app.office.db.reading().await?;
            diwan_office::administration::all_centres(&mut reading.tx()).await?
        };
        let mut centres = Vec::new();
        let mut reading = here.app.office.db.reading().await?;
        for row in rows {
            let open = queue::waiting_if_open(&mut reading.tx(), &row, here.app.office.now()).await?;
            let state = match open {
                Some(waiting) => here.frame("").n1("centre-waiting", "count", &waiting),
                None => lang.t("centre-closed-now"),
            };
            let now = here.app.office.now();
            let stops = queue::stops_of(&mut reading.tx(), &row, now).await?;
            centres.push(Listed {
                route: route(&here, &row, &stops),
                path: format!("/centres/{}", row.code),
                name: lang.name_in(&row.names.0),
                address: row.address.clone(),
                state,
            });
        }
        let page = CentresPage { frame: here.frame(lang.t("centres-title")), centres };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

#[derive(Template)]
#[template(path = "centre.html")]
struct CentrePage {
    frame: Frame,
    address: String,
    hours: Vec<String>,
    open: bool,
    has_setup: bool,
    gives_appointments: bool,
    code: String,
    lines: Vec<LineShown>,
    halls: Vec<(String, String)>,
    days: Vec<(String, String)>,
    at: String,
    /// What those who wait are told.
    told: Vec<String>,
    /// Where a mobile unit is now and next, and its stops of the days to come.
    route: Vec<String>,
    stops: Vec<String>,
}

/// A centre: open or not, how long one waits, and the records of its days.
pub async fn one(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        let lang = &here.lang;
        let centre = centre_of(&here, &code).await?;
        let offset = i32::try_from(centre.row.utc_offset_minutes).unwrap_or(0);
        let (days, stops) = {
            let mut reading = here.app.office.db.reading().await?;
            let mut tx = reading.tx();
            let days = queue::days_of(&mut tx, centre.row.id).await?;
            (days, queue::stops_of(&mut tx, &centre.row, here.app.office.now()).await?)
        };
        let code = centre.row.code.clone();
        let halls = centre.setup.as_ref().map(|setup| {
            let hall = |hall: &diwan_domain::queue::Hall| {
                (format!("/halls/{code}/{}", hall.key), named(lang, &hall.names))
            };
            setup.halls.iter().map(hall).collect()
        });
        let page = CentrePage {
            frame: here.frame(lang.name_in(&centre.row.names.0)),
            address: centre.row.address.clone(),
            route: route(&here, &centre.row, &stops),
            stops: stops_spoken(lang, &stops, offset),
            hours: crate::desk::admin::hours_spoken(lang, &centre.row),
            open: centre.picture.as_ref().is_some_and(|picture| picture.open),
            has_setup: centre.setup.is_some(),
            gives_appointments: centre.setup.as_ref().is_some_and(|setup| !setup.offers.is_empty()),
            lines: lines(lang, &centre),
            halls: halls.unwrap_or_default(),
            days: days
                .iter()
                .map(|day| (format!("/centres/{code}/days/{}", day.day), lang.stored_day(&day.day)))
                .collect(),
            at: lang.moment(here.app.office.now(), offset),
            told: notices(lang, &centre, None),
            code,
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// What the door's sign leads to.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct AtDoor {
    #[serde(default)]
    door: String,
}

/// The fields of a ticket: line, needs, how many come.
pub(crate) fn ticket_fields(lang: &Language, centre: &Centre, sent: Option<&Sent>) -> Vec<Field> {
    let typed = |name: &str| sent.map(|sent| sent.text(name)).unwrap_or_default();
    let options = lines(lang, centre)
        .into_iter()
        .map(|line| Opt { value: line.letter, label: line.name, hint: line.wait, ..Opt::default() })
        .collect();
    let chosen: Vec<String> = sent.map(|sent| sent.all("needs")).unwrap_or_default();
    let needs = Need::ALL.iter().map(|need| Opt {
        value: need.code().to_owned(),
        label: lang.t_of("visit-need-", need.code()),
        chosen: chosen.iter().any(|code| code == need.code()),
        ..Opt::default()
    });
    let people = if sent.is_some() { typed("people") } else { "1".to_owned() };
    vec![
        Field::choice("line", lang.t("ticket-line"), options).filled(typed("line")),
        Field {
            shape: Shape::Checks,
            options: needs.collect(),
            ..Field::line("needs", lang.t("ticket-needs")).hint(lang.t("ticket-needs-help")).optional()
        },
        Field::line("people", lang.t("ticket-people"))
            .hint(lang.t("ticket-people-help"))
            .ltr("text", "off", "w-2")
            .filled(people),
        Field::line("appointment", lang.t("ticket-appointment"))
            .hint(lang.t("ticket-appointment-help"))
            .ltr("text", "off", "w-full")
            .filled(typed("appointment"))
            .optional(),
    ]
}

/// What a form says of a ticket.
pub(crate) fn ticket_of(here: &Here, centre: &CentreRow, sent: &Sent) -> TakeTicket {
    let needs = sent.all("needs").iter().filter_map(|code| Need::from_code(code)).collect();
    let people = diwan_domain::digits::to_ascii(&sent.text("people"));
    TakeTicket {
        centre: centre.id,
        line: sent.some("line"),
        service: sent.some("service"),
        needs,
        people: if people.is_empty() { 1 } else { people.parse().unwrap_or(0) },
        language: here.lang.code.clone(),
        phone: sent.some("phone").map(|phone| diwan_domain::digits::to_ascii(&phone)),
        door: None,
        session: None,
        account: here.visitor.account(),
        visit: sent.id("visit"),
        again: sent.some("again"),
        appointment: sent.some("appointment"),
    }
}

fn has_appointment(field: &Field) -> bool {
    field.name == "appointment" && !field.value.is_empty()
}

/// Marks the field that a refusal is about; gives the problem back when it is about none.
pub(crate) fn mark(here: &Here, fields: &mut [Field], stop: Stop) -> Result<(), Problem> {
    let absent = [Why::NotFound.code(), Why::StepImpossible.code()];
    let about = match &stop {
        Stop::Refused(refusal) if refusal.why == Why::FieldMissing => {
            refusal.about.get("field").cloned().unwrap_or_default()
        }
        // An appointment that is not of this centre and day, or was used.
        _ if absent.contains(&stop.code()) && fields.iter().any(has_appointment) => "appointment".to_owned(),
        _ => return Err(stop.into()),
    };
    let Some(field) = fields.iter_mut().find(|field| field.name == about) else { return Err(stop.into()) };
    field.error = here.lang.t_of("ticket-wrong-", &about);
    Ok(())
}

/// The lines in which nobody more can probably be served today, each with what is said of it:
/// that, and when one could come instead.
pub(crate) async fn full_lines(here: &Here, centre: &Centre) -> Result<Vec<(String, String)>, Problem> {
    let lang = &here.lang;
    let rooms = {
        let mut reading = here.app.office.db.reading().await?;
        queue::rooms(&mut reading.tx(), centre.row.id, here.app.office.now()).await?
    };
    let offset = i32::try_from(centre.row.utc_offset_minutes).unwrap_or(0);
    let said = |room: queue::Room| {
        let said = match room.next {
            Some(at) => lang.with("ticket-full-next", &[("at", Arg::Text(lang.moment(at, offset)))]),
            None => lang.t("ticket-full"),
        };
        (room.line, said)
    };
    Ok(rooms.into_iter().filter(queue::Room::is_full).map(said).collect())
}

/// Says so at each such line of a form. It can be chosen all the same: nobody is turned away.
pub(crate) async fn say_what_is_full(
    here: &Here,
    centre: &Centre,
    fields: &mut [Field],
) -> Result<bool, Problem> {
    let full = full_lines(here, centre).await?;
    let mut is_full = false;
    let Some(field) = fields.iter_mut().find(|field| field.name == "line") else { return Ok(false) };
    for (line, said) in full {
        let Some(option) = field.options.iter_mut().find(|option| option.value == line) else {
            continue;
        };
        is_full = true;
        option.hint = format!("{} {said}", option.hint).trim().to_owned();
    }
    Ok(is_full)
}

async fn take_page(here: &Here, centre: &Centre, mut fields: Vec<Field>, door: &str) -> Answer {
    let lang = &here.lang;
    let is_full = say_what_is_full(here, centre, &mut fields).await?;
    let name = lang.name_in(&centre.row.names.0);
    let action = format!("/centres/{}/ticket", centre.row.code);
    let title = lang.with("ticket-take-at", &[("centre", Arg::Text(name))]);
    let mut page = FormPage::new(here, title, &action, fields, lang.t("ticket-take"));
    page.back = format!("/centres/{}", centre.row.code);
    if is_full {
        page.intro = vec![lang.t("ticket-full-lead")];
        page.links = vec![(format!("/centres/{}/book", centre.row.code), lang.t("book-title"))];
    }
    if !door.is_empty() {
        let note = format!("/centres/{}/note?door={door}", centre.row.code);
        page.links.push((note, lang.t("note-from-phone")));
    }
    if !page.fields.iter().any(|field| field.name == "door") {
        page.hidden = vec![("door".to_owned(), door.to_owned())];
    }
    Ok(page.show())
}

/// The digits at the door, for whoever cannot read its picture with their phone.
fn door_field(lang: &Language, typed: &str) -> Field {
    Field::line("door", lang.t("ticket-door"))
        .hint(lang.t("ticket-door-help"))
        .ltr("text", "off", "w-short")
        .filled(typed)
}

fn with_phone(lang: &Language, mut fields: Vec<Field>, typed: &str) -> Vec<Field> {
    let phone = Field::line("phone", lang.t("ticket-phone"))
        .hint(lang.t("ticket-phone-help"))
        .ltr("tel", "tel", "w-full")
        .filled(typed)
        .optional();
    fields.push(phone);
    fields
}

/// A ticket by one's own phone, at the door.
pub async fn take(here: Here, Path((_, code)): Path<(String, String)>, Query(at): Query<AtDoor>) -> Response {
    let result = async {
        here.visitor.ensure(&here.app);
        let centre = centre_of(&here, &code).await?;
        let mut fields = with_phone(&here.lang, ticket_fields(&here.lang, &centre, None), "");
        if at.door.is_empty() {
            fields.insert(0, door_field(&here.lang, ""));
        }
        take_page(&here, &centre, fields, &at.door).await
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Whoever stands at the door with a phone: Diwan itself acts, so that the public record
/// of the day names nobody.
pub(super) fn at_door() -> Who {
    Who { channel: Channel::Online, ..Who::system("door") }
}

/// Takes the ticket.
pub async fn taken(here: Here, Path((_, code)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let centre = centre_of(&here, &code).await?;
        let session = match here.visitor.who().actor {
            Actor::Stranger(label) => label,
            other => other.name(),
        };
        let door: String =
            diwan_domain::digits::to_ascii(&sent.text("door")).chars().filter(char::is_ascii_digit).collect();
        let act = TakeTicket {
            door: Some(door.clone()),
            session: Some(session),
            ..ticket_of(&here, &centre.row, &sent)
        };
        let mut fields =
            with_phone(&here.lang, ticket_fields(&here.lang, &centre, Some(&sent)), &sent.text("phone"));
        match here.app.office.perform(&at_door(), &sent.key, act).await {
            Ok(taken) => Ok(here.go(&format!("/tickets/{}", taken.code))),
            Err(stop) if stop.code() == Why::NotAtDoor.code() => {
                let wrong =
                    door_field(&here.lang, &sent.text("door")).wrong(here.lang.t("ticket-wrong-door"));
                fields.insert(0, wrong);
                take_page(&here, &centre, fields, "").await
            }
            Err(stop) => {
                mark(&here, &mut fields, stop)?;
                take_page(&here, &centre, fields, &door).await
            }
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
