//! The keys by which people are found: written with every name, and made anew
//! for the whole register when the rules of spelling become better.

use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::PersonId;
use diwan_domain::journal::Entry;
use diwan_domain::names::search::{RULES, keys_of_parts};
use diwan_domain::refusals::Why;
use diwan_store::finding::{self, Keyed};
use diwan_store::people::{self, PersonNameRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};

use crate::{Office, Who};

/// How many people are keyed anew in one act: others write in between, and wait for
/// as long as it takes.
const AT_ONCE: i64 = 250;
/// How many sounds are counted anew in one act.
const COUNTED_AT_ONCE: i64 = 200;

/// How far making the keys anew has come, as it is marked in the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Come {
    /// After whom it goes on.
    To(PersonId),
    /// Everything is derived by the rules of this program.
    Done,
}

impl Come {
    const BEGINNING: Self = Self::To(PersonId(uuid::Uuid::nil()));

    /// A mark of other rules is none.
    fn read(mark: Option<&str>) -> Self {
        let (rules, place) = mark.and_then(|mark| mark.split_once(' ')).unwrap_or_default();
        match place {
            _ if rules != RULES.to_string() => Self::BEGINNING,
            "done" => Self::Done,
            place => place.parse().map_or(Self::BEGINNING, Self::To),
        }
    }

    fn written(self) -> String {
        match self {
            Self::To(person) => format!("{RULES} {person}"),
            Self::Done => format!("{RULES} done"),
        }
    }
}

/// Derives the search keys of a stored name. Whoever adds a name calls it.
///
/// # Errors
/// When the database fails.
pub async fn add_keys(tx: &mut Tx<'_>, name: &PersonNameRow, born_on: Option<&str>) -> Result<(), Fault> {
    finding::add_keys(tx, &[keyed_of(name, born_on)]).await
}

/// The search keys of a stored name, to be written with those of others.
pub(super) fn keyed_of(name: &PersonNameRow, born_on: Option<&str>) -> Keyed {
    let parts = [
        Some(name.given.as_str()),
        name.father.as_deref(),
        name.grandfather.as_deref(),
        name.family.as_deref(),
    ];
    keyed(name.person_id, parts, born_on)
}

fn keyed(person: PersonId, parts: [Option<&str>; 4], born_on: Option<&str>) -> Keyed {
    let born_year = born_on.and_then(|text| text.get(..4)).and_then(|year| year.parse().ok());
    Keyed { person, born_year, keys: keys_of_parts(parts) }
}

/// Derives someone's search keys anew, by another day of birth.
pub(super) async fn renew_keys_of(
    tx: &mut Tx<'_>,
    person: PersonId,
    born_on: Option<&str>,
) -> Result<(), Fault> {
    let names = people::names(tx, person).await?;
    let keyed: Vec<Keyed> = names.iter().map(|name| keyed_of(name, born_on)).collect();
    let before = PersonId(uuid::Uuid::from_u128(person.0.as_u128().saturating_sub(1)));
    finding::renew_keys(tx, (before, person), &keyed).await
}

/// Makes the keys of the next people anew.
#[derive(Debug, Serialize, Deserialize)]
pub struct RebuildNames {
    /// After whom, by identifier; nobody at first.
    pub after: PersonId,
    /// How many people at most.
    pub at_most: i64,
}

impl Act for RebuildNames {
    const NAME: &'static str = "rebuild-names";
    type Out = Option<(PersonId, i64)>;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Self::Out>, Stop> {
        system_only(at)?;
        let next = finding::last_after(tx, self.after, self.at_most).await?;
        if let Some((last, _)) = next {
            let names = finding::names_after(tx, self.after, self.at_most).await?;
            let keyed: Vec<Keyed> = names
                .iter()
                .map(|name| {
                    let [given, father, grandfather, family] = &name.parts;
                    let parts = [given, father, grandfather, family].map(|part| part.as_deref());
                    keyed(name.person, parts, name.born_on.as_deref())
                })
                .collect();
            finding::renew_keys(tx, (self.after, last), &keyed).await?;
        }
        let come = next.map_or(Come::Done, |(last, _)| Come::To(last));
        finding::set_mark(tx, &come.written()).await?;
        let people = next.map_or(0, |(_, people)| people);
        let entry = Entry::new("names-keyed", "register", "names").with("persons", people);
        Ok(Recorded::new(next, entry))
    }
}

/// Counts anew how many people bear each of the next sounds.
#[derive(Debug, Serialize, Deserialize)]
pub struct CountBearers {
    /// After which sound; the empty one at first.
    pub after: String,
    /// How many at most.
    pub at_most: i64,
}

impl Act for CountBearers {
    const NAME: &'static str = "count-bearers";
    type Out = Option<String>;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Self::Out>, Stop> {
        system_only(at)?;
        let last = finding::count_bearers(tx, &self.after, self.at_most).await?;
        Ok(Recorded::new(last, Entry::new("names-keyed", "register", "sounds")))
    }
}

fn system_only(at: &Desk) -> Result<(), Stop> {
    if matches!(at.actor, Actor::System(_)) { Ok(()) } else { Err(Why::NotPermitted.into()) }
}

/// Makes the keys of every name anew, in bounded acts beside the work of others.
/// After an interruption, and beside another node that does the same, it goes on
/// where the mark stands; with `afresh` it begins at the beginning. `progress`
/// hears how many people are done.
///
/// # Errors
/// When the database fails.
pub async fn rebuild(office: &Office, afresh: bool, mut progress: impl FnMut(i64)) -> Result<i64, Stop> {
    let who = Who::system("rebuild-names");
    let mut begins = afresh;
    let mut done = 0;
    loop {
        let come = if begins { Come::BEGINNING } else { come(office).await? };
        begins = false;
        let Come::To(after) = come else { break };
        let act = RebuildNames { after, at_most: AT_ONCE };
        let Some((_, people)) = office.perform_once(&who, act).await? else { break };
        done += people;
        progress(done);
    }
    // Nothing new is nothing to count.
    if done > 0 {
        count_all(office).await?;
    }
    Ok(done)
}

/// Counts anew how many people bear each name, in bounded acts.
///
/// # Errors
/// When the database fails.
pub async fn count_all(office: &Office) -> Result<(), Stop> {
    let who = Who::system("count-bearers");
    let mut counted = Some(String::new());
    while let Some(after) = counted {
        counted = office.perform_once(&who, CountBearers { after, at_most: COUNTED_AT_ONCE }).await?;
    }
    Ok(())
}

async fn come(office: &Office) -> Result<Come, Fault> {
    let mut reading = office.db.reading().await?;
    let mark = finding::mark(&mut reading.tx()).await?;
    Ok(Come::read(mark.as_deref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_rules_marked_begins_at_the_beginning() {
        let person = PersonId(uuid::Uuid::from_u128(7));
        for come in [Come::Done, Come::To(person)] {
            assert_eq!(Come::read(Some(&come.written())), come);
        }
        for mark in [None, Some("1 done"), Some("done"), Some(""), Some("3 nobody"), Some("2 done")] {
            assert_eq!(Come::read(mark), Come::BEGINNING, "{mark:?}");
        }
    }
}
