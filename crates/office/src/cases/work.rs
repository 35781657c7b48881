//! What officers do with a case: take the next, look, ask, decide, reassign.

use super::asking::{advance, phase_of};
use super::course::{due_after, mark_done, mark_failed, open_again, proceed};
use super::facts::facts_of;
use super::following::entry_is_revoked;
use super::keeping::{keep, name_parties};
use super::{answers, definition, for_officer};
use crate::acting::{
    Acting, acting, in_service, is_same_person, load, not_family, not_first_decider, second_pair_of_eyes,
};
use crate::civil::{entries_meant, may_see, may_see_case, may_see_entry, relation_of, tie_on};
use crate::documents;
use crate::messages::{self, Template};
use diwan_domain::acts::Desk;
use diwan_domain::calendar::Span;
use diwan_domain::cases::Phase;
use diwan_domain::ids::{CaseId, EntryId, OfficerId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::people::{Permission, Role};
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::{Service, Step, StepKind, steps_for};
use diwan_store::cases::{self, CaseRequestRow, CaseRow};
use diwan_store::officers::OfficerRow;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, civil};
use serde::{Deserialize, Serialize};

/// Hands the officer a case at random among the most urgent that wait for one
/// of their roles: nobody picks their own, and nobody is picked by an applicant.
#[derive(Debug, Serialize, Deserialize)]
pub struct TakeNext {}

/// Among how many of the most urgent the draw is made.
const DRAWN_FROM: i64 = 12;
/// Through how many an officer is looked for one that is theirs to work on.
const LOOKED_THROUGH: i64 = 600;

impl Act for TakeNext {
    const NAME: &'static str = "take-next";
    type Out = CaseId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<CaseId>, Stop> {
        let acting = acting(tx, at, Permission::SeeCases).await?;
        let office = acting.officer.office_id.ok_or(Why::NotPermitted)?;
        let roles = roles_of(&acting);
        let unit = crate::units::of_desk(tx, at).await?;
        let (mut looked, mut draws) = (0, 0);
        // Those that are not this officer's to see hide none of those behind them.
        while looked < LOOKED_THROUGH {
            let until = if looked == 0 { DRAWN_FROM } else { looked * 4 };
            let mut waiting = match &unit {
                // On the way only what was begun there: of everything else home may decide meanwhile.
                Some(unit) => {
                    let begun = (unit.centre_id, unit.prepared_at);
                    cases::waiting_since(tx, office, acting.officer.id, roles, begun, until).await?
                }
                None => cases::waiting_for_hands(tx, office, acting.officer.id, roles, until).await?,
            };
            let seen = usize::try_from(looked).unwrap_or(usize::MAX).min(waiting.len());
            waiting.drain(..seen);
            if waiting.is_empty() {
                break;
            }
            if let Some(taken) = draw_among(tx, at, &acting, waiting, &mut draws).await? {
                return Ok(taken);
            }
            looked = until;
        }
        Err(Why::NothingWaiting.into())
    }
}

/// Assigns one of some cases at random, of those that are the officer's to work on.
async fn draw_among(
    tx: &mut Tx<'_>,
    at: &Desk,
    acting: &Acting,
    mut waiting: Vec<CaseRow>,
    draws: &mut usize,
) -> Result<Option<Recorded<CaseId>>, Stop> {
    while !waiting.is_empty() {
        let pick = at.draw(&format!("draw/{draws}"), waiting.len());
        *draws += 1;
        let mut case = waiting.swap_remove(pick);
        if not_family(tx, &acting.officer, parties_of(&case)).await.is_err()
            || is_theirs_already(tx, &acting.officer, &case).await?
            || !may_see_case(tx, acting, &case).await?
        {
            continue;
        }
        case.assigned_to = Some(acting.officer.id);
        case.assigned_at = Some(at.now);
        keep(tx, at, &mut case).await?;
        tx.announce("case", case.id);
        let entry = Entry::new("case-assigned", "case", case.id)
            .of(case.holder_id)
            .under("random among the most urgent")
            .with("officer", acting.officer.id.to_string())
            .with("drawn-from", waiting.len() + 1);
        return Ok(Some(Recorded::new(case.id, entry)));
    }
    Ok(None)
}

