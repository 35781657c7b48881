//! What becomes of an entry, carried over to the people whom it is about: the day they
//! died, their birth, and the name they bear.

use super::effects::add_name;
use super::keys::renew_keys_of;
use super::looking::entry_content;
use diwan_domain::acts::Desk;
use diwan_domain::civil::{Content, EventKind, Party};
use diwan_domain::ids::{AreaId, PersonId};
use diwan_domain::names::NameParts;
use diwan_domain::refusals::Why;
use diwan_store::duplicates::MergeRow;
use diwan_store::people::{self, PersonNameRow, PersonRow};
use diwan_store::{Fault, Stop, Tx, civil, duplicates};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What was corrected of an entry.
pub(super) struct Corrected<'a> {
    pub kind: EventKind,
    pub before: &'a Content,
    pub after: &'a Content,
    /// The area that the entry names now.
    pub area: Option<AreaId>,
}

/// Carries a correction over to whom the entry was about, and to whom it is about now.
pub(super) async fn corrected(
    tx: &mut Tx<'_>,
    at: &Desk,
    what: &Corrected<'_>,
    about: &BTreeSet<PersonId>,
) -> Result<(), Stop> {
    for person in about {
        if what.kind == EventKind::Birth {
            for person in counted_as(tx, *person).await? {
                born(tx, at, what, person).await?;
            }
        } else {
            stood(tx, at, what.kind, *person).await?;
        }
    }
    for party in what.kind.parties().iter().filter(|party| !party.is_born) {
        let named = |content: &Content| content.of(party.role.code(), "person")?.parse::<PersonId>().ok();
        let (Some(was), Some(is)) = (named(what.before), named(what.after)) else { continue };
        let is_same =
            was == is || duplicates::counts_as(tx, was).await? == duplicates::counts_as(tx, is).await?;
        if !is_same {
            continue;
        }
        for person in counted_as(tx, is).await? {
            described(tx, at, what, party, (person, person != is)).await?;
        }
    }
    Ok(())
}

/// The source of a name that a correction of an entry brought to whoever stands for the
/// record that it names. It goes again when the two are taken apart.
const OF_ANOTHER: &str = "of-another";

/// Carries over what an entry says otherwise of somebody else in it, such as a mother's
/// name. Whoever has an entry of birth is described by that one; of others the register
/// knows what an entry said, and says now what this one says where it is what was known.
/// Whoever stands for them since (`stands_in`) is said to be so too, until they are two
/// again: then [`give_back`] takes it from them.
async fn described(
    tx: &mut Tx<'_>,
    at: &Desk,
    what: &Corrected<'_>,
    party: &Party,
    (person, stands_in): (PersonId, bool),
) -> Result<(), Stop> {
    let role = party.role.code();
    let (before, after) = (what.before, what.after);
    let own = |field: &String| field.split_once('.').is_some_and(|(of, _)| of == role);
    let is_touched = before.differences(after).iter().any(|change| own(&change.field));
    if !is_touched || civil::birth_entry_of(tx, person).await?.is_some() {
        return Ok(());
    }
    let Some(mut row) = people::person(tx, person).await? else { return Ok(()) };
    let known = row.clone();
    let of_their_own = if stands_in { Value::Null } else { own_description(tx, what, role, person).await? };
    for (held, field, name) in [
        (&mut row.born_on, "born-on", "on"),
        (&mut row.born_place, "birth-place", "place"),
        (&mut row.nationality, "nationality", "nationality"),
    ] {
        let (was, is) = (before.of(role, field), after.of(role, field));
        if was == is {
            continue;
        }
        // What was brought from another record hides what this one has of itself.
        let is_own = of_their_own.get(name).is_some_and(|own| own.as_str() == was);
        let is_unknown = stands_in && held.is_none();
        if is_own || is_unknown || held.as_deref() == was {
            *held = is.map(str::to_owned);
        }
    }
    let was_said = before.of(role, "sex").is_some_and(|was| !stands_in || was == known.sex);
    let sex = after.of(role, "sex").filter(|_| was_said);
    if let (None, Some(sex)) = (party.sex, sex) {
        row.sex = sex.to_owned();
    }
    let born_on = row.born_on.clone();
    if row != known {
        tx.edit(&mut row).await?;
    }
    if born_on != known.born_on {
        renew_keys_of(tx, person, born_on.as_deref()).await?;
    }
    named_as_told(tx, at, what, role, (person, stands_in), born_on.as_deref()).await
}

