//! Writes a Region into an office, through the acts that anyone else would
//! use. Every act bears a key, so a seed that was interrupted goes on where it
//! stopped, and a second one adds nothing.

use crate::chance::bytes_for;
use crate::region::{Event, OfficerPlan, Person, Region};
use diwan_domain::acts::Actor;
use diwan_domain::ids::{AccountId, AreaId, CentreId, CounterId, OfficeId, OfficerId};
use diwan_domain::people::{Assurance, Role};
use diwan_domain::refusals::Why;
use diwan_office::accounts::SignInByWallet;
use diwan_office::administration::{
    AddArea, AddCounter, AddHoliday, AddOffice, EndArea, InviteOfficer, SetCentre,
};
use diwan_office::civil::{ImportRegister, NewEvent, NewPerson};
use diwan_office::queue::PublishSetup;
use diwan_office::tokens::{IssueToken, scopes};
use diwan_office::{Office, Stop, Who, officers, secrets};
use futures_util::stream::{self, StreamExt};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How many persons or events one act brings in.
const CHUNK: usize = 200;
/// How many of these are begun before the first of them is done.
const AHEAD: usize = 3;

/// An officer who can sign in.
#[derive(Clone, Debug)]
pub struct SeededOfficer {
    /// Their identifier.
    pub id: OfficerId,
    /// What was planned for them.
    pub plan: OfficerPlan,
}

/// What a seed left behind.
#[derive(Clone, Debug, Default)]
pub struct Seeded {
    /// Areas in the order of the Region's places.
    pub areas: Vec<AreaId>,
    /// Offices by code.
    pub offices: BTreeMap<String, OfficeId>,
    /// Centres by code.
    pub centres: BTreeMap<String, CentreId>,
    /// Counters by centre and label: `EB1-C1`.
    pub counters: BTreeMap<String, CounterId>,
    /// Everyone who can sign in.
    pub officers: Vec<SeededOfficer>,
    /// API tokens by role.
    pub tokens: BTreeMap<String, String>,
    /// How many persons the register holds from this seed.
    pub people: usize,
    /// How many entries.
    pub entries: usize,
}

impl Seeded {
    /// The first officer with a role, if there is one.
    #[must_use]
    pub fn officer(&self, role: Role) -> Option<&SeededOfficer> {
        self.officers.iter().find(|officer| officer.plan.role == role)
    }

    /// An officer by the name they sign in with.
    #[must_use]
    pub fn by_login(&self, login: &str) -> Option<&SeededOfficer> {
        self.officers.iter().find(|officer| officer.plan.login == login)
    }
}

struct Seeding<'a, P: FnMut(usize, usize)> {
    office: &'a Office,
    region: &'a Region,
    who: Who,
    done: Seeded,
    acts: usize,
    in_all: usize,
    progress: P,
}

/// Writes a Region into an office. Pass the same Region again to go on after
/// an interruption: what was written is not written twice. `progress` hears
/// how many of how many acts are done.
///
/// # Errors
/// An act's refusal, or a failure of the store. A database that was seeded
/// with another Region refuses with `request/key-reused`.
pub async fn seed(
    office: &Office,
    region: &Region,
    progress: impl FnMut(usize, usize),
) -> Result<Seeded, Stop> {
    let chunks = region.people.len().div_ceil(CHUNK) + others(region).len().div_ceil(CHUNK);
    let counters: usize = region.centres.iter().map(|centre| centre.counters.len()).sum();
    let places = region.places.len() + region.offices.len() + region.centres.len();
    let mut seeding = Seeding {
        office,
        region,
        who: Who::system("demo-seed"),
        done: Seeded::default(),
        acts: 0,
        in_all: places + counters + region.holidays.len() + region.officers.len() + chunks,
        progress,
    };
    seeding.areas().await?;
    seeding.offices().await?;
    seeding.centres().await?;
    seeding.setups().await?;
    seeding.holidays().await?;
    seeding.register().await?;
    seeding.officers().await?;
    seeding.tokens().await?;
    Ok(seeding.done)
}