/// Whether an officer decided on a case before, by another account: as the first of two,
/// or before it was appealed. Cases of their own account are not even among those drawn.
async fn is_theirs_already(tx: &mut Tx<'_>, officer: &OfficerRow, case: &CaseRow) -> Result<bool, Fault> {
    let first = case.decided_by.filter(|_| case.phase != Phase::Approved.code());
    for account in case.first_decider.into_iter().chain(first) {
        if is_same_person(tx, officer, account).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The roles whose cases an officer is handed, four at most; a supervisor also
/// does what a registrar does. What a program is limited to changes nothing in
/// whose cases they are.
fn roles_of(acting: &Acting) -> [&'static str; 4] {
    let mut roles = [""; 4];
    let own = Role::ALL.iter().filter(|role| {
        acting.roles.contains(role) || **role == Role::Registrar && acting.holds(Permission::DecideCases)
    });
    let working = own.filter(|role| role.permissions().contains(&Permission::SeeCases));
    for (place, role) in roles.iter_mut().zip(working) {
        *place = role.code();
    }
    roles
}

/// Whether the step at which a case waits is this officer's to work on.
///
/// # Errors
/// [`Why::NotPermitted`] with the role that has the move.
pub(super) fn has_step(acting: &Acting, case: &CaseRow) -> Result<(), Refusal> {
    let Some(role) = case.move_role.as_deref() else { return Ok(()) };
    if roles_of(acting).contains(&role) {
        return Ok(());
    }
    Err(Refusal::from(Why::NotPermitted).about("permission", role))
}

/// The people whose family may not work on a case.
pub(super) fn parties_of(case: &CaseRow) -> [Option<PersonId>; 2] {
    [case.applicant_id, case.holder_id]
}

/// Opens a case to look at it. The person can see that it was looked at.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenCase {
    /// Which case.
    pub case: CaseId,
}

impl Act for OpenCase {
    const NAME: &'static str = "open-case";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let (acting, case) = for_officer(tx, at, self.case, Permission::SeeCases).await?;
        not_family(tx, &acting.officer, parties_of(&case)).await?;
        let person = case.holder_id.or(case.applicant_id);
        let assigned = case.assigned_to == Some(acting.officer.id);
        let entry = Entry::new("case-opened", "case", case.id).of(person).with("assigned", assigned);
        Ok(Recorded::new(case.version, entry))
    }
}

/// What an officer decides.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Decision {
    /// What was asked for is given.
    Approve,
    /// Refused for a listed reason, with the officer's own words.
    Refuse {
        /// The reason's key in the service.
        reason: String,
        /// What exactly, in words.
        words: String,
    },
    /// One thing more is asked of the applicant.
    Ask {
        /// Which question of the service it concerns, or `other`.
        question: String,
        /// What is asked, in words.
        words: String,
    },
    /// A check, inspection, test or screening was passed.
    Pass {
        /// What was seen, in words.
        words: String,
    },
    /// It was not passed: an officer decides on the case.
    Fail {
        /// What was seen, in words.
        words: String,
    },
}

/// Decides an assigned case, on the version the officer saw.
#[derive(Debug, Serialize, Deserialize)]
pub struct Decide {
    /// Which case.
    pub case: CaseId,
    /// The version that was on the officer's screen.
    pub seen: i64,
    /// What is decided.
    pub decision: Decision,
}

/// How long an applicant has to answer.
const TO_ANSWER: Span = Span::Days(30);

impl Act for Decide {
    const NAME: &'static str = "decide-case";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let finding = matches!(self.decision, Decision::Pass { .. } | Decision::Fail { .. });
        let needed = if finding { Permission::SeeCases } else { Permission::DecideCases };
        let (acting, mut case) = for_officer(tx, at, self.case, needed).await?;
        if case.version != self.seen {
            return Err(Why::ChangedMeanwhile.into());
        }
        if case.assigned_to != Some(acting.officer.id) {
            return Err(Why::NotAssigned.into());
        }
        has_step(&acting, &case)?;
        let officer = acting.officer;
        not_first_decider(tx, &officer, case.first_decider).await?;
        not_family(tx, &officer, parties_of(&case)).await?;
        let lawful = match phase_of(&case)? {
            Phase::InProgress => true,
            // An inspection may follow the decision.
            Phase::Approved => finding,
            _ => false,
        };
        if !lawful {
            return Err(Refusal::from(Why::WrongPhase).about("found", &case.phase).into());
        }
        if definition(tx, &case).await?.service.declares.is_some() {
            // What it declares is decided in the register, and reinstated there; while that
            // is revoked, the case may end.
            let is_revoked = entry_is_revoked(&case);
            match self.decision {
                Decision::Refuse { .. } | Decision::Ask { .. } if is_revoked => {}
                _ if is_revoked => return Err(Why::EntryRevoked.into()),
                _ => return Err(Refusal::from(Why::WrongPhase).about("found", "register").into()),
            }
        }
        case.touched_at = at.now;
        let recorded = match &self.decision {
            Decision::Pass { words } => found(tx, at, &mut case, officer.id, words, true).await?,
            Decision::Fail { words } => found(tx, at, &mut case, officer.id, words, false).await?,
            Decision::Approve => approve(tx, at, &mut case, &officer).await?,
            Decision::Refuse { reason, words } => {
                refuse(tx, at, &mut case, officer.id, reason, words).await?
            }
            Decision::Ask { question, words } => ask(tx, at, &mut case, officer.id, question, words).await?,
        };
        keep(tx, at, &mut case).await?;
        tx.announce("case", case.id);
        let mut entries = recorded.into_iter();
        let first = entries.next().ok_or(Why::Malformed)?;
        Ok(Recorded::new(case.version, first).and_all(entries))
    }
}

