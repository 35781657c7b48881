//! What is sent to whom: an answer that is owed, or an event, made when it goes out,
//! from the register as it stands then.

use super::answers::{
    RECORD_TYPE, REGISTER_TYPE, callback_header, envelope, outcome_answer, search_answer, stamp,
    status_answer,
};
use super::facts::{Facts, facts};
use super::partners::{events_of, fields_of, who_of_client};
use super::search::SearchByDci;
use super::taking::{Asked, criteria_of};
use crate::acting::acting;
use crate::desk::{Office, Who, day_of};
use diwan_domain::acts::Desk;
use diwan_domain::civil::EventKind;
use diwan_domain::dci::{Attribute, Happening, VERSION};
use diwan_domain::ids::{EntryId, PersonId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_store::clients::{self, ApiClientRow};
use diwan_store::dci::{self, Message, PartnerRow};
use diwan_store::notices::{Parcel, SubscriptionRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, civil, people};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What is done with something in a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outgoing {
    /// It is sent.
    Send {
        /// Where.
        url: String,
        /// Headers of the request.
        headers: Vec<(&'static str, String)>,
        /// Its body.
        body: String,
    },
    /// It is not for this one after all, and is forgotten.
    Withhold,
}

/// What is sent for something in the queue of a client of this API.
///
/// # Errors
/// When the database fails, or what is stored cannot be read.
pub async fn outgoing(office: &Office, to: &SubscriptionRow, parcel: &Parcel) -> Result<Outgoing, Stop> {
    let Some((client, partner)) = asking(office, to).await? else { return Ok(Outgoing::Withhold) };
    let body: Value = serde_json::from_str(&parcel.body)
        .map_err(|_| Fault::WrongDatabase(format!("notice {} cannot be read", parcel.notice)))?;
    let made = match body["message"].as_str().and_then(|id| id.parse::<RowId>().ok()) {
        Some(id) => answer(office, &client, &partner, id, parcel).await,
        None => event(office, &client, &partner, to, parcel, &body).await,
    };
    match made {
        Ok(Some((url, body))) => Ok(Outgoing::Send { url, headers: Vec::new(), body }),
        // Who may not ask any more is told nothing any more.
        Ok(None) | Err(Stop::Refused(_)) => Ok(Outgoing::Withhold),
        Err(stop) => Err(stop),
    }
}

/// The client behind a queue, and what it may see, while it may.
async fn asking(office: &Office, to: &SubscriptionRow) -> Result<Option<(ApiClientRow, PartnerRow)>, Fault> {
    let Some(id) = to.client_id else { return Ok(None) };
    let (now, mut reading) = (office.now(), office.db.reading().await?);
    let mut tx = reading.tx();
    let client = clients::client(&mut tx, id).await?;
    let client = client.filter(|row| row.ended_at.is_none() && row.expires_at.is_none_or(|end| end > now));
    let (Some(client), Some(partner)) = (client, dci::partner(&mut tx, id).await?) else { return Ok(None) };
    Ok(Some((client, partner)))
}

/// The address for an action: where the last part of an address names one, the
/// right one stands there; another address is taken as it is.
fn address(callback: &str, action: &str) -> String {
    const ACTIONS: [&str; 5] = ["on-search", "on-subscribe", "on-unsubscribe", "notify", "on-status"];
    let action = action.strip_prefix("txn-").unwrap_or(action);
    match callback.rsplit_once('/') {
        Some((before, last)) if ACTIONS.contains(&last) => format!("{before}/{action}"),
        _ => callback.to_owned(),
    }
}

/// The answer that is owed to a message.
async fn answer(
    office: &Office,
    client: &ApiClientRow,
    partner: &PartnerRow,
    id: RowId,
    parcel: &Parcel,
) -> Result<Option<(String, String)>, Stop> {
    let message = dci::message(&mut office.db.reading().await?.tx(), id).await?;
    let Some(message) = message else { return Ok(None) };
    let unreadable = |_| Fault::WrongDatabase(format!("message {id} cannot be read"));
    let asked: Asked = serde_json::from_value(message.body.0["asked"].clone()).map_err(unreadable)?;
    let ids = (message.transaction_id.clone(), message.id.to_string());
    let ids = (ids.0.as_str(), ids.1.as_str());
    let (action, said, counts) = match asked {
        Asked::Search(requests) => {
            let who = who_of_client(client);
            let search = SearchByDci {
                client: client.id,
                message: message.message_id.clone(),
                requests: requests.clone(),
            };
            // Tried again, it is the same look.
            let hits = office.perform(&who, &format!("dci/{id}"), search).await?;
            let said = search_answer(office, &who, partner, &requests, &hits, ids).await?;
            note(office, &message, &said).await?;
            let done = hits.iter().filter(|hit| hit.reject.is_none()).count();
            ("on-search", said, (done, hits.len()))
        }
        Asked::Subscribe(_) | Asked::Unsubscribe(_) => {
            let said = outcome_answer(&mut office.db.reading().await?.tx(), &message).await?;
            let items = said["subscribe_response"].as_array();
            let done = match items {
                Some(items) => items.iter().filter(|item| item["status"] == "succ").count(),
                None => usize::from(said["status"] == "succ"),
            };
            let total = items.map_or(1, Vec::len);
            let action = if items.is_some() { "on-subscribe" } else { "on-unsubscribe" };
            note(office, &message, &Value::Null).await?;
            (action, said, (done, total))
        }
        Asked::Status(asked) => {
            let mut reading = office.db.reading().await?;
            let said = status_answer(&mut reading.tx(), client.id, &asked, ids, office.now()).await?;
            drop(reading);
            note(office, &message, &Value::Null).await?;
            ("txn-on-status", said, (1, 1))
        }
    };
    let to = message.body.0["sender_id"].as_str().unwrap_or_default();
    let mut header = callback_header(office, (&parcel.notice.to_string(), to), action, counts, None);
    header["meta"] = json!({"in_reply_to": message.message_id});
    let callback = message.callback.or(partner.callback.clone()).unwrap_or_default();
    Ok(Some((address(&callback, action), envelope(office, &header, Some(&said)))))
}

/// Notes how the requests of a search were answered, without what was told.
async fn note(office: &Office, message: &Message, said: &Value) -> Result<(), Fault> {
    let outcome = match said["search_response"].as_array() {
        Some(items) => {
            let one = |item: &Value| {
                let mut kept = json!({"reference_id": item["reference_id"], "status": item["status"], "at": office.now()});
                if let Some(code) = item.get("status_reason_code") {
                    kept["code"] = code.clone();
                    kept["message"] = item["status_reason_message"].clone();
                }
                kept
            };
            Json(json!({"items": items.iter().map(one).collect::<Vec<Value>>()}))
        }
        None => message.outcome.clone(),
    };
    dci::answered(&office.db, message.id, &outcome, office.now()).await
}

/// Records that a partner is told of an event; everyone in it can see that.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TellOfEvent {
    client: RowId,
    entry: EntryId,
    people: Vec<PersonId>,
}

impl Act for TellOfEvent {
    const NAME: &'static str = "tell-of-event";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        acting(tx, at, Permission::FindPeople).await?;
        let partner = dci::partner(tx, self.client).await?.ok_or_else(super::search::not_a_partner)?;
        let said = |person: &PersonId| {
            Entry::new("record-told", "person", person)
                .of(Some(*person))
                .under(partner.purpose.clone())
                .with("client", self.client.to_string())
                .with("entry", self.entry.to_string())
        };
        let first = Entry::new("event-told", "entry", self.entry)
            .under(partner.purpose.clone())
            .with("client", self.client.to_string());
        Ok(Recorded::new((), first).and_all(self.people.iter().map(said).collect::<Vec<Entry>>()))
    }
}

