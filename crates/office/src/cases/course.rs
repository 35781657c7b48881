//! The course of a sent case: which step comes next, when a rule approves and
//! when an officer gets exactly the open question.

use super::facts::{facts_of, paper_of};
use super::fees;
use super::following::entry_is_revoked;
use super::keeping::name_parties;
use super::lookups;
use super::work::is_finding;
use super::{answers, definition};
use crate::administration::days_off_at;
use crate::catalogue::Published;
use crate::civil::{self, Description, Found, of_cases};
use crate::documents;
use crate::messages::{self, Template};
use crate::units;

use diwan_domain::acts::Desk;
use diwan_domain::calendar::{Holidays, OpeningHours, Span, deadline};
use diwan_domain::cases::Phase;
use diwan_domain::ids::{AreaId, EntryId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::names::{self, NameParts};
use diwan_domain::refusals::Why;
use diwan_domain::services::{
    ADDRESS_PARTS, Actor, Answers, Assessment, DECISION, Facts, Judgement, OpenQuestion, QuestionKind,
    RegisterKind, Service, Step, StepKind, asked, assess,
};
use diwan_store::cases::CaseRow;
use diwan_store::centres::AreaRow;
use diwan_store::civil::{self as register, EntryRow};
use diwan_store::value::Json;
use diwan_store::{Fault, Stop, Tx, access, centres, documents as papers, people, services};
use jiff::civil::Date;
use serde_json::{Value, json};

/// How many lookups one person may cause in a day.
const LOOKUPS_A_DAY: i64 = 30;
const A_DAY: i64 = 86_400_000_000;

/// Asks in one round trip what will be asked of the applicant and the service.
///
/// # Errors
/// When the database fails.
pub(super) async fn foresee_person(tx: &mut Tx<'_>, case: &CaseRow) -> Result<(), Fault> {
    if !tx.foresees() {
        return Ok(());
    }
    services::head(tx, &case.service, case.edition).await?;
    if let Some(applicant) = case.applicant_id {
        people::person(tx, applicant).await?;
        people::status(tx, applicant, civil::DISPLACED).await?;
        people::names(tx, applicant).await?;
        register::tied(tx, applicant).await?;
        access::foresee_use(tx, &lookups_of(applicant)).await?;
    }
    tx.ask_foreseen().await
}

/// Asks in one round trip what will be asked of the entry that was found.
async fn foresee_entry(
    tx: &mut Tx<'_>,
    case: &CaseRow,
    entry: &EntryRow,
    service: &Service,
) -> Result<(), Fault> {
    if !tx.foresees() {
        return Ok(());
    }
    register::entry(tx, entry.id).await?;
    papers::copies_before(tx, entry.id, paper_of(service), case.id).await?;
    register::event(tx, entry.event_id).await?;
    register::roles_in(tx, entry.event_id).await?;
    centres::office(tx, entry.office_id).await?;
    if let Some(holder) = case.holder_id {
        people::person(tx, holder).await?;
        if matches!(service.register, Some(RegisterKind::Person | RegisterKind::Family)) {
            register::unions_of(tx, holder).await?;
        }
    }
    tx.ask_foreseen().await
}

/// Steps that were gone through, kept with the case.
fn done(case: &CaseRow) -> Vec<String> {
    let list = case.facts.0["done"].as_array();
    list.into_iter().flatten().filter_map(|step| step.as_str().map(str::to_owned)).collect()
}

/// Marks a step as gone through.
pub(crate) fn mark_done(case: &mut CaseRow, step: &str) {
    let mut steps = done(case);
    if !steps.iter().any(|known| known == step) {
        steps.push(step.to_owned());
    }
    case.facts.0["done"] = json!(steps);
}

/// Opens the steps of some kinds again: a fee was given back, a decision is made anew.
pub(crate) fn open_again(case: &mut CaseRow, kinds: &[StepKind], service: &Service) {
    let again = |key: &String| service.step(key).is_some_and(|step| kinds.contains(&step.kind));
    let steps: Vec<String> = done(case).into_iter().filter(|key| !again(key)).collect();
    case.facts.0["done"] = json!(steps);
    case.step = None;
}

/// Notes that a check, inspection, test or screening was not passed: from then
/// on an officer decides.
pub(crate) fn mark_failed(case: &mut CaseRow, step: &str, words: &str) {
    mark_done(case, step);
    case.facts.0["failed"][step] = json!(words);
}

/// The steps that were not passed.
fn failed(case: &CaseRow) -> Vec<String> {
    case.facts.0["failed"].as_object().into_iter().flatten().map(|(step, _)| step.clone()).collect()
}

/// Moves a sent case on as far as it goes without anyone: looks the entry up,
/// computes the fee, lets a rule approve, or parks it where someone must act.
///
/// # Errors
/// When the law does not allow the move, or the database fails.
pub(crate) async fn proceed(tx: &mut Tx<'_>, at: &Desk, case: &mut CaseRow) -> Result<Vec<Entry>, Stop> {
    let published = definition(tx, case).await?;
    let given = answers(case);
    let mut entries = Vec::new();
    if let (Some(_), None, Some(register)) = (case.applicant_id, case.entry_id, published.service.register) {
        entries.push(find_entry(tx, at, case, &published, register, &given).await?);
    }
    name_parties(tx, at, case).await?;
    let facts = facts_of(tx, at, case).await?;
    entries.extend(of_cases::keep_up(tx, at, case, &published, (&given, &facts)).await?);
    route(tx, case, &published, &given).await?;
    if lookups::ask(tx, at, case, &published.service, &given, &facts).await? {
        // Another register is asked; the case goes on with its answer.
        case.step = None;
        case.move_role = Some(Actor::System.code().into());
        case.due_at = None;
        return Ok(entries);
    }
    let Assessment { bill, judgement, plan } = assess(&published.service, &given, &facts);
    entries.extend(fees::set(tx, at, case, &published.service, bill).await?);
    let judgement = with_doubts(tx, at, judgement, case, (&published, &given), facts.today).await?;
    case.facts.0["seen"] = json!(facts);
    case.open_questions = Json(match &judgement {
        _ if entry_is_revoked(case) => {
            json!([{"rule": "entry-revoked", "basis": published.service.basis}])
        }
        Judgement::Officer { open } => json!(open),
        Judgement::Search { .. } => json!([{"rule": "search", "basis": published.service.basis}]),
        Judgement::NotEntitled { .. } => json!([{"rule": "not-entitled", "basis": published.service.basis}]),
        Judgement::ByRule { .. } => json!([]),
    });
    let with_office = Phase::from_code(&case.phase) == Some(Phase::InProgress);
    let by_rule = matches!(judgement, Judgement::ByRule { .. });
    if plan.steps.is_empty() && with_office && !by_rule {
        // No claim of any right: it is not refused unheard, an officer decides.
        let decides = |step: &&Step| matches!(step.kind, StepKind::Decide | StepKind::Register);
        if let Some(step) = published.service.steps.iter().find(decides) {
            park(tx, at, case, step).await?;
        }
        return Ok(entries);
    }
    let steps = steps_left(&published.service, &plan.steps, case, &judgement);
    walk(tx, at, case, &published, steps, &judgement, &mut entries).await?;
    Ok(entries)
}

/// What a rule cannot settle, whatever it says: a step that was not passed, an
/// entry that lacks what the paper must show, and an entry that someone found by
/// hand, so that whoever found it is not the only one who looked.
async fn with_doubts(
    tx: &mut Tx<'_>,
    at: &Desk,
    judgement: Judgement,
    case: &CaseRow,
    (published, given): (&Published, &Answers),
    today: Date,
) -> Result<Judgement, Fault> {
    let service = &published.service;
    let question = |rule: String| OpenQuestion { rule, basis: service.basis.clone(), fault: None };
    let mut open: Vec<OpenQuestion> =
        failed(case).into_iter().map(|step| question(format!("step-{step}"))).collect();
    let by_rule = matches!(judgement, Judgement::ByRule { .. });
    if by_rule
        && service.document.is_some()
        && !documents::missing(tx, case, service, given, today).await?.is_empty()
    {
        open.push(question("unprintable".to_owned()));
    }
    if by_rule && open.is_empty() && case.facts.0["tied-by-hand"] == true {
        open.push(question(DECISION.to_owned()));
    }
    // A mobile unit whose time is over still takes applications: what would be issued waits
    // for an officer at home.
    if by_rule
        && open.is_empty()
        && service.document.is_some()
        && units::of_desk(tx, at).await?.is_some_and(|unit| at.now > unit.until)
    {
        open.push(question(DECISION.to_owned()));
    }
    Ok(match judgement {
        Judgement::Officer { open: others } => {
            open.extend(others);
            Judgement::Officer { open }
        }
        Judgement::ByRule { .. } if !open.is_empty() => Judgement::Officer { open },
        other => other,
    })
}

/// What is left to do. An officer who approved what no claim covered leaves
/// paying and issuing. A decision that the service would skip comes back where
/// no rule approves: nothing is given without a decision.
fn steps_left<'s>(
    service: &'s Service,
    planned: &[&'s Step],
    case: &CaseRow,
    judgement: &Judgement,
) -> Vec<&'s Step> {
    let deciding = |step: &Step| matches!(step.kind, StepKind::Decide | StepKind::SecondDecide);
    let undecided = Phase::from_code(&case.phase) == Some(Phase::InProgress)
        && !matches!(judgement, Judgement::ByRule { .. })
        && !planned.iter().any(|step| deciding(step));
    let brought_back = service.steps.iter().find(|step| undecided && step.kind == StepKind::Decide);
    let done = done(case);
    let needed = |step: &&Step| {
        planned.iter().any(|own| own.key == step.key)
            || brought_back.is_some_and(|back| back.key == step.key)
            || planned.is_empty() && matches!(step.kind, StepKind::Pay | StepKind::Issue)
    };
    service.steps.iter().filter(needed).filter(|step| !done.contains(&step.key)).collect()
}

