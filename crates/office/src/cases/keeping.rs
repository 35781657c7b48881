//! How a case is kept: with the moment at which Diwan looks at it again by
//! itself, and with who is party to it.

use diwan_domain::acts::Desk;
use diwan_domain::cases::Phase;
use diwan_domain::ids::PersonId;
use diwan_store::cases::{self, CasePartyRow, CaseRow};
use diwan_store::{Stop, Tx, tending};

/// A day in microseconds.
pub(crate) const A_DAY: i64 = 86_400_000_000;
/// How long before their last day applicants are reminded that we wait for them.
pub(crate) const REMINDED_BEFORE: i64 = 7 * A_DAY;
/// How long a finished case stays open to questions before it is closed.
pub(crate) const OPEN_AFTER_END: i64 = 30 * A_DAY;

/// When something happens to a case by itself, at the earliest. What exactly
/// is decided then, from the case as it is.
fn next_look(case: &CaseRow, now: i64) -> i64 {
    let in_a_month = now + 30 * A_DAY;
    match Phase::from_code(&case.phase) {
        Some(Phase::Draft) => case.touched_at + A_DAY,
        Some(Phase::Submitted | Phase::InProgress | Phase::Approved) => case.due_at.unwrap_or(in_a_month),
        Some(Phase::WaitingForApplicant) => {
            let due = case.due_at.unwrap_or(in_a_month);
            if due - REMINDED_BEFORE > now { due - REMINDED_BEFORE } else { due }
        }
        Some(Phase::Refused) => case.appeal_until.unwrap_or(in_a_month),
        Some(Phase::Fulfilled) => case.ended_at.unwrap_or(now) + OPEN_AFTER_END,
        Some(Phase::Closed | Phase::Withdrawn | Phase::Expired) | None => in_a_month,
    }
}

/// Keeps a changed case: of two who change it the second is told.
///
/// # Errors
/// [`diwan_domain::refusals::Why::ChangedMeanwhile`]; or the database fails.
pub(crate) async fn keep(tx: &mut Tx<'_>, at: &Desk, case: &mut CaseRow) -> Result<(), Stop> {
    tx.edit(case).await?;
    Ok(tending::look_at(tx, case.id, next_look(case, at.now), 0).await?)
}

/// Puts a new case under watch.
///
/// # Errors
/// When the database fails.
pub(crate) async fn watch(tx: &mut Tx<'_>, at: &Desk, case: &CaseRow) -> Result<(), Stop> {
    Ok(tending::look_at(tx, case.id, next_look(case, at.now), 0).await?)
}

/// Records who is the applicant and who the holder, where that is known and
/// was not recorded before. Someone else in the same role ends there.
///
/// # Errors
/// When the database fails.
pub(crate) async fn name_parties(tx: &mut Tx<'_>, at: &Desk, case: &CaseRow) -> Result<(), Stop> {
    let known = cases::parties(tx, case.id).await?;
    for (role, person) in [("applicant", case.applicant_id), ("holder", case.holder_id)] {
        let Some(person) = person else { continue };
        let mut stands = false;
        for mut party in known.iter().filter(|party| party.role == role).cloned() {
            if party.person_id == person {
                stands = true;
            } else {
                party.until = Some(at.now);
                tx.edit(&mut party).await?;
            }
        }
        if !stands {
            add_party(tx, at, case, role, person).await?;
        }
    }
    Ok(())
}

async fn add_party(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &CaseRow,
    role: &str,
    person: PersonId,
) -> Result<(), Stop> {
    let row = CasePartyRow {
        id: at.fresh(&format!("party/{role}")),
        case_id: case.id,
        person_id: person,
        role: role.to_owned(),
        since: at.now,
        until: None,
        version: 1,
    };
    Ok(tx.add(&row).await?)
}
