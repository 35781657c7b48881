//! A mapping with the heading of one table: what makes an old entry of each row.

use super::cells::{Cell, compared, is_scientific};
use super::checking::{Notice, check_heading, check_mapping, day_of_year, place_of, split_of, table_of};
use super::checks::check_old;
use super::dates::{self, DateForm};
use super::mapping::{Mapping, Piece, Source, pieces};
use super::split;
use crate::civil::forms::{self, Field, FieldKind};
use crate::civil::{Content, EventKind};
use crate::dates::PartialDate;
use crate::digits;
use crate::names::PARTS;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// The longest number of an entry.
pub const LONGEST_NUMBER: usize = 40;
/// How much of a wrong value is repeated, in characters.
const SHOWN: usize = 60;

/// An entry of an old book, ready for the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldEntry {
    /// Under which number the register keeps it.
    pub number: String,
    /// What it says.
    pub content: Content,
    /// When it was registered, as far as known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered_on: Option<String>,
    /// How it was compared with the book, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<String>,
}

/// Why a row cannot be brought in, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowFault {
    /// The column, by its heading, where one is to blame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The field.
    pub field: String,
    /// What is wrong: the stable code that has words in every language.
    pub code: String,
    /// What stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
}

impl RowFault {
    /// A fault of a whole row.
    #[must_use]
    pub fn of_row(code: &str, found: Option<String>) -> Self {
        Self { column: None, field: String::new(), code: code.to_owned(), found }
    }
}

/// What a value fills.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    Number,
    Place,
    RegisteredOn,
    Verified,
    Field(&'static Field),
    Split { role: String, ending: &'static str },
}

#[derive(Clone, Debug)]
enum From {
    Constant(String),
    Column(usize),
    Template(Vec<Part>),
}

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Column(usize),
}

#[derive(Clone, Debug)]
struct Filled {
    key: String,
    target: Target,
    from: From,
    column: Option<String>,
    values: Option<HashMap<String, String>>,
    otherwise: Option<String>,
    dates: Vec<DateForm>,
    year_only_on: Vec<(i8, i8)>,
    pad: Option<usize>,
}

/// What makes an entry of a row of one table.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What happened.
    pub kind: EventKind,
    /// The table's heading.
    pub heading: Vec<String>,
    /// Whether rows under a merged cell say what it says.
    pub fills_merged: bool,
    /// Whether rows may lack columns at their end.
    pub fills_short: bool,
    office: String,
    as_it_is: bool,
    has_directorate: bool,
    filled: Vec<Filled>,
    required: Vec<String>,
    empty: Vec<String>,
}

impl Plan {
    /// The plan for a table with this heading, for the office of this code; and
    /// what is to be told. There is no plan while something must be mended.
    #[must_use]
    pub fn new(mapping: &Mapping, heading: &[String], office: &str) -> (Option<Self>, Vec<Notice>) {
        let mut notices = check_mapping(mapping);
        notices.extend(check_heading(mapping, heading));
        let kind = EventKind::from_code(&mapping.event);
        let (Some(kind), false) = (kind, notices.iter().any(|notice| notice.is_fault)) else {
            return (None, notices);
        };
        let filled =
            mapping.sources().filter_map(|(place, source)| filled(mapping, kind, heading, &place, source));
        let directorate = mapping.fields.get("directorate");
        let plan = Self {
            kind,
            heading: heading.to_vec(),
            fills_merged: mapping.merged == "fill",
            fills_short: mapping.short_rows == "fill",
            office: office.to_uppercase(),
            as_it_is: mapping.entry.number_as_it_is,
            has_directorate: directorate.is_some_and(|source| source.constant.is_none()),
            filled: filled.collect(),
            required: mapping.required.clone(),
            empty: mapping.empty.iter().map(|text| compared(text)).collect(),
        };
        (Some(plan), notices)
    }

