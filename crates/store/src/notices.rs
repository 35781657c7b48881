//! What other systems are told: subscriptions, the notices that acts leave, and
//! how each delivery stands. A notice is written in the act's own transaction,
//! and only when somebody wants it.

use crate::civil;
use crate::db::Db;
use crate::dialect;
use crate::fault::Fault;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::{Json, Row};
use diwan_domain::acts::Desk;
use diwan_domain::ids::{CaseId, DocumentId, EntryId, JournalId, OfficeId, ReceiptId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::notices::{About, Kind, OfCase, OfEntry, of_entry, payload};
use serde_json::Value;

record! {
    /// One system that is told what happens. The lists `kinds`, `services` and
    /// `offices` filter; an empty one lets everything through.
    pub struct SubscriptionRow in "subscriptions" {
        id: RowId,
        name: String,
        url: String,
        kinds: Json,
        services: Json,
        offices: Json,
        secret_number: i64,
        old_secret_until: Option<i64>,
        since: i64,
        paused_at: Option<i64>,
        pause_reason: Option<String>,
        ended_at: Option<i64>,
        version: i64,
        client_id: Option<RowId>,
        dci: Option<Json>,
    }
}

fn lets_through(list: &Json, value: Option<&str>) -> bool {
    match list.0.as_array() {
        Some(list) if !list.is_empty() => {
            value.is_some_and(|value| list.iter().any(|one| one.as_str() == Some(value)))
        }
        _ => true,
    }
}

impl SubscriptionRow {
    /// Whether it wants a notice.
    #[must_use]
    pub fn wants(&self, notice: &Notice) -> bool {
        match notice.only_for {
            Some(only) => only == self.id,
            None => {
                let office = notice.office.map(|id| id.to_string());
                lets_through(&self.kinds, Some(&notice.kind))
                    && lets_through(&self.services, notice.service.as_deref())
                    && lets_through(&self.offices, office.as_deref())
            }
        }
    }
}

/// One thing that happened, as receivers are told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The journal entry it follows from; receivers know it as `webhook-id`.
    pub id: JournalId,
    /// As receivers know it: `case.submitted`.
    pub kind: String,
    /// When, microseconds.
    pub at: i64,
    /// Its place among the entries of its act.
    pub ordinal: i64,
    /// On which case.
    pub case: Option<CaseId>,
    /// Of which service.
    pub service: Option<String>,
    /// In which office.
    pub office: Option<OfficeId>,
    /// The only subscription that is told, for a trial.
    pub only_for: Option<RowId>,
    /// What is sent.
    pub body: String,
}

impl Notice {
    fn from_row(row: &Row) -> Result<Self, Fault> {
        Ok(Self {
            id: row.get("id")?,
            kind: row.get("kind")?,
            at: row.get("at")?,
            ordinal: row.get("ordinal")?,
            case: row.get("case_id")?,
            service: row.get("service")?,
            office: row.get("office_id")?,
            only_for: row.get("only_for")?,
            body: row.get("body")?,
        })
    }
}

/// Leaves notices of what an act remembered, for those who want them. Without a
/// subscription it asks one question and writes nothing.
pub(crate) async fn leave(tx: &mut Tx<'_>, at: &Desk, entries: &[Entry]) -> Result<(), Fault> {
    let told = entries.iter().enumerate();
    let told: Vec<(usize, &Entry, &Kind)> =
        told.filter_map(|(place, entry)| Some((place, entry, of_entry(&entry.kind)?))).collect();
    if told.is_empty() {
        return Ok(());
    }
    let subscriptions = standing(tx).await?;
    if subscriptions.is_empty() {
        return Ok(());
    }
    for (ordinal, entry, kind) in told {
        let Some(notice) = notice_of(tx, at, ordinal, entry, kind).await? else { continue };
        let mut kept = false;
        for subscription in &subscriptions {
            if !subscription.wants(&notice) {
                continue;
            }
            if !kept {
                keep(tx, &notice).await?;
                kept = true;
            }
            queue(tx, subscription.id, &notice, at.now).await?;
        }
    }
    Ok(())
}

