//! An appointment at a kiosk: brought with its code, for a ticket; or booked, in three
//! touches, with one's account or a telephone.

use super::{Around, Doing, Kiosk, KioskForm, MenuPage, StatePage, Tile, at_kiosk};
use crate::assets;
use crate::fields::{Field, Opt};
use crate::frame::{Here, show};
use crate::pages::booking::{clock, line_name, offset_of};
use crate::pages::visits::{centre_of, mark, named};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::queue::slots::For;
use diwan_domain::refusals::Why;
use diwan_office::documents::qr_svg;
use diwan_office::queue::{self, BookAppointment, TakeTicket};
use diwan_office::rows::AppointmentRow;
use diwan_office::{Stop, Who};
use jiff::civil::Date;
use serde::Deserialize;

impl Touched {
    /// The line and the service, as an address of this kiosk says them.
    fn asked(&self) -> String {
        let line: String = self.line.chars().filter(char::is_ascii_uppercase).collect();
        let service: String = self
            .service
            .chars()
            .filter(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-')
            .collect();
        if service.is_empty() { format!("?line={line}") } else { format!("?line={line}&service={service}") }
    }
}

/// How many tiles have a digit.
const TILES: usize = 9;

/// What was touched already.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Touched {
    #[serde(default)]
    line: String,
    /// For which of its services, when it was said.
    #[serde(default)]
    service: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    from: usize,
}

fn menu(here: &Here, kiosk: &Kiosk, title: String, back: &str, tiles: Vec<Tile>) -> MenuPage {
    let none = tiles.is_empty().then(|| here.lang.t("book-none"));
    MenuPage {
        around: Around::new(here, kiosk, title),
        back: kiosk.path(back),
        intro: none.into_iter().collect(),
        warnings: Vec::new(),
        tiles,
        links: Vec::new(),
    }
}

fn tile(digit: usize, label: String, hint: String, to: String) -> Tile {
    Tile { digit, label, hint, to, ..Tile::default() }
}

