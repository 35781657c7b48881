//! Getting events to those who subscribed: what is due, how it is signed, and what
//! becomes of an answer. The way out itself is the program's.

use super::PauseSubscription;
use crate::dci::{self, Outgoing};
use crate::desk::{Office, Who};
use crate::secrets;
use diwan_domain::notices::{next_try, signature};
use diwan_store::notices::{self, Failure, SubscriptionRow};
use diwan_store::{Fault, Stop};

pub use diwan_store::notices::Parcel;

/// How long a leased delivery is ours, microseconds: longer than any try takes.
const LEASE: i64 = 120_000_000;
/// After how long without a single answer a receiver is paused.
const PATIENCE: i64 = 3 * 86_400_000_000;
/// How often a receiver that takes nothing is looked for at least, in seconds.
const LOOK_AGAIN: i64 = 3_600;
const A_SECOND: i64 = 1_000_000;

/// Subscriptions for which something is due now.
///
/// # Errors
/// When the database fails.
pub async fn waiting_for(office: &Office) -> Result<Vec<SubscriptionRow>, Fault> {
    notices::due(&mut office.db.reading().await?.tx(), office.now()).await
}

/// Takes what is due for one of them. While a receiver fails, one at a time: the
/// rest waits for it to answer.
///
/// # Errors
/// When the database fails.
pub async fn lease_due(office: &Office, to: &SubscriptionRow, at_most: i64) -> Result<Vec<Parcel>, Fault> {
    let standing = notices::how_stands(&mut office.db.reading().await?.tx(), to.id).await?;
    let at_most = if standing.failing_since.is_some() { 1 } else { at_most };
    notices::lease(&office.db, to.id, office.now(), LEASE, at_most).await
}

/// What is sent for one delivery: an event of Standard Webhooks, or a message of the
/// registry API to whoever subscribed with that.
///
/// # Errors
/// When the database fails.
pub async fn outgoing(office: &Office, to: &SubscriptionRow, parcel: &Parcel) -> Result<Outgoing, Stop> {
    if to.client_id.is_some() {
        return dci::outgoing(office, to, parcel).await;
    }
    let headers = headers(office, to, parcel).into_iter().collect();
    Ok(Outgoing::Send { url: to.url.clone(), headers, body: parcel.body.clone() })
}

/// Forgets a delivery that is not for this receiver after all.
///
/// # Errors
/// When the database fails.
pub async fn withhold(office: &Office, to: &SubscriptionRow, parcel: &Parcel) -> Result<(), Fault> {
    notices::withhold(&office.db, to.id, parcel.notice).await
}

/// The headers of the Standard Webhooks specification for one delivery. While a
/// secret is renewed, both sign.
fn headers(office: &Office, to: &SubscriptionRow, parcel: &Parcel) -> [(&'static str, String); 3] {
    let now = office.now();
    let (id, seconds) = (parcel.notice.to_string(), now.div_euclid(A_SECOND));
    let sign = |number: i64| signature(&notices::key(&office.db, to.id, number), &id, seconds, &parcel.body);
    let mut signed = sign(to.secret_number);
    if to.old_secret_until.is_some_and(|until| until > now) {
        signed = format!("{signed} {}", sign(to.secret_number - 1));
    }
    [("webhook-id", id), ("webhook-timestamp", seconds.to_string()), ("webhook-signature", signed)]
}

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// The receiver has it: a status of 2xx.
    Taken(u16),
    /// It has not.
    Failed {
        /// What it answered, if it did.
        status: Option<u16>,
        /// Why, in words for the operator, without anything secret.
        why: String,
        /// For how many seconds it asked to be left alone.
        retry_after: Option<i64>,
    },
}

/// Notes what became of a try. A receiver that says it is gone (410), or that has
/// not taken anything for days, is paused, and administrators are told.
///
/// # Errors
/// When the database fails.
pub async fn note(
    office: &Office,
    to: &SubscriptionRow,
    parcel: &Parcel,
    answered: &Answered,
) -> Result<(), Stop> {
    let now = office.now();
    let (status, why, retry_after) = match answered {
        Answered::Taken(status) => {
            return Ok(notices::delivered(&office.db, to.id, parcel.notice, i64::from(*status), now).await?);
        }
        Answered::Failed { status, why, retry_after } => (*status, why.as_str(), *retry_after),
    };
    let gone = status == Some(410);
    let asked = retry_after.unwrap_or(0).clamp(0, 3_600);
    // What still has a chance waits, also when its own tries are over: only the
    // receiver's silence ends in a pause.
    let silent =
        notices::how_stands(&mut office.db.reading().await?.tx(), to.id).await?.failing_since.is_some();
    let wait = match next_try(parcel.attempts) {
        _ if gone => Some(0),
        // While it takes nothing at all, it is looked for at least every hour.
        wait if silent => Some(wait.unwrap_or(LOOK_AGAIN).min(LOOK_AGAIN)),
        wait => wait,
    };
    let again_at = wait.map(|seconds| now + jittered(seconds.max(asked)));
    let failure = Failure { status: status.map(i64::from), why, again_at, rest };
    let since = notices::failed(&office.db, to.id, parcel.notice, failure, now).await?;
    let reason = match (gone, now - since > PATIENCE) {
        (true, _) => "the receiver says that it is gone (410)".to_owned(),
        (false, true) => format!("nothing was taken for three days: {why}"),
        (false, false) => return Ok(()),
    };
    let pause = PauseSubscription { subscription: to.id, reason };
    match office.perform_once(&Who::system("webhooks"), pause).await {
        // Another node was quicker.
        Err(stop) if stop.refusal().is_some() => Ok(()),
        other => other,
    }
}

/// How long a receiver that failed so often in a row is left alone: seconds at
/// first, ten minutes at most, so that it is found again soon after it is back.
fn rest(failures: i64) -> i64 {
    jittered((1_i64 << failures.clamp(1, 10)).min(600))
}

/// Seconds as microseconds, up to a fifth more, so that what failed together does
/// not come together again.
fn jittered(seconds: i64) -> i64 {
    let chance = i64::from(u32::from_le_bytes(secrets::random::<4>()));
    let micros = seconds * A_SECOND;
    micros + micros / 5 * chance / i64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receiver_rests_longer_the_more_often_it_fails_but_never_long() {
        for (failures, seconds) in [(1, 2), (5, 32), (12, 600), (1_000, 600)] {
            let rest = rest(failures) / A_SECOND;
            assert!((seconds..=seconds + seconds / 5).contains(&rest), "{failures}: {rest}");
        }
    }
}
