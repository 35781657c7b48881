//! Officers look for people. Every look is journalled before anything is shown.

use super::guarding::{Sight, known_beside, may_see, may_see_entry};
use super::reasons;
use crate::acting::{Acting, acting};
use diwan_domain::acts::Desk;
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::{AreaId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::names::search::{Pairs, Query};
use diwan_domain::names::{
    Ranking, Score, WORTH_SHOWING, beside, least_shown, mixed, otherwise_divided, without_title,
};
use diwan_domain::people::Permission;
use diwan_domain::refusals::Why;
use diwan_store::finding::{self, Candidate, Years};
use diwan_store::{Act, Fault, Recorded, Stop, Tx};
use diwan_store::{centres, civil, duplicates, people};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many people an officer is shown at most.
pub const MOST_FOUND: usize = 10;
/// Of how many people the parents are looked up, the nearest by name and birth.
const PARENTS_COMPARED: usize = 40;

/// So much worse an answer is of another birth.
const FAR_APART: u16 = 60;
/// Nothing but a name is known.
const ANYONE: Narrowed = Narrowed {
    given: None,
    father: None,
    grandfather: None,
    family: None,
    mother: None,
    born_on: None,
    within_years: 0,
    born_area: None,
    number: None,
};

/// Finds people for an officer at a counter. The look is journalled before
/// anything is shown.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct FindPeople {
    /// What was typed: a name in any spelling, a number.
    pub query: String,
    /// Why: the case or the person standing there.
    pub purpose: String,
    /// What else is known of whom is looked for.
    #[serde(default, skip_serializing_if = "Narrowed::is_empty")]
    pub by: Narrowed,
}

/// What is known of someone beside what was typed. What the register does not
/// know of a person leaves them on the list, lower.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Narrowed {
    /// Their own name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// Their father's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub father: Option<String>,
    /// Their paternal grandfather's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grandfather: Option<String>,
    /// Their family's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// Their mother's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mother: Option<String>,
    /// When they were born, perhaps only the year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub born_on: Option<PartialDate>,
    /// By how many years that may be wrong.
    #[serde(skip_serializing_if = "is_zero")]
    pub within_years: u16,
    /// Where they were born: an area, or one that holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub born_area: Option<AreaId>,
    /// A number of theirs or of one of their entries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(years: &u16) -> bool {
    *years == 0
}

impl Narrowed {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The years of birth that are looked for first: a slip of one is common.
    fn years(&self) -> Option<Years> {
        let year = i64::from(self.born_on?.year());
        let around = i64::from(self.within_years.max(1));
        Some(Years { from: year - around, to: year + around })
    }
}

impl FindPeople {
    /// A search for what was typed, and nothing else.
    #[must_use]
    pub fn new(query: impl Into<String>, purpose: impl Into<String>) -> Self {
        Self { query: query.into(), purpose: purpose.into(), by: Narrowed::default() }
    }

    /// The name that is looked for: what was typed, and the parts that are known.
    fn name(&self) -> String {
        let by = &self.by;
        let parts = [&by.given, &by.father, &by.grandfather, &by.family].into_iter().flatten();
        let all = std::iter::once(&self.query).chain(parts).map(|part| part.trim());
        all.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

impl Act for FindPeople {
    const NAME: &'static str = "find-people";
    type Out = Vec<PersonId>;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Vec<PersonId>>, Stop> {
        let acting = acting(tx, at, Permission::FindPeople).await?;
        let reason = reasons::reason(tx, &acting, &self.purpose).await?;
        let found = search_as(tx, &acting, self).await?;
        let entry = Entry::new("people-searched", "officer", acting.officer.id).with("found", found.len());
        let entry = reason.of(entry);
        let seen = found
            .iter()
            .map(|person| reason.of(Entry::new("record-listed", "person", person).of(Some(*person))));
        let entries: Vec<Entry> = seen.collect();
        Ok(Recorded::new(found, entry).and_all(entries))
    }
}

/// People who bear a number or whose name is like the one looked for, nearest
/// first, at most ten. Whoever asks so sees every record; officers ask as themselves.
///
/// # Errors
/// When the database fails.
pub async fn search(tx: &mut Tx<'_>, wanted: &FindPeople) -> Result<Vec<PersonId>, Fault> {
    look_for(tx, &Eyes { sight: Sight::everything(), acting: None }, wanted).await
}

/// Like [`search`], as far as an officer may see: whoever is closed to them is not
/// compared, so that the answer is the same as if they did not exist.
///
/// # Errors
/// When the database fails.
pub async fn search_as(
    tx: &mut Tx<'_>,
    acting: &Acting,
    wanted: &FindPeople,
) -> Result<Vec<PersonId>, Fault> {
    let eyes = Eyes { sight: Sight::of(tx, acting).await?, acting: Some(acting) };
    let mut seen = Vec::new();
    for person in look_for(tx, &eyes, wanted).await? {
        // A record that is open may count as one that is closed.
        if may_see(tx, acting, person).await? {
            seen.push(person);
        }
    }
    Ok(seen)
}

/// Who looks, and what they see.
struct Eyes<'a> {
    sight: Sight,
    acting: Option<&'a Acting>,
}

impl Eyes<'_> {
    async fn see(&self, tx: &mut Tx<'_>, people: Vec<PersonId>) -> Result<Vec<PersonId>, Fault> {
        let Some(acting) = self.acting else { return Ok(people) };
        let mut seen = Vec::new();
        for person in people {
            if may_see(tx, acting, person).await? {
                seen.push(person);
            }
        }
        Ok(seen)
    }
}

