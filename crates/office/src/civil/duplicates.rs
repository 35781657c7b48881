//! What in the register, or on its way there, may be the same as what a
//! declaration tells: found when it is declared, checked and registered.

use super::declaring::{has_hand_in, kind_of, own, said, stands_at, state_of};
use super::guarding::may_see;
use super::links::{content_of, people_of};
use crate::acting::{Acting, acting, in_office, not_family};
use diwan_domain::acts::Desk;
use diwan_domain::civil::{Content, EventKind, PartyRole, State};
use diwan_domain::dates::PartialDate;
use diwan_domain::duplicates::{Common, Comparing, Described, Likeness, Told, compare_events, is_about};
use diwan_domain::ids::{DeclarationId, OfficerId, PersonId};
use diwan_domain::names::search::Query;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::declarations::{self, DeclarationRow};
use diwan_store::finding::{self, Candidate, Years};
use diwan_store::people::PersonNameRow;
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, civil, duplicates, people};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// How many an officer is shown at most.
const SHOWN: usize = 8;
/// How many people are compared in full for one name.
const COMPARED: usize = 12;
/// By name and birth alone, worth being compared in full.
const WORTH_COMPARING: i32 = 90;
/// By how many years a grown person's year of birth may be a guess.
const GUESSED_YEARS: i64 = 2;

/// What may be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "of", content = "id")]
pub enum Other {
    /// Another declaration of an event, perhaps registered by now.
    Declaration(DeclarationId),
    /// A person of the register.
    Person(PersonId),
}

impl Other {
    /// Reads `declaration` or `person` and an identifier.
    #[must_use]
    pub fn read(of: &str, id: &str) -> Option<Self> {
        match of {
            "declaration" => id.parse().ok().map(Self::Declaration),
            "person" => id.parse().ok().map(Self::Person),
            _ => None,
        }
    }

    /// `declaration` or `person`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Declaration(_) => "declaration",
            Self::Person(_) => "person",
        }
    }

    /// The identifier as text.
    #[must_use]
    pub fn id(self) -> String {
        match self {
            Self::Declaration(id) => id.to_string(),
            Self::Person(id) => id.to_string(),
        }
    }
}

/// That an officer looked and found two things to be two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// Who.
    pub officer: OfficerId,
    /// Why, in words.
    pub reason: String,
}

/// Something that may be the same as what a declaration tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    /// What.
    #[serde(flatten)]
    pub other: Other,
    /// As whom in the declaration; of a declaration nobody in particular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<PartyRole>,
    /// How alike, and why.
    pub likeness: Likeness,
    /// An officer's word that they are two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apart: Option<Apart>,
}

impl Alike {
    /// Whether an officer must decide before the declaration goes on: whom the
    /// event is about is likely in the register, or the event itself is.
    #[must_use]
    pub fn must_be_decided(&self, kind: EventKind) -> bool {
        let weighs = self.role.is_none_or(|role| is_about(kind).contains(&role));
        weighs && self.likeness.is_likely() && self.apart.is_none()
    }
}

