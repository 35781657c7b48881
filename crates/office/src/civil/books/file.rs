//! What a file is, and its rows one after the other, whether it is text or a
//! workbook. Nothing here holds more than some hundred rows at a time.

use super::delimited::{Records, delimiter_of};
use super::encoding::{self, Checked, Decoded};
use super::workbook;
use diwan_domain::civil::books::Cell;
use encoding_rs::{Encoding, UTF_8};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// Why a file cannot be read, whatever its mapping.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code} {found}")]
pub struct FileFault {
    /// What is wrong: the stable code that has words in every language.
    pub code: &'static str,
    /// What was found, where that helps to mend it.
    pub found: String,
}

impl FileFault {
    /// A fault that says all by its code.
    #[must_use]
    pub fn of(code: &'static str) -> Self {
        Self { code, found: String::new() }
    }

    /// A fault with what was found.
    #[must_use]
    pub fn found(code: &'static str, found: impl ToString) -> Self {
        Self { code, found: found.to_string() }
    }
}

/// What is told of a file beside itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How its letters are stored.
    pub encoding: Option<String>,
    /// What stands between its columns.
    pub delimiter: Option<String>,
    /// Which sheet of a workbook.
    pub sheet: Option<String>,
    /// On which line its heading stands, from one on.
    pub heading_line: u64,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text with the encoding and the length of its mark.
    Text(&'static Encoding, usize),
    /// A workbook of Excel.
    Workbook,
}

/// A look at a whole file before any of it is taken for rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its SHA-256 in hexadecimal digits.
    pub hash: String,
    /// Its length in bytes.
    pub size: u64,
    /// What it is.
    pub kind: Kind,
}

/// Looks at a whole file: what it is, whether its letters can be read, its hash.
///
/// # Errors
/// What is wrong with it and how it is mended.
pub fn look(path: &Path, options: &Options) -> Result<Look, FileFault> {
    let unreadable = |error: std::io::Error| FileFault::found("file/unreadable", error);
    let mut file = File::open(path).map_err(unreadable)?;
    let mut piece = vec![0; 256 * 1_024];
    let mut filled = fill(&mut file, &mut piece)?;
    if filled == 0 {
        return Err(FileFault::of("file/empty"));
    }
    let kind = kind_of(&piece[..filled], options)?;
    let (mut hash, mut size) = (Sha256::new(), 0);
    let mut letters = match kind {
        Kind::Text(encoding, mark) => Some((Checked::new(encoding), mark)),
        Kind::Workbook => None,
    };
    while filled > 0 {
        hash.update(&piece[..filled]);
        size += filled as u64;
        let is_last = filled < piece.len();
        if let Some((checked, mark)) = &mut letters {
            checked.look(&piece[*mark..filled], is_last);
            *mark = 0;
        }
        filled = if is_last { 0 } else { fill(&mut file, &mut piece)? };
    }
    if let Some((checked, _)) = letters
        && let Some(line) = checked.bad_line
    {
        let code = if matches!(kind, Kind::Text(encoding, _) if encoding == UTF_8) {
            "file/not-utf8"
        } else {
            "file/bad-letters"
        };
        let reads = encoding::as_windows_1256(&checked.sample);
        return Err(FileFault::found(code, format!("{line}: {reads}")));
    }
    if kind == Kind::Workbook {
        workbook::guard(path)?;
    }
    Ok(Look { hash: hex::encode(hash.finalize()), size, kind })
}

fn fill(file: &mut File, piece: &mut [u8]) -> Result<usize, FileFault> {
    let mut filled = 0;
    while filled < piece.len() {
        match file.read(&mut piece[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) => return Err(FileFault::found("file/unreadable", error)),
        }
    }
    Ok(filled)
}