/// Goes through the steps that are left, and stops at the first that waits.
async fn walk(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &mut CaseRow,
    published: &Published,
    steps: Vec<&Step>,
    judgement: &Judgement,
    entries: &mut Vec<Entry>,
) -> Result<(), Stop> {
    let is_printed = steps.iter().any(|step| step.kind == StepKind::Print);
    for step in steps {
        // Nothing is paid for what does not stand.
        if step.kind == StepKind::Pay && entry_is_revoked(case) {
            continue;
        }
        let moved = match step.kind {
            StepKind::ProveIdentity => case.applicant_id.is_some(),
            StepKind::Pay => case.paid_minor_units >= case.fee_minor_units,
            StepKind::Issue => {
                entries.extend(issue(tx, at, case, published, judgement).await?);
                if !is_printed {
                    messages::tell(tx, at, case, Template::Ready).await?;
                }
                true
            }
            _ => false,
        };
        if !moved {
            return park(tx, at, case, step).await;
        }
        mark_done(case, &step.key);
    }
    case.step = None;
    case.move_role = None;
    case.due_at = None;
    finish(tx, at, case, published, judgement, entries).await
}

/// A case without a paper is fulfilled by its decision.
async fn finish(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &mut CaseRow,
    published: &Published,
    judgement: &Judgement,
    entries: &mut Vec<Entry>,
) -> Result<(), Stop> {
    if published.service.document.is_some() {
        return Ok(());
    }
    if Phase::from_code(&case.phase) == Some(Phase::InProgress) {
        entries.extend(approve_by_rule(at, case, published, judgement)?);
        messages::tell(tx, at, case, Template::Decided).await?;
    }
    if Phase::from_code(&case.phase) == Some(Phase::Approved) {
        case.phase = Phase::Approved.to(Phase::Fulfilled)?.code().into();
        case.ended_at = Some(at.now);
    }
    Ok(())
}

