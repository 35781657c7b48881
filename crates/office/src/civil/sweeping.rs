//! The nightly sweep: who stands in the register twice. It reads the table of
//! pairs of names from one end to the other, beside everyone's work, and notes
//! the pairs of people that are likely one for an officer to look at.

use super::alike::described;
use crate::{Office, Who};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::duplicates::{Common, Comparing, Described, Likeness};
use diwan_domain::ids::PersonId;
use diwan_domain::journal::Entry;
use diwan_domain::refusals::Why;
use diwan_store::duplicates::{self, Line, Pair};
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How many lines of the table are read at once.
const AT_ONCE: i64 = 20_000;
/// How many lines are read at most for one pair of words; a pair that more people
/// bear than this is looked at by its first ones, and the report says so.
const MOST_LINES: i64 = 640_000;
/// How many pairs of people are compared at most who share one pair of words: a
/// frequent name without births would pair everyone with everyone.
const MOST_PAIRS: usize = 100_000;
/// How many years apart births may be that a slip sets apart.
const YEARS_APART: i64 = 1;
/// How many people are kept in memory between comparisons.
const REMEMBERED: usize = 50_000;

/// What a sweep came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swept {
    /// Lines of the table of names that were read.
    pub lines: u64,
    /// Pairs of people that were compared in full.
    pub compared: u64,
    /// Pairs that are likely one person and were not decided before.
    pub likely: u64,
    /// Names borne by more people than are compared; part of them was.
    pub cut_short: u64,
}

/// Notes what a part of a sweep found.
#[derive(Debug, Serialize, Deserialize)]
pub struct NoteAlike {
    /// Pairs, the first of each before the second by identifier.
    pub found: Vec<(PersonId, PersonId, Likeness)>,
    /// When the sweep began, in microseconds.
    pub began: i64,
    /// The whole result, at the end of a sweep: what it did not find again goes.
    pub done: Option<Swept>,
}

impl Act for NoteAlike {
    const NAME: &'static str = "note-alike";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        for (one, other, likeness) in &self.found {
            let reasons =
                serde_json::to_string(likeness).map_err(|error| Fault::Outside(error.to_string()))?;
            let pair = Pair {
                one: *one,
                other: *other,
                points: i64::from(likeness.points),
                reasons,
                found_at: self.began,
            };
            duplicates::note_pair(tx, &pair).await?;
        }
        let entry = match &self.done {
            Some(swept) => {
                duplicates::forget_older(tx, self.began).await?;
                let day = crate::desk::day_of(at.now, at.utc_offset_minutes).to_string();
                duplicates::set_swept(tx, &day).await?;
                Entry::new("duplicates-swept", "register", "people")
                    .with("compared", swept.compared)
                    .with("likely", swept.likely)
            }
            None => Entry::new("duplicates-noted", "register", "people").with("pairs", self.found.len()),
        };
        Ok(Recorded::new((), entry))
    }
}

/// Notes how many people the register has: what the weight of a name is measured by.
#[derive(Debug, Serialize, Deserialize)]
pub struct CountPeople {}

impl Act for CountPeople {
    const NAME: &'static str = "count-people";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        if !matches!(at.actor, Actor::System(_)) {
            return Err(Why::NotPermitted.into());
        }
        let people = duplicates::count_people(tx).await?;
        Ok(Recorded::new(people, Entry::new("people-counted", "register", "people").with("people", people)))
    }
}

/// Whether tonight's sweep is still to be done: nobody swept today, it is past one
/// in the morning, and the register has people.
///
/// # Errors
/// When the database fails.
pub async fn is_due(office: &Office) -> Result<bool, Fault> {
    const AFTER: i64 = 3_600_000_000;
    let offset = office.settings.utc_offset_minutes;
    let today = crate::desk::day_of(office.now() - AFTER, offset).to_string();
    let mut reading = office.db.reading().await?;
    let mut tx = reading.tx();
    if duplicates::swept_on(&mut tx).await?.is_some_and(|day| day >= today) {
        return Ok(false);
    }
    Ok(!duplicates::lines_after(&mut tx, i64::MIN, 1).await?.is_empty())
}

