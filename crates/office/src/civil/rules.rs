//! The rules of the register in force: published by hash, read once per process.

use crate::acting::acting;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::civil::Rules;
use diwan_domain::civil::changes::{Change, changes};
use diwan_domain::civil::rules::RulesFault;
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::declarations::{self, RulesRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// The rules that come with the program: what the published sources say, to be
/// confirmed by the ministries before they are relied on.
pub const BUILT_IN: &str = include_str!("../../../../register/rules.toml");

/// Publishes the rules of the register. Those published last stand; declarations
/// keep the name of the ones under which they were made.
#[derive(Debug, Serialize, Deserialize)]
pub struct PublishRules {
    /// The file as written.
    pub text: String,
}

impl Act for PublishRules {
    const NAME: &'static str = "publish-rules";
    type Out = String;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            acting(tx, at, Permission::ManageOfficers).await?;
        }
        let read = Rules::read(&self.text);
        let rules = read.map_err(|fault| Refusal::from(Why::Malformed).about("rules", fault))?;
        let hash = Rules::hash(&self.text);
        let entry = Entry::new("rules-published", "register", "rules")
            .with("hash", hash.clone())
            .with("rules", rules.rules.len());
        if declarations::rules(tx, &hash).await?.is_none() {
            let row = RulesRow {
                id: at.fresh("rules"),
                hash: hash.clone(),
                body: self.text.clone(),
                published_at: at.now,
            };
            tx.add(&row).await?;
        }
        Ok(Recorded::new(hash, entry))
    }
}

/// Publishes rules in the place of those that an administrator looked at.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChangeRules {
    /// The file as written.
    pub text: String,
    /// The hash of the rules it was compared with.
    pub seen: String,
}

impl Act for ChangeRules {
    const NAME: &'static str = "change-rules";
    type Out = String;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        acting(tx, at, Permission::ManageOfficers).await?;
        let hash = Rules::hash(&self.text);
        let standing = declarations::rules_hash(tx).await?.unwrap_or_default();
        if hash == standing {
            return Err(Why::NothingChanges.into());
        }
        if standing != self.seen {
            return Err(Why::ChangedMeanwhile.into());
        }
        // What was published is never published again under its old day: the day on
        // which it stands again is another.
        if declarations::rules(tx, &hash).await?.is_some() {
            return Err(Refusal::from(Why::NameTaken).about("rules", "stood-before").into());
        }
        PublishRules { text: self.text.clone() }.run(at, tx).await
    }
}

/// What publishing a file would change.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The hash of the rules that stand.
    pub standing: String,
    /// The hash that names the file.
    pub hash: String,
    /// The rules of the file.
    pub rules: Rules,
    /// What would not stay as it is.
    pub changes: Vec<(String, Change)>,
}

/// Reads a file of rules and compares it with those that stand.
///
/// # Errors
/// What is wrong with the file, within; or no rules stand, or the database fails.
pub async fn compare(tx: &mut Tx<'_>, text: &str) -> Result<Result<Compared, RulesFault>, Stop> {
    let standing = standing(tx).await?;
    Ok(Rules::read(text).map(|rules| Compared {
        standing: standing.hash.clone(),
        hash: Rules::hash(text),
        changes: changes(&standing.rules, &rules),
        rules,
    }))
}

/// The text of the rules that stand, as it was written.
///
/// # Errors
/// No rules stand; or the database fails.
pub async fn text(tx: &mut Tx<'_>) -> Result<String, Stop> {
    let hash = declarations::rules_hash(tx).await?.ok_or(Why::NoRule)?;
    Ok(declarations::rules(tx, &hash).await?.ok_or(Why::NoRule)?.body)
}

/// Rules with the hash that names them.
#[derive(Debug)]
pub struct Standing {
    /// Their hash.
    pub hash: String,
    /// The rules.
    pub rules: Rules,
}

/// Rules by hash: read once per process.
static READ: LazyLock<Mutex<HashMap<String, Arc<Standing>>>> = LazyLock::new(Mutex::default);

/// The rules that stand now.
///
/// # Errors
/// [`Why::NoRule`] before any were published; or the database fails.
pub async fn standing(tx: &mut Tx<'_>) -> Result<Arc<Standing>, Stop> {
    let hash = declarations::rules_hash(tx).await?.ok_or(Why::NoRule)?;
    Ok(by_hash(tx, &hash).await?)
}

/// Rules as they were published under a hash.
///
/// # Errors
/// When there are none, they were altered, or the database fails.
pub async fn by_hash(tx: &mut Tx<'_>, hash: &str) -> Result<Arc<Standing>, Fault> {
    let known = READ.lock().unwrap_or_else(PoisonError::into_inner).get(hash).cloned();
    if let Some(known) = known {
        return Ok(known);
    }
    let wrong = |what: &str| Fault::WrongDatabase(format!("rules {hash} of the register {what}"));
    let row = declarations::rules(tx, hash).await?.ok_or_else(|| wrong("are missing"))?;
    if Rules::hash(&row.body) != hash {
        return Err(wrong("were altered after publishing"));
    }
    let rules = Rules::read(&row.body).map_err(|fault| wrong(&fault.to_string()))?;
    let standing = Arc::new(Standing { hash: hash.to_owned(), rules });
    READ.lock().unwrap_or_else(PoisonError::into_inner).insert(hash.to_owned(), standing.clone());
    Ok(standing)
}
