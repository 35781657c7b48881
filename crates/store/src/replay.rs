//! Carrying the acts of one database out in another, in their order: an offline
//! bus or border desk comes home and merges.
//!
//! Every act is done again with its own desk: its ids, its times, its chance.
//! It stands only when it leaves exactly the entries it left at home, and with
//! them the hash of every row it wrote. Anything else is undone and named, for
//! a person to look at. What is there already is left alone, so that replaying
//! twice is replaying once.

use crate::acts::{Act, Boxed, Ended, Erased, perform};
use crate::db::{Db, Keys};
use crate::fault::{Fault, Stop};
use crate::running::Job;
use crate::tx::Tx;
use crate::value::Row;
use crate::{outbox, vals};
use diwan_domain::acts::Desk;
use diwan_domain::ids::ActId;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

type Read = fn(&str) -> Result<Arc<dyn Erased>, Fault>;

/// The kinds of act that can be read back from what was stored of them.
#[derive(Default)]
pub struct Kinds(HashMap<(&'static str, i64), Read>);

impl Kinds {
    /// Adds a kind.
    #[must_use]
    pub fn with<A: Act>(mut self) -> Self {
        let read: Read = |body| {
            let act: A = serde_json::from_str(body)
                .map_err(|why| Fault::Outside(format!("a stored {} cannot be read: {why}", A::NAME)))?;
            Ok(Arc::new(act))
        };
        self.0.insert((A::NAME, A::VERSION), read);
        self
    }

    /// The names of all kinds, in order.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<&str> = self.0.keys().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names
    }
}

/// What became of the acts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Carried out now.
    pub done: u64,
    /// There already.
    pub known: u64,
    /// Acts that a person must look at, each with the reason; nothing of them was kept.
    pub open: Vec<String>,
}

const ACTS: &str = "
    SELECT   id, name, version, header, body, at FROM acts
    WHERE    at > $1 OR (at = $1 AND id > $2)
    ORDER BY at, id LIMIT 500";
const ENTRIES: &str = "SELECT body, salt FROM journal WHERE at = $1 AND act_id = $2 ORDER BY ordinal";
const THERE: &str = "SELECT COUNT(*) AS n FROM acts WHERE id = $1";

/// Carries the acts of `from` out in `into`. Nothing is written to `from`.
///
/// # Errors
/// When a database fails; what was done until then stands, and a second run
/// goes on.
pub async fn replay(from: &Db, into: &Db, kinds: &Kinds, now: i64) -> Result<Report, Fault> {
    let mut report = Report::default();
    let mut source = from.snapshot().await?;
    let mut tx = source.tx();
    let (mut at, mut after) = (i64::MIN, ActId(uuid::Uuid::nil()));
    loop {
        let rows = tx.rows(ACTS, &vals![at, after]).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            (at, after) = (row.get("at")?, row.get("id")?);
            let entries = tx.rows(ENTRIES, &vals![at, after]).await?;
            let entries = entries.iter().map(told).collect::<Result<Vec<_>, _>>()?;
            again(into, kinds, row, entries, &mut report).await?;
        }
    }
    outbox::release_replayed(&mut tx, into, now).await?;
    Ok(report)
}

/// An entry's bytes and what opens its commitment.
type Told = (String, Vec<u8>);

fn told(row: &Row) -> Result<Told, Fault> {
    Ok((row.get("body")?, row.get("salt")?))
}

