//! Whether a ticket is genuine: what its picture carries is signed, and anyone may check it.

use crate::frame::{Frame, Here, show};
use crate::refused::{Answer, answer};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use diwan_office::queue::{self, Confirmed, RecordSays};
use serde::Deserialize;

/// What is to be checked.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    signed: String,
}

#[derive(Template)]
#[template(path = "ticket-check.html")]
struct CheckPage {
    frame: Frame,
    /// Whether something was asked.
    asked: bool,
    typed: String,
    /// What the ticket says; none when it is not genuine.
    rows: Vec<(String, String)>,
    /// What the public record says, in words.
    record: String,
    /// Where the record is, once it is published.
    day: String,
}

/// Checks a signed ticket. A whole address may be pasted: what counts stands after its `#`.
pub async fn check(here: Here, Query(wanted): Query<Wanted>) -> Response {
    let result = async {
        let lang = &here.lang;
        let typed = wanted.signed.trim().to_owned();
        let signed = typed.rsplit('#').next().unwrap_or_default();
        let found = {
            let mut reading = here.app.office.db.reading().await?;
            queue::confirm(&mut reading.tx(), &here.app.office.log_key, signed).await?
        };
        let published = |found: &Confirmed| {
            let (centre, day) = (&found.ticket.centre, &found.ticket.day);
            format!("/centres/{centre}/days/{day}")
        };
        let page = CheckPage {
            frame: here.frame(lang.t("signed-title")),
            asked: !typed.is_empty(),
            typed,
            rows: found.as_ref().map(|found| rows(&here, found)).unwrap_or_default(),
            record: found
                .as_ref()
                .map(|found| lang.t_of("signed-record-", found.record.code()))
                .unwrap_or_default(),
            day: found
                .as_ref()
                .filter(|found| found.record == RecordSays::Agrees)
                .map(published)
                .unwrap_or_default(),
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

fn rows(here: &Here, found: &Confirmed) -> Vec<(String, String)> {
    let (lang, ticket) = (&here.lang, &found.ticket);
    let offset = here.app.office.settings.utc_offset_minutes;
    vec![
        (lang.t("signed-number"), ticket.number.clone()),
        (lang.t("signed-centre"), ticket.centre.clone()),
        (lang.t("signed-day"), lang.stored_day(&ticket.day)),
        (lang.t("signed-came"), lang.moment(ticket.came_at, offset)),
        (lang.t("signed-turn"), lang.number(ticket.turn)),
    ]
}