async fn notice_of(
    tx: &mut Tx<'_>,
    at: &Desk,
    ordinal: usize,
    entry: &Entry,
    kind: &Kind,
) -> Result<Option<Notice>, Fault> {
    let Some(about) = about(tx, entry).await? else { return Ok(None) };
    let id = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<uuid::Uuid>().ok());
    let case = about.case.as_ref().map(|of| of.case.clone());
    let of_entry = about.entry.as_ref().map(|of| of.office.clone());
    let office = about.case.as_ref().and_then(|of| of.office.clone()).or(of_entry);
    let of_trial = entry.subject.kind == "subscription";
    Ok(Some(Notice {
        id: at.fresh(&format!("journal/{}", entry.label())),
        kind: kind.name.to_owned(),
        at: at.now,
        ordinal: ordinal as i64,
        case: id(&case).map(CaseId),
        service: about.service.clone().or_else(|| about.case.as_ref().map(|of| of.service.clone())),
        office: id(&office).map(OfficeId),
        only_for: entry.subject.id.parse().ok().filter(|_| of_trial),
        body: payload(kind, at.now, &about, &entry.facts),
    }))
}

/// What an entry of the journal is about: the case as it now stands, and what it is
/// of the case; or an entry of the register. `None` for what is protected: that it
/// happened is told to nobody.
async fn about(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<About>, Fault> {
    const OF_DOCUMENT: &str = "SELECT case_id FROM documents WHERE id = $1";
    const OF_RECEIPT: &str = "SELECT case_id FROM receipts WHERE id = $1";
    let subject = &entry.subject;
    let mut about = About::default();
    let case: Option<CaseId> = match subject.kind.as_str() {
        "case" => subject.id.parse().ok(),
        "document" => {
            about.document = Some(subject.id.clone());
            let id: Option<DocumentId> = subject.id.parse().ok();
            tx.row(OF_DOCUMENT, &vals![id]).await?.map(|row| row.get("case_id")).transpose()?
        }
        "receipt" => {
            let id: Option<ReceiptId> = subject.id.parse().ok();
            tx.row(OF_RECEIPT, &vals![id]).await?.map(|row| row.get("case_id")).transpose()?
        }
        "service" => {
            about.service = Some(subject.id.clone());
            None
        }
        "entry" => {
            let Some(of) = of_register(tx, &subject.id).await? else { return Ok(None) };
            about.entry = Some(of);
            None
        }
        _ => None,
    };
    if let Some(case) = case {
        const CASE: &str = "SELECT service, office_id, phase, version FROM cases WHERE id = $1";
        let row = tx.row(CASE, &vals![case]).await?.ok_or_else(|| Fault::shape("notices.case_id"))?;
        about.case = Some(OfCase {
            case: case.to_string(),
            service: row.get("service")?,
            office: row.get::<Option<OfficeId>>("office_id")?.map(|id| id.to_string()),
            phase: row.get("phase")?,
            version: row.get("version")?,
        });
    }
    Ok(Some(about))
}

/// An entry of the register, if it is not protected and nobody in it is.
async fn of_register(tx: &mut Tx<'_>, id: &str) -> Result<Option<OfEntry>, Fault> {
    const PROTECTED: &str = "
        SELECT COUNT(*) AS n FROM event_roles r JOIN persons p ON p.id = r.person_id
        WHERE  r.event_id = $1 AND p.protected <> 0";
    let Some(id) = id.parse::<EntryId>().ok() else { return Ok(None) };
    let Some(row) = civil::entry(tx, id).await? else { return Ok(None) };
    if row.protected || tx.count(PROTECTED, &vals![row.event_id]).await? > 0 {
        return Ok(None);
    }
    Ok(Some(OfEntry {
        entry: row.id.to_string(),
        kind: row.kind,
        office: row.office_id.to_string(),
        supersedes: row.supersedes.map(|id| id.to_string()),
    }))
}

async fn keep(tx: &mut Tx<'_>, notice: &Notice) -> Result<(), Fault> {
    const KEEP: &str = "
        INSERT INTO notices (id, kind, at, ordinal, case_id, service, office_id, only_for, body)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let n = notice;
    let values = vals![n.id, n.kind, n.at, n.ordinal, n.case, n.service, n.office, n.only_for, n.body];
    tx.side(KEEP, &values).await
}

/// Puts a notice into the queue of a subscription, or back into it.
async fn queue(tx: &mut Tx<'_>, subscription: RowId, notice: &Notice, now: i64) -> Result<(), Fault> {
    const QUEUE: &str = "
        INSERT INTO deliveries (subscription_id, notice_id, case_id, at, ordinal, not_before, attempts)
        VALUES ($1, $2, $3, $4, $5, $6, 0)
        ON CONFLICT (subscription_id, notice_id) DO UPDATE
        SET not_before = $6, attempts = 0, leased_until = NULL, done_at = NULL, failed_at = NULL";
    let n = notice;
    tx.side(QUEUE, &vals![subscription, n.id, n.case, n.at, n.ordinal, now]).await
}

/// Tells one subscription something that no other hears of, such as the answer to
/// what it asked.
///
/// # Errors
/// When the database fails.
pub async fn tell_only(
    tx: &mut Tx<'_>,
    to: RowId,
    id: JournalId,
    kind: &str,
    body: &Value,
    now: i64,
) -> Result<(), Fault> {
    let notice = Notice {
        id,
        kind: kind.to_owned(),
        at: now,
        ordinal: 0,
        case: None,
        service: None,
        office: None,
        only_for: Some(to),
        body: body.to_string(),
    };
    keep(tx, &notice).await?;
    queue(tx, to, &notice, now).await
}

/// Takes a delivery out of the queue that was not for this subscription after all.
///
/// # Errors
/// When the database fails.
pub async fn withhold(db: &Db, to: RowId, notice: JournalId) -> Result<(), Fault> {
    const GONE: &str = "DELETE FROM deliveries WHERE subscription_id = $1 AND notice_id = $2";
    db.side(GONE, &vals![to, notice]).await.map(drop)
}

/// Subscriptions that were not ended, paused ones too, by name.
///
/// # Errors
/// When the database fails.
pub async fn standing(tx: &mut Tx<'_>) -> Result<Vec<SubscriptionRow>, Fault> {
    tx.all("SELECT * FROM subscriptions WHERE ended_at IS NULL ORDER BY name, id", &[]).await
}

/// One subscription.
///
/// # Errors
/// When the database fails.
pub async fn subscription(tx: &mut Tx<'_>, id: RowId) -> Result<Option<SubscriptionRow>, Fault> {
    tx.one("SELECT * FROM subscriptions WHERE id = $1", &vals![id]).await
}

/// How many notices one wish may send again.
pub const MOST_AGAIN: i64 = 20_000;

/// Notices since a moment that a subscription wants, oldest first, at most one
/// more than [`MOST_AGAIN`].
///
/// # Errors
/// When the database fails.
pub async fn since(tx: &mut Tx<'_>, of: &SubscriptionRow, moment: i64) -> Result<Vec<Notice>, Fault> {
    const SINCE: &str = "
        SELECT   id, kind, at, ordinal, case_id, service, office_id, only_for, body FROM notices
        WHERE    at > $1 OR (at = $1 AND ordinal > $2)
        ORDER BY at, ordinal LIMIT 5000";
    let (mut all, mut after) = (Vec::new(), (moment, -1));
    while all.len() as i64 <= MOST_AGAIN {
        let rows = tx.rows(SINCE, &vals![after.0, after.1]).await?;
        let page: Vec<Notice> = rows.iter().map(Notice::from_row).collect::<Result<_, _>>()?;
        let Some(last) = page.last() else { break };
        after = (last.at, last.ordinal);
        all.extend(page.into_iter().filter(|notice| of.wants(notice)));
    }
    Ok(all)
}

/// One notice.
///
/// # Errors
/// When the database fails.
pub async fn notice(tx: &mut Tx<'_>, id: JournalId) -> Result<Option<Notice>, Fault> {
    const ONE: &str = "
        SELECT id, kind, at, ordinal, case_id, service, office_id, only_for, body FROM notices WHERE id = $1";
    tx.row(ONE, &vals![id]).await?.as_ref().map(Notice::from_row).transpose()
}

/// Sends notices again to a subscription.
///
/// # Errors
/// When the database fails.
pub async fn again(tx: &mut Tx<'_>, to: RowId, notices: &[Notice], now: i64) -> Result<(), Fault> {
    for notice in notices {
        queue(tx, to, notice, now).await?;
    }
    Ok(())
}

/// How one delivery stands.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The notice.
    pub notice: JournalId,
    /// Its kind.
    pub kind: String,
    /// When it happened, microseconds.
    pub at: i64,
    /// Its place among the entries of its act.
    pub ordinal: i64,
    /// On which case.
    pub case: Option<CaseId>,
    /// How often it was tried since it was queued.
    pub attempts: i64,
    /// When it is tried next, while it waits.
    pub next: Option<i64>,
    /// When it was tried last.
    pub tried_at: Option<i64>,
    /// When it arrived.
    pub done_at: Option<i64>,
    /// When it was given up.
    pub failed_at: Option<i64>,
    /// What the receiver answered last: an HTTP status.
    pub status: Option<i64>,
    /// Why it did not arrive the last time.
    pub last_error: Option<String>,
}