/// Approves: finally, or as the first of two where the service asks for two.
async fn approve(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &mut CaseRow,
    officer: &OfficerRow,
) -> Result<Vec<Entry>, Stop> {
    let published = definition(tx, case).await?;
    let service = &published.service;
    if service.register.is_some() && case.entry_id.is_none() {
        return Err(Refusal::from(Why::AnswersIncomplete).about("question", "entry").into());
    }
    let step = case.step.as_deref().and_then(|key| service.step(key));
    let kind = step.map(|step| step.kind);
    if kind.is_some_and(is_finding) {
        return Err(Refusal::from(Why::WrongPhase).about("found", step.map_or("", |step| &step.key)).into());
    }
    if kind == Some(StepKind::SecondDecide) {
        second_pair_of_eyes(tx, officer, case.decided_by).await?;
    }
    let answered = case.open_questions.0.clone();
    let step = case.step.clone().unwrap_or_default();
    for step in decided_with(service, kind) {
        mark_done(case, &step.key);
    }
    let facts = facts_of(tx, at, case).await?;
    let plan = steps_for(service, &answers(case), &facts).steps;
    let second =
        kind != Some(StepKind::SecondDecide) && plan.iter().any(|step| step.kind == StepKind::SecondDecide);
    case.decided_by = Some(officer.id);
    let entry = if second {
        case.assigned_to = None;
        case.assigned_at = None;
        Entry::new("case-approved-first", "case", case.id)
    } else {
        advance(case, Phase::Approved)?;
        case.decided_at = Some(at.now);
        Entry::new("case-approved", "case", case.id)
    };
    let entry =
        entry.of(case.holder_id).under(service.basis.clone()).with("step", step).with("answered", answered);
    if !second {
        messages::tell(tx, at, case, Template::Decided).await?;
    }
    let mut entries = vec![entry];
    entries.extend(proceed(tx, at, case).await?);
    Ok(entries)
}

/// The steps that a decision goes through with it: searching is over.
fn decided_with(service: &Service, kind: Option<StepKind>) -> impl Iterator<Item = &Step> {
    service.steps.iter().filter(move |step| match step.kind {
        StepKind::Decide | StepKind::Search | StepKind::RequestElsewhere => true,
        StepKind::SecondDecide => kind == Some(StepKind::SecondDecide),
        _ => false,
    })
}

/// Steps that end in a finding, not in a decision.
pub(super) fn is_finding(kind: StepKind) -> bool {
    matches!(kind, StepKind::Check | StepKind::Inspect | StepKind::Test | StepKind::Screen)
}

/// Records what a check, an inspection, a test or a screening found.
async fn found(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &mut CaseRow,
    officer: OfficerId,
    words: &str,
    passed: bool,
) -> Result<Vec<Entry>, Stop> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Why::ReasonMissing.into());
    }
    let published = definition(tx, case).await?;
    let step = case.step.clone().unwrap_or_default();
    if !published.service.step(&step).is_some_and(|step| is_finding(step.kind)) {
        return Err(Refusal::from(Why::WrongPhase).about("found", step).into());
    }
    let mut undone = Vec::new();
    let entry = if passed {
        mark_done(case, &step);
        Entry::new("step-passed", "case", case.id)
    } else {
        mark_failed(case, &step, words);
        if phase_of(case)? == Phase::Approved {
            // What was approved before the finding is decided again.
            advance(case, Phase::InProgress)?;
            case.decided_by = None;
            case.decided_rule = None;
            case.decided_at = None;
            open_again(case, &DECIDED_ANEW, &published.service);
            messages::tell(tx, at, case, Template::DecidedAnew).await?;
            undone = documents::end_all_of(tx, at, case, words).await?;
        }
        Entry::new("step-failed", "case", case.id)
    };
    let entry = entry
        .of(case.holder_id)
        .under(published.service.basis.clone())
        .with("step", step)
        .with("officer", officer.to_string())
        .with("words", words);
    // Whoever looked does not go on to decide by themselves: the next step is drawn.
    case.assigned_to = None;
    case.assigned_at = None;
    let mut entries = vec![entry];
    entries.extend(undone);
    entries.extend(proceed(tx, at, case).await?);
    Ok(entries)
}

