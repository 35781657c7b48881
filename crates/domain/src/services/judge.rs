//! What the law expects of a finished application: what is owed, who must
//! decide, which steps follow, what is printed.
//!
//! **Invariant:** an error in a condition sends the case to an officer. It
//! never approves, waives or refuses.

use super::definition::{
    Amount, Effect, Evidence, Fee, PrintFrom, QuestionKind, RelationRule, Service, Step,
};
use super::entry::{EntryValue, EntryValues};
use super::expression::{RuleFault, World};
use super::facts::{Answers, Facts};
use super::question::Piece;
use crate::money::{Currency, Money};
use std::collections::BTreeMap;

/// The words for judgements, as steps and examples use them.
pub const JUDGEMENTS: [&str; 4] = ["by-rule", "officer", "not-entitled", "search"];

/// The question an officer gets when no rule approves and none objects.
pub const DECISION: &str = "decision";

/// The question an officer gets when a fee cannot be worked out.
const OPEN_FEE: &str = "fee";

/// The key of the line that a late declaration adds to a bill, by the register's
/// rules. Its words are `fee-late-declaration`.
pub const LATE_DECLARATION: &str = "late-declaration";

/// One line of a bill.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FeeLine {
    /// The fee's key.
    pub key: String,
    /// For how many.
    pub count: i64,
    /// How much for one.
    pub unit: Money,
    /// What is taken: nothing when waived.
    pub amount: Money,
    /// The rule that waived it (`fee/<key>/waive`).
    pub waived_by: Option<String>,
    /// The law behind it.
    pub basis: String,
}

/// What is owed for a case.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FeeBill {
    /// Its lines; fees for nothing are left out.
    pub lines: Vec<FeeLine>,
    /// Their sum.
    pub total: Money,
}

/// One question only an officer can answer. Its words are `open-<rule>`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct OpenQuestion {
    /// The rule's key; `relation-<key>`, `evidence-<key>` or `decision`.
    pub rule: String,
    /// The law behind it.
    pub basis: String,
    /// Why a rule could not be worked out, when that is the reason.
    pub fault: Option<RuleFault>,
}

/// Who decides, and what is open.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub enum Judgement {
    /// The case is approved in seconds, with the rule and what it saw.
    ByRule {
        /// The approving rule's key.
        rule: String,
        /// The law behind it.
        basis: String,
        /// The service's version.
        service_version: u32,
        /// What the rule saw.
        facts: Box<Facts>,
    },
    /// An officer answers exactly these questions.
    Officer {
        /// At least one.
        open: Vec<OpenQuestion>,
    },
    /// Nothing the applicant says about themselves gives a right. They are
    /// told how to get authority; the case is not refused unheard.
    NotEntitled {
        /// Who would have the right, by the relations' keys.
        entitled: Vec<String>,
    },
    /// No entry was found, or several: someone searches.
    Search {
        /// How many entries may be meant.
        candidates: i64,
    },
}

impl Judgement {
    /// Its word, as steps and examples use it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::ByRule { .. } => "by-rule",
            Self::Officer { .. } => "officer",
            Self::NotEntitled { .. } => "not-entitled",
            Self::Search { .. } => "search",
        }
    }
}

/// The steps of a case in order.
#[derive(Clone, Debug)]
pub struct Plan<'s> {
    /// Steps that are not skipped. One whose condition cannot be worked out
    /// is not skipped.
    pub steps: Vec<&'s Step>,
    /// Conditions that could not be worked out.
    pub faults: Vec<RuleFault>,
}

/// What is owed.
///
/// # Errors
/// [`RuleFault`] when an amount, a count or a waiver cannot be worked out, or
/// comes out negative: then an officer sets the fee.
pub fn fees_owed(service: &Service, answers: &Answers, facts: &Facts) -> Result<FeeBill, RuleFault> {
    bill(service, facts, &World::new(service, answers, facts))
}

fn bill(service: &Service, facts: &Facts, world: &World<'_>) -> Result<FeeBill, RuleFault> {
    let mut lines = Vec::new();
    let mut total: Option<Money> = None;
    for fee in &service.fees {
        let Some(line) = fee_line(fee, world)? else { continue };
        let sum = total.map_or(Some(line.amount), |sum| sum.plus(line.amount));
        total = Some(sum.ok_or_else(|| fee_fault(fee, "amounts do not add up"))?);
        lines.push(line);
    }
    if let Some(line) = late_line(service, facts) {
        let sum = total.map_or(Some(line.amount), |sum| sum.plus(line.amount));
        let fault = || RuleFault {
            rule: format!("fee/{LATE_DECLARATION}"),
            cause: "amounts do not add up".to_owned(),
        };
        total = Some(sum.ok_or_else(fault)?);
        lines.push(line);
    }
    let currency = service.fees.first().map_or(Currency::Iqd, |fee| fee.amount.currency());
    Ok(FeeBill { lines, total: total.unwrap_or(Money { minor_units: 0, currency }) })
}

