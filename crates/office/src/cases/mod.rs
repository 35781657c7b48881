//! Cases: from the first answer to the archive, the same for every service.

mod answering;
mod asking;
pub mod certifying;
mod choosing;
mod counter;
mod course;
mod draft;
mod facts;
pub mod faith;
mod fees;
mod following;
mod keeping;
pub mod lookups;
mod mistaken;
mod naming;
mod referring;
mod tend;
mod writing;
pub(crate) use draft::{blank, counter_prefix, new_draft};
pub(crate) use keeping::{name_parties, watch};
mod work;

pub use answering::{SaveAnswer, SaveAnswers};
pub use asking::{AnswerRequest, Appeal, SendCase, Withdraw};
pub(crate) use asking::{advance, phase_of};
pub use certifying::BeginCertificate;
pub use choosing::{Choice, SeeChoices, choices, is_to_choose};
pub use counter::{OpenAtCounter, PrintDocument};
pub(crate) use course::{mark_done, named_area_in};
pub use draft::{AddUpload, BeginCase, Begun, RemoveUpload, SetLanguage};
pub use facts::facts_of;
pub use faith::ShowReligion;
pub use following::entry_is_revoked;
pub(crate) use following::{Became, follow_entry};
pub(crate) use keeping::keep;
pub use mistaken::CorrectApplicant;
pub use naming::{Nameable, nameable, named};
pub use referring::{
    AnswerReferral, AskElsewhere, OpenReferral, asked_of, count_asked_of, is_asked, referred,
};
pub use tend::{TendCase, tend};
pub use work::{DECLARATION, Decide, Decision, LinkEntry, OpenCase, Reassign, TakeNext};
pub(crate) use work::{ask, refuse};
pub use writing::WriteToApplicant;

use crate::acting::{acting, at_desk, not_family};
use crate::catalogue::{self, Published};
use crate::civil::may_see_case;
use crate::telephone::if_by_telephone;
use crate::telephone::proxies::may_act;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::cases::Phase;
use diwan_domain::ids::{CaseId, PersonId};
use diwan_domain::money::Money;
use diwan_domain::people::Permission;
use diwan_domain::proxies::Deed;
use diwan_domain::refusals::Why;
use diwan_domain::services::{Answers, Service, StepKind};
use diwan_store::cases::{self, CaseRow};
use diwan_store::officers::OfficerRow;
use diwan_store::value::Json;
use diwan_store::{Fault, Stop, Tx};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What opens a case to someone who is not known for sure: the case's own key,
/// kept in the session that began or resumed it. A phone number alone opens
/// nothing: numbers are shared and recycled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// The case's key as hex, if the session has it.
    pub key: Option<String>,
}

/// Loads a case for whoever stands at the desk, to look at it.
///
/// # Errors
/// [`Why::NotFound`] when there is none, or none they may know of.
pub async fn open(tx: &mut Tx<'_>, at: &Desk, id: CaseId, access: &Access) -> Result<CaseRow, Stop> {
    open_for(tx, at, id, access, Deed::Follow).await
}

/// The same, to do something: whoever acts for another needs more for it than a look.
///
/// # Errors
/// [`Why::NotFound`] when there is none, or none they may know of; [`Why::NoProxy`] where
/// they may look and no more; [`Why::CallerUnproven`] where an officer acts by telephone for
/// whoever was not made sure of; [`Why::OwnFamily`] where the case is their family's.
pub async fn open_for(
    tx: &mut Tx<'_>,
    at: &Desk,
    id: CaseId,
    access: &Access,
    deed: Deed,
) -> Result<CaseRow, Stop> {
    let case = cases::case(tx, id).await?.ok_or(Why::NotFound)?;
    if may_do(tx, at, &case, access, deed).await? {
        if deed != Deed::Follow && matches!(at.actor, Actor::Officer(_)) {
            if_by_telephone(tx, at, case.applicant_id).await?;
            not_own(tx, at, &case).await?;
        }
        return Ok(case);
    }
    let looks = deed != Deed::Follow && may_do(tx, at, &case, access, Deed::Follow).await?;
    Err(if looks { Why::NoProxy } else { Why::NotFound }.into())
}

/// Refuses an officer who would do something in their own family's case: apply, take back,
/// appeal, or hand its paper over.
async fn not_own(tx: &mut Tx<'_>, at: &Desk, case: &CaseRow) -> Result<(), Stop> {
    match at_desk(tx, at).await? {
        Some(acting) => not_family(tx, &acting.officer, work::parties_of(case)).await,
        None => Ok(()),
    }
}

