//! The act that brings some hundred rows in: compared with the register, tied to it,
//! and written together with how far the file has come. What broke off before its
//! commit is as if it had never been tried.

use super::begin::may;
use super::linking::People;
use crate::civil::carrying;
use crate::civil::effects::details_of;
use crate::civil::links;
use diwan_domain::acts::Desk;
use diwan_domain::civil::books::{OldEntry, RowFault};
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::ids::{AreaId, EntryId, EventId, ImportId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::centres::{self, OfficeRow};
use diwan_store::civil::{EntryRow, EventRoleRow, EventRow};
use diwan_store::imports::{self, ImportPartRow, ImportRow, Reject};
use diwan_store::value::{Json, Val};
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One row of a file on its way in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line {
    /// Its line in the file.
    pub line: i64,
    /// What stood in it, kept when it is rejected: no part of the act, which holds
    /// what was made of it.
    #[serde(skip)]
    pub cells: Vec<String>,
    /// The entry it makes, or what is wrong with it.
    pub turned: Turned,
}

/// What a row came to before the register was asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turned {
    /// An entry.
    Entry(OldEntry),
    /// Nothing, for these reasons.
    Faulty(Vec<RowFault>),
}

/// What became of a part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartDone {
    /// Entries that were added.
    pub added: i64,
    /// Rows whose entries were there and are equal.
    pub there: i64,
    /// Rows that were rejected.
    pub rejected: i64,
}

/// Brings a part of a file in.
#[derive(Debug, Serialize, Deserialize)]
pub struct ImportPart {
    /// Of which import.
    pub import: ImportId,
    /// The place of its first row in the file, from nought on.
    pub first_row: i64,
    /// The rows.
    pub lines: Vec<Line>,
}

