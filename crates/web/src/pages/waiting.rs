//! The list of those who wait for a place on a day that is full: joining it, and one's own
//! place in it, where a place that came free is taken or given to the next.

use super::booking::{clock, line_name, offset_of};
use super::releases::FactsPage;
use super::visits::{Centre, centre_at, centre_of, mark};
use crate::fields::{Field, Opt, Shape};
use crate::frame::{Here, show};
use crate::pages::kit::{FormPage, errors_of};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::people::Channel;
use diwan_domain::queue::MINUTE;
use diwan_domain::queue::slots::For;
use diwan_domain::refusals::Why;
use diwan_office::Who;
use diwan_office::queue::{self, AnswerOffer, HELD_FOR, JoinWaiting};
use jiff::civil::Date;

struct Asked {
    centre: Centre,
    letter: String,
    day: Date,
}

async fn asked(here: &Here, (code, letter, day): (&str, &str, &str)) -> Result<Asked, Problem> {
    if here.visitor.account().is_none() {
        return Err(Why::SignInFirst.into());
    }
    let centre = centre_of(here, code).await?;
    let offers = centre.setup.as_ref().is_some_and(|setup| setup.offer(letter).is_some());
    let day = day.parse().ok().filter(|_| offers).ok_or_else(Problem::not_found)?;
    Ok(Asked { centre, letter: letter.to_owned(), day })
}

fn form(here: &Here, asked: &Asked, sent: Option<&Sent>) -> FormPage {
    let lang = &here.lang;
    let typed = |name: &str| sent.map(|sent| sent.text(name)).unwrap_or_default();
    let hard = Opt {
        value: "yes".into(),
        label: lang.t("visit-need-cannot-wait"),
        chosen: !typed("hard").is_empty(),
        ..Opt::default()
    };
    let fields = vec![
        Field {
            shape: Shape::Checks,
            options: vec![hard],
            ..Field::line("hard", lang.t("ticket-needs")).hint(lang.t("ticket-needs-help")).optional()
        },
        Field::line("phone", lang.t("ticket-phone"))
            .hint(lang.t("waiting-phone-help"))
            .ltr("tel", "tel", "w-full")
            .filled(typed("phone"))
            .optional(),
    ];
    let code = &asked.centre.row.code;
    let action = format!("/centres/{code}/wait/{}/{}", asked.letter, asked.day);
    let title = format!("{}, {}", line_name(lang, &asked.centre, &asked.letter), lang.date(asked.day));
    let mut page = FormPage::new(here, title, &action, fields, lang.t("waiting-join"));
    page.back = format!("/centres/{code}/book/{}", asked.letter);
    page.intro = vec![lang.with("waiting-lead", &[("minutes", Arg::Number(HELD_FOR / MINUTE))])];
    page
}

/// What joining the list means.
pub async fn join_page(
    here: Here,
    Path((_, code, letter, day)): Path<(String, String, String, String)>,
) -> Response {
    let result = async {
        let asked = asked(&here, (&code, &letter, &day)).await?;
        Ok(form(&here, &asked, None).show())
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Joins the list.
pub async fn join(
    here: Here,
    Path((_, code, letter, day)): Path<(String, String, String, String)>,
    sent: Sent,
) -> Response {
    let result = async {
        let asked = asked(&here, (&code, &letter, &day)).await?;
        let act = JoinWaiting {
            centre: asked.centre.row.id,
            line: letter.clone(),
            day: asked.day,
            who: if sent.text("hard").is_empty() { For::Anyone } else { For::Vulnerable },
            phone: diwan_domain::digits::to_ascii(&sent.text("phone")),
            language: here.lang.code.clone(),
        };
        match here.app.office.perform(&here.visitor.who(), &sent.key, act).await {
            Ok(code) => Ok(here.go(&format!("/waiting/{code}"))),
            Err(stop) => {
                let mut page = form(&here, &asked, Some(&sent));
                mark(&here, &mut page.fields, stop)?;
                page.errors = errors_of(&page.fields);
                Ok(page.show())
            }
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// One's own place in the list, for whoever holds its code.
pub async fn one(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        here.visitor.ensure(&here.app);
        let lang = &here.lang;
        let found = {
            let mut reading = here.app.office.db.reading().await?;
            queue::waiting_place(&mut reading.tx(), &code).await?
        };
        let (row, before, appointment) = found.ok_or_else(Problem::not_found)?;
        let centre = centre_at(&here, row.centre_id).await?;
        let offset = offset_of(&centre);
        let is_held = row.held_until.is_some_and(|until| here.app.office.now() < until);
        // An offer whose time is over is not one any more, whether or not it was ended.
        let stands = if row.standing == "offered" && !is_held { "passed" } else { row.standing.as_str() };
        let mut facts = vec![
            (lang.t("appointment-where"), lang.name_in(&centre.row.names.0)),
            (lang.t("release-line"), line_name(lang, &centre, &row.line)),
            (lang.t("waiting-day"), lang.stored_day(&row.day)),
        ];
        let doing = |what: &str| (format!("/waiting/{}/do/{what}", row.code), lang.t_of("waiting-do-", what));
        let mut doings = Vec::new();
        match (stands, row.slot_at, row.held_until) {
            ("waiting", _, _) => {
                facts.push((lang.t("waiting-before"), lang.number(before as i64)));
                doings.push(doing("leave"));
            }
            ("offered", Some(slot), Some(until)) => {
                facts.push((lang.t("waiting-slot"), clock(lang, slot, offset)));
                facts.push((lang.t("waiting-until"), lang.moment(until, offset)));
                doings.extend([doing("take"), doing("leave")]);
            }
            _ => {}
        }
        let ways =
            appointment.map(|booked| (format!("/appointments/{}", booked.code), lang.t("appointment-title")));
        let page = FactsPage {
            frame: here.frame(lang.t("waiting-title")),
            back: format!("/centres/{}/book/{}", centre.row.code, row.line),
            says: Vec::new(),
            note: lang.t_of("waiting-stands-", stands),
            facts,
            codes: vec![(lang.t("appointment-code"), row.code.clone())],
            ways: ways.into_iter().collect(),
            doings,
            file: String::new(),
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Takes the place that is offered, or leaves the list.
pub async fn act(here: Here, Path((_, code, what)): Path<(String, String, String)>, sent: Sent) -> Response {
    let result = async {
        let take = match what.as_str() {
            "take" => true,
            "leave" => false,
            _ => return Err(Problem::not_found()),
        };
        let holder = Who { channel: Channel::Online, ..Who::system("appointments") };
        let answered = AnswerOffer { code: code.to_ascii_uppercase(), take };
        match here.app.office.perform(&holder, &sent.key, answered).await? {
            Some(booked) => Ok(here.go(&format!("/appointments/{booked}"))),
            None => Ok(here.go(&format!("/waiting/{code}"))),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
