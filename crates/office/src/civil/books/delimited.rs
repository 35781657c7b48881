//! Text files whose columns stand between commas, semicolons or tabs, as RFC 4180
//! describes them and as spreadsheets really write them.

use super::encoding::Decoded;
use super::file::FileFault;
use std::io::Read;

/// The longest record that is looked at, in bytes of UTF-8.
const LONGEST: usize = 1_024 * 1_024;
/// The longest that quotes may stay open: beyond it somebody forgot one.
const LONGEST_QUOTED: usize = 64 * 1_024;

/// One record of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The line on which it begins.
    pub line: u64,
    /// Its fields.
    pub fields: Vec<String>,
    /// What is wrong with the record as such.
    pub fault: Option<&'static str>,
}

/// Reads records.
pub struct Records<R> {
    text: Decoded<R>,
    delimiter: u8,
    buffer: Vec<u8>,
    at: usize,
    line: u64,
    ended: bool,
    /// Whether lines end with a carriage return alone, as far as one ended yet.
    by_return: Option<bool>,
}

/// Where a record ends.
enum End {
    /// After so many bytes, its line break included; quotes that are still open there
    /// were forgotten.
    At { length: usize, is_open: bool },
    /// It is longer than anything can be.
    TooLong,
}

impl<R: Read> Records<R> {
    /// Begins to read.
    pub fn new(text: Decoded<R>, delimiter: u8) -> Self {
        Self { text, delimiter, buffer: Vec::new(), at: 0, line: 1, ended: false, by_return: None }
    }

    /// How many bytes of the file were read.
    pub fn bytes(&self) -> u64 {
        self.text.read
    }

    /// Reads more of the file; `false` at its end.
    fn more(&mut self) -> Result<bool, FileFault> {
        if self.ended {
            return Ok(false);
        }
        if self.at > 0 {
            self.buffer.drain(..self.at);
            self.at = 0;
        }
        self.ended = !self.text.more(&mut self.buffer)?;
        Ok(true)
    }

