//! Answers as the specification writes them: header, message, signature.

use super::asked::{StatusAsked, Wanted};
use super::keys::sign;
use super::search::{Hit, records};
use super::taking::is_of_events;
use crate::desk::{Office, Who};
use diwan_domain::dci::VERSION;
use diwan_domain::ids::RowId;
use diwan_store::dci::{self, Message, PartnerRow};
use diwan_store::notices::SubscriptionRow;
use diwan_store::{Fault, Stop, Tx};
use serde_json::{Map, Value, json};

/// As what records are told.
pub(super) const RECORD_TYPE: &str = "spdci-extensions-dci:Person";
/// What kind of register this is.
pub(super) const REGISTER_TYPE: &str = "ns:org:RegistryType:Civil";

/// The name of this installation in messages: the host at which it is reached.
#[must_use]
pub fn sender_id(office: &Office) -> String {
    let url = &office.settings.base_url;
    let host = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    host.split(['/', ':']).next().unwrap_or_default().to_owned()
}

/// A moment as the specification writes it.
pub(super) fn stamp(micros: i64) -> String {
    jiff::Timestamp::from_microsecond(micros).unwrap_or_default().to_string()
}

/// A header of an answer. `done` of `asked` requests were carried out; a reason is a
/// code of the specification, perhaps none, and a sentence.
#[must_use]
pub fn callback_header(
    office: &Office,
    (message_id, to): (&str, &str),
    action: &str,
    (done, asked): (usize, usize),
    reason: Option<(&str, &str)>,
) -> Value {
    let status = if done > 0 || asked == 0 && reason.is_none() { "succ" } else { "rjct" };
    let mut header = json!({
        "version": VERSION, "message_id": message_id, "message_ts": stamp(office.now()), "action": action,
        "status": status, "total_count": asked, "completed_count": asked, "sender_id": sender_id(office),
        "receiver_id": to, "is_msg_encrypted": false, "meta": {},
    });
    if let Some((code, message)) = reason {
        if !code.is_empty() {
            header["status_reason_code"] = json!(code);
        }
        header["status_reason_message"] = json!(message);
    }
    header
}

/// A whole message, signed. Header and message stand in it exactly as they were
/// signed.
#[must_use]
pub fn envelope(office: &Office, header: &Value, message: Option<&Value>) -> String {
    let (header, message) = (header.to_string(), message.map(Value::to_string).unwrap_or_default());
    let signature = json!(sign(office, &sender_id(office), &header, &message));
    match message.as_str() {
        "" => format!("{{\"signature\":{signature},\"header\":{header}}}"),
        message => format!("{{\"signature\":{signature},\"header\":{header},\"message\":{message}}}"),
    }
}

/// An item of an answer: how one request stands.
fn item(reference: &str, at: i64, status: &str, locale: Option<&str>) -> Map<String, Value> {
    let mut item = Map::new();
    item.insert("reference_id".into(), json!(reference));
    item.insert("timestamp".into(), json!(stamp(at)));
    item.insert("status".into(), json!(status));
    if let Some(locale) = locale {
        item.insert("locale".into(), json!(locale));
    }
    item
}

fn because(item: &mut Map<String, Value>, code: &str, message: &str) {
    item.insert("status_reason_code".into(), json!(code));
    item.insert("status_reason_message".into(), json!(message));
}

/// The answer to a search: `SearchResponse`.
///
/// # Errors
/// Not permitted, or the database fails.
pub async fn search_answer(
    office: &Office,
    who: &Who,
    partner: &PartnerRow,
    requests: &[Wanted],
    hits: &[Hit],
    (transaction, correlation): (&str, &str),
) -> Result<Value, Stop> {
    let at = office.desk(who, "look");
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let mut items = Vec::new();
    for (wanted, hit) in requests.iter().zip(hits) {
        let locale = wanted.locale.as_deref();
        let status = if hit.reject.is_some() { "rjct" } else { "succ" };
        let mut item = item(&wanted.reference_id, office.now(), status, locale);
        if let Some(reject) = &hit.reject {
            because(&mut item, &reject.code, &reject.message);
        }
        if let (None, Ok(criteria)) = (&hit.reject, &wanted.asked) {
            let records = records(&mut tx, &at, partner, &hit.people, locale).await?;
            let data = json!({
                "version": VERSION, "reg_type": REGISTER_TYPE, "reg_record_type": RECORD_TYPE, "reg_records": records,
            });
            item.insert("data".into(), data);
            let (size, page) = (criteria.page_size, criteria.page_number);
            let pagination = json!({"page_size": size, "page_number": page, "total_count": hit.total});
            item.insert("pagination".into(), pagination);
        }
        items.push(item);
    }
    Ok(json!({"transaction_id": transaction, "correlation_id": correlation, "search_response": items}))
}

