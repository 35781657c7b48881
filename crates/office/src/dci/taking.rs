//! Taking a message that is answered later: what it asks is kept together with the
//! answer that is owed, in one act, so that a restart loses neither.

use super::asked::{EventCriteria, StatusAsked, Wanted, WantedEvents};
use super::partners::{events_of, fields_of};
use super::search::not_a_partner;
use crate::acting::acting;
use diwan_domain::acts::Desk;
use diwan_domain::civil::EventKind;
use diwan_domain::dci::{Happening, Reject, Told};
use diwan_domain::ids::RowId;
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_store::clients::{self, ApiClientRow};
use diwan_store::dci::{self, Message, PartnerRow};
use diwan_store::notices::{self, SubscriptionRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// How many subscriptions one client may have at once.
const MOST_SUBSCRIPTIONS: usize = 200;
/// As what an answer is queued.
pub(super) const ANSWER: &str = "dci.answer";

/// What a message asks.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// Records.
    Search(Vec<Wanted>),
    /// To be told of events.
    Subscribe(Vec<WantedEvents>),
    /// To be told no more, by code.
    Unsubscribe(Vec<String>),
    /// How something stands.
    Status(StatusAsked),
}

/// Takes a message.
#[derive(Debug, Serialize, Deserialize)]
pub struct TakeDciMessage {
    /// Who sent it.
    pub client: RowId,
    /// The sender's name for itself.
    pub sender_id: String,
    /// The sender's name for the message.
    pub message_id: String,
    /// The sender's transaction.
    pub transaction_id: String,
    /// Where the answer goes.
    pub callback: String,
    /// What it asks.
    pub asked: Asked,
}

/// The key of an act: the same message sent again, to the letter, is taken once.
#[must_use]
pub fn key_of(client: RowId, action: &str, header: &str, message: &str) -> String {
    let mut hash = Sha256::new();
    for part in [&client.to_string(), action, header, message] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hex::encode(hash.finalize())
}

impl Asked {
    /// The action that asks it.
    #[must_use]
    pub fn action(&self) -> &'static str {
        match self {
            Self::Search(_) => "search",
            Self::Subscribe(_) => "subscribe",
            Self::Unsubscribe(_) => "unsubscribe",
            Self::Status(_) => "txn-status",
        }
    }
}

impl Act for TakeDciMessage {
    const NAME: &'static str = "take-dci-message";
    type Out = RowId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        acting(tx, at, Permission::FindPeople).await?;
        let partner = dci::partner(tx, self.client).await?.ok_or_else(not_a_partner)?;
        let client = clients::client(tx, self.client).await?.ok_or_else(not_a_partner)?;
        // A search may be asked twice under one name, as the published samples do;
        // what changes something may not.
        if matches!(self.asked, Asked::Subscribe(_) | Asked::Unsubscribe(_)) {
            let before = dci::named(tx, self.client, &self.message_id).await?;
            if before.iter().any(|message| message.action == self.asked.action()) {
                return Err(Why::KeyReused.into());
            }
        }
        let id: RowId = at.fresh("dci-message");
        let mut entries = Vec::new();
        let outcome = match &self.asked {
            Asked::Search(requests) => outcome_of(requests, at.now),
            Asked::Subscribe(requests) => {
                let mut items = Vec::new();
                for (place, wanted) in requests.iter().enumerate() {
                    let made = match &wanted.asked {
                        Ok(criteria) => {
                            self.subscribe(tx, at, &client, &partner, place, wanted, criteria, &mut entries)
                                .await?
                        }
                        Err(reject) => Err(reject.clone()),
                    };
                    items.push(item_of(&wanted.reference_id, at.now, made));
                }
                json!({"items": items})
            }
            Asked::Unsubscribe(codes) => self.unsubscribe(tx, at, codes, &mut entries).await?,
            Asked::Status(_) => json!({}),
        };
        let message = Message {
            id,
            client: self.client,
            action: self.asked.action().to_owned(),
            message_id: self.message_id.clone(),
            transaction_id: self.transaction_id.clone(),
            callback: Some(self.callback.clone()),
            body: Json(json!({"sender_id": self.sender_id, "asked": self.asked})),
            outcome: Json(outcome),
            at: at.now,
            answered_at: None,
        };
        dci::keep(tx, &message).await?;
        let owed = self.answers_to(tx, at, &client, &partner, &mut entries).await?;
        let notice = at.fresh("dci-answer");
        notices::tell_only(tx, owed, notice, ANSWER, &json!({"message": id}), at.now).await?;
        let entry = Entry::new("dci-message-taken", "dci-message", id)
            .with("client", client.name)
            .with("action", self.asked.action())
            .with("message", self.message_id.clone());
        Ok(Recorded::new(id, entry).and_all(entries))
    }
}

