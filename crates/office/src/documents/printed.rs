//! What a paper says beyond its register entry, kept with its record from the intent on: the
//! answers that it prints, which are erased with their case, and the edition of its service by
//! which it is made, where that is not the one under which its case began.

use super::{cases_of, register_fields};
use crate::catalogue;
use diwan_domain::acts::Desk;
use diwan_domain::journal::Entry;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::{Answers, EntryValues, PrintFrom, Service, unprintable};
use diwan_store::cases::CaseRow;
use diwan_store::documents::{self, DocumentRow};
use diwan_store::value::Json;
use diwan_store::{Stop, Tx};
use serde_json::json;

/// What stands before the key of a printed answer. No field of an entry is called so.
const ANSWER: &str = "answer/";
/// Where the edition stands.
const EDITION: &str = "made-by/edition";

/// Keeps the answers that a service prints among the fields of its paper.
pub(super) fn keep_answers(fields: &mut EntryValues, service: &Service, answers: &Answers) {
    for field in service.document.iter().flat_map(|document| &document.fields) {
        let PrintFrom::Answer(key) = &field.from else { continue };
        if let Some(value) = answers.get(key) {
            fields.insert(format!("{ANSWER}{key}"), value.to_string().into());
        }
    }
}

/// The answers that a paper prints, as they were when it was intended. Of one that was
/// intended before they were kept, none.
#[must_use]
pub fn answers_of(document: &DocumentRow) -> Answers {
    let kept = document.fields.0.as_object().into_iter().flatten();
    let one = |(key, value): (&String, &serde_json::Value)| {
        let key = key.strip_prefix(ANSWER)?;
        Some((key.to_owned(), serde_json::from_str(value.as_str()?).ok()?))
    };
    kept.filter_map(one).collect()
}

/// What a paper is filled from: the answers of its case as far as they are still there, and
/// in their place those that were kept with the paper.
pub(super) fn all_answers(document: &DocumentRow, case: &CaseRow) -> Answers {
    let mut answers = cases_of::answers(case);
    if answers.is_empty() {
        // They were erased: how many copies and in which languages stands with the paper.
        answers.insert("copies".to_owned(), json!(document.copies));
        answers.insert("document-languages".to_owned(), document.languages.0.clone());
    }
    answers.extend(answers_of(document));
    answers
}

/// Notes that a paper is made by another edition than the one under which its case began.
pub(super) fn note_edition(fields: &mut EntryValues, edition: i64, case: &CaseRow) {
    if edition != case.edition {
        fields.insert(EDITION.to_owned(), edition.to_string().into());
    }
}

/// The edition of its service by which a paper is made.
#[must_use]
pub fn edition_of(document: &DocumentRow, case: &CaseRow) -> i64 {
    edition_or(document, case.edition)
}

/// The same, of a case that began under an edition.
pub(super) fn edition_or(document: &DocumentRow, began_under: i64) -> i64 {
    document.fields.0[EDITION].as_str().and_then(|edition| edition.parse().ok()).unwrap_or(began_under)
}

/// Makes a paper that could not be made by the newest edition of its service: an edition
/// whose layout gives no paper holds nobody's approval up for ever. Its number and its check
/// code stay, for nobody has seen it yet; what it says is gathered anew.
pub(super) async fn by_newest_edition(
    tx: &mut Tx<'_>,
    at: &Desk,
    (case, mut document): (&CaseRow, DocumentRow),
    reason: &str,
) -> Result<Entry, Stop> {
    let today = crate::desk::day_of(at.now, at.utc_offset_minutes);
    let before = edition_of(&document, case);
    let newest = catalogue::newest_at(tx, at, &case.service, &today.to_string()).await?;
    let newest = newest.ok_or(Why::ServiceClosed)?;
    let service = &newest.service;
    let edition = i64::from(service.version);
    let spec = service.document.as_ref().filter(|spec| spec.kind == document.kind);
    if edition <= before || spec.is_none() {
        return Err(Why::NothingChanges.into());
    }
    let answers = all_answers(&document, case);
    let mut fields = register_fields(tx, case, service, today).await?;
    fields.extend(cases_of::faith::printed_of(tx, case).await?);
    let missing = unprintable(service, &answers, &fields);
    if !missing.is_empty() {
        return Err(Refusal::from(Why::EntryIncomplete).about("missing", missing.join(", ")).into());
    }
    keep_answers(&mut fields, service, &answers);
    note_edition(&mut fields, edition, case);
    document.fields = Json(json!(fields));
    document.intended_at = at.now;
    tx.edit(&mut document).await?;
    documents::try_soon(tx, document.id, at.now).await?;
    tx.announce("document", document.id);
    Ok(Entry::new("document-moved-to-edition", "document", document.id)
        .of(document.holder_id)
        .under(reason)
        .with("number", document.number)
        .with("case", case.id.to_string())
        .with("from", before)
        .with("to", edition))
}
