//! How what a declaration says is tied to the register: the people it names, the
//! place, and what the register makes doubtful about it.

use super::effects::{is_tied, part_of};
use super::guarding::may_see;
use super::kin::ties_to_parents;
use super::{family, leaning, unlikely};
use crate::acting::Acting;
use diwan_domain::civil::forms::numbers_of;
use diwan_domain::civil::rules::{Doubt, Rule};
use diwan_domain::civil::unions::{self, Couple, Status};
use diwan_domain::civil::{Content, EventKind, PartyRole, is_too_young};
use diwan_domain::dates::PartialDate;
use diwan_domain::duplicates::blocks;
use diwan_domain::ids::PersonId;
use diwan_domain::names::fold;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::declarations::DeclarationRow;
use diwan_store::people::PersonRow;
use diwan_store::{Fault, Stop, Tx, centres, civil, duplicates, people};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What a declaration says.
///
/// # Errors
/// When what is stored cannot be read.
pub fn content_of(row: &DeclarationRow) -> Result<Content, Fault> {
    serde_json::from_str(&row.content)
        .map_err(|_| Fault::WrongDatabase(format!("declaration {} cannot be read", row.id)))
}

/// Keeps a content in its declaration, with what is looked up by.
pub(super) async fn keep(tx: &mut Tx<'_>, row: &mut DeclarationRow, content: &Content) -> Result<(), Stop> {
    row.area_id = match content.get("place-area") {
        Some(code) => {
            let known = centres::area_coded(tx, code).await?;
            let unknown = || Refusal::from(Why::FieldsWrong).about("place-area", "area/unknown");
            Some(known.ok_or_else(unknown)?.id)
        }
        None => None,
    };
    row.happened_on = content.get("happened-on").map(str::to_owned);
    let kind = EventKind::from_code(&row.kind);
    (row.alike_name, row.alike_day) = kind.map_or((0, 0), |kind| blocks(kind, content));
    row.content = serde_json::to_string(content).map_err(|error| Fault::Outside(error.to_string()))?;
    Ok(())
}

/// Fills in what follows from what was said, so that nothing is typed twice: a
/// child's second and third name are the father's first two.
pub(super) fn completed(kind: EventKind, mut content: Content) -> Content {
    if kind == EventKind::Birth && !content.is_yes("father.unknown") {
        for ending in ["", "-latin"] {
            for (of_child, of_father) in
                [("father", "given"), ("grandfather", "father"), ("family", "family")]
            {
                let child = format!("child.{of_child}{ending}");
                let known = content.of("father", &format!("{of_father}{ending}")).map(str::to_owned);
                if let (None, Some(known)) = (content.get(&child), known) {
                    content.set(&child, known);
                }
            }
        }
    }
    content
}

/// Fills in what a judgment on somebody's name leaves as it was: whoever is given another
/// name keeps father, grandfather and family, whoever is given another family name their
/// father and grandfather. Where it says one of these two, it says the whole name.
async fn parts_that_stay(tx: &mut Tx<'_>, mut content: Content) -> Result<Content, Fault> {
    let written = match person_in(&content, PartyRole::Subject) {
        Some(subject) => people::names(tx, subject).await?,
        None => Vec::new(),
    };
    for (script, ending) in [("arab", ""), ("latn", "-latin")] {
        let said = |part: &str| content.of("new", &format!("{part}{ending}")).is_some();
        if !said("given") || said("father") || said("grandfather") {
            continue;
        }
        let borne = written.iter().rev().find(|row| row.script == script);
        let borne = match borne {
            Some(row) => [row.father.clone(), row.grandfather.clone(), row.family.clone()],
            None => ["father", "grandfather", "family"]
                .map(|part| content.of("subject", &format!("{part}{ending}")).map(str::to_owned)),
        };
        let family_is_said = said("family");
        for (part, known) in ["father", "grandfather", "family"].into_iter().zip(borne) {
            if let Some(known) = known.filter(|_| part != "family" || !family_is_said) {
                content.set(&format!("new.{part}{ending}"), known);
            }
        }
    }
    Ok(content)
}