async fn look_for(tx: &mut Tx<'_>, eyes: &Eyes<'_>, wanted: &FindPeople) -> Result<Vec<PersonId>, Fault> {
    for number in wanted.by.number.iter().chain(std::iter::once(&wanted.query)) {
        let bearers = by_any_number(tx, eyes, number).await?;
        if !bearers.is_empty() {
            return Ok(bearers);
        }
    }
    if wanted.name().is_empty() {
        return by_mother(tx, eyes, wanted).await;
    }
    let name = wanted.name();
    let found = by_name(tx, eyes, &name, &wanted.by).await?;
    let mut others = Vec::new();
    if let Some(plain) = without_title(&name) {
        others.push(by_name(tx, eyes, &plain, &wanted.by).await?);
    }
    if let Some(divided) = otherwise_divided(&name).filter(|_| !found.is_enough()) {
        let divided = by_name(tx, eyes, &divided, &wanted.by).await?;
        others.extend((divided.best() > found.best()).then_some(divided));
    }
    if others.is_empty() {
        return found.nearest(tx).await;
    }
    // Whoever bears it as it was typed comes first, and else those who bear it otherwise.
    let at = if found.is_enough() { 0 } else { others.len() };
    others.insert(at, found);
    let mut people: Vec<PersonId> = Vec::new();
    for found in others {
        for person in found.nearest(tx).await? {
            if people.len() < MOST_FOUND && !people.contains(&person) {
                people.push(person);
            }
        }
    }
    Ok(people)
}

/// Who bears a name, born when it is said, and else whenever.
async fn by_name<'w>(
    tx: &mut Tx<'_>,
    eyes: &'w Eyes<'_>,
    name: &str,
    by: &'w Narrowed,
) -> Result<Found<'w>, Fault> {
    let mut found = Found::new(name, by, &eyes.sight);
    if let Some(years) = by.years() {
        found.look(tx, years).await?;
    }
    if !found.is_enough() {
        found.look(tx, Years::ANY).await?;
    }
    Ok(found)
}

/// The children of mothers of a name, born when it is said: for whoever has no more
/// than that.
async fn by_mother(tx: &mut Tx<'_>, eyes: &Eyes<'_>, wanted: &FindPeople) -> Result<Vec<PersonId>, Fault> {
    let Some(name) = wanted.by.mother.as_deref().filter(|name| !name.trim().is_empty()) else {
        return Ok(Vec::new());
    };
    let mut mothers = Found::new(name, &ANYONE, &eyes.sight);
    mothers.look(tx, Years::ANY).await?;
    let mut ranked: Vec<(u16, PersonId)> = Vec::new();
    let mothers = mothers.nearest(tx).await?;
    for mother in eyes.see(tx, mothers).await? {
        let mut children = civil::children_of(tx, mother).await?;
        if let Some(acting) = eyes.acting {
            children = known_beside(tx, acting, mother, children).await?;
        }
        for child in eyes.see(tx, children).await? {
            let born = people::person(tx, child).await?.and_then(|row| row.born_on);
            let born: Option<PartialDate> = born.and_then(|text| text.parse().ok());
            let less =
                wanted.by.born_on.map_or(0, |asked| beside::for_birth(asked, wanted.by.within_years, born));
            ranked.push((less, child));
        }
    }
    ranked.sort_unstable();
    ranked.dedup_by_key(|(_, child)| *child);
    // Whoever was born years apart is not the one.
    let near = ranked.into_iter().filter(|(less, _)| *less < FAR_APART).take(MOST_FOUND);
    Ok(near.map(|(_, child)| child).collect())
}

