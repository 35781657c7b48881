//! Who sits at which counter, and which lines it serves.

use super::{Floor, TOPIC, hall};
use crate::acting::{self, Acting, acting};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{CentreId, CounterId, OfficerId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::centres::CounterRow;
use diwan_store::queue::{self, SittingRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, centres, officers};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

/// Sits down at a counter to call people. One officer, one counter.
#[derive(Debug, Serialize, Deserialize)]
pub struct SitDown {
    /// At which counter.
    pub counter: CounterId,
    /// The letters of the lines it serves; empty for all of the setup.
    pub lines: BTreeSet<String>,
}

impl Act for SitDown {
    const NAME: &'static str = "sit-down";
    type Out = RowId;

    async fn meets(&self, _at: &Desk, tx: &mut Tx<'_>) -> Result<Option<String>, Stop> {
        hall_at(tx, self.counter).await
    }

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        let officer = acting(tx, at, Permission::ServeQueue).await?.officer;
        let counter = centres::counter(tx, self.counter).await?.ok_or(Why::NotFound)?;
        if officer.centre_id != Some(counter.centre_id) {
            return Err(Why::NotFound.into());
        }
        let lines = lines_at(tx, at, &counter, &self.lines).await?;
        let mut sitting = queue::sitting_of(tx, officer.id).await?;
        let others = queue::sitting_in(tx, counter.centre_id).await?;
        let is_taken = others.iter().any(|row| row.counter_id == counter.id && row.officer_id != officer.id);
        if is_taken || sitting.as_ref().is_some_and(|row| row.counter_id != counter.id) {
            return Err(Why::CounterTaken.into());
        }
        let entry = Entry::new("counter-served", "counter", counter.id)
            .with("lines", json!(lines))
            .with("label", counter.label.clone());
        tx.announce(TOPIC, counter.centre_id);
        if let Some(row) = &mut sitting {
            row.lines = Json(json!(lines));
            tx.edit(row).await?;
            return Ok(Recorded::new(row.id, entry));
        }
        let row = SittingRow {
            id: at.fresh("sitting"),
            centre_id: counter.centre_id,
            counter_id: counter.id,
            officer_id: officer.id,
            lines: Json(json!(lines)),
            since: at.now,
            until: None,
            version: 1,
        };
        tx.add(&row).await?;
        Ok(Recorded::new(row.id, entry))
    }
}

/// Where what happens to a counter meets what else happens in its centre.
async fn hall_at(tx: &mut Tx<'_>, counter: CounterId) -> Result<Option<String>, Stop> {
    Ok(centres::counter(tx, counter).await?.map(|counter| hall(counter.centre_id)))
}

/// The lines that a counter is to serve: those asked for, or all of the setup.
async fn lines_at(
    tx: &mut Tx<'_>,
    at: &Desk,
    counter: &CounterRow,
    asked: &BTreeSet<String>,
) -> Result<BTreeSet<String>, Stop> {
    let floor = Floor::today(tx, at, counter.centre_id).await?;
    let planned = floor.setup.counter(&counter.label).ok_or(Why::NoSetup)?;
    let all: BTreeSet<String> = planned.lines.iter().cloned().collect();
    if let Some(unknown) = asked.difference(&all).next() {
        return Err(Refusal::from(Why::Malformed).about("line", unknown.clone()).into());
    }
    Ok(if asked.is_empty() { all } else { asked.clone() })
}

/// A manager seats an officer of the centre at a counter, moves them there from another,
/// or changes the lines that their counter serves. Never while a ticket is in hand.
#[derive(Debug, Serialize, Deserialize)]
pub struct AssignCounter {
    /// Which counter.
    pub counter: CounterId,
    /// Who sits there.
    pub officer: OfficerId,
    /// The letters of the lines it serves; empty for all of the setup.
    pub lines: BTreeSet<String>,
}

impl Act for AssignCounter {
    const NAME: &'static str = "assign-counter";
    type Out = RowId;