/// What is gone through again when a decision is undone: both decisions where there are
/// two, and everything that followed from them.
pub(super) const DECIDED_ANEW: [StepKind; 5] =
    [StepKind::Decide, StepKind::SecondDecide, StepKind::Issue, StepKind::Print, StepKind::HandOver];

/// Refuses a case for one of its service's reasons, with the officer's own words.
pub(crate) async fn refuse(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &mut CaseRow,
    officer: OfficerId,
    reason: &str,
    words: &str,
) -> Result<Vec<Entry>, Stop> {
    let published = definition(tx, case).await?;
    let listed = published.service.reason(reason).ok_or(Why::UnknownReason)?;
    if words.trim().is_empty() {
        return Err(Why::ReasonMissing.into());
    }
    advance(case, Phase::Refused)?;
    case.decided_by = Some(officer);
    case.decided_at = Some(at.now);
    case.reason = Some(reason.to_owned());
    case.reason_text = Some(words.trim().to_owned());
    // The last day counts to its end, as everybody who reads its date expects.
    let appeal_days = Span::Days(listed.appeal_days.into());
    case.appeal_until = Some(due_after(tx, at, case, appeal_days).await?);
    case.due_at = None;
    case.move_role = None;
    messages::tell(tx, at, case, Template::Decided).await?;
    let entry = Entry::new("case-refused", "case", case.id)
        .of(case.applicant_id)
        .under(listed.law.clone())
        .with("reason", reason)
        .with("appeal-until", case.appeal_until);
    let mut entries = vec![entry];
    entries.extend(documents::end_all_of(tx, at, case, words.trim()).await?);
    Ok(entries)
}

/// What is asked when the register gives a declaration back.
pub const DECLARATION: &str = "declaration";

/// Asks one thing more of the applicant.
pub(crate) async fn ask(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &mut CaseRow,
    officer: OfficerId,
    question: &str,
    words: &str,
) -> Result<Vec<Entry>, Stop> {
    if words.trim().is_empty() {
        return Err(Why::ReasonMissing.into());
    }
    let due = due_after(tx, at, case, TO_ANSWER).await?;
    let request = CaseRequestRow {
        id: at.fresh("request"),
        case_id: case.id,
        question: question.to_owned(),
        words: words.trim().to_owned(),
        asked_by: Some(officer),
        asked_at: at.now,
        due_at: due,
        answer: None,
        answered_at: None,
        version: 1,
    };
    tx.add(&request).await?;
    advance(case, Phase::WaitingForApplicant)?;
    case.due_at = Some(due);
    messages::tell(tx, at, case, Template::AnswerNeeded).await?;
    Ok(vec![Entry::new("answer-asked", "case", case.id).of(case.applicant_id).with("question", question)])
}

/// Ties a case to a register entry that an officer found by hand.
#[derive(Debug, Serialize, Deserialize)]
pub struct LinkEntry {
    /// Which case.
    pub case: CaseId,
    /// The version that was on the officer's screen.
    pub seen: i64,
    /// Whose entry it is.
    pub holder: PersonId,
    /// Which of their entries, where several may be meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
}

impl Act for LinkEntry {
    const NAME: &'static str = "link-entry";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let (acting, mut case) = for_officer(tx, at, self.case, Permission::DecideCases).await?;
        if case.version != self.seen {
            return Err(Why::ChangedMeanwhile.into());
        }
        if case.assigned_to != Some(acting.officer.id) {
            return Err(Why::NotAssigned.into());
        }
        // What was decided was decided on another entry.
        if phase_of(&case)? != Phase::InProgress {
            return Err(Refusal::from(Why::WrongPhase).about("found", &case.phase).into());
        }
        not_family(tx, &acting.officer, [case.applicant_id, Some(self.holder)]).await?;
        let among = tie_to_entry(tx, at, &acting, &mut case, (self.holder, self.entry)).await?;
        keep(tx, at, &mut case).await?;
        let entry = Entry::new("entry-linked", "case", case.id)
            .of(Some(self.holder))
            .with("entry", case.entry_id.map(|id| id.to_string()))
            .with("among", among);
        Ok(Recorded::new(case.version, entry))
    }
}