/// What the first bytes say that a file is.
fn kind_of(beginning: &[u8], options: &Options) -> Result<Kind, FileFault> {
    if beginning.starts_with(b"PK\x03\x04") {
        return Ok(Kind::Workbook);
    }
    // Old workbooks, and new ones behind a password, stand in the same container.
    if beginning.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_locked = beginning.windows(name.len()).any(|window| window == name);
        return Err(FileFault::of(if is_locked { "file/password" } else { "file/old-workbook" }));
    }
    for (sign, name) in [
        (&b"%PDF"[..], "PDF"),
        (b"\x1F\x8B", "gzip"),
        (b"7z\xBC\xAF", "7z"),
        (b"Rar!", "RAR"),
        (b"BZh", "bzip2"),
        (b"\xFF\xD8\xFF", "JPEG"),
        (b"\x89PNG", "PNG"),
        (b"SQLite format 3", "SQLite"),
        (b"PK\x05\x06", "ZIP"),
    ] {
        if beginning.starts_with(sign) {
            return Err(FileFault::found("file/other-kind", name));
        }
    }
    let (encoding, mark) = encoding::found(beginning, options.encoding.as_deref())?;
    let start: String =
        encoding.decode(&beginning[..beginning.len().min(2_048)]).0.trim_start().to_lowercase();
    // Web pages and XML that call themselves .xls.
    if ["<html", "<!doctype", "<table", "<?xml", "<meta"].iter().any(|sign| start.starts_with(sign)) {
        return Err(FileFault::found("file/other-kind", "HTML, XML"));
    }
    if matches!(start.as_bytes().first(), Some(b'{' | b'[')) && start.contains("\":") {
        return Err(FileFault::found("file/other-kind", "JSON"));
    }
    Ok(Kind::Text(encoding, mark))
}

/// One row below the heading.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// Its line in the file.
    pub line: u64,
    /// What stands in it, as wide as the heading.
    pub cells: Vec<Cell>,
    /// What is wrong with it as a row.
    pub fault: Option<(&'static str, String)>,
}

/// Takes rows; `false` when no more are wanted.
pub type Taking<'a> = &'a mut dyn FnMut(TableRow, f64) -> bool;

/// A table: its heading, and its rows in order.
pub struct Table {
    /// The columns' headings.
    pub heading: Vec<String>,
    /// Whether it is a file of rejected rows: their first and last column are ours.
    pub is_rejects: bool,
    /// The sheet it stands on, of a workbook.
    pub sheet: Option<String>,
    from: From,
}

enum From {
    Text { records: Box<Records<File>>, size: u64 },
    Workbook { path: std::path::PathBuf, sheet: String, heading_line: u64 },
}

/// Opens a table.
///
/// # Errors
/// What is wrong with the file: nothing but a heading, no such sheet …
pub fn open(path: &Path, look: &Look, options: &Options) -> Result<Table, FileFault> {
    let heading_line = options.heading_line.max(1);
    match look.kind {
        Kind::Workbook => {
            let (sheet, heading) = workbook::heading(path, options.sheet.as_deref(), heading_line)?;
            let from = From::Workbook { path: path.to_owned(), sheet: sheet.clone(), heading_line };
            table(heading, Some(sheet), from)
        }
        Kind::Text(encoding, mark) => {
            let mut file = File::open(path).map_err(|error| FileFault::found("file/unreadable", error))?;
            file.seek(SeekFrom::Start(mark as u64))
                .map_err(|error| FileFault::found("file/unreadable", error))?;
            let mut records = Records::new(Decoded::new(file, encoding, mark), b',');
            let mut line = heading_line;
            let beginning = records.beginning()?;
            let mut first =
                beginning.lines().next().unwrap_or_default().trim_start_matches('\u{FEFF}').to_owned();
            let is_ours = first.trim_start_matches('"').starts_with(super::LINE);
            // Excel's own way of naming the sign.
            let named = first.strip_prefix("sep=").and_then(|rest| rest.bytes().next());
            if named.is_some() {
                line += 1;
            }
            if is_ours {
                line = 1;
            }
            let at = usize::try_from(line).unwrap_or(1) - 1;
            first = records.beginning()?.lines().nth(at).unwrap_or_default().to_owned();
            let delimiter = match (&options.delimiter, named) {
                _ if is_ours => b',',
                (Some(told), _) => sign(told)?,
                (None, Some(named)) => named,
                (None, None) => {
                    delimiter_of(&first).ok_or_else(|| FileFault::found("file/delimiter", &first))?
                }
            };
            records.set_delimiter(delimiter);
            let heading = loop {
                match records.next()? {
                    None => return Err(FileFault::of("file/no-heading")),
                    Some(record) if record.line < line => {}
                    Some(record) => break record,
                }
            };
            if let Some(code) = heading.fault {
                return Err(FileFault::found("file/bad-heading", code));
            }
            let heading = heading.fields.iter().map(|text| tidy(text)).collect();
            table(heading, None, From::Text { records: Box::new(records), size: look.size })
        }
    }
}

