//! Looking for what may be the same as what a declaration tells: declarations of the
//! same event, and people of the register who may be those it names.
//!
//! What is asked here advises an officer, who decides; so it is asked
//! [loosely](Tx::loosely), and in as few round trips as its steps allow.

use super::declaring::{foresee, kind_of};
use super::duplicates::{Alike, Look, Other, alike_of, last_look};
use super::following::own;
use super::guarding::may_see;
use super::links::{content_of, person_in};
use crate::acting::{Acting, in_office};
use diwan_domain::acts::Desk;
use diwan_domain::civil::{Content, EventKind, PartyRole, State};
use diwan_domain::dates::PartialDate;
use diwan_domain::duplicates::{
    Common, Comparing, ComparingEvents, Described, Likeness, Told, is_about, tells,
};
use diwan_domain::ids::{DeclarationId, PersonId};
use diwan_domain::names::search::{Pairs, Query};
use diwan_domain::people::Permission;
use diwan_store::declarations::{self, DeclarationRow};
use diwan_store::finding::{self, Candidate, Years};
use diwan_store::people::PersonNameRow;
use diwan_store::{Fault, Stop, Tx, civil, duplicates, people, protection};
use std::collections::{BTreeMap, BTreeSet};

/// How many an officer is shown at most.
const SHOWN: usize = 8;
/// How many people are compared in full for one name.
const COMPARED: usize = 12;
/// By name and birth alone, worth being compared in full.
const WORTH_COMPARING: i32 = 90;
/// By how many years a grown person's year of birth may be a guess.
const GUESSED_YEARS: i64 = 2;

/// Looks again for what may be the same as what a declaration tells, the likeliest
/// first; what an officer said before stays said. What this officer may not see is
/// not among it.
///
/// # Errors
/// When the database fails.
pub async fn look(
    tx: &mut Tx<'_>,
    acting: &Acting,
    row: &DeclarationRow,
    kind: EventKind,
    content: &Content,
) -> Result<Vec<Alike>, Fault> {
    look_for(tx, acting, row, (kind, Whom::Everyone), content).await
}

/// Whom to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whom {
    /// Everyone whom the declaration names.
    Everyone,
    /// Those the event is about, and the event itself: what must be decided. What was
    /// found alike of the others before stays as it was.
    Decisive,
}

/// Like [`look`], perhaps only for what must be decided.
pub(super) async fn look_for(
    tx: &mut Tx<'_>,
    acting: &Acting,
    row: &DeclarationRow,
    (kind, whom): (EventKind, Whom),
    content: &Content,
) -> Result<Vec<Alike>, Fault> {
    let before = tx.loosely(true);
    let found = look_loosely(tx, acting, row, (kind, whom), content).await;
    tx.loosely(before);
    found
}

/// What an act on a declaration will ask loosely, asked before its transaction.
pub(super) async fn look_ahead(
    at: &Desk,
    tx: &mut Tx<'_>,
    declaration: DeclarationId,
    whom: Whom,
) -> Result<(), Stop> {
    foresee(tx, at, Some(declaration), None).await?;
    let acting = in_office(tx, at).await?;
    let row = own(tx, &acting, declaration).await?;
    look_for(tx, &acting, &row, (kind_of(&row)?, whom), &content_of(&row)?).await?;
    Ok(())
}

async fn look_loosely(
    tx: &mut Tx<'_>,
    acting: &Acting,
    row: &DeclarationRow,
    (kind, whom): (EventKind, Whom),
    content: &Content,
) -> Result<Vec<Alike>, Fault> {
    let own = Told::of(kind, content, row.area_id);
    let mut sought = sought(kind, content, row);
    let known = match whom {
        Whom::Everyone => Earlier::default(),
        Whom::Decisive => {
            sought.retain(|one| is_about(kind).contains(&one.role));
            earlier(tx, acting, row).await?
        }
    };
    let blocks = (row.alike_name, row.alike_day);
    if tx.foresees() {
        declarations::alike(tx, kind.code(), blocks, known.since).await?;
        common(tx, described_in(&own, &sought)).await?;
        for one in &sought {
            one.ask_first(tx, &known).await?;
        }
        tx.ask_foreseen().await?;
    }
    let common = common(tx, described_in(&own, &sought)).await?;
    let mut found = declared(tx, acting, (row, kind), (&own, &common), &known).await?;
    let registered = found.iter().filter_map(|alike| match alike.other {
        Other::Declaration(id) => Some(id),
        Other::Person(_) => None,
    });
    let told_already = people_registered_by(tx, registered.collect()).await?;
    for one in &sought {
        for (person, likeness) in one.people_like(tx, acting, &common, &known).await? {
            // The event they are known from says it already.
            if !told_already.contains(&person) {
                let (other, role) = (Other::Person(person), Some(one.role));
                found.push(Alike { other, role, likeness, apart: None });
            }
        }
    }
    if whom == Whom::Decisive {
        let is_other = |role: PartyRole| !is_about(kind).contains(&role);
        found.extend(alike_of(row).into_iter().filter(|alike| alike.role.is_some_and(is_other)));
    }
    found.retain(|alike| alike.likeness.is_possible());
    found.sort_by(|one, other| (other.likeness.points, one.other).cmp(&(one.likeness.points, other.other)));
    found.truncate(SHOWN);
    for before in alike_of(row) {
        if let Some(again) = found.iter_mut().find(|again| again.other == before.other) {
            again.apart = before.apart;
        }
    }
    Ok(found)
}

