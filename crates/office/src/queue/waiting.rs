//! Lists of those who wait for a place on a day that is full. A place that comes free is
//! offered to whoever joined first and can take it, and held for them for [`HELD_FOR`] of
//! the opening hours; then to the next. While somebody waits nobody else books that day.

use super::booking::{asker, refused};
use super::taking::telephone;
use super::times::{A_DAY, LOOKED_BACK, Times, booking};
use crate::messages::{Template, send};
use crate::secrets;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{CentreId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::queue::MINUTE;
use diwan_domain::queue::slots::booking::Free;
use diwan_domain::queue::slots::{Booking, For, NoFit, Request, Slot, Standing};
use diwan_domain::refusals::Why;
use diwan_store::queue::{self, AppointmentRow};
use diwan_store::releases::{self, WaitingPlaceRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// For how long a place is held for whoever it is offered to, in microseconds. Offers are
/// made only while the centre is open and stays so for as long.
pub const HELD_FOR: i64 = 15 * MINUTE;

pub(super) const WAITING: &str = "waiting";
pub(super) const OFFERED: &str = "offered";

fn request(row: &WaitingPlaceRow, at: i64) -> Request {
    Request {
        at,
        who: For::from_code(&row.who).unwrap_or(For::Anyone),
        identity: row.identity.clone(),
        phone: row.phone.clone(),
        instead_of: None,
    }
}

/// Whether a slot has room for somebody, and is not closed before an instant.
fn has_room(free: &Free, who: For, closes: i64) -> bool {
    let room = match who {
        For::Anyone => free.anyone,
        For::Vulnerable => free.vulnerable,
    };
    room > 0 && free.slot.at > closes
}

/// The slots of a day of a line with what is left of each, and the instant before which
/// they are closed for whoever answers at `now`.
async fn day_of(
    tx: &mut Tx<'_>,
    times: &Times,
    (line, day): (&str, Date),
    now: i64,
) -> Result<(Vec<Free>, i64), Stop> {
    let midnight = times.opening.midnight(day);
    let bookings = times.bookings(tx, line, (midnight - A_DAY, midnight + 2 * A_DAY)).await?;
    let book = times.book(line, &bookings)?;
    let closes = now + i64::from(book.window.closes_before) * MINUTE;
    Ok((book.free(day), closes))
}

/// Joins the list of a line and day: for oneself when signed in, by an officer for somebody,
/// or at a kiosk. The limits are those of appointments.
#[derive(Debug, Serialize, Deserialize)]
pub struct JoinWaiting {
    /// In which centre.
    pub centre: CentreId,
    /// The letter of the line.
    pub line: String,
    /// For which day.
    pub day: Date,
    /// For whom the place is.
    pub who: For,
    /// The telephone that is told: required unless signed in.
    pub phone: String,
    /// The language in which they are told.
    pub language: String,
}

impl Act for JoinWaiting {
    const NAME: &'static str = "join-waiting";
    /// The code of the place in the list.
    type Out = String;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        let phone = telephone(Some(&self.phone))?.unwrap_or_default();
        let (identity, account) = asker(tx, at, self.centre, &phone).await?;
        let times = Times::of(tx, self.centre).await?;
        let row = WaitingPlaceRow {
            id: at.fresh("waiting-place"),
            centre_id: self.centre,
            line: self.line.clone(),
            day: self.day.to_string(),
            who: self.who.code().to_owned(),
            identity,
            phone,
            account_id: account,
            language: self.language.clone(),
            code: secrets::base32(&at.chance("waiting-code")[..10]),
            standing: WAITING.to_owned(),
            joined_at: at.now,
            slot_at: None,
            held_until: None,
            appointment_id: None,
            version: 1,
        };
        self.is_full(tx, at, &times).await?;
        self.may_wait(tx, at, &times, &row).await?;
        tx.add(&row).await?;
        let entry = Entry::new("waiting-joined", "waiting-place", row.id)
            .with("line", self.line.clone())
            .with("day", row.day);
        Ok(Recorded::new(row.code, entry))
    }
}

impl JoinWaiting {
    /// A list is for a day that can be booked and is full, or for which others wait.
    async fn is_full(&self, tx: &mut Tx<'_>, at: &Desk, times: &Times) -> Result<(), Stop> {
        let held = times.held(tx, &self.line, at.now).await?;
        if let Some(held) = held.iter().find(|held| held.holds(self.day)) {
            return Err(refused(NoFit::NotReleased { at: held.until }));
        }
        let released = times.book(&self.line, &[])?.window.releases(self.day, &times.opening);
        if at.now < released {
            return Err(refused(NoFit::NotReleased { at: released }));
        }
        let (slots, closes) = day_of(tx, times, (&self.line, self.day), at.now).await?;
        if slots.iter().all(|free| free.slot.at <= closes + HELD_FOR) {
            return Err(refused(NoFit::Closed));
        }
        let list = releases::waiting_for(tx, self.centre, &self.line, &self.day.to_string()).await?;
        if list.is_empty() && slots.iter().any(|free| has_room(free, self.who, closes)) {
            return Err(Why::PlacesFree.into());
        }
        Ok(())
    }

    /// One waits once for a day, and for no more than one may hold.
    async fn may_wait(
        &self,
        tx: &mut Tx<'_>,
        at: &Desk,
        times: &Times,
        row: &WaitingPlaceRow,
    ) -> Result<(), Stop> {
        let by = (row.identity.as_str(), row.phone.as_str());
        let own = queue::booked_by(tx, by, at.now - LOOKED_BACK).await?;
        let own: Vec<Booking> = own.iter().map(booking).collect();
        let request = request(row, at.now);
        let book = times.book(&self.line, &own)?;
        book.lets_ask(&request, at.now).map_err(refused)?;
        let is_there = |one: &Booking| {
            one.identity == row.identity
                && one.line == self.line
                && one.standing == Standing::Open
                && times.opening.day_of(one.at) == Some(self.day)
        };
        if own.iter().any(is_there) {
            return Err(refused(NoFit::Twice));
        }
        let waits = releases::waiting_by(tx, by).await?;
        let same = |one: &WaitingPlaceRow| {
            one.centre_id == self.centre && one.line == self.line && one.day == row.day
        };
        if waits.iter().any(same) {
            return Err(Why::WaitsAlready.into());
        }
        let mine = waits.iter().filter(|one| one.identity == row.identity).count();
        if mine >= usize::from(book.limits.per_identity) {
            return Err(refused(NoFit::PersonHasEnough { most: book.limits.per_identity }));
        }
        if waits.len() >= usize::from(book.limits.per_phone) {
            return Err(refused(NoFit::PhoneHasEnough { most: book.limits.per_phone }));
        }
        Ok(())
    }
}

/// Offers a place of a day that is free to the first of its list who can take it.
#[derive(Debug, Serialize, Deserialize)]
pub struct OfferPlace {
    /// In which centre.
    pub centre: CentreId,
    /// The letter of the line.
    pub line: String,
    /// Of which day.
    pub day: Date,
    /// The address under which the public reaches this installation, for the message.
    pub base_url: String,
}

impl Act for OfferPlace {
    const NAME: &'static str = "offer-place";
    /// Who has it offered, or gave their place in the list up.
    type Out = RowId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let times = Times::of(tx, self.centre).await?;
        let is_open = |at: i64| times.opening.is_open(at, &times.holidays);
        if !is_open(at.now) || !is_open(at.now + HELD_FOR) {
            return Err(Why::NothingChanges.into());
        }
        let (slots, closes) = day_of(tx, &times, (&self.line, self.day), at.now).await?;
        let list = releases::waiting_for(tx, self.centre, &self.line, &self.day.to_string()).await?;
        for row in list.into_iter().filter(|row| row.standing == WAITING) {
            match self.fitting(tx, at, &times, (&row, &slots, closes)).await? {
                Fitting::Slot(slot) => return self.offered(tx, at, row, slot).await,
                Fitting::None => return barred(tx, row).await,
                Fitting::Later => {}
            }
        }
        Err(Why::NothingChanges.into())
    }
}

