//! Carrying out official acts: run once, remembered with their outcome,
//! explained by journal entries, all in one transaction.

use crate::db::Keys;
use crate::dialect::Engine;
use crate::fault::{Fault, Stop};
use crate::tx::{Tx, changed_meanwhile};
use crate::vals;
use diwan_domain::acts::Desk;
use diwan_domain::ids::{JournalId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::refusals::Why;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::future::Future;
use std::pin::Pin;

/// One command for one official act. It is a value: stored, versioned, and
/// replayable. It touches nothing outside its transaction, because it may be
/// run again.
pub trait Act: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What the counter calls it: `submit-case`.
    const NAME: &'static str;
    /// Raised when the meaning of the stored fields changes.
    const VERSION: i64 = 1;
    /// What the caller learns; stored, and returned to a repeat.
    type Out: Serialize + DeserializeOwned + Send + 'static;

    /// Does it: who may, what is, what changes, what is remembered.
    fn run(
        &self,
        at: &Desk,
        tx: &mut Tx<'_>,
    ) -> impl Future<Output = Result<Recorded<Self::Out>, Stop>> + Send;

    /// On a server, before the transaction: asks what [`Act::run`] will ask
    /// [loosely](Tx::loosely), so that nobody else's act collides with it. Whatever it
    /// comes to, `run` decides.
    fn look_ahead(&self, _at: &Desk, _tx: &mut Tx<'_>) -> impl Future<Output = Result<(), Stop>> + Send {
        std::future::ready(Ok(()))
    }

    /// On a server: what acts meet in that cannot be done at the same time, because each
    /// changes the same row. Its nodes do those that name the same one after another,
    /// instead of letting them collide and run again. It saves work and decides nothing:
    /// acts are serialisable whatever it says.
    fn meets(
        &self,
        _at: &Desk,
        _tx: &mut Tx<'_>,
    ) -> impl Future<Output = Result<Option<String>, Stop>> + Send {
        std::future::ready(Ok(None))
    }
}

/// A result together with the journal entries that explain it. There is no
/// other way to commit.
#[derive(Debug)]
pub struct Recorded<T> {
    out: T,
    entries: Vec<Entry>,
}

impl<T> Recorded<T> {
    /// A result explained by one entry.
    pub fn new(out: T, entry: Entry) -> Self {
        Self { out, entries: vec![entry] }
    }

    /// Adds an entry.
    #[must_use]
    pub fn and(mut self, entry: Entry) -> Self {
        self.entries.push(entry);
        self
    }

    /// The entries, for an act that carries this one out inside itself.
    #[must_use]
    pub fn into_entries(self) -> Vec<Entry> {
        self.entries
    }

    /// Adds entries.
    #[must_use]
    pub fn and_all(mut self, entries: impl IntoIterator<Item = Entry>) -> Self {
        self.entries.extend(entries);
        self
    }
}

pub(crate) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An act with its types rubbed off, so that the engine code compiles once.
pub(crate) trait Erased: Send + Sync {
    fn name(&self) -> &'static str;
    fn version(&self) -> i64;
    fn body(&self) -> Result<String, Fault>;
    fn run_erased<'a>(
        &'a self,
        at: &'a Desk,
        tx: &'a mut Tx<'_>,
    ) -> Boxed<'a, Result<(Value, Vec<Entry>), Stop>>;
    fn look_ahead_erased<'a>(&'a self, at: &'a Desk, tx: &'a mut Tx<'_>) -> Boxed<'a, Result<(), Stop>>;
    fn meets_erased<'a>(
        &'a self,
        at: &'a Desk,
        tx: &'a mut Tx<'_>,
    ) -> Boxed<'a, Result<Option<String>, Stop>>;
}