/// What an earlier look at a declaration found. Only what came since is looked for
/// anew; what was found then is compared again.
#[derive(Default)]
struct Earlier {
    /// From when on what came or moved is looked at, in microseconds since 1970.
    since: i64,
    found: Vec<Alike>,
}

/// How much older than an earlier look what it did not see may be: acts that were
/// under way then, and clocks of other machines.
const UNDER_WAY: i64 = 10 * 60 * 1_000_000;

impl Earlier {
    /// After whom people came to the register since.
    fn newer_than(&self) -> PersonId {
        if self.since > 0 { finding::since(self.since) } else { finding::EVERYONE }
    }

    fn people(&self, role: PartyRole) -> impl Iterator<Item = PersonId> {
        self.found.iter().filter(move |alike| alike.role == Some(role)).filter_map(|alike| {
            match alike.other {
                Other::Person(person) => Some(person),
                Other::Declaration(_) => None,
            }
        })
    }

    fn declarations(&self) -> impl Iterator<Item = DeclarationId> {
        self.found.iter().filter_map(|alike| match alike.other {
            Other::Declaration(declaration) => Some(declaration),
            Other::Person(_) => None,
        })
    }
}

/// The earlier look that this officer can build on. Whoever may see protected people
/// sees more than an earlier look did, and looks anew.
async fn earlier(tx: &mut Tx<'_>, acting: &Acting, row: &DeclarationRow) -> Result<Earlier, Fault> {
    let Look { at, found } = last_look(row);
    let sees_more = acting.may(Permission::ProtectRecords)
        || !protection::let_into(tx, acting.officer.id).await?.is_empty();
    let since = if sees_more || at == 0 { 0 } else { at - UNDER_WAY };
    Ok(Earlier { since, found })
}

/// Other declarations that may tell of the same event.
async fn declared(
    tx: &mut Tx<'_>,
    acting: &Acting,
    (row, kind): (&DeclarationRow, EventKind),
    (own, common): (&Told, &Common),
    known: &Earlier,
) -> Result<Vec<Alike>, Fault> {
    let blocks = (row.alike_name, row.alike_day);
    let mut others = declarations::alike(tx, kind.code(), blocks, known.since).await?;
    for id in known.declarations() {
        if others.iter().all(|other| other.id != id)
            && let Some(other) = declarations::declaration(tx, id).await?
        {
            others.push(other.into());
        }
    }
    let mut comparing = ComparingEvents::new(own, common);
    let mut found = Vec::new();
    for other in others {
        let state = State::from_code(&other.state).ok_or_else(|| unreadable(other.id))?;
        let is_over = matches!(state, State::Rejected | State::Withdrawn | State::Duplicate);
        if other.id == row.id || is_over {
            continue;
        }
        let said = Content::read_some(&other.content, |field| tells(kind, field));
        let told = Told::of(kind, &said.map_err(|_| unreadable(other.id))?, other.area_id);
        let Some(likeness) = comparing.possible(&told) else { continue };
        let whole: Content = serde_json::from_str(&other.content).map_err(|_| unreadable(other.id))?;
        let people = kind.parties().iter().filter_map(|party| person_in(&whole, party.role));
        if sees_all(tx, acting, people).await? {
            found.push(Alike { other: Other::Declaration(other.id), role: None, likeness, apart: None });
        }
    }
    Ok(found)
}

