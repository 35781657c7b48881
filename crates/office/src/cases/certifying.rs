//! Certificates of an entry that an officer has before them: for the person who
//! stands there, nothing is typed that the register says already.
//!
//! The case goes the way of the certificate's service folder from its first question
//! on; what differs is only that the entry is known, so that nobody looks for it.

use super::draft::{Begun, new_draft};
use super::facts::facts_of;
use super::keep_answers;
use super::keeping::{name_parties, watch};
use crate::acting::{Acting, acting, not_family};
use crate::catalogue::{self, Published};
use crate::civil::{self, entries_meant, may_see_entry, relation_of, tie_on};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::ids::{AreaId, EntryId, PersonId};
use diwan_domain::journal::Entry;
use diwan_domain::people::Permission;
use diwan_domain::refusals::{Refusal, Why};
use diwan_domain::services::{Answers, Facts, QuestionKind, RegisterKind, Relation, Service, claim_shown};
use diwan_store::cases::CaseRow;
use diwan_store::civil::{self as register, EntryRow};
use diwan_store::people::{self, PersonNameRow};
use diwan_store::{Act, Fault, Recorded, Stop, Tx, centres, duplicates};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// What a case keeps of how its entry came to it: an officer had it before them.
const FROM_REGISTER: &str = "from-register";

/// Begins the case of a certificate of one entry for someone who stands at a counter:
/// who they are was seen, whose entry it is and what describes it comes from the
/// register, and so does by what right they ask, as far as the register ties them.
#[derive(Debug, Serialize, Deserialize)]
pub struct BeginCertificate {
    /// Of which entry.
    pub entry: EntryId,
    /// The certificate's service.
    pub service: String,
    /// Whose entry it is; left out where the entry is about one person, or about two
    /// of whom the applicant is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<PersonId>,
    /// Who stands there and asks.
    pub applicant: PersonId,
    /// What they showed to prove who they are.
    pub shown: String,
    /// The language in which they read.
    pub language: String,
}

impl Act for BeginCertificate {
    const NAME: &'static str = "begin-certificate";
    type Out = Begun;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<Begun>, Stop> {
        let clerk = acting(tx, at, Permission::AssistCases).await?;
        if !clerk.may(Permission::VerifyIdentity) {
            return Err(Refusal::from(Why::NotPermitted).about("permission", "people.verify").into());
        }
        let entry = register::entry(tx, self.entry).await?.ok_or(Why::NotFound)?;
        if !may_see_entry(tx, &clerk, &entry).await? {
            return Err(Why::NotFound.into());
        }
        if self.shown.trim().is_empty() {
            return Err(Why::ReasonMissing.into());
        }
        can_be_certified(tx, &entry).await?;
        let today = crate::desk::day_of(at.now, at.utc_offset_minutes);
        let published = catalogue::newest_at(tx, at, &self.service, &today.to_string()).await?;
        let published = published.ok_or(Why::ServiceClosed)?;
        let service = &published.service;
        let kind = certified(service).ok_or(Why::ServiceClosed)?;
        if !at.channel.is_among(&service.channels) {
            return Err(Why::ServiceClosed.into());
        }
        let applicant = people::person(tx, self.applicant).await?.ok_or(Why::NotFound)?;
        if applicant.died_on.is_some() {
            return Err(Why::PersonDied.into());
        }
        let holder = self.holder_of(tx, &entry, kind).await?;
        not_family(tx, &clerk.officer, [Some(self.applicant), Some(holder)]).await?;
        let officer = if let Actor::Officer(id) = at.actor { Some(id) } else { None };
        let (mut case, key) = new_draft(tx, at, service, &self.language, officer).await?;
        let tie = tie_on(tx, self.applicant, holder, today).await?;
        let relation = relation_of(self.applicant, holder, tie);
        case.applicant_id = Some(self.applicant);
        case.holder_id = Some(holder);
        case.entry_id = Some(entry.id);
        case.relation = Some(relation.code().into());
        case.office_id = Some(entry.office_id);
        case.area_id = entry.area_id;
        case.facts.0[FROM_REGISTER] = json!(true);
        if relation == Relation::None {
            // Nothing but the officer's choice brings this entry and this person together.
            case.facts.0["tied-by-hand"] = json!(true);
        }
        let facts = facts_of(tx, at, &case).await?;
        let answers = known_answers(tx, &case, &entry, service, &facts).await?;
        let known = answers.keys().cloned().collect::<Vec<_>>();
        keep_answers(&mut case, &answers);
        tx.add(&case).await?;
        name_parties(tx, at, &case).await?;
        watch(tx, at, &case).await?;
        let begun = Entry::new("case-begun", "case", case.id)
            .of(Some(self.applicant))
            .with("service", service.key.clone())
            .with("edition", case.edition);
        let verified = Entry::new("identity-verified", "case", case.id)
            .of(Some(self.applicant))
            .under(self.shown.trim())
            .with("officer", clerk.officer.id.to_string());
        let asked = Entry::new("certificate-begun", "entry", entry.id)
            .of(Some(holder))
            .under(service.basis.clone())
            .with("case", case.id.to_string())
            .with("relation", relation.code())
            .with("answered", known);
        let out = Begun { case: case.id, number: case.number.clone(), key: hex::encode(key) };
        Ok(Recorded::new(out, begun).and(verified).and(asked))
    }
}

