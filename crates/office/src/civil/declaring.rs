//! From a first notice to a declaration that is whole, and what else becomes of
//! it on the way: mended, given back, refused, taken back, found twice.

use super::competence::office_of_notice;
use super::following::{answers, entered, may_take, own};
use super::links::{self, content_of, doubts_of};
use super::numbers::draw;
use super::of_cases;
use super::rules::{self, Standing};
use crate::acting::{Acting, acting, in_office};
use crate::desk::day_of;
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::civil::rules::{Doubt, Rule};
use diwan_domain::civil::{Content, EventKind, Stage, State, Step, check};
use diwan_domain::ids::{DeclarationId, OfficeId, OfficerId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::centres::{self, OfficeRow};
use diwan_store::declarations::{self, DeclarationRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, protection};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What a declaration became.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Taken {
    /// The declaration.
    pub id: DeclarationId,
    /// The number that whoever gave it is told.
    pub number: String,
    /// Its version.
    pub version: i64,
    /// What an officer must look at.
    pub doubts: Vec<String>,
}

/// Keeps a notice of an event: what is known, however little. A hospital, a
/// midwife, a court, a mukhtar or a mission gives it, or whoever stands at the
/// counter.
#[derive(Debug, Serialize, Deserialize)]
pub struct TakeNotice {
    /// Of what.
    pub kind: EventKind,
    /// What is known.
    pub content: Content,
    /// The registering office; when left out the officer's own, or the one that keeps the
    /// book where theirs keeps another.
    pub office: Option<OfficeId>,
}

impl Act for TakeNotice {
    const NAME: &'static str = "take-notice";
    type Out = Taken;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Taken>, Stop> {
        let acting = in_office(tx, at).await?;
        if !acting.may(Permission::NotifyEvents) && !acting.may(Permission::DeclareEvents) {
            return Err(not_permitted(Permission::NotifyEvents).into());
        }
        let content = whole(self.kind, &self.content, Stage::Notice, at)?;
        let office = office_of_notice(tx, &acting, self.office, (self.kind, &content)).await?;
        links::are_there(tx, &acting, self.kind, &content).await?;
        let row = fresh(tx, at, Some(acting.officer.id), &office, self.kind, &content).await?;
        tx.add(&row).await?;
        declarations::note_work(tx, &row).await?;
        let entry = said("event-notified", &row).with("source", row.source.clone());
        Ok(Recorded::new(taken(&row), entry))
    }
}

/// Declares an event in full: by someone entitled to, within the legal time, or
/// later with what the law then asks.
#[derive(Debug, Serialize, Deserialize)]
pub struct Declare {
    /// The notice it completes and the version of it that was seen; a new
    /// declaration when left out.
    pub of: Option<(DeclarationId, i64)>,
    /// What happened; a notice keeps its kind.
    pub kind: EventKind,
    /// What is declared: all of it, also what the notice said already.
    pub content: Content,
    /// The registering office; the officer's own when left out.
    pub office: Option<OfficeId>,
}

impl Act for Declare {
    const NAME: &'static str = "declare-event";
    type Out = Taken;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Taken>, Stop> {
        foresee(tx, at, self.of.map(|(id, _)| id), Some((self.kind, &self.content))).await?;
        let acting = acting(tx, at, Permission::DeclareEvents).await?;
        let content = whole(self.kind, &self.content, Stage::Declaration, at)?;
        let (mut row, office) = match self.of {
            Some((id, seen)) => {
                let row = own(tx, &acting, id).await?;
                stands_at(&row, seen)?;
                if row.kind != self.kind.code() {
                    return Err(Refusal::from(Why::FieldsWrong).about("kind", "answer/not-offered").into());
                }
                let office = centres::office(tx, row.office_id).await?.ok_or(Why::NotFound)?;
                (row, office)
            }
            None => {
                let office = office_for(tx, &acting, self.office).await?;
                (fresh(tx, at, Some(acting.officer.id), &office, self.kind, &content).await?, office)
            }
        };
        let to = state_of(&row)?.after(Step::Declare).ok_or_else(|| wrong_state(&row))?;
        declare(tx, at, &mut row, self.kind, content, &office).await?;
        row.state = to.code().to_owned();
        row.declared_at = Some(at.now);
        row.reason = None;
        // Whoever takes the whole declaration answers for what it says.
        entered(&mut row, acting.officer.id);
        find_alike(tx, at, &acting, &mut row).await?;
        of_cases::not_family_of(tx, &acting.officer, &row).await?;
        match self.of {
            Some(_) => tx.edit(&mut row).await?,
            None => tx.add(&row).await?,
        }
        declarations::note_work(tx, &row).await?;
        let of_case = of_cases::moved(tx, at, acting.officer.id, &row, Step::Declare).await?;
        let entry = said("event-declared", &row)
            .of(links::first_person(&row)?)
            .under(row.rule.clone().unwrap_or_default())
            .with("doubts", row.doubts.0.clone());
        Ok(Recorded::new(taken(&row), entry).and_all(of_case))
    }

    async fn look_ahead(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<(), Stop> {
        foresee(tx, at, self.of.map(|(id, _)| id), Some((self.kind, &self.content))).await?;
        let acting = in_office(tx, at).await?;
        let content = whole(self.kind, &self.content, Stage::Declaration, at)?;
        let row = match self.of {
            Some((id, _)) => own(tx, &acting, id).await?,
            None => {
                let office = office_for(tx, &acting, self.office).await?;
                blank(at, Some(acting.officer.id), &office, self.kind, &content)
            }
        };
        look_ahead_as(tx, &acting, row, self.kind, content).await
    }
}

/// Asks in one round trip what every act on a declaration asks first.
pub(super) async fn foresee(
    tx: &mut Tx<'_>,
    at: &Desk,
    declaration: Option<DeclarationId>,
    said: Option<(EventKind, &Content)>,
) -> Result<(), Fault> {
    let Actor::Officer(officer) = at.actor else { return Ok(()) };
    if !tx.foresees() {
        return Ok(());
    }
    crate::acting::foresee(tx, officer).await?;
    if let Some(declaration) = declaration {
        declarations::declaration(tx, declaration).await?;
        protection::let_into(tx, officer).await?;
    }
    if let Some((kind, content)) = said {
        declarations::rules_hash(tx).await?;
        links::foresee(tx, kind, content).await?;
    }
    tx.ask_foreseen().await
}

/// Looks for what may be the same as a declaration that is about to say something.
async fn look_ahead_as(
    tx: &mut Tx<'_>,
    acting: &Acting,
    mut row: DeclarationRow,
    kind: EventKind,
    content: Content,
) -> Result<(), Stop> {
    let content = links::linked(tx, Some(acting), kind, links::completed(kind, content)).await?;
    let content = links::named_after(tx, kind, content).await?;
    links::keep(tx, &mut row, &content).await?;
    super::alike::look(tx, acting, &row, kind, &content).await?;
    Ok(())
}

/// Takes a content as the declaration of a row: finds the law, the people it
/// names and what an officer must look at.
pub(super) async fn declare(
    tx: &mut Tx<'_>,
    at: &Desk,
    row: &mut DeclarationRow,
    kind: EventKind,
    content: Content,
    office: &OfficeRow,
) -> Result<(), Stop> {
    // What an applicant sent in time is not late because an officer takes it up later.
    let sent = if row.case_id.is_some() { row.recorded_at } else { at.now };
    let today = day_of(sent, at.utc_offset_minutes);
    let standing = rules::standing(tx).await?;
    let content = links::completed(kind, content);
    let acting = crate::acting::at_desk(tx, at).await?;
    let content = links::linked(tx, acting.as_ref(), kind, content).await?;
    let content = links::named_after(tx, kind, content).await?;
    links::fits(tx, kind, &content).await?;
    let rule = rule_for(tx, &standing, kind, &content).await?;
    if office.ministry != rule.competent {
        return Err(Refusal::from(Why::NotCompetent).about("competent", &rule.competent).into());
    }
    let lacks = rule.lacks(&content, today);
    if !lacks.is_empty() {
        let refusal = Refusal::from(Why::LateLacks);
        return Err(lacks
            .iter()
            .fold(refusal, |refusal, field| refusal.about(field, "answer/missing"))
            .into());
    }
    let content = with_waiting_period(kind, content, rule);
    let doubts = doubts_of(tx, kind, &content, rule, today).await?;
    row.doubts = Json(json!(doubts.iter().map(|doubt| doubt.code()).collect::<Vec<_>>()));
    row.rule = Some(rule.key.clone());
    row.rules_hash = Some(standing.hash.clone());
    links::keep(tx, row, &content).await?;
    row.moved_at = at.now;
    row.checked_by = None;
    Ok(())
}

/// Says until when the waiting period of a divorce lasts, by the law, where the judgment
/// said nothing: whoever checks it sees the day.
fn with_waiting_period(kind: EventKind, mut content: Content, rule: &Rule) -> Content {
    if kind == EventKind::Divorce
        && content.get("waiting-until").is_none()
        && let Some(until) = rule.waits_until(&content)
    {
        content.set("waiting-until", until.to_string());
    }
    content
}

/// Looks for what may be the same, and notes it as a doubt where an officer must
/// decide.
async fn find_alike(
    tx: &mut Tx<'_>,
    at: &Desk,
    acting: &Acting,
    row: &mut DeclarationRow,
) -> Result<(), Stop> {
    if super::duplicates::look_again(tx, at, acting, row, false).await?
        && let Some(doubts) = row.doubts.0.as_array_mut()
    {
        doubts.push(json!(Doubt::PossibleDuplicate.code()));
    }
    Ok(())
}

/// The rule for an event where and when it happened.
pub(super) async fn rule_for<'a>(
    tx: &mut Tx<'_>,
    standing: &'a Standing,
    kind: EventKind,
    content: &Content,
) -> Result<&'a Rule, Stop> {
    let governorate = links::governorate(tx, content).await?;
    let rule = standing.rules.of(kind, content.date("happened-on"), governorate.as_deref());
    rule.ok_or_else(|| Refusal::from(Why::NoRule).about("kind", kind.code()).into())
}

