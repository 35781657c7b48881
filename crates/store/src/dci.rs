//! The registry API of the Digital Convergence Initiative: which programs use it,
//! what each may see, and the messages that are answered later.

use crate::db::Db;
use crate::fault::Fault;
use crate::notices::SubscriptionRow;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::{Column as _, Json, Row};
use diwan_domain::ids::RowId;

record! {
    /// What a program may ask and hear by this API. `fields` and `events` are lists
    /// of what it may have; an empty one allows nothing.
    pub struct PartnerRow in "dci_partners" {
        id: RowId,
        client_id: RowId,
        sender_id: Option<String>,
        callback: Option<String>,
        purpose: String,
        fields: Json,
        events: Json,
        keys: Option<String>,
        since: i64,
        version: i64,
    }
}

/// What a client may ask by this API, if it may.
///
/// # Errors
/// When the database fails.
pub async fn partner(tx: &mut Tx<'_>, client: RowId) -> Result<Option<PartnerRow>, Fault> {
    tx.one("SELECT * FROM dci_partners WHERE client_id = $1", &vals![client]).await
}

/// A message that was taken; its identifier is the correlation that the sender was
/// told.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Its correlation.
    pub id: RowId,
    /// Who sent it.
    pub client: RowId,
    /// `search`, `subscribe`, `unsubscribe`, `txn-status`.
    pub action: String,
    /// The sender's name for it.
    pub message_id: String,
    /// The sender's transaction.
    pub transaction_id: String,
    /// Where the answer goes.
    pub callback: Option<String>,
    /// What was asked, as it was read.
    pub body: Json,
    /// What it came to so far.
    pub outcome: Json,
    /// When it was taken, microseconds.
    pub at: i64,
    /// When it was answered, microseconds.
    pub answered_at: Option<i64>,
}

impl Message {
    fn from_row(row: &Row) -> Result<Self, Fault> {
        Ok(Self {
            id: row.get("id")?,
            client: row.get("client_id")?,
            action: row.get("action")?,
            message_id: row.get("message_id")?,
            transaction_id: row.get("transaction_id")?,
            callback: row.get("callback")?,
            body: row.get("body")?,
            outcome: row.get("outcome")?,
            at: row.get("at")?,
            answered_at: row.get("answered_at")?,
        })
    }
}

/// Keeps a message that is answered later.
///
/// # Errors
/// When the database fails.
pub async fn keep(tx: &mut Tx<'_>, message: &Message) -> Result<(), Fault> {
    const KEEP: &str = "
        INSERT INTO dci_messages (id, client_id, action, message_id, transaction_id, callback, body, outcome, at,
                                  answered_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let m = message;
    let values = vals![
        m.id,
        m.client,
        m.action,
        m.message_id,
        m.transaction_id,
        m.callback,
        m.body,
        m.outcome,
        m.at,
        m.answered_at,
    ];
    tx.side(KEEP, &values).await
}

/// Notes what a message came to.
///
/// # Errors
/// When the database fails.
pub async fn answered(db: &Db, id: RowId, outcome: &Json, now: i64) -> Result<(), Fault> {
    const ANSWERED: &str = "UPDATE dci_messages SET outcome = $2, answered_at = $3 WHERE id = $1";
    db.side(ANSWERED, &vals![id, outcome.to_val(), now]).await.map(drop)
}

/// One message.
///
/// # Errors
/// When the database fails.
pub async fn message(tx: &mut Tx<'_>, id: RowId) -> Result<Option<Message>, Fault> {
    tx.row("SELECT * FROM dci_messages WHERE id = $1", &vals![id])
        .await?
        .as_ref()
        .map(Message::from_row)
        .transpose()
}

/// The messages that a client sent under a name.
///
/// # Errors
/// When the database fails.
pub async fn named(tx: &mut Tx<'_>, client: RowId, message_id: &str) -> Result<Vec<Message>, Fault> {
    const NAMED: &str = "
        SELECT * FROM dci_messages WHERE client_id = $1 AND message_id = $2 ORDER BY at DESC, id DESC LIMIT 20";
    tx.rows(NAMED, &vals![client, message_id]).await?.iter().map(Message::from_row).collect()
}

/// The newest messages of a client in a transaction.
///
/// # Errors
/// When the database fails.
pub async fn in_transaction(
    tx: &mut Tx<'_>,
    client: RowId,
    transaction: &str,
) -> Result<Vec<Message>, Fault> {
    const FOUND: &str = "
        SELECT   * FROM dci_messages WHERE client_id = $1 AND transaction_id = $2
        ORDER BY at DESC, id DESC LIMIT 100";
    tx.rows(FOUND, &vals![client, transaction]).await?.iter().map(Message::from_row).collect()
}

/// The subscriptions that a client made by this API, ended ones too.
///
/// # Errors
/// When the database fails.
pub async fn subscriptions_of(tx: &mut Tx<'_>, client: RowId) -> Result<Vec<SubscriptionRow>, Fault> {
    tx.all("SELECT * FROM subscriptions WHERE client_id = $1 ORDER BY since, id", &vals![client]).await
}

/// For how long a message is kept.
const KEPT: i64 = 90 * 86_400_000_000;

/// Forgets messages older than ninety days.
///
/// # Errors
/// When the database fails.
pub async fn sweep(db: &Db, now: i64) -> Result<(), Fault> {
    db.side("DELETE FROM dci_messages WHERE at < $1", &vals![now - KEPT]).await.map(drop)
}
