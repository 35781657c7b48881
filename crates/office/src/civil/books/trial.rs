//! A whole file looked at as it would be brought in, with nothing written.

use super::part::{Turned, compare};
use super::preview::{Prepared, Tally};
use super::reading::start_reading;
use super::run::{Run, Stopped, Told};
use crate::Office;
use diwan_domain::civil::books::{Plan, RowFault};
use diwan_domain::ids::ImportId;
use diwan_store::imports::{ImportRow, Progress};
use diwan_store::value::Json;
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Instant;

/// Looks at a whole file as the run would bring it in, and writes nothing.
///
/// # Errors
/// As the run.
pub async fn dry_run(
    office: &Arc<Office>,
    run: &Run,
    (prepared, plan): (&Prepared, &Plan),
    tell: &mut (dyn FnMut(&Told) + Send),
) -> Result<(Progress, Tally), Stopped> {
    let began = Instant::now();
    let import = not_begun(run, prepared);
    let mut parts = start_reading(&run.path, prepared, plan, office.today(), Vec::new())?;
    let (mut told, mut tally) = (Told::default(), Tally::default());
    // Rows of earlier parts are not in the register: by number, what they say.
    let mut earlier: HashMap<u64, u64> = HashMap::new();
    while let Some(part) = parts.recv().await {
        let part = part?;
        let desk = office.desk(&run.who, "dry-run");
        let compared = {
            let mut reading = office.db.reading().await?;
            compare(&mut reading.tx(), &desk, &import, &part.lines).await?
        };
        let mut rejected: BTreeMap<usize, Vec<RowFault>> = compared.rejected;
        let mut there = compared.there;
        for n in compared.added.iter().map(|added| &added.row) {
            let Turned::Entry(entry) = &part.lines[*n].turned else { continue };
            let said = (hash(&entry.number), hash(&format!("{:?}{:?}", entry.content, entry.registered_on)));
            match earlier.insert(said.0, said.1) {
                Some(before) if before == said.1 => there += 1,
                Some(before) => {
                    earlier.insert(said.0, before);
                    let fault = RowFault {
                        column: None,
                        field: "number".into(),
                        code: "entry/differs-in-file".into(),
                        found: Some(entry.number.clone()),
                    };
                    rejected.insert(*n, vec![fault]);
                }
                None => {}
            }
        }
        for (n, line) in part.lines.iter().enumerate() {
            let faults = rejected.get(&n).map(Vec::as_slice).unwrap_or_default();
            tally.count(u64::try_from(line.line).unwrap_or_default(), faults);
        }
        let progress = &mut told.progress;
        progress.there += there;
        progress.rejected += rejected.len() as i64;
        progress.added += part.lines.len() as i64 - there - rejected.len() as i64;
        told.rows += part.lines.len() as u64;
        (told.share, told.elapsed) = (part.share, began.elapsed());
        tell(&told);
    }
    Ok((told.progress, tally))
}

fn hash(text: &str) -> u64 {
    let mut hash = DefaultHasher::new();
    text.hash(&mut hash);
    hash.finish()
}

/// An import as it would be begun.
fn not_begun(run: &Run, prepared: &Prepared) -> ImportRow {
    ImportRow {
        id: ImportId(uuid::Uuid::nil()),
        kind: prepared.mapping.event.clone(),
        office_id: run.office,
        file_name: run.name.clone(),
        file_hash: prepared.look.hash.clone(),
        file_size: 0,
        sheet: prepared.sheet.clone(),
        encoding: None,
        mapping_name: prepared.mapping.name.clone(),
        mapping_hash: String::new(),
        mapping: String::new(),
        heading: Json(json!([])),
        stored: None,
        state: "running".into(),
        by_kind: String::new(),
        by_name: String::new(),
        by_words: None,
        begun_at: 0,
        ended_at: None,
        total: None,
        stopped_why: None,
        version: 1,
    }
}
