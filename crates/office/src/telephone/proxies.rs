//! Who may act for whom: appointed by the person on their own page, or by an officer who
//! has them, or the paper, before them; ended by the person's word at any time.
//!
//! A proxy opens nothing of their own: each look and each act asks anew whether the scope
//! allows it today.

use super::if_by_telephone;
use crate::accounts::person_of;
use crate::acting::{acting, not_family};
use crate::catalogue;
use crate::civil::may_see;
use crate::messages::{Template, send};
use diwan_domain::acts::{Actor, Desk};
use diwan_domain::dates::PartialDate;
use diwan_domain::devices::card_number;
use diwan_domain::ids::{AccountId, OfficerId, PersonId, RowId};
use diwan_domain::journal::Entry;
use diwan_domain::names::fold;
use diwan_domain::people::{Assurance, Channel, Permission};
use diwan_domain::proxies::{Basis, Deed, MOST, OF_AGE, Scope, check};
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::duplicates::counts_as;
use diwan_store::telephone::{self, ProxyRow};
use diwan_store::value::Json;
use diwan_store::{Act, Fault, Recorded, Stop, Tx, access, people};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

const AN_HOUR: i64 = 3_600_000_000;
/// How often somebody may name another in an hour: numbers are not to be guessed.
const NAMED_AN_HOUR: i64 = 10;

/// Appoints somebody who may act for a person: by the person, known for sure, or by an
/// officer who saw them or the paper.
#[derive(Debug, Serialize, Deserialize)]
pub struct AppointProxy {
    /// Whose matters they are; left out by someone who appoints for themselves.
    pub person: Option<PersonId>,
    /// The personal number of whoever shall act, as typed.
    pub number: String,
    /// Their given name, as typed: a mistyped number must not appoint a stranger.
    pub name: String,
    /// For what.
    pub scope: Scope,
    /// On which ground.
    pub basis: Basis,
    /// The number of the power of attorney or the judgment.
    pub basis_number: String,
    /// The last day on which it holds.
    pub until: Date,
    /// Who saw that the person said so, where an officer takes it.
    pub witness: String,
    /// The language of what is sent to the person.
    pub language: String,
    /// For how many days this installation lets a proxy hold at most.
    pub longest_days: i64,
}

fn wrong(field: &str) -> Stop {
    Refusal::from(Why::FieldMissing).about("field", field.to_owned()).into()
}

/// The person behind an account that is known for sure.
async fn proven_person(tx: &mut Tx<'_>, at: &Desk, account: AccountId) -> Result<PersonId, Stop> {
    if !at.assurance.is_proven() {
        return Err(Why::SignInFirst.into());
    }
    Ok(person_of(tx, account).await?.ok_or(Why::NotFound)?)
}

/// An officer who may take or end a proxy for a person.
async fn officer_for(tx: &mut Tx<'_>, at: &Desk, person: PersonId) -> Result<OfficerId, Stop> {
    let acting = acting(tx, at, Permission::VerifyIdentity).await?;
    if !may_see(tx, &acting, person).await? {
        return Err(Why::NotFound.into());
    }
    not_family(tx, &acting.officer, [Some(person)]).await?;
    if_by_telephone(tx, at, Some(person)).await?;
    Ok(acting.officer.id)
}

impl AppointProxy {
    /// Whose matters they are, and which officer takes it.
    async fn whose(&self, tx: &mut Tx<'_>, at: &Desk) -> Result<(PersonId, Option<OfficerId>), Stop> {
        if let Actor::Account(account) = at.actor {
            let own = proven_person(tx, at, account).await?;
            // A proxy appoints nobody for whom they act.
            if at.on_behalf.is_some() || self.person.is_some_and(|person| person != own) {
                return Err(Why::NotFound.into());
            }
            // Nobody saw the paper.
            return if self.basis.has_paper() { Err(wrong("basis")) } else { Ok((own, None)) };
        }
        let person = self.person.ok_or(Why::NotFound)?;
        let officer = officer_for(tx, at, person).await?;
        // Nobody sees a paper by telephone.
        if at.channel == Channel::Telephone && self.basis.has_paper() {
            return Err(wrong("basis"));
        }
        if self.witness.trim().chars().count() < 3 {
            return Err(wrong("witness"));
        }
        Ok((person, Some(officer)))
    }