impl Delivery {
    /// `delivered`, `failed` or `waiting`.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match (self.done_at, self.failed_at) {
            (Some(_), _) => "delivered",
            (None, Some(_)) => "failed",
            (None, None) => "waiting",
        }
    }

    fn from_row(row: &Row) -> Result<Self, Fault> {
        let (done_at, failed_at): (Option<i64>, Option<i64>) = (row.get("done_at")?, row.get("failed_at")?);
        let not_before: i64 = row.get("not_before")?;
        Ok(Self {
            notice: row.get("notice_id")?,
            kind: row.get("kind")?,
            at: row.get("at")?,
            ordinal: row.get("ordinal")?,
            case: row.get("case_id")?,
            attempts: row.get("attempts")?,
            next: Some(not_before).filter(|_| done_at.is_none() && failed_at.is_none()),
            tried_at: row.get("tried_at")?,
            done_at,
            failed_at,
            status: row.get("status")?,
            last_error: row.get("last_error")?,
        })
    }
}

/// Where a page of deliveries ended: the moment, the place, the notice.
pub type Place = (i64, i64, JournalId);

/// The deliveries of a subscription, newest first, after a place.
///
/// # Errors
/// When the database fails.
pub async fn deliveries(
    tx: &mut Tx<'_>,
    of: RowId,
    state: Option<&str>,
    before: Option<Place>,
    at_most: i64,
) -> Result<Vec<Delivery>, Fault> {
    const FOUND: &str = "
        SELECT   d.notice_id, n.kind, d.at, d.ordinal, d.case_id, d.attempts, d.not_before, d.tried_at, d.done_at,
                 d.failed_at, d.status, d.last_error
        FROM     deliveries d JOIN notices n ON n.id = d.notice_id
        WHERE    d.subscription_id = $1
          AND    ($2 = '' OR ($2 = 'delivered' AND d.done_at IS NOT NULL)
                  OR ($2 = 'failed' AND d.done_at IS NULL AND d.failed_at IS NOT NULL)
                  OR ($2 = 'waiting' AND d.done_at IS NULL AND d.failed_at IS NULL))
          AND    (d.at < $3 OR (d.at = $3 AND (d.ordinal < $4 OR (d.ordinal = $4 AND d.notice_id > $5))))
        ORDER BY d.at DESC, d.ordinal DESC, d.notice_id LIMIT $6";
    let (at, ordinal, notice) = before.unwrap_or((i64::MAX, 0, JournalId(uuid::Uuid::nil())));
    let values = vals![of, state.unwrap_or_default(), at, ordinal, notice, at_most];
    tx.rows(FOUND, &values).await?.iter().map(Delivery::from_row).collect()
}

