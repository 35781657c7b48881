//! Who is planned at which counter: the manager writes the week, appointments and the
//! forecast reckon with it, and everybody sees who should be there and is not.

use super::{hours_of, times_of};
use crate::acting::{self, acting};
use diwan_domain::acts::Desk;
use diwan_domain::calendar::{Hours, OpeningHours};
use diwan_domain::ids::{CentreId, CounterId, OfficerId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::queue::MINUTE;
use diwan_domain::queue::duties::{Duty, DutyFault, weekday_of};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::centres::{self, CentreRow};
use diwan_store::duties::{self, DutyRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, officers, queue};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// A minute of the day as it is stored: hours were checked before they were kept.
fn minute(stored: i64) -> u16 {
    u16::try_from(stored).unwrap_or(0)
}

fn read(row: &DutyRow, label: &str) -> Duty {
    let rest = row.rest_from.zip(row.rest_until);
    Duty {
        counter: label.to_owned(),
        officer: row.officer_id.to_string(),
        weekday: u8::try_from(row.weekday).unwrap_or(u8::MAX),
        hours: Hours { opens: minute(row.opens), closes: minute(row.closes) },
        rest: rest.map(|(from, until)| Hours { opens: minute(from), closes: minute(until) }),
    }
}

/// Plans an officer at a counter, on some days of every week.
#[derive(Debug, Serialize, Deserialize)]
pub struct PlanDuty {
    /// Who.
    pub officer: OfficerId,
    /// At which counter.
    pub counter: CounterId,
    /// On which days, counted from Monday.
    pub weekdays: BTreeSet<u8>,
    /// From when to when, minutes of the day.
    pub hours: Hours,
    /// When they have a break.
    pub rest: Option<Hours>,
}

impl Act for PlanDuty {
    const NAME: &'static str = "plan-duty";
    type Out = Vec<RowId>;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Vec<RowId>>, Stop> {
        let missing = |field: &str| Refusal::from(Why::FieldMissing).about("field", field);
        let manager = acting(tx, at, Permission::ManageQueue).await?.officer;
        let counter = centres::counter(tx, self.counter).await?;
        let counter = counter.filter(|counter| Some(counter.centre_id) == manager.centre_id);
        let counter = counter.ok_or(Why::NotFound)?;
        crate::units::not_away(tx, at, counter.centre_id).await?;
        let officer = acting::load(tx, self.officer).await?;
        let officer = officer.filter(|one| one.officer.centre_id == Some(counter.centre_id));
        let officer = officer.ok_or(Why::NotFound)?;
        // Whoever is on leave today comes back to their hours.
        let serves = officer.officer.active_at.is_some() && officer.officer.ended_at.is_none();
        if !serves || !officer.holds(Permission::ServeQueue) {
            return Err(Why::OfficerCannotSit.into());
        }
        if self.weekdays.is_empty() {
            return Err(missing("weekdays").into());
        }
        let planned = planned(tx, counter.centre_id).await?;
        let mut ids = Vec::new();
        for weekday in &self.weekdays {
            let duty = Duty {
                counter: counter.label.clone(),
                officer: self.officer.to_string(),
                weekday: *weekday,
                hours: self.hours,
                rest: self.rest,
            };
            duty.check().map_err(|fault| match fault {
                DutyFault::Hours => missing("hours"),
                DutyFault::Rest => missing("rest"),
            })?;
            if planned.iter().any(|one| one.duty.meets(&duty)) {
                return Err(Why::DutyMeets.into());
            }
            let row = DutyRow {
                id: at.fresh(&format!("duty/{weekday}")),
                centre_id: counter.centre_id,
                counter_id: counter.id,
                officer_id: self.officer,
                weekday: i64::from(*weekday),
                opens: i64::from(self.hours.opens),
                closes: i64::from(self.hours.closes),
                rest_from: self.rest.map(|rest| i64::from(rest.opens)),
                rest_until: self.rest.map(|rest| i64::from(rest.closes)),
                planned_by: manager.id,
                planned_at: at.now,
                ended_at: None,
                version: 1,
            };
            tx.add(&row).await?;
            ids.push(row.id);
        }
        let entry = Entry::new("duty-planned", "counter", counter.id)
            .with("officer", self.officer.to_string())
            .with("label", counter.label)
            .with("weekdays", json!(self.weekdays))
            .with("from", i64::from(self.hours.opens))
            .with("until", i64::from(self.hours.closes));
        Ok(Recorded::new(ids, entry))
    }
}

/// Takes an officer's hours out of the week.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndDuty {
    /// Which.
    pub duty: RowId,
}