impl BeginCertificate {
    /// Whose entry it is.
    async fn holder_of(
        &self,
        tx: &mut Tx<'_>,
        entry: &EntryRow,
        kind: RegisterKind,
    ) -> Result<PersonId, Stop> {
        if !matches!(kind, RegisterKind::Person | RegisterKind::Family) {
            if entry.kind != kind.code() {
                return Err(Why::NotFound.into());
            }
            let halves = about(tx, entry).await?;
            if let Some(holder) = self.holder {
                return if halves.contains(&holder) { Ok(holder) } else { Err(Why::NotFound.into()) };
            }
            return Ok(likely_holder(tx, &halves, self.applicant).await?.ok_or(Why::NotFound)?);
        }
        let holder = self.holder.unwrap_or(self.applicant);
        let meant = entries_meant(tx, kind, holder, None).await?;
        if meant.iter().any(|one| one.id == entry.id) { Ok(holder) } else { Err(Why::NotFound.into()) }
    }
}

/// Into which register a service's certificate looks; `None` where it makes none of an
/// entry.
#[must_use]
pub fn certified(service: &Service) -> Option<RegisterKind> {
    let is_paper = service.document.is_some() && service.declares.is_none();
    service.register.filter(|_| is_paper)
}

/// The services of a day that make a certificate of an entry of the register.
///
/// # Errors
/// When the database fails.
pub async fn certificates(tx: &mut Tx<'_>, today: &str) -> Result<Vec<Arc<Published>>, Fault> {
    let offered = catalogue::offered(tx, today).await?;
    Ok(offered.into_iter().filter(|published| certified(&published.service).is_some()).collect())
}

/// Whom an entry is about: the one who was born or died, or both who married or parted.
///
/// # Errors
/// When the database fails.
pub async fn about(tx: &mut Tx<'_>, entry: &EntryRow) -> Result<Vec<PersonId>, Fault> {
    let mut people = Vec::new();
    for role in register::roles_in(tx, entry.event_id).await? {
        if matches!(role.role.as_str(), "child" | "husband" | "wife" | "deceased") {
            people.push(duplicates::counts_as(tx, role.person_id).await?);
        }
    }
    Ok(people)
}

