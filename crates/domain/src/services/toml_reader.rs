//! Reads TOML tables with their positions, reporting everything that does not
//! fit instead of stopping at the first thing.

use super::diagnostic::{Findings, help_with};
use serde_json::Value as Json;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Something read, with its place in the file.
#[derive(Clone, Debug)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Range<usize>,
}

/// One table being read. Each key asked for becomes a known key; `finish`
/// reports the others.
pub(crate) struct Table<'t, 'i> {
    table: &'t DeTable<'i>,
    pub(crate) span: Range<usize>,
    /// What the table is, for messages: `[[question]]`.
    name: &'static str,
    known: Vec<&'static str>,
}

pub(crate) fn parse<'i>(text: &'i str, findings: &mut Findings) -> Spanned<DeTable<'i>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        findings.error(
            "toml/syntax",
            span,
            error.message().to_owned(),
            "mend the TOML; text stands in quotes, lists in [ ]",
        );
    }
    table
}

impl<'t, 'i> Table<'t, 'i> {
    pub(crate) fn new(table: &'t DeTable<'i>, span: Range<usize>, name: &'static str) -> Self {
        Self { table, span, name, known: Vec::new() }
    }

    fn get(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.keys().any(|name| name.get_ref() == key)
    }

    pub(crate) fn text(&mut self, key: &'static str, out: &mut Findings) -> Option<At<String>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(At { value: text.to_string(), span: value.span() }),
            other => {
                wrong_type(out, key, value.span(), "text in quotes", other);
                None
            }
        }
    }

    pub(crate) fn required_text(&mut self, key: &'static str, out: &mut Findings) -> Option<At<String>> {
        if !self.has(key) {
            self.known.push(key);
            self.missing(key, out);
            return None;
        }
        let text = self.text(key, out)?;
        if text.value.trim().is_empty() {
            out.error("service/empty", text.span.clone(), format!("`{key}` is empty"), "write something");
            return None;
        }
        Some(text)
    }

    pub(crate) fn missing(&self, key: &str, out: &mut Findings) {
        let message = format!("{} has no `{key}`", self.name);
        out.error("service/missing-key", self.span.clone(), message, format!("add `{key} = …`"));
    }

    /// A word of a closed list.
    pub(crate) fn word<T>(
        &mut self,
        key: &'static str,
        known: &[&'static str],
        read: impl Fn(&str) -> Option<T>,
        out: &mut Findings,
    ) -> Option<T> {
        let text = self.text(key, out)?;
        let found = read(&text.value);
        if found.is_none() {
            let message = format!("`{}` is not a known `{key}`", text.value);
            out.error("service/unknown-word", text.span, message, help_with(&text.value, known));
        }
        found
    }

    pub(crate) fn flag(&mut self, key: &'static str, out: &mut Findings) -> Option<bool> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            other => {
                wrong_type(out, key, value.span(), "`true` or `false`", other);
                None
            }
        }
    }

    /// A whole number between two bounds.
    pub(crate) fn number(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<i64>,
        out: &mut Findings,
    ) -> Option<At<i64>> {
        let value = self.get(key)?;
        let Some(number) = integer(value.get_ref()) else {
            wrong_type(out, key, value.span(), "a whole number", value.get_ref());
            return None;
        };
        if !range.contains(&number) {
            let message = format!("`{key}` is {number}");
            let help = format!("write a number from {} to {}", range.start(), range.end());
            out.error("service/out-of-range", value.span(), message, help);
            return None;
        }
        Some(At { value: number, span: value.span() })
    }

    pub(crate) fn date(&mut self, key: &'static str, out: &mut Findings) -> Option<At<jiff::civil::Date>> {
        let value = self.get(key)?;
        let written = match value.get_ref() {
            DeValue::Datetime(datetime) => datetime.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => String::new(),
        };
        match written.parse() {
            Ok(date) => Some(At { value: date, span: value.span() }),
            Err(_) => {
                wrong_type(out, key, value.span(), "a date such as 2027-01-01", value.get_ref());
                None
            }
        }
    }

    /// A list of texts; one text alone is a list of one.
    pub(crate) fn texts(&mut self, key: &'static str, out: &mut Findings) -> Option<Vec<At<String>>> {
        let value = self.get(key)?;
        let items = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            DeValue::String(_) => vec![value],
            other => {
                wrong_type(out, key, value.span(), "a list of texts", other);
                return None;
            }
        };
        let mut texts: Vec<At<String>> = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => {
                    if texts.iter().any(|other| other.value == *text) {
                        let message = format!("`{text}` stands twice in `{key}`");
                        out.error("service/duplicate", item.span(), message, "take one away");
                    }
                    texts.push(At { value: text.to_string(), span: item.span() });
                }
                other => wrong_type(out, key, item.span(), "text in quotes", other),
            }
        }
        Some(texts)
    }

    /// A list of words of a closed list.
    pub(crate) fn words<T>(
        &mut self,
        key: &'static str,
        known: &[&'static str],
        read: impl Fn(&str) -> Option<T>,
        out: &mut Findings,
    ) -> Option<Vec<T>> {
        let texts = self.texts(key, out)?;
        let mut words = Vec::new();
        for text in texts {
            match read(&text.value) {
                Some(word) => words.push(word),
                None => {
                    let message = format!("`{}` is not a known word for `{key}`", text.value);
                    out.error("service/unknown-word", text.span, message, help_with(&text.value, known));
                }
            }
        }
        Some(words)
    }

    /// A value as JSON, whatever it is.
    pub(crate) fn any(&mut self, key: &'static str) -> Option<At<Json>> {
        let value = self.get(key)?;
        Some(At { value: json(value.get_ref()), span: value.span() })
    }

    /// A table under one key.
    pub(crate) fn table(
        &mut self,
        key: &'static str,
        name: &'static str,
        out: &mut Findings,
    ) -> Option<Table<'t, 'i>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Table::new(table, value.span(), name)),
            other => {
                wrong_type(out, key, value.span(), "a table", other);
                None
            }
        }
    }

    /// Every table of a list of tables.
    pub(crate) fn tables(
        &mut self,
        key: &'static str,
        name: &'static str,
        out: &mut Findings,
    ) -> Vec<Table<'t, 'i>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            let help = format!("write {name} with two brackets");
            out.error("service/wrong-type", value.span(), format!("`{key}` is not a list of tables"), help);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(Table::new(table, item.span(), name)),
                other => wrong_type(out, key, item.span(), "a table", other),
            }
        }
        tables
    }

    /// Every key with its value, for tables whose keys are free.
    pub(crate) fn free(&mut self) -> Vec<(At<String>, At<Json>)> {
        self.table
            .iter()
            .map(|(key, value)| {
                let name = At { value: key.get_ref().to_string(), span: key.span() };
                (name, At { value: json(value.get_ref()), span: value.span() })
            })
            .collect()
    }

    /// Reports keys that nobody asked for.
    pub(crate) fn finish(self, out: &mut Findings) {
        for key in self.table.keys().filter(|key| !self.known.contains(&key.get_ref().as_ref())) {
            let found = key.get_ref();
            let message = format!("{} has no key `{found}`", self.name);
            out.error("service/unknown-key", key.span(), message, help_with(found, &self.known));
        }
    }
}

fn wrong_type(out: &mut Findings, key: &str, span: Range<usize>, wanted: &str, found: &DeValue<'_>) {
    let message = format!("`{key}` is {}, not {wanted}", article(found.type_str()));
    out.error("service/wrong-type", span, message, format!("write {wanted}"));
}

fn article(kind: &str) -> String {
    let vowel = kind.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {kind}", if vowel { "an" } else { "a" })
}

fn integer(value: &DeValue<'_>) -> Option<i64> {
    let DeValue::Integer(number) = value else { return None };
    i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()
}

pub(crate) fn json(value: &DeValue<'_>) -> Json {
    match value {
        DeValue::String(text) => Json::String(text.to_string()),
        DeValue::Integer(_) => integer(value).map_or(Json::Null, Json::from),
        DeValue::Float(number) => Json::String(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Json::Bool(*flag),
        DeValue::Datetime(datetime) => Json::String(datetime.to_string()),
        DeValue::Array(items) => Json::Array(items.iter().map(|item| json(item.get_ref())).collect()),
        DeValue::Table(table) => {
            Json::Object(table.iter().map(|(k, v)| (k.get_ref().to_string(), json(v.get_ref()))).collect())
        }
    }
}
