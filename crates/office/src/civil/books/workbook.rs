//! Workbooks of Excel (Office Open XML), read cell by cell. Of formulas the value
//! counts that Excel kept.

use super::file::{FileFault, TableRow, Taking, tidy};
use calamine::{DataRef, Dimensions, Reader, SheetVisible, Xlsx, XlsxError};
use diwan_domain::civil::books::Cell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// What a workbook may grow to when it is unpacked, in bytes.
const LARGEST: u64 = 4 * 1_024 * 1_024 * 1_024;
/// The texts that cells share are held in memory: so much of them at most.
const LARGEST_TEXTS: u64 = 512 * 1_024 * 1_024;
/// No honest table shrinks to less than this part of itself …
const SMALLEST_SHARE: u64 = 500;
/// … once it is so large, in bytes.
const SUSPECT: u64 = 64 * 1_024 * 1_024;
/// More columns than any book has.
const WIDEST: usize = 1_000;

type Book = Xlsx<BufReader<File>>;

fn broken(error: impl ToString) -> FileFault {
    FileFault::found("file/bad-workbook", error)
}

/// Refuses what is no workbook, is locked, or would unpack to more than a workbook
/// can be: its parts are unpacked and counted, not believed.
///
/// # Errors
/// `file/bomb`, `file/password`, `file/other-kind`, `file/bad-workbook`.
pub fn guard(path: &Path) -> Result<(), FileFault> {
    let file = File::open(path).map_err(|error| FileFault::found("file/unreadable", error))?;
    let mut packed = zip::ZipArchive::new(BufReader::new(file)).map_err(broken)?;
    if packed.index_for_name("xl/workbook.xml").is_none() {
        let other = if packed.index_for_name("content.xml").is_some() { "OpenDocument" } else { "ZIP" };
        let is_binary = packed.index_for_name("xl/workbook.bin").is_some();
        return Err(FileFault::found("file/other-kind", if is_binary { "XLSB" } else { other }));
    }
    let mut whole = 0;
    let mut sink = vec![0; 64 * 1_024];
    for at in 0..packed.len() {
        let mut part = packed.by_index(at).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(why) if why.contains("assword") => {
                FileFault::of("file/password")
            }
            error => broken(error),
        })?;
        let (name, small) = (part.name().map_err(broken)?.into_owned(), part.compressed_size());
        let mut size = 0;
        loop {
            let count = part.read(&mut sink).map_err(broken)?;
            if count == 0 {
                break;
            }
            size += count as u64;
            whole += count as u64;
            let is_too_much = whole > LARGEST
                || name.ends_with("sharedStrings.xml") && size > LARGEST_TEXTS
                || size > SUSPECT && size / small.max(1) > SMALLEST_SHARE;
            if is_too_much {
                return Err(FileFault::found("file/bomb", name));
            }
        }
    }
    Ok(())
}

fn opened(path: &Path) -> Result<Book, FileFault> {
    let file = File::open(path).map_err(|error| FileFault::found("file/unreadable", error))?;
    Xlsx::new(BufReader::new(file)).map_err(|error| match error {
        XlsxError::Password => FileFault::of("file/password"),
        error => broken(error),
    })
}

/// The sheet that is meant: the one named, or the only one that can be seen.
fn sheet_of(book: &Book, wanted: Option<&str>) -> Result<String, FileFault> {
    let sheets = book.sheets_metadata();
    let names = |seen: bool| {
        let some = sheets.iter().filter(|sheet| !seen || sheet.visible == SheetVisible::Visible);
        some.map(|sheet| sheet.name.clone()).collect::<Vec<_>>()
    };
    match wanted {
        Some(wanted) => {
            let found = names(false).into_iter().find(|name| tidy(name) == tidy(wanted));
            found.ok_or_else(|| FileFault::found("file/no-sheet", names(false).join(", ")))
        }
        None => match names(true).as_slice() {
            [only] => Ok(only.clone()),
            [] => Err(FileFault::found("file/no-sheet", names(false).join(", "))),
            several => Err(FileFault::found("file/several-sheets", several.join(", "))),
        },
    }
}