fn unreadable(id: DeclarationId) -> Fault {
    Fault::WrongDatabase(format!("declaration {id} cannot be read"))
}

/// The mother whose other children are compared: a newborn may be named otherwise.
fn mother_of(kind: EventKind, role: PartyRole, content: &Content) -> Option<PersonId> {
    let is_born = kind.parties().iter().any(|party| party.role == role && party.is_born);
    content.of("mother", "person").filter(|_| is_born)?.parse().ok()
}

async fn people_registered_by(tx: &mut Tx<'_>, ids: Vec<DeclarationId>) -> Result<BTreeSet<PersonId>, Fault> {
    let mut people = BTreeSet::new();
    for id in ids {
        let Some(row) = declarations::declaration(tx, id).await? else { continue };
        let Some(event) = row.event_id else { continue };
        let roles = civil::roles_in(tx, event).await?;
        let is_new = |role: &str| {
            is_about(EventKind::from_code(&row.kind).unwrap_or(EventKind::Birth))
                .iter()
                .any(|about| about.code() == role)
        };
        people.extend(roles.into_iter().filter(|role| is_new(&role.role)).map(|role| role.person_id));
    }
    Ok(people)
}

async fn sees_all(
    tx: &mut Tx<'_>,
    acting: &Acting,
    people: impl Iterator<Item = PersonId>,
) -> Result<bool, Fault> {
    for person in people {
        if !may_see(tx, acting, person).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn described_in<'a>(own: &'a Told, sought: &'a [Sought]) -> impl Iterator<Item = &'a Described> {
    own.people.iter().flatten().chain(sought.iter().map(|one| &one.described))
}

/// How common the names of some people are.
///
/// # Errors
/// When the database fails.
pub async fn common<'a>(
    tx: &mut Tx<'_>,
    people: impl Iterator<Item = &'a Described>,
) -> Result<Common, Fault> {
    let skeletons: BTreeSet<String> = people.flat_map(Described::skeletons).collect();
    let skeletons: Vec<String> = skeletons.into_iter().collect();
    let counted = duplicates::people_counted(tx).await?;
    let bearers = duplicates::bearers(tx, &skeletons).await?;
    Ok(if counted == 0 { Common::default() } else { Common { people: counted, bearers } })
}

/// Someone whom a declaration names and does not tie to the register.
struct Sought {
    role: PartyRole,
    described: Described,
    /// What is asked for each of their names, the narrowest question first.
    steps: Vec<Vec<Pairs>>,
    years: Years,
    /// Whose children they are compared with.
    mother: Option<PersonId>,
}

/// Everyone whom a declaration names and does not tie.
fn sought(kind: EventKind, content: &Content, row: &DeclarationRow) -> Vec<Sought> {
    let parties = kind.parties().iter().filter_map(|party| {
        let described = Described::of(kind, content, party.role, row.area_id)?;
        described.person.is_none().then(|| {
            let mother = mother_of(kind, party.role, content);
            Sought::of(party.role, described, mother)
        })
    });
    parties.collect()
}

impl Sought {
    fn of(role: PartyRole, described: Described, mother: Option<PersonId>) -> Self {
        let years = described.born_on.map_or(Years::ANY, |born| {
            let year = i64::from(born.year());
            Years { from: year - GUESSED_YEARS, to: year + GUESSED_YEARS }
        });
        let mut steps: Vec<Vec<Pairs>> = Vec::new();
        for name in &described.names {
            let query = Query::new(&name.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" "));
            let exact = query.exact();
            // A name sounds the same in most scripts.
            if !exact.is_empty() && !steps.contains(&exact) {
                steps.push(exact);
            }
        }
        Self { role, described, steps, years, mother }
    }

    /// Asks what is asked whatever else is answered.
    async fn ask_first(&self, tx: &mut Tx<'_>, known: &Earlier) -> Result<(), Fault> {
        for step in self.steps.iter().filter_map(|steps| steps.first()) {
            finding::by_pairs(tx, step, self.years, known.newer_than()).await?;
        }
        for (_, number) in &self.described.numbers {
            people::by_number(tx, number).await?;
        }
        if let Some(mother) = self.mother {
            civil::children_of(tx, mother).await?;
        }
        Ok(())
    }

    /// People of the register who may be the one, the likeliest first.
    async fn people_like(
        &self,
        tx: &mut Tx<'_>,
        acting: &Acting,
        common: &Common,
        known: &Earlier,
    ) -> Result<Vec<(PersonId, Likeness)>, Fault> {
        let mut likely: Vec<(i32, PersonId)> = Vec::new();
        let mut comparing = Comparing::new(&self.described, common);
        for (person, candidate) in self.candidates(tx, known.newer_than()).await? {
            if let Some(likeness) = comparing.with_at_least(&candidate, WORTH_COMPARING) {
                likely.push((likeness.points, person));
            }
        }
        likely.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        likely.truncate(COMPARED);
        let mut alike: Vec<PersonId> = likely.into_iter().map(|(_, person)| person).collect();
        alike.extend(known.people(self.role));
        for (_, number) in &self.described.numbers {
            alike.extend(people::by_number(tx, number).await?);
        }
        if let Some(mother) = self.mother {
            alike.extend(civil::children_of(tx, mother).await?);
        }
        let mut found = BTreeMap::new();
        for person in counted_as(tx, alike).await? {
            if !may_see(tx, acting, person).await? {
                continue;
            }
            if let Some(known) = described(tx, person).await? {
                found.insert(person, comparing.with(&known));
            }
        }
        Ok(found.into_iter().collect())
    }

    /// People whose names sound like theirs, as far as one question tells of them.
    async fn candidates(
        &self,
        tx: &mut Tx<'_>,
        newer_than: PersonId,
    ) -> Result<BTreeMap<PersonId, Described>, Fault> {
        let mut found: BTreeMap<PersonId, Described> = BTreeMap::new();
        for steps in &self.steps {
            // The narrowest question first; a wider one only when nobody answered.
            for step in steps {
                let some = finding::by_pairs(tx, step, self.years, newer_than).await?;
                let is_enough = !some.is_empty();
                for candidate in some {
                    add(&mut found, candidate);
                }
                if is_enough {
                    break;
                }
            }
        }
        Ok(found)
    }
}

