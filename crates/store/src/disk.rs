//! Small files that outlive a power cut. A file's bytes are durable once it was
//! synced, its name only once its folder was: whoever forgets the second finds
//! an empty place after the cut, or the file as it was before.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Makes a folder, and those above it that are missing, durably.
///
/// # Errors
/// When the disk refuses.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    let named = |path: &&Path| !path.as_os_str().is_empty();
    let missing: Vec<&Path> = folder.ancestors().filter(named).take_while(|path| !path.exists()).collect();
    fs::create_dir_all(folder)?;
    missing.into_iter().rev().try_for_each(sync_name)
}

/// Makes durable which names stand in a folder.
///
/// # Errors
/// When the disk refuses.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Makes a path's own name durable.
///
/// # Errors
/// When the disk refuses.
pub fn sync_name(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(above) if above.as_os_str().is_empty() => sync_folder(Path::new(".")),
        Some(above) => sync_folder(above),
        None => Ok(()),
    }
}

/// Puts bytes in place of whatever stood there: a power cut leaves the old file
/// or the new one, and after the answer only the new one.
///
/// # Errors
/// When the disk refuses.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = beside(path, "next");
    write(OpenOptions::new().create(true).truncate(true).write(true), &draft, bytes)?;
    fs::rename(&draft, path)?;
    sync_name(path)
}

/// Keeps a secret that only its owner may read, whole or not at all; never
/// over one that is there.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] when there is one; or the disk refuses.
pub fn keep_secret(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = beside(path, &std::process::id().to_string());
    write(OpenOptions::new().create(true).truncate(true).write(true).mode(0o600), &draft, bytes)?;
    // A link, unlike a renaming, never replaces: of two that start at once one is refused.
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    linked?;
    sync_name(path)
}

/// Where a file is written before it gets its name.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{ending}"))
}

fn write(options: &mut OpenOptions, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn own_folder() -> PathBuf {
        std::env::temp_dir().join(format!("diwan-disk-{}", uuid::Uuid::now_v7()))
    }

    #[test]
    fn a_secret_is_kept_once_and_for_its_owner() {
        let folder = own_folder();
        let path = folder.join("keys/deep/journal.key");
        make_folder(path.parent().unwrap()).unwrap();
        keep_secret(&path, b"first").unwrap();
        let again = keep_secret(&path, b"second").unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no draft is left");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_is_replaced_is_replaced_whole() {
        let folder = own_folder();
        make_folder(&folder).unwrap();
        let path = folder.join("checkpoint");
        replace(&path, b"a longer first one").unwrap();
        replace(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "no draft is left");
        fs::remove_dir_all(folder).unwrap();
    }
}
