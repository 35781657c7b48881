//! Copying database and files, and putting them back in an empty place.

use crate::config::{self, Config};
use crate::keys::journal_key;
use crate::public_log::open_new;
use crate::run::files_of;
use anyhow::Context;
use diwan_store::files::Files;
use diwan_store::log::{Continuity, Lost, Published};
use diwan_store::{Db, Keys, disk, migrate, nodes, verify};
use std::path::{Path, PathBuf};
use std::process::Command;

const SQLITE_COPY: &str = "diwan.db";
const POSTGRES_COPY: &str = "diwan.pgdump";
const UNFINISHED: &str = ".unfinished";

/// Copies database and files; never private keys.
pub async fn backup(path: &Path, to: &Path) -> anyhow::Result<()> {
    let config = config::load(path)?;
    anyhow::ensure!(!to.exists(), "{} exists already", to.display());
    let draft = unfinished(to);
    if draft.exists() {
        println!("{} was left by a backup that was broken off; it is begun anew", draft.display());
        std::fs::remove_dir_all(&draft)?;
    }
    disk::make_folder(&draft).with_context(|| format!("{} cannot be made", draft.display()))?;
    let count = fill(&config, &draft).await?;
    std::fs::rename(&draft, to)?;
    disk::sync_name(to)?;
    println!("backed up to {}: database and {count} files; private keys are not in it", to.display());
    Ok(())
}

/// The name that a backup has until it is whole: one that was broken off is never taken for a backup.
fn unfinished(to: &Path) -> PathBuf {
    let mut name = to.components().as_path().as_os_str().to_owned();
    name.push(UNFINISHED);
    PathBuf::from(name)
}

/// Copies everything into a folder; says how many files there were.
async fn fill(config: &Config, to: &Path) -> anyhow::Result<usize> {
    // The database first: every file that its rows name is durable already.
    if let Some(file) = config.database.strip_prefix("sqlite:") {
        // Reading only: the office may go on writing meanwhile.
        diwan_store::backup::copy(Path::new(file), &to.join(SQLITE_COPY))?;
    } else {
        let (address, password) = without_password(&config.database);
        let mut dump = Command::new("pg_dump");
        dump.args(["--format=custom", "--no-owner", "--no-privileges", "--file"]).arg(to.join(POSTGRES_COPY));
        dump.arg(address).envs(password.map(|password| ("PGPASSWORD", password)));
        let done = dump.status().context("pg_dump is needed to back PostgreSQL up")?;
        anyhow::ensure!(done.success(), "pg_dump failed");
        std::fs::File::open(to.join(POSTGRES_COPY))?.sync_all()?;
    }
    let (from, kept) = (files_of(config)?, Files::open(&to.join("files"))?);
    let count = copy_files(&from, &kept).await?;
    disk::sync_folder(to)?;
    Ok(count)
}

/// Copies every file, and checks each against its hash on the way.
async fn copy_files(from: &Files, to: &Files) -> anyhow::Result<usize> {
    let names = from.list().await?;
    for name in &names {
        let bytes = from.get(name).await?.with_context(|| format!("file {name} vanished"))?;
        to.put(bytes).await?;
    }
    Ok(names.len())
}

/// A password does not belong among the arguments, which every user of the
/// machine may read.
fn without_password(address: &str) -> (String, Option<String>) {
    let Some((scheme, rest)) = address.split_once("://") else { return (address.to_owned(), None) };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let Some((user, host)) = rest[..end].rsplit_once('@') else { return (address.to_owned(), None) };
    match user.split_once(':') {
        Some((user, password)) => {
            (format!("{scheme}://{user}@{host}{}", &rest[end..]), Some(diwan_store::decoded(password)))
        }
        None => (address.to_owned(), None),
    }
}

/// Restores into an empty place. An older backup than what was published opens
/// a new public log that names the old one.
pub async fn restore(path: &Path, from: &Path) -> anyhow::Result<()> {
    let config = config::load(path)?;
    anyhow::ensure!(
        !from.to_string_lossy().trim_end_matches('/').ends_with(UNFINISHED),
        "{} was broken off before it was whole; restore another backup",
        from.display()
    );
    let keys = journal_key(&config.keys)?;
    let files = files_of(&config)?;
    let published = Published::at(&config.keys.join("checkpoint"));
    let standing = match config.database.strip_prefix("sqlite:") {
        Some(file) => restore_sqlite(Path::new(file), from, &files, &keys, &published).await?,
        None => restore_postgres(&config.database, from, &files, &keys, &published).await?,
    };
    let db = Db::open(&config.database, keys).await?;
    nodes::forget_all(&db).await?;
    match standing {
        Continuity::Older { published, stored } => {
            println!("the backup holds {stored} entries of the public log, {published} were published");
            open_new(&config, &db, Some(Lost { published, stored })).await
        }
        _ => {
            println!("restored; the public log goes on");
            Ok(())
        }
    }
}

