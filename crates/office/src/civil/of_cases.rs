//! A case that declares an event: its notice in the register, and how what becomes
//! of the one moves the other. The register decides; the case tells the applicant
//! and gives the paper.

use super::declaring::{fresh, rule_for, said, state_of};
use super::following::entered;
use super::links;
use super::rules;
use crate::acting::{Acting, load, not_family, not_first_decider};
use crate::cases::{advance, go_on, keep, mark_done, named_area_in, phase_of};
use crate::catalogue::Published;
use crate::desk::day_of;
use crate::messages::{self, Template};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::cases::Phase;
use diwan_domain::civil::forms::find;
use diwan_domain::civil::{Content, EventKind, State, Step};
use diwan_domain::ids::{AreaId, CaseId, EntryId, OfficerId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::{Answers, DeclarationFacts, Declares, Facts, Service, StepKind, Undeclarable};
use diwan_store::cases::{self, CaseRow};
use diwan_store::declarations::{self, DeclarationRow};
use diwan_store::officers::OfficerRow;
use diwan_store::{Fault, Stop, Tx, centres, people};
use jiff::civil::Date;

/// The day that counts for whether a case declares in time: the one on which it was
/// sent, however long an officer then takes.
fn day_of_case(at: &Desk, case: &CaseRow) -> Date {
    day_of(case.submitted_at.unwrap_or(at.now), at.utc_offset_minutes)
}

/// What the register's rules say of the event that a case declares, by some answers.
///
/// # Errors
/// When the database fails.
pub(crate) async fn facts(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &CaseRow,
    service: &Service,
    given: &Answers,
) -> Result<DeclarationFacts, Fault> {
    let Some(declares) = &service.declares else { return Ok(DeclarationFacts::default()) };
    let day = day_of_case(at, case);
    // What cannot be declared as it was answered is refused when it is sent.
    let Ok(content) = content_of(tx, declares, service, given, day).await? else {
        return Ok(DeclarationFacts::default());
    };
    let standing = match rules::standing(tx).await {
        Ok(standing) => standing,
        // Before any rules were published nothing can be sent either.
        Err(Stop::Refused(_) | Stop::Kept(..)) => return Ok(DeclarationFacts::default()),
        Err(Stop::Fault(fault)) => return Err(fault),
    };
    let governorate = links::governorate(tx, &content).await?;
    let rule = standing.rules.of(declares.event, content.date("happened-on"), governorate.as_deref());
    let late = rule.filter(|rule| rule.is_late(&content, day));
    Ok(late.map_or_else(DeclarationFacts::default, |rule| DeclarationFacts {
        late: true,
        late_fee: rule.late_fee,
        basis: rule.basis.clone(),
    }))
}

/// What some answers declare, with the area they name.
async fn content_of(
    tx: &mut Tx<'_>,
    declares: &Declares,
    service: &Service,
    given: &Answers,
    day: Date,
) -> Result<Result<Content, Vec<Undeclarable>>, Fault> {
    let mut content = match declares.content(service, given, day) {
        Ok(content) => content,
        Err(faults) => return Ok(Err(faults)),
    };
    let place = declares.place_question().and_then(|key| given.get(key));
    if let Some(area) = named_area_in(tx, place).await?
        && find(declares.event, "place-area").is_some()
    {
        content.set("place-area", area.code);
    }
    Ok(Ok(content))
}

/// Names the question whose answer cannot be declared.
fn undeclarable(faults: &[Undeclarable]) -> Refusal {
    let refusal = Refusal::from(Why::AnswersIncomplete);
    match faults.first() {
        Some(first) => refusal.about("question", &first.question).about("fault", &first.code),
        None => refusal,
    }
}

/// Gives notice of what a sent case declares, or completes a notice that stands
/// with what became known of the applicant since. Any other case is left alone.
///
/// # Errors
/// When the answers contradict one another, no rule or office is there for the
/// event, or the database fails.
pub(crate) async fn keep_up(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &mut CaseRow,
    published: &Published,
    (given, facts): (&Answers, &Facts),
) -> Result<Option<Entry>, Stop> {
    let service = &published.service;
    let Some(declares) = &service.declares else { return Ok(None) };
    let roles = declares.applicant_is(service, given, facts);
    let tie = |content| Tied { case: &*case, kind: declares.event, roles: &roles, content };
    match declarations::of_case(tx, case.id).await? {
        None => {
            let content = content_of(tx, declares, service, given, day_of_case(at, case)).await?;
            let content = content.map_err(|faults| undeclarable(&faults))?;
            let content = tie(content).filled(tx).await?;
            give_notice(tx, at, case, declares.event, &content).await.map(Some)
        }
        Some(mut row) if row.state == State::Notified.code() => {
            let before = links::content_of(&row)?;
            let after = tie(before.clone()).filled(tx).await?;
            amend(tx, at, &mut row, &before, &after).await
        }
        Some(_) => Ok(None),
    }
}

/// The applicant in the content of a declaration.
struct Tied<'c> {
    case: &'c CaseRow,
    kind: EventKind,
    roles: &'c [diwan_domain::civil::PartyRole],
    content: Content,
}

