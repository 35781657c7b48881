//! The bus comes home: its acts are carried out again, once. What cannot be is kept whole
//! and shown to a person, who carries it out when the reason is gone, or sets it aside.

use super::may;
use crate::desk::{Office, Who};
use crate::replay::kinds;
use crate::secrets;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{ActId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::refusals::Why;
use diwan_store::replay::{self, Left, Report, Wanted};
use diwan_store::units::{self, ConflictRow, UnitMergeRow, UnitRow};
use diwan_store::value::Json;
use diwan_store::{Act, Db, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// An act of a unit that could not be carried out, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LeftOver {
    /// Which.
    pub act: ActId,
    /// Its kind.
    pub name: String,
    /// When it was done in the bus, microseconds.
    pub at: i64,
    /// Why: a stable code.
    pub why: String,
    /// What it is about.
    pub about: String,
    /// The numbers that somebody was given: of a case, a receipt, a paper, a ticket.
    pub given: Vec<String>,
    /// The check code of a paper that was issued.
    pub check_code: Option<String>,
    /// The act itself.
    pub stored: Value,
}

/// What is kept of an act that was left.
#[must_use]
pub fn left_over(left: Left) -> LeftOver {
    let (given, check_code) = given_by(&left.stored);
    LeftOver {
        act: left.act,
        name: left.name,
        at: left.at,
        why: left.why,
        about: left.about,
        given,
        check_code,
        stored: left.stored,
    }
}

/// The numbers that an act's entries name, and the check code of the paper it issued.
fn given_by(stored: &Value) -> (Vec<String>, Option<String>) {
    let mut numbers = Vec::new();
    let mut code = None;
    for entry in stored["entries"].as_array().into_iter().flatten() {
        let body = entry[0].as_str().and_then(|body| serde_json::from_str::<Value>(body).ok());
        let Some(body) = body else { continue };
        if let Some(number) = body["facts"]["number"].as_str().filter(|number| !number.is_empty()) {
            numbers.push(number.to_owned());
        }
        if body["kind"] == "document-intended" {
            let desk = stored["header"].as_str().and_then(|header| serde_json::from_str::<Desk>(header).ok());
            code = desk.map(|desk| secrets::base32(&desk.chance("check-code")[..16]));
        }
    }
    numbers.dedup();
    (numbers, code)
}

/// Records that a unit came home.
#[derive(Debug, Serialize, Deserialize)]
pub struct MergeUnit {
    /// Which.
    pub unit: RowId,
    /// How many acts were carried out now.
    pub done: u64,
    /// How many were here already.
    pub known: u64,
    /// How many were not looked at, because the unit's key is not trusted for their time.
    pub passed_over: u64,
    /// What could not be carried out.
    pub left: Vec<LeftOver>,
}

impl Act for MergeUnit {
    const NAME: &'static str = "merge-unit";
    type Out = usize;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<usize>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let mut unit = units::unit(tx, self.unit).await?.ok_or(Why::NotFound)?;
        for mut conflict in units::conflicts(tx, unit.id).await? {
            // What was left before and went through this time.
            if conflict.settled_at.is_none() && units::is_done(tx, conflict.act_id).await? {
                conflict.settled_at = Some(at.now);
                conflict.how = Some(How::CarriedOut.code().into());
                tx.edit(&mut conflict).await?;
            }
        }
        let mut new = 0;
        for left in &self.left {
            if units::conflict_of(tx, left.act).await?.is_none() {
                tx.add(&conflict_of(at, &unit, left)).await?;
                new += 1;
            }
        }
        let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let row = UnitMergeRow {
            id: at.fresh("merge"),
            unit_id: unit.id,
            at: at.now,
            done: whole(self.done),
            known: whole(self.known),
            conflicts: whole(self.left.len() as u64),
        };
        tx.add(&row).await?;
        unit.merged_at = Some(at.now);
        unit.returned_at = unit.returned_at.or(Some(at.now));
        tx.edit(&mut unit).await?;
        let entry = Entry::new("unit-merged", "unit", unit.id)
            .with("name", unit.name)
            .with("done", row.done)
            .with("known", row.known)
            .with("passed-over", whole(self.passed_over))
            .with("conflicts", row.conflicts);
        Ok(Recorded::new(new, entry))
    }
}

fn conflict_of(at: &Desk, unit: &UnitRow, left: &LeftOver) -> ConflictRow {
    ConflictRow {
        id: at.fresh(&format!("conflict/{}", left.act)),
        unit_id: unit.id,
        act_id: left.act,
        name: left.name.clone(),
        act: Json(left.stored.clone()),
        why: left.why.clone(),
        about: left.about.clone(),
        given: Json(json!(left.given)),
        check_code: left.check_code.clone(),
        done_at: left.at,
        at: at.now,
        settled_at: None,
        settled_by: None,
        how: None,
        reason: None,
        version: 1,
    }
}