    /// Who shall act: a living adult whose number and given name belong together.
    async fn proxy(&self, tx: &mut Tx<'_>, at: &Desk, person: PersonId) -> Result<PersonId, Stop> {
        let counter = format!("proxies/{}/{}", at.actor.kind(), at.actor.name());
        if access::count_use_in(tx, &counter, at.now, AN_HOUR).await? > NAMED_AN_HOUR * 10
            || access::count_use_in(tx, &format!("proxies-of/{person}"), at.now, AN_HOUR).await?
                > NAMED_AN_HOUR
        {
            let entry = Entry::new("proxy-refused", "person", person).of(Some(person));
            return Err(Stop::Kept(Why::TooManyAttempts.into(), vec![entry]));
        }
        let refused = || {
            let entry = Entry::new("proxy-refused", "person", person).of(Some(person));
            Stop::Kept(Refusal::from(Why::FieldMissing).about("field", "number"), vec![entry])
        };
        let number = card_number(&self.number).ok_or_else(|| wrong("number"))?;
        let [proxy] = people::by_standing_number(tx, &number).await?[..] else { return Err(refused()) };
        let typed = fold(&self.name);
        let typed = typed.split_whitespace().next().unwrap_or_default();
        let names = people::names(tx, proxy).await?;
        if typed.is_empty() || !names.iter().any(|name| fold(&name.given) == typed) || proxy == person {
            return Err(refused());
        }
        let row = people::person(tx, proxy).await?.ok_or_else(refused)?;
        let today = crate::desk::day_of(at.now, at.utc_offset_minutes);
        let born = row.born_on.as_ref().and_then(|born| born.parse::<PartialDate>().ok());
        // Of a birthday that is known by its year only, what is certain counts.
        let age = born.and_then(|born| born.least_age_on(today)).map(i64::from);
        // Of a closed record it is not said either that there is one.
        if row.died_on.is_some() || row.protected || age.is_some_and(|age| age < OF_AGE) {
            return Err(refused());
        }
        Ok(proxy)
    }
}

impl Act for AppointProxy {
    const NAME: &'static str = "appoint-proxy";
    type Out = RowId;

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<RowId>, Stop> {
        let (person, officer) = self.whose(tx, at).await?;
        let today = crate::desk::day_of(at.now, at.utc_offset_minutes);
        let number = self.basis_number.trim();
        check(&self.scope, (self.basis, number), (today, self.until), self.longest_days)
            .map_err(|fault| wrong(fault.field()))?;
        let on = today.to_string();
        for key in &self.scope.services {
            catalogue::newest(tx, key, &on).await?.ok_or_else(|| wrong("services"))?;
        }
        let proxy = self.proxy(tx, at, person).await?;
        if let Some(officer) = officer {
            let officer = diwan_store::officers::officer(tx, officer).await?.ok_or(Why::NotFound)?;
            // Nobody makes their own family the one who acts.
            not_family(tx, &officer, [Some(proxy)]).await?;
        }
        let standing = telephone::proxies_of(tx, person).await?;
        if standing.iter().filter(|row| row.until_day >= on).count() >= MOST {
            return Err(Why::ProxiesEnough.into());
        }
        let row = ProxyRow {
            id: at.fresh("proxy"),
            person_id: person,
            proxy_id: proxy,
            services: Json(json!(self.scope.services)),
            deeds: Json(json!(self.scope.deeds)),
            basis: self.basis.code().to_owned(),
            basis_number: if self.basis.has_paper() { number.to_owned() } else { String::new() },
            until_day: self.until.to_string(),
            language: self.language.clone(),
            channel: at.channel.code().to_owned(),
            officer_id: officer,
            witness: officer.map(|_| self.witness.trim().to_owned()),
            since: at.now,
            ended_at: None,
            ended_by: None,
            version: 1,
        };
        tx.add(&row).await?;
        tell(tx, at, person, Template::ProxyNamed, &row).await?;
        let entry = Entry::new("proxy-appointed", "proxy", row.id)
            .of(Some(person))
            .under(self.basis.code())
            .with("proxy", proxy.to_string())
            .with("until", row.until_day.clone());
        Ok(Recorded::new(row.id, entry))
    }
}