/// Mends or adds to what is not checked yet.
#[derive(Debug, Serialize, Deserialize)]
pub struct AmendDeclaration {
    /// Which.
    pub declaration: DeclarationId,
    /// The version that was seen.
    pub seen: i64,
    /// All that it is to say.
    pub content: Content,
}

impl Act for AmendDeclaration {
    const NAME: &'static str = "amend-declaration";
    type Out = Taken;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Taken>, Stop> {
        let acting = in_office(tx, at).await?;
        let mut row = own(tx, &acting, self.declaration).await?;
        if !may_take(&acting, &row, Step::Amend) {
            return Err(not_permitted(Permission::DeclareEvents).into());
        }
        stands_at(&row, self.seen)?;
        let (kind, state) = (kind_of(&row)?, state_of(&row)?);
        state.after(Step::Amend).ok_or_else(|| wrong_state(&row))?;
        let before = content_of(&row)?;
        let is_answer = answers(&acting, &row);
        let is_notice = is_answer || state == State::Notified;
        let stage = if is_notice { Stage::Notice } else { Stage::Declaration };
        let content = whole(kind, &self.content, stage, at)?;
        let changed: Vec<String> =
            before.differences(&content).into_iter().map(|difference| difference.field).collect();
        if stage == Stage::Declaration {
            let office = centres::office(tx, row.office_id).await?.ok_or(Why::NotFound)?;
            declare(tx, at, &mut row, kind, content, &office).await?;
            find_alike(tx, at, &acting, &mut row).await?;
        } else {
            links::are_there(tx, &acting, kind, &content).await?;
            links::keep(tx, &mut row, &content).await?;
            row.moved_at = at.now;
        }
        if is_answer {
            // What was given back and is answered waits for an officer again.
            row.state = state.answered().unwrap_or(state).code().to_owned();
            row.reason = None;
        }
        entered(&mut row, acting.officer.id);
        of_cases::not_family_of(tx, &acting.officer, &row).await?;
        tx.edit(&mut row).await?;
        declarations::note_work(tx, &row).await?;
        let mut entry =
            said("declaration-amended", &row).of(links::first_person(&row)?).with("fields", changed);
        if is_answer {
            entry = entry.with("answered", true);
        }
        Ok(Recorded::new(taken(&row), entry))
    }

