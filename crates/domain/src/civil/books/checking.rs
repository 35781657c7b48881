//! Whether a mapping fits the form of its event and the heading of a table: every
//! fault with its place and, where one is near, with what may have been meant.

use super::cells::{compared, nearest};
use super::dates::DateForm;
use super::mapping::{Mapping, Source, Values};
use super::values;
use crate::civil::forms::{self, FieldKind};
use crate::civil::{Content, EventKind};

/// Something to be told of a mapping, before any row is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Where in the mapping, or which column: `fields.child.sex`.
    pub place: String,
    /// What: the stable code that has words in every language.
    pub code: &'static str,
    /// What was found there.
    pub found: String,
    /// What may have been meant.
    pub near: Option<String>,
    /// Whether nothing can be read until it is mended.
    pub is_fault: bool,
}

impl Notice {
    pub(super) fn fault(place: impl Into<String>, code: &'static str, found: impl Into<String>) -> Self {
        Self { place: place.into(), code, found: found.into(), near: None, is_fault: true }
    }

    pub(super) fn hint(place: impl Into<String>, code: &'static str, found: impl Into<String>) -> Self {
        Self { is_fault: false, ..Self::fault(place, code, found) }
    }

    pub(super) fn near(mut self, near: Option<&str>) -> Self {
        self.near = near.map(str::to_owned);
        self
    }
}

/// The key of a split name (`father`, `mother-latin`): the role and the ending of
/// its fields.
#[must_use]
pub fn split_of(kind: EventKind, key: &str) -> Option<(&str, &'static str)> {
    let (role, ending) = match key.strip_suffix("-latin") {
        Some(role) => (role, "-latin"),
        None => (key, ""),
    };
    forms::find(kind, &format!("{role}.given{ending}")).map(|_| (role, ending))
}

/// Checks a mapping against the form of its event.
#[must_use]
pub fn check_mapping(mapping: &Mapping) -> Vec<Notice> {
    let mut found = Vec::new();
    if mapping.version != 1 {
        found.push(Notice::fault("version", "mapping/version", mapping.version.to_string()));
    }
    let Some(kind) = EventKind::from_code(&mapping.event) else {
        let kinds = EventKind::ALL.iter().map(|kind| kind.code());
        found.push(
            Notice::fault("event", "mapping/unknown-event", &mapping.event)
                .near(nearest(&mapping.event, kinds)),
        );
        return found;
    };
    for (place, word) in [("merged", &mapping.merged), ("short-rows", &mapping.short_rows)] {
        if !matches!(word.as_str(), "reject" | "fill") {
            found.push(Notice::fault(place, "mapping/unknown-word", word).near(Some("fill")));
        }
    }
    if mapping.heading_line == 0 {
        found.push(Notice::fault("heading-line", "mapping/unknown-word", "0").near(Some("1")));
    }
    check_dates("dates", &mapping.dates, &mut found);
    check_days("year-only-on", &mapping.year_only_on, &mut found);
    if mapping.entry.number.is_none()
        && !["record-no", "page-no"].iter().all(|f| mapping.fields.contains_key(*f))
    {
        found.push(Notice::fault("entry.number", "mapping/no-number", ""));
    }
    for (place, source) in mapping.sources() {
        check_source(mapping, kind, &place, source, &mut found);
    }
    for required in &mapping.required {
        let is_filled = mapping.sources().any(|(place, source)| {
            let key = place.split_once('.').map_or("", |(_, key)| key);
            let is_split = source.split.is_some()
                && split_of(kind, key).is_some_and(|(role, ending)| {
                    required.strip_suffix(ending).is_some_and(|field| field.starts_with(&format!("{role}.")))
                });
            key == required || is_split
        });
        if !is_filled {
            let keys = mapping.fields.keys().map(String::as_str);
            found.push(
                Notice::fault("required", "mapping/required-unfilled", required)
                    .near(nearest(required, keys)),
            );
        }
    }
    found
}

