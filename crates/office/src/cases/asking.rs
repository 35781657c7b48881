//! What the applicant does with a finished draft, and after: send, answer what
//! was asked, appeal, withdraw.

use super::course::{foresee_person, open_again, proceed};
use super::following::entry_is_revoked;
use super::keeping::keep;
use super::{Access, answers, certifying, definition, facts_of, open_for};
use crate::civil::of_cases;
use crate::messages::{self, Template};
use crate::telephone::{if_by_telephone, tell_done};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::cases::Phase;
use diwan_domain::civil::Step;
use diwan_domain::ids::{CaseId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::proxies::Deed;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::{StepKind, next_unanswered};
use diwan_store::cases::{self, CaseRow};
use diwan_store::{Act, Recorded, Stop, Tx, people};
use serde::{Deserialize, Serialize};

pub(crate) fn phase_of(case: &CaseRow) -> Result<Phase, Stop> {
    Phase::from_code(&case.phase).ok_or_else(|| Why::WrongPhase.into())
}

/// Moves a case to another phase, if the law knows the move.
pub(crate) fn advance(case: &mut CaseRow, wanted: Phase) -> Result<(), Stop> {
    case.phase = phase_of(case)?.to(wanted)?.code().to_owned();
    Ok(())
}

/// Sends a finished draft.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendCase {
    /// The case.
    pub case: CaseId,
    /// What opens it.
    pub access: Access,
}

impl Act for SendCase {
    const NAME: &'static str = "send-case";
    type Out = String;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        if tx.foresees() {
            cases::case(tx, self.case).await?;
            cases::uploads(tx, self.case).await?;
            cases::parties(tx, self.case).await?;
            if let Actor::Account(id) = at.actor {
                people::account(tx, id).await?;
            }
            tx.ask_foreseen().await?;
        }
        let mut case = open_for(tx, at, self.case, &self.access, Deed::Apply).await?;
        match at.actor {
            // Whoever acts for another applies in that person's name.
            Actor::Account(_) if at.on_behalf.is_some() && case.applicant_id == at.on_behalf => {}
            Actor::Account(id) => {
                case.account_id = Some(id);
                if at.assurance.is_proven() {
                    case.applicant_id = people::account(tx, id).await?.and_then(|account| account.person_id);
                }
            }
            Actor::Officer(_) => {
                // What somebody else consented to who was taken for the applicant is no consent.
                let consents = cases::consents(tx, case.id).await?;
                let is_anothers = |one: &cases::ConsentRow| {
                    one.person_id.is_some_and(|person| Some(person) != case.applicant_id)
                };
                if consents.iter().all(is_anothers) {
                    return Err(Why::ConsentMissing.into());
                }
                if_by_telephone(tx, at, case.applicant_id).await?;
            }
            _ => return Err(Why::SignInFirst.into()),
        }
        certifying::still_stands(tx, &case).await?;
        foresee_person(tx, &case).await?;
        let published = definition(tx, &case).await?;
        let facts = facts_of(tx, at, &case).await?;
        if let Some(open) = next_unanswered(&published.service, &answers(&case), &facts) {
            return Err(Refusal::from(Why::AnswersIncomplete).about("question", &open.key).into());
        }
        advance(&mut case, Phase::Submitted)?;
        advance(&mut case, Phase::InProgress)?;
        case.submitted_at = Some(at.now);
        case.touched_at = at.now;
        let entry = Entry::new("case-submitted", "case", case.id)
            .of(case.applicant_id)
            .with("service", case.service.clone())
            .with("edition", case.edition)
            .with("service-hash", case.service_hash.clone());
        messages::tell(tx, at, &case, Template::Received).await?;
        tell_done(tx, at, case.applicant_id, (&case.number, &case.language)).await?;
        let entries = proceed(tx, at, &mut case).await?;
        keep(tx, at, &mut case).await?;
        Ok(Recorded::new(case.number.clone(), entry).and_all(entries))
    }
}

/// Answers the one thing more that an officer asked for.
#[derive(Debug, Serialize, Deserialize)]
pub struct AnswerRequest {
    /// The case.
    pub case: CaseId,
    /// What opens it.
    pub access: Access,
    /// Which request.
    pub request: RowId,
    /// The answer. Files were added to the case before.
    pub answer: String,
}

