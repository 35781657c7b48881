//! Officers of three ministries in every role. Many are people of the register
//! themselves, so that nobody handles their own family's case.

use super::cast::Cast;
use super::lives::{Life, Lives, Origin};
use super::places::{Place, governorate_of};
use super::traits::Traits;
use super::{Person, offices};
use crate::chance::{Chance, bytes_for};
use crate::names::{Culture, Sex};
use diwan_domain::people::Role;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeSet;

/// An officer to be invited.
#[derive(Clone, Debug, Serialize)]
pub struct OfficerPlan {
    /// With which name they sign in.
    pub login: String,
    /// Their name, for colleagues.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// For which office, by code.
    pub office: Option<&'static str>,
    /// In which centre, by code.
    pub centre: Option<&'static str>,
    /// Who they are in the register, by index.
    pub person: Option<usize>,
    /// Their language.
    pub language: &'static str,
    /// With which password they sign in: this is a demonstration.
    pub password: String,
    /// The secret of their second factor, in base 32.
    pub totp_secret: String,
}

/// Role, office, centre, how many.
#[rustfmt::skip]
const POSTS: &[(Role, Option<&str>, Option<&str>, usize)] = &[
    (Role::Registrar, Some("EB"), None, 4),
    (Role::Registrar, Some("SU"), None, 3),
    (Role::Registrar, Some("DH"), None, 3),
    (Role::Registrar, Some("HA"), None, 2),
    (Role::Supervisor, Some("EB"), None, 1),
    (Role::Supervisor, Some("SU"), None, 1),
    (Role::Supervisor, Some("DH"), None, 1),
    (Role::Supervisor, Some("HA"), None, 1),
    (Role::CounterOfficer, Some("EB"), Some("EB1"), 2),
    (Role::CounterOfficer, Some("SU"), Some("SU1"), 1),
    (Role::CounterOfficer, Some("DH"), Some("DH1"), 1),
    (Role::CounterOfficer, Some("HA"), Some("HA1"), 1),
    (Role::CounterOfficer, Some("SU"), Some("MB1"), 1),
    (Role::CentreManager, Some("EB"), Some("EB1"), 1),
    (Role::CentreManager, Some("SU"), Some("SU1"), 1),
    (Role::Inspector, None, None, 1),
    (Role::Administrator, None, None, 1),
    (Role::Registrar, Some("HD"), None, 2),
    (Role::Supervisor, Some("TR"), None, 1),
    (Role::Registrar, Some("TR"), None, 1),
    (Role::Supervisor, Some("HD"), None, 1),
    (Role::CounterOfficer, Some("HD"), None, 1),
    (Role::Notifier, Some("HD"), None, 1),
    (Role::Keeper, Some("EB"), None, 1),
    (Role::CounterOfficer, Some("EB"), Some("EB3"), 3),
    (Role::CentreManager, Some("EB"), Some("EB3"), 1),
];

/// Fills every post. Names follow when the register is written.
pub(super) fn appoint(
    seed: u64,
    lives: &Lives,
    traits: &mut [Traits],
    cast: &[Cast],
    today: Date,
    places: &[Place],
) -> Vec<OfficerPlan> {
    let mut chance = Chance::new(seed, "staff");
    let mut order: Vec<usize> = (0..lives.people.len()).collect();
    chance.shuffle(&mut order);
    let mut near = family_of(lives, cast);
    let offices = offices::offices(places);
    let mut plans: Vec<OfficerPlan> = Vec::new();
    for (role, office, centre, count) in POSTS {
        let area = offices.iter().find(|known| Some(known.code) == *office).map(|known| known.area);
        for number in 1..=*count {
            let login = login_of(*role, *office, *centre, number, *count);
            let relative = cast.iter().find_map(|cast| cast.registrar).filter(|_| login == "registrar-eb-1");
            let person = relative.or_else(|| {
                let fits = |index: &usize| {
                    let life = &lives.people[*index];
                    let at_home = area.is_none_or(|area| governorate_of(places, life.home) == area);
                    !near.contains(index) && at_home && could_serve(life, today)
                };
                // Some work here without being in this register.
                let known = chance.happens(0.7);
                order.iter().copied().find(fits).filter(|_| known)
            });
            if let Some(person) = person {
                traits[person].upn = true;
                near.insert(person);
            }
            plans.push(OfficerPlan {
                name: stranger(&mut chance),
                role: *role,
                office: *office,
                centre: *centre,
                person,
                language: if *office == Some("DH") { "kmr" } else { "ckb" },
                password: password(seed, &login),
                totp_secret: secret(seed, &login),
                login,
            });
        }
    }
    plans
}

