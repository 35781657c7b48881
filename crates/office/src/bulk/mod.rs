//! Certificates of many entries at once, for a hospital or a mission that asks for them
//! by law: an officer picks the entries, sees how many will be issued and why others
//! will not, and sets it going; papers are ordered in the background, one act for each
//! entry, so that a run that was killed goes on where it was.
//!
//! Each entry has a case of the certificate's service, with its own number, fee, paper,
//! check code and journal. What the service's rules leave to an officer is left out and
//! goes the ordinary way; nobody decides on an entry that a rule would not approve.

mod acts;
mod judging;
mod printing;
mod run;

pub use acts::{BeginBulk, IssueOneInBulk, MoveBulk, What};
pub use diwan_store::bulk::{lines, newest, progress};
pub use judging::{Foreseen, MOST, foresee};
pub use printing::{AT_ONCE, PrintBulk, bytes_of, files_of};
pub use run::issue_waiting;

use crate::acting::acting;
use diwan_domain::acts::Desk;
use diwan_domain::ids::BulkId;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_domain::services::{Question, QuestionKind, RegisterKind, Service};
use diwan_store::bulk::{self, BulkRow};
use diwan_store::{Stop, Tx};

/// Whether certificates of a service are issued in bulk: those of one entry. A paper of
/// a person or a family says more than an entry, and is asked for by one who may.
#[must_use]
pub fn is_offered(service: &Service) -> bool {
    use RegisterKind as R;
    matches!(
        crate::cases::certifying::certified(service),
        Some(R::Birth | R::Death | R::Marriage | R::Divorce)
    )
}

/// The questions that all papers of a bulk issue share: choices, but for the one by which
/// an applicant claims a right, and those that depend on other answers.
#[must_use]
pub fn shared_questions(service: &Service) -> Vec<&Question> {
    let chosen = |question: &&Question| {
        matches!(question.kind, QuestionKind::Choice | QuestionKind::Choices)
            && question.ask.is_none()
            && !service.claims_by(&question.key)
    };
    service.questions.iter().filter(chosen).collect()
}

/// A bulk issue of the officer's own office.
///
/// # Errors
/// [`Why::NotFound`], [`Why::NotPermitted`]; or the database fails.
pub async fn of_officer(tx: &mut Tx<'_>, at: &Desk, id: BulkId) -> Result<BulkRow, Stop> {
    let officer = acting(tx, at, Permission::IssueInBulk).await?.officer;
    let office = officer.office_id.ok_or(Why::NotFound)?;
    Ok(bulk::bulk_within(tx, id, office).await?.ok_or(Why::NotFound)?)
}