impl Tied<'_> {
    /// Fills in the applicant as the declarant and in the roles that are theirs, from
    /// their own record: what the register knows is not asked. What is said already stays.
    async fn filled(mut self, tx: &mut Tx<'_>) -> Result<Content, Fault> {
        self.say("declarant.phone", self.case.phone.clone());
        let Some(applicant) = self.case.applicant_id else { return Ok(self.content) };
        let name = super::named(tx, applicant).await?;
        self.say("declarant.name", Some(name.chars().take(120).collect()));
        let numbers = people::standing_numbers(tx, applicant).await?;
        let personal = numbers.iter().find(|row| row.kind == "upn").or(numbers.first());
        self.say("declarant.number", personal.map(|row| row.value.clone()));
        let Some(person) = people::person(tx, applicant).await? else { return Ok(self.content) };
        for role in self.roles {
            let sex =
                self.kind.parties().iter().find(|party| party.role == *role).and_then(|party| party.sex);
            // Whom the register knows to be a man is nobody's mother: an officer asks.
            if sex.is_some_and(|sex| sex != person.sex) {
                continue;
            }
            let role = role.code();
            self.say(&format!("{role}.person"), Some(applicant.to_string()));
            self.say(&format!("{role}.born-on"), person.born_on.clone());
            for row in people::names(tx, applicant).await?.iter().rev() {
                let ending = if row.script == "arab" { "" } else { "-latin" };
                let parts = [
                    ("given", Some(&row.given)),
                    ("father", row.father.as_ref()),
                    ("grandfather", row.grandfather.as_ref()),
                    ("family", row.family.as_ref()),
                ];
                for (part, text) in parts {
                    self.say(&format!("{role}.{part}{ending}"), text.cloned());
                }
            }
        }
        Ok(self.content)
    }

    fn say(&mut self, field: &str, value: Option<String>) {
        if let (None, Some(value), Some(_)) = (self.content.get(field), value, find(self.kind, field)) {
            self.content.set(field, value);
        }
    }
}

/// Writes the notice of a case, at the office that the register's rules name.
async fn give_notice(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &mut CaseRow,
    kind: EventKind,
    content: &Content,
) -> Result<Entry, Stop> {
    let standing = rules::standing(tx).await?;
    let rule = rule_for(tx, &standing, kind, content).await?;
    let area = area_for(tx, case, content).await?;
    let office = centres::office_for(tx, &rule.competent, area).await?.ok_or(Why::ServiceClosed)?;
    case.office_id = Some(office.id);
    case.area_id = area;
    let hand = hand_of(at);
    let mut row = fresh(tx, at, hand, &office, kind, content).await?;
    row.case_id = Some(case.id);
    if let Some(officer) = hand {
        let officer = load(tx, officer).await?.ok_or(Why::NotPermitted)?.officer;
        not_family_of(tx, &officer, &row).await?;
    }
    tx.add(&row).await?;
    declarations::note_work(tx, &row).await?;
    Ok(said("event-notified", &row)
        .of(links::first_person(&row)?)
        .under(rule.basis.clone())
        .with("source", row.source.clone())
        .with("case", case.id.to_string()))
}

