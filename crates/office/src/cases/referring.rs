//! An entry that is not found here may stand in the books of another office:
//! the place of registration is asked, and its answer comes back to the case.

use super::course::{due_after, keep_several, mark_done, proceed};
use super::keeping::keep;
use super::work::{has_step, meant_by, parties_of, tie_to_entry};
use super::{definition, for_officer};
use crate::acting::{Acting, acting, not_family};
use crate::civil::may_see_case;
use crate::messages::{self, Template};
use diwan_domain::acts::Desk;
use diwan_domain::cases::Phase;
use diwan_domain::ids::{CaseId, OfficeId, OfficerId, PersonId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::people::{Permission, Role};
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::StepKind;
use diwan_store::cases::CaseRow;
use diwan_store::referrals::{self, ReferralRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, cases, centres};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Asks another office to look into its books.
#[derive(Debug, Serialize, Deserialize)]
pub struct AskElsewhere {
    /// For which case.
    pub case: CaseId,
    /// The version that was on the officer's screen.
    pub seen: i64,
    /// Which office.
    pub office: OfficeId,
    /// What it should look for, in words.
    pub words: String,
}

impl Act for AskElsewhere {
    const NAME: &'static str = "ask-elsewhere";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let (acting, mut case) = for_officer(tx, at, self.case, Permission::DecideCases).await?;
        if case.version != self.seen {
            return Err(Why::ChangedMeanwhile.into());
        }
        if case.assigned_to != Some(acting.officer.id) {
            return Err(Why::NotAssigned.into());
        }
        has_step(&acting, &case)?;
        not_family(tx, &acting.officer, parties_of(&case)).await?;
        if case.phase != Phase::InProgress.code() || case.entry_id.is_some() {
            return Err(Refusal::from(Why::WrongPhase).about("found", &case.phase).into());
        }
        let words = self.words.trim();
        if words.is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        let asked = centres::office(tx, self.office).await?.filter(|office| office.ended_at.is_none());
        let asked = asked.ok_or(Why::NotFound)?;
        let from = case.office_id.ok_or(Why::NotFound)?;
        if asked.id == from || open_request(tx, case.id).await?.is_some() {
            return Err(Why::NameTaken.into());
        }
        let published = definition(tx, &case).await?;
        for step in published.service.steps.iter().filter(|step| step.kind == StepKind::Search) {
            mark_done(&mut case, &step.key);
        }
        case.touched_at = at.now;
        let entries = proceed(tx, at, &mut case).await?;
        let asking = published.service.steps.iter().find(|step| step.kind == StepKind::RequestElsewhere);
        let due = match asking.and_then(|step| step.deadline) {
            Some(span) => Some(due_after(tx, at, &case, span).await?),
            None => None,
        };
        let row = ReferralRow {
            id: at.fresh("referral"),
            case_id: case.id,
            from_office: from,
            to_office: asked.id,
            words: words.to_owned(),
            asked_by: acting.officer.id,
            asked_at: at.now,
            due_at: due,
            outcome: None,
            holder_id: None,
            answer: None,
            answered_by: None,
            answered_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        keep(tx, at, &mut case).await?;
        tell_office(tx, at, asked.id, &case).await?;
        tx.announce("case", case.id);
        tx.announce("referral", row.id);
        let entry = Entry::new("asked-elsewhere", "case", case.id)
            .of(case.applicant_id)
            .under(published.service.basis.clone())
            .with("office", asked.code);
        Ok(Recorded::new(case.version, entry).and_all(entries))
    }
}

async fn tell_office(tx: &mut Tx<'_>, at: &Desk, office: OfficeId, case: &CaseRow) -> Result<(), Fault> {
    let args = json!({"number": case.number});
    messages::tell_officers(tx, at, office, Role::Registrar, Template::Referral, &args).await
}

async fn open_request(tx: &mut Tx<'_>, case: CaseId) -> Result<Option<ReferralRow>, Fault> {
    let all = referrals::of_case(tx, case).await?;
    Ok(all.into_iter().find(|row| row.answered_at.is_none()))
}

/// Opens a request to look at it; the person can see that it was looked at.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenReferral {
    /// Which request.
    pub referral: RowId,
}

impl Act for OpenReferral {
    const NAME: &'static str = "open-referral";
    /// The case it is about.
    type Out = CaseId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<CaseId>, Stop> {
        let acting = acting(tx, at, Permission::DecideCases).await?;
        let officer = &acting.officer;
        let office = officer.office_id.ok_or(Why::NotFound)?;
        let row = referrals::referral(tx, self.referral, office).await?.ok_or(Why::NotFound)?;
        let case = cases::case(tx, row.case_id).await?.ok_or(Why::NotFound)?;
        if !may_see_case(tx, &acting, &case).await? {
            return Err(Why::NotFound.into());
        }
        not_family(tx, officer, parties_of(&case)).await?;
        let entry = Entry::new("referral-opened", "case", case.id).of(case.holder_id.or(case.applicant_id));
        Ok(Recorded::new(case.id, entry))
    }
}