/// How the restored log stands to what was published; refuses what is not ours.
async fn look_at(db: &Db, published: &Published) -> anyhow::Result<Continuity> {
    anyhow::ensure!(
        verify::is_ours(db).await?,
        "this backup was written under other keys; put the keys in place that were kept with it"
    );
    let standing = published.compare(db).await?;
    anyhow::ensure!(
        standing != Continuity::Differs,
        "this backup belongs to another public log than keys/checkpoint; put the keys in place that were kept with it"
    );
    Ok(standing)
}

/// Puts the files back. They come before the database: one that is there has its files, whenever a restore was
/// broken off, and what was put back already is not in the way of the next try.
async fn files_back(from: &Path, files: &Files) -> anyhow::Result<()> {
    let count = copy_files(&Files::at(&from.join("files")), files).await?;
    println!("{count} files are back");
    Ok(())
}

/// Copies under another name first, so that a backup which does not fit leaves nothing behind.
async fn restore_sqlite(
    file: &Path,
    from: &Path,
    files: &Files,
    keys: &Keys,
    published: &Published,
) -> anyhow::Result<Continuity> {
    anyhow::ensure!(!file.exists(), "{} exists already; restore into an empty place", file.display());
    let copy = from.join(SQLITE_COPY);
    anyhow::ensure!(copy.exists(), "{} is not there; is this a backup of SQLite?", copy.display());
    let mut draft = file.as_os_str().to_owned();
    draft.push(".restoring");
    let draft = PathBuf::from(draft);
    std::fs::copy(&copy, &draft)?;
    std::fs::File::open(&draft)?.sync_all()?;
    let looked = async {
        let db = Db::open_to_read(&format!("sqlite:{}", draft.display()), keys.clone()).await?;
        anyhow::ensure!(
            !migrate::applied(&db).await?.is_empty(),
            "{} is not a database of Diwan",
            copy.display()
        );
        let standing = look_at(&db, published).await?;
        files_back(from, files).await?;
        Ok(standing)
    };
    match looked.await {
        Ok(standing) => {
            std::fs::rename(&draft, file)?;
            disk::sync_name(file)?;
            Ok(standing)
        }
        Err(why) => {
            std::fs::remove_file(&draft)?;
            Err(why)
        }
    }
}

async fn restore_postgres(
    address: &str,
    from: &Path,
    files: &Files,
    keys: &Keys,
    published: &Published,
) -> anyhow::Result<Continuity> {
    let copy = from.join(POSTGRES_COPY);
    anyhow::ensure!(copy.exists(), "{} is not there; is this a backup of PostgreSQL?", copy.display());
    let db = Db::open_to_read(address, keys.clone()).await?;
    anyhow::ensure!(
        migrate::applied(&db).await?.is_empty(),
        "the database holds tables of Diwan already; restore into an empty one"
    );
    files_back(from, files).await?;
    let (plain, password) = without_password(address);
    let mut restore = Command::new("pg_restore");
    // All or nothing.
    restore.args(["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--dbname"]);
    restore.arg(plain).arg(&copy).envs(password.map(|password| ("PGPASSWORD", password)));
    let done = restore.status().context("pg_restore is needed to restore PostgreSQL")?;
    anyhow::ensure!(done.success(), "pg_restore failed; nothing was restored");
    look_at(&db, published)
        .await
        .context("the database was filled already: drop it, make it anew and restore again")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_among_the_arguments() {
        let taken = without_password("postgres://diwan:a%40b:c@db:5432/diwan?sslmode=require");
        assert_eq!(taken, ("postgres://diwan@db:5432/diwan?sslmode=require".into(), Some("a@b:c".into())));
        for plain in ["postgres://diwan@db/x", "postgres:///x?host=%2Frun", "postgres://db/a@b:c"] {
            assert_eq!(without_password(plain), (plain.into(), None));
        }
    }
}
