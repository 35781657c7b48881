//! Whether the certificate of one entry, or of one listed person, can be issued in bulk,
//! and why not.

use super::is_for_people;
use super::listed::judge_listed;
use crate::acting::{Acting, not_family};
use crate::cases::certifying::{about, can_be_certified, known_answers};
use crate::cases::{blank, facts_of};
use crate::catalogue::{self, Published};
use crate::civil::{entry_content, may_see_entry};
use crate::desk::{Office, Who};
use crate::documents::missing;
use diwan_domain::acts::Desk;
use diwan_domain::ids::{EntryId, PersonId};
use diwan_domain::names;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::{
    Answers, Assessment, FeeLine, Judgement, QuestionKind, Relation, assess, claim_shown,
};
use diwan_store::bulk::{self, BulkRow};
use diwan_store::cases::CaseRow;
use diwan_store::civil::{self as register, EntryRow};
use diwan_store::{Fault, Stop, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Of how many entries or people certificates are issued at once at most.
pub const MOST: usize = 1_000;
/// How many entries are looked for in one question.
pub(super) const PAGE: i64 = 500;

/// What was seen before anything is issued.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreseen {
    /// How many papers will be made.
    pub issued: u64,
    /// How many will not, by the reason's code.
    pub left_out: BTreeMap<String, u64>,
    /// What the fees would be that are not taken, in minor units.
    pub waived: i64,
}

/// An entry whose certificate can be issued.
pub(super) struct Ready {
    /// The case as it would be, without a number.
    pub case: CaseRow,
    /// What is not taken, in minor units.
    pub waived: i64,
    /// The bill, with what was not taken.
    pub lines: Vec<FeeLine>,
}

/// What becomes of one entry, or of one line of a list.
pub(super) enum Judged {
    /// A paper is made.
    Ready(Box<Ready>),
    /// None is made: a stable code.
    LeftOut(String),
    /// It is not there for this officer, or not asked for.
    NotThere,
}

/// Whether an entry is of the hospital or place that was asked for, as it writes it.
async fn is_of_place(tx: &mut Tx<'_>, of: &BulkRow, entry: &EntryRow) -> Result<bool, Fault> {
    let Some(place) = of.place.as_deref().map(names::fold).filter(|place| !place.is_empty()) else {
        return Ok(true);
    };
    let content = entry_content(tx, entry).await?;
    let written = ["facility", "place"].into_iter().filter_map(|field| content.get(field));
    Ok(written.map(names::fold).any(|text| text.contains(&place)))
}

/// A refusal as a reason; a fault goes on.
pub(super) fn reason(stop: Stop) -> Result<Judged, Stop> {
    match stop {
        Stop::Refused(refusal) | Stop::Kept(refusal, _) => Ok(Judged::LeftOut(refusal.code().to_owned())),
        fault => Err(fault),
    }
}

/// Judges one entry by the rules of the certificate's service, as if its holder asked:
/// the institution's right is the stated law.
pub(super) async fn judge(
    tx: &mut Tx<'_>,
    at: &Desk,
    (of, published, acting): (&BulkRow, &Published, &Acting),
    id: EntryId,
) -> Result<Judged, Stop> {
    let Some(entry) = register::entry(tx, id).await? else { return Ok(Judged::NotThere) };
    if !may_see_entry(tx, acting, &entry).await? || !is_of_place(tx, of, &entry).await? {
        return Ok(Judged::NotThere);
    }
    if let Err(stop) = can_be_certified(tx, &entry).await {
        return reason(stop);
    }
    let holders = about(tx, &entry).await?;
    let Some(holder) = holders.first().copied() else {
        return Ok(Judged::LeftOut(Why::EntryIncomplete.code().to_owned()));
    };
    if let Err(stop) = not_family(tx, &acting.officer, holders.into_iter().map(Some)).await {
        return reason(stop);
    }
    judge_paper(tx, at, (of, published), holder, &entry).await
}

