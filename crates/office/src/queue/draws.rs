//! What happens to releases by itself: they are opened, closed, drawn and their times given;
//! and what is shown of them.

use super::calling_off::{day_off_from, hours_changed};
use super::releases::{CloseRelease, DrawRelease, OpenRelease, PlaceDrawn, broken, days_of, events_of};
use crate::desk::{Office, Who};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use diwan_domain::ids::{CentreId, RowId};
use diwan_domain::queue::release::Draw;
use diwan_store::queue::{self, AppointmentRow, Published};
use diwan_store::releases::{self, ReleaseEntryRow, ReleaseRow};
use diwan_store::{Act, Fault, Stop, Tx, centres, log};

/// Opens the releases that centres announced, draws those whose time has come, and gives
/// the drawn their times. Returns how many acts that took.
///
/// # Errors
/// When an act fails.
pub async fn tend_releases(office: &Office) -> Result<usize, Stop> {
    // A mobile unit has no public log to draw from.
    let is_unit = {
        let mut reading = office.db.reading().await?;
        diwan_store::units::here(&mut reading.tx()).await?.is_some()
    };
    if is_unit {
        return Ok(0);
    }
    let mut done = 0;
    for (centre, key) in announced(office).await? {
        done += performed(office, OpenRelease { centre, key }).await?.map_or(0, |_| 1);
    }
    let due = {
        let mut reading = office.db.reading().await?;
        releases::due(&mut reading.tx(), office.now()).await?
    };
    for row in due {
        if is_unsure(office, &row).await? {
            continue;
        }
        if row.drawn_at.is_none() {
            let Some(sealed) = covering(office, row.closes_at).await? else {
                // Repeated, it is the same act.
                let key = format!("close/{}", row.id);
                let who = Who::system("releases");
                match office.perform(&who, &key, CloseRelease { release: row.id }).await {
                    Ok(()) | Err(Stop::Refused(_)) => continue,
                    Err(stop) => return Err(stop),
                }
            };
            let public_value = STANDARD.encode(sealed.root);
            let act = DrawRelease { release: row.id, public_value, tree_size: sealed.size };
            if performed(office, act).await?.is_none() {
                continue;
            }
            done += 1;
        }
        while let Some(is_done) = performed(office, place(office, row.id)).await? {
            done += 1;
            if is_done {
                break;
            }
        }
    }
    Ok(done)
}