/// What the law takes for a late declaration, under the rule that says so.
fn late_line(service: &Service, facts: &Facts) -> Option<FeeLine> {
    let told = &facts.declaration;
    (service.declares.is_some() && told.late && told.late_fee > 0).then(|| FeeLine {
        key: LATE_DECLARATION.to_owned(),
        count: 1,
        unit: Money::iqd(told.late_fee),
        amount: Money::iqd(told.late_fee),
        waived_by: None,
        basis: told.basis.clone(),
    })
}

fn fee_fault(fee: &Fee, cause: &str) -> RuleFault {
    RuleFault { rule: format!("fee/{}", fee.key), cause: cause.to_owned() }
}

fn fee_line(fee: &Fee, world: &World<'_>) -> Result<Option<FeeLine>, RuleFault> {
    let rule = format!("fee/{}", fee.key);
    let count = fee.count.as_ref().map_or(Ok(1), |count| count.number(&rule, world))?;
    if count == 0 {
        return Ok(None);
    }
    let unit = match &fee.amount {
        Amount::Fixed(money) => *money,
        Amount::Computed(amount, currency) => {
            Money { minor_units: amount.number(&rule, world)?, currency: *currency }
        }
    };
    if count < 0 || unit.minor_units < 0 {
        return Err(fee_fault(fee, "a fee cannot be negative"));
    }
    let whole =
        unit.minor_units.checked_mul(count).ok_or_else(|| fee_fault(fee, "the amount is too large"))?;
    if whole == 0 {
        return Ok(None);
    }
    let waiver = format!("{rule}/waive");
    let waived = fee.waive.as_ref().map_or(Ok(false), |waive| waive.truth(&waiver, world))?;
    Ok(Some(FeeLine {
        key: fee.key.clone(),
        count,
        unit,
        amount: Money { minor_units: if waived { 0 } else { whole }, ..unit },
        waived_by: waived.then_some(waiver),
        basis: fee.basis.clone(),
    }))
}

/// A finished application, judged: what is owed, what the rules say of it, and
/// the steps that follow.
#[derive(Clone, Debug)]
pub struct Assessment<'s> {
    /// What is owed, or why that cannot be worked out.
    pub bill: Result<FeeBill, RuleFault>,
    /// What the rules say.
    pub judgement: Judgement,
    /// The steps.
    pub plan: Plan<'s>,
}

/// Judges a finished application once for everything that depends on it.
#[must_use]
pub fn assess<'s>(service: &'s Service, answers: &Answers, facts: &Facts) -> Assessment<'s> {
    let world = World::new(service, answers, facts);
    let bill = bill(service, facts, &world);
    let judgement = with_open_fee(service, &bill, judge_in(service, facts, &world));
    let plan = plan(service, &bill, &judgement, world);
    Assessment { bill, judgement, plan }
}

/// Judges a finished application.
#[must_use]
pub fn judge(service: &Service, answers: &Answers, facts: &Facts) -> Judgement {
    assess(service, answers, facts).judgement
}

/// What nobody can work out the price of is not given by a rule: it would be free.
fn with_open_fee(service: &Service, bill: &Result<FeeBill, RuleFault>, judged: Judgement) -> Judgement {
    let Err(fault) = bill else { return judged };
    let fee = service.fees.iter().find(|fee| fault.rule.split('/').nth(1) == Some(fee.key.as_str()));
    let basis = fee.map_or(&service.basis, |fee| &fee.basis);
    let unknown = question(OPEN_FEE, basis, Some(fault.clone()));
    match judged {
        Judgement::ByRule { .. } => Judgement::Officer { open: vec![unknown] },
        Judgement::Officer { mut open } => {
            open.push(unknown);
            Judgement::Officer { open }
        }
        other => other,
    }
}

