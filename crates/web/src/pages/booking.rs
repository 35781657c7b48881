//! An appointment at a centre: which line, which day, which time; then its own page, by
//! which it is changed, given back, kept in a calendar, and shown when one comes.

use super::calendar::{answered, escaped, stamp};
use super::visits::{Centre, centre_at, centre_of, mark, named};
use crate::fields::{Field, Opt, Shape};
use crate::frame::{Frame, Here, show};
use crate::pages::kit::FormPage;
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::{Arg, Language};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::people::Channel;
use diwan_domain::queue::MINUTE;
use diwan_domain::queue::slots::For;
use diwan_domain::refusals::Why;
use diwan_office::Who;
use diwan_office::documents::qr_svg;
use diwan_office::queue::{self, BookAppointment, CancelAppointment};
use diwan_office::rows::AppointmentRow;
use jiff::civil::Date;
use serde::Deserialize;

/// A way on: where it leads, what it says, a word more; without an address it leads nowhere.
pub struct WayOn {
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) hint: String,
}

#[derive(Template)]
#[template(path = "choices.html")]
struct ChoicesPage {
    frame: Frame,
    back: String,
    lead: String,
    ways: Vec<WayOn>,
    empty: String,
}

/// Which appointment is changed, and for which service one comes.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Instead {
    #[serde(default)]
    instead: String,
    #[serde(default)]
    service: String,
}

impl Instead {
    fn query(&self) -> String {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let told = [("instead", &self.instead), ("service", &self.service)];
        let told = told.iter().filter(|(_, value)| !value.is_empty() && value.chars().all(fits));
        let told: Vec<String> = told.map(|(name, value)| format!("{name}={value}")).collect();
        if told.is_empty() { String::new() } else { format!("?{}", told.join("&")) }
    }
}