/// How the deliveries of a subscription stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Not yet delivered.
    pub waiting: i64,
    /// Given up.
    pub failed: i64,
    /// When the oldest waiting thing happened.
    pub oldest: Option<i64>,
    /// Since when every try failed.
    pub failing_since: Option<i64>,
    /// Until when the receiver is left alone.
    pub rests_until: Option<i64>,
    /// Why the last try failed.
    pub last_error: Option<String>,
}

/// How the deliveries of a subscription stand.
///
/// # Errors
/// When the database fails.
pub async fn how_stands(tx: &mut Tx<'_>, of: RowId) -> Result<Standing, Fault> {
    const WAITING: &str = "
        SELECT COUNT(*) AS n, MIN(at) AS oldest FROM deliveries
        WHERE  subscription_id = $1 AND done_at IS NULL AND failed_at IS NULL";
    const FAILED: &str = "
        SELECT COUNT(*) AS n FROM deliveries
        WHERE  subscription_id = $1 AND done_at IS NULL AND failed_at IS NOT NULL";
    const RECEIVER: &str =
        "SELECT failing_since, not_before, last_error FROM receivers WHERE subscription_id = $1";
    let waiting = tx.row(WAITING, &vals![of]).await?.ok_or_else(|| Fault::shape("deliveries"))?;
    let mut standing = Standing {
        waiting: waiting.get("n")?,
        oldest: waiting.get("oldest")?,
        failed: tx.count(FAILED, &vals![of]).await?,
        ..Standing::default()
    };
    if let Some(row) = tx.row(RECEIVER, &vals![of]).await? {
        standing.failing_since = row.get("failing_since")?;
        standing.rests_until = Some(row.get("not_before")?).filter(|_| standing.failing_since.is_some());
        standing.last_error = row.get("last_error")?;
    }
    Ok(standing)
}

