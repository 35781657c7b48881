//! An import as such: begun, set going, stopped, ended.

use crate::acting::acting;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{ImportId, OfficeId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::imports::{self, ImportRow};
use diwan_store::value::Json;
use diwan_store::{Act, Recorded, Stop, Tx, centres};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Whoever brings books in: an officer who may, or Diwan's own command.
pub(super) async fn may(tx: &mut Tx<'_>, at: &Desk) -> Result<(), Stop> {
    if !matches!(at.actor, Actor::System(_)) {
        acting(tx, at, Permission::ImportRegister).await?;
    }
    Ok(())
}

/// Begins to bring a file in, with the mapping as it stands now. The same file with
/// the same mapping for the same office is begun once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BeginImport {
    /// The office whose entries they are.
    pub office: OfficeId,
    /// The kind of event.
    pub kind: String,
    /// The file's name.
    pub file_name: String,
    /// Its SHA-256.
    pub file_hash: String,
    /// Its length in bytes.
    pub file_size: i64,
    /// The sheet, of a workbook; else nothing.
    pub sheet: String,
    /// How its letters are stored, where that was told.
    pub encoding: Option<String>,
    /// The mapping's own name.
    pub mapping_name: String,
    /// The mapping's SHA-256.
    pub mapping_hash: String,
    /// The mapping, to the letter.
    pub mapping: String,
    /// The columns' headings.
    pub heading: Vec<String>,
    /// Where the bytes are, when they came by a page; then an officer looks before
    /// anything is brought in.
    pub stored: Option<String>,
    /// Who brings it in, in words, where the command was told.
    pub by_words: Option<String>,
}

impl Act for BeginImport {
    const NAME: &'static str = "begin-import";
    type Out = ImportId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<ImportId>, Stop> {
        may(tx, at).await?;
        let office = centres::office(tx, self.office).await?.filter(|office| office.ended_at.is_none());
        office.ok_or(Why::NotFound)?;
        let file = (self.file_hash.as_str(), self.sheet.as_str());
        if imports::of_file(tx, file, &self.mapping_hash, self.office).await?.is_some() {
            return Err(Refusal::from(Why::ImportBegun).about("file", &self.file_name).into());
        }
        let row = ImportRow {
            id: at.fresh("import"),
            kind: self.kind.clone(),
            office_id: self.office,
            file_name: self.file_name.clone(),
            file_hash: self.file_hash.clone(),
            file_size: self.file_size,
            sheet: self.sheet.clone(),
            encoding: self.encoding.clone(),
            mapping_name: self.mapping_name.clone(),
            mapping_hash: self.mapping_hash.clone(),
            mapping: self.mapping.clone(),
            heading: Json(json!(self.heading)),
            stored: self.stored.clone(),
            state: if self.stored.is_some() { "seen" } else { "running" }.to_owned(),
            by_kind: at.actor.kind().to_owned(),
            by_name: at.actor.name(),
            by_words: self.by_words.clone(),
            begun_at: at.now,
            ended_at: None,
            total: None,
            stopped_why: None,
            version: 1,
        };
        tx.add(&row).await?;
        let entry = Entry::new("import-begun", "import", row.id)
            .with("file", self.file_name.clone())
            .with("sha256", self.file_hash.clone())
            .with("mapping", self.mapping_hash.clone());
        Ok(Recorded::new(row.id, entry))
    }
}

/// Moves an import on: set going, stopped with a reason, ended, put away.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MoveImport {
    /// Which.
    pub import: ImportId,
    /// `waiting`, `running`, `stopped`, `done` or `discarded`.
    pub to: String,
    /// How many rows the file has, when it ended.
    pub total: Option<i64>,
    /// Why it stopped: a stable code.
    pub why: Option<String>,
}

/// From which states an import comes to another.
fn may_follow(to: &str, from: &str) -> bool {
    match to {
        "waiting" => matches!(from, "seen" | "stopped"),
        "running" => matches!(from, "waiting" | "stopped" | "running"),
        "stopped" => matches!(from, "running" | "waiting"),
        "done" => from == "running",
        "discarded" => from == "seen",
        _ => false,
    }
}

impl Act for MoveImport {
    const NAME: &'static str = "move-import";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        may(tx, at).await?;
        let mut row = imports::import(tx, self.import).await?.ok_or(Why::NotFound)?;
        if !may_follow(&self.to, &row.state) {
            return Err(Refusal::from(Why::WrongState).about("state", &row.state).into());
        }
        row.state.clone_from(&self.to);
        row.stopped_why.clone_from(&self.why);
        row.ended_at = matches!(self.to.as_str(), "done" | "discarded").then_some(at.now);
        row.total = self.total.or(row.total);
        tx.edit(&mut row).await?;
        tx.announce("imports", row.id);
        let entry = Entry::new("import-moved", "import", row.id).with("to", self.to.clone());
        let entry = match &self.why {
            Some(why) => entry.with("why", why.clone()),
            None => entry,
        };
        Ok(Recorded::new(row.version, entry))
    }
}