fn judge_in(service: &Service, facts: &Facts, world: &World<'_>) -> Judgement {
    let mut open = Vec::new();
    if let Err(entitled) = entitlement(service, world, &mut open) {
        return Judgement::NotEntitled { entitled };
    }
    if service.register.is_some() && !facts.entry.found {
        return Judgement::Search { candidates: facts.entry.candidates };
    }
    for evidence in &service.evidence {
        open.extend(open_evidence(evidence, facts, world));
    }
    let mut approval = None;
    for rule in &service.rules {
        let truth = rule.condition().truth(&rule.key, world);
        match (&rule.effect, truth) {
            (_, Err(fault)) => open.push(question(&rule.key, &rule.basis, Some(fault))),
            (Effect::Object(_), Ok(true)) => open.push(question(&rule.key, &rule.basis, None)),
            (Effect::Approve(_), Ok(true)) if approval.is_none() => approval = Some(rule),
            _ => {}
        }
    }
    match approval {
        // House law, whatever a service writes: nobody unproven is approved unseen.
        Some(rule) if open.is_empty() && facts.applicant.proven => Judgement::ByRule {
            rule: rule.key.clone(),
            basis: rule.basis.clone(),
            service_version: service.version,
            facts: Box::new(facts.clone()),
        },
        _ => {
            if open.is_empty() {
                open.push(question(DECISION, &service.basis, None));
            }
            Judgement::Officer { open }
        }
    }
}

fn question(rule: &str, basis: &str, fault: Option<RuleFault>) -> OpenQuestion {
    OpenQuestion { rule: rule.to_owned(), basis: basis.to_owned(), fault }
}

/// Whether anything gives the applicant a right. What is claimed and not
/// shown becomes an open question; when nothing is even claimed, the keys of
/// those who would have the right come back.
fn entitlement(
    service: &Service,
    world: &World<'_>,
    open: &mut Vec<OpenQuestion>,
) -> Result<(), Vec<String>> {
    if service.relations.is_empty() {
        return Ok(());
    }
    let mut unshown = Vec::new();
    for relation in &service.relations {
        match stands(relation, world) {
            Ok(Some(true)) => return Ok(()),
            Ok(Some(false)) => {
                unshown.push(question(&format!("relation-{}", relation.key), &relation.basis, None))
            }
            Ok(None) => {}
            Err(fault) => {
                unshown.push(question(&format!("relation-{}", relation.key), &relation.basis, Some(fault)));
            }
        }
    }
    if unshown.is_empty() {
        return Err(service.relations.iter().map(|relation| relation.key.clone()).collect());
    }
    open.extend(unshown);
    Ok(())
}

/// `None` when not claimed; else whether it is shown.
fn stands(relation: &RelationRule, world: &World<'_>) -> Result<Option<bool>, RuleFault> {
    let rule = format!("relation-{}", relation.key);
    let claimed = relation.claim.as_ref().map_or(Ok(true), |claim| claim.truth(&rule, world))?;
    if claimed { relation.when.truth(&rule, world).map(Some) } else { Ok(None) }
}

/// Evidence that is needed and does not speak for itself.
fn open_evidence(evidence: &Evidence, facts: &Facts, world: &World<'_>) -> Option<OpenQuestion> {
    let rule = format!("evidence-{}", evidence.key);
    let needed = evidence.when.as_ref().map_or(Ok(true), |when| when.truth(&rule, world));
    let shown = facts.evidence.iter().any(|piece| {
        piece.key == evidence.key
            && evidence.sources.contains(&piece.source)
            && piece.source.speaks_for_itself()
    });
    match needed {
        Ok(true) if !shown => Some(question(&rule, &evidence.basis, None)),
        Ok(_) => None,
        Err(fault) => Some(question(&rule, &evidence.basis, Some(fault))),
    }
}

/// The steps a case goes through, given how it was judged and what is owed.
#[must_use]
pub fn steps_for<'s>(service: &'s Service, answers: &Answers, facts: &Facts) -> Plan<'s> {
    assess(service, answers, facts).plan
}

fn plan<'s>(
    service: &'s Service,
    bill: &Result<FeeBill, RuleFault>,
    judged: &Judgement,
    world: World<'_>,
) -> Plan<'s> {
    let mut faults = Vec::new();
    // An unknown fee is not nothing: steps that skip on `fee == 0` stay.
    let fee = match bill {
        Ok(bill) => bill.total.minor_units,
        Err(fault) => {
            faults.push(fault.clone());
            i64::MAX
        }
    };
    // Someone without a right is told how to get one; nothing is begun.
    if matches!(judged, Judgement::NotEntitled { .. }) {
        return Plan { steps: Vec::new(), faults };
    }
    let world = world.with_outcome(judged.code(), fee);
    let mut steps = Vec::new();
    for step in &service.steps {
        let rule = format!("step/{}", step.key);
        match step.skip.as_ref().map_or(Ok(false), |skip| skip.truth(&rule, &world)) {
            Ok(true) => {}
            Ok(false) => steps.push(step),
            Err(fault) => {
                faults.push(fault);
                steps.push(step);
            }
        }
    }
    Plan { steps, faults }
}

