//! After a database went back to an older state: what was given since is not known here, and
//! so no number is given that may have been.

use crate::{Office, Who};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::journal::Entry;
use diwan_domain::refusals::Why;
use diwan_store::log::{self, Lost};
use diwan_store::series::{self, GoingBackRow, LeftOutRow};
use diwan_store::{Act, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};

/// How many entries of the journal may have been written after the last published head and
/// before the fault, in one series: more than a minute of the busiest counter.
const UNPUBLISHED: u64 = 1_000;

/// Lets every series leave out as many numbers as can have been drawn from it since; a series
/// that is begun later too, for it may have been begun before.
///
/// Each entry of the journal draws at most one number from a series; so the entries that were
/// published and are not here bound what was drawn.
#[derive(Debug, Serialize, Deserialize)]
pub struct LeaveNumbersOut {
    /// How many entries of the journal were published.
    pub published: u64,
    /// How many of them are here.
    pub stored: u64,
}

impl LeaveNumbersOut {
    /// How many numbers each series leaves out.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.published.saturating_sub(self.stored).saturating_add(UNPUBLISHED)
    }
}

/// Does that once for each time that the log was opened anew because entries were lost: before
/// anything is given.
///
/// # Errors
/// When the database fails.
pub async fn leave_out(office: &Office) -> Result<(), Stop> {
    let Some((log, Lost { published, stored })) = log::lost(&office.db).await? else { return Ok(()) };
    office.perform(&Who::system("going back"), &log, LeaveNumbersOut { published, stored }).await?;
    Ok(())
}

impl Act for LeaveNumbersOut {
    const NAME: &'static str = "leave-numbers-out";
    type Out = u64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<u64>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let whole = |count: u64| i64::try_from(count).map_err(|_| Why::NotPermitted);
        let count = whole(self.count())?;
        let row = GoingBackRow {
            id: at.fresh("going-back"),
            published: whole(self.published)?,
            stored: whole(self.stored)?,
            left_out: count,
            at: at.now,
        };
        tx.add(&row).await?;
        let mut all = series::all(tx).await?;
        all.retain(|series| !series::is_of_a_unit(&series.owner));
        let touched = all.len() as u64;
        for mut series in all {
            let left = LeftOutRow {
                id: at.fresh(&format!("left-out/{}", series.id)),
                series_id: series.id,
                first: series.last + 1,
                last: series.last + count,
            };
            tx.add(&left).await?;
            series.last = left.last;
            tx.edit(&mut series).await?;
        }
        let entry = Entry::new("numbers-left-out", "going-back", row.id)
            .with("published", row.published)
            .with("stored", row.stored)
            .with("left-out", count)
            .with("series", whole(touched)?);
        Ok(Recorded::new(touched, entry))
    }
}