/// Whether someone may read a case as its applicant, for them, or to assist it.
///
/// # Errors
/// When the database fails.
pub async fn may_open(tx: &mut Tx<'_>, at: &Desk, case: &CaseRow, access: &Access) -> Result<bool, Fault> {
    may_do(tx, at, case, access, Deed::Follow).await
}

/// The same, to do something.
///
/// # Errors
/// When the database fails.
pub async fn may_do(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &CaseRow,
    access: &Access,
    deed: Deed,
) -> Result<bool, Fault> {
    if let (Some(key), Some(own)) = (&access.key, &case.owner_key)
        && hex::decode(key).is_ok_and(|key| bool::from(subtle::ConstantTimeEq::ct_eq(&key[..], &own[..])))
    {
        return Ok(true);
    }
    Ok(match at.actor {
        Actor::Account(account) if at.assurance.is_proven() => match (at.on_behalf, case.applicant_id) {
            (Some(person), Some(applicant)) if person == applicant => {
                may_act(tx, at, person, (&case.service, deed)).await?
            }
            _ => case.account_id == Some(account),
        },
        Actor::Officer(_) => match at_desk(tx, at).await? {
            Some(acting) => {
                acting.may(Permission::AssistCases)
                    && served_by(case, &acting.officer)
                    && may_see_case(tx, &acting, case).await?
            }
            None => false,
        },
        _ => false,
    })
}

/// The cases of a person that whoever stands at the desk may see: an officer who serves
/// them, or whoever acts for them.
///
/// # Errors
/// When the database fails.
pub async fn of_person(tx: &mut Tx<'_>, at: &Desk, person: PersonId) -> Result<Vec<CaseRow>, Fault> {
    let mut seen = Vec::new();
    for case in cases::of_person(tx, person).await? {
        if may_open(tx, at, &case, &Access::default()).await? {
            seen.push(case);
        }
    }
    Ok(seen)
}

/// Whether a case is served where this officer is: one that was begun online is
/// served at every counter, one that was begun at a counter in its centre.
pub(crate) fn served_by(case: &CaseRow, officer: &OfficerRow) -> bool {
    case.assisted_by == Some(officer.id) || case.centre_id.is_none() || case.centre_id == officer.centre_id
}

/// The definition a case began under.
///
/// # Errors
/// When the database fails.
pub async fn definition(tx: &mut Tx<'_>, case: &CaseRow) -> Result<Arc<Published>, Fault> {
    catalogue::edition(tx, &case.service, case.edition).await
}

/// Where a case stands, in the words an applicant is told. Whether an entry was
/// not found or is not theirs, the words are the same.
#[must_use]
pub fn standing(case: &CaseRow, service: &Service) -> String {
    let step = case.step.as_deref().and_then(|key| service.step(key));
    let kind = step.map(|step| step.kind);
    // What was registered before its fee was paid waits for that.
    if case.phase == "in-progress" && entry_is_revoked(case) {
        return "entry-revoked".into();
    }
    let is_owed = case.phase == "approved" && matches!(kind, Some(StepKind::Pay | StepKind::ProveIdentity));
    if case.phase == "fulfilled" && service.document.is_none() {
        return "settled".into();
    }
    if case.phase != "in-progress" && !is_owed {
        return case.phase.clone();
    }
    match step.map(|step| step.kind) {
        Some(StepKind::ProveIdentity) => "prove-identity".into(),
        Some(StepKind::Pay) => "pay".into(),
        _ => "with-office".into(),
    }
}

/// A case's answers.
#[must_use]
pub fn answers(case: &CaseRow) -> Answers {
    serde_json::from_value(case.answers.0.clone()).unwrap_or_default()
}

pub(crate) fn keep_answers(case: &mut CaseRow, answers: &Answers) {
    case.answers = Json(serde_json::json!(answers));
}

/// Everything a page needs to show an officer a case: only within the
/// officer's jurisdiction, which stands in the question to the database.
///
/// # Errors
/// [`Why::NotFound`], [`Why::NotPermitted`].
pub(crate) async fn for_officer(
    tx: &mut Tx<'_>,
    at: &Desk,
    id: CaseId,
    permission: Permission,
) -> Result<(crate::acting::Acting, CaseRow), Stop> {
    let acting = acting(tx, at, permission).await?;
    let case = cases::within(tx, id, acting.officer.office_id, acting.officer.centre_id).await?;
    let case = case.ok_or(Why::NotFound)?;
    if !may_see_case(tx, &acting, &case).await? {
        return Err(Why::NotFound.into());
    }
    Ok((acting, case))
}