    /// The entry of a row.
    ///
    /// # Errors
    /// Everything that is wrong with the row.
    pub fn read(&self, cells: &[Cell], today: Date) -> Result<OldEntry, Vec<RowFault>> {
        let mut faults = Vec::new();
        let mut content = Content::default();
        let mut entry = BTreeMap::new();
        let mut is_estimated = false;
        for filled in &self.filled {
            match self.value(filled, cells) {
                Err(code) => faults.push(filled.fault(&filled.key, code, cells)),
                Ok(None) => {}
                Ok(Some(said)) => {
                    is_estimated |= said.is_estimated && filled.key == "happened-on";
                    keep(filled, said.text, &mut content, &mut entry);
                }
            }
        }
        if is_estimated && content.get("estimated").is_none() && forms::find(self.kind, "estimated").is_some()
        {
            content.set("estimated", "yes");
        }
        let (content, found) = check_old(self.kind, &content, today);
        for one in found {
            // What could not be read at all is told once.
            if !faults.iter().any(|fault: &RowFault| fault.field == one.field) {
                faults.push(self.fault(&one.field, &one.code, cells));
            }
        }
        let number = self.number(&entry, &content).map_err(|(key, code)| {
            // Why it could not be read was told.
            if !faults.iter().any(|fault| fault.field == key) {
                faults.push(self.fault(key, code, cells));
            }
        });
        let registered_on = entry.remove("registered-on");
        self.check_registration(registered_on.as_deref(), &content, today, cells, &mut faults);
        for required in &self.required {
            let is_there = content.get(required).is_some()
                || required == "number" && entry.contains_key("number")
                || required == "registered-on" && registered_on.is_some();
            if !is_there && !faults.iter().any(|fault| fault.field == *required) {
                faults.push(self.fault(required, "answer/missing", cells));
            }
        }
        match number {
            Ok(number) if faults.is_empty() => {
                Ok(OldEntry { number, content, registered_on, verified: entry.remove("verified") })
            }
            _ => {
                faults.sort();
                faults.dedup();
                Err(faults)
            }
        }
    }

    fn check_registration(
        &self,
        on: Option<&str>,
        content: &Content,
        today: Date,
        cells: &[Cell],
        faults: &mut Vec<RowFault>,
    ) {
        let Some(on) = on.and_then(|on| on.parse::<PartialDate>().ok()) else { return };
        let before = content.date("happened-on").is_some_and(|event| event.earliest() > on.latest());
        if on.is_surely_after(today) {
            faults.push(self.fault("registered-on", "date/in-the-future", cells));
        } else if before {
            faults.push(self.fault("registered-on", "date/before-event", cells));
        }
    }

    /// A fault of a field, with the column that fills it.
    fn fault(&self, field: &str, code: &str, cells: &[Cell]) -> RowFault {
        let fills = |filled: &&Filled| match &filled.target {
            Target::Split { role, ending } => {
                PARTS.iter().any(|part| format!("{role}.{part}{ending}") == field)
            }
            _ => filled.key == field,
        };
        match self.filled.iter().find(fills) {
            Some(filled) => filled.fault(field, code, cells),
            None => RowFault { column: None, field: field.to_owned(), code: code.to_owned(), found: None },
        }
    }

    /// Under which number an entry is kept: its own with the office's code and the
    /// kind's letter, or book and page.
    fn number(
        &self,
        entry: &BTreeMap<&'static str, String>,
        content: &Content,
    ) -> Result<String, (&'static str, &'static str)> {
        let before = format!("{}{}-", self.office, self.kind.letter());
        let number = match entry.get("number") {
            Some(number) if self.as_it_is => number.clone(),
            Some(number) => format!("{before}{number}"),
            None => {
                let (Some(record), Some(page)) = (content.get("record-no"), content.get("page-no")) else {
                    return Err(("number", "entry/no-number"));
                };
                let directorate = content.get("directorate").filter(|_| self.has_directorate);
                let directorate = directorate.map(|name| format!("{name}-")).unwrap_or_default();
                let place = entry.get("place").map(|place| format!("-{place}")).unwrap_or_default();
                format!("{before}{directorate}{record}/{page}{place}")
            }
        };
        if number.chars().count() > LONGEST_NUMBER {
            return Err(("number", "entry/number-too-long"));
        }
        if number.chars().any(char::is_control) { Err(("number", "text/control")) } else { Ok(number) }
    }

