//! At a counter: a case that someone brings is opened, and a paper is printed
//! before the person comes for it.

use super::course::{mark_done, proceed};
use super::keeping::keep;
use super::work::parties_of;
use super::{Access, definition, open, open_for};
use crate::acting::{acting, not_family};
use crate::messages::{self, Template};
use diwan_domain::acts::Desk;
use diwan_domain::ids::{CaseId, DocumentId};
use diwan_domain::journal::Entry;
use diwan_domain::people::{Channel, Permission};
use diwan_domain::proxies::Deed;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::StepKind;
use diwan_store::{Act, Recorded, Stop, Tx, documents};
use serde::{Deserialize, Serialize};

/// Opens a case that someone brings to a counter. The person can see that it
/// was looked at.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenAtCounter {
    /// Which case.
    pub case: CaseId,
}

impl Act for OpenAtCounter {
    const NAME: &'static str = "open-at-counter";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let acting = acting(tx, at, Permission::AssistCases).await?;
        let case = open(tx, at, self.case, &Access::default()).await?;
        not_family(tx, &acting.officer, parties_of(&case)).await?;
        let person = case.holder_id.or(case.applicant_id);
        let entry = Entry::new("case-opened", "case", case.id).of(person).with("at", "counter");
        // Whoever stands at the counter with a ticket came for this; whoever calls did not.
        let visit = if at.channel == Channel::Telephone {
            None
        } else {
            crate::queue::visited(tx, at, acting.officer.id, case.id).await?
        };
        Ok(Recorded::new((), entry).and_all(visit))
    }
}

/// Prints a sealed document at a counter, so that it lies ready; the applicant
/// is told. It is handed over by [`crate::documents::ReleaseDocument`].
#[derive(Debug, Serialize, Deserialize)]
pub struct PrintDocument {
    /// Which document.
    pub document: DocumentId,
}

impl Act for PrintDocument {
    const NAME: &'static str = "print-document";
    /// The hash of its bytes.
    type Out = String;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        acting(tx, at, Permission::AssistCases).await?;
        let document = documents::document(tx, self.document).await?.ok_or(Why::NotFound)?;
        let mut case = open_for(tx, at, document.case_id, &Access::default(), Deed::Fetch).await?;
        if document.ended_at.is_some() || document.released_at.is_some() {
            return Err(Why::DocumentEnded.into());
        }
        if case.paid_minor_units < case.fee_minor_units {
            return Err(Why::FeeOpen.into());
        }
        let hash = document.file_hash.clone().ok_or(Why::DocumentFailed)?;
        let published = definition(tx, &case).await?;
        let step = case.step.as_deref().and_then(|key| published.service.step(key));
        let Some(step) = step.filter(|step| step.kind == StepKind::Print) else {
            return Err(Refusal::from(Why::WrongPhase).about("found", &case.phase).into());
        };
        mark_done(&mut case, &step.key);
        case.touched_at = at.now;
        let entries = proceed(tx, at, &mut case).await?;
        keep(tx, at, &mut case).await?;
        messages::tell(tx, at, &case, Template::Ready).await?;
        let entry = Entry::new("document-printed", "document", document.id)
            .of(document.holder_id)
            .with("case", case.id.to_string());
        Ok(Recorded::new(hash, entry).and_all(entries))
    }
}
