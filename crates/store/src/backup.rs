//! Copying an embedded database while it is in use.

use crate::fault::Fault;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// Copies a database file, page by page, as it stood when the copy began.
///
/// # Errors
/// When it cannot be read or the copy cannot be written.
pub fn copy(from: &Path, to: &Path) -> Result<(), Fault> {
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut target = Connection::open(to)?;
    let backup = rusqlite::backup::Backup::new(&source, &mut target)?;
    backup.run_to_completion(2_000, std::time::Duration::from_millis(5), None)?;
    drop(backup);
    drop(target);
    Ok(std::fs::File::open(to)?.sync_all()?)
}