/// Where the lookups of an applicant are counted.
fn lookups_of(applicant: PersonId) -> String {
    format!("lookup/{applicant}")
}

/// Looks the entry up for a proven applicant, a limited number of times a day.
async fn find_entry(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &mut CaseRow,
    published: &Published,
    register: RegisterKind,
    given: &Answers,
) -> Result<Entry, Stop> {
    let applicant = case.applicant_id.ok_or(Why::IdentityUnproven)?;
    let facts = facts_of(tx, at, case).await?;
    let described = describe(published, given, &facts);
    let uses = access::count_use_in(tx, &lookups_of(applicant), at.now, A_DAY).await?;
    let today = crate::desk::day_of(at.now, at.utc_offset_minutes);
    let found = match described {
        _ if uses > LOOKUPS_A_DAY => Found::default(),
        None => civil::own_entry(tx, register, applicant).await?,
        Some(wanted) => civil::look_up(tx, register, applicant, &wanted, today).await?,
    };
    keep_several(case, &found.several);
    case.relation = Some(found.relation.code().into());
    case.holder_id = found.holder.as_ref().map(|holder| holder.id);
    case.entry_id = found.entry.as_ref().map(|entry| entry.id);
    case.area_id = found.entry.as_ref().and_then(|entry| entry.area_id);
    if let Some(entry) = &found.entry {
        case.office_id = Some(entry.office_id);
        foresee_entry(tx, case, entry, &published.service).await?;
    }
    Ok(Entry::new("register-looked-up", "case", case.id)
        .of(case.holder_id)
        .with("found", found.entry.is_some())
        .with("several", (!found.several.is_empty()).then_some(found.several.len()))
        .with("relation", found.relation.code()))
}

/// Keeps with a case which entries may be meant, so that an officer chooses among them.
pub(super) fn keep_several(case: &mut CaseRow, several: &[(PersonId, EntryId)]) {
    let told = several.iter().map(|(holder, entry)| json!({"holder": holder, "entry": entry}));
    case.facts.0["several"] = told.collect();
}