/// Fills in the third name and the family of a child from the father whom the register
/// knows, where nothing but his given name was said and it is his there; and of a new name
/// what stays of the old one.
pub(super) async fn named_after(
    tx: &mut Tx<'_>,
    kind: EventKind,
    mut content: Content,
) -> Result<Content, Fault> {
    if kind == EventKind::NameChange {
        return parts_that_stay(tx, content).await;
    }
    let is_unsaid = kind == EventKind::Birth && content.get("father.father").is_none();
    let father = person_in(&content, PartyRole::Father).filter(|_| is_unsaid);
    let Some(father) = father.filter(|_| is_tied(kind, PartyRole::Father, &content)) else {
        return Ok(content);
    };
    let written = people::names(tx, father).await?;
    for (script, ending) in [("arab", ""), ("latn", "-latin")] {
        let given = content.of("father", &format!("given{ending}")).map(fold);
        let newest = written.iter().rev().find(|row| row.script == script);
        let Some(name) = newest.filter(|row| Some(fold(&row.given)) == given) else { continue };
        for (part, known) in [("grandfather", &name.father), ("family", &name.family)] {
            let field = format!("child.{part}{ending}");
            if let (None, Some(known)) = (content.get(&field), known) {
                content.set(&field, known);
            }
        }
    }
    Ok(content)
}

/// Ties whoever bears a number to the register, and refuses people who are not
/// there. Whoever is named without a number that one person bears stays as
/// described: registering makes them known. Whose record is closed to the officer is
/// not there; without an officer nobody's closed record is tied by a number.
pub(super) async fn linked(
    tx: &mut Tx<'_>,
    acting: Option<&Acting>,
    kind: EventKind,
    mut content: Content,
) -> Result<Content, Stop> {
    for party in kind.parties().iter().filter(|party| !party.is_born) {
        let role = party.role.code();
        let field = format!("{role}.person");
        if let Some(person) = content.get(&field) {
            let person: PersonId = person.parse().map_err(|_| unknown_person(&field))?;
            people::person(tx, person).await?.ok_or_else(|| unknown_person(&field))?;
            if let Some(acting) = acting
                && !may_see(tx, acting, person).await?
            {
                return Err(unknown_person(&field).into());
            }
            // Who was found to be another is tied as that one.
            content.set(&field, duplicates::counts_as(tx, person).await?.to_string());
            continue;
        }
        let mut bearers = BTreeSet::new();
        for (_, number) in numbers_of(kind, &content, role) {
            for person in people::bearers(tx, &number).await? {
                let is_there = match acting {
                    Some(acting) => may_see(tx, acting, person).await?,
                    None => !people::person(tx, person).await?.is_some_and(|row| row.protected),
                };
                if is_there {
                    bearers.insert(person);
                }
            }
        }
        let mut bearers = bearers.into_iter();
        if let (Some(only), None) = (bearers.next(), bearers.next()) {
            content.set(&field, only.to_string());
        }
    }
    Ok(content)
}

/// Leaves whoever was found to be another since named by their own record, as the entry
/// named them: taking the two apart again parts what each entry says. A mended number ties
/// whose it is.
pub(super) async fn named_as_before(
    tx: &mut Tx<'_>,
    kind: EventKind,
    (before, after): (&Content, &mut Content),
    mended: &[(String, String)],
) -> Result<(), Fault> {
    for party in kind.parties().iter().filter(|party| !party.is_born) {
        let link = format!("{}.person", party.role.code());
        let is_mended = mended.iter().any(|(mended, _)| *mended == link);
        let named = |content: &Content| content.get(&link)?.parse::<PersonId>().ok();
        let (false, Some(was), Some(is)) = (is_mended, named(before), named(after)) else { continue };
        if was != is && duplicates::counts_as(tx, was).await? == is {
            after.set(&link, was.to_string());
        }
    }
    Ok(())
}

/// Refuses a notice that names a record by an identifier under which the officer finds
/// nobody: it would stand in no list, neither theirs nor the register's.
pub(super) async fn are_there(
    tx: &mut Tx<'_>,
    acting: &Acting,
    kind: EventKind,
    content: &Content,
) -> Result<(), Stop> {
    for party in kind.parties() {
        let field = format!("{}.person", party.role.code());
        if content.get(&field).is_none() {
            continue;
        }
        let person = person_in(content, party.role).ok_or_else(|| unknown_person(&field))?;
        if !may_see(tx, acting, person).await? {
            return Err(unknown_person(&field).into());
        }
    }
    Ok(())
}