/// The items of a message that was taken, as they stand.
fn items_of(message: &Message) -> Vec<Map<String, Value>> {
    let one = |kept: &Value| {
        let text = |name: &str| kept[name].as_str().unwrap_or_default();
        let at = kept["at"].as_i64().unwrap_or(message.at);
        let mut item = item(text("reference_id"), at, text("status"), None);
        if kept.get("code").is_some() {
            because(&mut item, text("code"), text("message"));
        }
        item
    };
    message.outcome.0["items"].as_array().map(|kept| kept.iter().map(one).collect()).unwrap_or_default()
}

/// How a subscription is shown.
fn subscription(row: &SubscriptionRow) -> Value {
    let mut shown = json!({
        "version": VERSION, "code": row.id,
        "status": if row.ended_at.is_some() { "unsubscribe" } else { "subscribe" },
        "timestamp": stamp(row.ended_at.unwrap_or(row.since)),
    });
    let sent = row.dci.as_ref().and_then(|dci| dci.0["criteria"]["sent"].as_object().cloned());
    for (name, value) in sent.unwrap_or_default() {
        shown[name] = value;
    }
    shown
}

/// What a subscription or its end came to: `SubscribeResponse`, `UnSubscribeResponse`.
///
/// # Errors
/// When the database fails.
pub(super) async fn outcome_answer(tx: &mut Tx<'_>, message: &Message) -> Result<Value, Fault> {
    let mut answer = json!({"transaction_id": message.transaction_id, "correlation_id": message.id});
    if message.action == "unsubscribe" {
        let kept = &message.outcome.0;
        answer["timestamp"] = json!(stamp(message.at));
        answer["status"] = kept["status"].clone();
        if kept.get("code").is_some() {
            answer["status_reason_code"] = kept["code"].clone();
            answer["status_reason_message"] = kept["message"].clone();
        }
        if let Some(codes) = kept["codes"].as_array() {
            let ended = codes.iter().map(|code| json!({"code": code, "status": "unsubscribe"}));
            answer["subscription_status"] = ended.collect();
        }
        return Ok(answer);
    }
    let held = dci::subscriptions_of(tx, message.client).await?;
    let kept = message.outcome.0["items"].as_array().cloned().unwrap_or_default();
    let mut items = Vec::new();
    for (mut item, kept) in items_of(message).into_iter().zip(kept) {
        let made = held.iter().find(|row| json!(row.id) == kept["subscription"]);
        if let Some(row) = made {
            item.insert("subscriptions".into(), json!([subscription(row)]));
            if row.dci.as_ref().is_some_and(|dci| dci.0["criteria"]["sent"].get("frequency").is_some()) {
                item.insert("status_reason_message".into(), json!("events are told at once"));
            }
        }
        items.push(item);
    }
    answer["subscribe_response"] = json!(items);
    Ok(answer)
}

