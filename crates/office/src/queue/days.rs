//! A day's public record: every entry with what opens its commitment in the public log,
//! and what deciding the day again by the published rule came to.

use diwan_domain::ids::CentreId;
use diwan_domain::queue::Setup;
use diwan_domain::queue::record::{Checked, Event, What, check};
use diwan_store::queue::{self, Published, QueueDayRow};
use diwan_store::{Fault, Tx};
use std::collections::BTreeMap;

/// How many entries are read at a time.
const AT_A_TIME: i64 = 1_000;

/// A day as it is published.
#[derive(Debug)]
pub struct DayRecord {
    /// The day.
    pub day: QueueDayRow,
    /// The files of the setups that it names, by hash.
    pub setups: BTreeMap<String, String>,
    /// Its events in order, each with the entry that holds it.
    pub events: Vec<(Event, Published)>,
    /// What deciding it again came to; `None` when the setup of its morning is missing.
    pub checked: Option<Checked>,
}

/// The record of a day of a centre; `None` when nothing happened on it.
///
/// # Errors
/// When the database fails or an entry cannot be read.
pub async fn record_of(tx: &mut Tx<'_>, centre: CentreId, day: &str) -> Result<Option<DayRecord>, Fault> {
    let Some(day) = queue::day(tx, centre, day).await? else { return Ok(None) };
    let mut events = Vec::new();
    loop {
        let part = queue::entries_of(tx, day.id, events.len() as i64, AT_A_TIME).await?;
        let is_last = (part.len() as i64) < AT_A_TIME;
        for entry in part {
            events.push((event_of(&entry.body)?, entry));
        }
        if is_last {
            break;
        }
    }
    // Two acts at one moment have their order from the day, not from the clock.
    events.sort_by_key(|(event, _)| event.turn);
    let changed = events.iter().filter_map(|(event, _)| match &event.what {
        What::Setup { hash } => Some(hash.clone()),
        _ => None,
    });
    let named: Vec<String> = std::iter::once(day.setup_hash.clone()).chain(changed).collect();
    let mut setups = BTreeMap::new();
    let mut read = BTreeMap::new();
    for hash in named {
        if let Some(row) = queue::setup_named(tx, centre, &hash).await? {
            let setup = Setup::read(&row.body).map_err(|_| Fault::Shape("centre setup".into()))?;
            read.insert(hash.clone(), setup);
            setups.insert(hash, row.body);
        }
    }
    let only: Vec<Event> = events.iter().map(|(event, _)| event.clone()).collect();
    let checked = check(&read, &day.setup_hash, &only);
    Ok(Some(DayRecord { day, setups, events, checked }))
}

pub(super) fn event_of(body: &str) -> Result<Event, Fault> {
    let body: serde_json::Value = serde_json::from_str(body).map_err(|_| Fault::Shape("entry".into()))?;
    serde_json::from_value(body["facts"].clone()).map_err(|_| Fault::Shape("queue event".into()))
}