/// How the requests of a search stand before they are answered.
#[must_use]
pub fn outcome_of(requests: &[Wanted], now: i64) -> Value {
    let item = |wanted: &Wanted| match &wanted.asked {
        Ok(_) => json!({"reference_id": wanted.reference_id, "status": "pdng", "at": now}),
        Err(reject) => rejected(&wanted.reference_id, now, reject),
    };
    json!({"items": requests.iter().map(item).collect::<Vec<Value>>()})
}

fn rejected(reference: &str, now: i64, reject: &Reject) -> Value {
    json!({"reference_id": reference, "status": "rjct", "at": now, "code": reject.code, "message": reject.message})
}

fn item_of(reference: &str, now: i64, made: Result<RowId, Reject>) -> Value {
    match made {
        Ok(id) => json!({"reference_id": reference, "status": "succ", "at": now, "subscription": id}),
        Err(reject) => rejected(reference, now, &reject),
    }
}

/// The kinds of notices that may concern a subscriber.
fn kinds_for(told: Told, allowed: &[EventKind]) -> Vec<String> {
    let mut kinds = Vec::new();
    let hears = |what: Happening| allowed.iter().any(|kind| told.hears(*kind, what));
    for kind in allowed.iter().filter(|kind| told.hears(**kind, Happening::Registered)) {
        kinds.push(format!("{}.registered", kind.code().replace('-', "_")));
    }
    for (what, name) in [
        (Happening::Corrected, "entry.corrected"),
        (Happening::Revoked, "entry.revoked"),
        (Happening::Reinstated, "entry.reinstated"),
    ] {
        if hears(what) {
            kinds.push(name.to_owned());
        }
    }
    kinds
}

impl TakeDciMessage {
    /// Subscribes the sender to events, if it may hear of them.
    #[expect(clippy::too_many_arguments, reason = "one request of several, with what the act knows already")]
    async fn subscribe(
        &self,
        tx: &mut Tx<'_>,
        at: &Desk,
        client: &ApiClientRow,
        partner: &PartnerRow,
        place: usize,
        wanted: &WantedEvents,
        criteria: &EventCriteria,
        entries: &mut Vec<Entry>,
    ) -> Result<Result<RowId, Reject>, Stop> {
        let allowed = events_of(partner);
        let kinds = kinds_for(criteria.told, &allowed);
        let is_open = criteria.told.kind.is_none_or(|kind| allowed.contains(&kind));
        if kinds.is_empty() || !is_open {
            let help = "this client may not hear of these events";
            return Ok(Err(Reject::new("rjct.notify_types.invalid", help)));
        }
        let fields = fields_of(partner);
        let conditions = criteria.query.as_ref().map(|query| query.conditions()).unwrap_or_default();
        let is_closed = |field: diwan_domain::dci::Field| !fields.contains(&field);
        if let Some(closed) = conditions.iter().find(|one| one.attribute.field().is_some_and(is_closed)) {
            let help = format!("filter: {} is not open to this client", closed.attribute.code());
            return Ok(Err(Reject::new("rjct.notify_details.invalid", help)));
        }
        let held = dci::subscriptions_of(tx, self.client).await?;
        let held: Vec<&SubscriptionRow> = held.iter().filter(|row| row.ended_at.is_none()).collect();
        if held.iter().any(|row| row.dci.as_ref().is_some_and(|dci| dci.0["criteria"] == json!(criteria))) {
            let help = "this client hears of these events already";
            return Ok(Err(Reject::new("rjct.event.already_subscribed", help)));
        }
        if held.len() >= MOST_SUBSCRIPTIONS {
            let help = format!("a client has {MOST_SUBSCRIPTIONS} subscriptions at most");
            return Ok(Err(Reject::new("rjct.notify_details.invalid", help)));
        }
        let name = criteria.sent["reg_event_type"].as_str().unwrap_or_default();
        let kept = json!({
            "criteria": criteria, "transaction_id": self.transaction_id, "sender_id": self.sender_id,
            "locale": wanted.locale,
        });
        let id = at.fresh(&format!("dci-subscription/{place}"));
        let row =
            new_row(at, id, self.client, format!("{} · {name}", client.name), &self.callback, kinds, kept);
        tx.add(&row).await?;
        entries.push(said("subscribed", &row).with("url", row.url.clone()));
        Ok(Ok(id))
    }