/// Events that are no births.
fn others(region: &Region) -> Vec<&Event> {
    region.events.iter().filter(|event| event.kind != "birth").collect()
}

/// Names by language, as the office keeps them.
fn names([ckb, ar, kmr, en]: [&str; 4]) -> Value {
    json!({"ckb": ckb, "ar": ar, "kmr": kmr, "en": en})
}

impl<P: FnMut(usize, usize)> Seeding<'_, P> {
    fn step(&mut self) {
        self.acts += 1;
        (self.progress)(self.acts.min(self.in_all), self.in_all);
    }

    async fn areas(&mut self) -> Result<(), Stop> {
        for place in &self.region.places {
            let act = AddArea {
                code: place.code.to_owned(),
                kind: place.kind.to_owned(),
                parent: place.parent.map(|parent| self.done.areas[parent]),
                names: names(place.names),
                valid_from: place.from.map(str::to_owned),
            };
            let area = self.office.perform(&self.who, &format!("seed/area/{}", place.code), act).await?;
            if let Some(until) = place.until {
                let act = EndArea { area, until: until.to_owned() };
                self.office.perform(&self.who, &format!("seed/area-end/{}", place.code), act).await?;
            }
            self.done.areas.push(area);
            self.step();
        }
        Ok(())
    }

    async fn offices(&mut self) -> Result<(), Stop> {
        for plan in &self.region.offices {
            let act = AddOffice {
                code: plan.code.to_owned(),
                ministry: plan.ministry.to_owned(),
                names: names(plan.names),
                area: Some(self.done.areas[plan.area]),
            };
            let id = self.office.perform(&self.who, &format!("seed/office/{}", plan.code), act).await?;
            self.done.offices.insert(plan.code.to_owned(), id);
            self.step();
        }
        Ok(())
    }

    async fn centres(&mut self) -> Result<(), Stop> {
        for plan in &self.region.centres {
            let act = SetCentre {
                centre: None,
                code: plan.code.to_owned(),
                names: names(plan.names),
                address: plan.address.to_owned(),
                area: Some(self.done.areas[plan.area]),
                hours: plan.hours.clone(),
                seen: None,
            };
            let centre = self.office.perform(&self.who, &format!("seed/centre/{}", plan.code), act).await?;
            self.done.centres.insert(plan.code.to_owned(), centre);
            self.step();
            for counter in &plan.counters {
                let name = format!("{}-{}", plan.code, counter.label);
                let abilities = counter.abilities.iter().map(|ability| (*ability).to_owned()).collect();
                let act = AddCounter { centre, label: counter.label.clone(), abilities };
                let id = self.office.perform(&self.who, &format!("seed/counter/{name}"), act).await?;
                self.done.counters.insert(name, id);
                self.step();
            }
        }
        Ok(())
    }

    /// How people are served in the centres that give tickets.
    async fn setups(&mut self) -> Result<(), Stop> {
        for plan in &self.region.centres {
            let Some(text) = crate::halls::setup_of(plan) else { continue };
            let centre = self.done.centres[plan.code];
            let act = PublishSetup { centre, text, seen: None };
            self.office.perform(&self.who, &format!("seed/setup/{}", plan.code), act).await?;
        }
        Ok(())
    }

    async fn holidays(&mut self) -> Result<(), Stop> {
        for plan in &self.region.holidays {
            let only =
                plan.only.and_then(|code| self.region.places.iter().position(|place| place.code == code));
            let act = AddHoliday {
                day: plan.day.to_string(),
                centre: None,
                area: only.map(|place| self.done.areas[place]),
                names: names(plan.names),
            };
            let key = format!("seed/holiday/{}/{}", plan.day, plan.only.unwrap_or("everywhere"));
            self.office.perform(&self.who, &key, act).await?;
            self.step();
        }
        Ok(())
    }

    /// Persons with their births, in the order in which they came; then what
    /// happened to them. Where acts keep their order, the next are prepared
    /// while one is being written.
    async fn register(&mut self) -> Result<(), Stop> {
        let (office, region, who) = (self.office, self.region, self.who.clone());
        let mut done = std::mem::take(&mut self.done);
        let (mut people, mut entries) = (0, 0);
        {
            let done = &done;
            let persons = region.people.chunks(CHUNK).map(|people| {
                let births = people.iter().filter_map(|person| person.birth).map(|at| &region.events[at]);
                (people, births.collect::<Vec<_>>())
            });
            let others = others(region);
            let events = others.chunks(CHUNK).map(|events| (&[][..], events.to_vec()));
            let imports = persons.chain(events).enumerate().map(|(number, (people, events))| {
                let who = &who;
                async move {
                    let act = ImportRegister {
                        source: "seed".into(),
                        persons: people.iter().map(|person| new_person(done, person)).collect(),
                        events: events
                            .into_iter()
                            .map(|event| new_event(done, region, event))
                            .collect::<Result<_, _>>()?,
                    };
                    Ok::<_, Stop>((people.len(), office.perform(who, &format!("seed/{number}"), act).await?))
                }
            });
            let ahead = if office.db.keeps_order() { AHEAD } else { 1 };
            let mut imports = stream::iter(imports).buffered(ahead);
            while let Some(imported) = imports.next().await {
                let (more_people, more_entries) = imported?;
                people += more_people;
                entries += more_entries;
                self.step();
            }
        }
        done.people += people;
        done.entries += entries;
        self.done = done;
        Ok(())
    }

    async fn officers(&mut self) -> Result<(), Stop> {
        for plan in &self.region.officers {
            let token =
                secrets::base32(&bytes_for(self.region.seed, &format!("invitation/{}", plan.login))[..20]);
            let act = self.invitation(plan, None, &token);
            let id = self.office.perform(&self.who, &format!("seed/officer/{}", plan.login), act).await?;
            match self.accept(id, plan, &token).await {
                // A seed that was interrupted for days: the invitation is too old by now.
                Err(stop) if stop.code() == Why::InvitationSpent.code() => {
                    let again = self.invitation(plan, Some(id), &token);
                    self.office.perform_once(&self.who, again).await?;
                    self.accept(id, plan, &token).await?;
                }
                other => other?,
            }
            self.done.officers.push(SeededOfficer { id, plan: plan.clone() });
            self.step();
        }
        Ok(())
    }

    fn invitation(&self, plan: &OfficerPlan, officer: Option<OfficerId>, token: &str) -> InviteOfficer {
        InviteOfficer {
            officer,
            login: plan.login.clone(),
            name: plan.name.clone(),
            email: None,
            office: plan.office.and_then(|code| self.done.offices.get(code).copied()),
            centre: plan.centre.and_then(|code| self.done.centres.get(code).copied()),
            person: plan.person.map(|index| self.region.people[index].id),
            roles: vec![plan.role],
            language: plan.language.to_owned(),
            invitation_hash: secrets::hash(token),
            link: String::new(),
            proof: String::new(),
        }
    }

    /// Accepts the invitation as the officer would, unless that was done.
    async fn accept(&self, id: OfficerId, plan: &OfficerPlan, token: &str) -> Result<(), Stop> {
        let known = {
            let mut reading = self.office.db.reading().await?;
            diwan_office::acting::load(&mut reading.tx(), id).await?
        };
        if known.is_some_and(|known| known.officer.active_at.is_some()) {
            return Ok(());
        }
        let now = u64::try_from(self.office.now() / 1_000_000).unwrap_or(0);
        let digits = secrets::totp(&plan.totp_secret).map(|totp| totp.generate(now).to_string());
        let digits = digits.ok_or(Why::WrongCode)?;
        let who = Who { actor: Actor::Officer(id), ..self.who.clone() };
        officers::accept_invitation(self.office, &who, token, &plan.password, &plan.totp_secret, &digits)
            .await?;
        Ok(())
    }

    /// One API token for each role, acting for its first officer.
    async fn tokens(&mut self) -> Result<(), Stop> {
        for role in Role::ALL {
            let Some(officer) = self.done.officer(*role).map(|officer| officer.id) else { continue };
            let token = token_for(self.region.seed, role.code());
            issue(self.office, &self.who, role.code(), &token, Some(officer), None).await?;
            self.done.tokens.insert(role.code().to_owned(), token);
        }
        Ok(())
    }
}

