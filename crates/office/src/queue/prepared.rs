//! What somebody answered before they chose a time: it travels with their appointment, so
//! that their case begins with it, and is forgotten with it.

use crate::acting::acting;
use crate::catalogue;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{AppointmentId, OfficerId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::queue::State;
use diwan_domain::queue::slots::Standing;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::preparing::kept;
use diwan_domain::services::{Answers, Facts};
use diwan_store::party::{self, AppointmentAnswersRow};
use diwan_store::queue::{self, AppointmentRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, cases};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Keeps what was answered with an appointment: by whoever holds its code, while it is
/// open. Only answers to the questions that decide what must be brought are kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeepAnswers {
    /// The appointment's code.
    pub code: String,
    /// The answers by question.
    pub answers: Answers,
}

impl Act for KeepAnswers {
    const NAME: &'static str = "keep-answers";
    /// How many were kept.
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let row = queue::appointment(tx, &self.code).await?.ok_or(Why::NotFound)?;
        if matches!(at.actor, Actor::Officer(_)) {
            let officer = acting(tx, at, Permission::ServeQueue).await?.officer;
            if officer.centre_id != Some(row.centre_id) {
                return Err(Why::NotFound.into());
            }
        }
        if row.standing != Standing::Open.code() {
            return Err(Refusal::from(Why::StepImpossible).about("state", row.standing).into());
        }
        let service = row.service.clone().ok_or(Why::ServiceClosed)?;
        let today = crate::desk::day_of(at.now, at.utc_offset_minutes);
        let published = catalogue::newest_at(tx, at, &service, &today.to_string()).await?;
        let published = published.ok_or(Why::ServiceClosed)?;
        let answers = kept(&published.service, &self.answers, &Facts::unknown(today));
        let count = answers.len() as i64;
        let edition = i64::from(published.service.version);
        match party::answers_of(tx, row.id).await? {
            Some(mut known) => {
                if known.answers.0 == json!(answers) {
                    return Err(Why::NothingChanges.into());
                }
                known.answers = Json(json!(answers));
                known.edition = edition;
                tx.edit(&mut known).await?;
            }
            None => {
                let known = AppointmentAnswersRow {
                    id: at.fresh("answers"),
                    appointment_id: row.id,
                    service,
                    edition,
                    answers: Json(json!(answers)),
                    forgotten_at: None,
                    version: 1,
                };
                tx.add(&known).await?;
            }
        }
        // Which questions they were is no more in the journal than what was answered.
        let entry = Entry::new("appointment-answers-kept", "appointment", row.id).with("count", count);
        Ok(Recorded::new(count, entry))
    }
}

/// An appointment is over: what was answered for it is forgotten.
pub(super) async fn forget_answers(
    tx: &mut Tx<'_>,
    at: &Desk,
    appointment: AppointmentId,
) -> Result<(), Stop> {
    let Some(mut row) = party::answers_of(tx, appointment).await? else { return Ok(()) };
    if row.forgotten_at.is_some() {
        return Ok(());
    }
    row.answers = Json(json!({}));
    row.forgotten_at = Some(at.now);
    tx.edit(&mut row).await
}

fn read(row: AppointmentAnswersRow) -> Option<Answers> {
    row.forgotten_at.is_none().then(|| serde_json::from_value(row.answers.0).unwrap_or_default())
}

/// What was answered for an appointment and is not forgotten.
///
/// # Errors
/// When the database fails.
pub async fn answers_of(tx: &mut Tx<'_>, row: &AppointmentRow) -> Result<Option<Answers>, Fault> {
    Ok(party::answers_of(tx, row.id).await?.and_then(read))
}

/// What whoever this officer serves answered before they came, for a service: the first case
/// of it in their visit begins with it, and no other person's.
pub(crate) async fn prepared_for(
    tx: &mut Tx<'_>,
    officer: OfficerId,
    service: &str,
) -> Result<Option<Answers>, Fault> {
    let Some(sitting) = queue::sitting_of(tx, officer).await? else { return Ok(None) };
    let Some(ticket) = queue::at_counter(tx, sitting.counter_id).await? else { return Ok(None) };
    // Whoever sits there serves it, even if a colleague who had to go called it.
    if ticket.state != State::Serving.code() {
        return Ok(None);
    }
    for tied in queue::cases_of(tx, ticket.visit_id).await? {
        if cases::case(tx, tied.case_id).await?.is_some_and(|case| case.service == service) {
            return Ok(None);
        }
    }
    for appointment in party::appointments_of(tx, ticket.visit_id).await? {
        let answers = party::answers_of(tx, appointment.id).await?;
        if let Some(answers) = answers.filter(|row| row.service == service).and_then(read) {
            return Ok(Some(answers));
        }
    }
    Ok(None)
}