    /// Ends subscriptions by their codes: all that are named, or, where one of them
    /// is not the sender's, none.
    async fn unsubscribe(
        &self,
        tx: &mut Tx<'_>,
        at: &Desk,
        codes: &[String],
        entries: &mut Vec<Entry>,
    ) -> Result<Value, Stop> {
        let held = dci::subscriptions_of(tx, self.client).await?;
        let own = |code: &String| held.iter().find(|row| row.id.to_string() == *code && is_of_events(row));
        if let Some(unknown) = codes.iter().find(|code| own(code).is_none()) {
            let message = format!("{unknown} is no subscription of this client; none was ended");
            return Ok(
                json!({"status": "rjct", "code": "rjct.subscription_code.invalid", "message": message}),
            );
        }
        let mut open: Vec<SubscriptionRow> = held
            .iter()
            .filter(|row| row.ended_at.is_none() && codes.contains(&row.id.to_string()))
            .cloned()
            .collect();
        if open.is_empty() {
            let message = "these subscriptions had ended";
            return Ok(
                json!({"status": "rjct", "code": "rjct.event.already_unsubscribed", "message": message, "codes": codes}),
            );
        }
        for row in &mut open {
            row.ended_at = Some(at.now);
            tx.edit(row).await?;
            entries.push(said("subscription-ended", row));
        }
        Ok(json!({"status": "succ", "codes": codes}))
    }

    /// The queue of answers to this client: one, made with its first message.
    async fn answers_to(
        &self,
        tx: &mut Tx<'_>,
        at: &Desk,
        client: &ApiClientRow,
        partner: &PartnerRow,
        entries: &mut Vec<Entry>,
    ) -> Result<RowId, Stop> {
        let known = partner.callback.clone().unwrap_or_else(|| self.callback.clone());
        let held = dci::subscriptions_of(tx, self.client).await?;
        let queue = held.into_iter().find(|row| row.ended_at.is_none() && !is_of_events(row));
        if let Some(mut row) = queue {
            if row.url != known {
                row.url = known;
                tx.edit(&mut row).await?;
                entries.push(said("subscription-changed", &row).with("url", row.url.clone()));
            }
            return Ok(row.id);
        }
        let id = at.fresh("dci-answers");
        let kept = json!({"answers": true});
        let kinds = vec![ANSWER.to_owned()];
        let row = new_row(at, id, self.client, format!("{} · on-search …", client.name), &known, kinds, kept);
        tx.add(&row).await?;
        entries.push(said("subscribed", &row).with("url", row.url.clone()));
        Ok(id)
    }
}

/// Whether a row is a subscription to events, and no queue of answers.
pub(super) fn is_of_events(row: &SubscriptionRow) -> bool {
    row.dci.as_ref().is_some_and(|dci| dci.0.get("criteria").is_some())
}

fn said(kind: &str, row: &SubscriptionRow) -> Entry {
    Entry::new(kind, "subscription", row.id).with("name", row.name.clone())
}

fn new_row(
    at: &Desk,
    id: RowId,
    client: RowId,
    name: String,
    url: &str,
    kinds: Vec<String>,
    kept: Value,
) -> SubscriptionRow {
    SubscriptionRow {
        id,
        name,
        url: url.to_owned(),
        kinds: Json(json!(kinds)),
        services: Json(json!([])),
        offices: Json(json!([])),
        secret_number: 1,
        old_secret_until: None,
        since: at.now,
        paused_at: None,
        pause_reason: None,
        ended_at: None,
        version: 1,
        client_id: Some(client),
        dci: Some(Json(kept)),
    }
}

/// The criteria of a subscription, as far as it is one to events.
pub(super) fn criteria_of(row: &SubscriptionRow) -> Result<Option<EventCriteria>, Fault> {
    let Some(criteria) = row.dci.as_ref().and_then(|dci| dci.0.get("criteria")) else { return Ok(None) };
    let read = serde_json::from_value(criteria.clone());
    read.map(Some).map_err(|_| Fault::WrongDatabase(format!("subscription {} cannot be read", row.id)))
}