/// Of two whom an entry is about, the one who asks; else the one to whom they are tied,
/// the dead before the living, whose own right nobody takes up for them.
async fn likely_holder(
    tx: &mut Tx<'_>,
    halves: &[PersonId],
    applicant: PersonId,
) -> Result<Option<PersonId>, Fault> {
    if halves.contains(&applicant) {
        return Ok(Some(applicant));
    }
    let mut ranked = Vec::new();
    for half in halves {
        let tied = register::tie(tx, applicant, *half).await?.is_some();
        let died = people::person(tx, *half).await?.is_some_and(|row| row.died_on.is_some());
        ranked.push((!tied, !died, *half));
    }
    ranked.sort_by_key(|(tied, died, _)| (*tied, *died));
    Ok(ranked.first().map(|(_, _, half)| *half))
}

/// Whether a paper may be made of an entry at a counter.
///
/// # Errors
/// [`Why::EntryReplaced`], [`Why::EntryRevoked`], [`Why::EntryProtected`]; or the
/// database fails.
pub async fn can_be_certified(tx: &mut Tx<'_>, entry: &EntryRow) -> Result<(), Stop> {
    if register::entry_after(tx, entry.id).await?.is_some() {
        return Err(Why::EntryReplaced.into());
    }
    if entry.standing.as_deref() == Some("revoked") || register::is_void(tx, entry.event_id).await? {
        return Err(Why::EntryRevoked.into());
    }
    if entry.protected {
        return Err(Why::EntryProtected.into());
    }
    for role in register::roles_in(tx, entry.event_id).await? {
        if people::person(tx, role.person_id).await?.is_some_and(|row| row.protected) {
            return Err(Why::EntryProtected.into());
        }
    }
    Ok(())
}

/// A draft that began with an entry: whether a paper may still be made of it.
///
/// # Errors
/// As [`can_be_certified`].
pub(super) async fn still_stands(tx: &mut Tx<'_>, case: &CaseRow) -> Result<(), Stop> {
    let (Some(id), true) = (case.entry_id, case.facts.0[FROM_REGISTER] == true) else { return Ok(()) };
    let entry = register::entry(tx, id).await?.ok_or(Why::NotFound)?;
    can_be_certified(tx, &entry).await
}

/// Who may come to ask for the certificate of an entry, as far as the register knows
/// them, each with what they are in the entry: those whom it is about, their close
/// family, and everyone else it names. The dead are left out, and whoever the officer
/// may not see.
///
/// # Errors
/// When the database fails.
pub async fn may_ask(
    tx: &mut Tx<'_>,
    clerk: &Acting,
    entry: &EntryRow,
    holder: Option<PersonId>,
) -> Result<Vec<(civil::Summary, Option<String>)>, Fault> {
    let mut roles: Vec<(PersonId, String)> = Vec::new();
    for role in register::roles_in(tx, entry.event_id).await? {
        roles.push((duplicates::counts_as(tx, role.person_id).await?, role.role));
    }
    let mut wanted = match holder {
        Some(holder) => vec![holder],
        None => about(tx, entry).await?,
    };
    for one in wanted.clone() {
        let family = register::close_family(tx, one).await?;
        wanted.extend(civil::known_beside(tx, clerk, one, family).await?);
    }
    wanted.extend(roles.iter().map(|(person, _)| *person));
    let (mut seen, mut found) = (Vec::new(), Vec::new());
    for person in wanted {
        if seen.contains(&person) || !civil::may_see(tx, clerk, person).await? {
            continue;
        }
        seen.push(person);
        let summary = civil::summary(tx, person).await?;
        let role = roles.iter().find(|(known, _)| *known == person).map(|(_, role)| role.clone());
        found.extend(summary.filter(|one| one.person.died_on.is_none()).map(|one| (one, role)));
    }
    Ok(found)
}

