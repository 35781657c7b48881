//! Appointments that are released by draw: the seed is committed to before people can
//! enter, the order is drawn when they cannot any more, and times are given in that order.
//!
//! What is public of it are the entries of the journal about the release: each names hashes
//! and never who entered. `scripts/check-draw` decides them again.

use super::booking::refused;
use super::taking::telephone;
use super::times::{A_DAY, LOOKED_BACK, Times, booking};
use crate::acting::acting;
use crate::messages::{Template, send};
use crate::secrets;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{AccountId, CentreId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::queue::release::{Draw, EntryWindow, commitment, entry_id};
use diwan_domain::queue::releases::{Shelf, Wish};
use diwan_domain::queue::slots::{Booking, Request, Slot, Standing};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::queue::{self, AppointmentRow, Published};
use diwan_store::releases::{self, ReleaseDrawRow, ReleaseEntryRow, ReleaseRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, log};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How many are given their time in one act.
const AT_A_TIME: usize = 50;
/// How many entries one draw has at most.
const MOST_ENTRIES: i64 = 200_000;

fn by_diwan(at: &Desk) -> Result<(), Stop> {
    if matches!(at.actor, Actor::System(_)) { Ok(()) } else { Err(Why::NotPermitted.into()) }
}

/// A draw needs the public log, which a mobile unit does not take along.
async fn at_home(tx: &mut Tx<'_>, at: &Desk) -> Result<(), Stop> {
    match crate::units::of_desk(tx, at).await? {
        Some(unit) => Err(Refusal::from(Why::AwayWithUnit).about("unit", unit.name).into()),
        None => Ok(()),
    }
}

pub(super) fn broken(what: &str) -> Stop {
    Fault::Shape(what.into()).into()
}

/// The days of a release.
pub(super) fn days_of(row: &ReleaseRow) -> Result<(Date, Date), Stop> {
    let day = |text: &str| text.parse().map_err(|_| broken("release day"));
    Ok((day(&row.from_day)?, day(&row.until_day)?))
}

/// When people can enter for a release.
#[must_use]
pub fn window_of(row: &ReleaseRow) -> EntryWindow {
    EntryWindow { opens: row.opens_at, closes: row.closes_at }
}

/// Draws the seed of a release and publishes what commits to it, before anybody can enter.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenRelease {
    /// Of which centre.
    pub centre: CentreId,
    /// Its name in the centre's setup.
    pub key: String,
}

impl Act for OpenRelease {
    const NAME: &'static str = "open-release";
    type Out = RowId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        by_diwan(at)?;
        let times = Times::of(tx, self.centre).await?;
        at_home(tx, at).await?;
        let release = times.setup.releases.iter().find(|release| release.key == self.key);
        let release = release.ok_or(Why::NotFound)?;
        if releases::named(tx, self.centre, &self.key).await?.is_some() {
            return Err(Why::NothingChanges.into());
        }
        let window = release.window(&times.opening);
        if at.now >= window.opens {
            return Err(Why::ReleaseShut.into());
        }
        let seed = at.chance("release-seed");
        let row = ReleaseRow {
            id: at.fresh("release"),
            centre_id: self.centre,
            key: release.key.clone(),
            line: release.line.clone(),
            from_day: release.from.to_string(),
            until_day: release.until.to_string(),
            opens_at: window.opens,
            closes_at: window.closes,
            draws_at: release.draws_at(&times.opening),
            seed: hex::encode(seed),
            commitment: commitment(&seed),
            opened_at: at.now,
            drawn_at: None,
            placed: 0,
            done_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        let entry = Entry::new("release-opened", "release", row.id)
            .with("commitment", row.commitment.clone())
            .with("line", row.line.clone())
            .with("from", row.from_day.clone())
            .with("until", row.until_day.clone())
            .with("opens", row.opens_at)
            .with("closes", row.closes_at)
            .with("draws", row.draws_at);
        Ok(Recorded::new(row.id, entry))
    }
}

/// Enters for a draw: once for each person and each telephone. Pages enter as Diwan itself,
/// so that what is published of it names nobody.
#[derive(Debug, Serialize, Deserialize)]
pub struct EnterRelease {
    /// For which one.
    pub release: RowId,
    /// Whose account it is; an officer enters for somebody by their telephone.
    pub account: Option<AccountId>,
    /// The telephone that is told: required where an officer enters.
    pub phone: String,
    /// The language in which they are told.
    pub language: String,
    /// What they wish for.
    pub wish: Wish,
}