/// How what a client asked stands: `TxnStatusResponse`.
///
/// # Errors
/// When the database fails.
pub async fn status_answer(
    tx: &mut Tx<'_>,
    client: RowId,
    asked: &StatusAsked,
    (transaction, correlation): (&str, &str),
    now: i64,
) -> Result<Value, Fault> {
    let found = match asked.attribute_type.as_str() {
        "subscription_code_list" => None,
        "correlation_id" => {
            let id = asked.values.first().and_then(|value| value.parse::<RowId>().ok());
            match id {
                Some(id) => dci::message(tx, id).await?.filter(|message| message.client == client),
                None => None,
            }
        }
        "reference_id_list" => {
            let named = |message: &Message| {
                items_of(message)
                    .iter()
                    .any(|item| asked.values.iter().any(|value| item["reference_id"] == **value))
            };
            let all = dci::in_transaction(tx, client, transaction).await?;
            all.into_iter().find(|message| message.action == asked.txn_type && named(message))
        }
        _ => {
            let named = asked.values.first().map(String::as_str).unwrap_or_default();
            let all = dci::in_transaction(tx, client, named).await?;
            all.into_iter().find(|message| message.action == asked.txn_type)
        }
    };
    let found = found.filter(|message| message.action == asked.txn_type);
    let status = match (found, asked.attribute_type.as_str()) {
        (Some(message), _) => how_stands(tx, &message, asked).await?,
        (None, "subscription_code_list") => {
            by_codes(tx, client, asked, (transaction, correlation), now).await?
        }
        (None, _) => unknown(asked, (transaction, correlation), now),
    };
    Ok(json!({
        "transaction_id": transaction, "correlation_id": correlation,
        "txnstatus_response": {"txn_type": asked.txn_type, "txn_status": status},
    }))
}

/// How a message stands, or those of its requests that are asked for.
async fn how_stands(tx: &mut Tx<'_>, message: &Message, asked: &StatusAsked) -> Result<Value, Fault> {
    let (mut answer, list) = match message.action.as_str() {
        "search" => {
            let ids = json!({"transaction_id": message.transaction_id, "correlation_id": message.id});
            (ids, "search_response")
        }
        _ => (outcome_answer(tx, message).await?, "subscribe_response"),
    };
    if message.action == "search" {
        answer[list] = json!(items_of(message));
    }
    if asked.attribute_type == "reference_id_list"
        && let Some(items) = answer[list].as_array_mut()
    {
        items.retain(|item| asked.values.iter().any(|value| item["reference_id"] == **value));
    }
    Ok(answer)
}

/// How subscriptions stand, by their codes.
async fn by_codes(
    tx: &mut Tx<'_>,
    client: RowId,
    asked: &StatusAsked,
    (transaction, correlation): (&str, &str),
    now: i64,
) -> Result<Value, Fault> {
    let held = dci::subscriptions_of(tx, client).await?;
    let own: Vec<&SubscriptionRow> =
        held.iter().filter(|row| is_of_events(row) && asked.values.contains(&row.id.to_string())).collect();
    if own.is_empty() || asked.txn_type == "search" {
        return Ok(unknown(asked, (transaction, correlation), now));
    }
    let ids = json!({"transaction_id": transaction, "correlation_id": correlation});
    let mut answer = ids;
    if asked.txn_type == "unsubscribe" {
        answer["timestamp"] = json!(stamp(now));
        answer["status"] = json!("succ");
        let one = |row: &&SubscriptionRow| {
            let status = if row.ended_at.is_some() { "unsubscribe" } else { "subscribe" };
            json!({"code": row.id, "status": status})
        };
        answer["subscription_status"] = own.iter().map(one).collect();
        return Ok(answer);
    }
    let mut item = item(&asked.reference_id, now, "succ", None);
    item.insert("subscriptions".into(), own.into_iter().map(subscription).collect());
    answer["subscribe_response"] = json!([item]);
    Ok(answer)
}

/// Nothing of this name was asked by this client.
fn unknown(asked: &StatusAsked, (transaction, correlation): (&str, &str), now: i64) -> Value {
    let mut answer = json!({"transaction_id": transaction, "correlation_id": correlation});
    let why = "nothing of this name was asked by this client in the last ninety days";
    let code = match asked.attribute_type.as_str() {
        "subscription_code_list" if asked.txn_type == "unsubscribe" => "rjct.subscription_code.invalid",
        _ => "rjct.reference_id.invalid",
    };
    if asked.txn_type == "unsubscribe" {
        answer["timestamp"] = json!(stamp(now));
        answer["status"] = json!("rjct");
        answer["status_reason_code"] = json!(code);
        answer["status_reason_message"] = json!(why);
        return answer;
    }
    let mut item = item(&asked.reference_id, now, "rjct", None);
    because(&mut item, code, why);
    let list = if asked.txn_type == "search" { "search_response" } else { "subscribe_response" };
    answer[list] = json!([item]);
    answer
}