impl<A: Act> Erased for A {
    fn name(&self) -> &'static str {
        A::NAME
    }

    fn version(&self) -> i64 {
        A::VERSION
    }

    fn body(&self) -> Result<String, Fault> {
        serde_json::to_string(self).map_err(|error| Fault::Outside(error.to_string()))
    }

    fn run_erased<'a>(
        &'a self,
        at: &'a Desk,
        tx: &'a mut Tx<'_>,
    ) -> Boxed<'a, Result<(Value, Vec<Entry>), Stop>> {
        Box::pin(async move {
            let Recorded { out, entries } = self.run(at, tx).await?;
            let out = serde_json::to_value(out).map_err(|error| Fault::Outside(error.to_string()))?;
            Ok((out, entries))
        })
    }

    fn look_ahead_erased<'a>(&'a self, at: &'a Desk, tx: &'a mut Tx<'_>) -> Boxed<'a, Result<(), Stop>> {
        Box::pin(self.look_ahead(at, tx))
    }

    fn meets_erased<'a>(
        &'a self,
        at: &'a Desk,
        tx: &'a mut Tx<'_>,
    ) -> Boxed<'a, Result<Option<String>, Stop>> {
        Box::pin(self.meets(at, tx))
    }
}

/// How a transaction ended: with something to commit or not.
pub(crate) enum Ended {
    /// Commit, and give this back.
    Commit(Value),
    /// Commit counters and entries, and give the refusal back.
    CommitRefusal(Stop),
    /// Roll back.
    Undo(Stop),
}

const KNOWN: &str = "
    SELECT body_hash, outcome FROM acts
    WHERE  actor_kind = $1 AND actor_name = $2 AND name = $3 AND idem_key = $4";