/// An entry that is to be added.
pub(super) struct Added {
    /// The row it comes from.
    pub row: usize,
    content: Content,
    area: Option<AreaId>,
    roles: Vec<(&'static str, PersonId)>,
}

/// What the register says of the rows of a part.
pub(super) struct Compared {
    /// Entries that are to be added.
    pub added: Vec<Added>,
    pub there: i64,
    /// By row: why it is rejected.
    pub rejected: BTreeMap<usize, Vec<RowFault>>,
    pub people: People,
}

impl Act for ImportPart {
    const NAME: &'static str = "import-part";
    type Out = PartDone;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<PartDone>, Stop> {
        may(tx, at).await?;
        let import = imports::import(tx, self.import).await?.ok_or(Why::NotFound)?;
        if import.state != "running" {
            return Err(Refusal::from(Why::WrongState).about("state", &import.state).into());
        }
        if imports::part(tx, import.id, self.first_row).await?.is_some() {
            return Err(Refusal::from(Why::ImportBegun).about("file", &import.file_name).into());
        }
        let office = centres::office(tx, import.office_id).await?.ok_or(Why::NotFound)?;
        let compared = compare(tx, at, &import, &self.lines).await?;
        let done = PartDone {
            added: compared.added.len() as i64,
            there: compared.there,
            rejected: compared.rejected.len() as i64,
        };
        write(tx, at, (&import, &office), &self.lines, compared).await?;
        let last = self.lines.last().map_or(0, |line| line.line);
        let row = ImportPartRow {
            id: at.fresh("part"),
            import_id: import.id,
            first_row: self.first_row,
            last_row: self.first_row + self.lines.len() as i64 - 1,
            last_line: last,
            added: done.added,
            there: done.there,
            rejected: done.rejected,
            recorded_at: at.now,
        };
        tx.add(&row).await?;
        tx.announce("imports", import.id);
        let entry = Entry::new("register-imported", "import", import.id)
            .with("file", import.file_name.clone())
            .with("sha256", import.file_hash.clone())
            .with("mapping", import.mapping_hash.clone())
            .with("lines", vec![self.lines.first().map_or(0, |line| line.line), last])
            .with("rows", hex::encode(hash_of(&self.lines)?))
            .with("events", done.added)
            .with("there", done.there)
            .with("rejected", done.rejected)
            .with("by", format!("{} {}", import.by_kind, import.by_name));
        Ok(Recorded::new(done, entry))
    }
}

/// The hash of a part's rows as they were read.
pub(super) fn hash_of(lines: &[Line]) -> Result<[u8; 32], Fault> {
    let mut hash = Sha256::new();
    for line in lines {
        let text = serde_json::to_string(&line.turned).map_err(|error| Fault::Outside(error.to_string()))?;
        hash.update(line.line.to_be_bytes());
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    Ok(hash.finalize().into())
}

fn kind_of(import: &ImportRow) -> Result<EventKind, Fault> {
    EventKind::from_code(&import.kind)
        .ok_or_else(|| Fault::WrongDatabase(format!("import {} has no kind", import.id)))
}

/// Compares rows with the register and ties their people; writes nothing.
pub(super) async fn compare(
    tx: &mut Tx<'_>,
    at: &Desk,
    import: &ImportRow,
    lines: &[Line],
) -> Result<Compared, Fault> {
    let kind = kind_of(import)?;
    let entries = || {
        lines.iter().enumerate().filter_map(|(at, line)| match &line.turned {
            Turned::Entry(entry) => Some((at, entry)),
            Turned::Faulty(_) => None,
        })
    };
    let numbers: BTreeSet<Val> = entries().map(|(_, entry)| Val::Text(entry.number.clone())).collect();
    let known = imports::entries_numbered(tx, &numbers).await?;
    let known: HashMap<&str, &EntryRow> = known.iter().map(|row| (row.number.as_str(), row)).collect();
    let areas = areas_of(tx, entries().map(|(_, entry)| &entry.content)).await?;
    let people = People::look_up(tx, kind, entries().map(|(_, entry)| &entry.content)).await?;
    let mut compared = Compared { added: Vec::new(), there: 0, rejected: BTreeMap::new(), people };
    let mut earlier: HashMap<&str, &OldEntry> = HashMap::new();
    for (n, line) in lines.iter().enumerate() {
        let entry = match &line.turned {
            Turned::Entry(entry) => entry,
            Turned::Faulty(faults) => {
                compared.rejected.insert(n, faults.clone());
                continue;
            }
        };
        let before = match (known.get(entry.number.as_str()), earlier.get(entry.number.as_str())) {
            (Some(row), _) => Some(difference_to_row(import, entry, row)),
            (None, Some(other)) => Some(differences((&other.content, &other.registered_on), entry)),
            (None, None) => None,
        };
        if let Some(faults) = before {
            if faults.is_empty() {
                compared.there += 1;
            } else {
                compared.rejected.insert(n, faults);
            }
            continue;
        }
        let area = match entry.content.get("place-area").map(|code| areas.get(code)) {
            Some(None) => {
                let found = entry.content.get("place-area").map(str::to_owned);
                let fault =
                    RowFault { column: None, field: "place-area".into(), code: "area/unknown".into(), found };
                compared.rejected.insert(n, vec![fault]);
                continue;
            }
            found => found.flatten().copied(),
        };
        let mut content = links::completed(kind, entry.content.clone());
        match compared.people.tie(at, &format!("row/{n}/"), (kind, area), &mut content) {
            Ok(parties) => {
                compared.added.push(Added { row: n, content, area, roles: parties.roles });
                earlier.insert(&entry.number, entry);
            }
            Err(faults) => drop(compared.rejected.insert(n, faults)),
        }
    }
    Ok(compared)
}

async fn areas_of<'c>(
    tx: &mut Tx<'_>,
    contents: impl Iterator<Item = &'c Content>,
) -> Result<HashMap<String, AreaId>, Fault> {
    let codes: BTreeSet<&str> = contents.filter_map(|content| content.get("place-area")).collect();
    let mut areas = HashMap::new();
    for code in codes {
        if let Some(area) = centres::area_coded(tx, code).await? {
            areas.insert(code.to_owned(), area.id);
        }
    }
    Ok(areas)
}

/// What an entry says otherwise than one of the register with the same number.
fn difference_to_row(import: &ImportRow, entry: &OldEntry, row: &EntryRow) -> Vec<RowFault> {
    let of_number = |code: &str| {
        vec![RowFault {
            column: None,
            field: "number".into(),
            code: code.into(),
            found: Some(row.number.clone()),
        }]
    };
    if row.kind != import.kind || row.office_id != import.office_id {
        return of_number("entry/number-taken");
    }
    let Some(content) = row.content.as_ref().and_then(|text| serde_json::from_str::<Content>(text).ok())
    else {
        return of_number("entry/there-otherwise");
    };
    differences((&content, &row.valid_from), entry)
}

/// How many differences are named.
const NAMED: usize = 5;

fn differences((content, registered_on): (&Content, &Option<String>), entry: &OldEntry) -> Vec<RowFault> {
    // Who the register takes for whom is no part of what the book says.
    let said = |content: &Content| {
        let kept = content.0.iter().filter(|(field, _)| !field.ends_with(".person"));
        kept.map(|(field, value)| (field.clone(), value.clone())).collect::<Content>()
    };
    let (mut before, mut now) = (said(content), said(&entry.content));
    // What follows from the father's name stands in one of them only.
    for field in ["father", "grandfather", "family", "father-latin", "grandfather-latin", "family-latin"] {
        let field = format!("child.{field}");
        if before.get(&field).is_none() || now.get(&field).is_none() {
            before.set(&field, "");
            now.set(&field, "");
        }
    }
    for (content, on) in [(&mut before, registered_on), (&mut now, &entry.registered_on)] {
        content.set("registered-on", on.clone().unwrap_or_default());
    }
    let told = |value: Option<String>| value.unwrap_or_else(|| "—".to_owned());
    before
        .differences(&now)
        .into_iter()
        .take(NAMED)
        .map(|one| RowFault {
            column: None,
            field: one.field,
            code: "entry/differs".to_owned(),
            found: Some(format!("{} ≠ {}", told(one.before), told(one.after))),
        })
        .collect()
}

/// Lets whoever changed their name again after what an old book says bear the newer one.
async fn rename_anew(tx: &mut Tx<'_>, at: &Desk, added: &[Added]) -> Result<(), Stop> {
    let mut over = BTreeSet::new();
    for Added { content, roles, .. } in added {
        for (_, person) in roles {
            if carrying::is_renamed_after(tx, *person, content.get("happened-on")).await? {
                over.insert(*person);
            }
        }
    }
    for person in over {
        carrying::bear_name(tx, at, person).await?;
    }
    Ok(())
}

/// Writes what is to be added and keeps what was rejected.
pub(super) async fn write(
    tx: &mut Tx<'_>,
    at: &Desk,
    (import, office): (&ImportRow, &OfficeRow),
    lines: &[Line],
    compared: Compared,
) -> Result<(), Stop> {
    let kind = kind_of(import)?;
    compared.people.write(tx).await?;
    let named = office.names.0["ckb"].as_str().unwrap_or(&office.code);
    let event_of = |n: usize| at.fresh::<EventId>(&format!("row/{n}/event"));
    for Added { row: n, content, area, .. } in &compared.added {
        tx.add(&EventRow {
            id: event_of(*n),
            kind: kind.code().to_owned(),
            happened_on: content.get("happened-on").map(str::to_owned),
            area_id: *area,
            place: content.get("place").map(str::to_owned),
            details: Json(details_of(kind, content)),
            recorded_at: at.now,
        })
        .await?;
    }
    for Added { row: n, roles, .. } in &compared.added {
        for (role, person) in roles {
            let row = EventRoleRow {
                id: at.fresh(&format!("row/{n}/part/{role}/{person}")),
                event_id: event_of(*n),
                person_id: *person,
                role: (*role).to_owned(),
                recorded_at: at.now,
            };
            tx.add(&row).await?;
        }
    }
    for Added { row: n, content, area, roles } in &compared.added {
        let line = &lines[*n];
        let Turned::Entry(entry) = &line.turned else { continue };
        let text = serde_json::to_string(content).map_err(|error| Fault::Outside(error.to_string()))?;
        let id: EntryId = at.fresh(&format!("row/{n}/entry"));
        tx.add(&EntryRow {
            id,
            event_id: event_of(*n),
            kind: kind.code().to_owned(),
            number: entry.number.clone(),
            office_id: office.id,
            directorate: content.get("directorate").unwrap_or(named).to_owned(),
            record_no: content.get("record-no").map(str::to_owned),
            page_no: content.get("page-no").map(str::to_owned),
            area_id: *area,
            supersedes: None,
            authority: None,
            verified_at: entry.verified.as_ref().map(|_| at.now),
            verified_how: entry.verified.clone(),
            protected: kind.is_protected(),
            valid_from: entry.registered_on.clone(),
            recorded_at: at.now,
            content: Some(text),
            standing: None,
            declaration_id: None,
            correction_id: None,
            import_id: Some(import.id),
            import_line: Some(line.line),
        })
        .await?;
        crate::civil::addresses::note(tx, id, content, roles).await?;
    }
    if kind == EventKind::NameChange {
        rename_anew(tx, at, &compared.added).await?;
    }
    for (n, faults) in &compared.rejected {
        let line = &lines[*n];
        // No database keeps the character U+0000; its picture stands for it.
        let cells: Vec<String> = line.cells.iter().map(|text| text.replace('\0', "\u{2400}")).collect();
        let as_json =
            |value: serde_json::Result<String>| value.map_err(|error| Fault::Outside(error.to_string()));
        let reject = Reject {
            line: line.line,
            cells: as_json(serde_json::to_string(&cells))?,
            faults: as_json(serde_json::to_string(faults))?.replace("\\u0000", "\u{2400}"),
        };
        imports::keep_reject(tx, import.id, &reject).await?;
    }
    Ok(())
}
