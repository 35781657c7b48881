//! The situations that the demo shows: with whom, what to type, and what to
//! expect. They become part of `demo.json`.

use crate::card::{PersonCard, Situation, WalletUser};
use crate::region::{Cast, CastRole, Person, Region};
use diwan_domain::names::NameParts;
use serde_json::{Map, Value, json};

/// Every situation of a Region, in a steady order.
#[must_use]
pub fn situations(region: &Region) -> Vec<Situation> {
    region.cast.iter().map(|cast| situation(region, cast)).collect()
}

/// Whom the demo's wallet knows: the applicants of the situations that begin
/// with it, and a few people with nothing special about them.
#[must_use]
pub fn wallet_users(region: &Region) -> Vec<WalletUser> {
    let user = |person: &Person, situation: &str| {
        Some(WalletUser {
            personal_number: person.number("upn")?.to_owned(),
            name: person.name.to_string(),
            name_latin: person.latin.as_ref().map(NameParts::to_string),
            situation: situation.to_owned(),
        })
    };
    let cast = region.cast.iter().filter_map(|cast| user(&region.people[cast.applicant], cast.role.code()));
    let taken: Vec<usize> = region
        .cast
        .iter()
        .flat_map(|cast| [Some(cast.applicant), cast.holder, cast.registrar])
        .flatten()
        .collect();
    let ordinary = region.people.iter().enumerate().rev().filter(|(index, person)| {
        !taken.contains(index) && person.age_on(region.today).is_some_and(|age| (25..60).contains(&age))
    });
    cast.chain(ordinary.filter_map(|(_, person)| user(person, "ordinary")).take(4)).collect()
}

fn situation(region: &Region, cast: &Cast) -> Situation {
    let applicant = &region.people[cast.applicant];
    let holder = cast.holder.map(|index| &region.people[index]);
    let (title, expect) = told(cast.role);
    let registrar = cast.registrar.and_then(|index| region.officers.iter().find(|o| o.person == Some(index)));
    Situation {
        key: cast.role.code().to_owned(),
        service: service_of(cast.role).to_owned(),
        title: title.to_owned(),
        expect: expect.to_owned(),
        sign_in: if applicant.number("upn").is_some() { "wallet" } else { "counter" }.to_owned(),
        applicant: card(region, applicant),
        holder: holder.map(|person| card(region, person)),
        answers: answers(region, cast.role, holder.unwrap_or(applicant)),
        officer: registrar.map(|officer| officer.login.clone()),
    }
}

/// Which service a situation is about.
fn service_of(role: CastRole) -> &'static str {
    match role {
        CastRole::Married => "marriage-certificate",
        CastRole::Divorced => "divorce-certificate",
        CastRole::LargeFamily => "family-extract",
        CastRole::NeverMarried => "single-status-certificate",
        _ => "birth-certificate",
    }
}

/// What it is about, and what happens.
fn told(role: CastRole) -> (&'static str, &'static str) {
    match role {
        CastRole::Oneself => ("Own entry, in order", "approved by rule; the certificate is ready in seconds"),
        CastRole::ParentOfMinor => ("A mother asks for her child's", "approved by rule"),
        CastRole::Guardian => (
            "An uncle or aunt with a court's order asks for an orphan's; upload any PDF or photo as the order",
            "an officer looks at the order and decides",
        ),
        CastRole::ChildOfLateParent => ("A grown child asks for the late mother's", "approved by rule"),
        CastRole::SpouseOfLate => ("A widow asks for her late husband's", "an officer decides"),
        CastRole::Unverified => {
            ("Own entry, never compared with the book", "an officer compares it with the book and decides")
        }
        CastRole::Protected => ("Own entry, closed by a court", "an officer decides"),
        CastRole::NotFound => (
            "No birth entry in any register here",
            "never refused unheard: an officer searches and asks the place of registration",
        ),
        CastRole::Displaced => ("A displaced person asks for three copies", "the fee is waived"),
        CastRole::NoLatinSpelling => (
            "No passport, so no Latin spelling",
            "approved by rule; the Latin name is left out or marked as transliterated",
        ),
        CastRole::PartlyKnownBirth => {
            ("Only the year of birth is known; type the year alone", "approved by rule")
        }
        CastRole::NoNumbers => (
            "Holds no number at all, so no wallet: comes to a counter, with two witnesses",
            "a counter officer finds them by name, confirms who they are, and applies with them",
        ),
        CastRole::OfficersRelative => (
            "A registrar's brother or sister; the entry needs an officer",
            "another registrar gets the case; the relative is refused it (officer/own-family)",
        ),
        CastRole::Married => (
            "The certificate of a marriage that stands; asks for a single-status certificate too, and an officer gets it",
            "approved by rule",
        ),
        CastRole::Divorced => (
            "The certificate of a final divorce; the single-status certificate says divorced",
            "approved by rule",
        ),
        CastRole::LargeFamily => {
            ("The extract of a large family", "approved by rule, with every member in a table")
        }
        CastRole::NeverMarried => {
            ("Has never married and asks for the single-status certificate", "approved by rule")
        }
    }
}