/// What was found alike when a declaration was last looked at.
#[must_use]
pub fn alike_of(row: &DeclarationRow) -> Vec<Alike> {
    serde_json::from_value(row.alike.0.clone()).unwrap_or_default()
}

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
    let own = Told::of(kind, content, row.area_id);
    let mut described: Vec<(PartyRole, Described)> = Vec::new();
    for party in kind.parties() {
        let someone = Described::of(kind, content, party.role, row.area_id);
        described.extend(someone.filter(|someone| someone.person.is_none()).map(|one| (party.role, one)));
    }
    let known = own.people.iter().flatten().chain(described.iter().map(|(_, one)| one));
    let common = common(tx, known).await?;
    let mut found = Vec::new();
    for other in declarations::alike(tx, kind.code(), (row.alike_name, row.alike_day)).await? {
        if other.id == row.id
            || matches!(state_of(&other)?, State::Rejected | State::Withdrawn | State::Duplicate)
        {
            continue;
        }
        if !sees_all(tx, acting, people_of(&other)?.into_iter().flatten()).await? {
            continue;
        }
        let told = Told::of(kind, &content_of(&other)?, other.area_id);
        let likeness = compare_events(&own, &told, &common);
        found.push(Alike { other: Other::Declaration(other.id), role: None, likeness, apart: None });
    }
    let registered = found.iter().filter_map(|alike| match alike.other {
        Other::Declaration(id) => Some(id),
        Other::Person(_) => None,
    });
    let told_already = people_registered_by(tx, registered.collect()).await?;
    for (role, one) in &described {
        for (person, likeness) in
            people_like(tx, acting, one, &common, mother_of(kind, *role, content)).await?
        {
            // The event they are known from says it already.
            if !told_already.contains(&person) {
                found.push(Alike { other: Other::Person(person), role: Some(*role), likeness, apart: None });
            }
        }
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

/// How common the names of some people are.
///
/// # Errors
/// When the database fails.
pub async fn common<'a>(
    tx: &mut Tx<'_>,
    people: impl Iterator<Item = &'a Described>,
) -> Result<Common, Fault> {
    let skeletons: BTreeSet<String> = people.flat_map(Described::skeletons).collect();
    let counted = duplicates::people_counted(tx).await?;
    if counted == 0 {
        return Ok(Common::default());
    }
    let skeletons: Vec<String> = skeletons.into_iter().collect();
    Ok(Common { people: counted, bearers: duplicates::bearers(tx, &skeletons).await? })
}

/// People of the register who may be someone described, the likeliest first.
async fn people_like(
    tx: &mut Tx<'_>,
    acting: &Acting,
    one: &Described,
    common: &Common,
    mother: Option<PersonId>,
) -> Result<Vec<(PersonId, Likeness)>, Fault> {
    let mut likely: Vec<(i32, PersonId)> = Vec::new();
    let mut comparing = Comparing::new(one, common);
    for (person, candidate) in candidates(tx, one).await? {
        let points = comparing.with(&candidate).points;
        if points >= WORTH_COMPARING {
            likely.push((points, person));
        }
    }
    likely.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    likely.truncate(COMPARED);
    let mut people: Vec<PersonId> = likely.into_iter().map(|(_, person)| person).collect();
    for (_, number) in &one.numbers {
        people.extend(people::by_number(tx, number).await?);
    }
    if let Some(mother) = mother {
        people.extend(civil::children_of(tx, mother).await?);
    }
    let mut found = BTreeMap::new();
    for person in people {
        let person = duplicates::counts_as(tx, person).await?;
        if found.contains_key(&person) || !may_see(tx, acting, person).await? {
            continue;
        }
        if let Some(known) = described(tx, person).await? {
            found.insert(person, comparing.with(&known));
        }
    }
    Ok(found.into_iter().collect())
}