/// The entries of which an officer chooses one, each with its holder.
pub(crate) fn several(case: &CaseRow) -> Vec<(PersonId, EntryId)> {
    let one =
        |told: &Value| Some((told["holder"].as_str()?.parse().ok()?, told["entry"].as_str()?.parse().ok()?));
    case.facts.0["several"].as_array().into_iter().flatten().filter_map(one).collect()
}

/// Whom the answers describe: the first name, date and identity number asked;
/// where entries are about a couple, the second name is the other's.
/// `None` when nobody else is described: then it is the applicant.
fn describe(published: &Published, given: &Answers, facts: &Facts) -> Option<Description> {
    let mut described = Description::default();
    for question in asked(&published.service, given, facts) {
        let Some(value) = given.get(&question.key) else { continue };
        match question.kind {
            QuestionKind::Name if described.name.is_none() => {
                described.name = serde_json::from_value(value.clone()).ok();
            }
            QuestionKind::Name if described.spouse.is_none() && of_couples(&published.service) => {
                described.spouse = serde_json::from_value(value.clone()).ok();
            }
            QuestionKind::Date if described.born_on.is_none() => {
                described.born_on = value.as_str().and_then(|text| text.parse().ok());
            }
            QuestionKind::IdentityNumber if described.number.is_none() => {
                described.number = value["number"].as_str().map(str::to_owned);
            }
            _ => {}
        }
    }
    (described.name.is_some() || described.number.is_some()).then_some(described)
}

/// Whether a service looks into a register whose entries are about two people.
pub(super) fn of_couples(service: &Service) -> bool {
    matches!(service.register, Some(RegisterKind::Marriage | RegisterKind::Divorce))
}

/// Whom the answers name as the other of a couple: the second name that is asked.
pub(super) fn described_spouse(published: &Published, given: &Answers) -> Option<NameParts> {
    let names = published.service.questions.iter().filter(|question| question.kind == QuestionKind::Name);
    let second = names.filter(|_| of_couples(&published.service)).nth(1)?;
    serde_json::from_value(given.get(&second.key)?.clone()).ok()
}

/// Gives the case to the office that answers for it: for the entry's area; else
/// for the area the applicant named; else for the centre's.
async fn route(
    tx: &mut Tx<'_>,
    case: &mut CaseRow,
    published: &Published,
    given: &Answers,
) -> Result<(), Stop> {
    if case.office_id.is_none() {
        if case.area_id.is_none() {
            case.area_id = named_area(tx, published, given).await?;
        }
        let area = match (case.area_id, case.centre_id) {
            (Some(area), _) => Some(area),
            (None, Some(centre)) => centres::centre(tx, centre).await?.and_then(|centre| centre.area_id),
            _ => None,
        };
        let office = centres::office_for(tx, &published.service.issuer, area).await?;
        case.office_id = Some(office.ok_or(Why::ServiceClosed)?.id);
    }
    Ok(())
}

/// The smallest area that the first answered address names, in any language.
async fn named_area(
    tx: &mut Tx<'_>,
    published: &Published,
    given: &Answers,
) -> Result<Option<AreaId>, Fault> {
    let addresses = published.service.questions.iter().filter(|q| q.kind == QuestionKind::Address);
    let address = addresses.filter_map(|q| given.get(&q.key)).find(|value| value.is_object());
    Ok(named_area_in(tx, address).await?.map(|area| area.id))
}

/// The smallest area that an address names, in any language.
///
/// # Errors
/// When the database fails.
pub(crate) async fn named_area_in(
    tx: &mut Tx<'_>,
    address: Option<&Value>,
) -> Result<Option<AreaRow>, Fault> {
    let Some(address) = address.filter(|value| value.is_object()) else { return Ok(None) };
    let areas = centres::areas(tx).await?;
    let mut found: Option<&AreaRow> = None;
    for part in ADDRESS_PARTS {
        let Some(name) = address[part].as_str().map(names::fold).filter(|name| !name.is_empty()) else {
            continue;
        };
        let fits = |area: &&AreaRow| {
            let called = area.names.0.as_object().into_iter().flatten();
            let called = called.filter_map(|(_, name)| name.as_str()).any(|own| names::fold(own) == name);
            (called || names::fold(&area.code) == name)
                && found.is_none_or(|above| area.parent_id == Some(above.id))
        };
        if let Some(area) = areas.iter().find(fits) {
            found = Some(area);
        }
    }
    Ok(found.cloned())
}

