//! An officer writes to the applicant without asking anything.

use super::for_officer;
use super::keeping::keep;
use super::work::parties_of;
use crate::acting::not_family;
use crate::messages;
use diwan_domain::acts::Desk;
use diwan_domain::ids::CaseId;
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_store::{Act, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};

/// Writes to the applicant of a case. The words are read on the case's page;
/// the message to the phone says only that they are there.
#[derive(Debug, Serialize, Deserialize)]
pub struct WriteToApplicant {
    /// Which case.
    pub case: CaseId,
    /// What is written.
    pub words: String,
}

impl Act for WriteToApplicant {
    const NAME: &'static str = "write-to-applicant";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let (acting, mut case) = for_officer(tx, at, self.case, Permission::SeeCases).await?;
        if case.assigned_to != Some(acting.officer.id) && !acting.may(Permission::SuperviseCases) {
            return Err(Why::NotAssigned.into());
        }
        not_family(tx, &acting.officer, parties_of(&case)).await?;
        let words = self.words.trim();
        if words.is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        case.touched_at = at.now;
        keep(tx, at, &mut case).await?;
        messages::write_to_applicant(tx, at, &case, words).await?;
        Ok(Recorded::new((), Entry::new("applicant-written-to", "case", case.id).of(case.applicant_id)))
    }
}