impl Act for AnswerRequest {
    const NAME: &'static str = "answer-request";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let mut case = open_for(tx, at, self.case, &self.access, Deed::Apply).await?;
        let requests = cases::requests(tx, case.id).await?;
        let wanted = requests.into_iter().find(|row| row.id == self.request && row.answered_at.is_none());
        let mut request = wanted.ok_or(Why::NotFound)?;
        if self.answer.trim().is_empty() {
            return Err(Refusal::from(Why::AnswersIncomplete).about("question", &request.question).into());
        }
        request.answer = Some(self.answer.trim().to_owned());
        request.answered_at = Some(at.now);
        tx.edit(&mut request).await?;
        advance(&mut case, Phase::InProgress)?;
        case.touched_at = at.now;
        case.due_at = None;
        case.step = None;
        let declares = definition(tx, &case).await?.service.declares.is_some();
        let mended = if declares { of_cases::answered(tx, at, case.id).await? } else { None };
        let entries = proceed(tx, at, &mut case).await?;
        keep(tx, at, &mut case).await?;
        let entry = Entry::new("request-answered", "case", case.id).of(case.applicant_id);
        Ok(Recorded::new((), entry).and_all(mended.into_iter().chain(entries)))
    }
}

/// Asks for another officer's decision on a refusal.
#[derive(Debug, Serialize, Deserialize)]
pub struct Appeal {
    /// The case.
    pub case: CaseId,
    /// What opens it.
    pub access: Access,
    /// Why the refusal is wrong, in the applicant's words.
    pub words: String,
}

impl Act for Appeal {
    const NAME: &'static str = "appeal";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let mut case = open_for(tx, at, self.case, &self.access, Deed::Apply).await?;
        if phase_of(&case)? != Phase::Refused || case.first_decider.is_some() {
            return Err(Refusal::from(Why::WrongPhase).about("found", &case.phase).into());
        }
        if case.appeal_until.is_none_or(|until| until < at.now) {
            return Err(Why::AppealTooLate.into());
        }
        if self.words.trim().is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        advance(&mut case, Phase::InProgress)?;
        // Another officer decides: the first one is remembered and shut out.
        case.first_decider = case.decided_by.take();
        case.assigned_to = None;
        case.assigned_at = None;
        case.decided_at = None;
        case.touched_at = at.now;
        let published = definition(tx, &case).await?;
        // A new time limit begins. Where two decide, both do so again: neither of them is
        // who refused.
        open_again(&mut case, &[StepKind::Decide, StepKind::SecondDecide], &published.service);
        // A declaration that was registered stays so: its entry is reinstated, or not.
        let reopened = match published.service.declares.is_some() && !entry_is_revoked(&case) {
            true => of_cases::step_with_case(tx, at, case.id, Step::Reopen).await?,
            false => None,
        };
        let entries = proceed(tx, at, &mut case).await?;
        keep(tx, at, &mut case).await?;
        let entry = Entry::new("case-appealed", "case", case.id)
            .of(case.applicant_id)
            .with("words", self.words.trim())
            .with("refused-for", case.reason.clone().unwrap_or_default());
        Ok(Recorded::new((), entry).and_all(reopened.into_iter().chain(entries)))
    }
}

/// Takes the case back.
#[derive(Debug, Serialize, Deserialize)]
pub struct Withdraw {
    /// The case.
    pub case: CaseId,
    /// What opens it.
    pub access: Access,
}

impl Act for Withdraw {
    const NAME: &'static str = "withdraw-case";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let mut case = open_for(tx, at, self.case, &self.access, Deed::Apply).await?;
        let sent = phase_of(&case)? != Phase::Draft;
        advance(&mut case, Phase::Withdrawn)?;
        let declares =
            sent && !entry_is_revoked(&case) && definition(tx, &case).await?.service.declares.is_some();
        let taken_back = match declares {
            true => of_cases::step_with_case(tx, at, case.id, Step::Withdraw).await?,
            false => None,
        };
        case.ended_at = Some(at.now);
        case.touched_at = at.now;
        case.due_at = None;
        case.move_role = None;
        case.assigned_to = None;
        keep(tx, at, &mut case).await?;
        tx.announce("case", case.id);
        let entry = Entry::new("case-withdrawn", "case", case.id).of(case.applicant_id);
        Ok(Recorded::new((), entry).and_all(taken_back))
    }
}
