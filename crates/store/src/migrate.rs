//! Migrations: one number and one name on both engines, one SQL text.
//!
//! Each runs while last week's program still works, and is never edited after
//! release.

use crate::db::Db;
use crate::dialect;
use crate::fault::Fault;
use crate::vals;

/// Every migration, oldest first.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "foundation", include_str!("../migrations/0001_foundation.sql")),
    (2, "course", include_str!("../migrations/0002_course.sql")),
    (3, "nodes", include_str!("../migrations/0003_nodes.sql")),
    (4, "figures", include_str!("../migrations/0004_figures.sql")),
    (5, "service_figures", include_str!("../migrations/0005_service_figures.sql")),
    (6, "api_clients", include_str!("../migrations/0006_api_clients.sql")),
    (7, "subscriptions", include_str!("../migrations/0007_subscriptions.sql")),
    (8, "x_road", include_str!("../migrations/0008_x_road.sql")),
    (9, "neighbours", include_str!("../migrations/0009_neighbours.sql")),
    (10, "files_by_hash", include_str!("../migrations/0010_files_by_hash.sql")),
    (11, "confirmed_times", include_str!("../migrations/0011_confirmed_times.sql")),
    (12, "declarations", include_str!("../migrations/0012_declarations.sql")),
    (13, "finding_people", include_str!("../migrations/0013_finding_people.sql")),
    (14, "duplicates", include_str!("../migrations/0014_duplicates.sql")),
    (15, "dci", include_str!("../migrations/0015_dci.sql")),
    (16, "old_books", include_str!("../migrations/0016_old_books.sql")),
    (17, "statistics", include_str!("../migrations/0017_statistics.sql")),
    (18, "ledgers", include_str!("../migrations/0018_ledgers.sql")),
    (19, "alike_in_order", include_str!("../migrations/0019_alike_in_order.sql")),
    (20, "bulk_issues", include_str!("../migrations/0020_bulk_issues.sql")),
    (21, "protected_and_ended", include_str!("../migrations/0021_protected_and_ended.sql")),
    (22, "visits", include_str!("../migrations/0022_visits.sql")),
    (23, "lists_papers_addresses", include_str!("../migrations/0023_lists_papers_addresses.sql")),
    (24, "devices", include_str!("../migrations/0024_devices.sql")),
    (25, "floor", include_str!("../migrations/0025_floor.sql")),
    (26, "units", include_str!("../migrations/0026_units.sql")),
    (27, "call_backs", include_str!("../migrations/0027_call_backs.sql")),
    (28, "releases", include_str!("../migrations/0028_releases.sql")),
    (29, "telephone", include_str!("../migrations/0029_telephone.sql")),
    (30, "duties_and_companions", include_str!("../migrations/0030_duties_and_companions.sql")),
    (31, "numbers_left_out", include_str!("../migrations/0031_numbers_left_out.sql")),
    (32, "editions_by_code", include_str!("../migrations/0032_editions_by_code.sql")),
    (33, "pairs_of_the_young", include_str!("../migrations/0033_pairs_of_the_young.sql")),
    (34, "roles_at_a_glance", include_str!("../migrations/0034_roles_at_a_glance.sql")),
];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (
    number #INT NOT NULL PRIMARY KEY, name #TEXT NOT NULL, at #INT NOT NULL)#STRICT;";

/// Brings the tables up to date.
///
/// # Errors
/// When a migration fails, or the database is newer than this program.
pub async fn run(db: &Db) -> Result<Vec<&'static str>, Fault> {
    db.make_migration_table(dialect::migration(db.engine(), TABLE)).await?;
    let done = applied(db).await?;
    if let Some(unknown) = done.iter().find(|number| MIGRATIONS.iter().all(|m| m.0 != **number)) {
        return Err(Fault::WrongDatabase(format!(
            "the database has migration {unknown}, which this program does not know; use a newer program"
        )));
    }
    let mut ran = Vec::new();
    for (number, name, sql) in MIGRATIONS.iter().filter(|m| !done.contains(&m.0)) {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let at = now.ok().and_then(|d| i64::try_from(d.as_micros()).ok()).unwrap_or(0);
        db.migrate(dialect::migration(db.engine(), sql), *number, name, at).await?;
        ran.push(*name);
    }
    Ok(ran)
}

/// What a look at the migrations finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Those that stand.
    pub applied: Vec<i64>,
    /// Those that the next start would run.
    pub pending: Vec<&'static str>,
    /// Those that this program does not know: it is too old.
    pub unknown: Vec<i64>,
}

/// Looks which migrations stand and which wait, changing nothing.
///
/// # Errors
/// When the database cannot be read.
pub async fn outlook(db: &Db) -> Result<Outlook, Fault> {
    let applied = applied(db).await?;
    let waits = |m: &&(i64, &'static str, &str)| !applied.contains(&m.0);
    let pending = MIGRATIONS.iter().filter(waits).map(|m| m.1).collect();
    let unknown = applied.iter().copied().filter(|n| MIGRATIONS.iter().all(|m| m.0 != *n)).collect();
    Ok(Outlook { applied, pending, unknown })
}

/// The numbers of the migrations that stand.
///
/// # Errors
/// When the database cannot be read.
pub async fn applied(db: &Db) -> Result<Vec<i64>, Fault> {
    let mut reading = db.reading().await?;
    let known = dialect::table_count(db.engine());
    if reading.tx().count(known, &vals!["schema_migrations"]).await? == 0 {
        return Ok(Vec::new());
    }
    let rows = reading.tx().rows("SELECT number FROM schema_migrations ORDER BY number", &[]).await?;
    rows.iter().map(|row| row.get("number")).collect()
}
