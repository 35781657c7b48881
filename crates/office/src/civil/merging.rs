//! Records that are one person: proposed by one officer, decided by another, with
//! a way back. Nothing of either record is changed; one counts as the other.

use super::alike::{common, described};
use super::carrying::{born_as, give_back};
use super::guarding::may_see;
use super::resting::{Resting, end_changed, held_by, resting_on};
use crate::acting::{Acting, acting, not_family, second_pair_of_eyes};
use diwan_domain::acts::Desk;
use diwan_domain::duplicates::{Comparing, Likeness};
use diwan_domain::ids::{AccountId, MergeId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::duplicates::{self, KeptApartRow, MergeRow};
use diwan_store::people::{self, PersonRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, civil};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

/// Kinds of which a person has one entry.
const ONCE: [&str; 2] = ["birth", "death"];

/// How two people of the register compare.
///
/// # Errors
/// When the database fails.
pub async fn compared(tx: &mut Tx<'_>, one: PersonId, other: PersonId) -> Result<Likeness, Fault> {
    let (Some(mut first), Some(second)) = (described(tx, one).await?, described(tx, other).await?) else {
        return Ok(Likeness::default());
    };
    // Whether they are one is the question.
    first.person = None;
    let common = common(tx, [&first, &second].into_iter()).await?;
    Ok(Comparing::new(&first, &common).with(&second))
}

/// Whether an officer may see both whom a merge is about.
///
/// # Errors
/// When the database fails.
pub async fn sees_merge(tx: &mut Tx<'_>, acting: &Acting, row: &MergeRow) -> Result<bool, Fault> {
    Ok(may_see(tx, acting, row.kept_id).await? && may_see(tx, acting, row.gone_id).await?)
}

/// Two people whom an officer may compare and decide on.
async fn both(
    tx: &mut Tx<'_>,
    acting: &Acting,
    one: PersonId,
    other: PersonId,
) -> Result<(PersonRow, PersonRow), Stop> {
    let mut rows = Vec::new();
    for person in [one, other] {
        if !may_see(tx, acting, person).await? {
            return Err(Why::NotFound.into());
        }
        rows.push(people::person(tx, person).await?.ok_or(Why::NotFound)?);
    }
    not_family(tx, &acting.officer, [Some(one), Some(other)]).await?;
    match (rows.pop(), rows.pop()) {
        (Some(other), Some(one)) => Ok((one, other)),
        _ => Err(Why::NotFound.into()),
    }
}

/// Refuses two records that cannot be one person, as the register stands.
async fn can_be_one(tx: &mut Tx<'_>, kept: &PersonRow, gone: &PersonRow) -> Result<(), Stop> {
    if kept.id == gone.id {
        return Err(Refusal::from(Why::NotOnePerson).about("why", "same").into());
    }
    for person in [kept.id, gone.id] {
        if duplicates::counts_as(tx, person).await? != person {
            return Err(Why::ChangedMeanwhile.into());
        }
    }
    let known = |sex: &str| sex == "female" || sex == "male";
    if known(&kept.sex) && known(&gone.sex) && kept.sex != gone.sex {
        return Err(Refusal::from(Why::NotOnePerson).about("why", "sex").into());
    }
    // Brothers and sisters may be one child that was registered twice.
    if let Some(tie) = civil::tie(tx, kept.id, gone.id).await?.filter(|tie| *tie != "sibling") {
        return Err(Refusal::from(Why::NotOnePerson).about("why", tie).into());
    }
    for kind in ONCE {
        let one = civil::entry_of(tx, kept.id, kind).await?;
        let other = civil::entry_of(tx, gone.id, kind).await?;
        if let (Some(one), Some(other)) = (one, other)
            && one.id != other.id
        {
            return Err(Refusal::from(Why::TwoEntriesStand)
                .about("kind", kind)
                .about("one", &one.number)
                .about("other", &other.number)
                .into());
        }
    }
    Ok(())
}

/// Proposes that two records are one person. Nothing changes until another officer
/// decides.
#[derive(Debug, Serialize, Deserialize)]
pub struct ProposeMerge {
    /// Under whose record both shall stand.
    pub kept: PersonId,
    /// Whose record shall count as the other's.
    pub gone: PersonId,
    /// What shows that they are one, in words.
    pub reason: String,
}

impl Act for ProposeMerge {
    const NAME: &'static str = "propose-merge";
    type Out = MergeId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<MergeId>, Stop> {
        let acting = acting(tx, at, Permission::CorrectEntries).await?;
        let office = acting.officer.office_id.ok_or(Why::NotPermitted)?;
        let (kept, gone) = both(tx, &acting, self.kept, self.gone).await?;
        let reason = reason(&self.reason)?;
        can_be_one(tx, &kept, &gone).await?;
        let is_waiting = |row: &MergeRow| row.state == "proposed" && row.gone_id == gone.id;
        if duplicates::merges_of(tx, gone.id).await?.iter().any(is_waiting) {
            return Err(Why::ChangedMeanwhile.into());
        }
        let row = MergeRow {
            id: at.fresh("merge"),
            kept_id: kept.id,
            gone_id: gone.id,
            office_id: office,
            state: "proposed".to_owned(),
            reason: reason.to_owned(),
            likeness: Json(json!(compared(tx, kept.id, gone.id).await?)),
            before: Json(json!({})),
            proposed_by: acting.officer.id,
            proposed_at: at.now,
            decided_by: None,
            decided_at: None,
            decided_why: None,
            parting_by: None,
            parting_why: None,
            parted_by: None,
            parted_at: None,
            version: 1,
        };
        tx.add(&row).await?;
        let (first, second) = said("merge-proposed", &row, reason);
        Ok(Recorded::new(row.id, first).and_all([second]))
    }
}

/// Decides a proposal that another officer made: to merge two records, or to take
/// them apart again.
#[derive(Debug, Serialize, Deserialize)]
pub struct DecideMerge {
    /// Which.
    pub merge: MergeId,
    /// The version that was seen.
    pub seen: i64,
    /// Whether it is done.
    pub approve: bool,
    /// Why not, when it is refused.
    pub why: Option<String>,
}

impl Act for DecideMerge {
    const NAME: &'static str = "decide-merge";
    type Out = String;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<String>, Stop> {
        let acting = acting(tx, at, Permission::ApproveCorrections).await?;
        let mut row = own(tx, &acting, self.merge).await?;
        let is_parting = row.state == "parting";
        let proposer = if is_parting { row.parting_by } else { Some(row.proposed_by) };
        second_pair_of_eyes(tx, &acting.officer, proposer).await?;
        if row.version != self.seen || !is_parting && row.state != "proposed" {
            return Err(Why::ChangedMeanwhile.into());
        }
        let (kept, gone) = both(tx, &acting, row.kept_id, row.gone_id).await?;
        let (kind, state, words) = match (is_parting, self.approve) {
            (false, true) => ("people-merged", "merged", row.reason.clone()),
            (false, false) => {
                ("merge-refused", "refused", reason(self.why.as_deref().unwrap_or(""))?.to_owned())
            }
            (true, true) => ("people-parted", "parted", row.parting_why.clone().unwrap_or_default()),
            (true, false) => {
                ("parting-refused", "merged", reason(self.why.as_deref().unwrap_or(""))?.to_owned())
            }
        };
        if is_parting {
            row.parted_by = Some(acting.officer.id).filter(|_| self.approve);
            row.parted_at = Some(at.now).filter(|_| self.approve);
        } else {
            row.decided_by = Some(acting.officer.id);
            row.decided_at = Some(at.now);
            row.decided_why = Some(words.clone()).filter(|_| !self.approve);
        }
        row.state = state.to_owned();
        let resting = if self.approve { papers_of(tx, at, &kept, &gone).await? } else { Vec::new() };
        match (is_parting, self.approve) {
            (false, true) => {
                can_be_one(tx, &kept, &gone).await?;
                row.before = Json(merge(tx, kept, &gone).await?);
                duplicates::forget_pair(tx, row.kept_id, row.gone_id).await?;
            }
            (true, true) => {
                part(tx, &row, kept).await?;
                give_back(tx, at, &row).await?;
            }
            _ => {}
        }
        tx.edit(&mut row).await?;
        let papers = end_changed(tx, at, acting.officer.id, resting, state).await?;
        let (first, second) = said(kind, &row, &words);
        Ok(Recorded::new(row.state, first).and_all([second]).and_all(papers))
    }
}

/// Proposes that two merged records are two people after all.
#[derive(Debug, Serialize, Deserialize)]
pub struct ProposeParting {
    /// Which merge.
    pub merge: MergeId,
    /// The version that was seen.
    pub seen: i64,
    /// What shows that they are two, in words.
    pub reason: String,
}

impl Act for ProposeParting {
    const NAME: &'static str = "propose-parting";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let acting = acting(tx, at, Permission::CorrectEntries).await?;
        let mut row = own(tx, &acting, self.merge).await?;
        if row.version != self.seen || row.state != "merged" {
            return Err(Why::ChangedMeanwhile.into());
        }
        both(tx, &acting, row.kept_id, row.gone_id).await?;
        let reason = reason(&self.reason)?;
        row.state = "parting".to_owned();
        row.parting_by = Some(acting.officer.id);
        row.parting_why = Some(reason.to_owned());
        tx.edit(&mut row).await?;
        let (first, second) = said("parting-proposed", &row, reason);
        Ok(Recorded::new(row.version, first).and_all([second]))
    }
}