fn check_dates(place: &str, names: &[String], found: &mut Vec<Notice>) {
    let forms: Vec<Option<DateForm>> = names.iter().map(|name| DateForm::of(name)).collect();
    for (name, form) in names.iter().zip(&forms) {
        let Some(form) = form else {
            found.push(Notice::fault(place, "mapping/unknown-date", name).near(Some("dd/mm/yyyy")));
            continue;
        };
        if forms.iter().flatten().any(|other| form.contradicts(other)) {
            found.push(Notice::fault(place, "mapping/dates-contradict", names.join(", ")));
            return;
        }
    }
}

/// Days as `dd/mm` or `dd-mm`.
pub(super) fn day_of_year(text: &str) -> Option<(i8, i8)> {
    let (day, month) = text.split_once(['/', '-', '.'])?;
    let (day, month) = (day.trim().parse().ok()?, month.trim().parse().ok()?);
    ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some((month, day))
}

fn check_days(place: &str, days: &[String], found: &mut Vec<Notice>) {
    for day in days.iter().filter(|day| day_of_year(day).is_none()) {
        found.push(Notice::fault(place, "mapping/unknown-day", day).near(Some("01/07")));
    }
}

fn check_source(mapping: &Mapping, kind: EventKind, place: &str, source: &Source, found: &mut Vec<Notice>) {
    let ways = [&source.column, &source.constant, &source.template].into_iter().flatten().count();
    if ways != 1 {
        found.push(Notice::fault(place, "mapping/one-way", ""));
    }
    if let Some(dates) = &source.dates {
        check_dates(place, dates, found);
    }
    check_days(place, source.year_only_on.as_deref().unwrap_or_default(), found);
    let entries = table_of(mapping, source);
    if let (Some(Values::Named(name)), None) = (&source.values, &entries) {
        let known =
            mapping.values.keys().map(String::as_str).chain(values::TABLES.iter().map(|(name, _)| *name));
        found.push(Notice::fault(place, "mapping/unknown-table", name).near(nearest(name, known)));
    }
    let Some(key) = place.strip_prefix("fields.") else { return };
    match source.split.as_deref() {
        None => {}
        Some("name") if split_of(kind, key).is_some() => return,
        Some("name") => {
            let roles = kind.parties().iter().map(|party| party.role.code());
            found.push(Notice::fault(place, "mapping/split-nobody", key).near(nearest(key, roles)));
            return;
        }
        Some(other) => {
            found.push(Notice::fault(place, "mapping/unknown-word", other).near(Some("name")));
            return;
        }
    }
    let Some(field) = forms::find(kind, key) else {
        let keys = forms::fields(kind).map(|field| field.key);
        found.push(Notice::fault(place, "mapping/unknown-field", key).near(nearest(key, keys)));
        return;
    };
    if let FieldKind::Choice(offered) = field.kind {
        let fixed = source.constant.iter().chain(&source.otherwise).cloned();
        for value in fixed.chain(entries.into_iter().flatten().map(|(_, value)| value)) {
            if !value.is_empty() && !offered.contains(&value.as_str()) {
                found.push(
                    Notice::fault(place, "mapping/not-offered", &value)
                        .near(Some(nearest(&value, offered.iter().copied()).unwrap_or(&offered.join(", ")))),
                );
                return;
            }
        }
    } else if let Some(constant) = &source.constant {
        let said: Content = [(key, constant.as_str())].into_iter().collect();
        let (_, faults) =
            crate::civil::check(kind, &said, crate::civil::Stage::Notice, jiff::civil::Date::MAX);
        if faults.iter().any(|fault| fault.field == key && fault.code != "field/not-asked") {
            found.push(Notice::fault(place, "mapping/bad-constant", constant));
        }
    }
}

/// The entries of the table that a source names; the mapping's own goes before the
/// program's.
#[must_use]
pub fn table_of(mapping: &Mapping, source: &Source) -> Option<Vec<(String, String)>> {
    let own = |table: &std::collections::BTreeMap<String, String>| {
        table.iter().map(|(from, to)| (from.clone(), to.clone())).collect()
    };
    match source.values.as_ref()? {
        Values::Here(table) => Some(own(table)),
        Values::Named(name) => match mapping.values.get(name) {
            Some(table) => Some(own(table)),
            None => values::table(name)
                .map(|table| table.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect()),
        },
    }
}