fn could_serve(life: &Life, today: Date) -> bool {
    let age = today.year() - life.born.year();
    life.died.is_none() && life.origin == Origin::Born && (25..=58).contains(&age)
}

/// Everyone in a situation, and everyone close to them: no other officer is.
fn family_of(lives: &Lives, cast: &[Cast]) -> BTreeSet<usize> {
    let mut near: BTreeSet<usize> =
        cast.iter().flat_map(|cast| [Some(cast.applicant), cast.holder, cast.registrar]).flatten().collect();
    let core: Vec<usize> = near.iter().copied().collect();
    for index in core {
        let life = &lives.people[index];
        near.extend([life.father, life.mother].into_iter().flatten());
    }
    for (index, life) in lives.people.iter().enumerate() {
        if [life.father, life.mother].into_iter().flatten().any(|parent| near.contains(&parent)) {
            near.insert(index);
        }
    }
    for marriage in &lives.marriages {
        if near.contains(&marriage.husband) || near.contains(&marriage.wife) {
            near.extend([marriage.husband, marriage.wife]);
        }
    }
    near
}

fn login_of(role: Role, office: Option<&str>, centre: Option<&str>, number: usize, of: usize) -> String {
    let role = match role {
        Role::CounterOfficer => "counter",
        Role::CentreManager => "manager",
        other => other.code(),
    };
    let place = centre.or(office).map(|place| format!("-{}", place.to_lowercase())).unwrap_or_default();
    let number = if of > 1 { format!("-{number}") } else { String::new() };
    format!("{role}{place}{number}")
}

/// A name for an officer who is not in the register.
fn stranger(chance: &mut Chance) -> String {
    let culture = *chance.one(&[Culture::Sorani, Culture::Sorani, Culture::Badini, Culture::Turkmen]);
    let sex = *chance.one(&[Sex::Female, Sex::Male]);
    let given = culture.given(sex, 1985, chance);
    let father = culture.given(Sex::Male, 1955, chance);
    let family = culture.family(chance).map(|family| format!(" {}", family.kurdish)).unwrap_or_default();
    format!("{} {}{family}", given.kurdish, father.kurdish)
}

/// Gives officers who are in the register the name they have there.
pub(super) fn named(mut plans: Vec<OfficerPlan>, people: &[Person]) -> Vec<OfficerPlan> {
    for plan in &mut plans {
        if let Some(person) = plan.person.map(|index| &people[index]) {
            let parts = [Some(&person.name.given), person.name.father.as_ref(), person.name.family.as_ref()];
            plan.name = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        }
    }
    plans
}

/// Two words and four digits: easy to read from a card, and known to everyone.
fn password(seed: u64, login: &str) -> String {
    const FIRST: [&str; 8] =
        ["saffron", "walnut", "pomegranate", "almond", "apricot", "juniper", "poplar", "tulip"];
    const SECOND: [&str; 8] =
        ["mountain", "river", "lantern", "orchard", "bridge", "valley", "garden", "spring"];
    let bytes = bytes_for(seed, &format!("password/{login}"));
    let number = 1000 + (usize::from(bytes[2]) << 8 | usize::from(bytes[3])) % 9000;
    format!("{}-{}-{number}", FIRST[usize::from(bytes[0] & 7)], SECOND[usize::from(bytes[1] & 7)])
}

/// The secret of a second factor, in RFC 4648 base 32.
fn secret(seed: u64, login: &str) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    bytes_for(seed, &format!("totp/{login}"))
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte & 31)]))
        .collect()
}