/// Says that two people of the register who look like one are two; sweeps do not
/// name them again.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeepPeopleApart {
    /// One of them.
    pub one: PersonId,
    /// The other.
    pub other: PersonId,
    /// What tells them apart, in words.
    pub reason: String,
}

impl Act for KeepPeopleApart {
    const NAME: &'static str = "keep-people-apart";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let acting = acting(tx, at, Permission::CorrectEntries).await?;
        both(tx, &acting, self.one, self.other).await?;
        let reason = reason(&self.reason)?;
        if self.one == self.other {
            return Err(Refusal::from(Why::NotOnePerson).about("why", "same").into());
        }
        let (one, other) = (self.one.min(self.other), self.one.max(self.other));
        if duplicates::are_apart(tx, one, other).await? {
            return Err(Why::NothingChanges.into());
        }
        let row = KeptApartRow {
            id: at.fresh("apart"),
            one_id: one,
            other_id: other,
            reason: reason.to_owned(),
            officer_id: acting.officer.id,
            recorded_at: at.now,
        };
        tx.add(&row).await?;
        duplicates::forget_pair(tx, one, other).await?;
        let entry = |person: PersonId, from: PersonId| {
            Entry::new("person-kept-apart", "person", person)
                .of(Some(person))
                .under(reason)
                .with("from", from.to_string())
        };
        Ok(Recorded::new((), entry(one, other)).and_all([entry(other, one)]))
    }
}