impl Act for EnterRelease {
    const NAME: &'static str = "enter-release";
    /// The code of the entry's page.
    type Out = String;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        at_home(tx, at).await?;
        let release = releases::release(tx, self.release).await?.ok_or(Why::NotFound)?;
        let phone = telephone(Some(&self.phone))?.unwrap_or_default();
        let (identity, account) = self.whose(tx, at, &release, &phone).await?;
        if !window_of(&release).takes(at.now) {
            return Err(Why::ReleaseShut.into());
        }
        let (from, until) = days_of(&release)?;
        let mut wish = self.wish.clone();
        wish.days.sort_unstable();
        wish.days.dedup();
        let within = wish.days.iter().all(|day| (from..=until).contains(day));
        if !within || (wish.only && wish.days.is_empty()) {
            return Err(Refusal::from(Why::FieldMissing).about("field", "days").into());
        }
        if releases::entry_by(tx, release.id, (&identity, &phone)).await?.is_some() {
            return Err(Why::ReleaseEntered.into());
        }
        let times = Times::of(tx, release.centre_id).await?;
        let own = queue::booked_by(tx, (&identity, &phone), at.now - LOOKED_BACK).await?;
        let own: Vec<Booking> = own.iter().map(booking).collect();
        let request = request(&identity, &phone, &wish, at.now);
        times.book(&release.line, &own)?.lets_ask(&request, at.now).map_err(refused)?;
        let chance = at.chance("release-entry-chance");
        let row = ReleaseEntryRow {
            id: at.fresh("release-entry"),
            release_id: release.id,
            entry: entry_id(&chance, &identity),
            chance: hex::encode(chance),
            code: secrets::base32(&at.chance("release-entry-code")[..10]),
            identity,
            phone,
            account_id: account,
            language: self.language.clone(),
            wish: Json(json!(wish)),
            entered_at: at.now,
            place: None,
            appointment_id: None,
            version: 1,
        };
        tx.add(&row).await?;
        // The first entry holds the hashes of the rows, and stays private.
        let private = Entry::new("release-entry-kept", "release-entry", row.id);
        let public = Entry::new("release-entered", "release", release.id).with("entry", row.entry);
        Ok(Recorded::new(row.code, private).and(public))
    }
}

impl EnterRelease {
    async fn whose(
        &self,
        tx: &mut Tx<'_>,
        at: &Desk,
        release: &ReleaseRow,
        phone: &str,
    ) -> Result<(String, Option<AccountId>), Stop> {
        match (&at.actor, self.account) {
            (Actor::System(_), Some(account)) => Ok((format!("account/{account}"), Some(account))),
            (Actor::Officer(_), None) => {
                let officer = acting(tx, at, Permission::ServeQueue).await?.officer;
                if officer.centre_id != Some(release.centre_id) {
                    return Err(Why::NotFound.into());
                }
                if phone.is_empty() {
                    return Err(Refusal::from(Why::FieldMissing).about("field", "phone").into());
                }
                Ok((format!("phone/{phone}"), None))
            }
            _ => Err(Why::SignInFirst.into()),
        }
    }
}

fn request(identity: &str, phone: &str, wish: &Wish, at: i64) -> Request {
    Request { at, who: wish.who, identity: identity.to_owned(), phone: phone.to_owned(), instead_of: None }
}

/// Notes that nobody can enter any more. The log has a head of after the closing then, even
/// where nothing else happens.
#[derive(Debug, Serialize, Deserialize)]
pub struct CloseRelease {
    /// Which release.
    pub release: RowId,
}

impl Act for CloseRelease {
    const NAME: &'static str = "close-release";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        by_diwan(at)?;
        let row = releases::release(tx, self.release).await?.ok_or(Why::NotFound)?;
        if row.drawn_at.is_some() || !window_of(&row).is_over(at.now) {
            return Err(Why::NothingChanges.into());
        }
        Ok(Recorded::new((), Entry::new("release-closed", "release", row.id)))
    }
}