/// Subscriptions for which something is due.
///
/// # Errors
/// When the database fails.
pub async fn due(tx: &mut Tx<'_>, now: i64) -> Result<Vec<SubscriptionRow>, Fault> {
    const DUE: &str = "
        SELECT s.* FROM subscriptions s
        WHERE  s.ended_at IS NULL AND s.paused_at IS NULL
          AND  NOT EXISTS (SELECT 1 FROM receivers r WHERE r.subscription_id = s.id AND r.not_before > $1)
          AND  EXISTS (SELECT 1 FROM deliveries d
                       WHERE d.subscription_id = s.id AND d.done_at IS NULL AND d.failed_at IS NULL
                         AND d.not_before <= $1 AND (d.leased_until IS NULL OR d.leased_until < $1))";
    tx.all(DUE, &vals![now]).await
}

/// Something to deliver.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// The notice: `webhook-id`.
    pub notice: JournalId,
    /// What is sent.
    pub body: String,
    /// How often it was tried, this time included.
    pub attempts: i64,
}

/// Leases what is due for one subscription, at most the oldest of each case.
/// Times in microseconds.
///
/// # Errors
/// When the database fails.
pub async fn lease(db: &Db, to: RowId, now: i64, length: i64, at_most: i64) -> Result<Vec<Parcel>, Fault> {
    let values = vals![now, now + length, at_most, to];
    let rows = db.side(dialect::lease_deliveries(db.engine()), &values).await?;
    let parcel = |row: &Row| {
        Ok(Parcel { notice: row.get("notice_id")?, body: row.get("body")?, attempts: row.get("attempts")? })
    };
    rows.iter().map(parcel).collect()
}

/// It arrived. When the receiver was silent before, what waits for it is tried
/// at once.
///
/// # Errors
/// When the database fails.
pub async fn delivered(db: &Db, to: RowId, notice: JournalId, status: i64, now: i64) -> Result<(), Fault> {
    const DONE: &str = "
        UPDATE deliveries SET done_at = $3, tried_at = $3, status = $4, leased_until = NULL, last_error = NULL
        WHERE  subscription_id = $1 AND notice_id = $2";
    const WELL: &str = "
        UPDATE receivers SET failures = 0, failing_since = NULL, not_before = 0, last_error = NULL
        WHERE  subscription_id = $1 AND failures > 0 RETURNING failures";
    const FORWARD: &str = "
        UPDATE deliveries SET not_before = $2
        WHERE  subscription_id = $1 AND done_at IS NULL AND failed_at IS NULL AND not_before > $2";
    db.side(DONE, &vals![to, notice, now, status]).await?;
    if !db.side(WELL, &vals![to]).await?.is_empty() {
        db.side(FORWARD, &vals![to, now]).await?;
    }
    Ok(())
}