/// Refuses what the register contradicts of those whom a declaration ties: one person as
/// two, a man as somebody's wife, whoever was not born yet, a parent who was a child, a
/// mother who was dead. A number with a wrong digit is another person's.
pub(super) async fn fits(tx: &mut Tx<'_>, kind: EventKind, content: &Content) -> Result<(), Stop> {
    let wrong = |field: &str, code| Refusal::from(Why::FieldsWrong).about(field, code);
    let happened = content.date("happened-on");
    let mut tied = BTreeSet::new();
    for party in kind.parties() {
        let Some(person) = person_in(content, party.role) else { continue };
        let field = format!("{}.person", party.role.code());
        if !tied.insert(person) {
            return Err(wrong(&field, "person/twice").into());
        }
        let Some(row) = people::person(tx, person).await? else { continue };
        if party.sex.is_some_and(|sex| row.sex != "unknown" && row.sex != sex) {
            return Err(wrong(&field, "person/other-sex").into());
        }
        let Some(happened) = happened else { continue };
        let born = date_of(row.born_on);
        if born.is_some_and(|born| born.earliest() > happened.latest()) {
            return Err(wrong("happened-on", "date/before-birth").into());
        }
        // A father may have died before his child was born.
        let is_birth = matches!(kind, EventKind::Birth | EventKind::Stillbirth);
        let must_live = party.role == PartyRole::Mother && is_birth;
        let is_parent = is_birth && matches!(party.role, PartyRole::Mother | PartyRole::Father);
        if is_parent && born.is_some_and(|born| is_too_young(born, happened)) {
            return Err(wrong(&field, "date/parent-too-young").into());
        }
        if must_live && date_of(row.died_on).is_some_and(|died| died.latest() < happened.earliest()) {
            return Err(wrong(&field, "person/dead-before").into());
        }
    }
    if kind == EventKind::Acknowledgement {
        let [father, child] =
            [born_of(tx, content, PartyRole::Father).await?, born_of(tx, content, PartyRole::Child).await?];
        let is_no_father = |(father, child): (PartialDate, PartialDate)| {
            child.latest().year() - father.earliest().year() < 10
        };
        if father.zip(child).is_some_and(is_no_father) {
            return Err(wrong("father.person", "date/parent-too-young").into());
        }
    }
    Ok(())
}

/// When somebody whom a declaration names was born: by the register, or else by what is said.
async fn born_of(tx: &mut Tx<'_>, content: &Content, role: PartyRole) -> Result<Option<PartialDate>, Fault> {
    let known = match person_in(content, role) {
        Some(person) => people::person(tx, person).await?.and_then(|row| date_of(row.born_on)),
        None => None,
    };
    Ok(known.or_else(|| content.date(&format!("{}.born-on", role.code()))))
}

pub(super) fn date_of(text: Option<String>) -> Option<PartialDate> {
    text.and_then(|text| text.parse().ok())
}

/// Asks what tying and keeping a content asks, where questions are collected.
pub(super) async fn foresee(tx: &mut Tx<'_>, kind: EventKind, content: &Content) -> Result<(), Fault> {
    if let Some(code) = content.get("place-area") {
        centres::area_coded(tx, code).await?;
    }
    for party in kind.parties().iter().filter(|party| !party.is_born) {
        let role = party.role.code();
        if let Some(person) = person_in(content, party.role) {
            people::person(tx, person).await?;
            duplicates::counts_as(tx, person).await?;
            continue;
        }
        for (_, number) in numbers_of(kind, content, role) {
            people::bearers(tx, &number).await?;
        }
    }
    Ok(())
}

fn unknown_person(field: &str) -> Refusal {
    Refusal::from(Why::PersonUnknown).about(field, "person/unknown")
}

/// The person whom a declaration ties to a role, if one is.
pub(super) fn person_in(content: &Content, role: PartyRole) -> Option<PersonId> {
    content.of(role.code(), "person")?.parse().ok()
}