/// Judges the paper of somebody by the rules of its service, as if they asked.
pub(super) async fn judge_paper(
    tx: &mut Tx<'_>,
    at: &Desk,
    (of, published): (&BulkRow, &Published),
    holder: PersonId,
    entry: &EntryRow,
) -> Result<Judged, Stop> {
    let service = &published.service;
    let mut case = blank(at, service, &of.language);
    case.holder_id = Some(holder);
    case.entry_id = Some(entry.id);
    case.office_id = Some(entry.office_id);
    case.area_id = entry.area_id;
    case.relation = Some(Relation::Oneself.code().to_owned());
    let mut facts = facts_of(tx, at, &case).await?;
    facts.applicant.proven = true;
    let mut answers: Answers = known_answers(tx, &case, entry, service, &facts).await?;
    answers.extend(shared_answers(of));
    for question in service.questions.iter().filter(|one| one.kind == QuestionKind::Number) {
        // One of what is counted: one copy of each paper.
        answers.entry(question.key.clone()).or_insert_with(|| question.min.unwrap_or(1).into());
    }
    if let Some((question, option)) = claim_shown(service, &answers, &facts) {
        answers.insert(question, option.into());
    }
    case.answers.0 = json!(answers);
    case.facts.0["seen"] = json!(facts);
    case.facts.0["bulk"] = json!(of.id);
    let Assessment { bill, judgement, .. } = assess(service, &answers, &facts);
    match judgement {
        Judgement::ByRule { .. } => {}
        Judgement::Officer { open } => {
            let first = open.first().map_or("decision", |one| one.rule.as_str());
            return Ok(Judged::LeftOut(format!("rule/{first}")));
        }
        Judgement::NotEntitled { .. } => return Ok(Judged::LeftOut("rule/not-entitled".to_owned())),
        Judgement::Search { .. } => return Ok(Judged::LeftOut("rule/search".to_owned())),
    }
    if !missing(tx, &case, service, &answers, facts.today).await?.is_empty() {
        return Ok(Judged::LeftOut(Why::EntryIncomplete.code().to_owned()));
    }
    let Ok(bill) = bill else { return Ok(Judged::LeftOut("rule/decision".to_owned())) };
    let due = bill.total.minor_units;
    // Nothing is handed over on an unpaid fee; a law that takes none is stated, or the
    // paper is asked for and paid at a counter.
    if due > 0 && !of.exempt {
        return Ok(Judged::LeftOut(Why::FeeOpen.code().to_owned()));
    }
    let lines = bill.lines.into_iter().map(|line| not_taken(line, of)).collect();
    Ok(Judged::Ready(Box::new(Ready { case, waived: due, lines })))
}

/// A line of a bill that is not taken, by the stated law.
fn not_taken(mut line: FeeLine, of: &BulkRow) -> FeeLine {
    if line.amount.minor_units > 0 {
        line.amount.minor_units = 0;
        line.waived_by = Some(format!("bulk/{}", of.id));
        line.basis.clone_from(&of.basis);
    }
    line
}

/// The answers that all papers share.
fn shared_answers(of: &BulkRow) -> Answers {
    serde_json::from_value(of.answers.0.clone()).unwrap_or_default()
}

/// The service of a bulk issue, in the edition under which it began.
pub(super) async fn service_of(tx: &mut Tx<'_>, of: &BulkRow) -> Result<Arc<Published>, Fault> {
    catalogue::edition(tx, &of.service, of.edition).await
}

/// Whether an entry is among those that are asked for, as far as the officer who set it
/// going may see.
pub(super) async fn is_there(office: &Office, of: &BulkRow, id: EntryId) -> Result<bool, Stop> {
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let officer = crate::acting::load(&mut tx, of.officer_id).await?.ok_or(Why::NotInService)?;
    let Some(entry) = register::entry(&mut tx, id).await? else { return Ok(false) };
    Ok(may_see_entry(&mut tx, &officer, &entry).await? && is_of_place(&mut tx, of, &entry).await?)
}

impl Foreseen {
    fn count(&mut self, judged: Judged) -> bool {
        match judged {
            Judged::Ready(ready) => {
                self.issued += 1;
                self.waived += ready.waived;
            }
            Judged::LeftOut(why) => *self.left_out.entry(why).or_default() += 1,
            Judged::NotThere => return false,
        }
        true
    }
}

/// Looks at every entry or person that is asked for, writing nothing: how many papers
/// will be issued and why others will not.
///
/// # Errors
/// [`Why::TooManyEntries`] above [`MOST`]; not permitted, or the database fails.
pub async fn foresee(office: &Office, who: &Who, of: &BulkRow) -> Result<Foreseen, Stop> {
    let at = office.desk(who, "look");
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    let acting = crate::acting::acting(&mut tx, &at, diwan_domain::people::Permission::IssueInBulk).await?;
    let published = service_of(&mut tx, of).await?;
    let (mut foreseen, mut seen) = (Foreseen::default(), 0_usize);
    if is_for_people(&published.service) {
        let mut have = BTreeSet::new();
        for number in bulk::listed(&mut tx, of.id).await? {
            let (person, mut judged) =
                judge_listed(&mut tx, &at, (of, published.as_ref(), &acting), &number).await?;
            if matches!(judged, Judged::Ready(_)) && !person.is_none_or(|person| have.insert(person)) {
                judged = Judged::LeftOut(Why::ListedTwice.code().to_owned());
            }
            foreseen.count(judged);
        }
        return Ok(foreseen);
    }
    let mut after = EntryId(uuid::Uuid::nil());
    loop {
        let page = bulk::entries_after(&mut tx, of, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(foreseen) };
        after = *last;
        for id in page {
            let judged = judge(&mut tx, &at, (of, published.as_ref(), &acting), id).await?;
            seen += usize::from(foreseen.count(judged));
            if seen > MOST {
                return Err(Refusal::from(Why::TooManyEntries).about("max", MOST).into());
            }
        }
    }
}
