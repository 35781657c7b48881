//! Who is told what happens: an administrator subscribes another system, filters
//! what it hears, renews its secret, and sends again what it missed.

mod delivering;

pub use crate::dci::Outgoing;
pub use delivering::{Answered, Parcel, lease_due, note, outgoing, waiting_for, withhold};

use crate::acting::acting;
use crate::desk::Office;
use crate::messages::{self, Template};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{JournalId, OfficeId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::notices::{KINDS, check_target, named, secret_of};
use diwan_domain::people::{Permission, Role};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::notices::{self, MOST_AGAIN, SubscriptionRow};
use diwan_store::value::Json;
use diwan_store::{Act, Db, Fault, Recorded, Stop, Tx, centres, services};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use diwan_store::notices::{Delivery, Place, Standing, words};

/// For how long the old secret still signs beside the new one, in hours.
pub const BOTH_SECRETS_HOURS: i64 = 24;
const AN_HOUR: i64 = 3_600_000_000;

/// What a subscription hears: each list filters, an empty one lets everything
/// through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Kinds of events, such as `case.approved`.
    pub kinds: Vec<String>,
    /// Services by key.
    pub services: Vec<String>,
    /// Offices.
    pub offices: Vec<OfficeId>,
}

fn refused(field: &str) -> Stop {
    Refusal::from(Why::FieldMissing).about("field", field).into()
}

async fn check(tx: &mut Tx<'_>, name: &str, url: &str, filter: &Filter) -> Result<(), Stop> {
    if name.trim().is_empty() || name.len() > 200 {
        return Err(refused("name"));
    }
    check_target(url.trim()).map_err(|_| refused("url"))?;
    if filter.kinds.iter().any(|kind| named(kind).is_none()) {
        let known: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        let refusal = Refusal::from(Why::FieldMissing).about("field", "kinds");
        return Err(refusal.about("known", known.join(", ")).into());
    }
    for service in &filter.services {
        services::newest(tx, service).await?.ok_or_else(|| refused("services"))?;
    }
    if !filter.offices.is_empty() {
        let known = centres::offices(tx).await?;
        if filter.offices.iter().any(|id| !known.iter().any(|office| office.id == *id)) {
            return Err(refused("offices"));
        }
    }
    Ok(())
}

/// Subscribes another system to what happens.
#[derive(Debug, Serialize, Deserialize)]
pub struct Subscribe {
    /// Who it is, for those who administer.
    pub name: String,
    /// Where it listens: `https://…`.
    pub url: String,
    /// What it hears.
    pub filter: Filter,
}

impl Act for Subscribe {
    const NAME: &'static str = "subscribe";
    type Out = RowId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        allowed(tx, at).await?;
        check(tx, &self.name, &self.url, &self.filter).await?;
        let row = SubscriptionRow {
            id: at.fresh("subscription"),
            name: self.name.trim().to_owned(),
            url: self.url.trim().to_owned(),
            kinds: Json(json!(self.filter.kinds)),
            services: Json(json!(self.filter.services)),
            offices: Json(json!(self.filter.offices)),
            secret_number: 1,
            old_secret_until: None,
            since: at.now,
            paused_at: None,
            pause_reason: None,
            ended_at: None,
            version: 1,
            client_id: None,
            dci: None,
        };
        tx.add(&row).await?;
        Ok(Recorded::new(
            row.id,
            of(Entry::new("subscribed", "subscription", row.id), &row).with("url", row.url.clone()),
        ))
    }
}

fn of(entry: Entry, row: &SubscriptionRow) -> Entry {
    entry.with("name", row.name.clone())
}

/// Lets an administrator through, and Diwan itself.
async fn allowed(tx: &mut Tx<'_>, at: &Desk) -> Result<(), Stop> {
    if !matches!(at.actor, Actor::System(_)) {
        acting(tx, at, Permission::ManageSubscriptions).await?;
    }
    Ok(())
}

/// A subscription that was not ended.
async fn open(tx: &mut Tx<'_>, at: &Desk, id: RowId) -> Result<SubscriptionRow, Stop> {
    allowed(tx, at).await?;
    let row = notices::subscription(tx, id).await?.filter(|row| row.ended_at.is_none());
    row.ok_or_else(|| Why::NotFound.into())
}