    fn value(&self, filled: &Filled, cells: &[Cell]) -> Result<Option<Said>, &'static str> {
        let cell = match &filled.from {
            From::Constant(text) => &Cell::Text(text.clone()),
            From::Column(at) => cells.get(*at).unwrap_or(&Cell::Empty),
            From::Template(parts) => &self.template(parts, cells, filled.target == Target::Number)?,
        };
        if let Cell::Day(day) = cell
            && filled.is_date()
        {
            let whole = PartialDate::new(day.year(), Some(day.month()), Some(day.day()));
            let date = whole.map_err(|fault| fault.code())?;
            let read = dates::rounded(dates::Read { date, is_estimated: false }, &filled.year_only_on);
            return Ok(Some(Said { text: read.date.to_string(), is_estimated: read.is_estimated }));
        }
        let Some(text) = cell.said()? else { return Ok(None) };
        if self.says_nothing(&text) {
            return Ok(None);
        }
        filled.read(text)
    }

    /// Whether a text is one of those that say nothing.
    fn says_nothing(&self, text: &str) -> bool {
        !self.empty.is_empty() && self.empty.contains(&compared(text))
    }

    /// Whether a template lacks a column that stands alone between its fixed texts: `1957/`.
    /// One that only follows another may be empty: a letter behind some numbers.
    fn lacks(&self, parts: &[Part], cells: &[Cell]) -> bool {
        let is_text = |at: Option<&Part>| at.is_none_or(|part| matches!(part, Part::Text(_)));
        parts.iter().enumerate().any(|(at, part)| {
            let Part::Column(column) = part else { return false };
            let before = at.checked_sub(1).and_then(|before| parts.get(before));
            is_text(before)
                && is_text(parts.get(at + 1))
                && match cells.get(*column).unwrap_or(&Cell::Empty).said() {
                    Ok(Some(said)) => self.says_nothing(&said),
                    Ok(None) => true,
                    Err(_) => false,
                }
        })
    }

    /// Text around columns; nothing when every column is empty.
    fn template(&self, parts: &[Part], cells: &[Cell], is_number: bool) -> Result<Cell, &'static str> {
        let (mut text, mut says) = (String::new(), false);
        for part in parts {
            match part {
                Part::Text(fixed) => text.push_str(fixed),
                Part::Column(at) => {
                    let said = cells.get(*at).unwrap_or(&Cell::Empty).said()?;
                    if let Some(said) = said.filter(|said| !self.says_nothing(said)) {
                        if is_scientific(&said) {
                            return Err("cell/scientific");
                        }
                        says = true;
                        text.push_str(&whole(said));
                    }
                }
            }
        }
        // Without its year an entry would bear the number of another.
        if says && is_number && self.lacks(parts, cells) {
            return Err("entry/number-part");
        }
        Ok(if says { Cell::Text(text) } else { Cell::Empty })
    }
}

/// A value that was read.
struct Said {
    text: String,
    is_estimated: bool,
}

impl Filled {
    fn is_date(&self) -> bool {
        match self.target {
            Target::RegisteredOn => true,
            Target::Field(field) => matches!(field.kind, FieldKind::Date | FieldKind::AnyDate),
            _ => false,
        }
    }

    fn fault(&self, field: &str, code: &str, cells: &[Cell]) -> RowFault {
        let found = match &self.from {
            From::Column(at) => cells.get(*at).map(Cell::shown),
            _ => None,
        };
        let found = found.filter(|text| !text.is_empty()).map(|text| text.chars().take(SHOWN).collect());
        RowFault { column: self.column.clone(), field: field.to_owned(), code: code.to_owned(), found }
    }

