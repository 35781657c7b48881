//! Certificates of many entries at once, for a hospital or a mission that asks for them
//! by law: an officer picks the entries, sees how many will be issued and why others
//! will not, and sets it going; papers are ordered in the background, one act for each
//! entry, so that a run that was killed goes on where it was. Papers that are made for
//! people (the extract of a family, the single-status paper) are issued for those whom
//! the institution lists by number.
//!
//! Each entry or person has a case of the certificate's service, with its own number, fee, paper,
//! check code and journal. What the service's rules leave to an officer is left out and
//! goes the ordinary way; nobody decides on an entry that a rule would not approve.

mod acts;
mod judging;
mod listed;
mod printing;
mod run;

pub use acts::{BeginBulk, IssueListed, IssueOneInBulk, MoveBulk, What};
pub use diwan_store::bulk::{newest, progress, unmade};
pub use judging::{Foreseen, MOST, foresee};
pub use printing::{AT_ONCE, PrintBulk, bytes_of, files_of};
pub use run::issue_waiting;

use crate::acting::acting;
use diwan_domain::acts::Desk;
use diwan_domain::ids::{BulkId, CaseId, EntryId};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_domain::services::{Question, QuestionKind, RegisterKind, Service};
use diwan_store::bulk::{self, BulkRow};
use diwan_store::{Fault, Stop, Tx};

/// Whether certificates of a service are issued in bulk: those that the register alone
/// can fill.
#[must_use]
pub fn is_offered(service: &Service) -> bool {
    crate::cases::certifying::certified(service).is_some()
}

/// Whether a service's papers are made for people, whom the institution lists, and not
/// for entries, which are picked by place and day.
#[must_use]
pub fn is_for_people(service: &Service) -> bool {
    use RegisterKind as R;
    matches!(crate::cases::certifying::certified(service), Some(R::Person | R::Family))
}

/// The questions that all papers of a bulk issue share: choices, and what is answered by
/// yes or no; but for the one by which an applicant claims a right, and those that depend
/// on other answers.
#[must_use]
pub fn shared_questions(service: &Service) -> Vec<&Question> {
    let chosen = |question: &&Question| {
        matches!(question.kind, QuestionKind::Choice | QuestionKind::Choices | QuestionKind::YesNo)
            && question.ask.is_none()
            && !service.claims_by(&question.key)
    };
    service.questions.iter().filter(chosen).collect()
}

/// What became of one entry, or of one line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The entry's number, or the one that was listed.
    pub number: String,
    /// The entry; `None` for a line of a list.
    pub entry: Option<EntryId>,
    /// The place in the list, from one on; `None` for an entry.
    pub place: Option<i64>,
    /// Its case, where a paper was ordered.
    pub case: Option<CaseId>,
    /// Why no paper was made: a stable code.
    pub why: Option<String>,
}

/// What became of each entry, by entry, or of each line of the list, in its order.
///
/// # Errors
/// When the database fails.
pub async fn lines(tx: &mut Tx<'_>, id: BulkId) -> Result<Vec<Line>, Fault> {
    let entries = bulk::lines(tx, id).await?.into_iter().map(|line| Line {
        number: line.entry_number,
        entry: Some(line.entry_id),
        place: None,
        case: line.case_id,
        why: line.why,
    });
    let people = bulk::people(tx, id).await?.into_iter().map(|line| Line {
        number: line.number,
        entry: None,
        place: Some(line.place),
        case: line.case_id,
        why: line.why,
    });
    Ok(entries.chain(people).collect())
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