/// Where a heading stands; or why it is not one place.
pub(super) fn place_of(heading: &[String], wanted: &str) -> Result<usize, &'static str> {
    let exact: Vec<usize> = (0..heading.len()).filter(|at| heading[*at] == wanted).collect();
    if let [only] = exact.as_slice() {
        return Ok(*only);
    }
    let wanted = compared(wanted);
    let alike: Vec<usize> = (0..heading.len()).filter(|at| compared(&heading[*at]) == wanted).collect();
    match alike.as_slice() {
        [only] => Ok(*only),
        [] => Err("heading/missing"),
        _ => Err("heading/twice"),
    }
}

/// Checks a mapping against the heading of a table.
#[must_use]
pub fn check_heading(mapping: &Mapping, heading: &[String]) -> Vec<Notice> {
    let mut found = Vec::new();
    let mut used = vec![false; heading.len()];
    for (place, source) in mapping.sources() {
        for column in source.columns() {
            match place_of(heading, column) {
                Ok(at) => used[at] = true,
                Err(code) => {
                    let near =
                        nearest(column, heading.iter().map(String::as_str).filter(|text| !text.is_empty()));
                    let near = if code == "heading/missing" { near } else { None };
                    found.push(Notice::fault(&place, code, column).near(near));
                }
            }
        }
    }
    for column in &mapping.ignored {
        match place_of(heading, column) {
            Ok(at) => used[at] = true,
            Err("heading/missing") => found.push(Notice::hint("ignored", "heading/ignored-missing", column)),
            Err(_) => {
                let alike = compared(column);
                (0..heading.len())
                    .filter(|at| compared(&heading[*at]) == alike)
                    .for_each(|at| used[at] = true);
            }
        }
    }
    let left: Vec<&str> = (0..heading.len())
        .filter(|at| !used[*at] && !heading[*at].is_empty())
        .map(|at| heading[at].as_str())
        .collect();
    if !left.is_empty() {
        found.push(Notice::hint("", "heading/unmapped", left.join(", ")));
    }
    match heading {
        [only] if is_several(only) && found.iter().any(|notice| notice.code == MISSING) => {
            let shown: String = only.chars().take(60).collect();
            vec![Notice::fault("delimiter", "heading/one-column", shown)]
        }
        _ => found,
    }
}

const MISSING: &str = "heading/missing";

/// Whether a heading of one column is several, with another sign between them than was taken.
fn is_several(heading: &str) -> bool {
    [',', ';', '\t', '|', '،', '؛'].iter().any(|sign| heading.matches(*sign).count() > 1)
}

impl Mapping {
    /// Whether a heading has nothing of what the mapping names: it stands on another line.
    #[must_use]
    pub fn finds_nothing_in(&self, heading: &[String]) -> bool {
        let (named, missing) = self.found_in(heading);
        named > 0 && missing == named
    }

    /// Whether a heading has at least half of the columns that the mapping names, and more
    /// than one.
    #[must_use]
    pub fn finds_most_in(&self, heading: &[String]) -> bool {
        let (named, missing) = self.found_in(heading);
        named - missing > 1 && missing * 2 <= named
    }

    /// How many columns the mapping names, and how many of them a heading lacks.
    fn found_in(&self, heading: &[String]) -> (usize, usize) {
        let sources: Vec<_> = self.sources().collect();
        let columns: Vec<&str> = sources.iter().flat_map(|(_, source)| source.columns()).collect();
        let missing = columns.iter().filter(|column| place_of(heading, column) == Err(MISSING)).count();
        (columns.len(), missing)
    }
}

impl Notice {
    /// The headings stand on another line than the mapping says.
    #[must_use]
    pub fn heading_on_line(line: u64) -> Self {
        Self::fault("heading-line", "heading/elsewhere", line.to_string())
    }
}
