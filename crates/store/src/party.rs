//! Who comes together on one visit, who may be with them, and what was answered before an
//! appointment.

use crate::fault::Fault;
use crate::queue::AppointmentRow;
use crate::record;
use crate::tx::Tx;
use crate::vals;
use crate::value::Json;
use diwan_domain::ids::{AppointmentId, CaseId, CentreId, OfficerId, RowId, VisitId};

record! {
    /// One of several who come on one ticket.
    pub struct VisitPersonRow in "visit_people" {
        id: RowId,
        visit_id: VisitId,
        place: i64,
        service: Option<String>,
        case_id: Option<CaseId>,
        outcome: Option<String>,
        ended_at: Option<i64>,
        version: i64,
    }
}

record! {
    /// Who may be with somebody in a visit.
    pub struct CompanionRow in "companions" {
        id: RowId,
        visit_id: VisitId,
        centre_id: CentreId,
        place: i64,
        case_id: Option<CaseId>,
        known_by: String,
        said: String,
        relation: String,
        may: String,
        given: String,
        officer_id: OfficerId,
        since: i64,
        ended_at: Option<i64>,
        version: i64,
    }
}

record! {
    /// What somebody answered before they chose a time.
    pub struct AppointmentAnswersRow in "appointment_answers" {
        id: RowId,
        appointment_id: AppointmentId,
        service: String,
        edition: i64,
        answers: Json,
        forgotten_at: Option<i64>,
        version: i64,
    }
}

/// The people of a visit of whom something was said, by their place.
///
/// # Errors
/// When the database fails.
pub async fn people_of(tx: &mut Tx<'_>, visit: VisitId) -> Result<Vec<VisitPersonRow>, Fault> {
    tx.all("SELECT * FROM visit_people WHERE visit_id = $1 ORDER BY place", &vals![visit]).await
}

/// The companions of a visit, the first one first.
///
/// # Errors
/// When the database fails.
pub async fn companions_of(tx: &mut Tx<'_>, visit: VisitId) -> Result<Vec<CompanionRow>, Fault> {
    const OF: &str = "SELECT * FROM companions WHERE visit_id = $1 ORDER BY since, id LIMIT 200";
    tx.all(OF, &vals![visit]).await
}

/// The companions who are shown with a case, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn companions_in(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<CompanionRow>, Fault> {
    const IN: &str = "SELECT * FROM companions WHERE case_id = $1 ORDER BY since DESC, id LIMIT 50";
    tx.all(IN, &vals![case]).await
}

/// The companions of every visit that a case is of, whether or not they are shown with it,
/// the latest first.
///
/// # Errors
/// When the database fails.
pub async fn companions_around(tx: &mut Tx<'_>, case: CaseId) -> Result<Vec<CompanionRow>, Fault> {
    const AROUND: &str = "
        SELECT   c.* FROM visit_cases v JOIN companions c ON c.visit_id = v.visit_id
        WHERE    v.case_id = $1
        ORDER BY c.since DESC, c.id LIMIT 200";
    tx.all(AROUND, &vals![case]).await
}

/// Companions of a centre since before an instant whose name no case needs, and that is
/// still there.
///
/// # Errors
/// When the database fails.
pub async fn old_companions(
    tx: &mut Tx<'_>,
    centre: CentreId,
    before: i64,
    at_most: i64,
) -> Result<Vec<CompanionRow>, Fault> {
    const OLD: &str = "
        SELECT   * FROM companions
        WHERE    centre_id = $1 AND since < $2 AND case_id IS NULL AND said <> ''
        ORDER BY since LIMIT $3";
    tx.all(OLD, &vals![centre, before, at_most]).await
}

/// One companion.
///
/// # Errors
/// When the database fails.
pub async fn companion(tx: &mut Tx<'_>, id: RowId) -> Result<Option<CompanionRow>, Fault> {
    tx.one("SELECT * FROM companions WHERE id = $1", &vals![id]).await
}

/// What was answered before an appointment.
///
/// # Errors
/// When the database fails.
pub async fn answers_of(
    tx: &mut Tx<'_>,
    appointment: AppointmentId,
) -> Result<Option<AppointmentAnswersRow>, Fault> {
    const OF: &str = "SELECT * FROM appointment_answers WHERE appointment_id = $1";
    tx.one(OF, &vals![appointment]).await
}

/// The appointments that people of a visit came for, the one that was booked first before
/// the others.
///
/// # Errors
/// When the database fails.
pub async fn appointments_of(tx: &mut Tx<'_>, visit: VisitId) -> Result<Vec<AppointmentRow>, Fault> {
    const OF: &str = "SELECT * FROM appointments WHERE visit_id = $1 ORDER BY booked_at, id LIMIT 50";
    tx.all(OF, &vals![visit]).await
}