const ADD_ACT: &str = "
    INSERT INTO acts (id, name, version, actor_kind, actor_name, idem_key, body_hash, header, body, outcome, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

const ADD_ENTRY: &str = "
    INSERT INTO journal (id, act_id, ordinal, kind, subject_kind, subject_id, person_id, actor_kind, actor_name,
                         at, body, salt, mac)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

const ADD_UNSEALED: &str = "INSERT INTO journal_unsealed (entry_id, at) VALUES ($1, $2)";

const ADD_FEED: &str = "INSERT INTO feed (topic, subject, at) VALUES ($1, $2, $3)";

/// Runs one act inside an open transaction.
pub(crate) async fn perform(act: &dyn Erased, at: &Desk, tx: &mut Tx<'_>, keys: &Keys) -> Ended {
    match try_perform(act, at, tx, keys).await {
        Ok(out) => Ended::Commit(out),
        Err(Stop::Kept(refusal, entries)) => {
            if !tx.writes.is_empty() {
                // A refusal may keep its own entries and counters, nothing else.
                let table = tx.writes[0].table.to_owned();
                return Ended::Undo(Fault::Guarded(table).into());
            }
            match remember(act, at, tx, keys, &entries, None).await {
                Ok(()) => Ended::CommitRefusal(Stop::Kept(refusal, entries)),
                Err(fault) => Ended::Undo(changed_meanwhile(fault)),
            }
        }
        Err(Stop::Fault(fault)) => Ended::Undo(changed_meanwhile(fault)),
        Err(stop) => Ended::Undo(stop),
    }
}

async fn try_perform(act: &dyn Erased, at: &Desk, tx: &mut Tx<'_>, keys: &Keys) -> Result<Value, Stop> {
    if looks_inside(tx)
        && let Some(outcome) = known(act, at, tx).await?
    {
        return Ok(outcome);
    }
    let body = act.body()?;
    let body_hash = Sha256::digest(body.as_bytes()).to_vec();
    let (out, entries) = act.run_erased(at, tx).await?;
    if entries.is_empty() {
        return Err(Fault::Guarded("journal (an act without entries)".into()).into());
    }
    let labels: std::collections::HashSet<String> = entries.iter().map(Entry::label).collect();
    if labels.len() != entries.len() {
        return Err(Fault::Guarded("journal (an act says one thing twice)".into()).into());
    }
    let outcome = out.to_string();
    let stored = StoredAct { body, body_hash, outcome };
    remember(act, at, tx, keys, &entries, Some(stored)).await?;
    Ok(out)
}

/// Whether the transaction itself looks for an act that was done before. On a
/// server it does not: SERIALIZABLE would remember a whole page of the index for
/// it, on which neighbours write, and both would have to run again. There
/// [`known`] is asked before the transaction and after a refusal, and the
/// constraint `acts_once` keeps two that met from both being done.
fn looks_inside(tx: &Tx<'_>) -> bool {
    tx.engine() == Engine::Sqlite || tx.replaying
}

/// What an act came to that was done before under the same key.
pub(crate) async fn known(act: &dyn Erased, at: &Desk, tx: &mut Tx<'_>) -> Result<Option<Value>, Stop> {
    let values = vals![at.actor.kind(), at.actor.name(), act.name(), at.key];
    let Some(row) = tx.row_guarded(KNOWN, &values).await? else { return Ok(None) };
    let before: Vec<u8> = row.get("body_hash")?;
    if before != Sha256::digest(act.body()?.as_bytes()).to_vec() {
        return Err(Why::KeyReused.into());
    }
    let outcome: String = row.get("outcome")?;
    serde_json::from_str(&outcome).map(Some).map_err(|_| Fault::shape("outcome").into())
}

struct StoredAct {
    body: String,
    body_hash: Vec<u8>,
    outcome: String,
}

/// Writes the act, its entries and its announcements.
async fn remember(
    act: &dyn Erased,
    at: &Desk,
    tx: &mut Tx<'_>,
    keys: &Keys,
    entries: &[Entry],
    stored: Option<StoredAct>,
) -> Result<(), Fault> {
    let mut writes: Vec<Value> = std::mem::take(&mut tx.writes)
        .iter()
        .map(|w| json!([w.table, w.key, w.version, hex::encode(w.hash)]))
        .collect();
    let remembers_act = stored.is_some();
    if let Some(stored) = stored {
        let header = serde_json::to_string(at).map_err(|error| Fault::Outside(error.to_string()))?;
        let values = vals![
            at.act,
            act.name(),
            act.version(),
            at.actor.kind(),
            at.actor.name(),
            at.key,
            stored.body_hash,
            header,
            stored.body,
            stored.outcome,
            at.now
        ];
        let hash = crate::record::row_hash(ACT_COLUMNS, &values);
        writes.push(json!(["acts", at.act.to_string(), 1, hex::encode(hash)]));
        tx.write(ADD_ACT, values.to_vec(), false).await?;
    }
    for (ordinal, entry) in entries.iter().enumerate() {
        let writes = if ordinal == 0 { std::mem::take(&mut writes) } else { Vec::new() };
        add_entry(act, at, tx, keys, entry, ordinal, writes).await?;
    }
    for entry in entries {
        tx.write(ADD_UNSEALED, vals![id_of(at, entry), at.now].to_vec(), false).await?;
    }
    if remembers_act {
        crate::notices::leave(tx, at, entries).await?;
    }
    for (topic, subject) in std::mem::take(&mut tx.announced) {
        tx.write(ADD_FEED, vals![topic, subject, at.now].to_vec(), false).await?;
    }
    tx.flush().await
}

/// An act that wrote nothing but its own entries, as another installation stored it.
pub(crate) struct AsTold<'a> {
    pub name: &'a str,
    pub version: i64,
    pub header: &'a str,
    pub body: &'a str,
    pub outcome: &'a str,
    /// Each entry's bytes and what opens its commitment.
    pub entries: &'a [(String, Vec<u8>)],
}