/// As whom people count, each once, with all that is read of them in few round trips.
async fn counted_as(tx: &mut Tx<'_>, people: Vec<PersonId>) -> Result<BTreeSet<PersonId>, Fault> {
    if people.is_empty() {
        return Ok(BTreeSet::new());
    }
    if tx.foresees() {
        for person in &people {
            duplicates::counts_as(tx, *person).await?;
            read(tx, *person).await?;
        }
        tx.ask_foreseen().await?;
    }
    let mut counted = BTreeSet::new();
    for person in people {
        counted.insert(duplicates::counts_as(tx, person).await?);
    }
    if tx.foresees() {
        for person in &counted {
            read(tx, *person).await?;
        }
        tx.ask_foreseen().await?;
    }
    Ok(counted)
}

/// Asks what is told of a person, for whoever asks it again.
async fn read(tx: &mut Tx<'_>, person: PersonId) -> Result<(), Fault> {
    people::person(tx, person).await?;
    people::names(tx, person).await?;
    people::numbers(tx, person).await?;
    duplicates::born_of(tx, person).await?;
    Ok(())
}

fn add(found: &mut BTreeMap<PersonId, Described>, candidate: Candidate) {
    let known = found.entry(candidate.person).or_insert_with(|| Described {
        born_on: candidate.born_on.and_then(|text| text.parse().ok()),
        born_area: candidate.born_area,
        ..Described::default()
    });
    known.names.push(candidate.parts);
}

/// A person of the register, with everything that tells them from others; `None`
/// for whoever is not there.
///
/// # Errors
/// When the database fails.
pub async fn described(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Described>, Fault> {
    let Some(row) = people::person(tx, person).await? else { return Ok(None) };
    let date = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<PartialDate>().ok());
    let names = people::names(tx, person).await?.into_iter().map(parts).collect();
    let numbers = people::numbers(tx, person).await?.into_iter().map(|row| (row.kind, row.value)).collect();
    let (mother, order) = duplicates::born_of(tx, person).await?.unwrap_or_default();
    let mother_names = match mother {
        Some(mother) => people::names(tx, mother).await?.into_iter().map(parts).collect(),
        None => Vec::new(),
    };
    Ok(Some(Described {
        person: Some(person),
        names,
        born_on: date(&row.born_on),
        died_on: date(&row.died_on),
        sex: Some(row.sex),
        born_area: row.born_area_id,
        mother,
        mother_names,
        numbers,
        order,
    }))
}

fn parts(row: PersonNameRow) -> [Option<String>; 4] {
    [Some(row.given), row.father, row.grandfather, row.family]
}