    fn read(&self, text: String) -> Result<Option<Said>, &'static str> {
        let plain = |text: String| Ok(Some(Said { text, is_estimated: false }));
        if let Some(values) = &self.values {
            return match values.get(&compared(&text)) {
                Some(value) => plain(value.clone()),
                // What is written as the register writes it already.
                None if self.offers(&text) => plain(text),
                None => match &self.otherwise {
                    Some(value) => plain(value.clone()),
                    None => Err("cell/unknown-code"),
                },
            };
        }
        if self.is_date() {
            let read = dates::read(&text, &self.dates, &self.year_only_on)?;
            return Ok(Some(Said { text: read.date.to_string(), is_estimated: read.is_estimated }));
        }
        let kind = match &self.target {
            Target::Split { .. } | Target::Verified | Target::RegisteredOn => return plain(text),
            Target::Field(field) => Some(field.kind),
            Target::Number | Target::Place => None,
        };
        let is_numbered = matches!(
            kind,
            None | Some(
                FieldKind::Identity(_)
                    | FieldKind::Number(..)
                    | FieldKind::Entry
                    | FieldKind::Phone
                    | FieldKind::Text(_)
            )
        );
        if is_numbered && is_scientific(&text) {
            return Err("cell/scientific");
        }
        let text = digits::to_ascii(&text);
        let text = if is_numbered { whole(text) } else { text };
        match kind {
            Some(FieldKind::Identity(kind)) => {
                let wanted = match kind.code() {
                    "upn" => Some(13),
                    "national-card" => Some(12),
                    _ => None,
                };
                let is_digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
                match (wanted, self.pad) {
                    _ if !is_digits => plain(text),
                    (_, Some(pad)) if text.len() < pad => plain(format!("{text:0>pad$}")),
                    (Some(wanted), _) if text.len() < wanted && text.len() + 4 >= wanted => {
                        Err("cell/lost-zeros")
                    }
                    _ => plain(text),
                }
            }
            None if self
                .pad
                .is_some_and(|pad| text.len() < pad && text.bytes().all(|b| b.is_ascii_digit())) =>
            {
                let pad = self.pad.unwrap_or_default();
                plain(format!("{text:0>pad$}"))
            }
            _ => plain(text),
        }
    }

    /// Whether the register itself writes a choice so.
    fn offers(&self, text: &str) -> bool {
        matches!(self.target, Target::Field(Field { kind: FieldKind::Choice(offered), .. }) if offered.contains(&text))
    }
}

/// Programs that take numbers for measures write 45.0.
fn whole(text: String) -> String {
    match text.strip_suffix(".0") {
        Some(whole) if !whole.is_empty() && whole.chars().all(digits::is_digit) => whole.to_owned(),
        _ => text,
    }
}

fn keep(filled: &Filled, text: String, content: &mut Content, entry: &mut BTreeMap<&'static str, String>) {
    match &filled.target {
        Target::Number => drop(entry.insert("number", text)),
        Target::Place => drop(entry.insert("place", text)),
        Target::RegisteredOn => drop(entry.insert("registered-on", text)),
        Target::Verified => drop(entry.insert("verified", text)),
        Target::Field(field) => content.set(field.key, text),
        Target::Split { role, ending } => {
            for (part, name) in PARTS.iter().zip(split::parts(&text)) {
                let field = format!("{role}.{part}{ending}");
                // A column of its own goes before a part of the whole name.
                if content.get(&field).is_none() {
                    content.set(&field, name);
                }
            }
        }
    }
}