/// Whom an event is about, as it is told: of a couple both, of a birth the child.
fn told_roles(kind: EventKind) -> &'static [&'static str] {
    match kind {
        EventKind::Birth | EventKind::Acknowledgement => &["child"],
        EventKind::Stillbirth => &["mother"],
        EventKind::Death => &["deceased"],
        EventKind::Marriage | EventKind::Divorce | EventKind::Reconciliation | EventKind::Annulment => {
            &["husband", "wife"]
        }
        EventKind::Guardianship => &["ward"],
        EventKind::NameChange => &["subject"],
        EventKind::Affiliation => &[],
    }
}

/// What happened, by the kind of a notice.
fn happening(kind: &str) -> Option<Happening> {
    match kind {
        "entry.corrected" => Some(Happening::Corrected),
        "entry.revoked" => Some(Happening::Revoked),
        "entry.reinstated" => Some(Happening::Reinstated),
        kind => kind.ends_with(".registered").then_some(Happening::Registered),
    }
}

/// An event as a subscriber is told it, if it is for this one.
async fn event(
    office: &Office,
    client: &ApiClientRow,
    partner: &PartnerRow,
    to: &SubscriptionRow,
    parcel: &Parcel,
    body: &Value,
) -> Result<Option<(String, String)>, Stop> {
    let Some(criteria) = criteria_of(to)? else { return Ok(None) };
    let (Some(what), Some(entry)) = (
        body["type"].as_str().and_then(happening),
        body["data"]["entry"].as_str().and_then(|id| id.parse::<EntryId>().ok()),
    ) else {
        return Ok(None);
    };
    let kind = body["data"]["kind"].as_str().and_then(EventKind::from_code);
    let kind = kind.filter(|kind| criteria.told.hears(*kind, what) && events_of(partner).contains(kind));
    let Some(kind) = kind else { return Ok(None) };
    let at = body["timestamp"].as_str().and_then(diwan_domain::dci::moment).unwrap_or_default();
    if criteria.from.is_some_and(|from| at < from) || criteria.until.is_some_and(|until| at > until) {
        return Ok(None);
    }
    let who = who_of_client(client);
    let found = concerned(office, &who, entry, kind).await?;
    let fits = |facts: &Facts| criteria.query.as_ref().is_none_or(|query| query.holds(&facts.known));
    if found.is_empty() || !found.iter().any(fits) {
        return Ok(None);
    }
    let people = found.iter().map(|facts| facts.person).collect();
    let tell = TellOfEvent { client: client.id, entry, people };
    office.perform(&who, &super::taking::key_of(to.id, "told", &parcel.notice.to_string(), ""), tell).await?;
    let kept = to.dci.as_ref().map(|dci| dci.0.clone()).unwrap_or_default();
    let (fields, locale) = (fields_of(partner), kept["locale"].as_str());
    let one = |(place, facts): (usize, &Facts)| {
        let mut item = json!({
            "reference_id": format!("{}-{}", parcel.notice, place + 1),
            "timestamp": stamp(at),
            "data": {
                "version": VERSION, "reg_type": REGISTER_TYPE, "reg_event_type": what.name(kind),
                "reg_record_type": RECORD_TYPE, "reg_records": facts.record(&fields, locale),
            },
        });
        if let Some(locale) = locale {
            item["locale"] = json!(locale);
        }
        item
    };
    let items: Vec<Value> = found.iter().enumerate().map(one).collect();
    let receiver = kept["sender_id"].as_str().unwrap_or_default();
    let count = items.len();
    let mut header =
        callback_header(office, (&parcel.notice.to_string(), receiver), "notify", (count, count), None);
    header["meta"] = json!({"subscription_code": to.id});
    let said = json!({"transaction_id": kept["transaction_id"], "notify_event": items});
    Ok(Some((address(&to.url, "notify"), envelope(office, &header, Some(&said)))))
}