/// How a try failed.
#[derive(Clone, Copy, Debug)]
pub struct Failure<'a> {
    /// What the receiver answered, if it did.
    pub status: Option<i64>,
    /// Why, in words for the operator.
    pub why: &'a str,
    /// When to try this one again; `None` when it is given up.
    pub again_at: Option<i64>,
    /// Until when the receiver is left alone, by how often it failed in a row.
    pub rest: fn(i64) -> i64,
}

/// It did not arrive. Returns since when every try for this receiver failed.
///
/// # Errors
/// When the database fails.
pub async fn failed(
    db: &Db,
    to: RowId,
    notice: JournalId,
    failure: Failure<'_>,
    now: i64,
) -> Result<i64, Fault> {
    const AGAIN: &str = "
        UPDATE deliveries SET not_before = $3, tried_at = $4, status = $5, last_error = $6, leased_until = NULL
        WHERE  subscription_id = $1 AND notice_id = $2";
    const GIVE_UP: &str = "
        UPDATE deliveries SET failed_at = $3, tried_at = $3, status = $4, last_error = $5, leased_until = NULL
        WHERE  subscription_id = $1 AND notice_id = $2";
    const ILL: &str = "
        INSERT INTO receivers (subscription_id, failures, failing_since, not_before, last_error)
        VALUES ($1, 1, $2, 0, $3)
        ON CONFLICT (subscription_id) DO UPDATE
        SET failures = receivers.failures + 1, failing_since = COALESCE(receivers.failing_since, $2),
            last_error = $3
        RETURNING failures, failing_since";
    const REST: &str = "UPDATE receivers SET not_before = $2 WHERE subscription_id = $1";
    let Failure { status, why, again_at, rest } = failure;
    match again_at {
        Some(at) => db.side(AGAIN, &vals![to, notice, at, now, status, why]).await?,
        None => db.side(GIVE_UP, &vals![to, notice, now, status, why]).await?,
    };
    let rows = db.side(ILL, &vals![to, now, why]).await?;
    let row = rows.first().ok_or_else(|| Fault::shape("receivers"))?;
    let failures: i64 = row.get("failures")?;
    db.side(REST, &vals![to, now + rest(failures)]).await?;
    row.get("failing_since")
}

/// Lets a receiver be tried at once, as after a pause.
///
/// # Errors
/// When the database fails.
pub async fn forgive(tx: &mut Tx<'_>, to: RowId, now: i64) -> Result<(), Fault> {
    const WELL: &str = "
        UPDATE receivers SET failures = 0, failing_since = NULL, not_before = 0 WHERE subscription_id = $1";
    const FORWARD: &str = "
        UPDATE deliveries SET not_before = $2, attempts = 0
        WHERE  subscription_id = $1 AND done_at IS NULL AND failed_at IS NULL AND attempts > 0";
    tx.side(WELL, &vals![to]).await?;
    tx.side(FORWARD, &vals![to, now]).await
}

/// For how long what was delivered can be looked at and sent again.
const KEPT: i64 = 90 * 86_400_000_000;

/// Forgets what is older than ninety days and does not wait.
///
/// # Errors
/// When the database fails.
pub async fn sweep(db: &Db, now: i64) -> Result<(), Fault> {
    const DONE: &str = "
        DELETE FROM deliveries
        WHERE  (done_at < $1 OR failed_at < $1)
           OR  subscription_id IN (SELECT id FROM subscriptions WHERE ended_at < $1)";
    const OLD: &str = "
        DELETE FROM notices WHERE at < $1
          AND  NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.notice_id = notices.id)";
    db.side(DONE, &vals![now - KEPT]).await?;
    db.side(OLD, &vals![now - KEPT]).await.map(drop)
}

/// The secret's key of a subscription. It is made from the key that is not in the
/// database, so that no backup, journal or stored act holds it.
#[must_use]
pub fn key(db: &Db, of: RowId, number: i64) -> [u8; 32] {
    db.derived_key(&format!("webhook/{of}/{number}"))
}

/// A list of words that was stored as JSON.
#[must_use]
pub fn words(list: &Json) -> Vec<String> {
    let one = |value: &Value| value.as_str().map(str::to_owned);
    list.0.as_array().map(|list| list.iter().filter_map(one).collect()).unwrap_or_default()
}