/// Whether an officer's office is asked by a request, before anything is done
/// for it.
///
/// # Errors
/// [`Why::NotFound`] for every other office; not permitted, or the database fails.
pub async fn is_asked(tx: &mut Tx<'_>, at: &Desk, referral: RowId) -> Result<(), Stop> {
    let acting = acting(tx, at, Permission::DecideCases).await?;
    let office = acting.officer.office_id.ok_or(Why::NotFound)?;
    let row = referrals::referral(tx, referral, office).await?.ok_or(Why::NotFound)?;
    let case = cases::case(tx, row.case_id).await?.ok_or(Why::NotFound)?;
    if may_see_case(tx, &acting, &case).await? { Ok(()) } else { Err(Why::NotFound.into()) }
}

/// Answers another office: the entry stands in our books, or it does not.
#[derive(Debug, Serialize, Deserialize)]
pub struct AnswerReferral {
    /// Which request.
    pub referral: RowId,
    /// Whose entry it is, when it was found.
    pub holder: Option<PersonId>,
    /// Where it stands, or where was looked, in words.
    pub words: String,
}

impl Act for AnswerReferral {
    const NAME: &'static str = "answer-referral";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let acting = acting(tx, at, Permission::DecideCases).await?;
        let officer = &acting.officer;
        let office = officer.office_id.ok_or(Why::NotFound)?;
        let row = referrals::referral(tx, self.referral, office).await?;
        let mut row = row.filter(|row| row.to_office == office).ok_or(Why::NotFound)?;
        if row.answered_at.is_some() {
            return Err(Why::ChangedMeanwhile.into());
        }
        let words = self.words.trim();
        if words.is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        let mut case = cases::case(tx, row.case_id).await?.ok_or(Why::NotFound)?;
        if !may_see_case(tx, &acting, &case).await? {
            return Err(Why::NotFound.into());
        }
        not_family(tx, officer, parties_of(&case).into_iter().chain([self.holder])).await?;
        row.outcome = Some(if self.holder.is_some() { "found" } else { "not-found" }.to_owned());
        row.holder_id = self.holder;
        row.answer = Some(words.to_owned());
        row.answered_by = Some(officer.id);
        row.answered_at = Some(at.now);
        tx.edit(&mut row).await?;
        let entries = back_to_case(tx, at, &acting, &mut case, self.holder).await?;
        tx.announce("referral", row.id);
        let entry = Entry::new("answered-elsewhere", "case", case.id)
            .of(self.holder.or(case.applicant_id))
            .with("outcome", row.outcome.clone());
        Ok(Recorded::new((), entry).and_all(entries))
    }
}

/// The case goes on with the answer, in the hands of whoever asked.
async fn back_to_case(
    tx: &mut Tx<'_>,
    at: &Desk,
    acting: &Acting,
    case: &mut CaseRow,
    holder: Option<PersonId>,
) -> Result<Vec<Entry>, Stop> {
    // Withdrawn or decided meanwhile: the answer is kept with the request.
    if case.phase != Phase::InProgress.code() {
        return Ok(Vec::new());
    }
    let published = definition(tx, case).await?;
    for step in published.service.steps.iter().filter(|step| step.kind == StepKind::RequestElsewhere) {
        mark_done(case, &step.key);
    }
    if let (Some(holder), None) = (holder, case.entry_id) {
        let several: Vec<_> =
            meant_by(tx, case, holder).await?.into_iter().map(|entry| (holder, entry.id)).collect();
        if several.len() > 1 {
            // Whoever decides chooses among them.
            keep_several(case, &several);
        } else {
            tie_to_entry(tx, at, acting, case, (holder, None)).await?;
        }
    }
    case.touched_at = at.now;
    let entries = proceed(tx, at, case).await?;
    keep(tx, at, case).await?;
    tx.announce("case", case.id);
    Ok(entries)
}

/// A request that an office is asked, or asks, with its case.
///
/// # Errors
/// When the database fails.
pub async fn referred(
    tx: &mut Tx<'_>,
    id: RowId,
    office: OfficeId,
    case: CaseId,
) -> Result<Option<(ReferralRow, CaseRow)>, Fault> {
    let row = referrals::referral(tx, id, office).await?.filter(|row| row.case_id == case);
    let Some(row) = row else { return Ok(None) };
    Ok(cases::case(tx, case).await?.map(|case| (row, case)))
}

/// What an officer's office is asked and has not answered, without what is about people
/// whose records are closed to them.
///
/// # Errors
/// [`Why::NotPermitted`] for an officer without an office; or the database fails.
pub async fn asked_of(tx: &mut Tx<'_>, acting: &Acting, page: (i64, i64)) -> Result<Vec<ReferralRow>, Stop> {
    let office = acting.officer.office_id.ok_or(Why::NotPermitted)?;
    Ok(referrals::open_at(tx, office, seen_by(acting), page).await?)
}

/// How many such requests there are.
///
/// # Errors
/// When the database fails.
pub async fn count_asked_of(tx: &mut Tx<'_>, acting: &Acting) -> Result<i64, Fault> {
    let Some(office) = acting.officer.office_id else { return Ok(0) };
    referrals::count_open_at(tx, office, seen_by(acting)).await
}

/// For whom records may be closed; `None` for whoever sees every record.
fn seen_by(acting: &Acting) -> Option<OfficerId> {
    Some(acting.officer.id).filter(|_| !acting.may(Permission::ProtectRecords))
}