/// The role among whose officers a case is drawn; none for what is the
/// applicant's, Diwan's, or done at a counter with the person there.
fn has_move(case: &CaseRow, step: &Step) -> Option<&'static str> {
    match (step.kind, step.role) {
        // What was declared and is revoked stands in no list of the register.
        (StepKind::Register, Actor::Officer(role)) if entry_is_revoked(case) => Some(role.code()),
        // What is declared stands in the register's own lists.
        (
            StepKind::Pay
            | StepKind::ProveIdentity
            | StepKind::Print
            | StepKind::HandOver
            | StepKind::Register,
            _,
        ) => None,
        (_, Actor::Officer(role)) => Some(role.code()),
        _ => None,
    }
}

/// Stops at a step where someone must act, and says until when.
async fn park(tx: &mut Tx<'_>, at: &Desk, case: &mut CaseRow, step: &Step) -> Result<(), Stop> {
    case.move_role = has_move(case, step).map(str::to_owned);
    if case.step.as_deref() != Some(&step.key) {
        case.step = Some(step.key.clone());
        // Who looks after the decision is drawn: whoever decided keeps it from nobody.
        if is_finding(step.kind) && case.phase == Phase::Approved.code() {
            case.assigned_to = None;
            case.assigned_at = None;
        }
        case.due_at = match step.deadline {
            Some(span) => Some(due_after(tx, at, case, span).await?),
            None => None,
        };
    }
    tx.announce("case", case.id);
    Ok(())
}

/// When something must be done that begins now, by the hours of a case's centre.
///
/// # Errors
/// When the database fails.
pub(crate) async fn due_after(tx: &mut Tx<'_>, at: &Desk, case: &CaseRow, span: Span) -> Result<i64, Fault> {
    let (hours, holidays) = working_time(tx, at, case).await?;
    if let Ok(due) = deadline(at.now, span, &hours, &holidays) {
        return Ok(due);
    }
    // A centre without any hours, or a span beyond every calendar, stops nobody's case:
    // then usual hours count, and after them the days as they come.
    let usual = OpeningHours { offset_minutes: at.utc_offset_minutes, ..OpeningHours::usual() };
    let none = Holidays::default();
    deadline(at.now, span, &usual, &none)
        .or_else(|_| deadline(at.now, span.in_plain_days(), &usual, &none))
        .map_err(|why| Fault::Outside(why.to_string()))
}

/// The hours and holidays that count for a case: its centre's.
///
/// # Errors
/// When the database fails.
pub(crate) async fn working_time(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &CaseRow,
) -> Result<(OpeningHours, Holidays), Fault> {
    let centre = match case.centre_id {
        Some(id) => centres::centre(tx, id).await?,
        None => None,
    };
    let days_off = days_off_at(tx, at, centre.as_ref()).await?;
    let hours = centre.and_then(|centre| serde_json::from_value(centre.hours.0).ok());
    // A case without a centre is reckoned with the office's own local time.
    let usual = || OpeningHours { offset_minutes: at.utc_offset_minutes, ..OpeningHours::usual() };
    Ok((hours.unwrap_or_else(usual), days_off))
}

/// Approves by rule where that is still open, and stores the intent to issue.
async fn issue(
    tx: &mut Tx<'_>,
    at: &Desk,
    case: &mut CaseRow,
    published: &Published,
    judgement: &Judgement,
) -> Result<Vec<Entry>, Stop> {
    let mut entries = Vec::new();
    if Phase::from_code(&case.phase) != Some(Phase::Approved) {
        entries.extend(approve_by_rule(at, case, published, judgement)?);
    }
    entries.push(documents::intend(tx, at, case, published).await?);
    Ok(entries)
}

fn approve_by_rule(
    at: &Desk,
    case: &mut CaseRow,
    published: &Published,
    judgement: &Judgement,
) -> Result<Option<Entry>, Stop> {
    let Judgement::ByRule { rule, service_version, basis, .. } = judgement else {
        // A service whose steps skip every decision without a rule to stand
        // on: the checker refuses it.
        return Err(
            Fault::Outside(format!("service {} ends without a decision", published.service.key)).into()
        );
    };
    let phase = Phase::from_code(&case.phase).unwrap_or(Phase::Draft);
    case.phase = phase.to(Phase::Approved)?.code().into();
    case.decided_rule = Some(format!("{}/{rule}/{service_version}", case.service));
    case.decided_at = Some(at.now);
    Ok(Some(
        Entry::new("case-approved-by-rule", "case", case.id)
            .of(case.holder_id)
            .under(format!("{rule}, version {service_version}: {basis}"))
            .with("facts", case.facts.0["seen"].clone()),
    ))
}
