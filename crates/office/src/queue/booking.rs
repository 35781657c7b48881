//! Appointments: booking, changing and giving back, coming in time, and what becomes of
//! those to whom nobody came. Whether one more fits is asked inside the act.

use super::calling_off::{CallOffAppointment, due_of, off_from, on_days_off};
use super::prepared::forget_answers;
use super::times::{A_DAY, LOOKED_BACK, Times, booking};
use crate::acting::acting;
use crate::desk::{Office, Who};
use crate::messages::{Template, send};
use crate::secrets;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{AccountId, CentreId};
use diwan_domain::journal::Entry;
use diwan_domain::people::{Channel, Permission};
use diwan_domain::queue::MINUTE;
use diwan_domain::queue::slots::booking::Free;
use diwan_domain::queue::slots::{For, NoFit, Request, Standing};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::centres::{self, CentreRow};
use diwan_store::queue::{self, AppointmentRow};
use diwan_store::releases;
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How long before an appointment its holder is reminded.
const REMINDED: i64 = A_DAY;
/// How many are tended at a time.
const AT_A_TIME: i64 = 500;

pub(super) fn refused(fit: NoFit) -> Stop {
    let refusal = Refusal::from(Why::NoAppointment).about("reason", fit.code());
    match fit {
        NoFit::NotReleased { at } => refusal.about("at", at),
        NoFit::WalkInOnly { from } => refusal.about("from", from),
        NoFit::PersonHasEnough { most } | NoFit::PhoneHasEnough { most } => refusal.about("most", most),
        _ => refusal,
    }
    .into()
}

/// Books an appointment, or another in the place of one: for oneself when signed in, by an
/// officer of the centre for somebody who asks there or by telephone, at a kiosk, or by the
/// menu of a telephone.
#[derive(Debug, Serialize, Deserialize)]
pub struct BookAppointment {
    /// In which centre.
    pub centre: CentreId,
    /// The letter of the line.
    pub line: String,
    /// For which service.
    pub service: Option<String>,
    /// The beginning of a slot, microseconds since 1970 UTC.
    pub at: i64,
    /// For whom the place is.
    pub who: For,
    /// The telephone that is reminded: required where an officer or a kiosk books.
    pub phone: String,
    /// The language of the reminder.
    pub language: String,
    /// The code of the appointment that this one takes the place of.
    pub instead_of: Option<String>,
    /// Whether whoever asks an officer has no telephone: they are given the code on a slip.
    #[serde(default)]
    pub no_phone: bool,
}

impl Act for BookAppointment {
    const NAME: &'static str = "book-appointment";
    /// Its code.
    type Out = String;

    async fn meets(&self, _at: &Desk, _tx: &mut Tx<'_>) -> Result<Option<String>, Stop> {
        // Whether one more fits is asked of all that are booked there.
        Ok(Some(format!("appointments {} {}", self.centre, self.line)))
    }

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        let phone = super::taking::telephone(Some(&self.phone))?.unwrap_or_default();
        let (identity, account) = self.whose(tx, at, &phone).await?;
        let times = Times::of(tx, self.centre).await?;
        self.is_given_there(&times)?;
        let replaced = self.replaced(tx).await?;
        // What is changed stays whose it was.
        let identity = replaced.as_ref().map_or(identity, |row| row.identity.clone());
        times.not_held(tx, &self.line, (self.at, self.who), at.now).await?;
        let mut bookings = times.bookings(tx, &self.line, (self.at - A_DAY, self.at + A_DAY)).await?;
        let own = queue::booked_by(tx, (&identity, &phone), at.now - LOOKED_BACK).await?;
        bookings.extend(own.iter().map(booking));
        bookings.sort_by(|one, other| one.id.cmp(&other.id));
        bookings.dedup_by(|one, other| one.id == other.id);
        let request = Request {
            at: self.at,
            who: self.who,
            identity: identity.clone(),
            phone: phone.clone(),
            instead_of: replaced.as_ref().map(|row| row.id.to_string()),
        };
        times.book(&self.line, &bookings)?.fits(&request, at.now).map_err(refused)?;
        if let Some(mut row) = replaced {
            row.starts_at = self.at;
            row.who = self.who.code().to_owned();
            row.reminded_at = None;
            tx.edit(&mut row).await?;
            tell_caller(tx, at, &row).await?;
            let entry = Entry::new("appointment-changed", "appointment", row.id).with("at", self.at);
            return Ok(Recorded::new(row.code, entry));
        }
        let row = AppointmentRow {
            id: at.fresh("appointment"),
            centre_id: self.centre,
            line: self.line.clone(),
            service: self.service.clone(),
            starts_at: self.at,
            who: self.who.code().to_owned(),
            identity,
            phone,
            account_id: account,
            language: self.language.clone(),
            code: code_of(at),
            standing: Standing::Open.code().to_owned(),
            channel: at.channel.code().to_owned(),
            booked_at: at.now,
            visit_id: None,
            reminded_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        tell_caller(tx, at, &row).await?;
        let entry = Entry::new("appointment-booked", "appointment", row.id).with("at", self.at);
        Ok(Recorded::new(row.code, entry))
    }
}