/// Bring one or book one.
pub async fn page(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        let lang = &here.lang;
        let one = |digit, icon: &str, label: &str, to: &str| Tile {
            icon: assets::icon(icon),
            ..tile(digit, lang.t(label), String::new(), kiosk.path(to))
        };
        let tiles = vec![
            one(1, "ticket", "kiosk-bring", "/appointment/bring"),
            one(2, "paper", "kiosk-book", "/appointment/book"),
        ];
        let page = menu(&here, &kiosk, lang.t("kiosk-appointment"), "", tiles);
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn bring_form(here: &Here, kiosk: &Kiosk, sent: Option<&Sent>) -> KioskForm {
    let lang = &here.lang;
    let typed = sent.map(|sent| sent.text("appointment")).unwrap_or_default();
    let field = Field::line("appointment", lang.t("ticket-appointment"))
        .hint(lang.t("kiosk-bring-help"))
        .ltr("text", "off", "w-full")
        .filled(typed);
    KioskForm {
        around: Around::new(here, kiosk, lang.t("kiosk-bring")),
        back: kiosk.path("/appointment"),
        intro: Vec::new(),
        action: kiosk.path("/appointment/bring"),
        fields: vec![field],
        errors: Vec::new(),
        submit: lang.t("kiosk-ticket"),
        links: vec![(kiosk.path("/ticket"), lang.t("kiosk-rather-ticket"))],
        pad: false,
    }
}

/// Asks for the code. A reader that types what it reads types the address of the
/// appointment's page, at whose end the code stands.
pub async fn bring_page(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        Ok(bring_form(&here, &kiosk, None).show())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// The code in what was typed or read.
fn code_in(typed: &str) -> String {
    let typed = diwan_domain::digits::to_ascii(typed.trim());
    let last = typed.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    last.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase()
}

/// Takes the ticket of an appointment.
pub async fn brought(here: Here, Path((_, code)): Path<(String, String)>, sent: Sent) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        let act = TakeTicket {
            centre: kiosk.centre.id,
            line: None,
            service: None,
            needs: Vec::new(),
            people: 1,
            language: here.lang.code.clone(),
            phone: None,
            door: None,
            session: None,
            account: here.visitor.account(),
            visit: None,
            again: None,
            appointment: Some(code_in(&sent.text("appointment"))).filter(|code| !code.is_empty()),
        };
        // Typed again after going back it is the same ticket.
        let key =
            super::once(&here, &format!("appointment {}", act.appointment.as_deref().unwrap_or_default()));
        let none = act.appointment.is_none();
        let taken = if none { Err(Why::NotFound.into()) } else { take(&here, &kiosk, &key, act).await };
        match taken {
            Ok(taken) => super::ticket::print(&here, &kiosk, &key, &taken).await,
            Err(stop) => {
                let mut form = bring_form(&here, &kiosk, Some(&sent));
                if none {
                    form.fields[0].error = here.lang.t("ticket-wrong-appointment");
                } else {
                    mark(&here, &mut form.fields, stop)?;
                }
                Ok(form.show())
            }
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn take(here: &Here, kiosk: &Kiosk, key: &str, act: TakeTicket) -> Result<queue::Taken, Stop> {
    here.app.office.perform(&kiosk.who(), key, act).await
}

/// The lines; then the days of one; then the times of a day.
pub async fn book_page(
    here: Here,
    Path((_, code)): Path<(String, String)>,
    Query(touched): Query<Touched>,
) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        if touched.line.is_empty() {
            return lines(&here, &kiosk).await;
        }
        match touched.day.parse() {
            Ok(day) => Ok(times(&here, &kiosk, (&touched, day), None).await?.show()),
            Err(_) => days(&here, &kiosk, &touched).await,
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

async fn lines(here: &Here, kiosk: &Kiosk) -> Answer {
    let lang = &here.lang;
    let centre = centre_of(here, &kiosk.centre.code).await?;
    let setup = centre.setup.as_ref();
    let offered: Vec<(String, String)> = setup
        .into_iter()
        .flat_map(|setup| setup.lines.iter().filter(|line| setup.offer(&line.letter).is_some()))
        .take(TILES)
        .map(|line| (line.letter.clone(), named(lang, &line.names)))
        .collect();
    let mut tiles = Vec::new();
    for (n, (letter, name)) in offered.into_iter().enumerate() {
        // First what to bring, where a service of the line says it.
        let services = super::preparing::services(here, &centre, &letter).await?;
        let next = if services.is_empty() { "/appointment/book" } else { "/appointment/prepare" };
        let to = format!("{}?line={letter}", kiosk.path(next));
        tiles.push(tile(n + 1, name, String::new(), to));
    }
    let page = menu(here, kiosk, lang.t("book-line"), "/appointment", tiles);
    Ok(show(StatusCode::OK, false, &page))
}

async fn days(here: &Here, kiosk: &Kiosk, touched: &Touched) -> Answer {
    let lang = &here.lang;
    let now = here.app.office.now();
    let found = {
        let mut reading = here.app.office.db.reading().await?;
        queue::free_days(&mut reading.tx(), kiosk.centre.id, &touched.line, now).await?
    };
    let base = format!("{}{}", kiosk.path("/appointment/book"), touched.asked());
    let open: Vec<_> = found.iter().filter(|free| free.releases <= now && free.left > 0).collect();
    let tiles = open.iter().skip(touched.from).take(TILES).enumerate().map(|(n, free)| {
        let left = here.frame("").n1("book-left", "count", &i64::from(free.left));
        tile(n + 1, lang.date(free.day), left, format!("{base}&day={}", free.day))
    });
    let mut page = menu(here, kiosk, lang.t("book-day"), "/appointment/book", tiles.collect());
    let next = touched.from + TILES;
    if open.len() > next {
        page.links.push((format!("{base}&from={next}"), lang.t("kiosk-more-days")));
    }
    Ok(show(StatusCode::OK, false, &page))
}

async fn times(
    here: &Here,
    kiosk: &Kiosk,
    (touched, day): (&Touched, Date),
    sent: Option<&Sent>,
) -> Result<KioskForm, Problem> {
    let lang = &here.lang;
    let line = touched.line.as_str();
    let centre = centre_of(here, &kiosk.centre.code).await?;
    let slots = {
        let mut reading = here.app.office.db.reading().await?;
        let at = (day, here.app.office.now());
        queue::free_slots(&mut reading.tx(), kiosk.centre.id, line, at).await?
    };
    let offset = offset_of(&centre);
    let typed = |name: &str| sent.map(|sent| sent.text(name)).unwrap_or_default();
    let free = slots.iter().filter(|free| free.anyone > 0).map(|free| Opt {
        value: free.slot.at.to_string(),
        label: clock(lang, free.slot.at, offset),
        ..Opt::default()
    });
    let mut fields = vec![Field::choice("at", lang.t("book-time"), free.collect()).filled(typed("at"))];
    if here.visitor.account().is_none() {
        let phone = Field::line("phone", lang.t("ticket-phone"))
            .hint(lang.t("kiosk-book-phone-help"))
            .ltr("tel", "off", "w-full")
            .filled(typed("phone"));
        fields.push(phone);
    }
    let base = format!("{}{}", kiosk.path("/appointment/book"), touched.asked());
    let title = format!("{}, {}", line_name(lang, &centre, line), lang.date(day));
    let full = slots.iter().all(|free| free.anyone == 0).then(|| lang.t("book-full"));
    Ok(KioskForm {
        around: Around::new(here, kiosk, title),
        back: base.clone(),
        intro: full.into_iter().collect(),
        action: format!("{base}&day={day}"),
        fields,
        errors: Vec::new(),
        submit: lang.t("book-button"),
        links: Vec::new(),
        pad: false,
    })
}

/// The service that was said, where the line gives it and it is offered.
async fn service_of(here: &Here, kiosk: &Kiosk, touched: &Touched) -> Result<Option<String>, Problem> {
    if touched.service.is_empty() {
        return Ok(None);
    }
    let centre = centre_of(here, &kiosk.centre.code).await?;
    let given = super::preparing::services(here, &centre, &touched.line).await?;
    Ok(given.into_iter().map(|(key, _)| key).find(|key| *key == touched.service))
}

/// Books a time, with the account of whoever is signed in, or else a telephone.
pub async fn book(
    here: Here,
    Path((_, code)): Path<(String, String)>,
    Query(touched): Query<Touched>,
    sent: Sent,
) -> Response {
    let result = async {
        let kiosk = at_kiosk(&here, &code).await?;
        let day: Date = touched.day.parse().map_err(|_| Problem::not_found())?;
        let service = service_of(&here, &kiosk, &touched).await?;
        let act = BookAppointment {
            centre: kiosk.centre.id,
            line: touched.line.clone(),
            service: service.clone(),
            // Without a time no slot begins then.
            at: sent.text("at").parse().unwrap_or(0),
            who: For::Anyone,
            phone: diwan_domain::digits::to_ascii(&sent.text("phone")),
            language: here.lang.code.clone(),
            instead_of: None,
            no_phone: false,
        };
        let who: Who = if here.visitor.account().is_some() { here.visitor.who() } else { kiosk.who() };
        match here.app.office.perform(&who, &sent.key, act).await {
            Ok(booked) => {
                if let Some(service) = &service {
                    let as_kiosk = (Some(kiosk.who()), sent.key.as_str());
                    crate::pages::prepare::keep_answers(&here, &booked, service, as_kiosk).await;
                }
                kept(&here, &kiosk, &booked).await
            }
            Err(stop) => {
                let mut form = times(&here, &kiosk, (&touched, day), Some(&sent)).await?;
                if stop.code() == Why::NoAppointment.code() {
                    let reason = stop.refusal().and_then(|refusal| refusal.about.get("reason").cloned());
                    let reason = reason.unwrap_or_else(|| "full".into());
                    form.fields[0].error = here.lang.t_of("book-refused-", &reason);
                } else {
                    mark(&here, &mut form.fields, stop)?;
                }
                Ok(form.show())
            }
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// What its holder must bring; nothing when it is for no service.
async fn bring_said(here: &Here, row: &AppointmentRow) -> Result<Option<String>, Problem> {
    let Some(key) = &row.service else { return Ok(None) };
    let answers = {
        let mut reading = here.app.office.db.reading().await?;
        queue::answers_of(&mut reading.tx(), row).await?
    };
    let told = crate::pages::prepare::told_for(here, key, answers.as_ref(), None).await?;
    Ok(told.map(|told| {
        let none = told.need.is_empty();
        let need = if none { here.lang.t("prepare-nothing") } else { told.need.join(" · ") };
        format!("{}: {need}", here.lang.t("prepare-title"))
    }))
}

/// What was booked, with the picture by which a telephone keeps it.
async fn kept(here: &Here, kiosk: &Kiosk, code: &str) -> Answer {
    let lang = &here.lang;
    let row = {
        let mut reading = here.app.office.db.reading().await?;
        queue::appointment(&mut reading.tx(), code).await?.ok_or_else(Problem::not_found)?
    };
    let bring = bring_said(here, &row).await?;
    let offset = i32::try_from(kiosk.centre.utc_offset_minutes).unwrap_or(0);
    let at = format!("{} {}", lang.day_of(row.starts_at, offset), clock(lang, row.starts_at, offset));
    let address = format!("{}/{}/appointments/{code}", here.app.office.settings.base_url, lang.code);
    let page = StatePage {
        around: Around::new(here, kiosk, lang.t("appointment-title")),
        number: code.to_owned(),
        says: [at, lang.t("kiosk-book-keep")].into_iter().chain(bring).collect(),
        qr: qr_svg(&address).unwrap_or_default(),
        doings: vec![Doing {
            to: kiosk.path("/end"),
            hidden: Vec::new(),
            text: lang.t("kiosk-done"),
            main: true,
        }],
    };
    Ok(show(StatusCode::OK, false, &page))
}
