//! The thread that reads a table and makes entries of its rows, while the parts before
//! are written.

use super::AT_ONCE;
use super::file::FileFault;
use super::part::{Line, Turned};
use super::preview::Prepared;
use diwan_domain::civil::books::{Cell, Plan, RowFault};
use jiff::civil::Date;
use std::path::Path;
use tokio::sync::mpsc;

/// Rows on their way from the reading thread.
pub(super) struct Part {
    pub first_row: i64,
    pub lines: Vec<Line>,
    pub share: f64,
}

/// Reads a table in parts, passing over what is in already.
struct Reading {
    plan: Plan,
    today: Date,
    done: Vec<(i64, i64)>,
    send: mpsc::Sender<Result<Part, FileFault>>,
    lines: Vec<Line>,
    first_row: i64,
    row: i64,
}

impl Reading {
    fn read(mut self, table: super::file::Table) {
        let fills = self.plan.fills_merged;
        let mut share = 0.0;
        let ended = table.rows(fills, &mut |row, read| {
            share = read;
            let n = self.row;
            self.row += 1;
            while self.done.first().is_some_and(|(_, last)| *last < n) {
                self.done.remove(0);
            }
            if self.done.first().is_some_and(|(first, _)| *first <= n) {
                return self.send(share);
            }
            if self.lines.is_empty() {
                self.first_row = n;
            }
            let turned =
                match row.fault.filter(|(code, _)| !(self.plan.fills_short && *code == "row/too-short")) {
                    Some((code, found)) => Turned::Faulty(vec![RowFault::of_row(code, Some(found))]),
                    None => match self.plan.read(&row.cells, self.today) {
                        Ok(entry) => Turned::Entry(entry),
                        Err(faults) => Turned::Faulty(faults),
                    },
                };
            let cells = row.cells.iter().map(Cell::shown).collect();
            let line = i64::try_from(row.line).unwrap_or(i64::MAX);
            self.lines.push(Line { line, cells, turned });
            self.lines.len() < AT_ONCE || self.send(share)
        });
        match ended {
            Ok(()) => {
                let _nobody_waits = self.send(1.0);
            }
            Err(fault) => {
                let _nobody_waits = self.send.blocking_send(Err(fault));
            }
        }
    }

    /// Hands over what was read; `false` when nobody wants more.
    fn send(&mut self, share: f64) -> bool {
        if self.lines.is_empty() {
            return !self.send.is_closed();
        }
        let lines = std::mem::take(&mut self.lines);
        self.send.blocking_send(Ok(Part { first_row: self.first_row, lines, share })).is_ok()
    }
}

/// Begins to read a table on a thread of its own.
///
/// # Errors
/// When the file cannot be opened.
pub(super) fn start_reading(
    path: &Path,
    prepared: &Prepared,
    plan: &Plan,
    today: Date,
    done: Vec<(i64, i64)>,
) -> Result<mpsc::Receiver<Result<Part, FileFault>>, FileFault> {
    let table = prepared.open(path)?;
    let (send, parts) = mpsc::channel(3);
    let reading = Reading { plan: plan.clone(), today, done, send, lines: Vec::new(), first_row: 0, row: 0 };
    let thread = std::thread::Builder::new().name("old-books".into());
    thread.spawn(move || reading.read(table)).map_err(|error| FileFault::found("file/unreadable", error))?;
    Ok(parts)
}