fn sign(told: &str) -> Result<u8, FileFault> {
    match told.to_lowercase().as_str() {
        "tab" | "\\t" | "\t" => Ok(b'\t'),
        "comma" => Ok(b','),
        "semicolon" => Ok(b';'),
        one if one.len() == 1 && one.is_ascii() && one != "\"" => Ok(one.as_bytes()[0]),
        _ => Err(FileFault::found("file/unknown-delimiter", told)),
    }
}

/// A heading as it is compared and shown: one line, without marks.
pub(super) fn tidy(text: &str) -> String {
    Cell::of_text(text).said().ok().flatten().unwrap_or_default()
}

fn table(mut heading: Vec<String>, sheet: Option<String>, from: From) -> Result<Table, FileFault> {
    while heading.last().is_some_and(String::is_empty) {
        heading.pop();
    }
    if heading.is_empty() {
        return Err(FileFault::of("file/no-heading"));
    }
    let is_rejects = heading.len() > 2
        && heading.first().is_some_and(|first| first == super::LINE)
        && heading.last().is_some_and(|last| last == super::REASON);
    if is_rejects {
        heading = heading[1..heading.len() - 1].to_vec();
    }
    Ok(Table { heading, is_rejects, sheet, from })
}

impl Table {
    /// Gives every row that is not empty to whoever takes them, with the share of the
    /// file that was read.
    ///
    /// # Errors
    /// When the file cannot be read on.
    pub fn rows(self, fills_merged: bool, take: Taking<'_>) -> Result<(), FileFault> {
        let (width, is_rejects) = (self.heading.len(), self.is_rejects);
        match self.from {
            From::Workbook { path, sheet, heading_line } => {
                workbook::rows(&path, &sheet, heading_line, width, fills_merged, take)
            }
            From::Text { mut records, size } => {
                while let Some(record) = records.next()? {
                    let row = if is_rejects {
                        rejected(record.line, record.fields, record.fault, width)
                    } else {
                        plain(record.line, record.fields, record.fault, width)
                    };
                    let share = records.bytes() as f64 / size.max(1) as f64;
                    if let Some(row) = row
                        && !take(row, share.min(1.0))
                    {
                        return Ok(());
                    }
                }
                Ok(())
            }
        }
    }
}

fn plain(line: u64, fields: Vec<String>, fault: Option<&'static str>, width: usize) -> Option<TableRow> {
    let count = fields.len();
    let mut cells: Vec<Cell> = fields.into_iter().map(Cell::of_text).collect();
    if let Some(code) = fault {
        let shown = cells.first().map(Cell::shown).unwrap_or_default().chars().take(60).collect();
        return Some(TableRow { line, cells, fault: Some((code, shown)) });
    }
    if cells.iter().all(Cell::is_empty) {
        return None;
    }
    let fault = match count {
        // What stands beyond the last column says nothing.
        _ if count > width && cells[width..].iter().all(Cell::is_empty) => {
            cells.truncate(width);
            None
        }
        _ if count > width => Some(("row/too-long", format!("{count} > {width}"))),
        _ if count < width => Some(("row/too-short", format!("{count} < {width}"))),
        _ => None,
    };
    Some(TableRow { line, cells, fault })
}

