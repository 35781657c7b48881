//! Before the bus leaves, and when it was stolen.

use super::{may, of_desk};
use crate::officers::resealed;
use diwan_domain::acts::Desk;
use diwan_domain::ids::{CentreId, OfficerId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::units::{self, UnitRow};
use diwan_store::value::Json;
use diwan_store::{Act, Db, Fault, Recorded, Stop, Tx, cash, centres, unit_copy};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A day in microseconds.
const A_DAY: i64 = 86_400_000_000;
/// How long a unit may be away, days: its key holds no longer.
const LONGEST: i64 = 30;

/// The most days for which a unit is prepared.
#[must_use]
pub fn at_most_days() -> i64 {
    LONGEST
}

/// Prepares a unit: from now on only it serves its centre.
#[derive(Debug, Serialize, Deserialize)]
pub struct PrepareUnit {
    /// What people call it: `bus-1`. A later journey may bear the same name.
    pub name: String,
    /// Which centre it serves.
    pub centre: CentreId,
    /// Who may sign in there.
    pub officers: Vec<OfficerId>,
    /// The fingerprint of the key of its journal.
    pub journal_key: String,
    /// The key that seals its papers.
    pub key_id: String,
    /// Until when it issues papers, microseconds since 1970 UTC.
    pub until: i64,
}

impl Act for PrepareUnit {
    const NAME: &'static str = "prepare-unit";
    type Out = RowId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        may(tx, at, self.centre).await?;
        let wrong = |field: &str| Refusal::from(Why::FieldMissing).about("field", field);
        if of_desk(tx, at).await?.is_some() {
            return Err(Why::NotPermitted.into());
        }
        let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        if !(2..=20).contains(&self.name.len()) || !self.name.bytes().all(fits) || !self.is_named() {
            return Err(wrong("name").into());
        }
        if self.until <= at.now || self.until > at.now + LONGEST * A_DAY {
            return Err(wrong("until").into());
        }
        if self.officers.is_empty() {
            return Err(wrong("officers").into());
        }
        let centre = centres::centre(tx, self.centre).await?.filter(|centre| centre.closed_at.is_none());
        let centre = centre.ok_or(Why::NotFound)?;
        if let Some(unit) = units::away_with(tx, centre.id).await? {
            return Err(Refusal::from(Why::AwayWithUnit).about("unit", unit.name).into());
        }
        for counter in centres::counters(tx, centre.id).await? {
            // Its drawer is counted here before the counter drives away.
            if cash::open_shift_at(tx, counter.id).await?.is_some() {
                return Err(Why::ShiftOpen.into());
            }
        }
        let all = units::units(tx).await?;
        let row = UnitRow {
            id: at.fresh("unit"),
            name: self.name.clone(),
            installation: free_name(&all, &self.name),
            letters: letters(all.len() + 1),
            centre_id: centre.id,
            officers: Json(json!(self.officers)),
            journal_key: self.journal_key.clone(),
            key_id: self.key_id.clone(),
            prepared_at: at.now,
            until: self.until,
            merged_at: None,
            returned_at: None,
            revoked_at: None,
            revoked_from: None,
            revoked_reason: None,
            version: 1,
        };
        tx.add(&row).await?;
        let entry = Entry::new("unit-prepared", "unit", row.id)
            .with("name", row.name.clone())
            .with("installation", row.installation.clone())
            .with("centre", centre.code)
            .with("key", row.key_id.clone())
            .with("until", row.until);
        Ok(Recorded::new(row.id, entry))
    }
}

impl PrepareUnit {
    /// A name has something that can be read.
    fn is_named(&self) -> bool {
        self.name.bytes().filter(u8::is_ascii_alphanumeric).count() >= 2
    }
}

/// The name as it is, or the first with a count behind it that no journey bears.
fn free_name(all: &[UnitRow], name: &str) -> String {
    let taken = |name: &str| all.iter().any(|unit| unit.installation == name);
    let mut free = name.to_owned();
    let mut journey = 1;
    while taken(&free) {
        journey += 1;
        free = format!("{name}-{journey}");
    }
    free
}

/// What stands in the numbers of the n-th journey: `U01`, `U0Z`, `U10`. Always as long, so
/// that no journey's numbers read like another's.
fn letters(n: usize) -> String {
    const DIGITS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut rest = n;
    let mut text = Vec::new();
    while rest > 0 || text.len() < 2 {
        text.push(char::from(DIGITS[rest % 36]));
        rest /= 36;
    }
    let digits: String = text.into_iter().rev().collect();
    // Longer ones begin otherwise, so that none begins like a shorter one.
    let begins = if digits.len() > 2 { "UU" } else { "U" };
    format!("{begins}{digits}")
}

/// Says that a unit's key is not trusted from an instant on, because the laptop was stolen
/// or lost. Its centre can be served from here again.
#[derive(Debug, Serialize, Deserialize)]
pub struct RevokeUnit {
    /// Which.
    pub unit: RowId,
    /// From when on, microseconds since 1970 UTC.
    pub from: i64,
    /// Why.
    pub reason: String,
}

impl Act for RevokeUnit {
    const NAME: &'static str = "revoke-unit";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let mut unit = units::unit(tx, self.unit).await?.ok_or(Why::NotFound)?;
        may(tx, at, unit.centre_id).await?;
        if self.reason.trim().is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        if unit.revoked_from.is_some_and(|before| before <= self.from) {
            return Err(Why::NothingChanges.into());
        }
        unit.revoked_at = Some(at.now);
        unit.revoked_from = Some(self.from);
        unit.revoked_reason = Some(self.reason.trim().to_owned());
        tx.edit(&mut unit).await?;
        let entry = Entry::new("unit-revoked", "unit", unit.id)
            .under(self.reason.trim())
            .with("name", unit.name)
            .with("key", unit.key_id)
            .with("from", self.from);
        Ok(Recorded::new((), entry))
    }
}

/// Fills the database of a unit from one moment of this one. Only the unit's officers keep
/// their passwords and second factors, sealed anew under the unit's own key; everyone
/// else's, and every program's way in, stay at home. Returns how many rows were copied.
///
/// # Errors
/// When a database fails.
pub async fn for_the_way(from: &Db, into: &Db, unit: &UnitRow) -> Result<u64, Fault> {
    let officers: Vec<OfficerId> =
        serde_json::from_value(unit.officers.0.clone()).map_err(|_| Fault::Shape("officers".into()))?;
    let (ours, theirs) = (from.key_for("officers"), into.key_for("officers"));
    let choice =
        unit_copy::Choice { officers: &officers, reseal: &|officer| resealed(&ours, &theirs, officer) };
    unit_copy::copy(from, into, &unit.installation, &choice).await
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn no_journeys_letters_begin_another_ones() {
        let all: Vec<String> = (1..2_000).map(letters).collect();
        assert_eq!((all[0].as_str(), all[34].as_str(), all[35].as_str()), ("U01", "U0Z", "U10"));
        for (n, one) in all.iter().enumerate() {
            for (m, other) in all.iter().enumerate() {
                assert!(n == m || !other.starts_with(one.as_str()), "{one} and {other}");
            }
        }
    }
}
