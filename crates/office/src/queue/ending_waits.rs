//! How waiting for a place ends without an answer: an offer lapses, the day is over, or the
//! centre is closed on it after all; and who is offered what came free.

use super::calling_off::{day_off_from, hours_changed};
use super::waiting::{OFFERED, OfferPlace, WAITING};
use crate::desk::{Office, Who};
use crate::messages::{Template, send};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{CentreId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::refusals::Why;
use diwan_store::centres::{self, CentreRow};
use diwan_store::releases::{self, WaitingPlaceRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// How many of the lists are looked at a time.
const AT_A_TIME: i64 = 2_000;

/// Ends an offer that nobody answered in time, or a place in the list of a day that is over
/// or became a day off.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndWaiting {
    /// Whose place.
    pub place: RowId,
    /// Whether its day became a day off: whoever waits for it is told.
    #[serde(default)]
    pub off: bool,
    /// The address under which the public reaches this installation, for the message.
    #[serde(default)]
    pub base_url: String,
}

impl Act for EndWaiting {
    const NAME: &'static str = "end-waiting";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let mut row = releases::waiting_place(tx, self.place).await?.ok_or(Why::NotFound)?;
        let centre = centres::centre(tx, row.centre_id).await?.ok_or(Why::NotFound)?;
        if self.off {
            return self.called_off(tx, at, &centre, row).await;
        }
        let is_unanswered = row.standing == OFFERED && row.held_until.is_some_and(|until| until <= at.now);
        let is_past = row.standing == WAITING && row.day < super::today_at(&centre, at.now);
        if !is_unanswered && !is_past {
            return Err(Why::NothingChanges.into());
        }
        let (standing, kind) =
            if is_unanswered { ("passed", "waiting-passed") } else { ("over", "waiting-over") };
        row.standing = standing.to_owned();
        tx.edit(&mut row).await?;
        Ok(Recorded::new((), Entry::new(kind, "waiting-place", row.id)))
    }
}

impl EndWaiting {
    /// Takes somebody from the list of a day on which the centre is closed, and tells them.
    async fn called_off(
        &self,
        tx: &mut Tx<'_>,
        at: &Desk,
        centre: &CentreRow,
        mut row: WaitingPlaceRow,
    ) -> Result<Recorded<()>, Stop> {
        // What a unit ended on its way was a day off there as it knew it.
        let is_due = tx.is_replayed()
            || day_off_from(tx, centre, &row.day, 0).await?.is_some_and(|from| from <= at.now);
        if !is_due || (row.standing != WAITING && row.standing != OFFERED) {
            return Err(Why::NothingChanges.into());
        }
        row.standing = "off".to_owned();
        tx.edit(&mut row).await?;
        if !row.phone.is_empty() && row.day >= super::today_at(centre, at.now) {
            let path = format!("centres/{}/book/{}", centre.code, row.line);
            let link = format!("{}/{}/{path}", self.base_url, row.language);
            let args = json!({"code": row.code, "link": link});
            send(tx, at, "sms", &row.phone, &row.language, Template::WaitingOff, &args).await?;
        }
        Ok(Recorded::new((), Entry::new("waiting-off", "waiting-place", row.id)))
    }
}

/// What is due for a place in a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Due {
    /// Its day became a day off, and that stood for long enough.
    Off,
    /// Its day is a day off, perhaps by a slip: nothing is offered and nothing ends.
    Stays,
    /// Nothing of that.
    AsEver,
}

/// Whether the day of a list is a day off.
async fn due_of(tx: &mut Tx<'_>, centre: CentreId, day: &str, now: i64) -> Result<Due, Fault> {
    let Some(centre) = centres::centre(tx, centre).await? else { return Ok(Due::AsEver) };
    if day < super::today_at(&centre, now).as_str() || day_off_from(tx, &centre, day, 0).await?.is_none() {
        return Ok(Due::AsEver);
    }
    let changed = hours_changed(tx, &centre).await?;
    let from = day_off_from(tx, &centre, day, changed).await?;
    Ok(if from.is_some_and(|from| from <= now) { Due::Off } else { Due::Stays })
}

/// Everybody in a list of those who do not serve elsewhere, with what is due.
async fn in_lists(office: &Office) -> Result<Vec<(Due, WaitingPlaceRow)>, Stop> {
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let mut days = BTreeMap::new();
    let mut rows = Vec::new();
    for row in releases::lists(&mut tx, AT_A_TIME).await? {
        // Whoever is away with the centre looks after its lists.
        if crate::units::is_elsewhere(&mut tx, row.centre_id, &office.settings.installation).await? {
            continue;
        }
        let list = (row.centre_id, row.day.clone());
        let due = match days.get(&list) {
            Some(due) => *due,
            None => due_of(&mut tx, row.centre_id, &row.day, office.now()).await?,
        };
        days.insert(list, due);
        rows.push((due, row));
    }
    Ok(rows)
}

/// Ends what nobody answered and what was for a day off, and offers what is free to those
/// who wait. Returns how many acts that took.
///
/// # Errors
/// When an act fails.
pub async fn tend_waiting(office: &Office) -> Result<usize, Stop> {
    let now = office.now();
    let who = Who::system("appointments");
    let base_url = || office.settings.base_url.clone();
    let mut done = 0;
    let mut lists = BTreeSet::new();
    for (due, row) in in_lists(office).await? {
        let off = due == Due::Off;
        if due == Due::Stays {
            continue;
        }
        let is_due = off || row.held_until.is_some_and(|until| until <= now);
        let day: Date = row.day.parse().map_err(|_| Fault::Shape("waiting day".into()))?;
        if !off && row.standing == WAITING && day >= crate::desk::day_of(now, 0) {
            lists.insert((row.centre_id.0, row.line, day));
        } else if is_due || row.standing == WAITING {
            let end = EndWaiting { place: row.id, off, base_url: base_url() };
            match office.perform_once(&who, end).await {
                Ok(()) => done += 1,
                Err(Stop::Refused(_)) => {}
                Err(stop) => return Err(stop),
            }
        }
    }
    for (centre, line, day) in lists {
        loop {
            let act = OfferPlace { centre: CentreId(centre), line: line.clone(), day, base_url: base_url() };
            match office.perform_once(&who, act).await {
                Ok(_) => done += 1,
                Err(Stop::Refused(_)) => break,
                Err(stop) => return Err(stop),
            }
        }
    }
    Ok(done)
}