/// Tells whoever telephoned what an officer did for them.
async fn tell_caller(tx: &mut Tx<'_>, at: &Desk, row: &AppointmentRow) -> Result<(), Fault> {
    let by_officer = matches!(at.actor, Actor::Officer(_)) && at.channel == Channel::Telephone;
    if !by_officer || row.phone.is_empty() {
        return Ok(());
    }
    let args = json!({"number": row.code});
    send(tx, at, "sms", &row.phone, &row.language, Template::DoneForYou, &args).await
}

/// Refuses an officer who does not serve in a centre.
async fn serves(tx: &mut Tx<'_>, at: &Desk, centre: CentreId) -> Result<(), Stop> {
    let officer = acting(tx, at, Permission::ServeQueue).await?.officer;
    if officer.centre_id == Some(centre) { Ok(()) } else { Err(Why::NotFound.into()) }
}

/// Whose an appointment or a place in a list is: an account's, or the telephone's that was
/// given to an officer of the centre or to a kiosk in it.
pub(super) async fn asker(
    tx: &mut Tx<'_>,
    at: &Desk,
    centre: CentreId,
    phone: &str,
) -> Result<(String, Option<AccountId>), Stop> {
    match at.actor {
        Actor::Account(account) => return Ok((format!("account/{account}"), Some(account))),
        Actor::Officer(_) => serves(tx, at, centre).await?,
        Actor::Device(_) if at.centre == Some(centre) => {}
        // The menu of a telephone: the operator says from which it is called.
        Actor::System(_) if at.channel == Channel::Telephone => {}
        _ => return Err(Why::SignInFirst.into()),
    }
    if phone.is_empty() {
        return Err(Refusal::from(Why::FieldMissing).about("field", "phone").into());
    }
    Ok((format!("phone/{phone}"), None))
}

fn code_of(at: &Desk) -> String {
    secrets::base32(&at.chance("appointment-code")[..10])
}

impl BookAppointment {
    /// Whoever has no telephone is known by the slip that an officer hands them.
    async fn whose(
        &self,
        tx: &mut Tx<'_>,
        at: &Desk,
        phone: &str,
    ) -> Result<(String, Option<AccountId>), Stop> {
        if self.no_phone && phone.is_empty() && matches!(at.actor, Actor::Officer(_)) {
            serves(tx, at, self.centre).await?;
            return Ok((format!("slip/{}", code_of(at)), None));
        }
        asker(tx, at, self.centre, phone).await
    }

    /// A service is given in one line only.
    fn is_given_there(&self, times: &Times) -> Result<(), Stop> {
        let Some(service) = &self.service else { return Ok(()) };
        let line = times.setup.line_of(service);
        if line.is_some_and(|line| line.letter == self.line) {
            return Ok(());
        }
        Err(Refusal::from(Why::FieldMissing).about("field", "service").into())
    }

    async fn replaced(&self, tx: &mut Tx<'_>) -> Result<Option<AppointmentRow>, Stop> {
        let Some(code) = &self.instead_of else { return Ok(None) };
        let row = queue::appointment(tx, code).await?.filter(|row| row.centre_id == self.centre);
        Ok(Some(row.ok_or(Why::NotFound)?))
    }
}

/// Gives an appointment back: by whoever holds its code, or by an officer of its centre
/// for them. Its place is free at once.
#[derive(Debug, Serialize, Deserialize)]
pub struct CancelAppointment {
    /// Its code.
    pub code: String,
}

