//! Lists on papers, such as the members of a family: tables in the languages of
//! the paper, and lines on the page that checks it.

use super::by_language;
use crate::words::Language;
use diwan_domain::names;
use diwan_domain::services::{EntryValue, EntryValues, PrintFrom, PrintedField, Service};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Texts by field, or one line of a list by column.
pub(super) type Texts = BTreeMap<String, String>;

/// How someone stands to marriage, in the word for a woman or for a man.
pub(super) fn marital(lang: &Language, status: &str, of: &Texts) -> String {
    let is_woman = of.get("sex").is_some_and(|sex| sex == "female");
    lang.t_of(if is_woman { "marital-female-" } else { "marital-male-" }, status)
}

/// One cell of a list in a language. Latin letters that no passport gave are
/// marked, and the note below the list says what the mark means.
fn cell_in(lang: &Language, column: &str, line: &Texts) -> Option<String> {
    let text = line.get(column)?;
    Some(match column {
        "relation" => lang.t_of("member-", text),
        "sex" => lang.t_of("sex-", text),
        "marital-status" => marital(lang, text, line),
        _ if column.ends_with("-on") => lang.stored_day(text),
        _ if !lang.rtl && names::is_arabic_script(text) => match line.get(&format!("{column}-latin")) {
            Some(latin) => latin.clone(),
            None => format!("{}{BY_RULE}", names::transliterate(text)),
        },
        _ => text.clone(),
    })
}

/// Marks what was spelled in Latin letters by rule.
const BY_RULE: &str = "*";

/// A list as a table: its columns with their labels, and a line for each.
pub(super) fn table(
    languages: &[Arc<Language>],
    own: &dyn Fn(&str) -> Value,
    field: &PrintedField,
    lines: &[Texts],
) -> Value {
    let columns: Vec<Value> = field
        .columns
        .iter()
        .map(|column| json!({"key": column, "label": own(&format!("print-{}-{column}", field.key))}))
        .collect();
    let row = |line: &Texts| -> Vec<Value> {
        field.columns.iter().map(|column| by_language(languages, |l| cell_in(l, column, line))).collect()
    };
    let rows: Vec<Vec<Value>> = lines.iter().map(row).collect();
    let is_marked = |l: &Arc<Language>| {
        let mut cells = rows.iter().flatten().filter_map(|cell| cell[&l.code].as_str());
        cells.any(|text| text.ends_with(BY_RULE))
    };
    let note = by_language(languages, |l| is_marked(l).then(|| l.t("paper-by-rule")));
    let first = &languages[0];
    let numbers: Vec<String> = (1..=lines.len()).map(|n| first.digits(&n.to_string())).collect();
    let mut table = json!({"label": own(&format!("print-{}", field.key)), "columns": columns, "numbers": numbers, "rows": rows});
    if note.as_object().is_some_and(|note| !note.is_empty()) {
        table["note"] = note;
    }
    table
}

/// The lists that a document prints, each with its lines.
pub(super) fn lists_of(service: &Service, said: &EntryValues) -> Vec<(PrintedField, Vec<Texts>)> {
    let printed = service.document.iter().flat_map(|document| &document.fields);
    let lists = printed.filter_map(|field| match &field.from {
        PrintFrom::Entry(name) => match said.get(name) {
            Some(EntryValue::Lines(lines)) => Some((field.clone(), lines.clone())),
            _ => None,
        },
        PrintFrom::Answer(_) => None,
    });
    lists.collect()
}

/// One line of a list on a page: its cells in a row.
pub(super) fn line_in(lang: &Language, field: &PrintedField, line: &Texts) -> String {
    let cells = field.columns.iter().filter_map(|column| cell_in(lang, column, line));
    cells.collect::<Vec<_>>().join(" · ")
}
