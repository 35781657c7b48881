//! Scanned ledgers: what is keyed in of a page. Where two keyings of one differ is in
//! [`super::comparing`].
//!
//! A ledger has fewer columns than the register's form has fields; the columns
//! are fields of that form, so that a row that was keyed is read by a mapping
//! like any other old book ([`mapping`]). A sample of the pages is keyed twice,
//! by two people who do not see one another's words (double entry with
//! verification); the share of fields in which they differ measures how well a
//! ledger was keyed.

pub use super::comparing::{Choice, Compared, Differing, Pair, WHOLE_ROW, compare, decided};

use super::cells::Cell;
use super::mapping::Mapping;
use super::plan::{OldEntry, Plan, RowFault};
use crate::civil::EventKind;
use crate::digits;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The kinds of ledgers that are keyed in.
pub const KINDS: [EventKind; 4] =
    [EventKind::Birth, EventKind::Death, EventKind::Marriage, EventKind::Divorce];
/// How many rows a page may have.
pub const MOST_ROWS: usize = 100;
/// The columns that the ledger and the page fill.
const FILLED: [&str; 4] = ["directorate", "record-no", "page-no", "row"];

const BIRTH: &[&str] = &[
    "number",
    "child.given",
    "child.sex",
    "happened-on",
    "place",
    "father.given",
    "father.father",
    "father.grandfather",
    "father.family",
    "mother.given",
    "mother.father",
    "mother.grandfather",
    "declarant.name",
    "registered-on",
    "remarks",
];
const DEATH: &[&str] = &[
    "number",
    "deceased.given",
    "deceased.father",
    "deceased.grandfather",
    "deceased.family",
    "deceased.sex",
    "deceased.age-years",
    "deceased.born-on",
    "happened-on",
    "place",
    "cause.a",
    "declarant.name",
    "registered-on",
    "remarks",
];
const MARRIAGE: &[&str] = &[
    "number",
    "happened-on",
    "contract-court",
    "contract-number",
    "husband.given",
    "husband.father",
    "husband.grandfather",
    "husband.family",
    "husband.born-on",
    "wife.given",
    "wife.father",
    "wife.grandfather",
    "wife.family",
    "wife.born-on",
    "dower-prompt",
    "dower-deferred",
    "witness-1",
    "witness-2",
    "registered-on",
    "remarks",
];
const DIVORCE: &[&str] = &[
    "number",
    "happened-on",
    "divorce-kind",
    "husband.given",
    "husband.father",
    "husband.grandfather",
    "husband.family",
    "wife.given",
    "wife.father",
    "wife.grandfather",
    "wife.family",
    "court",
    "judgment",
    "judgment-date",
    "registered-on",
    "remarks",
];

/// What is keyed of a row in a ledger of this kind, in the order of its columns:
/// fields of the register's form, the entry's `number` and `registered-on`. Empty
/// for kinds of which there are no ledgers to key.
#[must_use]
pub fn columns(kind: EventKind) -> &'static [&'static str] {
    match kind {
        EventKind::Birth => BIRTH,
        EventKind::Death => DEATH,
        EventKind::Marriage => MARRIAGE,
        EventKind::Divorce => DIVORCE,
        _ => &[],
    }
}

/// Columns without which a row is no entry.
fn required(kind: EventKind) -> &'static [&'static str] {
    match kind {
        EventKind::Birth => &["happened-on", "child.given"],
        EventKind::Death => &["happened-on", "deceased.given"],
        EventKind::Marriage | EventKind::Divorce => &["happened-on", "husband.given", "wife.given"],
        _ => &[],
    }
}

/// Whether a column must be keyed.
#[must_use]
pub fn is_required(kind: EventKind, column: &str) -> bool {
    required(kind).contains(&column)
}

/// A ledger, as far as its rows are read by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger<'a> {
    /// The kind of event.
    pub kind: EventKind,
    /// What it is called.
    pub name: &'a str,
    /// The directorate of the census of 1957.
    pub directorate: &'a str,
    /// The record (سجل).
    pub record_no: &'a str,
    /// What stands before the numbers of its entries: `1957/`.
    pub number_prefix: &'a str,
}

