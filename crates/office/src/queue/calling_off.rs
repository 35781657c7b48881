//! Appointments, and places in waiting lists, at a time at which the centre is closed after
//! all: a day off that was announced late, hours that changed. Whoever holds them is told,
//! and nothing is held against them. Nobody is told at once: what was entered by a slip is
//! taken back within [`GRACE`].

use super::prepared::forget_answers;
use super::{times_of, today_at};
use crate::desk::Office;
use crate::messages::{Template, send};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::journal::Entry;
use diwan_domain::queue::MINUTE;
use diwan_domain::queue::slots::Standing;
use diwan_domain::refusals::Why;
use diwan_store::centres::{self, CentreRow, HolidayRow};
use diwan_store::queue::{self, AppointmentRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, journal};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const A_DAY: i64 = 24 * 60 * MINUTE;
/// How many appointments of one day are called off at a time.
const AT_A_TIME: i64 = 500;

/// For how long a closing stands before anybody is told of it, in microseconds.
pub const GRACE: i64 = 30 * MINUTE;
/// What begins within this time, or today, waits for nothing: people are on their way.
const SOON: i64 = 4 * 60 * MINUTE;

/// From when on people are told that a day is off: its centre's midnight, the first time of
/// what was to be on it, and since when it is known to be closed.
fn told_from(midnight: i64, first: Option<i64>, since: i64) -> i64 {
    (since + GRACE).min(midnight).min(first.map_or(midnight, |first| first - SOON))
}

/// The midnight with which a day begins in UTC.
fn in_utc(day: &str) -> Result<i64, Fault> {
    let date: Date = day.parse().map_err(|_| Fault::Shape("holiday".into()))?;
    let midnight = date.to_zoned(TimeZone::UTC).map_err(|_| Fault::Shape("holiday".into()))?;
    Ok(midnight.timestamp().as_microsecond())
}

/// Since when a day is known to be off in a centre; `None` where it is no day off.
async fn off_since(tx: &mut Tx<'_>, centre: &CentreRow, day: &str) -> Result<Option<i64>, Fault> {
    let rows = centres::holidays(tx, Some(centre)).await?;
    Ok(rows.iter().filter(|row| row.day == day).map(HolidayRow::entered_at).min())
}

/// When a centre's hours last changed: its own, or those of its stops. For jobs only: an act
/// that read the journal would meet every other act there.
pub(super) async fn hours_changed(tx: &mut Tx<'_>, centre: &CentreRow) -> Result<i64, Fault> {
    let own = journal::last(tx, "centre-changed", ("centre", &centre.id.to_string())).await?;
    let published = queue::setup(tx, centre.id).await?.map(|setup| setup.published_at);
    let route = match super::setup_standing(tx, centre.id).await? {
        Some((_, setup)) if !setup.stops.is_empty() => published,
        _ => None,
    };
    Ok(own.max(route).unwrap_or(0))
}

/// From when on an appointment is called off whose centre is closed when it begins; `None`
/// while the centre is open then. `changed` says since when its hours are what they are.
pub(super) async fn off_from(
    tx: &mut Tx<'_>,
    centre: &CentreRow,
    starts_at: i64,
    changed: i64,
) -> Result<Option<i64>, Fault> {
    let (hours, holidays) = times_of(tx, centre).await?;
    if hours.is_open(starts_at, &holidays) {
        return Ok(None);
    }
    let day = today_at(centre, starts_at);
    let since = off_since(tx, centre, &day).await?.unwrap_or(changed);
    let midnight = in_utc(&day)? - centre.utc_offset_minutes * MINUTE;
    Ok(Some(told_from(midnight, Some(starts_at), since)))
}

/// From when on whoever waits for a place on a day is told that the centre is closed all
/// day; `None` while it opens then.
pub(super) async fn day_off_from(
    tx: &mut Tx<'_>,
    centre: &CentreRow,
    day: &str,
    changed: i64,
) -> Result<Option<i64>, Fault> {
    let (hours, holidays) = times_of(tx, centre).await?;
    let date: Date = day.parse().map_err(|_| Fault::Shape("waiting day".into()))?;
    if !hours.on(date, &holidays).is_empty() {
        return Ok(None);
    }
    let since = off_since(tx, centre, day).await?.unwrap_or(changed);
    Ok(Some(told_from(in_utc(day)? - centre.utc_offset_minutes * MINUTE, None, since)))
}

/// What a day off calls off, as long as nobody was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallsOff {
    /// How many appointments.
    pub appointments: i64,
    /// How many places in waiting lists.
    pub waiting: i64,
    /// From when on, in the first centre, microseconds since 1970 UTC.
    pub from: i64,
    /// How far the clock of that centre is from UTC, in minutes.
    pub offset: i32,
}

