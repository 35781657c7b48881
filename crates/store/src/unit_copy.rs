//! What a mobile unit takes along: the registers of one moment in a database of its own.
//! The journal, the acts, the public log, sessions, codes, messages that wait and what is
//! counted stay at home.

use crate::acts::{Boxed, Ended};
use crate::clients::ApiClientRow;
use crate::db::Db;
use crate::fault::{Fault, Stop};
use crate::officers::{ApiTokenRow, OfficerRow};
use crate::record::{Record, Table};
use crate::releases::ReleaseRow;
use crate::running::Job;
use crate::tables::GUARDED;
use crate::tx::Tx;
use crate::units;
use crate::vals;
use crate::value::{Row, Val};
use diwan_domain::ids::OfficerId;
use serde_json::Value;
use std::sync::Arc;

/// Rows that are read and written at a time.
const AT_ONCE: usize = 2_000;

/// Names by which people are found, and what else is derived and needed at a counter:
/// how it is read page by page, and how it is written.
const DERIVED: &[(&str, &str)] = &[(
    "SELECT   person_id, part, folded, skeleton, born_year FROM name_keys
         WHERE    person_id > $1 AND person_id <= $2",
    "INSERT INTO name_keys (person_id, part, folded, skeleton, born_year) VALUES ($1, $2, $3, $4, $5)",
)];

const WHOLE: &[(&str, &str)] = &[
    (
        "SELECT pair, place, person_id, third, fourth, born_year FROM name_pairs",
        "INSERT INTO name_pairs (pair, place, person_id, third, fourth, born_year) VALUES ($1, $2, $3, $4, $5, $6)",
    ),
    (
        "SELECT skeleton, backwards, bearers FROM name_sounds",
        "INSERT INTO name_sounds (skeleton, backwards, bearers) VALUES ($1, $2, $3)",
    ),
    (
        "SELECT declaration_id, office_id, state, kind, moved_at FROM declaration_work",
        "INSERT INTO declaration_work (declaration_id, office_id, state, kind, moved_at) VALUES ($1, $2, $3, $4, $5)",
    ),
    ("SELECT event_id FROM voided_events", "INSERT INTO voided_events (event_id) VALUES ($1)"),
    (
        "SELECT gone_id, kept_id FROM merged_people",
        "INSERT INTO merged_people (gone_id, kept_id) VALUES ($1, $2)",
    ),
    ("SELECT number_id FROM ended_numbers", "INSERT INTO ended_numbers (number_id) VALUES ($1)"),
    (
        "SELECT declaration_id, person_id FROM closed_work",
        "INSERT INTO closed_work (declaration_id, person_id) VALUES ($1, $2)",
    ),
    (
        "SELECT area, folded, person_id, entry_id FROM said_addresses",
        "INSERT INTO said_addresses (area, folded, person_id, entry_id) VALUES ($1, $2, $3, $4)",
    ),
    // The mark of the key of factors is the unit's own.
    (
        "SELECT name, value FROM marks WHERE name <> 'factors' AND name <> 'unit'",
        "INSERT INTO marks (name, value) VALUES ($1, $2)",
    ),
    // What waits to be typeset at home is typeset at home: here it is never tried.
    (
        "SELECT id FROM documents WHERE state = 'intended'",
        "INSERT INTO unmade_papers (document_id, tries, tried_at, again_at) VALUES ($1, 1, 0, 9223372036854775807)",
    ),
];

/// Who may sign in to the unit, and how.
pub struct Choice<'a> {
    /// Its officers.
    pub officers: &'a [OfficerId],
    /// Seals an officer's secrets under the unit's key.
    pub reseal: &'a (dyn Fn(&mut OfficerRow) + Sync),
}