/// Calls somebody as an entry says now, where it is what they were called.
async fn named_as_told(
    tx: &mut Tx<'_>,
    at: &Desk,
    what: &Corrected<'_>,
    role: &str,
    (person, stands_in): (PersonId, bool),
    born_on: Option<&str>,
) -> Result<(), Stop> {
    let (before, after) = (what.before, what.after);
    let written = people::names(tx, person).await?;
    let scripts =
        [("arab", before.name(role), after.name(role)), ("latn", before.latin(role), after.latin(role))];
    for (script, was, is) in scripts {
        let rows = || written.iter().rev().filter(|row| row.script == script);
        let newest = rows().next().map(parts_of);
        let own = rows().find(|row| row.source != OF_ANOTHER).map(parts_of);
        let is_theirs = newest == was || !stands_in && own == was;
        let Some(is) = is.filter(|is| is_theirs && was.as_ref() != Some(is)) else { continue };
        let (label, source) = if stands_in {
            (format!("told-name/{role}/{script}/{person}"), OF_ANOTHER)
        } else {
            (format!("told-name/{role}/{script}"), "declared")
        };
        add_name(tx, at, &label, person, (script, source), &is, (None, born_on)).await?;
    }
    Ok(())
}

/// What a record that others were merged into has of itself, as it was when the first of
/// them came; nothing for any other. What the entry says otherwise now is noted with every
/// one of these merges: the way back leads to it.
async fn own_description(
    tx: &mut Tx<'_>,
    what: &Corrected<'_>,
    role: &str,
    person: PersonId,
) -> Result<Value, Stop> {
    let mut own = None;
    for mut merge in duplicates::merges_of(tx, person).await? {
        let born = merge.before.0.get_mut("born").filter(|born| born.is_object());
        let (true, Some(born)) = (merge.kept_id == person && stands(&merge.state), born) else { continue };
        if own.is_none() {
            own = Some(born.clone());
        }
        let mut is_mended = false;
        for (field, name) in [("born-on", "on"), ("birth-place", "place"), ("nationality", "nationality")] {
            let (was, is) = (what.before.of(role, field), what.after.of(role, field));
            if was != is && born[name].as_str() == was {
                born[name] = json!(is);
                is_mended = true;
            }
        }
        if is_mended {
            tx.edit(&mut merge).await?;
        }
    }
    Ok(own.unwrap_or_default())
}