/// The entries of a holder that may be meant in the register of a case's service: those
/// that fit the name of the other whom the answers name, or all where none does.
pub(super) async fn meant_by(
    tx: &mut Tx<'_>,
    case: &CaseRow,
    holder: PersonId,
) -> Result<Vec<civil::EntryRow>, Stop> {
    let published = definition(tx, case).await?;
    let register = published.service.register.ok_or(Why::NotFound)?;
    let spouse = super::course::described_spouse(&published, &answers(case));
    let meant = entries_meant(tx, register, holder, spouse.as_ref()).await?;
    if meant.is_empty() && spouse.is_some() {
        return Ok(entries_meant(tx, register, holder, None).await?);
    }
    Ok(meant)
}

/// Ties a case to the entry of a holder, in the register of its service: to the one that
/// was chosen, or to the only one that may be meant. Says among how many it was.
///
/// # Errors
/// [`Why::SeveralEntries`] where none was chosen, [`Why::NotFound`] where there is none;
/// or the database fails.
pub(super) async fn tie_to_entry(
    tx: &mut Tx<'_>,
    at: &Desk,
    acting: &Acting,
    case: &mut CaseRow,
    (holder, chosen): (PersonId, Option<EntryId>),
) -> Result<usize, Stop> {
    if !may_see(tx, acting, holder).await? {
        return Err(Why::NotFound.into());
    }
    let published = definition(tx, case).await?;
    let register = published.service.register.ok_or(Why::NotFound)?;
    let meant = meant_by(tx, case, holder).await?;
    let (entry, among) = match chosen {
        // Whoever saw all of them may mean one that the answers do not.
        Some(id) => {
            let all = entries_meant(tx, register, holder, None).await?;
            let among = all.len();
            (all.into_iter().find(|entry| entry.id == id).ok_or(Why::NotFound)?, among)
        }
        None if meant.len() > 1 => {
            return Err(Refusal::from(Why::SeveralEntries).about("count", meant.len()).into());
        }
        None => (meant.into_iter().next().ok_or(Why::NotFound)?, 1),
    };
    if !entry.protected && !may_see_entry(tx, acting, &entry).await? {
        return Err(Why::NotFound.into());
    }
    case.holder_id = Some(holder);
    case.entry_id = Some(entry.id);
    case.area_id = entry.area_id;
    case.facts.0["tied-by-hand"] = serde_json::json!(true);
    if let Some(applicant) = case.applicant_id {
        let today = crate::desk::day_of(at.now, at.utc_offset_minutes);
        let tie = tie_on(tx, applicant, holder, today).await?;
        case.relation = Some(relation_of(applicant, holder, tie).code().into());
    }
    case.touched_at = at.now;
    name_parties(tx, at, case).await?;
    Ok(among)
}

/// Gives a case to another officer, with a reason.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reassign {
    /// Which case.
    pub case: CaseId,
    /// To whom; nobody puts it back among those waiting.
    pub to: Option<OfficerId>,
    /// Why.
    pub reason: String,
}

impl Act for Reassign {
    const NAME: &'static str = "reassign-case";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let (acting, mut case) = for_officer(tx, at, self.case, Permission::SeeCases).await?;
        let gives_back = self.to.is_none() && case.assigned_to == Some(acting.officer.id);
        if !gives_back && !acting.may(Permission::SuperviseCases) {
            return Err(Refusal::from(Why::NotPermitted).about("permission", "cases.supervise").into());
        }
        if self.reason.trim().is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        if let Some(id) = self.to {
            let other = load(tx, id).await?.ok_or(Why::NotFound)?;
            if !in_service(&other.officer, at.now, at.utc_offset_minutes)
                || other.officer.office_id != case.office_id
            {
                return Err(Why::NotInService.into());
            }
            not_first_decider(tx, &other.officer, case.first_decider).await?;
            has_step(&other, &case)?;
            not_family(tx, &other.officer, parties_of(&case)).await?;
            if !may_see_case(tx, &other, &case).await? {
                return Err(Why::NotPermitted.into());
            }
        }
        let before = case.assigned_to;
        case.assigned_to = self.to;
        case.assigned_at = self.to.map(|_| at.now);
        keep(tx, at, &mut case).await?;
        tx.announce("case", case.id);
        let entry = Entry::new("case-reassigned", "case", case.id)
            .under(self.reason.trim())
            .with("from", before.map(|id| id.to_string()))
            .with("to", self.to.map(|id| id.to_string()));
        Ok(Recorded::new(case.version, entry))
    }
}