async fn again(
    into: &Db,
    kinds: &Kinds,
    row: &Row,
    entries: Vec<Told>,
    report: &mut Report,
) -> Result<(), Fault> {
    let (id, name, version): (ActId, String, i64) = (row.get("id")?, row.get("name")?, row.get("version")?);
    let header: String = row.get("header")?;
    let mut open = |why: String| report.open.push(format!("{name} {id}: {why}"));
    let Some(read) =
        kinds.0.iter().find(|((known, v), _)| *known == name && *v == version).map(|(_, read)| read)
    else {
        open(format!("version {version} of this act is not known to this program"));
        return Ok(());
    };
    let act = match read(&row.get::<String>("body")?) {
        Ok(act) => act,
        Err(fault) => {
            open(fault.to_string());
            return Ok(());
        }
    };
    let Ok(desk) = serde_json::from_str::<Desk>(&header) else {
        open("its desk cannot be read".into());
        return Ok(());
    };
    let job = Again { act, desk, entries, keys: into.keys().clone() };
    match into.transact(Arc::new(job)).await {
        Ok(how) if how == "done" => report.done += 1,
        Ok(_) => report.known += 1,
        Err(Stop::Fault(
            fault @ (Fault::Differs(_) | Fault::Panicked(_) | Fault::Guarded(_) | Fault::Shape(_)),
        )) => {
            open(fault.to_string());
        }
        // A name or number that is taken here.
        Err(Stop::Fault(Fault::Engine(why))) if why.to_ascii_lowercase().contains("unique") => open(why),
        Err(Stop::Fault(fault)) => return Err(fault),
        Err(stop) => open(format!("{stop} ({})", stop.code())),
    }
    Ok(())
}

struct Again {
    act: Arc<dyn Erased>,
    desk: Desk,
    entries: Vec<Told>,
    keys: Keys,
}

impl Job for Again {
    fn run<'a>(&'a self, tx: &'a mut Tx<'_>) -> Boxed<'a, Ended> {
        Box::pin(async move {
            match self.there(tx).await {
                Ok(true) => return Ended::Commit(json!("known")),
                Ok(false) => {}
                Err(fault) => return Ended::Undo(fault.into()),
            }
            tx.replaying = true;
            match perform(&*self.act, &self.desk, tx, &self.keys).await {
                Ended::Commit(_) => match self.compare(tx).await {
                    Ok(how) => Ended::Commit(how),
                    Err(fault) => Ended::Undo(fault.into()),
                },
                // A refusal keeps nothing here: at home the act was not refused.
                Ended::CommitRefusal(stop) | Ended::Undo(stop) => Ended::Undo(stop),
            }
        })
    }
}

impl Again {
    async fn there(&self, tx: &mut Tx<'_>) -> Result<bool, Fault> {
        Ok(tx.count(THERE, &vals![self.desk.act]).await? > 0)
    }

    /// The act must have told here what it told at home, to the letter.
    async fn compare(&self, tx: &mut Tx<'_>) -> Result<Value, Fault> {
        if !self.there(tx).await? {
            // Someone did the same here under the same key, such as publishing a built-in service.
            return Ok(json!("known"));
        }
        let rows = tx.rows(ENTRIES, &vals![self.desk.now, self.desk.act]).await?;
        let here = rows.iter().map(told).collect::<Result<Vec<_>, _>>()?;
        if here == self.entries {
            return Ok(json!("done"));
        }
        let differing = here.iter().zip(&self.entries).find(|(here, there)| here != there);
        let which = differing.map_or_else(
            || format!("{} entries instead of {}", here.len(), self.entries.len()),
            |(here, there)| difference(&here.0, &there.0),
        );
        Err(Fault::Differs(which))
    }
}

/// Which rows came out otherwise, without what stands in them.
fn difference(here: &str, there: &str) -> String {
    let writes = |body: &str| -> Vec<Value> {
        serde_json::from_str::<Value>(body)
            .ok()
            .and_then(|v| v["writes"].as_array().cloned())
            .unwrap_or_default()
    };
    let there = writes(there);
    let other: Vec<String> = writes(here)
        .iter()
        .filter(|row| !there.contains(row))
        .map(|row| format!("{} {}", row[0].as_str().unwrap_or_default(), row[1].as_str().unwrap_or_default()))
        .collect();
    if other.is_empty() { "its entry".into() } else { other.join(", ") }
}
