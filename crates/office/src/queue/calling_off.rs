//! Appointments at a time at which the centre is closed after all: a day off that was
//! announced late, hours that changed. Their holders are told, and nothing is held against
//! them.

use super::prepared::forget_answers;
use super::{times_of, today_at};
use crate::desk::Office;
use crate::messages::{Template, send};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::journal::Entry;
use diwan_domain::queue::slots::Standing;
use diwan_domain::refusals::Why;
use diwan_store::centres::{self, CentreRow};
use diwan_store::queue::{self, AppointmentRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

const A_DAY: i64 = 24 * 60 * 60 * 1_000_000;
/// How many appointments of one day are called off at a time.
const AT_A_TIME: i64 = 500;

/// Whether a centre is closed when an appointment begins.
pub(super) async fn is_closed_then(
    tx: &mut Tx<'_>,
    centre: &CentreRow,
    row: &AppointmentRow,
) -> Result<bool, Fault> {
    let (hours, holidays) = times_of(tx, centre).await?;
    Ok(!hours.is_open(row.starts_at, &holidays))
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
        let is_closed = tx.is_replayed() || is_closed_then(tx, &centre, &row).await?;
        if row.standing != Standing::Open.code() || !is_closed {
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
        let date: Date = day.parse().map_err(|_| Fault::Shape("holiday".into()))?;
        let midnight = date.to_zoned(TimeZone::UTC).map_err(|_| Fault::Shape("holiday".into()))?;
        let midnight = midnight.timestamp().as_microsecond();
        let within = (midnight, midnight + A_DAY);
        found.extend(queue::open_on_day_off(&mut tx, &day, within, AT_A_TIME).await?);
    }
    Ok(found)
}
