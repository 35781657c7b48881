//! Carrying the acts of one database out in another, in their order: an offline
//! bus or border desk comes home and merges.
//!
//! Every act is done again with its own desk: its ids, its times, its chance.
//! It stands only when it leaves exactly the entries it left at home, and with
//! them the hash of every row it wrote. Anything else is undone and named, for
//! a person to look at. What is there already is left alone, so that replaying
//! twice is replaying once.

use crate::acts::{Act, AsTold, Boxed, Ended, Erased, perform, take_as_told};
use crate::db::{Db, Keys};
use crate::fault::{Fault, Stop};
use crate::running::Job;
use crate::tx::Tx;
use crate::value::Row;
use crate::{outbox, vals};
use diwan_domain::acts::Desk;
use diwan_domain::ids::ActId;
use serde::{Deserialize, Serialize};
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
    /// The same acts, whole: what is needed to carry them out later.
    pub left: Vec<Left>,
    /// Acts that were not looked at, because they are of a later time than is believed.
    pub passed_over: u64,
}

/// An act that could not be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Which.
    pub act: ActId,
    /// Its kind.
    pub name: String,
    /// When it was done, microseconds.
    pub at: i64,
    /// Why it cannot be: a refusal's code, `replay/differs`, `replay/taken` or `replay/unreadable`.
    pub why: String,
    /// What it is about: which rows came out otherwise.
    pub about: String,
    /// The act as it was stored, with its desk and its entries.
    pub stored: Value,
}

/// Which acts of a database are carried out.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only those of one installation; any other's are left.
    pub installation: Option<String>,
    /// Only those before an instant, microseconds.
    pub before: Option<i64>,
}

const ACTS: &str = "
    SELECT   id, name, version, header, body, at, outcome FROM acts
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
    replay_wanted(from, into, kinds, &Wanted::default(), now).await
}

/// The same with some of the acts.
///
/// # Errors
/// As [`replay`].
pub async fn replay_wanted(
    from: &Db,
    into: &Db,
    kinds: &Kinds,
    wanted: &Wanted,
    now: i64,
) -> Result<Report, Fault> {
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
            if wanted.before.is_some_and(|before| at >= before) {
                report.passed_over += 1;
                continue;
            }
            let entries = tx.rows(ENTRIES, &vals![at, after]).await?;
            let entries = entries.iter().map(told).collect::<Result<Vec<_>, _>>()?;
            let stored = Stored::of(row, entries)?;
            let became = match &wanted.installation {
                Some(only) if !stored.is_of(only) => Became::open("replay/foreign", only),
                _ => again(into, kinds, &stored).await?,
            };
            report.note(stored, became);
        }
    }
    outbox::release_replayed(&mut tx, into, now).await?;
    Ok(report)
}

/// Carries one act out that was left before. `Ok(None)` when it stands now.
///
/// # Errors
/// When the database fails.
pub async fn carry_out(into: &Db, kinds: &Kinds, left: &Value, now: i64) -> Result<Option<Left>, Fault> {
    let stored: Stored = serde_json::from_value(left.clone()).map_err(|_| Fault::shape("act"))?;
    let mut report = Report::default();
    let became = again(into, kinds, &stored).await?;
    report.note(stored, became);
    outbox::release_held(into, now).await?;
    Ok(report.left.pop())
}

/// An entry's bytes and what opens its commitment.
type Told = (String, Vec<u8>);

fn told(row: &Row) -> Result<Told, Fault> {
    Ok((row.get("body")?, row.get("salt")?))
}

/// An act as it is stored, with the entries it left.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Stored {
    id: ActId,
    name: String,
    version: i64,
    header: String,
    body: String,
    at: i64,
    outcome: String,
    entries: Vec<Told>,
}

impl Stored {
    /// Whether it wrote nothing but what it told: somebody looked at something.
    fn is_look(&self) -> bool {
        let only_itself = |body: &str| {
            let entry = serde_json::from_str::<Value>(body).ok();
            let writes = entry.as_ref().and_then(|entry| entry["writes"].as_array());
            writes.is_some_and(|writes| writes.iter().all(|write| write[0] == "acts"))
        };
        !self.entries.is_empty() && self.entries.iter().all(|(body, _)| only_itself(body))
    }