/// The sheet of a table and its heading.
///
/// # Errors
/// When there is no such sheet or heading.
pub fn heading(path: &Path, wanted: Option<&str>, line: u64) -> Result<(String, Vec<String>), FileFault> {
    let mut book = opened(path)?;
    let sheet = sheet_of(&book, wanted)?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(broken)?;
    let mut heading = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        match (u64::from(row) + 1).cmp(&line) {
            std::cmp::Ordering::Less => {}
            std::cmp::Ordering::Greater => break,
            std::cmp::Ordering::Equal if (column as usize) < WIDEST => {
                if heading.len() <= column as usize {
                    heading.resize(column as usize + 1, String::new());
                }
                heading[column as usize] = tidy(&cell_of(cell.get_value()).shown());
            }
            std::cmp::Ordering::Equal => return Err(FileFault::found("file/too-wide", WIDEST)),
        }
    }
    if heading.is_empty() { Err(FileFault::of("file/no-heading")) } else { Ok((sheet, heading)) }
}

fn cell_of(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) | DataRef::DurationIso(text) => Cell::of_text(text.as_str()),
        DataRef::SharedString(text) => Cell::of_text(*text),
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(yes) => Cell::of_text(if *yes { "true" } else { "false" }),
        DataRef::Error(error) => Cell::Error(error.to_string()),
        DataRef::DateTimeIso(text) => Cell::of_text(text.as_str()),
        DataRef::DateTime(moment) if moment.is_duration() => Cell::Number(moment.as_f64()),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let day = jiff::civil::Date::new(
                i16::try_from(year).unwrap_or_default(),
                i8::try_from(month).unwrap_or_default(),
                i8::try_from(day).unwrap_or_default(),
            );
            // Only a time of day, or the 29 February 1900 that Excel counts.
            let is_day = moment.as_f64() >= 1.0;
            day.ok().filter(|_| is_day).map_or_else(|| Cell::Number(moment.as_f64()), Cell::Day)
        }
    }
}

/// Cells that are one over several rows: column by column, which rows, and what
/// stands in the first.
struct Merged {
    regions: Vec<Dimensions>,
    said: BTreeMap<(u32, u32), Cell>,
    fills: bool,
}

impl Merged {
    /// Makes the covered cells of a row say so, or say what the first one says.
    fn cover(&mut self, row: u32, cells: &mut [Cell]) {
        self.regions.retain(|region| region.end.0 >= row);
        for region in self.regions.iter().filter(|region| region.start.0 <= row) {
            for column in region.start.1..=region.end.1 {
                let Some(cell) = cells.get_mut(column as usize) else { continue };
                if region.start == (row, column) {
                    self.said.insert((row, column), cell.clone());
                } else if *cell == Cell::Empty {
                    let first = self.said.get(&region.start).cloned();
                    *cell = if self.fills { first.unwrap_or_default() } else { Cell::Merged };
                }
            }
        }
    }
}