/// Which line.
pub async fn lines(
    here: Here,
    Path((_, code)): Path<(String, String)>,
    Query(instead): Query<Instead>,
) -> Response {
    let result = async {
        let centre = centre_of(&here, &code).await?;
        let lang = &here.lang;
        let base = format!("/centres/{}/book", centre.row.code);
        let way = |line: &diwan_domain::queue::Line| WayOn {
            path: format!("{base}/{}{}", line.letter, instead.query()),
            text: named(lang, &line.names),
            hint: String::new(),
        };
        let setup = centre.setup.as_ref();
        let offered: Vec<_> = setup
            .iter()
            .flat_map(|setup| setup.lines.iter().filter(|line| setup.offer(&line.letter).is_some()))
            .collect();
        let mut ways = Vec::new();
        for line in offered {
            // Whoever changes the time knows what to bring.
            if instead.instead.is_empty() {
                ways.extend(super::prepare::ways(&here, &centre.row.code, line).await?);
            }
            ways.push(way(line));
        }
        let page = ChoicesPage {
            frame: here.frame(lang.t("book-title")),
            back: format!("/centres/{}", centre.row.code),
            lead: lang.t("book-line"),
            ways,
            empty: lang.t("book-none"),
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Which day.
pub async fn days(
    here: Here,
    Path((_, code, letter)): Path<(String, String, String)>,
    Query(instead): Query<Instead>,
) -> Response {
    let result = async {
        let centre = centre_of(&here, &code).await?;
        let lang = &here.lang;
        let now = here.app.office.now();
        let (found, releases) = {
            let mut reading = here.app.office.db.reading().await?;
            let mut tx = reading.tx();
            let found = queue::free_days(&mut tx, centre.row.id, &letter, now).await?;
            (found, queue::releases_of(&mut tx, centre.row.id).await?)
        };
        let base = format!("/centres/{}/book/{letter}", centre.row.code);
        let offset = offset_of(&centre);
        let way = |free: &queue::FreeDay| {
            let hint = if free.releases > now {
                lang.with("book-released", &[("at", Arg::Text(lang.moment(free.releases, offset)))])
            } else {
                here.frame("").n1("book-left", "count", &i64::from(free.left))
            };
            let path = match (free.releases <= now, free.left > 0) {
                (false, _) => String::new(),
                (true, true) => format!("{base}/{}{}", free.day, instead.query()),
                (true, false) => format!("/centres/{}/wait/{letter}/{}", centre.row.code, free.day),
            };
            let hint = if free.releases <= now && free.left == 0 {
                format!("{hint}. {}", lang.t("waiting-join"))
            } else {
                hint
            };
            WayOn { path, text: lang.date(free.day), hint }
        };
        // What is drawn now stands before the days that anyone can book.
        let drawn = |row: &diwan_office::rows::ReleaseRow| WayOn {
            path: format!("/centres/{}/releases/{}", centre.row.code, row.id),
            text: super::releases::days_said(lang, row),
            hint: lang.t("release-by-draw"),
        };
        let releases = releases.iter().filter(|row| row.line == letter && row.done_at.is_none());
        let page = ChoicesPage {
            frame: here.frame(line_name(lang, &centre, &letter)),
            back: format!("/centres/{}/book{}", centre.row.code, instead.query()),
            lead: lang.t("book-day"),
            ways: releases.map(drawn).chain(found.iter().map(way)).collect(),
            empty: lang.t("book-none"),
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

pub(crate) fn offset_of(centre: &Centre) -> i32 {
    i32::try_from(centre.row.utc_offset_minutes).unwrap_or(0)
}

pub(crate) fn line_name(lang: &Language, centre: &Centre, letter: &str) -> String {
    let setup = centre.setup.as_ref();
    setup.and_then(|setup| setup.line(letter)).map(|line| named(lang, &line.names)).unwrap_or_default()
}

/// The time of day of an instant in a centre, as people read it.
pub(crate) fn clock(lang: &Language, at: i64, offset: i32) -> String {
    let minutes = (at / MINUTE + i64::from(offset)).rem_euclid(24 * 60);
    lang.digits(&format!("{:02}:{:02}", minutes / 60, minutes % 60))
}

struct Asked<'a> {
    centre: &'a Centre,
    letter: &'a str,
    day: Date,
    instead: &'a Instead,
}

async fn form(here: &Here, asked: &Asked<'_>, sent: Option<&Sent>) -> Result<FormPage, Problem> {
    let lang = &here.lang;
    let offset = offset_of(asked.centre);
    let slots = {
        let mut reading = here.app.office.db.reading().await?;
        let at = (asked.day, here.app.office.now());
        queue::free_slots(&mut reading.tx(), asked.centre.row.id, asked.letter, at).await?
    };
    let options = slots.iter().map(|free| Opt {
        value: free.slot.at.to_string(),
        label: clock(lang, free.slot.at, offset),
        hint: if free.anyone == 0 { lang.t("book-kept-places") } else { String::new() },
        ..Opt::default()
    });
    let typed = |name: &str| sent.map(|sent| sent.text(name)).unwrap_or_default();
    let hard = Opt {
        value: "yes".into(),
        label: lang.t("visit-need-cannot-wait"),
        chosen: !typed("hard").is_empty(),
        ..Opt::default()
    };
    let mut fields = vec![
        Field::choice("at", lang.t("book-time"), options.collect()).filled(typed("at")),
        Field {
            shape: Shape::Checks,
            options: vec![hard],
            ..Field::line("hard", lang.t("ticket-needs")).hint(lang.t("ticket-needs-help")).optional()
        },
    ];
    if asked.instead.instead.is_empty() {
        let phone = Field::line("phone", lang.t("ticket-phone"))
            .hint(lang.t("book-phone-help"))
            .ltr("tel", "tel", "w-full")
            .filled(typed("phone"))
            .optional();
        fields.push(phone);
    }
    let base = format!("/centres/{}/book/{}", asked.centre.row.code, asked.letter);
    let action = format!("{base}/{}{}", asked.day, asked.instead.query());
    let title = format!("{}, {}", line_name(lang, asked.centre, asked.letter), lang.date(asked.day));
    let mut page = FormPage::new(here, title, &action, fields, lang.t("book-button"));
    page.back = format!("{base}{}", asked.instead.query());
    if slots.is_empty() {
        page.intro = vec![lang.t("book-full")];
    }
    Ok(page)
}

/// Which time: for whoever is signed in, so that a place is held by somebody.
pub async fn times(
    here: Here,
    Path((_, code, letter, day)): Path<(String, String, String, String)>,
    Query(instead): Query<Instead>,
) -> Response {
    let result = async {
        if here.visitor.account().is_none() {
            return Err(Why::SignInFirst.into());
        }
        let centre = centre_of(&here, &code).await?;
        let day: Date = day.parse().map_err(|_| Problem::not_found())?;
        let asked = Asked { centre: &centre, letter: &letter, day, instead: &instead };
        Ok(form(&here, &asked, None).await?.show())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Books it.
pub async fn book(
    here: Here,
    Path((_, code, letter, day)): Path<(String, String, String, String)>,
    Query(instead): Query<Instead>,
    sent: Sent,
) -> Response {
    let result = async {
        let centre = centre_of(&here, &code).await?;
        let day: Date = day.parse().map_err(|_| Problem::not_found())?;
        let asked = Asked { centre: &centre, letter: &letter, day, instead: &instead };
        let Ok(at) = sent.text("at").parse() else {
            let mut page = form(&here, &asked, Some(&sent)).await?;
            return Ok(wrong(&mut page, "at", here.lang.t("book-time-missing")));
        };
        let act = BookAppointment {
            centre: centre.row.id,
            line: letter.clone(),
            service: Some(instead.service.clone()).filter(|key| !key.is_empty()),
            at,
            who: if sent.text("hard").is_empty() { For::Anyone } else { For::Vulnerable },
            phone: diwan_domain::digits::to_ascii(&sent.text("phone")),
            language: here.lang.code.clone(),
            instead_of: Some(instead.instead.clone()).filter(|code| !code.is_empty()),
            no_phone: false,
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(code) => {
                super::prepare::keep_answers(&here, &code, &instead.service, (None, &sent.key)).await;
                Ok(here.go(&format!("/appointments/{code}")))
            }
            Err(stop) if stop.code() == Why::NoAppointment.code() => {
                let reason = stop.refusal().and_then(|refusal| refusal.about.get("reason").cloned());
                let said = here.lang.t_of("book-refused-", &reason.unwrap_or_else(|| "full".into()));
                let mut page = form(&here, &asked, Some(&sent)).await?;
                Ok(wrong(&mut page, "at", said))
            }
            Err(stop) => {
                let mut page = form(&here, &asked, Some(&sent)).await?;
                mark(&here, &mut page.fields, stop)?;
                page.errors = crate::pages::kit::errors_of(&page.fields);
                Ok(page.show())
            }
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn wrong(page: &mut FormPage, name: &str, said: String) -> Response {
    if let Some(field) = page.fields.iter_mut().find(|field| field.name == name) {
        field.error = said;
    }
    page.errors = crate::pages::kit::errors_of(&page.fields);
    page.show()
}

#[derive(Template)]
#[template(path = "appointment.html")]
struct AppointmentPage {
    frame: Frame,
    code: String,
    standing: String,
    centre: String,
    address: String,
    line: String,
    day: String,
    time: String,
    qr: String,
    can_change: bool,
    change: String,
    /// What to bring: where it says so, and for what; empty where nobody said for what.
    prepare: (String, String),
}

async fn found(here: &Here, code: &str) -> Result<(AppointmentRow, Centre), Problem> {
    let row = {
        let mut reading = here.app.office.db.reading().await?;
        queue::appointment(&mut reading.tx(), code).await?.ok_or_else(Problem::not_found)?
    };
    let centre = centre_at(here, row.centre_id).await?;
    Ok((row, centre))
}

/// An appointment, for whoever holds its code.
pub async fn appointment(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        here.visitor.ensure(&here.app);
        let lang = &here.lang;
        let (row, centre) = found(&here, &code).await?;
        let offset = offset_of(&centre);
        let address =
            format!("{}/{}/appointments/{}", here.app.office.settings.base_url, lang.code, row.code);
        let prepare = match &row.service {
            Some(key) => {
                let of = (&centre.row.code, &row.line, &row.code);
                let path = format!("/centres/{}/prepare/{}/{key}?appointment={}", of.0, of.1, of.2);
                (path, super::prepare::title(&here, key).await?)
            }
            None => Default::default(),
        };
        let page = AppointmentPage {
            prepare,
            frame: here.frame(lang.t("appointment-title")),
            standing: row.standing.clone(),
            centre: lang.name_in(&centre.row.names.0),
            address: centre.row.address.clone(),
            line: line_name(lang, &centre, &row.line),
            day: lang.day_of(row.starts_at, offset),
            time: clock(lang, row.starts_at, offset),
            qr: qr_svg(&address).unwrap_or_default(),
            can_change: row.standing == "open" && row.starts_at > here.app.office.now(),
            change: format!("/centres/{}/book/{}?instead={}", centre.row.code, row.line, row.code),
            code: row.code,
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Whoever holds the code gives it back.
pub async fn appointment_do(
    here: Here,
    Path((_, code, what)): Path<(String, String, String)>,
    sent: Sent,
) -> Response {
    let result = async {
        if what != "cancel" {
            return Err(Problem::not_found());
        }
        let holder = Who { channel: Channel::Online, ..Who::system("appointments") };
        here.app.office.perform(&holder, &sent.key, CancelAppointment { code: code.clone() }).await?;
        Ok(here.go(&format!("/appointments/{code}")))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The appointment for a calendar (RFC 5545).
pub async fn calendar(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        let (row, centre) = found(&here, &code).await?;
        let minutes = centre.setup.as_ref().and_then(|setup| setup.offer(&row.line)).map_or(30, |o| o.0.slot);
        let base = &here.app.office.settings.base_url;
        let is_off = matches!(row.standing.as_str(), "cancelled" | "called-off");
        // Calendars are shared: neither what it is about nor for whom stands in them. Whoever
        // reads the file again after a change finds the same event, later in its sequence.
        let event = vec![
            format!("UID:{}@diwan", row.id),
            format!("DTSTAMP:{}", stamp(here.app.office.now())),
            format!("SEQUENCE:{}", (row.version - 1).max(0)),
            format!("DTSTART:{}", stamp(row.starts_at)),
            format!("DTEND:{}", stamp(row.starts_at + i64::from(minutes) * MINUTE)),
            format!("SUMMARY:{}", escaped(&here.lang.t("appointment-title"))),
            format!("LOCATION:{}", escaped(&here.lang.name_in(&centre.row.names.0))),
            format!("URL:{base}/{}/appointments/{}", here.lang.code, row.code),
            format!("STATUS:{}", if is_off { "CANCELLED" } else { "CONFIRMED" }),
        ];
        Ok(answered("Appointments", "appointment.ics", &[event]))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