/// Carries over that an entry of a kind counts no more, or counts again.
pub(super) async fn stood(tx: &mut Tx<'_>, at: &Desk, kind: EventKind, person: PersonId) -> Result<(), Stop> {
    match kind {
        EventKind::Death => {
            // Another entry may say that they died: then they are dead all the same.
            let on = day_of_death(tx, person).await?;
            note_death(tx, person, on.as_deref()).await
        }
        EventKind::NameChange => {
            for person in counted_as(tx, person).await? {
                bear_name(tx, at, person).await?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The record that an entry names, and every one that stands for it since: what it was
/// merged into, what that one was merged into, up to the one as which it counts.
async fn counted_as(tx: &mut Tx<'_>, person: PersonId) -> Result<BTreeSet<PersonId>, Fault> {
    let kept = duplicates::counts_as(tx, person).await?;
    let (mut all, mut next) = (BTreeSet::from([person, kept]), person);
    while next != kept {
        let Some(merge) = merge_of(tx, next).await? else { break };
        next = merge.kept_id;
        all.insert(next);
    }
    Ok(all)
}

/// Whether a merge in such a state stands.
fn stands(state: &str) -> bool {
    matches!(state, "merged" | "parting")
}

/// The merge by which a record counts as another.
async fn merge_of(tx: &mut Tx<'_>, gone: PersonId) -> Result<Option<MergeRow>, Fault> {
    let merges = duplicates::merges_of(tx, gone).await?.into_iter();
    Ok(merges.filter(|row| stands(&row.state)).find(|row| row.gone_id == gone))
}

/// Notes the day on which someone died, with them and with whom they count as since;
/// `None` for whoever lives.
pub(super) async fn note_death(tx: &mut Tx<'_>, person: PersonId, on: Option<&str>) -> Result<(), Stop> {
    for id in counted_as(tx, person).await? {
        let Some(mut row) = people::person(tx, id).await? else { continue };
        if row.died_on.as_deref() != on {
            row.died_on = on.map(str::to_owned);
            tx.edit(&mut row).await?;
        }
    }
    Ok(())
}

/// The day of someone's death by the newest entry that stands.
async fn day_of_death(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<String>, Fault> {
    let kept = duplicates::counts_as(tx, person).await?;
    let Some(entry) = civil::entry_of(tx, kept, EventKind::Death.code()).await? else { return Ok(None) };
    Ok(civil::event(tx, entry.event_id).await?.and_then(|event| event.happened_on))
}

/// A corrected entry of birth: day and place of birth, sex, nationality and name.
async fn born(tx: &mut Tx<'_>, at: &Desk, what: &Corrected<'_>, person: PersonId) -> Result<(), Stop> {
    let changed = |field: &str| what.before.get(field) != what.after.get(field);
    let text = |field: &str| what.after.get(field).map(str::to_owned);
    let fields = ["happened-on", "child.sex", "place", "place-area", "child.nationality"];
    if fields.iter().any(|field| changed(field)) {
        let mut row = people::person(tx, person).await?.ok_or(Why::NotFound)?;
        row.born_on = text("happened-on");
        row.born_place = text("place");
        row.sex = text("child.sex").unwrap_or(row.sex);
        row.nationality = text("child.nationality").or(row.nationality);
        if changed("place-area") {
            row.born_area_id = what.area;
        }
        tx.edit(&mut row).await?;
    }
    if changed("happened-on") {
        // Whoever asks for the new year finds them by it.
        renew_keys_of(tx, person, what.after.get("happened-on")).await?;
    }
    let parts = ["given", "father", "grandfather", "family"];
    let is_named_anew =
        |part: &&str| changed(&format!("child.{part}")) || changed(&format!("child.{part}-latin"));
    if parts.iter().any(is_named_anew) { bear_name(tx, at, person).await } else { Ok(()) }
}

/// Whether somebody's name was changed again after a day, by an entry that stands: an
/// older change that comes to the register later renames nobody.
pub(super) async fn is_renamed_after(
    tx: &mut Tx<'_>,
    person: PersonId,
    on: Option<&str>,
) -> Result<bool, Fault> {
    for (entry, role, happened_on) in civil::entries_naming(tx, person).await? {
        let is_change = entry.kind == EventKind::NameChange.code() && role == "subject";
        if is_change && happened_on.as_deref() > on && !civil::is_void(tx, entry.event_id).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Lets someone bear the name that the entries which stand give them: the one of their
/// birth, or by which they came to the register, and after it each change of name in
/// the order of its day. Earlier names stay and are found.
pub(super) async fn bear_name(tx: &mut Tx<'_>, at: &Desk, person: PersonId) -> Result<(), Stop> {
    let written = people::names(tx, person).await?;
    let born_on = people::person(tx, person).await?.and_then(|row| row.born_on);
    let mut borne = first_names(tx, person, &written).await?;
    let mut since = None;
    for (entry, role, happened_on) in civil::entries_naming(tx, person).await? {
        let is_change = entry.kind == EventKind::NameChange.code() && role == "subject";
        if !is_change || civil::is_void(tx, entry.event_id).await? {
            continue;
        }
        let content = entry_content(tx, &entry).await?;
        for (name, new) in borne.iter_mut().zip([content.name("new"), content.latin("new")]) {
            *name = new.or_else(|| name.take());
        }
        since = happened_on;
    }
    for (script, name) in ["arab", "latn"].into_iter().zip(borne) {
        let newest = written.iter().rev().find(|row| row.script == script).map(parts_of);
        if let Some(name) = name.filter(|name| newest.as_ref() != Some(name)) {
            let label = format!("borne-name/{person}/{script}");
            let of = (since.clone(), born_on.as_deref());
            add_name(tx, at, &label, person, (script, "correction"), &name, of).await?;
        }
    }
    Ok(())
}

/// The name before every change of it, in the register's script and in Latin letters.
async fn first_names(
    tx: &mut Tx<'_>,
    person: PersonId,
    written: &[PersonNameRow],
) -> Result<[Option<NameParts>; 2], Fault> {
    let birth = civil::birth_entry_of(tx, person).await?.filter(|entry| entry.content.is_some());
    if let Some(entry) = birth {
        let content = entry_content(tx, &entry).await?;
        return Ok([content.name("child"), content.latin("child")]);
    }
    // What an entry gave them is no name by which they came.
    let is_first =
        |row: &&PersonNameRow| !matches!(row.source.as_str(), "judgment" | "correction" | OF_ANOTHER);
    let first =
        |script: &str| written.iter().rev().filter(is_first).find(|row| row.script == script).map(parts_of);
    Ok([first("arab"), first("latn")])
}

fn parts_of(row: &PersonNameRow) -> NameParts {
    NameParts {
        given: row.given.clone(),
        father: row.father.clone(),
        grandfather: row.grandfather.clone(),
        family: row.family.clone(),
    }
}

/// What a record says of its bearer's birth, for the way back of a merge: a correction of the
/// other's entry of birth is carried over to the record that is kept.
pub(super) fn born_as(row: &PersonRow) -> Value {
    json!({
        "on": row.born_on, "place": row.born_place, "area": row.born_area_id, "sex": row.sex,
        "nationality": row.nationality,
    })
}

/// Takes back what corrections of an entry brought to whom its bearer counted as, once
/// they are two again: the birth and the name are the bearer's alone. What the record
/// has of itself stays.
pub(super) async fn give_back(tx: &mut Tx<'_>, at: &Desk, parted: &MergeRow) -> Result<(), Stop> {
    let Some(gone) = people::person(tx, parted.gone_id).await? else { return Ok(()) };
    let mut next = Some(parted.clone());
    while let Some(row) = next.take() {
        let Some(kept) = people::person(tx, row.kept_id).await? else { return Ok(()) };
        // Whoever has an entry of birth is described by that one.
        if civil::birth_entry_of(tx, kept.id).await?.is_some() {
            return Ok(());
        }
        unborn(tx, at, &row, (kept, &gone)).await?;
        next = merge_of(tx, row.kept_id).await?;
    }
    Ok(())
}

/// The same, of one record.
async fn unborn(
    tx: &mut Tx<'_>,
    at: &Desk,
    row: &MergeRow,
    (mut kept, gone): (PersonRow, &PersonRow),
) -> Result<(), Stop> {
    let (known, was) = (kept.clone(), &row.before.0["born"]);
    if was.is_object() {
        let text = |name: &str| was[name].as_str().map(str::to_owned);
        for (held, theirs, name) in [
            (&mut kept.born_on, &gone.born_on, "on"),
            (&mut kept.born_place, &gone.born_place, "place"),
            (&mut kept.nationality, &gone.nationality, "nationality"),
        ] {
            if held == theirs {
                *held = text(name);
            }
        }
        if kept.born_area_id == gone.born_area_id {
            kept.born_area_id = serde_json::from_value(was["area"].clone()).unwrap_or_default();
        }
        if kept.sex == gone.sex {
            kept.sex = text("sex").unwrap_or(kept.sex);
        }
    }
    let born_on = kept.born_on.clone();
    if kept != known {
        tx.edit(&mut kept).await?;
    }
    if born_on != known.born_on {
        renew_keys_of(tx, kept.id, born_on.as_deref()).await?;
    }
    let merged_at = row.decided_at.unwrap_or(i64::MAX);
    let is_brought = |name: &PersonNameRow| {
        matches!(name.source.as_str(), "correction" | OF_ANOTHER) && name.recorded_at >= merged_at
    };
    if people::names(tx, kept.id).await?.iter().any(is_brought) {
        bear_name(tx, at, kept.id).await
    } else {
        Ok(())
    }
}