/// Where it happened; else where the case was brought.
async fn area_for(tx: &mut Tx<'_>, case: &CaseRow, content: &Content) -> Result<Option<AreaId>, Fault> {
    if let Some(code) = content.get("place-area") {
        return Ok(centres::area_coded(tx, code).await?.map(|area| area.id));
    }
    match case.centre_id {
        Some(centre) => Ok(centres::centre(tx, centre).await?.and_then(|centre| centre.area_id)),
        None => Ok(None),
    }
}

/// The officer who types for the applicant: a hand in what is declared.
fn hand_of(at: &Desk) -> Option<OfficerId> {
    match at.actor {
        Actor::Officer(officer) => Some(officer),
        _ => None,
    }
}

/// Keeps another content of a declaration, if it is another.
async fn amend(
    tx: &mut Tx<'_>,
    at: &Desk,
    row: &mut DeclarationRow,
    before: &Content,
    after: &Content,
) -> Result<Option<Entry>, Stop> {
    let changed: Vec<String> = before.differences(after).into_iter().map(|one| one.field).collect();
    if changed.is_empty() {
        return Ok(None);
    }
    links::keep(tx, row, after).await?;
    row.moved_at = at.now;
    if let Some(officer) = hand_of(at) {
        entered(row, officer);
    }
    tx.edit(row).await?;
    declarations::note_work(tx, row).await?;
    Ok(Some(said("declaration-amended", row).of(links::first_person(row)?).with("fields", changed)))
}

/// Whether an applicant may change answers of a case that was sent: what it declares
/// was given back to them.
///
/// # Errors
/// When the database fails.
pub(crate) async fn is_given_back(tx: &mut Tx<'_>, case: &CaseRow) -> Result<bool, Fault> {
    if Phase::from_code(&case.phase) != Some(Phase::WaitingForApplicant) {
        return Ok(false);
    }
    let row = declarations::of_case(tx, case.id).await?;
    Ok(row.is_some_and(|row| row.state == State::Returned.code()))
}

/// Mends a declaration that was given back by an answer that changed. What officers
/// added stays.
///
/// # Errors
/// When the new answers contradict one another, or the database fails.
pub(crate) async fn mend(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &CaseRow,
    service: &Service,
    (before, after): (&Answers, &Answers),
) -> Result<Option<Entry>, Stop> {
    let Some(declares) = &service.declares else { return Ok(None) };
    let Some(mut row) = declarations::of_case(tx, case.id).await? else { return Ok(None) };
    let day = day_of_case(at, case);
    let then = content_of(tx, declares, service, before, day).await?.unwrap_or_default();
    let now = content_of(tx, declares, service, after, day).await?;
    let now = now.map_err(|faults| undeclarable(&faults))?;
    let kept = links::content_of(&row)?;
    let mut content = kept.clone();
    for change in then.differences(&now) {
        content.set(&change.field, change.after.unwrap_or_default());
    }
    amend(tx, at, &mut row, &kept, &content).await
}

/// What was given back is answered: it waits for an officer again.
///
/// # Errors
/// When the database fails.
pub(crate) async fn answered(tx: &mut Tx<'_>, at: &Desk, case: CaseId) -> Result<Option<Entry>, Stop> {
    let Some(mut row) = declarations::of_case(tx, case).await? else { return Ok(None) };
    let Some(to) = state_of(&row)?.answered() else { return Ok(None) };
    row.state = to.code().to_owned();
    row.reason = None;
    row.moved_at = at.now;
    if let Some(officer) = hand_of(at) {
        entered(&mut row, officer);
    }
    tx.edit(&mut row).await?;
    declarations::note_work(tx, &row).await?;
    Ok(Some(said("declaration-amended", &row).of(links::first_person(&row)?).with("answered", true)))
}