/// What there is for somebody who waits.
enum Fitting {
    /// This slot.
    Slot(Slot),
    /// Nothing now.
    Later,
    /// Nothing of this day: they hold as many appointments as they may, or one of that day.
    None,
}

/// Whoever may hold no more gives their place in the list up: others would wait behind them
/// for nothing.
async fn barred(tx: &mut Tx<'_>, mut row: WaitingPlaceRow) -> Result<Recorded<RowId>, Stop> {
    row.standing = "barred".to_owned();
    tx.edit(&mut row).await?;
    Ok(Recorded::new(row.id, Entry::new("waiting-barred", "waiting-place", row.id)))
}

impl OfferPlace {
    /// The first slot that somebody who waits can take.
    async fn fitting(
        &self,
        tx: &mut Tx<'_>,
        at: &Desk,
        times: &Times,
        (row, slots, closes): (&WaitingPlaceRow, &[Free], i64),
    ) -> Result<Fitting, Stop> {
        let request = request(row, at.now);
        let mut room = Vec::new();
        for free in slots {
            if has_room(free, request.who, closes + HELD_FOR) {
                room.push(free.slot);
            }
        }
        if room.is_empty() {
            return Ok(Fitting::Later);
        }
        let own = queue::booked_by(tx, (&row.identity, &row.phone), at.now - LOOKED_BACK).await?;
        let own: Vec<Booking> = own.iter().map(booking).collect();
        let book = times.book(&self.line, &own)?;
        let is_free = |slot: &Slot| book.is_free_for(&request, *slot).is_ok();
        let fitting = room.into_iter().find(&is_free).map(Fitting::Slot);
        let is_barred = || slots.iter().all(|free| !is_free(&free.slot));
        Ok(fitting.unwrap_or_else(|| if is_barred() { Fitting::None } else { Fitting::Later }))
    }