impl Act for CancelAppointment {
    const NAME: &'static str = "cancel-appointment";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let mut row = queue::appointment(tx, &self.code).await?.ok_or(Why::NotFound)?;
        if matches!(at.actor, Actor::Officer(_)) {
            serves(tx, at, row.centre_id).await?;
        }
        if row.standing != Standing::Open.code() || row.starts_at <= at.now {
            return Err(Refusal::from(Why::StepImpossible).about("state", row.standing).into());
        }
        row.standing = Standing::Cancelled.code().to_owned();
        tx.edit(&mut row).await?;
        tell_caller(tx, at, &row).await?;
        forget_answers(tx, at, row.id).await?;
        Ok(Recorded::new((), Entry::new("appointment-cancelled", "appointment", row.id)))
    }
}

/// A code as people type it, in any digits and with blanks or hyphens between, as it stands
/// on their slip.
pub(crate) fn as_printed(typed: &str) -> String {
    let plain = diwan_domain::digits::to_ascii(typed);
    plain.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase()
}

/// The appointment with which somebody comes, when it is of this centre and day.
pub(super) async fn brought(
    tx: &mut Tx<'_>,
    code: &str,
    centre: &CentreRow,
    day: &str,
) -> Result<AppointmentRow, Stop> {
    let row = queue::appointment(tx, &as_printed(code)).await?;
    let row = row.filter(|row| row.centre_id == centre.id).ok_or(Why::NotFound)?;
    let is_today = super::today_at(centre, row.starts_at) == day;
    if row.standing != Standing::Open.code() || !is_today {
        return Err(Refusal::from(Why::StepImpossible).about("state", row.standing).into());
    }
    Ok(row)
}

/// Notes of an appointment that nobody came, or reminds of one.
#[derive(Debug, Serialize, Deserialize)]
pub struct TendAppointment {
    /// Its code.
    pub code: String,
    /// The address under which the public reaches this installation, for the message.
    #[serde(default)]
    pub base_url: String,
}

impl Act for TendAppointment {
    const NAME: &'static str = "tend-appointment";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let mut row = queue::appointment(tx, &self.code).await?.ok_or(Why::NotFound)?;
        if row.standing != Standing::Open.code() {
            return Err(Why::NothingChanges.into());
        }
        let centre = centres::centre(tx, row.centre_id).await?.ok_or(Why::NotFound)?;
        if !tx.is_replayed() && off_from(tx, &centre, row.starts_at, 0).await?.is_some() {
            // It is called off: nobody is reminded of it, and nobody missed it.
            return Err(Why::NothingChanges.into());
        }
        let is_past = super::today_at(&centre, row.starts_at) < super::today_at(&centre, at.now);
        if is_past {
            row.standing = Standing::Missed.code().to_owned();
            tx.edit(&mut row).await?;
            forget_answers(tx, at, row.id).await?;
            return Ok(Recorded::new((), Entry::new("appointment-missed", "appointment", row.id)));
        }
        if row.reminded_at.is_some() || row.phone.is_empty() || row.starts_at - at.now > REMINDED {
            return Err(Why::NothingChanges.into());
        }
        row.reminded_at = Some(at.now);
        tx.edit(&mut row).await?;
        let (template, args) = match &row.service {
            Some(service) => {
                let of = format!("{}/prepare/{}/{service}", centre.code, row.line);
                let link = format!("{}/{}/centres/{of}", self.base_url, row.language);
                (Template::AppointmentPapers, json!({"code": row.code, "link": link}))
            }
            None => (Template::Appointment, json!({"code": row.code})),
        };
        send(tx, at, "sms", &row.phone, &row.language, template, &args).await?;
        Ok(Recorded::new((), Entry::new("appointment-reminded", "appointment", row.id)))
    }
}

/// Calls off the appointments at times at which their centre is closed after all, reminds of
/// those that come, and notes those to which nobody came a day after they were. Returns how
/// many.
///
/// # Errors
/// When an act fails.
pub async fn tend_appointments(office: &Office) -> Result<usize, Stop> {
    let now = office.now();
    let due = {
        let off = on_days_off(office).await?;
        let mut reading = office.db.reading().await?;
        let mut tx = reading.tx();
        let mut all = queue::due_appointments(&mut tx, (now - A_DAY, now + REMINDED), AT_A_TIME).await?;
        all.extend(off);
        all.sort_by_key(|row| row.id);
        all.dedup_by_key(|row| row.id);
        due_of(&mut tx, office, all).await?
    };
    let who = Who::system("appointments");
    let mut done = 0;
    for (is_off, row) in due {
        let key = format!("appointment/{}/{}/{}", row.id, row.version, now / (60 * MINUTE));
        let (code, base_url) = (row.code, office.settings.base_url.clone());
        let tended = if is_off {
            office.perform(&who, &format!("{key}/off"), CallOffAppointment { code, base_url }).await
        } else {
            office.perform(&who, &key, TendAppointment { code, base_url }).await
        };
        match tended {
            Ok(()) => done += 1,
            Err(Stop::Refused(_)) => {}
            Err(stop) => return Err(stop),
        }
    }
    Ok(done)
}