/// People whose names sound like someone's, as far as one question tells of them.
async fn candidates(tx: &mut Tx<'_>, one: &Described) -> Result<BTreeMap<PersonId, Described>, Fault> {
    let mut found: BTreeMap<PersonId, Described> = BTreeMap::new();
    let years = one.born_on.map_or(Years::ANY, |born| {
        let year = i64::from(born.year());
        Years { from: year - GUESSED_YEARS, to: year + GUESSED_YEARS }
    });
    for name in &one.names {
        let query = Query::new(&name.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" "));
        // The narrowest question first; a wider one only when nobody answered.
        for step in query.exact() {
            let some = finding::by_pairs(tx, &step, years).await?;
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

/// Keeps what was found in the declaration; the caller stores it.
///
/// # Errors
/// [`Why::PossibleDuplicate`] where an officer must decide first and `decided` asks
/// for it; or the database fails.
pub(super) async fn look_again(
    tx: &mut Tx<'_>,
    acting: &Acting,
    row: &mut DeclarationRow,
    decided: bool,
) -> Result<bool, Stop> {
    let (kind, content) = (kind_of(row)?, content_of(row)?);
    let found = look(tx, acting, row, kind, &content).await?;
    let open = found.iter().find(|alike| alike.must_be_decided(kind));
    let is_open = open.is_some();
    if let Some(open) = open.filter(|_| decided) {
        return Err(Refusal::from(Why::PossibleDuplicate)
            .about("of", open.other.code())
            .about("id", open.other.id())
            .into());
    }
    row.alike = Json(json!(found));
    Ok(is_open)
}

/// Says that something found alike is another person or event all the same: twins,
/// cousins, namesakes.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeepApart {
    /// The declaration.
    pub declaration: DeclarationId,
    /// The version that was seen.
    pub seen: i64,
    /// From what.
    pub other: Other,
    /// What tells them apart, in words.
    pub reason: String,
}

impl Act for KeepApart {
    const NAME: &'static str = "keep-declaration-apart";
    type Out = i64;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<i64>, Stop> {
        let acting = acting(tx, at, Permission::RegisterEvents).await?;
        let mut row = own(tx, &acting, self.declaration).await?;
        stands_at(&row, self.seen)?;
        if has_hand_in(&row, acting.officer.id) {
            return Err(Why::NeedsSecondPerson.into());
        }
        not_family(tx, &acting.officer, people_of(&row)?).await?;
        let reason = self.reason.trim();
        if reason.is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        if !state_of(&row)?.is_open() {
            return Err(super::declaring::wrong_state(&row).into());
        }
        let (kind, content) = (kind_of(&row)?, content_of(&row)?);
        let mut found = look(tx, &acting, &row, kind, &content).await?;
        let alike = found.iter_mut().find(|alike| alike.other == self.other).ok_or(Why::NotFound)?;
        alike.apart = Some(Apart { officer: acting.officer.id, reason: reason.to_owned() });
        let points = alike.likeness.points;
        row.alike = Json(json!(found));
        row.moved_at = at.now;
        tx.edit(&mut row).await?;
        declarations::note_work(tx, &row).await?;
        let entry = said("declaration-kept-apart", &row)
            .of(super::links::first_person(&row)?)
            .under(reason)
            .with("from", json!(self.other))
            .with("points", points);
        Ok(Recorded::new(row.version, entry))
    }
}

/// Opens what was found alike, to look at both side by side.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenComparison {
    /// The declaration.
    pub declaration: DeclarationId,
    /// What it is compared with.
    pub other: Other,
}

impl Act for OpenComparison {
    const NAME: &'static str = "open-comparison";
    type Out = Alike;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Alike>, Stop> {
        let acting = in_office(tx, at).await?;
        if !acting.may(Permission::DeclareEvents) && !acting.may(Permission::RegisterEvents) {
            return Err(super::declaring::not_permitted(Permission::RegisterEvents).into());
        }
        let row = own(tx, &acting, self.declaration).await?;
        not_family(tx, &acting.officer, people_of(&row)?).await?;
        // Only what was found alike is shown: this is no way into other offices' work.
        let (kind, content) = (kind_of(&row)?, content_of(&row)?);
        let found = look(tx, &acting, &row, kind, &content).await?;
        let alike = found.into_iter().find(|alike| alike.other == self.other).ok_or(Why::NotFound)?;
        let whose = match self.other {
            Other::Person(person) => Some(person),
            Other::Declaration(id) => {
                let other = declarations::declaration(tx, id).await?.ok_or(Why::NotFound)?;
                super::links::first_person(&other)?
            }
        };
        let entry = said("declaration-compared", &row).of(whose).with("with", json!(self.other));
        Ok(Recorded::new(alike, entry))
    }
}

/// What an officer said of a declaration's people stands for those whom it makes
/// known: the next sweep does not ask again.
pub(super) async fn carry_over(
    tx: &mut Tx<'_>,
    at: &Desk,
    row: &DeclarationRow,
    settled: &[(PartyRole, PersonId)],
) -> Result<(), Stop> {
    for alike in alike_of(row) {
        let (Some(apart), Some(role), Other::Person(other)) = (alike.apart, alike.role, alike.other) else {
            continue;
        };
        let Some((_, person)) = settled.iter().find(|(known, _)| *known == role) else { continue };
        if *person == other || duplicates::are_apart(tx, *person, other).await? {
            continue;
        }
        let kept = duplicates::KeptApartRow {
            id: at.fresh(&format!("apart/{other}")),
            one_id: (*person).min(other),
            other_id: (*person).max(other),
            reason: apart.reason,
            officer_id: apart.officer,
            recorded_at: at.now,
        };
        tx.add(&kept).await?;
    }
    Ok(())
}
