//! Mobile units: a laptop in a bus serves a centre for some days without a line and comes
//! home. Each journey has an installation's name, letters in its numbers and keys of its
//! own, so that nothing drawn there is ever drawn elsewhere. While it is away, only the
//! unit serves its centre.

mod coming_home;
mod preparing;

pub use coming_home::{
    Carried, How, LeftOver, MergeUnit, SettleConflict, carry_out_now, left_over, replay_unit,
};
pub use preparing::{PrepareUnit, RevokeUnit, at_most_days, for_the_way};

use crate::acting::{Acting, acting};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{CentreId, RowId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::documents::DocumentRow;
use diwan_store::units::{self, ConflictRow, UnitMergeRow, UnitRow};
use diwan_store::{Fault, Stop, Tx};

/// How a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// On its way.
    Away,
    /// On its way, and its time is over.
    Late,
    /// Home again.
    Home,
    /// Lost or stolen: nothing it does is trusted any more.
    Revoked,
}

impl Standing {
    /// Every way in which it can stand.
    pub const ALL: [Self; 4] = [Self::Away, Self::Late, Self::Home, Self::Revoked];

    /// Its code in words and in the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Away => "away",
            Self::Late => "late",
            Self::Home => "home",
            Self::Revoked => "revoked",
        }
    }

    /// How a unit stands at an instant.
    #[must_use]
    pub fn of(unit: &UnitRow, now: i64) -> Self {
        match (unit.revoked_at, unit.returned_at) {
            (Some(_), _) => Self::Revoked,
            (None, Some(_)) => Self::Home,
            (None, None) if now > unit.until => Self::Late,
            (None, None) => Self::Away,
        }
    }
}

/// Whether somebody may look after the units of a centre: Diwan itself, the centre's
/// manager, an administrator.
async fn may(tx: &mut Tx<'_>, at: &Desk, centre: CentreId) -> Result<Option<Acting>, Stop> {
    if matches!(at.actor, Actor::System(_)) {
        return Ok(None);
    }
    let acting = acting(tx, at, Permission::ManageCentres).await?;
    if sees(&acting, centre) { Ok(Some(acting)) } else { Err(Why::NotFound.into()) }
}

/// Whether an officer who manages centres sees the units of this one.
#[must_use]
pub fn sees(acting: &Acting, centre: CentreId) -> bool {
    acting.may(Permission::ManageOfficers) || acting.officer.centre_id == Some(centre)
}

/// Refuses what would be done for a centre by anyone but the unit with which it is away.
///
/// # Errors
/// [`Why::AwayWithUnit`]; or the database fails.
pub(crate) async fn not_away(tx: &mut Tx<'_>, at: &Desk, centre: CentreId) -> Result<(), Stop> {
    match units::away_with(tx, centre).await? {
        Some(unit) if unit.installation != at.installation => {
            Err(Refusal::from(Why::AwayWithUnit).about("unit", unit.name).into())
        }
        _ => Ok(()),
    }
}

/// Whether a centre is looked after by another installation than this one.
///
/// # Errors
/// When the database fails.
pub(crate) async fn is_elsewhere(
    tx: &mut Tx<'_>,
    centre: CentreId,
    installation: &str,
) -> Result<bool, Fault> {
    if let Some(here) = units::here(tx).await? {
        return Ok(here.centre_id != centre);
    }
    Ok(units::away_with(tx, centre).await?.is_some_and(|unit| unit.installation != installation))
}

/// The unit at whose desk an act is done; `None` at headquarters.
///
/// # Errors
/// When the database fails.
pub(crate) async fn of_desk(tx: &mut Tx<'_>, at: &Desk) -> Result<Option<UnitRow>, Fault> {
    units::of_installation(tx, &at.installation).await
}

/// A series of a unit: its own owner, and its letters in the numbers, so that what was
/// drawn on the way is never drawn at home, even when the laptop does not come back.
pub(crate) fn own_series(unit: &UnitRow, owner: String, prefix: String) -> (String, String) {
    (format!("{owner}/unit/{}", unit.installation), format!("{prefix}{}", unit.letters))
}

/// Every unit that an officer sees, the newest journey first.
///
/// # Errors
/// When the database fails.
pub async fn seen_by(tx: &mut Tx<'_>, acting: &Acting) -> Result<Vec<UnitRow>, Fault> {
    let all = units::units(tx).await?;
    Ok(all.into_iter().filter(|unit| sees(acting, unit.centre_id)).collect())
}

/// A unit with what became of it.
#[derive(Clone, Debug)]
pub struct Journey {
    /// The unit.
    pub unit: UnitRow,
    /// Each coming home, the last first.
    pub merges: Vec<UnitMergeRow>,
    /// What could not be carried out, in its order.
    pub conflicts: Vec<ConflictRow>,
}

impl Journey {
    /// How many conflicts nobody settled yet.
    #[must_use]
    pub fn open(&self) -> usize {
        self.conflicts.iter().filter(|conflict| conflict.settled_at.is_none()).count()
    }
}

/// One journey; `None` when there is none of that name.
///
/// # Errors
/// When the database fails.
pub async fn journey(tx: &mut Tx<'_>, id: RowId) -> Result<Option<Journey>, Fault> {
    let Some(unit) = units::unit(tx, id).await? else { return Ok(None) };
    let merges = units::merges(tx, id).await?;
    let conflicts = units::conflicts(tx, id).await?;
    Ok(Some(Journey { unit, merges, conflicts }))
}

/// The newest journey of a name.
///
/// # Errors
/// When the database fails.
pub async fn named(tx: &mut Tx<'_>, name: &str) -> Result<Option<UnitRow>, Fault> {
    Ok(units::units(tx).await?.into_iter().find(|unit| unit.name == name || unit.installation == name))
}

/// What is known of a check code of which there is no paper: a unit issued it, and at home
/// nobody decided yet.
///
/// # Errors
/// When the database fails.
pub async fn waiting_paper(tx: &mut Tx<'_>, code: &str) -> Result<Option<(UnitRow, ConflictRow)>, Fault> {
    let Some(conflict) = units::conflict_with_code(tx, code).await? else { return Ok(None) };
    Ok(units::unit(tx, conflict.unit_id).await?.map(|unit| (unit, conflict)))
}

/// The unit that sealed a paper after its key was no longer trusted.
///
/// # Errors
/// When the database fails.
pub async fn doubted(tx: &mut Tx<'_>, document: &DocumentRow) -> Result<Option<UnitRow>, Fault> {
    let (Some(key), Some(sealed)) = (&document.key_id, document.sealed_at) else { return Ok(None) };
    Ok(units::of_key(tx, key).await?.filter(|unit| unit.is_doubted(sealed)))
}

/// The units that are on their way: their papers are known here when they are home.
///
/// # Errors
/// When the database fails.
pub async fn away(tx: &mut Tx<'_>) -> Result<Vec<UnitRow>, Fault> {
    Ok(units::units(tx).await?.into_iter().filter(UnitRow::is_away).collect())
}

/// The unit that this installation is; `None` at headquarters.
///
/// # Errors
/// When the database fails.
pub async fn here(tx: &mut Tx<'_>) -> Result<Option<UnitRow>, Fault> {
    units::here(tx).await
}