    async fn meets(&self, _at: &Desk, tx: &mut Tx<'_>) -> Result<Option<String>, Stop> {
        hall_at(tx, self.counter).await
    }

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        let manager = acting(tx, at, Permission::ManageQueue).await?.officer;
        let counter = centres::counter(tx, self.counter).await?;
        let counter = counter.filter(|counter| Some(counter.centre_id) == manager.centre_id);
        let counter = counter.ok_or(Why::NotFound)?;
        let officer = acting::load(tx, self.officer).await?;
        let officer = officer.filter(|one| one.officer.centre_id == Some(counter.centre_id));
        let officer = officer.ok_or(Why::NotFound)?;
        let in_service = acting::in_service(&officer.officer, at.now, at.utc_offset_minutes);
        if !in_service || !officer.holds(Permission::ServeQueue) {
            return Err(Why::OfficerCannotSit.into());
        }
        let lines = lines_at(tx, at, &counter, &self.lines).await?;
        let sittings = queue::sitting_in(tx, counter.centre_id).await?;
        if sittings.iter().any(|row| row.counter_id == counter.id && row.officer_id != self.officer) {
            return Err(Why::CounterTaken.into());
        }
        let entry = Entry::new("counter-assigned", "counter", counter.id)
            .with("officer", self.officer.to_string())
            .with("lines", json!(lines))
            .with("label", counter.label.clone());
        if let Some(mut row) = queue::sitting_of(tx, self.officer).await? {
            if queue::at_counter(tx, row.counter_id).await?.is_some() {
                return Err(Why::StillServing.into());
            }
            if row.counter_id == counter.id {
                if super::calling::lines_of(&row) == lines {
                    return Err(Why::NothingChanges.into());
                }
                row.lines = Json(json!(lines));
                tx.edit(&mut row).await?;
                tx.announce(TOPIC, counter.centre_id);
                return Ok(Recorded::new(row.id, entry));
            }
            row.until = Some(at.now);
            tx.edit(&mut row).await?;
        }
        let row = SittingRow {
            id: at.fresh("sitting"),
            centre_id: counter.centre_id,
            counter_id: counter.id,
            officer_id: self.officer,
            lines: Json(json!(lines)),
            since: at.now,
            until: None,
            version: 1,
        };
        tx.add(&row).await?;
        tx.announce(TOPIC, counter.centre_id);
        Ok(Recorded::new(row.id, entry))
    }
}

/// The officers of a centre who can sit at a counter now, by name.
///
/// # Errors
/// When the database fails.
pub async fn can_sit(
    tx: &mut Tx<'_>,
    centre: CentreId,
    at: &Desk,
) -> Result<Vec<(OfficerId, String)>, Fault> {
    let mut able = Vec::new();
    for row in officers::of_centre(tx, centre).await? {
        let Some(one) = acting::load(tx, row.id).await? else { continue };
        let in_service = acting::in_service(&row, at.now, at.utc_offset_minutes);
        if in_service && one.holds(Permission::ServeQueue) {
            able.push((row.id, row.name));
        }
    }
    Ok(able)
}

/// Ends the sitting of an officer who does not serve in its centre any more: they were moved,
/// are away, or their service ended. Whom the counter has in hand stays there for the centre's
/// manager, who sends them on or finishes with them.
pub(crate) async fn leave_post(
    tx: &mut Tx<'_>,
    at: &Desk,
    officer: OfficerId,
) -> Result<Option<Entry>, Stop> {
    let Some(mut sitting) = queue::sitting_of(tx, officer).await? else { return Ok(None) };
    sitting.until = Some(at.now);
    tx.edit(&mut sitting).await?;
    tx.announce(TOPIC, sitting.centre_id);
    Ok(Some(Entry::new("counter-left", "counter", sitting.counter_id)))
}

/// Leaves a counter. Who is called there or being served is looked after first. A
/// manager may close the counter of an officer who went away without doing so, and whoever
/// sits down there next goes on with whom it has in hand; at night Diwan closes those that
/// have nobody.
#[derive(Debug, Serialize, Deserialize)]
pub struct StandUp {
    /// Whose counter; `None` for one's own.
    pub officer: Option<OfficerId>,
}

impl Act for StandUp {
    const NAME: &'static str = "stand-up";
    type Out = ();

    async fn meets(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Option<String>, Stop> {
        let own = match at.actor {
            Actor::Officer(officer) => Some(officer),
            _ => None,
        };
        let Some(whose) = self.officer.or(own) else { return Ok(None) };
        Ok(queue::sitting_of(tx, whose).await?.map(|sitting| hall(sitting.centre_id)))
    }

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let own = match at.actor {
            Actor::System(_) => None,
            _ => Some(acting(tx, at, Permission::ServeQueue).await?),
        };
        let whose = self.officer.or(own.as_ref().map(|own| own.officer.id)).ok_or(Why::NotSitting)?;
        let is_others = |own: &Acting| whose != own.officer.id && !own.may(Permission::ManageQueue);
        if own.as_ref().is_some_and(is_others) {
            return Err(Refusal::from(Why::NotPermitted)
                .about("permission", Permission::ManageQueue.code())
                .into());
        }
        let is_colleagues = own.as_ref().is_some_and(|own| whose != own.officer.id);
        // Of another centre's officers nothing is there, whether they sit somewhere or not.
        let absent = if self.officer.is_some() { Why::NotFound } else { Why::NotSitting };
        let mut sitting = queue::sitting_of(tx, whose).await?.ok_or(absent)?;
        if own.is_some_and(|own| own.officer.centre_id != Some(sitting.centre_id)) {
            return Err(Why::NotFound.into());
        }
        if !is_colleagues && queue::at_counter(tx, sitting.counter_id).await?.is_some() {
            return Err(Why::StillServing.into());
        }
        sitting.until = Some(at.now);
        tx.edit(&mut sitting).await?;
        tx.announce(TOPIC, sitting.centre_id);
        Ok(Recorded::new((), Entry::new("counter-left", "counter", sitting.counter_id)))
    }
}