/// Sweeps over the whole register. `progress` hears how many lines are read.
///
/// # Errors
/// When the database fails; what was found until then stays noted.
pub async fn sweep(office: &Office, mut progress: impl FnMut(u64)) -> Result<Swept, Stop> {
    let who = Who::system("sweep-duplicates");
    let began = office.now();
    office.perform_once(&who, CountPeople {}).await?;
    super::keys::count_all(office).await?;
    let mut sweeping = Sweeping::new(office).await?;
    let (mut after, mut room) = (i64::MIN, AT_ONCE);
    loop {
        let mut lines = {
            let mut reading = office.db.reading().await?;
            duplicates::lines_after(&mut reading.tx(), after, room).await?
        };
        let Some(last) = lines.last().copied() else { break };
        let is_all = (lines.len() as i64) < room;
        if !is_all {
            // The last pair of words may go on beyond what was read.
            let whole = lines.partition_point(|line| line.pair < last.pair);
            match whole {
                0 if room < MOST_LINES => {
                    room *= 4;
                    continue;
                }
                0 => sweeping.swept.cut_short += 1,
                whole => lines.truncate(whole),
            }
        }
        after = lines.last().map_or(last.pair, |line| line.pair);
        room = AT_ONCE;
        sweeping.swept.lines += lines.len() as u64;
        let found = sweeping.look(&lines).await?;
        if !found.is_empty() {
            office.perform_once(&who, NoteAlike { found, began, done: None }).await?;
        }
        progress(sweeping.swept.lines);
        if is_all {
            break;
        }
    }
    let swept = sweeping.swept;
    office.perform_once(&who, NoteAlike { found: Vec::new(), began, done: Some(swept) }).await?;
    Ok(swept)
}

/// A sweep under way.
struct Sweeping<'o> {
    office: &'o Office,
    swept: Swept,
    common: Common,
    people: BTreeMap<PersonId, Described>,
    /// Pairs that were compared, so that a name in two scripts costs once.
    seen: BTreeSet<(PersonId, PersonId)>,
}

impl<'o> Sweeping<'o> {
    async fn new(office: &'o Office) -> Result<Self, Fault> {
        let mut reading = office.db.reading().await?;
        let people = duplicates::people_counted(&mut reading.tx()).await?;
        let common = Common { people, ..Common::default() };
        Ok(Self { office, swept: Swept::default(), common, people: BTreeMap::new(), seen: BTreeSet::new() })
    }

    /// Looks at whole pairs of words, in the order of the table.
    async fn look(&mut self, lines: &[Line]) -> Result<Vec<(PersonId, PersonId, Likeness)>, Fault> {
        let mut reading = self.office.db.reading().await?;
        let mut tx = reading.tx();
        let mut found = Vec::new();
        for group in lines.chunk_by(|one, other| one.pair == other.pair) {
            let (pairs, is_cut) = worth_comparing(group);
            self.swept.cut_short += u64::from(is_cut);
            for (one, other) in pairs {
                if !self.seen.insert((one, other)) {
                    continue;
                }
                if let Some(likeness) = self.compare(&mut tx, one, other).await? {
                    found.push((one, other, likeness));
                }
            }
        }
        // The same two meet again only under names near in the table, or not at all.
        if self.seen.len() > REMEMBERED * 10 {
            self.seen.clear();
        }
        self.swept.likely += found.len() as u64;
        Ok(found)
    }

    async fn compare(
        &mut self,
        tx: &mut Tx<'_>,
        one: PersonId,
        other: PersonId,
    ) -> Result<Option<Likeness>, Fault> {
        if self.people.len() > REMEMBERED {
            self.people.clear();
        }
        for person in [one, other] {
            if let std::collections::btree_map::Entry::Vacant(place) = self.people.entry(person) {
                let Some(mut known) = described(tx, person).await? else { return Ok(None) };
                // Whether they are one is the question.
                known.person = None;
                let bearers = &mut self.common.bearers;
                let new: Vec<String> =
                    known.skeletons().into_iter().filter(|bones| !bearers.contains_key(bones)).collect();
                let counted = duplicates::bearers(tx, &new).await?;
                bearers.extend(new.into_iter().map(|bones| (bones, 0)));
                bearers.extend(counted);
                place.insert(known);
            }
        }
        self.swept.compared += 1;
        let likeness = Comparing::new(&self.people[&one], &self.common).with(&self.people[&other]);
        if !likeness.is_likely() {
            return Ok(None);
        }
        let (as_one, as_other) =
            (duplicates::counts_as(tx, one).await?, duplicates::counts_as(tx, other).await?);
        let is_decided = as_one != one || as_other != other || duplicates::are_apart(tx, one, other).await?;
        Ok(Some(likeness).filter(|_| !is_decided))
    }
}