/// Takes an act as it was told where it was done: somebody looked there, whatever they
/// would see here. Says whether it could be: not when its key was used here.
pub(crate) async fn take_as_told(
    told: &AsTold<'_>,
    at: &Desk,
    tx: &mut Tx<'_>,
    keys: &Keys,
) -> Result<bool, Fault> {
    let key = vals![at.actor.kind(), at.actor.name(), told.name, at.key];
    if !tx.rows(KNOWN, &key).await?.is_empty() {
        return Ok(false);
    }
    let body_hash = Sha256::digest(told.body.as_bytes()).to_vec();
    let values = vals![
        at.act,
        told.name,
        told.version,
        at.actor.kind(),
        at.actor.name(),
        at.key,
        body_hash,
        told.header,
        told.body,
        told.outcome,
        at.now
    ];
    let hash = hex::encode(crate::record::row_hash(ACT_COLUMNS, &values));
    let own = json!(["acts", at.act.to_string(), 1, hash]);
    let mut ids: Vec<JournalId> = Vec::new();
    tx.write(ADD_ACT, values.to_vec(), false).await?;
    for (ordinal, (body, salt)) in told.entries.iter().enumerate() {
        let entry: Value = serde_json::from_str(body).map_err(|_| Fault::shape("entry"))?;
        let text = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(|| Fault::shape("entry"));
        let writes = if ordinal == 0 { json!([own]) } else { json!([]) };
        if entry["writes"] != writes {
            return Err(Fault::Differs("its entry".into()));
        }
        let id: JournalId = text(&entry["id"])?.parse().map_err(|_| Fault::shape("entry"))?;
        let person = match entry["person"].as_str() {
            Some(person) => Some(person.parse::<PersonId>().map_err(|_| Fault::shape("entry"))?),
            None => None,
        };
        let values = vals![
            id,
            at.act,
            ordinal as i64,
            text(&entry["kind"])?,
            text(&entry["subject"]["kind"])?,
            text(&entry["subject"]["id"])?,
            person,
            at.actor.kind(),
            at.actor.name(),
            at.now,
            body.clone(),
            salt.clone(),
            mac(&keys.journal, salt, body.as_bytes())
        ];
        tx.write(ADD_ENTRY, values.to_vec(), false).await?;
        ids.push(id);
    }
    for id in ids {
        tx.write(ADD_UNSEALED, vals![id, at.now].to_vec(), false).await?;
    }
    tx.flush().await?;
    Ok(true)
}

/// The columns of the table of acts, for `verify journal`.
pub(crate) const ACT_COLUMNS: &[&str] = &[
    "id",
    "name",
    "version",
    "actor_kind",
    "actor_name",
    "idem_key",
    "body_hash",
    "header",
    "body",
    "outcome",
    "at",
];

async fn add_entry(
    act: &dyn Erased,
    at: &Desk,
    tx: &mut Tx<'_>,
    keys: &Keys,
    entry: &Entry,
    ordinal: usize,
    writes: Vec<Value>,
) -> Result<(), Fault> {
    let label = entry.label();
    let id = id_of(at, entry);
    let mut body = json!({
        "id": id, "act": {"id": at.act, "name": act.name(), "version": act.version()}, "ordinal": ordinal,
        "kind": entry.kind, "subject": entry.subject, "person": entry.person, "rule": entry.rule,
        "facts": entry.facts, "actor": at.actor, "on_behalf": at.on_behalf, "channel": at.channel,
        "centre": at.centre, "counter": at.counter, "assurance": at.assurance, "at": at.now,
        "device_time": at.device_time, "installation": at.installation, "local_order": at.local_order,
        "training": at.training, "writes": writes,
    });
    if let Some(via) = &at.via {
        body["via"] = json!(via);
    }
    let body = body.to_string();
    let salt = at.chance(&format!("salt/{label}")).to_vec();
    let mac = mac(&keys.journal, &salt, body.as_bytes());
    let values = vals![
        id,
        at.act,
        ordinal as i64,
        entry.kind,
        entry.subject.kind,
        entry.subject.id,
        entry.person,
        at.actor.kind(),
        at.actor.name(),
        at.now,
        body,
        salt,
        mac
    ];
    tx.write(ADD_ENTRY, values.to_vec(), false).await
}

/// The identifier of an entry: the same when its act is carried out again.
fn id_of(at: &Desk, entry: &Entry) -> JournalId {
    at.fresh(&format!("journal/{}", entry.label()))
}

/// The seal of origin on an entry, under a key that is not in the database.
pub(crate) fn mac(key: &[u8; 32], salt: &[u8], body: &[u8]) -> Vec<u8> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("an HMAC key may have any length");
    mac.update(salt);
    mac.update(&[0]);
    mac.update(body);
    mac.finalize().into_bytes().to_vec()
}

/// Gives an erased outcome its type back.
pub(crate) fn unbox<T: DeserializeOwned>(out: Value) -> Result<T, Fault> {
    serde_json::from_value(out).map_err(|_| Fault::shape("outcome"))
}
