//! A ticket for whoever holds it: where it stands, and how the visit was.

use super::visits::{Centre, at_door, centre_at, named, notices, spoken};
use crate::frame::{Frame, Here, show};
use crate::refused::{Answer, Problem, answer};
use crate::sent::Sent;
use crate::words::Arg;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use diwan_domain::queue::State;
use diwan_office::documents::qr_svg;
use diwan_office::queue::{self, LeaveTicket, RateVisit, TicketNow};
use diwan_office::rows::TicketRow;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "ticket.html")]
struct TicketPage {
    frame: Frame,
    code: String,
    number: String,
    state: State,
    centre: String,
    centre_code: String,
    line: String,
    before: String,
    wait: String,
    counter: String,
    /// Where it stands, as the script compares it: `waiting 3`.
    standing: String,
    is_over: bool,
    rated: bool,
    scores: Vec<(i64, String)>,
    reasons: Vec<(String, String)>,
    qr: String,
    notice: String,
    /// What those of its line are told.
    told: Vec<String>,
    /// The same, as the script compares it.
    told_ids: String,
    /// The letter of its line.
    letter: String,
    /// What its picture carries, signed; empty for an old ticket.
    signed: String,
}

/// What was done before.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

async fn ticket_and_centre(here: &Here, code: &str) -> Result<(TicketRow, Centre, TicketNow), Problem> {
    let (ticket, now) = {
        let mut reading = here.app.office.db.reading().await?;
        let mut tx = reading.tx();
        let ticket = queue::by_code(&mut tx, code).await?.ok_or_else(Problem::not_found)?;
        let now = queue::ticket_now(&mut tx, &ticket).await?;
        (ticket, now)
    };
    let centre = centre_at(here, ticket.centre_id).await?;
    Ok((ticket, centre, now))
}

/// The address of a ticket, with what is signed of it behind the `#`: that part is for
/// whoever checks it, and no browser sends it on.
pub(crate) fn address_of(here: &Here, code: &str, signed: Option<&str>) -> String {
    let address = format!("{}/{}/tickets/{code}", here.app.office.settings.base_url, here.lang.code);
    match signed {
        Some(signed) => format!("{address}#{signed}"),
        None => address,
    }
}

/// Which messages those of a line are told, as the script of their page compares them.
fn told_ids(centre: &Centre, line: &str) -> String {
    let all = centre.picture.iter().flat_map(|picture| &picture.notices);
    let meant = all.filter(|notice| notice.line.as_deref().is_none_or(|letter| letter == line));
    meant.map(|notice| notice.id.to_string()).collect::<Vec<_>>().join(" ")
}

/// Where a ticket stands, for whoever holds it.
pub async fn ticket(
    here: Here,
    Path((_, code)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Response {
    let result = async {
        here.visitor.ensure(&here.app);
        let lang = &here.lang;
        let (ticket, centre, now) = ticket_and_centre(&here, &code).await?;
        let rated = {
            let mut reading = here.app.office.db.reading().await?;
            queue::is_rated(&mut reading.tx(), ticket.visit_id).await?
        };
        let planned = centre.setup.as_ref().and_then(|setup| setup.line(&now.line).cloned());
        let before = now.before.map(|before| here.frame("").n1("ticket-before", "count", &(before as i64)));
        let signed = {
            let mut reading = here.app.office.db.reading().await?;
            queue::signed(&mut reading.tx(), &here.app.office.log_key, &ticket).await?
        };
        let page = TicketPage {
            signed: signed.clone().unwrap_or_default(),
            frame: here.frame(lang.with("ticket-number", &[("number", Arg::Text(now.number.clone()))])),
            number: now.number.clone(),
            state: now.state,
            centre: lang.name_in(&centre.row.names.0),
            centre_code: centre.row.code.clone(),
            line: planned.map(|line| named(lang, &line.names)).unwrap_or_default(),
            before: before.unwrap_or_default(),
            wait: spoken(lang, now.wait),
            counter: now.counter.clone().unwrap_or_default(),
            standing: match now.before {
                Some(before) => format!("waiting {before}"),
                None => now.state.code().to_owned(),
            },
            is_over: now.state.is_over(),
            told: if now.state.is_over() { Vec::new() } else { notices(lang, &centre, Some(&now.line)) },
            told_ids: told_ids(&centre, &now.line),
            letter: now.line.clone(),
            rated,
            scores: (1..=5).map(|score| (score, lang.t_of("visit-score-", &score.to_string()))).collect(),
            reasons: RateVisit::REASONS
                .iter()
                .map(|reason| ((*reason).to_owned(), lang.t_of("visit-reason-", reason)))
                .collect(),
            qr: qr_svg(&address_of(&here, &code, signed.as_deref())).unwrap_or_default(),
            notice: if done.done == "rated" { lang.t("visit-rated-thanks") } else { String::new() },
            code,
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Gives the ticket up, or says how it was.
pub async fn ticket_do(
    here: Here,
    Path((_, code, what)): Path<(String, String, String)>,
    sent: Sent,
) -> Response {
    let result = async {
        let office = &here.app.office;
        match what.as_str() {
            "leave" => {
                office.perform(&at_door(), &sent.key, LeaveTicket { code: code.clone() }).await?;
                Ok(here.go(&format!("/tickets/{code}")))
            }
            "rate" => {
                let act = RateVisit {
                    code: code.clone(),
                    score: sent.text("score").parse().unwrap_or(0),
                    reasons: sent.all("reasons"),
                    call_back: !sent.text("call-back").is_empty(),
                };
                office.perform(&at_door(), &sent.key, act).await?;
                Ok(here.go(&format!("/tickets/{code}?done=rated")))
            }
            _ => Err(Problem::not_found()),
        }
    };
    let result: Answer = result.await;
    answer(&here, result)
}
