//! Bringing in the old books: tables are read row by row, made entries of by a
//! mapping, compared with the register, and written in parts, so that whatever
//! breaks off goes on where it was.
//!
//! [`file`] opens a table and says what it is; [`run`] brings it in; [`part`] is the
//! act that writes some hundred rows at once; [`rejects`] gives back what was not
//! brought in, to be mended and sent again.

mod begin;
mod delimited;
mod encoding;
pub mod file;
pub mod ledgers;
mod linking;
mod part;
mod preview;
mod reading;
mod rejects;
mod run;
mod stored;
mod trial;
mod workbook;

pub use begin::{BeginImport, MoveImport};
pub use file::{FileFault, Look, Options, Table, TableRow};
pub use part::{ImportPart, Line, PartDone, Turned};
pub use preview::{Counted, Prepared, Preview, Shown, Tally, prepare, preview};
pub use rejects::{LINE, REASON, defused, restored, write_rejects};
pub(crate) use run::Hold;
pub use run::{Begun, Ended, Run, Stopped, Told, begin, begin_act, other, run};

pub use diwan_store::imports::{ImportRow, Progress, import, newest, progress, waiting};
pub use stored::{LIBRARY, Temporary, bring_in_waiting, look_at, run_stored};
pub use trial::dry_run;

/// How many rows one act brings in.
pub const AT_ONCE: usize = 500;