    /// The first lines of the file, to look at; nothing is passed over.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn beginning(&mut self) -> Result<&str, FileFault> {
        while self.buffer.len() < 16 * 1_024 && self.more()? {}
        let whole = std::str::from_utf8(&self.buffer);
        Ok(whole.unwrap_or_else(|error| {
            std::str::from_utf8(&self.buffer[..error.valid_up_to()]).unwrap_or_default()
        }))
    }

    /// Sets what stands between columns.
    pub fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    /// The next record; `None` at the end of the file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next(&mut self) -> Result<Option<Record>, FileFault> {
        let end = loop {
            match self.end() {
                Some(end) => break end,
                None if self.more()? => {}
                None if self.at == self.buffer.len() => return Ok(None),
                None => break self.last(),
            }
        };
        let line = self.line;
        let (length, fault) = match end {
            End::At { length, is_open: false } => (length, None),
            // The rest is read as if the quote were not there.
            End::At { is_open: true, .. } => (self.line_break()?, Some("row/open-quote")),
            End::TooLong => (self.line_break()?, Some("row/too-long-text")),
        };
        let raw = &self.buffer[self.at..self.at + length];
        self.line += count_lines(raw);
        if let (None, Some(last @ (b'\r' | b'\n'))) = (fault, raw.last()) {
            self.by_return = Some(*last == b'\r');
        }
        let raw = String::from_utf8_lossy(strip_break(raw)).into_owned();
        self.at += length;
        let fields = match fault {
            Some(_) => vec![raw.chars().take(1_000).collect()],
            None => split(&raw, self.delimiter),
        };
        Ok(Some(Record { line, fields, fault }))
    }

    /// Where the record ends that begins here, when that is in the buffer.
    fn end(&self) -> Option<End> {
        let bytes = &self.buffer[self.at..];
        let (mut in_quotes, mut opened, mut at_start) = (false, 0, true);
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            if in_quotes {
                if byte == b'"' {
                    if at + 1 == bytes.len() && !self.ended {
                        return None;
                    }
                    let next = bytes.get(at + 1);
                    if next == Some(&b'"') {
                        at += 1;
                    } else if !self.closes(next) && bytes[opened..at].iter().any(|byte| self.is_break(*byte))
                    {
                        // The quote of another line: the one before was forgotten.
                        return Some(End::At { length: 0, is_open: true });
                    } else {
                        in_quotes = false;
                    }
                } else if at - opened > LONGEST_QUOTED {
                    return Some(End::At { length: 0, is_open: true });
                }
            } else {
                match byte {
                    b'"' if at_start => (in_quotes, opened) = (true, at),
                    b'\n' => return Some(End::At { length: at + 1, is_open: false }),
                    b'\r' => {
                        if at + 1 == bytes.len() && !self.ended {
                            return None;
                        }
                        let both = bytes.get(at + 1) == Some(&b'\n');
                        return Some(End::At { length: at + 1 + usize::from(both), is_open: false });
                    }
                    _ => {}
                }
                at_start = byte == self.delimiter || at_start && byte == b' ';
            }
            at += 1;
            if at > LONGEST {
                return Some(End::TooLong);
            }
        }
        None
    }

    /// Whether a field in quotes can have ended before this byte.
    fn closes(&self, next: Option<&u8>) -> bool {
        next.is_none_or(|byte| matches!(byte, b' ' | b'\r' | b'\n') || *byte == self.delimiter)
    }

    /// Whether a line ends with this byte. A carriage return in a file whose lines end
    /// otherwise is a letter of a text.
    fn is_break(&self, byte: u8) -> bool {
        byte == b'\n' || byte == b'\r' && self.by_return != Some(false)
    }

    /// The end of the last record: there is no line break any more.
    fn last(&self) -> End {
        let bytes = &self.buffer[self.at..];
        let closes = bytes.iter().filter(|byte| **byte == b'"').count().is_multiple_of(2);
        End::At { length: bytes.len(), is_open: !closes && bytes.iter().any(|byte| self.is_break(*byte)) }
    }

    /// The length of the line here, however long it is; what is passed over of a
    /// line beyond all bounds is dropped.
    fn line_break(&mut self) -> Result<usize, FileFault> {
        let mut from = 0;
        loop {
            let bytes = &self.buffer[self.at..];
            from = match bytes[from..].iter().position(|byte| self.is_break(*byte)) {
                // What follows a carriage return may belong to it, and not be read yet.
                Some(at) if bytes[from + at] == b'\r' && from + at + 1 == bytes.len() && !self.ended => {
                    from + at
                }
                Some(at) => {
                    let both = bytes[from + at..].starts_with(b"\r\n");
                    return Ok(from + at + 1 + usize::from(both));
                }
                None => bytes.len(),
            };
            if from > 2 * LONGEST {
                let keep = self.at + LONGEST;
                self.buffer.truncate(keep);
                from = LONGEST;
            }
            if !self.more()? {
                return Ok(self.buffer.len() - self.at);
            }
        }
    }
}

fn count_lines(raw: &[u8]) -> u64 {
    let breaks = raw.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => raw.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    breaks.count() as u64
}

fn strip_break(raw: &[u8]) -> &[u8] {
    let raw = raw.strip_suffix(b"\n").unwrap_or(raw);
    raw.strip_suffix(b"\r").unwrap_or(raw)
}

/// The fields of a record. A quote inside a field that does not begin with one is a
/// letter like others.
fn split(raw: &str, delimiter: u8) -> Vec<String> {
    let delimiter = char::from(delimiter);
    let mut fields = Vec::new();
    let mut field = String::new();
    let mut letters = raw.chars().peekable();
    let (mut in_quotes, mut at_start) = (false, true);
    while let Some(letter) = letters.next() {
        match letter {
            '"' if in_quotes => {
                if letters.peek() == Some(&'"') {
                    letters.next();
                    field.push('"');
                } else {
                    in_quotes = false;
                }
            }
            '"' if at_start => {
                in_quotes = true;
                at_start = false;
                field.clear();
            }
            letter if letter == delimiter && !in_quotes => {
                fields.push(std::mem::take(&mut field));
                at_start = true;
            }
            letter => {
                at_start = at_start && letter == ' ';
                field.push(letter);
            }
        }
    }
    fields.push(field);
    fields
}