/// A subscription of which administrators say what it hears. What a program
/// subscribed to by itself (DCI), it changes and ends by itself; they may pause and
/// end it.
async fn ours(tx: &mut Tx<'_>, at: &Desk, id: RowId) -> Result<SubscriptionRow, Stop> {
    let row = open(tx, at, id).await?;
    if row.client_id.is_some() {
        return Err(Refusal::from(Why::WrongPhase).about("subscription", "dci").into());
    }
    Ok(row)
}

/// Changes where a system listens and what it hears.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChangeSubscription {
    /// Which.
    pub subscription: RowId,
    /// The version that was on the screen.
    pub seen: i64,
    /// Who it is.
    pub name: String,
    /// Where it listens.
    pub url: String,
    /// What it hears from now on.
    pub filter: Filter,
}

impl Act for ChangeSubscription {
    const NAME: &'static str = "change-subscription";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let mut row = ours(tx, at, self.subscription).await?;
        if row.version != self.seen {
            return Err(Why::ChangedMeanwhile.into());
        }
        check(tx, &self.name, &self.url, &self.filter).await?;
        row.name = self.name.trim().to_owned();
        row.url = self.url.trim().to_owned();
        row.kinds = Json(json!(self.filter.kinds));
        row.services = Json(json!(self.filter.services));
        row.offices = Json(json!(self.filter.offices));
        tx.edit(&mut row).await?;
        let entry =
            of(Entry::new("subscription-changed", "subscription", row.id), &row).with("url", row.url.clone());
        Ok(Recorded::new(row.version, entry))
    }
}

/// Gives a subscription another secret. For a while both sign, side by side, so
/// that the receiver changes over without losing anything.
#[derive(Debug, Serialize, Deserialize)]
pub struct RenewSecret {
    /// Which.
    pub subscription: RowId,
    /// For how many hours the old one still signs; none when it leaked.
    pub keep_hours: i64,
}

impl Act for RenewSecret {
    const NAME: &'static str = "renew-secret";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let mut row = ours(tx, at, self.subscription).await?;
        if !(0..=30 * 24).contains(&self.keep_hours) {
            return Err(refused("keep_hours"));
        }
        row.secret_number += 1;
        row.old_secret_until = Some(at.now + self.keep_hours * AN_HOUR).filter(|_| self.keep_hours > 0);
        tx.edit(&mut row).await?;
        let entry = of(Entry::new("subscription-secret-renewed", "subscription", row.id), &row)
            .with("until", row.old_secret_until);
        Ok(Recorded::new(row.secret_number, entry))
    }
}

/// Holds back what a system is told: an administrator for a while, Diwan after
/// long silence. Nothing is lost; it waits.
#[derive(Debug, Serialize, Deserialize)]
pub struct PauseSubscription {
    /// Which.
    pub subscription: RowId,
    /// Why, in words.
    pub reason: String,
}

impl Act for PauseSubscription {
    const NAME: &'static str = "pause-subscription";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let mut row = open(tx, at, self.subscription).await?;
        if row.paused_at.is_some() {
            return Err(Refusal::from(Why::WrongPhase).about("subscription", "paused").into());
        }
        row.paused_at = Some(at.now);
        row.pause_reason = Some(self.reason.trim().to_owned());
        tx.edit(&mut row).await?;
        if matches!(at.actor, Actor::System(_)) {
            let args = json!({"name": row.name});
            messages::tell_role(tx, at, Role::Administrator, Template::SubscriptionPaused, &args).await?;
        }
        Ok(Recorded::new(
            (),
            of(Entry::new("subscription-paused", "subscription", row.id), &row).under(self.reason.trim()),
        ))
    }
}

/// Lets a paused system hear again, beginning with what waits.
#[derive(Debug, Serialize, Deserialize)]
pub struct ResumeSubscription {
    /// Which.
    pub subscription: RowId,
}

impl Act for ResumeSubscription {
    const NAME: &'static str = "resume-subscription";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let mut row = open(tx, at, self.subscription).await?;
        if row.paused_at.take().is_none() {
            return Err(Refusal::from(Why::WrongPhase).about("subscription", "not-paused").into());
        }
        row.pause_reason = None;
        tx.edit(&mut row).await?;
        notices::forgive(tx, row.id, at.now).await?;
        Ok(Recorded::new((), of(Entry::new("subscription-resumed", "subscription", row.id), &row)))
    }
}