/// The people whom an entry is about, as far as they are there for a partner.
async fn concerned(office: &Office, who: &Who, entry: EntryId, kind: EventKind) -> Result<Vec<Facts>, Stop> {
    let at = office.desk(who, "look");
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let acting = acting(&mut tx, &at, Permission::FindPeople).await?;
    let Some(row) = civil::entry(&mut tx, entry).await? else { return Ok(Vec::new()) };
    if !crate::civil::may_see_entry(&mut tx, &acting, &row).await? {
        return Ok(Vec::new());
    }
    let today = day_of(at.now, at.utc_offset_minutes);
    let roles = civil::roles_in(&mut tx, row.event_id).await?;
    let number = match kind {
        EventKind::Birth => Some(Attribute::BirthEntry),
        EventKind::Death => Some(Attribute::DeathEntry),
        EventKind::Marriage => Some(Attribute::MarriageEntry),
        EventKind::Divorce => Some(Attribute::DivorceEntry),
        _ => None,
    };
    let mut found = Vec::new();
    for role in roles.iter().filter(|role| told_roles(kind).contains(&role.role.as_str())) {
        let Some(mut facts) = facts(&mut tx, &acting, role.person_id, today).await? else { continue };
        // A filter means what the event says, also when it was revoked.
        if let Some(number) = number {
            facts.know(number, row.number.clone());
        }
        for parent in roles.iter().filter(|role| matches!(role.role.as_str(), "mother" | "father")) {
            if kind == EventKind::Birth && crate::civil::may_see(&mut tx, &acting, parent.person_id).await? {
                let numbers = people::numbers(&mut tx, parent.person_id).await?;
                let uins = numbers.into_iter().filter(|number| number.kind == "upn");
                uins.for_each(|uin| facts.know(Attribute::Parent, uin.value));
            }
        }
        found.push(facts);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_goes_to_the_door_of_its_action() {
        for (callback, action, expected) in [
            ("https://s.example/cb/on-search", "on-search", "https://s.example/cb/on-search"),
            ("https://s.example/cb/on-search", "notify", "https://s.example/cb/notify"),
            (
                "https://s.example/registry/txn/on-status",
                "txn-on-status",
                "https://s.example/registry/txn/on-status",
            ),
            ("https://s.example/cb", "on-subscribe", "https://s.example/cb"),
            ("https://s.example", "notify", "https://s.example"),
        ] {
            assert_eq!(address(callback, action), expected);
        }
    }

    #[test]
    fn of_every_kind_of_event_someone_is_told_or_nobody() {
        for kind in EventKind::ALL {
            assert_eq!(told_roles(*kind).is_empty(), kind.is_protected(), "{}", kind.code());
        }
    }
}
