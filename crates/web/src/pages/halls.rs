//! A hall's display, and the record of a day that anyone may check.

use super::visits::{centre_of, named, notice_said};
use crate::frame::{Frame, Here, show};
use crate::refused::{Answer, Problem, answer};
use crate::words::{Arg, Language, plain};
use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use diwan_domain::queue::sound::needed;
use diwan_domain::queue::{JumpReason, Notice};
use diwan_office::devices;
use diwan_office::documents::qr_svg;
use diwan_office::queue::{self, CalledNow, DayRecord};
use serde_json::{Map, Value, json};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "hall.html")]
struct HallPage {
    frame: Frame,
    centre: String,
    name: String,
    hall: String,
    code: String,
    rows: Vec<Row>,
    waiting: i64,
    at: String,
    /// The words of the display in every language, as JSON.
    words: String,
    /// Where a ticket is taken by phone, as a picture; empty before the door is open.
    qr: String,
    /// The same as digits to type.
    door: String,
    offset: i64,
    /// The letters of the lines that are called here, with a blank between.
    letters: String,
    /// What those who wait here are told.
    told: Vec<String>,
    /// The words that each language has recordings of, and how a call reads in it, as JSON.
    sound: String,
}

/// How a display speaks one language.
fn spoken(here: &Here, lang: &Language) -> Value {
    let call = [("number", Arg::Text("{number}".into())), ("counter", Arg::Text("{counter}".into()))];
    json!({
        "code": lang.code,
        "clips": here.app.sound.words(&lang.code),
        "text": plain(&lang.with("hall-spoken", &call)),
    })
}

/// The languages of a display: of two scripts of one language it shows the first.
fn of_display(here: &Here) -> impl Iterator<Item = &Arc<Language>> {
    here.app.words.languages().iter().filter(|lang| lang.code.len() < 5)
}

struct Row {
    number: String,
    counter: String,
    direction: String,
    is_new: bool,
}

/// For how long a number that was called stands out, in microseconds.
const STANDS_OUT: i64 = 25_000_000;

fn row(called: &CalledNow, now: i64) -> Row {
    Row {
        number: called.number.clone(),
        counter: called.counter.clone(),
        direction: called.direction.clone(),
        is_new: !called.serving && now - called.at < STANDS_OUT,
    }
}

/// An arrow towards a counter.
pub(crate) fn arrow(direction: &str) -> &'static str {
    match direction {
        "left" => "←",
        "right" => "→",
        "upstairs" => "↗",
        _ => "↑",
    }
}

/// What a display says in one language.
fn words_of(lang: &Language, hall: &str) -> Value {
    json!({
        "code": lang.code,
        "dir": lang.dir(),
        "hall": hall,
        "number": lang.t("hall-number"),
        "counter": lang.t("hall-counter"),
        "waiting": lang.t("hall-waiting"),
        "stale": lang.t("hall-stale"),
        "ticket": lang.t("hall-ticket"),
        "notices": Notice::ALL.iter().map(|reason| (reason.code().to_owned(), notice(lang, *reason))).collect::<Map<_, _>>(),
    })
}

/// What everybody is told, without minutes and with them: the script of the display puts
/// their number in the place of `{m}`.
fn notice(lang: &Language, reason: Notice) -> Value {
    let said =
        |minutes: &str| lang.with_of("notice-", reason.code(), &[("minutes", Arg::Text(minutes.to_owned()))]);
    json!([said("none"), said("{m}")])
}