/// The mapping by which the rows of a ledger become entries: the same form as
/// every mapping of an old book, so that what the register rejects can be mended
/// as a table and sent again.
#[must_use]
pub fn mapping(ledger: &Ledger<'_>) -> String {
    // A JSON text is a TOML text, except that TOML knows no escaped slash, which
    // this writer makes none of.
    let quoted = |text: &str| serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007F");
    let list: Vec<String> = required(ledger.kind).iter().map(|key| quoted(key)).collect();
    let mut text = format!(
        "version = 1\nname = {}\nevent = {}\nrequired = [{}]\ndates = [\"dd/mm/yyyy\", \"mm/yyyy\", \"yyyy\"]\n\n\
         [entry]\nnumber = \"number\"\nplace = \"row\"\nregistered-on = \"registered-on\"\n\n[fields]\n",
        quoted(ledger.name),
        quoted(ledger.kind.code()),
        list.join(", "),
    );
    let own = columns(ledger.kind).iter().filter(|key| !matches!(**key, "number" | "registered-on"));
    for key in FILLED[..3].iter().chain(own) {
        text.push_str(&format!("{0} = {0}\n", quoted(key)));
    }
    if ledger.kind == EventKind::Death {
        // The cause is asked of ordinary deaths; old ledgers tell no other.
        text.push_str("\"path\" = { constant = \"ordinary\" }\n");
    }
    text
}

/// The headings of the table that a ledger's rows make.
#[must_use]
pub fn heading(kind: EventKind) -> Vec<String> {
    FILLED.iter().chain(columns(kind)).map(|key| (*key).to_owned()).collect()
}

/// One row, as it was keyed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyedRow {
    /// What was typed, by column, without empty ones.
    #[serde(default)]
    pub said: BTreeMap<String, String>,
    /// Why the row cannot be read; then nothing is typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<String>,
}

impl KeyedRow {
    /// A row with only the columns of a kind, trimmed.
    #[must_use]
    pub fn tidied(kind: EventKind, row: &Self) -> Self {
        let word = row.unreadable.as_deref().map(str::trim).filter(|word| !word.is_empty());
        if let Some(word) = word {
            return Self { said: BTreeMap::new(), unreadable: Some(word.to_owned()) };
        }
        let said = columns(kind).iter().filter_map(|key| {
            let text = row.said.get(*key)?.trim();
            (!text.is_empty()).then(|| ((*key).to_owned(), text.to_owned()))
        });
        Self { said: said.collect(), unreadable: None }
    }
}

/// What makes entries of the rows of one ledger.
pub struct Reader {
    plan: Plan,
    filled: [String; 2],
    prefix: String,
}

impl Reader {
    /// A reader for a ledger of the office with this code.
    ///
    /// # Errors
    /// When no mapping can be made of it, which the tests rule out for every kind
    /// of [`KINDS`].
    pub fn new(ledger: &Ledger<'_>, office: &str) -> Result<Self, String> {
        let mapping = Mapping::read(&mapping(ledger))?;
        let (plan, notices) = Plan::new(&mapping, &heading(ledger.kind), office);
        let plan = plan.ok_or_else(|| format!("{notices:?}"))?;
        let filled = [ledger.directorate.to_owned(), ledger.record_no.to_owned()];
        Ok(Self { plan, filled, prefix: ledger.number_prefix.to_owned() })
    }

    /// The cells of a row, by [`heading`].
    #[must_use]
    pub fn cells(&self, page_no: &str, row: usize, keyed: &KeyedRow) -> Vec<String> {
        let [directorate, record_no] = &self.filled;
        let mut cells = vec![directorate.clone(), record_no.clone(), page_no.to_owned(), row.to_string()];
        cells.extend(columns(self.plan.kind).iter().map(|key| match keyed.said.get(*key) {
            Some(number) if *key == "number" => format!("{}{}", self.prefix, digits::to_ascii(number)),
            said => said.cloned().unwrap_or_default(),
        }));
        cells
    }