/// Gives every row below the heading that is not empty.
///
/// # Errors
/// When the workbook cannot be read on.
pub fn rows(
    path: &Path,
    sheet: &str,
    heading_line: u64,
    width: usize,
    fills: bool,
    take: Taking<'_>,
) -> Result<(), FileFault> {
    let mut book = opened(path)?;
    let mut regions = book.merge_cells_by_sheet_name(sheet).map_err(broken)?;
    // Below the heading, and over more than one row: titles over columns are none of ours.
    regions.retain(|region| region.end.0 > region.start.0 && u64::from(region.end.0) >= heading_line);
    let mut merged = Merged { regions, said: BTreeMap::new(), fills };
    let mut read = book.worksheet_cells_reader(sheet).map_err(broken)?;
    let last = read.dimensions().end.0.max(1);
    let mut current: Option<(u32, Vec<Cell>)> = None;
    loop {
        let next = read.next_cell().map_err(broken)?;
        let position = next.as_ref().map(|cell| cell.get_position());
        if let Some((row, cells)) = current.take_if(|(row, _)| position.is_none_or(|(next, _)| next != *row))
        {
            let share = f64::from(row) / f64::from(last);
            if let Some(done) = finished(row, cells, width, &mut merged)
                && !take(done, share.min(1.0))
            {
                return Ok(());
            }
        }
        let (Some(cell), Some((row, column))) = (next, position) else { return Ok(()) };
        if u64::from(row) < heading_line || column as usize >= WIDEST {
            continue;
        }
        let (_, cells) = current.get_or_insert_with(|| (row, vec![Cell::Empty; width]));
        if cells.len() <= column as usize {
            cells.resize(column as usize + 1, Cell::Empty);
        }
        cells[column as usize] = cell_of(cell.get_value());
    }
}

fn finished(row: u32, mut cells: Vec<Cell>, width: usize, merged: &mut Merged) -> Option<TableRow> {
    let is_empty = cells.iter().all(Cell::is_empty);
    merged.cover(row, &mut cells);
    if is_empty {
        return None;
    }
    let beyond = cells[width.min(cells.len())..].iter().position(|cell| !cell.is_empty());
    let fault = beyond.map(|at| ("row/too-long", format!("{} > {width}", width + at + 1)));
    if fault.is_none() {
        cells.truncate(width);
    }
    Some(TableRow { line: u64::from(row) + 1, cells, fault })
}

#[cfg(test)]
mod tests {
    use super::super::file::{Kind, Look, Options, look, open};
    use super::*;
    use std::io::Write;
    use std::path::PathBuf;