impl Choice<'_> {
    /// A row as the unit takes it along: nobody but its officers has a way in.
    fn taken(&self, table: &Table, row: Row) -> Result<Vec<Val>, Fault> {
        if table.name == <OfficerRow as Record>::TABLE.name {
            let mut officer = OfficerRow::from_row(&row)?;
            officer.invitation_hash = None;
            if self.officers.contains(&officer.id) {
                (self.reseal)(&mut officer);
            } else {
                officer.password_hash = None;
                officer.totp_secret = None;
            }
            return Ok(officer.values());
        }
        if table.name == <ApiTokenRow as Record>::TABLE.name {
            let mut token = ApiTokenRow::from_row(&row)?;
            let stays = token.officer_id.is_some_and(|officer| self.officers.contains(&officer));
            token.ended_at = token.ended_at.or(Some(0).filter(|_| !stays));
            return Ok(token.values());
        }
        if table.name == <ApiClientRow as Record>::TABLE.name {
            let mut client = ApiClientRow::from_row(&row)?;
            client.ended_at = client.ended_at.or(Some(0));
            return Ok(client.values());
        }
        if table.name == <ReleaseRow as Record>::TABLE.name {
            // Before the draw its seed is nobody's to see, and stays at home.
            let mut release = ReleaseRow::from_row(&row)?;
            if release.drawn_at.is_none() {
                release.seed.clear();
            }
            return Ok(release.values());
        }
        Ok(row.values)
    }
}

/// Copies what a unit needs from one moment of `from` into the empty database `into`, and
/// marks it as that unit's. Returns how many rows were copied.
///
/// # Errors
/// When a database fails.
pub async fn copy(from: &Db, into: &Db, installation: &str, choice: &Choice<'_>) -> Result<u64, Fault> {
    let mut source = from.snapshot().await?;
    let mut tx = source.tx();
    let mut count = 0;
    // Acts that wait for a person at home are whole, and no business of the unit; and who
    // is called back is none of the centre's own.
    let stays =
        [<units::ConflictRow as Record>::TABLE.name, <crate::call_backs::CallBackRow as Record>::TABLE.name];
    for table in GUARDED.iter().filter(|table| !stays.contains(&table.name)) {
        let people = table.name == <crate::people::PersonRow as Record>::TABLE.name;
        let insert: &'static str = Box::leak(table.insert_sql().into_boxed_str());
        let mut after = Val::Id([0; 16]);
        loop {
            let rows = tx.rows(crate::verify::paged(table), std::slice::from_ref(&after)).await?;
            let Some(last) = rows.last().and_then(|row| row.values.first().cloned()) else { break };
            let last = id_of(&last)?;
            if people {
                for (read, write) in DERIVED {
                    count += all_of(&mut tx, into, read, &[after.clone(), last.clone()], write).await?;
                }
            }
            let rows = rows.into_iter().map(|row| choice.taken(table, row)).collect::<Result<_, _>>()?;
            count += keep(into, insert, rows).await?;
            after = last;
        }
    }
    for (read, write) in WHOLE {
        count += all_of(&mut tx, into, read, &[], write).await?;
    }
    const SET: &str = "INSERT INTO marks (name, value) VALUES ($1, $2)";
    keep(into, SET, vec![vals![units::MARK, installation].to_vec()]).await?;
    Ok(count)
}

/// An identifier as both engines compare it.
fn id_of(val: &Val) -> Result<Val, Fault> {
    match val {
        Val::Id(id) => Ok(Val::Id(*id)),
        Val::Bytes(bytes) => bytes.as_slice().try_into().map(Val::Id).map_err(|_| Fault::shape("id")),
        _ => Err(Fault::shape("id")),
    }
}

async fn all_of(
    tx: &mut Tx<'_>,
    into: &Db,
    read: &'static str,
    values: &[Val],
    write: &'static str,
) -> Result<u64, Fault> {
    let rows = tx.rows(read, values).await?;
    keep(into, write, rows.into_iter().map(|row| row.values).collect()).await
}

async fn keep(into: &Db, sql: &'static str, rows: Vec<Vec<Val>>) -> Result<u64, Fault> {
    let count = rows.len() as u64;
    for some in rows.chunks(AT_ONCE) {
        let job = Keep { sql, rows: some.to_vec() };
        match into.transact(Arc::new(job)).await {
            Ok(_) => {}
            Err(Stop::Fault(fault)) => return Err(fault),
            Err(other) => return Err(Fault::Outside(other.to_string())),
        }
    }
    Ok(count)
}

struct Keep {
    sql: &'static str,
    rows: Vec<Vec<Val>>,
}

impl Job for Keep {
    fn run<'a>(&'a self, tx: &'a mut Tx<'_>) -> Boxed<'a, Ended> {
        Box::pin(async move {
            for values in &self.rows {
                if let Err(fault) = tx.write(self.sql, values.clone(), false).await {
                    return Ended::Undo(fault.into());
                }
            }
            match tx.flush().await {
                Ok(()) => Ended::Commit(Value::Null),
                Err(fault) => Ended::Undo(fault.into()),
            }
        })
    }
}