/// Takes the declaration of a case back with it, or opens it again when its refusal
/// is appealed.
///
/// # Errors
/// [`Why::WrongState`] when it was checked or registered meanwhile; or the database
/// fails.
pub(crate) async fn step_with_case(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: CaseId,
    step: Step,
) -> Result<Option<Entry>, Stop> {
    let Some(mut row) = declarations::of_case(tx, case).await? else { return Ok(None) };
    let to = state_of(&row)?.after(step).ok_or_else(|| super::declaring::wrong_state(&row))?;
    let (to, kind) = match step {
        Step::Reopen => (to.answered().unwrap_or(to), "declaration-reopened"),
        _ => (to, "declaration-withdrawn"),
    };
    row.state = to.code().to_owned();
    row.duplicate_of = None;
    row.reason = None;
    row.checked_by = None;
    row.moved_at = at.now;
    tx.edit(&mut row).await?;
    declarations::note_work(tx, &row).await?;
    Ok(Some(said(kind, &row).of(links::first_person(&row)?).with("case", case.to_string())))
}

/// Takes back the notice of a case that ended because nobody answered: one that was given
/// back would otherwise stay so for ever. What is registered or refused stays.
///
/// # Errors
/// When the database fails.
pub(crate) async fn end_with_case(tx: &mut Tx<'_>, at: &Desk, case: CaseId) -> Result<Option<Entry>, Stop> {
    let Some(row) = declarations::of_case(tx, case).await? else { return Ok(None) };
    if state_of(&row)?.after(Step::Withdraw).is_none() {
        return Ok(None);
    }
    let entry = step_with_case(tx, at, case, Step::Withdraw).await?;
    Ok(entry.map(|entry| entry.under("expired")))
}

/// Refuses an officer to whose family a declaration belongs: whom it ties to the
/// register, and the applicant of its case.
///
/// # Errors
/// [`Why::OwnFamily`]; or the database fails.
pub(super) async fn not_family_of(
    tx: &mut Tx<'_>,
    officer: &OfficerRow,
    row: &DeclarationRow,
) -> Result<(), Stop> {
    let mut people = links::people_of(row)?;
    people.push(case_behind(tx, row).await?.and_then(|case| case.applicant_id));
    not_family(tx, officer, people).await
}

/// Refuses an officer whose family it concerns, or who decided on it before it was
/// appealed.
///
/// # Errors
/// [`Why::OwnFamily`], [`Why::AppealNeedsAnother`]; or the database fails.
pub(super) async fn may_decide(tx: &mut Tx<'_>, acting: &Acting, row: &DeclarationRow) -> Result<(), Stop> {
    not_family_of(tx, &acting.officer, row).await?;
    let first = case_behind(tx, row).await?.and_then(|case| case.first_decider);
    not_first_decider(tx, &acting.officer, first).await
}

/// The case that a declaration came from, if it came from one.
///
/// # Errors
/// When the database fails.
pub async fn case_behind(tx: &mut Tx<'_>, row: &DeclarationRow) -> Result<Option<CaseRow>, Fault> {
    match row.case_id {
        Some(case) => cases::case(tx, case).await,
        None => Ok(None),
    }
}

/// Moves a case with its declaration: what was given back is asked of the applicant,
/// what was refused or was declared before refuses the case, what was taken back ends
/// it. A case that ended by itself stays as it is.
///
/// # Errors
/// When the law does not allow the move, or the database fails.
pub(super) async fn moved(
    tx: &mut Tx<'_>,
    at: &Desk,
    officer: OfficerId,
    row: &DeclarationRow,
    step: Step,
) -> Result<Vec<Entry>, Stop> {
    let Some(mut case) = case_behind(tx, row).await? else { return Ok(Vec::new()) };
    let phase = phase_of(&case)?;
    let is_open = matches!(phase, Phase::InProgress | Phase::WaitingForApplicant);
    let published = crate::cases::definition(tx, &case).await?;
    let Some(declares) = &published.service.declares else { return Ok(Vec::new()) };
    let words = row.reason.clone().unwrap_or_default();
    if is_open {
        resume(&mut case)?;
    }
    let entries = match step {
        Step::Return if is_open => {
            crate::cases::ask(tx, at, &mut case, officer, crate::cases::DECLARATION, &words).await?
        }
        Step::Reject | Step::MarkDuplicate if is_open => {
            let reason = if step == Step::Reject { &declares.refused } else { &declares.duplicate };
            crate::cases::refuse(tx, at, &mut case, officer, reason, &words).await?
        }
        Step::Withdraw if is_open => {
            advance(&mut case, Phase::Withdrawn)?;
            case.ended_at = Some(at.now);
            case.due_at = None;
            case.move_role = None;
            vec![Entry::new("case-withdrawn", "case", case.id).of(case.applicant_id).under(words)]
        }
        Step::Declare if phase == Phase::WaitingForApplicant => go_on(tx, at, &mut case).await?,
        Step::Reopen if phase == Phase::Refused => {
            advance(&mut case, Phase::InProgress)?;
            case.decided_by = None;
            case.decided_at = None;
            case.appeal_until = None;
            case.step = None;
            go_on(tx, at, &mut case).await?
        }
        _ => return Ok(Vec::new()),
    };
    case.touched_at = at.now;
    keep(tx, at, &mut case).await?;
    tx.announce("case", case.id);
    Ok(entries)
}