/// A row of a file of rejected ones: without our two columns, with what was defused
/// as it was.
fn rejected(
    line: u64,
    mut fields: Vec<String>,
    fault: Option<&'static str>,
    width: usize,
) -> Option<TableRow> {
    if fault.is_none() && fields.len() == width + 2 {
        fields.pop();
        fields.remove(0);
        fields = fields.iter().map(|text| super::restored(text).to_owned()).collect();
    } else if fault.is_none() && !fields.is_empty() {
        fields.remove(0);
    }
    plain(line, fields, fault, width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::civil::books::encoding::encoded;

    fn opened(
        name: &str,
        bytes: &[u8],
        options: &Options,
    ) -> Result<(Vec<String>, Vec<TableRow>), FileFault> {
        let path = std::env::temp_dir().join(format!("diwan_test_file_{}_{name}", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        let read = look(&path, options).and_then(|look| {
            let table = open(&path, &look, options)?;
            let heading = table.heading.clone();
            let mut rows = Vec::new();
            table.rows(false, &mut |row, _| {
                rows.push(row);
                true
            })?;
            Ok((heading, rows))
        });
        std::fs::remove_file(&path).unwrap();
        read
    }

    const TEXT: &str = "الاسم,الجنس\nشیلان,أنثى\n\n,\n";

    #[test]
    fn letters_are_read_however_they_are_stored() {
        let utf16 = |name: &str, mark: &[u8]| [mark, &encoded(TEXT, name).unwrap()].concat();
        let named = |name: &str| Options { encoding: Some(name.into()), ..Options::default() };
        let none = Options::default();
        let arabic = TEXT.replace('ی', "ي");
        for (name, bytes, options) in [
            ("utf-8", TEXT.as_bytes().to_vec(), &none),
            ("bom", [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), &none),
            ("utf-16le", utf16("utf-16le", b"\xFF\xFE"), &none),
            ("utf-16be", utf16("utf-16be", b"\xFE\xFF"), &none),
            ("1256", encoded(&arabic, "windows-1256").unwrap(), &named("cp1256")),
        ] {
            let (heading, rows) = opened(name, &bytes, options).unwrap();
            assert_eq!(heading, ["الاسم", "الجنس"], "{name}");
            assert_eq!(rows.len(), 1, "{name}");
            assert_eq!(rows[0].line, 2);
            assert_eq!(rows[0].cells[0].shown().replace('ي', "ی"), "شیلان", "{name}");
        }
        let fault = opened("x", &encoded(&arabic, "windows-1256").unwrap(), &none).unwrap_err();
        assert_eq!(fault.code, "file/not-utf8");
        assert!(fault.found.starts_with("1: الاسم"), "{}", fault.found);
        assert_eq!(opened("y", b"a\n1\n", &named("klingon")).unwrap_err().code, "file/unknown-encoding");
    }

    #[test]
    fn what_is_no_table_is_refused_by_name() {
        let mut locked = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        let old = locked.clone();
        locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        for (bytes, code) in [
            (&b""[..], "file/empty"),
            (b"\n\n", "file/no-heading"),
            (b"\xEF\xBB\xBF", "file/no-heading"),
            (&old, "file/old-workbook"),
            (&locked, "file/password"),
            (b"%PDF-1.7", "file/other-kind"),
            (b"\x1F\x8B\x08", "file/other-kind"),
            (b"<html><table><tr><td>a</td></tr></table></html>", "file/other-kind"),
            (b"[{\"a\": 1}]", "file/other-kind"),
            (b"PK\x03\x04rubbish", "file/bad-workbook"),
            (b"a;b,c\n1;2,3\n", "file/delimiter"),
        ] {
            let fault = opened(&format!("none{}", bytes.len()), bytes, &Options::default()).unwrap_err();
            assert_eq!(fault.code, code, "{bytes:?}");
        }
    }

    #[test]
    fn rows_that_do_not_fit_are_told() {
        let text = "sep=;\na;b\n1;2\n1\n1;2;3\n1;2;;\n\"x\ny\";2\n;\n\n";
        let (_, rows) = opened("rows", text.as_bytes(), &Options::default()).unwrap();
        let told: Vec<_> =
            rows.iter().map(|row| (row.line, row.fault.as_ref().map(|(code, _)| *code))).collect();
        assert_eq!(
            told,
            [(3, None), (4, Some("row/too-short")), (5, Some("row/too-long")), (6, None), (7, None)]
        );
        let (_, none) = opened("heading", b"a,b\n", &Options::default()).unwrap();
        assert!(none.is_empty());
        let above = Options { heading_line: 3, ..Options::default() };
        let (heading, rows) = opened("above", b"Books of Erbil\n\na,b\n1,2\n", &above).unwrap();
        assert_eq!((heading.len(), rows[0].line), (2, 4));
    }
}
