//! Officers look for people. Every look is journalled before anything is shown.

use super::full_row;
use crate::acting::acting;
use diwan_domain::acts::Desk;
use diwan_domain::ids::PersonId;
use diwan_domain::journal::Entry;
use diwan_domain::names::{self, Asked, Score};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_store::people;
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many people who sound alike are compared letter by letter.
const MOST_COMPARED: i64 = 200;

/// Finds people for an officer at a counter. The look is journalled before
/// anything is shown.
#[derive(Debug, Serialize, Deserialize)]
pub struct FindPeople {
    /// What was typed: a name in any spelling, a number.
    pub query: String,
    /// Why: the case or the person standing there.
    pub purpose: String,
}

impl Act for FindPeople {
    const NAME: &'static str = "find-people";
    type Out = Vec<PersonId>;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Vec<PersonId>>, Stop> {
        let acting = acting(tx, at, Permission::FindPeople).await?;
        let found = search(tx, &self.query).await?;
        let entry = Entry::new("people-searched", "officer", acting.officer.id)
            .under(self.purpose.clone())
            .with("found", found.len());
        let seen = found.iter().map(|person| {
            Entry::new("record-listed", "person", person).of(Some(*person)).under(self.purpose.clone())
        });
        let entries: Vec<Entry> = seen.collect();
        Ok(Recorded::new(found, entry).and_all(entries))
    }
}

/// People who bear a number or sound like a name, nearest first, at most ten.
async fn search(tx: &mut Tx<'_>, query: &str) -> Result<Vec<PersonId>, Fault> {
    let number = diwan_domain::digits::to_ascii(query.trim());
    let by_number = people::by_number(tx, &number).await?;
    if !by_number.is_empty() {
        return Ok(by_number);
    }
    // The skeleton joins what is one name in two words (عبد الله).
    let sounds = names::skeleton(query);
    let mut sounds = sounds.split(' ').filter(|word| !word.is_empty());
    let Some(given) = sounds.next() else { return Ok(Vec::new()) };
    let father = sounds.next();
    let mut alike = people::names_sounding_like(tx, given, father, MOST_COMPARED).await?;
    if alike.is_empty() && father.is_some() {
        alike = people::names_sounding_like(tx, given, None, MOST_COMPARED).await?;
    }
    let asked = Asked::new(query);
    let mut nearest: BTreeMap<PersonId, Score> = BTreeMap::new();
    for row in &alike {
        let score = asked.rank(&full_row(row));
        let known = nearest.entry(row.person_id).or_insert(score);
        *known = score.max(*known);
    }
    let mut ranked: Vec<(Score, PersonId)> =
        nearest.into_iter().map(|(person, score)| (score, person)).collect();
    ranked.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    Ok(ranked.into_iter().map(|(_, person)| person).take(10).collect())
}

/// Opens a person's record for an officer; the person can see that it was.
#[derive(Debug, Serialize, Deserialize)]
pub struct SeePerson {
    /// Whose.
    pub person: PersonId,
    /// Why.
    pub purpose: String,
}

impl Act for SeePerson {
    const NAME: &'static str = "see-person";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let acting = acting(tx, at, Permission::FindPeople).await?;
        if !super::guarding::may_see(tx, &acting, self.person).await? {
            return Err(Why::NotFound.into());
        }
        let entry = Entry::new("record-seen", "person", self.person)
            .of(Some(self.person))
            .under(self.purpose.clone());
        Ok(Recorded::new((), entry))
    }
}
