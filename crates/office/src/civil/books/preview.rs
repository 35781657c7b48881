//! A table as it would be registered: its first rows, and what is wrong with all of
//! it, without asking the register.

use super::file::{self, FileFault, Look, Options, Table};
use diwan_domain::civil::books::mapping::Mapping;
use diwan_domain::civil::books::{Notice, OldEntry, Plan, RowFault};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A file with its mapping, looked at and ready to be read.
pub struct Prepared {
    /// What the file is.
    pub look: Look,
    /// The mapping.
    pub mapping: Mapping,
    /// The mapping, to the letter.
    pub mapping_text: String,
    /// What makes entries of rows; `None` while a notice is a fault.
    pub plan: Option<Plan>,
    /// What is to be told of mapping and heading.
    pub notices: Vec<Notice>,
    /// How the file is read.
    pub options: Options,
    /// Its columns' headings.
    pub heading: Vec<String>,
    /// The sheet, of a workbook; else nothing.
    pub sheet: String,
}

/// Looks at a file and fits a mapping to it.
///
/// # Errors
/// When the file is no table that can be read. What is wrong with the mapping is
/// told in [`Prepared::notices`].
pub fn prepare(
    path: &Path,
    mapping: Mapping,
    mapping_text: &str,
    told: Options,
    office: &str,
) -> Result<Prepared, FileFault> {
    let options = Options {
        encoding: told.encoding.or_else(|| mapping.encoding.clone()),
        delimiter: told.delimiter.or_else(|| mapping.delimiter.clone()),
        sheet: told.sheet.or_else(|| mapping.sheet.clone()),
        heading_line: if told.heading_line > 0 { told.heading_line } else { mapping.heading_line },
    };
    let look = file::look(path, &options)?;
    let table = file::open(path, &look, &options)?;
    let (plan, mut notices) = Plan::new(&mapping, &table.heading, office);
    if plan.is_none()
        && mapping.finds_nothing_in(&table.heading)
        && let Some(line) = heading_further_down(path, &look, &options, &mapping)
    {
        notices.retain(|notice| !notice.code.starts_with("heading/"));
        notices.push(Notice::heading_on_line(line));
    }
    let (heading, sheet) = (table.heading.clone(), table.sheet.clone().unwrap_or_default());
    Ok(Prepared {
        look,
        mapping,
        mapping_text: mapping_text.to_owned(),
        plan,
        notices,
        options,
        heading,
        sheet,
    })
}

/// On how many lines below the first the headings are looked for.
const LINES_ABOVE: u64 = 10;

/// On which line the headings stand that the mapping names, below titles of the sheet.
fn heading_further_down(path: &Path, look: &Look, options: &Options, mapping: &Mapping) -> Option<u64> {
    let first = options.heading_line.max(1);
    (first + 1..=first + LINES_ABOVE).find(|line| {
        let below = Options { heading_line: *line, ..options.clone() };
        file::open(path, look, &below).is_ok_and(|table| mapping.finds_most_in(&table.heading))
    })
}

impl Prepared {
    /// Opens the table anew, from its first row.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open(&self, path: &Path) -> Result<Table, FileFault> {
        file::open(path, &self.look, &self.options)
    }
}

/// One fault, however many rows have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The fault, as the first row has it.
    pub fault: RowFault,
    /// How many rows have it.
    pub rows: u64,
    /// The first of them.
    pub line: u64,
}

/// What is wrong with a table, counted.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// How many rows there are.
    pub rows: u64,
    /// How many of them have a fault.
    pub faulty: u64,
    counted: BTreeMap<(String, String), Counted>,
}

impl Tally {
    /// Counts a row.
    pub fn count(&mut self, line: u64, faults: &[RowFault]) {
        self.rows += 1;
        self.faulty += u64::from(!faults.is_empty());
        // A name in one column has parts in several fields: it is one fault.
        let mut told = BTreeSet::new();
        for fault in faults {
            let where_it_is = fault.column.clone().unwrap_or_else(|| fault.field.clone());
            let key = (where_it_is, fault.code.clone());
            let one = Counted { fault: fault.clone(), rows: 0, line };
            let counted = self.counted.entry(key.clone()).or_insert(one);
            counted.rows += u64::from(told.insert(key));
        }
    }

    /// The faults, the most frequent first.
    #[must_use]
    pub fn faults(&self) -> Vec<&Counted> {
        let mut faults: Vec<&Counted> = self.counted.values().collect();
        faults.sort_by(|one, other| other.rows.cmp(&one.rows).then(one.line.cmp(&other.line)));
        faults
    }
}

/// A row as it would be registered.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its line.
    pub line: u64,
    /// The entry, or what is wrong.
    pub entry: Result<OldEntry, Vec<RowFault>>,
}

/// A table as it would be registered.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// Its first rows.
    pub first: Vec<Shown>,
    /// What is wrong with all of it.
    pub tally: Tally,
}

/// Reads a whole table and shows its first rows.
///
/// # Errors
/// When the file cannot be read on.
pub fn preview(
    path: &Path,
    prepared: &Prepared,
    plan: &Plan,
    shown: usize,
    today: Date,
) -> Result<Preview, FileFault> {
    let mut preview = Preview::default();
    prepared.open(path)?.rows(plan.fills_merged, &mut |row, _| {
        let entry = match row.fault.filter(|(code, _)| !(plan.fills_short && *code == "row/too-short")) {
            Some((code, found)) => Err(vec![RowFault::of_row(code, Some(found))]),
            None => plan.read(&row.cells, today),
        };
        preview.tally.count(row.line, entry.as_ref().err().map(Vec::as_slice).unwrap_or_default());
        if preview.first.len() < shown {
            preview.first.push(Shown { line: row.line, entry });
        }
        true
    })?;
    Ok(preview)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAPPING: &str = r#"
        version = 1
        name = "births"
        event = "birth"
        dates = ["dd/mm/yyyy"]
        [entry]
        number = "رقم القيد"
        [fields]
        "child.given" = "الاسم"
        "child.sex" = { column = "الجنس", values = "sex" }
        "happened-on" = "تاريخ الولادة"
    "#;

    /// The faults that are told of a file, each with what was found.
    fn told(name: &str, text: &str, delimiter: Option<&str>) -> Vec<(&'static str, String)> {
        let path = std::env::temp_dir().join(format!("diwan-preview-{name}-{}.csv", std::process::id()));
        std::fs::write(&path, text).unwrap();
        let options = Options { delimiter: delimiter.map(str::to_owned), ..Options::default() };
        let prepared = prepare(&path, Mapping::read(MAPPING).unwrap(), MAPPING, options, "EB");
        std::fs::remove_file(&path).unwrap();
        let notices = prepared.unwrap().notices.into_iter().filter(|notice| notice.is_fault);
        notices.map(|notice| (notice.code, notice.found)).collect()
    }

    const TABLE: &str = "رقم القيد,الاسم,الجنس,تاريخ الولادة\n1,شيلان,أنثى,3/2/1957\n";

    #[test]
    fn where_the_headings_stand_is_told() {
        assert_eq!(told("plain", TABLE, None), []);
        let titled = format!("دائرة الأحوال المدنية,,,\nسجل 12,,,\n{TABLE}");
        assert_eq!(told("titled", &titled, None), [("heading/elsewhere", "3".to_owned())]);
        let heading = TABLE.lines().next().unwrap().to_owned();
        assert_eq!(told("other-sign", TABLE, Some("tab")), [("heading/one-column", heading)]);
        // What is nowhere in the file is named, each column.
        assert_eq!(told("another", "a,b,c\n1,2,3\n", None).len(), 4);
    }
}