fn reason(text: &str) -> Result<&str, Stop> {
    let text = text.trim();
    if text.is_empty() { Err(Why::ReasonMissing.into()) } else { Ok(text) }
}

/// A merge of the officer's own office; what is elsewhere is not there.
async fn own(tx: &mut Tx<'_>, acting: &Acting, id: MergeId) -> Result<MergeRow, Stop> {
    let row = duplicates::merge(tx, id).await?.ok_or(Why::NotFound)?;
    if acting.officer.office_id == Some(row.office_id) { Ok(row) } else { Err(Why::NotFound.into()) }
}

/// What the journal says, to each of the two.
fn said(kind: &str, row: &MergeRow, words: &str) -> (Entry, Entry) {
    let of = |person: PersonId, other: PersonId| {
        Entry::new(kind, "person", person)
            .of(Some(person))
            .under(words)
            .with("merge", row.id.to_string())
            .with("other", other.to_string())
            .with("kept", row.kept_id.to_string())
    };
    (of(row.kept_id, row.gone_id), of(row.gone_id, row.kept_id))
}

/// The papers that may say something else once two records are one, or are two again.
/// Where one of them is closed, those of the two alone: that a relative's paper ends would
/// tell of a record that is not there for them.
async fn papers_of(
    tx: &mut Tx<'_>,
    at: &Desk,
    kept: &PersonRow,
    gone: &PersonRow,
) -> Result<Vec<Resting>, Stop> {
    let mut both = BTreeSet::new();
    for person in [kept, gone] {
        both.insert(duplicates::counts_as(tx, person.id).await?);
    }
    let is_closed = kept.protected || gone.protected;
    if is_closed {
        return Ok(held_by(tx, at, &both, None).await?);
    }
    Ok(resting_on(tx, at, &both, None).await?)
}