/// Tells a person by the telephone that was confirmed for them last.
async fn tell(
    tx: &mut Tx<'_>,
    at: &Desk,
    person: PersonId,
    what: Template,
    row: &ProxyRow,
) -> Result<(), Fault> {
    let mut phone = phone_of(tx, person).await?;
    if phone.is_none() && row.person_id != person {
        // Their account is of the record that was merged.
        phone = phone_of(tx, row.person_id).await?;
    }
    if let Some(phone) = phone {
        let args = json!({"until": row.until_day});
        send(tx, at, "sms", &phone, &row.language, what, &args).await?;
    }
    Ok(())
}

/// The telephone that was confirmed last for a person who is known for sure.
///
/// # Errors
/// When the database fails.
pub async fn phone_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<String>, Fault> {
    let mut found = None;
    for account in people::accounts_of(tx, person).await? {
        let known = Assurance::from_code(&account.assurance).is_some_and(Assurance::is_proven);
        if account.closed_at.is_some() || !known {
            continue;
        }
        let confirmed = people::credentials(tx, account.id).await?;
        let is_phone = |one: &people::CredentialRow| one.kind == "sms" && one.confirmed_at.is_some();
        found = confirmed.into_iter().rfind(is_phone).map(|one| one.value).or(found);
    }
    Ok(found)
}

/// Ends what somebody may do for another: by the person, by whoever acts, or by an officer
/// for either. What a court ordered ends only with an officer who saw that.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndProxy {
    /// Which.
    pub proxy: RowId,
}

impl Act for EndProxy {
    const NAME: &'static str = "end-proxy";
    type Out = ();

    async fn run(&self, at: &Desk, tx: &mut Tx<'_>) -> Result<Recorded<()>, Stop> {
        let row = telephone::proxy(tx, self.proxy).await?.ok_or(Why::NotFound)?;
        let person = counts_as(tx, row.person_id).await?;
        if let Actor::Account(account) = at.actor {
            let own = proven_person(tx, at, account).await?;
            let own = counts_as(tx, own).await?;
            if own != person && own != counts_as(tx, row.proxy_id).await? {
                return Err(Why::NotFound.into());
            }
            let by_word = Basis::from_code(&row.basis).is_some_and(Basis::ends_by_word);
            if own == person && !by_word {
                return Err(Why::ProxyByCourt.into());
            }
        } else {
            officer_for(tx, at, person).await?;
        }
        if row.ended_at.is_some() {
            return Err(Why::NothingChanges.into());
        }
        let entry = end(tx, at, row.clone()).await?;
        tell(tx, at, person, Template::ProxyEnded, &row).await?;
        Ok(Recorded::new((), entry))
    }
}

async fn end(tx: &mut Tx<'_>, at: &Desk, mut row: ProxyRow) -> Result<Entry, Stop> {
    row.ended_at = Some(at.now);
    row.ended_by = Some(at.channel.code().to_owned());
    tx.edit(&mut row).await?;
    forget_phones(tx, at, &row).await?;
    let entry = Entry::new("proxy-ended", "proxy", row.id).of(Some(row.person_id));
    Ok(entry.with("proxy", row.proxy_id.to_string()))
}

/// The telephones and mailboxes of a person's accounts, under any of their records.
async fn ways_to(tx: &mut Tx<'_>, records: [PersonId; 2]) -> Result<Vec<String>, Fault> {
    let mut ways = Vec::new();
    for person in records {
        for account in people::accounts_of(tx, person).await? {
            let known = people::credentials(tx, account.id).await?;
            ways.extend(known.into_iter().map(|one| one.value));
        }
    }
    Ok(ways)
}