/// The answers that the register knows: what describes the holder, by the same
/// questions by which an entry is otherwise looked for, and the claim that their tie
/// shows. What cannot stay as an answer is asked.
pub(crate) async fn known_answers(
    tx: &mut Tx<'_>,
    case: &CaseRow,
    entry: &EntryRow,
    service: &Service,
    facts: &Facts,
) -> Result<Answers, Stop> {
    let holder = case.holder_id.ok_or(Why::NotFound)?;
    let other = about(tx, entry).await?.into_iter().find(|person| *person != holder);
    let person = people::person(tx, holder).await?.ok_or(Why::NotFound)?;
    let mut names = vec![name_of(&people::names(tx, holder).await?)];
    if let (Some(other), true) = (other, super::course::of_couples(service)) {
        names.push(name_of(&people::names(tx, other).await?));
    }
    let numbers = people::numbers(tx, holder).await?;
    let place = match register::event(tx, entry.event_id).await? {
        Some(event) => event.place,
        None => None,
    };
    let address = address_of(tx, entry.area_id, place.or(person.born_place), &case.language).await?;
    let mut known = Answers::new();
    // Of the dead the second day that is asked is that of their death.
    let died_on = person.died_on.filter(|_| service.register == Some(RegisterKind::Death));
    let (mut names, mut dates) = (names.into_iter(), [person.born_on, died_on].into_iter());
    let mut addresses = std::iter::once(address);
    let described = service.questions.iter().find(|question| question.kind == QuestionKind::Name);
    let group = described.map(|question| question.group.clone());
    for question in &service.questions {
        let value = match question.kind {
            QuestionKind::Name => names.next().flatten(),
            QuestionKind::Date => dates.next().flatten().map(Value::String),
            QuestionKind::Address => addresses.next().flatten(),
            QuestionKind::IdentityNumber => numbers
                .iter()
                .find(|number| question.id_kinds.iter().any(|kind| kind.code() == number.kind))
                .map(|number| json!({"kind": number.kind, "number": number.value})),
            _ => continue,
        };
        let value = value.and_then(|value| question.check(&value, facts.today).ok());
        // What describes the holder and may be left blank is asked of nobody: the entry is there.
        let blank = || (!question.required && Some(&question.group) == group.as_ref()).then_some(Value::Null);
        if let Some(value) = value.or_else(blank) {
            known.insert(question.key.clone(), value);
        }
    }
    if let Some((question, option)) = claim_shown(service, &known, facts) {
        known.insert(question, Value::String(option));
    }
    Ok(known)
}

/// A name in the register's own writing, as an answer.
fn name_of(written: &[PersonNameRow]) -> Option<Value> {
    let row = written.iter().rev().find(|row| row.script == "arab").or(written.last())?;
    let parts = [
        ("given", Some(row.given.clone())),
        ("father", row.father.clone()),
        ("grandfather", row.grandfather.clone()),
        ("family", row.family.clone()),
    ];
    let parts = parts.into_iter().filter_map(|(part, text)| Some((part.to_owned(), json!(text?))));
    Some(Value::Object(parts.collect()))
}

/// Where an entry lies, as an answer: its area and the areas around it by their names,
/// and the place as the entry writes it.
async fn address_of(
    tx: &mut Tx<'_>,
    area: Option<AreaId>,
    place: Option<String>,
    language: &str,
) -> Result<Option<Value>, Fault> {
    let mut chain = Vec::new();
    let mut within = area;
    // A subdistrict lies in a district, which lies in a governorate.
    while let (Some(id), true) = (within, chain.len() < 3) {
        let Some(row) = centres::area(tx, id).await? else { break };
        let name = row.names.0[language].as_str().or(row.names.0["ckb"].as_str()).unwrap_or(&row.code);
        chain.push(name.to_owned());
        within = row.parent_id;
    }
    let mut parts = Map::new();
    for (part, name) in ["governorate", "district", "subdistrict"].into_iter().zip(chain.iter().rev()) {
        parts.insert(part.to_owned(), json!(name));
    }
    if let Some(place) = place.filter(|place| !place.trim().is_empty() && !chain.contains(place)) {
        parts.insert("place".to_owned(), json!(place));
    }
    Ok((!parts.is_empty()).then_some(Value::Object(parts)))
}
