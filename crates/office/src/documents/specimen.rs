//! Papers that nobody asked for: what a folder's layout makes of its service is seen before
//! it is published, not when the first certificate waits for it.

use super::{Job, Paper, Wording, grouped, most_pages, qr_svg};
use crate::catalogue::Published;
use diwan_domain::ids::{CaseId, DocumentId, OfficeId};
use diwan_domain::services::{
    Answers, DocumentSpec, EntryValue, EntryValues, PrintFrom, PrintedField, Question, QuestionKind, Service,
};
use diwan_store::centres::OfficeRow;
use diwan_store::documents::DocumentRow;
use diwan_store::value::Json;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

const WORD: &str = "نموونە";
const DAY: &str = "1990-07-05";
const CODE: &str = "00000000000000000000000000";
const UTC_OFFSET_MINUTES: i32 = 180;

/// A service's paper as it is typeset, by its own layout: with every printed field, with
/// those alone without which it is not issued, and as a training paper. Empty for a
/// service that issues none.
#[must_use]
pub fn specimens(service: Service, layout: &str, wording: &dyn Wording) -> Vec<Job> {
    let Some(spec) = service.document.clone() else { return Vec::new() };
    let published = Published { service, layout: Some(layout.to_owned()), recordings: BTreeMap::new() };
    let of = |whole: bool, training: bool| specimen(&published, &spec, wording, (whole, training));
    vec![of(true, false), of(false, false), of(true, true)]
}

fn specimen(
    published: &Published,
    spec: &DocumentSpec,
    wording: &dyn Wording,
    (whole, training): (bool, bool),
) -> Job {
    let printed: Vec<&PrintedField> = spec.fields.iter().filter(|field| whole || field.required).collect();
    let (mut entry, mut answers) = (EntryValues::new(), Answers::new());
    for field in printed {
        match &field.from {
            PrintFrom::Entry(name) => {
                entry.insert(name.clone(), of_entry(name, &field.columns));
            }
            PrintFrom::Answer(key) => {
                if let Some(question) = published.service.question(key) {
                    answers.insert(key.clone(), of_question(question));
                }
            }
        }
    }
    let document = row(spec, &entry, training);
    let office = OfficeRow {
        id: OfficeId(Uuid::nil()),
        code: "XX".into(),
        ministry: published.service.issuer.clone(),
        names: Json(json!({"ckb": WORD, "en": "Specimen"})),
        area_id: None,
        key_id: None,
        ended_at: None,
        version: 1,
    };
    let check_url = format!("https://example.org/v/{}", grouped(CODE));
    let code = qr_svg(&check_url).unwrap_or_default();
    let paper = Paper {
        document: &document,
        published,
        answers: &answers,
        office: &office,
        centre: None,
        check_url,
        opening: None,
        utc_offset_minutes: UTC_OFFSET_MINUTES,
    };
    let data = wording.paper(&paper);
    Job {
        ident: document.number.clone(),
        title: document.number,
        layout: published.layout.clone().unwrap_or_default(),
        most_pages: Some(most_pages(&data)),
        data,
        images: [("qr".to_owned(), code)].into(),
        issued: Timestamp::UNIX_EPOCH,
    }
}

fn row(spec: &DocumentSpec, entry: &EntryValues, training: bool) -> DocumentRow {
    DocumentRow {
        id: DocumentId(Uuid::nil()),
        number: format!("{}XX-70-000-001-0", spec.series),
        case_id: CaseId(Uuid::nil()),
        kind: spec.kind.clone(),
        office_id: OfficeId(Uuid::nil()),
        centre_id: None,
        entry_id: None,
        holder_id: None,
        check_code: CODE.into(),
        state: "intended".into(),
        fields: Json(json!(entry)),
        languages: Json(json!(spec.languages)),
        copies: 1,
        rule: None,
        officer_id: None,
        key_id: None,
        file_hash: None,
        journal_entry: None,
        intended_at: 0,
        sealed_at: None,
        released_at: None,
        ended_at: None,
        end_reason: None,
        ended_by: None,
        replaced_by: None,
        training,
        confirmed_at: None,
        confirmed_by: None,
        confirmed_serial: None,
        version: 1,
    }
}

/// What a field of an entry may say; a list has a line.
fn of_entry(name: &str, columns: &[String]) -> EntryValue {
    if columns.is_empty() {
        return EntryValue::Text(text_of(name).to_owned());
    }
    let line = columns.iter().map(|column| (column.clone(), text_of(column).to_owned())).collect();
    EntryValue::Lines(vec![line])
}

fn text_of(name: &str) -> &'static str {
    match name {
        "sex" => "female",
        "marital-status" => "single",
        "relation" => "holder",
        "plurality" => "twin",
        "divorce-kind" => "revocable",
        "date" | "judgment-date" => DAY,
        dated if dated.ends_with("-on") || dated.ends_with("-in-words") => DAY,
        aged if aged.ends_with("-age") => "34",
        country if country.ends_with("-nationality") => "IQ",
        latin if latin.ends_with("-latin") => "Specimen",
        _ => WORD,
    }
}

/// What somebody may answer.
fn of_question(question: &Question) -> Value {
    let first = question.options.first().cloned().unwrap_or_default();
    match question.kind {
        QuestionKind::Name => json!({"given": WORD, "father": WORD, "grandfather": WORD, "family": WORD}),
        QuestionKind::Text | QuestionKind::LongText => json!(WORD),
        QuestionKind::Date => json!(DAY),
        QuestionKind::Number => json!(question.min.unwrap_or(1)),
        QuestionKind::Choice => json!(first),
        QuestionKind::Choices => json!([first]),
        QuestionKind::YesNo => json!(true),
        QuestionKind::Phone => json!("+9647501234567"),
        QuestionKind::Email => json!("name@example.org"),
        QuestionKind::IdentityNumber => json!({"kind": "national-card", "number": "199012345678"}),
        QuestionKind::Address => json!({"governorate": WORD, "place": WORD}),
        QuestionKind::Person => json!({"id": Uuid::nil(), "name": WORD}),
        QuestionKind::File => json!([{"id": "1", "name": "a.pdf", "type": "application/pdf", "bytes": 1}]),
        QuestionKind::Group => {
            let inner = question.children.iter().map(|child| (child.key.clone(), of_question(child)));
            json!([Value::Object(inner.collect())])
        }
    }
}