/// Ends a subscription for good.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndSubscription {
    /// Which.
    pub subscription: RowId,
}

impl Act for EndSubscription {
    const NAME: &'static str = "end-subscription";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let mut row = open(tx, at, self.subscription).await?;
        row.ended_at = Some(at.now);
        tx.edit(&mut row).await?;
        Ok(Recorded::new((), of(Entry::new("subscription-ended", "subscription", row.id), &row)))
    }
}

/// What is sent again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Again {
    /// One event, by its `webhook-id`.
    One(JournalId),
    /// Everything since a moment, microseconds, that fits what the system hears now.
    Since(i64),
}

/// Sends a system again what it missed, with the same `webhook-id`.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendAgain {
    /// To which.
    pub subscription: RowId,
    /// What.
    pub what: Again,
}

impl Act for SendAgain {
    const NAME: &'static str = "send-again";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let row = open(tx, at, self.subscription).await?;
        let (notices, said) = match &self.what {
            Again::One(id) => {
                let one = notices::notice(tx, *id).await?.filter(|notice| row.wants(notice));
                (vec![one.ok_or(Why::NotFound)?], ("notice", json!(id)))
            }
            Again::Since(moment) => {
                let found = notices::since(tx, &row, *moment).await?;
                if found.len() as i64 > MOST_AGAIN {
                    return Err(refused("since"));
                }
                (found, ("since", json!(moment)))
            }
        };
        notices::again(tx, row.id, &notices, at.now).await?;
        Ok(Recorded::new(
            (),
            of(Entry::new("events-sent-again", "subscription", row.id), &row).with(said.0, said.1),
        ))
    }
}

/// Sends a system an event that means nothing, to try the way.
#[derive(Debug, Serialize, Deserialize)]
pub struct TrySubscription {
    /// Which.
    pub subscription: RowId,
}

impl Act for TrySubscription {
    const NAME: &'static str = "try-subscription";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let row = ours(tx, at, self.subscription).await?;
        Ok(Recorded::new((), of(Entry::new("subscription-tried", "subscription", row.id), &row)))
    }
}

/// Whether someone may manage subscriptions.
///
/// # Errors
/// Not permitted, or the database fails.
pub async fn may(tx: &mut Tx<'_>, at: &Desk) -> Result<(), Stop> {
    allowed(tx, at).await
}

/// The secret of a subscription as its receiver is told it.
#[must_use]
pub fn secret(db: &Db, row: &SubscriptionRow) -> String {
    secret_of(&notices::key(db, row.id, row.secret_number))
}

/// The subscriptions that were not ended, by name.
///
/// # Errors
/// Not permitted, or the database fails.
pub async fn all(tx: &mut Tx<'_>, at: &Desk) -> Result<Vec<SubscriptionRow>, Stop> {
    acting(tx, at, Permission::ManageSubscriptions).await?;
    Ok(notices::standing(tx).await?)
}

/// One subscription that was not ended, and how it stands.
///
/// # Errors
/// Not permitted, not there, or the database fails.
pub async fn one(tx: &mut Tx<'_>, at: &Desk, id: RowId) -> Result<(SubscriptionRow, Standing), Stop> {
    acting(tx, at, Permission::ManageSubscriptions).await?;
    let row = open(tx, at, id).await?;
    let standing = notices::how_stands(tx, id).await?;
    Ok((row, standing))
}

/// The deliveries of a subscription, newest first.
///
/// # Errors
/// Not permitted, or the database fails.
pub async fn deliveries(
    tx: &mut Tx<'_>,
    at: &Desk,
    of: RowId,
    state: Option<&str>,
    before: Option<Place>,
    at_most: i64,
) -> Result<Vec<Delivery>, Stop> {
    open(tx, at, of).await?;
    Ok(notices::deliveries(tx, of, state, before, at_most).await?)
}

/// How the subscriptions stand, for whoever runs the office.
///
/// # Errors
/// When the database fails.
pub async fn standings(office: &Office) -> Result<Vec<(SubscriptionRow, Standing)>, Fault> {
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let mut all = Vec::new();
    for row in notices::standing(&mut tx).await? {
        let standing = notices::how_stands(&mut tx, row.id).await?;
        all.push((row, standing));
    }
    Ok(all)
}