/// Of people who share two words of their names, those who may be one by the year
/// of birth and the next word; what is not known excludes nobody. Says whether there
/// were more than are compared.
fn worth_comparing(group: &[Line]) -> (Vec<(PersonId, PersonId)>, bool) {
    let mut by_year: BTreeMap<i64, Vec<&Line>> = BTreeMap::new();
    for line in group {
        by_year.entry(line.born_year).or_default().push(line);
    }
    let unknown = by_year.remove(&0).unwrap_or_default();
    let (mut pairs, mut is_cut) = (BTreeSet::new(), false);
    let mut meet = |one: &Line, other: &Line| {
        let next = one.third == other.third || one.third == 0 || other.third == 0;
        if pairs.len() == MOST_PAIRS {
            is_cut = true;
        } else if next && one.person != other.person {
            pairs.insert((one.person.min(other.person), one.person.max(other.person)));
        }
    };
    // Whoever has a birth is told from others best, so these meet first.
    for (year, lines) in &by_year {
        for (at, one) in lines.iter().enumerate() {
            lines[at + 1..].iter().for_each(|other| meet(one, other));
            for later in by_year.range(year + 1..=year + YEARS_APART) {
                later.1.iter().for_each(|other| meet(one, other));
            }
        }
    }
    for (at, one) in unknown.iter().enumerate() {
        by_year.values().flatten().for_each(|other| meet(one, other));
        unknown[at + 1..].iter().for_each(|other| meet(one, other));
    }
    (pairs.into_iter().collect(), is_cut)
}

/// What an officer sees of the last sweep.
#[derive(Clone, Debug)]
pub struct Report {
    /// How many pairs stand on the list.
    pub all: i64,
    /// The likeliest of them.
    pub pairs: Vec<(Pair, Likeness)>,
}

/// Reads the list of the last sweep.
///
/// # Errors
/// When the database fails or what is stored cannot be read.
pub async fn report(tx: &mut Tx<'_>, at_most: i64) -> Result<Report, Fault> {
    let all = duplicates::count_pairs(tx).await?;
    let mut pairs = Vec::new();
    for pair in duplicates::pairs(tx, at_most).await? {
        let unreadable = |_| Fault::WrongDatabase(format!("the pair {} cannot be read", pair.one));
        let likeness = serde_json::from_str(&pair.reasons).map_err(unreadable)?;
        pairs.push((pair, likeness));
    }
    Ok(Report { all, pairs })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_thousands_without_births_is_cut_short_and_says_so() {
        let group: Vec<Line> = (1..=1_000).map(|person| line(person, 0, 0)).collect();
        let (pairs, is_cut) = worth_comparing(&group);
        assert_eq!((pairs.len(), is_cut), (MOST_PAIRS, true));
    }

    fn line(person: u128, third: i64, born_year: i64) -> Line {
        Line { pair: 7, person: PersonId(uuid::Uuid::from_u128(person)), third, born_year }
    }

    #[test]
    fn namesakes_meet_by_year_and_next_word_and_what_is_unknown_excludes_nobody() {
        let group = [line(1, 5, 1990), line(2, 5, 1991), line(3, 5, 1995), line(4, 6, 1990), line(5, 0, 0)];
        let (pairs, is_cut) = worth_comparing(&group);
        assert!(!is_cut);
        let pairs: Vec<(u128, u128)> =
            pairs.iter().map(|(one, other)| (one.0.as_u128(), other.0.as_u128())).collect();
        assert_eq!(pairs, [(1, 2), (1, 5), (2, 5), (3, 5), (4, 5)]);
        assert!(worth_comparing(&[line(1, 5, 1990), line(1, 5, 1990)]).0.is_empty());
    }
}
