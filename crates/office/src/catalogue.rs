//! Published services. Nodes run only from what is stored in the database by
//! hash; the folders built into the binary are the defaults.

use crate::acting::acting;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::{Folder, Service, check};
use diwan_store::services::{self, EditionHead, ServiceRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Publishes an edition of a service folder. A published edition is never
/// changed: the same version with other contents is refused.
#[derive(Debug, Serialize, Deserialize)]
pub struct PublishService {
    /// The folder's files, base 64, by name.
    pub folder: Value,
}

impl PublishService {
    /// The act for a folder.
    #[must_use]
    pub fn of(folder: &Folder) -> Self {
        Self { folder: to_json(folder) }
    }
}

fn to_json(folder: &Folder) -> Value {
    use base64::Engine as _;
    let files: serde_json::Map<String, Value> = folder
        .files
        .iter()
        .map(|(name, bytes)| (name.clone(), json!(base64::engine::general_purpose::STANDARD.encode(bytes))))
        .collect();
    json!({"name": folder.name, "files": files})
}

fn from_json(value: &Value) -> Option<Folder> {
    use base64::Engine as _;
    let mut files = Vec::new();
    for (name, text) in value["files"].as_object()? {
        files.push((name.clone(), base64::engine::general_purpose::STANDARD.decode(text.as_str()?).ok()?));
    }
    Some(Folder::new(value["name"].as_str()?, files))
}

impl Act for PublishService {
    const NAME: &'static str = "publish-service";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            acting(tx, at, Permission::ManageOfficers).await?;
        }
        let folder = from_json(&self.folder).ok_or(Why::Malformed)?;
        let Some(service) = check(&folder, None).service else {
            return Err(Refusal::from(Why::Malformed).about("service", &folder.name).into());
        };
        let edition = i64::from(service.version);
        if let Some(known) = services::head(tx, &service.key, edition).await? {
            if known.hash != service.hash {
                return Err(Refusal::from(Why::NameTaken).about("edition", edition).into());
            }
            let entry = Entry::new("service-confirmed", "service", &service.key).with("hash", service.hash);
            return Ok(Recorded::new(edition, entry));
        }
        let row = ServiceRow {
            id: at.fresh("service"),
            code: service.key.clone(),
            edition,
            hash: service.hash.clone(),
            folder: self.folder.to_string(),
            since: service.since.to_string(),
            published_at: at.now,
        };
        tx.add(&row).await?;
        let entry = Entry::new("service-published", "service", &service.key)
            .under(service.basis.clone())
            .with("edition", edition)
            .with("hash", service.hash.clone());
        Ok(Recorded::new(edition, entry))
    }
}

/// A service with its folder's layout, parsed once.
#[derive(Debug)]
pub struct Published {
    /// The definition.
    pub service: Service,
    /// The document's layout, when the service issues one.
    pub layout: Option<String>,
    /// Recordings of questions that the definition names, by their place in the folder.
    pub recordings: BTreeMap<String, Vec<u8>>,
}

/// Definitions by their hash: parsed once per process, however many cases.
static PARSED: LazyLock<Mutex<HashMap<String, Arc<Published>>>> = LazyLock::new(Mutex::default);

/// The definition that a head names: from memory, or read once.
async fn definition_of(tx: &mut Tx<'_>, head: &EditionHead) -> Result<Arc<Published>, Fault> {
    let known = PARSED.lock().unwrap_or_else(PoisonError::into_inner).get(&head.hash).cloned();
    if let Some(known) = known {
        return Ok(known);
    }
    let missing =
        || Fault::WrongDatabase(format!("service {} edition {} is missing", head.code, head.edition));
    let row = services::edition(tx, &head.code, head.edition).await?.ok_or_else(missing)?;
    let published = parsed(&row)?;
    let mut known = PARSED.lock().unwrap_or_else(PoisonError::into_inner);
    known.insert(row.hash, published.clone());
    Ok(published)
}

fn parsed(row: &ServiceRow) -> Result<Arc<Published>, Fault> {
    let broken = || Fault::Outside(format!("service {} edition {} cannot be read", row.code, row.edition));
    let value: Value = serde_json::from_str(&row.folder).map_err(|_| broken())?;
    let folder = from_json(&value).ok_or_else(broken)?;
    if folder.hash() != row.hash {
        return Err(Fault::WrongDatabase(format!("service {} was altered after publishing", row.code)));
    }
    let layout = folder.text("document.typ").map(str::to_owned);
    let service = check(&folder, None).service.ok_or_else(broken)?;
    let named = service.questions.iter().flat_map(|question| question.audio.values());
    let recordings = named.filter_map(|name| Some((name.clone(), folder.files.get(name)?.clone()))).collect();
    Ok(Arc::new(Published { service, layout, recordings }))
}

/// The newest edition of a service that applies on a day (ISO 8601).
///
/// # Errors
/// When the database fails or a stored folder was altered.
pub async fn newest(tx: &mut Tx<'_>, code: &str, today: &str) -> Result<Option<Arc<Published>>, Fault> {
    let heads = services::heads_of(tx, code).await?;
    match heads.iter().rev().find(|head| head.since.as_str() <= today) {
        Some(head) => definition_of(tx, head).await.map(Some),
        None => Ok(None),
    }
}

/// The newest edition that applies on a day at a desk: in a mobile unit the one it took
/// along, whatever was published at home meanwhile.
///
/// # Errors
/// As [`newest`].
pub(crate) async fn newest_at(
    tx: &mut Tx<'_>,
    at: &Desk,
    code: &str,
    today: &str,
) -> Result<Option<Arc<Published>>, Fault> {
    let Some(unit) = crate::units::of_desk(tx, at).await? else { return newest(tx, code, today).await };
    let heads = services::heads_until(tx, code, unit.prepared_at).await?;
    match heads.iter().rev().find(|head| head.since.as_str() <= today) {
        Some(head) => definition_of(tx, head).await.map(Some),
        None => Ok(None),
    }
}

/// The edition a case began under, even when the folder is gone.
///
/// # Errors
/// When the database fails or the stored folder was altered.
pub async fn edition(tx: &mut Tx<'_>, code: &str, edition: i64) -> Result<Arc<Published>, Fault> {
    let known = known_edition(tx, code, edition).await?;
    known.ok_or_else(|| Fault::WrongDatabase(format!("service {code} edition {edition} is missing")))
}

/// An edition that someone outside names, if there is one.
///
/// # Errors
/// When the database fails or the stored folder was altered.
pub async fn known_edition(
    tx: &mut Tx<'_>,
    code: &str,
    edition: i64,
) -> Result<Option<Arc<Published>>, Fault> {
    match services::head(tx, code, edition).await? {
        Some(head) => definition_of(tx, &head).await.map(Some),
        None => Ok(None),
    }
}

/// Every service that is offered on a day, by key.
///
/// # Errors
/// When the database fails or a stored folder was altered.
pub async fn offered(tx: &mut Tx<'_>, today: &str) -> Result<Vec<Arc<Published>>, Fault> {
    let mut newest: Vec<EditionHead> = Vec::new();
    for head in services::heads(tx).await?.into_iter().filter(|head| head.since.as_str() <= today) {
        match newest.last_mut() {
            Some(last) if last.code == head.code => *last = head,
            _ => newest.push(head),
        }
    }
    let mut offered = Vec::new();
    for head in &newest {
        offered.push(definition_of(tx, head).await?);
    }
    Ok(offered)
}
