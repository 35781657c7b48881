//! Wishes to be telephoned by a person: left in a menu, taken by whoever serves the
//! telephone, one at a time. The telephone is forgotten when the wish is settled, or after
//! a month.

use crate::acting::acting;
use crate::desk::{Office, Who};
use crate::secrets;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{OfficerId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::numbers;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::cases::CaseRow;
use diwan_store::queue::AppointmentRow;
use diwan_store::telephone::{self, PhoneWishRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, queue};
use serde::{Deserialize, Serialize};

/// How many are listed.
const LISTED: i64 = 100;
/// How often somebody is telephoned who does not answer.
const TRIES: i64 = 3;
/// For how long a colleague has it in hand, microseconds: half an hour.
const IN_HAND: i64 = 30 * 60_000_000;
/// For how long somebody who did not answer is left in peace, microseconds: a quarter of an
/// hour.
const RESTS: i64 = 15 * 60_000_000;
/// For how long a wish is kept, microseconds: thirty days.
const KEPT: i64 = 30 * 86_400_000_000;
/// How many wishes are forgotten at a time.
const AT_A_TIME: i64 = 200;
/// For how long a case is found by its applicant's telephone, microseconds: two years.
const CASES_SINCE: i64 = 2 * 365 * 86_400_000_000;
/// The fewest digits by which one of somebody's cases is named.
const FEWEST_DIGITS: usize = 4;

/// Notes that somebody wishes to be telephoned: once, however often they say so.
#[derive(Debug, Serialize, Deserialize)]
pub struct WishCall {
    /// Their telephone.
    pub phone: String,
    /// The language they chose.
    pub language: String,
}

impl Act for WishCall {
    const NAME: &'static str = "wish-call";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let phone = numbers::phone(&self.phone);
        let phone =
            phone.map_err(|fault| Refusal::from(Why::PhoneUnreadable).about("fault", fault.code()))?;
        let mark = hex::encode(&secrets::hash(&phone)[..8]);
        let entry = Entry::new("call-wished", "contact", mark);
        if telephone::wish_of(tx, &phone).await?.is_some() {
            return Ok(Recorded::new((), entry.with("again", true)));
        }
        let row = PhoneWishRow {
            id: at.fresh("phone-wish"),
            phone: Some(phone),
            language: self.language.clone(),
            wished_at: at.now,
            taken_by: None,
            taken_at: None,
            tries: 0,
            outcome: None,
            settled_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        Ok(Recorded::new((), entry))
    }
}

/// Takes a wish in hand: from now on its telephone is seen.
#[derive(Debug, Serialize, Deserialize)]
pub struct TakeWish {
    /// Which.
    pub wish: RowId,
}

impl Act for TakeWish {
    const NAME: &'static str = "take-wish";
    /// The telephone.
    type Out = String;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        let officer = acting(tx, at, Permission::ServeTelephone).await?.officer;
        let mut row = telephone::wish(tx, self.wish).await?.ok_or(Why::NotFound)?;
        let phone = row.phone.clone().filter(|_| row.settled_at.is_none()).ok_or(Why::NothingChanges)?;
        let held = telephone::wish_held_by(tx, officer.id).await?;
        if !can_be_taken(&row, officer.id, at.now) || held.is_some_and(|held| held.id != row.id) {
            return Err(Why::ChangedMeanwhile.into());
        }
        row.taken_by = Some(officer.id);
        row.taken_at = Some(at.now);
        tx.edit(&mut row).await?;
        Ok(Recorded::new(phone, Entry::new("call-wish-taken", "phone-wish", row.id)))
    }
}

/// Says whether somebody was reached who wished to be telephoned.
#[derive(Debug, Serialize, Deserialize)]
pub struct SettleWish {
    /// Which.
    pub wish: RowId,
    /// Whether they answered.
    pub reached: bool,
}

impl Act for SettleWish {
    const NAME: &'static str = "settle-wish";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let officer = acting(tx, at, Permission::ServeTelephone).await?.officer;
        let mut row = telephone::wish(tx, self.wish).await?.ok_or(Why::NotFound)?;
        if row.settled_at.is_some() {
            return Err(Why::NothingChanges.into());
        }
        if row.taken_by != Some(officer.id) {
            return Err(Why::ChangedMeanwhile.into());
        }
        row.tries += 1;
        row.taken_by = None;
        // From now on it rests.
        row.taken_at = Some(at.now);
        let outcome = if self.reached { "reached" } else { "not-reached" };
        if self.reached || row.tries >= TRIES {
            row.phone = None;
            row.outcome = Some(outcome.to_owned());
            row.settled_at = Some(at.now);
        }
        tx.edit(&mut row).await?;
        let entry =
            Entry::new("call-wish-settled", "phone-wish", row.id).under(outcome).with("tries", row.tries);
        Ok(Recorded::new((), entry))
    }
}

