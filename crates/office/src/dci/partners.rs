//! What a program may ask and hear by this API: an administrator says it, and by
//! itself a program may nothing.

use super::keys::read_keys;
use crate::acting::acting;
use crate::desk::Who;
use crate::tokens::permissions_in;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::civil::EventKind;
use diwan_domain::dci::{Field, LONGEST_ID};
use diwan_domain::ids::RowId;
use diwan_domain::journal::Entry;
use diwan_domain::notices::check_target;
use diwan_domain::people::{Assurance, Channel, Permission};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::clients::{self, ApiClientRow};
use diwan_store::dci::{self, PartnerRow};
use diwan_store::notices::words;
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Says what a program may ask and hear.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetPartner {
    /// Which client.
    pub client: RowId,
    /// The version that was seen; `None` for the first time.
    pub seen: Option<i64>,
    /// The name under which it sends; any, when left out.
    pub sender_id: Option<String>,
    /// Where it takes answers and events.
    pub callback: Option<String>,
    /// What it asks for: it stands in the journal of everyone it looks at.
    pub purpose: String,
    /// What it may see of a person.
    pub fields: Vec<String>,
    /// Of which kinds of events it may hear.
    pub events: Vec<String>,
    /// Its public keys: a JWKS, a JWK, or PEM. With them, only what they signed is
    /// believed.
    pub keys: Option<String>,
}

impl SetPartner {
    fn check(&self) -> Result<(), Refusal> {
        let wrong = |field: &str| Err(Refusal::from(Why::FieldMissing).about("field", field));
        let is_empty = |text: &Option<String>| text.as_ref().is_some_and(|text| text.trim().is_empty());
        if self.purpose.trim().is_empty() || self.purpose.chars().count() > 200 {
            return wrong("purpose");
        }
        if is_empty(&self.sender_id) || self.sender_id.as_ref().is_some_and(|text| text.len() > LONGEST_ID) {
            return wrong("sender_id");
        }
        if self.callback.as_ref().is_some_and(|url| check_target(url.trim()).is_err()) {
            return wrong("callback");
        }
        if self.fields.iter().any(|code| Field::from_code(code).is_none()) {
            return wrong("fields");
        }
        let is_told = |code: &String| EventKind::from_code(code).is_some_and(|kind| !kind.is_protected());
        if !self.events.iter().all(is_told) {
            return wrong("events");
        }
        if self.keys.as_ref().is_some_and(|text| text.len() > 20_000 || read_keys(text).is_none()) {
            return wrong("keys");
        }
        Ok(())
    }
}

impl Act for SetPartner {
    const NAME: &'static str = "set-dci-partner";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            acting(tx, at, Permission::ManageOfficers).await?;
        }
        let client = clients::client(tx, self.client).await?.filter(|row| row.ended_at.is_none());
        let client = client.ok_or(Why::NotFound)?;
        self.check()?;
        let before = dci::partner(tx, self.client).await?;
        if before.as_ref().map(|row| row.version) != self.seen {
            return Err(Why::ChangedMeanwhile.into());
        }
        let trimmed = |text: &Option<String>| text.as_ref().map(|text| text.trim().to_owned());
        let mut row = PartnerRow {
            id: before.as_ref().map_or_else(|| at.fresh("dci-partner"), |row| row.id),
            client_id: self.client,
            sender_id: trimmed(&self.sender_id),
            callback: trimmed(&self.callback),
            purpose: self.purpose.trim().to_owned(),
            fields: Json(json!(self.fields)),
            events: Json(json!(self.events)),
            keys: trimmed(&self.keys),
            since: before.as_ref().map_or(at.now, |row| row.since),
            version: before.as_ref().map_or(1, |row| row.version),
        };
        match before {
            Some(_) => tx.edit(&mut row).await?,
            None => tx.add(&row).await?,
        }
        let entry = Entry::new("dci-partner-set", "client", client.id)
            .with("name", client.name)
            .with("purpose", row.purpose)
            .with("fields", self.fields.clone())
            .with("events", self.events.clone())
            .with("callback", row.callback)
            .with("signed", row.keys.is_some());
        Ok(Recorded::new(row.version, entry))
    }
}

/// What a client may ask, if it may.
///
/// # Errors
/// When the database fails.
pub async fn partner(tx: &mut Tx<'_>, client: RowId) -> Result<Option<PartnerRow>, Fault> {
    dci::partner(tx, client).await
}

/// What a partner may see of a person.
#[must_use]
pub fn fields_of(row: &PartnerRow) -> Vec<Field> {
    words(&row.fields).iter().filter_map(|code| Field::from_code(code)).collect()
}

/// Of which kinds of events a partner may hear.
#[must_use]
pub fn events_of(row: &PartnerRow) -> Vec<EventKind> {
    words(&row.events).iter().filter_map(|code| EventKind::from_code(code)).collect()
}

/// Where the answer to a message goes: to the address it names when that lies
/// where this partner is known to listen, to the known one when it names none.
/// Personal data are sent nowhere else, whoever holds a token. `None` when there
/// is nowhere to send it.
#[must_use]
pub fn callback_for(row: &PartnerRow, named: Option<&str>) -> Option<String> {
    let known = row.callback.as_deref()?;
    match named {
        None => Some(known.to_owned()),
        Some(named) if check_target(named).is_ok() && origin(named) == origin(known) => {
            Some(named.to_owned())
        }
        Some(_) => None,
    }
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> String {
    let mut parts = url.splitn(4, '/');
    let scheme = parts.next().unwrap_or_default();
    let authority = parts.nth(1).unwrap_or_default().split('?').next().unwrap_or_default();
    format!("{scheme}//{authority}").to_ascii_lowercase()
}

/// A client as it acts, narrowed to its scopes.
#[must_use]
pub fn who_of_client(client: &ApiClientRow) -> Who {
    let scopes: Vec<String> = serde_json::from_value(client.scopes.0.clone()).unwrap_or_default();
    let actor = match client.officer_id {
        Some(officer) => Actor::Officer(officer),
        None => Actor::Stranger(client.client_id.clone()),
    };
    let assurance = if client.officer_id.is_some() { Assurance::High } else { Assurance::None };
    Who {
        actor,
        assurance,
        channel: Channel::Api,
        narrowed: Some(permissions_in(&scopes)),
        ..Who::system("dci")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_go_only_where_a_partner_is_known_to_listen() {
        let row = |callback: Option<&str>| PartnerRow {
            id: RowId(uuid::Uuid::nil()),
            client_id: RowId(uuid::Uuid::nil()),
            sender_id: None,
            callback: callback.map(str::to_owned),
            purpose: String::new(),
            fields: Json(json!([])),
            events: Json(json!([])),
            keys: None,
            since: 0,
            version: 1,
        };
        let known = row(Some("https://spp.example.org/callback"));
        let to = |named| callback_for(&known, named);
        assert_eq!(to(None).as_deref(), Some("https://spp.example.org/callback"));
        let other = "https://spp.example.org/ns/callback/on-search";
        assert_eq!(to(Some(other)).as_deref(), Some(other));
        for elsewhere in [
            "https://evil.example/",
            "http://spp.example.org/callback",
            "https://spp.example.org:8443/callback",
            "https://spp.example.org.evil.example/callback",
            "https://spp.example.org@evil.example/callback",
            "https://evil.example/?https://spp.example.org/callback",
            "callback",
        ] {
            assert_eq!(to(Some(elsewhere)), None, "{elsewhere}");
        }
        assert_eq!(callback_for(&row(None), Some(other)), None);
    }
}