    /// The entry of a row; rows are counted from one.
    ///
    /// # Errors
    /// Everything that is wrong with the row, by field.
    pub fn read(
        &self,
        page_no: &str,
        row: usize,
        keyed: &KeyedRow,
        today: Date,
    ) -> Result<OldEntry, Vec<RowFault>> {
        let cells: Vec<Cell> = self
            .cells(page_no, row, keyed)
            .into_iter()
            .map(|text| if text.is_empty() { Cell::Empty } else { Cell::Text(text) })
            .collect();
        self.plan.read(&cells, today)
    }

    /// What a row says, by column, however it was written: `١٤/٣/١٩٥٧` and
    /// `14-03-1957` are the same. What cannot be read counts as it was typed.
    pub(super) fn meant(
        &self,
        page_no: &str,
        row: usize,
        keyed: &KeyedRow,
        today: Date,
    ) -> BTreeMap<String, String> {
        let Ok(entry) = self.read(page_no, row, keyed, today) else { return keyed.said.clone() };
        let said = columns(self.plan.kind).iter().filter_map(|key| {
            let value = match *key {
                "number" => keyed.said.get(*key).map(|text| digits::to_ascii(text)),
                "registered-on" => entry.registered_on.clone(),
                key => entry.content.get(key).map(str::to_owned),
            };
            Some(((*key).to_owned(), value?))
        });
        said.collect()
    }
}

/// Whether so many differing fields of so many are more than a threshold in
/// thousandths.
#[must_use]
pub fn exceeds(differing: i64, fields: i64, per_mille: i64) -> bool {
    differing.saturating_mul(1_000) > fields.saturating_mul(per_mille)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::civil::forms;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 26);

    fn ledger(kind: EventKind) -> Ledger<'static> {
        Ledger {
            kind,
            name: "Koya \"1\"\\ کۆیە",
            directorate: "کۆیە",
            record_no: "12",
            number_prefix: "1957/",
        }
    }

    fn row(said: &[(&str, &str)]) -> KeyedRow {
        let said = said.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        KeyedRow { said: said.collect(), unreadable: None }
    }

    const ONE: &[(&str, &str)] =
        &[("number", "٤٥"), ("child.given", "شیلان"), ("child.sex", "female"), ("happened-on", "١٤/٣/١٩٥٧")];

    #[test]
    fn every_kind_has_a_mapping_and_columns_of_its_form() {
        for kind in KINDS {
            Reader::new(&ledger(kind), "EB").unwrap();
            for key in columns(kind).iter().filter(|key| !matches!(**key, "number" | "registered-on")) {
                assert!(forms::find(kind, key).is_some(), "{} {key}", kind.code());
            }
            assert!(required(kind).iter().all(|key| columns(kind).contains(key)));
        }
        assert!(columns(EventKind::Guardianship).is_empty());
    }

    #[test]
    fn a_row_becomes_an_entry_with_book_and_page() {
        let reader = Reader::new(&ledger(EventKind::Birth), "EB").unwrap();
        let entry = reader.read("7", 3, &row(ONE), TODAY).unwrap();
        assert_eq!(entry.number, "EBB-1957/45");
        assert_eq!(entry.content.get("page-no"), Some("7"));
        assert_eq!(entry.content.get("happened-on"), Some("1957-03-14"));
        let unnumbered = reader.read("7", 3, &row(&ONE[1..]), TODAY).unwrap();
        assert_eq!(unnumbered.number, "EBB-کۆیە-12/7-3");
        let year_only = row(&[("child.given", "دارا"), ("happened-on", "1957")]);
        assert_eq!(reader.read("7", 4, &year_only, TODAY).unwrap().content.get("happened-on"), Some("1957"));
        let faults = reader.read("7", 1, &row(&[("happened-on", "30/2/1957")]), TODAY).unwrap_err();
        let faults: Vec<_> = faults.iter().map(|one| (one.field.as_str(), one.code.as_str())).collect();
        assert!(faults.contains(&("child.given", "answer/missing")), "{faults:?}");
        assert!(faults.iter().any(|(field, _)| *field == "happened-on"), "{faults:?}");
    }
}