/// Lets a record count as another's, and returns what else that changed.
async fn merge(tx: &mut Tx<'_>, mut kept: PersonRow, gone: &PersonRow) -> Result<serde_json::Value, Stop> {
    duplicates::count_as(tx, gone.id, kept.id).await?;
    let mut moved = Vec::new();
    for mut account in people::accounts_of(tx, gone.id).await? {
        account.person_id = Some(kept.id);
        moved.push(account.id);
        tx.edit(&mut account).await?;
    }
    let before = json!({
        "accounts": moved, "died_on": kept.died_on, "protected": kept.protected, "born": born_as(&kept),
    });
    let died = kept.died_on.clone().or_else(|| gone.died_on.clone());
    if died != kept.died_on || gone.protected && !kept.protected {
        kept.died_on = died;
        kept.protected |= gone.protected;
        tx.edit(&mut kept).await?;
    }
    if kept.protected && !gone.protected {
        // It is still found by its own names, and its entries name it.
        let mut gone = gone.clone();
        gone.protected = true;
        tx.edit(&mut gone).await?;
    }
    Ok(before)
}

/// The way back: the record counts as itself again. A protection stays: whoever
/// was hidden is not shown by a mistake's mending.
async fn part(tx: &mut Tx<'_>, row: &MergeRow, mut kept: PersonRow) -> Result<(), Stop> {
    // What counts as another by now took the account along.
    let stands_as = duplicates::counts_as(tx, row.kept_id).await?;
    duplicates::count_alone(tx, row.gone_id).await?;
    let moved: Vec<AccountId> = serde_json::from_value(row.before.0["accounts"].clone()).unwrap_or_default();
    for id in moved {
        let account = people::account(tx, id).await?;
        let is_with = |person: Option<PersonId>| person == Some(row.kept_id) || person == Some(stands_as);
        if let Some(mut account) = account.filter(|account| is_with(account.person_id)) {
            account.person_id = Some(row.gone_id);
            tx.edit(&mut account).await?;
        }
    }
    let gone = people::person(tx, row.gone_id).await?;
    let died = row.before.0["died_on"].as_str().map(str::to_owned);
    // Only what merging brought goes: a death registered since stays.
    let brought = gone.and_then(|gone| gone.died_on).filter(|day| kept.died_on.as_ref() == Some(day));
    if let Some(day) = brought.filter(|_| kept.died_on != died) {
        kept.died_on.clone_from(&died);
        tx.edit(&mut kept).await?;
        took_along(tx, kept.id, &day, died.as_deref()).await?;
    }
    Ok(())
}

/// Takes the day on which somebody died back from those as whom a record counts, where
/// they had it from nobody but that record.
async fn took_along(
    tx: &mut Tx<'_>,
    mut person: PersonId,
    day: &str,
    instead: Option<&str>,
) -> Result<(), Stop> {
    let stands = |row: &MergeRow| matches!(row.state.as_str(), "merged" | "parting");
    loop {
        let merges = duplicates::merges_of(tx, person).await?;
        let Some(above) = merges.into_iter().find(|row| row.gone_id == person && stands(row)) else {
            return Ok(());
        };
        let Some(mut kept) = people::person(tx, above.kept_id).await? else { return Ok(()) };
        if above.before.0["died_on"].is_string() || kept.died_on.as_deref() != Some(day) {
            return Ok(());
        }
        kept.died_on = instead.map(str::to_owned);
        tx.edit(&mut kept).await?;
        person = kept.id;
    }
}