/// What became of a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// The act stands now.
    CarriedOut,
    /// It is not carried out; it is kept for ever, with the reason.
    SetAside,
}

impl How {
    /// Both.
    pub const ALL: [Self; 2] = [Self::CarriedOut, Self::SetAside];

    /// The code as stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::CarriedOut => "carried-out",
            Self::SetAside => "set-aside",
        }
    }
}

/// Settles a conflict.
#[derive(Debug, Serialize, Deserialize)]
pub struct SettleConflict {
    /// Which.
    pub conflict: RowId,
    /// How.
    pub how: How,
    /// Why, in the officer's own words; needed to set it aside.
    pub reason: String,
}

impl Act for SettleConflict {
    const NAME: &'static str = "settle-conflict";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let mut conflict = units::conflict(tx, self.conflict).await?.ok_or(Why::NotFound)?;
        let unit = units::unit(tx, conflict.unit_id).await?.ok_or(Why::NotFound)?;
        let acting = may(tx, at, unit.centre_id).await?;
        if conflict.settled_at.is_some() {
            return Err(Why::NothingChanges.into());
        }
        let stands = units::is_done(tx, conflict.act_id).await?;
        let reason = self.reason.trim();
        match self.how {
            How::CarriedOut if !stands => return Err(Why::ChangedMeanwhile.into()),
            How::SetAside if stands => return Err(Why::ChangedMeanwhile.into()),
            How::SetAside if reason.is_empty() => return Err(Why::ReasonMissing.into()),
            _ => {}
        }
        conflict.settled_at = Some(at.now);
        conflict.settled_by = acting.map(|acting| acting.officer.id);
        conflict.how = Some(self.how.code().into());
        conflict.reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
        tx.edit(&mut conflict).await?;
        let entry = Entry::new("unit-conflict-settled", "unit", unit.id)
            .with("act", conflict.act_id.to_string())
            .with("name", conflict.name)
            .with("how", self.how.code());
        let entry = if reason.is_empty() { entry } else { entry.under(reason) };
        Ok(Recorded::new((), entry))
    }
}

/// What came of trying again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// It stands now.
    Out,
    /// It still cannot be: why, and about what.
    Not {
        /// A stable code.
        why: String,
        /// What it is about.
        about: String,
    },
}

/// Tries to carry the act of a conflict out, and settles it when it stands.
///
/// # Errors
/// [`Why::NotFound`], [`Why::NotPermitted`], [`Why::NothingChanges`]; or the database fails.
pub async fn carry_out_now(office: &Office, who: &Who, key: &str, conflict: RowId) -> Result<Carried, Stop> {
    let at = office.desk(who, "look");
    let row = {
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        let row = units::conflict(&mut tx, conflict).await?.ok_or(Why::NotFound)?;
        let unit = units::unit(&mut tx, row.unit_id).await?.ok_or(Why::NotFound)?;
        may(&mut tx, &at, unit.centre_id).await?;
        if unit.is_doubted(row.done_at) {
            return Err(Why::UnitRevoked.into());
        }
        row
    };
    if row.settled_at.is_some() {
        return Err(Why::NothingChanges.into());
    }
    if let Some(left) = replay::carry_out(&office.db, &kinds(), &row.act.0, office.now()).await? {
        return Ok(Carried::Not { why: left.why, about: left.about });
    }
    let settle = SettleConflict { conflict, how: How::CarriedOut, reason: String::new() };
    office.perform(who, key, settle).await?;
    Ok(Carried::Out)
}

/// Carries a unit's acts out here and records what came of it. Twice is once: a second run
/// finds every act there, and what was left before it tries again.
///
/// # Errors
/// [`Why::UnitRevoked`] when its key is not trusted and nobody allowed what it did before;
/// or a database fails: what was done until then stands, and another run goes on.
pub async fn replay_unit(
    office: &Office,
    from: &Db,
    unit: &UnitRow,
    allow_before: bool,
) -> Result<(Report, usize), Stop> {
    if unit.revoked_from.is_some() && !allow_before {
        return Err(Why::UnitRevoked.into());
    }
    let wanted = Wanted { installation: Some(unit.installation.clone()), before: unit.revoked_from };
    let report = replay::replay_wanted(from, &office.db, &kinds(), &wanted, office.now()).await?;
    let left: Vec<LeftOver> = report.left.iter().cloned().map(left_over).collect();
    let open = {
        let mut reading = office.db.reading().await?;
        units::conflicts(&mut reading.tx(), unit.id).await?
    };
    let news = left.iter().any(|left| open.iter().all(|known| known.act_id != left.act));
    if unit.merged_at.is_some() && report.done == 0 && !news {
        return Ok((report, 0));
    }
    let act = MergeUnit {
        unit: unit.id,
        done: report.done,
        known: report.known,
        passed_over: report.passed_over,
        left,
    };
    let new = office.perform_once(&Who::system("unit"), act).await?;
    Ok((report, new))
}