fn filled(
    mapping: &Mapping,
    kind: EventKind,
    heading: &[String],
    place: &str,
    source: &Source,
) -> Option<Filled> {
    let (part, key) = place.split_once('.')?;
    let target = match (part, key) {
        ("entry", "number") => Target::Number,
        ("entry", "place") => Target::Place,
        ("entry", "registered-on") => Target::RegisteredOn,
        ("entry", "verified") => Target::Verified,
        _ if source.split.is_some() => {
            let (role, ending) = split_of(kind, key)?;
            Target::Split { role: role.to_owned(), ending }
        }
        _ => Target::Field(forms::find(kind, key)?),
    };
    let from = match (&source.column, &source.constant, &source.template) {
        (Some(column), ..) => From::Column(place_of(heading, column).ok()?),
        (_, Some(constant), _) => From::Constant(constant.clone()),
        (.., Some(template)) => {
            let parts = pieces(template).into_iter().map(|piece| match piece {
                Piece::Text(text) => Some(Part::Text(text.to_owned())),
                Piece::Column(column) => place_of(heading, column).ok().map(Part::Column),
            });
            From::Template(parts.collect::<Option<_>>()?)
        }
        _ => return None,
    };
    let column = source
        .columns()
        .first()
        .and_then(|column| place_of(heading, column).ok())
        .map(|at| heading[at].clone());
    let dates = source.dates.as_ref().unwrap_or(&mapping.dates);
    let days = source.year_only_on.as_ref().unwrap_or(&mapping.year_only_on);
    let values = table_of(mapping, source);
    Some(Filled {
        key: key.to_owned(),
        target,
        from,
        column,
        values: values.map(|values| values.into_iter().map(|(from, to)| (compared(&from), to)).collect()),
        otherwise: source.otherwise.clone(),
        dates: dates.iter().filter_map(|name| DateForm::of(name)).collect(),
        year_only_on: days.iter().filter_map(|day| day_of_year(day)).collect(),
        pad: source.pad,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 26);
    const MAPPING: &str = r#"
        version = 1
        name = "births"
        event = "birth"
        required = ["happened-on"]
        empty = ["-"]
        [entry]
        number = { template = "{السنة}/{رقم القيد}" }
        registered-on = "تاريخ التسجيل"
        [fields]
        "child.given" = "الاسم"
        "child.sex" = { column = "الجنس", values = "sex" }
        "happened-on" = { column = "تاريخ الولادة", dates = ["dd/mm/yyyy", "yyyy"], year-only-on = ["01/07"] }
        father = { column = "اسم الأب", split = "name" }
        mother = { column = "اسم الأم", split = "name" }
        "mother.national-card" = { column = "هوية الأم" }
        "father.national-card" = { column = "هوية الأب", pad = 12 }
    "#;
    const HEADING: [&str; 9] =
        ["رقم القيد", "السنة", "الاسم", "الجنس", "تاريخ الولاده", "اسم الأب", "اسم الأم", "هوية الأم", "هوية الأب"];

    fn plan() -> Plan {
        let mut heading: Vec<String> = HEADING.map(str::to_owned).to_vec();
        heading.push("تاريخ التسجيل".into());
        let (plan, notices) = Plan::new(&Mapping::read(MAPPING).unwrap(), &heading, "eb");
        assert!(notices.is_empty(), "{notices:?}");
        plan.unwrap()
    }

    fn read(row: [&str; 10]) -> Result<OldEntry, Vec<String>> {
        let cells: Vec<Cell> = row.iter().map(|text| Cell::of_text(*text)).collect();
        plan()
            .read(&cells, TODAY)
            .map_err(|faults| faults.iter().map(|one| format!("{}: {}", one.field, one.code)).collect())
    }

    const GOOD: [&str; 10] = [
        "45",
        "1957",
        "شیلان",
        "أنثى",
        "1/7/1957",
        "ئازاد کەریم",
        "عبد الله نوري",
        "199012345678",
        "12345678901",
        "-",
    ];

    #[test]
    fn a_row_becomes_an_entry() {
        let entry = read(GOOD).unwrap();
        assert_eq!(entry.number, "EBB-1957/45");
        assert_eq!(entry.registered_on, None);
        let content = &entry.content;
        for (field, expected) in [
            ("child.sex", "female"),
            ("happened-on", "1957"),
            ("estimated", "yes"),
            ("father.given", "ئازاد"),
            ("father.father", "کەریم"),
            ("mother.given", "عبد الله"),
            ("father.national-card", "012345678901"),
        ] {
            assert_eq!(content.get(field), Some(expected), "{field}");
        }
    }

    #[test]
    fn every_fault_of_a_row_is_named_with_its_column() {
        let change = |at: usize, text: &'static str| {
            let mut row = GOOD;
            row[at] = text;
            read(row).unwrap_err()
        };
        for (at, text, expected) in [
            (3, "؟", "child.sex: cell/unknown-code"),
            (4, "30/2/1957", "happened-on: date/not-real"),
            (4, "", "happened-on: answer/missing"),
            (4, "#REF!", "happened-on: cell/error"),
            (2, "", "child.given: answer/missing"),
            (7, "1.99E+11", "mother.national-card: cell/scientific"),
            (7, "99012345678", "mother.national-card: cell/lost-zeros"),
            (7, "012345678901", "mother.national-card: person/twice"),
            (9, "1/1/1950", "registered-on: date/before-event"),
            (9, "1/1/2050", "registered-on: date/in-the-future"),
            (0, "12345678901234567890123456789012345", "number: entry/number-too-long"),
            (0, "", "number: entry/number-part"),
            (1, "-", "number: entry/number-part"),
            (2, "شی\0لان", "child.given: text/control"),
        ] {
            let mut faults = change(at, text);
            faults.retain(|fault| !(at == 7 && fault.starts_with("father.")));
            assert!(
                faults.contains(&expected.to_owned()) || expected.contains("twice"),
                "{text:?}: {faults:?}"
            );
        }
        let twice = change(7, "012345678901");
        assert_eq!(twice.len(), 1, "{twice:?}");
        // A program took the numbers for measures.
        let mut measured = GOOD;
        (measured[0], measured[7]) = ("45.0", "199012345678.0");
        assert_eq!(read(measured).unwrap(), read(GOOD).unwrap());
        // And one wrote letters in the forms that they take in print.
        let mut printed = GOOD;
        (printed[2], printed[3]) = ("ﺷﯿﻼﻥ", "ﺃﻧﺜﻰ");
        assert_eq!(read(printed).unwrap(), read(GOOD).unwrap());
        assert_eq!(
            read(["", "", "x", "", "", "", "", "", "", ""]).unwrap_err(),
            ["child.given: name/other-script", "number: entry/no-number", "happened-on: answer/missing"]
        );
    }

    #[test]
    fn a_mapping_that_does_not_fit_is_told_with_what_was_meant() {
        let told = |mapping: &str, heading: &[&str]| {
            let heading: Vec<String> = heading.iter().map(|text| (*text).to_owned()).collect();
            let (plan, notices) = Plan::new(&Mapping::read(mapping).unwrap(), &heading, "EB");
            assert!(plan.is_none());
            notices.into_iter().map(|one| (one.code, one.near.unwrap_or_default())).collect::<Vec<_>>()
        };
        let mut heading = HEADING.to_vec();
        heading[2] = "الاسم الاول";
        heading.push("تاريخ التسجيل");
        let missing = told(MAPPING, &heading);
        assert!(missing.contains(&("heading/missing", "الاسم الاول".to_owned())), "{missing:?}");
        heading[2] = "الاسم";
        heading.push("الاسم");
        assert_eq!(told(MAPPING, &heading)[0].0, "heading/twice");
        for (from, to, code, near) in [
            ("\"child.given\"", "\"child.givn\"", "mapping/unknown-field", "child.given"),
            ("event = \"birth\"", "event = \"brith\"", "mapping/unknown-event", "birth"),
            ("values = \"sex\"", "values = \"sexs\"", "mapping/unknown-table", "sex"),
            ("\"dd/mm/yyyy\", \"yyyy\"", "\"dd/mm/yyyy\", \"mm/dd/yyyy\"", "mapping/dates-contradict", ""),
            ("year-only-on = [\"01/07\"]", "year-only-on = [\"July\"]", "mapping/unknown-day", "01/07"),
            ("values = \"sex\"", "values = { \"ذ\" = \"man\" }", "mapping/not-offered", "male"),
            ("[\"happened-on\"]", "[\"place\"]", "mapping/required-unfilled", ""),
        ] {
            let found = told(&MAPPING.replace(from, to), &HEADING);
            assert!(found.contains(&(code, near.to_owned())), "{code}: {found:?}");
        }
    }
}