    async fn look_ahead(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<(), Stop> {
        let acting = in_office(tx, at).await?;
        let row = own(tx, &acting, self.declaration).await?;
        if state_of(&row)? == State::Notified || answers(&acting, &row) {
            return Ok(());
        }
        let kind = kind_of(&row)?;
        let content = whole(kind, &self.content, Stage::Declaration, at)?;
        look_ahead_as(tx, &acting, row, kind, content).await
    }
}

/// Gives a declaration back, refuses it, takes it back, marks it as the same event
/// as another, or undoes a refusal or such a mark. Each says why.
#[derive(Debug, Serialize, Deserialize)]
pub struct MoveDeclaration {
    /// Which.
    pub declaration: DeclarationId,
    /// The version that was seen.
    pub seen: i64,
    /// `return`, `reject`, `withdraw`, `mark-duplicate` or `reopen`.
    pub step: Step,
    /// Why, in words whoever declared it reads.
    pub reason: String,
    /// For a mark: the declaration that came first.
    pub duplicate_of: Option<DeclarationId>,
}

impl Act for MoveDeclaration {
    const NAME: &'static str = "move-declaration";
    type Out = Taken;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Taken>, Stop> {
        let acting = in_office(tx, at).await?;
        let mut row = own(tx, &acting, self.declaration).await?;
        let kind = match self.step {
            Step::Return => "declaration-returned",
            Step::Reject => "declaration-rejected",
            Step::Withdraw => "declaration-withdrawn",
            Step::MarkDuplicate => "declaration-duplicate",
            Step::Reopen => "declaration-reopened",
            Step::Amend | Step::Declare | Step::Check | Step::Register => return Err(Why::Malformed.into()),
        };
        if !may_take(&acting, &row, self.step) {
            return Err(not_permitted(Permission::RegisterEvents).into());
        }
        stands_at(&row, self.seen)?;
        of_cases::may_decide(tx, &acting, &row).await?;
        let reason = self.reason.trim();
        if reason.is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        let to = state_of(&row)?.after(self.step).ok_or_else(|| wrong_state(&row))?;
        row.duplicate_of = None;
        if self.step == Step::MarkDuplicate {
            let first = self.duplicate_of.filter(|first| *first != row.id).ok_or(Why::NotFound)?;
            let first = declarations::declaration(tx, first).await?.ok_or(Why::NotFound)?;
            let is_none = first.kind != row.kind || first.state == State::Duplicate.code();
            if is_none || !links::sees_everyone_in(tx, &acting, &first).await? {
                return Err(Why::NotFound.into());
            }
            row.duplicate_of = Some(first.id);
        }
        row.state = to.code().to_owned();
        row.reason = Some(reason.to_owned());
        row.checked_by = None;
        row.moved_at = at.now;
        tx.edit(&mut row).await?;
        declarations::note_work(tx, &row).await?;
        let mut entry = said(kind, &row).of(links::first_person(&row)?).under(reason);
        if let Some(first) = row.duplicate_of {
            entry = entry.with("duplicate-of", first.to_string());
        }
        let of_case = of_cases::moved(tx, at, acting.officer.id, &row, self.step).await?;
        Ok(Recorded::new(taken(&row), entry).and_all(of_case))
    }
}

/// Refuses whoever saw an older version.
pub(super) fn stands_at(row: &DeclarationRow, seen: i64) -> Result<(), Stop> {
    if row.version == seen { Ok(()) } else { Err(Why::ChangedMeanwhile.into()) }
}

pub(super) fn state_of(row: &DeclarationRow) -> Result<State, Fault> {
    State::from_code(&row.state)
        .ok_or_else(|| Fault::WrongDatabase(format!("declaration {} has no state", row.id)))
}

pub(super) fn kind_of(row: &DeclarationRow) -> Result<EventKind, Fault> {
    EventKind::from_code(&row.kind)
        .ok_or_else(|| Fault::WrongDatabase(format!("declaration {} has no kind", row.id)))
}

pub(super) fn wrong_state(row: &DeclarationRow) -> Refusal {
    Refusal::from(Why::WrongState).about("state", &row.state)
}

pub(super) fn not_permitted(permission: Permission) -> Refusal {
    Refusal::from(Why::NotPermitted).about("permission", permission.code())
}

/// The content in the form the register keeps, or the refusal that names every
/// field that cannot stay.
fn whole(kind: EventKind, said: &Content, stage: Stage, at: &Desk) -> Result<Content, Stop> {
    let (content, faults) = check(kind, said, stage, day_of(at.now, at.utc_offset_minutes));
    if faults.is_empty() {
        // Of nothing nobody can find out what happened, and it waits in a list for good.
        let is_empty = stage == Stage::Notice && content.0.is_empty();
        return if is_empty { Err(Why::NoticeEmpty.into()) } else { Ok(content) };
    }
    let refusal = Refusal::from(Why::FieldsWrong);
    Err(faults.iter().fold(refusal, |refusal, fault| refusal.about(&fault.field, &fault.code)).into())
}

pub(super) async fn office_for(
    tx: &mut Tx<'_>,
    acting: &Acting,
    wanted: Option<OfficeId>,
) -> Result<OfficeRow, Stop> {
    let id = wanted.or(acting.officer.office_id).ok_or(Why::NotPermitted)?;
    // Only notice can be given to another office.
    if Some(id) != acting.officer.office_id && !acting.may(Permission::NotifyEvents) {
        return Err(Why::NotFound.into());
    }
    let office = centres::office(tx, id).await?.filter(|office| office.ended_at.is_none());
    // Not as a whole address that is not there: whoever sent it is told which field to mend.
    office.ok_or_else(|| Refusal::from(Why::FieldMissing).about("field", "office").into())
}

/// A new notice, as an officer entered it or an applicant sent it; not stored yet.
pub(super) async fn fresh(
    tx: &mut Tx<'_>,
    at: &Desk,
    officer: Option<OfficerId>,
    office: &OfficeRow,
    kind: EventKind,
    content: &Content,
) -> Result<DeclarationRow, Stop> {
    let mut row = blank(at, officer, office, kind, content);
    row.number = draw(tx, at, office, officer, "declaration", 'V').await?;
    links::keep(tx, &mut row, content).await?;
    Ok(row)
}

/// A declaration of which nothing is kept yet, without a number.
fn blank(
    at: &Desk,
    officer: Option<OfficerId>,
    office: &OfficeRow,
    kind: EventKind,
    content: &Content,
) -> DeclarationRow {
    DeclarationRow {
        id: at.fresh("declaration"),
        number: String::new(),
        kind: kind.code().to_owned(),
        state: State::Notified.code().to_owned(),
        office_id: office.id,
        area_id: None,
        happened_on: None,
        content: String::new(),
        rule: None,
        rules_hash: None,
        doubts: Json(json!([])),
        source: content.get("declarant.as").unwrap_or(at.channel.code()).to_owned(),
        case_id: None,
        entered_by: officer,
        hands: Json(json!(officer.into_iter().collect::<Vec<_>>())),
        checked_by: None,
        registered_by: None,
        event_id: None,
        entry_id: None,
        duplicate_of: None,
        alike: Json(json!([])),
        alike_name: 0,
        alike_day: 0,
        reason: None,
        recorded_at: at.now,
        declared_at: None,
        moved_at: at.now,
        version: 1,
    }
}

pub(super) fn said(entry: &str, row: &DeclarationRow) -> Entry {
    Entry::new(entry, "declaration", row.id)
        .with("event", row.kind.clone())
        .with("number", row.number.clone())
}

pub(super) fn taken(row: &DeclarationRow) -> Taken {
    let doubts = row.doubts.0.as_array().into_iter().flatten();
    Taken {
        id: row.id,
        number: row.number.clone(),
        version: row.version,
        doubts: doubts.filter_map(|doubt| doubt.as_str().map(str::to_owned)).collect(),
    }
}