    async fn offered(
        &self,
        tx: &mut Tx<'_>,
        at: &Desk,
        mut row: WaitingPlaceRow,
        slot: Slot,
    ) -> Result<Recorded<RowId>, Stop> {
        let until = at.now + HELD_FOR;
        row.standing = OFFERED.to_owned();
        row.slot_at = Some(slot.at);
        row.held_until = Some(until);
        tx.edit(&mut row).await?;
        if !row.phone.is_empty() {
            let args = json!({"link": format!("{}/{}/waiting/{}", self.base_url, row.language, row.code)});
            send(tx, at, "sms", &row.phone, &row.language, Template::PlaceOffered, &args).await?;
        }
        let entry = Entry::new("waiting-offered", "waiting-place", row.id)
            .with("line", row.line)
            .with("day", row.day)
            .with("at", slot.at)
            .with("until", until);
        Ok(Recorded::new(row.id, entry))
    }
}

/// Takes the place that is offered, or leaves the list: by whoever holds the code.
#[derive(Debug, Serialize, Deserialize)]
pub struct AnswerOffer {
    /// The code.
    pub code: String,
    /// Whether it is taken.
    pub take: bool,
}

impl Act for AnswerOffer {
    const NAME: &'static str = "answer-offer";
    /// The code of the appointment, when it was taken.
    type Out = Option<String>;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Option<String>>, Stop> {
        let mut row = releases::waiting_coded(tx, &self.code).await?.ok_or(Why::NotFound)?;
        if !self.take {
            if row.standing != WAITING && row.standing != OFFERED {
                return Err(Why::OfferOver.into());
            }
            row.standing = "left".to_owned();
            tx.edit(&mut row).await?;
            return Ok(Recorded::new(None, Entry::new("waiting-left", "waiting-place", row.id)));
        }
        let is_held = row.standing == OFFERED && row.held_until.is_some_and(|until| at.now < until);
        let Some(slot_at) = row.slot_at.filter(|_| is_held) else { return Err(Why::OfferOver.into()) };
        self.is_still_let(tx, at, &row, slot_at).await?;
        let booked = AppointmentRow {
            id: at.fresh("appointment"),
            centre_id: row.centre_id,
            line: row.line.clone(),
            service: None,
            starts_at: slot_at,
            who: row.who.clone(),
            identity: row.identity.clone(),
            phone: row.phone.clone(),
            account_id: row.account_id,
            language: row.language.clone(),
            code: secrets::base32(&at.chance("appointment-code")[..10]),
            standing: Standing::Open.code().to_owned(),
            channel: at.channel.code().to_owned(),
            booked_at: at.now,
            visit_id: None,
            reminded_at: None,
            version: 1,
        };
        tx.add(&booked).await?;
        row.standing = "taken".to_owned();
        row.appointment_id = Some(booked.id);
        tx.edit(&mut row).await?;
        let taken = Entry::new("waiting-taken", "waiting-place", row.id);
        let entry = Entry::new("appointment-booked", "appointment", booked.id).with("at", slot_at);
        Ok(Recorded::new(Some(booked.code), taken).and(entry))
    }
}

impl AnswerOffer {
    /// Two lists may have offered places to one person who may hold only one more.
    async fn is_still_let(
        &self,
        tx: &mut Tx<'_>,
        at: &Desk,
        row: &WaitingPlaceRow,
        slot_at: i64,
    ) -> Result<(), Stop> {
        let times = Times::of(tx, row.centre_id).await?;
        let own = queue::booked_by(tx, (&row.identity, &row.phone), at.now - LOOKED_BACK).await?;
        let own: Vec<Booking> = own.iter().map(booking).collect();
        let book = times.book(&row.line, &own)?;
        let day = times.opening.day_of(slot_at).ok_or_else(|| refused(NoFit::NoSlot))?;
        let slot = book.free(day).into_iter().find(|free| free.slot.at == slot_at);
        let slot = slot.ok_or_else(|| refused(NoFit::NoSlot))?.slot;
        book.is_free_for(&request(row, at.now), slot).map_err(refused)
    }
}

/// The place in a list that a code opens, with how many wait before it.
///
/// # Errors
/// When the database fails.
pub async fn waiting_place(
    tx: &mut Tx<'_>,
    code: &str,
) -> Result<Option<(WaitingPlaceRow, usize, Option<AppointmentRow>)>, Fault> {
    let Some(row) = releases::waiting_coded(tx, &code.to_ascii_uppercase()).await? else { return Ok(None) };
    let list = releases::waiting_for(tx, row.centre_id, &row.line, &row.day).await?;
    let before = list.iter().take_while(|one| one.id != row.id).filter(|one| one.standing == WAITING).count();
    let appointment = match row.appointment_id {
        Some(id) => queue::appointment_by_id(tx, id).await?,
        None => None,
    };
    Ok(Some((row, before, appointment)))
}