/// What stands between the columns of a heading: the sign that parts it most often,
/// outside quotes; `None` when two do equally.
#[must_use]
pub fn delimiter_of(heading: &str) -> Option<u8> {
    let counted = [b',', b';', b'\t', b'|'].map(|sign| (split(heading, sign).len(), sign));
    let most = counted.iter().map(|(count, _)| *count).max()?;
    let best: Vec<u8> = counted.iter().filter(|(count, _)| *count == most).map(|(_, sign)| *sign).collect();
    match best.as_slice() {
        _ if most == 1 => Some(b','),
        [only] => Some(*only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::UTF_8;

    fn records(text: &str) -> Vec<(u64, Vec<String>, Option<&'static str>)> {
        let mut records = Records::new(Decoded::new(text.as_bytes(), UTF_8, 0), b',');
        std::iter::from_fn(|| records.next().unwrap()).map(|one| (one.line, one.fields, one.fault)).collect()
    }

    fn row(line: u64, fields: &[&str]) -> (u64, Vec<String>, Option<&'static str>) {
        (line, fields.iter().map(|text| (*text).to_owned()).collect(), None)
    }

    #[test]
    fn records_are_read_as_spreadsheets_write_them() {
        let text = "a,b\r\n\"one \"\"x\"\"\",\"two\nlines\"\r\n3,say \"hi\"\r,\n\n\"last\", \"spaced\"";
        assert_eq!(
            records(text),
            [
                row(1, &["a", "b"]),
                row(2, &["one \"x\"", "two\nlines"]),
                row(4, &["3", "say \"hi\""]),
                row(5, &["", ""]),
                row(6, &[""]),
                row(7, &["last", "spaced"]),
            ]
        );
        assert!(records("").is_empty());
    }

    #[test]
    fn a_forgotten_quote_costs_its_own_line_only() {
        let long = "x".repeat(100);
        for end in ENDS {
            let mut text = "a,b\n1,\"open\n".to_owned();
            for n in 0..2_000 {
                text.push_str(&format!("{n},{long}\n"));
            }
            let read = records(&text.replace('\n', end));
            assert_eq!(read[1].2, Some("row/open-quote"), "{end:?}");
            assert_eq!(read[1].1, ["1,\"open"]);
            assert_eq!((read.len(), read[2].0, read[2].1[0].as_str()), (2_002, 3, "0"));
            // Also near the end, where the rest is short, and in the heading.
            let read = records(&"a,b\n1,\"open\n2,x\n3,y".replace('\n', end));
            assert_eq!(read[1].2, Some("row/open-quote"));
            assert_eq!((read.len(), read[3].1[1].as_str()), (4, "y"));
            let read = records(&"a,\"b\n1,x\n2,y\n".replace('\n', end));
            assert_eq!((read.len(), read[0].2), (3, Some("row/open-quote")), "{end:?}");
        }
    }

    /// How lines end.
    const ENDS: [&str; 3] = ["\n", "\r\n", "\r"];

    #[test]
    fn a_return_in_a_text_of_other_lines_is_a_letter() {
        let read = records("a,b\n1,\"open\rtwo,x\n3,y\n");
        assert_eq!(read[1].2, Some("row/open-quote"));
        assert_eq!(read[1].1, ["1,\"open\rtwo,x"]);
        assert_eq!((read.len(), read[2].1[0].as_str()), (3, "3"));
    }

    #[test]
    fn a_forgotten_quote_is_not_closed_by_that_of_another_line() {
        for end in ENDS {
            let text =
                "a,b,c\n1,\"open,x\n2,y,z\n3,\"good\",w\n4,\"open,v\n5,\"open too,u\n6,t,\"two\nlines\"\n";
            let read = records(&text.replace('\n', end));
            let faults: Vec<_> =
                read.iter().map(|(line, fields, fault)| (*line, fields.len(), *fault)).collect();
            let open = Some("row/open-quote");
            let expected = [
                (1, 3, None),
                (2, 1, open),
                (3, 3, None),
                (4, 3, None),
                (5, 1, open),
                (6, 1, open),
                (7, 3, None),
            ];
            assert_eq!(faults, expected, "{end:?}");
            assert_eq!(read[3].1, ["3", "good", "w"]);
            assert_eq!(read[6].1, ["6", "t", format!("two{end}lines").as_str()]);
        }
    }

    #[test]
    fn a_line_beyond_all_bounds_is_passed_over() {
        let text = format!("a,b\n{}\n2,y\n", "z".repeat(5 * LONGEST));
        let read = records(&text);
        assert_eq!(read[1].2, Some("row/too-long-text"));
        assert_eq!(read[2], row(3, &["2", "y"]));
    }

    #[test]
    fn what_stands_between_columns_is_found_out() {
        for (heading, expected) in [
            ("a,b,c", Some(b',')),
            ("a;b;c", Some(b';')),
            ("a\tb", Some(b'\t')),
            ("\"x;y;z\",b", Some(b',')),
            ("a;b,c", None),
            ("only", Some(b',')),
        ] {
            assert_eq!(delimiter_of(heading), expected, "{heading}");
        }
    }
}