    fn of(row: &Row, entries: Vec<Told>) -> Result<Self, Fault> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            version: row.get("version")?,
            header: row.get("header")?,
            body: row.get("body")?,
            at: row.get("at")?,
            outcome: row.get("outcome")?,
            entries,
        })
    }

    fn is_of(&self, installation: &str) -> bool {
        serde_json::from_str::<Desk>(&self.header).is_ok_and(|desk| desk.installation == installation)
    }
}

/// What became of one act.
enum Became {
    Done,
    Known,
    Open { why: String, about: String },
}

impl Became {
    fn open(why: &str, about: impl ToString) -> Self {
        Self::Open { why: why.to_owned(), about: about.to_string() }
    }
}

impl Report {
    fn note(&mut self, stored: Stored, became: Became) {
        match became {
            Became::Done => self.done += 1,
            Became::Known => self.known += 1,
            Became::Open { why, about } => {
                self.open.push(format!("{} {}: {about} ({why})", stored.name, stored.id));
                self.left.push(Left {
                    act: stored.id,
                    name: stored.name.clone(),
                    at: stored.at,
                    why,
                    about,
                    stored: json!(stored),
                });
            }
        }
    }
}

/// Carries one act out. A look that comes out otherwise here is taken as it was told:
/// what somebody saw there they saw, and whose record it was has a right to know.
async fn again(into: &Db, kinds: &Kinds, stored: &Stored) -> Result<Became, Fault> {
    let became = attempt(into, kinds, stored).await?;
    let desk = serde_json::from_str::<Desk>(&stored.header).ok();
    let (Became::Open { .. }, true, Some(desk)) = (&became, stored.is_look(), desk) else {
        return Ok(became);
    };
    let job = Take { stored: stored.clone(), desk, keys: into.keys().clone() };
    match into.transact(Arc::new(job)).await {
        Ok(how) if how == "done" => Ok(Became::Done),
        Ok(_) | Err(Stop::Fault(Fault::Differs(_) | Fault::Shape(_) | Fault::Engine(_))) => Ok(became),
        Err(Stop::Fault(fault)) => Err(fault),
        Err(_) => Ok(became),
    }
}

struct Take {
    stored: Stored,
    desk: Desk,
    keys: Keys,
}

impl Job for Take {
    fn run<'a>(&'a self, tx: &'a mut Tx<'_>) -> Boxed<'a, Ended> {
        Box::pin(async move {
            let told = AsTold {
                name: &self.stored.name,
                version: self.stored.version,
                header: &self.stored.header,
                body: &self.stored.body,
                outcome: &self.stored.outcome,
                entries: &self.stored.entries,
            };
            match take_as_told(&told, &self.desk, tx, &self.keys).await {
                Ok(true) => Ended::Commit(json!("done")),
                Ok(false) => Ended::Commit(json!("left")),
                Err(fault) => Ended::Undo(fault.into()),
            }
        })
    }
}

async fn attempt(into: &Db, kinds: &Kinds, stored: &Stored) -> Result<Became, Fault> {
    let known = kinds.0.iter().find(|((name, v), _)| *name == stored.name && *v == stored.version);
    let Some((_, read)) = known else {
        let about = format!("version {} of this act is not known to this program", stored.version);
        return Ok(Became::open("replay/unreadable", about));
    };
    let act = match read(&stored.body) {
        Ok(act) => act,
        Err(fault) => return Ok(Became::open("replay/unreadable", fault)),
    };
    let Ok(desk) = serde_json::from_str::<Desk>(&stored.header) else {
        return Ok(Became::open("replay/unreadable", "its desk cannot be read"));
    };
    let job = Again { act, desk, entries: stored.entries.clone(), keys: into.keys().clone() };
    match into.transact(Arc::new(job)).await {
        Ok(how) if how == "done" => Ok(Became::Done),
        Ok(_) => Ok(Became::Known),
        Err(Stop::Fault(
            fault @ (Fault::Differs(_) | Fault::Panicked(_) | Fault::Guarded(_) | Fault::Shape(_)),
        )) => Ok(Became::open("replay/differs", fault)),
        // A name or number that is taken here.
        Err(Stop::Fault(Fault::Engine(why))) if why.to_ascii_lowercase().contains("unique") => {
            Ok(Became::open("replay/taken", why))
        }
        Err(Stop::Fault(fault)) => Err(fault),
        Err(stop) => Ok(Became::open(stop.code(), &stop)),
    }
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