/// Nothing is waited for any more.
fn resume(case: &mut CaseRow) -> Result<(), Stop> {
    if phase_of(case)? == Phase::WaitingForApplicant {
        advance(case, Phase::InProgress)?;
        case.due_at = None;
        case.step = None;
    }
    Ok(())
}

/// The register has it: the case is decided by that, its applicant is told, and its
/// paper is made. A case that ended before stays as it is.
///
/// # Errors
/// When the law does not allow the move, or the database fails.
pub(super) async fn registered(
    tx: &mut Tx<'_>,
    at: &Desk,
    officer: OfficerId,
    row: &DeclarationRow,
    (entry, about): (EntryId, Option<PersonId>),
) -> Result<Vec<Entry>, Stop> {
    let Some(mut case) = case_behind(tx, row).await? else { return Ok(Vec::new()) };
    if !matches!(phase_of(&case)?, Phase::InProgress | Phase::WaitingForApplicant) {
        return Ok(Vec::new());
    }
    resume(&mut case)?;
    case.holder_id = about;
    approved(tx, at, officer, &mut case, entry).await?;
    let decided = Entry::new("case-approved", "case", case.id)
        .of(case.holder_id)
        .under(row.rule.clone().unwrap_or_default())
        .with("declaration", row.id.to_string())
        .with("entry", entry.to_string());
    let mut entries = vec![decided];
    entries.extend(go_on(tx, at, &mut case).await?);
    keep(tx, at, &mut case).await?;
    tx.announce("case", case.id);
    Ok(entries)
}

/// What a case declared counts again: the case is decided by that once more.
///
/// # Errors
/// When the law does not allow the move, or the database fails.
pub(crate) async fn stands_again(
    tx: &mut Tx<'_>,
    at: &Desk,
    officer: OfficerId,
    case: &mut CaseRow,
    entry: EntryId,
) -> Result<Vec<Entry>, Stop> {
    if phase_of(case)? == Phase::Refused {
        // It was refused because the entry did not count.
        advance(case, Phase::InProgress)?;
        case.reason = None;
        case.reason_text = None;
        case.appeal_until = None;
    }
    resume(case)?;
    approved(tx, at, officer, case, entry).await?;
    let decided =
        Entry::new("case-approved", "case", case.id).of(case.holder_id).with("entry", entry.to_string());
    let mut entries = vec![decided];
    entries.extend(go_on(tx, at, case).await?);
    Ok(entries)
}

/// A case is decided by the entry that its declaration has, and its applicant is told.
async fn approved(
    tx: &mut Tx<'_>,
    at: &Desk,
    officer: OfficerId,
    case: &mut CaseRow,
    entry: EntryId,
) -> Result<(), Stop> {
    let published = crate::cases::definition(tx, case).await?;
    for step in published.service.steps.iter().filter(|step| step.kind == StepKind::Register) {
        mark_done(case, &step.key);
    }
    case.entry_id = Some(entry);
    advance(case, Phase::Approved)?;
    case.decided_by = Some(officer);
    case.decided_at = Some(at.now);
    case.assigned_to = None;
    case.assigned_at = None;
    case.touched_at = at.now;
    Ok(messages::tell(tx, at, case, Template::Decided).await?)
}