/// Who bears a number, or is the one that an entry of this number is about.
async fn by_any_number(tx: &mut Tx<'_>, eyes: &Eyes<'_>, text: &str) -> Result<Vec<PersonId>, Fault> {
    let number = diwan_domain::digits::to_ascii(text.trim());
    if !number.bytes().any(|byte| byte.is_ascii_digit()) {
        return Ok(Vec::new());
    }
    let bearers = people::by_number(tx, &number).await?;
    let bearers = eyes.see(tx, bearers).await?;
    if !bearers.is_empty() {
        return Ok(bearers);
    }
    let Some(entry) = civil::entry_numbered(tx, &number).await? else { return Ok(bearers) };
    if let Some(acting) = eyes.acting
        && !may_see_entry(tx, acting, &entry).await?
    {
        return Ok(Vec::new());
    }
    let roles = civil::roles_in(tx, entry.event_id).await?.into_iter();
    let about = roles.filter(|role| matches!(role.role.as_str(), "child" | "husband" | "wife" | "deceased"));
    Ok(about.map(|role| role.person_id).collect())
}

/// Someone who may be meant, by the best of their names.
struct Likely {
    score: Score,
    born_area: Option<AreaId>,
    /// Whether another form of the name found them, and not the one that was typed.
    of_form: bool,
}

/// What a search found so far.
struct Found<'w> {
    by: &'w Narrowed,
    sight: &'w Sight,
    query: Query,
    ranking: Ranking,
    people: BTreeMap<PersonId, Likely>,
}

impl<'w> Found<'w> {
    fn new(name: &str, by: &'w Narrowed, sight: &'w Sight) -> Self {
        Self { by, sight, query: Query::new(name), ranking: Ranking::new(name), people: BTreeMap::new() }
    }

    /// Looks for words as they sound, then for words near them, then for one word
    /// alone: each only where the one before found nobody who surely is meant.
    async fn look(&mut self, tx: &mut Tx<'_>, years: Years) -> Result<(), Fault> {
        for step in self.query.exact() {
            self.pairs(tx, &step, years).await?;
            if self.is_enough() {
                break;
            }
        }
        // Whoever is registered by another form of the name is read also where many bear it as
        // it was typed.
        for (at, step) in self.query.forms().iter().enumerate() {
            if at == 0 || !self.is_enough() {
                let candidates = finding::by_pairs(tx, step, years, finding::EVERYONE).await?;
                self.add(candidates, true);
            }
        }
        if self.query.is_short() || !self.is_enough() {
            for index in 0..self.query.words.len() {
                let near = finding::sounds_near(tx, &self.query.words[index]).await?;
                self.query.set_near(index, &near);
            }
            for step in self.query.nearby() {
                self.pairs(tx, &step, years).await?;
                if self.is_enough() {
                    break;
                }
            }
        }
        if self.best().is_some_and(|best| best >= WORTH_SHOWING) {
            return Ok(());
        }
        for (folded, skeleton) in self.query.single_keys() {
            let bearers = finding::by_word(tx, &folded, &skeleton, years).await?;
            self.add(bearers, false);
            if self.is_enough() {
                break;
            }
        }
        Ok(())
    }

    async fn pairs(&mut self, tx: &mut Tx<'_>, step: &Pairs, years: Years) -> Result<(), Fault> {
        let candidates = finding::by_pairs(tx, step, years, finding::EVERYONE).await?;
        self.add(candidates, false);
        Ok(())
    }