/// Draws the order: reveals the seed, and names the head of the public log that nobody
/// knew while people could enter.
#[derive(Debug, Serialize, Deserialize)]
pub struct DrawRelease {
    /// Which release.
    pub release: RowId,
    /// The root of the log's head, in Base64 as its checkpoint has it.
    pub public_value: String,
    /// How many entries that head covers.
    pub tree_size: i64,
}

impl DrawRelease {
    /// Whether the log's head is this one, and of after the closing.
    async fn is_of_the_log(&self, tx: &mut Tx<'_>, closes_at: i64) -> Result<bool, Fault> {
        // What was drawn elsewhere was seen there.
        if tx.is_replayed() {
            return Ok(true);
        }
        let sealed = log::sealed(tx).await?;
        Ok(sealed.is_some_and(|sealed| {
            sealed.at >= closes_at
                && sealed.size == self.tree_size
                && STANDARD.encode(sealed.root) == self.public_value
        }))
    }
}

impl Act for DrawRelease {
    const NAME: &'static str = "draw-release";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        by_diwan(at)?;
        let mut row = releases::release(tx, self.release).await?.ok_or(Why::NotFound)?;
        if row.drawn_at.is_some() {
            return Err(Why::NothingChanges.into());
        }
        if at.now < row.draws_at || !window_of(&row).is_over(at.now) {
            return Err(Why::ReleaseShut.into());
        }
        if !self.is_of_the_log(tx, row.closes_at).await? {
            return Err(Why::NothingChanges.into());
        }
        let mut entries = Vec::new();
        for published in events_of(tx, row.id).await? {
            let Some(entry) = entered_in(&published)? else { continue };
            let is_covered = published.leaf.is_some_and(|leaf| leaf < self.tree_size);
            if !is_covered && !tx.is_replayed() {
                return Err(Why::NothingChanges.into());
            }
            entries.push(entry);
        }
        let seed = hex::decode(&row.seed).ok().and_then(|bytes| bytes.try_into().ok());
        let seed: [u8; 32] = seed.ok_or_else(|| broken("release seed"))?;
        let places = shelf(tx, &row).await?.1.places();
        let draw = Draw::make(&seed, &self.public_value, places, &entries)
            .map_err(|fault| Fault::Outside(fault.to_string()))?;
        let drawn = ReleaseDrawRow {
            id: at.fresh("release-draw"),
            release_id: row.id,
            tree_size: self.tree_size,
            body: Json(json!(draw)),
        };
        tx.add(&drawn).await?;
        row.drawn_at = Some(at.now);
        row.done_at = draw.order.is_empty().then_some(at.now);
        tx.edit(&mut row).await?;
        let entry = Entry::new("release-drawn", "release", row.id)
            .with("seed", draw.seed)
            .with("public-value", draw.public_value)
            .with("tree-size", self.tree_size)
            .with("places", places as i64)
            .with("entries", draw.order.len() as i64);
        Ok(Recorded::new((), entry))
    }
}

/// What the journal says about a release, in order.
pub(super) async fn events_of(tx: &mut Tx<'_>, release: RowId) -> Result<Vec<Published>, Fault> {
    queue::entries_about(tx, ("release", &release.to_string()), 0, MOST_ENTRIES).await
}

/// The hash that an event enters, if it is one.
fn entered_in(published: &Published) -> Result<Option<String>, Stop> {
    let body: Value = serde_json::from_str(&published.body).map_err(|_| broken("journal entry"))?;
    if body["kind"] != "release-entered" {
        return Ok(None);
    }
    let entry = body["facts"]["entry"].as_str().ok_or_else(|| broken("journal entry"))?;
    Ok(Some(entry.to_owned()))
}

