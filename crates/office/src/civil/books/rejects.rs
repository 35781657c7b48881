//! Rows that were not brought in, in a file beside theirs: with their line, their own
//! columns as they were, and the reason. Mended, it is brought in like any other.

use diwan_domain::civil::books::RowFault;
use diwan_domain::ids::ImportId;
use diwan_store::imports;
use diwan_store::{Db, Fault};
use std::io::Write;

/// The heading of the column that holds a row's line.
pub const LINE: &str = "diwan-line";
/// The heading of the column that holds the reason.
pub const REASON: &str = "diwan-reason";

fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

fn is_defused(text: &str) -> bool {
    text.strip_prefix('\'').is_some_and(|rest| is_formula(rest) || is_defused(rest))
}

/// A text that no spreadsheet takes for a formula: an apostrophe goes before what
/// would be one.
#[must_use]
pub fn defused(text: &str) -> String {
    if is_formula(text) || is_defused(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text as it was before it was defused.
#[must_use]
pub fn restored(text: &str) -> &str {
    if is_defused(text) { text.strip_prefix('\'').unwrap_or(text) } else { text }
}

fn field(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn record(into: &mut impl Write, fields: impl Iterator<Item = String>) -> std::io::Result<()> {
    let line: Vec<String> = fields.map(|text| field(&text)).collect();
    write!(into, "{}\r\n", line.join(","))
}

/// Writes the rows of an import that were not brought in, as UTF-8 with a mark, so
/// that spreadsheets read it right. The words say what is wrong with a row. Returns
/// how many there are.
///
/// # Errors
/// When the database fails, or what is written to.
pub async fn write_rejects(
    db: &Db,
    import: ImportId,
    heading: &[String],
    words: &(dyn Fn(&[RowFault]) -> String + Sync),
    into: &mut (impl Write + Send),
) -> Result<u64, Fault> {
    let failed = |error: std::io::Error| Fault::Outside(error.to_string());
    let ours = |first: String, own: Vec<String>, last: String| {
        std::iter::once(first).chain(own).chain(std::iter::once(last))
    };
    into.write_all("\u{FEFF}".as_bytes()).map_err(failed)?;
    record(into, ours(LINE.to_owned(), heading.to_vec(), REASON.to_owned())).map_err(failed)?;
    let (mut after, mut count) = (-1, 0);
    loop {
        let rows = {
            let mut reading = db.reading().await?;
            imports::rejects_after(&mut reading.tx(), import, after, 500).await?
        };
        let Some(last) = rows.last() else { break };
        after = last.line;
        for row in &rows {
            count += 1;
            let bad =
                |_| Fault::WrongDatabase(format!("line {} of import {import} cannot be read", row.line));
            let mut cells: Vec<String> = serde_json::from_str(&row.cells).map_err(bad)?;
            let faults: Vec<RowFault> = serde_json::from_str(&row.faults).map_err(bad)?;
            // A short row is filled up, so that the reason stands in its own column.
            if cells.len() < heading.len() {
                cells.resize(heading.len(), String::new());
            }
            let cells = cells.iter().map(|text| defused(text)).collect();
            record(into, ours(row.line.to_string(), cells, defused(&words(&faults)))).map_err(failed)?;
        }
    }
    into.flush().map_err(failed)?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_file_is_a_formula_and_everything_can_be_restored() {
        for text in [
            "=cmd|'/c calc'!A1",
            "+964 750",
            "-5",
            "@SUM(1)",
            "\tx",
            "'=x",
            "''-",
            "'Abdullah",
            "plain",
            "",
            "'",
            "＝x",
        ] {
            let kept = defused(text);
            assert!(!is_formula(&kept), "{text}");
            assert_eq!(restored(&kept), text);
        }
        // What someone writes when they mend it is taken as written.
        assert_eq!(restored("'Abdullah"), "'Abdullah");
        assert_eq!(restored("=1"), "=1");
    }

    #[test]
    fn fields_are_quoted_where_they_must() {
        let mut text = Vec::new();
        record(&mut text, ["a", "b,c", "say \"x\"", "two\nlines"].map(str::to_owned).into_iter()).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), "a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\"\r\n");
    }
}