fn token_for(seed: u64, name: &str) -> String {
    format!("diwan_{}", secrets::base32(&bytes_for(seed, &format!("token-2/{name}"))[..20]))
}

async fn issue(
    office: &Office,
    who: &Who,
    name: &str,
    token: &str,
    officer: Option<OfficerId>,
    account: Option<AccountId>,
) -> Result<(), Stop> {
    let act = IssueToken {
        name: format!("demo {name}"),
        token_hash: secrets::hash(token),
        officer,
        account,
        scopes: scopes(),
        expires_at: None,
    };
    office.perform(who, &format!("seed/token-2/{name}"), act).await?;
    Ok(())
}

/// Gives a citizen of the wallet an API token: the account is the one that
/// signing in by that wallet reaches.
///
/// # Errors
/// [`Why::NotFound`] when nobody bears the number; or the store fails.
pub async fn citizen_token(
    office: &Office,
    region: &Region,
    issuer: &str,
    personal_number: &str,
) -> Result<String, Stop> {
    let who = Who::system("demo-seed");
    let sign_in = SignInByWallet {
        provider: issuer.to_owned(),
        subject: crate::simulators::subject_of(issuer, personal_number),
        personal_number: personal_number.to_owned(),
        assurance: Assurance::High,
        language: "ckb".to_owned(),
    };
    let key = format!("seed/citizen/{issuer}/{personal_number}");
    let account = office.perform(&who, &key, sign_in).await?.account;
    let token = token_for(region.seed, &format!("citizen/{issuer}/{personal_number}"));
    issue(office, &who, &format!("citizen/{issuer}/{personal_number}"), &token, None, Some(account)).await?;
    Ok(token)
}

