//! What other entries say of whoever an entry of birth is about: they lean on its day and
//! on its sex. A correction that contradicts them is refused; what is wrong with them is
//! corrected first.

use super::links::date_of;
use diwan_domain::civil::{Content, EventKind, PartyRole, is_too_young};
use diwan_domain::ids::PersonId;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::{Stop, Tx, civil};

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