/// Whether the answers so far already show that nothing gives the applicant a
/// right, so that they are told at once how to get authority instead of after
/// the last question. Gives the keys of those who would have the right.
#[must_use]
pub fn turned_away(service: &Service, answers: &Answers, facts: &Facts) -> Option<Vec<String>> {
    let world = World::new(service, answers, facts);
    let is_out = |relation: &RelationRule| {
        let Some(claim) = &relation.claim else { return false };
        claim.can_run(answers) && claim.truth(&relation.key, &world) == Ok(false)
    };
    let nobody = !service.relations.is_empty() && service.relations.iter().all(is_out);
    nobody.then(|| service.relations.iter().map(|relation| relation.key.clone()).collect())
}

/// The answer by which an applicant would claim what the facts already show: the
/// first relation that is shown, and the choice that claims it. `None` when the facts
/// show no relation, or none that is claimed by one choice.
#[must_use]
pub fn claim_shown(service: &Service, answers: &Answers, facts: &Facts) -> Option<(String, String)> {
    let world = World::new(service, answers, facts);
    let shown = |relation: &&RelationRule| relation.when.truth(&relation.key, &world) == Ok(true);
    let choices = || service.questions.iter().filter(|question| question.kind == QuestionKind::Choice);
    service.relations.iter().filter(shown).find_map(|relation| {
        let claim = relation.claim.as_ref()?;
        choices().find_map(|question| {
            let claims = |option: &&String| {
                let mut with = answers.clone();
                with.insert(question.key.clone(), option.as_str().into());
                claim.can_run(&with)
                    && claim.truth(&relation.key, &World::new(service, &with, facts)) == Ok(true)
            };
            Some((question.key.clone(), question.options.iter().find(claims)?.clone()))
        })
    })
}

/// The evidence that is needed, with whether it is in hand. A condition that
/// cannot be worked out asks for it.
#[must_use]
pub fn evidence_needed<'s>(
    service: &'s Service,
    answers: &Answers,
    facts: &Facts,
) -> Vec<(&'s Evidence, bool)> {
    let world = World::new(service, answers, facts);
    let needed = |evidence: &Evidence| {
        let rule = format!("evidence-{}", evidence.key);
        evidence.when.as_ref().is_none_or(|when| when.truth(&rule, &world).unwrap_or(true))
    };
    let in_hand = |evidence: &Evidence| {
        facts
            .evidence
            .iter()
            .any(|piece| piece.key == evidence.key && evidence.sources.contains(&piece.source))
    };
    service
        .evidence
        .iter()
        .filter(|evidence| needed(evidence))
        .map(|evidence| (evidence, in_hand(evidence)))
        .collect()
}

/// What the document shows: each printed field with its pieces. Register
/// values are given by the caller under the names the service prints.
#[must_use]
pub fn printed<'s>(
    service: &'s Service,
    answers: &Answers,
    entry: &EntryValues,
) -> Vec<(&'s str, Vec<Piece>)> {
    let fields = service.document.iter().flat_map(|document| &document.fields);
    fields
        .map(|field| {
            let pieces = match &field.from {
                PrintFrom::Entry(name) => match entry.get(name) {
                    Some(EntryValue::Text(text)) => vec![Piece::Text(text.clone())],
                    Some(EntryValue::Lines(lines)) => {
                        lines.iter().map(|line| line_of(line, &field.columns)).collect()
                    }
                    None => vec![Piece::Blank],
                },
                PrintFrom::Answer(key) => match (service.question(key), answers.get(key)) {
                    (Some(question), Some(value)) => question.show(value),
                    _ => vec![Piece::Blank],
                },
            };
            (field.key.as_str(), pieces)
        })
        .collect()
}

/// One line of a list, as far as its columns are printed.
fn line_of(line: &BTreeMap<String, String>, columns: &[String]) -> Piece {
    let cell = |column: &String| line.get(column).map_or(Piece::Blank, |text| Piece::Text(text.clone()));
    Piece::Items(columns.iter().map(|column| (column.clone(), vec![cell(column)])).collect())
}

/// Required printed fields that have no value: the paper cannot be issued.
#[must_use]
pub fn unprintable<'s>(service: &'s Service, answers: &Answers, entry: &EntryValues) -> Vec<&'s str> {
    let required = |key: &str| {
        let fields = service.document.iter().flat_map(|document| &document.fields);
        fields.into_iter().any(|field| field.key == key && field.required)
    };
    printed(service, answers, entry)
        .into_iter()
        .filter(|(key, pieces)| required(key) && pieces.iter().all(|piece| *piece == Piece::Blank))
        .map(|(key, _)| key)
        .collect()
}