    fn add(&mut self, candidates: Vec<Candidate>, of_form: bool) {
        for candidate in candidates {
            if !self.sight.sees(candidate.person, candidate.protected) {
                continue;
            }
            let born_on: Option<PartialDate> = candidate.born_on.and_then(|text| text.parse().ok());
            let name = self.ranking.rank(candidate.parts.iter().flatten().map(String::as_str));
            let less =
                self.by.born_on.map_or(0, |asked| beside::for_birth(asked, self.by.within_years, born_on));
            let score = Score(name.0.saturating_sub(less));
            let likely = Likely { score, born_area: candidate.born_area, of_form };
            let known = self.people.entry(candidate.person).or_insert(likely);
            known.score = known.score.max(score);
        }
    }

    fn best(&self) -> Option<Score> {
        self.people.values().map(|likely| likely.score).max()
    }

    fn is_enough(&self) -> bool {
        self.query.is_enough(self.best())
    }

    /// Those who are worth an officer's look, nearest first. Who is as near as
    /// another comes by identifier, on both engines alike.
    async fn nearest(self, tx: &mut Tx<'_>) -> Result<Vec<PersonId>, Fault> {
        let Self { by, people, sight, .. } = self;
        let mut ranked: Vec<(Score, PersonId, Likely)> =
            people.into_iter().map(|(person, likely)| (likely.score, person, likely)).collect();
        ranked.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        let mut mother = by.mother.as_deref().filter(|name| !name.trim().is_empty()).map(Ranking::new);
        if mother.is_some() || by.born_area.is_some() {
            ranked.truncate(PARENTS_COMPARED);
            for (score, person, likely) in &mut ranked {
                let mut less = 0;
                if let Some(mother) = &mut mother {
                    let mut names = finding::parents_of(tx, *person, "mother").await?;
                    names.retain(|name| sight.sees(name.person, name.protected));
                    let scores =
                        names.iter().map(|name| mother.rank(name.parts.iter().flatten().map(String::as_str)));
                    less += beside::for_parent(scores.max());
                }
                if let Some(area) = by.born_area {
                    less += beside::for_place(lies_in(tx, likely.born_area, area).await?);
                }
                *score = Score(score.0.saturating_sub(less));
            }
            ranked.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        }
        let least = ranked.first().map_or(WORTH_SHOWING, |(best, ..)| least_shown(*best));
        ranked.retain(|(score, ..)| *score >= least);
        let mut shown = Vec::new();
        for (_, person, _) in mixed(ranked, MOST_FOUND, |(.., likely)| likely.of_form) {
            // A record that was found to be another's leads to that one.
            let person = duplicates::counts_as(tx, person).await?;
            if !shown.contains(&person) {
                shown.push(person);
            }
            if shown.len() == MOST_FOUND {
                break;
            }
        }
        Ok(shown)
    }
}

/// Whether an area is another one or lies in it; `None` when it is not known.
async fn lies_in(tx: &mut Tx<'_>, area: Option<AreaId>, other: AreaId) -> Result<Option<bool>, Fault> {
    let mut within = area;
    // A subdistrict lies in a district, which lies in a governorate.
    for _ in 0..4 {
        let Some(id) = within else { break };
        if id == other {
            return Ok(Some(true));
        }
        within = centres::area(tx, id).await?.and_then(|area| area.parent_id);
    }
    Ok(area.map(|_| false))
}

/// Opens a person's record for an officer; the person can see that it was.
#[derive(Debug, Serialize, Deserialize)]
pub struct SeePerson {
    /// Whose.
    pub person: PersonId,
    /// Why. A record that is closed wants a reason in words; of others the visit in hand
    /// says it, or one of [`reasons::REASONS`].
    pub purpose: String,
}

impl Act for SeePerson {
    const NAME: &'static str = "see-person";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let acting = acting(tx, at, Permission::FindPeople).await?;
        if !may_see(tx, &acting, self.person).await? {
            return Err(Why::NotFound.into());
        }
        let is_closed = people::person(tx, self.person).await?.is_some_and(|row| row.protected);
        if is_closed && reasons::is_of_counter(&self.purpose) {
            return Err(Why::ReasonMissing.into());
        }
        let reason = reasons::reason(tx, &acting, &self.purpose).await?;
        let entry = reason.of(Entry::new("record-seen", "person", self.person).of(Some(self.person)));
        Ok(Recorded::new((), entry))
    }
}
