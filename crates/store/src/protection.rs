//! Whose records are closed to all but those let in by name, and what is closed with
//! them.

use crate::cases::CaseRow;
use crate::civil::EntryRow;
use crate::declarations::DeclarationRow;
use crate::fault::Fault;
use crate::people;
use crate::tx::Tx;
use crate::vals;
use diwan_domain::ids::{DeclarationId, EventId, OfficerId, PersonId};
use std::collections::{BTreeMap, BTreeSet};

/// Into whose records an officer was let in by name.
///
/// # Errors
/// When the database fails.
pub async fn let_into(tx: &mut Tx<'_>, officer: OfficerId) -> Result<BTreeSet<PersonId>, Fault> {
    const LET_IN: &str = "SELECT person_id FROM record_grants WHERE officer_id = $1 AND ended_at IS NULL";
    tx.rows(LET_IN, &vals![officer]).await?.iter().map(|row| row.get("person_id")).collect()
}

/// Whether a case is about someone whose record is closed to an officer: its
/// applicant, its holder, or anyone in the entry it is tied to.
///
/// # Errors
/// When the database fails.
pub async fn hides_case(tx: &mut Tx<'_>, case: &CaseRow, officer: OfficerId) -> Result<bool, Fault> {
    const HIDDEN: &str = "
        SELECT COUNT(*) AS n FROM persons p
        WHERE  p.protected <> 0
          AND  (p.id = $1 OR p.id = $2
                OR p.id IN (SELECT r.person_id FROM register_entries e
                            JOIN   event_roles r ON r.event_id = e.event_id WHERE e.id = $3))
          AND  NOT EXISTS (SELECT 1 FROM record_grants g
                           WHERE  g.person_id = p.id AND g.officer_id = $4 AND g.ended_at IS NULL)";
    if case.applicant_id.is_none() && case.holder_id.is_none() && case.entry_id.is_none() {
        return Ok(false);
    }
    Ok(tx.count(HIDDEN, &vals![case.applicant_id, case.holder_id, case.entry_id, officer]).await? > 0)
}

/// Whether an entry names someone whose record is closed, other than the one who asks.
///
/// # Errors
/// When the database fails.
pub async fn names_closed(tx: &mut Tx<'_>, entry: &EntryRow, asks: PersonId) -> Result<bool, Fault> {
    const CLOSED: &str = "
        SELECT COUNT(*) AS n FROM persons p
        WHERE  p.protected <> 0 AND p.id <> $2
          AND  p.id IN (SELECT r.person_id FROM event_roles r WHERE r.event_id = $1)";
    Ok(tx.count(CLOSED, &vals![entry.event_id, asks]).await? > 0)
}

/// The people whose records are closed, those closed last first.
///
/// # Errors
/// When the database fails.
pub async fn protected(tx: &mut Tx<'_>, at_most: i64) -> Result<Vec<PersonId>, Fault> {
    const CLOSED: &str = "SELECT id FROM persons WHERE protected <> 0 ORDER BY id DESC LIMIT $1";
    tx.rows(CLOSED, &vals![at_most]).await?.iter().map(|row| row.get("id")).collect()
}

/// The records that count as a person's own beside theirs.
///
/// # Errors
/// When the database fails.
pub async fn merged_into(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<PersonId>, Fault> {
    const GONE: &str = "SELECT gone_id FROM merged_people WHERE kept_id = $1 ORDER BY gone_id";
    tx.rows(GONE, &vals![person]).await?.iter().map(|row| row.get("gone_id")).collect()
}

/// Everyone whom what a declaration says ties to the register.
fn tied_in(row: &DeclarationRow) -> Vec<PersonId> {
    let said: BTreeMap<String, serde_json::Value> = serde_json::from_str(&row.content).unwrap_or_default();
    let tied = said.iter().filter(|(field, _)| field.ends_with(".person"));
    tied.filter_map(|(_, person)| person.as_str()?.parse().ok()).collect()
}

/// Notes that a declaration ties someone whose record is closed, for the counts of its
/// office.
///
/// # Errors
/// When the database fails.
pub async fn note_closed(tx: &mut Tx<'_>, row: &DeclarationRow) -> Result<(), Fault> {
    for person in tied_in(row) {
        if people::person(tx, person).await?.is_some_and(|known| known.protected) {
            close_work(tx, row.id, person).await?;
        }
    }
    Ok(())
}

async fn close_work(tx: &mut Tx<'_>, declaration: DeclarationId, person: PersonId) -> Result<(), Fault> {
    const CLOSE: &str = "
        INSERT INTO closed_work (declaration_id, person_id) VALUES ($1, $2)
        ON CONFLICT (declaration_id, person_id) DO NOTHING";
    tx.side(CLOSE, &vals![declaration, person]).await
}

/// Closes or opens, for the counts of offices, every declaration that ties a person.
/// Every declaration is read for it: people are protected seldom.
///
/// # Errors
/// When the database fails.
pub async fn close_work_of(tx: &mut Tx<'_>, person: PersonId, closed: bool) -> Result<(), Fault> {
    const TYING: &str = "
        SELECT   d.* FROM declarations d WHERE d.content LIKE $1 ORDER BY d.id LIMIT 10000";
    if !closed {
        return tx.side("DELETE FROM closed_work WHERE person_id = $1", &vals![person]).await;
    }
    let rows: Vec<DeclarationRow> = tx.all(TYING, &vals![format!("%{person}%")]).await?;
    for row in rows.iter().filter(|row| tied_in(row).contains(&person)) {
        close_work(tx, row.id, person).await?;
    }
    Ok(())
}

/// The entries that stand, name a person and are closed by themselves, whoever else stands
/// in them.
///
/// # Errors
/// When the database fails.
pub async fn closed_entries_naming(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<EntryRow>, Fault> {
    const CLOSED: &str = "
        SELECT   e.* FROM register_entries e JOIN event_roles r ON r.event_id = e.event_id
        WHERE    r.person_id IN (SELECT $1
                    UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND    e.protected <> 0
          AND    NOT EXISTS (SELECT 1 FROM voided_events v WHERE v.event_id = e.event_id)
        ORDER BY e.recorded_at, e.id";
    tx.all(CLOSED, &vals![person]).await
}

/// The close family of a person with the event that ties each, as [`crate::civil::close_family`] has it.
///
/// # Errors
/// When the database fails.
pub async fn family_by_event(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<(EventId, PersonId)>, Fault> {
    const TIES: &str = "
        SELECT   own.event_id,
                 COALESCE((SELECT kept_id FROM merged_people WHERE gone_id = other.person_id), other.person_id) AS person
        FROM     event_roles own JOIN event_roles other ON other.event_id = own.event_id AND other.id <> own.id
        WHERE    own.person_id IN (SELECT $1 UNION ALL SELECT gone_id FROM merged_people WHERE kept_id = $1)
          AND    own.role IN ('child', 'mother', 'father', 'husband', 'wife')
          AND    ((own.role = 'child' AND other.role IN ('mother', 'father'))
               OR (own.role IN ('mother', 'father') AND other.role = 'child')
               OR (own.role IN ('husband', 'wife') AND other.role IN ('husband', 'wife')))
          AND    NOT EXISTS (SELECT 1 FROM voided_events v WHERE v.event_id = own.event_id)
        ORDER BY own.event_id, person";
    let rows = tx.rows(TIES, &vals![person]).await?;
    rows.iter().map(|row| Ok((row.get("event_id")?, row.get("person")?))).collect()
}