/// The times that a release gives, with what is left of each.
async fn shelf(tx: &mut Tx<'_>, row: &ReleaseRow) -> Result<(Times, Shelf), Stop> {
    let times = Times::of(tx, row.centre_id).await?;
    let (mut day, until) = days_of(row)?;
    let within = (times.opening.midnight(day) - A_DAY, times.opening.midnight(until) + 2 * A_DAY);
    let bookings = times.bookings(tx, &row.line, within).await?;
    let mut slots = Vec::new();
    // A line that gives no appointments any more has no times to give.
    if let Ok(book) = times.book(&row.line, &bookings) {
        while day <= until {
            slots.extend(book.free(day).into_iter().map(|free| (day, free)));
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
    }
    Ok((times, Shelf::new(slots)))
}

/// Gives the next of the drawn order their times.
#[derive(Debug, Serialize, Deserialize)]
pub struct PlaceDrawn {
    /// Which release.
    pub release: RowId,
    /// The address under which the public reaches this installation, for the messages.
    pub base_url: String,
}

impl Act for PlaceDrawn {
    const NAME: &'static str = "place-drawn";
    /// Whether everybody has theirs.
    type Out = bool;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<bool>, Stop> {
        by_diwan(at)?;
        let mut row = releases::release(tx, self.release).await?.ok_or(Why::NotFound)?;
        let drawn = releases::draw_of(tx, row.id).await?;
        let Some(drawn) = drawn.filter(|_| row.done_at.is_none()) else {
            return Err(Why::NothingChanges.into());
        };
        let draw: Draw = serde_json::from_value(drawn.body.0).map_err(|_| broken("draw"))?;
        let (times, mut shelf) = shelf(tx, &row).await?;
        let first = usize::try_from(row.placed).map_err(|_| broken("release"))?;
        let next: Vec<&String> = draw.order.iter().skip(first).take(AT_A_TIME).collect();
        let mut given = Vec::new();
        for (n, hash) in next.iter().enumerate() {
            let entry = releases::entry(tx, hash).await?.ok_or_else(|| broken("drawn entry"))?;
            let place = row.placed + n as i64 + 1;
            let slot = self.place(tx, at, (&row, &times), (entry, place), &mut shelf).await?;
            given.push(json!([place, hash, slot.map(|slot| slot.at)]));
        }
        row.placed += next.len() as i64;
        let is_done = first + next.len() >= draw.order.len();
        row.done_at = is_done.then_some(at.now);
        tx.edit(&mut row).await?;
        // The first entry holds the hashes of the appointments, and stays private.
        let private = Entry::new("release-places-kept", "release-places", row.id);
        let public = Entry::new("release-placed", "release", row.id).with("given", json!(given));
        Ok(Recorded::new(is_done, private).and(public))
    }
}

impl PlaceDrawn {
    /// Gives one entry its time, or says that none was left.
    async fn place(
        &self,
        tx: &mut Tx<'_>,
        at: &Desk,
        (row, times): (&ReleaseRow, &Times),
        (mut entry, place): (ReleaseEntryRow, i64),
        shelf: &mut Shelf,
    ) -> Result<Option<Slot>, Stop> {
        let wish: Wish = serde_json::from_value(entry.wish.0.clone()).map_err(|_| broken("wish"))?;
        let own = queue::booked_by(tx, (&entry.identity, &entry.phone), at.now - LOOKED_BACK).await?;
        let own: Vec<Booking> = own.iter().map(booking).collect();
        let request = request(&entry.identity, &entry.phone, &wish, at.now);
        let slot = match times.book(&row.line, &own) {
            Ok(book) => shelf.take(&wish, |slot| book.is_free_for(&request, *slot).is_ok()),
            Err(_) => None,
        };
        let mut told = (Template::NotDrawn, format!("release-entries/{}", entry.code));
        if let Some(slot) = slot {
            let code = secrets::base32(&at.chance(&format!("appointment-code/{}", entry.entry))[..10]);
            let booked = AppointmentRow {
                id: at.fresh(&format!("appointment/{}", entry.entry)),
                centre_id: row.centre_id,
                line: row.line.clone(),
                service: None,
                starts_at: slot.at,
                who: wish.who.code().to_owned(),
                identity: entry.identity.clone(),
                phone: entry.phone.clone(),
                account_id: entry.account_id,
                language: entry.language.clone(),
                code: code.clone(),
                standing: Standing::Open.code().to_owned(),
                channel: at.channel.code().to_owned(),
                booked_at: at.now,
                visit_id: None,
                reminded_at: None,
                version: 1,
            };
            tx.add(&booked).await?;
            entry.appointment_id = Some(booked.id);
            told = (Template::Drawn, format!("appointments/{code}"));
        }
        entry.place = Some(place);
        tx.edit(&mut entry).await?;
        if !entry.phone.is_empty() {
            let args = json!({"link": format!("{}/{}/{}", self.base_url, entry.language, told.1)});
            send(tx, at, "sms", &entry.phone, &entry.language, told.0, &args).await?;
        }
        Ok(slot)
    }
}