/// Moves a case on after something it waited for has happened.
pub(crate) async fn go_on(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &mut CaseRow,
) -> Result<Vec<diwan_domain::journal::Entry>, Stop> {
    course::proceed(tx, at, case).await
}

/// A fee was given back: the case goes on where it is paid. One that ended, was refused
/// or waits for its applicant stays where it is.
pub(crate) async fn fee_open_again(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &mut CaseRow,
) -> Result<Vec<diwan_domain::journal::Entry>, Stop> {
    let published = definition(tx, case).await?;
    course::open_again(case, &[StepKind::Pay], &published.service);
    if !takes_money(case) {
        return Ok(Vec::new());
    }
    course::proceed(tx, at, case).await
}

/// An amount of a case, in the currency in which its service takes fees.
#[must_use]
pub fn money_of(case: &CaseRow, minor_units: i64) -> Money {
    let line = case.fee_lines.0.as_array().and_then(|lines| lines.first());
    Money::of(minor_units, line.and_then(|line| line["amount"]["currency"].as_str()).unwrap_or_default())
}

/// What may be paid of a case now: nothing of one that was refused, taken back or ended.
#[must_use]
pub fn payable(case: &CaseRow) -> i64 {
    if takes_money(case) { (case.fee_minor_units - case.paid_minor_units).max(0) } else { 0 }
}

/// Whether a fee may be paid: the case is under way or granted. Nobody pays for what was
/// refused, was taken back or has ended, nor for what it declared while that is revoked.
#[must_use]
pub fn takes_money(case: &CaseRow) -> bool {
    !entry_is_revoked(case)
        && matches!(
            Phase::from_code(&case.phase),
            Some(Phase::InProgress | Phase::Approved | Phase::Fulfilled)
        )
}

/// The cases of an account, last touched first.
///
/// # Errors
/// When the database fails.
pub async fn of_account(
    tx: &mut Tx<'_>,
    account: diwan_domain::ids::AccountId,
) -> Result<Vec<CaseRow>, Fault> {
    cases::of_account(tx, account).await
}

/// One case, for whoever has made sure that it may be seen.
///
/// # Errors
/// When the database fails.
pub async fn by_id(tx: &mut Tx<'_>, id: CaseId) -> Result<Option<CaseRow>, Fault> {
    cases::case(tx, id).await
}

/// The case with this number.
///
/// # Errors
/// When the database fails.
pub async fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<CaseRow>, Fault> {
    cases::by_number(tx, number).await
}

/// What belongs to a case: requests, files, consents, messages, receipts, and
/// what other offices were asked.
///
/// # Errors
/// When the database fails.
pub async fn belongings(tx: &mut Tx<'_>, case: CaseId) -> Result<Belongings, Fault> {
    Ok(Belongings {
        requests: cases::requests(tx, case).await?,
        uploads: cases::uploads(tx, case).await?,
        consents: cases::consents(tx, case).await?,
        messages: cases::messages(tx, case).await?,
        receipts: diwan_store::cash::receipts_of_case(tx, case).await?,
        referrals: diwan_store::referrals::of_case(tx, case).await?,
    })
}

/// What belongs to a case.
#[derive(Clone, Debug, Default)]
pub struct Belongings {
    /// What was asked of the applicant.
    pub requests: Vec<cases::CaseRequestRow>,
    /// Files.
    pub uploads: Vec<cases::UploadRow>,
    /// Consents.
    pub consents: Vec<cases::ConsentRow>,
    /// Messages.
    pub messages: Vec<cases::MessageRow>,
    /// Receipts.
    pub receipts: Vec<diwan_store::cash::ReceiptRow>,
    /// What other offices were asked.
    pub referrals: Vec<diwan_store::referrals::ReferralRow>,
}

/// A case for an officer, within the jurisdiction. The look itself is the act
/// [`OpenCase`], which comes first.
///
/// # Errors
/// Not found, not permitted, or the database fails.
pub async fn seen_by_officer(tx: &mut Tx<'_>, at: &Desk, id: CaseId) -> Result<CaseRow, Stop> {
    for_officer(tx, at, id, Permission::SeeCases).await.map(|(_, case)| case)
}