/// Everyone whom a declaration ties to the register.
pub(super) fn people_of(row: &DeclarationRow) -> Result<Vec<Option<PersonId>>, Fault> {
    let content = content_of(row)?;
    let kind = super::declaring::kind_of(row)?;
    Ok(kind.parties().iter().map(|party| person_in(&content, party.role)).collect())
}

/// Whether an officer may see everyone whom a declaration ties to the register.
///
/// # Errors
/// When the database fails or what is stored cannot be read.
pub async fn sees_everyone_in(tx: &mut Tx<'_>, acting: &Acting, row: &DeclarationRow) -> Result<bool, Fault> {
    let tied: Vec<PersonId> = people_of(row)?.into_iter().flatten().collect();
    if !tied.is_empty() && tx.foresees() {
        for person in &tied {
            people::person(tx, *person).await?;
        }
        tx.ask_foreseen().await?;
    }
    for person in tied {
        if !may_see(tx, acting, person).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The first whom a declaration ties to the register: whose record it touches.
pub(super) fn first_person(row: &DeclarationRow) -> Result<Option<PersonId>, Fault> {
    Ok(people_of(row)?.into_iter().flatten().next())
}

/// The code of the governorate in which an event happened, as far as it is known.
pub(super) async fn governorate(tx: &mut Tx<'_>, content: &Content) -> Result<Option<String>, Fault> {
    let Some(code) = content.get("place-area") else { return Ok(None) };
    let mut area = centres::area_coded(tx, code).await?;
    while let Some(inner) = &area {
        let Some(parent) = inner.parent_id else { break };
        area = centres::area(tx, parent).await?;
    }
    Ok(area.map(|area| area.code))
}

/// Whether a marriage of someone stands on the day of a wedding, or its divorce is still
/// within a waiting period that binds them. The two of an irrevocable divorce may come
/// together again by a new contract. A marriage that only the birth of a child tells of binds
/// too, and is no reason why these two should not register it.
async fn is_bound(
    tx: &mut Tx<'_>,
    (person, role): (PersonId, PartyRole),
    content: &Content,
) -> Result<bool, Fault> {
    let Some(day) = content.date("happened-on") else { return Ok(false) };
    let is_wife = role == PartyRole::Wife;
    let other = person_in(content, if is_wife { PartyRole::Husband } else { PartyRole::Wife });
    let mut known = civil::unions_of(tx, person).await?;
    let told = family::told_otherwise(tx, person, &known).await?;
    known.extend(told.into_iter().filter(|union| Some(union.spouse) != other));
    let couples = unions::couples(&known, day.latest());
    let come_again = |couple: &Couple<PersonId>| {
        couple.status == Status::Waiting && !couple.is_revocable && Some(couple.spouse) == other
    };
    Ok(couples.iter().any(|couple| couple.binds(is_wife) && !come_again(couple)))
}

/// Whether the register knows a marriage that an event can end, or a divorce that it
/// can take back, on its day. A court may find any marriage void, also one that is over.
async fn is_there_to_end(tx: &mut Tx<'_>, kind: EventKind, content: &Content) -> Result<bool, Fault> {
    let pair = (person_in(content, PartyRole::Husband), person_in(content, PartyRole::Wife));
    let ((Some(husband), Some(wife)), Some(day)) = (pair, content.date("happened-on")) else {
        return Ok(false);
    };
    let unions = civil::unions_of(tx, husband).await?;
    let ends = |couple: &Couple<PersonId>| match kind {
        EventKind::Divorce => matches!(couple.status, Status::Married | Status::Waiting),
        EventKind::Reconciliation => couple.status == Status::Waiting && couple.is_revocable,
        _ => true,
    };
    let couples = unions::couples(&unions, day.latest());
    Ok(couples.into_iter().any(|couple| couple.spouse == wife && ends(&couple)))
}

/// Whether someone was dead for certain when an event happened.
fn is_dead_by(row: &PersonRow, content: &Content) -> bool {
    let happened = content.date("happened-on").map(PartialDate::earliest);
    date_of(row.died_on.clone()).zip(happened).is_some_and(|(died, on)| died.latest() < on)
}

/// Whether somebody was dead when an event happened in which only the living take part. A
/// birth is refused then, and a divorce has no marriage to end.
async fn someone_is_dead(tx: &mut Tx<'_>, kind: EventKind, content: &Content) -> Result<bool, Fault> {
    let asks = [
        EventKind::Marriage,
        EventKind::Acknowledgement,
        EventKind::NameChange,
        EventKind::Affiliation,
        EventKind::Guardianship,
    ];
    for party in kind.parties().iter().filter(|_| asks.contains(&kind)) {
        let Some(person) = person_in(content, party.role) else { continue };
        if leaning::must_live(kind.code(), part_of(kind, party.role))
            && people::person(tx, person).await?.is_some_and(|row| is_dead_by(&row, content))
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the register ties somebody else to a child as its father than the one who
/// acknowledges it.
async fn has_another_father(tx: &mut Tx<'_>, content: &Content) -> Result<bool, Fault> {
    let Some(child) = person_in(content, PartyRole::Child) else { return Ok(false) };
    // What only a closed entry tells is no doubt of anybody's.
    let birth = civil::birth_entry_of(tx, child).await?.filter(|birth| !birth.protected);
    let parents = ties_to_parents(tx, child, birth.as_ref()).await?;
    let Some((_, known)) = parents.into_iter().find(|(role, _)| role == "father") else { return Ok(false) };
    let known = duplicates::counts_as(tx, known).await?;
    Ok(person_in(content, PartyRole::Father) != Some(known))
}

/// What an officer must look at, by the law and by what the register knows.
pub(super) async fn doubts_of(
    tx: &mut Tx<'_>,
    kind: EventKind,
    content: &Content,
    rule: &Rule,
    today: Date,
) -> Result<BTreeSet<Doubt>, Fault> {
    let mut doubts = rule.doubts(kind, content, today);
    doubts.extend(known_doubts(tx, kind, content, rule).await?);
    Ok(doubts)
}

/// What the register itself makes doubtful: other events may have been registered since
/// it was asked last.
pub(super) async fn known_doubts(
    tx: &mut Tx<'_>,
    kind: EventKind,
    content: &Content,
    rule: &Rule,
) -> Result<BTreeSet<Doubt>, Fault> {
    let mut doubts = BTreeSet::new();
    let ends = matches!(kind, EventKind::Divorce | EventKind::Annulment | EventKind::Reconciliation);
    if ends && !is_there_to_end(tx, kind, content).await? {
        doubts.insert(Doubt::NoMarriage);
    }
    if someone_is_dead(tx, kind, content).await? {
        doubts.insert(Doubt::DeadAlready);
    }
    if kind == EventKind::Acknowledgement && has_another_father(tx, content).await? {
        doubts.insert(Doubt::FatherStands);
    }
    match kind {
        EventKind::Marriage => {
            for role in [PartyRole::Husband, PartyRole::Wife] {
                let Some(person) = person_in(content, role) else { continue };
                if is_bound(tx, (person, role), content).await? {
                    doubts.insert(Doubt::MarriageStands);
                }
                let Some(row) = people::person(tx, person).await? else { continue };
                // What the register knows of a birth need not be said to count.
                if date_of(row.born_on).is_some_and(|born| rule.is_under_age(born, content)) {
                    doubts.insert(Doubt::UnderAge);
                }
            }
            if doubts.contains(&Doubt::MarriageStands) && content.is_yes("outside-region") {
                doubts.insert(Doubt::MarriageOutside);
            }
            if unlikely::close_kin(tx, content).await? {
                doubts.insert(Doubt::CloseKin);
            }
            if unlikely::widow_waits(tx, content, rule).await? {
                doubts.insert(Doubt::WidowWaits);
            }
        }
        EventKind::Birth | EventKind::Stillbirth if unlikely::parents(tx, content).await? => {
            doubts.insert(Doubt::UnlikelyParents);
        }
        EventKind::Death => {
            let Some(person) = person_in(content, PartyRole::Deceased) else { return Ok(doubts) };
            if people::person(tx, person).await?.is_some_and(|person| person.died_on.is_some()) {
                doubts.insert(Doubt::DeadAlready);
            }
            if let Some(died) = content.date("happened-on")
                && leaning::lived_after(tx, person, died).await?
            {
                doubts.insert(Doubt::LivedAfter);
            }
        }
        _ => {}
    }
    Ok(doubts)
}