/// A hall's display: no hand touches it. With a script it follows the hall and turns its
/// languages; without one it loads itself again every ten seconds.
pub async fn display(here: Here, Path((_, code, hall)): Path<(String, String, String)>) -> Response {
    let result = async {
        let centre = centre_of(&here, &code).await?;
        let setup = centre.setup.as_ref().ok_or_else(Problem::not_found)?;
        let planned = setup.halls.iter().find(|one| one.key == hall).ok_or_else(Problem::not_found)?;
        let now = here.app.office.now();
        let door = {
            let mut reading = here.app.office.db.reading().await?;
            queue::door_of(&mut reading.tx(), centre.row.id, now).await?
        };
        let base = &here.app.office.settings.base_url;
        let digits = door.as_deref().map(|door| format!("{} {}", &door[..3], &door[3..]));
        let sign = door
            .map(|door| format!("{base}/{}/centres/{}/ticket?door={door}", here.lang.code, centre.row.code));
        let picture = centre.picture.as_ref().ok_or_else(Problem::not_found)?;
        // Without a script it follows no stream, and loads itself anew instead.
        if let Some(display) = here.visitor.display().filter(|display| display.centre == centre.row.id) {
            devices::note_seen(&here.app.office, display.id).await?;
        }
        let words: Vec<Value> =
            of_display(&here).map(|lang| words_of(lang, &named(lang, &planned.names))).collect();
        let sound: Vec<Value> = of_display(&here).map(|lang| spoken(&here, lang)).collect();
        let offset = i32::try_from(centre.row.utc_offset_minutes).unwrap_or(0);
        let letters: Vec<&str> =
            setup.lines.iter().filter(|line| line.hall == hall).map(|line| line.letter.as_str()).collect();
        let is_here = |notice: &&queue::NoticeNow| {
            notice.line.as_deref().is_none_or(|letter| letters.contains(&letter))
        };
        let told = picture.notices.iter().filter(is_here);
        let page = HallPage {
            told: told.map(|notice| notice_said(&here.lang, &centre, notice)).collect(),
            letters: letters.join(" "),
            frame: here.frame(here.lang.t("hall-title")),
            centre: here.lang.name_in(&centre.row.names.0),
            name: named(&here.lang, &planned.names),
            rows: picture
                .called
                .iter()
                .filter(|called| called.hall == hall)
                .take(6)
                .map(|c| row(c, now))
                .collect(),
            waiting: picture.standing.waiting as i64,
            at: here.lang.moment(picture.at, offset),
            words: json!(words).to_string(),
            sound: json!(sound).to_string(),
            door: digits.unwrap_or_default(),
            qr: sign.and_then(|sign| qr_svg(&sign)).unwrap_or_default(),
            code: centre.row.code.clone(),
            offset: centre.row.utc_offset_minutes,
            hall,
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

#[derive(Template)]
#[template(path = "sound.html")]
struct SoundPage {
    frame: Frame,
    back: String,
    languages: Vec<Spoken>,
}

/// The recordings of one language.
struct Spoken {
    code: String,
    name: String,
    /// Each word with the address of its recording, empty where there is none; no rows
    /// where the language has no recordings at all.
    rows: Vec<(String, String)>,
    /// The words that have none.
    missing: String,
}

/// The recordings with which the displays of a hall speak, for whoever brings them: each
/// can be played, and those that are missing are named.
pub async fn sound(here: Here, Path((_, code, hall)): Path<(String, String, String)>) -> Response {
    let result = async {
        let lang = &here.lang;
        let centre = centre_of(&here, &code).await?;
        let setup = centre.setup.as_ref().ok_or_else(Problem::not_found)?;
        let planned = setup.halls.iter().find(|one| one.key == hall).ok_or_else(Problem::not_found)?;
        let needed = needed(setup);
        let of = |spoken: &Arc<Language>| {
            let there = here.app.sound.words(&spoken.code);
            let address = |word: &String| {
                let is_there = there.contains(word);
                let address = format!("/sound/{}/{word}", spoken.code);
                (word.clone(), if is_there { address } else { String::new() })
            };
            let missing: Vec<&str> =
                needed.iter().filter(|word| !there.contains(*word)).map(String::as_str).collect();
            Spoken {
                code: spoken.code.clone(),
                name: spoken.name.clone(),
                rows: if there.is_empty() { Vec::new() } else { needed.iter().map(address).collect() },
                missing: missing.join(", "),
            }
        };
        let hall_name = [("hall", Arg::Text(named(lang, &planned.names)))];
        let page = SoundPage {
            frame: here.frame(lang.with("sound-title", &hall_name)),
            back: format!("/centres/{}", centre.row.code),
            languages: of_display(&here).map(of).collect(),
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}

/// Everything of a day as it is published.
fn published(record: &DayRecord, centre: &str) -> Value {
    let events: Vec<Value> = record
        .events
        .iter()
        .map(|(_, entry)| json!({"leaf": entry.leaf, "salt": hex::encode(&entry.salt), "entry": entry.body}))
        .collect();
    json!({
        "format": "diwan-queue-day/1",
        "centre": centre,
        "day": record.day.day,
        "setup": record.day.setup_hash,
        "setups": record.setups,
        "events": events,
        "checked": record.checked,
    })
}

async fn record(here: &Here, code: &str, day: &str) -> Result<(String, DayRecord), Problem> {
    let mut reading = here.app.office.db.reading().await?;
    let mut tx = reading.tx();
    let centre = queue::centre_coded(&mut tx, code).await?.ok_or_else(Problem::not_found)?;
    let record = queue::record_of(&mut tx, centre.id, day).await?.ok_or_else(Problem::not_found)?;
    Ok((centre.code, record))
}

/// The record of a day for programs: each event's entry, what opens its commitment in the
/// public log, and the setups it names. Nothing of it is about a person. While the day
/// lasts it is not told: who watches for a number could follow its holder.
pub async fn day_file(State(app): State<crate::App>, Path((code, day)): Path<(String, String)>) -> Response {
    let found = async {
        let mut reading = app.office.db.reading().await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
        let mut tx = reading.tx();
        let unread = |_| StatusCode::SERVICE_UNAVAILABLE;
        let centre = queue::centre_coded(&mut tx, &code).await.map_err(unread)?;
        let centre = centre.ok_or(StatusCode::NOT_FOUND)?;
        let record = queue::record_of(&mut tx, centre.id, &day).await.map_err(unread)?;
        let record = record.ok_or(StatusCode::NOT_FOUND)?;
        if record.day.closed_at.is_none() {
            return Err(StatusCode::NOT_FOUND);
        }
        Ok((centre.code, record))
    };
    match found.await {
        Ok((code, record)) => Json(published(&record, &code)).into_response(),
        Err(status) => status.into_response(),
    }
}

#[derive(Template)]
#[template(path = "queue-day.html")]
struct DayPage {
    frame: Frame,
    back: String,
    closed: bool,
    facts: Vec<(String, String)>,
    findings: Vec<String>,
    jumps: Vec<(String, String)>,
    file: String,
}

/// The record of a day for people: how many came, whether the rule was kept, who was let
/// in before their turn and why.
pub async fn day(here: Here, Path((_, code, day)): Path<(String, String, String)>) -> Response {
    let result = async {
        let lang = &here.lang;
        let (code, record) = record(&here, &code, &day).await?;
        let checked = record.checked.clone().unwrap_or_default();
        let number = |n: i64| lang.number(n);
        let finding = |finding: &diwan_domain::queue::record::Finding| {
            let args =
                [("turn", Arg::Number(finding.turn)), ("numbers", Arg::Text(finding.numbers.join(", ")))];
            lang.with_of("day-finding-", finding.code, &args)
        };
        let jump = |reason: &JumpReason| {
            let count = checked.jumps.get(reason).copied().unwrap_or(0);
            (count > 0).then(|| (lang.t_of("jump-", reason.code()), number(count)))
        };
        let page = DayPage {
            frame: here
                .frame(lang.with("day-title", &[("day", Arg::Text(lang.stored_day(&record.day.day)))])),
            back: format!("/centres/{code}"),
            closed: record.day.closed_at.is_some(),
            facts: vec![
                (lang.t("day-taken"), number(checked.taken)),
                (lang.t("day-calls"), number(checked.calls)),
                (lang.t("day-passed"), number(checked.passed)),
                (lang.t("day-jumps"), number(checked.jumps.values().sum())),
            ],
            findings: checked.findings.iter().map(finding).collect(),
            jumps: JumpReason::ALL.iter().filter_map(jump).collect(),
            file: format!("/centres/{code}/days/{}/record.json", record.day.day),
        };
        Ok(show(StatusCode::OK, false, &page))
    };
    let result: Answer = result.await;
    answer(&here, result)
}
