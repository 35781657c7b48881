//! Who is meant by a correction: whoever the entry ties stays tied, unless it names another,
//! by their record, by a number, or as somebody whom the register does not know.

use super::is_same_name;
use diwan_domain::civil::forms::numbers_of;
use diwan_domain::civil::{Content, EventKind};
use diwan_domain::ids::PersonId;
use diwan_domain::refusals::{Refusal, Why};
use diwan_store::{Stop, Tx, people};

/// Whoever is named as before stays the same person, also where the sender left the
/// identifier out; unless a number of theirs is mended, which may be another person's:
/// these are returned with whom they were. Who is said to be new stands for nobody.
pub(super) fn kept_links(
    kind: EventKind,
    before: &Content,
    mut after: Content,
    unknown: &[String],
) -> (Content, Vec<(String, String)>) {
    let mut mended = Vec::new();
    for party in kind.parties() {
        let role = party.role.code();
        let link = format!("{role}.person");
        let is_same = ["given", "father", "grandfather", "family"]
            .iter()
            .all(|part| before.of(role, part) == after.of(role, part));
        let Some(person) = before.get(&link).filter(|_| is_same && !unknown.contains(&link)) else {
            continue;
        };
        if after.get(&link).is_some_and(|told| told != person) {
            continue;
        }
        let borne = numbers_of(kind, before, role);
        if numbers_of(kind, &after, role).iter().all(|number| borne.contains(number)) {
            after.set(&link, person);
        } else {
            after.set(&link, "");
            mended.push((link, person.to_owned()));
        }
    }
    (after, mended)
}

/// How a correction says that somebody is meant whom the register does not know.
const NEW: &str = "new";

/// What a correction says, without the roles in which it names somebody new to the register:
/// these beside it.
pub(super) fn without_unknown(kind: EventKind, mut wanted: Content) -> (Content, Vec<String>) {
    let links = kind.parties().iter().map(|party| format!("{}.person", party.role.code()));
    let is_new = |link: &String| wanted.get(link).is_some_and(|told| told.trim().eq_ignore_ascii_case(NEW));
    let unknown: Vec<String> = links.filter(is_new).collect();
    unknown.iter().for_each(|link| wanted.set(link, ""));
    (wanted, unknown)
}

/// Of whom another name is said, and no record and no number: whoever the entry tied, where
/// it is theirs in another spelling. Any other name may be a mended one or somebody else's,
/// and nobody new comes to the register by such a doubt.
pub(super) async fn whose_name_changes(
    tx: &mut Tx<'_>,
    kind: EventKind,
    (before, after): (&Content, &mut Content),
    unknown: &[String],
) -> Result<(), Stop> {
    for party in kind.parties().iter().filter(|party| !party.is_born) {
        let role = party.role.code();
        let link = format!("{role}.person");
        let (None, Some(tied), Some(name)) = (after.get(&link), before.get(&link), after.name(role)) else {
            continue;
        };
        let is_said = unknown.contains(&link) || !numbers_of(kind, after, role).is_empty();
        let Ok(person) = tied.parse::<PersonId>() else { continue };
        if is_said || before.name(role).as_ref() == Some(&name) {
            continue;
        }
        let written = people::names(tx, person).await?;
        if !is_same_name(&name, &written) {
            return Err(Refusal::from(Why::FieldsWrong).about(&link, "person/which").into());
        }
        after.set(&link, tied);
    }
    Ok(())
}