/// Whether a day of a release is off since so short a time that it may be a slip: nobody is
/// told that there is no place for them before that is sure.
async fn is_unsure(office: &Office, row: &ReleaseRow) -> Result<bool, Stop> {
    let now = office.now();
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let Some(centre) = centres::centre(&mut tx, row.centre_id).await? else { return Ok(false) };
    let changed = hours_changed(&mut tx, &centre).await?;
    let (mut day, until) = days_of(row)?;
    while day <= until {
        let off = day_off_from(&mut tx, &centre, &day.to_string(), changed).await?;
        if off.is_some_and(|from| from > now) {
            return Ok(true);
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    Ok(false)
}

fn place(office: &Office, release: RowId) -> PlaceDrawn {
    PlaceDrawn { release, base_url: office.settings.base_url.clone() }
}

/// Does something as Diwan itself; nothing where it is refused.
async fn performed<A: Act>(office: &Office, act: A) -> Result<Option<A::Out>, Stop> {
    match office.perform_once(&Who::system("releases"), act).await {
        Ok(out) => Ok(Some(out)),
        Err(Stop::Refused(_)) => Ok(None),
        Err(stop) => Err(stop),
    }
}

/// The releases that a centre's setup announces and that can still be opened.
async fn announced(office: &Office) -> Result<Vec<(CentreId, String)>, Stop> {
    let now = office.now();
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let mut found = Vec::new();
    for centre in crate::administration::all_centres(&mut tx).await? {
        let Some((_, setup)) = super::setup_standing(&mut tx, centre.id).await? else { continue };
        if setup.releases.is_empty() {
            continue;
        }
        let (opening, _) = super::times_of(&mut tx, &centre).await?;
        for release in setup.releases.iter().filter(|release| now < release.window(&opening).opens) {
            if releases::named(&mut tx, centre.id, &release.key).await?.is_none() {
                found.push((centre.id, release.key.clone()));
            }
        }
    }
    Ok(found)
}

/// The log's head, if it is of after an instant and covers everything before it.
async fn covering(office: &Office, closes_at: i64) -> Result<Option<log::Sealed>, Stop> {
    let unsealed = log::oldest_unsealed(&office.db).await?;
    if unsealed.is_some_and(|at| at <= closes_at) {
        return Ok(None);
    }
    let mut reading = office.db.reading().await?;
    Ok(log::sealed(&mut reading.tx()).await?.filter(|sealed| sealed.at >= closes_at))
}

/// Everything of a release as it is published.
#[derive(Clone, Debug)]
pub struct ReleaseRecord {
    /// The release; its seed is nobody's to see before the draw.
    pub release: ReleaseRow,
    /// How many entered.
    pub entered: i64,
    /// What was drawn, with how many entries the log's head covered.
    pub draw: Option<(Draw, i64)>,
    /// What the journal says of it; none where only a page asks.
    pub events: Vec<Published>,
}

/// A release of a centre.
///
/// # Errors
/// When the database fails.
pub async fn release_at(tx: &mut Tx<'_>, centre: CentreId, id: RowId) -> Result<Option<ReleaseRow>, Fault> {
    Ok(releases::release(tx, id).await?.filter(|row| row.centre_id == centre))
}

/// A release of a centre as its page shows it: without the entries about it, of which there
/// is one for each who entered.
///
/// # Errors
/// When the database fails.
pub async fn release_told(
    tx: &mut Tx<'_>,
    centre: CentreId,
    id: RowId,
) -> Result<Option<ReleaseRecord>, Stop> {
    let Some(release) = release_at(tx, centre, id).await? else { return Ok(None) };
    let draw = match releases::draw_of(tx, id).await? {
        Some(row) => {
            let draw = serde_json::from_value(row.body.0).map_err(|_| broken("draw"))?;
            Some((draw, row.tree_size))
        }
        None => None,
    };
    let entered = releases::entered(tx, id).await?;
    Ok(Some(ReleaseRecord { release, entered, draw, events: Vec::new() }))
}

/// The whole record of a release of a centre, with every entry about it.
///
/// # Errors
/// When the database fails.
pub async fn release_record(
    tx: &mut Tx<'_>,
    centre: CentreId,
    id: RowId,
) -> Result<Option<ReleaseRecord>, Stop> {
    let Some(told) = release_told(tx, centre, id).await? else { return Ok(None) };
    Ok(Some(ReleaseRecord { events: events_of(tx, id).await?, ..told }))
}

/// The releases of a centre that were opened, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn releases_of(tx: &mut Tx<'_>, centre: CentreId) -> Result<Vec<ReleaseRow>, Fault> {
    releases::of_centre(tx, centre).await
}

/// The entry that a code opens, with its release and the code of the appointment it was
/// given.
///
/// # Errors
/// When the database fails.
pub async fn release_entry(
    tx: &mut Tx<'_>,
    code: &str,
) -> Result<Option<(ReleaseEntryRow, ReleaseRow, Option<AppointmentRow>)>, Fault> {
    let Some(entry) = releases::entry_coded(tx, &code.to_ascii_uppercase()).await? else { return Ok(None) };
    let Some(release) = releases::release(tx, entry.release_id).await? else { return Ok(None) };
    let appointment = match entry.appointment_id {
        Some(id) => queue::appointment_by_id(tx, id).await?,
        None => None,
    };
    Ok(Some((entry, release, appointment)))
}