/// A person as the register is given them.
fn new_person(done: &Seeded, person: &Person) -> NewPerson {
    let mut names = vec![("arab".to_owned(), "register".to_owned(), person.name.clone())];
    names.extend(person.latin.clone().map(|latin| ("latn".to_owned(), "passport".to_owned(), latin)));
    NewPerson {
        id: person.id,
        sex: person.sex.code().to_owned(),
        born_on: Some(person.born_on.clone()),
        born_area: person.born_at.map(|place| done.areas[place]),
        born_place: person.born_place.clone(),
        died_on: person.died_on.map(|day| day.to_string()),
        protected: person.protected,
        names,
        numbers: person.numbers.clone(),
    }
}

/// An event with its entry.
fn new_event(done: &Seeded, region: &Region, event: &Event) -> Result<NewEvent, Stop> {
    let people = &region.people;
    let roles = event.roles.iter().map(|(role, index)| ((*role).to_owned(), people[*index].id));
    Ok(NewEvent {
        id: None,
        kind: event.kind.to_owned(),
        happened_on: Some(event.on.clone()),
        area: Some(done.areas[event.area]),
        place: Some(event.place.clone()),
        details: event.details.clone(),
        roles: roles.collect(),
        number: event.number.clone(),
        office: *done.offices.get(event.office).ok_or(Why::NotFound)?,
        directorate: event.directorate.to_owned(),
        book: Some(event.book.clone()),
        page: Some(event.page.clone()),
        registered_on: Some(event.registered_on.clone()),
        verified: event.verified.map(str::to_owned),
        protected: event.protected,
    })
}