/// Whether an officer may take a wish now: nobody has it in hand, and it does not rest.
#[must_use]
pub fn can_be_taken(row: &PhoneWishRow, officer: OfficerId, now: i64) -> bool {
    let since = row.taken_at.map_or(i64::MAX, |taken| now.saturating_sub(taken));
    match row.taken_by {
        Some(by) => by == officer || since >= IN_HAND,
        None => since >= RESTS,
    }
}

/// Forgets the telephones of wishes that nobody settled within a month, some at a time.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetWishes {}

impl Act for ForgetWishes {
    const NAME: &'static str = "forget-wishes";
    /// How many were forgotten.
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let old = telephone::old_wishes(tx, at.now - KEPT, AT_A_TIME).await?;
        let Some(first) = old.first().map(|row| row.id) else { return Err(Why::NothingChanges.into()) };
        let count = old.len() as i64;
        for mut row in old {
            row.phone = None;
            row.outcome = Some("not-reached".to_owned());
            row.settled_at = Some(at.now);
            tx.edit(&mut row).await?;
        }
        let entry = Entry::new("call-wishes-forgotten", "phone-wish", first).with("count", count);
        Ok(Recorded::new(count, entry))
    }
}

/// Forgets old wishes. Returns how many acts that took.
///
/// # Errors
/// When an act fails.
pub async fn tend_wishes(office: &Office) -> Result<usize, Stop> {
    let who = Who::system("wishes");
    let mut done = 0;
    loop {
        let before = office.now() - KEPT;
        let old = telephone::old_wishes(&mut office.db.reading().await?.tx(), before, 1).await?;
        if old.is_empty() {
            return Ok(done);
        }
        match office.perform_once(&who, ForgetWishes {}).await {
            Ok(_) => done += 1,
            // Another node was there first.
            Err(Stop::Refused(_)) => return Ok(done),
            Err(stop) => return Err(stop),
        }
    }
}

/// The wishes that nobody settled, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn wishes(tx: &mut Tx<'_>) -> Result<Vec<PhoneWishRow>, Fault> {
    telephone::open_wishes(tx, LISTED).await
}

/// A wish with its telephone, for whoever has it in hand.
///
/// # Errors
/// [`Why::NotFound`] for everybody else; or the database fails.
pub async fn wish_in_hand(tx: &mut Tx<'_>, at: &Desk, id: RowId) -> Result<PhoneWishRow, Stop> {
    let officer = acting(tx, at, Permission::ServeTelephone).await?.officer;
    let row = telephone::wish(tx, id).await?.filter(|row| row.taken_by == Some(officer.id));
    Ok(row.ok_or(Why::NotFound)?)
}

/// One of the cases whose applicant gave a telephone: the newest whose number ends with
/// some digits.
///
/// # Errors
/// When the database fails.
pub async fn case_of(tx: &mut Tx<'_>, phone: &str, digits: &str, now: i64) -> Result<Option<CaseRow>, Fault> {
    if digits.len() < FEWEST_DIGITS {
        return Ok(None);
    }
    let of_number = |case: &CaseRow| case.number.chars().filter(char::is_ascii_digit).collect::<String>();
    let cases = telephone::cases_of_phone(tx, phone, now - CASES_SINCE).await?;
    Ok(cases.into_iter().find(|case| of_number(case).ends_with(digits)))
}

/// The open appointments of a telephone that are still to come, the last one first.
///
/// # Errors
/// When the database fails.
pub async fn appointments_of(tx: &mut Tx<'_>, phone: &str, now: i64) -> Result<Vec<AppointmentRow>, Fault> {
    let mut rows = queue::booked_by(tx, ("", phone), now).await?;
    rows.retain(|row| row.standing == "open" && row.phone == phone);
    rows.sort_by_key(|row| std::cmp::Reverse((row.starts_at, row.id)));
    Ok(rows)
}

/// The same with those that were given back: whoever gave one back is answered again.
///
/// # Errors
/// When the database fails.
pub async fn appointments_ever(tx: &mut Tx<'_>, phone: &str, now: i64) -> Result<Vec<AppointmentRow>, Fault> {
    let mut rows = queue::booked_by(tx, ("", phone), now).await?;
    rows.retain(|row| matches!(row.standing.as_str(), "open" | "cancelled") && row.phone == phone);
    // Of two at one time, the one that still stands.
    rows.sort_by_key(|row| row.standing != "open");
    Ok(rows)
}
