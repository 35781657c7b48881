//! How people are served in a centre: a file, checked and published with its hash.

use super::{Floor, hall, today_at};
use crate::acting::acting;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::CentreId;
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::queue::record::What;
use diwan_domain::queue::slots::Standing;
use diwan_domain::queue::{Setup, State};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::centres::{self, CentreRow, CounterRow};
use diwan_store::queue::{self, SetupRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, releases};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// No appointment is further ahead, in microseconds.
const A_YEAR: i64 = 366 * 24 * 60 * 60 * 1_000_000;
/// How many places in lists are looked through.
const LISTED: i64 = 10_000;

/// Setups by hash: read once per process.
static READ: LazyLock<Mutex<HashMap<String, Arc<Setup>>>> = LazyLock::new(Mutex::default);

/// A published file, read.
pub(super) fn read(hash: &str, body: &str) -> Result<Arc<Setup>, Fault> {
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(setup) = read.get(hash) {
        return Ok(setup.clone());
    }
    let setup = Arc::new(Setup::read(body).map_err(|_| Fault::Shape("centre setup".into()))?);
    read.insert(hash.to_owned(), setup.clone());
    Ok(setup)
}

/// The setup that stands for a centre, with its hash; `None` before one was published.
///
/// # Errors
/// When the database fails.
pub async fn setup_standing(
    tx: &mut Tx<'_>,
    centre: CentreId,
) -> Result<Option<(String, Arc<Setup>)>, Fault> {
    let Some(row) = queue::setup(tx, centre).await? else { return Ok(None) };
    Ok(Some((row.hash.clone(), read(&row.hash, &row.body)?)))
}

/// The file that stands for a centre, as it was written.
///
/// # Errors
/// When the database fails.
pub async fn setup_text(tx: &mut Tx<'_>, centre: CentreId) -> Result<Option<String>, Fault> {
    Ok(queue::setup(tx, centre).await?.map(|row| row.body))
}

/// Publishes how people are served in a centre. It stands at once; counters that the
/// file names and the centre lacks are added to it.
#[derive(Debug, Serialize, Deserialize)]
pub struct PublishSetup {
    /// Of which centre.
    pub centre: CentreId,
    /// The file as written.
    pub text: String,
    /// The hash of the one that was looked at before, if any.
    pub seen: Option<String>,
}

impl Act for PublishSetup {
    const NAME: &'static str = "publish-setup";
    type Out = String;

    async fn meets(&self, _at: &Desk, _tx: &mut Tx<'_>) -> Result<Option<String>, Stop> {
        Ok(Some(hall(self.centre)))
    }

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        let is_system = matches!(at.actor, Actor::System(_));
        if !is_system {
            let officer = acting(tx, at, Permission::ManageQueue).await?.officer;
            if officer.centre_id != Some(self.centre) {
                return Err(Why::NotFound.into());
            }
        }
        let centre = centres::centre(tx, self.centre).await?.ok_or(Why::NotFound)?;
        crate::units::not_away(tx, at, centre.id).await?;
        let setup = Setup::read(&self.text).map_err(|faults| {
            let first = faults.first().map(|fault| format!("{} {}", fault.place, fault.code));
            Refusal::from(Why::Malformed).about("setup", first.unwrap_or_default())
        })?;
        let hash = Setup::hash(&self.text);
        let standing = queue::setup(tx, centre.id).await?.map(|row| row.hash);
        if standing.as_ref() == Some(&hash) {
            return Err(Why::NothingChanges.into());
        }
        if !is_system && standing != self.seen {
            return Err(Why::ChangedMeanwhile.into());
        }
        keeps_lines_in_use(tx, at, &centre, &setup).await?;
        add_counters(tx, at, self.centre, &setup).await?;
        let row = SetupRow {
            id: at.fresh("setup"),
            centre_id: centre.id,
            hash: hash.clone(),
            body: self.text.clone(),
            published_at: at.now,
        };
        tx.add(&row).await?;
        let entry = Entry::new("centre-setup-published", "centre", centre.id)
            .with("hash", hash.clone())
            .under(setup.order.basis.clone());
        let recorded = Recorded::new(hash.clone(), entry);
        // A day that has begun goes on under it, and its record says from where on.
        if queue::day(tx, centre.id, &today_at(&centre, at.now)).await?.is_some() {
            let mut floor = Floor::today(tx, at, centre.id).await?;
            let changed = floor.turn(tx, at, "", What::Setup { hash }).await?;
            return Ok(recorded.and(changed));
        }
        Ok(recorded)
    }
}

/// A line goes only when nobody waits in it and nothing is promised for it: whoever waits in
/// a line that no counter serves would never be called, and nobody would see them wait.
async fn keeps_lines_in_use(
    tx: &mut Tx<'_>,
    at: &Desk,
    centre: &CentreRow,
    setup: &Setup,
) -> Result<(), Stop> {
    let Some((_, standing)) = setup_standing(tx, centre.id).await? else { return Ok(()) };
    let letters = standing.lines.iter().map(|line| line.letter.as_str());
    let gone: Vec<&str> = letters.filter(|letter| setup.line(letter).is_none()).collect();
    // What a unit published on its way was lawful there.
    if gone.is_empty() || tx.is_replayed() {
        return Ok(());
    }
    let mut tickets = Vec::new();
    if let Some(day) = queue::day(tx, centre.id, &today_at(centre, at.now)).await? {
        for state in State::ALL.iter().filter(|state| !state.is_over()) {
            tickets.extend(queue::in_state(tx, day.id, state.code()).await?);
        }
    }
    let lists = releases::lists(tx, LISTED).await?;
    let draws = releases::of_centre(tx, centre.id).await?;
    for letter in gone {
        let waiting = tickets.iter().filter(|ticket| ticket.line == letter).count();
        let booked = queue::booked(tx, centre.id, letter, (at.now, at.now + A_YEAR)).await?;
        let open = booked.iter().filter(|row| row.standing == Standing::Open.code()).count();
        let listed = lists.iter().filter(|row| row.centre_id == centre.id && row.line == letter).count();
        let drawn = draws.iter().filter(|row| row.line == letter && row.done_at.is_none()).count();
        let promised = open + listed + drawn;
        if waiting + promised > 0 {
            return Err(Refusal::from(Why::LineInUse)
                .about("line", letter)
                .about("waiting", waiting)
                .about("promised", promised)
                .into());
        }
    }
    Ok(())
}

async fn add_counters(tx: &mut Tx<'_>, at: &Desk, centre: CentreId, setup: &Setup) -> Result<(), Stop> {
    let known = centres::counters(tx, centre).await?;
    for counter in &setup.counters {
        if known.iter().any(|row| row.label == counter.label) {
            continue;
        }
        let abilities: Vec<&str> = counter.abilities.iter().map(|need| need.code()).collect();
        let row = CounterRow {
            id: at.fresh(&format!("counter/{}", counter.label)),
            centre_id: centre,
            label: counter.label.clone(),
            abilities: Json(json!(abilities)),
            closed_at: None,
            version: 1,
        };
        tx.add(&row).await?;
    }
    Ok(())
}
