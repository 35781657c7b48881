//! The route of a mobile unit: where it is today, where next, and its stops for a calendar.

use super::calendar::{answered, escaped, stamp};
use super::visits::named;
use crate::frame::Here;
use crate::refused::{Answer, Problem, answer};
use crate::words::{Arg, Language};
use axum::extract::Path;
use axum::response::Response;
use diwan_office::queue::{self, StopAt};
use diwan_office::rows::CentreRow;

/// A stop as people say it: `Kalar, beside the school`.
fn stop_name(lang: &Language, stop: &StopAt) -> String {
    let name = named(lang, &stop.names);
    if stop.place.is_empty() { name } else { format!("{name}, {}", stop.place) }
}

/// Where a mobile unit is now, until when, and where next.
pub(super) fn route(here: &Here, centre: &CentreRow, stops: &[StopAt]) -> Vec<String> {
    let lang = &here.lang;
    let offset = i32::try_from(centre.utc_offset_minutes).unwrap_or(0);
    let now = here.app.office.now();
    let said = |key: &str, stop: &StopAt, at: i64| {
        let args = [("stop", Arg::Text(stop_name(lang, stop))), ("at", Arg::Text(lang.moment(at, offset)))];
        lang.with(key, &args)
    };
    let is_now = stops.iter().find(|stop| stop.is_now(now));
    let next = stops.iter().find(|stop| stop.from > now);
    let is_now = is_now.map(|stop| said("stop-now", stop, stop.until));
    is_now.into_iter().chain(next.map(|stop| said("stop-next", stop, stop.from))).collect()
}

/// Every stop of the days to come, one line each.
pub(super) fn stops_spoken(lang: &Language, stops: &[StopAt], offset: i32) -> Vec<String> {
    let line = |stop: &StopAt| {
        let args = [
            ("stop", Arg::Text(stop_name(lang, stop))),
            ("from", Arg::Text(lang.moment(stop.from, offset))),
            ("until", Arg::Text(lang.moment(stop.until, offset))),
        ];
        lang.with("stop-line", &args)
    };
    stops.iter().map(line).collect()
}

/// The stops of a mobile unit for a calendar (RFC 5545).
pub async fn calendar(here: Here, Path((_, code)): Path<(String, String)>) -> Response {
    let result = async {
        let now = here.app.office.now();
        let (centre, stops) = {
            let mut reading = here.app.office.db.reading().await?;
            let mut tx = reading.tx();
            let centre = queue::centre_coded(&mut tx, &code).await?.ok_or_else(Problem::not_found)?;
            let stops = queue::stops_of(&mut tx, &centre, now).await?;
            (centre, stops)
        };
        if stops.is_empty() {
            return Err(Problem::not_found());
        }
        let event = |stop: &StopAt| {
            vec![
                format!("UID:{}-{}@diwan", centre.code, stop.from),
                format!("DTSTAMP:{}", stamp(now)),
                format!("DTSTART:{}", stamp(stop.from)),
                format!("DTEND:{}", stamp(stop.until)),
                format!("SUMMARY:{}", escaped(&here.lang.name_in(&centre.names.0))),
                format!("LOCATION:{}", escaped(&stop_name(&here.lang, stop))),
            ]
        };
        Ok(answered("Stops", "stops.ics", &stops.iter().map(event).collect::<Vec<_>>()))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
