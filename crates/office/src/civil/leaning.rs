//! What other entries say of whoever an entry is about: they lean on the day and the sex of
//! a birth and on the day of a death. A correction that contradicts them is refused; what is
//! wrong with them is corrected first.

use super::links::date_of;
use diwan_domain::civil::{Content, EventKind, PartyRole, is_too_young};
use diwan_domain::dates::PartialDate;
use diwan_domain::ids::PersonId;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::civil::EntryRow;
use diwan_store::{Fault, Stop, Tx, civil, duplicates, people};

/// Whether only the living can be this in an event of such a kind. A father may have died
/// before his child is born, and a court may find a marriage void after a death.
pub(super) fn must_live(kind: &str, role: &str) -> bool {
    matches!(
        (kind, role),
        ("marriage" | "divorce" | "reconciliation", "husband" | "wife")
            | ("birth" | "stillbirth", "mother")
            | ("acknowledgement", "father")
            | ("affiliation" | "guardianship", "guardian")
            | ("name-change", "subject")
    )
}

/// Whether another entry that stands tells of someone alive after a day. Entries that are
/// closed are not told of.
pub(super) async fn lived_after(tx: &mut Tx<'_>, person: PersonId, died: PartialDate) -> Result<bool, Fault> {
    for (entry, role, happened) in civil::entries_naming(tx, person).await? {
        let is_later = date_of(happened).is_some_and(|on| on.earliest() > died.latest());
        if is_later
            && must_live(&entry.kind, &role)
            && !entry.protected
            && !civil::is_void(tx, entry.event_id).await?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Refuses a day on which somebody takes part who was dead by then, and a day of a death after
/// which another entry needs them alive.
pub(super) async fn the_living_take_part(
    tx: &mut Tx<'_>,
    kind: EventKind,
    after: &Content,
    named: &[(PartyRole, PersonId)],
) -> Result<(), Stop> {
    let wrong = |code| Err(Refusal::from(Why::FieldsWrong).about("happened-on", code).into());
    let Some(happened) = after.date("happened-on") else { return Ok(()) };
    for (role, person) in named {
        if kind == EventKind::Death && lived_after(tx, *person, happened).await? {
            return wrong("date/before-other-entry");
        }
        if !must_live(kind.code(), role.code()) {
            continue;
        }
        let died = people::person(tx, *person).await?.and_then(|row| date_of(row.died_on));
        if died.is_some_and(|died| died.latest() < happened.earliest()) {
            return wrong("person/dead-before");
        }
    }
    Ok(())
}

/// Refuses a corrected birth after which another entry that stands could not be: somebody's
/// wedding or child before they were born, a child of a child, a man as a wife. Entries that
/// are closed are not told of.
pub(super) async fn others_agree(
    tx: &mut Tx<'_>,
    kind: EventKind,
    (before, after): (&Content, &Content),
    people: &[(PartyRole, PersonId)],
) -> Result<(), Stop> {
    let changed = |field: &str| before.get(field) != after.get(field);
    if changed("happened-on") {
        the_living_take_part(tx, kind, after, people).await?;
    }
    let (day, sex) = (changed("happened-on"), changed("child.sex"));
    let child = people.iter().find(|(role, _)| *role == PartyRole::Child).map(|(_, person)| *person);
    let Some(child) = child.filter(|_| kind == EventKind::Birth && (day || sex)) else { return Ok(()) };
    let wrong = |field: &str, code| Err(Refusal::from(Why::FieldsWrong).about(field, code).into());
    let born = after.date("happened-on").filter(|_| day);
    let is = after.get("child.sex").filter(|is| sex && *is != "unknown");
    for (entry, role, happened) in civil::entries_naming(tx, child).await? {
        if role == "child" || entry.protected || civil::is_void(tx, entry.event_id).await? {
            continue;
        }
        let named_as = match role.as_str() {
            "mother" | "wife" => Some("female"),
            "father" | "husband" => Some("male"),
            _ => None,
        };
        if named_as.zip(is).is_some_and(|(named_as, is)| named_as != is) {
            return wrong("child.sex", "sex/other-entry");
        }
        let Some((born, happened)) = born.zip(date_of(happened)) else { continue };
        if born.earliest() > happened.latest() {
            return wrong("happened-on", "date/after-other-entry");
        }
        let is_parent = matches!(role.as_str(), "mother" | "father");
        let is_birth = [EventKind::Birth, EventKind::Stillbirth].iter().any(|kind| entry.kind == kind.code());
        if is_parent && is_birth && is_too_young(born, happened) {
            return wrong("happened-on", "date/parent-too-young");
        }
    }
    Ok(())
}

/// What a couple's entry of a kind may be needed by.
fn needs(kind: EventKind) -> &'static [EventKind] {
    match kind {
        EventKind::Marriage => &[EventKind::Divorce, EventKind::Reconciliation, EventKind::Annulment],
        EventKind::Divorce => &[EventKind::Reconciliation],
        _ => &[],
    }
}

/// Refuses to revoke a couple's entry that another of theirs needs: there is no divorce
/// without a marriage. Where they married twice, the other marriage may do.
pub(super) async fn nobody_needs(
    tx: &mut Tx<'_>,
    entry: &EntryRow,
    kind: EventKind,
    people: &[(PartyRole, PersonId)],
) -> Result<(), Stop> {
    let who = |role| people.iter().find(|(named, _)| *named == role).map(|(_, person)| *person);
    let couple = who(PartyRole::Husband).zip(who(PartyRole::Wife));
    let Some((husband, wife)) = couple.filter(|_| !needs(kind).is_empty()) else { return Ok(()) };
    let wife = duplicates::counts_as(tx, wife).await?;
    let mut theirs = Vec::new();
    for (other, _, happened) in civil::entries_naming(tx, husband).await? {
        if other.event_id == entry.event_id || civil::is_void(tx, other.event_id).await? {
            continue;
        }
        for role in civil::roles_in(tx, other.event_id).await? {
            if role.role == "wife" && duplicates::counts_as(tx, role.person_id).await? == wife {
                theirs.push((other.clone(), date_of(happened.clone())));
            }
        }
    }
    let own = civil::event(tx, entry.event_id).await?.and_then(|event| date_of(event.happened_on));
    let after = |later: Option<PartialDate>, earlier: Option<PartialDate>| {
        later.zip(earlier).is_none_or(|(later, earlier)| later.latest() >= earlier.earliest())
    };
    let leans = theirs.iter().find(|(other, on)| {
        needs(kind).iter().any(|kind| kind.code() == other.kind)
            && after(*on, own)
            && !theirs.iter().any(|(like, then)| like.kind == entry.kind && after(*on, *then))
    });
    let Some((other, _)) = leans else { return Ok(()) };
    let refusal = Refusal::from(Why::EntryNeeded);
    // Of an entry that is closed nothing is told but that there is one.
    Err(if other.protected { refusal } else { refusal.about("entry", other.number.clone()) }.into())
}