fn card(region: &Region, person: &Person) -> PersonCard {
    let parent = |index: Option<usize>| index.map(|index| region.people[index].name.to_string());
    PersonCard {
        person: person.id,
        name: person.name.to_string(),
        name_latin: person.latin.as_ref().map(NameParts::to_string),
        sex: person.sex.code().to_owned(),
        personal_number: person.number("upn").map(str::to_owned),
        born_on: person.born_on.clone(),
        died_on: person.died_on.map(|day| day.to_string()),
        father: parent(person.father),
        mother: parent(person.mother),
        entry: person.birth.map(|birth| region.events[birth].number.clone()),
    }
}

/// The name of whom someone married or parted from last, in two parts.
fn spouse_of(region: &Region, role: CastRole, holder: &Person) -> Option<Value> {
    let kind = if role == CastRole::Divorced { "divorce" } else { "marriage" };
    let is_holder = |index: usize| region.people[index].id == holder.id;
    let of_holder = |roles: &[(&str, usize)]| roles.iter().any(|(_, index)| is_holder(*index));
    let event = region.events.iter().rev().find(|event| event.kind == kind && of_holder(&event.roles))?;
    let (_, other) = event.roles.iter().find(|(_, index)| !is_holder(*index))?;
    let name = &region.people[*other].name;
    Some(json!({"given": name.given, "father": name.father}))
}

/// Every answer of the service's form, in its order and as the API takes it; a
/// question that may be left blank is answered by `null`.
fn answers(region: &Region, role: CastRole, holder: &Person) -> Map<String, Value> {
    let for_whom = match role {
        CastRole::ParentOfMinor => "my-child",
        CastRole::Guardian => "my-ward",
        CastRole::ChildOfLateParent => "my-late-parent",
        CastRole::SpouseOfLate => "my-late-spouse",
        _ => "myself",
    };
    let displaced = role == CastRole::Displaced;
    let mother = holder.mother.map(|index| &region.people[index].name);
    let mut birthplace = json!({"place": holder.born_place});
    if let Some(place) = holder.born_at {
        birthplace["governorate"] = json!(region.places[region.governorate_of(place)].name("ckb"));
    }
    let mut answers = Map::new();
    let mut put = |question: &str, value: Value| answers.insert(question.to_owned(), value);
    put("for-whom", json!(for_whom));
    put("holder-name", json!({"given": holder.name.given, "father": holder.name.father}));
    put("birth-date", json!(holder.born_on));
    match role {
        CastRole::Married | CastRole::Divorced => put("spouse-name", json!(spouse_of(region, role, holder))),
        CastRole::NeverMarried => put("unregistered", json!(false)),
        CastRole::LargeFamily => None,
        _ => {
            put("mother-name", json!(mother.map(|name| json!({"given": name.given, "father": name.father}))))
        }
    };
    let is_birth = service_of(role) == "birth-certificate";
    put(if is_birth { "birth-place" } else { "place" }, birthplace);
    put(
        "identity-number",
        json!(holder.number("upn").map(|number| json!({"kind": "upn", "number": number}))),
    );
    put("purpose", json!(if is_birth { "own-records" } else { "other" }));
    put("use", json!("home"));
    put("document-languages", json!(["ckb", "ar", "en"]));
    put("copies", json!(if displaced { 3 } else { 1 }));
    put("delivery", json!("download"));
    if displaced {
        put("displaced", json!(true));
    }
    put("phone", json!("0750 445 1234"));
    put("email", Value::Null);
    answers
}