    /// A workbook of sheets (name, state, rows in XML), with dates as style 1.
    fn workbook(name: &str, sheets: &[(&str, &str, &str)]) -> PathBuf {
        let path = std::env::temp_dir().join(format!("diwan_test_book_{}_{name}", std::process::id()));
        let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        let mut add = |name: &str, text: &str| {
            zip.start_file(name, options).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        };
        const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let (mut listed, mut related) = (String::new(), String::new());
        for (n, (name, state, rows)) in sheets.iter().enumerate() {
            let n = n + 1;
            listed += &format!("<sheet name=\"{name}\" sheetId=\"{n}\" state=\"{state}\" r:id=\"rId{n}\"/>");
            related += &format!(
                "<Relationship Id=\"rId{n}\" Type=\"{REL}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
            );
            add(
                &format!("xl/worksheets/sheet{n}.xml"),
                &format!("<?xml version=\"1.0\"?><worksheet xmlns=\"{MAIN}\">{rows}</worksheet>"),
            );
        }
        add(
            "xl/workbook.xml",
            &format!(
                "<?xml version=\"1.0\"?><workbook xmlns=\"{MAIN}\" xmlns:r=\"{REL}\"><sheets>{listed}</sheets></workbook>"
            ),
        );
        add(
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{related}</Relationships>"
            ),
        );
        add(
            "xl/styles.xml",
            &format!(
                "<?xml version=\"1.0\"?><styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        );
        add(
            "_rels/.rels",
            &format!(
                "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
                 <Relationship Id=\"rId1\" Type=\"{REL}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        );
        add(
            "[Content_Types].xml",
            "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
        );
        zip.finish().unwrap();
        path
    }

    fn text(at: &str, text: &str) -> String {
        format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    }

    fn sheet() -> String {
        format!(
            "<sheetData><row r=\"1\">{}{}{}</row>\
             <row r=\"2\">{}<c r=\"B2\" s=\"1\"><v>35868</v></c><c r=\"C2\"><v>199012345678</v></c></row>\
             <row r=\"3\">{}<c r=\"B3\" t=\"e\"><v>#REF!</v></c><c r=\"C3\"><f>1+1</f><v>2</v></c></row>\
             <row r=\"4\"><c r=\"B4\"><v>1957</v></c></row>\
             <row r=\"5\"/>\
             <row r=\"6\">{}<c r=\"E6\"><v>9</v></c></row></sheetData>\
             <mergeCells count=\"1\"><mergeCell ref=\"A3:A4\"/></mergeCells>",
            text("A1", "name"),
            text("B1", "born"),
            text("C1", "card"),
            text("A2", "شیلان"),
            text("A3", "دارا"),
            text("A6", "سارا"),
        )
    }

    fn read(path: &Path, options: &Options, fills: bool) -> Result<(Vec<String>, Vec<TableRow>), FileFault> {
        let look: Look = look(path, options)?;
        assert_eq!(look.kind, Kind::Workbook);
        let table = open(path, &look, options)?;
        let heading = table.heading.clone();
        let mut rows = Vec::new();
        table.rows(fills, &mut |row, _| {
            rows.push(row);
            true
        })?;
        Ok((heading, rows))
    }

    #[test]
    fn cells_say_what_excel_kept_of_them() {
        let sheet = sheet();
        let path = workbook("cells.xlsx", &[("Births", "visible", &sheet), ("Old", "hidden", &sheet)]);
        let (heading, rows) = read(&path, &Options::default(), false).unwrap();
        assert_eq!(heading, ["name", "born", "card"]);
        assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 4, 6]);
        assert_eq!(rows[0].cells[1], Cell::Day(jiff::civil::date(1998, 3, 14)));
        assert_eq!(rows[0].cells[2].shown(), "199012345678");
        assert_eq!(rows[1].cells[1].said(), Err("cell/error"));
        // Of a formula the value counts that was kept.
        assert_eq!(rows[1].cells[2], Cell::Number(2.0));
        assert_eq!(rows[2].cells[0], Cell::Merged);
        assert_eq!(rows[3].fault.as_ref().map(|(code, _)| *code), Some("row/too-long"));
        let (_, filled) = read(&path, &Options::default(), true).unwrap();
        assert_eq!(filled[2].cells[0].shown(), "دارا");
        let hidden = Options { sheet: Some("old".into()), ..Options::default() };
        assert_eq!(read(&path, &hidden, false).unwrap_err().code, "file/no-sheet");
        let hidden = Options { sheet: Some("Old".into()), ..Options::default() };
        assert_eq!(read(&path, &hidden, false).unwrap().1.len(), 4);
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn several_sheets_are_named_and_one_must_be_chosen() {
        let sheet = sheet();
        let path = workbook("several.xlsx", &[("A", "visible", &sheet), ("B", "visible", &sheet)]);
        let fault = read(&path, &Options::default(), false).unwrap_err();
        assert_eq!((fault.code, fault.found.as_str()), ("file/several-sheets", "A, B"));
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_workbook_that_unpacks_beyond_measure_is_refused() {
        let zeros = format!("<sheetData>{}</sheetData>", " ".repeat(80 * 1_024 * 1_024));
        let path = workbook("bomb.xlsx", &[("A", "visible", &zeros)]);
        assert!(std::fs::metadata(&path).unwrap().len() < 1_024 * 1_024);
        assert_eq!(read(&path, &Options::default(), false).unwrap_err().code, "file/bomb");
        std::fs::remove_file(path).unwrap();
        let path = std::env::temp_dir().join(format!("diwan_test_book_{}_other.zip", std::process::id()));
        let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
        zip.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
        zip.finish().unwrap();
        assert_eq!(look(&path, &Options::default()).unwrap_err().found, "OpenDocument");
        // Half of a workbook.
        let whole = workbook("half.xlsx", &[("A", "visible", &sheet())]);
        let bytes = std::fs::read(&whole).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        assert_eq!(look(&path, &Options::default()).unwrap_err().code, "file/bad-workbook");
        std::fs::remove_file(whole).unwrap();
        std::fs::remove_file(path).unwrap();
    }
}