/// A day that can be looked at, with how many places are left on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreeDay {
    /// The day.
    pub day: Date,
    /// When it can be booked, microseconds since 1970 UTC.
    pub releases: i64,
    /// How many places anyone can still book.
    pub left: u32,
}

/// The days of a line that can be looked at: from today until those released next.
///
/// # Errors
/// [`Why::NoAppointments`]; or the database fails.
pub async fn free_days(
    tx: &mut Tx<'_>,
    centre: CentreId,
    line: &str,
    now: i64,
) -> Result<Vec<FreeDay>, Stop> {
    let times = Times::of(tx, centre).await?;
    let (_, rules) = times.setup.offer(line).ok_or(Why::NoAppointments)?;
    let span = i64::from(rules.window.days_before) + 1;
    let bookings = times.bookings(tx, line, (now - A_DAY, now + (span + 1) * A_DAY)).await?;
    let held = times.held(tx, line, now).await?;
    let book = times.book(line, &bookings)?;
    let mut day = times.opening.day_of(now).ok_or(Why::NotFound)?;
    let mut days = Vec::new();
    for _ in 0..=span {
        let closes = i64::from(rules.window.closes_before) * MINUTE;
        let open = book.free(day).into_iter().filter(|free| free.slot.at - closes > now);
        let mut left: u32 = open.map(|free| u32::from(free.anyone)).sum();
        if left > 0 && !releases::waiting_for(tx, centre, line, &day.to_string()).await?.is_empty() {
            left = 0;
        }
        if !times.opening.on(day, &times.holidays).is_empty() {
            let drawn = held.iter().filter(|held| held.holds(day)).map(|held| held.until).max();
            let releases = rules.window.releases(day, &times.opening).max(drawn.unwrap_or(i64::MIN));
            days.push(FreeDay { day, releases, left });
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    Ok(days)
}

/// The slots of a day of a line that can still be booked, with what is left of each.
///
/// # Errors
/// [`Why::NoAppointments`]; or the database fails.
pub async fn free_slots(
    tx: &mut Tx<'_>,
    centre: CentreId,
    line: &str,
    (day, now): (Date, i64),
) -> Result<Vec<Free>, Stop> {
    let times = Times::of(tx, centre).await?;
    let (_, rules) = times.setup.offer(line).ok_or(Why::NoAppointments)?;
    let slots = times.book(line, &[])?.free(day);
    let Some(first) = slots.first() else { return Ok(Vec::new()) };
    let is_held = times.held(tx, line, now).await?.iter().any(|held| held.holds(day));
    if is_held {
        return Ok(Vec::new());
    }
    let around = (first.slot.at - A_DAY, first.slot.at + 2 * A_DAY);
    let bookings = times.bookings(tx, line, around).await?;
    let closes = i64::from(rules.window.closes_before) * MINUTE;
    // What comes free on a day for which others wait is theirs.
    let waited = times.waited_for(tx, line, day).await?;
    let free = times.book(line, &bookings)?.free(day).into_iter().filter_map(|free| waited.leaves(free));
    Ok(free.filter(|free| free.slot.at - closes > now).collect())
}

/// The appointments of a centre of today or later with a telephone, the earliest first.
///
/// # Errors
/// [`Why::FieldMissing`] when it is no telephone; or the database fails.
pub async fn appointments_with(
    tx: &mut Tx<'_>,
    centre: CentreId,
    (phone, now): (&str, i64),
) -> Result<Vec<AppointmentRow>, Stop> {
    let phone = super::taking::telephone(Some(phone))?.unwrap_or_default();
    let mut rows = queue::booked_by(tx, ("", &phone), now - A_DAY).await?;
    rows.retain(|row| row.centre_id == centre);
    rows.sort_by_key(|row| row.starts_at);
    Ok(rows)
}

/// The appointment that a code opens.
///
/// # Errors
/// When the database fails.
pub async fn appointment(tx: &mut Tx<'_>, code: &str) -> Result<Option<AppointmentRow>, Fault> {
    queue::appointment(tx, &as_printed(code)).await
}