/// What a day off calls off, and from when on; `None` when there is nothing, or nothing more.
///
/// # Errors
/// When the database fails.
pub async fn calls_off(tx: &mut Tx<'_>, holiday: &HolidayRow) -> Result<Option<CallsOff>, Fault> {
    let day = in_utc(&holiday.day)?;
    let booked = centres::appointments_on(tx, holiday.id, (day, day + A_DAY)).await?;
    let waiting = centres::waiting_on(tx, holiday.id).await?;
    let mut earliest: Option<(i64, i32)> = None;
    for left in booked.iter().chain(&waiting) {
        let Some(centre) = centres::centre(tx, left.centre).await? else { continue };
        let midnight = day - centre.utc_offset_minutes * MINUTE;
        let from = told_from(midnight, left.first, holiday.entered_at()).max(holiday.entered_at());
        let offset = i32::try_from(centre.utc_offset_minutes).unwrap_or(0);
        earliest = Some(earliest.map_or((from, offset), |one| one.min((from, offset))));
    }
    let count = |left: &[centres::LeftOpen]| left.iter().map(|one| one.count).sum();
    Ok(earliest.map(|(from, offset)| CallsOff {
        appointments: count(&booked),
        waiting: count(&waiting),
        from,
        offset,
    }))
}

/// Calls an appointment off whose centre is closed then. It is neither given back nor missed.
#[derive(Debug, Serialize, Deserialize)]
pub struct CallOffAppointment {
    /// Its code.
    pub code: String,
    /// The address under which the public reaches this installation, for the message.
    pub base_url: String,
}

impl Act for CallOffAppointment {
    const NAME: &'static str = "call-off-appointment";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let mut row = queue::appointment(tx, &self.code).await?.ok_or(Why::NotFound)?;
        let centre = centres::centre(tx, row.centre_id).await?.ok_or(Why::NotFound)?;
        // What a unit called off on its way was closed there as it knew it.
        let is_due = tx.is_replayed()
            || off_from(tx, &centre, row.starts_at, 0).await?.is_some_and(|from| from <= at.now);
        if row.standing != Standing::Open.code() || !is_due {
            return Err(Why::NothingChanges.into());
        }
        row.standing = Standing::CalledOff.code().to_owned();
        tx.edit(&mut row).await?;
        // Whoever learns of it only after the day has nothing from the message any more.
        if !row.phone.is_empty() && today_at(&centre, row.starts_at) >= today_at(&centre, at.now) {
            let path = format!("centres/{}/book/{}", centre.code, row.line);
            let link = format!("{}/{}/{path}", self.base_url, row.language);
            let args = json!({"code": row.code, "link": link});
            send(tx, at, "sms", &row.phone, &row.language, Template::AppointmentOff, &args).await?;
        }
        forget_answers(tx, at, row.id).await?;
        Ok(Recorded::new((), Entry::new("appointment-called-off", "appointment", row.id)))
    }
}

/// Of these open appointments, those for which something is due, and whether they are to be
/// called off: not those whose closing may still be a slip.
pub(super) async fn due_of(
    tx: &mut Tx<'_>,
    office: &Office,
    all: Vec<AppointmentRow>,
) -> Result<Vec<(bool, AppointmentRow)>, Fault> {
    let now = office.now();
    let mut changed = BTreeMap::new();
    let mut due = Vec::new();
    for row in all {
        // Whoever is away with the centre looks after its appointments.
        if crate::units::is_elsewhere(tx, row.centre_id, &office.settings.installation).await? {
            continue;
        }
        let Some(centre) = centres::centre(tx, row.centre_id).await? else { continue };
        let mut off = off_from(tx, &centre, row.starts_at, 0).await?;
        if off.is_some() {
            let since = match changed.get(&centre.id) {
                Some(since) => *since,
                None => hours_changed(tx, &centre).await?,
            };
            changed.insert(centre.id, since);
            off = off_from(tx, &centre, row.starts_at, since).await?;
        }
        if off.is_none_or(|from| from <= now) {
            due.push((off.is_some(), row));
        }
    }
    Ok(due)
}

/// The open appointments of days off that are still to come.
pub(super) async fn on_days_off(office: &Office) -> Result<Vec<AppointmentRow>, Stop> {
    let now = office.now();
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    // A day earlier: it may still be that day in some centre.
    let first = crate::desk::day_of(now - A_DAY, 0).to_string();
    let days = centres::all_holidays(&mut tx).await?.into_iter().map(|holiday| holiday.day);
    let days: BTreeSet<String> = days.filter(|day| *day >= first).collect();
    let mut found = Vec::new();
    for day in days {
        let midnight = in_utc(&day)?;
        let within = (midnight, midnight + A_DAY);
        found.extend(queue::open_on_day_off(&mut tx, &day, within, AT_A_TIME).await?);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_has_half_an_hour_unless_people_are_on_their_way() {
        let midnight = 100 * A_DAY;
        let hours = |hours: i64| hours * 60 * MINUTE;
        let (known, eight) = (midnight - hours(30), midnight + hours(8));
        assert_eq!(told_from(midnight, Some(eight), known), known + GRACE);
        assert_eq!(told_from(midnight, None, known), known + GRACE);
        // Ten minutes before the day begins, and on the day itself.
        assert_eq!(told_from(midnight, Some(eight), midnight - 10 * MINUTE), midnight);
        assert!(told_from(midnight, Some(eight), midnight + hours(1)) < midnight + hours(1));
        // What begins an hour after midnight is told four hours before.
        let (early, evening) = (midnight + hours(1), midnight - hours(3) - 10 * MINUTE);
        assert_eq!(told_from(midnight, Some(early), evening), midnight - hours(3));
        assert_eq!(told_from(midnight, None, evening), evening + GRACE);
    }
}