/// Whoever does not act any more is not told any more: their telephone goes from the cases
/// that they began. One that both share stays, and all stay while another proxy of the same
/// two stands.
async fn forget_phones(tx: &mut Tx<'_>, at: &Desk, row: &ProxyRow) -> Result<(), Stop> {
    let (person, proxy) = (counts_as(tx, row.person_id).await?, counts_as(tx, row.proxy_id).await?);
    let today = crate::desk::day_of(at.now, at.utc_offset_minutes).to_string();
    for other in telephone::proxies_of(tx, person).await? {
        if holds(&other, &today) && counts_as(tx, other.proxy_id).await? == proxy {
            return Ok(());
        }
    }
    let own = ways_to(tx, [person, row.person_id]).await?;
    let mut phones = ways_to(tx, [proxy, row.proxy_id]).await?;
    phones.retain(|phone| !own.contains(phone));
    let mut cases = diwan_store::cases::of_person(tx, person).await?;
    if row.person_id != person {
        cases.extend(diwan_store::cases::of_person(tx, row.person_id).await?);
    }
    for mut case in cases {
        let is_theirs = |given: &Option<String>| given.as_ref().is_some_and(|given| phones.contains(given));
        let (phone, email) = (is_theirs(&case.phone), is_theirs(&case.email));
        if !phone && !email {
            continue;
        }
        case.phone = case.phone.filter(|_| !phone);
        case.email = case.email.filter(|_| !email);
        crate::cases::keep(tx, at, &mut case).await?;
    }
    Ok(())
}

/// Ends everything that others may do for a person, but for what a court ordered. They are
/// not told of each: the answer to their word says how many.
pub(super) async fn end_all(tx: &mut Tx<'_>, at: &Desk, person: PersonId) -> Result<Vec<Entry>, Stop> {
    let mut entries = Vec::new();
    for row in telephone::proxies_of(tx, person).await? {
        if Basis::from_code(&row.basis).is_some_and(Basis::ends_by_word) {
            entries.push(end(tx, at, row).await?);
        }
    }
    Ok(entries)
}

/// What a proxy may do.
#[must_use]
pub fn scope_of(row: &ProxyRow) -> Scope {
    let services = serde_json::from_value(row.services.0.clone()).unwrap_or_else(|_| vec![String::new()]);
    let deeds = serde_json::from_value(row.deeds.0.clone()).unwrap_or_default();
    Scope { services, deeds }
}

/// Whether a proxy holds on a day: neither ended nor over.
#[must_use]
pub fn holds(row: &ProxyRow, today: &str) -> bool {
    row.ended_at.is_none() && row.until_day.as_str() >= today
}

/// The living for whom somebody may act today, and what.
///
/// # Errors
/// When the database fails.
pub async fn acts_for(tx: &mut Tx<'_>, at: &Desk, proxy: PersonId) -> Result<Vec<ProxyRow>, Fault> {
    let today = crate::desk::day_of(at.now, at.utc_offset_minutes).to_string();
    let mut standing = Vec::new();
    for mut row in telephone::proxies_for(tx, proxy).await? {
        // Whoever was found to be another is that other from now on.
        row.person_id = counts_as(tx, row.person_id).await?;
        let lives = people::person(tx, row.person_id).await?.is_some_and(|person| person.died_on.is_none());
        if lives && holds(&row, &today) {
            standing.push(row);
        }
    }
    Ok(standing)
}

/// Whether whoever stands at the desk, acting for a person, may do something in a service.
///
/// # Errors
/// When the database fails.
pub async fn may_act(
    tx: &mut Tx<'_>,
    at: &Desk,
    person: PersonId,
    (service, deed): (&str, Deed),
) -> Result<bool, Fault> {
    let Actor::Account(account) = at.actor else { return Ok(false) };
    if at.on_behalf != Some(person) || !at.assurance.is_proven() {
        return Ok(false);
    }
    let Some(own) = person_of(tx, account).await? else { return Ok(false) };
    let standing = acts_for(tx, at, own).await?;
    Ok(standing.iter().any(|row| row.person_id == person && scope_of(row).allows(service, deed)))
}

/// The proxies that somebody appointed and did not end.
///
/// # Errors
/// When the database fails.
pub async fn appointed_by(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<ProxyRow>, Fault> {
    telephone::proxies_of(tx, person).await
}

/// The given name of somebody: what whoever let them act typed themselves.
///
/// # Errors
/// When the database fails.
pub async fn given_name(tx: &mut Tx<'_>, person: PersonId) -> Result<String, Fault> {
    let names = people::names(tx, person).await?;
    let name = names.iter().rev().find(|name| name.script == "arab").or(names.last());
    Ok(name.map(|name| name.given.clone()).unwrap_or_default())
}