impl Act for EndDuty {
    const NAME: &'static str = "end-duty";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let manager = acting(tx, at, Permission::ManageQueue).await?.officer;
        let row = duties::duty(tx, self.duty).await?;
        let row = row.filter(|row| Some(row.centre_id) == manager.centre_id);
        let mut row = row.ok_or(Why::NotFound)?;
        crate::units::not_away(tx, at, row.centre_id).await?;
        if row.ended_at.is_some() {
            return Err(Why::NothingChanges.into());
        }
        row.ended_at = Some(at.now);
        tx.edit(&mut row).await?;
        let entry = Entry::new("duty-ended", "counter", row.counter_id)
            .with("officer", row.officer_id.to_string())
            .with("weekday", row.weekday);
        Ok(Recorded::new((), entry))
    }
}

/// An officer's planned hours, with whose they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Names them.
    pub id: RowId,
    /// The officer.
    pub officer: OfficerId,
    /// Their name.
    pub name: String,
    /// The hours, with the counter's label.
    pub duty: Duty,
}

/// The week that is planned at a centre, from Monday on. Hours of whoever left the centre,
/// or at a counter that was closed for good, do not count any more.
///
/// # Errors
/// When the database fails.
pub async fn planned(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<Planned>, Fault> {
    let rows = duties::of_centre(tx, centre).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let counters = centres::counters(tx, centre).await?;
    let labels: BTreeMap<CounterId, String> = counters.into_iter().map(|row| (row.id, row.label)).collect();
    let officers = officers::of_centre(tx, centre).await?;
    let names: BTreeMap<OfficerId, String> =
        officers.into_iter().filter(|row| row.ended_at.is_none()).map(|row| (row.id, row.name)).collect();
    let known = |row: &DutyRow| {
        let (label, name) = (labels.get(&row.counter_id)?, names.get(&row.officer_id)?);
        Some(Planned { id: row.id, officer: row.officer_id, name: name.clone(), duty: read(row, label) })
    };
    Ok(rows.iter().filter_map(known).collect())
}

/// The same without whose they are, for reckoning.
pub(super) async fn duties_of(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<Duty>, Fault> {
    Ok(planned(tx, centre).await?.into_iter().map(|one| one.duty).collect())
}

/// Where an officer is who is planned now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// At the counter.
    There,
    /// On their break.
    Resting,
    /// At another counter.
    Elsewhere,
    /// At none.
    Absent,
}

impl Presence {
    /// Every way to be there or not.
    pub const ALL: [Self; 4] = [Self::There, Self::Resting, Self::Elsewhere, Self::Absent];

    /// A stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::There => "there",
            Self::Resting => "resting",
            Self::Elsewhere => "elsewhere",
            Self::Absent => "absent",
        }
    }
}

/// The minute of the day and the day of the week of an instant.
fn place_in_week(hours: &OpeningHours, now: i64) -> Option<(u8, u16)> {
    let day = hours.day_of(now)?;
    let minute = u16::try_from((now - hours.midnight(day)) / MINUTE).ok()?;
    Some((weekday_of(day), minute))
}

/// Who is planned at a centre at an instant, and where they are. Nobody while it is closed.
///
/// # Errors
/// When the database fails.
pub async fn due_now(
    tx: &mut Tx<'_>,
    centre: &CentreRow,
    now: i64,
) -> Result<Vec<(Planned, Presence)>, Fault> {
    let (hours, off) = times_of(tx, centre).await?;
    let Some((weekday, minute)) = place_in_week(&hours, now).filter(|_| hours.is_open(now, &off)) else {
        return Ok(Vec::new());
    };
    let planned = planned(tx, centre.id).await?;
    let due: Vec<Planned> = planned.into_iter().filter(|one| one.duty.lasts(weekday, minute)).collect();
    if due.is_empty() {
        return Ok(Vec::new());
    }
    let counters = centres::counters(tx, centre.id).await?;
    let sittings = queue::sitting_in(tx, centre.id).await?;
    let presence = |one: &Planned| {
        let sitting = sittings.iter().find(|row| row.officer_id == one.officer);
        let label = sitting.and_then(|row| counters.iter().find(|counter| counter.id == row.counter_id));
        match label.map(|counter| counter.label == one.duty.counter) {
            Some(true) => Presence::There,
            _ if !one.duty.serves(weekday, minute) => Presence::Resting,
            Some(false) => Presence::Elsewhere,
            None => Presence::Absent,
        }
    };
    Ok(due.into_iter().map(|one| (presence(&one), one)).map(|(presence, one)| (one, presence)).collect())
}

/// Whether an officer serves at a counter outside the hours for which they are planned
/// there. Never where nobody planned them at all.
///
/// # Errors
/// When the database fails.
pub async fn serves_outside(
    tx: &mut Tx<'_>,
    centre: &CentreRow,
    (officer, label): (OfficerId, &str),
    now: i64,
) -> Result<bool, Fault> {
    let planned = planned(tx, centre.id).await?;
    let own: Vec<&Planned> = planned.iter().filter(|one| one.officer == officer).collect();
    let Some((weekday, minute)) = place_in_week(&hours_of(centre)?, now) else { return Ok(false) };
    let is_due = own.iter().any(|one| one.duty.counter == label && one.duty.serves(weekday, minute));
    Ok(!own.is_empty() && !is_due)
}
