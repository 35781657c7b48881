//! Going through the entries or the lists of bulk issues that were set going, from
//! wherever the last run broke off.

use super::acts::{IssueListed, IssueOneInBulk, MoveBulk};
use super::judging::{PAGE, is_there};
use crate::civil::books::Hold;
use crate::desk::{Office, Who};
use diwan_domain::ids::{BulkId, DocumentId, EntryId};
use diwan_domain::refusals::Why;
use diwan_store::bulk::{self, BulkRow};
use diwan_store::{Act, Fault, Stop};
use std::time::Duration;

/// How often a paper is tried again while the database is busy.
const TRIES: u32 = 60;

fn system() -> Who {
    Who::system("bulk")
}

/// Goes on with every bulk issue that was set going, one after the other. Says how many
/// came to their end.
///
/// # Errors
/// When the database fails; a bulk issue that cannot go on is stopped with its reason.
pub async fn issue_waiting(office: &Office) -> Result<usize, Fault> {
    let waiting = {
        let mut reading = office.db.reading().await?;
        bulk::waiting(&mut reading.tx()).await?
    };
    let mut done = 0;
    for one in waiting {
        let Some(mut hold) = Hold::try_take(office, format!("bulk/{}", one.id)).await? else { continue };
        let came = go_through(office, &one, &mut hold).await;
        hold.give_back(office).await?;
        match came {
            Ok(true) => done += 1,
            Ok(false) => {}
            Err(stop) => {
                tracing::error!(bulk = %one.id, "a bulk issue stopped: {stop}");
                // Where not even this can be written, it stands as it broke off and is gone on with.
                let _unwritten = move_on(office, one.id, "stopped", Some(stop.code().to_string())).await;
            }
        }
    }
    Ok(done)
}

async fn move_on(office: &Office, bulk: BulkId, to: &str, why: Option<String>) -> Result<(), Stop> {
    let act = MoveBulk { bulk, to: to.to_owned(), why };
    office.perform_once(&system(), act).await.map(drop)
}

/// Whether an officer stopped it meanwhile.
async fn still_runs(office: &Office, bulk: BulkId) -> Result<bool, Fault> {
    let row = bulk::bulk(&mut office.db.reading().await?.tx(), bulk).await?;
    Ok(row.is_some_and(|row| row.state == "running"))
}

/// Goes through what is left; says whether it came to the end.
async fn go_through(office: &Office, of: &BulkRow, hold: &mut Hold) -> Result<bool, Stop> {
    if of.state != "running" {
        move_on(office, of.id, "running", None).await?;
    }
    let listed = {
        let mut reading = office.db.reading().await?;
        bulk::listed(&mut reading.tx(), of.id).await?.len() as i64
    };
    let came = if listed > 0 {
        through_list(office, of, listed, hold).await?
    } else {
        through_entries(office, of, hold).await?
    };
    if !came || !still_runs(office, of.id).await? {
        return Ok(false);
    }
    move_on(office, of.id, "done", None).await?;
    Ok(true)
}

/// Goes through the entries that are left; says whether none is.
async fn through_entries(office: &Office, of: &BulkRow, hold: &mut Hold) -> Result<bool, Stop> {
    let mut after = {
        let mut reading = office.db.reading().await?;
        bulk::last_entry(&mut reading.tx(), of.id).await?.unwrap_or(EntryId(uuid::Uuid::nil()))
    };
    loop {
        let page = {
            let mut reading = office.db.reading().await?;
            bulk::entries_after(&mut reading.tx(), of, after, PAGE).await?
        };
        let Some(last) = page.last() else { return Ok(true) };
        after = *last;
        for entry in page {
            if !hold.still(office).await? || !still_runs(office, of.id).await? {
                return Ok(false);
            }
            if is_there(office, of, entry).await? {
                let bulk = of.id;
                issue_one(office, &format!("bulk/{bulk}/{entry}"), || IssueOneInBulk { bulk, entry }).await?;
            }
        }
    }
}

/// Goes through the lines of a list that are left; says whether none is.
async fn through_list(office: &Office, of: &BulkRow, listed: i64, hold: &mut Hold) -> Result<bool, Stop> {
    let bulk = of.id;
    let last = bulk::last_place(&mut office.db.reading().await?.tx(), bulk).await?;
    for place in last + 1..=listed {
        if !hold.still(office).await? || !still_runs(office, bulk).await? {
            return Ok(false);
        }
        issue_one(office, &format!("bulk/{bulk}/line/{place}"), || IssueListed { bulk, place }).await?;
    }
    Ok(true)
}

/// Orders one paper; while the database is busy it is tried again. What was committed
/// although nobody heard of it is found again by its key.
async fn issue_one<A: Act<Out = Option<DocumentId>>>(
    office: &Office,
    key: &str,
    act: impl Fn() -> A,
) -> Result<(), Stop> {
    let mut tries = 0;
    loop {
        match office.perform(&system(), key, act()).await {
            Err(Stop::Fault(Fault::Busy | Fault::Silent)) if tries < TRIES => {
                tries += 1;
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            // Stopped, or closed to the officer, between the look and the act.
            Err(stop) if stop.refusal().is_some_and(|r| matches!(r.why, Why::WrongState | Why::NotFound)) => {
                return Ok(());
            }
            other => return other.map(drop),
        }
    }
}
