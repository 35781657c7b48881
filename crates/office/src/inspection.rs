//! What inspectors and the people themselves may read of the journal.

use crate::acting::acting;
use crate::desk::Office;
use diwan_documents::proof::FORMAT;
pub use diwan_documents::proof::ProofFile;
use diwan_domain::acts::Desk;
use diwan_domain::digits;
use diwan_domain::ids::{CaseId, JournalId, OfficerId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::numbers::parse_number;
use diwan_domain::people::Permission;
use diwan_store::journal::{self, JournalRow, Search};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, cases, civil, documents, log, officers, people};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Records that an inspector searches the journal; the search itself reads.
#[derive(Debug, Serialize, Deserialize)]
pub struct SearchJournal {
    /// What was asked for, in words.
    pub query: String,
}

impl Act for SearchJournal {
    const NAME: &'static str = "search-journal";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let acting = acting(tx, at, Permission::ReadJournal).await?;
        let entry =
            Entry::new("journal-searched", "officer", acting.officer.id).with("query", self.query.clone());
        Ok(Recorded::new((), entry))
    }
}

/// Entries that fit, newest first, and how many there are.
///
/// # Errors
/// When the database fails.
pub async fn search(tx: &mut Tx<'_>, wanted: &Search) -> Result<(Vec<JournalRow>, i64), Fault> {
    journal::search(tx, wanted).await
}

/// What people call the officers and cases of these entries: names with logins, and numbers,
/// by their identifiers.
///
/// # Errors
/// When the database fails.
pub async fn called(tx: &mut Tx<'_>, entries: &[JournalRow]) -> Result<BTreeMap<String, String>, Fault> {
    let mut called = BTreeMap::new();
    let subjects = entries.iter().map(|entry| (&entry.subject_kind, &entry.subject));
    for (kind, id) in subjects.chain(entries.iter().map(|entry| (&entry.actor_kind, &entry.actor))) {
        if called.contains_key(id) {
            continue;
        }
        let name = match (kind.as_str(), id.parse::<OfficerId>(), id.parse::<CaseId>()) {
            ("officer", Ok(officer), _) => {
                let found = officers::officer(tx, officer).await?;
                found.map(|officer| format!("{} ({})", officer.name, officer.login))
            }
            ("case", _, Ok(case)) => cases::case(tx, case).await?.map(|case| case.number),
            _ => None,
        };
        if let Some(name) = name {
            called.insert(id.clone(), name);
        }
    }
    Ok(called)
}

/// What a search means by words that people use: the identifier of the officer of this login, of
/// the case, entry or paper of this number, or of whoever bears it; what is none of these stays
/// as it is. A protected person is found by no number.
///
/// # Errors
/// When the database fails.
pub async fn meant(tx: &mut Tx<'_>, words: &str) -> Result<String, Fault> {
    if let Some(officer) = officers::by_login(tx, &crate::officers::login_of(words)).await? {
        return Ok(officer.id.to_string());
    }
    if let Ok(number) = parse_number(words)
        && let Some(case) = cases::by_number(tx, &number).await?
    {
        return Ok(case.id.to_string());
    }
    let number = digits::to_ascii(words.trim()).to_ascii_uppercase();
    if let Some(entry) = civil::entry_numbered(tx, &number).await? {
        return Ok(entry.id.to_string());
    }
    if let Some(paper) = documents::by_number(tx, &number).await? {
        return Ok(paper.id.to_string());
    }
    if let [only] = people::bearers(tx, &number).await?[..]
        && people::person(tx, only).await?.is_some_and(|person| !person.protected)
    {
        return Ok(only.to_string());
    }
    Ok(words.to_owned())
}

/// What happened to a thing, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn timeline(tx: &mut Tx<'_>, kind: &str, id: &str) -> Result<Vec<JournalRow>, Fault> {
    journal::about(tx, kind, id).await
}

/// Who looked at a person's record, newest first.
///
/// # Errors
/// When the database fails.
pub async fn who_looked(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<JournalRow>, Fault> {
    journal::touching(tx, person).await
}

/// The proof that an entry is in the public log, as a file; `None` until it is
/// sealed.
///
/// # Errors
/// When the database fails.
pub async fn proof(office: &Office, entry: JournalId) -> Result<Option<ProofFile>, Fault> {
    let mut reading = office.db.reading().await?;
    let Some(found) = log::inclusion(&mut reading.tx(), entry).await? else { return Ok(None) };
    Ok(Some(ProofFile {
        format: FORMAT.to_owned(),
        origin: office.log_key.origin.clone(),
        checkpoint: found.head.checkpoint,
        leaf_index: found.leaf,
        tree_size: found.head.size,
        inclusion: found.path.iter().map(hex::encode).collect(),
        salt: hex::encode(found.salt),
        entry: found.entry,
    }))
}
