//! A wrong person was confirmed as the applicant of a case: the right one takes their place,
//! and what rested on the wrong one is done anew.

use super::course::open_again;
use super::keeping::{keep, name_parties};
use super::work::DECIDED_ANEW;
use super::{Access, advance, definition, fees, go_on, open, phase_of};
use crate::acting::{acting, not_family, second_pair_of_eyes};
use crate::civil::{may_see, relation_of, tie_on};
use crate::documents;
use diwan_domain::acts::Desk;
use diwan_domain::cases::Phase;
use diwan_domain::ids::{CaseId, OfficerId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::people::{Channel, Permission};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::cases::CaseRow;
use diwan_store::{Act, Recorded, Stop, Tx, journal};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Puts the right person in the place of one whom an officer confirmed by mistake. Of a case
/// that was sent another officer does it than who made the mistake.
#[derive(Debug, Serialize, Deserialize)]
pub struct CorrectApplicant {
    /// Of which case.
    pub case: CaseId,
    /// Who it really is, in the register.
    pub person: PersonId,
    /// What they showed.
    pub shown: String,
    /// How the mistake came about.
    pub reason: String,
}

impl Act for CorrectApplicant {
    const NAME: &'static str = "correct-applicant";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let acting = acting(tx, at, Permission::VerifyIdentity).await?;
        if at.channel == Channel::Telephone {
            // Nobody shows anything through a telephone line.
            return Err(Why::CallerUnproven.into());
        }
        let mut case = open(tx, at, self.case, &Access::default()).await?;
        if !may_see(tx, &acting, self.person).await? {
            return Err(Why::NotFound.into());
        }
        let before = case.applicant_id.ok_or(Why::IdentityUnproven)?;
        not_family(tx, &acting.officer, [Some(before), Some(self.person), case.holder_id]).await?;
        if self.shown.trim().is_empty() || self.reason.trim().is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        if before == self.person {
            return Err(Why::NothingChanges.into());
        }
        let confirmed_by = confirmed_by(tx, &case).await?;
        let is_sent = case.submitted_at.is_some();
        if is_sent {
            second_pair_of_eyes(tx, &acting.officer, [confirmed_by]).await?;
        }
        let phase = still_open(tx, &case).await?;
        case.applicant_id = Some(self.person);
        case.touched_at = at.now;
        look_up_anew(tx, at, &mut case).await?;
        fees::told_to_nobody(&mut case);
        let entry = Entry::new("identity-corrected", "case", case.id)
            .of(Some(self.person))
            .under(self.reason.trim())
            .with("shown", self.shown.trim())
            .with("from", before.to_string())
            .with("officer", acting.officer.id.to_string());
        let mut entries = Vec::new();
        if is_sent {
            entries = undo(tx, at, &mut case, self.reason.trim()).await?;
            if phase == Phase::WaitingForApplicant {
                name_parties(tx, at, &case).await?;
            } else {
                case.office_id = None;
                entries.extend(go_on(tx, at, &mut case).await?);
            }
        }
        keep(tx, at, &mut case).await?;
        tx.announce("case", case.id);
        Ok(Recorded::new((), entry).and_all(entries))
    }
}

/// The officer who confirmed the applicant of a case last. Whom a wallet or the register
/// proved is no officer's mistake.
async fn confirmed_by(tx: &mut Tx<'_>, case: &CaseRow) -> Result<OfficerId, Stop> {
    let told = journal::about(tx, "case", &case.id.to_string()).await?;
    let confirmed = told
        .iter()
        .rfind(|entry| matches!(entry.kind.as_str(), "identity-verified" | "identity-corrected"))
        .and_then(|entry| entry.body["facts"]["officer"].as_str()?.parse().ok());
    confirmed.ok_or_else(|| Refusal::from(Why::WrongPhase).about("found", "identity").into())
}

/// Refuses a case that ended, whose paper is in somebody's hand, or whose notice stands in
/// the register: there the mistake is mended by withdrawing it, revoking or correcting.
async fn still_open(tx: &mut Tx<'_>, case: &CaseRow) -> Result<Phase, Stop> {
    let found = |what: &str| Stop::from(Refusal::from(Why::WrongPhase).about("found", what));
    let phase = phase_of(case)?;
    let is_open =
        matches!(phase, Phase::Draft | Phase::InProgress | Phase::WaitingForApplicant | Phase::Approved);
    let papers = documents::of_case(tx, case.id).await?;
    if !is_open || papers.iter().any(|paper| paper.released_at.is_some()) {
        return Err(found(&case.phase));
    }
    if case.submitted_at.is_some() && definition(tx, case).await?.service.declares.is_some() {
        return Err(found("register"));
    }
    Ok(phase)
}

/// What the register said of the wrong person is forgotten. An entry that somebody chose
/// stays, with the relation that the right one has to it.
async fn look_up_anew(tx: &mut Tx<'_>, at: &Desk, case: &mut CaseRow) -> Result<(), Stop> {
    let is_chosen = case.facts.0["tied-by-hand"] == true || case.submitted_at.is_none();
    match (case.holder_id, case.applicant_id) {
        (Some(holder), Some(applicant)) if is_chosen => {
            let today = crate::desk::day_of(at.now, at.utc_offset_minutes);
            let tie = tie_on(tx, applicant, holder, today).await?;
            case.relation = Some(relation_of(applicant, holder, tie).code().into());
        }
        _ => {
            case.relation = None;
            case.holder_id = None;
            case.entry_id = None;
            case.area_id = None;
            case.facts.0["several"] = json!([]);
        }
    }
    Ok(())
}

/// What was decided was decided for the wrong person.
async fn undo(tx: &mut Tx<'_>, at: &Desk, case: &mut CaseRow, reason: &str) -> Result<Vec<Entry>, Stop> {
    let published = definition(tx, case).await?;
    if phase_of(case)? == Phase::Approved {
        advance(case, Phase::InProgress)?;
    }
    case.decided_by = None;
    case.decided_rule = None;
    case.decided_at = None;
    case.assigned_to = None;
    case.assigned_at = None;
    open_again(case, &DECIDED_ANEW, &published.service);
    documents::end_all_of(tx, at, case, reason).await
}
